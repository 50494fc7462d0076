/* The SVG of charts made by hand: without a title, with more series than colours, counts wider than cells, a
 * long legend; ticks and slanted names within the picture, gaps in lines; and what a title takes. */
#include "charts/chart_svg.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "charts/display_text.h"
#include "charts/legend.h"
#include "charts/class_charts.h"
#include "charts/thin.h"
#include "metrics/title.h"
#include "state/confusion_matrix.h"
#include "unit.h"

/* A chart of one panel, whose axes go from 0 to 1. */
static Chart *fresh(void) {
  Chart *chart = mlm_chart_new(&host);
  if (!chart) exit(2);
  Panel *panel = mlm_chart_panel(chart, 100);
  mlm_axis_linear(&panel->x, "x", 0, 1);
  mlm_axis_linear(&panel->y, "y", 0, 1);
  chart->columns = 1;
  chart->description = "";
  return chart;
}

/* Draws the chart and frees it; the text is to be given to release(). */
static char *draw(Chart *chart, const char *what) {
  StrBuf svg = {.limit = 1 << 24, .host = &host};
  expect_for(mlm_chart_svg(chart, false, &svg) == MLM_OK, "drawn", what);
  mlm_str_add(&svg, "", 1);
  mlm_chart_free(chart);
  return svg.bytes;
}

/* Whether a chart has this in its SVG; frees it. */
static void check_has(Chart *chart, const char *want) {
  char *svg = draw(chart, want);
  expect_for(strstr(svg, want) != NULL, want, svg);
  release(svg);
}

/* Points that are not numbers, and names beyond those that a legend holds, are left out. */
static void check_untitled(void) {
  Chart *chart = fresh();
  Mark *mark = mlm_panel_mark(&chart->panel[0], MARK_LINE, 0);
  mlm_add_point(chart, &mark->points, NAN, 0.5);
  mlm_add_point(chart, &mark->points, 0.5, NAN);
  mlm_add_point(chart, &mark->points, 0.5, 0.5);
  expect(mark->points.n == 1, "points of an untitled chart", (long)mark->points.n);
  const int most = (int)(sizeof chart->legend / sizeof *chart->legend);
  for (int i = 0; i <= most; i++) mlm_add_legend(chart, "name", "", i);
  expect(chart->entries == most, "names in a legend", chart->entries);
  char *svg = draw(chart, "an untitled chart");
  expect_for(strstr(svg, "<title></title>") != NULL, "the title of an untitled chart", svg);
  release(svg);
}

/* A shade of two points, 0.5 and 0.25 high. */
static void put_area(Chart *chart, int series) {
  Mark *mark = mlm_panel_mark(&chart->panel[0], MARK_AREA, series);
  mlm_add_point(chart, &mark->points, 0, 0.5);
  mlm_add_point(chart, &mark->points, 1, 0.25);
}

/* A series beyond the six colours has the colour of another one. Its line has dashes, its shade has none. */
static void check_shade(void) {
  Chart *chart = fresh();
  put_area(chart, 9);
  char *svg = draw(chart, "a shade");
  expect_for(strstr(svg, "class=\"shade f3\"") != NULL, "the shade", svg);
  expect_for(strstr(svg, "class=\"line s3 dash\"") != NULL, "the line", svg);
  release(svg);
}

/* Its outline begins and ends at the foot of the plot, 0.5 and 0.25 of whose height it has at its ends. */
static void check_outline(void) {
  Chart *chart = fresh();
  put_area(chart, 0);
  char *svg = draw(chart, "an outline");
  expect_for(strstr(svg, "d=\"M46 128v-50l358 25v25z\"") != NULL, "the outline", svg);
  release(svg);
}

