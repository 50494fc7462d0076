/* Metrics of rows with many labels, and losses of rows with many classes that PyTorch and yardstick name. */
#include "metrics/threshold.h"
#include "metrics/bootstrap_forms.h"
#include "metrics/mean_interval.h"
#include "metrics/proportion_interval.h"

/* ---- ranking of the labels of a row ---- */

/* Labels whose score is at least s: all of them, or the true ones. */
static size_t ranked_at_least(const Row *row, double s, bool only_true) {
  size_t n = 0;
  for (size_t j = 0; j < row->preds.n; j++)
    n += row->preds.at[j] >= s && (!only_true || row->targets.at[j] != 0);
  return n;
}

static size_t true_labels(const Row *row) {
  size_t n = 0;
  for (size_t i = 0; i < row->targets.n; i++) n += row->targets.at[i] != 0;
  return n;
}

/* The mean, over the true labels, of the share of true labels among all labels ranked at least as high. */
static double ranking_average_precision(const Row *row) {
  size_t positives = true_labels(row);
  if (positives == 0 || positives == row->preds.n) return 1;
  double sum = 0;
  for (size_t i = 0; i < row->preds.n; i++) {
    if (row->targets.at[i] == 0) continue;
    double s = row->preds.at[i];
    sum += (double)ranked_at_least(row, s, true) / (double)ranked_at_least(row, s, false);
  }
  return sum / (double)positives;
}

/* The share of pairs of a true and a false label that are not in order; ties are not. */
static double ranking_loss(const Row *row) {
  size_t positives = true_labels(row), wrong = 0, negatives = row->preds.n - positives;
  if (positives == 0 || negatives == 0) return 0;
  for (size_t i = 0; i < row->preds.n; i++)
    if (row->targets.at[i] != 0)
      wrong += ranked_at_least(row, row->preds.at[i], false) - ranked_at_least(row, row->preds.at[i], true);
  return (double)wrong / ((double)positives * (double)negatives);
}

/* How many labels from the top it takes to have all true ones. */
static double coverage(const Row *row) {
  double least = INFINITY;
  bool any = false;
  for (size_t i = 0; i < row->preds.n; i++) {
    if (row->targets.at[i] == 0) continue;
    any = true;
    if (row->preds.at[i] < least) least = row->preds.at[i];
  }
  return any ? (double)ranked_at_least(row, least, false) : 0;
}

/* ---- the decisions of a row ---- */

typedef struct RowTable {
  double tp, fp, tn, fn;
} RowTable;

static RowTable decide(const Row *row) {
  RowTable t = {0, 0, 0, 0};
  for (size_t i = 0; i < row->preds.n; i++) {
    bool yes = row->preds.at[i] >= row->x[0], label = row->targets.at[i] != 0;
    *(yes ? (label ? &t.tp : &t.fp) : (label ? &t.fn : &t.tn)) += 1;
  }
  return t;
}

static double ratio_or_zero(double num, double den) { return den > 0 ? num / den : 0; }

static double hamming(const Row *row) {
  RowTable t = decide(row);
  return (t.fp + t.fn) / (double)row->preds.n;
}
static double all_right(const Row *row) {
  RowTable t = decide(row);
  return t.fp + t.fn == 0;
}
static double jaccard(const Row *row) {
  RowTable t = decide(row);
  return ratio_or_zero(t.tp, t.tp + t.fp + t.fn);
}
static double f1_of_row(const Row *row) {
  RowTable t = decide(row);
  return ratio_or_zero(2 * t.tp, 2 * t.tp + t.fp + t.fn);
}
static double precision_of_row(const Row *row) {
  RowTable t = decide(row);
  return ratio_or_zero(t.tp, t.tp + t.fp);
}
static double recall_of_row(const Row *row) {
  RowTable t = decide(row);
  return ratio_or_zero(t.tp, t.tp + t.fn);
}

/* ---- losses of many classes ---- */

/* Σ (cumulative probability - cumulative truth)² / (K - 1). */
static double ranked_probability(const Row *row) {
  size_t n = row->preds.n;
  double sum = 0, cumulative = 0;
  for (size_t k = 0; k + 1 < n; k++) {
    cumulative += row->preds.at[k];
    double error = cumulative - (k >= row->index);
    sum += error * error;
  }
  return n > 1 ? sum / (double)(n - 1) : 0;
}

