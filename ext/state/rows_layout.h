/* The memory of the multiset of rows, for the files rows_*.c. */
#ifndef MLM_ROWS_LAYOUT_H
#define MLM_ROWS_LAYOUT_H

#include "base/compiler.h"
#include "state/chunk_keys.h"
#include "state/rows.h"

/* MLM_ROWS_POLL: rows between two polls of the host in long loops. MLM_ORDER_SHIFT: 2^shift entries are a
 * block of an order or of ranks, since SQLite refuses allocations above 2 GiB. MLM_LOOK_ROWS: rows at which
 * repetition is first checked. MLM_BUCKET: numbers in a bucket, of at least 2^MLM_BUCKET_SHIFT places. Tests
 * make all small. */
#if MLM_CHUNK_KEYS < 1 << 16
enum { MLM_ROWS_POLL = 32, MLM_ORDER_SHIFT = 8, MLM_LOOK_ROWS = 64, MLM_BUCKET = 4, MLM_BUCKET_SHIFT = 5 };
#else
enum {
  MLM_ROWS_POLL = 1 << 16,
  MLM_ORDER_SHIFT = 27,
  MLM_LOOK_ROWS = 1 << 13,
  MLM_BUCKET = 1024,
  MLM_BUCKET_SHIFT = 15
};
#endif

static inline bool mlm_rows_interrupted(uint64_t i, const Host *host) {
  return i % MLM_ROWS_POLL == MLM_ROWS_POLL - 1 && mlm_interrupted(host);
}
/* Polls at most once for rows from .. to - 1. */
static inline bool mlm_rows_interrupted_in(uint64_t from, uint64_t to, const Host *host) {
  return from / MLM_ROWS_POLL != to / MLM_ROWS_POLL && mlm_interrupted(host);
}

/* How many places ahead of a random access its memory is prefetched. (Not in a separate function: gcc drops
 * calls of a function that does nothing else.) */
enum { MLM_AHEAD = 24 };

/* -0.0 is kept as 0.0. */
static inline void mlm_rows_copy_numbers(double *to, const double *from, size_t n) {
  const uint64_t negative_zero = (uint64_t)1 << 63;
  for (size_t i = 0; i < n; i++) to[i] = mlm_double_bits(from[i]) == negative_zero ? 0 : from[i];
}

/* Appends a row of n numbers and weight 1; false: there is no room for it yet, and nothing was done. */
MLM_ALWAYS_INLINE static bool mlm_rows_add_plain(Rows *rows, const double *x, uint32_t n) {
  RowList *list = &rows->single;
  /* unreachable: 2^62 rows, which single ones never reach */
  if (rows->columns != n || list->n == list->room || rows->total == MLM_MOST_ROWS) return false;
  mlm_rows_copy_numbers(mlm_row_at(list, list->n++), x, n);
  rows->total++;
  return true;
}

/* The count of a counted entry follows its weight, as 64 bits. */
static inline int64_t mlm_row_count(const Rows *rows, const double *row) {
  int64_t count;
  memcpy(&count, row + rows->columns + 1, sizeof count);
  return count;
}
static inline void mlm_row_set_count(const Rows *rows, double *row, int64_t count) {
  memcpy(row + rows->columns + 1, &count, sizeof count);
}

/* Sets *x to the numbers of entry e. Returns how many entries, this one included, are consecutive in memory,
 * *width doubles apart. */
static inline uint64_t mlm_rows_block(const Rows *rows, uint64_t e, const double **x, uint32_t *width) {
  const RowList *list = e < rows->single.n ? &rows->single : &rows->counted;
  uint64_t i = list == &rows->single ? e : e - rows->single.n, full = (uint64_t)1 << list->shift;
  uint64_t page = full - (i & (full - 1)), left = list->n - i;
  *x = mlm_row_at(list, i);
  *width = list->width;
  return page < left ? page : left;
}

/* Orders the n entries from `first` on canonically. The places of the order hold numbers of entries minus
 * `first`. */
Status mlm_rows_order_range(const Rows *rows, uint64_t first, uint64_t n, RowsOrder *order, const Host *host);

/* As mlm_rows_order(), but each place holds twice the entry, plus whether its number in `label` is not 0, so
 * that a walk need not look it up. Below 2^31 entries. */
Status mlm_rows_order_labelled(const Rows *rows, uint32_t column, uint32_t label, RowsOrder *order,
                               const Host *host);

/* The same as words in the caller's memory, one an entry: what the place holds, and MLM_ROWS_START where the
 * number in the column differs from the one before. For at least one entry, at most 2^MLM_ORDER_SHIFT. */
#define MLM_ROWS_START ((uint64_t)1 << 63)
Status mlm_rows_sort_labelled(const Rows *rows, uint32_t column, uint32_t label, uint64_t *word,
                              const Host *host);

/* The places of the next run, without its rows; there is one. */
static inline void mlm_run_reach(RowsRun *run, const RowsOrder *order) {
  run->from = run->to;
  do run->to++;
  while (run->to < order->n && !(order->starts[run->to / 64] >> run->to % 64 & 1));
}

/* Makes room for the ranks of n entries, which are not set. To be freed with mlm_rows_ranks_clear(), also
 * after a failure. */
Status mlm_rows_ranks_new(RowsRanks *ranks, uint64_t n, const Host *host);

static inline uint64_t *mlm_rank_place(const RowsRanks *ranks, uint64_t e) {
  return &ranks->block[e >> ranks->shift][e & (((uint64_t)1 << ranks->shift) - 1)];
}

/* Numbers on their way to places in memory, gathered in buckets of places near each other: writing each
 * number to its place directly would miss the caches and the TLB, which costs more than a sort. A bucket that
 * is full is to be emptied by the caller, and so are all in the end. */
typedef struct Buckets {
  uint32_t *place;  /* MLM_BUCKET a bucket */
  uint64_t *number; /* as many */
  uint32_t *filled; /* numbers in each bucket */
  uint64_t n;       /* buckets */
  int shift;        /* a place's bits from here up say its bucket */
} Buckets;

/* For places below `places`. To be freed with mlm_buckets_clear(), also after a failure. */
Status mlm_buckets_new(Buckets *buckets, uint64_t places, const Host *host);
void mlm_buckets_clear(Buckets *buckets, const Host *host);

/* Whether the bucket of the place, place >> buckets->shift, is full now. */
static inline bool mlm_bucket_put(Buckets *buckets, uint32_t place, uint64_t number) {
  uint64_t b = place >> buckets->shift, at = b * MLM_BUCKET + buckets->filled[b];
  buckets->place[at] = place;
  buckets->number[at] = number;
  return ++buckets->filled[b] == MLM_BUCKET;
}

/* Sets the number of columns of a state without rows. */
Status mlm_rows_begin(Rows *rows, uint64_t columns, const Host *host);
/* Sorts the storage if rows seem to repeat so often that this saves memory, and sets rows->look_at, the
 * number of single rows at which to call it again. */
Status mlm_rows_compact(Rows *rows, const Host *host);
/* Releases the lists and resets the number of columns. */
void mlm_rows_drop(Rows *rows, const Host *host);

void mlm_rows_save(const void *state, Writer *out);
Status mlm_rows_load(void *state, Reader *in, const Host *host);

#endif
