/* A chart as lines of text: box lines for axes, braille for curves; or all in ASCII. */
#include "charts/chart_text.h"

#include "base/number_print.h"
#include "charts/display_text.h"
#include "charts/raster.h"

/* The lines being written. */
typedef struct Lines {
  Chart *chart;
  const TextStyle *style;
  StrBuf *out;
  bool lettered;
} Lines;

typedef enum Glyph { DOWN, ACROSS, CORNER, TICK_LEFT, TICK_BELOW, GLYPHS } Glyph;

static void put(const Lines *lines, Glyph glyph) {
  static const char *const box[GLYPHS] = {"\xe2\x94\x82", "\xe2\x94\x80", "\xe2\x94\x94", "\xe2\x94\xa4",
                                          "\xe2\x94\xac"};
  static const char *const ascii[GLYPHS] = {"|", "-", "+", "+", "+"};
  mlm_str_put(lines->out, lines->style->ascii ? ascii[glyph] : box[glyph]);
}

static void blanks(const Lines *lines, int n) {
  for (int i = 0; i < n; i++) mlm_str_put(lines->out, " ");
}

static void end_line(const Lines *lines) {
  StrBuf *out = lines->out;
  while (out->n > 0 && out->bytes[out->n - 1] == ' ') out->n--;
  mlm_str_put(out, "\n");
}

/* Appends a text cut to `most` columns, at its end or in its middle; returns how many it took. */
static int put_cut(const Lines *lines, const char *text, int most, bool middle) {
  StrBuf cut = mlm_chart_buffer(lines->chart);
  mlm_cut_text(&cut, text, most > 0 ? (size_t)most : 0, middle);
  const char *kept = mlm_chart_keep(lines->chart, &cut);
  if (lines->style->ascii)
    mlm_to_ascii(lines->out, kept);
  else
    mlm_str_put(lines->out, kept);
  return (int)mlm_text_columns(kept);
}

static int put_text(const Lines *lines, const char *text, int most) {
  return put_cut(lines, text, most, false);
}

static void put_centred(const Lines *lines, const char *text, int from, int width) {
  int n = (int)mlm_text_columns(text);
  int before = from + (n < width ? (width - n) / 2 : 0);
  blanks(lines, before);
  put_text(lines, text, lines->style->width - before);
  end_line(lines);
}

/* ---- a panel with axes ---- */

static int label_columns(const Axis *axis) {
  int widest = 0;
  for (int i = 0; i < axis->ticks; i++) {
    int n = (int)strlen(axis->tick[i].label);
    if (n > widest) widest = n;
  }
  return widest;
}

static int tick_row(const Tick *tick, int rows) {
  int row = rows - 1 - (int)(tick->at * rows);
  return row < 0 ? 0 : row;
}

/* Whether tick i is at least two rows above the tick `stride` below it, so that both may have labels. */
static bool has_room(const Axis *y, int i, int stride, int rows) {
  return tick_row(&y->tick[i - stride], rows) - tick_row(&y->tick[i], rows) >= 2;
}

static bool is_even(const Axis *y) {
  for (int i = 2; i < y->ticks; i++)
    if (!(fabs(y->tick[i].at - 2 * y->tick[i - 1].at + y->tick[i - 2].at) < 1e-9)) return false;
  return true;
}

/* The number of ticks from one label to the next, so that the values of labels are evenly spaced on an axis
 * whose ticks are. The topmost may be left out, unless only one would remain. */
static int label_stride(const Axis *y, int rows) {
  int stride = 1, i = 1;
  if (!is_even(y)) return stride;
  while (i < y->ticks) {
    bool needed = i == stride || i + stride < y->ticks;
    i = needed && !has_room(y, i, stride, rows) ? ++stride : i + stride;
  }
  return stride;
}

/* The label of a row; NULL: it has none. Of labels less than two rows apart the lower one stays. */
static const char *label_of(const Axis *y, int row, int rows) {
  const int stride = label_stride(y, rows);
  for (int i = 0, below = rows + 1; i < y->ticks; i += stride) {
    int at = tick_row(&y->tick[i], rows);
    if (at > below - 2) continue;
    if (at == row) return y->tick[i].label;
    below = at;
  }
  return NULL;
}

static void put_row(const Lines *lines, const Raster *raster, const Axis *y, int row, int margin) {
  const char *label = label_of(y, row, raster->rows);
  blanks(lines, margin - (label ? (int)strlen(label) : 0));
  if (label) mlm_str_put(lines->out, label);
  put(lines, label ? TICK_LEFT : DOWN);
  mlm_raster_row(raster, row, lines->out);
  end_line(lines);
}

