-- Reports: one HTML page to read, to print or to send.
--
-- For all functions of this page but evaluate:
--   * The result is a page, as text, that needs nothing else: no script, and no picture or style from
--     elsewhere. In the shell:
--       .mode list
--       .headers off
--       .once report.html
--       SELECT report_html(score, label, model, 'Late flights') FROM flights;
--     or SELECT writefile('report.html', report_html(score, label, model)) FROM flights;
--   * There is one model for each series_name, in the order of the names; at most twelve are shown, and the
--     first line has the totals of all. The rows whose name is NULL are one model. It is shown as NULL, or
--     without a name if it is the only one. The title is the same for every row.
--   * The second form takes saved sets, one per row, or the result of score_sets, class_sets and pred_sets.
--   * Below the values are 95 % intervals, for metrics that have them and at most a million rows per model.
--     Where there is no formula they come from 200 samples of the rows; the _ci functions draw 1000.
--   * ★ marks the best value of a column. That is not a test; compare_ci and delong_test test the difference,
--     over rows that have the scores of both models.
--   * "What to look at" is made from the numbers: an AUC that is or may be no better than chance, scores that are
--     not probabilities or not calibrated (Spiegelhalter's test, p < 0.01), rare classes, many ties, more than
--     5 % of rows left out, fewer than ten rows.
--   * Without rows the result is NULL.
.load build/mlmetrics


-- report_html(score, label, series_name[, title])
-- report_html(set[, series_name[, title]])
--
-- Models of two classes: metrics, what to look at, the seven charts of score sets, cutoffs, calibration.
SELECT substr(page, 1, 15), length(page) BETWEEN 10000 AND 300000
  FROM (SELECT report_html(score, label, model, 'Late flights') AS page FROM flights);
--> <!DOCTYPE html>|1
WITH may AS (SELECT * FROM flights WHERE ts LIKE '2001-05-%')
SELECT report_html(score, label, model) = (SELECT report_html(s, model) FROM (
         SELECT model, score_set(score, label) AS s FROM may GROUP BY model)) FROM may;
--> 1
SELECT report_html(score, label, model) FROM flights WHERE model = 'none';
-->

-- One model, which needs no name:
SELECT length(report_html(score, label, NULL)) BETWEEN 10000 AND 300000 FROM flights WHERE model = 'boosted';
--> 1
SELECT report_html(score, label) FROM flights WHERE model = 'boosted';
--! report_html: call it as report_html(score, label, series_name[, title]), or with a saved state; got 2 arguments, the first 0.191929903; for one model give NULL as series_name


-- report_classes_html(pred, label, series_name[, title])
-- report_classes_html(set[, series_name[, title]])
--
-- Predicted classes: metrics, the most frequent confusion, confusion matrices, each class.
SELECT length(report_classes_html(score >= 0.25, label, model)) BETWEEN 5000 AND 300000 FROM flights;
--> 1


-- report_regression_html(pred, target, series_name[, title])
-- report_regression_html(set[, series_name[, title]])
--
-- Predicted numbers: errors of each model, predictions over targets, errors by size of the prediction.
SELECT length(report_regression_html(prediction, target, model)) BETWEEN 5000 AND 300000 FROM diabetes;
--> 1


-- evaluate(set[, level=0.95])
--
-- The metrics of these pages as rows: metric, value, low, high, and a note on the interval, if there is one.
-- The set comes from score_set, class_set or pred_set. A NULL set gives no rows, and an undefined value is
-- NULL.
SELECT m.model, e.metric, round(e.value, 3) AS value, round(e.low, 3) AS low, round(e.high, 3) AS high
  FROM (SELECT model, score_set(score, label) AS scores FROM breast_cancer GROUP BY model) m, evaluate(m.scores) e
 WHERE e.metric IN ('roc_auc', 'log_loss');
--> forest|roc_auc|0.991|0.981|0.996
--> forest|log_loss|0.116|0.092|0.157
--> logistic|roc_auc|0.995|0.987|0.998
--> logistic|log_loss|0.074|0.052|0.135
--> naive_bayes|roc_auc|0.984|0.972|0.99
--> naive_bayes|log_loss|0.667|0.412|1.095
SELECT metric, round(value, 3), round(low, 3), round(high, 3), note
  FROM evaluate((SELECT score_set(logit, label) FROM digit_tags WHERE tag = 'even'), 0.9);
--> roc_auc|0.974|0.968|0.978|
--> average_precision|0.973|0.967|0.979|
--> ks|0.834|0.812|0.85|approximate: samples of rows overestimate this metric
--> log_loss||||a score is not within [0,1]
--> brier||||a score is not within [0,1]
--> ece||||a score is not within [0,1]
--> best_cutoff_value|0.917|0.906|0.926|approximate: samples of rows overestimate this metric
--> best_cutoff|-0.343|-0.343|0.284|
SELECT metric, round(value, 3), round(low, 3), round(high, 3)
  FROM evaluate((SELECT class_set(score >= 0.5, label) FROM breast_cancer WHERE model = 'forest'));
--> accuracy|0.965|0.946|0.977
--> f1_macro|0.962|0.946|0.978
--> precision_macro|0.965|0.948|0.98
--> recall_macro|0.96|0.942|0.976
--> f1_weighted|0.965|0.949|0.979
--> kappa|0.924|0.891|0.955
--> mcc|0.925|0.892|0.955
SELECT metric, round(value, 2), round(low, 2), round(high, 2)
  FROM evaluate((SELECT pred_set(prediction, target) FROM diabetes WHERE model = 'ridge'));
--> r2|0.5|0.44|0.56
--> rmse|54.64|51.53|58.05
--> mae|44.49|41.59|47.54
--> mean_error|-0.1|-5.22|5.01
SELECT * FROM evaluate(NULL);
--0 rows
SELECT * FROM evaluate((SELECT log_sum_exp_state(logit) FROM digit_tags));
--! evaluate: the set must be that of score_set, class_set or pred_set
