/* Tests of counts: chi-squared, McNemar, binomial; and of probabilities: Hosmer and Lemeshow, Spiegelhalter.
 */
#include "metrics/hypothesis_tests.h"

#include "metrics/binned_curves.h"
#include "metrics/intervals.h"
#include "metrics/proportion_interval.h"

/* ---- chi-squared ---- */

typedef struct Margins {
  double total, least[2]; /* the least total of a row and of a column */
  size_t classes[2];      /* how many have rows: predicted, labelled */
} Margins;

static void add_margin(Margins *margins, int side, const WeightSum *rows) {
  double n = mlm_weight_sum_value(rows);
  if (!(n > 0)) return;
  if (margins->classes[side]++ == 0 || n < margins->least[side]) margins->least[side] = n;
}

static Margins margins_of(const ConfusionMatrix *matrix) {
  Margins margins = {.total = mlm_confusion_matrix_total(matrix)};
  ClassTotals totals;
  uint64_t cursor = 0;
  while (mlm_confusion_matrix_next_class(matrix, &cursor, &totals)) {
    add_margin(&margins, 0, totals.predicted);
    add_margin(&margins, 1, totals.labelled);
  }
  return margins;
}

/* The count of a pair that independence would give, from the totals of its classes. */
static double expected_of(double a, double b, double total) {
  double product = a * b;
  if (product > 0x1p-900 && product < INFINITY) return product / total;
  return a < b ? b / total * a : a / total * b;
}

/* Σ (observed - expected)² / expected. Pairs that do not occur add their expected counts: together, all rows
 * less the expected counts of the pairs that occur, which may be nearly as many: that difference is exact. */
static Status sum_chi2(const ConfusionMatrix *matrix, const Margins *margins, double *statistic,
                       const Host *host) {
  ExactSum sum = {0}, total = {0};
  ProductSum rest = {0}; /* times the total */
  PairTotal pair;
  uint64_t cursor = 0, pairs = 0;
  mlm_confusion_matrix_add_total(&total, matrix);
  mlm_product_add_sums(&rest, &total, &total, 1);
  while (mlm_confusion_matrix_next_pair(matrix, &cursor, &pair)) {
    ClassTotals a, b;
    mlm_confusion_matrix_class(matrix, pair.pred, &a);
    mlm_confusion_matrix_class(matrix, pair.label, &b);
    ExactSum observed = {0};
    ProductSum gap = {0}; /* times the total: observed·total - a·b */
    mlm_sum_add_weight_sum(&observed, pair.rows, 1);
    mlm_product_add_sums(&gap, &observed, &total, 1);
    mlm_product_add_weight_sums(&gap, a.predicted, b.labelled, -1);
    double off = mlm_product_ratio(&gap, &total),
           expected = expected_of(mlm_weight_sum_value(a.predicted), mlm_weight_sum_value(b.labelled),
                                  margins->total);
    mlm_sum_add(&sum, off / expected * off, 1);
    mlm_product_add_weight_sums(&rest, a.predicted, b.labelled, -1);
    if (mlm_interrupted_at(pairs++, host)) return MLM_INTERRUPTED;
  }
  mlm_sum_add(&sum, mlm_product_ratio(&rest, &total), 1);
  *statistic = mlm_sum_round(&sum);
  return MLM_OK;
}

/* The root of the statistic's share of the largest that there is; NaN where that is 0 or beyond doubles. */
static double cramers_v(double statistic, double total, double less) {
  double v = sqrt(statistic / total / less);
  if (!(v < INFINITY)) return NAN;
  return v < 1 ? v : 1;
}

/* Why the test may not be of the classes that were meant; NULL: nothing looks so. */
static const char *note_of_margins(const ConfusionMatrix *matrix, const Margins *margins) {
  if (margins->classes[0] == 1) return "only one class of a occurs";
  if (margins->classes[1] == 1) return "only one class of b occurs";
  if (mlm_confusion_matrix_has_values(matrix, 0))
    return "a holds numbers that hardly repeat, rather than classes";
  if (mlm_confusion_matrix_has_values(matrix, 1))
    return "b holds numbers that hardly repeat, rather than classes";
  return NULL;
}

