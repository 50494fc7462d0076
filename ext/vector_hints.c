/* Hints for vectors: texts that are nearly one, numbers in place of one, and vectors in the wrong place; and
 * for too many arguments. */
#include "vector_hints.h"

#include <string.h>

#include "base/dirty_text.h"
#include "base/loose_number.h"
#include "metrics/named_function.h"
#include "sql_value.h"

/* Whether the text is a list of numbers by its looks: one, and something that separates it from the next. */
static bool looks_like_list(const char *text, size_t n) {
  text = mlm_trim(text, &n);
  while (n > 0 && memchr("[({", *text, 3)) text++, n--;
  if (n == 0 || !memchr("0123456789.-+", *text, 13)) return false;
  return memchr(text, ' ', n) || memchr(text, ';', n) || memchr(text, ',', n);
}

bool mlm_hint_array(Message *to, const char *text, size_t n) {
  if (!looks_like_list(text, n)) return false;
  mlm_put(to, "; a vector is written as '[0.1,0.2,0.7]', with brackets and commas");
  return true;
}

/* Whether the array begins with the name of a column: "[z0, z1]", but not "[NaN, 1]". */
static bool names_columns(const char *text) {
  LooseNumber number;
  while (*text == '[' || *text == ' ') text++;
  size_t n = 0;
  while (text[n] && !strchr(" ,]", text[n])) n++;
  return mlm_is_plain_name(text, n)
         && mlm_read_loose_number(text, n, MARK_EITHER, &number) == LOOSE_NOT_A_NUMBER;
}

void mlm_hint_element(Message *to, const char *text) {
  if (strstr(text, "true") || strstr(text, "false"))
    mlm_put(to, "; write true and false as 1 and 0");
  else if (names_columns(text))
    mlm_put(to, "; json_array(…) makes columns a vector");
}

/* The metric of one score for each row: roc_auc for roc_auc_ovr_macro, log_loss for itself; NULL: none.
 * Losses of logits have other names. */
static const Metric *of_one_score(const FunctionDef *function) {
  if (!function->metric) return NULL;
  if (mlm_takes_plain(function)) return function->metric;
  char name[64];
  NamedFunction found;
  sqlite3_snprintf(sizeof name, name, "%s", function->metric->name);
  for (size_t n = strlen(name); n-- > 0;) {
    if (name[n] != '_') continue;
    name[n] = 0;
    /* unreachable: a name that begins with that of a scalar or a table, which no such metric has */
    if (mlm_find_function(name, &found) && found.metric
        && mlm_arg_specs[found.metric->args[0]].shape <= SHAPE_LABEL)
      return found.metric;
  }
  return NULL;
}

void mlm_hint_one_entry(Message *to, bool logit) {
  const Metric *metric = of_one_score(to->call->function);
  if (metric)
    mlm_put(to, "; for one score per row see %s", metric->name);
  else
    mlm_put(to, "; for one %s per row see %s", logit ? "logit" : "probability",
            logit ? "bce_logits" : "log_loss");
}

void mlm_hint_vector_class(Message *to, const ArgSpec *spec, size_t n) {
  bool both = n > 1 && mlm_looks_like_vector(to->call->argv[0]);
  const Metric *metric = both && !to->call->element ? of_one_score(to->call->function) : NULL;
  if (metric)
    mlm_put(to, "; if a row has several labels, %s(vector_at(%s, i), vector_at(%s, i)) is that of label i",
            metric->name, mlm_arg_specs[to->call->args[0]].name, spec->name);
  else
    mlm_put(to, "; the vector is the first argument");
}

void mlm_hint_one_number(Message *to, const ArgSpec *spec) {
  ArgKind second = to->call->args[1];
  bool of_class = second == ARG_CLASS_INDEX || second == ARG_CLASS_OR_TARGETS;
  mlm_put(to, "; json_array(…) makes columns a vector, json_group_array(…) makes rows one");
  if (of_class && spec->hint == HINT_PROBABILITY)
    mlm_put(to, "; one probability for each row, of class 1, is json_array(1 - prob, prob)");
  else if (of_class)
    mlm_put(to, "; one score for each row, of class 1, is json_array(0, score)");
}

/* For a JSON object: its values in the order of the classes, which only the user knows. */
static bool hint_object(Message *to, const char *name, const char *text, size_t n) {
  text = mlm_trim(text, &n);
  if (n < 2 || *text != '{') return false;
  const char *quote = memchr(text, '"', n), *end = NULL;
  if (quote) end = memchr(quote + 1, '"', n - (size_t)(quote + 1 - text));
  mlm_put(to, "; json_array(%s ->> ", name);
  if (end && !memchr(quote, '\\', (size_t)(end - quote)))
    mlm_put_literal(to, quote + 1, (size_t)(end - quote - 1));
  else
    mlm_put(to, "…");
  mlm_put(to, ", …), in the order of the classes, makes an object a vector");
  return true;
}

bool mlm_hint_brackets(Message *to, const char *name, const char *text, size_t n) {
  if (!mlm_takes_vector(to->call->function)) return false;
  if (!to->call->element && hint_object(to, name, text, n)) return true;
  bool bare = memchr(text, ',', n) && !memchr(text, ';', n) && !memchr(text, '[', n) && !memchr(text, '(', n)
              && !memchr(text, '{', n);
  if (bare) /* a text that brackets do not make an array remains an error */
    mlm_put(to, "; '[' || %s || ']' makes it a JSON array", name);
  else
    return mlm_hint_array(to, text, n);
  return true;
}

/* For a ranking up to k: ndcg_at_k for ndcg. */
static void hint_rank_k(Message *to) {
  char name[64], signature[256];
  NamedFunction found;
  sqlite3_snprintf(sizeof name, name, "%s_at_k", to->call->function->name);
  if (!mlm_find_function(name, &found) || to->call->argc != found.metric->required) return;
  to->failed |= !mlm_signature(name, found.metric->args, found.metric->required, signature, sizeof signature);
  mlm_put(to, "; with k it is %s", signature);
}

void mlm_hint_too_many(Message *to) {
  if (mlm_takes_vector(to->call->function))
    mlm_put(to, "; json_array(…) makes columns a vector, which is one argument");
  else
    hint_rank_k(to);
}
