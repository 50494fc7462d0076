/* The best cutoff over a score tree, by branch and bound.
 *
 * A run of neighbouring slots is bounded by the objective at its ideal corner: all positives of the run, none
 * of its negatives. Runs are halved from the top down, so candidates are considered in the order of a scan. A
 * run is dropped if the corner proves that a scan would not have taken any candidate in it. In a window of
 * 1000 rows, with a warm start, that takes some 30 evaluations.
 */
#include "state/score_tree_search.h"

#include <math.h>

#include "base/sort.h"
#include "state/confusion2.h"
#include "state/score_tree_nodes.h"

/* F1 = 2tp / (tp + fp + P) < v is a half-plane in (tp, fp), so candidates are excluded without a division. */
typedef struct HalfPlane {
  double per_tp, per_fp, edge; /* per_tp·tp - per_fp·fp < edge: excluded, whatever the rounding errors */
} HalfPlane;

typedef struct Search {
  const Objective *objective;
  HalfPlane low;
  uint64_t total[2];
  double bound;      /* sense·value to be beaten, or equalled until a candidate is found */
  uint64_t reach[2]; /* rows at or above the candidate that has this value */
  bool found;        /* the candidate was considered in order; otherwise it is the warm start */
  bool unproven;     /* the last candidate was undefined or not monotone: it does not bound those with more
                        negatives */
  uint64_t key;      /* of the candidate; UINT64_MAX, which no score has: predict none */
  uint64_t above[2]; /* rows at or above the current node's first slot; minus before[slot]: at or above that
                        slot */
} Search;

static inline double value_at(const Search *search, double (*of)(const Confusion2 *, const double *),
                              uint64_t fp, uint64_t tp) {
  Confusion2 confusion = {.tp = (double)(int64_t)tp,
                          .fp = (double)(int64_t)fp,
                          .tn = (double)(int64_t)(search->total[0] - fp),
                          .fn = (double)(int64_t)(search->total[1] - tp),
                          .counts = true};
  return of(&confusion, search->objective->param);
}

/* The edge is lowered by much more than the rounding errors, which are below 2^-50 of the terms. */
static HalfPlane below_bound(const Search *search) {
  double v = search->bound, p = (double)(int64_t)search->total[1], n = (double)(int64_t)search->total[0];
  return (HalfPlane){2 - v, v, v * p - 0x1p-44 * (2 * p + v * n)};
}

static inline bool is_low(const Search *search, uint64_t fp, uint64_t tp) {
  const HalfPlane *low = &search->low;
  return low->per_tp * (double)(int64_t)tp - low->per_fp * (double)(int64_t)fp < low->edge;
}

/* Takes a candidate if a scan would. */
static void consider(Search *search, uint64_t key, uint64_t fp, uint64_t tp) {
  const Objective *objective = search->objective;
  if (is_low(search, fp, tp)) {
    search->unproven = false;
    return;
  }
  double value = objective->sense * value_at(search, objective->of, fp, tp), floor_of = 0;
  bool fits = true;
  if (objective->floor_of) {
    floor_of = value_at(search, objective->floor_of, fp, tp);
    fits = floor_of >= objective->floor;
  }
  search->unproven = !objective->monotone || isnan(value) || isnan(floor_of);
  bool better = value > search->bound || (value == search->bound && !search->found);
  if (!fits || !better) return;
  search->found = true;
  search->bound = value;
  if (objective->f1) search->low = below_bound(search);
  search->reach[0] = fp;
  search->reach[1] = tp;
  search->key = key;
}

/* Whether no candidate with at most tp true positives and at least fp false positives would be taken. NaN
 * proves nothing: precision is 0/0 for no rows, but 0 for negatives alone. */
static inline bool hopeless(const Search *search, uint64_t fp, uint64_t tp) {
  const Objective *objective = search->objective;
  if (is_low(search, fp, tp)) return true;
  double value = objective->sense * value_at(search, objective->of, fp, tp);
  if (value < search->bound || (value == search->bound && search->found)) return true;
  return objective->floor_of && value_at(search, objective->floor_of, fp, tp) < objective->floor;
}

/* Drops a run if its corner excludes it. A corner that is at least as good as the best candidate in both
 * counts does not need to be evaluated. */
