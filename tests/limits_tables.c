/* Tables of classes and of buckets at the limits of what they may hold, sums of more weights than one
 * addition takes, bytes beyond a limit, and saving that is interrupted. */
#include "metric.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state/weight_sum.h"
#include "state/confusion_matrix.h"
#include "state/log_sum.h"
#include "evaluate.h"
#include "unit.h"

extern const Family mlm_classes;

static Writer nothing(void) { return (Writer){.limit = UINT64_MAX, .host = &host}; }

static void drop(const StateType *kind, void *state) {
  kind->clear(state, &host);
  free(state);
}

/* The state that these bytes say; the bytes are freed. */
static void *loaded(const StateType *kind, Writer *out) {
  void *state = calloc(1, kind->bytes);
  Reader in = {.at = out->bytes, .end = out->bytes + out->n};
  expect(kind->load(state, &in, &host) == MLM_OK && in.at == in.end, kind->name, (long)out->n);
  release(out->bytes);
  return state;
}

/* ---- bytes ---- */

static void test_limits_of_bytes(void) {
  for (uint64_t limit = 0; limit < 12; limit++) {
    Writer out = {.limit = limit, .host = &host};
    mlm_write_u64(&out, 1);
    expect(out.status == (limit < 8 ? MLM_TOOBIG : MLM_OK) && out.n == (limit < 8 ? 0 : 8), "one number",
           (long)limit);
    mlm_write_bytes(&out, "abc", 3);
    expect(out.status == (limit < 11 ? MLM_TOOBIG : MLM_OK), "and three bytes", (long)limit);
    release(out.bytes);
  }
}

static HeaderFault header_of(const char *name, char got[32]) {
  Writer out = nothing();
  mlm_write_header(&out, name);
  mlm_write_end(&out);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  HeaderFault fault = mlm_read_header(&in, got);
  release(out.bytes);
  return fault;
}

static void test_names(void) {
  const char *longest = "a_name_of_31_letters_0123456789";
  char name[40], got[32];
  expect(header_of(longest, got) == HEADER_OK && strcmp(got, longest) == 0, "31 letters", 0);
  snprintf(name, sizeof name, "%sx", longest);
  expect(header_of(name, got) == HEADER_DAMAGED, "32 letters", 0);
  expect(header_of("", got) == HEADER_DAMAGED, "no letter", 0);
  expect(header_of("A", got) == HEADER_DAMAGED && header_of("a-b", got) == HEADER_DAMAGED, "other letters",
         0);
}

/* ---- sums of weights ---- */

/* 3 · 2^30 rows and more of weight 0.3: their sum is 0.9000000000000001 (3 · 0.3, rounded once) times a
 * power. */
static void test_many_rows(void) {
  for (int64_t rows = (int64_t)3 << 28; rows <= (int64_t)3 << 40; rows *= 2) {
    WeightSum amount = {0};
    FractionalRows alike = {.rows = rows, .weight = 0.3}, one = {.rows = 1, .weight = 0.5};
    double want = 3 * 0.3 * (double)(rows / 3);
    expect(mlm_weight_sum_add_fractional(&amount, &alike, 1, &host) == MLM_OK, "fold", (long)rows);
    expect(mlm_weight_sum_value(&amount) == want, "so many rows of one weight", (long)rows);
    expect(mlm_weight_sum_add_fractional(&amount, &one, 1, &host) == MLM_OK, "another weight", (long)rows);
    expect(mlm_weight_sum_add_fractional(&amount, &one, -1, &host) == MLM_OK, "and back", (long)rows);
    expect(mlm_weight_sum_value(&amount) == want && mlm_weight_sum_fractional_rows(&amount) == rows,
           "as before", (long)rows);
    expect(mlm_weight_sum_add_fractional(&amount, &alike, -1, &host) == MLM_OK
               && mlm_weight_sum_is_zero(&amount),
           "all back", (long)rows);
  }
}

/* part / (part + rest) where the sum of both is no double. */
static void test_shares(void) {
  const int64_t exact = (int64_t)1 << 53;
  const struct {
    int64_t part, overflow;
    double share;
  } given[] = {
      {exact - 1, 1, 1 - 0x1p-53},
      {exact + 3, 1, 1 - 0x1p-53}, /* in doubles 2^53 + 4 over the same */
      {1, exact + 3, 0x1p-53 * (1 - 0x1p-51)},
      {exact - 1, exact + 3, 0.5 - 0x1p-53}, /* in doubles over 2^54 */
      {(int64_t)3 << 60, (int64_t)1 << 60, 0.75},
      {INT64_MAX - 1, 1, 1},
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    const WeightSum part = {.count = given[i].part}, overflow = {.count = given[i].overflow};
    expect(mlm_weight_sum_share(&part, &overflow) == given[i].share, "a share", (long)i);
  }
}

