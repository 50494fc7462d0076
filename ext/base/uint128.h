/* Unsigned 128-bit integers, for exact products and for ratios that are rounded once; not all compilers have
 * their own. */
#ifndef MLM_UINT128_H
#define MLM_UINT128_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"

typedef struct U128 {
  uint64_t hi, lo;
} U128;

static inline U128 mlm_u128(uint64_t x) { return (U128){0, x}; }

static inline U128 mlm_u128_product(uint64_t a, uint64_t b) {
  U128 product;
  product.lo = mlm_product128(a, b, &product.hi);
  return product;
}

static inline U128 mlm_u128_sum(U128 a, U128 b) {
  uint64_t lo = a.lo + b.lo;
  return (U128){a.hi + b.hi + (lo < a.lo), lo};
}

/* *sum += a·b, modulo 2^128. */
static inline void mlm_u128_add_product(U128 *sum, uint64_t a, uint64_t b) {
  *sum = mlm_u128_sum(*sum, mlm_u128_product(a, b));
}

/* a - b modulo 2^128. */
static inline U128 mlm_u128_difference(U128 a, U128 b) {
  return (U128){a.hi - b.hi - (a.lo < b.lo), a.lo - b.lo};
}

static inline bool mlm_u128_less(U128 a, U128 b) { return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo); }

static inline bool mlm_u128_is_zero(U128 a) { return (a.hi | a.lo) == 0; }

/* a·2^count modulo 2^128, count 0..127. */
static inline U128 mlm_u128_shift_left(U128 a, int count) {
  if (count == 0) return a;
  if (count >= 64) return (U128){a.lo << (count - 64), 0};
  return (U128){a.hi << count | a.lo >> (64 - count), a.lo << count};
}

/* floor(a / 2^count), count 0..127. */
static inline U128 mlm_u128_shift_right(U128 a, int count) {
  if (count == 0) return a;
  if (count >= 64) return (U128){0, a.hi >> (count - 64)};
  return (U128){a.hi >> count, a.lo >> count | a.hi << (64 - count)};
}

/* Number of bits up to the highest one set; 0 for 0. */
static inline int mlm_u128_width(U128 a) {
  if (a.hi) return 128 - mlm_clz64(a.hi);
  return a.lo ? 64 - mlm_clz64(a.lo) : 0;
}

/* (a + s)·2^exponent, where 0 < s < 1 if sticky, else s = 0: the nearest double, ties to even, in any
 * rounding mode; subnormal or Infinity where it must be. */
double mlm_u128_round(U128 a, bool sticky, int64_t exponent);

/* (num + s) / den · 2^exponent, rounded in the same way; 0 < den < 2^127. If sticky, num must have at least
 * 64 bits more than den. */
double mlm_u128_ratio(U128 num, bool sticky, U128 den, int64_t exponent);

#endif
