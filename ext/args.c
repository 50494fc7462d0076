/* SQL values in, checked numbers out: how every kind of argument becomes part of a Row. */
#include "extension.h"

#include <string.h>

#include "args_inside.h"
#include "math/bits.h"

bool mlm_takes_spread(const ArgKind *args) { return mlm_arg_specs[args[0]].shape == SHAPE_SPREAD; }

static bool takes_vector(const ArgKind *args) {
  return mlm_arg_specs[args[0]].shape == SHAPE_VECTOR; /* what takes a BLOB of float64 has one signature */
}

bool mlm_takes_plain(const Bound *bound) { return mlm_arg_specs[bound->args[0][0]].shape <= SHAPE_LABEL; }

int mlm_count_args(const ArgKind *args) {
  int n = 0;
  while (args[n]) n++;
  return n;
}

bool mlm_choose(Call *call) {
  const Bound *bound = call->bound;
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
  mlm_say_argument_count(call);
  return false;
}

static double number_of_text(sqlite3_value *value) {
  const char *text = (const char *)sqlite3_value_text(value);
  double x;
  return text && mlm_parse_whole_number(text, (size_t)sqlite3_value_bytes(value), &x) ? x : NAN;
}

static inline double number_of(sqlite3_value *value) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_FLOAT) return sqlite3_value_double(value);
  if (type == SQLITE_INTEGER) return (double)sqlite3_value_int64(value);
  return type == SQLITE_TEXT ? number_of_text(value) : NAN;
}

double mlm_number_of(sqlite3_value *value) { return number_of(value); }

/* Whether a row that looks wrong counts at all: any NULL leaves it out, weight 0 makes it absent. */
static Verdict wrong_or_out(const Call *call) {
  Verdict verdict = ROW_WRONG;
  for (int i = 0; i < call->argc; i++)
    if (sqlite3_value_type(call->argv[i]) == SQLITE_NULL) verdict = ROW_LEFT_OUT;
  for (int i = 0; call->args[i] && i < call->argc && !mlm_takes_spread(call->args); i++)
    if (call->args[i] == ARG_WEIGHT && mlm_number_of(call->argv[i]) == 0) return ROW_ABSENT;
  return verdict;
}

static Verdict wrong_number(const Call *call, int arg, const ArgSpec *spec, const double *other) {
  Verdict verdict = wrong_or_out(call);
  if (verdict == ROW_WRONG) mlm_say_wrong_number(call, arg, spec, other);
  return verdict;
}

Verdict mlm_decode_number(const Call *call, int arg, const ArgSpec *spec, double *x) {
  *x = mlm_number_of(call->argv[arg]);
  return mlm_is_taken(spec, *x) ? ROW_IN : wrong_number(call, arg, spec, NULL);
}

/* Where in the row an argument goes. */
static void *slot_of(Row *row, const ArgSpec *spec) { return (char *)row + spec->slot; }

/* A parameter that is the same in every row: kept from the first, compared in the others. */
static Verdict hold(const Call *call, int arg, const ArgSpec *spec, double x, double *kept, bool set) {
  if (!set || *kept == x) {
    *kept = x;
    return ROW_IN;
  }
  Verdict verdict = wrong_or_out(call);
  if (verdict == ROW_WRONG) mlm_say_changed(call, spec, *kept, x);
  return verdict;
}

bool mlm_fits_held(const Bound *bound, double x) {
  bool fits = false;
  for (int s = 0; s < bound->signatures; s++)
    for (const ArgKind *arg = bound->args[s]; *arg; arg++)
      fits |= mlm_is_held(&mlm_arg_specs[*arg]) && mlm_is_taken(&mlm_arg_specs[*arg], x);
  return fits && (x != 0 || bits_of(x) == 0);
}

