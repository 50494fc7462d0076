/* sqlite3_interrupt() while a finalizer is at work: the statement ends with SQLITE_INTERRUPT, and the
 * connection works on.
 *
 * The interrupt comes with the last row: SQLite looks for it where it goes on to a next row, and there is
 * none, so only the finalizer can see it. Hosts before 3.41 do not tell it to extensions; there the statement
 * must give its answer.
 */
#include "tables.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A finalizer polls now and then: after a million keys of a class, and more often among classes. */
enum { ROWS = 2300000 };

static void no_step(sqlite3_context *context, int argc, sqlite3_value **argv) {}

static void interrupt_now(sqlite3_context *context) { sqlite3_interrupt(sqlite3_context_db_handle(context)); }

static int ask(sqlite3 *db, const char *sql) {
  sqlite3_stmt *row = NULL;
  int status = sqlite3_prepare_v2(db, sql, -1, &row, NULL);
  if (status == SQLITE_OK) status = sqlite3_step(row);
  sqlite3_finalize(row);
  return status;
}

static void check_usable(sqlite3 *db, const char *after) {
  bool error;
  char *got = rows_of(db, "SELECT count(*), roc_auc(s, i % 2) > 0.4 FROM t WHERE i < 1000", &error);
  if (strcmp(got, "999|1") == 0)
    passed();
  else
    failed("after %s: %s", after, got);
  sqlite3_free(got);
}

static const char *const queries[] = {
    "SELECT stop(), roc_auc(s, i % 2) FROM t",
    "SELECT stop(), best_cutoff_metrics(s, i % 2, 'mcc', w) FROM t",
    "SELECT stop(), evaluate_binary(s, i % 2) FROM t",
    "SELECT stop(), roc_auc_state(s, i % 2) FROM t",
    "SELECT stop(), roc_auc(x) FROM sets",
    /* Fewer rows are sorted at one go: the rest is a walk, a visit, or bytes written. */
    "SELECT stop(), roc_auc(s, i % 2) FROM t WHERE i < 400000",
    "SELECT stop(), roc_auc(s, s > 0.99) FROM t WHERE i < 400000",
    "SELECT stop(), roc_auc(s, s > 0.01) FROM t WHERE i < 400000",
    "SELECT stop(), average_precision(s, i % 2) FROM t WHERE i < 400000",
    "SELECT stop(), ks(s, i % 2) FROM t WHERE i < 400000",
    "SELECT stop(), best_cutoff(s, i % 2, 'mcc') FROM t WHERE i < 400000",
    "SELECT stop(), evaluate_binary(s, i % 2) FROM t WHERE i < 400000",
    "SELECT stop(), score_set(s, i % 2) FROM t WHERE i < 400000",
    "SELECT stop(), score_set(s, i % 2, w) FROM t WHERE i < 400000",
    "SELECT stop(), class_set(i, i + 1) FROM t WHERE i < 300000",
    "SELECT stop(), classification_report(i, i + 1) FROM t WHERE i < 300000",
    "SELECT stop(), evaluate_classes(i, i + 1) FROM t WHERE i < 300000",
    /* Scalars and table functions of a set, which come after the finalizers. */
    "SELECT stop(), compare_ci(s, w, i % 2, 'roc_auc') FROM t WHERE i < 20000",
    "SELECT bootstrap_ci(score_set(s, i % 2), 'roc_auc'), stop() FROM t WHERE i < 20000",
    "SELECT bootstrap_ci(score_set(s, i % 2), 'ks', 0.9, 10), stop() FROM t WHERE i < 20000",
    "SELECT best_cutoff_optimism(score_set(s, i % 2), 'f1', 10), stop() FROM t WHERE i < 20000",
    "SELECT bootstrap_ci(class_set(i % 7, i % 3), 'kappa'), stop() FROM t WHERE i < 20000",
    "SELECT stop(), mean_ci_clustered(s, i) FROM t WHERE i < 400000",
};

