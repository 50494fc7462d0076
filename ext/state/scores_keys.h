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
/* Makes room for n rows of weight 1 of a class that has none, where one block of memory can hold them. */
Status mlm_scores_reserve(Scores *scores, int label, uint64_t n, const Host *host);
/* Makes room for this many more keys of a class that has some, in the block that is being filled, if a chunk
 * can hold them. May turn repeated keys into entries, so that fewer are left. */
Status mlm_scores_make_room(Scores *scores, int label, uint64_t more, const Host *host);
/* How many keys of n sorted ones differ. */
uint64_t mlm_count_distinct(const uint64_t *sorted, uint64_t n);
/* Adds n rows of weight 1 to a set that has no tree. */
Status mlm_scores_append(Scores *scores, int label, const uint64_t *key, uint64_t n, const Host *host);
/* Adds n rows of weight 1: their scores and labels. */
Status mlm_scores_add_block(Scores *scores, const double *score, const double *label, size_t n,
                            const Host *host);
/* Sorts the keys of the chunk that is being filled. */
Status mlm_scores_sort_keys(Scores *scores, int label, const Host *host);
/* Frees all keys, those of full chunks included. */
void mlm_scores_drop_keys(Scores *scores, const Host *host);

#endif
