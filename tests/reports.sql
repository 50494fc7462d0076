-- Public bug reports of the field, tried here, one case a report.
--
-- tests/REPORTS.md gives, for the number of each case, what goes wrong there and how the value stated here was derived.
.load build/mlmetrics


-- == One class, nothing predicted, no rows ==

-- 1. scikit-learn/scikit-learn #30079: an AUC of one class counted as 0 and drew the mean over folds down
SELECT avg(auc), count(auc) FROM (SELECT roc_auc(column2, column3) AS auc
  FROM (VALUES (1, 0.9, 1), (1, 0.2, 0), (1, 0.8, 0), (1, 0.3, 1), (2, 0.7, 1), (2, 0.1, 1)) GROUP BY column1);
--> 0.75|1

-- 2. tidymodels/yardstick #132: roc_auc fails where there are only events
SELECT roc_auc(column1, column2) IS NULL FROM (VALUES (0.8, 1), (0.6, 1));
--> 1

-- 3. dmlc/xgboost #698: "dataset only contains pos or neg samples" stops training
SELECT roc_auc(column1, column2) IS NULL, gini(column1, column2) IS NULL, ks(column1, column2) IS NULL FROM (VALUES (0.8, 0), (0.6, 0));
--> 1|1|1

-- 4. Lightning-AI/torchmetrics #2494: AUROC 0 and average precision 1 or NaN when all labels are equal
SELECT roc_auc(column1, 1) IS NULL, average_precision(column1, 1), average_precision(column1, 0) IS NULL
  FROM (VALUES (0.1), (0.7), (0.4));
--> 1|1.0|1

-- 5. Lightning-AI/torchmetrics #1891: max_fpr with positives only raises IndexError
SELECT partial_roc_auc(column1, 1, 0.01) IS NULL FROM (VALUES (0), (0.5), (0.9));
--> 1

-- 6. scikit-learn/scikit-learn #8280: recall NaN in the curve when all labels are negative
SELECT count(*), count(recall), max(precision) FROM pr_curve((SELECT score_set(column1, 0)
  FROM (VALUES (0.1), (0.4), (0.35), (0.8)))) WHERE cutoff < 9e999;
--> 4|0|0.0

-- 7. Lightning-AI/torchmetrics #3227: precision 0 where nothing is predicted positive
SELECT precision_at(column1, column2, 0.9) IS NULL, recall_at(column1, column2, 0.9) FROM (VALUES (0.4, 1), (0.7, 1), (0.2, 0));
--> 1|0.0

-- 8. cheind/py-motmetrics #109: NaN where 0 is wanted for nothing detected
SELECT coalesce(precision_at(column1, column2, 0.9), 0), coalesce(recall_at(column1, 0, 0.5), 0) FROM (VALUES (0.4, 1), (0.7, 1));
--> 0|0

-- 9. scikit-learn/scikit-learn #27189: F1 undefined where only precision is
SELECT f1_at(column2, column1, 0.5) FROM (VALUES (1, 0), (0, 0), (1, 0));
--> 0.0

-- 10. scikit-learn/scikit-learn #26864: F1 1.0 for a model that is always wrong
SELECT f1_at(column2, column1, 0.5) FROM (VALUES (1, 0), (0, 1), (0, 0));
--> 0.0

-- 11. scikit-learn/scikit-learn #31052: F1 of a class whose precision or recall is undefined
SELECT class, precision, recall, f1 FROM class_table((SELECT class_set(column2, column1) FROM (VALUES (0, 0), (1, 1), (0, 2), (3, 2))));
--> 0|1.0|0.5|0.666666666666667
--> 1|1.0|1.0|1.0
--> 2|0.0||0.0
--> 3||0.0|0.0

-- 12. scikit-learn/scikit-learn #9624: kappa of one class is NaN
SELECT kappa(column1, column2) IS NULL FROM (VALUES (0, 0), (0, 0));
--> 1

-- 13. scikit-learn/scikit-learn #14256: kappa cannot be 1 for one class
SELECT kappa(column1, column2), kappa(column1, 1) IS NULL FROM (VALUES (1, 1), (1, 1), (1, 1), (1, 1), (2, 1));
--> 0.0|0

-- 14. tensorflow/addons #721: kappa NaN after a reset, that is, of no rows
SELECT kappa(1, 1) IS NULL, accuracy(1, 1) IS NULL, f1_macro(1, 1) IS NULL WHERE 0;
--> 1|1|1

-- 15. scikit-learn/scikit-learn #25258: MCC of one class is 0, 1 is wanted
SELECT mcc(column1, column2) IS NULL, accuracy(column1, column2) FROM (VALUES (1, 1), (1, 1), (1, 1), (1, 1));
--> 1|1.0

-- 16. scikit-learn/scikit-learn #28982: MCC of the example in the documentation
SELECT mcc(column1, column2) FROM (VALUES (1, 1), (1, -1), (1, 1), (-1, 1));
--> -0.333333333333333

-- 17. Lightning-AI/torchmetrics #779: MCC NaN for a constant prediction; 0 is wanted
SELECT mcc_at(column1, column2, 0.5) IS NULL, coalesce(mcc_at(column1, column2, 0.5), 0) FROM (VALUES (0.9, 1), (0.8, 0), (0.7, 1));
--> 1|0

-- 18. Lightning-AI/torchmetrics #1811: MCC of all 1 against all 0
SELECT mcc(column1, column2) IS NULL, accuracy(column1, column2) FROM (VALUES (1, 0), (1, 0));
--> 1|0.0

-- 19. stan-dev/loo #337: balanced accuracy NaN for one class
SELECT balanced_accuracy_at(column1, 1, 0.5) IS NULL FROM (VALUES (0.8), (0.6), (0.7), (0.9));
--> 1

-- 20. prestodb/presto #27808: NULL or NaN where an aggregate is undefined
SELECT typeof(roc_auc(0.5, 1)), typeof(kappa(1, 1)), typeof(precision_at(0.2, 1, 0.5));
--> null|null|null


-- == Ties and order ==

-- 21. scikit-learn/scikit-learn #6377: average precision 0.50005 for 10,000 equal scores
WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 10000)
SELECT average_precision(0, i = 1), roc_auc(0, i = 1) FROM r;
--> 0.0001|0.5

-- 22. scikit-learn/scikit-learn #5379: average precision too low by linear interpolation
SELECT average_precision(column1, column2) FROM (VALUES (0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 0), (8, 1), (9, 1));
--> 0.87826278659612

-- 23. scikit-learn/scikit-learn #9618: average precision 0.25 instead of 0.5
SELECT average_precision(column1, column2) FROM (VALUES (0.7, 0), (0.8, 1), (0.5, 0), (0.9, 0), (0.1, 0));
--> 0.5

