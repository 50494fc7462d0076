/* Unsigned 128-bit integers as two words, for exact products and for ratios that are rounded once.
 *
 * Own, because 32-bit targets have no __int128; where the compiler has it, the product uses it.
 */
#ifndef MLM_WIDE_H
#define MLM_WIDE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Wide {
  uint64_t hi, lo;
} Wide;

static inline Wide wide_of(uint64_t x) { return (Wide){0, x}; }

static inline Wide wide_product(uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 Native;
  Native p = (Native)a * b;
  return (Wide){(uint64_t)(p >> 64), (uint64_t)p};
#else
  uint64_t a1 = a >> 32, a0 = (uint32_t)a, b1 = b >> 32, b0 = (uint32_t)b;
  uint64_t low = a0 * b0, mid = a1 * b0 + (low >> 32), cross = a0 * b1 + (uint32_t)mid;
  return (Wide){a1 * b1 + (mid >> 32) + (cross >> 32), cross << 32 | (uint32_t)low};
#endif
}

static inline Wide wide_sum(Wide a, Wide b) {
  uint64_t lo = a.lo + b.lo;
  return (Wide){a.hi + b.hi + (lo < a.lo), lo};
}

/* a - b modulo 2^128. */
static inline Wide wide_difference(Wide a, Wide b) {
  return (Wide){a.hi - b.hi - (a.lo < b.lo), a.lo - b.lo};
}

static inline bool wide_less(Wide a, Wide b) { return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo); }

static inline bool wide_is_zero(Wide a) { return (a.hi | a.lo) == 0; }

/* count 0..127. */
static inline Wide wide_shift_left(Wide a, int count) {
  if (count == 0) return a;
  if (count >= 64) return (Wide){a.lo << (count - 64), 0};
  return (Wide){a.hi << count | a.lo >> (64 - count), a.lo << count};
}

/* Number of bits up to and with the highest set one; 0 for 0. */
static inline int wide_bits(Wide a) {
  if (a.hi) return 128 - __builtin_clzll(a.hi);
  return a.lo ? 64 - __builtin_clzll(a.lo) : 0;
}

/* (a + sticky·ε) · 2^exponent as the nearest double, ties to even, subnormals and overflow included. */
double mlm_wide_round(Wide a, bool sticky, int64_t exponent);

/* (num + sticky·ε) / den · 2^exponent as the nearest double; 0 < den < 2^127. sticky stands for a fraction of
 * num's unit above 0 and below 1; where it is set, num must have at least 64 bits more than den. */
double mlm_wide_ratio(Wide num, bool sticky, Wide den, int64_t exponent);

#endif
