/* Reading the elements of a saved packed column in blocks. */
#include "state/packed_column.h"

#include <string.h>

#include "base/bits.h"
#include "base/compiler.h"
#include "base/sqlite_number.h"

static uint64_t load_word(const uint8_t *at) {
  uint64_t x;
  memcpy(&x, at, sizeof x);
  return MLM_BIG_ENDIAN ? mlm_bswap64(x) : x;
}

static bool bit_at(const uint8_t *bits, uint64_t i) { return bits[i / 8] >> i % 8 & 1; }

static uint64_t index_at(const PackedColumn *column, uint64_t i) {
  const uint8_t *at = column->at + i * column->width;
  uint64_t x = 0;
  for (uint32_t k = 0; k < column->width; k++) x |= (uint64_t)at[k] << (8 * k);
  return x;
}

static int64_t integer_at(const PackedColumn *column, uint64_t i) {
  uint32_t unused = 64 - 8 * column->width;
  uint64_t x = index_at(column, i) << unused, sign = 0 - (x >> 63);
  return (int64_t)((x ^ sign) >> unused ^ sign);
}

/* ---- opening ---- */

static void read_value(Class *value, Reader *in) {
  const uint8_t *type = mlm_read_bytes(in, 1);
  *value = (Class){.type = CLASS_NULL};
  if (!type || *type > 2) {
    in->failed = true;
  } else if (*type == 0) {
    *value = (Class){.type = CLASS_INTEGER};
    value->integer = mlm_read_signed(in);
  } else if (*type == 1) {
    *value = (Class){.type = CLASS_REAL};
    value->real = mlm_read_double(in);
    in->failed |= value->real != value->real;
  } else {
    value->type = CLASS_TEXT;
    value->n = (size_t)mlm_read_count(in, 1);
    value->bytes = (const char *)mlm_read_bytes(in, value->n);
  }
}

static Status read_values(PackedColumn *column, Reader *in, const Host *host) {
  uint64_t n = mlm_read_count(in, 2);
  /* unreachable: the last condition, for 8 GiB of values */
  if (in->failed || n == 0 || n >= UINT32_MAX) return MLM_CORRUPT;
  column->values = (uint32_t)n;
  column->value = host->realloc(NULL, n * sizeof *column->value);
  if (!column->value) return MLM_NOMEM;
  for (uint64_t i = 0; i < n && !in->failed; i++) read_value(&column->value[i], in);
  column->width = n <= 1 << 8 ? 1 : n <= 1 << 16 ? 2 : 4;
  return MLM_OK;
}

static Status read_elements(PackedColumn *column, Reader *in, const Host *host) {
  const uint8_t *width;
  Status status = MLM_OK;
  column->width = 8;
  if (column->type == PACKED_BITS) {
    column->at = mlm_read_bytes(in, column->n / 8 + (column->n % 8 != 0));
    return MLM_OK;
  }
  if (column->type == PACKED_INTEGERS) {
    width = mlm_read_bytes(in, 1);
    if (!width || *width == 0 || *width > 8) return MLM_CORRUPT;
    column->width = *width;
  } else if (column->type == PACKED_MIXED) {
    status = read_values(column, in, host);
  }
  if (status || in->failed || column->n > mlm_read_left(in) / column->width)
    return status ? status : MLM_CORRUPT;
  column->at = mlm_read_bytes(in, column->n * column->width);
  return MLM_OK;
}

Status mlm_column_open(PackedColumn *column, Reader *in, const Host *host) {
  const uint8_t *type = mlm_read_bytes(in, 1);
  *column = (PackedColumn){.type = type ? (PackedType)*type : PACKED_TYPES};
  column->n = mlm_read_varint(in);
  column->nulls = mlm_read_varint(in);
  if (in->failed || *type >= PACKED_TYPES || column->n == 0 || column->nulls > column->n
      || column->n / 8 > mlm_read_left(in))
    return MLM_CORRUPT;
  if (column->nulls > 0) column->is_null = mlm_read_bytes(in, column->n / 8 + (column->n % 8 != 0));
  Status status = in->failed ? MLM_CORRUPT : read_elements(column, in, host);
  if (!status && (in->failed || mlm_read_left(in) > 0)) status = MLM_CORRUPT;
  return status;
}

