/* Formulas of the 2x2 table that other families use too: columns of cutoff_curve, parts of JSON results. */
#ifndef MLM_DECISIONS_H
#define MLM_DECISIONS_H

#include "metric.h"

double mlm_precision(const Tally *t, const double *param); /* tp / (tp + fp) */
double mlm_recall(const Tally *t, const double *param);    /* tp / (tp + fn) */
double mlm_specificity(const Tally *t, const double *param);
double mlm_fpr(const Tally *t, const double *param); /* fp / (fp + tn) */
double mlm_accuracy(const Tally *t, const double *param);
double mlm_balanced_accuracy(const Tally *t, const double *param);
double mlm_f1(const Tally *t, const double *param); /* 2tp / (2tp + fp + fn) */
double mlm_mcc(const Tally *t, const double *param);
double mlm_youden(const Tally *t, const double *param);

/* The metric of that name at one cutoff ("f1" for f1_at), n bytes long; NULL: there is none. */
const Metric *mlm_decision(const char *name, size_t n);

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
