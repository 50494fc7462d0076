/* Averages over the classes of the Jaccard index and F-beta of predicted classes. */
#include "metrics/bootstrap_forms.h"
#include "metrics/classes.h"

static double jaccard_macro(const ClassView *view) { return mlm_class_macro(view, mlm_class_jaccard); }
static double jaccard_weighted(const ConfusionMatrix *matrix) {
  return mlm_class_weighted(matrix, mlm_class_jaccard);
}

/* hits / (hits + 2·misses): each miss is in the union of two classes. */
static double jaccard_micro(const ConfusionMatrix *matrix) {
  ExactSum hits = {0}, any = {0};
  mlm_sum_add_weight_sum(&hits, mlm_confusion_matrix_hits(matrix), 1);
  mlm_sum_add_sum(&any, &hits, 1);
  mlm_sum_add_weight_sum(&any, mlm_confusion_matrix_misses(matrix), 2);
  return mlm_sum_ratio(&hits, &any);
}

/* The class against the rest; tn does not matter. */
static double fbeta(const ClassTotals *totals, double beta) {
  ExactSum cell[CONFUSION2_CELLS] = {0};
  mlm_sum_add_weight_sum(&cell[1], totals->labelled, 1);
  mlm_sum_add_weight_sum(&cell[2], totals->predicted, 1);
  mlm_sum_add_weight_sum(&cell[3], totals->hits, 1);
  mlm_sum_add_sum(&cell[1], &cell[3], -1);
  mlm_sum_add_sum(&cell[2], &cell[3], -1);
  Confusion2 table =
      mlm_confusion2_of((const ExactSum *const[CONFUSION2_CELLS]){&cell[0], &cell[1], &cell[2], &cell[3]});
  return mlm_confusion2_fbeta(&table, beta);
}

/* Every class of the matrix occurs, so that its F-beta is not 0/0. */
static double fbeta_macro(const ClassView *view) {
  ExactSum sum = {0};
  ClassTotals totals;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(view->matrix, &cursor, &totals);)
    mlm_sum_add(&sum, fbeta(&totals, view->params->number[0]), 1);
  return mlm_sum_mean(&sum, (int64_t)view->n);
}

#define OVER_CLASSES                                                                                         \
  .args = {ARG_PRED_CLASS, ARG_LABEL_CLASS, ARG_WEIGHT}, .required = 2, .state_name = "class_set"
#define OVER_LISTED_CLASSES                                                                                  \
  .args = {ARG_PRED_CLASS, ARG_LABEL_CLASS, ARG_CLASSES, ARG_WEIGHT}, .required = 2, .state_name = "class_set"
#define RESAMPLED .interval = &mlm_matrix_percentile_interval
#define ANIMALS                                                                                              \
  "(column1, column2) FROM (VALUES ('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog'))"

static const Metric metrics[] = {
    {OVER_LISTED_CLASSES, .name = "jaccard_macro", MLM_OF_CLASSES(jaccard_macro), RESAMPLED,
     .summary = "Mean over the classes of the Jaccard index (intersection over union) tp/(tp+fp+fn).",
     .example = "SELECT jaccard_macro" ANIMALS},
    {OVER_CLASSES, .name = "jaccard_micro", MLM_OF_MATRIX(jaccard_micro), RESAMPLED,
     .summary = "Jaccard index of all classes pooled: hits / (hits + 2 misses).",
     .example = "SELECT jaccard_micro" ANIMALS},
    {OVER_CLASSES, .name = "jaccard_weighted", MLM_OF_MATRIX(jaccard_weighted), RESAMPLED,
     .summary = "Mean over the classes of the Jaccard index, weighted by their share of the labels.",
     .example = "SELECT jaccard_weighted" ANIMALS},
    {.name = "fbeta_macro",
     .args = {ARG_PRED_CLASS, ARG_LABEL_CLASS, ARG_BETA, ARG_CLASSES, ARG_WEIGHT},
     .required = 3,
     .state_name = "class_set",
     MLM_OF_CLASSES(fbeta_macro),
     RESAMPLED,
     .summary = "Mean over the classes of F-beta, in which recall counts beta times as much as precision.",
     .example = "SELECT fbeta_macro(column1, column2, 2) FROM (VALUES ('cat', 'cat'), ('dog', 'cat'), "
                "('dog', 'dog'))"},
    {0},
};

const Family mlm_class_averages = {.name = "class_averages", .metrics = metrics};
