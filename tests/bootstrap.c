/* Resampling of every kind of state: the draws of the generator, samples against samples drawn plainly,
 * intervals, and what happens where an allocation fails or the host interrupts. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "math/double_double.h"
#include "math/random.h"
#include "metrics/bootstrap_interval.h"
#include "metrics/named_function.h"
#include "metrics/objective.h"
#include "metrics/ranking.h"
#include "metrics/resample.h"
#include "state/class_key.h"
#include "unit.h"

/* ---- the generator ---- */

static uint64_t hashed(uint64_t seed, uint64_t replicate, uint64_t draw) {
  return mlm_random_hash(mlm_random_stream(seed, replicate), draw);
}

/* The vectors of sql/bootstrap.sql. */
static void test_generator(void) {
  expect(hashed(0, 0, 0) == 0x568a9b0b1a2c05ec, "hash", 0);
  expect(hashed(0, 1, 0) == 0x238275bc38fcbe91, "hash", 1);
  expect(hashed(1, 2, 3) == 0x8e1e6eacaa45f47f, "hash", 2);
  expect(hashed((uint64_t)1 << 53, 1000, 2147483647) == 0xb980bfe09d3a6e47, "hash", 3);
  static const uint64_t unit[] = {1, 9, 2, 9, 6, 3, 8, 1, 1, 6};
  for (uint64_t d = 0; d < 10; d++) expect(mlm_random_below(hashed(0, 1, d), 10) == unit[d], "draw", (long)d);
  expect(mlm_random_below(UINT64_MAX, 7) == 6 && mlm_random_below(0, 7) == 0, "the ends", 0);
  expect(mlm_random_below(UINT64_MAX, 1) == 0, "one", 0);
  expect(mlm_random_poisson1(0) == 0 && mlm_random_poisson1(UINT64_MAX) == 20, "the ends of Poisson", 0);
  expect(mlm_random_poisson1(0x5e2d58d8b3bcdf19) == 0 && mlm_random_poisson1(0x5e2d58d8b3bcdf1a) == 1, "1/e",
         0);
}

/* Of a Poisson number X of mean 1: the least hash of each k + 1 is floor(2^64·P(X <= k)) = 2^64 -
 * ceil(2^64·P(X > k)), with the chances summed from the least. */
static void test_poisson(void) {
  DoubleDouble chance[60] = {{0x1.78b56362cef38p-2, -0x1.ca8a4270fadf5p-57}}, above = {0, 0}; /* 1/e */
  for (int k = 1; k < 60; k++) chance[k] = dd_quotient(chance[k - 1], dd_of(k));
  for (int k = 59; k >= 0; k--, above = dd_sum(above, chance[k + 1])) {
    if (k > 19) continue;
    const DoubleDouble units = dd_scaled(above, 0x1p64);
    const double whole = floor(units.hi);
    const uint64_t least = 0 - ((uint64_t)whole + (uint64_t)(int64_t)ceil(units.hi - whole + units.lo));
    expect(mlm_random_poisson1(least) == k + 1 && mlm_random_poisson1(least - 1) == k,
           "least hash of a number", k);
  }
}

/* Hashes of the first bytes of a text, worked out from their description in sql/bootstrap.sql. The last word
 * is filled up, and the length counts. */
static void test_hash_bytes(void) {
  static const struct {
    size_t n;
    uint64_t hash;
  } of_text[] = {{0, 0xe60bbbf6ca094f3c},
                 {3, 0x1904615d4ae9099e},
                 {8, 0x1ee76756fa7a34df},
                 {10, 0x04bb79a2a645af6c},
                 {17, 0xe0808da5b7fe09a0}};
  for (size_t i = 0; i < sizeof of_text / sizeof *of_text; i++)
    expect(mlm_random_hash_bytes(2, "resample users of", of_text[i].n) == of_text[i].hash, "hash of bytes",
           (long)of_text[i].n);
  char bytes[40] = {0};
  uint64_t seen[41];
  for (size_t n = 0; n <= 40; n++) {
    seen[n] = mlm_random_hash_bytes(2, bytes, n);
    for (size_t m = 0; m < n; m++) expect(seen[m] != seen[n], "zeros of another length", (long)n);
  }
  for (size_t i = 0; i < 40; i++) {
    bytes[i] = 1;
    expect(mlm_random_hash_bytes(2, bytes, 40) != seen[40], "a byte counts", (long)i);
    bytes[i] = 0;
  }
  expect(mlm_random_hash_bytes(3, bytes, 5) != seen[5], "so does the start", 0);
}

