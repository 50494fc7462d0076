/* Numbers just outside the ranges of arguments: every function of plain numbers refuses them, in each
 * argument and by each way that a row may be read. */
#include "metric.h" /* first: unit.h has a global that parameters of its inline functions would shadow */

#include <math.h>
#include <string.h>

#include "metrics/arg_specs.h"
#include "metrics/forms.h"
#include "tables.h"

static sqlite3 *db;
static int tried;

/* A number that the argument allows; NaN: none of those tried, or it is no number. */
static double good_number(const ArgSpec *spec) {
  static const double numbers[] = {0.5, 1, 2};
  bool plain = mlm_arg_is_numbered(spec) || spec->shape == SHAPE_PARAMETER || spec->shape == SHAPE_WEIGHT;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers && plain; i++)
    if (mlm_arg_allows(spec, numbers[i])) return numbers[i];
  return NAN;
}

/* The number as SQL writes it. */
static void put_number(sqlite3_str *out, double x) {
  if (isinf(x))
    sqlite3_str_appendall(out, x < 0 ? "-9e999" : "9e999");
  else
    sqlite3_str_appendf(out, "%!.17g", x);
}

/* Calls the function with n good numbers but for `bad` as the argument at `place`; -1: none. Returns the
 * error, or NULL; to be freed with sqlite3_free. */
static char *error_of_call(const char *name, const ArgKind *args, int n, int place, double bad) {
  sqlite3_str *sql = sqlite3_str_new(NULL);
  bool error;
  sqlite3_str_appendf(sql, "SELECT %s(", name);
  for (int i = 0; i < n; i++) {
    if (i) sqlite3_str_appendall(sql, ", ");
    put_number(sql, i == place ? bad : good_number(&mlm_arg_specs[args[i]]));
  }
  sqlite3_str_appendall(sql, ")");
  char *text = sqlite3_str_finish(sql), *got = rows_of(db, text, &error);
  sqlite3_free(text);
  if (error) return got;
  sqlite3_free(got);
  return NULL;
}

static void refuse(const char *name, const ArgKind *args, int n, int place, double bad) {
  const ArgSpec *spec = &mlm_arg_specs[args[place]];
  char *error = error_of_call(name, args, n, place, bad);
  tried++;
  if (error && strstr(error, spec->must))
    passed();
  else
    failed("%s of %d arguments, %s = %g: must be %s, got %s", name, n, spec->name, bad, spec->must,
           error ? error : "no error");
  sqlite3_free(error);
}

/* Each argument of a call of n, if these can all be numbers. */
static void refuse_in_each(const char *name, const ArgKind *args, int n) {
  for (int i = 0; i < n; i++)
    if (isnan(good_number(&mlm_arg_specs[args[i]]))) return;
  char *error = error_of_call(name, args, n, -1, 0);
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
  }
}

static void refuse_in_all(const char *name, const ArgKind *args, int required) {
  int most = 0;
  while (most < MLM_MAX_ARGS && args[most]) most++;
  for (int n = required; n <= most; n++) refuse_in_each(name, args, n);
}

int main(void) {
  db = open_bare();
  for (const Family *const *family = mlm_families; *family; family++) {
    for (const Metric *m = (*family)->metrics; m && m->name; m++)
      refuse_in_all(m->name, m->args, m->required);
    for (const Scalar *s = (*family)->scalars; s && s->name; s++)
      refuse_in_all(s->name, s->args, s->required);
  }
  expect_for(tried > 500, "numbers", "too few were tried");
  sqlite3_close(db);
  return end_of_tests();
}
