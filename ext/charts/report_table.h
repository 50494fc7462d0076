/* The table of metrics of a report: one line per series, intervals below values, the best value marked. */
#ifndef MLM_REPORT_TABLE_H
#define MLM_REPORT_TABLE_H

#include "charts/page.h"
#include "charts/values.h"

/* Up to MLM_INTERVAL_ROWS rows of a series intervals are computed; with more they would take long. */
enum { MLM_REPORT_COLUMNS = 12, MLM_INTERVAL_ROWS = 1000000 };

/* The level of the intervals of a series; 0: there are none, and `many` is set if that is for its many rows.
 * Weights that are not integral are no number of rows, and have no intervals. */
static inline double mlm_report_level(double rows, bool integral, bool *many) {
  if (rows <= MLM_INTERVAL_ROWS) return 0.95;
  *many |= integral;
  return 0;
}

/* A metric of the table. */
typedef struct ReportMetric {
  const char *heading, *metric;
  int sense; /* +1: greater is better, -1: less is */
} ReportMetric;

typedef struct ReportTable {
  const char *tests;         /* "f() tests": what compares two models over the same rows */
  const char *const *counts; /* headings of the columns of counts, which come first; end with NULL */
  const ReportMetric *metrics;
  int n_counts, n_metrics;
  int rows;
  const char *series[MLM_MOST_SERIES];
  double count[MLM_MOST_SERIES][MLM_REPORT_COLUMNS];
  Value value[MLM_MOST_SERIES][MLM_REPORT_COLUMNS];
} ReportTable;

void mlm_report_table(const Page *page, const ReportTable *table);

/* What the marks and the intervals mean. */
void mlm_report_table_notes(const Page *page, const ReportTable *table, bool too_many_rows);

#endif