/* Numbers that differ only beyond 2^53, and texts beside numbers. */
static void test_class_numbers(void) {
  const Class classes[] = {
      {.type = CLASS_INTEGER, .integer = INT64_MAX},
      {.type = CLASS_INTEGER, .integer = INT64_MAX - 1},
      {.type = CLASS_INTEGER, .integer = INT64_MIN},
      {.type = CLASS_INTEGER, .integer = INT64_MIN + 1},
      {.type = CLASS_INTEGER, .integer = 0},
      {.type = CLASS_INTEGER, .integer = -1},
      {.type = CLASS_INTEGER, .integer = 9007199254740993},
      {.type = CLASS_INTEGER, .integer = 9007199254740992},
      {.type = CLASS_REAL, .real = 0x1p63},
      {.type = CLASS_REAL, .real = 0.5},
      {.type = CLASS_REAL, .real = INFINITY},
      {.type = CLASS_REAL, .real = -INFINITY},
      {.type = CLASS_TEXT, .bytes = "", .n = 0},
      {.type = CLASS_TEXT, .bytes = "0", .n = 1},
      {.type = CLASS_BLOB, .bytes = "", .n = 0},
      {.type = CLASS_BLOB, .bytes = "0", .n = 1},
  };
  enum { N = sizeof classes / sizeof *classes };
  double key[N][2];
  for (int i = 0; i < N; i++) {
    mlm_class_numbers(&classes[i], key[i]);
    for (int j = 0; j < i; j++) {
      expect(key[i][0] != key[j][0] || key[i][1] != key[j][1], "two classes", 100 * i + j);
      expect(mlm_class_hash(&classes[i]) != mlm_class_hash(&classes[j]), "two hashes", 100 * i + j);
    }
  }
}

/* ---- states of unit rows ---- */

enum { MOST = 4000, NUMBERS = 9 };

typedef struct Unit {
  double x[NUMBERS];
} Unit;

/* Rows of a state, one by one in canonical order. */
typedef struct Data {
  const StateType *type;
  void *state;
  int columns, n;
  Unit unit[MOST];
} Data;

static int compare_units(const void *a, const void *b) {
  const Unit *x = a, *y = b;
  for (int i = 0; i < NUMBERS; i++)
    if (x->x[i] != y->x[i]) return x->x[i] < y->x[i] ? -1 : 1;
  return 0;
}

static Row row_of(const Data *data, const Unit *unit, double weight) {
  Row row = {.weight = weight, .columns = (uint32_t)data->columns};
  memcpy(row.x, unit->x, sizeof row.x);
  row.pred_class = (Class){.type = CLASS_INTEGER, .integer = (int64_t)unit->x[0]};
  row.target_class = (Class){.type = CLASS_INTEGER, .integer = (int64_t)unit->x[1]};
  if (data->type == &mlm_confusion2_state) row.param = 0.5;
  if (data->columns > MLM_ROW_NUMBERS) {
    row.preds = (Vector){(double *)unit->x, (size_t)data->columns - 1};
    row.targets = (Vector){(double *)unit->x + data->columns - 1, 1};
  }
  return row;
}

static void *new_state(const StateType *type) { return calloc(1, type->bytes); }

static void drop_state(const StateType *type, void *state) {
  if (type->clear) type->clear(state, &host);
  free(state);
}

