/* Wilcoxon's signed-rank test and Mann and Whitney's, exact for small samples. */
#include "metrics/hypothesis_tests.h"
#include "state/scores_keys.h"

/* Sizes below which samples without ties get the exact distribution. */
enum { WILCOXON_EXACT = 50, WHITNEY_LESSER = 8, WHITNEY_PAIRS = 20000 };

static double at_most_1(double p) { return p > 1 ? 1 : p; }

static U128 absolute_difference(U128 a, U128 b) {
  return mlm_u128_less(a, b) ? mlm_u128_difference(b, a) : mlm_u128_difference(a, b);
}

/* Adds a run of t tied rows. */
static void add_tie(U192 *cubes, uint64_t *rows, uint64_t t) {
  mlm_u192_add(cubes, mlm_u128_product(t, t), t);
  *rows += t;
}

/* Subtracts Σ(t³ - t) over the runs of tied rows from *to. */
static void less_ties(BigFloat *to, const U192 *cubes, uint64_t rows) {
  BigFloat x;
  mlm_bigfloat_of_words(&x, cubes->word, MLM_U192_WORDS);
  mlm_bigfloat_add(to, &x, -1);
  mlm_bigfloat_of_u64(&x, rows);
  mlm_bigfloat_add(to, &x, 1);
}

static void product_of_three(BigFloat *to, uint64_t a, uint64_t b, uint64_t c) {
  BigFloat x, y;
  mlm_bigfloat_of_u128(&x, mlm_u128_product(a, b), 0);
  mlm_bigfloat_of_u64(&y, c);
  mlm_bigfloat_multiply(to, &x, &y);
}

/* ---- Wilcoxon ---- */

/* Adds `count` equal rows. */
static Status add_distance(Scores *distances, const double *x, int64_t count, const Host *host) {
  Row row = {.columns = 2, .weight = 1};
  row.pred = x[0] == x[1] ? 0 : fabs(x[0] - x[1]); /* 0 also for two equal infinities */
  row.target = x[0] > x[1];
  if (count == 1) return mlm_scores_state.add(distances, &row, 1, host);
  return mlm_scores_put(distances, mlm_encode_score(row.pred), x[0] > x[1], 1, count, host);
}

/* Rows that are used up are freed so many at a time. */
enum { FREED = 1 << 12 };

/* The distances |x - y| as scores, with the sign as label, so that a walk over the scores ranks them. `own`:
 * the rows, to be used up, or NULL. */
static Status collect_distances(const Rows *rows, Rows *own, Scores *distances, const Host *host) {
  Status status = MLM_OK;
  for (uint64_t e = 0; e < mlm_rows_entries(rows) && !status; e++) {
    status = add_distance(distances, mlm_rows_at(rows, e), mlm_rows_count_at(rows, e), host);
    if (own && e % FREED == FREED - 1) mlm_rows_release(own, e, host);
    if (mlm_interrupted_at(e, host)) status = MLM_INTERRUPTED;
  }
  if (own) mlm_rows_state.clear(own, host);
  return status ? status : mlm_scores_state.seal(distances, host);
}

typedef struct SignedRanks {
  uint64_t rows, zeros, n; /* n: without the zeros */
  uint64_t below;          /* negative differences */
  U128 twice_plus;         /* twice the sum of the mid-ranks of positive differences */
  U192 cubes;              /* of runs of tied distances */
  uint64_t tied;           /* rows in runs of more than one */
  double median;           /* of the differences */
} SignedRanks;

static void rank_distances(SignedRanks *r, const Scores *distances) {
  ScoreWalk walk;
  memset(r, 0, sizeof *r);
  mlm_walk_up(&walk, distances);
  while (mlm_walk_next(&walk)) {
    uint64_t positive = (uint64_t)walk.pos_count, t = (uint64_t)walk.neg_count + positive;
    r->rows += t;
    if (walk.score == 0) {
      r->zeros = t;
      continue;
    }
    mlm_u128_add_product(&r->twice_plus, positive, 2 * r->n + t + 1);
    r->n += t;
    r->below += (uint64_t)walk.neg_count;
    if (t > 1) add_tie(&r->cubes, &r->tied, t);
  }
}

/* The difference at place k, from 0, in ascending order: negative ones come first, the farthest of them
 * first. */
static double difference_at(const SignedRanks *r, const Scores *distances, uint64_t k) {
  bool negative = k < r->below;
  uint64_t left = negative ? k : k - r->below - r->zeros;
  ScoreWalk walk;
  if (!negative && k < r->below + r->zeros) return 0;
  if (negative)
    mlm_walk_down(&walk, distances);
  else
    mlm_walk_up(&walk, distances);
  while (mlm_walk_next(&walk)) {
    if (walk.score == 0) continue;
    uint64_t here = (uint64_t)(negative ? walk.neg_count : walk.pos_count);
    if (left < here) return negative ? -walk.score : walk.score;
    left -= here;
  }
  return NAN; /* interrupted */
}

