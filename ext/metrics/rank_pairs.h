/* Pairs of rows compared by order, counted in O(n log n): Kendall's tau-b and Harrell's concordance index. */
#ifndef MLM_RANK_PAIRS_H
#define MLM_RANK_PAIRS_H

#include "metric.h"

/* Tau-b of rows (x, y), rounded once, NaN where x or y is constant. `own`: the rows themselves, to be used up
 * and cleared, or NULL. While it runs it needs half a megabyte; without `own` also a copy of the rows; and 24
 * bytes per entry instead where rows are counted. */
Status mlm_kendall(const Rows *rows, Rows *own, const Host *host, double *tau);

/* The concordance index of rows (pred, time, event), rounded once, NaN where no pair is comparable. Needs 16
 * bytes per entry while it runs. */
Status mlm_concordance_index(const Rows *rows, const Host *host, double *index);

#endif
