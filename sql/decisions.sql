-- Decisions: binary classification at one cutoff.
--
-- For all functions of this page:
--   * A row is predicted positive if score >= cutoff. tp, fp, tn and fn count the true positives, false
--     positives, true negatives and false negatives.
--   * f(score, label, cutoff[, weight]). The score is any number; a probability of 0.5 corresponds to a logit
--     of 0. The label is 0 or 1. The cutoff may differ from row to row.
--   * A row with a NULL argument is left out. A ratio 0/0 is NULL; coalesce(…, 0) turns it into 0.
--   * With weights, tp, fp, tn and fn are exact sums of weights. A row with weight 0 does not count.
--   * A ratio is the exact fraction of these four numbers, rounded once: equal fractions give equal results.
--   * Memory and time for each row are O(1), also in a window. In a window each value has the bits of a fresh
--     computation.
--   * f_state(…) saves the four numbers, and f(state) reads the state of any function of this page. f(set,
--     cutoff) reads a score set, at any cutoff. A state holds decisions already taken: states saved at different
--     cutoffs merge without an error; see saved_states.sql.
.load build/mlmetrics

-- The examples use the flights (label 1: left at least 15 minutes late) and these rows. At cutoff 0.5 they
-- have tp 2, fp 2, tn 1 and fn 1. The last row has no score and is left out.
CREATE TEMP TABLE six(score, label);
INSERT INTO six VALUES (0.9, 1), (0.7, 0), (0.6, 1), (0.5, 0), (0.4, 1), (0.1, 0), (NULL, 1);


-- f1_at(score, label, cutoff[, weight])
--
-- F1 = 2tp/(2tp+fp+fn), the harmonic mean of precision and recall. It is 0 if there are errors and no true
-- positives, and NULL only if tp, fp and fn are all 0.
SELECT f1_at(score, label, 0.5), f1_at(score, label, 0.95), f1_at(score, label, 0.5, 3) FROM six;
--> 0.571428571428571|0.0|0.571428571428571
SELECT f1_at(0.2, 0, 0.5) IS NULL, f1_at(0.2, 1, 0.5);
--> 1|0.0
SELECT model, f1_at(score, label, 0.5), f1_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.110972956170345|0.388137031578007
--> logistic|0.0103678929765886|0.372915393346721

-- A logit of 0 is a probability of 0.5, so the results are the same:
SELECT f1_at(logit, label, 0) IS f1_at(score, label, 0.5) FROM flights;
--> 1

-- Join a cutoff for each segment. Here each model has its own, and the result is over both models:
WITH cutoffs(model, cutoff) AS (VALUES ('boosted', 0.2142), ('logistic', 0.2107))
SELECT f1_at(score, label, cutoff) FROM flights JOIN cutoffs USING (model);
--> 0.38280562361729

SELECT f1_at(score, label, 'half') FROM six;
--! f1_at: cutoff must be a number, got text 'half'; if that is a column, write its name without quotes; if it is the header of a CSV file, delete its row
SELECT f1_at(label, score, 0.5) FROM six;
--! f1_at: label must be 0 or 1, got 0.9; are score, label and cutoff in this order? (the score here is a 0 or 1)
SELECT f1_at(score, label) FROM six;
--! f1_at: call it as f1_at(score, label, cutoff[, weight]), or with a saved state; got 2 arguments, the first 0.9


-- jaccard_at(score, label, cutoff[, weight])
--
-- The Jaccard index tp/(tp+fp+fn), or intersection over union. It is F / (2 - F), with F for f1_at, so one cutoff is
-- the best for both. NULL only if tp, fp and fn are all 0.
SELECT jaccard_at(score, label, 0.5), jaccard_at(score, label, 0.95), jaccard_at(0.2, 0, 0.5) IS NULL FROM six;
--> 0.4|0.0|1
SELECT model, jaccard_at(score, label, best) FROM flights
  JOIN (SELECT model, best_cutoff(score, label) AS best FROM flights GROUP BY model) USING (model) GROUP BY model;
--> boosted|0.243817971930251
--> logistic|0.230137455084697
SELECT best_cutoff(score, label, 'jaccard') FROM six;
--! best_cutoff: objective cannot be text 'jaccard'; the cutoff that is best for f1 is best for it, too; it must be one of 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', 'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'


-- precision_at(score, label, cutoff[, weight])
--
-- tp/(tp+fp): the share of the predicted positives that are positive. NULL if no row is predicted positive.
SELECT precision_at(score, label, 0.5), precision_at(score, label, 0.95) IS NULL FROM six;
--> 0.5|1
SELECT coalesce(precision_at(score, label, 0.95), 0) FROM six;
--> 0
SELECT model, precision_at(score, label, 0.5), precision_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.686538461538462|0.263732928679818
--> logistic|0.46969696969697|0.251353578154426


