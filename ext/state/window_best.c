/* The best cutoff over a window tree, by branch and bound.
 *
 * A run of neighbouring slots is bounded by the objective at its ideal corner: all positives of the run, none of its negatives.
 * Going from the top down, runs as long as possible are dropped where their corner proves that a scan would have taken nothing
 * in them; what cannot be dropped is looked into, in the order of the scan.
 *
 * How far a run may reach is guessed: most objectives have straight lines for level sets in the plane of false and true
 * positives, so the tangent at the best candidate known tells which corners lie below it. A guess is always checked by the
 * objective itself, a bad one only costs time.
 */
#include "math/sort.h"
#include "state/tally.h"
#include "state/window_node.h"

#include <math.h>

typedef struct Search {
  const Objective *objective;
  uint64_t total[2];
  double bound;      /* sense·value to be beaten, or equalled as long as nothing is found */
  double base, rise; /* corners with tp <= base + rise·fp are guessed to be below the bound */
  bool found;
  bool unproven;  /* what was looked at last says nothing about rows added to it: undefined there, or not monotone */
  uint64_t key;   /* of the best found; UINT64_MAX for predict none, which no score has */
  uint64_t at[2]; /* rows at or above it */
  uint64_t from[2]; /* rows at or above the first slot of the node at hand; less before[slot]: at or above a slot */
} Search;

static inline Tally tally_at(const Search *search, uint64_t fp, uint64_t tp) {
  return (Tally){.tp = (double)(int64_t)tp,
                 .fp = (double)(int64_t)fp,
                 .tn = (double)(int64_t)(search->total[0] - fp),
                 .fn = (double)(int64_t)(search->total[1] - tp)};
}

static inline double value_of(const Objective *objective, const Tally *tally) {
  return objective->sense * objective->of(tally, objective->param);
}

/* The tangent of the level set at the best candidate, by differences over so small a part of the rows that they are straight
 * and so large a part that they are not lost in rounding. Anything not finite guesses nothing. */
static void aim(Search *search, Tally best) {
  double step = (double)(int64_t)(search->total[0] + search->total[1]) * 0x1p-16;
  Tally more_hits = best, more_alarms = best;
  more_hits.tp += step;
  more_hits.fn -= step;
  more_alarms.fp += step;
  more_alarms.tn -= step;
  search->rise = (search->bound - value_of(search->objective, &more_alarms))
                 / (value_of(search->objective, &more_hits) - search->bound);
  search->base = best.tp - search->rise * best.fp - 0.01;
}

static void try_cutoff(Search *search, uint64_t key, uint64_t fp, uint64_t tp) {
  const Objective *objective = search->objective;
  Tally tally = tally_at(search, fp, tp);
  double value = value_of(objective, &tally), floor_of = 0;
  bool fits = true;
  if (objective->floor_of) {
    floor_of = objective->floor_of(&tally, objective->param);
    fits = floor_of >= objective->floor;
  }
  search->unproven = !objective->monotone || isnan(value) || isnan(floor_of);
  if (!fits || !(value > search->bound || (value == search->bound && !search->found))) return;
  bool known = value == search->bound;
  search->found = true;
  search->bound = value;
  search->key = key;
  search->at[0] = fp;
  search->at[1] = tp;
  if (!known) aim(search, tally);
}

/* Whether nothing with as few positives or fewer and as many negatives or more would be taken. NaN proves nothing: precision is
 * 0/0 for no rows but 0 for negatives alone. */
static inline bool drops(Search *search, uint64_t fp, uint64_t tp) {
  const Objective *objective = search->objective;
  if (!objective->monotone) return false;
  Tally tally = tally_at(search, fp, tp);
  double value = value_of(objective, &tally);
  bool hopeless = value < search->bound || (value == search->bound && search->found);
  if (!hopeless && objective->floor_of) hopeless = objective->floor_of(&tally, objective->param) < objective->floor;
  if (hopeless) search->unproven = false;
  return hopeless;
}

