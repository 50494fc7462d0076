/* One metric by two connections, each with a thread and half of the rows; their states are merged. Compared
 * with one connection: the same bits, and with DATABASE ROWS ROUNDS of a table preds(id, label, score), how
 * much sooner. */
#include <mlmetrics.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CONNECTIONS = 2, MOST_ROUNDS = 99 };

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK) return statement;
  printf("%s: %s\n0 passed, 1 failed\n", sql, sqlite3_errmsg(db));
  exit(1);
}

static void expect_row(sqlite3_stmt *statement) {
  if (sqlite3_step(statement) == SQLITE_ROW) return;
  printf("%s: %s\n0 passed, 1 failed\n", sqlite3_sql(statement),
         sqlite3_errmsg(sqlite3_db_handle(statement)));
  exit(1);
}

/* ---- the way to do it ---- */

static void *scan(void *statement) {
  expect_row(statement);
  return NULL;
}

/* The metric over rows 1..rows by id, `state` being the aggregate that saves what it remembers. */
static double by_all(sqlite3 *db[CONNECTIONS], const char *metric, const char *state, sqlite3_int64 rows) {
  char *part = sqlite3_mprintf("SELECT %s(score, label) FROM preds WHERE id > ?1 AND id <= ?2", state);
  char *sum = sqlite3_mprintf("SELECT %s(column1) FROM (VALUES (?1), (?2))", metric);
  sqlite3_stmt *scans[CONNECTIONS], *merge = prepare(db[0], sum);
  pthread_t thread[CONNECTIONS];
  for (int i = 0; i < CONNECTIONS; i++) {
    scans[i] = prepare(db[i], part);
    sqlite3_bind_int64(scans[i], 1, rows * i / CONNECTIONS);
    sqlite3_bind_int64(scans[i], 2, rows * (i + 1) / CONNECTIONS);
    if (pthread_create(&thread[i], NULL, scan, scans[i]) != 0) exit(2);
  }
  for (int i = 0; i < CONNECTIONS; i++) {
    pthread_join(thread[i], NULL);
    sqlite3_bind_blob64(merge, i + 1, sqlite3_column_blob(scans[i], 0),
                        (sqlite3_uint64)sqlite3_column_bytes(scans[i], 0), SQLITE_STATIC);
  }
  expect_row(merge);
  double value = sqlite3_column_double(merge, 0);
  sqlite3_finalize(merge);
  for (int i = 0; i < CONNECTIONS; i++) sqlite3_finalize(scans[i]);
  sqlite3_free(part);
  sqlite3_free(sum);
  return value;
}

/* ---- compared with one connection ---- */

static double by_one(sqlite3 *db, const char *metric, sqlite3_int64 rows) {
  char *sql = sqlite3_mprintf("SELECT %s(score, label) FROM preds WHERE id <= %lld", metric, rows);
  sqlite3_stmt *statement = prepare(db, sql);
  expect_row(statement);
  double value = sqlite3_column_double(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_free(sql);
  return value;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* Whether both give the same bits. */
static int measure(sqlite3 *db[CONNECTIONS], const char *metric, const char *state, sqlite3_int64 rows,
                   int rounds) {
  double times[MOST_ROUNDS], own = 0, all = 0;
  for (int i = 0; i < rounds; i++) {
    double start = now();
    own = by_one(db[0], metric, rows);
    double middle = now();
    all = by_all(db, metric, state, rows);
    times[i] = (middle - start) / (now() - middle);
  }
  qsort(times, (size_t)rounds, sizeof *times, compare);
  printf("%-16s %d connections: %.2f times as fast as one, median of %d (%.2f to %.2f)\n", metric,
         CONNECTIONS, times[rounds / 2], rounds, times[0], times[rounds - 1]);
  if (memcmp(&own, &all, sizeof own) == 0) return 1;
  printf("%s: %.17g by one connection, %.17g by %d\n", metric, own, all, CONNECTIONS);
  return 0;
}

/* A small table, made in a file of its own. */
static void make(const char *path, sqlite3_int64 rows) {
  sqlite3 *db;
  remove(path);
  if (sqlite3_open(path, &db) != SQLITE_OK) exit(2);
  char *sql = sqlite3_mprintf("CREATE TABLE preds(id INTEGER PRIMARY KEY, label INTEGER, score REAL); WITH "
                              "RECURSIVE n(i) AS (VALUES (1) "
                              "UNION ALL SELECT i + 1 FROM n WHERE i < %lld) INSERT INTO preds SELECT i, i * "
                              "37 %% 11 < i %% 7, i * 7919 "
                              "%% 100003 / 100003.0 FROM n",
                              rows);
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) exit(2);
  sqlite3_free(sql);
  sqlite3_close(db);
}

int main(int argc, char **argv) {
  const char *build = getenv("BUILD") ? getenv("BUILD") : "build";
  char *own = sqlite3_mprintf("%s/two_connections.db", build);
  const char *path = argc > 3 ? argv[1] : own;
  sqlite3_int64 rows = argc > 3 ? atoll(argv[2]) : 50000;
  int rounds = argc > 3 && atoi(argv[3]) < MOST_ROUNDS ? atoi(argv[3]) : 1, same = 0;
  sqlite3 *db[CONNECTIONS];
  if (!sqlite3_threadsafe()) {
    printf("left out: this host was built for one thread\n1 passed, 0 failed\n");
    return 0;
  }
  sqlite3_auto_extension((void (*)(void))sqlite3_mlmetrics_init);
  if (argc <= 3) make(path, rows);
  for (int i = 0; i < CONNECTIONS; i++)
    if (sqlite3_open_v2(path, &db[i], SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) exit(2);
  same += measure(db, "mse", "mse_state", rows, rounds);
  same += measure(db, "log_loss", "log_loss_state", rows, rounds);
  same += measure(db, "roc_auc", "score_set", rows, rounds);
  same += measure(db, "best_cutoff", "score_set", rows, rounds);
  for (int i = 0; i < CONNECTIONS; i++) sqlite3_close(db[i]);
  if (argc <= 3) remove(path);
  sqlite3_free(own);
  printf("%d passed, %d failed\n", same, 4 - same);
  return same < 4;
}
