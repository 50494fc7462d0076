/* Counted entries of a score set: sorted, merged, equal ones combined, those that cancel out dropped. */
#include "state/scores_weighted.h"

#include <string.h>

#include "base/bits.h"
#include "base/sort.h"
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

/* The pending entries at which they are merged: amortised O(log n) an entry. */
static uint64_t merge_point(const ScoresOverflow *in, int label) {
  uint64_t at = in->sorted[label].n > FEW ? in->sorted[label].n : FEW;
  return in->fractional[label] > 0 && in->merge_at[label] > at ? in->merge_at[label] : at;
}

Status mlm_entries_put(ScoresOverflow **overflow, int label, const Entry *entry, const Host *host) {
  ScoresOverflow *in = mlm_overflow_make(overflow, host);
  if (!in) return MLM_NOMEM;
  Entries *pending = &in->pending[label];
  Status status = MLM_OK;
  if (pending->n >= merge_point(in, label)) status = mlm_entries_merge(in, host);
  if (!status) status = reserve(pending, 1, host);
  if (status) return status;
  *mlm_entry_at(pending, pending->n++) = *entry;
  if (entry->weight == 1) {
    in->integral[label] += entry->count;
  } else {
    in->fractional[label] += entry->count;
    mlm_sum_add_entry(&in->weight[label], entry);
  }
  uint64_t point = merge_point(in, label);
  in->append_limit[label] = pending->room < point ? pending->room : point;
  return MLM_OK;
}

/* ---- sorting ---- */

/* Entries [from, from + n) of a list. */
typedef struct Part {
  const Entries *list;
  uint64_t from, n;
} Part;

static void *item_at(const void *part, uint64_t i) {
  const Part *in = part;
  return mlm_entry_at(in->list, in->from + i);
}

static int compare_items(const void *part, const void *a, const void *b) { return compare(a, b); }

static Status sort_by_comparison(const Part *part, const Host *host) {
  const SortItems items = {part, item_at, compare_items, sizeof(Entry)};
  return mlm_sort_items(&items, part->n, host);
}

/* A word of an entry: the highest of the bits in which keys differ, as many as fit, then its place. */
typedef struct WordFormat {
  int place_bits;
  int left, right; /* shifts that bring those bits to the top, and away what does not fit */
} WordFormat;

static uint64_t word_of(const WordFormat *format, uint64_t key, uint64_t place) {
  return key << format->left >> format->right << format->place_bits | place;
}

/* False: all keys are equal. */
static bool choose_format(const Entries *list, WordFormat *format) {
  uint64_t any = 0, all = UINT64_MAX;
  for (uint64_t i = 0; i < list->n; i++) {
    any |= mlm_entry_at(list, i)->key;
    all &= mlm_entry_at(list, i)->key;
  }
  if (any == all) return false;
  const int varying = 64 - mlm_clz64(any ^ all), place = 64 - mlm_clz64(list->n - 1);
  format->place_bits = place;
  format->left = 64 - varying;
  format->right = varying + place > 64 ? place : 64 - varying;
  return true;
}

/* Moves the entry at the place in word[i] to place i, for all i, by cycles. */
static Status permute(const Entries *list, uint64_t *word, const WordFormat *format, const Host *host) {
  const uint64_t mask = ((uint64_t)1 << format->place_bits) - 1;
  for (uint64_t i = 0; i < list->n; i++) {
    uint64_t at = i, from = word[i] & mask;
    if (i % SORT_POLL_ITEMS == 0 && mlm_interrupted(host)) return MLM_INTERRUPTED;
    if (from == i) continue;
    const Entry first = *mlm_entry_at(list, i);
    for (; from != i; at = from, from = word[at] & mask) {
      *mlm_entry_at(list, at) = *mlm_entry_at(list, from);
      word[at] = at;
    }
    *mlm_entry_at(list, at) = first;
    word[at] = at;
  }
  return MLM_OK;
}

/* The entries are sorted by the bits of their keys that words have; sorts the runs that agree in these. */
static Status sort_runs(const Entries *list, const WordFormat *format, const Host *host) {
  for (uint64_t i = 1; i < list->n; i++) {
    const Entry *entry = mlm_entry_at(list, i);
    if (compare(mlm_entry_at(list, i - 1), entry) <= 0) continue;
    const uint64_t high = word_of(format, entry->key, 0);
    uint64_t from = i - 1, to = i + 1;
    while (from > 0 && word_of(format, mlm_entry_at(list, from - 1)->key, 0) == high) from--;
    while (to < list->n && word_of(format, mlm_entry_at(list, to)->key, 0) == high) to++;
    const Status status = sort_by_comparison(&(Part){list, from, to - from}, host);
    if (status) return status;
    i = to - 1;
  }
  return MLM_OK;
}

static bool is_sorted(const Entries *list) {
  uint64_t i = 1;
  while (i < list->n && compare(mlm_entry_at(list, i - 1), mlm_entry_at(list, i)) <= 0) i++;
  return i >= list->n;
}

/* Sorts words by radix, then moves each entry once. So many words, or fewer, are one allocation. */
static Status sort(const Entries *list, const Host *host) {
  enum { FEWEST_WORDS = 64, MOST_WORDS = 1 << 27 };
  WordFormat format;
  if (is_sorted(list)) return MLM_OK;
  if (list->n < FEWEST_WORDS || list->n > MOST_WORDS || !choose_format(list, &format))
    return sort_by_comparison(&(Part){list, 0, list->n}, host);
  uint64_t *word = host->realloc(NULL, list->n * sizeof *word);
  if (!word) return MLM_NOMEM;
  for (uint64_t i = 0; i < list->n; i++) word[i] = word_of(&format, mlm_entry_at(list, i)->key, i);
  Status status = mlm_sort_keys(word, list->n, host);
  if (!status) status = permute(list, word, &format, host);
  host->free(word);
  return status ? status : sort_runs(list, &format, host);
}

/* ---- merging ---- */

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

/* The pending entries, which are sorted. */
static Status merge_class(ScoresOverflow *overflow, int label, const Host *host) {
  Entries *sorted = &overflow->sorted[label], *pending = &overflow->pending[label];
  const uint64_t before = sorted->n + pending->n;
  Status status = MLM_OK;
  overflow->append_limit[label] = 0;
  dedup(pending);
  if (sorted->n == 0) {
    const Entries empty = *sorted;
    *sorted = *pending;
    *pending = empty;
  } else {
    status = merge(sorted, pending, host);
  }
  overflow->merge_at[label] = sorted->n > before - before / 4 ? 4 * sorted->n : 0;
  return status;
}

Status mlm_entries_merge(ScoresOverflow *overflow, const Host *host) {
  Status status = MLM_OK;
  for (int label = 0; label < 2 && !status; label++) {
    Entries *pending = &overflow->pending[label];
    if (pending->n == 0) continue;
    status = sort(pending, host);
    if (status) break;
    status = merge_class(overflow, label, host);
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
