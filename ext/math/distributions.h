/* Distribution functions, tails and quantiles: the same bits on every CPU and compiler.
 *
 * cdf is P(X <= x) and sf is P(X > x). The smaller of the two is computed directly and the other is 1 less
 * it, so small tails keep their digits and cdf + sf is 1 up to the last rounding. NaN, a parameter outside
 * its domain and a probability outside [0,1] give NaN; x outside the support gives 0 or 1.
 *
 * Error bounds are relative and hold for results from 1e-300 up and for parameters (a, b, df, n) from 0.001
 * to 1e9; "seen" is the largest error at the points of tests/oracle/distributions.py. Beyond, accuracy fades,
 * but results stay probabilities: below 2^-300 and above 2^900 a parameter counts as that bound.
 */
#ifndef MLM_DISTRIBUTIONS_H
#define MLM_DISTRIBUTIONS_H

/* 2/√π times the integral of e^(-t²) from 0 to x, and from x to Infinity; <= 4e-16 and 8e-16, seen: 1.9e-16
 * and 3.4e-16. */
double mlm_erf(double x);
double mlm_erfc(double x);

/* The standard normal distribution, <= 8e-16; seen: 5.1e-16. */
double mlm_normal_cdf(double x);
double mlm_normal_sf(double x);
/* The x whose cdf is p: -Infinity for 0, Infinity for 1. <= 8e-16 also near 0; seen: 5.1e-16. */
double mlm_normal_quantile(double p);

/* ln Γ(x), x >= 0: Infinity at 0. <= 2.3e-16, and 2^-99 absolutely near its zeros 1 and 2. */
double mlm_log_gamma(double x);

/* The regularised incomplete gamma functions P(a,x) and Q(a,x), a > 0: the cdf and sf of the gamma
 * distribution of shape a and scale 1. a = Infinity: all mass at Infinity. <= 1e-14; seen: 3.2e-15. */
double mlm_gamma_cdf(double x, double a);
double mlm_gamma_sf(double x, double a);

/* Chi-squared with df > 0 degrees of freedom, to the same accuracy. */
double mlm_chi2_cdf(double x, double df);
double mlm_chi2_sf(double x, double df);

/* The regularised incomplete beta functions I(x; a,b) and I(1-x; b,a), a, b > 0: the cdf and sf of the beta
 * distribution. One of a and b Infinity: all mass at 1 (a) or 0 (b); both: NaN. <= 1e-14; seen: 1.3e-15. */
double mlm_beta_cdf(double x, double a, double b);
double mlm_beta_sf(double x, double a, double b);
/* The x whose cdf is p, <= 1e-14, or 3e-16/min(a, b) where that is more: cdf then hardly changes with x;
 * seen: 7.7e-16, and 1.2e-16/min(a, b). Below 2^-1022 rounded to a subnormal or 0. */
double mlm_beta_quantile(double p, double a, double b);

/* Student's t with df > 0 degrees of freedom, <= 1e-14; seen: 9.3e-16. From 2^60 on df is Infinity: the
 * normal distribution. */
double mlm_t_cdf(double t, double df);
double mlm_t_sf(double t, double df);
/* The t whose cdf is p: -Infinity for 0, Infinity for 1 and beyond the largest double. <= 1e-14 also near 0,
 * or 3e-16/df where that is more; seen: 4.3e-16, and 2e-16/df. */
double mlm_t_quantile(double p, double df);

/* Fisher's F with df1, df2 > 0 degrees of freedom, <= 1e-14; seen: 9.6e-16. From 2^60 on a df is Infinity. */
double mlm_f_cdf(double x, double df1, double df2);
double mlm_f_sf(double x, double df1, double df2);

/* The number of successes in n trials of probability p; n is an integer, >= 0 and below 2^53; k need not be
 * one. <= 1e-14; seen: 2.9e-16. */
double mlm_binomial_cdf(double k, double n, double p);
double mlm_binomial_sf(double k, double n, double p);
double mlm_binomial_pmf(double k, double n, double p);

/* Kolmogorov's limiting distribution, of √n times the largest distance between a sample's and the true cdf;
 * <= 8e-16, seen: 3.2e-16. */
double mlm_kolmogorov_cdf(double x);
double mlm_kolmogorov_sf(double x);

#endif
