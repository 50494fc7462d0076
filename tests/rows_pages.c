/* The multiset of rows: the pages of its lists, orders of long runs and of no rows, weights that count rows,
 * the memory of ranks and of rows that are split, and saved forms made by hand.
 */
#include "state/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "state/rows_layout.h"
#include "row_sets.h"

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

/* Without memory for them they are empty. */
static void test_no_ranks(void) {
  Rows *rows = fresh();
  RowsRanks ranks;
  for (int i = 0; i < 3; i++) put_row(rows, i, 0, 0, 1, 1);
  for (long blocks = 0; blocks < 3; blocks++) {
    allowed = blocks;
    expect(mlm_rows_ranks(rows, 0, &ranks, &host) == MLM_NOMEM && !ranks.block, "no ranks", blocks);
    allowed = -1;
  }
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

/* ---- weights ---- */

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

/* ---- memory ---- */

static uint64_t most_bytes;

static void *resize_noting(void *block, uint64_t bytes) {
  void *resized = resize(block, bytes);
  if (live_bytes > most_bytes) most_bytes = live_bytes;
  return resized;
}

static uint64_t largest_block;

static void *resize_up_to_a_megabyte(void *block, uint64_t bytes) {
  if (bytes > largest_block) largest_block = bytes;
  return bytes <= 1 << 20 ? resize(block, bytes) : NULL;
}

/* SQLite refuses blocks of 2 GiB, so the ranks of 2^28 entries are in more than one. */
static void test_large_ranks(void) {
  const Host refusing = {.realloc = resize_up_to_a_megabyte, .free = release};
  RowsRanks ranks;
  largest_block = 0;
  expect(mlm_rows_ranks_new(&ranks, (uint64_t)1 << 28, &refusing) == MLM_NOMEM, "no memory", 0);
  expect_x(largest_block < (uint64_t)1 << 31, "bytes of a block", (double)largest_block);
  mlm_rows_ranks_clear(&ranks, &refusing);
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

/* Rows of one number or two are sorted within their own memory and half a megabyte. */
static void test_sort_in_place(void) {
  enum { MANY = 100000, STEP = 7919 };
  const Host noting = {.realloc = resize_noting, .free = release, .interrupted = host.interrupted};
  for (uint32_t width = 1; width <= 2; width++) {
    Rows *rows = fresh();
    for (int i = 0; i < MANY; i++) {
      const Row row = {.x = {(int64_t)i * STEP % MANY, i}, .columns = width, .weight = 1};
      if (kind->add(rows, &row, 1, &host)) expect(false, "a row", i);
    }
    const uint64_t before = most_bytes = live_bytes;
    expect(mlm_rows_sort_in_place(rows, &noting) == MLM_OK, "sorted", width);
    expect_x(most_bytes - before < 1 << 19, "bytes meanwhile", (double)(most_bytes - before));
    for (int i = 0; i < MANY; i++)
      if (mlm_rows_at(rows, (uint64_t)i)[0] != i) expect(false, "in order", i);
    drop(rows);
  }
}

/* ---- saved forms ---- */

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

/* A gap of ten bytes, from the lowest numbers to the highest one, after so many gaps of one byte that the
 * writer's buffer is full just before it, within it or just after it. */
static void test_long_gap(void) {
  enum { BEGIN = 4070, END = 4100 };
  for (int ones = BEGIN; ones < END; ones++) {
    Rows *rows = fresh(), *again = fresh();
    for (int i = 0; i <= ones; i++) {
      const double lowest = mlm_decode_score(mlm_encode_score(-DBL_MAX) + (uint64_t)i);
      const Row row = {.x = {i < ones ? lowest : DBL_MAX}, .columns = 1, .weight = 1};
      if (kind->add(rows, &row, 1, &host)) expect(false, "a number", i);
    }
    Writer bytes = saved(rows);
    expect(load(again, &bytes) == MLM_OK && mlm_rows_entries(again) == (uint64_t)ones + 1, "loaded", ones);
    expect_same(rows, again, "a long gap", ones);
    release(bytes.bytes);
    drop(rows);
    drop(again);
  }
}

int main(void) {
  test_pages();
  test_pages_given_back();
  test_no_order();
  test_no_ranks();
  test_first_run();
  test_long_runs();
  test_many_columns();
  test_weights();
  test_large_ranks();
  test_split();
  test_sort_in_place();
  test_forms_by_hand();
  test_long_gap();
  expect_x(live_bytes == 0, "blocks left", (double)live_bytes);
  return end_of_tests();
}
