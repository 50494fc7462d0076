/* JSON arrays and objects read value by value: types, escapes, and where a wrong text is wrong. */
#include "base/json_values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

typedef struct Case {
  const char *text, *want;
} Case;

static char said[400];

/* Appends a value to what is said: its type, and its text without escapes. */
static void say(const JsonValue *value) {
  static const char *const types[] = {"end", "wrong", "null", "bool", "number", "string", "nested"};
  char *plain = malloc(value->n + 1);
  size_t n = value->type == JSON_STRING ? mlm_json_unescape(value, plain) : 0, at = strlen(said);
  if (value->type == JSON_STRING)
    snprintf(said + at, sizeof said - at, " %s %.*s", types[value->type], (int)n, plain);
  else
    snprintf(said + at, sizeof said - at, " %s %.*s", types[value->type], (int)value->n,
             value->n ? value->text : "");
  expect(value->type != JSON_STRING || value->escaped == (memchr(value->text, '\\', value->n) != NULL),
         "escaped", (long)value->n);
  free(plain);
}

/* The text in memory of its own length, so that sanitizers see a read beyond it. */
static void check(const Case *one, bool members) {
  size_t n = strlen(one->text);
  char *text = malloc(n + 1);
  memcpy(text, one->text, n);
  JsonReader reader = {.text = text, .n = n};
  JsonValue key = {0}, value;
  said[0] = 0;
  for (;;) {
    value = members ? mlm_json_next_member(&reader, &key) : mlm_json_next(&reader);
    if (value.type <= JSON_WRONG) break;
    if (members) say(&key);
    say(&value);
  }
  if (value.type == JSON_WRONG)
    snprintf(said + strlen(said), sizeof said - strlen(said), " wrong at %d", (int)reader.at);
  expect_for(strcmp(said[0] ? said + 1 : said, one->want) == 0, one->text, said);
  free(text);
}

static void check_arrays(void) {
  static const Case cases[] = {
      {"[]", ""},
      {" \t\r\n[ \t\r\n] \t\r\n", ""},
      {"[null, true,false ]", "null null bool true bool false"},
      {"[1,-2.5e3,+1,.5]", "number 1 number -2.5e3 number +1 number .5"},
      {"[\"\",\"a b\"]", "string  string a b"},
      {"[[1],{\"a\":2}]", "nested  wrong at 1"}, /* what follows it is for the caller, who refuses it */
      {"", "wrong at 0"},
      {"x", "wrong at 0"},
      {"[", "wrong at 1"},
      {"[1", "number 1 wrong at 2"},
      {"[1,", "number 1 wrong at 3"},
      {"[1 2]", "number 1 wrong at 3"},
      {"[]x", "wrong at 2"},
      {"[1]x", "number 1 wrong at 3"},
      {"[nul]", "wrong at 1"},
      {"[tru,1]", "wrong at 1"},
      {"[nulx]", "wrong at 1"},
      {"[trux]", "wrong at 1"},
      {"[falsx]", "wrong at 1"},
      {"[,]", "wrong at 1"},
      {"[\"a]", "wrong at 4"},
      {"[\"a\\", "wrong at 4"},
      {"[\"a\tb\"]", "wrong at 3"},
      {"[\"a\\\tb\"]", "wrong at 4"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(&cases[i], false);
}

static void check_members(void) {
  static const Case cases[] = {
      {"{}", ""},
      {" { } ", ""},
      {"{\"a\":1,\"b\" : \"x\"}", "string a number 1 string b string x"},
      {"{\"a\":[1,[2,\"]\"],{}],\"b\":{\"c\":[]}}",
       "string a nested [1,[2,\"]\"],{}] string b nested {\"c\":[]}"},
      {"", "wrong at 0"},
      {"[1]", "wrong at 0"},
      {"{", "wrong at 1"},
      {"{a:1}", "wrong at 1"},
      {"{\"a", "wrong at 3"},
      {"{\"a\"", "wrong at 4"},
      {"{\"a\" 1}", "wrong at 5"},
      {"{\"a\":", "wrong at 5"},
      {"{\"a\":1", "string a number 1 wrong at 6"},
      {"{\"a\":1,}", "string a number 1 wrong at 7"},
      {"{\"a\":1}x", "string a number 1 wrong at 7"},
      {"{\"a\":1 \"b\":2}", "string a number 1 wrong at 7"},
      {"{\"a\":[1}", "string a nested [1} wrong at 8"}, /* only brackets are counted */
      {"{\"a\":[\"x}", "wrong at 9"},
      {"{\"a\":[", "wrong at 6"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(&cases[i], true);
}

static void check_escapes(void) {
  static const Case cases[] = {
      {"[\"\\\"\\\\\\/\"]", "string \"\\/"},
      {"[\"\\b\\f\\n\\r\\t\"]", "string \b\f\n\r\t"},
      {"[\"\\q\\'\"]", "string q'"},
      {"[\"\\u0041\\u00e9\\u20AC\\uD83d\\uDe00\"]", "string A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
      {"[\"\\uD83d\"]", "string \xef\xbf\xbd"},
      {"[\"\\uDe00x\"]", "string \xef\xbf\xbdx"},
      {"[\"\\uD83d\\u0041\"]", "string \xef\xbf\xbd\x41"},
      {"[\"\\uD83d\\uE000\"]", "string \xef\xbf\xbd\xee\x80\x80"},
      {"[\"\\uD83d\\n\\u00\"]", "string \xef\xbf\xbd\nu00"},
      {"[\"\\uD83dx\\u0041\"]", "string \xef\xbf\xbdxA"},
      {"[\"\\u12g4\\u12\"]", "string u12g4u12"},
      {"[\"\\u12G4\\u12@4\\u12`4\\u12:4\\u12/4\"]", "string u12G4u12@4u12`4u12:4u12/4"},
      {"[\"\\uD83d\\uDe00x\"]", "string \xf0\x9f\x98\x80x"},
      {"[\"\\uD83dxxDe00\"]", "string \xef\xbf\xbdxxDe00"},
      {"[\"\\uD83d\\xDe00\"]", "string \xef\xbf\xbdxDe00"},
      {"[\"\\uD800\\uDC00\\uDBFF\\uDFFF\"]", "string \xf0\x90\x80\x80\xf4\x8f\xbf\xbf"},
      {"[\"\\uDFFF\\uDC00\\uDC00\"]", "string \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
      {"[\"\\uD800\\uDBFF\"]", "string \xef\xbf\xbd\xef\xbf\xbd"},
      {"[\"\\uFFFF\\u00aa\"]", "string \xef\xbf\xbf\xc2\xaa"},
      {"[\"\\uD7FF\\uE000\"]", "string \xed\x9f\xbf\xee\x80\x80"},
      {"[\"\\u007f\\u0080\\u07ff\\u0800\"]", "string \x7f\xc2\x80\xdf\xbf\xe0\xa0\x80"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(&cases[i], false);
}

int main(void) {
  check_arrays();
  check_members();
  check_escapes();
  return end_of_tests();
}
