/* A chart as an SVG document: no script, no reference to anything outside, colours for light and dark
 * screens. */
#ifndef MLM_CHART_SVG_H
#define MLM_CHART_SVG_H

#include "charts/chart.h"

/* Appends the document. `in_page`: as an element of an HTML page that has mlm_svg_style in its style sheet;
 * otherwise the document has it itself. */
Status mlm_chart_svg(Chart *chart, bool in_page, StrBuf *out);

/* Colours of text, lines and series, under the class mlm; those for a dark background apply on screens
 * only. */
extern const char mlm_svg_style[];

#endif
