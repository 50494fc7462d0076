/* The parts of an HTML page: its frame, tables, notes and figures. */
#ifndef MLM_PAGE_H
#define MLM_PAGE_H

#include "charts/chart.h"

/* A page being written. */
typedef struct Page {
  Chart *memory; /* of texts and curves; its status is the page's */
  StrBuf *out;
} Page;

/* Writes everything up to the heading; the summary follows it. */
void mlm_page_begin(const Page *page, const char *title, const char *usual);
void mlm_page_end(const Page *page);

void mlm_page_heading(const Page *page, const char *text);
/* What a report is about: all models, of which it shows the first MLM_MOST_SERIES. */
typedef struct PageTotals {
  double models, rows, left_out;
  double positives;                   /* NaN where labels are not 0 and 1 */
  double first_rows, first_positives; /* of the first model */
  bool differ;                        /* other models have other numbers of them */
  double first_share;                 /* of the rows of the first model that were left out */
  bool shares_differ;                 /* of another model, another share was */
  bool weighted;                      /* some weights are not integral, so `rows` are sums of weights */
} PageTotals;

void mlm_totals_add(PageTotals *totals, double rows, bool integral, double positives, double left_out);
/* One line: the number of models, of rows and positives of each model or, where they differ, of all, and of
 * rows left out. */
void mlm_page_summary(const Page *page, const PageTotals *totals);
void mlm_page_paragraph(const Page *page, const char *text); /* escaped */

/* A table: its caption and the names of its columns, which end with NULL; the first column names the row,
 * and the second may hold texts, which are aligned left. */
void mlm_table_begin(const Page *page, const char *caption, const char *const *columns, bool texts);
void mlm_table_end(const Page *page);
void mlm_row_begin(const Page *page, const char *name); /* "": the row has no name */
void mlm_row_end(const Page *page);
void mlm_cell(const Page *page, const char *text);
void mlm_cell_fixed(const Page *page, double x, int places);
void mlm_cell_short(const Page *page, double x);
void mlm_cell_number(const Page *page, double x); /* a count */

/* A figure takes its chart and frees it; NULL: memory ran out. */
void mlm_figures_begin(const Page *page);
void mlm_figure(const Page *page, Chart *chart);
void mlm_figures_end(const Page *page);

/* A list; between the begin and the end of an item any text may be written. */
void mlm_list_begin(const Page *page);
void mlm_list_end(const Page *page);
/* Begins an item about a series with its name and an escaped text; without a name ("") the text begins with a
 * capital. */
void mlm_item_begin(const Page *page, const char *name, const char *text);
void mlm_item_end(const Page *page);
/* An item of a text, a number and a text; `places` are the digits after its point, or one of these. Returns
 * 1, the number of items. */
enum { MLM_NO_NUMBER = -1, MLM_SHORT_NUMBER = -2 };
int mlm_note(const Page *page, const char *name, const char *before, double x, int places, const char *after);
/* The places of a percentage: two, but a short number where these would be 0.00. */
static inline int mlm_percent_places(double percent) { return percent < 0.01 ? MLM_SHORT_NUMBER : 2; }
/* An item of a text alone. */
static inline int mlm_note_text(const Page *page, const char *name, const char *text) {
  return mlm_note(page, name, text, 0, MLM_NO_NUMBER, "");
}
/* Items that every report may have, each for itself where it applies; returns how many. */
/* `rows` is the sum of all weights: where these are not integral, it does not say how many rows there are. */
int mlm_note_few_rows(const Page *page, const char *name, double rows, bool integral);
/* `most` is the weight of the most frequent label, or NaN; `left_out` is 0 where only the total is known. */
int mlm_note_left_out(const Page *page, const PageTotals *totals, const char *name, double rows, double most,
                      double left_out);
int mlm_note_totals(const Page *page, const PageTotals *totals);

#endif
