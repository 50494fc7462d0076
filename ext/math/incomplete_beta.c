/* The regularised incomplete beta function.
 *
 * With both tails and everything relative to the power x^a y^b / B(a,b), y = 1 - x: a series or a continued
 * fraction where a or b is below STIRLING_BEGIN, quadrature otherwise.
 */
#include <math.h>

#include "math/distributions.h"
#include "math/kernels.h"
#include "math/tail.h"

/* Where x is too small to be a double of full precision, its logarithm is still exact. */
Share mlm_share_of_parts(DoubleDouble u, DoubleDouble v) {
  DoubleDouble sum = dd_sum(u, v), log_sum = mlm_log_pair(sum);
  Share share = {dd_quotient(u, sum), dd_quotient(v, sum), {0, 0}, {0, 0}};
  bool x_is_small = share.x.hi < 0x1p-800, y_is_small = share.y.hi < 0x1p-800;
  share.log_x = x_is_small ? dd_sum(mlm_log_pair(u), dd_minus(log_sum)) : mlm_log_pair(share.x);
  share.log_y = y_is_small ? dd_sum(mlm_log_pair(v), dd_minus(log_sum)) : mlm_log_pair(share.y);
  return share;
}

Share mlm_share_of(double x) {
  DoubleDouble y = two_sum(1, -x);
  return (Share){dd_of(x), y, mlm_log_pair(dd_of(x)), mlm_log_pair(y)};
}

static Share mirrored(const Share *at) { return (Share){at->y, at->x, at->log_y, at->log_x}; }

static Tails mirrored_tails(Tails t) { return (Tails){t.upper, t.lower, t.log_density}; }

/* b x - a y = (a + b) x - a: how far x lies above the mean, times a + b. */
static double above_mean(const Share *at, double a, double b) {
  return dd_rounded(dd_sum(dd_times(at->x, b), dd_minus(dd_times(at->y, a))));
}

/* The integral of t^(a-1) (1-t)^(b-1) over (0, x), relative to x^a y^b: the even part of the continued fraction
 * (DLMF 8.17.22; Didonato and Morris 1992), in which nothing cancels, by Lentz's method. Used where min(a, b) < 20
 * and x is below the mean, or not so far above a tiny one that a x or b y were below 0.6: some 160 steps at most. */
static double lower_fraction(const Share *at, double a, double b) {
  double x = at->x.hi, y = at->y.hi, apart = 1 - above_mean(at, a, b);
  double denominator = a / (a + 1) * apart, c = denominator, d = 1 / denominator, value = d;
  for (double m = 1; m < 1000; m += 1) {
    double odd = a + 2 * m - 1, share = m * (b - m) / odd * x;
    double numerator = (a + m - 1) / odd * ((a + b + m - 1) * x) * share;
    denominator = m + share + (a + m) / (odd + 2) * (apart + m * (1 + y));
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    double ratio = c * d;
    value /= ratio;
    if (fabs(ratio - 1) < 0x1p-53) break;
  }
  return value;
}

/* a < 1, x <= 0.6 and b x <= 0.6. I = e^w (1 + a T), e^w = x^a / (a B(a,b)), T = the sum of (1-b)...(n-b) x^n / ((a+n) n!), n >=
 * 1; the complement -(e^w - 1) - a e^w T loses no digits however small it is. */
static Tails small_shape(const Share *at, double a, double b) {
  DoubleDouble log_beta = dd_sum(mlm_log_gamma_pair(two_sum(1, a)), mlm_log_gamma_ratio(b, a));
  DoubleDouble w = dd_sum(dd_times(at->log_x, a), dd_minus(log_beta));
  double power = 1, sum = 0;
  for (double n = 1; fabs(power) > 0x1p-60; n += 1) {
    power *= (n - b) * at->x.hi / n;
    sum += power / (a + n);
  }
  double rise = w.hi < -700 ? -1 : dd_rounded(dd_plus(w, mlm_exp_excess(w.hi)));
  Tails tails = {{1 + a * sum, w}, tail_of(-rise - a * sum * (1 + rise)), {0, 0}};
  tails.log_density = dd_plus(dd_sum(w, dd_times(at->log_y, b)), mlm_log(a));
  return tails;
}

