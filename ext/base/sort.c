/* Radix sort of 64-bit keys: American flag sort in place until a part fits the cache, then two scatter
 * passes.
 *
 * American flag sort is due to McIlroy, Bostic and McIlroy, "Engineering Radix Sort" (1993). The scatter
 * passes sort by the highest bits only, some eight bits more than tell the keys apart on average. Keys that
 * agree in all of these are rare; they are found in a last pass and sorted there.
 */
#include "base/sort.h"

#include "base/compiler.h"

/* CACHED keys and as much scratch memory fit a second-level cache. */
enum { SHORT = 48, FLAG_BITS = 9, DIGIT_BITS = 12, CACHED = 40000 };

typedef struct Sorter {
  const Host *host;
  uint64_t *scratch;
  size_t room;   /* keys that fit scratch; parts of at most as many are sorted through it */
  size_t passed; /* keys handled since the last poll for an interrupt */
} Sorter;

/* Sorts keys that agree in all bits from `bits` up. */
static Status sort(Sorter *sorter, uint64_t *keys, size_t n, int bits);

static void insertion_sort(uint64_t *keys, size_t n) {
  for (size_t i = 1; i < n; i++) {
    uint64_t key = keys[i];
    size_t j = i;
    for (; j > 0 && keys[j - 1] > key; j--) keys[j] = keys[j - 1];
    keys[j] = key;
  }
}

static void reverse(uint64_t *keys, size_t n) {
  for (size_t i = 0; i < n / 2; i++) {
    uint64_t key = keys[i];
    keys[i] = keys[n - 1 - i];
    keys[n - 1 - i] = key;
  }
}

/* Returns whether the keys are sorted now: they were, or they were in descending order and have been
 * reversed. Other keys are recognised after a few. */
static bool was_sorted(uint64_t *keys, size_t n) {
  size_t i = 1;
  while (i < n && keys[i - 1] <= keys[i]) i++;
  if (i == n) return true;
  if (i > 1 && keys[0] != keys[i - 1]) return false;
  while (i < n && keys[i - 1] >= keys[i]) i++;
  if (i == n) reverse(keys, n);
  return i == n;
}

/* The number of bits of x > 0. */
static int width_of(uint64_t x) { return 64 - mlm_clz64(x); }

/* The lowest bit from which all keys agree; they are not all equal. Ends early where the highest bit varies,
 * as that of packed keys does. */
static int varying_bits(const uint64_t *keys, size_t n) {
  uint64_t any = keys[0], all = keys[0];
  for (size_t i = n & 1; i < n && !((any ^ all) >> 63); i += 2) {
    any |= keys[i] | keys[i + 1];
    all &= keys[i] & keys[i + 1];
  }
  return width_of(any ^ all);
}

/* One stable pass by a digit; keys of digit d go to at[d]. */
static void scatter(const uint64_t *from, uint64_t *to, size_t n, int shift, uint32_t mask, uint32_t *at) {
  MLM_UNROLL(4)
  for (const uint64_t *end = from + n; from < end; from++) {
    uint64_t key = *from;
    to[at[(uint32_t)(key >> shift) & mask]++] = key;
  }
}

/* The keys are sorted by their bits from `shift` up; sorts the runs that agree in these. */
static Status sort_runs(Sorter *sorter, uint64_t *keys, size_t n, int shift) {
  for (size_t i = 1; i < n; i++) {
    if (keys[i] >= keys[i - 1]) continue;
    uint64_t high = keys[i] >> shift;
    size_t from = i - 1, to = i + 1;
    while (from > 0 && keys[from - 1] >> shift == high) from--;
    while (to < n && keys[to] >> shift == high) to++;
    Status status = sort(sorter, keys + from, to - from, shift);
    if (status) return status;
    i = to;
  }
  return MLM_OK;
}

