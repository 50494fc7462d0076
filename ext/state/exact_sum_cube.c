/* Exact sums of cubes of doubles. */
#include "state/exact_sum_cube.h"

#include "base/uint128.h"
#include "state/exact_sum_internal.h"

/* k·x³ is below 2^(3·53 + 62), and shifted by 31 bits at most below 2^252. */
enum { DIGITS = 8 };

/* Multiplies a number of n digits in base 2^32, the lowest first; the product must fit n digits. */
static void multiply(uint32_t *digit, int n, uint64_t by) {
  U128 carry = {0, 0};
  for (int i = 0; i < n; i++) {
    U128 all = mlm_u128_sum(mlm_u128_product(digit[i], by), carry);
    digit[i] = (uint32_t)all.lo;
    carry = mlm_u128_shift_right(all, 32);
  }
}

void mlm_cube_add_times(CubeSum *sum, double x, uint64_t k, int sign) {
  uint64_t u = mlm_double_bits(x);
  if ((u << 1) >= (uint64_t)0x7ff << 53) {
    mlm_sum_count_special(&sum->range, x, sign * (int64_t)k);
    return;
  }
  SumParts p = mlm_sum_split(u);
  if (p.bits == 0 || k == 0) return;
  unsigned at = 3 * p.exponent, i = at >> 5;
  uint32_t digit[DIGITS] = {(uint32_t)p.bits, (uint32_t)(p.bits >> 32)};
  multiply(digit, 4, p.bits);
  multiply(digit, 5, p.bits);
  multiply(digit, DIGITS, (uint64_t)1 << (at & 31));
  if (k > 1) multiply(digit, DIGITS, k);
  int64_t s = -(int64_t)(p.negative ^ (sign < 0));
  for (int j = 0; j < DIGITS; j++) sum->limb[i + (unsigned)j] += ((int64_t)digit[j] ^ s) - s;
  mlm_sum_widen(&sum->range, i, i + DIGITS);
  mlm_sum_count_add(&sum->range, sum->limb, CUBE_LIMBS);
}

void mlm_cube_add_cubes(CubeSum *into, const CubeSum *from, int sign) {
  mlm_limbs_add(&into->range, into->limb, CUBE_LIMBS, &from->range, from->limb, 0, sign);
}
