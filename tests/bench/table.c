/* The table that the bench measures on: made once, by arithmetic alone, and kept. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

enum {
  VERSION = 2,
  PACKED = 4096,
  COARSE_ROWS = 10000000,
  COARSE_SCORES = 10000,
  GROUPED_ROWS = 2000000,
  GROUP = 10
};

static _Noreturn void fail(const char *what, const char *why) {
  fprintf(stderr, "bench: %s: %s\n", what, why);
  exit(1);
}

static void execute(sqlite3 *db, const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) fail(sql, message ? message : "failed");
}

static uint64_t mix(uint64_t z) { /* splitmix64 */
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}

/* A permutation of the numbers below 2^40, so that no two rows have one score. */
static uint64_t permuted(uint64_t i) {
  const uint64_t mask = ((uint64_t)1 << 40) - 1;
  for (int round = 0; round < 3; round++) {
    i = i * UINT64_C(0x9E3779B97F4A7C15) & mask;
    i ^= i >> 19;
  }
  return i;
}

typedef struct Sample {
  int label;
  double score, logit;
} Sample;

/* Logits after a logistic distribution; a row is positive with the chance that its score says, 9 % over all
 * rows. */
static Sample sample(int64_t id, int distinct) {
  double u = ((double)permuted((uint64_t)id) + 0.5) * 0x1p-40;
  if (distinct) u = (floor(u * distinct) + 0.5) / distinct;
  Sample s;
  s.logit = 1.5 * log(u / (1 - u)) - 4.03;
  s.score = 1 / (1 + exp(-s.logit));
  s.label = (double)(mix((uint64_t)id * 2 + 1) >> 11) * 0x1p-53 < s.score;
  return s;
}

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

static void fill(sqlite3 *db, const char *sql, int64_t rows, int distinct) {
  sqlite3_stmt *insert;
  if (sqlite3_prepare_v2(db, sql, -1, &insert, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(db));
  for (int64_t id = 1; id <= rows; id++) {
    Sample s = sample(id, distinct);
    sqlite3_bind_int64(insert, 1, id);
    sqlite3_bind_int(insert, 2, s.label);
    sqlite3_bind_double(insert, 3, s.score);
    sqlite3_bind_double(insert, 4, s.logit);
    sqlite3_bind_int64(insert, 5, (id - 1) / GROUP);
    if (sqlite3_step(insert) != SQLITE_DONE) fail(sql, sqlite3_errmsg(db));
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
}

static void load(sqlite3 *db, const char *folder, const char *name, const char *entry) {
  char *path = sqlite3_mprintf("%s/%s", folder, name), *message = NULL;
  if (sqlite3_load_extension(db, path, entry, &message) != SQLITE_OK) fail(path, message);
  sqlite3_free(path);
}

/* Columns of PACKED elements each, as the extension packs them. */
static void pack(sqlite3 *db, int64_t rows) {
  sqlite3_stmt *insert;
  const char *sql =
      "INSERT INTO packed SELECT pack(score), pack(label), pack(logit) FROM preds WHERE id > ?1 AND id <= ?2";
  if (sqlite3_prepare_v2(db, sql, -1, &insert, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(db));
  for (int64_t from = 0; from < rows; from += PACKED) {
    sqlite3_bind_int64(insert, 1, from);
    sqlite3_bind_int64(insert, 2, from + PACKED);
    if (sqlite3_step(insert) != SQLITE_DONE) fail(sql, sqlite3_errmsg(db));
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
}

static void make(const char *folder, const char *path, int64_t rows) {
  char *part = sqlite3_mprintf("%s-part", path);
  sqlite3 *db;
  remove(part);
  fprintf(stderr, "making %s\n", path);
  if (sqlite3_open(part, &db) != SQLITE_OK) fail(part, sqlite3_errmsg(db));
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
  load(db, folder, "mlmetrics", NULL);
  execute(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;"
              "CREATE TABLE preds(id INTEGER PRIMARY KEY, label INTEGER, score REAL, logit REAL);"
              "CREATE TABLE coarse(id INTEGER PRIMARY KEY, label INTEGER, score REAL, logit REAL);"
              "CREATE TABLE grouped(part INTEGER, id INTEGER, label INTEGER, score REAL, PRIMARY KEY(part, "
              "id)) WITHOUT ROWID;"
              "CREATE TABLE packed(scores BLOB, labels BLOB, logits BLOB);");
  fill(db, "INSERT INTO preds VALUES (?1, ?2, ?3, ?4 + 0 * ?5)", rows, 0);
  fill(db, "INSERT INTO coarse VALUES (?1, ?2, ?3, ?4 + 0 * ?5)", least(rows, COARSE_ROWS), COARSE_SCORES);
  fill(db, "INSERT INTO grouped VALUES (?5, ?1, ?2, ?3 + 0 * ?4)", least(rows, GROUPED_ROWS), 0);
  pack(db, rows);
  char *stamp = sqlite3_mprintf("PRAGMA user_version = %d; COMMIT", VERSION);
  execute(db, stamp);
  sqlite3_free(stamp);
  sqlite3_close(db);
  if (rename(part, path) != 0) fail(path, "cannot be made");
  sqlite3_free(part);
}

static bool is_made(const char *path) {
  sqlite3 *db;
  bool made = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
              && ask_integer(db, "PRAGMA user_version") == VERSION;
  sqlite3_close(db);
  return made;
}

sqlite3 *open_bench(const char *folder, int64_t rows) {
  char *path = sqlite3_mprintf("%s/bench-%lld.db", folder, (long long)rows);
  sqlite3 *db;
  if (!is_made(path)) make(folder, path, rows);
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) fail(path, sqlite3_errmsg(db));
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
  load(db, folder, "mlmetrics", NULL);
  load(db, folder, "bench_noop", "sqlite3_benchnoop_init");
  sqlite3_free(path);
  return db;
}
