/* Two models over the same rows: the paired bootstrap of the difference of a metric. */
#ifndef MLM_PAIRED_SCORES_H
#define MLM_PAIRED_SCORES_H

#include "metrics/bootstrap_interval.h"

typedef struct PairedInterval {
  double value[2];              /* of score_a and of score_b */
  BootstrapInterval difference; /* a - b */
  double p_value;               /* two-sided, of no difference; NaN where there is no interval */
} PairedInterval;

/* Of sealed rows (score_a, score_b, label). Each sample of rows serves both models. The p-value is twice the
 * smaller share of the samples' differences on either side of 0, one more counted on each, at most 1.
 * MLM_MISMATCH: the metric does not read scores; fails also as mlm_bootstrap_interval() does. */
Status mlm_paired_interval(const Rows *rows, const MetricText *text, const BootstrapPlan *plan,
                           const Host *host, PairedInterval *out);

#endif
