/* Arithmetic of arbitrary-precision binary floats, without rounding, except in the ratio. */
#include "state/bigfloat.h"

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "state/exact_sum_internal.h"

static void drop_zeros(BigFloat *m) {
  while (m->n > 0 && m->digit[m->n - 1] == 0) m->n--;
}

/* ---- conversion ---- */

/* Sets the digits to sign times the value of limbs [from, to). m->negative: it is below 0, and the digits are
 * meaningless. */
static void set_digits(BigFloat *m, const int64_t *limb, int from, int to, int sign) {
  int64_t carry = 0;
  const int64_t base = (int64_t)1 << 32;
  m->n = 0;
  for (int i = from; i < to || carry > 0; i++) {
    int64_t all = carry + (i < to ? sign * limb[i] : 0), low = all & (base - 1);
    carry = (all - low) / base;
    m->digit[m->n++] = (uint32_t)low;
    if (i + 1 >= to && carry < 0) break; /* the digits of a negative number would never end */
  }
  m->negative = carry < 0;
}

void mlm_bigfloat_from_limbs(BigFloat *m, const SumRange *range, const int64_t *limb, int unit) {
  int from = range->from, top = mlm_sum_top(range);
  m->exponent = unit + 32 * (int64_t)from;
  set_digits(m, limb, from, top, 1);
  if (m->negative) {
    set_digits(m, limb, from, top, -1);
    m->negative = true;
  }
  drop_zeros(m);
}

/* Drops zero digits at the low end, so that align() never needs more digits than the wider operand has. */
static void trim(BigFloat *m) {
  int zeros = 0;
  while (zeros < m->n && m->digit[zeros] == 0) zeros++;
  if (zeros == 0) return;
  memmove(m->digit, m->digit + zeros, (size_t)(m->n - zeros) * sizeof m->digit[0]);
  m->n -= zeros;
  m->exponent += 32 * (int64_t)zeros;
}

void mlm_bigfloat_of_sum(BigFloat *m, const ExactSum *sum) {
  mlm_bigfloat_from_limbs(m, &sum->range, sum->limb, SUM_UNIT);
  trim(m);
}

void mlm_bigfloat_of_products(BigFloat *m, const ProductSum *sum) {
  mlm_bigfloat_from_limbs(m, &sum->range, sum->limb, PRODUCT_UNIT);
  trim(m);
}

void mlm_bigfloat_of_cubes(BigFloat *m, const CubeSum *sum) {
  mlm_bigfloat_from_limbs(m, &sum->range, sum->limb, CUBE_UNIT);
  trim(m);
}

void mlm_bigfloat_of(BigFloat *m, double x) {
  ExactSum sum = {0};
  mlm_sum_add(&sum, x, 1);
  mlm_bigfloat_of_sum(m, &sum);
}

void mlm_bigfloat_of_words(BigFloat *m, const uint64_t *word, int n) {
  m->negative = false;
  m->exponent = 0;
  m->n = 2 * n;
  for (int i = 0; i < n; i++) {
    m->digit[2 * i] = (uint32_t)word[i];
    m->digit[2 * i + 1] = (uint32_t)(word[i] >> 32);
  }
  drop_zeros(m);
  trim(m);
}

void mlm_bigfloat_of_u128(BigFloat *m, U128 x, int64_t exponent) {
  mlm_bigfloat_of_words(m, (const uint64_t[]){x.lo, x.hi}, 2);
  m->exponent += exponent;
}

U128 mlm_bigfloat_top(const BigFloat *m, bool *sticky, int64_t *exponent) {
  uint32_t d[4] = {0, 0, 0, 0};
  int first = m->n > 4 ? m->n - 4 : 0;
  for (int i = first; i < m->n; i++) d[i - first] = m->digit[i];
  *sticky = false;
  for (int i = 0; i < first; i++) *sticky |= m->digit[i] != 0;
  *exponent = m->exponent + 32 * (int64_t)first;
  return (U128){(uint64_t)d[3] << 32 | d[2], (uint64_t)d[1] << 32 | d[0]};
}

U128 mlm_bigfloat_to_u128(const BigFloat *m, int64_t exponent) {
  U128 all = {0, 0};
  for (int i = m->n - 1; i >= 0; i--) {
    all = mlm_u128_shift_left(all, 32);
    all.lo |= m->digit[i];
  }
  return mlm_u128_shift_left(all, (int)(m->exponent - exponent));
}

/* ---- arithmetic ---- */

int mlm_bigfloat_width(const BigFloat *m) { return 32 * m->n - mlm_clz32(m->digit[m->n - 1]); }

