/* Metrics of the 2x2 table of (score >= cutoff, label), each rounded once; NaN is NULL in SQL. */
#include "metrics/threshold.h"
#include "metrics/mean_interval.h"

#include "metrics/bootstrap_forms.h"
#include "metrics/proportion_interval.h"

/* Sums of cells, as numerators and denominators. */
static const CellFactors hits = {.tp = 1}, alarms = {.fp = 1}, rejected = {.tn = 1};
static const CellFactors predicted = {.tp = 1, .fp = 1}, positives = {.tp = 1, .fn = 1},
                         negatives = {.tn = 1, .fp = 1}, right = {.tp = 1, .tn = 1},
                         wrong = {.fp = 1, .fn = 1}, missed = {.fn = 1}, spared = {.tn = 1, .fn = 1},
                         all_cells = {.tp = 1, .fp = 1, .tn = 1, .fn = 1};
static const CellFactors twice_hits = {.tp = 2}, of_f1 = {.tp = 2, .fp = 1, .fn = 1},
                         hits_and_errors = {.tp = 1, .fp = 1, .fn = 1};

/* With counts both sums are exact, so the division rounds once. */
double mlm_precision(const Confusion2 *t, const double *param) {
  return t->counts ? t->tp / (t->tp + t->fp) : mlm_confusion2_ratio(t, hits, predicted);
}

double mlm_recall(const Confusion2 *t, const double *param) {
  return t->counts ? t->tp / (t->tp + t->fn) : mlm_confusion2_ratio(t, hits, positives);
}

double mlm_specificity(const Confusion2 *t, const double *param) {
  return t->counts ? t->tn / (t->tn + t->fp) : mlm_confusion2_ratio(t, rejected, negatives);
}

double mlm_fpr(const Confusion2 *t, const double *param) {
  return t->counts ? t->fp / (t->fp + t->tn) : mlm_confusion2_ratio(t, alarms, negatives);
}

double mlm_fnr(const Confusion2 *t, const double *param) {
  return t->counts ? t->fn / (t->fn + t->tp) : mlm_confusion2_ratio(t, missed, positives);
}

static double npv(const Confusion2 *t, const double *param) {
  return t->counts ? t->tn / (t->tn + t->fn) : mlm_confusion2_ratio(t, rejected, spared);
}

double mlm_f1(const Confusion2 *t, const double *param) {
  return t->counts ? 2 * t->tp / (2 * t->tp + t->fp + t->fn) : mlm_confusion2_ratio(t, twice_hits, of_f1);
}

static double jaccard(const Confusion2 *t, const double *param) {
  return t->counts ? t->tp / (t->tp + t->fp + t->fn) : mlm_confusion2_ratio(t, hits, hits_and_errors);
}

static double all(const Confusion2 *t) { return t->tp + t->fp + t->tn + t->fn; }

double mlm_accuracy(const Confusion2 *t, const double *param) {
  return t->counts ? (t->tp + t->tn) / all(t) : mlm_confusion2_ratio(t, right, all_cells);
}

static double error_rate(const Confusion2 *t, const double *param) {
  return t->counts ? (t->fp + t->fn) / all(t) : mlm_confusion2_ratio(t, wrong, all_cells);
}

static double selection_rate(const Confusion2 *t, const double *param) {
  return t->counts ? (t->tp + t->fp) / all(t) : mlm_confusion2_ratio(t, predicted, all_cells);
}

static double positive_likelihood_ratio(const Confusion2 *t, const double *param) {
  return mlm_confusion2_likelihood_ratio(t, true);
}

static double negative_likelihood_ratio(const Confusion2 *t, const double *param) {
  return mlm_confusion2_likelihood_ratio(t, false);
}

/* Below this the product of two sums of counts, and twice the product, is exact as a double. */
#define MOST_PAIRS 0x1p52

