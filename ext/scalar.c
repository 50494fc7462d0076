/* The one callback of every scalar: the table row's pure function over the decoded arguments. */
#include "scalar.h"

#include "args.h"
#include "base/float_mode.h"
#include "load_state.h"
#include "packed_args.h"
#include "plain_number.h"

static Status evaluate(const Scalar *scalar, const Row *row, const Eval *in, Result *out) {
  if (!scalar->value) {
    Status status = scalar->eval(row, in, out);
    return status ? status : out->bytes.status;
  }
  double x = scalar->value(row);
  if (scalar->result == RESULT_INTEGER)
    mlm_result_integer(out, (int64_t)x);
  else
    mlm_result_real(out, x);
  return MLM_OK;
}

static void answer(const Call *call, const Row *row, const ParamStore *store) {
  Host host = mlm_host(call->context);
  Params params = store->params;
  mlm_params_defaults(call->function->overload[call->overload].args, &params);
  Eval in = {.params = &params, .host = &host, .limit = mlm_length_limit(call->context)};
  Result result = {.kind = RESULT_NULL, .bytes = {.limit = in.limit, .host = &host}};
  Status status = evaluate(call->function->scalar + call->overload, row, &in, &result);
  if (status == MLM_OK) {
    mlm_return_result(call->context, &result, &host);
    return;
  }
  host.free(result.bytes.bytes);
  if (status == MLM_REFUSED)
    mlm_error_refused(call, &result);
  else
    mlm_error_status(call, status);
}

/* ---- texts that are constants ---- */

/* SQLite keeps a ParsedText with an argument that is a literal or bound, until the statement ends; with any
 * other argument until the call ends. So the first call leaves an empty one, and where the second finds it
 * the text is worth keeping: from then on it is not even compared. */
static void free_constant(void *constant) {
  mlm_parsed_clear(constant);
  sqlite3_free(constant);
}

/* The place of the argument that is parsed; -1: none. */
static int parsed_argument(const Call *call) {
  for (int i = 0; i < call->argc && call->args[i]; i++)
    if (mlm_arg_specs[call->args[i]].shape == SHAPE_PARSED) return i;
  return -1;
}

static void keep_constant(const Call *call, int arg, ParsedText *constant, ParamStore *store) {
  if (constant) {              /* left empty by the first call */
    *constant = store->parsed; /* it lives at least as long as this call */
    store->parsed.object = NULL;
  } else {
    constant = sqlite3_malloc64(sizeof *constant);
    if (!constant) return;
    *constant = (ParsedText){.object = NULL};
    sqlite3_set_auxdata(call->context, arg, constant, free_constant);
  }
}

/* The elements of packed columns, and their results. */
typedef struct PackedCalls {
  Call *call;
  ParamStore *store;
  PackedArgs *args;
  Packed *results;
  Host host;
  bool begun; /* what is not packed is decoded into `row`, and `in` has the parameters */
  Row row;
  Params params;
  Eval in;
} PackedCalls;

static Status put_result(PackedCalls *calls, const Result *result) {
  Class value = {.type = CLASS_NULL};
  switch (result->kind) {
  case RESULT_REAL: return mlm_packed_put_real(calls->results, result->real, &calls->host);
  case RESULT_INTEGER:
    value.type = CLASS_INTEGER;
    value.integer = result->integer;
    break;
  case RESULT_JSON:
  case RESULT_TEXT:
    /* unreachable: NULL for a text left empty, which no such scalar leaves so far */
    if (result->bytes.n == 0) break;
    value = (Class){.type = CLASS_TEXT, .bytes = result->bytes.bytes, .n = result->bytes.n};
    break;
  default: break; /* NULL */
  }
  return mlm_packed_put(calls->results, &value, &calls->host);
}

/* The result of the row that element i is; false: the error is set. */
static bool call_row(PackedCalls *calls, const Call *call, uint64_t i, const Row *row,
                     const ParamStore *store) {
  calls->params = store->params;
  mlm_params_defaults(call->function->overload[call->overload].args, &calls->params);
  Result result = {.kind = RESULT_NULL, .bytes = {.limit = calls->in.limit, .host = &calls->host}};
  Status status = evaluate(call->function->scalar + call->overload, row, &calls->in, &result);
  if (!status) status = put_result(calls, &result);
  calls->host.free(result.bytes.bytes);
  if (!status) return true;
  Call element = *call;
  element.element = i + 1;
  if (status == MLM_REFUSED)
    mlm_error_refused(&element, &result);
  else
    mlm_error_status(call, status);
  return false;
}

static bool put_null(PackedCalls *calls) {
  Status status = mlm_packed_put_real(calls->results, NAN, &calls->host);
  if (status) mlm_error_status(calls->call, status);
  return !status;
}

