/* Fast paths for the common row shapes: two or three plain numbers, the second or third of them often a
 * label.
 *
 * They do what mlm_accumulate() does, with everything known beforehand made a constant; what is not plain (a
 * NULL, a text, a saved state, a number out of range, a large INTEGER, an unusual floating-point mode) is
 * passed to mlm_accumulate().
 */
#include "fast_path.h"

#include "accumulate.h"
#include "base/float_mode.h"
#include "plain_number.h"
#include "state/keyed_few.h"
#include "state/mean_internal.h"
#include "state/confusion2_internal.h"
#include "state/rows_layout.h"
#include "state/scores_layout.h"

/* What a path is made for: a compile-time constant in each callback, so everything that takes it is
 * force-inlined.
 */
typedef struct FastPath {
  FastPathKind to; /* FAST_ANY: any state, by its add() */
  int n;
  int label; /* the place of the label, 1 or 2; 0: there is none */
  int sign;
  bool keeps_cutoff; /* of FAST_CONFUSION2 */
} FastPath;

/* The label of a value that is neither INTEGER nor REAL; -1: none. */
static MLM_COLD int64_t label_of_text(sqlite3_value *value) {
  double x = mlm_plain_number_of_text(value);
  return x == 0 || x == 1 ? x == 1 : -1;
}

static inline bool read_label(sqlite3_value **value, int64_t *label) {
  int type = sqlite3_value_type(*value);
  if (type == SQLITE_FLOAT) {
    double x = sqlite3_value_double(*value);
    *label = x == 1;
    return mlm_mode_is_usual() && (x == 0 || x == 1); /* a subnormal number is not a label in any mode */
  }
  *label = type == SQLITE_INTEGER ? sqlite3_value_int64(*value) : label_of_text(*value);
  return (uint64_t)*label <= 1;
}

/* In an unusual floating-point mode rows are passed to mlm_accumulate(), except REAL scores for a score set
 * and numbers that no check compares on their way to the multiset of rows, because no arithmetic is done with
 * them. */
static inline bool read_pred(const FunctionDef *function, FastPath path, sqlite3_value **value, double *x) {
  int type = sqlite3_value_type(*value);
  bool kept =
      path.to == FAST_ROWS ? !function->metric->check : path.to == FAST_SCORES && type == SQLITE_FLOAT;
  if (!kept && !mlm_mode_is_usual()) return false;
  return mlm_read_plain_number(*value, type, x);
}

static inline bool read_third(const AggregateContext *aggregate, sqlite3_value **value, Row *row) {
  const FastArg *fast = &aggregate->function->fast[2];
  const Params *kept = &aggregate->store.params;
  double *x = (double *)(void *)((char *)row + fast->slot);
  if (!mlm_read_plain(value, x)) return false;
  if (fast->held) return (kept->given & 1) && *x == kept->number[0];
  return mlm_in_fast_range(*x, fast);
}

static inline bool passes(const FunctionDef *function, const Row *row) {
  RowCheck *check = function->metric->check;
  int arg;
  return !check || !check(row, &arg);
}

static inline bool fits(const FunctionDef *function, FastPath path, const Row *row) {
  if (!function->ranged) return true;
  return mlm_in_fast_range(row->pred, function->fast)
         && (path.label == 1
             || (mlm_in_fast_range(row->target, function->fast + 1) && passes(function, row)));
}

/* False: a number of the row is not plain. Loads from the context late, to keep fewer registers live across
 * calls. */
MLM_ALWAYS_INLINE static bool read_row(const AggregateContext *aggregate, sqlite3_value **argv, FastPath path,
                                       Row *row, int64_t *label) {
  if (!read_pred(aggregate->function, path, argv, &row->pred)) return false;
  if (!(path.label == 1 ? read_label(argv + 1, label) : mlm_read_plain(argv + 1, &row->target))) return false;
  /* unreachable: a score out of its range, for those of decisions may be any number so far */
  if (path.to == FAST_CONFUSION2)
    return mlm_read_plain(argv + 2, &row->param) && fits(aggregate->function, path, row);
  if (path.n == 3) row->weight = row->param = 1;
  /* unreachable: numbers out of their range, for none before a label in the third place has one so far */
  if (path.label == 2) return read_label(argv + 2, label) && fits(aggregate->function, path, row);
  return (path.n == 2 || read_third(aggregate, argv + 2, row)) && fits(aggregate->function, path, row);
}

