/* The order-statistics tree of scores: descents, adding and taking back rows, counts and cursors. */
#include "state/score_tree.h"

#include <string.h>

#include "base/compiler.h"
#include "state/score_tree_balance.h"
#include "state/score_tree_nodes.h"

ScoreTree *mlm_tree_new(const Host *host) {
  ScoreTree *tree = host->realloc(NULL, sizeof *tree);
  if (!tree) return NULL;
  *tree = (ScoreTree){.root = mlm_node_new(0, host)};
  if (tree->root) return tree;
  host->free(tree);
  return NULL;
}

static void free_node(Node *node, const Host *host) {
  if (node->height)
    for (int i = 0; i < node->size; i++) free_node(((Inner *)node)->child[i], host);
  host->free(node);
}

void mlm_tree_free(ScoreTree *tree, const Host *host) {
  if (!tree) return;
  free_node(tree->root, host);
  host->free(tree);
}

/* Counts how many of keys[0], keys[apart], …, keys[(count - 1)·apart] are below a key. Two rounds of this
 * find a slot: unlike a binary search, without mispredicted branches and without loads that depend on each
 * other. */
static inline int keys_below(const uint64_t *keys, int apart, int count, uint64_t key) {
  int n = 0;
  MLM_UNROLL(8)
  for (int i = 0; i < count; i++) n += keys[i * apart] < key;
  return n;
}

static inline int keys_up_to(const uint64_t *keys, int apart, int count, uint64_t key) {
  int n = 0;
  MLM_UNROLL(8)
  for (int i = 0; i < count; i++) n += keys[i * apart] <= key;
  return n;
}

/* The last child whose lower bound is not above the key. The first one's never is; slots not in use are found
 * for UINT64_MAX only. */
static inline int child_slot(const Inner *inner, uint64_t key) {
  int slot = 8 * keys_up_to(inner->key + 8, 8, INNER_SLOTS / 8 - 1, key);
  slot += keys_up_to(inner->key + slot + 1, 1, 7, key);
  return slot < inner->node.size ? slot : inner->node.size - 1;
}

/* How many keys of the leaf are below the key. */
static inline int leaf_slot(const Leaf *leaf, uint64_t key) {
  int slot = 8 * keys_below(leaf->key + 7, 8, LEAF_SLOTS / 8 - 1, key);
  return slot + keys_below(leaf->key + slot, 1, 8, key);
}

static inline void descend(const ScoreTree *tree, uint64_t key, Path *path) {
  Node *node = tree->root;
  for (int height = node->height; height; height--) {
    Inner *inner = (Inner *)node;
    int slot = child_slot(inner, key);
    path->inner[height] = inner;
    path->slot[height] = slot;
    node = inner->child[slot];
  }
  path->leaf = (Leaf *)node;
  /* The leaves of a large tree are not cached: fetches the counts while the keys are searched. */
  if (tree->root->height > 1)
    for (unsigned i = 0; i < sizeof(Leaf); i += 64) mlm_prefetch((const char *)node + i);
  path->at = leaf_slot(path->leaf, key);
}

/* Adds to before[from..size], in full strides, which the compiler vectorises without a remainder; so it may
 * also change elements beyond `size`, which are not in use. */
static inline void add_after(uint64_t *before, int from, int size, uint64_t count) {
  for (int i = from; i <= size; i += STRIDE)
    for (int j = 0; j < STRIDE; j++) before[i + j] += count;
}

/* Adds rows of a class at the end of a path; count is modulo 2^64, so it may be negative. Returns the part of
 * one such row in 2U: twice the rows of the other class that it beats, plus ties. */
static inline uint64_t count_in(ScoreTree *tree, const Path *path, int label, uint64_t count) {
  Leaf *leaf = path->leaf;
  uint64_t below = leaf->before[!label][path->at], equal = leaf->before[!label][path->at + 1] - below;
  add_after(leaf->before[label], path->at + 1, leaf->node.size, count);
  for (int height = tree->root->height; height; height--) {
    Inner *inner = path->inner[height];
    int slot = path->slot[height];
    below += inner->before[!label][slot];
    add_after(inner->before[label], slot + 1, inner->node.size, count);
  }
  tree->total[label] += count;
  return (label ? below : tree->total[1] - below - equal) * 2 + equal;
}

