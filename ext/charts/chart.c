/* The memory of charts, adding to them, and ticks at round numbers. */
#include "charts/chart.h"

#include <math.h>

#include "base/number_print.h"

typedef struct Block {
  struct Block *next;
  double at[]; /* aligned for all that a chart keeps */
} Block;

Chart *mlm_chart_new(const Host *host) {
  Chart *chart = mlm_new_zeroed(host, sizeof *chart);
  if (!chart) return NULL;
  chart->host = host;
  chart->columns = 1;
  chart->description = "";
  return chart;
}

void mlm_chart_free(Chart *chart) {
  if (!chart) return;
  const Host *host = chart->host;
  for (Block *block = chart->blocks, *next; block; block = next) {
    next = block->next;
    host->free(block);
  }
  host->free(chart);
}

void *mlm_chart_memory(Chart *chart, uint64_t bytes) {
  Block *block = chart->status ? NULL : mlm_new_zeroed(chart->host, sizeof *block + bytes);
  if (!block) {
    if (!chart->status) chart->status = MLM_NOMEM;
    return NULL;
  }
  block->next = chart->blocks;
  chart->blocks = block;
  return block->at;
}

const char *mlm_chart_keep(Chart *chart, StrBuf *text) {
  if (text->status && !chart->status) chart->status = text->status;
  char *kept = mlm_chart_memory(chart, text->n + 1);
  if (kept && text->n) memcpy(kept, text->bytes, text->n);
  chart->host->free(text->bytes);
  *text = mlm_chart_buffer(chart);
  return kept ? kept : "";
}

Panel *mlm_chart_panel(Chart *chart, double height) {
  Panel *panel = &chart->panel[chart->panels++];
  panel->height = height;
  return panel;
}

Mark *mlm_panel_mark(Panel *panel, MarkKind kind, int series) {
  Mark *mark = &panel->mark[panel->marks++];
  *mark = (Mark){.kind = kind, .series = series};
  return mark;
}

static double within_unit(double x) { return x < 0 ? 0 : x > 1 ? 1 : x; }

void mlm_add_point(Chart *chart, PointList *list, double x, double y) {
  if (!(x == x && y == y)) return;
  if (list->n == list->room) {
    size_t room = list->room ? 2 * list->room : 16;
    ChartPoint *at = mlm_chart_memory(chart, room * sizeof *at);
    if (!at) return;
    if (list->n) memcpy(at, list->at, list->n * sizeof *at);
    list->at = at; /* the old block goes with the chart */
    list->room = room;
  }
  list->at[list->n++] = (ChartPoint){.x = within_unit(x), .y = within_unit(y)};
}

void mlm_add_reference(Chart *chart, Panel *panel, double x0, double y0, double x1, double y1) {
  Mark *mark = mlm_panel_mark(panel, MARK_LINE, MLM_REFERENCE);
  mlm_add_point(chart, &mark->points, x0, y0);
  mlm_add_point(chart, &mark->points, x1, y1);
}

void mlm_add_legend(Chart *chart, const char *name, const char *rest, int series) {
  if (chart->entries < MLM_MOST_ENTRIES) chart->legend[chart->entries++] = (LegendEntry){name, rest, series};
}

size_t mlm_legend_names(const Chart *chart, const char *name[MLM_MOST_ENTRIES]) {
  size_t n = 0;
  for (int i = 0; i < chart->entries; i++)
    if (*chart->legend[i].name) name[n++] = chart->legend[i].name;
  return n;
}

size_t mlm_panel_titles(const Chart *chart, const char *title[MLM_MOST_PANELS]) {
  size_t n = 0;
  for (int i = 0; i < chart->panels; i++)
    /* unreachable: one without, for all panels of a chart have a title or none */
    if (chart->panel[i].title) title[n++] = chart->panel[i].title;
  return n;
}

/* ---- ticks ---- */

/* 10^k for |k| <= 308; exact for |k| <= 22. */
static double power_of_ten(int k) {
  double x = 1;
  for (int i = 0; i < (k < 0 ? -k : k); i++) x *= 10;
  return x;
}

/* A step between ticks: digit · 10^exponent. */
typedef struct Step {
  int digit, exponent;
} Step;

static double times_step(double k, Step step) {
  double x = k * step.digit;
  return step.exponent < 0 ? x / power_of_ten(-step.exponent) : x * power_of_ten(step.exponent);
}

