/* Hints appended to error messages. Following a hint hides no other fault: values that it does not cover
 * remain errors. */
#include "error_hints.h"

#include <string.h>

#include "base/label_word.h"
#include "base/loose_number.h"
#include "base/dirty_text.h"
#include "metrics/peer_names.h"
#include "sql_value.h"

/* For percentages. to_number() reads one value, so it is no help for a vector. */
static void hint_percent(Message *to, const char *separator, const char *name, double x, bool vector) {
  if (!(x > 1 && x <= 100)) return;
  if (vector)
    mlm_put(to, "%s divide percentages by 100", separator);
  else
    mlm_put(to, "%s to_number(%s || '%%') reads percentages", separator, name);
}

/* The function that takes logits where this one takes probabilities, by preference in the same form (vectors
 * or numbers); NULL: none. */
static const char *logits_form(const FunctionDef *function, bool vector) {
  const char *found = NULL;
  for (int i = 0; i < function->overloads; i++) {
    bool takes_vector = mlm_arg_specs[function->overload[i].args[0]].shape > SHAPE_LABEL;
    const char *form = function->metric   ? function->metric[i].logits_form
                       : function->scalar ? function->scalar[i].logits_form
                                          : NULL;
    if (!found || takes_vector == vector) found = form;
  }
  return found;
}

void mlm_hint_logits(Message *to, const char *name, double x, bool vector) {
  const char *form = logits_form(to->call->function, vector);
  if (x > 1 && x <= 1.0001) { /* a rounded probability */
    if (vector)
      mlm_put(to, "; divide the entries by their sum");
    else
      mlm_put(to, "; CASE WHEN to_number(%s) BETWEEN 1 AND 1.0001 THEN 1 ELSE %s END removes the rounding",
              name, name);
    return;
  }
  if (form)
    mlm_put(to, "; %s takes logits", form);
  else
    mlm_put(to, "; %s(%s) makes logits probabilities", vector ? "softmax" : "sigmoid", name);
  hint_percent(to, ",", name, x, vector);
}

static bool is_metric(const char *name, size_t n) {
  for (const Family *const *family = mlm_families; *family; family++)
    for (const Metric *metric = (*family)->metrics; metric && metric->name; metric++)
      if (strncmp(metric->name, name, n) == 0 && strcmp(metric->name + n, "_at") == 0) return true;
  return false;
}

/* f1_at for f1_macro, mcc_at for mcc, accuracy_at for metrics without an _at function. */
void mlm_hint_cutoff(Message *to) {
  const char *name = to->call->function->name;
  const char *const means[] = {"_macro", "_micro", "_weighted"};
  size_t n = strlen(name);
  for (int i = 0; i < 3; i++) {
    size_t length = strlen(means[i]);
    if (n > length && strcmp(name + n - length, means[i]) == 0) n -= length;
  }
  bool own = is_metric(name, n);
  mlm_put(to, "; for scores see %.*s_at(score, label, cutoff)", own ? (int)n : 8, own ? name : "accuracy");
}

/* Whether the function's rows are a score and a label, which input_problems() looks at. */
static bool takes_score_and_label(const Call *call) {
  return call->function->metric && call->args[0] && mlm_arg_specs[call->args[0]].set_column == SET_SCORE
         && call->args[1] && mlm_arg_specs[call->args[1]].set_column == SET_LABEL;
}

/* Names the function that shows all problems of a dirty column at once. */
static void hint_problems(Message *to) {
  const Call *call = to->call;
  if (takes_score_and_label(call))
    mlm_put(to, "; input_problems(%s, %s) counts all that is wrong", mlm_arg_specs[call->args[0]].name,
            mlm_arg_specs[call->args[1]].name);
}

/* A CASE that names two classes: any other value stays as it is, and so remains an error. */
static void hint_case(Message *to, const ArgSpec *spec, sqlite3_value *value, const char *one,
                      const char *zero) {
  mlm_put(to, "; CASE %s WHEN ", spec->name);
  if (one)
    mlm_put(to, "%s", one);
  else
    mlm_put_literal(to, value);
  mlm_put(to, " THEN 1 WHEN %s THEN 0 ELSE %s END", zero, spec->name);
}

/* Whether the label stands where a cutoff belongs: f(score, cutoff, label). */
static bool label_is_third(const Call *call, double pred) {
  const ArgKind *args = call->args;
  if (pred == 0 || pred == 1 || args[1] != ARG_LABEL || call->argc < 3) return false;
  if (args[2] != ARG_CUTOFF && args[2] != ARG_PROB_CUTOFF) return false;
  double third = mlm_number_of(call->argv[2]);
  return third == 0 || third == 1;
}

