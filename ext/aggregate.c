/* The only step, inverse, value and final: every aggregate, its window form, its _state form and its merging
 * form.
 *
 * The bound table row is the user data. A group is zeroed memory: what was given once for all rows, then the
 * state.
 */
#include "group.h"

#include <string.h>

static const char *remembered(const Metric *metric) {
  return metric->remembers ? metric->remembers : metric->state->name;
}

static bool holds(const ArgKind *args) {
  for (int i = 0; args[i]; i++)
    if (args[i] == ARG_LABEL_SMOOTHING || args[i] == ARG_K) return true;
  return false;
}

static bool any_holds(const Bound *bound) {
  for (int i = 0; i < bound->signatures; i++)
    if (holds(bound->args[i])) return true;
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
  if (metric->state == &mlm_scores_state) return false;
  return metric->args[1] == ARG_LABEL || metric->args[1] == ARG_SOFT_TARGET;
}

static bool take_score_set(const Call *call, const Metric *metric, Saved *saved, Group *group, Row *row,
                           int sign, const Host *host) {
  uint64_t *set = host->resize(NULL, mlm_scores_state.bytes);
  if (!set) {
    mlm_say_status(call, MLM_NOMEM);
    return false;
  }
  memset(set, 0, mlm_scores_state.bytes);
  bool good = mlm_load_state(call, &mlm_scores_state, saved, set, host);
  Status status = good ? mlm_scores_state.seal(set, host) : MLM_OK;
  if (good && !status && mlm_check_set_range(call, (const Scores *)(const void *)set)) {
    Visit visit = {metric, mlm_state_of(group), host, row, sign};
    status = mlm_scores_visit((const Scores *)(const void *)set, add_score, &visit);
  }
  mlm_scores_state.clear(set, host);
  host->release(set);
  if (status) mlm_say_status(call, status);
  return good && !status;
}

static bool take_held(const Call *call, Saved *saved, Group *group) {
  double held = mlm_read_double(&saved->in);
  if (saved->in.failed || !mlm_fits_held(call->bound, held)) {
    mlm_say_damaged(call);
    return false;
  }
  if (group->given.set && group->given.held != held) {
    mlm_say(call, "the saved states were made with different parameters and cannot be merged");
    return false;
  }
  group->given.held = held;
  return true;
}

static void take_saved(const Call *call, const Metric *metric, Saved *saved, Group *group, int sign,
                       const Host *host) {
  const StateKind *kind = metric->state;
  uint64_t *other = host->resize(NULL, kind->bytes);
  if (!other) {
    mlm_say_status(call, MLM_NOMEM);
    return;
  }
  memset(other, 0, kind->bytes);
  if (mlm_load_state(call, kind, saved, other, host)) {
    Status status = kind->seal ? kind->seal(other, host) : MLM_OK;
    bool fits =
        status || kind != &mlm_scores_state || mlm_check_set_range(call, (const Scores *)(const void *)other);
    if (!status && fits) status = (sign > 0 ? kind->merge : kind->unmerge)(mlm_state_of(group), other, host);
    if (status) mlm_say_status(call, status);
  }
  if (kind->clear) kind->clear(other, host);
  host->release(other);
}

static void absorb_state(Call *call, Group *group, int sign) {
  const Metric *metric = call->bound->metric;
  Saved saved;
  Row row;
  call->args = call->bound->args[0];
  call->required = call->bound->required[0];
  if (!mlm_open_state(call, call->argv[0], &saved)) return;
  bool own = strcmp(saved.name, remembered(metric)) == 0;
  bool set = !own && reads_score_set(metric) && strcmp(saved.name, "score_set") == 0;
  if (!own && !set) {
    mlm_say(call, "cannot read this saved state: it remembers '%s', and '%s'%s is needed", saved.name,
            remembered(metric), reads_score_set(metric) ? " (or 'score_set')" : "");
    return;
  }
  if (own && any_holds(call->bound) && !take_held(call, &saved, group))
    return; /* before the group counts as given */
  bool cutoff = set && metric->state == &mlm_tally_state;
  if (mlm_decode_after_state(call, cutoff, &row, &group->given) != ROW_IN) return;
  Host host = mlm_host(call->context);
  if (set)
    take_score_set(call, metric, &saved, group, &row, sign, &host);
  else
    take_saved(call, metric, &saved, group, sign, &host);
}

Group *mlm_open_group(sqlite3_context *context) {
  const Bound *bound = sqlite3_user_data(context);
  Group *group = sqlite3_aggregate_context(context, bound->group_bytes);
  if (group) group->bound = bound;
  return group;
}