static int tick_column(const Tick *tick, int columns) {
  int column = (int)(tick->at * columns);
  return column < columns ? column : columns - 1;
}

static void put_axis(const Lines *lines, const Axis *x, int columns, int margin) {
  blanks(lines, margin);
  put(lines, CORNER);
  for (int c = 0; c < columns; c++) {
    bool tick = false;
    for (int i = 0; i < x->ticks; i++) tick |= tick_column(&x->tick[i], columns) == c;
    put(lines, tick ? TICK_BELOW : ACROSS);
  }
  end_line(lines);
  int at = 0; /* the next column, from the left end of the line */
  for (int i = 0; i < x->ticks; i++) {
    int n = (int)strlen(x->tick[i].label), begin = margin + 1 + tick_column(&x->tick[i], columns) - n / 2;
    if (begin + n > lines->style->width) begin = lines->style->width - n;
    if (begin < 0) begin = 0;
    if (begin < (at ? at + 1 : 0)) continue;
    blanks(lines, begin - at);
    mlm_str_put(lines->out, x->tick[i].label);
    at = begin + n;
  }
  end_line(lines);
}

/* Appends the title of a panel, cut in its middle where titles are alike; returns how many columns it took.
 */
static int put_title(const Lines *lines, const Panel *panel, int most) {
  const char *title[MLM_MOST_PANELS];
  const size_t n = mlm_panel_titles(lines->chart, title);
  return put_cut(lines, panel->title, most, mlm_names_are_alike(title, n, (size_t)most - 1));
}

static void put_panel(const Lines *lines, const Panel *panel, int rows, bool last) {
  int margin = label_columns(&panel->y), columns = lines->style->width - margin - 1;
  Raster raster = {.ascii = lines->style->ascii, .lettered = lines->lettered};
  if (columns < 4 || !mlm_raster_begin(&raster, lines->chart, columns, rows)) return;
  for (int i = 0; i < panel->marks; i++) mlm_raster_draw(&raster, &panel->mark[i]);
  for (int i = 0; i < panel->marks; i++) mlm_raster_letters(&raster, &panel->mark[i]);
  blanks(lines, margin + 1);
  int used = panel->title ? put_title(lines, panel, columns / 2) : 0;
  if (used) used += put_text(lines, ": ", 2);
  put_text(lines, panel->y.label, columns - used);
  end_line(lines);
  for (int row = 0; row < rows; row++) put_row(lines, &raster, &panel->y, row, margin);
  put_axis(lines, &panel->x, columns, margin);
  if (last) put_centred(lines, panel->x.label, margin + 1, columns);
}

/* ---- a confusion matrix ---- */

/* A count, or where counts are too wide the share of the label's rows. */
static size_t write_cell(const ChartMatrix *matrix, size_t i, bool shares, char digits[MLM_NUMBER_BYTES]) {
  if (!shares && matrix->integral) return mlm_print_integer((int64_t)matrix->cell[i], digits);
  if (!shares) return mlm_print_fixed(matrix->cell[i], 1, digits);
  if (!(matrix->share[i] == matrix->share[i])) return 0;
  return mlm_print_fixed(100 * matrix->share[i], 0, digits);
}

static int widest_cell(const ChartMatrix *matrix, bool shares) {
  char digits[MLM_NUMBER_BYTES];
  size_t widest = 0;
  for (size_t i = 0; i < matrix->n * matrix->n; i++) {
    size_t n = write_cell(matrix, i, shares, digits);
    if (n > widest) widest = n;
  }
  return (int)widest;
}

static int widest_name(const ChartMatrix *matrix, int most) {
  int widest = 4;
  for (size_t i = 0; i < matrix->n; i++) {
    int n = (int)mlm_text_columns(matrix->name[i]);
    if (n > widest) widest = n;
  }
  return widest < most ? widest : most;
}

static void put_right(const Lines *lines, const char *text, int width, bool middle) {
  int n = (int)mlm_text_columns(text);
  if (n < width) blanks(lines, width - n);
  put_cut(lines, text, width, middle);
}

/* Where the columns of a matrix stand. */
typedef struct MatrixLayout {
  int names;     /* columns of the names of rows */
  int width;     /* of each cell, its shade included */
  bool fits;     /* the cells have the width that they need */
  bool shares;   /* they show shares, since counts are too wide */
  bool lettered; /* letters stand for the names, and a key below says for which */
} MatrixLayout;

