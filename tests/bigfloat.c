/* Binary floats of any length: sums of integers, products, quotients, and roots half way between two doubles
 * and just above; and exact sums compared with them, of products of three numbers, and loaded. */
#include "state/bigfloat.h"
#include "state/exact_sum_product.h"
#include "state/exact_sum_save.h"

#include <math.h>

#include "random.h"
#include "unit.h"

enum { WORDS = 6 };

static BigFloat of_words(const uint64_t *word, int n) {
  BigFloat m;
  mlm_bigfloat_of_words(&m, word, n);
  return m;
}

static BigFloat of_u128(uint64_t hi, uint64_t lo) {
  BigFloat m;
  mlm_bigfloat_of_u128(&m, (U128){hi, lo}, 0);
  return m;
}

static BigFloat one(void) { return of_words(&(uint64_t){1}, 1); }

/* a + b, or a - b. */
static BigFloat sum_of(BigFloat a, BigFloat b, int sign) {
  mlm_bigfloat_add(&a, &b, sign);
  return a;
}

static double ratio(BigFloat a, BigFloat b) { return mlm_bigfloat_ratio(&a, &b); }

static double root(BigFloat a, BigFloat b) { return mlm_bigfloat_root_of_ratio(&a, &b); }

/* Words, many of which are 0 or all ones. */
static void draw_words(uint64_t *word, int n) {
  static const uint64_t masks[] = {0, UINT64_MAX, UINT32_MAX, UINT64_MAX << 32, 1};
  for (int i = 0; i < n; i++) word[i] = draw() % 2 ? draw() : masks[draw() % 5];
}

/* No digit is 0 at either end. */
static void test_words(void) {
  for (int n = 1; n <= WORDS; n++) {
    for (int low = 0; low < n; low++) {
      uint64_t word[WORDS] = {0};
      word[low] = 5;
      const BigFloat m = of_words(word, n);
      expect(m.n == 1 && m.digit[0] == 5 && m.exponent == 64 * low && !m.negative, "a word", n);
    }
  }
  BigFloat m;
  mlm_bigfloat_of_u128(&m, (U128){3, 1}, -7);
  expect(m.n == 3 && m.digit[0] == 1 && m.digit[1] == 0 && m.digit[2] == 3 && m.exponent == -7, "two words",
         0);
}

/* Sums against sums of words; differences and quotients take back what was added and multiplied. */
static void test_laws(void) {
  for (int round = 0; round < 4000; round++) {
    uint64_t x[WORDS], y[WORDS], z[WORDS], carry = 0;
    draw_words(x, WORDS);
    draw_words(y, WORDS);
    for (int i = (int)(draw() % WORDS); i < WORDS; i++) x[i] = 0;
    for (int i = (int)(draw() % WORDS); i < WORDS; i++) y[i] = 0;
    for (int i = 0; i < WORDS; i++) {
      z[i] = x[i] + carry;
      carry = z[i] < carry;
      z[i] += y[i];
      carry += z[i] < y[i];
    }
    const BigFloat a = of_words(x, WORDS), b = of_words(y, WORDS), c = of_words(z, WORDS);
    expect(sum_of(sum_of(a, b, 1), c, -1).n == 0, "a + b", round);
    expect(sum_of(sum_of(c, b, -1), a, -1).n == 0, "a + b - b", round);
    const BigFloat below = sum_of(a, c, -1); /* -b */
    expect(below.negative == (b.n > 0) && sum_of(below, b, 1).n == 0, "a - (a + b)", round);
    if (a.n == 0 || b.n == 0) continue;
    BigFloat product;
    mlm_bigfloat_multiply(&product, &a, &b);
    expect(ratio(product, b) == ratio(a, one()) && ratio(product, a) == ratio(b, one()), "a·b / b", round);
    const uint64_t m = ((uint64_t)1 << 54) - 3; /* half way between two doubles */
    const BigFloat tie = of_words(&m, 1);
    BigFloat part = b;
    mlm_bigfloat_multiply(&product, &tie, &b);
    product.exponent -= 500;
    part.exponent -= 540;
    expect(ratio(product, part) == ldexp(0x1p54 - 4, 40), "a tie of numbers below 1", round);
  }
  const BigFloat zero = of_words(&(uint64_t){0}, 1), same = sum_of(zero, zero, -1);
  expect(same.n == 0 && !same.negative, "0 - 0", 0);
}

/* A cube of the largest size, where one of the smallest has come and gone: nothing is written behind it. */
static void test_gone(void) {
  struct {
    BigFloat m;
    uint32_t behind[BIGFLOAT_DIGITS];
  } sum;
  for (uint32_t i = 0; i < BIGFLOAT_DIGITS; i++) sum.behind[i] = i;
  CubeSum cubes = {.limb = {0}}, large = {.limb = {0}};
  BigFloat want;
  mlm_cube_add_times(&cubes, 0x1p-1074, 1, 1);
  mlm_cube_add_times(&cubes, 0x1p1023, 1, 1);
  mlm_cube_add_times(&cubes, 0x1p-1074, 1, -1);
  mlm_cube_add_times(&large, 0x1p1023, 1, 1);
  mlm_bigfloat_of_cubes(&sum.m, &cubes);
  mlm_bigfloat_of_cubes(&want, &large);
  expect(sum.m.n == want.n && sum_of(sum.m, want, -1).n == 0, "what is left", sum.m.n);
  for (uint32_t i = 0; i < BIGFLOAT_DIGITS; i++) expect(sum.behind[i] == i, "behind it", i);
}

