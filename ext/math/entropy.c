/* Losses and distances of probabilities: binary cross entropy, entropy and divergences. */
#include "math/entropy.h"

#include <math.h>

#include "math/log.h"
#include "math/log_core.h"

/* -log, normalised and at most 100, as in PyTorch's BCELoss. */
static DoubleDouble clamped(DoubleDouble log) {
  DoubleDouble loss = ordered_sum(-log.hi, -log.lo);
  if (loss.hi < 100 || (loss.hi == 100 && loss.lo < 0)) return loss;
  return dd_of(100);
}

double mlm_bce(double p, double y) {
  if (y * y == y) {
    double loss = mlm_log_loss(p, y);
    return loss > 100 ? 100 : loss;
  }
  DoubleDouble hit = p > 0 ? clamped(log_parts(p)) : dd_of(100);
  DoubleDouble miss = p < 1 ? clamped(log_complement_core(p)) : dd_of(100);
  /* In units of 2^-100, so that a subnormal y or p does not lose bits. */
  DoubleDouble sum = dd_product(dd_of(y * 0x1p100), hit);
  return dd_rounded(dd_sum(sum, dd_product(dd_scaled(ordered_sum(1, -y), 0x1p100), miss))) * 0x1p-100;
}

bool mlm_is_distribution(const double *p, size_t n, double *sum) {
  DoubleDouble all = {0, 0};
  for (size_t j = 0; j < n; j++) all = dd_plus(all, p[j]);
  *sum = dd_rounded(all);
  return fabs(all.hi - 1 + all.lo) <= 1e-6 * (double)n;
}

double mlm_entropy(const double *p, size_t n) {
  DoubleDouble sum = {0, 0};
  for (size_t j = 0; j < n; j++) {
    if (p[j] == 0) continue;
    DoubleDouble log = log_parts(p[j]);
    sum = dd_sum(sum, dd_times(ordered_sum(log.hi, log.lo), -p[j] * 0x1p100));
  }
  return (0.0 + dd_rounded(sum)) * 0x1p-100;
}

/* a·ln(a/b) for 0 <= a, b <= 1 in units of 2^-100. */
static DoubleDouble relative(DoubleDouble a, DoubleDouble b) {
  return a.hi == 0 ? dd_of(0) : dd_product(a, mlm_log_ratio(a, b));
}

double mlm_kl_divergence(const double *p, const double *q, size_t n) {
  DoubleDouble sum = {0, 0};
  for (size_t j = 0; j < n; j++) {
    if (p[j] > 0 && q[j] == 0) return INFINITY;
    sum = dd_sum(sum, relative(dd_of(p[j] * 0x1p100), dd_of(q[j] * 0x1p100)));
  }
  return dd_rounded(sum) * 0x1p-100;
}

/* p·ln(p/m) + q·ln(q/m) with m = (p+q)/2. It is never negative, but where p and q are close the two terms
 * nearly cancel; then, with p = m(1+d) and q = m(1-d), by the series m·d²·(1 + d²/6 + d⁴/15 + d⁶/28 + d⁸/45 +
 * …). */
static DoubleDouble js_term(double p, double q) {
  DoubleDouble sum = two_sum(p, q), difference = two_sum(p, -q), middle = dd_scaled(sum, 0.5);
  if (!(fabs(difference.hi) <= 0x1p-8 * sum.hi))
    return dd_sum(relative(dd_of(p), middle), relative(dd_of(q), middle));
  if (difference.hi == 0) return dd_of(0);
  DoubleDouble d = dd_quotient(difference, sum);
  DoubleDouble first = dd_product(dd_product(middle, d), d);
  double d2 = d.hi * d.hi, tail = d2 * (1.0 / 6 + d2 * (1.0 / 15 + d2 * (1.0 / 28 + d2 * (1.0 / 45))));
  return ordered_sum(first.hi, first.lo + first.hi * tail);
}

double mlm_js_divergence(const double *p, const double *q, size_t n) {
  DoubleDouble sum = {0, 0};
  for (size_t j = 0; j < n; j++) sum = dd_sum(sum, js_term(p[j] * 0x1p100, q[j] * 0x1p100));
  return dd_rounded(sum) * 0x1p-101;
}