void mlm_bigfloat_shift_left(BigFloat *m, int count) {
  int digits = count / 32, part = count % 32;
  for (int i = m->n; i >= 0; i--) {
    uint64_t here = i < m->n ? m->digit[i] : 0, below = i > 0 ? m->digit[i - 1] : 0;
    m->digit[i + digits] = (uint32_t)((here << 32 | below) >> (32 - part));
  }
  memset(m->digit, 0, (size_t)digits * sizeof m->digit[0]);
  m->n += digits + 1;
  drop_zeros(m);
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

/* Subtracts the digits of b from those of a. False, and a unchanged, if those of b are larger. */
static bool subtract_digits(BigFloat *a, const BigFloat *b) {
  if (a->n != b->n) {
    if (a->n < b->n) return false;
  } else {
    int i = a->n - 1;
    while (i >= 0 && a->digit[i] == b->digit[i]) i--;
    if (i >= 0 && a->digit[i] < b->digit[i]) return false;
  }
  int64_t borrow = 0;
  for (int i = 0; i < a->n; i++) {
    int64_t difference = (int64_t)a->digit[i] - (i < b->n ? b->digit[i] : 0) + borrow;
    borrow = difference < 0 ? -1 : 0;
    a->digit[i] = (uint32_t)difference;
  }
  drop_zeros(a);
  return true;
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

/* Brings both to the lower exponent. */
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
  } else if (!subtract_digits(a, b)) {
    BigFloat difference = *b;
    subtract_digits(&difference, a);
    *a = difference;
    a->negative = negative;
  }
}

/* Subtracts q·b from the b->n + 1 digits of a at place j, modulo 2^(32·(b->n + 1)). True if a was smaller. */
static bool subtract_multiple(BigFloat *a, int j, const BigFloat *b, uint64_t q) {
  uint64_t carry = 0;
  int64_t borrow = 0;
  for (int i = 0; i <= b->n; i++) {
    carry += i < b->n ? q * b->digit[i] : 0;
    int64_t difference = (int64_t)a->digit[i + j] - (int64_t)(uint32_t)carry + borrow;
    a->digit[i + j] = (uint32_t)difference;
    borrow = difference < 0 ? -1 : 0;
    carry >>= 32;
  }
  return borrow < 0;
}

static void add_back(BigFloat *a, int j, const BigFloat *b) {
  uint64_t carry = 0;
  for (int i = 0; i <= b->n; i++) {
    carry += (uint64_t)a->digit[i + j] + (i < b->n ? b->digit[i] : 0);
    a->digit[i + j] = (uint32_t)carry;
    carry >>= 32;
  }
}

/* The quotient digit at place j from the top digits (Knuth, The Art of Computer Programming, volume 2, 4.3.1,
 * algorithm D): the estimate is at most 2 above it, because b's top bit is set. */
static uint64_t quotient_digit(BigFloat *a, int j, const BigFloat *b) {
  const uint32_t *top = a->digit + j + b->n;
  uint64_t q = ((uint64_t)top[0] << 32 | top[-1]) / b->digit[b->n - 1];
  if (q > UINT32_MAX) q = UINT32_MAX;
  if (subtract_multiple(a, j, b, q)) {
    do {
      q--;
      add_back(a, j, b);
    } while (a->digit[j + b->n] != 0);
  }
  return q;
}

/* Divides digits aligned to the same top bit: `bits` bits of the quotient, of which the first may be 0. The
 * remainder is left in a, in a unit of its own. */
static U128 divide_digits(BigFloat *a, BigFloat *b, int bits) {
  int lead = mlm_bigfloat_width(a) - mlm_bigfloat_width(b);
  if (lead > 0) mlm_bigfloat_shift_left(b, lead);
  int normal = mlm_clz32(b->digit[b->n - 1]);
  mlm_bigfloat_shift_left(b, normal);
  mlm_bigfloat_shift_left(a, (lead < 0 ? -lead : 0) + normal + bits - 1);
  a->digit[a->n] = 0;
  U128 quotient = {0, 0};
  for (int j = a->n - b->n; j >= 0; j--) {
    quotient = mlm_u128_shift_left(quotient, 32);
    quotient.lo |= quotient_digit(a, j, b);
  }
  drop_zeros(a);
  return quotient;
}

double mlm_bigfloat_ratio(BigFloat *a, BigFloat *b) {
  if (b->n == 0) return NAN;
  if (a->n == 0) return 0;
  int64_t exponent = a->exponent - b->exponent + mlm_bigfloat_width(a) - mlm_bigfloat_width(b) - 63;
  U128 quotient = divide_digits(a, b, 64);
  double x = mlm_u128_round(quotient, a->n > 0, exponent);
  return a->negative != b->negative ? -x : x;
}

/* The integral part of the root, bit by bit. */
static uint64_t root_of(U128 square) {
  uint64_t root = 0;
  for (uint64_t bit = (uint64_t)1 << 63; bit > 0; bit >>= 1)
    if (!mlm_u128_less(square, mlm_u128_product(root | bit, root | bit))) root |= bit;
  return root;
}

/* 126 or 127 bits of the quotient, so that its exponent is even, have a root of 63. */
double mlm_bigfloat_root_of_ratio(BigFloat *a, BigFloat *b) {
  if (a->n == 0) return 0;
  int64_t exponent = a->exponent - b->exponent + mlm_bigfloat_width(a) - mlm_bigfloat_width(b) - 126;
  int odd = exponent % 2 != 0;
  U128 quotient = divide_digits(a, b, 127 - odd);
  uint64_t root = root_of(quotient);
  U128 square = mlm_u128_product(root, root);
  bool sticky = a->n > 0 || mlm_u128_less(square, quotient);
  return mlm_u128_round(mlm_u128(root), sticky, (exponent + odd) / 2);
}
