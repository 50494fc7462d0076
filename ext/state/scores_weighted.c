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

/* The number of pending entries at which they are merged: amortised O(log n) an entry. */
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

static inline Entry *part_at(const Part *part, uint64_t i) {
  return mlm_entry_at(part->list, part->from + i);
}

static void *item_at(const void *part, uint64_t i) { return part_at(part, i); }

static int compare_items(const void *part, const void *a, const void *b) { return compare(a, b); }

static Status sort_by_comparison(const Part *part, const Host *host) {
  const SortItems items = {part, item_at, compare_items, sizeof(Entry)};
  return mlm_sort_items(&items, part->n, host);
}

/* The bits in which the keys of a part differ; a word has the highest of them, as many as fit, then the
 * place. */
typedef struct KeyBits {
  int left; /* bits above them */
  int place_bits, right;
} KeyBits;

static uint64_t word_of(const KeyBits *bits, uint64_t key, uint64_t place) {
  return key << bits->left >> bits->right << bits->place_bits | place;
}

/* False: all keys are equal. */
static bool find_bits(const Part *part, KeyBits *bits) {
  uint64_t any = 0, all = UINT64_MAX;
  for (uint64_t i = 0; i < part->n; i++) {
    const uint64_t key = part_at(part, i)->key;
    any |= key;
    all &= key;
  }
  if (any == all) return false;
  const int varying = 64 - mlm_clz64(any ^ all), place = 64 - mlm_clz64(part->n - 1);
  *bits = (KeyBits){64 - varying, place, varying + place > 64 ? place : 64 - varying};
  return true;
}

/* Moves the entry at the place in word[i] to place i, for all i, by cycles. */
static void permute(const Part *part, uint64_t *word, const KeyBits *bits) {
  const uint64_t mask = ((uint64_t)1 << bits->place_bits) - 1;
  for (uint64_t i = 0; i < part->n; i++) {
    uint64_t at = i, from = word[i] & mask;
    if (from == i) continue;
    const Entry first = *part_at(part, i);
    for (; from != i; at = from, from = word[at] & mask) {
      *part_at(part, at) = *part_at(part, from);
      word[at] = at;
    }
    *part_at(part, at) = first;
    word[at] = at;
  }
}

/* The entries are sorted by the bits of their keys that words have; sorts the runs that agree in these. */
static Status sort_runs(const Part *part, const KeyBits *bits, const Host *host) {
  for (uint64_t i = 1; i < part->n; i++) {
    if (compare(part_at(part, i - 1), part_at(part, i)) <= 0) continue;
    const uint64_t high = word_of(bits, part_at(part, i)->key, 0);
    uint64_t from = i - 1, to = i + 1;
    while (from > 0 && word_of(bits, part_at(part, from - 1)->key, 0) == high) from--;
    while (to < part->n && word_of(bits, part_at(part, to)->key, 0) == high) to++;
    const Status status = sort_by_comparison(&(Part){part->list, part->from + from, to - from}, host);
    if (status) return status; /* unreachable: an interrupt, which so few entries are sorted without */
    i = to - 1;
  }
  return MLM_OK;
}

/* Sorts words by radix, then moves each entry once. */
static Status sort_by_words(const Part *part, uint64_t *word, const KeyBits *bits, const Host *host) {
  for (uint64_t i = 0; i < part->n; i++) word[i] = word_of(bits, part_at(part, i)->key, i);
  const Status status = mlm_sort_keys(word, part->n, host);
  if (status) return status;
  permute(part, word, bits);
  return sort_runs(part, bits, host);
}

enum { FLAG_BITS = 8, BUCKETS = 1 << FLAG_BITS };

static unsigned bucket_of(const KeyBits *bits, const Entry *entry) {
  return (unsigned)(entry->key << bits->left >> (64 - FLAG_BITS));
}

/* Moves every entry to its bucket, as American flag sort does; end[b] becomes where bucket b ends. Not
 * inlined, so that only one array is on the stack at every level of recursion. */
