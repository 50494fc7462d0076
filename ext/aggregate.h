/* The only step, inverse, value and final: every aggregate, its window function, its forms, its merging form.
 */
#ifndef MLM_AGGREGATE_H
#define MLM_AGGREGATE_H

#include "function.h"

/* Registers the function for all its numbers of arguments; returns an SQLite result code. */
int mlm_register_aggregate(FunctionDef *function);

#endif
