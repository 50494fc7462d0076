/* Powers of two. */
#ifndef MLM_EXP2_H
#define MLM_EXP2_H

double mlm_exp2(double x); /* 2^x, <= 0.51 ulp; exact for integral x */

#endif
