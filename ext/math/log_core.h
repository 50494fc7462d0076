/* The inner part of log x, for the functions that go on from its two halves. */
#ifndef MLM_LOG_CORE_H
#define MLM_LOG_CORE_H

#include <stdbool.h>

#include "math/double_double.h"
#include "math/log_table.h"

/* The intervals of the table: the lowest begins half a step below 0.6875, so that 1 lies in the middle of its
 * own. */
static const uint64_t log_origin = 0x3fe6000000000000 - ((uint64_t)1 << 44);

/* log((x + low) · 2^scale) for x from 2^-1022 to below LOG_CORE_END, |low| <= ulp(x) / 2; with_low false: low
 * is 0. hi + lo is not normalised. Error below 2^-61 of the result also where it is tiny: about 1 the table
 * has c = 1 and log c = 0, and r = x + low - 1 is exact. */
#define LOG_CORE_END 0x1p1000
static inline DoubleDouble log_core(double x, double low, bool with_low, int scale) {
  const LogTable *table = &mlm_log_table;
  uint64_t bits = mlm_double_bits(x), place = bits - log_origin;
  int j = (int)(place >> 45) & 127;
  int32_t k = (int32_t)((place + ((uint64_t)2048 << 52)) >> 52) - 2048; /* x = 2^k z */
  double exponent = (double)(k + scale);
  double inverse =
      mlm_double_from_bits(mlm_double_bits(table->at[j].inverse) - ((uint64_t)k << 52)); /* 2^-k / c */

  /* r = z/c - 1 in two parts, each exact: the upper 32 bits of x times the 20 bits of 1/c, and the rest. */
  double upper = mlm_double_from_bits((bits + 0x100000) & ~(uint64_t)0x1fffff),
         overflow = (x - upper) * inverse;
  if (with_low) overflow += low * inverse;
  DoubleDouble r = ordered_sum(upper * inverse - 1, overflow);

  const double *c = table->poly;
  double y = r.hi, y2 = y * y;
  double poly = y2 * (-0.5 + (y * (c[0] + y * c[1]) + (y2 * y) * (c[2] + y * c[3] + y2 * c[4])));
  DoubleDouble sum = ordered_sum(exponent * table->ln2_hi + table->at[j].log_c, y);
  double rounded = exponent * table->ln2_mid + table->at[j].log_c_mid;
  return (DoubleDouble){sum.hi, sum.lo + (r.lo + rounded + poly)};
}

/* log(1 - p), 0 <= p < 1, as log_core() gives it. */
static inline DoubleDouble log_complement_core(double p) {
  double h = 1 - p;
  return log_core(h, (1 - h) - p, true, 0);
}

/* log_core() for any finite x > 0. */
static inline DoubleDouble log_parts(double x) {
  if (x < 0x1p-1022) return log_core(x * 0x1p52, 0, false, -52);
  return x < LOG_CORE_END ? log_core(x, 0, false, 0) : log_core(x * 0x1p-52, 0, false, 52);
}

/* ln(1 + x.hi + x.lo) for x >= 0 below 2^1000, normalised; error below 2^-60 of the result. */
DoubleDouble mlm_log1p_parts(DoubleDouble x);

/* ln(2^k z) for 1/2 < z < 2, |k| < 2^62, normalised; about 96 correct bits where the result is not near 0. */
DoubleDouble mlm_log_scaled(DoubleDouble z, int64_t k);

/* ln(a/b) for finite normal a, b > 0, normalised: about 96 correct bits also where a and b are close. */
DoubleDouble mlm_log_ratio(DoubleDouble a, DoubleDouble b);

#endif