/* The first slot of the longest run up to `hi` whose corner is guessed to be below the bound. */
static inline int guess_run(const Search *search, const Slots *slots, int hi) {
  const uint64_t *pos = slots->before[1];
  double limit = search->base + search->rise * (double)(int64_t)(search->from[0] - slots->before[0][hi]);
  if (!(limit >= 0)) return hi;
  double most = (double)(int64_t)search->from[1];
  int64_t least = limit < most ? (int64_t)search->from[1] - (int64_t)limit : 0;
  if (least < 0) least = 0;int lo = 0;
  if (slots->child) {
    for (int i = 0; i < 8; i++) lo += pos[8 * i + 7] < (uint64_t)least;
    lo *= 8;
    lo = lo > 56 ? 56 : lo;
  } else {
    for (int i = 0; i < 3; i++) lo += pos[8 * i + 7] < (uint64_t)least;
    lo *= 8;
  }
  int more = 0;
  for (int i = 0; i < 8; i++) more += pos[lo + i] < (uint64_t)least;
  lo += more;
  return lo < hi ? lo : hi;
}

static void search_node(Search *search, Node *node);

static void search_slot(Search *search, const Slots *slots, int slot) {
  uint64_t fp = search->from[0] - slots->before[0][slot], tp = search->from[1] - slots->before[1][slot];
  if (!slots->child) {
    try_cutoff(search, slots->key[slot], fp, tp);
    return;
  }
  uint64_t from[2] = {search->from[0], search->from[1]};
  search->from[0] = fp;
  search->from[1] = tp;
  search_node(search, slots->child[slot]);
  search->from[0] = from[0];
  search->from[1] = from[1];
}

static void search_node(Search *search, Node *node) {
  Slots slots = slots_of(node);
  const uint64_t *neg = slots.before[0], *pos = slots.before[1];
  int reach = 1;
  for (int hi = node->size; hi > 0;) {
    if (!search->unproven && pos[hi - 1] == pos[hi]) { /* only negatives: no better than what is above them */
      hi--;
      continue;
    }
    int lo = guess_run(search, &slots, hi);
    bool longer = hi - lo < reach;
    if (longer) lo = hi > reach ? hi - reach : 0;
    int first = lo;
    if (slots.child || hi - lo > 1)
      while (lo < hi && !drops(search, search->from[0] - neg[hi], search->from[1] - pos[lo])) lo = hi - (hi - lo) / 2;
    else
      lo = hi;
    if (longer) reach = lo == first ? 2 * reach : 1;
    if (lo < hi) {
      hi = lo;
      continue;
    }
    search_slot(search, &slots, --hi);
  }
}

/* What is known after a look at the candidate that the hint leads to: a value that is reached, there or above. */
static void start_at(Search *search, const WindowTree *tree, uint64_t hint) {
  int64_t count[2];
  mlm_tree_at_or_above(tree, hint, count);
  if (count[0] + count[1] == 0) return;
  try_cutoff(search, hint, (uint64_t)count[0], (uint64_t)count[1]);
  search->found = false;
  search->unproven = true;
}

static uint64_t highest_key(const WindowTree *tree) {
  const Node *node = tree->root;
  while (node->height) node = ((const Inner *)node)->child[node->size - 1];
  return ((const Leaf *)node)->key[node->size - 1];
}

bool mlm_tree_best(const WindowTree *tree, const Objective *objective, uint64_t *hint, double *cutoff,
                   int64_t count[2]) {
  if (tree->distinct == 0) return false;
  Search search = {.objective = objective,
                   .total = {tree->total[0], tree->total[1]},
                   .bound = -INFINITY,
                   .base = NAN,
                   .unproven = true,
                   .from = {tree->total[0], tree->total[1]}};
  if (hint) start_at(&search, tree, *hint);
  if (highest_key(tree) != mlm_key_of(INFINITY)) try_cutoff(&search, UINT64_MAX, 0, 0);
  search_node(&search, tree->root);
  if (!search.found) return false;
  if (hint) *hint = search.key;
  *cutoff = search.key == UINT64_MAX ? INFINITY : mlm_score_of(search.key);
  for (int c = 0; c < 2; c++) count[c] = (int64_t)search.at[c];
  return true;
}
