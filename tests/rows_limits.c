/* The multiset of rows at its limits: lengths that differ, counts near 2^62, memory a row, bytes a number,
 * states that claim more than their bytes. */
#include "state/rows.h"

#include <math.h>
#include <string.h>

#include "state/rows_layout.h"

#include "random.h"
#include "row_sets.h"

enum { NEW_LENGTH = 2 };

/* ---- lengths ---- */

static Status put_numbers(Rows *rows, uint32_t columns, int sign) {
  const Row row = {.x = {1, 2, 3, 4, 5, 6}, .columns = columns, .weight = 1};
  return kind->add(rows, &row, sign, &host);
}

static void test_lengths(void) {
  Rows *rows = fresh(), *other = fresh(), *none = fresh(), *gone[2] = {fresh(), fresh()};
  Row huge = {.preds = {&(double){0}, (size_t)1 << 24}, .weight = 1};
  expect(put_numbers(rows, 0, 1) == MLM_MISMATCH, "no number", 0);
  expect(mlm_rows_begin(rows, MLM_MOST_COLUMNS, &host) == MLM_OK && mlm_rows_columns(rows) == 1 << 24,
         "as long as may be", 0);
  expect(kind->add(rows, &huge, 1, &host) == MLM_TOOBIG, "too long", 0);
  expect(put_numbers(rows, 3, 1) == MLM_OK && put_numbers(rows, 2, 1) == MLM_MISMATCH, "other length", 0);
  expect(put_numbers(other, 2, 1) == MLM_OK, "two", 0);
  expect(kind->merge(rows, other, &host) == MLM_MISMATCH
             && kind->subtract(rows, other, &host) == MLM_MISMATCH,
         "other length", 1);
  expect(mlm_rows_columns(rows) == 3 && mlm_rows_count(rows) == 1, "as before", 0);
  for (int sign = 1; sign >= -1; sign -= 2)
    for (int i = 0; i < 2; i++) expect(put_numbers(gone[i], 2, sign) == MLM_OK, "came and went", i);
  kind->leave_out(none, 1);
  expect(kind->merge(rows, none, &host) == MLM_OK && kind->subtract(rows, none, &host) == MLM_OK, "no row",
         0);
  expect(kind->merge(rows, gone[0], &host) == MLM_OK && kind->subtract(rows, gone[1], &host) == MLM_OK,
         "no row of another length", 0);
  expect(kind->seal(rows, &host) == MLM_OK && mlm_rows_entries(rows) == 1, "one as before", 0);
  expect(put_numbers(rows, 3, -1) == MLM_OK && kind->empty(rows), "all gone", 0);
  expect(kind->merge(none, rows, &host) == MLM_OK && kind->merge(rows, none, &host) == MLM_OK, "no rows", 0);
  expect(put_numbers(rows, NEW_LENGTH, 1) == MLM_OK && mlm_rows_columns(rows) == 2, "a new length", 0);
  expect(put_numbers(rows, NEW_LENGTH, -1) == MLM_OK && kind->merge(rows, other, &host) == MLM_OK, "merged",
         0);
  expect(mlm_rows_count(rows) == 1 && mlm_rows_left_out(rows) == 1, "rows", 0);
  expect(kind->seal(rows, &host) == MLM_OK && mlm_rows_entries(rows) == 1, "entries", 0);
  drop(rows);
  drop(other);
  drop(none);
  drop(gone[0]);
  drop(gone[1]);
  rows = fresh();
  expect(mlm_rows_sort(rows, &host) == MLM_OK && kind->seal(rows, &host) == MLM_OK && kind->empty(rows),
         "nothing", 0);
  drop(rows);
}

