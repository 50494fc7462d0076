-- Plots: charts as lines of text for the terminal, and as SVG documents.
--
-- For all functions of this page:
--   * NAME_plot(set[, width=60[, height=20[, style='unicode']]]) is a table-valued function with the column
--     line: each row is a line of text. No line is wider than `width` columns. The whole chart has `height`
--     lines, or more where its panels need them. The style 'ascii' uses ASCII characters only. `.mode list` and
--     `.headers off` show the chart alone. The modes column, box, table and markdown break lines of more than
--     60 columns, so a wider chart needs `.mode box --wrap 0`.
--   * NAME_svg(set[, series_name[, title]]) is an aggregate whose result is an SVG document as text; one series
--     for each name, in the order of the names; sets with the same name are merged. writefile('roc.svg', …)
--     makes the file. The document follows the reader's light or dark mode, has no script and loads nothing.
--     The set comes from a subquery, as in SELECT roc_svg(s) FROM (SELECT score_set(score, label) AS s FROM
--     flights): aggregates do not nest, and SQLite calls roc_svg(score_set(score, label)) a misuse of one.
--   * A plot takes one set, or several in one BLOB: the result of score_sets(key, …), class_sets or pred_sets.
--   * Curves are thinned so that no difference is seen, however many rows a set has.
--   * A NULL set is left out; without a set the result is NULL, or a plot has no lines. Twelve series are
--     drawn; the legend says how many more there are.
--   * report_html (report.sql) has the seven charts of score sets on one page; report_classes_html has the confusion
--     matrices, and report_regression_html has the charts of residual_svg.
.load build/mlmetrics

-- The examples use one set for each model, and both in one BLOB:
CREATE TEMP TABLE sets AS SELECT model, score_set(score, label) AS scores FROM flights GROUP BY model;
CREATE TEMP TABLE both AS SELECT score_sets(model, scores) AS scores FROM sets;


-- roc_plot(set[, width=60[, height=20[, style='unicode']]])
--
-- The ROC curve: the true positive rate over the false positive rate, for every cutoff. The dotted diagonal is
-- chance. The legend has roc_auc.
SELECT line FROM sets, roc_plot(scores) WHERE model = 'boosted';
-->                          ROC curve
-->     True positive rate (recall)
--> 1.0┤                                           ⢀⣀⡠⠤⠤⠒⠒⠒⠊⢉⠉⠋⠉
-->    │                                    ⢀⣀⠤⠤⠒⠊⠉⠁    ⡀⠠ ⠁
--> 0.8┤                               ⢀⣀⠤⠒⠉⠁        ⠄⠐
-->    │                          ⢀⡠⠔⠒⠊⠁        ⢀ ⠂⠈
-->    │                      ⢀⡤⠖⠊⠁         ⡀⠠ ⠁
--> 0.6┤                  ⣀⡠⠔⠋⠁          ⠄⠐
-->    │              ⢀⡠⠴⠋⠁         ⢀ ⠂⠈
-->    │           ⢀⡠⠔⠊         ⡀⠠ ⠁
--> 0.4┤        ⢀⡠⠔⠉         ⠄⠐
-->    │      ⢠⠒⠊       ⢀ ⠂⠈
-->    │    ⡔⠉⠁     ⡀⠠ ⠁
--> 0.2┤ ⢀⡰⠉     ⠄⠐
-->    │⢀⠇  ⢀ ⠂⠈
--> 0.0┤⡇⠠ ⠁
-->    └┬──────────┬──────────┬──────────┬──────────┬──────────┬
-->    0.0        0.2        0.4        0.6        0.8       1.0
-->                       False positive rate
--> AUC 0.678

