/* Radix sort of 64-bit keys: American flag in place until a part fits the cache, there two scatter passes and
 * a look at the rest.
 *
 * The first after McIlroy, Bostic and McIlroy, "Engineering Radix Sort" (1993). Digits are taken of key -
 * min, so that keys of a narrow range spread over all buckets. In the cache only the highest 2·DIGIT varying
 * bits are scattered: keys that agree in all of them are rare, and an insertion sort puts them right.
 */
#include "math/sort.h"

enum { SHORT = 32, FLAG_BITS = 10, CACHED = 1 << 14, DIGIT = 11, CLUSTER = 64 };

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

typedef struct Range {
  uint64_t min, max;
  bool ascending, descending;
} Range;

static Range range_of(const uint64_t *keys, size_t n) {
  Range range = {keys[0], keys[0], true, true};
  uint64_t falls = 0, rises = 0;
  for (size_t i = 1; i < n; i++) {
    uint64_t key = keys[i];
    falls |= key < keys[i - 1];
    rises |= key > keys[i - 1];
    if (key < range.min) range.min = key;
    if (key > range.max) range.max = key;
  }
  range.ascending = !falls;
  range.descending = !rises;
  return range;
}

/* Moves every key into its bucket: each swap puts one key where it belongs. end[b] is one past bucket b. */
static void distribute(uint64_t *keys, size_t *start, const size_t *end, size_t buckets, uint64_t min,
                       int shift) {
  for (size_t b = 0; b < buckets; b++) {
    while (start[b] < end[b]) {
      uint64_t key = keys[start[b]];
      size_t to = (size_t)((key - min) >> shift);
      while (to != b) {
        size_t at = start[to]++;
        uint64_t other = keys[at];
        keys[at] = key;
        key = other;
        to = (size_t)((key - min) >> shift);
      }
      keys[start[b]++] = key;
    }
  }
}

static int bits_of(uint64_t x) { return x ? 64 - __builtin_clzll(x) : 0; }

typedef struct Sorter {
  const Host *host;
  uint64_t *scratch; /* CACHED keys */
} Sorter;

static Status sort(const Sorter *sorter, uint64_t *keys, size_t n);

/* One stable pass by a digit of key - min. count holds how many keys have each digit. */
static void scatter(const uint64_t *from, uint64_t *to, size_t n, uint64_t min, int shift, uint32_t mask,
                    uint32_t *count) {
  uint32_t at = 0;
  for (size_t d = 0; d <= mask; d++) {
    uint32_t size = count[d];
    count[d] = at;
    at += size;
  }
  for (size_t i = 0; i < n; i++) to[count[(uint32_t)((from[i] - min) >> shift) & mask]++] = from[i];
}

/* Keys are sorted by their bits from shift up; sorts runs that agree in those. */
static Status sort_runs(const Sorter *sorter, uint64_t *keys, size_t n, uint64_t min, int shift) {
  Status status = MLM_OK;
  for (size_t i = 1; i < n && !status; i++) {
    if (keys[i] >= keys[i - 1]) continue;
    size_t from = i - 1, to = i + 1;
    uint64_t high = (keys[i] - min) >> shift;
    while (from > 0 && (keys[from - 1] - min) >> shift == high) from--;
    while (to < n && (keys[to] - min) >> shift == high) to++;
    if (to - from < CLUSTER)
      insertion_sort(keys + from, to - from);
    else
      status = sort(sorter, keys + from, to - from);
    i = to - 1;
  }
  return status;
}

static Status sort_cached(const Sorter *sorter, uint64_t *keys, size_t n, uint64_t min, uint64_t max) {
  uint32_t low[1 << DIGIT], high[1 << DIGIT];
  int digit = n < 1024 ? 8 : DIGIT, varying = bits_of(max - min);
  int shift = varying > 2 * digit ? varying - 2 * digit : 0;
  uint32_t mask = ((uint32_t)1 << digit) - 1;
  for (size_t d = 0; d <= mask; d++) low[d] = high[d] = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t both = (uint32_t)((keys[i] - min) >> shift);
    low[both & mask]++;
    high[both >> digit]++;
  }
  scatter(keys, sorter->scratch, n, min, shift, mask, low);
  scatter(sorter->scratch, keys, n, min, shift + digit, mask, high);
  return shift > 0 ? sort_runs(sorter, keys, n, min, shift) : MLM_OK;
}

/* Buckets by the highest bits, in place, then each of them. */
static Status sort_flag(const Sorter *sorter, uint64_t *keys, size_t n, uint64_t min, uint64_t max) {
  int width = bits_of((uint64_t)n / CACHED) + 2, varying = bits_of(max - min);
  if (width > FLAG_BITS) width = FLAG_BITS;
  int shift = varying > width ? varying - width : 0;
  size_t buckets = (size_t)((max - min) >> shift) + 1;
  size_t start[1 << FLAG_BITS] = {0}, end[1 << FLAG_BITS];
  for (size_t i = 0; i < n; i++) start[(keys[i] - min) >> shift]++;
  for (size_t b = 0, at = 0; b < buckets; b++) {
    size_t size = start[b];
    start[b] = at;
    end[b] = at += size;
  }
  distribute(keys, start, end, buckets, min, shift);
  Status status = MLM_OK;
  for (size_t b = 0, from = 0; b < buckets && shift > 0 && !status; from = end[b++])
    status = sort(sorter, keys + from, end[b] - from);
  return status;
}

static Status sort(const Sorter *sorter, uint64_t *keys, size_t n) {
  if (n < SHORT) {
    insertion_sort(keys, n);
    return MLM_OK;
  }
  Range range = range_of(keys, n);
  if (range.ascending) return MLM_OK;
  if (range.descending) {
    reverse(keys, n);
    return MLM_OK;
  }
  if (n <= CACHED) return sort_cached(sorter, keys, n, range.min, range.max);
  return mlm_stopped(sorter->host) ? MLM_STOPPED : sort_flag(sorter, keys, n, range.min, range.max);
}

Status mlm_sort_keys(uint64_t *keys, size_t n, const Host *host) {
  Sorter sorter = {.host = host};
  if (n < SHORT) {
    insertion_sort(keys, n);
    return MLM_OK;
  }
  sorter.scratch = host->resize(NULL, (n < CACHED ? n : CACHED) * sizeof *keys);
  if (!sorter.scratch) return MLM_NOMEM;
  Status status = sort(&sorter, keys, n);
  host->release(sorter.scratch);
  return status;
}
