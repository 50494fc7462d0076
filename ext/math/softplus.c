/* Softplus ln(1 + e^x), its slope, and binary cross entropy of logits. */
#include "math/softplus.h"

#include <math.h>

#include "math/exp.h"
#include "math/exp_core.h"
#include "math/softplus_table.h"

/* f(a) = ln(1 + e^-a) for 0 <= a < 8, not normalised: hi comes from the table, so lo may reach hi / 64.
 * Adding 1.5·2^52 rounds to the nearest entry. The polynomial is evaluated in three independent chains to
 * shorten the dependency. */
static inline DoubleDouble near_tail(double a) {
  const double rounding = 0x1.8p52;
  a *= 32;
  double t = a + rounding, d = a - (t - rounding), d2 = d * d; /* d is exact */
  const SoftplusEntry *at = &mlm_softplus_table[(uint32_t)mlm_double_bits(t)];
  const double *c = at->c;
  double high = (c[3] + d * c[4]) + d2 * c[5];
  return (DoubleDouble){at->hi, ((at->lo + d * c[0]) + d2 * (c[1] + d * c[2])) + (d2 * d2) * high};
}

/* f(a) for 8 <= a < 700 by the series e - e²/2 + … - e⁶/6 with e = e^-a < 2^-11. */
static inline DoubleDouble far_tail(double a) {
  ExpParts e = exp_parts(-a, 0);
  double unit = power_of_two(e.k), x = e.hi * unit;
  double series = x * x * (-0.5 + x * (1.0 / 3 - x * (0.25 - x * (0.2 - x * (1.0 / 6)))));
  return (DoubleDouble){x, e.lo * unit + series};
}

/* max(x, 0) + tail, rounded once; |x| < 700. Computes the maximum without a branch, because signs of logits
 * are unpredictable. */
static inline double above_tail(double x, DoubleDouble tail) {
  DoubleDouble sum = two_sum((x + fabs(x)) / 2, tail.hi);
  return sum.hi + (sum.lo + tail.lo);
}

static double softplus_end(double x) {
  if (x != x || x > 0) return x; /* e^-x is below the last bit */
  return mlm_exp(x);             /* and so is e^2x */
}

/* softplus(x), given a = |x|. Error in ulp: 0.5 for the last rounding, 4·2^-7 for the products of the table,
 * 2^-7 for the formula. Seen: 0.535. */
static inline double softplus(double x, double a) {
  if (a < 8) return above_tail(x, near_tail(a));
  if (a < 700) return above_tail(x, far_tail(a));
  return softplus_end(x);
}

double mlm_softplus(double x) { return softplus(x, fabs(x)); }

double mlm_log_sigmoid(double x) { return 0.0 - softplus(-x, fabs(x)); }

/* 1/(1+e) or e/(1+e) with e = e^-|x|: a quotient corrected by its remainder. */
double mlm_sigmoid(double x) {
  double a = fabs(x);
  if (!(a < 700)) return x > 0 ? 1 : mlm_exp(x); /* also for NaN */
  ExpParts parts = exp_parts(-a, 0);
  double unit = power_of_two(parts.k), e = parts.hi * unit, e_lo = parts.lo * unit;
  DoubleDouble below = ordered_sum(1, e), top = x < 0 ? (DoubleDouble){e, e_lo} : dd_of(1);
  below.lo += e_lo;
  double q = top.hi / below.hi;
  DoubleDouble back = two_product(q, below.hi);
  return q + (((top.hi - back.hi) - back.lo) + (top.lo - q * below.lo)) / below.hi;
}

/* f(a) normalised, 0 <= a <= Infinity. */
static DoubleDouble tail_of(double a) {
  DoubleDouble tail = a < 8 ? near_tail(a) : a < 700 ? far_tail(a) : dd_of(mlm_exp(-a));
  return ordered_sum(tail.hi, tail.lo);
}

/* factor·e^x for -1500 < x <= -700 and a normal factor. e^x alone might be subnormal, so it is computed as
 * the square of e^(x/2). */
