/* The functions that describe the extension: mlmetrics_functions, made from the tables, mlmetrics_names and
 * mlmetrics_version. */
#include "help.h"

#include <string.h>

#include "function.h"
#include "metrics/objective.h"
#include "metrics/peer_names.h"
#include "mlmetrics.h"

typedef enum HelpTable { HELP_METRICS, HELP_SCALARS, HELP_TABLES, HELP_TABLE_COUNT } HelpTable;

/* The position of the help cursor: a row of a table of a family, for a metric in one of its forms. */
typedef struct HelpCursor {
  int family, table, row, form;
  bool started, failed; /* failed: memory ran out */
  const char *kind;
  char name[64], signature[320];
  StrBuf summary, example, cost; /* cost: empty for functions that are not aggregates */
} HelpCursor;

static const char objectives_mark[] = "{objectives}";

/* A summary, with the list of objectives where it is marked. */
static void put_summary(StrBuf *out, const char *summary) {
  const char *mark = strstr(summary, objectives_mark);
  if (!mark) {
    mlm_str_put(out, summary);
    return;
  }
  mlm_str_add(out, summary, (size_t)(mark - summary));
  mlm_objective_list(out);
  mlm_str_put(out, mark + strlen(objectives_mark));
}

/* The example of a metric, turned into one of its interval. */
static void put_ci_example(StrBuf *out, const Metric *m) {
  size_t n = strlen(m->name);
  const char *at = strstr(m->example, m->name);
  /* unreachable: an example without a call, which table_checks finds */
  while (at && at[n] != '(') at = strstr(at + n, m->name);
  /* unreachable: as above */
  if (!at) at = m->example;
  mlm_str_add(out, m->example, (size_t)(at + n - m->example));
  mlm_str_put(out, "_ci");
  mlm_str_put(out, at + n);
}

static void show(HelpCursor *at, const char *name, const char *kind, const ArgKind *args, int required) {
  sqlite3_snprintf((int)sizeof at->name, at->name, "%s", name);
  at->kind = kind;
  at->summary.n = at->example.n = at->cost.n = 0;
  at->failed |= !mlm_signature(name, args, required, at->signature, sizeof at->signature);
}

/* The cost of a state; a row of a metric of vectors is not added in O(1). */
static void put_state_cost(StrBuf *out, const char *cost, const Metric *m) {
  static const char plain[] = "Adding a row takes O(1) time";
  ArgShape first = mlm_arg_specs[m->args[0]].shape;
  const char *row = first == SHAPE_VECTOR || first == SHAPE_VARIADIC ? strstr(cost, plain) : NULL;
  if (row) {
    mlm_str_add(out, cost, (size_t)(row - cost));
    mlm_str_put(out, "Adding a row of K numbers takes ");
    mlm_str_put(out, m->row_time ? m->row_time : "O(K)");
    mlm_str_put(out, " time");
    cost = row + sizeof plain - 1;
  }
  mlm_str_put(out, cost);
}

/* The cost of the state, then the metric's sentence about the cost of a value, if it has one. */
static void put_cost(HelpCursor *at, const Metric *m, const Form *form) {
  const char *more = form->interval ? m->interval->cost : m->cost;
  const LightForm *light = mlm_form_light(form, m);
  put_state_cost(&at->cost, (light ? light->state : mlm_form_state(form, m))->cost, m);
  if (!more) return;
  mlm_str_put(&at->cost, " ");
  mlm_str_put(&at->cost, more);
}

/* What the argument method may be. */
static void put_methods(StrBuf *out, const Interval *interval) {
  /* unreachable: the end of the array, which no metric fills */
  for (int i = 0; i < MLM_METHODS && interval->methods[i]; i++) {
    mlm_str_put(out, i == 0 ? " Methods: '" : ", '");
    mlm_str_put(out, interval->methods[i]);
    mlm_str_put(out, i == 0 ? "' (default)" : "'");
  }
  mlm_str_put(out, ".");
}

static void show_form(HelpCursor *at, const Metric *m, const Form *form) {
  ArgKind args[MLM_MAX_ARGS];
  char name[64];
  const Interval *interval = form->interval ? m->interval : NULL;
  mlm_form_args(form, m, args);
  sqlite3_snprintf((int)sizeof name, name, "%s%s", m->name, form->suffix);
  show(at, name, "aggregate", args, m->required);
  put_cost(at, m, form);
  if (!interval) {
    put_summary(&at->summary, m->summary);
    mlm_str_put(&at->example, m->example);
    return;
  }
  mlm_str_put(
      &at->summary,
      "JSON with value, low, high, se, level, method, rows and the metric's parameters: the interval of ");
  mlm_str_put(&at->summary, m->name);
  mlm_str_put(&at->summary, ". ");
  mlm_str_put(&at->summary, interval->summary);
  put_methods(&at->summary, interval);
  put_ci_example(&at->example, m);
}

/* Each shows the row of its table that the cursor is at; false: there is none. */
static bool show_metric(HelpCursor *at, const Metric *m) {
  if (!m || !m[at->row].name) return false;
  show_form(at, m + at->row, &mlm_forms[at->form]);
  return true;
}

