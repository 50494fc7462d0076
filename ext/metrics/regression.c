/* Regression: means of errors that are relative, logarithmic or asymmetric, and order statistics of errors.
 */
#include "metrics/bootstrap_forms.h"
#include "metrics/mean_interval.h"

/* ---- values of a row ---- */

static double error(const Row *row) { return row->pred - row->target; }

static double absolute_error(const Row *row) { return fabs(row->pred - row->target); }

static double absolute_target(const Row *row) { return fabs(row->target); }

/* 2|pred - target| / (|pred| + |target|), 0 to 2; 0 where both are 0. Large numbers are halved first, so that
 * nothing overflows. */
static double symmetric_percentage_error(const Row *row) {
  double p = row->pred, t = row->target;
  if (fabs(p) > 0x1p1020 || fabs(t) > 0x1p1020) {
    if (fabs(p) == INFINITY || fabs(t) == INFINITY) return p == t ? NAN : 2;
    p *= 0.125;
    t *= 0.125;
  }
  double difference = fabs(p - t);
  return difference == 0 ? 0 : 2 * (difference / (fabs(p) + fabs(t)));
}

/* ln((1 + pred) / (1 + target)), squared. With a <= b it is ln(1 + (b - a)/(1 + a)), which does not cancel.
 */
static double squared_log_error(const Row *row) {
  bool above = row->pred > row->target;
  double a = above ? row->target : row->pred, b = above ? row->pred : row->target;
  double log_ratio = mlm_log1p((b - a) / (1 + a));
  return log_ratio * log_ratio;
}

/* Half the squared error up to delta, from there on its tangent. */
static double huber(const Row *row) {
  double e = fabs(row->pred - row->target), delta = row->held;
  return e <= delta ? 0.5 * e * e : delta * (e - 0.5 * delta);
}

static double pinball(const Row *row) {
  double e = row->target - row->pred;
  if (e == 0) return 0;
  return e > 0 ? row->held * e : (1 - row->held) * -e;
}

static double mean(double mean_loss) { return mean_loss; }
static double root(double mean_loss) { return sqrt(mean_loss); }
static double ratio(double sums) { return sums; }

/* ---- order statistics of absolute errors ---- */

static Status max_error(const Rows *rows, const Eval *in, Result *out) {
  double most = MLM_NO_VALUE, least = INFINITY;
  for (uint64_t e = 0, n = mlm_rows_entries(rows); e < n; e++) {
    double x = *mlm_rows_at(rows, e);
    most = x > most ? x : most;
    least = x < least ? x : least;
    if (mlm_interrupted_at(e, in->host)) return MLM_INTERRUPTED;
  }
  mlm_result_real(out, least < 0 ? NAN : most);
  return MLM_OK;
}

/* The values of ranks k and k + 1, counted from 0, where the last value stands for one beyond it. The first
 * is MLM_NO_VALUE if any value is. */
static void neighbours(const Rows *rows, const RowsOrder *order, int64_t k, double x[2]) {
  RowsRun run = {0};
  int64_t last = mlm_rows_count(rows) - 1, next = k < last ? k + 1 : last;
  x[0] = x[1] = MLM_NO_VALUE;
  while (mlm_run_next(&run, rows, order)) { /* unreachable: its end, for some run has rank next */
    double value = *mlm_rows_at(rows, mlm_order_at(order, run.from));
    if (value < 0) return;
    int64_t end = run.before + run.count;
    if (k >= run.before && k < end) x[0] = value;
    x[1] = value;
    if (next < end) return;
  }
}

/* a + (b - a)·share for 0 <= a <= b, 0 <= share <= 1, rounded once but for tiny numbers. */
static double between(double a, double b, double share) {
  if (a == b || share == 0) return a;
  if (b == INFINITY) return b;
  if (share == 0.5) return b < 1 ? (a + b) * 0.5 : a * 0.5 + b * 0.5;
  double scale = b > 0x1p900 ? 0x1p-100 : 1;
  DoubleDouble rest = two_sum(1, -share), low = dd_times(rest, a * scale),
               high = two_product(share, b * scale);
  return dd_rounded(dd_sum(low, high)) / scale;
}

