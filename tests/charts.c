/* The drawing core: thinned curves, names made safe, text lines, SVG, and all of it out of memory. */
#include "charts/chart.h"
#include "charts/chart_svg.h"
#include "charts/chart_text.h"
#include "charts/legend.h"
#include "charts/display_text.h"
#include "charts/class_charts.h"
#include "charts/score_charts.h"
#include "charts/thin.h"
#include "random.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static StrBuf buffer(void) { return (StrBuf){.limit = 1 << 30, .host = &host}; }

/* ---- thinning ---- */

static double distance(ChartPoint p, ChartPoint a, ChartPoint b) {
  double dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
  double t = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
  t = t < 0 ? 0 : t > 1 ? 1 : t;
  return hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/* The largest distance of a point of the full curve from the thinned one, in units of the plot. */
static double worst_distance(const ChartPoint *full, size_t n, const PointList *thin) {
  double worst = 0;
  for (size_t i = 0; i < n; i++) {
    double best = 1;
    for (size_t k = 1; k < thin->n; k++) {
      double d = distance(full[i], thin->at[k - 1], thin->at[k]);
      if (d < best) best = d;
    }
    if (best > worst) worst = best;
  }
  return worst * MLM_PLOT_UNITS;
}

/* A curve of n >= 2 points: 0 a ROC curve's stairs, 1 precision over recall, 2 a line, 3 noise. The first row
 * is a positive and the last a negative, so that no share is 0/0. */
static void make_curve(int kind, ChartPoint *at, size_t n) {
  double tp = 0, fp = 0;
  for (size_t i = 0; i < n; i++) {
    double rate = 0.8 * (1 - (double)i / (double)n);
    bool positive = i == 0 || (i < n - 1 && draw_unit() < rate);
    (positive ? &tp : &fp)[0]++;
    at[i] = (ChartPoint){.x = fp, .y = tp};
  }
  for (size_t i = 0; i < n; i++) {
    double t = (double)i / (double)(n - 1), precision = at[i].y / (at[i].x + at[i].y);
    if (kind == 0) at[i] = (ChartPoint){.x = at[i].x / fp, .y = at[i].y / tp};
    if (kind == 1) at[i] = (ChartPoint){.x = at[i].y / tp, .y = precision};
    if (kind == 2) at[i] = (ChartPoint){.x = t, .y = 0.25 + t / 2};
    if (kind == 3) at[i] = (ChartPoint){.x = t, .y = draw_unit()};
  }
}

static void check_thinning(void) {
  enum { MOST = 200000 };
  ChartPoint *full = malloc(MOST * sizeof *full);
  static const size_t sizes[] = {2, 3, 10, 300, 5000, MOST};
  for (int kind = 0; kind < 4 && full; kind++)
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
      Chart *chart = mlm_chart_new(&host);
      PointList out = {0};
      Thinner thin;
      size_t n = sizes[s];
      make_curve(kind, full, n);
      mlm_thin_begin(&thin, chart, &out, 1);
      for (size_t i = 0; i < n; i++) mlm_thin_add(&thin, full[i].x, full[i].y);
      if (s % 2) /* an end without a place is the last point */
        mlm_thin_end(&thin, kind % 2 ? NAN : 0.5, kind % 2 ? 0.5 : NAN);
      else
        mlm_thin_end(&thin, full[n - 1].x, full[n - 1].y);
      double worst = worst_distance(full, n, &out);
      /* Of noise no 512 points tell more than its extremes. */
      double most = kind == 3 && n > 300 ? 1.5 * 4 * MLM_PLOT_UNITS / MLM_MOST_POINTS : n == 5000 ? 1 : 0.5;
      expect_x(out.n <= MLM_MOST_POINTS && worst <= most, "distance of a thinned curve", worst);
      if (kind == 2) expect(out.n <= 3, "points of a straight line", (long)out.n);
      mlm_chart_free(chart);
    }
  free(full);
}

/* ---- names ---- */

static void check_clean(const char *text, size_t n, size_t columns, const char *want) {
  StrBuf out = buffer();
  mlm_clean_text(&out, text, n, columns);
  mlm_str_add(&out, "", 1);
  expect_for(strcmp(out.bytes, want) == 0, "clean text", out.bytes);
  host.free(out.bytes);
}

