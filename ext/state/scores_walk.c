/* The multiset of scores, read: totals, walks over the distinct scores, pairs in order, the best cutoff. */
#include <math.h>
#include <string.h>

#include "state/scores_inside.h"
#include "state/tally.h"

typedef struct ScoreRun Run;

ScoreTotals mlm_scores_counts(const Scores *scores) {
  if (scores->tree)
    return (ScoreTotals){.neg = mlm_tree_count(scores->tree, 0), .pos = mlm_tree_count(scores->tree, 1)};
  return (ScoreTotals){.neg = (int64_t)mlm_keys_count(&scores->keys[0]) + scores->counted[0],
                       .pos = (int64_t)mlm_keys_count(&scores->keys[1]) + scores->counted[1]};
}

/* Σ weight·count over entries of other weights, of one class. */
static void add_entry(ExactSum *sum, const Entry *entry) {
  int64_t count = entry->count;
  mlm_sum_add_times(sum, entry->weight, (uint64_t)count & (((uint64_t)1 << 44) - 1), 1);
  if (count >> 44 == 0) return;
  ProductSum rest = {0};
  mlm_product_add(&rest, entry->weight * 0x1p44, (double)(count >> 44), 1);
  double part[4];
  int parts = mlm_product_expand(&rest, part, 4);
  for (int i = 0; i < parts; i++) mlm_sum_add(sum, part[i], 1);
}

static ExactSum weights_of(const Scores *scores, int label) {
  ExactSum sum = {0};
  for (uint64_t i = 0; i < scores->entries.n; i++) {
    const Entry *entry = &scores->entries.at[i];
    if (entry->weight != 1 && entry->label == label) add_entry(&sum, entry);
  }
  return sum;
}

static double with_count(const ExactSum *weights, int64_t count) {
  ExactSum all = *weights;
  mlm_sum_add_integer(&all, count);
  return mlm_sum_round(&all);
}

ScoreTotals mlm_scores_totals(const Scores *scores) {
  ScoreTotals all = mlm_scores_counts(scores);
  all.integral = scores->fractions == 0;
  all.NEG = (double)all.neg;
  all.POS = (double)all.pos;
  if (all.integral) return all;
  ExactSum neg = weights_of(scores, 0), pos = weights_of(scores, 1);
  all.NEG = with_count(&neg, all.neg);
  all.POS = with_count(&pos, all.pos);
  return all;
}

int64_t mlm_scores_left_out(const Scores *scores) { return scores->left_out; }

int64_t mlm_scores_distinct(const Scores *scores) {
  int64_t n = 0;
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) n++;
  return n;
}

static void start(ScoreWalk *walk, const Scores *scores, bool up) {
  ScoreSources *in = &walk->in;
  memset(walk, 0,
         offsetof(ScoreWalk, in) + offsetof(ScoreSources, run)); /* all but the runs, of which few are used */
  in->scores = scores;
  in->up = up;
  if (scores->tree) {
    mlm_tree_first(scores->tree, &in->tree, up);
    in->tree_more = mlm_tree_next(&in->tree);
    return;
  }
  for (int label = 0; label < 2; label++) {
    const Keys *keys = &scores->keys[label];
    for (uint32_t c = 0; c < keys->full_n; c++)
      in->run[label][in->runs[label]++] = (Run){keys->full[c], MLM_CHUNK_KEYS, 0};
    if (keys->n > 0) in->run[label][in->runs[label]++] = (Run){mlm_keys_at(keys), keys->n, 0};
  }
}

void mlm_walk_down(ScoreWalk *walk, const Scores *scores) { start(walk, scores, false); }
void mlm_walk_up(ScoreWalk *walk, const Scores *scores) { start(walk, scores, true); }

static inline uint64_t run_key(const Run *run, bool up) {
  return run->at[up ? run->taken : run->n - 1 - run->taken];
}

/* The better of two keys in the direction of the walk. */
static inline uint64_t nearer(uint64_t a, uint64_t b, bool up) { return (a < b) == up ? a : b; }

/* The next key of any source; false: all are used up. */
static bool next_key(const ScoreSources *in, uint64_t *key) {
  bool any = false;
  uint64_t best = 0;
  for (int label = 0; label < 2; label++) {
    for (uint32_t r = 0; r < in->runs[label]; r++) {
      const Run *run = &in->run[label][r];
      if (run->taken == run->n) continue;
      uint64_t here = run_key(run, in->up);
      best = any ? nearer(best, here, in->up) : here;
      any = true;
    }
  }
  const Entries *entries = &in->scores->entries;
  if (in->entries_taken < entries->n) {
    uint64_t here = entries->at[in->up ? in->entries_taken : entries->n - 1 - in->entries_taken].key;
    best = any ? nearer(best, here, in->up) : here;
    any = true;
  }
  if (in->tree_more) {
    best = any ? nearer(best, in->tree.key, in->up) : in->tree.key;
    any = true;
  }
  *key = best;
  return any;
}

