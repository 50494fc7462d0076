/* The extension about itself: mlmetrics_functions, straight from the tables, and its version. */
#include "internal.h"

#include <string.h>

typedef struct HelpCursor {
  int family, table, row; /* table: 0 metrics, 1 scalars, 2 curves */
  bool started;
  const char *name, *kind, *summary, *example, *cost; /* cost: NULL where it is not an aggregate */
  char signature[256];
} HelpCursor;

static void show(HelpCursor *at, const char *name, const char *kind, const ArgKind *args, int required,
                 const char *summary, const char *example, const char *cost) {
  at->name = name;
  at->kind = kind;
  at->summary = summary;
  at->example = example;
  at->cost = cost;
  mlm_signature(name, args, required, at->signature, sizeof at->signature);
}

/* Shows the row of the table that the cursor stands on; false: there is none. */
static bool show_metric(HelpCursor *at, const Metric *m) {
  if (!m || !m[at->row].name) return false;
  m += at->row;
  show(at, m->name, "aggregate", m->args, m->required, m->summary, m->example, m->state->cost);
  return true;
}

static bool show_scalar(HelpCursor *at, const Scalar *s) {
  if (!s || !s[at->row].name) return false;
  s += at->row;
  show(at, s->name, "scalar", s->args, s->required, s->summary, s->example, NULL);
  return true;
}

static bool show_curve(HelpCursor *at, const TableFunction *c) {
  if (!c || !c[at->row].name) return false;
  c += at->row;
  show(at, c->name, "table", c->args, c->required, c->summary, c->example, NULL);
  return true;
}

static bool show_row(HelpCursor *at, const Family *family) {
  return at->table == 0   ? show_metric(at, family->metrics)
         : at->table == 1 ? show_scalar(at, family->scalars)
                          : show_curve(at, family->tables);
}

static bool next(void *cursor, const void *state, const Params *params) {
  HelpCursor *at = cursor;
  if (at->started) at->row++;
  at->started = true;
  while (mlm_families[at->family]) {
    if (show_row(at, mlm_families[at->family])) return true;
    at->row = 0;
    if (++at->table > 2) {
      at->table = 0;
      at->family++;
    }
  }
  return false;
}

static void column(const void *cursor, const void *state, int column, Cell *cell) {
  const HelpCursor *at = cursor;
  const char *text[] = {at->name, at->kind, at->signature, at->summary, at->example, at->cost};
  if (text[column])
    *cell = (Cell){.type = CELL_TEXT, .text = text[column], .n = strlen(text[column])};
  else
    *cell = (Cell){.type = CELL_REAL, .real = NAN};
}

static void version(const Row *row, StrBuf *out) { mlm_str_put(out, mlm_version); }

static const Scalar scalars[] = {
    {.name = "mlmetrics_version",
     .write = version,
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
     .summary = "This table: every function of mlmetrics, one row a signature, and of aggregates the cost.",
     .example = "SELECT signature, summary FROM mlmetrics_functions WHERE name LIKE '%auc%'"},
    {0},
};

const Family mlm_help = {.name = "help", .scalars = scalars, .tables = tables};
