/* The parts of a score set that only large or weighted ones need: full chunks of keys, and counted entries of
 * a score and a weight. */
#ifndef MLM_SCORES_WEIGHTED_H
#define MLM_SCORES_WEIGHTED_H

#include "base/host.h"
#include "state/chunk_keys.h"
#include "state/exact_sum.h"

/* Entries in one allocation. */
enum { PAGE_ENTRIES = MLM_CHUNK_KEYS < 1 << 16 ? MLM_CHUNK_KEYS / 16 : 1 << 12 };

/* Rows of one class with the same score and weight; a count below 0 stands for rows taken back. The weight is
 * 1 or fractional: an integral weight k counts as k rows of weight 1. */
typedef struct Entry {
  uint64_t key;
  double weight;
  int64_t count;
} Entry;

/* A list in pages, so that no allocation is large and growing copies nothing. */
typedef struct Entries {
  Entry **page;
  uint64_t n, room;
  uint64_t pages; /* length of page[] */
} Entries;

static inline Entry *mlm_entry_at(const Entries *list, uint64_t i) {
  return &list->page[i / PAGE_ENTRIES][i % PAGE_ENTRIES];
}

typedef struct ScoresOverflow {
  uint64_t **full[2]; /* chunks of MLM_CHUNK_KEYS keys, at most MOST_CHUNKS; NULL until needed */
  uint32_t full_n[2];
  Entries sorted[2];        /* by key, then weight; no two equal, all counts above 0 */
  Entries pending[2];       /* in order of arrival, since the last merge */
  uint64_t append_limit[2]; /* rows of fractional weight may be appended while pending[].n is below it */
  uint64_t merge_at[2];     /* pending entries, of which some are fractional, at which to try a merge again */
  int64_t integral[2];      /* rows of weight 1 in both lists */
  int64_t fractional[2];    /* rows of fractional weight, and the sum of their weights */
  ExactSum weight[2];
} ScoresOverflow;

/* Returns *overflow, allocated if need be; NULL: out of memory. */
ScoresOverflow *mlm_overflow_make(ScoresOverflow **overflow, const Host *host);
/* Frees the lists, and the arrays of full chunks but not the chunks. */
void mlm_overflow_clear(ScoresOverflow *overflow, const Host *host);

/* Appends a row of fractional weight (mlm_integral_weight() is 0) to the pending entries. False: there is no
 * room, or a merge is due, and nothing was done. */
static inline bool mlm_entries_append(ScoresOverflow *in, int label, uint64_t key, double weight) {
  Entries *pending = &in->pending[label];
  if (pending->n >= in->append_limit[label]) return false;
  *mlm_entry_at(pending, pending->n++) = (Entry){key, weight, 1};
  in->fractional[label]++;
  mlm_sum_add(&in->weight[label], weight, 1);
  return true;
}

/* Appends an entry to the pending ones of a class; merges them once they are as many as the sorted ones, or,
 * where few were equal so far, four times as many. */
Status mlm_entries_put(ScoresOverflow **overflow, int label, const Entry *entry, const Host *host);
/* Adds those of the n sorted keys for which there is a sorted entry of weight 1 to its count. Returns how
 * many are left, at the front of `keys`. */
uint64_t mlm_entries_count_known(ScoresOverflow *overflow, int label, uint64_t *keys, uint64_t n);
/* Sorts the pending entries of both classes and merges them into the sorted ones. */
Status mlm_entries_merge(ScoresOverflow *overflow, const Host *host);
/* Drops the entries of weight 1. */
void mlm_entries_keep_fractional(ScoresOverflow *overflow);

/* Adds weight·count, exactly. */
void mlm_sum_add_entry(ExactSum *sum, const Entry *entry);

#endif
