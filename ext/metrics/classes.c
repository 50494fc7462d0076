/* Metrics of predicted classes: accuracy, agreement, and averages of precision, recall and F1 over the
 * classes.
 *
 * The numbers are scikit-learn's with zero_division=0, but that a ratio 0/0 of its own (kappa and mcc of a
 * single class, precision of one class) is undefined here.
 */
#include "metrics/classes.h"

double mlm_class_precision(const ClassTotals *totals) {
  return mlm_weight_sum_ratio(totals->hits, totals->predicted);
}

double mlm_class_recall(const ClassTotals *totals) {
  return mlm_weight_sum_ratio(totals->hits, totals->labelled);
}

/* 2tp / (2tp + fp + fn). */
double mlm_class_f1(const ClassTotals *totals) {
  return mlm_weight_sum_overlap(totals->hits, totals->predicted, totals->labelled);
}

static double or_zero(double x) { return x == x ? x : 0; }

double mlm_class_macro(const ConfusionMatrix *matrix, ClassRatio of) {
  ExactSum sum = {0};
  ClassTotals totals;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(matrix, &cursor, &totals);)
    mlm_sum_add(&sum, or_zero(of(&totals)), 1);
  int64_t classes = (int64_t)mlm_confusion_matrix_classes(matrix);
  return classes ? mlm_sum_mean(&sum, classes) : NAN;
}

double mlm_class_weighted(const ConfusionMatrix *matrix, ClassRatio of) {
  ProductSum sum = {0};
  ExactSum weight = {0};
  ClassTotals totals;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(matrix, &cursor, &totals);)
    mlm_product_add_weight_sum(&sum, or_zero(of(&totals)), totals.labelled);
  mlm_confusion_matrix_add_total(&weight, matrix);
  return mlm_product_ratio(&sum, &weight);
}

double mlm_class_accuracy(const ConfusionMatrix *matrix) { return mlm_confusion_matrix_hit_share(matrix); }

static double error_rate(const ConfusionMatrix *matrix) { return mlm_confusion_matrix_miss_share(matrix); }

static double precision_macro(const ConfusionMatrix *matrix) {
  return mlm_class_macro(matrix, mlm_class_precision);
}

static double recall_macro(const ConfusionMatrix *matrix) {
  return mlm_class_macro(matrix, mlm_class_recall);
}

static double f1_macro(const ConfusionMatrix *matrix) { return mlm_class_macro(matrix, mlm_class_f1); }

static double precision_weighted(const ConfusionMatrix *matrix) {
  return mlm_class_weighted(matrix, mlm_class_precision);
}

static double f1_weighted(const ConfusionMatrix *matrix) { return mlm_class_weighted(matrix, mlm_class_f1); }

static Status evaluate(const ConfusionMatrix *matrix, const Eval *in, Result *result);

#define OVER_CLASSES                                                                                         \
  .args = {ARG_PRED_CLASS, ARG_LABEL_CLASS, ARG_WEIGHT}, .required = 2, .state_name = "class_set"
#define ANIMALS                                                                                              \
  "(column1, column2) FROM (VALUES ('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog'))"
#define GRADES "(column1, column2) FROM (VALUES (1, 1), (2, 1), (2, 2), (3, 3), (5, 3))"

