/* xStep, xInverse, xValue and xFinal of every aggregate in all its forms. */
#include "aggregate.h"

#include "accumulate.h"
#include "base/float_mode.h"
#include "fast_path.h"
#include "state_params.h"

static void step(sqlite3_context *context, int argc, sqlite3_value **argv) {
  mlm_accumulate(context, argc, argv, 1);
}
static void inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
  mlm_accumulate(context, argc, argv, -1);
}

/* The saved state. */
static Status save(const FunctionDef *function, AggregateContext *aggregate, const Eval *in, Result *out) {
  const StateType *type = function->state;
  void *state = mlm_state_of(aggregate);
  Status status = type->prepare_save ? type->prepare_save(state, in->host) : MLM_OK;
  if (status) return status;
  Writer writer = {.limit = in->limit, .host = in->host};
  mlm_write_header(&writer, function->state_name);
  mlm_write_params(function, &aggregate->store, &writer);
  type->save(state, &writer);
  mlm_write_end(&writer);
  StrBuf *bytes = mlm_result_bytes(out, RESULT_BLOB);
  bytes->bytes = (char *)writer.bytes;
  bytes->n = (size_t)writer.n;
  return writer.status;
}

static Status evaluate(const FunctionDef *function, AggregateContext *aggregate, const Eval *in,
                       Result *out) {
  const StateType *type = function->state;
  Status status = type->seal ? type->seal(mlm_state_of(aggregate), in->host) : MLM_OK;
  if (status) return status;
  if (function->result == RESULT_STATE) return save(function, aggregate, in, out);
  const Overload *overload = &function->overload[mlm_state_overload(function)];
  Params params;
  Eval with_defaults = *in;
  with_defaults.params = &aggregate->store.params;
  with_defaults.args = overload->args;
  with_defaults.cutoff = mlm_common_value(&aggregate->store.cutoff);
  if (overload->parameters) {
    params = aggregate->store.params;
    mlm_params_defaults(overload->args, &params);
    with_defaults.params = &params;
  }
  out->bytes = (StrBuf){.limit = in->limit, .host = in->host};
  status = function->eval(mlm_state_of(aggregate), &with_defaults, out);
  return status ? status : out->bytes.status;
}

MLM_NOINLINE static void give(sqlite3_context *context, bool last) {
  const FunctionDef *function = sqlite3_user_data(context);
  AggregateContext *aggregate = sqlite3_aggregate_context(context, 0);
  if (!aggregate || aggregate->failed || function->state->empty(mlm_state_of(aggregate)))
    return; /* no row: NULL */
  Host host = mlm_host(context);
  Eval in = {.metric = function->metric,
             .host = &host,
             .limit = mlm_length_limit(context),
             .weighted = aggregate->weighted,
             .hint = &aggregate->hint};
  /* A formula may use up its rows after the last value, except for `_ci`, which evaluates a state more than
   * once. */
  if (last && function->eval == mlm_eval_rows) in.own = mlm_state_of(aggregate);
  Result result = {.kind = RESULT_NULL};
  Status status = evaluate(function, aggregate, &in, &result);
  if (status == MLM_OK) {
    mlm_return_result(context, &result, &host);
    return;
  }
  if (status == MLM_UNLISTED)
    mlm_error_unlisted(context, &result.bytes);
  else if (mlm_status_is_never_equal(status) && result.kind == RESULT_NULL)
    mlm_error_never_equal(context, status, &result.bytes);
  else if (status == MLM_REFUSED)
    mlm_error_refused(&(Call){.context = context, .function = function}, &result);
  /* unreachable: another kind, because the evaluation that refuses scores returns one of them */
  else if (mlm_status_is_score(status) && result.kind == RESULT_REAL)
    mlm_error_is_score(context, status == MLM_SCORE_LABEL, result.real);
  else
    mlm_result_status(context, status);
  host.free(result.bytes.bytes);
}

static void give_in_mode(sqlite3_context *context, bool last) {
  FloatMode mode = mlm_mode_enter();
  give(context, last);
  mlm_mode_leave(mode);
}

