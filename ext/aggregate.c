/* The only step, inverse, value and final: every aggregate, its window form, its _state form and its merging
 * form.
 *
 * The bound table row is the user data. A group is zeroed memory: what was given once for all rows, then the
 * state.
 */
#include "aggregate_context.h"

#include <string.h>

static const char *state_name_of(const Metric *metric) {
  return metric->state_name ? metric->state_name : metric->state->name;
}

/* Whether the state is given a parameter to hold, which stands before it where it is saved. */
static bool holds(const FunctionDef *bound) {
  for (int s = 0; s < bound->signatures; s++)
    for (const ArgKind *arg = bound->args[s]; *arg; arg++)
      if (mlm_is_held(&mlm_arg_specs[*arg])) return true;
  return false;
}

/* What a visit of a score set needs to add each score as a row. */
typedef struct Visit {
  const Metric *metric;
  void *state;
  const Host *host;
  Row *row;
  int sign;
} Visit;

static Status add_score(void *context, double score, int label, double weight, int64_t count) {
  const Visit *visit = context;
  visit->row->pred = score;
  visit->row->target = label;
  visit->row->weight = weight;
  if (visit->metric->term) visit->row->value = visit->metric->term(visit->row);
  return visit->metric->state->add_times(visit->state, visit->row, count, visit->sign, visit->host);
}

/* A score set holds rows (score, label, weight): a metric over such rows can take them one by one. */
static bool reads_score_set(const Metric *metric) {
  return metric->args[1] == ARG_LABEL || metric->args[1] == ARG_SOFT_TARGET;
}

static void take_score_set(const Call *call, const Metric *metric, Saved *saved, AggregateContext *group,
                           Row *row, int sign, const Host *host) {
  Scores *set = mlm_load_sealed(call, &mlm_scores_state, saved, host);
  if (!set) return;
  Visit visit = {metric, mlm_state_of(group), host, row, sign};
  Status status = mlm_scores_visit(set, add_score, &visit);
  if (status) mlm_error_status(call, status);
  mlm_drop_state(&mlm_scores_state, set, host);
}

static bool take_held(const Call *call, Saved *saved, AggregateContext *group) {
  double held = mlm_read_double(&saved->in);
  if (saved->in.failed || !mlm_fits_held(call->bound, held)) {
    mlm_error_damaged(call);
    return false;
  }
  if (group->given.set && group->given.held != held) {
    mlm_error_other_held(call);
    return false;
  }
  group->given.held = held;
  return true;
}

static void take_saved(const Call *call, const Metric *metric, Saved *saved, AggregateContext *group,
                       int sign, const Host *host) {
  const StateType *kind = metric->state;
  void *other = mlm_load_sealed(call, kind, saved, host);
  if (!other) return;
  Status status = (sign > 0 ? kind->merge : kind->subtract)(mlm_state_of(group), other, host);
  if (status) mlm_error_status(call, status);
  mlm_drop_state(kind, other, host);
}

static void accumulate_state(Call *call, AggregateContext *group, int sign) {
  const Metric *metric = call->bound->metric;
  const char *needed = state_name_of(metric);
  Saved saved;
  Row row;
  call->args = call->bound->args[0];
  call->required = call->bound->required[0];
  if (!mlm_open_saved(call, &saved)) return;
  bool own = strcmp(saved.name, needed) == 0,
       other_set = reads_score_set(metric) && strcmp(needed, "score_set") != 0;
  bool set = other_set && strcmp(saved.name, "score_set") == 0;
  if (!own && !set) {
    mlm_error_wrong_state(call, saved.name, needed, other_set);
    return;
  }
  if (own && holds(call->bound) && !take_held(call, &saved, group))
    return; /* before the group counts as given */
  if (mlm_decode_after_state(call, set, &row, &group->given) != DECODE_OK) return;
  Host host = mlm_host(call->context);
  if (set)
    take_score_set(call, metric, &saved, group, &row, sign, &host);
  else
    take_saved(call, metric, &saved, group, sign, &host);
}

AggregateContext *mlm_aggregate_context(sqlite3_context *context) {
  const FunctionDef *bound = sqlite3_user_data(context);
  AggregateContext *group = sqlite3_aggregate_context(context, bound->group_bytes);
  if (group) group->bound = bound;
  return group;
}

/* Not inlined: its arithmetic must stay between the changes of mode. */
__attribute__((noinline)) static void accumulate(sqlite3_context *context, int argc, sqlite3_value **argv,
                                                 int sign) {
  const FunctionDef *bound = sqlite3_user_data(context);
  const Metric *metric = bound->metric;
  AggregateContext *group = mlm_aggregate_context(context);
  if (!group) {
    sqlite3_result_error_nomem(context);
    return;
  }
  Call call = {.context = context, .bound = bound, .argc = argc, .argv = argv};
  if (argc > 0 && mlm_is_saved_state(argv[0])) {
    accumulate_state(&call, group, sign);
    return;
  }
  if (argc > 0 && argc < bound->required[0] && sqlite3_value_type(argv[0]) == SQLITE_NULL)
    return; /* no state: it counts for nothing */
  if (!mlm_select_overload(&call)) return;
  metric += call.signature;
  Row row;
  Status status = MLM_OK;
  switch (mlm_decode(&call, &row, &group->given)) {
  case DECODE_OK:
    if (metric->term) row.value = metric->term(&row);
    group->weighted |= argc > 2 && call.args[argc - 1] == ARG_WEIGHT;
    status = metric->state->add(mlm_state_of(group), &row, sign, &mlm_memory);
    break;
  case DECODE_NULL_ROW:
    if (metric->state->leave_out) metric->state->leave_out(mlm_state_of(group), sign);
    break;
  default: break; /* absent, or wrong and said so */
  }
  if (status) mlm_result_status(context, status);
}

