/* The distributions against references with 25 digits and more, at their edges, and against each other.
 *
 * tests/oracle/distributions.points holds the references; tests/oracle/distributions.py makes it.
 */
#include "math/distributions.h"
#include "math/kernels.h"
#include "random.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(bool right, const char *what, const double *v, int n, double got) {
  if (right)
    passed();
  else
    failed("%s(%.17g, %.17g, %.17g) gave %.17g", what, v[0], n > 1 ? v[1] : 0, n > 2 ? v[2] : 0, got);
}

static bool same(double a, double b) { return (a != a && b != b) || a == b; }

/* ---- references ---- */

/* Every function, with the relative error it may have: at most the header's. That of log_gamma is the 2^-99
 * it may be off by near 1 and 2, where it is nearly 0. */
typedef struct Function {
  const char *name;
  double (*of_1)(double);
  double (*of_2)(double, double);
  double (*of_3)(double, double, double);
  double bound;
} Function;

static const Function functions[] = {
    {"erf", mlm_erf, NULL, NULL, 4e-16},
    {"erfc", mlm_erfc, NULL, NULL, 8e-16},
    {"normal_cdf", mlm_normal_cdf, NULL, NULL, 8e-16},
    {"normal_sf", mlm_normal_sf, NULL, NULL, 8e-16},
    {"normal_quantile", mlm_normal_quantile, NULL, NULL, 8e-16},
    {"log_gamma", mlm_log_gamma, NULL, NULL, 2e-15},
    {"kolmogorov_cdf", mlm_kolmogorov_cdf, NULL, NULL, 8e-16},
    {"kolmogorov_sf", mlm_kolmogorov_sf, NULL, NULL, 8e-16},
    {"gamma_cdf", NULL, mlm_gamma_cdf, NULL, 5e-15},
    {"gamma_sf", NULL, mlm_gamma_sf, NULL, 5e-15},
    {"chi2_cdf", NULL, mlm_chi2_cdf, NULL, 5e-15},
    {"chi2_sf", NULL, mlm_chi2_sf, NULL, 5e-15},
    {"t_cdf", NULL, mlm_t_cdf, NULL, 5e-15},
    {"t_sf", NULL, mlm_t_sf, NULL, 5e-15},
    {"t_quantile", NULL, mlm_t_quantile, NULL, 2e-15},
    {"beta_cdf", NULL, NULL, mlm_beta_cdf, 5e-15},
    {"beta_sf", NULL, NULL, mlm_beta_sf, 5e-15},
    {"beta_quantile", NULL, NULL, mlm_beta_quantile, 2e-15},
    {"f_cdf", NULL, NULL, mlm_f_cdf, 5e-15},
    {"f_sf", NULL, NULL, mlm_f_sf, 5e-15},
    {"binomial_cdf", NULL, NULL, mlm_binomial_cdf, 5e-15},
    {"binomial_sf", NULL, NULL, mlm_binomial_sf, 5e-15},
    {"binomial_pmf", NULL, NULL, mlm_binomial_pmf, 5e-15},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

/* The largest errors seen and where; printed if the environment has MLM_ERRORS. */
static double worst[FUNCTIONS], worst_at[FUNCTIONS][3];

static double call(const Function *f, const double *v) {
  return f->of_1 ? f->of_1(v[0]) : f->of_2 ? f->of_2(v[0], v[1]) : f->of_3(v[0], v[1], v[2]);
}

static void check_line(char *line) {
  char *rest, *name = strtok_r(line, "\t", &rest), *at = strtok_r(NULL, "\t", &rest);
  double want = strtod(strtok_r(NULL, "\t", &rest), NULL), residue = strtod(rest, NULL), v[3] = {0};
  int n = 0;
  while (*at) v[n++] = strtod(at, &at);
  for (int i = 0; i < FUNCTIONS; i++) {
    const Function *f = &functions[i];
    if (strcmp(f->name, name) != 0) continue;
    double got = call(f, v), error = fabs((got - want) / want - residue);
    check(error <= f->bound, name, v, n, got);
    if (!(error <= worst[i])) worst[i] = error, memcpy(worst_at[i], v, sizeof v);
    return;
  }
  failed("no function %s", name);
}

static void check_references(void) {
  static char line[512];
  FILE *file = fopen("tests/oracle/distributions.points", "r");
  if (!file) {
    failed("tests/oracle/distributions.points cannot be opened");
    return;
  }
  while (fgets(line, sizeof line, file)) check_line(line);
  fclose(file);
  for (int i = 0; i < FUNCTIONS && getenv("MLM_ERRORS"); i++)
    printf("%s: %.3g at %.17g %.17g %.17g\n", functions[i].name, worst[i], worst_at[i][0], worst_at[i][1],
           worst_at[i][2]);
}

/* ---- edges ---- */

typedef struct Edge {
  const char *name;
  double want, v[3];
} Edge;

static void check_edges(const Edge *edges, size_t n) {
  for (size_t i = 0; i < n; i++)
    for (int j = 0; j < FUNCTIONS; j++)
      if (strcmp(functions[j].name, edges[i].name) == 0) {
        const Function *f = &functions[j];
        double got = call(f, edges[i].v);
        check(same(got, edges[i].want), f->name, edges[i].v, f->of_1 ? 1 : f->of_2 ? 2 : 3, got);
      }
}

/* NaN in any place gives NaN. */
static void check_nan(void) {
  for (int j = 0; j < FUNCTIONS; j++)
    for (int k = 0; k < (functions[j].of_1 ? 1 : functions[j].of_2 ? 2 : 3); k++) {
      double v[3] = {1, 2, 0.5};
      v[k] = NAN;
      check(isnan(call(&functions[j], v)), functions[j].name, v, 3, call(&functions[j], v));
    }
}

static void check_normal_edges(void) {
  const double inf = INFINITY;
  static const double most = 1.7976931348623157e308, least = 0x1p-1074;
  const Edge edges[] = {
      {"erf", 0, {0}},
      {"erf", 1, {inf}},
      {"erf", -1, {-inf}},
      {"erf", 1, {6}},
      {"erfc", 1, {0}},
      {"erfc", 0, {inf}},
      {"erfc", 2, {-inf}},
      {"erfc", 0, {28}},
      {"erfc", 0x19e0fp-1074, {27}},
      {"erfc", 0, {most}},
      {"normal_cdf", 0.5, {0}},
      {"normal_cdf", 0, {-inf}},
      {"normal_cdf", 1, {inf}},
      {"normal_cdf", 0, {-most}},
      {"normal_cdf", 0, {-39}},
      {"normal_sf", 0.5, {-0.0}},
      {"normal_sf", 1, {-inf}},
      {"normal_sf", 0, {inf}},
      {"normal_sf", 0x37b23b8p-1074, {38}},
      {"normal_quantile", -inf, {0}},
      {"normal_quantile", inf, {1}},
      {"normal_quantile", 0, {0.5}},
      {"normal_quantile", NAN, {-least}},
      {"normal_quantile", NAN, {1 + 0x1p-52}},
      {"log_gamma", inf, {0}},
      {"log_gamma", 0, {1}},
      {"log_gamma", 0, {2}},
      {"log_gamma", inf, {inf}},
      {"log_gamma", inf, {most}},
      {"log_gamma", NAN, {-1}},
      {"kolmogorov_cdf", 0, {0}},
      {"kolmogorov_cdf", 0, {-inf}},
      {"kolmogorov_cdf", 0, {0.01}},
      {"kolmogorov_cdf", 1, {inf}},
      {"kolmogorov_sf", 1, {0}},
      {"kolmogorov_sf", 1, {-1}},
      {"kolmogorov_sf", 0x2979ad32bp-1074, {19}},
      {"kolmogorov_sf", 0, {inf}},
      {"kolmogorov_sf", 0, {most}},
  };
  check_edges(edges, sizeof edges / sizeof *edges);
}

static void check_gamma_edges(void) {
  const double inf = INFINITY;
  static const double most = 1.7976931348623157e308, least = 0x1p-1074;
  const Edge edges[] = {
      {"gamma_cdf", NAN, {1, 0}},       {"gamma_cdf", NAN, {1, -1}},
      {"gamma_cdf", NAN, {-1, -1}},     {"gamma_cdf", 0, {0, 2}},
      {"gamma_cdf", 0, {-inf, 2}},      {"gamma_sf", 1, {0, 2}},
      {"gamma_sf", 1, {-1, 2}},         {"gamma_cdf", 1, {inf, 2}},
      {"gamma_sf", 0, {inf, 2}},        {"gamma_cdf", 1, {most, 2}},
      {"gamma_sf", 0, {most, 200}},     {"gamma_cdf", 0, {least, 2}},
      {"gamma_cdf", 0, {least, 200}},   {"gamma_sf", 0, {1e6, 19}},
      {"gamma_cdf", 0, {1, inf}},       {"gamma_sf", 1, {1, inf}},
      {"gamma_cdf", 1, {inf, inf}},     {"gamma_cdf", 0, {1e299, 1e300}},
      {"gamma_cdf", 1, {1e301, 1e300}}, {"gamma_cdf", 0, {1, most}},
      {"chi2_cdf", 1, {inf, 1}},        {"chi2_sf", NAN, {1, 0}},
      {"chi2_sf", 1, {-5, 1}},          {"t_cdf", NAN, {0, 0}},
      {"t_cdf", NAN, {0, -1}},          {"t_cdf", 0.5, {0, 3}},
      {"t_cdf", 0.5, {least, 3}},       {"t_cdf", 0.5, {-0.0, 1e9}},
      {"t_cdf", 1, {inf, 3}},           {"t_cdf", 0, {-inf, 3}},
      {"t_sf", 0, {inf, inf}},          {"t_sf", 0, {most, 3}},
      {"t_quantile", -inf, {0, 3}},     {"t_quantile", inf, {1, 3}},
      {"t_quantile", 0, {0.5, 3}},      {"t_quantile", 0, {0.5, inf}},
      {"t_quantile", NAN, {0.5, 0}},    {"t_quantile", NAN, {1.5, 3}},
      {"t_quantile", NAN, {-least, 3}}, {"t_quantile", -inf, {1e-300, 0.1}},
  };
  const Edge cotangents[] = {/* of πp, near the largest double and beyond it */
                             {"t_quantile", -3.183098861837907e+307, {1e-308, 1}},
                             {"t_quantile", -2.5464790894703253e+300, {1.25e-301, 1}},
                             {"t_quantile", -inf, {1e-309, 1}}};
  check_edges(edges, sizeof edges / sizeof *edges);
  check_edges(cotangents, sizeof cotangents / sizeof *cotangents);
  for (double x = -6; x < 6; x += 0.25) {
    const double v[] = {x, INFINITY};
    check(mlm_t_cdf(x, INFINITY) == mlm_normal_cdf(x), "t_cdf", v, 2, mlm_t_cdf(x, INFINITY));
    double p = mlm_normal_cdf(x);
    check(mlm_t_quantile(p, INFINITY) == mlm_normal_quantile(p), "t_quantile", v, 2, p);
  }
}

static void check_beta_edges(void) {
  const double inf = INFINITY;
  static const double most = 1.7976931348623157e308, least = 0x1p-1074;
  const Edge edges[] = {
      {"beta_cdf", NAN, {0.5, 0, 1}},
      {"beta_cdf", NAN, {0.5, 1, 0}},
      {"beta_cdf", NAN, {2, -1, 1}},
      {"beta_cdf", NAN, {0.5, inf, inf}},
      {"beta_cdf", 0, {0, 2, 3}},
      {"beta_cdf", 0, {-inf, 2, 3}},
      {"beta_sf", 1, {-1, 2, 3}},
      {"beta_cdf", 1, {1, 2, 3}},
      {"beta_sf", 0, {inf, 2, 3}},
      {"beta_cdf", 0, {0.5, inf, 1}},
      {"beta_cdf", 1, {0, 1, inf}},
      {"beta_cdf", 0, {-0.5, 1, inf}},
      {"beta_cdf", 1, {0.5, 1, inf}},
      {"beta_cdf", 0, {0.5, most, 1}},
      {"beta_cdf", 1, {0.5, 1, most}},
      {"beta_cdf", 0, {0.25, most, most}},
      {"beta_sf", 0, {0.75, most, most}},
      {"beta_cdf", 0, {least, 3, 3}},
      {"beta_cdf", 0, {least, 30, 30}},
      {"beta_quantile", 0, {0, 2, 3}},
      {"beta_quantile", 1, {1, 2, 3}},
      {"beta_quantile", 0, {0, 500, 0.25}},
      {"beta_quantile", 1, {1, 30, 1e6}},
      {"beta_quantile", NAN, {-0.1, 2, 3}},
      {"beta_quantile", NAN, {1.1, 2, 3}},
      {"beta_quantile", NAN, {0.5, 0, 3}},
      {"beta_quantile", NAN, {0.5, 3, 0}},
      {"beta_quantile", NAN, {0.5, inf, inf}},
      {"beta_quantile", 1, {0.5, inf, 1}},
      {"beta_quantile", 0, {0.5, 1, inf}},
      {"beta_quantile", 0, {1e-300, 0.01, 1}},
      {"beta_quantile", 1, {1 - 0x1p-53, 1, 0.01}},
      {"beta_quantile", 0x1p-1074, {0x1p-1074, 1, 1}},
      {"beta_quantile", 0x1.8p-1066, {0x1.8p-1064, 1, 4}},
      {"beta_quantile", 0x1.2p-1059, {0x1.8p-530, 0.5, 1}},
      {"beta_quantile", 0x1p-1024, {0.5, 0x1p-10, 1}},
      {"beta_quantile", 0x0.ffffffffffe02p-1022, {0x1.754b8d65fd335p-68, 0x1.0eb8adb1fa060p-4, 2}},
      {"beta_quantile", 0, {0.5, 0x1p-10, 0x1p60}},
      {"beta_quantile", 0.5, {0.5, 5, 5}},
      {"beta_quantile", 0.5, {0.5, 0.0010049103020134068, 0.0010049103020134068}},
      {"f_cdf", NAN, {1, 0, 1}},
      {"f_cdf", NAN, {1, 1, 0}},
      {"f_cdf", 0, {0, 1, 1}},
      {"f_sf", 1, {-1, 1, 1}},
      {"f_cdf", 1, {inf, 1, 1}},
      {"f_cdf", 1, {most, 3, inf}},
      {"f_cdf", 0x1.8p-900, {0x1.8p-900, 2, inf}},
      {"f_cdf", 0x1p-900, {0x1p-900, 2, inf}},
      {"f_sf", 1, {least, inf, 3}},
      {"f_cdf", 0, {0.5, inf, inf}},
      {"f_cdf", 1, {1, inf, inf}},
      {"f_sf", 0, {2, inf, inf}},
      {"binomial_cdf", 0, {-1, 5, 0.5}},
      {"binomial_cdf", 1, {5, 5, 0.5}},
      {"binomial_sf", 0, {inf, 5, 0.5}},
      {"binomial_cdf", 1, {0, 0, 0.5}},
      {"binomial_cdf", 1, {0, 5, 0}},
      {"binomial_cdf", 0, {4, 5, 1}},
      {"binomial_cdf", NAN, {1, 2.5, 0.5}},
      {"binomial_cdf", NAN, {1, -1, 0.5}},
      {"binomial_cdf", NAN, {1, inf, 0.5}},
      {"binomial_cdf", NAN, {1, 2, 1.5}},
      {"binomial_cdf", NAN, {1, 2, -0.5}},
      {"binomial_cdf", NAN, {1, 0x1p53, 0.5}},
      {"binomial_pmf", 0, {1.5, 2, 0.5}},
      {"binomial_pmf", 0, {-1, 2, 0.5}},
      {"binomial_pmf", NAN, {1, 2.5, 0.5}},
      {"binomial_pmf", 0, {3, 2, 0.5}},
      {"binomial_pmf", 1, {0, 0, 0.5}},
      {"binomial_pmf", 1, {0, 5, 0}},
      {"binomial_pmf", 0, {1, 5, 0}},
      {"binomial_pmf", 0, {1, 5, 1}},
      {"binomial_pmf", 1, {5, 5, 1}},
      {"binomial_pmf", 0.5, {1, 2, 0.5}},
  };
  check_edges(edges, sizeof edges / sizeof *edges);
}

/* ---- against each other ---- */

/* A parameter between 10^-3 and 10^9, sometimes an integer. */
static double draw_parameter(void) {
  double a = mlm_exp(draw_unit() * 27.6 - 6.9);
  return a > 1 && draw() % 4 == 0 ? (double)(int64_t)a : a;
}

static double draw_probability(void) {
  uint64_t choice = draw();
  return choice % 3 ? draw_unit() : mlm_exp(-690 * draw_unit());
}

/* Both tails add up to 1 up to one rounding, and the cdf of a quantile is p. The beta quantile lies between
 * neighbours whose cdf is below and above p, since its last bit may move the cdf by a large parameter times
 * as much. */
static void check_pairs(void) {
  for (int round = 0; round < 20000; round++) {
    double a = draw_parameter(), b = draw_parameter(), p = draw_probability(), v[3] = {0, a, b};
    double x = v[0] = mlm_beta_quantile(p, a, b), cdf = mlm_beta_cdf(x, a, b), sf = mlm_beta_sf(x, a, b);
    check(fabs((cdf + sf) - 1) <= 0x1p-53, "beta_cdf + beta_sf", v, 3, cdf + sf);
    double width = x < 0x1p-1022 ? 0x1p-1074 : x * 0x1p-50;
    double below = mlm_beta_cdf(x - width, a, b), above = mlm_beta_cdf(x + width, a, b);
    bool inside = below <= p * (1 + 1e-13) && above >= p * (1 - 1e-13);
    check(inside, "beta_cdf of beta_quantile", v, 3, cdf);
    double t = v[0] = mlm_t_quantile(p, a), other = 0.5 + (0.5 - p);
    cdf = mlm_t_cdf(t, a), sf = mlm_t_sf(t, a);
    check(fabs((cdf + sf) - 1) <= 0x1p-53, "t_cdf + t_sf", v, 2, cdf + sf);
    /* The last bit of x or t is at most x² of the bits of cdf. */
    check(fabs(cdf - p) <= (1e-14 + t * t * 0x1p-52) * p || isinf(t), "t_cdf of t_quantile", v, 2, cdf);
    if (other < 1 && 0.5 + (0.5 - other) == p)
      check(mlm_t_quantile(other, a) == -t, "t_quantile, mirrored", v, 2, t);
    x = v[0] = mlm_normal_quantile(p);
    cdf = mlm_normal_cdf(x);
    check(fabs(cdf - p) <= (1e-15 + x * x * 0x1p-52) * p, "normal_cdf of normal_quantile", v, 1, cdf);
    x = v[0] = a * (0.5 + draw_unit());
    cdf = mlm_gamma_cdf(x, a), sf = mlm_gamma_sf(x, a);
    check(fabs((cdf + sf) - 1) <= 0x1p-53, "gamma_cdf + gamma_sf", v, 2, cdf + sf);
    check(mlm_chi2_sf(2 * x, 2 * a) == sf, "chi2_sf", v, 2, sf);
  }
}

/* Closed forms: F and t, chi-squared with 2 degrees, the beta of a or b 1, Cauchy, binomials by summing. */
static void check_identities(void) {
  for (int round = 0; round < 4000; round++) {
    double a = draw_parameter(), x = draw_unit(), v[] = {x, a};
    double t = 6 * draw_unit(), f = mlm_f_sf(t * t, 1, a), two = 2 * mlm_t_sf(t, a);
    check(fabs(f - two) <= 1e-14 * two + 1e-300, "f_sf of t²", v, 2, f);
    double chi2 = mlm_chi2_sf(20 * x, 2);
    check(fabs(chi2 - mlm_exp(-10 * x)) <= 1e-14 * chi2, "chi2_sf of 2", v, 1, chi2);
    double cauchy = mlm_t_cdf(-1 / (t + 1e-3), 1) + mlm_t_cdf(-t - 1e-3, 1);
    check(fabs(cauchy - 0.5) <= 1e-15, "t_cdf of 1, atan(x) + atan(1/x)", v, 1, cauchy);
    double power = mlm_exp(a * mlm_log(x)), beta = mlm_beta_cdf(x, a, 1);
    if (power > 1e-300)
      check(fabs(beta - power) <= (1e-14 + a * fabs(mlm_log(x)) * 0x1p-52) * power, "beta_cdf of b = 1", v, 2,
            beta);
  }
  const double half[] = {0.5, 0.5, 0.5};
  for (double a = 0x1p-8; a < 1e9; a *= 1.5)
    check(fabs(mlm_beta_cdf(0.5, a, a) - 0.5) <= 1e-15, "beta_cdf of a = b", half, 1,
          mlm_beta_cdf(0.5, a, a));
  check(mlm_binomial_cdf(2.5, 7, 0.25) == mlm_binomial_cdf(2, 7, 0.25), "binomial_cdf of 2.5", half, 1, 0);
  for (int n = 1; n < 60; n++) {
    double p = draw_unit(), sum = 0;
    for (int k = 0; k <= n; k++) {
      const double v[] = {k, n, p};
      sum += mlm_binomial_pmf(k, n, p);
      check(fabs(sum - mlm_binomial_cdf(k, n, p)) <= 1e-14 * sum, "binomial_cdf", v, 3, sum);
    }
  }
}

/* Along a grid no cdf falls, no sf rises and no quantile falls by more than rounding. */
static void check_monotone(void) {
  for (int round = 0; round < 300; round++) {
    double a = draw_parameter(), b = draw_parameter(), before[6] = {0, 1, 0, 1, -INFINITY, 0};
    for (int i = 1; i < 200; i++) {
      double p = i / 200.0, x = 2 * a * p,
             now[] = {mlm_gamma_cdf(x, a),   -mlm_gamma_sf(x, a),  mlm_beta_cdf(p, a, b),
                      -mlm_beta_sf(p, a, b), mlm_t_quantile(p, a), mlm_beta_quantile(p, a, b)};
      if (i == 1) before[1] = before[3] = -1;
      for (int j = 0; j < 6; j++) {
        const double v[] = {p, a, b};
        check(isinf(now[j]) || now[j] >= before[j] - 1e-15 * fabs(now[j]), "monotone", v, 3, now[j]);
        before[j] = now[j];
      }
    }
  }
}

/* From 2^60 on a df is Infinity, and below 2^-300 it counts as that. */
static void check_bounds_of_df(void) {
  const double inf = INFINITY, least = 0x1p-300,
               pairs[][2][3] = {
                   {{1.3, 0x1p60, 10}, {1.3, inf, 10}},
                   {{0.99997, 0x1p60, 1e9}, {0.99997, inf, 1e9}},
                   {{1.0000001, 0x1p61, 1e15}, {1.0000001, inf, 1e15}},
                   {{1.00000002, 1e15, 0x1p60}, {1.00000002, 1e15, inf}},
                   {{1 - 2e-9, 0x1p61, 0x1p60}, {1 - 2e-9, inf, inf}},
                   {{1e104, 7519, 1e-200}, {1e104, 7519, least}},
               };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    const double *v = pairs[i][0], *w = pairs[i][1], cdf = mlm_f_cdf(v[0], v[1], v[2]);
    check(cdf == mlm_f_cdf(w[0], w[1], w[2]), "f_cdf with df at a bound", v, 3, cdf);
  }
  const double v[] = {-25, 0x1p60};
  check(mlm_t_cdf(v[0], v[1]) == mlm_normal_cdf(v[0]), "t_cdf", v, 2, mlm_t_cdf(v[0], v[1]));
}

