/* What exact_sum.c, sum_round.c and states with a sum a row share. */
#ifndef MLM_EXACT_SUM_INSIDE_H
#define MLM_EXACT_SUM_INSIDE_H

#include "state/exact_sum.h"

/* Adds before a carry pass: as many as the counter holds. What one add adds to a limb is below 2^53, so
 * between two passes, and when two sums meet, a limb stays below 2^63. */
enum { SUM_ADDS = 1 << 8 };

/* Brings all limbs but the top one into [0, 2^32). */
void mlm_limbs_carry(SumRange *range, int64_t *limb, int limbs);

/* mlm_sum_add() of whatever the range does not yet cover, 0, subnormal numbers and those that are not finite.
 */
void mlm_sum_add_far(ExactSum *sum, double x, int sign);

/* The limbs that may be other than zero are in [range->from, mlm_sum_top(range)). */
static inline int mlm_sum_top(const SumRange *range) {
  return range->reach ? range->from + range->reach + 1 : 0;
}

/* Limbs [from, to), two or more, may now be other than zero. */
void mlm_sum_widen(SumRange *range, unsigned from, unsigned to);

static inline void mlm_sum_count_add(SumRange *range, int64_t *limb, int limbs) {
  if (++range->adds == 0) mlm_limbs_carry(range, limb, limbs);
}

/* mlm_sum_add() where a call would be felt: two slices, the lower 32 bits and all above them. What is rare is
 * a call at an end, so that no register need be saved for it. */
static inline void mlm_sum_add_inline(ExactSum *sum, double x, int sign) {
  uint64_t u;
  memcpy(&u, &x, sizeof u);
  unsigned exponent = (unsigned)(u >> 52) & 0x7ff, shift = exponent & 31, i = exponent >> 5;
  if (exponent - sum->range.low >= sum->range.span) {
    mlm_sum_add_far(sum, x, sign);
    return;
  }
  uint64_t low = (uint32_t)u << shift, high = (u << 11 | (uint64_t)1 << 63) >> (43 - shift);
  int64_t s = (int64_t)u >> 63 ^ sign >> 1; /* 0 or -1: (v ^ s) - s negates without a branch */
  sum->limb[i] += ((int64_t)low ^ s) - s;
  sum->limb[i + 1] += ((int64_t)high ^ s) - s;
  mlm_sum_count_add(&sum->range, sum->limb, SUM_LIMBS);
}

#endif
