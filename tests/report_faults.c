/* Charts of plain numbers, and reports, where each allocation fails: the status says so, nothing is
 * left behind, and with memory enough the bytes are always the same. A long report where polls interrupt. */
#include "charts/chart_svg.h"
#include "charts/pred_charts.h"
#include "charts/score_charts.h"
#include "charts/values.h"
#include "evaluate.h"
#include "random.h"
#include "state/keyed.h"
#include "states.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The same models, of which equal rows are counted. */
static Keyed *saved_and_loaded(const StateType *type, Keyed *keyed) {
  Keyed *loaded = fresh(type);
  Writer bytes = {.limit = UINT64_MAX, .host = &host};
  expect_for(type->seal(keyed, &host) == MLM_OK, "seal", type->name);
  type->save(keyed, &bytes);
  Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
  expect_for(type->load(loaded, &in, &host) == MLM_OK && type->seal(loaded, &host) == MLM_OK, "load",
             type->name);
  release(bytes.bytes);
  drop(type, keyed);
  return loaded;
}

/* Rows of models a, b, c, …: the numbers of a row mean what the kind takes them for. Every other row is there
 * twice, among them all whose weight has a fraction. */
static Keyed *make_models(const StateType *type, int models, int rows) {
  Keyed *keyed = fresh(type);
  for (int i = 0; i < rows; i++)
    for (int m = 0; m < models; m++) {
      const char name = (char)('a' + m);
      const bool points = type == &mlm_keyed_points_state;
      Row row = {.weight = i % 14 == 13 && !points ? 0.5 : 1, .columns = points ? 3 : 2};
      row.x[0] = points ? i : (double)(draw() % 1000) / 100;
      row.x[1] = points ? 0 : row.x[0] + draw_unit() - 0.5;
      row.x[2] = draw_unit();
      row.pred_class = (Class){.type = CLASS_INTEGER, .integer = i % 3};
      row.target_class = (Class){.type = CLASS_INTEGER, .integer = i % 4 ? i % 3 : 1};
      row.key = (Class){.type = CLASS_TEXT, .bytes = &name, .n = 1};
      for (int k = 0; k <= i % 2; k++)
        if (type->add(keyed, &row, 1, &host)) expect(false, "a row of a model", i);
    }
  return saved_and_loaded(type, keyed);
}

/* ---- what is drawn ---- */

typedef Status Draw(const Keyed *keyed, StrBuf *out);

static Status draw_chart(void (*fill)(Chart *, const StateType *, const void *), const StateType *type,
                         const Keyed *keyed, StrBuf *out) {
  Chart *chart = mlm_chart_new(&host);
  if (!chart) return MLM_NOMEM;
  mlm_chart_title(chart, NULL, "A chart");
  fill(chart, type, keyed);
  Status status = mlm_chart_svg(chart, false, out);
  mlm_chart_free(chart);
  return status;
}

static Status draw_residual(const Keyed *keyed, StrBuf *out) {
  return draw_chart(mlm_residual_chart, &mlm_keyed_preds_state, keyed, out);
}

static Status draw_trend(const Keyed *keyed, StrBuf *out) {
  return draw_chart(mlm_trend_chart, &mlm_keyed_points_state, keyed, out);
}

static Status report(const char *name, const Keyed *keyed, StrBuf *out) {
  Result result;
  const Status status = evaluate(mlm_metric_named(name), keyed, &host, (uint64_t)1 << 26, &result);
  *out = result.bytes;
  return status;
}

static Status report_scores(const Keyed *keyed, StrBuf *out) { return report("report_html", keyed, out); }
static Status report_classes(const Keyed *keyed, StrBuf *out) {
  return report("report_classes_html", keyed, out);
}
static Status report_preds(const Keyed *keyed, StrBuf *out) {
  return report("report_regression_html", keyed, out);
}

/* ---- memory ends ---- */

static StrBuf buffer(void) { return (StrBuf){.limit = (uint64_t)1 << 26, .host = &host}; }

