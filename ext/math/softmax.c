/* Softmax and cross entropy of rows of logits.
 *
 * Everything follows from the exact gaps m - x[j] below the maximum m, and from L = -ln softmax(m) = ln(1 +
 * rest), where rest is the sum of e^(x[j] - m) over all entries but the first maximum. The loss of class c is
 * (m - x[c]) + L: neither term is negative, so nothing cancels, and a tiny L keeps its relative precision.
 */
#include "math/softmax.h"

#include <math.h>

#include "math/exp.h"
#include "math/exp_core.h"
#include "math/log_core.h"
#include "math/power_lanes.h"

typedef struct Peak {
  double max, lowest;
  double next; /* the largest of the others, -Infinity if there is none; with `at` only while rest_of() */
  size_t at;   /* of the first maximum */
  DoubleDouble sum;  /* 1 + rest */
  DoubleDouble loss; /* L */
} Peak;

/* m - x, and 0 for equal infinities. */
static DoubleDouble gap_below(double m, double x) {
  if (x == m) return dd_of(0);
  double gap = m - x;
  return gap < INFINITY ? two_sum(m, -x) : dd_of(gap);
}

/* e^-gap·2^lift; 0 if that is below 2^-960, so that the low part is never subnormal. */
static DoubleDouble power_of_gap(DoubleDouble gap, int lift) {
  if (!(gap.hi < 1400)) return dd_of(0);
  ExpParts e = exp_parts(-gap.hi, -gap.lo);
  int k = e.k + lift;
  if (k < -960) return dd_of(0);
  double unit = power_of_two(k);
  return dd_scaled((DoubleDouble){e.hi, e.lo}, unit);
}

static DoubleDouble rest_of(const double *x, size_t n, const Peak *peak, int lift) {
  DoubleDouble sum = {0, 0};
  for (size_t j = 0; j < n; j++)
    if (j != peak->at) sum = dd_sum(sum, power_of_gap(gap_below(peak->max, x[j]), lift));
  return sum;
}

static Peak find_peak(const double *x, size_t n) {
  Peak peak = {.max = x[0], .next = -INFINITY, .lowest = x[0]};
  for (size_t j = 1; j < n; j++) {
    if (x[j] > peak.max) {
      peak.next = peak.max;
      peak.max = x[j];
      peak.at = j;
    } else if (x[j] > peak.next) {
      peak.next = x[j];
    }
    if (x[j] < peak.lowest) peak.lowest = x[j];
  }
  return peak;
}

/* A rest below e^-600 is scaled by 2^lift while it is summed; it equals ln(1 + rest), and 1 + rest is 1. */
static Peak peak_one_by_one(const double *x, size_t n) {
  enum { lift = 1100 };
  Peak peak = find_peak(x, n);
  if (n > 1 && gap_below(peak.max, peak.next).hi > 600) {
    DoubleDouble rest = rest_of(x, n, &peak, lift);
    int k = exponent_of(rest.hi);
    double down = rest.hi > 0 ? power_of_two(-k) : 0;
    peak.sum = dd_of(1);
    peak.loss = dd_of(mlm_scaled(rest.hi * down, rest.lo * down, k - lift));
  } else {
    DoubleDouble rest = rest_of(x, n, &peak, 0);
    peak.sum = dd_plus(rest, 1);
    peak.loss = mlm_log1p_parts(rest);
  }
  return peak;
}

/* n > 0. Several entries at a time, unless they are few or all but the first maximum are tiny. */
static Peak peak_of(const double *x, size_t n) {
  enum { fewest = 5 };
  if (n < fewest) return peak_one_by_one(x, n);
  /* unreachable: one of the two, by the processor; their results are the same */
  PowerSum powers = mlm_has_wide_vectors() ? mlm_sum_of_powers_wide(x, n) : mlm_sum_of_powers(x, n);
  if (!(powers.rest.hi >= 0x1p-40)) return peak_one_by_one(x, n);
  return (Peak){.max = powers.max,
                .lowest = powers.lowest,
                .sum = dd_plus(powers.rest, 1),
                .loss = mlm_log1p_parts(powers.rest)};
}

static double nll_below(const Peak *peak, double x) {
  DoubleDouble gap = gap_below(peak->max, x);
  return gap.hi == INFINITY ? INFINITY : dd_rounded(dd_sum(gap, peak->loss));
}

double mlm_nll(const double *x, size_t n, size_t i) {
  Peak peak = peak_of(x, n);
  return nll_below(&peak, x[i]);
}