-- Two models: letters tell the curves apart.
SELECT line FROM both, roc_plot(scores, 60, 16);
-->                          ROC curve
-->     True positive rate (recall)
-->    │                                        ⣀⣀b⣤⣤⠴⠶⠶⠶⠒⠛⡛⠫⠉⠋⠉
--> 0.8┤                              ⢀⣀⣀⢤⣔⠶⠶a⠛⠉⠉⠉   ⡀⠠ ⠂⠈
-->    │                        ⣀⡠b⡶⠮⠝⠓⠊⠉⠁   ⢀ ⠄⠐ ⠂⠈
-->    │                  ⣀⢤⣔⡶a⠛⠊⠉     ⢀ ⠄⠐ ⠁
-->    │            ⢀⣀⡰⣒⠯⠝⠊⠁     ⢀ ⠄⠐ ⠁
--> 0.4┤       ⢀⣀a⣔⠭⠕b⠉    ⢀ ⠄⠐ ⠁
-->    │    ⡠⠔⢚⡡⠔⠊  ⡀⠠ ⠄⠐ ⠁
-->    │ ⡠⢔⣉⠔⠊⡁⠠ ⠂⠈
--> 0.0┤a⠷b⠂⠈
-->    └┬──────────┬──────────┬──────────┬──────────┬──────────┬
-->    0.0        0.2        0.4        0.6        0.8       1.0
-->                       False positive rate
--> a boosted (AUC 0.678)
--> b logistic (AUC 0.640)

-- Without Unicode:
SELECT line FROM both, roc_plot(scores, 60, 16, 'ascii');
-->                          ROC curve
-->     True positive rate (recall)
-->    |                                        **++++++++++++++
--> 0.8+                              ***+++++++++   .. ..
-->    |                        **++++++++   . .. ..
-->    |                  *+++++++     . .. .
-->    |            ***+++++     . .. .
--> 0.4+       ***+++++    . .. .
-->    |    **++++  .. .. .
-->    | *+++++. ..
--> 0.0++++..
-->    ++----------+----------+----------+----------+----------+
-->    0.0        0.2        0.4        0.6        0.8       1.0
-->                       False positive rate
--> * boosted (AUC 0.678)
--> + logistic (AUC 0.640)


-- roc_svg(set[, series_name[, title]])
--
-- The same as an SVG document. In the shell, writefile() makes the file:
-- SELECT writefile('roc.svg', roc_svg(scores, model)) FROM sets;
SELECT substr(roc_svg(scores, model, 'Late flights'), 1, 84) FROM sets;
--> <svg xmlns="http://www.w3.org/2000/svg" class="mlm" role="img" viewBox="0 0 420 498"


-- pr_plot(set[, width=60[, height=20[, style='unicode']]])
-- pr_svg(set[, series_name[, title]])
--
-- Precision over recall, in steps from (0, 1), as scikit-learn draws it: where the highest score is a negative,
-- the line begins with a stroke down to (0, 0). The dotted line is the share of positives: chance. The legend has
-- average_precision.
SELECT line FROM both, pr_plot(scores, 60, 16);
-->                    Precision-recall curve
-->     Precision
-->    │a⡄
--> 0.8┤⡇⢹⡀
-->    │⡇ a⣄
-->    │b  ⠈⠦⡄
-->    │b    ⠈⠙⠓⠤⠤⢄⡀
--> 0.4┤⡟⠶⠲⠤⣤⣀⣀⣀⡀  ⠈a⠑⠒⠒⠢⠤⢄⣀⣀⣀⣀⡀
-->    │b       ⠈⠉⠉⠉⠉⠉⠉b⠉⠉⠑⠒⠒⠒⠒⠚⠛⠛⠛⠛⠛⠛⠓⠒⠶⠶a⠶⠦⠤⢤⣤⣤⣤⣤⣤⣤⣤⣤⣀⣀⣀⣀⣀⣀
-->    │⡇⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐ ⠂⠐⠉⠋⠙⠉⠛⠓
--> 0.0┤⡇
-->    └┬──────────┬──────────┬──────────┬──────────┬──────────┬
-->    0.0        0.2        0.4        0.6        0.8       1.0
-->                              Recall
--> a boosted (AP 0.364)
--> b logistic (AP 0.286)


