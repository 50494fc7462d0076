/* Units of ratings that are read once, so that a state can be made of any sample of them. */
#ifndef MLM_RATING_SAMPLES_H
#define MLM_RATING_SAMPLES_H

#include "state/class_index.h"
#include "state/ratings.h"

/* A value of a unit: its slot in values, and how often it occurs. */
typedef struct UnitValue {
  uint32_t slot, count;
} UnitValue;

/* A pair of values that meet in a unit of so many ratings: a >= b. */
typedef struct UnitPair {
  uint32_t raters, a, b; /* raters 0: an empty place */
  uint64_t count;        /* in the latest sample */
} UnitPair;

/* Zeroed memory holds no units. Private, but for n. Memory is O(distinct ratings of all units + pairs). */
typedef struct RatingSamples {
  ClassIndex values;
  uint64_t n, room; /* units */
  uint64_t *end;    /* of the values of each unit in value[] */
  UnitValue *value; /* of all units, one after the other */
  uint64_t n_values, room_values;
  UnitPair *pair;       /* hash table */
  uint64_t mask, pairs; /* its length less 1; pairs in it */
} RatingSamples;

/* Adds a unit, a row's pred_class as mlm_ratings_state takes it; it gets the next number from 0 on. Fails as
 * that state's add does. */
Status mlm_rating_samples_add(RatingSamples *units, const Class *text, const Host *host);

/* Fills an empty state with count[u] times each unit u. MLM_OVERFLOW: more pairs than can be counted. */
Status mlm_rating_samples_fill(RatingSamples *units, const uint32_t *count, Ratings *ratings,
                               const Host *host);

void mlm_rating_samples_clear(RatingSamples *units, const Host *host);

#endif
