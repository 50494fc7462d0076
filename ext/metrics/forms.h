/* The forms that every metric has: its value, its saved state, its interval. */
#ifndef MLM_FORMS_H
#define MLM_FORMS_H

#include "metrics/arg_specs.h"

enum { MLM_STATE_NAME_BYTES = 32 };

typedef struct Form {
  const char *suffix; /* of the function's name */
  bool saves;         /* the result is the saved state */
  bool interval;      /* it remembers what the metric's Interval needs */
} Form;

extern const Form mlm_forms[]; /* the plain one first; ends with a NULL suffix */

/* Whether the metric has the form. */
static inline bool mlm_form_applies(const Form *form, const Metric *metric) {
  if (metric->result == RESULT_STATE && form->interval) return false;
  return !form->interval || metric->interval;
}

/* The arguments of a metric in a form: those of an interval have level and method before the weight, or at
 * the end, but not where numbers are spread over the arguments. */
void mlm_form_args(const Form *form, const Metric *metric, ArgKind args[MLM_MAX_ARGS]);

/* What the form remembers, and the name under which it is saved. */
const StateType *mlm_form_state(const Form *form, const Metric *metric);
void mlm_form_state_name(const Form *form, const Metric *metric, char name[MLM_STATE_NAME_BYTES]);

/* What calls over rows remember and evaluate in its place; NULL: the same. Charts and reports, which have
 * opened a saved set, take the whole state. */
const LightForm *mlm_form_light(const Form *form, const Metric *metric);

Evaluate *mlm_form_eval(const Form *form, const Metric *metric);
ResultKind mlm_form_result(const Form *form, const Metric *metric);

/* The kind of state that is saved under a name, by which metrics that read any set open it; NULL: none. */
const StateType *mlm_state_type_named(const char *name);

#endif