/* Not inlined: its arithmetic must stay between the changes of mode. */
__attribute__((noinline)) static void absorb(sqlite3_context *context, int argc, sqlite3_value **argv,
                                             int sign) {
  const Bound *bound = sqlite3_user_data(context);
  const Metric *metric = bound->metric;
  Group *group = mlm_open_group(context);
  if (!group) {
    sqlite3_result_error_nomem(context);
    return;
  }
  Call call = {.context = context, .bound = bound, .argc = argc, .argv = argv};
  if (argc > 0 && sqlite3_value_type(argv[0]) == SQLITE_BLOB
      && mlm_is_state(sqlite3_value_blob(argv[0]), (uint64_t)sqlite3_value_bytes(argv[0]))) {
    absorb_state(&call, group, sign);
    return;
  }
  if (argc > 0 && argc < bound->required[0] && sqlite3_value_type(argv[0]) == SQLITE_NULL)
    return; /* no state: it counts for nothing */
  if (!mlm_choose(&call)) return;
  metric += call.signature;
  Row row;
  Status status = MLM_OK;
  switch (mlm_decode(&call, &row, &group->given)) {
  case ROW_IN:
    if (metric->term) row.value = metric->term(&row);
    group->weighted |= argc > 2 && call.args[argc - 1] == ARG_WEIGHT;
    status = metric->state->add(mlm_state_of(group), &row, sign, &mlm_memory);
    break;
  case ROW_LEFT_OUT:
    if (metric->state->leave_out) metric->state->leave_out(mlm_state_of(group), sign);
    break;
  case ROW_ABSENT:
  case ROW_WRONG: break;
  }
  if (status) mlm_result_status(context, status);
}

void mlm_absorb(sqlite3_context *context, int argc, sqlite3_value **argv, int sign) {
  FloatMode mode = mlm_mode_enter();
  absorb(context, argc, argv, sign);
  mlm_mode_leave(mode);
}

static void step(sqlite3_context *context, int argc, sqlite3_value **argv) {
  mlm_absorb(context, argc, argv, 1);
}
static void inverse(sqlite3_context *context, int argc, sqlite3_value **argv) {
  mlm_absorb(context, argc, argv, -1);
}

static void result_state(sqlite3_context *context, const Bound *bound, Group *group, const Host *host) {
  const Metric *metric = bound->metric;
  Writer out = {.limit = mlm_length_limit(context), .host = host};
  mlm_write_header(&out, remembered(metric));
  if (any_holds(bound)) mlm_write_double(&out, group->given.held);
  metric->state->save(mlm_state_of(group), &out);
  mlm_write_end(&out);
  if (out.status) {
    host->release(out.bytes);
    mlm_result_status(context, out.status);
  } else {
    sqlite3_result_blob64(context, out.bytes, out.n, sqlite3_free);
  }
}

static void result(sqlite3_context *context, const Metric *metric, Group *group, const Host *host) {
  const StateKind *kind = metric->state;
  Params params = group->given.params;
  params.hint = &group->hint;
  params.weighted = group->weighted;
  if (metric->result == RESULT_JSON || metric->result == RESULT_TEXT) {
    Text text = mlm_text_for(context, host);
    kind->write(mlm_state_of(group), metric->formula, &params, &text);
    mlm_result_text(context, &text, metric->result);
    return;
  }
  bool integer = metric->result == RESULT_COUNT && !group->weighted && kind->integral(mlm_state_of(group));
  mlm_result_number(context, kind->value(mlm_state_of(group), metric->formula, &params), integer);
}

__attribute__((noinline)) static void give(sqlite3_context *context) {
  const Bound *bound = sqlite3_user_data(context);
  const Metric *metric = bound->metric;
  Group *group = sqlite3_aggregate_context(context, 0);
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
  Group *group = sqlite3_aggregate_context(context, 0);
  const StateKind *kind = ((const Bound *)sqlite3_user_data(context))->metric->state;
  if (group && kind->clear) kind->clear(mlm_state_of(group), &mlm_memory);
}

/* Numbers of arguments under which an aggregate is registered: those of its rows, and those of its merging
 * form. */
static uint32_t arities(const Bound *bound) {
  uint32_t set = 1u << 1;
  for (int s = 0; s < bound->signatures; s++) {
    const ArgKind *args = bound->args[s];
    if (mlm_takes_spread(args)) return 0;
    int after = 0, fewest = 0, n = mlm_count_args(args);
    for (int i = 0; i < n; i++) {
      if (!mlm_arg_is_finish(args[i]) || bound->state_form) continue;
      after++;
      if (i < bound->required[s]) fewest = after;
    }
    for (int i = bound->required[s]; i <= n; i++) set |= 1u << i;
    bool cutoff = bound->metric->state == &mlm_tally_state;
    for (int i = fewest; i <= after; i++) set |= 1u << (1 + i) | (cutoff ? 1u << (2 + i) : 0);
    if (fewest > 0) set &= ~(1u << 1);
  }
  return set;
}

int mlm_register_aggregate(Library *library, Bound *bound) {
  uint32_t set = arities(bound);
  mlm_plain_args(bound);
  bound->group_bytes = (int)(sizeof(Group) + bound->metric->state->bytes);
  int rc = SQLITE_OK;
  for (int n = 0; n < 32 && rc == SQLITE_OK; n++) {
    bool any = set == 0 && n == 0;
    if (!any && !(set >> n & 1)) continue;
    library->users++;
    Callback *add = mlm_short_way(bound, n, 1), *take_back = mlm_short_way(bound, n, -1);
    rc = sqlite3_create_window_function(
        library->db, bound->name, any ? -1 : n,
        mlm_function_flags(true, bound->state_form ? RESULT_STATE : bound->metric->result), bound,
        add ? add : step, final, value, take_back ? take_back : inverse, mlm_release);
  }
  return rc;
}
