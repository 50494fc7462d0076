/* The binomial distribution, exactly by the incomplete beta function. */
#include <math.h>

#include "math/distributions.h"
#include "math/tail.h"

#define WHOLE_END 0x1p53

/* For 0 <= x < WHOLE_END. */
static double whole_part(double x) { return (double)(int64_t)x; }

static bool is_defined(double k, double n, double p) {
  return k == k && n >= 0 && n < WHOLE_END && whole_part(n) == n && p >= 0 && p <= 1;
}

/* P(X <= k) = I(1-p; n-k, k+1). */
static double binomial_of(double k, double n, double p, bool upper) {
  if (!is_defined(k, n, p)) return NAN;
  if (k < 0 || k >= n) return (k >= 0) != upper;
  k = whole_part(k);
  return upper ? mlm_beta_cdf(p, k + 1, n - k) : mlm_beta_sf(p, k + 1, n - k);
}

double mlm_binomial_cdf(double k, double n, double p) { return binomial_of(k, n, p, false); }
double mlm_binomial_sf(double k, double n, double p) { return binomial_of(k, n, p, true); }

/* C(n,k) p^k (1-p)^(n-k); C(n,k) = Γ(n+1) / (Γ(k+1) Γ(n-k+1)) with the lesser of k and n-k as a separate
 * argument. */
double mlm_binomial_pmf(double k, double n, double p) {
  if (!is_defined(k, n, p)) return NAN;
  if (k < 0 || k > n || whole_part(k) != k) return 0;
  if (p == 0 || p == 1) return k == p * n;
  Proportion at = mlm_proportion_of(p);
  double few = k < n - k ? k : n - k;
  DoubleDouble log_choices = mlm_log_gamma_ratio(n - few + 1, few);
  log_choices = dd_minus(dd_sum(log_choices, mlm_log_gamma_pair(dd_of(few + 1))));
  DoubleDouble log_powers = dd_sum(dd_times(at.log_x, k), dd_times(at.log_y, n - k));
  return mlm_times_exp(1, dd_sum(log_choices, log_powers));
}
