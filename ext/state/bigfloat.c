/* Products, differences and quotients of exact sums, without rounding before the end. */
#include "state/bigfloat.h"

#include <math.h>

#include "math/double_double.h"
#include "state/exact_sum_internal.h"

static void drop_zeros(BigFloat *m) {
  while (m->n > 0 && m->digit[m->n - 1] == 0) m->n--;
}

void mlm_bigfloat_of(BigFloat *m, double x) {
  ExactSum sum = {0};
  mlm_sum_add(&sum, x, 1);
  mlm_bigfloat_of_sum(m, &sum);
}

void mlm_bigfloat_multiply(BigFloat *product, const BigFloat *a, const BigFloat *b) {
  product->negative = a->negative != b->negative;
  product->exponent = a->exponent + b->exponent;
  product->n = a->n + b->n;
  memset(product->digit, 0, (size_t)product->n * sizeof product->digit[0]);
  for (int i = 0; i < a->n; i++) {
    uint64_t carry = 0;
    for (int j = 0; j < b->n; j++) {
      carry += (uint64_t)a->digit[i] * b->digit[j] + product->digit[i + j]; /* at most 2^64 - 1 */
      product->digit[i + j] = (uint32_t)carry;
      carry >>= 32;
    }
    product->digit[i + b->n] = (uint32_t)carry;
  }
  drop_zeros(product);
}

static void add_digits(BigFloat *a, const BigFloat *b) {
  uint64_t carry = 0;
  for (int i = 0; i < b->n || carry > 0; i++) {
    if (i == a->n) a->digit[a->n++] = 0;
    carry += (uint64_t)a->digit[i] + (i < b->n ? b->digit[i] : 0);
    a->digit[i] = (uint32_t)carry;
    carry >>= 32;
  }
}

/* Both at the lower exponent. */
static void align(BigFloat *a, BigFloat *b) {
  BigFloat *higher = a->exponent > b->exponent ? a : b, *lower = higher == a ? b : a;
  if (higher->n > 0 && lower->n > 0)
    mlm_bigfloat_shift_left(higher, (int)(higher->exponent - lower->exponent));
  if (lower->n > 0)
    higher->exponent = lower->exponent;
  else
    lower->exponent = higher->exponent;
}

void mlm_bigfloat_add(BigFloat *a, BigFloat *b, int sign) {
  bool negative = b->negative != (sign < 0);
  if (b->n == 0) return;
  align(a, b);
  if (a->n == 0 || a->negative == negative) {
    a->negative = negative;
    add_digits(a, b);
  } else if (!mlm_bigfloat_subtract_digits(a, b)) {
    BigFloat overflow = *b;
    mlm_bigfloat_subtract_digits(&overflow, a);
    *a = overflow;
    a->negative = negative;
  }
}

/* Places of the digits in 128 bits at the exponent given, which is not above that of m. */
static U128 mlm_u128_at(const BigFloat *m, int64_t exponent) {
  U128 all = {0, 0};
  for (int i = m->n - 1; i >= 0; i--) {
    all = mlm_u128_shift_left(all, 32);
    all.lo |= m->digit[i];
  }
  return mlm_u128_shift_left(all, (int)(m->exponent - exponent));
}

double mlm_sum_ratio(const ExactSum *num, const ExactSum *den) {
  BigFloat a, b;
  mlm_bigfloat_of_sum(&a, num);
  mlm_bigfloat_of_sum(&b, den);
  if (a.n == 0 || b.n == 0) return b.n == 0 ? NAN : 0;
  int64_t unit = a.exponent < b.exponent ? a.exponent : b.exponent;
  if (mlm_bigfloat_width(&a) + a.exponent - unit > 127 || mlm_bigfloat_width(&b) + b.exponent - unit > 126)
    return mlm_bigfloat_ratio(&a, &b);
  double x = mlm_u128_ratio(mlm_u128_at(&a, unit), false, mlm_u128_at(&b, unit), 0); /* nearly always */
  return a.negative != b.negative ? -x : x;
}

/* The product's digits go to limbs of 2^-2163, of which they are 2^13 off. */
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