Status mlm_chi2_test(const ConfusionMatrix *matrix, const Eval *in, Result *out) {
  Margins margins = margins_of(matrix);
  if (!(margins.total > 0)) return MLM_OK; /* unreachable: a state without rows, of which no value is asked */
  double rows = (double)(margins.classes[0] - 1), columns = (double)(margins.classes[1] - 1);
  double df = rows * columns, less = rows < columns ? rows : columns, statistic;
  /* All but df and cramers_v grow with the weights: they are of rows only where the weights count rows. */
  bool counted = mlm_confusion_matrix_state.integral(matrix);
  Status status = sum_chi2(matrix, &margins, &statistic, in->host);
  if (status) return status;
  double p_value = df > 0 ? mlm_chi2_sf(statistic, df) : 1;
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_test_begin(json, counted ? statistic : NAN, counted ? p_value : NAN, "pearson");
  mlm_json_count(json, "df", df, true);
  mlm_json_number(json, "cramers_v", cramers_v(statistic, margins.total, less));
  mlm_json_number(json, "smallest_expected",
                  counted ? margins.least[0] * margins.least[1] / margins.total : NAN);
  if (counted) {
    mlm_json_integer(json, "rows", mlm_confusion_matrix_rows(matrix));
  } else {
    mlm_json_number(json, "rows", NAN);
  }
  const char *note = counted ? note_of_margins(matrix, &margins) : MLM_NOTE_FRACTIONAL;
  if (note) mlm_json_text(json, "note", note);
  mlm_str_put(json, "}");
  return MLM_OK;
}

/* ---- McNemar ---- */

typedef struct Ends {
  double low, high;
} Ends;

/* Newcombe's phi, the correlation of the pairs: corrected towards 0 by n/2 where it is positive, 0 where
 * undefined. */
static double newcombe_phi(double both, double a, double b, double none, double n) {
  double margins = (both + a) * (b + none) * ((both + b) * (a + none)), top = both * none - a * b;
  if (margins == 0) return 0;
  if (top > 0) top = top > n / 2 ? top - n / 2 : 0;
  return top / sqrt(margins);
}

static double reach(double near, double far, double phi) {
  double square = near * near - 2 * phi * near * far + far * far;
  return square > 0 ? sqrt(square) : 0;
}

/* Newcombe's square-and-add interval of paired proportions (1998, method 10). */
static Ends newcombe(double both, double a, double b, double none) {
  double n = both + a + b + none, p1 = (both + a) / n, p2 = (both + b) / n, difference = (a - b) / n;
  double phi = newcombe_phi(both, a, b, none, n);
  Ends one, two;
  mlm_wilson(both + a, n, MLM_TAIL95, &one.low, &one.high);
  mlm_wilson(both + b, n, MLM_TAIL95, &two.low, &two.high);
  return (Ends){difference - reach(p1 - one.low, two.high - p2, phi),
                difference + reach(one.high - p1, p2 - two.low, phi)};
}

/* Whether a class beside another that is 0 or 1 looks like a score: within (0,1). 0.5 may be a class, the
 * grade one half. */
static bool is_score(const Class *pred, const Class *other) {
  bool binary = other->type == CLASS_INTEGER && (other->integer == 0 || other->integer == 1);
  return binary && pred->type == CLASS_REAL && pred->real > 0 && pred->real < 1 && pred->real != 0.5;
}

const char *mlm_mcnemar_check(const Row *row, int *arg) {
  const Class *label = &row->target_class;
  bool a = is_score(&row->pred_class, label);
  *arg = a ? 0 : 1;
  if (is_score(label, &row->pred_class) && is_score(label, &row->other_class)) {
    *arg = 2;
    return "a class, not a score (the label is argument 3, behind two predictions)";
  }
  if (!a && !is_score(&row->other_class, label)) return NULL;
  return a ? "a class such as to_number(score_a) >= 0.5, not a score"
           : "a class such as to_number(score_b) >= 0.5, not a score";
}

