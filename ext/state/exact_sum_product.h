/* Adding to exact sums of products: a product many times, and the product of two sums. */
#ifndef MLM_EXACT_SUM_PRODUCT_H
#define MLM_EXACT_SUM_PRODUCT_H

#include "state/exact_sum.h"

/* Adds k·x·w, k < 2^63; x and w as in mlm_product_add(). */
void mlm_product_add_times(ProductSum *sum, double x, double w, uint64_t k, int sign);
/* Adds x·y·w, all finite and w not 0. If it is 2^2043 or more it may count as Infinity; exact from 2^-1930
 * up, below that bits are lost, the more the smaller it is. */
void mlm_product_add_weighted(ProductSum *sum, double x, double y, double w, int sign);
/* Adds a·b, the exact product of two finite sums. */
void mlm_product_add_sums(ProductSum *into, const ExactSum *a, const ExactSum *b, int sign);

#endif
