/* Distribution functions and quantiles as scalars. */
#include "metric.h"

static double normal_cdf(const Row *row) { return mlm_normal_cdf(row->x[0]); }
static double normal_sf(const Row *row) { return mlm_normal_sf(row->x[0]); }
static double normal_quantile(const Row *row) { return mlm_normal_quantile(row->x[0]); }
static double t_cdf(const Row *row) { return mlm_t_cdf(row->x[0], row->x[1]); }
static double t_quantile(const Row *row) { return mlm_t_quantile(row->x[0], row->x[1]); }
static double chi2_cdf(const Row *row) { return mlm_chi2_cdf(row->x[0], row->x[1]); }
static double chi2_sf(const Row *row) { return mlm_chi2_sf(row->x[0], row->x[1]); }
static double beta_cdf(const Row *row) { return mlm_beta_cdf(row->x[0], row->x[1], row->x[2]); }
static double beta_quantile(const Row *row) { return mlm_beta_quantile(row->x[0], row->x[1], row->x[2]); }
static double erf_of(const Row *row) { return mlm_erf(row->x[0]); }

static const Scalar scalars[] = {
    {.name = "normal_cdf",
     .args = {ARG_X},
     .required = 1,
     .value = normal_cdf,
     .summary = "P(X <= x) of the standard normal distribution.",
     .example = "SELECT normal_cdf(1.96)"},
    {.name = "normal_sf",
     .args = {ARG_X},
     .required = 1,
     .value = normal_sf,
     .summary = "P(X > x) of the standard normal distribution, accurate even where it is tiny; "
                "2·normal_sf(abs(z)) is the two-sided p-value of z.",
     .example = "SELECT normal_sf(10)"},
    {.name = "normal_quantile",
     .args = {ARG_P},
     .required = 1,
     .value = normal_quantile,
     .summary = "The x whose normal_cdf is p; -Infinity at 0, Infinity at 1.",
     .example = "SELECT normal_quantile(0.975)"},
    {.name = "t_cdf",
     .args = {ARG_T, ARG_DF},
     .required = 2,
     .value = t_cdf,
     .summary = "P(T <= t) of Student's t distribution with df degrees of freedom.",
     .example = "SELECT t_cdf(2.0, 10)"},
    {.name = "t_quantile",
     .args = {ARG_P, ARG_DF},
     .required = 2,
     .value = t_quantile,
     .summary = "The t whose t_cdf is p; -Infinity at 0, Infinity at 1.",
     .example = "SELECT t_quantile(0.975, 10)"},
    {.name = "chi2_cdf",
     .args = {ARG_X, ARG_DF},
     .required = 2,
     .value = chi2_cdf,
     .summary = "P(X <= x) of the chi-squared distribution with df degrees of freedom.",
     .example = "SELECT chi2_cdf(3.84, 1)"},
    {.name = "chi2_sf",
     .args = {ARG_X, ARG_DF},
     .required = 2,
     .value = chi2_sf,
     .summary = "P(X > x) of the chi-squared distribution, the p-value of a statistic; accurate even "
                "where it is tiny.",
     .example = "SELECT chi2_sf(3.84, 1)"},
    {.name = "beta_cdf",
     .args = {ARG_X, ARG_SHAPE_A, ARG_SHAPE_B},
     .required = 3,
     .value = beta_cdf,
     .summary = "P(X <= x) of the beta distribution: the regularised incomplete beta function.",
     .example = "SELECT beta_cdf(0.3, 2, 5)"},
    {.name = "beta_quantile",
     .args = {ARG_P, ARG_SHAPE_A, ARG_SHAPE_B},
     .required = 3,
     .value = beta_quantile,
     .summary = "The x whose beta_cdf is p.",
     .example = "SELECT beta_quantile(0.5, 2, 5)"},
    {.name = "erf",
     .args = {ARG_X},
     .required = 1,
     .value = erf_of,
     .summary = "The error function: 2·normal_cdf(x·√2) - 1.",
     .example = "SELECT erf(0.5)"},
    {0},
};

const Family mlm_distributions = {.name = "distributions", .scalars = scalars};
