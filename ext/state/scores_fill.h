/* Filling a score set from counts. */
#ifndef MLM_SCORES_FILL_H
#define MLM_SCORES_FILL_H

#include "state/scores.h"

/* Adds count[2i] rows of label 0 and count[2i + 1] of label 1 at each of n ascending scores to an empty
 * set. Sealing then finds the rows in order: O(n). Fails as add() of the state does. */
Status mlm_scores_fill(Scores *scores, const double *score, const uint32_t *count, uint64_t n,
                       const Host *host);

#endif
