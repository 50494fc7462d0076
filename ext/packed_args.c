/* Packed columns among the arguments: blocks of numbers and classes, and the values of one element. */
#include "packed_args.h"

#include <string.h>

#include "args_class.h"
#include "base/bits.h"
#include "base/compiler.h"
#include "base/number_parse.h"
#include "base/sqlite_number.h"
#include "load_state.h"
#include "sql_value.h"

bool mlm_has_packed(int argc, sqlite3_value **argv) {
  for (int i = 0; i < argc; i++)
    if (mlm_is_packed(argv[i])) return true;
  return false;
}

/* ---- opening ---- */

/* What argument i of the call is; numbers that are spread over the arguments are of one kind. */
static const ArgSpec *spec_at(const Call *call, int i) {
  const ArgKind *kinds = call->args;
  int spread = mlm_takes_variadic(kinds) ? call->argc - mlm_count_args(kinds) + 1 : 0;
  if (spread == 0) return &mlm_arg_specs[kinds[i]];
  return &mlm_arg_specs[i < spread ? kinds[0] : kinds[i - spread + 1]];
}

/* One block of memory; the numbers of a block are not zeroed. */
static PackedArgs *make_args(Call *call) {
  size_t n = (size_t)call->argc, each = sizeof(PackedColumn) + sizeof(sqlite3_value *) + sizeof(bool);
  size_t numbers = MLM_MAX_ARGS * sizeof(double[MLM_BLOCK]);
  char *at = mlm_memory.realloc(NULL, sizeof(PackedArgs) + numbers + n * each);
  if (!at) {
    mlm_error_status(call, MLM_NOMEM);
    return NULL;
  }
  PackedArgs *args = (PackedArgs *)(void *)at;
  memset(args, 0, sizeof *args);
  args->call = call;
  args->x = (double(*)[MLM_BLOCK])(void *)(at += sizeof *args);
  args->column = (PackedColumn *)(void *)(at += numbers);
  memset(at, 0, n * each);
  args->value = (sqlite3_value **)(void *)(at += n * sizeof *args->column);
  args->packed = (bool *)(void *)(at + n * sizeof *args->value);
  return args;
}

static bool open_column(const Call *call, int arg, PackedColumn *column) {
  SavedState saved;
  if (!mlm_open_saved(call, arg, &saved)) return false;
  Status status = mlm_read_varint(&saved.in) == 0 ? mlm_column_open(column, &saved.in, &mlm_memory)
                                                  : MLM_CORRUPT; /* it has no parameters */
  if (status == MLM_CORRUPT)
    mlm_error_damaged(call);
  else if (status)
    mlm_error_status(call, status);
  return !status;
}

/* In a scalar a number that is a parameter elsewhere may be packed too, since each call has its own. */
static bool is_packable(const Call *call, const ArgSpec *spec) {
  if (call->function->overload[call->overload].sets) return false;
  return mlm_arg_is_packable(spec) || (call->function->scalar && spec->shape == SHAPE_PARAMETER);
}

/* Opens every packed column; all must be of one length. */
static bool open_columns(PackedArgs *args) {
  const Call *call = args->call;
  int first = -1;
  for (int i = 0; i < call->argc; i++) {
    if (!mlm_is_packed(call->argv[i])) continue;
    if (!is_packable(call, spec_at(call, i))) {
      mlm_error_not_packed(call, spec_at(call, i));
      return false;
    }
    if (!open_column(call, i, &args->column[i])) return false;
    args->packed[i] = true;
    if (first < 0) first = i;
    if (args->column[i].n == args->column[first].n) continue;
    mlm_error_packed_lengths(call, spec_at(call, first), args->column[first].n, spec_at(call, i),
                             args->column[i].n);
    return false;
  }
  args->n = args->column[first].n;
  return true;
}

static void note_plain(PackedArgs *args, int i, const ArgSpec *spec) {
  const Call *call = args->call;
  int type = sqlite3_value_type(call->argv[i]);
  args->value[i] = call->argv[i];
  args->null |= type == SQLITE_NULL && mlm_null_leaves_out(call, i);
  args->absent |= spec->shape == SHAPE_WEIGHT && mlm_number_of(call->argv[i]) == 0;
  if (spec->shape == SHAPE_CLASS && type == SQLITE_BLOB) args->in_blocks = false; /* may be an error */
}

