/* All that the author of a metric needs: a metric is one row of a table and one pure function.
 *
 * A family is a file in ext/metrics/ that ends in its tables; ext/metrics/families.c lists them. From its row
 * a metric gets the aggregate, the window function, every form of ext/metrics/forms.c (`_state`, `_ci`),
 * merging of saved states, its rows in mlmetrics_functions and the property tests.
 */
#ifndef MLM_METRIC_H
#define MLM_METRIC_H

#include <math.h> /* NAN, INFINITY, sqrt and fabs, which the compiler inlines; no other function of libm */
#include <string.h>

#include "base/number.h"
#include "base/strbuf.h"
#include "math/distributions.h"
#include "math/kernels.h"
#include "state/bigfloat.h"
#include "state/confusion2.h"
#include "state/confusion_matrix.h"
#include "state/exact_sum.h"
#include "state/exact_sum_product.h"
#include "state/exact_sum_round.h"
#include "state/label_tables.h"
#include "state/input_problems.h"
#include "state/joint_moments.h"
#include "state/keyed.h"
#include "state/log_sum.h"
#include "state/mean.h"
#include "state/mean_moments.h"
#include "state/moments.h"
#include "state/packed.h"
#include "state/ratings.h"
#include "state/rows.h"
#include "state/rows_placements.h"
#include "state/scores.h"
#include "state/sum_ratio.h"
#include "state/vector_sums.h"
#include "state/state.h"

/* What an argument is. Each kind is one row of ext/metrics/arg_specs.c: name, type, range, role, default,
 * hint. Numbers of the row go to Row.x[] in the order in which the signature names them. */
