/* The scores of a key that has few rows: keys of 8 bytes in one block, without a state around them. */
#include "state/keyed_few.h"

#include <string.h>

#include "state/scores_keys.h"
#include "state/scores_visit.h"

/* The next larger room: odd, because allocators often give an odd number of words without loss. */
static uint64_t next_room(uint64_t room) {
  uint64_t next = room == 0 ? 3 : (room + room / 8 + 1) | 1;
  return next < MLM_MOST_FEW ? next : MLM_MOST_FEW;
}

static Status grow(KeyedEntry *entry, const Host *host) {
  uint64_t room = next_room(entry->room), pos = entry->few[1];
  uint64_t *at = host->realloc(entry->state, room * sizeof *at);
  if (!at) return MLM_NOMEM;
  memmove(at + room - pos, at + entry->room - pos, pos * sizeof *at);
  entry->state = at;
  entry->room = (uint8_t)room;
  return MLM_OK;
}

Status mlm_few_open(KeyedEntry *entry, const Host *host) {
  Scores *scores = mlm_new_zeroed(host, sizeof *scores);
  Status status = scores ? MLM_OK : MLM_NOMEM;
  for (int label = 0; label < 2 && !status; label++)
    status = mlm_scores_append(scores, label, mlm_few_keys(entry, label), entry->few[label], host);
  if (status) {
    if (scores) mlm_scores_state.clear(scores, host);
    host->free(scores);
    return status;
  }
  host->free(entry->state);
  entry->state = scores;
  entry->room = entry->few[0] = entry->few[1] = 0;
  return MLM_OK;
}

Status mlm_few_put(KeyedEntry *entry, uint64_t key, int label, const Host *host) {
  if (mlm_few_add(entry, key, label)) return MLM_OK;
  Status status = (entry->room < MLM_MOST_FEW ? grow : mlm_few_open)(entry, host);
  if (status) return status;
  return mlm_is_few(entry) ? (mlm_few_add(entry, key, label), MLM_OK)
                           : mlm_scores_append(entry->state, label, &key, 1, host);
}

bool mlm_are_few(const Scores *scores) {
  int64_t rows = mlm_scores_rows(scores);
  return rows > 0 && rows <= MLM_MOST_FEW && mlm_scores_integral(scores) && scores->left_out == 0;
}

static Status copy_rows(void *entry, double score, int label, double weight, int64_t count) {
  while (count-- > 0) mlm_few_add(entry, mlm_encode_score(score), label);
  return MLM_OK;
}

Status mlm_few_copy(KeyedEntry *entry, const Scores *scores, const Host *host) {
  uint64_t rows = (uint64_t)mlm_scores_rows(scores);
  entry->state = host->realloc(NULL, rows * sizeof(uint64_t));
  if (!entry->state) return MLM_NOMEM;
  entry->room = (uint8_t)rows;
  return mlm_scores_visit(scores, copy_rows, entry);
}

Status mlm_few_seal(KeyedEntry *entry, const Host *host) {
  Status status = MLM_OK;
  for (int label = 0; label < 2 && !status; label++)
    status = mlm_sort_keys(mlm_few_keys(entry, label), entry->few[label], host);
  return status;
}

const Scores *mlm_few_view(const KeyedEntry *entry, Scores *view) {
  memset(view, 0, offsetof(Scores, first)); /* no key is inside */
  for (int label = 0; label < 2; label++) {
    uint32_t n = entry->few[label];
    view->keys[label] = (Keys){.at = mlm_few_keys(entry, label), .n = n, .append_limit = n, .room = n};
  }
  view->sealed = true;
  view->polling = &view->poll;
  return view;
}
