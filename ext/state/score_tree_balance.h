/* Creating, splitting and merging the nodes of a score tree. */
#ifndef MLM_SCORE_TREE_BALANCE_H
#define MLM_SCORE_TREE_BALANCE_H

#include "state/score_tree_nodes.h"

/* An empty node; NULL: out of memory. */
Node *mlm_node_new(int height, const Host *host);

/* Inserts a slot without rows at `at`; the node must have room. */
void mlm_slot_open(Node *node, int at, uint64_t key, Node *child);
/* Removes a slot without rows. */
void mlm_slot_close(Node *node, int at);

/* Splits the full nodes of a path to a full leaf, so that the leaf the path then ends in has room. MLM_NOMEM
 * leaves the tree as it was. */
Status mlm_tree_make_room(ScoreTree *tree, Path *path, const Host *host);
/* Refills, or merges, the nodes of a path that are less than a quarter full. */
void mlm_tree_refill(ScoreTree *tree, const Path *path, const Host *host);

#endif
