/* Losses and distributions at the bounds where their formulas change, and at the ends of the range of
 * doubles: against values from mpmath. */
#include <math.h>
#include <stdio.h>

#include "math/crps.h"
#include "math/distributions.h"
#include "math/double_double.h"
#include "math/entropy.h"
#include "math/kernels.h"
#include "math/softplus.h"
#include "unit.h"

typedef struct Value {
  const char *what;
  double want, got, bound; /* of the relative error, or of the error of a subnormal in its last bits */
} Value;

static void check_values(const Value *values, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const Value *v = &values[i];
    const double unit = fabs(v->want) < 0x1p-1022 ? 0x1p-1074 : fabs(v->want);
    char text[100];
    snprintf(text, sizeof text, "%s: %.17g (%a)", v->what, v->got, v->got);
    expect_for((isnan(v->want) && isnan(v->got)) || v->got == v->want
                   || fabs(v->got - v->want) <= v->bound * unit,
               "value", text);
  }
}

#define ENSEMBLE(target, ...)                                                                                \
  mlm_crps_ensemble((double[]){__VA_ARGS__}, sizeof((double[]){__VA_ARGS__}) / sizeof(double), target)

/* Losses. */
static void check_losses(void) {
  const Value values[] = {
      {"crps of a certain prediction", 0, mlm_crps_gaussian(2, 2, 0), 0},
      {"crps, one member far below", 0x1.c71c71c71c71cp996, ENSEMBLE(0, -0x1p1000, 0, 0), 0},
      {"crps, one member far above", 0x1.c71c71c71c71cp996, ENSEMBLE(0, 0, 0x1p1000, 0), 0},
      {"crps, members on both sides", 0x1.8p996, ENSEMBLE(0, 0x1p1000, -0x1p999, 0, 0), 0x1p-52},
      {"crps of subnormals", 0x6p-1074, ENSEMBLE(0, 0, 0x18p-1074), 0},
      /* 100 is the most that a logarithm counts: just below e^-100, and just above. */
      {"bce just below e^-100", 63, mlm_bce(0x1.a8c1f14e2af28p-145, 0.63), 0},
      {"bce just above e^-100", 0x1.f7fffffffffffp5, mlm_bce(0x1.a8c1f14e2af8dp-145, 0.63), 0},
      {"bce_logits of the least target", 0x1.59p-465, mlm_bce_logits(-0x1.59p9, 0x1p-1074, 0x1p600), 0},
  };
  check_values(values, sizeof values / sizeof *values);
}

/* Quantiles. */
static void check_quantiles(void) {
  const double least = 0x1p-1074;
  const Value values[] = {
      {"beta quantile, a = 20", 0x1.30c23ba88c882p-3, mlm_beta_quantile(0.3, 20, 99), 2e-15},
      {"beta quantile, b = 20", 1 - 0x1.30c23ba88c882p-3, mlm_beta_quantile(0.7, 99, 20), 2e-15},
      {"beta quantile of 0", 0, mlm_beta_quantile(0, least, least), 0},
      {"beta quantile of 1", 1, mlm_beta_quantile(1, least, least), 0},
      {"beta quantile of 0, a infinite", 0, mlm_beta_quantile(0, INFINITY, 2), 0},
      {"beta quantile of 1, b infinite", 1, mlm_beta_quantile(1, 2, INFINITY), 0},
      {"beta quantile, b = 0", NAN, mlm_beta_quantile(0.3, 2, 0), 0},
      {"beta quantile, b = -1/2", NAN, mlm_beta_quantile(0.3, 2, -0.5), 0},
      {"t quantile of the least double", -0x1.6a09e667f3bcdp536, mlm_t_quantile(least, 2), 2e-15},
      {"t quantile of 2^-499", -0x1.a5451d40f75bfp994, mlm_t_quantile(0x1p-499, 0.5), 2e-15},
      {"t quantile of 2^-500", -0x1.a5451d40f75bfp996, mlm_t_quantile(0x1p-500, 0.5), 2e-15},
  };
  check_values(values, sizeof values / sizeof *values);
}

/* Tails. */
static void check_tails(void) {
  const Value values[] = {
      {"t beyond 2^450", 0x1p-1001, mlm_t_sf(0x1p500, 2), 5e-15},
      {"F of a subnormal", 0x1.a7c9c6192f60ep-162, mlm_f_cdf(0x3p-1074, 0.3, 2), 5e-15},
      {"F of 2^500", 0x1.65e3848372b1dp-76, mlm_f_sf(0x1p500, 1, 0.3), 5e-15},
      {"F of the least, df1 the least", 1, mlm_f_cdf(0x1p-1074, 0x1p-300, INFINITY), 0},
      {"beta cdf of 0, b infinite", 1, mlm_beta_cdf(0, 2, INFINITY), 0},
      {"beta cdf of -1, b infinite", 0, mlm_beta_cdf(-1, 2, INFINITY), 0},
      {"binomial of p = -1", NAN, mlm_binomial_cdf(0, 3, -1), 0},
      {"binomial of 2^53", NAN, mlm_binomial_cdf(1, 0x1p53, 0x1p-53), 0},
      {"log_gamma of 2^1000", 0x1.5a12d6d005c94p1009, mlm_log_gamma(0x1p1000), 2.3e-16},
      {"erfc above 27", 436 * 0x1p-1074, mlm_erfc(0x1.b19f8d24a5df3p4), 1},
      {"normal tail above 38", 4209 * 0x1p-1074, mlm_normal_sf(38.25), 1},
      {"Kolmogorov at 1", 0x1.147acb3f23d08p-2, mlm_kolmogorov_sf(1), 8e-16},
      {"Kolmogorov above 19", 807719 * 0x1p-1074, mlm_kolmogorov_sf(19.125), 1},
  };
  check_values(values, sizeof values / sizeof *values);
}

/* With df2 infinite F is a gamma variable of a x, a = df1 / 2, which need not be a double: its cdf lies
 * between those of the two doubles beside a x, in proportion. */
static void check_exact_product(void) {
  const double df = 1e9 + 2, a = df / 2;
  for (int i = 1; i <= 20; i++) {
    const double x = 1 + i * 1.23456789e-6;
    const DoubleDouble at = two_product(a, x);
    const double above = nextafter(at.hi, INFINITY), low = mlm_gamma_cdf(at.hi, a),
                 step = (mlm_gamma_cdf(above, a) - low) / (above - at.hi), got = mlm_f_cdf(x, df, INFINITY);
    expect_x(fabs(got - (low + at.lo * step)) <= 5e-15, "F where df1 x is no double", x);
  }
}

/* Sums just within the tolerance of a distribution, 1e-6 for each probability. */
static void check_distributions(void) {
  double sum, least = 0x1p-52 - 0x1p-54, hi = 1 + ceil(5e-6 * 0x1p52) * 0x1p-52;
  expect(mlm_is_distribution((double[]){1, 2e-6}, 2, &sum), "a sum at the tolerance", 0);
  expect(mlm_is_distribution((double[]){0.5, hi - 0x1p-52 - 0.5, least, 0, 0}, 5, &sum),
         "a sum just within the tolerance", 0);
}

int main(void) {
  check_losses();
  check_quantiles();
  check_tails();
  check_exact_product();
  check_distributions();
  return end_of_tests();
}
