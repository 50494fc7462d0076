/* A chart as an SVG document: no script, no reference to anything outside, colours for light and dark
 * screens. */
#include "charts/chart_svg.h"

#include "base/number_print.h"
#include "charts/display_text.h"
#include "charts/svg_parts.h"

/* In units of the viewBox. */
enum {
  LEFT = 46,    /* of the plot, at least: room for tick labels */
  TICK_GAP = 6, /* from a tick label to the plot */
  BETWEEN = 4,  /* labels of the x axis, at least */
  RIGHT = 16,
  TITLE = 26,
  TITLE_ROW = 19,
  ABOVE = 24, /* of each plot: the name of its y axis */
  BELOW = 42, /* tick labels, the name of its x axis */
  BELOW_BARE = 24,
  LEGEND_ROW = 19,
  KEY = 32,   /* the line of a series before its name in the legend, and a gap */
  COLOURS = 6 /* further series have the same colours in other dashes */
};

/* Colours after Okabe and Ito, made lighter or darker until text and lines have a contrast of at least 4.5
 * with their background. */
#define INKS(ink, soft, grid, paper)                                                                         \
  ".mlm text{fill:" ink "}.mlm .soft{fill:" soft "}.mlm .paper{fill:" paper "}.mlm .grid{stroke:" grid       \
  "}.mlm .axis,.mlm .ref{stroke:" soft "}"
/* Dashes tell series apart for readers who do not see the colours, and where lines overlap. */
#define DASHES                                                                                               \
  ".mlm .s1.line{stroke-dasharray:12 3}.mlm .s2.line{stroke-dasharray:5 2}.mlm "                             \
  ".s3.line{stroke-dasharray:12 3 3 3}.mlm .s4.line{stroke-dasharray:8 3 3 3 3 3}.mlm "                      \
  ".s5.line{stroke-dasharray:3 2}.mlm .dash.line{stroke-dasharray:16 4 4 4}"
#define SERIES(i, colour) ".mlm .s" i "{stroke:" colour "}.mlm .f" i "{fill:" colour "}"

const char mlm_svg_style[] =
    ".mlm{font:13px system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}"
    ".mlm .line,.mlm .axis,.mlm .grid,.mlm .ref{fill:none}.mlm .line{stroke-width:2;stroke-linejoin:round}"
    ".mlm .ref{stroke-dasharray:2 4}" DASHES ".mlm .title{font-weight:600;font-size:15px}"
    ".mlm .small{font-size:12px}.mlm .dots{stroke-width:8;stroke-linecap:round}"
    ".mlm .cloud{stroke-width:4;stroke-linecap:round;stroke-opacity:.6}.mlm .shade{fill-opacity:.16}"
    ".mlm .l1{fill-opacity:.2}.mlm .l2{fill-opacity:.4}.mlm .l3{fill-opacity:.65}.mlm .l4{fill-opacity:1}"
    ".mlm .name{unicode-bidi:isolate}" INKS("#1f1f1f", "#5a6570", "#e3e7ea", "#fff") SERIES("0", "#0072b2")
        SERIES("1", "#b84c00") SERIES("2", "#007a58") SERIES("3", "#a24b80") SERIES("4", "#8a6100")
            SERIES("5", "#1f1f1f") "@media screen and (prefers-color-scheme:dark){" INKS("#f2f2f2", "#9aa5b1",
                                                                                         "#31383f", "#14171a")
                SERIES("0", "#56b4e9") SERIES("1", "#e8843c") SERIES("2", "#2cb88f") SERIES("3", "#dd93bc")
                    SERIES("4", "#f0e442") SERIES("5", "#f2f2f2") "}";

/* A path whose points are rounded to tenths of a unit and written as steps from one to the next: this is
 * short, and rounding errors do not add up. */
typedef struct Path {
  StrBuf *out;
  int x, y; /* the last point, in tenths */
} Path;

/* unreachable: a number below 0, for coordinates are within the picture */
static int tenths(double x) { return (int)(x * 10 + (x < 0 ? -0.5 : 0.5)); }

/* Appends tenths as a number of units; a minus sign separates it from the number before, otherwise `blank`
 * asks for a blank. */
