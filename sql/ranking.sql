-- Ranking: binary classification over all cutoffs.
--
-- For all functions of this page:
--   * f(score, label[, …][, weight]). The score is any number, including infinities, and -0.0 equals 0.0.
--     Only the order of the scores matters: probabilities, logits and ranks give the same curves. The label
--     is 0 or 1.
--   * Equal scores form one step of the curve. The order of tied rows has no effect.
--   * A row with a NULL argument is left out. The result is NULL if no row is left, or if a class that the
--     metric needs is missing.
--   * Candidate cutoffs are the scores that occur, and Infinity, which predicts none (unless a score is
--     itself Infinity). A row is predicted positive if score >= cutoff.
--   * Results are exact fractions of the weights, rounded once. They have the same bits in any row order, any
--     partition and any frame. (Areas under the precision-recall curve round each precision first, and gini
--     is computed from the rounded AUC.) An integral weight k counts as k rows. A row with weight 0 does not
--     count, and its score is not a candidate.
--   * Memory is 8 bytes for each row, less where scores repeat. In a window a row enters and leaves in O(log n)
--     time.
--   * Every function here also reads a score set, f(set), and so does every _at function of decisions.sql,
--     f_at(set, cutoff). See saved_states.sql for sets and curves.sql for their curves.
.load build/mlmetrics

-- The examples use the flights and the four rows of scikit-learn's page on ROC curves:
CREATE TEMP TABLE four(score, label);
INSERT INTO four VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1);


-- roc_auc(score, label[, weight])
--
-- Area under the ROC curve: the probability that a positive scores above a negative, where a tie counts one
-- half. 0.5 is chance, 1 is perfect, and less than 0.5 is worse than chance. NULL if a class is missing.
SELECT roc_auc(score, label) FROM four;
--> 0.75
SELECT roc_auc(column1, column2) FROM (VALUES (0.8, 1), (0.7, 1), (0.5, 0), (0.5, 1), (0.3, 1), (0.2, 0));
--> 0.8125
SELECT roc_auc(score, label) IS NULL FROM four WHERE label = 1;
--> 1
SELECT model, roc_auc(score, label) FROM flights GROUP BY model;
--> boosted|0.678180212570774
--> logistic|0.640056593784501

-- The result is an exact fraction, rounded once: here the double nearest to 5/6.
SELECT roc_auc(column1, column2) IS 5 / 6.0 FROM (VALUES (0.5, 0), (0.3, 1), (0.2, 0), (0.8, 1), (0.7, 1));
--> 1

-- In a table of counts, pass the count as the weight. The AUC is 1873/2419:
CREATE TEMP TABLE counted(score, positives, negatives);
INSERT INTO counted VALUES (1.0, 5, 0), (0.875, 7, 2), (0.75, 8, 2), (0.625, 6, 11), (0.5, 3, 6),
  (0.375, 4, 7), (0.25, 5, 10), (0.125, 3, 18), (0, 0, 3);
CREATE TEMP VIEW counted_rows AS
  SELECT score, 1 AS label, positives AS n FROM counted UNION ALL SELECT score, 0, negatives FROM counted;
SELECT roc_auc(score, label, n), roc_auc(score, label, n) IS 1873 / 2419.0 FROM counted_rows;
--> 0.774286895411327|1
SELECT confusion_at(score, label, 0.5, n) FROM counted_rows;
--> {"tp":29.0,"fp":21.0,"tn":38.0,"fn":12.0}

-- Sums of weights that are not exact in doubles cause no error. These classes are separated, so the results
-- are exactly 1.
SELECT roc_auc(column1, column2, column3) = 1, ks(column1, column2, column3) = 1
  FROM (VALUES (0.2, 0, 0.7), (0.5, 1, 0.2), (0.3, 0, 0.7), (0.4, 1, 0.1));
--> 1|1

-- The result agrees with the definition, which compares every positive with every negative:
WITH some AS (SELECT * FROM breast_cancer WHERE model = 'forest')
SELECT (SELECT roc_auc(score, label) FROM some)
    IS (SELECT sum(CASE WHEN p.score > n.score THEN 2 WHEN p.score = n.score THEN 1 ELSE 0 END) / (2.0 * count(*))
          FROM some p JOIN some n ON p.label = 1 AND n.label = 0);
--> 1

-- Infinite, tiny and huge scores are ranked correctly:
SELECT roc_auc(column1, column2)
  FROM (VALUES (-9e999, 0), (-1e308, 1), (-0.0, 0), (0.0, 1), (1e-300, 1), (9e999, 1), (9e999, 0));