-- calibration_plot(set[, width=60[, height=20[, style='unicode']]])
-- calibration_svg(set[, series_name[, title]])
--
-- Calibration, or reliability: the share of positives over the mean score of ten bins; on the diagonal, scores
-- are correct as probabilities. The panel below shows how many rows have which score. The legend has ece.
-- Scores must be probabilities.
SELECT line FROM both, calibration_plot(scores, 60, 24);
-->                         Calibration
-->     Share of positives
-->    │                                            ⢀⣀⣀a⠤⠔⠒a⠠ ⠂⠈
--> 0.8┤                                       a⠔a⠉⠉⠁⡀⠠ ⠂⠈
-->    │                                    a⠔⠉ ⢀ ⠂⠈
--> 0.6┤                                ⣀⠤⢒⠉⠄⠐ ⠁
-->    │                            ⣀aa⠙ ⠁
--> 0.4┤                      ⢀ a⠴⣒⠭⠒b⢆
-->    │                ⢀ ⠄⠐⣀⣥⠶⠝b⠉     ⢣
--> 0.2┤            ⡀b⡠⠥⠔⠒bb            ⠱b
-->    │      ⣀⣠b⠖⠚⠊⠉                    ⠘⡄
--> 0.0┤⡀⠠ ⠂ba⠉                           ⠈b
-->    └┬──────────┬──────────┬──────────┬──────────┬──────────┬
-->    0.0        0.2        0.4        0.6        0.8       1.0
-->                       Mean score of a bin
-->     Share of rows
-->    │     ⢀⣀⣀⣀⣀⣀⡀
--> 0.3┤     b     ⠉⠉⠉⠉⠉a
-->    │     ⢸          b⣤⣤⣤⣤⣤⡄
--> 0.0┤a⠶⠶⠶⠶b                ⣧⣤⣤⣤⣤⣤a⣀b⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
-->    └┬──────────┬──────────┬──────────┬──────────┬──────────┬
-->    0.0        0.2        0.4        0.6        0.8       1.0
-->                              Score
--> a boosted (ECE 0.033)
--> b logistic (ECE 0.030)
SELECT line FROM calibration_plot((SELECT score_set(2.5, 1)));
--! calibration_plot: every score of the set must be within [0,1], got 2.5; if every score is a logit, sigmoid(score) makes it a probability; if every score is a percentage, to_number((score) || '%') reads it


-- cutoff_plot(set[, width=60[, height=20[, style='unicode']]])
-- cutoff_svg(set[, series_name[, title]])
--
-- Precision, recall and F1 over the cutoff; the dotted line marks the best F1. With several sets, only F1.
SELECT line FROM sets, cutoff_plot(scores, 60, 18) WHERE model = 'boosted';
-->                      Choosing a cutoff
-->     Precision, recall and F1
-->    │ ⠈⠉⠉⠉⠉⠒⠤⡀                           ⣀⣀⣠⠤⢤⠤⠤⠤⠤⠗⠒b⠉⠉⠉⠉⠉⠉⠁
--> 0.8┤        c⠢⡀                     ⣠b⠚⠉⠁
-->    │          ⠈⢆               ⢀⣠⠖⠚⠋⠁
-->    │            ⠑⡄          ⢀⡤b⠉
-->    │             ⠈c⡀    ⢀⡤⠖⠛⠉
--> 0.4┤     ⣀⣀⡠⠤⠤⠤⢴⠲⠶a⢵b⣤⠒⠋⠁
-->    │ ⠈⠉⠉⠉  ⣀⣀⣀⠤⠤⠒⠒⠉⠁ ⠉⠫⡓⠢⣀
-->    │ ⠐⠒⠉⠉⠉⠉    ⠐       ⠈⠒⠤ca⠢⠤⣀⣀
--> 0.0┤           ⢈            ⠉⠉⠒⠒⠫⠭⠵⠶⠶⠶⠶a⣤⣤⣤⣤⣤c⣤⣤⣄⣀⣀⣀⣀⣀⣀⣀a⣀⡀
-->    └┬──────────┬──────────┬──────────┬──────────┬──────────┬
-->    0.0        0.2        0.4        0.6        0.8       1.0
-->          Cutoff: predicted positive from this score on
--> a F1
--> b precision
--> c recall
--> best F1 0.392 at cutoff 0.214


