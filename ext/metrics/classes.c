/* Metrics of predicted classes: accuracy, agreement, and averages of precision, recall and F1 over the
 * classes.
 *
 * The numbers are scikit-learn's with zero_division=0, except that a metric that is itself a ratio 0/0 (kappa
 * and mcc of a single class, precision of one class) is undefined here.
 */
#include "metrics/classes.h"

#include "base/dirty_text.h"
#include "base/hash_table.h"
#include "base/json_members.h"
#include "metrics/bootstrap_forms.h"
#include "metrics/proportion_interval.h"

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

/* Of the rows where the class is the prediction, the label or both, those where it is both. */
double mlm_class_jaccard(const ClassTotals *totals) {
  ExactSum hits = {0}, any = {0};
  mlm_sum_add_weight_sum(&hits, totals->hits, 1);
  mlm_sum_add_weight_sum(&any, totals->predicted, 1);
  mlm_sum_add_weight_sum(&any, totals->labelled, 1);
  mlm_sum_add_sum(&any, &hits, -1);
  return mlm_sum_ratio(&hits, &any);
}

static double or_zero(double x) { return x == x ? x : 0; }

double mlm_class_macro(const ClassView *view, ClassRatio of) {
  ExactSum sum = {0};
  ClassTotals totals;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(view->matrix, &cursor, &totals);)
    mlm_sum_add(&sum, or_zero(of(&totals)), 1);
  return view->n ? mlm_sum_mean(&sum, (int64_t)view->n) : NAN;
}

/* Over the classes that some row has as its label. */
static double macro_present(const ConfusionMatrix *matrix, ClassRatio of) {
  ExactSum sum = {0};
  ClassTotals totals;
  int64_t classes = 0;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(matrix, &cursor, &totals);) {
    if (mlm_weight_sum_is_zero(totals.labelled)) continue;
    mlm_sum_add(&sum, or_zero(of(&totals)), 1);
    classes++;
  }
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

/* ---- decisions 0 and 1 ---- */

/* A ratio of the class; 0/0 where it does not occur. */
static double of_class(const ConfusionMatrix *matrix, int64_t class, ClassRatio of) {
  ClassTotals totals;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(matrix, &cursor, &totals);)
    if (totals.name.type == CLASS_INTEGER && totals.name.integer == class) return of(&totals);
  return NAN;
}

static double precision(const ConfusionMatrix *matrix) { return of_class(matrix, 1, mlm_class_precision); }
static double recall(const ConfusionMatrix *matrix) { return of_class(matrix, 1, mlm_class_recall); }
static double specificity(const ConfusionMatrix *matrix) { return of_class(matrix, 0, mlm_class_recall); }
static double f1(const ConfusionMatrix *matrix) { return of_class(matrix, 1, mlm_class_f1); }
static double jaccard(const ConfusionMatrix *matrix) { return of_class(matrix, 1, mlm_class_jaccard); }

/* ---- any classes ---- */

/* Of the first two classes among the labels, as balanced_accuracy_at: the exact fraction, rounded once. */
static double of_two_classes(const ClassTotals *totals) {
  ExactSum cell[CONFUSION2_CELLS] = {0};
  for (int class = 0; class < 2; class ++) { /* hits at tn and tp, the other labels at fp and fn */
    mlm_sum_add_weight_sum(&cell[3 * class], totals[class].hits, 1);
    mlm_sum_add_weight_sum(&cell[2 - class], totals[class].labelled, 1);
    mlm_sum_add_sum(&cell[2 - class], &cell[3 * class], -1);
  }
  Confusion2 t = mlm_confusion2_of((const ExactSum *const[]){&cell[0], &cell[1], &cell[2], &cell[3]});
  return mlm_confusion2_balanced_accuracy(&t);
}

