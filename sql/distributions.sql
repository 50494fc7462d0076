-- Distributions: probabilities, tails and quantiles of the distributions behind tests and intervals.
--
-- For all functions of this page:
--   * They are scalars. _cdf is P(X <= x), _sf is P(X > x), and _quantile is the x whose _cdf is p.
--   * Relative errors are below 1e-14 (normal and erf: 1e-15), also for tails as small as 1e-300; of quantiles
--     of t with df below 0.03, and of beta with a or b below 0.03, below 3e-16 divided by that parameter.
--     Results have the same bits on every processor.
--   * NULL for a NULL argument. A probability outside [0,1] and a parameter that is not positive are
--     errors.
.load build/mlmetrics


-- normal_cdf(x)
--
-- P(X <= x) of the standard normal distribution. NULL for NULL.
SELECT normal_cdf(1.96), normal_cdf(0), normal_cdf(-9e999);
--> 0.97500210485178|0.5|0.0


-- normal_sf(x)
--
-- P(X > x) of the standard normal distribution. 2 * normal_sf(abs(z)) is the two-sided p-value of z, even where
-- 1 - normal_cdf(z) has no digits left.
SELECT normal_sf(10), 1 - normal_cdf(10);
--> 7.61985302416053e-24|0.0


-- normal_quantile(p)
--
-- The x whose normal_cdf is p; -Infinity for 0 and Infinity for 1.
SELECT normal_quantile(0.975), normal_quantile(1e-300), normal_quantile(1) = 9e999;
--> 1.95996398454005|-37.0470962993612|1
SELECT normal_quantile(97.5);
--! normal_quantile: p must be within [0,1], got 97.5; if every p is a percentage, 0.5 meaning 0.5%, to_number((p) || '%') reads it


-- t_cdf(t, df)
--
-- P(T <= t) of Student's t distribution with df degrees of freedom, df > 0; Infinity is the normal
-- distribution.
SELECT t_cdf(2, 10), t_cdf(2, 9e999) = normal_cdf(2);
--> 0.96330598261463|1


-- t_quantile(p, df)
--
-- The t whose t_cdf is p. A 95 % interval of a mean is mean ± t_quantile(0.975, n - 1) · standard error.
SELECT t_quantile(0.975, 10), t_quantile(0.5, 3);
--> 2.22813885198627|0.0


-- chi2_cdf(x, df)
--
-- P(X <= x) of the chi-squared distribution with df degrees of freedom, df > 0.
SELECT chi2_cdf(3.84, 1), chi2_cdf(-1, 1);
--> 0.949956478751295|0.0


-- chi2_sf(x, df)
--
-- P(X > x) of the chi-squared distribution: the p-value of a statistic.
SELECT chi2_sf(3.84, 1), chi2_sf(1000, 5);
--> 0.0500435212487051|6.0100776879208e-214


-- beta_cdf(x, a, b)
--
-- P(X <= x) of the beta distribution: the regularised incomplete beta function I(x; a, b), a, b > 0. It
-- also gives the binomial distribution: P(K <= k) of n trials is beta_cdf(1 - p, n - k, k + 1).
SELECT beta_cdf(0.3, 2, 5), beta_cdf(0.5, 20 - 14 + 1, 14);
--> 0.579825|0.942340850830078


-- beta_quantile(p, a, b)
--
-- The x whose beta_cdf is p. With k successes in n trials and a uniform prior, the central 95 % interval of the
-- probability:
SELECT beta_quantile(0.025, 14 + 1, 20 - 14 + 1), beta_quantile(0.975, 14 + 1, 20 - 14 + 1);
--> 0.478248881752886|0.854123057656903


-- erf(x)
--
-- The error function, 2/√π times the integral of e^(-t²) from 0 to x.
SELECT erf(0.5), erf(-9e999);
--> 0.520499877813047|-1.0
SELECT chi2_sf(1, 0);
--! chi2_sf: df must be > 0, got 0
