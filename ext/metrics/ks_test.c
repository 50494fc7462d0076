/* The Kolmogorov-Smirnov test of two samples: exact by paths through the lattice of their ranks, else by the
 * limiting distribution. */
#include "metrics/hypothesis_tests.h"

/* Pairs of rows up to which the exact distribution is used; cells of the lattice between polls. */
enum { MOST_PAIRS = 100000000, POLL = 1 << 18 };

/* |n₀·tp - n₁·fp|, the largest on a walk: the statistic times the pairs. */
static U128 largest_gap(const Scores *scores, const ScoreTotals *all) {
  ScoreWalk walk;
  U128 most = mlm_u128(0);
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk)) {
    U128 a = mlm_u128_product((uint64_t)walk.tp_count, (uint64_t)all->neg_count),
         b = mlm_u128_product((uint64_t)walk.fp_count, (uint64_t)all->pos_count);
    U128 gap = mlm_u128_less(a, b) ? mlm_u128_difference(b, a) : mlm_u128_difference(a, b);
    if (mlm_u128_less(most, gap)) most = gap;
  }
  return most;
}

/* The probability that a path of m steps right and n up, all paths equally likely, leaves the band |i·n -
 * j·m| < gap. touched[i] is the probability that a path to (i, s - i) has left it:
 *   (i·touched(i-1, j) + j·touched(i, j-1)) / (i + j),
 * and 1 outside the band. All terms are positive, so small probabilities keep their digits. The terms of one
 * diagonal do not depend on each other. */
static Status leave_band(int64_t m, int64_t n, int64_t gap, double *from, double *to, double *chance,
                         const Host *host) {
  int64_t cells = 0;
  from[0] = 0;
  for (int64_t s = 1; s <= m + n; s++) {
    int64_t low = s > n ? s - n : 0, high = s < m ? s : m;
    const double steps = (double)s;
    for (int64_t i = low; i <= high; i++) {
      double before = i > 0 ? from[i - 1] : 0, below = i < s ? from[i] : 0;
      to[i] = ((double)i * before + (double)(s - i) * below) / steps;
    }
    for (int64_t i = low; i <= high && (s - i) * m - i * n >= gap; i++) to[i] = 1;
    for (int64_t i = high; i >= low && i * n - (s - i) * m >= gap; i--) to[i] = 1;
    double *swap = from;
    from = to;
    to = swap;
    cells += high - low + 1;
    if (cells < POLL) continue;
    if (mlm_interrupted(host)) return MLM_INTERRUPTED;
    cells = 0;
  }
  *chance = from[m];
  return MLM_OK;
}

static Status exact_p(int64_t m, int64_t n, int64_t gap, double *p, const Host *host) {
  if (m > n) {
    int64_t swap = m;
    m = n;
    n = swap;
  }
  double *memory = mlm_new_zeroed(host, 2 * (uint64_t)(m + 1) * sizeof *memory);
  if (!memory) return MLM_NOMEM;
  Status status = leave_band(m, n, gap, memory, memory + m + 1, p, host);
  host->free(memory);
  return status;
}

/* √(n₁n₀ / (n₁ + n₀)) */
static double root_of_size(int64_t m, int64_t n) {
  BigFloat pairs, x, y;
  mlm_bigfloat_of_u64(&x, (uint64_t)m);
  mlm_bigfloat_of_u64(&y, (uint64_t)n);
  mlm_bigfloat_multiply(&pairs, &x, &y);
  mlm_bigfloat_of_u64(&x, (uint64_t)m + (uint64_t)n);
  return mlm_bigfloat_root_of_ratio(&pairs, &x);
}

Status mlm_ks_test(const Scores *scores, const Eval *in, Result *out) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (!all.integral || all.pos_count == 0 || all.neg_count == 0) return MLM_OK;
  U128 gap = largest_gap(scores, &all);
  U128 pairs = mlm_u128_product((uint64_t)all.pos_count, (uint64_t)all.neg_count);
  double statistic = mlm_u128_ratio(gap, false, pairs, 0), p = NAN;
  bool exact = pairs.hi == 0 && pairs.lo <= MOST_PAIRS;
  Status status = MLM_OK;
  if (exact)
    status = exact_p(all.pos_count, all.neg_count, (int64_t)gap.lo, &p, in->host);
  else
    p = mlm_kolmogorov_sf(statistic * root_of_size(all.pos_count, all.neg_count));
  if (status) return status;
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_test_begin(json, statistic, p, exact ? "exact" : "asymptotic");
  mlm_json_integer(json, "rows", all.pos_count + all.neg_count);
  mlm_str_put(json, "}");
  return MLM_OK;
}
