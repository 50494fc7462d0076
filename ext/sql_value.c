/* Reads a SQL value as a number, and tells whether it may be a vector. */
#include "sql_value.h"

#include "base/float_mode.h"
#include "base/number_parse.h"

double mlm_number_of_text(sqlite3_value *value, bool *exact) {
  const char *text = (const char *)sqlite3_value_text(value);
  size_t n = text ? (size_t)sqlite3_value_bytes(value) : 0;
  double x;
  if (!text || !mlm_parse_number_text(text, n, &x)) return NAN;
  *exact = !mlm_rounded_integer_text(text, n, x);
  return x;
}

bool mlm_looks_like_vector(sqlite3_value *value) {
  int type = sqlite3_value_type(value);
  if (type != SQLITE_TEXT) return type == SQLITE_BLOB && !mlm_is_saved_state(value);
  const char *text = (const char *)sqlite3_value_text(value);
  if (!text) return false;
  while (*text == ' ' || (*text >= '\t' && *text <= '\r')) text++;
  return *text == '[';
}

double mlm_plain_number_of_text(sqlite3_value *value) {
  return sqlite3_value_type(value) == SQLITE_TEXT && mlm_mode_is_usual() ? mlm_number_of(value) : NAN;
}
