/* Metrics given as a text, such as 'f1_at:0.25': which one, and its parameters. */
#include "metrics/metric_text.h"

#include "metrics/objective.h"
#include "metrics/peer_names.h"
#include "metrics/score_set_rows.h"

/* Whether the metric can be computed from a saved set: its result is a number, and it reads scores and
 * labels, or predicted and true classes. */
static bool is_askable(const Metric *metric) {
  bool classes =
      metric->state == &mlm_confusion_matrix_state || metric->state == &mlm_confusion_matrix_unordered_state;
  bool scores = metric->state == &mlm_scores_state || mlm_reads_score_set(metric, metric->state);
  return (metric->result == RESULT_REAL || metric->result == RESULT_COUNT) && (classes || scores);
}

/* The metric whose name is name[0..n) followed by the suffix. */
static const Metric *named(const char *name, size_t n, const char *suffix) {
  for (const Family *const *family = mlm_families; *family; family++)
    for (const Metric *metric = (*family)->metrics; metric && metric->name; metric++)
      if (strlen(metric->name) == n + strlen(suffix) && memcmp(metric->name, name, n) == 0
          && strcmp(metric->name + n, suffix) == 0)
        return metric;
  return NULL;
}

/* The first row of this name that a set can answer: others take vectors. */
static const Metric *find(const char *name, size_t n) {
  const Metric *metric = named(name, n, "");
  while (metric && !is_askable(metric)) {
    const Metric *next = metric + 1;
    metric = next->name && strcmp(next->name, metric->name) == 0 ? next : NULL;
  }
  return metric;
}

/* Whether the text gives the argument: it is not a score, label, class or weight, which the set has, nor a
 * list of classes, whose commas would separate parameters. */
static bool is_parameter(const Metric *metric, int i) {
  const ArgSpec *spec = &mlm_arg_specs[metric->args[i]];
  if (metric->args[i] == ARG_CLASSES) return false;
  return spec->role != ROLE_ROW || (i >= 2 && spec->shape == SHAPE_NUMBER && i < metric->required);
}

/* Sets *x to the place of text[0..n) among the choices; false: it is not among them. */
static bool read_choice(const ArgSpec *spec, const char *text, size_t n, double *x) {
  for (int i = 0; spec->choices[i]; i++)
    if (strlen(spec->choices[i]) == n && memcmp(spec->choices[i], text, n) == 0) {
      *x = i;
      return true;
    }
  return false;
}

/* Reads one parameter from text[0..n). */
static bool read_parameter(MetricText *to, int i, const char *text, size_t n) {
  const ArgSpec *spec = &mlm_arg_specs[to->metric->args[i]];
  double x;
  if (spec->shape == SHAPE_PARSED) {
    to->params.parsed = &to->objective; /* the only parsed text that a metric of a set has */
    return mlm_parse_objective(text, n, &to->objective);
  }
  bool number = spec->shape == SHAPE_CHOICE ? read_choice(spec, text, n, &x)
                                            : mlm_parse_number_text(text, n, &x) && mlm_arg_allows(spec, x);
  if (!number) return false;
  if (spec->role == ROLE_ROW) {
    to->x[mlm_arg_place(to->metric->args, i)] = x;
  } else {
    to->params.number[spec->slot] = x;
    to->params.given |= 1u << spec->slot;
    /* unreachable: a parameter of the state, which no metric of a set has */
    if (spec->role == ROLE_STATE) to->held = x;
  }
  return true;
}

/* Reads the parameters after the colon, separated by commas; an objective, which may hold commas itself,
 * extends to the end. False: one is wrong, missing, or too many. */
static bool read_parameters(MetricText *to, const char *at, const char *end) {
  const Metric *metric = to->metric;
  for (int i = 0; metric->args[i]; i++) {
    if (!is_parameter(metric, i)) continue;
    if (!at) { /* none left */
      if (i < metric->required) return false;
      continue;
    }
    bool rest = mlm_arg_specs[metric->args[i]].shape == SHAPE_PARSED;
    const char *comma = rest ? NULL : memchr(at, ',', (size_t)(end - at)), *stop = comma ? comma : end;
    if (!read_parameter(to, i, at, (size_t)(stop - at))) return false;
    at = comma ? comma + 1 : NULL;
  }
  return !at;
}

static bool read_text(const char *text, size_t n, MetricText *to) {
  const char *colon = memchr(text, ':', n);
  if (n >= sizeof to->text) return false;
  memcpy(to->text, text, n);
  to->text[n] = 0;
  to->x[2] = 1; /* pos_weight */
  to->metric = find(text, colon ? (size_t)(colon - text) : n);
  if (!to->metric || !read_parameters(to, colon ? colon + 1 : NULL, text + n)) return false;
  mlm_params_defaults(to->metric->args, &to->params);
  return true;
}

static Status parse(const char *text, size_t n, const Host *host, void **object) {
  MetricText *made = mlm_new_zeroed(host, sizeof *made);
  if (!made) return MLM_NOMEM;
  if (read_text(text, n, made))
    *object = made;
  else
    host->free(made);
  return MLM_OK;
}

