/* SQL values in, checked numbers out: what every kind of argument is, and how it becomes part of a Row. */
#include "extension.h"

#include <string.h>

#include "args_inside.h"

#define ROW(field) offsetof(Row, field)

/* The one line an argument kind has. Ranges are two doubles; `must` is the sentence's end for a value
 * outside. */
static const ArgSpec specs[ARG_KINDS] = {
    [ARG_PRED] = {"pred", SHAPE_NUMBER, ROW(pred), -INFINITY, INFINITY, "a number"},
    [ARG_SCORE] = {"score", SHAPE_NUMBER, ROW(pred), -INFINITY, INFINITY, "a number"},
    [ARG_LOGIT] = {"logit", SHAPE_NUMBER, ROW(pred), -INFINITY, INFINITY, "a number"},
    [ARG_PROB] = {"prob", SHAPE_NUMBER, ROW(pred), 0, 1, "within [0,1]"},
    [ARG_X] = {"x", SHAPE_NUMBER, ROW(pred), -INFINITY, INFINITY, "a number"},
    [ARG_P] = {"p", SHAPE_NUMBER, ROW(pred), 0, 1, "within [0,1]"},
    [ARG_TARGET] = {"target", SHAPE_NUMBER, ROW(target), -INFINITY, INFINITY, "a number"},
    [ARG_LABEL] = {"label", SHAPE_LABEL, ROW(target), 0, 1, "0 or 1"},
    [ARG_SOFT_TARGET] = {"target", SHAPE_NUMBER, ROW(target), 0, 1, "within [0,1]"},
    [ARG_LOG_SUM_EXP] = {"log_sum_exp", SHAPE_NUMBER, ROW(target), -INFINITY, INFINITY, "a number"},
    [ARG_CUTOFF] = {"cutoff", SHAPE_NUMBER, ROW(param), -INFINITY, INFINITY, "a number"},
    [ARG_POS_WEIGHT] = {"pos_weight", SHAPE_NUMBER, ROW(param), 0, MOST, "finite and >= 0"},
    [ARG_WEIGHT] = {"weight", SHAPE_WEIGHT, ROW(weight), 0, MOST, "finite and >= 0"},
    [ARG_LABEL_SMOOTHING] = {"label_smoothing", SHAPE_HELD, 0, 0, BELOW_ONE, "within [0,1)"},
    [ARG_K] = {"k", SHAPE_HELD_INTEGER, 0, 1, INTEGERS, "an integer >= 1"},
    [ARG_BETA] = {"beta", SHAPE_GIVEN, 0, LEAST, MOST, "finite and > 0"},
    [ARG_FP_COST] = {"fp_cost", SHAPE_GIVEN, 0, 0, MOST, "finite and >= 0"},
    [ARG_FN_COST] = {"fn_cost", SHAPE_GIVEN, 1, 0, MOST, "finite and >= 0"},
    [ARG_MAX_FPR] = {"max_fpr", SHAPE_GIVEN, 0, LEAST, 1, "within (0,1]"},
    [ARG_BINS] = {"bins", SHAPE_GIVEN_INTEGER, 0, 1, INTEGERS, "an integer >= 1"},
    [ARG_OBJECTIVE] = {"objective", SHAPE_OBJECTIVE, 0, 0, 0, "the text of an objective"},
    [ARG_PROBS] = {"probs", SHAPE_VECTOR, ROW(preds), 0, 1, "within [0,1]"},
    [ARG_LOGITS] = {"logits", SHAPE_VECTOR, ROW(preds), -INFINITY, INFINITY, "a number"},
    [ARG_VECTOR] = {"vector", SHAPE_VECTOR, ROW(preds), -INFINITY, INFINITY, "a number"},
    [ARG_PROBS_SPREAD] = {"probs", SHAPE_SPREAD, ROW(preds), 0, 1, "within [0,1]"},
    [ARG_LOGITS_SPREAD] = {"logits", SHAPE_SPREAD, ROW(preds), -INFINITY, INFINITY, "a number"},
    [ARG_VECTOR_SPREAD] = {"vector", SHAPE_SPREAD, ROW(preds), -INFINITY, INFINITY, "a number"},
    [ARG_TARGETS] = {"targets", SHAPE_VECTOR, ROW(targets), 0, 1, "within [0,1]"},
    [ARG_P_SHARES] = {"P", SHAPE_VECTOR, ROW(preds), 0, 1, "within [0,1]"},
    [ARG_Q] = {"Q", SHAPE_VECTOR, ROW(targets), 0, 1, "within [0,1]"},
    [ARG_POS_WEIGHTS] = {"pos_weight", SHAPE_NUMBER_OR_VECTOR, ROW(params), 0, MOST, "finite and >= 0"},
    [ARG_CLASS_INDEX] = {"class", SHAPE_INDEX, 0, 0, 0, "an index"},
    [ARG_I] = {"i", SHAPE_INDEX, 0, 0, 0, "an index"},
    [ARG_CLASS_OR_TARGETS] = {"class", SHAPE_INDEX_OR_VECTOR, ROW(targets), 0, 1, "within [0,1]"},
    [ARG_PRED_CLASS] = {"pred", SHAPE_CLASS, ROW(pred_class), 0, 0, "a class"},
    [ARG_LABEL_CLASS] = {"label", SHAPE_CLASS, ROW(target_class), 0, 0, "a class"},
    [ARG_F64_BLOB] = {"blob", SHAPE_F64_BLOB, ROW(preds), 0, 0, "a BLOB of float64 numbers"},
    [ARG_SET] = {"set", SHAPE_SET, 0, -INFINITY, INFINITY, "a number"},
    [ARG_PROB_SET] = {"set", SHAPE_SET, 0, 0, 1, "within [0,1]"},
    [ARG_STRATEGY] = {"strategy", SHAPE_STRATEGY, 1, 0, 0, "'uniform' or 'quantile'"},
};