static int64_t take_runs(ScoreSources *in, int label, uint64_t key) {
  int64_t count = 0;
  for (uint32_t r = 0; r < in->runs[label]; r++) {
    Run *run = &in->run[label][r];
    while (run->taken < run->n && run_key(run, in->up) == key) {
      run->taken++;
      count++;
    }
  }
  return count;
}

/* Entries at key: those of weight 1 into the counts, the others into weights[0] and [1]. Says whether there
 * were others. */
static bool take_entries(ScoreWalk *walk, uint64_t key, ExactSum weights[2]) {
  ScoreSources *in = &walk->in;
  const Entries *entries = &in->scores->entries;
  bool others = false;
  while (in->entries_taken < entries->n) {
    const Entry *entry = &entries->at[in->up ? in->entries_taken : entries->n - 1 - in->entries_taken];
    if (entry->key != key) break;
    in->entries_taken++;
    if (entry->weight == 1) {
      *(entry->label ? &walk->pos : &walk->neg) += entry->count;
      continue;
    }
    if (!others) memset(weights, 0, 2 * sizeof *weights);
    others = true;
    add_entry(&weights[entry->label], entry);
  }
  return others;
}

static void sum_weights(ScoreWalk *walk, uint64_t key) {
  ScoreSources *in = &walk->in;
  ExactSum here[2];
  bool others = take_entries(walk, key, here);
  walk->NEG = (double)walk->neg;
  walk->POS = (double)walk->pos;
  walk->fp += walk->neg;
  walk->tp += walk->pos;
  if (others) {
    walk->NEG = with_count(&here[0], walk->neg);
    walk->POS = with_count(&here[1], walk->pos);
    mlm_sum_add_sum(&in->fp, &here[0], 1);
    mlm_sum_add_sum(&in->tp, &here[1], 1);
  }
  bool whole = in->scores->fractions == 0;
  walk->FP = whole ? (double)walk->fp : with_count(&in->fp, walk->fp);
  walk->TP = whole ? (double)walk->tp : with_count(&in->tp, walk->tp);
}

/* The common case: at most one run a class and nothing else. */
static bool next_plain(ScoreWalk *walk) {
  ScoreSources *in = &walk->in;
  Run *n = &in->run[0][0], *p = &in->run[1][0];
  bool more_n = in->runs[0] && n->taken < n->n, more_p = in->runs[1] && p->taken < p->n, up = in->up;
  if (!more_n && !more_p) return false;
  uint64_t kn = more_n ? run_key(n, up) : 0, kp = more_p ? run_key(p, up) : 0;
  uint64_t key = !more_n ? kp : !more_p ? kn : nearer(kn, kp, up);
  int64_t neg = 0, pos = 0;
  if (more_n && kn == key) do
      neg++;
    while (++n->taken < n->n && run_key(n, up) == key);
  if (more_p && kp == key) do
      pos++;
    while (++p->taken < p->n && run_key(p, up) == key);
  walk->neg = neg;
  walk->pos = pos;
  walk->NEG = (double)neg;
  walk->POS = (double)pos;
  walk->FP = (double)(walk->fp += neg);
  walk->TP = (double)(walk->tp += pos);
  walk->score = mlm_score_of(key);
  return true;
}

bool mlm_walk_next(ScoreWalk *walk) {
  ScoreSources *in = &walk->in;
  if (!in->scores->tree && in->scores->entries.n == 0 && in->runs[0] <= 1 && in->runs[1] <= 1)
    return next_plain(walk);
  uint64_t key;
  if (!next_key(in, &key)) return false;
  walk->neg = take_runs(in, 0, key);
  walk->pos = take_runs(in, 1, key);
  if (in->tree_more && in->tree.key == key) {
    walk->neg += in->tree.count[0];
    walk->pos += in->tree.count[1];
    in->tree_more = mlm_tree_next(&in->tree);
  }
  sum_weights(walk, key);
  walk->score = mlm_score_of(key);
  return true;
}

/* total - sum, both with their whole rows, rounded once. */
static double remainder_of(const Scores *scores, int label, int64_t rows, const ExactSum *weights,
                           int64_t seen) {
  ExactSum rest = weights_of(scores, label);
  mlm_sum_add_sum(&rest, weights, -1);
  return with_count(&rest, rows - seen);
}

