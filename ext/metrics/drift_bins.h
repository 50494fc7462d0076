/* Drift between two samples of values: bins by quantiles of the reference, and the share of each sample in
 * them. */
#ifndef MLM_DRIFT_BINS_H
#define MLM_DRIFT_BINS_H

#include "metrics/edges.h"

/* Bins (-Infinity, edge[0]], (edge[0], edge[1]], …, (edge[n - 1], Infinity). */
typedef struct DriftBins {
  const double *edge;
  size_t n;
  double *own; /* the edges, where they are not those of the call */
} DriftBins;

/* The bins of a call whose first parameter is ARG_DRIFT_BINS: the edges given, or quantiles of the rows of
 * label 0, each counted once. Quantiles are linear between neighbours, as in NumPy; where a weight is
 * fractional, the least value with at least that share of the weight at or below it. The scores have a row of
 * label 0. To be cleared in any case. */
Status mlm_drift_bins(const Scores *scores, const Eval *in, DriftBins *bins);
static inline void mlm_drift_bins_clear(DriftBins *bins, const Host *host) {
  host->free(bins->own);
  bins->own = NULL;
}

/* A walk over the bins, in ascending order. */
typedef struct DriftCursor {
  const DriftBins *bins;
  size_t bin;      /* from 0; the one reached last */
  double share[2]; /* of each label's weight, in that bin */
  size_t next;
  bool ahead;
  ExactSum all[2];
  ScoreWalk walk; /* at the first score of the next bin while `ahead` */
} DriftCursor;

void mlm_drift_begin(DriftCursor *at, const Scores *scores, const DriftBins *bins);
bool mlm_drift_next(DriftCursor *at);

/* The shares of two samples in the same bins or classes, n of each; b follows a in one block. */
typedef struct Shares {
  double *a, *b;
  size_t n;
} Shares;

static inline Status mlm_shares_new(Shares *shares, size_t n, const Host *host) {
  shares->n = n;
  shares->a = mlm_new_zeroed(host, 2 * (uint64_t)n * sizeof *shares->a);
  shares->b = shares->a ? shares->a + n : NULL;
  return shares->a ? MLM_OK : MLM_NOMEM;
}

/* (b - a) ln(b / a), shares below 1e-4 counted as 1e-4. */
double mlm_psi_term(double a, double b);

/* Distances between the shares: the sum of mlm_psi_term(); √(1 - Σ √(ab)); the root of the Jensen-Shannon
 * divergence in nats; half the sum of |a - b|. */
double mlm_psi(const Shares *shares);
double mlm_hellinger(const Shares *shares);
double mlm_js_distance(const Shares *shares);
double mlm_total_variation(const Shares *shares);

#endif