static void put_tenths(StrBuf *out, int x, bool blank) {
  char digits[MLM_NUMBER_BYTES];
  int whole = x < 0 ? -(x / 10) : x / 10, tenth = x < 0 ? -(x % 10) : x % 10;
  if (x < 0)
    mlm_str_put(out, "-");
  else if (blank)
    mlm_str_put(out, " ");
  /* unreachable: x == 0. Coordinates are positive, and steps of 0 are not written. */
  if (whole || !tenth) mlm_str_add(out, digits, mlm_print_integer(whole, digits));
  if (!tenth) return;
  mlm_str_put(out, ".");
  mlm_str_add(out, digits, mlm_print_integer(tenth, digits));
}

static void move_to(Path *path, double x, double y) {
  path->x = tenths(x);
  path->y = tenths(y);
  mlm_str_put(path->out, "M");
  put_tenths(path->out, path->x, false);
  put_tenths(path->out, path->y, true);
}

static void line_to(Path *path, double x, double y) {
  int dx = tenths(x) - path->x, dy = tenths(y) - path->y;
  if (dx || dy) mlm_str_put(path->out, dx && dy ? "l" : dx ? "h" : "v");
  if (dx) put_tenths(path->out, dx, false);
  if (dy) put_tenths(path->out, dy, dx != 0);
  path->x += dx;
  path->y += dy;
}

static void put_pair(StrBuf *out, const char *before, double x, double y) {
  mlm_str_put(out, before);
  mlm_svg_coordinate(out, x);
  mlm_str_put(out, " ");
  mlm_svg_coordinate(out, y);
}

static double px(const SvgBox *box, double x) { return box->x + x * box->width; }
static double py(const SvgBox *box, double y) { return box->y + (1 - y) * box->height; }

/* class="line s0 dash" */
static void put_class(StrBuf *out, const char *kind, char what, int series) {
  char colour[] = {' ', what, (char)('0' + series % COLOURS), 0};
  mlm_str_put(out, "<path class=\"");
  mlm_str_put(out, series < 0 ? "ref" : kind);
  if (series >= 0) mlm_str_put(out, colour);
  if (series >= COLOURS && what == 's') mlm_str_put(out, " dash");
  mlm_str_put(out, "\" d=\"");
}

/* Where the part of a line that begins with point i ends, if it is one place beside other parts; i: it is
 * not.
 */
static size_t end_of_lone_point(const PointList *list, size_t i) {
  const ChartPoint *at = list->at;
  size_t end = i + 1;
  while (end < list->n && !at[end].apart && at[end].x == at[i].x && at[end].y == at[i].y) end++;
  bool ends = end == list->n || at[end].apart, several = i > 0 || end < list->n;
  return ends && several ? end : i;
}

/* A point between two gaps is as long as the line is wide, to be seen. */
static void put_line(const SvgBox *box, const Mark *mark, StrBuf *out) {
  const PointList *list = &mark->points;
  Path path = {.out = out};
  put_class(out, "line", 's', mark->series);
  for (size_t i = 0; i < list->n; i++) {
    bool begins = i == 0 || list->at[i].apart;
    size_t end = begins ? end_of_lone_point(list, i) : i;
    double x = px(box, list->at[i].x), y = py(box, list->at[i].y);
    (begins ? move_to : line_to)(&path, end > i ? x - 1 : x, y);
    if (end == i) continue;
    line_to(&path, x + 1, y);
    i = end - 1;
  }
  mlm_str_put(out, "\"/>\n");
}

static void put_shade(const SvgBox *box, const Mark *mark, StrBuf *out) {
  const PointList *list = &mark->points;
  Path path = {.out = out};
  put_class(out, "shade", 'f', mark->series);
  move_to(&path, px(box, list->at[0].x), py(box, 0));
  for (size_t i = 0; i < list->n; i++) line_to(&path, px(box, list->at[i].x), py(box, list->at[i].y));
  line_to(&path, px(box, list->at[list->n - 1].x), py(box, 0));
  mlm_str_put(out, "z\"/>\n");
}

/* Segments without length, which round caps make dots. */
static void put_dots(const SvgBox *box, const Mark *mark, StrBuf *out) {
  put_class(out, mark->kind == MARK_DOTS ? "dots" : "cloud", 's', mark->series % COLOURS);
  for (size_t i = 0; i < mark->points.n; i++) {
    put_pair(out, "M", px(box, mark->points.at[i].x), py(box, mark->points.at[i].y));
    mlm_str_put(out, "h0");
  }
  mlm_str_put(out, "\"/>\n");
}

