/* The sums behind a mean, for mean.c, the fast path and those that keep means of their own. */
#ifndef MLM_MEAN_INTERNAL_H
#define MLM_MEAN_INTERNAL_H

#include "state/exact_sum.h"

typedef struct Mean {
  int64_t rows;                  /* all rows; one of integral weight k counts as k rows */
  ExactSum sum;                  /* of the values of rows of integral weight */
  struct WeightedMean *weighted; /* rows of fractional weight; NULL: none */
} Mean;

/* Adds (sign +1) or takes back (-1) a value of weight 1. */
static inline void mlm_mean_add_plain(Mean *mean, double value, int sign) {
  mean->rows += sign;
  mlm_sum_add(&mean->sum, value, sign);
}

/* The same for n values. */
void mlm_mean_add_block(Mean *mean, const double *value, size_t n, int sign);

#endif
