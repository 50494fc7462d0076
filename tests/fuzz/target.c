/* A fuzzing target: any bytes become a call of any function of the extension, with numbers, texts, vectors,
 * objectives and saved states whose checksum is right, so that what lies behind it is reached.
 *
 * It stops the program where a call ends in a way no call may, where an error does not name the function, and
 * where a saved state is accepted that does not come back as the same bytes.
 */
#include <mlmetrics.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "metric.h"

extern const Family *const mlm_families[];
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { CALLS = 4000, MOST_ARGS = 6 };

/* A statement over two rows of ?1.. parameters, or with none. */
typedef struct Call {
  char name[64];
  int args;
  sqlite3_stmt *statement;
} Call;

static Call call[CALLS];
static int calls;
static const char *state_names[64];
static int names;
static sqlite3 *db;

typedef struct Bytes {
  const uint8_t *at, *end;
} Bytes;

static uint8_t next_byte(Bytes *in) { return in->at < in->end ? *in->at++ : 0; }

static size_t next_bytes(Bytes *in, const uint8_t **bytes) {
  size_t n = next_byte(in), left = (size_t)(in->end - in->at);
  if (n == 255) n = left;
  *bytes = in->at;
  n = n < left ? n : left;
  in->at += n;
  return n;
}

static void *resize(void *block, uint64_t bytes) { return sqlite3_realloc64(block, bytes); }
static const Host host = {.realloc = resize, .free = sqlite3_free};

static void bind_state(sqlite3_stmt *statement, int at, Bytes *in) {
  Writer out = {.limit = 1 << 20, .host = &host};
  const uint8_t *payload;
  mlm_write_header(&out, state_names[next_byte(in) % names]);
  size_t n = next_bytes(in, &payload);
  mlm_write_bytes(&out, payload, n);
  mlm_write_end(&out);
  sqlite3_bind_blob64(statement, at, out.bytes, out.n, sqlite3_free);
}

static void bind_number(sqlite3_stmt *statement, int at, Bytes *in) {
  static const double special[] = {0,        1,         0.5, -1,           1e308, 5e-324,
                                   INFINITY, -INFINITY, 100, 2147483648.0, 1e16};
  uint8_t pick = next_byte(in);
  double x = 0;
  if (pick < 64) {
    x = special[pick % 11];
  } else {
    uint8_t raw[8];
    for (int i = 0; i < 8; i++) raw[i] = next_byte(in);
    memcpy(&x, raw, 8);
  }
  sqlite3_bind_double(statement, at, x);
}

static void bind_value(sqlite3_stmt *statement, int at, Bytes *in) {
  static const char *const text[] = {
      "0.5", " 1 ", "",         "n/a",     "[0.1,0.9]",   "[1,0,0]",        "[1,2,3]",  "f1",
      "mcc", "dot", "cost:1,5", "fbeta:2", "recall>=0.5", "precision>=0.9", "quantile", "[\"1\",2e3"};
  const uint8_t *bytes;
  size_t n;
  uint8_t pick = next_byte(in);
  switch (pick % 8) {
  case 0: sqlite3_bind_null(statement, at); break;
  case 1: sqlite3_bind_int64(statement, at, (int8_t)next_byte(in)); break;
  case 2: bind_number(statement, at, in); break;
  case 3: sqlite3_bind_int64(statement, at, pick >> 3 & 1); break;
  case 4: sqlite3_bind_text(statement, at, text[next_byte(in) % 16], -1, SQLITE_STATIC); break;
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

static void start(void) {
  sqlite3_open(":memory:", &db);
  if (sqlite3_mlmetrics_init(db, NULL, NULL) != SQLITE_OK) abort();
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1 << 22);
  for (const Family *const *family = mlm_families; *family; family++) {
    for (const Metric *m = (*family)->metrics; m && m->name; m++) {
      char state[64];
      snprintf(state, sizeof state, "%s_state", m->name);
      add_aggregate(m->name);
      add_aggregate(state);
      const char *name = m->state_name ? m->state_name : m->state->name;
      int known = 0;
      for (int i = 0; i < names; i++) known |= strcmp(state_names[i], name) == 0;
      if (!known) state_names[names++] = name;
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  if (!db) start();
  Bytes in = {data, data + n};
  int pick = next_byte(&in) << 8;
  pick |= next_byte(&in);
  const Call *made = &call[pick % calls];
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