-- lift_plot(set[, width=60[, height=20[, style='unicode']]])
-- lift_svg(set[, series_name[, title]])
--
-- Cumulative gain and lift over the share of the rows, highest scores first. The legend has the lift of the
-- first tenth.
SELECT line FROM both, lift_plot(scores, 60, 24);
-->                        Gain and lift
-->     Gain: share of positives found
-->    │                                         ⢀⣀⣀⣤⣤⡤⠶⠶⠖⠒⡛⠻⠉⠋⠉
--> 0.8┤                                 ⣀⣀⣠⡤⠶a⠚⠛⠉b⠁ ⡀⠠ ⠂⠈
-->    │                          ⢀⣀⢤⣔⠶⠚⠛⠉⠁  ⢀ ⠄⠐ ⠂⠈
-->    │                    ⣀⡠⣤a⠶⠞⠋b⠁  ⢀ ⠄⠐ ⠁
-->    │               ⢀⣀⣔⡺⠝⠊⠉   ⢀ ⠄⠐ ⠁
--> 0.4┤          a⡠⣒⠮b⠓⠉  ⢀ ⠄⠐ ⠁
-->    │     ⢀⡠⢔⡲⠞⠒⠉⡀⠠ ⠄⠐ ⠁
-->    │  ⢀⢤⣊⠥⡒⠡ ⠂⠈
--> 0.0┤a⡪b⠃⠈
-->    └┬──────────┬──────────┬──────────┬──────────┬──────────┬
-->    0.0        0.2        0.4        0.6        0.8       1.0
-->   Lift: gain over chance, from 1 % of the rows on
-->  │a⡆
-->  │ a⠶⣤⣀
--> 2┤b⠲b⠤⠬⣉⣑⣒a⣤⣤⣤⣤⣀⣀⣀⣀⣀⣀⣀⡀
-->  │⠄⠠ ⠄⠠ ⠄⠠ ⠄⠠ ⠄⠩⠉⠍⠩⠉⠍b⠉⠍⠩⠉⠍⠩⠉⠍⠩⠉⠍⠻a⠖⠲⠒⠖⠲⠒⠖⠲⠒b⠲⠒⠶⠶⠦⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
--> 0┤
-->  └┬──────────┬───────────┬──────────┬───────────┬──────────┬
-->  0.0        0.2         0.4        0.6         0.8       1.0
-->              Share of rows, highest scores first
--> a boosted (lift 2.21 in the first 10 %)
--> b logistic (lift 1.71 in the first 10 %)


-- histogram_plot(set[, width=60[, height=20[, style='unicode']]])
-- histogram_svg(set[, series_name[, title]])
--
-- How the scores of each class are distributed; each class adds up to 1, with its infinite scores, which are
-- not drawn: the legend counts them. Several sets are drawn one below the other.
SELECT line FROM sets, histogram_plot(scores, 60, 16) WHERE model = 'boosted';
-->                       Scores by class
-->      Share of the class
--> 0.15┤
-->     │         ⢀⣀⡀
--> 0.10┤      ⢠⠤⠖⠚ ⡷⡆
-->     │      a  b⠒⠃⠯⢭⠉⡇
-->     │     ⢸⠉ ⡤⠼   ⠈⠉a⢹⣀
--> 0.05┤    ⣀⣸⢀⣀⡇      ⠓⢲⠸⠤b
-->     │    ⡇ ⢸         ⠈⢹ ⠓⠲⠤⡄
-->     │  ⢸⠉⠁⢸⠉          ⠈⠉⠓⢲ ⠉⠧⢤⣀⡀
--> 0.00┤⣀a⣼⣀⡏b              ⠈⠉⠓⠦⠤a⣍⣙⣲⣤⣤⣤⣤⣄b⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
-->     └┬──────────┬──────────┬──────────┬──────────┬─────────┬
-->     0.0        0.2        0.4        0.6        0.8      1.0
-->                               Score
--> a negatives (label 0)
--> b positives (label 1)


