/* What messages advise keeps dirt an error: every message that wrong arguments of every function and the
 * pages of sql/ can provoke is collected, and each expression that it advises is tried on a column of mixed
 * dirt. A value becomes what it stands for, an error, or NULL where it says that it is missing. */
#include "call_matrix.h"
#include "property_tables.h"
#include "random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 3, MOST_ADVICE = 200, ADVICE_BYTES = 160 };

static sqlite3 *db;

/* ---- what dirt stands for ---- */

typedef struct Dirt {
  const char *text;
  double number; /* NaN: none */
  double label;  /* NaN: none */
  bool missing;
} Dirt;

#define NONE NAN
static const Dirt dirt[] = {
    {"0.53", 0.53, NONE, false},
    {"58.45%", 0.5845, NONE, false},
    {"", NONE, NONE, true},
    {"NA", NONE, NONE, true},
    {"nan", NONE, NONE, true},
    {"True", NONE, 1, false},
    {"true", NONE, 1, false},
    {"1", 1, 1, false},
    {"yes", NONE, 1, false},
    {"no", NONE, 0, false},
    {"1,500", NONE, NONE, false},
    {"$12.50", 12.5, NONE, false},
    {"abc", NONE, NONE, false},
    {"-3", -3, NONE, false},
    {"1.00000536", 1.00000536, NONE, false},
    {"-1e-9", -1e-9, NONE, false},
    {"1.500", 1.5, NONE, false}, /* 1500 where the comma is the decimal mark */
    {"0,75", 0.75, NONE, false},
    {"1.234,5", 1234.5, NONE, false},
    {"85", 85, NONE, false},
    {"[0.2, 0.8]", NONE, NONE, false},
    {"0x10", NONE, NONE, false},
    {"1_000", NONE, NONE, false},
    {"999", 999, NONE, false},
};
enum { DIRT = sizeof dirt / sizeof *dirt };

/* ---- the advice of messages ---- */

static char advice[MOST_ADVICE][ADVICE_BYTES]; /* with v for the argument */
static int n_advice;

static bool starts(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/* Behind the bracket that closes the first one; NULL: none does. */
static const char *behind_bracket(const char *text) {
  int open = 0;
  do {
    open += *text == '(';
    open -= *text == ')';
  } while (*text && (*text++ != ')' || open > 0));
  return open == 0 && text[-1] == ')' ? text : NULL;
}

/* The end of a comparison with a number; NULL: none begins here. */
static const char *comparison_end(const char *text) {
  if (!starts(text, " = ")) return NULL;
  size_t digits = strspn(text + 3, "-0123456789");
  return digits > 0 ? text + 3 + digits : NULL;
}

/* The end of an expression that begins here; NULL: none does. */
static const char *expression_end(const char *text) {
  static const char *const calls[] = {"to_number(", "to_label(", "sigmoid(",   "softmax(",
                                      "vector_at(", "nullif(",   "(to_number("};
  static const char *const rest[] = {" > 0", " - 1", " / 2"};
  if (starts(text, "CASE ")) {
    const char *end = strstr(text, " END");
    return end ? end + 4 : NULL;
  }
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    if (!starts(text, calls[i])) continue;
    const char *end = behind_bracket(text);
    for (size_t r = 0; end && r < sizeof rest / sizeof *rest; r++)
      if (starts(end, rest[r])) return end + strlen(rest[r]);
    return end && comparison_end(end) ? comparison_end(end) : end;
  }
  return NULL;
}

/* Where the argument's name stands: behind the last of the brackets and functions that the expression opens
 * with. */
static const char *name_in(const char *text) {
  static const char *const heads[] = {"CASE ",    "WHEN ",    "(",          "to_number(", "to_label(",
                                      "sigmoid(", "softmax(", "vector_at(", "nullif("};
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
    if (starts(text, heads[i])) return name_in(text + strlen(heads[i]));
  return text;
}

