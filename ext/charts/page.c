/* The parts of an HTML page: its frame, tables, notes and figures. */
#include "charts/page.h"

#include "charts/chart_svg.h"
#include "charts/display_text.h"
#include "charts/legend.h"

static void put(const Page *page, const char *text) { mlm_str_put(page->out, text); }

/* The colours are those of the charts. On a narrow screen the names stay where the rest of a table scrolls;
 * in print the page is light, and figures stay whole and fill two columns. */
static const char style[] =
    ":root{color-scheme:light dark}"
    "body{margin:0;background:#fff;color:#1f1f1f;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,"
    "'Helvetica Neue',Arial,sans-serif}"
    "main{max-width:80rem;margin:0 auto;padding:1rem}"
    "h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0;overflow-wrap:anywhere}"
    "h2{font-size:1.2rem;margin:2rem 0 .5rem}p{max-width:46rem;margin:.5rem 0}"
    ".wide{overflow-x:auto;background:linear-gradient(90deg,#fff0,#fff 2rem) right/4rem 100% no-repeat local,"
    "linear-gradient(270deg,#0004,#0000) right/1rem 100% no-repeat "
    "scroll}table{border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.5rem 0}"
    "caption{text-align:left;color:#5a6570;padding:.25rem 0}"
    "th,td{text-align:right;padding:.3rem .6rem;border-bottom:1px solid #e3e7ea;white-space:nowrap}"
    "th:first-child,.texts :is(th,td):nth-child(2){text-align:left}"
    "th bdi{display:block;width:max-content;max-width:min(16rem,34vw);white-space:normal;overflow-wrap:"
    "anywhere}"
    "thead th{font-weight:600;vertical-align:bottom;white-space:normal}tbody th{font-weight:400}"
    "th:first-child{position:sticky;left:0;background:#fff}"
    "td small{display:block;color:#5a6570}.best{font-weight:700}.best::after{content:'\\2002\\2605'}"
    "ul{max-width:46rem;padding-left:1.2rem}li{margin:.35rem 0;overflow-wrap:anywhere}"
    ".figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1.5rem}"
    "figure{margin:0}figure svg{display:block;width:100%;height:auto}"
    "@media screen and (max-width:1200px){td small{white-space:normal}th,td{padding:.3rem .4rem}"
    "th bdi{max-width:min(11rem,34vw)}}"
    "@media screen and (prefers-color-scheme:dark){body{background:#14171a;color:#f2f2f2}"
    "th:first-child{background:#14171a}.wide{background:linear-gradient(90deg,#14171a00,#14171a 2rem) "
    "right/4rem 100% no-repeat local,linear-gradient(270deg,#fff4,#fff0) right/1rem 100% no-repeat scroll}"
    "caption,td small{color:#9aa5b1}th,td{border-color:#31383f}}"
    "@media print{body{font-size:11px}th,td{padding:.2rem .35rem}.wide "
    "th{white-space:normal}th bdi{max-width:6rem}.figures{display:block;orphans:1;widows:1}figure{"
    "display:inline-block;width:43%;margin:0 3% .5rem;vertical-align:top}"
    "figure,tr,li{break-inside:avoid}h2{break-after:avoid}main{padding:0}.wide{overflow:visible;background:"
    "none}}";

