/* The library, loaded with an API table that a test has changed: see api_table.h. */
#include "api_table.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

union ApiTable api_table;

static int (*entry)(sqlite3 *db, char **why, const sqlite3_api_routines *table);

static const sqlite3_api_routines *given;
static int take_table(sqlite3 *db, char **why, const sqlite3_api_routines *table) {
  given = table;
  return SQLITE_OK;
}

bool open_library(void) {
  const char *library = getenv("MLMETRICS");
  if (!library || strcmp(library, "linked") == 0) library = "build/mlmetrics";
  char *path = sqlite3_mprintf("%s%s.so", strchr(library, '/') ? "" : "./", library);
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  sqlite3_free(path);
  if (handle) *(void **)&entry = dlsym(handle, "sqlite3_mlmetrics_init");
  if (!entry) {
    failed("%s: %s", library, dlerror());
    return false;
  }
  sqlite3 *db;
  sqlite3_auto_extension((void (*)(void))take_table);
  sqlite3_open(":memory:", &db);
  sqlite3_close(db);
  sqlite3_reset_auto_extension();
  if (given) {
    api_table.known = *given;
    return true;
  }
  puts("skipped: this host has no table for extensions");
  passed();
  return false;
}

int load_library(sqlite3 *db, char **why) { return entry(db, why, &api_table.known); }