/* Where a number, the weight or a class goes; elements of any other kind are decoded one by one. */
static void note_packed(PackedArgs *args, int i, const ArgSpec *spec) {
  PackedColumn *column = &args->column[i];
  PackedPlace place = {spec, column, spec->slot};
  if (mlm_arg_is_numbered(spec))
    place.slot = (uint32_t)(offsetof(Row, x) + sizeof(double) * args->call->place[i]);
  if (mlm_arg_is_numbered(spec) || spec->shape == SHAPE_WEIGHT)
    args->number[args->numbers++] = place;
  else if (spec->shape == SHAPE_CLASS)
    args->class[args->classes++] = place;
  else
    args->in_blocks = false;
  for (uint32_t k = 0; spec->shape == SHAPE_CLASS && k < column->values; k++)
    mlm_class_of_value(&column->value[k]);
}

static void note_args(PackedArgs *args) {
  const Call *call = args->call;
  args->in_blocks = mlm_arg_specs[call->args[0]].shape < SHAPE_VECTOR;
  for (int i = 0; i < call->argc; i++) {
    const ArgSpec *spec = spec_at(call, i);
    if (!args->packed[i])
      note_plain(args, i, spec);
    else if (args->in_blocks)
      note_packed(args, i, spec);
  }
}

PackedArgs *mlm_packed_open(Call *call) {
  PackedArgs *args = make_args(call);
  if (args && !open_columns(args)) {
    mlm_packed_close(args);
    return NULL;
  }
  if (!args) return NULL;
  note_args(args);
  call->packed = args->packed;
  return args;
}

static void free_values(PackedArgs *args) {
  for (int i = 0; i < args->call->argc; i++) {
    if (!args->packed[i]) continue;
    sqlite3_value_free(args->value[i]);
    args->value[i] = NULL;
  }
}

void mlm_packed_close(PackedArgs *args) {
  free_values(args);
  for (int i = 0; i < args->call->argc; i++) mlm_column_close(&args->column[i], &mlm_memory);
  sqlite3_finalize(args->statement);
  mlm_memory.free(args);
}

/* ---- blocks ---- */

/* The number in a text, as mlm_number_of() reads it. */
static double number_of_text(const Class *text) {
  double x;
  bool number = mlm_parse_number_text(text->bytes, text->n, &x);
  return number && !mlm_rounded_integer_text(text->bytes, text->n, x) ? x
                                                                      : mlm_double_from_bits(MLM_ELEMENT_ODD);
}

/* Whether lo <= x <= hi of MLM_BLOCK numbers, none of them infinite; compilers turn the first loop into
 * vectors. */
static bool are_within(const double *x, double lo, double hi) {
  double apart[MLM_BLOCK]; /* from the nearest number of the range: NaN of NaN */
  uint64_t any = 0;
  for (int i = 0; i < MLM_BLOCK; i++) {
    double below = x[i] > hi ? hi : x[i], within = below < lo ? lo : below;
    apart[i] = within - x[i];
  }
  MLM_UNROLL(8)
  for (int i = 0; i < MLM_BLOCK; i++) any |= mlm_double_bits(apart[i]);
  return any == 0;
}

/* Whether every number is one that the argument may be, and no weight is 0. A block of some size is filled up
 * with its first number. */
static bool are_allowed(const PackedPlace *place, double *x, size_t n) {
  enum { FEW = 64 };
  const ArgSpec *spec = place->spec;
  const PackedColumn *column = place->column;
  bool weight = spec->shape == SHAPE_WEIGHT, all = true;
  if (column->type == PACKED_BITS && !column->is_null && !weight && spec->lo <= 0 && spec->hi >= 1)
    return true;
  if (n >= FEW && spec->shape != SHAPE_LABEL && !spec->integral && !weight) {
    for (size_t i = n; i < MLM_BLOCK; i++) x[i] = x[0];
    if (are_within(x, spec->lo, spec->hi)) return true;
  }
  for (size_t i = 0; i < n; i++) all &= mlm_arg_allows(spec, x[i]) && (!weight || x[i] != 0);
  return all;
}

void mlm_packed_read_block(PackedArgs *args, uint64_t from) {
  args->from = from;
  args->size = args->n - from < MLM_BLOCK ? (size_t)(args->n - from) : MLM_BLOCK;
  args->regular = !args->null && !args->absent && args->classes == 0;
  for (int k = 0; k < args->numbers; k++) {
    mlm_column_numbers(args->number[k].column, from, args->size, args->x[k], number_of_text);
    args->regular = args->regular && are_allowed(&args->number[k], args->x[k], args->size);
  }
}

