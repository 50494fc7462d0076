/* What args.c, vectors.c and words.c share: the table of argument kinds. */
#ifndef MLM_ARGS_INSIDE_H
#define MLM_ARGS_INSIDE_H

#include "extension.h"
#include "metrics/decisions.h"

/* How an argument is read. The order matters: up to SHAPE_WEIGHT plain numbers that go to a double of the
 * Row, from SHAPE_VECTOR on a first argument that brings vectors. */
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

static inline bool mlm_is_given(Shape shape) { return shape >= SHAPE_HELD && shape <= SHAPE_GIVEN_INTEGER; }

typedef struct ArgSpec {
  const char *name;
  Shape shape;
  size_t slot; /* offset in Row, or index in Params.value */
  double lo, hi;
  const char *must; /* "score must be …" */
} ArgSpec;

#define MOST      1.7976931348623157e308
#define LEAST     4.9406564584124654e-324
#define BELOW_ONE 0.99999999999999989
#define INTEGERS  2147483647.0

const char *mlm_arg_shown(ArgKind kind);

/* One number of a spread vector. */
Verdict mlm_decode_number(const Call *call, int arg, const ArgSpec *spec, double *x);

/* Vectors (ext/vectors.c). */
Verdict mlm_decode_vector(const Call *call, int arg, const ArgSpec *spec, Vector *vector);
Verdict mlm_decode_spread(const Call *call, int n, const ArgSpec *spec, Vector *vector);
Verdict mlm_check_lengths(const Call *call, const Row *row);

/* Words for what decoding finds. */
void mlm_say_wrong_number(const Call *call, int arg, const ArgSpec *spec, const double *pred);
void mlm_say_changed(const Call *call, const ArgSpec *spec, double from, double to);
void mlm_say_objective_changed(const Call *call, const char *from, const char *to, size_t n);
void mlm_say_no_objective(const Call *call, sqlite3_value *value);
void mlm_say_wrong_element(const Call *call, int arg, const ArgSpec *spec, double x, size_t i);
void mlm_say_nan(const Call *call, int arg, size_t i);
void mlm_say_no_vector(const Call *call, int arg, const ArgSpec *spec);
void mlm_say_no_array(const Call *call, int arg, const ArgSpec *spec, ArrayFault fault, size_t at);
void mlm_say_lengths(const Call *call, size_t n, ArgKind other, size_t m);
void mlm_say_no_index(const Call *call, int arg, size_t n);
void mlm_say_argument_count(const Call *call);
void mlm_say_set_range(const Call *call, const ArgSpec *spec, double x);
void mlm_say_after_state(const Call *call, const ArgKind *after, int fewest, int most);

#endif
