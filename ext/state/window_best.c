/* The best cutoff over a window tree, by branch and bound.
 *
 * A run of neighbouring slots is bounded by the objective at its ideal corner: all positives of the run, none
 * of its negatives. Runs are halved from the top down, so that candidates are met in the order of a scan, and
 * dropped where the corner proves that nothing in them would have been taken by it.
 */
#include "math/sort.h"
#include "state/tally.h"
#include "state/window_node.h"

#include <math.h>

typedef struct Search {
  const Objective *objective;
  uint64_t total[2];
  double bound; /* sense·value to be beaten, or equalled as long as nothing is found */
  bool found;
  bool unproven;  /* what was looked at last says nothing about rows added to it: undefined there, or not
                     monotone */
  uint64_t key;   /* of the best found; UINT64_MAX for predict none, which no score has */
  uint64_t at[2]; /* rows at or above it */
} Search;

typedef struct Value {
  double of;       /* sense·value */
  double floor_of; /* +Infinity where there is no condition */
} Value;

static Value value_at(const Search *search, uint64_t fp, uint64_t tp) {
  const Objective *objective = search->objective;
  Tally tally = {.tp = (double)(int64_t)tp,
                 .fp = (double)(int64_t)fp,
                 .tn = (double)(int64_t)(search->total[0] - fp),
                 .fn = (double)(int64_t)(search->total[1] - tp)};
  Value value = {objective->sense * objective->of(&tally, objective->param), INFINITY};
  if (objective->floor_of) value.floor_of = objective->floor_of(&tally, objective->param);
  return value;
}

static bool qualifies(const Search *search, Value value) {
  if (search->objective->floor_of && !(value.floor_of >= search->objective->floor)) return false;
  return value.of > search->bound || (value.of == search->bound && !search->found);
}

/* Nothing with as few positives or fewer and as many negatives or more qualifies. NaN proves nothing:
 * precision is 0/0 for no rows but 0 for negatives alone. */
static bool hopeless(const Search *search, Value value) {
  if (search->objective->floor_of && value.floor_of < search->objective->floor) return true;
  return value.of < search->bound || (value.of == search->bound && search->found);
}

static void try_cutoff(Search *search, uint64_t key, uint64_t fp, uint64_t tp) {
  Value value = value_at(search, fp, tp);
  search->unproven = !search->objective->monotone || isnan(value.of) || isnan(value.floor_of);
  if (!qualifies(search, value)) return;
  search->found = true;
  search->bound = value.of;
  search->key = key;
  search->at[0] = fp;
  search->at[1] = tp;
}

/* from[c]: rows at or above the first slot of the node, so that from[c] - before[c][slot] are those at or
 * above a slot. */
static void search_run(Search *search, Node *node, int lo, int hi, uint64_t from0, uint64_t from1);

static void search_halves(Search *search, Node *node, int lo, int hi, uint64_t from0, uint64_t from1) {
  int middle = (lo + hi) / 2;
  search_run(search, node, middle, hi, from0, from1);
  search_run(search, node, lo, middle, from0, from1);
}

static void search_run(Search *search, Node *node, int lo, int hi, uint64_t from0, uint64_t from1) {
  Slots slots = slots_of(node);
  uint64_t tp = from1 - slots.before[1][lo], fp = from0 - slots.before[0][hi];
  bool negatives_only = slots.before[1][lo] == slots.before[1][hi];
  if (negatives_only && !search->unproven) return; /* no better than the candidate or the corner above */
  if (!node->height && hi - lo == 1) {
    try_cutoff(search, slots.key[lo], from0 - slots.before[0][lo], tp);
    return;
  }
  if (search->objective->monotone && hopeless(search, value_at(search, fp, tp))) {
    search->unproven = false;
    return;
  }
  if (hi - lo > 1)
    search_halves(search, node, lo, hi, from0, from1);
  else
    search_halves(search, slots.child[lo], 0, slots.child[lo]->size, from0 - slots.before[0][lo], tp);
}

/* The value at the hint is reached by a candidate, so nothing below it can be the answer; what equals it,
 * can. */
static void start_at(Search *search, const WindowTree *tree, uint64_t hint) {
  int64_t count[2];
  mlm_tree_at_or_above(tree, hint, count);
  if (count[0] + count[1] == 0) return;
  Value value = value_at(search, (uint64_t)count[0], (uint64_t)count[1]);
  if (qualifies(search, value)) search->bound = value.of;
}

bool mlm_tree_best(const WindowTree *tree, const Objective *objective, uint64_t *hint, double *cutoff,
                   int64_t count[2]) {
  TreeCursor top;
  mlm_tree_first(tree, &top, false);
  if (!mlm_tree_next(&top)) return false;
  Search search = {.objective = objective,
                   .total = {tree->total[0], tree->total[1]},
                   .bound = -INFINITY,
                   .unproven = true};
  if (hint) start_at(&search, tree, *hint);
  if (top.key != mlm_key_of(INFINITY)) try_cutoff(&search, UINT64_MAX, 0, 0);
  search_run(&search, tree->root, 0, tree->root->size, search.total[0], search.total[1]);
  if (!search.found) return false;
  if (hint) *hint = search.key;
  *cutoff = search.key == UINT64_MAX ? INFINITY : mlm_score_of(search.key);
  for (int c = 0; c < 2; c++) count[c] = (int64_t)search.at[c];
  return true;
}