void mlm_walk_tally(const ScoreWalk *walk, Tally *tally) {
  const Scores *scores = walk->in.scores;
  ScoreTotals all = mlm_scores_counts(scores);
  *tally = (Tally){
      .tp = walk->TP, .fp = walk->FP, .tn = (double)(all.neg - walk->fp), .fn = (double)(all.pos - walk->tp)};
  if (scores->fractions == 0) return;
  tally->tn = remainder_of(scores, 0, all.neg, &walk->in.fp, walk->fp);
  tally->fn = remainder_of(scores, 1, all.pos, &walk->in.tp, walk->tp);
}

Status mlm_scores_visit(const Scores *scores, ScoreVisit visit, void *context) {
  Status status = MLM_OK;
  for (int label = 0; label < 2; label++) {
    const Keys *keys = &scores->keys[label];
    for (uint32_t c = 0; c <= keys->full_n && !status; c++) {
      const uint64_t *at = c < keys->full_n ? keys->full[c] : mlm_keys_at(keys);
      uint64_t n = c < keys->full_n ? MLM_CHUNK_KEYS : keys->n;
      for (uint64_t i = 0; i < n && !status; i++) status = visit(context, mlm_score_of(at[i]), label, 1, 1);
    }
  }
  for (uint64_t i = 0; i < scores->entries.n && !status; i++) {
    const Entry *entry = &scores->entries.at[i];
    status = visit(context, mlm_score_of(entry->key), (int)entry->label, entry->weight, entry->count);
  }
  TreeCursor cursor;
  if (scores->tree) mlm_tree_first(scores->tree, &cursor, true);
  while (scores->tree && !status && mlm_tree_next(&cursor))
    for (int label = 0; label < 2 && !status; label++)
      if (cursor.count[label] > 0)
        status = visit(context, mlm_score_of(cursor.key), label, 1, cursor.count[label]);
  return status;
}

Wide mlm_scores_twice_u(const Scores *scores) {
  if (scores->tree) return mlm_tree_twice_u(scores->tree);
  Wide sum = {0, 0};
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk))
    if (walk.pos > 0)
      sum = wide_sum(sum, wide_product((uint64_t)walk.pos, 2 * (uint64_t)walk.fp - (uint64_t)walk.neg));
  return sum;
}

typedef struct Search {
  const Objective *objective;
  BestCutoff *best;
  bool found;
} Search;

static void consider(Search *search, double cutoff, const Tally *tally) {
  const Objective *o = search->objective;
  if (o->floor_of && !(o->floor_of(tally, o->param) >= o->floor)) return;
  double value = o->of(tally, o->param);
  if (!(value == value) || (search->found && !(o->sense * value > o->sense * search->best->value))) return;
  *search->best = (BestCutoff){.cutoff = cutoff, .value = value, .tp = tally->tp, .fp = tally->fp};
  search->found = true;
}

static bool best_in_tree(const Scores *scores, const Objective *objective, uint64_t *hint, BestCutoff *best) {
  int64_t count[2];
  if (!mlm_tree_best(scores->tree, objective, hint, &best->cutoff, count)) return false;
  int64_t neg = mlm_tree_count(scores->tree, 0), pos = mlm_tree_count(scores->tree, 1);
  Tally tally = {.tp = (double)count[1],
                 .fp = (double)count[0],
                 .tn = (double)(neg - count[0]),
                 .fn = (double)(pos - count[1])};
  best->tp = tally.tp;
  best->fp = tally.fp;
  best->value = objective->of(&tally, objective->param);
  return true;
}

bool mlm_scores_best(const Scores *scores, const Objective *objective, uint64_t *hint, BestCutoff *best) {
  if (scores->tree && objective->monotone && scores->fractions == 0)
    return best_in_tree(scores, objective, hint, best);
  ScoreTotals all = mlm_scores_totals(scores);
  Search search = {.objective = objective, .best = best};
  ScoreWalk walk;
  mlm_walk_down(&walk, scores);
  for (bool first = true; mlm_walk_next(&walk); first = false) {
    Tally tally = {.tn = all.NEG, .fn = all.POS};
    if (first && walk.score < INFINITY) consider(&search, INFINITY, &tally);
    if (objective->monotone && search.found && walk.POS == 0)
      continue; /* more false alarms alone are never better */
    mlm_walk_tally(&walk, &tally);
    consider(&search, walk.score, &tally);
  }
  return search.found;
}
