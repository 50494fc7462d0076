/* What legends and descriptions say: "AUC 0.678". */
#include "charts/legend.h"

#include <math.h>

#include "base/number_print.h"

void mlm_put_fixed(StrBuf *out, double x, int places) {
  char digits[MLM_NUMBER_BYTES];
  if (x != x) {
    mlm_str_put(out, "undefined");
  } else if (x == INFINITY || x == -INFINITY) {
    mlm_str_put(out, x < 0 ? "-\xe2\x88\x9e" : "\xe2\x88\x9e");
  } else {
    size_t n = mlm_print_fixed(x, places, digits);
    bool zero = *digits == '-'; /* no minus sign before a zero */
    for (size_t i = 1; i < n; i++) zero &= digits[i] == '0' || digits[i] == '.';
    mlm_str_add(out, digits + zero, n - zero);
  }
}

/* Digits after the point that show a number of size a with a few significant ones. */
static int short_places(double a) {
  return a >= 1000 ? 0 : a >= 100 ? 1 : a >= 10 ? 2 : a >= 0.1 || a == 0 ? 3 : a >= 0.01 ? 4 : 6;
}

void mlm_put_short(StrBuf *out, double x) {
  double a = fabs(x);
  char digits[MLM_NUMBER_BYTES];
  if (!(a < 1e9) || (a < 1e-4 && a > 0)) {
    if (!(a < INFINITY) || (a >= 1 && a < 1e15)) {
      mlm_put_fixed(out, x, 0);
      return;
    }
    mlm_str_add(out, digits, mlm_print_significant(x, 5, digits));
    return;
  }
  mlm_put_fixed(out, x, short_places(a));
}

/* The same of a metric: a ratio has three. */
static int metric_places(double a) { return a >= 10 ? short_places(a) : a < 0.01 && a > 0 ? 5 : 3; }

int mlm_metric_places(double x) {
  const double a = fabs(x);
  return !(a < 1e9) || (a < 1e-4 && a > 0) ? -1 : metric_places(a);
}

void mlm_put_metric(StrBuf *out, double x) {
  if (x > -10 && x < 10)
    mlm_put_fixed(out, x, metric_places(fabs(x)));
  else
    mlm_put_short(out, x);
}

void mlm_put_count(StrBuf *out, double x) {
  char digits[MLM_NUMBER_BYTES];
  bool whole = x >= 0 && x < 1e15 && x == (double)(int64_t)x;
  size_t n = whole ? mlm_print_integer((int64_t)x, digits) : 0;
  if (!whole) mlm_put_short(out, x);
  for (size_t i = 0; i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0) mlm_str_put(out, ",");
    mlm_str_add(out, &digits[i], 1);
  }
}

void mlm_put_not_finite(StrBuf *out, double n, const char *what) {
  mlm_put_count(out, n);
  mlm_str_put(out, " ");
  mlm_str_put(out, what);
  mlm_str_put(out, n == 1 ? " not finite" : "s not finite");
}

void mlm_put_percent(StrBuf *out, double x, int places) {
  mlm_put_fixed(out, 100 * x, places);
  if (x == x) mlm_str_put(out, "\xc2\xa0%");
}

const char *mlm_number_phrase(Chart *chart, const char *before, double x, int places, const char *after) {
  StrBuf text = mlm_chart_buffer(chart);
  mlm_str_put(&text, before);
  mlm_put_fixed(&text, x, places);
  mlm_str_put(&text, after);
  return mlm_chart_keep(chart, &text);
}

void mlm_describe_by_legend(Chart *chart, const char *what) {
  StrBuf text = mlm_chart_buffer(chart);
  mlm_str_put(&text, what);
  for (int i = 0; i < chart->entries; i++) {
    const LegendEntry *entry = &chart->legend[i];
    mlm_str_put(&text, i ? "; " : ". ");
    mlm_str_put(&text, entry->name);
    if (*entry->name && *entry->rest) mlm_str_put(&text, ": ");
    mlm_str_put(&text, entry->rest);
  }
  mlm_str_put(&text, ".");
  chart->description = mlm_chart_keep(chart, &text);
}

void mlm_add_more(Chart *chart, int more) {
  if (more <= 0) return;
  StrBuf text = mlm_chart_buffer(chart);
  mlm_str_put(&text, "and ");
  mlm_put_count(&text, more);
  mlm_str_put(&text, more == 1 ? " more, which is not drawn" : " more, which are not drawn");
  mlm_add_legend(chart, "", mlm_chart_keep(chart, &text), MLM_REFERENCE);
}