static void check_names(void) {
  check_clean("boosted", 7, 80, "boosted");
  check_clean("boosted", 7, 7, "boosted");
  check_clean("boosted", 7, 6, "boost\xe2\x80\xa6");
  check_clean("boosted", 7, 1, "\xe2\x80\xa6");
  check_clean("a\tb\nc\0d\x7f", 9, 80, "a b c d ");
  check_clean("a\xc2\x9f"
              "b\xc2\xa0"
              "c",
              7, 80,
              "a b\xc2\xa0"
              "c"); /* U+009F, the last control character, and U+00A0 */
  check_clean("\xff\xfe", 2, 80, "\xef\xbf\xbd\xef\xbf\xbd");
  check_clean("a\xe2\x80\xae"
              "b\xe2\x81\xa6"
              "c",
              9, 80, "abc");                                                 /* U+202E, U+2066 */
  check_clean("\xef\xbf\xbe", 3, 80, "\xef\xbf\xbd");                        /* U+FFFE */
  check_clean("\xe6\x97\xa5\xe6\x9c\xac", 6, 3, "\xe6\x97\xa5\xe2\x80\xa6"); /* wide characters */
  check_clean("e\xcc\x81"
              "e\xcc\x81",
              6, 2,
              "e\xcc\x81"
              "e\xcc\x81");    /* combining marks */
  check_clean("a\xd8\x9c"      /* U+061C, dropped */
              "b\xe2\x80\x8f"  /* U+200F, dropped */
              "c\xe2\x80\xa8"  /* U+2028, dropped */
              "d\xe2\x81\xaf"  /* U+206F, dropped */
              "e\xef\xbb\xbf"  /* U+FEFF, dropped */
              "f\xe2\x80\x90"  /* U+2010, a hyphen */
              "g\xe2\x81\xb0"  /* U+2070, a superscript */
              "h\xe2\x80\xb0", /* U+2030, per mille */
              31, 80, "abcdef\xe2\x80\x90g\xe2\x81\xb0h\xe2\x80\xb0");
  check_clean("boosted", 7, 0, "");
  StrBuf out = buffer();
  mlm_escape(&out, "<a href=\"'&\">");
  mlm_str_add(&out, "", 1);
  expect_for(strcmp(out.bytes, "&lt;a href=&quot;&#39;&amp;&quot;&gt;") == 0, "escaped", out.bytes);
  host.free(out.bytes);
  out = buffer();
  mlm_to_ascii(&out, "a\xe2\x80\xa6\xc3\xa9\xe6\x97\xa5"); /* an ellipsis, a letter, a wide character */
  mlm_str_add(&out, "", 1);
  expect_for(strcmp(out.bytes, "a~???") == 0, "in ASCII", out.bytes);
  host.free(out.bytes);
  expect(mlm_text_columns("\xe6\x97\xa5"
                          "a\xcc\x81")
             == 3,
         "columns", 0);
}

static void check_printed(void) {
  static const struct {
    double x;
    const char *text;
  } shorts[] = {{0, "0.000"},
                {0.5, "0.500"},
                {0.0123, "0.0123"},
                {12.3456, "12.35"},
                {1234567, "1234567"},
                {-1800586308.551, "-1800586309"},
                {999999999999999, "999999999999999"},
                {1e20, "1.0e+20"},
                {-3.14159e-7, "-3.1416e-07"},
                {INFINITY, "\xe2\x88\x9e"},
                {NAN, "undefined"}};
  for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++) {
    StrBuf out = buffer();
    mlm_put_short(&out, shorts[i].x);
    mlm_str_add(&out, "", 1);
    expect_for(strcmp(out.bytes, shorts[i].text) == 0, "short number", out.bytes);
    host.free(out.bytes);
  }
  StrBuf out = buffer();
  mlm_put_count(&out, 1234567);
  mlm_put_fixed(&out, -0.0001, 2);
  mlm_str_add(&out, "", 1);
  expect_for(strcmp(out.bytes, "1,234,5670.00") == 0, "count, and no sign before nothing", out.bytes);
  host.free(out.bytes);
}

/* ---- whole charts ---- */

