/* A chart as lines of text: box lines for axes, braille for curves; or all in ASCII. */
#ifndef MLM_CHART_TEXT_H
#define MLM_CHART_TEXT_H

#include "charts/chart.h"

typedef struct TextStyle {
  int width;  /* columns, which no line exceeds */
  int height; /* lines of the whole chart; more where its panels would have fewer than four rows */
  bool ascii;
} TextStyle;

/* Appends the lines, each with a newline at its end and without blanks before that. */
Status mlm_chart_text(Chart *chart, const TextStyle *style, StrBuf *out);

#endif
