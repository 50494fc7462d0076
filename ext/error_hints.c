/* Ways out: what a message of a wrong value ends in, so that the next try is right. */
#include "error_hints.h"

#include <string.h>

/* Whether SQL would know the text again as mlm_put_text() puts it: not cut, without control characters,
 * UTF-8. */
static bool is_typeable(const char *text) {
  size_t n = strlen(text), i = 0, length;
  for (; i < n && !mlm_is_control(text[i]); i += length)
    if ((length = mlm_utf8_length(text + i, n - i)) == 0) return false;
  return i == n && n <= MLM_QUOTED;
}

static void hint_percent(Message *to, const char *comma, double x) {
  if (x > 1 && x <= 100) mlm_put(to, "%s / 100.0 makes percentages probabilities", comma);
}

/* The function that takes logits where this one takes probabilities, of vectors or of numbers; NULL: none. */
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

void mlm_hint_logits(Message *to, double x, bool vector) {
  const char *form = logits_form(to->call->function, vector);
  if (form)
    mlm_put(to, "; %s takes logits", form);
  else
    mlm_put(to, "; %s() makes logits probabilities", vector ? "softmax" : "sigmoid");
  hint_percent(to, ",", x);
}

/* How a text that stands for a missing value is left out. */
static void hint_null(Message *to, const ArgSpec *spec, const char *text) {
  mlm_put(to, "; nullif(%s, ", spec->name);
  mlm_put_text(to, text, strlen(text));
  mlm_put(to, ") makes it NULL%s", to->call->function->scalar ? "" : ", which leaves the row out");
}

static void hint_label(Message *to, const ArgSpec *spec, double x, double pred) {
  if (x > -1e9 && x < 1e9 && x != (double)(int)x)
    mlm_put(to, "; are score and label swapped%s",
            pred == 0 || pred == 1 ? "? (the score here is a 0 or 1)" : "?");
  else
    mlm_put(to, "; %s > 0 is 1 where it holds, else 0%s", spec->name,
            x == 2 ? "; of classes 1 and 2 say label = 2" : "");
}

void mlm_hint_more_classes(Message *to) {
  const char *name = to->call->function->metric->name;
  if (strcmp(name, "specificity") == 0)
    mlm_put(to, "; with more classes compare both with one: specificity(pred = X, label = X)");
  else
    mlm_put(to, "; %s_macro is the mean over any classes", name);
}

/* A decision that is none: a score, or one of more than two classes. */
static void hint_decision(Message *to, double x) {
  if (!(x > -1e9 && x < 1e9 && x == (double)(int)x))
    mlm_put(to, "; if it is a score, %s_at(score, label, cutoff) decides by it",
            to->call->function->metric->name);
  else
    mlm_hint_more_classes(to);
}

void mlm_hint_weight(Message *to) {
  const Call *call = to->call;
  bool state = mlm_is_saved_state(call->argv[0]);
  int weight = state ? 0 : mlm_place_of(call->args, ARG_WEIGHT) + mlm_place_of(call->args, ARG_FREQUENCY);
  if (weight) mlm_put(to, "; the weight is argument %d", weight);
}

/* Message for the negative and the positive class. */
static const char *const pairs[][2] = {{"false", "true"}, {"no", "yes"},  {"f", "t"},
                                       {"n", "y"},        {"neg", "pos"}, {"negative", "positive"}};
enum { PAIRS = sizeof pairs / sizeof *pairs };

/* The pair whose negative (0) or positive (1) word text is; PAIRS: none. */
static size_t pair_of(const char *text, int which) {
  size_t i = 0;
  while (i < PAIRS && sqlite3_stricmp(pairs[i][which], text) != 0) i++;
  return i;
}

/* A word, in small letters or capitals as those of text are. */
static void put_alike(Message *to, const char *word, const char *text) {
  mlm_put(to, "'");
  for (const char *c = word; *c; c++) mlm_put(to, "%c", text[c > word] < 'a' ? *c - 'a' + 'A' : *c);
  mlm_put(to, "'");
}

static bool is_among(const char *const *message, const char *text) {
  while (*message && sqlite3_stricmp(*message, text) != 0) message++;
  return *message != NULL;
}

static void hint_label_text(Message *to, const ArgSpec *spec, const char *text) {
  static const char *const missing[] = {"n/a", "na", "nan", "null", "none", "?", "-", NULL};
  if (is_among(missing, text)) {
    hint_null(to, spec, text);
    return;
  }
  size_t negative = pair_of(text, 0);
  bool sure = negative < PAIRS || pair_of(text, 1) < PAIRS;
  mlm_put(to, "; %s = ", spec->name);
  if (negative < PAIRS)
    put_alike(to, pairs[negative][1], text);
  else
    mlm_put_text(to, text, strlen(text));
  mlm_put(to, " is 1 where it holds, else 0%s", sure ? "" : ", if that is the positive class");
}

/* StrBuf that is a number but for what is written otherwise elsewhere. */
static bool hint_foreign_number(Message *to, const ArgSpec *spec, const char *text) {
  static const char *const infinite[] = {"inf", "infinity", NULL};
  char plain[MLM_QUOTED + 1];
  size_t n = strlen(text);
  double x;
  bool sign = *text == '-' || *text == '+';
  if (spec->hi == INFINITY && is_among(infinite, text + sign)) {
    mlm_put(to, "; replace(%s, '%q', '9e999') is %sInfinity", spec->name, text + sign,
            *text == '-' ? "-" : "");
    return true;
  }
  memcpy(plain, text, n + 1);
  char *comma = strchr(plain, ',');
  if (comma) *comma = '.';
  if (comma && mlm_parse_number_text(plain, n, &x)) {
    mlm_put(to, "; replace(%s, ',', '.') is a number", spec->name);
    return true;
  }
  if (n == 0 || text[n - 1] != '%' || !mlm_parse_number_text(plain, n - 1, &x)) return false;
  mlm_put(to, "; rtrim(%s, '%%') / 100.0 is a number", spec->name);
  return true;
}

/* Whether the text is one that another argument may be. */
static bool hint_choice(Message *to, const char *text) {
  const ArgKind *args = to->call->function->overload[to->call->overload].args;
  for (int i = 0; args[i]; i++) {
    const char *const *choice = mlm_arg_specs[args[i]].choices;
    if (!choice || !is_among(choice, text)) continue;
    mlm_put(to, "; '%s' is a %s, which is argument %d", text, mlm_arg_specs[args[i]].name, i + 1);
    return true;
  }
  return false;
}

void mlm_hint_text(Message *to, const ArgSpec *spec, const char *text) {
  bool number = spec->shape <= SHAPE_WEIGHT;
  if (!is_typeable(text) || hint_choice(to, text)) return;
  if ((spec->shape == SHAPE_LABEL || spec->hint == HINT_DECISION) && *text)
    hint_label_text(to, spec, text);
  else if (number ? !hint_foreign_number(to, spec, text) : *text == 0)
    hint_null(to, spec, text);
}

void mlm_hint_number(Message *to, const ArgSpec *spec, double x, const double *pred) {
  switch (spec->hint) {
  case HINT_LABEL: hint_label(to, spec, x, pred ? *pred : 0.5); break;
  case HINT_DECISION: hint_decision(to, x); break;
  case HINT_WEIGHT:
    if (x >= 0 && x < 0x1p31) mlm_hint_weight(to); /* not what a weight usually is, otherwise */
    break;
  case HINT_PROBABILITY: mlm_hint_logits(to, x, spec->shape == SHAPE_VARIADIC); break;
  case HINT_PERCENTAGE: hint_percent(to, ";", x); break;
  default: break;
  }
}
