-- Decisions: binary classification at one cutoff.
--
-- What holds for the whole family:
--   * A row is predicted positive where score >= cutoff. tp, fp, tn, fn count the four ways that can go.
--   * f(score, label, cutoff[, weight]). The score is any number, probability or logit (cutoff 0.5 there is
--     cutoff 0 here); the label is 0 or 1; the cutoff may differ from row to row.
--   * A row with NULL in any argument is left out. A ratio 0/0 is NULL; coalesce(…, 0) makes it 0 where that
--     is wanted.
--   * With weights tp, fp, tn and fn are sums of weights, exact ones; weight 0 is no row at all.
--   * A ratio is the exact fraction of these four numbers, rounded once: equal fractions are equal results.
--   * A metric takes O(1) memory and time, also in a window, where every value is the one of a fresh
--     computation.
--   * f_state(…) saves the four numbers; f(state) reads them, of whichever function of this page they are.
--     f(set, cutoff) reads a score_set instead, at any cutoff: see saved_states.sql.
.load build/mlmetrics

-- The examples use the flights (label 1: left 15 minutes late or more) and these six rows. At cutoff 0.5 they
-- have tp 2, fp 2, tn 1, fn 1; the last has no score and is left out.
CREATE TEMP TABLE six(score, label);
INSERT INTO six VALUES (0.9, 1), (0.7, 0), (0.6, 1), (0.5, 0), (0.4, 1), (0.1, 0), (NULL, 1);


-- f1_at(score, label, cutoff[, weight])
--
-- F1 = 2tp/(2tp+fp+fn), the harmonic mean of precision and recall. 0 where there are errors and no hits; NULL
-- only where tp, fp and fn are all 0.
SELECT f1_at(score, label, 0.5), f1_at(score, label, 0.95), f1_at(score, label, 0.5, 3) FROM six;
--> 0.571428571428571|0.0|0.571428571428571
SELECT f1_at(0.2, 0, 0.5) IS NULL, f1_at(0.2, 1, 0.5);
--> 1|0.0
SELECT model, f1_at(score, label, 0.5), f1_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.110972956170345|0.388137031578007
--> logistic|0.0103678929765886|0.372915393346721

-- Logits at 0 are probabilities at 0.5, to the bit:
SELECT f1_at(logit, label, 0) IS f1_at(score, label, 0.5) FROM flights;
--> 1

-- A cutoff a segment, joined: one each for the two models, and the verdict over both.
WITH cutoffs(model, cutoff) AS (VALUES ('boosted', 0.2142), ('logistic', 0.2107))
SELECT f1_at(score, label, cutoff) FROM flights JOIN cutoffs USING (model);
--> 0.38280562361729

SELECT f1_at(score, label, 'half') FROM six;
--! f1_at: cutoff must be a number, got text 'half'; nullif(cutoff, 'half') makes it NULL, which leaves the row out
SELECT f1_at(label, score, 0.5) FROM six;
--! f1_at: label must be 0 or 1, got 0.9; are score and label swapped? (the score here is a 0 or 1)
SELECT f1_at(score, label) FROM six;
--! f1_at: it is called f1_at(score, label, cutoff[, weight]), or with a saved state; got 2 arguments, the first 0.9


-- precision_at(score, label, cutoff[, weight])
--
-- tp/(tp+fp): how many of the predicted positives are positive. NULL where none is predicted.
SELECT precision_at(score, label, 0.5), precision_at(score, label, 0.95) IS NULL FROM six;
--> 0.5|1
SELECT coalesce(precision_at(score, label, 0.95), 0) FROM six;
--> 0
SELECT model, precision_at(score, label, 0.5), precision_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.686538461538462|0.263732928679818
--> logistic|0.46969696969697|0.251353578154426


-- recall_at(score, label, cutoff[, weight])
--
-- tp/(tp+fn): how many of the positives are found, also called sensitivity or true positive rate. NULL where
-- there are no positives.
SELECT recall_at(score, label, 0.5), recall_at(score, label, 0.95) FROM six;
--> 0.666666666666667|0.0
SELECT model, recall_at(score, label, 0.5), recall_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.060365235035509|0.734697328373351
--> logistic|0.00524179912073047|0.722184646601285


-- specificity_at(score, label, cutoff[, weight])
--
-- tn/(tn+fp): how many of the negatives are left alone; 1 less the false positive rate. NULL where there are
-- no negatives.
SELECT specificity_at(score, label, 0.5), specificity_at(1, 1, 0.5) IS NULL FROM six;
--> 0.333333333333333|1


