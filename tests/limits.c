/* States at the limits of what they may hold: counts near 2^63, sums that no such rows have, exponents beyond
 * all numbers, and no memory. The saved states are composed here by hand. */
#include "metric.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "state/joint_moments.h"
#include "state/mean_moments.h"
#include "state/sum_ratio.h"
#include "state/weight_sum.h"
#include "state/exact_sum_save.h"
#include "unit.h"

static const uint64_t most = MLM_MOST_ROWS; /* that merging and weights lead to */

/* ---- bytes by hand ---- */

static Writer out;

static void begin(void) {
  release(out.bytes);
  out = (Writer){.limit = UINT64_MAX, .host = &host};
}

static void numbers(int n, const uint64_t *x) {
  for (int i = 0; i < n; i++) mlm_write_varint(&out, x[i]);
}

/* A sum of x, and of so many NaNs. */
static void put_sum(double x, int64_t nans) {
  ExactSum sum = {.range.nans = nans};
  mlm_sum_add(&sum, x, 1);
  mlm_sum_save(&sum, &out);
}

static void put_product(double x, int64_t nans) {
  ProductSum sum = {.range.nans = nans};
  mlm_product_add(&sum, x, 1, 1);
  mlm_product_save(&sum, &out);
}

static void *fresh(const StateType *kind) { return calloc(1, kind->bytes); }

static void drop(const StateType *kind, void *state) {
  if (kind->clear) kind->clear(state, &host);
  free(state);
}

static Status load(const StateType *kind, void *state) {
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  Status status = kind->load(state, &in, &host);
  return status == MLM_OK && (in.failed || in.at != in.end) ? MLM_CORRUPT : status;
}

/* The bytes in `out` are refused, or saved again as the same bytes. */
static void expect_load(const StateType *kind, Status wanted, const char *what, long step) {
  void *state = fresh(kind);
  Status status = load(kind, state);
  expect(status == wanted, what, step);
  if (status == MLM_OK) {
    Writer again = {.limit = UINT64_MAX, .host = &host};
    kind->save(state, &again);
    expect(again.n == out.n && memcmp(again.bytes, out.bytes, (size_t)out.n) == 0, "other bytes", step);
    release(again.bytes);
  }
  drop(kind, state);
}

/* ---- sums ---- */

static void put_signed(int n, const int64_t *x) {
  for (int i = 0; i < n; i++) mlm_write_signed(&out, x[i]);
}

static bool sum_loads(void) {
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  ExactSum sum = {0};
  mlm_sum_load(&sum, &in);
  return !in.failed && in.at == in.end;
}

static void test_sums(void) {
  /* NaNs, infinities of both signs, digits, exponent; the digits themselves, 1 each. */
  static const struct {
    int64_t head[5];
    bool good;
  } given[] = {
      {{0, 0, 0, 1, -1075}, true},
      {{0, 0, 0, -1, -1075}, true},
      {{0, 0, 0, 68, -1075}, true},
      {{0, 0, 0, 69, -1075}, false},
      {{0, 0, 0, -69, -1075}, false},
      {{0, 0, 0, 67, -1043}, true},
      {{0, 0, 0, 68, -1043}, false},
      {{0, 0, 0, 1, -1075 + 32 * 67}, true},
      {{0, 0, 0, 1, -1075 + 32 * 68}, false},
      {{0, 0, 0, 1, -1075 + 32 * 70}, false},
      {{0, 0, 0, 1, -1074}, false},
      {{0, 0, 0, 1, -1076}, false},
      {{0, 0, 0, 1, -1107}, false},
      {{0, 0, 0, 1, INT64_MAX}, false},
      {{0, 0, 0, 1, INT64_MIN}, false},
      {{0, 0, 0, INT64_MAX, -1075}, false},
      {{0, 0, 0, INT64_MIN, -1075}, false},
      {{INT64_MAX, 0, 0, 1, -1075}, true},
      {{INT64_MAX, 1, 0, 1, -1075}, false},
      {{INT64_MAX - 2, 1, 1, 1, -1075}, true},
      {{1, INT64_MAX, 0, 1, -1075}, false},
      {{1, 0, INT64_MAX, 1, -1075}, false},
      {{0, INT64_MAX - 1, 2, 1, -1075}, false},
      {{-1, 0, 0, 1, -1075}, false},
      {{0, -1, 0, 1, -1075}, false},
      {{0, 0, -1, 1, -1075}, false},
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    begin();
    put_signed(5, given[i].head);
    int64_t n = given[i].head[3];
    for (int64_t digit = n < 0 ? n : -n; digit < 0 && digit > -100; digit++)
      mlm_write_bytes(&out, "\1\0\0", 4);
    expect(sum_loads() == given[i].good, "a sum", (long)i);
  }
  for (int zero = 0; zero < 3; zero++) { /* the shortest form has no zero at either end */
    begin();
    put_signed(5, (int64_t[]){0, 0, 0, 3, -1075});
    for (int digit = 0; digit < 3; digit++) mlm_write_bytes(&out, digit == zero ? "\0\0\0" : "\1\0\0", 4);
    expect(sum_loads() == (zero == 1), "a digit of zero", zero);
  }
}

