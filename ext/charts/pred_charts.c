/* The charts of plain numbers: predictions beside targets, and a metric over time. */
#include "charts/pred_charts.h"

#include "base/date.h"
#include "charts/display_text.h"
#include "charts/legend.h"
#include "charts/thin.h"
#include "charts/values.h"
#include "state/exact_sum_round.h"
#include "state/rows.h"

enum {
  NAME_COLUMNS = 200,
  ONE = 340,
  SMALL = 170,
  FEW_POINTS = 2400,
  CELLS_WIDE = 40,
  CELLS_HIGH = 32,
  MOST_RESIDUAL = 6
};

/* One set of rows behind a chart. */
typedef struct RowsOf {
  const Rows *rows;
  const char *name;
} RowsOf;

/* Lists the sets of a state, at most `most`; returns how many, and sets *more to how many were left out. */
static int rows_of(Chart *chart, const StateType *type, const void *state, RowsOf *list, int most,
                   int *more) {
  const Keyed *keyed = type == &mlm_rows_state ? NULL : state;
  uint32_t all = keyed ? mlm_keyed_count(keyed) : 1;
  int n = all < (uint32_t)most ? (int)all : most;
  *more = (int)all - n;
  for (int i = 0; i < n; i++) {
    const KeyedEntry *entry = keyed ? mlm_keyed_at(keyed, (uint32_t)i) : NULL;
    list[i] = (RowsOf){entry ? mlm_keyed_state(entry, NULL) : state,
                       entry ? mlm_key_name(chart, entry, all, NAME_COLUMNS) : ""};
  }
  return n;
}

static bool is_finite(double x) { return x > -INFINITY && x < INFINITY; }

/* Says at the end of a legend entry how many rows or points have no place in the chart. */
static void put_not_finite(StrBuf *text, double n, const char *what) {
  if (n == 0) return;
  mlm_str_put(text, ", ");
  mlm_put_not_finite(text, n, what);
}

/* Widens a range by x, if it is finite. */
static void widen_by(double x, double *lo, double *hi) {
  if (!is_finite(x)) return;
  if (x < *lo) *lo = x;
  if (x > *hi) *hi = x;
}

/* Widens a range by the finite numbers of column c. */
static void widen(const Rows *rows, uint32_t c, double *lo, double *hi) {
  for (uint64_t i = 0; i < mlm_rows_entries(rows); i++) widen_by(mlm_rows_at(rows, i)[c], lo, hi);
}

/* ---- residual ---- */

static bool has_place(const double *x) { return is_finite(x[0]) && is_finite(x[1]); }

static double count_not_finite(const Rows *rows) {
  double n = 0;
  for (uint64_t i = 0; i < mlm_rows_entries(rows); i++)
    if (!has_place(mlm_rows_at(rows, i))) n += (double)mlm_rows_count_at(rows, i);
  return n;
}

static void add_cloud(Chart *chart, Panel *panel, const Rows *rows, int series) {
  Mark *mark = mlm_panel_mark(panel, MARK_POINTS, series);
  RowsOrder order = {0};
  Status status =
      mlm_rows_order_all(rows, &order, chart->host); /* so that the chart does not depend on storage order */
  mlm_chart_failed(chart, status);
  for (RowsRun run = {0}; !status && mlm_run_next(&run, rows, &order);) {
    const double *x = mlm_rows_at(rows, mlm_order_at(&order, run.from));
    if (!has_place(x)) continue;
    mlm_add_point(chart, &mark->points, mlm_axis_place(&panel->x, x[0]), mlm_axis_place(&panel->y, x[1]));
  }
  mlm_rows_order_clear(&order, chart->host);
}

static int cell_at(double place, int n) { return place > 0 ? place < 1 ? (int)(place * n) : n - 1 : 0; }

/* Weights are summed as integers where they are integral, so that storage order does not matter; other
 * weights count as one row each. */
static void count_cells(const Panel *panel, const Rows *rows, int64_t *count) {
  for (uint64_t i = 0; i < mlm_rows_entries(rows); i++) {
    const double *x = mlm_rows_at(rows, i);
    if (!has_place(x)) continue;
    int column = cell_at(mlm_axis_place(&panel->x, x[0]), CELLS_WIDE);
    int row = cell_at(mlm_axis_place(&panel->y, x[1]), CELLS_HIGH);
    count[row * CELLS_WIDE + column] += mlm_rows_count_at(rows, i);
  }
}

