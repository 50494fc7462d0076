/* Hints appended to error messages. Following a hint hides no other fault: values that it does not cover
 * remain errors. */
#include "error_hints.h"

#include <string.h>

#include "base/input_problem.h"
#include "base/label_word.h"
#include "base/loose_number.h"
#include "base/dirty_text.h"
#include "label_hints.h"
#include "metrics/metric_text.h"
#include "metrics/named_function.h"
#include "sql_value.h"
#include "vector_hints.h"

enum { MOST_LOGIT = 100 }; /* in size: beyond it the sigmoid is 0 or 1 to forty digits */

/* For percentages: all rows must be, as the expression would divide a probability by 100, too. It is an
 * error of a packed column, and to_number() reads one value, so it is no help for a vector. */
static void hint_percent(Message *to, const char *name, double x, bool vector) {
  const bool is_percentage = x > 1 && x <= 100;
  if (!is_percentage || to->call->element) return;
  if (vector)
    mlm_put(to, "; if the entries are percentages, divide them by 100");
  else
    mlm_put(to, "; if every %s is a percentage, 0.5 meaning 0.5%%, to_number((%s) || '%%') reads it", name,
            name);
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

static void hint_missing(Message *to, const char *name, double x, bool vector) {
  if (vector)
    mlm_put(to, "if it stands for a missing value, leave out the row by a WHERE or FILTER");
  else
    mlm_put_missing_code(to, name, x, "value");
}

static void hint_too_large(Message *to, const char *name, double x, bool vector) {
  if (fabs(x) == INFINITY) return;
  mlm_put(to, "; it is too large for a logit or a percentage");
  if (to->call->element) return;
  mlm_put(to, "; ");
  hint_missing(to, name, x, vector);
}

void mlm_hint_logits(Message *to, const char *name, double x, bool vector) {
  const char *form = logits_form(to->call->function, vector);
  if (fabs(x) > MOST_LOGIT) {
    hint_too_large(to, name, x, vector);
    return;
  }
  if (x < 0 ? x >= -0.0001 : x <= 1.0001) { /* a rounded probability */
    if (vector && x > 1)
      mlm_put(to, "; divide the entries by their sum");
    else if (!vector && !to->call->element)
      mlm_put(to, "; CASE WHEN to_number(%s) BETWEEN %s THEN %d ELSE %s END removes the rounding", name,
              x > 1 ? "1 AND 1.0001" : "-0.0001 AND 0", x > 1, name);
    return;
  }
  mlm_put(to, vector ? "; if the entries are logits, " : "; if every %s is a logit, ", name);
  if (form)
    mlm_put(to, "%s takes them", form);
  else if (vector)
    mlm_put(to, "softmax(%s) makes them probabilities", name);
  else
    mlm_put(to, "sigmoid(%s) makes it a probability", name);
  hint_percent(to, name, x, vector);
  if (mlm_may_be_missing_code(x) && !to->call->element) {
    mlm_put(to, "; ");
    hint_missing(to, name, x, vector);
  }
}

/* Whether the function's rows are a score and a label, which input_problems() looks at. */
static bool takes_score_and_label(const Call *call) {
  /* unreachable: functions of fewer arguments, which have no score */
  return call->function->metric && call->args[0] && mlm_arg_specs[call->args[0]].set_column == SET_SCORE
         && call->args[1] && mlm_arg_specs[call->args[1]].set_column == SET_LABEL;
}

/* Names the function that shows all problems of a dirty column at once, if this is one of the columns that it
 * looks at. */
static void hint_problems(Message *to, const ArgSpec *spec) {
  const Call *call = to->call;
  const int n = sqlite3_str_length(to->text); /* 0 where memory ran out */
  const bool is_question = n > 0 && sqlite3_str_value(to->text)[n - 1] == '?';
  if (spec->set_column && takes_score_and_label(call))
    mlm_put(to, "%s input_problems(%s, %s) counts all that is wrong", is_question ? "" : ";",
            mlm_arg_specs[call->args[0]].name, mlm_arg_specs[call->args[1]].name);
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

/* A packed column begins like a saved state, but has rows. */
static bool reads_states(const Call *call) {
  return mlm_is_saved_state(call->argv[0]) && !mlm_is_packed(call->argv[0]);
}

void mlm_hint_weight(Message *to) {
  const Call *call = to->call;
  if (reads_states(call)) return;
  int weight = weight_place(call->args, true);
  if (!weight) weight = weight_place(call->function->overload[call->overload].args, false);
  if (weight) mlm_put(to, "; the weight is argument %d", weight);
}

void mlm_hint_changed(Message *to, const ArgSpec *spec, bool may_be_weight) {
  if (reads_states(to->call))
    mlm_hint_unsaved(to, spec);
  else if (mlm_place_of(to->call->args, ARG_K))
    mlm_put(to, "; are class and k swapped?");
  else if (may_be_weight)
    mlm_hint_weight(to);
}

/* Whether the argument is one value of a row, rather than one of a packed column, a vector or a parameter. */
static bool is_one_cell(const Call *call, const ArgSpec *spec) {
  return !call->element
         && (spec->shape <= SHAPE_LABEL || spec->shape == SHAPE_CLASS || spec->shape == SHAPE_DIRTY_NUMBER
             || spec->shape == SHAPE_DIRTY_LABEL);
}

/* For a text that nothing here reads, of which only the user knows what it stands for: '0x10', '1_000'. By
 * ELSE any other value stays as it is, and remains an error. */
static void hint_cell(Message *to, const ArgSpec *spec, const char *text, size_t n) {
  if (!is_one_cell(to->call, spec)) return;
  mlm_put(to, "; CASE %s WHEN ", spec->name);
  mlm_put_literal(to, text, n);
  mlm_put(to, " THEN … ELSE %s END gives its number, nullif(%s, ", spec->name, spec->name);
  mlm_put_literal(to, text, n);
  mlm_put(to, ") if it stands for a missing value");
}

/* For a text that to_number() cannot read. */
static void hint_no_number(Message *to, const ArgSpec *spec, const char *whole, size_t bytes) {
  const char *name = spec->name;
  size_t n = bytes;
  const char *text = mlm_trim(whole, &n);
  if (mlm_hint_letter(to, name, text, n)) return;
  if (mlm_read_label(text, n) != LABEL_NONE)
    mlm_put(to, "; to_label(%s) reads words for 1 and 0", name);
  else if (spec->shape == SHAPE_WEIGHT)
    mlm_put(to, "%s; for one value per group, use GROUP BY",
            mlm_is_plain_name(text, n) && !to->call->element ? MLM_IF_A_COLUMN : "");
  else if (*text == '[')
    mlm_put(to, "; vector_at(%s, i) takes one entry of a vector", name);
  else if (mlm_is_plain_name(text, n) && !to->call->element)
    mlm_put(to, MLM_IF_A_COLUMN "; if it is the header of a CSV file, delete its row");
  else if (!mlm_hint_brackets(to, name, text, n)) {
    mlm_hint_column(to, text, n);
    hint_cell(to, spec, whole, bytes);
  }
}

/* For a text where a number is needed. In a column with decimal commas '1.500' is 1500, which to_number() by
 * itself would read as 1.5. */
static void hint_number_text(Message *to, const ArgSpec *spec, const char *text, size_t n) {
  LooseNumber number;
  const char *name = spec->name;
  LooseStatus status = mlm_read_loose_number(text, n, MARK_EITHER, &number);
  if (status == LOOSE_AMBIGUOUS) {
    mlm_put(to, "; to_number(%s, 'comma') makes it ", name);
    mlm_put_number(to, number.as_comma);
    if (number.as_point != number.as_point) return;
    mlm_put(to, ", to_number(%s, 'point') ", name);
    mlm_put_number(to, number.as_point);
  } else if (status == LOOSE_NOT_A_NUMBER) {
    hint_no_number(to, spec, text, n);
    mlm_hint_two_scores(to);
  } else if (number.dirt & LOOSE_COMMA) {
    mlm_put(to, "; to_number(%s, 'comma') reads decimal commas", name);
  } else {
    mlm_put(to, "; to_number(%s) reads percentages, currency and words for missing values", name);
  }
}

/* For a text that is a number only by the other decimal mark than the one given. A column may have both. */
static void hint_other_mark(Message *to, const ArgSpec *spec, const char *text, size_t n) {
  const char *given, *name = spec->name;
  size_t length;
  LooseNumber number;
  if (!mlm_text_of(to->call->argv[1], &given, &length)) return; /* unreachable: the mark was read before */
  bool comma = *given == 'c';
  if (mlm_read_loose_number(text, n, comma ? MARK_POINT : MARK_COMMA, &number) != LOOSE_NUMBER) {
    hint_no_number(to, spec, text, n);
    return;
  }
  mlm_put(to, "; to_number(%s, '%s') makes it ", name, comma ? "point" : "comma");
  mlm_put_number(to, number.value);
}

/* For a text where a parameter within (0,1) is a number: '95%'. */
static void hint_parameter_text(Message *to, const ArgSpec *spec, const char *text, size_t n) {
  LooseNumber number;
  if (mlm_read_loose_number(text, n, MARK_EITHER, &number) != LOOSE_NUMBER) return;
  if (!mlm_arg_allows(spec, number.value)) return;
  mlm_put(to, "; it is written ");
  mlm_put_number(to, number.value);
}

/* What other libraries call a method of ours, and methods that only they have. */
typedef struct OtherWord {
  ArgKind arg;
  const char *word;   /* theirs, in lower case */
  const char *choice; /* ours; NULL: the reason says what does it */
  const char *reason; /* why ours may stand for it; NULL: they are the same */
} OtherWord;

#define FAMILY_RATE "'holm' controls the same error rate, and needs no independence"
#define FALSE_RATE  "'bh' controls the same rate where the tests are independent or positively dependent"
#define CLUSTERS                                                                                             \
  "poisson_weight(cluster, replicate) as the weight, with GROUP BY replicate, draws whole clusters "         \
  "(sql/intervals.sql); of a mean see mean_ci_clustered(x, cluster)"
#define ANY_TESTS FALSE_RATE ", 'holm' the family-wise error rate in any case"

static const OtherWord other_words[] = {
    {ARG_ADJUSTMENT, "fdr_bh", "bh", NULL},
    {ARG_ADJUSTMENT, "fdr", "bh", NULL},
    {ARG_ADJUSTMENT, "benjamini-hochberg", "bh", NULL},
    {ARG_ADJUSTMENT, "benjamini_hochberg", "bh", NULL},
    {ARG_ADJUSTMENT, "fdr_by", "bh", ANY_TESTS},
    {ARG_ADJUSTMENT, "fdr_tsbh", "bh", FALSE_RATE},
    {ARG_ADJUSTMENT, "fdr_tsbky", "bh", FALSE_RATE},
    {ARG_ADJUSTMENT, "by", "bh", ANY_TESTS},
    {ARG_ADJUSTMENT, "bonferroni", "holm", "'holm' controls the same error rate, and gives no larger values"},
    {ARG_ADJUSTMENT, "sidak", "holm", FAMILY_RATE},
    {ARG_ADJUSTMENT, "holm-sidak", "holm", FAMILY_RATE},
    {ARG_ADJUSTMENT, "simes-hochberg", "holm", FAMILY_RATE},
    {ARG_ADJUSTMENT, "hochberg", "holm", FAMILY_RATE},
    {ARG_ADJUSTMENT, "hommel", "holm", FAMILY_RATE},
    {ARG_METHOD, "delong", "logit", "'logit', the default, and 'normal' use DeLong's standard error"},
    {ARG_METHOD, "exact", "clopper_pearson", NULL},
    {ARG_METHOD, "beta", "clopper_pearson", NULL},
    {ARG_METHOD, "clopper-pearson", "clopper_pearson", NULL},
    {ARG_METHOD, "clustered", NULL, CLUSTERS},
    {ARG_METHOD, "cluster", NULL, CLUSTERS},
    {ARG_SCHEME, "clustered", NULL, CLUSTERS},
    {ARG_SCHEME, "cluster", NULL, CLUSTERS},
    {ARG_PROPORTION_METHOD, "exact", "clopper_pearson", NULL},
    {ARG_PROPORTION_METHOD, "beta", "clopper_pearson", NULL},
    {ARG_PROPORTION_METHOD, "clopper-pearson", "clopper_pearson", NULL},
};

/* The choice of this name, in any case of letters, that a call may give: of methods, one that the metric's
 * interval has; NULL: there is none. */
static const char *choice_of(const Call *call, const ArgSpec *spec, const char *name) {
  const Metric *metric = call->function->metric;
  bool method = spec == &mlm_arg_specs[ARG_METHOD];
  if (method && (!metric || !metric->interval)) return NULL;
  const char *const *all = method ? metric->interval->methods : spec->choices;
  /* unreachable: the end of the array, which no metric fills */
  for (int i = 0; (!method || i < MLM_METHODS) && all[i]; i++)
    if (sqlite3_stricmp(all[i], name) == 0) return all[i];
  return NULL;
}

bool mlm_hint_other_choice(Message *to, const ArgSpec *spec, sqlite3_value *value) {
  const char *text, *reason = NULL;
  size_t n;
  /* unreachable: no text, for it was read before */
  if (!mlm_text_of(value, &text, &n) || memchr(text, 0, n)) return false;
  const char *choice = choice_of(to->call, spec, text);
  for (size_t i = 0; i < sizeof other_words / sizeof *other_words && !choice; i++) {
    const OtherWord *other = &other_words[i];
    if (spec != &mlm_arg_specs[other->arg] || sqlite3_stricmp(other->word, text) != 0) continue;
    choice = other->choice ? choice_of(to->call, spec, other->choice) : other->word;
    reason = other->reason;
  }
  if (!choice) return false;
  if (reason)
    mlm_put(to, "; %s", reason);
  else
    mlm_put(to, "; it is written '%s'", choice);
  return true;
}

/* The text as the argument may be it, by its own list or parsed; NULL: it may not. */
static const char *as_choice(Message *to, const ArgSpec *spec, const char *text, size_t n) {
  const char *const *choice = spec->choices;
  while (choice && *choice && sqlite3_stricmp(*choice, text) != 0) choice++;
  if (choice) return *choice;
  void *parsed = NULL;
  if (spec->shape != SHAPE_PARSED || spec->opens || !spec->parser->list) return NULL;
  to->failed |= spec->parser->parse(text, n, &mlm_memory, &parsed) != MLM_OK;
  bool fits = parsed != NULL;
  mlm_memory.free(parsed);
  return fits ? text : NULL;
}

/* Whether the text is one that another argument may be. */
static bool hint_choice(Message *to, const char *text, size_t n) {
  const ArgKind *args = to->call->function->overload[to->call->overload].args;
  for (int i = 0; args[i]; i++) {
    const ArgSpec *spec = &mlm_arg_specs[args[i]];
    const char *choice = as_choice(to, spec, text, n);
    if (!choice) continue;
    mlm_put(to, "; ");
    mlm_put_text(to, choice, strlen(choice));
    mlm_put(to, " is %s %s, which is argument %d", strchr("aeiou", *spec->name) ? "an" : "a", spec->name,
            i + 1);
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

/* The call that resamples the rows of the metric, if its state is a saved set. */
static void hint_bootstrap(Message *to, const char *level, double replicates) {
  const Metric *metric = to->call->function->metric;
  const Overload *overload = &to->call->function->overload[to->call->overload];
  int place = mlm_place_of(overload->args, ARG_REPLICATES);
  if (place > 0) mlm_put(to, "; the number of samples is argument %d", place);
  if (!metric) return;
  const StateType *state = metric->state;
  bool scores = state == &mlm_scores_state || state == &mlm_confusion2_state;
  if (!scores && state != &mlm_confusion_matrix_state && state != &mlm_confusion_matrix_unordered_state)
    return;
  mlm_put(to, "; bootstrap_ci(%s, ", scores ? "score_set(score, label)" : "class_set(pred, label)");
  StrBuf form = {.limit = 1000, .host = &mlm_memory};
  mlm_metric_text_form(&form, metric);
  mlm_put_built(to, &form);
  mlm_put(to, "%s", level);
  if (replicates > 0) mlm_put(to, ", %.0f", replicates);
  mlm_put(to, ") resamples the rows");
}

void mlm_hint_resampling(Message *to, sqlite3_value *value) {
  const char *text;
  size_t n;
  /* unreachable: no text, for it was read before */
  if (mlm_text_of(value, &text, &n) && (strcmp(text, "bootstrap") == 0 || strcmp(text, "percentile") == 0))
    hint_bootstrap(to, "", 0);
}

/* For a text where the level stands: the method, which follows it. */
static void hint_level_text(Message *to, sqlite3_value *value) {
  mlm_hint_resampling(to, value);
  if (mlm_hint_other_choice(to, &mlm_arg_specs[ARG_METHOD], value))
    mlm_put(to, "; the method stands after the level");
}

/* A percentage as a share, its decimals moved by two places: 0.011 of 1.1, where a division gives
 * 0.011000000000000001. Up to nine places are taken to be meant, which rids a difference of its rounding. */
static double share_of(double percentage) {
  char text[MLM_NUMBER_BYTES + 1];
  double nine_places = NAN;
  size_t n = mlm_print_fixed(percentage, 9, text);
  mlm_parse_number_text(text, n, &nine_places);
  if (fabs(nine_places - percentage) > 1e-14) n = mlm_print_shortest(percentage, text);
  text[n++] = '%';
  LooseNumber share = {0};
  mlm_read_loose_number(text, n, MARK_POINT, &share);
  return share.value;
}

/* For a number out of the range of a parameter within (0,1): a percentage, or a number of resamples. */
static void hint_unit(Message *to, const ArgSpec *spec, double x) {
  bool level = spec == &mlm_arg_specs[ARG_LEVEL],
       miss_rate = spec == &mlm_arg_specs[ARG_MISS_RATE] && x >= 50;
  if (level && x >= 100 && x < 0x1p31 && x == (double)(int)x) hint_bootstrap(to, ", 0.95", x);
  const bool is_percentage = x > (level ? 50 : 1) && x < 100;
  if (spec->lo < 0 || spec->hi > 1 || !is_percentage) return;
  mlm_put(to, miss_rate ? "; of an interval of " : "; ");
  mlm_put_number(to, x);
  mlm_put(to, miss_rate ? " %% it is " : " %% is written ");
  mlm_put_number(to, share_of(miss_rate ? 100 - x : x));
}

/* For a text with a NUL character, which no literal has: replace() and rtrim() do not remove it. */
static void hint_nul(Message *to, const ArgSpec *spec) {
  const char *name = spec->name;
  if (!is_one_cell(to->call, spec)) return;
  mlm_put(to,
          "; if it ends at its NUL character, CASE WHEN instr(%s, char(0)) THEN substr(%s, 1, instr(%s, "
          "char(0)) - 1) ELSE %s END",
          name, name, name, name);
  hint_problems(to, spec);
}

void mlm_hint_text(Message *to, const ArgSpec *spec, sqlite3_value *value) {
  const char *text;
  size_t n;
  if (!mlm_text_of(value, &text, &n)) {
    to->failed = true;
    return;
  }
  if (memchr(text, 0, n)) {
    hint_nul(to, spec);
    return;
  }
  if (hint_choice(to, text, n)) return;
  switch (spec->shape) {
  case SHAPE_LABEL: mlm_hint_label_text(to, spec, text, n); break;
  case SHAPE_DIRTY_LABEL:
    if (!mlm_hint_comma_label(to, spec->name, text, n)) mlm_hint_case(to, spec, text, n);
    return;
  case SHAPE_DIRTY_NUMBER:
    (to->call->argc == 1 ? hint_number_text : hint_other_mark)(to, spec, text, n);
    return;
  case SHAPE_PARAMETER:
    hint_parameter_text(to, spec, text, n);
    if (spec == &mlm_arg_specs[ARG_LEVEL]) hint_level_text(to, value);
    return;
  case SHAPE_VALUES:
    if (*text != '[') mlm_put(to, "; json_array(…) makes columns an array");
    return;
  case SHAPE_WEIGHT:
    if (mlm_hint_option(to, text) || hint_class_list(to, text)) return;
    hint_number_text(to, spec, text, n);
    break;
  case SHAPE_NUMBER:
  case SHAPE_VARIADIC:
  case SHAPE_NUMBER_OR_VECTOR: hint_number_text(to, spec, text, n); break;
  case SHAPE_DATE_NUMBERS: mlm_hint_week(to, text); return;
  case SHAPE_CLASS:
    /* unreachable: another class, for any text is one */
    if (spec->hint == HINT_DECISION || spec == &mlm_arg_specs[ARG_SAMPLE_CLASS])
      mlm_hint_label_text(to, spec, text, n);
    return;
  default: return;
  }
  hint_problems(to, spec);
}

void mlm_hint_number(Message *to, const ArgSpec *spec, sqlite3_value *value, double x, const double *pred) {
  if (spec->shape == SHAPE_WEIGHT && mlm_may_be_missing_weight(x) && !to->call->element) { /* not packed */
    mlm_put(to, "; ");
    mlm_put_missing_code(to, spec->name, x, "weight");
  }
  if (spec->shape == SHAPE_VALUES) mlm_put(to, "; json_array(…) makes columns an array");
  if (spec->shape == SHAPE_PARAMETER && spec->hint != HINT_PERCENTAGE) hint_unit(to, spec, x);
  if (mlm_hint_date_number(to, spec, x)) return;
  switch (spec->hint) {
  case HINT_LABEL:
  case HINT_GROUP: mlm_hint_label_number(to, spec, x, pred ? *pred : 0.5); break;
  case HINT_DECISION: mlm_hint_decision(to, spec, x); break;
  case HINT_WEIGHT:
    if (x == 0 && spec == &mlm_arg_specs[ARG_K])
      mlm_put(to, "; are class and k swapped?");
    else if (x >= 0 && x < 0x1p31)
      mlm_hint_weight(to); /* other numbers are unlikely to be a weight */
    break;
  case HINT_PROBABILITY:
    mlm_hint_logits(to, spec->name, x, spec->shape == SHAPE_VARIADIC);
    if (fabs(x) > MOST_LOGIT) hint_problems(to, spec);
    break;
  case HINT_PERCENTAGE: hint_percent(to, spec->name, x, false); break;
  default: mlm_hint_two_columns(to, spec, "; "); break;
  }
}

/* For a text in place of the index of a class. */
static void hint_class_name(Message *to, const ArgSpec *spec, const char *text, size_t n) {
  LooseNumber number;
  if (mlm_is_missing_word(text, n)) {
    mlm_put(to, "; nullif(%s, ", spec->name);
    mlm_put_literal(to, text, n);
    mlm_put(to, ") if it stands for a missing value");
  } else if (mlm_hint_is_column(spec, text, n)) {
    mlm_put(to, MLM_IF_A_COLUMN);
  } else if (mlm_read_loose_number(text, n, MARK_EITHER, &number) == LOOSE_NOT_A_NUMBER) {
    mlm_put(to, "; CASE %s WHEN ", spec->name);
    mlm_put_literal(to, text, n);
    mlm_put(to, " THEN … ELSE %s END gives the place of its entry in the vector, from 0", spec->name);
  }
}

void mlm_hint_index(Message *to, const ArgSpec *spec, sqlite3_value *value) {
  const double x = mlm_number_of(value);
  if (x == x) {
    if (mlm_place_of(to->call->args, ARG_K)) mlm_put(to, "; are class and k swapped?");
    return;
  }
  const char *text;
  size_t n;
  if (mlm_text_of(value, &text, &n) && !to->call->element && !mlm_looks_like_vector(value))
    hint_class_name(to, spec, text, n);
}

/* ---- texts that are parsed ---- */

void mlm_put_list(Message *to, const TextParser *parser) {
  StrBuf text = {.limit = 4096, .host = &mlm_memory};
  parser->list(&text);
  mlm_put_built(to, &text);
}

/* For a metric of predicted numbers where two models are compared by one of a score set. */
static void hint_compare_numbers(Message *to, const char *text, size_t n) {
  char name[64];
  NamedFunction found;
  const char *colon = memchr(text, ':', n);
  sqlite3_snprintf(sizeof name, name, "%.*s", (int)(colon ? colon - text : (ptrdiff_t)n), text);
  if (mlm_takes_two_scores(to->call) && mlm_find_function(name, &found) && found.metric
      && found.metric->args[0] == ARG_PRED)
    mlm_put(to, "; for predicted numbers see " MLM_COMPARE_NUMBERS ", or the same of absolute_error");
}

void mlm_hint_parsed(Message *to, const TextParser *parser, const char *text, size_t n) {
  StrBuf hint = {.limit = 1000, .host = &mlm_memory};
  parser->hint(text, n, &hint);
  mlm_put_built(to, &hint);
  hint_compare_numbers(to, text, n);
}