/* The same of single rows that are used up. */
static Status own_neighbours(Rows *own, int64_t k, double x[2], const Host *host) {
  uint64_t last = mlm_rows_entries(own) - 1, next = (uint64_t)k < last ? (uint64_t)k + 1 : last;
  Status status = mlm_rows_sort_in_place(own, host);
  if (!status) {
    x[0] = *mlm_rows_at(own, 0) < 0 ? MLM_NO_VALUE : *mlm_rows_at(own, (uint64_t)k);
    x[1] = *mlm_rows_at(own, next);
  }
  mlm_rows_state.clear(own, host);
  return status;
}

static Status find_neighbours(const Rows *rows, int64_t k, double x[2], const Eval *in) {
  RowsOrder order;
  if (in->own && mlm_rows_are_single(rows)) return own_neighbours(in->own, k, x, in->host);
  Status status = mlm_rows_order(rows, 0, &order, in->host);
  if (!status) neighbours(rows, &order, k, x);
  mlm_rows_order_clear(&order, in->host);
  return status;
}

/* NumPy's linear quantile: the value at the place q·(n - 1), between ranks in proportion. */
static Status quantile(const Rows *rows, double q, const Eval *in, Result *out) {
  double x[2];
  const int64_t last = mlm_rows_count(rows) - 1;
  DoubleDouble place = two_product(q, (double)last);
  int64_t k = (int64_t)place.hi;
  if ((double)k == place.hi && place.lo < 0) k--;
  if (k > last) k = last; /* from 2^53 on (double)last may be rounded up */
  Status status = find_neighbours(rows, k, x, in);
  if (status) return status;
  double share = (place.hi - (double)k) + place.lo;
  mlm_result_real(out, x[0] < 0 ? NAN : between(x[0], x[1], share));
  return MLM_OK;
}

static Status median_absolute_error(const Rows *rows, const Eval *in, Result *out) {
  return quantile(rows, 0.5, in, out);
}

static Status quantile_absolute_error(const Rows *rows, const Eval *in, Result *out) {
  return quantile(rows, in->params->number[0], in, out);
}

#define FOUR " FROM (VALUES (2.5, 3), (0.0, -0.5), (2.0, 2), (8.0, 7))"

