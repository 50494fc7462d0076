/* The saved form of a score set. */
#ifndef MLM_SCORES_SAVE_H
#define MLM_SCORES_SAVE_H

#include "state/state.h"

void mlm_scores_save(const void *state, Writer *out);
Status mlm_scores_load(void *state, Reader *in, const Host *host);

#endif
