/* The tally as its own file and the short ways of a step see it. */
#ifndef MLM_TALLY_INSIDE_H
#define MLM_TALLY_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

enum { TALLY_CELLS = 4 }; /* predicted · 2 + label: tn, fn, fp, tp */

typedef struct Decisions {
  int64_t cell[TALLY_CELLS];          /* rows of whole weight, each counted weight times */
  struct WeightedDecisions *weighted; /* rows of other weights; NULL: none */
} Decisions;

static inline int mlm_cell_of(double pred, double cutoff, bool label) {
  return (pred >= cutoff) << 1 | label;
}

/* Adds (sign +1) or takes back (-1) a row of weight 1, where no state was merged: no cell gets full so. */
static inline void mlm_tally_add_plain(Decisions *d, int cell, int sign) { d->cell[cell] += sign; }

#endif
