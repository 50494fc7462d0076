/* Gradients of losses with respect to the prediction, and sums of vectors: what training needs. */
#include "metric.h"

/* ---- gradients of numbers ---- */

/* (1 - y)·σ(z) - w·y·σ(-z), without cancellation for a label 0 or 1. */
static double gradient_at(double z, double y, double pos_weight) {
  return (1 - y) * mlm_sigmoid(z) - pos_weight * y * mlm_sigmoid(-z);
}

static double bce_logits_gradient(const Row *row) { return gradient_at(row->pred, row->target, row->param); }

/* (p - y) / (p(1 - p)), the divisor at least 1e-12 as in PyTorch. */
static double bce_gradient(const Row *row) {
  double p = row->pred, divisor = p * (1 - p);
  return (p - row->target) / (divisor > 1e-12 ? divisor : 1e-12);
}

static double huber_gradient(const Row *row) {
  double e = row->pred - row->target, delta = row->held;
  return e > delta ? delta : e < -delta ? -delta : e;
}

/* ---- vectors ---- */

/* A JSON array of n numbers that `fill` makes of the row. */
static Status write_filled(const Row *row, void (*fill)(const Row *row, double *made), const Eval *in,
                           Result *out) {
  double *made = in->host->realloc(NULL, row->preds.n * sizeof *made);
  if (!made) return MLM_NOMEM;
  fill(row, made);
  mlm_str_array(mlm_result_bytes(out, RESULT_JSON), made, row->preds.n);
  in->host->free(made);
  return MLM_OK;
}

static void fill_bce_logits_gradient(const Row *row, double *made) {
  for (size_t i = 0, n = row->preds.n; i < n; i++) {
    double pos_weight = row->params.n ? row->params.at[i] : row->param;
    made[i] = gradient_at(row->preds.at[i], row->targets.at[i], pos_weight) / (double)n;
  }
}

/* softmax·Σt - t with the smoothed targets t; Σt is 1 for a class and for a distribution. */
static void fill_cross_entropy_gradient(const Row *row, double *made) {
  size_t n = row->preds.n;
  const double *target = row->targets.n ? row->targets.at : NULL;
  double smoothing = row->held, share = smoothing / (double)n;
  DoubleDouble mass = {0, 0};
  for (size_t i = 0; i < n && target; i++) mass = dd_plus(mass, target[i]);
  double total = target ? (1 - smoothing) * dd_rounded(mass) + smoothing : 1;
  mlm_softmax(row->preds.at, n, made);
  for (size_t i = 0; i < n; i++) {
    double t = target ? target[i] : i == row->index;
    made[i] = (total == 1 ? made[i] : made[i] * total) - ((1 - smoothing) * t + share);
  }
}

static void fill_sum(const Row *row, double *made) {
  for (size_t i = 0; i < row->preds.n; i++) made[i] = row->preds.at[i] + row->held * row->targets.at[i];
}

static Status bce_logits_gradients(const Row *row, const Eval *in, Result *out) {
  return write_filled(row, fill_bce_logits_gradient, in, out);
}
static Status cross_entropy_gradients(const Row *row, const Eval *in, Result *out) {
  return write_filled(row, fill_cross_entropy_gradient, in, out);
}
static Status vector_add(const Row *row, const Eval *in, Result *out) {
  return write_filled(row, fill_sum, in, out);
}

static double dot_product(const Row *row) {
  ProductSum sum = {0};
  for (size_t i = 0; i < row->preds.n; i++) mlm_product_add(&sum, row->preds.at[i], row->targets.at[i], 1);
  return mlm_product_round(&sum);
}

/* ---- sums over rows ---- */

static Status write_elements(const VectorSums *sums, double (*element)(const VectorSums *sums, size_t i),
                             Result *out) {
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  for (size_t i = 0, n = mlm_vector_sums_length(sums); i < n; i++) {
    mlm_str_put(json, i ? "," : "[");
    mlm_str_number(json, element(sums, i));
  }
  mlm_str_put(json, "]");
  return MLM_OK;
}

