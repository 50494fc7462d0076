/* Losses and distances of probabilities, in nats; error bounds as in math/kernels.h. */
#ifndef MLM_ENTROPY_H
#define MLM_ENTROPY_H

#include <stdbool.h>
#include <stddef.h>

/* Binary cross entropy as in PyTorch's BCELoss, for p and y in [0,1]: -(y·max(ln p, -100) +
 * (1-y)·max(ln(1-p), -100)), <= 0.51 ulp. */
double mlm_bce(double p, double y);

/* Whether p[0] to p[n - 1], each within [0,1], add up to 1 within 1e-6 per entry; *sum is their sum, rounded
 * once with a further error of 2^-50 ulp per entry. */
bool mlm_is_distribution(const double *p, size_t n, double *sum);

/* Entropy -sum p ln p of a distribution; 0 ln 0 = 0. <= 1 ulp. */
double mlm_entropy(const double *p, size_t n);

/* KL divergence: the sum of p ln(p/q). p = 0 adds 0; q = 0 < p makes it Infinity. The exact value for the
 * given numbers, so it may be below 0 if they do not add up to the same. Error <= 1 ulp + 2^-90 of the sum of
 * |p ln(p/q)|.
 */
double mlm_kl_divergence(const double *p, const double *q, size_t n);

/* Jensen-Shannon divergence (KL(p||m) + KL(q||m)) / 2 with m = (p+q)/2: from 0 to ln 2. <= 1 ulp. */
double mlm_js_divergence(const double *p, const double *q, size_t n);

#endif
