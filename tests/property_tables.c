/* The tables for the property tests: see property_tables.h. */
#include "property_tables.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char columns[] =
    "score,prob,label,soft,pred,target,weight,cutoff,pos_weight,pred_class,pred_digit,label_class,class,"
    "p0,p1,p2,z0,z1,z2,probs,logits,shares,k,part,band,shuffle";

enum { COLUMNS = 26, TEXT = 64, ENTRIES = 3 };

typedef struct List {
  size_t n;
  const char *at[12];
} List;

/* Where the values of a flavour come from. */
typedef struct Flavour {
  List numbers, finite, probs, weights;
} Flavour;

static const Flavour tame = {
    .numbers = {10, {"0.1", "0.25", "-0.7", "0.5", "0.75", "1.3", "-2", "3", "0", "0.30000000000000004"}},
    .finite = {10, {"0.1", "0.25", "-0.7", "0.5", "0.75", "1.3", "-2", "3", "0", "0.30000000000000004"}},
    .probs = {4, {"0.1", "0.25", "0.30000000000000004", "0.3"}},
    .weights = {8, {"0", "1", "1", "2", "0.1", "0.7", "3", "1.5"}},
};

static const Flavour wild = {
    .numbers = {12,
                {"9e999", "-9e999", "5e-324", "-5e-324", "0", "-0.0", "1e308", "-1e308", "1e16", "1e-16",
                 "0.5", "2.2250738585072014e-308"}},
    .finite = {9, {"5e-324", "-5e-324", "0", "-0.0", "1e150", "-1e150", "1e16", "1e-16", "0.5"}},
    .probs = {7, {"0", "1", "5e-324", "1e-16", "0.9999999999999999", "0.5", "1e-300"}},
    .weights = {8, {"0", "1", "1e-300", "1e300", "1e16", "0.1", "5e-324", "4294967296"}},
};

/* A prediction with a fraction would be an error in each frame whose labels are all whole. */
static const List preds = {8, {"1", "2.0", "2", "cat", "dog", "3", "2.5.1", "it's \"q\""}};
static const List labels = {8, {"1", "2.0", "2", "cat", "dog", "3", "2.5", "it's \"q\""}};

static uint64_t random_state;

static uint64_t dice(uint64_t sides) {
  random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (random_state >> 33) % sides;
}

static void pick(char *out, const List *list) { sqlite3_snprintf(TEXT, out, "%s", list->at[dice(list->n)]); }

/* One of the list, a value that recurs, or any between lo and hi. */
static void number(char *out, const List *list, double lo, double hi) {
  uint64_t way = dice(3);
  if (way == 0)
    pick(out, list);
  else if (way == 1)
    sqlite3_snprintf(TEXT, out, "%!.17g", lo + (hi - lo) * (double)dice(9) / 8);
  else
    sqlite3_snprintf(TEXT, out, "%!.17g", lo + (hi - lo) * (double)dice(1 << 30) / (1 << 30));
}

static void digit(char *out, uint64_t sides) { sqlite3_snprintf(TEXT, out, "%d", (int)dice(sides)); }

/* A JSON array of multiples of 1/64, which a float32 holds too, that add up to 1. */
static void shares(char *out) {
  int a = (int)dice(65), b = (int)dice((uint64_t)(65 - a));
  sqlite3_snprintf(TEXT, out, "[%!.7g,%!.7g,%!.7g]", a / 64.0, b / 64.0, (64 - a - b) / 64.0);
}

static void logits(char *out, bool infinite) {
  double a = (double)dice(64) / 16 - 2, b = (double)dice(64) / 16, c = (double)dice(64) / 8 - 4;
  if (infinite && dice(4) == 0)
    sqlite3_snprintf(TEXT, out, "[%s,%!.7g,%s]", dice(2) ? "9e999" : "-9e999", b,
                     dice(2) ? "-9e999" : "1024.0");
  else
    sqlite3_snprintf(TEXT, out, "[%!.7g,%!.7g,%!.7g]", a, b, c);
}