/* ---- means ---- */

typedef struct MeanParts {
  uint64_t rows, weighted;
  double sum, weight, product;
  int64_t nans, weight_nans, product_nans;
  Status status;
} MeanParts;

static void put_mean(const MeanParts *m) {
  begin();
  mlm_write_varint(&out, m->rows);
  put_sum(m->sum, m->nans);
  mlm_write_varint(&out, m->weighted);
  if (m->weighted == 0) return;
  put_sum(m->weight, m->weight_nans);
  put_product(m->product, m->product_nans);
}

static void test_mean_loads(void) {
  static const uint64_t full = INT64_MAX;
  const MeanParts given[] = {
      {.rows = 0},
      {.rows = 2, .sum = 0.5},
      {.rows = 0, .sum = 0.5, .status = MLM_CORRUPT},
      {.rows = 0, .nans = 1, .status = MLM_CORRUPT},
      {.rows = 1, .nans = 1},
      {.rows = 1, .nans = 2, .status = MLM_CORRUPT},
      {.rows = full, .sum = 1},
      {.rows = full + 1, .sum = 1, .status = MLM_CORRUPT},
      {.rows = UINT64_MAX, .sum = 1, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = 0.5, .product = 2},
      {.weighted = full, .weight = 0.5, .product = 2},
      {.weighted = full + 1, .weight = 0.5, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = full - 1, .weight = 0.5},
      {.rows = 1, .weighted = full, .weight = 0.5, .status = MLM_CORRUPT},
      {.rows = full, .weighted = 1, .weight = 0.5, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = 0, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = -0.5, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = 0.5, .weight_nans = 1, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = 0.5, .product_nans = 1},
      {.weighted = 1, .weight = 0.5, .product_nans = 2, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = 0.5, .sum = 1, .status = MLM_CORRUPT},
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    put_mean(&given[i]);
    expect_load(&mlm_mean_state, given[i].status, "a mean", (long)i);
  }
}

static void *loaded(const StateType *kind) {
  void *state = fresh(kind);
  expect(load(kind, state) == MLM_OK, kind->name, -1);
  return state;
}

/* Merges the second into the first. */
static void expect_merge(const StateType *kind, void *a, void *b, Status wanted, const char *what) {
  Status status = kind->merge(a, b, &host);
  expect(status == wanted, what, (long)status);
  drop(kind, a);
  drop(kind, b);
}

/* A state of `rows` rows of integral weight and `weighted` others holds 2^62 of both together, by rows and by
 * merging. */
