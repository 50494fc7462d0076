/* Ways of being loaded: twice, beside running statements, by several names, by sqlite3_auto_extension(),
 * beside an extension with the same symbols, into a host too old; and where the schema may call only what is
 * innocuous.
 */
#define SQLITE_CORE 1
#include <sqlite3ext.h>

#include "property_tables.h"
#include "call_matrix.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int Entry(sqlite3 *db, char **message, const sqlite3_api_routines *api);

static const char probe[] =
    "SELECT roc_auc(column1, column2) FROM (VALUES (.1, 0), (.4, 0), (.35, 1), (.8, 1))";
static const char *library; /* without the ending */
static sqlite3 *db;

static void check(bool right, const char *what, const char *got) {
  if (right)
    passed();
  else
    failed("%s: %s", what, got);
}

static void gives(sqlite3 *on, const char *what, const char *sql, const char *want) {
  bool error;
  char *got = rows_of(on, sql, &error);
  check(strcmp(got, want) == 0, what, got);
  sqlite3_free(got);
}

static sqlite3 *open_empty(void) {
  sqlite3 *empty;
  sqlite3_open(":memory:", &empty);
  sqlite3_db_config(empty, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, (int *)NULL);
  return empty;
}

/* Loads the library into the connection; NULL: it worked, else the message. */
static char *load(sqlite3 *into, const char *path) {
  char *why = NULL;
  int status = sqlite3_load_extension(into, path, NULL, &why);
  return status == SQLITE_OK ? NULL : why ? why : sqlite3_mprintf("status %d", status);
}

static void loads(sqlite3 *into, const char *what, const char *path) {
  char *why = load(into, path);
  check(!why, what, why);
  sqlite3_free(why);
  gives(into, what, probe, "0.75");
}

/* The file of the library, as the dynamic linker takes it; NULL: not found. To be freed. */
static char *library_file(void) {
  static const char *const endings[] = {".so", ".dylib", ".dll", ""};
  for (int i = 0; i < 4; i++) {
    char *path = sqlite3_mprintf("%s%s%s", strchr(library, '/') ? "" : "./", library, endings[i]);
    FILE *file = fopen(path, "rb");
    if (file) return fclose(file), path;
    sqlite3_free(path);
  }
  return NULL;
}

/* ---- twice ---- */

static void load_twice(void) {
  sqlite3 *one = open_empty(), *two = open_empty();
  loads(one, "loading", library);
  loads(one, "loading twice", library);
  loads(two, "loading into a second connection", library);
  sqlite3_stmt *row;
  int sum = 0;
  sqlite3_prepare_v2(
      one,
      "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT mse(i, 0) "
      "OVER (ORDER BY i ROWS 1 PRECEDING) = (i * i + (i - 1) * (i - 1)) / 2.0 OR i = 1 FROM n",
      -1, &row, NULL);
  for (int i = 0; sqlite3_step(row) == SQLITE_ROW; i++) {
    sum += sqlite3_column_int(row, 0);
    if (i == 4) loads(one, "loading again beside a running statement", library);
  }
  check(sum == 9, "a statement that ran while loading", sqlite3_errmsg(one));
  sqlite3_close(two);
  gives(one, "after the other connection was closed", probe, "0.75");
  /* The connection closed first: its functions live as long as the statement. */
  sqlite3_reset(row);
  sqlite3_step(row);
  sqlite3_close_v2(one);
  for (sum = 1; sqlite3_step(row) == SQLITE_ROW;) sum += sqlite3_column_int(row, 0);
  check(sum == 9, "a statement of a closed connection", "other rows");
  sqlite3_finalize(row);
}

/* The way of hosts without a call for it: the statement that loads is running then. */
static void load_by_select(void) {
  sqlite3 *one = open_empty();
  sqlite3_enable_load_extension(one, 1);
  char *sql = sqlite3_mprintf("SELECT load_extension('%q')", library);
  gives(one, "loading by SELECT load_extension()", sql, "");
  gives(one, "after SELECT load_extension()", probe, "0.75");
  sqlite3_free(sql);
  sqlite3_close(one);
}

static void no_op(sqlite3_context *context, int argc, sqlite3_value **argv) {}

/* A function of the user's by one of our names is replaced; while a statement runs SQLite replaces none, nor
 * takes one back, and then the load fails with a sentence, and works later. */
static void load_over(void) {
  sqlite3 *one = open_empty();
  sqlite3_stmt *row;
  sqlite3_create_function(one, "mse", 2, SQLITE_UTF8, NULL, no_op, NULL, NULL);
  sqlite3_prepare_v2(one, "SELECT 1 UNION ALL SELECT 2", -1, &row, NULL);
  sqlite3_step(row);
  char *why = load(one, library);
  check(why && strstr(why, "mlmetrics could not register its functions"), "loading over a function in use",
        why ? why : "worked");
  sqlite3_free(why);
  sqlite3_finalize(row);
  gives(one, "a user's function after a load that failed", "SELECT typeof(mse(1, 3))", "null");
  loads(one, "loading over a function no longer in use", library);
  gives(one, "a user's function replaced", "SELECT mse(1, 3)", "4.0");
  sqlite3_close(one);
}

