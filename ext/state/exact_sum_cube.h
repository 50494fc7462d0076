/* Exact sums of cubes of doubles, as ExactSum and ProductSum are of doubles and of products. */
#ifndef MLM_EXACT_SUM_CUBE_H
#define MLM_EXACT_SUM_CUBE_H

#include "state/exact_sum.h"

enum { CUBE_LIMBS = 202 }; /* limb i counts units of 2^(32i - 3225) */

typedef struct CubeSum {
  SumRange range;
  int64_t limb[CUBE_LIMBS];
} CubeSum;

/* Adds k·x³, k < 2^62. */
void mlm_cube_add_times(CubeSum *sum, double x, uint64_t k, int sign);
void mlm_cube_add_cubes(CubeSum *into, const CubeSum *from, int sign);

#endif
