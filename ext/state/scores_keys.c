/* Adding rows to a score set: growing, chunks, and turning repeated keys into counted entries. */
#include "state/scores_keys.h"

#include <string.h>

#include "base/compiler.h"

enum { DOUBLED = 1 << 16, CLUSTER = 8, MOST_SAMPLE = 4096 };

int64_t mlm_scores_integral_rows(const Scores *scores, int label) {
  if (scores->tree) return mlm_tree_count(scores->tree, label);
  int64_t full = (int64_t)(mlm_chunks(scores, label) - 1) * MLM_CHUNK_KEYS;
  return full + scores->keys[label].n + (scores->overflow ? scores->overflow->integral[label] : 0);
}

int64_t mlm_scores_rows(const Scores *scores) {
  int64_t fractional =
      scores->overflow ? scores->overflow->fractional[0] + scores->overflow->fractional[1] : 0;
  return mlm_scores_integral_rows(scores, 0) + mlm_scores_integral_rows(scores, 1) + fractional;
}

void mlm_scores_start(Scores *scores, int label) {
  scores->keys[label] = (Keys){.at = scores->first[label],
                               .append_limit = INLINE_KEYS,
                               .room = INLINE_KEYS,
                               .compact_at = COMPACT_KEYS};
}

/* Puts the full chunk aside. */
static Status next_chunk(Scores *scores, int label, const Host *host) {
  ScoresOverflow *overflow = mlm_overflow_make(&scores->overflow, host);
  if (!overflow) return MLM_NOMEM;
  if (overflow->full_n[label] == MOST_CHUNKS) return MLM_OVERFLOW;
  if (!overflow->full[label])
    overflow->full[label] = host->realloc(NULL, MOST_CHUNKS * sizeof *overflow->full[label]);
  if (!overflow->full[label]) return MLM_NOMEM;
  overflow->full[label][overflow->full_n[label]++] = scores->keys[label].at;
  mlm_scores_start(scores, label);
  return MLM_OK;
}

static Status resize(Scores *scores, int label, uint64_t room, const Host *host) {
  Keys *keys = &scores->keys[label];
  bool inside = keys->at == scores->first[label];
  uint64_t *at = host->realloc(inside ? NULL : keys->at, room * sizeof *at);
  if (!at) return MLM_NOMEM;
  if (inside) memcpy(at, keys->at, keys->n * sizeof *at);
  keys->at = at;
  keys->room = (uint32_t)room;
  return MLM_OK;
}

/* Doubles while small; a large one grows by a sixteenth, so that little memory is wasted. */
static Status grow(Scores *scores, int label, const Host *host) {
  const Keys *keys = &scores->keys[label];
  uint64_t room = keys->room < DOUBLED ? 2 * (uint64_t)keys->room + 12 : keys->room + keys->room / 16;
  if (keys->room == MLM_CHUNK_KEYS) return next_chunk(scores, label, host);
  return resize(scores, label, room < MLM_CHUNK_KEYS ? room : MLM_CHUNK_KEYS, host);
}

Status mlm_scores_reserve(Scores *scores, int label, uint64_t n, const Host *host) {
  Keys *keys = &scores->keys[label];
  if (n <= INLINE_KEYS || n > MLM_CHUNK_KEYS) return MLM_OK;
  uint64_t *at = host->realloc(NULL, n * sizeof *at);
  if (!at) return MLM_NOMEM;
  *keys = (Keys){.at = at, .append_limit = (uint32_t)n, .room = (uint32_t)n, .compact_at = COMPACT_KEYS};
  return MLM_OK;
}

uint64_t mlm_count_distinct(const uint64_t *sorted, uint64_t n) {
  uint64_t count = n > 0;
  MLM_UNROLL(4)
  for (uint64_t i = 1; i < n; i++) count += sorted[i] != sorted[i - 1];
  return count;
}

/* Estimates whether entries (24 bytes) would be smaller than keys (8 bytes), of which there are 64 or more.
 * Samples clusters of neighbours, which repeat where the rows came sorted, at pseudo-random places, so that
 * periodic data does not mislead it. */
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
  *repeated = mlm_estimate_distinct(sample, n) * 3 <= (double)keys->n;
  host->free(sample);
  return status;
}

