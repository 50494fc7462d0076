/* Reading numbers: correctly rounded, and unlike strtod in every locale and rounding mode. */
#ifndef MLM_NUMBER_PARSE_H
#define MLM_NUMBER_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads the decimal number that text[0..n) begins with, rounded to the nearest double, ties to even;
 * ±Infinity beyond the largest. A number is [+-] digits [. digits] [e [+-] digits], of which the significand
 * needs one digit only: .5 and 5. are numbers. Returns the bytes read; 0: no number. Linear time, no
 * allocation. */
size_t mlm_parse_number(const char *text, size_t n, double *value);

/* Whether text[0..n) is one decimal number and nothing else but space, \t, \n, \v, \f and \r around it. */
bool mlm_parse_number_text(const char *text, size_t n, double *value);

/* The same for [+-] digits that fit an int64. */
bool mlm_parse_integer_text(const char *text, size_t n, int64_t *value);

#endif
