/* Whether a text is a number as SQLite prints it, and whether an integer in text is one that a double holds.
 */
#include "base/number.h"
#include "base/sqlite_number.h"
#include "base/uint128.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* [-] digits without leading zeros, but not -0; n > 0. */
static bool is_printed_integer(const char *text, size_t n) {
  const bool negative = *text == '-';
  if (negative) text++, n--;
  if (n == 0 || (*text == '0' && (n > 1 || negative))) return false;
  for (size_t i = 0; i < n; i++)
    if (!is_digit(text[i])) return false;
  return true;
}

bool mlm_text_is_sqlite_number(const char *text, size_t n, SqliteNumber *number) {
  char printed[MLM_NUMBER_BYTES];
  *number = (SqliteNumber){false, 0, 0};
  if (n == 0 || n > MLM_NUMBER_BYTES || (!is_digit(*text) && *text != '-')) return false;
  if (is_printed_integer(text, n)) {
    number->integral = mlm_parse_integer_text(text, n, &number->integer);
    return number->integral;
  }
  double x;
  if (mlm_parse_number(text, n, &x) != n || mlm_print_sqlite_real(x, printed) != n
      || memcmp(text, printed, n) != 0)
    return false;
  number->real = x;
  return true;
}

/* ---- integers that no double holds ---- */

/* 10^309 is beyond the largest double and below 2^1027. */
enum { MOST_DIGITS = 309, WORDS = 17, DIGITS_AT_ONCE = 19 };

/* x = x·factor + addend; *n words, the least first. */
static void multiply_add(uint64_t *x, int *n, uint64_t factor, uint64_t addend) {
  for (int i = 0; i < *n; i++) {
    const U128 sum = mlm_u128_sum(mlm_u128_product(x[i], factor), mlm_u128(addend));
    x[i] = sum.lo;
    addend = sum.hi;
  }
  if (addend) x[(*n)++] = addend;
}

/* Whether all set bits are within 53 consecutive ones, and none is beyond those of the largest double. */
static bool fits_double(const uint64_t *x, int n) {
  int lowest = -1, highest = -1;
  for (int i = 0; i < 64 * n; i++) {
    if (!(x[i / 64] >> i % 64 & 1)) continue;
    if (lowest < 0) lowest = i;
    highest = i;
  }
  return highest - lowest < 53 && highest < 1024;
}

bool mlm_integer_text_is_inexact(const char *text, size_t n) {
  while (n > 0 && (*text == ' ' || (*text >= '\t' && *text <= '\r'))) text++, n--;
  while (n > 0 && (text[n - 1] == ' ' || (text[n - 1] >= '\t' && text[n - 1] <= '\r'))) n--;
  if (n > 0 && (*text == '-' || *text == '+')) text++, n--;
  for (size_t i = 0; i < n; i++)
    if (!is_digit(text[i])) return false;
  while (n > 0 && *text == '0') text++, n--;
  if (n > MOST_DIGITS) return true;
  uint64_t x[WORDS] = {0}, chunk = 0, unit = 1;
  int words = 0;
  for (size_t i = 0; i < n; i++) {
    chunk = 10 * chunk + (uint64_t)(text[i] - '0');
    unit *= 10;
    if ((i + 1) % DIGITS_AT_ONCE != 0 && i + 1 < n) continue;
    multiply_add(x, &words, unit, chunk);
    chunk = 0;
    unit = 1;
  }
  return !fits_double(x, words);
}