/* Four shades, each standing for four times as many rows as the one before, from the densest down. */
static void add_density(Chart *chart, Panel *panel, const Rows *rows, int series) {
  int64_t *count = mlm_chart_memory(chart, CELLS_WIDE * CELLS_HIGH * sizeof *count), most = 0;
  if (!count) return;
  count_cells(panel, rows, count);
  for (int i = 0; i < CELLS_WIDE * CELLS_HIGH; i++)
    if (count[i] > most) most = count[i];
  for (int level = 1; level <= 4; level++) {
    Mark *mark = mlm_panel_mark(panel, MARK_CELLS, series);
    mark->level = level;
    mark->width = 1.0 / CELLS_WIDE;
    mark->height = 1.0 / CELLS_HIGH;
    for (int i = 0; i < CELLS_WIDE * CELLS_HIGH; i++) {
      int is = count[i] > most / 4 ? 4 : count[i] > most / 16 ? 3 : count[i] > most / 64 ? 2 : 1;
      if (count[i] > 0 && is == level) {
        int row = i / CELLS_WIDE;
        mlm_add_point(chart, &mark->points, (double)(i % CELLS_WIDE) / CELLS_WIDE, (double)row / CELLS_HIGH);
      }
    }
  }
}

/* Where at least 95 % of the rows fall in four neighbouring cells, so that a few others set the range of the
 * axes: the number of these. */
static int64_t count_far(Chart *chart, const Panel *panel, const Rows *rows) {
  int64_t *count = mlm_chart_memory(chart, CELLS_WIDE * CELLS_HIGH * sizeof *count), all = 0, most = 0;
  if (!count) return 0;
  count_cells(panel, rows, count);
  for (int row = 0; row < CELLS_HIGH; row++)
    for (int column = 0; column < CELLS_WIDE; column++) {
      const int64_t *at = &count[row * CELLS_WIDE + column];
      const int64_t *above = row + 1 < CELLS_HIGH ? at + CELLS_WIDE : NULL;
      const bool last = column + 1 == CELLS_WIDE;
      int64_t here = at[0] + (last ? 0 : at[1]) + (above ? above[0] + (last ? 0 : above[1]) : 0);
      if (here > most) most = here;
      all += at[0];
    }
  return all - most <= all / 20 ? all - most : 0;
}

/* Says at the end of a legend entry that all rows but a few are close together. The few may be outliers, or
 * all that is not 0 where most rows are. */
static void put_far(StrBuf *text, int64_t n) {
  if (n == 0) return;
  mlm_str_put(text, ", all but ");
  mlm_put_count(text, (double)n);
  mlm_str_put(text, n == 1 ? " row close together" : " rows close together");
}

static void add_residual(Chart *chart, const RowsOf *of, int n, double lo, double hi) {
  Panel *panel = mlm_chart_panel(chart, n > 1 ? SMALL : ONE);
  mlm_axis_linear(&panel->x, "Prediction", lo, hi);
  mlm_axis_linear(&panel->y, "Target", lo, hi);
  if (n > 1) panel->title = of->name;
  if (mlm_rows_count(of->rows) <= FEW_POINTS / n)
    add_cloud(chart, panel, of->rows, 0);
  else
    add_density(chart, panel, of->rows, 0);
  mlm_add_reference(chart, panel, 0, 0, 1, 1);
  StrBuf text = mlm_chart_buffer(chart);
  mlm_str_put(&text, "RMSE ");
  mlm_put_short(&text, mlm_pred_value(chart, "rmse", of->rows, 0).value);
  mlm_str_put(&text, ", R\xc2\xb2 ");
  mlm_put_metric(&text, mlm_pred_value(chart, "r2", of->rows, 0).value);
  put_far(&text, count_far(chart, panel, of->rows));
  put_not_finite(&text, count_not_finite(of->rows), "row");
  mlm_add_legend(chart, of->name, mlm_chart_keep(chart, &text), MLM_REFERENCE);
}

void mlm_residual_chart(Chart *chart, const StateType *type, const void *state) {
  RowsOf list[MOST_RESIDUAL];
  int more, n = rows_of(chart, type, state, list, MOST_RESIDUAL, &more);
  double lo = INFINITY, hi = -INFINITY;
  for (int i = 0; i < 2 * n; i++) widen(list[i / 2].rows, i % 2, &lo, &hi);
  if (!(lo <= hi)) lo = hi = 0;
  chart->columns = n > 1 ? 2 : 1;
  for (int i = 0; i < n && !chart->status; i++) add_residual(chart, &list[i], n, lo, hi);
  mlm_add_more(chart, more);
  mlm_describe_by_legend(chart, "Target over prediction; on the dotted diagonal the prediction is right");
}

/* ---- trend ---- */

/* The columns of a point. */
enum { POINT_X, POINT_IS_DATE, POINT_Y };

/* Whether some x is a date. */
static bool has_date(const Rows *rows) {
  for (uint64_t i = 0; i < mlm_rows_entries(rows); i++)
    if (mlm_rows_at(rows, i)[POINT_IS_DATE] != 0) return true;
  return false;
}

/* Whether every x is the first day of a month, as '2001-05' is. */
static bool has_months(const Rows *rows) {
  for (uint64_t i = 0; i < mlm_rows_entries(rows); i++) {
    const double x = mlm_rows_at(rows, i)[POINT_X];
    if (!(fabs(x) < 3e6) || x != (double)(int64_t)x || mlm_civil_day((int64_t)x).day != 1) return false;
  }
  return true;
}