-- recall_at(score, label, cutoff[, weight])
--
-- tp/(tp+fn): the share of the positives that are predicted positive, also called sensitivity or true
-- positive rate. NULL if there are no positives.
SELECT recall_at(score, label, 0.5), recall_at(score, label, 0.95) FROM six;
--> 0.666666666666667|0.0
SELECT model, recall_at(score, label, 0.5), recall_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.060365235035509|0.734697328373351
--> logistic|0.00524179912073047|0.722184646601285


-- specificity_at(score, label, cutoff[, weight])
--
-- tn/(tn+fp): the share of the negatives that are predicted negative, which is 1 - false positive rate. NULL
-- if there are no negatives.
SELECT specificity_at(score, label, 0.5), specificity_at(1, 1, 0.5) IS NULL FROM six;
--> 0.333333333333333|1


-- accuracy_at(score, label, cutoff[, weight])
--
-- (tp+tn)/rows: the share of correct predictions.
SELECT accuracy_at(score, label, 0.5) FROM six;
--> 0.5

-- If positives are rare, accuracy says little: predicting that no flight is late is correct for 81 % of them.
SELECT accuracy_at(score, label, 0.5), accuracy_at(score, label, 9e999) FROM flights WHERE model = 'boosted';
--> 0.812095529056207|0.80572254525147


-- error_rate_at(score, label, cutoff[, weight])
--
-- (fp+fn)/rows: the share of wrong predictions.
SELECT error_rate_at(score, label, 0.5) FROM six;
--> 0.5


-- balanced_accuracy_at(score, label, cutoff[, weight])
--
-- (recall + specificity)/2: the accuracy if both classes were equally frequent; 0.5 is chance. NULL if a
-- class is missing.
SELECT balanced_accuracy_at(score, label, 0.5), balanced_accuracy_at(1, 1, 0.5) IS NULL FROM six;
--> 0.5|1
SELECT model, balanced_accuracy_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.620070154788869
--> logistic|0.601765866742564


-- mcc_at(score, label, cutoff[, weight])
--
-- Matthews correlation coefficient of prediction and label, -1 to 1; 0 is chance. NULL if a class is missing
-- or is never predicted.
SELECT mcc_at(score, label, 0.5), mcc_at(score, label, 0.6), mcc_at(score, label, 0) IS NULL FROM six;
--> 0.0|0.333333333333333|1
SELECT model, mcc_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.190668614744097
--> logistic|0.162154035237538


-- youden_at(score, label, cutoff[, weight])
--
-- Youden's J = recall + specificity - 1, -1 to 1; 0 is chance. NULL if a class is missing.
SELECT youden_at(score, label, 0.5), youden_at(score, label, 0.6) FROM six;
--> 0.0|0.333333333333333


-- dot_at(score, label, cutoff[, weight])
--
-- Sum of label times prediction, which is tp: INTEGER without weights, REAL with weights. It is 0 if there
-- are no true positives, and NULL without rows.
SELECT dot_at(score, label, 0.5), dot_at(score, label, 0.95), dot_at(score, label, 0.5, 1) FROM six;
--> 2|0|2.0
SELECT dot_at(NULL, 1, 0.5) IS NULL;
--> 1


-- fbeta_at(score, label, cutoff, beta[, weight])
--
-- F-beta = (1+b²)tp/((1+b²)tp+fp+b²fn): recall counts beta times as much as precision. Beta is finite,
-- greater than 0 and the same for all rows. NULL only if tp, fp and fn are all 0.
SELECT fbeta_at(score, label, 0.5, 2), fbeta_at(score, label, 0.5, 0.5) FROM six;
--> 0.625|0.526315789473684
SELECT fbeta_at(score, label, 0.5, 1) IS f1_at(score, label, 0.5) FROM six;
--> 1
SELECT fbeta_at(score, label, 0.5, 0) FROM six;
--! fbeta_at: beta must be finite and > 0, got 0; the weight is argument 5
SELECT fbeta_at(score, label, 0.5, score) FROM six;
--! fbeta_at: beta changed from 0.9 to 0.7; the weight is argument 5


-- cost_at(score, label, cutoff, fp_cost, fn_cost[, weight])
--
-- Total cost fp * fp_cost + fn * fn_cost. The costs are finite, not negative and the same for all rows.
SELECT cost_at(score, label, 0.5, 1, 5) FROM six;
--> 7.0

-- If a missed delay costs as much as five false alarms, what do the predictions at 0.5 and at 0.2 cost?
SELECT model, cost_at(score, label, 0.5, 1, 5), cost_at(score, label, 0.2, 1, 5) FROM flights GROUP BY model;
--> boosted|27948.0|19975.0
--> logistic|29450.0|20936.0
SELECT cost_at(score, label, 0.5, 1, -5) FROM six;
--! cost_at: fn_cost must be finite and >= 0, got -5


