/* Pairs of doubles rounded to one. */
#include "math/double_double.h"

double mlm_scaled(double hi, double lo, int k) {
  if (k > 1000) return hi * 0x1p1000 * power_of_two(k < 1100 ? k - 1000 : 100);
  if (k >= -1020) return hi * power_of_two(k);
  if (k < -1200) return 0;
  /* In units of the least normal number: adding 1 then rounds to the unit of subnormals. */
  double unit = power_of_two(k + 1022), x = hi * unit;
  if (x >= 1) return x * 0x1p-1022;
  DoubleDouble sum = ordered_sum(1, x);
  return ((sum.hi + (sum.lo + lo * unit)) - 1) * 0x1p-1022;
}

double mlm_diff_of_products(double a, double b, double c, double d) {
  return dd_rounded(dd_sum(two_product(a, b), dd_minus(two_product(c, d))));
}
