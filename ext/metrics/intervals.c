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

static void write_number(StrBuf *out, const char *key, double x) {
  mlm_str_key(out, key);
  mlm_str_number(out, x);
}

static void write_text(StrBuf *out, const char *key, const char *text) {
  mlm_str_key(out, key);
  mlm_str_json_string(out, text, strlen(text));
}

Status mlm_interval_write(const Bounds *bounds, const Eval *in, Result *result) {
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  mlm_str_put(out, "{");
  write_number(out, "value", bounds->value);
  write_number(out, "low", bounds->low);
  write_number(out, "high", bounds->high);
  write_number(out, "se", bounds->se);
  write_number(out, "level", mlm_interval_level(in));
  write_text(out, "method", mlm_interval_method(in));
  mlm_str_key(out, "rows");
  mlm_str_count(out, bounds->rows, !bounds->fractional);
  if (bounds->note) write_text(out, "note", bounds->note);
  mlm_str_put(out, "}");
  return MLM_OK;
}
