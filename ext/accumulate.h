/* The context of an aggregation, and the step or inverse of any row. */
#ifndef MLM_ACCUMULATE_H
#define MLM_ACCUMULATE_H

#include "args.h"

/* Zeroed memory, except for `function`: the parameters, then the state. */
typedef struct AggregateContext {
  const FunctionDef *function; /* cached: saves a sqlite3_user_data() call per row */
  ParamStore store;
  uint64_t hint; /* see Eval.hint */
  bool weighted; /* a weight was given */
  bool failed;   /* a step failed, so the state may only be cleared: SQLite calls xFinal all the same */
} AggregateContext;

/* Context and state are both aligned as a double, so the state may follow the context directly. */
static inline void *mlm_state_of(AggregateContext *aggregate) { return aggregate + 1; }

/* The context of this aggregation, created by the first call; NULL: out of memory. */
AggregateContext *mlm_aggregate_context(sqlite3_context *context);

/* Step (sign +1) or inverse (-1) of any row. */
void mlm_accumulate(sqlite3_context *context, int argc, sqlite3_value **argv, int sign);

#endif
