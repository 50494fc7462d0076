/* The multiset of scores as its own files see it (scores.c, scores_walk.c, scores_save.c). */
#ifndef MLM_SCORES_INSIDE_H
#define MLM_SCORES_INSIDE_H

#include "math/sort.h"
#include "state/exact_sum.h"
#include "state/scores.h"
#include "state/window_tree.h"

/* Keys in one allocation; SQLite refuses more than 2 GiB. Tests make it small. */
#ifndef MLM_CHUNK_KEYS
#define MLM_CHUNK_KEYS ((uint64_t)1 << 27)
#endif

/* Keys looked at to see whether scores repeat; a buffer of four times as many is worth the look. */
#ifndef MLM_SAMPLE_KEYS
#define MLM_SAMPLE_KEYS 4096
#endif

enum { INLINE_KEYS = 8, MOST_CHUNKS = MLM_MOST_RUNS - 1 };

/* Rows of weight 1 of one class, a key each, in order of arrival until sealed. */
typedef struct Keys {
  uint64_t *at;     /* the chunk being filled; NULL: first */
  uint64_t n, room; /* of that chunk; room 0 stands for the inline keys */
  uint64_t **full;  /* MOST_CHUNKS places, each used one filled with MLM_CHUNK_KEYS keys; NULL until needed */
  uint32_t full_n;
  uint64_t look_at; /* size at which to look for repetition again */
  uint64_t first[INLINE_KEYS];
} Keys;

/* Rows that are alike: a score, a label and a weight, counted. */
typedef struct Entry {
  uint64_t key;
  double weight;
  int64_t count;
  int64_t label;
} Entry;

/* Rows of other weights than 1, and repeated rows: [0, sorted) sorted and merged, the rest as it came. */
typedef struct Entries {
  Entry *at;
  uint64_t n, sorted, room;
} Entries;

struct Scores {
  Keys keys[2];
  Entries entries;
  WindowTree *tree; /* once rows have left: all rows of whole weight are in here, entries holds the others */
  int64_t counted[2]; /* rows of whole weight in entries, each weight times */
  int64_t fractions;  /* rows of other weights */
  int64_t left_out;
  bool sealed;
};

static inline uint64_t *mlm_keys_at(const Keys *keys) {
  return keys->at ? keys->at : (uint64_t *)(uintptr_t)keys->first;
}
static inline uint64_t mlm_keys_count(const Keys *keys) { return keys->full_n * MLM_CHUNK_KEYS + keys->n; }

/* The totals of whole weights alone: neg and pos. */
ScoreTotals mlm_scores_counts(const Scores *scores);

void mlm_scores_save(const void *state, Writer *out);
Status mlm_scores_load(void *state, Reader *in, const Host *host);

/* Adds count rows of weight 1 at key. */
Status mlm_scores_put(Scores *scores, uint64_t key, int label, int64_t count, const Host *host);
Status mlm_entries_put(Scores *scores, const Entry *entry, const Host *host);
/* Sorts and merges the entries. */
Status mlm_entries_sort(Entries *entries, const Host *host);

#endif
