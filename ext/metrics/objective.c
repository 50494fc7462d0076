/* Parses the objectives of best_cutoff: metrics at one cutoff, and conditions on them. */
#include "metrics/objective.h"

#include "base/dirty_text.h"
#include "metrics/threshold.h"

/* `of` is maximised among the cutoffs where `floor` is at least X; `hint` is for the name without a limit. */
typedef struct Condition {
  const char *floor, *of, *hint;
} Condition;
#define MLM_CONDITION(floor, of)                                                                             \
  { floor, of, "; it is a condition, as in '" floor ">=0.9'" }
static const Condition conditions[] = {MLM_CONDITION("precision", "recall"),
                                       MLM_CONDITION("recall", "precision"),
                                       MLM_CONDITION("specificity", "recall"),
                                       {NULL, NULL, NULL}};

/* The condition on the name before the sign; NULL: there is none. */
static const Condition *condition_on(const char *text, const char *sign) {
  size_t n = (size_t)(sign - text);
  for (const Condition *c = conditions; c->floor; c++)
    if (strlen(c->floor) == n && memcmp(c->floor, text, n) == 0) return c;
  return NULL;
}

static double (*formula_of(const char *name))(const Confusion2 *, const double *) {
  return mlm_threshold_metric(name, strlen(name))->formula.confusion2;
}

static bool parse_condition(const char *text, size_t n, const char *sign, Objective *objective) {
  const Condition *condition = condition_on(text, sign);
  const char *floor = sign + 2;
  if (!condition || !mlm_parse_number_text(floor, n - (size_t)(floor - text), &objective->floor))
    return false;
  if (!(objective->floor >= 0 && objective->floor <= 1)) return false;
  objective->of = formula_of(condition->of);
  objective->floor_of = formula_of(condition->floor);
  objective->sense = 1;
  objective->monotone = true;
  return true;
}

/* Reads the numbers after the colon, separated by commas: one for each parameter of the metric, within its
 * range. */
static bool parse_params(const char *at, const char *end, const Metric *metric, double *param) {
  int n = 0;
  for (const ArgKind *arg = metric->args; *arg; arg++) {
    const ArgSpec *spec = &mlm_arg_specs[*arg];
    if (spec->role != ROLE_FINAL) continue;
    if (!at || at == end) return false;
    if (n > 0) at++; /* skip the comma */
    const char *comma = memchr(at, ',', (size_t)(end - at)), *stop = comma ? comma : end;
    double *x = &param[spec->slot];
    if (!mlm_parse_number_text(at, (size_t)(stop - at), x) || !mlm_arg_allows(spec, *x)) return false;
    at = stop;
    n++;
  }
  return n == 0 ? at == NULL : at == end;
}

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
/* Of a character that is not blank; strchr() also finds the NUL. */
static bool is_word(char c) { return !strchr(":,>=@", c); }

/* Copies text without blanks at its ends and next to signs. False: it is too long, or holds a NUL. */
static bool compact(const char *text, size_t n, char out[MLM_OBJECTIVE_BYTES]) {
  size_t used = 0;
  for (size_t i = 0; i < n; i++) {
    size_t from = i;
    while (i < n && is_blank(text[i])) i++;
    if (i == n) break;
    bool apart = i > from && used > 0 && is_word(out[used - 1]) && is_word(text[i]);
    if (!text[i] || used + apart + 1 >= MLM_OBJECTIVE_BYTES) return false;
    if (apart) out[used++] = ' ';
    out[used++] = text[i];
  }
  out[used] = 0;
  return true;
}

/* Compares the bytes first: usually the text is written as before. */
static bool same(const void *object, const char *text, size_t n) {
  char other[MLM_OBJECTIVE_BYTES];
  const char *own = ((const Objective *)object)->text;
  if (n < sizeof other && strlen(own) == n && memcmp(own, text, n) == 0) return true;
  return compact(text, n, other) && strcmp(own, other) == 0;
}

static const char *text_of(const void *object) { return ((const Objective *)object)->text; }

/* After an objective: the cutoff is halfway to the next score. */
static const char at_midpoint[] = "@midpoint";

static bool ends_in_midpoint(const char *text, size_t n) {
  size_t end = strlen(at_midpoint);
  return n > end && memcmp(text + n - end, at_midpoint, end) == 0;
}

bool mlm_parse_objective(const char *text, size_t n, Objective *objective) {
  *objective = (Objective){0};
  if (!compact(text, n, objective->text)) return false;
  text = objective->text;
  n = strlen(text);
  objective->midpoint = ends_in_midpoint(text, n);
  if (objective->midpoint) n -= strlen(at_midpoint);
  const char *sign = strstr(text, ">="), *colon = memchr(text, ':', n);
  if (sign) return parse_condition(text, n, sign, objective);
  const Metric *metric = mlm_threshold_metric(text, colon ? (size_t)(colon - text) : n);
  if (!metric || metric->search == SEARCH_NONE) return false;
  if (!parse_params(colon ? colon + 1 : NULL, text + n, metric, objective->param)) return false;
  objective->of = metric->formula.confusion2;
  objective->f1 = objective->of == mlm_f1;
  objective->sense = metric->search == SEARCH_LOWEST ? -1 : 1;
  objective->monotone = metric->search != SEARCH_HIGHEST_SCAN;
  return true;
}