-- 24. tracel-ai/burn #5683: average precision depends on the order of tied rows
SELECT average_precision(0.5, column1) FROM (VALUES (1), (0))
UNION ALL SELECT average_precision(0.5, column1) FROM (VALUES (0), (1));
--> 0.5
--> 0.5

-- 25. abstractqqq/polars_ds_extension #282: AUC −0.0 for two equal scores
SELECT roc_auc(column2, column1) FROM (VALUES (0, 0.5), (1, 0.5));
--> 0.5

-- 26. ClickHouse/ClickHouse #65840: every label of tied scores made a point of its own
SELECT roc_auc(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.4, 1), (0.35, 1), (0.8, 1), (0.4, 0));
--> 0.666666666666667

-- 27. ClickHouse/ClickHouse #77605: arrayAUC of columns that are read in different orders
SELECT roc_auc(column1, column2) FROM (VALUES (0.06889467686414719, 0), (0.027054253965616226, 0), (0.050218842923641205, 1), (0.07030833512544632, 0), (0.01869940757751465, 0), (0.07613519579172134, 0), (0.018305519595742226, 0), (0.007835050113499165, 0), (0.031358398497104645, 0));
--> 0.625

-- 28. nci/scores #857: the point (0, 0) is missing where a probability is 1
SELECT roc_auc(column1, column2) FROM (VALUES (0.3, 0), (0.5, 0), (0.7, 1), (1, 1), (1, 0));
--> 0.75

-- 29. scikit-learn/scikit-learn #9790: the curve does not start at (0, 0)
SELECT * FROM roc_curve((SELECT score_set(column2, column1) FROM (VALUES (0, 0.89), (0, 0.61), (1, 0.83), (1, 0.62), (1, 0.9))));
--> Inf|0.0|0.0
--> 0.9|0.0|0.333333333333333
--> 0.89|0.5|0.333333333333333
--> 0.62|0.5|1.0
--> 0.61|1.0|1.0

-- 30. scikit-learn/scikit-learn #26193: first threshold above 1 for probabilities
SELECT cutoff, tpr FROM roc_curve((SELECT score_set(column1, column2) FROM (VALUES (0.2, 0), (0.9, 1)))) LIMIT 2;
--> Inf|0.0
--> 0.9|1.0

-- 31. Lightning-AI/torchmetrics #1989: scores above 1 pass through a sigmoid one batch at a time
SELECT roc_auc(one) FROM (SELECT roc_auc_state(column1, column2) AS one FROM (VALUES (1.2, 1), (0.9678, 0), (1.7, 1)) GROUP BY column1);
--> 1.0

-- 32. open-edge-platform/anomalib #2003: AUROC 0.899 instead of 1 when updated row by row
WITH RECURSIVE r(i) AS (SELECT -10 UNION ALL SELECT i + 1 FROM r WHERE i < 9)
SELECT roc_auc(one) FROM (SELECT roc_auc_state(i / 5.0, i > 0) AS one FROM r GROUP BY i);
--> 1.0

-- 33. scikit-learn/scikit-learn #20525: scores near 1e-12 taken for ties
SELECT roc_auc(column1, column2) FROM (VALUES (4.692520670913417e-12, 0), (6.685892489416251e-10, 0), (3.230654672054181e-11, 0), (3.469115659244881e-10, 0), (7.357755945665089e-13, 0), (1.0873948629551234e-11, 0), (4.934098071416031e-12, 0), (3.8108187021831245e-07, 1));
--> 1.0

-- 34. scikit-learn/scikit-learn #19093: 3.4 and 3.4000000000000004 are no tie
SELECT roc_auc(column1, column2), roc_auc(round(column1, 9), column2) FROM (VALUES (3.4000000000000004, 1), (3.4, 0));
--> 1.0|0.5

-- 35. jacobgil/confidenceinterval #15: AUC 1.0000001
SELECT roc_auc(column1, column2), roc_auc(column1, column2) <= 1 FROM (VALUES (0.00721543, 0), (0.53823202, 1), (0.8211329, 1), (0.24135367, 0), (0.61904833, 1), (0.51323922, 1), (0.50633062, 0), (0.32820338, 0), (0.0909322, 0), (0.75047184, 1), (0.68729921, 1), (0.9778512, 1), (0.71006862, 1), (0.4194739, 0), (0.31955396, 0), (0.84841144, 1), (0.75825972, 1), (0.9168877, 1), (0.86957666, 1), (0.29215992, 0), (0.77219873, 1), (0.87827124, 1), (0.57069033, 1), (0.5206118, 1), (0.73469778, 1), (0.54911986, 1), (0.63431484, 1), (0.69279543, 1), (0.96744707, 1), (0.98569492, 1), (0.82269733, 1), (0.9818143, 1), (0.57780473, 1), (0.86393161, 1), (0.69898409, 1), (0.95322689, 1), (0.66892306, 1), (0.82946166, 1), (0.78274066, 1), (0.84924395, 1), (0.87428222, 1), (0.37256549, 0), (0.33853178, 0), (0.79422342, 1), (0.14013082, 0), (0.98968488, 1), (0.2856893, 0), (0.95359197, 1), (0.13624191, 0), (0.72447603, 1));
--> 1.0|1

-- 36. xrobin/pROC #128: AUC turned into 1 − AUC by a guessed direction
SELECT roc_auc(column1, column2), roc_auc(-column1, column2) FROM (VALUES (0.9, 0), (0.8, 0), (0.3, 1), (0.4, 1), (0.85, 1));
--> 0.166666666666667|0.833333333333333

-- 37. tidymodels/yardstick #249: do ranks work, or only probabilities?
SELECT roc_auc(column1, column2), roc_auc(column1 / 10.0, column2) FROM (VALUES (1, 0), (5, 1), (3, 0), (9, 1), (7, 0));
--> 0.833333333333333|0.833333333333333

-- 38. xrobin/pROC #32: infinite predictors break the thresholds
SELECT roc_auc(column1, column2), recall_at(column1, column2, -9e999), recall_at(column1, column2, 9e999) FROM (VALUES (9e999, 1), (-9e999, 0), (0.0, 1), (9e999, 0));
--> 0.625|1.0|0.5

-- 39. scipy/scipy #6435: two versions of ks_2samp disagree on tied samples (0.2919, 0.1710)
SELECT ks(column1, column2, column3) FROM (VALUES (2, 1, 4), (3, 1, 29), (4, 1, 34), (5, 1, 9), (6, 1, 21), (7, 1, 29), (2, 0, 4), (3, 0, 8), (4, 0, 4), (5, 0, 8), (6, 0, 4), (7, 0, 3));
--> 0.171018945212494

-- 40. scipy/scipy #6575: what is the KS statistic of ties?
SELECT ks(column1, column2) FROM (VALUES (1, 1), (1.01, 1), (3, 1), (4, 1), (1.01, 0), (0.5, 0), (0.25, 0));
--> 0.666666666666667