static void check_row_limit(const StateType *kind, void *(*of)(uint64_t rows, uint64_t weighted)) {
  static const struct {
    uint64_t rows[2], weighted[2];
    Status status;
  } merges[] = {
      {{most - 1, 1}, {0, 0}, MLM_OK},
      {{most, 1}, {0, 0}, MLM_OVERFLOW},
      {{0, 0}, {most - 1, 1}, MLM_OK},
      {{0, 0}, {most, 1}, MLM_OVERFLOW},
      {{1, 0}, {most - 1, 1}, MLM_OVERFLOW},
      {{most / 2, 1}, {most / 2, 1}, MLM_OVERFLOW},
      {{most / 2, most / 2 + 1}, {0, 0}, MLM_OVERFLOW},
  };
  for (size_t i = 0; i < sizeof merges / sizeof *merges; i++)
    expect_merge(kind, of(merges[i].rows[0], merges[i].weighted[0]),
                 of(merges[i].rows[1], merges[i].weighted[1]), merges[i].status, kind->name);
  static const double weights[] = {1, 0.5, 2};
  for (int i = 0; i < 9; i++) {
    uint64_t weighted = (uint64_t)(i % 3) * (most / 2);
    Row row = {.x = {1, 1}, .columns = 2, .weight = weights[i / 3], .value = 1, .base = 1};
    void *full = of(most - weighted, weighted), *last = of(most - 1, 0), *none = fresh(kind);
    expect_for(kind->add(full, &row, 1, &host) == MLM_OVERFLOW, kind->name, "a row more");
    expect_for(kind->add(last, &row, 1, &host) == (row.weight == 2 ? MLM_OVERFLOW : MLM_OK), kind->name,
               "the last row");
    expect_for(kind->add(last, &row, -1, &host) == MLM_OK, kind->name, "a row less");
    expect_for(kind->empty(none) && !kind->empty(full) && !kind->empty(last), kind->name, "empty");
    drop(kind, full);
    drop(kind, last);
    drop(kind, none);
  }
}

static void *mean_of(uint64_t rows, uint64_t weighted) {
  put_mean(
      &(MeanParts){.rows = rows, .sum = rows ? 3 : 0, .weighted = weighted, .weight = 0.5, .product = 2});
  return loaded(&mlm_mean_state);
}

static double value_of_mean(const void *state) { return mlm_mean_value(state); }

static void test_means(void) {
  const StateType *kind = &mlm_mean_state;
  expect_merge(kind, mean_of(most - 1, 0), mean_of(1, 0), MLM_OK, "rows that fit");
  expect_merge(kind, mean_of(most, 0), mean_of(1, 0), MLM_OVERFLOW, "rows");
  expect_merge(kind, mean_of(0, most), mean_of(0, 1), MLM_OVERFLOW, "weighted rows");
  expect_merge(kind, mean_of(0, most - 1), mean_of(0, 1), MLM_OK, "weighted rows that fit");
  expect_merge(kind, mean_of(most / 2, most / 2), mean_of(1, 1), MLM_OVERFLOW, "rows of both kinds");
  void *mean = mean_of(most - 2, 1), *empty = fresh(kind);
  expect(kind->add(mean, &(Row){.value = 1, .weight = 2}, 1, &host) == MLM_OVERFLOW, "weight 2 more", 0);
  expect(kind->add(mean, &(Row){.value = 1, .weight = 2}, -1, &host) == MLM_OK, "weight 2 less", 0);
  expect(kind->add(mean, &(Row){.value = 1, .weight = 4}, 1, &host) == MLM_OVERFLOW, "weight 4 more", 0);
  expect(kind->add(mean, &(Row){.value = 1, .weight = 2}, 1, &host) == MLM_OK, "weight 2 back", 0);
  drop(kind, mean);
  mean = mean_of(most, 0); /* from here on rows one by one still count, weights and merging do not */
  expect(kind->add(mean, &(Row){.value = 1, .weight = 1}, 1, &host) == MLM_OK, "one by one", 0);
  expect(kind->add(mean, &(Row){.value = 1, .weight = 2}, 1, &host) == MLM_OVERFLOW, "weight 2 behind", 0);
  expect(kind->add(mean, &(Row){.value = 1, .weight = 0.5}, 1, &host) == MLM_OVERFLOW, "weight 0.5 behind",
         0);
  expect(kind->add_times(empty, &(Row){.value = 1, .weight = 4}, INT64_MAX, 1, &host) == MLM_OVERFLOW,
         "times and weight", 0);
  double x = value_of_mean(empty);
  expect(x != x && kind->empty(empty) && !kind->empty(mean), "a mean of no rows", 0);
  drop(kind, mean);
  drop(kind, empty);
  mean = mean_of(5, 3); /* (3 + 2) / (5 + 0.5) */
  expect(value_of_mean(mean) == 5 / 5.5, "a mean", 0);
  allowed = 0;
  empty = fresh(kind);
  expect(kind->merge(empty, mean, &host) == MLM_NOMEM && kind->empty(empty), "no memory to merge", 0);
  expect(kind->add(empty, &(Row){.value = 1, .weight = 0.5}, 1, &host) == MLM_NOMEM, "no memory to add", 0);
  allowed = -1;
  put_mean(&(MeanParts){.weighted = 1, .weight = 0.5, .product = 2});
  allowed = 0;
  expect_load(kind, MLM_NOMEM, "no memory to load", 0);
  allowed = -1;
  drop(kind, mean);
  drop(kind, empty);
}

