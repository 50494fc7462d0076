/* All that the author of a metric needs: a metric is one row of a table and one pure function.
 *
 * A family is a file in ext/metrics/ that ends in its tables; ext/init.c lists the families. From its row a
 * metric gets the aggregate, the window function, the `_state` form, the merging form, its line in
 * mlmetrics_functions and the law tests.
 */
#ifndef MLM_METRIC_H
#define MLM_METRIC_H

#include <math.h> /* NAN, INFINITY, sqrt and fabs, which the compiler inlines; no other function of libm */
#include <string.h>

#include "math/kernels.h"
#include "base/number.h"
#include "state/confusion_matrix.h"
#include "state/exact_sum.h"
#include "state/log_sum.h"
#include "state/state.h"
#include "state/bigfloat.h"
#include "state/moments.h"
#include "state/scores.h"
#include "state/confusion2.h"

/* What an argument is: its name in messages, type, range and where it goes in the Row. One line each in
 * ext/metrics/arg_specs.c. */
typedef enum ArgKind {
  ARG_END = 0,
  /* the prediction: a number */
  ARG_PRED,  /* any */
  ARG_SCORE, /* any */
  ARG_LOGIT, /* any */
  ARG_PROB,  /* 0..1 */
  ARG_X,     /* any */
  ARG_P,     /* 0..1, named p */
  /* the target: a number */
  ARG_TARGET,      /* any */
  ARG_LABEL,       /* 0 or 1 */
  ARG_SOFT_TARGET, /* 0..1 */
  ARG_LOG_SUM_EXP, /* any */
  /* of the row */
  ARG_CUTOFF,
  ARG_POS_WEIGHT,
  ARG_WEIGHT,
  /* the same for every row, held by the state */
  ARG_LABEL_SMOOTHING,
  ARG_K,
  /* the same for every row, needed only at the end */
  ARG_BETA,
  ARG_FP_COST,
  ARG_FN_COST,
  ARG_MAX_FPR,
  ARG_BINS,
  ARG_OBJECTIVE,
  /* vectors */
  ARG_PROBS,            /* each 0..1 */
  ARG_LOGITS,           /* each any number */
  ARG_VECTOR,           /* likewise, named vector */
  ARG_PROBS_SPREAD,     /* PROBS…: the numbers themselves, one or more, then what follows */
  ARG_LOGITS_SPREAD,    /* LOGITS… */
  ARG_VECTOR_SPREAD,    /* VECTOR… */
  ARG_TARGETS,          /* soft targets, each 0..1: as long as the first vector */
  ARG_P_SHARES,         /* PROBS named P */
  ARG_Q,                /* PROBS named Q, as long as the first vector */
  ARG_POS_WEIGHTS,      /* a number, or a vector as long as the first */
  ARG_CLASS_INDEX,      /* 0..K-1 */
  ARG_I,                /* likewise, named i */
  ARG_CLASS_OR_TARGETS, /* 0..K-1, or a vector of K shares */
  /* decided classes: any value */
  ARG_PRED_CLASS,
  ARG_LABEL_CLASS,
  /* other */
  ARG_F64_BLOB,
  ARG_SET,      /* a saved state that a curve or info function opens */
  ARG_PROB_SET, /* likewise, every score 0..1 */
  ARG_STRATEGY, /* 'uniform' or 'quantile' */
  ARG_KINDS
} ArgKind;

enum { MLM_MAX_ARGS = 7 }; /* ARG_END among them */

typedef enum ResultKind {
  RESULT_REAL = 0, /* NaN is NULL */
  RESULT_COUNT,    /* INTEGER without weights, REAL with */
  RESULT_INTEGER,
  RESULT_JSON,
  RESULT_TEXT,
  RESULT_STATE /* the saved state itself */
} ResultKind;

/* How best_cutoff may use a metric of a tally. */
typedef enum Search {
  SEARCH_NONE = 0,
  SEARCH_HIGHEST,      /* greater is better; the computed double never grows with more fp or fewer tp */
  SEARCH_LOWEST,       /* less is better; likewise */
  SEARCH_HIGHEST_SCAN, /* greater is better; monotone only up to rounding, so every cutoff is looked at */
} Search;

typedef struct Metric {
  const char *name;
  ArgKind args[MLM_MAX_ARGS]; /* ends with ARG_END */
  int required;               /* how many must be given */
  const StateType *state;
  const char
      *state_name; /* name of what is state_name_of; metrics with the same one read each other's states */
  double (*term)(const Row *row); /* for states that average: the value of a row */
  Formula formula;                /* what is made of the state */
  ResultKind result;
  Search search;
  const char *summary; /* one line: what it is, unit or range, when it is NULL */
  const char *example; /* SQL that runs as it stands */
} Metric;

typedef struct Scalar {
  const char *name;
  ArgKind args[MLM_MAX_ARGS];
  int required;
  double (*value)(const Row *row); /* or, for JSON and text: */
  void (*write)(const Row *row, StrBuf *out);
  ResultKind result;
  const char *summary, *example;
} Scalar;

/* What a column of a curve holds. */
typedef struct Cell {
  enum { CELL_INTEGER, CELL_REAL, CELL_TEXT, CELL_BLOB } type;
  int64_t integer;
  double real;      /* NaN is NULL */
  const char *text; /* or BLOB: n bytes, valid until the cursor moves */
  size_t n;
} Cell;

static inline void mlm_cell_real(Cell *cell, double x) {
  cell->type = CELL_REAL;
  cell->real = x;
}

/* An INTEGER where integral and an int64 holds it, else a REAL. */
static inline void mlm_cell_count(Cell *cell, double count, bool integral) {
  if (!integral || !(count < 9223372036854775808.0)) {
    mlm_cell_real(cell, count);
    return;
  }
  cell->type = CELL_INTEGER;
  cell->integer = (int64_t)count;
}

/* A table-valued function: rows made one by one from a saved state. */
typedef struct TableFunction {
  const char *name;
  const char *columns;        /* "cutoff, fpr, tpr" */
  ArgKind args[MLM_MAX_ARGS]; /* ARG_SET first */
  int required;
  const StateType *state;
  const char *state_name;
  size_t cursor_bytes; /* of the cursor, zeroed before the first next */
  /* To the next row, at first to the first; false: there is none. */
  bool (*next)(void *cursor, const void *state, const Params *params);
  void (*column)(const void *cursor, const void *state, int column, Cell *cell); /* sets type and value */
  const char *summary, *example;
} TableFunction;

/* Tables end with a row whose name is NULL. */
typedef struct Family {
  const char *name;
  const Metric *metrics;
  const Scalar *scalars;
  const TableFunction *tables;
} Family;

#endif
