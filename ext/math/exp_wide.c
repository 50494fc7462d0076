/* e^x with 100 bits and any exponent, in integers: the whole part of x log2(e) is the exponent, the fraction
 * a step of 1/128 and a series. */
#include "math/exp_wide.h"

#include <math.h>

#include "math/double_double.h"
#include "math/exp_table.h"

/* k + fraction · 2^-128. */
typedef struct Power {
  int64_t k;
  Wide fraction;
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
  uint64_t significand = (bits_of(x) & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52, product[5] = {0};
  Wide carry = {0, 0};
  for (int i = 0; i < 3; i++) {
    carry = wide_sum(wide_product(significand, log2_e[i]), carry);
    product[i] = carry.lo;
    carry = wide_of(carry.hi);
  }
  product[3] = carry.lo;
  int shift = 63 - e; /* from units of 2^(e-191) to 2^-128 */
  return (Power){(int64_t)word_at(product, shift + 128),
                 {word_at(product, shift + 64), word_at(product, shift)}};
}

/* The fraction is never 0: but for |x| below 1/2, x log2(e) comes no nearer to a whole number than 2^-58 for
 * any double below 2^60 (continued fractions of 2^e log2(e)). */
static Power negative(Power p) { return (Power){-p.k - 1, wide_difference((Wide){0, 0}, p.fraction)}; }

/* a·b / 2^128, less at most three units. */
static Wide upper_product(Wide a, Wide b) {
  Wide cross = wide_sum(wide_of(wide_product(a.hi, b.lo).hi), wide_of(wide_product(a.lo, b.hi).hi));
  return wide_sum(wide_product(a.hi, b.hi), cross);
}

/* e^r - 1 = r + r²·(1/2 + r (1/6 + r (1/24 + r·tail))), 0 <= r < ln 2 / 128, all in units of 2^-128. The tail
 * needs 64 bits: it comes with r⁵ < 2^-37. The first term left out is below 2^-118. */
static Wide exp_less_one(Wide r) {
  static const uint64_t tail_factor[] = {
      0x6b99159fd5,    0x49f93edde27,    0x2e3bc74aad8e,   0x1a01a01a01a01,
      0xd00d00d00d00d, 0x5b05b05b05b05b, 0x222222222222222}; /* 1/11! ... 1/5! */
  uint64_t tail = 0;
  for (int i = 0; i < 7; i++) tail = tail_factor[i] + wide_product(r.hi, tail).hi;
  Wide sum = wide_sum((Wide){0x0aaaaaaaaaaaaaaa, 0xaaaaaaaaaaaaaaaa}, wide_product(r.hi, tail));
  sum = wide_sum((Wide){0x2aaaaaaaaaaaaaaa, 0xaaaaaaaaaaaaaaaa}, upper_product(r, sum));
  sum = wide_sum((Wide){(uint64_t)1 << 63, 0}, upper_product(r, sum));
  return wide_sum(r, upper_product(upper_product(r, r), sum));
}

/* 2^(j/128) in units of 2^-127: the table's double and what it lacks. */
static Wide power_of_step(int j) {
  double power = mlm_exp_table.power[j].power, rest = power * mlm_exp_table.power[j].tail;
  Wide upper = wide_shift_left(wide_of((uint64_t)(power * 0x1p52)), 75);
  Wide lower = wide_shift_left(wide_of((uint64_t)(fabs(rest) * 0x1p115)), 12);
  return rest < 0 ? wide_difference(upper, lower) : wide_sum(upper, lower);
}

Wide mlm_exp_wide(double x, int64_t *exponent) {
  static const Wide ln2 = {0xb17217f7d1cf79ab, 0xc9e3b39803f2f6af};
  *exponent = 0;
  if (fabs(x) < 0x1p-106) return (Wide){(uint64_t)1 << (EXP_WIDE_BITS - 64), 0};
  Power p = power_of_magnitude(x);
  if (x < 0) p = negative(p);
  *exponent = p.k;

  /* 2^fraction = 2^(j/128) · e^r, which stays below 2 in spite of the last bits: see negative(). */
  Wide step = power_of_step((int)(p.fraction.hi >> 57));
  p.fraction.hi &= ((uint64_t)1 << 57) - 1;
  Wide m = wide_sum(step, upper_product(step, exp_less_one(upper_product(p.fraction, ln2))));
  return (Wide){m.hi >> 27, m.hi << 37 | m.lo >> 27};
}
