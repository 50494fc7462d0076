/* A query's cost: time, memory, and the middle of several measurements. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "bench.h"

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK) return statement;
  fprintf(stderr, "bench: %s: %s\n", sql, sqlite3_errmsg(db));
  exit(1);
}

int64_t run_query(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = prepare(db, sql);
  int64_t rows = 0;
  while (sqlite3_step(statement) == SQLITE_ROW) rows++;
  if (sqlite3_finalize(statement) == SQLITE_OK) return rows;
  fprintf(stderr, "bench: %s: %s\n", sql, sqlite3_errmsg(db));
  exit(1);
}

int64_t ask_integer(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement = prepare(db, sql);
  int64_t x = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_finalize(statement);
  return x;
}

static double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double seconds_of(sqlite3 *db, const char *sql) {
  double start = cpu_seconds();
  run_query(db, sql);
  return cpu_seconds() - start;
}

int64_t memory_of(sqlite3 *db, const char *sql) {
  sqlite3_memory_highwater(1);
  run_query(db, sql);
  return sqlite3_memory_highwater(0);
}

/* Linux: 5 written to clear_refs begins a new VmHWM. */
int64_t peak_resident(bool reset) {
  struct rusage usage;
  char line[256];
  long long kilobytes = -1;
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status)) {
    if (strncmp(line, "VmHWM:", 6) == 0) kilobytes = atoll(line + 6);
  }
  if (status) fclose(status);
  if (kilobytes < 0) {
    getrusage(RUSAGE_SELF, &usage);
    kilobytes = usage.ru_maxrss;
  }
  FILE *clear = reset ? fopen("/proc/self/clear_refs", "w") : NULL;
  if (clear) {
    fputs("5", clear);
    fclose(clear);
  }
  return (int64_t)kilobytes * 1024;
}

void series_put(Series *series, double x) {
  if (series->n < MOST_ROUNDS) series->x[series->n++] = x;
}

Spread spread_of(const Series *series) {
  double x[MOST_ROUNDS];
  int n = 0;
  for (int i = 0; i < series->n; i++) {
    int at = n++;
    for (; at > 0 && x[at - 1] > series->x[i]; at--) x[at] = x[at - 1];
    x[at] = series->x[i];
  }
  return (Spread){
      .median = (x[(n - 1) / 2] + x[n / 2]) / 2, .low = x[(n - 1) / 4], .high = x[n - 1 - (n - 1) / 4]};
}