static double median_of_differences(const SignedRanks *r, const Scores *distances) {
  double high = difference_at(r, distances, r->rows / 2);
  if (r->rows % 2) return high;
  double low = difference_at(r, distances, r->rows / 2 - 1);
  return low == high ? low : low / 2 + high / 2;
}

/* P(W <= w) twice, where each of the ranks 1 .. n is in the sum W by the toss of a coin: the sets of ranks
 * whose sum is w, counted exactly. */
static double wilcoxon_exact(uint64_t n, uint64_t w) {
  uint64_t sets[WILCOXON_EXACT * (WILCOXON_EXACT + 1) / 2 + 1] = {1}, most = n * (n + 1) / 2, all = 0;
  for (uint64_t rank = 1; rank <= n; rank++)
    for (uint64_t sum = most; sum >= rank; sum--) sets[sum] += sets[sum - rank];
  for (uint64_t sum = 0; sum <= w; sum++) all += sets[sum];
  return at_most_1(mlm_u128_round(mlm_u128(all), false, 1 - (int64_t)n));
}

/* The square of z is 3·(2T - n(n+1))² / (2n(n+1)(2n+1) - Σ(t³-t)), T twice the sum of ranks. */
static double wilcoxon_z(const SignedRanks *r) {
  U128 middle = mlm_u128_product(r->n, r->n + 1);
  BigFloat gap, square, three, num, variance;
  mlm_bigfloat_of_u128(&gap, absolute_difference(mlm_u128_shift_left(r->twice_plus, 1), middle), 0);
  mlm_bigfloat_multiply(&square, &gap, &gap);
  mlm_bigfloat_of_u64(&three, 3);
  mlm_bigfloat_multiply(&num, &square, &three);
  product_of_three(&variance, 2 * r->n, r->n + 1, 2 * r->n + 1);
  less_ties(&variance, &r->cubes, r->tied);
  return mlm_bigfloat_root_of_ratio(&num, &variance);
}

static void write_wilcoxon(const SignedRanks *r, StrBuf *out) {
  U128 all = mlm_u128_product(r->n, r->n + 1), minus = mlm_u128_difference(all, r->twice_plus);
  U128 least = mlm_u128_less(minus, r->twice_plus) ? minus : r->twice_plus;
  bool exact = r->rows <= WILCOXON_EXACT && r->zeros == 0 && r->tied == 0;
  double statistic = mlm_u128_round(least, false, -1), p = NAN;
  if (r->n == 0)
    statistic = NAN;
  else
    p = exact ? wilcoxon_exact(r->n, least.lo / 2) : 2 * mlm_normal_sf(wilcoxon_z(r));
  mlm_test_begin(out, statistic, p, exact ? "exact" : "normal");
  mlm_json_integer(out, "rows", (int64_t)r->rows);
  mlm_json_integer(out, "zeros", (int64_t)r->zeros);
  mlm_json_number(out, "median_difference", r->median);
  mlm_str_put(out, "}");
}

Status mlm_wilcoxon_test(const Rows *rows, const Eval *in, Result *out) {
  Scores *distances = mlm_new_zeroed(in->host, mlm_scores_state.bytes);
  if (!distances) return MLM_NOMEM;
  Rows *own = mlm_rows_are_single(rows) ? in->own : NULL;
  Status status = collect_distances(rows, own, distances, in->host);
  SignedRanks r;
  if (!status) {
    rank_distances(&r, distances);
    /* unreachable: a state without rows, of which no value is asked */
    if (r.rows > 0) r.median = median_of_differences(&r, distances);
    if (mlm_scores_walk_ended_early(distances)) status = MLM_INTERRUPTED;
    /* unreachable: as above */
    if (!status && r.rows > 0) write_wilcoxon(&r, mlm_result_bytes(out, RESULT_JSON));
  }
  mlm_scores_state.clear(distances, in->host);
  in->host->free(distances);
  return status;
}

/* ---- Mann and Whitney ---- */

/* Multiplies a polynomial by (1 - q^k), or divides it; coefficients modulo 2^128. */
static void times_one_less(U128 *at, uint64_t n, uint64_t k) {
  for (uint64_t i = n; i-- > k;) at[i] = mlm_u128_difference(at[i], at[i - k]);
}
static void over_one_less(U128 *at, uint64_t n, uint64_t k) {
  for (uint64_t i = k; i < n; i++) at[i] = mlm_u128_sum(at[i], at[i - k]);
}