static const char *text_of(const void *object) { return ((const MetricText *)object)->text; }

static bool same(const void *object, const char *text, size_t n) {
  return strlen(text_of(object)) == n && memcmp(text_of(object), text, n) == 0;
}

static void list(StrBuf *out) {
  mlm_str_put(
      out, "the name of a metric and its parameters, such as 'roc_auc', 'f1_at:0.5' or 'best_cutoff:youden'");
}

void mlm_metric_text_form(StrBuf *out, const Metric *metric) {
  const char *separator = ":";
  mlm_str_put(out, "'");
  mlm_str_put(out, metric->name);
  for (int i = 0; metric->args[i]; i++) {
    if (!is_parameter(metric, i)) continue;
    if (i >= metric->required) mlm_str_put(out, "[");
    mlm_str_put(out, separator);
    mlm_str_capitals(out, mlm_arg_specs[metric->args[i]].name);
    if (i >= metric->required) mlm_str_put(out, "]");
    separator = ",";
  }
  mlm_str_put(out, "'");
}

static bool takes_classes(const Metric *metric) {
  const ArgKind *arg = metric->args;
  while (*arg && *arg != ARG_CLASSES) arg++;
  return *arg == ARG_CLASSES;
}

/* A list of classes, whose commas would be those between parameters, is for other functions. */
static void hint_classes(const Metric *metric, StrBuf *out) {
  mlm_str_put(out, ", without a list of classes, which ");
  mlm_str_put(out, metric->name);
  mlm_str_put(out, "_ci(set, '[…]') takes");
}

/* Our metric for the name that another library has; NULL: there is none that a set has. */
static const Metric *of_peer(const char *name, size_t n) {
  for (const PeerName *peer = mlm_peer_names; peer->library; peer++)
    if (strlen(peer->theirs) == n && memcmp(peer->theirs, name, n) == 0)
      return find(peer->ours, strlen(peer->ours));
  return NULL;
}

static void hint(const char *text, size_t n, StrBuf *out) {
  const char *colon = memchr(text, ':', n);
  size_t name = colon ? (size_t)(colon - text) : n;
  const Metric *metric = find(text, name), *at = metric ? NULL : named(text, name, "_at"),
               *ours = metric || at ? NULL : of_peer(text, name);
  if (ours) {
    mlm_str_put(out, "; here it is ");
    mlm_metric_text_form(out, ours);
  } else if (metric || at) {
    mlm_str_put(out, metric ? "; it is written " : "; at one cutoff it is ");
    mlm_metric_text_form(out, metric ? metric : at);
    if (metric && takes_classes(metric) && memchr(text, '[', n)) hint_classes(metric, out);
  } else if (named(text, name, "")) {
    mlm_str_put(out, "; that one does not give a number of a score set or a class set");
  } else {
    mlm_str_put(out, "; SELECT name FROM mlmetrics_functions lists the metrics, in lower case");
  }
}

const TextParser mlm_metric_parser = {
    .parse = parse, .same = same, .text = text_of, .list = list, .hint = hint};

/* Evaluates the metric over the rows of a score set, added to a state of the metric's own kind. */
static Status evaluate_rows(const MetricText *text, const Scores *set, const Eval *in, Result *out) {
  const StateType *type = text->metric->state;
  void *state = mlm_new_zeroed(in->host, type->bytes);
  if (!state) return MLM_NOMEM;
  Row row = {.held = text->held};
  memcpy(row.x, text->x, sizeof row.x);
  Status status = mlm_add_score_set(text->metric, type, set, &row, 1, state, in->host);
  /* unreachable: a kind that is sealed or may fail, which no metric that is added row by row has so far */
  if (!status && type->seal) status = type->seal(state, in->host);
  /* unreachable: as above */
  if (!status) status = text->metric->eval(state, in, out);
  /* unreachable: as above */
  if (type->clear) type->clear(state, in->host);
  in->host->free(state);
  return status;
}

Status mlm_metric_over_set(const MetricText *text, const OpenSet *set, bool sample, const Host *host,
                           double *value) {
  const Metric *metric = text->metric;
  Params params = text->params;
  if (params.parsed) params.parsed = &text->objective;
  Eval in = {.metric = metric, .params = &params, .host = host, .sample = sample};
  Result result = {.kind = RESULT_NULL};
  bool scores = set->type == &mlm_scores_state, classes = set->type == &mlm_confusion_matrix_state;
  const ArgSpec *first = &mlm_arg_specs[metric->args[0]];
  double outside;
  bool own =
      metric->state == set->type || (classes && metric->state == &mlm_confusion_matrix_unordered_state);
  if (!own && (!scores || !mlm_reads_score_set(metric, metric->state))) return MLM_MISMATCH;
  if (scores && set->type->outside(set->state, first->lo, first->hi, &outside)) return MLM_OUT_OF_RANGE;
  Status status =
      own ? metric->eval(set->state, &in, &result) : evaluate_rows(text, set->state, &in, &result);
  *value = mlm_result_number(&result);
  return status;
}
