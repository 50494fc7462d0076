/* Radix sort of 64-bit keys: American flag in place until a part fits the cache, there two scatter passes and
 * a look at the rest.
 *
 * The first after McIlroy, Bostic and McIlroy, "Engineering Radix Sort" (1993). Digits are taken of key -
 * min, so that keys of a narrow range spread over all buckets. In the cache only the highest varying bits are
 * scattered, some eight more than tell the keys apart on average: keys that agree in all of them are rare,
 * and sorted where they are found.
 */
#include "math/sort.h"

enum { SHORT = 48, FLAG_BITS = 10, DIGIT_BITS = 11, CACHED = 1 << 14, ON_STACK = 256 };

typedef struct Sorter {
  const Host *host;
  uint64_t *scratch;
  size_t room;   /* keys in scratch; parts of at most as many are sorted through it */
  size_t passed; /* keys handled since the host was last asked */
} Sorter;

static Status sort(Sorter *sorter, uint64_t *keys, size_t n);

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

/* Whether keys are sorted now: they were, or they were in falling order and are reversed. Others are told
 * from those after a few keys. */
static bool was_sorted(uint64_t *keys, size_t n) {
  size_t i = 1;
  while (i < n && keys[i - 1] <= keys[i]) i++;
  if (i == n) return true;
  if (i > 1 && keys[0] != keys[i - 1]) return false;
  while (i < n && keys[i - 1] >= keys[i]) i++;
  if (i == n) reverse(keys, n);
  return i == n;
}

static int bits_of(uint64_t x) { return x ? 64 - __builtin_clzll(x) : 0; }

typedef struct Range {
  uint64_t min;
  int bits; /* of max - min */
} Range;

static Range range_of(const uint64_t *keys, size_t n) {
  uint64_t min = keys[0], max = min, other_min = min, other_max = min;
  for (size_t i = n & 1; i < n; i += 2) {
    uint64_t a = keys[i], b = keys[i + 1];
    if (a < min) min = a;
    if (a > max) max = a;
    if (b < other_min) other_min = b;
    if (b > other_max) other_max = b;
  }
  if (other_min < min) min = other_min;
  if (other_max > max) max = other_max;
  return (Range){min, bits_of(max - min)};
}

/* One stable pass by a digit of key - min; at[d] is where the keys of digit d go. */
static void scatter(const uint64_t *from, uint64_t *to, size_t n, uint64_t min, int shift, uint32_t mask,
                    uint32_t *at) {
  for (size_t i = 0; i < n; i++) {
    uint64_t key = from[i];
    to[at[(uint32_t)((key - min) >> shift) & mask]++] = key;
  }
}

/* Keys are sorted by their bits from shift up; sorts those that agree in them. */
static Status sort_runs(Sorter *sorter, uint64_t *keys, size_t n, uint64_t min, int shift) {
  Status status = MLM_OK;
  for (size_t i = 1; i < n && !status; i++) {
    if (keys[i] >= keys[i - 1]) continue;
    uint64_t high = (keys[i] - min) >> shift;
    size_t from = i - 1, to = i + 1;
    while (from > 0 && (keys[from - 1] - min) >> shift == high) from--;
    while (to < n && (keys[to] - min) >> shift == high) to++;
    status = sort(sorter, keys + from, to - from);
    i = to;
  }
  return status;
}

static Status sort_cached(Sorter *sorter, uint64_t *keys, size_t n, Range range) {
  uint32_t low[1 << DIGIT_BITS], high[1 << DIGIT_BITS];
  int digit = (bits_of(n) + 7) / 2;
  if (digit > DIGIT_BITS) digit = DIGIT_BITS;
  if (2 * digit > range.bits) digit = (range.bits + 1) / 2;
  int shift = range.bits > 2 * digit ? range.bits - 2 * digit : 0;
  uint32_t mask = ((uint32_t)1 << digit) - 1;
  for (size_t d = 0; d <= mask; d++) low[d] = high[d] = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t both = (uint32_t)((keys[i] - range.min) >> shift);
    low[both & mask]++;
    high[both >> digit]++;
  }
  for (uint32_t d = 0, l = 0, h = 0; d <= mask; d++) {
    uint32_t in_low = low[d], in_high = high[d];
    low[d] = l;
    high[d] = h;
    l += in_low;
    h += in_high;
  }
  scatter(keys, sorter->scratch, n, range.min, shift, mask, low);
  scatter(sorter->scratch, keys, n, range.min, shift + digit, mask, high);
  return shift > 0 ? sort_runs(sorter, keys, n, range.min, shift) : MLM_OK;
}

/* Moves every key into its bucket: each swap puts one key where it belongs. On return end[b] is where bucket
 * b ends, on entry how many keys it has. */
static void distribute(uint64_t *keys, size_t *end, size_t buckets, Range range, int shift) {
  size_t head[1 << FLAG_BITS];
  for (size_t b = 0, at = 0; b < buckets; b++) {
    head[b] = at;
    end[b] = at += end[b];
  }
  for (size_t b = 0; b < buckets; b++) {
    while (head[b] < end[b]) {
      uint64_t key = keys[head[b]];
      size_t to = (size_t)((key - range.min) >> shift);
      while (to != b) {
        uint64_t *at = keys + head[to]++;
        uint64_t other = *at;
        *at = key;
        __builtin_prefetch((const void *)((uintptr_t)at + 128), 1);
        key = other;
        to = (size_t)((key - range.min) >> shift);
      }
      keys[head[b]++] = key;
    }
  }
}

/* Buckets by the highest bits, in place, then each of them. */
static Status sort_flag(Sorter *sorter, uint64_t *keys, size_t n, Range range) {
  int width = bits_of(n / CACHED) + 3;
  if (width > FLAG_BITS) width = FLAG_BITS;
  int shift = range.bits > width ? range.bits - width : 0;
  size_t buckets = (size_t)1 << (range.bits - shift), end[1 << FLAG_BITS];
  for (size_t b = 0; b < buckets; b++) end[b] = 0;
  for (size_t i = 0; i < n; i++) end[(keys[i] - range.min) >> shift]++;
  distribute(keys, end, buckets, range, shift);
  Status status = MLM_OK;
  for (size_t b = 0, from = 0; b < buckets && shift > 0 && !status; from = end[b++])
    status = sort(sorter, keys + from, end[b] - from);
  return status;
}

static bool stopped(Sorter *sorter, size_t n) {
  const size_t rarely = 1 << 20;
  sorter->passed += n;
  if (sorter->passed < rarely) return false;
  sorter->passed = 0;
  return mlm_stopped(sorter->host);
}

static Status sort(Sorter *sorter, uint64_t *keys, size_t n) {
  if (n < SHORT) {
    insertion_sort(keys, n);
    return MLM_OK;
  }
  if (stopped(sorter, n)) return MLM_STOPPED;
  if (was_sorted(keys, n)) return MLM_OK;
  Range range = range_of(keys, n);
  return n <= sorter->room ? sort_cached(sorter, keys, n, range) : sort_flag(sorter, keys, n, range);
}

Status mlm_sort_keys(uint64_t *keys, size_t n, const Host *host) {
  if (n < SHORT) {
    insertion_sort(keys, n);
    return MLM_OK;
  }
  Sorter sorter = {.host = host, .room = n < CACHED ? n : CACHED};
  sorter.scratch = host->resize(NULL, sorter.room * sizeof *keys);
  if (!sorter.scratch) return MLM_NOMEM;
  Status status = sort(&sorter, keys, n);
  host->release(sorter.scratch);
  return status;
}
