/* The context of an aggregation, and the step or inverse of any row. */
#include "accumulate.h"

#include <string.h>

#include "base/float_mode.h"
#include "metrics/score_set_rows.h"
#include "packed_args.h"
#include "state/mean_internal.h"
#include "state/scores_keys.h"
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

/* Adds the rows of a score set to a state of another kind. */
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

/* Notes the cutoff of a row, or of a state or set that stands for rows. */
static void note_cutoff(const Call *call, AggregateContext *aggregate, double cutoff, int sign) {
  if (call->function->cutoff) mlm_common_add(&aggregate->store.cutoff, cutoff, sign);
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

/* Whether the saved state in the first argument is a value of the row, rather than a state to merge. */
static bool takes_as_argument(const FunctionDef *function, sqlite3_value *value) {
  for (int o = 0; o < function->overloads; o++) {
    const ArgSpec *spec = &mlm_arg_specs[function->overload[o].args[0]];
    if (spec->shape == SHAPE_STATE && mlm_is_state_named(value, spec->state_name)) return true;
  }
  return false;
}

/* Merges the saved state in the first argument or, where the metric's own state is of another kind, adds the
 * rows of a score set. */
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
  bool other_set = mlm_reads_score_set(function->metric, function->state);
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
  note_cutoff(call, aggregate, set ? row.x[function->cutoff ? function->cutoff - 1 : 0] : saved.cutoff, sign);
  if (set)
    add_score_set(call, &saved, aggregate, &row, sign, &host);
  else
    merge_saved(call, &saved, aggregate, sign, &host);
}

/* Adds a decoded row. */
static bool add_row(const Call *call, AggregateContext *aggregate, Row *row, int sign) {
  const Metric *metric = call->function->metric + call->overload;
  if (!mlm_check_row(call, metric->check, row)) return false;
  if (metric->term) row->value = metric->term(row);
  if (metric->base) row->base = metric->base(row);
  if (call->function->cutoff) note_cutoff(call, aggregate, row->x[call->function->cutoff - 1], sign);
  Status status = call->function->state->add(mlm_state_of(aggregate), row, sign, &mlm_memory);
  fail(call, aggregate, status);
  return !status;
}

/* Counts a row left out because of a NULL. A NULL in place of a set is not counted. */
static void leave_out(const Call *call, AggregateContext *aggregate, int sign) {
  const FunctionDef *function = call->function;
  if (function->state->leave_out && !function->overload[call->overload].sets)
    function->state->leave_out(mlm_state_of(aggregate), sign);
}

/* Decodes a row by the overload chosen, and adds it; false: the error is set. */
static bool accumulate_row(Call *call, AggregateContext *aggregate, int sign) {
  Row row;
  bool sound = true;
  switch (mlm_decode(call, &row, &aggregate->store)) {
  case DECODE_OK:
    aggregate->weighted |= mlm_has_weight(call);
    sound = add_row(call, aggregate, &row, sign);
    break;
  case DECODE_NULL_ROW: leave_out(call, aggregate, sign); break;
  case DECODE_ZERO_WEIGHT: break;
  default: sound = false; /* DECODE_ERROR */
  }
  if (call->function->overload[call->overload].sets) mlm_close_sets(&row, &mlm_memory);
  return sound;
}

/* The rows of packed columns, and where they go. */
typedef struct PackedRows {
  Call *call;
  AggregateContext *aggregate;
  PackedArgs *args;
  int sign;
  bool begun; /* the first row was seen: the plain arguments are decoded into `row` */
  Row row;
} PackedRows;

static bool begin_rows(PackedRows *rows) {
  if (rows->begun) return true;
  rows->begun = mlm_decode(rows->call, &rows->row, &rows->aggregate->store) == DECODE_OK;
  rows->aggregate->weighted |= rows->begun && mlm_has_weight(rows->call);
  return rows->begun;
}

/* Adds one element as SQLite values, decoded like any row. */
static bool add_values(PackedRows *rows, uint64_t i) {
  Call element;
  return mlm_packed_values(rows->args, i, &element) && mlm_select_overload(&element)
         && accumulate_row(&element, rows->aggregate, rows->sign);
}

/* Adds an element of the block that is a row. If its numbers do not fit each other, its values are decoded
 * instead, for their message. */
static bool add_element(PackedRows *rows, size_t i) {
  const Metric *metric = rows->call->function->metric + rows->call->overload;
  int arg;
  if (!begin_rows(rows)) return false;
  mlm_packed_row(rows->args, i, &rows->row);
  if (metric->check && metric->check(&rows->row, &arg)) return add_values(rows, rows->args->from + i);
  return add_row(rows->call, rows->aggregate, &rows->row, rows->sign);
}

