/* JSON arrays of numbers, and text that grows: what is taken, which fault is found where, and what is
 * written. */
#include "base/number.h"
#include "base/strbuf.h"
#include "random.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- arrays ---- */

enum { MOST = 4096 };

/* The bytes are in a block of exactly their size, and the numbers have room for n/2 + 1, so that a sanitizer
 * detects any access beyond. */
static ArrayFault parse(const char *text, size_t n, double *out, size_t *count, size_t *at) {
  char *block = malloc(n ? n : 1);
  double *room = malloc((n / 2 + 1) * sizeof *room);
  if (!block || !room) abort();
  if (n) memcpy(block, text, n);
  const ArrayFault fault = mlm_parse_array(block, n, room, count, at);
  for (size_t i = 0; i < *count && i < MOST; i++) out[i] = room[i];
  free(block);
  free(room);
  return fault;
}

static void check_arrays_taken(void) {
  static const struct {
    const char *text;
    size_t n;
    double x[4];
  } taken[] = {{"[]", 0, {0}},
               {" \t\n\r[ \t\n\r] \t\n\r", 0, {0}},
               {"[1]", 1, {1}},
               {"[1,2,3]", 3, {1, 2, 3}},
               {" [ 1 , -2.5e1 , 0.125 , -0 ] ", 4, {1, -25, 0.125, -0.0}},
               {"[\"1.5\", \" 2 \", \"+3\", \".5\"]", 4, {1.5, 2, 3, 0.5}},
               {"[9e999,-9e999,Infinity,-Infinity]", 4, {INFINITY, -INFINITY, INFINITY, -INFINITY}},
               {"[0,0.0,-0.0,0e5]", 4, {0, 0, -0.0, 0}},
               {"[1E2,1e+2,1e-2]", 3, {100, 100, 0.01}},
               {"[1\n,2\r,3\t,4 ]", 4, {1, 2, 3, 4}},
               {"[+1,.5,-.5,5.]", 4, {1, 0.5, -0.5, 5}},
               {"[5.e1,+.5e1]", 2, {50, 5}}};
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
    double x[MOST];
    size_t count, at;
    bool right =
        parse(taken[i].text, strlen(taken[i].text), x, &count, &at) == ARRAY_OK && count == taken[i].n;
    for (size_t k = 0; right && k < count; k++) right = memcmp(&x[k], &taken[i].x[k], sizeof *x) == 0;
    expect_for(right, "array", taken[i].text);
  }
}

/* Numbers as programs write them, most of them short, separated in several ways: each is read as alone. */
static void check_arrays_drawn(int rounds) {
  static const char *const between[] = {",", ", ", " , ", ",\n  "};
  static const char *const form[] = {"%.4f", "%.15g", "%.17g", "%.0f", "%.3e", "%.12f"};
  static char text[MOST * 8];
  static double want[MOST], x[MOST];
  for (int round = 0; round < rounds; round++) {
    const char *const separator = between[draw() % 4];
    const size_t n = 1 + (size_t)(draw() % 60);
    char *at = text;
    *at++ = '[';
    for (size_t i = 0; i < n; i++) {
      char *const start = at += sprintf(at, "%s", i ? separator : "");
      at += sprintf(at, form[draw() % 6], (2 * draw_unit() - 1) * (draw() % 4 ? 100 : 1e7));
      mlm_parse_number(start, (size_t)(at - start), &want[i]);
    }
    at += sprintf(at, "]");
    size_t count, place;
    const ArrayFault fault = parse(text, (size_t)(at - text), x, &count, &place);
    expect_for(fault == ARRAY_OK && count == n && memcmp(x, want, n * sizeof *x) == 0, "array", text);
  }
}

