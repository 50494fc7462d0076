/* Which points of a curve are kept: of curves drawn by hand, all lengths in units of the tolerance; of too
 * many points, and of noise. */
#include "charts/thin.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum {
  UNITS = 1024, /* of the tolerance, in a plot; so all lengths are exact */
  SERIES = 12,
  MOST = 200 /* points of one of twelve series */
};

typedef struct Curve {
  const char *given; /* points; a bar is a gap, and behind a semicolon is the end, which has not been added */
  const char *wanted; /* the points kept; a bar before one that stands apart */
} Curve;

static const Curve curves[] = {
    /* What is within the tolerance of a line is not kept, nor what is too near to a point to be seen. */
    {"0,10 10,10 20,10.4 30,9.6 40,10", "0,10 40,10"},
    {"0,0 10,0 20,5 30,5", "0,0 10,0 20,5 30,5"},
    {"10,10 10.1,10 10,10.1 9.9,10 10,9.9 10,20", "10,10 10,20"},
    /* What a line has passed by stays so: beside each two of these there is one, but not beside all. */
    {"0,0 10,0.9 20,4", "0,0 10,0.9 20,4"},
    {"0,10 20,8.4 40,8.2 80,10", "0,10 40,8.2 80,10"},
    {"0,10 20,11.6 40,11.8 80,10", "0,10 40,11.8 80,10"},
    {"0,10 20,10 40,11.9 80,11.5 160,10", "0,10 40,11.9 160,10"},
    {"0,10 20,10 40,8.1 80,8.5 160,10", "0,10 40,8.1 160,10"},
    /* Behind a bend every direction is allowed, */
    {"0,0 5,0 10,0 10,5 10,10 15,10 20,10 20,20", "0,0 10,0 10,10 20,10 20,20"},
    {"0,10 5,5 10,0 15,5 20,10", "0,10 10,0 20,10"},
    /* and where a line turns back by more than half of the tolerance. */
    {"0,0 20,0 10,0", "0,0 20,0 10,0"},
    {"0,0 20,0 19.25,0 30,0", "0,0 20,0 30,0"},
    {"0,0 20,0 19.75,0 30,0", "0,0 30,0"},
    {"0,0 20,0 0,0", "0,0 20,0 0,0"},
    {"0,0 20,0 20,20 20,10 20,20", "0,0 20,0 20,20 20,10 20,20"},
    /* Numbers that are not there. */
    {"0,0 10,nan nan,10 20,0", "0,0 20,0"},
    {"nan,0 5,5", "5,5"},
    {"0,0 10,0 20,nan 30,0 40,0", "0,0 40,0"},
    /* What is just within the tolerance, or turns back by just half of it, is passed by. */
    {"0,10 8,10 16,8", "0,10 16,8"},
    {"0,10 8,10 16,12", "0,10 16,12"},
    {"10,10 11,10 10,20", "10,10 10,20"},
    {"0,0 8,0 7.5,0 16,0", "0,0 16,0"},
    /* Gaps: behind one point, behind a line, at the beginning and at the end. */
    {"0,0 | 10,0 20,0", "0,0 |10,0 20,0"},
    {"0,0 | 0,0 20,0", "0,0 |0,0 20,0"},
    {"0,0 10,0 20,0 | 30,0 40,0 50,0 | 60,0", "0,0 20,0 |30,0 50,0 |60,0"},
    {"| 0,0 20,0 | |", "0,0 20,0"},
    /* The end. */
    {"0,0 10,0 ; 10,10", "0,0 10,0 10,10"},
    {"0,0 20,0 ; 20.02,0", "0,0 20.02,0"},
    {"0,0 20,0 ; nan,nan", "0,0 20,0"},
    {"0,0 20,0 ; 30,nan", "0,0 20,0"},
    {"0,0 20,0 ; nan,30", "0,0 20,0"},
    {"0,0 20,0 | ; 30,0", "0,0 20,0 |30,0"},
};

static Chart *fresh(void) {
  Chart *chart = mlm_chart_new(&host);
  if (!chart) exit(2);
  return chart;
}

/* Writes points in units of the tolerance. */
static void write(const PointList *list, char *to) {
  *to = 0;
  for (size_t i = 0; i < list->n; i++)
    sprintf(to + strlen(to), "%s%s%.4g,%.4g", i > 0 ? " " : "", list->at[i].apart ? "|" : "",
            list->at[i].x * UNITS, list->at[i].y * UNITS);
}

