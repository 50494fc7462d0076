/* Natural logarithms: of x, of 1 + x, of 1 - p, of odds, and of ratios with twice the digits. */
#include <math.h>

#include "math/kernels.h"
#include "math/log_core.h"

/* Whether log_core() takes x as it is. */
static inline bool is_near(double x) {
  const uint64_t least = (uint64_t)1 << 52;
  return mlm_double_bits(x) - least < mlm_double_bits(LOG_CORE_END) - least;
}

static double log_far(double x) {
  if (x == 0) return -INFINITY;
  if (!(x > 0)) return NAN;
  return x < INFINITY ? dd_rounded(log_parts(x)) : x;
}

/* Error seen: 0.507 ulp. */
double mlm_log(double x) { return is_near(x) ? dd_rounded(log_core(x, 0, false, 0)) : log_far(x); }

double mlm_log1p(double x) {
  if (!(x > -1 && x < LOG_CORE_END)) return x == -1 ? -INFINITY : x < -1 ? NAN : mlm_log(x);
  if (fabs(x) < 0x1p-54) return x;
  DoubleDouble sum = two_sum(1, x);
  return dd_rounded(log_core(sum.hi, sum.lo, true, 0));
}

double mlm_neg_log_complement(double p) {
  if (!(p >= 0 && p < 1)) return p == 1 ? INFINITY : NAN;
  return 0.0 - dd_rounded(log_complement_core(p)); /* a loss of 0 is not -0 */
}

double mlm_log_loss(double p, double label) {
  /* p, or 1 - p with what the subtraction leaves over; by a mask, because a branch on labels cannot be
   * foreseen, and so that little waits for the label, which is read last. */
  double other = 1 - p, overflow = (1 - other) - p;
  uint64_t hit = 0 - (mlm_double_bits(label) >> 61 & 1);
  double chance = mlm_double_from_bits((mlm_double_bits(p) & hit) | (mlm_double_bits(other) & ~hit));
  if (!is_near(chance)) return 0.0 - log_far(chance);
  return 0.0 - dd_rounded(log_core(chance, mlm_double_from_bits(mlm_double_bits(overflow) & ~hit), true, 0));
}

void mlm_log_losses(const double *p, double *loss, size_t n, int label) {
  if (label)
    for (size_t i = 0; i < n; i++) loss[i] = 0.0 - dd_rounded(log_core(p[i], 0, false, 0));
  else
    for (size_t i = 0; i < n; i++) loss[i] = 0.0 - dd_rounded(log_complement_core(p[i]));
}

DoubleDouble mlm_log1p_parts(DoubleDouble x) {
  /* The rest of the series is below x³/4; further up 1 + x has room for what matters of x.lo. */
  if (x.hi < 0x1p-20) return ordered_sum(x.hi, x.lo + x.hi * x.hi * (x.hi * (1.0 / 3) - 0.5));
  DoubleDouble sum = two_sum(1, x.hi);
  DoubleDouble log = log_core(sum.hi, sum.lo + x.lo, true, 0);
  return ordered_sum(log.hi, log.lo);
}

/* logit(p) = log1p(u) for p >= 1/2 with u = p/(1-p) - 1 = (2p-1)/(1-p), and -logit(1-p) below: u >= 0, so
 * nothing cancels. Numerator and denominator are exact in two parts, or in one. */
double mlm_logit(double p) {
  if (!(p > 0 && p < 1)) return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
  if (p < 0x1p-60) return mlm_log(p); /* the rest, -log(1-p), is below 2^-59 */
  bool upper = p >= 0.5;
  DoubleDouble a = upper ? dd_of(2 * p - 1) : ordered_sum(1, -2 * p);
  double b = upper ? 1 - p : p, first = a.hi / b;
  DoubleDouble back = two_product(first, b);
  DoubleDouble u = ordered_sum(first, (((a.hi - back.hi) - back.lo) + a.lo) / b);
  double odds = dd_rounded(mlm_log1p_parts(u));
  return upper ? odds : -odds;
}

/* ln((1+s)/(1-s)) = 2s (1 + s²/3 + s⁴/5 + ...) for |s| <= 2^-8; the next term is below 2^-115. */
static DoubleDouble twice_atanh(DoubleDouble s) {
  static const DoubleDouble third = {0x1.5555555555555p-2, 0x1.5555555555555p-56};
  static const DoubleDouble fifth = {0x1.999999999999ap-3, -0x1.999999999999ap-57};
  DoubleDouble s2 = dd_product(s, s);
  double x = s2.hi, tail = x * (1.0 / 7 + x * (1.0 / 9 + x * (1.0 / 11 + x * (1.0 / 13))));
  DoubleDouble series = dd_product(s2, dd_sum(third, dd_product(s2, dd_plus(fifth, tail))));
  return dd_product((DoubleDouble){2 * s.hi, 2 * s.lo}, dd_plus(series, 1));
}

/* log(2^k z) as in log_core(), every part with its own remainder; 1/8 < z < 8. */
static DoubleDouble log_twofold(DoubleDouble z, int k) {
  const LogTable *table = &mlm_log_table;
  uint64_t bits = mlm_double_bits(z.hi);
  int shift = (int)((bits - log_origin + ((uint64_t)8 << 52)) >> 52) - 8;
  z = dd_scaled(z, power_of_two(-shift));
  k += shift;
  bits = mlm_double_bits(z.hi);
  int j = (int)((bits - log_origin) >> 45) & 127;
  double inverse = table->at[j].inverse,
         upper = mlm_double_from_bits((bits + 0x100000) & ~(uint64_t)0x1fffff);
  DoubleDouble r = two_sum(upper * inverse - 1, (z.hi - upper) * inverse);
  r = dd_plus(r, z.lo * inverse);
  DoubleDouble sum = twice_atanh(dd_quotient(r, dd_plus(r, 2)));
  DoubleDouble low = two_product(k, table->ln2_mid);
  low.lo += k * table->ln2_lo + table->at[j].log_c_lo;
  sum = dd_sum(sum, dd_plus(low, table->at[j].log_c_mid));
  return dd_plus(sum, k * table->ln2_hi + table->at[j].log_c);
}

DoubleDouble mlm_log_scaled(DoubleDouble z, int64_t k) {
  static const DoubleDouble ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
  if (k > -1000 && k < 1000) return log_twofold(z, (int)k);
  int64_t upper = k / (1 << 30); /* k itself need not be a double */
  DoubleDouble units =
      dd_sum(dd_times(ln2, (double)upper * 0x1p30), dd_times(ln2, (double)(k - upper * (1 << 30))));
  return dd_sum(units, log_twofold(z, 0));
}

DoubleDouble mlm_log_ratio(DoubleDouble a, DoubleDouble b) {
  int ka = exponent_of(a.hi), kb = exponent_of(b.hi);
  a = dd_scaled(a, power_of_two(-ka));
  b = dd_scaled(b, power_of_two(-kb));
  int k = ka - kb;
  if (k == 1 || k == -1) { /* on either side of a power of two they may still be close */
    a = dd_scaled(a, k > 0 ? 2 : 0.5);
    k = 0;
  }
  DoubleDouble apart = dd_sum(a, dd_minus(b));
  if (k == 0 && fabs(apart.hi) < 0x1p-8 * b.hi) return twice_atanh(dd_quotient(apart, dd_sum(a, b)));
  return log_twofold(dd_quotient(a, b), k);
}
