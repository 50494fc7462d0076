/* Rows as bytes.
 *
 *   varint   rows left out
 *   varint   numbers in a row; 0: no row, and nothing follows
 *   u8       1: a weight follows the numbers of each entry, as one more column; 0: all weights are 1
 *   for each column
 *            u8      INTEGERS: all numbers are integers up to 2^53, and the code of one is itself;
 *                    else how many of the lowest bits are 0 in all numbers (at most 62): the code of a number
 *                    is its key (base/sort.h) without these bits
 *            base    the least code: zigzag varint of an integer, varint of a key
 *            u8      bytes that the greatest code less base takes, 1..8; not for the first column
 *   varint   n, the number of entries: distinct rows, canonically ordered (state/rows.h)
 *   varint   how many of them have a count above 1; for each
 *            varint  entries from the one before to this one (at first from -1), varint count
 *   for each entry
 *            varint  code of the first number less that of the entry before (at first less base)
 *            bytes   of each other column: code less base, little-endian
 *
 * One multiset has one such form.
 */
#include <math.h>

#include "base/bits.h"
#include "state/rows_layout.h"

enum { INTEGERS = 255, MOST_ZEROS = 62, BUFFER = 4096, MOST_BYTES = 10 /* a code takes, in any form */ };

static const double MOST_INTEGER = 9007199254740992.0;

/* How the numbers of a column are written, and what that is derived from. */
typedef struct Column {
  uint8_t form; /* INTEGERS, or zero bits */
  uint8_t bytes;
  uint64_t base;
  uint64_t least, greatest; /* keys of the numbers seen */
  uint64_t bits;            /* set in any of them */
  bool fractional;          /* some are not integers up to 2^53 */
} Column;

static bool is_integer(double x) { return fabs(x) <= MOST_INTEGER && (double)(int64_t)x == x; }

static void look(Column *column, double x) {
  uint64_t key = mlm_encode_score(x);
  if (key < column->least) column->least = key;
  if (key > column->greatest) column->greatest = key;
  column->bits |= mlm_double_bits(x);
  column->fractional |= !is_integer(x);
}

static uint64_t code_of_key(uint8_t form, uint64_t key) {
  return form == INTEGERS ? (uint64_t)(int64_t)mlm_decode_score(key) : key >> form;
}

static uint64_t code_of(const Column *column, double x) {
  return code_of_key(column->form, mlm_encode_score(x)) - column->base;
}

static uint8_t bytes_of(uint64_t code) { return (uint8_t)(code ? (71 - mlm_clz64(code)) / 8 : 1); }

/* Sets the form from the numbers seen. */
static void derive(Column *column) {
  int zeros = column->bits ? mlm_ctz64(column->bits) : 0;
  column->form = (uint8_t)(column->fractional ? zeros : INTEGERS);
  column->base = code_of_key(column->form, column->least);
  column->bytes = bytes_of(code_of_key(column->form, column->greatest) - column->base);
}

static Column *new_columns(uint64_t n, const Host *host) {
  Column *column = mlm_new_zeroed(host, n * sizeof *column);
  for (uint64_t c = 0; column && c < n; c++) column[c].least = UINT64_MAX;
  return column;
}

/* ---- writing ---- */

/* A pass over the storage, whatever its order. */
static Status look_at_all(const Rows *rows, Column *column, bool weights, const Host *host) {
  for (uint64_t e = 0; e < mlm_rows_entries(rows); e++) {
    RowsEntry entry = mlm_rows_entry(rows, e);
    for (uint32_t c = 0; c < rows->columns; c++) look(&column[c], entry.x[c]);
    if (weights) look(&column[rows->columns], entry.weight);
    if (mlm_rows_interrupted(e, host)) return MLM_INTERRUPTED;
  }
  for (uint32_t c = 0; c < rows->columns + weights; c++) derive(&column[c]);
  return MLM_OK;
}

static void save_columns(const Column *column, uint32_t n, Writer *out) {
  for (uint32_t c = 0; c < n && !out->status; c++) {
    mlm_write_bytes(out, &column[c].form, 1);
    if (column[c].form == INTEGERS)
      mlm_write_signed(out, (int64_t)column[c].base);
    else
      mlm_write_varint(out, column[c].base);
    if (c > 0) mlm_write_bytes(out, &column[c].bytes, 1);
  }
}

static void save_counts(const Rows *rows, const RowsOrder *order, Writer *out) {
  const bool repeats = order->runs < order->n || rows->counted.n > 0;
  uint64_t repeated = 0, before = 0;
  RowsRun run = {0};
  while (repeats && mlm_run_next(&run, rows, order)) repeated += run.count > 1;
  mlm_write_varint(out, order->runs);
  mlm_write_varint(out, repeated);
  run = (RowsRun){0};
  for (uint64_t i = 1; repeated > 0 && mlm_run_next(&run, rows, order) && !out->status; i++) {
    if (mlm_rows_interrupted(i, out->host)) out->status = MLM_INTERRUPTED;
    if (run.count == 1) continue;
    mlm_write_varint(out, i - before);
    mlm_write_varint(out, (uint64_t)run.count);
    before = i;
  }
}

