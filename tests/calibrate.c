/* calibrate() over isotonic fits of many points, which it finds by an index. */
#include "tables.h"

#include <string.h>

/* Isotonic fits of a thousand points that lie close together at one end, or all but one: at each point its
 * own value, and half way to the next the mean of the two. */
static void try_points(sqlite3 *db) {
  static const char *const x[] = {"i * i * i", "-i * i", "i + 1e15 * (i = 999)", "i"};
  for (size_t k = 0; k < sizeof x / sizeof *x; k++) {
    char *sql = sqlite3_mprintf(
        "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 999), "
        "p AS (SELECT i / 1024.0 AS y, CAST(%s AS INTEGER) AS x FROM n ORDER BY %s), "
        "q AS (SELECT x, row_number() OVER (ORDER BY x) / 1024.0 AS y FROM p), "
        "f AS (SELECT '{\"method\":\"isotonic\",\"x\":' || json_group_array(x) || ',\"y\":' || "
        "json_group_array(y) || '}' AS fit FROM (SELECT * FROM q ORDER BY x)) "
        "SELECT sum(calibrate(fit, x) = y), sum(calibrate(fit, (x + after) / 2.0) = (y + y_after) / 2), "
        "calibrate(fit, -9e999), calibrate(fit, 9e999) FROM f, (SELECT *, lead(x) OVER (ORDER BY x) AS "
        "after, "
        "lead(y) OVER (ORDER BY x) AS y_after FROM q)",
        x[k], x[k]);
    bool error;
    char *got = rows_of(db, sql, &error);
    expect_for(!error && strcmp(got, "1000|999|0.0009765625|0.9765625") == 0, got, x[k]);
    sqlite3_free(got);
    sqlite3_free(sql);
  }
}

int main(void) {
  sqlite3 *db = open_bare();
  try_points(db);
  sqlite3_close(db);
  return end_of_tests();
}