/* The row's values as texts, in the order of the columns. */
static void make_row(char v[COLUMNS][TEXT], const Flavour *from) {
  int c = 0;
  number(v[c++], &from->numbers, -3, 3);
  number(v[c++], &from->probs, 0, 1);
  digit(v[c++], 2);
  number(v[c++], &from->probs, 0, 1);
  number(v[c++], &from->finite, -3, 3);
  number(v[c++], &from->finite, -3, 3);
  pick(v[c++], &from->weights);
  number(v[c++], &from->numbers, -2, 2);
  number(v[c++], &from->probs, 0, 5);
  pick(v[c++], &preds);
  digit(v[c++], 5);
  pick(v[c++], &labels);
  digit(v[c++], ENTRIES);
  for (int i = 0; i < ENTRIES; i++) number(v[c++], &from->probs, 0, 1);
  for (int i = 0; i < ENTRIES; i++) number(v[c++], &from->numbers, -3, 3);
  shares(v[c++]);
  logits(v[c++], from == &wild);
  shares(v[c++]);
  const uint64_t sides[] = {4, 5, 40, 1000000}; /* of k, part, band, shuffle */
  for (int i = 0; i < 4; i++) digit(v[c++], sides[i]);
}

/* Binds a text as the number that it represents, or as text. */
static void bind_typed(sqlite3_stmt *insert, int i, const char *text) {
  char *end;
  double x = strtod(text, &end);
  if (*end || end == text)
    sqlite3_bind_text(insert, i, text, -1, SQLITE_TRANSIENT);
  else if (strpbrk(text, ".e"))
    sqlite3_bind_double(insert, i, x);
  else
    sqlite3_bind_int64(insert, i, strtoll(text, NULL, 10));
}