static void add_units(const Data *data, const Unit *unit, int n, void *state) {
  for (int i = 0; i < n; i++) {
    Row row = row_of(data, &unit[i], 1);
    expect(data->type->add(state, &row, 1, &host) == MLM_OK, "add", i);
  }
  if (data->type->seal) expect(data->type->seal(state, &host) == MLM_OK, "seal", 0);
}

/* n rows drawn from few or many kinds, each `times` times. */
static Data *make_data(const StateType *type, int columns, int n, int values, int times) {
  Data *data = calloc(1, sizeof *data);
  data->type = type;
  data->columns = columns;
  for (int i = 0; i < n; i++) {
    Unit unit = {{0}};
    for (int c = 0; c < columns; c++)
      unit.x[c] = (double)(hashed(1, (uint64_t)c, (uint64_t)i) % (uint64_t)values)
                  / (type == &mlm_scores_state ? 8 : 1);
    if (type == &mlm_scores_state || type == &mlm_confusion2_state || columns == 3)
      unit.x[columns == 3 ? 2 : 1] = (double)(hashed(2, 0, (uint64_t)i) % 3 == 0);
    if (type == &mlm_confusion2_state) unit.x[0] = (double)(hashed(3, 0, (uint64_t)i) % 2);
    for (int t = 0; t < times; t++) data->unit[data->n++] = unit;
  }
  data->state = new_state(type);
  add_units(data, data->unit, data->n, data->state);
  qsort(data->unit, (size_t)data->n, sizeof *data->unit, compare_units);
  return data;
}

static void drop_data(Data *data) {
  drop_state(data->type, data->state);
  free(data);
}

/* Draws a sample plainly. */
static int draw_units(const Data *data, uint64_t replicate, bool stratified, Unit *sample) {
  uint64_t draw = 0;
  int n = 0;
  Unit *stratum = calloc((size_t)data->n, sizeof *stratum);
  for (int label = 0; n < data->n; label++) {
    uint64_t m = 0;
    for (int i = 0; i < data->n; i++)
      if (!stratified || data->unit[i].x[1] == label) stratum[m++] = data->unit[i];
    for (uint64_t i = 0; i < m; i++) sample[n++] = stratum[mlm_random_below(hashed(5, replicate, draw++), m)];
  }
  free(stratum);
  return n;
}

/* The saved bytes of a state. */
static Writer saved(const StateType *type, void *state) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  if (type->prepare_save) expect(type->prepare_save(state, &host) == MLM_OK, "prepare", 0);
  if (type == &mlm_rows_state) expect(mlm_rows_sort(state, &host) == MLM_OK, "sort", 0);
  type->save(state, &out);
  expect(out.status == MLM_OK, "save", 0);
  return out;
}

static void expect_sample(const Data *data, const Resampler *resampler, uint64_t replicate, bool stratified) {
  const StateType *type = data->type;
  Unit *unit = calloc((size_t)data->n, sizeof *unit);
  int n = draw_units(data, replicate, stratified, unit);
  void *plain = new_state(type), *drawn = new_state(type);
  add_units(data, unit, n, plain);
  expect(mlm_resample_state(resampler, drawn) == MLM_OK, "a state", (long)replicate);
  Writer a = saved(type, plain), b = saved(type, drawn);
  expect(a.n == b.n && memcmp(a.bytes, b.bytes, a.n) == 0, type->name, (long)replicate);
  release(a.bytes);
  release(b.bytes);
  drop_state(type, plain);
  drop_state(type, drawn);
  free(unit);
}

/* Every sample is the one drawn plainly, whether units are found directly or by a search. */
static void test_samples(const StateType *type, int columns, int n, int values, int times) {
  Data *data = make_data(type, columns, n, values, times);
  for (int stratified = 0; stratified < (type == &mlm_rows_state ? 1 : 2); stratified++) {
    Resampler resampler;
    expect(mlm_resampler_begin(&resampler, type, data->state, stratified, &host) == MLM_OK, type->name, n);
    expect(resampler.rows == (uint64_t)data->n, "rows", data->n);
    for (uint64_t replicate = 1; replicate <= 5; replicate++) {
      expect(mlm_resample(&resampler, 5, replicate) == MLM_OK, "resample", (long)replicate);
      expect_sample(data, &resampler, replicate, stratified);
    }
    mlm_resampler_clear(&resampler);
  }
  drop_data(data);
}