/* Calls the function with one element as SQLite values, decoded like those of any call. */
static bool call_values(PackedCalls *calls, uint64_t i) {
  Call element;
  Row row;
  ParamStore store = {.parsed = calls->store->parsed};
  if (!mlm_packed_values(calls->args, i, &element) || !mlm_select_overload(&element)) return false;
  DecodeStatus decoded = mlm_decode(&element, &row, &store);
  calls->store->parsed = store.parsed;
  if (decoded == DECODE_ERROR) return false;
  if (decoded != DECODE_OK) return put_null(calls);
  return mlm_check_row(&element, element.function->scalar[element.overload].check, &row)
         && call_row(calls, &element, i, &row, &store);
}

/* An element of the block that is a row. */
static bool call_element(PackedCalls *calls, size_t i) {
  const Scalar *scalar = calls->call->function->scalar + calls->call->overload;
  int arg;
  if (!calls->begun) calls->begun = mlm_decode(calls->call, &calls->row, calls->store) == DECODE_OK;
  if (!calls->begun) return false;
  mlm_packed_row(calls->args, i, &calls->row);
  if (scalar->check && scalar->check(&calls->row, &arg)) return call_values(calls, calls->args->from + i);
  return call_row(calls, calls->call, calls->args->from + i, &calls->row, calls->store);
}

static bool call_block(PackedCalls *calls, uint64_t from) {
  const PackedArgs *args = calls->args;
  bool sound = true;
  mlm_packed_read_block(calls->args, from);
  for (size_t i = 0; i < args->size && sound; i++) {
    ElementKind kind = args->regular ? ELEMENT_ROW : mlm_packed_kind(args, i);
    sound = kind == ELEMENT_ROW   ? call_element(calls, i)
            : kind == ELEMENT_ODD ? call_values(calls, from + i)
                                  : put_null(calls);
  }
  if (!sound || !mlm_interrupted(&calls->host)) return sound;
  mlm_error_status(calls->call, MLM_INTERRUPTED);
  return false;
}

static bool call_all(PackedCalls *calls) {
  const PackedArgs *args = calls->args;
  bool sound = true;
  if (args->in_blocks)
    for (uint64_t from = 0; from < args->n && sound; from += MLM_BLOCK) sound = call_block(calls, from);
  else
    for (uint64_t i = 0; i < args->n && sound; i++) sound = call_values(calls, i);
  return sound;
}

/* Returns the packed column of the results. */
static void answer_packed(PackedCalls *calls) {
  Writer writer = {.limit = calls->in.limit, .host = &calls->host};
  Status status = mlm_packed_write(calls->results, &writer, &calls->host);
  if (!status) {
    sqlite3_result_blob64(calls->call->context, writer.bytes, writer.n, sqlite3_free);
    return;
  }
  calls->host.free(writer.bytes);
  mlm_error_status(calls->call, status);
}

static void call_packed(Call *call, ParamStore *store) {
  PackedCalls calls = {.call = call, .store = store, .host = mlm_host(call->context)};
  calls.in = (Eval){.params = &calls.params, .host = &calls.host, .limit = mlm_length_limit(call->context)};
  calls.args = mlm_packed_open(call);
  if (!calls.args) return;
  calls.results = mlm_new_zeroed(&mlm_memory, mlm_packed_state.bytes);
  if (!calls.results)
    mlm_error_status(call, MLM_NOMEM);
  else if (call_all(&calls))
    answer_packed(&calls);
  mlm_drop_state(&mlm_packed_state, calls.results, &mlm_memory);
  mlm_packed_close(calls.args);
}

/* Parameters of a scalar are those of its one call; a text that was parsed is kept with the function for the
 * next.
 */
MLM_NOINLINE static void call_scalar(sqlite3_context *context, int argc, sqlite3_value **argv) {
  FunctionDef *function = sqlite3_user_data(context);
  Call call = {.context = context, .function = function, .argc = argc, .argv = argv};
  Row row;
  ParamStore store = {.parsed = function->parsed};
  if (!mlm_select_overload(&call)) return;
  if (mlm_has_packed(argc, argv)) {
    call_packed(&call, &store);
    function->parsed = store.parsed;
    return;
  }
  int parsed = parsed_argument(&call);
  ParsedText *constant = parsed < 0 ? NULL : sqlite3_get_auxdata(context, parsed);
  if (constant && constant->object) {
    store.params = (Params){.parsed = constant->object, .given = 1u << MLM_PARAMS};
    store.constant = true;
  }
  RowCheck *check = function->scalar[call.overload].check;
  if (argc == 0 || (mlm_decode(&call, &row, &store) == DECODE_OK && mlm_check_row(&call, check, &row)))
    answer(&call, &row, &store);
  if (argc > 0 && function->overload[call.overload].sets) mlm_close_sets(&row, &mlm_memory);
  if (parsed >= 0 && !store.constant && store.params.parsed) keep_constant(&call, parsed, constant, &store);
  function->parsed = store.parsed;
}

