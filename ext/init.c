/* The way in: the list of every family; registers all, or undoes and says why. */
#include "internal.h"

#include <string.h>

#include "mlmetrics.h"

SQLITE_EXTENSION_INIT1

const char mlm_version[] = MLMETRICS_VERSION;

extern const Family mlm_activations, mlm_losses, mlm_threshold, mlm_ranking, mlm_calibration, mlm_curves,
    mlm_classes, mlm_help;

const Family *const mlm_families[] = {
    &mlm_activations, &mlm_losses,  &mlm_threshold, &mlm_ranking, &mlm_calibration,
    &mlm_curves,      &mlm_classes, &mlm_help,      NULL,
};

/* Flags that old headers do not have; hosts that do not know one ignore it, but for RESULT_SUBTYPE, which is
 * asked for by version. */
enum { FLAG_INNOCUOUS = 0x200000, FLAG_RESULT_SUBTYPE = 0x1000000, OLDEST = 3025000 };

int mlm_function_flags(bool deterministic, ResultKind result) {
  int flags = SQLITE_UTF8, host = sqlite3_libversion_number();
  if (deterministic) flags |= SQLITE_DETERMINISTIC;
  if (host >= 3031000) flags |= FLAG_INNOCUOUS;
  if (host >= 3044000 && result == RESULT_JSON) flags |= FLAG_RESULT_SUBTYPE;
  return flags;
}

static void free_library(Connection *library) {
  for (int i = 0; i < MLM_VECTORS; i++) sqlite3_free(library->scratch[i].at);
  sqlite3_free(library->names);
  sqlite3_free(library->bound);
  sqlite3_free(library);
}

void mlm_release(void *user) {
  Connection *library = ((FunctionDef *)user)->library;
  if (--library->users == 0) free_library(library);
}

static void add_signature(FunctionDef *bound, const ArgKind *args, int required) {
  if (bound->signatures == MLM_SIGNATURES) return; /* unreachable: no name has more */
  bound->args[bound->signatures] = args;
  bound->required[bound->signatures++] = required;
}

/* Fills a FunctionDef with the rows of one name that begin at row i; returns the index after them. */
static int bind_metric(FunctionDef *bound, const Metric *rows, int i) {
  bound->metric = &rows[i];
  bound->name = rows[i].name;
  for (; rows[i].name && strcmp(rows[i].name, bound->name) == 0; i++)
    add_signature(bound, rows[i].args, rows[i].required);
  return i;
}

static int bind_scalar(FunctionDef *bound, const Scalar *rows, int i) {
  bound->scalar = &rows[i];
  bound->name = rows[i].name;
  for (; rows[i].name && strcmp(rows[i].name, bound->name) == 0; i++)
    add_signature(bound, rows[i].args, rows[i].required);
  return i;
}

/* Lays out a FunctionDef for every function; the _state forms follow their aggregates and have their names in
 * library->names. */
static int bind_all(Connection *library, FunctionDef *bound, char *names) {
  int n = 0;
  for (const Family *const *family = mlm_families; *family; family++) {
    const Metric *metrics = (*family)->metrics;
    const Scalar *scalars = (*family)->scalars;
    for (int i = 0; metrics && metrics[i].name;) {
      FunctionDef *plain = &bound[n], *state = &bound[n + 1];
      *plain = (FunctionDef){.library = library};
      i = bind_metric(plain, metrics, i);
      *state = *plain;
      state->state_form = true;
      state->name = names;
      size_t length = strlen(plain->name);
      memcpy(names, plain->name, length);
      memcpy(names + length, "_state", sizeof "_state");
      names += length + sizeof "_state";
      n += 2;
    }
    for (int i = 0; scalars && scalars[i].name; n++) {
      bound[n] = (FunctionDef){.library = library};
      i = bind_scalar(&bound[n], scalars, i);
    }
  }
  return n;
}

static void count_tables(uint64_t *functions, uint64_t *name_bytes) {
  *functions = *name_bytes = 0;
  for (const Family *const *family = mlm_families; *family; family++) {
    for (const Metric *m = (*family)->metrics; m && m->name; m++) {
      *functions += 2;
      *name_bytes += strlen(m->name) + sizeof "_state";
    }
    for (const Scalar *s = (*family)->scalars; s && s->name; s++) ++*functions;
  }
}

static int register_functions(Connection *library, int n, int *reached) {
  int rc = SQLITE_OK;
  for (*reached = 0; *reached < n && rc == SQLITE_OK; ++*reached) {
    FunctionDef *bound = &library->bound[*reached];
    rc = bound->scalar ? mlm_register_scalar(library, bound) : mlm_register_aggregate(library, bound);
  }
  return rc;
}

