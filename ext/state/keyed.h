/* States by key: what GROUP BY would make of a column of keys, in one state. A key is any SQL value, NULL
 * included.
 *
 * A row with a saved state merges it into that of its key; any other row is added to it. Keys compare as
 * GROUP BY compares them: 7 and 7.0 are one key, 7 and '7' are two.
 */
#ifndef MLM_KEYED_H
#define MLM_KEYED_H

#include "state/state.h"

typedef struct KeyedEntry {
  Class key; /* its bytes are owned */
  uint64_t hash;
  void *state; /* of the inner type, in memory of its own, since some kinds must not move */
} KeyedEntry;

/* The members are for keyed*.c; others read by the functions below. */
struct Keyed {
  KeyedEntry *entry;
  uint32_t n, room;
  uint32_t *table; /* hash table of entries plus 1; 0: empty */
  uint32_t mask;   /* its length less 1 */
  uint32_t *order; /* entries with rows, by key; made by seal() */
  uint32_t ordered;
  int64_t left_out; /* rows left out because of a NULL, whatever their key */
};

/* The kinds: score sets, class sets, sets of predictions and targets, points of a trend. */
extern const StateType mlm_keyed_scores_state, mlm_keyed_classes_state, mlm_keyed_preds_state,
    mlm_keyed_points_state;

/* What a keyed type keeps for each key, and the name under which a single one is saved; NULL: the type is not
 * keyed. */
const StateType *mlm_keyed_inner(const StateType *type);
const char *mlm_keyed_inner_name(const StateType *type);

/* The state of a key that was seen before, to add rows to; NULL: the key is new. */
void *mlm_keyed_find(const Keyed *keyed, const Class *key);

/* Keys that have rows, of a sealed state. */
static inline uint32_t mlm_keyed_count(const Keyed *keyed) { return keyed->ordered; }
/* The entry of rank i, in order of the keys: NULL, numbers, texts, BLOBs. */
static inline const KeyedEntry *mlm_keyed_at(const Keyed *keyed, uint32_t i) {
  return &keyed->entry[keyed->order[i]];
}
/* Rows left out, except those that merged single states had left out. */
static inline int64_t mlm_keyed_left_out(const Keyed *keyed) { return keyed->left_out; }

#endif
