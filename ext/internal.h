/* What the files that speak SQLite share: a connection's functions, and how arguments become rows. */
#ifndef MLM_INTERNAL_H
#define MLM_INTERNAL_H

/* The pointer to the host's functions, under a name of our own: static names of two extensions may meet in
 * one program. */
#define sqlite3_api mlm_sqlite3_api
#include "sqlite3ext.h"
#ifndef SQLITE_CORE
/* Hidden: read at its own address, not through the table of those that other libraries may have. */
extern __attribute__((visibility("hidden"))) const sqlite3_api_routines *sqlite3_api;
#endif

#include "base/float_mode.h"
#include "metrics/arg_specs.h"

/* Most vectors that a row brings, most signatures of one name. */
enum { MLM_VECTORS = 3, MLM_SIGNATURES = 3 };

/* Memory for decoded vectors: grows, is reused for the next row, and lives as long as the connection. */
typedef struct Scratch {
  double *at;
  uint64_t room;
} Scratch;

/* An argument that is a plain number, as the short way of a step reads it. */
typedef struct FastArg {
  uint64_t least, span; /* its range: bits of the least, and what may be added to them */
  uint32_t slot;        /* offset in Row */
  bool label;           /* 0 or 1 */
  bool weight;
} FastArg;
enum { MLM_FAST_ARGS = 3 };

/* One function of one connection: what sqlite3_user_data() gives. */
typedef struct FunctionDef {
  struct Connection *library;
  const char *name; /* as messages call it */
  int signatures;   /* rows of the table with this name */
  const ArgKind *args[MLM_SIGNATURES];
  int required[MLM_SIGNATURES];
  const Metric *metric; /* the first of the rows, or */
  const Scalar *scalar;
  bool state_form; /* f_state */
  int group_bytes; /* of an aggregate's group */
  int plain_args;  /* how many of the first signature's first arguments are plain numbers, the first two the
                      prediction and the target */
  bool ranged;     /* of these two, some do not take any number */
  FastArg plain[MLM_FAST_ARGS];
} FunctionDef;

/* All that one connection needs; freed with the last function that refers to it. */
typedef struct Connection {
  sqlite3 *db;
  int64_t users;
  Scratch scratch[MLM_VECTORS];
  char *names; /* of the _state forms */
  FunctionDef *bound;
} Connection;

extern const Family *const mlm_families[]; /* ends with NULL */

/* A call: what messages and decoding need. */
typedef struct Call {
  sqlite3_context *context; /* where errors go; NULL in table-valued functions: then to message and rc */
  char **message;
  int *rc;
  const FunctionDef *bound;
  const ArgKind *args; /* of the signature chosen */
  int required;
  int signature; /* its number: 0 is the first row */
  int argc;
  sqlite3_value **argv;
} Call;

/* Parameters that must be the same in every row, as the first row gave them. */
typedef struct Given {
  Params params;
  double held;
  bool set;
} Given;

typedef enum DecodeStatus {
  DECODE_OK,
  DECODE_NULL_ROW,    /* a NULL in it */
  DECODE_ZERO_WEIGHT, /* weight 0 */
  DECODE_ERROR        /* the error is set */
} DecodeStatus;

/* Decodes the arguments by the signature in call->args. Vectors live until the next call on this connection.
 */
DecodeStatus mlm_decode(const Call *call, Row *row, Given *given);

/* Fills in what the short ways go by: plain_args, ranged, plain. */
void mlm_set_fast_args(FunctionDef *bound);

/* What a merging call takes after the state: parameters needed at the end and, where a score set comes as
 * rows of a metric at one cutoff, that cutoff. */
typedef struct AfterState {
  ArgKind args[MLM_MAX_ARGS]; /* ends with ARG_END */
  int n, fewest;
} AfterState;
AfterState mlm_after_state(const FunctionDef *bound, int signature, bool set);
/* Decodes these from argv[1] on. */
DecodeStatus mlm_decode_after_state(const Call *call, bool set, Row *row, Given *given);
/* Decodes argument number arg alone, as the given kind. */
DecodeStatus mlm_decode_single(const Call *call, ArgKind kind, int arg, Row *row, Given *given);

