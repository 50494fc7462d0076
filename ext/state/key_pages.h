/* Records of one or two 64-bit keys in pages, merged where they are: all memory but two pages is that of the
 * records.
 */
#ifndef MLM_KEY_PAGES_H
#define MLM_KEY_PAGES_H

#include "base/host.h"

enum { MLM_SPARE_PAGES = 2 };

/* The pages belong to the caller, who sets page[0 .. pages - 1]. */
typedef struct KeyPages {
  uint64_t **page; /* in the order of the records; after a sort MLM_SPARE_PAGES follow, which hold none */
  uint64_t n;      /* records */
  uint64_t pages, per_page; /* pages; records in each, of which the last may have fewer */
  uint32_t width;           /* keys of a record, 1 or 2; the second counts where the first is equal */
  uint64_t **merged;        /* private to key_pages.c */
  uint64_t *made[MLM_SPARE_PAGES];
} KeyPages;

/* Room for the pages of n records, per_page > 0 in each. To be cleared, also after a failure. */
Status mlm_key_pages_begin(KeyPages *keys, uint64_t n, uint64_t per_page, uint32_t width, const Host *host);
/* Releases what begin() and sorting took. */
void mlm_key_pages_clear(KeyPages *keys, const Host *host);

static inline uint64_t mlm_least(uint64_t a, uint64_t b) { return a < b ? a : b; }

/* Records in page p. */
static inline uint64_t mlm_key_page_records(const KeyPages *keys, uint64_t p) {
  return p + 1 < keys->pages ? keys->per_page : keys->n - p * keys->per_page;
}

/* Merges records of which each `run` pages are sorted, until all are; equal ones stay in order. Of records of
 * one key it adds to *inversions, which may be NULL, the pairs that were not in order: below 2^63, for there
 * are fewer than 2^32 records. The order of the pages changes, and up to MLM_SPARE_PAGES of them are pages
 * made here. On failure the records are lost. */
Status mlm_key_pages_merge(KeyPages *keys, uint64_t run, uint64_t *inversions, const Host *host);

/* Sorts records of one key each. On failure the keys are lost. */
Status mlm_key_pages_sort(KeyPages *keys, const Host *host);

/* Moves records out of the pages made here, into the pages of the caller that hold none. */
void mlm_key_pages_settle(KeyPages *keys);

#endif
