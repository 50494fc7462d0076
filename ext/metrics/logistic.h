/* Logistic regression of labels on one or two features of the score, by Newton's method. */
#ifndef MLM_LOGISTIC_H
#define MLM_LOGISTIC_H

#include "metric.h"

enum { MLM_FEATURES = 2 };

/* What is fitted: the log odds are intercept + Σ slope[j]·x[j], and each x[j] is a nondecreasing function of
 * the score. */
typedef struct LogisticModel {
  int features;                                                            /* 0 to 2 */
  void (*feature[MLM_FEATURES])(const double *score, double *x, size_t n); /* NULL: the score itself */
  void (*offset)(const double *score, double *x, size_t n); /* added to the log odds; NULL: none */
  double target[2];                                         /* of label 0 and 1, within [0,1] */
} LogisticModel;

typedef struct LogisticFit {
  double intercept, slope[MLM_FEATURES];
  bool converged; /* the last step was as small as a rounding error */
} LogisticFit;

/* The maximum-likelihood fit. Gradients are exact sums of terms rounded once, in the order of the scores, so
 * that rows in any order give the same bits. A feature that is constant, or, within rounding, a linear
 * function of the first, has slope 0. Where no finite fit is best, as for separated classes, it does not
 * converge. */
Status mlm_logistic_fit(const Scores *scores, const LogisticModel *model, LogisticFit *fit, const Host *host);

/* Whether all scores of one class are at or above all of the other, once `feature` maps them, or a class is
 * missing: no finite slope is then best. */
bool mlm_is_separated(const Scores *scores, void (*feature)(const double *score, double *x, size_t n));

/* ln(p / (1 - p)), ln p and -ln(1 - p) of probabilities clipped as for log loss. */
void mlm_feature_logit(const double *score, double *x, size_t n);
void mlm_feature_log(const double *score, double *x, size_t n);
void mlm_feature_log_complement(const double *score, double *x, size_t n);

#endif
