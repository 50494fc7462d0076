/* The scores of a key: few rows in a block without a state around them; of many rows, the latest ones. */
#include "state/keyed_few.h"

#include <string.h>

#include "state/scores_keys.h"
#include "state/scores_visit.h"

/* The next larger room: odd, because allocators often give an odd number of words without loss. It grows by
 * an eighth, and from 32 on, where an entry takes less than its rows, by a quarter. */
static uint64_t next_room(uint64_t room) {
  uint64_t next = room == 0 ? 3 : (room + room / (room < 32 ? 8 : 4) + 1) | 1;
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

/* Adds the rows of the block to a set, in which a window may slide. */
static Status add_block(Scores *scores, const KeyedEntry *entry, const Host *host) {
  Status status = MLM_OK;
  for (int label = 0; label < 2; label++) {
    const uint64_t *key = mlm_few_keys(entry, label);
    uint32_t n = entry->few[label];
    if (!scores->tree && !scores->sealed) {
      if (!status) status = mlm_scores_append(scores, label, key, n, host);
      continue;
    }
    for (uint32_t i = 0; i < n && !status; i++) {
      const Row row = {.pred = mlm_decode_score(key[i]), .target = label, .weight = 1};
      status = mlm_scores_state.add(scores, &row, 1, host);
    }
  }
  return status;
}

/* Makes the set, with the rows of the block in it. */
static Status make_set(KeyedEntry *entry, const Host *host) {
  Scores *scores = mlm_new_zeroed(host, sizeof *scores + MLM_STAGED * sizeof(uint64_t));
  if (!scores) return MLM_NOMEM;
  Status status = add_block(scores, entry, host);
  if (status) {
    mlm_scores_state.clear(scores, host);
    host->free(scores);
    return status;
  }
  host->free(entry->state);
  entry->state = scores + 1;
  entry->type |= MLM_HAS_SET;
  entry->room = MLM_STAGED;
  return MLM_OK;
}

Status mlm_few_move(KeyedEntry *entry, const Host *host) {
  Status status = mlm_has_set(entry) ? add_block(mlm_entry_set(entry), entry, host) : make_set(entry, host);
  if (!status) entry->few[0] = entry->few[1] = 0;
  return status;
}

Status mlm_few_put(KeyedEntry *entry, uint64_t key, int label, const Host *host) {
  if (mlm_few_add(entry, key, label)) return MLM_OK;
  bool grows = !mlm_has_set(entry) && entry->room < MLM_MOST_FEW;
  Status status = (grows ? grow : mlm_few_move)(entry, host);
  if (!status) mlm_few_add(entry, key, label);
  return status;
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
  Status status = mlm_has_set(entry) ? mlm_few_move(entry, host) : MLM_OK;
  if (mlm_has_set(entry)) return status ? status : mlm_scores_state.seal(mlm_entry_set(entry), host);
  for (int label = 0; label < 2 && !status; label++)
    status = mlm_sort_keys(mlm_few_keys(entry, label), entry->few[label], host);
  return status;
}

const Scores *mlm_few_view(const KeyedEntry *entry, Scores *view) {
  if (mlm_has_set(entry)) return mlm_entry_set(entry);
  memset(view, 0, offsetof(Scores, first)); /* no key is inside */
  for (int label = 0; label < 2; label++) {
    uint32_t n = entry->few[label];
    view->keys[label] =
        (Keys){.at = mlm_few_keys(entry, label), .n = n, .append_limit = n, .room = n, .sorted = n};
  }
  view->sealed = true;
  view->polling = &view->poll;
  return view;
}

bool mlm_few_empty(const KeyedEntry *entry) {
  if (entry->few[0] + entry->few[1] > 0) return false;
  /* unreachable: no set, for the first row comes with the room for it */
  return !mlm_has_set(entry) || mlm_scores_state.empty(mlm_entry_set(entry));
}

void mlm_few_clear(KeyedEntry *entry, const Host *host) {
  if (mlm_has_set(entry)) mlm_scores_state.clear(mlm_entry_set(entry), host);
  host->free(mlm_has_set(entry) ? (void *)mlm_entry_set(entry) : entry->state);
}
