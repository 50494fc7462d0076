/* A confusion matrix in an SVG document. */
#include "base/number_print.h"
#include "charts/display_text.h"
#include "charts/svg_parts.h"

enum {
  SLANTED = 72,    /* the longest slanted name */
  NAME_GAP = 8,    /* from the name of a row to its cells */
  SHARE_WIDTH = 39 /* of a cell with "50.0%" below its count, so that two of them may stand side by side */
};
/* Of 50 degrees, at which names are slanted: how far one goes to the right for each unit of its length. */
#define COSINE 0.643

static size_t write_count(const ChartMatrix *matrix, size_t i, char digits[MLM_NUMBER_BYTES]) {
  return matrix->integral ? mlm_print_integer((int64_t)matrix->cell[i], digits)
                          : mlm_print_fixed(matrix->cell[i], 1, digits);
}

/* The width of a cell for a count of n characters. */
static double room_of(size_t n) { return (double)n * 7.5 + 4; }

/* Whether each count has room in a cell. If one has not, all cells show shares, so that no count is read as
 * one. */
static bool counts_fit(const ChartMatrix *matrix, double width) {
  char digits[MLM_NUMBER_BYTES];
  for (size_t i = 0; i < matrix->n * matrix->n; i++)
    if (!(room_of(write_count(matrix, i, digits)) < width)) return false;
  return true;
}

static void put_cell(Chart *chart, const ChartMatrix *matrix, size_t i, const SvgBox *cell, bool fits,
                     StrBuf *out) {
  char digits[MLM_NUMBER_BYTES + 1];
  size_t n;
  double share = matrix->share[i] > 0 ? matrix->share[i] : 0;
  mlm_str_put(out, "<rect class=\"f0\" fill-opacity=\"");
  mlm_str_add(out, digits, mlm_print_fixed(0.02 + 0.43 * share, 3, digits));
  mlm_str_put(out, "\"");
  mlm_svg_attribute(out, "x", cell->x);
  mlm_svg_attribute(out, "y", cell->y);
  mlm_svg_attribute(out, "width", cell->width - 2);
  mlm_svg_attribute(out, "height", cell->height - 2);
  mlm_str_put(out, "/>\n");
  if (fits) {
    n = write_count(matrix, i, digits);
  } else if (matrix->share[i] == matrix->share[i]) {
    n = mlm_print_fixed(100 * share, 0, digits);
  } else {
    return;
  }
  digits[n] = 0;
  bool tall = cell->height > 36 && cell->width > SHARE_WIDTH && fits;
  double y = cell->y + cell->height / 2 + (tall ? -2 : 4);
  mlm_svg_text(chart, fits ? "" : "small", cell->x + cell->width / 2, y, "middle", digits, MLM_SVG_WIDTH,
               out);
  if (!tall || !(matrix->share[i] == matrix->share[i])) return;
  n = mlm_print_fixed(100 * share, 1, digits);
  memcpy(digits + n, "%", 2);
  mlm_svg_text(chart, "small", cell->x + cell->width / 2, y + 15, "middle", digits, MLM_SVG_WIDTH, out);
}

/* Whether some name needs more room than a column has. */
static bool has_wide_name(const ChartMatrix *matrix, double units) {
  for (size_t i = 0; i < matrix->n; i++)
    if (mlm_svg_text_width(matrix->name[i]) > units) return true;
  return false;
}

static double widest_name(const ChartMatrix *matrix) {
  double widest = 0;
  for (size_t i = 0; i < matrix->n; i++) {
    double here = MLM_SVG_SMALL * mlm_svg_text_width(matrix->name[i]);
    if (here > widest) widest = here;
  }
  return widest;
}

/* The widths of a matrix. */
typedef struct MatrixLayout {
  double names;  /* of rows */
  double column; /* of each */
  bool slanted;  /* the names of columns are */
} MatrixLayout;

/* The width of a cell that its count needs, if cells of the width `even` have it; else "100" has to do, a
 * share. */
static double cell_width(const ChartMatrix *matrix, double even) {
  const double for_share = 50; /* "100.0%", below the count */
  double needed = 0;
  for (size_t i = 0; i < matrix->n * matrix->n; i++) {
    char digits[MLM_NUMBER_BYTES];
    double room = room_of(write_count(matrix, i, digits)) + 1;
    if (room > needed) needed = room;
  }
  if (needed > even) return even < room_of(3) ? even : room_of(3);
  return needed < for_share && even > for_share ? for_share : needed;
}

/* Names of rows have a share of the width, or as much as they need, and columns are narrower where the last
 * name would rise beyond the picture; both only as far as the cells keep the width that they need. */
