/* Counted entries of the multiset of scores: sorted in place, merged, alike ones made one, those that cancel
 * out dropped. */
#include <string.h>

#include "base/bits.h"
#include "state/scores_internal.h"

enum { SHORT = 12, FEW = 1024 };

/* By key, then weight: positive, so its bits are in order. */
static int compare(const Entry *a, const Entry *b) {
  if (a->key != b->key) return a->key < b->key ? -1 : 1;
  uint64_t wa = mlm_double_bits(a->weight), wb = mlm_double_bits(b->weight);
  return wa < wb ? -1 : wa > wb;
}

/* Room in all once there is room for more than there is: the first page grows to its size. */
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

ScoresOverflow *mlm_scores_overflow(Scores *scores, const Host *host) {
  if (scores->overflow) return scores->overflow;
  return scores->overflow = mlm_new_zeroed(host, sizeof(ScoresOverflow));
}

void mlm_overflow_clear(ScoresOverflow *overflow, const Host *host) {
  for (int label = 0; label < 2; label++) {
    host->free(overflow->full[label]);
    release(&overflow->sorted[label], host);
    release(&overflow->fresh[label], host);
  }
}

void mlm_sum_add_entry(ExactSum *sum, const Entry *entry) {
  int64_t count = entry->count;
  mlm_sum_add_times(sum, entry->weight, (uint64_t)(count < 0 ? -count : count), count < 0 ? -1 : 1);
}

Status mlm_entries_put(Scores *scores, int label, const Entry *entry, const Host *host) {
  ScoresOverflow *overflow = mlm_scores_overflow(scores, host);
  if (!overflow) return MLM_NOMEM;
  Entries *fresh = &overflow->fresh[label];
  /* As many again as there are: so the merging costs O(log n) an entry. */
  if (fresh->n >= FEW && fresh->n >= overflow->sorted[label].n) {
    Status status = mlm_entries_merge(overflow, host);
    if (status) return status;
  }
  Status status = reserve(fresh, 1, host);
  if (status) return status;
  *mlm_entry_at(fresh, fresh->n++) = *entry;
  if (entry->weight == 1) {
    overflow->whole[label] += entry->count;
  } else {
    overflow->others[label] += entry->count;
    mlm_sum_add_entry(&overflow->weight[label], entry);
  }
  return MLM_OK;
}

static void insertion_sort(const Entries *list, uint64_t from, uint64_t to) {
  for (uint64_t i = from + 1; i < to; i++) {
    Entry entry = *mlm_entry_at(list, i);
    uint64_t j = i;
    for (; j > from && compare(mlm_entry_at(list, j - 1), &entry) > 0; j--)
      *mlm_entry_at(list, j) = *mlm_entry_at(list, j - 1);
    *mlm_entry_at(list, j) = entry;
  }
}

typedef struct Digit {
  bool of_weight;
  uint64_t bit; /* 0: all entries are alike */
} Digit;

static uint64_t top_bit(uint64_t x) { return x ? (uint64_t)1 << (63 - __builtin_clzll(x)) : 0; }

/* The highest bit in which entries differ; says also whether they are sorted. */
static Digit highest_digit(const Entries *list, uint64_t from, uint64_t to, bool *sorted) {
  const Entry *first = mlm_entry_at(list, from), *before = first;
  uint64_t keys = 0, weights = 0;
  *sorted = true;
  for (uint64_t i = from + 1; i < to; i++) {
    const Entry *entry = mlm_entry_at(list, i);
    keys |= entry->key ^ first->key;
    weights |= mlm_double_bits(entry->weight) ^ mlm_double_bits(first->weight);
    *sorted &= compare(before, entry) <= 0;
    before = entry;
  }
  return keys ? (Digit){false, top_bit(keys)} : (Digit){true, top_bit(weights)};
}

static bool has_digit(const Entry *entry, Digit digit) {
  return (digit.of_weight ? mlm_double_bits(entry->weight) : entry->key) & digit.bit;
}

/* Entries without the digit go before those with it; returns where these begin. */
static uint64_t part(const Entries *list, uint64_t from, uint64_t to, Digit digit) {
  for (;;) {
    while (from < to && !has_digit(mlm_entry_at(list, from), digit)) from++;
    while (from < to && has_digit(mlm_entry_at(list, to - 1), digit)) to--;
    if (from == to) return from;
    Entry swap = *mlm_entry_at(list, from);
    *mlm_entry_at(list, from++) = *mlm_entry_at(list, --to);
    *mlm_entry_at(list, to) = swap;
  }
}

/* Radix exchange: no memory, at most 128 deep. */
static Status sort(const Entries *list, uint64_t from, uint64_t to, const Host *host) {
  const uint64_t many = 1 << 16;
  bool sorted;
  if (to - from < SHORT) {
    insertion_sort(list, from, to);
    return MLM_OK;
  }
  if (to - from > many && mlm_interrupted(host)) return MLM_INTERRUPTED;
  Digit digit = highest_digit(list, from, to, &sorted);
  if (sorted) return MLM_OK;
  uint64_t mid = part(list, from, to, digit);
  Status status = sort(list, from, mid, host);
  return status ? status : sort(list, mid, to, host);
}

/* Of a sorted list: alike entries made one, those without rows dropped. */
static void unite(Entries *list) {
  uint64_t kept = 0;
  for (uint64_t i = 0, j; i < list->n; i = j) {
    Entry entry = *mlm_entry_at(list, i);
    for (j = i + 1; j < list->n && compare(mlm_entry_at(list, j), &entry) == 0; j++)
      entry.count += mlm_entry_at(list, j)->count;
    if (entry.count != 0) *mlm_entry_at(list, kept++) = entry;
  }
  list->n = kept;
}

/* Merges more into list from the end, in place; what they have in common leaves a gap, which is closed. */
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
    Entries *fresh = &overflow->fresh[label];
    if (fresh->n == 0) continue;
    status = sort(fresh, 0, fresh->n, host);
    if (status) break;
    unite(fresh);
    status = merge(&overflow->sorted[label], fresh, host);
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
      overflow->whole[label] += (int64_t)(j - i);
    } else {
      while (i < j) keys[left++] = keys[i++];
    }
  }
  return left;
}

void mlm_entries_keep_fractional(ScoresOverflow *overflow) {
  for (int label = 0; label < 2; label++) {
    Entries *lists[] = {&overflow->sorted[label], &overflow->fresh[label]};
    for (int l = 0; l < 2; l++) {
      uint64_t kept = 0;
      for (uint64_t i = 0; i < lists[l]->n; i++)
        if (mlm_entry_at(lists[l], i)->weight != 1)
          *mlm_entry_at(lists[l], kept++) = *mlm_entry_at(lists[l], i);
      lists[l]->n = kept;
    }
    overflow->whole[label] = 0;
  }
}
