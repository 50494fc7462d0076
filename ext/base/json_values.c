/* Reading JSON arrays of any values, and the members of JSON objects, one after the other. */
#include "base/json_values.h"

#include <stdint.h>
#include <string.h>

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static void skip_spaces(JsonReader *r) {
  while (r->at < r->n && is_space(r->text[r->at])) r->at++;
}

static bool take(JsonReader *r, char c) {
  skip_spaces(r);
  if (r->at == r->n || r->text[r->at] != c) return false;
  r->at++;
  return true;
}

static JsonValue wrong(void) { return (JsonValue){.type = JSON_WRONG}; }

/* Reads from after the opening quote to after the closing one. No control character may stand in a string,
 * not even after a backslash: a NUL would end the text wherever it is kept. */
static JsonValue read_string(JsonReader *r) {
  size_t from = r->at;
  bool escaped = false;
  while (r->at < r->n && r->text[r->at] != '"') {
    if (r->text[r->at] == '\\') {
      escaped = true;
      r->at++;
      if (r->at == r->n) return wrong();
    }
    if ((unsigned char)r->text[r->at] < ' ') return wrong();
    r->at++;
  }
  if (r->at == r->n) return wrong();
  return (JsonValue){.type = JSON_STRING, .text = r->text + from, .n = r->at++ - from, .escaped = escaped};
}

static bool ends_word(char c) { return c == ',' || c == ']' || c == '}' || is_space(c); }

/* A number, true, false or null; what a number may look like is left to the caller. */
static JsonValue read_word(JsonReader *r) {
  size_t from = r->at;
  while (r->at < r->n && !ends_word(r->text[r->at])) r->at++;
  size_t n = r->at - from;
  const char *word = r->text + from;
  JsonType type = JSON_NUMBER;
  if (n == 4 && memcmp(word, "null", 4) == 0)
    type = JSON_NULL;
  else if ((n == 4 && memcmp(word, "true", 4) == 0) || (n == 5 && memcmp(word, "false", 5) == 0))
    type = JSON_BOOL;
  else if (n == 0 || !strchr("+-.0123456789", word[0]))
    type = JSON_WRONG;
  if (type == JSON_WRONG) r->at = from;
  return (JsonValue){.type = type, .text = word, .n = n};
}

/* The end of an array or an object, after its last bracket. */
static JsonValue end_of_text(JsonReader *r) {
  skip_spaces(r);
  return (JsonValue){.type = r->at == r->n ? JSON_END : JSON_WRONG};
}

JsonValue mlm_json_next(JsonReader *r) {
  if (!r->started) {
    r->started = true;
    if (!take(r, '[')) return wrong();
    if (take(r, ']')) return end_of_text(r);
  } else if (!take(r, ',')) {
    return take(r, ']') ? end_of_text(r) : wrong();
  }
  skip_spaces(r);
  if (r->at == r->n) return wrong();
  if (r->text[r->at] == '[' || r->text[r->at] == '{') return (JsonValue){.type = JSON_NESTED};
  if (r->text[r->at] != '"') return read_word(r);
  r->at++;
  return read_string(r);
}

/* From a bracket to the one that closes it. */
static JsonValue read_nested(JsonReader *r) {
  size_t from = r->at, depth = 0;
  do {
    char c = r->text[r->at++];
    if (c == '"' && read_string(r).type == JSON_WRONG) return wrong();
    depth += c == '[' || c == '{';
    depth -= c == ']' || c == '}';
  } while (depth > 0 && r->at < r->n);
  return depth > 0 ? wrong() : (JsonValue){.type = JSON_NESTED, .text = r->text + from, .n = r->at - from};
}

JsonValue mlm_json_next_member(JsonReader *r, JsonValue *key) {
  if (!r->started) {
    r->started = true;
    if (!take(r, '{')) return wrong();
    if (take(r, '}')) return end_of_text(r);
  } else if (!take(r, ',')) {
    return take(r, '}') ? end_of_text(r) : wrong();
  }
  if (!take(r, '"')) return wrong();
  *key = read_string(r);
  if (key->type == JSON_WRONG || !take(r, ':')) return wrong();
  skip_spaces(r);
  if (r->at == r->n) return wrong();
  if (r->text[r->at] == '[' || r->text[r->at] == '{') return read_nested(r);
  if (r->text[r->at] != '"') return read_word(r);
  r->at++;
  return read_string(r);
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The four digits of \uXXXX at `at`; negative: there are none. */
static int32_t code_unit(const char *at, const char *end) {
  int32_t unit = 0;
  if (end - at < 4) return -1;
  for (int i = 0; i < 4; i++) {
    int digit = hex_digit(at[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

static char *put_utf8(char *out, uint32_t c) {
  if (c < 0x80) {
    *out++ = (char)c;
  } else if (c < 0x800) {
    *out++ = (char)(0xc0 | c >> 6);
    *out++ = (char)(0x80 | (c & 63));
  } else if (c < 0x10000) {
    *out++ = (char)(0xe0 | c >> 12);
    *out++ = (char)(0x80 | (c >> 6 & 63));
    *out++ = (char)(0x80 | (c & 63));
  } else {
    *out++ = (char)(0xf0 | c >> 18);
    *out++ = (char)(0x80 | (c >> 12 & 63));
    *out++ = (char)(0x80 | (c >> 6 & 63));
    *out++ = (char)(0x80 | (c & 63));
  }
  return out;
}

/* Decodes \uXXXX from after the u, with the low surrogate that may follow. */
static const char *put_unit(const char *at, const char *end, char **out) {
  int32_t high = code_unit(at, end);
  if (high < 0) { /* not an escape: the u itself */
    *(*out)++ = 'u';
    return at;
  }
  at += 4;
  uint32_t c = (uint32_t)high;
  if (high >= 0xd800 && high < 0xe000) {
    int32_t low = end - at >= 6 && at[0] == '\\' && at[1] == 'u' ? code_unit(at + 2, end) : -1;
    bool pair = high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
    c = pair ? 0x10000 + ((uint32_t)(high - 0xd800) << 10) + (uint32_t)(low - 0xdc00) : 0xfffd;
    if (pair) at += 6;
  }
  *out = put_utf8(*out, c);
  return at;
}

size_t mlm_json_unescape(const JsonValue *value, char *out) {
  static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
  const char *at = value->text, *end = at + value->n;
  char *to_end = out;
  while (at < end) {
    if (*at != '\\') {
      *to_end++ = *at++;
      continue;
    }
    char c = at[1];
    at += 2;
    const char *known = strchr(from, c); /* no control character comes so far */
    if (c == 'u')
      at = put_unit(at, end, &to_end);
    else
      *to_end++ = known ? to[known - from] : c;
  }
  return (size_t)(to_end - out);
}