/* What follows a name in the legend leaves it a third of the line, and is cut where the picture ends. */
static void check_long_legend(void) {
  Chart *chart = fresh();
  mlm_add_legend(chart, "mmmmmmmmmmmmmmmmmmmm", "a remark that is nearly as long as the line is", 0);
  check_has(chart, "<path class=\"line s0\" d=\"M46 180h24\"/>\n<text x=\"78\" y=\"184\"><tspan "
                   "class=\"name\">mmmmmmmm\xe2\x80\xa6</tspan> (a remark that is nearly as "
                   "lon\xe2\x80\xa6)</text>");
  /* Beside eight letters of 8 units there is room for 259 units: 7 * 5 + 28 * 8, and not one more. */
  static const char *const rests[][2] = {
      {"iiiiiiiuuuuuuuuuuuuuuuuuuuuuuuuuuuu", "</tspan> (iiiiiiiuuuuuuuuuuuuuuuuuuuuuuuuuuuu)<"},
      {"iiiiuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu", "</tspan> (iiiiuuuuuuuuuuuuuuuuuuuuuuuuuuuu\xe2\x80\xa6)<"}};
  for (int i = 0; i < 2; i++) {
    mlm_add_legend(chart = fresh(), "nnnnnnnn", rests[i][0], 0);
    check_has(chart, rests[i][1]);
  }
}

/* Names that would be the same when cut at their ends are cut in the middle; others at their ends. */
static void check_alike_legend(void) {
  static const struct {
    const char *name[2], *shown[2];
  } cases[] = {
      {{"model of the north, run number 1", "model of the north, run number 2"},
       {">model \xe2\x80\xa6mber 1<", ">model \xe2\x80\xa6mber 2<"}},
      {{"north: a model of the region", "south: a model of the region"},
       {">north: a model\xe2\x80\xa6<", ">south: a mode\xe2\x80\xa6<"}},
      {{"run 1", "run 2"}, {">run 1<", ">run 2<"}},
  };
  /* The least room counts, of which entry it is, but not that of an entry without a name. */
  static const char *const alike[] = {"nnnnnnnnnnnnnnnnn1", "nnnnnnnnnnnnnnnnn2"},
                           rest[] = "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu";
  for (int k = 0; k < 2; k++) {
    Chart *chart = fresh();
    for (int i = 0; i < 2; i++) mlm_add_legend(chart, alike[i], i == k ? rest : "", i);
    check_has(chart, k ? ">nnnnnn\xe2\x80\xa6nnnnn2<" : ">nnnnnn\xe2\x80\xa6nnnnn1<");
  }
  Chart *unnamed = fresh();
  mlm_add_legend(unnamed, "nnnnnnnnnnnnnnnnnnnnnnnn1nnnnnnnnnnnnnnnnnnnn", "", 0);
  mlm_add_legend(unnamed, "nnnnnnnnnnnnnnnnnnnnnnnn2nnnnnnnnnnnnnnnnnnnn", "", 1);
  mlm_add_legend(unnamed, "", rest, MLM_REFERENCE);
  check_has(unnamed, ">nnnnnnnnnnnnnnnnnnnnnnnn1nnnnnnnnnn");
  static const char letters[] = "nnnnnnnnnnnnnnnnnnnnnnnn";
  Chart *third = fresh();
  /* 98 units are left, and the name has 108.7 */
  mlm_add_legend(third, letters, "uuuuuuuuuuuuuuuuuuuuuuuuuu", 0);
  check_has(third, ">nnnnnnnnnnnn\xe2\x80\xa6</tspan> (");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Chart *chart = fresh();
    for (int k = 0; k < 2; k++) mlm_add_legend(chart, cases[i].name[k], "best F1 0.750 at cutoff 0.562", k);
    char *svg = draw(chart, "names alike");
    for (int k = 0; k < 2; k++) expect_for(strstr(svg, cases[i].shown[k]) != NULL, cases[i].shown[k], svg);
    release(svg);
  }
}

/* Counts that are wider than their cells are shown as shares alone, however high the cells are, and the
 * columns' name says so. */
