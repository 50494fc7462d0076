/* The report of predicted classes: report_classes_html. */
#include "charts/display_text.h"
#include "charts/legend.h"
#include "charts/class_charts.h"
#include "charts/report_table.h"
#include "charts/reports.h"
#include "charts/score_charts.h"
#include "metrics/classes.h"

enum { NAME_COLUMNS = 200, CLASS_COLUMNS = 60, MOST_CLASSES = 100 };

static const ReportMetric columns[] = {
    {"Accuracy", "accuracy", 1},
    {"F1, macro", "f1_macro", 1},
    {"Precision, macro", "precision_macro", 1},
    {"Recall, macro", "recall_macro", 1},
    {"F1, weighted", "f1_weighted", 1},
    {"Kappa", "kappa", 1},
    {"MCC", "mcc", 1},
};
static const char *const counts[] = {"Rows", "Classes", NULL};

/* The models that are shown. */
typedef struct ClassModels {
  const Page *page;
  const Keyed *keyed;
  int n;
  const ConfusionMatrix *matrix[MLM_MOST_SERIES];
  const char *name[MLM_MOST_SERIES];
  PageTotals totals;
} ClassModels;

static void open_models(ClassModels *m) {
  uint32_t all = mlm_keyed_count(m->keyed);
  m->n = all < MLM_MOST_SERIES ? (int)all : MLM_MOST_SERIES;
  m->totals = (PageTotals){.left_out = (double)mlm_keyed_left_out(m->keyed)};
  for (uint32_t i = 0; i < all; i++) {
    const KeyedEntry *entry = mlm_keyed_at(m->keyed, i);
    const ConfusionMatrix *matrix = mlm_keyed_state(entry, NULL);
    mlm_totals_add(&m->totals, mlm_confusion_matrix_total(matrix),
                   mlm_confusion_matrix_state.integral(matrix), NAN,
                   (double)mlm_confusion_matrix_left_out(matrix));
    if (i >= (uint32_t)m->n) continue;
    m->matrix[i] = matrix;
    m->name[i] = mlm_key_name(m->page->memory, entry, all, NAME_COLUMNS);
  }
}

static void put_metrics(const ClassModels *m) {
  ReportTable *table = mlm_chart_memory(m->page->memory, sizeof *table);
  if (!table) return;
  *table = (ReportTable){.tests = "mcnemar_test()",
                         .counts = counts,
                         .metrics = columns,
                         .n_counts = 2,
                         .n_metrics = sizeof columns / sizeof *columns,
                         .rows = m->n};
  bool many = false;
  for (int i = 0; i < m->n; i++) {
    const double rows = mlm_confusion_matrix_total(m->matrix[i]);
    const double level = mlm_report_level(rows, mlm_confusion_matrix_state.integral(m->matrix[i]), &many);
    table->series[i] = m->name[i];
    table->count[i][0] = rows;
    table->count[i][1] = (double)mlm_confusion_matrix_classes(m->matrix[i]);
    for (int k = 0; k < table->n_metrics; k++)
      table->value[i][k] = mlm_class_value(m->page->memory, columns[k].metric, m->matrix[i], level);
  }
  mlm_report_table(m->page, table);
  mlm_report_table_notes(m->page, table, many);
}

/* ---- what to look at ---- */

static const char *named(const ClassModels *m, const char *before, const Class *name, const char *after) {
  StrBuf text = mlm_chart_buffer(m->page->memory);
  mlm_str_put(&text, before);
  mlm_str_put(&text, mlm_class_name(m->page->memory, name, CLASS_COLUMNS));
  mlm_str_put(&text, after);
  return mlm_chart_keep(m->page->memory, &text);
}

/* The pair of different classes that occurs most often. False: there is none, or several do. */
static bool worst_pair(const ConfusionMatrix *matrix, PairTotal *worst, double *weight) {
  uint64_t cursor = 0;
  PairTotal pair;
  bool several = false;
  *weight = 0;
  *worst = (PairTotal){0};
  while (mlm_confusion_matrix_next_pair(matrix, &cursor, &pair)) {
    if (pair.pred == pair.label) continue;
    double here = mlm_weight_sum_value(pair.rows);
    if (here == *weight) several = true;
    if (!(here > *weight)) continue;
    several = false;
    *weight = here;
    *worst = pair;
  }
  return *weight > 0 && !several;
}

