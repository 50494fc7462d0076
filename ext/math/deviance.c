/* Unit deviances of the Poisson, gamma and Tweedie distributions. */
#include "math/deviance.h"

#include <math.h>

#include "math/exp.h"
#include "math/log.h"
#include "math/log_gamma.h"

/* ln(a/b) for a, b > 0, also where the quotient is not a normal number. */
static double log_of_quotient(double a, double b) {
  double quotient = a / b;
  return quotient >= 0x1p-1022 && quotient < INFINITY ? mlm_log(quotient) : mlm_log(a) - mlm_log(b);
}

/* Whether a and b are so near that ln(a/b) is better found from their difference. */
static bool are_near(double a, double b) { return fabs(a - b) <= 0.5 * b; }

/* With y = (p - t)/t it is 2t·(y - ln(1 + y)). */
double mlm_poisson_deviance(double p, double t) {
  if (t == 0) return 2 * p;
  if (are_near(p, t)) return 2 * (t * mlm_log_shortfall((p - t) / t));
  return 2 * ((p - t) - t * log_of_quotient(p, t));
}

/* With y = (t - p)/p it is 2(y - ln(1 + y)). */
double mlm_gamma_deviance(double p, double t) {
  if (are_near(t, p)) return 2 * mlm_log_shortfall((t - p) / p);
  return 2 * ((t / p - 1) - log_of_quotient(t, p));
}

/* x^y for x > 0; 0^y for y > 0. Far beyond the range of doubles y would overflow in dd_product(). */
static double power_of(double x, DoubleDouble y) {
  if (x == 0) return 0;
  DoubleDouble l = mlm_log_pair(dd_of(x));
  double rough = l.hi * y.hi;
  if (fabs(rough) > 1300) return rough > 0 ? INFINITY : 0;
  return rough == 0 ? 1 : mlm_times_exp(1, dd_product(l, y));
}

/* The integral from 1 to 1 + x of (1 + x - u)·u^-power, by the binomial series of u^-power around 1. */
static double series(double x, double power) {
  double coefficient = 1, sum = 0;
  /* unreachable: its end, for a term is at most a quarter of the one before */
  for (int k = 0; k < 60; k++) {
    double term = coefficient / ((k + 1.0) * (k + 2.0));
    sum += term;
    if (fabs(term) < 0x1p-56 * fabs(sum)) break;
    coefficient *= (-power - k) / (k + 1.0) * x;
  }
  return x * x * sum;
}

/* (e^(s·l) - 1) / s, and its limit at s = 0. */
static double power_excess(DoubleDouble s, DoubleDouble l) {
  double x = s.hi * l.hi;
  /* unreachable: powers 1 and 2, and ratios near 1, are taken before */
  if (x == 0) return l.hi;
  return (fabs(x) < 0.5 ? x + mlm_exp_excess(x) : mlm_times_exp(1, dd_product(l, s)) - 1) / s.hi;
}

/* The same integral to r > 0. With q = 1 - power and s = 2 - power it is (r^s - s·r + q) / (q·s), of which
 * the first form serves near q = 0 and the second near s = 0. */
static double power_integral(double r, DoubleDouble q, DoubleDouble s) {
  DoubleDouble l = mlm_log_pair(dd_of(r));
  if (fabs(q.hi) < fabs(s.hi)) return (r * power_excess(q, l) - (r - 1)) / s.hi;
  return (power_excess(s, l) - (r - 1)) / q.hi;
}

/* The three terms of the definition; for numbers so far apart that they do not cancel. Where terms of both
 * signs are infinite so is the integral. Above power 1 the middle one is t/p·p^s, since p^q may overflow
 * alone. */
static double tweedie_terms(double p, double t, DoubleDouble q, DoubleDouble s) {
  double middle = q.hi < 0 ? t / p * power_of(p, s) : t * power_of(p, q);
  double sum = power_of(t > 0 ? t : 0, s) / (q.hi * s.hi) - middle / q.hi + power_of(p, s) / s.hi;
  return sum == sum ? sum : INFINITY;
}

double mlm_tweedie_deviance(double p, double t, double power) {
  if (power == 0) return (p - t) * (p - t);
  if (power == 1) return mlm_poisson_deviance(p, t);
  if (power == 2) return mlm_gamma_deviance(p, t);
  if (p == t) return 0;
  const DoubleDouble q = two_sum(1, -power), s = two_sum(2, -power);
  double x = (t - p) / p, size = fabs(power) < 2 ? 2 : fabs(power);
  if (fabs(x) * size <= 0.5) return 2 * (power_of(p, s) * series(x, power));
  double r = t / p;
  if (r > 0x1p-60 && r < 0x1p60 && size <= 12) return 2 * (power_of(p, s) * power_integral(r, q, s));
  return 2 * tweedie_terms(p, t, q, s);
}