const char *mlm_arg_name(ArgKind kind) { return specs[kind].name; }

/* In signatures vectors are in capitals, and defaults are shown. */
const char *mlm_arg_shown(ArgKind kind) {
  switch (kind) {
  case ARG_PROBS: return "PROBS";
  case ARG_LOGITS: return "LOGITS";
  case ARG_VECTOR: return "VECTOR";
  case ARG_PROBS_SPREAD: return "PROBS…";
  case ARG_LOGITS_SPREAD: return "LOGITS…";
  case ARG_VECTOR_SPREAD: return "VECTOR…";
  case ARG_TARGETS: return "TARGETS";
  case ARG_POS_WEIGHTS: return "pos_weight | POS_WEIGHTS";
  case ARG_CLASS_OR_TARGETS: return "class | TARGETS";
  case ARG_BINS: return "bins=10";
  case ARG_OBJECTIVE: return "objective='f1'";
  case ARG_STRATEGY: return "strategy='uniform'";
  default: return specs[kind].name;
  }
}

bool mlm_arg_is_finish(ArgKind kind) {
  Shape shape = specs[kind].shape;
  return shape == SHAPE_GIVEN || shape == SHAPE_GIVEN_INTEGER || shape == SHAPE_OBJECTIVE;
}

bool mlm_takes_spread(const ArgKind *args) { return specs[args[0]].shape == SHAPE_SPREAD; }

static bool takes_vector(const ArgKind *args) {
  return specs[args[0]].shape == SHAPE_VECTOR; /* what takes a BLOB of float64 has one signature */
}

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

/* Numbers as SQLite has them, and text that is wholly a number. False: none of these, or out of memory. */
static bool read_number(sqlite3_value *value, double *x) {
  switch (sqlite3_value_type(value)) {
  case SQLITE_FLOAT: *x = sqlite3_value_double(value); return true;
  case SQLITE_INTEGER: *x = (double)sqlite3_value_int64(value); return true;
  case SQLITE_TEXT: {
    const char *text = (const char *)sqlite3_value_text(value);
    return text && mlm_parse_whole_number(text, (size_t)sqlite3_value_bytes(value), x);
  }
  default: return false;
  }
}

/* Whether a row that looks wrong counts at all: any NULL leaves it out, weight 0 makes it absent. */
static Verdict wrong_or_out(const Call *call) {
  Verdict verdict = ROW_WRONG;
  for (int i = 0; i < call->argc; i++)
    if (sqlite3_value_type(call->argv[i]) == SQLITE_NULL) verdict = ROW_LEFT_OUT;
  for (int i = 0; call->args[i] && i < call->argc && !mlm_takes_spread(call->args); i++) {
    double weight;
    if (call->args[i] == ARG_WEIGHT && read_number(call->argv[i], &weight) && weight == 0) return ROW_ABSENT;
  }
  return verdict;
}

static Verdict wrong_number(const Call *call, int arg, const ArgSpec *spec, const double *other) {
  Verdict verdict = wrong_or_out(call);
  if (verdict == ROW_WRONG) mlm_say_wrong_number(call, arg, spec, other);
  return verdict;
}

Verdict mlm_decode_number(const Call *call, int arg, const ArgSpec *spec, double *x) {
  bool good = read_number(call->argv[arg], x) && *x >= spec->lo && *x <= spec->hi;
  return good ? ROW_IN : wrong_number(call, arg, spec, NULL);
}

static double *number_at(Row *row, size_t offset) { return (double *)(void *)((char *)row + offset); }

static Vector *vector_at(Row *row, size_t offset) { return (Vector *)(void *)((char *)row + offset); }

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

static uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static bool within(const ArgSpec *spec, double x) { return x >= spec->lo && x <= spec->hi; }

static bool fits_param(const ArgSpec *spec, double x) {
  bool integer = spec->shape == SHAPE_GIVEN_INTEGER || spec->shape == SHAPE_HELD_INTEGER;
  return within(spec, x) && (!integer || x == (double)(int64_t)x);
}

bool mlm_fits_held(const Bound *bound, double x) {
  bool fits = false;
  for (int s = 0; s < bound->signatures; s++)
    for (int i = 0; bound->args[s][i]; i++) {
      const ArgSpec *spec = &specs[bound->args[s][i]];
      fits |= (spec->shape == SHAPE_HELD || spec->shape == SHAPE_HELD_INTEGER) && fits_param(spec, x);
    }
  return fits && (x != 0 || bits_of(x) == 0);
}

static Verdict decode_param(const Call *call, int arg, const ArgSpec *spec, Row *row, Given *given) {
  double x;
  if (!read_number(call->argv[arg], &x) || !fits_param(spec, x)) return wrong_number(call, arg, spec, NULL);
  x += 0.0; /* -0.0 as 0.0: saved states hold it */
  bool held = spec->shape == SHAPE_HELD || spec->shape == SHAPE_HELD_INTEGER;
  if (held) row->held = x;
  return hold(call, arg, spec, x, held ? &given->held : &given->params.value[spec->slot], given->set);
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
  else if (text && given->set)
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
  double x;
  if (!read_number(call->argv[arg], &x) || !is_index(x, row->preds.n)) {
    mlm_say_no_index(call, arg, row->preds.n); /* that the row counts was seen before its vectors were read */
    return ROW_WRONG;
  }
  row->index = (size_t)x;
  return ROW_IN;
}

static void decode_class(sqlite3_value *value, Class *class) {
  double x = 0;
  switch (sqlite3_value_type(value)) {
  case SQLITE_INTEGER:
    class->type = CLASS_INTEGER;
    class->integer = sqlite3_value_int64(value);
    return;
  case SQLITE_FLOAT: x = sqlite3_value_double(value); break;
  case SQLITE_BLOB:
    class->type = CLASS_BLOB;
    class->bytes = sqlite3_value_blob(value);
    class->n = (size_t)sqlite3_value_bytes(value);
    return;
  default:
    class->type = CLASS_TEXT;
    class->bytes = (const char *)sqlite3_value_text(value);
    class->n = (size_t)sqlite3_value_bytes(value);
    if (!class->bytes) return;
    if (mlm_parse_whole_integer(class->bytes, class->n, &class->integer)) {
      class->type = CLASS_INTEGER;
      return;
    }
    if (!mlm_parse_whole_number(class->bytes, class->n, &x)) return;
  }
  bool whole = x >= -9223372036854775808.0 && x < 9223372036854775808.0 && x == (double)(int64_t)x;
  class->type = whole ? CLASS_INTEGER : CLASS_REAL;
  if (whole)
    class->integer = (int64_t)x;
  else
    class->real = x;
}

static Verdict decode_one(const Call *call, int arg, const ArgSpec *spec, Row *row, Given *given) {
  sqlite3_value *value = call->argv[arg];
  if (sqlite3_value_type(value) == SQLITE_NULL) return wrong_or_out(call);
  double x;
  switch (spec->shape) {
  case SHAPE_GIVEN:
  case SHAPE_GIVEN_INTEGER:
  case SHAPE_HELD:
  case SHAPE_HELD_INTEGER: return decode_param(call, arg, spec, row, given);
  case SHAPE_OBJECTIVE: return decode_objective(call, arg, given);
  case SHAPE_STRATEGY: return decode_strategy(call, arg, spec, given);
  case SHAPE_INDEX: return decode_index(call, arg, spec, row);
  case SHAPE_INDEX_OR_VECTOR:
    if (!mlm_looks_like_vector(value)) return decode_index(call, arg, spec, row);
    return mlm_decode_vector(call, arg, spec, vector_at(row, spec->slot));
  case SHAPE_NUMBER_OR_VECTOR:
    if (mlm_looks_like_vector(value)) return mlm_decode_vector(call, arg, spec, vector_at(row, spec->slot));
    if (!read_number(value, &x) || !within(spec, x)) return wrong_number(call, arg, spec, NULL);
    row->param = x;
    return ROW_IN;
  case SHAPE_VECTOR:
  case SHAPE_F64_BLOB: return mlm_decode_vector(call, arg, spec, vector_at(row, spec->slot));
  case SHAPE_CLASS: {
    Class *class = (Class *)(void *)((char *)row + spec->slot);
    decode_class(value, class);
    if (class->bytes || class->n == 0 || class->type < CLASS_TEXT) return ROW_IN;
    mlm_say_status(call, MLM_NOMEM);
    return ROW_WRONG;
  }
  default: /* numbers: reached for text and for values out of range */
    if (!read_number(value, &x) || !within(spec, x) || (spec->shape == SHAPE_LABEL && x != 0 && x != 1))
      return wrong_number(call, arg, spec, &row->pred);
    *number_at(row, spec->slot) = x;
    return ROW_IN;
  }
}