/* Copies the expression with v for the argument's name. */
static void generalise(const char *from, const char *end, char out[ADVICE_BYTES]) {
  char name[64] = "", *at = out;
  const char *start = name_in(from);
  size_t n = 0;
  while (is_letter(start[n]) && n + 1 < sizeof name) n++;
  memcpy(name, start, n);
  while (from < end && at - out < ADVICE_BYTES - 12) {
    bool word = n > 0 && from >= start && starts(from, name) && !is_letter(from[n]) && !is_letter(from[-1])
                && from[-1] != '\'';
    if (word) {
      *at++ = 'v';
      from += n;
    } else if (starts(from, "…")) {
      at += sprintf(at, "'other'");
      from += strlen("…");
    } else {
      *at++ = *from++;
    }
  }
  *at = 0;
}

static void keep(const char *text) {
  for (int i = 0; i < n_advice; i++)
    if (strcmp(advice[i], text) == 0) return;
  if (n_advice == MOST_ADVICE)
    failed("more advice than there is room for: %s", text);
  else
    sqlite3_snprintf(ADVICE_BYTES, advice[n_advice++], "%s", text);
}

/* Collects the expressions in the text; none of it may be one of those that hide dirt. */
static void collect_from(const char *at) {
  static const char *const hiding[] = {"replace(", "rtrim(", "CAST(", "min(", "coalesce(", "/ 100"};
  for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++)
    expect_for(!strstr(at, hiding[i]), hiding[i], at);
  bool inside = false; /* a word */
  while (*at) {
    const char *end = inside ? NULL : expression_end(at);
    char text[ADVICE_BYTES];
    inside = is_letter(*at);
    if (!end) {
      at++;
      continue;
    }
    generalise(at, end, text);
    keep(text);
    at = end;
  }
}

/* What stands behind the reason. */
static void collect(const char *message) {
  const char *got = strstr(message, ", got "), *at = strchr(got ? got : message, ';');
  if (at) collect_from(at);
}

/* ---- what provokes messages ---- */

static const char *const wrong[] = {
    "'58.45%'",
    "'75,5%'",
    "'n/a'",
    "''",
    "'NA'",
    "'$12.50'",
    "'1,500'",
    "'abc'",
    "'True'",
    "'no'",
    "'late'",
    "'[0.2, 0.8]'",
    "'[true]'",
    "'0x10'",
    "'1_000'",
    "85",
    "95",
    "1000",
    "999",
    "1.00000536",
    "-3",
    "2",
    "-1",
    "5",
    "0.4",
    "9007199254740993",
    "'9007199254740993'",
    "x'0100000000000000'",
    "x'333333333333d33f666666666666e63f'",
    "9e999",
};

/* One use of each number of arguments is enough. */
static const char *last;
static unsigned seen;

static void provoke(const Use *use) {
  if (!last || strcmp(last, use->signature) != 0) seen = 0;
  last = use->signature;
  if (seen >> use->n & 1) return;
  seen |= 1u << use->n;
  for (int i = 0; i < use->n; i++)
    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
      Use changed = *use;
      bool error;
      changed.args[i] = wrong[w];
      char *args = join_args(&changed, "%s"), *sql = sqlite3_mprintf("SELECT %s(%s) FROM t", use->name, args);
      char *got = rows_of(db, sql, &error);
      if (error) collect(got);
      sqlite3_free(got);
      sqlite3_free(sql);
      sqlite3_free(args);
    }
}

static void forget(const char *signature) { last = NULL; }

/* The errors that a page states. */
static void read_page(const char *path) {
  size_t n;
  char *page = read_file(path, &n);
  for (char *line = strtok(page, "\n"); line; line = strtok(NULL, "\n"))
    if (starts(line, "--! ")) collect(line + 4);
  free(page);
}

