/* The regularised incomplete beta function.
 *
 * Each tail is x^a y^b / B(a,b), y = 1 - x, times a factor: from a series or a continued fraction where a or
 * b is below STIRLING_BEGIN, from quadrature otherwise. The exponent of the power is a pair of doubles, which
 * leaves 60 bits of the power itself for parameters up to 1e9.
 */
#include <math.h>

#include "math/distributions.h"
#include "math/kernels.h"
#include "math/tail.h"

/* ln of u / sum. The quotient has its full precision only well above the least normal number. */
static DoubleDouble log_quotient(DoubleDouble quotient, DoubleDouble u, DoubleDouble sum) {
  if (quotient.hi > 0x1p-800) return mlm_log_pair(quotient);
  return dd_sum(mlm_log_pair(u), dd_minus(mlm_log_pair(sum)));
}

Proportion mlm_proportion_of_parts(DoubleDouble u, DoubleDouble v) {
  DoubleDouble sum = dd_sum(u, v), x = dd_quotient(u, sum), y = dd_quotient(v, sum);
  return (Proportion){x, y, log_quotient(x, u, sum), log_quotient(y, v, sum)};
}

Proportion mlm_proportion_of(double x) {
  DoubleDouble y = two_sum(1, -x);
  return (Proportion){dd_of(x), y, mlm_log_pair(dd_of(x)), mlm_log_pair(y)};
}

static Proportion mirrored(const Proportion *at) { return (Proportion){at->y, at->x, at->log_y, at->log_x}; }

static Tails mirrored_tails(Tails t) { return (Tails){t.upper, t.lower, t.log_density}; }

/* b x - a y = (a + b) x - a: how far x lies above the mean, times a + b. */
static double above_mean(const Proportion *at, double a, double b) {
  return dd_rounded(dd_sum(dd_times(at->x, b), dd_minus(dd_times(at->y, a))));
}

/* The integral of t^(a-1) (1-t)^(b-1) over (0, x), relative to x^a y^b, for x at or below the mean: the even
 * part of the continued fraction DLMF 8.17.22 (Didonato and Morris 1992), in which nothing cancels, summed by
 * the differences of its convergents (Steed). With min(a, b) < STIRLING_BEGIN and outside the range of
 * small_shape() it takes at most 100 steps, like Legendre's fraction, its limit: of three million points none
 * took more than 82. */
static double lower_fraction(const Proportion *at, double a, double b) {
  double x = at->x.hi, y = at->y.hi, apart = 1 - above_mean(at, a, b);
  double d = (a + 1) / (a * apart), change = d, value = d;
  for (double m = 1; fabs(change) > 0x1p-56 * value; m += 1) {
    if (m == 1000) break; /* unreachable: see the bound above */
    double odd = a + 2 * m - 1, even = m * (b - m) / odd * x, before = d;
    double numerator = (a + m - 1) / odd * ((a + b + m - 1) * x) * even;
    double denominator = m + even + (a + m) / (odd + 2) * (apart + m * (1 + y));
    d = 1 / (denominator + numerator * d);
    change *= -numerator * d * before;
    value += change;
  }
  return value;
}

/* For a < 1, x <= 0.6 and b x <= SERIES_END: I = e^w (1 + a T) with e^w = x^a / (a B(a,b)) and T the sum over
 * n >= 1 of (1-b)...(n-b) x^n / ((a+n) n!). The complement, -(e^w - 1) - a e^w T, keeps its digits however
 * small it is. A term is at most 0.6 of the one before from n = b on, or for large b falls like that of
 * e^-1.5: 100 terms at most. */
static Tails small_shape(const Proportion *at, double a, double b, DoubleDouble log_beta) {
  DoubleDouble w = dd_sum(dd_times(at->log_x, a), dd_minus(dd_sum(log_beta, mlm_log_pair(dd_of(a)))));
  double power = 1, sum = 0;
  for (double n = 1; fabs(power) > 0x1p-60; n += 1) {
    power *= (n - b) * at->x.hi / n;
    sum += power / (a + n);
  }
  double rise = w.hi < -700 ? -1 : dd_rounded(dd_plus(w, mlm_exp_excess(w.hi)));
  Tails tails = paired_tails((Tail){1 + a * sum, w}, tail_of(-rise - a * sum * (1 + rise)));
  tails.log_density = dd_plus(dd_sum(w, dd_times(at->log_y, b)), mlm_log(a));
  return tails;
}

