/* The scores of a key: few rows in a block without a state around them; of many rows, the latest ones.
 *
 * The block has room for entry->room keys of 8 bytes: those of label 0 from its beginning, those of label 1
 * up to its end. Only rows of weight 1 are in it. With many keys, a row touches this block only; the keys of
 * score sets are far apart in memory, where each row would miss the caches and the TLB.
 *
 * A key of many rows has a score set, followed by the block in the same allocation. An entry without room has
 * no rows.
 */
#ifndef MLM_KEYED_FEW_H
#define MLM_KEYED_FEW_H

#include "base/hash_table.h"
#include "state/keyed.h"
#include "state/scores_layout.h"

enum {
  MLM_MOST_FEW = 255, /* rows without a score set */
  MLM_STAGED = 24     /* room beside one */
};

static inline ClassType mlm_entry_type(const KeyedEntry *entry) {
  return (ClassType)(entry->type & (MLM_HAS_SET - 1));
}
static inline bool mlm_has_set(const KeyedEntry *entry) { return entry->type & MLM_HAS_SET; }
/* The score set of an entry that has one. */
static inline Scores *mlm_entry_set(const KeyedEntry *entry) { return (Scores *)entry->state - 1; }

/* The keys of a label in the block. */
static inline uint64_t *mlm_few_keys(const KeyedEntry *entry, int label) {
  uint64_t *at = entry->state; /* NULL without room */
  return label && entry->room > 0 ? at + (entry->room - entry->few[1]) : at;
}

/* Adds a row of weight 1. False: there is no room, and nothing was done. */
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
    /* unreachable: equal bits of another type, whose 32-bit hash is equal once in 2^32; the seed is an
     * address */
    if (entry->hash == hash && entry->key.integer == key && mlm_entry_type(entry) == CLASS_INTEGER)
      return entry;
  }
  return NULL;
}

/* The entry of any other key, of a state that has keys; NULL: there is none. */
KeyedEntry *mlm_keyed_find(const Keyed *keyed, const Class *key);

/* Adds a row of weight 1, making room if need be. */
Status mlm_few_put(KeyedEntry *entry, uint64_t key, int label, const Host *host);
/* Moves all rows to the score set, which is made if need be. */
Status mlm_few_move(KeyedEntry *entry, const Host *host);
/* Whether a sealed set is no more than few scores. */
bool mlm_are_few(const Scores *scores);
/* Copies these to an entry that has no rows. */
Status mlm_few_copy(KeyedEntry *entry, const Scores *scores, const Host *host);
Status mlm_few_seal(KeyedEntry *entry, const Host *host);
/* The sealed set, or one made up in `view` that reads few sealed scores. */
const Scores *mlm_few_view(const KeyedEntry *entry, Scores *view);
/* Whether there is no row. */
bool mlm_few_empty(const KeyedEntry *entry);
void mlm_few_clear(KeyedEntry *entry, const Host *host);

#endif
