/* The best cutoff of a multiset of scores: a look at every one, highest first, or a search of the window
 * tree. */
#include <math.h>

#include "state/scores_inside.h"

typedef struct Search {
  const Objective *objective;
  double cutoff, value; /* the best so far */
  Tally tally[2];       /* its own, and that of the candidate at hand */
  int best;             /* which is which */
  bool found;
} Search;

static void consider(Search *search, double cutoff, const ScoreWalk *walk) {
  const Objective *o = search->objective;
  Tally *tally = &search->tally[!search->best];
  mlm_walk_tally(walk, tally);
  if (o->floor_of && !(o->floor_of(tally, o->param) >= o->floor)) return;
  double value = o->of(tally, o->param);
  if (!(value == value) || (search->found && !(o->sense * value > o->sense * search->value))) return;
  search->cutoff = cutoff;
  search->value = value;
  search->best = !search->best;
  search->found = true;
}

static bool best_in_tree(const Scores *scores, const Objective *objective, uint64_t *hint, BestCutoff *best) {
  int64_t count[2];
  if (!mlm_tree_best(scores->tree, objective, hint, &best->cutoff, count)) return false;
  best->tally = (Tally){.tp = (double)count[1],
                        .fp = (double)count[0],
                        .tn = (double)(mlm_tree_count(scores->tree, 0) - count[0]),
                        .fn = (double)(mlm_tree_count(scores->tree, 1) - count[1])};
  best->value = objective->of(&best->tally, objective->param);
  return true;
}

/* Once a cutoff is found, more false alarms alone are never better for a monotone objective. */
bool mlm_scores_best(const Scores *scores, const Objective *objective, uint64_t *hint, BestCutoff *best) {
  if (scores->tree && mlm_scores_integral(scores)) return best_in_tree(scores, objective, hint, best);
  Search search = {.objective = objective};
  ScoreWalk walk, none;
  mlm_walk_down(&none, scores);
  mlm_walk_down(&walk, scores);
  if (!mlm_walk_next(&walk)) return false;
  if (walk.score < INFINITY) consider(&search, INFINITY, &none);
  do consider(&search, walk.score, &walk);
  while ((objective->monotone && search.found ? mlm_walk_next_positive : mlm_walk_next)(&walk));
  if (search.found)
    *best = (BestCutoff){.cutoff = search.cutoff, .value = search.value, .tally = search.tally[search.best]};
  return search.found;
}