double mlm_balanced_accuracy(const Confusion2 *t, const double *param) {
  double p = t->tp + t->fn, n = t->fp + t->tn;
  if (t->counts && p * n <= MOST_PAIRS) return (t->tp * n + t->tn * p) / (2 * p * n);
  return mlm_confusion2_balanced_accuracy(t);
}

/* tp/P - fp/N is (tp·tn - fp·fn) / (P·N). */
double mlm_youden(const Confusion2 *t, const double *param) {
  double pairs = (t->tp + t->fn) * (t->fp + t->tn);
  if (t->counts && pairs <= MOST_PAIRS) return (t->tp * t->tn - t->fp * t->fn) / pairs;
  return mlm_confusion2_youden(t);
}

double mlm_mcc(const Confusion2 *t, const double *param) { return mlm_confusion2_correlation(t); }

static double fbeta(const Confusion2 *t, const double *param) { return mlm_confusion2_fbeta(t, param[0]); }

static double cost(const Confusion2 *t, const double *param) {
  return mlm_confusion2_weight(t, mlm_confusion2_cost(t, param[0], param[1]));
}
static double dot(const Confusion2 *t, const double *param) { return mlm_confusion2_weight(t, t->tp); }

/* A false alarm costs the odds of the cutoff: whoever acts from probability c on accepts (1-c)/c false alarms
 * for one hit. */
static double net_benefit(const Row *row) {
  if (row->pred < row->param) return 0;
  return row->target != 0 ? 1 : -mlm_odds(row->param);
}

/* The least that it can be. */
static double net_benefit_of_false_alarms(double cutoff) { return 0 - mlm_odds(cutoff); }

static double mean(double x) { return x; }

static Status confusion(const Confusion2 *t, bool integral, const Eval *in, Result *result) {
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  const double cell[] = {t->tp, t->fp, t->tn, t->fn};
  static const char *const name[] = {"tp", "fp", "tn", "fn"};
  mlm_str_put(out, "{");
  for (int i = 0; i < 4; i++) {
    mlm_str_key(out, name[i]);
    mlm_str_count(out, mlm_confusion2_weight(t, cell[i]), integral);
  }
  mlm_str_put(out, "}");
  return MLM_OK;
}

#define AT       .args = {ARG_SCORE, ARG_LABEL, ARG_CUTOFF, ARG_WEIGHT}, .required = 3
#define ON_THREE " FROM (VALUES (0.9, 1), (0.6, 0), (0.4, 1))"