-- 41. scipy/scipy #8977: two functions for the same KS statistic
SELECT ks(column1, column2) FROM (VALUES (1, 1), (1, 1), (2, 1), (2, 1), (1, 1), (3, 1), (2, 1), (4, 0), (5, 0), (7, 0), (2, 0), (5, 0), (2, 0), (4, 0));
--> 0.714285714285714

-- 42. pytorch/pytorch #22853: argmax of equal entries is the last
SELECT argmax('[3,3,3,3,3,3,3,3,3,3,3,3,3,3,3,3]'), argmax(0, 1, 1, 1);
--> 0|1

-- 43. tensorflow/tensorflow #13005: in_top_k counts every tied class as a hit
SELECT top_k_accuracy('[0, 0, 0, 0]', column1, 3) FROM (VALUES (0), (1), (2), (3));
--> 0.75

-- 44. blue-oil/blueoil #58: top-3 of tied probabilities
SELECT top_k_accuracy('[0.1639, 0.1967, 0.2131, 0.2295, 0.1967]', 4, 3), top_k_accuracy('[0.1639, 0.1967, 0.2131, 0.2295, 0.1967]', 1, 3);
--> 0.0|1.0

-- 45. ireydiak/anomaly_detection_NRCAN #10: a score equal to the threshold is negative
SELECT confusion_at(column1, column2, 1) FROM (VALUES (1, 1), (-1, 0), (1, 0));
--> {"tp":1,"fp":1,"tn":1,"fn":0}

-- 46. JackStat/ModelMetrics #33: confusion matrix and tnr disagree on a score at the cutoff
SELECT specificity_at(column1, column2, 0.5), recall_at(column1, column2, 0.5), accuracy_at(column1, column2, 0.5) FROM (VALUES (0.5, 1), (0.5, 0), (0.2, 0), (0.7, 1));
--> 0.5|1.0|0.75


-- == Weights and large counts ==

-- 47. scikit-learn/scikit-learn #9622: MCC 1.755 by int64 overflow at 100,000 rows
SELECT mcc(column1, column2, column3) FROM (VALUES (1, 1, 45000), (1, 0, 5000), (0, 0, 45000), (0, 1, 5000));
--> 0.8

-- 48. haifengl/smile #879: MCC −0.60 by int overflow
SELECT mcc_at(column1, column2, 0.5, column3) FROM (VALUES (1, 1, 50000), (1, 0, 5000), (0, 0, 50000), (0, 1, 5000));
--> 0.818181818181818

-- 49. sepandhaghighi/pycm #624: MCC 2976900914.97 for a matrix of 1e18
SELECT mcc_at(column1, column2, 0.5, column3) FROM (VALUES (1, 1, 1000000000000000000), (1, 0, 1000000000000000000), (0, 1, 1000000000000000000), (0, 0, 2));
--> -0.5

-- 50. pandas-ml/pandas-ml #105: math domain error for MCC of 204,767 rows
SELECT mcc(column1, column2, column3), kappa(column1, column2, column3) FROM (VALUES (0, 0, 5444), (1, 0, 19043), (2, 0, 3363), (0, 1, 5559), (1, 1, 108714), (2, 1, 8970), (0, 2, 3809), (1, 2, 35664), (2, 2, 14201));
--> 0.237030317196108|0.215839100599232

-- 51. JuliaAI/MLJBase.jl #571: product of four margins overflows
SELECT mcc_at(column1, column2, 0.5, column3) FROM (VALUES (1, 1, 100000), (1, 0, 3), (0, 0, 100000), (0, 1, 3));
--> 0.999940001799946

-- 52. dmlc/xgboost #7492: AUC above 1
SELECT roc_auc(column1, column2, column3), roc_auc(column1, column2, column3) <= 1 FROM (VALUES (0.9, 1, 0.1), (0.8, 1, 0.2), (0.7, 1, 0.7), (0.2, 0, 0.1), (0.1, 0, 0.3), (0.05, 0, 0.6));
--> 1.0|1

-- 53. scikit-learn/scikit-learn #6842: AUC wrong beyond 2^24 rows with float32 weights
SELECT roc_auc(column1, column2, column3) FROM (VALUES (1, 1, 16777217), (0.5, 0, 16777217), (0.4, 1, 1));
--> 0.999999940395362

-- 54. scikit-learn/scikit-learn #34975: counts rounded to float32
SELECT cutoff, tp + 0.0, fp + 0.0 FROM cutoff_curve((SELECT score_set(column1, column2, column3) FROM (VALUES (0.9, 1, 16777217), (0.5, 0, 33554433)))) ORDER BY cutoff DESC;
--> Inf|0.0|0.0
--> 0.9|16777217.0|0.0
--> 0.5|16777217.0|33554433.0

-- 55. scikit-learn/scikit-learn #16065: a row of weight 0 adds a point to the curve
SELECT * FROM pr_curve((SELECT score_set(column1, column2, column3) FROM (VALUES (0, 0, 1), (1, 0, 1), (0, 1, 1), (1, 1, 2), (2, 1, 0))));
--> Inf|1.0|0.0
--> 1.0|0.666666666666667|0.666666666666667
--> 0.0|0.6|1.0

-- 56. lightgbm-org/LightGBM #2359: a weight that is missing spoils the metric
SELECT roc_auc(column1, column2, column3), count(*) FROM (VALUES (0.9, 1, 1.0), (0.6, 0, 1.0), (0.8, 0, NULL), (0.3, 1, 1.0));
--> 0.5|4

-- 57. JiaxiongQ/DeepLiDAR #44: RMSE below MAE since squares of 16-bit integers overflow
SELECT mse(column1, column2), rmse(column1, column2), mae(column1, column2) FROM (VALUES (4000000000, 0), (0, 4000000000));
--> 1.6e+19|4000000000.0|4000000000.0


-- == Calibration ==

-- 58. Lightning-AI/torchmetrics #3510: confidence 1.0 in a bin of its own
SELECT ece(column1, column2, 10), mce(column1, column2, 10) FROM (VALUES (0.95, 1), (1.0, 0));
--> 0.475|0.475

-- 59. Lightning-AI/torchmetrics #1646: confidence 0 is out of bounds
SELECT ece(column1, column2, 2), mce(column1, column2, 2) FROM (VALUES (1.0, 0), (1.0, 0), (1.0, 1), (1.0, 1), (0.0, 1));
--> 0.6|1.0

-- 60. Lightning-AI/torchmetrics #1907: how many bins are two bins?
SELECT ece(column1, column2, 2) FROM (VALUES (0.25, 0), (0.25, 0), (0.55, 1), (0.75, 1), (0.75, 1));
--> 0.29

-- 61. Lightning-AI/torchmetrics #1744: perfectly calibrated 0 and 1 fail
SELECT ece(column1, column2, 15) FROM (VALUES (0.0, 0), (1.0, 1), (0.0, 0), (1.0, 1));
--> 0.0