/* What input_problems() says of each value as a score and as a label. */
static void read_problems(void) {
  for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
    bool error;
    char *sql = sqlite3_mprintf(
        "SELECT json_extract(value, '$.advice') FROM (SELECT input_problems(%s, %s) AS found), "
        "json_each(found, '$.problems')",
        wrong[w], wrong[w]);
    char *got = rows_of(db, sql, &error);
    expect_for(!error, "input_problems never fails", got);
    collect_from(got);
    sqlite3_free(got);
    sqlite3_free(sql);
  }
}

/* ---- what the advice makes of dirt ---- */

/* Whether the number has a decimal comma; one comma before three digits may also group them. */
static bool is_comma(const Dirt *d) { return strchr(d->text, ',') && d->number == d->number; }

/* The number that the expression must give where it gives one; NaN: it may give none. */
static double right_number(const char *text, const Dirt *d) {
  bool plain = strspn(d->text, "0123456789.-e") == strlen(d->text) && *d->text;
  if (strcmp(text, "to_number(v, 'comma')") == 0 && strcmp(d->text, "1,500") == 0) return 1.5;
  if (strcmp(text, "to_number(v, 'point')") == 0 && strcmp(d->text, "1,500") == 0) return 1500;
  if (strcmp(text, "to_number(v, 'comma')") == 0 && strcmp(d->text, "1.500") == 0) return 1500;
  if (strcmp(text, "to_number(v) > 0") == 0) return d->number == d->number ? d->number > 0 : NAN;
  if (starts(text, "to_number(v) = "))
    return d->number == d->number ? d->number == atof(text + strlen("to_number(v) = ")) : NAN;
  if (strcmp(text, "to_number(v) - 1") == 0) return d->number - 1;
  if (strcmp(text, "(to_number(v) + 1) / 2") == 0) return (d->number + 1) / 2;
  if (strcmp(text, "to_number((v) || '%')") == 0) return plain || is_comma(d) ? d->number / 100 : NAN;
  if (starts(text, "to_number(")) return d->number;
  if (starts(text, "to_label(")) return d->label;
  if (starts(text, "CASE WHEN to_number(v) BETWEEN 1 "))
    return d->number >= 1 && d->number <= 1.0001 ? 1 : NAN;
  if (starts(text, "CASE WHEN to_number(v) BETWEEN -0.0001 "))
    return d->number >= -0.0001 && d->number <= 0 ? 0 : NAN;
  return NAN;
}

static double sigmoid_of(double x) {
  sqlite3_stmt *row = NULL;
  double y = NAN;
  if (sqlite3_prepare_v2(db, "SELECT sigmoid(?)", -1, &row, NULL) == SQLITE_OK) {
    sqlite3_bind_double(row, 1, x);
    if (sqlite3_step(row) == SQLITE_ROW) y = sqlite3_column_double(row, 0);
  }
  sqlite3_finalize(row);
  return y;
}

/* CASE leaves what it does not name as it is: the function that is called with it refuses it as before. */
static bool is_unchanged(sqlite3_stmt *row, const char *text, const Dirt *d) {
  return (starts(text, "CASE ") || starts(text, "nullif(")) && sqlite3_column_type(row, 0) == SQLITE_TEXT
         && strcmp((const char *)sqlite3_column_text(row, 0), d->text) == 0;
}

/* CASE v WHEN 'late' THEN 1 WHEN 'other' THEN 0, nullif(v, 'late'): a value that is named is the class that
 * was said, or a missing one. */
static bool is_named(const char *text, const Dirt *d) {
  char *named = sqlite3_mprintf("WHEN %Q THEN", d->text), *none = sqlite3_mprintf("(v, %Q)", d->text),
       *number = sqlite3_mprintf("WHEN %s THEN NULL", d->text);
  bool found = starts(text, "CASE v ")              ? strstr(text, named) != NULL
               : starts(text, "CASE to_number(v) ") ? strstr(text, number) != NULL
                                                    : starts(text, "nullif(") && strstr(text, none);
  sqlite3_free(number);
  sqlite3_free(none);
  sqlite3_free(named);
  return found;
}

