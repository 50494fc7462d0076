/* The multiset of rows at its limits: lengths that differ, counts near 2^62, memory a row, bytes a number,
 * states that claim more than their bytes. */
#include "state/rows.h"

#include <math.h>
#include <string.h>

#include "random.h"
#include "row_sets.h"

enum { NEW_LENGTH = 2 };

static Status load(Rows *rows, const Writer *bytes) {
  Reader in = {.at = bytes->bytes, .end = bytes->bytes + bytes->n};
  Status status = kind->load(rows, &in, &host);
  return status == MLM_OK && in.at != in.end ? MLM_CORRUPT : status;
}

/* ---- lengths ---- */

static Status put_numbers(Rows *rows, uint32_t columns, int sign) {
  const Row row = {.x = {1, 2, 3, 4, 5, 6}, .columns = columns, .weight = 1};
  return kind->add(rows, &row, sign, &host);
}

static void test_lengths(void) {
  Rows *rows = fresh(), *other = fresh(), *none = fresh();
  Row huge = {.preds = {&(double){0}, (size_t)1 << 24}, .weight = 1};
  expect(put_numbers(rows, 0, 1) == MLM_MISMATCH, "no number", 0);
  expect(kind->add(rows, &huge, 1, &host) == MLM_TOOBIG, "too long", 0);
  expect(put_numbers(rows, 3, 1) == MLM_OK && put_numbers(rows, 2, 1) == MLM_MISMATCH, "other length", 0);
  expect(put_numbers(other, 2, 1) == MLM_OK, "two", 0);
  expect(kind->merge(rows, other, &host) == MLM_MISMATCH
             && kind->subtract(rows, other, &host) == MLM_MISMATCH,
         "other length", 1);
  expect(mlm_rows_columns(rows) == 3 && mlm_rows_count(rows) == 1, "as before", 0);
  kind->leave_out(none, 1);
  expect(kind->merge(rows, none, &host) == MLM_OK && kind->subtract(rows, none, &host) == MLM_OK, "no row",
         0);
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
  drop(rows);
}

/* ---- pages ---- */

/* A page holds as many rows as fit, or one; the first one doubles, and later ones come whole. */
static void test_pages(void) {
  static const struct {
    uint32_t width, shift;
  } widths[] = {{1, 13}, {3, 11}, {4096, 1}, {4097, 0}, {8192, 0}, {8193, 0}};
  static const struct {
    uint64_t n, room;
  } sizes[] = {{1, 8}, {8, 8}, {9, 16}, {33, 64}, {2048, 2048}, {2049, 4096}, {6144, 6144}};
  RowList list;
  for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
    mlm_row_list_begin(&list, widths[i].width);
    expect(list.shift == widths[i].shift, "rows of a page", (long)widths[i].width);
  }
  mlm_row_list_begin(&list, 3);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    expect(mlm_row_list_reserve(&list, sizes[i].n, &host) == MLM_OK && list.room == sizes[i].room, "room",
           (long)sizes[i].n);
  mlm_row_list_clear(&list, &host);
  expect(live_bytes == 0, "cleared", (long)live_bytes);
}

/* Pages without rows are given back, and so are those of rows that are lost. */
static void test_pages_given_back(void) {
  enum { PAGE = 2048 };
  static const struct {
    uint64_t n, room;
  } trims[] = {{PAGE + 1, 2 * PAGE}, {PAGE, PAGE}, {5, PAGE}, {0, PAGE}};
  static const struct {
    uint64_t row, first; /* the first page that is left */
  } releases[] = {{PAGE - 2, 0}, {PAGE - 1, 1}, {PAGE, 1}, {2 * PAGE - 1, 2}, {4 * PAGE - 1, 4}};
  RowList list;
  for (size_t i = 0; i < sizeof trims / sizeof *trims; i++) {
    mlm_row_list_begin(&list, 3);
    expect(mlm_row_list_reserve(&list, 3 * PAGE, &host) == MLM_OK, "three pages", (long)i);
    list.n = trims[i].n;
    mlm_row_list_trim(&list, &host);
    expect(list.room == trims[i].room && !list.page[list.room / PAGE], "trimmed", (long)trims[i].n);
    mlm_row_list_clear(&list, &host);
  }
  mlm_row_list_begin(&list, 3);
  expect(mlm_row_list_reserve(&list, 4 * PAGE, &host) == MLM_OK, "four pages", 0);
  for (size_t i = 0; i < sizeof releases / sizeof *releases; i++) {
    mlm_row_list_release(&list, releases[i].row, &host);
    for (uint64_t p = 0; p < 4; p++)
      expect((list.page[p] != NULL) == (p >= releases[i].first), "pages left", (long)releases[i].row);
  }
  mlm_row_list_clear(&list, &host);
  expect(live_bytes == 0, "all given back", (long)live_bytes);
}

