/* Elementary functions of our own: the same bits on every CPU and with every compiler, with stated error
 * bounds.
 *
 * No libm, and no FMA: compiled with -ffp-contract=off. An infinite argument gives the limit, an argument
 * outside the domain gives NaN. "ulp" is a unit in the last place of the exact result; of a subnormal result,
 * its unit. Bounds are tested on the points of tests/oracle; "seen" is the largest error among more than a
 * million random points, found by tests/oracle/kernels.py --long.
 */
#ifndef MLM_KERNELS_H
#define MLM_KERNELS_H

#include "math/crps.h"
#include "math/deviance.h"
#include "math/double_double.h"
#include "math/entropy.h"
#include "math/exp.h"
#include "math/exp2.h"
#include "math/log.h"
#include "math/softmax.h"
#include "math/softplus.h"

#endif
