/* A fuzzing target: any bytes become a call of any function of the extension in any form, with numbers,
 * texts, vectors, objectives, fits, and saved states, packed columns and keyed sets whose checksum is right,
 * so that what lies behind it is reached; or they become a statement, put together from words.
 *
 * It stops the program where a call ends in a way no call may, where an error does not name the function, and
 * where a saved state is accepted that does not come back as the same bytes.
 */
#include <limits.h>
#include <mlmetrics.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "metric.h"
#include "metrics/forms.h"

extern const Family *const mlm_families[];
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { CALLS = 20000, NAMES = 256, MOST_ARGS = 6 };

/* A statement over two rows of ?1.. parameters, or with none. */
typedef struct Call {
  char name[64];
  int args;
  uint16_t
      hash; /* of name, number of arguments and form: what an input picks stays when functions are added */
  sqlite3_stmt *statement;
} Call;

static Call call[CALLS]; /* by ascending hash, once started */
static int calls;
static char state_names[NAMES][MLM_STATE_NAME_BYTES];
static uint16_t state_hashes[NAMES];
static int names;
static sqlite3 *db;

static uint16_t hash_of(const char *text, unsigned more) {
  uint32_t hash = 2166136261u ^ more;
  for (; *text; text++) hash = (hash ^ (uint8_t)*text) * 16777619u;
  return (uint16_t)(hash ^ hash >> 16);
}

/* The first of n ascending hashes that is not below `pick`, or 0. */
static int place_of(unsigned pick, const uint16_t *hash, size_t stride, int n) {
  int from = 0, to = n;
  while (from < to) {
    int middle = (from + to) / 2;
    uint16_t at = *(const uint16_t *)(const void *)((const char *)hash + (size_t)middle * stride);
    if (at < pick)
      from = middle + 1;
    else
      to = middle;
  }
  return from < n ? from : 0;
}

static void *resize(void *block, uint64_t bytes) { return sqlite3_realloc64(block, bytes); }
static const Host host = {.realloc = resize, .free = sqlite3_free};

static void bind_state(sqlite3_stmt *statement, int at, Bytes *in) {
  Writer out = {.limit = 1 << 20, .host = &host};
  const uint8_t *payload;
  unsigned pick = (unsigned)next_byte(in) << 8;
  mlm_write_header(&out,
                   state_names[place_of(pick | next_byte(in), state_hashes, sizeof *state_hashes, names)]);
  size_t n = next_bytes(in, &payload);
  mlm_write_bytes(&out, payload, n);
  mlm_write_end(&out);
  sqlite3_bind_blob64(statement, at, out.bytes, out.n, sqlite3_free);
}

static void bind_number(sqlite3_stmt *statement, int at, Bytes *in) {
  static const double special[] = {0,        1,         0.5, -1,           1e308, 5e-324,
                                   INFINITY, -INFINITY, 100, 2147483648.0, 1e16};
  uint8_t pick = next_byte(in);
  double x;
  if (pick < 64) {
    x = special[pick % 11];
  } else {
    x = next_double(in);
  }
  sqlite3_bind_double(statement, at, x);
}

static void bind_value(sqlite3_stmt *statement, int at, Bytes *in) {
  static const char *const text[] = {"0.5",
                                     " 1 ",
                                     "",
                                     "n/a",
                                     "[0.1,0.9]",
                                     "[1,0,0]",
                                     "[1,2,3]",
                                     "f1",
                                     "mcc",
                                     "dot",
                                     "cost:1,5",
                                     "fbeta:2",
                                     "recall>=0.5",
                                     "precision>=0.9",
                                     "quantile",
                                     "[\"1\",2e3",
                                     "58.45%",
                                     "$1,234.50",
                                     "True",
                                     "1e-320",
                                     "roc_auc",
                                     "f1_at:0.25",
                                     "best_cutoff_value:youden",
                                     "ece:[0,0.5,1]",
                                     "stratified",
                                     "percentile",
                                     "ascii",
                                     "2001-04-01",
                                     "<&\"'>",
                                     "[\"a\",7,null]",
                                     "youden@midpoint",
                                     "{\"method\":\"isotonic\",\"x\":[0,0.5,9e999],\"y\":[0,0.25,1]}"};
  const uint8_t *bytes;
  size_t n;
  uint8_t pick = next_byte(in);
  switch (pick % 8) {
  case 0: sqlite3_bind_null(statement, at); break;
  case 1: sqlite3_bind_int64(statement, at, (int8_t)next_byte(in)); break;
  case 2: bind_number(statement, at, in); break;
  case 3: sqlite3_bind_int64(statement, at, pick >> 3 & 1); break;
  case 4:
    sqlite3_bind_text(statement, at, text[next_byte(in) % (sizeof text / sizeof *text)], -1, SQLITE_STATIC);
    break;
  case 5:
    n = next_bytes(in, &bytes);
    sqlite3_bind_text(statement, at, (const char *)bytes, (int)n, SQLITE_TRANSIENT);
    break;
  case 6:
    n = next_bytes(in, &bytes);
    sqlite3_bind_blob(statement, at, bytes, (int)n, SQLITE_TRANSIENT);
    break;
  default: bind_state(statement, at, in); break;
  }
}

