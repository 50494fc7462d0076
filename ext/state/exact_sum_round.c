/* Exact sums, read: rounding once, exact quotients, canonical bytes. */
#include "state/exact_sum.h"

#include <math.h>

#include "math/double_double.h"
#include "state/exact_sum_internal.h"
#include "state/bigfloat.h"

enum { SUM_UNIT = -1075, PRODUCT_UNIT = -2163 };

static void digits_of(BigFloat *m, const int64_t *limb, int from, int to, int sign) {
  int64_t carry = 0;
  const int64_t base = (int64_t)1 << 32;
  m->n = 0;
  for (int i = from; i < to || carry > 0; i++) {
    int64_t all = carry + (i < to ? sign * limb[i] : 0), low = all & (base - 1);
    carry = (all - low) / base;
    m->digit[m->n++] = (uint32_t)low;
    if (i + 1 >= to && carry < 0) break; /* negative after all: the caller asks again with the other sign */
  }
  m->negative = carry < 0;
}

static void magnitude_of(BigFloat *m, const SumRange *range, const int64_t *limb, int unit) {
  int from = range->from, top = mlm_sum_top(range);
  m->exponent = unit + 32 * (int64_t)from;
  digits_of(m, limb, from, top, 1);
  if (m->negative) {
    digits_of(m, limb, from, top, -1);
    m->negative = true;
  }
  while (m->n > 0 && m->digit[m->n - 1] == 0) m->n--;
}

static void sum_magnitude(BigFloat *m, const ExactSum *sum) {
  magnitude_of(m, &sum->range, sum->limb, SUM_UNIT);
}

static void product_magnitude(BigFloat *m, const ProductSum *sum) {
  magnitude_of(m, &sum->range, sum->limb, PRODUCT_UNIT);
}

static bool is_special(const SumRange *range, double *value) {
  if (!(range->nans | range->infinities[0] | range->infinities[1])) return false;
  bool undefined = range->nans || (range->infinities[0] && range->infinities[1]);
  *value = undefined ? NAN : range->infinities[0] ? INFINITY : -INFINITY;
  return true;
}

/* The highest 97 to 128 bits of m, and whether anything is left below them. */
static U128 top_of(const BigFloat *m, bool *sticky, int64_t *exponent) {
  uint32_t d[4] = {0, 0, 0, 0};
  int first = m->n > 4 ? m->n - 4 : 0;
  for (int i = first; i < m->n; i++) d[i - first] = m->digit[i];
  *sticky = false;
  for (int i = 0; i < first; i++) *sticky |= m->digit[i] != 0;
  *exponent = m->exponent + 32 * (int64_t)first;
  return (U128){(uint64_t)d[3] << 32 | d[2], (uint64_t)d[1] << 32 | d[0]};
}

static double round_magnitude(const BigFloat *m, int shift) {
  bool sticky;
  int64_t exponent;
  U128 top = top_of(m, &sticky, &exponent);
  double x = mlm_u128_round(top, sticky, exponent + shift);
  return m->negative ? -x : x;
}

double mlm_sum_round_scaled(const ExactSum *sum, int shift) {
  double special;
  if (is_special(&sum->range, &special)) return special;
  BigFloat m;
  sum_magnitude(&m, sum);
  return round_magnitude(&m, shift);
}

double mlm_sum_round(const ExactSum *sum) { return mlm_sum_round_scaled(sum, 0); }

double mlm_product_round(const ProductSum *sum) {
  double special;
  if (is_special(&sum->range, &special)) return special;
  BigFloat m;
  product_magnitude(&m, sum);
  return round_magnitude(&m, 0);
}

int mlm_sum_sign(const ExactSum *sum) {
  BigFloat m;
  sum_magnitude(&m, sum);
  return m.n == 0 ? 0 : m.negative ? -1 : 1;
}

