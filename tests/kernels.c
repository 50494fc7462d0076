/* The elementary kernels against 50-digit references, at their limits, and bit for bit against fixed sums of
 * their results.
 *
 * tests/oracle/kernels.points holds the references; tests/oracle/kernels.py makes it and says how to compare
 * millions more.
 */
#include "math/crps.h"
#include "math/exp2.h"
#include "math/exp_wide.h"
#include "math/kernels.h"
#include "math/exp_core.h"
#include "math/log_core.h"
#include "math/power_lanes.h"
#include "random.h"
#include "unit.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(bool right, const char *what, double x, double got) {
  if (right)
    passed();
  else
    failed("%s(%a) gave %a", what, x, got);
}

static bool same(double a, double b) {
  return (a != a && b != b) || mlm_double_bits(a) == mlm_double_bits(b);
}

/* ---- references ---- */

enum { MOST = 32 };

static double softmax_entry(const double *v, size_t n) {
  double out[MOST];
  mlm_softmax(v, n - 1, out);
  return out[(size_t)v[n - 1]];
}

/* The function by its name in the file; v are all its arguments, vectors first. */
static double call(const char *name, const double *v, size_t n) {
  size_t half = n / 2, last = n - 1;
  static const struct {
    const char *name;
    double (*of)(double);
  } scalar[] = {{"exp", mlm_exp},         {"log", mlm_log},
                {"log1p", mlm_log1p},     {"softplus", mlm_softplus},
                {"logit", mlm_logit},     {"log_sigmoid", mlm_log_sigmoid},
                {"sigmoid", mlm_sigmoid}, {"neg_log_complement", mlm_neg_log_complement},
                {"exp2", mlm_exp2}};
  for (size_t i = 0; i < sizeof scalar / sizeof *scalar; i++)
    if (strcmp(name, scalar[i].name) == 0) return scalar[i].of(v[0]);
  if (strcmp(name, "log_loss") == 0) return mlm_log_loss(v[0], v[1]);
  if (strcmp(name, "bce") == 0) return mlm_bce(v[0], v[1]);
  if (strcmp(name, "bce_logits") == 0) return mlm_bce_logits(v[0], v[1], v[2]);
  if (strcmp(name, "softmax_from") == 0) return mlm_softmax_from(v[0], v[1]);
  if (strcmp(name, "diff_of_products") == 0) return mlm_diff_of_products(v[0], v[1], v[2], v[3]);
  if (strcmp(name, "nll") == 0) return mlm_nll(v, last, (size_t)v[last]);
  if (strcmp(name, "nll_smoothed") == 0) return mlm_nll_smoothed(v, n - 2, (size_t)v[n - 2], v[last]);
  if (strcmp(name, "nll_soft_smoothed") == 0) return mlm_nll_soft_smoothed(v, half, v + half, v[last]);
  if (strcmp(name, "softmax") == 0) return softmax_entry(v, n);
  if (strcmp(name, "entropy") == 0) return mlm_entropy(v, n);
  if (strcmp(name, "kl_divergence") == 0) return mlm_kl_divergence(v, v + half, half);
  if (strcmp(name, "js_divergence") == 0) return mlm_js_divergence(v, v + half, half);
  if (strcmp(name, "poisson_deviance") == 0) return mlm_poisson_deviance(v[0], v[1]);
  if (strcmp(name, "gamma_deviance") == 0) return mlm_gamma_deviance(v[0], v[1]);
  if (strcmp(name, "tweedie_deviance") == 0) return mlm_tweedie_deviance(v[0], v[1], v[2]);
  return NAN;
}

/* Bounds in ulp: at most the header's; where nothing but the last rounding is to be seen, nearly 0.5. */
static double bound_of(const char *name) {
  static const struct {
    const char *name;
    double ulp;
  } bounds[] = {
      {"exp", 0.51},          {"log", 0.505},           {"softplus", 0.54},     {"log_sigmoid", 0.54},
      {"sigmoid", 0.51},      {"bce_logits", 1.2},      {"nll", 0.52},          {"softmax", 0.51},
      {"softmax_from", 0.51}, {"poisson_deviance", 16}, {"gamma_deviance", 16}, {"tweedie_deviance", 40}};
  for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
    if (strcmp(name, bounds[i].name) == 0) return bounds[i].ulp;
  return 0.505;
}