/* The arithmetic is in functions that are not inlined, so that it stays between the changes of mode. */
static void callback(sqlite3_context *context, int argc, sqlite3_value **argv) {
  FloatMode mode = mlm_mode_enter();
  call_scalar(context, argc, argv);
  mlm_mode_leave(mode);
}

/* Of a scalar of two arguments that has a shortcut (Scalar.quick), which takes its most frequent calls. */
static void callback_quick(sqlite3_context *context, int argc, sqlite3_value **argv) {
  FloatMode mode = mlm_mode_enter();
  const ParsedText *constant = sqlite3_get_auxdata(context, 0);
  double x = NAN;
  if (constant && constant->object && sqlite3_value_type(argv[1]) == SQLITE_FLOAT) {
    const FunctionDef *function = sqlite3_user_data(context);
    x = function->scalar->quick(constant->object, sqlite3_value_double(argv[1]));
  }
  if (x == x)
    sqlite3_result_double(context, x);
  else
    call_scalar(context, argc, argv);
  mlm_mode_leave(mode);
}

/* False: an argument is not a plain number within its range, and nothing was done. */
MLM_NOINLINE static bool answer_plain(sqlite3_context *context, int n, sqlite3_value **argv) {
  const FunctionDef *function = sqlite3_user_data(context);
  Row row;
  for (int i = 0; i < n; i++) {
    double *x = (double *)(void *)((char *)&row + function->fast[i].slot);
    if (!mlm_read_plain(argv + i, x) || !mlm_in_fast_range(*x, &function->fast[i])) return false;
  }
  sqlite3_result_double(context, function->scalar->value(&row));
  return true;
}

/* Of a scalar of one to three plain numbers that need not fit each other, whose result is a REAL. */
static void callback_plain(sqlite3_context *context, int argc, sqlite3_value **argv) {
  FloatMode mode = mlm_mode_enter();
  if (!answer_plain(context, argc, argv)) call_scalar(context, argc, argv);
  mlm_mode_leave(mode);
}

/* Whether the first row of the function is such a scalar of n numbers. */
static bool takes_plain(const FunctionDef *function, int n) {
  const Scalar *scalar = function->scalar;
  if (!scalar->value || scalar->check || scalar->result != RESULT_REAL) return false;
  if (n != function->overload[0].n || n > function->fast_args) return false;
  for (int i = 0; i < n; i++)
    if (mlm_arg_specs[function->overload[0].args[i]].shape != SHAPE_NUMBER) return false;
  return true;
}

static void call_other(sqlite3_context *context, int argc, sqlite3_value **argv) {
  mlm_error_no_such_count(context, argc);
}

/* Other numbers of arguments, which say what the right ones are. */
static int register_other(FunctionDef *function) {
  function->connection->users++;
  return sqlite3_create_function_v2(function->connection->db, function->name, -1,
                                    mlm_function_flags(true, RESULT_REAL), function, call_other, NULL, NULL,
                                    mlm_release_function);
}

int mlm_register_scalar(FunctionDef *function) {
  int fewest = MLM_MAX_ARGS, most = 0, rc = SQLITE_OK;
  ResultKind result = function->scalar->result; /* JSON, if any overload returns that */
  for (int o = 0; o < function->overloads; o++) {
    const Overload *overload = &function->overload[o];
    if (function->scalar[o].result == RESULT_JSON) result = RESULT_JSON;
    if (mlm_takes_variadic(overload->args)) most = -1;
    if (most >= 0 && overload->n > most) most = overload->n;
    if (overload->required < fewest) fewest = overload->required;
  }
  if (most < 0) fewest = -1;
  mlm_set_fast_args(function);
  for (int n = fewest; n <= most && rc == SQLITE_OK; n++) {
    /* A function without arguments describes the library, and another version may return something else. */
    int flags = mlm_function_flags(most != 0, result);
    function->connection->users++;
    Callback *call = n == 2 && function->scalar->quick ? callback_quick
                     : takes_plain(function, n)        ? callback_plain
                                                       : callback;
    rc = sqlite3_create_function_v2(function->connection->db, function->name, n, flags, function, call, NULL,
                                    NULL, mlm_release_function);
  }
  return most >= 0 && rc == SQLITE_OK ? register_other(function) : rc;
}
