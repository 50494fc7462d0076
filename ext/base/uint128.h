/* Unsigned 128-bit integers as two words, for exact products and for ratios that are rounded once.
 *
 * Own, because 32-bit targets have no __int128; where the compiler has it, the product uses it.
 */
#ifndef MLM_UINT128_H
#define MLM_UINT128_H

#include <stdbool.h>
#include <stdint.h>

typedef struct U128 {
  uint64_t hi, lo;
} U128;

static inline U128 mlm_u128(uint64_t x) { return (U128){0, x}; }

static inline U128 mlm_u128_product(uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 Native;
  Native p = (Native)a * b;
  return (U128){(uint64_t)(p >> 64), (uint64_t)p};
#else
  uint64_t a1 = a >> 32, a0 = (uint32_t)a, b1 = b >> 32, b0 = (uint32_t)b;
  uint64_t low = a0 * b0, mid = a1 * b0 + (low >> 32), cross = a0 * b1 + (uint32_t)mid;
  return (U128){a1 * b1 + (mid >> 32) + (cross >> 32), cross << 32 | (uint32_t)low};
#endif
}

static inline U128 mlm_u128_sum(U128 a, U128 b) {
  uint64_t lo = a.lo + b.lo;
  return (U128){a.hi + b.hi + (lo < a.lo), lo};
}

/* a - b modulo 2^128. */
static inline U128 mlm_u128_difference(U128 a, U128 b) {
  return (U128){a.hi - b.hi - (a.lo < b.lo), a.lo - b.lo};
}

static inline bool mlm_u128_less(U128 a, U128 b) { return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo); }

static inline bool mlm_u128_is_zero(U128 a) { return (a.hi | a.lo) == 0; }

/* count 0..127. */
static inline U128 mlm_u128_shift_left(U128 a, int count) {
  if (count == 0) return a;
  if (count >= 64) return (U128){a.lo << (count - 64), 0};
  return (U128){a.hi << count | a.lo >> (64 - count), a.lo << count};
}

/* Number of bits up to and with the highest set one; 0 for 0. */
static inline int mlm_u128_width(U128 a) {
  if (a.hi) return 128 - __builtin_clzll(a.hi);
  return a.lo ? 64 - __builtin_clzll(a.lo) : 0;
}

/* (a + sticky·ε) · 2^exponent as the nearest double, ties to even, subnormals and overflow included. */
double mlm_u128_round(U128 a, bool sticky, int64_t exponent);

/* (num + sticky·ε) / den · 2^exponent as the nearest double; 0 < den < 2^127. sticky stands for a fraction of
 * num's unit above 0 and below 1; where it is set, num must have at least 64 bits more than den. */
double mlm_u128_ratio(U128 num, bool sticky, U128 den, int64_t exponent);

#endif