static void check_array_faults(void) {
  static const struct {
    const char *text;
    ArrayFault fault;
    size_t at;
  } faults[] = {{"", ARRAY_SYNTAX, 0},
                {"  ", ARRAY_SYNTAX, 2},
                {"1", ARRAY_SYNTAX, 0},
                {" {}", ARRAY_SYNTAX, 1},
                {"[", ARRAY_SYNTAX, 1},
                {"[ ", ARRAY_SYNTAX, 2},
                {"[1", ARRAY_SYNTAX, 2},
                {"[1 ", ARRAY_SYNTAX, 3},
                {"[1,", ARRAY_SYNTAX, 3},
                {"[1,]", ARRAY_SYNTAX, 3},
                {"[1, ]", ARRAY_SYNTAX, 4},
                {"[1.5,01,2]", ARRAY_ELEMENT, 1},
                {"[1,-00.5,2]", ARRAY_ELEMENT, 1},
                {"[1,9007199254740993,2]", ARRAY_INEXACT, 1},
                {"[1,9007199254740993.0,2", ARRAY_SYNTAX, 23},
                {"[1,2e,3]", ARRAY_ELEMENT, 1},
                {"[1,2e3x,3]", ARRAY_ELEMENT, 1},
                {"[,1]", ARRAY_SYNTAX, 1},
                {"[1,,2]", ARRAY_SYNTAX, 3},
                {"[1 2]", ARRAY_SYNTAX, 3},
                {"[1]]", ARRAY_SYNTAX, 3},
                {"[1] x", ARRAY_SYNTAX, 4},
                {"[] []", ARRAY_SYNTAX, 3},
                {"[1.", ARRAY_SYNTAX, 3},
                {"[tru", ARRAY_SYNTAX, 4},
                {"[1}", ARRAY_SYNTAX, 3},
                {"[\"1", ARRAY_SYNTAX, 3},
                {"[\"1\\", ARRAY_SYNTAX, 4},
                {"[\"1\n\"]", ARRAY_SYNTAX, 3},
                {"[\"1\"2]", ARRAY_SYNTAX, 4},
                {"[\f1]", ARRAY_ELEMENT, 0},
                {"[[1]]", ARRAY_ELEMENT, 0},
                {"[[]]", ARRAY_ELEMENT, 0},
                {"[[", ARRAY_SYNTAX, 2},
                {"[{\"a\": 1}]", ARRAY_ELEMENT, 0},
                {"[1,[2]]", ARRAY_ELEMENT, 1},
                {"[{}]", ARRAY_ELEMENT, 0},
                {"[1,2,true]", ARRAY_ELEMENT, 2},
                {"[null]", ARRAY_ELEMENT, 0},
                {"[NaN]", ARRAY_ELEMENT, 0},
                {"[0x10]", ARRAY_ELEMENT, 0},
                {"[01]", ARRAY_ELEMENT, 0},
                {"[-01]", ARRAY_ELEMENT, 0},
                {"[09]", ARRAY_ELEMENT, 0},
                {"[1,09,2]", ARRAY_ELEMENT, 1},
                {"[00]", ARRAY_ELEMENT, 0},
                {"[1e]", ARRAY_ELEMENT, 0},
                {"[1e+]", ARRAY_ELEMENT, 0},
                {"[-]", ARRAY_ELEMENT, 0},
                {"[- 1]", ARRAY_ELEMENT, 0},
                {"[Infinit]", ARRAY_ELEMENT, 0},
                {"[Infinity1]", ARRAY_ELEMENT, 0},
                {"[+Infinity]", ARRAY_ELEMENT, 0},
                {"[1x]", ARRAY_ELEMENT, 0},
                {"[\"\"]", ARRAY_ELEMENT, 0},
                {"[\"n/a\"]", ARRAY_ELEMENT, 0},
                {"[0,\"1\\\"]\"]", ARRAY_ELEMENT, 1},
                {"[\"\\u0031\"]", ARRAY_ELEMENT, 0},
                {"['1']", ARRAY_ELEMENT, 0},
                {"[1,2 , x ]", ARRAY_ELEMENT, 2},
                {"[\"1\" \"2\"]", ARRAY_SYNTAX, 5}};
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    double x[MOST];
    size_t count, at = 999;
    const ArrayFault fault = parse(faults[i].text, strlen(faults[i].text), x, &count, &at);
    expect_for(fault == faults[i].fault && at == faults[i].at, "array fault", faults[i].text);
  }
}

/* As many elements as fit the bytes, and a long array cut at every byte: each cut is a fault of syntax at the
 * cut. */
static void check_long_arrays(void) {
  static char text[65536];
  static double x[MOST];
  size_t n = 0, count, at;
  for (int i = 0; i < 1000; i++) n += (size_t)sprintf(text + n, "%c%d", i ? ',' : '[', i % 10);
  text[n++] = ']';
  bool right = parse(text, n, x, &count, &at) == ARRAY_OK && count == 1000 && count == (n - 1) / 2;
  for (int i = 0; right && i < 1000; i++) right = x[i] == i % 10;
  expect_for(right, "array", "1000 digits");

  n = 0;
  for (int i = 0; i < 300; i++)
    n += (size_t)sprintf(text + n, i % 3 ? "%c %de-1 " : "%c\"%d\"", i ? ',' : '[', i);
  text[n++] = ']';
  expect_for(parse(text, n, x, &count, &at) == ARRAY_OK && count == 300, "array", "300 elements");
  for (size_t cut = 0; cut < n; cut++)
    expect_for(parse(text, cut, x, &count, &at) == ARRAY_SYNTAX && at == cut, "array", "cut short");
}

