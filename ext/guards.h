/* Functions that answer with the right name: those of other libraries, and curves called like a function. */
#ifndef MLM_GUARDS_H
#define MLM_GUARDS_H

#include "function.h"

/* Registers them all; to be undone with mlm_remove_guards(), whatever is returned. */
int mlm_register_guards(sqlite3 *db);
void mlm_remove_guards(sqlite3 *db);

#endif
