/* The state of kind score set: adding, taking back, merging and sealing rows. */
#include "state/scores.h"

#include "base/compiler.h"
#include "state/scores_layout.h"
#include "state/scores_keys.h"
#include "state/scores_merge.h"
#include "state/scores_save.h"

/* ---- window ---- */

static Status add_class_to_tree(ScoreTree *tree, const Scores *scores, int label, const Host *host) {
  Status status = MLM_OK;
  for (uint32_t c = 0; c < mlm_chunks(scores, label); c++) {
    Chunk chunk = mlm_chunk(scores, label, c);
    for (uint64_t i = 0; i < chunk.n && !status; i++) {
      status = mlm_tree_add(tree, chunk.at[i], label, 1, host);
      if (!status && mlm_interrupted_at(i, host)) status = MLM_INTERRUPTED;
    }
  }
  const Entries *lists[] = {scores->overflow ? &scores->overflow->sorted[label] : NULL,
                            scores->overflow ? &scores->overflow->pending[label] : NULL};
  for (int l = 0; l < 2 && lists[l]; l++)
    for (uint64_t i = 0; i < lists[l]->n && !status; i++) {
      const Entry *entry = mlm_entry_at(lists[l], i);
      if (entry->weight == 1) status = mlm_tree_add(tree, entry->key, label, entry->count, host);
    }
  return status;
}

/* Moves all rows of integral weight to a tree, where they stay from then on. A failure leaves the state as it
 * was. */
static Status build_tree(Scores *scores, const Host *host) {
  ScoreTree *tree = mlm_tree_new(host);
  if (!tree) return MLM_NOMEM;
  Status status = add_class_to_tree(tree, scores, 0, host);
  if (!status) status = add_class_to_tree(tree, scores, 1, host);
  if (status) {
    mlm_tree_free(tree, host);
    return status;
  }
  mlm_scores_drop_keys(scores, host);
  if (scores->overflow) mlm_entries_keep_fractional(scores->overflow);
  scores->tree = tree;
  return MLM_OK;
}

/* To be called before rows are added (sign +1) or taken back (-1). A row taken back, or added after a value
 * was computed, means that a window slides: builds the tree. */
static Status prepare(Scores *scores, int sign, const Host *host) {
  bool window = sign < 0 || scores->sealed;
  Status status = window && !scores->tree ? build_tree(scores, host) : MLM_OK;
  if (!status) scores->sealed = false;
  return status;
}

static Status remove_row(Scores *scores, uint64_t key, int label, double weight, int64_t count,
                         const Host *host) {
  if (weight == 1) return mlm_tree_add(scores->tree, key, label, -count, host);
  return mlm_entries_put(&scores->overflow, label, &(Entry){key, weight, -count}, host);
}

/* ---- the state type ---- */

/* All cases of add() except the plain one. */
static MLM_NOINLINE Status add_other(Scores *scores, const Row *row, int sign, const Host *host) {
  uint64_t key = mlm_encode_score(row->pred);
  int label = row->target > 0;
  Status status = prepare(scores, sign, host);
  if (status) return status;
  if (row->weight == 1 && scores->tree) return mlm_tree_add(scores->tree, key, label, sign, host);
  uint64_t k = mlm_integral_weight(row->weight);
  double weight = k ? 1 : row->weight;
  int64_t count = k ? (int64_t)k : 1;
  return (sign < 0 ? remove_row : mlm_scores_put)(scores, key, label, weight, count, host);
}

/* The first row of a class; false: there were some, or a window slides, and nothing was done. */
static bool add_first(Scores *scores, const Row *row) {
  const int label = row->target > 0;
  if (scores->keys[label].at || scores->tree || scores->sealed) return false;
  mlm_scores_start(scores, label);
  return mlm_scores_add_plain(scores, row->pred, label);
}

/* False: the weight is integral, or there is no room, or a window slides; nothing was done. */
static bool add_fractional(Scores *scores, const Row *row) {
  return scores->overflow && !scores->tree && !scores->sealed && mlm_integral_weight(row->weight) == 0
         && mlm_entries_append(scores->overflow, row->target > 0, mlm_encode_score(row->pred), row->weight);
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  Scores *scores = state;
  if (row->weight == 1 && sign > 0
      && (mlm_scores_add_plain(scores, row->pred, row->target > 0) || add_first(scores, row)))
    return MLM_OK;
  if (row->weight != 1 && sign > 0 && add_fractional(scores, row)) return MLM_OK;
  return add_other(scores, row, sign, host);
}

/* In a window that slides, row by row. */
static Status add_rows(Scores *scores, const double *score, const double *label, size_t n, const Host *host) {
  Row row = {.weight = 1};
  Status status = MLM_OK;
  for (size_t i = 0; i < n && !status; i++) {
    row.pred = score[i];
    row.target = label[i];
    status = add(scores, &row, 1, host);
  }
  return status;
}