typedef enum ArgKind {
  ARG_END = 0,
  /* of the row: numbers */
  ARG_PRED,
  ARG_SCORE,
  ARG_SCORE_A,
  ARG_SCORE_B,
  ARG_LOGIT,
  ARG_PROB,
  ARG_X,
  ARG_P,
  ARG_TARGET,
  ARG_LABEL,       /* 0 or 1 */
  ARG_SOFT_TARGET, /* 0..1 */
  ARG_LOG_SUM_EXP,
  ARG_CUTOFF,
  ARG_POS_WEIGHT,
  ARG_WEIGHT,
  ARG_FREQUENCY,   /* the weight in `_ci` forms: an integer, so that a level given in its place is an error */
  ARG_PROB_CUTOFF, /* a cutoff c whose odds c / (1 - c) are a price: below 1 */
  /* of the state: the same for every row */
  ARG_LABEL_SMOOTHING,
  ARG_K,
  /* final: the same for every row, needed only at the end */
  ARG_BETA,
  ARG_FP_COST,
  ARG_FN_COST,
  ARG_MAX_FPR,
  ARG_BINS,
  ARG_POINTS,
  ARG_STRATEGY,
  ARG_OBJECTIVE,
  ARG_LEVEL,
  ARG_METHOD,
  ARG_METRIC,
  ARG_SCALE,
  ARG_REPLICATES,
  ARG_SEED,
  ARG_SCHEME,
  /* of resampling and of intervals of means and proportions */
  ARG_HASHED_KEY, /* any value */
  ARG_REPLICATE,  /* a number of the row */
  ARG_CLUSTER,    /* any value, as two numbers of the row */
  ARG_SUCCESSES,
  ARG_TRIALS,
  ARG_PROPORTION_METHOD,
  ARG_SCORE_VECTOR,
  ARG_LABEL_VECTOR, /* as long as the first vector, each 0 or 1 */
  /* of the row: vectors */
  ARG_PROBS,
  ARG_LOGITS,
  ARG_VECTOR,
  ARG_PROBS_VARIADIC, /* PROBS…: one or more numbers, then what follows */
  ARG_LOGITS_VARIADIC,
  ARG_VECTOR_VARIADIC,
  ARG_LABEL_SCORES,    /* one number for each label or class */
  ARG_LABEL_TARGETS,   /* as long as the first vector, each 0 or 1 */
  ARG_TARGETS,         /* as long as the first vector, each 0..1 */
  ARG_PROBS_OF_LABELS, /* that need not add up to 1 */
  ARG_DISTRIBUTION,    /* probabilities that add up to 1 */
  ARG_DISTRIBUTION_P,
  ARG_DISTRIBUTION_Q,
  ARG_POS_WEIGHTS, /* a number, or a vector as long as the first */
  ARG_CLASS_INDEX, /* 0..K-1 */
  ARG_I,
  ARG_CLASS_OR_TARGETS, /* 0..K-1, or a vector of K probabilities */
  ARG_F64_BLOB,
  ARG_RATINGS, /* a JSON array of any values */
  /* of the row: predicted classes, any value */
  ARG_PRED_CLASS,
  ARG_LABEL_CLASS,
  ARG_CLASSES, /* final: a list of classes */
  /* of the row: values as they came; a NULL is one of them */
  ARG_RAW_SCORE,
  ARG_RAW_LABEL,
  ARG_DIRTY_NUMBER, /* what to_number() reads */
  ARG_MARK,
  ARG_DIRTY_LABEL, /* what to_label() reads */
  ARG_DECISION,    /* 0 or 1 */
  ARG_DECIDED_LABEL,
  /* saved states, opened */
  ARG_SCORE_SET,
  ARG_PROB_SET, /* a score set whose scores are all within 0..1 */
  ARG_CLASS_SET,
  ARG_ANY_SET, /* whatever saved state a metric can read */
  /* of tests */
  ARG_Y,
  ARG_GROUP,        /* which of two samples: 0 or 1 */
  ARG_PRED_A_CLASS, /* predicted classes, any value */
  ARG_PRED_B_CLASS,
  ARG_CLASS_A,
  ARG_CLASS_B,
  ARG_GROUPS,
  ARG_PREDICTIONS,
  ARG_TEST_K,
  ARG_TEST_N,
  ARG_NULL_P,
  ARG_P_VALUES,
  ARG_ADJUSTMENT,
  ARG_T, /* of distributions */
  ARG_DF,
  ARG_SHAPE_A,
  ARG_SHAPE_B,
  /* of regression and prediction intervals */
  ARG_PRED_FROM_0, /* >= 0 */
  ARG_PRED_ABOVE_0,
  ARG_TARGET_FROM_0,
  ARG_TARGET_ABOVE_0,
  ARG_MEAN,
  ARG_VARIANCE,
  ARG_SD,
  ARG_LO,
  ARG_HI,
  ARG_TIME,
  ARG_EVENT, /* 0 or 1 */
  ARG_DELTA, /* of the state */
  ARG_ALPHA,
  ARG_MISS_RATE,
  ARG_POWER,
  ARG_Q, /* final */
  /* of ranking within a query */
  ARG_RANK_SCORE, /* NULL: not retrieved */
  ARG_RELEVANCE,  /* >= 0 */
  ARG_RANK_K,     /* final */
  ARG_SAMPLES,    /* numbers of samples, integral */
  ARG_CORRECT,
  ARG_SAMPLES_K,
  /* of vectors */
  ARG_OTHER_VECTOR, /* as long as the first */
  ARG_VECTOR_SCALE, /* of the state */
  /* of keyed states and charts */
  ARG_KEY,         /* any value, NULL too */
  ARG_SERIES_NAME, /* the same, of the series of a chart */
  ARG_SERIES,
  ARG_PRED_SET,
  ARG_SETS,         /* a keyed state of any kind */
  ARG_SCORE_SERIES, /* one set, or a keyed state of them */
  ARG_PROB_SERIES,
  ARG_CLASS_SERIES,
  ARG_PRED_SERIES,
  ARG_TREND_POINTS,
  ARG_TREND_X, /* a number or a date, as two numbers of the row */
  ARG_TITLE,
  ARG_WIDTH,
  ARG_HEIGHT,
  ARG_STYLE,
  /* of packed columns */
  ARG_ELEMENT,    /* any value but a BLOB; a NULL is one of them */
  ARG_PACKED,     /* a packed column, opened */
  ARG_ARRAY_BLOB, /* the bytes of an array of numbers */
  ARG_JSON_ARRAY, /* of any values */
  /* of calibration and drift */
  ARG_BINS_OR_EDGES,
  ARG_GROUPING_BINS, /* the same; not given: every distinct score is a bin */
  ARG_DRIFT_BINS,    /* the same, of quantiles that are kept */
  ARG_VALUE,
  ARG_SAMPLE, /* 0: of the reference, 1: current */
  ARG_VALUE_CLASS,
  ARG_SAMPLE_CLASS,
  ARG_FINITE_SCORE,
  ARG_FINITE_LOGITS,
  ARG_FIT,
  ARG_SCORE_OR_LOGITS,
  ARG_KINDS
} ArgKind;

