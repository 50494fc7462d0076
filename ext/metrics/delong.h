/* DeLong's variance of the area under the ROC curve, from exact integers. */
#ifndef MLM_DELONG_H
#define MLM_DELONG_H

#include "metric.h"

/* What DeLong's variance needs, all of it exact. a_i of a positive row is twice the number of negatives below
 * it plus the number of equal ones; b_j of a negative row is twice the number of positives above it plus the
 * number of equal ones. AUC is Σa / 2PN. */
typedef struct DeLong {
  int64_t positives, negatives; /* P, N */
  U128 twice_u;                 /* Σa = Σb */
  BigFloat squares[2];          /* Σb² and Σa², by label */
  int64_t divisor, counts; /* the greatest common divisor of the counts of equal rows, and how many of them
                              there are; not counted further where it is 1 */
} DeLong;

/* The standard error of AUC, rounded once; P, N >= 2. 0 only where AUC is 0 or 1 or all scores are equal. Of
 * the differences of two such a_i and b_j, with |Σd| for twice_u, it is that of the difference of two AUC. */
double mlm_delong_se(const DeLong *delong);
/* |Σd| / 2PN over this standard error, rounded once; NaN where that is 0. */
double mlm_delong_z(const DeLong *delong);

/* Of AUC, and of Gini, which is 2·AUC - 1. */
extern const Interval mlm_auc_interval, mlm_gini_interval;

#endif
