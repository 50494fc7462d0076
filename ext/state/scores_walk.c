/* Reading a sealed score set: totals, walks over its distinct scores, pairs in order. */
#include "state/scores_walk.h"

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "state/scores_layout.h"
#include "state/scores_keys.h"
#include "state/exact_sum_round.h"

/* ---- totals ---- */

void mlm_scores_add_weight(const Scores *scores, int label, ExactSum *sum) {
  if (!mlm_scores_integral(scores)) mlm_sum_add_sum(sum, &scores->overflow->weight[label], 1);
  mlm_sum_add_integer(sum, mlm_scores_integral_rows(scores, label));
}

int mlm_scores_exponent(const Scores *scores) {
  if (mlm_scores_integral(scores)) return 0;
  ExactSum all = {0};
  mlm_scores_add_weights(scores, &all);
  return mlm_exponent_of_weights(mlm_sum_round(&all));
}

static double total(const Scores *scores, int label, int64_t count, int exponent) {
  if (mlm_scores_integral(scores)) return (double)count;
  ExactSum all = {0};
  mlm_scores_add_weight(scores, label, &all);
  return exponent == 0 ? mlm_sum_round(&all) : mlm_sum_round_scaled(&all, -exponent);
}

ScoreTotals mlm_scores_totals(const Scores *scores) { return mlm_scores_totals_in(scores, 0); }

ScoreTotals mlm_scores_totals_in(const Scores *scores, int exponent) {
  ScoreTotals all = {.neg_count = mlm_scores_integral_rows(scores, 0),
                     .pos_count = mlm_scores_integral_rows(scores, 1)};
  all.integral = mlm_scores_integral(scores);
  all.neg_weight = total(scores, 0, all.neg_count, exponent);
  all.pos_weight = total(scores, 1, all.pos_count, exponent);
  return all;
}

void mlm_scores_add_weights_in(const Scores *scores, int exponent, ExactSum *sum) {
  ExactSum all = {0};
  mlm_scores_add_weights(scores, &all);
  if (exponent == 0)
    mlm_sum_add_sum(sum, &all, 1);
  else
    mlm_sum_add(sum, mlm_sum_round_scaled(&all, -exponent), 1);
}

int64_t mlm_scores_left_out(const Scores *scores) { return scores->left_out; }

int64_t mlm_scores_distinct(const Scores *scores) {
  if (scores->tree && mlm_scores_integral(scores)) return mlm_tree_distinct(scores->tree);
  int64_t n = 0;
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) n++;
  return n;
}

/* ---- sources ---- */

static const Entries *entries_of(const WalkSources *in, int label) {
  return &in->scores->overflow->sorted[label];
}

static const Entry *entry_at(const WalkSources *in, int label, uint64_t i) {
  const Entries *entries = entries_of(in, label);
  return mlm_entry_at(entries, in->flip ? i : entries->n - 1 - i);
}

static void set_entry_head(WalkSources *in, int label) {
  uint64_t i = in->entry[label];
  in->entry_head[label] = i < entries_of(in, label)->n ? entry_at(in, label, i)->key ^ in->flip : 0;
}

static void next_in_tree(WalkSources *in) {
  in->tree_head = mlm_tree_next(&in->tree) ? in->tree.key ^ in->flip : 0;
}

static void start_class(WalkSources *in, const Scores *scores, int label) {
  for (uint32_t c = 0; c < mlm_chunks(scores, label); c++) {
    Chunk chunk = mlm_chunk(scores, label, c);
    if (chunk.n == 0) continue;
    int64_t n = (int64_t)chunk.n, first = in->flip ? 0 : n - 1, end = in->flip ? n : -1;
    in->run[label][in->runs[label]++] = (ScoreRun){.key = chunk.at,
                                                   .i = first,
                                                   .end = n > POLL_ROWS ? first + in->step * POLL_ROWS : end,
                                                   .last = end,
                                                   .head = chunk.at[first] ^ in->flip};
  }
  if (in->runs[label] > 1) in->plain = false;
  if (!scores->overflow || scores->overflow->sorted[label].n == 0) return;
  in->plain = false;
  set_entry_head(in, label);
}