static double hinge(const Row *row) {
  double other = -INFINITY, margin;
  for (size_t k = 0; k < row->preds.n; k++)
    if (k != row->index && row->preds.at[k] > other) other = row->preds.at[k];
  margin = row->preds.at[row->index];
  if (margin == other) return 1; /* also where both are the same infinity */
  double loss = 1 + (other - margin);
  return loss > 0 ? loss : 0;
}

static double mean(double x) { return x; }

/* ---- averages over the labels ---- */

typedef double Ratio(const Confusion2 *confusion, const double *param);

static double or_zero(double x) { return x == x ? x : 0; }

static Status over_labels(const LabelTables *tables, Ratio *of, bool weighted, Result *out) {
  ExactSum sum = {0}, all = {0};
  ProductSum products = {0};
  size_t labels = mlm_label_tables_labels(tables);
  for (size_t i = 0; i < labels; i++) {
    Confusion2 table = mlm_label_table(tables, i);
    ExactSum x = {0}, support = {0};
    double value = or_zero(of(&table, NULL));
    mlm_sum_add(&sum, value, 1);
    mlm_sum_add(&x, value, 1);
    mlm_label_tables_add_support(tables, i, &support);
    mlm_product_add_sums(&products, &x, &support, 1);
    mlm_sum_add_sum(&all, &support, 1);
  }
  mlm_result_real(out, weighted ? mlm_product_ratio(&products, &all) : mlm_sum_mean(&sum, (int64_t)labels));
  return MLM_OK;
}

static Status pooled(const LabelTables *tables, Ratio *of, Result *out) {
  Confusion2 table = mlm_label_tables_pooled(tables);
  mlm_result_real(out, of(&table, NULL));
  return MLM_OK;
}

/* The three averages of a ratio. */
#define AVERAGES(ratio, macro, weighted, micro)                                                              \
  static Status macro(const LabelTables *tables, const Eval *in, Result *out) {                              \
    return over_labels(tables, ratio, false, out);                                                           \
  }                                                                                                          \
  static Status weighted(const LabelTables *tables, const Eval *in, Result *out) {                           \
    return over_labels(tables, ratio, true, out);                                                            \
  }                                                                                                          \
  static Status micro(const LabelTables *tables, const Eval *in, Result *out) {                              \
    return pooled(tables, ratio, out);                                                                       \
  }
AVERAGES(mlm_f1, f1_macro, f1_weighted, f1_micro)
AVERAGES(mlm_precision, precision_macro, precision_weighted, precision_micro)
AVERAGES(mlm_recall, recall_macro, recall_weighted, recall_micro)

#define RANKED  .args = {ARG_LABEL_SCORES, ARG_LABEL_TARGETS, ARG_WEIGHT}, .required = 2
#define DECIDED .args = {ARG_LABEL_SCORES, ARG_LABEL_TARGETS, ARG_CUTOFF, ARG_WEIGHT}, .required = 3
#define ON_TWO                                                                                               \
  "(column1, column2) FROM (VALUES ('[0.75, 0.5, 1]', '[1, 0, 0]'), ('[1, 0.2, 0.1]', '[0, 0, 1]'))"
#define AT_HALF                                                                                              \
  "(column1, column2, 0.5) FROM (VALUES ('[0.75, 0.5, 1]', '[1, 0, 0]'), ('[1, 0.2, 0.1]', '[0, 0, 1]'))"
#define LABELS(f, formula_, text)                                                                            \
  {                                                                                                          \
    DECIDED, .name = f, MLM_OF_LABEL_TABLES(formula_), .interval = &mlm_labels_percentile_interval,          \
             .summary = text, .example = "SELECT " f AT_HALF                                                 \
  }

