/* The floor of every figure: aggregates noop1, noop2 and noop3 that read their arguments and do nothing, as a
 * loadable extension, so that a call costs what one of mlmetrics costs. */
#include "sqlite3ext.h"
SQLITE_EXTENSION_INIT1

#include <stddef.h>

static void take(sqlite3_context *context, int argc, sqlite3_value **argv) {
  for (int i = 0; i < argc; i++) sqlite3_value_double(argv[i]);
}

static void give(sqlite3_context *context) {}

__attribute__((visibility("default"))) int sqlite3_benchnoop_init(sqlite3 *db, char **message,
                                                                  const sqlite3_api_routines *api);

int sqlite3_benchnoop_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
  static const char *const names[] = {"noop1", "noop2", "noop3"};
  SQLITE_EXTENSION_INIT2(api);
  int rc = SQLITE_OK;
  for (int i = 0; i < 3 && rc == SQLITE_OK; i++)
    rc = sqlite3_create_window_function(db, names[i], i + 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, take,
                                        give, give, take, NULL);
  return rc;
}
