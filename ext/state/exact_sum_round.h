/* Rounding exact sums, their ratios and means: once, to nearest even.
 *
 * A sum that contains a NaN, or both infinities, is NaN; otherwise one with an infinity is that infinity.
 */
#ifndef MLM_EXACT_SUM_ROUND_H
#define MLM_EXACT_SUM_ROUND_H

#include "state/exact_sum.h"

double mlm_sum_round(const ExactSum *sum);
double mlm_product_round(const ProductSum *sum);
/* sum · 2^shift, rounded once. */
double mlm_sum_round_scaled(const ExactSum *sum, int shift);

/* Sign of a finite sum: -1, 0 or 1. */
int mlm_sum_sign(const ExactSum *sum);
int mlm_product_sign(const ProductSum *sum);
bool mlm_sum_is_zero(const ExactSum *sum); /* false for a sum that is not finite */

/* sum / n, n > 0. */
double mlm_sum_mean(const ExactSum *sum, int64_t n);
/* num / den of two finite sums; NaN if den is 0. */
double mlm_sum_ratio(const ExactSum *num, const ExactSum *den);
/* num / den; NaN unless den is finite and not 0. */
double mlm_product_ratio(const ProductSum *num, const ExactSum *den);
double mlm_product_ratio_products(const ProductSum *num, const ProductSum *den);

#endif
