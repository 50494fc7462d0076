/* ln Γ with twice the digits, and what the distributions share: logarithms of pairs and powers of e with a
 * factor. */
#ifndef MLM_LOG_GAMMA_H
#define MLM_LOG_GAMMA_H

#include "math/double_double.h"
#include "math/log_core.h"

/* From here on Stirling's series of mlm_stirling_error() has 96 bits. */
#define STIRLING_BEGIN 20.0

/* ln(2π)/2 */
static const DoubleDouble half_log_2pi = {0x1.d67f1c864beb5p-1, -0x1.65b5a1b7ff5dfp-55};

/* ln z for z > 0 with z.hi finite, subnormal or not; about 96 correct bits. */
DoubleDouble mlm_log_pair(DoubleDouble z);

/* ln Γ(z) for z > 0 below 2^980; absolute error below 2^-92 max(1, |ln Γ(z)|). */
DoubleDouble mlm_log_gamma_pair(DoubleDouble z);

/* ln Γ(z) - ((z - 1/2) ln z - z + ln(2π)/2) for z >= STIRLING_BEGIN; absolute error below 2^-92. */
DoubleDouble mlm_stirling_error(DoubleDouble z);

/* ln(Γ(a) / Γ(a + b)) for a >= b > 0, a below 2^980; absolute error below 2^-90 max(1, |result|), also where
 * a is so large that the two are nearly the same. */
DoubleDouble mlm_log_gamma_ratio(double a, double b);

/* factor · e^exponent, factor >= 0 and 0 or normal: one rounding and an error of 2^-60; 0 below exponent
 * -1300, Infinity above 1300. */
double mlm_times_exp(double factor, DoubleDouble exponent);

/* e^s - 1 - s for |s| < 700, error <= 4 ulp. */
double mlm_exp_excess(double s);

/* y - ln(1 + y) for y > -1, error <= 4 ulp. */
double mlm_log_shortfall(double y);

#endif
