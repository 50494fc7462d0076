/* Bootstrap intervals: replicates of a metric, their quantiles and standard deviation. */
#include "metrics/bootstrap_interval.h"

#include "math/double_double.h"
#include "metrics/calibration.h"
#include "metrics/ranking.h"

/* ---- one replicate ---- */

/* Evaluates a sample as a state of its kind. */
static Status evaluate_sample(const Resampler *sample, Evaluate *eval, const Eval *in, double *value) {
  const StateType *type = sample->type;
  Result result = {.kind = RESULT_NULL};
  void *state = mlm_new_zeroed(sample->host, type->bytes);
  if (!state) return MLM_NOMEM;
  Status status = mlm_resample_state(sample, state);
  if (!status) status = eval(state, in, &result);
  *value = mlm_result_number(&result);
  /* unreachable: a kind that owns no memory, which no sample is kept in */
  if (type->clear) type->clear(state, sample->host);
  sample->host->free(state);
  return status;
}

/* Computes the value of a metric that needs no state, from the counts alone. False: this one needs a
 * state. */
static bool value_of_counts(const Resampler *sample, const Metric *metric, const Params *params,
                            double *value) {
  uint64_t rows[2];
  if (sample->type != &mlm_scores_state || metric->eval != mlm_eval_scores) return false;
  ScoresFormula *formula = metric->formula.scores;
  bool gini = formula == mlm_gini;
  if (!gini && formula != mlm_roc_auc)
    return mlm_ranking_of_counts(formula, sample->count, sample->groups / 2, value)
           || mlm_calibration_of_counts(formula, params, sample->score, sample->count, sample->groups / 2,
                                        value);
  U128 twice_u = mlm_u128(mlm_resample_twice_u(sample, rows));
  double auc = mlm_auc_of(twice_u, rows[0], rows[1]);
  *value = gini ? 2 * auc - 1 : auc;
  return true;
}

Status mlm_sample_value(const Resampler *sample, Evaluate *eval, const Eval *in, double *value) {
  if (value_of_counts(sample, in->metric, in->params, value)) return MLM_OK;
  return evaluate_sample(sample, eval, in, value);
}

/* The metric that a text names, as an Evaluate over a sealed state: the metric of `in` is not used. */
typedef struct TextEval {
  Eval in; /* the first member, so that a pointer to it is one to the whole */
  const StateType *type;
  const MetricText *text;
} TextEval;

static Status evaluate_text(const void *state, const Eval *in, Result *out) {
  const TextEval *of = (const TextEval *)(const void *)in;
  union {
    const void *given;
    void *set;
  } at = {state}; /* an OpenSet owns its state elsewhere */
  OpenSet set = {.type = of->type, .state = at.set};
  double value = NAN;
  Status status = mlm_metric_over_set(of->text, &set, in->sample, in->host, &value);
  mlm_result_real(out, value);
  return status;
}

static TextEval text_eval(const MetricText *text, const StateType *type, const Host *host) {
  return (TextEval){
      .in = {.metric = text->metric, .params = &text->params, .host = host}, .type = type, .text = text};
}

Status mlm_sample_metric(const Resampler *sample, const MetricText *text, double *value) {
  if (value_of_counts(sample, text->metric, &text->params, value)) return MLM_OK;
  TextEval eval = text_eval(text, sample->type, sample->host);
  eval.in.sample = true;
  return evaluate_sample(sample, evaluate_text, &eval.in, value);
}

/* ---- all of them ---- */

Status mlm_sort_replicates(double *value, int64_t n, int64_t *defined, const Host *host) {
  uint64_t *key = host->realloc(NULL, (uint64_t)(n + 1) * sizeof *key);
  size_t m = 0;
  if (!key) return MLM_NOMEM;
  for (int64_t i = 0; i < n; i++)
    if (value[i] == value[i]) key[m++] = mlm_encode_score(value[i]);
  Status status = mlm_sort_keys(key, m, host);
  for (int64_t i = 0; i < n; i++) value[i] = (size_t)i < m ? mlm_decode_score(key[i]) : NAN;
  host->free(key);
  *defined = (int64_t)m;
  return status;
}

double mlm_quantile(const double *ascending, int64_t n, double q) {
  double place = (double)(n - 1) * q;
  int64_t i = (int64_t)place;
  double share = place - (double)i, a = ascending[i], b = ascending[i + 1 < n ? i + 1 : i];
  if (share == 0 || a == b) return a;
  if (a == -INFINITY || b == INFINITY) return a + b; /* the infinite one; NaN between two */
  return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share);
}

