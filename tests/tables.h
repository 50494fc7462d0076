/* What the test programs that speak SQL share: the demo tables and the loaded extension. */
#ifndef TABLES_H
#define TABLES_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "unit.h"

/* A new in-memory database with the extension loaded from $MLMETRICS (or build/mlmetrics), or, where that is
 * "linked", with the one linked to the program; ends the program on failure. */
sqlite3 *open_bare(void);

/* Like open_bare(), with the demo tables of tests/data in it. Their decimals are read by strtod, so that
 * every host has the nearest doubles. Slow once (a fifth of a second), then a copy. */
sqlite3 *open_tables(void);

/* Whether the host's SQLite is `version` ("3.38") or later. */
bool host_has(const char *version);

/* A file's bytes, NUL-terminated; to be freed. Ends the program where there is none. */
char *read_file(const char *path, size_t *n);

/* Calls visit with the path of every file of a folder whose name ends so, in the order of the names. */
void each_file(const char *folder, const char *ending, void (*visit)(const char *path));

/* The rows of sql, each as the sqlite3 shell's list mode prints it (REAL with 15 digits, NULL as nothing,
 * columns joined by |), joined by newlines; or, where *error is set, the error message. To be freed with
 * sqlite3_free. */
char *rows_of(sqlite3 *db, const char *sql, bool *error);
/* The same; *rows is the number of rows, or -1 if the statement returns no columns. */
char *rows_counted(sqlite3 *db, const char *sql, bool *error, int *rows);

#endif
