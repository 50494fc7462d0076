/* What the parts of an SVG document share: its width, the plot of a panel, attributes and texts. */
#ifndef MLM_SVG_PARTS_H
#define MLM_SVG_PARTS_H

#include "charts/chart.h"

/* In units of the viewBox. Text of 13 units is still legible where 420 units are the width of a telephone. */
enum {
  MLM_SVG_WIDTH = 420,
  MLM_SVG_MARGIN = 12 /* on both sides of a matrix */
};
/* Widths of texts of other classes, over those that mlm_svg_text_width() gives plain ones: 8 for a digit. */
#define MLM_SVG_SMALL 0.96 /* 12 * 0.64 / 8: in the widest usual fonts a digit is 0.64 of its size wide */
#define MLM_SVG_TITLE 1.3  /* 15 * 0.695 / 8: the same in bold */

/* The plot of a panel. */
typedef struct SvgBox {
  double x, y, width, height;
} SvgBox;

void mlm_svg_coordinate(StrBuf *out, double x);
void mlm_svg_attribute(StrBuf *out, const char *name, double x);

/* An upper estimate of the width of a plain text in any usual font. */
double mlm_svg_text_width(const char *text);
/* The text cut to fit into `units`, at its end or in its middle. */
const char *mlm_svg_cut(Chart *chart, const char *text, double units, bool middle);
/* Whether different names, cut at their ends to fit into `units`, are the same: then their ends are to stay.
 */
bool mlm_svg_cuts_are_alike(Chart *chart, const char *const *name, size_t n, double units);

/* The title of a panel cut to fit into `units`: in its middle where titles would be the same when cut at
 * their ends. */
const char *mlm_svg_panel_title(Chart *chart, const Panel *panel, double units);

/* Begins a text element; anchor is start, middle or end. */
void mlm_svg_begin_text(StrBuf *out, const char *class, double x, double y, const char *anchor);
/* Appends a text, escaped and cut to fit into `units`; returns its width. */
double mlm_svg_put_text(Chart *chart, const char *text, double units, StrBuf *out);
/* A text element, of a text that is cut to fit into `units`; none of an empty text. */
void mlm_svg_text(Chart *chart, const char *class, double x, double y, const char *anchor, const char *text,
                  double units, StrBuf *out);

/* A confusion matrix; the box is that of the whole panel. */
void mlm_svg_matrix(Chart *chart, const Panel *panel, const SvgBox *box, StrBuf *out);

#endif
