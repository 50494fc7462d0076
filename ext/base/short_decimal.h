/* The fast way to read most decimal numbers: few digits, no exponent. Inlined where many are read in a row.
 */
#ifndef MLM_SHORT_DECIMAL_H
#define MLM_SHORT_DECIMAL_H

#include <string.h>

#include "base/bits.h"
#include "base/compiler.h"
#include "base/decimal.h"
#include "base/float_mode.h"

/* The bytes at `at`, the first one lowest. */
static inline uint64_t mlm_eight_bytes(const char *at) {
  uint64_t bytes;
  memcpy(&bytes, at, sizeof bytes);
  return MLM_BIG_ENDIAN ? mlm_bswap64(bytes) : bytes;
}

/* Appends the digits that the bytes begin with, the first one lowest, to *value; returns how many. */
static inline size_t mlm_take_eight(uint64_t bytes, uint64_t *value) {
  static const uint64_t unit[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
  uint64_t x = bytes ^ 0x3030303030303030; /* a digit becomes its value, any other byte 10 or more */
  /* A byte of 10 or more sets its high bit; a carry out of it changes only later bytes. */
  const uint64_t other = ((x + 0x7676767676767676) | x) & 0x8080808080808080;
  const size_t n = other ? (size_t)mlm_ctz64(other) / 8 : 8;
  if (n == 0) return 0;
  x <<= 64 - 8 * n; /* zeros in front of the digits */
  x = (10 * x + (x >> 8)) & 0x00FF00FF00FF00FF;
  x = (x * (1 + (100 << 16)) >> 16) & 0x0000FFFF0000FFFF;
  x = x * (1 + (UINT64_C(10000) << 32)) >> 32;
  *value = *value * unit[n] + x;
  return n;
}

/* Appends the digits from `at` on to *value, modulo 2^64; returns their end. Takes eight at a time where
 * eight bytes may be read; the text begins at `text`. */
static inline const char *mlm_take_fraction(const char *text, const char *at, const char *end,
                                            uint64_t *value) {
  size_t taken = 8;
  while (end - at >= 8 && taken == 8) at += taken = mlm_take_eight(mlm_eight_bytes(at), value);
  if (taken < 8 || at == end) return at;
  const size_t left = (size_t)(end - at);
  if (end - text >= 8) return at + mlm_take_eight(mlm_eight_bytes(end - 8) >> (64 - 8 * left), value);
  for (; at < end && (unsigned char)(*at - '0') < 10; at++) *value = 10 * *value + (uint64_t)(*at - '0');
  return at;
}

/* digits / 10^fraction, fraction < 20: by a division of two exact operands where that is possible. */
static inline double mlm_short_quotient(uint64_t digits, size_t fraction, bool usual) {
  static const double unit[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
                                1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19};
  if (usual && digits >> (MLM_FRACTION_BITS + 1) == 0) return (double)(int64_t)digits / unit[fraction];
  const Decimal decimal = {.digits = digits, .exponent = -(int64_t)fraction};
  return mlm_double_from_bits(mlm_decimal_bits(&decimal));
}

/* Reads [-] digits [. digits], of at most 19 digits, that text[0..end) begins with; *value is the double that
 * mlm_decimal_bits() gives. Returns the bytes read; 0: not such a number. An e may follow, which the caller
 * has to look for. usual: mlm_mode_is_usual(). */
static inline size_t mlm_read_short_decimal(const char *text, const char *end, bool usual, double *value) {
  const char *at = text;
  const bool negative = at < end && *at == '-';
  uint64_t digits = 0;
  size_t fraction = 0;
  for (at += negative; at < end && (unsigned char)(*at - '0') < 10; at++)
    digits = 10 * digits + (uint64_t)(*at - '0');
  size_t count = (size_t)(at - text) - negative;
  if (at < end && *at == '.') {
    const char *const start = at + 1;
    at = mlm_take_fraction(text, start, end, &digits);
    fraction = (size_t)(at - start);
    count += fraction;
  }
  if (count - 1 >= MLM_SIGNIFICAND_DIGITS) return 0;
  const uint64_t size = mlm_double_bits(mlm_short_quotient(digits, fraction, usual));
  *value = mlm_double_from_bits(size | (uint64_t)negative << 63);
  return (size_t)(at - text);
}

#endif