BetaShape mlm_beta_shape(double a, double b) {
  a = clamped_parameter(a), b = clamped_parameter(b);
  double smaller = a < b ? a : b, larger = a < b ? b : a;
  if (smaller < STIRLING_BEGIN)
    return (BetaShape){a, b,
                       dd_sum(mlm_log_gamma_pair(dd_of(smaller)), mlm_log_gamma_ratio(larger, smaller))};
  DoubleDouble stirling_errors = dd_sum(mlm_stirling_error(dd_of(a)), mlm_stirling_error(dd_of(b)));
  return (BetaShape){a, b, dd_sum(stirling_errors, dd_minus(mlm_stirling_error(two_sum(a, b))))};
}

/* ln(1 + p (e^s - 1)) - p s for s > 0, which for y = p (e^s - 1) is p (e^s - 1 - s) - (y - ln(1 + y)). For p
 * > 1/2, where that would cancel, the same function of -s and 1 - p. */
static double excess_of_odds(double s, const void *of) {
  const Proportion *at = of;
  double p = at->x.hi;
  if (p > 0.5) p = at->y.hi, s = -s;
  double rise = mlm_exp_excess(s), y = p * (s + rise);
  if (y > 0.5) return mlm_log1p(y) - p * s;
  return p * rise - mlm_log_shortfall(y);
}

/* The upper tail from x, at or above the mean, for a, b >= STIRLING_BEGIN. At the logit of x plus s the
 * integrand t^a (1-t)^b is e^-ψ(s) times its value at x, ψ = (b x - a y) s + (a + b) (ln(1 + x (e^s - 1)) - x
 * s): two terms >= 0. By Stirling's formula, n = a + b, x^a y^b / B(a,b) = √(ab/2πn) (nx/a)^a (ny/b)^b
 * e^-errors. */
static Tails large_shape(const Proportion *at, double a, double b, DoubleDouble stirling_errors) {
  static const double inverse_root_2_pi = 0x1.9884533d43651p-2;
  DoubleDouble n = two_sum(a, b), nx = dd_product(n, at->x), ny = dd_product(n, at->y);
  if (ny.hi < b * 0x1p-100) return (Tails){tail_of(1), tail_of(0), {-INFINITY, 0}};
  DoubleDouble powers = dd_times(mlm_log_ratio(nx, dd_of(a)), a);
  powers = dd_sum(powers, dd_times(mlm_log_ratio(ny, dd_of(b)), b));
  DoubleDouble exponent = dd_sum(powers, dd_minus(stirling_errors));
  double scale = inverse_root_2_pi * sqrt(a / n.hi * b), curvature = at->x.hi * at->y.hi;
  double integral = mlm_tail_integral(above_mean(at, a, b), n.hi, curvature, excess_of_odds, at);
  Tail upper = {scale * integral, exponent};
  return (Tails){other_tail(upper), upper, dd_plus(exponent, mlm_log(scale))};
}

static Tails fraction_shape(const Proportion *at, double a, double b, DoubleDouble log_beta) {
  DoubleDouble powers = dd_sum(dd_times(at->log_x, a), dd_times(at->log_y, b));
  DoubleDouble exponent = dd_sum(powers, dd_minus(log_beta));
  Tail lower = {lower_fraction(at, a, b), exponent};
  return (Tails){lower, other_tail(lower), exponent};
}

Tails mlm_beta_tails(const Proportion *at, const BetaShape *shape) {
  double a = shape->a, b = shape->b, x = at->x.hi, y = at->y.hi;
  Proportion other = mirrored(at);
  if (a < 1 && x <= 0.6 && b * x <= SERIES_END) return small_shape(at, a, b, shape->log_beta);
  if (b < 1 && y <= 0.6 && a * y <= SERIES_END)
    return mirrored_tails(small_shape(&other, b, a, shape->log_beta));
  bool above = above_mean(at, a, b) >= 0;
  if (a >= STIRLING_BEGIN && b >= STIRLING_BEGIN)
    return above ? large_shape(at, a, b, shape->log_beta)
                 : mirrored_tails(large_shape(&other, b, a, shape->log_beta));
  return above ? mirrored_tails(fraction_shape(&other, b, a, shape->log_beta))
               : fraction_shape(at, a, b, shape->log_beta);
}

static double beta_of(double x, double a, double b, bool upper) {
  if (!(a > 0 && b > 0 && x == x && (a < INFINITY || b < INFINITY))) return NAN;
  if (x >= 1 || b == INFINITY) return (x >= 0) != upper;
  if (x <= 0 || a == INFINITY) return upper;
  Proportion at = mlm_proportion_of(x);
  BetaShape shape = mlm_beta_shape(a, b);
  Tails tails = mlm_beta_tails(&at, &shape);
  return tail_value(upper ? tails.upper : tails.lower);
}

double mlm_beta_cdf(double x, double a, double b) { return beta_of(x, a, b, false); }
double mlm_beta_sf(double x, double a, double b) { return beta_of(x, a, b, true); }
