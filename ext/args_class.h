/* Classes, keys and arrays of classes out of SQL values. */
#ifndef MLM_ARGS_CLASS_H
#define MLM_ARGS_CLASS_H

#include "row_fault.h"

/* Any value; a text stays one. */
DecodeStatus mlm_decode_raw(const Call *call, sqlite3_value *value, Class *class);
/* Makes any value a class: an integral REAL and a TEXT that is a number as SQLite prints it become one. */
void mlm_class_of_value(Class *value);
/* The class in an argument goes to its slot of the row. */
DecodeStatus mlm_decode_class(const Call *call, int arg, const ArgSpec *spec, Row *row);
/* The value in an argument, a REAL as it is: a BLOB where the argument must be one, any other elsewhere. */
DecodeStatus mlm_decode_value(const Call *call, int arg, const ArgSpec *spec, Class *class);
DecodeStatus mlm_decode_values(const Call *call, int arg, const ArgSpec *spec, Class *class);
DecodeStatus mlm_decode_key(const Call *call, sqlite3_value *value, Class *key);
/* The same key as two numbers, equal iff the keys are (state/class_key.h). */
DecodeStatus mlm_decode_key_numbers(const Call *call, int arg, double numbers[2]);

#endif
