/* Charts as SQL functions: a table of text lines, and an SVG document, of each. */
#include "charts/chart_svg.h"
#include "charts/chart_text.h"
#include "charts/class_charts.h"
#include "charts/pred_charts.h"
#include "charts/score_charts.h"
#include "charts/values.h"
#include "metrics/title.h"

/* A chart of sets other than score sets. */
typedef struct OtherChart {
  const char *name, *title;
  void (*build)(Chart *chart, const StateType *type, const void *state);
} OtherChart;

static const OtherChart other_charts[] = {
    {"confusion", "Confusion matrix", mlm_confusion_chart},
    {"residual", "Predictions and targets", mlm_residual_chart},
    {"trend", "Trend", mlm_trend_chart},
};

static bool begins_with(const char *name, const char *chart) {
  size_t n = strlen(chart);
  /* unreachable: a chart whose name begins with that of another one */
  return strncmp(name, chart, n) == 0 && name[n] == '_';
}

/* The chart of a function, "roc_svg" or "roc_plot"; NULL: out of memory. */
static Chart *draw(const char *function, const StateType *type, const void *state, const char *title,
                   const Host *host) {
  for (const ScoreChart *kind = mlm_score_charts; kind->name; kind++)
    if (begins_with(function, kind->name)) return mlm_score_chart(kind, type, state, title, host);
  const OtherChart *kind = other_charts;
  while (!begins_with(function, kind->name)) kind++;
  Chart *chart = mlm_chart_new(host);
  if (!chart) return NULL;
  mlm_chart_title(chart, title, kind->title);
  kind->build(chart, type, state);
  return chart;
}

static Status svg(const Keyed *keyed, const Eval *in, Result *out) {
  Chart *chart = draw(in->metric->name, in->metric->state, keyed, mlm_title_of(in->params), in->host);
  if (!chart) return MLM_NOMEM;
  Status status = mlm_chart_svg(chart, false, mlm_result_bytes(out, RESULT_TEXT));
  status = mlm_chart_ended(chart, status, out);
  mlm_chart_free(chart);
  return status;
}

/* The lines of a plot, of which the next one is shown. */
typedef struct LineCursor {
  bool started;
  StrBuf text;
  size_t at, end; /* the line shown */
  size_t next;
} LineCursor;

static Status start(LineCursor *lines, const char *function, const Row *row, const Eval *in) {
  const double *x = in->params->number;
  TextStyle style = {(int)x[0], (int)x[1], x[2] == 1};
  Chart *chart = draw(function, row->sets[0].type, row->sets[0].state, NULL, in->host);
  if (!chart) return MLM_NOMEM;
  lines->started = true;
  lines->text = (StrBuf){.limit = in->limit, .host = in->host};
  Status status = chart->status ? chart->status : mlm_chart_text(chart, &style, &lines->text);
  mlm_chart_free(chart);
  return status;
}

static Status next_line(void *cursor, const char *function, const Row *row, const Eval *in, bool *more) {
  LineCursor *lines = cursor;
  Status status = lines->started ? MLM_OK : start(lines, function, row, in);
  *more = !status && lines->next < lines->text.n;
  if (!*more) return status;
  const char *begin = lines->text.bytes + lines->next;
  const char *end = memchr(begin, '\n', lines->text.n - lines->next);
  lines->at = lines->next;
  lines->end = lines->at + (size_t)(end - begin);
  lines->next = lines->end + 1;
  return MLM_OK;
}

static void line_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const LineCursor *lines = cursor;
  *cell = (Cell){.type = CELL_TEXT, .text = lines->text.bytes + lines->at, .n = lines->end - lines->at};
}

static void clear_lines(void *cursor, const Host *host) { host->free(((LineCursor *)cursor)->text.bytes); }

/* A table function is not told its name. */
#define NEXT(next, name)                                                                                     \
  static Status next(void *cursor, const Row *row, const Eval *in, bool *more) {                             \
    return next_line(cursor, name, row, in, more);                                                           \
  }
NEXT(next_roc, "roc_plot")
NEXT(next_pr, "pr_plot")
NEXT(next_calibration, "calibration_plot")
NEXT(next_cutoff, "cutoff_plot")
NEXT(next_lift, "lift_plot")
NEXT(next_histogram, "histogram_plot")
NEXT(next_det, "det_plot")
NEXT(next_confusion, "confusion_plot")
NEXT(next_residual, "residual_plot")
NEXT(next_trend, "trend_plot")

#define OF(set, values) set "(column1, column2) AS s FROM (VALUES " values ")"
#define FOUR            OF("score_set", "(0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1)")
#define CLASSES         OF("class_set", "('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog')")
#define PREDS           OF("pred_set", "(2.5, 3), (0.0, -0.5), (2, 2), (8, 7)")
#define DAYS            OF("trend_points", "(1, 0.71), (2, 0.69), (3, 0.74)")