/* With one df infinite F is chi-squared over df, or its inverse. */
static void check_infinite_df(void) {
  for (int round = 0; round < 2000; round++) {
    double df = draw_parameter(), x = draw_unit() * 3, v[] = {x, df, INFINITY};
    double near = mlm_chi2_cdf(df * x, df), got = mlm_f_cdf(x, df, INFINITY), bound = 1e-14 + df * 0x1p-51;
    check(fabs(got - near) <= bound * near, "f_cdf of df2 = Infinity", v, 3, got);
    near = mlm_chi2_sf(df / x, df), got = mlm_f_cdf(x, INFINITY, df);
    check(fabs(got - near) <= bound * near, "f_cdf of df1 = Infinity", v, 3, got);
    check(fabs(mlm_f_sf(x, df, INFINITY) + mlm_f_cdf(x, df, INFINITY) - 1) <= 0x1p-53, "f_sf + f_cdf", v, 3,
          got);
  }
}

/* Where a cdf hardly changes with x its quantiles are less exact. */
static void check_small_shapes(void) {
  static const struct {
    double p, a, want;
  } beta[] = {{0.49784710089426143, 0.001, 0.013167991554874300611}},
    t[] = {{0.32071521581037443, 0.001, -1.1209545283414627391e+191}};
  for (size_t i = 0; i < sizeof beta / sizeof *beta; i++) {
    const double x = mlm_beta_quantile(beta[i].p, beta[i].a, beta[i].a),
                 v[] = {beta[i].p, beta[i].a, beta[i].a};
    check(fabs(x - beta[i].want) <= 3e-16 / beta[i].a * x, "beta_quantile", v, 3, x);
  }
  for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
    const double x = mlm_t_quantile(t[i].p, t[i].a), v[] = {t[i].p, t[i].a};
    check(fabs(x - t[i].want) <= 3e-16 / t[i].a * fabs(x), "t_quantile", v, 2, x);
  }
  const double far[] = {1e-300, 0.001, INFINITY}, f = mlm_f_cdf(1e-300, 0.001, INFINITY),
               chi2 = mlm_chi2_cdf(1e-303, 0.001);
  check(fabs(f - chi2) <= 1e-14 * chi2, "f_cdf of df2 = Infinity", far, 3, f);
}

