/* Bootstrap intervals of any metric whose state resample.h can draw from. */
#ifndef MLM_BOOTSTRAP_INTERVAL_H
#define MLM_BOOTSTRAP_INTERVAL_H

#include "metrics/interval_report.h"
#include "metrics/metric_text.h"
#include "metrics/resample.h"

enum { MLM_REPLICATES = 1000 }; /* where the user does not say; the seed is then 0 */

typedef enum BootstrapMethod {
  BOOTSTRAP_PERCENTILE, /* the quantiles of the replicates */
  BOOTSTRAP_BASIC       /* those mirrored at the value: 2·value - quantile, not cut to the metric's range */
} BootstrapMethod;

/* What is resampled, and how: zeroed memory but for level and replicates is a good beginning. */
typedef struct BootstrapPlan {
  double level; /* of the interval, within (0,1) */
  BootstrapMethod method;
  int64_t replicates; /* >= 1 */
  uint64_t seed;
  bool stratified;
} BootstrapPlan;

/* An interval. Of what is undefined, the number is NaN and note says why. */
typedef struct BootstrapInterval {
  double value, low, high;
  double se;           /* the standard deviation of the replicates, by n - 1 */
  int64_t rows;        /* an integral weight k counts as k */
  int64_t replicates;  /* that were drawn; 0: the value is undefined, or there is one row only */
  int64_t undefined;   /* replicates without a value, which are left out */
  const char *note;    /* why a number is missing; NULL: none is */
} BootstrapInterval;

/* The value and interval of a metric over a sealed state of its own kind: scores, confusion2, a confusion
 * matrix or rows. `eval` computes a number from such a state, as in->metric->eval does; `in` is passed to it,
 * whose host gives memory and interrupts. Each replicate r = 1, 2, … is the sample (seed, r) of resample.h.
 * An interval needs half of the replicates to be defined. Fails as mlm_resampler_begin() and eval do.
 *
 *   BootstrapPlan plan = {.level = in->params->number[PARAM_LEVEL], .replicates = MLM_REPLICATES};
 *   BootstrapInterval interval;
 *   Status status = mlm_bootstrap_interval(&mlm_scores_state, scores, in->metric->eval, in, &plan, &interval);
 */
Status mlm_bootstrap_interval(const StateType *type, const void *state, Evaluate *eval, const Eval *in,
                              const BootstrapPlan *plan, BootstrapInterval *out);

/* The same of the metric that a text names, over a score set or a class set. */
Status mlm_bootstrap_text_interval(const OpenSet *set, const MetricText *text, const BootstrapPlan *plan,
                                   const Host *host, BootstrapInterval *out);

/* The value of the metric over a sample of a score set or a class set: the same bits as over its rows. */
Status mlm_sample_metric(const Resampler *sample, const MetricText *text, double *value);

/* What mlm_write_interval() shows of it; for the method 'basic' the caller may cut the bounds first. */
IntervalReport mlm_bootstrap_report(const BootstrapInterval *interval, const BootstrapPlan *plan);

/* ---- the parts of it ---- */

/* Sorts values, NaN last, and returns how many are not NaN. */
Status mlm_sort_replicates(double *value, int64_t n, int64_t *defined, const Host *host);

/* The q-quantile of n > 0 ascending values, 0 <= q <= 1: linear between neighbours, as NumPy computes it. */
double mlm_quantile(const double *ascending, int64_t n, double q);

/* Fills in low, high, se, undefined and note from the replicates of out->value, which it sorts. */
Status mlm_interval_of_replicates(double *replicate, const BootstrapPlan *plan, const Host *host,
                                  BootstrapInterval *out);

#endif