-- 62. Lightning-AI/torchmetrics #1105: is a sure and wrong model well calibrated?
SELECT ece(column1, 1, 10) FROM (VALUES (0.01), (0.001), (0.005));
--> 0.994666666666667

-- 63. Khanz9664/TrustLens #144: quantile bins of equal probabilities collapse and fail
SELECT bin, rows, mean_score, positive_rate FROM calibration_curve((SELECT score_set(0.3, column1)
  FROM (VALUES (1), (0), (0), (1))), 5, 'quantile');
--> 0|4|0.3|0.5

-- 64. Khanz9664/TrustLens #163: calibration error 0 of a constant, wrong prediction
SELECT ece(0.9, column1), mce(0.9, column1) FROM (VALUES (0), (0), (0), (1));
--> 0.65|0.65

-- 65. scikit-learn/scikit-learn #9300: Brier score 1 for all labels 1 predicted as 1
SELECT brier(1, 1), brier(0, 0), brier(0, 1);
--> 0.0|0.0|1.0

-- 66. scikit-learn/scikit-learn #8459: Brier score 0.16 since one class is read as 0
SELECT brier(0.4, 1);
--> 0.36

-- 67. scikit-learn/scikit-learn #6980: Brier score fails when all labels are equal
SELECT brier(0.5, 0), brier(0.5, 1);
--> 0.25|0.25

-- 68. scikit-learn/scikit-learn #22046: Brier score of many classes
SELECT brier('[0.1, 0.8, 0.1]', 1), brier('[0.3, 0.3, 0.4]', 0);
--> 0.06|0.74


-- == Losses ==

-- 69. scikit-learn/scikit-learn #17399: log loss of a sure and wrong row depends on eps
SELECT log_loss(column1, column2) FROM (VALUES (1.0, 1), (1.0, 0), (0.0, 0), (0.0, 0));
--> 9.01091334727929

-- 70. scikit-learn/scikit-learn #24315: log loss NaN for float32 1.0
SELECT log_loss(1.0, 1), log_loss(1.0, 0);
--> 2.22044604925031e-16|36.0436533891172

-- 71. scikit-learn/scikit-learn #6703: log loss 1e-15 for labels that are all 1 and probabilities 0
SELECT log_loss(0, column1) FROM (VALUES (1), (1), (1));
--> 36.0436533891172

-- 72. scikit-learn/scikit-learn #4033: log loss fails when a class is missing from the labels
SELECT log_loss(column1, column2) FROM (VALUES ('[0.2, 0.3, 0.5]', 0), ('[0.6, 0.3, 0.1]', 2));
--> 1.95601150271407

-- 73. scikit-learn/scikit-learn #30910: log loss 36 since columns are sorted by label
SELECT log_loss(column1, column2) FROM (VALUES ('[0, 1]', 1), ('[1, 0]', 0))
UNION ALL SELECT log_loss(column1, column2) FROM (VALUES ('[1, 0]', 1), ('[0, 1]', 0));
--> 2.22044604925031e-16
--> 36.0436533891172

-- 74. yanyachen/MLmetrics #8: multi-class log loss wrong when a class does not occur
SELECT log_loss(column1, column2) FROM (VALUES ('[0.1, 0.3, 0.6]', 2), ('[0.1, 0.3, 0.6]', 0), ('[0.3, 0.4, 0.3]', 2));
--> 1.33912784036199

-- 75. myui/hivemall #289: log loss compared with the formula
SELECT log_loss(column1, column2) FROM (VALUES (0.01, 0), (0.02, 1));
--> 1.96103667064082

-- 76. pytorch/pytorch #13773: NaN with pos_weight 1 at logit −120
SELECT avg(bce_logits_loss(column1, column2)), avg(bce_logits_loss(column1, column2, 1)) FROM (VALUES (0.0, 0), (-120.0, 1));
--> 60.34657359028|60.34657359028

-- 77. pytorch/pytorch #102894: NaN for a logit of Infinity
SELECT bce_logits(column1, column2) FROM (VALUES (9e999, 1), (1.0, 0));
--> 0.656630843759111

-- 78. pytorch/pytorch #49844: NaN for a logit of −Infinity and target 0
SELECT bce_logits(-9e999, 0), bce_logits(-9e999, 1);
--> 0.0|Inf

-- 79. pytorch/pytorch #135359: NaN for −Infinity and target 0.9
SELECT bce_logits(-9e999, 0.9), bce_logits(-9e999, 0);
--> Inf|0.0

-- 80. pytorch/pytorch #2221: inf for logit −100 and target 0
SELECT bce_logits(-100, 0);
--> 3.72007597602084e-44

-- 81. huggingface/candle #2561: NaN for high logits
SELECT bce_logits(40, 1), bce_logits(1000, 0);
--> 4.24835425529159e-18|1000.0

-- 82. pytorch/pytorch #24933: BCELoss and the logits form disagree at the ends
SELECT bce(0, 1), bce_logits(-1000, 1), bce(1, 1);
--> 100.0|1000.0|0.0

-- 83. google-deepmind/optax #896: NaN for logit −inf at a class of target 0
SELECT cross_entropy_logits('[-9e999, 0]', '[0, 1]');
--> 0.0

-- 84. tensorflow/tensorflow #21271: infinite loss of soft labels at large logits
SELECT cross_entropy_logits('[-4885.4614, 4878.027]', '[0.2, 0.8]');
--> 1952.69768

-- 85. OpenBMB/ModelCenter #14: NaN from 0·log 0
SELECT entropy('[1, 0]'), kl_divergence('[1, 0]', '[1, 0]'), cross_entropy('[0, 1]', '[0, 1]');
--> 0.0|0.0|0.0

-- 86. drostlab/philentropy #1: JSD NaN where a probability is 0
SELECT js_divergence('[0.3, 0.3, 0.4]', '[0.5, 0.5, 0]');
--> 0.16389659003356

-- 87. scipy/scipy #20083: NaN: the root of a tiny negative divergence
SELECT js_divergence('[0.33252987542091794, 0.6674701245790821]', '[0.3322915905578511, 0.6677084094421489]') > 0, printf('%.3e', js_divergence('[0.33252987542091794, 0.6674701245790821]', '[0.3322915905578511, 0.6677084094421489]'));
--> 1|3.198e-08

-- 88. JuliaStats/Distances.jl #170: negative divergence
SELECT js_divergence('[0.1, 0.2, 0.7]', '[0.1, 0.2, 0.7]'), kl_divergence('[0.1, 0.2, 0.7]', '[0.1, 0.2, 0.7]');
--> 0.0|0.0


-- == Activations ==

-- 89. HenrikBengtsson/matrixStats #84: logSumExp(−Inf, −Inf) is NaN
SELECT log_sum_exp(column1) FROM (VALUES (-9e999), (-9e999));
--> -Inf

