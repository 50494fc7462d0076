/* The context of an aggregation, and the step or inverse of any row. */
#include "accumulate.h"

#include <string.h>

#include "base/float_mode.h"
#include "metrics/over_set.h"
#include "state_params.h"

AggregateContext *mlm_aggregate_context(sqlite3_context *context) {
  const FunctionDef *function = sqlite3_user_data(context);
  AggregateContext *aggregate = sqlite3_aggregate_context(context, function->context_bytes);
  if (aggregate) aggregate->function = function;
  return aggregate;
}

/* Reports a failure of the state, if there is one. */
static void fail(const Call *call, AggregateContext *aggregate, Status status) {
  if (!status) return;
  aggregate->failed = true;
  mlm_error_status(call, status);
}

/* The rows of a score set as rows of the metric. */
static void add_score_set(const Call *call, SavedState *saved, AggregateContext *aggregate, Row *row,
                          int sign, const Host *host) {
  const ArgSpec *spec = &mlm_arg_specs[call->args[0]];
  Scores *set = mlm_load_sealed(call, &mlm_scores_state, spec, saved, host);
  if (!set) return;
  const FunctionDef *function = call->function;
  Status status =
      mlm_add_score_set(function->metric, function->state, set, row, sign, mlm_state_of(aggregate), host);
  fail(call, aggregate, status);
  mlm_drop_state(&mlm_scores_state, set, host);
}

static void merge_saved(const Call *call, SavedState *saved, AggregateContext *aggregate, int sign,
                        const Host *host) {
  const StateType *type = call->function->state;
  void *other = mlm_load_sealed(call, type, &mlm_arg_specs[call->args[0]], saved, host);
  if (!other) return;
  Status status = (sign > 0 ? type->merge : type->subtract)(mlm_state_of(aggregate), other, host);
  fail(call, aggregate, status);
  mlm_drop_state(type, other, host);
}

/* Whether the function takes the saved state in its first argument as one of a row, not as its own. */
static bool takes_as_argument(const FunctionDef *function, sqlite3_value *value) {
  for (int o = 0; o < function->overloads; o++) {
    const ArgSpec *spec = &mlm_arg_specs[function->overload[o].args[0]];
    if (spec->shape == SHAPE_STATE && mlm_is_state_named(value, spec->state_name)) return true;
  }
  return false;
}

/* Whether the parameters of the state, which a row of a score set does not have, are those of the rows
 * before.
 */
static void accumulate_state(Call *call, AggregateContext *aggregate, int sign) {
  const FunctionDef *function = call->function;
  int first = mlm_state_overload(function);
  const Overload *overload = &function->overload[first];
  ParamStore *store = &aggregate->store;
  SavedState saved;
  Overload after;
  Row row;
  call->args = overload->args;
  call->required = overload->required;
  if (!mlm_open_saved(call, 0, &saved)) return;
  bool own = strcmp(saved.name, function->state_name) == 0;
  bool other_set = mlm_reads_score_set(function->metric, function->state)
                   && strcmp(function->state_name, "score_set") != 0;
  bool set = other_set && strcmp(saved.name, "score_set") == 0;
  if (!own && !set) {
    mlm_error_wrong_state(call, saved.name, function->state_name, other_set);
    return;
  }
  if (!(set ? mlm_skip_params(call, &saved) : mlm_read_params(call, &saved, store))) return;
  mlm_after_state(function, first, set, &after);
  row.columns = overload->columns;
  row.preds.n = 0;
  if (mlm_decode_after_state(call, &after, &row, store) != DECODE_OK) return;
  if (!function->form->saves && !mlm_params_complete(call, overload, store)) return;
  store->started = true;
  Host host = mlm_host(call->context);
  if (set)
    add_score_set(call, &saved, aggregate, &row, sign, &host);
  else
    merge_saved(call, &saved, aggregate, sign, &host);
}

/* Not inlined: keeps the compiler from moving floating-point operations across the mode switch. */
MLM_NOINLINE static void accumulate(sqlite3_context *context, int argc, sqlite3_value **argv, int sign) {
  AggregateContext *aggregate = mlm_aggregate_context(context);
  if (!aggregate) {
    sqlite3_result_error_nomem(context);
    return;
  }
  const FunctionDef *function = aggregate->function;
  Call call = {.context = context, .function = function, .argc = argc, .argv = argv};
  if (argc > 0 && mlm_is_saved_state(argv[0]) && !takes_as_argument(function, argv[0])) {
    accumulate_state(&call, aggregate, sign);
    return;
  }
  if (argc > 0 && argc < function->overload[0].required && sqlite3_value_type(argv[0]) == SQLITE_NULL)
    return; /* no state: it counts for nothing */
  if (!mlm_select_overload(&call)) return;
  const Metric *metric = function->metric + call.overload;
  const StateType *type = function->state;
  Row row;
  Status status = MLM_OK;
  switch (mlm_decode(&call, &row, &aggregate->store)) {
  case DECODE_OK:
    if (!mlm_check_row(&call, metric->check, &row)) break;
    if (metric->term) row.value = metric->term(&row);
    if (metric->base) row.base = metric->base(&row);
    aggregate->weighted |= mlm_has_weight(&call);
    status = type->add(mlm_state_of(aggregate), &row, sign, &mlm_memory);
    break;
  case DECODE_NULL_ROW:
    /* A NULL set counts for nothing. */
    if (type->leave_out && !function->overload[call.overload].sets)
      type->leave_out(mlm_state_of(aggregate), sign);
    break;
  default: break; /* weight 0, or an error that is set */
  }
  if (function->overload[call.overload].sets) mlm_close_sets(&row, &mlm_memory);
  fail(&call, aggregate, status);
}

void mlm_accumulate(sqlite3_context *context, int argc, sqlite3_value **argv, int sign) {
  FloatMode mode = mlm_mode_enter();
  accumulate(context, argc, argv, sign);
  mlm_mode_leave(mode);
}