-- det_plot(set[, width=60[, height=20[, style='unicode']]])
-- det_svg(set[, series_name[, title]])
--
-- Detection error trade-off: misses over false alarms, both on the scale of normal quantiles.
SELECT line FROM both, det_plot(scores, 60, 16);
-->                  Detection error trade-off
-->       False negative rate (misses)
--> 99.9%┤a⣐b⠄⢀
-->      │⠧⣀⣈⡉⠒⠲⠥⣐⡀⠄⢀
-->   95%┤   ⠈⠉⠑⠒⠒⠭⢍⣒⡒⢅⣐ ⠄⢀
-->      │           a⠉⠒⠛b⠶⣤⣅⡐ ⠄⢀
-->   50%┤                  ⠈⠉⠓⠲⠦⣤⣁⣐ ⠄⢀
-->      │                         a⠛⠲b⣤⣁⡐ ⠄⢀
-->    5%┤                              ⠉⠙⠓⠶⢦⣤⣅⣐ ⠄⠠ ⡀
-->      │                                    ⠉⠓a⠷⣲⡤b⣈ ⠂⠠ ⡀
-->  0.1%┤                                         ⠈⠑⠒⠯⣙⣒⣦⣄⣈⣀⣂⣠⣀
-->      └┬─────┬─────┬──────┬───────┬──────┬──────┬─────┬─────┬
-->     0.1%   1%    5%     20%     50%    80%    95%   99%
-->                        False positive rate
--> a boosted (AUC 0.678)
--> b logistic (AUC 0.640)


-- confusion_plot(set[, width=60[, height=20[, style='unicode']]])
-- confusion_svg(set[, series_name[, title]])
--
-- The confusion matrix of a class set: a row for each true class, a column for each predicted one, shaded by
-- the share of the true class. If there are more than twelve classes, the rarest are merged as "other". Where
-- counts do not fit, percentages are shown instead, and where names would be cut to the same letters, a letter for
-- each and a key.
SELECT line FROM confusion_plot((SELECT class_set(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label) FROM digits));
-->                       Confusion matrix
--> true │ predicted
-->      │   0    1    2    3    4    5    6    7    8    9
-->    0 │ 176█   0    0    0    1░   0    1░   0    0    0
-->    1 │   0  174█   1░   0    0    0    1░   0    2░   4░
-->    2 │   0    1░ 175█   0    0    0    0    1░   0    0
-->    3 │   0    0    2░ 169█   0    3░   0    2░   7░   0
-->    4 │   0    1░   0    0  174█   0    0    2░   3░   1░
-->    5 │   0    1░   0    0    0  176█   1░   0    0    4░
-->    6 │   0    2░   0    0    1░   0  177█   0    1░   0
-->    7 │   0    0    0    0    0    0    0  177█   1░   1░
-->    8 │   0    8░   1░   0    0    2░   1░   0  161█   1░
-->    9 │   0    2░   0    1░   0    2░   0    1░   3░ 171█
--> accuracy 0.963, rows 1,797
SELECT line FROM confusion_plot((SELECT class_sets(model, score >= 0.25, label) FROM flights), 60);
-->                       Confusion matrix
--> boosted
--> true │ predicted
-->      │     0      1
-->    0 │ 17328▓  7199▒
-->    1 │  2765▒  3149▓
--> logistic
--> true │ predicted
-->      │     0      1
-->    0 │ 16638▓  7889▒
-->    1 │  2873▒  3041▓
--> boosted (accuracy 0.673, rows 30,441)
--> logistic (accuracy 0.646, rows 30,441)


