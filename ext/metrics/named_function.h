/* Looks up functions by their SQL names. */
#ifndef MLM_NAMED_FUNCTION_H
#define MLM_NAMED_FUNCTION_H

#include "metrics/forms.h"

/* A function by its SQL name: a metric in one of its forms, a scalar or a table function; the others are
 * NULL.
 */
typedef struct NamedFunction {
  const Metric *metric;
  const Form *form;
  const Scalar *scalar;
  const TableFunction *table;
} NamedFunction;

/* False: there is none. */
bool mlm_find_function(const char *name, NamedFunction *found);

#endif