/* Far from a shape both tails are exact; with shapes beyond the bounds of the header the gamma distribution
 * is as good as normal. */
static void check_large_shapes(void) {
  const double far[] = {1e200, 200};
  check(mlm_gamma_cdf(1e200, 200) == 1, "gamma_cdf", far, 2, mlm_gamma_cdf(1e200, 200));
  check(mlm_gamma_sf(1e200, 200) == 0, "gamma_sf", far, 2, mlm_gamma_sf(1e200, 200));
  const double bound[] = {0x1p900, 0x1p900}, below[] = {0x1p900, 0x1p1000},
               half = mlm_gamma_cdf(0x1p900, 0x1p900);
  check(fabs(half - 0.5) < 1e-8, "gamma_cdf of a large shape", bound, 2, half);
  check(mlm_gamma_cdf(0x1p900, 0x1p1000) == 0, "gamma_cdf", below, 2, mlm_gamma_cdf(0x1p900, 0x1p1000));
  for (double root = 0x1p25; root <= 0x1p50; root *= 2)
    for (int z = -2; z <= 2; z++) {
      double v[] = {root * root + z * root, root * root}, cdf = mlm_gamma_cdf(v[0], v[1]);
      check(fabs(cdf - mlm_normal_cdf(z)) < 1e-8, "gamma_cdf of a large shape", v, 2, cdf);
    }
}

