/* The report of predicted numbers: report_regression_html. */
#include "charts/display_text.h"
#include "charts/legend.h"
#include "charts/pred_charts.h"
#include "charts/report_table.h"
#include "charts/reports.h"
#include "charts/score_charts.h"
#include "state/mean.h"
#include "state/mean_internal.h"
#include "state/rows.h"

enum { NAME_COLUMNS = 200, PARTS = 10 };

static const ReportMetric columns[] = {
    {"R\xc2\xb2", "r2", 1},
    {"RMSE", "rmse", -1},
    {"MAE", "mae", -1},
};
static const char *const counts[] = {"Rows", "Mean prediction", "Mean target", NULL};

/* All rows of a model, or a tenth of them with neighbouring predictions. */
typedef struct Part {
  double rows;                        /* their weight */
  double pred, target, squared_error; /* means */
  double lo, hi;                      /* the predictions of a tenth */
} Part;

/* The exact means of a part. */
enum { MEAN_PRED, MEAN_TARGET, MEAN_SQUARED_ERROR, PART_MEANS };

typedef struct PredModel {
  const char *name;
  const Rows *rows;
  Part all, part[PARTS];
} PredModel;

typedef struct PredModels {
  const Page *page;
  int n;
  PageTotals totals;
  PredModel *each;
} PredModels;

/* Adds `count` rows like the entry. */
static Status add_rows(Mean *means, const RowsEntry *entry, int64_t count, const Host *host) {
  const double error = entry->x[0] - entry->x[1];
  const double value[PART_MEANS] = {entry->x[0], entry->x[1], error * error};
  Status status = MLM_OK;
  for (int i = 0; i < PART_MEANS && !status; i++) {
    const Row row = {.value = value[i], .weight = entry->weight};
    status = mlm_mean_state.add_times(&means[i], &row, count, 1, host);
  }
  return status;
}

static void round_means(const Mean *means, Part *part) {
  bool fractional;
  part->rows = mlm_mean_weight(&means[MEAN_PRED], &fractional);
  part->pred = mlm_mean_value(&means[MEAN_PRED]);
  part->target = mlm_mean_value(&means[MEAN_TARGET]);
  part->squared_error = mlm_mean_value(&means[MEAN_SQUARED_ERROR]);
}

/* Rounds the means of a tenth, adds its rows to all, and empties it. */
static Status end_part(Mean *means, Part *part, Mean *all, const Host *host) {
  Status status = MLM_OK;
  round_means(means, part);
  for (int i = 0; i < PART_MEANS; i++) {
    if (!status) status = mlm_mean_state.merge(&all[i], &means[i], host);
    mlm_mean_state.clear(&means[i], host);
    means[i] = (Mean){0};
  }
  return status;
}

/* Divides the rows into tenths by prediction, rows with one prediction staying together. */
static void divide(const PredModels *m, PredModel *model) {
  const Host *host = m->page->memory->host;
  RowsOrder order = {0};
  Mean all[PART_MEANS] = {{0}}, means[PART_MEANS] = {{0}};
  Status status = mlm_rows_order_all(model->rows, &order, host);
  double total = (double)mlm_rows_count(model->rows), last = NAN;
  int part = 0;
  for (RowsRun run = {0}; !status && mlm_run_next(&run, model->rows, &order);) {
    RowsEntry entry = mlm_rows_entry(model->rows, mlm_order_at(&order, run.from));
    int next = entry.x[0] == last ? part : (int)((double)run.before / total * PARTS);
    if (next >= PARTS) next = PARTS - 1;
    if (next != part) status = end_part(means, &model->part[part], all, host);
    part = next;
    if (means[MEAN_PRED].rows == 0) model->part[part].lo = entry.x[0];
    model->part[part].hi = last = entry.x[0];
    if (!status) status = add_rows(means, &entry, run.count, host);
    if (!status && mlm_interrupted_between(run.from, run.to, host)) status = MLM_INTERRUPTED;
  }
  Status ended = end_part(means, &model->part[part], all, host);
  round_means(all, &model->all);
  for (int i = 0; i < PART_MEANS; i++) mlm_mean_state.clear(&all[i], host);
  mlm_rows_order_clear(&order, host);
  mlm_chart_failed(m->page->memory, status ? status : ended);
}

/* The weight of all rows, exact, so that models of the same rows have the same. */
static double weight_of(const PredModels *m, const Rows *rows) {
  Chart *memory = m->page->memory;
  WeightSum weights = {.count = 0};
  mlm_chart_failed(memory, mlm_rows_weight(rows, &weights, memory->host));
  double weight = mlm_weight_sum_value(&weights);
  mlm_weight_sum_clear(&weights, memory->host);
  return weight;
}

static void open_models(PredModels *m, const Keyed *keyed) {
  uint32_t all = mlm_keyed_count(keyed);
  m->n = all < MLM_MOST_SERIES ? (int)all : MLM_MOST_SERIES;
  m->totals = (PageTotals){.left_out = (double)mlm_keyed_left_out(keyed)};
  m->each = mlm_chart_memory(m->page->memory, MLM_MOST_SERIES * sizeof *m->each);
  for (uint32_t i = 0; i < all && m->each; i++) {
    const KeyedEntry *entry = mlm_keyed_at(keyed, i);
    const Rows *rows = mlm_keyed_state(entry, NULL);
    const double weight = weight_of(m, rows);
    mlm_totals_add(&m->totals, weight, mlm_rows_integral(rows), NAN, (double)mlm_rows_left_out(rows));
    if (i >= (uint32_t)m->n) continue;
    PredModel *model = &m->each[i];
    *model = (PredModel){.rows = rows, .name = mlm_key_name(m->page->memory, entry, all, NAME_COLUMNS)};
    divide(m, model);
  }
}

