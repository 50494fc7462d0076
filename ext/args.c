/* SQL values in, checked numbers out: how every kind of argument becomes part of a Row. */
#include "internal.h"

#include <string.h>

#include "args_internal.h"
#include "base/bits.h"

bool mlm_takes_spread(const ArgKind *args) { return mlm_arg_specs[args[0]].shape == SHAPE_SPREAD; }

static bool takes_vector(const ArgKind *args) {
  return mlm_arg_specs[args[0]].shape == SHAPE_VECTOR; /* what takes a BLOB of float64 has one signature */
}

bool mlm_takes_plain(const FunctionDef *bound) {
  return mlm_arg_specs[bound->args[0][0]].shape <= SHAPE_LABEL;
}

int mlm_count_args(const ArgKind *args) {
  int n = 0;
  while (args[n]) n++;
  return n;
}

bool mlm_select_overload(Call *call) {
  const FunctionDef *bound = call->bound;
  int chosen = 0;
  if (bound->signatures > 1) {
    bool vector = call->argc > 0 && mlm_looks_like_vector(call->argv[0]);
    while (chosen + 1 < bound->signatures && takes_vector(bound->args[chosen]) != vector) chosen++;
  }
  call->signature = chosen;
  call->args = bound->args[chosen];
  call->required = bound->required[chosen];
  if (call->argc >= call->required
      && (call->argc <= mlm_count_args(call->args) || mlm_takes_spread(call->args)))
    return true;
  mlm_error_argument_count(call);
  return false;
}

static double number_of_text(sqlite3_value *value) {
  const char *text = (const char *)sqlite3_value_text(value);
  double x;
  return text && mlm_parse_number_text(text, (size_t)sqlite3_value_bytes(value), &x) ? x : NAN;
}

static inline double number_of(sqlite3_value *value) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_FLOAT) return sqlite3_value_double(value);
  if (type == SQLITE_INTEGER) return (double)sqlite3_value_int64(value);
  return type == SQLITE_TEXT ? number_of_text(value) : NAN;
}

double mlm_number_of(sqlite3_value *value) { return number_of(value); }

/* Whether a row that looks wrong counts at all: any NULL leaves it out, weight 0 makes it absent. */
static DecodeStatus wrong_or_out(const Call *call) {
  DecodeStatus status = DECODE_ERROR;
  for (int i = 0; i < call->argc; i++)
    if (sqlite3_value_type(call->argv[i]) == SQLITE_NULL) status = DECODE_NULL_ROW;
  for (int i = 0; call->args[i] && i < call->argc && !mlm_takes_spread(call->args); i++)
    if (call->args[i] == ARG_WEIGHT && mlm_number_of(call->argv[i]) == 0) return DECODE_ZERO_WEIGHT;
  return status;
}

static DecodeStatus wrong_number(const Call *call, int arg, const ArgSpec *spec, const double *other) {
  DecodeStatus status = wrong_or_out(call);
  if (status == DECODE_ERROR) mlm_error_wrong_number(call, arg, spec, other);
  return status;
}

DecodeStatus mlm_decode_number(const Call *call, int arg, const ArgSpec *spec, double *x) {
  *x = mlm_number_of(call->argv[arg]);
  return mlm_is_taken(spec, *x) ? DECODE_OK : wrong_number(call, arg, spec, NULL);
}

/* Where in the row an argument goes. */
static void *slot_of(Row *row, const ArgSpec *spec) { return (char *)row + spec->slot; }

/* A parameter that is the same in every row: kept from the first, compared in the others. */
static DecodeStatus hold(const Call *call, int arg, const ArgSpec *spec, double x, double *kept, bool set) {
  if (!set || *kept == x) {
    *kept = x;
    return DECODE_OK;
  }
  DecodeStatus status = wrong_or_out(call);
  if (status == DECODE_ERROR) mlm_error_changed(call, spec, *kept, x);
  return status;
}

