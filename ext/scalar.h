/* Scalar functions. */
#ifndef MLM_SCALAR_H
#define MLM_SCALAR_H

#include "function.h"

/* Registers the function for all its numbers of arguments; returns an SQLite result code. */
int mlm_register_scalar(FunctionDef *function);

#endif
