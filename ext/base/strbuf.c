/* A growing string: JSON, and columns aligned by UTF-8 characters. */
#include "base/strbuf.h"

#include <string.h>

#include "base/number_print.h"

/* Makes room for n more bytes; false: it failed, and the reason is in text->status. Never allocates beyond
 * the limit.
 */
static bool has_room(StrBuf *text, size_t n) {
  if (text->status != MLM_OK) return false;
  const uint64_t most = text->limit < SIZE_MAX ? text->limit : SIZE_MAX;
  if (n > most - text->n) {
    text->status = MLM_TOOBIG;
    return false;
  }
  const size_t needed = text->n + n;
  if (needed <= text->room) return true;
  uint64_t room = text->room < 128 ? 256 : 2 * (uint64_t)text->room;
  if (room > most) room = most;
  if (room < needed) room = needed;
  char *bytes = text->host->realloc(text->bytes, room);
  if (!bytes) {
    text->status = MLM_NOMEM;
    return false;
  }
  text->bytes = bytes;
  text->room = (size_t)room;
  return true;
}

void mlm_str_add(StrBuf *text, const char *bytes, size_t n) {
  if (n == 0 || !has_room(text, n)) return;
  memcpy(text->bytes + text->n, bytes, n);
  text->n += n;
}

void mlm_str_put(StrBuf *text, const char *string) { mlm_str_add(text, string, strlen(string)); }

void mlm_str_capitals(StrBuf *text, const char *string) {
  for (; *string; string++) {
    char letter = *string;
    if (letter >= 'a' && letter <= 'z') letter += 'A' - 'a';
    mlm_str_add(text, &letter, 1);
  }
}

void mlm_str_number(StrBuf *text, double x) {
  char digits[MLM_NUMBER_BYTES];
  mlm_str_add(text, digits, mlm_print_shortest(x, digits));
}

void mlm_str_array(StrBuf *text, const double *x, size_t n) {
  mlm_str_put(text, "[");
  for (size_t i = 0; i < n; i++) {
    if (i) mlm_str_put(text, ",");
    mlm_str_number(text, x[i]);
  }
  mlm_str_put(text, "]");
}

void mlm_str_integer(StrBuf *text, int64_t x) {
  char digits[MLM_NUMBER_BYTES];
  mlm_str_add(text, digits, mlm_print_integer(x, digits));
}

void mlm_str_count(StrBuf *text, double count, bool integral) {
  if (integral && count > -0x1p63 && count < 0x1p63)
    mlm_str_integer(text, (int64_t)count);
  else
    mlm_str_number(text, count);
}

/* ---- UTF-8 ---- */

static bool is_continuation(unsigned char c) { return (c & 0xC0) == 0x80; }

/* After table 3-7 of the Unicode standard: no overlong form, no surrogate, nothing beyond U+10FFFF. */
size_t mlm_utf8_length(const char *bytes, size_t n) {
  const unsigned char *at = (const unsigned char *)bytes;
  if (at[0] < 0x80) return 1;
  if (at[0] < 0xC2 || at[0] > 0xF4) return 0;
  const size_t length = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
  if (n < length) return 0;
  for (size_t i = 1; i < length; i++)
    if (!is_continuation(at[i])) return 0;
  if (at[0] == 0xE0) return at[1] >= 0xA0 ? length : 0;
  if (at[0] == 0xED) return at[1] < 0xA0 ? length : 0;
  if (at[0] == 0xF0) return at[1] >= 0x90 ? length : 0;
  if (at[0] == 0xF4) return at[1] < 0x90 ? length : 0;
  return length;
}

size_t mlm_utf8_characters(const char *bytes, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) count += !is_continuation((unsigned char)bytes[i]);
  return count;
}

void mlm_str_pad(StrBuf *text, size_t width, const char *bytes, size_t n, bool left) {
  const size_t columns = mlm_utf8_characters(bytes, n), blanks = columns < width ? width - columns : 0;
  if (left) mlm_str_add(text, bytes, n);
  if (blanks > 0 && has_room(text, blanks)) {
    memset(text->bytes + text->n, ' ', blanks);
    text->n += blanks;
  }
  if (!left) mlm_str_add(text, bytes, n);
}

/* ---- JSON ---- */

static void add_control(StrBuf *text, unsigned char c) {
  static const char short_form[32] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
  static const char hex[] = "0123456789abcdef";
  if (short_form[c])
    mlm_str_add(text, (const char[]){'\\', short_form[c]}, 2);
  else
    mlm_str_add(text, (const char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
}

/* Adds runs of characters that need no escape at once. */
void mlm_str_json_string(StrBuf *text, const char *bytes, size_t n) {
  mlm_str_add(text, "\"", 1);
  size_t done = 0;
  for (size_t i = 0; i < n;) {
    const unsigned char c = (unsigned char)bytes[i];
    const size_t length = mlm_utf8_length(bytes + i, n - i);
    if (length > 0 && c >= ' ' && c != '"' && c != '\\') {
      i += length;
      continue;
    }
    mlm_str_add(text, bytes + done, i - done);
    if (length == 0)
      mlm_str_add(text, "\xEF\xBF\xBD", 3); /* U+FFFD */
    else if (c < ' ')
      add_control(text, c);
    else
      mlm_str_add(text, (const char[]){'\\', (char)c}, 2);
    done = ++i;
  }
  mlm_str_add(text, bytes + done, n - done);
  mlm_str_add(text, "\"", 1);
}

void mlm_str_key(StrBuf *text, const char *key) {
  if (text->n > 0 && text->bytes[text->n - 1] != '{') mlm_str_add(text, ",", 1);
  mlm_str_json_string(text, key, strlen(key));
  mlm_str_add(text, ":", 1);
}