static void put_cells(const SvgBox *box, const Mark *mark, StrBuf *out) {
  static const char *const levels[] = {"l1", "l1", "l2", "l3", "l4"};
  put_class(out, levels[mark->level], 'f', mark->series);
  double width = mark->width * box->width, height = mark->height * box->height;
  for (size_t i = 0; i < mark->points.n; i++) {
    put_pair(out, "M", px(box, mark->points.at[i].x), py(box, mark->points.at[i].y));
    mlm_str_put(out, "h");
    mlm_svg_coordinate(out, width);
    mlm_str_put(out, "v");
    mlm_svg_coordinate(out, -height);
    mlm_str_put(out, "h");
    mlm_svg_coordinate(out, -width);
    mlm_str_put(out, "z");
  }
  mlm_str_put(out, "\"/>\n");
}

static void put_mark(const SvgBox *box, const Mark *mark, StrBuf *out) {
  if (mark->points.n == 0) return;
  switch (mark->kind) {
  case MARK_AREA:
    put_shade(box, mark, out); /* and its line */
  /* fall through */
  case MARK_LINE: put_line(box, mark, out); break;
  case MARK_CELLS: put_cells(box, mark, out); break;
  default: put_dots(box, mark, out);
  }
}

/* Where the label of a tick of the x axis, in the tick's middle, would reach beyond the picture: 1 on the
 * right, where it then ends, -1 on the left, where it then begins; 0: nowhere. */
static int side_beyond(const Tick *tick, const SvgBox *box) {
  double x = px(box, tick->at), half = mlm_svg_text_width(tick->label) / 2;
  return x + half > MLM_SVG_WIDTH ? 1 : x - half < 0 ? -1 : 0;
}

/* Where the label of a tick of the x axis ends; it begins its width before. */
static double end_of_label(const Tick *tick, const SvgBox *box, double width) {
  int side = side_beyond(tick, box);
  return side > 0 ? MLM_SVG_WIDTH - 1 : side < 0 ? 1 + width : px(box, tick->at) + width / 2;
}

/* The number of ticks from one label of the x axis to the next, so that they do not run together. */
static int label_stride(const Axis *x, const SvgBox *box) {
  int stride = 1, i = 1;
  while (i < x->ticks) {
    const Tick *before = &x->tick[i - stride], *tick = &x->tick[i];
    double width = MLM_SVG_SMALL * mlm_svg_text_width(tick->label);
    double end = end_of_label(before, box, MLM_SVG_SMALL * mlm_svg_text_width(before->label));
    i = end_of_label(tick, box, width) - width < end + BETWEEN ? ++stride : i + stride;
  }
  return stride;
}

static void put_x_tick(Chart *chart, const Tick *tick, const SvgBox *box, StrBuf *out) {
  static const char *const anchor[] = {"start", "middle", "end"};
  const double x[] = {1, px(box, tick->at), MLM_SVG_WIDTH - 1}, y = box->y + box->height + 15;
  const int side = 1 + side_beyond(tick, box);
  mlm_svg_text(chart, "small soft", x[side], y, anchor[side], tick->label, MLM_SVG_WIDTH, out);
}

static void put_axes(Chart *chart, const Panel *panel, const SvgBox *box, bool names_x, StrBuf *out) {
  mlm_str_put(out, "<path class=\"grid\" d=\"");
  for (int i = 0; i < panel->x.ticks; i++) {
    put_pair(out, "M", px(box, panel->x.tick[i].at), box->y);
    mlm_str_put(out, "v");
    mlm_svg_coordinate(out, box->height);
  }
  for (int i = 0; i < panel->y.ticks; i++) {
    put_pair(out, "M", box->x, py(box, panel->y.tick[i].at));
    mlm_str_put(out, "h");
    mlm_svg_coordinate(out, box->width);
  }
  mlm_str_put(out, "\"/>\n<path class=\"axis\" d=\"");
  put_pair(out, "M", box->x, box->y);
  mlm_str_put(out, "v");
  mlm_svg_coordinate(out, box->height);
  mlm_str_put(out, "h");
  mlm_svg_coordinate(out, box->width);
  mlm_str_put(out, "\"/>\n");
  const int stride = label_stride(&panel->x, box);
  for (int i = 0; i < panel->x.ticks; i += stride) put_x_tick(chart, &panel->x.tick[i], box, out);
  for (int i = 0; i < panel->y.ticks; i++)
    mlm_svg_text(chart, "small soft", box->x - TICK_GAP, py(box, panel->y.tick[i].at) + 4, "end",
                 panel->y.tick[i].label, MLM_SVG_WIDTH, out);
  if (names_x)
    mlm_svg_text(chart, "", box->x + box->width / 2, box->y + box->height + 34, "middle", panel->x.label,
                 box->width, out);
}