static void check_wide_counts(int classes, bool fits) {
  const StateType *kind = &mlm_confusion_matrix_state;
  void *matrix = calloc(1, kind->bytes);
  if (!matrix) exit(2);
  for (int i = 0; i < classes; i++) {
    const Class class = {.type = CLASS_INTEGER, .integer = i};
    const Row row = {.weight = 12345678901, .pred_class = class, .target_class = class};
    expect(kind->add(matrix, &row, 1, &host) == MLM_OK, "add", i);
  }
  expect(kind->seal(matrix, &host) == MLM_OK, "seal", classes);
  Chart *chart = mlm_chart_new(&host);
  mlm_confusion_chart(chart, kind, matrix);
  char *svg = draw(chart, "a matrix");
  expect((strstr(svg, ">12345678901<") != NULL) == fits, "counts", classes);
  expect((strstr(svg, ">100</text>") != NULL) == !fits, "shares alone", classes);
  expect((strstr(svg, ">predicted, % of true class</text>") != NULL) == !fits, "what is shown", classes);
  release(svg);
  kind->clear(matrix, &host);
  free(matrix);
}

/* ---- places ---- */

/* A chart whose x axis has these two ticks alone. */
static Chart *with_ticks(double first, const char *label, double last, const char *last_label) {
  Chart *chart = fresh();
  Axis *x = &chart->panel[0].x;
  x->ticks = last > first ? 2 : 1;
  x->tick[0].at = first;
  x->tick[1].at = last;
  snprintf(x->tick[0].label, sizeof x->tick[0].label, "%s", label);
  snprintf(x->tick[1].label, sizeof x->tick[1].label, "%s", last_label);
  return chart;
}

/* Labels of an x axis whose middle is too close to an edge of the picture begin or end there. Two need four
 * units between them. The plot is from 46 to 404; twelve digits are 92.16 units wide. */
static void check_edges(void) {
  static const char digits[] = "123456789012";
  check_has(with_ticks(1, "1000", 0, ""),
            "<text x=\"404\" y=\"143\" class=\"small soft\" text-anchor=\"middle\">1000<");
  check_has(with_ticks(1, "10000", 0, ""),
            "<text x=\"419\" y=\"143\" class=\"small soft\" text-anchor=\"end\">10000<");
  check_has(with_ticks(0, "1.7.0.0.00123", 0, ""),
            "<text x=\"46\" y=\"143\" class=\"small soft\" text-anchor=\"middle\">1.7");
  check_has(with_ticks(0, "12345678901.", 0, ""), /* half of it is 46.5 wide */
            "<text x=\"1\" y=\"143\" class=\"small soft\">12345678901.<");
  check_has(with_ticks(0, digits, 0, ""), "<text x=\"1\" y=\"143\" class=\"small soft\">123456789012<");
  static const struct {
    double first, last;
    bool both;
  } pairs[] = {{0.644, 1, true},   {0.646, 1, false}, /* ends at 419, begins at 326.84 */
               {0.2, 0.47, true},  {0.2, 0.467, false},
               {0, 0.2705, false}, {0, 0.2716201117318436, true}}; /* ends at 93.16, begins at 97.16 */
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    char *svg = draw(with_ticks(pairs[i].first, digits, pairs[i].last, "210987654321"), "two labels");
    expect_for(strstr(svg, digits) && !strstr(svg, "210987654321") == !pairs[i].both, "labels side by side",
               svg);
    release(svg);
  }
}

/* A title takes three fifths of the line above a plot at most, and the name of its y axis what is left. */
static void check_panel_title(void) {
  Chart *chart = fresh();
  chart->panel[0].title = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn";
  chart->panel[0].y.label = "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu";
  check_has(chart, ">nnnnnnnnnnnnnnnnnnnnnnnnn\xe2\x80\xa6</tspan>: uuuuuuuuuuuuuuuuu\xe2\x80\xa6</text>");
}

