/* The saved form of packed columns: state/packed.h describes it. */
#include <string.h>

#include "base/bits.h"
#include "state/packed_column.h"
#include "state/packed_internal.h"

/* The type of the column, and how many bytes an integer takes. */
typedef struct Shape {
  PackedType type;
  uint32_t width;
} Shape;

static uint32_t width_of(int64_t x) {
  uint32_t width = 1;
  for (uint64_t size = (uint64_t)(x < 0 ? ~x : x); size >> 7; size >>= 8) width++;
  return width;
}

static Shape shape_of(const Packed *packed) {
  if (packed->count[TAG_TEXT] > 0) {
    uint32_t n = packed->values.n;
    return (Shape){PACKED_MIXED, n <= 1 << 8 ? 1 : n <= 1 << 16 ? 2 : 4};
  }
  if (packed->count[TAG_REAL] > 0) return (Shape){PACKED_REALS, 8};
  uint64_t all = 0;
  uint32_t width = 0;
  for (uint64_t i = packed->first; i < packed->end; i++) {
    all |= packed->word[i]; /* 0 for a NULL */
    uint32_t own = width_of((int64_t)packed->word[i]);
    width = own > width ? own : width;
  }
  return (Shape){all <= 1 ? PACKED_BITS : PACKED_INTEGERS, width};
}

static void write_nulls(const Packed *packed, Writer *out) {
  uint64_t i = packed->first;
  while (i < packed->end) {
    uint8_t byte = 0;
    for (int k = 0; k < 8 && i < packed->end; k++, i++) byte |= (uint8_t)((packed->tag[i] == TAG_NULL) << k);
    mlm_write_bytes(out, &byte, 1);
  }
}

static void write_bits(const Packed *packed, Writer *out) {
  uint64_t i = packed->first;
  while (i < packed->end) {
    uint8_t byte = 0;
    for (int k = 0; k < 8 && i < packed->end; k++, i++) byte |= (uint8_t)(packed->word[i] << k);
    mlm_write_bytes(out, &byte, 1);
  }
}

static void write_low_bytes(uint64_t x, uint32_t width, Writer *out) {
  uint8_t bytes[8];
  for (uint32_t k = 0; k < width; k++) bytes[k] = (uint8_t)(x >> (8 * k));
  mlm_write_bytes(out, bytes, width);
}

/* An INTEGER among REALs becomes one, exactly: the seal saw to that. */
static void write_reals(const Packed *packed, Writer *out) {
  for (uint64_t i = packed->first; i < packed->end; i++)
    if (packed->tag[i] == TAG_INTEGER)
      mlm_write_double(out, (double)(int64_t)packed->word[i]);
    else
      mlm_write_u64(out, packed->word[i]);
}

static void write_values(const Packed *packed, Writer *out) {
  mlm_write_varint(out, packed->values.n);
  for (uint32_t slot = 0; slot < packed->values.n; slot++) {
    const Class *value = &packed->values.slots[slot].name;
    uint8_t type = value->type == CLASS_INTEGER ? 0 : value->type == CLASS_REAL ? 1 : 2;
    mlm_write_bytes(out, &type, 1);
    if (type == 0) mlm_write_signed(out, value->integer);
    if (type == 1) mlm_write_double(out, value->real);
    if (type < 2) continue;
    mlm_write_varint(out, value->n);
    mlm_write_bytes(out, value->bytes, value->n);
  }
}

void mlm_packed_save(const void *state, Writer *out) {
  const Packed *packed = state;
  Shape shape = shape_of(packed);
  uint8_t type = (uint8_t)shape.type, width = (uint8_t)shape.width;
  uint64_t n = packed->end - packed->first;
  mlm_write_bytes(out, &type, 1);
  mlm_write_varint(out, n);
  mlm_write_varint(out, (uint64_t)packed->count[TAG_NULL]);
  if (packed->count[TAG_NULL] > 0) write_nulls(packed, out);
  switch (shape.type) {
  case PACKED_BITS: write_bits(packed, out); break;
  case PACKED_REALS: write_reals(packed, out); break;
  case PACKED_INTEGERS:
    mlm_write_bytes(out, &width, 1);
    for (uint64_t i = packed->first; i < packed->end; i++) write_low_bytes(packed->word[i], width, out);
    break;
  default:
    write_values(packed, out);
    for (uint64_t i = 0; i < n; i++) write_low_bytes(packed->index[i], width, out);
  }
}

