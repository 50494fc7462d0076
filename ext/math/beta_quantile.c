/* Quantiles of the beta distribution. */
#include <math.h>

#include "math/distributions.h"
#include "math/kernels.h"
#include "math/tail.h"

/* The least number looked for; quantiles below it give 0. */
#define LEAST 0x1p-1022

/* A beta distribution and the smaller of the two tails that the quantile has. */
typedef struct Target {
  double a, b, p;
  bool upper;
} Target;

/* ln of x's tail over p, and in *width the tail over the density of the logit of x. */
static double excess_at(const Target *target, double x, double *width) {
  Share at = mlm_share_of(x);
  Tails tails = mlm_beta_tails(&at, target->a, target->b);
  Tail tail = target->upper ? tails.upper : tails.lower;
  if (tail.factor == 0) return -INFINITY;
  *width = mlm_times_exp(tail.factor, dd_sum(tail.exponent, dd_minus(tails.log_density)));
  return dd_rounded(dd_plus(dd_plus(tail.exponent, mlm_log(tail.factor)), -mlm_log(target->p)));
}

/* x moved by `step` in its logit, within [LEAST, 1/2]. */
static double moved(double x, double step) {
  double rise = step < 1 ? step + mlm_exp_excess(step < -690 ? -690 : step) : 0, next = 0.5;
  if (step < 1) next = step < -30 ? x * (1 + rise) : x + x * (1 - x) * rise / (1 + x * rise);
  else if (step < 700) next = x / (x + mlm_exp(-step));
  return next < LEAST ? LEAST : next > 0.5 ? 0.5 : next;
}

/* Where to begin. The logit of x is about normal for large a and b; towards 0 the lower tail is about x^a / (a B); the
 * upper one falls at least like that of a gamma variable over b. */
static double start_of(const Target *target) {
  double a = target->a, b = target->b, log_p = mlm_log(target->p), z = mlm_normal_quantile(target->p);
  double root = z * sqrt(1 / a + 1 / b), x = moved(a / (a + b) < 0.5 ? a / (a + b) : 0.5, target->upper ? -root : root);
  if (target->upper) {
    double bound = (a - log_p + sqrt(-2 * a * log_p)) / b;
    return bound < x ? moved(bound, 0) : x;
  }
  DoubleDouble log_beta = dd_sum(mlm_log_gamma_pair(dd_of(a)), mlm_log_gamma_ratio(b, a));
  double log_bound = (log_p + mlm_log(a) + dd_rounded(log_beta)) / a;
  double bound = log_bound < 0 ? mlm_exp(log_bound) : 0.5;
  return bound > x ? moved(bound, 0) : x;
}

/* The x <= 1/2 of this tail, by Newton's method in the logit of x. ln of either tail is concave there, as the density
 * is, so that all steps after the first go one way: it converges from anywhere, and an excess e leaves less than e². */
static double solved(const Target *target) {
  double x = start_of(target), width = 0;
  for (int i = 0; i < 100; i++) {
    double excess = excess_at(target, x, &width);
    if (excess == -INFINITY) { /* off the scale of the tail: back towards the mean by halves */
      double mean = target->a / (target->a + target->b);
      x = sqrt(x) * sqrt(mean);
      continue;
    }
    if (x == LEAST && !target->upper && excess >= 0) return 0;
    x = moved(x, target->upper ? excess * width : -excess * width);
    if (fabs(excess) < 1e-8) break;
  }
  return x;
}

double mlm_beta_quantile(double p, double a, double b) {
  if (!(a > 0 && b > 0 && p >= 0 && p <= 1) || (a == INFINITY && b == INFINITY)) return NAN;
  if (p == 0 || p == 1) return p;
  if (a == INFINITY || b == INFINITY) return a == INFINITY;
  bool low = mlm_beta_cdf(0.5, a, b) >= p, upper = (p > 0.5) == low;
  Target target = {low ? a : b, low ? b : a, p > 0.5 ? 1 - p : p, upper};
  double x = solved(&target);
  return low ? x : 1 - x;
}
