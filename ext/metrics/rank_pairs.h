/* Kendall's tau-b, in O(n log n), and the ranks that it counts pairs by. */
#ifndef MLM_RANK_PAIRS_H
#define MLM_RANK_PAIRS_H

#include "metric.h"

/* Tau-b of rows (x, y), rounded once, NaN where x or y is constant. `own`: the rows themselves, to be used up
 * and cleared, or NULL. While it runs it needs half a megabyte; without `own` also a copy of the rows; and 24
 * bytes per entry instead where rows are counted. */
Status mlm_kendall(const Rows *rows, Rows *own, const Host *host, double *tau);

/* Sets rank[] of each entry to the place, from 0, of its number among the distinct ones of a column, of which
 * there are *distinct, and adds to *pairs the pairs of rows that are equal in it. Needs 8 bytes per entry
 * while it runs. */
Status mlm_rank_column(const Rows *rows, uint32_t column, uint32_t *rank, U128 *pairs, uint32_t *distinct,
                       const Host *host);

#endif
