/* Sums that take rows back: vectors, ratios of sums, moments and joint moments. What came and went leaves the
 * bytes of the rows that stayed, an integral weight those of repeated rows, at any size of the numbers; every
 * allocation fails. */
#include "state/vector_sums.h"
#include "random.h"
#include "state/exact_sum_product.h"
#include "state/exact_sum_round.h"
#include "state/exact_sum_save.h"
#include "state/joint_moments.h"
#include "state/moments.h"
#include "state/sum_ratio.h"
#include "states.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ELEMENTS = 3 };

static Writer saved(const StateType *kind, const void *state) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  kind->save(state, &out);
  expect(out.status == MLM_OK, "save", out.status);
  return out;
}

static void expect_same(const StateType *kind, const void *a, const void *b, const char *what) {
  Writer x = saved(kind, a), y = saved(kind, b);
  expect_for(x.n == y.n && memcmp(x.bytes, y.bytes, (size_t)x.n) == 0, kind->name, what);
  release(x.bytes);
  release(y.bytes);
}

/* A row for any of the kinds; `wide`: numbers of any size, infinite ones among them. */
static Row random_row(double *vector, bool wide, double weight) {
  Row row = {.weight = weight, .columns = 2, .preds = {vector, ELEMENTS}};
  for (int i = 0; i < ELEMENTS; i++)
    vector[i] = wide ? draw_double() : (double)(int)(draw() % 2001) / 64 - 15;
  if (wide && draw() % 9 == 0) vector[draw() % ELEMENTS] = draw() % 2 ? INFINITY : -INFINITY;
  row.x[0] = vector[0];
  row.x[1] = vector[1];
  row.value = fabs(vector[0]);
  row.base = fabs(vector[1]);
  return row;
}

static double random_weight(int way) {
  static const double odd[] = {0x1p-1074, 0x1p-900, 0.1, 1e300, 0x1p44, 0x1p45, 3};
  return way == 0   ? 1
         : way == 1 ? (double)(1 + draw() % 9)
         : way == 2 ? draw_unit() + 0x1p-60
                    : odd[draw() % 7];
}

static void put(const StateType *kind, void *state, const Row *row, int sign) {
  expect(kind->add(state, row, sign, &host) == MLM_OK, "add", sign);
}

static void check_kind(const StateType *kind, int round) {
  void *a = fresh(kind), *b = fresh(kind), *guests = fresh(kind), *loaded = fresh(kind);
  double vector[ELEMENTS];
  bool wide = round % 2;
  int way = round / 2 % 4;
  for (int i = 0; i < 12; i++) {
    Row row = random_row(vector, wide, random_weight(way));
    put(kind, a, &row, 1);
    put(kind, b, &row, 1);
    row = random_row(vector, wide, random_weight(way));
    put(kind, b, &row, 1);
    put(kind, guests, &row, 1);
  }
  expect(kind->subtract(b, guests, &host) == MLM_OK, "subtract", round);
  expect_same(kind, a, b, "rows that came and went");
  Writer bytes = saved(kind, a);
  Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
  expect(kind->load(loaded, &in, &host) == MLM_OK && in.at == in.end, "load", round);
  expect_same(kind, a, loaded, "loaded");
  expect(kind->merge(loaded, guests, &host) == MLM_OK && kind->subtract(loaded, guests, &host) == MLM_OK,
         "merge", round);
  expect_same(kind, a, loaded, "merged and subtracted");
  release(bytes.bytes);
  void *all[] = {a, b, guests, loaded};
  for (int i = 0; i < 4; i++) drop(kind, all[i]);
}

static void check_repeated(const StateType *kind, int round) {
  void *once = fresh(kind), *repeated = fresh(kind);
  double vector[ELEMENTS];
  for (int i = 0; i < 6; i++) {
    int k = 1 + (int)(draw() % 6);
    Row row = random_row(vector, round % 2, k);
    put(kind, once, &row, 1);
    row.weight = 1;
    for (; k > 0; k--) put(kind, repeated, &row, 1);
  }
  expect_same(kind, once, repeated, "weight k");
  drop(kind, once);
  drop(kind, repeated);
}

