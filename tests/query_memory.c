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

/* One of each way to sort, over so many rows that a byte more for each would show. */
static const Query large[] = {
    {"kendall", "a, b", 2},
    {"median_absolute_error", "a, b", 1},
    {"roc_auc_ovr_macro", "p0, 1 - p0, class % 2", 3},
    {"roc_auc_ovr_micro", "p0, 1 - p0, class % 2", 3},
};
enum { LARGES = sizeof large / sizeof *large };

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

/* Of two states merged, and of a window, against the value of all rows: IS compares bits, for no value here
 * is -0.0. */
static void check_values(const Query *q, const char *table) {
  char *sql = sqlite3_mprintf(
      "SELECT v IS (SELECT %s(s) FROM (SELECT %s_state(%s) AS s FROM %s GROUP BY id %% 2)), "
      "v IS (SELECT %s(%s) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM %s LIMIT 1) "
      "FROM (SELECT %s(%s) AS v FROM %s)",
      q->name, q->name, q->args, table, q->name, q->args, table, q->name, q->args, table);
  char *same = one("%s", sql, "", "");
  if (!expect_for(strcmp(same, "1|1") == 0, "the value of merged states|in a window", q->name))
    failed("%s(%s) over %s: %s", q->name, q->args, table, same);
  sqlite3_free(same);
  sqlite3_free(sql);
}

/* The bytes that a query takes beside the table, at its worst moment. */
static double peak_of(const Query *q, const char *table) {
  sqlite3_int64 before = sqlite3_memory_used();
  sqlite3_memory_highwater(1);
  char *result = one("SELECT %s(%s) FROM %s", q->name, q->args, table);
  double peak = (double)(sqlite3_memory_highwater(0) - before);
  sqlite3_free(result);
  return peak;
}

/* Beside the rows a query takes half a megabyte to sort in, and `share` of the memory of the rows: pages that
 * are not full and pointers to pages, and what SQLite itself takes. */
static void check_peak(const Query *q, const char *table, int rows, double share) {
  const double state = 8.0 * q->numbers * rows, peak = peak_of(q, table);
  if (!expect_for(peak >= state && peak <= (1 + share) * state + 524288, "memory", q->name))
    failed("%s(%s) over %s: %.3f bytes a number, %.0f beside them", q->name, q->args, table,
           peak / rows / q->numbers, peak - state);
}

/* Rows made as they are read. All numbers of a column differ: its factor is odd. */
static void make_view(int rows) {
  char *sql = sqlite3_mprintf(
      "CREATE VIEW large AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < %d) "
      "SELECT id * 2654435761 %% 4294967296 / 4294967296.0 AS a, "
      "id * 2246822519 %% 4294967296 / 4294967296.0 AS b, "
      "id * 3266489917 %% 4294967296 / 4294967296.0 AS p0, id * 31 %% 7 AS class FROM n",
      rows);
  sqlite3_free(one("%s", sql, "", ""));
  sqlite3_free(sql);
}

int main(void) {
  enum { MANY = 200000, LARGE = 2000000 };
  db = open_bare();
  make_table("many", MANY, "1e9");
  make_table("few", 20000, "1e9");
  make_table("tied", 20000, "64.0");
  make_table("repeated", 20000, "8.0");
  make_view(LARGE);
  for (int i = 0; i < QUERIES; i++) {
    check_peak(&query[i], "many", MANY, 0.025);
    check_values(&query[i], "few");
    check_values(&query[i], "tied");
    check_values(&query[i], "repeated");
  }
  for (int i = 0; i < LARGES; i++) check_peak(&large[i], "large", LARGE, 0.002);
  sqlite3_close(db);
  return end_of_tests();
}
