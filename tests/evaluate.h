/* Metrics evaluated without SQL: with the defaults of all parameters. */
#ifndef MLM_TESTS_EVALUATE_H
#define MLM_TESTS_EVALUATE_H

#include "metrics/arg_specs.h"

/* The result of a metric over a sealed state; a text belongs to the caller, also after a failure. */
static inline Status evaluate(const Metric *metric, const void *state, const Host *host, uint64_t limit,
                              Result *out) {
  Params params = {.given = 0};
  mlm_params_defaults(metric->args, &params);
  Eval in = {.metric = metric, .params = &params, .host = host, .limit = limit};
  *out = (Result){.kind = RESULT_NULL, .bytes = {.limit = limit, .host = host}};
  Status status = metric->eval(state, &in, out);
  return status ? status : out->bytes.status;
}

/* The number that it gives; NaN for NULL or a failure. */
static inline double evaluate_number(const Metric *metric, const void *state, const Host *host) {
  Result result;
  if (evaluate(metric, state, host, 0, &result)) return NAN;
  return result.kind == RESULT_REAL      ? result.real
         : result.kind == RESULT_INTEGER ? (double)result.integer
                                         : NAN;
}

#endif
