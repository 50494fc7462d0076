/* Formulas of the 2x2 table that other families use too: columns of cutoff_curve, parts of JSON results. */
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

/* The metric of that name at one cutoff ("f1" for f1_at), n bytes long; NULL: there is none. */
const Metric *mlm_threshold_metric(const char *name, size_t n);

/* Reads 'f1', 'fbeta:2', 'cost:1,5', 'precision >= 0.9'; false: no such objective, or it is too long, blanks
 * at its ends and beside its signs not counted. */
bool mlm_parse_objective(const char *text, size_t n, Objective *objective);
/* What is wrong with text that is no objective, for the end of a sentence; "" where nothing can be said. */
const char *mlm_objective_hint(const char *text, size_t n);
/* Whether text spells the objective that was read, but for such blanks. */
bool mlm_same_objective(const Objective *objective, const char *text, size_t n);
extern const char mlm_objective_names[];

/* The objective given, or f1. */
const Objective *mlm_objective_of(const Params *params);

#endif
