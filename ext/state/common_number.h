/* The number that all rows of an aggregation share, if they do, such as the cutoff of f1_at_ci.
 *
 * Rows are taken back in the order in which they were added, as SQLite's windows do: then the numbers left
 * are all equal exactly when the latest run of equal numbers covers all rows left. O(1) time and memory,
 * exact.
 */
#ifndef MLM_COMMON_NUMBER_H
#define MLM_COMMON_NUMBER_H

#include <math.h>
#include <stdint.h>

/* Zeroed memory: no row. */
typedef struct CommonNumber {
  double last; /* the latest; NaN: unknown, and then like no other */
  int64_t run; /* how many of the latest rows have it */
  int64_t n;   /* rows */
} CommonNumber;

/* Adds a row with the number, or with NaN where it is unknown (sign +1), or takes back the first (-1). */
static inline void mlm_common_add(CommonNumber *common, double x, int sign) {
  common->n += sign;
  if (sign < 0) {
    if (common->run > common->n) common->run = common->n;
  } else if (common->run > 0 && x == common->last) {
    common->run++;
  } else {
    common->last = x + 0.0; /* -0.0 as 0.0, which every comparison takes for the same */
    common->run = 1;
  }
}

/* NaN: there is no row, or the rows differ, or the number of one is unknown. */
static inline double mlm_common_value(const CommonNumber *common) {
  return common->n > 0 && common->run == common->n ? common->last : NAN;
}

#endif
