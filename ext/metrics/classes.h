/* What the formulas of decided classes share with the texts made of them. */
#ifndef MLM_CLASSES_H
#define MLM_CLASSES_H

#include "metric.h"

/* Of one class; NaN for 0/0. */
double mlm_class_precision(const ClassTotals *totals);
double mlm_class_recall(const ClassTotals *totals);
double mlm_class_f1(const ClassTotals *totals);

/* Means of such a ratio over the classes, an undefined one as 0: each class alike, or by its weight among the
 * labels. */
typedef double (*ClassRatio)(const ClassTotals *totals);
double mlm_class_macro(const Crosstab *crosstab, ClassRatio ratio);
double mlm_class_weighted(const Crosstab *crosstab, ClassRatio ratio);

/* Whether the rows came without weights, or, of saved states, with whole ones. */
static inline bool mlm_class_counts_are_integers(const Crosstab *crosstab, const Params *params) {
  return mlm_crosstab_state.integral(crosstab) && !params->weighted;
}

double mlm_class_accuracy(const Crosstab *crosstab, const Params *params);

/* Agreement beyond chance; NaN where all rows are of one class. */
double mlm_class_kappa(const Crosstab *crosstab, const Params *params);
double mlm_class_kappa_linear(const Crosstab *crosstab, const Params *params);
double mlm_class_kappa_quadratic(const Crosstab *crosstab, const Params *params);
double mlm_class_mcc(const Crosstab *crosstab, const Params *params);

void mlm_class_report(const Crosstab *crosstab, const Params *params, Text *out);
void mlm_class_confusion_table(const Crosstab *crosstab, const Params *params, Text *out);
void mlm_class_metrics(const Crosstab *crosstab, const Params *params, Text *out);

#endif
