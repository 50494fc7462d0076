/* Isotonic regression of labels on scores: the nondecreasing step function with the least squared error. */
#ifndef MLM_ISOTONIC_H
#define MLM_ISOTONIC_H

#include "metric.h"

/* Neighbouring scores, lo to hi, whose rows have one value: the share of positives among them. */
typedef struct IsotonicBlock {
  double lo, hi, mean;
  DoubleDouble positives, all; /* weights in units of 2^mlm_scores_exponent(); exact where integral */
} IsotonicBlock;

/* Blocks in ascending order; their means ascend. Zeroed memory has none. */
typedef struct Isotonic {
  IsotonicBlock *at;
  size_t n, room;
} Isotonic;

/* Pools adjacent violators, in one walk. Rows of one score form one block from the start. To be cleared in
 * any case. */
Status mlm_isotonic(const Scores *scores, Isotonic *fit, const Host *host);
static inline void mlm_isotonic_clear(Isotonic *fit, const Host *host) {
  host->free(fit->at);
  *fit = (Isotonic){.n = 0};
}

/* The mean of (value - label)² over the rows, whose weight is `weight` in the same units. */
double mlm_isotonic_brier(const Isotonic *fit, double weight);
/* The mean log loss of the values. */
double mlm_isotonic_log_loss(const Isotonic *fit, double weight);

#endif
