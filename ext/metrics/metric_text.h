/* Metrics given as a text, such as 'f1_at:0.25': which one, and its parameters. */
#ifndef MLM_METRIC_TEXT_H
#define MLM_METRIC_TEXT_H

#include "metrics/arg_specs.h"

enum { MLM_METRIC_TEXT_BYTES = 80 };

/* A metric of a saved set, with the parameters that its text gave. */
typedef struct MetricText {
  const Metric *metric;
  double x[MLM_ROW_NUMBERS];        /* what a row has besides score and label: the cutoff */
  double held;                      /* a parameter of the state */
  Params params;                    /* defaults filled in */
  Objective objective;              /* where params.parsed points, if an objective was given */
  char text[MLM_METRIC_TEXT_BYTES]; /* as it was written */
} MetricText;

/* Reads 'roc_auc', 'f1_at:0.25', 'fbeta_at:0.25,2', 'best_cutoff:youden', 'ece:15', 'kappa' into a
 * MetricText: the name of a metric whose result is a number and that reads a score set or a class set, then
 * the arguments that it needs besides the set, in their order. */
extern const TextParser mlm_metric_parser;

/* How the text of a metric is written, in quotes: 'fbeta_at:CUTOFF,BETA'. */
void mlm_metric_text_form(StrBuf *out, const Metric *metric);

/* Evaluates the metric over a sealed set: of the metric's own kind, or a score set; `sample` as in Eval. NaN
 * in *value: undefined. MLM_MISMATCH: the metric does not read such a set; MLM_OUT_OF_RANGE: a score is
 * outside its range. */
Status mlm_metric_over_set(const MetricText *text, const OpenSet *set, bool sample, const Host *host,
                           double *value);

#endif
