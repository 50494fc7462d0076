/* Counted entries of a score set: sorted, merged, equal ones combined, those that cancel out dropped. */
#include "state/scores_weighted.h"

#include <string.h>

#include "base/bits.h"
#include "base/sort_items.h"

enum { FEW = 1024 };

/* By key, then weight: a positive double, so its bits have the same order. */
static int compare(const Entry *a, const Entry *b) {
  if (a->key != b->key) return a->key < b->key ? -1 : 1;
  uint64_t wa = mlm_double_bits(a->weight), wb = mlm_double_bits(b->weight);
  return wa < wb ? -1 : wa > wb;
}

/* The next larger room: the first page grows to its full size, then whole pages are added. */
static uint64_t next_room(uint64_t room) {
  if (room >= PAGE_ENTRIES) return room + PAGE_ENTRIES;
  uint64_t more = room == 0 ? 8 : 4 * room;
  return more < PAGE_ENTRIES ? more : PAGE_ENTRIES;
}

static Status reserve_page(Entries *list, uint64_t i, const Host *host) {
  if (i < list->pages) return MLM_OK;
  uint64_t pages = 2 * list->pages + 1;
  Entry **page = host->realloc(list->page, pages * sizeof *page);
  if (!page) return MLM_NOMEM;
  memset(page + list->pages, 0, (pages - list->pages) * sizeof *page);
  list->page = page;
  list->pages = pages;
  return MLM_OK;
}

static Status reserve(Entries *list, uint64_t more, const Host *host) {
  while (list->room - list->n < more) {
    uint64_t i = list->room / PAGE_ENTRIES, room = next_room(list->room);
    Status status = reserve_page(list, i, host);
    if (status) return status;
    Entry *at = host->realloc(list->page[i], (room - i * PAGE_ENTRIES) * sizeof *at);
    if (!at) return MLM_NOMEM;
    list->page[i] = at;
    list->room = room;
  }
  return MLM_OK;
}

static void release(Entries *list, const Host *host) {
  for (uint64_t i = 0; i < list->pages; i++) host->free(list->page[i]);
  host->free(list->page);
  *list = (Entries){0};
}

ScoresOverflow *mlm_overflow_make(ScoresOverflow **overflow, const Host *host) {
  if (!*overflow) *overflow = mlm_new_zeroed(host, sizeof(ScoresOverflow));
  return *overflow;
}

void mlm_overflow_clear(ScoresOverflow *overflow, const Host *host) {
  for (int label = 0; label < 2; label++) {
    host->free(overflow->full[label]);
    release(&overflow->sorted[label], host);
    release(&overflow->pending[label], host);
  }
}

void mlm_sum_add_entry(ExactSum *sum, const Entry *entry) {
  int64_t count = entry->count;
  mlm_sum_add_times(sum, entry->weight, (uint64_t)(count < 0 ? -count : count), count < 0 ? -1 : 1);
}

/* Merging once there are as many pending entries as sorted ones costs amortised O(log n) an entry. */
Status mlm_entries_put(ScoresOverflow **overflow, int label, const Entry *entry, const Host *host) {
  ScoresOverflow *in = mlm_overflow_make(overflow, host);
  if (!in) return MLM_NOMEM;
  Entries *pending = &in->pending[label];
  Status status = MLM_OK;
  if (pending->n >= FEW && pending->n >= in->sorted[label].n) status = mlm_entries_merge(in, host);
  if (!status) status = reserve(pending, 1, host);
  if (status) return status;
  *mlm_entry_at(pending, pending->n++) = *entry;
  if (entry->weight == 1) {
    in->integral[label] += entry->count;
  } else {
    in->fractional[label] += entry->count;
    mlm_sum_add_entry(&in->weight[label], entry);
  }
  return MLM_OK;
}

static void *entry_at(const void *list, uint64_t i) { return mlm_entry_at(list, i); }

static int compare_entries(const void *list, const void *a, const void *b) { return compare(a, b); }

static Status sort(const Entries *list, const Host *host) {
  const SortItems items = {list, entry_at, compare_entries, sizeof(Entry)};
  return mlm_sort_items(&items, list->n, host);
}

/* Combines equal entries of a sorted list and drops those that count 0 rows. */
static void dedup(Entries *list) {
  uint64_t kept = 0;
  for (uint64_t i = 0, j; i < list->n; i = j) {
    Entry entry = *mlm_entry_at(list, i);
    for (j = i + 1; j < list->n && compare(mlm_entry_at(list, j), &entry) == 0; j++)
      entry.count += mlm_entry_at(list, j)->count;
    if (entry.count != 0) *mlm_entry_at(list, kept++) = entry;
  }
  list->n = kept;
}

/* Merges `more` into `list` in place, from the end. Equal entries are combined, which leaves a gap in the
 * middle; it is closed at the end. */
static Status merge(Entries *list, Entries *more, const Host *host) {
  Status status = reserve(list, more->n, host);
  if (status) return status;
  uint64_t a = list->n, b = more->n, end = a + b, at = end;
  while (b > 0) {
    Entry entry = *mlm_entry_at(more, b - 1);
    int order = a > 0 ? compare(mlm_entry_at(list, a - 1), &entry) : -1;
    if (order > 0)
      entry = *mlm_entry_at(list, --a);
    else
      b--;
    if (order == 0) entry.count += mlm_entry_at(list, --a)->count;
    if (entry.count != 0) *mlm_entry_at(list, --at) = entry;
  }
  if (at == a)
    a = end;
  else
    while (at < end) *mlm_entry_at(list, a++) = *mlm_entry_at(list, at++);
  list->n = a;
  more->n = 0;
  return MLM_OK;
}

Status mlm_entries_merge(ScoresOverflow *overflow, const Host *host) {
  Status status = MLM_OK;
  for (int label = 0; label < 2 && !status; label++) {
    Entries *pending = &overflow->pending[label];
    if (pending->n == 0) continue;
    status = sort(pending, host);
    if (status) break;
    dedup(pending);
    status = merge(&overflow->sorted[label], pending, host);
  }
  return status;
}

uint64_t mlm_entries_count_known(ScoresOverflow *overflow, int label, uint64_t *keys, uint64_t n) {
  const Entries *sorted = &overflow->sorted[label];
  uint64_t at = 0, left = 0;
  for (uint64_t i = 0, j; i < n; i = j) {
    const Entry row = {keys[i], 1, 1};
    for (j = i + 1; j < n && keys[j] == keys[i]; j++) {}
    while (at < sorted->n && compare(mlm_entry_at(sorted, at), &row) < 0) at++;
    if (at < sorted->n && compare(mlm_entry_at(sorted, at), &row) == 0) {
      mlm_entry_at(sorted, at)->count += (int64_t)(j - i);
      overflow->integral[label] += (int64_t)(j - i);
    } else {
      while (i < j) keys[left++] = keys[i++];
    }
  }
  return left;
}

void mlm_entries_keep_fractional(ScoresOverflow *overflow) {
  for (int label = 0; label < 2; label++) {
    Entries *lists[] = {&overflow->sorted[label], &overflow->pending[label]};
    for (int l = 0; l < 2; l++) {
      uint64_t kept = 0;
      for (uint64_t i = 0; i < lists[l]->n; i++)
        if (mlm_entry_at(lists[l], i)->weight != 1)
          *mlm_entry_at(lists[l], kept++) = *mlm_entry_at(lists[l], i);
      lists[l]->n = kept;
    }
    overflow->integral[label] = 0;
  }
}