bool mlm_fits_held(const FunctionDef *bound, double x) {
  bool fits = false;
  for (int s = 0; s < bound->signatures; s++)
    for (const ArgKind *arg = bound->args[s]; *arg; arg++)
      fits |= mlm_is_held(&mlm_arg_specs[*arg]) && mlm_is_taken(&mlm_arg_specs[*arg], x);
  return fits && (x != 0 || mlm_double_bits(x) == 0);
}

static DecodeStatus decode_given(const Call *call, int arg, const ArgSpec *spec, Row *row, Given *given) {
  double x = mlm_number_of(call->argv[arg]);
  if (!mlm_is_taken(spec, x)) return wrong_number(call, arg, spec, NULL);
  x += 0.0; /* -0.0 as 0.0: saved states hold it */
  if (!mlm_is_held(spec)) {
    double *kept = &given->params.value[spec->slot];
    bool none = *kept == 0 && spec->lo > 0; /* rows that leave it out stood beside saved states */
    return hold(call, arg, spec, x, kept, given->set && !none);
  }
  row->held = x;
  return hold(call, arg, spec, x, &given->held, given->set);
}

static DecodeStatus decode_objective(const Call *call, int arg, Given *given) {
  sqlite3_value *value = call->argv[arg];
  const char *text =
      sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
  size_t n = text ? (size_t)sqlite3_value_bytes(value) : 0;
  Objective *kept = &given->params.objective;
  bool same = text && kept->of && mlm_same_objective(kept, text, n);
  if (same) return DECODE_OK;
  DecodeStatus status = wrong_or_out(call);
  if (status != DECODE_ERROR) return status;
  if (!text && sqlite3_value_type(value) == SQLITE_TEXT)
    mlm_error_status(call, MLM_NOMEM);
  else if (text && given->set && kept->of)
    mlm_error_objective_changed(call, kept->text, text, n);
  else if (text && mlm_parse_objective(text, n, kept))
    return DECODE_OK;
  else
    mlm_error_no_objective(call, value);
  return DECODE_ERROR;
}

static DecodeStatus decode_strategy(const Call *call, int arg, const ArgSpec *spec, Given *given) {
  const char *text = (const char *)sqlite3_value_text(call->argv[arg]);
  bool whole = text && strlen(text) == (size_t)sqlite3_value_bytes(call->argv[arg]);
  bool uniform = whole && strcmp(text, "uniform") == 0, quantile = whole && strcmp(text, "quantile") == 0;
  if (!uniform && !quantile) return wrong_number(call, arg, spec, NULL);
  given->params.value[spec->slot] = quantile;
  return DECODE_OK;
}

static bool is_index(double x, size_t n) { return x >= 0 && x < (double)n && x == (double)(int64_t)x; }

/* The index is checked against the vector's length once all arguments are read. */
static DecodeStatus decode_index(const Call *call, int arg, const ArgSpec *spec, Row *row) {
  double x = mlm_number_of(call->argv[arg]);
  bool blob = sqlite3_value_type(call->argv[0]) == SQLITE_BLOB;
  if (row->preds.n == 1 && blob && mlm_takes_plain(call->bound)) {
    mlm_error_one_entry(call); /* a float32 number of NumPy's: of one class every loss is 0 */
    return DECODE_ERROR;
  }
  if (!is_index(x, row->preds.n)) {
    /* that the row counts was seen before its vectors were read */
    mlm_error_no_index(call, arg, spec, row->preds.n);
    return DECODE_ERROR;
  }
  row->index = (size_t)x;
  return DECODE_OK;
}

/* Whole numbers that fit are integers, of whatever type they come. */
static void class_of_real(double x, Class *class) {
  bool whole = mlm_is_int64(x);
  class->type = whole ? CLASS_INTEGER : CLASS_REAL;
  if (whole)
    class->integer = (int64_t)x;
  else
    class->real = x;
}

