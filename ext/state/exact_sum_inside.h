/* What exact_sum.c and sum_round.c share. */
#ifndef MLM_EXACT_SUM_INSIDE_H
#define MLM_EXACT_SUM_INSIDE_H

#include "state/exact_sum.h"

/* Brings all limbs but the top one into [0, 2^32). */
void mlm_limbs_carry(SumRange *range, int64_t *limb, int limbs);

#endif