static void check_curve(const Curve *curve) {
  Chart *chart = fresh();
  Thinner thin;
  PointList out = {0};
  double x = NAN, y = NAN;
  bool added = true;
  char got[1000];
  mlm_thin_begin(&thin, chart, &out, 1);
  thin.tolerance = 1.0 / UNITS;
  for (const char *at = curve->given; *at; at += strcspn(at, " "), at += *at == ' ') {
    if (*at == '|') mlm_thin_gap(&thin);
    if (*at == ';') added = false;
    if (*at == '|') x = y = NAN;
    if (*at == '|' || *at == ';') continue;
    char *next;
    x = strtod(at, &next) / UNITS, y = strtod(next + 1, NULL) / UNITS;
    if (added) mlm_thin_add(&thin, x, y);
  }
  mlm_thin_end(&thin, x, y);
  write(&out, got);
  expect_for(strcmp(got, curve->wanted) == 0, curve->given, got);
  mlm_chart_free(chart);
}

/* ---- too many points ---- */

/* Thins a curve whose first points go up and down by 100, and the others by `height`, as one of twelve
 * series. */
static PointList teeth(Chart *chart, size_t high, size_t low, double height) {
  Thinner thin;
  PointList out = {0};
  mlm_thin_begin(&thin, chart, &out, SERIES);
  thin.tolerance = 1.0 / UNITS;
  for (size_t i = 0; i < high + low; i++)
    mlm_thin_add(&thin, (double)i * 4 / UNITS, (500 + (i % 2 ? i < high ? 100 : height : 0)) / UNITS);
  mlm_thin_end(&thin, thin.last.x, thin.last.y);
  return out;
}

/* As many points as there may be are kept. Where there are more, a line within twice the tolerance is enough.
 */
static void check_many(void) {
  Chart *chart = fresh();
  Thinner thin;
  mlm_thin_begin(&thin, chart, NULL, SERIES);
  expect(thin.most == MOST, "points of one of twelve series", (long)thin.most);
  mlm_thin_begin(&thin, chart, NULL, 1);
  expect(thin.most == MLM_MOST_POINTS, "points of the only series", (long)thin.most);
  expect(teeth(chart, 100, 100, 1.5).n == MOST, "as many as there may be",
         (long)teeth(chart, 100, 100, 1.5).n);
  expect(teeth(chart, 0, MOST + 1, 1.5).n == 2, "one more", (long)teeth(chart, 0, MOST + 1, 1.5).n);
  expect(teeth(chart, 198, 52, 1.5).n == MOST, "as many when thinned again",
         (long)teeth(chart, 198, 52, 1.5).n);
  /* otherwise extremes are kept */
  expect(teeth(chart, 0, MOST + 1, 2.5).n > MOST / 2, "higher teeth", (long)teeth(chart, 0, MOST + 1, 2.5).n);
  mlm_chart_free(chart);
}

/* ---- noise ---- */

enum { NOISE = 1000, COLUMNS = MOST / 4 - 1 };

/* Appends the points of a column: its first, the lowest and the highest in their order, and its last. */
static void add_column(PointList *wanted, const ChartPoint *of, size_t n) {
  size_t low = 0, high = 0;
  for (size_t i = 1; i < n; i++) {
    if (of[i].y < of[low].y) low = i;
    if (of[i].y > of[high].y) high = i;
  }
  const size_t kept[] = {0, low < high ? low : high, low < high ? high : low, n - 1};
  for (size_t k = 0; k < 4; k++)
    if (k == 0 || kept[k] != kept[k - 1]) wanted->at[wanted->n++] = of[kept[k]];
}

