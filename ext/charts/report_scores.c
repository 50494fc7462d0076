/* The report of scores and labels: report_html. */
#include "base/input_problem.h"
#include "base/number_print.h"
#include "charts/legend.h"
#include "charts/report_table.h"
#include "charts/reports.h"
#include "charts/score_charts.h"
#include "math/distributions.h"
#include "metrics/ranking.h"
#include "metrics/threshold.h"

/* Rows of a series up to which the interval of the slope is computed, which needs a fit for each sample; with
 * more rows a slope that differs from 1 by 0.1 is clearly not 1. */
enum { SLOPE_ROWS = 2000 };
/* A difference of means that is worth a word. */
#define CLEAR 0.005

static const ReportMetric columns[] = {
    {"ROC AUC", "roc_auc", 1},
    {"Average precision", "average_precision", 1},
    {"KS", "ks", 1},
    {"Log loss", "log_loss", -1},
    {"Brier score", "brier", -1},
    {"Calibration error (ECE)", "ece", -1},
};
static const char *const counts[] = {"Rows", "Positives", NULL};

/* Computes what the table, the cutoffs and the notes say about one series. */
static void fill_row(const Page *page, ScoreCurves *one, ReportTable *table, int row, bool *many) {
  StrBuf json = mlm_score_json(page->memory, "evaluate_binary", one->scores);
  table->series[row] = one->name;
  const double unit = power_of_two(one->exponent);
  table->count[row][0] = one->rows * unit;
  table->count[row][1] = one->positives * unit;
  const double level = mlm_report_level(one->rows, mlm_scores_totals(one->scores).integral, many);
  for (int i = 0; i < table->n_metrics; i++) {
    const char *name = table->metrics[i].metric;
    Value *value = &table->value[row][i];
    *value = (Value){mlm_number_in_json(&json, name), NAN, NAN, NULL};
    if (value->value == value->value && level > 0) {
      Value interval = mlm_score_value(page->memory, name, one->scores, level);
      value->low = interval.low;
      value->high = interval.high;
    }
  }
  one->roc_auc = mlm_number_in_json(&json, "roc_auc");
  one->average_precision = mlm_number_in_json(&json, "average_precision");
  one->ece = mlm_number_in_json(&json, "ece");
  one->valued = mlm_best_cutoff_for(page->memory, "f1", one->scores, &one->best_f1);
  page->memory->host->free(json.bytes);
}

/* ---- cutoffs ---- */

static void cutoff_row(const Page *page, const char *series, const char *why, double cutoff,
                       const Confusion2 *t) {
  double predicted = mlm_confusion2_weight(t, t->tp + t->fp);
  mlm_row_begin(page, series);
  mlm_cell(page, why);
  mlm_cell_short(page, cutoff);
  mlm_cell_number(page, predicted);
  mlm_cell_fixed(page, mlm_precision(t, NULL), 3);
  mlm_cell_fixed(page, mlm_recall(t, NULL), 3);
  mlm_cell_fixed(page, mlm_specificity(t, NULL), 3);
  mlm_cell_fixed(page, mlm_accuracy(t, NULL), 3);
  mlm_cell_fixed(page, mlm_f1(t, NULL), 3);
  mlm_row_end(page);
}

/* Where the condition holds at no cutoff. */
static void no_cutoff_row(const Page *page, const char *series, const char *why) {
  mlm_row_begin(page, series);
  mlm_cell(page, why);
  mlm_cell(page, "none reaches it");
  for (int i = 0; i < 6; i++) mlm_cell_fixed(page, NAN, 3);
  mlm_row_end(page);
}

/* The 2x2 table at the cutoff 0.5. */
static Confusion2 at_half(const Scores *scores) {
  ScoreWalk walk;
  Confusion2 at;
  mlm_walk_down(&walk, scores);
  while (mlm_walk_ahead(&walk) >= 0.5 && mlm_walk_next(&walk)) continue;
  mlm_walk_confusion2(&walk, &at);
  return at;
}