static void put_counts(const Page *page, const PredModels *m, ReportTable *table) {
  bool many = false;
  for (int i = 0; i < m->n; i++) {
    const PredModel *model = &m->each[i];
    const double level = mlm_report_level(model->all.rows, mlm_rows_integral(model->rows), &many);
    table->series[i] = model->name;
    table->count[i][0] = model->all.rows;
    table->count[i][1] = model->all.pred;
    table->count[i][2] = model->all.target;
    for (int k = 0; k < table->n_metrics; k++)
      table->value[i][k] = mlm_pred_value(page->memory, columns[k].metric, model->rows, level);
  }
  mlm_report_table(page, table);
  mlm_report_table_notes(page, table, many);
}

static int note_model(const Page *page, const PredModel *model, const Value value[3]) {
  const Part *all = &model->all;
  int n = mlm_note_few_rows(page, model->name, all->rows, mlm_rows_integral(model->rows));
  double bias = all->pred - all->target, rmse = value[1].value, mae = value[2].value;
  if (rmse == INFINITY)
    return n
           + mlm_note_text(
               page, model->name,
               "errors are infinite: a prediction or a target is infinite, or too large to be squared.");
  if (value[0].value < 0)
    n += mlm_note_text(page, model->name,
                       "R\xc2\xb2 is below 0: predicting the mean target for every row would be better.");
  if (fabs(bias) > rmse / 10)
    n +=
        mlm_note(page, model->name, bias > 0 ? "predictions are too high by " : "predictions are too low by ",
                 fabs(bias), MLM_SHORT_NUMBER, " on average.");
  if (rmse > 2.5 * mae)
    n += mlm_note(page, model->name, "a few large errors make up much of the RMSE: it is ", rmse / mae,
                  MLM_SHORT_NUMBER,
                  " times the MAE; with normally distributed errors it would be 1.25 times.");
  return n;
}

static void put_notes(const Page *page, const PredModels *m, const ReportTable *table) {
  int n = 0;
  mlm_page_heading(page, "What to look at");
  mlm_list_begin(page);
  for (int i = 0; i < m->n; i++) {
    const PredModel *one = &m->each[i];
    n += note_model(page, one, table->value[i]);
    n += mlm_note_left_out(page, &m->totals, one->name, one->all.rows, NAN,
                           (double)mlm_rows_left_out(one->rows));
  }
  n += mlm_note_totals(page, &m->totals);
  if (n == 0)
    mlm_note_text(
        page, "",
        "Nothing stands out: R\xc2\xb2 is not below 0, the bias is small, no small number of errors "
        "dominates, few rows are left out.");
  mlm_list_end(page);
}

static void put_parts(const Page *page, const PredModels *m) {
  static const char *const headings[] = {"Model",       "Predictions from", "to",   "Rows", "Mean prediction",
                                         "Mean target", "Difference",       "RMSE", NULL};
  mlm_page_heading(page, "By size of the prediction");
  mlm_table_begin(page, "Tenths of the rows, lowest predictions first", headings, false);
  for (int i = 0; i < m->n; i++)
    for (int k = 0; k < PARTS; k++) {
      const Part *part = &m->each[i].part[k];
      if (!(part->rows > 0)) continue;
      mlm_row_begin(page, m->each[i].name);
      mlm_cell_short(page, part->lo);
      mlm_cell_short(page, part->hi);
      mlm_cell_number(page, part->rows);
      mlm_cell_short(page, part->pred);
      mlm_cell_short(page, part->target);
      mlm_cell_short(page, part->target - part->pred);
      mlm_cell_short(page, sqrt(part->squared_error));
      mlm_row_end(page);
    }
  mlm_table_end(page);
}

static void put_figures(const Page *page, const PredModels *m) {
  mlm_page_heading(page, "Predictions and targets");
  mlm_figures_begin(page);
  for (int i = 0; i < m->n && !page->memory->status; i++) {
    Chart *chart = mlm_chart_new(page->memory->host);
    if (chart) {
      mlm_chart_title(chart, *m->each[i].name ? m->each[i].name : NULL, "Predictions and targets");
      mlm_residual_chart(chart, &mlm_rows_state, m->each[i].rows);
    }
    mlm_figure(page, chart);
  }
  mlm_figures_end(page);
}

Status mlm_report_preds(const Page *page, const Keyed *keyed, const char *title) {
  PredModels m = {.page = page};
  ReportTable *table = mlm_chart_memory(page->memory, sizeof *table);
  open_models(&m, keyed);
  if (page->memory->status) return page->memory->status;
  *table = (ReportTable){.tests = "paired_t_test() of their errors",
                         .counts = counts,
                         .metrics = columns,
                         .n_counts = 3,
                         .n_metrics = sizeof columns / sizeof *columns,
                         .rows = m.n};
  mlm_page_begin(page, title, "Predictions and targets");
  mlm_page_summary(page, &m.totals);
  put_counts(page, &m, table);
  put_notes(page, &m, table);
  put_figures(page, &m);
  put_parts(page, &m);
  mlm_page_end(page);
  return page->memory->status ? page->memory->status : page->out->status;
}