-- confusion_at(score, label, cutoff[, weight])
--
-- All four counts as JSON: integers without weights, reals with weights.
SELECT confusion_at(score, label, 0.5) FROM six;
--> {"tp":2,"fp":2,"tn":1,"fn":1}
SELECT confusion_at(score, label, 0.5, 0.5) FROM six;
--> {"tp":1.0,"fp":1.0,"tn":0.5,"fn":0.5}
SELECT model, confusion_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|{"tp":4345,"fp":12130,"tn":12397,"fn":1569}
--> logistic|{"tp":4271,"fp":12721,"tn":11806,"fn":1643}

-- If labels are text or other numbers, compare them with the positive class:
SELECT confusion_at(column1, column2 = 'late', 0.5) FROM (VALUES (0.7, 'late'), (0.6, 'on time'), (0.1, 'on time'));
--> {"tp":1,"fp":1,"tn":1,"fn":0}
SELECT confusion_at(column1, column2, 0.5) FROM (VALUES (0.7, 'late'), (0.6, 'on time'), (0.1, 'on time'));
--! confusion_at: label must be 0 or 1, got text 'late'; if that is a column, write its name without quotes; CASE label WHEN 'late' THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, nullif(label, 'late') if it stands for a missing value; input_problems(score, label) counts all that is wrong


-- npv_at(score, label, cutoff[, weight])
--
-- tn/(tn+fn): the share of the predicted negatives that are negative, the negative predictive value. NULL if
-- no row is predicted negative.
SELECT npv_at(score, label, 0.5), npv_at(score, label, 0) IS NULL FROM six;
--> 0.5|1


-- fpr_at(score, label, cutoff[, weight])
--
-- fp/(fp+tn): the share of the negatives that are false alarms, the false positive rate or fall-out, which is
-- 1 - specificity. NULL if there are no negatives.
SELECT fpr_at(score, label, 0.5), fpr_at(1, 1, 0.5) IS NULL FROM six;
--> 0.666666666666667|1


-- fnr_at(score, label, cutoff[, weight])
--
-- fn/(fn+tp): the share of the positives that are missed, the false negative rate or miss rate, which is
-- 1 - recall. NULL if there are no positives.
SELECT fnr_at(score, label, 0.5), fnr_at(0, 0, 0.5) IS NULL FROM six;
--> 0.333333333333333|1


-- selection_rate_at(score, label, cutoff[, weight])
--
-- (tp+fp)/rows: the share of the rows that are predicted positive.
SELECT selection_rate_at(score, label, 0.5) FROM six;
--> 0.666666666666667

-- How many flights does each model call late?
SELECT model, selection_rate_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.5412108669229
--> logistic|0.558194540258204


-- positive_likelihood_ratio_at(score, label, cutoff[, weight])
--
-- Recall divided by the false positive rate: for a row predicted positive, the odds of being positive are
-- multiplied by this. It is Infinity if positives are predicted and none is a false alarm. NULL if a class is
-- missing or no row is predicted positive.
SELECT positive_likelihood_ratio_at(score, label, 0.6), positive_likelihood_ratio_at(score, label, 0.9),
       positive_likelihood_ratio_at(score, label, 0.95) IS NULL FROM six;
--> 2.0|Inf|1

-- One flight in five is late, odds of about 0.24. A flight that the model calls late has these odds:
SELECT model, positive_likelihood_ratio_at(score, label, 0.5) * sum(label) / sum(1 - label) AS odds,
       precision_at(score, label, 0.5) / (1 - precision_at(score, label, 0.5)) AS from_precision
  FROM flights GROUP BY model;
--> boosted|2.19018404907975|2.19018404907975
--> logistic|0.885714285714286|0.885714285714286


-- negative_likelihood_ratio_at(score, label, cutoff[, weight])
--
-- The false negative rate divided by specificity: for a row predicted negative, the odds of being positive are
-- multiplied by this. It is Infinity if positives are missed and no negative is predicted negative. NULL if a
-- class is missing or no row is predicted negative.
SELECT negative_likelihood_ratio_at(score, label, 0.6), negative_likelihood_ratio_at(score, label, 0.5)
  FROM six;
--> 0.5|1.0


-- net_benefit_at(prob, label, cutoff[, weight])
--
-- Net benefit of decision curve analysis (Vickers and Elkin 2006): tp/rows - fp/rows * cutoff/(1 - cutoff).
-- Whoever acts at probability 0.2 accepts four false alarms for one hit, so a false alarm costs 0.2/0.8 of a
-- hit. The unit is true positives per row. Predicting no row positive has net benefit 0; decision_curve shows
-- all cutoffs. The scores must be probabilities and the cutoff must be below 1.
SELECT net_benefit_at(score, label, 0.5), net_benefit_at(score, label, 0.2) FROM six;
--> 0.0|0.416666666666667
SELECT model, net_benefit_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.0431161919779245
--> logistic|0.0358316086856542
SELECT net_benefit_at(score, label, 1) FROM six;
--! net_benefit_at: cutoff must be within [0,1), got 1
