/* What happens to a row with an argument that cannot be decoded. */
#include "row_fault.h"

#include "sql_value.h"

/* A function with variadic arguments has no key. */
bool mlm_null_leaves_out(const Call *call, int arg) {
  if (mlm_takes_variadic(call->args)) return true;
  const ArgSpec *spec = &mlm_arg_specs[call->args[arg]];
  /* unreachable: an element that is NULL beside another argument, which no function takes so far */
  return !spec->allows_null && spec->shape != SHAPE_KEY && spec->shape != SHAPE_ELEMENT;
}

DecodeStatus mlm_wrong_or_out(const Call *call) {
  DecodeStatus status = DECODE_ERROR;
  for (int i = 0; i < call->argc; i++)
    if (sqlite3_value_type(call->argv[i]) == SQLITE_NULL && mlm_null_leaves_out(call, i))
      status = DECODE_NULL_ROW;
  for (int i = 0; call->args[i] && i < call->argc && !mlm_takes_variadic(call->args); i++)
    if (mlm_arg_specs[call->args[i]].shape == SHAPE_WEIGHT && mlm_number_of(call->argv[i]) == 0)
      return DECODE_ZERO_WEIGHT;
  return status;
}

DecodeStatus mlm_wrong_value(const Call *call, int arg, const ArgSpec *spec, const double *pred) {
  DecodeStatus status = mlm_wrong_or_out(call);
  if (status == DECODE_ERROR) mlm_error_wrong_value(call, arg, spec, pred);
  return status;
}
