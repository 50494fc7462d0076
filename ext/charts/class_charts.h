/* The confusion chart: shaded counts of each pair of true and predicted class. */
#ifndef MLM_CLASS_CHARTS_H
#define MLM_CLASS_CHARTS_H

#include "charts/chart.h"
#include "metric.h"

/* Fills an empty chart from one class set or a keyed state of them. */
void mlm_confusion_chart(Chart *chart, const StateType *type, const void *state);

#endif
