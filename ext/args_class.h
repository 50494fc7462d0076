/* Classes, keys and arrays of classes out of SQL values. */
#ifndef MLM_ARGS_CLASS_H
#define MLM_ARGS_CLASS_H

#include "row_fault.h"

/* Any value; a text stays one. */
DecodeStatus mlm_decode_raw(const Call *call, sqlite3_value *value, Class *class);
/* The class in an argument goes to its slot of the row. */
DecodeStatus mlm_decode_class(const Call *call, int arg, const ArgSpec *spec, Row *row);
DecodeStatus mlm_decode_values(const Call *call, int arg, const ArgSpec *spec, Class *class);
DecodeStatus mlm_decode_key(const Call *call, sqlite3_value *value, Class *key);
/* The same key as two numbers, equal iff the keys are (state/class_key.h). */
DecodeStatus mlm_decode_key_numbers(const Call *call, int arg, double numbers[2]);

#endif
