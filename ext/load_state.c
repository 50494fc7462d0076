/* Saved states: opened, checked, loaded. */
#include "load_state.h"

#include <string.h>

bool mlm_open_saved(const Call *call, int arg, SavedState *saved) {
  const uint8_t *bytes = sqlite3_value_blob(call->argv[arg]);
  size_t n = (size_t)sqlite3_value_bytes(call->argv[arg]);
  saved->in = (Reader){.at = bytes, .end = bytes ? bytes + n : bytes};
  HeaderFault fault = mlm_read_header(&saved->in, saved->name);
  if (fault) mlm_error_header(call, arg, fault);
  return !fault;
}

bool mlm_skip_params(const Call *call, SavedState *saved) {
  Reader *in = &saved->in;
  uint64_t n = mlm_read_count(in, 2);
  for (uint64_t i = 0; i < n && !in->failed; i++) {
    const uint8_t *length = mlm_read_bytes(in, 1);
    if (length) mlm_read_bytes(in, *length);
    const uint8_t *kind = mlm_read_bytes(in, 1);
    if (kind && *kind == 0) mlm_read_bytes(in, 8);
    if (kind && *kind == 1) mlm_read_bytes(in, mlm_read_count(in, 1));
    if (kind && *kind > 2) in->failed = true;
  }
  if (in->failed) mlm_error_damaged(call);
  return !in->failed;
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

void *mlm_load_sealed(const Call *call, const StateType *type, const ArgSpec *spec, SavedState *saved,
                      const Host *host) {
  void *state = mlm_new_zeroed(host, type->bytes);
  Status status = state ? load(type, saved, state, host) : MLM_NOMEM;
  if (status == MLM_CORRUPT)
    mlm_error_damaged(call);
  else if (status)
    mlm_error_status(call, status);
  else if (in_range(call, type, spec, state))
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
  const StateType *type = spec->state;
  if (type && strcmp(saved.name, spec->state_name) != 0) {
    mlm_error_wrong_state(call, saved.name, spec->state_name, false);
    return false;
  }
  if (!type) type = mlm_state_type_named(saved.name);
  if (!type) {
    mlm_error_damaged(call);
    return false;
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
