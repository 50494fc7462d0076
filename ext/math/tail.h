/* Tails of the gamma and beta distributions, as a factor and a power of e: for the distributions built on
 * them and for quantiles, which solve for their logarithms. */
#ifndef MLM_TAIL_H
#define MLM_TAIL_H

#include "math/log_gamma.h"

/* Up to here the alternating series for shapes below 1 loses less than four bits; beyond, continued fractions
 * converge fast. */
#define SERIES_END 1.5

/* factor · e^exponent. */
typedef struct Tail {
  double factor;
  DoubleDouble exponent;
} Tail;

/* P(X <= x), P(X > x), and ln of the density of ln X or of the logit of X there. */
typedef struct Tails {
  Tail lower, upper;
  DoubleDouble log_density;
} Tails;

static inline double tail_value(Tail t) { return mlm_times_exp(t.factor, t.exponent); }
/* What rounding has put below 0 is 0. */
static inline Tail tail_of(double value) { return (Tail){value > 0 ? value : 0, {0, 0}}; }
static inline Tail other_tail(Tail t) { return tail_of(1 - tail_value(t)); }

/* Both tails where each was computed by itself, the greater as 1 less the other. */
static inline Tails paired_tails(Tail lower, Tail upper) {
  bool lower_is_less = tail_value(lower) < 0.5;
  return (Tails){
      lower_is_less ? lower : other_tail(upper), lower_is_less ? other_tail(lower) : upper, {0, 0}};
}

/* The gamma distribution of shape a > 0 and scale 1 at x > 0, both finite. */
Tails mlm_gamma_tails(DoubleDouble x, double a);

/* A number in (0, 1), its complement and the logarithms of both. */
typedef struct Share {
  DoubleDouble x, y, log_x, log_y;
} Share;

/* u/(u + v) for finite u, v > 0; x, 0 < x < 1, exactly. */
Share mlm_share_of_parts(DoubleDouble u, DoubleDouble v);
Share mlm_share_of(double x);

/* Parameters beyond these two count as these: far from where anybody has them, and where products of pairs are exact. */
#define PARAMETER_BEGIN 0x1p-300
#define PARAMETER_END   0x1p900
static inline double held_parameter(double a) {
  return a < PARAMETER_BEGIN ? PARAMETER_BEGIN : a < PARAMETER_END ? a : PARAMETER_END;
}

typedef struct BetaShape {
  double a, b;
  DoubleDouble
      log_beta; /* ln B(a,b); where a and b are at least STIRLING_BEGIN what Stirling's formula lacks of it */
} BetaShape;

BetaShape mlm_beta_shape(double a, double b);
static inline BetaShape mirrored_shape(BetaShape s) { return (BetaShape){s.b, s.a, s.log_beta}; }
Tails mlm_beta_tails(const Share *at, const BetaShape *shape);

/* The integral of e^-ψ(s) from 0 to Infinity, ψ(s) = slope·s + scale·excess(s, of): slope >= 0; excess is
 * convex, 0 with its derivative at s = 0, and of second derivative `curvature` there. Error <= 8 ulp where
 * e^-ψ is as smooth as in the tails of distributions whose parameters are at least STIRLING_BEGIN. */
typedef double TailExcess(double s, const void *of);
double mlm_tail_integral(double slope, double scale, double curvature, TailExcess *excess, const void *of);

#endif
