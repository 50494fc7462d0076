/* Formulas of the 2x2 table that other families share: columns of cutoff_curve, parts of JSON results. */
#ifndef MLM_THRESHOLD_H
#define MLM_THRESHOLD_H

#include "metric.h"

double mlm_precision(const Confusion2 *t, const double *param); /* tp / (tp + fp) */
double mlm_recall(const Confusion2 *t, const double *param);    /* tp / (tp + fn) */
double mlm_specificity(const Confusion2 *t, const double *param);
double mlm_fpr(const Confusion2 *t, const double *param); /* fp / (fp + tn) */
double mlm_accuracy(const Confusion2 *t, const double *param);
double mlm_balanced_accuracy(const Confusion2 *t, const double *param);
double mlm_f1(const Confusion2 *t, const double *param); /* 2tp / (2tp + fp + fn) */
double mlm_mcc(const Confusion2 *t, const double *param);
double mlm_youden(const Confusion2 *t, const double *param);

/* The metric at one cutoff whose name without "_at" is name[0..n); NULL: there is none. */
const Metric *mlm_threshold_metric(const char *name, size_t n);

extern const Family mlm_threshold;

#endif