/* Of ascending numbers. */
static double standard_deviation(const double *x, int64_t n) {
  ExactSum sum = {0}, squares = {0};
  const double first = fabs(x[0]), last = fabs(x[n - 1]);
  const double scale = scale_of_squares(first < last ? last : first);
  for (int64_t i = 0; i < n; i++) mlm_sum_add(&sum, x[i] * scale, 1);
  double mean = mlm_sum_mean(&sum, n);
  for (int64_t i = 0; i < n; i++) {
    double off = x[i] * scale - mean;
    mlm_sum_add(&squares, off * off, 1);
  }
  return n < 2 ? NAN : sqrt(mlm_sum_round(&squares) / (double)(n - 1)) / scale;
}

/* 2·value - x; by halves, which are exact, where 2·value could overflow. */
static double mirrored(double value, double x) {
  return fabs(value) < 0x1p1000 ? 2 * value - x : 2 * (value - x / 2);
}

BootstrapInterval mlm_bootstrap_of(double value, double rows, const BootstrapPlan *plan) {
  const char *method = plan->method == BOOTSTRAP_BASIC ? "basic" : "percentile";
  BootstrapInterval interval = {.bounds = mlm_bounds_of(value, rows),
                                .made = {.level = plan->level, .method = method}};
  if (value != value)
    interval.bounds.note = "undefined for these rows";
  else if (rows < 2)
    interval.bounds.note = "only one row";
  return interval;
}

Status mlm_interval_of_replicates(double *replicate, const BootstrapPlan *plan, const Host *host,
                                  BootstrapInterval *out) {
  int64_t n;
  Status status = mlm_sort_replicates(replicate, plan->replicates, &n, host);
  if (status) return status;
  out->made.replicates = plan->replicates;
  out->made.undefined = plan->replicates - n;
  if (2 * n < plan->replicates) {
    out->bounds.note = "undefined in more than half of the replicates";
    return MLM_OK;
  }
  double tail = (1 - plan->level) / 2, value = out->bounds.value;
  double low = mlm_quantile(replicate, n, tail), high = mlm_quantile(replicate, n, 1 - tail);
  bool basic = plan->method == BOOTSTRAP_BASIC;
  out->bounds.low = basic ? mirrored(value, high) : low;
  out->bounds.high = basic ? mirrored(value, low) : high;
  out->bounds.se = standard_deviation(replicate, n);
  return MLM_OK;
}

static Status draw_replicates(Resampler *sample, Evaluate *eval, const Eval *in, const BootstrapPlan *plan,
                              double *replicate) {
  Status status = MLM_OK;
  for (int64_t i = 0; i < plan->replicates && !status; i++) {
    replicate[i] = NAN;
    status = mlm_resample(sample, plan->seed, (uint64_t)i + 1);
    if (!status) status = mlm_sample_value(sample, eval, in, &replicate[i]);
  }
  return status;
}

static Status resample_interval(Resampler *sample, Evaluate *eval, const Eval *in, const BootstrapPlan *plan,
                                BootstrapInterval *out) {
  double *replicate = in->host->realloc(NULL, (uint64_t)plan->replicates * sizeof *replicate);
  Status status = replicate ? draw_replicates(sample, eval, in, plan, replicate) : MLM_NOMEM;
  if (!status) status = mlm_interval_of_replicates(replicate, plan, in->host, out);
  in->host->free(replicate);
  return status;
}

Status mlm_bootstrap_interval(const StateType *type, const void *state, Evaluate *eval, Evaluate *of_sample,
                              Eval *in, const BootstrapPlan *plan, BootstrapInterval *out) {
  Result result = {.kind = RESULT_NULL};
  Resampler sample;
  Status status = eval(state, in, &result);
  if (status) return status;
  status = mlm_resampler_begin(&sample, type, state, plan->stratified, in->host);
  *out = mlm_bootstrap_of(mlm_result_number(&result), (double)sample.rows, plan);
  in->sample = true;
  if (!status && !out->bounds.note)
    status = resample_interval(&sample, of_sample ? of_sample : eval, in, plan, out);
  in->sample = false;
  mlm_resampler_clear(&sample);
  return status;
}

Status mlm_bootstrap_text_interval(const OpenSet *set, const MetricText *text, const BootstrapPlan *plan,
                                   const Host *host, BootstrapInterval *out) {
  TextEval eval = text_eval(text, set->type, host);
  return mlm_bootstrap_interval(set->type, set->state, evaluate_text, NULL, &eval.in, plan, out);
}
