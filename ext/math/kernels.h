/* Elementary functions of our own: the same bits on every CPU and compiler, each with its stated error bound.
 *
 * No libm, no FMA: compiled with -ffp-contract=off. Infinity gives the limit; an argument outside the domain
 * gives NaN. "ulp" is of the exact result, of a subnormal one its unit. Bounds are claims, tested on the
 * points of tests/oracle; "seen" is the largest error among a million random points and more, by
 * tests/oracle/kernels.py --long.
 */
#ifndef MLM_KERNELS_H
#define MLM_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

double mlm_exp(double x);   /* e^x, <= 0.51 ulp; seen: 0.506 */
double mlm_log(double x);   /* natural logarithm, <= 0.505 ulp; seen: 0.501; log(0) = -Infinity */
double mlm_log1p(double x); /* ln(1 + x), <= 0.505 ulp; seen: 0.502 */

double mlm_softplus(double x);    /* ln(1 + e^x), <= 0.54 ulp over the whole range; seen: 0.526 */
double mlm_sigmoid(double x);     /* 1 / (1 + e^-x), <= 0.51 ulp; seen: 0.505 */
double mlm_log_sigmoid(double x); /* -softplus(-x), and as exact */
double mlm_logit(double p); /* ln(p / (1-p)), <= 0.505 ulp; seen: 0.501; 0 -> -Infinity, 1 -> Infinity */

/* -ln(1 - p) for p in [0,1], <= 0.505 ulp: the loss of a negative row. Seen: 0.501. */
double mlm_neg_log_complement(double p);

/* -ln of the chance that p in [0,1] gives the label: -ln p for label 1, -ln(1 - p) for label 0; <= 0.505 ulp.
 * No branch on the label. */
double mlm_log_loss(double p, double label);

/* Likewise loss[i] of each of n rows of one label; p[i] in [2^-1022, 1). */
void mlm_log_losses(const double *p, double *loss, size_t n, int label);

/* PyTorch's BCELoss of one element, p and y in [0,1]: -(y·max(ln p, -100) + (1-y)·max(ln(1-p), -100)),
 * <= 0.51 ulp. */
double mlm_bce(double p, double y);

/* PyTorch's BCE with logits: (1-y)·z + (1 + (pos_weight-1)·y) · softplus(-z), z any double or Infinity,
 * y in [0,1], pos_weight >= 0 and finite. Softplus itself where y is 0 or 1 and pos_weight is 1; <= 1.2 ulp
 * elsewhere, pos_weight < 2^900. At z = ±Infinity the limit: never NaN. */
double mlm_bce_logits(double z, double y, double pos_weight);

/* -ln softmax(x)[i], i < n: >= 0, <= 0.52 ulp also where the loss is tiny.
 * Limits: x[i] = Infinity alone at the top: 0; k ties at +Infinity: ln k; x[i] = -Infinity: Infinity (but all
 * -Infinity: the limit of equal logits, ln n). */
double mlm_nll(const double *x, size_t n, size_t i);

/* Cross entropy with a target distribution and PyTorch's label smoothing, 0 <= eps < 1: the sum of
 * t[c]·nll(x, n, c), t = (1-eps)·q + eps/n, where q is 1 at i and else 0, or given, each >= 0; 0·Infinity =
 * 0; n > 0. eps = 0: the plain losses. <= 2 ulp. */
double mlm_nll_smoothed(const double *x, size_t n, size_t i, double eps);
double mlm_nll_soft_smoothed(const double *x, size_t n, const double *q, double eps);

/* Whether p[0] to p[n - 1], each within [0,1], add up to 1 but for 1e-6 an entry; *sum is their sum, rounded
 * once but for 2^-50 of an ulp an entry. */
bool mlm_is_distribution(const double *p, size_t n, double *sum);

/* Entropy -sum p ln p of a distribution in nats; 0 ln 0 = 0. <= 1 ulp. */
double mlm_entropy(const double *p, size_t n);

/* Sum of p ln(p/q) in nats; p = 0 adds 0, q = 0 < p makes it Infinity. The exact value of the given numbers:
 * where they do not quite add up to the same, it may be below 0. Error <= 1 ulp + 2^-90 of the sum of |p
 * ln(p/q)|. */
double mlm_kl_divergence(const double *p, const double *q, size_t n);

/* (KL(p||m) + KL(q||m)) / 2 with m = (p+q)/2, in nats, 0 ... ln 2. <= 1 ulp. */
double mlm_js_divergence(const double *p, const double *q, size_t n);

/* e^(x - lse) where lse = log_sum_exp of a row: the softmax entry, <= 0.51 ulp plus the rounding of lse.
 * x = -Infinity gives 0; x and lse the same infinity: NaN (a share of an infinite sum, or of none). */
double mlm_softmax_from(double x, double lse);

/* out[i] = softmax(x)[i], each <= 0.51 ulp. Ties at +Infinity share 1 equally, as do all -Infinity. out may
 * be x. */
void mlm_softmax(const double *x, size_t n, double *out);
/* Its i-th entry alone, i < n: the same double. */
double mlm_softmax_at(const double *x, size_t n, size_t i);
/* out[i] = ln softmax(x)[i] = -mlm_nll(x, n, i), 0 where that is 0. out may be x. */
void mlm_log_softmax(const double *x, size_t n, double *out);

/* The exact a·b as high + low (Dekker, no FMA): high is the rounded product, *low the rest. */
double mlm_two_product(double a, double b, double *low);

/* The exact a+b as high + low. */
double mlm_two_sum(double a, double b, double *low);

/* a·b - c·d, <= 1 ulp of the result also under cancellation (no overflow, no underflow assumed). */
double mlm_diff_of_products(double a, double b, double c, double d);

#endif
