/* The bootstrap: replicates of any metric of a saved set. */
#include "math/random.h"
#include "metrics/bootstrap_interval.h"
#include "base/json_members.h"
#include "metrics/objective.h"
#include "metrics/paired_scores.h"
#include "state/class_key.h"

enum { REPLICATES = 0, SEED = 1, SCHEME = 2 }; /* slots of parameters */

static BootstrapPlan plan_of(const Eval *in) {
  const double *param = in->params->number;
  return (BootstrapPlan){.level = param[PARAM_LEVEL],
                         .replicates = (int64_t)param[REPLICATES],
                         .seed = (uint64_t)param[SEED],
                         .stratified = param[SCHEME] == 1};
}

typedef struct BootstrapCursor {
  Resampler sample;
  int64_t replicate; /* from 1 */
  double value;
} BootstrapCursor;

/* Evaluates the set itself, so that a metric that does not read it fails before the first sample. */
static Status bootstrap_begin(BootstrapCursor *at, const BootstrapPlan *plan, const OpenSet *set,
                              const Eval *in) {
  Status status = mlm_metric_over_set(in->params->parsed, set, false, in->host, &at->value);
  return status ? status
                : mlm_resampler_begin(&at->sample, set->type, set->state, plan->stratified, in->host);
}

static Status bootstrap_next(void *cursor, const Row *row, const Eval *in, bool *more) {
  BootstrapCursor *at = cursor;
  BootstrapPlan plan = plan_of(in);
  Status status = at->replicate == 0 ? bootstrap_begin(at, &plan, &row->sets[0], in) : MLM_OK;
  /* unreachable: a set without rows, which is not saved */
  *more = !status && at->replicate < plan.replicates && at->sample.rows > 0;
  if (!*more) return status;
  status = mlm_resample(&at->sample, plan.seed, (uint64_t)++at->replicate);
  return status ? status : mlm_sample_metric(&at->sample, in->params->parsed, &at->value);
}

static void bootstrap_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const BootstrapCursor *at = cursor;
  if (column == 0)
    mlm_cell_integer(cell, at->replicate);
  else
    mlm_cell_real(cell, at->value);
}

static void bootstrap_clear(void *cursor, const Host *host) {
  mlm_resampler_clear(&((BootstrapCursor *)cursor)->sample);
}

/* ---- intervals ---- */

static void write_interval(const BootstrapInterval *interval, StrBuf *out) {
  mlm_str_put(out, "{");
  mlm_interval_members(out, &interval->bounds, &interval->made);
  mlm_str_put(out, "}");
}

/* Whether the metric's own interval mirrors the quantiles, as these do not. */
static bool is_mirrored(const Metric *metric) {
  return metric->interval && strcmp(metric->interval->methods[0], "basic") == 0;
}

static Status bootstrap_ci(const Row *row, const Eval *in, Result *out) {
  BootstrapPlan plan = plan_of(in);
  BootstrapInterval interval;
  const MetricText *text = in->params->parsed;
  Status status = mlm_bootstrap_text_interval(&row->sets[0], text, &plan, in->host, &interval);
  if (status) return status;
  /* equal replicates have a note of their own */
  if (!interval.bounds.note && interval.bounds.se > 0 && is_mirrored(text->metric))
    interval.bounds.note = "samples of rows overestimate this metric, which its _ci form corrects";
  write_interval(&interval, mlm_result_bytes(out, RESULT_JSON));
  return MLM_OK;
}

static void write_comparison(const PairedInterval *paired, StrBuf *out) {
  mlm_str_put(out, "{");
  mlm_json_number(out, "value_a", paired->value[0]);
  mlm_json_number(out, "value_b", paired->value[1]);
  mlm_json_number(out, "p_value", paired->p_value);
  mlm_interval_members(out, &paired->difference.bounds, &paired->difference.made);
  mlm_str_put(out, "}");
}

static Status compare_ci(const Rows *rows, const Eval *in, Result *out) {
  BootstrapPlan plan = {.level = in->params->number[PARAM_LEVEL], .replicates = MLM_REPLICATES};
  PairedInterval paired;
  Status status = mlm_paired_interval(rows, in->params->parsed, &plan, in->host, &paired);
  if (!status) write_comparison(&paired, mlm_result_bytes(out, RESULT_JSON));
  return status;
}

/* ---- optimism ---- */

/* The 2x2 table of the set itself at a cutoff, from the resampler's ends of groups. */
static Confusion2 at_cutoff(const Resampler *r, double cutoff) {
  double cell[CONFUSION2_CELLS] = {0}; /* decision · 2 + label */
  for (uint64_t g = 0; g < r->groups; g++)
    cell[(r->score[g / 2] >= cutoff ? 2 : 0) + (g & 1)] += r->end[g] - (g > 0 ? r->end[g - 1] : 0);
  return (Confusion2){.tn = cell[0], .fn = cell[1], .fp = cell[2], .tp = cell[3], .counts = true};
}

/* What a sample's best cutoff is worth on the sample, less what it is worth on the set. */
static Status optimism_of_sample(const Resampler *r, const Objective *objective, double *optimism) {
  const StateType *type = &mlm_scores_state;
  BestCutoff best;
  void *state = mlm_new_zeroed(r->host, type->bytes);
  if (!state) return MLM_NOMEM;
  Status status = mlm_resample_state(r, state);
  *optimism = NAN;
  if (!status && mlm_scores_best(state, objective, NULL, &best)) {
    Confusion2 there = at_cutoff(r, best.cutoff);
    *optimism = best.value - objective->of(&there, objective->param);
  }
  if (!status && mlm_scores_walk_ended_early(state)) status = MLM_INTERRUPTED;
  type->clear(state, r->host);
  r->host->free(state);
  return status;
}