static void put_objective(StrBuf *out, const Metric *metric) {
  const char *separator = ":";
  mlm_str_put(out, "'");
  mlm_str_add(out, metric->name, strlen(metric->name) - strlen("_at"));
  for (const ArgKind *arg = metric->args; *arg; arg++) {
    if (mlm_arg_specs[*arg].role != ROLE_FINAL) continue;
    mlm_str_put(out, separator);
    mlm_str_capitals(out, mlm_arg_specs[*arg].name);
    separator = ",";
  }
  mlm_str_put(out, "', ");
}

void mlm_objective_list(StrBuf *out) {
  for (const Metric *metric = mlm_threshold.metrics; metric->name; metric++)
    if (metric->search != SEARCH_NONE) put_objective(out, metric);
  for (const Condition *c = conditions; c->floor; c++) {
    mlm_str_put(out, c == conditions ? "'" : ", '");
    mlm_str_put(out, c->floor);
    mlm_str_put(out, ">=X'");
  }
}

static bool starts(const char *word, const char *with) { return strncmp(word, with, strlen(with)) == 0; }

static const char *hint(const char *text, size_t n) {
  _Static_assert(MLM_OBJECTIVE_BYTES == 48, "the sentence below says 47");
  char word[MLM_OBJECTIVE_BYTES];
  if (!compact(text, n, word))
    return memchr(text, 0, n) ? "" : ", which is longer than the 47 bytes that are read";
  const char *sign = strstr(word, ">="), *at = strchr(word, '@');
  if (at && strcmp(at, at_midpoint) != 0) return "; after @ comes midpoint, as in 'youden@midpoint'";
  if (starts(word, "fpr")) return "; fpr<=0.01 is written specificity>=0.99";
  if (starts(word, "fnr")) return "; fnr<=0.01 is written recall>=0.99";
  if (strchr(word, '<') || (strchr(word, '+') && strchr(word, '=')))
    return "; conditions are lower limits, written with >=; other limits are queries of cutoff_curve, as in "
           "WHERE tp + fp <= 200";
  if (sign && strstr(sign + 1, ">="))
    return "; it has one condition; several are a query of cutoff_curve, as in WHERE precision >= 0.9 AND "
           "recall >= 0.9";
  if (sign)
    return condition_on(word, sign) ? "; X must be a number within [0,1], such as 0.9"
                                    : "; conditions are on precision, recall or specificity";
  const Condition *condition = condition_on(word, word + strlen(word));
  if (condition) return condition->hint;
  if (starts(word, "cost:") && strchr(word, '=')) return "; costs are numbers alone, as in 'cost:1,5'";
  if (strchr(word, '>') || strchr(word, '=')) return "; conditions are written with >=";
  if (strcmp(word, "jaccard") == 0) return "; the cutoff that is best for f1 is best for it, too";
  const char *colon = strchr(word, ':');
  const Metric *metric = mlm_threshold_metric(word, colon ? (size_t)(colon - word) : strlen(word));
  if (starts(word, "f1") && strchr("_ -", word[2])) return "; it is written 'f1'"; /* f1_score, f1 macro */
  if (!metric || metric->search == SEARCH_NONE)
    return word[0] == 'f' && word[1] >= '0' && word[1] <= '9' ? "; F-beta is 'fbeta:BETA'" : "";
  for (const ArgKind *arg = metric->args; *arg; arg++) {
    if (*arg == ARG_BETA) return "; BETA must be a number > 0, such as 0.5";
    if (*arg == ARG_FP_COST) return "; FP_COST and FN_COST must be numbers >= 0, as in 'cost:1,5'";
  }
  return "; it takes no parameter";
}

/* Copies the objective in lower case. False: it has no capital letters, or it is too long. */
static bool lower(const char *text, size_t n, char out[MLM_OBJECTIVE_BYTES]) {
  bool capitals = false;
  if (!compact(text, n, out)) return false;
  for (char *c = out; *c; c++) {
    capitals |= *c != mlm_lower(*c);
    *c = mlm_lower(*c);
  }
  return capitals;
}

static void put_hint(const char *text, size_t n, StrBuf *out) {
  char word[MLM_OBJECTIVE_BYTES];
  Objective objective;
  if (!lower(text, n, word)) {
    mlm_str_put(out, hint(text, n));
  } else if (mlm_parse_objective(word, strlen(word), &objective)) {
    mlm_str_put(out, "; it is written '");
    mlm_str_put(out, word);
    mlm_str_put(out, "'");
  } else { /* what else is wrong */
    const char *other = hint(word, strlen(word));
    mlm_str_put(out, *other ? other : "; the names are in lower case");
  }
}

static Status parse(const char *text, size_t n, const Host *host, void **object) {
  Objective objective;
  if (!mlm_parse_objective(text, n, &objective)) return MLM_OK;
  *object = host->realloc(NULL, sizeof objective);
  if (*object) memcpy(*object, &objective, sizeof objective);
  return *object ? MLM_OK : MLM_NOMEM;
}

static void list(StrBuf *out) {
  mlm_str_put(out, "one of ");
  mlm_objective_list(out);
}

const TextParser mlm_objective_parser = {
    .parse = parse, .same = same, .text = text_of, .list = list, .hint = put_hint};

const Objective *mlm_objective_of(const Params *params) {
  static const Objective f1 = {.of = mlm_f1, .sense = 1, .monotone = true, .f1 = true, .text = "f1"};
  return params->parsed ? params->parsed : &f1;
}