/* Of noise, and of the same with a gap, each column has its extremes. Of equal ones the first counts. */
static void check_noise(size_t gap) {
  static ChartPoint given[NOISE], kept[NOISE];
  Chart *chart = fresh();
  Thinner thin;
  PointList out = {0}, wanted = {.at = kept};
  mlm_thin_begin(&thin, chart, &out, SERIES);
  for (size_t i = 0; i < NOISE; i++) {
    const double level = (double)(i * 7919 % 101 / 10 * 10);
    given[i] = (ChartPoint){.x = (double)i / (NOISE - 1), .y = (i % 2 ? 700 + level : 500 - level) / UNITS};
    if (i == gap) mlm_thin_gap(&thin);
    given[i].apart = i == gap;
    mlm_thin_add(&thin, given[i].x, given[i].y);
  }
  mlm_thin_end(&thin, given[NOISE - 1].x, given[NOISE - 1].y);
  for (size_t i = 0, end; i < NOISE; i = end) {
    for (end = i; end < NOISE && floor(given[end].x * COLUMNS) == floor(given[i].x * COLUMNS); end++) {}
    add_column(&wanted, given + i, end - i);
  }
  expect(out.n == wanted.n, "points of noise", (long)out.n);
  for (size_t i = 0; i < out.n && i < wanted.n; i++)
    expect(out.at[i].x == kept[i].x && out.at[i].y == kept[i].y && out.at[i].apart == kept[i].apart,
           "point of noise", (long)i);
  mlm_chart_free(chart);
}

/* Noise within one column: its extremes, and nothing of what may stand behind the points. */
static void check_column(void) {
  Chart *chart = fresh();
  Thinner thin;
  PointList out = {0};
  mlm_thin_begin(&thin, chart, &out, SERIES);
  for (size_t i = 0; i < MOST + 10; i++)
    mlm_thin_add(&thin, (double)i / 20000, i % 2 ? 0.9 - (double)i / 1000 : 0.1 + (double)i / 1000);
  mlm_thin_end(&thin, thin.last.x, thin.last.y);
  expect(out.n == 3 && out.at[1].y == 0.899 && out.at[2].y == thin.last.y, "points of one column",
         (long)out.n);
  mlm_chart_free(chart);
}

/* A point 0.05 units from the last one is far enough to be the end, a nearer one is not. */
static void check_near(void) {
  const double near = 0.05 / MLM_PLOT_UNITS;
  const struct {
    double x, y;
    size_t n;
  } ends[] = {{near, 0, 2},        {-near, 0, 2},        {0, near, 2},        {0, -near, 2},
              {near * 0.99, 0, 1}, {-near * 0.99, 0, 1}, {0, near * 0.99, 1}, {0, -near * 0.99, 1}};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    Chart *chart = fresh();
    Thinner thin;
    PointList out = {0};
    const double x = ends[i].x < 0 ? -ends[i].x : 0, y = ends[i].y < 0 ? -ends[i].y : 0;
    mlm_thin_begin(&thin, chart, &out, 1);
    mlm_thin_add(&thin, x, y);
    mlm_thin_add(&thin, ends[i].x > 0 ? ends[i].x : 0, ends[i].y > 0 ? ends[i].y : 0);
    mlm_thin_end(&thin, NAN, NAN);
    expect(out.n == ends[i].n, "points near each other", (long)i);
    mlm_chart_free(chart);
  }
}

/* Where 360 units are the width of a plot, a point 0.3 units beside a line may be left out, one further off
 * not. */
static void check_tolerance(void) {
  static const struct {
    double beside;
    size_t n;
  } points[] = {{0.2997, 2}, {0.3003, 3}};
  for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
    Chart *chart = fresh();
    Thinner thin;
    PointList out = {0};
    mlm_thin_begin(&thin, chart, &out, 1);
    mlm_thin_add(&thin, 0, 0);
    mlm_thin_add(&thin, 0.5, points[i].beside / 360);
    mlm_thin_end(&thin, 1, 0);
    expect(out.n == points[i].n, "points beside a line", (long)out.n);
    mlm_chart_free(chart);
  }
}

/* Where there is no memory for one more point, nothing is written behind the others. */
static void check_full(void) {
  ChartPoint at[] = {{.x = 0, .y = 0}, {.apart = true}};
  Chart *chart = fresh();
  Thinner thin;
  PointList out = {.at = at, .n = 1, .room = 1};
  mlm_chart_failed(chart, MLM_NOMEM);
  mlm_thin_begin(&thin, chart, &out, 1);
  mlm_thin_point(&thin, 0.5, 0.5);
  expect(out.n == 1 && at[1].apart, "a point without memory", (long)out.n);
  mlm_chart_free(chart);
}

int main(void) {
  for (size_t i = 0; i < sizeof curves / sizeof *curves; i++) check_curve(&curves[i]);
  check_many();
  check_noise(NOISE);
  check_noise(NOISE / 2);
  check_column();
  check_near();
  check_tolerance();
  check_full();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
