/* The multiset of scores: adding, taking back, merging, sealing. */
#include <string.h>

#include "state/scores_inside.h"

enum { DOUBLED = 1 << 22, SAMPLE = MLM_SAMPLE_KEYS, LOOK = 4 * SAMPLE };

/* Room for a key more: doubled while small, by a sixteenth where it is large, so that little is reserved in
 * vain. */
static Status grow(Keys *keys, const Host *host) {
  uint64_t room = keys->room == 0        ? 4 * INLINE_KEYS
                  : keys->room < DOUBLED ? 2 * keys->room
                                         : keys->room + keys->room / 16;
  if (keys->n == MLM_CHUNK_KEYS) {
    if (keys->full_n == MOST_CHUNKS) return MLM_TOOBIG;
    if (!keys->full && !(keys->full = host->resize(NULL, MOST_CHUNKS * sizeof *keys->full))) return MLM_NOMEM;
    keys->full[keys->full_n++] = keys->at;
    keys->at = NULL;
    keys->n = keys->room = 0;
    return MLM_OK; /* the inline keys serve again */
  }
  if (room > MLM_CHUNK_KEYS) room = MLM_CHUNK_KEYS;
  uint64_t *at = host->resize(keys->at, room * sizeof *at);
  if (!at) return MLM_NOMEM;
  if (!keys->at) memcpy(at, keys->first, keys->n * sizeof *at);
  keys->at = at;
  keys->room = room;
  return MLM_OK;
}

static uint64_t distinct(const uint64_t *sorted, uint64_t n) {
  uint64_t count = n > 0;
  for (uint64_t i = 1; i < n; i++) count += sorted[i] != sorted[i - 1];
  return count;
}

/* Whether a buffer of keys probably has at most half as many distinct ones: m samples of D equally likely
 * values collide about m²/2D times. */
static Status seems_repeated(const Keys *keys, bool *repeated, const Host *host) {
  uint64_t *sample = host->resize(NULL, SAMPLE * sizeof *sample);
  if (!sample) return MLM_NOMEM;
  for (uint64_t i = 0; i < SAMPLE; i++) sample[i] = keys->at[i * (keys->n / SAMPLE)];
  Status status = mlm_sort_keys(sample, SAMPLE, host);
  uint64_t collisions = SAMPLE - distinct(sample, SAMPLE);
  *repeated = collisions > (uint64_t)SAMPLE * SAMPLE / keys->n;
  host->release(sample);
  return status;
}

/* Replaces repeated keys by counted entries where that saves half of them. */
static Status compact(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  bool repeated = false;
  Status status = seems_repeated(keys, &repeated, host);
  keys->look_at = 2 * keys->n;
  if (status || !repeated) return status;
  if ((status = mlm_sort_keys(keys->at, keys->n, host))) return status;
  if (distinct(keys->at, keys->n) > keys->n / 2) return MLM_OK;
  uint64_t n = keys->n;
  for (uint64_t i = 0, j; i < n && !status; i = j) {
    for (j = i + 1; j < n && keys->at[j] == keys->at[i]; j++) {}
    status = mlm_entries_put(scores, &(Entry){keys->at[i], 1, (int64_t)(j - i), label}, host);
  }
  if (status) return status;
  keys->n = 0;
  keys->look_at = LOOK;
  return mlm_entries_sort(&scores->entries, host);
}

static Status append(Scores *scores, uint64_t key, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  if (keys->n == (keys->room ? keys->room : INLINE_KEYS)) {
    Status status = MLM_OK;
    if (keys->n >= LOOK && keys->n >= keys->look_at) status = compact(scores, label, host);
    if (!status && keys->n == (keys->room ? keys->room : INLINE_KEYS)) status = grow(keys, host);
    if (status) return status;
  }
  mlm_keys_at(keys)[keys->n++] = key;
  return MLM_OK;
}

Status mlm_entries_put(Scores *scores, const Entry *entry, const Host *host) {
  Entries *entries = &scores->entries;
  if (entries->n == entries->room) {
    uint64_t room = entries->room + entries->room / 2 + 16;
    Entry *at = host->resize(entries->at, room * sizeof *at);
    if (!at) return MLM_NOMEM;
    entries->at = at;
    entries->room = room;
  }
  entries->at[entries->n++] = *entry;
  if (entry->weight == 1)
    scores->counted[entry->label] += entry->count;
  else
    scores->fractions += entry->count;
  return MLM_OK;
}

Status mlm_scores_put(Scores *scores, uint64_t key, int label, int64_t count, const Host *host) {
  ScoreTotals all = mlm_scores_counts(scores);
  if (count > INT64_MAX - all.neg - all.pos) return MLM_TOOBIG;
  if (scores->tree) return mlm_tree_add(scores->tree, key, label, count, host);
  if (count == 1) return append(scores, key, label, host);
  return mlm_entries_put(scores, &(Entry){key, 1, count, label}, host);
}

/* Drops the entries of weight 1. */
static void keep_fractions(Entries *entries) {
  uint64_t kept = 0, sorted = 0;
  for (uint64_t i = 0; i < entries->n; i++) {
    if (entries->at[i].weight != 1) entries->at[kept++] = entries->at[i];
    if (i < entries->sorted) sorted = kept;
  }
  entries->n = kept;
  entries->sorted = sorted;
}

/* Puts all rows of whole weight into a tree, from then on the only place for them. A failure leaves the state
 * as it was. */
