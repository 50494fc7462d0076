/* The grammar of numbers in text; decimal.c rounds them. */
#include "base/decimal.h"
#include "base/number.h"

#include <string.h>

static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Appends the digits that stand at `at` to *value, modulo 2^64; returns their end. */
static const char *take_digits(const char *at, const char *end, uint64_t *value) {
  uint64_t x = *value;
  for (; at < end && is_digit(*at); at++) x = 10 * x + (uint64_t)(*at - '0');
  *value = x;
  return at;
}

/* Reads the exponent that stands at `at`, if one does; returns its end, or `at`. Beyond ±10^17 it stays
 * there: no text is long enough to make up for it. */
static const char *take_exponent(const char *at, const char *end, int64_t *exponent) {
  const int64_t ceiling = INT64_C(100000000000000000);
  const char *p = at;
  if (p == end || (*p != 'e' && *p != 'E')) return at;
  const bool negative = ++p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) p++;
  if (p == end || !is_digit(*p)) return at;
  int64_t value = 0;
  for (; p < end && is_digit(*p); p++)
    if (value < ceiling) value = 10 * value + (*p - '0');
  *exponent = negative ? -value : value;
  return p;
}

/* Where the digits passed 2^64, or leading zeros only make it seem so: finds the first significant digit, and
 * takes MLM_SIGNIFICAND_DIGITS from there. */
static void take_leading(Decimal *decimal, const char *at) {
  size_t left = decimal->whole + decimal->fraction;
  for (; left > 0 && (*at == '0' || *at == '.'); at++) left -= *at == '0';
  if (left <= MLM_SIGNIFICAND_DIGITS) return;
  decimal->more = true;
  decimal->significant = at;
  decimal->exponent += (int64_t)left - MLM_SIGNIFICAND_DIGITS;
  decimal->digits = 0;
  for (int taken = 0; taken < MLM_SIGNIFICAND_DIGITS; at++) {
    if (*at == '.') continue;
    decimal->digits = 10 * decimal->digits + (uint64_t)(*at - '0');
    taken++;
  }
}

size_t mlm_scan_decimal(const char *text, size_t n, Decimal *decimal) {
  if (n == 0) return 0;
  const char *at = text, *const end = text + n;
  *decimal = (Decimal){.negative = *at == '-'};
  if (*at == '-' || *at == '+') at++;
  const char *const start = at;
  at = take_digits(at, end, &decimal->digits);
  decimal->whole = (size_t)(at - start);
  if (at < end && *at == '.') {
    const char *const fraction = ++at;
    at = take_digits(at, end, &decimal->digits);
    decimal->fraction = (size_t)(at - fraction);
  }
  const size_t digits = decimal->whole + decimal->fraction;
  if (digits == 0) return 0;
  decimal->end = at;
  at = take_exponent(at, end, &decimal->exponent);
  decimal->exponent -= (int64_t)decimal->fraction;
  if (digits > MLM_SIGNIFICAND_DIGITS) take_leading(decimal, start);
  return (size_t)(at - text);
}

size_t mlm_parse_number(const char *text, size_t n, double *value) {
  Decimal decimal;
  const size_t read = mlm_scan_decimal(text, n, &decimal);
  if (read == 0) return 0;
  const uint64_t bits = mlm_decimal_bits(&decimal);
  memcpy(value, &bits, sizeof bits);
  return read;
}

/* Narrows text[0..*n) to what stands between the blanks around it; returns where that begins. */
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
