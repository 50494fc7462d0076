/* e^x as an integer times a power of two, so that sums of such powers are exact. */
#ifndef MLM_EXP_WIDE_H
#define MLM_EXP_WIDE_H

#include "base/uint128.h"

enum { EXP_WIDE_BITS = 100 };

/* e^x = m · 2^(*exponent - 100) for |x| < 2^60: 2^100 <= m < 2^101, relative error below 2^-96. e^0 is
 * 2^100 · 2^-100. */
U128 mlm_exp_wide(double x, int64_t *exponent);

#endif
