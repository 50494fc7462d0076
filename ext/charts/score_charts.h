/* The charts of score sets: each is a row of a table, built from curves that were gathered before. */
#ifndef MLM_SCORE_CHARTS_H
#define MLM_SCORE_CHARTS_H

#include "charts/score_curves.h"

typedef struct ScoreChart {
  const char *name;  /* "roc": roc_plot, roc_svg */
  const char *title; /* where none is given */
  unsigned curves;   /* that it draws */
  void (*build)(Chart *chart, const ScoreSeries *series);
} ScoreChart;

extern const ScoreChart mlm_score_charts[]; /* ends with a NULL name */

/* A chart of one set or a keyed state of them; title may be NULL. NULL: out of memory; otherwise its status
 * says whether it is complete. */
Chart *mlm_score_chart(const ScoreChart *kind, const StateType *type, const void *state, const char *title,
                       const Host *host);
/* The same from curves gathered in another chart, which must outlive it. */
Chart *mlm_score_chart_of(const ScoreChart *kind, const ScoreSeries *series, const char *title,
                          const Host *host);

/* Sets the title of a chart: the one given, made safe, or the usual one. */
void mlm_chart_title(Chart *chart, const char *title, const char *usual);

#endif
