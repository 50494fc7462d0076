/* The integral over a tail relative to its edge, by Gauss-Legendre quadrature. */
#include <math.h>

#include "math/kernels.h"
#include "math/legendre_table.h"
#include "math/tail.h"

/* Where the integrand is cut: what is left out is below e^-40 of the integral. 40 nodes integrate an
 * exponential or a Gauss curve over this range, and half as far again, to 1e-17. */
#define CUT 42.0

/* The s with ψ(s) about CUT. The start is exact for a constant second derivative. ψ grows like s^d about
 * there, d between 1 and 3: each step takes a relative error e of s to (1 - d/2) e, at most half of it. */
static double range_of(double slope, double scale, double curvature, TailExcess *excess, const void *of) {
  double s = 2 * CUT / (slope + sqrt(slope * slope + 2 * CUT * scale * curvature));
  for (int i = 0; i < 6; i++) {
    double ratio = CUT / (slope * s + scale * excess(s, of));
    if (ratio > 0.97 && ratio < 1.03) break;
    s *= sqrt(ratio);
  }
  return s;
}

double mlm_tail_integral(double slope, double scale, double curvature, TailExcess *excess, const void *of) {
  double range = range_of(slope, scale, curvature, excess, of), sum = 0;
  for (int i = LEGENDRE_NODES - 1; i >= 0; i--) { /* from the small terms up */
    double s = range * mlm_legendre_table[i].at;
    double depth = slope * s + scale * excess(s, of);
    sum += mlm_legendre_table[i].weight * mlm_exp(-depth);
  }
  return range * sum;
}
