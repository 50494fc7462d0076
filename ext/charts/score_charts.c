/* The charts of score sets: ROC, precision-recall, calibration, cutoff, lift, histogram and DET. */
#include "charts/score_charts.h"

#include "charts/display_text.h"
#include "charts/legend.h"
#include "charts/values.h"

enum { SQUARE = 360, TOP = 250, BOTTOM = 90, HALF = 170, SMALL = 120 };

void mlm_chart_title(Chart *chart, const char *title, const char *usual) {
  StrBuf clean = mlm_chart_buffer(chart);
  if (!title) title = usual;
  mlm_clean_text(&clean, title, strlen(title), 100);
  chart->title = mlm_chart_keep(chart, &clean);
}

/* The curve of every series, each with a legend entry that gives a metric. */
static void add_lines(Chart *chart, Panel *panel, const ScoreSeries *series, size_t list, const char *label,
                      const char *metric) {
  for (int i = 0; i < series->n; i++) {
    const ScoreCurves *one = &series->each[i];
    Mark *mark = mlm_panel_mark(panel, MARK_LINE, i);
    mark->points = *(const PointList *)(const void *)((const char *)one + list);
    double valued = strcmp(metric, "roc_auc") == 0 ? one->roc_auc : one->average_precision;
    double x = one->valued ? valued : mlm_score_value(chart, metric, one->scores, 0).value;
    mlm_add_legend(chart, one->name, mlm_number_phrase(chart, label, x, 3, ""), i);
  }
  mlm_add_more(chart, series->more);
}

static void draw_roc(Chart *chart, const ScoreSeries *series) {
  Panel *panel = mlm_chart_panel(chart, SQUARE);
  mlm_axis_linear(&panel->x, "False positive rate", 0, 1);
  mlm_axis_linear(&panel->y, "True positive rate (recall)", 0, 1);
  mlm_add_reference(chart, panel, 0, 0, 1, 1);
  add_lines(chart, panel, series, offsetof(ScoreCurves, roc), "AUC ", "roc_auc");
  mlm_describe_by_legend(chart,
                         "ROC curve: true positive rate over false positive rate; the diagonal is chance");
}

/* A line at the share of positives, once for series that agree in it. */
static void add_base_rates(Chart *chart, Panel *panel, const ScoreSeries *series) {
  double before = -1;
  for (int i = 0; i < series->n; i++) {
    double rate = series->each[i].positives / series->each[i].rows;
    double d = rate - before;
    if (d > 0.001 || d < -0.001) mlm_add_reference(chart, panel, 0, rate, 1, rate);
    before = rate;
  }
}

static void draw_pr(Chart *chart, const ScoreSeries *series) {
  Panel *panel = mlm_chart_panel(chart, SQUARE);
  mlm_axis_linear(&panel->x, "Recall", 0, 1);
  mlm_axis_linear(&panel->y, "Precision", 0, 1);
  add_base_rates(chart, panel, series);
  add_lines(chart, panel, series, offsetof(ScoreCurves, pr), "AP ", "average_precision");
  mlm_describe_by_legend(chart,
                         "Precision over recall; the dotted line is the share of positives, which is chance");
}

/* Ticks at the rates that DET charts show. */
static void det_axis(Axis *axis, const char *label) {
  static const struct {
    double rate;
    const char *label;
  } ticks[] = {{0.001, "0.1%"}, {0.01, "1%"},  {0.05, "5%"},  {0.2, "20%"},    {0.5, "50%"},
               {0.8, "80%"},    {0.95, "95%"}, {0.99, "99%"}, {0.999, "99.9%"}};
  *axis = (Axis){.label = label, .lo = 0, .hi = 1};
  for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
    Tick *tick = &axis->tick[axis->ticks++];
    tick->at = mlm_det_place(ticks[i].rate);
    memcpy(tick->label, ticks[i].label, strlen(ticks[i].label) + 1);
  }
}

