/* The inner part of e^x, for the functions that go on from its two halves. */
#ifndef MLM_EXP_CORE_H
#define MLM_EXP_CORE_H

#include "math/double_double.h"
#include "math/exp_table.h"

/* e^x = (hi + lo) · 2^k, 0.99 < hi < 2.02; error below 2^-61 of the result. */
typedef struct ExpParts {
  double hi, lo;
  int k;
} ExpParts;

/* e^(x + low) for |x| < 1400, |low| <= 2^-40. */
static inline ExpParts exp_parts(double x, double low) {
  const ExpTable *table = &mlm_exp_table;
  /* Rounded by truncation of a positive number: no branch, and the same in every rounding mode. */
  uint32_t n = (uint32_t)(int32_t)(x * table->steps_per_unit + 262144.5);
  double steps = (double)((int32_t)n - 262144);
  /* The first difference is exact; the second is rounded by 2^-62 at most. */
  double r = (x - steps * table->step_hi) - (steps * table->step_lo - low), r2 = r * r;
  const double *c = table->poly;
  double poly = r2 * (c[0] + r * c[1]) + (r2 * r2) * (c[2] + r * c[3]);
  double power = table->power[n & 127].power;
  double overflow = power * (r + (table->power[n & 127].tail + poly));
  DoubleDouble value = ordered_sum(power, overflow);
  return (ExpParts){value.hi, value.lo, (int)(n >> 7) - 2048};
}

#endif
