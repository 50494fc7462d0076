/* States by key: what GROUP BY would make of a column of keys, in one state. A key is any SQL value, NULL
 * included.
 *
 * A row with a saved state merges it into that of its key; any other row is added to it. Keys compare as
 * GROUP BY compares them: 7 and 7.0 are one key, 7 and '7' are two.
 */
#ifndef MLM_KEYED_H
#define MLM_KEYED_H

#include "state/state.h"

enum { MLM_HAS_SET = 8 }; /* more than any ClassType: the entry has a score set */

/* A key and what it has. Small, since there may be millions. */
typedef struct KeyedEntry {
  union {
    int64_t integer;
    double real;
    uint8_t *bytes; /* of TEXT and BLOB, owned; their length, a size_t, precedes them */
  } key;
  void *state;          /* of the inner type, in memory of its own; of scores see state/keyed_few.h */
  uint32_t hash;        /* of the key */
  uint8_t type;         /* of the key, a ClassType; plus MLM_HAS_SET */
  uint8_t few[2], room; /* of scores */
} KeyedEntry;

/* The members are for keyed*.c; others read by the functions below. */
struct Keyed {
  KeyedEntry *entry;
  uint32_t n, room;
  uint32_t *table; /* hash table of entries plus 1; 0: empty */
  uint32_t mask;   /* its length less 1 */
  uint32_t *order; /* entries with rows, by key; made by seal() */
  uint32_t ordered;
  uint64_t seed;    /* of the hashes, so that colliding keys cannot be prepared; no result depends on it */
  int64_t left_out; /* rows left out because of a NULL, whatever their key */
};

/* The kinds: score sets, class sets, sets of predictions and targets, points of a trend. */
extern const StateType mlm_keyed_scores_state, mlm_keyed_classes_state, mlm_keyed_preds_state,
    mlm_keyed_points_state;

/* What a keyed type keeps for each key, and the name under which a single one is saved; NULL: the type is not
 * keyed. */
const StateType *mlm_keyed_inner(const StateType *type);
const char *mlm_keyed_inner_name(const StateType *type);

/* Keys that have rows, of a sealed state. */
static inline uint32_t mlm_keyed_count(const Keyed *keyed) { return keyed->ordered; }
/* The entry of rank i, in order of the keys: NULL, numbers, texts, BLOBs. */
static inline const KeyedEntry *mlm_keyed_at(const Keyed *keyed, uint32_t i) {
  return &keyed->entry[keyed->order[i]];
}
/* Its key; the bytes are the entry's. */
Class mlm_keyed_key(const KeyedEntry *entry);
/* Its state. A set of few scores is built in `view`, memory of the inner type's size, and valid until the
 * entry changes; other states need no view. */
const void *mlm_keyed_state(const KeyedEntry *entry, void *view);
/* Rows left out, except those that merged single states had left out. */
static inline int64_t mlm_keyed_left_out(const Keyed *keyed) { return keyed->left_out; }

#endif
