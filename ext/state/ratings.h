/* Ratings of units by several raters: how often each pair of values occurs within a unit, by the number of
 * ratings of the unit.
 *
 * A unit of m ratings, of which n_v are v, adds n_v·n_w to the pair (v, w) and n_v·(n_v - 1) to (v, v):
 * counts, so that units can be taken back, and agreement is a ratio of exact sums. A unit of fewer than two
 * ratings has no pair; only its number is kept.
 */
#ifndef MLM_RATINGS_H
#define MLM_RATINGS_H

#include "state/confusion_matrix.h"

typedef struct RatingGroup {
  int64_t raters;         /* ratings of each unit, at least 2 */
  ConfusionMatrix *pairs; /* counts as above; integral */
} RatingGroup;

typedef struct Ratings {
  ConfusionMatrix *values; /* (v, v) for each rating v that has a pair; NULL without any */
  RatingGroup *group;      /* ascending by raters */
  uint32_t n, capacity;    /* groups */
  int64_t singles;         /* units of fewer than two ratings */
} Ratings;

/* A row's pred_class is the text of a JSON array: numbers, strings, true and false; null is no rating. Its
 * weight is a number of such units. */
extern const StateType mlm_ratings_state;

/* Adds a pair of values so often to the units of so many ratings. After all pairs of whole units, both orders
 * of each pair of different values, mlm_ratings_count_values() counts their values, once. Both fail with
 * MLM_NOMEM and MLM_OVERFLOW. */
Status mlm_ratings_add_pairs(Ratings *ratings, int64_t raters, const Class *a, const Class *b, int64_t count,
                             const Host *host);
Status mlm_ratings_count_values(Ratings *ratings, const Host *host);

#endif
