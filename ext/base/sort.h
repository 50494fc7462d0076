/* Sorting 64-bit keys by radix, how many differ, and the keys of scores. */
#ifndef MLM_SORT_H
#define MLM_SORT_H

#include "base/bits.h"
#include "base/host.h"

/* Sorts keys[0..n) in ascending order, n < 2^32. Keys that are sorted already, in either direction, cost one
 * pass. MLM_NOMEM leaves the keys as they were, MLM_INTERRUPTED permuted. */
Status mlm_sort_keys(uint64_t *keys, size_t n, const Host *host);

/* Estimates how many distinct keys there are, at least, where `sorted` are a sample of them: distinct +
 * once·(once - 1) / 2(twice + 1), of the sample's keys those seen once and twice. Chao, "Nonparametric
 * estimation of the number of classes in a population" (1984). */
double mlm_estimate_distinct(const uint64_t *sorted, uint64_t n);

/* The order-preserving key of a score, Infinity included and NaN excluded: x < y iff key(x) < key(y). -0.0
 * has the key of 0.0. In integers, so that flush-to-zero does not change a key. */
static inline uint64_t mlm_encode_score(double x) {
  uint64_t bits = mlm_double_bits(x), u = bits == (uint64_t)1 << 63 ? 0 : bits;
  return u ^ (uint64_t)((int64_t)u >> 63 | INT64_MIN);
}

static inline double mlm_decode_score(uint64_t key) {
  return mlm_double_from_bits(key ^ (uint64_t)((int64_t)~key >> 63 | INT64_MIN));
}
/* The same for a score that is known to be >= 0. */
static inline double mlm_decode_nonneg(uint64_t key) { return mlm_double_from_bits(key ^ (uint64_t)1 << 63); }

#endif
