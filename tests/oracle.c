/* Compares the extension with what scikit-learn, PyTorch and mpmath computed: the lines of tests/oracle.
 *
 * A line is SQL, type and expected value, with tabs between; the SQL runs over the demo tables and gives one
 * value. The types:
 *
 *   bits   16 hex digits of the double: exactly this one
 *   ulp:N  a double at most N units in the last place away; infinities and zero exactly
 *   int    an INTEGER
 *   text   a TEXT; \n, \t and \\ stand for newline, tab and backslash
 *   null   NULL; nothing is expected after the tab
 *   error  the statement fails with a message that has this in it
 *   run    nothing is compared: the statement makes a table for the lines after it
 *
 * A line that begins with # is a comment: it names the reference function, and why a bound is not 0. Files
 * whose lines are not SQL belong to other tests.
 */
#include "tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *db;

/* Doubles in their order as integers: neighbours differ by one, both zeros are 0. */
static int64_t place(uint64_t bits) {
  int64_t magnitude = (int64_t)(bits & INT64_MAX);
  return bits >> 63 ? -magnitude : magnitude;
}

static bool near(double got, uint64_t want, uint64_t ulps) {
  uint64_t bits;
  memcpy(&bits, &got, 8);
  int64_t a = place(bits), b = place(want), inf = INT64_C(0x7ff0000000000000);
  if (a == inf || b == inf || a == -inf || b == -inf || b == 0) return a == b;
  return (a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a) <= ulps;
}

static void unescape(char *text) {
  char *to = text;
  for (; *text; text++) {
    if (*text == '\\' && text[1])
      text++, *to++ = *text == 'n' ? '\n' : *text == 't' ? '\t' : *text;
    else
      *to++ = *text;
  }
  *to = 0;
}

static bool matches(sqlite3_stmt *row, const char *type, const char *want) {
  int is = sqlite3_column_type(row, 0);
  if (strcmp(type, "null") == 0) return is == SQLITE_NULL;
  if (strcmp(type, "int") == 0)
    return is == SQLITE_INTEGER && sqlite3_column_int64(row, 0) == strtoll(want, NULL, 10);
  if (strcmp(type, "text") == 0)
    return is == SQLITE_TEXT && strcmp((const char *)sqlite3_column_text(row, 0), want) == 0;
  uint64_t bits = strtoull(want, NULL, 16);
  double got = sqlite3_column_double(row, 0);
  if (is != SQLITE_FLOAT) return false;
  if (strncmp(type, "ulp:", 4) == 0) return near(got, bits, strtoull(type + 4, NULL, 10));
  return strcmp(type, "bits") == 0 && memcmp(&got, &bits, 8) == 0;
}

static bool is_type(const char *type) {
  static const char *const types[] = {"bits", "int", "text", "null", "error", NULL};
  for (const char *const *t = types; *t; t++)
    if (strcmp(type, *t) == 0) return true;
  return strncmp(type, "ulp:", 4) == 0;
}

/* The value as a failure shows it; to be freed with sqlite3_free. */
static char *shown(sqlite3_stmt *row) {
  if (sqlite3_column_type(row, 0) == SQLITE_NULL) return sqlite3_mprintf("NULL");
  if (sqlite3_column_type(row, 0) != SQLITE_FLOAT) return sqlite3_mprintf("%s", sqlite3_column_text(row, 0));
  double x = sqlite3_column_double(row, 0);
  uint64_t bits;
  memcpy(&bits, &x, 8);
  return sqlite3_mprintf("%08x%08x (%!.17g)", (unsigned)(bits >> 32), (unsigned)bits, x);
}

static void check(const char *where, int line, const char *sql, const char *type, const char *want) {
  if (strcmp(type, "run") == 0) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
      failed("%s:%d: %s", where, line, sqlite3_errmsg(db));
    return;
  }
  sqlite3_stmt *row = NULL;
  int status = sqlite3_prepare_v2(db, sql, -1, &row, NULL);
  if (status == SQLITE_OK) status = sqlite3_step(row);
  char *got = NULL;
  bool right;
  if (status == SQLITE_ROW) {
    right = matches(row, type, want);
    if (!right) got = shown(row);
  } else {
    right = status != SQLITE_DONE && strcmp(type, "error") == 0 && strstr(sqlite3_errmsg(db), want);
    if (!right) got = sqlite3_mprintf("%s", status == SQLITE_DONE ? "no row" : sqlite3_errmsg(db));
  }
  sqlite3_finalize(row);
  if (right)
    passed();
  else if (!is_type(type))
    failed("%s:%d: '%s' is not a type; the first lines of oracle.c list them\n  got    %s", where, line, type,
           got);
  else
    failed("%s:%d: %s\n  wanted %s %s\n  got    %s", where, line, sql, type, want, got);
  sqlite3_free(got);
}

static bool is_sql(const char *text) {
  while (*text == '#') {
    text += strcspn(text, "\n");
    if (*text) text++;
  }
  return strncmp(text, "SELECT ", 7) == 0 || strncmp(text, "WITH ", 5) == 0
         || strncmp(text, "CREATE ", 7) == 0;
}

/* With FAST in the environment one line in three is compared. */
static bool is_left_out(const char *type) {
  static int lines;
  return getenv("FAST") && strcmp(type, "run") != 0 && lines++ % 3 != 0;
}

static void run_file(const char *path) {
  size_t n;
  char *text = read_file(path, &n), *at = is_sql(text) ? text : "";
  for (int number = 1; *at; number++) {
    char *end = at + strcspn(at, "\n"), *next = *end ? end + 1 : end;
    *end = 0;
    char *type = strchr(at, '\t'), *want = type ? strchr(type + 1, '\t') : NULL;
    if (want) {
      *type++ = *want++ = 0;
      unescape(want);
      if (!is_left_out(type)) check(path, number, at, type, want);
    } else if (*at && *at != '#') {
      failed("%s:%d: not SQL, tab, type, tab, value", path, number);
    }
    at = next;
  }
  free(text);
}

int main(int argc, char **argv) {
  db = open_tables();
  if (argc > 1)
    for (int i = 1; i < argc; i++) run_file(argv[i]);
  else
    each_file("tests/oracle", ".tsv", run_file);
  sqlite3_close(db);
  return end_of_tests();
}
