/* The parameters that a saved state holds, read and written. */
#include "state_params.h"

#include <string.h>

enum { PARAM_NUMBER = 0, PARAM_TEXT = 1, PARAM_CONFLICT = 2 };

/* One parameter of a saved state. */
typedef struct SavedParam {
  const char *name, *text;
  size_t name_n, text_n;
  int kind;
  double number;
} SavedParam;

static bool read_param(Reader *in, SavedParam *param) {
  const uint8_t *length = mlm_read_bytes(in, 1);
  param->name_n = length ? *length : 0;
  param->name = (const char *)mlm_read_bytes(in, param->name_n);
  const uint8_t *kind = mlm_read_bytes(in, 1);
  param->kind = kind ? *kind : PARAM_CONFLICT;
  if (param->kind == PARAM_NUMBER) param->number = mlm_read_double(in);
  if (param->kind == PARAM_TEXT) {
    param->text_n = (size_t)mlm_read_count(in, 1);
    param->text = (const char *)mlm_read_bytes(in, param->text_n);
  }
  return !in->failed && param->name_n > 0 && param->kind <= PARAM_CONFLICT;
}

/* The parameters of all overloads, each once: they read each other's states. Returns how many. */
static int params_of(const FunctionDef *function, const ArgSpec *list[MLM_PARAMS + 1]) {
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

/* The parameter of this name that the function has; NULL: none. */
static const ArgSpec *spec_named(const FunctionDef *function, const SavedParam *param) {
  const ArgSpec *list[MLM_PARAMS + 1];
  int n = params_of(function, list);
  for (int i = 0; i < n; i++)
    if (strlen(list[i]->name) == param->name_n && memcmp(list[i]->name, param->name, param->name_n) == 0)
      return list[i];
  return NULL;
}

/* Whether the value is one that the argument may have. */
static bool fits(const ArgSpec *spec, const SavedParam *param) {
  if (param->kind == PARAM_CONFLICT) return spec->role == ROLE_FINAL;
  if (spec->shape != SHAPE_PARAMETER) return param->kind == PARAM_TEXT;
  return param->kind == PARAM_NUMBER && mlm_arg_allows(spec, param->number)
         && (param->number != 0 || !signbit(param->number));
}

/* Whether the store has another value; what has none agrees with all. */
static bool differs(const ArgSpec *spec, const SavedParam *param, const ParamStore *store) {
  if (!(store->params.given & mlm_param_bit(spec))) return false;
  if (spec->shape == SHAPE_PARSED) return !spec->parser->same(store->params.parsed, param->text, param->text_n);
  double own = store->params.number[spec->slot];
  if (spec->shape == SHAPE_PARAMETER) return own != param->number;
  const char *choice = spec->choices[(int)own];
  return strlen(choice) != param->text_n || memcmp(choice, param->text, param->text_n) != 0;
}

static bool keep(const Call *call, const ArgSpec *spec, const SavedParam *param, ParamStore *store) {
  bool saves = call->function->form->saves && spec->role == ROLE_FINAL;
  if (param->kind == PARAM_CONFLICT || (saves && differs(spec, param, store))) {
    store->conflicts |= mlm_param_bit(spec);
    return true;
  }
  return param->kind == PARAM_NUMBER ? mlm_keep_number(call, spec, param->number, store)
                                     : mlm_keep_text(call, spec, param->text, param->text_n, store);
}

/* Whether all parameters of the state were among those read. */
static bool has_all(const FunctionDef *function, uint32_t read) {
  const ArgSpec *list[MLM_PARAMS + 1];
  int n = params_of(function, list);
  for (int i = 0; i < n; i++)
    if (list[i]->role == ROLE_STATE && !(read & mlm_param_bit(list[i]))) return false;
  return true;
}

bool mlm_read_params(const Call *call, SavedState *saved, ParamStore *store) {
  Reader *in = &saved->in;
  uint64_t n = mlm_read_count(in, 3);
  uint32_t read = 0;
  bool sound = !in->failed;
  for (uint64_t i = 0; i < n && sound; i++) {
    SavedParam param = {0};
    sound = read_param(in, &param);
    const ArgSpec *spec = sound ? spec_named(call->function, &param) : NULL;
    if (!spec) continue;
    sound = fits(spec, &param) && !(read & mlm_param_bit(spec));
    read |= mlm_param_bit(spec);
    if (sound && !keep(call, spec, &param, store)) return false;
  }
  if (sound && has_all(call->function, read)) return true;
  mlm_error_damaged(call);
  return false;
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
  double x = spec->shape == SHAPE_PARSED ? 0 : store->params.number[spec->slot];
  write_name(spec->name, conflict ? PARAM_CONFLICT : spec->shape == SHAPE_PARAMETER ? PARAM_NUMBER : PARAM_TEXT,
             out);
  if (conflict) return;
  if (spec->shape == SHAPE_PARAMETER)
    mlm_write_double(out, x);
  else
    write_text(spec->shape == SHAPE_CHOICE ? spec->choices[(int)x] : spec->parser->text(store->params.parsed), out);
}

void mlm_write_params(const FunctionDef *function, const ParamStore *store, Writer *out) {
  const ArgSpec *list[MLM_PARAMS + 1];
  uint32_t given = store->params.given | store->conflicts;
  int all = function->metric->result == RESULT_STATE ? 0 : params_of(function, list), n = 0;
  for (int i = 0; i < all; i++)
    if (list[i]->role == ROLE_STATE || given & mlm_param_bit(list[i])) list[n++] = list[i];
  mlm_write_varint(out, (uint64_t)n);
  for (int i = 0; i < n; i++) write_param(list[i], store, out);
}
