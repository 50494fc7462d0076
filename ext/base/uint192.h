/* Sums of products of three 64-bit integers: squares and cubes of ranks, each times a count. */
#ifndef MLM_UINT192_H
#define MLM_UINT192_H

#include "base/uint128.h"

enum { MLM_U192_WORDS = 3 };

typedef struct U192 {
  uint64_t word[MLM_U192_WORDS]; /* the lowest first */
} U192;

/* Adds a·b to the sum, modulo 2^192. */
static inline void mlm_u192_add(U192 *sum, U128 a, uint64_t b) {
  U128 low = mlm_u128_product(a.lo, b), high = mlm_u128_product(a.hi, b);
  U128 lower = mlm_u128_sum((U128){sum->word[1], sum->word[0]}, low);
  high.hi += mlm_u128_less(lower, low); /* at most 2^64 - 2 before */
  U128 upper = mlm_u128_sum((U128){sum->word[2], lower.hi}, high);
  sum->word[0] = lower.lo;
  sum->word[1] = upper.lo;
  sum->word[2] = upper.hi;
}

#endif
