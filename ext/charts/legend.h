/* What legends and descriptions say: "AUC 0.678". */
#ifndef MLM_LEGEND_H
#define MLM_LEGEND_H

#include "charts/chart.h"

/* Appends x with `places` digits after the point; "undefined" where it is NaN. */
void mlm_put_fixed(StrBuf *out, double x, int places);
/* Appends x with a few significant digits, for axes and tables: 0.0123, 1234567, 1.2e+20. */
void mlm_put_short(StrBuf *out, double x);
/* Appends a metric: a ratio with three places, an error of any size with a few digits. */
void mlm_put_metric(StrBuf *out, double x);
/* The digits after the point of a metric in a table; -1: it has none, but an exponent or infinity. */
int mlm_metric_places(double x);
/* Appends a count, with commas between thousands. */
void mlm_put_count(StrBuf *out, double x);
/* Appends how many rows or points, as `what` calls one, have no place in a chart. */
void mlm_put_not_finite(StrBuf *out, double n, const char *what);
/* Appends x as a percentage, "12.3 %". */
void mlm_put_percent(StrBuf *out, double x, int places);

/* "before x after", kept by the chart; before and after may be empty. */
const char *mlm_number_phrase(Chart *chart, const char *before, double x, int places, const char *after);

/* "boosted: AUC 0.678; logistic: AUC 0.650." of the chart's legend, to be its description. */
void mlm_describe_by_legend(Chart *chart, const char *what);

/* Says below the legend how many series are not drawn. */
void mlm_add_more(Chart *chart, int more);

#endif
