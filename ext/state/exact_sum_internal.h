/* The limbs of exact sums, for the files exact_sum*.c and bigfloat.c. */
#ifndef MLM_EXACT_SUM_INTERNAL_H
#define MLM_EXACT_SUM_INTERNAL_H

#include "state/exact_sum.h"

enum {
  /* Adds before a carry pass: as many as SumRange.adds holds. One add changes a limb by less than 2^53, so a
   * limb stays below 2^63 between two passes, and when two sums are added. */
  SUM_ADDS = 1 << 8,
  /* Limb 0 counts units of 2^SUM_UNIT, of 2^PRODUCT_UNIT, or of 2^CUBE_UNIT. */
  SUM_UNIT = -1075,
  PRODUCT_UNIT = -2163,
  CUBE_UNIT = -3225
};

/* A finite double as (-1)^negative · bits · 2^(exponent - 1075), exponent 1..2046. */
typedef struct SumParts {
  uint64_t bits;
  unsigned exponent;
  bool negative;
} SumParts;

static inline SumParts mlm_sum_split(uint64_t u) {
  const uint64_t implied = (uint64_t)1 << 52;
  unsigned exponent = (unsigned)(u >> 52) & 0x7ff;
  uint64_t fraction = u & (implied - 1);
  return (SumParts){exponent ? fraction | implied : fraction, exponent ? exponent : 1, u >> 63};
}

/* Counts a NaN or an infinity `times` times. */
static inline void mlm_sum_count_special(SumRange *range, double x, int64_t times) {
  if (x != x)
    range->nans += times;
  else
    range->infinities[x < 0] += times;
}

/* Limbs outside [range->from, mlm_sum_top(range)) are 0. */
static inline int mlm_sum_top(const SumRange *range) {
  return range->reach ? range->from + range->reach + 1 : 0;
}

/* Adds limb i of `from` to limb i + shift of `into`, and the counts of what is not finite. */
void mlm_limbs_add(SumRange *range, int64_t *into, int limbs, const SumRange *other, const int64_t *from,
                   int shift, int sign);

/* Extends the range to limbs [from, to), two or more. */
void mlm_sum_widen(SumRange *range, unsigned from, unsigned to);

#endif