static const Metric metrics[] = {
    {RANKED, .name = "label_ranking_average_precision", .row_time = "O(K squared)",
     .state_name = "label_ranking_ap", .term = ranking_average_precision, MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval, .most = 1,
     .summary = "Mean over the rows of label_ranking_average_precision_of: for each true label, the share of "
                "true labels among those ranked at least as high; 1 is best, and that of a row whose labels "
                "are all true or all false.",
     .example = "SELECT label_ranking_average_precision" ON_TWO},
    {RANKED, .name = "label_ranking_loss", .row_time = "O(K squared)", .state_name = "label_ranking_loss",
     .term = ranking_loss, MLM_OF_MEAN(mean), .interval = &mlm_hall_interval, .most = 1,
     .summary =
         "Mean over the rows of the share of pairs of a true and a false label in the wrong order (ties are "
         "wrong); 0 is best, and that of a row without such pairs.",
     .example = "SELECT label_ranking_loss" ON_TWO},
    {RANKED, .name = "coverage_error", .state_name = "coverage_error", .term = coverage, MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval, .most = INFINITY,
     .summary = "Mean over the rows of how many of the highest-ranked labels it takes to include all true "
                "ones; 0 for a row without true labels.",
     .example = "SELECT coverage_error" ON_TWO},
    {DECIDED, .name = "hamming_loss", .state_name = "hamming_loss", .term = hamming, MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval, .most = 1,
     .summary = "Share of labels decided wrongly; a label is predicted if its score >= cutoff.",
     .example = "SELECT hamming_loss" AT_HALF},
    {DECIDED, .name = "subset_accuracy", .state_name = "subset_accuracy", .term = all_right,
     MLM_OF_MEAN(mean), .interval = &mlm_share_of_mean_interval,
     .summary = "Share of rows all of whose labels are decided correctly.",
     .example = "SELECT subset_accuracy" AT_HALF},
    {DECIDED, .name = "jaccard_samples", .state_name = "jaccard_samples", .term = jaccard, MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval, .most = 1,
     .summary = "Mean over the rows of tp/(tp+fp+fn) of their labels; 0 for a row with neither true nor "
                "predicted labels.",
     .example = "SELECT jaccard_samples" AT_HALF},
    {DECIDED, .name = "f1_samples", .state_name = "f1_samples", .term = f1_of_row, MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval, .most = 1,
     .summary =
         "Mean over the rows of the F1 of their labels; 0 for a row with neither true nor predicted labels.",
     .example = "SELECT f1_samples" AT_HALF},
    {DECIDED, .name = "precision_samples", .state_name = "precision_samples", .term = precision_of_row,
     MLM_OF_MEAN(mean), .interval = &mlm_hall_interval, .most = 1,
     .summary = "Mean over the rows of the precision of their labels; 0 for a row without predicted labels.",
     .example = "SELECT precision_samples" AT_HALF},
    {DECIDED, .name = "recall_samples", .state_name = "recall_samples", .term = recall_of_row,
     MLM_OF_MEAN(mean), .interval = &mlm_hall_interval, .most = 1,
     .summary = "Mean over the rows of the recall of their labels; 0 for a row without true labels.",
     .example = "SELECT recall_samples" AT_HALF},
    LABELS("f1_labels_micro", f1_micro,
           "F1 of the decisions of all labels pooled; NULL if there is neither a true nor a "
           "predicted label."),
    LABELS("f1_labels_macro", f1_macro, "Mean F1 of the labels; 0 for a label never true nor predicted."),
    LABELS("f1_labels_weighted", f1_weighted,
           "Mean F1 of the labels, weighted by how often each label is true; NULL "
           "if none is."),
    LABELS("precision_labels_micro", precision_micro,
           "Precision of the decisions of all labels pooled; NULL if no label "
           "is predicted."),
    LABELS("precision_labels_macro", precision_macro,
           "Mean precision of the labels; 0 for a label never predicted."),
    LABELS("precision_labels_weighted", precision_weighted,
           "Mean precision of the labels, weighted by how often "
           "each label is true; NULL if none is."),
    LABELS("recall_labels_micro", recall_micro,
           "Recall of the decisions of all labels pooled; NULL if no label is true."),
    LABELS("recall_labels_macro", recall_macro,
           "Mean recall of the labels; 0 for a label that is never true."),
    LABELS("recall_labels_weighted", recall_weighted,
           "Mean recall of the labels, weighted by how often each label "
           "is true; NULL if none is."),
    {.name = "ranked_probability_score",
     .args = {ARG_PROBS, ARG_CLASS_INDEX, ARG_WEIGHT},
     .required = 2,
     .state_name = "ranked_probability",
     .term = ranked_probability,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = 1,
     .summary = "Ranked probability score of ordered classes: squared errors of the cumulative "
                "probabilities, divided by "
                "K - 1; 0 is best.",
     .example = "SELECT ranked_probability_score('[0.2, 0.5, 0.3]', 2)"},
    {.name = "hinge_loss",
     .args = {ARG_LABEL_SCORES, ARG_CLASS_INDEX, ARG_WEIGHT},
     .required = 2,
     .state_name = "hinge",
     .term = hinge,
     MLM_OF_MEAN(mean),
     .interval = &mlm_hall_interval,
     .most = INFINITY,
     .summary = "Multi-class hinge loss (Crammer and Singer): the mean of max(0, 1 + the largest other score "
                "- the score "
                "of the class).",
     .example = "SELECT hinge_loss('[0.2, 2.5, 0.3]', 1)"},
    {0},
};