static void bind_float32(sqlite3_stmt *insert, int i, const char *json) {
  unsigned char bytes[4 * ENTRIES];
  for (int k = 0; k < ENTRIES; k++) {
    char *end;
    float x = (float)strtod(json + 1, &end);
    uint32_t bits;
    memcpy(&bits, &x, 4);
    for (int j = 0; j < 4; j++) bytes[4 * k + j] = (unsigned char)(bits >> 8 * j);
    json = end;
  }
  sqlite3_bind_blob(insert, i, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

static void bind_row(sqlite3_stmt *insert, int table, char v[COLUMNS][TEXT], int row) {
  sqlite3_bind_int(insert, 1, row);
  for (int c = 0; c < COLUMNS; c++) {
    if (table == 1)
      sqlite3_bind_text(insert, c + 2, v[c], -1, SQLITE_TRANSIENT);
    else if (table == 2 && *v[c] == '[')
      bind_float32(insert, c + 2, v[c]);
    else
      bind_typed(insert, c + 2, v[c]);
  }
  if (sqlite3_step(insert) != SQLITE_DONE) failed("insert: %s", sqlite3_errmsg(sqlite3_db_handle(insert)));
  sqlite3_reset(insert);
}

/* Adds to each table the set of each row: of its probability and label, its classes, its prediction and
 * target. */
static void add_sets(sqlite3 *db) {
  static const struct {
    const char *column, *set;
  } sets[] = {{"score_set_of_row", "score_set(prob, label)"},
              {"class_set_of_row", "class_set(pred_class, label_class)"},
              {"pred_set_of_row", "pred_set(pred, target)"}};
  static const char *const tables[] = {"t", "texts", "blobs"};
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < 3; k++) {
      char *sql = sqlite3_mprintf(
          "ALTER TABLE %s ADD COLUMN %s; UPDATE %s SET %s = (SELECT s FROM (SELECT id AS i, %s "
          "AS s FROM t GROUP BY id) WHERE i = id)",
          tables[i], sets[k].column, tables[i], sets[k].column, sets[k].set);
      if (sqlite3_exec(db, sql, NULL, NULL, NULL)) failed("%s: %s", sql, sqlite3_errmsg(db));
      sqlite3_free(sql);
    }
}

void make_property_tables(sqlite3 *db, bool wild_ones, int rows) {
  static const char *const tables[] = {"t", "texts", "blobs"};
  sqlite3_stmt *insert[3];
  for (int i = 0; i < 3; i++) {
    char *sql = sqlite3_mprintf("DROP TABLE IF EXISTS %s; CREATE TABLE %s(id INTEGER PRIMARY KEY,%s)",
                                tables[i], tables[i], columns);
    sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_free(sql);
    sqlite3_str *text = sqlite3_str_new(db);
    sqlite3_str_appendf(text, "INSERT INTO %s VALUES(?", tables[i]);
    for (int c = 0; c < COLUMNS; c++) sqlite3_str_appendall(text, ",?");
    sqlite3_str_appendall(text, ")");
    sql = sqlite3_str_finish(text);
    if (sqlite3_prepare_v2(db, sql, -1, &insert[i], NULL) != SQLITE_OK)
      failed("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_free(sql);
  }
  random_state = wild_ones ? 77 : 5;
  for (int row = 1; row <= rows; row++) {
    char v[COLUMNS][TEXT];
    make_row(v, wild_ones ? &wild : &tame);
    for (int i = 0; i < 3; i++) bind_row(insert[i], i, v, row);
  }
  for (int i = 0; i < 3; i++) sqlite3_finalize(insert[i]);
  add_sets(db);
  if (sqlite3_exec(
          db,
          "DROP TABLE IF EXISTS shuffled; DROP TABLE IF EXISTS reversed; DROP TABLE IF EXISTS repeated;"
          "DROP TABLE IF EXISTS alike;"
          "CREATE TABLE shuffled AS SELECT * FROM t ORDER BY shuffle; CREATE TABLE reversed AS SELECT * FROM "
          "t ORDER BY id DESC;"
          "CREATE TABLE repeated AS SELECT t.* FROM t JOIN (SELECT 1 AS i UNION SELECT 2 UNION SELECT 3) n "
          "ON n.i <= t.k "
          "ORDER BY n.i, shuffle;"
          "CREATE TABLE alike AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
          "13) "
          "SELECT t.* FROM n JOIN t ON n.i <= t.id % 14",
          NULL, NULL, NULL)
      != SQLITE_OK)
    failed("copies: %s", sqlite3_errmsg(db));
}

/* Adds the rows of one frame: window gives, for each row, the ids in its frame. */
static void add_members(sqlite3 *db, int frame, const char *window) {
  sqlite3_stmt *row, *insert;
  char *sql = sqlite3_mprintf("SELECT id, group_concat(id) OVER (%s) FROM t", window);
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK) failed("%s: %s", sql, sqlite3_errmsg(db));
  sqlite3_free(sql);
  sqlite3_prepare_v2(db, "INSERT INTO members VALUES(?,?,?)", -1, &insert, NULL);
  while (row && sqlite3_step(row) == SQLITE_ROW) {
    const char *ids = (const char *)sqlite3_column_text(row, 1);
    while (ids && *ids) {
      char *end;
      sqlite3_bind_int(insert, 1, frame);
      sqlite3_bind_int(insert, 2, sqlite3_column_int(row, 0));
      sqlite3_bind_int(insert, 3, (int)strtol(ids, &end, 10));
      sqlite3_step(insert);
      sqlite3_reset(insert);
      ids = *end ? end + 1 : end;
    }
  }
  sqlite3_finalize(insert);
  sqlite3_finalize(row);
}

void make_members(sqlite3 *db, const char *const *windows, int n) {
  sqlite3_exec(db,
               "DROP TABLE IF EXISTS members;"
               "CREATE TABLE members(frame INTEGER, center INTEGER, member INTEGER, PRIMARY KEY(frame, "
               "center, member)) WITHOUT ROWID; BEGIN",
               NULL, NULL, NULL);
  for (int i = 0; i < n; i++) add_members(db, i, windows[i]);
  sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
}
