/* What args.c, vectors.c and words.c share. */
#ifndef MLM_ARGS_INSIDE_H
#define MLM_ARGS_INSIDE_H

#include "extension.h"
#include "metrics/arguments.h"
#include "metrics/decisions.h"

/* A number as SQLite has it, or a text that is wholly one. NaN: none of these, or out of memory. */
double mlm_number_of(sqlite3_value *value);
/* One number of a spread vector. */
Verdict mlm_decode_number(const Call *call, int arg, const ArgSpec *spec, double *x);

/* Whether a form of the function takes a number where another takes a vector. */
bool mlm_takes_plain(const Bound *bound);

/* Vectors (ext/vectors.c), into memory of the connection that the next row uses again. ROW_WRONG: the error
 * is set. The vector in an argument; */
Verdict mlm_decode_vector(const Call *call, int arg, const ArgSpec *spec, Vector *vector);
/* the first n arguments, a number each, as one vector; */
Verdict mlm_decode_spread(const Call *call, int n, const ArgSpec *spec, Vector *vector);
/* whether the row's vectors are of one length. */
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
void mlm_say_no_index(const Call *call, int arg, const ArgSpec *spec, size_t n);
void mlm_say_one_entry(const Call *call); /* of a BLOB, where a class index follows */
void mlm_say_argument_count(const Call *call);
void mlm_say_set_range(const Call *call, const ArgSpec *spec, double x);
void mlm_say_after_state(const Call *call, const AfterState *after);

#endif
