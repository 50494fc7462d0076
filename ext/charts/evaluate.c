/* evaluate(): the metrics of a report, as the rows of a table. */
#include "charts/values.h"

/* The metrics of each kind of set, which the reports show. */
static const char *const of_scores[] = {"roc_auc", "average_precision", "ks",          "log_loss", "brier",
                                        "ece",     "best_cutoff_value", "best_cutoff", NULL};
static const char *const of_classes[] = {
    "accuracy", "f1_macro", "precision_macro", "recall_macro", "f1_weighted", "kappa", "mcc", NULL};
static const char *const of_preds[] = {"r2", "rmse", "mae", "mean_error", NULL};
/* Metrics that are defined for probabilities only. */
static const char *const of_probabilities[] = {"log_loss", "brier", "ece", NULL};

typedef struct EvaluateCursor {
  Chart *memory;             /* NULL before the first row */
  const char *const *metric; /* the row that is shown */
  Value value;
} EvaluateCursor;

/* NULL: a set of another kind. */
static const char *const *metrics_of(const OpenSet *set) {
  if (set->type == &mlm_scores_state) return of_scores;
  if (set->type == &mlm_confusion_matrix_state) return of_classes;
  /* unreachable: another set, which reading the argument has refused */
  return set->type == &mlm_rows_state && mlm_rows_columns(set->state) == 2 ? of_preds : NULL;
}

static bool is_among(const char *name, const char *const *list) {
  while (*list && strcmp(*list, name) != 0) list++;
  return *list != NULL;
}

static bool are_probabilities(const Scores *scores) {
  double outside;
  return !mlm_scores_state.outside(scores, 0, 1, &outside);
}

/* A metric of probabilities is undefined for other scores, for which its formula makes no sense. */
static Value value_of(EvaluateCursor *at, const OpenSet *set, double level) {
  if (set->type == &mlm_rows_state) return mlm_pred_value(at->memory, *at->metric, set->state, level);
  if (set->type != &mlm_scores_state) return mlm_class_value(at->memory, *at->metric, set->state, level);
  if (is_among(*at->metric, of_probabilities) && !are_probabilities(set->state))
    return (Value){NAN, NAN, NAN, "a score is not within [0,1]"};
  return mlm_score_value(at->memory, *at->metric, set->state, level);
}

static Status evaluate_next(void *cursor, const Row *row, const Eval *in, bool *more) {
  EvaluateCursor *at = cursor;
  const OpenSet *set = &row->sets[0];
  if (at->memory) {
    at->metric++;
  } else {
    at->memory = mlm_chart_new(in->host);
    at->metric = metrics_of(set);
    if (!at->memory) return MLM_NOMEM;
    if (!at->metric) return MLM_MISMATCH;
  }
  *more = *at->metric != NULL;
  if (!*more) return MLM_OK;
  at->value = value_of(at, set, in->params->number[PARAM_LEVEL]);
  return at->memory->status;
}

static void evaluate_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const EvaluateCursor *at = cursor;
  const double number[] = {at->value.value, at->value.low, at->value.high};
  if (column == 0)
    mlm_cell_text(cell, *at->metric);
  else if (column < 4)
    mlm_cell_real(cell, number[column - 1]);
  else
    mlm_cell_text(cell, at->value.note);
}

static void evaluate_clear(void *cursor, const Host *host) {
  mlm_chart_free(((EvaluateCursor *)cursor)->memory);
}

static const TableFunction tables[] = {
    {.name = "evaluate",
     .columns = "metric, value, low, high, note",
     .args = {ARG_ANY_SET, ARG_LEVEL},
     .required = 1,
     .cursor_bytes = sizeof(EvaluateCursor),
     .next = evaluate_next,
     .column = evaluate_column,
     .clear = evaluate_clear,
     .summary =
         "The metrics of a report as rows, with their intervals: of a score set, a class set or a set of "
         "pred_set. Where an interval has no formula it comes from 200 samples of the rows, and is left out "
         "for more than 2^31 rows.",
     .example =
         "SELECT metric, value FROM evaluate((SELECT score_set(column1, column2) FROM (VALUES (0.1, 0), "
         "(0.4, 0), (0.35, 1), (0.8, 1))))"},
    {0},
};

const Family mlm_evaluate_set = {.name = "evaluate", .tables = tables};
