/* Student's paired t test and Welch's of two groups, from exact sums that are rounded once. */
#include "math/double_double.h"
#include "metrics/hypothesis_tests.h"

typedef struct Sample {
  int64_t n;
  ExactSum sum;       /* Σx */
  ProductSum squares; /* Σx² */
} Sample;

static void add_times(Sample *sample, double x, int64_t times) {
  sample->n += times;
  mlm_sum_add_times(&sample->sum, x, (uint64_t)times, 1);
  mlm_product_add_times(&sample->squares, x, x, (uint64_t)times, 1);
}

/* Products are exact, so that a square is infinite only where the number is. */
static bool is_finite(const Sample *sample) { return mlm_specials(&sample->sum.range) == 0; }

/* n·Σx² - (Σx)²: n(n-1) times the variance, and 0 where all are equal. */
static void spread(const Sample *sample, BigFloat *to) {
  BigFloat n, x;
  mlm_bigfloat_of_u64(&n, (uint64_t)sample->n);
  mlm_bigfloat_of_products(&x, &sample->squares);
  mlm_bigfloat_multiply(to, &n, &x);
  mlm_bigfloat_of_sum(&n, &sample->sum);
  mlm_bigfloat_multiply(&x, &n, &n);
  mlm_bigfloat_add(to, &x, -1);
}

/* n²(n-1): the spread over it is the square of the standard error of the mean. */
static void divisor(const Sample *sample, BigFloat *to) {
  BigFloat n, square;
  mlm_bigfloat_of_u64(&n, (uint64_t)sample->n);
  mlm_bigfloat_multiply(&square, &n, &n);
  mlm_bigfloat_of_u64(&n, (uint64_t)sample->n - 1);
  mlm_bigfloat_multiply(to, &square, &n);
}

typedef struct TResult {
  double t, difference, se, df;
} TResult;

static void write_result(const TResult *r, int64_t rows, bool paired, StrBuf *out) {
  double p = fabs(r->t) == INFINITY ? 0 : 2 * mlm_t_sf(fabs(r->t), r->df);
  double reach = r->se == 0 ? 0 : mlm_t_quantile(0.975, r->df) * r->se;
  mlm_test_begin(out, r->t, p, paired ? "paired t" : "Welch t");
  mlm_json_number(out, "difference", r->difference);
  mlm_json_number(out, "low", r->difference - reach);
  mlm_json_number(out, "high", r->difference + reach);
  mlm_json_number(out, "se", r->se);
  mlm_json_count(out, "df", r->df, paired);
  mlm_json_integer(out, "rows", rows);
  mlm_str_put(out, "}");
}

/* 0 over 0 is undefined, anything else over 0 infinite. */
static double t_without_spread(double difference) {
  return difference == 0 ? NAN : difference > 0 ? INFINITY : -INFINITY;
}

/* ---- paired ---- */

