/* Temperature scaling: the one number that all logits are divided by. */
#include "metrics/fits.h"
#include "state/rows.h"

enum { POLL_ENTRIES = 1 << 12, MOST_STEPS = 200 };
#define LEAST_TEMPERATURE 0.01
#define MOST_TEMPERATURE  100.0

/* Rows of K logits and a class. */
typedef struct Logits {
  const Rows *rows;
  uint32_t k;
  double *scratch; /* K numbers */
  const Host *host;
} Logits;

/* MLM_CORRUPT: a row of a saved state has no class among K. */
static Status open_logits(const Rows *rows, const Host *host, Logits *logits) {
  *logits = (Logits){.rows = rows, .k = mlm_rows_columns(rows) - 1, .host = host};
  for (uint64_t e = 0; e < mlm_rows_entries(rows); e++) {
    double class = mlm_rows_at(rows, e)[logits->k];
    if (!(class >= 0 && class < logits->k && class == (double)(uint32_t) class)) return MLM_CORRUPT;
  }
  logits->scratch = host->realloc(NULL, (uint64_t)logits->k * sizeof *logits->scratch);
  return logits->scratch ? MLM_OK : MLM_NOMEM;
}

static bool is_interrupted(const Logits *logits, uint64_t e) {
  return e % POLL_ENTRIES == POLL_ENTRIES - 1 && mlm_interrupted(logits->host);
}

/* The slope of a row's loss ln Σ e^(bz) - b·z_class over b, and its second derivative: the mean of z less
 * z_class, and the variance of z, under the probabilities. */
static void row_slope(const double *z, uint32_t k, double b, double *slope, double *curvature) {
  double most = z[0], sum = 0, first = 0, second = 0;
  for (uint32_t i = 1; i < k; i++)
    if (z[i] > most) most = z[i];
  for (uint32_t i = 0; i < k; i++) {
    double below = z[i] - most, p = mlm_exp(b * below);
    if (p == 0) continue;
    sum += p;
    first += p * below;
    second += p * below * below;
  }
  double mean = first / sum;
  *slope = mean - (z[(uint32_t)z[k]] - most);
  *curvature = second / sum - mean * mean;
}

/* Exact sums over the rows, so that their order does not matter. */
static Status slope_at(const Logits *logits, double b, double *slope, double *curvature) {
  ProductSum slopes = {0}, curvatures = {0};
  for (uint64_t e = 0; e < mlm_rows_entries(logits->rows); e++) {
    RowsEntry entry = mlm_rows_entry(logits->rows, e);
    double of_row, more;
    row_slope(entry.x, logits->k, b, &of_row, &more);
    mlm_product_add_times(&slopes, of_row, entry.weight, (uint64_t)entry.count, 1);
    mlm_product_add_times(&curvatures, more, entry.weight, (uint64_t)entry.count, 1);
    if (is_interrupted(logits, e)) return MLM_INTERRUPTED;
  }
  *slope = mlm_product_round(&slopes);
  *curvature = mlm_product_round(&curvatures);
  return MLM_OK;
}

/* The mean loss with the logits divided by a temperature. */
static Status loss_at(const Logits *logits, double temperature, const ExactSum *all, double *loss) {
  ProductSum sum = {0};
  for (uint64_t e = 0; e < mlm_rows_entries(logits->rows); e++) {
    RowsEntry entry = mlm_rows_entry(logits->rows, e);
    for (uint32_t i = 0; i < logits->k; i++) logits->scratch[i] = entry.x[i] / temperature;
    double of_row = mlm_nll(logits->scratch, logits->k, (size_t)entry.x[logits->k]);
    mlm_product_add_times(&sum, of_row, entry.weight, (uint64_t)entry.count, 1);
    if (is_interrupted(logits, e)) return MLM_INTERRUPTED;
  }
  *loss = mlm_product_ratio(&sum, all);
  return MLM_OK;
}

/* Newton's steps for the zero of the slope between low and high, where it is below and above 0; a step that
 * leaves the interval goes to its middle instead. */
