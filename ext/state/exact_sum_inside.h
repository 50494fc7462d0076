/* What exact_sum.c, sum_round.c and states with a sum a row share. */
#ifndef MLM_EXACT_SUM_INSIDE_H
#define MLM_EXACT_SUM_INSIDE_H

#include "state/exact_sum.h"

/* Adds before a carry pass. What one add adds to a limb is below 2^53, so between two passes, and when two
 * sums meet, a limb stays below 2^63. */
enum { SUM_ADDS = 1 << 9 };

/* Brings all limbs but the top one into [0, 2^32). */
void mlm_limbs_carry(SumRange *range, int64_t *limb, int limbs);

/* mlm_sum_add() for 0, subnormal numbers and those that are not finite. */
void mlm_sum_add_odd(ExactSum *sum, double x, int sign);

static inline void mlm_sum_widen(SumRange *range, unsigned from, unsigned to, unsigned limbs) {
  if (range->top < to) range->top = (uint8_t)to;
  if (range->below < limbs - from) range->below = (uint8_t)(limbs - from);
}

static inline void mlm_sum_count_add(SumRange *range, int64_t *limb, int limbs) {
  if (++range->adds >= SUM_ADDS) mlm_limbs_carry(range, limb, limbs);
}

/* mlm_sum_add() where a call would be felt: two slices, the lower 32 bits and all above them. */
static inline void mlm_sum_add_inline(ExactSum *sum, double x, int sign) {
  uint64_t u;
  memcpy(&u, &x, sizeof u);
  unsigned exponent = (unsigned)(u >> 52) & 0x7ff, shift = exponent & 31, i = exponent >> 5;
  if (exponent - 1 >= 0x7fe) {
    mlm_sum_add_odd(sum, x, sign);
    return;
  }
  uint64_t low = (uint32_t)u << shift, high = (u << 11 | (uint64_t)1 << 63) >> 12 >> (31 - shift);
  int64_t s = (int64_t)u >> 63 ^ sign >> 1; /* 0 or -1: (v ^ s) - s negates without a branch */
  sum->limb[i] += ((int64_t)low ^ s) - s;
  sum->limb[i + 1] += ((int64_t)high ^ s) - s;
  mlm_sum_widen(&sum->range, i, i + 2, SUM_LIMBS);
  mlm_sum_count_add(&sum->range, sum->limb, SUM_LIMBS);
}

#endif