/* What stands behind the text is not read. */
static void check_cut_arrays(void) {
  static const char text[] = "[1, 2 , \"3\", 0, 5]";
  for (size_t n = 0; n < sizeof text - 1; n++) {
    double x[MOST];
    size_t count, at;
    expect_for(mlm_parse_array(text, n, x, &count, &at) == ARRAY_SYNTAX && at == n, "array", "cut in place");
  }
}

/* Any bytes: no access beyond the block, and the position of a fault is within it. */
static void check_any_bytes(void) {
  static const char letters[] = "[],0123456789.eE+-\" \\nInfinity\n{";
  uint64_t state = 7;
  for (int i = 0; i < 200000; i++) {
    char text[24] = "[";
    double x[MOST];
    size_t count, at, n = 1;
    while (n < sizeof text && (state = state * UINT64_C(6364136223846793005) + 1442695040888963407) >> 60)
      text[n++] = letters[(state >> 33) % (sizeof letters - 1)];
    const ArrayFault fault = parse(text, n, x, &count, &at);
    expect_for(count <= n / 2 && (fault == ARRAY_SYNTAX ? at <= n : at == count || fault == ARRAY_OK),
               "array", "any bytes");
  }
}

/* ---- text ---- */

static uint64_t largest;

static void *noting(void *block, uint64_t bytes) {
  if (bytes > largest) largest = bytes;
  return resize(block, bytes);
}

static StrBuf fresh(uint64_t limit) {
  static const Host noted = {.realloc = noting, .free = release};
  allowed = -1;
  largest = 0;
  return (StrBuf){.host = &noted, .limit = limit};
}

static void expect_text(StrBuf *text, const char *want, size_t n) {
  expect_for(text->status == MLM_OK && text->n == n && (n == 0 || memcmp(text->bytes, want, n) == 0), "text",
             want);
  release(text->bytes);
}