#define PLOT(chart, next_, set, sql, what)                                                                   \
  {                                                                                                          \
    .name = chart "_plot", .columns = "line", .args = {set, ARG_WIDTH, ARG_HEIGHT, ARG_STYLE},               \
    .required = 1, .cursor_bytes = sizeof(LineCursor), .next = next_, .column = line_column,                 \
    .clear = clear_lines, .summary = what " As text, one row per line, no wider than width columns.",        \
    .example = "SELECT line FROM " chart "_plot((SELECT " sql "))"                                           \
  }
#define SVG(chart, kind_state, set, sql, what)                                                               \
  {                                                                                                          \
    .name = chart "_svg", .args = {set, ARG_SERIES_NAME, ARG_TITLE}, .required = 1,                          \
    MLM_OF_KEYED(kind_state, svg), .result = RESULT_TEXT,                                                    \
    .summary = what " As an SVG document, one series for each name.",                                        \
    .example = "SELECT " chart "_svg(s, 'model') FROM (SELECT " sql ")"                                      \
  }

#define ROC         "ROC curve with its area: true positive rate over false positive rate."
#define PR          "Precision over recall, with the average precision."
#define CALIBRATION "Share of positives over mean score in ten bins, and the distribution of the scores."
#define CUTOFF      "Precision, recall and F1 over the cutoff, the best one marked; with several series only F1."
#define LIFT        "Cumulative gain and lift over the share of rows, highest scores first."
#define HISTOGRAM   "The distribution of the scores of the two classes."
#define DET         "Detection error trade-off: misses over false alarms, on normal-deviate scales."
#define CONFUSION   "Confusion matrix: counts, shaded by the share of the true class."
#define RESIDUAL    "Target over prediction, with RMSE and R²; for many rows, their density."
#define TREND                                                                                                \
  "Values over x, such as a metric by day, a line for each series. x is a number, a date or a month, "       \
  "'2001-05'; for weeks give their Mondays, date(day, 'weekday 0', '-6 days')."

static const Metric metrics[] = {
    SVG("roc", mlm_keyed_scores_state, ARG_SCORE_SET, FOUR, ROC),
    SVG("pr", mlm_keyed_scores_state, ARG_SCORE_SET, FOUR, PR),
    SVG("calibration", mlm_keyed_scores_state, ARG_PROB_SET, FOUR, CALIBRATION),
    SVG("cutoff", mlm_keyed_scores_state, ARG_SCORE_SET, FOUR, CUTOFF),
    SVG("lift", mlm_keyed_scores_state, ARG_SCORE_SET, FOUR, LIFT),
    SVG("histogram", mlm_keyed_scores_state, ARG_SCORE_SET, FOUR, HISTOGRAM),
    SVG("det", mlm_keyed_scores_state, ARG_SCORE_SET, FOUR, DET),
    SVG("confusion", mlm_keyed_classes_state, ARG_CLASS_SET, CLASSES, CONFUSION),
    SVG("residual", mlm_keyed_preds_state, ARG_PRED_SET, PREDS, RESIDUAL),
    {.name = "trend_svg",
     .args = {ARG_TREND_X, ARG_Y, ARG_SERIES, ARG_TITLE},
     .required = 2,
     MLM_OF_KEYED(mlm_keyed_points_state, svg),
     .result = RESULT_TEXT,
     .summary = TREND " As an SVG document.",
     .example = "SELECT trend_svg(column1, column2) FROM (VALUES (1, 0.71), (2, 0.69), (3, 0.74))"},
    {.name = "trend_points",
     .args = {ARG_TREND_X, ARG_Y, ARG_SERIES},
     .required = 2,
     MLM_SET_OF(keyed_points),
     .summary = "The points of a trend as a BLOB, for trend_plot and trend_svg.",
     .example = "SELECT line FROM trend_plot((SELECT " DAYS "))"},
    {0},
};

static const TableFunction tables[] = {
    PLOT("roc", next_roc, ARG_SCORE_SERIES, FOUR, ROC),
    PLOT("pr", next_pr, ARG_SCORE_SERIES, FOUR, PR),
    PLOT("calibration", next_calibration, ARG_PROB_SERIES, FOUR, CALIBRATION),
    PLOT("cutoff", next_cutoff, ARG_SCORE_SERIES, FOUR, CUTOFF),
    PLOT("lift", next_lift, ARG_SCORE_SERIES, FOUR, LIFT),
    PLOT("histogram", next_histogram, ARG_SCORE_SERIES, FOUR, HISTOGRAM),
    PLOT("det", next_det, ARG_SCORE_SERIES, FOUR, DET),
    PLOT("confusion", next_confusion, ARG_CLASS_SERIES, CLASSES, CONFUSION),
    PLOT("residual", next_residual, ARG_PRED_SERIES, PREDS, RESIDUAL),
    PLOT("trend", next_trend, ARG_TREND_POINTS, DAYS, TREND),
    {0},
};

const Family mlm_plots = {.name = "plots", .metrics = metrics, .tables = tables};
