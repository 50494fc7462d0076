/* A counted multiset of rows of numbers: two scores and a label, K probabilities and a class, prediction,
 * time and event.
 *
 * A row of weight 1 takes 8 bytes per number; an integral weight k (mlm_integral_weight) is k such rows. Rows
 * of another weight, and rows that repeat often, are counted entries, which take 16 bytes more. Adding
 * appends, in O(1); a row taken back is appended with a negative count. seal() sorts only where rows were
 * taken back, so that these cancel; else the rows stay as they came. A formula requests the order that it
 * needs.
 *
 * Storage order depends on the order of adds and merges: a result must not. All functions that take a const
 * Rows need it sealed. Functions that return a Status poll the host and may end with MLM_INTERRUPTED.
 */
#ifndef MLM_ROWS_H
#define MLM_ROWS_H

#include "state/row_list.h"
#include "state/state.h"
#include "state/weight_sum.h"

/* A longer row is MLM_TOOBIG; two lengths in one state are MLM_MISMATCH. */
enum { MLM_MOST_COLUMNS = 1 << 24 };

/* The members are for the files of rows (state/rows_*.c) and the fast path; others use the functions below.
 */
typedef struct Rows {
  RowList single;  /* rows of weight 1, one by one: the numbers */
  RowList counted; /* other rows: the numbers, the weight, the count (an int64, below 0: taken back) */
  int64_t total, fractional; /* rows in all, and those of them whose weight is not integral */
  int64_t left_out;
  uint64_t look_at; /* number of single rows at which to check again whether they repeat */
  uint32_t columns; /* numbers in a row; 0: no row yet */
  bool repeats;     /* rows repeated when last checked */
  bool negative;    /* some were taken back since the last seal */
} Rows;

/* mlm_value_rows_state keeps only the metric's term of each row, which is never negative; NaN is kept as
 * MLM_NO_VALUE. mlm_decision_rows_state keeps vectors of predictions, each as 1 where it is
 * at least the number x[0] of the row and as 0 elsewhere, and of targets. mlm_query_rows_state keeps a score
 * and a relevance >= 0. A row whose score is NaN was judged but not retrieved: it is kept with score 0 and
 * the relevance negated, or not at all where that is 0. */
#define MLM_NO_VALUE (-1.0)

/* Numbers in a row; 0 where there is none. */
static inline uint32_t mlm_rows_columns(const Rows *rows) { return rows->columns; }
/* Rows, an integral weight k counted as k, any other weight as 1. */
static inline int64_t mlm_rows_count(const Rows *rows) { return rows->total; }
/* Rows left out because of a NULL. */
static inline int64_t mlm_rows_left_out(const Rows *rows) { return rows->left_out; }
/* Whether all weights are integral, so that entries have counts alone. */
static inline bool mlm_rows_integral(const Rows *rows) { return rows->fractional == 0; }
/* Adds the weight of all rows, exactly, to `sum`, which the caller clears. */
Status mlm_rows_weight(const Rows *rows, WeightSum *sum, const Host *host);

/* ---- entries, in storage order ---- */

/* Some or all rows with the same numbers and weight: there may be several such entries. */
typedef struct RowsEntry {
  const double *x; /* the numbers, owned by the state; never NaN or -0.0 */
  double weight;   /* 1, or not integral */
  int64_t count;   /* > 0 */
} RowsEntry;

static inline uint64_t mlm_rows_entries(const Rows *rows) { return rows->single.n + rows->counted.n; }

/* The numbers of entry e < mlm_rows_entries(). */
static inline const double *mlm_rows_at(const Rows *rows, uint64_t e) {
  return e < rows->single.n ? mlm_row_at(&rows->single, e) : mlm_row_at(&rows->counted, e - rows->single.n);
}

static inline int64_t mlm_rows_count_at(const Rows *rows, uint64_t e) {
  int64_t count = 1;
  if (e >= rows->single.n) memcpy(&count, mlm_rows_at(rows, e) + rows->columns + 1, sizeof count);
  return count;
}

static inline RowsEntry mlm_rows_entry(const Rows *rows, uint64_t e) {
  const double *x = mlm_rows_at(rows, e);
  return (RowsEntry){x, e < rows->single.n ? 1 : x[rows->columns], mlm_rows_count_at(rows, e)};
}

/* ---- sorted views ---- */

/* Entries in a sorted order, 4 bytes each, and a bit for each that says whether it differs from the one
 * before. Zeroed memory is the empty order. */
typedef struct RowsOrder {
  uint32_t **block; /* entries, 2^shift a block */
  uint64_t *starts; /* bit i: places i and i - 1 differ in the columns sorted by; set for place 0 */
  uint64_t n, runs; /* places, and those of them whose bit is set */
  int shift;
} RowsOrder;

