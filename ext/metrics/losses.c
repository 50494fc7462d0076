/* Losses: the mean over the rows of a per-row value, which is also a scalar function. */
#include "metrics/calibration.h"
#include "metrics/bootstrap_forms.h"
#include "metrics/mean_interval.h"
#include "metrics/proportion_interval.h"

static double squared_error(const Row *row) {
  double error = row->pred - row->target;
  return error * error;
}

/* Eight at a time, which compilers turn into vectors. */
static void squared_errors(const double *restrict pred, const double *restrict target, size_t n,
                           double *restrict value) {
  enum { EIGHT = 8 };
  size_t i = 0;
  for (; i + EIGHT <= n; i += EIGHT)
    for (size_t k = i; k < i + EIGHT; k++) value[k] = (pred[k] - target[k]) * (pred[k] - target[k]);
  for (; i < n; i++) value[i] = (pred[i] - target[i]) * (pred[i] - target[i]);
}

static double absolute_error(const Row *row) { return fabs(row->pred - row->target); }

/* |pred - target| / |target|; where both are 0 it is 0. */
static double absolute_percentage_error(const Row *row) {
  double error = fabs(row->pred - row->target);
  return error == 0 ? 0 : error / fabs(row->target);
}

static double bce(const Row *row) { return mlm_bce(row->pred, row->target); }

static double log_loss(const Row *row) { return mlm_log_loss(mlm_clipped(row->pred), row->target); }

static void log_losses(const double *prob, const double *label, size_t n, double *value) {
  for (size_t i = 0; i < n; i++) value[i] = mlm_log_loss(mlm_clipped(prob[i]), label[i]);
}

/* A row of PROBS is divided by its sum: the loss is ln(sum/p) = ln(1 + rest/p), where rest is the sum of the
 * other entries. */
static double log_loss_of_classes(const Row *row) {
  DoubleDouble rest = {0, 0};
  for (size_t i = 0; i < row->preds.n; i++) {
    if (i == row->index) continue;
    DoubleDouble sum = two_sum(rest.hi, mlm_clipped(row->preds.at[i]));
    rest = (DoubleDouble){sum.hi, rest.lo + sum.lo};
  }
  return mlm_log1p((rest.hi + rest.lo) / mlm_clipped(row->preds.at[row->index]));
}

static double bce_logits(const Row *row) { return mlm_bce_logits(row->pred, row->target, row->param); }

/* Adds a term that is not negative to a compensated sum. */
static void add(DoubleDouble *sum, double term) {
  DoubleDouble next = two_sum(sum->hi, term);
  sum->hi = next.hi;
  if (fabs(next.lo) < INFINITY) sum->lo += next.lo; /* NaN once the sum is infinite */
}

static double bce_logits_of_labels(const Row *row) {
  DoubleDouble sum = {0, 0};
  size_t n = row->preds.n;
  for (size_t i = 0; i < n; i++)
    add(&sum,
        mlm_bce_logits(row->preds.at[i], row->targets.at[i], row->params.n ? row->params.at[i] : row->param));
  return (sum.hi + sum.lo) / (double)n;
}

static double bce_of_labels(const Row *row) {
  DoubleDouble sum = {0, 0};
  for (size_t i = 0; i < row->preds.n; i++) add(&sum, mlm_bce(row->preds.at[i], row->targets.at[i]));
  return (sum.hi + sum.lo) / (double)row->preds.n;
}

static double cross_entropy(const Row *row) {
  if (row->targets.n == 0) return mlm_log_loss(row->preds.at[row->index], 1);
  DoubleDouble sum = {0, 0};
  for (size_t i = 0; i < row->preds.n; i++)
    if (row->targets.at[i] > 0) add(&sum, row->targets.at[i] * mlm_log_loss(row->preds.at[i], 1));
  return sum.hi + sum.lo;
}

