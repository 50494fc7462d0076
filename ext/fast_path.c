/* Fast paths for the common row shapes: two or three plain numbers, the second of them often a label.
 *
 * They do what mlm_accumulate() does, with everything known beforehand made a constant; what is not plain (a
 * NULL, a text, a saved state, a number out of range, an unusual floating-point mode) is left to that.
 */
#include "fast_path.h"

#include "accumulate.h"
#include "base/bits.h"
#include "base/float_mode.h"
#include "state/mean_internal.h"
#include "state/confusion2_internal.h"
#include "state/scores_internal.h"

/* What a path is made for: a compile-time constant in each callback, so everything that takes it is
 * force-inlined.
 */
typedef struct FastPath {
  FastPathKind to; /* FAST_ANY: any state, by its add() */
  int n;
  bool label;
  int sign;
} FastPath;

/* By their bits doubles of one sign are in order, in any floating-point mode. */
static inline bool in_range(double x, const FastArg *fast) {
  return mlm_double_bits(x) - fast->least <= fast->span;
}

static inline bool is_number(int type) {
  return (unsigned)type - SQLITE_INTEGER <= SQLITE_FLOAT - SQLITE_INTEGER;
}

static inline bool read_label(sqlite3_value **value, int64_t *label) {
  int type = sqlite3_value_type(*value);
  if (type == SQLITE_FLOAT) {
    double x = sqlite3_value_double(*value);
    *label = x == 1;
    return mlm_mode_is_usual() && (x == 0 || x == 1); /* a subnormal number is no label in any mode */
  }
  if (type != SQLITE_INTEGER) return false;
  *label = sqlite3_value_int64(*value);
  return (uint64_t)*label <= 1;
}

/* Other rows are left to mlm_accumulate() in an unusual floating-point mode; a REAL score that goes into a
 * set of scores is not, because no arithmetic is done with it. */
static inline bool read_pred(FastPath path, sqlite3_value **value, double *x) {
  int type = sqlite3_value_type(*value);
  if (!is_number(type)) return false;
  if ((path.to != FAST_SCORES || type != SQLITE_FLOAT) && !mlm_mode_is_usual()) return false;
  *x = sqlite3_value_double(*value);
  return true;
}

static inline bool read_number(sqlite3_value **value, double *x) {
  if (!is_number(sqlite3_value_type(*value))) return false;
  *x = sqlite3_value_double(*value);
  return true;
}

static inline bool read_third(const FunctionDef *function, sqlite3_value **value, Row *row) {
  const FastArg *fast = &function->fast[2];
  double *x = (double *)(void *)((char *)row + fast->slot);
  return read_number(value, x) && in_range(*x, fast);
}

static inline bool fits(const FunctionDef *function, FastPath path, const Row *row) {
  if (!function->ranged) return true;
  return in_range(row->pred, function->fast) && (path.label || in_range(row->target, function->fast + 1));
}

/* False: a number of the row is not plain. Loads from the context late, to keep fewer registers live across
 * calls. */
MLM_ALWAYS_INLINE static bool read_row(const AggregateContext *aggregate, sqlite3_value **argv, FastPath path,
                                       Row *row, int64_t *label) {
  if (!read_pred(path, argv, &row->pred)) return false;
  if (!(path.label ? read_label(argv + 1, label) : read_number(argv + 1, &row->target))) return false;
  if (path.n == 3) row->weight = row->param = 1;
  return (path.n == 2 || read_third(aggregate->function, argv + 2, row))
         && fits(aggregate->function, path, row);
}

MLM_ALWAYS_INLINE static Status add_to_any(AggregateContext *aggregate, FastPath path, Row *row) {
  const FunctionDef *function = aggregate->function;
  const Metric *metric = function->metric;
  row->columns = function->overload[0].columns;
  row->preds.n = 0;
  if (path.n == 2) row->weight = 1;
  if (path.n == 3) aggregate->weighted |= function->fast[2].weight;
  if (metric->term) row->value = metric->term(row);
  return function->state->add(mlm_state_of(aggregate), row, path.sign, &mlm_memory);
}

MLM_ALWAYS_INLINE static Status add_row(AggregateContext *aggregate, FastPath path, Row *row, int label) {
  void *state = mlm_state_of(aggregate);
  if (path.to == FAST_SCORES && mlm_scores_add_plain(state, row->pred, label))
    return MLM_OK; /* nearly all rows, but in windows */
  if (path.to == FAST_CONFUSION2) {
    mlm_confusion2_add_plain(state, mlm_cell_of(row->pred, row->param, label), path.sign);
    return MLM_OK;
  }
  if (path.label) row->target = label;
  if (path.n == 2) row->param = 1;
  if (path.to != FAST_MEAN) return add_to_any(aggregate, path, row);
  mlm_mean_add_plain(state, aggregate->function->metric->term(row), path.sign);
  return MLM_OK;
}