void mlm_column_close(PackedColumn *column, const Host *host) {
  host->free(column->value);
  column->value = NULL;
}

/* ---- one element ---- */

void mlm_column_at(const PackedColumn *column, uint64_t i, Class *value) {
  uint64_t index;
  *value = (Class){.type = CLASS_NULL};
  if (column->is_null && bit_at(column->is_null, i)) return;
  switch (column->type) {
  case PACKED_BITS:
  case PACKED_INTEGERS:
    value->type = CLASS_INTEGER;
    value->integer = column->type == PACKED_BITS ? bit_at(column->at, i) : integer_at(column, i);
    break;
  case PACKED_REALS:
    value->real = mlm_double_from_bits(load_word(column->at + 8 * i));
    value->type = value->real == value->real ? CLASS_REAL : CLASS_NULL;
    break;
  default:
    index = index_at(column, i);
    if (index < column->values) *value = column->value[index];
  }
}

/* ---- a block of numbers ---- */

static double odd(void) { return mlm_double_from_bits(MLM_ELEMENT_ODD); }

static double number_of_integer(int64_t x) { return mlm_int64_is_exact(x) ? (double)x : odd(); }

static double number_of(const Class *value, double (*text)(const Class *text)) {
  switch (value->type) {
  case CLASS_INTEGER: return number_of_integer(value->integer);
  case CLASS_REAL: return value->real;
  case CLASS_TEXT: return text(value);
  default: return mlm_double_from_bits(MLM_ELEMENT_NULL);
  }
}

/* Whole bytes of bits at a time, by a table of four; a block begins at one. */
static void read_bits(const uint8_t *bits, uint64_t from, size_t n, double *x) {
  static const double four[16][4] = {{0, 0, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}, {1, 1, 0, 0},
                                     {0, 0, 1, 0}, {1, 0, 1, 0}, {0, 1, 1, 0}, {1, 1, 1, 0},
                                     {0, 0, 0, 1}, {1, 0, 0, 1}, {0, 1, 0, 1}, {1, 1, 0, 1},
                                     {0, 0, 1, 1}, {1, 0, 1, 1}, {0, 1, 1, 1}, {1, 1, 1, 1}};
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    uint32_t byte = bits[(from + i) / 8];
    memcpy(x + i, four[byte & 15], sizeof four[0]);
    memcpy(x + i + 4, four[byte >> 4], sizeof four[0]);
  }
  for (; i < n; i++) x[i] = bit_at(bits, from + i);
}

static void read_integers(const PackedColumn *column, uint64_t from, size_t n, double *x) {
  if (column->width == 1)
    for (size_t i = 0; i < n; i++) x[i] = (int8_t)column->at[from + i];
  else
    for (size_t i = 0; i < n; i++) x[i] = number_of_integer(integer_at(column, from + i));
}

static void read_reals(const PackedColumn *column, uint64_t from, size_t n, double *x) {
  if (!MLM_BIG_ENDIAN)
    memcpy(x, column->at + 8 * from, 8 * n);
  else
    for (size_t i = 0; i < n; i++) x[i] = mlm_double_from_bits(load_word(column->at + 8 * (from + i)));
}

static void read_nulls(const uint8_t *is_null, uint64_t from, size_t n, double *x) {
  const uint64_t null = MLM_ELEMENT_NULL;
  for (size_t i = 0; i < n; i++)
    if (bit_at(is_null, from + i)) memcpy(x + i, &null, sizeof null);
}

void mlm_column_numbers(const PackedColumn *column, uint64_t from, size_t n, double *x,
                        double (*text)(const Class *text)) {
  Class value;
  switch (column->type) {
  case PACKED_BITS: read_bits(column->at, from, n, x); break;
  case PACKED_INTEGERS: read_integers(column, from, n, x); break;
  case PACKED_REALS: read_reals(column, from, n, x); break;
  default:
    for (size_t i = 0; i < n; i++) {
      mlm_column_at(column, from + i, &value);
      x[i] = number_of(&value, text);
    }
  }
  if (column->is_null) read_nulls(column->is_null, from, n, x);
}