/* The least of 1, 2, 5 times a power of ten that has at most `most` intervals in a span > 0. */
static Step step_for(double span, int most) {
  static const int digits[] = {1, 2, 5};
  Step step = {1, -300};
  while (step.exponent < 307 && times_step(10.0 * most, step) < span) step.exponent++;
  for (int i = 0; i < 3; i++) {
    step.digit = digits[i];
    if (times_step(most, step) >= span) return step;
  }
  return (Step){1, step.exponent + 1};
}

static double round_down(double x) {
  /* unreachable: its ends, for an axis is wider than 1e-9 of its numbers */
  double k = x < 0x1p52 && x > -0x1p52 ? (double)(int64_t)x : x;
  return k > x ? k - 1 : k;
}

/* k·step in digits: "9.4e289". */
static size_t write_exponent(double k, Step step, char digits[MLM_NUMBER_BYTES]) {
  size_t n = mlm_print_integer((int64_t)k * step.digit, digits), first = *digits == '-';
  int exponent = step.exponent + (int)(n - first) - 1;
  while (n > first + 1 && digits[n - 1] == '0') n--;
  if (n > first + 1) {
    memmove(digits + first + 2, digits + first + 1, n - first - 1);
    digits[first + 1] = '.';
    n++;
  }
  digits[n++] = 'e';
  return n + mlm_print_integer(exponent, digits + n);
}

static void write_label(Tick *tick, double k, Step step) {
  char digits[MLM_NUMBER_BYTES];
  double x = times_step(k, step);
  /* unreachable: the last condition, for the same reason */
  bool plain = x == 0 || (step.exponent >= -6 && fabs(x) < 1e7) || !(fabs(k) < 1e12);
  int places = step.exponent < 0 && step.exponent >= -6 ? -step.exponent : 0;
  size_t n = plain ? mlm_print_fixed(x == 0 ? 0 : x, places, digits) : write_exponent(k, step, digits);
  /* unreachable: what is printed plainly has at most seven digits and six places */
  if (n >= sizeof tick->label) n = sizeof tick->label - 1;
  memcpy(tick->label, digits, n);
  tick->label[n] = 0;
}

static void add_ticks(Axis *axis, Step step) {
  double first = round_down(axis->lo / times_step(1, step));
  axis->ticks = 0;
  /* unreachable: its end, for an axis has at most six steps, and ticks further on break the loop */
  for (int i = 0; i < 3 * MLM_MOST_TICKS && axis->ticks < MLM_MOST_TICKS; i++) {
    double x = times_step(first + i, step), at = mlm_axis_place(axis, x);
    if (at > 1 + 1e-9) break;
    if (at < -1e-9) continue;
    axis->tick[axis->ticks].at = within_unit(at);
    write_label(&axis->tick[axis->ticks++], first + i, step);
  }
}

/* Limits x to well within the range of doubles, so that spans and steps do not overflow. */
static double tamed(double x) { return x > 8e307 ? 8e307 : x < -8e307 ? -8e307 : x; }

static Step begin_axis(Axis *axis, const char *label, double lo, double hi) {
  lo = tamed(lo);
  hi = tamed(hi);
  if (!(hi - lo > fabs(lo) * 1e-9 && hi - lo > 1e-280)) {
    double wider = fabs(lo) > 1 ? fabs(lo) / 10 : 0.5;
    hi = lo + wider;
    lo -= wider;
  }
  *axis = (Axis){.label = label, .lo = lo, .hi = hi};
  return step_for(hi - lo, 5);
}

void mlm_axis_linear(Axis *axis, const char *label, double lo, double hi) {
  add_ticks(axis, begin_axis(axis, label, lo, hi));
}

void mlm_axis_round(Axis *axis, const char *label, double lo, double hi) {
  Step step = begin_axis(axis, label, lo, hi);
  double unit = times_step(1, step), first = round_down(axis->lo / unit + 1e-9);
  double last = -round_down(-axis->hi / unit + 1e-9);
  axis->lo = times_step(first, step);
  axis->hi = times_step(last, step);
  add_ticks(axis, step);
}

/* A character of several bytes may take two columns, so that one is not enough to show it. */
static bool begin_alike(const char *a, const char *b, size_t letters) {
  size_t same = 0;
  while (same < letters && a[same] && a[same] == b[same]) same++;
  return same == letters || a[same] == b[same] || (same + 1 == letters && a[same] & b[same] & 0x80);
}

bool mlm_names_are_alike(const char *const *name, size_t n, size_t letters) {
  for (size_t i = 1; i < n; i++)
    for (size_t j = 0; j < i; j++)
      if (begin_alike(name[i], name[j], letters)) return true;
  return false;
}
