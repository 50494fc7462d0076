/* float64 taken for float32: no vector of float32 is refused, and how many of float64 are. Columns of numbers
 * likewise, and integers taken for them. */
#include "random.h"
#include "base/float64_blob.h"
#include "unit.h"

enum { MOST = 64 };

typedef enum Kind { LOGITS, PROBABILITIES, SIGMOIDS, ONE_HOT, ZEROS, TINY, MASKED, KINDS } Kind;

/* What models write for a logit that does not count: among others the least float32 and the least bfloat16.
 */
static double draw_mask(void) {
  static const double masks[] = {INFINITY, 0x1.fffffep127, 0x1.fep127, 1e30, 1e20, 1e9, 65504};
  return -masks[draw() % (sizeof masks / sizeof *masks)];
}

static double draw_logit(void) {
  double sum = -6;
  for (int i = 0; i < 12; i++) sum += draw_unit();
  return 4 * sum;
}

static double exp_near(double x) { /* any positive function of x will do for probabilities */
  const double y = 1 + x / 64;
  double power = y;
  for (int i = 0; i < 6; i++) power *= power;
  return power;
}

/* A vector of n numbers as a model or a user would write it; returns whether it is a distribution. */
static bool fill(Kind kind, double *x, size_t n) {
  double sum = 0;
  const size_t hot = draw() % n;
  for (size_t i = 0; i < n; i++) switch (kind) {
    case LOGITS: x[i] = draw() % 8 ? draw_logit() : (double)(int64_t)(draw() % 21) - 10; break;
    case SIGMOIDS: x[i] = draw_unit(); break;
    case ONE_HOT: x[i] = i == hot; break;
    case ZEROS: x[i] = 0; break;
    case TINY: x[i] = (draw() % 2 ? 1 : -1) * draw_scaled(-149, -20); break;
    case MASKED: x[i] = draw() % 3 ? draw_logit() : draw_mask(); break;
    default: x[i] = exp_near(draw_logit()); break;
    }
  for (size_t i = 0; i < n; i++) sum += x[i];
  for (size_t i = 0; i < n && kind == PROBABILITIES; i++) x[i] /= sum;
  return kind == PROBABILITIES || kind == ONE_HOT;
}

static void put(uint8_t *bytes, uint64_t bits, int n) {
  for (int i = 0; i < n; i++) bytes[i] = (uint8_t)(bits >> (8 * i));
}

static size_t as_float32(uint8_t *bytes, const double *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const float narrow = (float)x[i];
    uint32_t bits;
    memcpy(&bits, &narrow, sizeof bits);
    put(bytes + 4 * i, bits, 4);
  }
  return 4 * n;
}

static size_t as_float64(uint8_t *bytes, const double *x, size_t n) {
  for (size_t i = 0; i < n; i++) put(bytes + 8 * i, mlm_double_bits(x[i]), 8);
  return 8 * n;
}

static void check_float32(int rounds) {
  double x[MOST];
  uint8_t bytes[8 * MOST];
  for (int i = 0; i < rounds; i++) {
    const Kind kind = (Kind)(draw() % KINDS);
    const size_t n = 1 + draw() % (draw() % 2 ? 4 : MOST);
    fill(kind, x, n);
    const size_t length = as_float32(bytes, x, n);
    expect(!mlm_looks_like_float64(bytes, length, false), "float32", i);
    expect(!mlm_looks_like_float64(bytes, length, kind != LOGITS && kind != TINY && kind != MASKED),
           "float32 probabilities", i);
  }
}

/* The share of float64 vectors that are caught, in percent. */
static double caught(Kind kind, size_t n, bool probabilities, int rounds) {
  double x[MOST];
  uint8_t bytes[8 * MOST];
  int count = 0;
  for (int i = 0; i < rounds; i++) {
    fill(kind, x, n);
    count += mlm_looks_like_float64(bytes, as_float64(bytes, x, n), probabilities);
  }
  return 100.0 * count / rounds;
}

/* A lower half of random bits is beyond 1e15 as float32 for 79 of 256 exponents: of ten, 1 - (177/256)^10
 * = 97.5 % have one; an eighth of the logits here are whole, and have none. */