enum { MLM_MAX_ARGS = 12 }; /* ARG_END included */

typedef enum ResultKind {
  RESULT_REAL = 0, /* NaN is NULL */
  RESULT_COUNT,    /* INTEGER without weights, REAL with */
  RESULT_INTEGER,
  RESULT_JSON,
  RESULT_TEXT,
  RESULT_BLOB,
  RESULT_STATE, /* the saved state itself */
  RESULT_NULL
} ResultKind;

/* Parameters of one call: numbers by slot (ArgSpec.slot), and a text that was parsed. */
enum { MLM_PARAMS = 5, PARAM_LEVEL = 3, PARAM_METHOD = 4 };
typedef struct Params {
  double number[MLM_PARAMS]; /* a choice among texts is its place in the list */
  const void *parsed;        /* what the parser of a text parameter made of it; NULL: not given */
  uint32_t given;            /* bit i: number[i] was given; bit MLM_PARAMS: parsed was */
} Params;

/* What an evaluation is given besides the state. */
typedef struct Eval {
  const struct Metric *metric;
  const Params *params; /* defaults filled in */
  const ArgKind *args;  /* of the call, whose parameters an interval shows; NULL: it shows none */
  double cutoff;        /* of all rows; NaN: they differ, or it is unknown */
  const Host *host;     /* memory and interrupts */
  uint64_t limit;       /* most bytes of a result */
  bool weighted;        /* weights were given, so counts are REAL */
  int replicates;       /* of an interval by resampling; 0: as many as its _ci form draws */
  bool sample;          /* the state is a sample of rows whose classes were accepted as a whole */
  Rows *own;      /* the rows that mlm_eval_rows evaluates, where nothing reads them afterwards: a formula may
                     use up their memory, and then clears them; else NULL */
  uint64_t *hint; /* where the search for the last value of the window ended; speeds up the next, never
                     changes a result; may be NULL */
} Eval;

/* What an evaluation gives: NULL until one of the functions below is called. */
typedef struct Result {
  ResultKind kind;
  double real;
  int64_t integer;
  StrBuf bytes; /* of a text, JSON or BLOB */
  const char
      *why; /* with MLM_REFUSED: the message, a constant; `real` is the number refused, if kind says so */
} Result;

/* NaN gives NULL. */
static inline void mlm_result_real(Result *out, double x) {
  out->kind = x == x ? RESULT_REAL : RESULT_NULL;
  out->real = x;
}

static inline void mlm_result_integer(Result *out, int64_t x) {
  out->kind = RESULT_INTEGER;
  out->integer = x;
}

/* An INTEGER where integral and an int64 holds it, else a REAL. */
static inline void mlm_result_count(Result *out, double count, bool integral) {
  /* unreachable: 2^63 rows, for no aggregate holds more than 2^62 */
  if (integral && count < 9223372036854775808.0)
    mlm_result_integer(out, (int64_t)count);
  else
    mlm_result_real(out, count);
}

/* The buffer to write a text, JSON or BLOB into; left empty, a text or JSON is NULL. */
static inline StrBuf *mlm_result_bytes(Result *out, ResultKind kind) {
  out->kind = kind;
  return &out->bytes;
}

/* The number that a result is; NaN where it is none. */
static inline double mlm_result_number(const Result *result) {
  if (result->kind == RESULT_INTEGER) return (double)result->integer;
  return result->kind == RESULT_REAL ? result->real : NAN;
}

typedef Status Evaluate(const void *state, const Eval *in, Result *out);

struct ClassView; /* of metrics/class_list.h */

/* The formula of a metric of scores whose result is a number. */
typedef double ScoresFormula(const Scores *scores, const Eval *in);

/* The formula of a metric, by kind of state. Rows set it by the macros below alone, which set the state and
 * the evaluation with it, so that a formula for another kind of state does not compile. */