void mlm_page_begin(const Page *page, const char *title, const char *usual) {
  StrBuf clean = mlm_chart_buffer(page->memory);
  if (!title || !*title) title = usual;
  mlm_clean_text(&clean, title, strlen(title), 200);
  const char *kept = mlm_chart_keep(page->memory, &clean);
  put(page, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  mlm_escape(page->out, kept);
  put(page, "</title>\n<style>");
  put(page, style);
  put(page, mlm_svg_style);
  put(page, "</style>\n</head>\n<body>\n<main>\n<h1>");
  mlm_escape(page->out, kept);
  put(page, "</h1>\n");
}

void mlm_page_end(const Page *page) { put(page, "</main>\n</body>\n</html>\n"); }

void mlm_page_heading(const Page *page, const char *text) {
  put(page, "<h2>");
  mlm_escape(page->out, text);
  put(page, "</h2>\n");
}

/* Of the rows of a model. */
static double share_left_out(double rows, double left_out) { return left_out / (rows + left_out); }

void mlm_totals_add(PageTotals *totals, double rows, bool integral, double positives, double left_out) {
  if (totals->models == 0) {
    totals->first_rows = rows;
    totals->first_positives = positives;
    totals->first_share = share_left_out(rows, left_out);
  }
  totals->shares_differ |= share_left_out(rows, left_out) != totals->first_share;
  totals->differ |=
      rows != totals->first_rows || (positives == positives && positives != totals->first_positives);
  totals->weighted |= !integral;
  totals->models++;
  totals->rows += rows;
  totals->positives += positives;
  totals->left_out += left_out;
}

/* "1 row", "1,707 rows" */
static void put_rows(StrBuf *out, double n) {
  mlm_put_count(out, n);
  mlm_str_put(out, n == 1 ? " row" : " rows");
}

void mlm_page_summary(const Page *page, const PageTotals *totals) {
  StrBuf *out = page->out;
  const bool part = totals->models > MLM_MOST_SERIES;
  put(page, "<p>");
  if (part) mlm_put_count(out, MLM_MOST_SERIES);
  if (part) put(page, " of ");
  mlm_put_count(out, totals->models);
  put(page, totals->models == 1 ? " model" : " models");
  put(page, part ? " shown, " : ", ");
  const double rows = totals->differ ? totals->rows : totals->first_rows;
  if (totals->weighted) {
    put(page, "rows of weight ");
    mlm_put_count(out, rows);
  } else {
    put_rows(out, rows);
  }
  put(page, totals->models < 2 ? "" : totals->differ ? " in all" : " each");
  if (totals->positives == totals->positives) {
    put(page, ", ");
    mlm_put_count(out, totals->differ ? totals->positives : totals->first_positives);
    put(page, totals->rows == 1  ? " positive ("
              : totals->weighted ? " of it positive ("
                                 : " of them positive (");
    mlm_put_percent(out, totals->positives / totals->rows, 1);
    put(page, ")");
  }
  put(page, ".\nLeft out because of a NULL: ");
  put_rows(out, totals->left_out);
  put(page, totals->weighted ? ". Numbers of rows below are sums of their weights.</p>\n" : ".</p>\n");
}

void mlm_page_paragraph(const Page *page, const char *text) {
  put(page, "<p>");
  mlm_escape(page->out, text);
  put(page, "</p>\n");
}

void mlm_table_begin(const Page *page, const char *caption, const char *const *columns, bool texts) {
  put(page, texts ? "<div class=\"wide\"><table class=\"texts\">\n" : "<div class=\"wide\"><table>\n");
  if (*caption) {
    put(page, "<caption>");
    mlm_escape(page->out, caption);
    put(page, "</caption>\n");
  }
  put(page, "<thead><tr>");
  for (; *columns; columns++) {
    put(page, "<th scope=\"col\">");
    mlm_escape(page->out, *columns);
    put(page, "</th>");
  }
  put(page, "</tr></thead>\n<tbody>\n");
}

void mlm_table_end(const Page *page) { put(page, "</tbody>\n</table></div>\n"); }

void mlm_row_begin(const Page *page, const char *name) {
  put(page, "<tr><th scope=\"row\"><bdi>");
  mlm_escape(page->out, *name ? name : "all rows");
  put(page, "</bdi></th>");
}

void mlm_row_end(const Page *page) { put(page, "</tr>\n"); }

void mlm_cell(const Page *page, const char *text) {
  put(page, "<td>");
  mlm_escape(page->out, text);
  put(page, "</td>");
}

/* An undefined value shows as a dash. */
static void cell(const Page *page, double x, void (*write)(StrBuf *out, double x)) {
  put(page, "<td>");
  if (x == x)
    write(page->out, x);
  else
    put(page, "\xe2\x80\x93");
  put(page, "</td>");
}

void mlm_cell_fixed(const Page *page, double x, int places) {
  put(page, "<td>");
  if (x == x)
    mlm_put_fixed(page->out, x, places);
  else
    put(page, "\xe2\x80\x93");
  put(page, "</td>");
}

void mlm_cell_short(const Page *page, double x) { cell(page, x, mlm_put_short); }
void mlm_cell_number(const Page *page, double x) { cell(page, x, mlm_put_count); }

void mlm_figures_begin(const Page *page) { put(page, "<div class=\"figures\">\n"); }

void mlm_figure(const Page *page, Chart *chart) {
  Status status = chart ? MLM_OK : MLM_NOMEM;
  put(page, "<figure>");
  if (chart) status = mlm_chart_svg(chart, true, page->out);
  put(page, "</figure>\n");
  mlm_chart_free(chart);
  mlm_chart_failed(page->memory, status);
}

void mlm_figures_end(const Page *page) { put(page, "</div>\n"); }

void mlm_list_begin(const Page *page) { put(page, "<ul>\n"); }
void mlm_list_end(const Page *page) { put(page, "</ul>\n"); }

void mlm_item_begin(const Page *page, const char *name, const char *text) {
  put(page, "<li>");
  if (*name) {
    put(page, "<strong><bdi>");
    mlm_escape(page->out, name);
    put(page, "</bdi></strong>: ");
  } else if (*text >= 'a' && *text <= 'z') { /* unreachable: above 'z'; none of our texts begins so */
    mlm_str_add(page->out, &(char){(char)(*text++ - 'a' + 'A')}, 1);
  }
  mlm_escape(page->out, text);
}

void mlm_item_end(const Page *page) { put(page, "</li>\n"); }

int mlm_note(const Page *page, const char *name, const char *before, double x, int places,
             const char *after) {
  mlm_item_begin(page, name, before);
  if (places == MLM_SHORT_NUMBER)
    mlm_put_short(page->out, x);
  else if (places != MLM_NO_NUMBER)
    mlm_put_fixed(page->out, x, places);
  put(page, after);
  mlm_item_end(page);
  return 1;
}

int mlm_note_few_rows(const Page *page, const char *name, double rows, bool integral) {
  enum { FEW = 10 };
  if (!integral || !(rows < FEW)) return 0;
  mlm_item_begin(page, name, "only ");
  put_rows(page->out, rows);
  put(page, ": the values and their intervals mean little.");
  mlm_item_end(page);
  return 1;
}

#define MUCH_LEFT_OUT 0.05

int mlm_note_left_out(const Page *page, const PageTotals *totals, const char *name, double rows, double most,
                      double left_out) {
  const double share =
      totals->shares_differ ? share_left_out(rows, left_out) : share_left_out(totals->rows, totals->left_out);
  if (!(share > MUCH_LEFT_OUT) || totals->weighted) return 0;
  int n = 0;
  if (totals->shares_differ)
    n += mlm_note(page, name, "", 100 * share, 1, " % of its rows were left out because of a NULL.");
  if (most > 0.95 * rows)
    n +=
        mlm_note_text(page, name,
                      "many rows were left out, and nearly all labels that are left are of one class: if the "
                      "other rows still wait for their labels, the values may be biased.");
  return n;
}

int mlm_note_totals(const Page *page, const PageTotals *totals) {
  const double share = share_left_out(totals->rows, totals->left_out);
  const double more = totals->models - MLM_MOST_SERIES;
  const bool many = share > MUCH_LEFT_OUT && !totals->weighted; /* a weight is no number of rows */
  if (many)
    mlm_note(page, "", "", 100 * share, 1,
             totals->shares_differ ? " % of all rows were left out because of a NULL."
                                   : " % of the rows were left out because of a NULL.");
  if (more > 0) {
    mlm_item_begin(page, "", "");
    mlm_put_count(page->out, more);
    put(page, more == 1 ? " more model is not shown." : " more models are not shown.");
    mlm_item_end(page);
  }
  return many + (more > 0);
}