void mlm_accumulate(sqlite3_context *context, int argc, sqlite3_value **argv, int sign) {
  FloatMode mode = mlm_mode_enter();
  accumulate(context, argc, argv, sign);
  mlm_mode_leave(mode);
}

static void step(sqlite3_context *context, int argc, sqlite3_value **argv) {
  mlm_accumulate(context, argc, argv, 1);
}
static void inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
  mlm_accumulate(context, argc, argv, -1);
}

static void result_state(sqlite3_context *context, const FunctionDef *bound, AggregateContext *group,
                         const Host *host) {
  const Metric *metric = bound->metric;
  Writer out = {.limit = mlm_length_limit(context), .host = host};
  mlm_write_header(&out, state_name_of(metric));
  if (holds(bound)) mlm_write_double(&out, group->given.held);
  metric->state->save(mlm_state_of(group), &out);
  mlm_write_end(&out);
  if (out.status) {
    host->free(out.bytes);
    mlm_result_status(context, out.status);
  } else {
    sqlite3_result_blob64(context, out.bytes, out.n, sqlite3_free);
  }
}

static bool was_stopped(const StateType *kind, const void *state) {
  return kind->interrupted && kind->interrupted(state);
}

static void result(sqlite3_context *context, const Metric *metric, AggregateContext *group,
                   const Host *host) {
  const StateType *kind = metric->state;
  Params params = group->given.params;
  params.hint = &group->hint;
  params.weighted = group->weighted;
  if (metric->result == RESULT_JSON || metric->result == RESULT_TEXT) {
    StrBuf text = mlm_strbuf_for(context, host);
    kind->write(mlm_state_of(group), metric->formula, &params, &text);
    if (was_stopped(kind, mlm_state_of(group))) text.status = MLM_INTERRUPTED;
    mlm_result_text(context, &text, metric->result);
    return;
  }
  bool integer = metric->result == RESULT_COUNT && !group->weighted && kind->integral(mlm_state_of(group));
  double x = kind->value(mlm_state_of(group), metric->formula, &params);
  if (was_stopped(kind, mlm_state_of(group)))
    mlm_result_status(context, MLM_INTERRUPTED);
  else
    mlm_result_number(context, x, integer);
}

__attribute__((noinline)) static void give(sqlite3_context *context) {
  const FunctionDef *bound = sqlite3_user_data(context);
  const Metric *metric = bound->metric;
  AggregateContext *group = sqlite3_aggregate_context(context, 0);
  if (!group || metric->state->empty(mlm_state_of(group))) return; /* no row: NULL */
  Host host = mlm_host(context);
  Status status = metric->state->seal ? metric->state->seal(mlm_state_of(group), &host) : MLM_OK;
  if (status)
    mlm_result_status(context, status);
  else if (bound->state_form || metric->result == RESULT_STATE)
    result_state(context, bound, group, &host);
  else
    result(context, metric, group, &host);
}

static void value(sqlite3_context *context) {
  FloatMode mode = mlm_mode_enter();
  give(context);
  mlm_mode_leave(mode);
}

static void final(sqlite3_context *context) {
  value(context);
  AggregateContext *group = sqlite3_aggregate_context(context, 0);
  const StateType *kind = ((const FunctionDef *)sqlite3_user_data(context))->metric->state;
  if (group && kind->clear) kind->clear(mlm_state_of(group), &mlm_memory);
}

/* Numbers of arguments under which an aggregate is registered: those of its rows, and those of its merging
 * form. */
static uint32_t arities(const FunctionDef *bound) {
  uint32_t set = 0;
  for (int s = 0; s < bound->signatures; s++) {
    if (mlm_takes_spread(bound->args[s])) return 0;
    for (int i = bound->required[s]; i <= mlm_count_args(bound->args[s]); i++) set |= 1u << i;
    for (int form = 0; form < 2; form++) {
      AfterState after = mlm_after_state(bound, s, form == 1);
      for (int i = after.fewest; i <= after.n; i++) set |= 1u << (1 + i);
    }
  }
  return set;
}

int mlm_register_aggregate(Connection *library, FunctionDef *bound) {
  uint32_t set = arities(bound);
  mlm_set_fast_args(bound);
  bound->group_bytes = (int)(sizeof(AggregateContext) + bound->metric->state->bytes);
  int rc = SQLITE_OK;
  for (int n = 0; n < 32 && rc == SQLITE_OK; n++) {
    bool any = set == 0 && n == 0;
    if (!any && !(set >> n & 1)) continue;
    library->users++;
    Callback *add = mlm_fast_path(bound, n, 1), *remove_row = mlm_fast_path(bound, n, -1);
    rc = sqlite3_create_window_function(
        library->db, bound->name, any ? -1 : n,
        mlm_function_flags(true, bound->state_form ? RESULT_STATE : bound->metric->result), bound,
        add ? add : step, final, value, remove_row ? remove_row : inverse, mlm_release);
  }
  return rc;
}
