/* Registration of all functions with a connection, undone as a whole if any of it fails. */
#ifndef MLM_REGISTRY_H
#define MLM_REGISTRY_H

#include "function.h"

/* Returns an SQLite result code. */
int mlm_register_all(sqlite3 *db);

#endif