/* ---- moments ---- */

typedef struct MomentParts {
  uint64_t rows, weighted;
  double weight;
  int64_t nans[6]; /* of the weight and of the sums of products */
  Status status;
} MomentParts;

/* Moments of so many sums of products: squared errors, targets and their squares, or the five of two
 * numbers. */
static void put_moments(const MomentParts *m, int sums) {
  begin();
  numbers(2, (uint64_t[]){m->rows, m->weighted});
  put_sum(m->weight, m->nans[0]);
  for (int i = 1; i <= sums; i++) put_product(i, m->nans[i]);
}

static void *moments_of(uint64_t rows, uint64_t weighted) {
  put_moments(&(MomentParts){.rows = rows, .weighted = weighted, .weight = weighted ? 0.5 : 0}, 3);
  return loaded(&mlm_moments_state);
}

static void test_moments(void) {
  const StateType *kind = &mlm_moments_state;
  static const uint64_t full = INT64_MAX;
  const MomentParts given[] = {
      {.rows = 1},
      {.rows = full},
      {.rows = full + 1, .status = MLM_CORRUPT},
      {.rows = full, .weighted = 1, .weight = 1, .status = MLM_CORRUPT},
      {.rows = full, .weighted = full + 2, .weight = 1, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = full - 1, .weight = 0.5},
      {.rows = 1, .weighted = UINT64_MAX, .weight = 0.5, .status = MLM_CORRUPT},
      {.rows = 1, .weight = 0.5, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = 0, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = -0.5, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = 0.5, .nans = {1}, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = 2, .weight = 0.5, .nans = {0, 3, 3, 3}},
      {.rows = 1, .weighted = 2, .weight = 0.5, .nans = {0, 4, 0, 0}, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = 2, .weight = 0.5, .nans = {0, 0, 4, 0}, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = 2, .weight = 0.5, .nans = {0, 0, 0, 4}, .status = MLM_CORRUPT},
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    put_moments(&given[i], 3);
    expect_load(kind, given[i].status, "moments", (long)i);
  }
  check_row_limit(kind, moments_of);
  /* Squared error 1, target 2, its square 3: of three rows 1 - 3·1 / (3·3 - 2²); of two rows that
   * weigh 1/2 together, which cannot be, 3/2 - 2² is below 0; of one row it is undefined. */
  void *state = moments_of(3, 0);
  expect(mlm_moments_r2(state) == 0.4, "r2", 3);
  drop(kind, state);
  state = moments_of(0, 2);
  expect(mlm_moments_r2(state) == 0, "r2", 2);
  drop(kind, state);
  state = moments_of(1, 0);
  expect(isnan(mlm_moments_r2(state)), "r2", 1);
  drop(kind, state);
  state = moments_of(0, 1);
  expect(isnan(mlm_moments_r2(state)), "r2", 0);
  drop(kind, state);
  /* Numbers at the end of what a double holds, whose product is not. */
  for (int i = 0; i < 2; i++) {
    Row row = {.pred = i ? 0x1p1000 : 1, .target = i ? 0x1p1000 : 0x1p-50, .weight = i ? 0.5 : 0x1p1000};
    state = fresh(kind);
    for (int rows = 0; rows < 2; rows++) kind->add(state, &row, 1, &host);
    expect(mlm_moments_r2(state) == i, "a large factor", i);
    drop(kind, state);
  }
  /* A target that is finite, whose square times the weight is not. */
  for (int i = 0; i < 2; i++) {
    Row row = {.pred = i ? 0x1p1000 : 2, .target = i ? 0x1p1000 : 2, .weight = i ? 0x1.8p100 : 0x1.8p1000};
    state = fresh(kind);
    for (int rows = 0; rows < 2; rows++) kind->add(state, &row, 1, &host);
    double r2 = mlm_moments_r2(state);
    expect(i ? r2 != r2 : r2 == 1, "a large square", i);
    drop(kind, state);
  }
}

/* ---- joint moments and ratios of sums ---- */