static Verdict decode_given(const Call *call, int arg, const ArgSpec *spec, Row *row, Given *given) {
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

static Verdict decode_objective(const Call *call, int arg, Given *given) {
  sqlite3_value *value = call->argv[arg];
  const char *text =
      sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
  size_t n = text ? (size_t)sqlite3_value_bytes(value) : 0;
  Objective *kept = &given->params.objective;
  bool same = text && kept->of && mlm_same_objective(kept, text, n);
  if (same) return ROW_IN;
  Verdict verdict = wrong_or_out(call);
  if (verdict != ROW_WRONG) return verdict;
  if (!text && sqlite3_value_type(value) == SQLITE_TEXT)
    mlm_say_status(call, MLM_NOMEM);
  else if (text && given->set && kept->of)
    mlm_say_objective_changed(call, kept->text, text, n);
  else if (text && mlm_parse_objective(text, n, kept))
    return ROW_IN;
  else
    mlm_say_no_objective(call, value);
  return ROW_WRONG;
}

static Verdict decode_strategy(const Call *call, int arg, const ArgSpec *spec, Given *given) {
  const char *text = (const char *)sqlite3_value_text(call->argv[arg]);
  bool whole = text && strlen(text) == (size_t)sqlite3_value_bytes(call->argv[arg]);
  bool uniform = whole && strcmp(text, "uniform") == 0, quantile = whole && strcmp(text, "quantile") == 0;
  if (!uniform && !quantile) return wrong_number(call, arg, spec, NULL);
  given->params.value[spec->slot] = quantile;
  return ROW_IN;
}

static bool is_index(double x, size_t n) { return x >= 0 && x < (double)n && x == (double)(int64_t)x; }

/* The index is checked against the vector's length once all arguments are read. */
static Verdict decode_index(const Call *call, int arg, const ArgSpec *spec, Row *row) {
  double x = mlm_number_of(call->argv[arg]);
  bool blob = sqlite3_value_type(call->argv[0]) == SQLITE_BLOB;
  if (row->preds.n == 1 && blob && mlm_takes_plain(call->bound)) {
    mlm_say_one_entry(call); /* a float32 number of NumPy's: of one class every loss is 0 */
    return ROW_WRONG;
  }
  if (!is_index(x, row->preds.n)) {
    /* that the row counts was seen before its vectors were read */
    mlm_say_no_index(call, arg, spec, row->preds.n);
    return ROW_WRONG;
  }
  row->index = (size_t)x;
  return ROW_IN;
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
  if (mlm_parse_whole_integer(class->bytes, class->n, &class->integer))
    class->type = CLASS_INTEGER;
  else if (mlm_parse_whole_number(class->bytes, class->n, &x))
    class_of_real(x, class);
}

static Verdict decode_class(const Call *call, sqlite3_value *value, Class *class) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_INTEGER) {
    class->type = CLASS_INTEGER;
    class->integer = sqlite3_value_int64(value);
    return ROW_IN;
  }
  if (type == SQLITE_FLOAT) {
    class_of_real(sqlite3_value_double(value), class);
    return ROW_IN;
  }
  bool blob = type == SQLITE_BLOB;
  class->type = blob ? CLASS_BLOB : CLASS_TEXT;
  class->bytes = blob ? sqlite3_value_blob(value) : (const void *)sqlite3_value_text(value);
  class->n = class->bytes ? (size_t)sqlite3_value_bytes(value) : 0; /* a zeroblob may have no memory */
  if (!class->bytes && !blob) {
    mlm_say_status(call, MLM_NOMEM);
    return ROW_WRONG;
  }
  if (!blob) class_of_text(class);
  return ROW_IN;
}

/* A plain number: nearly all arguments are. */
static inline Verdict decode_plain(const Call *call, int arg, const ArgSpec *spec, Row *row) {
  double x = number_of(call->argv[arg]);
  if (!mlm_is_taken(spec, x)) return wrong_number(call, arg, spec, &row->pred);
  *(double *)slot_of(row, spec) = x;
  return ROW_IN;
}