/* Sorts the entries by a column, ascending; entries with equal numbers in it stay in storage order. Needs 8
 * bytes per entry while it sorts. On failure the order is empty; otherwise the caller clears it. 2^32 entries
 * or more: MLM_OVERFLOW. */
Status mlm_rows_order(const Rows *rows, uint32_t column, RowsOrder *order, const Host *host);
/* Sorts them canonically: by the first column, then the second and so on, and finally by weight; a run then
 * holds all equal rows. */
Status mlm_rows_order_all(const Rows *rows, RowsOrder *order, const Host *host);
void mlm_rows_order_clear(RowsOrder *order, const Host *host);

/* The entry at place i < order->n. */
static inline uint64_t mlm_order_at(const RowsOrder *order, uint64_t i) {
  return order->block[i >> order->shift][i & (((uint64_t)1 << order->shift) - 1)];
}

/* Places from .. to - 1 of an order, which agree in the columns sorted by. Zeroed memory is the position
 * before the first run. */
typedef struct RowsRun {
  uint64_t from, to;
  int64_t before, count; /* rows in earlier runs, and in this one, counted as by mlm_rows_count() */
} RowsRun;

/* Goes to the next run; false after the last. */
bool mlm_run_next(RowsRun *run, const Rows *rows, const RowsOrder *order);
/* Twice the mid-rank of the rows of a run, among ranks that begin with 1. */
static inline uint64_t mlm_run_twice_rank(const RowsRun *run) {
  return 2 * (uint64_t)run->before + (uint64_t)run->count + 1;
}

/* Twice the mid-rank, within a column, of each entry. Zeroed memory holds no ranks. */
typedef struct RowsRanks {
  uint64_t **block;
  uint64_t n;
  int shift;
} RowsRanks;

/* On failure the ranks are empty; otherwise the caller clears them. */
Status mlm_rows_ranks(const Rows *rows, uint32_t column, RowsRanks *ranks, const Host *host);
void mlm_rows_ranks_clear(RowsRanks *ranks, const Host *host);
static inline uint64_t mlm_twice_rank_at(const RowsRanks *ranks, uint64_t e) {
  return ranks->block[e >> ranks->shift][e & (((uint64_t)1 << ranks->shift) - 1)];
}

/* Whether there are rows, and all entries are single ones of weight 1. */
static inline bool mlm_rows_are_single(const Rows *rows) {
  return rows->single.n > 0 && rows->counted.n == 0;
}

/* ---- rows that may be modified: a copy, or those of Eval.own ---- */

/* Single rows lie in pages of as many rows, the last of which may have fewer. */
static inline uint64_t mlm_rows_per_page(const Rows *rows) { return (uint64_t)1 << rows->single.shift; }
/* The numbers of the rows of page p, one row after the other. A caller that writes anything else there may
 * afterwards only clear the rows. */
static inline double *mlm_rows_page(Rows *rows, uint64_t p) { return rows->single.page[p]; }
/* Frees the pages of single rows that end with entry e or before it. These rows are lost, and then all may
 * only be cleared. */
void mlm_rows_release(Rows *rows, uint64_t e, const Host *host);
/* Sorts single rows of two numbers in place, as mlm_rows_sort_in_place() does, replaces the first number of
 * each by twice its mid-rank, and then exchanges the two numbers. After a failure they may only be cleared.
 */
Status mlm_rows_rank_in_place(Rows *rows, const Host *host);
/* Makes `copy`, which is empty, equal to the rows. To be cleared, also after a failure. */
Status mlm_rows_copy(const Rows *rows, Rows *copy, const Host *host);
/* Sorts single rows of one or two numbers canonically in place, which takes half a megabyte. After a failure
 * they may only be cleared. */
Status mlm_rows_sort_in_place(Rows *rows, const Host *host);
/* Moves single rows of two numbers or more into parts[0], where the last number is 0, or parts[1], without
 * that number. `parts` are zeroed, and are to be cleared, also after a failure. `rows` is cleared in any
 * case; its memory is given back as it is read, so that all takes no more than it and a few pages. */
Status mlm_rows_split(Rows *rows, Rows parts[2], const Host *host);

/* ---- canonical storage ---- */

/* Sorts the storage itself: rows taken back cancel, rows that repeat become counted entries where that takes
 * less memory. seal() does this where rows were taken back. Takes as much memory again as the rows that came
 * since the last time. A failure leaves the rows as they were, in some order. */
Status mlm_rows_sort(Rows *rows, const Host *host);

#endif
