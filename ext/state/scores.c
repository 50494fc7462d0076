/* The multiset of scores: adding, taking back, merging, sealing. */
#include <string.h>

#include "state/scores_internal.h"

enum { DOUBLED = 1 << 16, CLUSTER = 8, MOST_SAMPLE = 4096 };

int64_t mlm_scores_integral_rows(const Scores *scores, int label) {
  if (scores->tree) return mlm_tree_count(scores->tree, label);
  int64_t full = (int64_t)(mlm_chunks(scores, label) - 1) * MLM_CHUNK_KEYS;
  return full + scores->keys[label].n + (scores->overflow ? scores->overflow->whole[label] : 0);
}

static int64_t rows(const Scores *scores) {
  int64_t others = scores->overflow ? scores->overflow->others[0] + scores->overflow->others[1] : 0;
  return mlm_scores_integral_rows(scores, 0) + mlm_scores_integral_rows(scores, 1) + others;
}

/* ---- keys ---- */

/* Puts the full chunk aside. */
static Status next_chunk(Scores *scores, int label, const Host *host) {
  ScoresOverflow *overflow = mlm_scores_overflow(scores, host);
  if (!overflow) return MLM_NOMEM;
  if (overflow->full_n[label] == MOST_CHUNKS) return MLM_OVERFLOW;
  if (!overflow->full[label])
    overflow->full[label] = host->realloc(NULL, MOST_CHUNKS * sizeof *overflow->full[label]);
  if (!overflow->full[label]) return MLM_NOMEM;
  overflow->full[label][overflow->full_n[label]++] = scores->keys[label].at;
  scores->keys[label] = (Keys){.at = scores->first[label], .room = INLINE_KEYS, .look_at = LOOK_KEYS};
  return MLM_OK;
}

/* Doubled while small, by a sixteenth where it is large, so that little is reserved in vain. */
static Status grow(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  uint64_t room = keys->room < DOUBLED ? 2 * (uint64_t)keys->room + 12 : keys->room + keys->room / 16;
  if (keys->room == MLM_CHUNK_KEYS) return next_chunk(scores, label, host);
  if (room > MLM_CHUNK_KEYS) room = MLM_CHUNK_KEYS;
  bool inside = keys->at == scores->first[label];
  uint64_t *at = host->realloc(inside ? NULL : keys->at, room * sizeof *at);
  if (!at) return MLM_NOMEM;
  if (inside) memcpy(at, keys->at, keys->n * sizeof *at);
  keys->at = at;
  keys->room = (uint32_t)room;
  return MLM_OK;
}

static uint64_t count_distinct(const uint64_t *sorted, uint64_t n) {
  uint64_t count = n > 0;
  for (uint64_t i = 1; i < n; i++) count += sorted[i] != sorted[i - 1];
  return count;
}

/* From a sample: how many distinct keys there are, at least. Chao, "Nonparametric estimation of the number of
 * classes in a population" (1984): distinct + once·(once - 1) / 2(twice + 1), of those seen once and twice.
 */
static double estimate(const uint64_t *sample, uint64_t n) {
  double distinct = 0, once = 0, twice = 0;
  for (uint64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && sample[j] == sample[i]; j++) {}
    distinct++;
    once += j - i == 1;
    twice += j - i == 2;
  }
  return distinct + once * (once - 1) / (2 * (twice + 1));
}

/* An entry takes as much as three keys: whether keys, of which there are 64 or more, would save by becoming
 * entries. The sample is of neighbours, which are alike where the rows came sorted, at places that no period
 * agrees with.
 */
