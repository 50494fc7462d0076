/* A raster of dots, eight to a character, on which the text form of a chart is drawn. */
#include "charts/raster.h"

bool mlm_raster_begin(Raster *raster, Chart *chart, int columns, int rows) {
  size_t n = (size_t)columns * (size_t)rows;
  raster->columns = columns;
  raster->rows = rows;
  raster->dots = mlm_chart_memory(chart, 3 * n);
  if (!raster->dots) return false;
  raster->letter = (char *)raster->dots + n;
  raster->shade = raster->dots + 2 * n;
  return true;
}

/* Dot (x, y), from the lower left. */
typedef struct Dot {
  int x, y;
} Dot;

static int place(double at, int n) {
  int i = (int)(at * n);
  /* unreachable: a place below 0, for points are within the unit square */
  return i < 0 ? 0 : i < n ? i : n - 1;
}

static Dot dot_of(const Raster *raster, ChartPoint point) {
  return (Dot){place(point.x, raster->columns * MLM_DOTS_WIDE), place(point.y, raster->rows * MLM_DOTS_HIGH)};
}

/* The character that has the dot. */
static size_t cell_of(const Raster *raster, Dot dot) {
  int row = raster->rows - 1 - dot.y / MLM_DOTS_HIGH;
  return (size_t)row * (size_t)raster->columns + (size_t)(dot.x / MLM_DOTS_WIDE);
}

static void set_dot(Raster *raster, Dot dot, int series) {
  /* The bits of a braille pattern, by the column and by the row from below. */
  static const uint8_t bit[MLM_DOTS_WIDE][MLM_DOTS_HIGH] = {{0x40, 0x04, 0x02, 0x01},
                                                            {0x80, 0x20, 0x10, 0x08}};
  size_t cell = cell_of(raster, dot);
  raster->dots[cell] |= bit[dot.x % MLM_DOTS_WIDE][dot.y % MLM_DOTS_HIGH];
  if (raster->ascii && (series >= 0 || !raster->letter[cell])) raster->letter[cell] = mlm_series_mark(series);
}

/* Bresenham's line. A reference line has every third dot, counted along its course. */
static void draw_segment(Raster *raster, Dot a, Dot b, int series) {
  int dx = b.x > a.x ? b.x - a.x : a.x - b.x, dy = b.y > a.y ? b.y - a.y : a.y - b.y;
  int step_x = b.x > a.x ? 1 : -1, step_y = b.y > a.y ? 1 : -1, error = dx - dy;
  for (int i = 0;; i++) {
    if (series >= 0 || i % 3 == 0) set_dot(raster, a, series);
    if (a.x == b.x && a.y == b.y) return;
    int twice = 2 * error;
    if (twice > -dy) {
      error -= dy;
      a.x += step_x;
    }
    if (twice < dx) {
      error += dx;
      a.y += step_y;
    }
  }
}

static void draw_line(Raster *raster, const Mark *mark) {
  const PointList *list = &mark->points;
  for (size_t i = 0; i < list->n; i++) {
    bool apart = i == 0 || list->at[i].apart;
    Dot b = dot_of(raster, list->at[i]), a = apart ? b : dot_of(raster, list->at[i - 1]);
    draw_segment(raster, a, b, mark->series);
  }
}

static void draw_dots(Raster *raster, const Mark *mark) {
  for (size_t i = 0; i < mark->points.n; i++) {
    Dot dot = dot_of(raster, mark->points.at[i]);
    set_dot(raster, dot, mark->series);
    if (mark->kind == MARK_DOTS && !raster->ascii)
      raster->letter[cell_of(raster, dot)] = raster->lettered ? mlm_series_letter(mark->series) : 'o';
  }
}

static void draw_cells(Raster *raster, const Mark *mark) {
  for (size_t i = 0; i < mark->points.n; i++) {
    ChartPoint low = mark->points.at[i];
    int x0 = place(low.x, raster->columns), x1 = place(low.x + mark->width - 1e-9, raster->columns);
    int y0 = place(low.y, raster->rows), y1 = place(low.y + mark->height - 1e-9, raster->rows);
    for (int y = y0; y <= y1; y++)
      for (int x = x0; x <= x1; x++) {
        uint8_t *shade = &raster->shade[(raster->rows - 1 - y) * raster->columns + x];
        if (*shade < mark->level) *shade = (uint8_t)mark->level;
      }
  }
}

void mlm_raster_draw(Raster *raster, const Mark *mark) {
  if (mark->kind == MARK_LINE || mark->kind == MARK_AREA)
    draw_line(raster, mark);
  else if (mark->kind == MARK_CELLS)
    draw_cells(raster, mark);
  else
    draw_dots(raster, mark);
}

/* Of the line to point i, 0 where none leads there. */
static double length_of(const PointList *list, size_t i) {
  if (list->at[i].apart) return 0;
  double dx = list->at[i].x - list->at[i - 1].x, dy = list->at[i].y - list->at[i - 1].y;
  return (dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy);
}

void mlm_raster_letters(Raster *raster, const Mark *mark) {
  enum { EACH = 4 };
  const PointList *list = &mark->points;
  bool line = mark->kind == MARK_LINE || mark->kind == MARK_AREA;
  if (!line || mark->series < 0 || !raster->lettered || raster->ascii) return;
  double all = 0, so_far = 0;
  for (size_t i = 1; i < list->n; i++) all += length_of(list, i);
  /* Series begin at different places, so that letters of curves that lie close do not hide each other. */
  double first = (mark->series % 5 + 0.5) / (5.0 * EACH);
  int k = 0;
  for (size_t i = 1; i < list->n && k < EACH; i++) {
    double here = length_of(list, i), next;
    while (k < EACH && here > 0 && (next = (first + (double)k / EACH) * all) <= so_far + here) {
      double t = (next - so_far) / here;
      ChartPoint a = list->at[i - 1], b = list->at[i];
      ChartPoint at = {.x = a.x + t * (b.x - a.x), .y = a.y + t * (b.y - a.y)};
      raster->letter[cell_of(raster, dot_of(raster, at))] = mlm_series_letter(mark->series);
      k++;
    }
    so_far += here;
  }
}

static void put_cell(const Raster *raster, size_t cell, StrBuf *out) {
  static const char *const shades[2][5] = {
      {" ", "\xe2\x96\x91", "\xe2\x96\x92", "\xe2\x96\x93", "\xe2\x96\x88"}, {" ", ".", ":", "+", "#"}};
  uint8_t dots = raster->dots[cell];
  if (raster->letter[cell]) {
    mlm_str_add(out, &raster->letter[cell], 1);
  } else if (dots) { /* not in ASCII, where each dot has its letter */
    char braille[3] = {(char)0xe2, (char)(0xa0 | dots >> 6), (char)(0x80 | (dots & 0x3f))};
    mlm_str_add(out, braille, 3);
  } else {
    mlm_str_put(out, shades[raster->ascii][raster->shade[cell]]);
  }
}

void mlm_raster_row(const Raster *raster, int row, StrBuf *out) {
  size_t first = (size_t)row * (size_t)raster->columns, n = (size_t)raster->columns;
  while (n > 0 && !raster->letter[first + n - 1] && !raster->dots[first + n - 1]
         && !raster->shade[first + n - 1])
    n--;
  for (size_t i = 0; i < n; i++) put_cell(raster, first + i, out);
}
