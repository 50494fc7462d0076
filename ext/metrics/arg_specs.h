/* What every kind of argument is: its name, how it is read, its range. The table behind ArgKind, without SQL.
 */
#ifndef MLM_ARG_SPECS_H
#define MLM_ARG_SPECS_H

#include "metric.h"

/* How an argument is read. The order matters: up to SHAPE_LABEL plain numbers that go to a double of the Row,
 * from SHAPE_VECTOR on a first argument that brings vectors. */
typedef enum Shape {
  SHAPE_NONE = 0,
  SHAPE_NUMBER,
  SHAPE_WEIGHT,
  SHAPE_LABEL,
  SHAPE_HELD, /* the same in every row, held by the state */
  SHAPE_HELD_INTEGER,
  SHAPE_GIVEN, /* the same in every row, needed at the end; slot is the index in Params.value */
  SHAPE_GIVEN_INTEGER,
  SHAPE_OBJECTIVE,
  SHAPE_STRATEGY,
  SHAPE_INDEX,
  SHAPE_CLASS,
  SHAPE_SET,
  SHAPE_VECTOR,
  SHAPE_SPREAD,
  SHAPE_F64_BLOB,
  SHAPE_NUMBER_OR_VECTOR,
  SHAPE_INDEX_OR_VECTOR
} Shape;

typedef struct ArgSpec {
  const char *name;
  Shape shape;
  size_t slot; /* offset in Row, or index in Params.value */
  double lo, hi;
  const char *must; /* "score must be …" */
} ArgSpec;

extern const ArgSpec mlm_arg_specs[ARG_KINDS];
const char *mlm_arg_shown(ArgKind kind); /* as signatures have it */

/* The same in every row, and held by the state. */
static inline bool mlm_is_held(const ArgSpec *spec) {
  return spec->shape == SHAPE_HELD || spec->shape == SHAPE_HELD_INTEGER;
}

/* The same in every row, and a number. */
static inline bool mlm_is_given(const ArgSpec *spec) {
  return spec->shape >= SHAPE_HELD && spec->shape <= SHAPE_GIVEN_INTEGER;
}

/* The same in every row, and needed only at the end: no part of the state. */
static inline bool mlm_is_needed_at_end(const ArgSpec *spec) {
  return spec->shape == SHAPE_GIVEN || spec->shape == SHAPE_GIVEN_INTEGER || spec->shape == SHAPE_OBJECTIVE;
}

/* Whether the number is one that the argument may be: within its range, whole where it must be.
 * NaN is not. */
static inline bool mlm_is_taken(const ArgSpec *spec, double x) {
  if (spec->shape == SHAPE_LABEL) return x == 0 || x == 1;
  bool integer = spec->shape == SHAPE_GIVEN_INTEGER || spec->shape == SHAPE_HELD_INTEGER;
  return x >= spec->lo && x <= spec->hi && (!integer || x == (double)(int64_t)x);
}

#endif
