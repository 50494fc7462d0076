/* Tests of the tables of labels, without SQL: each cell, rows that come and go, vectors of another length, as
 * many rows as there may be, and damaged bytes. */
#include "state/label_tables.h"

#include "state/exact_sum_save.h"
#include "states.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static const StateType *const kind = &mlm_label_tables_state;

/* ---- bytes ---- */

static Writer bytes_of(size_t n, const uint64_t *number) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  for (size_t i = 0; i < n; i++) mlm_write_varint(&out, number[i]);
  return out;
}
#define BYTES(...) bytes_of(sizeof((uint64_t[]){__VA_ARGS__}) / sizeof(uint64_t), (uint64_t[]){__VA_ARGS__})

/* Appends the sums of weights of a label's cells: true negatives, false ones, false and true positives. */
static Writer with_sums(Writer out, double tn, double fn, double fp, double tp) {
  const double sum[] = {tn, fn, fp, tp};
  for (int cell = 0; cell < 4; cell++) {
    ExactSum weights = {0};
    mlm_sum_add(&weights, sum[cell], 1);
    mlm_sum_save(&weights, &out);
  }
  return out;
}

/* One label that is true and predicted in all rows; the weights with a fraction have such a sum. */
static Writer bytes_of_label(uint64_t rows, uint64_t fractional, double sum) {
  const Writer counts = BYTES(1, rows, fractional, 0, 0, 0, rows);
  return fractional > 0 ? with_sums(counts, 0, 0, 0, sum) : counts;
}

/* One label: a row of fractional weight whose cells are such sums. */
static Writer bytes_of_cells(double tn, double fn, double fp) {
  return with_sums(BYTES(1, 0, 1, 0, 0, 0, 0), tn, fn, fp, 0);
}

/* Loads the bytes with memory for so many blocks (-1: for all), and frees them. */
static void *load(Writer bytes, long blocks, Status want, const char *what) {
  void *state = fresh(kind);
  Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
  allowed = blocks;
  expect(kind->load(state, &in, &host) == want, what, blocks);
  allowed = -1;
  release(bytes.bytes);
  return state;
}

/* Compares the bytes of the state with others, and frees these. */
static void expect_bytes(void *state, Writer want, const char *what) {
  Writer have = {.limit = UINT64_MAX, .host = &host};
  kind->save(state, &have);
  expect_for(have.n == want.n && memcmp(have.bytes, want.bytes, (size_t)have.n) == 0, "other bytes", what);
  release(have.bytes);
  release(want.bytes);
}

static void check_refused(Writer bytes, long blocks, const char *what) {
  drop(kind, load(bytes, blocks, MLM_CORRUPT, what));
}

static void check_accepted(Writer bytes, Writer same, long blocks, const char *what) {
  void *state = load(bytes, blocks, MLM_OK, what);
  expect_bytes(state, same, what);
  drop(kind, state);
}

static void check_bytes(void) {
  const uint64_t most = INT64_MAX;
  check_accepted(bytes_of_cells(0, 1.5, 0), bytes_of_cells(0, 1.5, 0), 2, "a weight");
  check_refused(bytes_of_cells(1.5, -0.5, 0.25), -1, "a negative weight beside two others");
  check_refused(bytes_of_cells(1.5, INFINITY, 0), -1, "an infinite weight beside another");
  check_refused(bytes_of_cells(0, 0, 0), -1, "no weight");
  check_accepted(BYTES(1, most, 0, 0, 0, 0, most), bytes_of_label(most, 0, 0), -1, "the most rows that fit");
  check_accepted(bytes_of_label(0, most, 1.5), bytes_of_label(0, most, 1.5), -1, "the same of weights");
  check_refused(BYTES(1, most + 1, 0, 0, 0, 0, most + 1), -1, "more rows than fit");
  check_refused(bytes_of_label(0, most + 1, 1.5), -1, "more rows of weights than fit");
  check_refused(BYTES(1, 2, 0, 3, UINT64_MAX, 0, 0), -1, "counts that add up to the rows only modulo 2^64");
}

/* What is too short for its labels is refused before there is memory for them. */
static void check_memory(void) {
  check_refused(BYTES(5, 1, 0, 1, 0, 0, 0), 0, "five labels in four bytes");
  check_refused(BYTES(1, 0, 1, 0, 0, 0, 0), 1, "a row of fractional weight without sums");
  check_accepted(BYTES(1, 2, 0, 1, 1, 0, 0), BYTES(1, 2, 0, 1, 1, 0, 0), 1, "counts alone");
}

/* ---- rows ---- */

/* A row of so many labels, all true and predicted. */
static Status add(void *state, size_t labels, double weight, int sign) {
  static double ones[] = {1, 1};
  Row row = {.preds = {ones, labels}, .targets = {ones, labels}, .weight = weight};
  row.x[0] = 0.5;
  return kind->add(state, &row, sign, &host);
}