static void hint_label(Message *to, const ArgSpec *spec, sqlite3_value *value, double x, double pred) {
  bool text = sqlite3_value_type(value) == SQLITE_TEXT;
  if (x > -1e9 && x < 1e9 && x != (double)(int)x && label_is_third(to->call, pred)) {
    mlm_put(to, "; the label is argument 2 and the cutoff argument 3");
  } else if (x > -1e9 && x < 1e9 && x != (double)(int)x) {
    mlm_put(to, "; are score and label swapped%s",
            pred == 0 || pred == 1 ? "? (the score here is a 0 or 1)" : "?");
    if (x > 0 && x < 1 && mlm_arg_specs[to->call->args[0]].hint == HINT_PROBABILITY)
      mlm_put(to, " bce takes targets between 0 and 1");
  } else if (x == 2) {
    hint_case(to, spec, value, NULL, text ? "'1'" : "1");
    mlm_put(to, " if the classes are 1 and 2");
  } else if (x == -1) {
    hint_case(to, spec, value, text ? "'1'" : "1", text ? "'-1'" : "-1");
    mlm_put(to, " if the classes are -1 and 1");
  } else {
    mlm_put(to, "; to_number(%s) > 0 is 1 where it holds, else 0", spec->name);
  }
}

/* Where the weight stands among these arguments, from 1; texts that may be left out count if `skippable`. 0:
 * none. */
static int weight_place(const ArgKind *args, bool skippable) {
  for (int i = 0, place = 1; args[i]; i++) {
    if (mlm_arg_specs[args[i]].shape == SHAPE_WEIGHT) return place;
    place += skippable || !mlm_arg_specs[args[i]].skippable;
  }
  return 0;
}

void mlm_hint_more_classes(Message *to) {
  const char *name = to->call->function->metric->name;
  if (strcmp(name, "specificity") == 0)
    mlm_put(to, "; with more classes compare both with one: specificity(pred = X, label = X)");
  else
    mlm_put(to, "; %s_macro is the mean over any classes", name);
}

/* For a value that is not a decision: a score, or one of more than two classes. */
static void hint_decision(Message *to, double x) {
  if (!(x > -1e9 && x < 1e9 && x == (double)(int)x))
    mlm_put(to, "; if it is a score, %s_at(score, label, cutoff) decides by it",
            to->call->function->metric->name);
  else
    mlm_hint_more_classes(to);
}

void mlm_hint_weight(Message *to) {
  const Call *call = to->call;
  if (mlm_is_saved_state(call->argv[0])) return;
  int weight = weight_place(call->args, true);
  if (!weight) weight = weight_place(call->function->overload[call->overload].args, false);
  if (weight) mlm_put(to, "; the weight is argument %d", weight);
}

/* Whether the text is a list of numbers by its looks: one, and something that separates it from the next. */
static bool looks_like_list(const char *text, size_t n) {
  text = mlm_trim(text, &n);
  while (n > 0 && memchr("[({", *text, 3)) text++, n--;
  if (n == 0 || !memchr("0123456789.-+", *text, 13)) return false;
  return memchr(text, ' ', n) || memchr(text, ';', n) || memchr(text, ',', n);
}

void mlm_hint_array(Message *to, const char *text, size_t n) {
  if (looks_like_list(text, n))
    mlm_put(to, "; a vector is written as '[0.1,0.2,0.7]', with brackets and commas");
}

void mlm_hint_brackets(Message *to, const char *name, const char *text, size_t n) {
  if (!mlm_takes_vector(to->call->function)) return;
  bool bare = memchr(text, ',', n) && !memchr(text, ';', n) && !memchr(text, '[', n) && !memchr(text, '(', n)
              && !memchr(text, '{', n);
  if (bare) /* a text that brackets do not make an array remains an error */
    mlm_put(to, "; '[' || %s || ']' makes it a JSON array", name);
  else
    mlm_hint_array(to, text, n);
}

/* For a text where a number is needed. One that to_number() cannot read must be corrected at its source, so
 * it gets no hint. */
static void hint_number_text(Message *to, const ArgSpec *spec, const char *text, size_t n) {
  LooseNumber number;
  const char *name = spec->name;
  switch (mlm_read_loose_number(text, n, MARK_EITHER, &number)) {
  case LOOSE_AMBIGUOUS:
    mlm_put(to, "; to_number(%s, 'comma') makes it ", name);
    mlm_put_number(to, number.as_comma);
    mlm_put(to, ", to_number(%s, 'point') ", name);
    mlm_put_number(to, number.as_point);
    break;
  case LOOSE_NOT_A_NUMBER:
    mlm_trim(text, &n);
    if (mlm_read_label(text, n) != LABEL_NONE)
      mlm_put(to, "; to_label(%s) reads words for 1 and 0", name);
    else if (*mlm_trim_front(text, &n) == '[')
      mlm_put(to, "; vector_at(%s, i) takes one entry of a vector", name);
    else
      mlm_hint_brackets(to, name, text, n);
    break;
  default: mlm_put(to, "; to_number(%s) reads percentages, currency and words for missing values", name);
  }
}

static void hint_label_text(Message *to, const ArgSpec *spec, sqlite3_value *value, const char *text,
                            size_t n) {
  LooseNumber number;
  if (mlm_read_label(text, n) != LABEL_NONE)
    mlm_put(to, "; to_label(%s) reads true, yes and the like, and words for missing values", spec->name);
  else if (mlm_read_loose_number(text, n, MARK_EITHER, &number) == LOOSE_NUMBER)
    mlm_put(to, "; are score and label swapped?");
  else {
    hint_case(to, spec, value, NULL, "…");
    mlm_put(to, " names both classes");
  }
}

