/* Specialised steps and inverses for rows of plain numbers. */
#ifndef MLM_FAST_PATH_H
#define MLM_FAST_PATH_H

#include "function.h"

/* The step (sign +1) or inverse (-1) for n arguments all of which may be plain numbers; NULL if there is no
 * fast path. */
Callback *mlm_fast_path(const FunctionDef *function, int n, int sign);

#endif