static void check_float64(int rounds) {
  expect_x(caught(PROBABILITIES, 2, true, rounds) > 99.9, "two probabilities",
           caught(PROBABILITIES, 2, true, rounds));
  expect_x(caught(PROBABILITIES, 10, true, rounds) > 99.9, "ten probabilities",
           caught(PROBABILITIES, 10, true, rounds));
  expect_x(caught(ONE_HOT, 10, true, rounds) == 100, "one-hot", caught(ONE_HOT, 10, true, rounds));
  expect_x(caught(LOGITS, 10, false, rounds) > 95, "ten logits", caught(LOGITS, 10, false, rounds));
  expect_x(caught(LOGITS, MOST, false, rounds) > 99.99, "64 logits", caught(LOGITS, MOST, false, rounds));
  expect_x(caught(SIGMOIDS, 10, false, rounds) > 95, "ten numbers", caught(SIGMOIDS, 10, false, rounds));
}

static void check_cases(void) {
  uint8_t bytes[40];
  const double pair[] = {0.3, 0.7}, halves[] = {0.5, 0.5}, none[] = {0, 0}, far[] = {0.3, 1e16},
               certain[] = {1}, logits[] = {0.2, 0.8}, rounded[] = {-1.5, 0.25, 3.7, 12.000001, 0},
               same[] = {0.3, 0.3}, one_short[] = {0.5, 0.3}, long_one[] = {0.2, 0.8, 1 / 3.0},
               dyadic[] = {1, 2};
  size_t n = as_float64(bytes, pair, 2);
  expect(mlm_looks_like_float64(bytes, n, true), "0.3, 0.7", 0);
  expect(!mlm_looks_like_float64(bytes, n - 4, true), "no whole float64", 0);
  expect(!mlm_looks_like_float64(bytes, 0, true), "no bytes", 0);
  n = as_float64(bytes, halves, 2);
  expect(mlm_looks_like_float64(bytes, n, true), "0.5, 0.5 of probabilities", 0);
  expect(!mlm_looks_like_float64(bytes, n, false), "0.5, 0.5 of logits", 0);
  expect(mlm_looks_like_float64(bytes, as_float64(bytes, certain, 1), true), "1.0", 0);
  expect(!mlm_looks_like_float64(bytes, as_float64(bytes, none, 2), true), "zeros", 0);
  expect(!mlm_looks_like_float64(bytes, as_float64(bytes, far, 2), false), "beyond 1e15", 0);
  expect(mlm_looks_like_float64(bytes, as_float64(bytes, logits, 2), false), "0.2, 0.8 of logits", 0);
  expect(mlm_looks_like_float64(bytes, as_float64(bytes, rounded, 5), false), "rounded logits", 0);
  expect(!mlm_looks_like_float64(bytes, as_float64(bytes, same, 2), false), "a number twice", 0);
  expect(!mlm_looks_like_float64(bytes, as_float64(bytes, one_short, 2), false), "one lower half", 0);
  expect(!mlm_looks_like_float64(bytes, as_float64(bytes, long_one, 3), false), "a number of many digits", 0);
  expect(!mlm_looks_like_float64(bytes, as_float64(bytes, dyadic, 2), false), "1, 2: or 0, 1.875, 0, 2", 0);
  const double negative[] = {-0.2, -0.8}, below_1000[] = {999.5, 0.2, 0.8}, thousand[] = {1000, 0.2, 0.8},
               tiny[] = {0x1p-1074, 0.2, 0.8};
  expect(mlm_looks_like_float64(bytes, as_float64(bytes, negative, 2), false), "-0.2, -0.8", 0);
  expect(mlm_looks_like_float64(bytes, as_float64(bytes, below_1000, 3), false), "999.5", 0);
  expect(!mlm_looks_like_float64(bytes, as_float64(bytes, thousand, 3), false), "1000", 0);
  expect(!mlm_looks_like_float64(bytes, as_float64(bytes, tiny, 3), false), "the least number", 0);
  put(bytes, UINT64_C(0x3ff00000bf600000), 8);
  expect(!mlm_looks_like_float64(bytes, 8, true), "1.0000007 or -0.875, 1.875: a sum of 1 in both", 0);
  for (int within = 0; within < 2; within++) { /* six entries, whose sum as float32 may be off by 6e-6 */
    const float low = within ? -0.875F + 5e-6F : -0.875F + 7e-6F;
    uint32_t bits;
    memcpy(&bits, &low, sizeof bits);
    memset(bytes, 0, 24);
    put(bytes, (uint64_t)0x3ff00000 << 32 | bits, 8);
    expect(mlm_looks_like_float64(bytes, 24, true) == !within, "a sum of nearly 1 in both", within);
  }
  const double infinite[] = {INFINITY, 1}, inside[] = {1, INFINITY}, huge[] = {2e30, 1};
  expect(!mlm_looks_like_float64(bytes, as_float32(bytes, inside, 2), false), "float32 Infinity", 0);
  expect(!mlm_looks_like_float64(bytes, as_float32(bytes, infinite, 2), false),
         "Infinity where a lower half would be", 0);
  expect(mlm_looks_like_float64(bytes, as_float32(bytes, huge, 2), false), "2e30 where a lower half would be",
         0);
}

