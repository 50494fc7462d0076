/* The saved form of exact sums: varints for the counts of NaN, +Infinity, -Infinity and for the number of
 * digits (below 0: a negative sum), then the exponent and the digits of a BigFloat, if there are any.
 *
 * Equal sums have the same bytes, whatever was added and subtracted before. Loading accepts no other bytes:
 * in->failed is set.
 */
#ifndef MLM_EXACT_SUM_SAVE_H
#define MLM_EXACT_SUM_SAVE_H

#include "state/blob.h"
#include "state/exact_sum.h"
#include "state/exact_sum_cube.h"

void mlm_sum_save(const ExactSum *sum, Writer *out);
void mlm_sum_load(ExactSum *sum, Reader *in); /* into an empty sum */
void mlm_product_save(const ProductSum *sum, Writer *out);
void mlm_product_load(ProductSum *sum, Reader *in); /* into an empty sum */
void mlm_cube_save(const CubeSum *sum, Writer *out);
void mlm_cube_load(CubeSum *sum, Reader *in); /* into an empty sum */

#endif