/* Whether the function takes so many arguments: others are only told how it is called. */
static int takes(const char *name, int args) {
  static sqlite3_stmt *row;
  if (!row) {
    sqlite3_exec(db,
                 "CREATE TEMP TABLE arities AS SELECT name, narg FROM pragma_function_list;"
                 "CREATE INDEX temp.by_name ON arities(name)",
                 NULL, NULL, NULL);
    sqlite3_prepare_v2(db, "SELECT sum(narg = ?2), max(narg) < 0 FROM temp.arities WHERE name = ?1", -1, &row,
                       NULL);
  }
  if (!row) return 1; /* a host before 3.30 */
  sqlite3_bind_text(row, 1, name, -1, SQLITE_STATIC);
  sqlite3_bind_int(row, 2, args);
  int found = sqlite3_step(row) == SQLITE_ROW && (sqlite3_column_int(row, 0) || sqlite3_column_int(row, 1));
  sqlite3_reset(row);
  return found;
}

static void add_call(const char *name, int args, const char *form) {
  char list[200] = "", columns[200] = "", again[200] = "", sql[900];
  if (args == 0) { /* the two rows are there all the same */
    strcpy(list, "1");
    strcpy(again, "1");
  }
  for (int i = 0; i < args; i++) {
    sprintf(list + strlen(list), "%s?%d AS a%d", i ? ", " : "", i + 1, i);
    sprintf(again + strlen(again), "%s?%d", i ? ", " : "", args + i + 1);
    sprintf(columns + strlen(columns), "%sa%d", i ? ", " : "", i);
  }
  snprintf(sql, sizeof sql, form, name, columns, list, again);
  Call *made = &call[calls];
  if (calls == CALLS) abort();
  if (sqlite3_prepare_v2(db, sql, -1, &made->statement, NULL) != SQLITE_OK) return;
  snprintf(made->name, sizeof made->name, "%s", name);
  made->args = args;
  made->hash = hash_of(name, (unsigned)args + 64u * (unsigned)strlen(form));
  calls++;
}

static void add_aggregate(const char *name) {
  for (int args = 0; args <= MOST_ARGS; args++) {
    if (!takes(name, args)) continue;
    add_call(name, args, "SELECT %s(%s) FROM (SELECT %s UNION ALL SELECT %s)");
    add_call(name, args,
             "SELECT %s(%s) OVER (ROWS 1 PRECEDING) FROM (SELECT %s UNION ALL SELECT %s UNION ALL SELECT "
             "0.5,1,1 LIMIT 2)");
    add_call(name, args, "SELECT %s(%s) OVER (ROWS CURRENT ROW) FROM (SELECT %s UNION ALL SELECT %s)");
  }
}

/* A statement of many steps ends after some, not a call: the functions' own work is not counted. */
static long steps_left;
static int step_limit(void *unused) { return steps_left-- < 0; }

static void add_state_name(const char *name) {
  for (int i = 0; i < names; i++)
    if (strcmp(state_names[i], name) == 0) return;
  if (names == NAMES) abort();
  snprintf(state_names[names++], MLM_STATE_NAME_BYTES, "%s", name);
}