static U128 times(U128 a, uint64_t b) {
  U128 product = mlm_u128_product(a.lo, b);
  product.hi += a.hi * b;
  return product;
}

/* a / b for b < 2^32, by 32-bit digits. */
static U128 over(U128 a, uint64_t b) {
  uint64_t high = a.hi % b << 32 | a.lo >> 32, low = high % b << 32 | (uint32_t)a.lo;
  return (U128){a.hi / b, high / b << 32 | low / b};
}

/* Sets *p to P(U <= u) twice. The numbers of ways to get each U are the coefficients of a Gaussian binomial,
 * the product of (1 - q^(most+i)) / (1 - q^i) for i from 1 to least. All of them together are a binomial
 * coefficient, below 2^77. */
static Status whitney_exact(uint64_t least, uint64_t most, uint64_t u, double *p, const Host *host) {
  U128 all = mlm_u128(1), ways = mlm_u128(0), *at = mlm_new_zeroed(host, (u + 1) * sizeof *at);
  if (!at) return MLM_NOMEM;
  at[0] = mlm_u128(1);
  for (uint64_t i = 1; i <= least; i++) {
    times_one_less(at, u + 1, most + i);
    over_one_less(at, u + 1, i);
    all = over(times(all, most + i), i);
  }
  for (uint64_t i = 0; i <= u; i++) ways = mlm_u128_sum(ways, at[i]);
  host->free(at);
  *p = at_most_1(mlm_u128_ratio(ways, false, all, 1));
  return MLM_OK;
}

/* Runs of tied scores. */
typedef struct Ties {
  U192 cubes;    /* the sum of their lengths' cubes */
  uint64_t rows; /* and of their lengths */
} Ties;

static void count_ties(const Scores *scores, Ties *ties) {
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) {
    uint64_t t = (uint64_t)(walk.neg_count + walk.pos_count);
    if (t > 1) add_tie(&ties->cubes, &ties->rows, t);
  }
}

/* With the continuity correction z² = 3n(n-1)·(|2U - n₁n₀| - 1)² / (n₁n₀·(n³ - n - Σ(t³-t))). */
static double whitney_normal(U128 pairs, uint64_t n, U128 gap, const Ties *ties) {
  BigFloat x, square, num, scale, variance, spread;
  product_of_three(&spread, n, n - 1, n + 1);
  less_ties(&spread, &ties->cubes, ties->rows);
  if (spread.n == 0) return NAN; /* all are tied */
  if (gap.hi == 0 && gap.lo <= 1) return 1;
  mlm_bigfloat_of_u128(&x, mlm_u128_difference(gap, mlm_u128(1)), 0);
  mlm_bigfloat_multiply(&square, &x, &x);
  product_of_three(&scale, 3, n, n - 1);
  mlm_bigfloat_multiply(&num, &square, &scale);
  mlm_bigfloat_of_u128(&x, pairs, 0);
  mlm_bigfloat_multiply(&variance, &x, &spread);
  return 2 * mlm_normal_sf(mlm_bigfloat_root_of_ratio(&num, &variance));
}

Status mlm_mann_whitney_test(const Scores *scores, const Eval *in, Result *out) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (!all.integral || all.pos_count == 0 || all.neg_count == 0) return MLM_OK;
  uint64_t positives = (uint64_t)all.pos_count, negatives = (uint64_t)all.neg_count;
  uint64_t least = positives < negatives ? positives : negatives, most = positives + negatives - least;
  U128 twice_u = mlm_scores_twice_u(scores), pairs = mlm_u128_product(positives, negatives);
  U128 gap = absolute_difference(twice_u, pairs);
  Ties ties = {0};
  count_ties(scores, &ties);
  /* Without ties every row has memory of its own, so that the pairs of so few are far below 2^64. */
  bool exact = ties.rows == 0 && least <= WHITNEY_LESSER && pairs.lo <= WHITNEY_PAIRS;
  double p = NAN;
  Status status = MLM_OK;
  if (exact)
    status = whitney_exact(least, most, (pairs.lo - gap.lo) / 2, &p, in->host);
  else
    p = whitney_normal(pairs, positives + negatives, gap, &ties);
  if (status) return status;
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_test_begin(json, mlm_u128_round(twice_u, false, -1), p, exact ? "exact" : "normal");
  mlm_json_number(json, "auc", mlm_u128_ratio(twice_u, false, pairs, -1));
  mlm_json_integer(json, "positives", all.pos_count);
  mlm_json_integer(json, "negatives", all.neg_count);
  mlm_str_put(json, "}");
  return MLM_OK;
}
