/* Numbers just outside the ranges of arguments, and fractions in place of integers and labels: every function
 * of plain numbers refuses them, in each argument, as a REAL and as a text, in the first row and in the
 * second. */
#include "metric.h" /* first: unit.h has a global that parameters of its inline functions would shadow */

#include <math.h>
#include <string.h>

#include "metrics/arg_specs.h"
#include "metrics/forms.h"
#include "tables.h"

static sqlite3 *db;

/* A number that the argument allows; NaN: none of those tried, or it is no number. */
static double good_number(const ArgSpec *spec) {
  static const double numbers[] = {0.5, 1, 2};
  bool plain = mlm_arg_is_numbered(spec) || spec->shape == SHAPE_PARAMETER || spec->shape == SHAPE_WEIGHT;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers && plain; i++)
    if (mlm_arg_allows(spec, numbers[i])) return numbers[i];
  return NAN;
}

/* Where the number outside the range is. Rows after the first may be read by a shorter path. */
typedef enum Place { AS_REAL, AS_TEXT, IN_SECOND_ROW, PLACES } Place;

static int tried[PLACES];
static long intervals; /* that refuse a number */

/* The number as SQL writes it. */
static void put_number(sqlite3_str *out, double x, bool text) {
  const char *quote = text ? "'" : "";
  if (isinf(x))
    sqlite3_str_appendf(out, "%s%s%s", quote, x < 0 ? "-9e999" : "9e999", quote);
  else
    sqlite3_str_appendf(out, "%s%!.17g%s", quote, x, quote);
}

/* n good numbers, but for `bad` as the argument at `at`; -1: none. */
static void put_row(sqlite3_str *out, const ArgKind *args, int n, int at, double bad, bool text) {
  for (int i = 0; i < n; i++) {
    if (i) sqlite3_str_appendall(out, ", ");
    put_number(out, i == at ? bad : good_number(&mlm_arg_specs[args[i]]), text && i == at);
  }
}

/* Calls the function. Returns the error, or NULL; to be freed with sqlite3_free. */
static char *error_of_call(const char *name, const ArgKind *args, int n, int at, double bad, Place place) {
  sqlite3_str *sql = sqlite3_str_new(NULL);
  bool error;
  sqlite3_str_appendf(sql, "SELECT %s(", name);
  if (place == IN_SECOND_ROW) {
    for (int i = 0; i < n; i++) sqlite3_str_appendf(sql, i ? ", column%d" : "column%d", i + 1);
    sqlite3_str_appendall(sql, ") FROM (VALUES (");
    put_row(sql, args, n, -1, 0, false);
    sqlite3_str_appendall(sql, "), (");
  }
  put_row(sql, args, n, at, bad, place == AS_TEXT);
  sqlite3_str_appendall(sql, place == IN_SECOND_ROW ? "))" : ")");
  char *text = sqlite3_str_finish(sql), *got = rows_of(db, text, &error);
  sqlite3_free(text);
  if (error) return got;
  sqlite3_free(got);
  return NULL;
}

static void refuse_in(Place place, const char *name, const ArgKind *args, int n, int at, double bad) {
  static const char *const where[PLACES] = {"as a REAL", "as a text", "in the second row"};
  const ArgSpec *spec = &mlm_arg_specs[args[at]];
  char *error = error_of_call(name, args, n, at, bad, place);
  tried[place]++;
  if (error && strstr(error, spec->must))
    passed();
  else
    failed("%s of %d arguments, %s = %g %s: must be %s, got %s", name, n, spec->name, bad, where[place],
           spec->must, error ? error : "no error");
  sqlite3_free(error);
}

/* Parameters that differ between rows are an error of another kind. */
static void refuse(const char *name, const ArgKind *args, int n, int at, double bad) {
  refuse_in(AS_REAL, name, args, n, at, bad);
  refuse_in(AS_TEXT, name, args, n, at, bad);
  if (mlm_arg_specs[args[at]].role == ROLE_ROW) refuse_in(IN_SECOND_ROW, name, args, n, at, bad);
}

/* Each argument of a call of n, if these can all be numbers. */
static void refuse_in_each(const char *name, const ArgKind *args, int n) {
  for (int i = 0; i < n; i++)
    if (isnan(good_number(&mlm_arg_specs[args[i]]))) return;
  char *error = error_of_call(name, args, n, -1, 0, AS_REAL);
  bool works = !error;
  sqlite3_free(error);
  for (int i = 0; i < n && works; i++) {
    const ArgSpec *spec = &mlm_arg_specs[args[i]];
    if (spec->lo > -INFINITY && (spec->shape != SHAPE_PARAMETER || !spec->parser)) {
      refuse(name, args, n, i, nextafter(spec->lo, -INFINITY));
      refuse(name, args, n, i, -INFINITY);
    }
    if (spec->hi < INFINITY && (spec->shape != SHAPE_PARAMETER || !spec->parser)) {
      refuse(name, args, n, i, nextafter(spec->hi, INFINITY));
      refuse(name, args, n, i, INFINITY);
    }
    if (spec->integral || spec->shape == SHAPE_LABEL) refuse(name, args, n, i, spec->lo + 0.5);
  }
}

static void refuse_in_all(const char *name, const ArgKind *args, int required) {
  int most = 0;
  while (most < MLM_MAX_ARGS && args[most]) most++;
  for (int n = required; n <= most; n++) refuse_in_each(name, args, n);
}

/* The metric; and its interval, if it has one, which reads rows by other paths and has its level before the
 * weight. */
static void refuse_in_forms(const Metric *m) {
  char *interval = sqlite3_mprintf("%s_ci", m->name);
  refuse_in_all(m->name, m->args, m->required);
  const long before = tried[AS_REAL];
  if (m->interval) refuse_in_each(interval, m->args, m->required);
  intervals += tried[AS_REAL] > before;
  sqlite3_free(interval);
}

int main(void) {
  db = open_bare();
  for (const Family *const *family = mlm_families; *family; family++) {
    for (const Metric *m = (*family)->metrics; m && m->name; m++) refuse_in_forms(m);
    for (const Scalar *s = (*family)->scalars; s && s->name; s++)
      refuse_in_all(s->name, s->args, s->required);
  }
  for (Place place = AS_REAL; place < PLACES; place++)
    expect_x(tried[place] > 1000, "numbers tried", tried[place]);
  expect_x(intervals > 50, "intervals tried", (double)intervals);
  sqlite3_close(db);
  return end_of_tests();
}
