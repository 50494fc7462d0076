/* e^x with 100 bits and any exponent: x log2(e) in integers, its whole part the exponent, 2^fraction in
 * double-doubles. */
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

static Power negative(Power p) {
  bool whole = wide_is_zero(p.fraction);
  return (Power){whole ? -p.k : -p.k - 1, wide_difference((Wide){0, 0}, p.fraction)};
}

static DoubleDouble dd_of_wide(Wide w) {
  DoubleDouble sum = two_sum((double)(w.hi >> 32) * 0x1p96, (double)(uint32_t)w.hi * 0x1p64);
  return dd_plus(dd_plus(sum, (double)(w.lo >> 32) * 0x1p32), (double)(uint32_t)w.lo);
}

/* e^r for |r| <= ln 2 / 256 by its series; the first term left out is below 2^-106. */
static DoubleDouble exp_series(DoubleDouble r) {
  static const DoubleDouble factor[] = {{0x1.5555555555555p-5, 0x1.5555555555555p-59}, /* 1/24 */
                                        {0x1.5555555555555p-3, 0x1.5555555555555p-57}, /* 1/6 */
                                        {0.5, 0},
                                        {1, 0},
                                        {1, 0}};
  double x = r.hi;
  double tail = 1.0 / 120 + x * (1.0 / 720 + x * (1.0 / 5040 + x * (1.0 / 40320 + x * (1.0 / 362880))));
  DoubleDouble sum = dd_of(tail);
  for (int i = 0; i < 5; i++) sum = dd_sum(factor[i], dd_product(r, sum));
  return sum;
}

Wide mlm_exp_wide(double x, int64_t *exponent) {
  static const DoubleDouble ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
  *exponent = 0;
  if (fabs(x) < 0x1p-106) return (Wide){(uint64_t)1 << (EXP_WIDE_BITS - 64), 0};
  Power p = power_of_magnitude(x);
  if (x < 0) p = negative(p);

  /* 2^fraction = 2^(j/128) · e^r, j the nearest. */
  Wide up = wide_sum(p.fraction, (Wide){(uint64_t)1 << 56, 0});
  if (up.hi < p.fraction.hi) p.k++;
  int j = (int)(up.hi >> 57);
  Wide rest = wide_difference(p.fraction, (Wide){(uint64_t)j << 57, 0});
  bool below = rest.hi >> 63;
  DoubleDouble f = dd_of_wide(below ? wide_difference((Wide){0, 0}, rest) : rest);
  DoubleDouble series = exp_series(dd_product(dd_scaled(f, below ? -0x1p-128 : 0x1p-128), ln2));
  double power = mlm_exp_table.power[j].power;
  DoubleDouble m = dd_product(ordered_sum(power, power * mlm_exp_table.power[j].tail), series);
  if (m.hi < 1) {
    m = dd_scaled(m, 2);
    p.k--;
  }
  *exponent = p.k;
  Wide upper = wide_shift_left(wide_of((uint64_t)(m.hi * 0x1p52)), 48);
  uint64_t lower = (uint64_t)(fabs(m.lo) * 0x1p100);
  return m.lo < 0 ? wide_difference(upper, wide_of(lower)) : wide_sum(upper, wide_of(lower));
}