static double ulp_of(double x) {
  int k = exponent_of(fabs(x));
  return k <= -970 ? 0x1p-1022 * 0x1p-52 * (k > -1022 ? power_of_two(k + 1022) : 1) : power_of_two(k - 52);
}

static void check_line(char *line) {
  char *overflow, *name = strtok_r(line, "\t", &overflow), *arguments = strtok_r(NULL, "\t", &overflow);
  uint64_t y = strtoull(strtok_r(NULL, "\t", &overflow), NULL, 16);
  double v[MOST], residue = strtod(overflow, NULL) / 1024, want = mlm_double_from_bits(y);
  if (strcmp(name, "log_sum") == 0) return;
  size_t n = 0;
  for (char *at = strtok_r(arguments, " ", &overflow); at; at = strtok_r(NULL, " ", &overflow))
    v[n++] = mlm_double_from_bits(strtoull(at, NULL, 16));
  double got = call(name, v, n), error = fabs((got - want) / ulp_of(want) - residue);
  check(error <= bound_of(name) + 0.0005, name, v[0], got);
}

static void check_references(void) {
  static char line[4096];
  FILE *file = fopen("tests/oracle/kernels.points", "r");
  if (!file) {
    failed("tests/oracle/kernels.points cannot be opened");
    return;
  }
  while (fgets(line, sizeof line, file)) check_line(line);
  fclose(file);
}

/* ---- limits ---- */

