/* The cutoff at which an objective is best over a sealed score set. */
#ifndef MLM_SCORES_BEST_H
#define MLM_SCORES_BEST_H

#include "state/objective.h"
#include "state/scores_walk.h"

typedef struct BestCutoff {
  double cutoff;        /* Infinity: predict none */
  double value;         /* of the objective at the cutoff */
  Confusion2 confusion; /* at the cutoff */
} BestCutoff;

/* Finds the best cutoff, the highest of several. False: no cutoff qualifies, or the objective is undefined at
 * all of them. *hint (may be NULL) is any number at first and then the result of the call before, which makes
 * the search faster and never changes its result. */
bool mlm_scores_best(const Scores *scores, const Objective *objective, uint64_t *hint, BestCutoff *best);

/* Iterator form of mlm_scores_best(), for callers that compute other things in the same pass: `walk` goes
 * down over every score that a positive row has, and over those of negatives alone while these may be the
 * best. */
typedef struct CutoffSearch {
  ScoreWalk walk;
  const Objective *objective;
  double cutoff, value;    /* the best so far */
  Confusion2 confusion[2]; /* that of the best, and that of the current candidate */
  int best;                /* which of the two is the best's */
  bool found;
} CutoffSearch;

void mlm_search_begin(CutoffSearch *search, const Scores *scores, const Objective *objective);
bool mlm_search_next(CutoffSearch *search); /* to the next score; false after the last */
/* The result so far; false: none. */
bool mlm_search_end(const CutoffSearch *search, BestCutoff *best);

#endif
