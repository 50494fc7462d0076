/* Exact sums of squared errors, of targets and of squared targets, for R². */
#ifndef MLM_MOMENTS_H
#define MLM_MOMENTS_H

#include "state/state.h"

/* 1 - residual / total sum of squares, from the exact sums rounded once; where the total is 0: 1 if the
 * residual is too, else 0. NaN for fewer than two rows, of which an integral weight k counts as k and any
 * other as one, and where a number or the square of an error is beyond all doubles, perhaps also where a
 * target times its weight is. */
double mlm_moments_r2(const Moments *moments);

#endif
