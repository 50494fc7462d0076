-- Writes the charts and reports of the demo tables for tests/screenshots/run.sh: SVG files and HTML pages in the folder pages/.
-- Run in a shell whose working folder holds pages/, on the tables of `make demo`.
CREATE TEMP TABLE sets AS
  SELECT model, score_set(score, label) AS scores FROM (
    SELECT model, score, label FROM flights
    UNION ALL SELECT 'squared', score * score, label FROM flights WHERE model = 'boosted'
    UNION ALL SELECT 'inverted', 1 - score, label FROM flights WHERE model = 'logistic'
    UNION ALL SELECT 'rounded', round(score, 1), label FROM flights WHERE model = 'boosted')
  GROUP BY model;

SELECT writefile('pages/roc.svg', roc_svg(scores, model, 'Will the flight be late?')) FROM sets;
SELECT writefile('pages/pr.svg', pr_svg(scores, model)) FROM sets;
SELECT writefile('pages/det.svg', det_svg(scores, model)) FROM sets WHERE model IN ('boosted', 'logistic');
SELECT writefile('pages/calibration.svg', calibration_svg(scores, model)) FROM sets WHERE model IN ('boosted', 'squared');
SELECT writefile('pages/cutoff.svg', cutoff_svg(scores, model)) FROM sets WHERE model = 'boosted';
SELECT writefile('pages/lift.svg', lift_svg(scores, model)) FROM sets WHERE model IN ('boosted', 'logistic');
SELECT writefile('pages/histogram.svg', histogram_svg(scores, model)) FROM sets WHERE model IN ('boosted', 'logistic');
SELECT writefile('pages/confusion.svg', confusion_svg(classes)) FROM (
  SELECT class_set(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label) AS classes FROM digits);
SELECT writefile('pages/confusion_two.svg', confusion_svg(classes, model)) FROM (
  SELECT model, class_set(score >= 0.25, label) AS classes FROM flights GROUP BY model);
SELECT writefile('pages/residual.svg', residual_svg(predictions, model)) FROM (
  SELECT model, pred_set(prediction, target) AS predictions FROM diabetes GROUP BY model);
SELECT writefile('pages/trend.svg', trend_svg(day, auc, model, 'AUC by day')) FROM (
  SELECT date(ts) AS day, model, roc_auc(score, label) AS auc FROM flights GROUP BY 1, 2);

-- Each chart of a page of its own width, as a README or a wiki shows it.
SELECT writefile('pages/charts.html',
  '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Charts</title>'
  || '<style>:root{color-scheme:light dark}body{margin:8px;background:#fff}svg{max-width:640px;width:100%}'
  || '@media screen and (prefers-color-scheme:dark){body{background:#14171a}}</style>'
  || (SELECT group_concat(readfile('pages/' || name || '.svg'), '') FROM (SELECT value AS name FROM json_each(
      '["roc","pr","det","calibration","cutoff","lift","histogram","confusion","confusion_two","residual","trend"]'))));

SELECT writefile('pages/report.html', report_html(scores, model, 'Will the flight be late?')) FROM sets;
SELECT writefile('pages/report_one.html', report_html(score, label, model)) FROM flights WHERE model = 'logistic';
SELECT writefile('pages/report_classes.html',
  report_classes_html(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label, 'logistic', 'Which digit?')) FROM digits;
SELECT writefile('pages/report_regression.html', report_regression_html(prediction, target, model)) FROM diabetes;

-- Names that mean harm, and names that take room.
SELECT writefile('pages/report_names.html', report_html(scores, name, '</title><script>alert(1)</script>')) FROM (
  SELECT scores, CASE model WHEN 'boosted' THEN '<script>alert(1)</script>' WHEN 'inverted' THEN replace(hex(zeroblob(100)), '0', 'W')
    WHEN 'logistic' THEN char(0x5e9, 0x5dc, 0x5d5, 0x5dd) || char(0x202e) || ' reversed' WHEN 'rounded' THEN char(0x65e5, 0x672c, 0x8a9e)
    ELSE char(1, 9, 10, 27) || '"&''' END AS name FROM sets);
