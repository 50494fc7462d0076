/* Numbers of a row as the fast paths read them: INTEGER and REAL values, and TEXT that is wholly a number. */
#ifndef MLM_PLAIN_NUMBER_H
#define MLM_PLAIN_NUMBER_H

#include "base/bits.h"
#include "function.h"
#include "sql_value.h"

/* Doubles of one sign compare like their bits, in any floating-point mode. */
static inline bool mlm_in_fast_range(double x, const FastArg *fast) {
  return mlm_double_bits(x) - fast->least <= fast->span;
}

/* A number of this type; false: not a number, or an INTEGER beyond 2^53, which a double may not hold. Most
 * integers are labels, ranks and counts, for which the first comparison decides. */
MLM_ALWAYS_INLINE static bool mlm_read_plain_number(sqlite3_value *value, int type, double *x) {
  if (type == SQLITE_FLOAT) {
    *x = sqlite3_value_double(value);
    return true;
  }
  if (type != SQLITE_INTEGER) {
    *x = mlm_plain_number_of_text(value);
    return *x == *x;
  }
  int64_t integer = sqlite3_value_int64(value);
  *x = (double)integer;
  return (uint64_t)integer <= INT32_MAX || (uint64_t)integer + ((uint64_t)1 << 53) <= (uint64_t)1 << 54;
}

static inline bool mlm_read_plain(sqlite3_value **value, double *x) {
  return mlm_read_plain_number(*value, sqlite3_value_type(*value), x);
}

#endif
