/* SQLite's interface for loadable extensions, under a pointer with our own name.
 *
 * Two extensions linked into one program would define the same name, so the pointer to the host's functions
 * is called mlm_sqlite3_api here. It is hidden: read at its own address, not through the table of exported
 * symbols.
 */
#ifndef MLM_SQLITE_API_H
#define MLM_SQLITE_API_H

#include "base/compiler.h"

#define sqlite3_api mlm_sqlite3_api
#include "sqlite3ext.h"
#ifndef SQLITE_CORE
extern MLM_HIDDEN const sqlite3_api_routines *sqlite3_api;
#endif

#endif
