/* The multiset of scores as its own files see it (scores.c, scores_entries.c, scores_walk.c, scores_best.c,
 * scores_save.c). */
#ifndef MLM_SCORES_INTERNAL_H
#define MLM_SCORES_INTERNAL_H

#include "base/sort.h"
#include "state/exact_sum.h"
#include "state/scores.h"
#include "state/score_tree.h"

/* Keys in one allocation; SQLite refuses more than 2 GiB. Tests make it small. */
#ifndef MLM_CHUNK_KEYS
#define MLM_CHUNK_KEYS (1 << 27)
#endif

/* Entries in one allocation; the least number of keys worth a look whether scores repeat. */
_Static_assert(MLM_CHUNK_KEYS >= 256 && MLM_CHUNK_KEYS <= 1 << 27, "a chunk is a block of keys");
enum {
  PAGE_ENTRIES = MLM_CHUNK_KEYS < 1 << 16 ? MLM_CHUNK_KEYS / 16 : 1 << 12,
  LOOK_KEYS = MLM_CHUNK_KEYS < 1 << 15 ? MLM_CHUNK_KEYS / 4 : 1 << 13
};

enum { INLINE_KEYS = 10, MOST_CHUNKS = MLM_MOST_RUNS - 1 };

/* Rows of weight 1 of one class, a key each, in order of arrival until sealed. */
typedef struct Keys {
  uint64_t *at;     /* NULL until the first key; then `first` of the set, or a block */
  uint32_t n, open; /* keys in; how many there may be before add() has to look further, at most room */
  uint32_t room;
  uint32_t look_at; /* size at which to look for repetition again */
} Keys;

/* Rows of one class that are alike: a score and a weight, counted (below 0: taken back). Whole weights count
 * as that many rows of weight 1. */
typedef struct Entry {
  uint64_t key;
  double weight;
  int64_t count;
} Entry;

/* A list in pages, so that no allocation is large and growing copies nothing. */
typedef struct Entries {
  Entry **page;
  uint64_t n, room;
  uint64_t pages; /* places in page */
} Entries;

static inline Entry *mlm_entry_at(const Entries *list, uint64_t i) {
  return &list->page[i / PAGE_ENTRIES][i % PAGE_ENTRIES];
}

/* What most sets do without. */
typedef struct ScoresOverflow {
  uint64_t **full[2]; /* MOST_CHUNKS places, each used one with MLM_CHUNK_KEYS keys; NULL until needed */
  uint32_t full_n[2];
  Entries sorted[2]; /* by key, then weight; no two alike, all counts above 0 */
  Entries fresh[2];  /* as they came since */
  int64_t whole[2];  /* rows of weight 1 in both lists */
  int64_t others[2]; /* rows of other weights, and their sum */
  ExactSum weight[2];
} ScoresOverflow;

/* Long walks, which cannot fail, look at every so many rows whether the host wants the work ended, and end
 * there; cut tells whoever asked. */
enum { LOOK_ROWS = MLM_CHUNK_KEYS < 1 << 16 ? 32 : 1 << 16 };
typedef struct InterruptPoll {
  bool (*interrupted)(void *context); /* of the host that sealed or merged it last */
  void *context;
  bool cut;
} InterruptPoll;

/* Must stay where it is while it holds rows: keys points into it. */
struct Scores {
  Keys keys[2];
  ScoresOverflow *overflow;
  ScoreTree *tree; /* once rows have left: all rows of whole weight are in here, entries are the others */
  int64_t left_out;
  bool sealed;
  InterruptPoll poll, *polling; /* watch, once sealed or merged: also a walk that only reads may find out */
  uint64_t first[2][INLINE_KEYS];
};

/* Chunk i of a class, i < mlm_chunks(); the last one is the one being filled. */
typedef struct Chunk {
  const uint64_t *at;
  uint64_t n;
} Chunk;
static inline uint32_t mlm_chunks(const Scores *scores, int label) {
  return (scores->overflow ? scores->overflow->full_n[label] : 0) + 1;
}
static inline Chunk mlm_chunk(const Scores *scores, int label, uint32_t i) {
  const Keys *keys = &scores->keys[label];
  return i + 1 < mlm_chunks(scores, label) ? (Chunk){scores->overflow->full[label][i], MLM_CHUNK_KEYS}
                                           : (Chunk){keys->at, keys->n};
}

/* Looks whether the work is to end. */
bool mlm_scores_interrupted(const Scores *scores);

/* Rows of whole weight of a class. */
int64_t mlm_scores_integral_rows(const Scores *scores, int label);
/* Whether all weights are whole. */
static inline bool mlm_scores_integral(const Scores *scores) {
  return !scores->overflow || (scores->overflow->others[0] | scores->overflow->others[1]) == 0;
}
/* Adds weight·count; sign as in mlm_sum_add. */
void mlm_sum_add_entry(ExactSum *sum, const Entry *entry);

/* A walk up over the scores of one class, its rows of whole weight alone; a tree also has the other class,
 * and where no row is, a step counts none. */
void mlm_walk_class(ScoreWalk *walk, const Scores *scores, int label);

/* Adds a row of weight 1 (label 0 or 1) where there is room for its key; false: there is none, and nothing
 * was done. */
static inline bool mlm_scores_add_plain(Scores *scores, double score, int label) {
  Keys *keys = &scores->keys[label];
  if (keys->n >= keys->open) return false;
  keys->at[keys->n++] = mlm_encode_score(score);
  return true;
}

void mlm_scores_save(const void *state, Writer *out);
Status mlm_scores_load(void *state, Reader *in, const Host *host);

/* Adds count > 0 rows at key; weight is 1 or not whole. */
Status mlm_scores_put(Scores *scores, uint64_t key, int label, double weight, int64_t count,
                      const Host *host);
/* Where what most sets do without is, made if need be; NULL: out of memory. */
ScoresOverflow *mlm_scores_overflow(Scores *scores, const Host *host);
/* Appends to the fresh entries of a class, which now and then are merged. */
Status mlm_entries_put(Scores *scores, int label, const Entry *entry, const Host *host);
/* Counts those of the sorted keys that have a sorted entry of weight 1; returns how many are left, in front.
 */
uint64_t mlm_entries_count_known(ScoresOverflow *overflow, int label, uint64_t *keys, uint64_t n);
/* Sorts the fresh entries of both classes and merges them into the sorted ones. */
Status mlm_entries_merge(ScoresOverflow *overflow, const Host *host);
/* Drops the entries of whole weight. */
void mlm_entries_keep_fractional(ScoresOverflow *overflow);
/* Releases the lists; of the full chunks just the place they stood. */
void mlm_overflow_clear(ScoresOverflow *overflow, const Host *host);

#endif