/* Cells are rectangles from their lower left corners, shades may begin anywhere, line 7 has dashes. */
static void check_marks(void) {
  Chart *chart = fresh();
  Mark *mark = mlm_panel_mark(&chart->panel[0], MARK_CELLS, 0);
  mark->level = 4;
  mark->width = mark->height = 0.25;
  mlm_add_point(chart, &mark->points, 0, 0);
  mlm_add_point(chart, &mark->points, 0.5, 0.5);
  check_has(chart, "class=\"l4 f0\" d=\"M46 128h89.5v-25h-89.5zM225 78h89.5v-25h-89.5z\"");
  chart = fresh();
  mark = mlm_panel_mark(&chart->panel[0], MARK_AREA, 6);
  mlm_add_point(chart, &mark->points, 0.25, 0.5);
  mlm_add_point(chart, &mark->points, 0.75, 0.5);
  check_has(
      chart,
      "class=\"shade f0\" d=\"M135.5 128v-50h179v50z\"/>\n<path class=\"line s0 dash\" d=\"M135.5 78h179\"");
}

/* Panels stand side by side, and what follows stands below the last of them. */
static void check_grid(void) {
  for (int panels = 1; panels <= 4; panels++) {
    Chart *chart = fresh();
    chart->columns = 2;
    for (int p = 1; p < panels; p++) {
      Panel *panel = mlm_chart_panel(chart, 100);
      panel->x.label = p < 2 ? "x" : "z";
      panel->y.label = "";
    }
    mlm_add_legend(chart, "name", "", 0);
    char *svg = draw(chart, "a grid");
    const int rows = (panels + 1) / 2, height = 4 + 166 * rows + 19 + 8;
    char box[64], second[64];
    snprintf(box, sizeof box, "viewBox=\"0 0 420 %d\"", height);
    snprintf(second, sizeof second, "<path class=\"axis\" d=\"M256 28v100h148\"");
    expect_for(strstr(svg, box) != NULL, box, svg);
    expect_for((strstr(svg, second) != NULL) == (panels > 1), second, svg);
    release(svg);
  }
}

/* ---- tick labels ---- */

/* The label of a tick, and where it is in the picture. */
typedef struct Label {
  char text[32];
  double from, to, y;
} Label;

/* The width that a wide font (DejaVu Sans) gives a label of 12 units, of digits and signs. */
static double wide(const char *text) {
  double width = 0;
  for (; *text; text++)
    width += strchr(".: ", *text) ? 3.9 : strchr("-", *text) ? 4.4 : *text == '%' ? 11.4 : 7.65;
  return width;
}

/* Reads the next label of a tick; NULL: there is none. */
static const char *next_label(const char *at, Label *label) {
  static const char class[] = "class=\"small soft\"";
  const char *found = strstr(at, class);
  if (!found) return NULL;
  const char *begin = found, *text = strchr(found, '>') + 1;
  while (*begin != '<') begin--;
  size_t n = strcspn(text, "<");
  snprintf(label->text, sizeof label->text, "%.*s", (int)n, text);
  double x = strtod(strstr(begin, "x=\"") + 3, NULL), width = wide(label->text);
  bool end = strncmp(found + sizeof class, "text-anchor=\"end\"", 17) == 0;
  *label = (Label){.from = x - (end ? width : width / 2), .to = x + (end ? 0 : width / 2)};
  snprintf(label->text, sizeof label->text, "%.*s", (int)n, text);
  label->y = strtod(strstr(begin, "y=\"") + 3, NULL);
  return text;
}

/* Labels of both axes are within the picture, and as many as there are ticks. */
static void check_tick_labels(double lo, double hi, int columns) {
  Chart *chart = fresh();
  chart->columns = columns;
  for (int p = 0; p < columns; p++) {
    Panel *panel = p ? mlm_chart_panel(chart, 100) : &chart->panel[0];
    mlm_axis_linear(&panel->x, "x", 0, 1);
    mlm_axis_linear(&panel->y, "y", lo, hi);
  }
  int ticks = columns * chart->panel[0].y.ticks, n = 0;
  char *svg = draw(chart, "ticks");
  Label label;
  for (const char *at = svg; (at = next_label(at, &label)) != NULL;) {
    n += label.to < 420 && label.from < label.to;
    expect_for(label.from >= 0 && label.to <= 420, "a label within the picture", label.text);
  }
  expect(n > ticks, "labels", n);
  release(svg);
}

