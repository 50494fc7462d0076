/* The one virtual table behind every table-valued function: a row of a table (name, columns, next, column).
 *
 * Arguments are hidden columns after the visible ones, as in every table-valued function of SQLite. The first
 * hold the arguments of a call by place. Their names are not meant to be typed: one of them is read only
 * where an argument is computed from the table itself, as in calibration_curve(set, strategy='quantile'),
 * which SQLite takes as a comparison that no row would meet. Spare ones let us word the error of too many
 * arguments. After them stand the arguments by name: they return the values that the call was understood to
 * give, and WHERE can set them.
 */
#include "table_function.h"

#include <string.h>

#include "args.h"
#include "base/float_mode.h"
#include "load_state.h"

enum { VTAB_INNOCUOUS = 2 }; /* SQLITE_VTAB_INNOCUOUS, which old headers do not have */

/* What one registered table function refers to. */
typedef struct Module {
  Connection *connection;
  const TableFunction *function;
} Module;

typedef struct Table {
  sqlite3_vtab base;
  Connection *connection;
  const TableFunction *function;
  int columns; /* visible ones */
  int args, places;
} Table;

typedef struct Cursor {
  sqlite3_vtab_cursor base;
  FunctionDef function; /* for messages */
  ParamStore store;
  Params params; /* with their defaults */
  Host host;
  Eval in;
  Row row;
  sqlite3_value *given[MLM_MAX_ARGS]; /* as they were passed; NULL: not given */
  void *own;                          /* the function's own cursor */
  sqlite3_int64 rowid;
  bool more;
} Cursor;

static const TableFunction *function_of(const Cursor *cursor) {
  return ((const Table *)(const void *)cursor->base.pVtab)->function;
}

static int count_columns(const char *columns) {
  int n = 1;
  for (; *columns; columns++) n += *columns == ',';
  return n;
}

/* Hidden columns of arguments by place. */
static int count_places(const TableFunction *function) {
  enum { SPARE = 4 };
  bool reads_set = mlm_arg_specs[function->args[0]].shape == SHAPE_STATE;
  return mlm_count_args(function->args) + (reads_set ? SPARE : 0);
}

static int declare(sqlite3 *db, const TableFunction *function) {
  sqlite3_str *schema = sqlite3_str_new(db);
  sqlite3_str_appendf(schema, "CREATE TABLE x(%s", function->columns);
  for (int i = 0; i < count_places(function); i++)
    sqlite3_str_appendf(schema, ", \"argument %d of %w\" HIDDEN", i + 1, function->name);
  for (int i = 0; function->args[i]; i++)
    sqlite3_str_appendf(schema, ", \"%w\" HIDDEN", mlm_arg_specs[function->args[i]].name);
  sqlite3_str_appendall(schema, ")");
  char *text = sqlite3_str_finish(schema);
  int rc = text ? sqlite3_declare_vtab(db, text) : SQLITE_NOMEM;
  sqlite3_free(text);
  return rc;
}

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **table,
                   char **message) {
  const Module *module = aux;
  int rc = declare(db, module->function);
  if (rc != SQLITE_OK) return rc;
  if (sqlite3_libversion_number() >= 3031000) sqlite3_vtab_config(db, VTAB_INNOCUOUS);
  Table *made = sqlite3_malloc64(sizeof *made);
  if (!made) return SQLITE_NOMEM;
  *made = (Table){.connection = module->connection,
                  .function = module->function,
                  .columns = count_columns(module->function->columns),
                  .args = mlm_count_args(module->function->args),
                  .places = count_places(module->function)};
  *table = &made->base;
  return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

/* A required argument is not yet available in this join order: reject the plan. Hosts before 3.26 treat
 * SQLITE_CONSTRAINT as an error, so they are given a prohibitive cost instead. */
static int reject_plan(sqlite3_index_info *info) {
  if (sqlite3_libversion_number() >= 3026000) return SQLITE_CONSTRAINT;
  info->idxNum = 0;
  info->estimatedCost = 1e99;
  return SQLITE_OK;
}

enum { MOST_PLACES = 2 * MLM_MAX_ARGS };

/* The plan's number is the set of arguments given, a bit each, in the order of the signature, spare ones
 * last. */
static int best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  const Table *table = (const Table *)(const void *)base;
  int at[MOST_PLACES], by_name[MOST_PLACES], given = 0;
  for (int i = 0; i < table->places; i++) at[i] = by_name[i] = -1;
  for (int i = 0; i < info->nConstraint; i++) {
    int place = info->aConstraint[i].iColumn - table->columns;
    if (place < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    if (!info->aConstraint[i].usable) return reject_plan(info);
    *(place < table->places ? &at[place] : &by_name[place - table->places]) = i;
  }
  info->idxNum = 0;
  for (int i = 0; i < table->places; i++) {
    if (at[i] < 0) at[i] = by_name[i];
    if (at[i] < 0) continue;
    info->aConstraintUsage[at[i]].argvIndex = ++given;
    info->aConstraintUsage[at[i]].omit = 1;
    info->idxNum |= 1 << i;
  }
  info->orderByConsumed = table->function->sorted && info->nOrderBy == 1 && info->aOrderBy[0].iColumn == 0
                          && !info->aOrderBy[0].desc;
  info->estimatedCost = 1000;
  info->estimatedRows = 1000;
  return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **cursor) {
  const Table *table = (const Table *)(const void *)base;
  Cursor *made = sqlite3_malloc64(sizeof *made);
  if (!made) return SQLITE_NOMEM;
  memset(made, 0, sizeof *made);
  made->function =
      (FunctionDef){.connection = table->connection, .name = table->function->name, .overloads = 1};
  mlm_set_overload(&made->function.overload[0], table->function->args, table->function->required);
  *cursor = &made->base;
  return SQLITE_OK;
}

/* Resets the cursor to its state before xFilter. */
static void reset(Cursor *cursor) {
  const TableFunction *function = function_of(cursor);
  if (cursor->own && function->clear) function->clear(cursor->own, &mlm_memory);
  sqlite3_free(cursor->own);
  mlm_close_sets(&cursor->row, &mlm_memory);
  for (int i = 0; i < MLM_MAX_ARGS; i++) {
    sqlite3_value_free(cursor->given[i]);
    cursor->given[i] = NULL;
  }
  mlm_parsed_clear(&cursor->store.parsed);
  cursor->store = (ParamStore){.started = false};
  cursor->own = NULL;
  cursor->rowid = 0;
  cursor->more = false;
}

static int close_cursor(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)(void *)base;
  reset(cursor);
  sqlite3_free(cursor);
  return SQLITE_OK;
}