static double cross_entropy_logits(const Row *row) {
  const Vector *z = &row->preds;
  if (row->targets.n) return mlm_nll_soft_smoothed(z->at, z->n, row->targets.at, row->held);
  return row->held > 0 ? mlm_nll_smoothed(z->at, z->n, row->index, row->held)
                       : mlm_nll(z->at, z->n, row->index);
}

static double brier_of_classes(const Row *row) {
  DoubleDouble sum = {0, 0};
  for (size_t i = 0; i < row->preds.n; i++) {
    double error = row->preds.at[i] - (i == row->index);
    add(&sum, error * error);
  }
  return sum.hi + sum.lo;
}

/* 1 if fewer than k entries rank before the class: larger ones, and equal ones at lower indexes. */
static double in_top_k(const Row *row) {
  const double *x = row->preds.at;
  size_t before = 0;
  for (size_t i = 0; i < row->preds.n; i++)
    before += x[i] > x[row->index] || (x[i] == x[row->index] && i < row->index);
  return (double)before < row->held;
}

static double entropy(const Row *row) { return mlm_entropy(row->preds.at, row->preds.n); }
static double kl_divergence(const Row *row) {
  return mlm_kl_divergence(row->preds.at, row->targets.at, row->preds.n);
}
static double js_divergence(const Row *row) {
  return mlm_js_divergence(row->preds.at, row->targets.at, row->preds.n);
}

static double mean(double mean_loss) { return mean_loss; }
static double root(double mean_loss) { return sqrt(mean_loss); }

