/* Adding to exact sums of products: a product many times, and the product of two sums. */
#include "state/exact_sum_product.h"

#include <math.h>

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