static void test_kinds(void) {
  static const struct {
    int n, values, times;
  } sizes[] = {{1, 5, 1}, {2, 1, 1}, {7, 3, 1}, {60, 4, 1}, {200, 1000, 1}, {5, 4, 300}, {1300, 3, 3}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    int n = sizes[i].n, values = sizes[i].values, times = sizes[i].times;
    test_samples(&mlm_scores_state, 2, n, values, times);
    test_samples(&mlm_confusion2_state, 2, n, values, times);
    test_samples(&mlm_confusion_matrix_state, 2, n, values < 20 ? values : 20, times);
    test_samples(&mlm_rows_state, 1, n, values, times);
    test_samples(&mlm_rows_state, 3, n, values, times);
    test_samples(&mlm_rows_state, 6, n, values, times);
    test_samples(&mlm_rows_state, 7, n, values, times);
    test_samples(&mlm_rows_state, 9, n, values, times);
  }
}

/* ---- what cannot be resampled ---- */

static Status begin_with_weights(const StateType *type, double weight, double other) {
  Data data = {.type = type, .columns = 2};
  void *state = new_state(type);
  Resampler resampler;
  const Unit units[] = {{{0, 1}}, {{1, 0}}};
  for (int i = 0; i < 2; i++) {
    Row row = row_of(&data, &units[i], i ? other : weight);
    expect(type->add(state, &row, 1, &host) == MLM_OK, "add", i);
  }
  if (type->seal) expect(type->seal(state, &host) == MLM_OK, "seal", 0);
  Status status = mlm_resampler_begin(&resampler, type, state, false, &host);
  mlm_resampler_clear(&resampler);
  drop_state(type, state);
  return status;
}

static void test_limits(void) {
  const StateType *const types[] = {&mlm_scores_state, &mlm_confusion2_state, &mlm_confusion_matrix_state,
                                    &mlm_rows_state};
  for (long i = 0; i < 4; i++) {
    expect(begin_with_weights(types[i], 1, 0.5) == MLM_FRACTIONAL, "a fractional weight", i);
    expect(begin_with_weights(types[i], 1073741824, 1073741824) == MLM_OK, "2^31 rows", i);
    expect(begin_with_weights(types[i], 1073741824, 1073741825) == MLM_TOO_MANY_DRAWS, "one more", i);
    expect(begin_with_weights(types[i], 17592186044416, 1) == MLM_TOO_MANY_DRAWS, "many more", i);
  }
  void *state = new_state(&mlm_mean_state);
  Resampler resampler;
  expect(mlm_resampler_begin(&resampler, &mlm_mean_state, state, false, &host) == MLM_MISMATCH, "a mean", 0);
  mlm_resampler_clear(&resampler);
  drop_state(&mlm_mean_state, state);
}

/* An empty state has no rows and no sample. */
static void test_empty(void) {
  void *state = new_state(&mlm_scores_state);
  Resampler resampler;
  expect(mlm_scores_state.seal(state, &host) == MLM_OK, "seal", 0);
  for (int stratified = 0; stratified < 2; stratified++) {
    expect(mlm_resampler_begin(&resampler, &mlm_scores_state, state, stratified, &host) == MLM_OK, "empty",
           0);
    expect(resampler.rows == 0 && mlm_resample(&resampler, 0, 1) == MLM_OK, "nothing to draw", 0);
    mlm_resampler_clear(&resampler);
  }
  drop_state(&mlm_scores_state, state);
}

/* ---- quantiles and intervals ---- */