typedef union Formula {
  double (*mean)(double mean);
  double (*confusion2)(const Confusion2 *confusion, const double *param);
  Status (*confusion2_full)(const Confusion2 *confusion, bool integral, const Eval *in, Result *out);
  double (*moments)(const Moments *moments);
  ScoresFormula *scores;
  Status (*scores_full)(const Scores *scores, const Eval *in, Result *out);
  double (*matrix)(const ConfusionMatrix *matrix);
  Status (*matrix_full)(const ConfusionMatrix *matrix, const Eval *in, Result *out);
  double (*class_view)(const struct ClassView *view);
  Status (*class_view_full)(const struct ClassView *view, const Eval *in, Result *out);
  double (*log_sum)(const LogSum *log_sum);
  Status (*rows)(const Rows *rows, const Eval *in, Result *out);
  Status (*label_tables)(const LabelTables *tables, const Eval *in, Result *out);
  Status (*ratings)(const Ratings *ratings, const Eval *in, Result *out);
  double (*joint_moments)(const JointMoments *moments);
  double (*sum_ratio)(double ratio);
  Status (*vector_sums)(const VectorSums *sums, const Eval *in, Result *out);
  Status (*keyed)(const Keyed *keyed, const Eval *in, Result *out);
} Formula;

extern Evaluate mlm_eval_mean, mlm_eval_confusion2, mlm_eval_confusion2_full, mlm_eval_moments,
    mlm_eval_scores, mlm_eval_scores_full, mlm_eval_matrix, mlm_eval_matrix_full, mlm_eval_class_view,
    mlm_eval_class_view_full, mlm_eval_log_sum, mlm_eval_rows, mlm_eval_label_tables, mlm_eval_ratings,
    mlm_eval_input_problems, mlm_eval_joint_moments, mlm_eval_sum_ratio, mlm_eval_vector_sums, mlm_eval_keyed,
    mlm_eval_counts;

#define MLM_OF_MEAN(f) .state = &mlm_mean_state, .eval = mlm_eval_mean, .formula = {.mean = f}
#define MLM_OF_CONFUSION2(f)                                                                                 \
  .state = &mlm_confusion2_state, .eval = mlm_eval_confusion2, .formula = {.confusion2 = f}
#define MLM_OF_CONFUSION2_FULL(f)                                                                            \
  .state = &mlm_confusion2_state, .eval = mlm_eval_confusion2_full, .formula = {.confusion2_full = f}
/* Of two predictions: the 2x2 table of whether each of them is right. */
#define MLM_OF_PAIRED_HITS(f)                                                                                \
  .state = &mlm_paired_hits_state, .eval = mlm_eval_confusion2_full, .formula = {.confusion2_full = f}
#define MLM_OF_MOMENTS(f) .state = &mlm_moments_state, .eval = mlm_eval_moments, .formula = {.moments = f}
#define MLM_OF_SCORES(f)  .state = &mlm_scores_state, .eval = mlm_eval_scores, .formula = {.scores = f}
#define MLM_OF_SCORES_FULL(f)                                                                                \
  .state = &mlm_scores_state, .eval = mlm_eval_scores_full, .formula = {.scores_full = f}
/* A formula that does not depend on the order of the classes uses the unordered state, in which a value needs
 * no sorting.
 */
#define MLM_OF_MATRIX(f)                                                                                     \
  .state = &mlm_confusion_matrix_unordered_state, .eval = mlm_eval_matrix, .formula = {.matrix = f}
#define MLM_OF_ORDERED_MATRIX(f)                                                                             \
  .state = &mlm_confusion_matrix_state, .eval = mlm_eval_matrix, .formula = {.matrix = f}
#define MLM_OF_MATRIX_FULL(f)                                                                                \
  .state = &mlm_confusion_matrix_state, .eval = mlm_eval_matrix_full, .formula = {.matrix_full = f}
/* Of how often each class occurs in each of two samples, where a class may be any number. */
#define MLM_OF_COUNTS(f)                                                                                     \
  .state = &mlm_confusion_matrix_state, .eval = mlm_eval_counts, .formula = {.matrix_full = f}
/* Of the matrix and the list of classes that ARG_CLASSES may have given: see metrics/class_list.h. */
#define MLM_OF_CLASSES(f)                                                                                    \
  .state = &mlm_confusion_matrix_unordered_state, .eval = mlm_eval_class_view, .formula = {.class_view = f}
#define MLM_OF_ORDERED_CLASSES(f)                                                                            \
  .state = &mlm_confusion_matrix_state, .eval = mlm_eval_class_view, .formula = {.class_view = f}
#define MLM_OF_CLASSES_FULL(f)                                                                               \
  .state = &mlm_confusion_matrix_state, .eval = mlm_eval_class_view_full, .formula = {.class_view_full = f}
#define MLM_OF_LABEL_TABLES(f)                                                                               \
  .state = &mlm_label_tables_state, .eval = mlm_eval_label_tables, .formula = {.label_tables = f}
