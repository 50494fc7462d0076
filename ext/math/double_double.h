/* Doubles in pairs: exact sums and products, and arithmetic with about 100 bits, without FMA.
 *
 * A DoubleDouble stands for hi + lo. Where nothing else is said it is normalised: hi is the double nearest to
 * the sum. The products split their factors (Veltkamp, Dekker 1971) and so need |factor| < 2^996; what falls
 * below 2^-1022 is lost.
 */
#ifndef MLM_DOUBLE_DOUBLE_H
#define MLM_DOUBLE_DOUBLE_H

#include "base/bits.h"

typedef struct DoubleDouble {
  double hi, lo;
} DoubleDouble;

/* 2^k, -1022 <= k <= 1023. */
static inline double power_of_two(int k) { return mlm_double_from_bits((uint64_t)(k + 1023) << 52); }

/* k where 2^k <= |x| < 2^(k+1); x normal. */
static inline int exponent_of(double x) { return (int)(mlm_double_bits(x) >> 52 & 0x7ff) - 1023; }

/* Exact (Knuth). */
static inline DoubleDouble two_sum(double a, double b) {
  double s = a + b, t = s - a;
  return (DoubleDouble){s, (a - (s - t)) + (b - t)};
}

/* Exact where |a| >= |b| or a = 0 (Dekker). */
static inline DoubleDouble ordered_sum(double a, double b) {
  double s = a + b;
  return (DoubleDouble){s, b - (s - a)};
}

/* Exact. */
static inline DoubleDouble two_product(double a, double b) {
  double p = a * b, ta = a * 0x1.0000002p27, tb = b * 0x1.0000002p27;
  double ah = ta - (ta - a), al = a - ah, bh = tb - (tb - b), bl = b - bh;
  return (DoubleDouble){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static inline DoubleDouble dd_of(double x) { return (DoubleDouble){x, 0}; }
static inline DoubleDouble dd_minus(DoubleDouble a) { return (DoubleDouble){-a.hi, -a.lo}; }
static inline double dd_rounded(DoubleDouble a) { return a.hi + a.lo; }

/* Exact for a power of two, unless it takes lo below 2^-1022. */
static inline DoubleDouble dd_scaled(DoubleDouble a, double power) {
  return (DoubleDouble){a.hi * power, a.lo * power};
}

/* Error <= 2^-105 of the result, also under cancellation. */
static inline DoubleDouble dd_sum(DoubleDouble a, DoubleDouble b) {
  DoubleDouble s = two_sum(a.hi, b.hi), t = two_sum(a.lo, b.lo);
  s = ordered_sum(s.hi, s.lo + t.hi);
  return ordered_sum(s.hi, s.lo + t.lo);
}

static inline DoubleDouble dd_plus(DoubleDouble a, double b) {
  DoubleDouble s = two_sum(a.hi, b);
  return ordered_sum(s.hi, s.lo + a.lo);
}

/* Error <= 2^-102 of the result. */
static inline DoubleDouble dd_times(DoubleDouble a, double b) {
  DoubleDouble p = two_product(a.hi, b);
  return ordered_sum(p.hi, p.lo + a.lo * b);
}

/* Error <= 2^-102 of the result. */
static inline DoubleDouble dd_product(DoubleDouble a, DoubleDouble b) {
  DoubleDouble p = two_product(a.hi, b.hi);
  return ordered_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

/* Error <= 2^-100 of the result. */
static inline DoubleDouble dd_quotient(DoubleDouble a, DoubleDouble b) {
  double first = a.hi / b.hi;
  DoubleDouble overflow = dd_sum(a, dd_minus(dd_times(b, first)));
  double second = overflow.hi / b.hi;
  overflow = dd_sum(overflow, dd_minus(dd_times(b, second)));
  DoubleDouble q = ordered_sum(first, second);
  return dd_plus(q, overflow.hi / b.hi);
}

/* (hi + lo) · 2^k for 0.25 <= hi < 8, rounded once also where the result is subnormal. */
double mlm_scaled(double hi, double lo, int k);

#endif
