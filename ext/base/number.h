/* Numbers to text and back, correctly rounded, whatever the locale.
 *
 * Neither strtod nor printf: both follow the host's locale and rounding mode.
 */
#ifndef MLM_NUMBER_H
#define MLM_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MLM_NUMBER_BYTES = 32 }; /* room that one printed number needs */

/* Reads the decimal number ([+-] digits [. digits] [e [+-] digits], at least one digit in the significand: .5
 * and 5. do) that text[0..n) begins with, to the nearest double (ties to even). Beyond the largest double:
 * ±Infinity. Returns the bytes read; 0: text does not begin with a number. Linear time; no allocation. */
size_t mlm_parse_number(const char *text, size_t n, double *value);

/* Whether text[0..n) is wholly one decimal number, blanks (space, \t, \n, \v, \f, \r) around it allowed. */
bool mlm_parse_number_text(const char *text, size_t n, double *value);

/* Like mlm_parse_number_text(), but only [+-] digits that fit an int64. */
bool mlm_parse_integer_text(const char *text, size_t n, int64_t *value);

/* Writes x with up to 17 significant digits (correctly rounded; trailing zeros dropped) as a JSON number that
 * reads as a REAL: 0.5, 1.0, 0.10000000000000001, 1.0e+300 as SQLite's %!.17g; ±Infinity as 9e999 and -9e999,
 * NaN as null. -0.0 is written -0.0. Returns the bytes written (no NUL). */
size_t mlm_print_number(double x, char out[MLM_NUMBER_BYTES]);

/* Like mlm_print_number(), but the fewest digits that read back as x: 0.1. For people: error messages and
 * tables. */
size_t mlm_print_shortest(double x, char out[MLM_NUMBER_BYTES]);

/* x with exactly `places` digits after the point, correctly rounded (ties of the exact binary value to even),
 * as C's %.*f under the C locale; places 0..9, |x| < 1e15: beyond as mlm_print_number(). Returns the bytes
 * written.
 */
size_t mlm_print_fixed(double x, int places, char out[MLM_NUMBER_BYTES]);

/* Decimal digits of an integer. */
size_t mlm_print_integer(int64_t x, char out[MLM_NUMBER_BYTES]);

typedef enum ArrayFault {
  ARRAY_OK,
  ARRAY_SYNTAX, /* not a JSON array, or cut short; *at is the offset of the first byte that does not fit */
  ARRAY_ELEMENT /* element *at (counted from 0) is neither a number nor a string that is one: true, [1], NaN,
                   01 */
} ArrayFault;

/* Reads a JSON array of numbers, or of strings that are wholly numbers: "1.5", read as they stand, without
 * escapes. Blanks are allowed wherever JSON has them; [] has no elements. Infinity is written 9e999, as
 * SQLite does, or Infinity; that, .5, 5. and +1 are taken as SQLite's JSON5 reader does. out has room for n/2
 * + 1 numbers (no array of n bytes has more); *count is how many were read. Linear time. */
ArrayFault mlm_parse_array(const char *text, size_t n, double *out, size_t *count, size_t *at);

#endif
