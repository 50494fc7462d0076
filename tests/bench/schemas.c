/* What schemas, indexes and settings cost, as ratios: schemas FOLDER ROWS ROUNDS. The page sql/scale.sql
 * quotes them.
 *
 * A query and the one that it is compared with run in turn; shown are the median ratio and the middle half of
 * the rounds.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

/* Tables of the same rows, in a database of their own, under names that the database of the rows has not. */
static const char tables[] =
    "CREATE TABLE narrow(id INTEGER PRIMARY KEY, model INTEGER, label INTEGER, score REAL);"
    "INSERT INTO narrow SELECT id, id % 1000, label, score FROM preds ORDER BY id;"
    "CREATE TABLE score_first(id INTEGER PRIMARY KEY, model INTEGER, score REAL, label INTEGER);"
    "INSERT INTO score_first SELECT id, model, score, label FROM narrow;"
    "CREATE TABLE clustered(model INTEGER, id INTEGER, label INTEGER, score REAL, PRIMARY KEY(model, id)) "
    "WITHOUT ROWID;"
    "INSERT INTO clustered SELECT model, id, label, score FROM narrow ORDER BY 1, 2;"
    "CREATE TABLE covered(id INTEGER PRIMARY KEY, model INTEGER, label INTEGER, score REAL, logit REAL);"
    "INSERT INTO covered SELECT n.id, model, n.label, n.score, logit FROM narrow n JOIN preds USING (id);"
    "CREATE INDEX by_model ON covered(model, score, label);"
    "CREATE TABLE wide(id INTEGER PRIMARY KEY, model INTEGER, a1 REAL, a2 REAL, a3 REAL, a4 REAL, a5 REAL, "
    "a6 REAL, a7 "
    "REAL, a8 REAL, a9 REAL, a10 REAL, a11 REAL, a12 REAL, a13 REAL, a14 REAL, a15 REAL, a16 REAL, label "
    "INTEGER, "
    "score REAL);"
    "INSERT INTO wide SELECT id, model, score, score, score, score, score, score, score, score, score, "
    "score, score, "
    "score, score, score, score, score, label, score FROM narrow;"
    "CREATE TABLE long_text(id INTEGER PRIMARY KEY, model INTEGER, prompt TEXT, label INTEGER, score REAL);"
    "INSERT INTO long_text SELECT id, model, printf('%.*c', 400, 'x'), label, score FROM narrow;"
    "CREATE TABLE text_last(id INTEGER PRIMARY KEY, model INTEGER, label INTEGER, score REAL, prompt TEXT);"
    "INSERT INTO text_last SELECT id, model, label, score, printf('%.*c', 400, 'x') FROM narrow;"
    "CREATE TABLE texts(id INTEGER PRIMARY KEY, model INTEGER, label TEXT, score TEXT);"
    "INSERT INTO texts SELECT id, model, label, printf('%.6f', score) FROM narrow;"
    "CREATE TABLE packed_by_model(model INTEGER, scores BLOB, labels BLOB);"
    "INSERT INTO packed_by_model SELECT model, pack(score), pack(label) FROM clustered GROUP BY model, id / "
    "4096000;"
    "CREATE TABLE batches(scores BLOB, labels BLOB);"
    "INSERT INTO batches SELECT pack(score), pack(label) FROM narrow GROUP BY id / 4096;";

typedef struct Figure {
  const char *what, *sql;
  const char *before, *after; /* settings for this query alone; NULL: none */
} Figure;

enum { MOST_FIGURES = 10 };
typedef struct Group {
  const char *title;
  Figure figure[MOST_FIGURES]; /* the first is the one that the others are compared with */
} Group;

#define EIGHT                                                                                                \
  "SELECT roc_auc(score, label), average_precision(score, label), ks(score, label), log_loss(score, "        \
  "label), "                                                                                                 \
  "brier(score, label), ece(score, label), best_cutoff(score, label), best_cutoff_value(score, label) FROM " \
  "narrow"