static MLM_NOINLINE void distribute(const Part *part, const KeyBits *bits, uint64_t *end) {
  uint64_t head[BUCKETS], at = 0;
  for (unsigned b = 0; b < BUCKETS; b++) end[b] = 0;
  for (uint64_t i = 0; i < part->n; i++) end[bucket_of(bits, part_at(part, i))]++;
  for (unsigned b = 0; b < BUCKETS; b++) {
    head[b] = at;
    end[b] = at += end[b];
  }
  for (unsigned b = 0; b < BUCKETS; b++) {
    while (head[b] < end[b]) {
      Entry entry = *part_at(part, head[b]);
      for (unsigned to; (to = bucket_of(bits, &entry)) != b;) {
        Entry *place = part_at(part, head[to]++);
        const Entry other = *place;
        *place = entry;
        entry = other;
      }
      *part_at(part, head[b]++) = entry;
    }
  }
}

/* Parts of at most WORDS entries are sorted through that many words. */
enum { FEW_WORDS = 64, WORDS = PAGE_ENTRIES < 1 << 12 ? 4 * FEW_WORDS : 1 << 15 };

static Status sort_part(const Part *part, uint64_t *word, const Host *host) {
  KeyBits bits;
  if (part->n < FEW_WORDS || !find_bits(part, &bits)) return sort_by_comparison(part, host);
  if (part->n <= WORDS) return sort_by_words(part, word, &bits, host);
  uint64_t end[BUCKETS], from = 0;
  distribute(part, &bits, end);
  Status status = mlm_interrupted(host) ? MLM_INTERRUPTED : MLM_OK;
  for (unsigned b = 0; b < BUCKETS && !status; from = end[b++])
    status = sort_part(&(Part){part->list, part->from + from, end[b] - from}, word, host);
  return status;
}

static bool is_sorted(const Entries *list) {
  uint64_t i = 1;
  while (i < list->n && compare(mlm_entry_at(list, i - 1), mlm_entry_at(list, i)) <= 0) i++;
  return i >= list->n;
}

static Status sort(const Entries *list, const Host *host) {
  if (is_sorted(list)) return MLM_OK;
  uint64_t *word = NULL;
  if (list->n >= FEW_WORDS
      && !(word = host->realloc(NULL, (list->n < WORDS ? list->n : WORDS) * sizeof *word)))
    return MLM_NOMEM;
  const Status status = sort_part(&(Part){list, 0, list->n}, word, host);
  host->free(word);
  return status;
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

/* Moves the sorted entries to the pending ones, page by page from the end, so that hardly more memory is
 * needed. */
static Status unmerge(ScoresOverflow *overflow, int label, const Host *host) {
  Entries *sorted = &overflow->sorted[label], *pending = &overflow->pending[label];
  while (sorted->n > 0) {
    const uint64_t page = (sorted->n - 1) / PAGE_ENTRIES, from = page * PAGE_ENTRIES;
    const Status status = reserve(pending, sorted->n - from, host);
    if (status) return status;
    for (uint64_t i = from; i < sorted->n; i++)
      *mlm_entry_at(pending, pending->n++) = *mlm_entry_at(sorted, i);
    host->free(sorted->page[page]);
    sorted->page[page] = NULL;
    sorted->n = sorted->room = from;
  }
  return MLM_OK;
}

/* Where there are many pending entries and most differ, sorting all of them anew is faster than merging, and
 * takes less memory. */
static Status merge_class(ScoresOverflow *overflow, int label, const Host *host) {
  Entries *sorted = &overflow->sorted[label], *pending = &overflow->pending[label];
  const uint64_t before = sorted->n + pending->n;
  const bool anew = sorted->n == 0 || (overflow->fractional[label] > 0 && pending->n >= sorted->n);
  Status status = anew ? unmerge(overflow, label, host) : MLM_OK;
  overflow->append_limit[label] = 0;
  if (!status) status = sort(pending, host);
  if (status) return status;
  dedup(pending);
  if (anew) {
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
  for (int label = 0; label < 2 && !status; label++)
    if (overflow->pending[label].n > 0) status = merge_class(overflow, label, host);
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

static void keep_fractional(Entries *list) {
  uint64_t kept = 0;
  for (uint64_t i = 0; i < list->n; i++)
    if (mlm_entry_at(list, i)->weight != 1) *mlm_entry_at(list, kept++) = *mlm_entry_at(list, i);
  list->n = kept;
}

void mlm_entries_keep_fractional(ScoresOverflow *overflow) {
  for (int label = 0; label < 2; label++) {
    keep_fractional(&overflow->sorted[label]);
    keep_fractional(&overflow->pending[label]);
    overflow->integral[label] = 0;
  }
}
