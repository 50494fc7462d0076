/* Rows made for the arguments of any function that takes plain rows, and states of them: every class and
 * label present, numbers within their ranges, and labels that fall with the first number where weights are
 * fractional. */
#ifndef MLM_TESTS_MADE_ROWS_H
#define MLM_TESTS_MADE_ROWS_H

#include "metrics/arg_specs.h"
#include "metrics/forms.h"

enum { MOST_ELEMENTS = 24, MADE_WIDTH = 16 };

/* WEIGHTS_HEAVY: the first row counts as 100,000. */
typedef enum Weights { WEIGHTS_ONE, WEIGHTS_FRACTIONAL, WEIGHTS_HEAVY, WEIGHTS } Weights;

/* What rows are made for. */
typedef struct Made {
  const ArgKind *args;
  double held; /* the parameter of the state */
  Weights weights;
  int elements; /* of a vector */
  bool alike;   /* every row is the same */
} Made;

/* A row, and what it points to. */
typedef struct MadeRow {
  Row row;
  double preds[MOST_ELEMENTS], targets[MOST_ELEMENTS], params[MOST_ELEMENTS];
  char text[MLM_MAX_ARGS][MADE_WIDTH];
} MadeRow;

/* Whether rows can be made: not of saved states, nor of values as they came. */
bool can_make(const ArgKind *args);
/* Row number i; saved states in it are not set. */
void make_row(const Made *made, int i, MadeRow *out);
/* The defaults of all parameters, and for those without one the middle of their range, or 2; *held becomes
 * the one of the state. A required text is parsed with this host, into a block for the caller. */
void make_params(const ArgKind *args, const Host *host, Params *params, double *held, void **parsed);

/* A sealed state of n rows of a metric; ends the program on failure. */
void *made_state(const Metric *metric, const StateType *type, const Made *made, int n, const Host *host);
void drop_made(const StateType *type, void *state, const Host *host);

#endif