static void remove_entry(ScoreTree *tree, const Path *path, const Host *host) {
  mlm_slot_close(&path->leaf->node, path->at);
  tree->distinct--;
  if (path->leaf->node.size < LEAF_SLOTS / 4) mlm_tree_refill(tree, path, host);
}

static inline bool finds(const Path *path, uint64_t key) {
  return path->at < path->leaf->node.size && path->leaf->key[path->at] == key;
}

static inline uint64_t entry_count(const Leaf *leaf, int at, int label) {
  return leaf->before[label][at + 1] - leaf->before[label][at];
}

static Status remove_row(ScoreTree *tree, const Path *path, int label, uint64_t count, const Host *host) {
  if (entry_count(path->leaf, path->at, label) < count) return MLM_CORRUPT;
  uint64_t each = count_in(tree, path, label, 0 - count);
  tree->twice_u = mlm_u128_difference(tree->twice_u, mlm_u128_product(count, each));
  if (entry_count(path->leaf, path->at, 0) + entry_count(path->leaf, path->at, 1) == 0)
    remove_entry(tree, path, host);
  return MLM_OK;
}

static Status open_entry(ScoreTree *tree, Path *path, uint64_t key, const Host *host) {
  if (path->leaf->node.size == LEAF_SLOTS) {
    Status status = mlm_tree_make_room(tree, path, host);
    if (status) return status;
  }
  mlm_slot_open(&path->leaf->node, path->at, key, NULL);
  tree->distinct++;
  return MLM_OK;
}

Status mlm_tree_add(ScoreTree *tree, uint64_t key, int label, int64_t count, const Host *host) {
  if (count == 0) return MLM_OK;
  Path path;
  descend(tree, key, &path);
  bool found = finds(&path, key);
  if (count < 0) return found ? remove_row(tree, &path, label, 0 - (uint64_t)count, host) : MLM_CORRUPT;
  if (!found) {
    Status status = open_entry(tree, &path, key, host);
    if (status) return status;
  }
  uint64_t each = count_in(tree, &path, label, (uint64_t)count);
  tree->twice_u = mlm_u128_sum(tree->twice_u, mlm_u128_product((uint64_t)count, each));
  return MLM_OK;
}

int64_t mlm_tree_count(const ScoreTree *tree, int label) { return (int64_t)tree->total[label]; }

int64_t mlm_tree_distinct(const ScoreTree *tree) { return tree->distinct; }

U128 mlm_tree_twice_u(const ScoreTree *tree) { return tree->twice_u; }

void mlm_tree_at_or_above(const ScoreTree *tree, uint64_t key, int64_t count[2]) {
  Path path;
  descend(tree, key, &path);
  for (int c = 0; c < 2; c++) {
    uint64_t below = path.leaf->before[c][path.at];
    for (int height = tree->root->height; height; height--)
      below += path.inner[height]->before[c][path.slot[height]];
    count[c] = (int64_t)(tree->total[c] - below);
  }
}

void mlm_tree_first(const ScoreTree *tree, TreeCursor *cursor, bool up) {
  const Node *node = tree->root;
  while (node->height) node = ((const Inner *)node)->child[up ? 0 : node->size - 1];
  *cursor = (TreeCursor){.leaf = node, .slot = up ? -1 : node->size, .step = up ? 1 : -1};
}

bool mlm_tree_next(TreeCursor *cursor) {
  const Leaf *leaf = cursor->leaf;
  int slot = cursor->slot + cursor->step;
  if (slot < 0 || slot >= leaf->node.size) {
    leaf = leaf->beside[cursor->step > 0];
    if (!leaf) return false;
    slot = cursor->step > 0 ? 0 : leaf->node.size - 1;
  }
  cursor->leaf = leaf;
  cursor->slot = slot;
  cursor->key = leaf->key[slot];
  for (int c = 0; c < 2; c++) cursor->count[c] = (int64_t)entry_count(leaf, slot, c);
  return true;
}