/* Units in which sums of weights times gaps are formed: 2^-100, so that subnormal factors do not lose bits,
 * or 2^400 for huge gaps, so that products stay finite. */
typedef struct Units {
  double gap, weight, back; /* back = 1 / (gap·weight) */
} Units;

static Units units_for(const Peak *peak) {
  if (peak->max - peak->lowest > 0x1p600) return (Units){0x1p-500, 0x1p100, 0x1p400};
  return (Units){1, 0x1p100, 0x1p-100};
}

static DoubleDouble gap_in(const Units *units, const Peak *peak, double x) {
  return gap_below(peak->max * units->gap, x * units->gap);
}

/* (1-eps)·(mass·L + below) + eps·(L + mean gap), where below is the sum of q[c]·gap[c], in units, and mass
 * the sum of q[c]. */
static double smoothed(const double *x, size_t n, const Peak *peak, const Units *units, DoubleDouble mass,
                       DoubleDouble below, double eps) {
  if (below.hi == INFINITY) return INFINITY;
  DoubleDouble keep = ordered_sum(1, -eps), weight = dd_plus(dd_product(mass, keep), eps);
  double unit = units->gap * units->weight;
  DoubleDouble loss = dd_scaled(peak->loss, unit);
  DoubleDouble sum = dd_sum(dd_product(weight, loss), dd_product(keep, below));
  if (eps > 0) {
    DoubleDouble gaps = {0, 0};
    for (size_t j = 0; j < n; j++) {
      DoubleDouble gap = gap_in(units, peak, x[j]);
      if (gap.hi == INFINITY) return INFINITY;
      gaps = dd_sum(gaps, gap);
    }
    sum = dd_sum(sum, dd_product(gaps, dd_quotient(dd_of(eps * units->weight), dd_of((double)n))));
  }
  return dd_rounded(sum) * units->back;
}

double mlm_nll_smoothed(const double *x, size_t n, size_t i, double eps) {
  Peak peak = peak_of(x, n);
  Units units = units_for(&peak);
  DoubleDouble gap = gap_in(&units, &peak, x[i]);
  if (gap.hi < INFINITY) gap = dd_times(gap, units.weight);
  return smoothed(x, n, &peak, &units, dd_of(1), gap, eps);
}

double mlm_nll_soft_smoothed(const double *x, size_t n, const double *q, double eps) {
  Peak peak = peak_of(x, n);
  Units units = units_for(&peak);
  DoubleDouble mass = {0, 0}, below = {0, 0};
  for (size_t j = 0; j < n; j++) {
    if (q[j] == 0) continue; /* 0 · Infinity is 0 here */
    DoubleDouble gap = gap_in(&units, &peak, x[j]);
    if (gap.hi == INFINITY) return INFINITY;
    mass = dd_plus(mass, q[j]);
    below = dd_sum(below, dd_times(gap, q[j] * units.weight));
  }
  return smoothed(x, n, &peak, &units, mass, below, eps);
}

double mlm_softmax_from(double x, double lse) {
  double power = x - lse;
  if (!(fabs(power) < 1400)) return mlm_exp(power);
  DoubleDouble exact = two_sum(x, -lse);
  ExpParts e = exp_parts(exact.hi, exact.lo);
  return mlm_scaled(e.hi, e.lo, e.k);
}

/* softmax(x) = e^(x - max) / sum. */
static double share_of(const Peak *peak, double x) {
  DoubleDouble gap = gap_below(peak->max, x);
  if (!(gap.hi < 1400)) return 0;
  int k = exponent_of(peak->sum.hi);
  ExpParts e = exp_parts(-gap.hi, -gap.lo);
  DoubleDouble share = dd_quotient((DoubleDouble){e.hi, e.lo}, dd_scaled(peak->sum, power_of_two(-k)));
  return mlm_scaled(share.hi, share.lo, e.k - k);
}

void mlm_softmax(const double *x, size_t n, double *out) {
  if (n == 0) return;
  Peak peak = peak_of(x, n);
  for (size_t j = 0; j < n; j++) out[j] = share_of(&peak, x[j]);
}

double mlm_softmax_at(const double *x, size_t n, size_t i) {
  Peak peak = peak_of(x, n);
  return share_of(&peak, x[i]);
}

void mlm_log_softmax(const double *x, size_t n, double *out) {
  if (n == 0) return;
  Peak peak = peak_of(x, n);
  for (size_t j = 0; j < n; j++) out[j] = 0 - nll_below(&peak, x[j]);
}
