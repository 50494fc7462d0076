/* Sums of doubles, and of products of two doubles, without any rounding until the end.
 *
 * A sum is an integer in limbs of 32 bits, each kept in an int64 so that carries can wait. Zeroed memory is
 * the empty sum. Numbers that are not finite are counted, so they too can be taken back. After Kulisch,
 * "Computer Arithmetic and Validity" (2013), as a superaccumulator with delayed carries.
 */
#ifndef MLM_EXACT_SUM_H
#define MLM_EXACT_SUM_H

#include <string.h>

#include "base/bits.h"
#include "base/uint128.h"
#include "state/blob.h"

enum {
  SUM_LIMBS = 70, /* limb i is worth 2^(32i - 1075) */
  PRODUCT_LIMBS =
      140, /* limb i is worth 2^(32i - 2163): 34 limbs lower, so that an ExactSum adds limb by limb */
  PRODUCT_SHIFT = 34
};

/* What both kinds of sum keep beside their limbs. */
typedef struct SumRange {
  uint8_t adds;                /* since the last carry pass */
  uint8_t from, reach;         /* only limbs [from, from + reach] may be other than zero; reach 0: none */
  uint16_t low, span;          /* doubles of exponents [low, low + span) lie within these limbs */
  int64_t nans, infinities[2]; /* NaNs; +Infinity and -Infinity */
} SumRange;

typedef struct ExactSum {
  SumRange range;
  int64_t limb[SUM_LIMBS];
} ExactSum;

typedef struct ProductSum {
  SumRange range;
  int64_t limb[PRODUCT_LIMBS];
} ProductSum;

/* Brings all limbs but the top one into [0, 2^32). */
void mlm_limbs_carry(SumRange *range, int64_t *limb, int limbs);
static inline void mlm_sum_count_add(SumRange *range, int64_t *limb, int limbs) {
  if (++range->adds == 0) mlm_limbs_carry(range, limb, limbs);
}

/* mlm_sum_add() of whatever the range does not yet cover, 0, subnormal numbers and those that are not finite.
 */
void mlm_sum_add_far(ExactSum *sum, double x, int sign);

/* Adds x (sign +1) or takes it back (-1): two slices, the lower 32 bits and all above them. Inline, for sums
 * of a row or more; what is rare is a call at an end, so that no register need be saved for it. */
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

/* Adds x k times, k < 2^63. */
void mlm_sum_add_times(ExactSum *sum, double x, uint64_t k, int sign);
/* Adds x[0] to x[n - 1]; fast where neighbours mostly have one sign and exponent, as in an ordered list. */
void mlm_sum_add_all(ExactSum *sum, const double *x, size_t n);
/* Adds n times 1. */
void mlm_sum_add_integer(ExactSum *sum, int64_t n);
void mlm_sum_add_sum(ExactSum *into, const ExactSum *from, int sign);

/* The sum, rounded once to nearest even; NaN where a NaN or both infinities are in it. */
double mlm_sum_round(const ExactSum *sum);
/* Likewise of sum · 2^shift. */
double mlm_sum_round_scaled(const ExactSum *sum, int shift);
bool mlm_sum_is_zero(const ExactSum *sum);
/* Sign of the sum: -1, 0, 1; it must be finite. */
int mlm_sum_sign(const ExactSum *sum);

/* How many numbers in it are not finite. */
static inline int64_t mlm_specials(const SumRange *range) {
  return range->nans + range->infinities[0] + range->infinities[1];
}

/* sum / n, rounded once; n > 0. */
double mlm_sum_mean(const ExactSum *sum, int64_t n);

/* Adds x·w exactly; both finite, or one infinite and the other not zero. */
void mlm_product_add(ProductSum *sum, double x, double w, int sign);
void mlm_product_add_sum(ProductSum *into, const ExactSum *from, int sign);
void mlm_product_add_products(ProductSum *into, const ProductSum *from, int sign);
double mlm_product_round(const ProductSum *sum);

/* Adds x·w k times, k < 2^63. */
void mlm_product_add_times(ProductSum *sum, double x, double w, uint64_t k, int sign);
/* Adds the exact product of two finite sums. */
void mlm_product_add_sums(ProductSum *into, const ExactSum *a, const ExactSum *b, int sign);
/* Sign of the sum: -1, 0, 1; it must be finite. */
int mlm_product_sign(const ProductSum *sum);

/* num / den of two finite sums, rounded once; NaN where den is 0. */
double mlm_sum_ratio(const ExactSum *num, const ExactSum *den);
/* num / den, rounded once; NaN unless den is finite and not 0. */
double mlm_product_ratio(const ProductSum *num, const ExactSum *den);
/* Likewise of two products. */
double mlm_product_ratio_products(const ProductSum *num, const ProductSum *den);

/* Canonical bytes, also of sums that held and gave back other numbers. Loading checks them. */
void mlm_sum_save(const ExactSum *sum, Writer *out);
void mlm_sum_load(ExactSum *sum, Reader *in);
void mlm_product_save(const ProductSum *sum, Writer *out);
void mlm_product_load(ProductSum *sum, Reader *in);

#endif
