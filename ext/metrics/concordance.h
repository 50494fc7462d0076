/* Harrell's concordance index, in O(n log n). */
#ifndef MLM_CONCORDANCE_H
#define MLM_CONCORDANCE_H

#include "metric.h"

/* The index of rows (pred, time, event), rounded once, NaN where no pair is comparable. `own`: the rows
 * themselves, to be used up and cleared, or NULL. While it runs it needs half a megabyte; without `own`, or
 * where rows are counted, 16 bytes per entry instead. */
Status mlm_concordance_index(const Rows *rows, Rows *own, const Host *host, double *index);

#endif
