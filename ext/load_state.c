/* Saved states: opened, checked, loaded. */
#include "load_state.h"

#include <math.h>
#include <string.h>

bool mlm_open_saved(const Call *call, int arg, SavedState *saved) {
  const uint8_t *bytes = sqlite3_value_blob(call->argv[arg]);
  size_t n = (size_t)sqlite3_value_bytes(call->argv[arg]);
  saved->cutoff = NAN;
  saved->in = (Reader){.at = bytes, .end = bytes ? bytes + n : bytes};
  HeaderFault fault = mlm_read_header(&saved->in, saved->name);
  if (fault) mlm_error_header(call, arg, fault);
  return !fault;
}

bool mlm_is_state_named(sqlite3_value *value, const char *name) {
  enum { LENGTH = 5, NAME = 6 }; /* places in the header */
  const char *bytes = sqlite3_value_blob(value);
  size_t n = strlen(name), all = (size_t)sqlite3_value_bytes(value);
  return all > NAME + n && (uint8_t)bytes[LENGTH] == n && memcmp(bytes + NAME, name, n) == 0;
}

/* How a parameter is written, after its name. */
enum { PARAM_NUMBER = 0, PARAM_TEXT = 1, PARAM_CONFLICT = 2 };

uint64_t mlm_count_params(SavedState *saved) { return mlm_read_count(&saved->in, 3); }

/* Whether a choice is among those of the argument. */
static bool is_choice(const ArgSpec *spec, const SavedParam *param) {
  const char *const *choice = spec->choices;
  while (*choice && (strlen(*choice) != param->text_n || memcmp(*choice, param->text, param->text_n) != 0))
    choice++;
  return *choice != NULL;
}

/* Whether the argument can have been given this value. */
static bool fits(const ArgSpec *spec, int kind, const SavedParam *param) {
  bool number = spec->shape == SHAPE_PARAMETER || spec->role == ROLE_ROW; /* a cutoff */
  if (kind == PARAM_CONFLICT) return spec->role == ROLE_FINAL;
  if (number && (!spec->parser || kind != PARAM_TEXT))
    return kind == PARAM_NUMBER && mlm_arg_allows(spec, param->number)
           && (param->number != 0 || !signbit(param->number));
  return kind == PARAM_TEXT && (spec->parser || is_choice(spec, param));
}

/* Whether a state can hold the parameter: an aggregate takes it, or the _ci form of one. */
static bool is_saved(ArgKind kind) {
  if (kind == ARG_LEVEL || kind == ARG_METHOD) return true;
  for (const Family *const *family = mlm_families; *family; family++)
    for (const Metric *metric = (*family)->metrics; metric && metric->name; metric++)
      for (const ArgKind *arg = metric->args; *arg; arg++)
        if (*arg == kind) return true;
  return false;
}

/* The argument that a parameter of this name and value belongs to; NULL: none. */
static const ArgSpec *spec_of(const char *name, size_t n, int kind, const SavedParam *param) {
  for (int i = ARG_END + 1; i < ARG_KINDS; i++) {
    const ArgSpec *spec = &mlm_arg_specs[i];
    if ((spec->role != ROLE_ROW || i == ARG_CUTOFF) && strlen(spec->name) == n
        && memcmp(spec->name, name, n) == 0 && fits(spec, kind, param) && is_saved((ArgKind)i))
      return spec;
  }
  return NULL;
}

bool mlm_next_param(SavedState *saved, SavedParam *param) {
  Reader *in = &saved->in;
  *param = (SavedParam){.spec = NULL};
  const uint8_t *length = mlm_read_bytes(in, 1);
  size_t n = length ? *length : 0;
  const char *name = (const char *)mlm_read_bytes(in, n);
  const uint8_t *byte = mlm_read_bytes(in, 1);
  int kind = byte ? *byte : PARAM_CONFLICT;
  if (kind == PARAM_NUMBER) param->number = mlm_read_double(in);
  if (kind == PARAM_TEXT) {
    param->text_n = (size_t)mlm_read_count(in, 1);
    param->text = (const char *)mlm_read_bytes(in, param->text_n);
  }
  if (in->failed || kind > PARAM_CONFLICT) return false;
  param->conflict = kind == PARAM_CONFLICT;
  param->spec = spec_of(name, n, kind, param);
  return param->spec != NULL;
}

