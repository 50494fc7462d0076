/* The parameters that a saved state holds, read and written. */
#include "state_params.h"

#include <string.h>

int mlm_params_of(const FunctionDef *function, const ArgSpec *list[MLM_PARAMS + 1]) {
  int n = 0;
  uint32_t seen = 0;
  for (int o = 0; o < function->overloads; o++)
    for (int i = 0; i < function->overload[o].n; i++) {
      const ArgSpec *spec = &mlm_arg_specs[function->overload[o].args[i]];
      if (spec->role == ROLE_ROW || seen & mlm_param_bit(spec)) continue;
      seen |= mlm_param_bit(spec);
      list[n++] = spec;
    }
  return n;
}

/* The parameter of the function that has this name; NULL: none. */
static const ArgSpec *own_spec(const FunctionDef *function, const SavedParam *param) {
  const ArgSpec *list[MLM_PARAMS + 1];
  int n = mlm_params_of(function, list);
  for (int i = 0; i < n; i++)
    if (strcmp(list[i]->name, param->spec->name) == 0) return list[i];
  return NULL;
}

/* Whether the store has another value; a store without one agrees with any. */
static bool differs(const ArgSpec *spec, const SavedParam *param, const ParamStore *store) {
  if (!(store->params.given & mlm_param_bit(spec))) return false;
  if (spec->parser && mlm_param_is_parsed(spec, &store->params))
    return !param->text || !spec->parser->same(store->params.parsed, param->text, param->text_n);
  double own = store->params.number[spec->slot];
  if (spec->shape == SHAPE_PARAMETER) return param->text || own != param->number;
  const char *choice = spec->choices[(int)own];
  return strlen(choice) != param->text_n || memcmp(choice, param->text, param->text_n) != 0;
}

/* Whether the text that was kept is the one that a state would save. */
static bool is_canonical(const ArgSpec *spec, const SavedParam *param, const ParamStore *store) {
  const char *own = spec->parser ? spec->parser->text(store->params.parsed) : NULL;
  return !own || (strlen(own) == param->text_n && memcmp(own, param->text, param->text_n) == 0);
}

static KeepStatus keep(const Call *call, const ArgSpec *spec, const SavedParam *param, ParamStore *store) {
  bool saves = call->function->form->saves && spec->role == ROLE_FINAL;
  if (param->conflict || (saves && differs(spec, param, store))) {
    store->conflicts |= mlm_param_bit(spec);
    return KEEP_OK;
  }
  if (!param->text) return mlm_keep_number(call, spec, param->number, store);
  KeepStatus status = mlm_keep_text(call, spec, param->text, param->text_n, store);
  return status == KEEP_OK && !is_canonical(spec, param, store) ? KEEP_WRONG : status;
}

/* Whether all parameters of the state were among those read. */
static bool has_all(const FunctionDef *function, uint32_t read) {
  const ArgSpec *list[MLM_PARAMS + 1];
  int n = mlm_params_of(function, list);
  for (int i = 0; i < n; i++)
    if (list[i]->role == ROLE_STATE && !(read & mlm_param_bit(list[i]))) return false;
  return true;
}

bool mlm_read_params(const Call *call, SavedState *saved, ParamStore *store) {
  uint64_t n = mlm_count_params(saved);
  uint32_t read = 0;
  KeepStatus status = saved->in.failed ? KEEP_WRONG : KEEP_OK;
  for (uint64_t i = 0; i < n && status == KEEP_OK; i++) {
    SavedParam param;
    bool sound = mlm_next_param(saved, &param);
    const ArgSpec *spec = sound ? own_spec(call->function, &param) : NULL;
    bool cutoff = sound && param.spec == &mlm_arg_specs[ARG_CUTOFF];
    if (cutoff && saved->cutoff == saved->cutoff) sound = false; /* a second one */
    if (cutoff) saved->cutoff = param.number;
    if (!sound || (spec && read & mlm_param_bit(spec)))
      status = KEEP_WRONG;
    else if (spec)
      status = keep(call, spec, &param, store);
    if (spec) read |= mlm_param_bit(spec);
  }
  if (status == KEEP_OK && !has_all(call->function, read)) status = KEEP_WRONG;
  if (status == KEEP_WRONG) mlm_error_damaged(call);
  return status == KEEP_OK;
}

static void write_name(const char *name, int kind, Writer *out) {
  size_t n = strlen(name);
  mlm_write_bytes(out, &(uint8_t){(uint8_t)n}, 1);
  mlm_write_bytes(out, name, n);
  mlm_write_bytes(out, &(uint8_t){(uint8_t)kind}, 1);
}

static void write_text(const char *text, Writer *out) {
  mlm_write_varint(out, strlen(text));
  mlm_write_bytes(out, text, strlen(text));
}

static void write_param(const ArgSpec *spec, const ParamStore *store, Writer *out) {
  bool conflict = store->conflicts & mlm_param_bit(spec);
  bool parsed = mlm_param_is_parsed(spec, &store->params), number = !parsed && spec->shape == SHAPE_PARAMETER;
  double x = parsed ? 0 : store->params.number[spec->slot];
  write_name(spec->name, conflict ? 2 : number ? 0 : 1, out);
  if (conflict) return;
  if (number)
    mlm_write_double(out, x);
  else
    write_text(parsed ? spec->parser->text(store->params.parsed) : spec->choices[(int)x], out);
}

void mlm_write_params(const FunctionDef *function, const ParamStore *store, Writer *out) {
  const ArgSpec *list[MLM_PARAMS + 1];
  uint32_t given = store->params.given | store->conflicts;
  int all = function->metric->result == RESULT_STATE ? 0 : mlm_params_of(function, list), n = 0;
  for (int i = 0; i < all; i++)
    if (list[i]->role == ROLE_STATE || given & mlm_param_bit(list[i])) list[n++] = list[i];
  double cutoff = function->cutoff ? mlm_common_value(&store->cutoff) : NAN;
  bool known = cutoff == cutoff;
  mlm_write_varint(out, (uint64_t)n + known);
  for (int i = 0; i < n; i++) write_param(list[i], store, out);
  if (!known) return;
  write_name(mlm_arg_specs[ARG_CUTOFF].name, 0, out);
  mlm_write_double(out, cutoff);
}
