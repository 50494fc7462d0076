/* The methods that the interval of a metric knows, as arguments of its `_ci` form. */
#ifndef MLM_TESTS_INTERVAL_METHODS_H
#define MLM_TESTS_INTERVAL_METHODS_H

#include "signatures.h"

/* The source for the argument `method` of a function "f_ci"; its strings are valid until the next call. NULL:
 * the argument is another, or the function unknown. */
const Source *source_of_method(const char *function, const char *name);

#endif
