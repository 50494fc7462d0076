/* The best cutoff of a score set: by a scan of all cutoffs, highest first, or by a search of the tree. */
#include "state/scores_best.h"

#include <math.h>

#include "state/score_tree_search.h"
#include "state/scores_layout.h"

static inline void consider(CutoffSearch *search, double cutoff) {
  const Objective *o = search->objective;
  Confusion2 *confusion = &search->confusion[!search->best];
  mlm_walk_confusion2(&search->walk, confusion);
  if (o->floor_of && !(o->floor_of(confusion, o->param) >= o->floor)) return;
  double value = o->of(confusion, o->param);
  if (!(value == value) || (search->found && !(o->sense * value > o->sense * search->value))) return;
  search->cutoff = cutoff;
  search->value = value;
  search->best = !search->best;
  search->found = true;
}

void mlm_search_begin(CutoffSearch *search, const Scores *scores, const Objective *objective) {
  mlm_walk_down(&search->walk, scores);
  search->objective = objective;
  search->best = 0;
  search->found = false;
  if (mlm_walk_ahead(&search->walk) < INFINITY) consider(search, INFINITY);
}

/* Once a cutoff is found, more false positives alone never improve a monotone objective. */
bool mlm_search_next(CutoffSearch *search) {
  bool positives = search->found && search->objective->monotone;
  if (!(positives ? mlm_walk_next_positive : mlm_walk_next)(&search->walk)) return false;
  consider(search, search->walk.score);
  return true;
}

/* Halfway from the cutoff, a score of the set, to the next score below: the decisions are the same. A cutoff
 * of Infinity and the lowest score stay. */
static double midpoint(const Scores *scores, double cutoff) {
  ScoreWalk walk;
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk) && walk.score >= cutoff) {}
  if (cutoff == INFINITY || !(walk.score < cutoff) || walk.score == -INFINITY) return cutoff;
  double middle = cutoff / 2 + walk.score / 2;
  return middle > walk.score ? middle : cutoff; /* neighbours have no double between them */
}

bool mlm_search_end(const CutoffSearch *search, BestCutoff *best) {
  if (!search->found) return false;
  *best =
      (BestCutoff){.cutoff = search->objective->midpoint ? midpoint(search->walk.in.scores, search->cutoff)
                                                         : search->cutoff,
                   .value = search->value,
                   .confusion = search->confusion[search->best]};
  return true;
}

/* Whether the counts of a tree are exact as doubles, as its search assumes. */
static bool are_few(const ScoreTree *tree) {
  return mlm_tree_count(tree, 0) + mlm_tree_count(tree, 1) <= MLM_MOST_COUNTS;
}

static bool best_in_tree(const Scores *scores, const Objective *objective, uint64_t *hint, BestCutoff *best) {
  int64_t count[2];
  if (!mlm_tree_best(scores->tree, objective, hint, &best->cutoff, count)) return false;
  best->confusion = (Confusion2){.tp = (double)count[1],
                                 .fp = (double)count[0],
                                 .tn = (double)(mlm_tree_count(scores->tree, 0) - count[0]),
                                 .fn = (double)(mlm_tree_count(scores->tree, 1) - count[1]),
                                 .counts = true};
  best->value = objective->of(&best->confusion, objective->param);
  if (objective->midpoint) best->cutoff = midpoint(scores, best->cutoff);
  return true;
}

bool mlm_scores_best(const Scores *scores, const Objective *objective, uint64_t *hint, BestCutoff *best) {
  if (scores->tree && mlm_scores_integral(scores) && are_few(scores->tree))
    return best_in_tree(scores, objective, hint, best);
  CutoffSearch search;
  mlm_search_begin(&search, scores, objective);
  while (mlm_search_next(&search)) {}
  return mlm_search_end(&search, best);
}
