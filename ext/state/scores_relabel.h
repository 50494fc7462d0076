/* Score sets made of others, or of vectors. */
#ifndef MLM_SCORES_RELABEL_H
#define MLM_SCORES_RELABEL_H

#include "state/scores.h"
#include "state/state.h"

/* Adds every row of a sealed set to an empty one, with this label, and the rows that were left out. */
Status mlm_scores_relabel(Scores *into, const Scores *from, int label, const Host *host);

/* Writes a sealed set as a saved one, as score_set() does. */
void mlm_scores_write_set(const Scores *scores, Writer *out);

#endif