static const Metric metrics[] = {
    {OVER_CLASSES, .name = "accuracy", MLM_OF_MATRIX(mlm_class_accuracy),
     .summary = "Share of rows whose predicted class is the label; for scores see accuracy_at.",
     .cost = "A value of accuracy takes O(1) time.", .example = "SELECT accuracy" ANIMALS},
    {OVER_CLASSES, .name = "error_rate", MLM_OF_MATRIX(error_rate),
     .summary = "Share of rows whose predicted class is not the label.",
     .cost = "A value of error_rate takes O(1) time.", .example = "SELECT error_rate" ANIMALS},
    {OVER_CLASSES, .name = "kappa", MLM_OF_MATRIX(mlm_class_kappa),
     .summary = "Cohen's kappa: agreement beyond chance, at most 1; NULL if all rows are of one class.",
     .example = "SELECT kappa" ANIMALS},
    {OVER_CLASSES, .name = "kappa_linear", MLM_OF_ORDERED_MATRIX(mlm_class_kappa_linear),
     .summary =
         "Cohen's kappa in which an error counts by its distance in the order of the classes that occur; "
         "NULL if all rows are of one class.",
     .cost = "A value takes O(classes + pairs that occur).", .example = "SELECT kappa_linear" GRADES},
    {OVER_CLASSES, .name = "kappa_quadratic", MLM_OF_ORDERED_MATRIX(mlm_class_kappa_quadratic),
     .summary = "Cohen's kappa in which an error counts by its squared distance in the order of the classes "
                "that occur; NULL if all rows are of one class.",
     .cost = "A value takes O(classes + pairs that occur).", .example = "SELECT kappa_quadratic" GRADES},
    {OVER_CLASSES, .name = "mcc", MLM_OF_MATRIX(mlm_class_mcc),
     .summary = "Matthews correlation of preds and labels, for any number of classes, -1..1; NULL if all "
                "preds or all labels are one class.",
     .example = "SELECT mcc" ANIMALS},
    {OVER_CLASSES, .name = "precision_macro", MLM_OF_MATRIX(precision_macro),
     .summary = "Mean over the classes of precision, 0 for a class never predicted.",
     .example = "SELECT precision_macro" ANIMALS},
    {OVER_CLASSES, .name = "precision_micro", MLM_OF_MATRIX(mlm_class_accuracy),
     .summary = "Precision of all classes pooled, which equals accuracy if each row has one label.",
     .example = "SELECT precision_micro" ANIMALS},
    {OVER_CLASSES, .name = "precision_weighted", MLM_OF_MATRIX(precision_weighted),
     .summary = "Mean of the classes' precision, weighted by their share of the labels, 0 for a class never "
                "predicted.",
     .example = "SELECT precision_weighted" ANIMALS},
    {OVER_CLASSES, .name = "recall_macro", MLM_OF_MATRIX(recall_macro),
     .summary = "Mean over the classes of recall, 0 for a class that is only predicted.",
     .example = "SELECT recall_macro" ANIMALS},
    {OVER_CLASSES, .name = "recall_micro", MLM_OF_MATRIX(mlm_class_accuracy),
     .summary = "Recall of all classes pooled, which equals accuracy if each row has one label.",
     .example = "SELECT recall_micro" ANIMALS},
    {OVER_CLASSES, .name = "recall_weighted", MLM_OF_MATRIX(mlm_class_accuracy),
     .summary = "Mean of the classes' recall, weighted by their share of the labels, which is the same as "
                "accuracy.",
     .example = "SELECT recall_weighted" ANIMALS},
    {OVER_CLASSES, .name = "f1_macro", MLM_OF_MATRIX(f1_macro), .summary = "Mean over the classes of F1.",
     .example = "SELECT f1_macro" ANIMALS},
    {OVER_CLASSES, .name = "f1_micro", MLM_OF_MATRIX(mlm_class_accuracy),
     .summary = "F1 of all classes pooled, which equals accuracy if each row has one label.",
     .example = "SELECT f1_micro" ANIMALS},
    {OVER_CLASSES, .name = "f1_weighted", MLM_OF_MATRIX(f1_weighted),
     .summary = "Mean of the classes' F1, weighted by their share of the labels.",
     .example = "SELECT f1_weighted" ANIMALS},
    {OVER_CLASSES, .name = "classification_report", MLM_OF_MATRIX_FULL(mlm_class_report),
     .result = RESULT_TEXT,
     .summary =
         "The text table of scikit-learn's function: precision, recall, F1 and support of each class, their "
         "means below; 0/0 is shown as 0.00, weights beyond the largest double as 9e999.",
     .example = "SELECT classification_report" ANIMALS},
    {OVER_CLASSES, .name = "confusion_table", MLM_OF_MATRIX_FULL(mlm_class_confusion_table),
     .result = RESULT_TEXT,
     .summary = "Text, aligned: how often each label (rows) met each pred (columns), with totals, 9e999 "
                "beyond the largest double.",
     .cost = "A value takes O(classes squared).", .example = "SELECT confusion_table" ANIMALS},
    {OVER_CLASSES, .name = "class_metrics", MLM_OF_MATRIX_FULL(mlm_class_metrics), .result = RESULT_JSON,
     .summary = "JSON: for each class, in order and keyed by the class as text, its precision, recall, f1 "
                "(null where 0/0), support (rows with this label) and predicted (rows with this pred), both "
                "9e999 where they weigh more than the largest double.",
     .example = "SELECT class_metrics" ANIMALS},
    {OVER_CLASSES, .name = "evaluate_classes", MLM_OF_MATRIX_FULL(evaluate), .result = RESULT_JSON,
     .summary =
         "JSON of every metric of predicted classes at once, with rows, left_out (rows with a NULL) and "
         "classes.",
     .cost = "A value takes O(classes + pairs that occur).", .example = "SELECT evaluate_classes" ANIMALS},
    {OVER_CLASSES, .name = "class_set", MLM_SET_OF(confusion_matrix_unordered),
     .summary = "BLOB that counts how often each pred met each label; every metric of predicted classes and "
                "class_table read "
                "it, and class_set(set) merges sets (a NULL set counts for nothing).",
     .example = "SELECT accuracy(s), f1_macro(s) FROM (SELECT class_set(column1, column2) AS s FROM (VALUES "
                "('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog')))"},
    {.name = NULL},
};