/* Turns all keys, which are sorted, into entries. */
static Status count_keys(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  Status status = MLM_OK;
  for (uint32_t i = 0, j; i < keys->n && !status; i = j) {
    for (j = i + 1; j < keys->n && keys->at[j] == keys->at[i]; j++) {}
    status = mlm_entries_put(&scores->overflow, label, &(Entry){keys->at[i], 1, j - i}, host);
  }
  keys->n = 0;
  return status;
}

/* Turns keys into entries where that takes less memory. A failed attempt is cheap, at worst leaves the keys
 * sorted, and is retried only once there are twice as many. After a successful one the next does not need to
 * estimate first. */
static Status compact(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  uint32_t n = keys->n;
  bool repeated = keys->compact_at == 0;
  Status status = repeated ? MLM_OK : seem_repeated(keys, &repeated, host);
  if (!status && repeated) status = mlm_sort_keys(keys->at, n, host);
  if (!status && repeated) {
    if (scores->overflow) keys->n = (uint32_t)mlm_entries_count_known(scores->overflow, label, keys->at, n);
    if (mlm_count_distinct(keys->at, keys->n) <= n / 3) status = count_keys(scores, label, host);
  }
  keys->compact_at = keys->n <= n / 2 ? 0 : 2 * n;
  keys->sorted = 0;
  return status;
}

/* Only once there are as many keys as entries, so that merging the two costs O(1) a key; and never for a few
 * keys, which a loaded set may have, and of which no sample can be taken. */
static Status compact_if_due(Scores *scores, int label, const Host *host) {
  const Keys *keys = &scores->keys[label];
  bool due = keys->n >= COMPACT_KEYS && keys->n >= keys->compact_at
             && (!scores->overflow || keys->n >= scores->overflow->sorted[label].n);
  return due ? compact(scores, label, host) : MLM_OK;
}

/* Makes room for one more key. */
static Status more_room(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  Status status = MLM_OK;
  if (!keys->at)
    mlm_scores_start(scores, label);
  else
    status = compact_if_due(scores, label, host);
  if (!status && keys->n == keys->room) status = grow(scores, label, host);
  keys->append_limit = keys->room;
  return status;
}

Status mlm_scores_make_room(Scores *scores, int label, uint64_t more, const Host *host) {
  Keys *keys = &scores->keys[label];
  Status status = compact_if_due(scores, label, host);
  if (!status && keys->n + more > keys->room) status = resize(scores, label, keys->n + more, host);
  keys->append_limit = keys->room;
  return status;
}

Status mlm_scores_append(Scores *scores, int label, const uint64_t *key, uint64_t n, const Host *host) {
  Keys *keys = &scores->keys[label];
  while (n > 0) {
    if (keys->n == keys->append_limit) {
      Status status = more_room(scores, label, host);
      if (status) return status;
    }
    uint64_t fits = keys->append_limit - keys->n < n ? keys->append_limit - keys->n : n;
    memcpy(keys->at + keys->n, key, fits * sizeof *key);
    keys->n += (uint32_t)fits;
    key += fits;
    n -= fits;
  }
  return MLM_OK;
}

Status mlm_scores_put(Scores *scores, uint64_t key, int label, double weight, int64_t count,
                      const Host *host) {
  if (count > MLM_MOST_ROWS - mlm_scores_rows(scores)) return MLM_OVERFLOW;
  if (weight == 1 && scores->tree) return mlm_tree_add(scores->tree, key, label, count, host);
  if (weight == 1 && count <= 2)
    return mlm_scores_append(scores, label, (uint64_t[2]){key, key}, (uint64_t)count, host);
  return mlm_entries_put(&scores->overflow, label, &(Entry){key, weight, count}, host);
}

Status mlm_scores_sort_keys(Scores *scores, int label, const Host *host) {
  Keys *keys = &scores->keys[label];
  Status status = keys->sorted < keys->n ? mlm_sort_keys(keys->at, keys->n, host) : MLM_OK;
  if (!status) keys->sorted = keys->n;
  return status;
}

void mlm_scores_drop_keys(Scores *scores, const Host *host) {
  for (int label = 0; label < 2; label++) {
    if (scores->keys[label].at != scores->first[label]) host->free(scores->keys[label].at);
    scores->keys[label] = (Keys){0};
    while (scores->overflow && scores->overflow->full_n[label] > 0)
      host->free(scores->overflow->full[label][--scores->overflow->full_n[label]]);
  }
}
