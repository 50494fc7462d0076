/* The nodes of a window tree, for the files that look inside it: window_tree.c, window_shape.c and
 * window_best.c.
 *
 * A slot of a leaf is an entry, a slot of an inner node a child. Each node keeps, per class, how many of its
 * rows lie before each slot: a descent then reads one number a node, any run of slots has its count by one
 * subtraction, and moving slots between nodes is a copy.
 */
#ifndef MLM_SCORE_TREE_INTERNAL_H
#define MLM_SCORE_TREE_INTERNAL_H

#include "state/score_tree.h"

enum {
  LEAF_SLOTS = 32,
  INNER_SLOTS = 64,
  STRIDE = 4, /* counts are changed so many at a time, beyond the last slot too: arrays have room for that */
  /* Every node but the root is at least a quarter full, so that 17 levels of inner nodes would need 2·16^16
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
  uint64_t before[2][LEAF_SLOTS + 1 + STRIDE
                     - 1]; /* by class: rows in slots below this one; [size] is the whole */
} Leaf;

typedef struct Inner {
  Node node;
  uint64_t key[INNER_SLOTS]; /* no key of the child is below it, none of the child before reaches it;
                                UINT64_MAX beyond size */
  uint64_t before[2][INNER_SLOTS + 1 + STRIDE - 1];
  Node *child[INNER_SLOTS];
} Inner;

struct ScoreTree {
  Node *root; /* never NULL; an empty tree is an empty leaf */
  uint64_t total[2];
  int64_t distinct;
  U128 twice_u;
};

/* The way from the root to where a key is or would be. */
typedef struct Path {
  Inner *inner[TREE_HEIGHT + 1]; /* by height, from 1 */
  int slot[TREE_HEIGHT + 1];     /* the child taken there */
  Leaf *leaf;
  int at; /* first slot of the leaf whose key is not below */
} Path;

/* The arrays of a node of either kind; child is NULL in a leaf. */
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

/* An empty node; NULL: out of memory. */
Node *mlm_node_new(int height, const Host *host);

/* Opens a slot at `at` that holds no rows; the node has room. */
void mlm_slot_open(Node *node, int at, uint64_t key, Node *child);
/* Closes a slot that holds no rows (any more). */
void mlm_slot_close(Node *node, int at);

/* Splits what is full on a path to a full leaf, so that the leaf it then leads to has room. MLM_NOMEM:
 * nothing has changed. */
Status mlm_tree_make_room(ScoreTree *tree, Path *path, const Host *host);
/* Fills up, or merges away, what has become less than a quarter full on a path. */
void mlm_tree_refill(ScoreTree *tree, const Path *path, const Host *host);

#endif
