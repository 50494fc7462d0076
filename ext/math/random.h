/* The counter-based generator of resampling: a random number is a function of seed, replicate and draw.
 *
 *   mix(z)   z ^= z >> 30; z *= 0xbf58476d1ce4e5b9; z ^= z >> 27; z *= 0x94d049bb133111eb; z ^= z >> 31
 *   hash(seed, replicate, draw) = mix(mix(mix(seed + G) + replicate·G) + (draw + 1)·G), G =
 * 0x9e3779b97f4a7c15
 *
 * modulo 2^64: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014)
 * with the 13th of Stafford's mixers, three times, each seeded by the one before. Any draw costs the same, in
 * any order. sql/bootstrap.sql has test vectors.
 */
#ifndef MLM_RANDOM_H
#define MLM_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

#define MLM_RANDOM_STEP UINT64_C(0x9e3779b97f4a7c15) /* G: 2^64 over the golden ratio, made odd */

static inline uint64_t mlm_random_mix(uint64_t z) {
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

/* What the draws of a replicate have in common. */
static inline uint64_t mlm_random_stream(uint64_t seed, uint64_t replicate) {
  return mlm_random_mix(mlm_random_mix(seed + MLM_RANDOM_STEP) + replicate * MLM_RANDOM_STEP);
}

/* hash(seed, replicate, draw) of the stream of seed and replicate. */
static inline uint64_t mlm_random_hash(uint64_t stream, uint64_t draw) {
  return mlm_random_mix(stream + (draw + 1) * MLM_RANDOM_STEP);
}

/* An index below n > 0: the high 64 bits of hash·n. The chance of each is within 2^-64 of 1/n. */
static inline uint64_t mlm_random_below(uint64_t hash, uint64_t n) {
  uint64_t high;
  mlm_product128(hash, n, &high);
  return high;
}

/* A hash of n bytes: mix() of the words of 8 bytes, little-endian, the last filled up with zeros, each xored
 * with the hash so far. `start` tells kinds of bytes apart, and n is hashed too. */
uint64_t mlm_random_hash_bytes(uint64_t start, const void *bytes, size_t n);

/* A number with the Poisson distribution of mean 1, from a hash: how many of floor(2^64·P(X <= k)), k = 0, 1,
 * …, are not above it. */
int mlm_random_poisson1(uint64_t hash);

#endif
