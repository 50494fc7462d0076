/* The counts behind a 2x2 confusion matrix, for confusion2.c and the fast path. */
#ifndef MLM_CONFUSION2_INTERNAL_H
#define MLM_CONFUSION2_INTERNAL_H

#include "state/confusion2.h"

typedef struct Confusion2Counts {
  int64_t cell[CONFUSION2_CELLS];     /* rows of integral weight; a weight k counts as k rows */
  struct Confusion2Weights *weighted; /* rows of fractional weight; NULL: none */
} Confusion2Counts;

/* The cell of a row: an index into cell[]. */
static inline int mlm_cell_of(double pred, double cutoff, bool label) {
  return (pred >= cutoff) << 1 | label;
}

/* Adds (sign +1) or takes back (-1) a row of weight 1. */
static inline void mlm_confusion2_add_plain(Confusion2Counts *d, int cell, int sign) {
  d->cell[cell] += sign;
}

#endif
