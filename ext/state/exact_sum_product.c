/* Adding to exact sums of products: a product many times, and the product of two sums. */
#include "state/exact_sum_product.h"

#include <math.h>

#include "math/double_double.h"
#include "state/bigfloat.h"
#include "state/exact_sum_internal.h"

/* The exponents of two sums add up to a multiple of 32 below 2^-2163, plus 13: hence the shift. */
void mlm_product_add_sums(ProductSum *into, const ExactSum *a, const ExactSum *b, int sign) {
  enum { UNIT = -2163, STEP = 13 };
  BigFloat x, y;
  mlm_bigfloat_of_sum(&x, a);
  mlm_bigfloat_of_sum(&y, b);
  if (x.n == 0 || y.n == 0) return;
  mlm_bigfloat_shift_left(&x, STEP);
  int at = (int)((x.exponent + y.exponent - STEP - UNIT) / 32);
  int64_t s = (x.negative != y.negative) != (sign < 0) ? -1 : 1;
  for (int i = 0; i < x.n; i++) {
    int64_t *limb = into->limb + at + i;
    uint64_t carry = 0;
    for (int j = 0; j < y.n; j++) {
      carry += (uint64_t)x.digit[i] * y.digit[j];
      limb[j] += s * (int64_t)(uint32_t)carry; /* below 2^39 from all i */
      carry >>= 32;
    }
    limb[y.n] += s * (int64_t)carry;
  }
  mlm_sum_widen(&into->range, (unsigned)at, (unsigned)(at + x.n + y.n));
  mlm_sum_count_add(&into->range, into->limb, PRODUCT_LIMBS);
}

void mlm_product_add_times(ProductSum *sum, double x, double w, uint64_t k, int sign) {
  double product = x * w;
  if (k == 1) {
    mlm_product_add(sum, x, w, sign);
  } else if (!(fabs(x) < INFINITY)) {
    int64_t times = sign * (int64_t)k;
    if (product != product)
      sum->range.nans += times;
    else
      sum->range.infinities[product < 0] += times;
  } else if (k > 0) {
    ExactSum one = {0}, all = {0};
    mlm_sum_add(&one, x, 1);
    mlm_sum_add_times(&all, w, k, 1);
    mlm_product_add_sums(sum, &one, &all, sign);
  }
}

/* The significand of x, whose absolute value is in [1, 2): x = significand · 2^*exponent; x finite, not 0. */
static double mantissa_of(double x, int *exponent) {
  const uint64_t field = (uint64_t)0x7ff << 52, one = (uint64_t)1023 << 52;
  int tiny = fabs(x) < 0x1p-1022 ? 54 : 0;
  if (tiny) x *= 0x1p54;
  *exponent = exponent_of(x) - tiny;
  return mlm_double_from_bits((mlm_double_bits(x) & ~field) | one);
}

/* x · 2^k, which may be Infinity or lose bits below 2^-1022. */
static double scaled(double x, int k) {
  for (; k > 900; k -= 900) x *= 0x1p900;
  for (; k < -900; k += 900) x *= 0x1p-900;
  return x * power_of_two(k);
}

/* The significands of y and w make a pair of doubles, each of which is multiplied by that of x; the exponents
 * are shared out between the two factors. */
void mlm_product_add_weighted(ProductSum *sum, double x, double y, double w, int sign) {
  enum { LEAST = -1022, LEAST_PAIR = -910, MOST_PAIR = 1020 };
  int ex, ey, ew;
  if (x == 0 || y == 0) return;
  double mx = mantissa_of(x, &ex), my = mantissa_of(y, &ey), mw = mantissa_of(w, &ew);
  DoubleDouble product = two_product(my, mw);
  int e = ex + ey + ew, pair = e / 2;
  pair = pair > MOST_PAIR ? MOST_PAIR : pair < LEAST_PAIR ? LEAST_PAIR : pair;
  if (e - pair < LEAST) pair = e - LEAST;
  double factor = scaled(mx, e - pair);
  mlm_product_add(sum, factor, scaled(product.hi, pair), sign);
  if (fabs(factor) < INFINITY) mlm_product_add(sum, factor, scaled(product.lo, pair), sign);
}
