/* Records in pages, merged in place: against the same records sorted plainly, with runs of any number of
 * pages; the pairs that were out of order counted one by one; afterwards the caller's own pages hold all of
 * them. */
#include "state/key_pages.h"

#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "unit.h"

enum { MOST_PAGES = 24, MOST_PER_PAGE = 6, MOST = MOST_PAGES * MOST_PER_PAGE, MOST_WIDTH = 2 };

static uint32_t width;

static int compare(const void *a, const void *b) {
  const uint64_t *x = a, *y = b;
  for (uint32_t w = 0; w < width; w++)
    if (x[w] != y[w]) return x[w] < y[w] ? -1 : 1;
  return 0;
}

/* How many pairs are not in order. */
static uint64_t inversions_of(const uint64_t *key, size_t n) {
  uint64_t found = 0;
  for (size_t i = 0; i < n; i++)
    for (size_t j = i + 1; j < n; j++) found += key[i] > key[j];
  return found;
}

/* Sorts runs of so many pages, then merges these. */
static void check_merge(size_t n, size_t per_page, size_t run, uint64_t values) {
  static uint64_t want[MOST * MOST_WIDTH], block[MOST_PAGES][MOST_PER_PAGE * MOST_WIDTH];
  const size_t bytes = width * sizeof *want, pages = (n + per_page - 1) / per_page;
  const bool count = width == 1;
  KeyPages keys;
  uint64_t inversions = 0;
  for (size_t i = 0; i < n * width; i++) want[i] = draw() % values;
  for (size_t from = 0; from < n; from += run * per_page)
    qsort(want + from * width, n - from < run * per_page ? n - from : run * per_page, bytes, compare);
  expect(mlm_key_pages_begin(&keys, n, per_page, width, &host) == MLM_OK, "begin", (long)n);
  for (size_t p = 0; p < pages; p++) {
    memcpy(block[p], want + p * per_page * width, mlm_key_page_records(&keys, p) * bytes);
    keys.page[p] = block[p];
  }
  const uint64_t all = count ? inversions_of(want, n) : 0;
  qsort(want, n, bytes, compare);
  expect(mlm_key_pages_merge(&keys, run, count ? &inversions : NULL, &host) == MLM_OK, "merge", (long)n);
  expect(inversions == all, "inversions", (long)inversions);
  mlm_key_pages_settle(&keys);
  uint32_t seen = 0;
  bool right = true;
  for (size_t p = 0; p < pages; p++) {
    size_t own = 0;
    while (own < pages && keys.page[p] != block[own]) own++;
    right = right && own < pages && !(seen >> own & 1);
    if (!right) break;
    seen |= (uint32_t)1 << own;
    right = memcmp(keys.page[p], want + p * per_page * width, mlm_key_page_records(&keys, p) * bytes) == 0;
  }
  expect(right, "records in pages of the caller's", (long)n);
  mlm_key_pages_clear(&keys, &host);
}

int main(void) {
  static const uint64_t values[] = {2, 20, UINT64_MAX};
  for (int round = 0; round < 30000; round++) {
    const size_t per_page = 1 + (size_t)(draw() % MOST_PER_PAGE);
    width = 1 + round % MOST_WIDTH;
    check_merge(1 + (size_t)(draw() % (per_page * MOST_PAGES)), per_page, 1 + (size_t)(draw() % 4),
                values[draw() % 3]);
  }
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