static Status seem_repeated(const Keys *keys, bool *repeated, const Host *host) {
  uint64_t n = keys->n / 8 < MOST_SAMPLE ? keys->n / 8 : MOST_SAMPLE, hash = 0;
  if (n < keys->n / 1024) n = keys->n / 1024;
  n -= n % CLUSTER;
  uint64_t *sample = host->realloc(NULL, n * sizeof *sample), stride = keys->n / (n / CLUSTER);
  if (!sample) return MLM_NOMEM;
  for (uint64_t i = 0; i < n; i += CLUSTER) {
    hash = (hash + 1) * UINT64_C(0x9e3779b97f4a7c15);
    uint64_t from = i / CLUSTER * stride + (hash >> 32) % (stride - CLUSTER + 1);
    memcpy(sample + i, keys->at + from, CLUSTER * sizeof *sample);
  }
  Status status = mlm_sort_keys(sample, n, host);
  *repeated = estimate(sample, n) * 3 <= (double)keys->n;
  host->free(sample);
  return status;
}

/* Makes entries of all keys, which are sorted. */
static Status count_keys(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  Status status = MLM_OK;
  for (uint32_t i = 0, j; i < keys->n && !status; i = j) {
    for (j = i + 1; j < keys->n && keys->at[j] == keys->at[i]; j++) {}
    status = mlm_entries_put(scores, label, &(Entry){keys->at[i], 1, j - i}, host);
  }
  keys->n = 0;
  return status;
}

/* Makes entries of keys where that takes less memory. A look that finds nothing costs little, is not repeated
 * before there are twice as many, and at worst leaves the keys sorted; none is needed where the last one did
 * find something. */
static Status compact(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  uint32_t n = keys->n;
  bool repeated = keys->look_at == 0;
  Status status = repeated ? MLM_OK : seem_repeated(keys, &repeated, host);
  if (!status && repeated) status = mlm_sort_keys(keys->at, n, host);
  if (!status && repeated) {
    if (scores->overflow) keys->n = (uint32_t)mlm_entries_count_known(scores->overflow, label, keys->at, n);
    if (count_distinct(keys->at, keys->n) <= n / 3) status = count_keys(scores, label, host);
  }
  keys->look_at = keys->n <= n / 2 ? 0 : 2 * n;
  return status;
}

/* Makes room for one more key. */
static Status more_room(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  Status status = MLM_OK;
  if (!keys->at) *keys = (Keys){.at = scores->first[label], .room = INLINE_KEYS, .look_at = LOOK_KEYS};
  /* Not before there are as many keys as entries, so that merging the two costs O(1) a key. */
  else if (keys->n >= keys->look_at && (!scores->overflow || keys->n >= scores->overflow->sorted[label].n))
    status = compact(scores, label, host);
  if (!status && keys->n == keys->room) status = grow(scores, label, host);
  keys->open = keys->room;
  return status;
}

static Status append(Scores *scores, int label, const uint64_t *key, uint64_t n, const Host *host) {
  Keys *keys = &scores->keys[label];
  while (n > 0) {
    if (keys->n == keys->open) {
      Status status = more_room(scores, label, host);
      if (status) return status;
    }
    uint64_t fits = keys->open - keys->n < n ? keys->open - keys->n : n;
    memcpy(keys->at + keys->n, key, fits * sizeof *key);
    keys->n += (uint32_t)fits;
    key += fits;
    n -= fits;
  }
  return MLM_OK;
}

Status mlm_scores_put(Scores *scores, uint64_t key, int label, double weight, int64_t count,
                      const Host *host) {
  if (count > MLM_MOST_ROWS - rows(scores)) return MLM_OVERFLOW;
  if (weight == 1 && scores->tree) return mlm_tree_add(scores->tree, key, label, count, host);
  if (weight == 1 && count <= 2) return append(scores, label, (uint64_t[2]){key, key}, (uint64_t)count, host);
  return mlm_entries_put(scores, label, &(Entry){key, weight, count}, host);
}

/* ---- window ---- */

static void drop_keys(Scores *scores, const Host *host) {
  for (int label = 0; label < 2; label++) {
    if (scores->keys[label].at != scores->first[label]) host->free(scores->keys[label].at);
    scores->keys[label] = (Keys){0};
    while (scores->overflow && scores->overflow->full_n[label] > 0)
      host->free(scores->overflow->full[label][--scores->overflow->full_n[label]]);
  }
}

