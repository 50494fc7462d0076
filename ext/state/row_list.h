/* A growing list of rows of doubles, all of one width, in pages: no allocation is large, and growing copies
 * nothing once there is a full page.
 */
#ifndef MLM_ROW_LIST_H
#define MLM_ROW_LIST_H

#include "base/host.h"
#include "base/sort.h"
#include "state/chunk_keys.h"

/* Doubles in a page that holds more than one row. Tests make it small, together with the blocks of
 * state/scores_layout.h. */
enum { MLM_PAGE_DOUBLES = MLM_CHUNK_KEYS < 1 << 13 ? MLM_CHUNK_KEYS / 4 : 1 << 13 };

/* Zeroed memory is a list without a width: begin it before it is appended to. */
typedef struct RowList {
  double **page;
  uint64_t n, room;      /* rows in the list; rows that fit into its pages */
  uint64_t sorted;       /* rows at the front that are in canonical order */
  uint64_t pages;        /* places in page[] */
  uint32_t width, shift; /* doubles in a row; a page holds 2^shift rows */
} RowList;

static inline double *mlm_row_at(const RowList *list, uint64_t i) {
  uint64_t place = i & (((uint64_t)1 << list->shift) - 1);
  return list->page[i >> list->shift] + place * list->width;
}

/* Makes an empty list of rows of `width` doubles, 1 <= width < 2^28. */
void mlm_row_list_begin(RowList *list, uint32_t width);
/* Makes room for n rows in all; MLM_NOMEM leaves the rows as they were. */
Status mlm_row_list_reserve(RowList *list, uint64_t n, const Host *host);
/* Releases the pages that hold no row, except the first. */
void mlm_row_list_trim(RowList *list, const Host *host);
/* Releases the pages that end with row i or before it: those rows are lost, and the list may only be cleared.
 */
void mlm_row_list_release(RowList *list, uint64_t i, const Host *host);
/* Releases the memory; the list is then zeroed. */
void mlm_row_list_clear(RowList *list, const Host *host);

/* Compares n numbers in the order of their keys (base/sort.h), the first most significant: < 0, 0, > 0. By
 * bits, so that no mode of the processor changes the order. */
static inline int mlm_compare_numbers(const double *a, const double *b, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    uint64_t x = mlm_encode_score(a[i]), y = mlm_encode_score(b[i]);
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}

#endif
