/* The multiset of rows as its own files see it (rows.c, rows_order.c, rows_sort.c, rows_save.c). */
#ifndef MLM_ROWS_INTERNAL_H
#define MLM_ROWS_INTERNAL_H

#include "base/compiler.h"
#include "state/rows.h"

/* MLM_ROWS_POLL: long loops poll the host every so many rows. MLM_ORDER_SHIFT: 2^shift entries are a block of
 * an order, since SQLite refuses allocations above 2 GiB. MLM_LOOK_ROWS: so many rows are first checked for
 * repetition. Tests make all three small. */
#ifdef MLM_CHUNK_KEYS
enum { MLM_ROWS_POLL = 32, MLM_ORDER_SHIFT = 8, MLM_LOOK_ROWS = 64 };
#else
enum { MLM_ROWS_POLL = 1 << 16, MLM_ORDER_SHIFT = 27, MLM_LOOK_ROWS = 1 << 13 };
#endif

static inline bool mlm_rows_interrupted(uint64_t i, const Host *host) {
  return i % MLM_ROWS_POLL == MLM_ROWS_POLL - 1 && mlm_interrupted(host);
}
/* Polls at most once for rows from .. to - 1. */
static inline bool mlm_rows_interrupted_in(uint64_t from, uint64_t to, const Host *host) {
  return from / MLM_ROWS_POLL != to / MLM_ROWS_POLL && mlm_interrupted(host);
}

/* How many places ahead of a random access its memory is asked for. (Not by a function of its own: gcc drops
 * a call of a function that does nothing else.) */
enum { MLM_AHEAD = 24 };

/* The counts of counted entries lie behind the weight, as 64 bits. */
static inline int64_t mlm_row_count(const Rows *rows, const double *row) {
  int64_t count;
  memcpy(&count, row + rows->columns + 1, sizeof count);
  return count;
}
static inline void mlm_row_set_count(const Rows *rows, double *row, int64_t count) {
  memcpy(row + rows->columns + 1, &count, sizeof count);
}

/* The numbers of entry e, and how many entries follow in memory with it, at a distance of *width. */
static inline uint64_t mlm_rows_block(const Rows *rows, uint64_t e, const double **x, uint32_t *width) {
  const RowList *list = e < rows->single.n ? &rows->single : &rows->counted;
  uint64_t i = list == &rows->single ? e : e - rows->single.n, full = (uint64_t)1 << list->shift;
  uint64_t page = full - (i & (full - 1)), left = list->n - i;
  *x = mlm_row_at(list, i);
  *width = list->width;
  return page < left ? page : left;
}

/* Orders n entries from `first` on canonically; places hold entries less `first`. */
Status mlm_rows_order_range(const Rows *rows, uint64_t first, uint64_t n, RowsOrder *order, const Host *host);

/* Gives a state without rows its length of rows. */
Status mlm_rows_begin(Rows *rows, uint64_t columns, const Host *host);
/* Sorts the storage if rows seem to repeat so often that this saves memory, and sets rows->look_at, the
 * number of single rows at which to call it again. */
Status mlm_rows_compact(Rows *rows, const Host *host);
/* Releases the lists, and forgets the length. */
void mlm_rows_drop(Rows *rows, const Host *host);

void mlm_rows_save(const void *state, Writer *out);
Status mlm_rows_load(void *state, Reader *in, const Host *host);

#endif