static void draw_det(Chart *chart, const ScoreSeries *series) {
  Panel *panel = mlm_chart_panel(chart, SQUARE);
  det_axis(&panel->x, "False positive rate");
  det_axis(&panel->y, "False negative rate (misses)");
  mlm_add_reference(chart, panel, 0, 1, 1, 0);
  add_lines(chart, panel, series, offsetof(ScoreCurves, det), "AUC ", "roc_auc");
  mlm_describe_by_legend(chart, "Detection error trade-off on normal-deviate scales; the diagonal is chance");
}

/* ---- calibration ---- */

static void add_reliability(Chart *chart, Panel *panel, const ScoreCurves *one, int i) {
  Mark *line = mlm_panel_mark(panel, MARK_LINE, i), *dots = mlm_panel_mark(panel, MARK_DOTS, i);
  for (int b = 0; b < MLM_CALIBRATION_BINS; b++) {
    const ScoreBin *bin = &one->calibration[b];
    double rows = bin->weight[0] + bin->weight[1];
    if (rows > 0) mlm_add_point(chart, &line->points, bin->score / rows, bin->weight[1] / rows);
  }
  dots->points = line->points;
}

/* The outline of bars, each as high as its bin's share of the largest. */
static void add_steps(Chart *chart, PointList *list, const double *height, int bins, double most) {
  mlm_add_point(chart, list, 0, 0);
  for (int b = 0; b < bins; b++) {
    /* unreachable: a set without rows, which is not saved */
    double y = most > 0 ? height[b] / most : 0;
    mlm_add_point(chart, list, (double)b / bins, y);
    mlm_add_point(chart, list, (double)(b + 1) / bins, y);
  }
  mlm_add_point(chart, list, 1, 0);
}

static double largest(const double *x, int n) {
  double most = 0;
  for (int i = 0; i < n; i++)
    if (x[i] > most) most = x[i];
  return most;
}

static void add_score_shares(Chart *chart, Panel *panel, const ScoreSeries *series) {
  double share[MLM_MOST_SERIES][MLM_CALIBRATION_BINS], most = 0;
  for (int i = 0; i < series->n; i++) {
    for (int b = 0; b < MLM_CALIBRATION_BINS; b++) {
      const ScoreBin *bin = &series->each[i].calibration[b];
      share[i][b] = (bin->weight[0] + bin->weight[1]) / series->each[i].rows;
    }
    double here = largest(share[i], MLM_CALIBRATION_BINS);
    if (here > most) most = here;
  }
  mlm_axis_round(&panel->y, "Share of rows", 0, most);
  for (int i = 0; i < series->n; i++) {
    Mark *mark = mlm_panel_mark(panel, series->n == 1 ? MARK_AREA : MARK_LINE, i);
    add_steps(chart, &mark->points, share[i], MLM_CALIBRATION_BINS, panel->y.hi);
  }
}

static void calibration(Chart *chart, const ScoreSeries *series) {
  Panel *panel = mlm_chart_panel(chart, TOP), *shares = mlm_chart_panel(chart, BOTTOM);
  mlm_axis_linear(&panel->x, "Mean score of a bin", 0, 1);
  mlm_axis_linear(&panel->y, "Share of positives", 0, 1);
  mlm_axis_linear(&shares->x, "Score", 0, 1);
  mlm_add_reference(chart, panel, 0, 0, 1, 1);
  for (int i = 0; i < series->n; i++) {
    const ScoreCurves *one = &series->each[i];
    add_reliability(chart, panel, one, i);
    /* unreachable: scores that are no probabilities, which a calibration chart refuses */
    double ece = one->valued          ? one->ece
                 : one->probabilities ? mlm_score_value(chart, "ece", one->scores, 0).value
                                      : NAN;
    mlm_add_legend(chart, one->name, mlm_number_phrase(chart, "ECE ", ece, 3, ""), i);
  }
  add_score_shares(chart, shares, series);
  mlm_add_more(chart, series->more);
  mlm_describe_by_legend(chart,
                         "Calibration: share of positives over mean score in ten bins; on the diagonal "
                         "scores are right as probabilities. Below: how the scores are spread");
}

