/* Vectors out of SQL values: JSON arrays, BLOBs of float32, numbers spread over the arguments. */
#include "extension.h"

#include <string.h>

#include "args_inside.h"

/* Room for n numbers in the scratch memory of a slot; NULL and the error set where there is none. */
static double *room_for(const Call *call, int slot, uint64_t n) {
  Scratch *scratch = &call->bound->library->scratch[slot];
  if (n > scratch->room) {
    uint64_t room = n + n / 2 + 16;
    double *at = sqlite3_realloc64(scratch->at, room * sizeof *at);
    if (!at) {
      mlm_say_status(call, MLM_NOMEM);
      return NULL;
    }
    scratch->at = at;
    scratch->room = room;
  }
  return scratch->at;
}

bool mlm_looks_like_vector(sqlite3_value *value) {
  int type = sqlite3_value_type(value);
  if (type != SQLITE_TEXT)
    return type == SQLITE_BLOB
           && !mlm_is_state(sqlite3_value_blob(value), (uint64_t)sqlite3_value_bytes(value));
  const char *text = (const char *)sqlite3_value_text(value);
  if (!text) return false;
  while (*text == ' ' || (*text >= '\t' && *text <= '\r')) text++;
  return *text == '[';
}

static Verdict check_range(const Call *call, int arg, const ArgSpec *spec, const double *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (x[i] >= spec->lo && x[i] <= spec->hi) continue;
    mlm_say_wrong_element(call, arg, spec, x[i], i);
    return ROW_WRONG;
  }
  return ROW_IN;
}

static double float32_at(const uint8_t *at) {
  uint32_t bits = (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static double float64_at(const uint8_t *at) {
  uint64_t bits = 0;
  double x;
  for (int i = 0; i < 8; i++) bits |= (uint64_t)at[i] << (8 * i);
  memcpy(&x, &bits, sizeof x);
  return x;
}

static Verdict decode_blob(const Call *call, int arg, bool wide, double *x, size_t n, const uint8_t *at) {
  for (size_t i = 0; i < n; i++) {
    x[i] = wide ? float64_at(at + 8 * i) : float32_at(at + 4 * i);
    if (x[i] == x[i]) continue;
    mlm_say_nan(call, arg, i);
    return ROW_WRONG;
  }
  return ROW_IN;
}

Verdict mlm_decode_vector(const Call *call, int arg, const ArgSpec *spec, Vector *vector) {
  sqlite3_value *value = call->argv[arg];
  int slot = spec->slot == offsetof(Row, preds) ? 0 : spec->slot == offsetof(Row, targets) ? 1 : 2;
  bool wide = spec->shape == SHAPE_F64_BLOB;
  Verdict verdict = ROW_IN;
  double *x;
  size_t n;
  if (sqlite3_value_type(value) == SQLITE_BLOB) {
    const uint8_t *at = sqlite3_value_blob(value);
    size_t bytes = (size_t)sqlite3_value_bytes(value), each = wide ? 8 : 4;
    if (!at && bytes > 0) { /* no memory for a zeroblob */
      mlm_say_status(call, MLM_NOMEM);
      return ROW_WRONG;
    }
    n = bytes / each;
    if (n == 0 || bytes % each || mlm_is_state(at, bytes)) {
      mlm_say_no_vector(call, arg, spec);
      return ROW_WRONG;
    }
    if (!(x = room_for(call, slot, n))) return ROW_WRONG;
    verdict = decode_blob(call, arg, wide, x, n, at);
  } else {
    if (wide || !mlm_looks_like_vector(value)) {
      mlm_say_no_vector(call, arg, spec);
      return ROW_WRONG;
    }
    const char *text = (const char *)sqlite3_value_text(value);
    size_t bytes = (size_t)sqlite3_value_bytes(value), where;
    if (!(x = room_for(call, slot, bytes / 2 + 1))) return ROW_WRONG;
    ArrayFault fault = mlm_parse_array(text, bytes, x, &n, &where);
    if (fault || n == 0) {
      mlm_say_no_array(call, arg, spec, fault, where);
      return ROW_WRONG;
    }
  }
  vector->at = x;
  vector->n = n;
  return verdict == ROW_IN && !wide ? check_range(call, arg, spec, x, n) : verdict;
}

Verdict mlm_decode_spread(const Call *call, int n, const ArgSpec *spec, Vector *vector) {
  double *x = room_for(call, 0, (uint64_t)n);
  if (!x) return ROW_WRONG;
  for (int i = 0; i < n; i++) {
    Verdict verdict = mlm_decode_number(call, i, spec, &x[i]);
    if (verdict != ROW_IN) return verdict;
  }
  vector->at = x;
  vector->n = (size_t)n;
  return ROW_IN;
}

Verdict mlm_check_lengths(const Call *call, const Row *row) {
  size_t n = row->preds.n;
  if (row->targets.n && row->targets.n != n)
    mlm_say_lengths(call, n, ARG_TARGETS, row->targets.n);
  else if (row->params.n && row->params.n != n)
    mlm_say_lengths(call, n, ARG_POS_WEIGHTS, row->params.n);
  else
    return ROW_IN;
  return ROW_WRONG;
}