--> 0.583333333333333

SELECT roc_auc(score, 'n/a') FROM four;
--! roc_auc: label must be 0 or 1, got text 'n/a'; to_label(label) reads true, yes and the like, and words for missing values; input_problems(score, label) counts all that is wrong
SELECT roc_auc('n/a', label) FROM four;
--! roc_auc: score must be a number, got text 'n/a'; to_number(score) reads percentages, currency and words for missing values; input_problems(score, label) counts all that is wrong
SELECT roc_auc(score, 2 * label) FROM four;
--! roc_auc: label must be 0 or 1, got 2; to_number(label) - 1 if the classes are 1 and 2, to_number(label) > 0 if the numbers above 0 are positive and all others negative


-- average_precision(score, label[, weight])
--
-- Sum over the distinct scores, from the highest, of the increase of recall times the precision there, as in
-- scikit-learn's average_precision_score. Chance gives the share of positives. NULL if there are no positives.
SELECT average_precision(score, label) FROM four;
--> 0.833333333333333
SELECT model, average_precision(score, label), avg(label) AS chance FROM flights GROUP BY model;
--> boosted|0.364173724411476|0.19427745474853
--> logistic|0.285545218725169|0.19427745474853


-- pr_auc(score, label[, weight])
--
-- Area under the precision-recall curve by the trapezoidal rule, from (recall 0, precision 1), as in
-- scikit-learn's auc(recall, precision). Straight lines between the points make it slightly too optimistic,
-- which average_precision is not. NULL if there are no positives.
SELECT pr_auc(score, label) FROM four;
--> 0.791666666666667
SELECT model, pr_auc(score, label) FROM flights GROUP BY model;
--> boosted|0.364104268847125
--> logistic|0.285356709984767


-- partial_roc_auc(score, label, max_fpr[, weight])
--
-- Area under the ROC curve up to the false positive rate max_fpr, scaled so that 0.5 is chance and 1 is perfect
-- (McClish 1989), as in scikit-learn's roc_auc_score(max_fpr=…). max_fpr is greater than 0, at most 1 and the
-- same for all rows. With max_fpr 1 it equals roc_auc. NULL if a class is missing.
SELECT partial_roc_auc(score, label, 0.5), partial_roc_auc(score, label, 1) FROM four;
--> 0.666666666666667|0.75

-- How good are the models at false positive rates up to one tenth?
SELECT model, partial_roc_auc(score, label, 0.1) FROM flights GROUP BY model;
--> boosted|0.563888223748399
--> logistic|0.530894003538276
SELECT partial_roc_auc(score, label, 0) FROM four;
--! partial_roc_auc: max_fpr must be within (0,1], got 0; the weight is argument 4


-- gini(score, label[, weight])
--
-- Gini coefficient 2 * roc_auc - 1, also called Somers' D: 0 is chance, 1 is perfect, and -1 is perfectly
-- wrong. NULL if a class is missing.
SELECT gini(score, label), gini(-score, label) FROM four;
--> 0.5|-0.5
SELECT model, gini(score, label) FROM flights GROUP BY model;
--> boosted|0.356360425141548
--> logistic|0.280113187569002


-- ks(score, label[, weight])
--
-- Kolmogorov-Smirnov statistic: the largest distance between the distributions of the scores of the two
-- classes, 0 to 1. NULL if a class is missing.
SELECT ks(score, label) FROM four;
--> 0.5
SELECT model, ks(score, label) FROM flights GROUP BY model;
--> boosted|0.248624992638881
--> logistic|0.208602015607047

-- If the label says which of two samples a row belongs to, ks is the two-sample statistic. The scores of
-- April against those of June:
SELECT model, ks(score, ts >= '2001-06') FROM flights WHERE ts < '2001-05' OR ts >= '2001-06' GROUP BY model;
--> boosted|0.0181352945244517
--> logistic|0.0108635775044892