static void test_quantiles(void) {
  const double x[] = {1, 2, 4, 8, INFINITY}, infinite[] = {-INFINITY, INFINITY, INFINITY};
  expect(mlm_quantile(x, 1, 0) == 1 && mlm_quantile(x, 1, 0.5) == 1 && mlm_quantile(x, 1, 1) == 1, "one", 0);
  expect(mlm_quantile(x, 4, 0) == 1 && mlm_quantile(x, 4, 1) == 8 && mlm_quantile(x, 4, 0.5) == 3, "four", 0);
  expect(mlm_quantile(x, 4, 0.25) == 1.75 && mlm_quantile(x, 4, 0.75) == 5, "quartiles", 0);
  expect(mlm_quantile(x, 5, 0.75) == 8 && mlm_quantile(x, 5, 0.9) == INFINITY, "towards Infinity", 0);
  expect(mlm_quantile(infinite, 3, 0.75) == INFINITY && mlm_quantile(infinite, 3, 0) == -INFINITY,
         "infinities", 0);
  expect(mlm_quantile(infinite, 3, 0.25) != mlm_quantile(infinite, 3, 0.25), "between infinities", 0);
  expect(mlm_quantile((const double[]){-INFINITY, 3}, 2, 0.25) == -INFINITY, "from -Infinity", 0);
  /* From the nearer end, as NumPy does. */
  expect(mlm_quantile((const double[]){1.2, 8.299999999999999}, 2, 0.5) == 4.75, "half way", 0);
  expect(mlm_quantile((const double[]){3.6, 6.800000000000001}, 2, 0.75) == 6.000000000000001, "nearer", 0);
}

static double f1(const Confusion2 *t, const double *param) { return 2 * t->tp / (2 * t->tp + t->fp + t->fn); }
static double hit_share(const ConfusionMatrix *matrix) { return mlm_confusion_matrix_hit_share(matrix); }

/* The sum of the products of the first two numbers. */
static Status sum_of_products(const Rows *rows, const Eval *in, Result *out) {
  double sum = 0;
  for (uint64_t e = 0; e < mlm_rows_entries(rows); e++) {
    RowsEntry entry = mlm_rows_entry(rows, e);
    sum += entry.x[0] * entry.x[1] * (double)entry.count; /* small integers */
  }
  mlm_result_real(out, sum);
  return MLM_OK;
}

/* As roc_auc, but not by its fast path. */
static double plain_auc(const Scores *scores, const Eval *in) { return mlm_roc_auc(scores, in); }

static double never(const Confusion2 *t, const double *param) { return t->tp > 20 ? 1 : NAN; }

static const Metric metrics[] = {{.name = "f1", MLM_OF_CONFUSION2(f1)},
                                 {.name = "share", MLM_OF_ORDERED_MATRIX(hit_share)},
                                 {.name = "products", MLM_OF_ROWS(sum_of_products)},
                                 {.name = "seldom", MLM_OF_CONFUSION2(never)},
                                 {.name = "auc", MLM_OF_SCORES(mlm_roc_auc)},
                                 {.name = "gini", MLM_OF_SCORES(mlm_gini)},
                                 {.name = "plain auc", MLM_OF_SCORES(plain_auc)}};

