/* Exact sums of doubles, and of products of two doubles, from which numbers can be subtracted again.
 *
 * A sum is an integer in limbs of 32 bits, each kept in an int64 so that carries can be delayed: a
 * superaccumulator after Kulisch, "Computer Arithmetic and Validity" (2013). Zeroed memory is the empty sum.
 * Numbers that are not finite are counted, so that they too can be subtracted. A `sign` is +1 to add and -1
 * to subtract what was added before.
 *
 * exact_sum_round.h rounds sums and their ratios, exact_sum_product.h multiplies sums, exact_sum_save.h saves
 * them.
 */
#ifndef MLM_EXACT_SUM_H
#define MLM_EXACT_SUM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bits.h"

enum {
  SUM_LIMBS = 70, /* limb i counts units of 2^(32i - 1075) */
  /* Limb i counts units of 2^(32i - 2163), so limb i of an ExactSum is limb i + 34 of a ProductSum. */
  PRODUCT_LIMBS = 140,
  PRODUCT_SHIFT = 34
};

/* The part that both types of sum have in common. */
typedef struct SumRange {
  uint8_t adds;                /* number of adds since the last carry pass */
  uint8_t from, reach;         /* limbs outside [from, from + reach] are 0; reach 0: all are */
  uint16_t low, span;          /* doubles with exponent fields in [low, low + span) fit these limbs */
  int64_t nans, infinities[2]; /* counts of NaN, of +Infinity and of -Infinity */
} SumRange;

typedef struct ExactSum {
  SumRange range;
  int64_t limb[SUM_LIMBS];
} ExactSum;

typedef struct ProductSum {
  SumRange range;
  int64_t limb[PRODUCT_LIMBS];
} ProductSum;

/* Propagates carries: brings all limbs but the top one into [0, 2^32). */
void mlm_limbs_carry(SumRange *range, int64_t *limb, int limbs);
/* Counts an add; carries once as many have been counted as a limb has headroom for. */
static inline void mlm_sum_count_add(SumRange *range, int64_t *limb, int limbs) {
  if (++range->adds == 0) mlm_limbs_carry(range, limb, limbs);
}

/* The part of mlm_sum_add() for doubles outside the current range, zero, subnormals, infinities and NaN. */
void mlm_sum_add_far(ExactSum *sum, double x, int sign);

/* Adds x as two slices: its lower 32 bits and those above. Inline, because it runs for every row; the rare
 * cases are a tail call, so that it needs no stack frame. */
static inline void mlm_sum_add(ExactSum *sum, double x, int sign) {
  uint64_t u = mlm_double_bits(x);
  unsigned exponent = (unsigned)(u >> 52) & 0x7ff, shift = exponent & 31, i = exponent >> 5;
  if (exponent - sum->range.low >= sum->range.span) {
    mlm_sum_add_far(sum, x, sign);
    return;
  }
  uint64_t low = (uint32_t)u << shift, high = (u << 11 | (uint64_t)1 << 63) >> (43 - shift);
  int64_t s = (int64_t)u >> 63 ^ -(sign < 0); /* 0 or -1: (v ^ s) - s negates without a branch */
  sum->limb[i] += ((int64_t)low ^ s) - s;
  sum->limb[i + 1] += ((int64_t)high ^ s) - s;
  mlm_sum_count_add(&sum->range, sum->limb, SUM_LIMBS);
}

/* Adds k·x, k < 2^63. */
void mlm_sum_add_times(ExactSum *sum, double x, uint64_t k, int sign);
/* Adds x[0] to x[n - 1]; fast where neighbours mostly have the same sign and exponent, as in a sorted list.
 */
void mlm_sum_add_all(ExactSum *sum, const double *x, size_t n);
/* Adds or subtracts x[0] to x[n - 1], of any signs and exponents; fast where most of them are within a factor
 * of 2^23 of the largest. */
void mlm_sum_add_block(ExactSum *sum, const double *x, size_t n, int sign);
/* Adds the integer n. */
void mlm_sum_add_integer(ExactSum *sum, int64_t n);
void mlm_sum_add_sum(ExactSum *into, const ExactSum *from, int sign);

/* How many numbers in the sum are not finite. */
static inline int64_t mlm_specials(const SumRange *range) {
  return range->nans + range->infinities[0] + range->infinities[1];
}

/* Adds x·w exactly; both finite, or one infinite and the other not zero. */
void mlm_product_add(ProductSum *sum, double x, double w, int sign);
void mlm_product_add_sum(ProductSum *into, const ExactSum *from, int sign);
void mlm_product_add_products(ProductSum *into, const ProductSum *from, int sign);

#endif
