/* The methods that the interval of a metric knows, as arguments of its `_ci` form. */
#ifndef MLM_TESTS_INTERVAL_METHODS_H
#define MLM_TESTS_INTERVAL_METHODS_H

#include <sqlite3.h>

#include "signatures.h"

/* The source for the argument `method` of a function "f_ci", by the end of its summary in
 * mlmetrics_functions; its strings are valid until the next call. NULL: the argument is another, or the
 * summary names none. */
const Source *source_of_method(sqlite3 *db, const char *function, const char *name);

#endif