static Verdict decode_one(const Call *call, int arg, const ArgSpec *spec, Row *row, Given *given) {
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

void mlm_plain_args(Bound *bound) {
  static const size_t slot[MLM_PLAIN - 1] = {offsetof(Row, pred), offsetof(Row, target)};
  const ArgKind *args = bound->args[0];
  int n = 0;
  for (; n < MLM_PLAIN && args[n] && mlm_arg_specs[args[n]].shape <= SHAPE_LABEL; n++) {
    const ArgSpec *spec = &mlm_arg_specs[args[n]];
    bool weight = spec->shape == SHAPE_WEIGHT, label = spec->shape == SHAPE_LABEL;
    if (n < MLM_PLAIN - 1 && spec->slot != slot[n]) /* unreachable: every table has them in this order */
      break;                                        /* unreachable: likewise */
    bool any = spec->hi == INFINITY;                /* from -Infinity; else from 0: -0 goes the long way, */
    uint64_t least = weight;                        /* and so does weight 0 */
    bound->plain[n] = (Plain){.least = least,
                              .span = any ? UINT64_MAX : bits_of(spec->hi) - least,
                              .slot = (uint32_t)spec->slot,
                              .label = label,
                              .weight = weight};
    bound->ranged |= n < MLM_PLAIN - 1 && !label && !any;
  }
  bound->plain_args = n;
}

static Verdict decode_args(const Call *call, const ArgKind *args, int first, int argc, Row *row,
                           Given *given) {
  for (int i = first; i < argc; i++) {
    const ArgSpec *spec = &mlm_arg_specs[args[i - first]];
    Verdict verdict =
        spec->shape <= SHAPE_LABEL ? decode_plain(call, i, spec, row) : decode_one(call, i, spec, row, given);
    if (verdict != ROW_IN) return verdict;
  }
  return ROW_IN;
}

/* A row whose first argument brings vectors. */
static Verdict decode_vectors(const Call *call, Row *row, Given *given) {
  const ArgKind *args = call->args;
  const ArgSpec *first = &mlm_arg_specs[args[0]];
  row->preds.n = row->targets.n = row->params.n = 0;
  Verdict verdict = wrong_or_out(call);
  if (verdict != ROW_WRONG) return verdict;
  int spread = 0;
  if (first->shape == SHAPE_SPREAD) {
    args++;
    spread = call->argc - mlm_count_args(args); /* what follows the numbers is fixed */
    verdict = mlm_decode_spread(call, spread, first, &row->preds);
    if (verdict != ROW_IN) return verdict;
  }
  verdict = decode_args(call, args, spread, call->argc, row, given);
  return verdict == ROW_IN ? mlm_check_lengths(call, row) : verdict;
}

Verdict mlm_decode(const Call *call, Row *row, Given *given) {
  row->weight = 1;
  row->param = 1;
  row->held = 0;
  Verdict verdict = mlm_arg_specs[call->args[0]].shape >= SHAPE_VECTOR
                        ? decode_vectors(call, row, given)
                        : decode_args(call, call->args, 0, call->argc, row, given);
  if (verdict != ROW_IN) return verdict;
  if (row->weight == 0) return ROW_ABSENT;
  given->set = true;
  return ROW_IN;
}

Verdict mlm_decode_single(const Call *call, ArgKind kind, int arg, Row *row, Given *given) {
  return decode_args(call, &kind, arg, arg + 1, row, given);
}

bool mlm_check_range(const Call *call, const StateKind *kind, const void *state) {
  const ArgSpec *spec = &mlm_arg_specs[call->args[0]];
  double x;
  if (!kind->outside || !kind->outside(state, spec->lo, spec->hi, &x)) return true;
  mlm_say_set_range(call, spec, x);
  return false;
}

AfterState mlm_after_state(const Bound *bound, int signature, bool set) {
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

Verdict mlm_decode_after_state(const Call *call, bool set, Row *row, Given *given) {
  AfterState after = mlm_after_state(call->bound, call->signature, set);
  if (call->argc - 1 < after.fewest || call->argc - 1 > after.n) {
    mlm_say_after_state(call, &after);
    return ROW_WRONG;
  }
  row->weight = 1;
  row->param = 1;
  Verdict verdict = decode_args(call, after.args, 1, call->argc, row, given);
  if (verdict == ROW_IN) given->set = true;
  return verdict;
}