-- 90. stan-dev/posterior #399: log_sum_exp(Inf) is NaN
SELECT log_sum_exp(9e999), log_sum_exp(-9e999);
--> Inf|-Inf

-- 91. sims1253/bayesfam #33: logsumexp(Inf, 0) is NaN
SELECT log_sum_exp(column1) FROM (VALUES (9e999), (0));
--> Inf

-- 92. JuliaStats/StatsFuns.jl #100: NaN for a column of −Inf beside others
SELECT g, log_sum_exp(z) FROM (SELECT column1 AS g, column2 AS z FROM (VALUES (1, -15), (1, -9e999), (2, -10), (2, -9e999), (3, -9e999), (3, -9e999)))
 GROUP BY g;
--> 1|-15.0
--> 2|-10.0
--> 3|-Inf

-- 93. pytorch/pytorch #6864: softmax NaN for one Inf
SELECT softmax_at(0, 9e999, 1), softmax_at(-9e999, 0, 9e999, 2), log_softmax_at(0, 9e999, 0), log_softmax_at(0, 9e999, 1);
--> 1.0|1.0|-Inf|0.0

-- 94. FluxML/NNlib.jl #206: softmax([Inf, 1]) is NaN
SELECT softmax_at(9e999, 1, 0), softmax_at(9e999, 1, 1);
--> 1.0|0.0

-- 95. jax-ml/jax #21495: softmax([inf, 0, inf])
SELECT softmax_at(9e999, 0, 9e999, 0), softmax_at(9e999, 0, 9e999, 1);
--> 0.5|0.0

-- 96. pytorch/pytorch #106545: softmax of −Inf only
SELECT softmax_at(-9e999, -9e999, 0);
--> 0.5

-- 97. scipy/scipy #23225: softmax NaN for very large values
SELECT softmax_at(1, 1, 1e100, 2), softmax_at(1, 1, 1e100, 0);
--> 1.0|0.0

-- 98. dotnet/machinelearning #3648: softmax NaN at scores of 90
SELECT softmax_at(90, 2, -2, 0), softmax_at(90, 2, -2, 1);
--> 1.0|6.05460189540119e-39

-- 99. clab/dynet #1525: sigmoid NaN or 0.5 on large inputs
SELECT sigmoid(3212.5393), sigmoid(-1662.7269), sigmoid(89), sigmoid(-0.5);
--> 1.0|0.0|1.0|0.377540668798145

-- 100. pytorch/pytorch #1835: logsigmoid(−300) is −inf
SELECT log_sigmoid(-300), log_sigmoid(300);
--> -300.0|-5.14820022241201e-131

-- 101. rushter/MLAlgorithms #30: softplus(1e10) is inf
SELECT softplus(1e10);
--> 10000000000.0

-- 102. rushter/MLAlgorithms #31: the mended softplus divides by 0 for negative inputs
SELECT softplus(-1000), softplus(-700);
--> 0.0|9.85967654375977e-305

-- 103. sonots/cumo #481: softplus is 0 at −37
SELECT softplus(-37), softplus(-17);
--> 8.53304762574407e-17|4.13993763308975e-08


-- == Regression ==

-- 104. scikit-learn/scikit-learn #16857: r2 of a constant target
SELECT r2(column1, column2) FROM (VALUES (-1.0, -1.0), (-1.0, -1.0), (-1.0, -1.0), (-0.9999999999999998, -1.0))
UNION ALL SELECT r2(column1, column2) FROM (VALUES (-1.0, -1.0), (-1.0, -1.0), (-1.0, -1.0), (-1.0, -1.0));
--> 0.0
--> 1.0

-- 105. huggingface/evaluate #803: r2 −inf or NaN of a constant target
SELECT r2(column1, column2), r2(column2, 5), r2(5, 5) FROM (VALUES (1.1, 1), (2.1, 2), (2.9, 3), (4.2, 4));
--> 0.986|0.0|1.0

-- 106. Lightning-AI/torchmetrics #1573: r2 82685 for a nearly constant target
SELECT r2(column1, column2) FROM (VALUES (-3.9865, -5.1608), (-5.4648, -5.1609), (-5.0238, -5.1608), (-4.3899, -5.1608), (-5.6672, -5.1608), (-4.7336, -5.1608));
--> -302799876.201412

-- 107. Lightning-AI/torchmetrics #3077: r2 above 1 for targets near −311,030
SELECT r2(-311030.0, column1) FROM (VALUES (-311026.9062), (-311019.5938), (-311029.6875), (-311036.1875), (-311035.0938), (-311037.9062));
--> -0.0200727109356054

-- 108. pytorch/ignite #3836: r2 0.89 for 0.99 where the mean is large
SELECT r2(column1, column2) FROM (VALUES (100000001.1, 100000001.0), (100000002.1, 100000002.0), (100000003.1, 100000003.0), (100000004.1, 100000004.0), (100000005.1, 100000005.0));
--> 0.995000000596046

-- 109. ClickHouse/ClickHouse #10532: a variance slightly below 0
WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 1000)
SELECT r2(0.2, 0.1), r2(0.1, 0.1) FROM r;
--> 0.0|1.0

-- 110. prestodb/presto #23447: the spread of a constant is not 0 when partial results are merged
WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 300)
SELECT r2(s) FROM (SELECT r2_state(6523763181031201, 6523763181031200) AS s FROM r GROUP BY i % 7);
--> 0.0


-- == Classes ==

-- 111. Lightning-AI/torchmetrics #1664: macro F1 falls with the number of classes declared
SELECT f1_macro(column1, column2) FROM (VALUES (2, 2), (1, 1), (0, 0), (1, 0));
--> 0.777777777777778

-- 112. Lightning-AI/torchmetrics #300: macro F1 0.5 when all is right and one class absent
SELECT f1_macro(column1, column2), precision_macro(column1, column2), recall_macro(column1, column2) FROM (VALUES (0, 0), (0, 0));
--> 1.0|1.0|1.0

-- 113. meta-pytorch/torcheval #176: macro F1 leaves out a class that is never predicted
SELECT f1_macro(column1, column2) FROM (VALUES (2, 2), (1, 1), (0, 0), (1, 4));
--> 0.666666666666667

-- 114. scikit-learn-contrib/hiclass #133: macro F1 fails on 0/0
SELECT f1_macro(column2, column1) FROM (VALUES (0, 1), (1, 1));
--> 0.333333333333333

-- 115. Lightning-AI/torchmetrics #403: macro F1 over eleven classes, five of which occur
SELECT f1_macro(column1, column2), f1_micro(column1, column2) FROM (VALUES (7, 8), (5, 10), (5, 5), (7, 2));
--> 0.133333333333333|0.25

-- 116. haifengl/smile #877: macro F1 as F1 of mean precision and mean recall
SELECT f1_macro(column1, column2, column3), f1_weighted(column1, column2, column3) FROM (VALUES (0, 0, 4), (1, 0, 6), (1, 1, 2), (2, 2, 3));
--> 0.657142857142857|0.634285714285714