static void *joint_of(uint64_t rows, uint64_t weighted) {
  put_moments(&(MomentParts){.rows = rows, .weighted = weighted, .weight = weighted ? 0.5 : 0}, 5);
  return loaded(&mlm_joint_moments_state);
}

static void test_joint_moments(void) {
  static const uint64_t full = INT64_MAX;
  const MomentParts given[] = {
      {.rows = full},
      {.rows = full + 1, .status = MLM_CORRUPT},
      {.rows = full, .weighted = 1, .weight = 1, .status = MLM_CORRUPT},
      {.rows = full, .weighted = full + 2, .weight = 1, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = full - 1, .weight = 0.5},
      {.rows = 1, .weighted = UINT64_MAX, .weight = 0.5, .status = MLM_CORRUPT},
      {.rows = 1, .weight = 0.5, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = -0.5, .status = MLM_CORRUPT},
      {.weighted = 1, .weight = 0.5, .nans = {1}, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = 2, .weight = 0.5, .nans = {0, 3, 3, 3, 3, 3}},
      {.rows = 1, .weighted = 2, .weight = 0.5, .nans = {0, 4}, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = 2, .weight = 0.5, .nans = {0, 0, 4}, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = 2, .weight = 0.5, .nans = {0, 0, 0, 4}, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = 2, .weight = 0.5, .nans = {0, 0, 0, 0, 4}, .status = MLM_CORRUPT},
      {.rows = 1, .weighted = 2, .weight = 0.5, .nans = {0, 0, 0, 0, 0, 4}, .status = MLM_CORRUPT},
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    put_moments(&given[i], 5);
    expect_load(&mlm_joint_moments_state, given[i].status, "joint moments", (long)i);
  }
  check_row_limit(&mlm_joint_moments_state, joint_of);
}

/* Sums of rows of both kinds, which the state does not tell apart. */
static void *ratio_of(uint64_t rows, uint64_t weighted) {
  begin();
  mlm_write_varint(&out, rows + weighted);
  for (int i = 1; i < 3; i++) put_product(i, 0);
  return loaded(&mlm_sum_ratio_state);
}

static void test_ratios(void) {
  drop(&mlm_sum_ratio_state, ratio_of(INT64_MAX, 0));
  begin();
  mlm_write_varint(&out, (uint64_t)INT64_MAX + 1);
  for (int i = 1; i < 3; i++) put_product(i, 0);
  expect_load(&mlm_sum_ratio_state, MLM_CORRUPT, "a ratio", 0);
  check_row_limit(&mlm_sum_ratio_state, ratio_of);
}

/* ---- decisions ---- */

typedef struct TallyParts {
  uint64_t cell[4], rows;
  double weight[4];
  int64_t nans;
  Status status;
} TallyParts;

static void put_tally(const TallyParts *t) {
  begin();
  numbers(4, t->cell);
  mlm_write_varint(&out, t->rows);
  for (int i = 0; i < 4 && t->rows > 0; i++) put_sum(t->weight[i], i == 2 ? t->nans : 0);
}

static void *tally_of(int cell, uint64_t count, uint64_t weighted) {
  TallyParts parts = {.rows = weighted, .weight = {0.5}};
  parts.cell[cell] = count;
  put_tally(&parts);
  return loaded(&mlm_confusion2_state);
}

