/* What charts and reports make of names and numbers: which characters they leave out or replace, how many
 * columns they count for each, and how many digits they show. */
#include "charts/display_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "charts/legend.h"
#include "unit.h"

static StrBuf buffer(void) { return (StrBuf){.limit = 1 << 20, .host = &host}; }

/* Compares a text with what it should be, and frees it. */
static void check_text(StrBuf *out, const char *want, const char *what) {
  mlm_str_add(out, "", 1);
  expect_for(strcmp(out->bytes, want) == 0, what, out->bytes);
  host.free(out->bytes);
}

/* ---- characters ---- */

/* The UTF-8 of a character, with a NUL; returns its bytes. */
static size_t encode(uint32_t c, char out[5]) {
  size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
  for (size_t i = n; i-- > 1; c >>= 6) out[i] = (char)(0x80 | (c & 0x3f));
  out[0] = (char)(first[n] | c);
  out[n] = 0;
  return n;
}

typedef struct Characters {
  uint32_t first, last;
} Characters;

static bool is_one_of(uint32_t c, const Characters *list, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (c >= list[i].first && c <= list[i].last) return true;
  return false;
}
#define IS_ONE_OF(c, list) is_one_of(c, list, sizeof(list) / sizeof *(list))

/* A name "a", the character, "b": what is shown of it. */
static void check_shown(uint32_t c) {
  static const Characters dropped[] = {
      {0x61c, 0x61c}, {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2066, 0x206f}, {0xfeff, 0xfeff}};
  static const Characters controls[] = {{0, 0x1f}, {0x7f, 0x9f}};
  static const Characters replaced[] = {{0xfdd0, 0xfdef}};
  char text[7] = "a", want[7] = "a";
  const size_t n = encode(c, text + 1);
  text[1 + n] = 'b';
  if (IS_ONE_OF(c, controls))
    strcpy(want + 1, " b");
  else if (IS_ONE_OF(c, replaced) || (c & 0xffff) >= 0xfffe)
    strcpy(want + 1, "\xef\xbf\xbd"
                     "b");
  else if (IS_ONE_OF(c, dropped))
    strcpy(want + 1, "b");
  else
    memcpy(want + 1, text + 1, n + 1);
  char what[16];
  snprintf(what, sizeof what, "U+%04X", (unsigned)c);
  StrBuf out = buffer();
  mlm_clean_text(&out, text, n + 2, 10);
  check_text(&out, want, what);
}

/* All characters but surrogates, which UTF-8 does not have: the first planes, and the ends of others. */
static void check_characters(void) {
  for (uint32_t c = 0; c < 0x10ffff; c = c == 0xd7ff ? 0xe000 : c + 1)
    if (c < 0x2100 || (c >= 0xd7f0 && c < 0xe010) || (c >= 0xfd00 && c < 0x10010) || (c & 0xffff) >= 0xfffd)
      check_shown(c);
}

/* Columns in a terminal of every character of Unicode 14 (tests/oracle/columns.py). */
static void check_columns(void) {
  FILE *file = fopen("tests/oracle/columns.points", "r");
  unsigned first = 0, last = 0;
  size_t want;
  while (file && fscanf(file, "%x %x %zu", &first, &last, &want) == 3) {
    for (uint32_t c = first; c <= last; c++) {
      char text[5];
      encode(c, text);
      const size_t columns = mlm_text_columns(text);
      if (columns != want)
        failed("U+%04X has %zu columns", (unsigned)c, columns);
      else
        passed();
    }
  }
  expect(file && feof(file) && last == 0xe01ef, "columns of all characters", last);
  if (file) fclose(file);
  expect(mlm_text_columns("") == 0 && mlm_text_columns("abc") == 3, "columns of a text", 3);
}

/* ---- names ---- */

static void check_clean(const char *text, size_t columns, const char *want) {
  StrBuf out = buffer();
  mlm_str_put(&out, "|");
  mlm_clean_text(&out, text, strlen(text), columns);
  char whole[64];
  snprintf(whole, sizeof whole, "|%s", want);
  check_text(&out, whole, "a name made safe");
}

static void check_cut(const char *text, size_t columns, bool middle, const char *want) {
  StrBuf out = buffer();
  mlm_cut_text(&out, text, columns, middle);
  check_text(&out, want, "a text cut");
}

