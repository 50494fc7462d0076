/* Reading JSON arrays of any values, and the members of JSON objects, one after the other. */
#ifndef MLM_JSON_VALUES_H
#define MLM_JSON_VALUES_H

#include <stdbool.h>
#include <stddef.h>

typedef enum JsonType {
  JSON_END,
  JSON_WRONG,
  JSON_NULL,
  JSON_BOOL,
  JSON_NUMBER,
  JSON_STRING,
  JSON_NESTED
} JsonType;

/* One value: the bytes as they stand, a string's without its quotes and with its escapes. */
typedef struct JsonValue {
  JsonType type;
  const char *text;
  size_t n;
  bool escaped; /* a string with a backslash in it */
} JsonValue;

typedef struct JsonReader {
  const char *text;
  size_t n, at;
  bool started;
} JsonReader;

/* The next element of the array that text[0..n) holds: JSON_END after the last, JSON_WRONG where the text is
 * not a JSON array; reader->at is then the offset of the first wrong byte. */
JsonValue mlm_json_next(JsonReader *reader);

/* The next member of the object that text[0..n) holds, and its key, a JSON_STRING; otherwise as above. An
 * array or an object is JSON_NESTED, its bytes from bracket to bracket, of which only the brackets are
 * checked. */
JsonValue mlm_json_next_member(JsonReader *reader, JsonValue *key);

/* Writes a string without its escapes to out, which has room for value->n bytes; returns how many there are.
 * Lone surrogates become U+FFFD. */
size_t mlm_json_unescape(const JsonValue *value, char *out);

#endif