static void check_limits(void) {
  const double inf = INFINITY, ln2 = 0x1.62e42fefa39efp-1, least = 0x1p-1074;
  const struct {
    const char *name;
    double want, v[3];
  } rows[] = {
      {"exp", 0, {-inf}},
      {"exp", inf, {inf}},
      {"exp", NAN, {NAN}},
      {"exp", 1, {0}},
      {"exp", 1, {-0.0}},
      {"exp", inf, {709.79}},
      {"exp", inf, {1e308}},
      {"exp", 0, {-745.14}},
      {"exp", 0, {-1e308}},
      {"exp", least, {-745.13}},
      {"exp", 1, {least}},
      {"exp2", NAN, {NAN}},
      {"exp2", inf, {1100}},
      {"exp2", 0, {-1100}},
      {"exp2", 0.125, {-3}},
      {"log", -inf, {0}},
      {"log", -inf, {-0.0}},
      {"log", NAN, {-1}},
      {"log", NAN, {-0.5}},
      {"log", NAN, {-inf}},
      {"log", NAN, {NAN}},
      {"log", inf, {inf}},
      {"log", 0, {1}},
      {"log1p", -inf, {-1}},
      {"log1p", NAN, {-1.5}},
      {"log1p", NAN, {NAN}},
      {"log1p", NAN, {-inf}},
      {"log1p", inf, {inf}},
      {"log1p", -0.0, {-0.0}},
      {"log1p", -least, {-least}},
      {"softplus", inf, {inf}},
      {"softplus", 0, {-inf}},
      {"softplus", NAN, {NAN}},
      {"softplus", ln2, {0}},
      {"softplus", ln2, {-0.0}},
      {"softplus", 1e308, {1e308}},
      {"softplus", 0, {-1e308}},
      {"log_sigmoid", 0, {inf}},
      {"log_sigmoid", -inf, {-inf}},
      {"log_sigmoid", NAN, {NAN}},
      {"sigmoid", 1, {inf}},
      {"sigmoid", 0, {-inf}},
      {"sigmoid", NAN, {NAN}},
      {"sigmoid", 0.5, {0}},
      {"logit", -inf, {0}},
      {"logit", inf, {1}},
      {"logit", 0, {0.5}},
      {"logit", NAN, {-least}},
      {"logit", NAN, {1.5}},
      {"logit", NAN, {NAN}},
      {"neg_log_complement", 0, {0}},
      {"neg_log_complement", inf, {1}},
      {"neg_log_complement", NAN, {-least}},
      {"neg_log_complement", NAN, {1.5}},
      {"neg_log_complement", least, {least}},
      {"log_loss", 0, {1, 1}},
      {"log_loss", 0, {0, 0}},
      {"log_loss", inf, {0, 1}},
      {"log_loss", inf, {1, 0}},
      {"log_loss", least, {least, 0}},
      {"log_loss", 0x1.74385446d71c3p+9, {least, 1}},
      {"bce", 100, {0, 1}},
      {"bce", 100, {1, 0}},
      {"bce", 100, {1e-300, 1}},
      {"bce", 0, {1, 1}},
      {"bce", 0, {0, 0}},
      {"bce", 50, {0, 0.5}},
      {"bce", 25, {1, 0.75}},
      {"bce", 0x1.8c7aed8db8cb9p+5, {0x1p-143, 0.5}}, /* a logarithm of -99.1 is not cut off */
      {"bce_logits", 0, {inf, 1, 1}},
      {"bce_logits", 0, {-inf, 0, 1}},
      {"bce_logits", inf, {inf, 0, 1}},
      {"bce_logits", inf, {-inf, 1, 1}},
      {"bce_logits", inf, {inf, 0.5, 1}},
      {"bce_logits", inf, {-inf, 0.5, 1}},
      {"bce_logits", 0, {inf, 1, 3}},
      {"bce_logits", 0, {-inf, 0, 3}},
      {"bce_logits", inf, {inf, 0, 3}},
      {"bce_logits", inf, {-inf, 1, 3}},
      {"bce_logits", 0, {-inf, 1, 0}},
      {"bce_logits", 0, {-inf, 0.5, 0}},
      {"bce_logits", inf, {inf, 0.5, 0}},
      {"bce_logits", 0, {-3, 1, 0}},
      {"bce_logits", 0, {-1e200, 0.5, 0}},
      {"bce_logits", 0, {1e6, 1, 3}},
      {"bce_logits", 0, {1e300, 1, 3}},
      {"bce_logits", ln2, {0, 0.3, 1}},
      {"bce_logits", 2 * ln2, {0, 1, 2}},
      {"bce_logits", 0.5e308, {1e308, 0.5, 1}},
      {"bce_logits", 1e308, {-1e308, 0.5, 2}},
      {"bce_logits", inf, {-1e308, 1, 2}},
      {"softmax_from", NAN, {-inf, -inf}},
      {"softmax_from", 0, {-inf, 3}},
      {"softmax_from", 0, {3, inf}},
      {"softmax_from", NAN, {inf, inf}},
      {"softmax_from", 1, {3, 3}},
      {"softmax_from", 0, {-1e308, 1e308}},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    double got = call(rows[i].name, rows[i].v, 3);
    check(same(got, rows[i].want), rows[i].name, rows[i].v[0], got);
  }
}

