/* Reports of predicted classes: scikit-learn's classification report, the confusion table, JSON by class. */
#include "metrics/classes.h"
#include "base/json_members.h"
#include "metrics/class_name.h"

#include <string.h>

enum { REPORT_PLACES = 2, REPORT_COLUMN = 9, GAP = 2 };

/* U+0000 to U+001F and U+007F to U+009F. */
static bool is_control(const char *character, size_t length) {
  const uint8_t first = (uint8_t)character[0];
  return length == 1 ? first < ' ' || first == 0x7f : first == 0xc2 && (uint8_t)character[1] < 0xa0;
}

/* The name for a line of a table: with '?' for control characters and for bytes that are not UTF-8. */
static void set_line_name(StrBuf *text, const Class *name) {
  size_t kept = 0;
  mlm_put_class_name(text, name);
  for (size_t i = 0, length; i < text->n; i += length ? length : 1) {
    length = mlm_utf8_length(text->bytes + i, text->n - i);
    if (length == 0 || is_control(text->bytes + i, length)) {
      text->bytes[kept++] = '?';
    } else {
      memmove(text->bytes + kept, text->bytes + i, length);
      kept += length;
    }
  }
  text->n = kept;
}

/* The bytes, "" instead of NULL for an empty text. */
static const char *bytes_of(const StrBuf *text) { return text->n ? text->bytes : ""; }

static size_t characters(const StrBuf *text) { return mlm_utf8_characters(text->bytes, text->n); }

static size_t print_count(double count, bool integral, char out[MLM_NUMBER_BYTES]) {
  if (integral && count < 9223372036854775808.0) return mlm_print_integer((int64_t)count, out);
  return mlm_print_shortest(count, out);
}

static void put_count(StrBuf *out, double count, bool integral, size_t width) {
  char number[MLM_NUMBER_BYTES];
  mlm_str_pad(out, width, number, print_count(count, integral, number), false);
}

static StrBuf scratch_of(const StrBuf *out) { return (StrBuf){.host = out->host, .limit = out->limit}; }

static void end_scratch(StrBuf *scratch, StrBuf *out) {
  if (!out->status) out->status = scratch->status;
  out->host->free(scratch->bytes);
}

static size_t longest_name(const ClassView *view, StrBuf *name) {
  size_t longest = 0;
  ClassTotals totals;
  for (size_t place = 0; place < view->n; place++) {
    mlm_class_view_at(view, place, &totals);
    set_line_name(name, &totals.name);
    if (characters(name) > longest) longest = characters(name);
  }
  return longest;
}

/* Widths and digits are those of scikit-learn 1.2: names are right-aligned and at least as wide as "weighted
 * avg". */
typedef struct Report {
  const ClassView *view;
  StrBuf *out;
  size_t width;
  bool integral;
} Report;

static void report_ratio(const Report *report, double x) {
  char number[MLM_NUMBER_BYTES];
  mlm_str_put(report->out, " ");
  mlm_str_pad(report->out, REPORT_COLUMN, number, mlm_print_fixed(x == x ? x : 0, REPORT_PLACES, number),
              false);
}

static void report_name(const Report *report, const char *name, size_t n) {
  mlm_str_pad(report->out, report->width, name, n, false);
  mlm_str_put(report->out, " ");
}

static void report_support(const Report *report, double support) {
  mlm_str_put(report->out, " ");
  put_count(report->out, support, report->integral, REPORT_COLUMN);
  mlm_str_put(report->out, "\n");
}

static double weighted_mean(const ClassView *view, ClassRatio ratio) {
  return mlm_class_weighted(view->matrix, ratio);
}

static void report_mean(const Report *report, const char *name,
                        double (*mean)(const ClassView *, ClassRatio)) {
  report_name(report, name, strlen(name));
  report_ratio(report, mean(report->view, mlm_class_precision));
  report_ratio(report, mean(report->view, mlm_class_recall));
  report_ratio(report, mean(report->view, mlm_class_f1));
  report_support(report, mlm_confusion_matrix_total(report->view->matrix));
}

