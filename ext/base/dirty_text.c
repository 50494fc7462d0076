/* Blanks, names, and words compared without case. */
#include "base/dirty_text.h"

#include <string.h>

/* Bytes of the blank that text[0..n) begins with, or ends with where `back`; 0: none. */
static size_t blank_bytes(const char *text, size_t n, bool back) {
  static const char wide[][4] = {"\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x89", "\xE2\x80\xAF", "\xEF\xBB\xBF"};
  if (n == 0) return 0;
  const char c = back ? text[n - 1] : *text;
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
    const size_t length = strlen(wide[i]);
    if (length <= n && memcmp(back ? text + n - length : text, wide[i], length) == 0) return length;
  }
  return 0;
}

const char *mlm_trim_front(const char *text, size_t *n) {
  for (size_t blank; (blank = blank_bytes(text, *n, false)) > 0; *n -= blank) text += blank;
  return text;
}

void mlm_trim_back(const char *text, size_t *n) {
  for (size_t blank; (blank = blank_bytes(text, *n, true)) > 0;) *n -= blank;
}

const char *mlm_trim(const char *text, size_t *n) {
  text = mlm_trim_front(text, n);
  mlm_trim_back(text, n);
  return text;
}

static bool is_word(const char *word, const char *text, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (word[i] == 0 || word[i] != mlm_lower(text[i])) return false;
  return word[n] == 0;
}

bool mlm_is_one_of(const char *const words[], const char *text, size_t n) {
  for (; *words; words++)
    if (is_word(*words, text, n)) return true;
  return false;
}

bool mlm_is_plain_name(const char *text, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const char c = mlm_lower(text[i]);
    if ((c < 'a' || c > 'z') && c != '_' && (i == 0 || c < '0' || c > '9')) return false;
  }
  return n > 0;
}

bool mlm_is_words(const char *text, size_t n) {
  size_t word = 0;
  for (size_t i = 0; i <= n; i++) {
    if (i < n && text[i] != ' ') continue;
    if (!mlm_is_plain_name(text + word, i - word)) return false;
    word = i + 1;
  }
  return true;
}

bool mlm_is_missing_word(const char *text, size_t n) {
  static const char *const words[] = {"na",
                                      "n/a",
                                      "n.a.",
                                      "n.a",
                                      "#n/a",
                                      "#n/a n/a",
                                      "#na",
                                      "<na>",
                                      "nan",
                                      "-nan",
                                      "null",
                                      "(null)",
                                      "<null>",
                                      "nil",
                                      "none",
                                      "(none)",
                                      "<none>",
                                      "nat",
                                      "missing",
                                      "not available",
                                      "undefined",
                                      "-",
                                      "--",
                                      "---",
                                      "\xE2\x80\x93", /* en dash */
                                      "\xE2\x80\x94", /* em dash */
                                      "?",
                                      ".",
                                      "\\n", /* \N of MySQL and PostgreSQL dumps */
                                      "1.#ind",
                                      "-1.#ind",
                                      "1.#qnan",
                                      "-1.#qnan",
                                      NULL};
  text = mlm_trim(text, &n);
  return n == 0 || mlm_is_one_of(words, text, n);
}