static int by_hash(const void *a, const void *b) {
  const Call *x = a, *y = b;
  return x->hash != y->hash ? (x->hash > y->hash) - (x->hash < y->hash) : strcmp(x->name, y->name);
}

static int by_name_hash(const void *a, const void *b) { return (int)hash_of(a, 0) - (int)hash_of(b, 0); }

static void start(void) {
  sqlite3_open(":memory:", &db);
  if (sqlite3_mlmetrics_init(db, NULL, NULL) != SQLITE_OK) abort();
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1 << 22);
  for (const Family *const *family = mlm_families; *family; family++) {
    for (const Metric *m = (*family)->metrics; m && m->name; m++)
      for (const Form *form = mlm_forms; form->suffix; form++) {
        char name[64], state[MLM_STATE_NAME_BYTES];
        if (!mlm_form_applies(form, m)) continue;
        snprintf(name, sizeof name, "%s%s", m->name, form->suffix);
        add_aggregate(name);
        mlm_form_state_name(form, m, state);
        add_state_name(state);
      }
    for (const Scalar *s = (*family)->scalars; s && s->name; s++)
      for (int args = 0; args <= MOST_ARGS; args++)
        if (takes(s->name, args))
          add_call(s->name, args, "SELECT %s(%s) FROM (SELECT %s UNION ALL SELECT %s)");
    for (const TableFunction *c = (*family)->tables; c && c->name; c++)
      for (int args = 0; c->required && args <= 3; args++)
        add_call(c->name, args,
                 "SELECT c.* FROM (SELECT %3$s UNION ALL SELECT %4$s) AS v, %1$s(%2$s) AS c LIMIT 40");
  }
  add_state_name("packed");
  qsort(call, (size_t)calls, sizeof *call, by_hash);
  qsort(state_names, (size_t)names, sizeof *state_names, by_name_hash);
  for (int i = 0; i < names; i++) state_hashes[i] = hash_of(state_names[i], 0);
  sqlite3_progress_handler(db, 1000, step_limit, NULL);
  sqlite3_exec(
      db,
      "CREATE TABLE t AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 12) "
      "SELECT i, i * 37 % 11 / 11.0 AS s, i % 2 AS y, i % 3 + 0.5 AS w, 'c' || i % 3 AS c, '[' || i || "
      "',2,0.5]' AS v FROM n",
      NULL, NULL, NULL);
}

static void stop(const char *why, const char *what) {
  fprintf(stderr, "%s: %s: %s\n", why, what, sqlite3_errmsg(db));
  abort();
}

static void show(const char *what, sqlite3_stmt *statement, int column) {
  const uint8_t *at = sqlite3_column_blob(statement, column);
  fprintf(stderr, "%s ", what);
  for (int i = 0; i < sqlite3_column_bytes(statement, column); i++) fprintf(stderr, "%02x", at[i]);
  fprintf(stderr, "\n");
}

/* An accepted state is in the one form there is: f_state of it alone is the same bytes (or NULL, where it
 * holds no row). */
static void check_state(const Call *made, Bytes in) {
  static const char ending[] = "_state";
  size_t n = strlen(made->name), m = sizeof ending - 1;
  if (made->args != 1 || n < m || strcmp(made->name + n - m, ending) != 0) return;
  char sql[200];
  sqlite3_stmt *statement;
  snprintf(sql, sizeof sql, "SELECT ?1, %s(?1)", made->name);
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) stop("no statement", sql);
  bind_state(statement, 1, &in);
  if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 1) != SQLITE_NULL) {
    const uint8_t *given = sqlite3_column_blob(statement, 0), *taken = sqlite3_column_blob(statement, 1);
    int bytes = sqlite3_column_bytes(statement, 0);
    bool same_name = given[5] == taken[5]
                     && memcmp(given + 6, taken + 6, given[5]) == 0; /* else a score set, read as rows */
    if (same_name
        && (bytes != sqlite3_column_bytes(statement, 1) || memcmp(given, taken, (size_t)bytes) != 0)) {
      show("given", statement, 0);
      show("taken", statement, 1);
      stop("a state that does not come back as it was", made->name);
    }
  }
  sqlite3_finalize(statement);
}

