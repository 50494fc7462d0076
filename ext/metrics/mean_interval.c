/* Intervals of means: Hall's skewness-corrected t, and Student's.
 *
 * Hall, "On the removal of skewness by transformation", J. R. Statist. Soc. B 54 (1992).
 */
#include "metrics/mean_interval.h"

#include "metrics/intervals.h"

/* The cube root; e^(ln|y| / 3) and one step of Newton's method, <= 2 ulp. */
static double cube_root(double y) {
  if (y == 0) return 0;
  double size = fabs(y), root = mlm_exp(mlm_log(size) / 3);
  root -= (root * root * root - size) / (3 * root * root);
  return y < 0 ? -root : root;
}

/* (3/k)(∛(1 + k(x - k/6)) - 1), which is x at k = 0: the difference of the root from 1 is written as a
 * quotient, so that nothing cancels for a small k. */
static double hall(double k, double x) {
  double moved = x - k / 6, root = cube_root(1 + k * moved);
  return 3 * moved / (root * root + root + 1);
}

/* Low and high around the mean of n >= 2 rows of finite values. */
static void bound(Bounds *bounds, const MeanMoments *moments, const Eval *in, double mean, bool skewed) {
  double skewness, n = bounds->rows, t = -mlm_t_quantile(mlm_interval_tail(in), n - 1);
  mlm_mean_moments_spread(moments, &bounds->se, &skewness);
  double k = skewed ? skewness / sqrt(n) : 0;
  bounds->low = mean - bounds->se * hall(k, t);
  bounds->high = mean - bounds->se * hall(k, -t);
  if (bounds->se == 0) bounds->note = "every row has the same value";
}

/* The interval of the mean; its value is the metric's. */
static Bounds bounds_of(const MeanMoments *moments, const Eval *in, bool skewed) {
  const Mean *mean = mlm_mean_moments_mean(moments);
  bool fractional;
  double m = mlm_mean_value(mean), rows = mlm_mean_weight(mean, &fractional);
  double value = in->metric->formula.mean(m);
  if (fractional) return mlm_bounds_fractional(value, rows);
  Bounds bounds = mlm_bounds_of(value, rows);
  if (!(fabs(m) < INFINITY))
    bounds.note = "the value of a row is infinite";
  else if (rows == 1)
    bounds.note = "only one row";
  else
    bound(&bounds, moments, in, m, skewed);
  return bounds;
}

/* For values that are at least 0: so are the bounds. */
static Bounds bounds_from_0(const MeanMoments *moments, const Eval *in) {
  Bounds bounds = bounds_of(moments, in, mlm_interval_method_is(in, "hall"));
  if (bounds.low < 0) bounds.low = 0;
  return bounds;
}

/* Writes the bounds, cut to the range of the metric. A value beyond it is of rows that do not keep to the
 * range, such as probabilities that add up to more than 1: nothing is known of how far these reach. */
static Status write(Bounds *bounds, const Eval *in, Result *out) {
  const Metric *metric = in->metric;
  double least = metric->least ? metric->least(in->cutoff) : NAN; /* NaN also where cutoffs differ */
  if (bounds->low < least) bounds->low = least;
  if (bounds->value <= metric->most && bounds->high > metric->most) bounds->high = metric->most;
  return mlm_interval_write(bounds, in, out);
}

static Status t_interval(const void *state, const Eval *in, Result *out) {
  Bounds bounds = bounds_of(state, in, false);
  return write(&bounds, in, out);
}

static Status hall_interval(const void *state, const Eval *in, Result *out) {
  Bounds bounds = bounds_from_0(state, in);
  return write(&bounds, in, out);
}

/* The standard error of the root by the slope of the root at the mean. */
static Status root_interval(const void *state, const Eval *in, Result *out) {
  Bounds bounds = bounds_from_0(state, in);
  bounds.low = sqrt(bounds.low);
  bounds.high = sqrt(bounds.high);
  if (bounds.se > 0) bounds.se /= 2 * bounds.value;
  return write(&bounds, in, out);
}

#define OF_MEAN(function) .state = &mlm_mean_moments_state, .state_name = "_ci", .eval = function
#define HALL                                                                                                 \
  "Student's t corrected for the skewness of the rows' values (Hall 1992) and cut to the range of the "      \
  "metric, or by 't' without the correction. For one row, or if a value is infinite, the bounds are null. "  \
  "The weight is the number of rows that the row stands for, not a number of samples."

const Interval mlm_hall_interval = {OF_MEAN(hall_interval), .methods = {"hall", "t"}, .summary = HALL};
const Interval mlm_root_hall_interval = {OF_MEAN(root_interval), .methods = {"hall", "t"},
                                         .summary = "The roots of the bounds of the mean of squares: " HALL};
const Interval mlm_t_interval = {OF_MEAN(t_interval), .methods = {"t"},
                                 .summary = "Student's t, cut to the range of the metric. For one row, or if "
                                            "a value is infinite, the bounds are null. The weight is a "
                                            "number of rows."};
