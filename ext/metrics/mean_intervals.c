/* Intervals of means and proportions: of numbers, of numbers that belong together in clusters, of counts. */
#include "math/distributions.h"
#include "math/double_double.h"
#include "metrics/arg_specs.h"
#include "base/json_members.h"
#include "metrics/intervals.h"
#include "metrics/proportion_interval.h"
#include "state/mean_moments.h"
#include "state/rows.h"

enum { POLL_ENTRIES = 1 << 14 };

static Status poll(uint64_t i, const Host *host) {
  return i % POLL_ENTRIES == POLL_ENTRIES - 1 && mlm_interrupted(host) ? MLM_INTERRUPTED : MLM_OK;
}

/* Writes value ± t·se; few: why there is no bound if df < 1. */
static void write_by_t(StrBuf *out, Bounds *bounds, double df, const char *few, const Eval *in) {
  const IntervalMethod made = {.level = in->params->number[PARAM_LEVEL], .method = "t"};
  if (!(fabs(bounds->value) < INFINITY))
    bounds->note = "the value of a row is infinite";
  else if (df < 1)
    bounds->note = few;
  if (bounds->note) {
    bounds->se = NAN;
  } else {
    double reach = -mlm_t_quantile((1 - made.level) / 2, df) * bounds->se;
    bounds->low = bounds->value - reach;
    bounds->high = bounds->value + reach;
  }
  mlm_interval_members(out, bounds, &made);
}

static double number(const Row *row) { return row->x[0]; }

static Status mean_ci(const void *state, const Eval *in, Result *out) {
  const Mean *mean = mlm_mean_moments_mean(state);
  bool fractional;
  double rows = mlm_mean_weight(mean, &fractional), skewness;
  Bounds bounds = mlm_bounds_of(mlm_mean_value(mean), rows);
  if (rows > 1 && fabs(bounds.value) < INFINITY) mlm_mean_moments_spread(state, &bounds.se, &skewness);
  StrBuf *text = mlm_result_bytes(out, RESULT_JSON);
  mlm_str_put(text, "{");
  write_by_t(text, &bounds, rows - 1, "only one row", in);
  mlm_str_put(text, "}");
  return MLM_OK;
}

/* ---- clusters ---- */

/* The mean of the clusters' rows, what its rounding left, since deviations may be that small beside the mean,
 * and the factor of all numbers before they are squared. */
typedef struct Center {
  double mean, rest, scale;
} Center;

/* Of the first column, from its exact sum. */
static Status center_of(const Rows *rows, const Host *host, Center *center) {
  ExactSum sum = {0};
  double largest = 0;
  Status status = MLM_OK;
  for (uint64_t e = 0; e < mlm_rows_entries(rows) && !status; e++) {
    RowsEntry entry = mlm_rows_entry(rows, e);
    mlm_sum_add_times(&sum, entry.x[0], (uint64_t)entry.count, 1);
    if (fabs(entry.x[0]) > largest) largest = fabs(entry.x[0]);
    status = poll(e, host);
  }
  int64_t n = mlm_rows_count(rows);
  *center = (Center){.mean = mlm_sum_mean(&sum, n), .scale = scale_of_squares(largest)};
  if (!(fabs(center->mean) < INFINITY)) return status;
  mlm_sum_add_times(&sum, center->mean, (uint64_t)n, -1);
  center->rest = mlm_sum_mean(&sum, n);
  return status;
}

/* The second number of a cluster's key, of the entry at a place of the order. */
static double second(const Rows *rows, const RowsOrder *order, uint64_t i) {
  return mlm_rows_at(rows, mlm_order_at(order, i))[2];
}

/* Adds the square of a cluster's sum of deviations: over the entries of the run whose key has this second
 * number. */
static void add_cluster(const Rows *rows, const RowsOrder *order, const RowsRun *run, double key,
                        const Center *center, ExactSum *squares) {
  ExactSum sum = {0};
  for (uint64_t i = run->from; i < run->to; i++) {
    RowsEntry entry = mlm_rows_entry(rows, mlm_order_at(order, i));
    if (entry.x[2] != key) continue;
    mlm_sum_add_times(&sum, entry.x[0] * center->scale, (uint64_t)entry.count, 1);
    mlm_sum_add_times(&sum, center->mean * center->scale, (uint64_t)entry.count, -1);
    mlm_sum_add_times(&sum, center->rest * center->scale, (uint64_t)entry.count, -1);
  }
  double deviation = mlm_sum_round(&sum);
  mlm_sum_add(squares, deviation * deviation, 1);
}

/* The clusters whose keys have the same first number, in order of the second: nearly always one, and at most
 * some hundred of integers beyond 2^53. Returns how many. */
static int64_t add_clusters(const Rows *rows, const RowsOrder *order, const RowsRun *run,
                            const Center *center, ExactSum *squares) {
  int64_t clusters = 0;
  double before = -INFINITY;
  for (;; clusters++) {
    double key = INFINITY;
    for (uint64_t i = run->from; i < run->to; i++) {
      double other = second(rows, order, i);
      if (other > before && other < key) key = other;
    }
    if (key == INFINITY) return clusters;
    add_cluster(rows, order, run, key, center, squares);
    before = key;
  }
}