static Status vector_sum(const VectorSums *sums, const Eval *in, Result *out) {
  return write_elements(sums, mlm_vector_sums_total, out);
}
static Status vector_mean(const VectorSums *sums, const Eval *in, Result *out) {
  return write_elements(sums, mlm_vector_sums_mean, out);
}

static const Metric metrics[] = {
    {.name = "vector_sum",
     .args = {ARG_VECTOR, ARG_WEIGHT},
     .required = 1,
     .state_name = "vector_sums",
     MLM_OF_VECTOR_SUMS(vector_sum),
     .result = RESULT_JSON,
     .summary = "JSON array: the exact sum of each element over the rows, whose vectors have one length.",
     .example = "SELECT vector_sum(column1) FROM (VALUES ('[1, 2]'), ('[0.5, 3]'))"},
    {.name = "vector_mean",
     .args = {ARG_VECTOR, ARG_WEIGHT},
     .required = 1,
     .state_name = "vector_sums",
     MLM_OF_VECTOR_SUMS(vector_mean),
     .result = RESULT_JSON,
     .summary = "JSON array: the exact mean of each element; of gradients, the gradient of the mean loss.",
     .example = "SELECT vector_mean(column1) FROM (VALUES ('[1, 2]'), ('[0.5, 3]'))"},
    {0},
};

static const Scalar scalars[] = {
    {.name = "bce_logits_gradient",
     .args = {ARG_LOGIT, ARG_SOFT_TARGET, ARG_POS_WEIGHT},
     .required = 2,
     .value = bce_logits_gradient,
     .summary =
         "The derivative of bce_logits_loss by the logit: sigmoid(logit) - target where pos_weight is 1.",
     .example = "SELECT bce_logits_gradient(0.5, 1)"},
    {.name = "bce_logits_gradient",
     .args = {ARG_LOGITS, ARG_TARGETS, ARG_POS_WEIGHTS},
     .required = 2,
     .eval = bce_logits_gradients,
     .result = RESULT_JSON,
     .summary =
         "JSON array: the same of each label, over the number of labels, as a row's loss is their mean.",
     .example = "SELECT bce_logits_gradient('[1.5, -2]', '[1, 0]')"},
    {.name = "cross_entropy_logits_gradient",
     .args = {ARG_LOGITS, ARG_CLASS_OR_TARGETS, ARG_LABEL_SMOOTHING},
     .required = 2,
     .eval = cross_entropy_gradients,
     .result = RESULT_JSON,
     .summary = "JSON array: the gradient of cross_entropy_logits_loss by the logits, softmax - target.",
     .example = "SELECT cross_entropy_logits_gradient('[1, 2, 3]', 2)"},
    {.name = "bce_gradient",
     .args = {ARG_PROB, ARG_SOFT_TARGET},
     .logits_form = "bce_logits_gradient",
     .required = 2,
     .value = bce_gradient,
     .summary =
         "The derivative of bce_loss by the probability, (prob - target) / (prob·(1 - prob)), the divisor "
         "at least 1e-12 as in PyTorch.",
     .example = "SELECT bce_gradient(0.8, 1)"},
    {.name = "huber_gradient",
     .args = {ARG_PRED, ARG_TARGET, ARG_DELTA},
     .required = 3,
     .value = huber_gradient,
     .summary = "The derivative of huber_loss by the prediction: pred - target, clipped to [-delta, delta].",
     .example = "SELECT huber_gradient(2.5, 5, 1)"},
    {.name = "dot_product",
     .args = {ARG_VECTOR, ARG_OTHER_VECTOR},
     .required = 2,
     .value = dot_product,
     .summary = "The exact sum of the products of elements, rounded once.",
     .example = "SELECT dot_product('[1, 2, 3]', '[0.5, 0, -1]')"},
    {.name = "vector_add",
     .args = {ARG_VECTOR, ARG_OTHER_VECTOR, ARG_VECTOR_SCALE},
     .required = 2,
     .eval = vector_add,
     .result = RESULT_JSON,
     .summary = "JSON array: the first vector plus scale times the second; for a step of training, scale is "
                "minus the learning rate.",
     .example = "SELECT vector_add('[1, 2]', '[10, 20]', -0.1)"},
    {0},
};

const Family mlm_gradients = {.name = "gradients", .metrics = metrics, .scalars = scalars};