static bool is_right(sqlite3_stmt *row, const char *text, const Dirt *d) {
  if (is_unchanged(row, text, d) || is_named(text, d)) return true;
  if (sqlite3_column_type(row, 0) == SQLITE_NULL) return d->missing;
  double want = starts(text, "sigmoid(") ? sigmoid_of(d->number) : right_number(text, d);
  if (*d->text == '[') return starts(text, "softmax(") || starts(text, "vector_at(");
  return fabs(sqlite3_column_double(row, 0) - want) <= 1e-15 * fabs(want);
}

static void try_on(const char *text, const Dirt *d) {
  char *sql = sqlite3_mprintf("WITH one(v, i) AS (VALUES (%Q, 1)) SELECT %s FROM one", d->text, text);
  sqlite3_stmt *row = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
    failed("%s: %s", sql, sqlite3_errmsg(db));
  else if (sqlite3_step(row) == SQLITE_ROW && !is_right(row, text, d))
    failed("%s of '%s' gives %s", text, d->text, sqlite3_column_text(row, 0));
  else
    passed();
  sqlite3_finalize(row);
  sqlite3_free(sql);
}

/* The advice that must be among what was collected: the collection works. */
static void check_collected(void) {
  static const char *const some[] = {
      "to_number(v)",          "to_number(v, 'comma')", "to_label(v)",
      "to_number((v) || '%')", "to_number(v) > 0",      "sigmoid(v)",
      "vector_at(v, i)",       "to_number(v) - 1",      "(to_number(v) + 1) / 2",
      "nullif(v, 'abc')",      "to_number(v) = 85",     "nullif(v, '0x10')"};
  for (size_t s = 0; s < sizeof some / sizeof *some; s++) {
    int i = 0;
    while (i < n_advice && strcmp(advice[i], some[s]) != 0) i++;
    expect_for(i < n_advice, "is advised by some message", some[s]);
  }
}

static void check(const char *sql, const char *want) {
  bool error;
  char *got = rows_of(db, sql, &error);
  if (strstr(got, want))
    passed();
  else
    failed("%s\n  gives %s\n  not   %s", sql, got, want);
  sqlite3_free(got);
}

/* A file of 700 rows: the first message names what counts all problems, that says what to write, and the
 * second try is right. */
static void check_file(void) {
  check(
      "CREATE TABLE file AS WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 699), "
      "r AS (SELECT i, (i * 37 % 100 + 0.5) / 100 AS p, (i * 61 % 97 < i * 37 % 100) AS y FROM n) "
      "SELECT CASE i % 7 WHEN 1 THEN printf('%.1f%%', 100 * p) WHEN 2 THEN '' WHEN 3 THEN 'NA' WHEN 4 THEN "
      "'nan' "
      "ELSE printf('%.3f', p) END AS score, "
      "CASE i % 5 WHEN 0 THEN CASE WHEN y THEN 'True' ELSE 'False' END WHEN 1 THEN CASE WHEN y THEN 'true' "
      "ELSE "
      "'false' END WHEN 2 THEN CASE WHEN y THEN 'yes' ELSE 'no' END ELSE CAST(y AS TEXT) END AS label, "
      "CASE WHEN i % 7 IN (2, 3, 4) THEN NULL ELSE printf('%.3f', p) END AS clean_score, y AS clean_label "
      "FROM r",
      "");
  check("SELECT count(*) FROM file", "700");
  check("SELECT roc_auc(score, label) FROM file", "input_problems(score, label)");
  check("SELECT json_extract(input_problems(score, label), '$.rows'), group_concat(json_extract(value, "
        "'$.kind')) FROM "
        "(SELECT input_problems(score, label) AS found, min(score) AS score, min(label) AS label FROM file), "
        "json_each(found, '$.problems')",
        "score_empty,score_missing,score_percentage,label_word");
  static const char *const of[] = {"roc_auc(%s)", "log_loss(%s)", "best_cutoff(%s)"};
  for (int i = 0; i < 3; i++) {
    char *dirty = sqlite3_mprintf(of[i], "to_number(score), to_label(label)"),
         *clean = sqlite3_mprintf(of[i], "clean_score, clean_label"),
         *sql = sqlite3_mprintf("SELECT %s = %s AND %s IS NOT NULL FROM file", dirty, clean, clean);
    check(sql, "1");
    sqlite3_free(sql);
    sqlite3_free(clean);
    sqlite3_free(dirty);
  }
}