-- 117. scikit-learn/scikit-learn #9609: micro F1 is accuracy
SELECT f1_micro(column1, column2), accuracy(column1, column2), precision_micro(column1, column2) FROM (VALUES (0, 0), (1, 2), (2, 2), (2, 1), (1, 1));
--> 0.6|0.6|0.6

-- 118. scikit-learn/scikit-learn #26892: macro recall where a predicted class has no rows
SELECT recall_macro(column2, column1) FROM (VALUES (1, 1), (1, 2));
--> 0.25

-- 119. rasbt/mlxtend #762: balanced accuracy of 0 and 1
SELECT balanced_accuracy_at(column2, column1, 0.5) FROM (VALUES (0, 0), (0, 0), (0, 1), (0, 1), (1, 1), (1, 1));
--> 0.75

-- 120. evidentlyai/evidently #1840: class names that look like numbers beside words
SELECT accuracy(column2, column1), recall_macro(column2, column1) FROM (VALUES ('foo', 'foo'), ('bar', 'bar'), ('fun', 'fun'), ('foo', 'bar'), ('fun', 'fun'), ('foo', 'fun'), ('101', '101'), ('102', '101'));
--> 0.625|0.666666666666667

-- 121. TwoRavens/TwoRavens #162: numbers against their text double the classes
SELECT accuracy(column1, column2), count(DISTINCT class) FROM (VALUES ('0', 0), ('1', 1), ('1', 0)), (SELECT class FROM class_table((SELECT class_set(column1, column2) FROM (VALUES ('0', 0), ('1', 1), ('1', 0)))));
--> 0.666666666666667|2

-- 122. NVIDIA/cuml #3567: confusion matrix refuses float labels
SELECT accuracy(column2, column1), kappa(column2, column1) FROM (VALUES (0.0, 0), (1.0, 1), (0.0, 1));
--> 0.666666666666667|0.4

-- 123. EducationalTestingService/skll #549: kappa of text classes
SELECT kappa(column1, column2) FROM (VALUES ('a', 'a'), ('b', 'b'), ('a', 'c'), ('c', 'c'));
--> 0.636363636363636

-- 124. catboost/catboost #1447: what weights does weighted kappa have?
SELECT kappa_quadratic(column1, column2), kappa_linear(column1, column2) FROM (VALUES (0, 0), (1, 1), (2, 2), (2, 0), (0, 1), (1, 1));
--> 0.285714285714286|0.4

-- 125. apache/incubator-hivemall #107: F1 of both classes against F1 of class 1
SELECT f1_micro(column2, column1), f1_at(column2, column1, 0.5) FROM (VALUES (1, 0), (0, 1), (0, 0), (1, 1), (0, 1), (0, 0));
--> 0.5|0.4

-- 126. apache/incubator-hivemall #52: AUC of a small table
SELECT roc_auc(column1, column2) FROM (VALUES (0.5, 0), (0.3, 1), (0.2, 0), (0.8, 1), (0.7, 1));
--> 0.833333333333333


-- == Curves ==

-- 127. asappresearch/flambe #52: partial AUC 0 between two points of the curve
SELECT partial_roc_auc(column1, column2, 0.2) FROM (VALUES (0.4, 1), (0.3, 0), (0.2, 1), (0.1, 0));
--> 0.722222222222222

-- 128. evalclass/precrec #26: which standardisation has a partial AUC?
SELECT partial_roc_auc(column1, column2, 0.5) FROM (VALUES (0.9, 1), (0.8, 0), (0.7, 1), (0.6, 0));
--> 0.666666666666667