static bool add_elements(PackedRows *rows) {
  const PackedArgs *args = rows->args;
  bool sound = true;
  for (size_t i = 0; i < args->size && sound; i++) {
    switch (args->regular ? ELEMENT_ROW : mlm_packed_kind(args, i)) {
    case ELEMENT_ROW: sound = add_element(rows, i); break;
    case ELEMENT_NULL: leave_out(rows->call, rows->aggregate, rows->sign); break;
    case ELEMENT_ABSENT: break;
    default: sound = add_values(rows, args->from + i); /* ELEMENT_ODD */
    }
  }
  return sound;
}

/* Whether the packed columns are the first two numbers of a row; the block is regular. */
static bool is_plain_pair(const PackedArgs *args) {
  /* unreachable: pairs of another kind, for every metric of scores reads a score and a label */
  return args->numbers == 2 && args->number[0].slot == offsetof(Row, pred)
         && args->number[1].slot == offsetof(Row, target);
}

/* The terms of a block of rows of weight 1. */
static void add_terms(PackedRows *rows) {
  const PackedArgs *args = rows->args;
  const Metric *metric = rows->call->function->metric + rows->call->overload;
  double (*term)(const Row *row) = metric->term;
  double value[MLM_BLOCK];
  if (metric->terms && is_plain_pair(args)) {
    metric->terms(args->x[0], args->x[1], args->size, value);
  } else if (args->numbers == 2) { /* a loop within the loop would cost more than the terms */
    const PackedPlace *place = args->number;
    double *a = mlm_packed_member(&rows->row, place[0].slot),
           *b = mlm_packed_member(&rows->row, place[1].slot);
    for (size_t i = 0; i < args->size; i++) {
      *a = args->x[0][i];
      *b = args->x[1][i];
      value[i] = term(&rows->row);
    }
  } else {
    for (size_t i = 0; i < args->size; i++) {
      mlm_packed_row(args, i, &rows->row);
      value[i] = term(&rows->row);
    }
  }
  mlm_mean_add_block(mlm_state_of(rows->aggregate), value, args->size, rows->sign);
}

/* Adds the whole block at once, where the kind of state can and every element is a plain row. False: it
 * cannot, and nothing was done. */
static bool add_block(PackedRows *rows) {
  const PackedArgs *args = rows->args;
  const FunctionDef *function = rows->call->function;
  const Metric *metric = function->metric + rows->call->overload;
  FastPathKind kind = function->state->fast_path;
  if (!args->regular || metric->check || rows->row.weight != 1 || function->cutoff) return false;
  for (int k = 0; k < args->numbers; k++)
    if (args->number[k].spec->shape == SHAPE_WEIGHT) return false;
  if (kind == FAST_MEAN) {
    add_terms(rows);
    return true;
  }
  if (kind != FAST_SCORES || !is_plain_pair(args) || rows->sign < 0) return false;
  fail(rows->call, rows->aggregate,
       mlm_scores_add_block(mlm_state_of(rows->aggregate), args->x[0], args->x[1], args->size, &mlm_memory));
  return true;
}

static bool add_blocks(PackedRows *rows, const Host *host) {
  PackedArgs *args = rows->args;
  bool sound = true;
  for (uint64_t from = 0; from < args->n && sound; from += MLM_BLOCK) {
    mlm_packed_read_block(args, from);
    sound = (!args->regular || begin_rows(rows)) && (add_block(rows) || add_elements(rows))
            && !rows->aggregate->failed;
    if (!sound || !mlm_interrupted(host)) continue;
    fail(rows->call, rows->aggregate, MLM_INTERRUPTED);
    sound = false;
  }
  return sound;
}

/* A row whose arguments are packed columns: their elements are rows. */
static void accumulate_packed(Call *call, AggregateContext *aggregate, int sign) {
  Host host = mlm_host(call->context);
  PackedRows rows = {.call = call, .aggregate = aggregate, .sign = sign, .args = mlm_packed_open(call)};
  if (!rows.args) return;
  if (rows.args->in_blocks)
    add_blocks(&rows, &host);
  else
    for (uint64_t i = 0; i < rows.args->n && add_values(&rows, i); i++) {}
  mlm_packed_close(rows.args);
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
  bool packed = function->state != &mlm_packed_state && mlm_has_packed(argc, argv);
  if (!packed && argc > 0 && mlm_is_saved_state(argv[0]) && !takes_as_argument(function, argv[0])) {
    accumulate_state(&call, aggregate, sign);
    return;
  }
  if (argc > 0 && argc < function->overload[0].required && sqlite3_value_type(argv[0]) == SQLITE_NULL)
    return; /* a NULL in place of a state is ignored */
  if (!mlm_select_overload(&call)) return;
  if (packed)
    accumulate_packed(&call, aggregate, sign);
  else
    accumulate_row(&call, aggregate, sign);
}

void mlm_accumulate(sqlite3_context *context, int argc, sqlite3_value **argv, int sign) {
  FloatMode mode = mlm_mode_enter();
  accumulate(context, argc, argv, sign);
  mlm_mode_leave(mode);
}
