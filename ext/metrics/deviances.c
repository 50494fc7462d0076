/* Mean deviances of the Poisson, gamma and Tweedie distributions. */
#include "metrics/mean_interval.h"

static double poisson_deviance(const Row *row) { return mlm_poisson_deviance(row->pred, row->target); }
static double gamma_deviance(const Row *row) { return mlm_gamma_deviance(row->pred, row->target); }
static double tweedie_deviance(const Row *row) {
  return mlm_tweedie_deviance(row->pred, row->target, row->held);
}

/* The domains of scikit-learn's mean_tweedie_deviance. */
static const char *tweedie_domain(const Row *row, int *arg) {
  double power = row->held;
  *arg = 2;
  if (power > 0 && power < 1) return "0 or below, or 1 or above";
  *arg = 0;
  if (power != 0 && (!(row->pred > 0) || row->pred == INFINITY)) return "finite and > 0 where power is not 0";
  *arg = 1;
  if (!(fabs(row->target) < INFINITY)) return "finite";
  if (power >= 2 && row->target <= 0) return "> 0 where power is 2 or above";
  return power >= 1 && row->target < 0 ? ">= 0 where power is 1 or above" : NULL;
}

static double mean(double mean_loss) { return mean_loss; }

static const Metric metrics[] = {
    {.name = "poisson_deviance",
     .args = {ARG_PRED_ABOVE_0, ARG_TARGET_FROM_0, ARG_WEIGHT},
     .required = 2,
     .state_name = "poisson_deviance",
     .term = poisson_deviance,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean Poisson deviance of predicted counts, twice target·ln(target/pred) - target + pred.",
     .example = "SELECT poisson_deviance(2.5, 3)"},
    {.name = "gamma_deviance",
     .args = {ARG_PRED_ABOVE_0, ARG_TARGET_ABOVE_0, ARG_WEIGHT},
     .required = 2,
     .state_name = "gamma_deviance",
     .term = gamma_deviance,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean gamma deviance, twice ln(pred/target) + target/pred - 1; the same in any unit.",
     .example = "SELECT gamma_deviance(2.5, 3)"},
    {.name = "tweedie_deviance",
     .args = {ARG_PRED, ARG_TARGET, ARG_POWER, ARG_WEIGHT},
     .required = 3,
     .state_name = "tweedie_deviance",
     .term = tweedie_deviance,
     .check = tweedie_domain,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean Tweedie deviance (scikit-learn's): power 0 is mse, 1 Poisson, 2 gamma, between 1 and 2 "
                "compound Poisson.",
     .example = "SELECT tweedie_deviance(2.5, 3, 1.5)"},
    {0},
};

static const Scalar scalars[] = {
    {.name = "poisson_deviance_of",
     .args = {ARG_PRED_ABOVE_0, ARG_TARGET_FROM_0},
     .required = 2,
     .value = poisson_deviance,
     .summary = "The poisson_deviance of one row.",
     .example = "SELECT poisson_deviance_of(2.5, 0)"},
    {.name = "gamma_deviance_of",
     .args = {ARG_PRED_ABOVE_0, ARG_TARGET_ABOVE_0},
     .required = 2,
     .value = gamma_deviance,
     .summary = "The gamma_deviance of one row.",
     .example = "SELECT gamma_deviance_of(2.5, 3)"},
    {.name = "tweedie_deviance_of",
     .args = {ARG_PRED, ARG_TARGET, ARG_POWER},
     .required = 3,
     .value = tweedie_deviance,
     .check = tweedie_domain,
     .summary = "The tweedie_deviance of one row.",
     .example = "SELECT tweedie_deviance_of(2.5, 0, 1.5)"},
    {0},
};

const Family mlm_deviances = {.name = "deviances", .metrics = metrics, .scalars = scalars};
