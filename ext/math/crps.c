/* The continuous ranked probability score of a normal distribution and of an ensemble. */
#include "math/crps.h"

#include <math.h>

#include "base/sort_items.h"
#include "math/distributions.h"
#include "math/double_double.h"
#include "math/exp.h"

/* sd·(z·erf(z/√2) + 2φ(z) - 1/√π) with z = (target - mean)/sd; beyond |z| = 40 erf is 1 and φ is 0. */
double mlm_crps_gaussian(double mean, double target, double sd) {
  const double root_half = 0x1.6a09e667f3bcdp-1, root_two_over_pi = 0x1.9884533d43651p-1,
               one_over_root_pi = 0x1.20dd750429b6dp-1;
  double error = fabs(target - mean);
  if (sd == 0) return error;
  if (!(error <= 40 * sd)) return error - sd * one_over_root_pi;
  double z = error / sd;
  return sd * (z * mlm_erf(z * root_half) + (root_two_over_pi * mlm_exp(-0.5 * z * z) - one_over_root_pi));
}

static void *member(const void *members, uint64_t i) { return (double *)members + i; }

static int compare_members(const void *members, const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Subtracts the target from each member, and sorts them. */
static void sort_errors(double *x, size_t n, double target) {
  for (size_t i = 0; i < n; i++) x[i] -= target;
  const SortItems items = {.items = x, .at = member, .compare = compare_members, .bytes = sizeof *x};
  const Host patient = {0}; /* needs no memory, and an ensemble is too small for interrupts to matter */
  (void)mlm_sort_items(&items, n, &patient);
}

/* mean|x - target| - mean|x - x'| / 2. Of n sorted members the sum of |x - x'| over pairs is the sum of (2i +
 * 1 - n)·x[i]; x is measured from the target, so that a common offset does not cancel. */
double mlm_crps_ensemble(double *x, size_t n, double target) {
  sort_errors(x, n, target);
  double scale = x[0] < -0x1p900 || x[n - 1] > 0x1p900 ? 0x1p-100 : 1; /* products of pairs stay exact */
  DoubleDouble distance = {0, 0}, spread = {0, 0};
  for (size_t i = 0; i < n; i++) {
    distance = dd_sum(distance, dd_of(fabs(x[i] * scale)));
    spread = dd_sum(spread, two_product(2 * (double)i + 1 - (double)n, x[i] * scale));
  }
  DoubleDouble pairs = dd_quotient(spread, dd_of((double)n));
  return dd_rounded(dd_quotient(dd_sum(distance, dd_minus(pairs)), dd_of((double)n))) / scale;
}