/* Sets the table's error message for a Status. */
static int report(Cursor *cursor, Status status) {
  int rc = SQLITE_OK;
  Call call = {.message = &cursor->base.pVtab->zErrMsg, .rc = &rc, .function = &cursor->function};
  if (status) mlm_error_status(&call, status);
  return rc;
}

static int advance(sqlite3_vtab_cursor *base) {
  Cursor *cursor = (Cursor *)(void *)base;
  FloatMode mode = mlm_mode_enter();
  cursor->rowid++;
  Status status = function_of(cursor)->next(cursor->own, &cursor->row, &cursor->in, &cursor->more);
  mlm_mode_leave(mode);
  return report(cursor, status);
}

/* The arguments given, by their bits in the plan; false: a required one is missing, and the error is set. */
static bool match_args(Call *call, const Overload *overload, int plan) {
  int n = 0;
  for (int i = 0; i < overload->n; i++) {
    if (plan >> i & 1) {
      call->matched[n] = overload->args[i];
      call->matched_place[n++] = overload->place[i];
    } else if (i < overload->required) {
      mlm_error_no_set(call, NULL);
      return false;
    }
  }
  call->args = call->matched;
  call->place = call->matched_place;
  return true;
}

static int keep_given(Cursor *cursor, int plan, sqlite3_value **argv) {
  for (int i = 0, at = 0; i < cursor->function.overload[0].n; i++) {
    if (!(plan >> i & 1)) continue;
    cursor->given[i] = sqlite3_value_dup(argv[at++]);
    if (!cursor->given[i]) return SQLITE_NOMEM;
  }
  return SQLITE_OK;
}

/* Whether there are not too many arguments, and the first one is a saved set where it must be; false: the
 * error is set. */
static bool is_well_called(Call *call, const Overload *overload, int plan) {
  const ArgSpec *first = &mlm_arg_specs[overload->args[0]];
  call->args = overload->args;
  if (first->shape == SHAPE_STATE && call->argc > 0 && (plan & 1) && !mlm_is_saved_state(call->argv[0]))
    mlm_error_no_set(call, call->argv[0]);
  else if (plan >> overload->n)
    mlm_error_argument_count(call);
  else
    return true;
  return false;
}

/* The memory of the function's own cursor, and its first row. */
static int begin(Cursor *cursor) {
  const TableFunction *function = function_of(cursor);
  cursor->params = cursor->store.params;
  mlm_params_defaults(function->args, &cursor->params);
  cursor->host = mlm_host_of(cursor->function.connection->db);
  cursor->in =
      (Eval){.params = &cursor->params,
             .host = &cursor->host,
             .limit = (uint64_t)sqlite3_limit(cursor->function.connection->db, SQLITE_LIMIT_LENGTH, -1)};
  cursor->own = mlm_new_zeroed(&mlm_memory, function->cursor_bytes);
  return cursor->own ? advance(&cursor->base) : SQLITE_NOMEM;
}

