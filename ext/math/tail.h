/* Tails of the gamma and beta distributions, as a factor and a power of e: the distributions built on them
 * need their values, and quantiles their logarithms. */
#ifndef MLM_TAIL_H
#define MLM_TAIL_H

#include "math/log_gamma.h"

/* Where the alternating series for shapes below 1 ends: there the two terms of its complement are some ten
 * times their sum. Beyond, continued fractions converge fast. */
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
/* Rounding may have made the value of a tail that is nearly 0 negative. */
static inline Tail tail_of(double value) { return (Tail){value > 0 ? value : 0, {0, 0}}; }
static inline Tail other_tail(Tail t) { return tail_of(1 - tail_value(t)); }

/* Of two tails computed separately, keeps the smaller and replaces the larger by 1 minus it, so that they add
 * up to 1. */
static inline Tails paired_tails(Tail lower, Tail upper) {
  bool lower_is_less = tail_value(lower) < 0.5;
  return (Tails){
      lower_is_less ? lower : other_tail(upper), lower_is_less ? other_tail(lower) : upper, {0, 0}};
}

/* The gamma distribution of shape a > 0 and scale 1 at x > 0, both finite. */
Tails mlm_gamma_tails(DoubleDouble x, double a);

/* A number in (0, 1), its complement and the logarithms of both. */
typedef struct Proportion {
  DoubleDouble x, y, log_x, log_y;
} Proportion;

/* x for 0 < x < 1, and u/(u + v) for finite u, v > 0. */
Proportion mlm_proportion_of(double x);
Proportion mlm_proportion_of_parts(DoubleDouble u, DoubleDouble v);

/* A parameter outside these bounds counts as the bound: products of pairs stay exact. */
#define PARAMETER_BEGIN 0x1p-300
#define PARAMETER_END   0x1p900
static inline double clamped_parameter(double a) {
  return a < PARAMETER_BEGIN ? PARAMETER_BEGIN : a < PARAMETER_END ? a : PARAMETER_END;
}

/* The parameters of a beta distribution and what depends on them alone. */
typedef struct BetaShape {
  double a, b;
  /* ln B(a,b); where both are at least STIRLING_BEGIN, error(a) + error(b) - error(a+b) of Stirling's
   * formula. */
  DoubleDouble log_beta;
} BetaShape;

/* Of a, b > 0. */
BetaShape mlm_beta_shape(double a, double b);
static inline BetaShape mirrored_shape(BetaShape s) { return (BetaShape){s.b, s.a, s.log_beta}; }
/* The beta distribution at a point. */
Tails mlm_beta_tails(const Proportion *at, const BetaShape *shape);

/* The integral of e^-ψ(s) from 0 to Infinity, ψ(s) = slope·s + scale·excess(s, of): slope >= 0; excess is
 * convex, 0 with its derivative at s = 0, and of second derivative `curvature` there. Error <= 8 ulp where
 * e^-ψ is as smooth as in the tails of distributions whose parameters are at least STIRLING_BEGIN. */
typedef double TailExcess(double s, const void *of);
double mlm_tail_integral(double slope, double scale, double curvature, TailExcess *excess, const void *of);

#endif