static Status sort_cached(Sorter *sorter, uint64_t *keys, size_t n, int bits) {
  uint32_t low[1 << DIGIT_BITS], high[1 << DIGIT_BITS];
  int digit = (width_of(n) + 9) / 2; /* at most DIGIT_BITS, for n <= CACHED */
  if (2 * digit > bits) digit = (bits + 1) / 2;
  int shift = bits > 2 * digit ? bits - 2 * digit : 0;
  uint32_t mask = ((uint32_t)1 << digit) - 1;
  for (size_t d = 0; d <= mask; d++) low[d] = high[d] = 0;
  MLM_UNROLL(4)
  for (size_t i = 0; i < n; i++) {
    uint32_t both = (uint32_t)(keys[i] >> shift);
    low[both & mask]++;
    high[both >> digit & mask]++;
  }
  for (uint32_t d = 0, l = 0, h = 0; d <= mask; d++) {
    uint32_t in_low = low[d], in_high = high[d];
    low[d] = l;
    high[d] = h;
    l += in_low;
    h += in_high;
  }
  scatter(keys, sorter->scratch, n, shift, mask, low);
  scatter(sorter->scratch, keys, n, shift + digit, mask, high);
  return shift > 0 ? sort_runs(sorter, keys, n, shift) : MLM_OK;
}

/* Moves every key to its bucket: each swap puts one key where it belongs. end[b] is the number of keys of
 * bucket b, and becomes the end of the bucket. Not inlined: its array would be on the stack at every level of
 * recursion. */
static MLM_NOINLINE void distribute(uint64_t *keys, uint32_t *end, uint32_t mask, int shift) {
  uint32_t head[1 << FLAG_BITS];
  for (uint32_t b = 0, at = 0; b <= mask; b++) {
    head[b] = at;
    end[b] = at += end[b];
  }
  for (uint32_t b = 0; b <= mask; b++) {
    while (head[b] < end[b]) {
      uint64_t key = keys[head[b]];
      uint32_t to = (uint32_t)(key >> shift) & mask;
      while (to != b) {
        uint64_t *at = keys + head[to]++;
        uint64_t other = *at;
        *at = key;
        mlm_prefetch_write((const void *)((uintptr_t)at + 128)); /* two cache lines ahead in this bucket */
        key = other;
        to = (uint32_t)(key >> shift) & mask;
      }
      keys[head[b]++] = key;
    }
  }
}

/* Sorts into buckets by the highest bits that vary, in place, then sorts each bucket. */
static Status sort_flag(Sorter *sorter, uint64_t *keys, size_t n) {
  int bits = varying_bits(keys, n), width = width_of(n / CACHED) + 3;
  if (width > FLAG_BITS) width = FLAG_BITS;
  int shift = bits > width ? bits - width : 0;
  uint32_t mask = ((uint32_t)1 << width) - 1, end[1 << FLAG_BITS];
  for (uint32_t b = 0; b <= mask; b++) end[b] = 0;
  for (size_t i = 0; i < n; i++) end[(uint32_t)(keys[i] >> shift) & mask]++;
  distribute(keys, end, mask, shift);
  Status status = MLM_OK;
  for (uint32_t b = 0, from = 0; b <= mask && shift > 0 && !status; from = end[b++])
    status = sort(sorter, keys + from, end[b] - from, shift);
  return status;
}

static bool interrupted(Sorter *sorter, size_t n) {
  const size_t rarely = 1 << 20;
  sorter->passed += n;
  if (sorter->passed < rarely) return false;
  sorter->passed = 0;
  return mlm_interrupted(sorter->host);
}

static Status sort(Sorter *sorter, uint64_t *keys, size_t n, int bits) {
  if (n < SHORT) {
    insertion_sort(keys, n);
    return MLM_OK;
  }
  if (interrupted(sorter, n)) return MLM_INTERRUPTED;
  if (was_sorted(keys, n)) return MLM_OK;
  return n <= sorter->room ? sort_cached(sorter, keys, n, bits) : sort_flag(sorter, keys, n);
}

Status mlm_sort_keys(uint64_t *keys, size_t n, const Host *host) {
  if (n < SHORT) {
    insertion_sort(keys, n);
    return MLM_OK;
  }
  if (was_sorted(keys, n)) return MLM_OK;
  Sorter sorter = {.host = host, .room = n < CACHED ? n : CACHED};
  sorter.scratch = host->realloc(NULL, sorter.room * sizeof *keys);
  if (!sorter.scratch) return MLM_NOMEM;
  Status status =
      n <= sorter.room ? sort_cached(&sorter, keys, n, varying_bits(keys, n)) : sort_flag(&sorter, keys, n);
  host->free(sorter.scratch);
  return status;
}

double mlm_estimate_distinct(const uint64_t *sorted, uint64_t n) {
  double distinct = 0, once = 0, twice = 0;
  for (uint64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && sorted[j] == sorted[i]; j++) {}
    distinct++;
    once += j - i == 1;
    twice += j - i == 2;
  }
  return distinct + once * (once - 1) / (2 * (twice + 1));
}
