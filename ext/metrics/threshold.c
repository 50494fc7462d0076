/* Confusion2Counts at one cutoff: formulas of the 2x2 table of (score >= cutoff, label). 0/0 is NaN, which
 * SQL sees as NULL. */
#include "metrics/threshold.h"

double mlm_precision(const Confusion2 *t, const double *param) { return t->tp / (t->tp + t->fp); }
double mlm_recall(const Confusion2 *t, const double *param) { return t->tp / (t->tp + t->fn); }
double mlm_specificity(const Confusion2 *t, const double *param) { return t->tn / (t->tn + t->fp); }
double mlm_fpr(const Confusion2 *t, const double *param) { return t->fp / (t->fp + t->tn); }
double mlm_f1(const Confusion2 *t, const double *param) { return 2 * t->tp / (2 * t->tp + t->fp + t->fn); }

static double all(const Confusion2 *t) { return t->tp + t->fp + t->tn + t->fn; }

double mlm_accuracy(const Confusion2 *t, const double *param) { return (t->tp + t->tn) / all(t); }
static double error_rate(const Confusion2 *t, const double *param) { return (t->fp + t->fn) / all(t); }

double mlm_balanced_accuracy(const Confusion2 *t, const double *param) {
  return (mlm_recall(t, param) + mlm_specificity(t, param)) / 2;
}

double mlm_youden(const Confusion2 *t, const double *param) {
  return mlm_recall(t, param) + mlm_specificity(t, param) - 1;
}

/* The geometric mean of two ratios that lie within -1 and 1, so that it does too, and is exactly these where
 * all decisions are right, or all wrong. The cells are brought near 1 first: the coefficient does not change,
 * their products do not overflow. Where these vanish, a class is missing or cells are 2^900 apart: then the
 * ratios are differences of shares, cov/((tp+fp)(tn+fn)) = tp/(tp+fp) - fn/(tn+fn) and likewise. */
double mlm_mcc(const Confusion2 *t, const double *param) {
  double scale = mlm_double_from_bits((2046 - (mlm_double_bits(all(t)) >> 52))
                                      << 52); /* one over the power of two in it */
  double tp = t->tp * scale, fp = t->fp * scale, tn = t->tn * scale, fn = t->fn * scale;
  double cov = mlm_diff_of_products(tp, tn, fp, fn);
  double a = (tp + fp) * (tn + fn), b = (tp + fn) * (tn + fp);
  bool apart = (a < b ? a : b) < 0x1p-900;
  double one = apart ? mlm_precision(t, param) - t->fn / (t->tn + t->fn) : cov / a;
  double other = apart ? mlm_recall(t, param) - mlm_fpr(t, param) : cov / b;
  double root = sqrt(fabs(one)) * sqrt(fabs(other));
  return one < 0 ? -root : root;
}

/* (1+β²)tp / ((1+β²)tp + β²fn + fp); where 1+β² is β² or 1 by far, β² is not formed: it could overflow or be
 * lost. Cells are brought to where their products with β² stay finite and lose nothing. */
static double fbeta(const Confusion2 *t, const double *param) {
  double beta = param[0], square = beta * beta, most = t->tp + t->fp + t->fn;
  if (t->tp == 0 && most > 0) return 0; /* whatever β is */
  double scale = most > 0x1p500 ? 0x1p-500 : most < 0x1p-500 ? 0x1p500 : 1;
  double tp = t->tp * scale, fp = t->fp * scale, fn = t->fn * scale;
  if (square > 0x1p500) return tp / (tp + fn + fp / beta / beta);
  if (square < 0x1p-500) return tp / (tp + fp + fn * beta * beta);
  return (1 + square) * tp / ((1 + square) * tp + square * fn + fp);
}

static double cost(const Confusion2 *t, const double *param) {
  return mlm_confusion2_weight(t, t->fp * param[0] + t->fn * param[1]);
}
static double dot(const Confusion2 *t, const double *param) { return mlm_confusion2_weight(t, t->tp); }

static void confusion(const Confusion2 *t, const double *param, bool integral, StrBuf *out) {
  const double cell[] = {t->tp, t->fp, t->tn, t->fn};
  static const char *const name[] = {"tp", "fp", "tn", "fn"};
  mlm_str_put(out, "{");
  for (int i = 0; i < 4; i++) {
    mlm_str_key(out, name[i]);
    mlm_str_count(out, mlm_confusion2_weight(t, cell[i]), integral);
  }
  mlm_str_put(out, "}");
}

#define AT                                                                                                   \
  .args = {ARG_SCORE, ARG_LABEL, ARG_CUTOFF, ARG_WEIGHT}, .required = 3, .state = &mlm_confusion2_state
#define ON_THREE " FROM (VALUES (0.9, 1), (0.6, 0), (0.4, 1))"

