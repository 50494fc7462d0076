/* e^x with 100 bits and any exponent, in integers: the whole part of x log2(e) is the exponent, the fraction
 * a step of 1/128 and a series. */
#include "math/exp_wide.h"

#include <math.h>

#include "math/double_double.h"
#include "math/exp_table.h"

/* k + fraction · 2^-128. */
typedef struct Power {
  int64_t k;
  U128 fraction;
} Power;

/* Bits shift ... shift + 63 of the 256-bit number. */
static uint64_t word_at(const uint64_t number[5], int shift) {
  int word = shift >> 6, bit = shift & 63;
  if (word > 3) return 0;
  return number[word] >> bit | (bit ? number[word + 1] << (64 - bit) : 0);
}

/* |x| · log2(e) for 2^-107 < |x| < 2^60, rounded down by 2^-128 at most, and the error of the constant:
 * 2^-130. */
static Power power_of_magnitude(double x) {
  const uint64_t *log2_e = mlm_exp_table.log2_e;
  int e = exponent_of(x) - 52;
  uint64_t significand = (mlm_double_bits(x) & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52,
           product[5] = {0};
  U128 carry = {0, 0};
  for (int i = 0; i < 3; i++) {
    carry = mlm_u128_sum(mlm_u128_product(significand, log2_e[i]), carry);
    product[i] = carry.lo;
    carry = mlm_u128(carry.hi);
  }
  product[3] = carry.lo;
  int shift = 63 - e; /* from units of 2^(e-191) to 2^-128 */
  return (Power){(int64_t)word_at(product, shift + 128),
                 {word_at(product, shift + 64), word_at(product, shift)}};
}

/* The fraction is never 0: but for |x| below 1/2, x log2(e) comes no nearer to a whole number than 2^-58 for
 * any double below 2^60 (continued fractions of 2^e log2(e)). */
static Power negative(Power p) { return (Power){-p.k - 1, mlm_u128_difference((U128){0, 0}, p.fraction)}; }

/* a·b / 2^128, less at most three units. */
static U128 upper_product(U128 a, U128 b) {
  U128 cross =
      mlm_u128_sum(mlm_u128(mlm_u128_product(a.hi, b.lo).hi), mlm_u128(mlm_u128_product(a.lo, b.hi).hi));
  return mlm_u128_sum(mlm_u128_product(a.hi, b.hi), cross);
}

/* e^r - 1 = r + r²·(1/2 + r (1/6 + r (1/24 + r·tail))), 0 <= r < ln 2 / 128, all in units of 2^-128. The tail
 * needs 64 bits: it comes with r⁵ < 2^-37. The first term left out is below 2^-118. */
static U128 exp_less_one(U128 r) {
  static const uint64_t tail_factor[] = {
      0x6b99159fd5,    0x49f93edde27,    0x2e3bc74aad8e,   0x1a01a01a01a01,
      0xd00d00d00d00d, 0x5b05b05b05b05b, 0x222222222222222}; /* 1/11! ... 1/5! */
  uint64_t tail = 0;
  for (int i = 0; i < 7; i++) tail = tail_factor[i] + mlm_u128_product(r.hi, tail).hi;
  U128 sum = mlm_u128_sum((U128){0x0aaaaaaaaaaaaaaa, 0xaaaaaaaaaaaaaaaa}, mlm_u128_product(r.hi, tail));
  sum = mlm_u128_sum((U128){0x2aaaaaaaaaaaaaaa, 0xaaaaaaaaaaaaaaaa}, upper_product(r, sum));
  sum = mlm_u128_sum((U128){(uint64_t)1 << 63, 0}, upper_product(r, sum));
  return mlm_u128_sum(r, upper_product(upper_product(r, r), sum));
}

/* 2^(j/128) in units of 2^-127: the table's double and what it lacks. */
static U128 power_of_step(int j) {
  double power = mlm_exp_table.power[j].power, overflow = power * mlm_exp_table.power[j].tail;
  U128 upper = mlm_u128_shift_left(mlm_u128((uint64_t)(power * 0x1p52)), 75);
  U128 lower = mlm_u128_shift_left(mlm_u128((uint64_t)(fabs(overflow) * 0x1p115)), 12);
  return overflow < 0 ? mlm_u128_difference(upper, lower) : mlm_u128_sum(upper, lower);
}

U128 mlm_exp_wide(double x, int64_t *exponent) {
  static const U128 ln2 = {0xb17217f7d1cf79ab, 0xc9e3b39803f2f6af};
  *exponent = 0;
  if (fabs(x) < 0x1p-106) return (U128){(uint64_t)1 << (EXP_WIDE_BITS - 64), 0};
  Power p = power_of_magnitude(x);
  if (x < 0) p = negative(p);
  *exponent = p.k;

  /* 2^fraction = 2^(j/128) · e^r, which stays below 2 in spite of the last bits: see negative(). */
  U128 step = power_of_step((int)(p.fraction.hi >> 57));
  p.fraction.hi &= ((uint64_t)1 << 57) - 1;
  U128 m = mlm_u128_sum(step, upper_product(step, exp_less_one(upper_product(p.fraction, ln2))));
  return (U128){m.hi >> 27, m.hi << 37 | m.lo >> 27};
}
