/* Bytes made by hand that a state of the kind is never saved as, because no rows leave such numbers behind;
 * beside each of them bytes that differ little and are good. */
#include "base/input_problem.h"
#include "state/bit_fields.h"
#include "state/class_index.h"
#include "state/confusion_matrix.h"
#include "state/exact_sum_cube.h"
#include "state/exact_sum_save.h"
#include "state/keyed.h"
#include "state/label_tables.h"
#include "state/mean.h"
#include "state/mean_moments.h"
#include "state/moments.h"
#include "state/ratings.h"
#include "state/scores_layout.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static Writer begin(void) { return (Writer){.limit = UINT64_MAX, .host = &host}; }

static void put_all(Writer *out, size_t n, const uint64_t *number) {
  for (size_t i = 0; i < n; i++) mlm_write_varint(out, number[i]);
}
#define PUT(out, ...)                                                                                        \
  put_all(out, sizeof((uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t), (uint64_t[]){__VA_ARGS__})

static Status save(const StateType *kind, void *state, Writer *out) {
  Status status = kind->seal ? kind->seal(state, &host) : MLM_OK;
  if (!status && kind->prepare_save) status = kind->prepare_save(state, &host);
  if (!status) kind->save(state, out);
  return status ? status : out->status;
}

/* Loads the bytes, and frees them: they are refused, or saved again as they were. */
static void expect_payload(const StateType *kind, Writer bytes, bool good, const char *what) {
  void *state = calloc(1, kind->bytes);
  if (!state) exit(2);
  Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
  const Status status = kind->load(state, &in, &host);
  expect_for(status == (good ? MLM_OK : MLM_CORRUPT), kind->name, what);
  if (!status) {
    Writer again = begin();
    expect_for(in.at == in.end && save(kind, state, &again) == MLM_OK && again.n == bytes.n
                   && memcmp(again.bytes, bytes.bytes, (size_t)again.n) == 0,
               "saved again", what);
    release(again.bytes);
  }
  if (kind->clear) kind->clear(state, &host);
  free(state);
  release(bytes.bytes);
}

/* ---- tables of labels ---- */

/* One label: a row of fractional weight whose cells are such sums. */
static void check_cells(double a, double b, bool good, const char *what) {
  Writer out = begin();
  PUT(&out, 1, 0, 1, 0, 0, 0, 0);
  for (int cell = 0; cell < 4; cell++) {
    ExactSum sum = {0};
    if (cell < 2) mlm_sum_add(&sum, cell ? b : a, 1);
    mlm_sum_save(&sum, &out);
  }
  expect_payload(&mlm_label_tables_state, out, good, what);
}

/* A table of one class: two rows whose fractional weights have such a sum. */
static void check_weights(double a, double b, bool good, const char *what) {
  Writer out = begin();
  ExactSum sum = {0};
  PUT(&out, 0, 1, CLASS_INTEGER, 2, 1, 0, 0, 0, 2);
  mlm_sum_add(&sum, a, 1);
  mlm_sum_add(&sum, b, 1);
  mlm_sum_save(&sum, &out);
  expect_payload(&mlm_confusion_matrix_state, out, good, what);
}

static void check_confusion_matrices(void) {
  check_weights(1.5, 0.25, true, "two weights");
  check_weights(1.5, -2, false, "a negative sum");
  check_weights(1.5, INFINITY, false, "an infinite weight");
  check_weights(1.5, -INFINITY, false, "a negative infinite weight");
}

/* A table of two classes, with rows of fractional weights in each cell. */
static void check_tally(double tp, bool good, const char *what) {
  static const double others[] = {1.5, 0.25, 0.75};
  Writer out = begin();
  PUT(&out, 0, 0, 0, 0, 4);
  for (int cell = 0; cell < 4; cell++) {
    ExactSum sum = {0};
    mlm_sum_add(&sum, cell < 3 ? others[cell] : tp, 1);
    mlm_sum_save(&sum, &out);
  }
  expect_payload(&mlm_confusion2_state, out, good, what);
}

static void check_tallies(void) {
  check_tally(0.5, true, "a weight in each cell");
  check_tally(0, true, "no weight in one cell");
  check_tally(-0.5, false, "a negative weight in one cell");
  check_tally(INFINITY, false, "an infinite weight in one cell");
}

static void check_label_tables(void) {
  check_cells(1.5, 0, true, "a weight");
  check_cells(1.5, -0.5, false, "a negative weight");
  check_cells(INFINITY, 0, false, "an infinite weight");
  check_cells(0, 0, false, "no weight");
  Writer none = begin(), counts = begin(), labels = begin();
  PUT(&none, 0, 0, 0);
  expect_payload(&mlm_label_tables_state, none, true, "no rows");
  PUT(&counts, 1, 2, 0, 1, 1, 0, 0);
  expect_payload(&mlm_label_tables_state, counts, true, "two rows");
  PUT(&labels, 1, 0, 0, 0, 0, 0, 0);
  expect_payload(&mlm_label_tables_state, labels, false, "a label without rows");
}

/* ---- ratios of sums ---- */

static void check_ratio(uint64_t rows, double value, double base, int times, bool good, const char *what) {
  Writer out = begin();
  ProductSum above = {0}, below = {0};
  for (int i = 0; i < times; i++) mlm_product_add(&above, value, 1, 1);
  mlm_product_add(&below, base, 1, 1);
  PUT(&out, rows);
  mlm_product_save(&above, &out);
  mlm_product_save(&below, &out);
  expect_payload(&mlm_sum_ratio_state, out, good, what);
}

static void check_ratios(void) {
  check_ratio(0, 0, 0, 1, true, "no rows");
  check_ratio(0, 2, 0, 1, false, "a value without rows");
  check_ratio(0, 0, -2, 1, false, "a base without rows");
  check_ratio(1, -2, 3, 1, true, "one row");
  check_ratio(1, INFINITY, 3, 1, true, "one infinite value");
  check_ratio(1, INFINITY, 3, 2, false, "two infinite values in one row");
  check_ratio(1, NAN, NAN, 1, true, "a NaN each");
  check_ratio(0, 1, NAN, 0, false, "a NaN without rows");
}

/* ---- ratings ---- */

/* Units of two ratings, 1 and 2, whose pairs occur so often. */
static void check_pairs(double one_two, double two_one, bool left_out, bool good, const char *what) {
  const StateType *kind = &mlm_confusion_matrix_state;
  void *matrix = calloc(1, kind->bytes);
  if (!matrix) exit(2);
  for (int i = 0; i < 2; i++) {
    const Class classes[] = {{.type = CLASS_INTEGER, .integer = 1}, {.type = CLASS_INTEGER, .integer = 2}};
    const Row row = {
        .pred_class = classes[i], .target_class = classes[1 - i], .weight = i ? two_one : one_two};
    if (row.weight > 0) expect_for(kind->add(matrix, &row, 1, &host) == MLM_OK, "add", what);
  }
  if (left_out) kind->leave_out(matrix, 1);
  Writer out = begin();
  PUT(&out, 0, 1, 2);
  expect_for(save(kind, matrix, &out) == MLM_OK, "save", what);
  kind->clear(matrix, &host);
  free(matrix);
  expect_payload(&mlm_ratings_state, out, good, what);
}

static void check_ratings(void) {
  check_pairs(3, 3, false, true, "pairs both ways");
  check_pairs(3, 2, false, false, "more pairs one way");
  check_pairs(1.5, 1.5, false, false, "a fractional number of pairs");
  check_pairs(0, 0, false, false, "no pairs");
  check_pairs(3, 3, true, false, "pairs that were left out");
}

/* ---- scores ---- */

/* Two scores of label 0, the first of them with so many rows. */
static void check_rows(uint64_t rows, bool good, const char *what) {
  const double score[] = {0.25, 0.5};
  Scores *scores = calloc(1, mlm_scores_state.bytes);
  Writer plain = begin(), start = begin();
  if (!scores) exit(2);
  for (int i = 0; i < 2; i++) {
    const Row row = {.pred = score[i], .weight = 1};
    expect_for(mlm_scores_state.add(scores, &row, 1, &host) == MLM_OK, "add", what);
  }
  expect_for(save(&mlm_scores_state, scores, &plain) == MLM_OK, "save", what);
  mlm_scores_state.clear(scores, &host);
  free(scores);
  PUT(&start, 0, 2, mlm_encode_score(score[0]));
  const uint64_t same = start.n;
  expect_for(plain.n > same && memcmp(plain.bytes, start.bytes, (size_t)same) == 0, "the same start", what);
  mlm_write_varint(&start, rows - 1);
  mlm_write_bytes(&start, plain.bytes + same + 1, (size_t)(plain.n - same - 1));
  release(plain.bytes);
  expect_payload(&mlm_scores_state, start, good, what);
}

/* One key, whose score set has no rows, perhaps rows that were left out. */
static void check_key(uint64_t left_out, const char *what) {
  Writer out = begin();
  PUT(&out, 0, 1, CLASS_INTEGER, 14, 4, left_out, 0, 0, 0);
  expect_payload(&mlm_keyed_scores_state, out, false, what);
}

/* Negatives whose scores are neighbours, with the key of -0.0 in the middle of them, or beyond. */
static void check_neighbours(uint64_t first, uint64_t n, bool good, const char *what) {
  const uint64_t gap[MLM_FIELDS] = {1, 1, 1, 1, 1, 1, 1, 1};
  const uint8_t width = 1;
  Writer out = begin();
  PUT(&out, 0, n, first, 0);
  mlm_write_bytes(&out, &width, 1);
  mlm_write_fields(&out, gap, n - 1, width);
  PUT(&out, 0, 0);
  expect_payload(&mlm_scores_state, out, good, what);
}

/* Two negatives of fractional weights, whose keys are so far apart. */
static void check_fractional(uint64_t gap, double first, double second, bool good, const char *what) {
  Writer out = begin();
  PUT(&out, INT64_MAX, 0, 0, 2, 2, mlm_encode_score(0.5));
  mlm_write_double(&out, first);
  PUT(&out, 1, gap);
  mlm_write_double(&out, second);
  PUT(&out, 1);
  expect_payload(&mlm_scores_state, out, good, what);
}

static void check_scores(void) {
  const uint64_t zero = mlm_encode_score(0);
  for (uint64_t n = 3; n < 8; n++) {
    check_neighbours(zero - n + 1, n, false, "-0.0 just before 0");
    check_neighbours(zero - 2, n, false, "-0.0 near the lowest");
    check_neighbours(zero, n, true, "neighbours from 0 on");
    check_neighbours(zero - 1 - n, n, true, "neighbours below 0");
  }
  check_fractional(0, 0.3, 0.5, true, "two weights of a score");
  check_fractional(0, 0.3, 0.3, false, "a weight of a score twice");
  check_fractional(0, 0.5, 0.3, false, "weights of a score out of order");
  check_fractional(1, 0.5, 0.3, true, "weights of neighbours");
  check_rows(1, true, "a row each");
  check_rows((uint64_t)MLM_MOST_ROWS - 1, true, "as many rows as there may be");
  check_rows((uint64_t)MLM_MOST_ROWS, false, "one row more");
  check_key(0, "a key without rows");
  check_key(3, "a key without rows but those left out");
}

/* ---- input problems ---- */

static void check_problems(uint64_t rows, uint64_t clean, InputProblem problem, uint64_t times, bool example,
                           bool good, const char *what) {
  Writer out = begin();
  PUT(&out, rows, clean, 1, (uint64_t)problem, times, example);
  if (example) mlm_write_bytes(&out, "x", 1);
  expect_payload(&mlm_input_problems_state, out, good, what);
}

static void check_input_problems(void) {
  check_problems(3, 1, INPUT_LABEL_NULL, 2, false, true, "two labels that are NULL");
  check_problems(3, 2, INPUT_LABEL_NULL, 2, false, false, "a label that is NULL in a clean row");
  check_problems(3, 2, INPUT_SCORE_NULL, 2, false, false, "a score that is NULL in a clean row");
  check_problems(3, 0, INPUT_LABEL_NULL, 2, false, false, "a row neither clean nor not");
  check_problems(3, 2, INPUT_LABEL_NULL, 1, true, false, "a NULL with an example");
  check_problems(3, 2, INPUT_LABEL_TEXT, 1, true, true, "a text");
  check_problems(3, 2, INPUT_LABEL_TEXT, 1, false, false, "a text without an example");
}

/* ---- moments of a mean ---- */

/* Sums of powers that no rows have: the skewness is then beyond its bound, and a number all the same. */
static void check_moments(void) {
  const double v[] = {0x1p-500, -0x1p-500};
  void *mean = calloc(1, mlm_mean_state.bytes), *moments = calloc(1, mlm_mean_moments_state.bytes);
  ProductSum square = {0};
  CubeSum cube = {0};
  if (!mean || !moments) exit(2);
  for (int i = 0; i < 2; i++) {
    const Row row = {.value = v[i], .weight = 1};
    expect(mlm_mean_state.add(mean, &row, 1, &host) == MLM_OK, "add", i);
    mlm_product_add(&square, v[i], v[i], 1);
  }
  mlm_cube_add_times(&cube, 0x1p333, 1, 1);
  Writer out = begin();
  mlm_mean_state.save(mean, &out);
  mlm_product_save(&square, &out);
  mlm_cube_save(&cube, &out);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  expect(mlm_mean_moments_state.load(moments, &in, &host) == MLM_OK, "load moments", 0);
  double se, skewness;
  mlm_mean_moments_spread(moments, &se, &skewness);
  expect(se == 0x1p-500, "standard error", 0);
  expect(skewness > 0x1p900 && skewness < INFINITY, "skewness of forged cubes", 0);
  release(out.bytes);
  mlm_mean_moments_state.clear(moments, &host);
  mlm_mean_state.clear(mean, &host);
  free(moments);
  free(mean);
}

/* A mean and sums of squares and of cubes: as many of their values are no numbers, and of rows of integral
 * weight the variance is not negative. */
static void check_sums_of_powers(void) {
  static const struct {
    int64_t sum[3], square[3], cube[3]; /* NaNs, Infinities and -Infinities */
    double total, squares;
    bool fractional, good;
    const char *what;
  } cases[] = {
      {.squares = 1, .good = true, .what = "a variance"},
      {.total = 3, .squares = 4.5, .good = true, .what = "no variance"},
      {.total = 3, .squares = 4, .what = "a negative variance"},
      {.total = 3, .squares = 4.4, .what = "a small negative variance"},
      {.total = 0x1p16, .squares = 0, .what = "a negative variance of one digit"},
      {.total = 0x1p4, .squares = 0, .what = "another negative variance of one digit"},
      {.total = 3, .squares = 4, .fractional = true, .good = true, .what = "a fractional weight"},
      {.total = 3, .squares = 2, .fractional = true, .good = true, .what = "squares of some rows only"},
      {{1}, {1}, {1}, .good = true, .what = "NaN"},
      {{1}, {0}, {1}, .what = "NaN whose square is a number"},
      {{1}, {1}, {0}, .what = "NaN whose cube is a number"},
      {{0, 1}, {0, 1}, {0, 1}, .good = true, .what = "Infinity"},
      {{0, 1}, {0, 0}, {0, 1}, .what = "Infinity whose square is a number"},
      {{0, 1}, {0, 1}, {0, 0}, .what = "Infinity whose cube is a number"},
      {{0, 1}, {0, 1}, {0, 0, 1}, .what = "Infinity whose cube is -Infinity"},
      {{0, 0, 1}, {0, 1}, {0, 0, 1}, .good = true, .what = "-Infinity"},
      {{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, .what = "a square of -Infinity"},
      {{0, 0, 1}, {0, 1}, {0, 0}, .what = "-Infinity whose cube is a number"},
      {{0, 1}, {0, 1, 1}, {0, 1}, .what = "more squares than values"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ExactSum sum = {.range = {.nans = cases[i].sum[0], .infinities = {cases[i].sum[1], cases[i].sum[2]}}};
    ProductSum square = {
        .range = {.nans = cases[i].square[0], .infinities = {cases[i].square[1], cases[i].square[2]}}};
    CubeSum cube = {.range = {.nans = cases[i].cube[0], .infinities = {cases[i].cube[1], cases[i].cube[2]}}};
    ProductSum product = {0};
    ExactSum weight = {0};
    mlm_sum_add(&sum, cases[i].total, 1);
    mlm_product_add(&square, cases[i].squares, 1, 1);
    Writer out = begin();
    mlm_write_varint(&out, 2);
    mlm_sum_save(&sum, &out);
    mlm_write_varint(&out, cases[i].fractional);
    if (cases[i].fractional) {
      mlm_sum_add(&weight, 0.5, 1);
      mlm_sum_save(&weight, &out);
      mlm_product_save(&product, &out);
    }
    mlm_product_save(&square, &out);
    mlm_cube_save(&cube, &out);
    expect_payload(&mlm_mean_moments_state, out, cases[i].good, cases[i].what);
  }
}

/* ---- moments of targets ---- */

/* Rows with an infinite target: each sum counts a row of fractional weight once, one of weight k k times. */
static void check_infinite_targets(void) {
  Writer want = begin(), have = begin();
  ExactSum weight = {0};
  ProductSum residual = {0}, target = {0}, square = {0};
  void *moments = calloc(1, mlm_moments_state.bytes), *loaded = calloc(1, mlm_moments_state.bytes);
  if (!moments || !loaded) exit(2);
  for (int i = 0; i < 2; i++) {
    const Row row = {.pred = 1, .target = INFINITY, .weight = i ? 0.5 : 3};
    expect(mlm_moments_state.add(moments, &row, 1, &host) == MLM_OK, "add", i);
  }
  mlm_sum_add(&weight, 0.5, 1);
  for (int i = 0; i < 4; i++) {
    mlm_product_add(&residual, INFINITY, 1, 1);
    mlm_product_add(&target, INFINITY, 1, 1);
    mlm_product_add(&square, INFINITY, 1, 1);
  }
  PUT(&want, 3, 1);
  mlm_sum_save(&weight, &want);
  mlm_product_save(&residual, &want);
  mlm_product_save(&target, &want);
  mlm_product_save(&square, &want);
  mlm_moments_state.save(moments, &have);
  expect(have.n == want.n && memcmp(have.bytes, want.bytes, (size_t)have.n) == 0, "infinite targets", 0);
  Reader in = {.at = have.bytes, .end = have.bytes + have.n};
  expect(mlm_moments_state.load(loaded, &in, &host) == MLM_OK, "load infinite targets", 0);
  release(want.bytes);
  release(have.bytes);
  free(moments);
  free(loaded);
}

int main(void) {
  check_infinite_targets();
  check_confusion_matrices();
  check_tallies();
  check_label_tables();
  check_ratios();
  check_ratings();
  check_scores();
  check_input_problems();
  check_moments();
  check_sums_of_powers();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
