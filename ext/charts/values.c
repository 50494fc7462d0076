/* The values of metrics, by name, of the sets behind charts and reports. */
#include "charts/values.h"
#include "state/rows.h"

#include "base/number_parse.h"
#include "metrics/arg_specs.h"
#include "metrics/forms.h"
#include "metrics/objective.h"
#include "metrics/score_set_rows.h"

const Metric *mlm_metric_named(const char *name) {
  /* unreachable: its end, for the names are our own */
  for (const Family *const *family = mlm_families; *family; family++)
    for (const Metric *metric = (*family)->metrics; metric && metric->name; metric++)
      if (strcmp(metric->name, name) == 0) return metric;
  return NULL; /* unreachable: as above */
}

double mlm_number_in_json(const StrBuf *json, const char *key) {
  size_t n = strlen(key);
  double x;
  for (size_t i = 0; i + n + 3 < json->n; i++) {
    const char *at = json->bytes + i;
    /* unreachable: the last condition, for no longer key begins with one that is read */
    if (*at != '"' || memcmp(at + 1, key, n) != 0 || memcmp(at + 1 + n, "\":", 2) != 0) continue;
    const char *value = at + n + 3;
    size_t left = json->n - i - n - 3, length = 0;
    /* unreachable: the end of the text, for an object ends with a brace */
    while (length < left && value[length] != ',' && value[length] != '}') length++;
    return mlm_parse_number_text(value, length, &x) ? x : NAN;
  }
  return NAN;
}

/* The text of a key of a flat JSON object, of a text that needs no escapes; NULL: it is not there. */
static const char *text_in_json(Chart *chart, const StrBuf *json, const char *key) {
  size_t n = strlen(key);
  for (size_t i = 0; i + n + 4 < json->n; i++) {
    const char *at = json->bytes + i;
    /* unreachable: the last condition, for the value is a text, and no longer key begins with this one */
    if (*at != '"' || memcmp(at + 1, key, n) != 0 || memcmp(at + 1 + n, "\":\"", 3) != 0) continue;
    const char *text = at + n + 4, *end = memchr(text, '"', json->n - i - n - 4);
    StrBuf kept = mlm_chart_buffer(chart);
    /* unreachable: a text without its quotation mark at the end */
    if (end) mlm_str_add(&kept, text, (size_t)(end - text));
    return mlm_chart_keep(chart, &kept);
  }
  return NULL;
}

/* One evaluation: a metric over a state. */
typedef struct Evaluation {
  Chart *chart;
  const Metric *metric;
  double level; /* of the interval; 0: the plain value */
} Evaluation;

/* A REAL, or an interval; none of these metrics is a count. */
static Value read(const Evaluation *e, Result *out) {
  Value value = {NAN, NAN, NAN, NULL};
  if (out->kind == RESULT_REAL) value.value = out->real;
  if (out->kind == RESULT_JSON) {
    value.value = mlm_number_in_json(&out->bytes, "value");
    value.low = mlm_number_in_json(&out->bytes, "low");
    value.high = mlm_number_in_json(&out->bytes, "high");
    value.note = text_in_json(e->chart, &out->bytes, "note");
  }
  return value;
}

/* The note where an interval would resample more than MLM_MOST_DRAWS rows: there is the value alone. */
static const char *const too_many_rows =
    "more than 2147483648 rows: this interval needs samples of the rows, and no more than that are drawn";

/* Evaluates a state of the kind that the evaluation needs. */
static Status run(const Evaluation *e, const void *state, Result *out) {
  const Form *form = &mlm_forms[0];
  ArgKind args[MLM_MAX_ARGS];
  Params params = {.given = 0};
  /* unreachable: the end of the forms, of which one is always the wanted one */
  while (form->suffix && (form->interval != (e->level > 0) || form->saves)) form++;
  mlm_form_args(form, e->metric, args);
  mlm_params_defaults(args, &params);
  if (e->level > 0) params.number[PARAM_LEVEL] = e->level;
  if (e->level > 0) params.given |= 1u << PARAM_LEVEL;
  Eval in = {.metric = e->metric,
             .params = &params,
             .host = e->chart->host,
             .limit = (uint64_t)1 << 30,
             .replicates = MLM_CHART_REPLICATES};
  *out = (Result){.kind = RESULT_NULL, .bytes = {.limit = in.limit, .host = in.host}};
  Evaluate *eval = form->interval ? mlm_form_eval(form, e->metric) : e->metric->eval; /* of the whole state */
  Status status = eval(state, &in, out);
  if (!status) status = out->bytes.status;
  if (mlm_status_is_score(status)) e->chart->refused = out->real;
  /* unreachable: too many rows without a level, for then no samples are drawn; see with_interval() */
  const bool value_alone = status == MLM_TOO_MANY_DRAWS && e->level > 0;
  if (!value_alone) mlm_chart_failed(e->chart, status);
  return status;
}

static Value evaluate(const Evaluation *e, const void *state) {
  Result out;
  Status status = run(e, state, &out);
  Value value = read(e, &out);
  if (status == MLM_TOO_MANY_DRAWS) value.note = too_many_rows;
  e->chart->host->free(out.bytes.bytes);
  return value;
}

static const StateType *state_of(const Evaluation *e) {
  const Interval *interval = e->level > 0 ? e->metric->interval : NULL;
  return interval && interval->state ? interval->state : e->metric->state;
}

/* Adds the rows of a set to an empty state. */
typedef Status Fill(const Evaluation *e, const StateType *type, void *state, const void *set);

