/* What the intervals of `_ci` forms have in common: level, method and the JSON they give. */
#include "metrics/intervals.h"

#include "metrics/arg_specs.h"

double mlm_interval_level(const Eval *in) {
  const Params *params = in->params;
  return params->given >> PARAM_LEVEL & 1 ? params->number[PARAM_LEVEL] : mlm_arg_specs[ARG_LEVEL].fallback;
}

const char *mlm_interval_method(const Eval *in) {
  const Params *params = in->params;
  if (!(params->given >> PARAM_METHOD & 1)) return in->metric->interval->methods[0];
  return mlm_arg_specs[ARG_METHOD].choices[(int)params->number[PARAM_METHOD]];
}

/* By the lower tail, where small probabilities keep their digits. */
double mlm_interval_z(const Eval *in) { return -mlm_normal_quantile(mlm_interval_tail(in)); }

void mlm_interval_number(StrBuf *out, const char *key, double x) {
  mlm_str_key(out, key);
  mlm_str_number(out, x);
}

static void write_text(StrBuf *out, const char *key, const char *text) {
  mlm_str_key(out, key);
  mlm_str_json_string(out, text, strlen(text));
}

static void write_integer(StrBuf *out, const char *key, int64_t x) {
  mlm_str_key(out, key);
  mlm_str_integer(out, x);
}

void mlm_interval_members(StrBuf *out, const Bounds *bounds, const IntervalMethod *made) {
  mlm_interval_number(out, "value", bounds->value);
  mlm_interval_number(out, "low", bounds->low);
  mlm_interval_number(out, "high", bounds->high);
  mlm_interval_number(out, "se", bounds->se);
  mlm_interval_number(out, "level", made->level);
  write_text(out, "method", made->method);
  mlm_str_key(out, "rows");
  mlm_str_count(out, bounds->rows, !bounds->fractional);
  if (made->replicates > 0) {
    write_integer(out, "replicates", made->replicates);
    write_integer(out, "undefined", made->undefined);
  }
  if (bounds->note) write_text(out, "note", bounds->note);
}

Status mlm_interval_write(const Bounds *bounds, const Eval *in, Result *result) {
  const IntervalMethod made = {.level = mlm_interval_level(in), .method = mlm_interval_method(in)};
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  mlm_str_put(out, "{");
  mlm_interval_members(out, bounds, &made);
  mlm_str_put(out, "}");
  return MLM_OK;
}
