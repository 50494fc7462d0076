/* The demo tables in a database with the extension loaded: see tables.h. */
#include "tables.h"

#include <mlmetrics.h>

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *what, const char *why) {
  printf("%s: %s\n", what, why);
  exit(2);
}

char *read_file(const char *path, size_t *n) {
  FILE *file = fopen(path, "rb");
  if (!file) die(path, "cannot be opened");
  char *bytes = NULL;
  size_t room = 1 << 16, got;
  for (*n = 0;; room *= 2) {
    bytes = realloc(bytes, room + 1);
    if (!bytes) die(path, "out of memory");
    *n += got = fread(bytes + *n, 1, room - *n, file);
    if (*n < room) break;
  }
  fclose(file);
  bytes[*n] = 0;
  return bytes;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

void each_file(const char *folder, const char *ending, void (*visit)(const char *path)) {
  char *paths[256];
  int n = 0;
  DIR *dir = opendir(folder);
  if (!dir) die(folder, "cannot be opened");
  for (struct dirent *entry; (entry = readdir(dir)) && n < 256;) {
    size_t length = strlen(entry->d_name), end = strlen(ending);
    if (entry->d_name[0] != '.' && length > end && strcmp(entry->d_name + length - end, ending) == 0)
      paths[n++] = sqlite3_mprintf("%s/%s", folder, entry->d_name);
  }
  closedir(dir);
  qsort(paths, (size_t)n, sizeof *paths, by_name);
  for (int i = 0; i < n; sqlite3_free(paths[i++])) visit(paths[i]);
}

bool host_has(const char *version) {
  int major = 0, minor = 0, patch = 0;
  sscanf(version, "%d.%d.%d", &major, &minor, &patch);
  return sqlite3_libversion_number() >= major * 1000000 + minor * 1000 + patch;
}

static void run(sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) die(sql, sqlite3_errmsg(db));
}

sqlite3 *open_bare(void) {
  sqlite3 *db;
  char *why = NULL;
  const char *path = getenv("MLMETRICS");
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) die("sqlite3_open", "failed");
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, (int *)NULL);
  int status = path && strcmp(path, "linked") == 0
                   ? sqlite3_mlmetrics_init(db, &why, NULL)
                   : sqlite3_load_extension(db, path ? path : "build/mlmetrics", NULL, &why);
  if (status != SQLITE_OK) die("loading the extension", why ? why : "failed");
  return db;
}

/* Binds the field that begins at *at and ends before , or newline; moves *at to that byte. */
static void bind_field(sqlite3_stmt *insert, int column, char **at) {
  size_t n = strcspn(*at, ",\r\n");
  char *end;
  double x = strtod(*at, &end);
  bool integer = memchr(*at, '.', n) == NULL && memchr(*at, 'e', n) == NULL;
  if (n > 0 && end == *at + n && !integer)
    sqlite3_bind_double(insert, column, x);
  else
    sqlite3_bind_text(insert, column, *at, (int)n, SQLITE_TRANSIENT);
  *at += n;
}

