/* The 2x2 table of decisions at a cutoff, as the formulas see it: sums of weights, each rounded once. */
#ifndef MLM_CONFUSION2_H
#define MLM_CONFUSION2_H

#include "state/exact_sum.h"
#include "state/state.h"

enum { CONFUSION2_CELLS = 4 }; /* predicted · 2 + label: tn, fn, fp, tp */

struct Confusion2 {
  double tp, fp, tn, fn;
  int exponent; /* the cells count units of 2^exponent: 0, but for weights so large or small that formulas
                   would overflow or lose digits. What is not a ratio goes through mlm_confusion2_weight(). */
};

/* The weight of a cell, or of a sum of cells: the number times 2^exponent. */
double mlm_confusion2_weight(const Confusion2 *confusion, double cell);

/* The table of four exact sums, none negative. */
Confusion2 mlm_confusion2_of(const ExactSum *const cell[CONFUSION2_CELLS]);

#endif