bool mlm_skip_params(const Call *call, SavedState *saved) {
  uint64_t n = mlm_count_params(saved);
  SavedParam param;
  bool sound = !saved->in.failed;
  for (uint64_t i = 0; i < n && sound; i++) sound = mlm_next_param(saved, &param);
  if (!sound) mlm_error_damaged(call);
  return sound;
}

static Status load(const StateType *type, SavedState *saved, void *state, const Host *host) {
  Status status = type->load(state, &saved->in, host);
  if (status) return status;
  if (mlm_read_left(&saved->in) > 0) return MLM_CORRUPT;
  return type->seal ? type->seal(state, host) : MLM_OK;
}

static bool in_range(const Call *call, const StateType *type, const ArgSpec *spec, const void *state) {
  double x;
  if (!type->outside || !type->outside(state, spec->lo, spec->hi, &x)) return true;
  mlm_error_set_range(call, spec, x);
  return false;
}

/* Whether the argument allows every class of a set. */
static bool has_right_classes(const Call *call, const StateType *type, const ArgSpec *spec,
                              const void *state) {
  ClassTotals totals;
  if (spec->shape != SHAPE_CLASS || type->save != mlm_confusion_matrix_state.save) return true;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(state, &cursor, &totals);)
    if (!mlm_arg_allows_class(spec, &totals.name)) {
      mlm_error_set_class(call, &totals.name);
      return false;
    }
  return true;
}

void *mlm_load_sealed(const Call *call, const StateType *type, const ArgSpec *spec, SavedState *saved,
                      const Host *host) {
  void *state = mlm_new_zeroed(host, type->bytes);
  Status status = state ? load(type, saved, state, host) : MLM_NOMEM;
  if (status == MLM_CORRUPT)
    mlm_error_damaged(call);
  else if (status)
    mlm_error_status(call, status);
  else if (in_range(call, type, spec, state) && has_right_classes(call, type, spec, state))
    return state;
  mlm_drop_state(type, state, host);
  return NULL;
}

void mlm_drop_state(const StateType *type, void *state, const Host *host) {
  if (state && type->clear) type->clear(state, host);
  host->free(state);
}

bool mlm_open_set(const Call *call, int arg, const ArgSpec *spec, OpenSet *set, const Host *host) {
  SavedState saved;
  if (!mlm_open_saved(call, arg, &saved) || !mlm_skip_params(call, &saved)) return false;
  const StateType *type = spec->state, *inner = type ? mlm_keyed_inner(type) : NULL;
  const char *single = inner ? mlm_keyed_inner_name(type) : NULL;
  bool keyed = type && strcmp(saved.name, spec->state_name) == 0;
  if (single && !keyed && strcmp(saved.name, single) == 0) {
    type = inner;
  } else if (type && !keyed) {
    mlm_error_wrong_state(call, saved.name, single ? single : spec->state_name, false);
    return false;
  }
  if (!type) type = mlm_state_type_named(saved.name);
  /* unreachable: a name without a kind of state, for those that can be read have one */
  if (!type) {
    /* unreachable: as above */
    mlm_error_damaged(call);
    return false; /* unreachable: as above */
  }
  void *state = mlm_load_sealed(call, type, spec, &saved, host);
  *set = (OpenSet){.type = type, .state = state, .bytes = (uint64_t)sqlite3_value_bytes(call->argv[arg])};
  return state != NULL;
}

void mlm_close_sets(Row *row, const Host *host) {
  for (int i = 0; i < MLM_ROW_SETS; i++) {
    if (row->sets[i].state) mlm_drop_state(row->sets[i].type, row->sets[i].state, host);
    row->sets[i].state = NULL;
  }
}
