/* An embedder's program: the extension linked in, registered for every connection, used. */
#include <mlmetrics.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static int n_failed, n_passed;

static void check(sqlite3 *db, const char *sql, const char *want) {
  sqlite3_stmt *row = NULL;
  int ok = sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW;
  const char *got = ok ? (const char *)sqlite3_column_text(row, 0) : sqlite3_errmsg(db);
  ok = ok && got && strcmp(got, want) == 0;
  *(ok ? &n_passed : &n_failed) += 1;
  if (!ok) printf("%s: wanted %s, got %s\n", sql, want, got ? got : "NULL");
  sqlite3_finalize(row);
}

int main(void) {
  sqlite3 *db;
  sqlite3_auto_extension((void (*)(void))sqlite3_mlmetrics_init);
  for (int i = 0; i < 2; i++) {
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) return 1;
    check(db, "SELECT mlmetrics_version()", MLMETRICS_VERSION);
    check(db, "WITH p(s, y) AS (VALUES (.1, 0), (.4, 0), (.35, 1), (.8, 1)) SELECT roc_auc(s, y) FROM p",
          "0.75");
    /* It looks for interrupts, where the header knows the function that tells them. */
    check(db,
          "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 30) "
          "SELECT length(confusion_table(i, i)) > 0 FROM n",
          "1");
    check(db, "SELECT sqlite_version()", sqlite3_libversion());
    sqlite3_close(db);
  }
  printf("%d passed, %d failed\n", n_passed, n_failed);
  return n_failed > 0;
}