static Status add_differences(Sample *sample, const Rows *rows, const Host *host) {
  for (uint64_t e = 0; e < mlm_rows_entries(rows); e++) {
    const double *x = mlm_rows_at(rows, e);
    add_times(sample, x[0] - x[1], mlm_rows_count_at(rows, e));
    if (mlm_interrupted_at(e, host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

/* t² = (Σd)²(n-1) / (nΣd² - (Σd)²). */
static TResult paired_t(const Sample *sample) {
  TResult r = {NAN, NAN, NAN, (double)(sample->n - 1)};
  if (!is_finite(sample)) return r;
  r.difference = mlm_sum_mean(&sample->sum, sample->n);
  if (sample->n < 2) return r;
  BigFloat all, n, sum, square, over;
  spread(sample, &all);
  divisor(sample, &over);
  if (all.n == 0) {
    r.se = 0;
    r.t = t_without_spread(r.difference);
    return r;
  }
  BigFloat copy = all;
  r.se = mlm_bigfloat_root_of_ratio(&copy, &over);
  mlm_bigfloat_of_sum(&sum, &sample->sum);
  mlm_bigfloat_multiply(&square, &sum, &sum);
  mlm_bigfloat_of_u64(&n, (uint64_t)sample->n - 1);
  mlm_bigfloat_multiply(&over, &square, &n);
  r.t = mlm_bigfloat_root_of_ratio(&over, &all);
  if (r.difference < 0) r.t = -r.t;
  return r;
}

Status mlm_paired_t_test(const Rows *rows, const Eval *in, Result *out) {
  Sample sample = {0};
  Status status = add_differences(&sample, rows, in->host);
  /* unreachable: a state without rows, of which no value is asked */
  if (status || sample.n == 0) return status;
  TResult r = paired_t(&sample);
  write_result(&r, sample.n, true, mlm_result_bytes(out, RESULT_JSON));
  return MLM_OK;
}

/* ---- two groups ---- */

static void add_groups(Sample group[2], const Scores *scores) {
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) {
    if (walk.neg_count > 0) add_times(&group[0], walk.score, walk.neg_count);
    if (walk.pos_count > 0) add_times(&group[1], walk.score, walk.pos_count);
  }
}

/* (Σ₁x/n₁ - Σ₀x/n₀) / 2^k, rounded once. */
static double difference_of_means(const Sample group[2], int k) {
  BigFloat sum[2], n[2], term[2], pairs;
  for (int g = 0; g < 2; g++) {
    mlm_bigfloat_of_sum(&sum[g], &group[g].sum);
    mlm_bigfloat_of_u64(&n[g], (uint64_t)group[g].n);
  }
  mlm_bigfloat_multiply(&term[1], &sum[1], &n[0]);
  mlm_bigfloat_multiply(&term[0], &sum[0], &n[1]);
  mlm_bigfloat_add(&term[1], &term[0], -1);
  mlm_bigfloat_multiply(&pairs, &n[0], &n[1]);
  pairs.exponent += k;
  return mlm_bigfloat_ratio(&term[1], &pairs);
}

/* k where 2^(k-1) <= |x| < 2^k; x is not 0. */
static int64_t exponent_above(const BigFloat *x) { return x->exponent + mlm_bigfloat_width(x); }

/* The squares of the standard errors of both means over 4^k, of which the larger is between 1/4 and 4, so
 * that neither tiny nor huge numbers underflow or overflow. False if both are 0. */
static bool variances_of_means(const Sample group[2], double variance[2], int *k) {
  BigFloat all[2], over[2];
  bool spreads = false;
  for (int g = 0; g < 2; g++) {
    spread(&group[g], &all[g]);
    divisor(&group[g], &over[g]);
    if (all[g].n == 0) continue;
    int half = (int)((exponent_above(&all[g]) - exponent_above(&over[g])) / 2);
    if (!spreads || half > *k) *k = half;
    spreads = true;
  }
  for (int g = 0; g < 2 && spreads; g++) {
    over[g].exponent += 2 * *k;
    variance[g] = mlm_bigfloat_ratio(&all[g], &over[g]);
  }
  return spreads;
}

/* With c the share of group 1 in the variance, Welch and Satterthwaite's degrees of freedom are
 * 1 / (c²/(n₁-1) + (1-c)²/(n₀-1)). */
static TResult welch_t(const Sample group[2]) {
  TResult r = {NAN, NAN, NAN, NAN};
  if (!is_finite(&group[0]) || !is_finite(&group[1])) return r;
  r.difference = difference_of_means(group, 0);
  if (group[0].n < 2 || group[1].n < 2) return r;
  double v[2];
  int k = 0;
  if (!variances_of_means(group, v, &k)) {
    r.se = 0;
    r.t = t_without_spread(r.difference);
    return r;
  }
  double both = v[0] + v[1], se = sqrt(both), c1 = v[1] / both, c0 = v[0] / both;
  r.se = mlm_scaled(se, 0, k);
  r.t = difference_of_means(group, k) / se;
  r.df = 1 / (c1 * c1 / (double)(group[1].n - 1) + c0 * c0 / (double)(group[0].n - 1));
  return r;
}

Status mlm_t_test(const Scores *scores, const Eval *in, Result *out) {
  Sample group[2] = {{0}};
  ScoreTotals all = mlm_scores_totals(scores);
  if (!all.integral || all.pos_count == 0 || all.neg_count == 0) return MLM_OK;
  add_groups(group, scores);
  TResult r = welch_t(group);
  write_result(&r, group[0].n + group[1].n, false, mlm_result_bytes(out, RESULT_JSON));
  return MLM_OK;
}
