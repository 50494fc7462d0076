/* Pairs of doubles: exact sums and products of doubles, and arithmetic with about 100 bits, without FMA.
 *
 * A DoubleDouble stands for hi + lo. Unless stated otherwise it is normalised: hi is the double nearest to hi
 * + lo. Products split their factors (Veltkamp; Dekker 1971), so they need |factor| < 2^996; bits below
 * 2^-1022 are lost.
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

/* A power of two by which numbers up to this size are multiplied before their differences are squared: 1
 * unless squares could underflow or overflow. */
static inline double scale_of_squares(double largest) {
  if (largest == 0 || (largest > 0x1p-400 && largest < 0x1p400)) return 1;
  int exponent = exponent_of(largest);
  return power_of_two(exponent < 1000 ? -exponent : -1000);
}

/* a + b, exact (Knuth). */
static inline DoubleDouble two_sum(double a, double b) {
  double s = a + b, t = s - a;
  return (DoubleDouble){s, (a - (s - t)) + (b - t)};
}

/* a + b, exact if |a| >= |b| or a = 0 (Dekker). */
static inline DoubleDouble ordered_sum(double a, double b) {
  double s = a + b;
  return (DoubleDouble){s, b - (s - a)};
}

/* a·b, exact. */
static inline DoubleDouble two_product(double a, double b) {
  double p = a * b, ta = a * 0x1.0000002p27, tb = b * 0x1.0000002p27;
  double ah = ta - (ta - a), al = a - ah, bh = tb - (tb - b), bl = b - bh;
  return (DoubleDouble){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static inline DoubleDouble dd_of(double x) { return (DoubleDouble){x, 0}; }
static inline DoubleDouble dd_minus(DoubleDouble a) { return (DoubleDouble){-a.hi, -a.lo}; }
static inline double dd_rounded(DoubleDouble a) { return a.hi + a.lo; }

/* a·power, exact for a power of two unless lo falls below 2^-1022. */
static inline DoubleDouble dd_scaled(DoubleDouble a, double power) {
  return (DoubleDouble){a.hi * power, a.lo * power};
}

/* a + b; error <= 2^-105 of the result, also under cancellation. */
static inline DoubleDouble dd_sum(DoubleDouble a, DoubleDouble b) {
  DoubleDouble s = two_sum(a.hi, b.hi), t = two_sum(a.lo, b.lo);
  s = ordered_sum(s.hi, s.lo + t.hi);
  return ordered_sum(s.hi, s.lo + t.lo);
}

/* a + b; error <= 2^-105 of the result unless it cancels. */
static inline DoubleDouble dd_plus(DoubleDouble a, double b) {
  DoubleDouble s = two_sum(a.hi, b);
  return ordered_sum(s.hi, s.lo + a.lo);
}

/* a·b; error <= 2^-102 of the result. */
static inline DoubleDouble dd_times(DoubleDouble a, double b) {
  DoubleDouble p = two_product(a.hi, b);
  return ordered_sum(p.hi, p.lo + a.lo * b);
}

/* a·b; error <= 2^-102 of the result. */
static inline DoubleDouble dd_product(DoubleDouble a, DoubleDouble b) {
  DoubleDouble p = two_product(a.hi, b.hi);
  return ordered_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

/* a / b; error <= 2^-100 of the result. */
static inline DoubleDouble dd_quotient(DoubleDouble a, DoubleDouble b) {
  double first = a.hi / b.hi;
  DoubleDouble rest = dd_sum(a, dd_minus(dd_times(b, first)));
  double second = rest.hi / b.hi;
  rest = dd_sum(rest, dd_minus(dd_times(b, second)));
  DoubleDouble q = ordered_sum(first, second);
  return dd_plus(q, rest.hi / b.hi);
}

/* (hi + lo)·2^k for 0.25 <= hi < 8, rounded once, also to a subnormal. */
double mlm_scaled(double hi, double lo, int k);

/* a·b - c·d, <= 1 ulp of the result also under cancellation; no product may overflow or underflow. */
double mlm_diff_of_products(double a, double b, double c, double d);

#endif