static void check_names(void) {
  check_clean("\n\na", 10, "a"); /* control characters: one blank, and none at the beginning */
  check_clean("a\n\r\tb", 10, "a b");
  check_clean("a \nb", 10, "a b");
  check_clean("a\nb c\nd", 10, "a b c d");
  check_clean("\xc3(", 10, "\xef\xbf\xbd("); /* bytes that are no character, one by one */
  check_clean("\xc3\xc3", 10, "\xef\xbf\xbd\xef\xbf\xbd");
  check_clean("ab\xc3", 2, "a\xe2\x80\xa6");
  check_clean("\xef\xb7\x90"
              "b",
              1, "\xe2\x80\xa6"); /* a replacement has a column */
  check_clean("\xf0\xaf\xbf\xbe"
              "b",
              2,
              "\xef\xbf\xbd"
              "b"); /* U+2FFFE, among wide characters */
  StrBuf out = buffer();
  mlm_clean_text(&out, "ab\xc3\xa9", 3, 10); /* the last byte is not of the text */
  check_text(&out, "ab\xef\xbf\xbd", "a text that ends within a character");
  check_cut("ab\xcc\x81"
            "cd",
            3, false, "ab\xcc\x81\xe2\x80\xa6"); /* a mark stays with its letter */
  check_cut("abc"
            "\xcc\x81"
            "de",
            4, true,
            "ab\xe2\x80\xa6"
            "e");
  check_cut("abcde\xcc\x81"
            "f",
            4, true,
            "ab\xe2\x80\xa6"
            "f"); /* and goes with it */
  check_cut("abcde\xcc\x81", 2, true, "a\xe2\x80\xa6");
  check_cut("\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5", 5, true, "\xe6\x97\xa5\xe2\x80\xa6\xe6\x97\xa5");
  check_cut("abc", 1, true, "\xe2\x80\xa6");
  check_cut("abc", 2, true, "a\xe2\x80\xa6");
}

static int blocks_given; /* since a chart had this host */

/* The first block is refused, and later ones are given. */
static void *refuse_first(void *block, uint64_t bytes) {
  return blocks_given++ ? host.realloc(block, bytes) : NULL;
}

/* A name for which there is no memory is a failure of the chart, even if there is memory again. */
static void check_failure(Status before, Status after) {
  const Host refusing = {.realloc = refuse_first, .free = host.free};
  const Class class = {.type = CLASS_INTEGER, .integer = 1};
  Chart *chart = mlm_chart_new(&host);
  blocks_given = 0;
  chart->host = &refusing;
  chart->status = before;
  mlm_class_name(chart, &class, 10);
  expect(chart->status == after, "a name without memory", chart->status);
  mlm_chart_free(chart);
}

/* Names of classes: quotes where they are not seen otherwise, BLOBs in hexadecimal as far as there is room.
 */
