/* The rows of a score set as they are added: keys in chunks, counted entries where scores repeat. */
#ifndef MLM_SCORES_KEYS_H
#define MLM_SCORES_KEYS_H

#include "state/scores_layout.h"

/* Rows of integral weight of a class; a weight k counts as k rows. */
int64_t mlm_scores_integral_rows(const Scores *scores, int label);
/* All rows of both classes. */
int64_t mlm_scores_rows(const Scores *scores);

/* Makes room for the first keys of a class, or of its next chunk. */
void mlm_scores_start(Scores *scores, int label);
/* Adds count > 0 rows at a key; the weight is 1 or fractional. */
Status mlm_scores_put(Scores *scores, uint64_t key, int label, double weight, int64_t count,
                      const Host *host);
/* Adds n rows of weight 1 to a set that has no tree. */
Status mlm_scores_append(Scores *scores, int label, const uint64_t *key, uint64_t n, const Host *host);
/* Adds n rows of weight 1: their scores and labels. */
Status mlm_scores_add_block(Scores *scores, const double *score, const double *label, size_t n,
                            const Host *host);
/* Frees all keys, those of full chunks included. */
void mlm_scores_drop_keys(Scores *scores, const Host *host);

#endif
