/* What the intervals of `_ci` forms have in common: level, method and the JSON they give. */
#include "metrics/intervals.h"

#include "base/json_members.h"
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

/* The text of a parameter that is one; NULL: it was not given, and has no default. */
static const char *text_of(const ArgSpec *spec, const Params *params) {
  if (spec->shape == SHAPE_CHOICE)
    /* unreachable: NULL, for the only choices without a default are the method and the mark */
    return params->number[spec->slot] == params->number[spec->slot]
               ? spec->choices[(int)params->number[spec->slot]]
               : NULL;
  return params->parsed ? spec->parser->text(params->parsed) : spec->fallback_text;
}

static void put_parameter(StrBuf *out, ArgKind kind, const Eval *in) {
  const ArgSpec *spec = &mlm_arg_specs[kind];
  const Params *params = in->params;
  if (mlm_arg_is_cutoff(kind)) mlm_json_number(out, spec->name, in->cutoff);
  if (spec->role == ROLE_ROW || kind == ARG_LEVEL || kind == ARG_METHOD) return;
  if (spec->shape == SHAPE_PARAMETER && (!spec->parser || params->number[spec->slot] != 0)) {
    if (spec->integral)
      mlm_json_integer(out, spec->name, (int64_t)params->number[spec->slot]);
    else
      mlm_json_number(out, spec->name, params->number[spec->slot]);
    return;
  }
  const char *text = text_of(spec, params);
  if (text) mlm_json_text(out, spec->name, text);
}

void mlm_interval_members(StrBuf *out, const Bounds *bounds, const IntervalMethod *made) {
  mlm_json_number(out, "value", bounds->value);
  mlm_json_number(out, "low", bounds->low);
  mlm_json_number(out, "high", bounds->high);
  mlm_json_number(out, "se", bounds->se);
  mlm_json_number(out, "level", made->level);
  mlm_json_text(out, "method", made->method);
  mlm_json_count(out, "rows", bounds->rows, !bounds->fractional);
  for (const ArgKind *arg = made->of ? made->of->args : NULL; arg && *arg; arg++)
    put_parameter(out, *arg, made->of);
  if (made->replicates > 0) {
    mlm_json_integer(out, "replicates", made->replicates);
    mlm_json_integer(out, "undefined", made->undefined);
  }
  const char *note = bounds->note;
  if (!note && made->replicates > 0 && bounds->se == 0) note = "every defined replicate has the same value";
  if (note) mlm_json_text(out, "note", note);
}

Status mlm_interval_write(const Bounds *bounds, const Eval *in, Result *result) {
  const IntervalMethod made = {.level = mlm_interval_level(in), .method = mlm_interval_method(in), .of = in};
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  mlm_str_put(out, "{");
  mlm_interval_members(out, bounds, &made);
  mlm_str_put(out, "}");
  return MLM_OK;
}