int mlm_product_sign(const ProductSum *sum) {
  BigFloat m;
  product_magnitude(&m, sum);
  return m.n == 0 ? 0 : m.negative ? -1 : 1;
}

bool mlm_sum_is_zero(const ExactSum *sum) {
  double special;
  return !is_special(&sum->range, &special) && mlm_sum_sign(sum) == 0;
}

int mlm_bigfloat_width(const BigFloat *m) { return 32 * m->n - __builtin_clz(m->digit[m->n - 1]); }

void mlm_bigfloat_shift_left(BigFloat *m, int count) {
  int whole = count / 32, part = count % 32;
  for (int i = m->n; i >= 0; i--) {
    uint64_t here = i < m->n ? m->digit[i] : 0, below = i > 0 ? m->digit[i - 1] : 0;
    m->digit[i + whole] = (uint32_t)((here << 32 | below) >> (32 - part));
  }
  memset(m->digit, 0, (size_t)whole * sizeof m->digit[0]);
  m->n += whole + 1;
  while (m->n > 0 && m->digit[m->n - 1] == 0) m->n--;
}

bool mlm_bigfloat_subtract_digits(BigFloat *a, const BigFloat *b) {
  if (a->n != b->n) {
    if (a->n < b->n) return false;
  } else {
    int i = a->n - 1;
    while (i >= 0 && a->digit[i] == b->digit[i]) i--;
    if (i >= 0 && a->digit[i] < b->digit[i]) return false;
  }
  int64_t borrow = 0;
  for (int i = 0; i < a->n; i++) {
    int64_t overflow = (int64_t)a->digit[i] - (i < b->n ? b->digit[i] : 0) + borrow;
    borrow = overflow < 0 ? -1 : 0;
    a->digit[i] = (uint32_t)overflow;
  }
  while (a->n > 0 && a->digit[a->n - 1] == 0) a->n--;
  return true;
}

/* Restoring division, 64 bits of it and whether a rest is left. */
double mlm_bigfloat_ratio(BigFloat *a, BigFloat *b) {
  if (b->n == 0) return NAN;
  if (a->n == 0) return 0;
  int lead = mlm_bigfloat_width(a) - mlm_bigfloat_width(b);
  int64_t exponent = a->exponent - b->exponent + lead - 63;
  if (lead > 0) mlm_bigfloat_shift_left(b, lead);
  if (lead < 0) mlm_bigfloat_shift_left(a, -lead);
  uint64_t quotient = 0;
  for (int i = 0; i < 64; i++) {
    quotient = quotient << 1 | mlm_bigfloat_subtract_digits(a, b);
    mlm_bigfloat_shift_left(a, 1);
  }
  double x = mlm_u128_round(mlm_u128(quotient), a->n > 0, exponent);
  return a->negative != b->negative ? -x : x;
}

/* Drops zero digits at the low end, so that alignment never needs more room than the wider operand has. */
static void trim(BigFloat *m) {
  int zeros = 0;
  while (zeros < m->n && m->digit[zeros] == 0) zeros++;
  if (zeros == 0) return;
  memmove(m->digit, m->digit + zeros, (size_t)(m->n - zeros) * sizeof m->digit[0]);
  m->n -= zeros;
  m->exponent += 32 * (int64_t)zeros;
}

void mlm_bigfloat_of_sum(BigFloat *m, const ExactSum *sum) {
  sum_magnitude(m, sum);
  trim(m);
}

