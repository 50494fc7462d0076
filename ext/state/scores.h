/* All scores seen, with their labels and weights: a counted multiset, exact, mergeable, that also slides.
 *
 * Rows of weight 1 (a whole weight k <= 2^44 is k of them) take 8 bytes each while scores differ and
 * O(distinct scores) when they repeat; what repeats and other weights are entries of 24 bytes (score, weight,
 * count). Add appends; seal sorts. The first row taken back, or the second seal with rows between, turns the
 * multiset into a window tree (state/score_tree.h), from then on a row costs O(log n) in either direction;
 * entries of other weights stay a sorted list, into which seal merges what came or went since: O(n) where
 * there are such.
 */
#ifndef MLM_SCORES_H
#define MLM_SCORES_H

#include "base/sort.h" /* mlm_decode_score: what a block of keys stands for */
#include "base/uint128.h"
#include "state/exact_sum.h"
#include "state/confusion2.h"
#include "state/score_tree.h"

/* Counts of a multiset, as the sum of weights: exact integers where all weights are integral. */
typedef struct ScoreTotals {
  int64_t neg, pos; /* rows of integral weight, each counted weight times */
  bool integral;    /* no other weights: neg_weight and pos_weight are the integers neg and pos */
  double neg_weight, pos_weight; /* sums of all weights, each rounded once */
} ScoreTotals;

ScoreTotals mlm_scores_totals(const Scores *scores);
/* Whether all weights are whole and all sums of them exact as doubles: nothing is rounded then. */
static inline bool mlm_totals_are_exact(const ScoreTotals *all) {
  return all->integral && all->neg + all->pos <= (int64_t)1 << 53;
}
/* Adds the weights of a class, exactly. */
void mlm_scores_add_weight(const Scores *scores, int label, ExactSum *sum);
/* Of both. */
static inline void mlm_scores_add_weights(const Scores *scores, ExactSum *sum) {
  for (int label = 0; label < 2; label++) mlm_scores_add_weight(scores, label, sum);
}
int64_t mlm_scores_left_out(const Scores *scores); /* rows left out because of a NULL */
int64_t mlm_scores_distinct(const Scores *scores);

/* Where a walk is in the sorted runs, entries and tree behind it: for the files of scores alone. Keys are
 * held as key ^ flip, so that in either direction the next one is the highest; 0, which no score has: none
 * left. */
enum { MLM_MOST_RUNS = 33 };
typedef struct WalkSources {
  const Scores *scores;
  uint64_t flip;
  int64_t step;
  bool plain; /* at most a run a class, and nothing else */
  bool whole; /* all weights are whole and their sums exact as doubles, or the others are not asked for */
  int64_t rows[2];         /* of whole weight, in all */
  uint32_t runs[2], steps; /* steps: of walks that are not plain */
  uint64_t entry[2], entry_head[2], tree_head;
  uint64_t entry_before[2]; /* where those of the score it stands on begin; unless whole */
  TreeCursor tree;
  ExactSum sum[2]; /* of all weights so far; unless whole */
  struct ScoreRun {
    const uint64_t *key;
    int64_t i, end, last; /* from i on, up or down, to last; end: where to look whether to stop */
    uint64_t head;
  } run[2][MLM_MOST_RUNS];
} WalkSources;

/* A walk over the distinct scores of a sealed multiset, from the highest down or the lowest up, O(1) a step
 * amortised. FastArg memory, owns nothing; the multiset must not change meanwhile. Where the host wants the
 * work ended the walk ends, and stopped() of the kind of state says so. */
typedef struct ScoreWalk {
  double score;                  /* the distinct score the walk stands on */
  int64_t neg, pos;              /* rows at this score of whole weight */
  double neg_weight, pos_weight; /* weight at this score (all weights, rounded once) */
  int64_t fp, tp;                /* rows of whole weight seen so far, this score included */
  double fp_weight, tp_weight;   /* weight seen so far, this score included, exact sum rounded once */
  WalkSources in;
} ScoreWalk;

void mlm_walk_down(ScoreWalk *walk, const Scores *scores);
void mlm_walk_up(ScoreWalk *walk, const Scores *scores);
bool mlm_walk_next(ScoreWalk *walk); /* to the next distinct score; false after the last */
/* To the next one that a positive row has; false after the last of these, and the walk is then at its end. */
bool mlm_walk_next_positive(ScoreWalk *walk);
/* The score that the next step comes to; NaN: none. */
double mlm_walk_ahead(const ScoreWalk *walk);
/* Where the totals are not exact as doubles: the weight of a class seen so far, this score included. */
static inline const ExactSum *mlm_walk_weight(const ScoreWalk *walk, int label) {
  return &walk->in.sum[label];
}
/* Calls visit for every weight that rows of a class have at this score, with their count. */
typedef void (*WeightVisit)(void *context, double weight, int64_t count);
void mlm_walk_visit(const ScoreWalk *walk, int label, WeightVisit visit, void *context);
/* Adds the weight of a class at this score, exactly. */
void mlm_walk_add_weight(const ScoreWalk *walk, int label, ExactSum *sum);
/* The decisions with the cutoff here, of a walk down; before its first step: predict none. */
void mlm_walk_confusion2(const ScoreWalk *walk, Confusion2 *confusion);

/* Calls visit for every (score, label, weight) of a sealed multiset with its count: a bag of rows that other
 * states can absorb. visit gets (context, score, label, weight, count); anything but MLM_OK ends the tour and
 * is returned. */
typedef Status (*ScoreVisit)(void *context, double score, int label, double weight, int64_t count);
Status mlm_scores_visit(const Scores *scores, ScoreVisit visit, void *context);
/* Likewise, but rows that are kept as keys (base/sort.h) come by the block, in ascending order, to `block`.
 */
typedef Status (*KeysVisit)(void *context, const uint64_t *key, uint64_t n, int label);
Status mlm_scores_visit_blocks(const Scores *scores, KeysVisit block, ScoreVisit visit, void *context);

/* 2U = sum over positives of 2·(negatives below) + (negatives equal), rows of whole weight only: in 128 bits.
 * O(1) in a window, a pass over the distinct scores otherwise. */
U128 mlm_scores_twice_u(const Scores *scores);

/* Where objective is best (contract: `best_cutoff`). False: no cutoff qualifies or the objective is defined
 * nowhere. */
typedef struct BestCutoff {
  double cutoff;        /* Infinity: predict none */
  double value;         /* of the objective there */
  Confusion2 confusion; /* likewise */
} BestCutoff;
bool mlm_scores_best(const Scores *scores, const Objective *objective, uint64_t *hint, BestCutoff *best);

/* Likewise by a walk down that the caller can look on at. It comes by every score that a positive row has,
 * and by those of negative rows alone while these may be the best. */
typedef struct CutoffSearch {
  ScoreWalk walk;
  const Objective *objective;
  double cutoff, value;    /* the best so far */
  Confusion2 confusion[2]; /* its own, and that of the candidate at hand */
  int best;                /* which is which */
  bool found;
} CutoffSearch;

void mlm_search_begin(CutoffSearch *search, const Scores *scores, const Objective *objective);
bool mlm_search_next(CutoffSearch *search); /* to the next score; false after the last */
bool mlm_search_end(const CutoffSearch *search, BestCutoff *best);

#endif
