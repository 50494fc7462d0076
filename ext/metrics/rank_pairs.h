/* Pairs of rows compared by order, counted in O(n log n): Kendall's tau-b and Harrell's concordance index. */
#ifndef MLM_RANK_PAIRS_H
#define MLM_RANK_PAIRS_H

#include "metric.h"

/* Tau-b of rows (x, y), rounded once, NaN where x or y is constant. Needs 12 bytes per entry while it runs.
 */
Status mlm_kendall(const Rows *rows, const Host *host, double *tau);

/* The concordance index of rows (pred, time, event), rounded once, NaN where no pair is comparable. Needs 16
 * bytes per entry while it runs. */
Status mlm_concordance_index(const Rows *rows, const Host *host, double *index);

#endif