static void check_class_names(void) {
  static const struct {
    Class class;
    const char *want;
  } cases[] = {
      {{.type = CLASS_INTEGER, .integer = -7}, "-7"},
      {{.type = CLASS_REAL, .real = 0.5}, "0.5"},
      {{.type = CLASS_TEXT, .bytes = "", .n = 0}, "''"},
      {{.type = CLASS_TEXT, .bytes = "a", .n = 1}, "a"},
      {{.type = CLASS_TEXT, .bytes = " a", .n = 2}, "' a'"},
      {{.type = CLASS_TEXT, .bytes = "a ", .n = 2}, "'a '"},
      {{.type = CLASS_BLOB, .bytes = "\x01\xfe", .n = 2}, "x'01FE'"},
      {{.type = CLASS_BLOB, .bytes = "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b", .n = 11},
       "x'0102030\xe2\x80\xa6"},
      {{.type = CLASS_NULL}, ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Chart *chart = mlm_chart_new(&host);
    const char *name = mlm_class_name(chart, &cases[i].class, 10);
    expect_for(strcmp(name, cases[i].want) == 0, "the name of a class", name);
    mlm_chart_free(chart);
  }
  check_failure(MLM_OK, MLM_NOMEM);
  check_failure(MLM_TOOBIG, MLM_TOOBIG); /* the first failure stays */
  StrBuf out = buffer();
  mlm_escape(&out, "<&>\"'");
  check_text(&out, "&lt;&amp;&gt;&quot;&#39;", "escaped");
}

/* ---- numbers ---- */

static void check_numbers(void) {
  static const struct {
    double x;
    const char *brief, *metric; /* NULL: the same */
    int places;                 /* of the metric */
  } cases[] = {
      {0, "0.000", NULL, 3},
      {1, "1.000", NULL, 3},
      {0.1, "0.100", NULL, 3},
      {0.099, "0.0990", "0.099", 3},
      {0.01, "0.0100", "0.010", 3},
      {0.0101, "0.0101", "0.010", 3},
      {0.015, "0.0150", "0.015", 3},
      {0.0099, "0.009900", "0.00990", 5},
      {1e-4, "0.000100", "0.00010", 5},
      {1.5e-4, "0.000150", "0.00015", 5},
      {9.5e-5, "9.5e-05", "0.00010", -1},
      {-1.234e-5, "-1.234e-05", "-0.00001", -1},
      {9.5, "9.500", NULL, 3},
      {10, "10.00", NULL, 2},
      {-10, "-10.00", NULL, 2},
      {-9.5, "-9.500", NULL, 3},
      {10.5, "10.50", NULL, 2},
      {-10.5, "-10.50", NULL, 2},
      {99.5, "99.50", NULL, 2},
      {100, "100.0", NULL, 1},
      {100.5, "100.5", NULL, 1},
      {999.5, "999.5", NULL, 1},
      {1000, "1000", NULL, 0},
      {1000.5, "1000", NULL, 0},
      {999999999, "999999999", NULL, 0},
      {1e9, "1000000000", NULL, -1},
      {1500000000.5, "1500000000", NULL, -1},
      {999999999999999, "999999999999999", NULL, -1},
      {1e15, "1.0e+15", NULL, -1},
      {1.25e15, "1.25e+15", NULL, -1},
      {-1.234567e20, "-1.2346e+20", NULL, -1},
      {1.2345e20, "1.2345e+20", NULL, -1},
      {1.23456e20, "1.2346e+20", NULL, -1},
      {-1.23e20, "-1.23e+20", NULL, -1},
      {-1.234e20, "-1.234e+20", NULL, -1},
      {INFINITY, "\xe2\x88\x9e", NULL, -1},
      {-INFINITY, "-\xe2\x88\x9e", NULL, -1},
      {NAN, "undefined", NULL, -1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    StrBuf out = buffer();
    mlm_put_short(&out, cases[i].x);
    check_text(&out, cases[i].brief, "a number");
    out = buffer();
    mlm_put_metric(&out, cases[i].x);
    check_text(&out, cases[i].metric ? cases[i].metric : cases[i].brief, "a metric");
    expect_x(mlm_metric_places(cases[i].x) == cases[i].places, "places of a metric", cases[i].x);
  }
  static const struct {
    double x;
    int places;
    const char *want;
  } fixed[] = {{-0.001, 2, "0.00"}, {-0.001, 0, "0"}, {0.001, 2, "0.00"},
               {-0.25, 1, "-0.2"},  {-10, 0, "-10"},  {10, 1, "10.0"}};
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
    StrBuf out = buffer();
    mlm_put_fixed(&out, fixed[i].x, fixed[i].places);
    check_text(&out, fixed[i].want, "a number of fixed places");
  }
  static const struct {
    double x;
    const char *want;
  } counts[] = {{0, "0"},
                {999, "999"},
                {1000, "1,000"},
                {123456, "123,456"},
                {1.5, "1.500"},
                {-1, "-1.000"},
                {999999999999999, "999,999,999,999,999"},
                {1e15, "1.0e+15"},
                {1.5e15, "1.5e+15"}};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    StrBuf out = buffer();
    mlm_put_count(&out, counts[i].x);
    check_text(&out, counts[i].want, "a count");
  }
}

/* The last entry of a legend that says how many series are not drawn. */
static void check_more(void) {
  static const char *const want[] = {NULL, "and 1 more, which is not drawn",
                                     "and 2 more, which are not drawn"};
  for (int more = 0; more < 3; more++) {
    Chart *chart = mlm_chart_new(&host);
    mlm_add_more(chart, more);
    expect(chart->entries == (more > 0), "entries", more);
    if (more)
      expect_for(strcmp(chart->legend[0].rest, want[more]) == 0, "more series", chart->legend[0].rest);
    mlm_chart_free(chart);
  }
}

int main(void) {
  check_characters();
  check_columns();
  check_names();
  check_class_names();
  check_numbers();
  check_more();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
