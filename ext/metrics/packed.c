/* Packed columns: made of rows and of arrays, and taken apart. */
#include "metric.h"

#include "base/bits.h"
#include "base/float64_blob.h"
#include "base/json_values.h"
#include "base/number_parse.h"

typedef Status Fill(Packed *packed, const Class *array, const Host *host);

/* The packed column of an array; NULL if it has no element. */
static Status make_packed(Fill *fill, const Row *row, const Eval *in, Result *out) {
  const StateType *type = &mlm_packed_state;
  Writer writer = {.limit = in->limit, .host = in->host};
  Packed *packed = mlm_new_zeroed(in->host, type->bytes);
  if (!packed) return MLM_NOMEM;
  Status status = fill(packed, &row->key, in->host);
  if (!status && mlm_packed_count(packed) > 0) {
    status = mlm_packed_write(packed, &writer, in->host);
    StrBuf *bytes = mlm_result_bytes(out, RESULT_BLOB);
    bytes->bytes = (char *)writer.bytes;
    bytes->n = (size_t)writer.n;
  }
  type->clear(packed, in->host);
  in->host->free(packed);
  return status;
}

/* The number in `width` bytes, the lowest first. */
static uint64_t word_at(const char *at, size_t width) {
  uint64_t word = 0;
  for (size_t k = 0; k < width; k++) word |= (uint64_t)(uint8_t)at[k] << (8 * k);
  return word;
}

/* What an array of numbers holds. */
typedef struct NumberFormat {
  size_t width;
  bool real, negative; /* a floating-point number; a signed integer */
} NumberFormat;

static Status put_number(Packed *packed, uint64_t word, NumberFormat format, const Host *host) {
  const unsigned unused = 64 - 8 * (unsigned)format.width;
  const uint32_t bits = (uint32_t)word;
  float x;
  if (format.real && format.width == 8) return mlm_packed_put_real(packed, mlm_double_from_bits(word), host);
  if (format.real) {
    memcpy(&x, &bits, sizeof x);
    return mlm_packed_put_real(packed, x, host);
  }
  Class integer = {.type = CLASS_INTEGER, .integer = (int64_t)word};
  if (format.negative && word >> (63 - unused)) integer.integer = (int64_t)(word | ~(UINT64_MAX >> unused));
  return mlm_packed_put(packed, &integer, host);
}

static Status put_array(Packed *packed, const Class *array, NumberFormat format, const Host *host) {
  Status status = MLM_OK;
  for (size_t i = 0; i + format.width <= array->n && !status; i += format.width) {
    status = put_number(packed, word_at(array->bytes + i, format.width), format, host);
    if (!status && i % (1 << 20) == 0 && mlm_interrupted(host)) status = MLM_INTERRUPTED;
  }
  return status;
}

#define MUST_NOT_BE(type, others, readers)                                                                   \
  "a BLOB of " type " numbers, not of " others ", which " readers " reads"

/* Why the bytes are not of this format although their number is right: what they must be instead. */
static const char *other_format(const uint8_t *bytes, size_t n, NumberFormat format) {
  if (!format.real) return NULL;
  if (format.width == 4 && mlm_column_looks_like_float64(bytes, n))
    return MUST_NOT_BE("float32", "float64 ones", "f64(blob)");
  const bool narrow = mlm_column_looks_like_integers(bytes, n, 4),
             wide = mlm_column_looks_like_integers(bytes, n, 8);
  if (format.width == 8 ? !wide : !narrow) return NULL;
  if (narrow && wide) /* two of 32 bits or one of 64: only the writer of the bytes knows */
    return format.width == 8 ? MUST_NOT_BE("float64", "integers", "i32(blob) or i64(blob)")
                             : MUST_NOT_BE("float32", "integers", "i32(blob) or i64(blob)");
  return wide ? MUST_NOT_BE("float64", "int64 ones", "i64(blob)")
              : MUST_NOT_BE("float32", "int32 ones", "i32(blob)");
}

/* A BLOB whose length is a multiple of the width, of numbers of the format as far as one can tell. */
static const char *check_format(const Row *row, NumberFormat format, const char *must, int *arg) {
  *arg = 0;
  if (row->key.n % format.width) return must;
  return other_format((const uint8_t *)row->key.bytes, row->key.n, format);
}

/* The functions of an array of numbers. */
#define ARRAY_OF(fill, pack, check, format, must)                                                            \
  static Status fill(Packed *packed, const Class *array, const Host *host) {                                 \
    return put_array(packed, array, format, host);                                                           \
  }                                                                                                          \
  static Status pack(const Row *row, const Eval *in, Result *out) {                                          \
    return make_packed(fill, row, in, out);                                                                  \
  }                                                                                                          \
  static const char *check(const Row *row, int *arg) {                                                       \
    return check_format(row, format, "a BLOB of " must " numbers, one after the other", arg);                \
  }
static const NumberFormat float64_format = {.width = 8, .real = true},
                          float32_format = {.width = 4, .real = true},
                          int64_format = {.width = 8, .negative = true},
                          int32_format = {.width = 4, .negative = true},
                          int8_format = {.width = 1, .negative = true}, uint8_format = {.width = 1};
ARRAY_OF(fill_f64, pack_f64, check_f64, float64_format, "float64")
ARRAY_OF(fill_f32, pack_f32, check_f32, float32_format, "float32")
ARRAY_OF(fill_i64, pack_i64, check_i64, int64_format, "int64")
ARRAY_OF(fill_i32, pack_i32, check_i32, int32_format, "int32")
ARRAY_OF(fill_i8, pack_i8, check_i8, int8_format, "int8")
ARRAY_OF(fill_u8, pack_u8, check_u8, uint8_format, "uint8")