/* ---- orders ---- */

/* No rows have an order without places, and no ranks. */
static void test_no_order(void) {
  Rows *rows = fresh();
  RowsOrder order;
  RowsRanks ranks;
  expect(mlm_rows_order_all(rows, &order, &host) == MLM_OK && order.n == 0 && order.runs == 0, "order", 0);
  mlm_rows_order_clear(&order, &host);
  expect(mlm_rows_ranks(rows, 0, &ranks, &host) == MLM_OK && ranks.n == 0, "ranks", 0);
  mlm_rows_ranks_clear(&ranks, &host);
  drop(rows);
}

/* The number of the first row, its index and that of 64 rows make a word that is its own inverse, shifted:
 * it begins a run all the same. */
static void test_first_run(void) {
  const double first = mlm_double_from_bits(0x07ff8007ff8007e0);
  Rows *rows = fresh();
  RowsOrder order;
  for (int i = 0; i < 64; i++) put_row(rows, i < 63 ? i + 2 : first, 0, 0, 1, 1);
  expect(mlm_rows_order(rows, 0, &order, &host) == MLM_OK && order.runs == 64, "runs", (long)order.runs);
  mlm_rows_order_clear(&order, &host);
  drop(rows);
}

/* Two long runs of equal numbers, each sorted by another column in O(n log n); an order takes 4 bytes and a
 * bit for each row, ranks take 8. */
static void test_long_runs(void) {
  enum { MANY = 1 << 17 };
  Rows *rows = fresh();
  RowsOrder order;
  RowsRanks ranks;
  bool right = true;
  for (int i = 0; i < MANY; i++) put_row(rows, i & 1, (int64_t)i * 7919 % MANY, 0, 1, 1);
  const uint64_t before = live_bytes;
  expect(mlm_rows_order_all(rows, &order, &host) == MLM_OK && order.runs == MANY, "runs", MANY);
  for (uint64_t i = 1; i < MANY && right; i++)
    right = mlm_compare_numbers(mlm_rows_at(rows, mlm_order_at(&order, i - 1)),
                                mlm_rows_at(rows, mlm_order_at(&order, i)), 3)
            < 0;
  expect(right, "ascending", MANY);
  expect_x(live_bytes - before < 4.2 * MANY, "bytes of an order", (double)(live_bytes - before));
  mlm_rows_order_clear(&order, &host);
  expect(mlm_rows_ranks(rows, 1, &ranks, &host) == MLM_OK, "ranks", MANY);
  expect_x(live_bytes - before < 8.1 * MANY, "bytes of ranks", (double)(live_bytes - before));
  mlm_rows_ranks_clear(&ranks, &host);
  drop(rows);
}

/* Equal rows of many numbers: sorting them takes no more of the stack for each. */
static void test_many_columns(void) {
  enum { COLUMNS = 100000, ALIKE = 13 };
  double *x = calloc(COLUMNS, sizeof *x);
  const Row row = {.preds = {x, COLUMNS}, .weight = 1};
  Rows *rows = fresh();
  RowsOrder order;
  for (int i = 0; i < ALIKE; i++) expect(kind->add(rows, &row, 1, &host) == MLM_OK, "a long row", i);
  expect(mlm_rows_order_all(rows, &order, &host) == MLM_OK && order.runs == 1, "alike", ALIKE);
  mlm_rows_order_clear(&order, &host);
  drop(rows);
  free(x);
}

/* ---- counts ---- */

