/* What args.c, vectors.c and words.c share. */
#ifndef MLM_ARGS_INTERNAL_H
#define MLM_ARGS_INTERNAL_H

#include "internal.h"
#include "metrics/arg_specs.h"
#include "metrics/threshold.h"

/* A number as SQLite has it, or a text that is wholly one. NaN: none of these, or out of memory. */
double mlm_number_of(sqlite3_value *value);
/* One number of a spread vector. */
DecodeStatus mlm_decode_number(const Call *call, int arg, const ArgSpec *spec, double *x);

/* Whether a form of the function takes a number where another takes a vector. */
bool mlm_takes_plain(const FunctionDef *bound);

/* Vectors (ext/args_vector.c), into memory of the connection that the next row uses again. DECODE_ERROR: the
 * error is set. The vector in an argument; */
DecodeStatus mlm_decode_vector(const Call *call, int arg, const ArgSpec *spec, Vector *vector);
/* the first n arguments, a number each, as one vector; */
DecodeStatus mlm_decode_spread(const Call *call, int n, const ArgSpec *spec, Vector *vector);
/* whether the row's vectors are of one length. */
DecodeStatus mlm_check_lengths(const Call *call, const Row *row);

/* Message for what decoding finds. */
void mlm_error_wrong_number(const Call *call, int arg, const ArgSpec *spec, const double *pred);
void mlm_error_changed(const Call *call, const ArgSpec *spec, double from, double to);
void mlm_error_objective_changed(const Call *call, const char *from, const char *to, size_t n);
void mlm_error_no_objective(const Call *call, sqlite3_value *value);
void mlm_error_wrong_element(const Call *call, int arg, const ArgSpec *spec, double x, size_t i);
void mlm_error_nan(const Call *call, int arg, size_t i);
void mlm_error_no_vector(const Call *call, int arg, const ArgSpec *spec);
void mlm_error_no_array(const Call *call, int arg, const ArgSpec *spec, ArrayFault fault, size_t at);
void mlm_error_lengths(const Call *call, size_t n, ArgKind other, size_t m);
void mlm_error_no_index(const Call *call, int arg, const ArgSpec *spec, size_t n);
void mlm_error_one_entry(const Call *call); /* of a BLOB, where a class index follows */
void mlm_error_argument_count(const Call *call);
void mlm_error_set_range(const Call *call, const ArgSpec *spec, double x);
void mlm_error_after_state(const Call *call, const AfterState *after);

#endif
