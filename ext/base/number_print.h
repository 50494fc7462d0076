/* Writing numbers: correctly rounded, and unlike printf in every locale and rounding mode. */
#ifndef MLM_NUMBER_PRINT_H
#define MLM_NUMBER_PRINT_H

#include <stddef.h>
#include <stdint.h>

enum { MLM_NUMBER_BYTES = 32 }; /* room for any printed number */

/* The functions return the number of bytes written; they write no NUL. */

/* Writes x with up to 17 significant digits, without trailing zeros, as a JSON number that SQLite reads as
 * REAL: 0.5, 1.0, 0.10000000000000001, 1.0e+300, as %!.17g does. ±Infinity is 9e999 and -9e999, NaN is null,
 * and the sign of -0.0 is written. */
size_t mlm_print_number(double x, char out[MLM_NUMBER_BYTES]);

/* The same with the fewest digits that read back as x, and of those the nearest: 0.1. What users see: JSON,
 * tables, error messages. */
size_t mlm_print_shortest(double x, char out[MLM_NUMBER_BYTES]);

/* Writes x as SQLite turns a REAL into text, "%!.15g": 15 significant digits, correctly rounded, ties away
 * from zero, trailing zeros dropped: 7.0, 0.5, 1.0e+20; 0.0 for both zeros, Inf, -Inf, NaN. SQLite's own
 * printing is sometimes off by a unit of the 15th digit, and differs between versions. */
size_t mlm_print_sqlite_real(double x, char out[MLM_NUMBER_BYTES]);

/* Writes a finite x with up to `digits` (2..15) significant digits, rounded to nearest, without trailing
 * zeros: 0.5, 1.0e+20, 8.165e-06; as %!.*g does, but for ties, of which any may go either way. */
size_t mlm_print_significant(double x, int digits, char out[MLM_NUMBER_BYTES]);

/* Writes x with exactly `places` (0..9) digits after the point, as %.*f does in the C locale: the exact
 * binary value is rounded once, ties to even. Where |x| >= 1e15, the same as mlm_print_number(). */
size_t mlm_print_fixed(double x, int places, char out[MLM_NUMBER_BYTES]);

size_t mlm_print_integer(int64_t x, char out[MLM_NUMBER_BYTES]);

#endif
