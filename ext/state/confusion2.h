/* The 2x2 table of decisions at a cutoff, as the formulas see it, and its ratios, each rounded once. */
#ifndef MLM_CONFUSION2_H
#define MLM_CONFUSION2_H

#include "state/exact_sum.h"
#include "state/state.h"

enum { CONFUSION2_CELLS = 4 }; /* predicted · 2 + label: tn, fn, fp, tp */

/* Rows up to which every sum of cells, and twice one, is exact as a double. */
#define MLM_MOST_COUNTS ((int64_t)1 << 51)

/* A cell is the sum of its double, the nearest one, and its low part: exact for counts, and for weights whose
 * sum spans at most 106 bits; else 2^-106 of it may be lost. */
struct Confusion2 {
  double tp, fp, tn, fn;
  int exponent; /* the cells are in units of 2^exponent: 0, unless weights are so large or small that formulas
                   would overflow or lose digits. Use mlm_confusion2_weight() for anything but ratios. */
  bool counts;  /* the cells are integers, at most MLM_MOST_COUNTS together; false: not known */
  double low[CONFUSION2_CELLS];
};

/* The exponent of cells, or of other parts of this total weight: such that in a formula no sum of them, nor
 * twice one, overflows or underflows. With a total beyond 2^1021, a part below 2^-894 loses digits. */
int mlm_exponent_of_weights(double total);

/* The weight of a cell, or of a sum of cells: the number times 2^exponent. */
double mlm_confusion2_weight(const Confusion2 *confusion, double cell);

/* The same state, but its rows are pred_class, other_class and target_class: predicted is whether the first
 * equals the third, label whether the second does. */
extern const StateType mlm_paired_hits_state;

/* The table of a state of either type. */
Confusion2 mlm_confusion2_table(const void *state);

/* The table of four exact sums, none negative. */
Confusion2 mlm_confusion2_of(const ExactSum *const cell[CONFUSION2_CELLS]);

/* How often each cell counts in a sum of cells. */
typedef struct CellFactors {
  uint8_t tp, fp, tn, fn;
} CellFactors;

/* Each is the double nearest to the exact value of the cells, ties to even, so that equal fractions are equal
 * doubles and what is monotone in the cells is so as computed. 0/0 is NaN. */

/* The sum of the cells by `num` over that by `den`. */
double mlm_confusion2_ratio(const Confusion2 *confusion, CellFactors num, CellFactors den);
/* tp/P - fp/N, where P = tp + fn and N = fp + tn. */
double mlm_confusion2_youden(const Confusion2 *confusion);
/* (tp/P + tn/N) / 2 */
double mlm_confusion2_balanced_accuracy(const Confusion2 *confusion);
/* (tp·tn - fp·fn) / sqrt(P·N·(tp+fp)·(tn+fn)) */
double mlm_confusion2_correlation(const Confusion2 *confusion);
/* The likelihood ratio of a predicted positive, (tp/P) / (fp/N), or of a predicted negative, (fn/P) / (tn/N);
 * Infinity where only the divisor is 0. */
double mlm_confusion2_likelihood_ratio(const Confusion2 *confusion, bool positive);
/* (1+β²)tp / ((1+β²)tp + β²fn + fp), β > 0 and finite */
double mlm_confusion2_fbeta(const Confusion2 *confusion, double beta);
/* fp·fp_cost + fn·fn_cost in units of 2^exponent; the costs finite and >= 0 */
double mlm_confusion2_cost(const Confusion2 *confusion, double fp_cost, double fn_cost);

#endif