/* Whether the text is one that another argument may be. */
static bool hint_choice(Message *to, const char *text) {
  const ArgKind *args = to->call->function->overload[to->call->overload].args;
  for (int i = 0; args[i]; i++) {
    const char *const *choice = mlm_arg_specs[args[i]].choices;
    while (choice && *choice && sqlite3_stricmp(*choice, text) != 0) choice++;
    if (!choice || !*choice) continue;
    mlm_put(to, "; '%s' is a %s, which is argument %d", *choice, mlm_arg_specs[args[i]].name, i + 1);
    return true;
  }
  return false;
}

/* For a text with commas where a list of classes may stand, which is recognised by its bracket. */
static bool hint_class_list(Message *to, const char *text) {
  const Overload *overload = &to->call->function->overload[to->call->overload];
  for (int i = 0; i < overload->n && strchr(text, ','); i++)
    if (overload->args[i] == ARG_CLASSES) {
      mlm_put(to, "; a list of classes is a JSON array, such as '[1,2,3]' or '[\"cat\",\"dog\"]'");
      return true;
    }
  return false;
}

/* A word that other libraries give as an option: kappa with 'quadratic', f1 with 'macro'. */
static bool hint_own_function(Message *to, const char *text) {
  const Metric *metric = to->call->function->metric;
  char name[64];
  NamedFunction found;
  if (!metric || strlen(metric->name) + strlen(text) + 2 > sizeof name) return false;
  sqlite3_snprintf(sizeof name, name, "%s_%s", metric->name, text);
  if (!mlm_find_function(name, &found)) return false;
  mlm_put(to, "; %s is a function of its own", name);
  return true;
}

void mlm_hint_resampling(Message *to, sqlite3_value *value) {
  const StateType *state = to->call->function->metric->state;
  const char *text;
  size_t n;
  if (state != &mlm_scores_state && state != &mlm_confusion2_state && state != &mlm_confusion_matrix_state
      && state != &mlm_confusion_matrix_unordered_state)
    return;
  if (mlm_text_of(value, &text, &n) && (strcmp(text, "bootstrap") == 0 || strcmp(text, "percentile") == 0))
    mlm_put(to, "; bootstrap_ci(set, '%s') resamples a saved set", to->call->function->metric->name);
}

void mlm_hint_text(Message *to, const ArgSpec *spec, sqlite3_value *value) {
  const char *text;
  size_t n;
  if (!mlm_text_of(value, &text, &n)) {
    to->failed = true;
    return;
  }
  if (memchr(text, 0, n)) return; /* the message shows another text, cut at the NUL */
  if (hint_choice(to, text)) return;
  switch (spec->shape) {
  case SHAPE_LABEL: hint_label_text(to, spec, value, text, n); break;
  case SHAPE_DIRTY_LABEL:
    hint_case(to, spec, value, NULL, "…");
    mlm_put(to, " names both classes");
    return;
  case SHAPE_DIRTY_NUMBER:
    if (to->call->argc == 1) hint_number_text(to, spec, text, n);
    return;
  case SHAPE_WEIGHT:
    if (hint_own_function(to, text) || hint_class_list(to, text)) return;
    hint_number_text(to, spec, text, n);
    break;
  case SHAPE_NUMBER:
  case SHAPE_VARIADIC:
  case SHAPE_NUMBER_OR_VECTOR: hint_number_text(to, spec, text, n); break;
  case SHAPE_CLASS:
    if (spec->hint == HINT_DECISION) hint_label_text(to, spec, value, text, n);
    return;
  default: return;
  }
  hint_problems(to);
}

void mlm_hint_number(Message *to, const ArgSpec *spec, sqlite3_value *value, double x, const double *pred) {
  if (spec->shape == SHAPE_WEIGHT && x < 0 && x > -INFINITY) {
    mlm_put(to, "; if it stands for a missing weight, CASE weight WHEN ");
    mlm_put_literal(to, value);
    mlm_put(to, " THEN NULL ELSE weight END leaves the row out");
  }
  switch (spec->hint) {
  case HINT_LABEL: hint_label(to, spec, value, x, pred ? *pred : 0.5); break;
  case HINT_DECISION: hint_decision(to, x); break;
  case HINT_WEIGHT:
    if (x == 0 && spec == &mlm_arg_specs[ARG_K])
      mlm_put(to, "; are class and k swapped?");
    else if (x >= 0 && x < 0x1p31)
      mlm_hint_weight(to); /* other numbers are unlikely to be a weight */
    break;
  case HINT_PROBABILITY: mlm_hint_logits(to, spec->name, x, spec->shape == SHAPE_VARIADIC); break;
  case HINT_PERCENTAGE: hint_percent(to, ";", spec->name, x, false); break;
  default: break;
  }
}
