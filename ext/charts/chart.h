/* A chart as plain data: panels of marks in unit coordinates, axes with ticks, a legend.
 *
 * The files *_charts.c make charts of states, chart_text.c and chart_svg.c draw them. All memory of a chart
 * is its own and is freed at once. After the first failure, which status keeps, additions do nothing.
 */
#ifndef MLM_CHART_H
#define MLM_CHART_H

#include "base/strbuf.h"

enum {
  MLM_MOST_SERIES = 12,  /* that a chart draws; its last legend entry says how many more there are */
  MLM_MOST_POINTS = 512, /* of a curve */
  MLM_MOST_PANELS = 12,
  MLM_MOST_MARKS = 4 * MLM_MOST_SERIES,
  MLM_MOST_TICKS = 12,
  MLM_MOST_ENTRIES = MLM_MOST_SERIES + 4, /* of a legend */
  MLM_REFERENCE = -1                      /* the series of reference lines */
};

/* From (0,0), lower left, to (1,1) of a panel. */
typedef struct ChartPoint {
  double x, y;
  bool apart; /* no line leads here from the point before */
} ChartPoint;

typedef struct PointList {
  ChartPoint *at;
  size_t n, room;
} PointList;

typedef enum MarkKind {
  MARK_LINE,
  MARK_AREA,   /* a line, and a shade between it and the bottom */
  MARK_DOTS,   /* points that are to be seen one by one */
  MARK_POINTS, /* a cloud of points */
  MARK_CELLS   /* rectangles of width and height; the point is the lower left corner */
} MarkKind;

typedef struct Mark {
  MarkKind kind;
  int series;           /* its colour and dashes, or MLM_REFERENCE */
  int level;            /* of cells: 1..4, the densest is 4 */
  double width, height; /* of cells */
  PointList points;
} Mark;

typedef struct Tick {
  double at; /* 0..1 */
  char label[24];
} Tick;

typedef struct Axis {
  const char *label;
  char dated[32]; /* the label, where it says a date */
  double lo, hi;
  Tick tick[MLM_MOST_TICKS];
  int ticks;
} Axis;

/* A table of counts with shaded cells, of a confusion chart. */
typedef struct ChartMatrix {
  size_t n;
  const char *const *name; /* of class i, as mlm_clean_text() made it */
  const double *cell;      /* cell[label · n + pred] */
  const double *share;     /* of the rows of that label */
  bool integral;
} ChartMatrix;

/* Whether two names may show the same where no more than `letters` columns are left of them: then their ends
 * are to stay. It compares bytes, of which a column has one or more. */
bool mlm_names_are_alike(const char *const *name, size_t n, size_t letters);

typedef struct Panel {
  const char *title; /* NULL: none */
  Axis x, y;
  double height; /* of the plot, in units of the SVG */
  Mark mark[MLM_MOST_MARKS];
  int marks;
  const ChartMatrix *matrix; /* instead of marks and ticks */
} Panel;

typedef struct LegendEntry {
  const char *name, *rest; /* "boosted", "(AUC 0.678)"; either may be empty */
  int series;
} LegendEntry;

typedef struct Chart {
  const Host *host;
  Status status;
  double refused; /* where status says that scores stand for classes: one of them, for the message */
  void *blocks;   /* all memory */
  const char *title, *description; /* plain text, as mlm_clean_text() made it; the title may be NULL */
  int panels, columns;             /* columns: of the grid in which an SVG has its panels */
  LegendEntry legend[MLM_MOST_ENTRIES];
  int entries;
  Panel panel[MLM_MOST_PANELS];
} Chart;

/* A new, empty chart, to be freed with mlm_chart_free(); NULL: out of memory. */
Chart *mlm_chart_new(const Host *host);
void mlm_chart_free(Chart *chart);

/* Zeroed memory that lives as long as the chart; NULL: out of memory, which status says. */
void *mlm_chart_memory(Chart *chart, uint64_t bytes);
/* Moves a text to the chart's memory, with a NUL, and frees the buffer; "" where it failed. */
const char *mlm_chart_keep(Chart *chart, StrBuf *text);
/* A buffer for a text of the chart. */
static inline StrBuf mlm_chart_buffer(const Chart *chart) {
  return (StrBuf){.limit = (uint64_t)1 << 30, .host = chart->host};
}

/* Takes note of a failure, MLM_OK aside; the first one stays. */
static inline void mlm_chart_failed(Chart *chart, Status status) {
  if (status && !chart->status) chart->status = status;
}

/* Appends a panel, of at most MLM_MOST_PANELS. */
Panel *mlm_chart_panel(Chart *chart, double height);
/* Appends a mark without points, of at most MLM_MOST_MARKS a panel. */
Mark *mlm_panel_mark(Panel *panel, MarkKind kind, int series);
/* Appends a point, moved into the unit square; a NaN is left out. */
void mlm_add_point(Chart *chart, PointList *list, double x, double y);
/* Appends a reference line. */
void mlm_add_reference(Chart *chart, Panel *panel, double x0, double y0, double x1, double y1);
void mlm_add_legend(Chart *chart, const char *name, const char *rest, int series);
/* Lists the names in the legend that are not empty; returns how many. */
size_t mlm_legend_names(const Chart *chart, const char *name[MLM_MOST_ENTRIES]);
/* Lists the titles of panels; returns how many. */
size_t mlm_panel_titles(const Chart *chart, const char *title[MLM_MOST_PANELS]);

/* The place of x on an axis: 0 at lo, 1 at hi, not clamped. */
static inline double mlm_axis_place(const Axis *axis, double x) {
  return (x / 2 - axis->lo / 2) / (axis->hi / 2 - axis->lo / 2);
}
/* Sets label and range, widened where lo = hi, with ticks at round numbers. */
void mlm_axis_linear(Axis *axis, const char *label, double lo, double hi);
/* The same for days since the beginning of 1970, with ticks at round dates or times. */
void mlm_axis_dates(Axis *axis, const char *label, double lo, double hi);
/* The same for days that begin months, with ticks at months. */
void mlm_axis_months(Axis *axis, const char *label, double lo, double hi);
/* The same as mlm_axis_linear(), the range widened to the next ticks. */
void mlm_axis_round(Axis *axis, const char *label, double lo, double hi);

#endif