static Status plant(Scores *scores, const Host *host) {
  WindowTree *tree = mlm_tree_new(host);
  Status status = tree ? MLM_OK : MLM_NOMEM;
  for (int label = 0; label < 2 && !status; label++) {
    const Keys *keys = &scores->keys[label];
    for (uint32_t c = 0; c <= keys->full_n && !status; c++) {
      const uint64_t *at = c < keys->full_n ? keys->full[c] : mlm_keys_at(keys);
      uint64_t n = c < keys->full_n ? MLM_CHUNK_KEYS : keys->n;
      for (uint64_t i = 0; i < n && !status; i++) status = mlm_tree_add(tree, at[i], label, 1, host);
    }
  }
  const Entries *entries = &scores->entries;
  for (uint64_t i = 0; i < entries->n && !status; i++)
    if (entries->at[i].weight == 1)
      status = mlm_tree_add(tree, entries->at[i].key, (int)entries->at[i].label, entries->at[i].count, host);
  if (status) {
    if (tree) mlm_tree_free(tree, host);
    return status;
  }
  scores->tree = tree;
  scores->keys[0].n = scores->keys[1].n = 0;
  for (int label = 0; label < 2; label++) {
    Keys *keys = &scores->keys[label];
    while (keys->full_n > 0) host->release(keys->full[--keys->full_n]);
  }
  keep_fractions(&scores->entries);
  scores->counted[0] = scores->counted[1] = 0;
  return MLM_OK;
}

/* A row that leaves, or one that comes after a value was asked for, means a window: time for the tree. */
static Status prepare(Scores *scores, int sign, const Host *host) {
  bool window = sign < 0 || scores->sealed;
  scores->sealed = false;
  return window && !scores->tree ? plant(scores, host) : MLM_OK;
}

/* Everything but the plain case of add(). */
static Status add_other(Scores *scores, uint64_t key, int label, double weight, int64_t count, int sign,
                        const Host *host) {
  Status status = prepare(scores, sign, host);
  if (status) return status;
  uint64_t k = mlm_whole_weight(weight);
  if (k && (sign > 0 || !scores->tree)) {
    if (count > INT64_MAX / (int64_t)k) return MLM_TOOBIG;
    return mlm_scores_put(scores, key, label, (int64_t)k * count, host);
  }
  if (k) return mlm_tree_add(scores->tree, key, label, -(int64_t)k * count, host);
  if (sign > 0 && count > INT64_MAX - scores->fractions) return MLM_TOOBIG;
  return mlm_entries_put(scores, &(Entry){key, weight, sign * count, label}, host);
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  Scores *scores = state;
  uint64_t key = mlm_key_of(row->pred);
  int label = row->target != 0;
  if (row->weight == 1 && sign > 0 && !scores->sealed && !scores->tree)
    return append(scores, key, label, host);
  return add_other(scores, key, label, row->weight, 1, sign, host);
}

static void leave_out(void *state, int sign) { ((Scores *)state)->left_out += sign; }

typedef struct Fold {
  Scores *into;
  int sign;
  const Host *host;
} Fold;

static Status fold(void *context, double score, int label, double weight, int64_t count) {
  const Fold *f = context;
  uint64_t key = mlm_key_of(score);
  if (weight == 1 && f->sign > 0) return mlm_scores_put(f->into, key, label, count, f->host);
  if (weight == 1) return mlm_tree_add(f->into->tree, key, label, -count, f->host);
  return add_other(f->into, key, label, weight, count, f->sign, f->host);
}

static Status fold_all(Scores *into, const Scores *from, int sign, const Host *host) {
  if (sign > 0 && from->left_out > INT64_MAX - into->left_out) return MLM_TOOBIG;
  Status status = prepare(into, sign, host);
  Fold f = {into, sign, host};
  if (!status) status = mlm_scores_visit(from, fold, &f);
  if (!status) into->left_out += sign * from->left_out;
  return status;
}

static Status merge(void *into, void *from, const Host *host) { return fold_all(into, from, 1, host); }

static Status unmerge(void *state, void *taken, const Host *host) { return fold_all(state, taken, -1, host); }

static Status seal(void *state, const Host *host) {
  Scores *scores = state;
  Status status = MLM_OK;
  for (int label = 0; label < 2 && !status && !scores->sealed; label++) {
    Keys *keys = &scores->keys[label];
    for (uint32_t c = 0; c < keys->full_n && !status; c++)
      status = mlm_sort_keys(keys->full[c], MLM_CHUNK_KEYS, host);
    if (!status) status = mlm_sort_keys(mlm_keys_at(keys), keys->n, host);
  }
  if (!status) status = mlm_entries_sort(&scores->entries, host);
  scores->sealed = !status;
  return status;
}

static double value(const void *state, Formula formula, const Params *params) {
  return formula.scores(state, params);
}

static void write(const void *state, Formula formula, const Params *params, Text *out) {
  formula.scores_text(state, params, out);
}

static void clear(void *state, const Host *host) {
  Scores *scores = state;
  for (int label = 0; label < 2; label++) {
    Keys *keys = &scores->keys[label];
    while (keys->full_n > 0) host->release(keys->full[--keys->full_n]);
    host->release(keys->full);
    host->release(keys->at);
  }
  host->release(scores->entries.at);
  if (scores->tree) mlm_tree_free(scores->tree, host);
}

static bool integral(const void *state) { return ((const Scores *)state)->fractions == 0; }

static bool empty(const void *state) {
  const Scores *scores = state;
  ScoreTotals all = mlm_scores_counts(scores);
  return all.neg == 0 && all.pos == 0 && scores->fractions == 0;
}

const StateKind mlm_scores_state = {
    .name = "score_set",
    .bytes = sizeof(Scores),
    .add = add,
    .leave_out = leave_out,
    .merge = merge,
    .unmerge = unmerge,
    .seal = seal,
    .value = value,
    .write = write,
    .save = mlm_scores_save,
    .load = mlm_scores_load,
    .clear = clear,
    .empty = empty,
    .integral = integral,
};