void mlm_bigfloat_of_products(BigFloat *m, const ProductSum *sum) {
  product_magnitude(m, sum);
  trim(m);
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

/* sum / n in two doubles; false where they do not tell how the exact quotient is rounded. For windows, where
 * every row asks. n below 2^31, and no limb near the ends of a double's range. */
static bool mean_quickly(const ExactSum *sum, int64_t n, double *mean) {
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
  if (head == 0 || head == -1) return false; /* -1: what is below may take nearly all of it */
  /* The head and 96 bits below it: off by 2^-85 of the head for the rounding of the last 64, or less. */
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
  if (mean_quickly(sum, n, &mean)) return mean;
  BigFloat a;
  sum_magnitude(&a, sum);
  if (a.n == 0) return 0;
  if (n >> 31 == 0) { /* 97 bits or more over 31: the quotient has bits enough for a sticky rest */
    bool sticky;
    int64_t exponent;
    U128 top = top_of(&a, &sticky, &exponent);
    double x = mlm_u128_ratio(top, sticky, mlm_u128((uint64_t)n), exponent);
    return a.negative ? -x : x;
  }
  BigFloat b = {.n = n >> 32 ? 2 : 1, .digit = {(uint32_t)n, (uint32_t)(n >> 32)}};
  trim(&a);
  return mlm_bigfloat_ratio(&a, &b);
}

static void save(const SumRange *range, const BigFloat *m, Writer *out) {
  mlm_write_signed(out, range->nans);
  mlm_write_signed(out, range->infinities[0]);
  mlm_write_signed(out, range->infinities[1]);
  mlm_write_signed(out, m->negative ? -m->n : m->n);
  if (m->n == 0) return;
  mlm_write_signed(out, m->exponent);
  for (int i = 0; i < m->n; i++) {
    uint8_t bytes[4] = {(uint8_t)m->digit[i], (uint8_t)(m->digit[i] >> 8), (uint8_t)(m->digit[i] >> 16),
                        (uint8_t)(m->digit[i] >> 24)};
    mlm_write_bytes(out, bytes, 4);
  }
}

/* Reads what save() wrote into limbs of an empty sum: the digits go back to where they came from, or it is no
 * such sum. */
static void load(SumRange *range, int64_t *limb, int limbs, int unit, Reader *in) {
  int64_t *const specials[] = {&range->nans, &range->infinities[0], &range->infinities[1]};
  int64_t left = INT64_MAX; /* so that mlm_specials() fits */
  for (int i = 0; i < 3; i++) {
    *specials[i] = mlm_read_signed(in);
    if (*specials[i] < 0 || *specials[i] > left) in->failed = true;
    left -= in->failed ? 0 : *specials[i];
  }
  int64_t n = mlm_read_signed(in);
  int sign = n < 0 ? -1 : 1;
  if (in->failed || n == 0) return;
  int64_t exponent = mlm_read_signed(in), end = unit + 32 * limbs;
  int64_t from = exponent >= unit && exponent < end ? exponent - unit : 1; /* 1 is no place */
  bool inside = from % 32 == 0 && n >= -limbs && sign * n <= limbs - 2 - from / 32;
  const uint8_t *at = inside ? mlm_read_bytes(in, (size_t)(sign * n) * 4) : NULL;
  if (!at) {
    in->failed = true;
    return;
  }
  from /= 32;
  n *= sign;
  for (int64_t i = 0; i < n; i++, at += 4)
    limb[from + i] =
        sign
        * (int64_t)((uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24);
  if (limb[from] == 0 || limb[from + n - 1] == 0) in->failed = true; /* not the shortest form */
  mlm_sum_widen(range, (unsigned)from, (unsigned)(n > 1 ? from + n : from + 2));
  range->adds = 1;
}

void mlm_sum_save(const ExactSum *sum, Writer *out) {
  BigFloat m;
  mlm_bigfloat_of_sum(&m, sum);
  save(&sum->range, &m, out);
}

void mlm_product_save(const ProductSum *sum, Writer *out) {
  BigFloat m;
  mlm_bigfloat_of_products(&m, sum);
  save(&sum->range, &m, out);
}

void mlm_sum_load(ExactSum *sum, Reader *in) { load(&sum->range, sum->limb, SUM_LIMBS, SUM_UNIT, in); }

void mlm_product_load(ProductSum *sum, Reader *in) {
  load(&sum->range, sum->limb, PRODUCT_LIMBS, PRODUCT_UNIT, in);
}