static inline bool drop(Search *search, uint64_t fp, uint64_t tp) {
  if (!search->objective->monotone || (tp >= search->reach[1] && fp <= search->reach[0])) return false;
  if (!hopeless(search, fp, tp)) return false;
  search->unproven = false;
  return true;
}

/* Searches the entries lo..hi-1 of a leaf from the top; whole: all of them, which are known not to be
 * dropped. Negatives alone are no better than a proven candidate or corner above them. */
static void search_leaf(Search *search, const Leaf *leaf, int lo, int hi, bool whole) {
  const uint64_t *neg = leaf->before[0], *pos = leaf->before[1];
  while (pos[hi] - pos[lo] > 1 && hi - lo > 1) {
    if (!whole && drop(search, search->above[0] - neg[hi], search->above[1] - pos[lo])) return;
    int middle = (lo + hi) / 2;
    search_leaf(search, leaf, middle, hi, false);
    hi = middle;
    whole = false;
  }
  for (int i = hi - 1; i >= lo && (search->unproven || pos[i + 1] != pos[lo]); i--)
    if (search->unproven || pos[i] != pos[i + 1])
      consider(search, leaf->key[i], search->above[0] - neg[i], search->above[1] - pos[i]);
}

static void search_node(Search *search, const Node *node);

static void search_child(Search *search, const Inner *inner, int slot) {
  for (int c = 0; c < 2; c++) search->above[c] -= inner->before[c][slot];
  search_node(search, inner->child[slot]);
  for (int c = 0; c < 2; c++) search->above[c] += inner->before[c][slot];
}

/* Searches the children lo..hi-1 of an inner node in the same way. */
static void search_inner(Search *search, const Inner *inner, int lo, int hi, bool whole) {
  const uint64_t *neg = inner->before[0], *pos = inner->before[1];
  while (pos[hi] != pos[lo] || search->unproven) {
    if (!whole && drop(search, search->above[0] - neg[hi], search->above[1] - pos[lo])) return;
    if (hi - lo == 1) {
      search_child(search, inner, lo);
      return;
    }
    int middle = (lo + hi) / 2;
    search_inner(search, inner, middle, hi, false);
    hi = middle;
    whole = false;
  }
}

static void search_node(Search *search, const Node *node) {
  if (node->height)
    search_inner(search, (const Inner *)node, 0, node->size, true);
  else
    search_leaf(search, (const Leaf *)node, 0, node->size, true);
}

/* Starts with the value of the candidate at the hint: the result is at least as good, but may be a higher
 * candidate with the same value. */
static void start_at(Search *search, const ScoreTree *tree, uint64_t hint) {
  int64_t count[2];
  mlm_tree_at_or_above(tree, hint, count);
  if (count[0] + count[1] == 0) return;
  consider(search, hint, (uint64_t)count[0], (uint64_t)count[1]);
  search->found = false;
  search->unproven = true;
}

static uint64_t highest_key(const ScoreTree *tree) {
  const Node *node = tree->root;
  while (node->height) node = ((const Inner *)node)->child[node->size - 1];
  return ((const Leaf *)node)->key[node->size - 1];
}

bool mlm_tree_best(const ScoreTree *tree, const Objective *objective, uint64_t *hint, double *cutoff,
                   int64_t count[2]) {
  if (tree->distinct == 0) return false;
  Search search = {.objective = objective,
                   .total = {tree->total[0], tree->total[1]},
                   .low = {.edge = -INFINITY},
                   .bound = -INFINITY,
                   .reach = {0, UINT64_MAX},
                   .unproven = true,
                   .above = {tree->total[0], tree->total[1]}};
  if (hint) start_at(&search, tree, *hint);
  if (highest_key(tree) != mlm_encode_score(INFINITY)) consider(&search, UINT64_MAX, 0, 0);
  search_node(&search, tree->root);
  if (!search.found) return false;
  if (hint) *hint = search.key;
  *cutoff = search.key == UINT64_MAX ? INFINITY : mlm_decode_score(search.key);
  for (int c = 0; c < 2; c++) count[c] = (int64_t)search.reach[c];
  return true;
}
