/* e^x. */
#include "math/exp.h"

#include <math.h>

#include "math/exp_core.h"

static double exp_far(double x) {
  if (x > 710) return x * 0x1p1023; /* Infinity, by overflow */
  if (x < -746) return 0;
  if (x != x) return x;
  ExpParts e = exp_parts(x, 0);
  return mlm_scaled(e.hi, e.lo, e.k);
}

double mlm_exp(double x) {
  if (!(fabs(x) < 708)) return exp_far(x);
  ExpParts e = exp_parts(x, 0);
  return e.hi * power_of_two(e.k);
}
