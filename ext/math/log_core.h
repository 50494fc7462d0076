/* The inner part of log x, for the functions that go on from its two halves. */
#ifndef MLM_LOG_CORE_H
#define MLM_LOG_CORE_H

#include <stdbool.h>

#include "math/double_double.h"
#include "math/log_table.h"

/* The intervals of the table: the lowest begins half a step below 0.6875, so that 1 lies in the middle of its
 * own. */
static const uint64_t log_origin = 0x3fe6000000000000 - ((uint64_t)1 << 44);

/* log(x + low) for x > 0 given as its bits, |low| <= ulp(x) / 2; with_low false: low is 0. Bits of 2^52 x
 * less 52 in the exponent stand for a subnormal x. hi + lo is not normalised. Error below 2^-61 of the result
 * also where it is tiny: about 1 the table has c = 1 and log c = 0, and r = x + low - 1 is exact. */
static inline DoubleDouble log_core(uint64_t bits, double low, bool with_low) {
  const LogTable *table = &mlm_log_table;
  uint64_t place = bits - log_origin;
  int j = (int)(place >> 45) & 127;
  uint32_t lift = (uint32_t)((place + ((uint64_t)2048 << 52)) >> 52); /* k + 2048 */
  double k = (double)((int32_t)lift - 2048);
  double inverse = table->at[j].inverse;
  uint64_t z = bits - ((uint64_t)(lift - 2048) << 52);

  /* r = z/c - 1 in two parts, each exact: the upper 32 bits of z times the 20 bits of 1/c, and the rest. */
  uint64_t upper = (z + 0x100000) & ~(uint64_t)0x1fffff;
  double rest = (double_of(z) - double_of(upper)) * inverse;
  /* low · 2^-k: nothing is lost for the k below 1023 that occur together with a visible low. */
  if (with_low) rest += low * double_of((uint64_t)(lift < 3071 ? 3071 - lift : 0) << 52) * inverse;
  DoubleDouble r = ordered_sum(double_of(upper) * inverse - 1, rest);

  const double *c = table->poly;
  double x = r.hi, x2 = x * x;
  double poly = x2 * (-0.5 + (x * (c[0] + x * c[1]) + (x2 * x) * (c[2] + x * c[3] + x2 * c[4])));
  DoubleDouble sum = ordered_sum(k * table->ln2_hi + table->at[j].log_c, x);
  return (DoubleDouble){sum.hi, sum.lo + (r.lo + (k * table->ln2_mid + table->at[j].log_c_mid) + poly)};
}

/* log(1 - p), 0 <= p < 1, as log_core() gives it. */
static inline DoubleDouble log_complement_core(double p) {
  double h = 1 - p;
  return log_core(bits_of(h), (1 - h) - p, true);
}

/* log_core() for any finite x > 0. */
static inline DoubleDouble log_parts(double x) {
  uint64_t bits = bits_of(x);
  if (bits < (uint64_t)1 << 52) bits = bits_of(x * 0x1p52) - ((uint64_t)52 << 52);
  return log_core(bits, 0, false);
}

/* ln(1 + x.hi + x.lo) for x >= 0, normalised; error below 2^-60 of the result. */
DoubleDouble mlm_log1p_parts(DoubleDouble x);

/* ln(2^k z) for 1/2 < z < 2, |k| < 2^62, normalised; about 96 correct bits where the result is not near 0. */
DoubleDouble mlm_log_scaled(DoubleDouble z, int64_t k);

/* ln(a/b) for finite normal a, b > 0, normalised: about 96 correct bits also where a and b are close. */
DoubleDouble mlm_log_ratio(DoubleDouble a, DoubleDouble b);

#endif