/* Numbers written as text are the numbers. */
static void class_of_text(Class *class) {
  double x;
  if (mlm_parse_integer_text(class->bytes, class->n, &class->integer))
    class->type = CLASS_INTEGER;
  else if (mlm_parse_number_text(class->bytes, class->n, &x))
    class_of_real(x, class);
}

static DecodeStatus decode_class(const Call *call, sqlite3_value *value, Class *class) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_INTEGER) {
    class->type = CLASS_INTEGER;
    class->integer = sqlite3_value_int64(value);
    return DECODE_OK;
  }
  if (type == SQLITE_FLOAT) {
    class_of_real(sqlite3_value_double(value), class);
    return DECODE_OK;
  }
  bool blob = type == SQLITE_BLOB;
  class->type = blob ? CLASS_BLOB : CLASS_TEXT;
  class->bytes = blob ? sqlite3_value_blob(value) : (const void *)sqlite3_value_text(value);
  class->n = class->bytes ? (size_t)sqlite3_value_bytes(value) : 0; /* a zeroblob may have no memory */
  if (!class->bytes && !blob) {
    mlm_error_status(call, MLM_NOMEM);
    return DECODE_ERROR;
  }
  if (!blob) class_of_text(class);
  return DECODE_OK;
}

/* A plain number: nearly all arguments are. */
static inline DecodeStatus decode_plain(const Call *call, int arg, const ArgSpec *spec, Row *row) {
  double x = number_of(call->argv[arg]);
  if (!mlm_is_taken(spec, x)) return wrong_number(call, arg, spec, &row->pred);
  *(double *)slot_of(row, spec) = x;
  return DECODE_OK;
}

static DecodeStatus decode_one(const Call *call, int arg, const ArgSpec *spec, Row *row, Given *given) {
  sqlite3_value *value = call->argv[arg];
  if (sqlite3_value_type(value) == SQLITE_NULL) return wrong_or_out(call);
  switch (spec->shape) {
  case SHAPE_HELD:
  case SHAPE_HELD_INTEGER:
  case SHAPE_GIVEN:
  case SHAPE_GIVEN_INTEGER: return decode_given(call, arg, spec, row, given);
  case SHAPE_OBJECTIVE: return decode_objective(call, arg, given);
  case SHAPE_STRATEGY: return decode_strategy(call, arg, spec, given);
  case SHAPE_INDEX: return decode_index(call, arg, spec, row);
  case SHAPE_INDEX_OR_VECTOR:
    if (!mlm_looks_like_vector(value)) return decode_index(call, arg, spec, row);
    return mlm_decode_vector(call, arg, spec, slot_of(row, spec));
  case SHAPE_NUMBER_OR_VECTOR:
    if (!mlm_looks_like_vector(value)) return mlm_decode_number(call, arg, spec, &row->param);
    return mlm_decode_vector(call, arg, spec, slot_of(row, spec));
  case SHAPE_VECTOR:
  case SHAPE_F64_BLOB: return mlm_decode_vector(call, arg, spec, slot_of(row, spec));
  default: return decode_class(call, value, slot_of(row, spec)); /* SHAPE_CLASS: numbers are read elsewhere */
  }
}

void mlm_set_fast_args(FunctionDef *bound) {
  static const size_t slot[MLM_FAST_ARGS - 1] = {offsetof(Row, pred), offsetof(Row, target)};
  const ArgKind *args = bound->args[0];
  int n = 0;
  for (; n < MLM_FAST_ARGS && args[n] && mlm_arg_specs[args[n]].shape <= SHAPE_LABEL; n++) {
    const ArgSpec *spec = &mlm_arg_specs[args[n]];
    bool weight = spec->shape == SHAPE_WEIGHT, label = spec->shape == SHAPE_LABEL;
    if (n < MLM_FAST_ARGS - 1 && spec->slot != slot[n]) /* unreachable: every table has them in this order */
      break;                                            /* unreachable: likewise */
    bool any = spec->hi == INFINITY; /* from -Infinity; else from 0: -0 goes the long way, */
    uint64_t least = weight;         /* and so does weight 0 */
    bound->plain[n] = (FastArg){.least = least,
                                .span = any ? UINT64_MAX : mlm_double_bits(spec->hi) - least,
                                .slot = (uint32_t)spec->slot,
                                .label = label,
                                .weight = weight};
    bound->ranged |= n < MLM_FAST_ARGS - 1 && !label && !any;
  }
  bound->plain_args = n;
}