static void report_classes(const Report *report, StrBuf *name) {
  for (size_t place = 0; place < report->view->n && !report->out->status; place++) {
    ClassTotals totals;
    mlm_class_view_at(report->view, place, &totals);
    set_line_name(name, &totals.name);
    report_name(report, bytes_of(name), name->n);
    report_ratio(report, mlm_class_precision(&totals));
    report_ratio(report, mlm_class_recall(&totals));
    report_ratio(report, mlm_class_f1(&totals));
    report_support(report, mlm_weight_sum_value(totals.labelled));
    if (mlm_interrupted_at(place, report->out->host)) report->out->status = MLM_INTERRUPTED;
  }
}

static void report_summary(const Report *report) {
  mlm_str_put(report->out, "\n");
  report_name(report, "accuracy", strlen("accuracy"));
  mlm_str_pad(report->out, 2 * (REPORT_COLUMN + 1), "", 0, false);
  report_ratio(report, mlm_class_accuracy(report->view->matrix));
  report_support(report, mlm_confusion_matrix_total(report->view->matrix));
  report_mean(report, "macro avg", mlm_class_macro);
  report_mean(report, "weighted avg", weighted_mean);
}

Status mlm_class_report(const ClassView *view, const Eval *in, Result *result) {
  StrBuf *out = mlm_result_bytes(result, RESULT_TEXT);
  StrBuf name = scratch_of(out);
  size_t longest = longest_name(view, &name), least = strlen("weighted avg");
  const Report report = {view, out, longest > least ? longest : least,
                         mlm_class_counts_are_integers(view->matrix, in)};
  report_name(&report, "", 0);
  mlm_str_put(out, " precision    recall  f1-score   support\n\n");
  report_classes(&report, &name);
  if (!out->status) report_summary(&report);
  end_scratch(&name, out);
  return MLM_OK;
}

typedef struct Table {
  const ClassView *view;
  StrBuf *out;
  bool integral;
  size_t classes;
  size_t *width; /* of the column of each class, of the totals, of the names */
} Table;

static void widen(size_t *width, size_t needed) {
  if (*width < needed) *width = needed;
}

static void measure(const Table *table, StrBuf *name) {
  char number[MLM_NUMBER_BYTES];
  size_t *total = &table->width[table->classes], *names = total + 1;
  *total = *names = strlen("total");
  widen(total, print_count(mlm_confusion_matrix_total(table->view->matrix), table->integral, number));
  for (size_t place = 0; place < table->classes; place++) {
    ClassTotals totals;
    mlm_class_view_at(table->view, place, &totals);
    set_line_name(name, &totals.name);
    table->width[place] = characters(name);
    widen(names, characters(name));
    widen(&table->width[place], print_count(mlm_weight_sum_value(totals.predicted), table->integral, number));
    widen(total, print_count(mlm_weight_sum_value(totals.labelled), table->integral, number));
  }
  PairTotal pair;
  for (uint64_t cursor = 0; mlm_class_view_next_pair(table->view, &cursor, &pair);)
    widen(&table->width[pair.pred], print_count(mlm_weight_sum_value(pair.rows), table->integral, number));
}

/* Whether the table will exceed the limit; checked before anything is written. */
static bool too_big(const Table *table) {
  uint64_t line = table->width[table->classes] + table->width[table->classes + 1];
  for (size_t i = 0; i < table->classes; i++) line += table->width[i] + GAP;
  return line > table->out->limit / (table->classes + 2);
}

static void put_head(const Table *table, StrBuf *name) {
  mlm_str_put(table->out, "rows: label, columns: pred\n");
  mlm_str_pad(table->out, table->width[table->classes + 1], "", 0, true);
  for (size_t place = 0; place < table->classes; place++) {
    ClassTotals totals;
    mlm_class_view_at(table->view, place, &totals);
    set_line_name(name, &totals.name);
    mlm_str_pad(table->out, GAP, "", 0, false);
    mlm_str_pad(table->out, table->width[place], bytes_of(name), name->n, false);
  }
  mlm_str_pad(table->out, table->width[table->classes] + GAP, "total", strlen("total"), false);
}