/* Mean recall of the classes that occur among the labels. */
static double balanced_accuracy(const ConfusionMatrix *matrix) {
  ExactSum sum = {0};
  ClassTotals totals[3]; /* the third one is overwritten by all further classes */
  int64_t n = 0;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(matrix, &cursor, &totals[n < 2 ? n : 2]);) {
    const ClassTotals *here = &totals[n < 2 ? n : 2];
    if (mlm_weight_sum_is_zero(here->labelled)) continue;
    mlm_sum_add(&sum, mlm_class_recall(here), 1);
    n++;
  }
  return n == 2 ? of_two_classes(totals) : n ? mlm_sum_mean(&sum, n) : NAN;
}

double mlm_class_accuracy(const ConfusionMatrix *matrix) { return mlm_confusion_matrix_hit_share(matrix); }

static double error_rate(const ConfusionMatrix *matrix) { return mlm_confusion_matrix_miss_share(matrix); }

static double precision_macro(const ClassView *view) { return mlm_class_macro(view, mlm_class_precision); }
static double recall_macro(const ClassView *view) { return mlm_class_macro(view, mlm_class_recall); }
static double f1_macro(const ClassView *view) { return mlm_class_macro(view, mlm_class_f1); }

static double precision_macro_present(const ConfusionMatrix *matrix) {
  return macro_present(matrix, mlm_class_precision);
}

static double recall_macro_present(const ConfusionMatrix *matrix) {
  return macro_present(matrix, mlm_class_recall);
}

static double f1_macro_present(const ConfusionMatrix *matrix) { return macro_present(matrix, mlm_class_f1); }

static double precision_weighted(const ConfusionMatrix *matrix) {
  return mlm_class_weighted(matrix, mlm_class_precision);
}

static double f1_weighted(const ConfusionMatrix *matrix) { return mlm_class_weighted(matrix, mlm_class_f1); }

/* ---- classes that look wrong ---- */

/* Whether a text comes before another of the same hash, and differs from it only by blanks or case. */
static bool is_alike(const Class *a, const Class *b) {
  if (mlm_class_compare(a, b) >= 0) return false;
  size_t n = a->n, m = b->n;
  const char *text = mlm_trim(a->bytes, &n), *other = mlm_trim(b->bytes, &m);
  if (n != m) return false;
  for (size_t i = 0; i < n; i++)
    /* unreachable: a letter that differs, for which two hashes of 64 bits would be equal by chance */
    if (mlm_lower(text[i]) != mlm_lower(other[i])) return false;
  return n != 1 || *text == *other;
}

/* A number that is the same for texts that are alike, and for few others. */
static uint64_t hash_of(const Class *text) {
  uint64_t hash = 0;
  size_t n = text->n;
  const char *bytes = mlm_trim(text->bytes, &n);
  for (size_t i = 0; i < n; i++) hash = mlm_hash_mix(hash, (unsigned char)mlm_lower(bytes[i]));
  return hash;
}

enum { MOST_COMPARED = 256 };

bool mlm_classes_alike(const ConfusionMatrix *matrix, Class pair[2]) {
  bool found = false;
  size_t n = 0;
  Class text[MOST_COMPARED];
  uint64_t hash[MOST_COMPARED], cursor = 0;
  if (mlm_confusion_matrix_classes(matrix) > MOST_COMPARED) return false;
  for (ClassTotals class; mlm_confusion_matrix_next_class(matrix, &cursor, &class);)
    if (class.name.type == CLASS_TEXT) {
      text[n] = class.name;
      hash[n++] = hash_of(&class.name);
    }
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      if (hash[i] != hash[j] || !is_alike(&text[i], &text[j])) continue;
      const int order = found ? mlm_class_compare(&text[i], &pair[0]) : -1;
      if (order > 0 || (order == 0 && mlm_class_compare(&text[j], &pair[1]) > 0)) continue;
      pair[0] = text[i];
      pair[1] = text[j];
      found = true;
    }
  return found;
}

/* Whether one of several classes is an empty text or only blanks, as where a CSV file has no label. Of more
 * than 256 classes none is found. */
