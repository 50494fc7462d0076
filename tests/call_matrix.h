/* Every way to call every function of mlmetrics_functions over the tables of property_tables.h: the arguments
 * are made from the signature, so that no test needs to name a function. */
#ifndef CALL_MATRIX_H
#define CALL_MATRIX_H

#include "signatures.h"
#include "tables.h"

/* One way to call a function: its arguments as SQL. */
typedef struct Use {
  const char *name, *signature;
  bool scalar;
  bool slow; /* a value computes a thousand samples: only two uses, the shortest and the longest */
  int n;
  char names[MOST_ARGS][NAME_BYTES];
  const char *args[MOST_ARGS];
  bool finish[MOST_ARGS]; /* no part of the saved state: a merging call gives it again */
} Use;

/* Calls visit with every use of every scalar and aggregate (of those named `which`, unless it is NULL), and,
 * unless it is NULL, done with each signature after its uses. */
void each_use(sqlite3 *db, const char *which, void (*visit)(const Use *use),
              void (*done)(const char *signature));

/* The arguments joined, each through the pattern ("%s"); to be freed with sqlite3_free. */
char *join_args(const Use *use, const char *pattern);

/* What follows the state in a merging call: ", 0.5". */
char *finish_of(const Use *use);

#endif