-- residual_plot(set[, width=60[, height=20[, style='unicode']]])
-- residual_svg(set[, series_name[, title]])
--
-- Predictions over targets, from pred_set(pred, target[, weight]): one dot per row or, for many rows, shades,
-- each of four times as many rows as the next lighter one. The legend has rmse and r2, and how many rows have an
-- infinite number, which are not drawn.
SELECT line FROM residual_plot((SELECT pred_set(prediction, target) FROM diabetes WHERE model = 'ridge'), 60, 16);
-->                   Predictions and targets
-->     Target
-->    │                                 ⠂ ⣀ ⠐ ⠁           ⡀⠠ ⠂⠈
--> 300┤                     ⠐    ⡁⢀⠠⠠⢌⠄ ⠠    ⠁⠁⠃ ⠈  ⡀⠠ ⠂⠈
-->    │                  ⢀  ⡀⠈⠤⡀ ⠡⢄⠈⠔ ⠊⠩⡀⠊⠮⢈⠄ ⠅⢑ ⠊⠈⠂ ⠄
-->    │                   ⠠⣀ ⠁⠘⢐⠂⡈ ⠤⡡⡊ ⢀⠣⢈⠑⠄⠐⠁⠅⢀ ⠁⠨  ⠈
--> 200┤          ⠄ ⠠   ⠌ ⠈⣈⢱⠄⠴⠾⠄⠈⡠⢢⢈⢀⡴⠐⠠⡁ ⠆⠈⠈
-->    │        ⢀  ⠁⠂⡀ ⢈⠤⠙⠐⠈⠱⠠⣐⡉⠇⠘⠸⢧⠁⠃⠄ ⠠⡃
-->    │       ⠂ ⡄⠂ ⢠⡐⠡⡀⢻⠰⠇⡐⠰⠑⢢⠑⡩⣒⡂⠒⡂⠨⢄⠁ ⢀   ⠁  ⠄
--> 100┤     ⠁⢠⡠ ⠄⡠⣬⣀⣳⢔⠵⡀⠐⡂⡁⣅ ⢠⡪⠘⢀⢢⠂  ⠐  ⠁⠠
-->    │    ⠠⢀⡊⡴⣪⠊⣪⠄⢪⣹⠅⢤⣣⢙⣜⠄⢁⠈⠢⠁⡀⠦⠑ ⠅⠄
-->    │⡀⠠ ⠒⠉⠂⠃⠄⠉⠝⠌⠒⠓⡈⠂ ⠁⠉⠖ ⢀⠁⠈  ⠈  ⠐  ⠁
-->    └─────────────┬────────────────┬────────────────┬────────
-->                 100              200              300
-->                            Prediction
--> RMSE 54.64, R² 0.497


