/* Reading JSON arrays of numbers. */
#include "base/json_array.h"

#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/number_parse.h"
#include "base/short_decimal.h"
#include "base/sqlite_number.h"

typedef struct Scan {
  const char *at, *end;
} Scan;

static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

static inline void skip_blanks(Scan *in) {
  while (in->at < in->end && *in->at <= ' '
         && (*in->at == ' ' || *in->at == '\t' || *in->at == '\n' || *in->at == '\r'))
    in->at++;
}

static inline bool take(Scan *in, char c) {
  const bool there = in->at < in->end && *in->at == c;
  in->at += there;
  return there;
}

static bool ends_element(char c) {
  return c == ',' || c == ']' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Reads a JSON5 number, as SQLite does since 3.42: also .5, 5. and +1, but no leading 0 before another digit.
 * People type these, and numpy prints 5. for 5. */
static size_t parse_json_number(const char *text, size_t n, double *x) {
  const size_t first = *text == '+' || *text == '-';
  if (first + 1 < n && text[first] == '0' && is_digit(text[first + 1])) return 0;
  return mlm_parse_number(text, n, x);
}

/* Reads Infinity or -Infinity, as SQLite's JSON5 reader does. */
static size_t parse_infinity(const char *text, size_t n, double *x) {
  static const char word[] = {'-', 'I', 'n', 'f', 'i', 'n', 'i', 't', 'y'};
  const bool negative = *text == '-';
  const size_t length = sizeof word - !negative;
  if (n < length || memcmp(text, word + !negative, length) != 0) return 0;
  const uint64_t bits = MLM_INFINITY_BITS | (uint64_t)negative << 63;
  memcpy(x, &bits, sizeof bits);
  return length;
}

/* Escapes are not decoded: no number needs one. Control characters are not allowed in JSON strings. */
static ArrayFault take_string(Scan *in, double *x) {
  const char *const start = ++in->at;
  for (; in->at < in->end && *in->at != '"'; in->at++) {
    if ((unsigned char)*in->at < ' ') return ARRAY_SYNTAX;
    if (*in->at == '\\' && ++in->at == in->end) return ARRAY_SYNTAX;
  }
  if (in->at == in->end) return ARRAY_SYNTAX;
  const size_t n = (size_t)(in->at++ - start);
  if (!mlm_parse_number_text(start, n, x)) return ARRAY_ELEMENT;
  return mlm_rounded_integer_text(start, n, *x) ? ARRAY_INEXACT : ARRAY_OK;
}

/* A missing element, or one that the end of the text cuts short, is ARRAY_SYNTAX; anything else that is not a
 * number (true, [1], 01, NaN) is ARRAY_ELEMENT. */
static ArrayFault take_element(Scan *in, double *x) {
  if (in->at == in->end || *in->at == ',' || *in->at == ']') return ARRAY_SYNTAX;
  if (*in->at == '"') return take_string(in, x);
  const size_t left = (size_t)(in->end - in->at);
  size_t read = parse_json_number(in->at, left, x);
  if (read == 0) read = parse_infinity(in->at, left, x);
  const char *end = in->at + read;
  const bool number = read > 0 && (end == in->end || ends_element(*end));
  while (end < in->end && !ends_element(*end)) end++;
  if (!number && end < in->end) return ARRAY_ELEMENT;
  if (number && mlm_rounded_integer_text(in->at, read, *x)) return ARRAY_INEXACT;
  in->at = end;
  return number ? ARRAY_OK : ARRAY_SYNTAX;
}

/* Reads the elements from `at` on while each is a short number of absolute value below 2^53, followed by a
 * comma and perhaps a space, as nearly all are. Returns where the first other one begins; *count grows by
 * those read. */
static const char *take_plain(const char *at, const char *end, double *out, size_t *count) {
  const bool usual = mlm_mode_is_usual();
  size_t n = *count;
  for (;;) {
    double x;
    const size_t read = mlm_read_short_decimal(at, end, usual, &x);
    if (read == 0 || at + read == end || at[read] != ',' || !(fabs(x) < 0x1p53)) break;
    const char *const digit = at + (*at == '-');
    if (*digit == '0' && is_digit(digit[1])) break;
    out[n++] = x;
    at += read + 1;
    at += at < end && *at == ' ';
  }
  *count = n;
  return at;
}

ArrayFault mlm_parse_array(const char *text, size_t n, double *out, size_t *count, size_t *at) {
  Scan in = {text, text + n};
  ArrayFault fault = ARRAY_OK;
  *count = 0;
  skip_blanks(&in);
  bool open = take(&in, '['), right = open;
  skip_blanks(&in);
  if (open && take(&in, ']')) open = false;
  while (open) {
    in.at = take_plain(in.at, in.end, out, count);
    skip_blanks(&in);
    fault = take_element(&in, out + *count);
    if (fault) break;
    ++*count;
    skip_blanks(&in);
    open = take(&in, ',');
    if (!open) right = take(&in, ']');
    skip_blanks(&in);
  }
  if (fault == ARRAY_OK) {
    skip_blanks(&in);
    if (!right || in.at < in.end) fault = ARRAY_SYNTAX;
  }
  *at = fault >= ARRAY_ELEMENT ? *count : (size_t)(in.at - text);
  return fault;
}