/* A series of a trend. Its points are the means of the rows with the same x, in the order of x. */
typedef struct TrendSeries {
  RowsOf of;
  RowsOrder order;
  double last; /* y of the last point */
} TrendSeries;

/* The points of a series, one after the other. */
typedef struct TrendWalk {
  const TrendSeries *series;
  RowsRun run; /* the first that is not yet in a point, */
  bool more;   /* if there is one */
} TrendWalk;

static TrendWalk walk_points(const TrendSeries *series) {
  TrendWalk walk = {.series = series};
  walk.more = mlm_run_next(&walk.run, series->of.rows, &series->order);
  return walk;
}

static bool next_point(TrendWalk *walk, double *x, double *y) {
  const Rows *rows = walk->series->of.rows;
  const RowsOrder *order = &walk->series->order;
  ExactSum sum = {0};
  int64_t n = 0;
  if (!walk->more) return false;
  *x = mlm_rows_at(rows, mlm_order_at(order, walk->run.from))[POINT_X];
  for (; walk->more; walk->more = mlm_run_next(&walk->run, rows, order)) {
    const double *here = mlm_rows_at(rows, mlm_order_at(order, walk->run.from));
    if (here[POINT_X] != *x) break;
    mlm_sum_add_times(&sum, here[POINT_Y], (uint64_t)walk->run.count, 1);
    n += walk->run.count;
  }
  *y = mlm_sum_mean(&sum, n);
  return true;
}

/* Sorts the rows of a series, keeps its last y, and widens the axes by its points. */
static void measure_trend(Chart *chart, TrendSeries *series, Axis *of_x, Axis *of_y) {
  double x, y;
  Status status = mlm_rows_order_all(series->of.rows, &series->order, chart->host);
  mlm_chart_failed(chart, status);
  if (status) return;
  for (TrendWalk walk = walk_points(series); next_point(&walk, &x, &y); series->last = y) {
    widen_by(x, &of_x->lo, &of_x->hi);
    widen_by(y, &of_y->lo, &of_y->hi);
  }
}

static void add_trend(Chart *chart, Panel *panel, const TrendSeries *series, int i, int n_series) {
  Mark *mark = mlm_panel_mark(panel, MARK_LINE, i);
  Thinner thin;
  double x, y, not_finite = 0;
  mlm_thin_begin(&thin, chart, &mark->points, n_series);
  ChartPoint at = {.x = NAN, .y = NAN};
  for (TrendWalk walk = walk_points(series); next_point(&walk, &x, &y);) {
    if (is_finite(x) && is_finite(y)) {
      at = (ChartPoint){.x = mlm_axis_place(&panel->x, x), .y = mlm_axis_place(&panel->y, y)};
      mlm_thin_add(&thin, at.x, at.y);
    } else {
      at.x = at.y = NAN;
      mlm_thin_gap(&thin);
      not_finite++;
    }
  }
  mlm_thin_end(&thin, at.x, at.y);
  if (mlm_rows_count(series->of.rows) <= 60) {
    Mark *dots = mlm_panel_mark(panel, MARK_DOTS, i);
    dots->points = mark->points;
  }
  StrBuf text = mlm_chart_buffer(chart);
  mlm_str_put(&text, "last ");
  mlm_put_short(&text, series->last);
  put_not_finite(&text, not_finite, "point");
  mlm_add_legend(chart, series->of.name, mlm_chart_keep(chart, &text), i);
}

void mlm_trend_chart(Chart *chart, const StateType *type, const void *state) {
  RowsOf list[MLM_MOST_SERIES];
  TrendSeries series[MLM_MOST_SERIES];
  int more, n = rows_of(chart, type, state, list, MLM_MOST_SERIES, &more);
  Axis x = {.lo = INFINITY, .hi = -INFINITY}, y = x;
  bool dates = false, months = true;
  for (int i = 0; i < n; i++) {
    series[i] = (TrendSeries){.of = list[i], .last = NAN};
    if (!chart->status) measure_trend(chart, &series[i], &x, &y);
    dates |= has_date(list[i].rows);
    months = months && has_months(list[i].rows);
  }
  if (!(x.lo <= x.hi)) x.lo = x.hi = 0;
  if (!(y.lo <= y.hi)) y.lo = y.hi = 0;
  Panel *panel = mlm_chart_panel(chart, 240);
  void (*const of_dates)(Axis *, const char *, double, double) = months ? mlm_axis_months : mlm_axis_dates;
  (dates ? of_dates : mlm_axis_linear)(&panel->x, dates ? "Date" : "x", x.lo, x.hi);
  mlm_axis_round(&panel->y, "", y.lo, y.hi);
  for (int i = 0; i < n && !chart->status; i++) add_trend(chart, panel, &series[i], i, n);
  for (int i = 0; i < n; i++) mlm_rows_order_clear(&series[i].order, chart->host);
  mlm_add_more(chart, more);
  mlm_describe_by_legend(chart, "y over x");
}
