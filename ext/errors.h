/* Every error message of the extension: which function, which argument, what it got, what to do. */
#ifndef MLM_ERRORS_H
#define MLM_ERRORS_H

#include "function.h"

/* Reports "function: " and a text. */
void mlm_error_say(const Call *call, const char *format, ...);

/* Failures of the core. */
void mlm_error_status(const Call *call, Status status);
void mlm_result_status(sqlite3_context *context, Status status); /* of the function behind the context */
void mlm_error_refused(const Call *call, const Result *result);  /* MLM_REFUSED */
void mlm_error_unlisted(sqlite3_context *context, const StrBuf *name); /* MLM_UNLISTED */
/* One of mlm_status_is_never_equal(); `text` is one of the texts. */
void mlm_error_never_equal(sqlite3_context *context, Status status, const StrBuf *text);
/* Scores were given to an aggregate of classes, as predictions (MLM_UNDECIDED) or labels (MLM_SCORE_LABEL);
 * `score` is one of them. */
void mlm_error_is_score(sqlite3_context *context, bool label, double score);

/* A number outside the argument's range, or a value that is not a number. pred is the row's prediction, for
 * labels alone; NULL where there is none. */
void mlm_error_wrong_value(const Call *call, int arg, const ArgSpec *spec, const double *pred);

/* Parameters that must be the same in every row. */
void mlm_error_changed(const Call *call, const ArgSpec *spec, double from, double to);
void mlm_error_text_changed(const Call *call, const ArgSpec *spec, const char *from, const char *to,
                            size_t n);
/* The same where one of the two is a number. */
void mlm_error_number_changed(const Call *call, const ArgSpec *spec, double from, const char *to, size_t n);
void mlm_error_text_changed_to(const Call *call, const ArgSpec *spec, const char *from, double to);
/* A text that its parser refuses. */
void mlm_error_wrong_text(const Call *call, const ArgSpec *spec, sqlite3_value *value);
/* A parameter that is neither given nor held by a saved state, or that merged states hold differently. */
void mlm_error_param_missing(const Call *call, const ArgSpec *spec);
void mlm_error_param_conflict(const Call *call, const ArgSpec *spec);
/* A method that the interval of this metric does not have. */
void mlm_error_method(const Call *call, const Interval *interval, sqlite3_value *value);

/* Vectors and indexes. */
void mlm_error_wrong_element(const Call *call, int arg, const ArgSpec *spec, double x, size_t i);
void mlm_error_wrong_sum(const Call *call, int arg, const ArgSpec *spec, double sum);
void mlm_error_float64(const Call *call, int arg, const ArgSpec *spec); /* a BLOB that must be float32 */
void mlm_error_nan(const Call *call, int arg, size_t i);
void mlm_error_no_vector(const Call *call, int arg, const ArgSpec *spec);
void mlm_error_no_array(const Call *call, int arg, const ArgSpec *spec, ArrayFault fault, size_t at);
void mlm_error_lengths(const Call *call, size_t n, ArgKind other, size_t m);
void mlm_error_no_index(const Call *call, int arg, const ArgSpec *spec, size_t n);
void mlm_error_one_entry(const Call *call); /* a BLOB of one float32 where a class index follows */

/* A class that is the bytes of a NumPy number, beside a number. */
void mlm_error_class_bytes(const Call *call, int arg, const ArgSpec *spec);

/* The number of arguments. */
void mlm_error_argument_count(const Call *call);
/* The same of a number that the function is registered for to say this; -1: there was no row to count them.
 */
void mlm_error_no_such_count(sqlite3_context *context, int argc);
/* Of a table function, an argument that is computed from the table itself. */
void mlm_error_by_place(sqlite3_context *context, const FunctionDef *function);
void mlm_error_after_state(const Call *call, const Overload *after); /* after a saved state */

/* Packed columns: an argument that cannot be one; two that are of different lengths. */
void mlm_error_not_packed(const Call *call, const ArgSpec *spec);
void mlm_error_packed_lengths(const Call *call, const ArgSpec *a, uint64_t n, const ArgSpec *b, uint64_t m);

/* A statement of our own on the connection failed with this code. */
void mlm_error_of_host(const Call *call, int rc);

/* Saved states. */
void mlm_error_header(const Call *call, int arg, HeaderFault fault);
void mlm_error_wrong_state(const Call *call, const char *got, const char *needed, bool or_score_set);
void mlm_error_damaged(
    const Call *call); /* the checksum is right, the contents are impossible: crafted input */
/* An argument that must be a saved set is missing (NULL), or is something else. */
void mlm_error_no_set(const Call *call, sqlite3_value *got);
void mlm_error_set_class(const Call *call, const Class *class); /* a class of a set that is not 0 or 1 */
void mlm_error_set_range(const Call *call, const ArgSpec *spec, double x);

#endif