static void check_lengths(void) {
  const StateType *kind = &mlm_vector_sums_state;
  double x[] = {1, 2, 3};
  Row two = {.preds = {x, 2}, .weight = 1}, three = {.preds = {x, 3}, .weight = 0.5};
  VectorSums *sums = fresh(kind), *other = fresh(kind);
  put(kind, sums, &two, 1);
  put(kind, other, &three, 1);
  expect(kind->add(sums, &three, 1, &host) == MLM_MISMATCH, "a vector of another length", 3);
  expect(kind->merge(sums, other, &host) == MLM_MISMATCH, "a state of another length", 3);
  put(kind, sums, &two, -1);
  expect(kind->empty(sums), "empty", 0);
  put(kind, sums, &three, 1);
  expect(mlm_vector_sums_length(sums) == 3, "the new length", 3);
  expect_x(mlm_vector_sums_total(sums, 2) == 1.5 && mlm_vector_sums_mean(sums, 2) == 3, "total and mean", 3);
  drop(kind, sums);
  drop(kind, other);
}

/* Rows of weight 1 beside others are summed apart. */
static void check_mean(void) {
  const StateType *kind = &mlm_vector_sums_state;
  double x[] = {1, -2}, y[] = {4, 8};
  Row one = {.preds = {x, 2}, .weight = 1}, half = {.preds = {y, 2}, .weight = 0.5};
  VectorSums *sums = fresh(kind);
  put(kind, sums, &one, 1);
  put(kind, sums, &half, 1);
  double first = mlm_vector_sums_mean(sums, 0), second = mlm_vector_sums_mean(sums, 1);
  expect_x(first == 2, "mean of weights 1 and 1/2", first);
  expect_x(second == 4.0 / 3, "mean of weights 1 and 1/2", second);
  first = mlm_vector_sums_total(sums, 0);
  expect_x(first == 3, "sum of weights 1 and 1/2", first);
  drop(kind, sums);
}

/* More rows than can be counted: the bytes of a row of each weight, whose first says one row of weight 1. */
static void check_forged_count(void) {
  const StateType *kind = &mlm_vector_sums_state;
  double x[] = {1, 2};
  Row one = {.preds = {x, 2}, .weight = 1}, half = {.preds = {x, 2}, .weight = 0.5};
  for (int beyond = 0; beyond < 2; beyond++) {
    VectorSums *sums = fresh(kind), *loaded = fresh(kind);
    put(kind, sums, &one, 1);
    put(kind, sums, &half, 1);
    Writer bytes = saved(kind, sums), forged = {.limit = UINT64_MAX, .host = &host};
    expect(bytes.bytes[0] == 1 && bytes.bytes[1] == 1, "layout", bytes.bytes[0]);
    mlm_write_varint(&forged, (uint64_t)INT64_MAX - !beyond);
    mlm_write_bytes(&forged, bytes.bytes + 1, bytes.n - 1);
    Reader in = {.at = forged.bytes, .end = forged.bytes + forged.n};
    expect(kind->load(loaded, &in, &host) == (beyond ? MLM_CORRUPT : MLM_OK), "a count beyond 2^63", beyond);
    release(bytes.bytes);
    release(forged.bytes);
    drop(kind, sums);
    drop(kind, loaded);
  }
}

/* Saved sums of vectors of one number or none, written by hand: `twice` adds the number once more. */
typedef struct ByHand {
  uint64_t rows, weighted, length;
  double x, weight;
  bool twice;
  Status status;
} ByHand;

static VectorSums *by_hand(const ByHand *of, Status *status) {
  const StateType *kind = &mlm_vector_sums_state;
  VectorSums *sums = fresh(kind);
  Writer out = {.limit = UINT64_MAX, .host = &host};
  ExactSum x = {0}, weight = {0};
  const ProductSum none = {0};
  mlm_sum_add(&x, of->x, 1);
  if (of->twice) mlm_sum_add(&x, of->x, 1);
  mlm_sum_add(&weight, of->weight, 1);
  mlm_write_varint(&out, of->rows);
  mlm_write_varint(&out, of->weighted);
  mlm_write_varint(&out, of->length);
  if (of->length > 0) mlm_sum_save(&x, &out);
  if (of->weighted > 0) mlm_sum_save(&weight, &out);
  if (of->weighted > 0 && of->length > 0) mlm_product_save(&none, &out);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  *status = kind->load(sums, &in, &host);
  release(out.bytes);
  return sums;
}

