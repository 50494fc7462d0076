/* The memory of a score set, for the files scores*.c and the fast path. */
#ifndef MLM_SCORES_LAYOUT_H
#define MLM_SCORES_LAYOUT_H

#include "base/sort.h"
#include "state/score_tree.h"
#include "state/scores_walk_internal.h"
#include "state/scores_weighted.h"

_Static_assert(MLM_CHUNK_KEYS >= 256 && MLM_CHUNK_KEYS <= 1 << 27, "the sizes below follow from it");
enum {
  INLINE_KEYS = 10,                /* keys inside the struct, before the first allocation */
  MOST_CHUNKS = MLM_MOST_RUNS - 1, /* full chunks a class */
  /* Keys before it is first checked whether scores repeat. */
  COMPACT_KEYS = MLM_CHUNK_KEYS < 1 << 15 ? MLM_CHUNK_KEYS / 4 : 1 << 13,
  /* Rows between two polls for an interrupt. */
  POLL_ROWS = MLM_CHUNK_KEYS < 1 << 16 ? 32 : 1 << 16
};

/* Rows of weight 1 of one class, a key each, in order of arrival until sealed. */
typedef struct Keys {
  uint64_t *at; /* NULL until the first key; then `first` of the set, or an allocation */
  uint32_t n;
  uint32_t append_limit; /* add() appends while n is below it; at most room */
  uint32_t room;
  uint32_t compact_at; /* size at which to check for repeated scores again */
  uint32_t sorted;     /* this many keys at the front are known to be sorted */
} Keys;

/* Reading cannot fail, so it polls for interrupts and remembers that it stopped early. */
typedef struct InterruptPoll {
  bool (*poll)(void *context); /* of the host that sealed or merged the set last; may be NULL */
  void *context;
  bool interrupted;
} InterruptPoll;

/* Must not move while it holds rows: keys[].at points into it. */
struct Scores {
  Keys keys[2];
  ScoresOverflow *overflow;
  ScoreTree *tree; /* once a window slides: it has all rows of integral weight, the entries the others */
  int64_t left_out;
  bool sealed;
  InterruptPoll poll, *polling; /* polling: NULL, or &poll, which a reader of the const set may then write */
  uint64_t first[2][INLINE_KEYS];
};

/* Chunk i of a class, i < mlm_chunks(); the last one is being filled. */
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

/* Whether all weights are integral. */
static inline bool mlm_scores_integral(const Scores *scores) {
  return !scores->overflow || (scores->overflow->fractional[0] | scores->overflow->fractional[1]) == 0;
}

/* Polls for an interrupt; once true, stays true. */
static inline bool mlm_scores_interrupted(const Scores *scores) {
  InterruptPoll *poll = scores->polling;
  if (!poll->interrupted && poll->poll) poll->interrupted = poll->poll(poll->context);
  return poll->interrupted;
}

/* Adds a row of weight 1 (label 0 or 1). False: there is no room for its key, and nothing was done. */
static inline bool mlm_scores_add_plain(Scores *scores, double score, int label) {
  Keys *keys = &scores->keys[label];
  if (keys->n >= keys->append_limit) return false;
  keys->at[keys->n++] = mlm_encode_score(score);
  return true;
}

#endif