static void value(sqlite3_context *context) { give_in_mode(context, false); }

static void final(sqlite3_context *context) {
  give_in_mode(context, true);
  AggregateContext *aggregate = sqlite3_aggregate_context(context, 0);
  if (!aggregate) return;
  const StateType *type = ((const FunctionDef *)sqlite3_user_data(context))->state;
  if (type->clear) type->clear(mlm_state_of(aggregate), &mlm_memory);
  mlm_parsed_clear(&aggregate->store.parsed);
}

/* The numbers of arguments that an aggregate takes, for rows and for saved states: bit n for n arguments; 0:
 * any number. */
static uint32_t arities(const FunctionDef *function) {
  uint32_t set = 0;
  for (int o = 0; o < function->overloads; o++) {
    const Overload *overload = &function->overload[o];
    if (mlm_takes_variadic(overload->args)) return 0;
    for (int i = overload->required; i <= overload->n; i++) set |= 1u << i;
    for (int from_set = 0; from_set < 2; from_set++) {
      Overload after;
      mlm_after_state(function, o, from_set == 1, &after);
      for (int i = after.required; i <= after.n; i++) set |= 1u << (1 + i);
    }
  }
  return set;
}

/* ---- registration ---- */

static bool has_count(const FunctionDef *function, int argc) {
  return argc < 32 && function->arities >> argc & 1;
}

/* The step that a function which returns a saved state registers for any number of arguments. */
static void step_any(sqlite3_context *context, int argc, sqlite3_value **argv) {
  if (has_count(sqlite3_user_data(context), argc))
    step(context, argc, argv);
  else
    mlm_error_no_such_count(context, argc);
}

/* The callbacks for all other numbers of arguments: errors that say which ones are right. */
static void step_other(sqlite3_context *context, int argc, sqlite3_value **argv) {
  mlm_error_no_such_count(context, argc);
}
static void value_other(sqlite3_context *context) { mlm_error_no_such_count(context, -1); }

static int register_count(FunctionDef *function, int n, Callback *add, void (*give_final)(sqlite3_context *),
                          void (*give_value)(sqlite3_context *), Callback *remove) {
  function->connection->users++;
  return sqlite3_create_window_function(function->connection->db, function->name, n,
                                        mlm_function_flags(true, function->result), function, add, give_final,
                                        give_value, remove, mlm_release_function);
}

/* The callbacks for n arguments; false: these have no registration of their own. */
static bool callbacks_of(const FunctionDef *function, int n, StepAndInverse *out) {
  if (!has_count(function, n)) return false;
  *out = mlm_fast_path(function, n);
  if (!out->step && function->form->saves) return false;
  if (!out->step) out->step = step;
  if (!out->inverse) out->inverse = inverse;
  return true;
}

bool mlm_registers_aggregate(const FunctionDef *function, int n) {
  StepAndInverse callbacks;
  return n < 0 || callbacks_of(function, n, &callbacks);
}

/* Each registration costs loading about 2,500 instructions in SQLite. The forms that return a saved state,
 * with many optional arguments, are a third of all: what has no fast path is registered once for them, under
 * -1 (any number). Then a wrong number of arguments is an error of the first row, not of an empty table. */
int mlm_register_aggregate(FunctionDef *function) {
  int rc = SQLITE_OK;
  function->arities = arities(function);
  mlm_set_fast_args(function);
  function->context_bytes = (int)(sizeof(AggregateContext) + function->state->bytes);
  if (function->arities == 0) return register_count(function, -1, step, final, value, inverse);
  for (int n = 0; function->arities >> n && rc == SQLITE_OK; n++) {
    StepAndInverse callbacks;
    if (callbacks_of(function, n, &callbacks))
      rc = register_count(function, n, callbacks.step, final, value, callbacks.inverse);
  }
  if (rc != SQLITE_OK) return rc;
  return function->form->saves
             ? register_count(function, -1, step_any, final, value, inverse)
             : register_count(function, -1, step_other, value_other, value_other, step_other);
}