static double value_of(const Data *data, const Eval *in, const Unit *unit, int n) {
  Result result = {.kind = RESULT_NULL};
  void *state = new_state(data->type);
  add_units(data, unit, n, state);
  expect(in->metric->eval(state, in, &result) == MLM_OK, "value", 0);
  drop_state(data->type, state);
  return mlm_result_number(&result);
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void expect_interval(const Data *data, const Metric *metric, BootstrapMethod method) {
  enum { REPLICATES = 200 };
  const Params params = {.given = 0};
  Eval in = {.metric = metric, .params = &params, .host = &host};
  const BootstrapPlan plan = {.level = 0.5, .method = method, .replicates = REPLICATES, .seed = 5};
  BootstrapInterval got;
  double replicate[REPLICATES];
  Unit *unit = calloc((size_t)data->n, sizeof *unit);
  for (int i = 0; i < REPLICATES; i++)
    replicate[i] = value_of(data, &in, unit, draw_units(data, (uint64_t)i + 1, false, unit));
  qsort(replicate, REPLICATES, sizeof *replicate, compare_doubles);
  expect(mlm_bootstrap_interval(data->type, data->state, metric->eval, NULL, &in, &plan, &got) == MLM_OK,
         metric->name, 0);
  double value = value_of(data, &in, data->unit, data->n), low = mlm_quantile(replicate, REPLICATES, 0.25),
         high = mlm_quantile(replicate, REPLICATES, 0.75);
  bool basic = method == BOOTSTRAP_BASIC;
  expect(got.bounds.value == value && got.bounds.rows == data->n && !got.bounds.note, metric->name, 1);
  expect(got.bounds.low == (basic ? 2 * value - high : low), metric->name, 2);
  expect(got.bounds.high == (basic ? 2 * value - low : high), metric->name, 3);
  expect(got.bounds.se > 0 && got.made.replicates == REPLICATES && got.made.undefined == 0, metric->name, 4);
  free(unit);
}

static void test_intervals(void) {
  Data *table = make_data(&mlm_confusion2_state, 2, 50, 2, 1),
       *matrix = make_data(&mlm_confusion_matrix_state, 2, 50, 4, 1),
       *rows = make_data(&mlm_rows_state, 2, 50, 9, 1), *scores = make_data(&mlm_scores_state, 2, 80, 12, 1);
  for (int method = 0; method < 2; method++) {
    expect_interval(table, &metrics[0], (BootstrapMethod)method);
    expect_interval(matrix, &metrics[1], (BootstrapMethod)method);
    expect_interval(rows, &metrics[2], (BootstrapMethod)method);
    for (int m = 4; m <= 6; m++) expect_interval(scores, &metrics[m], (BootstrapMethod)method);
  }
  drop_data(scores);
  drop_data(table);
  drop_data(matrix);
  drop_data(rows);
}

/* The optimism of a set whose lowest score has negatives alone. */
static void test_optimism(void) {
  static const Row rows[] = {{.pred = 0.1, .weight = 1},
                             {.pred = 0.5, .target = 1, .weight = 1},
                             {.pred = 0.6, .weight = 1},
                             {.pred = 0.7, .weight = 1},
                             {.pred = 0.8, .target = 1, .weight = 1}};
  NamedFunction found;
  Objective objective;
  Params params = {.parsed = &objective};
  const Eval in = {.params = &params, .host = &host};
  Result out = {.kind = RESULT_NULL};
  void *scores = mlm_new_zeroed(&host, mlm_scores_state.bytes);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) mlm_scores_state.add(scores, &rows[i], 1, &host);
  expect(mlm_scores_state.seal(scores, &host) == MLM_OK && mlm_parse_objective("accuracy", 8, &objective)
             && mlm_find_function("best_cutoff_optimism", &found),
         "a set, an objective and a function", 0);
  params.number[mlm_arg_specs[ARG_REPLICATES].slot] = 50;
  const Row row = {.sets = {{.type = &mlm_scores_state, .state = scores}}};
  expect(found.scalar->eval(&row, &in, &out) == MLM_OK && mlm_result_number(&out) == 0.12400000000000001,
         "optimism", 0);
  mlm_scores_state.clear(scores, &host);
  release(scores);
}

/* Replicates that are mostly undefined give no bounds; the value alone gives none without replicates. */
static void test_notes(void) {
  const Params params = {.given = 0};
  const Eval in = {.metric = &metrics[3], .params = &params, .host = &host};
  const BootstrapPlan plan = {.level = 0.9, .replicates = 300};
  BootstrapInterval got;
  Data *many = make_data(&mlm_confusion2_state, 2, 160, 2, 1),
       *few = make_data(&mlm_confusion2_state, 2, 10, 2, 1),
       *one = make_data(&mlm_confusion2_state, 2, 1, 2, 1);
  Data *const data[] = {many, few, one};
  for (int i = 0; i < 3; i++) {
    Evaluate *eval = i == 2 ? metrics[0].eval : in.metric->eval;
    Eval with = {.metric = i == 2 ? &metrics[0] : in.metric, .params = &params, .host = &host};
    expect(mlm_bootstrap_interval(data[i]->type, data[i]->state, eval, NULL, &with, &plan, &got) == MLM_OK,
           "a note", i);
    bool none = got.made.replicates == 0;
    expect(i == 0 || none, "no replicate", i);
    if (i == 0)
      expect((2 * (300 - got.made.undefined) < 300) == (got.bounds.note != NULL), "half of them",
             got.made.undefined);
    if (got.bounds.note)
      expect(got.bounds.low != got.bounds.low && got.bounds.se != got.bounds.se, "null", i);
  }
  for (int i = 0; i < 3; i++) drop_data(data[i]);
}

