/* Exact sums against integers of 256 bits kept another way: any order, taken back, weighted, saved, rounded
 * once. */
#include "state/exact_sum.h"
#include "state/exact_sum_cube.h"
#include "state/exact_sum_product.h"
#include "state/exact_sum_round.h"
#include "state/exact_sum_save.h"

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "random.h"
#include "state/bigfloat.h"
#include "unit.h"

static bool same(double a, double b) {
  return mlm_double_bits(a) == mlm_double_bits(b) || (a != a && b != b);
}

/* Numbers whose sum is known: pairs that cancel, and what is left. */
static void test_cancellation(void) {
  for (int round = 0; round < 2000; round++) {
    ExactSum sum = {0};
    double kept = draw_double(), gone[40];
    for (int i = 0; i < 40; i++) mlm_sum_add(&sum, gone[i] = draw_double(), 1);
    mlm_sum_add(&sum, kept, 1);
    for (int i = 39; i >= 0; i--) i % 2 ? mlm_sum_add(&sum, gone[i], -1) : mlm_sum_add(&sum, -gone[i], 1);
    expect_x(same(mlm_sum_round(&sum), kept + 0.0), "what is left", kept);
    expect_x(mlm_sum_sign(&sum) == (kept > 0) - (kept < 0), "sign", kept);
    mlm_sum_add(&sum, kept, -1);
    expect_x(mlm_sum_is_zero(&sum) && same(mlm_sum_round(&sum), 0), "nothing left", kept);
  }
}

/* The sum of two doubles is what the machine says, and so are product and quotient, down to the sign of one
 * that is rounded to 0. */
static void test_two(void) {
  for (int round = 0; round < 200000; round++) {
    double a = draw_double(), b = draw_double();
    ExactSum sum = {0};
    mlm_sum_add(&sum, a, 1);
    mlm_sum_add(&sum, b, 1);
    expect_x(same(mlm_sum_round(&sum), a + b + 0.0), "a + b", a);
    ProductSum product = {0};
    mlm_product_add(&product, a, b, 1);
    expect_x(same(mlm_product_round(&product), a == 0 || b == 0 ? 0 : a * b), "a * b", a);
    if (b != 0) {
      ExactSum den = {0};
      ProductSum num = {0};
      mlm_sum_add(&den, fabs(b), 1);
      mlm_product_add(&num, a, 1, 1);
      double want = a == 0 ? 0 : a / fabs(b);
      expect_x(same(mlm_product_ratio(&num, &den), want), "a / b", a);
      ExactSum one = {0};
      mlm_sum_add(&one, a, 1);
      expect_x(same(mlm_sum_ratio(&one, &den), want), "sum of a / sum of b", a);
    }
    int64_t n = 1 + (int64_t)(draw_shifted(60) >> 4);
    if (n < ((int64_t)1 << 53)) {
      ExactSum one = {0};
      mlm_sum_add(&one, a, 1);
      expect_x(same(mlm_sum_mean(&one, n), a == 0 ? 0 : a / (double)n), "a / n", a);
    }
  }
}

/* k times x is x added k times; k·x with a weight that is kept is the same number. */
static void test_times(void) {
  for (int round = 0; round < 2000; round++) {
    double x = draw_double();
    uint64_t k = 1 + draw() % 300;
    ExactSum once = {0}, often = {0};
    mlm_sum_add_times(&once, x, k, 1);
    for (uint64_t i = 0; i < k; i++) mlm_sum_add(&often, x, 1);
    expect_x(same(mlm_sum_round(&once), mlm_sum_round(&often)), "k times", x);
    ProductSum weighted = {0};
    mlm_product_add(&weighted, x, (double)k, 1);
    expect_x(same(mlm_product_round(&weighted), mlm_sum_round(&often)), "weight k", x);
    mlm_product_add_sum(&weighted, &often, -1);
    expect_x(mlm_product_round(&weighted) == 0, "as limbs", x);
    ProductSum many = {0}, each = {0};
    const double w = round % 50 ? draw_double() : 0;
    k = round % 3 ? k : k % 2;
    mlm_product_add_times(&many, x, w, k, 1);
    for (uint64_t i = 0; i < k; i++) mlm_product_add(&each, x, w, 1);
    mlm_product_add_products(&each, &many, -1);
    expect_x(mlm_product_sign(&each) == 0, "a product k times", x);
    expect_x(mlm_product_sign(&many)
                 == (k == 0 || x == 0 || w == 0 ? 0
                     : (x < 0) == (w < 0)       ? 1
                                                : -1),
             "sign", w);
    mlm_product_add_times(&many, x, w, k, -1);
    expect_x(mlm_product_sign(&many) == 0, "a product taken back", x);
    uint64_t large = draw() & (((uint64_t)1 << 44) - 1);
    ExactSum big = {0};
    ProductSum product = {0};
    mlm_sum_add_times(&big, x, large, 1);
    mlm_product_add(&product, x, (double)large, 1);
    expect_x(same(mlm_sum_round(&big), mlm_product_round(&product)), "large k", x);
  }
}