/* Rows of other weights that all went, so that the next one begins anew. */
static void test_all_gone(void) {
  enum { MANY = 600 };
  Rows *rows = fresh();
  for (int sign = 1; sign >= -1; sign -= 2)
    for (int i = 0; i < MANY; i++) expect(put_row(rows, i, 1, 0, 0.5, sign) == MLM_OK, "came and went", i);
  expect(put_row(rows, 1, 2, 3, 0.25, 1) == MLM_OK && mlm_rows_count(rows) == 1, "one", 0);
  expect(kind->seal(rows, &host) == MLM_OK && mlm_rows_entries(rows) == 1, "one entry", 0);
  expect(put_row(rows, 1, 2, 3, 0.25, -1) == MLM_OK && kind->seal(rows, &host) == MLM_OK, "none", 0);
  expect(mlm_rows_columns(rows) == 0 && mlm_rows_entries(rows) == 0, "no row, so no numbers", 0);
  expect(put_row(rows, 4, 5, 6, 1, 1) == MLM_OK && mlm_rows_at(rows, 0)[2] == 6, "another", 0);
  drop(rows);
}

/* ---- kinds ---- */

/* What each kind keeps of a row of numbers, or of three probabilities and labels: so many numbers, or none.
 */
static void test_kinds(void) {
  const struct {
    const StateType *kind;
    double x[2], value;
    uint32_t columns;
    double kept[6];
  } given[] = {{&mlm_rows_state, {7, -0.0}, 0, 2, {7, 0}},
               {&mlm_value_rows_state, {7, 8}, 2.5, 1, {2.5}},
               {&mlm_value_rows_state, {7, 8}, NAN, 1, {MLM_NO_VALUE}},
               {&mlm_query_rows_state, {7, 0}, 0, 2, {7, 0}},
               {&mlm_query_rows_state, {7, 3}, 0, 2, {7, 3}},
               {&mlm_query_rows_state, {NAN, 3}, 0, 2, {0, -3}},
               {&mlm_query_rows_state, {NAN, 0}, 0, 0, {0}},
               {&mlm_decision_rows_state, {0.5, 0}, 0, 6, {0, 1, 1, 0, 1, 1}}};
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    double score[] = {0.25, 0.5, 0.75, 2}, label[] = {0, 1, 1};
    Rows *rows = fresh();
    Row row = {.weight = 1, .value = given[i].value, .columns = 2};
    memcpy(row.x, given[i].x, sizeof given[i].x);
    if (given[i].kind == &mlm_decision_rows_state) {
      row.preds = (Vector){score, 3};
      row.targets = (Vector){label, 3};
    }
    expect(given[i].kind->add(rows, &row, 1, &host) == MLM_OK, "a row", (long)i);
    expect(mlm_rows_columns(rows) == given[i].columns, "numbers", (long)i);
    for (uint32_t c = 0; c < mlm_rows_columns(rows); c++)
      expect(mlm_rows_at(rows, 0)[c] == given[i].kept[c], "a number", (long)i);
    expect(score[3] == 2, "the number behind the vector", (long)i);
    drop(rows);
  }
}

/* ---- counts ---- */

static void test_counts(void) {
  const double most_weight = 0x1p44;
  Rows *rows = fresh(), *double_rows = fresh();
  put_row(rows, 0.5, 0.25, 1, most_weight, 1);
  for (int i = 44; i < 61; i++) {
    Writer bytes = saved(rows);
    Rows *again = fresh();
    expect(load(again, &bytes) == MLM_OK && kind->merge(rows, again, &host) == MLM_OK, "doubled", i);
    expect(mlm_rows_count(rows) == (int64_t)1 << (i + 1), "rows", i);
    release(bytes.bytes);
    drop(again);
  }
  Writer bytes = saved(rows);
  expect(load(double_rows, &bytes) == MLM_OK && kind->merge(rows, double_rows, &host) == MLM_OK, "2^62", 0);
  for (int k = 1; k < 5; k += 3) expect(put_row(rows, 0, 0, 0, k, 1) == MLM_OVERFLOW, "no more", k);
  expect(put_row(rows, 0, 0, 0, 0.5, 1) == MLM_OVERFLOW, "no more", 0);
  expect(kind->merge(rows, double_rows, &host) == MLM_OVERFLOW, "nor merged", 0);
  expect(mlm_rows_count(rows) == MLM_MOST_ROWS, "2^62", 0);
  Writer most = saved(rows);
  Rows *again = fresh();
  expect(load(again, &most) == MLM_OK && mlm_rows_count(again) == MLM_MOST_ROWS, "loaded", 0);
  for (int five = 5; five >= 3;
       five -= 2) { /* five go and come, together or not, so that there is room for them */
    for (int i = 0; i < 5; i++) expect(put_row(again, 0.5, 0.25, 1, 1, -1) == MLM_OK, "one", i);
    expect(put_row(again, 0.5, 0.25, 1, 6, 1) == MLM_OVERFLOW, "one too many", five);
    expect(kind->merge(again, double_rows, &host) == MLM_OVERFLOW, "or more", five);
    for (int i = five; i < 5; i++) expect(put_row(again, 0.5, 0.25, 1, 1, 1) == MLM_OK, "one", i);
    expect(put_row(again, 0.5, 0.25, 1, five, 1) == MLM_OK, "the others", five);
  }
  expect(put_row(again, 0.5, 0.25, 1, 1, 1) == MLM_OVERFLOW, "no more beside them", 0);
  expect_same(rows, again, "some left, as many came", 0);
  release(bytes.bytes);
  release(most.bytes);
  drop(rows);
  drop(double_rows);
  drop(again);
}

