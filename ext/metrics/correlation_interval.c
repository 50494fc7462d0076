/* The interval of Pearson's correlation.
 *
 * Fisher, "On the 'probable error' of a coefficient of correlation deduced from a small sample", Metron 1
 * (1921): atanh r is nearly normal, with the standard deviation 1/√(n - 3).
 */
#include "metrics/correlation_interval.h"

#include "metrics/intervals.h"

/* tanh x for x >= 0, to 2^-52 absolute. */
static double hyperbolic_tangent(double x) {
  double e = mlm_exp(-2 * x);
  return (1 - e) / (1 + e);
}

/* The bounds tanh(atanh r ± z·s) by the addition theorem of tanh. */
static void bound(Bounds *bounds, double r, double z) {
  double s = 1 / sqrt(bounds->rows - 3), t = hyperbolic_tangent(z * s);
  bounds->low = (r - t) / (1 - r * t);
  bounds->high = (r + t) / (1 + r * t);
  bounds->se = (1 - r) * (1 + r) * s; /* by the slope of tanh at atanh r */
}

static Status fisher(const void *state, const Eval *in, Result *out) {
  bool fractional;
  double r = in->metric->formula.joint_moments(state), rows = mlm_moments_weight(state, &fractional);
  Bounds bounds = fractional ? mlm_bounds_fractional(r, rows) : mlm_bounds_of(r, rows);
  if (fractional) return mlm_interval_write(&bounds, in, out);
  if (r != r)
    bounds.note = "undefined for these rows";
  else if (rows < 4)
    bounds.note = "fewer than four rows";
  else if (fabs(r) == 1)
    bounds.note = "all points are on a line";
  else
    bound(&bounds, r, mlm_interval_z(in));
  return mlm_interval_write(&bounds, in, out);
}

const Interval mlm_fisher_interval = {
    .eval = fisher,
    .methods = {"fisher"},
    .summary =
        "Fisher's interval on the scale of atanh r. Of fewer than four rows, or where all points are on a "
        "line, the bounds are null. The weight is the number of rows that the row stands for, not a number "
        "of samples."};
