/* Saving and loading score sets.
 *
 *   varint   rows left out
 *   for label 0, then 1: varint number of distinct scores; if there are any:
 *            varint key of the lowest, varint its count less 1
 *            the others in blocks of MLM_FIELDS, the last of them shorter, each
 *              u8      bits of a gap, plus 128 if a count is above 1
 *              u8      bits of a count, if so
 *              fields  gaps: each key minus the key before, above 0
 *              fields  counts less 1, if any is above 1
 *   varint   number of entries of fractional weight; if it is not 0:
 *   varint   how many of them have label 0; these, then those of label 1, each sorted by key, then weight:
 *            varint key minus the key before, f64 weight, varint count
 *
 * Fields are those of state/bit_fields.h. A multiset of rows has exactly one such form.
 */
#include "state/scores_save.h"

#include <math.h>

#include "base/compiler.h"
#include "state/bit_fields.h"
#include "state/scores_layout.h"
#include "state/scores_keys.h"
#include "state/scores_walk.h"

enum { COUNTS = 128 }; /* in the byte of the bits of a gap: counts follow */

/* ---- saving ---- */

/* Keys after the lowest, up to a block of them. */
typedef struct KeyBlock {
  Writer *out;
  uint64_t before; /* the last key; 0: there is none */
  size_t n;
  uint64_t gap[MLM_FIELDS], more[MLM_FIELDS]; /* more: count less 1 */
  uint64_t any_gap, any_more;                 /* or-ed */
} KeyBlock;

static void end_block(KeyBlock *block) {
  unsigned gaps = mlm_field_width(block->any_gap), counts = mlm_field_width(block->any_more);
  uint8_t width[2] = {(uint8_t)(gaps + (counts > 0 ? COUNTS : 0)), (uint8_t)counts};
  if (block->n == 0) return;
  mlm_write_bytes(block->out, width, counts > 0 ? 2 : 1);
  mlm_write_fields(block->out, block->gap, block->n, gaps);
  if (counts > 0) mlm_write_fields(block->out, block->more, block->n, counts);
  block->n = 0;
  block->any_gap = block->any_more = 0;
}

static void put_first(KeyBlock *block, uint64_t key, uint64_t count) {
  mlm_write_varint(block->out, key);
  mlm_write_varint(block->out, count - 1);
  block->before = key;
}

/* A key above those before, with its count. */
static inline void put_key(KeyBlock *block, uint64_t key, uint64_t count) {
  if (block->before == 0) {
    put_first(block, key, count);
    return;
  }
  size_t i = block->n++;
  block->any_gap |= block->gap[i] = key - block->before;
  block->any_more |= block->more[i] = count - 1;
  block->before = key;
  if (block->n == MLM_FIELDS) end_block(block);
}

/* A whole block of keys of one row each; false: some are equal, and nothing was done. */
static bool put_single_keys(KeyBlock *block, const uint64_t *key) {
  uint64_t before = block->before, any = 0;
  bool equal = false;
  MLM_UNROLL(4)
  for (size_t i = 0; i < MLM_FIELDS; i++) {
    uint64_t gap = key[i] - before;
    block->gap[i] = gap;
    any |= gap;
    equal |= gap == 0;
    before = key[i];
  }
  /* The last key may occur again. */
  if (equal || key[MLM_FIELDS] == before) return false;
  block->any_gap = any;
  block->n = MLM_FIELDS;
  block->before = before;
  end_block(block);
  return true;
}

/* Saves keys in one sorted run: one pass counts, a second one writes. */
static void save_run(const Scores *scores, Chunk run, KeyBlock *block) {
  const uint64_t *key = run.at;
  mlm_write_varint(block->out, mlm_count_distinct(key, run.n));
  for (uint64_t i = 0, j, poll = POLL_ROWS; i < run.n && !block->out->status; i = j) {
    j = i + MLM_FIELDS;
    bool whole = block->n == 0 && block->before > 0 && j < run.n && put_single_keys(block, key + i);
    if (!whole) {
      for (j = i + 1; j < run.n && key[j] == key[i]; j++) {}
      put_key(block, key[i], j - i);
    }
    if (j < poll) continue;
    poll = j + POLL_ROWS;
    if (mlm_scores_interrupted(scores)) return;
  }
}

/* Saves any set. */
static void save_walk(const Scores *scores, int label, KeyBlock *block) {
  ScoreWalk walk;
  uint64_t n = 0;
  mlm_walk_class(&walk, scores, label);
  while (mlm_walk_next(&walk)) n += (label ? walk.pos_count : walk.neg_count) > 0;
  mlm_write_varint(block->out, n);
  mlm_walk_class(&walk, scores, label);
  while (!block->out->status && mlm_walk_next(&walk)) {
    int64_t count = label ? walk.pos_count : walk.neg_count;
    if (count > 0) put_key(block, mlm_encode_score(walk.score), (uint64_t)count);
  }
}

