/* The functions of the WebAssembly build that JavaScript calls, beside SQLite's own: open a database with
 * mlmetrics registered, and give it the bytes of a file. */
#include <mlmetrics.h>
#include <string.h>

sqlite3 *mlm_open(const unsigned char *bytes, int n);

/* A new connection; it reads and writes a copy of the n bytes of a database file, or an empty database if n
 * is 0. NULL: out of memory, or the bytes were refused. The caller closes it with sqlite3_close_v2(). */
sqlite3 *mlm_open(const unsigned char *bytes, int n) {
  sqlite3 *db = NULL;
  int rc = sqlite3_open(":memory:", &db);
  if (rc == SQLITE_OK) rc = sqlite3_mlmetrics_init(db, NULL, NULL);
  if (rc == SQLITE_OK && n > 0) {
    unsigned char *copy = sqlite3_malloc64((sqlite3_uint64)n);
    if (copy) memcpy(copy, bytes, (size_t)n);
    rc = copy ? sqlite3_deserialize(db, "main", copy, n, n,
                                    SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)
              : SQLITE_NOMEM;
  }
  if (rc == SQLITE_OK) return db;
  sqlite3_close_v2(db);
  return NULL;
}