static void start(ScoreWalk *walk, const Scores *scores, bool up, bool negatives, bool positives) {
  WalkSources *in = &walk->in;
  /* Does not set the sums and runs: they are long, and are set only where they are used. */
  memset(walk, 0, offsetof(ScoreWalk, in) + offsetof(WalkSources, sum));
  in->run[0][0].head = in->run[1][0].head = 0;
  in->scores = scores;
  in->flip = up ? UINT64_MAX : 0;
  in->step = up ? 1 : -1;
  in->plain = !scores->tree;
  for (int label = 0; label < 2; label++) {
    in->rows[label] = mlm_scores_integral_rows(scores, label);
    if (label ? positives : negatives) start_class(in, scores, label);
  }
  in->exact = mlm_scores_integral(scores) && in->rows[0] + in->rows[1] <= MLM_MOST_COUNTS;
  if (!in->exact) memset(in->sum, 0, sizeof in->sum);
  if (!scores->tree) return;
  mlm_tree_first(scores->tree, &in->tree, up);
  next_in_tree(in);
}

void mlm_walk_down(ScoreWalk *walk, const Scores *scores) { start(walk, scores, false, true, true); }
void mlm_walk_up(ScoreWalk *walk, const Scores *scores) { start(walk, scores, true, true, true); }
void mlm_walk_class(ScoreWalk *walk, const Scores *scores, int label) {
  start(walk, scores, true, label == 0, label == 1);
  walk->in.exact = true;
}

/* A run has come to `end`: polls for an interrupt and returns the next end; the same one if the run is used
 * up or the work interrupted. */
static MLM_NOINLINE int64_t next_end(ScoreRun *run, const WalkSources *in) {
  int64_t left = (run->last - run->end) * in->step;
  if (left > 0 && !mlm_scores_interrupted(in->scores))
    run->end = left > POLL_ROWS ? run->end + in->step * POLL_ROWS : run->last;
  return run->end;
}

/* Takes all keys equal to head from a run that is at head; returns how many. */
static inline int64_t take(ScoreRun *run, uint64_t head, const WalkSources *in) {
  const uint64_t *key = run->key, flip = in->flip;
  int64_t i = run->i, from = i, step = in->step, end = run->end;
  uint64_t next;
  do {
    i += step;
    if (i == end) end = next_end(run, in);
    next = i == end ? 0 : key[i] ^ flip;
  } while (next == head);
  run->i = i;
  run->head = next;
  return step > 0 ? i - from : from - i;
}

static inline uint64_t lower(uint64_t a, uint64_t b) { return a < b ? a : b; }
static inline uint64_t higher(uint64_t a, uint64_t b) { return a > b ? a : b; }

static uint64_t next_head(const WalkSources *in) {
  uint64_t head = higher(in->tree_head, higher(in->entry_head[0], in->entry_head[1]));
  for (int label = 0; label < 2; label++)
    for (uint32_t r = 0; r < in->runs[label]; r++) head = higher(head, in->run[label][r].head);
  return head;
}

double mlm_walk_ahead(const ScoreWalk *walk) {
  uint64_t head = next_head(&walk->in);
  return head == 0 ? NAN : mlm_decode_score(head ^ walk->in.flip);
}

/* ---- steps ---- */

static const Entry *next_entry(WalkSources *in, int label) { return entry_at(in, label, in->entry[label]++); }

/* The weight of several entries, given as their sum, or else of one, and of count rows of weight 1. */
static double weight_of(const Entry *alone, const ExactSum *several, int64_t count) {
  ExactSum sum = {0};
  if (several)
    sum = *several;
  else
    mlm_sum_add_entry(&sum, alone);
  mlm_sum_add_integer(&sum, count);
  return mlm_sum_round(&sum);
}

/* Takes all rows of a class at head: returns how many have integral weight, stores the weight of all of them
 * and adds it to in->sum. */