/* Lists are added up as their numbers one by one are, in order or not, with runs of one exponent longer than
 * one go, zeros and what is not finite. */
static void test_lists(void) {
  static double x[9000];
  const size_t all = sizeof x / sizeof *x;
  for (int round = 0; round < 400; round++) {
    size_t n = (size_t)(draw() % (round % 20 ? 60 : all));
    double step = draw_double(), at = draw_double();
    for (size_t i = 0; i < n; i++) {
      uint64_t kind = draw() % 40;
      x[i] = round % 4 == 0   ? draw_double()
             : round % 4 == 1 ? at
             : round % 4 == 2 ? at + (double)i * step
                              : 0x1p-1022;
      if (round % 4 == 3) x[i] -= (double)i * 0x1p-1074 * (double)(round % 3);
      if (round % 7 == 0 && kind < 3) x[i] = kind == 0 ? 0.0 : kind == 1 ? -0.0 : 0x1p-1074;
      if (round % 11 == 0 && kind == 7) x[i] = draw() % 2 ? INFINITY : NAN;
    }
    ExactSum listed = {0}, single = {0};
    mlm_sum_add_all(&listed, x, n);
    for (size_t i = 0; i < n; i++) mlm_sum_add(&single, x[i], 1);
    expect_x(same(mlm_sum_round(&listed), mlm_sum_round(&single)), "list", at);
    expect_x(mlm_specials(&listed.range) == mlm_specials(&single.range), "specials of a list", at);
    mlm_sum_add_sum(&listed, &single, -1);
    expect_x(mlm_sum_is_zero(&listed), "list taken back", at);
  }
}

/* Seventeen numbers of one exponent before numbers whose exponents have fewer bits. */
static void test_fewer_bits(void) {
  enum { ALIKE = 17, N = 64 };
  double x[ALIKE + N];
  for (int i = 0; i < ALIKE + N; i++) x[i] = i < ALIKE ? 1.5 : i % 2 ? 0.75 : 0;
  ExactSum sum = {0};
  mlm_sum_add_all(&sum, x, ALIKE + N);
  expect_x(mlm_sum_round(&sum) == ALIKE * 1.5 + N / 2 * 0.75, "fewer bits", mlm_sum_round(&sum));
}

/* k times the cube of x, down to the smallest number. */
static void test_cubes(void) {
  for (int round = 0; round < 2000; round++) {
    const double x = round % 5 ? draw_double() : ldexp(round % 2 ? 1 : -1, round % 8 * 299 - 1074);
    const uint64_t k = draw_shifted(62) >> 2;
    CubeSum cube = {0};
    BigFloat one, two, three, times;
    mlm_cube_add_times(&cube, x, k, 1);
    mlm_bigfloat_of(&one, x);
    mlm_bigfloat_of_u64(&times, k);
    mlm_bigfloat_multiply(&two, &one, &one);
    mlm_bigfloat_multiply(&three, &two, &one);
    mlm_bigfloat_multiply(&two, &three, &times);
    mlm_bigfloat_of_cubes(&one, &cube);
    expect_x(k == 0 || x == 0 || one.n > 0, "some cubes", x);
    CubeSum back = {0};
    Writer out = {.limit = UINT64_MAX, .host = &host};
    mlm_cube_save(&cube, &out);
    Reader in = {.at = out.bytes, .end = out.bytes + out.n};
    mlm_cube_load(&back, &in);
    expect_x(!in.failed && in.at == in.end, "loaded cubes", x);
    release(out.bytes);
    mlm_bigfloat_add(&one, &two, -1);
    expect_x(one.n == 0, "cubes", x);
  }
  CubeSum none = {0};
  BigFloat zero;
  mlm_cube_add_times(&none, 3, 0, 1);
  mlm_bigfloat_of_cubes(&zero, &none);
  expect_x(zero.n == 0, "a cube no times", 3);
}

