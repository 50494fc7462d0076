/* The one virtual table behind every curve and mlmetrics_functions: a curve is a row of a table (name,
 * columns, next, column).
 *
 * Arguments are hidden columns behind the visible ones, as SQLite has it for table-valued functions; asked
 * for by name they give what the call was understood to say.
 */
#include "internal.h"

#include <string.h>

enum { INNOCUOUS = 2 }; /* SQLITE_VTAB_INNOCUOUS, which old headers do not have */

typedef struct Table {
  sqlite3_vtab base;
  sqlite3 *db;
  const TableFunction *function;
  int columns; /* visible ones */
} Table;

typedef struct Cursor {
  sqlite3_vtab_cursor base;
  FunctionDef bound; /* for messages */
  Params params;
  sqlite3_value *set; /* as it was given */
  void *state;        /* NULL: no rows */
  void *function;     /* the curve's own cursor */
  sqlite3_int64 row;
  bool more;
} Cursor;

static const TableFunction *curve_of(const Cursor *cursor) {
  return ((const Table *)(const void *)cursor->base.pVtab)->function;
}

static int count_columns(const char *columns) {
  int n = 1;
  for (; *columns; columns++) n += *columns == ',';
  return n;
}

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **table,
                   char **message) {
  const TableFunction *function = aux;
  char schema[400];
  sqlite3_snprintf((int)sizeof schema, schema, "CREATE TABLE x(%s", function->columns);
  for (int i = 0; function->args[i]; i++) {
    size_t n = strlen(schema);
    sqlite3_snprintf((int)(sizeof schema - n), schema + n, ", \"%s\" HIDDEN",
                     mlm_arg_specs[function->args[i]].name);
  }
  size_t n = strlen(schema);
  sqlite3_snprintf((int)(sizeof schema - n), schema + n, ")");
  int rc = sqlite3_declare_vtab(db, schema);
  if (rc != SQLITE_OK) return rc;
  if (sqlite3_libversion_number() >= 3031000) sqlite3_vtab_config(db, INNOCUOUS);
  Table *made = sqlite3_malloc64(sizeof *made);
  if (!made) return SQLITE_NOMEM;
  *made = (Table){.db = db, .function = function, .columns = count_columns(function->columns)};
  *table = &made->base;
  return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

/* An argument comes from a table that would be joined later: the tables need another order. Hosts before 3.26
 * take the refusal for an error, and are told of a cost that no other order has. */
static int another_order(sqlite3_index_info *info) {
  if (sqlite3_libversion_number() >= 3026000) return SQLITE_CONSTRAINT;
  info->idxNum = 0;
  info->estimatedCost = 1e99;
  return SQLITE_OK;
}

/* The plan's number is the set of arguments given, a bit each, in the order of the signature. */
static int best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  const Table *table = (const Table *)(const void *)base;
  int at[MLM_MAX_ARGS], args = mlm_count_args(table->function->args), given = 0;
  for (int i = 0; i < args; i++) at[i] = -1;
  for (int i = 0; i < info->nConstraint; i++) {
    int arg = info->aConstraint[i].iColumn - table->columns;
    if (arg < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    if (!info->aConstraint[i].usable) return another_order(info);
    at[arg] = i;
  }
  info->idxNum = 0;
  for (int i = 0; i < args; i++) {
    if (at[i] < 0) continue;
    info->aConstraintUsage[at[i]].argvIndex = ++given;
    info->aConstraintUsage[at[i]].omit = 1;
    info->idxNum |= 1 << i;
  }
  info->estimatedCost = 1000;
  info->estimatedRows = 1000;
  return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **cursor) {
  const TableFunction *function = ((const Table *)(const void *)base)->function;
  Cursor *made = sqlite3_malloc64(sizeof *made);
  if (!made) return SQLITE_NOMEM;
  *made = (Cursor){.bound = {.name = function->name}};
  *cursor = &made->base;
  return SQLITE_OK;
}

static void forget(Cursor *cursor) {
  mlm_drop_state(curve_of(cursor)->state, cursor->state, &mlm_memory);
  sqlite3_free(cursor->function);
  sqlite3_value_free(cursor->set);
  cursor->state = cursor->function = NULL;
  cursor->set = NULL;
  cursor->more = false;
}

static int close_cursor(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)(void *)base;
  forget(cursor);
  sqlite3_free(cursor);
  return SQLITE_OK;
}