static Status squares_by_cluster(const Rows *rows, const Center *center, const Host *host, ExactSum *squares,
                                 int64_t *clusters) {
  RowsOrder order;
  RowsRun run = {0};
  Status status = mlm_rows_order(rows, 1, &order, host);
  if (status) return status;
  for (uint64_t i = 0; !status && mlm_run_next(&run, rows, &order); i++) {
    *clusters += add_clusters(rows, &order, &run, center, squares);
    status = poll(i, host);
  }
  mlm_rows_order_clear(&order, host);
  return status;
}

/* The variance is G/(G - 1) · Σ(a cluster's sum of deviations)² / n², as of a regression on a constant with
 * cluster-robust errors. */
static Status mean_ci_clustered(const Rows *rows, const Eval *in, Result *out) {
  double n = (double)mlm_rows_count(rows);
  Center center;
  int64_t clusters = 0;
  ExactSum squares = {0};
  Status status = center_of(rows, in->host, &center);
  if (!status) status = squares_by_cluster(rows, &center, in->host, &squares, &clusters);
  if (status) return status;
  double g = (double)clusters;
  Bounds bounds = mlm_bounds_of(center.mean, n);
  bounds.se = sqrt(mlm_sum_round(&squares) * (g / (g - 1))) / n / center.scale;
  StrBuf *text = mlm_result_bytes(out, RESULT_JSON);
  mlm_str_put(text, "{");
  write_by_t(text, &bounds, g - 1, "only one cluster", in);
  mlm_json_integer(text, "clusters", clusters);
  mlm_str_put(text, "}");
  return MLM_OK;
}

/* ---- proportions ---- */

static Status proportion_ci(const Row *row, const Eval *in, Result *out) {
  void (*const interval[])(double, double, double, double *, double *) = {mlm_wilson, mlm_clopper_pearson,
                                                                          mlm_jeffreys};
  const ArgSpec *method = &mlm_arg_specs[ARG_PROPORTION_METHOD];
  double k = row->x[0], n = row->x[1];
  int i = (int)in->params->number[method->slot];
  if (k > n) return MLM_OUT_OF_RANGE;
  const IntervalMethod made = {.level = in->params->number[PARAM_LEVEL], .method = method->choices[i]};
  Bounds bounds = mlm_bounds_of(k / n, n);
  bounds.se = sqrt(k / n * (1 - k / n) / n);
  if (n > 0)
    interval[i](k, n, (1 - made.level) / 2, &bounds.low, &bounds.high);
  else
    bounds.note = "no trials";
  StrBuf *text = mlm_result_bytes(out, RESULT_JSON);
  mlm_str_put(text, "{");
  mlm_interval_members(text, &bounds, &made);
  mlm_str_put(text, "}");
  return MLM_OK;
}

static const Metric metrics[] = {
    {.name = "mean_ci",
     .args = {ARG_X, ARG_LEVEL, ARG_FREQUENCY},
     .required = 1,
     .state = &mlm_mean_moments_state,
     .eval = mean_ci,
     .state_name = "mean_ci",
     .term = number,
     .result = RESULT_JSON,
     .summary =
         "JSON of a mean and its confidence interval by Student's t: value, low, high, se, level, method "
         "and rows; the bounds are null where there is one row. The weight is the number of rows that the "
         "row stands for, not a number of samples. It serves for the mean of a metric over queries or users; "
         "over the folds of a cross-validation it is too narrow, since they share training rows.",
     .example = "SELECT mean_ci(column1) FROM (VALUES (0.5), (1.0), (0.25), (1.0))"},
    {.name = "mean_ci_clustered",
     .args = {ARG_X, ARG_CLUSTER, ARG_LEVEL},
     .required = 2,
     MLM_OF_ROWS(mean_ci_clustered),
     .state_name = "clustered_numbers",
     .result = RESULT_JSON,
     .summary = "JSON like that of mean_ci, with the number of clusters: the interval of a mean of rows that "
                "come in "
                "clusters, such as those of one user, with a cluster-robust standard error. A cluster is any "
                "value, compared like a class.",
     .example = "SELECT mean_ci_clustered(column1, column2) FROM (VALUES (1, 'ann'), (0, 'ann'), (1, 'bob'), "
                "(1, 'cy'))"},
    {0},
};

static const Scalar scalars[] = {
    {.name = "proportion_ci",
     .args = {ARG_SUCCESSES, ARG_TRIALS, ARG_LEVEL, ARG_PROPORTION_METHOD},
     .required = 2,
     .eval = proportion_ci,
     .result = RESULT_JSON,
     .summary =
         "JSON of a proportion and its confidence interval: value, low, high, se, level, method and rows. "
         "The method is 'wilson', 'clopper_pearson' or 'jeffreys', whose bounds, as in statsmodels, are "
         "never 0 or 1, so that the value 0 or 1 lies outside; without trials the numbers are null.",
     .example = "SELECT proportion_ci(18, 20)"},
    {0},
};

const Family mlm_mean_intervals = {.name = "mean_intervals", .metrics = metrics, .scalars = scalars};