#define MLM_OF_RATINGS(f)     .state = &mlm_ratings_state, .eval = mlm_eval_ratings, .formula = {.ratings = f}
#define MLM_OF_LOG_SUM(f)     .state = &mlm_log_sum_state, .eval = mlm_eval_log_sum, .formula = {.log_sum = f}
#define MLM_OF_ROWS(f)        .state = &mlm_rows_state, .eval = mlm_eval_rows, .formula = {.rows = f}
#define MLM_OF_INPUT_PROBLEMS .state = &mlm_input_problems_state, .eval = mlm_eval_input_problems
#define MLM_OF_JOINT_MOMENTS(f)                                                                              \
  .state = &mlm_joint_moments_state, .eval = mlm_eval_joint_moments, .formula = {.joint_moments = f}
/* Of Σ term / Σ base, neither of them negative. */
#define MLM_OF_SUM_RATIO(f)                                                                                  \
  .state = &mlm_sum_ratio_state, .eval = mlm_eval_sum_ratio, .formula = {.sum_ratio = f}
#define MLM_OF_VECTOR_SUMS(f)                                                                                \
  .state = &mlm_vector_sums_state, .eval = mlm_eval_vector_sums, .formula = {.vector_sums = f}
/* Of the multiset of the terms, none of them negative; NaN is kept as MLM_NO_VALUE. */
#define MLM_OF_VALUE_ROWS(f) .state = &mlm_value_rows_state, .eval = mlm_eval_rows, .formula = {.rows = f}
/* Of (score, relevance), where the score may be NULL: see state/rows.h. */
#define MLM_OF_QUERY_ROWS(f) .state = &mlm_query_rows_state, .eval = mlm_eval_rows, .formula = {.rows = f}
/* The cost of a formula of rows that uses up Eval.own. */
#define MLM_IN_PLACE                                                                                         \
  "At the end of an aggregate, rows that do not repeat are sorted in place, which takes half a megabyte; a " \
  "value in a window takes the 8 to 20 bytes."
/* Of keyed scores, classes, preds or points. */
#define MLM_OF_KEYED(kind_state, f) .state = &kind_state, .eval = mlm_eval_keyed, .formula = {.keyed = f}
/* The set itself is the result. */
#define MLM_SET_OF(kind) .state = &mlm_##kind##_state, .result = RESULT_STATE

/* How best_cutoff may use a metric of a 2x2 table. */
typedef enum Search {
  SEARCH_NONE = 0,
  SEARCH_HIGHEST,      /* greater is better; the computed double never grows with more fp or fewer tp */
  SEARCH_LOWEST,       /* less is better, and never shrinks with more fp or fewer tp */
  SEARCH_HIGHEST_SCAN, /* greater is better; monotone only up to rounding, so every cutoff is looked at */
} Search;

/* Checks that the numbers of a row, each within its own range, fit each other. Returns NULL if they do;
 * otherwise sets *arg to the argument at fault and returns what it must be, in the words of the message.
 * Metrics whose second argument is a label have no check. */
typedef const char *RowCheck(const Row *row, int *arg);

enum { MLM_METHODS = 4 };

/* The confidence interval of a metric: the method behind its `_ci` form. */
typedef struct Interval {
  const StateType *state; /* what it remembers; NULL: what the metric remembers */
  const char *state_name; /* where that differs from the metric's: a suffix to the metric's own state_name */
  Evaluate *eval;
  const char *methods[MLM_METHODS]; /* what the argument method may be; the first is the default */
  const char *summary;              /* the method, for help */
  const char *cost; /* a sentence about the cost of a value; NULL: the state's cost covers it */
} Interval;

/* What the form without a suffix remembers of a metric whose saved states hold more, for other metrics to
 * read. */
typedef struct LightForm {
  const StateType *state; /* loads what the metric's own state saves */
  Evaluate *eval;
} LightForm;

extern const LightForm mlm_hit_share, mlm_miss_share; /* of the rows whose two classes agree, or do not */

