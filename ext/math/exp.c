/* e^x, the last rounding of values that may be subnormal, and the exact operations for those who include no
 * pairs. */
#include <math.h>

#include "math/exp_core.h"
#include "math/kernels.h"

double mlm_scaled(double hi, double lo, int k) {
  if (k > 1000) return hi * 0x1p1000 * power_of_two(k < 1100 ? k - 1000 : 100);
  if (k >= -1020) return hi * power_of_two(k);
  if (k < -1200) return 0;
  /* In units of the smallest normal number; adding 1 then rounds where a subnormal number ends. */
  double unit = power_of_two(k + 1022), x = hi * unit;
  if (x >= 1) return x * 0x1p-1022;
  DoubleDouble sum = ordered_sum(1, x);
  return ((sum.hi + (sum.lo + lo * unit)) - 1) * 0x1p-1022;
}

static double exp_far(double x) {
  if (x > 710) return x * 0x1p1023; /* Infinity, by overflow */
  if (x < -746) return 0;
  if (x != x) return x;
  ExpParts e = exp_parts(x, 0);
  return mlm_scaled(e.hi, e.lo, e.k);
}

double mlm_exp(double x) {
  if (!(fabs(x) < 708)) return exp_far(x);
  ExpParts e = exp_parts(x, 0);
  return e.hi * power_of_two(e.k);
}

double mlm_two_sum(double a, double b, double *low) {
  DoubleDouble sum = two_sum(a, b);
  *low = sum.lo;
  return sum.hi;
}

double mlm_two_product(double a, double b, double *low) {
  DoubleDouble product = two_product(a, b);
  *low = product.lo;
  return product.hi;
}

double mlm_diff_of_products(double a, double b, double c, double d) {
  return dd_rounded(dd_sum(two_product(a, b), dd_minus(two_product(c, d))));
}