static void test_left_out(void) {
  for (uint64_t more = 0; more < 3; more++) {
    Rows *into = fresh(), *from = fresh();
    Writer a = {.limit = 99, .host = &host}, b = a;
    mlm_write_varint(&a, MLM_MOST_ROWS - 3);
    mlm_write_varint(&b, more == 2 ? UINT64_MAX : 3 + more);
    mlm_write_varint(&a, 0);
    mlm_write_varint(&b, 0);
    expect(load(into, &a) == MLM_OK && load(from, &b) == (more == 2 ? MLM_CORRUPT : MLM_OK), "left out",
           (long)more);
    Writer again = saved(into);
    expect(again.n == a.n && memcmp(again.bytes, a.bytes, a.n) == 0, "saved again", (long)more);
    release(again.bytes);
    if (more < 2)
      expect(kind->merge(into, from, &host) == (more ? MLM_OVERFLOW : MLM_OK), "of both", (long)more);
    release(a.bytes);
    release(b.bytes);
    drop(into);
    drop(from);
  }
}

/* ---- memory ---- */

static void test_memory(void) {
  enum { MANY = 1 << 20, POLLS = 1000000 };
  Rows *rows = fresh();
  for (int i = 0; i < MANY; i++) {
    put_row(rows, draw_unit(), draw_unit(), i & 1, 1, 1);
    if (i % 1000 == 999)
      expect_x((double)live_bytes < 24.1 * i + 65536, "8 bytes a number", (double)live_bytes);
  }
  expect_x((double)live_bytes < 24 * 1.07 * MANY, "7 % more at most", (double)live_bytes);
  Writer bytes = saved(rows);
  expect_x((double)bytes.n < (6 + 8 + 1) * (double)MANY, "bytes saved", (double)bytes.n);
  release(bytes.bytes);
  drop(rows);
  rows = fresh(); /* only ten distinct rows, repeated, in a frame that is never evaluated */
  for (int i = 0; i < MANY; i++) {
    put_row(rows, i % 10, 0.5, i & 1, 0.7, 1);
    put_row(rows, i, 0, 0, 1, 1);
    put_row(rows, i, 0, 0, 1, -1);
  }
  expect_x(live_bytes < 1 << 20, "rows that repeat or cancel", (double)live_bytes);
  expect(mlm_rows_count(rows) == MANY && !kind->integral(rows), "rows", 0);
  drop(rows);
  rows = fresh();
  for (int i = 0; i < MANY; i++) put_row(rows, i % 100, 0.5, 1, 1, 1);
  expect_x(live_bytes < 1 << 20, "rows that repeat often", (double)live_bytes);
  expect(mlm_rows_sort(rows, &host) == MLM_OK && mlm_rows_entries(rows) == 100, "sorted they are counted", 0);
  expect_x(live_bytes < 1 << 20, "and take less", (double)live_bytes);
  drop(rows);
  rows = fresh();
  stop_in = POLLS;
  for (int i = 0; i < MANY; i++) put_row(rows, i * 7 % 20000, 0.5, 1, 1, 1);
  expect_x(live_bytes < 24 * MANY / 6, "or fifty times, far apart", (double)live_bytes);
  expect_x(POLLS - stop_in < 75, "sorted only when there are as many as entries", (double)(POLLS - stop_in));
  stop_in = -1;
  drop(rows);
  rows = fresh();
  stop_in = POLLS;
  for (int i = 0; i < MANY / 8; i++) put_row(rows, i, 0.5, 1, 0.5, 1);
  expect_x(live_bytes < (24 + 16) * 1.07 * (MANY / 8), "16 bytes more for other weights", (double)live_bytes);
  expect_x(POLLS - stop_in < 12, "sorted each time there are twice as many", (double)(POLLS - stop_in));
  stop_in = -1;
  for (int i = 1; i < MANY / 8; i++) put_row(rows, i, 0.5, 1, 0.5, -1);
  expect(kind->seal(rows, &host) == MLM_OK && mlm_rows_entries(rows) == 1, "one is left", 0);
  expect_x(live_bytes < 1 << 20, "and takes little", (double)live_bytes);
  drop(rows);
  rows = fresh();
  for (int i = 0; i < MANY; i++) put_row(rows, i * 7 % (MANY / 4), 0.5, 1, 1, 1);
  expect(mlm_rows_entries(rows) == MANY, "four times is not worth sorting", 0);
  expect(mlm_rows_sort(rows, &host) == MLM_OK && mlm_rows_entries(rows) == MANY / 4, "sorted all the same",
         0);
  drop(rows);
}