MLM_ALWAYS_INLINE static Status add_to_any(AggregateContext *aggregate, FastPath path, Row *row) {
  const FunctionDef *function = aggregate->function;
  const Metric *metric = function->metric;
  row->columns = function->overload[0].columns;
  row->preds.n = row->targets.n = 0;
  if (path.n == 2) row->weight = 1;
  if (path.n == 3 && path.label != 2) aggregate->weighted |= function->fast[2].weight;
  if (metric->term) row->value = metric->term(row);
  if (metric->base) row->base = metric->base(row);
  return function->state->add(mlm_state_of(aggregate), row, path.sign, &mlm_memory);
}

MLM_ALWAYS_INLINE static Status add_row(AggregateContext *aggregate, FastPath path, Row *row, int label) {
  void *state = mlm_state_of(aggregate);
  if (path.to == FAST_SCORES && mlm_scores_add_plain(state, row->pred, label))
    return MLM_OK; /* nearly all rows, except in windows */
  if (path.to == FAST_CONFUSION2) {
    mlm_confusion2_add_plain(state, mlm_cell_of(row->pred, row->param, label), path.sign);
    if (path.keeps_cutoff) mlm_common_add(&aggregate->store.cutoff, row->param, path.sign);
    return MLM_OK;
  }
  if (path.label == 1) row->target = label;
  if (path.label == 2) row->param = label;
  if (path.n == 2) row->param = 1;
  if (path.to != FAST_MEAN) return add_to_any(aggregate, path, row);
  mlm_mean_add_plain(state, aggregate->function->metric->term(row), path.sign);
  return MLM_OK;
}

/* False: there is no room yet, and nothing was done. */
MLM_ALWAYS_INLINE static bool keep_row(AggregateContext *aggregate, FastPath path, Row *row, int label) {
  if (path.label == 2) row->param = label;
  if (!mlm_rows_add_plain(mlm_state_of(aggregate), row->x, (uint32_t)path.n)) return false;
  aggregate->store.started = true;
  return true;
}

/* False: the row is not plain, and nothing was done. */
MLM_ALWAYS_INLINE static bool accumulate_plain(sqlite3_context *context, sqlite3_value **argv,
                                               FastPath path) {
  AggregateContext *aggregate = sqlite3_aggregate_context(context, 0);
  Row row;
  int64_t label = 0;
  if (!aggregate && !(aggregate = mlm_aggregate_context(context))) return false;
  if (!read_row(aggregate, argv, path, &row, &label)) return false;
  if (path.to == FAST_ROWS) return keep_row(aggregate, path, &row, (int)label);
  Status status = add_row(aggregate, path, &row, (int)label);
  aggregate->store.started = true;
  if (status) {
    aggregate->failed = true;
    mlm_result_status(context, status);
  }
  return true;
}

/* One callback for each path; a macro, because the path must be a constant there. */
#define ONE_PATH(name, path_n, sign, ...)                                                                    \
  static void name(sqlite3_context *context, int argc, sqlite3_value **argv) {                               \
    if (!accumulate_plain(context, argv, (FastPath)__VA_ARGS__))                                             \
      mlm_accumulate(context, path_n, argv, sign);                                                           \
  }
#define FAST_PATH(name, to, n, label, sign) ONE_PATH(name, n, sign, {to, n, label, sign, false})
#define KEPT_CUTOFF(name, sign)             ONE_PATH(name, 3, sign, {FAST_CONFUSION2, 3, 1, sign, true})
FAST_PATH(step_numbers, FAST_ANY, 2, 0, 1)
FAST_PATH(step_label, FAST_ANY, 2, 1, 1)
FAST_PATH(step_numbers_third, FAST_ANY, 3, 0, 1)
FAST_PATH(step_label_third, FAST_ANY, 3, 1, 1)
FAST_PATH(step_third_label, FAST_ANY, 3, 2, 1) /* unreachable: no function has its label third so far */
FAST_PATH(inverse_numbers, FAST_ANY, 2, 0, -1)
FAST_PATH(inverse_label, FAST_ANY, 2, 1, -1)
FAST_PATH(inverse_numbers_third, FAST_ANY, 3, 0, -1)
FAST_PATH(inverse_label_third, FAST_ANY, 3, 1, -1)
FAST_PATH(inverse_third_label, FAST_ANY, 3, 2, -1)
FAST_PATH(mean_numbers, FAST_MEAN, 2, 0, 1)
FAST_PATH(mean_label, FAST_MEAN, 2, 1, 1)
FAST_PATH(mean_inverse_numbers, FAST_MEAN, 2, 0, -1)
FAST_PATH(mean_inverse_label, FAST_MEAN, 2, 1, -1)
FAST_PATH(confusion2_label, FAST_CONFUSION2, 3, 1, 1)
FAST_PATH(confusion2_inverse, FAST_CONFUSION2, 3, 1, -1)
KEPT_CUTOFF(kept_cutoff, 1)
KEPT_CUTOFF(kept_cutoff_inverse, -1)
FAST_PATH(scores_label, FAST_SCORES, 2, 1, 1)
FAST_PATH(rows_numbers, FAST_ROWS, 2, 0, 1)
FAST_PATH(rows_numbers_third, FAST_ROWS, 3, 0, 1) /* unreachable: no function has such rows so far */
FAST_PATH(rows_third_label, FAST_ROWS, 3, 2, 1)