static void put_panel(Chart *chart, const Panel *panel, const SvgBox *box, bool names_x, StrBuf *out) {
  put_axes(chart, panel, box, names_x, out);
  for (int i = 0; i < panel->marks; i++) put_mark(box, &panel->mark[i], out);
  mlm_svg_begin_text(out, "", box->x - 6, box->y - 9, "start");
  double left = box->width;
  if (panel->title) {
    mlm_str_put(out, "<tspan class=\"name\" font-weight=\"600\">");
    const char *title = mlm_svg_panel_title(chart, panel, left * 0.6);
    left -= mlm_svg_put_text(chart, title, left * 0.6, out);
    mlm_str_put(out, *panel->y.label ? "</tspan>: " : "</tspan>");
  }
  mlm_svg_put_text(chart, panel->y.label, left, out);
  mlm_str_put(out, "</text>\n");
}

/* ---- the whole ---- */

static double room_of_entry(const LegendEntry *entry) {
  return MLM_SVG_WIDTH - LEFT - RIGHT - (entry->series >= 0 ? KEY : 0);
}

/* What is left of the room for the name. */
static double room_of_name(const LegendEntry *entry) {
  double room = room_of_entry(entry), rest = mlm_svg_text_width(entry->rest) + 20;
  return room - rest > room / 3 ? room - rest : room / 3;
}

/* Whether names are cut in the middle: where the least room would leave the same of two of them. */
static bool legend_is_alike(Chart *chart) {
  const char *name[MLM_MOST_ENTRIES];
  double least = MLM_SVG_WIDTH;
  for (int i = 0; i < chart->entries; i++) {
    double room = room_of_name(&chart->legend[i]);
    if (*chart->legend[i].name && room < least) least = room;
  }
  return mlm_svg_cuts_are_alike(chart, name, mlm_legend_names(chart, name), least);
}

static void put_legend(Chart *chart, const LegendEntry *entry, double y, bool alike, StrBuf *out) {
  double x = LEFT, room = room_of_entry(entry);
  if (entry->series >= 0) {
    put_class(out, "line", 's', entry->series);
    put_pair(out, "M", x, y - 4);
    mlm_str_put(out, "h24\"/>\n");
    x += KEY;
  }
  mlm_svg_begin_text(out, "", x, y, "start");
  if (*entry->name) {
    const char *name = mlm_svg_cut(chart, entry->name, room_of_name(entry), alike);
    room = MLM_SVG_WIDTH - 4 - x - mlm_svg_text_width(name) - 15; /* a blank and brackets */
    mlm_str_put(out, "<tspan class=\"name\">");
    mlm_escape(out, name);
    mlm_str_put(out, "</tspan>");
    if (*entry->rest) mlm_str_put(out, " (");
  }
  mlm_svg_put_text(chart, entry->rest, room, out);
  mlm_str_put(out, *entry->name && *entry->rest ? ")</text>\n" : "</text>\n");
}

/* Whether the name of the panel's x axis is written below it: not if the panel below repeats it. */
static bool names_x(const Chart *chart, int p) {
  int below = p + chart->columns;
  return below >= chart->panels || strcmp(chart->panel[p].x.label, chart->panel[below].x.label) != 0;
}

/* What is left of the plots: as much as the widest label of a y axis needs. The plots of all panels begin at
 * the same place of their columns, so that an x axis reads the same in each. */
static double left_of_plots(const Chart *chart) {
  double left = LEFT;
  for (int p = 0; p < chart->panels; p++) {
    const Axis *y = &chart->panel[p].y;
    for (int i = 0; i < y->ticks; i++) {
      double needed = MLM_SVG_SMALL * mlm_svg_text_width(y->tick[i].label) + TICK_GAP;
      if (needed > left) left = needed;
    }
  }
  return left;
}

/* A title in lines of its own. */
typedef struct TitleLines {
  int n;
  const char *line[2];
} TitleLines;