#define NEVER_RIGHT(x, place)                                                                                \
  "pred_" x " is never right; is argument " place " the column of its predictions, and are its classes "     \
  "written as the labels are?"

/* A column that was not meant, such as a misspelt name in double quotes, which SQLite takes for a text, is
 * never right, nor is one of 'yes' and 'no' beside 1 and 0. A row of these may be right to differ, as answers
 * of all kinds do, so it is no error. NULL: there is no such column. */
static const char *note_of_hits(double both, double only_a, double only_b) {
  if (both + only_a + only_b == 0)
    return "no prediction is right; is argument 3 the label, and are its classes written as the predictions "
           "are?";
  if (both + only_a == 0) return NEVER_RIGHT("a", "1");
  return both + only_b == 0 ? NEVER_RIGHT("b", "2") : NULL;
}

Status mlm_mcnemar_test(const Confusion2 *t, bool integral, const Eval *in, Result *out) {
  double both = mlm_confusion2_weight(t, t->tp), a = mlm_confusion2_weight(t, t->fp),
         b = mlm_confusion2_weight(t, t->fn), none = mlm_confusion2_weight(t, t->tn);
  double n = a + b, less = a < b ? a : b, gap = fabs(a - b) > 1 ? fabs(a - b) - 1 : 0;
  double tail = mlm_binomial_cdf(less, n, 0.5), p = n == 0 || a == b ? 1 : 2 * tail;
  double mid_p = n == 0 || a == b ? 1 : 2 * tail - mlm_binomial_pmf(less, n, 0.5);
  Ends ends = newcombe(both, a, b, none);
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_test_begin(json, n > 0 ? gap * gap / n : NAN, p < 1 ? p : 1, "exact");
  mlm_json_number(json, "mid_p", mid_p);
  mlm_json_count(json, "both_right", both, integral);
  mlm_json_count(json, "only_a_right", a, integral);
  mlm_json_count(json, "only_b_right", b, integral);
  mlm_json_count(json, "both_wrong", none, integral);
  mlm_json_number(json, "difference", (a - b) / (both + a + b + none));
  mlm_json_number(json, "low", ends.low);
  mlm_json_number(json, "high", ends.high);
  const char *note = note_of_hits(both, a, b);
  if (note) mlm_json_text(json, "note", note);
  mlm_str_put(json, "}");
  return MLM_OK;
}

/* ---- binomial ---- */

/* Outcomes up to this factor likelier than the one seen count as equally likely, so that rounding does not
 * tell them apart; as in R and scipy. */
#define ALIKE (1 + 1e-7)

/* Where pmf rises, from 0 to the mode: how many outcomes there have pmf <= most. Where it falls: the least
 * outcome from the mode on that has. */
static double count_unlikely(double mode, double n, double p, double most) {
  double low = 0, end = mode;
  while (low < end) {
    double middle = low + (double)(int64_t)((end - low) / 2);
    if (mlm_binomial_pmf(middle, n, p) <= most)
      low = middle + 1;
    else
      end = middle;
  }
  return end;
}

static double first_unlikely(double mode, double n, double p, double most) {
  double low = mode, end = n + 1;
  while (low < end) {
    double middle = low + (double)(int64_t)((end - low) / 2);
    if (mlm_binomial_pmf(middle, n, p) <= most)
      end = middle;
    else
      low = middle + 1;
  }
  return end;
}

/* The chance of all outcomes that are no likelier than k. */
static double two_sided(double k, double n, double p) {
  double most = mlm_binomial_pmf(k, n, p) * ALIKE, place = (n + 1) * p;
  double mode = place < n ? (double)(int64_t)place : n;
  if (mlm_binomial_pmf(mode, n, p) <= most) return 1;
  double below = k < mode ? k + 1 : count_unlikely(mode, n, p, most);
  double above = k > mode ? k : first_unlikely(mode, n, p, most);
  /* Below 1: at least the mode is left out. Its chance, above 1e-9, exceeds the error of both terms, 1e-14.
   */
  return mlm_binomial_cdf(below - 1, n, p) + mlm_binomial_sf(above - 1, n, p);
}