static void check_rows_of_logits(void) {
  const double inf = INFINITY, ln2 = 0x1.62e42fefa39efp-1, ln3 = 0x1.193ea7aad030bp+0;
  const struct {
    const char *what;
    double want, got;
  } rows[] = {
#define OF(...) (const double[]){__VA_ARGS__}
      {"nll of one", 0, mlm_nll(OF(5), 1, 0)},
      {"nll of Infinity alone", 0, mlm_nll(OF(1, inf, 2), 3, 1)},
      {"nll below Infinity", inf, mlm_nll(OF(1, inf, 2), 3, 0)},
      {"nll of tied Infinity", ln2, mlm_nll(OF(inf, 1, inf), 3, 2)},
      {"nll of -Infinity", inf, mlm_nll(OF(-inf, 1), 2, 0)},
      {"nll beside -Infinity", 0, mlm_nll(OF(-inf, 1), 2, 1)},
      {"nll of all -Infinity", ln3, mlm_nll(OF(-inf, -inf, -inf), 3, 1)},
      {"nll of -Infinity below Infinity", inf, mlm_nll(OF(-inf, inf), 2, 0)},
      {"nll of two whose sum is out of reach", 0x1p1022, mlm_nll(OF(0x1p1023, 0x1.8p1023), 2, 0)},
      {"nll out of reach", inf, mlm_nll(OF(-1.7e308, 1.7e308), 2, 0)},
      {"nll far away", 1e308, mlm_nll(OF(0, 1e308), 2, 0)},
      {"nll subnormal", 0x1p-1074, mlm_nll(OF(0, 745), 2, 1)},
      {"nll of four that are nothing alone", 0x1p-1074, mlm_nll(OF(0, 0, 0, 0, 745.9), 5, 4)},
      {"soft target on -Infinity", inf, mlm_nll_soft_smoothed(OF(-inf, 1), 2, OF(0.5, 0.5), 0)},
      {"no target on -Infinity", 0, mlm_nll_soft_smoothed(OF(-inf, 1), 2, OF(0, 1), 0)},
      {"soft target of all -Infinity", ln2, mlm_nll_soft_smoothed(OF(-inf, -inf), 2, OF(0.25, 0.75), 0)},
      {"soft target of tied Infinity", ln2, mlm_nll_soft_smoothed(OF(inf, inf), 2, OF(0.25, 0.75), 0)},
      {"soft target of nothing", 0, mlm_nll_soft_smoothed(OF(1, 2), 2, OF(0, 0), 0)},
      {"soft target far away", 0.5e308, mlm_nll_soft_smoothed(OF(0, 1e308), 2, OF(0.5, 0.5), 0)},
      {"divergence across a power of 2", 0x1p-105,
       mlm_kl_divergence(OF(0.5, 0.5), OF(0.5 - 0x1p-53, 0.5 + 0x1p-53), 2)},
      {"and back", 0x1p-105, mlm_kl_divergence(OF(0.5 - 0x1p-53, 0.5 + 0x1p-53), OF(0.5, 0.5), 2)},
      {"soft target far below the first", 0.5e308, mlm_nll_soft_smoothed(OF(1e308, 0), 2, OF(0.5, 0.5), 0)},
      {"soft target beyond the range", 0x1p1023,
       mlm_nll_soft_smoothed(OF(-0x1p1023, 0x1p1023), 2, OF(0.5, 0.5), 0)},
      {"smoothing over -Infinity", inf, mlm_nll_smoothed(OF(-inf, 1), 2, 1, 0.1)},
      {"no smoothing over -Infinity", 0, mlm_nll_smoothed(OF(-inf, 1), 2, 1, 0)},
      {"no smoothing, target on -Infinity", inf, mlm_nll_smoothed(OF(-inf, 1), 2, 0, 0)},
      {"smoothing of equals", ln2, mlm_nll_smoothed(OF(7, 7), 2, 1, 0.3)},
      {"smoothing and target on -Infinity", inf, mlm_nll_smoothed(OF(-inf, 1), 2, 0, 0.1)},
      {"soft smoothing of equals", ln2, mlm_nll_soft_smoothed(OF(7, 7), 2, OF(0.5, 0.5), 0.3)},
      {"soft smoothing over -Infinity", inf, mlm_nll_soft_smoothed(OF(-inf, 1), 2, OF(0, 1), 0.1)},
      {"entropy of certainty", 0, mlm_entropy(OF(0, 1, 0), 3)},
      {"entropy of a coin", ln2, mlm_entropy(OF(0.5, 0.5), 2)},
      {"entropy of nothing", 0, mlm_entropy(NULL, 0)},
      {"kl of equals", 0, mlm_kl_divergence(OF(0.3, 0.7), OF(0.3, 0.7), 2)},
      {"kl where q is 0", inf, mlm_kl_divergence(OF(0.5, 0.5), OF(1, 0), 2)},
      {"kl where p is 0", ln2, mlm_kl_divergence(OF(1, 0), OF(0.5, 0.5), 2)},
      {"kl where both are 0", 0, mlm_kl_divergence(OF(1, 0), OF(1, 0), 2)},
      {"kl of the least", 0x1.74385446d71c3p+9, mlm_kl_divergence(OF(1), OF(0x1p-1074), 1)},
      {"kl of two subnormals", 0x1p-1074, mlm_kl_divergence(OF(0x1p-1073), OF(0x1p-1074), 1)},
      {"js of strangers", ln2, mlm_js_divergence(OF(1, 0), OF(0, 1), 2)},
      {"js of equals", 0, mlm_js_divergence(OF(0.3, 0.7, 0), OF(0.3, 0.7, 0), 3)},
#undef OF
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    check(same(rows[i].want, rows[i].got), rows[i].what, rows[i].want, rows[i].got);
}

static void check_softmax(const double *x, size_t n, const double *want) {
  double out[MOST] = {-1}, in_place[MOST];
  memcpy(in_place, x, n * sizeof *x);
  mlm_softmax(x, n, out);
  mlm_softmax(in_place, n, in_place);
  for (size_t i = 0; i < n; i++) {
    check(same(out[i], want[i]), "softmax", x[i], out[i]);
    check(same(in_place[i], want[i]), "softmax in place", x[i], in_place[i]);
    check(same(mlm_softmax_at(x, n, i), want[i]), "softmax_at", x[i], mlm_softmax_at(x, n, i));
  }
  out[0] = -1;
  mlm_log_softmax(x, n, out);
  for (size_t i = 0; i < n; i++) { check(same(out[i], 0 - mlm_nll(x, n, i)), "log_softmax", x[i], out[i]); }
}

static void check_softmaxes(void) {
  const double inf = INFINITY, third = 1.0 / 3;
  check_softmax((const double[]){5}, 1, (const double[]){1});
  check_softmax((const double[]){1, 1, 1}, 3, (const double[]){third, third, third});
  check_softmax((const double[]){-inf, -inf}, 2, (const double[]){0.5, 0.5});
  check_softmax((const double[]){inf, 3, inf, -inf}, 4, (const double[]){0.5, 0, 0.5, 0});
  check_softmax((const double[]){-inf, 3}, 2, (const double[]){0, 1});
  check_softmax((const double[]){-1e308, 1e308}, 2, (const double[]){0, 1});
  check_softmax((const double[]){0, 745}, 2, (const double[]){0x1p-1074, 1});
  double none = 5;
  mlm_softmax(&none, 0, &none);
  mlm_log_softmax(&none, 0, &none);
  check(none == 5, "softmax of nothing", 5, none);
}

/* ---- the same bits everywhere ---- */

static double wide(double scale) { return (draw_unit() - 0.5) * scale; }

static double argument(const char *name) {
  uint64_t choice = draw();
  if (strcmp(name, "log") == 0) return mlm_double_from_bits(choice % ((uint64_t)0x7ff << 52));
  if (strcmp(name, "log1p") == 0)
    return choice & 1 ? wide(2) : draw_unit() * power_of_two((int)(choice % 200) - 100);
  bool probability =
      strstr("logit neg_log_complement log_loss bce entropy kl_divergence js_divergence", name) != NULL;
  if (probability) return draw_unit() * (choice & 1 ? 1 : 0x1p-30);
  return wide(choice & 1 ? 20 : 1500);
}

/* Sums of the bits of many results, as every compiler, level of optimisation and processor must give them. */
static void check_bits(void) {
  static const struct {
    const char *name;
    size_t n;
    uint64_t sum;
  } rows[] = {
      {"exp", 1, 0x90242b746709c5de},
      {"log", 1, 0x1c45edd953d74bde},
      {"log1p", 1, 0xb8768f8b3d5d5cac},
      {"softplus", 1, 0x9037c91bb752da94},
      {"log_sigmoid", 1, 0xe9c30d43d2489dfb},
      {"sigmoid", 1, 0x977ea55292f708e2},
      {"logit", 1, 0xb261d09b188f819a},
      {"neg_log_complement", 1, 0x3016a2aba4e9e9df},
      {"log_loss", 2, 0x7dd0d0138b0b9f9b},
      {"bce", 2, 0x25cfa21acc812c30},
      {"bce_logits", 3, 0x9110965a78caf55d},
      {"softmax_from", 2, 0xc656251ed0d790a0},
      {"nll_soft_smoothed", 9, 0xf46b69cb8bd79a63},
      {"nll", 6, 0xd9be4fd2897d302e},
      {"softmax", 6, 0xcdbe6b25809a92d6},
      {"entropy", 5, 0x579ce7766001c8e2},
      {"kl_divergence", 8, 0x423301ef32ff2183},
      {"js_divergence", 8, 0xe1d9a3985099fa27},
      {"nll_smoothed", 7, 0xda46c402660126b1},
      {"diff_of_products", 4, 0x007abe5ff923cb32},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    uint64_t sum = 0;
    seed = i;
    for (int round = 0; round < 4000; round++) {
      double v[MOST];
      for (size_t j = 0; j < rows[i].n; j++) v[j] = argument(rows[i].name);
      if (strcmp(rows[i].name, "log_loss") == 0) v[1] = (double)(draw() & 1);
      if (strcmp(rows[i].name, "bce_logits") == 0) v[1] = draw_unit(), v[2] = draw() & 1 ? 1 : fabs(v[2]);
      if (strcmp(rows[i].name, "nll") == 0 || strcmp(rows[i].name, "softmax") == 0)
        v[5] = (double)(draw() % 5);
      if (strcmp(rows[i].name, "nll_smoothed") == 0) v[5] = (double)(draw() % 5), v[6] = draw_unit();
      for (size_t j = 4; j < 9 && strcmp(rows[i].name, "nll_soft_smoothed") == 0; j++) v[j] = draw_unit();
      sum = (sum ^ mlm_double_bits(call(rows[i].name, v, rows[i].n))) * 0x9e3779b97f4a7c15;
    }
    if (sum != rows[i].sum) printf("bits of %s: %#018" PRIx64 "\n", rows[i].name, sum);
    check(sum == rows[i].sum, rows[i].name, 0, 0);
  }
}

/* ---- ends of ranges and arrays, and logarithms with twice the digits ---- */

static void check_ends(void) {
  const double most = 1.7976931348623157e308;
  check(same(mlm_log1p(most), mlm_log(most)), "log1p of the largest double", most, mlm_log1p(most));
  check(mlm_bce_logits(800, 1, 0x1p-1001) == 0, "a weight that underflows", 800,
        mlm_bce_logits(800, 1, 0x1p-1001));
  double x[] = {3, 1, 7};
  check(mlm_crps_ensemble(x, 2, 2) == 0.5 && x[2] == 7, "the number behind an ensemble", 7, x[2]);
}

/* Weights so large that they bring back what alone is below the least double, against 50-digit references. */
static void check_huge_weights(void) {
  const double near_one = 1 - 0x1p-53, largest = 0x1.fffffffffffffp1023;
  const double rows[][4] = {
      {0x0.2925589798e6ep-1022, 1401, 1, 1e300},    {0x0.0000000000026p-1022, 1450, 1, 1e308},
      {0x0.0000000000003p-1022, 1453, 1, largest},  {0, 1455, 1, largest},
      {0x1.6eb286aefd71fp-5, 710, near_one, 1e307}, {0x1.17527101332a6p-43, 740, near_one, 1e308},
      {0x1.7c00000685fcfp-44, 760, near_one, 1e308}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    double got = mlm_bce_logits(rows[i][1], rows[i][2], rows[i][3]);
    check(got == rows[i][0], "bce_logits of a huge weight", rows[i][1], got);
  }
}

/* Of many rows at once, the bits of one by one. */
static void check_lists(void) {
  double p[1000], loss[1000];
  for (int label = 0; label < 2; label++) {
    for (size_t i = 0; i < 1000; i++) p[i] = argument("log_loss") + 0x1p-1000;
    mlm_log_losses(p, loss, 1000, label);
    for (size_t i = 0; i < 1000; i++)
      check(same(loss[i], mlm_log_loss(p[i], label)), "log_losses", p[i], loss[i]);
  }
}

/* The sum of powers, one by one in pairs of doubles. */
static DoubleDouble powers_one_by_one(const double *x, size_t n, double max) {
  DoubleDouble sum = {-1, 0};
  for (size_t j = 0; j < n; j++) {
    DoubleDouble gap = two_sum(x[j], -max);
    if (!(gap.hi > -700)) continue;
    ExpParts e = exp_parts(gap.hi, gap.lo);
    sum = dd_sum(sum, dd_scaled((DoubleDouble){e.hi, e.lo}, power_of_two(e.k)));
  }
  return sum;
}

/* Sums in lanes: the bits do not depend on the width of vectors, and the sum is that of one by one. */
static void check_lanes(void) {
  static const double spread[] = {1e-9, 1, 8, 300, 1e5, 0x1p39};
  double x[80];
  for (int round = 0; round < 30000; round++) {
    const size_t n = 1 + (size_t)(draw() % 80);
    const double scale = spread[draw() % 6];
    double max = -INFINITY, lowest = INFINITY;
    for (size_t j = 0; j < n; j++) {
      x[j] = scale * (2 * draw_unit() - 1);
      if (draw() % 16 == 0) x[j] = (double)(float)x[j];
      if (draw() % 64 == 0 && j > 0) x[j] = draw() % 2 ? x[j - 1] : -INFINITY;
    }
    for (size_t j = 0; j < n; j++) max = fmax(max, x[j]), lowest = fmin(lowest, x[j]);
    const PowerSum one = mlm_sum_of_powers(x, n);
    const PowerSum other = mlm_has_wide_vectors() ? mlm_sum_of_powers_wide(x, n) : one;
    check(one.max == max && one.lowest == lowest, "ends of lanes", max, one.max);
    check(same(one.rest.hi, other.rest.hi) && same(one.rest.lo, other.rest.lo) && other.max == max
              && other.lowest == lowest,
          "wide lanes", one.rest.hi, other.rest.hi);
    const DoubleDouble want = powers_one_by_one(x, n, max);
    const double error = (one.rest.hi - want.hi) + (one.rest.lo - want.lo);
    check(fabs(error) <= 0x1p-103 * (double)n * (1 + want.hi), "sum in lanes", want.hi, error);
  }
  x[0] = 0x1p40;
  check(mlm_sum_of_powers(x, 1).rest.hi == 0, "lanes out of reach", x[0], 0);
}

/* The core's ends: subnormal and huge numbers are scaled, and the halves meet at either end. */
static void check_ends_of_log(void) {
  const double end[] = {0x1p-1074, 0x1p-1022, 0x1p-1021, 0x1p999, LOG_CORE_END, 0x1p1023};
  for (size_t i = 0; i < sizeof end / sizeof *end; i++) {
    for (int round = 0; round < 1000; round++) {
      double x =
          mlm_double_from_bits(mlm_double_bits(end[i]) + draw() % 3000 - (end[i] > 0x1p-1074 ? 1500 : 0));
      int power;
      double z = frexp(x, &power);
      DoubleDouble parts = mlm_log_scaled(dd_of(z), power);
      double error = fabs((mlm_log(x) - parts.hi) - parts.lo);
      check(error <= 0.51 * 0x1p-43, "log near an end", x, error);
    }
  }
}

/* e^x and back, for every size of x: what is left is below 2^-95 where x is not huge, else below its last
 * bit. */
static void check_wide(void) {
  seed = 7;
  for (int round = 0; round < 20000; round++) {
    int power = (int)(draw() % 160) - 100;
    double x = wide(2) * power_of_two(power);
    int64_t k;
    U128 m = mlm_exp_wide(x, &k);
    check(mlm_u128_width(m) == 101, "exp_wide, bits", x, mlm_u128_width(m));
    int up = 128 - mlm_u128_width(m);
    U128 top = mlm_u128_shift_left(m, up);
    DoubleDouble z = ordered_sum((double)(top.hi >> 11) * 0x1p-52,
                                 (double)((top.hi & 0x7ff) << 42 | top.lo >> 22) * 0x1p-105);
    DoubleDouble back = mlm_log_scaled(z, k - EXP_WIDE_BITS + 127 - up);
    double left = (back.hi - x) + back.lo;
    check(fabs(left) <= 0x1p-95 + fabs(x) * 0x1p-95, "log of exp_wide", x, left);
  }
}

/* Sums off by more than 1e-6 an entry are no distributions; the sum is that of the numbers, not of their
 * rounded partial sums. */
static void check_distributions(void) {
  static const struct {
    const char *what;
    double p[4];
    size_t n;
    bool is;
    double sum;
  } of[] = {
      {"certainty", {1}, 1, true, 1},
      {"thirds", {1 / 3.0, 1 / 3.0, 1 / 3.0}, 3, true, 1},
      {"short of 1", {0.5, 0.4}, 2, false, 0.9},
      {"more than 1", {0.75, 0.75}, 2, false, 1.5},
      {"percentages", {1, 1, 1, 1}, 4, false, 4},
      {"zeros", {0, 0}, 2, false, 0},
      {"nothing", {0}, 0, false, 0},
      {"within 2e-6", {0.5, 0.5 + 0x1.0c6p-19}, 2, true, 1 + 0x1.0c6p-19},
      {"beyond 2e-6", {0.5, 0.5 + 0x1.0c7p-19}, 2, false, 1 + 0x1.0c7p-19},
      {"below by 2e-6", {0.5, 0.5 - 0x1.0c6p-19}, 2, true, 1 - 0x1.0c6p-19},
      {"below by more", {0.5, 0.5 - 0x1.0c7p-19}, 2, false, 1 - 0x1.0c7p-19},
      {"within 3e-6 by less than the last bit",
       {0.5, 0.5 + 27021597763 * 0x1p-53, 0},
       3,
       true,
       1 + 13510798882 * 0x1p-52},
      {"3e-6 to the last bit",
       {0.5, 0.5 + 27021597764 * 0x1p-53, 1e-6 * 3 - 27021597764 * 0x1p-53},
       3,
       true,
       1 + 13510798882 * 0x1p-52},
      {"parts that are rounded away", {1, 0x1p-53, 0x1p-53, 0x1p-53}, 4, true, 1 + 0x1p-51},
      {"float32 thirds", {0x1.555556p-2, 0x1.555556p-2, 0x1.555556p-2}, 3, true, 1 + 0x1p-25},
  };
  for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
    double sum = -1;
    const bool is = mlm_is_distribution(of[i].p, of[i].n, &sum);
    expect_for(is == of[i].is && sum == of[i].sum, "distribution", of[i].what);
  }
  static double many[4000];
  double sum;
  for (int i = 0; i < 4000; i++) many[i] = 0.00025 + (i % 2 ? 9e-7 : 8e-7);
  expect_for(mlm_is_distribution(many, 4000, &sum) && sum > 1.003, "distribution",
             "an entry's share of 4000");
  expect_for(!mlm_is_distribution((double[]){0.5, NAN}, 2, &sum), "distribution", "NaN");
}

int main(void) {
  check_references();
  check_limits();
  check_rows_of_logits();
  check_softmaxes();
  check_bits();
  check_ends();
  check_huge_weights();
  check_wide();
  check_lists();
  check_lanes();
  check_ends_of_log();
  check_distributions();
  return end_of_tests();
}