static void check_ticks(void) {
  static const double ends[][2] = {{0, 1},      {-1e-4, 1e-4},    {0, 3.4e6},  {-9e6, 9e6},
                                   {0, 99999},  {-5e5, 1e5},      {0, 9e8},    {-1e300, 0},
                                   {0, 3e-290}, {-12345, -12340}, {0, 5.5e-4}, {123456.5, 123456.50001}};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    for (int columns = 1; columns <= 2; columns++) check_tick_labels(ends[i][0], ends[i][1], columns);
}

/* Labels of an x axis do not run together, and there are at least two where the axis has three ticks. */
static void check_x_labels(double lo, double hi, bool dates, double y_hi) {
  Chart *chart = fresh();
  Panel *panel = &chart->panel[0];
  (dates ? mlm_axis_dates : mlm_axis_linear)(&panel->x, "x", lo, hi);
  mlm_axis_linear(&panel->y, "y", 0, y_hi);
  int ticks = panel->x.ticks, n = 0;
  char *svg = draw(chart, "an x axis");
  Label before = {.to = -10}, label;
  const double below = 128 + 15;
  for (const char *at = svg; (at = next_label(at, &label)) != NULL;) {
    if (label.y != below) continue;
    expect_for(label.from > before.to + 2, "labels of an x axis apart", label.text);
    before = label;
    n++;
  }
  expect_x(n >= (ticks > 2 ? 2 : 1) && n <= ticks, "labels of an x axis", hi - lo);
  release(svg);
}

/* Spans of a minute up to a century, and of numbers of any size. */
static void check_x_axes(void) {
  double days = 1 / 1440.0;
  for (int i = 0; i < 300; i++, days *= 1.06)
    for (int k = 0; k < 4; k++)
      check_x_labels(18262 + 0.3 * i + k / 5.0, 18262 + 0.3 * i + k / 5.0 + days, true, k ? 1 : 9e6);
  static const double spans[] = {1, 7, 1e5, 3e6, 1e-4, 0.0005, 9e8, 1e300};
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
    check_x_labels(0, spans[i], false, 1);
    check_x_labels(-spans[i], spans[i] / 3, false, 1);
    check_x_labels(1e6, 1e6 + spans[i], false, 9e6);
  }
}

/* ---- gaps ---- */

/* Whether no line leads from below `from` to above `to`, though there are points on both sides. */
static bool has_gap(const PointList *list, double from, double to) {
  bool gap = false;
  for (size_t i = 1; i < list->n; i++) {
    if (!(list->at[i - 1].x <= from && list->at[i].x >= to)) continue;
    gap = list->at[i].apart;
    if (!gap) return false;
  }
  return gap;
}

/* However a curve of n points is thinned, its gap stays, and so does a point between two gaps; a curve may
 * end with a gap. */
static void check_gap(int n, bool noise, bool ends) {
  Chart *chart = mlm_chart_new(&host);
  PointList out = {0};
  Thinner thin;
  bool lone = false;
  mlm_thin_begin(&thin, chart, &out, 1);
  mlm_thin_gap(&thin); /* before all points: none */
  for (int i = 0; i < n; i++) {
    double x = (double)i / n, y = noise ? i * 7919 % 1013 / 1013.0 : x;
    bool drawn = (x < 0.4 || x > 0.6 || i == n / 2) && !(ends && i == n - 1);
    drawn ? mlm_thin_add(&thin, x, y) : mlm_thin_gap(&thin);
  }
  mlm_thin_end(&thin, NAN, NAN);
  for (size_t i = 0; i < out.n; i++) lone |= out.at[i].x == (double)(n / 2) / n;
  expect(chart->status == MLM_OK && out.n <= MLM_MOST_POINTS && !out.at[0].apart, "points beside gaps",
         (long)out.n);
  expect(lone && has_gap(&out, 0.4, 0.45) && has_gap(&out, 0.55, 0.6), "gaps", n);
  expect(!has_gap(&out, 0.2, 0.2) && out.at[out.n - 1].x > 0.85, "no gap elsewhere", n);
  mlm_chart_free(chart);
}

