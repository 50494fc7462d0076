/* Balancing the score tree: nodes are created, split, redistributed and merged. */
#include "state/score_tree_balance.h"

#include <string.h>

static int capacity(int height) { return height ? INNER_SLOTS : LEAF_SLOTS; }

static Node *node_at(const Path *path, int height) {
  return height ? &path->inner[height]->node : &path->leaf->node;
}

/* Slots not in use have the highest key, because the branch-free search of a node reads them. */
static void blank(uint64_t *key, int from, int to) {
  for (int i = from; i < to; i++) key[i] = UINT64_MAX;
}

Node *mlm_node_new(int height, const Host *host) {
  size_t bytes = height ? sizeof(Inner) : sizeof(Leaf);
  Node *node = host->realloc(NULL, bytes);
  if (!node) return NULL;
  memset(node, 0, bytes);
  node->height = height;
  blank(slots_of(node).key, 0, capacity(height));
  return node;
}

void mlm_slot_open(Node *node, int at, uint64_t key, Node *child) {
  Slots slots = slots_of(node);
  size_t behind = (size_t)(node->size - at);
  memmove(slots.key + at + 1, slots.key + at, behind * sizeof(uint64_t));
  for (int c = 0; c < 2; c++)
    memmove(slots.before[c] + at + 1, slots.before[c] + at, (behind + 1) * sizeof(uint64_t));
  slots.key[at] = key;
  if (child) {
    memmove(slots.child + at + 1, slots.child + at, behind * sizeof(Node *));
    slots.child[at] = child;
  }
  node->size++;
}

void mlm_slot_close(Node *node, int at) {
  Slots slots = slots_of(node);
  size_t behind = (size_t)(--node->size - at);
  memmove(slots.key + at, slots.key + at + 1, behind * sizeof(uint64_t));
  for (int c = 0; c < 2; c++)
    memmove(slots.before[c] + at, slots.before[c] + at + 1, (behind + 1) * sizeof(uint64_t));
  slots.key[node->size] = UINT64_MAX;
  if (slots.child) memmove(slots.child + at, slots.child + at + 1, behind * sizeof(Node *));
}

/* Copies n slots to after the first `at` slots of another node. */
static void append(Slots to, int at, Slots from, int first, int n) {
  memcpy(to.key + at, from.key + first, (size_t)n * sizeof(uint64_t));
  if (from.child) memcpy(to.child + at, from.child + first, (size_t)n * sizeof(Node *));
  for (int c = 0; c < 2; c++) {
    uint64_t shift = to.before[c][at] - from.before[c][first];
    for (int i = 1; i <= n; i++) to.before[c][at + i] = from.before[c][first + i] + shift;
  }
}

/* Redistributes the slots of two neighbours so that the left one has `keep`. */
static void redistribute(Node *left, Node *right, int keep) {
  uint64_t key[2 * INNER_SLOTS], before[2][2 * INNER_SLOTS + 1];
  Node *child[2 * INNER_SLOTS];
  Slots all = {key, {before[0], before[1]}, left->height ? child : NULL};
  Slots l = slots_of(left), r = slots_of(right);
  int both = left->size + right->size;
  before[0][0] = before[1][0] = 0;
  append(all, 0, l, 0, left->size);
  append(all, left->size, r, 0, right->size);
  append(l, 0, all, 0, keep);
  append(r, 0, all, keep, both - keep);
  left->size = keep;
  right->size = both - keep;
  blank(l.key, left->size, capacity(left->height));
  blank(r.key, right->size, capacity(right->height));
}

/* Redistributes the slots of the children in slots `left` and `left` + 1 and updates the bound between them.
 */
static void redistribute_children(Inner *parent, int left, int keep) {
  Node *l = parent->child[left], *r = parent->child[left + 1];
  redistribute(l, r, keep);
  Slots kept = slots_of(l);
  for (int c = 0; c < 2; c++) parent->before[c][left + 1] = parent->before[c][left] + kept.before[c][keep];
  if (r->size) parent->key[left + 1] = slots_of(r).key[0];
}

