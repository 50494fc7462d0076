/* Placements: how many rows of the other class each row stands above, by each of two columns.
 *
 * They are the structural components of DeLong, DeLong and Clarke-Pearson (1988), as integers: the variance
 * of areas under ROC curves is made of their moments.
 */
#ifndef MLM_ROWS_PLACEMENTS_H
#define MLM_ROWS_PLACEMENTS_H

#include "base/uint192.h"
#include "state/rows.h"

/* Sums over the rows, where a and b are placements in two columns: twice the number of rows of the other
 * class that have a lesser number there, ties one half. Class 0 are the rows whose label is 0. The sum of
 * a - b over class 0 is minus that over class 1. */
typedef struct PlacementSums {
  int64_t n[2];    /* rows of each class */
  U128 a, b;       /* over class 1 */
  U192 squares[2]; /* of a - b, over each class */
} PlacementSums;

/* O(n log n). */
Status mlm_rows_placement_sums(const Rows *rows, uint32_t a, uint32_t b, uint32_t label, PlacementSums *sums,
                               const Host *host);

#endif