/* 2·both / (a + b) and part / whole of counts beyond doubles, and whose sums are beyond an int64. */
static void test_ratios(void) {
  const int64_t huge = (int64_t)1 << 62, odd = ((int64_t)1 << 53) + 1;
  const struct {
    int64_t both, a, b;
    double overlap, ratio;
  } given[] = {
      {huge, huge + huge / 2, huge, 0.8, 0x1.5555555555555p-1},
      {huge, INT64_MAX, INT64_MAX, 0.5, 0.5},
      {odd, odd, odd + 2, 1 - 0x1p-53, 1},
      {odd, odd + 2, odd + 2, 1 - 0x1p-52, 1 - 0x1p-52},
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    const WeightSum both = {.count = given[i].both}, a = {.count = given[i].a}, b = {.count = given[i].b};
    expect(mlm_weight_sum_overlap(&both, &a, &b) == given[i].overlap, "an overlap", (long)i);
    expect(mlm_weight_sum_ratio(&both, &a) == given[i].ratio, "a ratio", (long)i);
  }
}

/* ---- class tables ---- */

/* So many rows left out, and rows of prediction 1, label 1: of weight 1, and of other weights. */
static Writer classes_saved(uint64_t left_out, uint64_t count, uint64_t others) {
  Writer out = nothing();
  mlm_write_varint(&out, left_out);
  mlm_write_varint(&out, count ? 1 : 0);
  if (count) {
    uint8_t type = CLASS_INTEGER;
    mlm_write_bytes(&out, &type, 1);
    mlm_write_signed(&out, 1);
  }
  mlm_write_varint(&out, count ? 1 : 0);
  for (int i = 0; count && i < 4; i++) mlm_write_varint(&out, i == 2 ? count : i == 3 ? others : 0);
  return out;
}

static void *classes_of(uint64_t left_out, uint64_t count) {
  Writer out = classes_saved(left_out, count, 0);
  return loaded(&mlm_confusion_matrix_state, &out);
}

/* Counts that no rows add up to. */
static void expect_refused(uint64_t left_out, uint64_t count, uint64_t others) {
  const StateType *kind = &mlm_confusion_matrix_state;
  Writer out = classes_saved(left_out, count, others);
  void *state = calloc(1, kind->bytes);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  expect(kind->load(state, &in, &host) == MLM_CORRUPT, "a count beyond 2^63", (long)(count >> 1));
  release(out.bytes);
  drop(kind, state);
}

static void expect_left_out(uint64_t a, uint64_t b, uint64_t rows_of_b, Status wanted) {
  const StateType *kind = &mlm_confusion_matrix_state;
  ConfusionMatrix *into = classes_of(a, 5), *from = classes_of(b, rows_of_b);
  expect(kind->merge(into, from, &host) == wanted, "rows left out", wanted);
  expect(mlm_confusion_matrix_left_out(into) == (int64_t)(wanted ? a : a + b), "left out of both", (long)b);
  expect(mlm_confusion_matrix_rows(into) == (int64_t)(wanted ? 5 : 5 + rows_of_b), "rows of both", (long)b);
  drop(kind, from);
  drop(kind, into);
}

static const Metric *metric_of(const char *name) {
  for (const Metric *metric = mlm_classes.metrics; metric->name; metric++)
    if (strcmp(metric->name, name) == 0) return metric;
  expect(false, name, 0);
  exit(1);
}

/* 2^63 - 1 rows are 2^63 as a double, which is no INTEGER. */
static void test_full_table(void) {
  const StateType *kind = &mlm_confusion_matrix_state;
  ConfusionMatrix *full = classes_of(0, INT64_MAX);
  expect(kind->seal(full, &host) == MLM_OK, "seal", 0);
  Result result;
  Status status = evaluate(metric_of("confusion_table"), full, &host, 100000, &result);
  StrBuf table = result.bytes;
  expect(status == MLM_OK && table.n > 0, "a table", 0);
  mlm_str_add(&table, "", 1);
  expect(strstr(table.bytes, "9.223372036854776e+18") != NULL, table.bytes, 0);
  release(table.bytes);
  const TableFunction *function = mlm_classes.tables;
  uint64_t cursor[64] = {0};
  Cell cell;
  Row row = {.sets = {{.type = kind, .state = full}}};
  bool more = false;
  expect(function->cursor_bytes <= sizeof cursor && function->next(cursor, &row, &(Eval){0}, &more) == MLM_OK
             && more,
         "a class", 0);
  for (int column = 4; column <= 5; column++) {
    function->column(cursor, &row, column, &cell);
    expect(cell.type == CELL_REAL && cell.real == 0x1p63, "a count as a REAL", column);
  }
  drop(kind, full);
  full = classes_of(0, INT64_MAX / 2); /* 2^62 as a double, and an INTEGER */
  expect(kind->seal(full, &host) == MLM_OK, "seal", 0);
  memset(cursor, 0, sizeof cursor);
  row.sets[0].state = full;
  function->next(cursor, &row, &(Eval){0}, &more);
  function->column(cursor, &row, 4, &cell);
  expect(cell.type == CELL_INTEGER && cell.integer == (int64_t)1 << 62, "a count as an INTEGER", 4);
  drop(kind, full);
}