static double times_exp(double factor, double x) {
  ExpParts root = exp_parts(x / 2, 0);
  int k = exponent_of(factor);
  double half = factor * power_of_two(-k / 2) * power_of_two(-k + k / 2) / 2;
  DoubleDouble e = {root.hi, root.lo}, product = dd_times(dd_product(e, e), half);
  return mlm_scaled(product.hi, product.lo, 2 * root.k + k + 1);
}

/* factor·f(a) for 0 <= a < Infinity and factor < 2^500; f(a) alone might be subnormal. */
static DoubleDouble times_tail(DoubleDouble factor, double a) {
  if (a < 700) return dd_product(factor, tail_of(a));
  ExpParts e = exp_parts(a < 1400 ? -a / 2 : -700, 0);
  DoubleDouble root = dd_scaled((DoubleDouble){e.hi, e.lo}, power_of_two(e.k));
  return dd_product(dd_product(factor, root), root);
}

/* factor·softplus(x); 0 if either is 0. */
static double times_softplus(double factor, double x) {
  if (factor == 0 || x == -INFINITY) return 0;
  if (x == INFINITY) return x;
  if (x <= -700) return x > -1500 && factor > 0x1p-1000 ? times_exp(factor, x) : 0;
  DoubleDouble tail = tail_of(fabs(x)), s = x > 0 ? dd_plus(tail, x) : tail;
  double product = factor * s.hi;
  return product < INFINITY ? product + factor * s.lo : product;
}

/* The significand of a finite x > 0, in [1, 2); adds its exponent to *k. */
static double significand_of(double x, int *k) {
  const double normal = x < 0x1p-1022 ? x * 0x1p54 : x;
  *k += exponent_of(normal) - (x < 0x1p-1022 ? 54 : 0);
  return mlm_double_from_bits((mlm_double_bits(normal) & 0xfffffffffffff) | 0x3ff0000000000000);
}

/* p·y·a, rounded once: no intermediate result overflows or underflows; y, a > 0. */
static double product_of_three(double p, double y, double a) {
  if (p == 0) return 0;
  int k = 1;
  double b = significand_of(p, &k), c = significand_of(y, &k), d = significand_of(a, &k);
  DoubleDouble product = dd_times(two_product(b, c), d / 2);
  return mlm_scaled(product.hi, product.lo, k);
}

/* soft_bce() for 2^300 < |z| < Infinity, where f is 0. */
static double steep_bce(double z, double y, double p) {
  if (z <= 0) return product_of_three(p, y, -z);
  return dd_times(ordered_sum(1, -y), z * 0x1p-600).hi * 0x1p600;
}

/* (1-y)·softplus(z) + p·y·softplus(-z) = side·|z| + (1-y + p·y)·f(|z|), where side is 1-y or p·y. No term is
 * negative, so nothing cancels. */
static double soft_bce(double z, double y, double p) {
  double a = fabs(z), size = p * y;
  if (a > 0x1p300) return a < INFINITY ? steep_bce(z, y, p) : z < 0 && p == 0 ? 0 : INFINITY;
  /* Scales p·y away from both ends of the range, so that the products are exact. Each factor takes half of
   * the scale, because one may be large although the product is small; p may then still be too large. */
  double half = size > 0x1p500 ? 0x1p-300 : size < 0x1p-500 ? 0x1p300 : 1, scale = half * half;
  double shift = p > 0x1p600 ? 0x1p-300 : 1;
  DoubleDouble miss = ordered_sum(scale, -y * scale), hit = two_product(p * half * shift, y * half / shift);
  DoubleDouble both = p == 1 ? dd_of(scale) : dd_sum(miss, hit);
  DoubleDouble sum = dd_sum(dd_times(z > 0 ? miss : hit, a), times_tail(both, a));
  return sum.hi / scale;
}

static double bce_logits_end(double z, double y, double p) {
  if (y == 0) return mlm_softplus(z);
  if (y == 1) return times_softplus(p, -z);
  return soft_bce(z, y, p);
}

double mlm_bce_logits(double z, double y, double pos_weight) {
  double miss = 1 - y;
  if (y * miss > 0 || pos_weight != 1) return bce_logits_end(z, y, pos_weight);
  /* Multiplies by 1 or -1: a branch on labels would be mispredicted. The absolute value does not depend on
   * them. */
  return softplus(z * (miss - y), fabs(z));
}