static const Metric metrics[] = {
    {.name = "mean_error",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     .state_name = "error",
     .term = error,
     MLM_OF_MEAN(mean),
     .interval = &mlm_t_interval,
     .most = INFINITY,
     .summary = "Bias: the exact mean of pred - target, above 0 where predictions are too high.",
     .example = "SELECT mean_error(column1, column2)" FOUR},
    {.name = "smape",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     .state_name = "symmetric_error",
     .term = symmetric_percentage_error,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = 2,
     .summary = "Symmetric mean absolute percentage error: the exact mean of symmetric_percentage_error, a "
                "fraction from 0 to 2.",
     .example = "SELECT smape(column1, column2)" FOUR},
    {.name = "wmape",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     .state_name = "error_ratio",
     .term = absolute_error,
     .base = absolute_target,
     MLM_OF_SUM_RATIO(ratio),
     .interval = &mlm_rows_percentile_interval,
     .summary = "Weighted absolute percentage error: sum of |pred - target| over sum of |target|, as a "
                "fraction; Infinity where all targets are 0, NULL where all errors are too.",
     .example = "SELECT wmape(column1, column2)" FOUR},
    {.name = "msle",
     .args = {ARG_PRED_FROM_0, ARG_TARGET_FROM_0, ARG_WEIGHT},
     .required = 2,
     .state_name = "squared_log_error",
     .term = squared_log_error,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean squared logarithmic error: the exact mean of squared_log_error.",
     .example = "SELECT msle(2.5, 3)"},
    {.name = "rmsle",
     .args = {ARG_PRED_FROM_0, ARG_TARGET_FROM_0, ARG_WEIGHT},
     .required = 2,
     .state_name = "squared_log_error",
     .term = squared_log_error,
     MLM_OF_MEAN(root),
     .interval = &mlm_root_hall_interval,
     .most = INFINITY,
     .summary = "Square root of msle; reads msle's saved states.",
     .example = "SELECT rmsle(2.5, 3)"},
    {.name = "huber",
     .args = {ARG_PRED, ARG_TARGET, ARG_DELTA, ARG_WEIGHT},
     .required = 3,
     .state_name = "huber",
     .term = huber,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean Huber loss (PyTorch's HuberLoss): half the squared error up to delta, linear beyond.",
     .example = "SELECT huber(column1, column2, 0.5)" FOUR},
    {.name = "pinball",
     .args = {ARG_PRED, ARG_TARGET, ARG_ALPHA, ARG_WEIGHT},
     .required = 3,
     .state_name = "pinball",
     .term = pinball,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean pinball loss of a predicted alpha-quantile: an error costs alpha where pred is below "
                "the target, 1 - alpha where it is above.",
     .example = "SELECT pinball(column1, column2, 0.9)" FOUR},
    {.name = "explained_variance",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     MLM_OF_JOINT_MOMENTS(mlm_moments_explained_variance),
     .interval = &mlm_rows_percentile_interval,
     .summary = "1 - var(target - pred) / var(target), at most 1; r2 without its penalty for bias. Where the "
                "target is constant: 1 if the error is too, else 0; NULL for fewer than two rows.",
     .example = "SELECT explained_variance(column1, column2)" FOUR},
    {.name = "max_error",
     .args = {ARG_PRED, ARG_TARGET},
     .required = 2,
     .state_name = "absolute_errors",
     .term = absolute_error,
     MLM_OF_VALUE_ROWS(max_error),
     .interval = &mlm_percentile_interval,
     .summary = "The largest absolute error.",
     .example = "SELECT max_error(column1, column2)" FOUR},
    {.name = "median_absolute_error",
     .args = {ARG_PRED, ARG_TARGET},
     .required = 2,
     .state_name = "absolute_errors",
     .term = absolute_error,
     MLM_OF_VALUE_ROWS(median_absolute_error),
     .cost = MLM_IN_PLACE,
     .interval = &mlm_percentile_interval,
     .summary = "The median of absolute errors; for an even number, the mean of the middle two.",
     .example = "SELECT median_absolute_error(column1, column2)" FOUR},
    {.name = "quantile_absolute_error",
     .args = {ARG_PRED, ARG_TARGET, ARG_Q},
     .required = 3,
     .state_name = "absolute_errors",
     .term = absolute_error,
     MLM_OF_VALUE_ROWS(quantile_absolute_error),
     .cost = MLM_IN_PLACE,
     .interval = &mlm_percentile_interval,
     .summary = "The q-quantile of absolute errors, with NumPy's linear interpolation.",
     .example = "SELECT quantile_absolute_error(column1, column2, 0.9)" FOUR},
    {0},
};

static const Scalar scalars[] = {
    {.name = "error",
     .args = {ARG_PRED, ARG_TARGET},
     .required = 2,
     .value = error,
     .summary = "pred - target: the error of one row.",
     .example = "SELECT error(2.5, 3)"},
    {.name = "symmetric_percentage_error",
     .args = {ARG_PRED, ARG_TARGET},
     .required = 2,
     .value = symmetric_percentage_error,
     .summary = "2|pred - target| / (|pred| + |target|), 0 to 2: the smape of one row; 0 where both are 0.",
     .example = "SELECT symmetric_percentage_error(2.5, 3)"},
    {.name = "squared_log_error",
     .args = {ARG_PRED_FROM_0, ARG_TARGET_FROM_0},
     .required = 2,
     .value = squared_log_error,
     .summary = "(ln(1 + pred) - ln(1 + target))²: the msle of one row.",
     .example = "SELECT squared_log_error(2.5, 3)"},
    {.name = "huber_loss",
     .args = {ARG_PRED, ARG_TARGET, ARG_DELTA},
     .required = 3,
     .value = huber,
     .summary = "The huber of one row.",
     .example = "SELECT huber_loss(2.5, 5, 1)"},
    {.name = "pinball_loss",
     .args = {ARG_PRED, ARG_TARGET, ARG_ALPHA},
     .required = 3,
     .value = pinball,
     .summary = "The pinball of one row.",
     .example = "SELECT pinball_loss(2.5, 3, 0.9)"},
    {0},
};

const Family mlm_regression = {.name = "regression", .metrics = metrics, .scalars = scalars};