static int note_pair(const ClassModels *m, int i) {
  PairTotal worst;
  double weight;
  ClassTotals pred, label;
  if (!worst_pair(m->matrix[i], &worst, &weight)) return 0;
  mlm_confusion_matrix_class(m->matrix[i], worst.pred, &pred);
  mlm_confusion_matrix_class(m->matrix[i], worst.label, &label);
  const char *first = named(m, "the most frequent confusion is ", &label.name, " predicted as ");
  const char *second = named(m, first, &pred.name, ": ");
  const int places = mlm_confusion_matrix_state.integral(m->matrix[i]) ? 0 : MLM_SHORT_NUMBER;
  return mlm_note(m->page, m->name[i], second, weight, places, weight == 1 ? " row." : " rows.");
}

/* What a class may be noted for. */
typedef enum ClassFault { NEVER_PREDICTED, NEVER_LABEL, RARE, NO_FAULT } ClassFault;
static const struct {
  const char *one, *many; /* what is said of one class, and of their number */
} faults[NO_FAULT] = {
    {" is never predicted.", " classes are never predicted."},
    {" is predicted, but never a label.", " classes are predicted, but never a label."},
    {" is rare: ", " classes are rare: each has less than 1 % of the rows."},
};

static ClassFault fault_of(double support, double predicted, double rows) {
  if (support == 0) return NEVER_LABEL;
  return predicted == 0 ? NEVER_PREDICTED : rows < INFINITY && support / rows < 0.01 ? RARE : NO_FAULT;
}

/* Of the first classes with one fault a note each; of more, their number. */
static int note_classes(const ClassModels *m, int i, double rows, double *largest) {
  enum { FEW = 3 };
  int n = 0, found[NO_FAULT + 1] = {0};
  struct {
    Class name;
    double support;
  } first[NO_FAULT + 1][FEW];
  for (size_t c = 0; c < mlm_confusion_matrix_classes(m->matrix[i]); c++) {
    ClassTotals totals;
    mlm_confusion_matrix_class(m->matrix[i], c, &totals);
    const double support = mlm_weight_sum_value(totals.labelled);
    const ClassFault fault = fault_of(support, mlm_weight_sum_value(totals.predicted), rows);
    if (support > *largest) *largest = support;
    if (found[fault] < FEW) {
      first[fault][found[fault]].name = totals.name;
      first[fault][found[fault]].support = support;
    }
    found[fault]++;
  }
  for (int fault = 0; fault < NO_FAULT; fault++) {
    if (found[fault] > FEW) n += mlm_note(m->page, m->name[i], "", found[fault], 0, faults[fault].many);
    for (int k = 0; k < found[fault] && found[fault] <= FEW; k++) {
      const char *text = named(m, "the class ", &first[fault][k].name, faults[fault].one);
      const double percent = 100 * first[fault][k].support / rows;
      n += fault == RARE
               ? mlm_note(m->page, m->name[i], text, percent, mlm_percent_places(percent), " % of the rows.")
               : mlm_note_text(m->page, m->name[i], text);
    }
  }
  return n;
}