typedef struct Metric {
  const char *name;
  ArgKind args[MLM_MAX_ARGS]; /* ends with ARG_END */
  int required;               /* how many must be given */
  const StateType *state;     /* MLM_OF_…() sets these three */
  Evaluate *eval;
  Formula formula;
  const char
      *state_name; /* of what is remembered; NULL: the state's. Equal names read each other's saved states */
  double (*term)(const Row *row); /* for states that average: the value of a row */
  /* The terms of n rows of x[0] and x[1] alone, the same bits, for packed columns; NULL: row by row. */
  void (*terms)(const double *x0, const double *x1, size_t n, double *value);
  double (*base)(const Row *row); /* of a ratio of sums: a row's part of the denominator */
  RowCheck *check;
  ResultKind result;
  Search search;
  bool any_classes; /* of a confusion matrix: it has a result also where integers stand beside texts only */
  const LightForm *light;   /* NULL: that form remembers what it saves */
  const Interval *interval; /* of its `_ci` form; NULL: none */
  /* The range of a row's value, to which the interval of a mean is cut: its upper end, INFINITY where there
   * is none; and its lower end where all rows have this cutoff, NULL: that of the interval. */
  double most;
  double (*least)(double cutoff);
  const char *logits_form; /* of a metric of probabilities: the one that takes logits */
  const char *pairs_form;  /* of a test of two samples: the one of two columns that belong together */
  bool two_samples;        /* its label tells two samples, 0 the reference, rather than two classes */
  const char *cost;     /* a sentence about the cost of a value, where the state's cost does not cover it */
  const char *row_time; /* of a term that takes a vector of K numbers; NULL: O(K) */
  const char *summary;  /* one line: what it is, unit or range, when it is NULL */
  const char *example;  /* SQL that runs without changes */
} Metric;

static inline const char *mlm_state_name(const Metric *metric) {
  return metric->state_name ? metric->state_name : metric->state->name;
}

typedef struct Scalar {
  const char *name;
  ArgKind args[MLM_MAX_ARGS];
  int required;
  double (*value)(const Row *row);                             /* a number; or, for anything else, */
  Status (*eval)(const Row *row, const Eval *in, Result *out); /* as a metric's */
  /* A shortcut to the result of eval where the first of two arguments is a constant text, parsed before, and
   * the second a REAL. It returns NaN where eval must be called; NULL: there is no shortcut. */
  double (*quick)(const void *parsed, double x);
  RowCheck *check;
  ResultKind result;
  const char *logits_form;
  const char *summary, *example;
} Scalar;

/* What a column of a table function holds. */
typedef struct Cell {
  enum { CELL_INTEGER, CELL_REAL, CELL_TEXT, CELL_BLOB } type;
  int64_t integer;
  double real;      /* NaN is NULL */
  const char *text; /* or BLOB: n bytes, valid until the cursor moves; NULL is NULL */
  size_t n;
} Cell;

static inline void mlm_cell_real(Cell *cell, double x) {
  cell->type = CELL_REAL;
  cell->real = x;
}

static inline void mlm_cell_integer(Cell *cell, int64_t x) {
  cell->type = CELL_INTEGER;
  cell->integer = x;
}

static inline void mlm_cell_text(Cell *cell, const char *text) {
  *cell = (Cell){.type = CELL_TEXT, .text = text, .n = text ? strlen(text) : 0};
}

/* An INTEGER where integral and an int64 holds it, else a REAL. */
static inline void mlm_cell_count(Cell *cell, double count, bool integral) {
  if (integral && count < 9223372036854775808.0)
    mlm_cell_integer(cell, (int64_t)count);
  else
    mlm_cell_real(cell, count);
}

/* A table-valued function: rows computed one by one from its arguments, usually from a saved state. */
typedef struct TableFunction {
  const char *name;
  const char *columns; /* "cutoff, fpr, tpr" */
  ArgKind args[MLM_MAX_ARGS];
  int required;
  size_t cursor_bytes; /* of the cursor, zeroed before the first next */
  bool sorted;         /* rows come in the order of the first column, as ORDER BY has it */
  /* Moves to the next row, in the first call to the first; sets *more to false if there is none. `row` has
   * the arguments: saved states opened, and numbers. No vectors: another call would overwrite them. */
  Status (*next)(void *cursor, const Row *row, const Eval *in, bool *more);
  void (*column)(const void *cursor, const Row *row, int column, Cell *cell); /* sets type and value */
  void (*clear)(void *cursor, const Host *host); /* frees what the cursor owns; NULL: nothing */
  const char *summary, *example;
} TableFunction;

/* Tables end with a row whose name is NULL. */
typedef struct Family {
  const char *name;
  const Metric *metrics;
  const Scalar *scalars;
  const TableFunction *tables;
} Family;

extern const Family *const mlm_families[]; /* ends with NULL */

#endif