/* A million and more pairs: the host is polled while the classes are sorted, and while the pairs are. */
static void test_stopped_saving(void) {
  enum { CLASSES = 1100 };
  const StateType *kind = &mlm_confusion_matrix_state;
  ConfusionMatrix *tab = calloc(1, kind->bytes);
  for (int pred = 0; pred < CLASSES; pred++)
    for (int label = 0; label < CLASSES; label++) {
      Row row = {.weight = 1,
                 .pred_class = {.type = CLASS_INTEGER, .integer = pred},
                 .target_class = {.type = CLASS_INTEGER, .integer = label}};
      if (kind->add(tab, &row, 1, &host)) expect(false, "add", pred);
    }
  uint64_t whole = 0;
  for (long polls = -1;; polls++) {
    Writer out = nothing();
    stop_in = polls;
    kind->save(tab, &out);
    expect(out.status == (polls >= 0 && stop_in < 0 ? MLM_INTERRUPTED : MLM_OK), "stopped", polls);
    if (polls < 0) whole = out.n;
    uint64_t n = out.n;
    Status status = out.status;
    release(out.bytes);
    if (polls < 0 || status) continue;
    expect(n == whole && polls > 10, "asked by the sorts of classes and of pairs", polls);
    break;
  }
  stop_in = -1;
  drop(kind, tab);
}

/* ---- buckets ---- */

static const uint64_t centre = (uint64_t)1 << 63;

typedef struct Given {
  uint64_t key, count, sum[4];
} Given;

static void *buckets(int n, const Given *bucket) {
  Writer out = nothing();
  mlm_write_varint(&out, (uint64_t)n);
  uint64_t last = 0;
  for (int i = 0; i < n; i++) {
    mlm_write_varint(&out, bucket[i].key - last);
    mlm_write_varint(&out, bucket[i].count);
    last = bucket[i].key;
    for (int word = 0; bucket[i].sum[3] && word < 4; word++) mlm_write_varint(&out, bucket[i].sum[word]);
  }
  return loaded(&mlm_log_sum_state, &out);
}

/* Two neighbours, of which the lower one's sum carries into the highest word of the upper one's: 2^193 -
 * 2^128 and 2^128. */
static void test_carry(void) {
  for (int up = -20; up < 20; up++) {
    const uint64_t key = centre + (uint64_t)up;
    void *state =
        buckets(2, (Given[]){{key - 1, 1 << 28, {0, 0, 0, 1}}, {key, 1 << 30, {0, 0, UINT64_MAX, 1}}});
    double value = mlm_log_sum_value(state),
           want = (double)(0.693147180559945309417232121458L * (193 + 64 * up));
    /* 0.51 ulp of the value, 0.5 of what it is compared with: neighbours at most. */
    expect(fabs(value - want) <= fabs(want) * 0x1p-52, "ln of a power of 2", up);
    expect(mlm_log_sum_rows(state) == (1 << 28) + (1 << 30), "rows", up);
    drop(&mlm_log_sum_state, state);
  }
}

static void test_rows_of_buckets(void) {
  const StateType *kind = &mlm_log_sum_state;
  const uint64_t infinite = centre | (uint64_t)0x7ff << 52;
  for (uint64_t more = 0; more < 2; more++) {
    void *into = buckets(1, (Given[]){{infinite, (uint64_t)INT64_MAX - 1, {0}}});
    void *from = buckets(1, (Given[]){{infinite, 1 + more, {0}}});
    expect(kind->merge(into, from, &host) == (more ? MLM_OVERFLOW : MLM_OK), "rows", (long)more);
    expect(mlm_log_sum_rows(into) == INT64_MAX - (int64_t)more, "rows of both", (long)more);
    expect(mlm_log_sum_value(into) == INFINITY, "Infinity", (long)more);
    drop(kind, from);
    drop(kind, into);
  }
}

int main(void) {
  test_limits_of_bytes();
  test_names();
  test_many_rows();
  test_shares();
  test_ratios();
  expect_left_out(MLM_MOST_ROWS - 7, 7, 2, MLM_OK);
  expect_left_out(MLM_MOST_ROWS - 7, 7, 0, MLM_OK);
  expect_left_out(MLM_MOST_ROWS - 7, 8, 2, MLM_OVERFLOW);
  expect_left_out(INT64_MAX, 0, 2, MLM_OVERFLOW);
  expect_refused(0, (uint64_t)1 << 63, 0);
  expect_refused(0, UINT64_MAX, 0);
  expect_refused((uint64_t)1 << 63, 5, 0);
  expect_refused(0, 5, (uint64_t)1 << 63);
  test_full_table();
  test_stopped_saving();
  test_carry();
  test_rows_of_buckets();
  return end_of_tests();
}