/* Any double above 0: the least and the greatest, Infinity, powers of 2 far and near, integers, shares. */
static double draw_extreme(void) {
  switch (draw() % 8) {
  case 0: return 0x1p-1074 * (double)(1 + draw() % 5);
  case 1: return 1.7e308;
  case 2: return INFINITY;
  case 3: return draw_scaled(-1000, 1000);
  case 4: return draw_scaled(-60, 60);
  case 5: return (double)(1 + draw() % 30);
  case 6: return draw_scaled(-10, 40);
  default: return draw_unit();
  }
}

static void probability(double p, const char *what, const double *v, int n) {
  check(p >= 0 && p <= 1, what, v, n, p);
}

/* Whatever the parameters, results are probabilities, and quantiles numbers. */
static void check_extremes(void) {
  const double nearly_0[] = {0.57, 4e-121, 4.7e-17};
  probability(mlm_beta_sf(0.57, 4e-121, 4.7e-17), "beta_sf", nearly_0, 3);
  for (int round = 0; round < 20000; round++) {
    double x = draw_extreme(), a = draw_extreme(), b = draw_extreme(), v[] = {x, a, b};
    double share = draw() % 2 ? draw_unit() : draw_scaled(-1074 + 53, 0), p[] = {share, a, b};
    probability(mlm_gamma_cdf(x, a), "gamma_cdf", v, 2);
    probability(mlm_gamma_sf(x, a), "gamma_sf", v, 2);
    probability(mlm_t_cdf(x, a), "t_cdf", v, 2);
    probability(mlm_t_sf(x, a), "t_sf", v, 2);
    probability(mlm_f_cdf(x, a, b), "f_cdf", v, 3);
    probability(mlm_f_sf(x, a, b), "f_sf", v, 3);
    check(mlm_t_quantile(share, a) == mlm_t_quantile(share, a), "t_quantile", p, 2, 0);
    if (isinf(a) && isinf(b)) continue;
    probability(mlm_beta_cdf(share, a, b), "beta_cdf", p, 3);
    probability(mlm_beta_sf(share, a, b), "beta_sf", p, 3);
    probability(mlm_beta_quantile(share, a, b), "beta_quantile", p, 3);
  }
}

