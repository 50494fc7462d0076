/* Sets by key: GROUP BY in one aggregate, and a set of predictions and targets. */
#include "metric.h"

/* The current key, and its state saved as a set. */
typedef struct SetCursor {
  uint32_t next;
  Class key;
  void *view; /* see mlm_keyed_state() */
  Writer set;
} SetCursor;

static Status next_set(void *cursor, const Row *row, const Eval *in, bool *more) {
  SetCursor *at = cursor;
  const StateType *type = row->sets[0].type, *inner = mlm_keyed_inner(type);
  const Keyed *keyed = row->sets[0].state;
  if (!inner || type == &mlm_keyed_points_state) return MLM_MISMATCH;
  *more = at->next < mlm_keyed_count(keyed);
  if (!*more) return MLM_OK;
  const KeyedEntry *entry = mlm_keyed_at(keyed, at->next++);
  at->key = mlm_keyed_key(entry);
  /* unreachable: a kind that sorts before it is saved, which no key has */
  Status status = inner->prepare_save ? inner->prepare_save(entry->state, in->host) : MLM_OK;
  if (!at->view && !(at->view = in->host->realloc(NULL, inner->bytes))) status = MLM_NOMEM;
  if (status) return status;
  in->host->free(at->set.bytes);
  at->set = (Writer){.limit = in->limit, .host = in->host};
  mlm_write_header(&at->set, mlm_keyed_inner_name(type));
  mlm_write_varint(&at->set, 0); /* a set has no parameters */
  inner->save(mlm_keyed_state(entry, at->view), &at->set);
  mlm_write_end(&at->set);
  return at->set.status;
}

static void set_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const SetCursor *at = cursor;
  const Class *key = &at->key;
  if (column == 1) {
    *cell = (Cell){.type = CELL_BLOB, .text = (const char *)at->set.bytes, .n = (size_t)at->set.n};
    return;
  }
  switch (key->type) {
  case CLASS_INTEGER: mlm_cell_integer(cell, key->integer); break;
  case CLASS_REAL: mlm_cell_real(cell, key->real); break;
  case CLASS_TEXT: *cell = (Cell){.type = CELL_TEXT, .text = key->bytes, .n = key->n}; break;
  case CLASS_BLOB: *cell = (Cell){.type = CELL_BLOB, .text = key->bytes, .n = key->n}; break;
  default: *cell = (Cell){.type = CELL_TEXT};
  }
}

static void clear_set(void *cursor, const Host *host) {
  SetCursor *at = cursor;
  host->free(at->set.bytes);
  host->free(at->view);
}

#define MODELS " FROM (VALUES ('a', 0.1, 0), ('a', 0.8, 1), ('b', 0.4, 0), ('b', 0.3, 1))"
#define EACH_MODEL                                                                                           \
  "SELECT key, roc_auc(state) FROM each_set((SELECT score_sets(column1, column2, column3)" MODELS            \
  ")) GROUP BY key"

static const Metric metrics[] = {
    {.name = "score_sets",
     .args = {ARG_KEY, ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 3,
     MLM_SET_OF(keyed_scores),
     .summary = "A score set for each key in one BLOB, without GROUP BY and its sort: input of each_set, of "
                "charts and of report_html. A key is any value, NULL included.",
     .example = EACH_MODEL},
    {.name = "score_sets",
     .args = {ARG_KEY, ARG_SCORE_SET},
     .required = 2,
     MLM_SET_OF(keyed_scores),
     .summary = "The same for saved score sets; those of one key are merged.",
     .example = "SELECT count(*) FROM each_set((SELECT score_sets('a', s) FROM (SELECT score_set(column2, "
                "column3) AS s" MODELS ")))"},
    {.name = "class_sets",
     .args = {ARG_KEY, ARG_PRED_CLASS, ARG_LABEL_CLASS, ARG_WEIGHT},
     .required = 3,
     MLM_SET_OF(keyed_classes),
     .summary = "A class set for each key in one BLOB.",
     .example = "SELECT key, accuracy(state) FROM each_set((SELECT class_sets(column1, column2 > 0.5, "
                "column3)" MODELS ")) GROUP BY key"},
    {.name = "class_sets",
     .args = {ARG_KEY, ARG_CLASS_SET},
     .required = 2,
     MLM_SET_OF(keyed_classes),
     .summary = "The same for saved class sets; those of one key are merged.",
     .example = "SELECT count(*) FROM each_set((SELECT class_sets('a', s) FROM (SELECT class_set(column2 > "
                "0.5, column3) AS s" MODELS ")))"},
    {.name = "pred_sets",
     .args = {ARG_KEY, ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 3,
     MLM_SET_OF(keyed_preds),
     .summary = "A set of predictions and targets for each key in one BLOB.",
     .example = "SELECT line FROM residual_plot((SELECT pred_sets(column1, column2, column3)" MODELS "))"},
    {.name = "pred_sets",
     .args = {ARG_KEY, ARG_PRED_SET},
     .required = 2,
     MLM_SET_OF(keyed_preds),
     .summary = "The same for saved sets; those of one key are merged.",
     .example = "SELECT count(*) FROM each_set((SELECT pred_sets('a', s) FROM (SELECT pred_set(column2, "
                "column3) AS s" MODELS ")))"},
    {.name = "pred_set",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     .state_name = "pred_set",
     MLM_SET_OF(rows),
     .summary = "The rows of prediction and target as a BLOB, lossless: input of residual charts and of "
                "report_regression_html; pred_set(set) merges.",
     .example = "SELECT line FROM residual_plot((SELECT pred_set(column2, column3)" MODELS "))"},
    {0},
};

static const TableFunction tables[] = {
    {.name = "each_set",
     .columns = "key, state",
     .args = {ARG_SETS},
     .required = 1,
     .cursor_bytes = sizeof(SetCursor),
     .sorted = true,
     .next = next_set,
     .column = set_column,
     .clear = clear_set,
     .summary = "The sets of score_sets, class_sets or pred_sets, one row per key, in the order of the keys; "
                "an integral REAL key is returned as INTEGER.",
     .example = EACH_MODEL},
    {0},
};

const Family mlm_keyed_sets = {.name = "keyed_sets", .metrics = metrics, .tables = tables};
