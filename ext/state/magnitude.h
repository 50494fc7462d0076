/* Exact numbers of any length, for what is multiplied and divided of exact sums before it is rounded once.
 *
 * A value costs a few of them, a row none. The caller sees to it that no special number is in the sums.
 */
#ifndef MLM_MAGNITUDE_H
#define MLM_MAGNITUDE_H

#include "state/exact_sum.h"

/* Room for the product of two sums of products, or of four sums, with what shifts and carries add. */
enum { MAGNITUDE_DIGITS = 300 };

/* (-1)^negative · digits in base 2^32, lowest first · 2^exponent; the top digit is not zero, none at all for
 * zero. */
typedef struct Magnitude {
  bool negative;
  int n;
  int64_t exponent;
  uint32_t digit[MAGNITUDE_DIGITS];
} Magnitude;

void mlm_magnitude_of(Magnitude *m, double x); /* x finite */
void mlm_magnitude_of_sum(Magnitude *m, const ExactSum *sum);
void mlm_magnitude_of_products(Magnitude *m, const ProductSum *sum);

/* a·b; `product` is neither of them. */
void mlm_magnitude_multiply(Magnitude *product, const Magnitude *a, const Magnitude *b);
/* a + b (sign +1) or a - b (-1), in a; b is left with its value, but may be written differently. */
void mlm_magnitude_add(Magnitude *a, Magnitude *b, int sign);
/* a / b, rounded once; NaN where b is 0. Both are used up. */
double mlm_magnitude_ratio(Magnitude *a, Magnitude *b);

/* Bits up to the highest one set; m is not 0. */
int mlm_magnitude_width(const Magnitude *m);
/* The digits times 2^count, count >= 0; the exponent stays. */
void mlm_magnitude_shift_left(Magnitude *m, int count);
/* Takes the digits of b from those of a where they are not larger; false, and a unchanged, otherwise. */
bool mlm_magnitude_take(Magnitude *a, const Magnitude *b);

#endif