static double draw_for_block(int kind) {
  double x = draw_unit() * (draw() % 2 && kind % 2 ? -1.0 : 1.0);
  if (kind % 4 == 2) x *= x * x * x * x * x; /* a few are far below the rest */
  if (kind % 8 == 4 && draw() % 30 == 0) x = draw() % 2 ? 0.0 : 0x1p-1074;
  if (kind % 8 == 5) x *= 0x1p-1000;
  if (kind % 8 == 6) x *= 0x1p+1023;
  if (kind % 8 == 7 && draw() % 200 == 0) x = draw() % 2 ? -INFINITY : NAN;
  if (kind % 16 == 8) x = draw_double();
  if (kind % 16 == 12 && draw() % 10 == 0)
    x = draw() % 2 ? 0x1p100 : draw() % 2 ? 1 : -1; /* rests of 1 and -1 */
  return x;
}

/* Blocks are added up and taken back as their numbers one by one are; those that stand before them are not.
 */
static void test_blocks(void) {
  static double all[2000];
  double *x = all + 1000;
  for (size_t i = 0; i < 1000; i++) all[i] = 0.75;
  for (int round = 0; round < 1600; round++) {
    size_t n = (size_t)(draw() % (round % 3 ? 300 : 1000));
    ExactSum block = {0}, single = {0};
    for (size_t i = 0; i < n; i++) {
      x[i] = draw_for_block(round);
      mlm_sum_add(&single, x[i], 1);
    }
    mlm_sum_add_block(&block, x, n, 1);
    expect_x(same(mlm_sum_round(&block), mlm_sum_round(&single)), "block", (double)n);
    expect_x(mlm_specials(&block.range) == mlm_specials(&single.range), "specials of a block", (double)n);
    mlm_sum_add_block(&single, x, n, -1);
    expect_x(mlm_sum_is_zero(&single), "block taken back", (double)n);
  }
}

/* Leaves ones where functions that are called later have their arrays. */
static MLM_NOINLINE void fill_stack(void) {
  volatile double x[4096];
  for (size_t i = 0; i < sizeof x / sizeof *x; i++) x[i] = 1;
}

static void expect_block(const double *x, const char *what, int place) {
  ExactSum block = {0}, single = {0};
  fill_stack();
  mlm_sum_add_block(&block, x, 256, 1);
  for (int i = 0; i < 256; i++) mlm_sum_add(&single, x[i], 1);
  expect_x(same(mlm_sum_round(&block), mlm_sum_round(&single)), what, place);
  mlm_sum_add_sum(&block, &single, -1);
  expect_x(mlm_sum_is_zero(&block), what, place);
}

/* The largest number of a block, or the only one that leaves a rest, in each place; numbers that are all but
 * one unit of a part of them; a NaN in each lane. */
static void test_places(void) {
  double x[256];
  for (int place = 0; place < 256; place++) {
    for (int i = 0; i < 256; i++) x[i] = i == place ? -0x1.23456789abcdfp70 : 1.0 / (i + 3);
    expect_block(x, "the largest", place);
    for (int i = 0; i < 256; i++) x[i] = i == place ? 0x1p-150 : 1;
    expect_block(x, "a rest", place);
    for (int i = 0; i < 256; i++) x[i] = i == place ? -ldexp(1, -place) : i == (place ^ 1);
    expect_block(x, "a power of two below 1", place);
  }
  for (int i = 0; i < 256; i++) x[i] = i < 8 ? NAN : 1;
  expect_block(x, "a NaN in each lane", 8);
}