/* False: the row is not plain, and nothing was done. */
MLM_ALWAYS_INLINE static bool accumulate_plain(sqlite3_context *context, sqlite3_value **argv,
                                               FastPath path) {
  AggregateContext *aggregate = sqlite3_aggregate_context(context, 0);
  Row row;
  int64_t label = 0;
  if (!aggregate && !(aggregate = mlm_aggregate_context(context))) return false;
  if (!read_row(aggregate, argv, path, &row, &label)) return false;
  Status status = add_row(aggregate, path, &row, (int)label);
  aggregate->store.started = true;
  if (status) mlm_result_status(context, status);
  return true;
}

/* One callback for each path; a macro, because the path must be a constant there. */
#define FAST_PATH(name, to, n, label, sign)                                                                  \
  static void name(sqlite3_context *context, int argc, sqlite3_value **argv) {                               \
    if (!accumulate_plain(context, argv, (FastPath){to, n, label, sign}))                                    \
      mlm_accumulate(context, n, argv, sign);                                                                \
  }
FAST_PATH(step_numbers, FAST_ANY, 2, false, 1)
FAST_PATH(step_label, FAST_ANY, 2, true,
          1) /* unreachable: every state that takes a label alone has a path of its own */
FAST_PATH(step_numbers_third, FAST_ANY, 3, false, 1)
FAST_PATH(step_label_third, FAST_ANY, 3, true, 1)
FAST_PATH(inverse_numbers, FAST_ANY, 2, false, -1)
FAST_PATH(inverse_label, FAST_ANY, 2, true, -1)
FAST_PATH(inverse_numbers_third, FAST_ANY, 3, false, -1)
FAST_PATH(inverse_label_third, FAST_ANY, 3, true, -1)
FAST_PATH(mean_numbers, FAST_MEAN, 2, false, 1)
FAST_PATH(mean_label, FAST_MEAN, 2, true, 1)
FAST_PATH(mean_inverse_numbers, FAST_MEAN, 2, false, -1)
FAST_PATH(mean_inverse_label, FAST_MEAN, 2, true, -1)
FAST_PATH(confusion2_label, FAST_CONFUSION2, 3, true, 1)
FAST_PATH(confusion2_inverse, FAST_CONFUSION2, 3, true, -1)
FAST_PATH(scores_label, FAST_SCORES, 2, true, 1)

/* A key that is an INTEGER or a TEXT, as most are. */
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

/* A score and a label go to the set of a key that came before; false: it is no such row, and nothing was
 * done.
 */
static bool add_keyed(sqlite3_context *context, sqlite3_value **score, sqlite3_value **key_value) {
  AggregateContext *aggregate = sqlite3_aggregate_context(context, 0);
  int64_t label;
  double x;
  Class key;
  if (!aggregate || !aggregate->store.started || !mlm_mode_is_usual()) return false;
  if (!read_number(score, &x) || !read_label(score + 1, &label) || !read_key(key_value, &key)) return false;
  Scores *scores = mlm_keyed_find(mlm_state_of(aggregate), &key);
  return scores && mlm_scores_add_plain(scores, x, (int)label);
}

static void step_key_first(sqlite3_context *context, int argc, sqlite3_value **argv) {
  if (!add_keyed(context, argv + 1, argv)) mlm_accumulate(context, argc, argv, 1);
}
static void step_key_last(sqlite3_context *context, int argc, sqlite3_value **argv) {
  if (!add_keyed(context, argv, argv + 2)) mlm_accumulate(context, argc, argv, 1);
}

/* The path of rows of a score, a label and a key; NULL: the function takes others. */
static Callback *keyed_path(const FunctionDef *function) {
  const ArgKind *args = function->overload[0].args;
  if (function->state != &mlm_keyed_scores_state) return NULL;
  if (args[0] == ARG_SET_KEY && args[1] == ARG_SCORE && args[2] == ARG_LABEL) return step_key_first;
  return args[0] == ARG_SCORE && args[1] == ARG_LABEL && args[2] == ARG_SERIES_NAME ? step_key_last : NULL;
}

Callback *mlm_fast_path(const FunctionDef *function, int n, int sign) {
  /* By the number of arguments, whether the second is a label, and whether it is an inverse. */
  typedef Callback *const Paths[2][2][2];
  static Paths any = {{{step_numbers, inverse_numbers}, {step_label, inverse_label}},
                      {{step_numbers_third, inverse_numbers_third}, {step_label_third, inverse_label_third}}};
  static Paths special[FAST_PATH_KINDS] = {
      [FAST_MEAN] = {{{mean_numbers, mean_inverse_numbers}, {mean_label, mean_inverse_label}}},
      [FAST_CONFUSION2] = {{{NULL}},
                           {{NULL},
                            {confusion2_label, confusion2_inverse}}}, /* its third argument is the cutoff */
      [FAST_SCORES] = {{{NULL}, {scores_label}}}};
  if (n == 3 && sign > 0 && keyed_path(function)) return keyed_path(function);
  if (n < 2 || n < function->overload[0].required || n > function->fast_args) return NULL;
  bool label = function->fast[1].label;
  Callback *path = special[function->state->fast_path][n - 2][label][sign < 0];
  return path ? path : any[n - 2][label][sign < 0];
}