static void check_by_hand(void) {
  static const ByHand given[] = {
      {.rows = 1, .length = 1, .status = MLM_OK},
      {.rows = 1, .length = 0, .status = MLM_CORRUPT},
      {.rows = 0, .length = 1, .status = MLM_CORRUPT},
      {.rows = INT64_MAX, .length = 1, .status = MLM_OK},
      {.rows = 1, .length = 1, .x = INFINITY, .status = MLM_OK},
      {.rows = 1, .length = 1, .x = INFINITY, .twice = true, .status = MLM_CORRUPT},
      {0, 1, 1, 0, 0.5, false, MLM_OK},
      {0, 1, 1, 2, 0.5, false, MLM_CORRUPT}, /* a sum of no rows of weight 1 */
      {1, 1, 1, 2, 0.5, false, MLM_OK},
      {1, 1, 1, 2, 0, false, MLM_CORRUPT},
      {1, 1, 1, 2, -0.5, false, MLM_CORRUPT},
      {1, 1, 1, 2, INFINITY, false, MLM_CORRUPT}};
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    Status status;
    VectorSums *sums = by_hand(&given[i], &status);
    expect(status == given[i].status, "sums by hand", (long)i);
    drop(&mlm_vector_sums_state, sums);
  }
}

/* 2^62 rows of all weights are the most, added or merged. */
static void check_most_rows(void) {
  const StateType *kind = &mlm_vector_sums_state;
  const ByHand two = {1, 1, 1, 2, 0.5, false, MLM_OK};
  double x[] = {1};
  for (int room = 0; room < 3; room++) {
    const ByHand many = {(uint64_t)MLM_MOST_ROWS - 1 - (uint64_t)room, 1, 1, 0, 0.5, false, MLM_OK};
    for (int way = 0; way < 3; way++) {
      const Row row = {.preds = {x, 1}, .weight = way ? 1 : 0.5};
      Status status, other_status;
      VectorSums *sums = by_hand(&many, &status), *other = by_hand(&two, &other_status);
      expect(status == MLM_OK && other_status == MLM_OK, "so many", room);
      status = way < 2 ? kind->add(sums, &row, 1, &host) : kind->merge(sums, other, &host);
      expect(status == (room < (way < 2 ? 1 : 2) ? MLM_OVERFLOW : MLM_OK), "room for rows", room);
      drop(kind, sums);
      drop(kind, other);
    }
  }
}

/* A ratio of a row, whose count is written anew. */
static SumRatio *counted_ratio(uint64_t rows, Status *status) {
  const StateType *kind = &mlm_sum_ratio_state;
  const Row row = {.weight = 1, .value = 1, .base = 2};
  SumRatio *one = fresh(kind), *counted = fresh(kind);
  put(kind, one, &row, 1);
  Writer bytes = saved(kind, one), forged = {.limit = UINT64_MAX, .host = &host};
  expect(bytes.bytes[0] == 1, "layout", bytes.bytes[0]);
  mlm_write_varint(&forged, rows);
  mlm_write_bytes(&forged, bytes.bytes + 1, bytes.n - 1);
  Reader in = {.at = forged.bytes, .end = forged.bytes + forged.n};
  *status = kind->load(counted, &in, &host);
  release(bytes.bytes);
  release(forged.bytes);
  drop(kind, one);
  return counted;
}

/* Ratios of up to 2^62 rows are merged, and counts up to 2^63 - 1 are read. */
static void check_many_ratios(void) {
  const StateType *kind = &mlm_sum_ratio_state;
  Status status;
  for (uint64_t beyond = 0; beyond < 2; beyond++) {
    SumRatio *many = counted_ratio((uint64_t)MLM_MOST_ROWS - 2, &status);
    SumRatio *more = counted_ratio(2 + beyond, &status);
    expect(kind->merge(many, more, &host) == (beyond ? MLM_OVERFLOW : MLM_OK), "2^62 rows", (long)beyond);
    drop(kind, many);
    drop(kind, more);
    many = counted_ratio((uint64_t)INT64_MAX + beyond, &status);
    expect(status == (beyond ? MLM_CORRUPT : MLM_OK), "a count beyond 2^63", (long)beyond);
    drop(kind, many);
  }
}

