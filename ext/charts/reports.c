/* Reports as SQL functions. */
#include "charts/reports.h"

#include "metrics/title.h"

static Status report(Status (*write)(const Page *page, const Keyed *keyed, const char *title),
                     const Keyed *keyed, const Eval *in, Result *out) {
  Page page = {.memory = mlm_chart_new(in->host), .out = mlm_result_bytes(out, RESULT_TEXT)};
  if (!page.memory) return MLM_NOMEM;
  Status status = write(&page, keyed, mlm_title_of(in->params));
  mlm_chart_free(page.memory);
  return status;
}

static Status scores(const Keyed *keyed, const Eval *in, Result *out) {
  return report(mlm_report_scores, keyed, in, out);
}

/* Of scores in place of classes the result is one of them, for the message. */
static Status classes(const Keyed *keyed, const Eval *in, Result *out) {
  Status status = report(mlm_report_classes, keyed, in, out);
  bool is_score = status == MLM_UNDECIDED || status == MLM_SCORE_LABEL;
  double score;
  /* unreachable: the end of the models, for one of them has been refused */
  for (uint32_t i = 0; is_score && i < mlm_keyed_count(keyed); i++)
    if (mlm_confusion_matrix_find_score(mlm_keyed_state(mlm_keyed_at(keyed, i), NULL), true, &score)
        == status) {
      mlm_result_real(out, score);
      break;
    }
  return status;
}

static Status preds(const Keyed *keyed, const Eval *in, Result *out) {
  return report(mlm_report_preds, keyed, in, out);
}

/* Two forms of each: of rows, and of sets. */
#define REPORT(function, kind_state, f, a, b, set, sql, values, more, what)                                  \
  {.name = function,                                                                                         \
   .args = {a, b, ARG_SERIES_NAME, ARG_TITLE},                                                               \
   .required = 3,                                                                                            \
   MLM_OF_KEYED(kind_state, f),                                                                              \
   .result = RESULT_TEXT,                                                                                    \
   .cost = more,                                                                                             \
   .summary = what,                                                                                          \
   .example = "SELECT " function "(column2, column3, column1) FROM (VALUES " values ")"},                    \
  {                                                                                                          \
    .name = function, .args = {set, ARG_SERIES_NAME, ARG_TITLE}, .required = 1, MLM_OF_KEYED(kind_state, f), \
    .result = RESULT_TEXT, .cost = more, .summary = function " of saved sets, one model per row.",           \
    .example = "SELECT " function "(s, 'model', 'Title') FROM (SELECT " sql                                  \
               "(column2, column3) AS s FROM (VALUES " values "))"                                           \
  }

static const Metric metrics[] = {
    REPORT("report_html", mlm_keyed_scores_state, scores, ARG_SCORE, ARG_LABEL, ARG_SCORE_SET, "score_set",
           "('a', 0.1, 0), ('a', 0.4, 0), ('a', 0.35, 1), ('a', 0.8, 1)",
           "A value computes intervals of some metrics from 1000 samples of the rows, O(1000 n) a model; of "
           "models of at most 1,000,000 rows.",
           "One HTML page that needs nothing else: metrics of each model with intervals, what to look at, "
           "charts, "
           "chosen cutoffs, calibration."),
    REPORT("report_classes_html", mlm_keyed_classes_state, classes, ARG_PRED_CLASS, ARG_LABEL_CLASS,
           ARG_CLASS_SET, "class_set", "('a', 'cat', 'cat'), ('a', 'dog', 'cat'), ('a', 'dog', 'dog')",
           "A value computes intervals of some metrics from 1000 samples of the rows, O(1000 n) a model.",
           "One HTML page of predicted classes: metrics of each model, what to look at, confusion matrices, "
           "each "
           "class."),
    REPORT("report_regression_html", mlm_keyed_preds_state, preds, ARG_PRED, ARG_TARGET, ARG_PRED_SET,
           "pred_set", "('a', 2.5, 3), ('a', 0.0, -0.5), ('a', 2, 2), ('a', 8, 7)",
           "A value computes intervals of some metrics from 1000 samples of the rows, O(1000 n) a model.",
           "One HTML page of predicted numbers: errors of each model, what to look at, predictions beside "
           "targets, errors by size of the prediction."),
    {0},
};

const Family mlm_reports = {.name = "reports", .metrics = metrics};