static const Metric metrics[] = {
    {.name = "mse",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     .state_name = "squared_error",
     .term = squared_error,
     .terms = squared_errors,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean squared error: the exact mean of squared_error.",
     .example = "SELECT mse(prediction, target) FROM (SELECT 2.5 AS prediction, 3 AS target)"},
    {.name = "rmse",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     .state_name = "squared_error",
     .term = squared_error,
     .terms = squared_errors,
     MLM_OF_MEAN(root),
     .interval = &mlm_root_hall_interval,
     .most = INFINITY,
     .summary = "Square root of mse; reads mse's saved states.",
     .example = "SELECT rmse(prediction, target) FROM (SELECT 2.5 AS prediction, 3 AS target)"},
    {.name = "mae",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     .state_name = "absolute_error",
     .term = absolute_error,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean absolute error: the exact mean of absolute_error.",
     .example = "SELECT mae(prediction, target) FROM (SELECT 2.5 AS prediction, 3 AS target)"},
    {.name = "mape",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     .state_name = "percentage_error",
     .term = absolute_percentage_error,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary =
         "Mean absolute percentage error: the exact mean of absolute_percentage_error, as a fraction, not "
         "in percent; Infinity where a target is 0 and its prediction is not.",
     .example = "SELECT mape(prediction, target) FROM (SELECT 2.5 AS prediction, 3 AS target)"},
    {.name = "r2",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     MLM_OF_MOMENTS(mlm_moments_r2),
     .interval = &mlm_rows_percentile_interval,
     .summary = "Coefficient of determination, at most 1. If the target is constant: 1 if every prediction "
                "is right, else 0; NULL for fewer than two rows.",
     .example = "SELECT r2(column1, column2) FROM (VALUES (2.5, 3), (0.0, -0.5), (2.0, 2), (8.0, 7))"},
    {.name = "bce",
     .args = {ARG_PROB, ARG_SOFT_TARGET, ARG_WEIGHT},
     .logits_form = "bce_logits",
     .required = 2,
     .state_name = "bce",
     .term = bce,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = 100,
     .summary = "Binary cross entropy of probabilities and targets from 0 to 1 (PyTorch's BCELoss: each "
                "logarithm is at "
                "least -100).",
     .example = "SELECT bce(0.8, 1)"},
    {.name = "bce",
     .args = {ARG_PROBS_OF_LABELS, ARG_TARGETS, ARG_WEIGHT},
     .logits_form = "bce_logits",
     .required = 2,
     .state_name = "bce",
     .term = bce_of_labels,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = 100,
     .summary = "Binary cross entropy of rows of many labels: a row's loss is the mean over its elements.",
     .example = "SELECT bce('[0.8, 0.1]', '[1, 0]')"},
    {.name = "log_loss",
     .args = {ARG_PROB, ARG_LABEL, ARG_WEIGHT},
     .logits_form = "bce_logits",
     .required = 2,
     .state_name = "log_loss",
     .term = log_loss,
     .terms = log_losses,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY, /* 52 ln 2 is the most of one probability, but of many classes there is no bound */
     .summary = "scikit-learn's log loss: probabilities clipped to [2^-52, 1 - 2^-52].",
     .example = "SELECT log_loss(0.8, 1)"},
    {.name = "log_loss",
     .args = {ARG_PROBS, ARG_CLASS_INDEX, ARG_WEIGHT},
     .logits_form = "cross_entropy_logits",
     .required = 2,
     .state_name = "log_loss",
     .term = log_loss_of_classes,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "scikit-learn's log loss of many classes: probabilities are clipped and divided by the sum "
                "of their row.",
     .example = "SELECT log_loss('[0.1, 0.2, 0.7]', 2)"},
    {.name = "bce_logits",
     .args = {ARG_LOGIT, ARG_SOFT_TARGET, ARG_WEIGHT, ARG_POS_WEIGHT},
     .required = 2,
     .state_name = "bce_logits",
     .term = bce_logits,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Binary cross entropy of logits (PyTorch's BCEWithLogitsLoss); pos_weight, 1 by default, "
                "multiplies the "
                "loss of the positive part.",
     .example = "SELECT bce_logits(1.5, 1)"},
    {.name = "bce_logits",
     .args = {ARG_LOGITS, ARG_TARGETS, ARG_WEIGHT, ARG_POS_WEIGHTS},
     .required = 2,
     .state_name = "bce_logits",
     .term = bce_logits_of_labels,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Binary cross entropy of rows of many labels: the loss of a row is the mean over its labels; "
                "pos_weight "
                "is one number, or one for each label.",
     .example = "SELECT bce_logits('[1.5, -2]', '[1, 0]')"},
    {.name = "cross_entropy",
     .args = {ARG_PROBS_VARIADIC, ARG_CLASS_INDEX},
     .logits_form = "cross_entropy_logits",
     .required = 2,
     .state_name = "cross_entropy",
     .term = cross_entropy,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary =
         "Mean of -ln of the probability of the true class, Infinity if one is 0; rows are not renormalised.",
     .example = "SELECT cross_entropy(0.3, 0.3, 0.4, 2)"},
    {.name = "cross_entropy",
     .args = {ARG_PROBS, ARG_CLASS_OR_TARGETS, ARG_WEIGHT},
     .logits_form = "cross_entropy_logits",
     .required = 2,
     .state_name = "cross_entropy",
     .term = cross_entropy,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary =
         "Cross entropy of a JSON array or float32 BLOB of probabilities; the target is a class index or a "
         "distribution over the classes.",
     .example = "SELECT cross_entropy('[0.3, 0.3, 0.4]', 2)"},
    {.name = "cross_entropy_logits",
     .args = {ARG_LOGITS_VARIADIC, ARG_CLASS_INDEX},
     .required = 2,
     .state_name = "cross_entropy_logits",
     .term = cross_entropy_logits,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Mean of -ln softmax of the true class (PyTorch's CrossEntropyLoss).",
     .example = "SELECT cross_entropy_logits(1, 2, 3, 2)"},
    {.name = "cross_entropy_logits",
     .args = {ARG_LOGITS, ARG_CLASS_OR_TARGETS, ARG_WEIGHT, ARG_LABEL_SMOOTHING},
     .required = 2,
     .state_name = "cross_entropy_logits",
     .term = cross_entropy_logits,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Cross entropy of a JSON array or float32 BLOB of logits; the target is a class index or a "
                "distribution over the classes. For class weights pass CASE class WHEN … END as the weight; "
                "where the target is spread over classes (TARGETS, label_smoothing), PyTorch's weigh each "
                "class's term instead.",
     .example = "SELECT cross_entropy_logits('[1, 2, 3]', '[0, 0.5, 0.5]')"},
    {.name = "brier",
     .args = {ARG_PROB, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     .state_name = "brier",
     .term = squared_error,
     .terms = squared_errors,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = 2, /* and not 1: a saved state does not say whether its rows had one probability or many */
     .summary = "Brier score: mean squared error of the probability.",
     .example = "SELECT brier(0.8, 1)"},
    {.name = "brier",
     .args = {ARG_PROBS, ARG_CLASS_INDEX, ARG_WEIGHT},
     .required = 2,
     .state_name = "brier",
     .term = brier_of_classes,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = 2,
     .summary = "Brier score of many classes: squared errors summed over the classes, 0 to 2.",
     .example = "SELECT brier('[0.3, 0.3, 0.4]', 2)"},
    {.name = "top_k_accuracy",
     .args = {ARG_VECTOR, ARG_CLASS_INDEX, ARG_K, ARG_WEIGHT},
     .required = 3,
     .state_name = "top_k",
     .term = in_top_k,
     MLM_OF_MEAN(mean),
     .interval = &mlm_share_of_mean_interval,
     .summary = "Share of rows whose class is among the k largest entries; among equal entries the one with "
                "the lower index ranks first.",
     .example = "SELECT top_k_accuracy('[0.2, 0.5, 0.3]', 2, 2)"},
    {0},
};

static const Scalar scalars[] = {
    {.name = "squared_error",
     .args = {ARG_PRED, ARG_TARGET},
     .required = 2,
     .value = squared_error,
     .summary = "(pred - target)²: the squared error of one row.",
     .example = "SELECT squared_error(2.5, 3)"},
    {.name = "absolute_error",
     .args = {ARG_PRED, ARG_TARGET},
     .required = 2,
     .value = absolute_error,
     .summary = "|pred - target|: the absolute error of one row.",
     .example = "SELECT absolute_error(2.5, 3)"},
    {.name = "absolute_percentage_error",
     .args = {ARG_PRED, ARG_TARGET},
     .required = 2,
     .value = absolute_percentage_error,
     .summary = "|pred - target| / |target|: the percentage error of one row; 0 where both are 0, Infinity "
                "where only the "
                "target is.",
     .example = "SELECT absolute_percentage_error(2.5, 3)"},
    {.name = "bce_loss",
     .args = {ARG_PROB, ARG_SOFT_TARGET},
     .logits_form = "bce_logits_loss",
     .required = 2,
     .value = bce,
     .summary = "The bce of one row, 0 to 100.",
     .example = "SELECT bce_loss(0.8, 1)"},
    {.name = "bce_loss",
     .args = {ARG_PROBS_OF_LABELS, ARG_TARGETS},
     .logits_form = "bce_logits_loss",
     .required = 2,
     .value = bce_of_labels,
     .summary = "The bce of one row over many labels.",
     .example = "SELECT bce_loss('[0.8, 0.1]', '[1, 0]')"},
    {.name = "log_loss_of",
     .args = {ARG_PROB, ARG_LABEL},
     .logits_form = "bce_logits_loss",
     .required = 2,
     .value = log_loss,
     .summary = "The log_loss of one row.",
     .example = "SELECT log_loss_of(0.8, 1)"},
    {.name = "log_loss_of",
     .args = {ARG_PROBS, ARG_CLASS_INDEX},
     .logits_form = "cross_entropy_logits_loss",
     .required = 2,
     .value = log_loss_of_classes,
     .summary = "The log_loss of one row over many classes.",
     .example = "SELECT log_loss_of('[0.1, 0.2, 0.7]', 2)"},
    {.name = "bce_logits_loss",
     .args = {ARG_LOGIT, ARG_SOFT_TARGET, ARG_POS_WEIGHT},
     .required = 2,
     .value = bce_logits,
     .summary = "The bce_logits of one row, at an infinite logit its limit: ORDER BY it finds the worst "
                "predictions. Argument 3 is pos_weight, not a weight as in bce_logits.",
     .example = "SELECT bce_logits_loss(9e999, 1)"},
    {.name = "bce_logits_loss",
     .args = {ARG_LOGITS, ARG_TARGETS, ARG_POS_WEIGHTS},
     .required = 2,
     .value = bce_logits_of_labels,
     .summary = "The bce_logits of one row over many labels. Argument 3 is pos_weight, not a weight as in "
                "bce_logits.",
     .example = "SELECT bce_logits_loss('[1.5, -2]', '[1, 0]')"},
    {.name = "cross_entropy_loss",
     .args = {ARG_PROBS_VARIADIC, ARG_CLASS_INDEX},
     .logits_form = "cross_entropy_logits_loss",
     .required = 2,
     .value = cross_entropy,
     .summary = "The cross_entropy of one row.",
     .example = "SELECT cross_entropy_loss(0.3, 0.3, 0.4, 2)"},
    {.name = "cross_entropy_loss",
     .args = {ARG_PROBS, ARG_CLASS_OR_TARGETS},
     .logits_form = "cross_entropy_logits_loss",
     .required = 2,
     .value = cross_entropy,
     .summary = "The cross_entropy of one row of a JSON array or float32 BLOB.",
     .example = "SELECT cross_entropy_loss('[0.3, 0.3, 0.4]', '[0, 0.5, 0.5]')"},
    {.name = "cross_entropy_logits_loss",
     .args = {ARG_LOGITS_VARIADIC, ARG_CLASS_INDEX},
     .required = 2,
     .value = cross_entropy_logits,
     .summary = "The cross_entropy_logits of one row.",
     .example = "SELECT cross_entropy_logits_loss(1, 2, 3, 2)"},
    {.name = "cross_entropy_logits_loss",
     .args = {ARG_LOGITS, ARG_CLASS_OR_TARGETS, ARG_LABEL_SMOOTHING},
     .required = 2,
     .value = cross_entropy_logits,
     .summary = "The cross_entropy_logits of one row of a JSON array or float32 BLOB.",
     .example = "SELECT cross_entropy_logits_loss('[1, 2, 3]', 2, 0.1)"},
    {.name = "brier_loss",
     .args = {ARG_PROB, ARG_LABEL},
     .required = 2,
     .value = squared_error,
     .summary = "The brier of one row.",
     .example = "SELECT brier_loss(0.8, 1)"},
    {.name = "brier_loss",
     .args = {ARG_PROBS, ARG_CLASS_INDEX},
     .required = 2,
     .value = brier_of_classes,
     .summary = "The brier of one row over many classes.",
     .example = "SELECT brier_loss('[0.3, 0.3, 0.4]', 2)"},
    {.name = "entropy",
     .args = {ARG_DISTRIBUTION},
     .required = 1,
     .value = entropy,
     .summary = "Entropy -Σ p ln p in nats; 0 ln 0 is 0.",
     .example = "SELECT entropy('[0.5, 0.5]')"},
    {.name = "kl_divergence",
     .args = {ARG_DISTRIBUTION_P, ARG_DISTRIBUTION_Q},
     .required = 2,
     .value = kl_divergence,
     .summary = "Σ p ln(p/q) in nats, P being the truth; Infinity where q is 0 and p is not.",
     .example = "SELECT kl_divergence('[0, 0, 1]', '[0.3, 0.3, 0.4]')"},
    {.name = "js_divergence",
     .args = {ARG_DISTRIBUTION_P, ARG_DISTRIBUTION_Q},
     .required = 2,
     .value = js_divergence,
     .summary = "Jensen-Shannon divergence in nats, 0 to ln 2, the same in either order.",
     .example = "SELECT js_divergence('[0.5, 0.5]', '[0.9, 0.1]')"},
    {0},
};

const Family mlm_losses = {.name = "losses", .metrics = metrics, .scalars = scalars};
