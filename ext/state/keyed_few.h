/* The scores of a key that has few rows: keys of 8 bytes in one block, without a state around them.
 *
 * The block has room for entry->room keys: those of label 0 from its beginning, those of label 1 up to its
 * end. Only rows of weight 1 are kept so. An entry without room and without a state has no rows.
 */
#ifndef MLM_KEYED_FEW_H
#define MLM_KEYED_FEW_H

#include "base/hash_table.h"
#include "state/keyed.h"
#include "state/scores_layout.h"

/* A key of more rows has a state. */
enum { MLM_MOST_FEW = 255 };

static inline bool mlm_is_few(const KeyedEntry *entry) { return entry->room > 0 || !entry->state; }

/* The keys of a label. */
static inline uint64_t *mlm_few_keys(const KeyedEntry *entry, int label) {
  return (uint64_t *)entry->state + (label ? entry->room - entry->few[1] : 0);
}

/* False: there is no room, and nothing was done. */
static inline bool mlm_few_add(KeyedEntry *entry, uint64_t key, int label) {
  uint64_t *at = entry->state;
  if (entry->few[0] + entry->few[1] >= entry->room) return false;
  uint8_t n = entry->few[label]++;
  at[label ? entry->room - 1 - n : n] = key;
  return true;
}

static inline uint32_t mlm_hash_integer(const Keyed *keyed, int64_t key) {
  return (uint32_t)mlm_hash_mix(keyed->seed, (uint64_t)key);
}

/* The entry of an INTEGER key, of a state that has keys; NULL: there is none. */
static inline KeyedEntry *mlm_keyed_find_integer(const Keyed *keyed, int64_t key) {
  const uint32_t *table = keyed->table, mask = keyed->mask, hash = mlm_hash_integer(keyed, key);
  for (uint32_t place = hash & mask; table[place] != 0; place = (place + 1) & mask) {
    KeyedEntry *entry = &keyed->entry[table[place] - 1];
    if (entry->hash == hash && entry->key.integer == key && entry->type == CLASS_INTEGER) return entry;
  }
  return NULL;
}

/* The entry of a key; NULL: there is none. */
KeyedEntry *mlm_keyed_find(const Keyed *keyed, const Class *key);

/* Adds a row of weight 1 to an entry of scores. False: there is no room, and nothing was done. */
static inline bool mlm_keyed_add_plain(KeyedEntry *entry, double score, int label) {
  return mlm_is_few(entry) ? mlm_few_add(entry, mlm_encode_score(score), label)
                           : mlm_scores_add_plain(entry->state, score, label);
}

/* Adds a row of weight 1 to an entry of few scores, which may get a state instead. */
Status mlm_few_put(KeyedEntry *entry, uint64_t key, int label, const Host *host);
/* Makes a state of few scores. */
Status mlm_few_open(KeyedEntry *entry, const Host *host);
/* Whether a sealed set is no more than few scores. */
bool mlm_are_few(const Scores *scores);
/* Copies these to an entry that has no rows. */
Status mlm_few_copy(KeyedEntry *entry, const Scores *scores, const Host *host);
Status mlm_few_seal(KeyedEntry *entry, const Host *host);
/* A sealed set in `view` that reads few sealed scores. */
const Scores *mlm_few_view(const KeyedEntry *entry, Scores *view);

#endif