-- 129. microsoft/SynapseML #2635: area under the PR curve against average precision
SELECT pr_auc(column1, column2), average_precision(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> 0.791666666666667|0.833333333333333

-- 130. apache/spark #19038: the first point (0, 1) of a PR curve misleads
SELECT * FROM pr_curve((SELECT score_set(column1, column2) FROM (VALUES (0.9, 0), (0.5, 1))));
--> Inf|1.0|0.0
--> 0.9|0.0|0.0
--> 0.5|0.5|1.0

-- 131. biolab/orange3 #5056: a lift curve that shows no lift
SELECT row_share, gain, lift FROM lift_curve((SELECT score_set(column1, column2) FROM (VALUES (0.9, 1), (0.8, 1), (0.7, 0), (0.1, 0))), 2);
--> 0.5|1.0|2.0
--> 1.0|1.0|1.0

-- 132. neuml/txtai #222: JSON with NaN or Inf is malformed
--@ needs 3.38
SELECT json_valid(m), m ->> '$.cutoff' FROM (SELECT best_cutoff_metrics(0.3, 0, 'accuracy') AS m);
--> 1|Inf


-- == Batches, windows, merging ==

-- 133. keras-team/keras #4592: recall averaged over batches
SELECT recall_at(s), avg(r) FROM (SELECT recall_at_state(column3, column2, 0.5) AS s, coalesce(recall_at(column3, column2, 0.5), 0) AS r
  FROM (VALUES (1, 0, 0), (1, 0, 1), (2, 1, 0), (2, 1, 1)) GROUP BY column1);
--> 0.5|0.25

-- 134. greenplum-db/gpdb #3508: 1e100 leaves the window and takes the 1 with it
SELECT mae(column2, 0) OVER (ORDER BY column1 ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
  FROM (VALUES (1, 1e100), (2, 1.0));
--> 5.0e+99
--> 1.0

-- 135. apache/doris #68113: 2^54 leaves the frame and distorts the mean
SELECT mae(column2, 0) OVER (ORDER BY column1 ROWS 1 PRECEDING) FROM (VALUES (1, 18014398509481984.0), (2, 1.0), (3, 1.0));
--> 1.8014398509482e+16
--> 9.00719925474099e+15
--> 1.0

-- 136. StarRocks/starrocks #34607: a window sum is not 0 once the numbers have left
SELECT mae(column2, 0) OVER (ORDER BY column1 ROWS 1 PRECEDING) FROM (VALUES (1, 1388), (2, 3353.6), (3, 0), (4, 0), (5, 0));
--> 1388.0
--> 2370.8
--> 1676.8
--> 0.0
--> 0.0

-- 137. duckdb/duckdb #965: a rolling sum takes the whole table
SELECT mae(column2, 0) OVER (ORDER BY column1 ROWS 1 PRECEDING)
  FROM (VALUES (1, 21.0), (2, 21.0), (3, 22.8), (4, 21.4), (5, 18.7), (6, 18.1));
--> 21.0
--> 21.0
--> 21.9
--> 22.1
--> 20.05
--> 18.4

-- 138. duckdb/duckdb #23641: a frame past the end underflows
SELECT mae(column1, 0) OVER (ORDER BY column1 ROWS BETWEEN 2 FOLLOWING AND 2 FOLLOWING) FROM (VALUES (1), (2), (3));
--> 3.0
-->
-->

-- 139. duckdb/duckdb #24985: a whole-partition window differs from its one row
WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 5000)
SELECT count(*) FROM (SELECT i, mae(i, 0) OVER (PARTITION BY i ORDER BY 'abc' RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS m FROM r) AS w
 WHERE m <> i;
--> 0

-- 140. duckdb/duckdb #4270: a mean changes with the order of rows
SELECT (SELECT mae(x, 0) FROM (SELECT column1 AS x FROM (VALUES (4507.516667), (0.6), (4508.116667), (1e16), (0.733333), (-1e16)) ORDER BY x))
     = (SELECT mae(x, 0) FROM (SELECT column1 AS x FROM (VALUES (-1e16), (0.733333), (1e16), (4508.116667), (0.6), (4507.516667)) ORDER BY abs(x)));
--> 1

-- 141. apache/mxnet #9830: macro F1 depends on the size of the batch
SELECT f1_macro(s) FROM (SELECT f1_macro_state(column2, column3) AS s
  FROM (VALUES (1, 0, 0), (1, 1, 0), (2, 1, 1), (2, 2, 1), (3, 2, 2), (3, 2, 2)) GROUP BY column1);
--> 0.655555555555556


-- == Numbers and text ==

-- 142. asg017/sqlite-vec #168: 0.200 is no number where the decimal mark is a comma
SELECT vector_at('[0.200]', 0), argmax('[1.1, 2.2, 3.3]'), brier('0.25', 1);
--> 0.2|2|0.5625

-- 143. asg017/sqlite-vss #76: what numbers are in a BLOB of float32?
SELECT vector_at(x'cdcccc3dcdcc4c3e9a99993e', 0), vector_at(x'cdcccc3dcdcc4c3e9a99993e', 1), vector_at(x'cdcccc3dcdcc4c3e9a99993e', 2);
--> 0.100000001490116|0.200000002980232|0.300000011920929

-- 144. HomericIntelligence/Odyssey #3686: float labels read as integers by their bits
SELECT accuracy(1.0, 1), accuracy(2.0, 1), recall_at(0.9, 1.0, 0.5);
--> 1.0|0.0|1.0


-- == Messages: what is refused, and what it says ==

-- 145. asg017/sqlite-vec #201: a vector of no numbers
SELECT vector_at(x'', 0);
--! vector_at: vector must have at least one element, got a BLOB of 0 bytes

-- 146. JuliaStats/Distances.jl #259: a NaN among probabilities gives a negative divergence
SELECT kl_divergence('[NaN, 0.1]', '[0.5, 0.5]');
--! kl_divergence: element 0 of P must be a number, got text '[NaN, 0.1]'

-- 147. scikit-learn/scikit-learn #8487: rows of unequal length
SELECT bce_logits('[1, 2, 3]', '[1, 0]');
--! bce_logits: logits has 3 elements, but targets has 2

-- 148. scikit-learn/scikit-learn #18307: a positive label guessed among texts
SELECT brier(0.7, 'pos');
--! brier: label must be 0 or 1, got text 'pos'; to_label(label) reads true, yes and the like, and words for missing values; input_problems(prob, label) counts all that is wrong

-- 149. scikit-learn/scikit-learn #15412: which of the labels −1 and 1 is positive is inferred
SELECT brier(0.7, -1);
--! brier: label must be 0 or 1, got -1; CASE to_number(label) WHEN -1 THEN NULL ELSE label END if it stands for a missing value, (to_number(label) + 1) / 2 if the classes are -1 and 1, to_number(label) > 0 if the numbers above 0 are positive and all others negative

-- 150. scikit-learn/scikit-learn #13043: recall of a curve without positives
SELECT recall IS NULL FROM pr_curve((SELECT score_set(0.5, 0))) WHERE cutoff = 9e999;
--> 1

-- 151. JuliaArrays/StaticArrays.jl #975: a norm of small numbers underflows to 0
SELECT r2(x, y), r2(big_x, big_y) FROM (SELECT 1e-200 * column1 AS x, 1e-200 * column2 AS y, 1e200 * column1 AS big_x, 1e200 * column2 AS big_y
  FROM (VALUES (1, 2), (4, 4)));
--> 0.5|0.5


-- == Ranking, association, many classes, tests ==

-- 152. usnistgov/trec_eval #22: NDCG depends on the names of tied documents
SELECT ndcg(column1, column2) FROM (VALUES (1, 1), (1, 0));
--> 0.815464876785729

-- 153. elixir-nx/scholar #360: tied scores sorted in the model's favour: NDCG 1.0
SELECT ndcg(1, column1), ndcg(column2, column1), ndcg(column3, column1) FROM (VALUES (10, 1, 0.1), (0, 1, 0.2), (0, 1, 0.3), (1, 0.5, 4), (5, 0.5, 70));
--> 0.690978533451844|0.699812015449946|0.695694044381307

-- 154. cvangysel/pytrec_eval #56: MAP and NDCG 1.0 for one relevant among three ties
SELECT average_precision_at_k(column1, column2, 3), ndcg(column1, column2) FROM (VALUES (1, 0), (1, 0), (1, 1));
--> 0.611111111111111|0.710309917857152

-- 155. terrierteam/ir_measures #18: P@1 of two ties is 1 or 0 by document id
SELECT precision_at_k(0, column1, 1) FROM (VALUES (0), (1));
--> 0.5

-- 156. embeddings-benchmark/mteb #5092: a constant scorer has MRR@10 of 1.0
WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < 20) SELECT reciprocal_rank_at_k(0, i = 13, 10) FROM i;
--> 0.146448412698413

-- 157. deepset-ai/haystack #7758: MAP and MRR for several relevant documents
WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < 10) SELECT average_precision_at_k(-i, i IN (1, 2, 3, 4, 7), 10), reciprocal_rank(-i, i IN (1, 2, 3, 4, 7)) FROM i;
--> 0.942857142857143|1.0

-- 158. AmenRa/ranx #30: MRR@1 is not recall@1
SELECT recall_at_k(column1, column2, 1), reciprocal_rank_at_k(column1, column2, 1) FROM (VALUES (0.9, 1), (0.8, 0), (0.7, 1), (0.6, 1));
--> 0.333333333333333|1.0

-- 159. Jyonn/Legommenders #19: MRR computed as label ranking average precision
SELECT reciprocal_rank(column1, column2), label_ranking_average_precision('[0.9, 0.8, 0.6, 0.4]', '[1, 0, 0, 1]') FROM (VALUES (0.9, 1), (0.8, 0), (0.6, 0), (0.4, 1));
--> 1.0|0.75

-- 160. scikit-learn/scikit-learn #17639: NDCG 396 for negative relevances
SELECT ndcg(0.5, -0.89);
--! ndcg: relevance must be finite and >= 0, got -0.89