static const Group groups[] = {
    {"a scan, noop2(score, label)",
     {{"narrow table, label before score", "SELECT noop2(score, label) FROM narrow", NULL, NULL},
      {"score before label", "SELECT noop2(score, label) FROM score_first", NULL, NULL},
      {"covering index (model, score, label)",
       "SELECT noop2(score, label) FROM covered INDEXED BY by_model "
       "WHERE model >= 0",
       NULL, NULL},
      {"WITHOUT ROWID", "SELECT noop2(score, label) FROM clustered", NULL, NULL},
      {"label and score behind 16 columns", "SELECT noop2(score, label) FROM wide", NULL, NULL},
      {"behind 400 bytes of text", "SELECT noop2(score, label) FROM long_text", NULL, NULL},
      {"before 400 bytes of text", "SELECT noop2(score, label) FROM text_last", NULL, NULL}}},
    {"roc_auc(score, label), all rows",
     {{"narrow table", "SELECT roc_auc(score, label) FROM narrow", NULL, NULL},
      {"label and score TEXT", "SELECT roc_auc(score, label) FROM texts", NULL, NULL},
      {"packed, 4096 in a row", "SELECT roc_auc(scores, labels) FROM batches", NULL, NULL}}},
    {"mse(score, label), all rows",
     {{"narrow table", "SELECT mse(score, label) FROM narrow", NULL, NULL},
      {"label and score TEXT", "SELECT mse(score, label) FROM texts", NULL, NULL},
      {"packed, 4096 in a row", "SELECT mse(scores, labels) FROM batches", NULL, NULL}}},
    {"roc_auc(score, label) GROUP BY model, 1000 models",
     {{"no index", "SELECT roc_auc(score, label) FROM narrow GROUP BY model", NULL, NULL},
      {"covering index (model, score, label)", "SELECT roc_auc(score, label) FROM covered GROUP BY model",
       NULL, NULL},
      {"WITHOUT ROWID, model first in the key", "SELECT roc_auc(score, label) FROM clustered GROUP BY model",
       NULL, NULL},
      {"score_sets and each_set",
       "SELECT key, roc_auc(state) FROM each_set((SELECT score_sets(model, score, label) FROM narrow)) GROUP "
       "BY key",
       NULL, NULL},
      {"packed by model", "SELECT roc_auc(scores, labels) FROM packed_by_model GROUP BY model", NULL, NULL},
      {"no index, cache_size 1 GB", "SELECT roc_auc(score, label) FROM narrow GROUP BY model",
       "PRAGMA main.cache_size = -1000000", "PRAGMA main.cache_size = -2000"},
      {"no index, temp_store = memory", "SELECT roc_auc(score, label) FROM narrow GROUP BY model",
       "PRAGMA temp_store = memory", "PRAGMA temp_store = default"}}},
    {"bce_logits(logit, label) GROUP BY model, where the index does not hold logit",
     {{"FROM covered NOT INDEXED", "SELECT bce_logits(logit, label) FROM covered NOT INDEXED GROUP BY model",
       NULL, NULL},
      {"FROM covered", "SELECT bce_logits(logit, label) FROM covered GROUP BY model", NULL, NULL}}},
    {"several metrics",
     {{"evaluate_binary(score, label)", "SELECT evaluate_binary(score, label) FROM narrow", NULL, NULL},
      {"eight metrics, one by one", EIGHT, NULL, NULL},
      {"eight metrics of one score_set",
       "SELECT roc_auc(s), average_precision(s), ks(s), log_loss(s), brier(s), ece(s), best_cutoff(s), "
       "best_cutoff_value(s) FROM (SELECT score_set(score, label) AS s FROM narrow LIMIT 1)",
       NULL, NULL}}},
};

static void execute(sqlite3 *db, const char *sql) {
  char *message = NULL;
  if (!sql || sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK) return;
  fprintf(stderr, "schemas: %s: %s\n", sql, message ? message : "failed");
  exit(1);
}

static void load(sqlite3 *db, const char *folder) {
  char *path = sqlite3_mprintf("%s/mlmetrics", folder), *message = NULL;
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
  if (sqlite3_load_extension(db, path, NULL, &message) != SQLITE_OK) {
    fprintf(stderr, "schemas: %s\n", message);
    exit(1);
  }
  sqlite3_free(path);
}

/* Made once and kept, like the tables of the other programs. */
static void make(const char *path, const char *folder, int64_t rows) {
  char *part = sqlite3_mprintf("%s-part", path);
  char *attach = sqlite3_mprintf("ATTACH '%q/bench-%lld.db' AS source", folder, (long long)rows);
  sqlite3 *db;
  remove(part);
  fprintf(stderr, "making %s\n", path);
  sqlite3_open(part, &db);
  load(db, folder);
  execute(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
  execute(db, attach);
  execute(db, "BEGIN");
  execute(db, tables);
  execute(db, "COMMIT; ANALYZE");
  sqlite3_close(db);
  if (rename(part, path) != 0) exit(1);
  sqlite3_free(attach);
  sqlite3_free(part);
}

static double time_of(sqlite3 *db, const Figure *figure) {
  execute(db, figure->before);
  double seconds = seconds_of(db, figure->sql);
  execute(db, figure->after);
  return seconds;
}

static void run_group(sqlite3 *db, const Group *group, int rounds) {
  Series ratio[MOST_FIGURES] = {{0}};
  time_of(db, &group->figure[0]);
  for (int round = 0; round < rounds; round++) {
    double before = time_of(db, &group->figure[0]);
    for (int i = 1; i < MOST_FIGURES && group->figure[i].sql; i++) {
      double here = time_of(db, &group->figure[i]), after = time_of(db, &group->figure[0]);
      series_put(&ratio[i], here / ((before + after) / 2));
      before = after;
    }
  }
  printf("\n%s\n  %-40s 1\n", group->title, group->figure[0].what);
  for (int i = 1; i < MOST_FIGURES && group->figure[i].sql; i++) {
    Spread s = spread_of(&ratio[i]);
    printf("  %-40s %.2f  (%.2f .. %.2f)\n", group->figure[i].what, s.median, s.low, s.high);
  }
  fflush(stdout);
}

int main(int argc, char **argv) {
  if (argc != 4 || atoll(argv[2]) < 1 || atoi(argv[3]) < 1 || atoi(argv[3]) > MOST_ROUNDS) {
    fprintf(stderr, "schemas FOLDER ROWS ROUNDS, at most %d rounds\n", MOST_ROUNDS);
    return 2;
  }
  int64_t rows = atoll(argv[2]);
  sqlite3 *db = open_bench(argv[1], rows);
  char *path = sqlite3_mprintf("%s/bench-schemas-%lld.db", argv[1], (long long)rows);
  FILE *made = fopen(path, "rb");
  if (made)
    fclose(made);
  else
    make(path, argv[1], rows);
  char *attach = sqlite3_mprintf("ATTACH %Q AS schemas", path);
  execute(db, attach);
  printf("%lld rows, %d rounds, SQLite %s; times as ratios to the first line\n", (long long)rows,
         atoi(argv[3]), sqlite3_libversion());
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) run_group(db, &groups[i], atoi(argv[3]));
  sqlite3_free(attach);
  sqlite3_free(path);
  sqlite3_close(db);
  return 0;
}