static void put_line(const Table *table, size_t label, StrBuf *name) {
  ClassTotals totals;
  mlm_class_view_at(table->view, label, &totals);
  set_line_name(name, &totals.name);
  mlm_str_put(table->out, "\n");
  mlm_str_pad(table->out, table->width[table->classes + 1], bytes_of(name), name->n, true);
  for (size_t pred = 0; pred < table->classes; pred++)
    put_count(table->out, mlm_class_view_pair(table->view, pred, label), table->integral,
              table->width[pred] + GAP);
  put_count(table->out, mlm_weight_sum_value(totals.labelled), table->integral,
            table->width[table->classes] + GAP);
}

static void put_foot(const Table *table) {
  mlm_str_put(table->out, "\n");
  mlm_str_pad(table->out, table->width[table->classes + 1], "total", strlen("total"), true);
  for (size_t pred = 0; pred < table->classes; pred++) {
    ClassTotals totals;
    mlm_class_view_at(table->view, pred, &totals);
    put_count(table->out, mlm_weight_sum_value(totals.predicted), table->integral, table->width[pred] + GAP);
  }
  put_count(table->out, mlm_confusion_matrix_total(table->view->matrix), table->integral,
            table->width[table->classes] + GAP);
}

static void put_table(const Table *table, StrBuf *name) {
  measure(table, name);
  if (too_big(table)) {
    table->out->status = MLM_TOOBIG;
    return;
  }
  put_head(table, name);
  for (size_t label = 0; label < table->classes && !table->out->status; label++) {
    put_line(table, label, name);
    if (mlm_interrupted(table->out->host)) table->out->status = MLM_INTERRUPTED;
  }
  put_foot(table);
}

Status mlm_class_confusion_table(const ClassView *view, const Eval *in, Result *result) {
  StrBuf *out = mlm_result_bytes(result, RESULT_TEXT);
  StrBuf name = scratch_of(out);
  size_t classes = view->n;
  size_t *width = out->host->realloc(NULL, ((uint64_t)classes + 2) * sizeof *width);
  const Table table = {view, out, mlm_class_counts_are_integers(view->matrix, in), classes, width};
  if (width)
    put_table(&table, &name);
  else
    out->status = MLM_NOMEM;
  out->host->free(width);
  end_scratch(&name, out);
  return MLM_OK;
}

static void put_class(const ClassTotals *totals, bool integral, StrBuf *out) {
  mlm_str_put(out, "{");
  mlm_json_number(out, "precision", mlm_class_precision(totals));
  mlm_json_number(out, "recall", mlm_class_recall(totals));
  mlm_json_number(out, "f1", mlm_class_f1(totals));
  mlm_json_count(out, "support", mlm_weight_sum_value(totals->labelled), integral);
  mlm_json_count(out, "predicted", mlm_weight_sum_value(totals->predicted), integral);
  mlm_str_put(out, "}");
}

Status mlm_class_metrics(const ConfusionMatrix *matrix, const Eval *in, Result *result) {
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  StrBuf name = scratch_of(out);
  bool integral = mlm_class_counts_are_integers(matrix, in);
  mlm_str_put(out, "{");
  for (size_t rank = 0; rank < mlm_confusion_matrix_classes(matrix) && !out->status; rank++) {
    ClassTotals totals;
    mlm_confusion_matrix_class(matrix, rank, &totals);
    mlm_put_class_name(&name, &totals.name);
    if (rank > 0) mlm_str_put(out, ",");
    mlm_str_json_string(out, bytes_of(&name), name.n);
    mlm_str_put(out, ":");
    put_class(&totals, integral, out);
  }
  mlm_str_put(out, "}");
  end_scratch(&name, out);
  return MLM_OK;
}
