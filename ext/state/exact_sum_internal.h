/* The limbs of exact sums, for the files exact_sum*.c and bigfloat.c. */
#ifndef MLM_EXACT_SUM_INTERNAL_H
#define MLM_EXACT_SUM_INTERNAL_H

#include "state/exact_sum.h"

enum {
  /* Adds before a carry pass: as many as SumRange.adds holds. One add changes a limb by less than 2^53, so a
   * limb stays below 2^63 between two passes, and when two sums are added. */
  SUM_ADDS = 1 << 8,
  /* Limb 0 counts units of 2^SUM_UNIT, or of 2^PRODUCT_UNIT. */
  SUM_UNIT = -1075,
  PRODUCT_UNIT = -2163
};

/* Limbs outside of [range->from, mlm_sum_top(range)) are 0. */
static inline int mlm_sum_top(const SumRange *range) {
  return range->reach ? range->from + range->reach + 1 : 0;
}

/* Extends the range to limbs [from, to), two or more. */
void mlm_sum_widen(SumRange *range, unsigned from, unsigned to);

#endif
