/* mlmetrics: machine-learning metrics as SQL functions.
 *
 * The loadable extension does not need this header: use `.load DIRECTORY/mlmetrics` in the shell, or
 * sqlite3_load_extension(). To link mlmetrics into a program, add libmlmetrics.a. Then call
 * sqlite3_auto_extension((void (*)(void))sqlite3_mlmetrics_init) before opening connections, or
 * sqlite3_mlmetrics_init(db, &message, NULL) for a single connection.
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

/* Registers every function of mlmetrics on the connection db. Needs SQLite 3.25 or later.
 *
 * api is the function table that SQLite passes to a loadable extension. The static library ignores it: pass
 * NULL.
 *
 * Returns SQLITE_OK on success, also if the functions were registered before. On failure it returns an error
 * code, and no function stays registered. If message is not NULL, *message is then set to an error message,
 * which the caller must free with sqlite3_free(). SQLITE_BUSY means that a statement is running, so that
 * SQLite can neither replace a function of the same name nor remove those registered so far; calling again
 * later completes the registration.
 *
 * May be called for different connections in different threads at the same time. */
MLMETRICS_API int sqlite3_mlmetrics_init(sqlite3 *db, char **message, const struct sqlite3_api_routines *api);

#ifdef __cplusplus
}
#endif

#endif