#define OF_LABELS .args = {ARG_LABEL_SCORES, ARG_LABEL_TARGETS}, .required = 2
#define OF_PAIR   "('[0.75, 0.5, 1]', '[1, 0, 0]')"
#define ROW_AT    .args = {ARG_LABEL_SCORES, ARG_LABEL_TARGETS, ARG_CUTOFF}, .required = 3
#define PAIR_AT   "('[0.75, 0.5, 1]', '[1, 0, 0]', 0.5)"

static const Scalar scalars[] = {
    {OF_LABELS, .name = "label_ranking_average_precision_of", .value = ranking_average_precision,
     .summary = "The label_ranking_average_precision of one row.",
     .example = "SELECT label_ranking_average_precision_of" OF_PAIR},
    {OF_LABELS, .name = "label_ranking_loss_of", .value = ranking_loss,
     .summary = "The label_ranking_loss of one row.", .example = "SELECT label_ranking_loss_of" OF_PAIR},
    {OF_LABELS, .name = "coverage_error_of", .value = coverage, .summary = "The coverage_error of one row.",
     .example = "SELECT coverage_error_of" OF_PAIR},
    {ROW_AT, .name = "hamming_loss_of", .value = hamming, .summary = "The hamming_loss of one row.",
     .example = "SELECT hamming_loss_of" PAIR_AT},
    {ROW_AT, .name = "subset_accuracy_of", .value = all_right,
     .summary = "1 if all labels of the row are decided "
                "correctly, else 0.",
     .example = "SELECT subset_accuracy_of" PAIR_AT},
    {ROW_AT, .name = "jaccard_samples_of", .value = jaccard,
     .summary = "The Jaccard index of the labels of one row.",
     .example = "SELECT jaccard_samples_of" PAIR_AT},
    {ROW_AT, .name = "f1_samples_of", .value = f1_of_row, .summary = "The F1 of the labels of one row.",
     .example = "SELECT f1_samples_of" PAIR_AT},
    {ROW_AT, .name = "precision_samples_of", .value = precision_of_row,
     .summary = "The precision of the labels of one row.", .example = "SELECT precision_samples_of" PAIR_AT},
    {ROW_AT, .name = "recall_samples_of", .value = recall_of_row,
     .summary = "The recall of the labels of one row.", .example = "SELECT recall_samples_of" PAIR_AT},
    {.name = "ranked_probability_score_of",
     .args = {ARG_PROBS, ARG_CLASS_INDEX},
     .required = 2,
     .value = ranked_probability,
     .summary = "The ranked_probability_score of one row.",
     .example = "SELECT ranked_probability_score_of('[0.2, 0.5, 0.3]', 2)"},
    {.name = "hinge_loss_of",
     .args = {ARG_LABEL_SCORES, ARG_CLASS_INDEX},
     .required = 2,
     .value = hinge,
     .summary = "The hinge_loss of one row.",
     .example = "SELECT hinge_loss_of('[0.2, 2.5, 0.3]', 1)"},
    {0},
};

const Family mlm_multilabel = {.name = "multilabel", .metrics = metrics, .scalars = scalars};