static size_t put_varint(uint8_t *to, uint64_t x) {
  size_t n = 0;
  for (; x >= 0x80; x >>= 7) to[n++] = (uint8_t)(x | 0x80);
  to[n++] = (uint8_t)x;
  return n;
}

static void save_rows(const Rows *rows, const RowsOrder *order, const Column *column, bool weights,
                      Writer *out) {
  uint8_t buffer[BUFFER];
  uint64_t before = 0;
  size_t n = 0;
  RowsRun run = {0};
  while (mlm_run_next(&run, rows, order) && !out->status) {
    if (run.from + MLM_AHEAD < order->n)
      mlm_prefetch(mlm_rows_at(rows, mlm_order_at(order, run.from + MLM_AHEAD)));
    RowsEntry entry = mlm_rows_entry(rows, mlm_order_at(order, run.from));
    uint64_t first = code_of(column, entry.x[0]);
    for (uint32_t c = 0; c < rows->columns + weights; c++) {
      if (n > BUFFER - MOST_BYTES) {
        mlm_write_bytes(out, buffer, n);
        n = 0;
      }
      uint64_t code =
          c == 0 ? first - before : code_of(&column[c], c < rows->columns ? entry.x[c] : entry.weight);
      if (c == 0) n += put_varint(buffer + n, code);
      for (int b = 0; c > 0 && b < column[c].bytes; b++, code >>= 8) buffer[n++] = (uint8_t)code;
    }
    before = first;
    if (mlm_rows_interrupted(run.from, out->host)) out->status = MLM_INTERRUPTED;
  }
  mlm_write_bytes(out, buffer, n);
}

void mlm_rows_save(const void *state, Writer *out) {
  const Rows *rows = state;
  const Host *host = out->host;
  const uint8_t weights = rows->fractional > 0;
  RowsOrder order = {0};
  mlm_write_varint(out, (uint64_t)rows->left_out);
  mlm_write_varint(out, rows->total > 0 ? rows->columns : 0);
  if (out->status || rows->total == 0) return;
  mlm_write_bytes(out, &weights, 1);
  Column *column = new_columns((uint64_t)rows->columns + weights, host);
  Status status = column ? look_at_all(rows, column, weights, host) : MLM_NOMEM;
  if (!status) status = mlm_rows_order_all(rows, &order, host);
  if (status) {
    out->status = status;
  } else {
    save_columns(column, rows->columns + weights, out);
    save_counts(rows, &order, out);
    save_rows(rows, &order, column, weights, out);
  }
  mlm_rows_order_clear(&order, host);
  host->free(column);
}

/* ---- reading ---- */

/* A saved state being read, and checked while it is read. */
typedef struct Loading {
  Rows *rows;
  Reader *in;
  const Host *host;
  bool weights;
  Column *column;
  uint32_t columns;   /* with that of the weight */
  uint64_t n;         /* entries */
  uint64_t row_bytes; /* bytes of all columns except the first */
  Reader counts;      /* at the next pair */
  uint64_t pairs;     /* pairs not yet read */
  double *x, *before; /* the current entry, and the one before */
} Loading;

static uint8_t read_u8(Reader *in) {
  const uint8_t *at = mlm_read_bytes(in, 1);
  return at ? *at : 0;
}

/* Reads the forms of the columns; whether they are canonical is checked once the numbers are known. */
static bool load_columns(Loading *f) {
  for (uint32_t c = 0; c < f->columns; c++) {
    Column *column = &f->column[c];
    column->form = read_u8(f->in);
    column->base = column->form == INTEGERS ? (uint64_t)mlm_read_signed(f->in) : mlm_read_varint(f->in);
    column->bytes = c > 0 ? read_u8(f->in) : 0;
    if (column->form != INTEGERS && column->form > MOST_ZEROS) return false;
    if (column->bytes > 8 || (c > 0 && column->bytes == 0)) return false;
    f->row_bytes += column->bytes;
  }
  return !f->in->failed;
}

/* The pairs are read twice: here to check them and to find their end. */
static bool load_counts(Loading *f) {
  uint64_t left = MLM_MOST_ROWS, at = 0;
  f->pairs = mlm_read_count(f->in, 2);
  f->counts = *f->in;
  if (f->in->failed || f->pairs > f->n) return false;
  left -= f->n - f->pairs;
  for (uint64_t i = 0; i < f->pairs; i++) {
    uint64_t step = mlm_read_varint(f->in), count = mlm_read_varint(f->in);
    if (step == 0 || step > f->n - at || count < 2 || count > left) return false;
    at += step;
    left -= count;
  }
  return !f->in->failed;
}

/* The number of a code. A code that no number has gives a number with another code. */
static double number_of(const Column *column, uint64_t code) {
  code += column->base;
  if (column->form == INTEGERS) return (double)(int64_t)code;
  uint64_t low = ((uint64_t)1 << column->form) - 1, key = code << column->form;
  return mlm_decode_score(key >> 63 ? key : key | low);
}

