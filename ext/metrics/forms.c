/* The forms that every metric has: its value, its saved state, its interval. */
#include "metrics/forms.h"

const Form mlm_forms[] = {
    {.suffix = ""},
    {.suffix = "_state", .saves = true},
    {.suffix = "_ci", .interval = true},
    {.suffix = "_ci_state", .saves = true, .interval = true},
    {.suffix = NULL},
};

void mlm_form_args(const Form *form, const Metric *metric, ArgKind args[MLM_MAX_ARGS]) {
  int n = 0;
  /* Whether level and method are in the list. They cannot follow numbers that are spread over the
   * arguments. */
  bool level = !form->interval || mlm_arg_specs[metric->args[0]].shape == SHAPE_VARIADIC;
  for (const ArgKind *arg = metric->args; *arg; arg++) {
    bool weight = *arg == ARG_WEIGHT;
    if (weight && !level) {
      args[n++] = ARG_LEVEL;
      args[n++] = ARG_METHOD;
      level = true;
    }
    args[n++] = weight && form->interval ? ARG_FREQUENCY : *arg;
  }
  if (!level) {
    args[n++] = ARG_LEVEL;
    args[n++] = ARG_METHOD;
  }
  args[n] = ARG_END;
}

const LightForm *mlm_form_light(const Form *form, const Metric *metric) {
  return form->saves || form->interval ? NULL : metric->light;
}

const StateType *mlm_form_state(const Form *form, const Metric *metric) {
  return form->interval && metric->interval->state ? metric->interval->state : metric->state;
}

void mlm_form_state_name(const Form *form, const Metric *metric, char name[MLM_STATE_NAME_BYTES]) {
  const char *own = mlm_state_name(metric), *suffix = form->interval ? metric->interval->state_name : NULL;
  size_t n = strlen(own), more = suffix ? strlen(suffix) : 0;
  memcpy(name, own, n);
  if (suffix) memcpy(name + n, suffix, more);
  name[n + more] = 0;
}

Evaluate *mlm_form_eval(const Form *form, const Metric *metric) {
  return form->interval ? metric->interval->eval : metric->eval;
}

ResultKind mlm_form_result(const Form *form, const Metric *metric) {
  if (form->saves) return RESULT_STATE;
  return form->interval ? RESULT_JSON : metric->result;
}

/* Of two kinds with the same saved form, the one that is sorted when sealed. */
static const StateType *better(const StateType *a, const StateType *b) {
  return a && (a->seal || !b->seal) ? a : b;
}

const StateType *mlm_state_type_named(const char *name) {
  const StateType *found = NULL;
  for (const Family *const *family = mlm_families; *family; family++)
    for (const Metric *metric = (*family)->metrics; metric && metric->name; metric++)
      if (strcmp(mlm_state_name(metric), name) == 0) found = better(found, metric->state);
  return found;
}