static void save_keys(const Scores *scores, int label, Writer *out) {
  KeyBlock block; /* its arrays are set where they are used */
  block.out = out;
  block.before = block.any_gap = block.any_more = 0;
  block.n = 0;
  bool run = !scores->tree && mlm_chunks(scores, label) == 1
             && (!scores->overflow || scores->overflow->sorted[label].n == 0);
  if (run)
    save_run(scores, mlm_chunk(scores, label, 0), &block);
  else
    save_walk(scores, label, &block);
  end_block(&block);
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

/* ---- loading ---- */

static const uint64_t negative_zero = ((uint64_t)1 << 63) - 1; /* its key is that of 0.0 */

/* Whether it is the key of a score. */
static bool is_key(uint64_t key) {
  return key >= mlm_encode_score(-INFINITY) && key <= mlm_encode_score(INFINITY) && key != negative_zero;
}

/* Advances *before by `more`; false: the result is not a key. */
static bool next_key(uint64_t more, uint64_t *before) {
  uint64_t key = *before + more;
  bool good = key >= *before && is_key(key);
  *before = key;
  return good;
}

/* Takes a count from *left, so that the sum of all counts fits; false: it is not in [least, *left]. */
static bool take_count(uint64_t count, uint64_t least, int64_t *left) {
  if (count < least || count > (uint64_t)*left) return false;
  *left -= (int64_t)count;
  return true;
}

/* Makes keys from n gaps after a key; false: one of them is not a key, or a gap is 0. */
static bool keys_of_gaps(uint64_t *key, size_t n, uint64_t before) {
  uint64_t last = before;
  bool good = true, none = false;
  for (size_t i = 0; i < n; i++) {
    uint64_t next = last + key[i];
    good &= next > last;
    key[i] = last = next;
  }
  if (before < negative_zero && last >= negative_zero)
    for (size_t i = 0; i < n; i++) none |= key[i] == negative_zero;
  return good && !none && is_key(last);
}

static Status put_counted(Scores *scores, int label, uint64_t key, uint64_t count, int64_t *left,
                          const Host *host) {
  if (!take_count(count, 1, left)) return MLM_CORRUPT;
  return mlm_scores_put(scores, key, label, 1, (int64_t)count, host);
}

/* Loads a block of n keys after *before. */
static Status load_block(Scores *scores, int label, size_t n, uint64_t *before, int64_t *left, Reader *in,
                         const Host *host) {
  uint64_t key[MLM_FIELDS], more[MLM_FIELDS];
  const uint8_t *width = mlm_read_bytes(in, 1);
  unsigned gaps = width ? *width % COUNTS : 0;
  bool counts = width && *width >= COUNTS;
  const uint8_t *bits = counts ? mlm_read_bytes(in, 1) : NULL;
  mlm_read_fields(in, key, n, gaps);
  if (bits) mlm_read_fields(in, more, n, *bits);
  if (in->failed || (bits && *bits == 0) || !keys_of_gaps(key, n, *before)) return MLM_CORRUPT;
  *before = key[n - 1];
  if (!counts) return take_count(n, 1, left) ? mlm_scores_append(scores, label, key, n, host) : MLM_CORRUPT;
  Status status = MLM_OK;
  for (size_t i = 0; i < n && !status; i++)
    status = more[i] < UINT64_MAX ? put_counted(scores, label, key[i], more[i] + 1, left, host) : MLM_CORRUPT;
  return status;
}

static Status load_keys(Scores *scores, int label, int64_t *left, Reader *in, const Host *host) {
  uint64_t n = mlm_read_varint(in), bytes = mlm_read_left(in);
  if (in->failed || n / 8 > bytes) return MLM_CORRUPT; /* each gap takes a bit or more */
  if (n == 0) return MLM_OK;
  uint64_t before = mlm_read_varint(in), more = mlm_read_varint(in);
  if (in->failed || !is_key(before) || more == UINT64_MAX) return MLM_CORRUPT;
  Status status = mlm_scores_reserve(scores, label, n < bytes ? n : bytes, host);
  if (!status) status = put_counted(scores, label, before, more + 1, left, host);
  for (uint64_t i = 1; i < n && !status; i += MLM_FIELDS) {
    uint64_t block = n - i < MLM_FIELDS ? n - i : MLM_FIELDS;
    if (i % POLL_ROWS <= MLM_FIELDS && mlm_interrupted(host)) return MLM_INTERRUPTED;
    status = load_block(scores, label, (size_t)block, &before, left, in, host);
  }
  scores->keys[label].sorted = scores->keys[label].n;
  return status;
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