/* The moments of a row whose x, y and weight are far apart: the last sum, which is saved last, is a·b. */
static void check_far_products(void) {
  static const struct {
    double x, y, weight, a, b;
  } rows[] = {{0x3p-1000, 0x5p850, 0x1p1000, 3, 0x5p850}, /* the sum of y² is infinite */
              {0x3p1000, 0x5p-1000, 0x1p-1000, 3, 0x5p-1000},
              {INFINITY, 5, 0.5, INFINITY, 5}};
  const StateType *kind = &mlm_joint_moments_state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    JointMoments *moments = fresh(kind);
    const Row row = {.weight = rows[i].weight, .columns = 2, .x = {rows[i].x, rows[i].y}};
    ProductSum sum = {0};
    Writer want = {.limit = UINT64_MAX, .host = &host};
    put(kind, moments, &row, 1);
    mlm_product_add(&sum, rows[i].a, rows[i].b, 1);
    mlm_product_save(&sum, &want);
    Writer have = saved(kind, moments);
    expect(have.n > want.n && memcmp(have.bytes + have.n - want.n, want.bytes, (size_t)want.n) == 0,
           "a product of numbers far apart", (long)i);
    release(have.bytes);
    release(want.bytes);
    drop(kind, moments);
  }
}

/* The first sum of products that a state of one row saves. */
static ProductSum first_products(const StateType *kind, const Row *row) {
  void *state = fresh(kind);
  ExactSum weight = {.limb = {0}};
  ProductSum sum = {.limb = {0}};
  put(kind, state, row, 1);
  Writer bytes = saved(kind, state);
  Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
  mlm_read_varint(&in); /* rows of integral weight, and of fractional weight */
  mlm_read_varint(&in);
  mlm_sum_load(&weight, &in);
  mlm_product_load(&sum, &in);
  expect(!in.failed, "a sum of products", 0);
  release(bytes.bytes);
  drop(kind, state);
  return sum;
}

/* The square of an error is rounded where its size is within 2^-500 and 2^500, and exact beyond. An infinite
 * x counts in its sum, whatever the weight. */
static void check_first_products(void) {
  static const struct {
    double error;
    bool exact;
  } cases[] = {{0x1.8000000000001p-501, true},
               {0x1.8000000000001p-500, false},
               {0x1.8000000000001p3, false},
               {0x1.8000000000001p499, false},
               {0x1.8000000000001p500, true}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const double error = cases[i].error;
    const Row row = {.pred = error, .weight = 1};
    ProductSum sum = first_products(&mlm_moments_state, &row);
    if (cases[i].exact)
      mlm_product_add(&sum, error, error, -1);
    else
      mlm_product_add(&sum, error * error, 1, -1);
    expect_x(mlm_product_sign(&sum) == 0, "the square of an error", error);
  }
  static const double weights[] = {1, 3, 0.5};
  for (int i = 0; i < 3; i++) {
    const Row row = {.weight = weights[i], .columns = 2, .x = {-INFINITY, 5}};
    const ProductSum sum = first_products(&mlm_joint_moments_state, &row);
    expect_x(mlm_product_round(&sum) == -INFINITY, "an infinite x", weights[i]);
  }
}

/* Numbers and weights so far apart that the digits of the moments are cut before they are squared: the last
 * rows, of weight 2^-2000 beside the others, do not change the 53 bits of √(3/28). Where only x is far apart,
 * fewer digits of the covariance are cut than of the variance of x, and none of the variance of y. */
static void check_wide_correlation(bool only_x) {
  static const struct {
    double x, y, scale, weight;
  } rows[] = {{1, 1, 0x1p400, 0x1p1000},   {2, 3, 0x1p400, 0x1p1000},   {4, 2, 0x1p400, 0x1p1000},
              {1, 3, 0x1p-400, 0x1p-1000}, {3, 1, 0x1p-400, 0x1p-1000}, {5, 7, 0x1p-400, 0x1p-1000}};
  const StateType *kind = &mlm_joint_moments_state;
  JointMoments *moments = fresh(kind);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Row row = {.weight = rows[i].weight, .columns = 2};
    row.x[0] = rows[i].x * rows[i].scale;
    row.x[1] = rows[i].y * (only_x ? 1 : rows[i].scale);
    put(kind, moments, &row, 1);
  }
  double r = mlm_moments_correlation(moments);
  expect_x(mlm_double_bits(r) == mlm_double_bits(0x1.4f2ec413cb52bp-2), "correlation of numbers far apart",
           r);
  drop(kind, moments);
}

static double correlation(const void *state) { return mlm_moments_correlation(state); }
static double concordance(const void *state) { return mlm_moments_concordance(state); }
static double explained(const void *state) { return mlm_moments_explained_variance(state); }
static double r2(const void *state) { return mlm_moments_r2(state); }
static double ratio(const void *state) { return mlm_sum_ratio_value(state); }

typedef struct ValueCase {
  const char *what;
  double (*value)(const void *state);
  double want;
  struct {
    double x, y, weight; /* weight 0: no row */
  } rows[4];
} ValueCase;