/* A statement made of words: a byte each, or a function's name. It may be wrong, which SQLite says; it may
 * not end in another way. */
static void run_words(Bytes *in) {
  static const char *const word[] = {"SELECT ",
                                     "(",
                                     ")",
                                     ", ",
                                     "s",
                                     "y",
                                     "w",
                                     "i",
                                     "c",
                                     "v",
                                     "0.5",
                                     "1",
                                     "NULL",
                                     "-1",
                                     "9e999",
                                     "'f1'",
                                     "'[1,2]'",
                                     "x'4d4cff7f'",
                                     "*",
                                     " FROM t ",
                                     " FROM ",
                                     " AS a ",
                                     " WHERE ",
                                     " GROUP BY c ",
                                     " ORDER BY ",
                                     " LIMIT 3 ",
                                     " OVER (ORDER BY i ROWS 2 PRECEDING) ",
                                     " OVER (PARTITION BY c) ",
                                     " FILTER (WHERE y) ",
                                     " UNION ALL ",
                                     "(SELECT score_set(s, y) FROM t)",
                                     "(SELECT score_sets(c, s, y) FROM t)",
                                     "(SELECT class_set(c, y) FROM t)",
                                     "(SELECT pack(s) FROM t)",
                                     "(SELECT pack(y) FROM t)",
                                     " JOIN ",
                                     " = ",
                                     " + ",
                                     " || ",
                                     "count(*)",
                                     "CAST(s AS TEXT)",
                                     "(SELECT isotonic_fit(s, y) FROM t)",
                                     "'[0,1]'",
                                     " HAVING ",
                                     " AND ",
                                     " DISTINCT ",
                                     "sum(",
                                     " IN ",
                                     " CROSS JOIN "};
  const unsigned words = sizeof word / sizeof *word;
  char sql[2000] = "SELECT ";
  size_t n = strlen(sql);
  while (in->at < in->end && n + 80 < sizeof sql) {
    unsigned byte = next_byte(in);
    const char *text = byte < 2 * words ? word[byte % words] : NULL;
    if (!text) {
      byte = (unsigned)next_byte(in) << 8;
      text = call[place_of(byte | next_byte(in), &call[0].hash, sizeof *call, calls)].name;
    }
    n += (size_t)snprintf(sql + n, sizeof sql - n, "%s%s", text, byte > 255 ? "(" : "");
  }
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  steps_left = 300;
  for (int rows = 0; statement && rows < 100; rows++)
    if ((rc = sqlite3_step(statement)) != SQLITE_ROW) break;
  sqlite3_finalize(statement);
  steps_left = LONG_MAX;
  if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW && rc != SQLITE_ERROR && rc != SQLITE_TOOBIG
      && rc != SQLITE_INTERRUPT && rc != SQLITE_MISMATCH)
    stop("a strange end", sql);
}

/* Called once by libFuzzer, so that no input has the time that starting takes. */
int LLVMFuzzerInitialize(int *argc, char ***argv) {
  start();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  if (!db) start();
  Bytes in = {data, data + n};
  steps_left = LONG_MAX;
  unsigned pick = (unsigned)next_byte(&in) << 8;
  pick |= next_byte(&in);
  if (pick >> 8 == 255) {
    run_words(&in);
    return 0;
  }
  const Call *made = &call[place_of(pick, &call[0].hash, sizeof *call, calls)];
  sqlite3_stmt *statement = made->statement;
  for (int i = 0; i < 2 * made->args; i++) bind_value(statement, i + 1, &in);
  int rc = sqlite3_step(statement), rows = 0;
  for (; rc == SQLITE_ROW && rows < 100; rows++) rc = sqlite3_step(statement);
  if (rc == SQLITE_ERROR && strncmp(sqlite3_errmsg(db), made->name, strlen(made->name)) != 0)
    stop("an error that does not name its function", made->name);
  if (rc != SQLITE_DONE && rc != SQLITE_ROW && rc != SQLITE_ERROR && rc != SQLITE_TOOBIG)
    stop("a strange end", made->name);
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  check_state(made, (Bytes){n > 2 ? data + 2 : data + n, data + n});
  return 0;
}
