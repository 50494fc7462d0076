/* Short ways for nearly all rows: two or three plain numbers, the second of them often a label.
 *
 * They do what mlm_accumulate() does, with everything known beforehand made a constant; whatever is not plain
 * (a NULL, a text, a saved state, a number out of range, an unusual floating-point mode) goes that way.
 */
#include "aggregate_context.h"
#include "state/mean_internal.h"
#include "state/scores_internal.h"
#include "state/confusion2_internal.h"

/* A way is a constant in each callback, and stays one only in what is inlined there. */
#define ALWAYS_INLINE __attribute__((always_inline)) static inline

/* What a short way is made for. */
typedef struct FastPath {
  FastPathKind to; /* FAST_ANY: any state, by its add() */
  int n;
  bool label;
  int sign;
} FastPath;

/* By their bits doubles of one sign are in order, in any floating-point mode. */
static inline bool in_range(double x, const FastArg *plain) {
  return mlm_double_bits(x) - plain->least <= plain->span;
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

/* A row's way may depend on the floating-point mode; that of a REAL score into a set of any scores does not:
 * no arithmetic is done with it. */
static inline bool read_pred(FastPath way, sqlite3_value **value, double *x) {
  int type = sqlite3_value_type(*value);
  if (!is_number(type)) return false;
  if ((way.to != FAST_SCORES || type != SQLITE_FLOAT) && !mlm_mode_is_usual()) return false;
  *x = sqlite3_value_double(*value);
  return true;
}

static inline bool read_number(sqlite3_value **value, double *x) {
  if (!is_number(sqlite3_value_type(*value))) return false;
  *x = sqlite3_value_double(*value);
  return true;
}

static inline bool read_third(const FunctionDef *bound, sqlite3_value **value, Row *row) {
  const FastArg *plain = &bound->plain[2];
  double *x = (double *)(void *)((char *)row + plain->slot);
  return read_number(value, x) && in_range(*x, plain);
}

static inline bool fits(const FunctionDef *bound, FastPath way, const Row *row) {
  if (!bound->ranged) return true;
  return in_range(row->pred, bound->plain) && (way.label || in_range(row->target, bound->plain + 1));
}

/* False: a number of the row is not plain. What is asked of the group is asked late, so that fewer registers
 * are kept over the calls. */
ALWAYS_INLINE bool read_row(const AggregateContext *group, sqlite3_value **argv, FastPath way, Row *row,
                            int64_t *label) {
  if (!read_pred(way, argv, &row->pred)) return false;
  if (!(way.label ? read_label(argv + 1, label) : read_number(argv + 1, &row->target))) return false;
  if (way.n == 3) row->weight = row->param = 1;
  return (way.n == 2 || read_third(group->bound, argv + 2, row)) && fits(group->bound, way, row);
}

ALWAYS_INLINE Status add_to_any(AggregateContext *group, FastPath way, Row *row) {
  const FunctionDef *bound = group->bound;
  const Metric *metric = bound->metric;
  if (way.n == 2) row->weight = 1; /* also where a set of scores has no room */
  if (way.n == 3) group->weighted |= bound->plain[2].weight;
  if (metric->term) row->value = metric->term(row);
  return metric->state->add(mlm_state_of(group), row, way.sign, &mlm_memory);
}

ALWAYS_INLINE Status add_row(AggregateContext *group, FastPath way, Row *row, int label) {
  void *state = mlm_state_of(group);
  if (way.to == FAST_SCORES && mlm_scores_add_plain(state, row->pred, label))
    return MLM_OK; /* nearly all rows, but in windows */
  if (way.to == FAST_CONFUSION2) {
    mlm_confusion2_add_plain(state, mlm_cell_of(row->pred, row->param, label), way.sign);
    return MLM_OK;
  }
  if (way.label) row->target = label;
  if (way.n == 2) row->param = 1;
  if (way.to != FAST_MEAN) return add_to_any(group, way, row);
  mlm_mean_add_plain(state, group->bound->metric->term(row), way.sign);
  return MLM_OK;
}

/* False: the row must go the long way, and nothing was done. */
ALWAYS_INLINE bool accumulate_plain(sqlite3_context *context, sqlite3_value **argv, FastPath way) {
  AggregateContext *group = sqlite3_aggregate_context(context, 0);
  Row row;
  int64_t label = 0;
  if (!group && !(group = mlm_aggregate_context(context))) return false;
  if (!read_row(group, argv, way, &row, &label)) return false;
  Status status = add_row(group, way, &row, (int)label);
  group->given.set = true;
  if (status) mlm_result_status(context, status);
  return true;
}

/* A callback for each way; a macro, because what is inlined must be a constant there. */
#define FAST_PATH(name, to, n, label, sign)                                                                  \
  static void name(sqlite3_context *context, int argc, sqlite3_value **argv) {                               \
    if (!accumulate_plain(context, argv, (FastPath){to, n, label, sign}))                                    \
      mlm_accumulate(context, n, argv, sign);                                                                \
  }
FAST_PATH(step_numbers, FAST_ANY, 2, false, 1)
FAST_PATH(step_label, FAST_ANY, 2, true, 1) /* unreachable: what takes a label alone has a way of its own */
FAST_PATH(step_numbers_third, FAST_ANY, 3, false, 1)
FAST_PATH(step_label_third, FAST_ANY, 3, true, 1)
FAST_PATH(inverse_numbers, FAST_ANY, 2, false, -1)
FAST_PATH(inverse_label, FAST_ANY, 2, true, -1)
FAST_PATH(inverse_numbers_third, FAST_ANY, 3, false, -1)
FAST_PATH(inverse_label_third, FAST_ANY, 3, true, -1)
FAST_PATH(mean_numbers, FAST_MEAN, 2, false, 1)
FAST_PATH(mean_label, FAST_MEAN, 2, true, 1)
FAST_PATH(unmean_numbers, FAST_MEAN, 2, false, -1)
FAST_PATH(unmean_label, FAST_MEAN, 2, true, -1)
FAST_PATH(tally_label, FAST_CONFUSION2, 3, true, 1)
FAST_PATH(untally_label, FAST_CONFUSION2, 3, true, -1)
FAST_PATH(scores_label, FAST_SCORES, 2, true, 1)

Callback *mlm_fast_path(const FunctionDef *bound, int n, int sign) {
  /* By the number of arguments, whether the second is a label, and whether it is an inverse. */
  typedef Callback *const Ways[2][2][2];
  static Ways any = {{{step_numbers, inverse_numbers}, {step_label, inverse_label}},
                     {{step_numbers_third, inverse_numbers_third}, {step_label_third, inverse_label_third}}};
  static Ways special[FAST_PATH_KINDS] = {
      [FAST_MEAN] = {{{mean_numbers, unmean_numbers}, {mean_label, unmean_label}}},
      [FAST_CONFUSION2] = {{{NULL}},
                           {{NULL}, {tally_label, untally_label}}}, /* its third argument is the cutoff */
      [FAST_SCORES] = {{{NULL}, {scores_label}}}};
  if (n < 2 || n < bound->required[0] || n > bound->plain_args) return NULL;
  bool label = bound->plain[1].label;
  Callback *way = special[bound->metric->state->fast_path][n - 2][label][sign < 0];
  return way ? way : any[n - 2][label][sign < 0];
}