/* ---- room in the limbs ---- */

/* Each add changes a limb by less than 2^53, and limbs hold as many as were counted since the last carry. */
static bool has_room(const SumRange *range, const int64_t *limb, int limbs) {
  const int64_t most = (int64_t)range->adds << 53;
  for (int i = 0; i < limbs; i++)
    if (limb[i] > most || limb[i] < -most) return false;
  return true;
}

typedef struct Sums {
  ExactSum sum;
  ProductSum product;
  CubeSum cube;
} Sums;

enum { ADD, TIMES, LIST, BLOCK, PRODUCT, TWO_SUMS, CUBE, WAYS, ALIKE = 4096 };

static void add_once(Sums *sums, int way, const double *x) {
  ExactSum one = {0};
  mlm_sum_add(&one, *x, 1);
  switch (way) {
  case ADD: mlm_sum_add(&sums->sum, *x, 1); break;
  case TIMES: mlm_sum_add_times(&sums->sum, *x, (uint64_t)INT64_MAX, 1); break;
  case LIST: mlm_sum_add_all(&sums->sum, x, ALIKE); break;
  case BLOCK: mlm_sum_add_block(&sums->sum, x, 256, 1); break;
  case PRODUCT: mlm_product_add(&sums->product, *x, *x, 1); break;
  case TWO_SUMS: mlm_product_add_sums(&sums->product, &one, &one, 1); break;
  default: mlm_cube_add_times(&sums->cube, *x, ((uint64_t)1 << 62) - 1, 1);
  }
}

static void test_room(void) {
  enum { ADDS = 600 };
  static double x[ALIKE];
  for (int way = 0; way < WAYS; way++) {
    for (int power = 0; power < 32; power += 31) {
      Sums sums = {0};
      for (int i = 0; i < ALIKE; i++) x[i] = ldexp(-0x1.fffffffffffffp0, power);
      for (int i = 0; i < ADDS; i++) {
        add_once(&sums, way, x);
        expect_x(has_room(&sums.sum.range, sums.sum.limb, SUM_LIMBS)
                     && has_room(&sums.product.range, sums.product.limb, PRODUCT_LIMBS)
                     && has_room(&sums.cube.range, sums.cube.limb, CUBE_LIMBS),
                 "room", way);
      }
    }
  }
}

/* Sums of as many adds as are made between carries, one less, and so on, are added. */
static void test_room_of_two(void) {
  static const int adds[] = {0, 1, 2, 127, 128, 253, 254, 255};
  enum { N = sizeof adds / sizeof *adds };
  const double x = 0x1.fffffffffffffp31;
  for (int i = 0; i < N * N; i++) {
    ExactSum into = {0}, from = {0};
    const int all = adds[i / N] + adds[i % N];
    for (int k = 0; k < adds[i / N]; k++) mlm_sum_add(&into, x, 1);
    for (int k = 0; k < adds[i % N]; k++) mlm_sum_add(&from, x, 1);
    mlm_sum_add_sum(&into, &from, 1);
    expect_x(has_room(&into.range, into.limb, SUM_LIMBS), "room of two", i);
    mlm_sum_add_times(&into, x, (uint64_t)all, -1);
    expect_x(mlm_sum_is_zero(&into), "the sum of two", i);
  }
}

/* Thousands of powers of two, of which a limb holds few. */
static void test_powers(void) {
  enum { MANY = 5000 };
  for (int power = -32; power < 32; power++) {
    ExactSum sum = {0}, back = {0};
    for (int i = 0; i < MANY; i++) {
      mlm_sum_add(&sum, ldexp(1, power), 1);
      mlm_sum_add(&back, ldexp(1, power), -1);
    }
    double sums[] = {mlm_sum_round(&sum), mlm_sum_round(&back)};
    expect_x(sums[0] == ldexp(MANY, power) && sums[1] == -sums[0], "many powers", sums[0]);
  }
}