void mlm_plain_args(Bound *bound) {
  static const size_t slot[MLM_PLAIN - 1] = {ROW(pred), ROW(target)};
  const ArgKind *args = bound->args[0];
  int n = 0;
  for (; n < MLM_PLAIN && args[n] && specs[args[n]].shape <= SHAPE_LABEL; n++) {
    const ArgSpec *spec = &specs[args[n]];
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

/* Reads a plain number in range; false: whatever else it is, decode_one sees to it. */
static inline bool fast_number(sqlite3_value *value, const ArgSpec *spec, double *x) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_FLOAT)
    *x = sqlite3_value_double(value);
  else if (type == SQLITE_INTEGER)
    *x = (double)sqlite3_value_int64(value);
  else
    return false;
  if (spec->shape == SHAPE_LABEL) return *x == 0 || *x == 1;
  return spec->shape <= SHAPE_WEIGHT && *x >= spec->lo && *x <= spec->hi;
}

static Verdict decode_args(const Call *call, const ArgKind *args, int first, int argc, Row *row,
                           Given *given) {
  for (int i = first; i < argc; i++) {
    const ArgSpec *spec = &specs[args[i - first]];
    double x;
    if (fast_number(call->argv[i], spec, &x)) {
      *number_at(row, spec->slot) = x;
      continue;
    }
    Verdict verdict = decode_one(call, i, spec, row, given);
    if (verdict != ROW_IN) return verdict;
  }
  return ROW_IN;
}

Verdict mlm_decode(const Call *call, Row *row, Given *given) {
  const ArgKind *args = call->args;
  row->weight = 1;
  row->param = 1;
  row->held = 0;
  Verdict verdict;
  if (specs[args[0]].shape >= SHAPE_VECTOR) {
    row->preds.n = row->targets.n = row->params.n = 0;
    verdict = wrong_or_out(call);
    if (verdict != ROW_WRONG) return verdict;
    int spread = 0;
    if (specs[args[0]].shape == SHAPE_SPREAD) {
      int tail = 0; /* what follows the numbers is fixed, so the numbers are all the rest */
      while (args[tail + 1]) tail++;
      spread = call->argc - tail;
      verdict = mlm_decode_spread(call, spread, &specs[args[0]], &row->preds);
      if (verdict != ROW_IN) return verdict;
      args++;
    }
    verdict = decode_args(call, args, spread, call->argc, row, given);
    if (verdict == ROW_IN) verdict = mlm_check_lengths(call, row);
  } else {
    verdict = decode_args(call, args, 0, call->argc, row, given);
  }
  if (verdict != ROW_IN) return verdict;
  if (row->weight == 0) return ROW_ABSENT;
  given->set = true;
  return ROW_IN;
}

Verdict mlm_decode_single(const Call *call, ArgKind kind, int arg, Row *row, Given *given) {
  return decode_args(call, &kind, arg, arg + 1, row, given);
}

bool mlm_check_set_range(const Call *call, const Scores *scores) {
  const ArgSpec *spec = &specs[call->args[0]];
  for (int up = 0; up < 2; up++) {
    ScoreWalk walk;
    (up ? mlm_walk_up : mlm_walk_down)(&walk, scores);
    if (!mlm_walk_next(&walk) || (walk.score >= spec->lo && walk.score <= spec->hi)) continue;
    mlm_say_set_range(call, spec, walk.score);
    return false;
  }
  return true;
}

Verdict mlm_decode_after_state(const Call *call, bool with_cutoff, Row *row, Given *given) {
  ArgKind after[MLM_MAX_ARGS + 1] = {ARG_END};
  int n = 0, fewest = 0;
  for (int i = 0; call->args[i]; i++) {
    bool finish = mlm_arg_is_finish(call->args[i]) && !call->bound->state_form;
    bool taken = finish || (with_cutoff && call->args[i] == ARG_CUTOFF);
    if (taken) after[n++] = call->args[i];
    if (taken && i < call->required) fewest = n;
  }
  if (call->argc - 1 < fewest || call->argc - 1 > n) {
    mlm_say_after_state(call, after, fewest, n);
    return ROW_WRONG;
  }
  row->weight = 1;
  row->param = 1;
  Verdict verdict = decode_args(call, after, 1, call->argc, row, given);
  if (verdict == ROW_IN) given->set = true;
  return verdict;
}