/* Numbers at the bounds of what is ordinary, odd and a distribution. */
static void check_bounds(void) {
  uint8_t bytes[64];
  static const struct {
    double x[3];
    size_t n;
    bool probabilities, float64;
  } cases[] = {{{0.1, 0.3, 0.65}, 3, false, true}, /* all bits of the lower halves are set in one of them */
               {{1.0000025, 0, 0}, 3, true, true},
               {{1.0000043, 0, 0}, 3, true, false},
               {{1.0000073, 0, 0}, 7, true, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    memset(bytes, 0, sizeof bytes);
    as_float64(bytes, cases[i].x, 3);
    expect(mlm_looks_like_float64(bytes, 8 * cases[i].n, cases[i].probabilities) == cases[i].float64, "sum",
           (long)i);
  }
  const double skipped[] = {mlm_double_from_bits(UINT64_C(0x3FE99999C0166666)), 0.2, 0.8};
  expect(!mlm_looks_like_float64(bytes, as_float64(bytes, skipped, 3), false), "a number of many digits", 1);
  put(bytes, UINT64_C(0x3FF0000058635FAA), 8);
  expect(mlm_looks_like_float64(bytes, 8, false), "a lower half just beyond 1e15", 0);
  static const struct {
    uint32_t low[2];
    double third;
    bool float64;
  } columns[] = {{{0x58635FA9, 0x58635FAA}, 1, false},      {{0x7FC00000, 0x60000000}, 1, false},
                 {{0x7FC00001, 0x60000000}, 1, true},       {{0x61000000, 0x60000000}, 1e15, true},
                 {{0x61000000, 0x60000000}, 1e-15, true},   {{0x61000000, 0x60000000}, 1.5e15, false},
                 {{0x61000000, 0x60000000}, 0.9e-15, false}};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    for (int k = 0; k < 2; k++) put(bytes + 8 * k, (uint64_t)0x3FF00000 << 32 | columns[i].low[k], 8);
    put(bytes + 16, mlm_double_bits(columns[i].third), 8);
    expect(mlm_column_looks_like_float64(bytes, 24) == columns[i].float64, "column", (long)i);
  }
  expect(!mlm_column_looks_like_float64(bytes, 12), "no whole float64", 12);
  expect(!mlm_column_looks_like_float64(NULL, 0), "no bytes", 0);
  put(bytes, 5000000, 4), put(bytes + 4, 5000001, 4);
  expect(mlm_column_looks_like_integers(bytes, 8, 4), "integers above 2^22", 0);
}

/* ---- columns ---- */

/* Numbers that stand for a missing value in float32. */
static const uint32_t missing[] = {0x7FC00000, 0xFFC00000, 0x7F800000, 0xFF800000, 0xFF7FFFFF, 0x60AD78EC};

/* Replaces about one number in eight by a missing value, always the same. */
static void put_missing(uint8_t *bytes, size_t n) {
  const uint32_t bits = missing[draw() % (sizeof missing / sizeof *missing)];
  for (size_t i = 0; i < n; i++)
    if (draw() % 8 == 0) put(bytes + 4 * i, bits, 4);
}

static void check_float_columns(int rounds) {
  double x[MOST];
  uint8_t bytes[8 * MOST];
  for (int i = 0; i < rounds; i++) {
    const Kind kind = (Kind)(draw() % TINY);
    const size_t n = 1 + draw() % (draw() % 2 ? 4 : MOST);
    fill(kind, x, n);
    expect(!mlm_column_looks_like_integers(bytes, as_float64(bytes, x, n), 8), "a float64 column", i);
    const size_t length = as_float32(bytes, x, n);
    if (draw() % 2) put_missing(bytes, n);
    expect(!mlm_column_looks_like_float64(bytes, length), "a float32 column is not of float64", i);
    expect(!mlm_column_looks_like_integers(bytes, length, 4), "a float32 column is not of integers", i);
  }
}

/* Integers of `width` bytes, the last bytes of larger ones. */
static size_t as_integers(uint8_t *bytes, const int64_t *x, size_t n, size_t width) {
  for (size_t i = 0; i < n; i++) put(bytes + width * i, (uint64_t)x[i], (int)width);
  return width * n;
}