static Keyed *make_sets(int series, int rows) {
  Keyed *keyed = calloc(1, mlm_keyed_scores_state.bytes);
  char name[64];
  for (int i = 0; i < series * rows; i++) {
    snprintf(name, sizeof name, "<model \"%d\" & \xe6\x97\xa5>", i % series);
    double score = draw_unit();
    Row row = {.pred = score, .target = draw_unit() < score, .weight = 1};
    row.key = (Class){.type = CLASS_TEXT, .bytes = name, .n = strlen(name)};
    if (mlm_keyed_scores_state.add(keyed, &row, 1, &host)) return keyed;
  }
  mlm_keyed_scores_state.seal(keyed, &host);
  return keyed;
}

static void drop_sets(Keyed *keyed) {
  mlm_keyed_scores_state.clear(keyed, &host);
  free(keyed);
}

/* Whether every line has at most `width` columns and no blank at its end. */
static bool lines_fit(char *text, int width) {
  for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
    if (mlm_text_columns(line) > (size_t)width || line[strlen(line) - 1] == ' ') return false;
  return true;
}

static void check_text(const ScoreChart *kind, const Keyed *keyed, const TextStyle *style) {
  Chart *chart =
      mlm_score_chart(kind, &mlm_keyed_scores_state, keyed, "A title that is long enough to be cut", &host);
  StrBuf out = buffer();
  Status status = mlm_chart_text(chart, style, &out);
  mlm_str_add(&out, "", 1);
  bool ascii = true;
  for (size_t i = 0; i < out.n; i++) ascii &= !(out.bytes[i] & 0x80);
  expect_for(status == MLM_OK && lines_fit(out.bytes, style->width) && (!style->ascii || ascii), "text",
             kind->name);
  host.free(out.bytes);
  mlm_chart_free(chart);
}

/* Whether tags match and text is escaped; all that these documents use of XML. */
static bool is_well_formed(const char *at) {
  const char *open[64];
  int depth = 0;
  for (; *at; at++) {
    if ((unsigned char)*at < ' ' && *at != '\n') return false;
    if (*at == '&' && strncmp(at, "&amp;", 5) && strncmp(at, "&lt;", 4) && strncmp(at, "&gt;", 4)
        && strncmp(at, "&quot;", 6) && strncmp(at, "&#39;", 5))
      return false;
    if (*at == '>') return false;
    if (*at != '<') continue;
    const char *name = at + 1 + (at[1] == '/'), *end = strchr(at, '>');
    if (!end || memchr(at + 1, '<', (size_t)(end - at - 1))) return false;
    size_t n = strcspn(name, " />");
    if (at[1] == '/') {
      if (depth == 0 || strncmp(open[--depth], name, n) != 0) return false;
    } else if (end[-1] != '/') {
      if (depth == 64) return false;
      open[depth++] = name;
    }
    at = end;
  }
  return depth == 0;
}

static void check_svg(const ScoreChart *kind, const Keyed *keyed, bool in_page) {
  Chart *chart = mlm_score_chart(kind, &mlm_keyed_scores_state, keyed, "</title><script>", &host);
  StrBuf out = buffer();
  Status status = mlm_chart_svg(chart, in_page, &out);
  mlm_str_add(&out, "", 1);
  expect_for(status == MLM_OK && is_well_formed(out.bytes) && !strstr(out.bytes, "<script") && out.n <= 60000,
             "SVG", kind->name);
  host.free(out.bytes);
  mlm_chart_free(chart);
}

/* Reads the labels of the y axis of a chart in ASCII; returns how many. */
static int read_labels(char *text, double *label, int most) {
  int n = 0;
  for (char *line = strtok(text, "\n"); line && n < most; line = strtok(NULL, "\n")) {
    char *end;
    double x = strtod(line, &end);
    if (end > line && *end == '+') label[n++] = x;
  }
  return n;
}

/* On an axis from lo to hi, labels are evenly spaced, and there are at least two: all ticks where each has
 * three rows. */
static void check_labels(double lo, double hi, int height) {
  const TextStyle style = {.width = 40, .height = height, .ascii = true};
  Chart *chart = mlm_chart_new(&host);
  if (!chart) abort();
  Panel *panel = mlm_chart_panel(chart, 240);
  mlm_axis_linear(&panel->x, "x", 0, 1);
  mlm_axis_round(&panel->y, "", lo, hi);
  StrBuf out = buffer();
  double label[MLM_MOST_TICKS];
  expect(mlm_chart_text(chart, &style, &out) == MLM_OK, "text", height);
  mlm_str_add(&out, "", 1);
  int n = read_labels(out.bytes, label, MLM_MOST_TICKS);
  bool even = n >= 2 && (height < 3 * panel->y.ticks + 8 || n == panel->y.ticks);
  for (int i = 2; i < n && even; i++) even = fabs(label[i - 2] - 2 * label[i - 1] + label[i]) < 1e-9 * hi;
  expect(even, "labels of a y axis evenly spaced", height);
  host.free(out.bytes);
  mlm_chart_free(chart);
}

