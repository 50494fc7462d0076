/* Visiting all rows of a sealed score set. */
#include "state/scores_visit.h"

#include "state/scores_layout.h"

static Status poll(const Scores *scores) { return mlm_scores_interrupted(scores) ? MLM_INTERRUPTED : MLM_OK; }

static Status visit_keys(const Scores *scores, Chunk chunk, int label, ScoreVisit visit, void *context) {
  Status status = MLM_OK;
  for (uint64_t i = 0, j; i < chunk.n && !status; i = j) {
    for (j = i + 1; j < chunk.n && chunk.at[j] == chunk.at[i]; j++) {}
    status = visit(context, mlm_decode_score(chunk.at[i]), label, 1, (int64_t)(j - i));
    if (!status && (i ^ j) >= POLL_ROWS) status = poll(scores);
  }
  return status;
}

static Status visit_entries(const Scores *scores, int label, ScoreVisit visit, void *context) {
  const Entries *entries = &scores->overflow->sorted[label];
  Status status = MLM_OK;
  for (uint64_t i = 0; i < entries->n && !status; i++) {
    const Entry *entry = mlm_entry_at(entries, i);
    status = visit(context, mlm_decode_score(entry->key), label, entry->weight, entry->count);
    if (!status && (i + 1) % POLL_ROWS == 0) status = poll(scores);
  }
  return status;
}

static Status visit_tree(const Scores *scores, ScoreVisit visit, void *context) {
  Status status = MLM_OK;
  TreeCursor cursor;
  mlm_tree_first(scores->tree, &cursor, true);
  for (uint64_t i = 1; !status && mlm_tree_next(&cursor); i++) {
    for (int label = 0; label < 2 && !status; label++)
      if (cursor.count[label] > 0)
        status = visit(context, mlm_decode_score(cursor.key), label, 1, cursor.count[label]);
    if (!status && i % POLL_ROWS == 0) status = poll(scores);
  }
  return status;
}

static Status visit_blocks(const Scores *scores, Chunk chunk, int label, KeysVisit block, void *context) {
  Status status = MLM_OK;
  for (uint64_t i = 0; i < chunk.n && !status; i += POLL_ROWS) {
    uint64_t n = chunk.n - i < POLL_ROWS ? chunk.n - i : POLL_ROWS;
    status = i > 0 ? poll(scores) : MLM_OK;
    if (!status) status = block(context, chunk.at + i, n, label);
  }
  return status;
}

Status mlm_scores_visit_blocks(const Scores *scores, KeysVisit block, ScoreVisit visit, void *context) {
  Status status = MLM_OK;
  for (int label = 0; label < 2; label++) {
    for (uint32_t c = 0; c < mlm_chunks(scores, label) && !status; c++) {
      Chunk chunk = mlm_chunk(scores, label, c);
      status = block ? visit_blocks(scores, chunk, label, block, context)
                     : visit_keys(scores, chunk, label, visit, context);
    }
    if (scores->overflow && !status) status = visit_entries(scores, label, visit, context);
  }
  return status || !scores->tree ? status : visit_tree(scores, visit, context);
}

Status mlm_scores_visit(const Scores *scores, ScoreVisit visit, void *context) {
  return mlm_scores_visit_blocks(scores, NULL, visit, context);
}
