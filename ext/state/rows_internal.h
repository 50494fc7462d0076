/* The multiset of rows as its own files see it (rows.c, rows_order.c, rows_sort.c, rows_save.c). */
#ifndef MLM_ROWS_INTERNAL_H
#define MLM_ROWS_INTERNAL_H

#include "state/rows.h"

/* Long loops look at every so many rows whether the host wants the work ended. Entries in a block of an
 * order: SQLite refuses allocations above 2 GiB. Tests make both small. */
#ifdef MLM_CHUNK_KEYS
enum { MLM_ROWS_POLL = 32, MLM_ORDER_SHIFT = 8 };
#else
enum { MLM_ROWS_POLL = 1 << 16, MLM_ORDER_SHIFT = 27 };
#endif

static inline bool mlm_rows_interrupted(uint64_t i, const Host *host) {
  return i % MLM_ROWS_POLL == MLM_ROWS_POLL - 1 && mlm_interrupted(host);
}

/* The counts of counted entries lie behind the weight, as 64 bits. */
static inline int64_t mlm_row_count(const Rows *rows, const double *row) {
  int64_t count;
  memcpy(&count, row + rows->columns + 1, sizeof count);
  return count;
}
static inline void mlm_row_set_count(const Rows *rows, double *row, int64_t count) {
  memcpy(row + rows->columns + 1, &count, sizeof count);
}

/* Orders n entries from `first` on canonically; places hold entries less `first`. */
Status mlm_rows_order_range(const Rows *rows, uint64_t first, uint64_t n, RowsOrder *order, const Host *host);

/* Gives a state without rows its length of rows. */
Status mlm_rows_begin(Rows *rows, uint64_t columns, const Host *host);
/* Releases the lists, and forgets the length. */
void mlm_rows_drop(Rows *rows, const Host *host);

void mlm_rows_save(const void *state, Writer *out);
Status mlm_rows_load(void *state, Reader *in, const Host *host);

#endif