static Status find_zero(const Logits *logits, double low, double high, double *at, bool *converged) {
  double b = 1, last = INFINITY;
  /* unreachable: its end, a guard: no rows are known for which the steps do not converge */
  for (int steps = 0; steps < MOST_STEPS; steps++) {
    double slope, curvature;
    Status status = slope_at(logits, b, &slope, &curvature);
    if (status) return status;
    if (slope > 0)
      high = b;
    else
      low = b;
    double next = b - slope / curvature;
    if (!(next >= low && next <= high)) next = sqrt(low * high);
    double size = fabs(next - b) / b;
    *at = b;
    *converged = slope == 0 || (size < 0x1p-30 && size >= last / 4) || size < 0x1p-52;
    if (*converged) return MLM_OK;
    last = size;
    b = next;
  }
  return MLM_OK; /* unreachable: as above */
}

/* The temperature, at a bound where the slope has no zero between them. */
static Status find_temperature(const Logits *logits, double *temperature, const char **why) {
  double slope, curvature, b = 1;
  bool converged = false;
  Status status = slope_at(logits, 1 / MOST_TEMPERATURE, &slope, &curvature);
  if (status) return status;
  *temperature = MOST_TEMPERATURE;
  *why = "the best temperature is not below 100";
  if (!(slope < 0)) return MLM_OK;
  status = slope_at(logits, 1 / LEAST_TEMPERATURE, &slope, &curvature);
  if (status) return status;
  *temperature = LEAST_TEMPERATURE;
  *why = "the best temperature is not above 0.01";
  if (!(slope > 0)) return MLM_OK;
  status = find_zero(logits, 1 / MOST_TEMPERATURE, 1 / LEAST_TEMPERATURE, &b, &converged);
  *temperature = 1 / b;
  *why = converged ? NULL : "Newton's method did not come to an end";
  return status;
}

static Status all_weights(const Rows *rows, const Host *host, ExactSum *all) {
  WeightSum weights = {.count = 0};
  Status status = mlm_rows_weight(rows, &weights, host);
  if (!status) mlm_sum_add_weight_sum(all, &weights, 1);
  mlm_weight_sum_clear(&weights, host);
  return status;
}

static Status temperature_fit(const Rows *rows, const Eval *in, Result *out) {
  Logits logits;
  ExactSum all = {0};
  double temperature = NAN;
  FitEnd end = {.integral = mlm_rows_integral(rows) && !in->weighted, .before = NAN, .after = NAN};
  Status status = open_logits(rows, in->host, &logits);
  if (!status) status = all_weights(rows, in->host, &all);
  if (!status) status = find_temperature(&logits, &temperature, &end.why);
  if (!status) status = loss_at(&logits, 1, &all, &end.before);
  if (!status) status = loss_at(&logits, temperature, &all, &end.after);
  in->host->free(logits.scratch);
  if (status) return status;
  end.rows = mlm_sum_round(&all);
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_fit_begin(json, "temperature");
  mlm_json_number(json, "temperature", temperature);
  mlm_fit_end(json, &end);
  return MLM_OK;
}

static const Metric metrics[] = {
    {.name = "temperature_fit",
     .args = {ARG_FINITE_LOGITS, ARG_CLASS_INDEX, ARG_WEIGHT},
     .required = 2,
     .state_name = "temperature_rows",
     MLM_OF_ROWS(temperature_fit),
     .result = RESULT_JSON,
     .cost = "A value takes a pass over the rows for each step of Newton's method, about ten.",
     .summary = "JSON of temperature scaling: the number by which to divide all logits for the least "
                "cross_entropy_logits. converged is false where it is not between 0.01 and 100. "
                "calibrate(fit, LOGITS) gives the probabilities.",
     .example =
         "SELECT temperature_fit(column1, column2) FROM (VALUES ('[2, 0]', 0), ('[0, 3]', 1), ('[1, 0]', "
         "1))"},
    {0},
};

const Family mlm_temperature = {.name = "temperature", .metrics = metrics};
