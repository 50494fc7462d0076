/* A group of rows under aggregation, as aggregate.c and short_ways.c see it. */
#ifndef MLM_AGGREGATE_CONTEXT_H
#define MLM_AGGREGATE_CONTEXT_H

#include "internal.h"

/* Zeroed memory but for `bound`: what was given once for all rows, then the state. */
typedef struct AggregateContext {
  const FunctionDef *bound; /* so that a row need not ask for the user data too */
  Given given;
  uint64_t hint; /* see Params.hint */
  bool weighted; /* a weight was given */
} AggregateContext;

/* Both are made of doubles and 64-bit integers, so the state may stand right behind the group. */
static inline void *mlm_state_of(AggregateContext *group) { return group + 1; }

/* The group of this aggregation, made if need be; NULL: out of memory. */
AggregateContext *mlm_aggregate_context(sqlite3_context *context);

/* Step (sign +1) or inverse (-1) of any row. */
void mlm_accumulate(sqlite3_context *context, int argc, sqlite3_value **argv, int sign);

typedef void Callback(sqlite3_context *context, int argc, sqlite3_value **argv);

/* The step or inverse for n arguments of which all may be plain numbers; NULL: there is no short way for it,
 * so take the one for any row. */
Callback *mlm_fast_path(const FunctionDef *bound, int n, int sign);

#endif