static bool has_empty_class(const ConfusionMatrix *matrix) {
  size_t n = mlm_confusion_matrix_classes(matrix);
  uint64_t cursor = 0;
  if (n < 2 || n > MOST_COMPARED) return false;
  for (ClassTotals class; mlm_confusion_matrix_next_class(matrix, &cursor, &class);) {
    if (class.name.type != CLASS_TEXT) continue;
    mlm_trim(class.name.bytes, &class.name.n);
    if (class.name.n == 0) return true;
  }
  return false;
}

/* A note but on classes that are alike. */
static const char *other_note(const ConfusionMatrix *matrix) {
  if (has_empty_class(matrix))
    return "an empty text is one of the classes; nullif(trim(label), '') leaves out rows without a label";
  return mlm_confusion_matrix_shares_no_class(matrix) ? "pred and label have no class in common" : NULL;
}

const char *mlm_note_of_classes(const ConfusionMatrix *matrix) {
  Class pair[2];
  if (mlm_classes_alike(matrix, pair)) return "two classes differ only by blanks or case";
  return other_note(matrix);
}

static Status evaluate(const ConfusionMatrix *matrix, const Eval *in, Result *result);

#define OVER_CLASSES                                                                                         \
  .args = {ARG_PRED_CLASS, ARG_LABEL_CLASS, ARG_WEIGHT}, .required = 2, .state_name = "class_set"
#define OVER_LISTED_CLASSES                                                                                  \
  .args = {ARG_PRED_CLASS, ARG_LABEL_CLASS, ARG_CLASSES, ARG_WEIGHT}, .required = 2, .state_name = "class_set"
/* Values keep two counters, states the whole table: every metric of predicted classes reads them. */
#define HIT_SHARE                                                                                            \
  MLM_OF_MATRIX(mlm_class_accuracy), .light = &mlm_hit_share, .interval = &mlm_share_of_matrix_interval
#define MISS_SHARE                                                                                           \
  MLM_OF_MATRIX(error_rate), .light = &mlm_miss_share, .interval = &mlm_share_of_matrix_interval
#define RESAMPLED .interval = &mlm_matrix_percentile_interval
#define OVER_DECISIONS                                                                                       \
  .args = {ARG_DECISION, ARG_DECIDED_LABEL, ARG_WEIGHT}, .required = 2, .state_name = "class_set"
#define SIX "(column1, column2) FROM (VALUES (1, 1), (1, 0), (1, 1), (0, 0), (0, 1), (0, 0))"
#define ANIMALS                                                                                              \
  "(column1, column2) FROM (VALUES ('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog'))"
#define GRADES "(column1, column2) FROM (VALUES (1, 1), (2, 1), (2, 2), (3, 3), (5, 3))"

