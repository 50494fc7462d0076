/* Runs the reference: every page of sql/ and every example of mlmetrics_functions. Compares what they print.
 *
 * A page runs in the sqlite3 shell as it stands. Here its statements run one after the other on a fresh copy
 * of the demo tables; the comments that follow a statement say what comes of it:
 *   --> row            the rows printed, in order, as the shell's list mode prints them
 *   --0 rows           that there is none
 *   --! message        the error
 *   --@ needs 3.38     the next statement is left out on older hosts
 *   -- name(arguments) the heading of a function
 * A query must have one of these; what gives no rows by its nature and has none must succeed. Lines that
 * begin with a dot are the shell's, and left out.
 *
 *   pages            runs all
 *   pages --update   writes what came out into the pages; to be read before it is committed
 *   pages --index    prints the index of functions that README.md must hold
 */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool update;
static sqlite3_str *headings, *oracle_lines;

/* A statement of a page and what the page says comes of it. */
typedef struct Statement {
  sqlite3_str *sql, *rows, *page; /* page: the whole page as it is rewritten */
  char *error, *needs;
  int line;
  int n_rows; /* lines stated; -1: nothing is */
} Statement;

static bool starts(const char *line, const char *with) { return strncmp(line, with, strlen(with)) == 0; }

/* Adds the rows as `--> ` lines to the page. */
static void add_lines(sqlite3_str *page, const char *rows) {
  for (const char *at = rows;; at++) {
    int n = (int)strcspn(at, "\n");
    sqlite3_str_appendf(page, n ? "--> %.*s\n" : "-->\n", n, at);
    at += n;
    if (!*at) break;
  }
}

static void update_statement(Statement *s, const char *got, int n_rows, bool error) {
  if (error)
    sqlite3_str_appendf(s->page, "--! %s\n", got);
  else if (n_rows == 0)
    sqlite3_str_appendall(s->page, "--0 rows\n");
  else if (n_rows > 0)
    add_lines(s->page, got);
}

static void compare(const Statement *s, const char *path, const char *got, int n_rows, bool error) {
  const char *rows = sqlite3_str_value(s->rows);
  const char *want = s->error ? s->error : rows ? rows : "";
  bool stated = s->error || s->n_rows >= 0;
  /* A row with a text of several lines counts as one of them, and is stated as several. */
  bool alike = (n_rows > 0) == (s->n_rows > 0) && (n_rows < 0) == (s->n_rows < 0);
  bool right = error == (s->error != NULL) && strcmp(got, want) == 0 && (error || alike);
  if (right)
    passed();
  else
    failed("%s:%d: %s\nwanted %s: %s\ngot %s: %s", path, s->line, sqlite3_str_value(s->sql),
           s->error ? "error"
           : stated ? "rows"
                    : "nothing, since nothing is stated",
           want, error ? "error" : "rows", got);
}

/* Runs the statement gathered, if any, and makes room for the next. */
static void finish(Statement *s, sqlite3 *db, const char *path) {
  if (sqlite3_str_length(s->sql) > 0) {
    bool skip = s->needs && !host_has(s->needs), error;
    int n_rows;
    if (!skip) {
      char *got = rows_counted(db, sqlite3_str_value(s->sql), &error, &n_rows);
      if (update)
        update_statement(s, got, n_rows, error);
      else
        compare(s, path, got, n_rows, error);
      sqlite3_free(got);
    } else if (update) {
      if (s->n_rows == 0) sqlite3_str_appendall(s->page, "--0 rows\n");
      if (s->n_rows > 0) add_lines(s->page, sqlite3_str_length(s->rows) ? sqlite3_str_value(s->rows) : "");
      if (s->error) sqlite3_str_appendf(s->page, "--! %s\n", s->error);
    }
    sqlite3_free(s->needs);
    s->needs = NULL;
  }
  sqlite3_free(s->error);
  s->error = NULL;
  s->n_rows = -1;
  sqlite3_str_reset(s->sql);
  sqlite3_str_reset(s->rows);
}