static MatrixLayout lay_out(const ChartMatrix *matrix, int room, bool lettered) {
  const int n = (int)matrix->n;
  MatrixLayout layout = {.names = lettered ? 4 : widest_name(matrix, room / 4), .lettered = lettered};
  int cell = widest_cell(matrix, false) + 2, each = (room - layout.names - 2) / n;
  layout.shares = cell > each;
  if (layout.shares) cell = widest_cell(matrix, true) + 1;
  if (cell > each) layout.names = room - 2 - n * cell < 4 ? 4 : room - 2 - n * cell;
  each = (room - layout.names - 2) / n;
  const int wanted = lettered ? 0 : widest_name(matrix, 12) + 2;
  layout.width = wanted > cell ? (wanted < each ? wanted : each) : cell;
  layout.fits = cell <= each;
  return layout;
}

/* The name of a class as so many columns show it: one that is cut has an ellipsis and width - 1 columns of
 * letters. */
static const char *cut_name(const Lines *lines, const ChartMatrix *matrix, size_t i, int width) {
  StrBuf cut = mlm_chart_buffer(lines->chart);
  mlm_cut_text(&cut, matrix->name[i], (size_t)width,
               mlm_names_are_alike(matrix->name, matrix->n, (size_t)width - 1));
  return mlm_chart_keep(lines->chart, &cut);
}

/* Whether two different names show the same where they are cut. */
static bool are_cut_alike(const Lines *lines, const ChartMatrix *matrix, int width) {
  for (size_t i = 1; i < matrix->n; i++)
    for (size_t j = 0; j < i; j++)
      if (strcmp(matrix->name[i], matrix->name[j]) != 0
          && strcmp(cut_name(lines, matrix, i, width), cut_name(lines, matrix, j, width)) == 0)
        return true;
  return false;
}

/* The name of a class, or the letter that stands for it. */
static void put_class(const Lines *lines, const ChartMatrix *matrix, size_t i, int width, bool lettered) {
  const char letter[] = {mlm_series_letter((int)i), 0};
  put_right(lines, lettered ? letter : cut_name(lines, matrix, i, width), width, false);
}

/* The names that the letters stand for. */
static void put_key(const Lines *lines, const ChartMatrix *matrix) {
  for (size_t i = 0; i < matrix->n; i++) {
    put_class(lines, matrix, i, 1, true);
    blanks(lines, 1);
    put_text(lines, cut_name(lines, matrix, i, lines->style->width - 2), lines->style->width - 2);
    end_line(lines);
  }
}

static void put_matrix_row(const Lines *lines, const ChartMatrix *matrix, size_t label,
                           const MatrixLayout *layout) {
  static const char *const shade[2][5] = {
      {" ", "\xe2\x96\x91", "\xe2\x96\x92", "\xe2\x96\x93", "\xe2\x96\x88"}, {" ", ".", ":", "+", "#"}};
  put_class(lines, matrix, label, layout->names, layout->lettered);
  mlm_str_put(lines->out, " ");
  put(lines, DOWN);
  for (size_t pred = 0; pred < matrix->n; pred++) {
    char digits[MLM_NUMBER_BYTES + 1];
    size_t i = label * matrix->n + pred;
    double share = matrix->share[i];
    digits[write_cell(matrix, i, layout->shares, digits)] = 0;
    put_right(lines, digits, layout->width - 1, false);
    int level = share > 0 ? 1 + (int)(share * 3.999) : 0;
    mlm_str_put(lines->out, shade[lines->style->ascii][level]);
  }
  end_line(lines);
}

/* What the columns are, in as many words as there is room for. */
static const char *heading_of(const MatrixLayout *layout, int room) {
  static const char shares[] = " predicted, in % of the true class";
  if (!layout->shares) return " predicted";
  return room < (int)sizeof shares - 1 ? " predicted, in %" : shares;
}

static void put_matrix(const Lines *lines, const Panel *panel) {
  const ChartMatrix *matrix = panel->matrix;
  if (matrix->n == 0) return;
  const int room = lines->style->width;
  MatrixLayout layout = lay_out(matrix, room, false);
  if (layout.fits
      && (are_cut_alike(lines, matrix, layout.names) || are_cut_alike(lines, matrix, layout.width - 1)))
    layout = lay_out(matrix, room, true);
  if (panel->title) {
    put_title(lines, panel, room);
    end_line(lines);
  }
  if (!layout.fits) {
    char text[] = "(it needs more columns)";
    put_text(lines, text, room);
    end_line(lines);
    return;
  }
  put_right(lines, "true", layout.names, false);
  mlm_str_put(lines->out, " ");
  put(lines, DOWN);
  put_text(lines, heading_of(&layout, room - layout.names - 2), room - layout.names - 2);
  end_line(lines);
  blanks(lines, layout.names + 1);
  put(lines, DOWN);
  for (size_t i = 0; i < matrix->n; i++) {
    put_class(lines, matrix, i, layout.width - 1, layout.lettered);
    blanks(lines, 1);
  }
  end_line(lines);
  for (size_t i = 0; i < matrix->n; i++) put_matrix_row(lines, matrix, i, &layout);
  if (layout.lettered) put_key(lines, matrix);
}

