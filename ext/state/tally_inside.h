/* The tally as its own file and the short ways of a step see it. */
#ifndef MLM_TALLY_INSIDE_H
#define MLM_TALLY_INSIDE_H

#include "state/tally.h"

typedef struct Decisions {
  int64_t cell[TALLY_CELLS];          /* rows of whole weight, each counted weight times */
  struct WeightedDecisions *weighted; /* rows of other weights; NULL: none */
} Decisions;

static inline int mlm_cell_of(double pred, double cutoff, bool label) {
  return (pred >= cutoff) << 1 | label;
}

/* Adds (sign +1) or takes back (-1) a row of weight 1. */
static inline void mlm_tally_add_plain(Decisions *d, int cell, int sign) { d->cell[cell] += sign; }

#endif