static void fill(sqlite3 *db, const char *table, int columns) {
  char *path = sqlite3_mprintf("tests/data/%s.csv", table);
  sqlite3_str *text = sqlite3_str_new(db);
  sqlite3_str_appendf(text, "INSERT INTO %s VALUES(?", table);
  for (int i = 1; i < columns; i++) sqlite3_str_appendall(text, ",?");
  sqlite3_str_appendall(text, ")");
  char *sql = sqlite3_str_finish(text);
  sqlite3_stmt *insert;
  if (sqlite3_prepare_v2(db, sql, -1, &insert, NULL) != SQLITE_OK) die(sql, sqlite3_errmsg(db));
  size_t n;
  char *csv = read_file(path, &n), *at = csv + strcspn(csv, "\n");
  while (*at && at[1]) {
    for (int i = 1; i <= columns; i++) {
      at++;
      bind_field(insert, i, &at);
    }
    if (*at == '\r') at++;
    if (sqlite3_step(insert) != SQLITE_DONE) die(path, sqlite3_errmsg(db));
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  free(csv);
  sqlite3_free(sql);
  sqlite3_free(path);
}

static sqlite3 *make_tables(void) {
  sqlite3 *db;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) die("sqlite3_open", "failed");
  size_t n;
  char *schema = read_file("tests/data/schema.sql", &n);
  run(db, schema);
  free(schema);
  run(db, "BEGIN");
  sqlite3_stmt *tables;
  sqlite3_prepare_v2(db,
                     "SELECT m.name, (SELECT count(*) FROM pragma_table_info(m.name)) FROM sqlite_master m "
                     "WHERE m.type = 'table'",
                     -1, &tables, NULL);
  while (sqlite3_step(tables) == SQLITE_ROW)
    fill(db, (const char *)sqlite3_column_text(tables, 0), sqlite3_column_int(tables, 1));
  sqlite3_finalize(tables);
  run(db, "COMMIT");
  return db;
}

sqlite3 *open_tables(void) {
  static sqlite3 *made;
  if (!made) made = make_tables();
  sqlite3 *db = open_bare();
  sqlite3_backup *copy = sqlite3_backup_init(db, "main", made, "main");
  if (!copy || sqlite3_backup_step(copy, -1) != SQLITE_DONE) die("copying the tables", sqlite3_errmsg(db));
  sqlite3_backup_finish(copy);
  return db;
}

/* A REAL as the shell shows it, "%!.15g", but rounded by the C library: SQLite before 3.43 needs a long
 * double of 80 bits to get all digits right. */
static void add_real(sqlite3_str *out, double x) {
  char digits[32];
  if (isinf(x) || x == 0) {
    sqlite3_str_appendall(out, x > 0 ? "Inf" : x < 0 ? "-Inf" : "0.0");
    return;
  }
  snprintf(digits, sizeof digits, "%.15g", x);
  int whole = (int)strcspn(digits, "e");
  bool point = memchr(digits, '.', (size_t)whole) != NULL;
  sqlite3_str_appendf(out, "%.*s%s%s", whole, digits, point ? "" : ".0", digits + whole);
}

static void add_value(sqlite3_str *out, sqlite3_stmt *row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_FLOAT)
    add_real(out, sqlite3_column_double(row, column));
  else if (sqlite3_column_type(row, column) != SQLITE_NULL)
    sqlite3_str_append(out, (const char *)sqlite3_column_text(row, column),
                       sqlite3_column_bytes(row, column));
}

char *rows_counted(sqlite3 *db, const char *sql, bool *error, int *rows) {
  sqlite3_str *out = sqlite3_str_new(db);
  int status = SQLITE_DONE;
  *rows = -1;
  for (const char *tail = sql; *tail;) {
    sqlite3_stmt *row;
    if ((status = sqlite3_prepare_v2(db, tail, -1, &row, &tail)) != SQLITE_OK) break;
    if (!row) break; /* only blanks and comments were left */
    if (*rows < 0 && sqlite3_column_count(row) > 0) *rows = 0;
    while ((status = sqlite3_step(row)) == SQLITE_ROW) {
      if (++*rows > 1) sqlite3_str_append(out, "\n", 1);
      for (int i = 0; i < sqlite3_column_count(row); i++) {
        if (i > 0) sqlite3_str_append(out, "|", 1);
        add_value(out, row, i);
      }
    }
    sqlite3_finalize(row);
    if (status != SQLITE_DONE) break;
  }
  *error = status != SQLITE_DONE && status != SQLITE_OK;
  if (*error) {
    sqlite3_str_reset(out);
    sqlite3_str_appendall(out, sqlite3_errmsg(db));
  }
  char *text = sqlite3_str_finish(out);
  return text ? text : sqlite3_mprintf("");
}

char *rows_of(sqlite3 *db, const char *sql, bool *error) {
  int rows;
  return rows_counted(db, sql, error, &rows);
}