/* A value of a JSON array as SQLite's JSON functions give it. `text` has room for a string without escapes.
 */
static Class class_of(const JsonValue *json, char *text) {
  Class value = {.type = CLASS_NULL};
  if (json->type == JSON_STRING) {
    value.type = CLASS_TEXT;
    value.bytes = json->escaped ? text : json->text;
    value.n = json->escaped ? mlm_json_unescape(json, text) : json->n;
  } else if (json->type == JSON_BOOL) {
    value = (Class){.type = CLASS_INTEGER};
    value.integer = json->n == 4;
  } else if (json->type == JSON_NUMBER && mlm_parse_integer_text(json->text, json->n, &value.integer)) {
    value.type = CLASS_INTEGER;
  } else if (json->type == JSON_NUMBER) {
    value.type = CLASS_REAL;
    mlm_parse_number_text(json->text, json->n, &value.real);
  }
  return value;
}

/* The text was checked when the row was decoded. */
static Status fill_json(Packed *packed, const Class *array, const Host *host) {
  JsonReader reader = {.text = array->bytes, .n = array->n};
  JsonValue json;
  Status status = MLM_OK;
  char *text = host->realloc(NULL, array->n);
  if (!text) return MLM_NOMEM;
  while (!status && (json = mlm_json_next(&reader)).type != JSON_END) {
    const Class value = class_of(&json, text);
    status = mlm_packed_put(packed, &value, host);
  }
  host->free(text);
  return status;
}

static Status pack_json(const Row *row, const Eval *in, Result *out) {
  return make_packed(fill_json, row, in, out);
}

typedef struct ElementCursor {
  uint64_t next;
  Class value;
} ElementCursor;

static Status next_element(void *cursor, const Row *row, const Eval *in, bool *more) {
  ElementCursor *at = cursor;
  const Packed *packed = row->sets[0].state;
  *more = at->next < mlm_packed_count(packed);
  if (*more) mlm_packed_at(packed, at->next++, &at->value);
  return MLM_OK;
}

static void element_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const ElementCursor *at = cursor;
  const Class *value = &at->value;
  if (column == 0)
    mlm_cell_integer(cell, (int64_t)at->next - 1);
  else if (value->type == CLASS_INTEGER)
    mlm_cell_integer(cell, value->integer);
  else if (value->type == CLASS_REAL)
    mlm_cell_real(cell, value->real);
  else if (value->type == CLASS_TEXT)
    *cell = (Cell){.type = CELL_TEXT, .text = value->n ? value->bytes : "", .n = value->n};
  else
    mlm_cell_text(cell, NULL);
}

static const Metric metrics[] = {
    {.name = "pack",
     .args = {ARG_ELEMENT},
     .required = 1,
     MLM_SET_OF(packed),
     .summary =
         "The values of a group as one BLOB, in the order in which SQLite visits the rows, NULLs included; "
         "every function of numbers and classes takes it in place of as many rows. pack(packed) joins. SQL's "
         "own arithmetic, comparisons and functions take a packed column for one number, mostly 0: compute "
         "before packing, as in pack(1 - x).",
     .example =
         "SELECT roc_auc(s, y) FROM (SELECT pack(column1) AS s, pack(column2) AS y FROM (VALUES (0.1, 0), "
         "(0.4, 0), (0.35, 1)))"},
    {0},
};

#define RAW_ARRAY(name_, pack, check_, bytes_, type_, more)                                                  \
  {                                                                                                          \
    .name = name_, .args = {ARG_ARRAY_BLOB}, .required = 1, .eval = pack, .check = check_,                   \
    .result = RESULT_BLOB,                                                                                   \
    .summary = "A packed column of an array of little-endian " type_                                         \
               " numbers, as tobytes() of a NumPy array gives it" more ".",                                  \
    .example = "SELECT i, value FROM unpack(" name_ "(x'" bytes_ "'))"                                       \
  }

static const Scalar scalars[] = {
    RAW_ARRAY("f64", pack_f64, check_f64, "000000000000E03F000000000000F83F", "float64", "; a NaN is NULL"),
    RAW_ARRAY("f32", pack_f32, check_f32, "0000003F0000C03F", "float32", "; a NaN is NULL"),
    RAW_ARRAY("i64", pack_i64, check_i64, "0700000000000000FFFFFFFFFFFFFFFF", "int64", ""),
    RAW_ARRAY("i32", pack_i32, check_i32, "07000000FFFFFFFF", "int32", ""),
    RAW_ARRAY("i8", pack_i8, check_i8, "07FF", "int8", ""),
    RAW_ARRAY("u8", pack_u8, check_u8, "07FF", "uint8", ""),
    {.name = "pack_json",
     .args = {ARG_JSON_ARRAY},
     .required = 1,
     .eval = pack_json,
     .result = RESULT_BLOB,
     .summary = "A packed column of the values of a JSON array; true is 1, false is 0.",
     .example = "SELECT i, value FROM unpack(pack_json('[0.5, 1, null, \"cat\"]'))"},
    {0},
};

static const TableFunction tables[] = {
    {.name = "unpack",
     .columns = "i, value",
     .args = {ARG_PACKED},
     .required = 1,
     .cursor_bytes = sizeof(ElementCursor),
     .next = next_element,
     .column = element_column,
     .summary = "The elements of a packed column in their order, i from 0 on.",
     .example = "SELECT i, value FROM unpack((SELECT pack(column1) FROM (VALUES (0.5), (1), (NULL))))"},
    {0},
};

const Family mlm_packed_columns = {
    .name = "packed", .metrics = metrics, .scalars = scalars, .tables = tables};
