/* One row of arguments, decoded and checked.
 *
 * Only the members that belong to arguments of the function are set. Vectors are in the caller's scratch
 * memory, valid until the next row.
 */
#ifndef MLM_ROW_H
#define MLM_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Vector {
  double *at; /* owned by the row: a metric's term may sort it */
  size_t n;   /* 0: the argument is not a vector */
} Vector;

/* A class: any SQL value. Numbers sort before text, text before BLOBs; text and BLOBs sort bytewise. */
typedef enum ClassType {
  CLASS_INTEGER,
  CLASS_REAL,
  CLASS_TEXT,
  CLASS_BLOB,
  CLASS_NULL /* no class: only in rows of input_problems, which counts NULLs */
} ClassType;

/* Whether x is an integer that fits an int64; as a class it is then CLASS_INTEGER. */
static inline bool mlm_is_int64(double x) {
  return x >= -9223372036854775808.0 && x < 9223372036854775808.0 && x == (double)(int64_t)x;
}

typedef struct Class {
  ClassType type;
  union {
    int64_t integer; /* CLASS_INTEGER: every integral value that fits; 7, 7.0, '7', '7.0' are the integer 7 */
    double real;     /* CLASS_REAL: any other number */
  };
  /* Of CLASS_TEXT (UTF-8) and CLASS_BLOB only; of other types they are not set. */
  const char *bytes; /* owned by the caller */
  size_t n;
} Class;

/* A saved state, loaded and sealed. */
typedef struct OpenSet {
  const struct StateType *type;
  void *state;    /* owned by whoever decoded the row */
  uint64_t bytes; /* its size when saved */
} OpenSet;

enum { MLM_ROW_NUMBERS = 6, MLM_ROW_SETS = 2 };

typedef struct Row {
  /* The row's numbers by place, and the names that metrics of a prediction and a target have for the first
   * three: what is named param is cutoff or pos_weight, 1 where none was given. */
  union {
    struct {
      double pred, target, param;
    };
    double x[MLM_ROW_NUMBERS];
  };
  uint32_t columns; /* how many of x[] a state of kind rows remembers */
  double weight;    /* finite, > 0; 1 where none was given */
  double held;      /* a parameter that the state holds, the same in every row: label_smoothing, k */
  double value;     /* the metric's term of this row, computed before it is added to a Mean */
  double base;      /* the metric's base of this row, computed before it is added to a SumRatio */
  Vector preds, targets, params; /* where pred, target, param are vectors */
  size_t index;                  /* the class as an index into preds; valid where targets.n == 0 */
  Class pred_class, target_class;
  Class other_class;          /* of a second prediction */
  OpenSet sets[MLM_ROW_SETS]; /* of functions of saved states */
  Class key;                  /* of keyed states; here a TEXT that looks like a number stays a TEXT */
} Row;

/* The most rows that a state may reach by weights, counts and merging; a row of integral weight k counts as k
 * rows. Rows added one by one never get from here to the limit of an int64. */
#define MLM_MOST_ROWS ((int64_t)1 << 62)

/* k if the weight is an integer k <= 2^44: the row counts as k rows of weight 1. Otherwise 0: the weight is
 * called fractional and is kept as it is. */
static inline uint64_t mlm_integral_weight(double weight) {
  uint64_t k = weight <= 17592186044416.0 ? (uint64_t)weight : 0;
  return (double)k == weight ? k : 0;
}

#endif
