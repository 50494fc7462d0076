/* Radix sort of 64-bit keys: American flag in place until a part fits the cache, there two scatter passes and
 * a look at the rest.
 *
 * The first after McIlroy, Bostic and McIlroy, "Engineering Radix Sort" (1993). In the cache only the highest
 * bits are scattered, some eight more than tell the keys apart on average: keys that agree in all of them are
 * rare, and sorted where they are found.
 */
#include "base/sort.h"

/* Parts of up to CACHED keys, with as much scratch, lie in a second-level cache. */
enum { SHORT = 48, FLAG_BITS = 9, DIGIT_BITS = 12, CACHED = 40000 };

typedef struct Sorter {
  const Host *host;
  uint64_t *scratch;
  size_t room;   /* keys in scratch; parts of at most as many are sorted through it */
  size_t passed; /* keys handled since the host was last asked */
} Sorter;

/* Sorts keys that agree from bit `bits` up. */
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

/* x > 0. */
static int width_of(uint64_t x) { return 64 - __builtin_clzll(x); }

/* All keys agree from this bit up; they are not all the same. */
static int varying_bits(const uint64_t *keys, size_t n) {
  uint64_t any = keys[0], all = keys[0];
  for (size_t i = n & 1; i < n; i += 2) {
    any |= keys[i] | keys[i + 1];
    all &= keys[i] & keys[i + 1];
  }
  return width_of(any ^ all);
}

/* One stable pass by a digit; at[d] is where the keys of digit d go. */
static void scatter(const uint64_t *from, uint64_t *to, size_t n, int shift, uint32_t mask, uint32_t *at) {
#pragma GCC unroll 4
  for (const uint64_t *end = from + n; from < end; from++) {
    uint64_t key = *from;
    to[at[(uint32_t)(key >> shift) & mask]++] = key;
  }
}

/* Keys are sorted by their bits from shift up; sorts those that agree in them. */
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
#pragma GCC unroll 4
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

/* Moves every key into its bucket: each swap puts one key where it belongs. end[b] holds how many keys bucket
 * b has, and then where it ends. Not inlined: its array would lie on the stack at every level. */
__attribute__((noinline)) static void distribute(uint64_t *keys, uint32_t *end, uint32_t mask, int shift) {
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
        __builtin_prefetch((const void *)((uintptr_t)at + 128),
                           1); /* two lines on, where the bucket goes next */
        key = other;
        to = (uint32_t)(key >> shift) & mask;
      }
      keys[head[b]++] = key;
    }
  }
}

/* Buckets by the highest bits that vary, in place, then each of them. */
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
