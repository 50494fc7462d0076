/* The powers of ten from 10^-342 to 10^340, to 128 bits. */
#ifndef MLM_POWERS_OF_TEN_H
#define MLM_POWERS_OF_TEN_H

#include <stdbool.h>

#include "base/uint128.h"

enum {
  MLM_POWER_LOWEST = -342,  /* (10^19)·10^-343 is below half the least subnormal */
  MLM_POWER_HIGHEST = 340,  /* 17 digits of the least subnormal are an integer times 10^-340 */
  MLM_POWER_LAST_EXACT = 55 /* 5^55 < 2^128 */
};

/* 10^q = power·2^(mlm_log2_of_power(q) - 127), the power truncated to 128 bits; its top bit is set. */
extern const U128 mlm_powers_of_ten[MLM_POWER_HIGHEST - MLM_POWER_LOWEST + 1];

/* floor(q·log2(10)), correct for |q| <= 345. The offset keeps the shifted number positive. */
static inline int mlm_log2_of_power(int q) { return (int)((q * 217706 + (1 << 30)) >> 16) - (1 << 14); }

static inline bool mlm_power_is_exact(int q) { return q >= 0 && q <= MLM_POWER_LAST_EXACT; }

/* The top 128 of the 192 bits of m·power(q), so that m·10^q = product·2^(mlm_log2_of_power(q) - 63); the top
 * bit of m is set. If the power is exact, the lowest bit is set where bits were cut off. Otherwise the exact
 * product is larger than this one, by less than 2 units. */
static inline U128 mlm_times_power_of_ten(uint64_t m, int q) {
  const U128 power = mlm_powers_of_ten[q - MLM_POWER_LOWEST];
  const U128 low = mlm_u128_product(m, power.lo);
  U128 product = mlm_u128_sum(mlm_u128_product(m, power.hi), mlm_u128(low.hi));
  if (mlm_power_is_exact(q)) product.lo |= low.lo != 0;
  return product;
}

#endif
