/* The table of metrics of a report made by hand: its lines, which values are marked as the best of their
 * columns, the digits of intervals; and what is said below it. */
#include "charts/report_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* Before the first metric and behind the last stands one that no table shows. */
static const ReportMetric metrics[] = {
    {"before the first", "", 1}, {"AUC", "", 1}, {"Loss", "", -1}, {"Kappa", "", 1}, {"R2", "", 1},
    {"behind the last", "", 1}};
static const char *const counts[] = {"Rows", "Positives", NULL};

/* An empty table: no count, no interval and no value where it is in use, zeros elsewhere. */
static ReportTable empty(int rows, int n_metrics) {
  ReportTable table = {.tests = "mcnemar_test()",
                       .counts = counts,
                       .metrics = metrics + 1,
                       .n_counts = 2,
                       .n_metrics = n_metrics,
                       .rows = rows};
  static const char *const names[] = {"a", "b", "c"};
  for (int row = 0; row < rows; row++) {
    table.series[row] = names[row % 3];
    for (int i = 0; i < n_metrics; i++) table.value[row][i] = (Value){NAN, NAN, NAN, NULL};
  }
  return table;
}

/* What is written of a table, or below it; the text is to be given to release(). */
static char *written(const ReportTable *table, bool notes, bool too_many_rows) {
  StrBuf out = {.limit = 1 << 20, .host = &host};
  const Page page = {mlm_chart_new(&host), &out};
  if (!page.memory) exit(2);
  if (notes)
    mlm_report_table_notes(&page, table, too_many_rows);
  else
    mlm_report_table(&page, table);
  mlm_str_add(&out, "", 1);
  expect(!page.memory->status && !out.status, "written", table->rows);
  mlm_chart_free(page.memory);
  return out.bytes;
}

static void check(char *text, const char *wanted, const char *what) {
  if (strcmp(text, wanted) != 0) printf("%s: %s\nis not: %s\n", what, text, wanted);
  expect_for(strcmp(text, wanted) == 0, "a table", what);
  release(text);
}

#define NONE "<td>\xe2\x80\x93</td>"
#define HEADINGS                                                                                             \
  "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Model</th><th scope=\"col\">Rows</th>"          \
  "<th scope=\"col\">Positives</th><th scope=\"col\">AUC</th><th scope=\"col\">Loss</th>"                    \
  "<th scope=\"col\">Kappa</th><th scope=\"col\">R2</th></tr></thead>\n<tbody>\n"
#define ROW(name, cells) "<tr><th scope=\"row\"><bdi>" name "</bdi></th>" cells "</tr>\n"
#define END              "</tbody>\n</table></div>\n"
#define BEST(x)          "<td><span class=\"best\">" x "</span></td>"

/* The greatest AUC is the second, and the least loss the first; a value that is equal is marked, too. */
static void check_lines(void) {
  static const double values[][4] = {{0.7, 0.25, 0.5, NAN}, {0.9, 0.5, -1, NAN}, {0.8, NAN, 0.5, NAN}};
  ReportTable table = empty(3, 4);
  for (int row = 0; row < 3; row++) {
    table.count[row][0] = 1000 * (row + 1);
    table.count[row][1] = row;
    for (int i = 0; i < 4; i++) table.value[row][i].value = values[row][i];
  }
  check(written(&table, false, false),
        HEADINGS ROW("a", "<td>1,000</td><td>0</td><td>0.700</td>" BEST("0.250") BEST("0.500") NONE)
            ROW("b", "<td>2,000</td><td>1</td>" BEST("0.900") "<td>0.500</td><td>-1.000</td>" NONE)
                ROW("c", "<td>3,000</td><td>2</td><td>0.800</td>" NONE BEST("0.500") NONE) END,
        "three models");
  table.rows = 1;
  check(written(&table, false, false),
        HEADINGS ROW("a", "<td>1,000</td><td>0</td><td>0.700</td><td>0.250</td><td>0.500</td>" NONE) END,
        "one model, of which nothing is the best");
}

