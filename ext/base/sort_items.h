/* Sorting of items of any type in place, by comparison: quicksort that falls back to heapsort, so O(n log n).
 *
 * The functions that describe the items are constants, so they are inlined. Items that are sorted already
 * cost one pass.
 */
#ifndef MLM_SORT_ITEMS_H
#define MLM_SORT_ITEMS_H

#include "base/compiler.h"
#include "base/host.h"

enum { SORT_FEW = 12, SORT_ITEM_BYTES = 32, SORT_POLL_ITEMS = 1 << 16 };

typedef struct SortItems {
  const void *items;
  void *(*at)(const void *items, uint64_t i); /* item i */
  /* Negative, 0 or positive as item a comes before b, is equal to it, or comes after it. */
  int (*compare)(const void *items, const void *a, const void *b);
  size_t bytes; /* of an item, a constant; at most SORT_ITEM_BYTES */
} SortItems;

typedef union SortItem { /* room for an item, aligned for any type */
  uint64_t word[SORT_ITEM_BYTES / 8];
  double number;
  void *pointer;
} SortItem;

static MLM_ALWAYS_INLINE void mlm_sort_swap(const SortItems *s, uint64_t i, uint64_t j) {
  SortItem item;
  memcpy(&item, s->at(s->items, i), s->bytes);
  memcpy(s->at(s->items, i), s->at(s->items, j), s->bytes);
  memcpy(s->at(s->items, j), &item, s->bytes);
}

static MLM_ALWAYS_INLINE int mlm_sort_order(const SortItems *s, uint64_t i, uint64_t j) {
  return s->compare(s->items, s->at(s->items, i), s->at(s->items, j));
}

static MLM_ALWAYS_INLINE void mlm_insertion_sort(const SortItems *s, uint64_t from, uint64_t to) {
  for (uint64_t i = from + 1; i < to; i++) {
    SortItem item;
    uint64_t j = i;
    memcpy(&item, s->at(s->items, i), s->bytes);
    for (; j > from && s->compare(s->items, s->at(s->items, j - 1), &item) > 0; j--)
      memcpy(s->at(s->items, j), s->at(s->items, j - 1), s->bytes);
    memcpy(s->at(s->items, j), &item, s->bytes);
  }
}

/* Restores the heap of `n` items from `from` on, whose item `i` may be smaller than its children. */
static MLM_ALWAYS_INLINE void mlm_sift_down(const SortItems *s, uint64_t from, uint64_t i, uint64_t n) {
  for (uint64_t child; (child = 2 * i + 1) < n; i = child) {
    if (child + 1 < n && mlm_sort_order(s, from + child, from + child + 1) < 0) child++;
    if (mlm_sort_order(s, from + i, from + child) >= 0) return;
    mlm_sort_swap(s, from + i, from + child);
  }
}

static MLM_ALWAYS_INLINE void mlm_heap_sort(const SortItems *s, uint64_t from, uint64_t to) {
  uint64_t n = to - from;
  for (uint64_t i = n / 2; i-- > 0;) mlm_sift_down(s, from, i, n);
  while (n-- > 1) {
    mlm_sort_swap(s, from, from + n);
    mlm_sift_down(s, from, 0, n);
  }
}

/* The middle one of three items by order. */
static MLM_ALWAYS_INLINE uint64_t mlm_median(const SortItems *s, uint64_t a, uint64_t b, uint64_t c) {
  if (mlm_sort_order(s, a, b) < 0)
    return mlm_sort_order(s, b, c) < 0 ? b : mlm_sort_order(s, a, c) < 0 ? c : a;
  return mlm_sort_order(s, a, c) < 0 ? a : mlm_sort_order(s, b, c) < 0 ? c : b;
}

/* Partitions three or more items by a pivot: no item of the first part comes after one of the second. Returns
 * where the second part begins; neither is empty. Hoare's scheme, in which the pivot itself ends both
 * scans. */
static MLM_ALWAYS_INLINE uint64_t mlm_partition(const SortItems *s, uint64_t from, uint64_t to) {
  SortItem pivot;
  memcpy(&pivot, s->at(s->items, mlm_median(s, from, from + (to - from) / 2, to - 1)), s->bytes);
  for (uint64_t i = from, j = to - 1;; i++, j--) {
    while (s->compare(s->items, s->at(s->items, i), &pivot) < 0) i++;
    while (s->compare(s->items, &pivot, s->at(s->items, j)) < 0) j--;
    if (i >= j) return j + 1;
    mlm_sort_swap(s, i, j);
  }
}

static MLM_ALWAYS_INLINE bool mlm_is_sorted(const SortItems *s, uint64_t from, uint64_t to) {
  for (uint64_t i = from + 1; i < to; i++)
    if (mlm_sort_order(s, i - 1, i) > 0) return false;
  return true;
}

/* Sorts the items [0, n). MLM_INTERRUPTED leaves them permuted. The smaller part of a partition is sorted
 * first and the larger one stacked, so that the stack holds at most log2(n) parts. */
static MLM_ALWAYS_INLINE Status mlm_sort_items(const SortItems *s, uint64_t n, const Host *host) {
  struct {
    uint64_t from, to;
    int splits; /* until heapsort takes over */
  } part = {0, n, n ? 2 * (64 - mlm_clz64(n)) : 0}, stack[64];
  for (int stacked = 0;; part = stack[--stacked]) {
    while (part.to - part.from > SORT_FEW && part.splits-- > 0 && !mlm_is_sorted(s, part.from, part.to)) {
      if (part.to - part.from > SORT_POLL_ITEMS && mlm_interrupted(host)) return MLM_INTERRUPTED;
      uint64_t mid = mlm_partition(s, part.from, part.to);
      bool left_first = mid - part.from < part.to - mid;
      stack[stacked] = part;
      *(left_first ? &stack[stacked].from : &stack[stacked].to) = mid;
      *(left_first ? &part.to : &part.from) = mid;
      stacked++;
    }
    if (part.to - part.from <= SORT_FEW)
      mlm_insertion_sort(s, part.from, part.to);
    else if (part.splits < 0)
      mlm_heap_sort(s, part.from, part.to);
    if (stacked == 0) return MLM_OK;
  }
}

#endif
