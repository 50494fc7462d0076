/* Bootstrap intervals of any metric whose state resample.h can draw from. */
#ifndef MLM_BOOTSTRAP_INTERVAL_H
#define MLM_BOOTSTRAP_INTERVAL_H

#include "metrics/intervals.h"
#include "metrics/metric_text.h"
#include "metrics/resample.h"

enum { MLM_REPLICATES = 1000 }; /* unless the user says otherwise; the seed is then 0 */

typedef enum BootstrapMethod {
  BOOTSTRAP_PERCENTILE, /* the quantiles of the replicates */
  BOOTSTRAP_BASIC       /* those mirrored at the value: 2·value - quantile, not cut to the metric's range */
} BootstrapMethod;

/* How to resample. Zeroed memory with level and replicates set is the usual plan. */
typedef struct BootstrapPlan {
  double level; /* of the interval, within (0,1) */
  BootstrapMethod method;
  int64_t replicates; /* >= 1 */
  uint64_t seed;
  bool stratified;
} BootstrapPlan;

/* An interval: bounds.se is the standard deviation of the replicates, by n - 1; what is undefined is NaN, and
 * bounds.note says why. `made` is for mlm_interval_members(); made.replicates is 0 where none was drawn,
 * since the value is undefined or there is one row only. Undefined replicates are left out. */
typedef struct BootstrapInterval {
  Bounds bounds;
  IntervalMethod made;
} BootstrapInterval;

/* The value and interval of a metric over a sealed state that resample.h can draw from. `eval` computes a
 * number from it, as in->metric->eval does; `in` is passed to it, with `sample` set for samples; its
 * host gives memory and interrupts.
 * `of_sample` computes the number of a sample whose state is of another kind, as that of units of ratings
 * is; NULL: eval does. Each replicate r = 1, 2, … is the sample (seed, r) of resample.h.
 * An interval needs half of the replicates to be defined. Fails as mlm_resampler_begin() and eval do.
 *
 *   BootstrapPlan plan = {.level = in->params->number[PARAM_LEVEL], .replicates = MLM_REPLICATES};
 *   BootstrapInterval interval;
 *   Status status =
 *       mlm_bootstrap_interval(&mlm_scores_state, scores, in->metric->eval, NULL, in, &plan, &interval);
 */
Status mlm_bootstrap_interval(const StateType *type, const void *state, Evaluate *eval, Evaluate *of_sample,
                              Eval *in, const BootstrapPlan *plan, BootstrapInterval *out);

/* The same for the metric that a text names, over a score set or a class set. */
Status mlm_bootstrap_text_interval(const OpenSet *set, const MetricText *text, const BootstrapPlan *plan,
                                   const Host *host, BootstrapInterval *out);

/* The value over a sample of the metric that eval computes from a state of its kind: the same bits as over
 * its rows. */
Status mlm_sample_value(const Resampler *sample, Evaluate *eval, const Eval *in, double *value);

/* The same for the metric that a text names, over a sample of a score set or a class set. */
Status mlm_sample_metric(const Resampler *sample, const MetricText *text, double *value);

/* ---- the parts of it ---- */

/* Sorts values, NaN last, and returns how many are not NaN. */
Status mlm_sort_replicates(double *value, int64_t n, int64_t *defined, const Host *host);

/* The q-quantile of n > 0 ascending values, 0 <= q <= 1: linear between neighbours, as NumPy computes it. */
double mlm_quantile(const double *ascending, int64_t n, double q);

/* The interval before any replicate: with a note where none is to be drawn. */
BootstrapInterval mlm_bootstrap_of(double value, double rows, const BootstrapPlan *plan);

/* Fills in all but value and rows from the replicates of the value, which it sorts. */
Status mlm_interval_of_replicates(double *replicate, const BootstrapPlan *plan, const Host *host,
                                  BootstrapInterval *out);

#endif
