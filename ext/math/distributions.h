/* Distribution functions, tails and quantiles: the same bits on every CPU and compiler.
 *
 * cdf is P(X <= x) and sf is P(X > x). The smaller of the two is computed directly and the other is 1 less
 * it, so both tails keep their digits and cdf + sf is 1 but for the last rounding. NaN, a parameter outside
 * its domain and a probability outside [0,1] give NaN; x outside the support gives 0 or 1. Error bounds are
 * relative, hold for results from 1e-300 up, and are tested on the points of tests/oracle/distributions.py;
 * "parameters" are a, b, df, n. The least parameter tested is 0.001.
 */
#ifndef MLM_DISTRIBUTIONS_H
#define MLM_DISTRIBUTIONS_H

/* (2/√π) ∫ e^(-t²) dt from 0 to x, and from x to Infinity. */
double mlm_erf(double x);
double mlm_erfc(double x);

/* The standard normal distribution. */
double mlm_normal_cdf(double x);
double mlm_normal_sf(double x);
/* The x whose cdf is p: -Infinity for 0, Infinity for 1. */
double mlm_normal_quantile(double p);

/* ln Γ(x), x >= 0: Infinity at 0. */
double mlm_log_gamma(double x);

/* The regularised incomplete gamma functions P(a,x) and Q(a,x), a > 0: the cdf and sf of the gamma
 * distribution of shape a and scale 1. a = Infinity: all mass at Infinity. */
double mlm_gamma_cdf(double x, double a);
double mlm_gamma_sf(double x, double a);

/* Chi-squared with df > 0 degrees of freedom. */
double mlm_chi2_cdf(double x, double df);
double mlm_chi2_sf(double x, double df);

/* The regularised incomplete beta function I(x; a, b) and I(1-x; b, a), a, b > 0: the cdf and sf of the beta
 * distribution. One of them Infinity: all mass at 1 (a) or 0 (b); both: NaN. */
double mlm_beta_cdf(double x, double a, double b);
double mlm_beta_sf(double x, double a, double b);
/* The x whose cdf is p. */
double mlm_beta_quantile(double p, double a, double b);

/* Student's t with df > 0 degrees of freedom; df = Infinity is the normal distribution. */
double mlm_t_cdf(double t, double df);
double mlm_t_sf(double t, double df);
/* The t whose cdf is p: -Infinity for 0, Infinity for 1. */
double mlm_t_quantile(double p, double df);

/* Fisher's F with df1, df2 > 0 degrees of freedom, either of which may be Infinity. */
double mlm_f_cdf(double x, double df1, double df2);
double mlm_f_sf(double x, double df1, double df2);

/* The number of successes in n trials of probability p; n whole, >= 0 and below 2^53. */
double mlm_binomial_cdf(double k, double n, double p);
double mlm_binomial_sf(double k, double n, double p);
double mlm_binomial_pmf(double k, double n, double p);

/* Kolmogorov's limiting distribution of √n D. */
double mlm_kolmogorov_cdf(double x);
double mlm_kolmogorov_sf(double x);

#endif
