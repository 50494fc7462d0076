/* Classes, keys and arrays of classes from SQL values. */
#include "args_class.h"

#include "base/json_values.h"
#include "base/sqlite_number.h"
#include "state/class_key.h"

/* Integral values that fit an int64 are integers, whatever their SQL type. */
static void class_of_real(double x, Class *class) {
  bool integral = mlm_is_int64(x);
  class->type = integral ? CLASS_INTEGER : CLASS_REAL;
  if (integral)
    class->integer = (int64_t)x;
  else
    class->real = x;
}

/* A number in the form in which SQLite prints it is the number; versions, zip codes, hexadecimal identifiers
 * and integers beyond 64 bits stay text. */
static void class_of_text(Class *class) {
  SqliteNumber number;
  if (!mlm_text_is_sqlite_number(class->bytes, class->n, &number)) return;
  if (!number.integral) {
    class_of_real(number.real, class);
    return;
  }
  class->type = CLASS_INTEGER;
  class->integer = number.integer;
}

void mlm_class_of_value(Class *value) {
  if (value->type == CLASS_REAL) class_of_real(value->real, value);
  if (value->type == CLASS_TEXT) class_of_text(value);
}

/* Any value as a class; a TEXT is not read as a number. */
DecodeStatus mlm_decode_raw(const Call *call, sqlite3_value *value, Class *class) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_INTEGER) {
    class->type = CLASS_INTEGER;
    class->integer = sqlite3_value_int64(value);
    return DECODE_OK;
  }
  if (type == SQLITE_FLOAT) {
    class_of_real(sqlite3_value_double(value), class);
    return DECODE_OK;
  }
  if (type == SQLITE_NULL) {
    class->type = CLASS_NULL;
    return DECODE_OK;
  }
  bool blob = type == SQLITE_BLOB;
  class->type = blob ? CLASS_BLOB : CLASS_TEXT;
  class->bytes = blob ? sqlite3_value_blob(value) : (const void *)sqlite3_value_text(value);
  class->n =
      class->bytes ? (size_t)sqlite3_value_bytes(value) : 0; /* NULL if SQLite cannot expand a zeroblob */
  if (!class->bytes && !blob) {
    mlm_error_status(call, MLM_NOMEM);
    return DECODE_ERROR;
  }
  return DECODE_OK;
}

DecodeStatus mlm_decode_value(const Call *call, int arg, const ArgSpec *spec, Class *class) {
  sqlite3_value *value = call->argv[arg];
  int type = sqlite3_value_type(value);
  if ((type == SQLITE_BLOB) != (spec->shape == SHAPE_BYTES)) return mlm_wrong_value(call, arg, spec, NULL);
  if (type != SQLITE_FLOAT) return mlm_decode_raw(call, value, class);
  class->type = CLASS_REAL;
  class->real = sqlite3_value_double(value);
  return DECODE_OK;
}

static DecodeStatus decode_class(const Call *call, sqlite3_value *value, Class *class) {
  DecodeStatus status = mlm_decode_raw(call, value, class);
  if (status == DECODE_OK) mlm_class_of_value(class);
  return status;
}

/* NumPy's int32 and int64 are bound as BLOBs by drivers that do not know them, and then never equal a
 * number. */
static bool is_number_in_bytes(const Class *a, const Class *b) {
  return a->type == CLASS_BLOB && (a->n == 4 || a->n == 8) && b->type <= CLASS_REAL;
}

/* Once the label is decoded too: refuses a number beside the bytes of one. */
static DecodeStatus compare_classes(const Call *call, int arg, const ArgSpec *spec, const Row *row) {
  bool pred = is_number_in_bytes(&row->pred_class, &row->target_class);
  if (!pred && !is_number_in_bytes(&row->target_class, &row->pred_class)) return DECODE_OK;
  DecodeStatus status = mlm_wrong_or_out(call);
  if (status == DECODE_ERROR)
    mlm_error_class_bytes(call, pred ? arg - 1 : arg, pred ? &mlm_arg_specs[ARG_PRED_CLASS] : spec);
  return status;
}

/* A class, which must be within the range of the argument if it has one. */
DecodeStatus mlm_decode_class(const Call *call, int arg, const ArgSpec *spec, Row *row) {
  Class *class = (Class *)(void *)((char *)row + spec->slot);
  DecodeStatus status = decode_class(call, call->argv[arg], class);
  if (status != DECODE_OK) return status;
  bool state = class->type == CLASS_BLOB && mlm_is_state(class->bytes, class->n); /* equals no class */
  if (state || !mlm_arg_allows_class(spec, class)) return mlm_wrong_value(call, arg, spec, NULL);
  return spec == &mlm_arg_specs[ARG_LABEL_CLASS] ? compare_classes(call, arg, spec, row) : DECODE_OK;
}

/* The text of a JSON array of any values but arrays and objects, which the state reads. */
DecodeStatus mlm_decode_values(const Call *call, int arg, const ArgSpec *spec, Class *class) {
  JsonReader reader = {.at = 0};
  JsonValue value = {.type = JSON_WRONG};
  double x;
  DecodeStatus status = mlm_wrong_or_out(call);
  if (status != DECODE_ERROR) return status;
  if (mlm_text_of(call->argv[arg], &reader.text, &reader.n)) do {
      value = mlm_json_next(&reader);
      if (value.type == JSON_NUMBER && !mlm_parse_number_text(value.text, value.n, &x))
        value.type = JSON_WRONG;
    } while (value.type != JSON_END && value.type != JSON_WRONG && value.type != JSON_NESTED);
  *class = (Class){.type = CLASS_TEXT, .bytes = reader.text, .n = reader.n};
  if (value.type == JSON_END) return DECODE_OK;
  if (!reader.text && sqlite3_value_type(call->argv[arg]) == SQLITE_TEXT)
    mlm_error_status(call, MLM_NOMEM);
  else
    mlm_error_wrong_value(call, arg, spec, NULL);
  return DECODE_ERROR;
}

DecodeStatus mlm_decode_key_numbers(const Call *call, int arg, double numbers[2]) {
  Class class;
  if (sqlite3_value_type(call->argv[arg]) == SQLITE_NULL) return mlm_wrong_or_out(call);
  DecodeStatus status = decode_class(call, call->argv[arg], &class);
  if (status == DECODE_OK) mlm_class_numbers(&class, numbers);
  return status;
}

/* Keys are equal where GROUP BY would group them: numbers by value, whatever their type, and texts as
 * written. */
DecodeStatus mlm_decode_key(const Call *call, sqlite3_value *value, Class *key) {
  int type = sqlite3_value_type(value);
  if (type == SQLITE_NULL) {
    *key = (Class){.type = CLASS_NULL};
    return DECODE_OK;
  }
  if (type != SQLITE_TEXT) return decode_class(call, value, key);
  *key = (Class){.type = CLASS_TEXT, .bytes = (const char *)sqlite3_value_text(value)};
  key->n = (size_t)sqlite3_value_bytes(value);
  if (key->bytes) return DECODE_OK;
  mlm_error_status(call, MLM_NOMEM);
  return DECODE_ERROR;
}
