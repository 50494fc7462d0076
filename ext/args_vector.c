/* Vectors from SQL values: JSON arrays, float32 BLOBs, numbers spread over the arguments. */
#include "args_vector.h"

#include <string.h>

#include "base/compiler.h"
#include "base/float64_blob.h"
#include "math/entropy.h"
#include "sql_value.h"

/* Room for n numbers in the scratch memory of a slot; NULL and the error set where there is none. */
static double *room_for(const Call *call, int slot, uint64_t n) {
  Scratch *scratch = &call->function->connection->scratch[slot];
  if (n > scratch->capacity) {
    uint64_t capacity = n + n / 2 + 16;
    double *at = sqlite3_realloc64(scratch->at, capacity * sizeof *at);
    if (!at) {
      mlm_error_status(call, MLM_NOMEM);
      return NULL;
    }
    scratch->at = at;
    scratch->capacity = capacity;
  }
  return scratch->at;
}

/* The first element that the argument does not allow; n: none. */
static size_t first_outside(const ArgSpec *spec, const double *x, size_t n) {
  size_t i = 0;
  /* unreachable: one bound, or integers without bounds, which no vector has so far */
  if (spec->lo == -INFINITY && spec->hi == INFINITY && !spec->integral) return n; /* NaN was refused before */
  while (i < n && mlm_arg_allows(spec, x[i])) i++;
  return i;
}

/* Whether the elements may be counts or percentages, which dividing by their sum makes a distribution. */
static bool is_unscaled(const double *x, size_t n, double *sum) {
  *sum = 0;
  for (size_t i = 0; i < n; i++) {
    if (!(x[i] >= 0)) return false;
    *sum += x[i];
  }
  return *sum < INFINITY;
}

static DecodeStatus check_elements(const Call *call, int arg, const ArgSpec *spec, const double *x,
                                   size_t n) {
  bool distribution = spec->sum == SUM_ONE;
  size_t i = first_outside(spec, x, n);
  double sum;
  if (i == n && (!distribution || mlm_is_distribution(x, n, &sum))) return DECODE_OK;
  if (i == n || (distribution && is_unscaled(x, n, &sum)))
    mlm_error_wrong_sum(call, arg, spec, sum);
  else
    mlm_error_wrong_element(call, arg, spec, x[i], i);
  return DECODE_ERROR;
}

static inline uint32_t word_at(const uint8_t *at) {
  uint32_t bits;
  memcpy(&bits, at, sizeof bits);
  return MLM_BIG_ENDIAN ? (uint32_t)(mlm_bswap64(bits) >> 32) : bits;
}

