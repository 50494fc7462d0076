/* Kolmogorov's limiting distribution. */
#include <math.h>

#include "math/distributions.h"
#include "math/tail.h"

/* sqrt(2π)/x times the sum of e^(-(2k-1)² π²/(8x²)), for 0 < x < 1: after four terms the next is below e^-98
 * of the first. */
static double lower_sum(double x) {
  static const double root_2_pi = 0x1.40d931ff62706p+1;
  static const DoubleDouble eighth_pi2 = {0x1.3bd3cc9be45dep+0, 0x1.692b71366cc04p-54};
  DoubleDouble unit = dd_quotient(eighth_pi2, two_product(x, x));
  double sum = 0;
  for (int odd = 7; odd > 1; odd -= 2) sum += mlm_times_exp(1, dd_times(unit, 1 - odd * odd));
  return mlm_times_exp(root_2_pi / x * (1 + sum), dd_minus(unit));
}

/* 2 times the sum of (-1)^(k-1) e^(-2k²x²), for 1 <= x < 20: after five terms the next is below e^-70 of the
 * first. */
static double upper_sum(double x) {
  DoubleDouble unit = dd_scaled(two_product(x, x), -2);
  double sum = 0; /* of the terms after the first, divided by the first */
  for (int k = 5; k > 1; k--) sum += (k & 1 ? 1 : -1) * mlm_times_exp(1, dd_times(unit, k * k - 1));
  return mlm_times_exp(2 * (1 + sum), unit);
}

double mlm_kolmogorov_cdf(double x) {
  if (!(x > 0)) return x != x ? x : 0;
  if (x >= 1) return 1 - mlm_kolmogorov_sf(x);
  return x > 0.04 ? lower_sum(x) : 0; /* below e^-771 */
}

double mlm_kolmogorov_sf(double x) {
  if (!(x >= 1)) return 1 - mlm_kolmogorov_cdf(x);
  return x < 20 ? upper_sum(x) : 0; /* below e^-800 */
}