static const Metric metrics[] = {
    {.name = "f1_at",
     AT,
     .formula.confusion = mlm_f1,
     .search = SEARCH_HIGHEST,
     .summary =
         "F1 = 2tp/(2tp+fp+fn) of the decision score >= cutoff (threshold); NULL only where all three are 0.",
     .example = "SELECT f1_at(column1, column2, 0.5)" ON_THREE},
    {.name = "precision_at",
     AT,
     .formula.confusion = mlm_precision,
     .summary = "tp/(tp+fp): how many of the predicted positives are positive (positive predictive value); "
                "NULL where none is predicted.",
     .example = "SELECT precision_at(column1, column2, 0.5)" ON_THREE},
    {.name = "recall_at",
     AT,
     .formula.confusion = mlm_recall,
     .summary = "tp/(tp+fn): how many of the positives are found (sensitivity, true positive rate); NULL "
                "where there are none.",
     .example = "SELECT recall_at(column1, column2, 0.5)" ON_THREE},
    {.name = "specificity_at",
     AT,
     .formula.confusion = mlm_specificity,
     .summary = "tn/(tn+fp): how many of the negatives are left alone (true negative rate, 1 - fpr); NULL "
                "where there are none.",
     .example = "SELECT specificity_at(column1, column2, 0.5)" ON_THREE},
    {.name = "accuracy_at",
     AT,
     .formula.confusion = mlm_accuracy,
     .search = SEARCH_HIGHEST,
     .summary = "(tp+tn)/rows: the share of right decisions.",
     .example = "SELECT accuracy_at(column1, column2, 0.5)" ON_THREE},
    {.name = "error_rate_at",
     AT,
     .formula.confusion = error_rate,
     .search = SEARCH_LOWEST,
     .summary = "(fp+fn)/rows: the share of wrong decisions.",
     .example = "SELECT error_rate_at(column1, column2, 0.5)" ON_THREE},
    {.name = "balanced_accuracy_at",
     AT,
     .formula.confusion = mlm_balanced_accuracy,
     .search = SEARCH_HIGHEST,
     .summary = "(recall + specificity)/2; NULL where a class is missing.",
     .example = "SELECT balanced_accuracy_at(column1, column2, 0.5)" ON_THREE},
    {.name = "mcc_at",
     AT,
     .formula.confusion = mlm_mcc,
     .search = SEARCH_HIGHEST_SCAN,
     .summary =
         "Matthews correlation coefficient, -1 to 1; NULL where a class is missing or never predicted.",
     .example = "SELECT mcc_at(column1, column2, 0.5)" ON_THREE},
    {.name = "youden_at",
     AT,
     .formula.confusion = mlm_youden,
     .search = SEARCH_HIGHEST,
     .summary = "Youden's J = recall + specificity - 1; NULL where a class is missing.",
     .example = "SELECT youden_at(column1, column2, 0.5)" ON_THREE},
    {.name = "dot_at",
     AT,
     .formula.confusion = dot,
     .search = SEARCH_HIGHEST,
     .result = RESULT_COUNT,
     .summary = "Sum of label times decision: the true positives, an INTEGER unless there are weights.",
     .example = "SELECT dot_at(column1, column2, 0.5)" ON_THREE},
    {.name = "fbeta_at",
     .args = {ARG_SCORE, ARG_LABEL, ARG_CUTOFF, ARG_BETA, ARG_WEIGHT},
     .required = 4,
     .state = &mlm_confusion2_state,
     .formula.confusion = fbeta,
     .search = SEARCH_HIGHEST_SCAN,
     .summary = "F-beta: recall counts beta times as much as precision; NULL only where tp, fp and fn are 0.",
     .example = "SELECT fbeta_at(column1, column2, 0.5, 2)" ON_THREE},
    {.name = "cost_at",
     .args = {ARG_SCORE, ARG_LABEL, ARG_CUTOFF, ARG_FP_COST, ARG_FN_COST, ARG_WEIGHT},
     .required = 5,
     .state = &mlm_confusion2_state,
     .formula.confusion = cost,
     .search = SEARCH_LOWEST,
     .summary = "Total cost fp·fp_cost + fn·fn_cost of the decisions, in the unit of the costs.",
     .example = "SELECT cost_at(column1, column2, 0.5, 1, 5)" ON_THREE},
    {.name = "confusion_at",
     AT,
     .formula.confusion_text = confusion,
     .result = RESULT_JSON,
     .summary = "JSON {\"tp\":…,\"fp\":…,\"tn\":…,\"fn\":…}, INTEGERs unless there are weights.",
     .example = "SELECT confusion_at(column1, column2, 0.5)" ON_THREE},
    {0},
};

const Metric *mlm_threshold_metric(const char *name, size_t n) {
  for (const Metric *m = metrics; m->name; m++)
    if (strlen(m->name) == n + 3 && memcmp(m->name, name, n) == 0) return m; /* without "_at" */
  return NULL;
}

const Family mlm_threshold = {.name = "decisions", .metrics = metrics};
