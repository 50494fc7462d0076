/* The entry points: register every function, or undo it all and report the error. */
#include "registry.h"

#include <string.h>

#include "mlmetrics.h"

SQLITE_EXTENSION_INIT1

enum { OLDEST_HOST = 3025000 };

/* Whether a query returns this text. */
static bool answers(sqlite3 *db, const char *query, const char *text) {
  sqlite3_stmt *statement = NULL;
  bool same = sqlite3_prepare_v2(db, query, -1, &statement, NULL) == SQLITE_OK
              && sqlite3_step(statement) == SQLITE_ROW;
  const char *got = same ? (const char *)sqlite3_column_text(statement, 0) : NULL;
  same = got && strcmp(got, text) == 0;
  sqlite3_finalize(statement);
  return same;
}

/* Whether this connection has our functions already. A query that fails leaves its error with the connection,
 * and an automatic extension that leaves an error makes sqlite3_open() fail: a query that succeeds clears
 * it. */
static bool is_loaded(sqlite3 *db) {
  bool loaded = answers(db, "SELECT mlmetrics_version()", MLMETRICS_VERSION);
  if (!loaded) answers(db, "SELECT ''", "");
  return loaded;
}

#ifndef SQLITE_CORE
/* Every connection passes the same table of functions. Of threads that load for the first time at once only
 * one writes, so that the others, which may be registering already, read what does not change. */
static void set_api(const sqlite3_api_routines *api) {
  const sqlite3_api_routines *now = mlm_atomic_load(&sqlite3_api);
  if (now != api) (void)mlm_atomic_set_if(&sqlite3_api, now, api);
}
#endif

int sqlite3_mlmetrics_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
#ifndef SQLITE_CORE
  set_api(api);
#endif
  int host = sqlite3_libversion_number();
  if (host < OLDEST_HOST) {
    if (message)
      *message = sqlite3_mprintf("mlmetrics needs SQLite 3.25 or later, this is %s", sqlite3_libversion());
    return SQLITE_ERROR;
  }
  if (is_loaded(db)) return SQLITE_OK;
  int rc = mlm_register_all(db);
  if (rc != SQLITE_OK && message)
    *message = sqlite3_mprintf("mlmetrics could not register its functions: %s", sqlite3_errstr(rc));
  return rc;
}

#ifndef SQLITE_CORE
/* Under the file name mod_mlmetrics SQLite looks for this name. */
MLMETRICS_API int sqlite3_modmlmetrics_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);

int sqlite3_modmlmetrics_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
  return sqlite3_mlmetrics_init(db, message, api);
}
#endif