/* One line of a page, met where no statement is open. */
static void take_remark(Statement *s, sqlite3 *db, const char *path, const char *line) {
  if (starts(line, "-->")) {
    const char *row = line + 3 + (line[3] == ' ');
    sqlite3_str_appendf(s->rows, s->n_rows > 0 ? "\n%s" : "%s", row);
    s->n_rows = s->n_rows > 0 ? s->n_rows + 1 : 1;
    return;
  }
  if (strcmp(line, "--0 rows") == 0) {
    s->n_rows = 0;
    return;
  }
  if (starts(line, "--! ")) {
    s->error = sqlite3_mprintf("%s", line + 4);
    return;
  }
  finish(s, db, path);
  sqlite3_str_appendf(s->page, "%s\n", line);
  if (starts(line, "--@ needs ")) s->needs = sqlite3_mprintf("%s", line + 10);
  if (starts(line, "-- ")) sqlite3_str_appendf(headings, "\n%s\n", line);
}

static void take_line(Statement *s, sqlite3 *db, const char *path, const char *line, int number, bool *open) {
  if (!*open && (starts(line, "--") || *line == '.' || !*line)) {
    take_remark(s, db, path, line);
    return;
  }
  if (!*open) {
    finish(s, db, path);
    s->line = number;
  }
  sqlite3_str_appendf(s->page, "%s\n", line);
  sqlite3_str_appendf(s->sql, "%s\n", line);
  *open = !sqlite3_complete(sqlite3_str_value(s->sql));
}

static bool is_markdown(const char *path) {
  size_t n = strlen(path);
  return n > 3 && strcmp(path + n - 3, ".md") == 0;
}

/* In README.md only what stands between ```sql and ``` is a page; says whether the line is none of it. */
static bool take_prose(Statement *s, sqlite3 *db, const char *path, const char *line, bool *inside) {
  bool fence = is_markdown(path) && starts(line, "```");
  if (*inside && !fence) return false;
  if (*inside) finish(s, db, path);
  if (fence) *inside = !*inside && strcmp(line, "```sql") == 0;
  sqlite3_str_appendf(s->page, "%s\n", line);
  return true;
}

static void run_page(const char *path) {
  sqlite3 *db = open_tables();
  Statement s = {.sql = sqlite3_str_new(NULL),
                 .rows = sqlite3_str_new(NULL),
                 .page = sqlite3_str_new(NULL),
                 .n_rows = -1};
  size_t n;
  char *text = read_file(path, &n), *line = text;
  bool open = false, inside = !is_markdown(path);
  for (int number = 1; *line; number++) {
    char *end = line + strcspn(line, "\n");
    bool last = !*end;
    *end = 0;
    if (!take_prose(&s, db, path, line, &inside)) take_line(&s, db, path, line, number, &open);
    line = last ? end : end + 1;
  }
  if (open) failed("%s:%d: the statement has no end", path, s.line);
  finish(&s, db, path);
  if (update) {
    FILE *file = fopen(path, "wb");
    if (file) fwrite(sqlite3_str_value(s.page), 1, (size_t)sqlite3_str_length(s.page), file);
    if (!file || fclose(file) != 0) failed("%s: cannot be written", path);
  }
  free(text);
  sqlite3_free(sqlite3_str_finish(s.sql));
  sqlite3_free(sqlite3_str_finish(s.rows));
  sqlite3_free(sqlite3_str_finish(s.page));
  sqlite3_close(db);
}

static void gather_oracle(const char *path) {
  size_t n;
  char *text = read_file(path, &n);
  sqlite3_str_appendall(oracle_lines, text);
  free(text);
}

static void check(bool right, const char *what, const char *name) {
  if (right)
    passed();
  else
    failed("%s: %s", name, what);
}

/* Whether text holds `before` and then the whole name. */
static bool mentions(sqlite3_str *text, const char *before, const char *name) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
  char *whole = sqlite3_mprintf("%s%s", before, name);
  bool found = false;
  for (const char *at = sqlite3_str_value(text); at && !found && (at = strstr(at, whole)); at++)
    found = !strchr(letters, at[strlen(whole)]) && (*before || !strchr(letters, at[-1]));
  sqlite3_free(whole);
  return found;
}

/* Every function has a heading in sql/, a line in tests/oracle/, a summary and an example that runs and calls
 * it; every aggregate says what it costs. */
