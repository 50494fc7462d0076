/* The interval of a correlation: Fisher's, in which atanh r is normal with variance 1/(n - 3). */
#include "metrics/correlation_interval.h"

#include "metrics/intervals.h"

/* ½ ln((1 + r)/(1 - r)), for |r| < 1. */
static double atanh_of(double r) { return 0.5 * mlm_log((1 + r) / (1 - r)); }

/* The inverse, of which 2/(e^2z + 1) is what is missing to 1. */
static double tanh_of(double z) { return 1 - 2 / (mlm_exp(2 * z) + 1); }

static void bound(Bounds *bounds, double r, double n, const Eval *in) {
  if (fabs(r) == 1) {
    bounds->low = bounds->high = r;
    bounds->se = 0;
    bounds->note = "all rows are on one line";
    return;
  }
  double z = atanh_of(r), se = 1 / sqrt(n - 3), reach = mlm_interval_z(in) * se;
  bounds->low = tanh_of(z - reach);
  bounds->high = tanh_of(z + reach);
  bounds->se = (1 - r) * (1 + r) * se;
}

static Status fisher(const void *state, const Eval *in, Result *out) {
  bool fractional;
  double rows = mlm_moments_weight(state, &fractional), r = in->metric->formula.joint_moments(state);
  Bounds bounds = fractional ? mlm_bounds_fractional(r, rows) : mlm_bounds_of(r, rows);
  if (!fractional && r != r)
    bounds.note = "undefined for these rows";
  else if (!fractional && rows < 4)
    bounds.note = "fewer than four rows";
  else if (!fractional)
    bound(&bounds, r, rows, in);
  return mlm_interval_write(&bounds, in, out);
}

const Interval mlm_fisher_interval = {
    .eval = fisher,
    .methods = {"fisher"},
    .summary = "Fisher's z: atanh of the correlation is taken as normal with variance 1/(rows - 3). Of fewer "
               "than four rows the bounds are null. The weight is a number of rows."};
