/* What exact_sum.c and sum_round.c share. */
#ifndef MLM_EXACT_SUM_INTERNAL_H
#define MLM_EXACT_SUM_INTERNAL_H

#include "state/exact_sum.h"

/* Adds before a carry pass: as many as the counter holds. What one add adds to a limb is below 2^53, so
 * between two passes, and when two sums meet, a limb stays below 2^63. */
enum { SUM_ADDS = 1 << 8 };

/* The limbs that may be other than zero are in [range->from, mlm_sum_top(range)). */
static inline int mlm_sum_top(const SumRange *range) {
  return range->reach ? range->from + range->reach + 1 : 0;
}

/* Limbs [from, to), two or more, may now be other than zero. */
void mlm_sum_widen(SumRange *range, unsigned from, unsigned to);

#endif
