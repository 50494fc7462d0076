/* Ratios of 128-bit integers against integers long enough to hold every product: the double that is given has
 * no neighbour nearer to the quotient, and of two equally near ones the last bit 0. */
#include "base/uint128.h"
#include "base/uint192.h"

#include <math.h>
#include <string.h>

#include "random.h"
#include "unit.h"

/* ---- natural numbers below 2^(32 WORDS), lowest word first ---- */

enum { WORDS = 24 };

typedef struct Natural {
  uint32_t word[WORDS];
} Natural;

static Natural natural(U128 a) {
  return (Natural){{(uint32_t)a.lo, (uint32_t)(a.lo >> 32), (uint32_t)a.hi, (uint32_t)(a.hi >> 32)}};
}

static Natural times(Natural a, uint64_t factor) {
  Natural product = {{0}};
  for (int part = 0; part < 2; part++) {
    uint64_t digit = part ? factor >> 32 : (uint32_t)factor, carry = 0;
    for (int i = 0; i + part < WORDS; i++) {
      carry += digit * a.word[i] + product.word[i + part];
      product.word[i + part] = (uint32_t)carry;
      carry >>= 32;
    }
  }
  return product;
}

static Natural shifted(Natural a, int count) {
  while (count >= 63) a = times(a, (uint64_t)1 << 63), count -= 63;
  return times(a, (uint64_t)1 << count);
}

static int compare(Natural a, Natural b) {
  for (int i = WORDS - 1; i >= 0; i--)
    if (a.word[i] != b.word[i]) return a.word[i] < b.word[i] ? -1 : 1;
  return 0;
}

/* Sign of num - half · 2^unit · den; sticky: of what lies just above num. */
static int against(U128 num, bool sticky, U128 den, uint64_t half, int unit) {
  Natural a = natural(num), b = times(natural(den), half);
  if (unit < 0)
    a = shifted(a, -unit);
  else
    b = shifted(b, unit);
  int order = compare(a, b);
  return order == 0 && sticky ? 1 : order;
}

/* Whether x, a normal double, is num/den · 2^exponent rounded to nearest even. */
static bool nearest(double x, U128 num, bool sticky, U128 den, int exponent) {
  uint64_t bits = mlm_double_bits(x), m = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52;
  int unit = (int)(bits >> 52) - 1075 - exponent; /* x = m · 2^unit, before the exponent */
  int below = against(num, sticky, den, 2 * m - 1, unit - 1),
      above = against(num, sticky, den, 2 * m + 1, unit - 1);
  if (m == (uint64_t)1 << 52) below = against(num, sticky, den, 4 * m - 1, unit - 2);
  int odd = (int)(m & 1);
  return below >= odd && above <= -odd;
}

static Natural plus(Natural a, Natural b) {
  uint64_t carry = 0;
  for (int i = 0; i < WORDS; i++) {
    carry += (uint64_t)a.word[i] + b.word[i];
    a.word[i] = (uint32_t)carry;
    carry >>= 32;
  }
  return a;
}

static U128 draw_wide(int bits) {
  if (bits == 0) return (U128){0, 0};
  U128 a;
  a.hi = draw();
  a.lo = draw();
  if (draw() % 4 == 0) a.lo = 0;
  if (draw() % 4 == 0) a.hi = UINT64_MAX;
  a.hi |= (uint64_t)1 << 63;
  int drop = 128 - bits;
  if (drop >= 64) return (U128){0, a.hi >> (drop - 64)};
  return drop ? (U128){a.hi >> drop, a.lo >> drop | a.hi << (64 - drop)} : a;
}

static void check(U128 num, bool sticky, U128 den, int exponent) {
  double x = mlm_u128_ratio(num, sticky, den, exponent);
  expect_x(mlm_u128_is_zero(num) ? mlm_double_bits(x) == 0 : nearest(x, num, sticky, den, exponent), "ratio",
           x);
}

