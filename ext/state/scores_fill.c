/* Filling a score set from counts. */
#include "state/scores_fill.h"

#include "state/scores_keys.h"

/* Rows of a label that are added as keys, all in one block: at most this many for each score, on average. A
 * walk over keys alone is faster than one that also reads entries. */
enum { KEYS_A_SCORE = 4 };

static uint64_t rows_of(const uint32_t *count, int label, uint64_t n) {
  uint64_t rows = 0;
  for (uint64_t i = 0; i < n; i++) rows += count[2 * i + (uint64_t)label];
  return rows;
}

static void put_keys(uint64_t *at, int label, const double *score, const uint32_t *count, uint64_t n) {
  for (uint64_t i = 0; i < n; i++) {
    const uint64_t key = mlm_encode_score(score[i]);
    for (uint32_t k = count[2 * i + (uint64_t)label]; k > 0; k--) *at++ = key;
  }
}

static Status fill_with_keys(Scores *scores, int label, uint64_t rows, const double *score,
                             const uint32_t *count, uint64_t n, const Host *host) {
  if (rows == 0) return MLM_OK;
  uint64_t *at = host->realloc(NULL, rows * sizeof *at);
  if (!at) return MLM_NOMEM;
  put_keys(at, label, score, count, n);
  const uint32_t all = (uint32_t)rows;
  scores->keys[label] =
      (Keys){.at = at, .n = all, .append_limit = all, .room = all, .compact_at = all, .sorted = all};
  return MLM_OK;
}

static Status fill_with_entries(Scores *scores, int label, const double *score, const uint32_t *count,
                                uint64_t n, const Host *host) {
  Status status = MLM_OK;
  for (uint64_t i = 0; i < n && !status; i++) {
    const uint32_t rows = count[2 * i + (uint64_t)label];
    if (rows > 0) status = mlm_scores_put(scores, mlm_encode_score(score[i]), label, 1, rows, host);
    if (i % POLL_ROWS == POLL_ROWS - 1 && mlm_interrupted(host)) return MLM_INTERRUPTED;
  }
  return status;
}

Status mlm_scores_fill(Scores *scores, const double *score, const uint32_t *count, uint64_t n,
                       const Host *host) {
  Status status = MLM_OK;
  for (int label = 0; label < 2 && !status; label++) {
    const uint64_t rows = rows_of(count, label, n);
    status = rows <= KEYS_A_SCORE * n && rows <= MLM_CHUNK_KEYS
                 ? fill_with_keys(scores, label, rows, score, count, n, host)
                 : fill_with_entries(scores, label, score, count, n, host);
  }
  return status;
}
