/* The shape of a window tree: how nodes are made, split, evened out and merged. */
#include "state/score_tree_internal.h"

#include <string.h>

static int capacity(int height) { return height ? INNER_SLOTS : LEAF_SLOTS; }

static Node *node_at(const Path *path, int height) {
  return height ? &path->inner[height]->node : &path->leaf->node;
}

/* The branch-free search of a node runs into slots not in use; no key is above these. */
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

/* Writes n slots behind the first `at` ones of another node. */
static void append(Slots to, int at, Slots from, int first, int n) {
  memcpy(to.key + at, from.key + first, (size_t)n * sizeof(uint64_t));
  if (from.child) memcpy(to.child + at, from.child + first, (size_t)n * sizeof(Node *));
  for (int c = 0; c < 2; c++) {
    uint64_t shift = to.before[c][at] - from.before[c][first];
    for (int i = 1; i <= n; i++) to.before[c][at + i] = from.before[c][first + i] + shift;
  }
}

/* Deals the slots of two neighbours anew, so that the left one has `keep`: splits, evens out and merges. */
static void deal(Node *left, Node *right, int keep) {
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

/* Deals the children in slots `left` and `left` + 1 anew and moves the border between them accordingly. */
static void deal_children(Inner *parent, int left, int keep) {
  Node *l = parent->child[left], *r = parent->child[left + 1];
  deal(l, r, keep);
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

/* The leaf is the right one of two. */
static void unlink_leaf(Leaf *leaf) {
  leaf->beside[0]->beside[1] = leaf->beside[1];
  if (leaf->beside[1]) leaf->beside[1]->beside[0] = leaf->beside[0];
}

/* How many slots a full node keeps when it is split. Where keys come in order the part that will not grow any
 * more stays three quarters full. */
static int kept_by_split(int height, int at) {
  int full = capacity(height);
  if (at == 0) return full / 4;
  return at >= full - (height > 0) ? full - full / 4 : full / 2;
}

/* Splits the full node at a height of the path; its parent has room. The path goes on to the half that it
 * belongs to: a key that would be the first on the right is below the border, hence the last on the left. */
static void split(Path *path, int height, Node *fresh) {
  Inner *parent = path->inner[height + 1];
  int *at = height ? &path->slot[height] : &path->at, slot = path->slot[height + 1];
  int keep = kept_by_split(height, *at);
  mlm_slot_open(&parent->node, slot + 1, UINT64_MAX, fresh);
  deal_children(parent, slot, keep);
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

/* Up to three quarters of a node are merged, so that it does not have to be split again soon; where there are
 * more the two are evened out, each then a third full at least. */
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
    deal_children(parent, left, merge ? both : both / 2);
    if (!merge) return;
    if (height == 0) unlink_leaf((Leaf *)right);
    mlm_slot_close(&parent->node, left + 1);
    host->free(right);
  }
  if (top && tree->root->size == 1) drop_root(tree, host);
}
