/* Rounding exact sums, their ratios and means: once, to nearest even. */
#include "state/exact_sum_round.h"

#include <math.h>

#include "math/double_double.h"
#include "state/bigfloat.h"
#include "state/exact_sum_internal.h"

static void of_sum(BigFloat *m, const ExactSum *sum) {
  mlm_bigfloat_from_limbs(m, &sum->range, sum->limb, SUM_UNIT);
}

static void of_products(BigFloat *m, const ProductSum *sum) {
  mlm_bigfloat_from_limbs(m, &sum->range, sum->limb, PRODUCT_UNIT);
}

/* Whether a number in the sum is not finite; *value is then the sum. */
static bool is_special(const SumRange *range, double *value) {
  if (!(range->nans | range->infinities[0] | range->infinities[1])) return false;
  bool undefined = range->nans || (range->infinities[0] && range->infinities[1]);
  *value = undefined ? NAN : range->infinities[0] ? INFINITY : -INFINITY;
  return true;
}

static double round_bigfloat(const BigFloat *m, int shift) {
  bool sticky;
  int64_t exponent;
  U128 top = mlm_bigfloat_top(m, &sticky, &exponent);
  double x = mlm_u128_round(top, sticky, exponent + shift);
  return m->negative ? -x : x;
}

double mlm_sum_round_scaled(const ExactSum *sum, int shift) {
  double special;
  if (is_special(&sum->range, &special)) return special;
  BigFloat m;
  of_sum(&m, sum);
  return round_bigfloat(&m, shift);
}

double mlm_sum_round(const ExactSum *sum) { return mlm_sum_round_scaled(sum, 0); }

double mlm_product_round(const ProductSum *sum) {
  double special;
  if (is_special(&sum->range, &special)) return special;
  BigFloat m;
  of_products(&m, sum);
  return round_bigfloat(&m, 0);
}

int mlm_sum_sign(const ExactSum *sum) {
  BigFloat m;
  of_sum(&m, sum);
  return m.n == 0 ? 0 : m.negative ? -1 : 1;
}

int mlm_product_sign(const ProductSum *sum) {
  BigFloat m;
  of_products(&m, sum);
  return m.n == 0 ? 0 : m.negative ? -1 : 1;
}

bool mlm_sum_is_zero(const ExactSum *sum) {
  double special;
  return !is_special(&sum->range, &special) && mlm_sum_sign(sum) == 0;
}

/* The operands nearly always fit 128 bits. */
double mlm_sum_ratio(const ExactSum *num, const ExactSum *den) {
  BigFloat a, b;
  mlm_bigfloat_of_sum(&a, num);
  mlm_bigfloat_of_sum(&b, den);
  if (a.n == 0 || b.n == 0) return b.n == 0 ? NAN : 0;
  int64_t unit = a.exponent < b.exponent ? a.exponent : b.exponent;
  if (mlm_bigfloat_width(&a) + a.exponent - unit > 127 || mlm_bigfloat_width(&b) + b.exponent - unit > 126)
    return mlm_bigfloat_ratio(&a, &b);
  double x = mlm_u128_ratio(mlm_bigfloat_to_u128(&a, unit), false, mlm_bigfloat_to_u128(&b, unit), 0);
  return a.negative != b.negative ? -x : x;
}

double mlm_product_ratio(const ProductSum *num, const ExactSum *den) {
  double special;
  if (mlm_specials(&den->range)) return NAN;
  if (is_special(&num->range, &special)) return special;
  BigFloat a, b;
  mlm_bigfloat_of_products(&a, num);
  mlm_bigfloat_of_sum(&b, den);
  return mlm_bigfloat_ratio(&a, &b);
}

double mlm_product_ratio_products(const ProductSum *num, const ProductSum *den) {
  double special;
  if (mlm_specials(&den->range)) return NAN;
  if (is_special(&num->range, &special)) return special;
  BigFloat a, b;
  mlm_bigfloat_of_products(&a, num);
  mlm_bigfloat_of_products(&b, den);
  return mlm_bigfloat_ratio(&a, &b);
}

/* Computes sum / n in two doubles, for windows, where every row needs a mean. False if their error bound does
 * not decide how the exact quotient is rounded, if n >= 2^31, or if a limb is near the ends of a double's
 * range. */
static bool mean_fast(const ExactSum *sum, int64_t n, double *mean) {
  enum { MOST = 8, BELOW = 3 };
  int from = sum->range.from, top = mlm_sum_top(&sum->range), at = BELOW;
  if (n >> 31 != 0 || from < 8 || top > 56 || top - from > MOST) return false;
  uint32_t digit[BELOW + MOST];
  int64_t head = 0;
  for (int i = 0; i < BELOW; i++) digit[i] = 0;
  for (int i = from; i < top; i++) {
    head += sum->limb[i];
    digit[at++] = (uint32_t)head;
    head >>= 32;
  }
  while (head == 0 && at > BELOW) head = digit[--at];
  if (head == 0 || head == -1) return false; /* -1: the digits below may cancel nearly all of it */
  /* The head and the 96 bits below it, of which the last 64 are rounded: error below 2^-85 of the head. */
  DoubleDouble all = ordered_sum((double)head, digit[at - 1] * 0x1p-32);
  double low = all.lo + (double)((uint64_t)digit[at - 2] << 32 | digit[at - 3]) * 0x1p-96;
  double den = (double)n, inverse = 1 / den, first = all.hi / den;
  DoubleDouble back = two_product(first, den);
  double second = (((all.hi - back.hi) - back.lo) + low) * inverse;
  double slack = first * 0x1p-80, least = first + (second - slack);
  *mean = least * power_of_two(32 * (from + at - BELOW) - 1075);
  return least == first + (second + slack);
}

double mlm_sum_mean(const ExactSum *sum, int64_t n) {
  double special, mean;
  if (is_special(&sum->range, &special)) return special;
  if (mean_fast(sum, n, &mean)) return mean;
  BigFloat a;
  of_sum(&a, sum);
  if (a.n == 0) return 0;
  if (n >> 31 == 0) { /* at least 97 bits over at most 31: enough for mlm_u128_ratio() with a sticky bit */
    bool sticky;
    int64_t exponent;
    U128 top = mlm_bigfloat_top(&a, &sticky, &exponent);
    double x = mlm_u128_ratio(top, sticky, mlm_u128((uint64_t)n), exponent);
    return a.negative ? -x : x;
  }
  BigFloat b = {.n = n >> 32 ? 2 : 1, .digit = {(uint32_t)n, (uint32_t)(n >> 32)}};
  mlm_bigfloat_of_sum(&a, sum);
  return mlm_bigfloat_ratio(&a, &b);
}