static void check_drawn(void) {
  for (int round = 0; round < 400000; round++) {
    int den_bits = 1 + (int)(draw() % (round % 3 ? 127 : 40)), num_bits = (int)(draw() % 129);
    int exponent = (int)(draw() % 400) - 200;
    U128 num = draw_wide(num_bits), den = draw_wide(den_bits);
    check(num, false, den, round % 2 ? exponent : 0);
    if (den_bits > 64) continue;
    num = draw_wide(den_bits + 64 + (int)(draw() % (65 - (uint64_t)den_bits)));
    check(num, true, den, exponent);
  }
}

/* Quotients halfway between two doubles, and next to halfway: (2m + 1) · den, and one more or less. */
static void check_halves(void) {
  for (int round = 0; round < 100000; round++) {
    uint64_t den = draw_shifted(20) >> (round % 2 ? 34 : 2) | 1,
             odd = (draw() >> 11 | (uint64_t)1 << 52) << 1 | 1;
    U128 half = mlm_u128_product(den, odd), one = {0, 1};
    check(half, false, mlm_u128(den), round % 100 - 50);
    check(mlm_u128_sum(half, one), false, mlm_u128(den), round % 100 - 50);
    check(mlm_u128_difference(half, one), false, mlm_u128(den), round % 100 - 50);
  }
}

/* Around 2^53, up to which one division of doubles does. */
static void check_exact_limit(void) {
  const uint64_t exact = (uint64_t)1 << 53;
  for (uint64_t a = exact - 3; a <= exact + 3; a++)
    for (uint64_t b = exact - 3; b <= exact + 3; b++)
      for (int exponent = 0; exponent < 2; exponent++) {
        check(mlm_u128(a), false, mlm_u128(b), exponent);
        check(mlm_u128(a), false, mlm_u128(b - exact + 4), exponent);
        check(mlm_u128(a - exact + 3), false, mlm_u128(b), exponent);
        check((U128){1, a}, false, mlm_u128(b), exponent);
        check(mlm_u128(a), false, (U128){1, b}, exponent);
      }
}

/* Around half of the least subnormal: a tie goes to 0, what is above it up. */
static void check_least(void) {
  for (int exponent = -1074 - 140; exponent < -1074; exponent++) {
    const U128 one = {(uint64_t)1 << 63, 0}, more = {(uint64_t)1 << 63, 1};
    double x = ldexp(1, 127 + exponent), above = 127 + exponent == -1075 ? 0x1p-1074 : x;
    expect_x(mlm_double_bits(mlm_u128_round(one, false, exponent)) == mlm_double_bits(x), "least", exponent);
    expect_x(mlm_u128_round(one, true, exponent) == above, "least and a rest", exponent);
    expect_x(mlm_u128_round(more, false, exponent) == above, "least and a bit", exponent);
  }
}

/* Sums of products, modulo 2^128 and 2^192. */
static void check_sums(void) {
  for (int round = 0; round < 20000; round++) {
    const U128 a = draw_wide((int)(draw() % 129)), start = draw_wide((int)(draw() % 129));
    const uint64_t b = draw_shifted(64), top = draw_shifted(64);
    Natural want = natural(start);
    want.word[4] = (uint32_t)top, want.word[5] = (uint32_t)(top >> 32);
    want = plus(want, times(natural(a), b));
    U192 sum = {{start.lo, start.hi, top}};
    mlm_u192_add(&sum, a, b);
    for (int i = 0; i < 2 * MLM_U192_WORDS; i++)
      expect((uint32_t)(sum.word[i / 2] >> i % 2 * 32) == want.word[i], "sum of 192 bits", round);
    U128 low = start;
    mlm_u128_add_product(&low, a.lo, b);
    want = plus(natural(start), times(natural(mlm_u128(a.lo)), b));
    const Natural got = natural(low);
    expect(memcmp(got.word, want.word, 4 * sizeof *got.word) == 0, "sum of 128 bits", round);
  }
}

/* 0, whatever its exponent, and 1. */
static void check_small(void) {
  expect_x(mlm_double_bits(mlm_u128_round(mlm_u128(0), false, 2000)) == 0, "zero", 2000);
  expect_x(mlm_u128_round(mlm_u128(1), false, 0) == 1, "one", 0);
  check((U128){5, 7}, false, (U128){1, 5}, 0);
}

int main(void) {
  check_drawn();
  check_halves();
  check_exact_limit();
  check_least();
  check_sums();
  check_small();
  return end_of_tests();
}