static inline double float32_of(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* Bit 31 is set if the bits are above those of Infinity, the sign aside: those of NaN. */
static inline uint32_t mark_nan(uint32_t bits) { return (bits & 0x7FFFFFFF) + 0x7FFFFF; }

/* Reads blocks of float32, collecting mark_nan() of them. The loops have a fixed length and use local memory,
 * so that compilers vectorise them. */
enum { BLOCK = 32, SETS = 8 };
static inline void read_block(const uint8_t *at, double *x, uint32_t *marks) {
  uint32_t bits[BLOCK];
  memcpy(bits, at, sizeof bits);
  if (MLM_BIG_ENDIAN)
    for (int i = 0; i < BLOCK; i++) bits[i] = word_at(at + 4 * i);
  for (int i = 0; i < BLOCK; i++) x[i] = float32_of(bits[i]);
  for (int i = 0; i < BLOCK; i += SETS)
    for (int k = 0; k < SETS; k++) marks[k] |= mark_nan(bits[i + k]);
}

static size_t first_nan(const double *x, size_t n) {
  size_t i = 0;
  while (i < n && x[i] == x[i]) i++;
  return i;
}

/* Returns the place of the first NaN; n: there is none. */
static size_t read_float32(const uint8_t *at, double *x, size_t n) {
  uint32_t marks[SETS] = {0};
  size_t i = 0;
  for (; i + BLOCK <= n; i += BLOCK) read_block(at + 4 * i, x + i, marks);
  for (; i < n; i++) {
    x[i] = float32_of(word_at(at + 4 * i));
    marks[0] |= mark_nan(word_at(at + 4 * i));
  }
  for (int k = 1; k < SETS; k++) marks[0] |= marks[k];
  return marks[0] >> 31 ? first_nan(x, n) : n;
}

static size_t read_float64(const uint8_t *at, double *x, size_t n) {
  for (size_t i = 0; i < n; i++) {
    uint64_t bits;
    memcpy(&bits, at + 8 * i, sizeof bits);
    x[i] = mlm_double_from_bits(MLM_BIG_ENDIAN ? mlm_bswap64(bits) : bits);
  }
  return first_nan(x, n);
}

static DecodeStatus read_numbers(const Call *call, int arg, bool wide, const uint8_t *at, double *x,
                                 size_t n) {
  size_t nan = (wide ? read_float64 : read_float32)(at, x, n);
  if (nan == n) return DECODE_OK;
  mlm_error_nan(call, arg, nan);
  return DECODE_ERROR;
}

/* The scratch memory shared by the vectors that go to one member of the row. */
static int slot_of(const ArgSpec *spec) {
  return spec->slot == offsetof(Row, preds) ? 0 : spec->slot == offsetof(Row, targets) ? 1 : 2;
}

/* If SQLite has no memory to expand a zeroblob, its bytes are NULL, and the statement ends whatever is
 * returned here. */
static DecodeStatus decode_blob(const Call *call, int arg, const ArgSpec *spec, double **x, size_t *n) {
  const uint8_t *at = sqlite3_value_blob(call->argv[arg]);
  bool wide = spec->shape == SHAPE_F64_BLOB;
  size_t bytes = at ? (size_t)sqlite3_value_bytes(call->argv[arg]) : 0, each = wide ? 8 : 4;
  *n = bytes / each;
  if (*n == 0 || bytes % each || mlm_is_state(at, bytes))
    mlm_error_no_vector(call, arg, spec);
  else if (!wide && mlm_looks_like_float64(at, bytes, spec->sum != SUM_ANY))
    mlm_error_float64(call, arg, spec);
  else if ((*x = room_for(call, slot_of(spec), *n)) != NULL)
    return read_numbers(call, arg, wide, at, *x, *n);
  return DECODE_ERROR;
}

static DecodeStatus decode_array(const Call *call, int arg, const ArgSpec *spec, double **x, size_t *n) {
  const char *text = (const char *)sqlite3_value_text(call->argv[arg]);
  size_t bytes = (size_t)sqlite3_value_bytes(call->argv[arg]), where;
  *x = room_for(call, slot_of(spec), bytes / 2 + 1);
  if (!*x) return DECODE_ERROR;
  ArrayFault fault = mlm_parse_array(text, bytes, *x, n, &where);
  if (!fault && *n > 0) return DECODE_OK;
  mlm_error_no_array(call, arg, spec, fault, where);
  return DECODE_ERROR;
}

DecodeStatus mlm_decode_vector(const Call *call, int arg, const ArgSpec *spec, Vector *vector) {
  double *x;
  size_t n;
  bool wide = spec->shape == SHAPE_F64_BLOB;
  DecodeStatus status = DECODE_ERROR;
  if (sqlite3_value_type(call->argv[arg]) == SQLITE_BLOB)
    status = decode_blob(call, arg, spec, &x, &n);
  else if (!wide && mlm_looks_like_vector(call->argv[arg]))
    status = decode_array(call, arg, spec, &x, &n);
  else
    mlm_error_no_vector(call, arg, spec);
  if (status != DECODE_OK) return status;
  *vector = (Vector){x, n};
  return wide ? DECODE_OK : check_elements(call, arg, spec, x, n);
}

DecodeStatus mlm_decode_variadic(const Call *call, int n, const ArgSpec *spec, Vector *vector) {
  double *x = room_for(call, 0, (uint64_t)n);
  if (!x) return DECODE_ERROR;
  for (int i = 0; i < n; i++) {
    x[i] = mlm_number_of(call->argv[i]);
    if (mlm_arg_allows(spec, x[i])) continue;
    mlm_error_wrong_value(call, i, spec, NULL); /* NULL and weight 0 were already ruled out */
    return DECODE_ERROR;
  }
  vector->at = x;
  vector->n = (size_t)n;
  return DECODE_OK;
}

DecodeStatus mlm_check_lengths(const Call *call, const Row *row) {
  size_t n = row->preds.n;
  if (row->targets.n && row->targets.n != n)
    mlm_error_lengths(call, n, ARG_TARGETS, row->targets.n);
  else if (row->params.n && row->params.n != n)
    mlm_error_lengths(call, n, ARG_POS_WEIGHTS, row->params.n);
  else
    return DECODE_OK;
  return DECODE_ERROR;
}