/* Bounds have as many places as their value, and none from a billion on. */
static void check_digits(void) {
  static const struct {
    double value, low, high;
    const char *wanted;
  } cases[] = {
      {0.5, NAN, NAN, "<td>0.500</td>"},
      {0.5, 0.25, 0.75, "<td>0.500<small>0.250 to 0.750</small></td>"},
      {1500, 229.4, 2770.6, "<td>1500<small>229 to 2771</small></td>"},
      {2, -999999999.5, 999999999.5, "<td>2.000<small>-999999999.500 to 999999999.500</small></td>"},
      {2, -1e9, 1e9, "<td>2.000<small>-1000000000 to 1000000000</small></td>"},
      {2, -1.5e9, 1.5e9, "<td>2.000<small>-1500000000 to 1500000000</small></td>"},
      {0.00001, 0, 0.5, "<td>1.0e-05<small>0.000 to 0.500</small></td>"},
      {NAN, 0, 1, NONE},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ReportTable table = empty(1, 1);
    table.n_counts = 0;
    table.value[0][0] = (Value){cases[i].value, cases[i].low, cases[i].high, NULL};
    char wanted[512];
    sprintf(wanted,
            "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">Model</th><th scope=\"col\">AUC</th>"
            "</tr></thead>\n<tbody>\n" ROW("a", "%s") END,
            cases[i].wanted);
    check(written(&table, false, false), wanted, cases[i].wanted);
  }
}

/* As many columns and models as a table may have. */
static void check_room(void) {
  static const char *const twelve[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", NULL};
  ReportMetric named[MLM_REPORT_COLUMNS];
  for (int i = 0; i < MLM_REPORT_COLUMNS; i++) named[i] = (ReportMetric){"M", "", 1};
  ReportTable table = empty(MLM_MOST_SERIES, MLM_REPORT_COLUMNS);
  table.counts = twelve;
  table.n_counts = MLM_REPORT_COLUMNS;
  table.metrics = named;
  char *text = written(&table, false, false);
  int headings = 0, cells = 0;
  for (const char *at = text; (at = strstr(at, "<th scope=\"col\">")); at++) headings++;
  for (const char *at = text; (at = strstr(at, "<td>")); at++) cells++;
  expect(headings == 1 + 2 * MLM_REPORT_COLUMNS, "headings", headings);
  expect(cells == MLM_MOST_SERIES * 2 * MLM_REPORT_COLUMNS, "cells", cells);
  release(text);
}

#define INTERVALS                                                                                            \
  "<p>Below a value: its 95 % interval. Where there is no formula, it comes from 200 samples of the rows; "  \
  "the _ci functions draw 1000.</p>\n"
#define MANY "<p>Intervals are left out, because there are many rows.</p>\n"
#define MARK                                                                                                 \
  "<p>\xe2\x98\x85 marks the best value of a column. The mark is not a test: the difference may be chance. " \
  "To test it, use mcnemar_test() over rows that have the predictions of both models.</p>\n"

/* Intervals are told wherever one stands, and only then; the mark where there are two models. */
static void check_notes(void) {
  static const struct {
    int rows, row, metric; /* where the interval is; -1: nowhere */
    bool too_many_rows;
    const char *wanted;
  } cases[] = {
      {1, -1, 0, false, ""},
      {1, 0, 0, false, INTERVALS},
      {1, 0, 1, false, INTERVALS},
      {1, -1, 0, true, MANY},
      {2, -1, 0, false, MARK},
      {2, 0, 0, false, INTERVALS MARK},
      {2, 1, 1, false, INTERVALS MARK},
      {2, 0, 1, true, INTERVALS MANY MARK},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ReportTable table = empty(cases[i].rows, 2);
    if (cases[i].row >= 0) table.value[cases[i].row][cases[i].metric].low = 0.25;
    check(written(&table, true, cases[i].too_many_rows), cases[i].wanted, "notes");
  }
}

int main(void) {
  check_lines();
  check_digits();
  check_room();
  check_notes();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
