/* Arbitrary-precision binary floats, for products, differences and ratios of exact sums.
 *
 * They are used for values, not for rows. Sums that are converted must not contain NaN or infinities.
 */
#ifndef MLM_BIGFLOAT_H
#define MLM_BIGFLOAT_H

#include "base/uint128.h"
#include "state/exact_sum.h"
#include "state/exact_sum_cube.h"

/* Enough for the product of two ProductSums, of four ExactSums, or of a CubeSum and two counts, with room for
 * shifts and carries. */
enum { BIGFLOAT_DIGITS = 300 };

/* (-1)^negative · D · 2^exponent, where D has n digits in base 2^32, the lowest first. The top digit is not
 * 0; zero has no digits. */
typedef struct BigFloat {
  bool negative;
  int n;
  int64_t exponent;
  uint32_t digit[BIGFLOAT_DIGITS];
} BigFloat;

void mlm_bigfloat_of(BigFloat *m, double x);                      /* x finite */
void mlm_bigfloat_of_u128(BigFloat *m, U128 x, int64_t exponent); /* x·2^exponent */
/* Of the integer with these 64-bit digits, the lowest first; n <= BIGFLOAT_DIGITS / 2. */
void mlm_bigfloat_of_words(BigFloat *m, const uint64_t *word, int n);
static inline void mlm_bigfloat_of_u64(BigFloat *m, uint64_t x) { mlm_bigfloat_of_words(m, &x, 1); }
void mlm_bigfloat_of_sum(BigFloat *m, const ExactSum *sum);
void mlm_bigfloat_of_products(BigFloat *m, const ProductSum *sum);
void mlm_bigfloat_of_cubes(BigFloat *m, const CubeSum *sum);
/* The value of the limbs of a sum, of which limb 0 counts units of 2^unit. Unlike the functions above it
 * keeps zero digits at the low end, which only rounding and saving allow. */
void mlm_bigfloat_from_limbs(BigFloat *m, const SumRange *range, const int64_t *limb, int unit);

/* Sets *product to a·b; it must be neither of them. */
void mlm_bigfloat_multiply(BigFloat *product, const BigFloat *a, const BigFloat *b);
/* Sets *a to a + b (sign +1) or a - b (sign -1). b keeps its value, but may change its exponent. */
void mlm_bigfloat_add(BigFloat *a, BigFloat *b, int sign);
/* Returns a / b, rounded once; NaN if b is 0. Overwrites both. */
double mlm_bigfloat_ratio(BigFloat *a, BigFloat *b);
/* The root of a / b, rounded once, for a >= 0 and b > 0. Overwrites both. */
double mlm_bigfloat_root_of_ratio(BigFloat *a, BigFloat *b);

/* Bits up to the highest one set; m is not 0. */
int mlm_bigfloat_width(const BigFloat *m);
/* Multiplies the digits by 2^count, count >= 0; the exponent stays. */
void mlm_bigfloat_shift_left(BigFloat *m, int count);

/* The highest 97 to 128 bits of the digits, in units of 2^*exponent; *sticky: whether a lower bit is set. */
U128 mlm_bigfloat_top(const BigFloat *m, bool *sticky, int64_t *exponent);
/* The absolute value in units of 2^exponent, which is not above m->exponent; it must fit 128 bits. */
U128 mlm_bigfloat_to_u128(const BigFloat *m, int64_t exponent);

#endif
