/* ln Γ and the remainders of e^s and ln(1 + y) after their tangents. */
#include <math.h>

#include "math/distributions.h"
#include "math/exp_core.h"
#include "math/kernels.h"
#include "math/log_gamma.h"

DoubleDouble mlm_log_pair(DoubleDouble z) {
  int k = 0;
  if (z.hi < 0x1p-900) {
    z = dd_scaled(z, 0x1p200);
    k = -200;
  } else if (z.hi > 0x1p900) {
    z = dd_scaled(z, 0x1p-200);
    k = 200;
  }
  int e = exponent_of(z.hi);
  return mlm_log_scaled(dd_scaled(z, power_of_two(-e)), k + e);
}

/* Stirling's series: the sum of B(2k) / (2k (2k-1) z^(2k-1)). At z = 20 the first term left out, k = 14, is
 * below 2^-101; from k = 5 on the terms are below 2^-49 and the nearest double of the factor will do. */
DoubleDouble mlm_stirling_error(DoubleDouble z) {
  static const DoubleDouble first[] = {{0x1.5555555555555p-4, 0x1.5555555555555p-58},    /* 1/12 */
                                       {-0x1.6c16c16c16c17p-9, 0x1.f49f49f49f49fp-64},   /* -1/360 */
                                       {0x1.a01a01a01a01ap-11, 0x1.a01a01a01a01ap-71},   /* 1/1260 */
                                       {-0x1.3813813813814p-11, 0x1.fb1fb1fb1fb20p-65}}; /* -1/1680 */
  static const double later[] = {1.0 / 1188,       -691.0 / 360360,        1.0 / 156,
                                 -3617.0 / 122400, 43867.0 / 244188,       -174611.0 / 125400,
                                 77683.0 / 5796,   -236364091.0 / 1506960, 657931.0 / 300};
  DoubleDouble inverse = dd_quotient(dd_of(1), z), square = dd_product(inverse, inverse);
  double tail = 0;
  for (int i = 8; i >= 0; i--) tail = later[i] + square.hi * tail;
  DoubleDouble sum = dd_plus(first[3], square.hi * tail);
  for (int i = 2; i >= 0; i--) sum = dd_sum(first[i], dd_product(square, sum));
  return dd_product(inverse, sum);
}

/* Below STIRLING_BEGIN by Γ(z + m) = z (z+1) ... (z+m-1) Γ(z), m <= 20. */
DoubleDouble mlm_log_gamma_pair(DoubleDouble z) {
  DoubleDouble product = dd_of(1);
  bool shifted = z.hi < STIRLING_BEGIN;
  for (; z.hi < STIRLING_BEGIN; z = dd_plus(z, 1)) product = dd_product(product, z);
  DoubleDouble sum = dd_product(dd_plus(z, -0.5), mlm_log_pair(z));
  sum = dd_sum(dd_sum(sum, dd_minus(z)), dd_sum(half_log_2pi, mlm_stirling_error(z)));
  return shifted ? dd_sum(sum, dd_minus(mlm_log_pair(product))) : sum;
}

/* By Stirling's formula, n = a + b: -(a - 1/2) ln(n/a) - b ln n + b + error(a) - error(n). No term is larger
 * than b ln n, however large a is. */
DoubleDouble mlm_log_gamma_ratio(double a, double b) {
  DoubleDouble n = two_sum(a, b);
  if (a < STIRLING_BEGIN) return dd_sum(mlm_log_gamma_pair(dd_of(a)), dd_minus(mlm_log_gamma_pair(n)));
  DoubleDouble steep = dd_product(two_sum(a, -0.5), mlm_log_ratio(n, dd_of(a)));
  DoubleDouble sum = dd_times(dd_plus(dd_minus(mlm_log_pair(n)), 1), b);
  DoubleDouble stirling_errors = dd_sum(mlm_stirling_error(dd_of(a)), dd_minus(mlm_stirling_error(n)));
  return dd_sum(dd_sum(sum, dd_minus(steep)), stirling_errors);
}

double mlm_log_gamma(double x) {
  if (!(x > 0)) return x == 0 ? INFINITY : NAN;
  if (x == 1 || x == 2) return 0;
  if (x > 0x1p980)
    return x < INFINITY ? x * (mlm_log(x) - 1) : x; /* what is left out is below 2^-500 of it */
  return dd_rounded(mlm_log_gamma_pair(dd_of(x)));
}

double mlm_times_exp(double factor, DoubleDouble exponent) {
  if (factor == 0 || exponent.hi < -1300) return 0;
  if (exponent.hi > 1300) return INFINITY;
  ExpParts e = exp_parts(exponent.hi, exponent.lo);
  int k = exponent_of(factor);
  factor *= k > 0 ? power_of_two(-k / 2) * power_of_two(-k + k / 2) : power_of_two(-k);
  DoubleDouble product = dd_times((DoubleDouble){e.hi, e.lo}, factor);
  return mlm_scaled(product.hi, product.lo, e.k + k);
}

double mlm_exp_excess(double s) {
  if (fabs(s) >= 0.25) { /* both halves of e^s, of which more than a thirtieth is left */
    ExpParts e = exp_parts(s, 0);
    double power = power_of_two(e.k);
    DoubleDouble left = dd_plus(two_sum(e.hi * power, -1), -s);
    return left.hi + (left.lo + e.lo * power);
  }
  double sum = 1.0 / 479001600;
  static const double inverse_factorial[] = {1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320,
                                             1.0 / 5040,     1.0 / 720,     1.0 / 120,    1.0 / 24,
                                             1.0 / 6,        1.0 / 2};
  for (int i = 0; i < 10; i++) sum = inverse_factorial[i] + s * sum;
  return s * s * sum;
}

/* With r = y/(2 + y): ln(1 + y) = 2 atanh(r) = 2r (1 + r²/3 + r⁴/5 + ...) and y - 2r = y·r. */
double mlm_log_shortfall(double y) {
  if (fabs(y) >= 0.1) {
    if (y > 0x1p60) return y - mlm_log(y);
    DoubleDouble one_more = two_sum(1, y);
    DoubleDouble log = log_core(one_more.hi, one_more.lo, true, 0);
    return (y - log.hi) - log.lo;
  }
  double r = y / (2 + y), r2 = r * r;
  static const double odd[] = {2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3};
  double sum = 2.0 / 17;
  for (int i = 0; i < 7; i++) sum = odd[i] + r2 * sum;
  return r * (y - r2 * sum);
}