static void put_notes(const ClassModels *m) {
  int n = 0;
  mlm_page_heading(m->page, "What to look at");
  mlm_list_begin(m->page);
  for (int i = 0; i < m->n; i++) {
    double rows = mlm_confusion_matrix_total(m->matrix[i]), largest = 0;
    Class pair[2];
    const char *apart = mlm_note_of_classes(m->matrix[i]);
    if (mlm_classes_alike(m->matrix[i], pair))
      n += mlm_note_text(
          m->page, m->name[i],
          named(m, named(m, "the classes ", &pair[0], " and "), &pair[1], " differ only by blanks or case."));
    else if (apart)
      n += mlm_note(m->page, m->name[i], apart, 0, MLM_NO_NUMBER, ".");
    n += mlm_note_few_rows(m->page, m->name[i], rows, mlm_confusion_matrix_state.integral(m->matrix[i]));
    n += note_pair(m, i) + note_classes(m, i, rows, &largest);
    if (largest >= rows && rows < INFINITY)
      n += mlm_note_text(m->page, m->name[i],
                         "all labels are of one class: always predicting it would be right for every row.");
    else if (rows < INFINITY && mlm_class_accuracy(m->matrix[i]) <= largest / rows)
      n += mlm_note(m->page, m->name[i], "the accuracy is not above ", largest / rows, 3,
                    ", which predicting the most frequent class would give.");
    n += mlm_note_left_out(m->page, &m->totals, m->name[i], rows, largest,
                           (double)mlm_confusion_matrix_left_out(m->matrix[i]));
  }
  n += mlm_note_totals(m->page, &m->totals);
  if (n == 0)
    mlm_note_text(m->page, "",
                  "Nothing stands out: no class is rare or never predicted, few rows are left out.");
  mlm_list_end(m->page);
}

static void put_classes(const ClassModels *m) {
  static const char *const headings[] = {"Model", "Class",  "Precision", "Recall",
                                         "F1",    "Labels", "Predicted", NULL};
  size_t shown = 0, all = 0;
  for (int i = 0; i < m->n; i++) all += mlm_confusion_matrix_classes(m->matrix[i]);
  mlm_page_heading(m->page, "Each class");
  mlm_table_begin(m->page, "", headings, true);
  for (int i = 0; i < m->n; i++)
    for (size_t c = 0; c < mlm_confusion_matrix_classes(m->matrix[i]) && shown < MOST_CLASSES; c++, shown++) {
      ClassTotals totals;
      mlm_confusion_matrix_class(m->matrix[i], c, &totals);
      mlm_row_begin(m->page, m->name[i]);
      mlm_cell(m->page, mlm_class_name(m->page->memory, &totals.name, CLASS_COLUMNS));
      mlm_cell_fixed(m->page, mlm_class_precision(&totals), 3);
      mlm_cell_fixed(m->page, mlm_class_recall(&totals), 3);
      mlm_cell_fixed(m->page, mlm_class_f1(&totals), 3);
      mlm_cell_number(m->page, mlm_weight_sum_value(totals.labelled));
      mlm_cell_number(m->page, mlm_weight_sum_value(totals.predicted));
      mlm_row_end(m->page);
    }
  mlm_table_end(m->page);
  if (shown == all) return;
  StrBuf text = mlm_chart_buffer(m->page->memory);
  mlm_str_put(&text, "The table has the first ");
  mlm_put_count(&text, (double)shown);
  mlm_str_put(&text, " of ");
  mlm_put_count(&text, (double)all);
  mlm_str_put(&text, " rows; class_table() gives all of them.");
  mlm_page_paragraph(m->page, mlm_chart_keep(m->page->memory, &text));
}

Status mlm_report_classes(const Page *page, const Keyed *keyed, const char *title) {
  ClassModels m = {.page = page, .keyed = keyed};
  open_models(&m);
  mlm_page_begin(page, title, "Predicted classes");
  mlm_page_summary(page, &m.totals);
  put_metrics(&m);
  put_notes(&m);
  mlm_page_heading(page, "Confusion");
  mlm_figures_begin(page);
  for (int i = 0; i < m.n && !page->memory->status; i++) {
    Chart *chart = mlm_chart_new(page->memory->host);
    if (chart) {
      mlm_chart_title(chart, *m.name[i] ? m.name[i] : NULL, "Confusion matrix");
      mlm_confusion_chart(chart, &mlm_confusion_matrix_state, m.matrix[i]);
    }
    mlm_figure(page, chart);
  }
  mlm_figures_end(page);
  put_classes(&m);
  mlm_page_end(page);
  return page->memory->status ? page->memory->status : page->out->status;
}