static Status add_class_to_tree(ScoreTree *tree, const Scores *scores, int label, const Host *host) {
  Status status = MLM_OK;
  for (uint32_t c = 0; c < mlm_chunks(scores, label); c++) {
    Chunk chunk = mlm_chunk(scores, label, c);
    for (uint64_t i = 0; i < chunk.n && !status; i++) {
      status = mlm_tree_add(tree, chunk.at[i], label, 1, host);
      if (!status && i % 65536 == 65535 && mlm_interrupted(host)) status = MLM_INTERRUPTED;
    }
  }
  const Entries *lists[] = {scores->overflow ? &scores->overflow->sorted[label] : NULL,
                            scores->overflow ? &scores->overflow->fresh[label] : NULL};
  for (int l = 0; l < 2 && lists[l]; l++)
    for (uint64_t i = 0; i < lists[l]->n && !status; i++) {
      const Entry *entry = mlm_entry_at(lists[l], i);
      if (entry->weight == 1) status = mlm_tree_add(tree, entry->key, label, entry->count, host);
    }
  return status;
}

/* Puts all rows of whole weight into a tree, from then on the only place for them. A failure leaves the state
 * as it was. */
static Status build_tree(Scores *scores, const Host *host) {
  ScoreTree *tree = mlm_tree_new(host);
  if (!tree) return MLM_NOMEM;
  Status status = add_class_to_tree(tree, scores, 0, host);
  if (!status) status = add_class_to_tree(tree, scores, 1, host);
  if (status) {
    mlm_tree_free(tree, host);
    return status;
  }
  drop_keys(scores, host);
  if (scores->overflow) mlm_entries_keep_fractional(scores->overflow);
  scores->tree = tree;
  return MLM_OK;
}

/* A row that leaves, or one that comes after a value was asked for, means a window: time for the tree. */
static Status prepare(Scores *scores, int sign, const Host *host) {
  bool window = sign < 0 || scores->sealed;
  Status status = window && !scores->tree ? build_tree(scores, host) : MLM_OK;
  if (!status) scores->sealed = false;
  return status;
}

static Status remove_row(Scores *scores, uint64_t key, int label, double weight, int64_t count,
                         const Host *host) {
  if (weight == 1) return mlm_tree_add(scores->tree, key, label, -count, host);
  return mlm_entries_put(scores, label, &(Entry){key, weight, -count}, host);
}

/* ---- the kind of state ---- */