static void link_behind(Leaf *leaf, Leaf *fresh) {
  fresh->beside[0] = leaf;
  fresh->beside[1] = leaf->beside[1];
  if (fresh->beside[1]) fresh->beside[1]->beside[0] = fresh;
  leaf->beside[1] = fresh;
}

/* The leaf has a left neighbour. */
static void unlink_leaf(Leaf *leaf) {
  leaf->beside[0]->beside[1] = leaf->beside[1];
  if (leaf->beside[1]) leaf->beside[1]->beside[0] = leaf->beside[0];
}

/* The number of slots that a full node keeps when it is split. If keys arrive in order, the part that will
 * not grow any more stays three quarters full. */
static int kept_by_split(int height, int at) {
  int full = capacity(height);
  if (at == 0) return full / 4;
  return at >= full - (height > 0) ? full - full / 4 : full / 2;
}

/* Splits the full node of the path at a height; its parent has room. The path then leads to the half it
 * belongs to: a key before the first one of the right half is below the bound, so it goes last in the left
 * half. */
static void split(Path *path, int height, Node *fresh) {
  Inner *parent = path->inner[height + 1];
  int *at = height ? &path->slot[height] : &path->at, slot = path->slot[height + 1];
  int keep = kept_by_split(height, *at);
  mlm_slot_open(&parent->node, slot + 1, UINT64_MAX, fresh);
  redistribute_children(parent, slot, keep);
  if (height == 0) link_behind(path->leaf, (Leaf *)fresh);
  if (*at < keep + (height == 0)) return;
  *at -= keep;
  path->slot[height + 1]++;
  if (height)
    path->inner[height] = (Inner *)fresh;
  else
    path->leaf = (Leaf *)fresh;
}

static void grow_root(ScoreTree *tree, Path *path, Inner *root) {
  root->node.size = 1;
  root->key[0] = 0;
  root->child[0] = tree->root;
  for (int c = 0; c < 2; c++) root->before[c][1] = tree->total[c];
  tree->root = &root->node;
  path->inner[root->node.height] = root;
  path->slot[root->node.height] = 0;
}

Status mlm_tree_make_room(ScoreTree *tree, Path *path, const Host *host) {
  int top = tree->root->height, full = 1;
  while (full <= top && path->inner[full]->node.size == INNER_SLOTS) full++;
  int fresh = full + (full > top);
  Node *node[TREE_HEIGHT + 1];
  for (int i = 0; i < fresh; i++) {
    node[i] = mlm_node_new(i, host);
    if (node[i]) continue;
    while (i > 0) host->free(node[--i]);
    return MLM_NOMEM;
  }
  if (full > top) grow_root(tree, path, (Inner *)node[full]);
  for (int height = full - 1; height >= 0; height--) split(path, height, node[height]);
  return MLM_OK;
}

static void drop_root(ScoreTree *tree, const Host *host) {
  Inner *root = (Inner *)tree->root;
  tree->root = root->child[0];
  host->free(root);
}

/* Merges two nodes that together fill up to three quarters of one, so that it is not split again soon.
 * Otherwise distributes their slots evenly, so that each is at least a third full. */
void mlm_tree_refill(ScoreTree *tree, const Path *path, const Host *host) {
  int top = tree->root->height;
  for (int height = 0; height < top; height++) {
    if (node_at(path, height)->size >= capacity(height) / 4) return;
    Inner *parent = path->inner[height + 1];
    int left = path->slot[height + 1];
    if (left == parent->node.size - 1) left--;
    Node *right = parent->child[left + 1];
    int both = parent->child[left]->size + right->size;
    bool merge = both <= capacity(height) * 3 / 4;
    redistribute_children(parent, left, merge ? both : both / 2);
    if (!merge) return;
    if (height == 0) unlink_leaf((Leaf *)right);
    mlm_slot_close(&parent->node, left + 1);
    host->free(right);
  }
  if (top && tree->root->size == 1) drop_root(tree, host);
}