-- accuracy_at(score, label, cutoff[, weight])
--
-- (tp+tn)/rows: the share of right decisions.
SELECT accuracy_at(score, label, 0.5) FROM six;
--> 0.5

-- Where positives are rare it says little: predicting no delay at all is right for 81 % of the flights.
SELECT accuracy_at(score, label, 0.5), accuracy_at(score, label, 9e999) FROM flights WHERE model = 'boosted';
--> 0.812095529056207|0.80572254525147


-- error_rate_at(score, label, cutoff[, weight])
--
-- (fp+fn)/rows: the share of wrong decisions.
SELECT error_rate_at(score, label, 0.5) FROM six;
--> 0.5


-- balanced_accuracy_at(score, label, cutoff[, weight])
--
-- (recall + specificity)/2: accuracy as if the classes were equally frequent; 0.5 is chance. NULL where a
-- class is missing.
SELECT balanced_accuracy_at(score, label, 0.5), balanced_accuracy_at(1, 1, 0.5) IS NULL FROM six;
--> 0.5|1
SELECT model, balanced_accuracy_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.620070154788869
--> logistic|0.601765866742564


-- mcc_at(score, label, cutoff[, weight])
--
-- Matthews correlation coefficient of decision and label, -1 to 1; 0 is chance. NULL where a class is missing
-- or never predicted.
SELECT mcc_at(score, label, 0.5), mcc_at(score, label, 0.6), mcc_at(score, label, 0) IS NULL FROM six;
--> 0.0|0.333333333333333|1
SELECT model, mcc_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|0.190668614744097
--> logistic|0.162154035237538


-- youden_at(score, label, cutoff[, weight])
--
-- Youden's J = recall + specificity - 1, -1 to 1; 0 is chance. NULL where a class is missing.
SELECT youden_at(score, label, 0.5), youden_at(score, label, 0.6) FROM six;
--> 0.0|0.333333333333333


-- dot_at(score, label, cutoff[, weight])
--
-- Sum of label times decision, that is tp: an INTEGER without weights, REAL with. 0 where nothing is hit,
-- NULL without rows.
SELECT dot_at(score, label, 0.5), dot_at(score, label, 0.95), dot_at(score, label, 0.5, 1) FROM six;
--> 2|0|2.0
SELECT dot_at(NULL, 1, 0.5) IS NULL;
--> 1


-- fbeta_at(score, label, cutoff, beta[, weight])
--
-- F-beta = (1+b²)tp/((1+b²)tp+fp+b²fn): recall counts beta times as much as precision. Beta is finite, above
-- 0 and the same for all rows. NULL only where tp, fp and fn are all 0.
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
-- Total cost fp·fp_cost + fn·fn_cost, in the unit of the costs. Costs are finite, not negative and the same
-- for all rows.
SELECT cost_at(score, label, 0.5, 1, 5) FROM six;
--> 7.0

-- What do the decisions at 0.5 and at 0.2 cost, when a missed delay costs five false alarms?
SELECT model, cost_at(score, label, 0.5, 1, 5), cost_at(score, label, 0.2, 1, 5) FROM flights GROUP BY model;
--> boosted|27948.0|19975.0
--> logistic|29450.0|20936.0
SELECT cost_at(score, label, 0.5, 1, -5) FROM six;
--! cost_at: fn_cost must be finite and >= 0, got -5


-- confusion_at(score, label, cutoff[, weight])
--
-- All four at once, as JSON: INTEGERs without weights, REALs with.
SELECT confusion_at(score, label, 0.5) FROM six;
--> {"tp":2,"fp":2,"tn":1,"fn":1}
SELECT confusion_at(score, label, 0.5, 0.5) FROM six;
--> {"tp":1.0,"fp":1.0,"tn":0.5,"fn":0.5}
SELECT model, confusion_at(score, label, 0.2) FROM flights GROUP BY model;
--> boosted|{"tp":4345,"fp":12130,"tn":12397,"fn":1569}
--> logistic|{"tp":4271,"fp":12721,"tn":11806,"fn":1643}

-- Rows with text labels, or labels of other numbers, state what is positive:
SELECT confusion_at(column1, column2 = 'late', 0.5) FROM (VALUES (0.7, 'late'), (0.6, 'on time'), (0.1, 'on time'));
--> {"tp":1,"fp":1,"tn":1,"fn":0}
SELECT confusion_at(column1, column2, 0.5) FROM (VALUES (0.7, 'late'), (0.6, 'on time'), (0.1, 'on time'));
--! confusion_at: label must be 0 or 1, got text 'late'; label = 'late' is 1 where it holds, else 0, if that is the positive class
