/* Registration of all functions with a connection, undone as a whole if any of it fails. */
#include "registry.h"

#include <string.h>

#include "aggregate.h"
#include "help.h"
#include "scalar.h"
#include "table_function.h"
#include "wrong_names.h"

/* One more than the place of the cutoff in the rows of intervals and saved states; 0: they have none. */
static int cutoff_of(const FunctionDef *def) {
  const Overload *overload = &def->overload[0];
  const int place = def->form->saves || def->form->interval ? mlm_cutoff_place(overload->args) : 0;
  return place ? 1 + overload->place[place - 1] : 0;
}

/* The overloads of a function are the rows of one name, which follow each other. */
static int bind_form(FunctionDef *def, const Metric *rows, const Form *form) {
  int n = 0;
  def->metric = rows;
  def->form = form;
  const LightForm *light = mlm_form_light(form, rows);
  def->state = light ? light->state : mlm_form_state(form, rows);
  def->eval = light ? light->eval : mlm_form_eval(form, rows);
  def->result = mlm_form_result(form, rows);
  mlm_form_state_name(form, rows, def->state_name);
  for (; rows[n].name && strcmp(rows[n].name, rows->name) == 0; n++) {
    ArgKind args[MLM_MAX_ARGS];
    mlm_form_args(form, &rows[n], args);
    /* unreachable: more rows of one name than there is room for, which table_checks finds */
    if (n < MLM_OVERLOADS) mlm_set_overload(&def->overload[n], args, rows[n].required);
  }
  def->overloads = n < MLM_OVERLOADS ? n : MLM_OVERLOADS; /* a test sees that no name has more */
  def->cutoff = cutoff_of(def);
  return n;
}

static int bind_scalar(FunctionDef *def, const Scalar *rows) {
  int n = 0;
  def->scalar = rows;
  def->name = rows->name;
  def->result = rows->result;
  /* unreachable: as above */
  for (; rows[n].name && strcmp(rows[n].name, rows->name) == 0; n++)
    if (n < MLM_OVERLOADS) mlm_set_overload(&def->overload[n], rows[n].args, rows[n].required);
  def->overloads = n < MLM_OVERLOADS ? n : MLM_OVERLOADS;
  return n;
}

/* Appends a name with its suffix to those of the connection. */
static const char *add_name(char **names, const char *name, const char *suffix) {
  char *at = *names;
  size_t n = strlen(name), more = strlen(suffix);
  memcpy(at, name, n);
  memcpy(at + n, suffix, more + 1);
  *names += n + more + 1;
  return at;
}

/* Lays out the definitions of a family's functions, if there is memory for them; counts them and their names.
 */
static void bind_family(const Family *family, Connection *connection, char **names, size_t *name_bytes) {
  for (const Metric *m = family->metrics; m && m->name;) {
    int rows = 1;
    while (m[rows].name && strcmp(m[rows].name, m->name) == 0) rows++;
    for (const Form *form = mlm_forms; form->suffix; form++) {
      if (!mlm_form_applies(form, m)) continue;
      *name_bytes += strlen(m->name) + strlen(form->suffix) + 1;
      FunctionDef *def = connection->functions ? &connection->functions[connection->n_functions] : NULL;
      connection->n_functions++;
      if (!def) continue;
      *def = (FunctionDef){.connection = connection, .name = add_name(names, m->name, form->suffix)};
      bind_form(def, m, form);
    }
    m += rows;
  }
  for (const Scalar *s = family->scalars; s && s->name;) {
    int rows = 1;
    while (s[rows].name && strcmp(s[rows].name, s->name) == 0) rows++;
    FunctionDef *def = connection->functions ? &connection->functions[connection->n_functions] : NULL;
    connection->n_functions++;
    if (def) {
      *def = (FunctionDef){.connection = connection};
      bind_scalar(def, s);
    }
    s += rows;
  }
}

static void bind_all(Connection *connection, char *names, size_t *name_bytes) {
  connection->n_functions = 0;
  *name_bytes = 0;
  for (int i = 0; mlm_family_at(i); i++) bind_family(mlm_family_at(i), connection, &names, name_bytes);
}

static int register_functions(Connection *connection, int *reached) {
  int rc = SQLITE_OK;
  for (*reached = 0; *reached < connection->n_functions && rc == SQLITE_OK; ++*reached) {
    FunctionDef *def = &connection->functions[*reached];
    rc = def->scalar ? mlm_register_scalar(def) : mlm_register_aggregate(def);
  }
  return rc;
}

static int register_tables(Connection *connection, const TableFunction **last) {
  int rc = SQLITE_OK;
  for (int i = 0; mlm_family_at(i) && rc == SQLITE_OK; i++)
    for (const TableFunction *t = mlm_family_at(i)->tables; t && t->name && rc == SQLITE_OK; t++) {
      *last = t;
      rc = mlm_register_table_function(connection, t);
    }
  return rc;
}

static void remove_function(const FunctionDef *function) {
  for (int n = -1; n <= 2 * MLM_MAX_ARGS; n++)
    if (function->scalar || mlm_registers_aggregate(function, n))
      sqlite3_create_function_v2(function->connection->db, function->name, n, SQLITE_UTF8, NULL, NULL, NULL,
                                 NULL, NULL);
}

/* Removes what a failed registration left behind, and nothing that it had not reached: a function registered
 * without callbacks is removed, and so is a module that is NULL; hosts before 3.30 remove no module. The
 * user's own aggregate of our name stays where ours does not have its number of arguments. */
static void undo(Connection *connection, int functions, const TableFunction *last) {
  for (int i = 0; i < functions; i++) remove_function(&connection->functions[i]);
  if (!last || sqlite3_libversion_number() < 3030000) return;
  for (int i = 0;; i++) /* the last one is among them */
    for (const TableFunction *t = mlm_family_at(i)->tables; t && t->name; t++) {
      sqlite3_create_module_v2(connection->db, t->name, NULL, NULL, NULL);
      if (t == last) return;
    }
}

int mlm_register_all(sqlite3 *db) {
  Connection *connection = sqlite3_malloc64(sizeof *connection);
  if (!connection) return SQLITE_NOMEM;
  *connection = (Connection){.db = db, .users = 1};
  size_t name_bytes;
  bind_all(connection, NULL, &name_bytes);
  size_t n = (size_t)connection->n_functions;
  connection->n_functions = 0;
  connection->functions = sqlite3_malloc64(n * sizeof *connection->functions);
  connection->names = sqlite3_malloc64(name_bytes);
  int rc = connection->functions && connection->names ? SQLITE_OK : SQLITE_NOMEM;
  if (rc == SQLITE_OK) {
    int reached;
    const TableFunction *last = NULL;
    bind_all(connection, connection->names, &name_bytes);
    rc = register_functions(connection, &reached);
    if (rc == SQLITE_OK) rc = register_tables(connection, &last);
    if (rc == SQLITE_OK) rc = mlm_register_wrong_names(connection);
    if (rc != SQLITE_OK) undo(connection, reached, last);
  }
  mlm_connection_release(connection);
  return rc;
}