/* Targets t·(a + b·{0, 1, 3}) of weight w, all predicted exactly but the second, by b too much: R² is 11/14.
 */
#define ELEVEN_14THS(t, a, b, w)                                                                             \
  r2, 11.0 / 14, {                                                                                           \
    {(t) * (a), (t) * (a), w}, {(t) * ((a) + 2 * (b)), (t) * ((a) + (b)), w},                                \
        {(t) * ((a) + 3 * (b)), (t) * ((a) + 3 * (b)), w},                                                   \
  }

/* Squares of it and of its multiples lose more of their bits than products with 1 do. */
#define LOSSY ((1 + 1 / 29.0) * 9.787e-296)

static const ValueCase value_cases[] = {
    {"1 is the least number that varies", correlation, 1, {{0, 0, 1}, {1, 1, 1}}},
    {"subnormal numbers",
     correlation,
     0x1p-1060,
     {{0x1p900, 0x1p-1060, .5}, {-0x1p900, -0x1p-1060, .5}, {0, 1, .5}, {0, -1, .5}}},
    {"a number times its weight that no double holds",
     correlation,
     0x1p-1000,
     {{0x1p900, 0x1p-1000, 0x1p-850}, {-0x1p900, -0x1p-1000, 0x1p-850}, {0, 1, 0x1p-850}, {0, -1, 0x1p-850}}},
    {"squares that count as infinite",
     correlation,
     NAN,
     {{1, 0x1.8p780, 0x1p1023},
      {-1, -0x1.8p780, 0x1p1023},
      {2, 0x1p781, 0x1p1023},
      {-2, -0x1p781, 0x1p1023}}},
    {"squares that lost bits", correlation, 1, {{LOSSY, 1, .5}, {2 * LOSSY, 2, .5}, {4 * LOSSY, 4, .5}}},
    {"a covariance of one digit", correlation, 1, {{0, 0, 1}, {0x1p16, 1, 1}}},
    {"a covariance of one digit", concordance, 1, {{0, 0, 1}, {0x1p24, 0x1p24, 1}}},
    {"only the squares of x are cut",
     correlation,
     0x1.4f2ec413cb52bp-2,
     {{0x1p400, 0x1p400, 0x1p1000},
      {0x1p401, 0x1.8p401, 0x1p1000},
      {0x1p402, 0x1p401, 0x1p1000},
      {0x1.1p-400, 0, 0x1p-1000}}},
    {"an infinite x", correlation, NAN, {{INFINITY, 1, 1}, {1, 2, 1}, {2, 3, 1}}},
    {"an infinite y of weight 1/2", correlation, NAN, {{1, INFINITY, .5}, {1, 2, 1}, {2, 3, 1}}},
    {"1 is the least number that varies", concordance, 1, {{0, 0, 1}, {1, 1, 1}}},
    {"no covariance of products below 0", correlation, 0, {{-1, 1, 1}, {-1, 3, 1}, {-3, 1, 1}, {-3, 3, 1}}},
    {"no covariance", concordance, 0, {{1, 1, 1}, {1, -1, 1}, {-1, 1, 1}, {-1, -1, 1}}},
    {"a constant prediction", explained, 0, {{1, 0, 1}, {1, 3, 1}}},
    {"weight 2", r2, 69.0 / 84, {{1, 0, 2}, {2, 3, 1}, {4, 4, 2}}},
    {"targets 0 and 1", r2, -19.0 / 6, {{0, 1, 3}, {1, 0, 2}}},
    {"targets 0 and -1", r2, -19.0 / 6, {{0, -1, 3}, {-1, 0, 2}}},
    {"weight 0.3 of 53 bits", ELEVEN_14THS(1, 1.1, 0x1p-50, 0.3)},
    {"a target and a weight of 53 bits", ELEVEN_14THS(1, 1 + 97 / 601.0, 0x1p-50, 0.3 + 97 / 1009.0)},
    {"large targets of weight 1", r2, 1, {{0x1.5p1023, 0x1.5p1023, 1}, {0, 0, 1}}},
    {"large targets of weight 1/2", ELEVEN_14THS(0x1p996, 0, 1, 0.5)},
    {"small weights", ELEVEN_14THS(1, 1, 0x1p-50, 0x1.3333333333333p-987)},
    {"the least targets of small weights that lose no bit",
     ELEVEN_14THS(0x1p-360, 1, 0x1p-50, 0x1.3333333333333p-620)},
    {"2^-360 of a smaller weight",
     r2,
     -1,
     {{-0x1p-360, 0x1p-360, 0x1p-800}, {-0x1p-360, -0x1p-360, 0x1p-800}}},
    {"weights of 2^990", ELEVEN_14THS(0x1p40, 0, 1, 0x1p990)},
    {"tiny errors", ELEVEN_14THS(0x1p-600, 0, 1, 1)},
    {"huge errors", ELEVEN_14THS(0x1p600, 0, 1, 1)},
    {"an infinite prediction", r2, NAN, {{INFINITY, 1, 1}, {1, 2, 1}, {2, 3, 1}}},
    {"squares beyond all doubles",
     r2,
     -0x1.600d8a5defec5p+593,
     {{0x1p600, 0x1.199999999999ap600, 0x1.4cccccccccccdp600}, {0, 1, 1}}},
    {"squares that are too large",
     r2,
     NAN,
     {{0x1p600, 0x1.199999999999ap600, 0x1.4cccccccccccdp900}, {0, 1, 1}}},
    {"weight 1/2", ratio, 3.5 / 3, {{3, 2, 1}, {1, 2, .5}}},
    {"an infinite value of weight 1/2", ratio, INFINITY, {{INFINITY, 1, .5}, {1, 1, 1}}},
    {"an infinite value over 0", ratio, INFINITY, {{INFINITY, 0, 1}}},
    {"an infinite base of weight 1/2", ratio, NAN, {{1, INFINITY, .5}, {1, 1, 1}}},
    {"an infinite base", ratio, NAN, {{1, INFINITY, 1}}},
};

