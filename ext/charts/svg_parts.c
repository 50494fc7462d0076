/* The parts of an SVG document that others are made of: attributes and texts. */
#include "charts/svg_parts.h"

#include "base/number_print.h"
#include "charts/display_text.h"

void mlm_svg_coordinate(StrBuf *out, double x) {
  char digits[MLM_NUMBER_BYTES];
  size_t n = mlm_print_fixed(x, 1, digits);
  if (memcmp(digits + n - 2, ".0", 2) == 0) n -= 2;
  /* unreachable: coordinates are within the picture */
  if (n == 2 && memcmp(digits, "-0", 2) == 0) /* unreachable: as above */
    mlm_str_put(out, "0");
  else
    mlm_str_add(out, digits, n);
}

void mlm_svg_attribute(StrBuf *out, const char *name, double x) {
  mlm_str_put(out, " ");
  mlm_str_put(out, name);
  mlm_str_put(out, "=\"");
  mlm_svg_coordinate(out, x);
  mlm_str_put(out, "\"");
}

void mlm_svg_begin_text(StrBuf *out, const char *class, double x, double y, const char *anchor) {
  mlm_str_put(out, "<text");
  mlm_svg_attribute(out, "x", x);
  mlm_svg_attribute(out, "y", y);
  if (*class) {
    mlm_str_put(out, " class=\"");
    mlm_str_put(out, class);
    mlm_str_put(out, "\"");
  }
  if (*anchor != 's') {
    mlm_str_put(out, " text-anchor=\"");
    mlm_str_put(out, anchor);
    mlm_str_put(out, "\"");
  }
  mlm_str_put(out, ">");
}

double mlm_svg_text_width(const char *text) {
  double width = 0, columns = (double)mlm_text_columns(text), ascii = 0;
  for (const char *c = text; *c; c++) {
    if (*c & 0x80) continue;
    ascii++;
    width += strchr("iljtfrI .,:;!'|()[]", *c) ? 5
             : strchr("mwMW@%", *c)            ? 12.5
             : *c >= 'A' && *c <= 'Z'          ? 9.5
                                               : 8;
  }
  return width + 8 * (columns - ascii);
}

const char *mlm_svg_cut(Chart *chart, const char *text, double units, bool middle) {
  const char *kept = text;
  for (size_t columns = mlm_text_columns(text);
       columns > 1 && mlm_svg_text_width(kept) > units && !chart->status;) {
    StrBuf cut = mlm_chart_buffer(chart);
    mlm_cut_text(&cut, text, --columns, middle);
    kept = mlm_chart_keep(chart, &cut);
  }
  return kept;
}

bool mlm_svg_cuts_are_alike(Chart *chart, const char *const *name, size_t n, double units) {
  const char **cut = mlm_chart_memory(chart, (n + 1) * sizeof *cut);
  for (size_t i = 0; i < n && cut; i++) {
    cut[i] = mlm_svg_cut(chart, name[i], units, false);
    for (size_t j = 0; j < i; j++)
      if (strcmp(cut[i], cut[j]) == 0 && strcmp(name[i], name[j]) != 0) return true;
  }
  return false;
}

const char *mlm_svg_panel_title(Chart *chart, const Panel *panel, double units) {
  const char *title[MLM_MOST_PANELS];
  size_t n = mlm_panel_titles(chart, title);
  return mlm_svg_cut(chart, panel->title, units, mlm_svg_cuts_are_alike(chart, title, n, units));
}

double mlm_svg_put_text(Chart *chart, const char *text, double units, StrBuf *out) {
  const char *kept = mlm_svg_cut(chart, text, units, false);
  mlm_escape(out, kept);
  return mlm_svg_text_width(kept);
}

void mlm_svg_text(Chart *chart, const char *class, double x, double y, const char *anchor, const char *text,
                  double units, StrBuf *out) {
  if (!*text) return;
  mlm_svg_begin_text(out, class, x, y, anchor);
  mlm_svg_put_text(chart, text, units, out);
  mlm_str_put(out, "</text>\n");
}
