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
  if (t > 0x1p1013 && p > 0x1p900)
    return 0x1p20 * mlm_poisson_deviance(p * 0x1p-20, t * 0x1p-20); /* the same multiple */
  if (are_near(p, t)) return 2 * (t * mlm_log_shortfall((p - t) / t));
  return 2 * ((p - t) - t * log_of_quotient(p, t));
}

/* With y = (t - p)/p it is 2(y - ln(1 + y)). */
double mlm_gamma_deviance(double p, double t) {
  if (are_near(t, p)) return 2 * mlm_log_shortfall((t - p) / p);
  return 2 * ((t / p - 1) - log_of_quotient(t, p));
}

/* y·l, l a logarithm; far beyond the exponents of doubles just as far as matters, for y may overflow in
 * dd_product(). */
static DoubleDouble times_log(DoubleDouble y, DoubleDouble l) {
  double rough = l.hi * y.hi;
  if (fabs(rough) > 4000) return dd_of(rough > 0 ? 4000 : -4000);
  return rough == 0 ? dd_of(0) : dd_product(l, y);
}

/* factor·x^y for x > 0, also where x^y is no normal number. */
static double times_power(double factor, double x, DoubleDouble y) {
  return mlm_times_exp(factor, times_log(y, mlm_log_pair(dd_of(x))));
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

/* The same integral for |power| > 12 and r = 1 + x within 2^60 of 1. With l = ln r it is (e^(s·l) - 1 - s·x)
 * / (q·s), where near r = 1 the numerator is (e^(s·l) - 1 - s·l) - s·(x - l), whose parts do not cancel. NaN:
 * e^(s·l) is too large. p and t may be subnormal: p^s is then 0 or Infinity, and only the sign counts. */
static double steep_integral(double p, double t, double x, DoubleDouble q, DoubleDouble s) {
  const DoubleDouble l = mlm_log_ratio(dd_of(t), dd_of(p)), y = times_log(s, l);
  double excess = -1 - s.hi * l.hi;
  if (y.hi > 690) return NAN;
  if (fabs(x) >= 0.5) return (mlm_times_exp(1, y) - 1 - s.hi * x) / q.hi / s.hi;
  if (y.hi > -690) excess = mlm_exp_excess(y.hi), excess += y.lo * (y.hi + excess);
  return (excess - s.hi * mlm_log_shortfall(x)) / q.hi / s.hi;
}

/* factor·e^exponent */
typedef struct Term {
  double factor;
  DoubleDouble exponent;
} Term;

/* Twice the sum of three terms, of which the largest is positive where it is too large for a double. */
static double sum_of(const Term term[3]) {
  double most = -INFINITY, sum = 0;
  for (int i = 0; i < 3; i++)
    if (term[i].exponent.hi > most) most = term[i].exponent.hi;
  for (int i = 0; i < 3; i++) {
    double part = mlm_times_exp(fabs(term[i].factor), dd_plus(term[i].exponent, -most));
    sum += term[i].factor < 0 ? -part : part;
  }
  return most > 1300 ? INFINITY : mlm_times_exp(2 * sum, dd_of(most));
}

/* The three terms of the definition, with a common power of e; for numbers so far apart that they do not
 * cancel, and powers that are not near 1 or 2. The first is left out for t < 0. */
static double tweedie_terms(double p, double t, DoubleDouble q, DoubleDouble s) {
  const DoubleDouble of_p = mlm_log_pair(dd_of(p)), of_t = mlm_log_pair(dd_of(fabs(t)));
  const Term terms[] = {{t > 0 ? 1 / (q.hi * s.hi) : 0, t > 0 ? times_log(s, of_t) : dd_of(-4000)},
                        {(t > 0 ? -1 : 1) / q.hi, dd_sum(times_log(q, of_p), of_t)},
                        {1 / s.hi, times_log(s, of_p)}};
  return sum_of(terms);
}

/* For t > 0 far from p and a power so near 1 or 2 that the terms would cancel: the integral as
 * power_integral() has it, with r = t/p, which may be no normal number, taken out where it is large. */
static double tweedie_near(double p, double t, DoubleDouble q, DoubleDouble s) {
  const DoubleDouble of_p = mlm_log_pair(dd_of(p)), of_t = mlm_log_pair(dd_of(t));
  const DoubleDouble l = dd_sum(of_t, dd_minus(of_p));
  const bool first = fabs(q.hi) < fabs(s.hi);
  const bool large = t > p;
  const double r = t / p, excess = power_excess(first ? q : s, l);
  double factor;
  if (first)
    factor = (large ? excess - (1 - 1 / r) : r * excess - (r - 1)) / s.hi;
  else
    factor = (large ? (1 + excess) / r - 1 : excess - (r - 1)) / q.hi;
  return mlm_times_exp(2 * factor, large ? dd_sum(of_t, times_log(q, of_p)) : times_log(s, of_p));
}

double mlm_tweedie_deviance(double p, double t, double power) {
  if (power == 0) return (p - t) * (p - t);
  if (power == 1) return mlm_poisson_deviance(p, t);
  if (power == 2) return mlm_gamma_deviance(p, t);
  if (p == t) return 0;
  const DoubleDouble q = two_sum(1, -power), s = two_sum(2, -power);
  if (t == 0) return times_power(2 / s.hi, p, s);
  double x = (t - p) / p, size = fabs(power) < 2 ? 2 : fabs(power);
  if (fabs(x) * size <= 0.5) return times_power(2 * series(x, power), p, s);
  double r = t / p;
  const bool within = r > 0x1p-60 && r < 0x1p60;
  if (within && size <= 12) return times_power(2 * power_integral(r, q, s), p, s);
  const double steep = within ? steep_integral(p, t, x, q, s) : NAN;
  if (steep == steep) return times_power(2 * steep, p, s);
  const bool near = fabs(q.hi) < 0x1p-5 || fabs(s.hi) < 0x1p-5;
  return near ? tweedie_near(p, t, q, s) : tweedie_terms(p, t, q, s);
}
