/* Placements: how many rows of the other class each row stands above. */
#ifndef MLM_ROWS_PLACEMENTS_H
#define MLM_ROWS_PLACEMENTS_H

#include "state/rows.h"

/* Sets *placements to twice the number of rows of the other class whose number in `column` is below that of
 * each entry, ties one half. The class is whether the number in `label` is not 0. (The structural components
 * of DeLong, DeLong and Clarke-Pearson, 1988, as integers.) O(n log n). On failure the ranks are empty;
 * otherwise the caller clears them with mlm_rows_ranks_clear(). */
Status mlm_rows_placements(const Rows *rows, uint32_t column, uint32_t label, RowsRanks *placements,
                           const Host *host);

#endif
