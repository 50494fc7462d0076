/* A registered function, a connection's data, and one call: what all files that speak SQLite share. */
#ifndef MLM_FUNCTION_H
#define MLM_FUNCTION_H

#include "host.h"
#include "metrics/arg_specs.h"
#include "metrics/forms.h"
#include "state/common_number.h"

/* The most vectors in a row of arguments, and the most rows of a table with the same name. */
enum { MLM_VECTORS = 3, MLM_OVERLOADS = 3 };

/* As SQLite calls a function. */
typedef void Callback(sqlite3_context *context, int argc, sqlite3_value **argv);

/* Memory for decoded vectors: grows, is reused for the next row, and lives as long as the connection. */
typedef struct Scratch {
  double *at;
  uint64_t capacity;
} Scratch;

/* A plain number as the fast path reads it. */
typedef struct FastArg {
  uint64_t least, span; /* its range: the bits of the least double, and how much may be added to them */
  uint32_t slot;        /* offset in Row */
  bool label;           /* 0 or 1 */
  bool weight;
  bool held; /* a parameter of the state: plain if it equals the one kept */
} FastArg;
enum { MLM_FAST_ARGS = 3 };

/* A parsed text, in one block of the host's memory. */
typedef struct ParsedText {
  void *object; /* NULL: none yet */
} ParsedText;

/* One way to call a function: a row of its table. */
typedef struct Overload {
  ArgKind args[MLM_MAX_ARGS];  /* ends with ARG_END */
  uint8_t place[MLM_MAX_ARGS]; /* in Row.x[], of plain numbers */
  int required, n;
  uint32_t columns; /* plain numbers */
  bool skippable;   /* it has texts that may be left out before further arguments */
  bool sets;        /* it takes saved states */
  bool parameters;  /* it has some that may be left out: they have defaults then */
  uint32_t takes;   /* which parameters it has: bits as in Params.given */
} Overload;

/* One function of one connection: what sqlite3_user_data() gives. */
typedef struct FunctionDef {
  struct Connection *connection;
  const char *name; /* as messages call it */
  int overloads;
  Overload overload[MLM_OVERLOADS];
  const Metric *metric; /* the first row with this name; NULL: it is a scalar */
  const Scalar *scalar;
  const Form *form; /* of a metric */
  const StateType *state;
  Evaluate *eval;
  ResultKind result;
  char state_name[MLM_STATE_NAME_BYTES];
  int cutoff; /* 1 more than the place in Row.x[] of the cutoff that an interval shows and a state keeps; 0:
                 none */
  uint32_t arities;  /* of an aggregate: a bit for each number of arguments that it has; 0: any number */
  int context_bytes; /* of an aggregate's context */
  int fast_args;     /* how many of the first overload's first arguments are plain numbers */
  bool ranged;       /* one of the first two numbers has a range to be checked */
  FastArg fast[MLM_FAST_ARGS];
  ParsedText parsed; /* the last text that a scalar parsed */
} FunctionDef;

/* All that one connection needs; freed with the last function that refers to it. */
typedef struct Connection {
  sqlite3 *db;
  int64_t users;
  Scratch scratch[MLM_VECTORS];
  char *names; /* of the forms with a suffix */
  FunctionDef *functions;
  int n_functions;
} Connection;

/* One call: what decoding and messages need. */
typedef struct Call {
  sqlite3_context *context; /* where errors go; NULL in table-valued functions: then to message and rc */
  char **message;
  int *rc;
  const FunctionDef *function;
  int overload;
  const ArgKind *args;  /* the kind of each argument given, from the first on */
  const uint8_t *place; /* and its place in Row.x[] */
  int required;
  int argc;
  sqlite3_value **argv;
  const bool *packed; /* by argument: a packed column, which is not decoded; NULL: none is */
  uint64_t
      element; /* in a call with packed columns: which of their elements, from 1; 0: a call with values */
  ArgKind matched[MLM_MAX_ARGS]; /* args and place where optional texts were left out */
  uint8_t matched_place[MLM_MAX_ARGS];
} Call;

/* Parameters that must be the same in every row, as they were given first. */
typedef struct ParamStore {
  Params params;
  ParsedText parsed;
  uint32_t conflicts;  /* of merged states: bit i as in Params.given, parameters that differ between them */
  bool started;        /* a row was seen; parameters of the state that it did not give have their defaults */
  CommonNumber cutoff; /* of functions that keep it */
  bool constant; /* params.parsed is an argument of which SQLite knows that it is the same in every row */
} ParamStore;

/* Fills in the overload of a table row, or of one of its forms. */
void mlm_set_overload(Overload *overload, const ArgKind *args, int required);

static inline bool mlm_takes_variadic(const ArgKind *args) {
  return mlm_arg_specs[args[0]].shape == SHAPE_VARIADIC;
}

/* The overload whose parameters follow a saved state: the first that does not spread a row's numbers over its
 * arguments, since that one takes no parameters. */
static inline int mlm_state_overload(const FunctionDef *function) {
  int first = 0;
  while (first + 1 < function->overloads && mlm_takes_variadic(function->overload[first].args)) first++;
  return first;
}

/* The function's signature, "f1_at(score, label, cutoff[, weight])", cut at n - 1 bytes; false: out of
 * memory. */
bool mlm_signature(const char *name, const ArgKind *args, int required, char *out, size_t n);

/* Whether a form of the function takes a number where another takes a vector. */
static inline bool mlm_takes_plain(const FunctionDef *function) {
  return mlm_arg_specs[function->overload[0].args[0]].shape <= SHAPE_LABEL;
}

/* Whether a form of the function takes a vector first. */
static inline bool mlm_takes_vector(const FunctionDef *function) {
  bool takes = false;
  for (int o = 0; o < function->overloads; o++)
    takes |= mlm_arg_specs[function->overload[o].args[0]].shape >= SHAPE_VECTOR;
  return takes;
}

/* Flags for sqlite3_create_function_v2() that the host knows. */
int mlm_function_flags(bool deterministic, ResultKind result);

/* Releases one reference to the connection's data; the last release frees it. */
void mlm_connection_release(Connection *connection);

/* The destructor of every registered function of a connection. */
void mlm_release_function(void *function);

/* Frees what was parsed. */
static inline void mlm_parsed_clear(ParsedText *parsed) {
  sqlite3_free(parsed->object);
  parsed->object = NULL;
}

#endif
