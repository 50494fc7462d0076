/* The tally as its own file and the short ways of a step see it. */
#ifndef MLM_CONFUSION2_INTERNAL_H
#define MLM_CONFUSION2_INTERNAL_H

#include "state/confusion2.h"

typedef struct Confusion2Counts {
  int64_t cell[TALLY_CELLS];          /* rows of whole weight, each counted weight times */
  struct Confusion2Weights *weighted; /* rows of other weights; NULL: none */
} Confusion2Counts;

static inline int mlm_cell_of(double pred, double cutoff, bool label) {
  return (pred >= cutoff) << 1 | label;
}

/* Adds (sign +1) or takes back (-1) a row of weight 1. */
static inline void mlm_confusion2_add_plain(Confusion2Counts *d, int cell, int sign) {
  d->cell[cell] += sign;
}

#endif
