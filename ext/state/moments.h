/* What R² needs of many rows: exact sums of squared errors, of targets and of their squares. */
#ifndef MLM_MOMENTS_H
#define MLM_MOMENTS_H

#include "state/kind.h"

/* Residual and total sum of squares, both times the sum of weights, each rounded once; NaN where a number was
 * infinite. */
void mlm_moments_squares(const Moments *moments, double *residual, double *total);

#endif
