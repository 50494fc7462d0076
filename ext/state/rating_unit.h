/* A unit of ratings: the values in a JSON array and how often each occurs. */
#ifndef MLM_RATING_UNIT_H
#define MLM_RATING_UNIT_H

#include "state/state.h"

/* Units of more ratings are refused, so that a double holds the number of their pairs. */
#define MLM_MOST_RATINGS ((int64_t)1 << 22)

typedef struct RatingValue {
  Class class;
  int64_t count;
} RatingValue;

typedef struct RatingUnit {
  RatingValue *value; /* distinct ones; one block, to be freed by the caller in any case */
  size_t n;
  int64_t ratings;
} RatingUnit;

/* Reads the text of a unit, which must outlive the unit, since its classes may be parts of it. MLM_CORRUPT:
 * it is no array of ratings; rows are checked when they are decoded, saved units are not. MLM_TOOBIG: more
 * than MLM_MOST_RATINGS. */
Status mlm_rating_unit_read(RatingUnit *unit, const Class *text, const Host *host);

#endif
