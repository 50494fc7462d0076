/* The exponential function; error bounds as in math/kernels.h. */
#ifndef MLM_EXP_H
#define MLM_EXP_H

double mlm_exp(double x); /* e^x, <= 0.51 ulp; seen: 0.506 */

#endif
