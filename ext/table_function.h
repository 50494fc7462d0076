/* Table-valued functions: one virtual table behind all of them. */
#ifndef MLM_TABLE_FUNCTION_H
#define MLM_TABLE_FUNCTION_H

#include "function.h"

/* Returns an SQLite result code. */
int mlm_register_table_function(Connection *connection, const TableFunction *function);

#endif
