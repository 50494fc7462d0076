/* Sums of e^(x - max) over many x, several at a time in the vectors of the processor. */
#ifndef MLM_POWER_LANES_H
#define MLM_POWER_LANES_H

#include <stddef.h>

#include "base/compiler.h"
#include "math/double_double.h"

/* What is known of the powers e^(x[j] - max) of n entries. */
typedef struct PowerSum {
  double max, lowest;
  DoubleDouble rest; /* their sum without one entry that is max; 0: not computed */
} PowerSum;

/* n > 0. The sum is normalised, and its error is below n·2^-103 (1 + rest) beyond that of exp_parts() in each
 * power; powers below e^-600 may be taken for e^-600. It is computed where |x| < 2^40 of every entry, except
 * that -Infinity is taken for e^-600 too. Both give the same bits; the second is for processors with
 * mlm_has_wide_vectors(). */
PowerSum mlm_sum_of_powers(const double *x, size_t n);
PowerSum mlm_sum_of_powers_wide(const double *x, size_t n);

#endif
