/* The name of a class: unique, whatever its type. */
#include "metrics/class_name.h"

#include "base/number.h"

#include <string.h>

static void put_blob(StrBuf *text, const Class *name) {
  static const char hex[] = "0123456789ABCDEF";
  mlm_str_put(text, "X'");
  for (size_t i = 0; i < name->n; i++) {
    uint8_t byte = (uint8_t)name->bytes[i];
    mlm_str_add(text, (char[]){hex[byte >> 4], hex[byte & 15]}, 2);
  }
  mlm_str_put(text, "'");
}

static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); }

/* Whether a text class reads like the name of a REAL. A text that SQLite prints for a REAL would be that
 * REAL, but names have up to 17 digits. */
static bool reads_as_real(const char *text, size_t n) {
  char digits[MLM_NUMBER_BYTES];
  double x;
  return n > 0 && mlm_parse_number(text, n, &x) == n && mlm_print_shortest(x, digits) == n
         && memcmp(text, digits, n) == 0;
}

/* Whether a text class, perhaps in quotes, could be mistaken for the name of a BLOB or a REAL. */
static bool reads_as_other(const char *text, size_t n) {
  for (; n >= 2 && text[0] == '"' && text[n - 1] == '"'; n -= 2) text++;
  if (reads_as_real(text, n)) return true;
  if (n < 3 || n % 2 == 0 || text[0] != 'X' || text[1] != '\'' || text[n - 1] != '\'') return false;
  for (size_t i = 2; i + 1 < n; i++)
    if (!is_hex(text[i])) return false;
  return true;
}

static void put_text(StrBuf *text, const Class *name) {
  bool quoted = reads_as_other(name->bytes, name->n);
  if (quoted) mlm_str_put(text, "\"");
  mlm_str_add(text, name->n ? name->bytes : "", name->n);
  if (quoted) mlm_str_put(text, "\"");
}

void mlm_put_class_name(StrBuf *text, const Class *name) {
  char number[MLM_NUMBER_BYTES];
  text->n = 0;
  if (name->type == CLASS_INTEGER)
    mlm_str_integer(text, name->integer);
  else if (name->type == CLASS_REAL)
    mlm_str_add(text, number, mlm_print_shortest(name->real, number));
  else if (name->type == CLASS_TEXT)
    put_text(text, name);
  else
    put_blob(text, name);
}