static void check_functions(void) {
  sqlite3 *db = open_tables();
  sqlite3_stmt *row;
  sqlite3_prepare_v2(db, "SELECT name, summary, example, kind, cost FROM mlmetrics_functions", -1, &row,
                     NULL);
  check(row != NULL, sqlite3_errmsg(db), "mlmetrics_functions");
  while (row && sqlite3_step(row) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(row, 0),
               *summary = (const char *)sqlite3_column_text(row, 1),
               *example = (const char *)sqlite3_column_text(row, 2),
               *kind = (const char *)sqlite3_column_text(row, 3),
               *cost = (const char *)sqlite3_column_text(row, 4);
    check(mentions(headings, "\n-- ", name), "has no heading `-- name(arguments)` in sql/", name);
    check(mentions(oracle_lines, "", name), "has no line in tests/oracle/*.tsv", name);
    check(summary && *summary, "has no summary", name);
    check(strcmp(kind, "aggregate") == 0 ? cost && strstr(cost, " a row ") && strstr(cost, "value")
                                               && (strstr(cost, "O(1) memory") || strstr(cost, "bytes"))
                                         : !cost,
          "does not say what memory, a row and a value cost", name);
    check(example && strstr(example, name), "has no example that calls it", name);
    bool error;
    char *got = rows_of(db, example ? example : "", &error);
    if (error)
      failed("%s: its example %s gives the error: %s", name, example, got);
    else
      passed();
    sqlite3_free(got);
  }
  sqlite3_finalize(row);
  sqlite3_close(db);
}

/* The functions that a connection gains by loading are those of mlmetrics_functions and the _state forms of
 * its aggregates. */
static void check_registered(void) {
  sqlite3 *db = open_bare(), *plain;
  bool error;
  sqlite3_open(":memory:", &plain);
  char *before = rows_of(plain, "SELECT group_concat(quote(name)) FROM pragma_function_list", &error);
  char *sql = sqlite3_mprintf(
      "SELECT group_concat(DISTINCT name) FROM pragma_function_list WHERE name NOT IN (%s) AND name NOT IN "
      "(SELECT name FROM mlmetrics_functions UNION SELECT name || '_state' FROM mlmetrics_functions "
      "WHERE kind = 'aggregate')",
      before);
  char *odd = error ? NULL : rows_of(db, sql, &error); /* hosts before 3.30 cannot list their functions */
  if (!error) check(!*odd, "registered, but not in mlmetrics_functions", odd);
  sqlite3_free(odd);
  sqlite3_free(sql);
  sqlite3_free(before);
  sqlite3_close(plain);
  sqlite3_close(db);
}

/* The index of functions as README.md must hold it; to be freed with sqlite3_free. */
static char *index_of_functions(void) {
  sqlite3 *db = open_bare();
  bool error;
  char *table = rows_of(
      db,
      "SELECT '| `' || replace(signature, '|', '\\|') || '` | ' || replace(summary, '|', '\\|') || ' |' "
      "FROM mlmetrics_functions",
      &error);
  char *whole = sqlite3_mprintf("| function | what it gives |\n| --- | --- |\n%s\n", table);
  sqlite3_free(table);
  sqlite3_close(db);
  return whole;
}

static void check_readme(void) {
  size_t n;
  char *readme = read_file("README.md", &n), *wanted = index_of_functions();
  check(strstr(readme, wanted) != NULL, "does not hold what `pages --index` prints", "README.md");
  sqlite3_free(wanted);
  free(readme);
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--index") == 0) {
    char *whole = index_of_functions();
    printf("%s", whole);
    sqlite3_free(whole);
    return 0;
  }
  update = argc > 1 && strcmp(argv[1], "--update") == 0;
  headings = sqlite3_str_new(NULL);
  oracle_lines = sqlite3_str_new(NULL);
  sqlite3_str_appendall(oracle_lines, "\n");
  each_file("sql", ".sql", run_page);
  run_page("README.md");
  run_page("tests/reports.sql");
  if (update) return 0;
  each_file("tests/oracle", ".tsv", gather_oracle);
  check_functions();
  check_registered();
  check_readme();
  return end_of_tests();
}
