/* Hints for labels, groups and decided classes that are neither 0 nor 1. Following one hides no other fault:
 * values that it does not cover remain errors. */
#include "label_hints.h"

#include <string.h>

#include "base/date.h"
#include "base/dirty_text.h"
#include "base/input_problem.h"
#include "base/label_word.h"
#include "base/loose_number.h"
#include "metrics/named_function.h"
#include "sql_value.h"

enum { LARGE = 1000000000 };                          /* in size, for the number of a class */
enum { FIRST_DATE = 19000101, LAST_DATE = 20991231 }; /* that a number is taken for */

#define MEASURED_TWICE "for measured values see " MLM_COMPARE_NUMBERS

/* ---- labels ---- */

/* Whether the argument is a label or a decision, rather than a group or an event. */
static bool is_class(const ArgSpec *spec) { return spec->hint == HINT_LABEL || spec->hint == HINT_DECISION; }

/* Whether 0 and 1 are two samples, 0 the reference, rather than two classes. */
static bool compares_samples(const Call *call, const ArgSpec *spec) {
  if (spec == &mlm_arg_specs[ARG_SAMPLE] || spec == &mlm_arg_specs[ARG_SAMPLE_CLASS]
      || spec == &mlm_arg_specs[ARG_GROUP])
    return true;
  const Metric *metric = call->function->metric;
  return metric && metric->two_samples;
}

/* The test of two columns that belong together, for which a test of two groups may be mistaken. */
static const char *test_of_pairs(const Call *call) {
  return call->function->metric ? call->function->metric->pairs_form : NULL;
}

/* Whether 0 and 1 are two samples of any kind. */
static bool tells_samples(const Call *call, const ArgSpec *spec) {
  return compares_samples(call, spec) || test_of_pairs(call);
}

/* Whether a date may be meant to tell two samples apart: in a set, too, which serves metrics of them. */
static bool may_be_date(const Call *call, const ArgSpec *spec) {
  const Metric *metric = call->function->metric;
  return tells_samples(call, spec) || (metric && metric->result == RESULT_STATE);
}

/* For a date that tells two samples apart. What does not begin as dates do stays as it is, and remains an
 * error. */
static bool hint_dates(Message *to, const char *name, const char *text, size_t n) {
  double days;
  if (!mlm_parse_date(text, n, &days)) return false;
  mlm_put(
      to,
      "; if dates tell the two samples apart, CASE WHEN %s GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]*' THEN %s > ",
      name, name);
  mlm_put_text(to, text, n);
  mlm_put(to, " ELSE %s END makes two samples, up to ", name);
  mlm_put_text(to, text, n);
  mlm_put(to, " and after it");
  return true;
}