static void test_tallies(void) {
  const StateType *kind = &mlm_confusion2_state;
  static const uint64_t full = INT64_MAX;
  const TallyParts given[] = {
      {.cell = {full, full, full, full}},
      {.cell = {0, 0, full + 1, 0}, .status = MLM_CORRUPT},
      {.cell = {UINT64_MAX}, .status = MLM_CORRUPT},
      {.rows = full, .weight = {0.5}},
      {.rows = full + 1, .weight = {0.5}, .status = MLM_CORRUPT},
      {.rows = 1, .status = MLM_CORRUPT},
      {.rows = 2, .weight = {0.5, -0.25, 0, 0}, .status = MLM_CORRUPT},
      {.rows = 2, .weight = {0.5, 0, 0.5, 0}, .nans = 1, .status = MLM_CORRUPT},
      {.rows = 4, .weight = {0.5, 0.25, 0.125, 1.5}},
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    put_tally(&given[i]);
    expect_load(kind, given[i].status, "a tally", (long)i);
  }
  for (int cell = 0; cell < 4; cell++) {
    Row row = {.pred = cell >> 1, .param = 1, .target = cell & 1, .weight = 3};
    expect_merge(kind, tally_of(cell, most, 0), tally_of(cell, 1, 0), MLM_OVERFLOW, "a cell");
    expect_merge(kind, tally_of(cell, most - 1, 0), tally_of(cell, 1, 0), MLM_OK, "a cell that fits");
    void *state = tally_of(cell, most - 2, 0);
    expect(kind->add(state, &row, 1, &host) == MLM_OVERFLOW, "weight 3 more", cell);
    row.weight = 2;
    expect(kind->add(state, &row, 1, &host) == MLM_OK, "weight 2 more", cell);
    expect(kind->add(state, &row, -1, &host) == MLM_OK, "weight 2 less", cell);
    drop(kind, state);
  }
  expect_merge(kind, tally_of(0, 0, most), tally_of(0, 0, 1), MLM_OVERFLOW, "weighted rows");
  expect_merge(kind, tally_of(0, 0, 1), tally_of(0, 0, most), MLM_OVERFLOW, "many weighted rows");
  expect_merge(kind, tally_of(0, 0, most - 1), tally_of(0, 0, 1), MLM_OK, "weighted rows that fit");
  void *state = tally_of(0, 7, most), *empty = fresh(kind);
  Row row = {.weight = 0.5, .param = 1};
  expect(kind->add(state, &row, 1, &host) == MLM_OVERFLOW, "a weighted row more", 0);
  expect(kind->add_times(state, &row, 2, -1, &host) == MLM_OK, "two less", 0);
  expect(kind->add_times(state, &row, 2, 1, &host) == MLM_OK, "two back", 0);
  drop(kind, state);
  state = tally_of(0, 7, 1);
  expect(mlm_confusion2_table(state).tn == 7.5, "a cell", 0);
  allowed = 0;
  expect(kind->merge(empty, state, &host) == MLM_NOMEM && kind->empty(empty), "no memory to merge", 0);
  allowed = -1;
  put_tally(&given[3]);
  allowed = 0;
  expect_load(kind, MLM_NOMEM, "no memory to load", 0);
  allowed = -1;
  drop(kind, state);
  drop(kind, empty);
}

/* ---- skewness ---- */

/* Of three values. Of ±1e150 and a third value the skewness is -√(3/2)·value/1e150, which may be below the
 * least double; that of equal values is 0; a factor of all values does not change it. */
static void test_skewness(void) {
  static const struct {
    double values[3], se, skewness;
  } cases[] = {
      {{1e150, -1e150, 1e140}, 5.773502691896257e149, -1.224744871391589e-10},
      {{1e150, -1e150, 1e-300}, 5.773502691896257e149, 0},
      {{1e150, -1e150, 0}, 5.773502691896257e149, 0},
      {{5, 5, 5}, 0, 0},
      {{0, 0, 0}, 0, 0},
      {{1, 2, 6}, 1.5275252316519468, 0.5951700641394974},
      {{2, 4, 12}, 3.0550504633038935, 0.5951700641394974},
      {{-1, -2, -6}, 1.5275252316519468, -0.5951700641394974},
      {{1.1, 2.2, 6.6}, 1.6802777548171414, 0.5951700641394974},
      {{0x1p-300, 0x1p-299, 0x1.8p-298}, 1.5275252316519468 * 0x1p-300, 0.5951700641394974},
      {{1, 1, 2}, 0.33333333333333331, 0.70710678118654757},
  };
  const StateType *kind = &mlm_mean_moments_state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    MeanMoments *moments = fresh(kind);
    double se, skewness;
    for (int k = 0; k < 3; k++)
      expect(kind->add(moments, &(Row){.value = cases[i].values[k], .weight = 1}, 1, &host) == MLM_OK, "add",
             k);
    mlm_mean_moments_spread(moments, &se, &skewness);
    expect(fabs(skewness - cases[i].skewness) <= 1e-9 * fabs(cases[i].skewness), "skewness", (long)i);
    expect(fabs(se - cases[i].se) <= 1e-9 * cases[i].se, "standard error", (long)i);
    drop(kind, moments);
  }
}

int main(void) {
  test_sums();
  test_mean_loads();
  test_means();
  test_moments();
  test_joint_moments();
  test_ratios();
  test_tallies();
  test_skewness();
  release(out.bytes);
  return end_of_tests();
}