/* ---- faults ---- */

static Status interval_of(const Data *data, const Metric *metric) {
  const Params params = {.given = 0};
  Eval in = {.metric = metric, .params = &params, .host = &host};
  const BootstrapPlan plan = {.level = 0.9, .replicates = 5, .stratified = true};
  BootstrapInterval got;
  return mlm_bootstrap_interval(data->type, data->state, metric->eval, NULL, &in, &plan, &got);
}

/* Every allocation fails, then every poll interrupts: the status says so, and no memory is left behind. */
static void test_faults(void) {
  const struct {
    const StateType *type;
    const Metric *metric;
  } kinds[] = {{&mlm_confusion2_state, &metrics[0]},
               {&mlm_confusion_matrix_state, &metrics[1]},
               {&mlm_rows_state, &metrics[2]},
               {&mlm_scores_state, &metrics[4]},
               {&mlm_scores_state, &metrics[6]}};
  for (int k = 0; k < 5; k++) {
    Data *data = make_data(kinds[k].type, 2, 300, 15, 1);
    for (int way = 0; way < 2; way++) {
      Status status = MLM_NOMEM;
      uint64_t before = live_bytes;
      long step = 0;
      for (; status != MLM_OK && step < 100000; step++) {
        *(way ? &stop_in : &allowed) = step;
        status = interval_of(data, kinds[k].metric);
        allowed = stop_in = -1;
        if (status) expect(status == (way ? MLM_INTERRUPTED : MLM_NOMEM), kinds[k].metric->name, step);
        expect(live_bytes == before, "nothing is left behind", step);
      }
      expect(step > 5 && status == MLM_OK, "failed more than once, then not", step);
    }
    drop_data(data);
  }
}

/* An interval of a calibration error, of three samples: each allocation fails, and those after it do not. */
static void test_one_failure(void) {
  NamedFunction found;
  const Params params = {.number = {[PARAM_LEVEL] = 0.9}};
  Data *data = make_data(&mlm_scores_state, 2, 40, 9, 1);
  const uint64_t before = live_bytes;
  long step = 0;
  expect(mlm_find_function("ece_ci", &found), "a function", 0);
  const Eval in = {.metric = found.metric, .params = &params, .host = &host, .limit = 1000, .replicates = 3};
  Evaluate *eval = mlm_form_eval(found.form, found.metric);
  fails_once = true;
  for (Status status = MLM_NOMEM; status && step < 1000; step++) {
    Result out = {.kind = RESULT_NULL, .bytes = {.limit = 1000, .host = &host}};
    allowed = step;
    status = eval(data->state, &in, &out);
    if (!status) status = out.bytes.status;
    allowed = -1;
    release(out.bytes.bytes);
    expect(status == MLM_OK || status == MLM_NOMEM, "one allocation fails", step);
    expect(live_bytes == before, "nothing is left behind", step);
  }
  fails_once = false;
  expect(step > 10 && step < 1000, "allocations", step);
  drop_data(data);
}

int main(void) {
  test_generator();
  test_poisson();
  test_hash_bytes();
  test_class_numbers();
  test_kinds();
  test_limits();
  test_empty();
  test_quantiles();
  test_intervals();
  test_optimism();
  test_notes();
  test_faults();
  test_one_failure();
  return end_of_tests();
}
