/* What R² needs of many rows: exact sums of squared errors, of targets and of their squares. */
#ifndef MLM_MOMENTS_H
#define MLM_MOMENTS_H

#include "state/state.h"

/* 1 - residual / total sum of squares, from the exact sums rounded once; where the total is 0: 1 if the
 * residual is too, else 0. NaN where a number or the square of an error is beyond all doubles, perhaps also
 * where a target times its weight is. */
double mlm_moments_r2(const Moments *moments);

#endif