Status mlm_scores_add_block(Scores *scores, const double *score, const double *label, size_t n,
                            const Host *host) {
  enum { KEYS = 256 };
  uint64_t neg[KEYS + 1], pos[KEYS];
  Status status = MLM_OK;
  if (scores->tree || scores->sealed) return add_rows(scores, score, label, n, host);
  for (size_t from = 0; from < n && !status; from += KEYS) {
    size_t all = n - from < KEYS ? n - from : KEYS, positives = 0;
    for (size_t i = 0; i < all; i++) { /* without a branch: which label comes is hard to predict */
      neg[i - positives] = pos[positives] = mlm_encode_score(score[from + i]);
      positives += mlm_double_bits(label[from + i]) >> 61 & 1; /* set in 1.0 */
    }
    status = mlm_scores_append(scores, 0, neg, all - positives, host);
    if (!status) status = mlm_scores_append(scores, 1, pos, positives, host);
  }
  return status;
}

static void leave_out(void *state, int sign) { ((Scores *)state)->left_out += sign; }

typedef struct Combination {
  Scores *into;
  int sign;
  const Host *host;
} Combination;

static Status combine_rows(void *context, double score, int label, double weight, int64_t count) {
  const Combination *c = context;
  return (c->sign < 0 ? remove_row : mlm_scores_put)(c->into, mlm_encode_score(score), label, weight, count,
                                                     c->host);
}

/* Readers of the rows poll this host from now on. */
static void poll(Scores *scores, const Host *host) {
  scores->poll = (InterruptPoll){.poll = host->interrupted, .context = host->context};
  scores->polling = &scores->poll;
}

static Status combine(Scores *into, Scores *from, int sign, const Host *host) {
  if (sign > 0
      && (mlm_scores_rows(from) > MLM_MOST_ROWS - mlm_scores_rows(into)
          || from->left_out > MLM_MOST_ROWS - into->left_out))
    return MLM_OVERFLOW;
  Combination combination = {into, sign, host};
  poll(from, host);
  Status status = prepare(into, sign, host);
  if (!status && from->overflow) status = mlm_entries_merge(from->overflow, host);
  if (!status && !into->tree) status = mlm_scores_move_keys(into, from, host);
  if (!status) status = mlm_scores_visit(from, combine_rows, &combination);
  if (!status) into->left_out += sign * from->left_out;
  return status;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1, host); }

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1, host); }

static Status sort_class(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  Status status = MLM_OK;
  for (uint32_t c = 0; c + 1 < mlm_chunks(scores, label) && !status; c++)
    status = mlm_sort_keys(scores->overflow->full[label][c], MLM_CHUNK_KEYS, host);
  if (!status) status = mlm_scores_sort_keys(scores, label, host);
  keys->append_limit = keys->n; /* the next add() is not plain: a window may slide */
  return status;
}

bool mlm_scores_walk_ended_early(const Scores *scores) { return scores->poll.interrupted; }

static Status seal(void *state, const Host *host) {
  Scores *scores = state;
  poll(scores, host);
  if (scores->sealed) return MLM_OK;
  Status status = scores->overflow ? mlm_entries_merge(scores->overflow, host) : MLM_OK;
  if (!status && mlm_scores_rows(scores) > MLM_MOST_ROWS) status = MLM_OVERFLOW;
  for (int label = 0; label < 2 && !status && !scores->tree; label++)
    status = sort_class(scores, label, host);
  scores->sealed = !status;
  return status;
}

static void clear(void *state, const Host *host) {
  Scores *scores = state;
  mlm_scores_drop_keys(scores, host);
  if (scores->overflow) mlm_overflow_clear(scores->overflow, host);
  host->free(scores->overflow);
  if (scores->tree) mlm_tree_free(scores->tree, host);
  scores->overflow = NULL;
  scores->tree = NULL;
}

static bool empty(const void *state) { return mlm_scores_rows(state) == 0; }

/* If any score is outside, the lowest or the highest is. */
static bool outside(const void *state, double lo, double hi, double *score) {
  for (int up = 0; up < 2; up++) {
    ScoreWalk walk;
    (up ? mlm_walk_up : mlm_walk_down)(&walk, state);
    if (!mlm_walk_next(&walk) || (walk.score >= lo && walk.score <= hi)) continue;
    *score = walk.score;
    return true;
  }
  return false;
}

const StateType mlm_scores_state = {
    .name = "score_set",
    .cost =
        "8 to 10 bytes a row, down to 24 bytes a distinct score where scores repeat; 24 to 40 bytes a row of "
        "fractional weight. Adding a row takes O(1) time; a value sorts the rows, O(n log n). In a window, "
        "adding or removing a row takes O(log n), and a value takes a pass over the distinct scores of the "
        "frame unless stated otherwise; with fractional weights it is always O(n).",
    .bytes = sizeof(Scores),
    .fast_path = FAST_SCORES,
    .add = add,
    .leave_out = leave_out,
    .merge = merge,
    .subtract = subtract,
    .seal = seal,
    .save = mlm_scores_save,
    .load = mlm_scores_load,
    .clear = clear,
    .empty = empty,
    .outside = outside,
};
