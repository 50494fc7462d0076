/* Intervals of metrics that are a share of rows: Wilson's and Clopper and Pearson's. */
#include "metrics/proportion_interval.h"

#include "metrics/classes.h"
#include "metrics/intervals.h"

/* The roots of (n + z²)p² - (2x + z²)p + x²/n. The lower one follows from the higher by Vieta's formula,
 * without cancellation. */
void mlm_wilson(double x, double n, double tail, double *low, double *high) {
  double z = mlm_normal_quantile(tail), square = z * z;
  double sum = x + square / 2 + fabs(z) * sqrt(x * ((n - x) / n) + square / 4);
  *low = x * (x / n) / sum;
  *high = x == n ? 1 : sum / (n + square);
}

void mlm_clopper_pearson(double x, double n, double tail, double *low, double *high) {
  *low = x == 0 ? 0 : mlm_beta_quantile(tail, x, n - x + 1);
  *high = x == n ? 1 : 1 - mlm_beta_quantile(tail, n - x, x + 1);
}

void mlm_jeffreys(double x, double n, double tail, double *low, double *high) {
  *low = mlm_beta_quantile(tail, x + 0.5, n - x + 0.5);
  *high = 1 - mlm_beta_quantile(tail, n - x + 0.5, x + 0.5);
}

/* Of x >= 0; from 2^52 on every double is an integer. */
static double nearest_integer(double x) { return x < 0x1p52 ? (double)(int64_t)(x + 0.5) : x; }

/* The interval of a share of `trials` rows, of which the metric is the nearest double: the number of
 * successes is the integer nearest to metric · trials. */
static Status write(double share, double trials, double rows, bool fractional, const char *none,
                    const char *note, const Eval *in, Result *out) {
  if (fractional) {
    Bounds unknown = mlm_bounds_fractional(share, rows);
    return mlm_interval_write(&unknown, in, out);
  }
  Bounds bounds = mlm_bounds_of(share, rows);
  if (trials == 0) {
    bounds.note = none;
  } else if (rows == 1) {
    bounds.note = "only one row";
  } else if (!(share >= 0 && share <= 1)) {
    bounds.note = "no share of rows"; /* of a state that was tampered with */
  } else {
    double x = nearest_integer(share * trials);
    bounds.se = sqrt(share * (1 - share) / trials);
    (mlm_interval_method_is(in, "wilson") ? mlm_wilson : mlm_clopper_pearson)(
        x, trials, mlm_interval_tail(in), &bounds.low, &bounds.high);
    bounds.note = note;
  }
  return mlm_interval_write(&bounds, in, out);
}

/* A 2x2 table whose metric divides by some of the cells. */
static Status of_cells(const void *state, CellFactors den, const char *none, const Eval *in, Result *out) {
  Confusion2 t = mlm_confusion2_table(state);
  double share = in->metric->formula.confusion2(&t, in->params->number);
  double trials = den.tp * t.tp + den.fp * t.fp + den.tn * t.tn + den.fn * t.fn;
  double rows = mlm_confusion2_weight(&t, t.tp + t.fp + t.tn + t.fn);
  return write(share, trials, rows, !mlm_confusion2_state.integral(state), none, mlm_note_of_decisions(&t),
               in, out);
}

static Status of_table(const void *state, const Eval *in, Result *out) {
  return of_cells(state, (CellFactors){.tp = 1, .fp = 1, .tn = 1, .fn = 1}, "no row", in, out);
}
static Status of_predicted(const void *state, const Eval *in, Result *out) {
  return of_cells(state, (CellFactors){.tp = 1, .fp = 1}, "no row is predicted positive", in, out);
}
static Status of_rejected(const void *state, const Eval *in, Result *out) {
  return of_cells(state, (CellFactors){.tn = 1, .fn = 1}, "no row is predicted negative", in, out);
}
static Status of_positives(const void *state, const Eval *in, Result *out) {
  return of_cells(state, (CellFactors){.tp = 1, .fn = 1}, "no row has label 1", in, out);
}
static Status of_negatives(const void *state, const Eval *in, Result *out) {
  return of_cells(state, (CellFactors){.tn = 1, .fp = 1}, "no row has label 0", in, out);
}

static Status of_matrix(const void *state, const Eval *in, Result *out) {
  double rows = mlm_confusion_matrix_total(state);
  bool fractional = !mlm_confusion_matrix_state.integral(state);
  Status status = in->metric->eval(state, in, out);
  if (status) return status;
  return write(mlm_result_number(out), rows, rows, fractional, "no row", mlm_note_of_classes(state), in, out);
}

/* Of decisions 0 and 1: the metric divides by the rows whose prediction, or whose label, is `class`. */
static Status of_decisions(const void *state, int64_t class, bool predicted, const char *none, const Eval *in,
                           Result *out) {
  double rows = mlm_confusion_matrix_total(state), trials = 0;
  ClassTotals totals;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(state, &cursor, &totals);)
    if (totals.name.integer == class)
      trials = mlm_weight_sum_value(predicted ? totals.predicted : totals.labelled);
  bool fractional = !mlm_confusion_matrix_state.integral(state);
  return write(in->metric->formula.matrix(state), trials, rows, fractional, none, NULL, in, out);
}

static Status of_predicted_1(const void *state, const Eval *in, Result *out) {
  return of_decisions(state, 1, true, "no row is predicted positive", in, out);
}
static Status of_labels_1(const void *state, const Eval *in, Result *out) {
  return of_decisions(state, 1, false, "no row has label 1", in, out);
}
static Status of_labels_0(const void *state, const Eval *in, Result *out) {
  return of_decisions(state, 0, false, "no row has label 0", in, out);
}

static Status of_mean(const void *state, const Eval *in, Result *out) {
  bool fractional;
  double rows = mlm_mean_weight(state, &fractional), share = mlm_mean_value(state);
  return write(in->metric->formula.mean(share), rows, rows, fractional, "no row", NULL, in, out);
}

#define WILSON                                                                                               \
  "Wilson's score interval, or by 'clopper_pearson' the exact one, which is wider. For one row the bounds "  \
  "are null. The weight is the number of rows that the row stands for, not a number of samples."
#define SHARE(function, text)                                                                                \
  { .eval = function, .methods = {"wilson", "clopper_pearson"}, .summary = text WILSON }
#define GIVEN(rows) "The number of rows " rows " is taken as given. "

const Interval mlm_share_of_table_interval = SHARE(of_table, "");
const Interval mlm_share_of_predicted_interval = SHARE(of_predicted, GIVEN("predicted positive"));
const Interval mlm_share_of_rejected_interval = SHARE(of_rejected, GIVEN("predicted negative"));
const Interval mlm_share_of_positives_interval = SHARE(of_positives, GIVEN("with label 1"));
const Interval mlm_share_of_negatives_interval = SHARE(of_negatives, GIVEN("with label 0"));
const Interval mlm_share_of_matrix_interval = SHARE(of_matrix, "");
const Interval mlm_share_of_predicted_1_interval = SHARE(of_predicted_1, GIVEN("predicted positive"));
const Interval mlm_share_of_labels_1_interval = SHARE(of_labels_1, GIVEN("with label 1"));
const Interval mlm_share_of_labels_0_interval = SHARE(of_labels_0, GIVEN("with label 0"));
const Interval mlm_share_of_mean_interval = SHARE(of_mean, "");
