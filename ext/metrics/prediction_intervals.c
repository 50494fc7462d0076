/* Predicted distributions and intervals: their likelihood, ranked probability score, coverage and width. */
#include "metrics/mean_interval.h"
#include "metrics/proportion_interval.h"

/* (ln v + (target - mean)²/v) / 2. The quotient is formed first, so that the square does not overflow early.
 */
static double gaussian_nll(const Row *row) {
  double error = row->x[1] - row->x[0], variance = row->x[2];
  return 0.5 * (mlm_log(variance) + error / variance * error);
}

static double crps_gaussian(const Row *row) { return mlm_crps_gaussian(row->x[0], row->x[1], row->x[2]); }

static double crps_ensemble(const Row *row) {
  return mlm_crps_ensemble(row->preds.at, row->preds.n, row->x[0]);
}

static double covered(const Row *row) { return row->x[0] <= row->x[2] && row->x[2] <= row->x[1]; }

static double width(const Row *row) { return row->x[1] - row->x[0]; }

/* hi - lo, and 2/alpha times what the target lies outside. */
static double interval_score(const Row *row) {
  double lo = row->x[0], hi = row->x[1], target = row->x[2];
  double outside = target < lo ? lo - target : target > hi ? target - hi : 0;
  return (hi - lo) + 2 * outside / row->held;
}

static const char *ordered(const Row *row, int *arg) {
  *arg = 1;
  return row->x[0] > row->x[1] ? ">= lo" : NULL;
}

static double mean(double mean_loss) { return mean_loss; }

static const Metric metrics[] = {
    {.name = "gaussian_nll",
     .args = {ARG_MEAN, ARG_TARGET, ARG_VARIANCE, ARG_WEIGHT},
     .required = 3,
     .state_name = "gaussian_nll",
     .term = gaussian_nll,
     MLM_OF_MEAN(mean),
     .interval = &mlm_t_interval,
     .most = INFINITY,
     .summary = "Mean negative log likelihood of a normal distribution, (ln variance + (target - "
                "mean)²/variance)/2 (PyTorch's GaussianNLLLoss, without its constant, and no variance "
                "is raised to 1e-6).",
     .example = "SELECT gaussian_nll(2.5, 3, 0.25)"},
    {.name = "crps_gaussian",
     .args = {ARG_MEAN, ARG_TARGET, ARG_SD, ARG_WEIGHT},
     .required = 3,
     .state_name = "crps_gaussian",
     .term = crps_gaussian,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean continuous ranked probability score of a normal distribution, in the target's unit; "
                "with sd 0 it is the absolute error.",
     .example = "SELECT crps_gaussian(2.5, 3, 0.5)"},
    {.name = "crps_ensemble",
     .args = {ARG_VECTOR, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     .state_name = "crps_ensemble",
     .term = crps_ensemble,
     .row_time = "O(K log K)",
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean continuous ranked probability score of an ensemble, with members x of equal weight: "
                "mean|x - target| - mean|x - x'|/2.",
     .example = "SELECT crps_ensemble('[2.5, 3.5, 2]', 3)"},
    {.name = "interval_coverage",
     .args = {ARG_LO, ARG_HI, ARG_TARGET, ARG_WEIGHT},
     .required = 3,
     .state_name = "interval_coverage",
     .term = covered,
     .check = ordered,
     MLM_OF_MEAN(mean),
     .interval = &mlm_share_of_mean_interval,
     .summary = "Share of targets within lo to hi, bounds included.",
     .example = "SELECT interval_coverage(2, 4, 3)"},
    {.name = "interval_width",
     .args = {ARG_LO, ARG_HI, ARG_WEIGHT},
     .required = 2,
     .state_name = "interval_width",
     .term = width,
     .check = ordered,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean of hi - lo.",
     .example = "SELECT interval_width(2, 4)"},
    {.name = "interval_score",
     .args = {ARG_LO, ARG_HI, ARG_TARGET, ARG_MISS_RATE, ARG_WEIGHT},
     .required = 4,
     .state_name = "interval_score",
     .term = interval_score,
     .check = ordered,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean Winkler score of intervals that miss a share alpha: the width, and 2/alpha times the "
                "distance of a target outside; lower is better.",
     .example = "SELECT interval_score(2, 4, 5, 0.1)"},
    {0},
};

static const Scalar scalars[] = {
    {.name = "gaussian_nll_of",
     .args = {ARG_MEAN, ARG_TARGET, ARG_VARIANCE},
     .required = 3,
     .value = gaussian_nll,
     .summary = "The gaussian_nll of one row.",
     .example = "SELECT gaussian_nll_of(2.5, 3, 0.25)"},
    {.name = "crps_gaussian_of",
     .args = {ARG_MEAN, ARG_TARGET, ARG_SD},
     .required = 3,
     .value = crps_gaussian,
     .summary = "The crps_gaussian of one row.",
     .example = "SELECT crps_gaussian_of(2.5, 3, 0.5)"},
    {.name = "crps_ensemble_of",
     .args = {ARG_VECTOR, ARG_TARGET},
     .required = 2,
     .value = crps_ensemble,
     .summary = "The crps_ensemble of one row.",
     .example = "SELECT crps_ensemble_of('[2.5, 3.5, 2]', 3)"},
    {.name = "interval_coverage_of",
     .args = {ARG_LO, ARG_HI, ARG_TARGET},
     .required = 3,
     .value = covered,
     .check = ordered,
     .summary = "The interval_coverage of one row: 1 or 0.",
     .example = "SELECT interval_coverage_of(2, 4, 3)"},
    {.name = "interval_width_of",
     .args = {ARG_LO, ARG_HI},
     .required = 2,
     .value = width,
     .check = ordered,
     .summary = "The interval_width of one row.",
     .example = "SELECT interval_width_of(2, 4)"},
    {.name = "interval_score_of",
     .args = {ARG_LO, ARG_HI, ARG_TARGET, ARG_MISS_RATE},
     .required = 4,
     .value = interval_score,
     .check = ordered,
     .summary = "The interval_score of one row.",
     .example = "SELECT interval_score_of(2, 4, 5, 0.1)"},
    {0},
};

const Family mlm_prediction_intervals = {
    .name = "prediction_intervals", .metrics = metrics, .scalars = scalars};