static void put_cutoffs(const Page *page, const ScoreSeries *series) {
  static const struct {
    const char *why, *objective;
  } chosen[] = {
      {"best F1", "f1"}, {"best Youden index", "youden"}, {"precision \xe2\x89\xa5 0.9", "precision>=0.9"}};
  static const char *const headings[] = {"Model",     "Cutoff for", "Cutoff",      "Predicted positive",
                                         "Precision", "Recall",     "Specificity", "Accuracy",
                                         "F1",        NULL};
  mlm_page_heading(page, "At chosen cutoffs");
  mlm_page_paragraph(page, "A row is predicted positive if its score is the cutoff or more.");
  mlm_table_begin(page, "", headings, true);
  for (int i = 0; i < series->n; i++) {
    const ScoreCurves *one = &series->each[i];
    if (one->probabilities) {
      Confusion2 t = at_half(one->scores);
      cutoff_row(page, one->name, "0.5", 0.5, &t);
    }
    for (size_t k = 0; k < sizeof chosen / sizeof *chosen; k++) {
      BestCutoff best = one->best_f1;
      bool found =
          k == 0 ? one->valued : mlm_best_cutoff_for(page->memory, chosen[k].objective, one->scores, &best);
      if (found && best.confusion.tp + best.confusion.fp > 0)
        cutoff_row(page, one->name, chosen[k].why, best.cutoff, &best.confusion);
      else if (k == 2)
        no_cutoff_row(page, one->name, chosen[k].why);
    }
  }
  mlm_table_end(page);
}

/* ---- calibration ---- */

static void put_calibration(const Page *page, const ScoreSeries *series) {
  static const char *const headings[] = {"Model",      "Scores", "Rows", "Mean score", "Share of positives",
                                         "Difference", NULL};
  mlm_page_heading(page, "Calibration");
  mlm_table_begin(page, "Ten bins of equal width", headings, true);
  for (int i = 0; i < series->n; i++) {
    const ScoreCurves *one = &series->each[i];
    for (int b = 0; b < MLM_CALIBRATION_BINS && one->probabilities; b++) {
      const ScoreBin *bin = &one->calibration[b];
      double rows = bin->weight[0] + bin->weight[1], mean = bin->score / rows, share = bin->weight[1] / rows;
      if (!(rows > 0)) continue;
      mlm_row_begin(page, one->name);
      StrBuf range = mlm_chart_buffer(page->memory);
      mlm_put_fixed(&range, b / 10.0, 1);
      mlm_str_put(&range, " to ");
      mlm_put_fixed(&range, (b + 1) / 10.0, 1);
      mlm_cell(page, mlm_chart_keep(page->memory, &range));
      mlm_cell_number(page, rows * power_of_two(one->exponent));
      mlm_cell_fixed(page, mean, 3);
      mlm_cell_fixed(page, share, 3);
      mlm_cell_fixed(page, share - mean, 3);
      mlm_row_end(page);
    }
  }
  mlm_table_end(page);
}

/* ---- what to look at ---- */

/* Notes that probabilities are miscalibrated. Spiegelhalter's test hardly weighs rows with scores near 0.5,
 * so the mean score is compared with the share of positives as well. */
static int note_probabilities(const Page *page, const ScoreCurves *one) {
  double p = 2 * mlm_normal_sf(fabs(one->spiegelhalter_z)), p_of_bias = 2 * mlm_normal_sf(fabs(one->bias_z));
  double mean = 0, share = one->positives / one->rows;
  for (int b = 0; b < MLM_CALIBRATION_BINS; b++) mean += one->calibration[b].score / one->rows;
  const bool high = p_of_bias < 0.01 && mean - share > CLEAR, low = p_of_bias < 0.01 && mean - share < -CLEAR;
  if (!(p < 0.01) && !high && !low) return 0;
  mlm_item_begin(page, one->name,
                 p < 0.01 ? "the scores are miscalibrated: Spiegelhalter's test gives p " : "");
  if (p < 0.01) {
    mlm_str_put(page->out, p < 0.001 ? "&lt; 0.001" : "= ");
    if (!(p < 0.001)) mlm_put_fixed(page->out, p, 3);
    mlm_str_put(page->out, ". ");
  }
  mlm_str_put(page->out, p < 0.01 ? "The mean score is " : "the mean score is ");
  mlm_put_fixed(page->out, mean, 3);
  mlm_str_put(page->out, ", the share of positives ");
  mlm_put_fixed(page->out, share, 3);
  mlm_str_put(page->out, high  ? ": on average the scores are too high."
                         : low ? ": on average the scores are too low."
                               : "; the calibration chart shows where they part.");
  mlm_item_end(page);
  return 1;
}

/* Notes that the scores, taken as probabilities, are too low, too high, too extreme, or upside down. */
static int note_calibration(const Page *page, const ScoreCurves *one) {
  if (!one->probabilities) return 0;
  const int n = note_probabilities(page, one);
  if (one->rows > MLM_INTERVAL_ROWS) return n;
  const bool few = one->rows <= SLOPE_ROWS;
  const Value slope = mlm_score_value(page->memory, "calibration_slope", one->scores, few ? 0.95 : 0);
  const double low = few ? slope.low : slope.value - 0.1, high = few ? slope.high : slope.value + 0.1;
  if (!(low > 1 || high < 1)) return n;
  return n
         + mlm_note(page, one->name, "the calibration slope is ", slope.value, 3,
                    high < 0   ? ", below 0: the higher the score, the fewer the positives."
                    : high < 1 ? ", clearly below 1: the scores are too extreme."
                               : ", clearly above 1: the scores are too moderate.");
}

