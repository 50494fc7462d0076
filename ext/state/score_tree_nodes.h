/* The nodes of a score tree, for the files score_tree*.c.
 *
 * A slot of a leaf is an entry, a slot of an inner node a child. For each slot and class a node has the
 * number of its rows in the slots before. So a descent reads one number a node, the count of any run of slots
 * is one subtraction, and slots are moved between nodes by copying.
 */
#ifndef MLM_SCORE_TREE_NODES_H
#define MLM_SCORE_TREE_NODES_H

#include "state/score_tree.h"

enum {
  LEAF_SLOTS = 32,
  INNER_SLOTS = 64,
  STRIDE =
      4, /* counts are changed four at a time, even beyond the last slot: the arrays have room for that */
  /* Every node but the root is at least a quarter full, so 17 levels of inner nodes would need 2·16^16
     leaves. */
  TREE_HEIGHT = 17
};

typedef struct Node {
  int32_t size;   /* slots in use */
  int32_t height; /* 0: a leaf */
} Node;

typedef struct Leaf {
  Node node;
  struct Leaf *beside[2];   /* the leaf with the next lower [0] and the next higher keys [1] */
  uint64_t key[LEAF_SLOTS]; /* ascending; UINT64_MAX in slots not in use */
  uint64_t before[2]
                 [LEAF_SLOTS + 1 + STRIDE - 1]; /* by class: rows in the slots before; [size] is the total */
} Leaf;

typedef struct Inner {
  Node node;
  uint64_t key[INNER_SLOTS]; /* a lower bound of the keys of the child, above those of the child before;
                                UINT64_MAX in slots not in use */
  uint64_t before[2][INNER_SLOTS + 1 + STRIDE - 1];
  Node *child[INNER_SLOTS];
} Inner;

struct ScoreTree {
  Node *root; /* never NULL; an empty tree is an empty leaf */
  uint64_t total[2];
  int64_t distinct;
  U128 twice_u;
};

/* The path from the root to the slot of a key, or to where it would be. */
typedef struct Path {
  Inner *inner[TREE_HEIGHT + 1]; /* by height, from 1 */
  int slot[TREE_HEIGHT + 1];     /* the child taken there */
  Leaf *leaf;
  int at; /* the first slot of the leaf whose key is not below the key */
} Path;

/* The arrays of a node; child is NULL for a leaf. */
typedef struct Slots {
  uint64_t *key, *before[2];
  Node **child;
} Slots;

static inline Slots slots_of(Node *node) {
  if (node->height) {
    Inner *inner = (Inner *)node;
    return (Slots){inner->key, {inner->before[0], inner->before[1]}, inner->child};
  }
  Leaf *leaf = (Leaf *)node;
  return (Slots){leaf->key, {leaf->before[0], leaf->before[1]}, NULL};
}

#endif