/* Whether rows repeat is told by a sample, which neither a period nor the rows that came first mislead. */
static void test_samples(void) {
  enum { MANY = 1 << 18, FIRST = 2000, PERIOD = 32 };
  for (int way = 0; way < 2; way++) {
    Rows *rows = fresh();
    for (int i = 0; i < MANY; i++) {
      const bool once = way ? i < FIRST : i % PERIOD == 0;
      put_row(rows, once ? i : -1, 0.5, 1, 1, 1);
    }
    expect_x(live_bytes < 24 * MANY / 4, way ? "distinct rows first" : "distinct rows in a period",
             (double)live_bytes);
    drop(rows);
  }
}

/* Rows that repeated are sorted at once where they come again, but only once more if they do not. */
static void test_no_longer_repeated(void) {
  enum { REPEATED = 20000, DISTINCT = 32000, LOOK_AT = DISTINCT / 2 };
  Rows *rows = fresh();
  for (int i = 0; i < REPEATED; i++) put_row(rows, i % 10, 0.5, 1, 1, 1);
  for (int i = 0; i < DISTINCT; i++) put_row(rows, -i, 0.5, 1, 1, 1);
  expect(mlm_rows_at(rows, LOOK_AT)[0] > mlm_rows_at(rows, LOOK_AT + 1)[0], "in the order they came", 0);
  drop(rows);
}

/* Of equal rows of which one was taken back, up to three stay single, and more become an entry. */
static void test_few_left(void) {
  enum { FEW = 3, MOST_LEFT = 6 };
  for (int left = 1; left <= MOST_LEFT; left++) {
    Rows *rows = fresh();
    for (int i = 0; i <= left; i++) put_row(rows, 1, 2, 3, 1, 1);
    expect(put_row(rows, 1, 2, 3, 1, -1) == MLM_OK && kind->seal(rows, &host) == MLM_OK, "one less", left);
    expect(mlm_rows_are_single(rows) == (left <= FEW), "single", left);
    expect(mlm_rows_entries(rows) == (uint64_t)(left <= FEW ? left : 1), "entries", left);
    drop(rows);
  }
}