/* One line; two, the second one cut, where the title is too long and has a blank in the first. A name without
 * a blank is cut in its middle, for names often differ in their ends. */
static TitleLines title_lines(Chart *chart) {
  const double units = (MLM_SVG_WIDTH - RIGHT) / MLM_SVG_TITLE;
  const char *title = chart->title;
  if (!title) return (TitleLines){0};
  const char *first = mlm_svg_cut(chart, title, units, false);
  TitleLines lines = {1, {first, ""}};
  size_t n = 0;
  while (first[n] && first[n] == title[n]) n++;
  if (!title[n]) return lines;
  while (n > 0 && title[n] != ' ') n--;
  if (n == 0) {
    lines.line[0] = mlm_svg_cut(chart, title, units, true);
    return lines;
  }
  StrBuf kept = mlm_chart_buffer(chart);
  mlm_str_add(&kept, title, n);
  lines.line[0] = mlm_chart_keep(chart, &kept);
  lines.line[1] = mlm_svg_cut(chart, title + n + 1, units, false);
  lines.n = 2;
  return lines;
}

/* The box of each panel, below `y`; returns where they end. */
static double lay_out(const Chart *chart, double y, SvgBox box[MLM_MOST_PANELS]) {
  double each = (double)MLM_SVG_WIDTH / chart->columns, left = left_of_plots(chart);
  for (int p = 0; p < chart->panels; p++) {
    int column = p % chart->columns;
    const Panel *panel = &chart->panel[p];
    box[p] = (SvgBox){column * each + (panel->matrix ? MLM_SVG_MARGIN : left), y + ABOVE,
                      each - (panel->matrix ? 2 * MLM_SVG_MARGIN : left + RIGHT), panel->height};
    if (column + 1 == chart->columns || p + 1 == chart->panels)
      y += ABOVE + panel->height + (panel->matrix ? 8 : names_x(chart, p) ? BELOW : BELOW_BARE);
  }
  return y;
}

static void begin_document(Chart *chart, bool in_page, double height, StrBuf *out) {
  mlm_str_put(out, in_page ? "<svg" : "<svg xmlns=\"http://www.w3.org/2000/svg\"");
  mlm_str_put(out, " class=\"mlm\" role=\"img\" viewBox=\"0 0 ");
  mlm_svg_coordinate(out, MLM_SVG_WIDTH);
  mlm_str_put(out, " ");
  mlm_svg_coordinate(out, height);
  mlm_str_put(out, "\">\n<title>");
  mlm_escape(out, chart->title ? chart->title : "");
  mlm_str_put(out, "</title>\n<desc>");
  mlm_escape(out, chart->description);
  mlm_str_put(out, "</desc>\n");
  if (!in_page) {
    mlm_str_put(out, "<style>");
    mlm_str_put(out, mlm_svg_style);
    mlm_str_put(out, "</style>\n");
  }
  mlm_str_put(out, "<rect class=\"paper\"");
  mlm_svg_attribute(out, "width", MLM_SVG_WIDTH);
  mlm_svg_attribute(out, "height", height);
  mlm_str_put(out, "/>\n");
}

Status mlm_chart_svg(Chart *chart, bool in_page, StrBuf *out) {
  SvgBox box[MLM_MOST_PANELS] = {{0}};
  const TitleLines title = title_lines(chart);
  double end = lay_out(chart, title.n ? TITLE + TITLE_ROW * (title.n - 1) : 4, box);
  begin_document(chart, in_page, end + LEGEND_ROW * chart->entries + 8, out);
  for (int i = 0; i < title.n; i++)
    mlm_svg_text(chart, "title", MLM_SVG_WIDTH / 2.0, 20 + TITLE_ROW * i, "middle", title.line[i],
                 MLM_SVG_WIDTH, out);
  for (int p = 0; p < chart->panels; p++) {
    if (chart->panel[p].matrix)
      mlm_svg_matrix(chart, &chart->panel[p], &box[p], out);
    else
      put_panel(chart, &chart->panel[p], &box[p], names_x(chart, p), out);
  }
  const bool alike = legend_is_alike(chart);
  for (int i = 0; i < chart->entries; i++)
    put_legend(chart, &chart->legend[i], end + LEGEND_ROW * (i + 1) - 5, alike, out);
  mlm_str_put(out, "</svg>\n");
  return chart->status ? chart->status : out->status;
}