static int64_t take_class(WalkSources *in, int label, uint64_t head, double *weight) {
  const Entry *alone = NULL; /* the only entry of fractional weight so far */
  ExactSum here;             /* of several */
  int64_t count = 0, fractional = 0;
  in->entry_before[label] = in->entry[label];
  for (ScoreRun *run = in->run[label], *last = run + in->runs[label]; run < last; run++)
    if (run->head == head) count += take(run, head, in);
  if (in->tree_head == head) count += in->tree.count[label];
  for (; in->entry_head[label] == head; set_entry_head(in, label)) {
    const Entry *entry = next_entry(in, label);
    if (entry->weight == 1) {
      count += entry->count;
      continue;
    }
    if (in->exact) continue;
    mlm_sum_add_entry(&in->sum[label], entry);
    if (fractional++ == 0) {
      alone = entry;
      continue;
    }
    if (fractional == 2) {
      memset(&here, 0, sizeof here);
      mlm_sum_add_entry(&here, alone);
    }
    mlm_sum_add_entry(&here, entry);
  }
  if (!in->exact && count > 0) mlm_sum_add_integer(&in->sum[label], count);
  if (fractional == 0)
    *weight = (double)count;
  else if (fractional == 1 && count == 0 && alone->count == 1)
    *weight = alone->weight;
  else
    *weight = weight_of(alone, fractional > 1 ? &here : NULL, count);
  return count;
}

/* Of a set with fractional weights: no other needs an exponent. */
static void scale_weights(ScoreWalk *walk) {
  WalkSources *in = &walk->in;
  double *here[] = {&walk->neg_weight, &walk->pos_weight}, *seen[] = {&walk->fp_weight, &walk->tp_weight};
  for (int label = 0; label < 2; label++) {
    ExactSum sum = {0};
    mlm_walk_add_weight(walk, label, &sum);
    *here[label] = mlm_sum_round_scaled(&sum, -in->exponent);
    *seen[label] = mlm_sum_round_scaled(&in->sum[label], -in->exponent);
  }
}

/* A step of a walk, except in the plain case. */
static MLM_NOINLINE bool next_of_many(ScoreWalk *walk) {
  WalkSources *in = &walk->in;
  uint64_t head = next_head(in);
  if (head == 0 || (++in->steps % POLL_ROWS == 0 && mlm_scores_interrupted(in->scores))) return false;
  walk->neg_count = take_class(in, 0, head, &walk->neg_weight);
  walk->pos_count = take_class(in, 1, head, &walk->pos_weight);
  if (in->tree_head == head) next_in_tree(in);
  walk->fp_count += walk->neg_count;
  walk->tp_count += walk->pos_count;
  if (walk->neg_weight > 0) walk->fp_weight = in->exact ? (double)walk->fp_count : mlm_sum_round(&in->sum[0]);
  if (walk->pos_weight > 0) walk->tp_weight = in->exact ? (double)walk->tp_count : mlm_sum_round(&in->sum[1]);
  if (in->exponent != 0) scale_weights(walk);
  walk->score = mlm_decode_score(head ^ in->flip);
  return true;
}

static inline bool next_plain(ScoreWalk *walk) {
  WalkSources *in = &walk->in;
  ScoreRun *negatives = in->run[0], *positives = in->run[1];
  uint64_t head = higher(negatives->head, positives->head);
  int64_t neg = 0, pos = 0;
  if (head == 0) return false;
  if (negatives->head == head) {
    neg = take(negatives, head, in);
    walk->fp_weight = (double)(walk->fp_count += neg);
  }
  if (positives->head == head) {
    pos = take(positives, head, in);
    walk->tp_weight = (double)(walk->tp_count += pos);
  }
  walk->neg_count = neg;
  walk->pos_count = pos;
  walk->neg_weight = (double)neg;
  walk->pos_weight = (double)pos;
  walk->score = mlm_decode_score(head ^ in->flip);
  return true;
}

bool mlm_walk_next(ScoreWalk *walk) { return walk->in.plain ? next_plain(walk) : next_of_many(walk); }

/* Takes all keys before head from a run; returns how many. */
static int64_t take_before(ScoreRun *run, uint64_t head, const WalkSources *in) {
  const uint64_t *key = run->key, flip = in->flip;
  int64_t i = run->i, from = i, step = in->step, end = run->end;
  if (run->head <= head) return 0;
  do {
    while (i != end && (key[i] ^ flip) > head) i += step;
    if (i == end) end = next_end(run, in);
  } while (i != end && (key[i] ^ flip) > head);
  run->i = i;
  run->head = i == end ? 0 : key[i] ^ flip;
  return step > 0 ? i - from : from - i;
}