-- eer(score, label[, weight])
--
-- Equal error rate: the false positive rate where it equals the false negative rate. Between two scores the ROC
-- curve is a straight line, and the exact fraction on it is rounded once. NULL if a class is missing. In a
-- window each value takes a walk over the distinct scores of the frame.
SELECT eer(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> 0.5
SELECT model, eer(score, label) FROM flights GROUP BY model;
--> boosted|0.377624658539569
--> logistic|0.399053094352384

-- Here the rates cross halfway between the cutoffs 3 and 1:
SELECT eer(column1, column2) FROM (VALUES (3, 1), (1, 1), (1, 0), (0, 0));
--> 0.25
SELECT eer(1, 1) IS NULL;
--> 1


-- best_cutoff(score, label[, objective='f1'[, weight]])
--
-- The candidate cutoff that is best for the objective, which is one of
--     'f1' (the default), 'fbeta:2', 'accuracy', 'balanced_accuracy', 'youden', 'mcc', 'dot'      the largest
--     'error_rate', 'cost:FP,FN' (the costs of a false positive and of a false negative)          the least
--     'precision>=0.9', 'specificity>=0.9'          the most recall among the cutoffs that meet the condition
--     'recall>=0.9'                                 the most precision among the cutoffs that meet it
-- The objective must be the same for all rows. Blanks around its signs are allowed ('precision >= 0.9'). If
-- several cutoffs are equally good, the result is the highest; values are compared as cutoff_curve shows them,
-- the exact fraction rounded once. It is NULL if no cutoff meets the condition, or if the objective is
-- undefined at every candidate.
SELECT best_cutoff(score, label), best_cutoff(score, label, 'precision>=0.9'),
       best_cutoff(score, label, 'recall>=1') FROM four;
--> 0.35|0.8|0.35

-- Which cutoff of the flights has the largest F1, which keeps precision at 0.4, and which is cheapest if a miss
-- costs as much as five false alarms?
SELECT model, best_cutoff(score, label) AS f1, best_cutoff(score, label, 'precision>=0.4') AS keep_precision,
       best_cutoff(score, label, 'cost:1,5') AS least_cost
  FROM flights GROUP BY model;
--> boosted|0.214219135|0.333736208|0.193251023
--> logistic|0.210686473|0.421642082|0.195099288

-- The other objectives:
SELECT best_cutoff(score, label, 'fbeta:2') AS f2, best_cutoff(score, label, 'balanced_accuracy') AS balanced,
       best_cutoff(score, label, 'youden') AS youden, best_cutoff(score, label, 'mcc') AS mcc,
       best_cutoff(score, label, 'specificity>=0.99') AS keep_specificity,
       best_cutoff(score, label, 'recall>=0.8') AS keep_recall
  FROM flights WHERE model = 'boosted';
--> 0.146236429|0.214219135|0.214219135|0.327493233|0.476233648|0.182292042

-- The most accurate cutoff often predicts few or no positives; Infinity predicts none. 'dot', the number of
-- true positives, is largest at every cutoff that finds all positives. The highest of these is the score of
-- the lowest positive.
SELECT best_cutoff(score, label, 'accuracy') FROM flights WHERE model = 'boosted';
--> 0.522539645
SELECT best_cutoff(column1, column2, 'accuracy'), best_cutoff(column1, column2, 'error_rate'),
       best_cutoff(column1, column2, 'dot')
  FROM (VALUES (0.9, 0), (0.8, 0), (0.7, 1), (0.2, 0));
--> Inf|Inf|0.7

-- A condition that no cutoff meets:
SELECT best_cutoff(column1, column2, 'precision>=0.6') IS NULL FROM (VALUES (0.9, 0), (0.8, 1), (0.7, 0));
--> 1

-- A weight must be preceded by the objective:
SELECT best_cutoff(score, label, 'f1', n) FROM counted_rows;
--> 0.25
SELECT best_cutoff(score, label, 0.5) FROM four;
--! best_cutoff: objective must be a text, got 0.5; the weight is argument 4
SELECT best_cutoff(score, label, 'F1') FROM four;
--! best_cutoff: objective cannot be text 'F1'; it is written 'f1'; it must be one of 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', 'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'
SELECT best_cutoff(score, label, 'precision>0.9') FROM four;
--! best_cutoff: objective cannot be text 'precision>0.9'; conditions are written with >=; it must be one of 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', 'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'
SELECT best_cutoff(score, label, 'cost:1') FROM four;
--! best_cutoff: objective cannot be text 'cost:1'; FP_COST and FN_COST must be numbers >= 0, as in 'cost:1,5'; it must be one of 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', 'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'
SELECT best_cutoff(score, label, CASE label WHEN 0 THEN 'f1' ELSE 'mcc' END) FROM four;
--! best_cutoff: objective changed from 'f1' to 'mcc'


-- With '@midpoint' after the objective, the cutoff lies halfway to the next score below. The decisions for
-- these rows are the same, and new rows have the same room on both sides. Infinity and the lowest score stay.
SELECT best_cutoff(column1, column2, 'youden'), best_cutoff(column1, column2, 'youden@midpoint')
  FROM (VALUES (0.9, 1), (0.8, 1), (0.4, 0), (0.3, 1), (0.1, 0));
--> 0.8|0.6
SELECT best_cutoff(1, 1, 'youden@middle');
--! best_cutoff: objective cannot be text 'youden@middle'; after @ comes midpoint, as in 'youden@midpoint'; it must be one of …


-- best_cutoff_value(score, label[, objective='f1'[, weight]])
--
-- The value of the objective at the best cutoff: the largest F1 of all cutoffs, or the lowest cost. NULL where
-- best_cutoff is. It is slightly too good, because the same rows chose the cutoff: best_cutoff_optimism in
-- bootstrap.sql tells how much.
SELECT best_cutoff_value(score, label), best_cutoff_value(score, label, 'youden') FROM four;
--> 0.8|0.5
SELECT model, best_cutoff_value(score, label, 'cost:1,5') FROM flights GROUP BY model;
--> boosted|19854.0
--> logistic|20862.0


-- best_cutoff_metrics(score, label[, objective='f1'[, weight]])
--
-- The best cutoff and the metrics there, as JSON. (SQL does not nest aggregates, so f1_at(score, label,
-- best_cutoff(score, label)) is not possible.) The cutoff is printed so that it reads
-- back as the same double.
SELECT best_cutoff_metrics(score, label) FROM four;
--> {"cutoff":0.35,"objective":"f1","value":0.8,"tp":2,"fp":1,"tn":1,"fn":0,"precision":0.6666666666666666,"recall":1.0,"f1":0.8}
SELECT model, best_cutoff_metrics(score, label, 'cost:1,5') FROM flights GROUP BY model;
--> boosted|{"cutoff":0.193251023,"objective":"cost:1,5","value":19854.0,"tp":4523,"fp":12899,"tn":11628,"fn":1391,"precision":0.2596142807943979,"recall":0.7647954007439973,"f1":0.38764141241001027}
--> logistic|{"cutoff":0.195099288,"objective":"cost:1,5","value":20862.0,"tp":4390,"fp":13242,"tn":11285,"fn":1524,"precision":0.24897912885662432,"recall":0.7423063916131214,"f1":0.37288711458421814}

SELECT model, json_extract(j, '$.cutoff') AS cutoff, json_extract(j, '$.precision') AS precision,
       json_extract(j, '$.recall') AS recall
  FROM (SELECT model, best_cutoff_metrics(score, label, 'precision>=0.4') AS j FROM flights GROUP BY model);
--> boosted|0.333736208|0.400816951748787|0.265471761920866
--> logistic|0.421642082|0.400343642611684|0.0393980385525871

-- The same with ->>, and a check that the cutoff gives the value:
--@ needs 3.38
SELECT model, f1_at(score, label, cutoff) IS max(f1)
  FROM flights JOIN (SELECT model, best_cutoff_metrics(score, label) ->> 'cutoff' AS cutoff,
                            best_cutoff_metrics(score, label) ->> 'value' AS f1
                       FROM flights GROUP BY model) USING (model)
 GROUP BY model;
--> boosted|1
--> logistic|1


-- evaluate_binary(score, label[, weight])
--
-- Many metrics in one pass, as JSON: rows, left_out (rows with a NULL), positives, roc_auc, average_precision,
-- ks, log_loss, brier and ece (null unless every score is a probability), and best_f1, which has the keys of
-- best_cutoff_metrics. If every score is 0 or 1, a note says so. As with every aggregate the result is NULL, an
-- empty line in the shell, if no row is left: then input_problems(score, label) says what the columns hold.
SELECT evaluate_binary(score, label) FROM four;
--> {"rows":4,"left_out":0,"positives":2,"roc_auc":0.75,"average_precision":0.8333333333333333,"ks":0.5,"log_loss":0.47228795380917615,"brier":0.15812500000000002,"ece":0.3375,"best_f1":{"cutoff":0.35,"objective":"f1","value":0.8,"tp":2,"fp":1,"tn":1,"fn":0,"precision":0.6666666666666666,"recall":1.0,"f1":0.8}}
SELECT model, evaluate_binary(score, label) FROM flights GROUP BY model;
--> boosted|{"rows":30441,"left_out":0,"positives":5914,"roc_auc":0.6781802125707738,"average_precision":0.3641737244114765,"ks":0.24862499263888116,"log_loss":0.4595880313907211,"brier":0.14544115285140474,"ece":0.03250997094409185,"best_f1":{"cutoff":0.214219135,"objective":"f1","value":0.39204767487299724,"tp":4013,"fp":10545,"tn":13982,"fn":1901,"precision":0.2756559967028438,"recall":0.6785593506932702,"f1":0.39204767487299724}}
--> logistic|{"rows":30441,"left_out":0,"positives":5914,"roc_auc":0.6400565937845009,"average_precision":0.2855452187251694,"ks":0.20860201560704725,"log_loss":0.47633128020372234,"brier":0.1516710321809644,"ece":0.03040759815883841,"best_f1":{"cutoff":0.210686473,"objective":"f1","value":0.37416543026706234,"tp":4035,"fp":11619,"tn":12908,"fn":1879,"precision":0.25776159448064395,"recall":0.6822793371660467,"f1":0.37416543026706234}}

-- Dividing INTEGER percentages by an INTEGER leaves nothing but 0 and 1:
SELECT json_extract(evaluate_binary(column1 / 100, column2), '$.note') FROM (VALUES (55, 1), (100, 1), (20, 0));
--> every score is 0 or 1: predicted classes, or a division of INTEGERs as in confidence / 100
-- log_loss, brier and ece are null for logits; use bce_logits, or sigmoid(logit):
SELECT evaluate_binary(logit, label) FROM flights WHERE model = 'boosted';
--> {"rows":30441,"left_out":0,"positives":5914,"roc_auc":0.6781802091237502,"average_precision":0.3641737244114765,"ks":0.24862499263888116,"log_loss":null,"brier":null,"ece":null,"best_f1":{"cutoff":-1.29967847,"objective":"f1","value":0.39204767487299724,"tp":4013,"fp":10545,"tn":13982,"fn":1901,"precision":0.2756559967028438,"recall":0.6785593506932702,"f1":0.39204767487299724}}
SELECT evaluate_binary(column1, column2) FROM (VALUES (0.7, 1), (NULL, 1), (0.4, NULL), (0.2, 0));
--> {"rows":2,"left_out":2,"positives":1,"roc_auc":1.0,"average_precision":1.0,"ks":1.0,"log_loss":0.2899092476264711,"brier":0.06500000000000002,"ece":0.25,"best_f1":{"cutoff":0.7,"objective":"f1","value":1.0,"tp":1,"fp":0,"tn":1,"fn":0,"precision":1.0,"recall":1.0,"f1":1.0}}


-- score_set(score, label[, weight])
--
-- The sorted multiset of (score, label, weight), lossless, as a BLOB of about 6 bytes for each distinct
-- score. score_set(set) merges sets. It is read by all functions of this page, of decisions.sql and of
-- calibration.sql, by log_loss and brier, and by the curves.
CREATE TEMP TABLE sets AS SELECT model, score_set(score, label) AS scores FROM flights GROUP BY model;
SELECT model, roc_auc(scores), f1_at(scores, 0.2), best_cutoff(scores, 'youden'), ece(scores, 10)
  FROM sets GROUP BY model;
--> boosted|0.678180212570774|0.388137031578007|0.214219135|0.0325099709440919
--> logistic|0.640056593784501|0.372915393346721|0.210880876|0.0304075981588384

-- Aggregates of sets merge them. For the set of a single row, group by that row.
SELECT roc_auc(scores) IS (SELECT roc_auc(score, label) FROM flights) FROM sets;
--> 1
SELECT roc_auc(x'00112233') FROM four;
--! roc_auc: call it as roc_auc(score, label[, weight]), or with a saved state; got 1 argument, the first a BLOB of 4 bytes
SELECT f1_at(scores) FROM sets;
--! f1_at: with this saved state call it as f1_at(state, cutoff); got 1 argument


-- score_set_info(set)
--
-- The contents of one set, as JSON: rows, left_out, positives, the number of distinct scores, the lowest and
-- highest score, and the number of bytes. This is a scalar.
SELECT model, score_set_info(scores) FROM sets;
--> boosted|{"rows":30441,"left_out":0,"positives":5914,"distinct":27228,"lowest":0.034478585,"highest":0.97097835,"bytes":153116}
--> logistic|{"rows":30441,"left_out":0,"positives":5914,"distinct":30014,"lowest":0.0393566482,"highest":0.663226816,"bytes":160644}
SELECT score_set_info(score_set(score, label)) FROM four;
--> {"rows":4,"left_out":0,"positives":2,"distinct":4,"lowest":0.1,"highest":0.8,"bytes":66}
SELECT score_set_info('no set');
--! score_set_info: argument 1 is not a saved state, got text 'no set'; call it as score_set_info(score_set(score, label))