void mlm_packed_class(const PackedPlace *place, uint64_t i, Class *class) {
  mlm_column_at(place->column, i, class);
  if (class->type == CLASS_REAL) mlm_class_of_value(class);
}

ElementKind mlm_packed_kind(const PackedArgs *args, size_t i) {
  bool null = args->null, odd = false;
  if (args->absent) return ELEMENT_ABSENT;
  for (int k = 0; k < args->numbers; k++) {
    const ArgSpec *spec = args->number[k].spec;
    double x = args->x[k][i];
    if (spec->shape == SHAPE_WEIGHT && x == 0) return ELEMENT_ABSENT;
    if (mlm_arg_allows(spec, x)) continue;
    bool none = mlm_double_bits(x) == MLM_ELEMENT_NULL && !spec->allows_null;
    null |= none;
    odd |= !none;
  }
  for (int k = 0; k < args->classes; k++) {
    Class class;
    mlm_packed_class(&args->class[k], args -> from + i, &class);
    null |= class.type == CLASS_NULL;
    odd |= !mlm_arg_allows_class(args->class[k].spec, &class);
  }
  return null ? ELEMENT_NULL : odd ? ELEMENT_ODD : ELEMENT_ROW;
}

/* ---- the values of an element ---- */

/* A statement with a parameter and a column for each packed argument: SQLite offers no other way to make
 * values of numbers and texts. */
static int prepare(PackedArgs *args, sqlite3 *db) {
  sqlite3_str *text = sqlite3_str_new(db);
  int n = 0;
  for (int i = 0; i < args->call->argc; i++)
    if (args->packed[i]) sqlite3_str_appendf(text, "%s?%d", n ? ", " : "SELECT ", n + 1), n++;
  char *sql = sqlite3_str_finish(text);
  int rc = sql ? sqlite3_prepare_v2(db, sql, -1, &args->statement, NULL) : SQLITE_NOMEM;
  sqlite3_free(sql);
  return rc;
}

static int bind(sqlite3_stmt *statement, int place, const PackedColumn *column, uint64_t i) {
  Class value;
  mlm_column_at(column, i, &value);
  switch (value.type) {
  case CLASS_INTEGER: return sqlite3_bind_int64(statement, place, value.integer);
  case CLASS_REAL: return sqlite3_bind_double(statement, place, value.real);
  case CLASS_TEXT:
    return sqlite3_bind_text64(statement, place, value.bytes, value.n, SQLITE_STATIC, SQLITE_UTF8);
  default: return sqlite3_bind_null(statement, place);
  }
}

/* A copy belongs to no connection, so that SQLite does not notice where it has no memory to make its text
 * UTF-8: that is done here, and no reader is without a text later. NULL: no memory. */
static sqlite3_value *copy_value(sqlite3_value *value) {
  sqlite3_value *copy = sqlite3_value_dup(value);
  if (!copy || sqlite3_value_type(copy) != SQLITE_TEXT || sqlite3_value_text(copy)) return copy;
  sqlite3_value_free(copy);
  return NULL;
}

static int make_values(PackedArgs *args, uint64_t i) {
  int place = 0, rc = SQLITE_OK;
  for (int a = 0; a < args->call->argc && rc == SQLITE_OK; a++)
    if (args->packed[a]) rc = bind(args->statement, ++place, &args->column[a], i);
  if (rc == SQLITE_OK) rc = sqlite3_step(args->statement);
  if (rc == SQLITE_ROW) rc = SQLITE_OK;
  place = 0;
  for (int a = 0; a < args->call->argc && rc == SQLITE_OK; a++) {
    if (!args->packed[a]) continue;
    args->value[a] = copy_value(sqlite3_column_value(args->statement, place++));
    if (!args->value[a]) rc = SQLITE_NOMEM;
  }
  int end = sqlite3_reset(args->statement);
  return rc == SQLITE_OK ? end : rc;
}

bool mlm_packed_values(PackedArgs *args, uint64_t i, Call *element) {
  const Call *call = args->call;
  sqlite3 *db = sqlite3_context_db_handle(call->context);
  free_values(args);
  int rc = args->statement ? SQLITE_OK : prepare(args, db);
  if (rc == SQLITE_OK) rc = make_values(args, i);
  if (rc != SQLITE_OK) {
    mlm_error_of_host(call, rc);
    return false;
  }
  *element = (Call){.context = call->context,
                    .function = call->function,
                    .argc = call->argc,
                    .argv = args->value,
                    .element = i + 1};
  return true;
}
