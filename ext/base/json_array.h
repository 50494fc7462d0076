/* Reading JSON arrays of numbers. */
#ifndef MLM_JSON_ARRAY_H
#define MLM_JSON_ARRAY_H

#include <stddef.h>

typedef enum ArrayFault {
  ARRAY_OK,
  ARRAY_SYNTAX, /* not a JSON array, or an incomplete one; *at is the offset of the first wrong byte */
  /* element *at, counted from 0, is not a number nor a string that is one: true, [1], NaN, 01 */
  ARRAY_ELEMENT,
  ARRAY_INEXACT /* element *at is an integer that no double holds exactly */
} ArrayFault;

/* Reads an array of numbers, or of strings such as "1.5" that are numbers without escapes. Like SQLite's
 * JSON5 reader it also accepts .5, 5., +1, 9e999, Infinity and -Infinity. `out` must have room for n/2 + 1
 * numbers, more than any array of n bytes has. *count is the number of elements read. Linear time. */
ArrayFault mlm_parse_array(const char *text, size_t n, double *out, size_t *count, size_t *at);

#endif
