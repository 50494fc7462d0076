/* Hash tables with open addressing and linear probing: the loops that all of them share.
 *
 * A table is an array owned by the caller whose length is a power of two; `mask` is the length less 1. At
 * least one place is empty. The functions that describe the table to a loop are constants, so they are
 * inlined.
 */
#ifndef MLM_HASH_TABLE_H
#define MLM_HASH_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/uint128.h"

/* Mixes x into a hash: each bit of either affects all bits of the result. */
static inline uint64_t mlm_hash_mix(uint64_t hash, uint64_t x) {
  U128 product = mlm_u128_product(hash ^ x, 0x9e3779b97f4a7c15);
  return product.hi ^ product.lo;
}

/* Whether a place is empty or holds the key. */
typedef bool (*HashEnds)(const void *table, uint64_t place, const void *key);

/* The place that holds the key, or the empty one where it belongs. */
static MLM_ALWAYS_INLINE uint64_t mlm_hash_find(const void *table, uint64_t mask, uint64_t hash,
                                                const void *key, HashEnds ends) {
  uint64_t place = hash & mask;
  while (!ends(table, place, key)) place = (place + 1) & mask;
  return place;
}

/* Stores the hash of the entry at a place; false: the place is empty. */
typedef bool (*HashAt)(const void *table, uint64_t place, uint64_t *hash);
typedef void (*HashMove)(void *table, uint64_t to, uint64_t from);

/* Closes the gap that a removed entry leaves: moves entries back that a search would no longer reach. Returns
 * the place that the caller must mark as empty. */
static MLM_ALWAYS_INLINE uint64_t mlm_hash_close_gap(void *table, uint64_t mask, uint64_t gap, HashAt hash_at,
                                                     HashMove move) {
  uint64_t hash;
  for (uint64_t at = (gap + 1) & mask; hash_at(table, at, &hash); at = (at + 1) & mask) {
    if (((at - hash) & mask) < ((at - gap) & mask)) continue; /* its home is after the gap */
    move(table, gap, at);
    gap = at;
  }
  return gap;
}

#endif
