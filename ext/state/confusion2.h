/* The 2x2 table of decisions at a cutoff, as the formulas see it: sums of weights, each rounded once. */
#ifndef MLM_CONFUSION2_H
#define MLM_CONFUSION2_H

#include "state/exact_sum.h"
#include "state/state.h"

enum { TALLY_CELLS = 4 }; /* predicted · 2 + label: tn, fn, fp, tp */

struct Confusion2 {
  double tp, fp, tn, fn;
  int exponent; /* the cells count units of 2^exponent: 0, but for weights so large or small that formulas
                   would overflow or lose digits. What is not a ratio goes through mlm_confusion2_weight(). */
};

/* The weight that a cell, or a sum of cells, stands for. */
double mlm_confusion2_weight(const Confusion2 *confusion, double cell);

/* The table of four exact sums, none negative. */
Confusion2 mlm_confusion2_of(const ExactSum *const cell[TALLY_CELLS]);

#endif
