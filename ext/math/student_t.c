/* Student's t and Fisher's F, by the incomplete beta function. */
#include <math.h>

#include "math/distributions.h"
#include "math/kernels.h"
#include "math/tail.h"

/* From here on df counts as infinite: t differs from the normal distribution by t⁴/(4 df) of a tail, and
 * pairs would lose as much. */
#define INFINITE_DF 0x1p60

/* df/(df + t²), to twice the digits; where t² would overflow, df is negligible compared with it. */
static Proportion proportion_of_t(double t, double df) {
  if (t < 0x1p450) return mlm_proportion_of_parts(dd_of(df), two_product(t, t));
  DoubleDouble log_x = dd_sum(mlm_log_pair(dd_of(df)), dd_scaled(mlm_log_pair(dd_of(t)), -2));
  return (Proportion){{0, 0}, {1, 0}, log_x, {0, 0}};
}

/* sf(t) for t >= 0: half of what the beta distribution with a = df/2, b = 1/2 has below df/(df + t²). */
static double t_upper(double t, double df) {
  if (df >= INFINITE_DF) return mlm_normal_sf(t);
  if (t == INFINITY || t < 0x1p-500) return t == INFINITY ? 0 : 0.5;
  df = clamped_parameter(df);
  Proportion at = proportion_of_t(t, df);
  BetaShape shape = mlm_beta_shape(0.5 * df, 0.5);
  return 0.5 * tail_value(mlm_beta_tails(&at, &shape).lower);
}

double mlm_t_sf(double t, double df) {
  if (!(df > 0) || t != t) return NAN;
  return t >= 0 ? t_upper(t, df) : 1 - t_upper(-t, df);
}

double mlm_t_cdf(double t, double df) { return mlm_t_sf(-t, df); }

/* ln of the density of t at 0, 1 / (B(df/2, 1/2) √df). */
static double log_density_at_0(const BetaShape *shape) {
  return -dd_rounded(shape->log_beta) - 0.5 * mlm_log(2 * shape->a);
}

/* t e^step; no step is below -690, as t starts near enough. e^step may be beyond doubles where the result is
 * not, or nearly so: then t moves twice, each time by half of the step. */
static double moved(double t, double step) {
  double part = step > 690 ? step / 2 : step;
  if (part > 690) return INFINITY;
  t += t * (part + mlm_exp_excess(part));
  return part < step ? t + t * (part + mlm_exp_excess(part)) : t;
}

/* Where to start for sf(t) = p: the lesser of two values. (1 + t²/df)^(-(df+1)/2) without the 1 bounds the
 * quantile from above, and is nearly it where p is small for this df; sqrt(df ln(1 + t²/df)) is nearly a
 * normal variable (Wallace 1959) where df is not small. In logarithms. */
static double log_start(double p, double df, const BetaShape *shape) {
  double log_bound = (log_density_at_0(shape) + 0.5 * (df + 1) * mlm_log(df) - mlm_log(df) - mlm_log(p)) / df;
  double z = mlm_normal_quantile(p) * ((8 * df + 3) / (8 * df + 1)), w = z * z / df;
  double log_normal = w < 600 ? 0.5 * mlm_log(df * (w + mlm_exp_excess(w))) : INFINITY;
  return log_bound < log_normal ? log_bound : log_normal;
}

/* The t > 0 with sf(t) = p (or cdf(t) - 1/2 = p if inner) by Halley's steps in u = ln t on ln sf, from t.
 * Both logarithms are concave in u, so that Newton's steps converge from anywhere: after the first they stay
 * on one side. Halley's go the same way, faster, and are kept within twice Newton's. A step of excess e
 * leaves less than e³. Of a million quantiles none took more than 5. */
