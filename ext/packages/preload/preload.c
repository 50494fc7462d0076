/* mlmetrics-preload.so: with LD_PRELOAD, registers mlmetrics in every connection that a process opens.
 *
 * For hosts that forbid loading extensions. The library interposes on SQLite's sqlite3_open* functions. The
 * first call asks SQLite to run our entry point for every new connection; each call then goes to SQLite. A
 * constructor would be too early: sqlite3_auto_extension() initializes SQLite, and a host that calls
 * sqlite3_config() afterwards would fail.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sqlite3.h>
#include <string.h>

#include "mlmetrics.h"

#define EXPORTED __attribute__((visibility("default")))

typedef void Function(void);

/* A function of the process's SQLite, or NULL. A program that is linked to SQLite has it in the global scope;
 * a module that was opened later, such as Python's, brings a library that has to be found by its name. */
static Function *of_sqlite(const char *name) {
  static const char *const libraries[] = {"libsqlite3.so.0", "libsqlite3.so"};
  void *found = dlsym(RTLD_NEXT, name);
  for (unsigned i = 0; !found && i < sizeof libraries / sizeof *libraries; i++) {
    void *library = dlopen(libraries[i], RTLD_LAZY | RTLD_NOLOAD);
    if (!library) continue;
    found = dlsym(library, name);
    dlclose(library);
  }
  Function *function; /* copied, because C has no conversion from an object pointer */
  memcpy(&function, &found, sizeof function);
  return function;
}

/* What SQLite calls for each connection. An SQLite built without loadable extensions passes no table of its
 * functions: then the connection stays as it is. */
static int register_all(sqlite3 *db, char **message, const struct sqlite3_api_routines *api) {
  return api ? sqlite3_mlmetrics_init(db, message, api) : SQLITE_OK;
}

/* Called before every connection, because sqlite3_shutdown() forgets the entry point; SQLite ignores one that
 * it has. */
static void prepare(void) {
  typedef int Automatic(Function * entry);
  Automatic *automatic = (Automatic *)of_sqlite("sqlite3_auto_extension");
  if (automatic) automatic((Function *)register_all);
}

EXPORTED int sqlite3_open(const char *path, sqlite3 **db) {
  typedef int Open(const char *, sqlite3 **);
  Open *open = (Open *)of_sqlite("sqlite3_open");
  *db = NULL;
  if (!open) return SQLITE_MISUSE;
  prepare();
  return open(path, db);
}

EXPORTED int sqlite3_open16(const void *path, sqlite3 **db) {
  typedef int Open(const void *, sqlite3 **);
  Open *open = (Open *)of_sqlite("sqlite3_open16");
  *db = NULL;
  if (!open) return SQLITE_MISUSE;
  prepare();
  return open(path, db);
}

EXPORTED int sqlite3_open_v2(const char *path, sqlite3 **db, int flags, const char *vfs) {
  typedef int Open(const char *, sqlite3 **, int, const char *);
  Open *open = (Open *)of_sqlite("sqlite3_open_v2");
  *db = NULL;
  if (!open) return SQLITE_MISUSE;
  prepare();
  return open(path, db, flags, vfs);
}
