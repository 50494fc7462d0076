/* The charts of plain numbers: predictions beside targets, and a metric over time. */
#include "charts/display_text.h"
#include "charts/legend.h"
#include "charts/other_charts.h"
#include "charts/thin.h"
#include "charts/values.h"
#include "state/rows.h"

enum {
  NAME_COLUMNS = 80,
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

/* Widens a range by the finite numbers of column c. */
static void widen(const Rows *rows, uint32_t c, double *lo, double *hi) {
  for (uint64_t i = 0; i < mlm_rows_entries(rows); i++) {
    double x = mlm_rows_at(rows, i)[c];
    if (!(x > -INFINITY && x < INFINITY)) continue;
    if (x < *lo) *lo = x;
    if (x > *hi) *hi = x;
  }
}

/* ---- residual ---- */

static void add_cloud(Chart *chart, Panel *panel, const Rows *rows, int series) {
  Mark *mark = mlm_panel_mark(panel, MARK_POINTS, series);
  RowsOrder order = {0};
  Status status =
      mlm_rows_order_all(rows, &order, chart->host); /* so that the chart does not depend on storage order */
  mlm_chart_failed(chart, status);
  for (RowsRun run = {0}; !status && mlm_run_next(&run, rows, &order);) {
    const double *x = mlm_rows_at(rows, mlm_order_at(&order, run.from));
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
  mlm_put_fixed(&text, mlm_pred_value(chart, "r2", of->rows, 0).value, 3);
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

/* The line through the points of a series in the order of x; rows with the same x give one point, their
 * mean. */
static void add_trend(Chart *chart, Panel *panel, const Rows *rows, int series, int n_series) {
  Mark *mark = mlm_panel_mark(panel, MARK_LINE, series);
  Thinner thin;
  RowsOrder order = {0};
  Status status = mlm_rows_order_all(rows, &order, chart->host);
  mlm_chart_failed(chart, status);
  mlm_thin_begin(&thin, chart, &mark->points, n_series);
  ChartPoint at = {NAN, NAN};
  RowsRun run = {0};
  /* unreachable: no run, for a series has rows */
  for (bool more = !status && mlm_run_next(&run, rows, &order); more;) {
    double sum = 0, n = 0, x = mlm_rows_at(rows, mlm_order_at(&order, run.from))[0];
    for (; more; more = mlm_run_next(&run, rows, &order)) {
      const double *here = mlm_rows_at(rows, mlm_order_at(&order, run.from));
      if (here[0] != x) break;
      sum += here[POINT_Y] * (double)run.count;
      n += (double)run.count;
    }
    at = (ChartPoint){mlm_axis_place(&panel->x, x), mlm_axis_place(&panel->y, sum / n)};
    mlm_thin_add(&thin, at.x, at.y);
  }
  mlm_thin_end(&thin, at.x, at.y);
  mlm_rows_order_clear(&order, chart->host);
  if (mlm_rows_count(rows) <= 60) {
    Mark *dots = mlm_panel_mark(panel, MARK_DOTS, series);
    dots->points = mark->points;
  }
}

/* The y of the largest x; of several, the largest. */
static double last_y(const Rows *rows) {
  double x = -INFINITY, y = NAN;
  for (uint64_t i = 0; i < mlm_rows_entries(rows); i++) {
    const double *at = mlm_rows_at(rows, i);
    if (at[POINT_X] < x || (at[POINT_X] == x && !(at[POINT_Y] > y) && y == y)) continue;
    x = at[POINT_X];
    y = at[POINT_Y];
  }
  return y;
}

void mlm_trend_chart(Chart *chart, const StateType *type, const void *state) {
  RowsOf list[MLM_MOST_SERIES];
  int more, n = rows_of(chart, type, state, list, MLM_MOST_SERIES, &more);
  double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;
  bool dates = false;
  for (int i = 0; i < n; i++) {
    widen(list[i].rows, POINT_X, &x0, &x1);
    widen(list[i].rows, POINT_Y, &y0, &y1);
    dates |= has_date(list[i].rows);
  }
  if (!(x0 <= x1)) x0 = x1 = 0;
  if (!(y0 <= y1)) y0 = y1 = 0;
  Panel *panel = mlm_chart_panel(chart, 240);
  (dates ? mlm_axis_dates : mlm_axis_linear)(&panel->x, dates ? "Date" : "x", x0, x1);
  mlm_axis_round(&panel->y, "", y0, y1);
  for (int i = 0; i < n && !chart->status; i++) {
    add_trend(chart, panel, list[i].rows, i, n);
    StrBuf text = mlm_chart_buffer(chart);
    mlm_str_put(&text, "last ");
    mlm_put_short(&text, last_y(list[i].rows));
    mlm_add_legend(chart, list[i].name, mlm_chart_keep(chart, &text), i);
  }
  mlm_add_more(chart, more);
  mlm_describe_by_legend(chart, "y over x");
}