static const Metric metrics[] = {
    {OVER_CLASSES, .name = "accuracy", HIT_SHARE,
     .summary = "Share of rows whose predicted class is the label; for scores see accuracy_at.",
     .example = "SELECT accuracy" ANIMALS},
    {OVER_CLASSES, .name = "error_rate", MISS_SHARE,
     .summary = "Share of rows whose predicted class is not the label.",
     .example = "SELECT error_rate" ANIMALS},
    {OVER_LISTED_CLASSES, .name = "kappa", MLM_OF_CLASSES(mlm_class_kappa), RESAMPLED,
     .summary = "Cohen's kappa: agreement beyond chance, at most 1; NULL if all rows are of one class.",
     .example = "SELECT kappa" ANIMALS},
    {OVER_LISTED_CLASSES, .name = "kappa_linear", MLM_OF_ORDERED_CLASSES(mlm_class_kappa_linear), RESAMPLED,
     .summary =
         "Cohen's kappa in which an error counts by its distance in the order of the classes that occur, for "
         "texts the alphabetical one; a list of classes gives another, such as "
         "'[\"low\",\"medium\",\"high\"]'. NULL if all rows are of one class.",
     .cost = "A value takes O(classes + pairs that occur).", .example = "SELECT kappa_linear" GRADES},
    {OVER_LISTED_CLASSES, .name = "kappa_quadratic", MLM_OF_ORDERED_CLASSES(mlm_class_kappa_quadratic),
     RESAMPLED,
     .summary = "Cohen's kappa in which an error counts by its squared distance in the order of the classes "
                "that occur, for texts the alphabetical one; a list of classes gives another, such as "
                "'[\"low\",\"medium\",\"high\"]'. NULL if all rows are of one class.",
     .cost = "A value takes O(classes + pairs that occur).", .example = "SELECT kappa_quadratic" GRADES},
    {OVER_CLASSES, .name = "mcc", MLM_OF_MATRIX(mlm_class_mcc), RESAMPLED,
     .summary = "Matthews correlation of preds and labels, for any number of classes, -1..1; NULL if all "
                "preds or all labels are one class.",
     .example = "SELECT mcc" ANIMALS},
    {OVER_CLASSES, .name = "balanced_accuracy", MLM_OF_MATRIX(balanced_accuracy), RESAMPLED,
     .summary = "Mean recall of the classes that occur as labels; for 0 and 1, (recall + specificity)/2.",
     .example = "SELECT balanced_accuracy" ANIMALS},
    {OVER_DECISIONS, .name = "precision", MLM_OF_MATRIX(precision),
     .interval = &mlm_share_of_predicted_1_interval,
     .summary =
         "tp/(tp+fp) for decisions 0 and 1: the share of the predicted positives that are positive; NULL "
         "if none is predicted. For scores see precision_at, for more classes precision_macro.",
     .example = "SELECT precision" SIX},
    {OVER_DECISIONS, .name = "recall", MLM_OF_MATRIX(recall), .interval = &mlm_share_of_labels_1_interval,
     .summary =
         "tp/(tp+fn) for decisions 0 and 1: the share of the positives that are predicted (sensitivity); "
         "NULL if there are none. For scores see recall_at, for more classes recall_macro.",
     .example = "SELECT recall" SIX},
    {OVER_DECISIONS, .name = "specificity", MLM_OF_MATRIX(specificity),
     .interval = &mlm_share_of_labels_0_interval,
     .summary =
         "tn/(tn+fp) for decisions 0 and 1: the share of the negatives that are predicted negative; NULL if "
         "there are none. For scores see specificity_at.",
     .example = "SELECT specificity" SIX},
    {OVER_DECISIONS, .name = "f1", MLM_OF_MATRIX(f1), .interval = &mlm_matrix_percentile_interval,
     .summary =
         "F1 = 2tp/(2tp+fp+fn) for decisions 0 and 1; NULL only if all three are 0. For scores see f1_at, "
         "for more classes f1_macro.",
     .example = "SELECT f1" SIX},
    {OVER_DECISIONS, .name = "jaccard", MLM_OF_MATRIX(jaccard), .interval = &mlm_matrix_percentile_interval,
     .summary =
         "Jaccard index tp/(tp+fp+fn) for decisions 0 and 1 (intersection over union); NULL only if all "
         "three are 0. For scores see jaccard_at, for more classes jaccard_macro.",
     .example = "SELECT jaccard" SIX},
    {OVER_LISTED_CLASSES, .name = "precision_macro", MLM_OF_CLASSES(precision_macro), RESAMPLED,
     .summary = "Mean precision of the classes, 0 for a class never predicted.",
     .example = "SELECT precision_macro" ANIMALS},
    {OVER_CLASSES, .name = "precision_macro_present", MLM_OF_MATRIX(precision_macro_present), RESAMPLED,
     .summary = "Mean precision of the classes that occur as labels, 0 for a class never predicted.",
     .example = "SELECT precision_macro_present" ANIMALS},
    {OVER_CLASSES, .name = "precision_micro", HIT_SHARE,
     .summary = "Precision of all classes pooled, which equals accuracy if each row has one label.",
     .example = "SELECT precision_micro" ANIMALS},
    {OVER_CLASSES, .name = "precision_weighted", MLM_OF_MATRIX(precision_weighted), RESAMPLED,
     .summary = "Mean of the classes' precision, weighted by their share of the labels, 0 for a class never "
                "predicted.",
     .example = "SELECT precision_weighted" ANIMALS},
    {OVER_LISTED_CLASSES, .name = "recall_macro", MLM_OF_CLASSES(recall_macro), RESAMPLED,
     .summary = "Mean recall of the classes, 0 for a class that is only predicted.",
     .example = "SELECT recall_macro" ANIMALS},
    {OVER_CLASSES, .name = "recall_macro_present", MLM_OF_MATRIX(recall_macro_present), RESAMPLED,
     .summary = "Mean recall of the classes that occur as labels.",
     .example = "SELECT recall_macro_present" ANIMALS},
    {OVER_CLASSES, .name = "recall_micro", HIT_SHARE,
     .summary = "Recall of all classes pooled, which equals accuracy if each row has one label.",
     .example = "SELECT recall_micro" ANIMALS},
    {OVER_CLASSES, .name = "recall_weighted", HIT_SHARE,
     .summary = "Mean of the classes' recall, weighted by their share of the labels, which is the same as "
                "accuracy.",
     .example = "SELECT recall_weighted" ANIMALS},
    {OVER_LISTED_CLASSES, .name = "f1_macro", MLM_OF_CLASSES(f1_macro), RESAMPLED,
     .summary = "Mean F1 of the classes.", .example = "SELECT f1_macro" ANIMALS},
    {OVER_CLASSES, .name = "f1_macro_present", MLM_OF_MATRIX(f1_macro_present), RESAMPLED,
     .summary = "Mean F1 of the classes that occur as labels.", .example = "SELECT f1_macro_present" ANIMALS},
    {OVER_CLASSES, .name = "f1_micro", HIT_SHARE,
     .summary = "F1 of all classes pooled, which equals accuracy if each row has one label.",
     .example = "SELECT f1_micro" ANIMALS},
    {OVER_CLASSES, .name = "f1_weighted", MLM_OF_MATRIX(f1_weighted), RESAMPLED,
     .summary = "Mean of the classes' F1, weighted by their share of the labels.",
     .example = "SELECT f1_weighted" ANIMALS},
    {OVER_LISTED_CLASSES, .name = "classification_report", MLM_OF_CLASSES_FULL(mlm_class_report),
     .result = RESULT_TEXT, .any_classes = true,
     .summary =
         "The text table of scikit-learn's classification_report: precision, recall, F1 and support of each "
         "class, their means below; 0/0 is shown as 0.00, weights beyond the largest double as 9e999.",
     .example = "SELECT classification_report" ANIMALS},
    {OVER_LISTED_CLASSES, .name = "confusion_table", MLM_OF_CLASSES_FULL(mlm_class_confusion_table),
     .result = RESULT_TEXT, .any_classes = true,
     .summary =
         "Text, aligned: how often each label (rows) occurred with each pred (columns), with totals, 9e999 "
         "beyond the largest double.",
     .cost = "A value takes O(classes squared).", .example = "SELECT confusion_table" ANIMALS},
    {OVER_CLASSES, .name = "class_metrics", MLM_OF_MATRIX_FULL(mlm_class_metrics), .result = RESULT_JSON,
     .summary = "JSON: for each class, in order and keyed by the class as text, its precision, recall, f1 "
                "(null where 0/0), support (rows with this label) and predicted (rows with this pred), both "
                "9e999 where they weigh more than the largest double.",
     .example = "SELECT class_metrics" ANIMALS},
    {OVER_CLASSES, .name = "evaluate_classes", MLM_OF_MATRIX_FULL(evaluate), .result = RESULT_JSON,
     .summary = "JSON of every metric of predicted classes at once, with rows, left_out (rows with a NULL; "
                "merged states do not count groups that had no other rows) and classes, and a note where two "
                "classes differ only by blanks or case, a class is an empty text, or pred and label have no "
                "class in common. kappa_linear and kappa_quadratic take texts in alphabetical order, so look "
                "at them only if that is the order of the grades.",
     .cost = "A value takes O(classes + pairs that occur).", .example = "SELECT evaluate_classes" ANIMALS},
    {OVER_CLASSES, .name = "class_set", MLM_SET_OF(confusion_matrix_unordered),
     .summary = "BLOB that counts how often each pred occurred with each label; every metric of predicted "
                "classes and "
                "class_table read "
                "it, and class_set(set) merges sets (a NULL set is ignored).",
     .example = "SELECT accuracy(s), f1_macro(s) FROM (SELECT class_set(column1, column2) AS s FROM (VALUES "
                "('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog')))"},
    {.name = NULL},
};