/* A sample of few rows has an AUC below 0.5 by chance, too: the labels are doubted only where its interval
 * ends below 0.5, or where there is none. */
static int note_auc(const Page *page, const ScoreCurves *one, Value auc) {
  if (auc.value < 0.5 && !(auc.high >= 0.5))
    return mlm_note(page, one->name, "the ROC AUC is ", auc.value, 3,
                    ", worse than chance: are the labels inverted?");
  if (auc.low <= 0.5)
    return mlm_note(page, one->name, "the ROC AUC is ", auc.value, 3,
                    ", and its interval includes 0.5: it may be no better than chance.");
  return 0;
}

static int note_ties(const Page *page, const ScoreCurves *one, bool integral) {
  if (one->rows < 100 || (double)one->distinct >= one->rows / 10) return 0;
  if (one->distinct == 1)
    return mlm_note_text(page, one->name, "all rows have the same score, so no cutoff tells them apart.");
  if (!integral) return 0;
  return mlm_note(page, one->name, "many rows share a score: there are only ", (double)one->distinct, 0,
                  " different ones, so cutoffs move many rows at once.");
}

/* Six digits are enough, but for a score so little above 1 that they would show 1. */
static void put_example(StrBuf *out, double x) {
  const bool is_near_1 = fabs(x - 1) < 1e-5;
  char digits[MLM_NUMBER_BYTES];
  if (fabs(x) < 1e15 && x == (double)(int64_t)x)
    mlm_str_add(out, digits, mlm_print_integer((int64_t)x, digits));
  else if (fabs(x) < INFINITY)
    mlm_str_add(out, digits, is_near_1 ? mlm_print_shortest(x, digits) : mlm_print_significant(x, 6, digits));
  else
    mlm_put_fixed(out, x, 0);
}

/* What to do about scores outside 0 to 1, of which x is the farthest. */
static void put_outside_advice(const Page *page, const ScoreCurves *one, double x) {
  const bool is_large = fabs(x) > 100 && fabs(x) < INFINITY;
  const InputProblem problem = mlm_score_problem(x);
  if (problem == INPUT_SCORE_HAIR_ABOVE_1 || problem == INPUT_SCORE_HAIR_BELOW_0) { /* no logits */
    mlm_str_put(page->out, mlm_input_problem_texts[problem].advice);
    mlm_str_put(page->out, ".");
    return;
  }
  if (mlm_may_be_missing_code(x)) {
    mlm_str_missing_code(page->out, "score", x);
    mlm_str_put(page->out, " if that stands for a missing value, ");
  }
  mlm_str_put(page->out, is_large ? MLM_IF_OWN_SCALE : MLM_IF_LOGITS);
  mlm_str_put(page->out, one->percentages ? ", " MLM_IF_PERCENTAGES "." : ".");
}

/* Notes how many rows have a score outside 0 to 1, unless weights are fractional, with the score farthest
 * from it. */
static int note_outside(const Page *page, const ScoreCurves *one) {
  double rows = 0, least = 0, most = 1;
  ScoreWalk walk;
  if (one->probabilities) return 0;
  mlm_walk_up(&walk, one->scores);
  while (mlm_walk_next(&walk) && walk.score < 0) {
    if (walk.score < least) least = walk.score;
    rows += walk.neg_weight + walk.pos_weight;
  }
  mlm_walk_down(&walk, one->scores);
  while (mlm_walk_next(&walk) && walk.score > 1) {
    if (walk.score > most) most = walk.score;
    rows += walk.neg_weight + walk.pos_weight;
  }
  const double farthest = most - 1 >= -least ? most : least;
  const bool counted = mlm_scores_totals(one->scores).integral;
  mlm_item_begin(page, one->name, counted ? "" : "some");
  if (counted) mlm_put_count(page->out, rows);
  mlm_str_put(page->out, counted && rows == 1 ? " row has a score outside 0 to 1, "
                                              : " rows have scores outside 0 to 1, such as ");
  put_example(page->out, farthest);
  mlm_str_put(page->out, ", so the scores are not judged as probabilities; ");
  put_outside_advice(page, one, farthest);
  mlm_item_end(page);
  return 1;
}