/* A class or key that is an INTEGER or a TEXT, as most are. */
static inline bool read_key(sqlite3_value **value, Class *key) {
  int type = sqlite3_value_type(*value);
  if (type == SQLITE_INTEGER) {
    *key = (Class){.type = CLASS_INTEGER, .integer = sqlite3_value_int64(*value)};
    return true;
  }
  if (type != SQLITE_TEXT) return false;
  *key = (Class){.type = CLASS_TEXT, .bytes = (const char *)sqlite3_value_text(*value)};
  key->n = (size_t)sqlite3_value_bytes(*value);
  return key->bytes != NULL;
}

/* The entry of a key that was seen before and is an INTEGER or a TEXT, as most are; NULL: it is another key.
 */
static inline KeyedEntry *find_key(const Keyed *keyed, sqlite3_value **value) {
  Class key;
  /* unreachable: keyed->n == 0, since the first row added a key */
  if (keyed->n == 0 || !read_key(value, &key)) return NULL;
  return key.type == CLASS_INTEGER ? mlm_keyed_find_integer(keyed, key.integer) : mlm_keyed_find(keyed, &key);
}

/* Adds a score and a label to the set of a key that was seen before; false: the row is another one, and
 * nothing was done. */
MLM_ALWAYS_INLINE static bool add_keyed(sqlite3_context *context, sqlite3_value **score,
                                        sqlite3_value **key) {
  AggregateContext *aggregate = sqlite3_aggregate_context(context, 0);
  int64_t label;
  double x;
  if (!aggregate || !aggregate->store.started || !mlm_mode_is_usual()) return false;
  if (!mlm_read_plain(score, &x) || !read_label(score + 1, &label)) return false;
  KeyedEntry *entry = find_key(mlm_state_of(aggregate), key);
  if (!entry) return false;
  if (mlm_few_add(entry, mlm_encode_score(x), (int)label)) return true;
  Status status = mlm_few_put(entry, mlm_encode_score(x), (int)label, &mlm_memory);
  if (status) {
    aggregate->failed = true;
    mlm_result_status(context, status);
  }
  return true;
}

static void step_key_first(sqlite3_context *context, int argc, sqlite3_value **argv) {
  if (!add_keyed(context, argv + 1, argv)) mlm_accumulate(context, argc, argv, 1);
}
static void step_key_last(sqlite3_context *context, int argc, sqlite3_value **argv) {
  if (!add_keyed(context, argv, argv + 2)) mlm_accumulate(context, argc, argv, 1);
}

static inline bool begins_number(char c) { return (unsigned char)(c - '0') < 10 || c == '-'; }

/* A class that needs no parsing: an INTEGER, or a TEXT that does not begin as a number does. */
static inline bool read_class(sqlite3_value **value, Class *class) {
  if (!read_key(value, class)) return false;
  return class->type == CLASS_INTEGER || class->n == 0 || !begins_number(*class->bytes);
}

MLM_ALWAYS_INLINE static bool add_classes(sqlite3_context *context, sqlite3_value **argv, int sign) {
  AggregateContext *aggregate = sqlite3_aggregate_context(context, 0);
  Row row;
  if (!aggregate && !(aggregate = mlm_aggregate_context(context))) return false;
  if (!read_class(argv, &row.pred_class) || !read_class(argv + 1, &row.target_class)) return false;
  row.weight = 1;
  Status status = aggregate->function->state->add(mlm_state_of(aggregate), &row, sign, &mlm_memory);
  aggregate->store.started = true;
  if (status) {
    aggregate->failed = true;
    mlm_result_status(context, status);
  }
  return true;
}