/* ---- the whole ---- */

/* How many lines an entry without a name takes before its last one: where it is longer than a line, it is
 * broken behind its commas. */
static int breaks_of(const TextStyle *style, const LegendEntry *entry) {
  int n = 0;
  const char *rest = entry->rest, *comma;
  if (*entry->name || entry->series >= 0) return 0;
  /* unreachable: no comma, for no entry has a part that is longer than a line */
  for (; (int)mlm_text_columns(rest) > style->width && (comma = strstr(rest, ", ")) != NULL; n++)
    rest = comma + 2;
  return n;
}

/* Writes the line of such an entry that ends with its first comma; returns what is left. */
static const char *put_first_part(const Lines *lines, const char *text) {
  StrBuf part = mlm_chart_buffer(lines->chart);
  const char *comma = strstr(text, ", ");
  mlm_str_add(&part, text, (size_t)(comma - text) + 1);
  put_text(lines, mlm_chart_keep(lines->chart, &part), lines->style->width);
  end_line(lines);
  return comma + 2;
}

static void put_legend(const Lines *lines, const LegendEntry *entry) {
  char mark[3] = {lines->style->ascii ? mlm_series_mark(entry->series) : mlm_series_letter(entry->series),
                  ' ', 0};
  int left = lines->style->width;
  if (entry->series >= 0 && (lines->lettered || lines->style->ascii)) left -= put_text(lines, mark, left);
  bool both = *entry->name && *entry->rest;
  const char *shown = entry->rest;
  for (int n = breaks_of(lines->style, entry); n > 0; n--) shown = put_first_part(lines, shown);
  const char *name[MLM_MOST_ENTRIES];
  const size_t n = mlm_legend_names(lines->chart, name);
  int room = left - (both ? (int)mlm_text_columns(shown) + 3 : 0);
  if (room < left / 3) room = left / 3;
  left -= put_cut(lines, entry->name, room, mlm_names_are_alike(name, n, (size_t)room - 1));
  if (both) left -= put_text(lines, " (", left);
  left -= put_text(lines, shown, both ? left - 1 : left);
  if (both) put_text(lines, ")", left);
  end_line(lines);
}

/* Whether more than one series is drawn. */
static bool has_several(const Chart *chart) {
  for (int p = 0; p < chart->panels; p++)
    for (int i = 0; i < chart->panel[p].marks; i++)
      if (chart->panel[p].mark[i].series > 0) return true;
  return false;
}

/* Whether the name of the panel's x axis is written below it: not if the panel below repeats it. */
static bool names_x(const Chart *chart, int p) {
  return p + 1 == chart->panels || strcmp(chart->panel[p].x.label, chart->panel[p + 1].x.label) != 0;
}

/* The rows of a panel's raster: its share of what the other lines leave. */
static int rows_of(const Chart *chart, const TextStyle *style, int p) {
  int other = (chart->title != NULL) + chart->entries;
  double heights = 0;
  for (int i = 0; i < chart->entries; i++) other += breaks_of(style, &chart->legend[i]);
  for (int i = 0; i < chart->panels; i++) {
    other += 3 + names_x(chart, i);
    heights += chart->panel[i].height;
  }
  int rows = (int)((style->height - other) * chart->panel[p].height / heights + 0.5);
  return rows < 4 ? 4 : rows;
}

Status mlm_chart_text(Chart *chart, const TextStyle *style, StrBuf *out) {
  Lines lines = {.chart = chart, .style = style, .out = out, .lettered = has_several(chart)};
  if (chart->title) put_centred(&lines, chart->title, 0, style->width);
  for (int p = 0; p < chart->panels && !chart->status; p++) {
    const Panel *panel = &chart->panel[p];
    if (panel->matrix)
      put_matrix(&lines, panel);
    else
      put_panel(&lines, panel, rows_of(chart, style, p), names_x(chart, p));
  }
  for (int i = 0; i < chart->entries; i++) put_legend(&lines, &chart->legend[i]);
  return chart->status ? chart->status : out->status;
}
