/* Runs the reference: every page of sql/ and every example of mlmetrics_functions. Compares what they print.
 *
 * A page runs in the sqlite3 shell as it stands. Here its statements run one after the other on a fresh copy
 * of the demo tables; the comments that follow a statement state its result:
 *   --> row            the rows printed, in order, as the shell's list mode prints them
 *   --0 rows           that there are none
 *   --! message        the error
 *   --@ needs 3.38     older hosts skip the next statement
 *   -- name(arguments) the heading of a function
 * In a stated row or error `…` matches any run of characters within the line. A query must have
 * one of these; a statement that returns no rows by its nature and has none must succeed. Lines that begin
 * with a dot are commands of the shell, and skipped.
 *
 *   doctest            runs everything
 *   doctest PAGE...    runs these pages alone: doctest sql/ranking.sql
 *   doctest --update   writes results into the pages, except where the stated ones match
 *   doctest --index    writes the index of functions into sql/README.md
 */
#include "metric.h" /* first: unit.h has a global that parameters of its inline functions would shadow */

#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char index_path[] = "sql/README.md", index_begin[] = "<!-- index begin -->\n",
                  index_end[] = "<!-- index end -->\n";

static bool update;
static sqlite3_str *oracle_lines;
static sqlite3 *headings; /* headings(page, title, line): the lines of the pages that may be headings */

/* A statement of a page, and the result that the page states. */
typedef struct Statement {
  sqlite3_str *sql, *rows, *page; /* page: the whole page as it is rewritten */
  char *error, *needs;
  int line;
  int n_rows; /* number of lines stated; -1: no result is stated */
} Statement;

static bool starts(const char *line, const char *with) { return strncmp(line, with, strlen(with)) == 0; }

/* Whether the text is the stated one, in which … matches any run of characters but a newline. */
static bool matches(const char *stated, const char *text) {
  const char *after = NULL, *end = NULL; /* of the last …: what follows it, and where its run ends so far */
  for (;;) {
    if (starts(stated, "…")) {
      stated += strlen("…");
      after = stated;
      end = text;
    } else if (*stated == *text) {
      if (!*stated) return true;
      if (*stated == '\n') after = NULL;
      stated++;
      text++;
    } else if (after && *end && *end != '\n') {
      stated = after;
      text = ++end;
    } else {
      return false;
    }
  }
}

/* Adds the rows as `--> ` lines to the page. */
static void add_lines(sqlite3_str *page, const char *rows) {
  for (const char *at = rows;; at++) {
    int n = (int)strcspn(at, "\n");
    sqlite3_str_appendf(page, n ? "--> %.*s\n" : "-->\n", n, at);
    at += n;
    if (!*at) break;
  }
}

/* Writes a result into the page. */
static void state_result(sqlite3_str *page, const char *text, int n_rows, bool error) {
  if (error)
    sqlite3_str_appendf(page, "--! %s\n", text);
  else if (n_rows == 0)
    sqlite3_str_appendall(page, "--0 rows\n");
  else if (n_rows > 0)
    add_lines(page, text);
}

/* What the page states: the error, or the rows. */
static const char *stated(const Statement *s) {
  if (s->error) return s->error;
  return sqlite3_str_length(s->rows) ? sqlite3_str_value(s->rows) : "";
}

static bool is_as_stated(const Statement *s, const char *got, int n_rows, bool error) {
  /* A row with a text of several lines counts as one of them, and is stated as several. */
  bool alike = (n_rows > 0) == (s->n_rows > 0) && (n_rows < 0) == (s->n_rows < 0);
  return error == (s->error != NULL) && matches(stated(s), got) && (error || alike);
}

static void compare(const Statement *s, const char *path, const char *got, int n_rows, bool error) {
  const char *what = s->error         ? "error"
                     : s->n_rows >= 0 ? "rows"
                                      : "nothing, since nothing is stated (make docs writes what it gives)";
  if (is_as_stated(s, got, n_rows, error))
    passed();
  else
    failed("%s:%d: %s\nwanted %s: %s\ngot %s: %s", path, s->line, sqlite3_str_value(s->sql), what, stated(s),
           error ? "error" : "rows", got);
}