static const Metric metrics[] = {
    {.name = "f1_at",
     AT,
     MLM_OF_CONFUSION2(mlm_f1),
     .interval = &mlm_percentile_interval,
     .search = SEARCH_HIGHEST,
     .summary =
         "F1 = 2tp/(2tp+fp+fn) of the decision score >= cutoff (threshold); NULL only if all three are 0. It "
         "is 0 too where no score reaches the cutoff, as f1_at_ci notes.",
     .example = "SELECT f1_at(column1, column2, 0.5)" ON_THREE},
    {.name = "jaccard_at",
     AT,
     MLM_OF_CONFUSION2(jaccard),
     .interval = &mlm_percentile_interval,
     .summary = "Jaccard index tp/(tp+fp+fn) of the decision score >= cutoff (intersection over union); NULL "
                "only if all three are 0.",
     .example = "SELECT jaccard_at(column1, column2, 0.5)" ON_THREE},
    {.name = "precision_at",
     AT,
     MLM_OF_CONFUSION2(mlm_precision),
     .interval = &mlm_share_of_predicted_interval,
     .summary = "tp/(tp+fp): the share of predicted positives that are positive (positive predictive value); "
                "NULL if "
                "none is predicted.",
     .example = "SELECT precision_at(column1, column2, 0.5)" ON_THREE},
    {.name = "recall_at",
     AT,
     MLM_OF_CONFUSION2(mlm_recall),
     .interval = &mlm_share_of_positives_interval,
     .summary = "tp/(tp+fn): the share of positives that are found (sensitivity, true positive rate); NULL "
                "if there are "
                "none.",
     .example = "SELECT recall_at(column1, column2, 0.5)" ON_THREE},
    {.name = "specificity_at",
     AT,
     MLM_OF_CONFUSION2(mlm_specificity),
     .interval = &mlm_share_of_negatives_interval,
     .summary = "tn/(tn+fp): the share of negatives that are not predicted positive (true negative rate, 1 - "
                "fpr); NULL "
                "if there are none.",
     .example = "SELECT specificity_at(column1, column2, 0.5)" ON_THREE},
    {.name = "accuracy_at",
     AT,
     MLM_OF_CONFUSION2(mlm_accuracy),
     .interval = &mlm_share_of_table_interval,
     .search = SEARCH_HIGHEST,
     .summary = "(tp+tn)/rows: the share of correct decisions.",
     .example = "SELECT accuracy_at(column1, column2, 0.5)" ON_THREE},
    {.name = "error_rate_at",
     AT,
     MLM_OF_CONFUSION2(error_rate),
     .interval = &mlm_share_of_table_interval,
     .search = SEARCH_LOWEST,
     .summary = "(fp+fn)/rows: the share of wrong decisions.",
     .example = "SELECT error_rate_at(column1, column2, 0.5)" ON_THREE},
    {.name = "balanced_accuracy_at",
     AT,
     MLM_OF_CONFUSION2(mlm_balanced_accuracy),
     .interval = &mlm_percentile_interval,
     .search = SEARCH_HIGHEST,
     .summary = "(recall + specificity)/2; NULL if a class is missing.",
     .example = "SELECT balanced_accuracy_at(column1, column2, 0.5)" ON_THREE},
    {.name = "mcc_at",
     AT,
     MLM_OF_CONFUSION2(mlm_mcc),
     .interval = &mlm_percentile_interval,
     .search = SEARCH_HIGHEST,
     .summary = "Matthews correlation coefficient, -1 to 1; NULL if a class is missing or never predicted.",
     .example = "SELECT mcc_at(column1, column2, 0.5)" ON_THREE},
    {.name = "youden_at",
     AT,
     MLM_OF_CONFUSION2(mlm_youden),
     .interval = &mlm_percentile_interval,
     .search = SEARCH_HIGHEST,
     .summary = "Youden's J = recall + specificity - 1; NULL if a class is missing.",
     .example = "SELECT youden_at(column1, column2, 0.5)" ON_THREE},
    {.name = "dot_at",
     AT,
     MLM_OF_CONFUSION2(dot),
     .search = SEARCH_HIGHEST,
     .result = RESULT_COUNT,
     .summary = "Sum of label times decision, which is the number of true positives; an INTEGER unless "
                "weights are given.",
     .example = "SELECT dot_at(column1, column2, 0.5)" ON_THREE},
    {.name = "fbeta_at",
     .args = {ARG_SCORE, ARG_LABEL, ARG_CUTOFF, ARG_BETA, ARG_WEIGHT},
     .required = 4,
     MLM_OF_CONFUSION2(fbeta),
     .interval = &mlm_percentile_interval,
     .search = SEARCH_HIGHEST,
     .summary =
         "F-beta: recall counts beta times as much as precision; the cutoff stands before beta. NULL only "
         "if tp, fp and fn are 0; 0 too where no score reaches the cutoff, as fbeta_at_ci notes.",
     .example = "SELECT fbeta_at(column1, column2, 0.5, 2)" ON_THREE},
    {.name = "cost_at",
     .args = {ARG_SCORE, ARG_LABEL, ARG_CUTOFF, ARG_FP_COST, ARG_FN_COST, ARG_WEIGHT},
     .required = 5,
     MLM_OF_CONFUSION2(cost),
     .interval = &mlm_percentile_interval,
     .search = SEARCH_LOWEST,
     .summary = "Total cost fp·fp_cost + fn·fn_cost of the decisions, in the unit of the costs.",
     .example = "SELECT cost_at(column1, column2, 0.5, 1, 5)" ON_THREE},
    {.name = "confusion_at",
     AT,
     MLM_OF_CONFUSION2_FULL(confusion),
     .result = RESULT_JSON,
     .summary = "JSON {\"tp\":…,\"fp\":…,\"tn\":…,\"fn\":…}, INTEGERs unless weights are given.",
     .example = "SELECT confusion_at(column1, column2, 0.5)" ON_THREE},
    {.name = "npv_at",
     AT,
     MLM_OF_CONFUSION2(npv),
     .interval = &mlm_share_of_rejected_interval,
     .summary =
         "tn/(tn+fn): the share of the predicted negatives that are negative (negative predictive value); "
         "NULL if none is predicted.",
     .example = "SELECT npv_at(column1, column2, 0.5)" ON_THREE},
    {.name = "fpr_at",
     AT,
     MLM_OF_CONFUSION2(mlm_fpr),
     .interval = &mlm_share_of_negatives_interval,
     .summary =
         "fp/(fp+tn): the share of the negatives that are false alarms (false positive rate, fall-out, "
         "1 - specificity); NULL if there are none.",
     .example = "SELECT fpr_at(column1, column2, 0.5)" ON_THREE},
    {.name = "fnr_at",
     AT,
     MLM_OF_CONFUSION2(mlm_fnr),
     .interval = &mlm_share_of_positives_interval,
     .summary = "fn/(fn+tp): the share of the positives that are missed (false negative rate, miss rate, "
                "1 - recall); NULL if there are none.",
     .example = "SELECT fnr_at(column1, column2, 0.5)" ON_THREE},
    {.name = "selection_rate_at",
     AT,
     MLM_OF_CONFUSION2(selection_rate),
     .interval = &mlm_share_of_table_interval,
     .summary = "(tp+fp)/rows: the share of rows that are predicted positive. Of each group, it is a measure "
                "of fairness.",
     .example = "SELECT selection_rate_at(column1, column2, 0.5)" ON_THREE},
    {.name = "positive_likelihood_ratio_at",
     AT,
     MLM_OF_CONFUSION2(positive_likelihood_ratio),
     .interval = &mlm_percentile_interval,
     .summary =
         "Recall / false positive rate: the factor by which a predicted positive raises the odds; Infinity "
         "if there is no false alarm, NULL if a class is missing or none is predicted positive.",
     .example = "SELECT positive_likelihood_ratio_at(column1, column2, 0.5)" ON_THREE},
    {.name = "negative_likelihood_ratio_at",
     AT,
     MLM_OF_CONFUSION2(negative_likelihood_ratio),
     .interval = &mlm_percentile_interval,
     .summary =
         "False negative rate / specificity: the factor by which a predicted negative lowers the odds; "
         "Infinity if specificity is 0, NULL if a class is missing or none is predicted negative.",
     .example = "SELECT negative_likelihood_ratio_at(column1, column2, 0.5)" ON_THREE},
    {.name = "net_benefit_at",
     .args = {ARG_PROB, ARG_LABEL, ARG_PROB_CUTOFF, ARG_WEIGHT},
     .required = 3,
     .state_name = "net_benefit",
     .term = net_benefit,
     MLM_OF_MEAN(mean),
     .interval = &mlm_t_interval,
     .most = 1,
     .least = net_benefit_of_false_alarms,
     .summary =
         "tp/rows - fp/rows · cutoff/(1 - cutoff): the net benefit of decision curve analysis, in true "
         "positives for each row; the cutoff is a probability below 1.",
     .example = "SELECT net_benefit_at(column1, column2, 0.5)" ON_THREE},
    {0},
};

const Metric *mlm_threshold_metric(const char *name, size_t n) {
  for (const Metric *m = metrics; m->name; m++)
    if (strlen(m->name) == n + 3 && memcmp(m->name, name, n) == 0) return m; /* without "_at" */
  return NULL;
}

const Family mlm_threshold = {.name = "decisions", .metrics = metrics};