/* Every allocation fails, with all that follow or alone, where something else may do in its place. */
static void check_faults(const char *what, Draw *draw_it, const Keyed *keyed, bool once) {
  StrBuf whole = buffer();
  expect_for(draw_it(keyed, &whole) == MLM_OK && whole.n > 1000, "with memory enough", what);
  const uint64_t before = live_bytes;
  bool enough = false;
  long n = 0;
  for (; !enough; n++) {
    StrBuf out = buffer();
    fails_once = once;
    allowed = n;
    const Status status = draw_it(keyed, &out);
    enough = once ? allowed >= 0 : status != MLM_NOMEM;
    allowed = -1;
    const bool same = out.n == whole.n && memcmp(out.bytes, whole.bytes, (size_t)out.n) == 0;
    expect_for(status == MLM_NOMEM || (!status && same),
               once ? "one allocation failed" : "allocations failed", what);
    host.free(out.bytes);
    expect_for(live_bytes == before, "memory left behind", what);
  }
  fails_once = false;
  expect_for(n > 20, "allocations", what);
  host.free(whole.bytes);
}

static void check_kind(const char *what, const StateType *type, Draw *draw_it, int models, int rows) {
  Keyed *keyed = make_models(type, models, rows);
  check_faults(what, draw_it, keyed, false);
  check_faults(what, draw_it, keyed, true);
  drop(type, keyed);
}

/* A report that the poll after so many others interrupts; *left: how many of these did not come. */
static Status report_until(const StateType *type, Draw *draw_it, Keyed *keyed, long polls, long *left) {
  const uint64_t before = live_bytes;
  StrBuf out = buffer();
  stop_in = polls;
  const Status status = draw_it(keyed, &out);
  *left = stop_in;
  stop_in = -1;
  host.free(out.bytes);
  expect(live_bytes == before, "memory left behind", polls);
  type->seal(keyed, &host); /* readers of the set remember that they stopped */
  return status;
}

/* The first polls and the last ones in a report of so many scores of 0.5 and more that the walk to that
 * cutoff polls, too. */
static void check_interrupts(void) {
  enum { ROWS = 70000, MANY = 1000, FIRST = 8, LAST = 4 };
  const StateType *type = &mlm_keyed_scores_state;
  Keyed *keyed = fresh(type);
  long left = 0;
  for (int i = 0; i < ROWS; i++) {
    Row row = {.pred = 0.5 + i / (2.0 * ROWS), .target = i % 3 == 0, .weight = 0.5};
    row.key = (Class){.type = CLASS_INTEGER};
    if (type->add(keyed, &row, 1, &host)) expect(false, "add", i);
  }
  expect(type->seal(keyed, &host) == MLM_OK, "seal", ROWS);
  expect(report_until(type, report_scores, keyed, MANY, &left) == MLM_OK && left > 0, "not interrupted",
         left);
  const long polls = MANY - left;
  expect(polls > FIRST + LAST, "polls", polls);
  for (long poll = 0; poll < polls; poll = poll + 1 == FIRST ? polls - LAST : poll + 1)
    expect(report_until(type, report_scores, keyed, poll, &left) == MLM_INTERRUPTED, "interrupted", poll);
  Chart *chart = mlm_chart_new(&host); /* of bins alone, for which nothing reads the scores again */
  if (!chart) exit(2);
  stop_in = 0;
  mlm_score_series(chart, type, keyed, CURVES_BINS);
  stop_in = -1;
  expect(chart->status == MLM_INTERRUPTED, "a chart is interrupted", 0);
  mlm_chart_free(chart);
  drop(type, keyed);
}

/* The polls of a report of so many numbers, nearly all of them in samples: one is between the tenths. */
static void check_interrupted_tenths(void) {
  enum { ROWS = 70000, MANY = 10000, POLLS = 2205, FIRST = 5 };
  const StateType *type = &mlm_keyed_preds_state;
  Keyed *keyed = fresh(type);
  long left = 0;
  for (int i = 0; i < ROWS; i++) {
    Row row = {.x = {i, i % 7}, .columns = 2, .weight = 1};
    row.key = (Class){.type = CLASS_INTEGER};
    if (type->add(keyed, &row, 1, &host)) expect(false, "add", i);
  }
  expect(type->seal(keyed, &host) == MLM_OK, "seal", ROWS);
  expect(report_until(type, report_preds, keyed, MANY, &left) == MLM_OK, "not interrupted", left);
  expect(MANY - left == POLLS, "polls", MANY - left);
  for (long poll = 0; poll < FIRST; poll++)
    expect(report_until(type, report_preds, keyed, poll, &left) == MLM_INTERRUPTED, "interrupted", poll);
  drop(type, keyed);
}

