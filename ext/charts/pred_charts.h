/* The charts of plain numbers: predictions beside targets, and a metric over time. */
#ifndef MLM_PRED_CHARTS_H
#define MLM_PRED_CHARTS_H

#include "charts/chart.h"
#include "metric.h"

/* Each fills an empty chart from one set or a keyed state of them. */
void mlm_residual_chart(Chart *chart, const StateType *type, const void *state);
void mlm_trend_chart(Chart *chart, const StateType *type, const void *state);

#endif
