-- Reports: one HTML page to read, to print or to send.
--
-- For all functions of this page:
--   * The result is a page as text that needs nothing else: no script, no picture or style from elsewhere. In
--     the shell:
--       .mode list
--       .headers off
--       .once report.html
--       SELECT report_html(score, label, model, 'Late flights') FROM flights;
--     or SELECT writefile('report.html', report_html(score, label, model)) FROM flights;
--   * A model for each series_name, in the order of the names; at most twelve are shown. A name of NULL stands
--     for all rows. The title is the same for every row.
--   * The second form takes saved sets, a row a set, or those of score_sets, class_sets and pred_sets.
--   * Intervals of 95 % stand below the values of metrics that have them, of at most a million rows a model. Where
--     there is no formula they come from 200 samples of the rows; the _ci functions draw 1000.
--   * ★ marks the best value of a column. That is no test; compare_ci and delong_test are, over rows that have
--     the scores of both models.
--   * "What to look at" is made from the numbers: an AUC below 0.5, scores that are no probabilities or not
--     calibrated (Spiegelhalter's test, p < 0.01), rare classes, many ties, more than 5 % of rows left out.
--   * Without a row the result is NULL.
.load build/mlmetrics


-- report_html(score, label, series_name[, title])
-- report_html(set[, series_name[, title]])
--
-- Models of two classes: metrics, what to look at, every chart of plots.sql, cutoffs, calibration.
SELECT substr(page, 1, 15), length(page) BETWEEN 10000 AND 300000
  FROM (SELECT report_html(score, label, model, 'Late flights') AS page FROM flights);
--> <!DOCTYPE html>|1
SELECT report_html(score, label, model) = (SELECT report_html(s, model) FROM (
         SELECT model, score_set(score, label) AS s FROM flights GROUP BY model)) FROM flights;
--> 1
SELECT report_html(score, label, model) FROM flights WHERE model = 'none';
-->


-- report_classes_html(pred, label, series_name[, title])
-- report_classes_html(set[, series_name[, title]])
--
-- Decided classes: metrics, the most frequent confusion, confusion matrices, each class.
SELECT length(report_classes_html(score >= 0.25, label, model)) BETWEEN 5000 AND 300000 FROM flights;
--> 1


-- report_regression_html(pred, target, series_name[, title])
-- report_regression_html(set[, series_name[, title]])
--
-- Predicted numbers: errors of each model, predictions beside targets, errors by size of the prediction.
SELECT length(report_regression_html(prediction, target, model)) BETWEEN 5000 AND 300000 FROM diabetes;
--> 1
