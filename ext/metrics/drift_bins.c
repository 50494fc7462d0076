/* Drift between two samples of values: bins by quantiles of the reference, and the share of each sample in
 * them. */
#include "metrics/drift_bins.h"

#include "math/log_core.h"
#include "metrics/binned_curves.h"

/* ---- edges ---- */

/* Edges are found in ascending order; equal ones are kept once. */
static void add_edge(DriftBins *bins, double edge) {
  if (bins->n == 0 || bins->own[bins->n - 1] < edge) bins->own[bins->n++] = edge;
}

/* Between a < b, as NumPy computes it; an infinite end is reached at once. */
static double between(double a, double b, double share) {
  if (a == -INFINITY || b == INFINITY) return a == -INFINITY ? a : b;
  double gap = b - a;
  return share < 0.5 ? a + gap * share : b - gap * (1 - share);
}

/* The place k·(n - 1)/bins of quantile k among n rows numbered from 0, as row + rest/bins. */
typedef struct Place {
  uint64_t row, rest;
} Place;

static Place place_of(uint64_t k, uint64_t n, uint64_t bins) {
  uint64_t whole = (n - 1) / bins, part = (n - 1) % bins * k; /* bins are few: no overflow */
  return (Place){k * whole + part / bins, part % bins};
}

static void linear_quantiles(const Scores *scores, uint64_t n, uint64_t count, DriftBins *bins) {
  ScoreWalk walk;
  uint64_t before = 0, k = 1;
  double last = NAN; /* the value of row before - 1 */
  mlm_walk_class(&walk, scores, 0);
  while (k < count && mlm_walk_next(&walk)) {
    uint64_t after = before + (uint64_t)walk.neg_count;
    if (after == before) continue; /* of a set kept in a tree: a score of the other sample */
    for (; k < count; k++) {
      Place at = place_of(k, n, count);
      if (at.row < before)
        add_edge(bins, between(last, walk.score, (double)at.rest / (double)count));
      else if (at.row + (at.rest > 0) < after)
        add_edge(bins, walk.score);
      else
        break;
    }
    last = walk.score;
    before = after;
  }
}

static void weighted_quantiles(const Scores *scores, double count, DriftBins *bins) {
  ScoreWalk walk;
  ExactSum all = {0};
  double k = 1;
  mlm_scores_add_weight(scores, 0, &all);
  mlm_walk_up(&walk, scores);
  while (k < count && mlm_walk_next(&walk)) {
    ExactSum so_far = mlm_weight_so_far(&walk, 0);
    for (; walk.neg_weight > 0 && k < count && mlm_weight_reaches(&so_far, &all, k, count); k++)
      add_edge(bins, walk.score);
  }
}

Status mlm_drift_bins(const Scores *scores, const Eval *in, DriftBins *bins) {
  const Edges *edges = mlm_edges_of(in->params);
  double count = in->params->number[0];
  *bins = (DriftBins){.n = 0};
  if (edges) {
    *bins = (DriftBins){.edge = edges->at + 1, .n = edges->n - 2};
    return MLM_OK;
  }
  ScoreTotals all = mlm_scores_totals(scores);
  bins->edge = bins->own = in->host->realloc(NULL, (uint64_t)count * sizeof *bins->own);
  if (!bins->own) return MLM_NOMEM;
  if (all.integral)
    linear_quantiles(scores, (uint64_t)all.neg_count, (uint64_t)count, bins);
  else
    weighted_quantiles(scores, count, bins);
  return MLM_OK;
}

/* ---- shares ---- */

void mlm_drift_begin(DriftCursor *at, const Scores *scores, const DriftBins *bins) {
  memset(at, 0, sizeof *at);
  at->bins = bins;
  for (int label = 0; label < 2; label++) mlm_scores_add_weight(scores, label, &at->all[label]);
  mlm_walk_up(&at->walk, scores);
  at->ahead = mlm_walk_next(&at->walk);
}

/* Rows of integral weight are counted; other weights are added exactly. */
static void gather(DriftCursor *at, int64_t count[2], ExactSum sum[2]) {
  const ScoreWalk *walk = &at->walk;
  count[0] += walk->neg_count;
  count[1] += walk->pos_count;
  if (mlm_walk_is_exact(walk)) return;
  for (int label = 0; label < 2; label++) {
    mlm_walk_add_weight(walk, label, &sum[label]);
    mlm_sum_add_integer(&sum[label], label ? -walk->pos_count : -walk->neg_count);
  }
}

bool mlm_drift_next(DriftCursor *at) {
  const DriftBins *bins = at->bins;
  int64_t count[2] = {0, 0};
  ExactSum sum[2] = {0};
  if (at->next > bins->n) return false;
  at->bin = at->next++;
  while (at->ahead && (at->bin == bins->n || at->walk.score <= bins->edge[at->bin])) {
    gather(at, count, sum);
    at->ahead = mlm_walk_next(&at->walk);
  }
  for (int label = 0; label < 2; label++) {
    mlm_sum_add_integer(&sum[label], count[label]);
    at->share[label] = mlm_sum_ratio(&sum[label], &at->all[label]);
  }
  return true;
}

/* ---- distances ---- */

#define LEAST_SHARE 1e-4

static double not_empty(double share) { return share > LEAST_SHARE ? share : LEAST_SHARE; }

double mlm_psi_term(double a, double b) {
  a = not_empty(a);
  b = not_empty(b);
  return a == b ? 0 : (b - a) * mlm_log_ratio(dd_of(b), dd_of(a)).hi;
}

double mlm_psi(const Shares *shares) {
  ExactSum sum = {0};
  for (size_t i = 0; i < shares->n; i++) mlm_sum_add(&sum, mlm_psi_term(shares->a[i], shares->b[i]), 1);
  return mlm_sum_round(&sum);
}

/* 1 - Σ √(ab) = Σ (√a - √b)² / 2, and √a - √b = (a - b) / (√a + √b), so that nothing cancels. */
double mlm_hellinger(const Shares *shares) {
  ExactSum sum = {0};
  for (size_t i = 0; i < shares->n; i++) {
    double gap = shares->a[i] - shares->b[i], roots = sqrt(shares->a[i]) + sqrt(shares->b[i]);
    if (gap != 0) mlm_sum_add(&sum, gap / roots * (gap / roots), 1);
  }
  return sqrt(mlm_sum_round(&sum) / 2);
}

double mlm_js_distance(const Shares *shares) {
  return sqrt(mlm_js_divergence(shares->a, shares->b, shares->n));
}

double mlm_total_variation(const Shares *shares) {
  ExactSum sum = {0};
  for (size_t i = 0; i < shares->n; i++) mlm_sum_add(&sum, fabs(shares->a[i] - shares->b[i]), 1);
  return mlm_sum_round(&sum) / 2;
}