-- trend_plot(set[, width=60[, height=20[, style='unicode']]])
-- trend_svg(x, y[, series[, title]])
--
-- A line through the points of each series, such as a metric by day. trend_points(x, y[, series]) is the set
-- that trend_plot takes. Rows with the same x are averaged: the line, the range of the axis and the last y in the
-- legend are those of the means. An x is a number, or a date as SQLite writes it: '2001-05-31', '2001-05' or
-- '2001-05-31 14:00'. A row whose y is NULL is left out before the chart sees it, so the line joins the points on
-- both sides. An infinite y leaves a gap, and the legend counts such points.
CREATE TEMP TABLE daily AS SELECT date(ts) AS day, roc_auc(score, label) AS auc FROM flights WHERE model = 'boosted' GROUP BY 1;
SELECT line FROM trend_plot((SELECT trend_points(day, auc) FROM daily), 60, 12);
-->                            Trend
-->
--> 0.8┤  ⢀⠦⡄           ⡀             ⡄  ⢀⢀⡄   ⡄    ⡀    ⢀⢀⡄
-->    │⡄ ⡜ ⠱⠚⣴   ⢰⣰⢀⣄⡆⢰⡇ ⡀⡠⢴⢠⢆ ⡏⠲⠹⡀ ⢰⢱⢰⢣⢻⢸⠸⣠ ⢠⢣  ⣆⡰⢣⠔⠑⢲ ⡜⠁⢣⡠⡀⡄
-->    │⢣⢠⠃   ⠈⡶⠑⡇⡎⠁⠏⠘⢱⠎⢸⠜⢣⠃ ⠇⠘⣼   ⢇⢰⡜⠸⡎  ⡇ ⠉⡦⠜⠈⠑⠼⠈     ⣇⠇ ⠈⠁⠙⠱⠔
--> 0.6┤⠘⠎       ⢣⠇   ⠈   ⠈        ⠘⡇⠁ ⠃                ⠘
-->    │         ⠸
--> 0.4┤
-->    └┬─────────────────┬──────────────────┬──────────────────
-->  2001-04           2001-05            2001-06
-->                               Date
--> last 0.633
-- Weeks are drawn at their Mondays. strftime('%Y-%W', …) would not do: '2001-05' is a month, and '2001-13' an error.
-- Nor would '%Y%m': 200105 is a number like any other, so write '%Y-%m'.
CREATE TEMP TABLE weekly AS SELECT date(ts, 'weekday 0', '-6 days') AS monday, roc_auc(score, label) AS auc FROM flights
 WHERE model = 'boosted' GROUP BY 1;
SELECT monday, auc FROM weekly LIMIT 2;
--> 2001-03-26|0.68917004048583
--> 2001-04-02|0.702482674037434
SELECT length(trend_svg(monday, auc)) > 1000 FROM weekly;
--> 1
SELECT trend_svg(strftime('%Y-%W', day), auc) FROM daily;
--! trend_svg: x must be a number or a date such as '2001-05-31', got text '2001-13'; for weeks, date(day, 'weekday 0', '-6 days') gives the Monday of a date's week
SELECT trend_points('yesterday', 0.7);
--! trend_points: x must be a number or a date such as '2001-05-31', got text 'yesterday'

-- Two series over a number:
CREATE TEMP TABLE days AS
  SELECT model, CAST(substr(ts, 9, 2) AS INTEGER) AS day, roc_auc(score, label) AS auc FROM flights GROUP BY 1, 2;
SELECT line FROM trend_plot((SELECT trend_points(day, auc, model) FROM days), 60, 16);
-->                            Trend
-->
--> 0.75┤                       a⢄⡀        a
-->     │        ⢠a  a⡄  a⡀  a  ⡇ a⡄       ⡜⡆       ⢀a  a
--> 0.70┤       ⢀⢮b⢣⢰⠁⢱ ⢀b⠈a⠉b⢄⢸b⠒b⢣      ⢠b⣸ ⢀a⡄ ⢀a⠁a  ⡜⠑a
-->     │   a⢄  a⠎⠘⡄ab⠈a⡎b⡆ ⡰⠱⡈a⠃  ⡟⡄     ⣜⠇⢣⢇⠎ ⠘a⠁ ⡠b ⢠⠃ ⠈⢆
--> 0.65┤a ⢰⠁ a⠉b  ⢣⢀⠇⢣a⡜ ⢱⢠⠃ ⠱b   ⢸a⠤a  ⡰a ⠈a b⡀ ⢀b⠁⢱⡇⡸b⠒b⠈a
-->     │⠈a⠃b⡀ b⠁  ⠘b  b⠁  b        ⡇ baa⡡b  b⠉ ⠈b⠁  ⢸⢣⢇⠇  ⢣ ⠱a
--> 0.60┤bb⠜ ⠘b⠃                    b⠊b⠑b⠁           ba⡸    b ⠈a
-->     │                                             ⢣⠇     ⠱bb
--> 0.55┤                                             b
-->     └────────────────┬─────────────────┬──────────────────┬─
-->                     10                20                 30
-->                                 x
--> a boosted (last 0.608)
--> b logistic (last 0.574)

