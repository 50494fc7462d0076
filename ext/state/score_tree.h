/* An order-statistics B+-tree of scores, in which ranking metrics slide over a window in O(log n) a row.
 *
 * An entry is a distinct key (base/sort.h) with a count per class. A leaf has up to 32 entries; an inner node
 * has up to 64 children, with the counts below each. One descent finds how many rows of the other class are
 * below and at a key, so twice the Mann-Whitney U is updated by adding and subtracting integers: it stays
 * exact.
 */
#ifndef MLM_SCORE_TREE_H
#define MLM_SCORE_TREE_H

#include "base/uint128.h"
#include "state/objective.h"
#include "state/state.h"

typedef struct ScoreTree ScoreTree;

ScoreTree *mlm_tree_new(const Host *host); /* NULL: out of memory */
void mlm_tree_free(ScoreTree *tree, const Host *host);

/* Adds count > 0 rows of a class (label 0 or 1) at a key, or takes back -count rows if count < 0. MLM_NOMEM,
 * and MLM_CORRUPT for rows that are not there, leave the tree as it was. Taking back rows that are there
 * cannot fail. */
Status mlm_tree_add(ScoreTree *tree, uint64_t key, int label, int64_t count, const Host *host);

int64_t mlm_tree_count(const ScoreTree *tree, int label);
int64_t mlm_tree_distinct(const ScoreTree *tree);
U128 mlm_tree_twice_u(
    const ScoreTree *tree); /* the sum over positives of 2·(negatives below) + (negatives equal) */

/* Counts the rows of each class with keys >= key, in O(log n). */
void mlm_tree_at_or_above(const ScoreTree *tree, uint64_t key, int64_t count[2]);

/* A cursor over the entries, in ascending (up) or descending order. Owns nothing; valid until the tree
 * changes. */
typedef struct TreeCursor {
  const void *leaf;
  int slot, step;
  uint64_t key;
  int64_t count[2];
} TreeCursor;
void mlm_tree_first(const ScoreTree *tree, TreeCursor *cursor, bool up); /* before the first entry */
bool mlm_tree_next(TreeCursor *cursor);

#endif