static void test_specials(void) {
  const double kinds[] = {NAN, INFINITY, -INFINITY};
  for (int i = 0; i < 3; i++) {
    ExactSum alone = {0};
    mlm_sum_add(&alone, 1, 1);
    mlm_sum_add(&alone, kinds[i], 1);
    expect_x(same(mlm_sum_round(&alone), kinds[i]) && mlm_specials(&alone.range) == 1, "one special", i);
    expect_x(same(mlm_sum_round_scaled(&alone, 3), kinds[i]), "scaled", i);
  }
  ExactSum scaled = {0};
  mlm_sum_add(&scaled, 3, 1);
  expect_x(mlm_sum_round_scaled(&scaled, 4) == 48 && mlm_sum_round_scaled(&scaled, -2) == 0.75, "by powers",
           3);
  ExactSum sum = {0};
  mlm_sum_add(&sum, INFINITY, 1);
  mlm_sum_add(&sum, 1, 1);
  expect_x(mlm_sum_round(&sum) == INFINITY, "Infinity", 0);
  mlm_sum_add(&sum, -INFINITY, 1);
  expect_x(isnan(mlm_sum_round(&sum)) && mlm_specials(&sum.range) == 2, "both infinities", 0);
  expect_x(!mlm_sum_is_zero(&sum), "nor are they zero", 0);
  mlm_sum_add(&sum, INFINITY, -1);
  expect_x(mlm_sum_round(&sum) == -INFINITY, "-Infinity", 0);
  mlm_sum_add(&sum, NAN, 1);
  expect_x(isnan(mlm_sum_mean(&sum, 3)), "NaN", 0);
  mlm_sum_add(&sum, NAN, -1);
  mlm_sum_add(&sum, -INFINITY, -1);
  expect_x(mlm_sum_round(&sum) == 1, "1 again", 0);
  ExactSum most = {0};
  for (int i = 0; i < 5; i++) mlm_sum_add(&most, 1.7976931348623157e308, 1);
  expect_x(mlm_sum_round(&most) == INFINITY, "overflow", 0);
  expect_x(mlm_sum_mean(&most, 5) == 1.7976931348623157e308, "mean of what overflows", 0);
  ExactSum integer = {0};
  mlm_sum_add_integer(&integer, INT64_MAX);
  mlm_sum_add_integer(&integer, -1);
  expect_x(mlm_sum_round(&integer) == 9223372036854775807.0 && mlm_sum_sign(&integer) == 1, "integers", 0);
  mlm_sum_add_integer(&integer, INT64_MIN);
  mlm_sum_add_integer(&integer, 2);
  expect_x(mlm_sum_is_zero(&integer), "integers back", 0);
}

/* Hundreds of millions of adds need the carry pass; here sums are merged into themselves to cause it. */
static void test_doubling(void) {
  ExactSum sum = {0};
  double x = -0.1;
  mlm_sum_add(&sum, x, 1);
  for (int i = 0; i < 62; i++) {
    ExactSum copy = sum;
    mlm_sum_add_sum(&sum, &copy, 1);
    expect_x(same(mlm_sum_round(&sum), ldexp(x, i + 1)), "doubled", i);
  }
}

static Writer saved(const ExactSum *sum) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  mlm_sum_save(sum, &out);
  return out;
}

static void test_saved(void) {
  for (int round = 0; round < 3000; round++) {
    ExactSum a = {0}, b = {0};
    double x[9];
    for (int i = 0; i < 9; i++) mlm_sum_add(&a, x[i] = draw_double(), 1);
    mlm_sum_add(&b, 1e300, 1);
    for (int i = 8; i >= 0; i--) mlm_sum_add(&b, x[i], 1);
    mlm_sum_add(&b, 1e300, -1);
    Writer wa = saved(&a), wb = saved(&b);
    expect_x(wa.n == wb.n && memcmp(wa.bytes, wb.bytes, wa.n) == 0, "canonical", x[0]);
    ExactSum back = {0};
    Reader in = {.at = wa.bytes, .end = wa.bytes + wa.n};
    mlm_sum_load(&back, &in);
    expect_x(!in.failed && in.at == in.end && same(mlm_sum_round(&back), mlm_sum_round(&a)), "loaded", x[0]);
    mlm_sum_add_sum(&back, &b, -1);
    expect_x(mlm_sum_is_zero(&back), "loaded all", x[0]);
    for (uint64_t cut = 0; cut < wa.n; cut++) {
      ExactSum part = {0};
      Reader less = {.at = wa.bytes, .end = wa.bytes + cut};
      mlm_sum_load(&part, &less);
      expect_x(less.failed, "cut", (double)cut);
    }
    release(wa.bytes);
    release(wb.bytes);
  }
}

