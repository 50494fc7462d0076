/* The mean as its own file and the short ways of a step see it. */
#ifndef MLM_MEAN_INTERNAL_H
#define MLM_MEAN_INTERNAL_H

#include "state/exact_sum.h"

typedef struct Mean {
  int64_t rows;                  /* in all; those of whole weight are counted weight times */
  ExactSum sum;                  /* of the values of these */
  struct WeightedMean *weighted; /* rows of other weights; NULL: none */
} Mean;

/* Adds (sign +1) or takes back (-1) a value of weight 1. */
static inline void mlm_mean_add_plain(Mean *mean, double value, int sign) {
  mean->rows += sign;
  mlm_sum_add(&mean->sum, value, sign);
}

#endif
