/* The intervals of _ci forms that resample rows, and the calibration error that is due to chance alone. */
#include "metrics/bootstrap_forms.h"

#include "base/json_members.h"
#include "math/random.h"
#include "metrics/bootstrap_interval.h"
#include "metrics/classes.h"
#include "metrics/objective.h"
#include "metrics/threshold.h"

enum { POLL_UNITS = 1 << 12, LABEL_SEED = 1 /* of labels drawn anew; rows are drawn by seed 0 */ };

static int replicates_of(const Eval *in) { return in->replicates ? in->replicates : MLM_REPLICATES; }

/* The bootstrap interval of the call. If a weight is fractional there is none, and only the value is
 * given. */
static Status resample(const StateType *type, const void *state, Evaluate *eval, const Eval *in,
                       BootstrapInterval *out) {
  Eval once = *in;
  bool basic = mlm_interval_method_is(in, "basic");
  BootstrapPlan plan = {.level = mlm_interval_level(in),
                        .method = basic ? BOOTSTRAP_BASIC : BOOTSTRAP_PERCENTILE,
                        .replicates = replicates_of(in)};
  once.hint = NULL; /* of the frame, not of its samples */
  Evaluate *of_sample = type == &mlm_value_counts_state ? in->metric->eval : NULL;
  Status status = mlm_bootstrap_interval(type, state, eval, of_sample, &once, &plan, out);
  out->made.of = in;
  if (status != MLM_FRACTIONAL) return status;
  Result value = {.kind = RESULT_NULL};
  status = eval(state, &once, &value);
  *out = mlm_bootstrap_of(NAN, NAN, &plan);
  out->bounds = mlm_bounds_fractional(mlm_result_number(&value), NAN);
  out->made.of = in;
  return status;
}

static const StateType *type_of(const Metric *metric) {
  return metric->interval->state ? metric->interval->state : metric->state;
}

static StrBuf *begin(const BootstrapInterval *interval, Result *result) {
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  mlm_str_put(out, "{");
  mlm_interval_members(out, &interval->bounds, &interval->made);
  return out;
}

static Status write(const BootstrapInterval *interval, Result *result) {
  mlm_str_put(begin(interval, result), "}");
  return MLM_OK;
}

/* The metric itself says in `out` which class it refuses. */
static Status percentile(const void *state, const Eval *in, Result *out) {
  BootstrapInterval interval;
  Status status = resample(type_of(in->metric), state, in->metric->eval, in, &interval);
  if (mlm_status_is_score(status) || status == MLM_NEVER_EQUAL || status == MLM_UNLISTED)
    return in->metric->eval(state, in, out);
  if (status) return status;
  if (!interval.bounds.note && in->metric->state == &mlm_confusion2_state) {
    Confusion2 table = mlm_confusion2_table(state);
    interval.bounds.note = mlm_note_of_decisions(&table);
  }
  if (!interval.bounds.note && in->metric->interval == &mlm_matrix_percentile_interval)
    interval.bounds.note = mlm_note_of_classes(state);
  return write(&interval, out);
}

/* ---- metrics whose own state holds no rows ---- */

/* Makes a row of the plain numbers of an entry. */
static void read_numbers(const RowsEntry *entry, uint32_t columns, Row *row) {
  memcpy(row->x, entry->x, columns * sizeof row->x[0]);
}

/* Makes a row of the decisions and then the targets of labels: each decision is 0 or 1. */
static void read_labels(const RowsEntry *entry, uint32_t columns, Row *row) {
  row->preds =
      (Vector){(double *)entry->x, columns / 2}; /* a metric of decisions has no term that would sort it */
  row->targets = (Vector){(double *)entry->x + columns / 2, columns / 2};
  row->x[0] = 1;
}