static void test_no_ratio(void) {
  ProductSum num = {0}, none = {0};
  ExactSum zero = {0}, infinite = {0};
  mlm_product_add(&num, 3, 1, 1);
  mlm_sum_add(&infinite, INFINITY, 1);
  expect_x(isnan(mlm_product_ratio(&num, &zero)) && isnan(mlm_product_ratio(&num, &infinite)), "no ratio", 0);
  expect_x(isnan(mlm_product_ratio_products(&num, &none)), "no ratio of products", 0);
  ExactSum one = {0};
  mlm_sum_add(&one, 1, 1);
  expect_x(isnan(mlm_sum_ratio(&one, &zero)) && mlm_sum_ratio(&zero, &one) == 0, "no ratio of sums", 0);
  mlm_product_add(&none, INFINITY, 1, 1);
  expect_x(isnan(mlm_product_ratio_products(&num, &none)), "no ratio to Infinity", 0);
  expect_x(mlm_product_round(&none) == INFINITY, "a product of Infinity", 0);
  expect_x(mlm_product_ratio_products(&none, &num) == INFINITY, "Infinity over products", 0);
  mlm_product_add(&none, -INFINITY, 2, 1);
  expect_x(isnan(mlm_product_round(&none)) && isnan(mlm_product_ratio_products(&none, &num)), "both", 0);
  ProductSum below = {0};
  mlm_product_add(&below, -2, INFINITY, 1);
  expect_x(mlm_product_round(&below) == -INFINITY, "-2 times Infinity", 0);
}

/* sum / n by two doubles agrees with long division, also for means near the middle between two doubles, for
 * sums that almost cancel, and for both signs. */
static void test_mean(void) {
  for (int round = 0; round < 60000; round++) {
    ExactSum sum = {0}, den = {0};
    ProductSum num = {0};
    int64_t n = 1 + (int64_t)(draw() >> (33 + round % 31));
    if (round % 19 == 0) n = 1 + (int64_t)(draw() >> (12 + round % 21));
    if (round % 23 == 0) n = (int64_t)(1 + draw() % 7) << (33 + round % 26);
    double x = ldexp((double)(draw() >> 11) * (round & 1 ? 1 : -1), -40 - round % 60);
    if (round % 13 == 0) x = ldexp(1, 32 * (round % 3) - 51); /* the lowest bit of a limb */
    double part[6] = {x, ldexp(1, ilogb(x) - 53), ldexp(1, ilogb(x) - 60 - round % 61), 0, 0, 0};
    if (round % 3 == 0) part[3] = ldexp(x, round % 50), part[4] = -part[3];
    if (round % 13 == 0) part[3] = ldexp((double)(draw() >> 11), -100 - round % 60), part[4] = part[3] / 4096;
    if (round % 17 == 0)
      part[3] = ldexp(x, 600), part[4] = ldexp(x, -600); /* too many limbs for two doubles */
    if (round % 5 == 0) part[1] = 0;
    if (round % 7 == 0) part[2] = 0;
    if (round % 11 == 0 || round % 13 == 0) part[5] = -nextafter(x, 0);
    mlm_sum_add_integer(&den, n);
    for (int i = 0; i < 6; i++) {
      mlm_sum_add_times(&sum, part[i], (uint64_t)n, 1);
      mlm_product_add(&num, part[i], (double)n, 1);
    }
    expect_x(same(mlm_sum_mean(&sum, n), mlm_product_ratio(&num, &den)), "mean", x);
    mlm_sum_add(&sum, 1, 1), mlm_product_add(&num, 1, 1, 1);
    expect_x(same(mlm_sum_mean(&sum, n), mlm_product_ratio(&num, &den)), "mean and one more", x);
  }
}

