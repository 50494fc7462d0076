/* The error function, and the normal distribution with its quantiles. */
#include <math.h>

#include "math/distributions.h"
#include "math/erfcx_table.h"
#include "math/kernels.h"
#include "math/log_gamma.h"

/* e^(x²) erfc(x) for 0 <= x < Infinity. */
static double scaled_erfc(double x) {
  double t = 2 / (2 + x), place = t * ERFCX_PIECES;
  int j = place < ERFCX_PIECES ? (int)place : ERFCX_PIECES - 1;
  const double *c = mlm_erfcx_table.piece[j];
  double v = place - (j + 0.5), sum = c[ERFCX_TERMS - 1];
  for (int i = ERFCX_TERMS - 2; i >= 0; i--) sum = c[i] + v * sum;
  return t * sum;
}

/* erf(x) for |x| <= 1. */
static double erf_near(double x) {
  const double *c = mlm_erfcx_table.slope;
  double v = x * x - 0.5, sum = c[ERF_TERMS - 1];
  for (int i = ERF_TERMS - 2; i >= 0; i--) sum = c[i] + v * sum;
  return x * sum;
}

/* erfc(x) for x >= 0; below 2^-1075 from 28 on. x² is exact in two parts. */
static double upper_erfc(double x) {
  return x < 28 ? mlm_times_exp(scaled_erfc(x), dd_minus(two_product(x, x))) : 0;
}

double mlm_erf(double x) {
  if (fabs(x) < 1) return erf_near(x);
  double rest = upper_erfc(fabs(x));
  return x > 0 ? 1 - rest : x < 0 ? rest - 1 : x;
}

double mlm_erfc(double x) {
  if (fabs(x) < 0.5) return 1 - erf_near(x);
  return x > 0 ? upper_erfc(x) : x < 0 ? 2 - upper_erfc(-x) : x;
}

/* e^(x²/2) sf(x) for 0 <= x < Infinity. */
static double scaled_tail(double x) { return 0.5 * scaled_erfc(x * 0x1.6a09e667f3bcdp-1); }

/* -x²/2, exactly. */
static DoubleDouble normal_exponent(double x) { return dd_scaled(two_product(x, x), -0.5); }

/* sf(x) for x >= 0; below 2^-1075 from 39 on. */
static double upper_tail(double x) { return x < 39 ? mlm_times_exp(scaled_tail(x), normal_exponent(x)) : 0; }

double mlm_normal_sf(double x) { return x >= 0 ? upper_tail(x) : x < 0 ? 1 - upper_tail(-x) : x; }

double mlm_normal_cdf(double x) { return mlm_normal_sf(-x); }

/* The x > 0 with sf(x) = p, 0 < p <= 1/4. The start, Hastings's (Abramowitz and Stegun 26.2.23), is off by
 * less than 4.5e-4; each of Halley's steps on ln sf takes an error e to less than e³: two leave 1e-28. */
static double quantile_far(double p) {
  static const double root_2_pi = 0x1.40d931ff62706p+1;
  double log_p = mlm_log(p), t = sqrt(-2 * log_p);
  double x =
      t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (int i = 0; i < 2; i++) {
    double tail = scaled_tail(x), hazard = 1 / (root_2_pi * tail);
    DoubleDouble log_sf = dd_plus(normal_exponent(x), mlm_log(tail));
    double excess = dd_rounded(dd_plus(log_sf, -log_p));
    x += excess / hazard / (1 + 0.5 * excess * (hazard - x) / hazard);
  }
  return x;
}

/* The x with cdf(x) = 1/2 + q, |q| <= 1/4: by the series in q√(2π), within 4e-4 of itself, and twice Halley.
 */
static double quantile_near(double q) {
  static const double root_2_pi = 0x1.40d931ff62706p+1, root_half = 0x1.6a09e667f3bcdp-1;
  double s = q * root_2_pi, s2 = s * s;
  double x = s + s * s2 * (1.0 / 6 + s2 * (7.0 / 120 + s2 * (127.0 / 5040)));
  for (int i = 0; i < 2; i++) {
    double excess = (0.5 * erf_near(x * root_half) - q) * root_2_pi * mlm_exp(0.5 * x * x);
    x -= excess / (1 + 0.5 * excess * x);
  }
  return x;
}

double mlm_normal_quantile(double p) {
  if (!(p > 0 && p < 1)) return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
  if (p < 0.25) return -quantile_far(p);
  return p > 0.75 ? quantile_far(1 - p) : quantile_near(p - 0.5);
}
