/* Reading numbers; decimal.c scans and rounds them. */
#include "base/number_parse.h"

#include <string.h>

#include "base/decimal.h"
#include "base/short_decimal.h"

static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

size_t mlm_parse_number(const char *text, size_t n, double *value) {
  size_t read = mlm_read_short_decimal(text, text + n, mlm_mode_is_usual(), value);
  if (read > 0 && (read == n || (text[read] | 32) != 'e')) return read;
  Decimal decimal;
  read = mlm_scan_decimal(text, n, &decimal);
  if (read == 0) return 0;
  const uint64_t bits = mlm_decimal_bits(&decimal);
  memcpy(value, &bits, sizeof bits);
  return read;
}

/* Returns where the text between leading and trailing blanks begins; *n becomes its length. */
static const char *trimmed(const char *text, size_t *n) {
  while (*n > 0 && is_blank(*text)) text++, --*n;
  while (*n > 0 && is_blank(text[*n - 1])) --*n;
  return text;
}

bool mlm_parse_number_text(const char *text, size_t n, double *value) {
  text = trimmed(text, &n);
  double x;
  if (n == 0 || mlm_parse_number(text, n, &x) != n) return false;
  memcpy(value, &x, sizeof x);
  return true;
}

bool mlm_parse_integer_text(const char *text, size_t n, int64_t *value) {
  text = trimmed(text, &n);
  const bool negative = n > 0 && *text == '-';
  if (n > 0 && (*text == '-' || *text == '+')) text++, n--;
  if (n == 0) return false;
  const uint64_t limit = (uint64_t)INT64_MAX + negative;
  uint64_t x = 0;
  for (size_t i = 0; i < n; i++) {
    if (!is_digit(text[i])) return false;
    const uint64_t digit = (uint64_t)(text[i] - '0');
    if (x > (limit - digit) / 10) return false;
    x = 10 * x + digit;
  }
  if (!negative)
    *value = (int64_t)x;
  else
    *value = x == limit ? INT64_MIN : -(int64_t)x;
  return true;
}