static MatrixLayout lay_out_matrix(const ChartMatrix *matrix, double width) {
  const double least = width * (width < 250 ? 0.3 : 0.2), n = (double)matrix->n, widest = widest_name(matrix);
  const double cell = cell_width(matrix, (width - least) / n), spare = width - n * cell;
  MatrixLayout layout = {.names = widest + NAME_GAP + 1};
  if (layout.names > 0.45 * width) layout.names = 0.45 * width;
  if (layout.names > spare) layout.names = spare;
  if (layout.names < least) layout.names = least;
  const double room = width - layout.names,
               reach = (widest < SLANTED ? widest : SLANTED) * COSINE - MLM_SVG_MARGIN;
  layout.column = room / n;
  layout.slanted = has_wide_name(matrix, layout.column - 2);
  if (layout.slanted && reach > layout.column / 2) {
    double narrower = (room - reach) / (n - 0.5);
    layout.column = narrower > cell ? narrower : cell < layout.column ? cell : layout.column;
  }
  return layout;
}

/* The name of a column, rising to the right from the column's middle. */
static void slanted_text(Chart *chart, double x, double y, const char *text, StrBuf *out) {
  if (!*text) return;
  mlm_str_put(out, "<text class=\"small name\" transform=\"translate(");
  mlm_svg_coordinate(out, x);
  mlm_str_put(out, " ");
  mlm_svg_coordinate(out, y);
  mlm_str_put(out, ") rotate(-50)\">");
  mlm_escape(out, text);
  mlm_str_put(out, "</text>\n");
}

/* What columns are, in the middle above them as far as the panel ends behind it. */
static void put_columns_name(Chart *chart, const char *text, double middle, double y, const SvgBox *box,
                             StrBuf *out) {
  double most = box->x + box->width + MLM_SVG_MARGIN - MLM_SVG_SMALL * mlm_svg_text_width(text) / 2;
  mlm_svg_text(chart, "small soft", middle < most ? middle : most, y, "middle", text, MLM_SVG_WIDTH, out);
}

void mlm_svg_matrix(Chart *chart, const Panel *panel, const SvgBox *box, StrBuf *out) {
  const ChartMatrix *matrix = panel->matrix;
  const MatrixLayout layout = lay_out_matrix(matrix, box->width);
  const double names = layout.names, left = box->x + names, width = layout.column,
               row_units = (names - NAME_GAP) / MLM_SVG_SMALL;
  const bool fits = counts_fit(matrix, width),
             rows_alike = mlm_svg_cuts_are_alike(chart, matrix->name, matrix->n, row_units),
             columns_alike = mlm_svg_cuts_are_alike(chart, matrix->name, matrix->n, SLANTED / MLM_SVG_SMALL);
  double head = layout.slanted ? 84 : 36, top = box->y + head,
         height = (box->height - head) / (double)matrix->n;
  const double title_units = (box->width - 20) / MLM_SVG_TITLE;
  if (panel->title)
    mlm_svg_text(chart, "title name", box->x, box->y - 4, "start",
                 mlm_svg_panel_title(chart, panel, title_units), title_units, out);
  put_columns_name(chart, fits ? "predicted" : "predicted, % of true class",
                   left + (double)matrix->n * width / 2, box->y + 14, box, out);
  mlm_svg_text(chart, "small soft", left - NAME_GAP, top - 6, "end", "true", 200, out);
  for (size_t i = 0; i < matrix->n; i++) {
    double middle = left + ((double)i + 0.5) * width;
    const char *name = mlm_svg_cut(chart, matrix->name[i], row_units, rows_alike);
    double beyond =
        (box->x + box->width + MLM_SVG_MARGIN - middle) / COSINE; /* to the edge, as the name rises */
    double most = beyond < SLANTED ? beyond : SLANTED;
    if (layout.slanted)
      slanted_text(chart, middle, top - 6,
                   mlm_svg_cut(chart, matrix->name[i], most / MLM_SVG_SMALL, columns_alike), out);
    else
      mlm_svg_text(chart, "small name", middle, top - 6, "middle", matrix->name[i], width, out);
    mlm_svg_text(chart, "small name", left - NAME_GAP, top + ((double)i + 0.5) * height + 4, "end", name,
                 MLM_SVG_WIDTH, out);
    for (size_t pred = 0; pred < matrix->n; pred++) {
      SvgBox cell = {left + (double)pred * width, top + (double)i * height, width, height};
      put_cell(chart, matrix, i * matrix->n + pred, &cell, fits, out);
    }
  }
}
