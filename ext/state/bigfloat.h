/* Exact numbers of any length, for what is multiplied and divided of exact sums before it is rounded once.
 *
 * A value costs a few of them, a row none. The caller sees to it that no special number is in the sums.
 */
#ifndef MLM_BIGFLOAT_H
#define MLM_BIGFLOAT_H

#include "state/exact_sum.h"

/* Room for the product of two sums of products, or of four sums, with what shifts and carries add. */
enum { BIGFLOAT_DIGITS = 300 };

/* (-1)^negative · digits in base 2^32, lowest first · 2^exponent; the top digit is not zero, none at all for
 * zero. */
typedef struct BigFloat {
  bool negative;
  int n;
  int64_t exponent;
  uint32_t digit[BIGFLOAT_DIGITS];
} BigFloat;

void mlm_bigfloat_of(BigFloat *m, double x); /* x finite */
void mlm_bigfloat_of_sum(BigFloat *m, const ExactSum *sum);
void mlm_bigfloat_of_products(BigFloat *m, const ProductSum *sum);

/* a·b; `product` is neither of them. */
void mlm_bigfloat_multiply(BigFloat *product, const BigFloat *a, const BigFloat *b);
/* a + b (sign +1) or a - b (-1), in a; b is left with its value, but may be written differently. */
void mlm_bigfloat_add(BigFloat *a, BigFloat *b, int sign);
/* a / b, rounded once; NaN where b is 0. Both are used up. */
double mlm_bigfloat_ratio(BigFloat *a, BigFloat *b);

/* Bits up to the highest one set; m is not 0. */
int mlm_bigfloat_width(const BigFloat *m);
/* The digits times 2^count, count >= 0; the exponent stays. */
void mlm_bigfloat_shift_left(BigFloat *m, int count);
/* Takes the digits of b from those of a where they are not larger; false, and a unchanged, otherwise. */
bool mlm_bigfloat_subtract_digits(BigFloat *a, const BigFloat *b);

#endif