Status mlm_binomial_test(const Row *row, const Eval *in, Result *out) {
  double k = row->x[0], n = row->x[1], p = in->params->number[0];
  if (k > n || n == 0) return MLM_OK;
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_test_begin(json, k / n, two_sided(k, n, p), "exact");
  mlm_str_put(json, "}");
  return MLM_OK;
}

/* ---- Hosmer and Lemeshow ---- */

typedef struct GroupOfRows {
  uint64_t number, rows, positives; /* number 0: none yet */
  ExactSum gap, expected;           /* Σ (prob - label), Σ prob */
} GroupOfRows;

/* (observed - expected)² / expected of a group, summed over positives and negatives. */
static double close_group(const GroupOfRows *group) {
  ExactSum others = {0};
  double off = mlm_sum_round(&group->gap), expected = mlm_sum_round(&group->expected);
  if (group->number == 0 || off == 0) return 0;
  mlm_sum_add_integer(&others, (int64_t)group->rows);
  mlm_sum_add_sum(&others, &group->expected, -1);
  return off / expected * off + off / mlm_sum_round(&others) * off;
}

Status mlm_hosmer_lemeshow_test(const Scores *scores, const Eval *in, Result *out) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (!all.integral) return MLM_OK;
  uint64_t n = (uint64_t)(all.pos_count + all.neg_count), wanted = (uint64_t)in->params->number[0];
  bool fitted = in->params->number[1] == 1;
  GroupOfRows group = {0};
  double statistic = 0, groups = 0;
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) {
    uint64_t here = (uint64_t)(walk.pos_count + walk.neg_count);
    uint64_t number = mlm_quantile_group((uint64_t)(walk.tp_count + walk.fp_count) - here, n, wanted);
    if (number != group.number) {
      statistic += close_group(&group);
      group = (GroupOfRows){.number = number};
      groups++;
    }
    group.rows += here;
    mlm_sum_add_times(&group.expected, walk.score, here, 1);
    mlm_sum_add_times(&group.gap, walk.score, here, 1);
    mlm_sum_add_integer(&group.gap, -walk.pos_count);
  }
  statistic += close_group(&group);
  double df = groups - (fitted ? 2 : 0);
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_test_begin(json, statistic, df > 0 ? mlm_chi2_sf(statistic, df) : NAN, fitted ? "fitted" : "heldout");
  mlm_json_count(json, "df", df, true);
  mlm_json_integer(json, "groups", (int64_t)groups);
  mlm_json_integer(json, "rows", (int64_t)n);
  mlm_str_put(json, "}");
  return MLM_OK;
}

/* ---- Spiegelhalter ---- */

/* z = Σ (y-p)(1-2p) / √(Σ (1-2p)² p(1-p)): the Brier score less its mean, over its standard deviation, both
 * for labels drawn from the probabilities. */
Status mlm_spiegelhalter_test(const Scores *scores, const Eval *in, Result *out) {
  ScoreTotals all = mlm_scores_totals(scores);
  ProductSum top = {0}, variance = {0};
  ScoreWalk walk;
  if (!all.integral) return MLM_OK;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) {
    double p = walk.score, tilt = 1 - 2 * p;
    mlm_product_add_times(&top, 1 - p, tilt, (uint64_t)walk.pos_count, 1);
    mlm_product_add_times(&top, p, tilt, (uint64_t)walk.neg_count, -1);
    mlm_product_add_times(&variance, tilt * tilt, p * (1 - p), (uint64_t)(walk.pos_count + walk.neg_count),
                          1);
  }
  double z = mlm_product_round(&top) / sqrt(mlm_product_round(&variance));
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_test_begin(json, z, 2 * mlm_normal_sf(fabs(z)), "spiegelhalter");
  mlm_json_integer(json, "rows", all.pos_count + all.neg_count);
  mlm_str_put(json, "}");
  return MLM_OK;
}