/* Evaluates over a state of its own, filled from a set. */
static Value evaluate_rows(const Evaluation *e, Fill *fill, const void *set) {
  const StateType *type = state_of(e);
  const Host *host = e->chart->host;
  Value value = {NAN, NAN, NAN, NULL};
  void *state = mlm_new_zeroed(host, type->bytes);
  Status status = state ? fill(e, type, state, set) : MLM_NOMEM;
  /* unreachable: a kind that is sealed, for these metrics are means, tables and sums */
  if (!status && type->seal) status = type->seal(state, host);
  if (!status) value = evaluate(e, state);
  mlm_chart_failed(e->chart, status);
  if (state && type->clear) type->clear(state, host);
  host->free(state);
  return value;
}

static Status fill_scores(const Evaluation *e, const StateType *type, void *state, const void *set) {
  Row row = {.param = 1, .columns = 2};
  return mlm_add_score_set(e->metric, type, set, &row, 1, state, e->chart->host);
}

/* Adds `count` equal rows. A saved set of a few bytes may have 2^60 of them. */
static Status add_alike(const StateType *type, void *state, Row *row, int64_t count, const Host *host) {
  if (type->add_times) return type->add_times(state, row, count, 1, host);
  if (row->weight == 1) {
    row->weight = (double)count;
    count = 1;
  }
  for (int64_t i = 0; i < count; i++) {
    Status status = type->add(state, row, 1, host);
    if (status) return status; /* unreachable: a failure, for these kinds hold as many rows as the set */
    if (mlm_interrupted_at((uint64_t)i, host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

static Status fill_preds(const Evaluation *e, const StateType *type, void *state, const void *set) {
  const Rows *rows = set;
  Status status = MLM_OK;
  for (uint64_t i = 0; i < mlm_rows_entries(rows) && !status; i++) {
    RowsEntry entry = mlm_rows_entry(rows, i);
    Row row = {.pred = entry.x[0], .target = entry.x[1], .columns = 2, .weight = entry.weight};
    if (e->metric->term) row.value = e->metric->term(&row);
    status = add_alike(type, state, &row, entry.count, e->chart->host);
    if (mlm_interrupted_at(i, e->chart->host)) status = MLM_INTERRUPTED;
  }
  return status;
}

/* Begins the evaluation of the metric with this name, at level 0 if it has no interval. False: the chart has
 * failed. */
static bool begin(Evaluation *e, Chart *chart, const char *name, double level) {
  *e = (Evaluation){.chart = chart, .metric = mlm_metric_named(name)};
  if (e->metric->interval) e->level = level;
  return !chart->status;
}

/* The value of a metric over a set, with its interval if `level` is above 0. The note too_many_rows: the
 * interval would resample too many rows, and nothing was evaluated. */
typedef Value ValueOf(Chart *chart, const char *name, const void *set, double level);

/* Leaves the interval out where it would resample too many rows. */
static Value with_interval(ValueOf *value_of, Chart *chart, const char *name, const void *set, double level) {
  Value value = value_of(chart, name, set, level);
  if (value.note != too_many_rows) return value;
  value = value_of(chart, name, set, 0);
  value.note = too_many_rows;
  return value;
}

static Value score_value(Chart *chart, const char *name, const void *set, double level) {
  Evaluation e;
  if (!begin(&e, chart, name, level)) return (Value){NAN, NAN, NAN, NULL};
  const StateType *type = state_of(&e);
  if (type == &mlm_scores_state) return evaluate(&e, set);
  /* unreachable: a metric that reads no score set, for the names are our own */
  if (!mlm_reads_score_set(e.metric, type)) return (Value){NAN, NAN, NAN, NULL};
  return evaluate_rows(&e, fill_scores, set);
}

Value mlm_score_value(Chart *chart, const char *name, const Scores *scores, double level) {
  return with_interval(score_value, chart, name, scores, level);
}

StrBuf mlm_score_json(Chart *chart, const char *name, const Scores *scores) {
  Evaluation e;
  Result out = {.kind = RESULT_NULL};
  if (begin(&e, chart, name, 0)) run(&e, scores, &out);
  return out.bytes;
}

static Value pred_value(Chart *chart, const char *name, const void *set, double level) {
  Evaluation e;
  if (!begin(&e, chart, name, level)) return (Value){NAN, NAN, NAN, NULL};
  if (state_of(&e) == &mlm_rows_state) return evaluate(&e, set);
  return evaluate_rows(&e, fill_preds, set);
}

Value mlm_pred_value(Chart *chart, const char *name, const Rows *rows, double level) {
  return with_interval(pred_value, chart, name, rows, level);
}

static Value class_value(Chart *chart, const char *name, const void *set, double level) {
  Evaluation e;
  if (!begin(&e, chart, name, level)) return (Value){NAN, NAN, NAN, NULL};
  const StateType *type = state_of(&e);
  /* unreachable: another state than the matrix, for no metric of a report has such an interval */
  bool own = type == &mlm_confusion_matrix_state || type == &mlm_confusion_matrix_unordered_state;
  if (!own) e.level = 0; /* unreachable: as above */
  return evaluate(&e, set);
}

Value mlm_class_value(Chart *chart, const char *name, const ConfusionMatrix *matrix, double level) {
  return with_interval(class_value, chart, name, matrix, level);
}

bool mlm_best_cutoff_for(Chart *chart, const char *text, const Scores *scores, BestCutoff *best) {
  Objective objective;
  /* unreachable: an objective that is wrong, for it is our own */
  bool found =
      mlm_parse_objective(text, strlen(text), &objective) && mlm_scores_best(scores, &objective, NULL, best);
  if (mlm_scores_walk_ended_early(scores)) mlm_chart_failed(chart, MLM_INTERRUPTED);
  return found;
}
