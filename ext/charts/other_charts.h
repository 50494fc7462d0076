/* The charts of class sets, of predictions beside targets, and of a metric over time. */
#ifndef MLM_OTHER_CHARTS_H
#define MLM_OTHER_CHARTS_H

#include "charts/chart.h"
#include "metric.h"

/* Each fills an empty chart from one set or a keyed state of them. */
void mlm_confusion_chart(Chart *chart, const StateType *type, const void *state);
void mlm_residual_chart(Chart *chart, const StateType *type, const void *state);
void mlm_trend_chart(Chart *chart, const StateType *type, const void *state);

#endif