bool mlm_walk_next_positive(ScoreWalk *walk) {
  WalkSources *in = &walk->in;
  if (in->plain) {
    uint64_t head = in->run[1]->head;
    if (head == 0) return false;
    walk->fp_weight = (double)(walk->fp_count += take_before(in->run[0], head, in));
  }
  bool any = mlm_walk_next(walk);
  while (any && walk->pos_weight == 0) any = mlm_walk_next(walk);
  return any;
}

void mlm_walk_visit(const ScoreWalk *walk, int label, WeightVisit visit, void *context) {
  const WalkSources *in = &walk->in;
  int64_t count = label ? walk->pos_count : walk->neg_count;
  if (count > 0) visit(context, 1, count);
  for (uint64_t i = in->entry_before[label]; i < in->entry[label]; i++) {
    const Entry *entry = entry_at(in, label, i);
    if (entry->weight != 1) visit(context, entry->weight, entry->count);
  }
}

static void add_times(void *sum, double weight, int64_t count) {
  mlm_sum_add_times(sum, weight, (uint64_t)count, 1);
}

void mlm_walk_add_weight(const ScoreWalk *walk, int label, ExactSum *sum) {
  mlm_walk_visit(walk, label, add_times, sum);
}

/* Adds the weight of a class that the walk has not seen yet. */
static void add_left(const ScoreWalk *walk, int label, ExactSum *left) {
  mlm_scores_add_weight(walk->in.scores, label, left);
  mlm_sum_add_sum(left, &walk->in.sum[label], -1);
}

/* Not inlined: its sums take 1 KB of stack. */
static MLM_NOINLINE void confusion2_by_sums(const ScoreWalk *walk, Confusion2 *confusion) {
  const WalkSources *in = &walk->in;
  ExactSum left[2] = {0};
  for (int label = 0; label < 2; label++) add_left(walk, label, &left[label]);
  *confusion = mlm_confusion2_of(
      (const ExactSum *const[CONFUSION2_CELLS]){&left[0], &left[1], &in->sum[0], &in->sum[1]});
}

void mlm_walk_confusion2(const ScoreWalk *walk, Confusion2 *confusion) {
  const WalkSources *in = &walk->in;
  if (in->exact) {
    int64_t tn = in->rows[0] - walk->fp_count, fn = in->rows[1] - walk->tp_count;
    *confusion = (Confusion2){
        .tp = walk->tp_weight, .fp = walk->fp_weight, .tn = (double)tn, .fn = (double)fn, .counts = true};
  } else {
    confusion2_by_sums(walk, confusion);
  }
}

/* ---- pairs ---- */

/* Merges two sorted runs: sums, over the positives, the negatives below and those not above; less than 2^56.
 * Polls for interrupts every POLL_ROWS keys of either run. */
static uint64_t twice_u_plain(const Scores *scores) {
  const Chunk neg = mlm_chunk(scores, 0, 0), pos = mlm_chunk(scores, 1, 0);
  uint64_t i = 0, below = 0, up_to = 0, sum = 0;
  do {
    const uint64_t pos_end = lower(pos.n, i + POLL_ROWS), neg_end = lower(neg.n, up_to + POLL_ROWS);
    for (; i < pos_end; i++) {
      uint64_t key = pos.at[i];
      while (below < neg_end && neg.at[below] < key) below++;
      if (up_to < below) up_to = below;
      while (up_to < neg_end && neg.at[up_to] == key) up_to++;
      if (up_to == neg_end && neg_end < neg.n) break;
      sum += below + up_to;
    }
  } while (i < pos.n && !mlm_scores_interrupted(scores));
  return sum;
}

U128 mlm_scores_twice_u(const Scores *scores) {
  if (scores->tree) return mlm_tree_twice_u(scores->tree);
  if (!scores->overflow) return mlm_u128(twice_u_plain(scores)); /* small sets, without starting a walk */
  U128 sum = {0, 0};
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  walk.in.exact = true;
  while (mlm_walk_next(&walk))
    if (walk.pos_count > 0)
      sum = mlm_u128_sum(sum, mlm_u128_product((uint64_t)walk.pos_count,
                                               2 * (uint64_t)walk.fp_count - (uint64_t)walk.neg_count));
  return sum;
}