/* A last point that stands alone after a gap is kept once, also where the curve is thinned again. */
static void check_last_alone(int n) {
  Chart *chart = mlm_chart_new(&host);
  PointList out = {0};
  Thinner thin;
  mlm_thin_begin(&thin, chart, &out, 1);
  for (int i = 0; i < n; i++) mlm_thin_add(&thin, 0.9 * i / n, i % 2);
  mlm_thin_gap(&thin);
  mlm_thin_add(&thin, 1, 0.5);
  mlm_thin_end(&thin, 1, 0.5);
  const ChartPoint *last = &out.at[out.n - 1];
  expect(last->apart && last->x == 1 && last->y == 0.5 && last[-1].x < 0.9, "a last point alone", n);
  expect(n > 2 || out.n == (size_t)n + 1, "points kept", (long)out.n);
  mlm_chart_free(chart);
}

/* Parts of one point are strokes as long as wide; a line that is one point and nothing else is not seen. */
static void check_lone_points(void) {
  Chart *chart = fresh();
  Mark *mark = mlm_panel_mark(&chart->panel[0], MARK_LINE, 0);
  static const double x[] = {0, 0.5, 0.5, 0.5, 1};
  for (int i = 0; i < 5; i++) mlm_add_point(chart, &mark->points, x[i], 0.5);
  for (int i = 0; i < 5; i++) mark->points.at[i].apart = i == 1 || i == 3 || i == 4;
  mark = mlm_panel_mark(&chart->panel[0], MARK_LINE, 1);
  mlm_add_point(chart, &mark->points, 0.5, 0);
  char *svg = draw(chart, "lone points");
  expect_for(strstr(svg, "d=\"M45 78h2M224 78h2M224 78h2M403 78h2\"") != NULL, "lone points", svg);
  expect_for(strstr(svg, "d=\"M225 128\"") != NULL, "a line of one point", svg);
  release(svg);
  chart = fresh();
  mark = mlm_panel_mark(&chart->panel[0], MARK_LINE, 0);
  mlm_add_point(chart, &mark->points, 0.5, 0.5);
  mlm_add_point(chart, &mark->points, 0, 0);
  mark->points.at[1].apart = true;
  check_has(chart, "d=\"M224 78h2M45 128h2\"");
}

static void check_gaps(void) {
  static const int sizes[] = {20, 300, 3000, 100000};
  for (int i = 0; i < 8; i++)
    for (int ends = 0; ends < 2; ends++) check_gap(sizes[i / 2], i % 2, ends);
  check_last_alone(1);
  check_last_alone(2);
  check_last_alone(700);
  check_last_alone(5000);
  check_lone_points();
}

/* ---- names of classes ---- */

/* The number after the first `name` from `at` on. */
static double number_after(const char *at, const char *name) {
  return strtod(strstr(at, name) + strlen(name), NULL);
}

/* The heading of the columns is above their middle. */
static void check_centre(const char *svg) {
  const char *first = strstr(svg, "fill-opacity=\""), *last = first, *next,
             *heading = strstr(svg, ">predicted<");
  while ((next = strstr(last + 1, "fill-opacity=\"")) != NULL) last = next;
  while (strncmp(heading, "<text", 5) != 0) heading--;
  double left = number_after(first, " x=\""),
         right = number_after(last, " x=\"") + number_after(last, " width=\"");
  expect_x(fabs(number_after(heading, " x=\"") - (left + right) / 2) < 1.3, "the heading above the middle",
           left);
}

/* Names of columns that rise to the right end within the picture, and cells keep at least the width of a
 * share. */