/* A weight is a number of rows if it is an integer of at most 2^44. */
static void test_weights(void) {
  static const struct {
    double weight;
    int64_t rows;
  } cases[] = {{0x1p44, (int64_t)1 << 44}, {0x1p44 + 1, 1}, {0x1p63, 1}, {0x1p64, 1}, {1e300, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Rows *rows = fresh();
    expect_x(put_row(rows, 1, 2, 3, cases[i].weight, 1) == MLM_OK && mlm_rows_count(rows) == cases[i].rows
                 && kind->integral(rows) == (i == 0),
             "rows of a weight", cases[i].weight);
    drop(rows);
  }
}

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
  for (int i = 0; i < 10; i++) /* five go and come, so that there is room for one more */
    expect(put_row(again, 0.5, 0.25, 1, 1, i < 5 ? -1 : 1) == MLM_OK, "one", i);
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
  enum { MANY = 1 << 20 };
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
  for (int i = 0; i < MANY; i++) put_row(rows, i * 7 % 20000, 0.5, 1, 1, 1);
  expect_x(live_bytes < 24 * MANY / 6, "or fifty times, far apart", (double)live_bytes);
  drop(rows);
  rows = fresh();
  for (int i = 0; i < MANY; i++) put_row(rows, i * 7 % (MANY / 4), 0.5, 1, 1, 1);
  expect(mlm_rows_entries(rows) == MANY, "four times is not worth sorting", 0);
  expect(mlm_rows_sort(rows, &host) == MLM_OK && mlm_rows_entries(rows) == MANY / 4, "sorted all the same",
         0);
  drop(rows);
}

static uint64_t most_bytes;

static void *resize_noting(void *block, uint64_t bytes) {
  void *resized = resize(block, bytes);
  if (live_bytes > most_bytes) most_bytes = live_bytes;
  return resized;
}