/* Sums of the bits of many results, as every compiler, level of optimisation and processor must give them. */
static void check_bits(void) {
  static const uint64_t sums[FUNCTIONS] = {
      0x2b461f2f56135798, 0x3d87967f4c870305, 0x11e73ea6bbe521d1, 0xaf22a4940900fd4a, 0xecc9b66481b223c2,
      0xc0a471675a198bd8, 0xfcdb4bcd42076394, 0x23affd29c5155017, 0x887cfb26ac6d99b2, 0x1ef5dd78830b0ea4,
      0x10bf49ea78e48121, 0x37fd265ba28de01a, 0xc9dc165321f72f8c, 0x43349df20df5d992, 0xb543fab54eb455a5,
      0x074faee81c74bb84, 0xd8f46c3f6c6aed7d, 0x74f50ea00ad18d7b, 0xab348a01034dce04, 0x7416253d778c4f14,
      0x39cc56050a74dba0, 0xede3d227385f3c7d, 0xf1b06b30cb96d793};
  for (int i = 0; i < FUNCTIONS; i++) {
    const Function *f = &functions[i];
    uint64_t sum = 0;
    seed = (uint64_t)i;
    for (int round = 0; round < 2000; round++) {
      double a = draw_parameter(), b = draw_parameter(), v[3] = {0, a, b};
      bool of_share = strstr(f->name, "beta") || strstr(f->name, "quantile");
      double unit = draw_unit();
      v[0] = of_share  ? unit
             : f->of_1 ? 6 * unit - 1
                       : unit * 3 * (f->name[0] == 'g' || f->name[0] == 'c' ? v[1] : 1);
      if (f->name[0] == 'b' && f->name[1] == 'i') v[1] = 1000, v[0] = 1000 * unit, v[2] = draw_unit();
      if (strstr(f->name, "pmf")) v[0] = (double)(int)v[0];
      sum = (sum ^ mlm_double_bits(call(f, v))) * 0x9e3779b97f4a7c15;
    }
    if (sum != sums[i]) printf("bits of %s: %#018llx\n", f->name, (unsigned long long)sum);
    check(sum == sums[i], f->name, (double[3]){0}, 0, 0);
  }
}

int main(void) {
  check_references();
  check_nan();
  check_normal_edges();
  check_gamma_edges();
  check_beta_edges();
  check_pairs();
  check_identities();
  check_monotone();
  check_bounds_of_df();
  check_infinite_df();
  check_small_shapes();
  check_large_shapes();
  check_extremes();
  check_bits();
  return end_of_tests();
}
