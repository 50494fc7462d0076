/* Specialised steps and inverses for rows of plain numbers. */
#ifndef MLM_FAST_PATH_H
#define MLM_FAST_PATH_H

#include "function.h"

/* What adds a row and what takes one back. */
typedef struct StepAndInverse {
  Callback *step, *inverse;
} StepAndInverse;

/* Those for n arguments all of which may be plain; NULL where there is no fast path. An inverse has one only
 * if its step has. */
StepAndInverse mlm_fast_path(const FunctionDef *function, int n);

#endif
