/* Hints for options of other libraries' metrics, which are functions of their own here: f1 with 'macro'. */
#include "error_hints.h"

#include <string.h>

#include "metrics/named_function.h"

/* An option, and how names of ours end that stand for it. */
typedef struct Option {
  const char *word, *ending;
} Option;

static const Option options[] = {
    {"macro", "_macro"},     {"macro", "_ovr_macro"},     {"micro", "_micro"},
    {"micro", "_ovr_micro"}, {"weighted", "_weighted"},   {"weighted", "_ovr_weighted"},
    {"samples", "_samples"}, {"ovr", "_ovr_macro"},       {"ovo", "_ovo_macro"},
    {"linear", "_linear"},   {"quadratic", "_quadratic"},
};
enum { OPTIONS = sizeof options / sizeof *options, NAME_BYTES = 64 };

/* A function of a metric. */
typedef struct Named {
  char name[NAME_BYTES];
  const Metric *metric;
} Named;

/* The function whose name is the first n bytes of `base`, a separator and an ending; false: no metric has it.
 */
static bool find(Named *found, const char *base, size_t n, const char *separator, const char *ending) {
  NamedFunction function;
  if (n + strlen(separator) + strlen(ending) >= NAME_BYTES) return false;
  sqlite3_snprintf(NAME_BYTES, found->name, "%.*s%s%s", (int)n, base, separator, ending);
  if (!mlm_find_function(found->name, &function)) return false;
  found->metric = function.metric;
  return function.metric != NULL;
}

/* How many bytes of a name come before what stands for an option: 2 of f1_macro. */
static size_t length_of_base(const char *name) {
  const size_t n = strlen(name);
  size_t least = n;
  for (int i = 0; i < OPTIONS; i++) {
    const size_t length = strlen(options[i].ending);
    if (n > length && n - length < least && strcmp(name + n - length, options[i].ending) == 0)
      least = n - length;
  }
  return least;
}

/* Whether the option stands inside the name, such as 'ovr' in roc_auc_ovr_micro. */
static bool has_part(const char *name, const char *word) {
  const size_t n = strlen(word);
  bool is_option = false;
  for (int i = 0; i < OPTIONS; i++) is_option |= strcmp(options[i].word, word) == 0;
  for (const char *at = strchr(name, '_'); at && is_option; at = strchr(at + 1, '_'))
    if (strncmp(at + 1, word, n) == 0 && at[n + 1] == '_') return true;
  return false;
}

/* The function of the metric that has the option, which may be that of the metric itself; false: none has. */
static bool find_option(Named *found, const Metric *metric, const char *text) {
  const char *name = metric->name;
  const size_t n = length_of_base(name);
  if (has_part(name, text)) return find(found, name, strlen(name), "", "");
  if (strcmp(text, "binary") == 0) /* where there are means over classes */
    /* unreachable: means whose metric of two classes is missing */
    return (find(found, name, n, "", "_macro") || find(found, name, n, "", "_ovr_macro"))
           && find(found, name, n, "", "");
  for (int i = 0; i < OPTIONS; i++)
    if (strcmp(options[i].word, text) == 0 && find(found, name, n, "", options[i].ending)) return true;
  return find(found, name, strlen(name), "_", text);
}

bool mlm_hint_option(Message *to, const char *text) {
  const Metric *metric = to->call->function->metric;
  Named found;
  /* unreachable: !metric, for scalars have no weight */
  if (!metric || !find_option(&found, metric, text)) return false;
  if (strcmp(found.name, metric->name) == 0) {
    mlm_put(to, "; %s is '%s' already, so leave that argument out", found.name, text);
    return true;
  }
  mlm_put(to, "; %s is a function of its own", found.name);
  if (mlm_takes_plain(to->call->function) && mlm_arg_specs[found.metric->args[0]].shape >= SHAPE_VECTOR)
    mlm_put(to, ", which takes a vector in each row; with one score per row leave '%s' out", text);
  return true;
}