/* Runs the statement gathered, if any, and makes room for the next. */
static void finish(Statement *s, sqlite3 *db, const char *path) {
  if (sqlite3_str_length(s->sql) > 0) {
    bool skip = s->needs && !host_has(s->needs), error;
    int n_rows;
    if (!skip) {
      char *got = rows_counted(db, sqlite3_str_value(s->sql), &error, &n_rows);
      if (!update)
        compare(s, path, got, n_rows, error);
      else if (is_as_stated(s, got, n_rows, error))
        state_result(s->page, stated(s), s->n_rows, error);
      else
        state_result(s->page, got, n_rows, error);
      sqlite3_free(got);
    } else if (update) {
      state_result(s->page, stated(s), s->n_rows, s->error != NULL);
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

/* One line of a page outside of any statement. */
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

/* In Markdown only the text between ```sql and ``` belongs to the page; returns whether the line does not. */
static bool take_prose(Statement *s, sqlite3 *db, const char *path, const char *line, bool *inside) {
  bool fence = is_markdown(path) && starts(line, "```");
  if (*inside && !fence) return false;
  if (*inside) finish(s, db, path);
  if (fence) *inside = !*inside && strcmp(line, "```sql") == 0;
  sqlite3_str_appendf(s->page, "%s\n", line);
  return true;
}

static void write_file(const char *path, const char *text, size_t n) {
  FILE *file = fopen(path, "wb");
  if (file) fwrite(text, 1, n, file);
  if (!file || fclose(file) != 0) failed("%s: cannot be written", path);
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
  if (update) write_file(path, sqlite3_str_value(s.page), (size_t)sqlite3_str_length(s.page));
  free(text);
  sqlite3_free(sqlite3_str_finish(s.sql));
  sqlite3_free(sqlite3_str_finish(s.rows));
  sqlite3_free(sqlite3_str_finish(s.page));
  sqlite3_close(db);
}

/* Keeps the comments of a page as headings it may have; its title is its first line up to the colon. */
static void gather_headings(const char *path) {
  size_t n;
  char *text = read_file(path, &n), *line = text;
  int title = starts(text, "-- ") ? (int)strcspn(text + 3, ":\n") : 0;
  if (title == 0) failed("%s: its first line is no `-- Title: …`", path);
  while (*line) {
    int length = (int)strcspn(line, "\n");
    if (starts(line, "-- ")) {
      char *sql = sqlite3_mprintf("INSERT INTO headings VALUES (%Q, '%.*q', '%.*q')", path + strlen("sql/"),
                                  title, text + 3, length - 3, line + 3);
      sqlite3_exec(headings, sql, NULL, NULL, NULL);
      sqlite3_free(sql);
    }
    line += length + (line[length] != 0);
  }
  free(text);
}

static void gather_all_headings(void) {
  sqlite3_open(":memory:", &headings);
  sqlite3_exec(headings, "CREATE TABLE headings(page, title, line)", NULL, NULL, NULL);
  each_file("sql", ".sql", gather_headings);
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

/* Whether text, which does not begin with the name, holds it as a whole word. */
static bool mentions(sqlite3_str *text, const char *name) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
  bool found = false;
  for (const char *at = sqlite3_str_value(text); at && !found && (at = strstr(at, name)); at++)
    found = !strchr(letters, at[strlen(name)]) && !strchr(letters, at[-1]);
  return found;
}

/* The page that has this signature for a heading, and its title; false: none has. To be freed with
 * sqlite3_free. */
static bool find_page(const char *signature, char **page, char **title) {
  sqlite3_stmt *row;
  sqlite3_prepare_v2(headings, "SELECT page, title FROM headings WHERE line = ?", -1, &row, NULL);
  sqlite3_bind_text(row, 1, signature, -1, SQLITE_STATIC);
  bool found = sqlite3_step(row) == SQLITE_ROW;
  *page = found ? sqlite3_mprintf("%s", sqlite3_column_text(row, 0)) : NULL;
  *title = found ? sqlite3_mprintf("%s", sqlite3_column_text(row, 1)) : NULL;
  sqlite3_finalize(row);
  return found;
}

/* Every signature has a heading in sql/, every function a line in tests/oracle/, a summary and an example
 * that runs and calls it; every aggregate says what it costs. */
static void check_functions(void) {
  sqlite3 *db = open_tables();
  sqlite3_stmt *row;
  sqlite3_prepare_v2(db, "SELECT name, summary, example, kind, cost, signature FROM mlmetrics_functions", -1,
                     &row, NULL);
  check(row != NULL, sqlite3_errmsg(db), "mlmetrics_functions");
  while (row && sqlite3_step(row) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(row, 0),
               *summary = (const char *)sqlite3_column_text(row, 1),
               *example = (const char *)sqlite3_column_text(row, 2),
               *kind = (const char *)sqlite3_column_text(row, 3),
               *cost = (const char *)sqlite3_column_text(row, 4),
               *signature = (const char *)sqlite3_column_text(row, 5);
    char *page, *title;
    check(find_page(signature, &page, &title),
          "has no heading in sql/: a page needs the line `-- ` and this signature, then a query", signature);
    sqlite3_free(page);
    sqlite3_free(title);
    check(mentions(oracle_lines, name),
          "has no line in tests/oracle/*.tsv: SQL that calls it, type and value, with tabs between", name);
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
    else if (!*got)
      failed("%s: its example %s gives no value", name, example);
    else
      passed();
    sqlite3_free(got);
  }
  sqlite3_finalize(row);
  sqlite3_close(db);
}

/* Metrics with equal state names read each other's saved states, so they must keep the same kind of state and
 * average the same term; the overloads of one function may differ in the term. */
static void compare_states(const Metric *metric, const Metric *other) {
  if (metric == other || strcmp(mlm_state_name(metric), mlm_state_name(other)) != 0) return;
  bool same = metric->state->load == other->state->load
              && (metric->term == other->term || strcmp(metric->name, other->name) == 0);
  if (same)
    passed();
  else
    failed("%s: its .state_name '%s' is also that of %s, which keeps other states or averages another .term",
           metric->name, mlm_state_name(metric), other->name);
}

static void check_state_names(void) {
  for (const Family *const *family = mlm_families; *family; family++)
    for (const Metric *metric = (*family)->metrics; metric && metric->name; metric++) {
      check(!metric->term || metric->state_name, "has a .term, so it needs a .state_name", metric->name);
      for (const Family *const *more = mlm_families; *more; more++)
        for (const Metric *other = (*more)->metrics; other && other->name; other++)
          compare_states(metric, other);
    }
}

/* The functions that a connection gains by loading are those of mlmetrics_functions, the _state forms of its
 * aggregates, and names of other libraries. */
static void check_registered(void) {
  sqlite3 *db = open_bare(), *plain;
  bool error;
  sqlite3_open(":memory:", &plain);
  char *before = rows_of(plain, "SELECT group_concat(quote(name)) FROM pragma_function_list", &error);
  char *sql = sqlite3_mprintf(
      "SELECT group_concat(DISTINCT name) FROM pragma_function_list WHERE name NOT IN (%s) AND name NOT IN "
      "(SELECT name FROM mlmetrics_functions UNION SELECT name || '_state' FROM mlmetrics_functions "
      "WHERE kind = 'aggregate' UNION SELECT lower(theirs) FROM mlmetrics_names)",
      before);
  char *odd = error ? NULL : rows_of(db, sql, &error); /* hosts before 3.30 cannot list their functions */
  if (!error) check(!*odd, "registered, but not in mlmetrics_functions", odd);
  sqlite3_free(odd);
  sqlite3_free(sql);
  sqlite3_free(before);
  sqlite3_close(plain);
  sqlite3_close(db);
}

/* A section of the index: the functions whose headings are on one page. */
typedef struct Section {
  char *page, *title;
  sqlite3_str *rows;
  size_t place; /* of the page's link in sql/README.md; sections are in this order */
} Section;

static Section sections[64];
static int n_sections;

static Section *section_of(char *page, char *title, const char *prose) {
  for (int i = 0; i < n_sections; i++) {
    if (strcmp(sections[i].page, page) != 0) continue;
    sqlite3_free(page);
    sqlite3_free(title);
    return &sections[i];
  }
  char *link = sqlite3_mprintf("](%s)", page);
  const char *at = strstr(prose, link);
  if (!at) failed("%s: its list of pages has no link to %s", index_path, page);
  sqlite3_free(link);
  if (n_sections == (int)(sizeof sections / sizeof *sections)) {
    failed("%s: more pages with functions than the index has room for", index_path);
    n_sections--;
  }
  sections[n_sections] = (Section){.page = page,
                                   .title = title,
                                   .rows = sqlite3_str_new(NULL),
                                   .place = at ? (size_t)(at - prose) : SIZE_MAX};
  return &sections[n_sections++];
}

/* What the summaries of all intervals share stands once, above the index. */
#define SUMMARY                                                                                              \
  "replace(replace(summary, 'JSON with value, low, high, se, level, method, rows and the metric''s "         \
  "parameters: the interval', 'The interval'), ' The weight is the number of rows that the row stands for, " \
  "not a number of samples.', '')"

/* Puts the functions into their sections, in the order of mlmetrics_functions. */
static void fill_sections(const char *prose) {
  sqlite3 *db = open_bare();
  sqlite3_stmt *row;
  sqlite3_prepare_v2(db,
                     "SELECT signature, replace(signature, '|', '\\|'), replace(" SUMMARY ", '|', '\\|') "
                     "FROM mlmetrics_functions",
                     -1, &row, NULL);
  while (row && sqlite3_step(row) == SQLITE_ROW) {
    char *page, *title;
    if (find_page((const char *)sqlite3_column_text(row, 0), &page, &title))
      sqlite3_str_appendf(section_of(page, title, prose)->rows, "| `%s` | %s |\n",
                          sqlite3_column_text(row, 1), sqlite3_column_text(row, 2));
  }
  sqlite3_finalize(row);
  sqlite3_close(db);
}

static int by_place(const void *a, const void *b) {
  size_t x = ((const Section *)a)->place, y = ((const Section *)b)->place;
  return (x > y) - (x < y);
}

/* The index of functions as it must be between the markers of sql/README.md; `prose` is the text after them;
 * to be freed with sqlite3_free. */
static char *index_of_functions(const char *prose) {
  fill_sections(prose);
  qsort(sections, (size_t)n_sections, sizeof *sections, by_place);
  sqlite3_str *all = sqlite3_str_new(NULL);
  for (int i = 0; i < n_sections; i++) {
    Section *s = &sections[i];
    sqlite3_str_appendf(all, "\n### [%s](%s)\n\n| function | computes |\n| --- | --- |\n%s", s->title,
                        s->page, sqlite3_str_value(s->rows));
    sqlite3_free(sqlite3_str_finish(s->rows));
    sqlite3_free(s->page);
    sqlite3_free(s->title);
  }
  n_sections = 0;
  sqlite3_str_appendall(all, "\n");
  return sqlite3_str_finish(all);
}

/* Checks the index in sql/README.md, or writes it there. */
static void take_index(bool write) {
  size_t n;
  char *text = read_file(index_path, &n), *begin = strstr(text, index_begin), *end = strstr(text, index_end);
  bool marked = begin && end && begin < end;
  check(marked, "has no lines `<!-- index begin -->` and `<!-- index end -->`", index_path);
  if (marked) {
    begin += strlen(index_begin);
    char *wanted = index_of_functions(end);
    char *whole = sqlite3_mprintf("%.*s%s%s", (int)(begin - text), text, wanted, end);
    if (write)
      write_file(index_path, whole, strlen(whole));
    else
      check(strcmp(text, whole) == 0, "its index is not up to date: make docs", index_path);
    sqlite3_free(whole);
    sqlite3_free(wanted);
  }
  free(text);
}

static void run_all(void) {
  each_file("sql", ".sql", run_page);
  run_page("tests/reports.sql");
  run_page("README.md");
  run_page(index_path);
  if (update) return;
  each_file("tests/oracle", ".tsv", gather_oracle);
  check_functions();
  check_state_names();
  check_registered();
  take_index(false);
}

int main(int argc, char **argv) {
  const char *option = argc > 1 && starts(argv[1], "--") ? argv[1] : "";
  update = strcmp(option, "--update") == 0;
  if (*option && !update && strcmp(option, "--index") != 0) {
    fprintf(stderr, "usage: doctest [--update] [PAGE...] | doctest --index\n");
    return 2;
  }
  oracle_lines = sqlite3_str_new(NULL);
  sqlite3_str_appendall(oracle_lines, "\n");
  gather_all_headings();
  if (strcmp(option, "--index") == 0) {
    take_index(true);
  } else if (argc > 1 + (*option != 0)) {
    for (int i = 1 + (*option != 0); i < argc; i++) run_page(argv[i]);
  } else {
    run_all();
  }
  sqlite3_free(sqlite3_str_finish(oracle_lines));
  sqlite3_close(headings);
  if (!*option) return end_of_tests();
  return failures() > 0;
}
