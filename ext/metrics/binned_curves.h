/* Curves of a score set by bins: calibration_curve and lift_curve. */
#ifndef MLM_BINNED_CURVES_H
#define MLM_BINNED_CURVES_H

#include "metrics/edges.h"

/* Bins of a calibration curve, lowest scores first. Uniform bins are intervals of equal width. Quantile bins
 * are (lo, hi], between quantiles of the scores: linear between neighbouring rows, as in NumPy, where weights
 * are integral, otherwise the least score with at least that share of the weight at or below it. */
typedef struct BinCursor {
  bool started, ahead, integral, quantile;
  double bins, bin, total;
  int64_t count;        /* of all rows, where weights are integral */
  const Edges *edges;   /* in place of a number of bins; NULL: none */
  ExactSum all, weight; /* of all rows, and of those in the bin */
  ScoreWalk walk;       /* at the first score of the next bin while `ahead` */
  double lo, hi, rows, mean, rate;
} BinCursor;

/* Starts before the first score; the walk is then at it. */
void mlm_start_bins(BinCursor *at, const Scores *scores, const Params *params);
/* The bin of the score that the walk is at. */
double mlm_bin_here(const BinCursor *at);
/* The quantile bin, from 1 to groups, of a row that `before` of n rows are below: the first whose upper edge,
 * the quantile number/groups, is not below it. In exact arithmetic a linear quantile reaches a row only at
 * that row's place: the bin is the first with (n-1)·number/groups >= before. */
uint64_t mlm_quantile_group(uint64_t before, uint64_t n, uint64_t groups);
bool mlm_next_bin(void *cursor, const Scores *scores, const Params *params);
void mlm_bin_column(const void *cursor, const Row *row, int column, Cell *cell);

/* An edge between bins that divides the rows of one score, whose weight is `here`. The positives above the
 * edge are held / (here · bins). */
typedef struct LiftEdge {
  BigFloat held, here;
} LiftEdge;

/* Lift: bin i holds the i-th share of the rows, highest scores first; an edge divides the rows of one score
 * in proportion. */
typedef struct LiftCursor {
  bool started;
  double bins, bin, total;
  double rows, positives, gain, lift; /* in the bin, and above its lower edge; each rounded once */
  ExactSum all, all_positives;
  LiftEdge edge;
  ScoreWalk walk; /* at the score that reaches the edge */
} LiftCursor;

bool mlm_next_lift(void *cursor, const Scores *scores, const Params *params);
void mlm_lift_column(const void *cursor, const Row *row, int column, Cell *cell);

/* Whether sum >= all · share/bins. */
bool mlm_weight_reaches(const ExactSum *sum, const ExactSum *all, double share, double bins);

/* The weight of a class that a walk has passed, its current score included. */
ExactSum mlm_weight_so_far(const ScoreWalk *walk, int label);

#endif
