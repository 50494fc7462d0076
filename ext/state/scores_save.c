/* Saving and loading score sets.
 *
 *   varint   rows left out
 *   for label 0, then 1: varint number of distinct scores, then for each, lowest first,
 *            0, varint count   only if the count is above 1
 *            varint            key minus the key before (the first: minus 0), above 0
 *   varint   number of entries of fractional weight; if it is not 0:
 *   varint   how many of them have label 0; these, then those of label 1, each sorted by key, then weight:
 *            varint key minus the key before, f64 weight, varint count
 *
 * A multiset of rows has exactly one such form.
 */
#include "state/scores_save.h"

#include <math.h>

#include "state/scores_layout.h"
#include "state/scores_keys.h"
#include "state/scores_walk.h"

/* One pass counts, a second one writes. */
static void save_keys(const Scores *scores, int label, Writer *out) {
  ScoreWalk walk;
  uint64_t before = 0, n = 0;
  mlm_walk_class(&walk, scores, label);
  while (mlm_walk_next(&walk)) n += (label ? walk.pos_count : walk.neg_count) > 0;
  mlm_write_varint(out, n);
  mlm_walk_class(&walk, scores, label);
  while (!out->status && mlm_walk_next(&walk)) {
    int64_t count = label ? walk.pos_count : walk.neg_count;
    if (count == 0) continue;
    uint64_t key = mlm_encode_score(walk.score);
    if (count > 1) {
      mlm_write_varint(out, 0);
      mlm_write_varint(out, (uint64_t)count);
    }
    mlm_write_varint(out, key - before);
    before = key;
  }
}

static uint64_t count_fractional(const Entries *entries) {
  uint64_t n = 0;
  for (uint64_t i = 0; i < entries->n; i++) n += mlm_entry_at(entries, i)->weight != 1;
  return n;
}

static void save_fractional(const Entries *entries, Writer *out) {
  uint64_t before = 0;
  for (uint64_t i = 0; i < entries->n && !out->status; i++) {
    if (i % POLL_ROWS == POLL_ROWS - 1 && mlm_interrupted(out->host)) out->status = MLM_INTERRUPTED;
    const Entry *entry = mlm_entry_at(entries, i);
    if (entry->weight == 1) continue;
    mlm_write_varint(out, entry->key - before);
    mlm_write_double(out, entry->weight);
    mlm_write_varint(out, (uint64_t)entry->count);
    before = entry->key;
  }
}

void mlm_scores_save(const void *state, Writer *out) {
  const Scores *scores = state;
  mlm_write_varint(out, (uint64_t)scores->left_out);
  for (int label = 0; label < 2; label++) save_keys(scores, label, out);
  if (scores->poll.interrupted) out->status = MLM_INTERRUPTED;
  if (mlm_scores_integral(scores)) {
    mlm_write_varint(out, 0);
    return;
  }
  const Entries *entries = scores->overflow->sorted;
  uint64_t neg = count_fractional(&entries[0]);
  mlm_write_varint(out, neg + count_fractional(&entries[1]));
  mlm_write_varint(out, neg);
  for (int label = 0; label < 2; label++) save_fractional(&entries[label], out);
}

/* Advances *before by `more`; false: the result is not a key, or it is that of NaN or -0.0. */
static bool next_key(uint64_t more, uint64_t *before) {
  const uint64_t negative_zero = ((uint64_t)1 << 63) - 1;
  uint64_t key = *before + more;
  bool good = key >= *before && key >= mlm_encode_score(-INFINITY) && key <= mlm_encode_score(INFINITY)
              && key != negative_zero;
  *before = key;
  return good;
}

/* Takes a count from *left, so that the sum of all counts fits; false: it is not in [least, *left]. */
static bool take_count(uint64_t count, uint64_t least, int64_t *left) {
  if (count < least || count > (uint64_t)*left) return false;
  *left -= (int64_t)count;
  return true;
}

static Status load_keys(Scores *scores, int label, int64_t *left, Reader *in, const Host *host) {
  uint64_t n = mlm_read_count(in, 1), before = 0;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t more = mlm_read_varint(in), count = 1, least = 1;
    if (i % POLL_ROWS == POLL_ROWS - 1 && mlm_interrupted(host)) return MLM_INTERRUPTED;
    if (more == 0) {
      count = mlm_read_varint(in);
      more = mlm_read_varint(in);
      least = 2;
    }
    if (in->failed || more == 0 || !next_key(more, &before) || !take_count(count, least, left))
      return MLM_CORRUPT;
    Status status = mlm_scores_put(scores, before, label, 1, (int64_t)count, host);
    if (status) return status;
  }
  return in->failed ? MLM_CORRUPT : MLM_OK;
}

static Status load_fractional(Scores *scores, int label, uint64_t n, int64_t *left, Reader *in,
                              const Host *host) {
  uint64_t key = 0;
  double before = 0;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t more = mlm_read_varint(in);
    double weight = mlm_read_double(in);
    uint64_t count = mlm_read_varint(in);
    if (i % POLL_ROWS == POLL_ROWS - 1 && mlm_interrupted(host)) return MLM_INTERRUPTED;
    if (more > 0) before = 0;
    bool good = weight > before && weight < INFINITY && mlm_integral_weight(weight) == 0;
    if (in->failed || !good || !next_key(more, &key) || !take_count(count, 1, left)) return MLM_CORRUPT;
    Status status = mlm_scores_put(scores, key, label, weight, (int64_t)count, host);
    if (status) return status;
    before = weight;
  }
  return MLM_OK;
}

Status mlm_scores_load(void *state, Reader *in, const Host *host) {
  Scores *scores = state;
  int64_t left = MLM_MOST_ROWS;
  uint64_t left_out = mlm_read_varint(in);
  if (in->failed || left_out > INT64_MAX) return MLM_CORRUPT;
  scores->left_out = (int64_t)left_out;
  Status status = MLM_OK;
  for (int label = 0; label < 2 && !status; label++) status = load_keys(scores, label, &left, in, host);
  if (status) return status;
  uint64_t fractional = mlm_read_count(in, 10), neg = fractional > 0 ? mlm_read_varint(in) : 0;
  if (in->failed || neg > fractional) return MLM_CORRUPT;
  status = load_fractional(scores, 0, neg, &left, in, host);
  return status ? status : load_fractional(scores, 1, fractional - neg, &left, in, host);
}
