/* The table of metrics of a report: one line per series, intervals below values, the best value marked. */
#include "charts/report_table.h"

#include "charts/legend.h"

#include <math.h>

/* The best of a column; NaN: none is marked. */
static double best_of(const ReportTable *table, int column) {
  int sense = table->metrics[column].sense;
  double best = NAN;
  for (int i = 0; i < table->rows && table->rows > 1; i++) {
    double x = table->value[i][column].value;
    if (x == x && (best != best || sense * x > sense * best)) best = x;
  }
  return best;
}

/* Writes a value or one of its bounds, which have as many places as their value: an exponent only where its
 * places would not show it. */
static void put_number(StrBuf *out, double x, double value) {
  const int places = mlm_metric_places(value);
  if (places < 0 || !(fabs(x) < 1e9))
    mlm_put_short(out, x);
  else
    mlm_put_fixed(out, x, places);
}

static void put_cell(const Page *page, Value value, bool best) {
  StrBuf *out = page->out;
  if (value.value != value.value) {
    mlm_cell(page, "\xe2\x80\x93");
    return;
  }
  mlm_str_put(out, "<td>");
  mlm_str_put(out, best ? "<span class=\"best\">" : "");
  put_number(out, value.value, value.value);
  mlm_str_put(out, best ? "</span>" : "");
  if (value.low == value.low) {
    mlm_str_put(out, "<small>");
    put_number(out, value.low, value.value);
    mlm_str_put(out, " to ");
    put_number(out, value.high, value.value);
    mlm_str_put(out, "</small>");
  }
  mlm_str_put(out, "</td>");
}

void mlm_report_table(const Page *page, const ReportTable *table) {
  const char *headings[2 * MLM_REPORT_COLUMNS + 2] = {"Model"};
  int n = 1;
  double best[MLM_REPORT_COLUMNS];
  for (int i = 0; i < table->n_counts; i++) headings[n++] = table->counts[i];
  for (int i = 0; i < table->n_metrics; i++) {
    headings[n++] = table->metrics[i].heading;
    best[i] = best_of(table, i);
  }
  mlm_table_begin(page, "", headings, false);
  for (int row = 0; row < table->rows; row++) {
    mlm_row_begin(page, table->series[row]);
    for (int i = 0; i < table->n_counts; i++) mlm_cell_number(page, table->count[row][i]);
    for (int i = 0; i < table->n_metrics; i++)
      put_cell(page, table->value[row][i], table->value[row][i].value == best[i]);
    mlm_row_end(page);
  }
  mlm_table_end(page);
}

/* Whether some value has an interval. */
static bool has_intervals(const ReportTable *table) {
  for (int row = 0; row < table->rows; row++)
    for (int i = 0; i < table->n_metrics; i++)
      if (table->value[row][i].low == table->value[row][i].low) return true;
  return false;
}

void mlm_report_table_notes(const Page *page, const ReportTable *table, bool too_many_rows) {
  if (has_intervals(table))
    mlm_page_paragraph(
        page, "Below a value: its 95 % interval. Where there is no formula, it comes from 200 samples "
              "of the rows; the _ci functions draw 1000.");
  if (too_many_rows) mlm_page_paragraph(page, "Intervals are left out, because there are many rows.");
  if (table->rows < 2) return;
  StrBuf text = mlm_chart_buffer(page->memory);
  mlm_str_put(
      &text,
      "\xe2\x98\x85 marks the best value of a column. The mark is not a test: the difference may be chance. "
      "To test it, use ");
  mlm_str_put(&text, table->tests);
  mlm_str_put(&text, " over rows that have the predictions of both models.");
  mlm_page_paragraph(page, mlm_chart_keep(page->memory, &text));
}
