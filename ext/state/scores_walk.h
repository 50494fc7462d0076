/* Reading a sealed score set: totals, walks over its distinct scores, pairs in order. */
#ifndef MLM_SCORES_WALK_H
#define MLM_SCORES_WALK_H

#include "base/uint128.h"
#include "state/confusion2.h"
#include "state/exact_sum.h"
#include "state/scores_walk_internal.h"

/* Rows and weight of each class. */
typedef struct ScoreTotals {
  int64_t neg_count, pos_count;  /* rows of integral weight; a weight k counts as k rows */
  double neg_weight, pos_weight; /* sums of all weights, each rounded once */
  bool integral;                 /* all weights are integral: the sums are the counts */
} ScoreTotals;

ScoreTotals mlm_scores_totals(const Scores *scores);

/* The exponent of units in which the sum of all weights is a double, for ratios of weights; 0 unless the sum
 * is above all doubles, or so small that products with it lose digits. */
int mlm_scores_exponent(const Scores *scores);
ScoreTotals mlm_scores_totals_in(const Scores *scores, int exponent);
/* Adds the weight of all rows, exactly for exponent 0, else rounded. */
void mlm_scores_add_weights_in(const Scores *scores, int exponent, ExactSum *sum);

/* Whether all weights are integral and every sum of them is exact as a double: nothing is rounded then. */
static inline bool mlm_totals_are_exact(const ScoreTotals *all) {
  return all->integral && all->neg_count + all->pos_count <= (int64_t)1 << 53;
}

/* Adds the weight of all rows of a class (label 0 or 1), exactly. */
void mlm_scores_add_weight(const Scores *scores, int label, ExactSum *sum);
/* Adds the weight of all rows of both classes, exactly. */
static inline void mlm_scores_add_weights(const Scores *scores, ExactSum *sum) {
  for (int label = 0; label < 2; label++) mlm_scores_add_weight(scores, label, sum);
}

int64_t mlm_scores_left_out(const Scores *scores); /* rows left out because of a NULL */
int64_t mlm_scores_distinct(const Scores *scores); /* distinct scores; a pass unless kept in a tree */

/* A walk over the distinct scores, from the highest down or from the lowest up, amortised O(1) a step. Owns
 * nothing; the set must not change during the walk. If the host interrupts, the walk ends early, and the
 * state's interrupted() is true from then on. */
typedef struct ScoreWalk {
  double score;                  /* the distinct score that the walk is at */
  int64_t neg_count, pos_count;  /* rows of integral weight at this score */
  double neg_weight, pos_weight; /* weight at this score, the exact sum rounded once */
  int64_t fp_count, tp_count;    /* rows of integral weight seen so far, this score included */
  double fp_weight, tp_weight;   /* weight seen so far, this score included, the exact sum rounded once */
  WalkSources in;                /* private to scores_walk.c */
} ScoreWalk;

void mlm_walk_down(ScoreWalk *walk, const Scores *scores);
void mlm_walk_up(ScoreWalk *walk, const Scores *scores);
/* A walk up over the rows of integral weight of one class only. Of a set kept in a tree the scores of the
 * other class are visited too, with a count of 0. */
void mlm_walk_class(ScoreWalk *walk, const Scores *scores, int label);

/* Before the first step: the four weights will be in units of 2^exponent. */
static inline void mlm_walk_weights_in(ScoreWalk *walk, int exponent) { walk->in.exponent = exponent; }

bool mlm_walk_next(ScoreWalk *walk); /* to the next distinct score; false after the last */
/* To the next score that a positive row has; false after the last of these, where the walk ends. */
bool mlm_walk_next_positive(ScoreWalk *walk);
/* Whether a walk since the set was sealed ended early because the host interrupts: what it gave is invalid.
 */
bool mlm_scores_walk_ended_early(const Scores *scores);
/* The score that the next step reaches; NaN if there is none. */
double mlm_walk_ahead(const ScoreWalk *walk);

/* Whether every sum of weights is an integer that a double holds exactly: nothing is rounded then. */
static inline bool mlm_walk_is_exact(const ScoreWalk *walk) { return walk->in.exact; }
/* The weight of a class seen so far, this score included; kept only where mlm_walk_is_exact() is false. */
static inline const ExactSum *mlm_walk_weight(const ScoreWalk *walk, int label) {
  return &walk->in.sum[label];
}
/* Adds the weight of a class at this score, exactly. */
void mlm_walk_add_weight(const ScoreWalk *walk, int label, ExactSum *sum);

/* Calls visit for each distinct weight of the rows of a class at this score, with its count. */
typedef void (*WeightVisit)(void *context, double weight, int64_t count);
void mlm_walk_visit(const ScoreWalk *walk, int label, WeightVisit visit, void *context);

/* The confusion matrix with the cutoff at this score, of a walk down. Before the first step: predict none. */
void mlm_walk_confusion2(const ScoreWalk *walk, Confusion2 *confusion);

/* 2U = the sum over positives of 2·(negatives below) + (negatives equal), over rows of integral weight. O(1)
 * where the set is kept in a tree, otherwise a pass over all rows. */
U128 mlm_scores_twice_u(const Scores *scores);

#endif