static void check_integer_columns(int rounds) {
  int64_t x[MOST];
  uint8_t bytes[8 * MOST];
  for (int i = 0; i < rounds; i++) {
    const size_t n = 2 + draw() % (MOST - 1);
    for (size_t j = 0; j < n; j++) x[j] = (int64_t)(draw() % 2000) - 1000;
    x[0] = x[n - 1] = 1;
    expect(mlm_column_looks_like_integers(bytes, as_integers(bytes, x, n, 4), 4), "int32", i);
    const size_t length = as_integers(bytes, x, n, 8);
    expect(mlm_column_looks_like_integers(bytes, length, 8), "int64", i);
    expect(mlm_column_looks_like_integers(bytes, length, 4), "int64 as float32", i);
  }
}

static void check_column_edges(void) {
  static const int64_t least[] = {1 - (INT64_C(1) << 51), 1}, too_low[] = {-(INT64_C(1) << 51), 1},
                       most[] = {(INT64_C(1) << 52) - 1, 1}, too_high[] = {INT64_C(1) << 52, 1},
                       none[] = {0, 0}, one[16] = {1};
  double x[MOST];
  uint8_t bytes[8 * MOST];
  expect(mlm_column_looks_like_integers(bytes, as_integers(bytes, least, 2, 8), 8), "-2^51 + 1", 0);
  expect(!mlm_column_looks_like_integers(bytes, as_integers(bytes, too_low, 2, 8), 8), "-2^51 is a NaN", 0);
  expect(mlm_column_looks_like_integers(bytes, as_integers(bytes, most, 2, 8), 8), "2^52 - 1", 0);
  expect(!mlm_column_looks_like_integers(bytes, as_integers(bytes, too_high, 2, 8), 8), "2^52", 0);
  expect(!mlm_column_looks_like_integers(bytes, as_integers(bytes, none, 2, 8), 8), "zeros", 0);
  expect(!mlm_column_looks_like_integers(bytes, as_integers(bytes, one, 15, 4), 4),
         "one may have underflowed", 15);
  expect(mlm_column_looks_like_integers(bytes, as_integers(bytes, one, 16, 4), 4), "one of 16", 16);
  expect(!mlm_column_looks_like_integers(bytes, 4, 8), "no whole float64", 0);
  for (size_t i = 0; i < 16; i++) x[i] = (double)(10 + i / 2);
  expect(mlm_column_looks_like_float64(bytes, as_float64(bytes, x, 16)), "16 whole float64", 0);
  expect(!mlm_column_looks_like_float64(bytes, as_float64(bytes, x, 15)), "15 whole float64", 0);
  for (size_t i = 0; i < MOST; i++) x[i] = (double)(i % 2);
  expect(!mlm_column_looks_like_float64(bytes, as_float32(bytes, x, MOST)), "0 and 1 in turn", 0);
  for (size_t i = 0; i < 4; i++) x[i] = i % 2 ? 1 : 2e30;
  expect(!mlm_column_looks_like_float64(bytes, as_float32(bytes, x, 4)), "the same large number twice", 0);
  x[2] = 3e30;
  expect(mlm_column_looks_like_float64(bytes, as_float32(bytes, x, 4)), "two large numbers", 0);
  expect(!mlm_column_looks_like_float64(bytes, 0), "no bytes", 0);
  expect(!mlm_column_looks_like_float64(bytes, 4), "no whole float64", 0);
}

static double columns_caught(Kind kind, size_t n, int rounds) {
  double x[MOST];
  uint8_t bytes[8 * MOST];
  int count = 0;
  for (int i = 0; i < rounds; i++) {
    fill(kind, x, n);
    count += mlm_column_looks_like_float64(bytes, as_float64(bytes, x, n));
  }
  return 100.0 * count / rounds;
}

/* Two of ten lower halves are beyond 1e15 as float32 in 1 - q^10 - 10(1-q)q^9 = 86 % of columns, q = 177/256.
 */
static void check_float64_columns(int rounds) {
  expect_x(columns_caught(SIGMOIDS, 10, rounds) > 80, "ten numbers", columns_caught(SIGMOIDS, 10, rounds));
  expect_x(columns_caught(SIGMOIDS, MOST, rounds) > 99.99, "64 numbers",
           columns_caught(SIGMOIDS, MOST, rounds));
  expect_x(columns_caught(LOGITS, MOST, rounds) > 99.99, "64 logits", columns_caught(LOGITS, MOST, rounds));
}

int main(void) {
  check_cases();
  check_bounds();
  check_float32(200000);
  check_float64(20000);
  check_column_edges();
  check_float_columns(200000);
  check_integer_columns(20000);
  check_float64_columns(20000);
  return end_of_tests();
}