static void check_y_labels(void) {
  static const double ends[][2] = {{0, 1}, {0, 0.8}, {0, 0.5}, {0, 7}, {0, 300}, {-1, 1}, {-0.3, 0.2}};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
    for (int height = 6; height <= 40; height++) check_labels(ends[i][0], ends[i][1], height);
}

static void check_charts(void) {
  static const int series[] = {1, 2, 12, 15};
  static const TextStyle styles[] = {
      {72, 20, false}, {24, 8, false}, {24, 8, true}, {80, 24, true}, {400, 100, false}};
  for (int i = 0; i < 4; i++) {
    Keyed *keyed = make_sets(series[i], 2000);
    for (const ScoreChart *kind = mlm_score_charts; kind->name; kind++) {
      for (size_t s = 0; s < sizeof styles / sizeof *styles; s++) check_text(kind, keyed, &styles[s]);
      check_svg(kind, keyed, i & 1);
    }
    drop_sets(keyed);
  }
}

/* ---- confusion matrices as text ---- */

/* Rows of `classes` classes, each of them `count` times right and once the next class; weighted: 1.5 rows
 * each. */
static void *make_matrix(int classes, int64_t count, bool weighted) {
  void *matrix = calloc(1, mlm_confusion_matrix_state.bytes);
  for (int64_t i = 0; i < classes; i++) {
    Row row = {.weight = weighted ? 1.5 : (double)count,
               .pred_class = {.integer = i},
               .target_class = {.integer = i}};
    mlm_confusion_matrix_state.add(matrix, &row, 1, &host);
    row.weight = 1;
    row.pred_class.integer = (i + 1) % classes;
    if (i > 0) mlm_confusion_matrix_state.add(matrix, &row, 1, &host);
  }
  mlm_confusion_matrix_state.seal(matrix, &host);
  return matrix;
}

static void check_matrix(int classes, int64_t count, bool weighted, int width, const char *says) {
  void *matrix = make_matrix(classes, count, weighted);
  Chart *chart = mlm_chart_new(&host);
  StrBuf text = buffer();
  const TextStyle style = {width, 20, width % 2 == 1};
  mlm_confusion_chart(chart, &mlm_confusion_matrix_state, matrix);
  expect(mlm_chart_text(chart, &style, &text) == MLM_OK, "a matrix as text", width);
  mlm_str_add(&text, "", 1);
  for (char *line = text.bytes, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
    *end = 0;
    expect_for(mlm_text_columns(line) <= (size_t)width, "a line of a matrix", line);
    *end = '\n';
  }
  expect_for(strstr(text.bytes, says) != NULL, says, text.bytes);
  host.free(text.bytes);
  mlm_chart_free(chart);
  mlm_confusion_matrix_state.clear(matrix, &host);
  free(matrix);
}

static void check_matrices(void) {
  check_matrix(0, 1, false, 40, "rows 0");
  check_matrix(2, 7, false, 40, " predicted\n");
  check_matrix(2, 7, true, 40, "1.5");
  check_matrix(5, 12345678, false, 41, "predicted, in % of the true class");
  check_matrix(5, 12345678, false, 40, " 100");
  check_matrix(12, 5, false, 24, "(it needs more columns)");
  check_matrix(14, 5, false, 120, "other");
  check_matrix(5000, 1, false, 80, "other");
  for (int width = 24; width < 100; width++)
    check_matrix(width % 12 + 1, width, width % 3 == 0, width, width % 3 == 0 ? "weight " : "rows ");
}

/* ---- failures ---- */

static Status draw_both(const ScoreChart *kind, const Keyed *keyed, StrBuf *svg, StrBuf *text) {
  const TextStyle style = {72, 20, false};
  Chart *chart = mlm_score_chart(kind, &mlm_keyed_scores_state, keyed, NULL, &host);
  Status status = chart ? mlm_chart_svg(chart, false, svg) : MLM_NOMEM;
  if (!status) status = mlm_chart_text(chart, &style, text);
  mlm_chart_free(chart);
  return status;
}