/* An interval says so where each row counts several times, by a weight or by a join, and gives the same bits
 * either way. */
static void check_repeats(void) {
#define ROWS_OF(n)                                                                                           \
  "FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < " #n                     \
  ") SELECT i * 7 % 50 AS s, i % 3 = 0 AS y FROM n)"
  check("SELECT roc_auc_ci(s, y, 0.95, 1000) " ROWS_OF(50), "every count is a multiple of the same number");
  check("SELECT gini_ci(s, y) " ROWS_OF(50) ", (VALUES (1), (2))",
        "every count is a multiple of the same number");
  check("SELECT roc_auc_ci(s, y) " ROWS_OF(50), "\"rows\":50}");
  check("SELECT roc_auc_ci(s, y, 0.95, 2) " ROWS_OF(19), "\"rows\":38}");
  check("SELECT roc_auc_ci(s, y, 0.95, 1 + (s > 25)) " ROWS_OF(50), "\"rows\":74}");
  check("SELECT (SELECT roc_auc_ci(s, y, 0.95, 3) " ROWS_OF(50) ") = (SELECT roc_auc_ci(s, y) " ROWS_OF(
            50) ", (VALUES (1), (2), (3)))",
        "1");
  check("SELECT (SELECT roc_auc_ci(s, y, 0.95, 3) " ROWS_OF(
            50) ") = (SELECT roc_auc_ci(p) FROM (SELECT "
                "roc_auc_state(s, y) AS p " ROWS_OF(50) ", (VALUES (1), (2), (3)) GROUP BY s % 4, column1))",
        "1");
#undef ROWS_OF
}

/* ---- two classes that are not 0 and 1, spelled in many ways ---- */

/* Literals, the positive class first. */
typedef struct Scheme {
  const char *classes[2][10];
  const char *condition; /* behind the expression, in messages and in input_problems() */
} Scheme;

static const Scheme schemes[] = {
    {{{"2", "2.0", "'2'", "'2.0'", "' 2'", "'2.00'", "'+2'", "'2e0'", "'02'", "'2 '"},
      {"1", "1.0", "'1'", "'1.0'", "' 1'", "'1.00'", "'+1'", "'1e0'", "'01'", "'1 '"}},
     " if the classes are 1 and 2"},
    {{{"1", "1.0", "'1'", "'1.0'", "' 1'", "'1.00'", "'+1'", "'1e0'", "'01'", "'1 '"},
      {"-1", "-1.0", "'-1'", "'-1.0'", "' -1'", "'-1.00'", "'-1e0'", "'-01'", "'-1 '", "'-1.'"}},
     " if the classes are -1 and 1"},
    {{{"'2'", "'2.0'"}, {"'1'", "'1.0'"}}, " if the classes are 1 and 2"},
    {{{"'2'", "'2'"}, {"'1'", "'1'"}}, " if the classes are 1 and 2"},
};
/* What is in a column by mistake; some of it says that a label is missing. */
static const char *const strays[] = {"0", "'0.0'", "3", "'3'", "0.5", "'abc'", "'yes'", "x'01'", "'-2'"};

/* The expression in front of the condition, copied to out; false: the text has no such condition. */
static bool advised(const char *text, const char *condition, char out[ADVICE_BYTES]) {
  const char *end = strstr(text, condition), *from = end;
  if (!end) return false;
  while (from > text && !starts(from - 2, "; ") && !starts(from - 2, ", ") && from[-1] != '"') from--;
  sqlite3_snprintf(ADVICE_BYTES, out, "%.*s", (int)(end - from), from);
  return true;
}

