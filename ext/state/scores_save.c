/* Score sets as bytes.
 *
 *   varint   rows left out
 *   for label 0, then 1: varint number of distinct scores, then for each, lowest first,
 *            0, varint count   only where the count is above 1
 *            varint            key minus the key before (at first minus 0): above 0
 *   varint   number of entries of other weights, then for each, sorted by key, label, weight,
 *            varint   key minus the key before, u8 label, f64 weight, varint count
 *
 * One multiset has one such form. Rows of whole weight are counted, others are kept as they are.
 */
#include <math.h>
#include <string.h>

#include "state/scores_inside.h"

static uint64_t distinct_of(const Scores *scores, int label) {
  ScoreWalk walk;
  uint64_t n = 0;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) n += (label ? walk.pos : walk.neg) > 0;
  return n;
}

static void save_class(const Scores *scores, int label, Writer *out) {
  ScoreWalk walk;
  uint64_t before = 0;
  mlm_write_varint(out, distinct_of(scores, label));
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) {
    int64_t count = label ? walk.pos : walk.neg;
    if (count == 0) continue;
    uint64_t key = mlm_key_of(walk.score);
    if (count > 1) {
      mlm_write_varint(out, 0);
      mlm_write_varint(out, (uint64_t)count);
    }
    mlm_write_varint(out, key - before);
    before = key;
  }
}

void mlm_scores_save(const void *state, Writer *out) {
  const Scores *scores = state;
  mlm_write_varint(out, (uint64_t)scores->left_out);
  for (int label = 0; label < 2; label++) save_class(scores, label, out);
  uint64_t n = 0, before = 0;
  const Entries *entries = &scores->entries;
  for (uint64_t i = 0; i < entries->n; i++) n += entries->at[i].weight != 1;
  mlm_write_varint(out, n);
  for (uint64_t i = 0; i < entries->n; i++) {
    const Entry *entry = &entries->at[i];
    if (entry->weight == 1) continue;
    uint8_t label = (uint8_t)entry->label;
    mlm_write_varint(out, entry->key - before);
    mlm_write_bytes(out, &label, 1);
    mlm_write_double(out, entry->weight);
    mlm_write_varint(out, (uint64_t)entry->count);
    before = entry->key;
  }
}

/* The next key, `more` above *before; false: beyond the keys there are, or the key of NaN or -0.0. */
static bool next_key(uint64_t more, uint64_t *before) {
  const uint64_t negative_zero = ((uint64_t)1 << 63) - 1;
  uint64_t key = *before + more;
  bool good =
      key >= *before && key >= mlm_key_of(-INFINITY) && key <= mlm_key_of(INFINITY) && key != negative_zero;
  *before = key;
  return good;
}

/* A count in [least, left], which it is taken from: the sum of all counts stays within an int64. */
static bool take_count(uint64_t count, uint64_t least, int64_t *left) {
  if (count < least || count > (uint64_t)*left) return false;
  *left -= (int64_t)count;
  return true;
}

static Status load_class(Scores *scores, int label, int64_t *left, Reader *in, const Host *host) {
  uint64_t n = mlm_read_count(in, 1), before = 0;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t more = mlm_read_varint(in), count = 1, least = 1;
    if (more == 0) {
      count = mlm_read_varint(in);
      more = mlm_read_varint(in);
      least = 2;
    }
    if (in->failed || more == 0 || !next_key(more, &before) || !take_count(count, least, left))
      return MLM_CORRUPT;
    Status status = mlm_scores_put(scores, before, label, (int64_t)count, host);
    if (status) return status;
  }
  return in->failed ? MLM_CORRUPT : MLM_OK;
}

static bool sound(const Entry *entry, const Entry *before) {
  bool weight = entry->weight > 0 && entry->weight < INFINITY && mlm_whole_weight(entry->weight) == 0;
  if (!weight || entry->label < 0 || entry->label > 1) return false;
  if (!before || entry->key > before->key) return true;
  return entry->label > before->label || (entry->label == before->label && entry->weight > before->weight);
}

static Status load_entries(Scores *scores, Reader *in, const Host *host) {
  uint64_t n = mlm_read_count(in, 11), key = 0;
  int64_t left = INT64_MAX;
  Entry before = {0};
  for (uint64_t i = 0; i < n; i++) {
    if (!next_key(mlm_read_varint(in), &key)) return MLM_CORRUPT;
    const uint8_t *label = mlm_read_bytes(in, 1);
    Entry entry = {.key = key, .label = label ? *label : 2, .weight = mlm_read_double(in)};
    uint64_t count = mlm_read_varint(in);
    if (in->failed || !sound(&entry, i ? &before : NULL) || !take_count(count, 1, &left)) return MLM_CORRUPT;
    entry.count = (int64_t)count;
    Status status = mlm_entries_put(scores, &entry, host);
    if (status) return status;
    before = entry;
  }
  return in->failed ? MLM_CORRUPT : MLM_OK;
}

Status mlm_scores_load(void *state, Reader *in, const Host *host) {
  Scores *scores = state;
  int64_t left = INT64_MAX;
  uint64_t left_out = mlm_read_varint(in);
  if (in->failed || left_out > INT64_MAX) return MLM_CORRUPT;
  scores->left_out = (int64_t)left_out;
  Status status = load_class(scores, 0, &left, in, host);
  if (!status) status = load_class(scores, 1, &left, in, host);
  return status ? status : load_entries(scores, in, host);
}
