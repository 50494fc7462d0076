/* Formulas of predicted classes, shared by the metrics and the reports. */
#ifndef MLM_CLASSES_H
#define MLM_CLASSES_H

#include "metrics/class_list.h"

/* Of one class; NaN for 0/0. */
double mlm_class_precision(const ClassTotals *totals);
double mlm_class_recall(const ClassTotals *totals);
double mlm_class_f1(const ClassTotals *totals);
double mlm_class_jaccard(const ClassTotals *totals);

/* Means of such a ratio over the classes, an undefined one as 0: unweighted, or weighted by the labels. */
typedef double (*ClassRatio)(const ClassTotals *totals);
double mlm_class_macro(const ClassView *view, ClassRatio ratio);
double mlm_class_weighted(const ConfusionMatrix *matrix, ClassRatio ratio);

/* Whether counts are INTEGER: no weight was given, and saved states hold integral ones only. */
static inline bool mlm_class_counts_are_integers(const ConfusionMatrix *matrix, const Eval *in) {
  return mlm_confusion_matrix_state.integral(matrix) && !in->weighted;
}

/* Whether two classes are texts that differ only by blanks around them or by the case of ASCII letters, such
 * as 'Fish' and 'Fish ', but single letters by more than case. pair[] is then the first two in order. Each is
 * compared with each, so of more than 256 classes none is found. */
bool mlm_classes_alike(const ConfusionMatrix *matrix, Class pair[2]);
/* What looks wrong with the classes of the matrix: two that are alike, an empty text, or none in common, such
 * as an index beside a name; NULL: nothing does. */
const char *mlm_note_of_classes(const ConfusionMatrix *matrix);

double mlm_class_accuracy(const ConfusionMatrix *matrix);

/* Agreement beyond chance; NaN if all rows are of one class. */
double mlm_class_kappa(const ClassView *view);
double mlm_class_kappa_linear(const ClassView *view);
double mlm_class_kappa_quadratic(const ClassView *view);
double mlm_class_mcc(const ConfusionMatrix *matrix);

Status mlm_class_report(const ClassView *view, const Eval *in, Result *out);
Status mlm_class_confusion_table(const ClassView *view, const Eval *in, Result *out);
Status mlm_class_metrics(const ConfusionMatrix *matrix, const Eval *in, Result *out);

#endif