static Status add_rows(const Rows *rows, const Metric *metric, void *state, const Host *host) {
  bool labels = type_of(metric) == &mlm_decision_rows_state;
  uint32_t columns = mlm_rows_columns(rows);
  Row row = {.param = 1, .columns = columns};
  Status status = (labels ? columns % 2 == 0 : columns <= MLM_ROW_NUMBERS) ? MLM_OK : MLM_MISMATCH;
  for (uint64_t e = 0; e < mlm_rows_entries(rows) && !status; e++) {
    RowsEntry entry = mlm_rows_entry(rows, e);
    (labels ? read_labels : read_numbers)(&entry, columns, &row);
    row.weight = entry.weight * (double)entry.count;
    if (metric->term) row.value = metric->term(&row);
    if (metric->base) row.base = metric->base(&row);
    status = metric->state->add(state, &row, 1, host);
    if (mlm_interrupted_at(e, host)) status = MLM_INTERRUPTED;
  }
  return status;
}

/* Evaluates the metric over the rows, added to its own kind of state. */
static Status eval_rows(const void *rows, const Eval *in, Result *out) {
  const StateType *type = in->metric->state;
  void *state = mlm_new_zeroed(in->host, type->bytes);
  if (!state) return MLM_NOMEM;
  Status status = add_rows(rows, in->metric, state, in->host);
  /* unreachable: a kind that is sealed, which no metric that is added row by row has so far */
  if (!status && type->seal) status = type->seal(state, in->host);
  if (!status) status = in->metric->eval(state, in, out);
  if (type->clear) type->clear(state, in->host);
  in->host->free(state);
  return status;
}

static Status percentile_of_rows(const void *state, const Eval *in, Result *out) {
  BootstrapInterval interval;
  Status status = resample(&mlm_rows_state, state, eval_rows, in, &interval);
  return status ? status : write(&interval, out);
}

/* ---- agreement of raters ---- */

/* The metric of units, which are counted by their texts. */
static Status eval_units(const void *state, const Eval *in, Result *out) {
  Ratings ratings = {0};
  Status status = MLM_OK;
  ClassTotals unit;
  for (uint64_t cursor = 0; !status && mlm_confusion_matrix_next_class(state, &cursor, &unit);) {
    Row row = {.pred_class = unit.name, .weight = (double)unit.labelled->count};
    status = mlm_ratings_state.add(&ratings, &row, 1, in->host);
    if (cursor % POLL_UNITS == POLL_UNITS - 1 && mlm_interrupted(in->host)) status = MLM_INTERRUPTED;
  }
  if (!status) status = mlm_ratings_state.seal(&ratings, in->host);
  if (!status) status = in->metric->eval(&ratings, in, out);
  mlm_ratings_state.clear(&ratings, in->host);
  return status;
}

static Status percentile_of_units(const void *state, const Eval *in, Result *out) {
  BootstrapInterval interval;
  Status status = resample(&mlm_value_counts_state, state, eval_units, in, &interval);
  if (status == MLM_REFUSED) return eval_units(state, in, out); /* which says why */
  return status ? status : write(&interval, out);
}

/* ---- metrics that samples overestimate ---- */

/* Cuts the bounds to the range. Near its end, samples may all be above twice the value, which would leave the
 * value itself out. */
static void cut(Bounds *bounds, double least, double most) {
  if (bounds->low < least) bounds->low = least;
  if (bounds->high > most) bounds->high = most;
  if (bounds->low > bounds->value) bounds->low = bounds->value;
  if (bounds->high < bounds->value) bounds->high = bounds->value;
  if (!bounds->note) bounds->note = "approximate: samples of rows overestimate this metric";
}

static Status mirrored(const void *state, const Eval *in, double most, Result *out) {
  BootstrapInterval interval;
  Status status = resample(type_of(in->metric), state, in->metric->eval, in, &interval);
  if (status) return status;
  cut(&interval.bounds, 0, most);
  return write(&interval, out);
}

static Status up_to_one(const void *state, const Eval *in, Result *out) {
  return mirrored(state, in, 1, out);
}

static Status any_distance(const void *state, const Eval *in, Result *out) {
  return mirrored(state, in, INFINITY, out);
}