/* Decodes a number; false: a row cannot have it, or its code is another one. */
static bool take_number(Column *column, uint64_t code, double *x) {
  *x = number_of(column, code);
  if (!(fabs(*x) <= INFINITY) || mlm_double_bits(*x) == (uint64_t)1 << 63) return false;
  if (column->form == INTEGERS && !is_integer(*x)) return false;
  look(column, *x);
  return code_of(column, *x) == code;
}

static bool load_numbers(Loading *f, uint64_t *first) {
  uint64_t more = mlm_read_varint(f->in);
  const uint8_t *at = mlm_read_bytes(f->in, (size_t)f->row_bytes);
  if (!at || *first + more < *first) return false;
  *first += more;
  if (!take_number(&f->column[0], *first, &f->x[0])) return false;
  for (uint32_t c = 1; c < f->columns; c++) {
    uint64_t code = 0;
    for (int b = 0; b < f->column[c].bytes; b++) code |= (uint64_t)*at++ << (8 * b);
    if (!take_number(&f->column[c], code, &f->x[c])) return false;
  }
  double weight = f->weights ? f->x[f->rows->columns] : 1;
  return weight == 1 || (weight > 0 && weight < INFINITY && mlm_integral_weight(weight) == 0);
}

static Status keep_row(Rows *rows, const double *x, double weight, int64_t count, const Host *host) {
  RowList *list = weight == 1 && count == 1 ? &rows->single : &rows->counted;
  Status status = mlm_row_list_reserve(list, list->n + 1, host);
  if (status) return status;
  double *row = mlm_row_at(list, list->n);
  memcpy(row, x, rows->columns * sizeof *x);
  if (list == &rows->counted) {
    row[rows->columns] = weight;
    mlm_row_set_count(rows, row, count);
  }
  list->sorted = ++list->n;
  rows->total += count;
  if (weight != 1) rows->fractional += count;
  return MLM_OK;
}

static Status load_rows(Loading *f) {
  uint64_t first = 0, next = f->pairs > 0 ? mlm_read_varint(&f->counts) : 0;
  for (uint64_t i = 0; i < f->n; i++) {
    int64_t count = 1;
    if (!load_numbers(f, &first)) return MLM_CORRUPT;
    if (i > 0 && mlm_compare_numbers(f->before, f->x, f->columns) >= 0) return MLM_CORRUPT;
    if (f->pairs > 0 && --next == 0) {
      count = (int64_t)mlm_read_varint(&f->counts);
      if (--f->pairs > 0) next = mlm_read_varint(&f->counts);
    }
    double weight = f->weights ? f->x[f->rows->columns] : 1, *swap = f->before;
    Status status = keep_row(f->rows, f->x, weight, count, f->host);
    if (!status && mlm_rows_interrupted(i, f->host)) status = MLM_INTERRUPTED;
    if (status) return status;
    f->before = f->x;
    f->x = swap;
  }
  return MLM_OK;
}

/* Whether the columns have the forms that follow from their numbers. */
static bool forms_fit(const Loading *f) {
  for (uint32_t c = 0; c < f->columns; c++) {
    Column want = f->column[c];
    derive(&want);
    if (want.form != f->column[c].form || want.base != f->column[c].base) return false;
    if (c > 0 && want.bytes != f->column[c].bytes) return false;
  }
  return f->weights == (f->rows->fractional > 0);
}

static Status load_all(Loading *f) {
  if (!load_columns(f)) return MLM_CORRUPT;
  f->n = mlm_read_count(f->in, (size_t)f->row_bytes + 1);
  if (f->in->failed || f->n == 0 || !load_counts(f)) return MLM_CORRUPT;
  Status status = load_rows(f);
  return status ? status : forms_fit(f) ? MLM_OK : MLM_CORRUPT;
}

Status mlm_rows_load(void *state, Reader *in, const Host *host) {
  Loading f = {.rows = state, .in = in, .host = host};
  uint64_t left_out = mlm_read_varint(in), columns = mlm_read_count(in, 2);
  if (in->failed || left_out > INT64_MAX || columns > MLM_MOST_COLUMNS) return MLM_CORRUPT;
  f.rows->left_out = (int64_t)left_out;
  if (columns == 0) return MLM_OK;
  uint8_t weights = read_u8(in);
  if (weights > 1) return MLM_CORRUPT;
  f.weights = weights;
  f.columns = (uint32_t)columns + weights;
  Status status = mlm_rows_begin(f.rows, columns, host);
  double *buffer = host->realloc(NULL, 2 * (uint64_t)f.columns * sizeof *buffer);
  f.column = new_columns(f.columns, host);
  if (!buffer || !f.column) status = MLM_NOMEM;
  if (!status) {
    f.x = buffer;
    f.before = buffer + f.columns;
    status = load_all(&f);
  }
  host->free(f.column);
  host->free(buffer);
  return status;
}
