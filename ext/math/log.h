/* Logarithms, and losses that are logarithms; error bounds as in math/kernels.h. */
#ifndef MLM_LOG_H
#define MLM_LOG_H

#include <stddef.h>

double mlm_log(double x);   /* natural logarithm, <= 0.505 ulp; seen: 0.501; log(0) = -Infinity */
double mlm_log1p(double x); /* ln(1 + x), <= 0.505 ulp; seen: 0.502 */
double mlm_logit(double p); /* ln(p / (1-p)), <= 0.505 ulp; seen: 0.501; 0 -> -Infinity, 1 -> Infinity */

/* -ln(1 - p) for p in [0,1], <= 0.505 ulp; seen: 0.501. The loss of a negative row. */
double mlm_neg_log_complement(double p);

/* -ln of the probability that p in [0,1] gives to the label: -ln p for label 1, -ln(1 - p) for label 0;
 * <= 0.505 ulp. Does not branch on the label. */
double mlm_log_loss(double p, double label);

/* loss[i] = mlm_log_loss(p[i], label) for n rows of one label; p[i] in [2^-1022, 1). */
void mlm_log_losses(const double *p, double *loss, size_t n, int label);

#endif