/* Weights that are not integral do not say how many rows there are: what depends on that is then left out. */
static int note_series(const Page *page, const ScoreCurves *one, Value auc) {
  const bool integral = mlm_scores_totals(one->scores).integral;
  int n = mlm_note_few_rows(page, one->name, one->rows, integral);
  const double rate = one->positives / one->rows, rare = rate < 0.5 ? rate : one->negatives / one->rows;
  n += note_auc(page, one, auc) + note_outside(page, one);
  if (one->positives == 0 || one->negatives == 0)
    n += mlm_note_text(page, one->name, one->positives == 0 ? "no row is positive." : "no row is negative.");
  else if (rare < 0.01)
    n += mlm_note(page, one->name, rate < 0.5 ? "positives are rare: " : "negatives are rare: ", 100 * rare,
                  mlm_percent_places(100 * rare),
                  " % of the rows. Look at precision and recall rather than at accuracy or the ROC curve.");
  if (mlm_are_decisions(one->scores)) return n + mlm_note_text(page, one->name, MLM_DECISIONS ".");
  n += note_ties(page, one, integral);
  return integral ? n + note_calibration(page, one) : n;
}

static void put_notes(const Page *page, const ScoreSeries *series, const ReportTable *table,
                      const PageTotals *totals) {
  int n = 0;
  mlm_page_heading(page, "What to look at");
  mlm_list_begin(page);
  for (int i = 0; i < series->n; i++) {
    const ScoreCurves *one = &series->each[i];
    const double most = one->positives > one->negatives ? one->positives : one->negatives;
    n += note_series(page, one, table->value[i][0]);
    n +=
        mlm_note_left_out(page, totals, one->name, one->rows, most, (double)mlm_scores_left_out(one->scores));
  }
  n += mlm_note_totals(page, totals);
  if (n == 0)
    mlm_note_text(page, "",
                  "Nothing stands out: no AUC below 0.5, no rare class, few ties, few rows left out.");
  mlm_list_end(page);
}

/* ---- the page ---- */

/* Of all models, also of those that are not shown. */
static PageTotals totals_of(const Page *page, const Keyed *keyed) {
  PageTotals totals = {.left_out = (double)mlm_keyed_left_out(keyed)};
  void *view = mlm_chart_memory(page->memory, mlm_scores_state.bytes);
  for (uint32_t i = 0; i < mlm_keyed_count(keyed) && view; i++) {
    const Scores *scores = mlm_keyed_state(mlm_keyed_at(keyed, i), view);
    const ScoreTotals all = mlm_scores_totals(scores);
    mlm_totals_add(&totals, all.pos_weight + all.neg_weight, all.integral, all.pos_weight,
                   (double)mlm_scores_left_out(scores));
  }
  return totals;
}

static void put_figures(const Page *page, const ScoreSeries *series) {
  bool probabilities = true;
  for (int i = 0; i < series->n; i++) probabilities &= series->each[i].probabilities;
  mlm_page_heading(page, "Charts");
  mlm_figures_begin(page);
  for (const ScoreChart *kind = mlm_score_charts; kind->name && !page->memory->status; kind++)
    if (probabilities || kind->curves != CURVES_CALIBRATION)
      mlm_figure(page, mlm_score_chart_of(kind, series, NULL, page->memory->host));
  mlm_figures_end(page);
}

Status mlm_report_scores(const Page *page, const Keyed *keyed, const char *title) {
  ReportTable *table = mlm_chart_memory(page->memory, sizeof *table);
  ScoreSeries *series = mlm_score_series(page->memory, &mlm_keyed_scores_state, keyed, CURVES_ALL);
  if (!table || !series) return page->memory->status;
  *table = (ReportTable){.tests = "compare_ci() or delong_test()",
                         .counts = counts,
                         .metrics = columns,
                         .n_counts = 2,
                         .n_metrics = sizeof columns / sizeof *columns,
                         .rows = series->n};
  bool many = false, probabilities = false;
  for (int i = 0; i < series->n; i++) {
    fill_row(page, &series->each[i], table, i, &many);
    probabilities |= series->each[i].probabilities;
  }
  mlm_page_begin(page, title, "Scores and labels");
  const PageTotals totals = totals_of(page, keyed);
  mlm_page_summary(page, &totals);
  mlm_report_table(page, table);
  mlm_report_table_notes(page, table, many);
  put_notes(page, series, table, &totals);
  put_figures(page, series);
  put_cutoffs(page, series);
  if (probabilities) put_calibration(page, series);
  mlm_page_end(page);
  return page->memory->status ? page->memory->status : page->out->status;
}
