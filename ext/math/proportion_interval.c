/* Confidence intervals of a proportion. */
#include "math/proportion_interval.h"

#include <math.h>

#include "math/distributions.h"

/* The roots of (p - k/n)² = z²·p(1 - p)/n. The one nearer to 0 is computed from the product of both, (k/n)² /
 * (1 + z²/n), so that it is 0 for k = 0 and loses no digits near it; the upper one likewise as 1 less that of
 * n - k. */
static double wilson_low(double k, double n, double z) {
  double p = k / n, t = z * z / n;
  double half = sqrt(t * (p * (1 - p) + t / 4));
  return p * p / (p + t / 2 + half);
}

void mlm_wilson_interval(double k, double n, double level, double bounds[2]) {
  double z = -mlm_normal_quantile((1 - level) / 2);
  bounds[0] = wilson_low(k, n, z);
  bounds[1] = 1 - wilson_low(n - k, n, z);
}

void mlm_clopper_pearson_interval(double k, double n, double level, double bounds[2]) {
  double tail = (1 - level) / 2;
  bounds[0] = k > 0 ? mlm_beta_quantile(tail, k, n - k + 1) : 0;
  bounds[1] = k < n ? mlm_beta_quantile(1 - tail, k + 1, n - k) : 1;
}

void mlm_jeffreys_interval(double k, double n, double level, double bounds[2]) {
  double tail = (1 - level) / 2;
  bounds[0] = mlm_beta_quantile(tail, k + 0.5, n - k + 0.5);
  bounds[1] = mlm_beta_quantile(1 - tail, k + 0.5, n - k + 0.5);
}
