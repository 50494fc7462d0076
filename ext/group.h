/* A group of rows under aggregation, as aggregate.c and short_ways.c see it. */
#ifndef MLM_GROUP_H
#define MLM_GROUP_H

#include "extension.h"

/* Zeroed memory but for `bound`: what was given once for all rows, then the state. */
typedef struct Group {
  const Bound *bound; /* so that a row need not ask for the user data too */
  Given given;
  uint64_t hint; /* see Params.hint */
  bool weighted; /* a weight was given */
} Group;

/* Both are made of doubles and 64-bit integers, so the state may stand right behind the group. */
static inline void *mlm_state_of(Group *group) { return group + 1; }

/* The group of this aggregation, made if need be; NULL: out of memory. */
Group *mlm_open_group(sqlite3_context *context);

/* Step (sign +1) or inverse (-1) of any row. */
void mlm_absorb(sqlite3_context *context, int argc, sqlite3_value **argv, int sign);

typedef void Callback(sqlite3_context *context, int argc, sqlite3_value **argv);

/* The step or inverse for n arguments of which all may be plain numbers; NULL: there is no short way for it,
 * so take the one for any row. */
Callback *mlm_short_way(const Bound *bound, int n, int sign);

#endif