static void step_classes(sqlite3_context *context, int argc, sqlite3_value **argv) {
  if (!add_classes(context, argv, 1)) mlm_accumulate(context, argc, argv, 1);
}
static void inverse_classes(sqlite3_context *context, int argc, sqlite3_value **argv) {
  if (!add_classes(context, argv, -1)) mlm_accumulate(context, argc, argv, -1);
}

static bool takes_classes(const FunctionDef *function) {
  const ArgKind *args = function->overload[0].args;
  /* unreachable: a label that does not follow a prediction, which every such metric has */
  return function->state->fast_path == FAST_CLASSES && args[0] == ARG_PRED_CLASS && args[1] == ARG_LABEL_CLASS
         && function->overload[0].required == 2;
}

/* The path of rows of a score, a label and a key; NULL: the function takes others. */
static Callback *keyed_path(const FunctionDef *function) {
  const ArgKind *args = function->overload[0].args;
  if (function->state != &mlm_keyed_scores_state) return NULL;
  /* unreachable: other arguments, for those that have a key first are followed by a score and a label */
  if (args[0] == ARG_KEY && args[1] == ARG_SCORE && args[2] == ARG_LABEL) return step_key_first;
  /* unreachable: other arguments, as above */
  return args[0] == ARG_SCORE && args[1] == ARG_LABEL && args[2] == ARG_SERIES_NAME ? step_key_last : NULL;
}

/* Whether the third argument goes to Row.param and may be any number. */
static bool takes_any_param(const FunctionDef *function) {
  const FastArg *third = &function->fast[2];
  /* unreachable: another argument or a range, which no metric of decisions has so far */
  return third->slot == offsetof(Row, param) && third->span == UINT64_MAX;
}

StepAndInverse mlm_fast_path(const FunctionDef *function, int n) {
  /* By the number of arguments and the place of the label. */
  typedef const StepAndInverse Paths[2][3];
  static Paths any = {{{step_numbers, inverse_numbers}, {step_label, inverse_label}},
                      {{step_numbers_third, inverse_numbers_third},
                       {step_label_third, inverse_label_third},
                       {step_third_label, inverse_third_label}}};
  static Paths special[FAST_PATH_KINDS] = {
      [FAST_MEAN] = {{{mean_numbers, mean_inverse_numbers}, {mean_label, mean_inverse_label}}},
      [FAST_CONFUSION2][1][1] = {confusion2_label, confusion2_inverse}, /* the third argument: any cutoff */
      [FAST_SCORES][0][1] = {.step = scores_label},
      [FAST_ROWS][0][0] = {.step = rows_numbers},
      [FAST_ROWS][1][0] = {.step = rows_numbers_third},
      [FAST_ROWS][1][2] = {.step = rows_third_label}};
  const StepAndInverse none = {NULL, NULL};
  Callback *keyed = n == 3 ? keyed_path(function) : NULL;
  if (keyed) return (StepAndInverse){keyed, NULL};
  if (n == 2 && takes_classes(function)) return (StepAndInverse){step_classes, inverse_classes};
  if (n < 2 || n < function->overload[0].required || n > function->fast_args) return none;
  FastPathKind kind = function->state->fast_path;
  if (kind == FAST_ROWS && function->overload[0].columns != (uint32_t)n) kind = FAST_ANY; /* a weight */
  /* unreachable: a third argument of another kind, as above */
  if (kind == FAST_CONFUSION2 && !takes_any_param(function)) kind = FAST_ANY;
  if (function->cutoff && kind != FAST_CONFUSION2) return none;
  /* unreachable: two arguments, for the cutoff is the third and required */
  if (function->cutoff && n == 3) return (StepAndInverse){kept_cutoff, kept_cutoff_inverse};
  int label = function->fast[1].label ? 1 : n == 3 && function->fast[2].label ? 2 : 0;
  StepAndInverse path = special[kind][n - 2][label];
  if (!path.step) path.step = any[n - 2][label].step;
  if (!path.inverse) path.inverse = any[n - 2][label].inverse;
  return path;
}
