/* Exact sums of vectors, element by element. */
#ifndef MLM_VECTOR_SUMS_H
#define MLM_VECTOR_SUMS_H

#include <stddef.h>

#include "state/state.h"

/* Elements of each vector; 0 without rows. */
size_t mlm_vector_sums_length(const VectorSums *sums);
/* Element i of the weighted sum, and of the mean over the sum of weights, rounded once; NaN where NaN or both
 * infinities were added, and a mean over an infinite weight. */
double mlm_vector_sums_total(const VectorSums *sums, size_t i);
double mlm_vector_sums_mean(const VectorSums *sums, size_t i);

#endif
