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

/* Sorts keys in pages of the caller's, of which one alone, or many together, are sorted at a time. */
static Status sort_once(size_t n, size_t per_page) {
  const size_t pages = (n + per_page - 1) / per_page;
  uint64_t *want = malloc(n * sizeof *want), **own = malloc(pages * sizeof *own);
  KeyPages keys;
  width = 1;
  for (size_t i = 0; i < n; i++) want[i] = draw();
  Status status = mlm_key_pages_begin(&keys, n, per_page, width, &host);
  for (size_t p = 0; p < pages; p++) {
    const size_t here = p + 1 < pages ? per_page : n - p * per_page;
    own[p] = malloc(per_page * sizeof **own);
    memcpy(own[p], want + p * per_page, here * sizeof **own);
    if (!status) keys.page[p] = own[p];
  }
  if (!status) status = mlm_key_pages_sort(&keys, &host);
  if (!status) {
    mlm_key_pages_settle(&keys);
    qsort(want, n, sizeof *want, compare);
    bool right = true;
    for (size_t p = 0; p < pages; p++)
      right =
          right
          && memcmp(keys.page[p], want + p * per_page, mlm_key_page_records(&keys, p) * sizeof *want) == 0;
    expect(right, "sorted", (long)per_page);
  }
  mlm_key_pages_clear(&keys, &host);
  for (size_t p = 0; p < pages; p++) free(own[p]);
  free(own);
  free(want);
  return status;
}

static void test_sort(void) {
  static const size_t per_page[] = {1000, 6000, 8192, 16384, 20000};
  for (size_t i = 0; i < sizeof per_page / sizeof *per_page; i++)
    for (size_t n = 3 * per_page[i]; n < 3 * per_page[i] + 2; n++)
      expect(sort_once(n, per_page[i]) == MLM_OK, "sort", (long)n);
  expect(sort_once(0, 1000) == MLM_OK, "no keys", 0);
  for (size_t i = 0; i < sizeof per_page / sizeof *per_page; i += 2)
    for (int what = 0; what < 3; what++) { /* short of memory, interrupted, short of memory once */
      Status status = MLM_NOMEM;
      fails_once = what == 2;
      for (long fail = 0; status; fail++) {
        *(what == 1 ? &stop_in : &allowed) = fail;
        status = sort_once(60001, per_page[i]);
        allowed = stop_in = -1;
        expect(!status || status == (what == 1 ? MLM_INTERRUPTED : MLM_NOMEM), "failure", fail);
        expect(live_bytes == 0, "given back", fail);
      }
    }
  fails_once = false;
}

/* Ten pages of 20,000 sorted records, merged in four passes: the host is polled every 65,536 records. */
static void test_polls(void) {
  enum { PAGES = 10, PER_PAGE = 20000 };
  uint64_t *block = malloc(sizeof *block * PAGES * PER_PAGE);
  KeyPages keys;
  expect(mlm_key_pages_begin(&keys, PAGES * PER_PAGE, PER_PAGE, 1, &host) == MLM_OK, "begin", 0);
  for (size_t p = 0; p < PAGES; p++) {
    keys.page[p] = block + p * PER_PAGE;
    for (size_t i = 0; i < PER_PAGE; i++) keys.page[p][i] = i * PAGES + (PAGES - p);
  }
  stop_in = 1000;
  expect(mlm_key_pages_merge(&keys, 1, NULL, &host) == MLM_OK, "merge", 0);
  expect(stop_in <= 1000 - 8, "polls", 1000 - stop_in);
  stop_in = -1;
  mlm_key_pages_clear(&keys, &host);
  free(block);
}

int main(void) {
  static const uint64_t values[] = {2, 20, UINT64_MAX};
  for (int round = 0; round < 30000; round++) {
    const size_t per_page = 1 + (size_t)(draw() % MOST_PER_PAGE);
    width = 1 + round % MOST_WIDTH;
    check_merge(1 + (size_t)(draw() % (per_page * MOST_PAGES)), per_page, 1 + (size_t)(draw() % 4),
                values[draw() % 3]);
  }
  test_sort();
  test_polls();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