static void check_strings(void) {
  static const struct {
    const char *bytes;
    size_t n;
    const char *json;
  } cases[] = {{"", 0, "\"\""},
               {"plain", 5, "\"plain\""},
               {"a\"b\\c/d", 7, "\"a\\\"b\\\\c/d\""},
               {"\b\t\n\f\r", 5, "\"\\b\\t\\n\\f\\r\""},
               {"\0\x01\x1f\x7f", 4, "\"\\u0000\\u0001\\u001f\x7f\""},
               {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9, "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\""},
               {"\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\xF0\x90\x80\x80\xE0\xA0\x80", 17,
                "\"\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\xF0\x90\x80\x80\xE0\xA0\x80\""},
               {"two words", 9, "\"two words\""},
               {"\xC2\x80\xDF\xBF", 4, "\"\xC2\x80\xDF\xBF\""},
               {"\xC2\x80\xDF\xBF", 4, "\"\xC2\x80\xDF\xBF\""},
               {"\xEF\x80\x80z\xEF\xBF\xBF", 7, "\"\xEF\x80\x80z\xEF\xBF\xBF\""},
               {"ab\xC3\xA9", 3, "\"ab\xEF\xBF\xBD\""}, /* the character ends beyond n */
               {"a\x80z", 3, "\"a\xEF\xBF\xBDz\""},
               {"\xC3", 1, "\"\xEF\xBF\xBD\""},
               {"\xC3\"", 2, "\"\xEF\xBF\xBD\\\"\""},
               {"\xC0\xAF", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
               {"\xE0\x9F\xBF", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
               {"\xED\xA0\x80", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
               {"\xF0\x8F\xBF\xBF", 4, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
               {"\xF4\x90\x80\x80", 4, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
               {"\xF5\xFF", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
               {"\xE2\x82", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
               {"\xE2\x82\xC3", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    StrBuf text = fresh(1000);
    mlm_str_json_string(&text, cases[i].bytes, cases[i].n);
    expect_text(&text, cases[i].json, strlen(cases[i].json));
  }
}

/* Bytes of a UTF-8 character by what it encodes. */
static size_t character_bytes(const unsigned char *at, size_t n) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  size_t length = 0;
  while (length < 8 && at[0] >> (7 - length) & 1) length++;
  if (length == 0) return 1;
  if (length == 1 || length > 4 || n < length) return 0;
  uint32_t c = at[0] & 0x7FU >> length;
  for (size_t i = 1; i < length; i++) {
    if (at[i] >> 6 != 2) return 0;
    c = c << 6 | (at[i] & 63);
  }
  return c >= least[length] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) ? length : 0;
}

/* Any two bytes, and what may follow them; what stands before does not matter. */
static void check_characters(void) {
  static const unsigned char before[] = {0xE0, 0xED, 0xF0, 0xF4, 0xFF}, more[] = {0x7F, 0x80, 0xBF, 0xC0};
  for (unsigned i = 0; i < 256 * 256 * 16; i++) {
    const unsigned char bytes[] = {before[i % 5], (unsigned char)(i >> 12), (unsigned char)(i >> 4),
                                   more[i & 3], more[i >> 2 & 3]};
    for (size_t n = 1 + i % 3; n <= 4; n += 3 - i % 3)
      expect(mlm_utf8_length((const char *)bytes + 1, n) == character_bytes(bytes + 1, n), "character", i);
  }
}

static void add_object(StrBuf *text) {
  mlm_str_put(text, "{");
  mlm_str_key(text, "n");
  mlm_str_count(text, 12, true);
  mlm_str_key(text, "w");
  mlm_str_count(text, 12, false);
  mlm_str_key(text, "big");
  mlm_str_count(text, 0x1p63, true);
  mlm_str_key(text, "low");
  mlm_str_count(text, -0x1p64, true);
  mlm_str_key(text, "in\"ner");
  mlm_str_put(text, "{");
  mlm_str_key(text, "x");
  mlm_str_number(text, NAN);
  mlm_str_put(text, "}");
  mlm_str_key(text, "y");
  mlm_str_integer(text, INT64_MIN);
  mlm_str_put(text, "}");
}

static const char object[] = "{\"n\":12,\"w\":12.0,\"big\":9.223372036854776e+18,\"low\":-1."
                             "8446744073709552e+19,\"in\\\"ner\":{\"x\":null},"
                             "\"y\":-9223372036854775808}";

static void check_object(void) {
  StrBuf text = fresh(1000);
  add_object(&text);
  expect_text(&text, object, strlen(object));
}

static void add_columns(StrBuf *text) {
  mlm_str_pad(text, 6, "ab", 2, true);
  mlm_str_pad(text, 6, "\xC3\xA9\xE2\x82\xAC", 5, false);
  mlm_str_pad(text, 2, "long", 4, true);
  mlm_str_pad(text, 5, "long", 4, false);
  mlm_str_pad(text, 3, NULL, 0, true);
  mlm_str_pad(text, 0, NULL, 0, false);
}

static void check_columns(void) {
  static const char want[] = "ab        \xC3\xA9\xE2\x82\xAClong long   ";
  StrBuf text = fresh(1000);
  add_columns(&text);
  expect_text(&text, want, strlen(want));
}

/* No allocation goes beyond the limit, the exact limit is enough, and one byte less is refused. */
static void check_limit(void) {
  const size_t n = strlen(object);
  for (size_t limit = 0; limit <= n; limit++) {
    StrBuf text = fresh(limit);
    add_object(&text);
    expect_for(text.status == (limit < n ? MLM_TOOBIG : MLM_OK) && text.n <= limit && largest <= limit,
               "limit", object);
    release(text.bytes);
  }
  StrBuf text = fresh(UINT64_MAX);
  mlm_str_put(&text, "x");
  mlm_str_pad(&text, SIZE_MAX, "", 0, true);
  expect_for(text.status == MLM_TOOBIG && text.n == 1, "limit", "more than memory has");
  release(text.bytes);
}

static void check_no_memory(void) {
  for (int successes = 0; successes < 6; successes++) {
    StrBuf text = fresh(1000000);
    allowed = successes;
    for (int i = 0; i < 100; i++) add_object(&text);
    add_columns(&text);
    expect_for(text.status == MLM_NOMEM && text.n <= text.room, "out of memory", "remembered");
    const size_t n = text.n;
    allowed = -1;
    add_columns(&text);
    expect_for(text.n == n && text.status == MLM_NOMEM, "out of memory", "nothing is added after");
    release(text.bytes);
  }
}

static void check_growth(void) {
  StrBuf text = fresh(100000000);
  allowed = 14; /* 256·2^13 bytes: doubling gets there, adding a fixed step does not */
  for (int i = 0; i < 2000000; i++) mlm_str_add(&text, "x", 1);
  expect_for(text.status == MLM_OK && text.n == 2000000, "growth", "by doubling");
  release(text.bytes);
  text = fresh(100000);
  mlm_str_pad(&text, 99999, "x", 1, true);
  expect_for(text.status == MLM_OK && text.n == 99999 && largest <= 100000, "growth", "at once");
  release(text.bytes);
}

static void check_capitals(void) {
  StrBuf text = fresh(100);
  mlm_str_capitals(&text, "`az{_Q9\xC3\xA9");
  expect_for(text.n == 9 && memcmp(text.bytes, "`AZ{_Q9\xC3\xA9", 9) == 0, "capitals", text.bytes);
  release(text.bytes);
}

int main(void) {
  check_arrays_taken();
  check_arrays_drawn(20000);
  check_array_faults();
  check_long_arrays();
  check_cut_arrays();
  check_any_bytes();
  check_strings();
  check_characters();
  check_capitals();
  check_object();
  check_columns();
  check_limit();
  check_no_memory();
  check_growth();
  return end_of_tests();
}