/* ---- cutoff ---- */

/* A vertical line at the cutoff with the best F1, and its value. */
static void add_best(Chart *chart, Panel *panel, const ScoreSeries *series, int i) {
  const ScoreCurves *one = &series->each[i];
  BestCutoff best = one->best_f1;
  StrBuf text = mlm_chart_buffer(chart);
  /* unreachable: a set without rows, as above */
  if (one->valued || mlm_best_cutoff_for(chart, "f1", one->scores, &best)) {
    double x = (best.cutoff / 2 - series->lo / 2) / (series->hi / 2 - series->lo / 2);
    if (x >= 0 && x <= 1) mlm_add_reference(chart, panel, x, 0, x, best.value);
    mlm_str_put(&text, "best F1 ");
    mlm_put_fixed(&text, best.value, 3);
    mlm_str_put(&text, " at cutoff ");
    mlm_put_short(&text, best.cutoff);
  } else {
    /* unreachable: as above */
    mlm_str_put(&text, "F1 undefined");
  }
  mlm_add_legend(chart, one->name, mlm_chart_keep(chart, &text), series->n > 1 ? i : MLM_REFERENCE);
}

/* A line over the cutoff, or a dot where all rows have one score. */
static void add_over_cutoff(Panel *panel, const PointList *list, int series) {
  mlm_panel_mark(panel, list->n == 1 ? MARK_DOTS : MARK_LINE, series)->points = *list;
}

static void cutoff(Chart *chart, const ScoreSeries *series) {
  Panel *panel = mlm_chart_panel(chart, TOP + 50);
  mlm_axis_linear(&panel->x, "Cutoff: predicted positive from this score on", series->lo, series->hi);
  mlm_axis_linear(&panel->y, series->n > 1 ? "F1" : "Precision, recall and F1", 0, 1);
  if (series->n == 1) {
    const PointList *lists[] = {&series->each[0].f1, &series->each[0].precision, &series->each[0].recall};
    static const char *const names[] = {"F1", "precision", "recall"};
    for (int i = 0; i < 3; i++) {
      add_over_cutoff(panel, lists[i], i);
      mlm_add_legend(chart, names[i], "", i);
    }
  }
  for (int i = 0; i < series->n; i++) {
    if (series->n > 1) add_over_cutoff(panel, &series->each[i].f1, i);
    add_best(chart, panel, series, i);
  }
  mlm_add_more(chart, series->more);
  mlm_describe_by_legend(chart, series->n > 1 ? "F1 over the cutoff; the dotted lines mark the best"
                                              : "Precision, recall and F1 over the cutoff; the dotted line "
                                                "marks the best F1");
}

/* ---- lift ---- */

static void lift(Chart *chart, const ScoreSeries *series) {
  Panel *gains = mlm_chart_panel(chart, HALF + 40), *lifts = mlm_chart_panel(chart, HALF - 40);
  mlm_axis_linear(&gains->x, "Share of rows, highest scores first", 0, 1);
  mlm_axis_linear(&gains->y, "Gain: share of positives found", 0, 1);
  mlm_axis_linear(&lifts->x, "Share of rows, highest scores first", 0, 1);
  mlm_axis_linear(&lifts->y, "Lift: gain over chance, from 1 % of the rows on", 0, series->most_lift);
  mlm_add_reference(chart, gains, 0, 0, 1, 1);
  double chance = mlm_axis_place(&lifts->y, 1);
  mlm_add_reference(chart, lifts, 0, chance, 1, chance);
  for (int i = 0; i < series->n; i++) {
    const ScoreCurves *one = &series->each[i];
    mlm_panel_mark(gains, MARK_LINE, i)->points = one->gain;
    mlm_panel_mark(lifts, MARK_LINE, i)->points = one->lift;
    mlm_add_legend(chart, one->name,
                   mlm_number_phrase(chart, "lift ", one->first_lift, 2, " in the first 10 %"), i);
  }
  mlm_add_more(chart, series->more);
  mlm_describe_by_legend(chart, "Cumulative gain, and lift, over the share of rows taken from the highest "
                                "score down, lift from 1 % of them on; the dotted lines are chance");
}

