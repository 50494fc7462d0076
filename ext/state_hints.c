/* Hints about saved states: which parameters they hold, and which functions save them. */
#include "error_hints.h"

#include <string.h>

#include "args.h"
#include "label_hints.h"
#include "load_state.h"
#include "metrics/named_function.h"
#include "metrics/score_set_rows.h"

enum { MOST_SAVERS = 3 }; /* that a message names */

/* Whether the call that saves a state may leave the parameter to the one that reads it. */
static bool may_be_unsaved(const FunctionDef *function, const ArgSpec *spec) {
  if (spec->role != ROLE_FINAL) return false;
  for (const Overload *of = function->overload; of < function->overload + function->overloads; of++)
    for (int i = of->required; i < of->n; i++)
      if (&mlm_arg_specs[of->args[i]] == spec) return true;
  return false;
}

void mlm_hint_unsaved(Message *to, const ArgSpec *spec) {
  if (may_be_unsaved(to->call->function, spec))
    mlm_put(to, "; a state saved without %s can be read with any %s", spec->name, spec->name);
}

void mlm_hint_decided(Message *to, const Overload *after) {
  if (mlm_cutoff_place(to->call->function->overload[0].args) && !mlm_cutoff_place(after->args))
    mlm_put(to, "; its rows were decided at the cutoff given when it was saved");
}

bool mlm_hint_two_sets(Message *to) {
  const Call *call = to->call;
  const Metric *metric = call->function->metric;
  /* unreachable: argc < 2, for a set alone is no mistake */
  if (!metric || metric->args[1] != ARG_SAMPLE || call->argc < 2) return false;
  for (int i = 0; i < 2; i++)
    if (!mlm_is_saved_state(call->argv[i]) || !mlm_is_state_named(call->argv[i], "score_set")) return false;
  mlm_put(to,
          "; to compare two sets, SELECT %s(s) FROM (SELECT with_label(s1, 0) AS s FROM … UNION ALL SELECT "
          "with_label(s2, 1) FROM …)",
          call->function->name);
  return true;
}

/* The form of the metric that saves states of this name; NULL: it has none. */
static const Form *saving_form(const Metric *metric, const char *name) {
  char own[MLM_STATE_NAME_BYTES];
  for (const Form *form = mlm_forms; form->suffix; form++) {
    if ((!form->saves && metric->result != RESULT_STATE) || !mlm_form_applies(form, metric)) continue;
    mlm_form_state_name(form, metric, own);
    if (strcmp(own, name) == 0) return form;
  }
  return NULL;
}

/* Whether the name is that of a metric, such as 'score_set' and 'log_loss', so that users have typed it. */
static bool is_typed(const char *name) {
  NamedFunction found;
  return mlm_find_function(name, &found) && found.metric;
}

static void hint_savers(Message *to, const char *name) {
  const char *last = "";
  int n = 0;
  if (is_typed(name)) return;
  for (const Family *const *family = mlm_families; *family && n <= MOST_SAVERS; family++)
    for (const Metric *metric = (*family)->metrics; metric && metric->name && n <= MOST_SAVERS; metric++) {
      const Form *form = saving_form(metric, name);
      if (!form || strcmp(metric->name, last) == 0) continue; /* two rows of one name follow each other */
      last = metric->name;
      if (n == 0) mlm_put(to, "; '%s' is saved by ", name);
      if (n++ < MOST_SAVERS)
        mlm_put(to, "%s%s%s", n > 1 ? ", " : "", last, form->suffix);
      else
        mlm_put(to, ", …");
    }
}

void mlm_hint_wrong_state(Message *to, const char *got, const char *needed) {
  const FunctionDef *function = to->call->function;
  const Metric *metric = function->metric;
  if (metric && function->form->interval && strcmp(got, mlm_state_name(metric)) == 0) {
    mlm_put(to, "; an interval needs more, which %s_ci_state saves", metric->name);
  } else {
    if (strcmp(got, "pred_set") == 0)
      mlm_put(to, "; evaluate(set) gives r2, rmse, mae and mean_error of a pred_set");
    if (strcmp(got, "score_set") == 0 && strcmp(needed, "class_set") == 0) mlm_hint_set_cutoff(to);
    hint_savers(to, got);
    hint_savers(to, needed);
  }
}

void mlm_put_state_call(Message *to, const Overload *after) {
  char list[256]; /* "(cutoff[, beta])" */
  to->failed |= !mlm_signature("", after->args, after->required, list, sizeof list);
  const char *arguments = list + 1, *comma = after->required > 0 ? ", " : after->n > 0 ? "[, " : "";
  mlm_put(to, "%s(state%s%s", to->call->function->name, comma, *arguments == '[' ? arguments + 1 : arguments);
}

/* Whether the rows are predicted classes beside labels. */
static bool takes_predicted(const FunctionDef *function) {
  ArgKind first = function->overload[0].args[0];
  return function->metric && (first == ARG_PRED_CLASS || mlm_arg_specs[first].hint == HINT_DECISION);
}

void mlm_hint_state_place(Message *to, sqlite3_value *value) {
  const FunctionDef *function = to->call->function;
  const bool scores = mlm_is_state_named(value, "score_set");
  const bool set = function->metric && scores && mlm_reads_score_set(function->metric, function->state);
  if (set || (function->metric && mlm_is_state_named(value, function->state_name))) {
    Overload after;
    mlm_after_state(function, mlm_state_overload(function), set, &after);
    mlm_put(to, "; a saved state is the first argument: ");
    mlm_put_state_call(to, &after);
  } else if (scores && takes_predicted(function)) {
    mlm_hint_cutoff(to);
  }
}
