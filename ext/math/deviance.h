/* Unit deviances: how unlikely a target t is under a distribution of mean p, 0 where the two are the same.
 * Bounds are of the relative error, also where p and t are nearly the same, and where powers and products on
 * the way are too large or too small for a double. */
#ifndef MLM_DEVIANCE_H
#define MLM_DEVIANCE_H

/* 2(t·ln(t/p) - t + p) for p > 0, t >= 0, both finite; <= 16 ulp. */
double mlm_poisson_deviance(double p, double t);
/* 2(ln(p/t) + t/p - 1) for p, t > 0, both finite; <= 16 ulp. */
double mlm_gamma_deviance(double p, double t);
/* Twice the integral from p to t of (t - u)·u^-power du. For power 0, any p and t; below 0, p > 0; from 1 to
 * 2, p > 0 and t >= 0; from 2 on, both > 0. <= 40 ulp for |power| < 2^40. */
double mlm_tweedie_deviance(double p, double t, double power);

#endif