/* The note of the classes, with the names of two that are alike. */
static void put_note(const ConfusionMatrix *matrix, StrBuf *out) {
  Class pair[2];
  if (!mlm_classes_alike(matrix, pair)) {
    const char *note = other_note(matrix);
    if (note) mlm_json_text(out, "note", note);
    return;
  }
  StrBuf text = {.host = out->host, .limit = out->limit};
  mlm_str_put(&text, "the classes '");
  mlm_str_add(&text, pair[0].bytes, pair[0].n);
  mlm_str_put(&text, "' and '");
  mlm_str_add(&text, pair[1].bytes, pair[1].n);
  mlm_str_put(&text, "' differ only by blanks or case");
  mlm_str_key(out, "note");
  mlm_str_json_string(out, text.n ? text.bytes : "", text.n);
  if (text.status) out->status = text.status;
  out->host->free(text.bytes);
}

/* Every metric of classes whose result is a number, by its own name and formula. */
static Status evaluate(const ConfusionMatrix *matrix, const Eval *in, Result *result) {
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  ClassView view;
  uint64_t classes = 0; /* gone through, over all metrics */
  Status status = mlm_class_view_begin(&view, matrix, true, in, result);
  if (status) return status; /* unreachable: only a list of classes can fail, and this function takes none */
  mlm_str_put(out, "{");
  mlm_str_key(out, "rows");
  if (mlm_class_counts_are_integers(matrix, in))
    mlm_str_integer(out, mlm_confusion_matrix_rows(matrix));
  else
    mlm_str_number(out, mlm_confusion_matrix_total(matrix));
  mlm_json_integer(out, "left_out", mlm_confusion_matrix_left_out(matrix));
  mlm_json_integer(out, "classes", (int64_t)mlm_confusion_matrix_classes(matrix));
  for (const Metric *metric = metrics; metric->name; metric++) {
    if (metric->result != RESULT_REAL || metric->args[0] == ARG_DECISION) continue;
    mlm_str_key(out, metric->name);
    bool listed = metric->eval == mlm_eval_class_view;
    mlm_str_number(out, listed ? metric->formula.class_view(&view) : metric->formula.matrix(matrix));
    if (mlm_interrupted_between(classes, classes + view.n, in->host)) out->status = MLM_INTERRUPTED;
    classes += view.n;
  }
  put_note(matrix, out);
  mlm_str_put(out, "}");
  mlm_class_view_end(&view);
  return MLM_OK;
}

typedef struct Cursor {
  size_t next; /* rank */
  ClassTotals totals;
} Cursor;

static Status next(void *state, const Row *row, const Eval *in, bool *more) {
  Cursor *cursor = state;
  const ConfusionMatrix *matrix = row->sets[0].state;
  double score;
  Class text;
  const Status status = mlm_confusion_matrix_find_score(matrix, false, &score);
  if (status) return status;
  if (cursor->next == 0 && mlm_confusion_matrix_never_agrees(matrix, &text) == MLM_SCORE_BESIDE_NAME)
    return MLM_SCORE_BESIDE_NAME;
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