/* Every number of the family by its own name and formula. */
static Status evaluate(const ConfusionMatrix *matrix, const Eval *in, Result *result) {
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  mlm_str_put(out, "{");
  mlm_str_key(out, "rows");
  if (mlm_class_counts_are_integers(matrix, in))
    mlm_str_integer(out, mlm_confusion_matrix_rows(matrix));
  else
    mlm_str_number(out, mlm_confusion_matrix_total(matrix));
  mlm_str_key(out, "left_out");
  mlm_str_integer(out, mlm_confusion_matrix_left_out(matrix));
  mlm_str_key(out, "classes");
  mlm_str_integer(out, (int64_t)mlm_confusion_matrix_classes(matrix));
  for (const Metric *metric = metrics; metric->name; metric++) {
    if (metric->result != RESULT_REAL) continue;
    mlm_str_key(out, metric->name);
    mlm_str_number(out, metric->formula.matrix(matrix));
  }
  mlm_str_put(out, "}");
  return MLM_OK;
}

typedef struct Cursor {
  size_t next; /* rank */
  ClassTotals totals;
} Cursor;

static Status next(void *state, const Row *row, const Eval *in, bool *more) {
  Cursor *cursor = state;
  const ConfusionMatrix *matrix = row->sets[0].state;
  *more = cursor->next < mlm_confusion_matrix_classes(matrix);
  if (*more) mlm_confusion_matrix_class(matrix, cursor->next++, &cursor->totals);
  return MLM_OK;
}

static void show_class(const Class *name, Cell *cell) {
  if (name->type == CLASS_INTEGER)
    *cell = (Cell){.type = CELL_INTEGER, .integer = name->integer};
  else if (name->type == CLASS_REAL)
    *cell = (Cell){.type = CELL_REAL, .real = name->real};
  else
    *cell = (Cell){.type = name->type == CLASS_TEXT ? CELL_TEXT : CELL_BLOB,
                   .text = name->n ? name->bytes : "",
                   .n = name->n};
}

static void show(const void *state, const Row *row, int column, Cell *cell) {
  const ClassTotals *totals = &((const Cursor *)state)->totals;
  bool integral = mlm_confusion_matrix_state.integral(row->sets[0].state);
  switch (column) {
  case 0: show_class(&totals->name, cell); return;
  case 1: mlm_cell_real(cell, mlm_class_precision(totals)); return;
  case 2: mlm_cell_real(cell, mlm_class_recall(totals)); return;
  case 3: mlm_cell_real(cell, mlm_class_f1(totals)); return;
  case 4: mlm_cell_count(cell, mlm_weight_sum_value(totals->labelled), integral); return;
  default: mlm_cell_count(cell, mlm_weight_sum_value(totals->predicted), integral); return;
  }
}

static const TableFunction tables[] = {
    {.name = "class_table",
     .columns = "class, precision, recall, f1, support, predicted",
     .args = {ARG_CLASS_SET},
     .required = 1,
     .cursor_bytes = sizeof(Cursor),
     .next = next,
     .column = show,
     .summary =
         "One row for each class, in order: precision, recall and f1 (NULL where 0/0), support (rows with "
         "this label), predicted (rows with this pred), both Infinity if they weigh more than the "
         "largest double.",
     .example = "SELECT * FROM class_table((SELECT class_set" ANIMALS "))"},
    {.name = NULL},
};

const Family mlm_classes = {.name = "classes", .metrics = metrics, .tables = tables};
