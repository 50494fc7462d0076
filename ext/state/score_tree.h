/* A counted B+-tree of scores: what lets ranking metrics slide over a window in O(log n) a row.
 *
 * Entries are distinct keys (base/sort.h) with a count per class; leaves hold up to 32, inner nodes up to 64
 * children with the counts below each. One descent finds how many rows of the other class lie below and at a
 * key, so twice the Mann-Whitney U is kept by adding and subtracting integers: exact, whatever was added and
 * taken back before.
 */
#ifndef MLM_SCORE_TREE_H
#define MLM_SCORE_TREE_H

#include "base/uint128.h"
#include "state/state.h"

typedef struct ScoreTree ScoreTree;

ScoreTree *mlm_tree_new(const Host *host); /* NULL: out of memory */
void mlm_tree_free(ScoreTree *tree, const Host *host);

/* Adds count > 0 (or, below 0, takes back -count) rows of a class (label 0 or 1) at a key. MLM_NOMEM leaves
 * the tree as it was, so does MLM_CORRUPT: taking back what is not there. Taking back what is there cannot
 * fail. */
Status mlm_tree_add(ScoreTree *tree, uint64_t key, int label, int64_t count, const Host *host);

int64_t mlm_tree_count(const ScoreTree *tree, int label);
int64_t mlm_tree_distinct(const ScoreTree *tree);
U128 mlm_tree_twice_u(const ScoreTree *tree); /* sum over positives of 2·#neg below + #neg equal */

/* Rows of each class with keys >= key, in O(log n). */
void mlm_tree_at_or_above(const ScoreTree *tree, uint64_t key, int64_t count[2]);

/* A cursor over the entries in ascending (up) or descending order; plain memory, valid until the tree
 * changes. */
typedef struct TreeCursor {
  const void *leaf;
  int slot, step;
  uint64_t key;
  int64_t count[2];
} TreeCursor;
void mlm_tree_first(const ScoreTree *tree, TreeCursor *cursor, bool up); /* before the first entry */
bool mlm_tree_next(TreeCursor *cursor);

/* The best cutoff by branch and bound: for a monotone objective no subtree is better than the formula at its
 * ideal corner (all its positives, none of its negatives); others are scanned. Same answer as a scan from the
 * top with strict '>' over the keys present and, where no key is +Infinity, the predict-none cutoff Infinity
 * before them. *hint (may be NULL; any number will do at first) is the key found last time: a good start,
 * never a different answer. False: the tree is empty, or no key qualifies; *hint then stays as it was. */
bool mlm_tree_best(const ScoreTree *tree, const Objective *objective, uint64_t *hint, double *cutoff,
                   int64_t count[2]);

#endif