/* ln of x^a y^b / B(a,b), where one of a and b may be small. */
static DoubleDouble log_power(const Share *at, double a, double b) {
  double small = a < b ? a : b, large = a < b ? b : a;
  DoubleDouble log_beta = dd_sum(mlm_log_gamma_pair(dd_of(small)), mlm_log_gamma_ratio(large, small));
  DoubleDouble powers = dd_sum(dd_times(at->log_x, a), dd_times(at->log_y, b));
  return dd_sum(powers, dd_minus(log_beta));
}

/* ln(1 + p (e^s - 1)) - p s for s > 0: with y = p (e^s - 1) it is p (e^s - 1 - s) - (y - ln(1 + y)); for p > 1/2 the
 * same of -s and 1 - p. */
static double excess_of_odds(double s, const void *of) {
  const Share *at = of;
  double p = at->x.hi;
  if (p > 0.5) p = at->y.hi, s = -s;
  double function = mlm_exp_excess(s), y = p * (s + function);
  if (y > 0.5) return mlm_log1p(y) - p * s;
  return p * function - mlm_log_shortfall(y);
}

/* The upper tail from x, at or above the mean, for a, b >= STIRLING_BEGIN. In the logit of t, s above that of x, the integrand
 * t^a (1-t)^b is e^-ψ, ψ = (b x - a y) s + (a + b) (ln(1 + x (e^s - 1)) - x s), to which nothing cancels. With n = a + b
 * and Stirling's formula x^a y^b / B = √(ab/2πn) (nx/a)^a (ny/b)^b e^rests. */
static Tails large_shape(const Share *at, double a, double b, double above) {
  static const double inverse_root_2_pi = 0x1.9884533d43651p-2;
  DoubleDouble n = two_sum(a, b), nx = dd_product(n, at->x), ny = dd_product(n, at->y);
  if (nx.hi < a * 0x1p-100 || ny.hi < b * 0x1p-100) return (Tails){tail_of(1), tail_of(0), {-INFINITY, 0}};
  DoubleDouble exponent = dd_sum(dd_times(mlm_log_ratio(nx, dd_of(a)), a), dd_times(mlm_log_ratio(ny, dd_of(b)), b));
  DoubleDouble rests = dd_sum(mlm_stirling_rest(dd_of(a)), mlm_stirling_rest(dd_of(b)));
  exponent = dd_sum(exponent, dd_sum(mlm_stirling_rest(n), dd_minus(rests)));
  double scale = inverse_root_2_pi * sqrt(a / n.hi * b);
  double curvature = at->x.hi * at->y.hi;
  Tail upper = {scale * mlm_tail_integral(above, n.hi, curvature, excess_of_odds, at), exponent};
  return (Tails){other_tail(upper), upper, dd_plus(exponent, mlm_log(scale))};
}

Tails mlm_beta_tails(const Share *at, double a, double b) {
  a = a < PARAMETER_END ? a : PARAMETER_END;
  b = b < PARAMETER_END ? b : PARAMETER_END;
  Share other = mirrored(at);
  if (a < 1 && at->x.hi <= 0.6 && b * at->x.hi <= 0.6) return small_shape(at, a, b);
  if (b < 1 && at->y.hi <= 0.6 && a * at->y.hi <= 0.6) return mirrored_tails(small_shape(&other, b, a));
  double above = above_mean(at, a, b);
  if (a >= STIRLING_BEGIN && b >= STIRLING_BEGIN)
    return above >= 0 ? large_shape(at, a, b, above) : mirrored_tails(large_shape(&other, b, a, -above));
  Tails tails = {.log_density = log_power(at, a, b)};
  if (above <= 0) {
    tails.lower = (Tail){lower_fraction(at, a, b), tails.log_density};
    tails.upper = other_tail(tails.lower);
  } else {
    tails.upper = (Tail){lower_fraction(&other, b, a), tails.log_density};
    tails.lower = other_tail(tails.upper);
  }
  return tails;
}

static double beta_of(double x, double a, double b, bool upper) {
  if (!(a > 0 && b > 0) || x != x || (a == INFINITY && b == INFINITY)) return NAN;
  if (x >= 1 || b == INFINITY) return (x >= 0) != upper;
  if (x <= 0 || a == INFINITY) return upper;
  Share at = mlm_share_of(x);
  Tails tails = mlm_beta_tails(&at, a, b);
  return tail_value(upper ? tails.upper : tails.lower);
}

double mlm_beta_cdf(double x, double a, double b) { return beta_of(x, a, b, false); }
double mlm_beta_sf(double x, double a, double b) { return beta_of(x, a, b, true); }
