/* Confidence intervals of a proportion: k successes in n > 0 trials, 0 <= k <= n, at a level within (0,1).
 *
 * Sets bounds[0] and bounds[1], the lower and the upper. The values are those of statsmodels'
 * proportion_confint.
 */
#ifndef MLM_PROPORTION_INTERVAL_H
#define MLM_PROPORTION_INTERVAL_H

/* The proportions that a score test does not reject; k and n need not be integers. */
void mlm_wilson_interval(double k, double n, double level, double bounds[2]);
/* The proportions that neither of two exact binomial tests rejects. It covers at least as often as `level`
 * says. */
void mlm_clopper_pearson_interval(double k, double n, double level, double bounds[2]);
/* The quantiles of the posterior distribution beta(k + 1/2, n - k + 1/2). */
void mlm_jeffreys_interval(double k, double n, double level, double bounds[2]);

#endif
