/* One row as the metrics see it: checked numbers, no SQL.
 *
 * args.c fills in what the argument list of the metric names; the rest is not set. Vectors point into the
 * caller's scratch memory and live until the next row.
 */
#ifndef MLM_ROW_H
#define MLM_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Vector {
  const double *at;
  size_t n; /* 0: the argument was no vector */
} Vector;

/* A class: any SQL value. Numbers sort before text, text (byte by byte) before blobs. */
typedef enum ClassType { CLASS_INTEGER, CLASS_REAL, CLASS_TEXT, CLASS_BLOB } ClassType;

/* Whether x is an integer that an int64 holds; a class then is CLASS_INTEGER. */
static inline bool mlm_is_int64(double x) {
  return x >= -9223372036854775808.0 && x < 9223372036854775808.0 && x == (double)(int64_t)x;
}

typedef struct Class {
  ClassType type;
  union {
    int64_t integer; /* CLASS_INTEGER: every integral value that fits; 7, 7.0 and '7' are all the integer 7 */
    double real;     /* CLASS_REAL: any other number */
  };
  const char *bytes; /* CLASS_TEXT (UTF-8), CLASS_BLOB: n bytes, owned by the caller */
  size_t n;
} Class;

enum { MLM_ROW_NUMBERS = 6 };

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
  Vector preds, targets, params; /* where pred, target, param are vectors */
  size_t index;                  /* the class as an index into preds; valid where targets.n == 0 */
  Class pred_class, target_class;
  const struct Scores *scores; /* of functions of one score set: the set, sealed */
  uint64_t scores_bytes;       /* and its size when saved */
} Row;

/* Rows, each of whole weight counted weight times, that a state comes to hold by weights, counts and merging:
 * far enough from what an int64 holds that no rows one by one ever get there. */
#define MLM_MOST_ROWS ((int64_t)1 << 62)

/* k where the weight is a whole number up to 2^44, and so stands for k rows; else 0: a weight that is kept as
 * it is. */
static inline uint64_t mlm_integral_weight(double weight) {
  uint64_t k = weight <= 17592186044416.0 ? (uint64_t)weight : 0;
  return (double)k == weight ? k : 0;
}

#endif