static bool show_scalar(HelpCursor *at, const Scalar *s) {
  if (!s || !s[at->row].name) return false;
  s += at->row;
  show(at, s->name, "scalar", s->args, s->required);
  put_summary(&at->summary, s->summary);
  mlm_str_put(&at->example, s->example);
  return true;
}

static bool show_table(HelpCursor *at, const TableFunction *t) {
  if (!t || !t[at->row].name) return false;
  t += at->row;
  show(at, t->name, "table", t->args, t->required);
  put_summary(&at->summary, t->summary);
  mlm_str_put(&at->example, t->example);
  return true;
}

static bool show_row(HelpCursor *at, const Family *family) {
  return at->table == HELP_METRICS   ? show_metric(at, family->metrics)
         : at->table == HELP_SCALARS ? show_scalar(at, family->scalars)
                                     : show_table(at, family->tables);
}

/* Moves to the next form of the metric whose result is not a saved state, or to the next row. */
static void step(HelpCursor *at) {
  if (at->table == HELP_METRICS) {
    const Metric *m = mlm_family_at(at->family)->metrics + at->row;
    while (mlm_forms[++at->form].suffix)
      if (!mlm_forms[at->form].saves && mlm_form_applies(&mlm_forms[at->form], m)) return;
    at->form = 0;
  }
  at->row++;
}

static bool next_row(HelpCursor *at) {
  if (at->started) step(at);
  at->started = true;
  while (mlm_family_at(at->family)) {
    if (show_row(at, mlm_family_at(at->family))) return true;
    at->row = 0;
    if (++at->table == HELP_TABLE_COUNT) {
      at->table = HELP_METRICS;
      at->family++;
    }
  }
  return false;
}

static Status next(void *cursor, const Row *row, const Eval *in, bool *more) {
  HelpCursor *at = cursor;
  at->summary.host = at->example.host = at->cost.host = in->host;
  at->summary.limit = at->example.limit = at->cost.limit = in->limit;
  *more = next_row(at);
  if (at->failed) return MLM_NOMEM;
  if (at->summary.status) return at->summary.status;
  return at->example.status ? at->example.status : at->cost.status;
}

static void column(const void *cursor, const Row *row, int column, Cell *cell) {
  const HelpCursor *at = cursor;
  const char *texts[] = {at->name, at->kind, at->signature};
  const StrBuf *buffers[] = {&at->summary, &at->example, &at->cost};
  if (column < 3) {
    mlm_cell_text(cell, texts[column]);
    return;
  }
  const StrBuf *text = buffers[column - 3];
  *cell = (Cell){.type = CELL_TEXT, .text = text->n ? text->bytes : NULL, .n = text->n};
}

static void clear(void *cursor, const Host *host) {
  HelpCursor *at = cursor;
  host->free(at->summary.bytes);
  host->free(at->example.bytes);
  host->free(at->cost.bytes);
}

/* ---- names of other libraries ---- */

typedef struct NameCursor {
  const PeerName *at; /* NULL: before the first */
} NameCursor;

/* Moves to the next name whose function is compiled in. */
static Status next_name(void *cursor, const Row *row, const Eval *in, bool *more) {
  NameCursor *names = cursor;
  NamedFunction found;
  names->at = names->at ? names->at + 1 : mlm_peer_names;
  /* unreachable: a name without a function, which peer_names finds */
  while (names->at->library && !mlm_find_function(names->at->ours, &found)) names->at++;
  *more = names->at->library != NULL;
  return MLM_OK;
}

static void name_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const PeerName *peer = ((const NameCursor *)cursor)->at;
  const char *const texts[] = {peer->library, peer->theirs, peer->ours, peer->note};
  mlm_cell_text(cell, texts[column]);
}

static Status version(const Row *row, const Eval *in, Result *out) {
  mlm_str_put(mlm_result_bytes(out, RESULT_TEXT), MLMETRICS_VERSION);
  return MLM_OK;
}

static const Scalar scalars[] = {
    {.name = "mlmetrics_version",
     .eval = version,
     .result = RESULT_TEXT,
     .summary = "Version of the extension, as text.",
     .example = "SELECT mlmetrics_version()"},
    {0},
};

static const TableFunction tables[] = {
    {.name = "mlmetrics_functions",
     .columns = "name, kind, signature, summary, example, cost",
     .cursor_bytes = sizeof(HelpCursor),
     .next = next,
     .column = column,
     .clear = clear,
     .summary =
         "This table: every function of mlmetrics, one row for each signature, and the cost of aggregates.",
     .example = "SELECT signature, summary FROM mlmetrics_functions WHERE name LIKE '%auc%'"},
    {.name = "mlmetrics_names",
     .columns = "library, theirs, ours, note",
     .cursor_bytes = sizeof(NameCursor),
     .next = next_name,
     .column = name_column,
     .summary = "The names that other libraries have for the functions of this one, with the differences "
                "that matter.",
     .example = "SELECT ours, note FROM mlmetrics_names WHERE theirs = 'roc_auc_score'"},
    {0},
};

static const Family help = {.name = "help", .scalars = scalars, .tables = tables};

const Family *mlm_family_at(int i) {
  int n = 0;
  while (mlm_families[n]) n++;
  return i < n ? mlm_families[i] : i == n ? &help : NULL;
}
