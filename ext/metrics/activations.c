/* Activations: logits to probabilities and back, for single numbers, whole vectors and long tables. */
#include "metric.h"

static double sigmoid(const Row *row) { return mlm_sigmoid(row->pred); }
static double logit(const Row *row) { return mlm_logit(row->pred); }
static double softplus(const Row *row) { return mlm_softplus(row->pred); }
static double log_sigmoid(const Row *row) { return mlm_log_sigmoid(row->pred); }

static double softmax_at(const Row *row) { return mlm_softmax_at(row->preds.at, row->preds.n, row->index); }
static double log_softmax_at(const Row *row) { return 0 - mlm_nll(row->preds.at, row->preds.n, row->index); }
static double softmax_from(const Row *row) { return mlm_softmax_from(row->pred, row->target); }

static double vector_at(const Row *row) { return row->preds.at[row->index]; }

static double argmax(const Row *row) {
  size_t best = 0;
  for (size_t i = 1; i < row->preds.n; i++)
    if (row->preds.at[i] > row->preds.at[best]) best = i;
  return (double)best;
}

static Status vector_from_f64(const Row *row, const Eval *in, Result *out) {
  mlm_str_array(mlm_result_bytes(out, RESULT_JSON), row->preds.at, row->preds.n);
  return MLM_OK;
}

/* A JSON array of the result of `make` for the whole vector. */
static Status write_made(const Row *row, void (*make)(const double *x, size_t n, double *made),
                         const Eval *in, Result *out) {
  double *made = in->host->realloc(NULL, row->preds.n * sizeof *made);
  if (!made) return MLM_NOMEM;
  make(row->preds.at, row->preds.n, made);
  mlm_str_array(mlm_result_bytes(out, RESULT_JSON), made, row->preds.n);
  in->host->free(made);
  return MLM_OK;
}

static Status softmax(const Row *row, const Eval *in, Result *out) {
  return write_made(row, mlm_softmax, in, out);
}
static Status log_softmax(const Row *row, const Eval *in, Result *out) {
  return write_made(row, mlm_log_softmax, in, out);
}

static const Metric metrics[] = {
    {.name = "log_sum_exp",
     .args = {ARG_X},
     .required = 1,
     .state_name = "log_sum_exp",
     MLM_OF_LOG_SUM(mlm_log_sum_value),
     .summary = "ln of the sum of e^x over the rows, for softmax_from().",
     .example = "SELECT log_sum_exp(column1) FROM (VALUES (1.0), (2.0), (3.0))"},
    {0},
};

static const Scalar scalars[] = {
    {.name = "sigmoid",
     .args = {ARG_X},
     .required = 1,
     .value = sigmoid,
     .summary = "1/(1+e^-x): the probability that a logit stands for; never overflows, within 1 ulp.",
     .example = "SELECT sigmoid(0.5)"},
    {.name = "logit",
     .args = {ARG_P},
     .required = 1,
     .value = logit,
     .summary = "ln(p/(1-p)), the inverse of sigmoid; -Infinity at 0, Infinity at 1.",
     .example = "SELECT logit(0.75)"},
    {.name = "softplus",
     .args = {ARG_X},
     .required = 1,
     .value = softplus,
     .summary = "ln(1+e^x); never overflows, and tiny results keep their relative accuracy.",
     .example = "SELECT softplus(-40)"},
    {.name = "log_sigmoid",
     .args = {ARG_X},
     .required = 1,
     .value = log_sigmoid,
     .summary = "ln(sigmoid(x)) = -softplus(-x).",
     .example = "SELECT log_sigmoid(-1000)"},
    {.name = "softmax_at",
     .args = {ARG_LOGITS_VARIADIC, ARG_I},
     .required = 2,
     .value = softmax_at,
     .summary = "The i-th entry (from 0) of the softmax of the numbers before it.",
     .example = "SELECT softmax_at(1, 2, 3, 0)"},
    {.name = "softmax_at",
     .args = {ARG_LOGITS, ARG_I},
     .required = 2,
     .value = softmax_at,
     .summary = "The i-th entry (from 0) of the softmax of a JSON array or float32 BLOB.",
     .example = "SELECT softmax_at('[1, 2, 3]', 0)"},
    {.name = "log_softmax_at",
     .args = {ARG_LOGITS_VARIADIC, ARG_I},
     .required = 2,
     .value = log_softmax_at,
     .summary = "ln of softmax_at; it keeps its relative accuracy where the entry is near 1.",
     .example = "SELECT log_softmax_at(1, 2, 3, 0)"},
    {.name = "log_softmax_at",
     .args = {ARG_LOGITS, ARG_I},
     .required = 2,
     .value = log_softmax_at,
     .summary = "ln of softmax_at of a JSON array or float32 BLOB.",
     .example = "SELECT log_softmax_at('[1, 2, 3]', 0)"},
    {.name = "softmax",
     .args = {ARG_VECTOR},
     .required = 1,
     .eval = softmax,
     .result = RESULT_JSON,
     .summary = "JSON array: e^x of each entry, divided by their sum.",
     .example = "SELECT softmax('[1, 2, 3]')"},
    {.name = "log_softmax",
     .args = {ARG_VECTOR},
     .required = 1,
     .eval = log_softmax,
     .result = RESULT_JSON,
     .summary = "JSON array: ln of the softmax of each entry.",
     .example = "SELECT log_softmax('[1, 2, 3]')"},
    {.name = "softmax_from",
     .args = {ARG_X, ARG_LOG_SUM_EXP},
     .required = 2,
     .value = softmax_from,
     .summary = "e^(x - log_sum_exp): softmax over the rows of a long table, within each partition of OVER. "
                "NULL where both are the same infinity.",
     .example =
         "SELECT softmax_from(column1, log_sum_exp(column1) OVER ()) FROM (VALUES (1.0), (2.0), (3.0))"},
    {.name = "argmax",
     .args = {ARG_VECTOR_VARIADIC},
     .required = 1,
     .value = argmax,
     .result = RESULT_INTEGER,
     .summary = "Index (from 0) of the largest of the numbers; the first of equal ones.",
     .example = "SELECT argmax(0.2, 0.7, 0.1)"},
    {.name = "argmax",
     .args = {ARG_VECTOR},
     .required = 1,
     .value = argmax,
     .result = RESULT_INTEGER,
     .summary =
         "Index (from 0) of the largest entry of a JSON array or float32 BLOB; the first of equal ones.",
     .example = "SELECT argmax('[0.2, 0.7, 0.1]')"},
    {.name = "vector_at",
     .args = {ARG_VECTOR, ARG_I},
     .required = 2,
     .value = vector_at,
     .summary =
         "The i-th entry (from 0) of a JSON array or float32 BLOB: roc_auc(vector_at(probs, 2), class = 2) "
         "is one class against the rest.",
     .example = "SELECT vector_at('[0.2, 0.7, 0.1]', 1)"},
    {.name = "vector_from_f64",
     .args = {ARG_F64_BLOB},
     .required = 1,
     .eval = vector_from_f64,
     .result = RESULT_JSON,
     .summary = "JSON array of the numbers of a little-endian float64 BLOB, as numpy's tobytes() writes it.",
     .example = "SELECT vector_from_f64(x'000000000000f03f0000000000000040')"},
    {0},
};

const Family mlm_activations = {.name = "activations", .metrics = metrics, .scalars = scalars};