/* A copy has all that is saved; a row that is taken back by a state alone finds room. */
static void test_copy(void) {
  Rows *rows = fresh(), *copy = fresh(), *one = fresh(), *want = fresh();
  kind->leave_out(rows, 1);
  for (int i = 0; i < 9; i++) put_row(rows, i, 0, 0, i % 3 == 0 ? 0.5 : i % 3, 1);
  expect(mlm_rows_copy(rows, copy, &host) == MLM_OK, "copied", 0);
  expect_same(rows, copy, "a copy", 0);
  put_row(one, 1, 0, 0, 1, 1);
  put_row(want, 1, 0, 0, 1, 1);
  for (int i = 0; i < 2; i++) put_row(one, i, 0, 0, 1, 1);
  kind->clear(copy, &host);
  put_row(copy, 0, 0, 0, 1, 1);
  put_row(copy, 1, 0, 0, 1, 1);
  expect(kind->subtract(one, want, &host) == MLM_OK, "one row less", 0);
  expect_same(one, copy, "the others", 0);
  drop(rows);
  drop(copy);
  drop(one);
  drop(want);
}

/* A state of `columns` columns of zeros that says it has n entries, of which `repeated` are counted. */
static Writer claim(uint64_t columns, uint64_t n, uint64_t repeated) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  mlm_write_varint(&out, 0);
  mlm_write_varint(&out, columns);
  mlm_write_bytes(&out, "", 1);
  for (uint64_t c = 0; c < columns && c < 1000; c++)
    mlm_write_bytes(&out, (const uint8_t[]){255, 0, 1}, c > 0 ? 3 : 2);
  mlm_write_varint(&out, n);
  mlm_write_varint(&out, repeated);
  for (int i = 0; i < 2000; i++) mlm_write_bytes(&out, "", 1);
  return out;
}

static void test_claims(void) {
  static const uint64_t big[] = {3000, 1 << 20, (uint64_t)1 << 32, (uint64_t)1 << 62, UINT64_MAX};
  for (int i = 0; i < 5; i++) {
    for (int what = 0; what < 3; what++) {
      Writer bytes = claim(what == 0 ? big[i] : 3, what == 1 ? big[i] : 10, what == 2 ? big[i] : 0);
      Rows *rows = fresh();
      uint64_t before = live_bytes;
      expect(load(rows, &bytes) == MLM_CORRUPT, "a claim", i);
      expect_x(live_bytes < before + 100000, "no memory for it", (double)live_bytes);
      drop(rows);
      release(bytes.bytes);
    }
  }
}

/* Two rows, the second of which is counted as 2^62 less 1, or one more. */
static void test_false_counts(void) {
  for (uint64_t more = 0; more < 2; more++) {
    Writer out = {.limit = UINT64_MAX, .host = &host};
    Rows *rows = fresh();
    mlm_write_bytes(&out, (const uint8_t[]){0, 1, 0, 255, 0, 2, 1, 2}, 8);
    mlm_write_varint(&out, (uint64_t)MLM_MOST_ROWS - 1 + more);
    mlm_write_bytes(&out, (const uint8_t[]){0, 1}, 2);
    expect(load(rows, &out) == (more ? MLM_CORRUPT : MLM_OK), "2^62 rows at most", (long)more);
    release(out.bytes);
    drop(rows);
  }
}

/* Bytes that are canonical except in one respect. */
static void test_false_forms(void) {
  static const uint8_t one_row[] = {0, 2, 0, 255, 0, 255, 2, 1, 1, 0, 0, 0};
  static const uint8_t wide[] = {0, 2, 0, 255, 0, 255, 2, 2, 1, 0, 0, 0, 0};
  static const uint8_t no_weight[] = {0, 1, 1, 255, 0, 255, 2, 1, 1, 0, 0, 0};
  const Writer good = {.bytes = (uint8_t *)(uintptr_t)one_row, .n = sizeof one_row};
  const Writer bad[] = {{.bytes = (uint8_t *)(uintptr_t)wide, .n = sizeof wide},
                        {.bytes = (uint8_t *)(uintptr_t)no_weight, .n = sizeof no_weight}};
  Rows *rows = fresh();
  expect(load(rows, &good) == MLM_OK && mlm_rows_at(rows, 0)[1] == 1, "a row of 0 and 1", 0);
  expect(rows->single.n == 1 && rows->counted.n == 0, "which takes 16 bytes", 0);
  drop(rows);
  for (int i = 0; i < 2; i++) {
    rows = fresh();
    expect(load(rows, &bad[i]) == MLM_CORRUPT, "another form", i);
    drop(rows);
  }
  enum { LONG = 3 << 24 };
  uint8_t *zeros = calloc(1, LONG);
  memcpy(zeros + 1, "\x81\x80\x80\x08", 4); /* 2^24 + 1 columns */
  rows = fresh();
  expect(load(rows, &(Writer){.bytes = zeros, .n = LONG}) == MLM_CORRUPT, "too long rows", 0);
  zeros[1] = 0x80; /* 2^24 are read on */
  allowed = 0;
  expect(load(rows, &(Writer){.bytes = zeros, .n = LONG}) == MLM_NOMEM, "the longest rows", 0);
  allowed = -1;
  drop(rows);
  free(zeros);
}

