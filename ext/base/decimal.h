/* Decimal numbers between text and double: how they are scanned, rounded and scaled, in integers only.
 *
 * No step is a floating-point one, so neither the host's rounding mode nor flush-to-zero can touch a bit.
 */
#ifndef MLM_DECIMAL_H
#define MLM_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uint128.h"

enum {
  MLM_POWER_LOWEST = -342,     /* (10^19)·10^-343 is below half the least subnormal */
  MLM_POWER_HIGHEST = 340,     /* 17 digits of the least subnormal are an integer times 10^-340 */
  MLM_POWER_LAST_EXACT = 55,   /* 5^55 < 2^128 */
  MLM_SIGNIFICAND_DIGITS = 19, /* as many as always fit 64 bits */
  MLM_FRACTION_BITS = 52       /* of a double */
};

#define MLM_INFINITY_BITS ((uint64_t)0x7FF << MLM_FRACTION_BITS)

/* 10^q = power·2^(mlm_log2_of_power(q) - 127), the power cut off to 128 bits; its top bit is set. */
extern const U128 mlm_powers_of_ten[MLM_POWER_HIGHEST - MLM_POWER_LOWEST + 1];

/* floor(q·log2(10)), right for |q| <= 345; kept above 0 while it is shifted. */
static inline int mlm_log2_of_power(int q) { return (int)((q * 217706 + (1 << 30)) >> 16) - (1 << 14); }

static inline bool mlm_power_is_exact(int q) { return q >= 0 && q <= MLM_POWER_LAST_EXACT; }

/* The top 128 of the 192 bits of m·power(q), so m·10^q = product·2^(mlm_log2_of_power(q) - 63); the top bit
 * of m is set. Where the power is exact, what was cut off is kept as a set lowest bit; else the true product
 * is above this one, by less than 2 units. */
static inline U128 mlm_times_power_of_ten(uint64_t m, int q) {
  const U128 power = mlm_powers_of_ten[q - MLM_POWER_LOWEST];
  const U128 low = mlm_u128_product(m, power.lo);
  U128 product = mlm_u128_sum(mlm_u128_product(m, power.hi), mlm_u128(low.hi));
  if (mlm_power_is_exact(q)) product.lo |= low.lo != 0;
  return product;
}

/* count 0..127. */
static inline U128 mlm_shift_right(U128 a, int count) {
  if (count == 0) return a;
  if (count >= 64) return (U128){0, a.hi >> (count - 64)};
  return (U128){a.hi >> count, a.lo >> count | a.hi << (64 - count)};
}

/* ±(digits + f)·10^exponent, 0 <= f < 1; f = 0 unless there are more digits than fit. */
typedef struct Decimal {
  uint64_t digits; /* the first MLM_SIGNIFICAND_DIGITS significant ones */
  int64_t exponent;
  const char *significant; /* where the first significant digit stands, if there are more */
  const char *end;         /* of the digits */
  size_t whole, fraction;  /* how many digits stand before and after the point */
  bool negative, more;
} Decimal;

/* Scans the number that text[0..n) begins with, as mlm_parse_number(); *decimal points into text. */
size_t mlm_scan_decimal(const char *text, size_t n, Decimal *decimal);

/* The bits of the nearest double, ties to even. */
uint64_t mlm_decimal_bits(const Decimal *decimal);

#endif