static Status mean_optimism(Resampler *r, const BootstrapPlan *plan, const Objective *objective,
                            Result *out) {
  ExactSum sum = {0};
  int64_t n = 0;
  for (int64_t i = 1; i <= plan->replicates; i++) {
    double optimism;
    Status status = mlm_resample(r, plan->seed, (uint64_t)i);
    if (!status) status = optimism_of_sample(r, objective, &optimism);
    if (status) return status;
    if (optimism != optimism) continue;
    mlm_sum_add(&sum, optimism, 1);
    n++;
  }
  mlm_result_real(out, n > 0 && 2 * n >= plan->replicates ? mlm_sum_mean(&sum, n) : NAN);
  return MLM_OK;
}

static Status best_cutoff_optimism(const Row *row, const Eval *in, Result *out) {
  Resampler r;
  BootstrapPlan plan = {.replicates = (int64_t)in->params->number[REPLICATES]};
  Status status = mlm_resampler_begin(&r, &mlm_scores_state, row->sets[0].state, false, in->host);
  /* unreachable: a set without rows, which is not saved */
  if (!status && r.rows > 0) status = mean_optimism(&r, &plan, mlm_objective_of(in->params), out);
  mlm_resampler_clear(&r);
  return status;
}

/* ---- weights ---- */

static Status poisson_weight(const Row *row, const Eval *in, Result *out) {
  uint64_t stream = mlm_random_stream((uint64_t)in->params->number[SEED], (uint64_t)row->x[0]);
  mlm_result_integer(out, mlm_random_poisson1(mlm_random_hash(stream, mlm_class_hash(&row->pred_class))));
  return MLM_OK;
}

#define FOUR "((SELECT score_set(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1)))"

static const Metric metrics[] = {
    {.name = "compare_ci",
     .args = {ARG_SCORE_A, ARG_SCORE_B, ARG_LABEL, ARG_METRIC, ARG_LEVEL},
     .required = 4,
     MLM_OF_ROWS(compare_ci),
     .state_name = "paired_scores",
     .result = RESULT_JSON,
     .summary =
         "JSON of a metric of two models over the same rows: value_a, value_b, p_value (two-sided), then "
         "value, their difference a - b, with low, high, se and the rest as bootstrap_ci. 1000 samples of "
         "the rows are drawn, each for both models. For predicted numbers: mean_ci(squared_error(a, target) "
         "- squared_error(b, target)); for classes: mcnemar_test.",
     .example =
         "SELECT compare_ci(column1, column2, column3, 'roc_auc') FROM (VALUES (0.9, 0.4, 1), (0.7, 0.8, "
         "1), (0.3, 0.5, 0), (0.2, 0.6, 0))"},
    {0},
};

static const Scalar scalars[] = {
    {.name = "bootstrap_ci",
     .args = {ARG_ANY_SET, ARG_METRIC, ARG_LEVEL, ARG_REPLICATES, ARG_SEED, ARG_SCHEME},
     .required = 2,
     .eval = bootstrap_ci,
     .result = RESULT_JSON,
     .summary =
         "JSON of the percentile interval of a metric of a score set or a class set, over the values that "
         "bootstrap() gives: value, low, high, se, level, method, rows, replicates and undefined, how many "
         "of these have no value. The bounds are null where more than half have none, and for one row. A "
         "note "
         "names the metric's _ci form where samples overestimate the metric, such as ks.",
     .example = "SELECT bootstrap_ci" FOUR ", 'roc_auc')"},
    {.name = "best_cutoff_optimism",
     .args = {ARG_SCORE_SET, ARG_OBJECTIVE, ARG_REPLICATES},
     .required = 1,
     .eval = best_cutoff_optimism,
     .summary = "How much best_cutoff_value overestimates, by Harrell's bootstrap: the mean, over samples, "
                "of the best "
                "value of the sample less that of the same cutoff on the set. best_cutoff_value less this is "
                "what to expect on new rows.",
     .example = "SELECT best_cutoff_optimism" FOUR ", 'youden')"},
    {.name = "poisson_weight",
     .args = {ARG_HASHED_KEY, ARG_REPLICATE, ARG_SEED},
     .required = 2,
     .eval = poisson_weight,
     .result = RESULT_INTEGER,
     .summary =
         "0, 1, 2, ...: a number with the Poisson distribution of mean 1, a hash of key, replicate and seed. "
         "As the weight of a query grouped by replicate it bootstraps the query; with a user's id as the key "
         "it resamples users. Keys are compared like classes: 7, 7.0 and '7' are one.",
     .example = "SELECT poisson_weight('ann', 1), poisson_weight('bob', 1)"},
    {0},
};

static const TableFunction tables[] = {
    {.name = "bootstrap",
     .columns = "replicate, value",
     .args = {ARG_ANY_SET, ARG_METRIC, ARG_REPLICATES, ARG_SEED, ARG_SCHEME},
     .required = 2,
     .cursor_bytes = sizeof(BootstrapCursor),
     .next = bootstrap_next,
     .column = bootstrap_column,
     .clear = bootstrap_clear,
     .summary =
         "A metric of a score set or a class set over bootstrap samples of its rows, one sample a row; "
         "the same seed and replicate draw the same rows of the set for every metric. The scheme "
         "'stratified' keeps the number of rows of each label. A value is NULL where the metric is "
         "undefined.",
     .example = "SELECT * FROM bootstrap" FOUR ", 'roc_auc', 3)"},
    {0},
};

const Family mlm_bootstrap = {.name = "bootstrap", .metrics = metrics, .scalars = scalars, .tables = tables};