/* The range of the value at a best cutoff, where it is another than 0 to 1 for any rows. The least score is
 * among the cutoffs, that is to predict everybody: Youden's index is 0 then, and balanced accuracy 1/2. So
 * is, unless a score is Infinity, to predict nobody: one of the two is right about half of the rows. What
 * they give of F1, recall, precision and costs depends on the rows. MCC is undefined for both, and may be
 * negative elsewhere. */
typedef struct BestRange {
  const char *objective;
  double least, most;
  bool by_nobody; /* only where nobody may be predicted */
} BestRange;
static const BestRange best_ranges[] = {{"balanced_accuracy", 0.5, 1, false}, {"accuracy", 0.5, 1, true},
                                        {"error_rate", 0, 0.5, true},         {"mcc", -1, 1, false},
                                        {"cost", 0, INFINITY, false},         {"dot", 0, INFINITY, false}};

static bool may_predict_nobody(const Scores *scores) {
  ScoreWalk walk;
  mlm_walk_down(&walk, scores);
  return mlm_walk_ahead(&walk) < INFINITY;
}

static BestRange best_range(const Objective *objective, const Scores *scores) {
  for (size_t i = 0; i < sizeof best_ranges / sizeof *best_ranges; i++) {
    const BestRange *range = &best_ranges[i];
    const Metric *metric = mlm_threshold_metric(range->objective, strlen(range->objective));
    if (metric->formula.confusion2 != objective->of) continue;
    if (!range->by_nobody || may_predict_nobody(scores)) return *range;
  }
  return (BestRange){.most = 1};
}

static Status best_value(const void *state, const Eval *in, Result *out) {
  BestRange range = best_range(mlm_objective_of(in->params), state);
  BootstrapInterval interval;
  Status status = resample(&mlm_scores_state, state, in->metric->eval, in, &interval);
  if (status) return status;
  cut(&interval.bounds, range.least, range.most);
  return write(&interval, out);
}

/* ---- calibration errors ---- */

/* Draws a label for each row of a score set, 1 with a probability equal to the row's score, and sets the
 * sizes of the groups accordingly; rows[i] rows have the i-th score. */
static Status draw_labels(Resampler *r, const uint32_t *rows, uint64_t replicate) {
  uint64_t stream = mlm_random_stream(LABEL_SEED, replicate), draw = 0;
  for (uint64_t i = 0; i < r->groups / 2; i++) {
    uint32_t hits = 0;
    for (uint32_t k = 0; k < rows[i]; k++) {
      if (mlm_interrupted_at(draw, r->host)) return MLM_INTERRUPTED;
      hits += (double)(mlm_random_hash(stream, draw++) >> 11) * 0x1p-53 < r->score[i];
    }
    r->count[2 * i] = rows[i] - hits;
    r->count[2 * i + 1] = hits;
  }
  return MLM_OK;
}

/* The error if all labels are drawn from the probabilities: its mean, and its quantile at the level. */
typedef struct Chance {
  double expected, most;
} Chance;

static Status replicate_labels(Resampler *r, const uint32_t *rows, double *value, const Eval *in,
                               Chance *chance) {
  ExactSum sum = {0};
  int64_t n;
  Status status = MLM_OK;
  for (int i = 0; i < replicates_of(in) && !status; i++) {
    status = draw_labels(r, rows, (uint64_t)i + 1);
    if (!status) status = mlm_sample_value(r, in->metric->eval, in, &value[i]);
    if (!status) mlm_sum_add(&sum, value[i], 1);
  }
  if (!status) status = mlm_sort_replicates(value, replicates_of(in), &n, in->host);
  if (status) return status;
  chance->expected = mlm_sum_mean(&sum, replicates_of(in));
  chance->most = mlm_quantile(value, n, mlm_interval_level(in));
  return MLM_OK;
}

