/* The library, loaded with an API table that a test has changed. */
#ifndef MLM_TESTS_API_TABLE_H
#define MLM_TESTS_API_TABLE_H

#include <stdbool.h>

#define SQLITE_CORE 1 /* the test itself calls SQLite directly */
#include <sqlite3ext.h>

/* The host's own table, also with room for what newer hosts than the header have in it. */
enum {
  API_ENTRIES = 400,
  IS_INTERRUPTED = 266 /* the place of sqlite3_is_interrupted(), which came with 3.41 */
};
extern union ApiTable {
  sqlite3_api_routines known;
  int (*at[API_ENTRIES])(sqlite3 *);
} api_table;

/* Opens the library of $MLMETRICS and copies the host's table; false: the host has no table, or the library
 * cannot be opened, which counts as a failure. */
bool open_library(void);

/* What loading into the connection returns. */
int load_library(sqlite3 *db, char **why);

#endif