/* Values of few rows, worked out by hand, of the rows and of the state saved and loaded. */
static void check_values(void) {
  for (size_t i = 0; i < sizeof value_cases / sizeof *value_cases; i++) {
    const ValueCase *c = &value_cases[i];
    const StateType *kind = c->value == r2      ? &mlm_moments_state
                            : c->value == ratio ? &mlm_sum_ratio_state
                                                : &mlm_joint_moments_state;
    void *state = fresh(kind), *loaded = fresh(kind);
    for (int j = 0; j < 4 && c->rows[j].weight > 0; j++) {
      Row row = {.x = {c->rows[j].x, c->rows[j].y}, .columns = 2, .weight = c->rows[j].weight};
      row.value = row.x[0];
      row.base = row.x[1];
      put(kind, state, &row, 1);
    }
    Writer bytes = saved(kind, state);
    Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
    expect_for(kind->load(loaded, &in, &host) == MLM_OK, c->what, "loads");
    double x = c->value(state), y = c->value(loaded);
    expect_x((x == c->want && signbit(x) == signbit(c->want)) || (x != x && c->want != c->want), c->what, x);
    expect_x(y == x || (y != y && x != x), c->what, y);
    release(bytes.bytes);
    drop(kind, state);
    drop(kind, loaded);
  }
}

static void check_memory(void) {
  const StateType *kind = &mlm_vector_sums_state;
  double x[] = {1, 2, 3};
  uint64_t before = live_bytes;
  for (int way = 0; way < 2; way++) {
    Row row = {.preds = {x, 3}, .weight = way ? 0.5 : 1};
    long steps = 0;
    for (Status status = MLM_NOMEM; status; steps++) {
      VectorSums *sums = fresh(kind), *into = fresh(kind);
      allowed = steps;
      status = kind->add(sums, &row, 1, &host);
      expect(!status || kind->empty(sums), "empty after a failure", steps);
      if (!status) status = kind->merge(into, sums, &host);
      allowed = -1;
      drop(kind, sums);
      drop(kind, into);
      expect(live_bytes == before, "memory given back", steps);
    }
    expect(steps == 2 + 2 * way + 1, "allocations", steps);
  }
}

int main(void) {
  static const StateType *const kinds[] = {&mlm_vector_sums_state, &mlm_sum_ratio_state,
                                           &mlm_joint_moments_state, &mlm_moments_state};
  for (int round = 0; round < 2000; round++)
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
      check_kind(kinds[i], round);
      check_repeated(kinds[i], round);
    }
  check_lengths();
  check_mean();
  check_forged_count();
  check_by_hand();
  check_most_rows();
  check_many_ratios();
  check_far_products();
  check_first_products();
  check_wide_correlation(false);
  check_wide_correlation(true);
  check_values();
  check_memory();
  expect(live_bytes == 0, "all memory is given back", (long)live_bytes);
  return end_of_tests();
}