-- Three runs reached epoch 3 with 0.1, 0.9 and 0.5. The line ends at their mean:
CREATE TEMP TABLE runs(epoch, f1, model);
INSERT INTO runs VALUES (1, 0.2, 'a'), (2, 0.4, 'a'), (2, 0.6, 'a'), (3, 0.1, 'a'), (3, 0.9, 'a'), (3, 0.5, 'a'),
  (1, 0.3, 'b'), (3, 0.2, 'b'), (3, 0.3, 'b');
SELECT line FROM trend_plot((SELECT trend_points(epoch, f1, model) FROM runs), 40, 14);
-->                  Trend
-->
--> 0.5┤                ⡠⠔aa⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉a
-->    │             ⢀⠔⠊
--> 0.4┤          ⢀⡠a⠁
-->    │        ⡠⠔⠁
--> 0.3┤b⠤b⠤⣀⣀a⣊⣀⣀⣀
-->    │  ⢀⡠⠊⠁     b⠉⠉⠉⠉⠉⠉⠒⠒b⠒⠒⠒⠒⠤⠤⠤⠤b⠤⠤⣀⣀⣀b
--> 0.2┤a⠔⠁
-->    └┬────────┬────────┬────────┬───────┬
-->    1.0      1.5      2.0      2.5    3.0
-->                      x
--> a a (last 0.500)
--> b b (last 0.250)
SELECT substr(svg, at, instr(svg, '</desc>') - at) AS description
  FROM (SELECT svg, instr(svg, '<desc>') AS at FROM (SELECT trend_svg(epoch, f1, model) AS svg FROM runs));
--> <desc>y over x. a: last 0.500; b: last 0.250.
SELECT length(trend_svg(day, auc, model, 'AUC by day')) > 1000 FROM days;
--> 1


-- trend_points(x, y[, series])
--
-- The points of a trend as a BLOB. It merges like any saved state: trend_points(points).
SELECT typeof(trend_points(day, auc)) FROM days;
--> blob


-- score_sets(key, score, label[, weight])
-- score_sets(key, set)
--
-- A score set for each key in one BLOB, without GROUP BY and the sort that it needs. A key is any value, NULL
-- included, and keys are compared as in GROUP BY: 7 and 7.0 are one key, 7 and '7' are two. A row with a NULL
-- score or label is left out and counted for all keys together.
SELECT score_sets(model, score, label) = (SELECT scores FROM both) FROM flights;
--> 1

-- class_sets(key, pred, label[, weight])
-- class_sets(key, set)
--
-- The same for predicted classes.
SELECT key, accuracy(state) FROM each_set((SELECT class_sets(model, score >= 0.5, label) FROM flights)) GROUP BY key;
--> boosted|0.812095529056207
--> logistic|0.805591143523537

-- pred_sets(key, pred, target[, weight])
-- pred_sets(key, set)
--
-- The same for predictions and targets.
SELECT key, typeof(state) FROM each_set((SELECT pred_sets(model, prediction, target) FROM diabetes));
--> boosted|blob
--> ridge|blob

-- pred_set(pred, target[, weight])
--
-- The rows of predictions and targets as a BLOB, lossless: what residual_plot, residual_svg and
-- report_regression_html read. pred_set(set) merges. NULL without a row.
SELECT typeof(pred_set(prediction, target)) FROM diabetes;
--> blob

-- each_set(sets)
--
-- The sets of such a BLOB, with the columns key and state, in the order of the keys. A key that is an integral
-- REAL is returned as INTEGER.
SELECT key, roc_auc(state) FROM each_set((SELECT score_sets(model, score, label) FROM flights)) GROUP BY key;
--> boosted|0.678180212570774
--> logistic|0.640056593784501
