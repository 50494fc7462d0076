/* Ordered pairs of a positive and a negative row, counted by their weights. */
#ifndef MLM_SCORES_PAIRS_H
#define MLM_SCORES_PAIRS_H

#include "base/uint128.h"
#include "state/state.h"

enum { PAIR_WORDS = 4 };

/* 2U = the sum over positives of weight·(2·weight of the negatives below + weight of those equal), and the
 * weights of both classes, all as integers in one unit, that of 2U being its square. */
typedef struct WeightedPairs {
  uint64_t twice_u[PAIR_WORDS]; /* the lowest first */
  U128 weight[2];
} WeightedPairs;

/* One pass over a sealed set, of whose weights some are fractional. False: its weights are not integers of
 * 120 bits in any unit, it is kept in a tree or in several chunks, or the host interrupts; the pairs have to
 * be summed in another way. */
bool mlm_scores_weighted_pairs(const Scores *scores, WeightedPairs *pairs);

#endif