static int advance(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)(void *)base;
  FloatMode mode = mlm_mode_enter();
  cursor->row++;
  cursor->more = curve_of(cursor)->next(cursor->function, cursor->state, &cursor->params);
  mlm_mode_leave(mode);
  const StateType *kind = curve_of(cursor)->state;
  return kind && kind->interrupted && kind->interrupted(cursor->state) ? SQLITE_INTERRUPT : SQLITE_OK;
}

static void *zeroed(uint64_t bytes) {
  void *memory = sqlite3_malloc64(bytes);
  if (memory) memset(memory, 0, bytes);
  return memory;
}

/* Not inlined: its arithmetic must stay between the changes of mode. */
__attribute__((noinline)) static int start(sqlite3_vtab_cursor *base, int plan, int argc,
                                           sqlite3_value **argv) {
  Cursor *cursor = (Cursor *)(void *)base;
  const TableFunction *function = curve_of(cursor);
  Given given = {.params.value = {10, 0}}; /* bins and strategy where they are not given */
  int rc = SQLITE_OK;
  Call call = {.message = &base->pVtab->zErrMsg,
               .rc = &rc,
               .bound = &cursor->bound,
               .args = function->args,
               .argc = argc,
               .argv = argv};
  forget(cursor);
  sqlite3_free(base->pVtab->zErrMsg);
  base->pVtab->zErrMsg = NULL;
  cursor->row = 0;
  for (int i = 0; i < argc; i++)
    if (sqlite3_value_type(argv[i]) == SQLITE_NULL) return SQLITE_OK;
  if (function->required > 0 && !(plan & 1)) {
    mlm_error_no_set(&call, function->state_name);
    return rc;
  }
  Row row;
  int args = mlm_count_args(function->args);
  for (int i = 1, at = 1; i < args; i++)
    if (plan >> i & 1 && mlm_decode_single(&call, function->args[i], at++, &row, &given) != DECODE_OK)
      return rc;
  cursor->params = given.params;
  Host host = mlm_host_of(((const Table *)(const void *)base->pVtab)->db);
  if (function->required > 0)
    cursor->state = mlm_open_sealed(&call, function->state, function->state_name, &host);
  if (rc != SQLITE_OK) return rc;
  if (function->required > 0) cursor->set = sqlite3_value_dup(argv[0]);
  cursor->function = zeroed(function->cursor_bytes);
  return cursor->function && (cursor->set || function->required == 0) ? advance(base) : SQLITE_NOMEM;
}

static int filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc, sqlite3_value **argv) {
  FloatMode mode = mlm_mode_enter();
  int rc = start(base, plan, argc, argv);
  mlm_mode_leave(mode);
  return rc;
}

static int at_end(sqlite3_vtab_cursor *base) { return !((Cursor *)(void *)base)->more; }

/* An argument as it was understood, or what stands for it where it was not given. */
static void argument(const Cursor *cursor, sqlite3_context *context, ArgKind kind) {
  if (kind == ARG_BINS)
    sqlite3_result_int64(context, (sqlite3_int64)cursor->params.value[0]);
  else if (kind == ARG_STRATEGY)
    sqlite3_result_text(context, cursor->params.value[1] == 1 ? "quantile" : "uniform", -1, SQLITE_STATIC);
  else
    sqlite3_result_value(context, cursor->set);
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i) {
  Cursor *cursor = (Cursor *)(void *)base;
  int visible = ((const Table *)(const void *)base->pVtab)->columns;
  if (i >= visible) {
    argument(cursor, context, curve_of(cursor)->args[i - visible]);
    return SQLITE_OK;
  }
  Cell cell;
  FloatMode mode = mlm_mode_enter();
  curve_of(cursor)->column(cursor->function, cursor->state, i, &cell);
  mlm_mode_leave(mode);
  if (cell.type == CELL_INTEGER)
    sqlite3_result_int64(context, cell.integer);
  else if (cell.type == CELL_REAL)
    sqlite3_result_double(context, cell.real);
  else if (cell.type == CELL_TEXT)
    sqlite3_result_text64(context, cell.text, cell.n, SQLITE_TRANSIENT, SQLITE_UTF8);
  else
    sqlite3_result_blob64(context, cell.text, cell.n, SQLITE_TRANSIENT);
  return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
  *row = ((Cursor *)(void *)base)->row;
  return SQLITE_OK;
}

/* No xCreate: the tables are there without CREATE VIRTUAL TABLE, and only so. */
static const sqlite3_module module = {
    .iVersion = 0,
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = advance,
    .xEof = at_end,
    .xColumn = column,
    .xRowid = rowid,
};

int mlm_register_table_function(Connection *library, const TableFunction *function) {
  return sqlite3_create_module_v2(library->db, function->name, &module, (void *)(uintptr_t)function, NULL);
}