/* The metric of the rows, interrupted at a poll, says so to the chart. */
static void check_interrupted_metric(const char *metric, Rows *rows, int poll) {
  Chart *chart = mlm_chart_new(&host);
  if (!chart) exit(2);
  stop_in = poll;
  mlm_pred_value(chart, metric, rows, 0);
  stop_in = -1;
  expect(chart->status == MLM_INTERRUPTED, "interrupted", poll);
  mlm_chart_free(chart);
}

/* 2^40 equal rows of a fractional weight, whose set has a few bytes: a mean counts them at once, and R² adds
 * them one by one, which can be interrupted. */
static void check_equal_rows(void) {
  const StateType *type = &mlm_rows_state;
  const Row row = {.x = {1.5, 2}, .columns = 2, .weight = 0.5};
  Rows *rows = fresh(type);
  expect(!type->add(rows, &row, 1, &host) && !type->seal(rows, &host), "a row", 0);
  for (int i = 0; i < 40; i++) {
    Writer bytes = {.limit = UINT64_MAX, .host = &host};
    type->save(rows, &bytes);
    Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
    Rows *more = fresh(type);
    expect(!type->load(more, &in, &host) && !type->seal(more, &host), "load", i);
    expect(!type->merge(rows, more, &host) && !type->seal(rows, &host), "merge", i);
    release(bytes.bytes);
    drop(type, more);
  }
  Chart *chart = mlm_chart_new(&host);
  if (!chart) exit(2);
  expect_x(mlm_pred_value(chart, "mae", rows, 0).value == 0.5, "mean of equal rows", 0.5);
  expect(chart->status == MLM_OK, "status", MLM_OK);
  mlm_chart_free(chart);
  check_interrupted_metric("r2", rows, 2);
  drop(type, rows);
}

/* A mean over so many different rows that going through them polls once. */
static void check_many_rows(void) {
  const StateType *type = &mlm_rows_state;
  Rows *rows = fresh(type);
  for (int i = 0; i < 70000; i++) {
    const Row row = {.x = {i, 2}, .columns = 2, .weight = 1};
    if (type->add(rows, &row, 1, &host)) expect(false, "a row", i);
  }
  expect(!type->seal(rows, &host), "seal", 0);
  check_interrupted_metric("mae", rows, 0);
  drop(type, rows);
}

static ConfusionMatrix *matrix_of(int classes) {
  const StateType *type = &mlm_confusion_matrix_state;
  ConfusionMatrix *matrix = fresh(type);
  for (int i = 0; i < classes; i++) {
    Row row = {.weight = 1};
    row.pred_class = row.target_class = (Class){.type = CLASS_INTEGER, .integer = i};
    if (type->add(matrix, &row, 1, &host)) expect(false, "a row", i);
  }
  expect(!type->seal || !type->seal(matrix, &host), "seal", classes);
  return matrix;
}

/* A report goes through more than 65,536 classes, and the metrics of an evaluation together do. */
static void check_many_classes(void) {
  static const struct {
    const char *name;
    int classes;
  } cases[] = {{"classification_report", 70000}, {"evaluate_classes", 40000}};
  for (int i = 0; i < 2; i++) {
    ConfusionMatrix *matrix = matrix_of(cases[i].classes);
    Result result;
    stop_in = 0;
    Status status = evaluate(mlm_metric_named(cases[i].name), matrix, &host, (uint64_t)1 << 26, &result);
    if (!status) status = result.bytes.status;
    stop_in = -1;
    expect_for(status == MLM_INTERRUPTED, "interrupted", cases[i].name);
    release(result.bytes.bytes);
    drop(&mlm_confusion_matrix_state, matrix);
  }
}

int main(void) {
  check_kind("points", &mlm_keyed_preds_state, draw_residual, 3, 30);
  check_kind("density", &mlm_keyed_preds_state, draw_residual, 2, 1400);
  check_kind("trend", &mlm_keyed_points_state, draw_trend, 2, 100);
  check_kind("scores", &mlm_keyed_scores_state, report_scores, 2, 15);
  check_kind("classes", &mlm_keyed_classes_state, report_classes, 2, 15);
  check_kind("numbers", &mlm_keyed_preds_state, report_preds, 2, 15);
  check_interrupts();
  check_interrupted_tenths();
  check_equal_rows();
  check_many_rows();
  check_many_classes();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
