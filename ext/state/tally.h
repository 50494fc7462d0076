/* The 2x2 table of decisions at a cutoff, as the formulas see it: sums of weights, each rounded once. */
#ifndef MLM_TALLY_H
#define MLM_TALLY_H

#include "state/kind.h"

struct Tally {
  double tp, fp, tn, fn;
};

#endif