static void check_lengths(void) {
  for (size_t labels = 1; labels <= 2; labels++) {
    void *state = fresh(kind), *other = fresh(kind);
    const long step = (long)labels;
    allowed = 1;
    expect(add(state, labels, 1, 1) == MLM_OK, "one block for the counts", step);
    allowed = -1;
    expect(add(state, 3 - labels, 1, 1) == MLM_MISMATCH, "another length", step);
    expect(add(state, 3 - labels, 0.5, 1) == MLM_MISMATCH, "another length, with a weight", step);
    expect(add(other, 3 - labels, 0.5, 1) == MLM_OK, "a row of the other length", step);
    expect(kind->merge(state, other, &host) == MLM_MISMATCH, "merged with another length", step);
    expect(add(state, labels, 1, -1) == MLM_OK, "taken back", step);
    expect_bytes(state, BYTES(0, 0, 0), "rows that came and went");
    expect(add(state, 3 - labels, 1, 1) == MLM_OK, "another length afterwards", step);
    drop(kind, state);
    drop(kind, other);
  }
}

static void check_subtracted(void) {
  void *state = load(bytes_of_label(2, 1, 1.5), -1, MLM_OK, "rows");
  void *same = load(bytes_of_label(2, 1, 1.5), -1, MLM_OK, "the same rows");
  expect(kind->subtract(state, same, &host) == MLM_OK, "subtracted from themselves", 0);
  expect_bytes(state, BYTES(0, 0, 0), "rows subtracted from themselves");
  expect(add(state, 2, 1, 1) == MLM_OK, "another length afterwards", 0);
  drop(kind, state);
  drop(kind, same);
}

/* ---- as many rows as there may be ---- */

static void check_merged(uint64_t rows, uint64_t fractional, uint64_t more, uint64_t more_fractional,
                         Status want) {
  void *state = load(bytes_of_label(rows, fractional, 1.5), -1, MLM_OK, "many rows");
  void *other = load(bytes_of_label(more, more_fractional, 0.25), -1, MLM_OK, "some rows");
  expect(kind->merge(state, other, &host) == want, "merged", (long)(more + more_fractional));
  if (!want) expect_bytes(state, bytes_of_label(rows + more, fractional + more_fractional, 1.75), "merged");
  drop(kind, state);
  drop(kind, other);
}

static void check_limits(void) {
  const uint64_t nearly = MLM_MOST_ROWS - 1;
  void *state = load(bytes_of_label(nearly, nearly, 1.5), -1, MLM_OK, "nearly as many rows as there may be");
  expect(add(state, 1, 2, 1) == MLM_OVERFLOW, "a weight of 2", 0);
  expect(add(state, 1, 1, 1) == MLM_OK, "the last row", 0);
  expect(add(state, 1, 1, 1) == MLM_OVERFLOW, "one row more", 0);
  expect(add(state, 1, 0.5, 1) == MLM_OK, "the last weight", 0);
  expect(add(state, 1, 0.5, 1) == MLM_OVERFLOW, "one weight more", 0);
  expect_bytes(state, bytes_of_label(MLM_MOST_ROWS, MLM_MOST_ROWS, 2), "as many rows as there may be");
  drop(kind, state);
  check_merged(nearly, nearly, 1, 1, MLM_OK);
  check_merged(nearly, nearly, 2, 1, MLM_OVERFLOW);
  check_merged(nearly, nearly, 1, 2, MLM_OVERFLOW);
}

/* ---- tables ---- */

static void check_table(void) {
  void *state = load(BYTES(2, 10, 0, 1, 2, 3, 4, 5, 0, 0, 5), -1, MLM_OK, "ten rows of two labels");
  const Confusion2 first = mlm_label_table(state, 0), all = mlm_label_tables_pooled(state);
  expect(first.tn == 1 && first.fn == 2 && first.fp == 3 && first.tp == 4, "the cells of a label", 0);
  expect(all.tn == 6 && all.fn == 2 && all.fp == 3 && all.tp == 9, "the cells of both", 0);
  drop(kind, state);
}

/* The only row, whose weight is no number of rows. */
static void check_weight(double weight, int exponent) {
  void *state = load(bytes_of_label(0, 1, weight), -1, MLM_OK, "a weight");
  const Confusion2 table = mlm_label_table(state, 0);
  expect_x(table.exponent == exponent && mlm_confusion2_weight(&table, table.tp) == weight, "weight", weight);
  drop(kind, state);
}

int main(void) {
  check_bytes();
  check_memory();
  check_lengths();
  check_subtracted();
  check_limits();
  check_table();
  check_weight(0.5, 0);
  check_weight(0x1p-901, -128);
  check_weight(0x1p1022, 128);
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