/* Everything but the plain case of add(); not inlined, to keep that short. */
__attribute__((noinline)) static Status add_other(Scores *scores, const Row *row, int sign,
                                                  const Host *host) {
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

static Status add(void *state, const Row *row, int sign, const Host *host) {
  Scores *scores = state;
  if (row->weight == 1 && sign > 0 && mlm_scores_add_plain(scores, row->pred, row->target > 0)) return MLM_OK;
  return add_other(scores, row, sign, host);
}

static void leave_out(void *state, int sign) { ((Scores *)state)->left_out += sign; }

typedef struct Combine {
  Scores *into;
  int sign;
  const Host *host;
} Combine;

static Status combine(void *context, double score, int label, double weight, int64_t count) {
  const Combine *f = context;
  return (f->sign < 0 ? remove_row : mlm_scores_put)(f->into, mlm_encode_score(score), label, weight, count,
                                                     f->host);
}

/* Keys by the block, where they stay keys. */
static Status append_keys(Scores *into, Scores *from, const Host *host) {
  Status status = MLM_OK;
  for (int label = 0; label < 2; label++) {
    for (uint32_t c = 0; c < mlm_chunks(from, label) && !status; c++) {
      Chunk chunk = mlm_chunk(from, label, c);
      status = append(into, label, chunk.at, chunk.n, host);
    }
  }
  if (!status) drop_keys(from, host);
  return status;
}

/* From now on whoever reads the rows looks at this host. */
static void poll(Scores *scores, const Host *host) {
  scores->poll = (InterruptPoll){.interrupted = host->interrupted, .context = host->context};
  scores->polling = &scores->poll;
}

static Status combine_all(Scores *into, Scores *from, int sign, const Host *host) {
  if (sign > 0
      && (rows(from) > MLM_MOST_ROWS - rows(into) || from->left_out > MLM_MOST_ROWS - into->left_out))
    return MLM_OVERFLOW;
  Combine f = {into, sign, host};
  poll(from, host);
  Status status = prepare(into, sign, host);
  if (!status && from->overflow) status = mlm_entries_merge(from->overflow, host);
  if (!status && !into->tree) status = append_keys(into, from, host);
  if (!status) status = mlm_scores_visit(from, combine, &f);
  if (!status) into->left_out += sign * from->left_out;
  return status;
}

static Status merge(void *into, void *from, const Host *host) { return combine_all(into, from, 1, host); }

static Status subtract(void *state, void *taken, const Host *host) {
  return combine_all(state, taken, -1, host);
}

static Status sort_class(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  Status status = MLM_OK;
  for (uint32_t c = 0; c + 1 < mlm_chunks(scores, label) && !status; c++)
    status = mlm_sort_keys(scores->overflow->full[label][c], MLM_CHUNK_KEYS, host);
  if (!status) status = mlm_sort_keys(keys->at, keys->n, host);
  keys->open = keys->n; /* so that add() looks further */
  return status;
}

bool mlm_scores_interrupted(const Scores *scores) {
  InterruptPoll *poll = scores->polling;
  if (!poll->cut && poll->interrupted) poll->cut = poll->interrupted(poll->context);
  return poll->cut;
}

static bool interrupted(const void *state) { return ((const Scores *)state)->poll.cut; }

static Status seal(void *state, const Host *host) {
  Scores *scores = state;
  poll(scores, host);
  if (scores->sealed) return MLM_OK;
  Status status = scores->overflow ? mlm_entries_merge(scores->overflow, host) : MLM_OK;
  if (!status && !scores->tree) {
    if (rows(scores) > MLM_MOST_ROWS) status = MLM_OVERFLOW;
    for (int label = 0; label < 2 && !status; label++) status = sort_class(scores, label, host);
  }
  scores->sealed = !status;
  return status;
}

static double value(const void *state, Formula formula, const Params *params) {
  return formula.scores(state, params);
}

static void write(const void *state, Formula formula, const Params *params, StrBuf *out) {
  formula.scores_text(state, params, out);
}

static void clear(void *state, const Host *host) {
  Scores *scores = state;
  drop_keys(scores, host);
  if (scores->overflow) mlm_overflow_clear(scores->overflow, host);
  host->free(scores->overflow);
  if (scores->tree) mlm_tree_free(scores->tree, host);
  scores->overflow = NULL;
  scores->tree = NULL;
}

static bool empty(const void *state) { return rows(state) == 0; }

/* If any is, the lowest or the highest. */
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
    .cost = "8.4 bytes a row, or 24 a distinct score where they repeat; 24 a row of a weight that is not "
            "whole. A row costs O(1), a value sorts: O(n log n). In a window a row costs O(log n), coming or "
            "leaving, and a value a walk over the frame's distinct scores where nothing less is said; with "
            "weights that are not whole always O(n).",
    .bytes = sizeof(Scores),
    .fast_path = FAST_SCORES,
    .add = add,
    .leave_out = leave_out,
    .merge = merge,
    .subtract = subtract,
    .seal = seal,
    .interrupted = interrupted,
    .value = value,
    .write = write,
    .save = mlm_scores_save,
    .load = mlm_scores_load,
    .clear = clear,
    .empty = empty,
    .outside = outside,
};