/* Each limit of bytes below what it takes is one too few. */
static void test_too_big(void) {
  Rows *rows = fresh();
  for (int i = 0; i < 20; i++) put_row(rows, i / 2, 0.5, 1, i < 10 ? 1 : 0.5, 1);
  Writer bytes = saved(rows);
  for (uint64_t limit = 0; limit <= bytes.n; limit++) {
    Writer out = {.limit = limit, .host = &host};
    kind->save(rows, &out);
    expect(out.status == (limit < bytes.n ? MLM_TOOBIG : MLM_OK), "limit", (long)limit);
    release(out.bytes);
  }
  release(bytes.bytes);
  drop(rows);
}

/* ---- forms ---- */

/* How many bytes n rows take whose columns are what `number` says. */
static uint64_t bytes_of(double (*number)(int i), int n) {
  Rows *rows = fresh();
  for (int i = 0; i < n; i++) put_row(rows, i, number(i), number(i + 1), 1, 1);
  Writer bytes = saved(rows);
  Rows *again = fresh();
  expect(load(again, &bytes) == MLM_OK, "load", n);
  expect_same(rows, again, "the same", n);
  uint64_t size = bytes.n;
  release(bytes.bytes);
  drop(rows);
  drop(again);
  return size;
}

static double a_label(int i) { return i & 1; }
static double a_class(int i) { return i % 1000; }
static double a_float(int i) { return (double)(float)(i * 0.001); }
static double a_double(int i) { return i * 0.001 - 1; }
static double a_large_integer(int i) { return (i & 1 ? -1 : 1) * 9007199254740992.0; }
static double an_infinity(int i) { return i & 1 ? -INFINITY : INFINITY; }
static double a_negative(int i) { return -0.5 - i; }

static void test_forms(void) {
  enum { N = 1000, HEAD = 40 };
  expect_x(bytes_of(a_label, N) < 3 * N + HEAD, "labels", (double)bytes_of(a_label, N));
  expect_x(bytes_of(a_class, N) < 5 * N + HEAD, "classes", (double)bytes_of(a_class, N));
  expect_x(bytes_of(a_float, N) < 11 * N + HEAD, "floats", (double)bytes_of(a_float, N));
  expect_x(bytes_of(a_double, N) < 17 * N + HEAD, "doubles", (double)bytes_of(a_double, N));
  expect_x(bytes_of(a_large_integer, N) < 17 * N + HEAD, "large integers",
           (double)bytes_of(a_large_integer, N));
  expect_x(bytes_of(an_infinity, N) < 17 * N + HEAD, "infinities", (double)bytes_of(an_infinity, N));
  expect_x(bytes_of(a_negative, N) < 17 * N + HEAD, "negative numbers", (double)bytes_of(a_negative, N));
}

int main(void) {
  test_lengths();
  test_all_gone();
  test_kinds();
  test_counts();
  test_left_out();
  test_memory();
  test_samples();
  test_no_longer_repeated();
  test_few_left();
  test_copy();
  test_claims();
  test_false_counts();
  test_false_forms();
  test_too_big();
  test_forms();
  expect_x(live_bytes == 0, "blocks left", (double)live_bytes);
  return end_of_tests();
}
