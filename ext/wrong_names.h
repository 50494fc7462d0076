/* Functions under wrong names, which only report the right one: names from other libraries, and curves called
 * as functions. */
#ifndef MLM_WRONG_NAMES_H
#define MLM_WRONG_NAMES_H

#include "function.h"

/* Registers them all; returns an SQLite result code. mlm_remove_wrong_names() undoes it, also after a
 * failure. */
int mlm_register_wrong_names(sqlite3 *db);
void mlm_remove_wrong_names(sqlite3 *db);

#endif
