/* Moving the keys of one score set to another. */
#ifndef MLM_SCORES_MERGE_H
#define MLM_SCORES_MERGE_H

#include "state/scores_layout.h"

/* Moves all keys of `from` to `into`, which has no tree. */
Status mlm_scores_move_keys(Scores *into, Scores *from, const Host *host);

#endif