Status mlm_packed_prepare_save(void *state, const Host *host) {
  Packed *packed = state;
  uint64_t n = packed->end - packed->first;
  mlm_packed_drop_values(packed, host);
  if (packed->count[TAG_TEXT] == 0) return MLM_OK;
  packed->index = host->realloc(NULL, n * sizeof *packed->index);
  if (!packed->index) return MLM_NOMEM;
  for (uint64_t i = 0; i < n; i++) {
    Class value;
    packed->index[i] = 0;
    mlm_packed_at(packed, i, &value);
    if (value.type == CLASS_NULL) continue;
    if (value.type == CLASS_REAL) value.real += 0.0; /* -0.0 as 0.0: as classes they are one */
    Status status = mlm_class_slot(&packed->values, &value, &packed->index[i], host);
    if (status) return status;
    if (mlm_interrupted_at(i, host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

/* Whether a bitmap has this many ones, and none beyond its end. */
static bool has_ones(const uint8_t *bits, uint64_t n, uint64_t ones) {
  uint64_t found = 0;
  for (uint64_t i = 0; i < (n + 7) / 8 * 8; i++) {
    bool one = bits[i / 8] >> i % 8 & 1;
    if (one && i >= n) return false;
    found += one;
  }
  return found == ones;
}

/* Whether the elements of NULLs are 0, as are the bits after the last one. */
static bool has_zeros(const PackedColumn *column) {
  bool bits = column->type == PACKED_BITS;
  for (uint64_t i = column->n; bits && i % 8; i++)
    if (column->at[i / 8] >> i % 8 & 1) return false;
  for (uint64_t i = 0; column->is_null && i < column->n; i++) {
    if (!(column->is_null[i / 8] >> i % 8 & 1)) continue;
    if (bits && (column->at[i / 8] >> i % 8 & 1)) return false;
    for (uint32_t k = 0; !bits && k < column->width; k++)
      if (column->at[i * column->width + k]) return false;
  }
  return true;
}

static bool is_zero_negative(const Class *value) {
  return value->type == CLASS_REAL && mlm_double_bits(value->real) == (uint64_t)1 << 63;
}

/* Of a column that has a text: whether the values are distinct, each of them an element, in the order of
 * their first occurrence. */
static bool has_right_values(const PackedColumn *column, const Packed *packed) {
  if (column->type != PACKED_MIXED) return true;
  if (packed->values.n != column->values) return false;
  for (uint32_t i = 0; i < column->values; i++) {
    const Class *value = &column->value[i], *own = &packed->values.slots[i].name;
    if (is_zero_negative(value) || value->type != own->type || mlm_class_compare(value, own) != 0)
      return false;
  }
  return true;
}

static Status load_elements(Packed *packed, const PackedColumn *column, const Host *host) {
  Status status = MLM_OK;
  for (uint64_t i = 0; i < column->n && !status; i++) {
    Class value;
    mlm_column_at(column, i, &value);
    status = mlm_packed_put(packed, &value, host);
    if (!status && mlm_interrupted_at(i, host)) status = MLM_INTERRUPTED;
  }
  return status;
}

/* Whether what was loaded is saved as it was. */
static bool is_canonical(const PackedColumn *column, const Packed *packed) {
  Shape shape = shape_of(packed);
  bool integers = column->type == PACKED_INTEGERS;
  return shape.type == column->type && (!integers || shape.width == column->width)
         && (uint64_t)packed->count[TAG_NULL] == column->nulls
         && (!column->is_null || has_ones(column->is_null, column->n, column->nulls)) && has_zeros(column)
         && has_right_values(column, packed);
}

Status mlm_packed_load(void *state, Reader *in, const Host *host) {
  Packed *packed = state;
  PackedColumn column;
  Status status = mlm_column_open(&column, in, host);
  if (!status) status = load_elements(packed, &column, host);
  if (!status) status = mlm_packed_prepare_save(packed, host);
  if (!status && !is_canonical(&column, packed)) status = MLM_CORRUPT;
  mlm_column_close(&column, host);
  return status;
}