static Status chance_of(const Scores *scores, const Eval *in, Chance *chance) {
  Resampler r;
  Status status = mlm_resampler_begin(&r, &mlm_scores_state, scores, false, in->host);
  uint64_t n = status ? 0 : r.groups / 2;
  uint32_t *rows = in->host->realloc(NULL, (n + 1) * sizeof *rows);
  double *value = in->host->realloc(NULL, (uint64_t)replicates_of(in) * sizeof *value);
  for (uint64_t i = 0; i < n && rows; i++) rows[i] = r.count[2 * i] + r.count[2 * i + 1];
  if (!status) status = rows && value ? replicate_labels(&r, rows, value, in, chance) : MLM_NOMEM;
  in->host->free(rows);
  in->host->free(value);
  mlm_resampler_clear(&r);
  return status;
}

static Status calibration(const void *state, const Eval *in, Result *out) {
  BootstrapInterval interval;
  Chance chance = {NAN, NAN};
  Bounds *bounds = &interval.bounds;
  Status status = resample(&mlm_scores_state, state, in->metric->eval, in, &interval);
  bool drawn = !status && interval.made.replicates > 0;
  if (drawn) status = chance_of(state, in, &chance);
  if (status) return status;
  if (bounds->high < bounds->value) bounds->high = bounds->value;
  if (bounds->value <= chance.most) bounds->low = 0;
  cut(bounds, 0, 1);
  StrBuf *json = begin(&interval, out);
  mlm_json_number(json, "expected_if_calibrated", chance.expected);
  mlm_str_put(json, "}");
  return MLM_OK;
}

#define WEIGHT      " The weight is the number of rows that the row stands for, not a number of samples."
#define COST        "A value computes the metric of 1000 samples of the rows, O(1000 n)."
#define SAMPLES     "1000 samples of as many rows as there are, drawn with replacement"
#define PERCENTILE  .methods = {"percentile"}, .summary = "Quantiles of the metric over " SAMPLES "." WEIGHT
#define BASIC(text) .methods = {"basic", "percentile"}, .summary = text WEIGHT
#define MIRRORED                                                                                             \
  "The basic bootstrap, because samples overestimate the metric: twice the value less the quantiles of the " \
  "metric over " SAMPLES ", cut to the range of the metric and extended to the value if it lies outside; "   \
  "approximate. 'percentile' takes the quantiles themselves."

const Interval mlm_percentile_interval = {.eval = percentile, PERCENTILE, .cost = COST};
const Interval mlm_matrix_percentile_interval = {
    .state = &mlm_confusion_matrix_state, .eval = percentile, PERCENTILE, .cost = COST};
const Interval mlm_rows_percentile_interval = {
    .state = &mlm_rows_state, .state_name = "_ci", .eval = percentile_of_rows, PERCENTILE, .cost = COST};
const Interval mlm_labels_percentile_interval = {.state = &mlm_decision_rows_state,
                                                 .state_name = "_ci",
                                                 .eval = percentile_of_rows,
                                                 PERCENTILE,
                                                 .cost = COST};
const Interval mlm_units_percentile_interval = {
    .state = &mlm_value_counts_state,
    .state_name = "_ci",
    .eval = percentile_of_units,
    .methods = {"percentile"},
    .summary = "Quantiles of the metric over 1000 samples of as many units as there are, drawn with "
               "replacement. The raters are taken as given.",
    .cost = COST};
const Interval mlm_ks_interval = {.eval = up_to_one, BASIC(MIRRORED), .cost = COST};
const Interval mlm_drift_interval = {.eval = any_distance, BASIC(MIRRORED), .cost = COST};
const Interval mlm_class_distance_interval = {
    .state = &mlm_confusion_matrix_state, .eval = up_to_one, BASIC(MIRRORED), .cost = COST};
const Interval mlm_class_drift_interval = {
    .state = &mlm_confusion_matrix_state, .eval = any_distance, BASIC(MIRRORED), .cost = COST};
const Interval mlm_best_value_interval = {.eval = best_value, BASIC(MIRRORED), .cost = COST};
const Interval mlm_calibration_interval = {
    .eval = calibration,
    BASIC(MIRRORED
          " expected_if_calibrated is the mean over 1000 sets of labels drawn from the probabilities; if "
          "the value is not above their quantile at the level, low is 0."),
    .cost = "A value computes the metric of 1000 samples of the rows and of 1000 sets of labels, O(1000 n)."};