static DecodeStatus decode_args(const Call *call, const ArgKind *args, int first, int argc, Row *row,
                                Given *given) {
  for (int i = first; i < argc; i++) {
    const ArgSpec *spec = &mlm_arg_specs[args[i - first]];
    DecodeStatus status =
        spec->shape <= SHAPE_LABEL ? decode_plain(call, i, spec, row) : decode_one(call, i, spec, row, given);
    if (status != DECODE_OK) return status;
  }
  return DECODE_OK;
}

/* A row whose first argument brings vectors. */
static DecodeStatus decode_vectors(const Call *call, Row *row, Given *given) {
  const ArgKind *args = call->args;
  const ArgSpec *first = &mlm_arg_specs[args[0]];
  row->preds.n = row->targets.n = row->params.n = 0;
  DecodeStatus status = wrong_or_out(call);
  if (status != DECODE_ERROR) return status;
  int spread = 0;
  if (first->shape == SHAPE_SPREAD) {
    args++;
    spread = call->argc - mlm_count_args(args); /* what follows the numbers is fixed */
    status = mlm_decode_spread(call, spread, first, &row->preds);
    if (status != DECODE_OK) return status;
  }
  status = decode_args(call, args, spread, call->argc, row, given);
  return status == DECODE_OK ? mlm_check_lengths(call, row) : status;
}

DecodeStatus mlm_decode(const Call *call, Row *row, Given *given) {
  row->weight = 1;
  row->param = 1;
  row->held = 0;
  DecodeStatus status = mlm_arg_specs[call->args[0]].shape >= SHAPE_VECTOR
                            ? decode_vectors(call, row, given)
                            : decode_args(call, call->args, 0, call->argc, row, given);
  if (status != DECODE_OK) return status;
  if (row->weight == 0) return DECODE_ZERO_WEIGHT;
  given->set = true;
  return DECODE_OK;
}

DecodeStatus mlm_decode_single(const Call *call, ArgKind kind, int arg, Row *row, Given *given) {
  return decode_args(call, &kind, arg, arg + 1, row, given);
}

bool mlm_check_range(const Call *call, const StateType *kind, const void *state) {
  const ArgSpec *spec = &mlm_arg_specs[call->args[0]];
  double x;
  if (!kind->outside || !kind->outside(state, spec->lo, spec->hi, &x)) return true;
  mlm_error_set_range(call, spec, x);
  return false;
}

AfterState mlm_after_state(const FunctionDef *bound, int signature, bool set) {
  AfterState after = {.n = 0};
  const ArgKind *args = bound->args[signature];
  for (int i = 0; args[i]; i++) {
    bool at_end = mlm_is_needed_at_end(&mlm_arg_specs[args[i]]) && !bound->state_form;
    bool cutoff = set && args[i] == ARG_CUTOFF;
    if (!at_end && !cutoff) continue;
    after.args[after.n++] = args[i];
    if (i < bound->required[signature]) after.fewest = after.n;
  }
  return after;
}

DecodeStatus mlm_decode_after_state(const Call *call, bool set, Row *row, Given *given) {
  AfterState after = mlm_after_state(call->bound, call->signature, set);
  if (call->argc - 1 < after.fewest || call->argc - 1 > after.n) {
    mlm_error_after_state(call, &after);
    return DECODE_ERROR;
  }
  row->weight = 1;
  row->param = 1;
  DecodeStatus status = decode_args(call, after.args, 1, call->argc, row, given);
  if (status == DECODE_OK) given->set = true;
  return status;
}
