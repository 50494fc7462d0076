/* Sorting of 64-bit keys, in place, by radix: American flag on the bits that vary, no libc qsort.
 *
 * Keys that come sorted, rising or falling, cost one pass; so do parts that are all alike.
 */
#ifndef MLM_SORT_H
#define MLM_SORT_H

#include "base/bits.h"
#include "base/host.h"

/* Sorts keys[0..n) ascending, n < 2^32; MLM_NOMEM leaves them as they were. Polls host->stopped now and then:
 * MLM_INTERRUPTED leaves the keys permuted. */
Status mlm_sort_keys(uint64_t *keys, size_t n, const Host *host);

/* The order-preserving key of a score: x < y iff key(x) < key(y), -0.0 as 0.0, ±Infinity included; x not NaN.
 * In integers, so that a host that flushes subnormals to zero gets the same keys. */
static inline uint64_t mlm_encode_score(double x) {
  uint64_t bits = mlm_double_bits(x), u = bits == (uint64_t)1 << 63 ? 0 : bits;
  return u ^ (uint64_t)((int64_t)u >> 63 | INT64_MIN);
}

static inline double mlm_decode_score(uint64_t key) {
  return mlm_double_from_bits(key ^ (uint64_t)((int64_t)~key >> 63 | INT64_MIN));
}
/* Likewise of a score >= 0. */
static inline double mlm_decode_nonneg(uint64_t key) { return mlm_double_from_bits(key ^ (uint64_t)1 << 63); }

#endif
