/* Classes, keys and arrays of classes from SQL values. */
#ifndef MLM_ARGS_CLASS_H
#define MLM_ARGS_CLASS_H

#include "row_fault.h"

/* Any value as a class; a TEXT is not read as a number. */
DecodeStatus mlm_decode_raw(const Call *call, sqlite3_value *value, Class *class);
/* Makes any value a class: an integral REAL and a TEXT that is a number as SQLite prints it become one. */
void mlm_class_of_value(Class *value);
/* Decodes the class in an argument into its slot of the row. */
DecodeStatus mlm_decode_class(const Call *call, int arg, const ArgSpec *spec, Row *row);
/* The value of an argument, where an integral REAL stays a REAL: a BLOB if the argument must be one, else
 * anything but a BLOB. */
DecodeStatus mlm_decode_value(const Call *call, int arg, const ArgSpec *spec, Class *class);
DecodeStatus mlm_decode_values(const Call *call, int arg, const ArgSpec *spec, Class *class);
DecodeStatus mlm_decode_key(const Call *call, sqlite3_value *value, Class *key);
/* The same key as two numbers, equal iff the keys are (state/class_key.h). */
DecodeStatus mlm_decode_key_numbers(const Call *call, int arg, double numbers[2]);

#endif
