/* Functions under wrong names, which only report the right one: names from other libraries, and curves called
 * as functions. */
#ifndef MLM_WRONG_NAMES_H
#define MLM_WRONG_NAMES_H

#include "function.h"

/* Registers them all, after the connection's functions; on failure, none. Returns an SQLite result code. */
int mlm_register_wrong_names(const Connection *connection);

#endif
