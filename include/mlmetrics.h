/* mlmetrics: metrics of predictions as SQL functions.
 *
 * As a loadable extension nothing here is needed: `.load DIRECTORY/mlmetrics`, or
 * sqlite3_load_extension(). To link it into a program, add libmlmetrics.a and call
 * sqlite3_auto_extension((void (*)(void))sqlite3_mlmetrics_init) before opening connections, or
 * sqlite3_mlmetrics_init(db, &message, NULL) for one connection.
 */
#ifndef MLMETRICS_H
#define MLMETRICS_H

#include "sqlite3.h"

#define MLMETRICS_VERSION "1.0.0"

#ifdef _WIN32
#define MLMETRICS_API __declspec(dllexport)
#else
#define MLMETRICS_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct sqlite3_api_routines;

/* Registers every function of mlmetrics with the connection db.
 *
 * api is what SQLite hands to a loadable extension; the static library ignores it: pass NULL there.
 * Returns SQLITE_OK, also where the functions were registered before. Otherwise none of them is left
 * registered, and *message (unless message is NULL) is a sentence to be freed with sqlite3_free(). Needs
 * SQLite 3.25 or later. SQLITE_BUSY: a statement is running, so that SQLite neither replaces a function of
 * the same name nor takes back what was registered before it; loading again later completes it. May be called
 * for several connections at once in different threads. */
MLMETRICS_API int sqlite3_mlmetrics_init(sqlite3 *db, char **message, const struct sqlite3_api_routines *api);

#ifdef __cplusplus
}
#endif

#endif
