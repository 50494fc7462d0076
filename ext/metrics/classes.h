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
double mlm_class_macro(const ConfusionMatrix *matrix, ClassRatio ratio);
double mlm_class_weighted(const ConfusionMatrix *matrix, ClassRatio ratio);

/* Whether the rows came without weights, or, of saved states, with whole ones. */
static inline bool mlm_class_counts_are_integers(const ConfusionMatrix *matrix, const Params *params) {
  return mlm_confusion_matrix_state.integral(matrix) && !params->weighted;
}

double mlm_class_accuracy(const ConfusionMatrix *matrix, const Params *params);

/* Agreement beyond chance; NaN where all rows are of one class. */
double mlm_class_kappa(const ConfusionMatrix *matrix, const Params *params);
double mlm_class_kappa_linear(const ConfusionMatrix *matrix, const Params *params);
double mlm_class_kappa_quadratic(const ConfusionMatrix *matrix, const Params *params);
double mlm_class_mcc(const ConfusionMatrix *matrix, const Params *params);

void mlm_class_report(const ConfusionMatrix *matrix, const Params *params, StrBuf *out);
void mlm_class_confusion_table(const ConfusionMatrix *matrix, const Params *params, StrBuf *out);
void mlm_class_metrics(const ConfusionMatrix *matrix, const Params *params, StrBuf *out);

#endif