/* ---- names ---- */

static void copy(const char *from, const char *to) {
  size_t n;
  char *bytes = read_file(from, &n);
  FILE *file = fopen(to, "wb");
  check(file && fwrite(bytes, 1, n, file) == n, "copying to", to);
  if (file) fclose(file);
  free(bytes);
}

/* SQLite makes the entry point's name from the file's. */
static void load_by_names(const char *file) {
  static const char *const names[] = {"mlmetrics", "libmlmetrics", "mod_mlmetrics"};
  const char *end = strrchr(file, '.');
  char *folder = sqlite3_mprintf("%s.names.XXXXXX", library);
  if (!mkdtemp(folder)) failed("%s: cannot be made", folder);
  for (int i = 0; i < 3; i++) {
    char *path = sqlite3_mprintf("%s/%s%s", folder, names[i], end),
         *bare = sqlite3_mprintf("%s/%s", folder, names[i]);
    copy(file, path);
    sqlite3 *one = open_empty(), *two = open_empty();
    loads(one, path, path);
    loads(two, bare, bare);
    sqlite3_close(one);
    sqlite3_close(two);
    remove(path);
    sqlite3_free(path);
    sqlite3_free(bare);
  }
  remove(folder);
  sqlite3_free(folder);
}

/* ---- by sqlite3_auto_extension() ---- */

static void load_automatically(Entry *entry) {
  sqlite3 *one;
  sqlite3_auto_extension((void (*)(void))entry);
  for (int i = 0; i < 2; i++) {
    int status = sqlite3_open(":memory:", &one);
    check(status == SQLITE_OK && sqlite3_errcode(one) == SQLITE_OK, "opening with an automatic extension",
          sqlite3_errmsg(one));
    gives(one, "an automatic extension", probe, "0.75");
    sqlite3_db_config(one, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, (int *)NULL);
    loads(one, "loading beside an automatic extension", library);
    sqlite3_close(one);
  }
  sqlite3_reset_auto_extension();
  sqlite3_open(":memory:", &one);
  gives(one, "no automatic extension", "SELECT mlmetrics_version()", "no such function: mlmetrics_version");
  sqlite3_close(one);
}

/* ---- hosts too old ---- */

static int old_number(void) { return 3024000; }
static const char *old_name(void) { return "3.24.0"; }

/* The library is loaded by a simulated host 3.24 that only has its version function: it must call nothing
 * else. */
static void load_into_old_host(Entry *entry) {
  static sqlite3_api_routines old;
  sqlite3_api_routines table = {
      .libversion_number = old_number, .libversion = old_name, .mprintf = sqlite3_mprintf};
  old = table;
  sqlite3 *one = open_empty();
  char *why = NULL;
  int status = entry(one, &why, &old);
  check(status == SQLITE_ERROR && why
            && strcmp(why, "mlmetrics needs SQLite 3.25 or later, this is 3.24.0") == 0,
        "a host of 3.24", why ? why : "no message");
  sqlite3_free(why);
  check(entry(one, NULL, &old) == SQLITE_ERROR, "a host of 3.24 that wants no message", "loaded");
  gives(one, "after a refusal", "SELECT mlmetrics_version()", "no such function: mlmetrics_version");
  loads(one, "loading after a refusal", library);
  sqlite3_close(one);
}

/* ---- another extension with the same symbols ---- */

/* The other library exports every name that the archive has, and aborts when one of them is called. */
static void load_beside_clash(void) {
  const char *slash = strrchr(library, '/');
  char *clash =
      sqlite3_mprintf("%.*s/tests/clash", slash ? (int)(slash - library) : 1, slash ? library : ".");
  sqlite3 *one = open_empty();
  char *why = load(one, clash);
  check(!why, clash, why);
  sqlite3_free(why);
  check(dlsym(RTLD_DEFAULT, "mlm_sum_add") || dlsym(RTLD_DEFAULT, "mlm_families"), clash,
        "its names are not there for all");
  loads(one, "loading beside the same symbols", library);
  sqlite3_close(one);
  sqlite3_free(clash);
}

/* ---- trusted_schema=OFF ---- */

