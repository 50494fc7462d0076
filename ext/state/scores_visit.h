/* Visiting all rows of a sealed score set, for states that take a score set in. */
#ifndef MLM_SCORES_VISIT_H
#define MLM_SCORES_VISIT_H

#include "base/sort.h"
#include "state/state.h"

/* Receives `count` equal rows. Any status but MLM_OK ends the visit and is returned. */
typedef Status (*ScoreVisit)(void *context, double score, int label, double weight, int64_t count);
/* Receives n keys (base/sort.h) of rows of weight 1, in ascending order. */
typedef Status (*KeysVisit)(void *context, const uint64_t *key, uint64_t n, int label);

/* Calls visit for every distinct (score, label, weight), with its count. */
Status mlm_scores_visit(const Scores *scores, ScoreVisit visit, void *context);
/* The same, but rows that are stored as keys are passed to `block`, many at a time. */
Status mlm_scores_visit_blocks(const Scores *scores, KeysVisit block, ScoreVisit visit, void *context);

#endif