static double t_solved(double t, double p, double df, const BetaShape *shape, bool inner) {
  DoubleDouble log_p = mlm_log_pair(dd_of(p));
  for (int i = 0; t < INFINITY; i++) {
    if (i == 40) break; /* unreachable: see the bound above */
    Proportion at = proportion_of_t(t, df);
    Tails tails = mlm_beta_tails(&at, shape);
    Tail tail = inner ? tails.upper : tails.lower;
    /* ln of half the tail over p; d/du of that is ∓2 density/tail, since u goes by -1/2 of the logit of x. */
    double excess =
        dd_rounded(dd_sum(dd_sum(tail.exponent, mlm_log_pair(dd_of(0.5 * tail.factor))), dd_minus(log_p)));
    double slope = 2 * mlm_times_exp(1 / tail.factor, dd_sum(tails.log_density, dd_minus(tail.exponent)));
    double bend = 1 - (df + 1) * at.y.hi; /* d/du of ln of t times its density */
    double newton = excess / slope, turn = 1 + 0.5 * newton * (inner ? slope - bend : slope + bend);
    double step = (inner ? -newton : newton) / (turn > 0.5 ? turn : 0.5);
    t = moved(t, step);
    if (fabs(excess) < 3e-6) break;
  }
  return t;
}

/* The t > 0 with sf(t) = 1/2 - q = p, q > 0. About 0 from below: cdf - 1/2 is at most t times the density at
 * 0. */
static double upper_quantile(double p, double q, double df) {
  if (df >= INFINITE_DF) return -mlm_normal_quantile(p);
  if (df < 0x1p-70) return INFINITY; /* (2p)^(-1/df) overflows for any p but 1/2 */
  BetaShape shape = mlm_beta_shape(0.5 * df, 0.5);
  if (p > 0.25) return t_solved(moved(1, mlm_log(q) - log_density_at_0(&shape)), q, df, &shape, true);
  return t_solved(moved(1, log_start(p, df, &shape)), p, df, &shape, false);
}

double mlm_t_quantile(double p, double df) {
  if (!(df > 0 && p >= 0 && p <= 1)) return NAN;
  if (p == 0 || p == 1) return p == 0 ? -INFINITY : INFINITY;
  if (p == 0.5) return 0;
  return p < 0.5 ? -upper_quantile(p, 0.5 - p, df) : upper_quantile(1 - p, p - 0.5, df);
}

/* ---- Fisher's F ---- */

/* df1 x / (df1 x + df2) for finite x > 0, both scaled where x is far from 1. */
static Proportion proportion_of_f(double x, double df1, double df2) {
  double scale = x > 0x1p400 ? 0x1p-300 : x < 0x1p-400 ? 0x1p300 : 1;
  return mlm_proportion_of_parts(two_product(df1, x * scale), dd_of(df2 * scale));
}

/* If one df is infinite, F is chi-squared over df1, or df2 over chi-squared. */
static double f_limit(double x, double df1, double df2, bool upper) {
  bool is_lower = df1 < INFINITE_DF;
  if (!is_lower && df2 >= INFINITE_DF) return (x >= 1) != upper;
  double a = 0.5 * (is_lower ? df1 : df2), rough = is_lower ? a * x : a / x;
  DoubleDouble at = dd_of(rough > 0x1p900 ? 0x1p900 : rough > 0 ? rough : 0x1p-1074);
  if (rough > 0x1p-900 && rough < 0x1p900)
    at = is_lower ? two_product(a, x) : dd_quotient(dd_of(a), dd_of(x));
  Tails tails = mlm_gamma_tails(at, a);
  return tail_value(is_lower == upper ? tails.upper : tails.lower);
}

static double f_of(double x, double df1, double df2, bool upper) {
  if (!(df1 > 0 && df2 > 0 && x == x)) return NAN;
  if (x <= 0 || x == INFINITY) return (x > 0) != upper;
  df1 = clamped_parameter(df1), df2 = clamped_parameter(df2);
  if (df1 >= INFINITE_DF || df2 >= INFINITE_DF) return f_limit(x, df1, df2, upper);
  Proportion at = proportion_of_f(x, df1, df2);
  BetaShape shape = mlm_beta_shape(0.5 * df1, 0.5 * df2);
  Tails tails = mlm_beta_tails(&at, &shape);
  return tail_value(upper ? tails.upper : tails.lower);
}

double mlm_f_cdf(double x, double df1, double df2) { return f_of(x, df1, df2, false); }
double mlm_f_sf(double x, double df1, double df2) { return f_of(x, df1, df2, true); }
