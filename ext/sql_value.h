/* Reads a SQL value as a number, and tells whether it may be a vector. */
#ifndef MLM_SQL_VALUE_H
#define MLM_SQL_VALUE_H

#include <math.h>

#include "base/sqlite_number.h"
#include "host.h"

/* The number that the whole TEXT is, or NaN; *exact is set to false where it is an integer that no double
 * holds, and the number is rounded. */
double mlm_number_of_text(sqlite3_value *value, bool *exact);

/* The number that a value is: INTEGER, REAL, or a TEXT that is wholly a number; NaN: none of these, or out of
 * memory. An integer that no double holds is rounded; *exact says whether it was exact. */
static inline double mlm_rounded_number_of(sqlite3_value *value, bool *exact) {
  int type = sqlite3_value_type(value);
  *exact = true;
  if (type == SQLITE_FLOAT) return sqlite3_value_double(value);
  if (type != SQLITE_INTEGER) return type == SQLITE_TEXT ? mlm_number_of_text(value, exact) : NAN;
  int64_t integer = sqlite3_value_int64(value);
  *exact = mlm_int64_is_exact(integer);
  return (double)integer;
}

/* The same; NaN also for an integer that no double holds. */
static inline double mlm_number_of(sqlite3_value *value) {
  bool exact;
  double x = mlm_rounded_number_of(value, &exact);
  return exact ? x : NAN;
}

/* The number of a value that is neither INTEGER nor REAL: a TEXT that is wholly one, as .import leaves it;
 * NaN: none, one that no double holds, or the floating-point mode is unusual. Cold, so that fast paths stay
 * laid out for the other types. */
MLM_COLD double mlm_plain_number_of_text(sqlite3_value *value);

/* Whether a value is TEXT that begins with '[', or a BLOB that is not a saved state. */
bool mlm_looks_like_vector(sqlite3_value *value);

#endif