/* Chooses the signature that fits the first argument (numbers or a vector) and the number of arguments;
 * false: none does, and the error is set. */
bool mlm_select_overload(Call *call);
/* Whether x, read from a saved state, may be the parameter that is held there. */
bool mlm_fits_held(const FunctionDef *bound, double x);
/* Whether the first argument is numbers spread over as many arguments as the caller likes. */
bool mlm_takes_spread(const ArgKind *args);
/* Whether it is a text that begins with '[', or a BLOB that is no saved state. */
bool mlm_looks_like_vector(sqlite3_value *value);
/* How many there are, optional ones too; spread numbers count one. */
int mlm_count_args(const ArgKind *args);

/* Whether every score of a state that keeps scores lies in the range that the signature's first argument has;
 * sets the error if not. */
bool mlm_check_range(const Call *call, const StateType *kind, const void *state);

/* Message: every message of the extension is made in ext/errors.c. */
void mlm_error_status(const Call *call, Status status);
void mlm_result_status(sqlite3_context *context, Status status);
void mlm_error_header(const Call *call, HeaderFault fault);
void mlm_error_wrong_state(const Call *call, const char *got, const char *needed, bool or_score_set);
void mlm_error_other_held(const Call *call);
void mlm_error_damaged(const Call *call); /* by one who knew how to make the checksum */
void mlm_error_no_set(const Call *call, const char *state_name);
/* Writes "f1_at(score, label, cutoff[, weight])", cut at n - 1 bytes. */
void mlm_signature(const char *name, const ArgKind *args, int required, char *out, size_t n);

/* Memory and interrupts of a connection, or of the one behind a context. */
Host mlm_host_of(sqlite3 *db);
Host mlm_host(sqlite3_context *context);

extern const Host mlm_memory; /* memory alone: for steps, which never take long */
/* The connection's SQLITE_LIMIT_LENGTH, in bytes. */
uint64_t mlm_length_limit(sqlite3_context *context);
/* An empty text that grows up to this limit. */
StrBuf mlm_strbuf_for(sqlite3_context *context, const Host *host);
/* The text, or its failure, as the result; takes its memory. Empty: NULL. */
void mlm_result_text(sqlite3_context *context, StrBuf *text, ResultKind kind);
/* x as REAL, NaN as NULL; or as INTEGER, and is then a whole number that an int64 holds. */
void mlm_result_number(sqlite3_context *context, double x, bool integer);

/* Whether a value begins like a saved state. Its bytes are asked for before their number, as SQLite would
 * have it. */
static inline bool mlm_is_saved_state(sqlite3_value *value) {
  if (sqlite3_value_type(value) != SQLITE_BLOB) return false;
  const void *bytes = sqlite3_value_blob(value);
  return mlm_is_state(bytes, (uint64_t)sqlite3_value_bytes(value));
}

/* A saved state, opened: the reader stands at the payload. */
typedef struct Saved {
  Reader in;
  char name[32]; /* of what it state_name */
} Saved;
/* Opens the one in argument 1; false: the error is set. */
bool mlm_open_saved(const Call *call, Saved *saved);
/* What an opened one holds: loaded, its scores within the signature's range, sealed, and in memory of its
 * own, to be given to mlm_drop_state(). NULL: the error is set. */
void *mlm_load_sealed(const Call *call, const StateType *kind, Saved *saved, const Host *host);
/* Both, for calls that read only what state_name `needed`. */
void *mlm_open_sealed(const Call *call, const StateType *kind, const char *needed, const Host *host);
void mlm_drop_state(const StateType *kind, void *state, const Host *host);

/* Registration of one function (all its numbers of arguments). Each returns an SQLite result code. */
int mlm_register_aggregate(Connection *library, FunctionDef *bound);
int mlm_register_scalar(Connection *library, FunctionDef *bound);
int mlm_register_table_function(Connection *library, const TableFunction *function);
/* Flags for sqlite3_create_function_v2() that the host knows. */
int mlm_function_flags(bool deterministic, ResultKind result);
void mlm_release(void *bound); /* the destructor of every registered function */

extern const char mlm_version[];

#endif
