/* Decimal numbers in text, scanned and rounded to the nearest double.
 *
 * All arithmetic is in integers, so neither the host's rounding mode nor flush-to-zero can change a bit.
 */
#ifndef MLM_DECIMAL_H
#define MLM_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  MLM_SIGNIFICAND_DIGITS = 19, /* this many digits always fit 64 bits */
  MLM_FRACTION_BITS = 52       /* of a double */
};

#define MLM_INFINITY_BITS ((uint64_t)0x7FF << MLM_FRACTION_BITS)

/* ±(digits + f)·10^exponent, 0 <= f < 1; f = 0 unless `more` is set. */
typedef struct Decimal {
  uint64_t digits; /* the first MLM_SIGNIFICAND_DIGITS significant digits */
  int64_t exponent;
  const char *significant; /* the first significant digit; set if `more` is */
  const char *end;         /* of the digits */
  size_t whole, fraction;  /* number of digits before and after the point */
  bool negative;
  bool more; /* there are more digits than fit `digits` */
} Decimal;

/* Scans the number that text[0..n) begins with, in the grammar of mlm_parse_number(). Returns the bytes read;
 * 0: no number. *decimal points into text. */
size_t mlm_scan_decimal(const char *text, size_t n, Decimal *decimal);

/* The bits of the nearest double, ties to even. */
uint64_t mlm_decimal_bits(const Decimal *decimal);

#endif
