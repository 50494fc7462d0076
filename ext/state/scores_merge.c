/* Moving the keys of one score set to another. */
#include "state/scores_merge.h"

#include <string.h>

#include "state/scores_keys.h"

/* Sorted keys are merged if they are at least 1/MERGED of the keys that they are merged with, so that merging
 * many sets one by one costs O(1) a key; others are appended, and sorted in the end. */
enum { MERGED = 4 };

static bool is_single(const Scores *scores, int label) { return mlm_chunks(scores, label) == 1; }

/* Hands over the memory of the keys. */
static void hand_over(Scores *into, Scores *from, int label, const Host *host) {
  Keys *keys = &into->keys[label];
  /* unreachable: memory inside the set, which holds keys from the first one on */
  if (keys->at != into->first[label]) host->free(keys->at);
  *keys = from->keys[label];
  keys->append_limit = keys->room;
  from->keys[label] = (Keys){0};
}

/* Merges b[0..n) into a[0..m) from the end, where a has room for both. */
static Status merge(uint64_t *a, uint64_t m, const uint64_t *b, uint64_t n, const Host *host) {
  while (m > 0 && n > 0) {
    uint64_t all = m + n, poll = all > POLL_ROWS ? all - POLL_ROWS : 0;
    while (m > 0 && n > 0 && all > poll) { /* without a branch on keys: which is higher is hard to predict */
      uint64_t x = a[m - 1], y = b[n - 1], higher = x > y;
      a[--all] = higher ? x : y;
      m -= higher;
      n -= higher ^ 1;
    }
    if (mlm_interrupted(host)) return MLM_INTERRUPTED;
  }
  memcpy(a, b, n * sizeof *a);
  return MLM_OK;
}

static bool is_worth_merging(const Scores *into, const Scores *from, int label) {
  uint64_t n = from->keys[label].n, all = into->keys[label].n + n;
  return from->sealed && is_single(into, label) && is_single(from, label) && all <= MLM_CHUNK_KEYS
         && n > INLINE_KEYS && n >= into->keys[label].n / MERGED;
}

static Status merge_keys(Scores *into, const Scores *from, int label, const Host *host) {
  Keys *keys = &into->keys[label];
  const Keys *more = &from->keys[label];
  Status status = mlm_scores_sort_keys(into, label, host);
  if (!status) status = mlm_scores_make_room(into, label, more->n, host);
  if (status) return status;
  status = merge(keys->at, keys->n, more->at, more->n, host);
  if (status) return status;
  keys->n += more->n;
  keys->sorted = keys->n;
  return MLM_OK;
}

static Status append_keys(Scores *into, const Scores *from, int label, const Host *host) {
  Status status = MLM_OK;
  for (uint32_t c = 0; c < mlm_chunks(from, label) && !status; c++) {
    Chunk chunk = mlm_chunk(from, label, c);
    status = mlm_scores_append(into, label, chunk.at, chunk.n, host);
  }
  return status;
}

static Status move_class(Scores *into, Scores *from, int label, const Host *host) {
  bool none = into->keys[label].n == 0 && is_single(from, label);
  if (none && from->keys[label].at != from->first[label]) {
    hand_over(into, from, label, host);
    return MLM_OK;
  }
  return (is_worth_merging(into, from, label) ? merge_keys : append_keys)(into, from, label, host);
}

Status mlm_scores_move_keys(Scores *into, Scores *from, const Host *host) {
  Status status = MLM_OK;
  for (int label = 0; label < 2 && !status; label++) status = move_class(into, from, label, host);
  if (!status) mlm_scores_drop_keys(from, host);
  return status;
}