/* A table of random scores and labels in the scheme, with `clean` for the label that is meant; a stray makes
 * the right answer an error. */
static void make_labels(const Scheme *scheme, const char *stray) {
  int spellings = 0, n = 4 + (int)(draw() % 9);
  while (spellings < 10 && scheme->classes[0][spellings]) spellings++;
  sqlite3_exec(db, "DROP TABLE IF EXISTS spelled; CREATE TABLE spelled(score, label, clean)", NULL, NULL,
               NULL);
  for (int i = 0; i < n; i++) {
    int y = i < 2 ? i : (int)(draw() % 2);
    const char *label = scheme->classes[1 - y][draw() % (uint64_t)spellings];
    char *sql = sqlite3_mprintf("INSERT INTO spelled VALUES (%d, %s, %d)", (int)(draw() % 20),
                                stray && i == n - 1 ? stray : label, y);
    sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_free(sql);
  }
}

/* Whether the expression in place of the label gives the right value, or with a stray label an error. */
static void check_labels(const char *expression, const char *stray) {
  static const char *const of[] = {"roc_auc(score, %s)", "f1_at(score, %s, 10)", "best_cutoff(score, %s)"};
  for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
    bool error, clean_error;
    char *call = sqlite3_mprintf(of[i], expression), *clean_call = sqlite3_mprintf(of[i], "clean"),
         *sql = sqlite3_mprintf("SELECT %s FROM spelled", call),
         *clean_sql = sqlite3_mprintf("SELECT %s FROM spelled", clean_call);
    char *got = rows_of(db, sql, &error), *want = rows_of(db, clean_sql, &clean_error);
    if (stray ? error : !error && !clean_error && strcmp(got, want) == 0)
      passed();
    else
      failed("%s with %s gives %s instead of %s", call, stray ? stray : "nothing else", got,
             stray ? "an error" : want);
    sqlite3_free(want);
    sqlite3_free(got);
    sqlite3_free(clean_sql);
    sqlite3_free(sql);
    sqlite3_free(clean_call);
    sqlite3_free(call);
  }
}

static void check_spellings(void) {
  int messages = 0, problems = 0;
  for (int round = 0; round < 1200; round++) {
    const Scheme *scheme = &schemes[draw() % (sizeof schemes / sizeof *schemes)];
    const char *stray = draw() % 3 == 0 ? strays[draw() % (sizeof strays / sizeof *strays)] : NULL;
    char expression[ADVICE_BYTES];
    bool error;
    make_labels(scheme, stray);
    char *got = rows_of(db, "SELECT roc_auc(score, label) FROM spelled", &error);
    expect_for(error, "labels other than 0 and 1 are an error", got);
    if (advised(got, scheme->condition, expression)) {
      messages++;
      check_labels(expression, stray);
    }
    sqlite3_free(got);
    got = rows_of(db, "SELECT input_problems(score, label) FROM spelled", &error);
    const char *condition = strcmp(scheme->condition, " if the classes are -1 and 1") == 0
                                ? " if they are -1 and 1"
                                : scheme->condition;
    if (advised(got, condition, expression)) {
      problems++;
      check_labels(expression, stray);
    }
    sqlite3_free(got);
  }
  expect(messages > 1000 && problems == 1200, "advised", messages);
}

int main(void) {
  db = open_bare();
  make_property_tables(db, false, ROWS);
  each_use(db, NULL, provoke, forget);
  each_file("sql", ".sql", read_page);
  read_page("README.md");
  read_page("tests/reports.sql");
  read_problems();
  check_collected();
  check_file();
  check_repeats();
  check_spellings();
  for (int i = 0; i < n_advice; i++)
    for (int d = 0; d < DIRT; d++) try_on(advice[i], &dirt[d]);
  sqlite3_close(db);
  return end_of_tests();
}