/* Just below and just above half way between a power of two and the double below it, which is nearer than the
 * one above. */
static void test_mean_below_powers(void) {
  for (int round = 0; round < 32 * 8 * 3; round++) {
    const int sign = round % 3 - 1, power = round / 3 % 32;
    const uint64_t n = 1 + (uint64_t)round / 96;
    ExactSum sum = {0};
    mlm_sum_add_times(&sum, ldexp(1, power), n, 1);
    mlm_sum_add_times(&sum, ldexp(1, power - 54), n, -1);
    if (sign) mlm_sum_add_times(&sum, ldexp(1, power - 82), n, sign);
    expect_x(mlm_sum_mean(&sum, (int64_t)n) == ldexp(sign < 0 ? 1 - 0x1p-53 : 1, power), "below a power",
             round);
  }
}

/* At both ends of a double's range, and of sums beyond it. */
static void test_mean_at_ends(void) {
  static const double x[] = {0x1.fffffffffffffp1023, -0x1.8p1023, 0x1p-1022, 0x1p-1074, -0x1.8p-1073};
  for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
    for (int power = 0; power < 62; power++) {
      ExactSum sum = {0};
      mlm_sum_add_times(&sum, x[i], (uint64_t)1 << power, 1);
      expect_x(same(mlm_sum_mean(&sum, (int64_t)1 << power), x[i]), "mean at an end", x[i]);
    }
  }
}

/* A quotient of sums half way between two doubles goes to the even one. */
static void test_ties(void) {
  for (int odd = 1; odd < 16; odd += 2) {
    ExactSum num = {0}, den = {0};
    mlm_sum_add(&num, 0x1p53, 1);
    mlm_sum_add(&num, odd, 1);
    mlm_sum_add(&den, 1, 1);
    expect_x(mlm_sum_ratio(&num, &den) == 0x1p53 + (odd % 4 == 1 ? odd - 1 : odd + 1), "a tie", odd);
    mlm_sum_add(&num, 0x1p-60, 1);
    expect_x(mlm_sum_ratio(&num, &den) == 0x1p53 + (odd + 1), "above a tie", odd);
  }
}

/* As many numbers as limbs need carries for, or as two blocks of equal exponents, and a number many times. */
static void test_many(void) {
  enum { MANY = 10000 };
  static double x[MANY + 5000]; /* more of them stand behind the list */
  ExactSum tiny = {0}, alike = {0}, infinite = {0};
  for (size_t i = 0; i < sizeof x / sizeof *x; i++) x[i] = 0x1.fffffffffffffp0;
  for (int i = 0; i < MANY; i++) mlm_sum_add(&tiny, 0x1p-1022 - 0x1p-1074, 1);
  mlm_sum_add_all(&alike, x, MANY);
  double sums[] = {mlm_sum_round(&tiny), mlm_sum_round(&alike)};
  expect_x(sums[0] == MANY * (0x1p-1022 - 0x1p-1074), "many subnormal numbers", sums[0]);
  expect_x(sums[1] == MANY * 0x1.fffffffffffffp0, "many numbers of one exponent", sums[1]);
  mlm_sum_add_times(&infinite, INFINITY, 3, 1);
  mlm_sum_add_times(&infinite, -INFINITY, 2, 1);
  expect_x(isnan(mlm_sum_round(&infinite)), "and -Infinity twice", mlm_sum_round(&infinite));
  mlm_sum_add_times(&infinite, -INFINITY, 2, -1);
  expect_x(mlm_sum_round(&infinite) == INFINITY, "-Infinity taken back", mlm_sum_round(&infinite));
}

int main(void) {
  test_cancellation();
  test_two();
  test_times();
  test_lists();
  test_blocks();
  test_specials();
  test_ties();
  test_doubling();
  test_saved();
  test_no_ratio();
  test_mean();
  test_mean_below_powers();
  test_mean_at_ends();
  test_many();
  test_fewer_bits();
  test_cubes();
  test_places();
  test_room();
  test_room_of_two();
  test_powers();
  return end_of_tests();
}