MLM_NOINLINE static int start(Cursor *cursor, int plan, int argc, sqlite3_value **argv) {
  int rc = SQLITE_OK;
  Call call = {.message = &cursor->base.pVtab->zErrMsg,
               .rc = &rc,
               .function = &cursor->function,
               .required = cursor->function.overload[0].required,
               .argc = argc,
               .argv = argv};
  reset(cursor);
  sqlite3_free(cursor->base.pVtab->zErrMsg);
  cursor->base.pVtab->zErrMsg = NULL;
  for (int i = 0; i < argc; i++)
    if (sqlite3_value_type(argv[i]) == SQLITE_NULL) return SQLITE_OK;
  if (!is_well_called(&call, &cursor->function.overload[0], plan)) return rc;
  if (!match_args(&call, &cursor->function.overload[0], plan)) return rc;
  cursor->row.preds.n = cursor->row.targets.n = cursor->row.params.n = 0;
  if (argc > 0 && mlm_decode(&call, &cursor->row, &cursor->store) != DECODE_OK) return rc;
  rc = keep_given(cursor, plan, argv);
  return rc == SQLITE_OK ? begin(cursor) : rc;
}

static int filter(sqlite3_vtab_cursor *base, int plan, const char *text, int argc, sqlite3_value **argv) {
  FloatMode mode = mlm_mode_enter();
  int rc = start((Cursor *)(void *)base, plan, argc, argv);
  mlm_mode_leave(mode);
  return rc;
}

static int at_end(sqlite3_vtab_cursor *base) { return !((Cursor *)(void *)base)->more; }

/* The value of a parameter after parsing, or its default; any other argument as it was passed. */
static void argument(const Cursor *cursor, sqlite3_context *context, int i) {
  const ArgSpec *spec = &mlm_arg_specs[cursor->function.overload[0].args[i]];
  double x = cursor->params.number[spec->role == ROLE_ROW ? 0 : spec->slot];
  if (spec->shape == SHAPE_PARAMETER && !cursor->given[i] && spec->fallback != spec->fallback)
    return; /* NULL */
  if (spec->parser && cursor->given[i])
    sqlite3_result_value(context, cursor->given[i]);
  else if (spec->shape == SHAPE_CHOICE)
    sqlite3_result_text(context, spec->choices[(int)x], -1, SQLITE_STATIC);
  else if (spec->shape == SHAPE_PARAMETER && spec->integral)
    sqlite3_result_int64(context, (sqlite3_int64)x);
  else if (spec->shape == SHAPE_PARAMETER)
    sqlite3_result_double(context, x);
  /* unreachable: an argument of a row or a parsed text that was left out, which no table allows so far */
  else if (cursor->given[i])
    sqlite3_result_value(context, cursor->given[i]);
}

/* A column of an argument by place that was not given is read only where a query means something else: an
 * error. */
static void hidden_column(const Cursor *cursor, sqlite3_context *context, int i) {
  const Table *table = (const Table *)(const void *)cursor->base.pVtab;
  if (i >= table->places)
    argument(cursor, context, i - table->places);
  else if (i < table->args && cursor->given[i])
    argument(cursor, context, i);
  else
    mlm_error_by_place(context, &cursor->function);
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i) {
  Cursor *cursor = (Cursor *)(void *)base;
  const Table *table = (const Table *)(const void *)base->pVtab;
  if (i >= table->columns) {
    hidden_column(cursor, context, i - table->columns);
    return SQLITE_OK;
  }
  Cell cell;
  FloatMode mode = mlm_mode_enter();
  function_of(cursor)->column(cursor->own, &cursor->row, i, &cell);
  mlm_mode_leave(mode);
  if (cell.type == CELL_INTEGER)
    sqlite3_result_int64(context, cell.integer);
  else if (cell.type == CELL_REAL)
    sqlite3_result_double(context, cell.real);
  else if (cell.text && cell.type == CELL_TEXT)
    sqlite3_result_text64(context, cell.text, cell.n, SQLITE_TRANSIENT, SQLITE_UTF8);
  else if (cell.text)
    sqlite3_result_blob64(context, cell.text, cell.n, SQLITE_TRANSIENT);
  return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *row) {
  *row = ((Cursor *)(void *)base)->rowid;
  return SQLITE_OK;
}

/* No xCreate: the tables are eponymous-only. */
static const sqlite3_module table_module = {
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

static void destroy(void *aux) {
  Module *module = aux;
  mlm_connection_release(module->connection);
  sqlite3_free(module);
}

int mlm_register_table_function(Connection *connection, const TableFunction *function) {
  Module *module = sqlite3_malloc64(sizeof *module);
  if (!module) return SQLITE_NOMEM;
  *module = (Module){connection, function};
  connection->users++;
  return sqlite3_create_module_v2(connection->db, function->name, &table_module, module, destroy);
}
