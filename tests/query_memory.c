/* What a query takes at its worst moment beside the table, as SQLite counts it: 8 bytes for each number of
 * each row of metrics that keep whole rows. Such a metric uses up its rows at the end of an aggregate, but
 * not in a window: both give the same bits, also of rows that tie and of merged states.
 */
#include <stdlib.h>
#include <string.h>

#include "tables.h"

static sqlite3 *db;

/* A metric over arguments, each of which is a number that is kept. */
typedef struct Query {
  const char *name, *args;
  int numbers;
} Query;

#define TEN "p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, class"
static const Query query[] = {
    {"kendall", "a, b", 2},
    {"spearman", "a, b", 2},
    {"wilcoxon_test", "a, b", 2},
    {"concordance_index", "a, b, class % 2", 3},
    {"concordance_index", "a, b, class = 0", 3},
    {"concordance_index", "a, b, 1", 3},
    {"concordance_index", "a, b, 0", 3},
    {"median_absolute_error", "a, b", 1},
    {"quantile_absolute_error", "a, b, 0.9", 1},
    {"roc_auc_ovr_macro", TEN, 11},
    {"roc_auc_ovr_weighted", TEN, 11},
    {"roc_auc_ovr_micro", TEN, 11},
    {"roc_auc_per_class", TEN, 11},
    {"average_precision_macro", TEN, 11},
    {"average_precision_weighted", TEN, 11},
    {"average_precision_micro", TEN, 11},
    {"roc_auc_ovr_macro", "p0, 1 - p0, class % 2", 3},
    {"roc_auc_ovr_micro", "p0, 1 - p0, class % 2", 3},
    {"average_precision_macro", "p0, 1 - p0, class % 2", 3},
    {"average_precision_micro", "p0, 1 - p0, class % 2", 3},
};
enum { QUERIES = sizeof query / sizeof *query };

/* The result of a statement that has one, or the message of the error. */
static char *one(const char *format, const char *name, const char *args, const char *table) {
  char *sql = sqlite3_mprintf(format, name, args, table);
  bool error;
  char *result = rows_of(db, sql, &error);
  if (error) failed("%s: %s", sql, result);
  sqlite3_free(sql);
  return result;
}

/* A table of `rows` rows whose numbers are multiples of 1/step. */
static void make_table(const char *name, int rows, const char *step) {
  char *columns = sqlite3_mprintf("%s", "");
  for (int i = 0; i < 10; i++)
    columns = sqlite3_mprintf("%z, round(abs(random() %% 1000000007) / 1e9 * %s) / %s / 10 AS p%d", columns,
                              step, step, i);
  char *sql = sqlite3_mprintf(
      "CREATE TABLE %s AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < %d) "
      "SELECT id, round(abs(random() %% 1000000007) / 1e9 * %s) / %s AS a, "
      "round(abs(random() %% 1000000007) / 1e9 * %s) / %s AS b, abs(random() %% 10) AS class%z FROM n",
      name, rows, step, step, step, step, columns);
  bool error;
  char *result = rows_of(db, sql, &error);
  if (error) failed("%s: %s", sql, result);
  sqlite3_free(sql);
  sqlite3_free(result);
}

/* Of all rows, of two states merged, and of a window: 17 digits, the text of JSON, or NULL. */
static void check_values(const Query *q, const char *table) {
  static const char shown[] =
      "CASE typeof(v) WHEN 'real' THEN printf('%%!.17g', v) ELSE coalesce(v, 'NULL') END FROM";
  char *plain = sqlite3_mprintf("SELECT %s (SELECT %%s(%%s) AS v FROM %%s)", shown);
  char *merged = sqlite3_mprintf("SELECT %s (SELECT %s(s) AS v FROM (SELECT %%s_state(%%s) AS s FROM %%s "
                                 "GROUP BY id %%%% 2))",
                                 shown, q->name);
  char *window = sqlite3_mprintf("SELECT %s (SELECT %%s(%%s) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND "
                                 "UNBOUNDED FOLLOWING) AS v FROM %%s LIMIT 1)",
                                 shown);
  char *a = one(plain, q->name, q->args, table), *b = one(merged, q->name, q->args, table),
       *c = one(window, q->name, q->args, table);
  expect_for(*a && strcmp(a, b) == 0, "of merged states", q->name);
  expect_for(*a && strcmp(a, c) == 0, "in a window", q->name);
  sqlite3_free(a);
  sqlite3_free(b);
  sqlite3_free(c);
  sqlite3_free(plain);
  sqlite3_free(merged);
  sqlite3_free(window);
}

/* Half a megabyte more for the pages that are sorted at a time, and what SQLite itself takes; and of the
 * memory of the rows a fortieth: pages that are not full, pointers to them, and a block to sort in. */
static void check_peak(const Query *q, const char *table, int rows) {
  const double state = 8.0 * q->numbers * rows;
  sqlite3_int64 before = sqlite3_memory_used();
  sqlite3_memory_highwater(1);
  char *result = one("SELECT %s(%s) FROM %s", q->name, q->args, table);
  double peak = (double)(sqlite3_memory_highwater(0) - before);
  if (!expect_for(peak >= state && peak <= 1.025 * state + 524288, "memory", q->name))
    failed("%s(%s): %.3f bytes a number", q->name, q->args, peak / rows / q->numbers);
  sqlite3_free(result);
}

int main(void) {
  enum { MANY = 200000 };
  db = open_bare();
  make_table("many", MANY, "1e9");
  make_table("few", 20000, "1e9");
  make_table("tied", 20000, "64.0");
  make_table("repeated", 20000, "8.0");
  for (int i = 0; i < QUERIES; i++) {
    check_peak(&query[i], "many", MANY);
    check_values(&query[i], "few");
    check_values(&query[i], "tied");
    check_values(&query[i], "repeated");
  }
  sqlite3_close(db);
  return end_of_tests();
}
