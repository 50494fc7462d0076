/* The regularised incomplete gamma functions and the chi-squared distribution.
 *
 * Each tail is x^a e^-x / Γ(a) times a factor: from a series or a continued fraction for a below
 * STIRLING_BEGIN, from quadrature above. The exponent of the power is a pair of doubles.
 */
#include <math.h>

#include "math/distributions.h"
#include "math/kernels.h"
#include "math/tail.h"

/* The integral of t^(a-1) e^-t over (0, x), relative to x^a e^-x, for x <= a <= 20: the sum of x^n / (a (a+1)
 * ... (a+n)). The terms fall fastest for the least a; with x = a = 20 the one of n = 60 is below 2^-55. */
static double lower_series(double x, double a) {
  double term = 1 / a, sum = term;
  for (double n = a + 1; term > sum * 0x1p-55; n += 1) {
    term *= x / n;
    sum += term;
  }
  return sum;
}

/* The integral over (x, Infinity), relative to x^a e^-x, for x >= a and x >= SERIES_END if a < 1, else x >=
 * 1: Legendre's continued fraction 1/(b0 + a1/(b1 + ...)), am = m (a - m), bm = x - a + 1 + 2m, summed by the
 * differences of its convergents (Steed). All denominators are positive. The farther x is, the fewer steps it
 * takes: of a million points none took more than 82. */
static double upper_fraction(double x, double a) {
  double b = x - a + 1, d = 1 / b, change = d, value = d;
  for (double m = 1; fabs(change) > 0x1p-56 * value; m += 1) {
    if (m == 1000) break; /* unreachable: see the bound above */
    double numerator = m * (a - m), before = d;
    b += 2;
    d = 1 / (b + numerator * d);
    change *= -numerator * d * before;
    value += change;
  }
  return value;
}

/* For a < 1 and x <= SERIES_END: P = e^w (1 + a T) with e^w = x^a / Γ(a+1) and T the sum over n >= 1 of
 * (-x)^n / ((a+n) n!). The complement, Q = -(e^w - 1) - a e^w T, keeps its digits however small it is. */
static Tails small_shape(DoubleDouble x, double a, DoubleDouble log_x) {
  DoubleDouble w = dd_sum(dd_times(log_x, a), dd_minus(mlm_log_gamma_pair(two_sum(1, a))));
  double power = 1, sum = 0;
  for (double n = 1; fabs(power) > 0x1p-60; n += 1) {
    power *= -x.hi / n;
    sum += power / (a + n);
  }
  double rise = w.hi < -700 ? -1 : dd_rounded(dd_plus(w, mlm_exp_excess(w.hi)));
  return paired_tails((Tail){1 + a * sum, w}, tail_of(-rise - a * sum * (1 + rise)));
}

static double excess_above(double s, const void *of) { return mlm_exp_excess(s); }
static double excess_below(double s, const void *of) { return mlm_exp_excess(-s); }

/* a (x/a - 1 - ln(x/a)). Beyond a = 1e15 pairs would cancel too much, and a double has enough bits. */
static DoubleDouble depth_of(DoubleDouble x, double a) {
  DoubleDouble apart = dd_plus(x, -a);
  if (a > 1e15) return dd_of(a * mlm_log_shortfall(dd_rounded(apart) / a));
  return dd_sum(apart, dd_minus(dd_times(mlm_log_ratio(x, dd_of(a)), a)));
}

/* With t = x e^±s, away from the mean, the integrand t^a e^-t is e^-ψ(s) times its value at x, ψ = |x - a| s
 * + x (e^±s - 1 ∓ s): two terms >= 0. By Stirling's formula x^a e^-x / Γ(a) = √(a/2π) e^(-a (x/a - 1 -
 * ln(x/a)) - error). */
static Tails large_shape(DoubleDouble x, double a) {
  static const double inverse_root_2_pi = 0x1.9884533d43651p-2;
  if (x.hi < a * 0x1p-100) return (Tails){tail_of(0), tail_of(1), {-INFINITY, 0}};
  if (x.hi > a * 0x1p100) return (Tails){tail_of(1), tail_of(0), {-INFINITY, 0}};
  double apart = dd_rounded(dd_plus(x, -a)), scale = inverse_root_2_pi * sqrt(a);
  DoubleDouble exponent = dd_minus(dd_sum(depth_of(x, a), mlm_stirling_error(dd_of(a))));
  TailExcess *excess = apart >= 0 ? excess_above : excess_below;
  Tail tail = {scale * mlm_tail_integral(fabs(apart), x.hi, 1, excess, NULL), exponent};
  Tails tails = {tail, tail, dd_plus(exponent, mlm_log(scale))};
  *(apart >= 0 ? &tails.lower : &tails.upper) = other_tail(tail);
  return tails;
}

Tails mlm_gamma_tails(DoubleDouble x, double a) {
  if (a >= STIRLING_BEGIN) return large_shape(x, a);
  if (x.hi > 2000) return (Tails){tail_of(1), tail_of(0), {-INFINITY, 0}}; /* below x^20 e^-x */
  DoubleDouble log_x = mlm_log_pair(x), log_density = dd_sum(dd_times(log_x, a), dd_minus(x));
  log_density = dd_sum(log_density, dd_minus(mlm_log_gamma_pair(dd_of(a))));
  Tails tails;
  if (a < 1 && x.hi <= SERIES_END) {
    tails = small_shape(x, a, log_x);
  } else if (x.hi < a) {
    tails.lower = (Tail){lower_series(x.hi, a), log_density};
    tails.upper = other_tail(tails.lower);
  } else {
    tails.upper = (Tail){upper_fraction(x.hi, a), log_density};
    tails.lower = other_tail(tails.upper);
  }
  tails.log_density = log_density;
  return tails;
}

/* Whether x lies inside the support and a is finite; if not, *p is the result. */
static bool is_inside(double x, double a, bool upper, double *p) {
  *p = upper ? 1 : 0;
  if (!(a > 0) || x != x)
    *p = NAN;
  else if (x == INFINITY)
    *p = 1 - *p;
  else
    return x > 0 && a < INFINITY;
  return false;
}

static double gamma_of(double x, double a, bool upper) {
  double p;
  if (!is_inside(x, a, upper, &p)) return p;
  if (x > PARAMETER_END || a > PARAMETER_END)
    return (x > a) != upper; /* the deviation is below 2^-400 of a */
  Tails tails = mlm_gamma_tails(dd_of(x), clamped_parameter(a));
  return tail_value(upper ? tails.upper : tails.lower);
}

double mlm_gamma_cdf(double x, double a) { return gamma_of(x, a, false); }
double mlm_gamma_sf(double x, double a) { return gamma_of(x, a, true); }

/* Halves are exact down to 2^-1022. */
double mlm_chi2_cdf(double x, double df) { return gamma_of(0.5 * x, 0.5 * df, false); }
double mlm_chi2_sf(double x, double df) { return gamma_of(0.5 * x, 0.5 * df, true); }
