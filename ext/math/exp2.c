/* Powers of two, through e^(x ln 2) with ln 2 as a pair of doubles. */
#include "math/exp2.h"

#include <math.h>

#include "math/log_gamma.h"

double mlm_exp2(double x) {
  const DoubleDouble ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
  if (x != x) return x;
  if (x >= 1100) return INFINITY;
  return x <= -1100 ? 0 : mlm_times_exp(1, dd_times(ln2, x));
}
