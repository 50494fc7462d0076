/* Counted entries of the multiset of scores: sorted by merging, alike ones made one, those that cancel out
 * dropped. */
#include <string.h>

#include "state/scores_inside.h"

static uint64_t bits_of(double x) {
  uint64_t u;
  memcpy(&u, &x, sizeof u);
  return u;
}

/* By key, then label, then weight (positive, so its bits are in order). */
static bool before(const Entry *a, const Entry *b) {
  if (a->key != b->key) return a->key < b->key;
  if (a->label != b->label) return a->label < b->label;
  return bits_of(a->weight) < bits_of(b->weight);
}

static bool alike(const Entry *a, const Entry *b) {
  return a->key == b->key && a->label == b->label && bits_of(a->weight) == bits_of(b->weight);
}

/* Merges two sorted runs; a comes first among equals. */
static void merge_runs(const Entry *a, uint64_t na, const Entry *b, uint64_t nb, Entry *out) {
  while (na > 0 && nb > 0) {
    bool second = before(b, a);
    *out++ = second ? *b : *a;
    second ? (b++, nb--) : (a++, na--);
  }
  if (na > 0) memcpy(out, a, na * sizeof *out);
  if (nb > 0) memcpy(out, b, nb * sizeof *out);
}

/* The run of sorted entries that begins at from. */
static uint64_t run_end(const Entry *at, uint64_t from, uint64_t n) {
  uint64_t to = from + 1;
  while (to < n && !before(&at[to], &at[to - 1])) to++;
  return to;
}

/* Natural merge sort: runs that are there already are used. Returns where the result is: at or spare. */
static Entry *sort(Entry *at, uint64_t n, Entry *spare) {
  for (;;) {
    uint64_t runs = 0;
    for (uint64_t from = 0; from < n; runs++) {
      uint64_t mid = run_end(at, from, n), to = mid < n ? run_end(at, mid, n) : n;
      merge_runs(at + from, mid - from, at + mid, to - mid, spare + from);
      from = to;
    }
    Entry *swap = at;
    at = spare;
    spare = swap;
    if (runs <= 1) return at;
  }
}

static uint64_t unite(Entry *at, uint64_t n) {
  uint64_t kept = 0;
  for (uint64_t i = 0; i < n; i++) {
    if (kept > 0 && alike(&at[kept - 1], &at[i]))
      at[kept - 1].count += at[i].count;
    else if (kept > 0 && at[kept - 1].count == 0)
      at[kept - 1] = at[i];
    else
      at[kept++] = at[i];
  }
  return kept > 0 && at[kept - 1].count == 0 ? kept - 1 : kept;
}

Status mlm_entries_sort(Entries *entries, const Host *host) {
  uint64_t n = entries->n, room = entries->room;
  if (entries->sorted == n) return MLM_OK;
  Entry *spare = host->resize(NULL, room * sizeof *spare);
  if (!spare) return MLM_NOMEM;
  Entry *sorted = sort(entries->at, n, spare);
  host->release(sorted == spare ? entries->at : spare);
  entries->at = sorted;
  entries->n = entries->sorted = unite(sorted, n);
  return MLM_OK;
}
