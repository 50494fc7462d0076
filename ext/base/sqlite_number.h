/* Texts that SQLite prints for a number, and integers that no double holds. */
#ifndef MLM_SQLITE_NUMBER_H
#define MLM_SQLITE_NUMBER_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a double holds x exactly. */
static inline bool mlm_int64_is_exact(int64_t x) {
  const uint64_t size = x < 0 ? 0 - (uint64_t)x : (uint64_t)x, unit = size & (0 - size);
  return size >> 53 == 0 || size >> 53 < unit; /* unit: the lowest bit that is set */
}

/* Whether text[0..n), blanks around it allowed, is [+-] digits and nothing else, and no double holds their
 * integer. */
bool mlm_integer_text_is_inexact(const char *text, size_t n);

/* The same for a text that mlm_parse_number_text() has read as x: one comparison for all but huge x. Decimals
 * with a point or an exponent are rounded as usual. */
static inline bool mlm_rounded_integer_text(const char *text, size_t n, double x) {
  return fabs(x) >= 0x1p53 && mlm_integer_text_is_inexact(text, n);
}

/* A number in the form in which SQLite prints it. */
typedef struct SqliteNumber {
  bool integral; /* an INTEGER, which `integer` holds; else a REAL, which `real` holds */
  int64_t integer;
  double real; /* finite, never -0.0 */
} SqliteNumber;

/* Whether text[0..n) is exactly what SQLite prints for some number: an int64 in decimal, or a finite REAL as
 * mlm_print_sqlite_real() writes it. '07', '1.10', '1e2', '+7', ' 7', '-0', '9e999', '1.79769313486232e+308',
 * which reads as Infinity, and integers beyond 64 bits are not; nor is '-0.0', because both zeros are printed
 * 0.0. So two texts that differ are the same number only if SQLite prints one for the INTEGER and the other
 * for the REAL: '7' and '7.0'. */
bool mlm_text_is_sqlite_number(const char *text, size_t n, SqliteNumber *number);

#endif