/* Whether the number is that of a date, such as 20240601. */
static bool is_date_number(double x) {
  if (!(x >= FIRST_DATE && x <= LAST_DATE)) return false;
  const int date = (int)x, month = date / 100 % 100, day = date % 100;
  return x == date && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

bool mlm_hint_date_number(Message *to, const ArgSpec *spec, double x) {
  const char *name = spec->name;
  const bool sample = spec->set_column == SET_LABEL || spec == &mlm_arg_specs[ARG_SAMPLE_CLASS];
  if (to->call->element || !sample || !is_date_number(x) || !may_be_date(to->call, spec)) return false;
  mlm_put(to,
          "; if dates tell the two samples apart, CASE WHEN to_number(%s) BETWEEN %d AND %d THEN "
          "to_number(%s) > %.0f ELSE %s END makes two samples, up to %.0f and after it",
          name, FIRST_DATE, LAST_DATE, name, x, name, x);
  return tells_samples(to->call, spec);
}

void mlm_hint_week(Message *to, const char *text) {
  static const char *const forms[] = {"[0-9][0-9][0-9][0-9]-[0-9][0-9]", "[0-9][0-9][0-9][0-9]-W[0-9][0-9]"};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    if (sqlite3_strglob(forms[i], text) == 0)
      mlm_put(to, "; for weeks, date(day, 'weekday 0', '-6 days') gives the Monday of a date's week");
}

/* A text that looks like a name may be a column in quotes, or a class.
 * Which of two classes is the positive one, or which sample the reference, only the user knows, so the
 * expression is given with its condition. By ELSE any other value stays as it is, and remains an error. */
void mlm_hint_case(Message *to, const ArgSpec *spec, const char *text, size_t n) {
  const char *name = spec->name;
  const bool samples = compares_samples(to->call, spec);
  if (to->call->element) return; /* a packed column equals none of its elements */
  if (may_be_date(to->call, spec) && hint_dates(to, name, text, n) && tells_samples(to->call, spec)) return;
  mlm_hint_column(to, text, n);
  mlm_put(to, "; CASE %s WHEN ", name);
  mlm_put_literal(to, text, n);
  mlm_put(to, " THEN %d WHEN … THEN %d ELSE %s END ", !samples, samples, name);
  if (samples) {
    mlm_put(to, "if ");
    mlm_put_literal(to, text, n);
    mlm_put(to, " is the reference");
  } else if (is_class(spec)) {
    mlm_put(to, "if that is the positive class, nullif(%s, ", name);
    mlm_put_literal(to, text, n);
    mlm_put(to, ") if it stands for a missing value");
  } else {
    mlm_put(to, "is 1 or 0");
  }
}

/* The expressions compute with the number instead of comparing the value with literals: a text may spell one
 * number in several ways, and what is neither of the two classes becomes neither 0 nor 1. In SQL a packed
 * column is not a number, so that they would make all of its labels the same. */
static bool hint_classes(Message *to, const char *name, double x) {
  const bool may_be_code = mlm_may_be_missing_code(x);
  if (to->call->element || (!may_be_code && x != 2)) return false;
  mlm_put(to, "; ");
  if (may_be_code) mlm_put_missing_code(to, name, x, "value");
  if (x == 2) mlm_put(to, "to_number(%s) - 1 if the classes are 1 and 2", name);
  if (x == -1) mlm_put(to, ", (to_number(%s) + 1) / 2 if the classes are -1 and 1", name);
  return true;
}

bool mlm_takes_two_scores(const Call *call) { return mlm_place_of(call->args, ARG_SCORE_B) > 0; }

bool mlm_hint_two_scores(Message *to) {
  if (!mlm_takes_two_scores(to->call)) return false;
  mlm_put(to, "; arguments 1 and 2 are two models' scores of the same row, argument 3 is its label");
  return true;
}

/* Whether the argument is a label beside a score, rather than a group or an event. */
static bool is_label(const ArgSpec *spec) { return spec->hint == HINT_LABEL && spec->shape == SHAPE_LABEL; }

/* Whether numbers that are not 0 and 1 may come from rows of another kind, which other functions read. */
static bool may_be_other_rows(const Call *call, const ArgSpec *spec) {
  return is_label(spec) && call->function->metric && !mlm_takes_two_scores(call)
         && !compares_samples(call, spec);
}

/* One stray value in a column of 0 and 1 gets this hint, too, so it has its condition. */
static bool hint_pairs(Message *to, const ArgSpec *spec, double pred) {
  const char *test = pred == 0 || pred == 1 ? NULL : test_of_pairs(to->call);
  if (!test) return false;
  mlm_put(to, "; if %s and %s are two measurements of each row, see %s",
          mlm_arg_specs[to->call->args[0]].name, spec->name, test);
  return true;
}

static void hint_integer(Message *to, const ArgSpec *spec, double x, double pred) {
  const char *name = spec->name;
  if (to->call->element) return;
  const bool two_classes = x == 2 || x == -1, other = !two_classes && may_be_other_rows(to->call, spec);
  const char *separator = hint_classes(to, name, x) ? ", " : "; ";
  if (other && fabs(x) < LARGE) {
    mlm_put(to, "%sto_number(%s) = %.0f for that class against the rest", separator, name, x);
    separator = ", ";
  }
  mlm_put(to, "%s" MLM_ABOVE_0("%s"), separator, name);
  if (mlm_hint_two_scores(to)) {
    if (!two_classes && fabs(x) < INFINITY) mlm_put(to, "; " MEASURED_TWICE);
    return;
  }
  if (two_classes || fabs(x) == INFINITY || hint_pairs(to, spec, pred)) return;
  if (is_label(spec) && tells_samples(to->call, spec))
    mlm_put(to, "; %s is the sample that the row belongs to, 0 or 1", name);
  else if (other)
    mlm_put(to, "; " MLM_MEASURED);
}

void mlm_hint_two_columns(Message *to, const ArgSpec *spec, const char *separator) {
  const bool tells = (spec->shape == SHAPE_LABEL || spec->shape == SHAPE_CLASS) && !to->call->element;
  if (tells && compares_samples(to->call, spec))
    mlm_put(to, "%sto compare two columns, SELECT a AS %s, 0 AS %s FROM … UNION ALL SELECT b, 1 FROM …",
            separator, mlm_arg_specs[to->call->args[0]].name, spec->name);
}

/* Whether the arguments are a score, a label and a cutoff. */
static bool is_cutoff_third(const Call *call) {
  return call->args[1] == ARG_LABEL && call->argc >= 3 && mlm_cutoff_place(call->args) == 3;
}

/* Whether the label stands where a cutoff belongs: f(score, cutoff, label). */
static bool label_is_third(const Call *call, double pred) {
  if (pred == 0 || pred == 1 || !is_cutoff_third(call)) return false;
  double third = mlm_number_of(call->argv[2]);
  return third == 0 || third == 1;
}

static void hint_swapped(Message *to, const ArgSpec *spec) {
  if (mlm_hint_two_scores(to)) return;
  if (is_label(spec))
    mlm_put(to, "; are score and label swapped?");
  else if (spec->shape == SHAPE_LABEL)
    mlm_put(to, "; are %s and %s swapped?", mlm_arg_specs[to->call->args[0]].name, spec->name);
}

/* Whether a form of the function takes the probabilities of all classes. */
static bool takes_probs(const FunctionDef *function) {
  bool takes = false;
  for (int o = 0; o < function->overloads; o++) takes |= function->overload[o].args[0] == ARG_PROBS;
  return takes;
}

/* Whether the arguments read as f(p0, p1, label): two probabilities and a label where the weight stands,
 * which is 1, for a row of weight 0 is not read. */
static bool are_two_probs(const Call *call, double x, double pred) {
  if (call->argc < 3 || !takes_probs(call->function)) return false;
  return mlm_number_of(call->argv[2]) == 1 && fabs(pred + x - 1) <= 1e-6;
}

/* The same metric of targets that may be fractions; NULL: there is none. */
static const char *of_targets(const Call *call) {
  const char *name = call->function->metric ? call->function->metric->name : "";
  return strcmp(name, "log_loss") == 0 ? "bce" : strcmp(name, "brier") == 0 ? "mse" : NULL;
}

static void hint_fraction(Message *to, const ArgSpec *spec, double x, double pred) {
  if (mlm_hint_two_scores(to)) {
    if (x < 0 || x > 1) mlm_put(to, "; " MEASURED_TWICE);
  } else if (are_two_probs(to->call, x, pred)) {
    mlm_put(to,
            "; if arguments 1 and 2 are the probabilities of classes 0 and 1, json_array(…, …) makes them "
            "the vector of %s(PROBS, class)",
            to->call->function->name);
  } else if (label_is_third(to->call, pred)) {
    mlm_put(to, "; the label is argument 2 and the cutoff argument 3");
  } else if (is_cutoff_third(to->call) && (pred == 0 || pred == 1)) {
    const ArgKind *args = to->call->args;
    mlm_put(to, "; are %s, %s and %s in this order? (the score here is a 0 or 1)",
            mlm_arg_specs[args[0]].name, spec->name, mlm_arg_specs[args[2]].name);
  } else if (!hint_pairs(to, spec, pred)) {
    hint_swapped(to, spec);
    if (is_label(spec) && (pred == 0 || pred == 1))
      mlm_put(to, " (the score here is a 0 or 1)");
    else if (is_label(spec) && x > 0 && x < 1 && of_targets(to->call))
      mlm_put(to, " If not, %s takes targets between 0 and 1", of_targets(to->call));
    mlm_hint_two_columns(to, spec, " ");
    if ((x < 0 || x > 1) && pred != 0 && pred != 1 && may_be_other_rows(to->call, spec))
      mlm_put(to, " " MLM_MEASURED);
  }
}

void mlm_hint_label_number(Message *to, const ArgSpec *spec, double x, double pred) {
  if (fabs(x) < LARGE && x != (double)(int)x)
    hint_fraction(to, spec, x, pred);
  else
    hint_integer(to, spec, x, pred);
}

bool mlm_hint_is_column(const ArgSpec *spec, const char *text, size_t n) {
  static const char *const names[] = {"y",      "y_true", "truth", "target", "targets",
                                      "actual", "class",  "label", "labels", NULL};
  const size_t own = strlen(spec->name);
  if (mlm_is_one_of(names, text, n)) return true;
  if (n < own || sqlite3_strnicmp(spec->name, text, (int)own) != 0) return false;
  return n == own || strchr("_0123456789", text[own]) || (n == own + 1 && (text[own] | 32) == 's');
}

bool mlm_hint_letter(Message *to, const char *name, const char *text, size_t n) {
  if (n != 1 || mlm_read_label(text, n) == LABEL_NONE || !mlm_hint_column(to, text, n)) return false;
  mlm_put(to, "; if it is a word for 1 or 0, to_label(%s) reads it", name);
  return true;
}

bool mlm_hint_comma_label(Message *to, const char *name, const char *text, size_t n) {
  const bool is_comma = mlm_is_comma_label(text, n);
  if (is_comma) mlm_put(to, "; to_number(%s, 'comma') reads decimal commas", name);
  return is_comma;
}

void mlm_hint_label_text(Message *to, const ArgSpec *spec, const char *text, size_t n) {
  LooseNumber number;
  if (mlm_hint_letter(to, spec->name, text, n) || mlm_hint_comma_label(to, spec->name, text, n)) return;
  if (mlm_read_label(text, n) != LABEL_NONE)
    mlm_put(to, "; to_label(%s) reads true, yes and the like, and words for missing values", spec->name);
  else if (mlm_read_loose_number(text, n, MARK_EITHER, &number) == LOOSE_NUMBER)
    hint_swapped(to, spec);
  else if (mlm_hint_is_column(spec, text, n))
    mlm_put(to, MLM_IF_A_COLUMN);
  else {
    mlm_hint_case(to, spec, text, n);
    mlm_hint_two_scores(to);
    if (spec->hint == HINT_DECISION) mlm_hint_more_classes(to, false);
  }
}

/* ---- decided classes ---- */

static const char *const means[] = {"_macro", "_micro", "_weighted"}; /* over the classes */
enum { MEANS = sizeof means / sizeof *means };

/* chi2_test compares two columns of classes, of which neither is a prediction. */
static bool compares_classes(const Call *call) { return call->function->overload[0].args[0] == ARG_CLASS_A; }

void mlm_say_score(Message *to, bool label, double score) {
  const ArgKind *args = to->call->function->overload[0].args;
  const bool of_set = mlm_arg_specs[args[0]].shape == SHAPE_STATE;
  const char *pred = mlm_arg_specs[of_set ? ARG_PRED_CLASS : args[0]].name,
             *target = mlm_arg_specs[of_set ? ARG_LABEL_CLASS : args[1]].name;
  mlm_put(to, "%s must be a class, not a score, as every %s is an integer, got ", label ? target : pred,
          label ? pred : target);
  mlm_put_number(to, score);
  mlm_hint_cutoff(to);
  if (label && !compares_classes(to->call)) mlm_put(to, "; are pred and label swapped?");
}

/* Adds how a text becomes the number that it stands for. False: for none. */
static bool hint_number_name(Message *to, const char *text, size_t n) {
  LooseNumber number;
  if (mlm_read_loose_number(text, n, MARK_EITHER, &number) != LOOSE_NUMBER) return false;
  mlm_put(to, number.dirt & LOOSE_COMMA ? "; to_number(x, 'comma') reads decimal commas"
                                        : "; to_number(x) makes such texts numbers");
  return true;
}

void mlm_say_never_equal(Message *to, Status status, const StrBuf *text) {
  const bool words = status == MLM_NEVER_EQUAL, scores = status == MLM_SCORE_BESIDE_NAME;
  mlm_put(to, "pred and label never agree: in every row one is %s",
          words    ? "0 or 1 and the other a word"
          : scores ? "a score and the other a text"
                   : "an integer and the other a text");
  if (!text && words) mlm_put(to, " for them");
  if (text) {
    mlm_put(to, " such as ");
    const char *bytes = text->n ? text->bytes : ""; /* empty where memory ran out */
    mlm_put_text(to, bytes, text->n);
    to->failed |= text->status != MLM_OK;
    if (words ? mlm_hint_comma_label(to, "x", bytes, text->n) : hint_number_name(to, bytes, text->n)) return;
  }
  if (scores)
    mlm_hint_cutoff(to);
  else
    mlm_put(to, words ? "; to_label(x) makes such words 1 and 0"
                      : "; map the integers to the texts by CASE or a join");
}

/* f1_at for f1_macro, mcc_at for mcc, accuracy_at for metrics without an _at function; the name ends with
 * `suffix`, and the first arguments are `rows`. */
static void put_cutoff_call(Message *to, const char *suffix, const char *rows) {
  const FunctionDef *function = to->call->function;
  const char *name = function->metric ? function->metric->name : function->name;
  size_t n = strlen(name);
  for (int i = 0; i < MEANS; i++) {
    size_t length = strlen(means[i]);
    if (n > length && strcmp(name + n - length, means[i]) == 0) n -= length;
  }
  char at[64];
  NamedFunction found;
  sqlite3_snprintf(sizeof at, at, "%.*s_at%s", (int)n, name, suffix);
  if (!mlm_find_function(at, &found)) {
    mlm_put(to, "accuracy_at%s(%s, cutoff)", suffix, rows);
    return;
  }
  mlm_put(to, "%s(%s, cutoff", at, rows);
  for (int i = 3; i < found.metric->required; i++)
    mlm_put(to, ", %s", mlm_arg_specs[found.metric->args[i]].name);
  mlm_put(to, ")");
}

void mlm_hint_cutoff(Message *to) {
  if (compares_classes(to->call)) {
    mlm_put(to, "; for a score beside a label see mann_whitney_test(score, label) and ks_test(score, label)");
    return;
  }
  mlm_put(to, "; for scores see ");
  put_cutoff_call(to, "", "score, label");
}

void mlm_hint_set_cutoff(Message *to) {
  const Metric *metric = to->call->function->metric;
  if (!metric || metric->result != RESULT_REAL || metric->args[1] == ARG_SAMPLE_CLASS) return;
  mlm_put(to, "; for a score_set see ");
  put_cutoff_call(to, to->call->function->form->suffix, "s");
}

void mlm_hint_more_classes(Message *to, bool number) {
  const char *name = to->call->function->metric->name, *separator = "; ";
  char mean[64];
  NamedFunction found;
  for (int i = 0; i < MEANS; i++) {
    sqlite3_snprintf(sizeof mean, mean, "%s%s", name, means[i]);
    if (!mlm_find_function(mean, &found)) continue;
    mlm_put(to, "%s%s", separator, mean);
    separator = i + 2 < MEANS ? ", " : " and ";
  }
  if (*separator != ';')
    mlm_put(to, " take any classes");
  else if (number && !to->call->element)
    mlm_put(to, "; with more classes compare both with one: %s(to_number(pred) = X, to_number(label) = X)",
            name);
}

void mlm_hint_decision(Message *to, const ArgSpec *spec, double x) {
  if (!(x > -1e9 && x < 1e9 && x == (double)(int)x)) {
    mlm_put(to, "; if it is a score, %s_at(score, label, cutoff) decides by it",
            to->call->function->metric->name);
    return;
  }
  hint_classes(to, spec->name, x);
  mlm_hint_more_classes(to, true);
}