static void check_view(const Use *use) {
  char *args = join_args(use, "%s"),
       *plain = sqlite3_mprintf("SELECT %s(%s) FROM t LIMIT 20", use->name, args),
       *view = sqlite3_mprintf("CREATE VIEW v AS %s", plain);
  bool error, no_view;
  sqlite3_exec(db, "DROP VIEW IF EXISTS v", NULL, NULL, NULL);
  sqlite3_exec(db, view, NULL, NULL, NULL);
  char *want = rows_of(db, plain, &error), *got = rows_of(db, "SELECT * FROM v", &no_view);
  check(!error && !no_view && strcmp(got, want) == 0, view, got);
  sqlite3_free(got);
  sqlite3_free(want);
  sqlite3_free(view);
  sqlite3_free(plain);
  sqlite3_free(args);
}

/* An index on every scalar holds what the scalar gives. */
static void check_index(const Use *use) {
  if (!use->scalar) return;
  char *args = join_args(use, "%s"),
       *index = sqlite3_mprintf("CREATE INDEX by_it ON t(%s(%s))", use->name, args);
  int status = sqlite3_exec(db, index, NULL, NULL, NULL);
  check(status == SQLITE_OK, index, sqlite3_errmsg(db));
  gives(db, index, "PRAGMA integrity_check", "ok");
  sqlite3_exec(db, "DROP INDEX IF EXISTS by_it", NULL, NULL, NULL);
  sqlite3_free(index);
  sqlite3_free(args);
}

static void distrust_schema(void) {
  static const char *const schema[] = {
      "CREATE TABLE g(z, y, p AS (sigmoid(z)) STORED, loss AS (bce_logits_loss(z, y)), CHECK (softplus(z) >= "
      "0))",
      "CREATE INDEX by_loss ON g(loss)",
      "CREATE INDEX by_p ON g(logit(p)) WHERE sigmoid(z) > 0.5",
      "CREATE TABLE log(v)",
      "CREATE TRIGGER note AFTER INSERT ON g BEGIN INSERT INTO log SELECT roc_auc(z, y) FROM g; END",
      "INSERT INTO g VALUES (1, 1), (2, 0), (3.5, 1)",
      "CREATE VIEW curve AS SELECT * FROM cutoff_curve((SELECT score_set(z, y) FROM g))",
      "CREATE VIEW classes AS SELECT * FROM class_table((SELECT class_set(z > 1, y) FROM g))",
      "CREATE VIEW list AS SELECT name FROM mlmetrics_functions",
      "CREATE VIEW version AS SELECT mlmetrics_version() AS v",
  };
  if (!host_has("3.31")) {
    printf("left out: this host has no trusted_schema\n");
    return;
  }
  db = open_bare();
  sqlite3_exec(db, "PRAGMA trusted_schema = OFF", NULL, NULL, NULL);
  gives(db, "trusted_schema", "PRAGMA trusted_schema", "0");
  make_property_tables(db, false, 40);
  sqlite3 *names = open_bare(); /* its own: tables cannot be changed while a statement runs */
  each_use(names, NULL, check_view, NULL);
  each_use(names, NULL, check_index, NULL);
  sqlite3_close(names);
  for (size_t i = 0; i < sizeof schema / sizeof *schema; i++)
    check(sqlite3_exec(db, schema[i], NULL, NULL, NULL) == SQLITE_OK, schema[i], sqlite3_errmsg(db));
  gives(db, "a generated column with an index", "SELECT count(*) FROM g INDEXED BY by_loss WHERE loss > 1",
        "1");
  gives(db, "a generated column", "SELECT p = sigmoid(z) AND loss = bce_logits_loss(z, y) FROM g LIMIT 1",
        "1");
  gives(db, "a trigger", "SELECT count(*), max(v) FROM log", "3|0.5");
  gives(db, "a view of a curve", "SELECT count(*) FROM curve", "4");
  gives(db, "a view of classes", "SELECT count(*) FROM classes", "2");
  gives(db, "a view of the functions", "SELECT count(*) > 60 FROM list", "1");
  gives(db, "a view of the version", "SELECT v = mlmetrics_version() FROM version", "1");
  gives(db, "a version in an index", "CREATE INDEX bad ON g(mlmetrics_version())",
        "non-deterministic functions prohibited in index expressions");
  gives(db, "the whole", "PRAGMA integrity_check", "ok");
  sqlite3_close(db);
}

int main(void) {
  library = getenv("MLMETRICS");
  if (!library || strcmp(library, "linked") == 0) library = "build/mlmetrics";
  load_beside_clash(); /* before any other load: the linker looks at what came first */
  char *file = library_file();
  void *handle = file ? dlopen(file, RTLD_NOW | RTLD_LOCAL) : NULL;
  Entry *entry = NULL;
  if (handle) *(void **)&entry = dlsym(handle, "sqlite3_mlmetrics_init");
  if (!entry) {
    failed("%s: %s", library, dlerror());
    return end_of_tests();
  }
  load_into_old_host(entry);
  load_twice();
  load_by_select();
  load_over();
  load_by_names(file);
  load_automatically(entry);
  distrust_schema();
  sqlite3_free(file);
  return end_of_tests();
}