/* ---- histogram ---- */

static void add_classes(Chart *chart, Panel *panel, const ScoreCurves *one) {
  double share[2][MLM_HISTOGRAM_BINS], most = 0;
  const double total[] = {one->negatives, one->positives};
  for (int label = 0; label < 2; label++) {
    for (int b = 0; b < MLM_HISTOGRAM_BINS; b++)
      share[label][b] = total[label] > 0 ? one->histogram[b].weight[label] / total[label] : 0;
    double here = largest(share[label], MLM_HISTOGRAM_BINS);
    if (here > most) most = here;
  }
  mlm_axis_round(&panel->y, "Share of the class", 0, most > 0 ? most : 1); /* 0: no score is finite */
  for (int label = 0; label < 2; label++) {
    Mark *mark = mlm_panel_mark(panel, MARK_AREA, label);
    add_steps(chart, &mark->points, share[label], MLM_HISTOGRAM_BINS, panel->y.hi);
  }
}

static void histogram(Chart *chart, const ScoreSeries *series) {
  double infinite = 0;
  for (int i = 0; i < series->n; i++) {
    Panel *panel = mlm_chart_panel(chart, series->n > 1 ? SMALL : TOP);
    mlm_axis_linear(&panel->x, "Score", series->lo, series->hi);
    if (*series->each[i].name) panel->title = series->each[i].name;
    add_classes(chart, panel, &series->each[i]);
    infinite += series->each[i].infinite * power_of_two(series->each[i].exponent);
  }
  mlm_add_legend(chart, "negatives", "label 0", 0);
  mlm_add_legend(chart, "positives", "label 1", 1);
  if (infinite > 0) {
    StrBuf text = mlm_chart_buffer(chart);
    mlm_put_not_finite(&text, infinite, "row");
    mlm_add_legend(chart, "", mlm_chart_keep(chart, &text), MLM_REFERENCE);
  }
  mlm_add_more(chart, series->more);
  mlm_describe_by_legend(chart, "How the scores of each class are spread: the further apart, the better");
}

const ScoreChart mlm_score_charts[] = {
    {"roc", "ROC curve", CURVES_ROC, draw_roc},
    {"pr", "Precision-recall curve", CURVES_PR, draw_pr},
    {"calibration", "Calibration", CURVES_CALIBRATION, calibration},
    {"cutoff", "Choosing a cutoff", CURVES_CUTOFF, cutoff},
    {"lift", "Gain and lift", CURVES_LIFT, lift},
    {"histogram", "Scores by class", CURVES_BINS, histogram},
    {"det", "Detection error trade-off", CURVES_DET, draw_det},
    {NULL, NULL, 0, NULL},
};

Chart *mlm_score_chart_of(const ScoreChart *kind, const ScoreSeries *series, const char *title,
                          const Host *host) {
  Chart *chart = mlm_chart_new(host);
  if (!chart) return NULL;
  mlm_chart_title(chart, title, kind->title);
  kind->build(chart, series);
  return chart;
}

Chart *mlm_score_chart(const ScoreChart *kind, const StateType *type, const void *state, const char *title,
                       const Host *host) {
  Chart *chart = mlm_chart_new(host);
  if (!chart) return NULL;
  mlm_chart_title(chart, title, kind->title);
  const ScoreSeries *series = mlm_score_series(chart, type, state, kind->curves);
  if (series) kind->build(chart, series);
  return chart;
}