static int register_curves(Connection *library, const TableFunction **last) {
  int rc = SQLITE_OK;
  for (const Family *const *family = mlm_families; *family && rc == SQLITE_OK; family++)
    for (const TableFunction *function = (*family)->tables; function && function->name && rc == SQLITE_OK;
         function++) {
      *last = function;
      rc = mlm_register_table_function(library, function);
    }
  return rc;
}

/* Takes back what a failed registration left behind, and nothing that it had not come to: a function
 * registered without callbacks is removed, and so is a module that is NULL; hosts before 3.30 remove no
 * module. */
static void undo(Connection *library, int functions, const TableFunction *last) {
  for (int i = 0; i < functions; i++)
    for (int args = -1; args <= 2 * MLM_MAX_ARGS; args++)
      sqlite3_create_function_v2(library->db, library->bound[i].name, args, SQLITE_UTF8, NULL, NULL, NULL,
                                 NULL, NULL);
  if (!last || sqlite3_libversion_number() < 3030000) return;
  for (const Family *const *family = mlm_families;; family++) /* the last one is among them */
    for (const TableFunction *function = (*family)->tables; function && function->name; function++) {
      sqlite3_create_module_v2(library->db, function->name, NULL, NULL, NULL);
      if (function == last) return;
    }
}

static int load(sqlite3 *db) {
  uint64_t functions, name_bytes;
  count_tables(&functions, &name_bytes);
  Connection *library = sqlite3_malloc64(sizeof *library);
  if (!library) return SQLITE_NOMEM;
  *library = (Connection){.db = db, .users = 1};
  library->bound = sqlite3_malloc64(functions * sizeof *library->bound);
  library->names = sqlite3_malloc64(name_bytes);
  int rc = library->bound && library->names ? SQLITE_OK : SQLITE_NOMEM;
  if (rc == SQLITE_OK) {
    int n = bind_all(library, library->bound, library->names), reached;
    const TableFunction *last = NULL;
    rc = register_functions(library, n, &reached);
    if (rc == SQLITE_OK) rc = register_curves(library, &last);
    if (rc != SQLITE_OK) undo(library, reached, last);
  }
  if (--library->users == 0) free_library(library);
  return rc;
}

/* Whether a query of one text gives it. */
static bool answers(sqlite3 *db, const char *query, const char *text) {
  sqlite3_stmt *statement = NULL;
  bool same = sqlite3_prepare_v2(db, query, -1, &statement, NULL) == SQLITE_OK
              && sqlite3_step(statement) == SQLITE_ROW;
  const char *got = same ? (const char *)sqlite3_column_text(statement, 0) : NULL;
  same = got && strcmp(got, text) == 0;
  sqlite3_finalize(statement);
  return same;
}

/* Whether this connection has our functions already. A query that fails leaves its error with the connection,
 * and an automatic extension that leaves an error makes sqlite3_open() fail: a query that works wipes it out.
 */
static bool is_loaded(sqlite3 *db) {
  bool loaded = answers(db, "SELECT mlmetrics_version()", mlm_version);
  if (!loaded) answers(db, "SELECT ''", "");
  return loaded;
}

#ifndef SQLITE_CORE
/* Every connection brings the same table. Of threads that load for the first time at once only one writes, so
 * that the others, which may be registering already, read what does not change. */
static void set_api(const sqlite3_api_routines *api) {
  const sqlite3_api_routines *now = __atomic_load_n(&sqlite3_api, __ATOMIC_ACQUIRE);
  if (now != api)
    __atomic_compare_exchange_n(&sqlite3_api, &now, api, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}
#endif

int sqlite3_mlmetrics_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
#ifndef SQLITE_CORE
  set_api(api);
#endif
  int host = sqlite3_libversion_number();
  if (host < OLDEST) {
    if (message)
      *message = sqlite3_mprintf("mlmetrics needs SQLite 3.25 or later, this is %s", sqlite3_libversion());
    return SQLITE_ERROR;
  }
  if (is_loaded(db)) return SQLITE_OK;
  int rc = load(db);
  if (rc != SQLITE_OK && message)
    *message = sqlite3_mprintf("mlmetrics could not register its functions: %s", sqlite3_errstr(rc));
  return rc;
}

#ifndef SQLITE_CORE
/* Under the file name mod_mlmetrics SQLite looks for this name. */
MLMETRICS_API int sqlite3_modmlmetrics_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);

int sqlite3_modmlmetrics_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
  return sqlite3_mlmetrics_init(db, message, api);
}
#endif