/* Rows are split in little more than their own memory, and pages of rows that were read are given back. */
static void test_split(void) {
  enum { MANY = 1 << 17, PAGE = 3 << 14 };
  const Host noting = {.realloc = resize_noting, .free = release, .interrupted = host.interrupted};
  Rows *rows = fresh(), *parts[2] = {fresh(), fresh()}, both[2] = {{.columns = 0}, {.columns = 0}};
  for (int i = 0; i < MANY; i++) put_row(rows, i, 0.5, i % 3 == 0, 1, 1);
  const uint64_t before = live_bytes;
  mlm_rows_release(rows, mlm_rows_per_page(rows) - 1, &host);
  expect(live_bytes == before - PAGE, "a page given back", (long)(before - live_bytes));
  drop(rows);
  rows = fresh();
  for (int i = 0; i < MANY; i++) put_row(rows, i, 0.5, i % 3 == 0, 1, 1);
  most_bytes = 0;
  expect(mlm_rows_split(rows, both, &noting) == MLM_OK && kind->empty(rows), "split", 0);
  expect_x(most_bytes < before + 8 * PAGE, "bytes at once", (double)(most_bytes - before));
  for (int i = 0; i < MANY; i++) {
    const Row row = {.x = {i, 0.5}, .columns = 2, .weight = 1};
    if (kind->add(parts[i % 3 == 0], &row, 1, &host)) expect(false, "a row of a part", i);
  }
  for (int i = 0; i < 2; i++) {
    expect_same(parts[i], &both[i], "a part", i);
    kind->clear(&both[i], &host);
    drop(parts[i]);
  }
  drop(rows);
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

/* A saved state of up to three columns, the weight's included: what follows their forms is `rest`. */
typedef struct Form {
  const char *what;
  bool good;
  uint8_t columns, weights;
  struct {
    uint8_t form;
    uint64_t base; /* as a varint */
    uint8_t bytes;
  } column[3];
  uint8_t rest[26];
  uint64_t n;
} Form;

#define INTEGER 255
/* The number 2^61 as a varint. */
#define MANY_ROWS 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20

static const Form forms[] = {
    {"2^53", true, 1, 0, {{INTEGER, (uint64_t)1 << 54, 0}}, {1, 0, 0}, 3},
    {"2^53 + 2 as an integer", false, 1, 0, {{INTEGER, ((uint64_t)1 << 54) + 4, 0}}, {1, 0, 0}, 3},
    {"0 and 255", true, 2, 0, {{INTEGER, 0, 0}, {INTEGER, 0, 1}}, {2, 0, 0, 0, 0, 255}, 6},
    {"NaN", false, 1, 0, {{51, 0x1fff, 0}}, {1, 0, 0}, 3},
    {"infinity", true, 1, 0, {{52, 0xfff, 0}}, {1, 0, 0}, 3},
    {"-0.0 and 0.5", false, 1, 0, {{53, 0x3ff, 0}}, {2, 0, 0, 0x80, 4}, 5},
    {"a row twice", false, 1, 0, {{INTEGER, 0, 0}}, {2, 0, 0, 0}, 4},
    {"no row", false, 1, 0, {{INTEGER, UINT64_MAX, 0}}, {0, 0}, 2},
    {"a row counted twice", true, 1, 0, {{INTEGER, 0, 0}}, {1, 1, 1, 2, 0}, 5},
    {"a count before the first row", false, 1, 0, {{INTEGER, 0, 0}}, {1, 1, 0, 2, 0}, 5},
    {"a count after the last row", false, 1, 0, {{INTEGER, 0, 0}}, {1, 1, 2, 2, 0}, 5},
    {"2^62 rows", true, 1, 0, {{INTEGER, 0, 0}}, {2, 2, 1, MANY_ROWS, 1, MANY_ROWS, 0, 1}, 24},
    {"one more", false, 1, 0, {{INTEGER, 0, 0}}, {3, 2, 1, MANY_ROWS, 1, MANY_ROWS, 0, 1, 1}, 25},
    {"a weight of 0.5", true, 1, 1, {{INTEGER, 0, 0}, {53, 0x5ff, 1}}, {1, 0, 0, 0}, 4},
    {"of 0", false, 1, 1, {{INTEGER, 0, 0}, {INTEGER, 0, 1}}, {1, 0, 0, 0}, 4},
    {"of -0.5", false, 1, 1, {{INTEGER, 0, 0}, {53, 0x200, 1}}, {1, 0, 0, 0}, 4},
    {"of -1", false, 1, 1, {{INTEGER, 0, 0}, {INTEGER, 1, 1}}, {1, 0, 0, 0}, 4},
    {"of 2", false, 1, 1, {{INTEGER, 0, 0}, {INTEGER, 4, 1}}, {1, 0, 0, 0}, 4},
    {"of infinity", false, 1, 1, {{INTEGER, 0, 0}, {52, 0xfff, 1}}, {1, 0, 0, 0}, 4},
    {"two weights", false, 1, 2, {{INTEGER, 0, 0}, {53, 0x5ff, 1}, {INTEGER, 0, 1}}, {1, 0, 0, 0, 0}, 5},
};

static void test_forms_by_hand(void) {
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    const Form *one = &forms[i];
    Writer out = {.limit = 99, .host = &host};
    Rows *rows = fresh();
    mlm_write_bytes(&out, (const uint8_t[]){0, one->columns, one->weights}, 3);
    for (int c = 0; c < one->columns + one->weights; c++) {
      mlm_write_bytes(&out, &one->column[c].form, 1);
      mlm_write_varint(&out, one->column[c].base);
      if (c > 0) mlm_write_bytes(&out, &one->column[c].bytes, 1);
    }
    mlm_write_bytes(&out, one->rest, one->n);
    expect_for(load(rows, &out) == (one->good ? MLM_OK : MLM_CORRUPT), "a form", one->what);
    if (one->good) {
      Writer again = saved(rows);
      expect_for(again.n == out.n && memcmp(again.bytes, out.bytes, out.n) == 0, "saved again", one->what);
      release(again.bytes);
    }
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
  test_pages();
  test_pages_given_back();
  test_no_order();
  test_first_run();
  test_long_runs();
  test_many_columns();
  test_weights();
  test_counts();
  test_left_out();
  test_memory();
  test_split();
  test_claims();
  test_false_counts();
  test_forms_by_hand();
  test_false_forms();
  test_too_big();
  test_forms();
  expect_x(live_bytes == 0, "blocks left", (double)live_bytes);
  return end_of_tests();
}