static bool same_text(const StrBuf *a, const StrBuf *b) {
  return a->n == b->n && memcmp(a->bytes, b->bytes, a->n) == 0;
}

/* Every allocation fails once, and either the chart says so or it is complete; nothing is leaked. */
static void check_faults_of(const ScoreChart *kind, const Keyed *keyed) {
  StrBuf whole_svg = buffer(), whole_text = buffer();
  Status status = draw_both(kind, keyed, &whole_svg, &whole_text);
  uint64_t before = live_bytes;
  bool right = status == MLM_OK;
  long n = 0;
  for (status = MLM_NOMEM; status == MLM_NOMEM && n < 5000 && right; n++) {
    StrBuf svg = buffer(), text = buffer();
    allowed = n;
    status = draw_both(kind, keyed, &svg, &text);
    allowed = -1;
    right = status == MLM_NOMEM || (!status && same_text(&svg, &whole_svg) && same_text(&text, &whole_text));
    host.free(svg.bytes);
    host.free(text.bytes);
    right = right && live_bytes == before;
  }
  expect(right && n > 20 && n < 5000, "every allocation failed", n);
  host.free(whole_svg.bytes);
  host.free(whole_text.bytes);
}

static void check_faults(void) {
  Keyed *keyed = make_sets(3, 50);
  for (const ScoreChart *kind = mlm_score_charts; kind->name; kind++) check_faults_of(kind, keyed);
  drop_sets(keyed);
}

/* A text that a chart keeps leaves an empty buffer; of failures the first stays. */
static void check_kept(void) {
  Chart *chart = mlm_chart_new(&host);
  if (!chart) exit(2);
  StrBuf text = buffer();
  mlm_str_put(&text, "kept");
  const char *kept = mlm_chart_keep(chart, &text);
  expect(strcmp(kept, "kept") == 0 && text.n == 0 && !text.bytes && !chart->status, "kept", (long)text.n);
  StrBuf no_memory = {.status = MLM_NOMEM, .host = &host}, too_long = {.status = MLM_TOOBIG, .host = &host};
  mlm_chart_keep(chart, &no_memory);
  expect(chart->status == MLM_NOMEM, "a text that failed", chart->status);
  mlm_chart_keep(chart, &too_long);
  expect(chart->status == MLM_NOMEM, "the first failure stays", chart->status);
  mlm_chart_free(chart);
}

/* ---- contrast ---- */

static double luminance(const char *hex) {
  static const double share[] = {0.2126, 0.7152, 0.0722};
  double sum = 0;
  bool brief = strspn(hex, "0123456789abcdef") == 3;
  for (int i = 0; i < 3; i++) {
    char digits[3] = {hex[brief ? i : 2 * i], hex[brief ? i : 2 * i + 1], 0};
    double x = (double)strtol(digits, NULL, 16) / 255;
    sum += share[i] * (x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4));
  }
  return sum;
}

/* The colour after a selector and property, in a part of the style sheet. */
static double colour_of(const char *part, const char *rule) {
  const char *at = strstr(part, rule);
  return at ? luminance(at + strlen(rule)) : NAN;
}

/* WCAG 2: 4.5 for text, which lines have too. */
static void check_contrast(void) {
  static const char *const rules[] = {".mlm text{fill:#",  ".mlm .soft{fill:#", ".mlm .s0{stroke:#",
                                      ".mlm .s1{stroke:#", ".mlm .s2{stroke:#", ".mlm .s3{stroke:#",
                                      ".mlm .s4{stroke:#", ".mlm .s5{stroke:#"};
  const char *parts[] = {mlm_svg_style, strstr(mlm_svg_style, "prefers-color-scheme:dark")};
  for (int p = 0; p < 2; p++)
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
      double a = colour_of(parts[p], rules[i]), b = colour_of(parts[p], ".mlm .paper{fill:#");
      double contrast = ((a > b ? a : b) + 0.05) / ((a > b ? b : a) + 0.05);
      expect_x(contrast >= 4.5, rules[i], contrast);
    }
}

int main(void) {
  check_thinning();
  check_names();
  check_printed();
  check_y_labels();
  check_charts();
  check_faults();
  check_kept();
  check_contrast();
  check_matrices();
  return end_of_tests();
}