static void check(sqlite3 *db, const char *sql) {
  int status = ask(db, sql), want = host_has("3.41") ? SQLITE_INTERRUPT : SQLITE_ROW;
  if (status == want)
    passed();
  else
    failed("%s ends with %d (%s), not %d", sql, status, sqlite3_errmsg(db), want);
  check_usable(db, sql);
}

/* From another thread, whenever it comes: an interrupt or the answer. */
static void *interrupt(void *db) {
  sqlite3_interrupt(db);
  return NULL;
}

static void interrupt_from_thread(sqlite3 *db) {
  int interrupted = 0;
  for (int i = 0; i < 200; i++) {
    pthread_t thread;
    sqlite3_stmt *row = NULL;
    sqlite3_prepare_v2(db, "SELECT roc_auc(s, i % 2), best_cutoff(s, i % 2) FROM t WHERE i < 20000", -1, &row,
                       NULL);
    pthread_create(&thread, NULL, interrupt, db);
    int status = sqlite3_step(row);
    pthread_join(thread, NULL);
    sqlite3_finalize(row);
    interrupted += status == SQLITE_INTERRUPT;
    if (status == SQLITE_ROW || status == SQLITE_INTERRUPT)
      passed();
    else
      failed("interrupted by a thread: %d (%s)", status, sqlite3_errmsg(db));
    check_usable(db, "an interrupt by a thread");
  }
  printf("interrupted by a thread: %d of 200\n", interrupted);
}

static int stop_at(void *calls) { return --*(int *)calls < 0; }

/* A progress handler ends the statement between rows, at each of many moments. */
static void interrupt_by_progress(sqlite3 *db) {
  for (int calls = 0; calls < 60; calls++) {
    int left = calls;
    sqlite3_progress_handler(db, 500, stop_at, &left);
    int status =
        ask(db, "SELECT roc_auc(s, i % 2) OVER (ORDER BY i ROWS 9 PRECEDING), count(*) OVER () FROM t "
                "WHERE i < 2000");
    sqlite3_progress_handler(db, 0, NULL, NULL);
    if (status == SQLITE_INTERRUPT || status == SQLITE_ROW)
      passed();
    else
      failed("by a progress handler: %d (%s)", status, sqlite3_errmsg(db));
    check_usable(db, "a progress handler's stop");
  }
}

int main(void) {
  sqlite3 *db = open_bare();
  sqlite3_create_function(db, "stop", 0, SQLITE_UTF8, NULL, NULL, no_step, interrupt_now);
  char *make = sqlite3_mprintf("CREATE TABLE t(i INTEGER PRIMARY KEY, s, w); WITH RECURSIVE n(i) AS (VALUES "
                               "(1) UNION ALL SELECT i + 1 "
                               "FROM n WHERE i < %d) INSERT INTO t SELECT i, i * 7919 %% 2300003 / "
                               "2300003.0, 0.5 + i %% 3 / 7.0 FROM n; "
                               "CREATE TABLE sets AS SELECT score_set(s, i %% 2) AS x FROM t GROUP BY i %% 3",
                               ROWS);
  if (sqlite3_exec(db, make, NULL, NULL, NULL) != SQLITE_OK) failed("%s", sqlite3_errmsg(db));
  sqlite3_free(make);
  if (!host_has("3.41"))
    printf("this host tells extensions of no interrupt: finalizers go on to their end\n");
  sqlite3_int64 before = sqlite3_memory_used();
  for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) check(db, queries[i]);
  interrupt_by_progress(db);
  if (sqlite3_threadsafe()) interrupt_from_thread(db);
  sqlite3_db_release_memory(db);
  if (sqlite3_memory_used() > before + 1000000)
    failed("%d bytes are left behind", (int)(sqlite3_memory_used() - before));
  sqlite3_close(db);
  return end_of_tests();
}
