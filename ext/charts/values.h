/* The values of metrics, by name, of the sets behind charts and reports. */
#ifndef MLM_CHART_VALUES_H
#define MLM_CHART_VALUES_H

#include "charts/chart.h"
#include "metric.h"

/* Samples behind an interval by resampling: fewer than the _ci forms draw, since a report has many of them;
 * its ends scatter by about a tenth of the standard error. */
enum { MLM_CHART_REPLICATES = 200 };

/* A metric's value and, if it was requested and exists, the ends of its interval; NaN: undefined. The note of
 * the interval lives as long as the chart; NULL: there is none. */
typedef struct Value {
  double value, low, high;
  const char *note;
} Value;

/* The metric of this name, in its first form; NULL: there is none. */
const Metric *mlm_metric_named(const char *name);

/* The metric of that name over a sealed score set, its parameters at their defaults; with its interval at the
 * level `level` if that is above 0 and the metric has one. An interval that would resample more than 2^31
 * rows is left out, which the note says. Failures go to the chart's status. */
Value mlm_score_value(Chart *chart, const char *name, const Scores *scores, double level);
/* The JSON of a metric over a score set, its parameters at their defaults, to be freed with the host. */
StrBuf mlm_score_json(Chart *chart, const char *name, const Scores *scores);
/* The same over rows of prediction and target. */
Value mlm_pred_value(Chart *chart, const char *name, const Rows *rows, double level);
/* The same over predicted classes. */
Value mlm_class_value(Chart *chart, const char *name, const ConfusionMatrix *matrix, double level);

/* The status of what was drawn or written; of scores in place of classes the result is one of them, for the
 * message. */
static inline Status mlm_chart_ended(const Chart *chart, Status status, Result *out) {
  if (mlm_status_is_score(status)) mlm_result_real(out, chart->refused);
  return status;
}

/* The best cutoff for an objective, as in best_cutoff(); false: none. An interrupt makes the chart fail. */
bool mlm_best_cutoff_for(Chart *chart, const char *objective, const Scores *scores, BestCutoff *best);

/* The number of a key of a flat JSON object; NaN: it is null or not there. */
double mlm_number_in_json(const StrBuf *json, const char *key);

#endif
