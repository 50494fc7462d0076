/* Softmax and cross entropy of rows of logits; error bounds as in math/kernels.h. */
#ifndef MLM_SOFTMAX_H
#define MLM_SOFTMAX_H

#include <stddef.h>

/* -ln softmax(x)[i], i < n: >= 0, <= 0.52 ulp also where the loss is tiny. Limits: 0 where x[i] alone is
 * +Infinity, ln k where it is one of k, Infinity where x[i] is -Infinity; ln n where all are -Infinity, as
 * for equal logits. */
double mlm_nll(const double *x, size_t n, size_t i);

/* Cross entropy with a target distribution q and PyTorch's label smoothing 0 <= eps < 1: the sum of
 * t[c]·nll(x, n, c) with t = (1-eps)·q + eps/n, n > 0, each q[c] >= 0, 0·Infinity = 0. <= 2 ulp. eps = 0
 * gives the plain loss. */
double mlm_nll_smoothed(const double *x, size_t n, size_t i, double eps); /* q is 1 at i, else 0 */
double mlm_nll_soft_smoothed(const double *x, size_t n, const double *q, double eps);

/* e^(x - lse), the softmax of x where lse is the log_sum_exp of the row: <= 0.51 ulp plus the rounding of
 * lse. 0 for x = -Infinity; NaN if x and lse are the same infinity: a share of an infinite sum, or of none.
 */
double mlm_softmax_from(double x, double lse);

/* out[i] = softmax(x)[i], each <= 0.51 ulp; out may be x. Entries of +Infinity share 1 equally, and so do all
 * entries if all are -Infinity. */
void mlm_softmax(const double *x, size_t n, double *out);
/* Entry i of mlm_softmax(), i < n: the same double. */
double mlm_softmax_at(const double *x, size_t n, size_t i);
/* out[i] = ln softmax(x)[i] = -mlm_nll(x, n, i), but 0 instead of -0; out may be x. */
void mlm_log_softmax(const double *x, size_t n, double *out);

#endif