-- 161. pytorch/ignite #3740: Pearson 0.0 at an offset of 10⁸
SELECT pearson(1e8 + column1, 1e8 + 2 * column1) FROM (VALUES (1), (2), (3), (4), (5));
--> 1.0

-- 162. Lightning-AI/torchmetrics #1725: Pearson NaN where the values are close
SELECT pearson(column1, column2) FROM (VALUES ('0.4746', '0.0336'), ('0.4805', '0.3676'), ('0.4766', '0.6302'), ('0.4805', '0.7192'), ('0.4766', '0.2295'), ('0.4805', '0.2886'), ('0.4785', '0.6302'), ('0.4824', '0.7096'), ('0.4805', '0.0208'));
--> 0.370038175737165

-- 163. facebookincubator/velox #7204: corr 0.999… of two equal columns
SELECT pearson(column1, column2) FROM (VALUES (0, 0), (1, 1));
--> 1.0

-- 164. CamDavidsonPilon/lifelines #236: NaN or 1.0 for tied event times
SELECT concordance_index(column1, column2, 1), concordance_index(column1, 1, 1) FROM (VALUES (1, 1), (2, 1), (3, 2));
--> 1.0|

-- 165. derrynknife/SurPyval #276: half a point for an event and a censored row at one time
SELECT concordance_index(-column1, 5, column2) FROM (VALUES (0.1, 1), (0.9, 0));
--> 0.0

-- 166. SauersML/gam #3538: tied events count half, event against censored not at all
SELECT concordance_index(-column3, column1, column2) FROM (VALUES (1, 1, 5), (2, 1, 4), (2, 1, 1), (2, 0, 3), (3, 0, 2));
--> 0.75

-- 167. timeseriesAI/tsai #524: MAPE negative for negative targets
SELECT mape(-1.1, -1);
--> 0.1

-- 168. uber/causalml #1050: SMAPE NaN from one row 0/0
SELECT smape(column2, column1) FROM (VALUES (0, 0), (2, 1.8), (0, 0.5), (8, 7));
--> 0.559649122807018

-- 169. scikit-learn/scikit-learn #15007: MAPE of the example in the discussion
SELECT mape(column2, column1) FROM (VALUES (1, 0.8), (10, 1.2), (100, 80));
--> 0.426666666666667

-- 170. apache/datafusion #19322: a median of integers overflows
SELECT median_absolute_error(column1, 0) FROM (VALUES (-85), (-56));
--> 70.5

-- 171. nalgeon/sqlean #107: is the 75th percentile an integer?
SELECT quantile_absolute_error(column1, 0, 0.75) FROM (VALUES (1), (2), (3), (4), (9));
--> 4.0

-- 172. orientechnologies/orientdb #6920: every percentile is the maximum
SELECT median_absolute_error(column1, 0), quantile_absolute_error(column1, 0, 0.9) FROM (VALUES (255), (168), (125), (11102), (59), (120), (500), (2), (98), (25));
--> 122.5|1560.2

-- 173. scikit-learn/scikit-learn #26892: balanced accuracy is not macro recall
SELECT balanced_accuracy(column1, column2) FROM (VALUES (1, 1), (2, 1));
--> 0.5

-- 174. scikit-learn/scikit-learn #7698: coverage error 2.5 or 1.5
SELECT coverage_error(column1, column2) FROM (VALUES ('[0.75, 0.5, 1]', '[1, 0, 0]'), ('[1, 0.2, 0.1]', '[0, 0, 1]'));
--> 2.5

-- 175. scikit-learn/scikit-learn #9773: ranking loss of a tie
SELECT label_ranking_loss('[1, 1]', '[1, 0]');
--> 1.0

-- 176. tidymodels/yardstick #171: a class that does not occur in a macro AUC
SELECT roc_auc_ovr_macro(column1, column2) FROM (VALUES ('[0.52, 0.38, 0.1]', 0), ('[0.2, 0.7, 0.1]', 1), ('[0.5, 0.4, 0.1]', 1), ('[0.55, 0.35, 0.1]', 1));
--> 0.666666666666667

-- 177. scipy/scipy #9786: KS p-values of small samples
--@ needs 3.30
SELECT json_extract(ks_test(column1, column2), '$.p_value'), json_extract(ks_test(column1, column2) FILTER (WHERE column1 < 2), '$.p_value'), (SELECT json_extract(ks_test(column1, column1 < 3), '$.p_value') FROM (VALUES (1), (2), (3), (4), (5), (6))) FROM (VALUES (0, 0), (1, 1), (2, 1));
--> 0.666666666666667|1.0|0.133333333333333

-- 178. scipy/scipy #12999: KS p-value 1.0 for samples far apart
WITH RECURSIVE i(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM i WHERE i < 4999) SELECT json_extract(ks_test(i < 2000, i < 2000), '$.p_value') FROM i;
--> 0.0

-- 179. rasbt/mlxtend #851: exact McNemar p-value above 1
WITH RECURSIVE i(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM i WHERE i < 9) SELECT json_extract(mcnemar_test(i < 5, i >= 5, 1), '$.p_value') FROM i;
--> 1.0

-- 180. szcf-weiya/ESL-CN #214: McNemar with and without correction
WITH RECURSIVE i(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM i WHERE i < 50) SELECT json_extract(j, '$.statistic'), json_extract(j, '$.p_value') FROM (SELECT mcnemar_test(i < 33, i >= 33, 1) AS j FROM i);
--> 3.84313725490196|0.0488738923182703

-- 181. canlab/CanlabCore #9: binomial p-value above 1
SELECT json_extract(binomial_test(2, 4, 0.5), '$.p_value');
--> 1.0

-- 182. JuliaStats/HypothesisTests.jl #126: Mann–Whitney p-value 1.07
SELECT json_extract(j, '$.p_value'), json_extract(j, '$.statistic') FROM (SELECT mann_whitney_test(column1, column2) AS j FROM (VALUES (1.34937, 1), (1.75722, 1), (0.276514, 1), (1.04546, 1), (1.69085, 1), (0.738085, 1), (2.36313, 1), (2.62325, 0), (1.16533, 0), (1.1327, 0), (0.728714, 0)));
--> 1.0|14.0

-- 183. xrobin/pROC #27: DeLong interval NaN with one row in a class
SELECT json_extract(j, '$.value'), json_extract(j, '$.low'), json_extract(j, '$.high') FROM (SELECT roc_auc_ci(column1, column2) AS j FROM (VALUES (0, 0), (1, 1)));
--> 1.0||

-- 184. Khanz9664/TrustLens #163: quantile ECE 0 of a constant prediction
SELECT ece(0.9, column1, 5, 'quantile') FROM (VALUES (0), (0), (0), (1));
--> 0.65

-- 185. ludwig-ai/ludwig #2234: r2 of one row
SELECT r2(1, 2);
-->