/* The lowest digit alone may decide how the top is rounded. */
static void test_top(void) {
  uint64_t word[WORDS] = {1, 0, 0, 7};
  bool sticky;
  int64_t exponent;
  BigFloat m = of_words(word, 4);
  U128 top = mlm_bigfloat_top(&m, &sticky, &exponent);
  expect(sticky && top.hi == (uint64_t)7 << 32 && top.lo == 0 && exponent == 96, "a bit below the top", 0);
  m = of_words(word + 3, 1);
  top = mlm_bigfloat_top(&m, &sticky, &exponent);
  expect(!sticky && top.hi == 0 && top.lo == 7 && exponent == 0, "nothing below the top", 0);
}

/* m is odd and has 54 bits: its double is a tie. Of what is above its square, however little, the root is
 * above the tie. */
static void test_roots(void) {
  const uint64_t m = ((uint64_t)1 << 53) + 1;
  const BigFloat tie = of_words(&m, 1), zero = of_words(&(uint64_t){0}, 1);
  BigFloat square, far = {.n = 0};
  mlm_bigfloat_multiply(&square, &tie, &tie);
  far = square;
  far.exponent += 200;
  expect(root(square, one()) == 0x1p53, "a tie", 0);
  expect(root(sum_of(square, one(), 1), one()) == 0x1p53 + 2, "above the tie", 0);
  expect(root(sum_of(far, one(), 1), one()) == ldexp(0x1p53 + 2, 100), "above it by a bit far below", 0);
  expect(root(sum_of(far, one(), -1), one()) == 0x1p153, "below it", 0);
  expect(root(zero, one()) == 0, "the root of 0", 0);
  /* a/b = (m² + r / b) / 2^108 with 0 < r < b, so little that one digit of the remainder holds it. */
  const BigFloat a = of_u128(0x7ffffc376696cf19, 0xf34cff0623ce2668),
                 b = of_u128(0xfffff86ecd2d7269, 0x26bf3056fbf8407);
  expect(root(a, b) == ldexp(0x2d413cccfe779e, -54), "above it by a part of a digit", 0);
}

/* Products of three are exact from 2^-1930 to 2^2043, and below off by less than 2^-2095. */
static void test_products_of_three(void) {
  for (int round = 0; round < 40000; round++) {
    const double x = draw_double(), y = draw_double(), w = draw_double();
    if (x == 0 || y == 0 || w == 0) continue;
    BigFloat exact, of_xy, factor, sum;
    mlm_bigfloat_of(&exact, x);
    mlm_bigfloat_of(&factor, y);
    mlm_bigfloat_multiply(&of_xy, &exact, &factor);
    mlm_bigfloat_of(&factor, w);
    mlm_bigfloat_multiply(&exact, &of_xy, &factor);
    const int64_t top = mlm_bigfloat_width(&exact) + exact.exponent;
    if (top > 2043) continue;
    ProductSum product = {0};
    mlm_product_add_weighted(&product, x, y, w, 1);
    mlm_bigfloat_of_products(&sum, &product);
    mlm_bigfloat_add(&sum, &exact, -1);
    const int64_t off = sum.n == 0 ? INT64_MIN : mlm_bigfloat_width(&sum) + sum.exponent;
    expect_x(off <= (top > -1930 ? INT64_MIN : -2095), "a product of three", x);
  }
}

/* ---- saved sums ---- */

/* Whether a saved sum of any of the three types may have a digit at this exponent. */
static bool loads(int type, int64_t exponent) {
  ExactSum sum = {.range = {0}};
  ProductSum products = {.range = {0}};
  CubeSum cubes = {.range = {0}};
  Writer out = {.limit = 99, .host = &host};
  for (int i = 0; i < 3; i++) mlm_write_signed(&out, 0); /* neither NaN nor infinities */
  mlm_write_signed(&out, 1);
  mlm_write_signed(&out, exponent);
  mlm_write_bytes(&out, (const uint8_t[]){1, 0, 0, 0}, 4);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  if (type == 0) mlm_sum_load(&sum, &in);
  if (type == 1) mlm_product_load(&products, &in);
  if (type == 2) mlm_cube_load(&cubes, &in);
  release(out.bytes);
  return !in.failed;
}

/* The two limbs at the top have no digits when a sum is saved. */
static void test_limbs(void) {
  static const int limbs[] = {70, 140, 202}, unit[] = {-1075, -2163, -3225};
  for (int type = 0; type < 3; type++)
    for (int limb = -1; limb <= limbs[type]; limb++)
      expect(loads(type, unit[type] + 32 * limb) == (limb >= 0 && limb < limbs[type] - 2), "a limb", limb);
}

int main(void) {
  test_words();
  test_laws();
  test_gone();
  test_top();
  test_roots();
  test_products_of_three();
  test_limbs();
  return end_of_tests();
}