static void check_slanted(int classes, int letters) {
  const StateType *kind = &mlm_confusion_matrix_state;
  void *matrix = calloc(1, kind->bytes);
  if (!matrix) exit(2);
  for (int i = 0; i < classes; i++) {
    char name[40];
    const int n = snprintf(name, sizeof name, "%.*s%d", letters, "abcdeabcdeabcdeabcdeabcdeabcde", 10 + i);
    const Class class = {.type = CLASS_TEXT, .bytes = name, .n = (size_t)n};
    const Row row = {.weight = 12, .pred_class = class, .target_class = class};
    expect(kind->add(matrix, &row, 1, &host) == MLM_OK, "add", i);
  }
  expect(kind->seal(matrix, &host) == MLM_OK, "seal", classes);
  Chart *chart = mlm_chart_new(&host);
  mlm_confusion_chart(chart, kind, matrix);
  char *svg = draw(chart, "a matrix");
  for (const char *at = svg; (at = strstr(at, "translate(")) != NULL; at++) {
    double x = strtod(at + 10, NULL);
    char name[40];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(strchr(at, '>') + 1, "<"), strchr(at, '>') + 1);
    if (strstr(name, "\xe2\x80\xa6"))
      name[strlen(name) - 2] = 0; /* an ellipsis of three bytes is as wide as a letter */
    expect_for(x + wide(name) * 0.643 <= 420, "a slanted name within the picture", name);
  }
  expect_for(strstr(svg, ">12<") != NULL, "counts in cells", svg);
  check_centre(svg);
  release(svg);
  kind->clear(matrix, &host);
  free(matrix);
}

/* ---- titles ---- */

static char title_room[16];
static uint64_t title_bytes;

static void *give_room(void *block, uint64_t bytes) {
  title_bytes = bytes;
  return bytes <= sizeof title_room ? title_room : NULL;
}

/* A title takes its bytes up to a NUL, and one byte for its own NUL. */
static void check_titles(void) {
  const Host narrow = {.realloc = give_room};
  void *title = NULL;
  expect(mlm_title_parser.parse("abc", 3, &narrow, &title) == MLM_OK && title_bytes == 4, "room", 3);
  expect_for(title && strcmp(mlm_title_parser.text(title), "abc") == 0, "a title", title_room);
  expect(mlm_title_parser.parse("ab\0c", 4, &narrow, &title) == MLM_OK && title_bytes == 3, "room", 2);
  expect(mlm_title_parser.same(title, "ab", 2) && mlm_title_parser.same(title, "ab\0d", 4), "the same", 2);
  expect(!mlm_title_parser.same(title, "ac", 2) && !mlm_title_parser.same(title, "abc", 3), "another", 3);
  expect(mlm_title_parser.parse("", 0, &narrow, &title) == MLM_OK && title_bytes == 1, "room", 0);
}

/* Cut in the middle, where that is asked. */
static void check_cut(const char *text, size_t columns, bool middle, const char *want) {
  StrBuf out = {.limit = 100, .host = &host};
  mlm_cut_text(&out, text, columns, middle);
  mlm_str_add(&out, "", 1);
  expect_for(strcmp(out.bytes, want) == 0, "cut text", out.bytes);
  host.free(out.bytes);
}

static void check_cuts(void) {
  check_cut("boosted", 7, true, "boosted");
  check_cut("boosted", 6, true,
            "boo\xe2\x80\xa6"
            "ed");
  check_cut("boosted", 5, true,
            "bo\xe2\x80\xa6"
            "ed");
  check_cut("boosted", 6, false, "boost\xe2\x80\xa6");
  check_cut("boosted", 2, true, "b\xe2\x80\xa6");
  check_cut("boosted", 1, true, "\xe2\x80\xa6");
  check_cut("boosted", 0, true, "");
}

int main(void) {
  check_cuts();
  check_untitled();
  check_shade();
  check_outline();
  check_ticks();
  check_x_axes();
  check_gaps();
  check_titles();
  for (int classes = 1; classes <= 12; classes++)
    for (int letters = 1; letters <= 30; letters += 4) check_slanted(classes, letters);
  check_edges();
  check_panel_title();
  check_marks();
  check_grid();
  check_long_legend();
  check_alike_legend();
  for (int classes = 2; classes <= 12; classes++) check_wide_counts(classes, classes <= 3);
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
