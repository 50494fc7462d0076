-- Ranking: binary classification over all cutoffs.
--
-- What holds for the whole family:
--   * f(score, label[, …][, weight]). The score is any number, infinite ones included: probabilities, logits
--     or ranks give the same curves, for only the order counts. -0.0 is 0.0. The label is 0 or 1.
--   * Equal scores are one step of the curve: no order of the tied rows is favoured or guessed.
--   * A row with NULL in any argument is left out. Where a class that the metric needs is missing, or no row
--     is left, the result is NULL.
--   * Candidate cutoffs are the scores that occur, and Infinity (predict none; not where a score is itself
--     Infinity). A row is predicted positive where score >= cutoff.
--   * Results are exact fractions of the weights as they are, rounded once: the same bits in any order of rows,
--     any partition, any frame. (Under the precision-recall curve each precision is rounded first, and gini is
--     2 * roc_auc - 1 of the AUC as it stands.) An integral weight k is the row k times; weight 0 is no row, and
--     no candidate.
--   * Memory is 8 bytes a row, less where scores repeat. In a window a row comes and goes in O(log n).
--   * Every function here reads score_set in place of rows, f(set), and so does every f_at of decisions.sql,
--     f_at(set, cutoff). See saved_states.sql for sets, curves.sql for opening them.
.load build/mlmetrics

-- The examples use the flights and these four rows, of scikit-learn's own page on ROC curves:
CREATE TEMP TABLE four(score, label);
INSERT INTO four VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1);


-- roc_auc(score, label[, weight])
--
-- Area under the ROC curve: the chance that a positive scores above a negative, where a tie counts one half.
-- 0.5 is chance, 1 perfect, below 0.5 worse than chance. NULL where a class is missing.
SELECT roc_auc(score, label) FROM four;
--> 0.75
SELECT roc_auc(column1, column2) FROM (VALUES (0.8, 1), (0.7, 1), (0.5, 0), (0.5, 1), (0.3, 1), (0.2, 0));
--> 0.8125
SELECT roc_auc(score, label) IS NULL FROM four WHERE label = 1;
--> 1
SELECT model, roc_auc(score, label) FROM flights GROUP BY model;
--> boosted|0.678180212570774
--> logistic|0.640056593784501

-- The exact rational, rounded once: 5/6 is the double nearest to 5/6.
SELECT roc_auc(column1, column2) IS 5 / 6.0 FROM (VALUES (0.5, 0), (0.3, 1), (0.2, 0), (0.8, 1), (0.7, 1));
--> 1

-- A table of counts is scored by weight. Its AUC is 1873/2419:
CREATE TEMP TABLE counted(score, positives, negatives);
INSERT INTO counted VALUES (1.0, 5, 0), (0.875, 7, 2), (0.75, 8, 2), (0.625, 6, 11), (0.5, 3, 6),
  (0.375, 4, 7), (0.25, 5, 10), (0.125, 3, 18), (0, 0, 3);
CREATE TEMP VIEW counted_rows AS
  SELECT score, 1 AS label, positives AS n FROM counted UNION ALL SELECT score, 0, negatives FROM counted;
SELECT roc_auc(score, label, n), roc_auc(score, label, n) IS 1873 / 2419.0 FROM counted_rows;
--> 0.774286895411327|1
SELECT confusion_at(score, label, 0.5, n) FROM counted_rows;
--> {"tp":29.0,"fp":21.0,"tn":38.0,"fn":12.0}

-- Weights that no double adds up leave no trace: these classes are apart, so it is 1 and nothing beside it.
SELECT roc_auc(column1, column2, column3) = 1, ks(column1, column2, column3) = 1
  FROM (VALUES (0.2, 0, 0.7), (0.5, 1, 0.2), (0.3, 0, 0.7), (0.4, 1, 0.1));
--> 1|1

-- It is what the definition says, and what the definition costs is a join of every positive with every
-- negative:
WITH some AS (SELECT * FROM breast_cancer WHERE model = 'forest')
SELECT (SELECT roc_auc(score, label) FROM some)
    IS (SELECT sum(CASE WHEN p.score > n.score THEN 2 WHEN p.score = n.score THEN 1 ELSE 0 END) / (2.0 * count(*))
          FROM some p JOIN some n ON p.label = 1 AND n.label = 0);
--> 1

-- Infinite, tiny and huge scores rank as what they are:
SELECT roc_auc(column1, column2)
  FROM (VALUES (-9e999, 0), (-1e308, 1), (-0.0, 0), (0.0, 1), (1e-300, 1), (9e999, 1), (9e999, 0));
--> 0.583333333333333

SELECT roc_auc(score, 'n/a') FROM four;
--! roc_auc: label must be 0 or 1, got text 'n/a'; nullif(label, 'n/a') makes it NULL, which leaves the row out
SELECT roc_auc('n/a', label) FROM four;
--! roc_auc: score must be a number, got text 'n/a'; nullif(score, 'n/a') makes it NULL, which leaves the row out
SELECT roc_auc(score, 2 * label) FROM four;
--! roc_auc: label must be 0 or 1, got 2; label > 0 is 1 where it holds, else 0; of classes 1 and 2 say label = 2


-- average_precision(score, label[, weight])
--
-- Sum over the distinct scores, from the highest, of the step of recall times the precision there, as
-- scikit-learn's average_precision_score. The share of positives is chance. NULL without positives.
SELECT average_precision(score, label) FROM four;
--> 0.833333333333333
SELECT model, average_precision(score, label), avg(label) AS chance FROM flights GROUP BY model;
--> boosted|0.364173724411476|0.19427745474853
--> logistic|0.285545218725169|0.19427745474853


-- pr_auc(score, label[, weight])
--
-- Area under the precision-recall curve by trapezoids from (recall 0, precision 1), as scikit-learn's
-- auc(recall, precision). Joining the points by straight lines is a little too kind; average_precision is
-- not. NULL without positives.
SELECT pr_auc(score, label) FROM four;
--> 0.791666666666667
SELECT model, pr_auc(score, label) FROM flights GROUP BY model;
--> boosted|0.364104268847125
--> logistic|0.285356709984767


-- partial_roc_auc(score, label, max_fpr[, weight])
--
-- Area under the ROC curve up to the false positive rate max_fpr, scaled so that 0.5 is chance and 1 perfect
-- (McClish 1989), as scikit-learn's roc_auc_score(max_fpr=…). max_fpr is above 0, at most 1 and the same for
-- all rows; at 1 it is roc_auc. NULL where a class is missing.
SELECT partial_roc_auc(score, label, 0.5), partial_roc_auc(score, label, 1) FROM four;
--> 0.666666666666667|0.75

-- How good are the models among the flights they are surest of, up to a tenth of false alarms?
SELECT model, partial_roc_auc(score, label, 0.1) FROM flights GROUP BY model;
--> boosted|0.563888223748399
--> logistic|0.530894003538276
SELECT partial_roc_auc(score, label, 0) FROM four;
--! partial_roc_auc: max_fpr must be within (0,1], got 0; the weight is argument 4


-- gini(score, label[, weight])
--
-- Gini coefficient 2·roc_auc - 1, or Somers' D: 0 is chance, 1 perfect, -1 perfectly wrong. NULL where a
-- class is missing.
SELECT gini(score, label), gini(-score, label) FROM four;
--> 0.5|-0.5
SELECT model, gini(score, label) FROM flights GROUP BY model;
--> boosted|0.356360425141548
--> logistic|0.280113187569002


-- ks(score, label[, weight])
--
-- Kolmogorov-Smirnov statistic: the largest gap between the distributions of the scores of the two classes, 0
-- to 1. NULL where a class is missing.
SELECT ks(score, label) FROM four;
--> 0.5
SELECT model, ks(score, label) FROM flights GROUP BY model;
--> boosted|0.248624992638881
--> logistic|0.208602015607047

-- With a sample indicator for label it tells how far two samples lie apart: the scores of April and of June.
SELECT model, ks(score, ts >= '2001-06') FROM flights WHERE ts < '2001-05' OR ts >= '2001-06' GROUP BY model;
--> boosted|0.0181352945244517
--> logistic|0.0108635775044892


-- best_cutoff(score, label[, objective='f1'[, weight]])
--
-- The candidate cutoff that is best for the objective, which is one of
--     'f1' (where none is given), 'fbeta:2', 'accuracy', 'balanced_accuracy', 'youden', 'mcc', 'dot'    largest
--     'error_rate', 'cost:FP,FN' (what a false positive and a false negative cost)                      least
--     'precision>=0.9', 'specificity>=0.9'            the most recall among the cutoffs that keep this
--     'recall>=0.9'                                   the most precision among the cutoffs that keep this
-- and the same for all rows; blanks beside its signs do no harm ('precision >= 0.9'). Of cutoffs equally good
-- it is the highest, and good is what cutoff_curve shows: the exact fraction, rounded once. NULL where none
-- qualifies or the objective is undefined at every candidate.
SELECT best_cutoff(score, label), best_cutoff(score, label, 'precision>=0.9'),
       best_cutoff(score, label, 'recall>=1') FROM four;
--> 0.35|0.8|0.35

-- Which cutoff maximises F1 on the flights, which keeps precision at 0.4, and which costs least when a miss
-- costs as much as five false alarms?
SELECT model, best_cutoff(score, label) AS f1, best_cutoff(score, label, 'precision>=0.4') AS keep_precision,
       best_cutoff(score, label, 'cost:1,5') AS least_cost
  FROM flights GROUP BY model;
--> boosted|0.214219135|0.333736208|0.193251023
--> logistic|0.210686473|0.421642082|0.195099288

-- Each of the other objectives:
SELECT best_cutoff(score, label, 'fbeta:2') AS f2, best_cutoff(score, label, 'balanced_accuracy') AS balanced,
       best_cutoff(score, label, 'youden') AS youden, best_cutoff(score, label, 'mcc') AS mcc,
       best_cutoff(score, label, 'specificity>=0.99') AS keep_specificity,
       best_cutoff(score, label, 'recall>=0.8') AS keep_recall
  FROM flights WHERE model = 'boosted';
--> 0.146236429|0.214219135|0.214219135|0.327493233|0.476233648|0.182292042

-- The most accurate is often to predict little or nothing; Infinity predicts none. 'dot', the number of hits,
-- is largest where every positive is hit: the highest such cutoff is the score of the lowest positive.
SELECT best_cutoff(score, label, 'accuracy') FROM flights WHERE model = 'boosted';
--> 0.522539645
SELECT best_cutoff(column1, column2, 'accuracy'), best_cutoff(column1, column2, 'error_rate'),
       best_cutoff(column1, column2, 'dot')
  FROM (VALUES (0.9, 0), (0.8, 0), (0.7, 1), (0.2, 0));
--> Inf|Inf|0.7

-- A floor that no cutoff keeps:
SELECT best_cutoff(column1, column2, 'precision>=0.6') IS NULL FROM (VALUES (0.9, 0), (0.8, 1), (0.7, 0));
--> 1

-- A weight needs the objective before it:
SELECT best_cutoff(score, label, 'f1', n) FROM counted_rows;
--> 0.25
SELECT best_cutoff(score, label, 0.5) FROM four;
--! best_cutoff: objective must be one of 'f1', 'fbeta:BETA', 'accuracy', 'error_rate', 'balanced_accuracy', 'youden', 'mcc', 'dot', 'cost:FP,FN', 'precision>=X', 'recall>=X', 'specificity>=X', got 0.5; the weight is argument 4
SELECT best_cutoff(score, label, 'F1') FROM four;
--! best_cutoff: objective must be one of 'f1', 'fbeta:BETA', 'accuracy', 'error_rate', 'balanced_accuracy', 'youden', 'mcc', 'dot', 'cost:FP,FN', 'precision>=X', 'recall>=X', 'specificity>=X', got text 'F1'; the names are in lower case
SELECT best_cutoff(score, label, 'precision>0.9') FROM four;
--! best_cutoff: objective must be one of 'f1', 'fbeta:BETA', 'accuracy', 'error_rate', 'balanced_accuracy', 'youden', 'mcc', 'dot', 'cost:FP,FN', 'precision>=X', 'recall>=X', 'specificity>=X', got text 'precision>0.9'; conditions are written with >=
SELECT best_cutoff(score, label, 'cost:1') FROM four;
--! best_cutoff: objective must be one of 'f1', 'fbeta:BETA', 'accuracy', 'error_rate', 'balanced_accuracy', 'youden', 'mcc', 'dot', 'cost:FP,FN', 'precision>=X', 'recall>=X', 'specificity>=X', got text 'cost:1'; FP and FN must be numbers >= 0
SELECT best_cutoff(score, label, CASE label WHEN 0 THEN 'f1' ELSE 'mcc' END) FROM four;
--! best_cutoff: objective changed from 'f1' to 'mcc'; the weight is argument 4


-- best_cutoff_metrics(score, label[, objective='f1'[, weight]])
--
-- What best_cutoff finds and how good it is there, as JSON. Aggregates do not nest in SQL, so f1_at(score,
-- label, best_cutoff(score, label)) cannot be written; this can. The cutoff is printed with 17 digits: read
-- back, it is the same number.
SELECT best_cutoff_metrics(score, label) FROM four;
--> {"cutoff":0.34999999999999998,"objective":"f1","value":0.80000000000000004,"tp":2,"fp":1,"tn":1,"fn":0,"precision":0.66666666666666663,"recall":1.0,"f1":0.80000000000000004}
SELECT model, best_cutoff_metrics(score, label, 'cost:1,5') FROM flights GROUP BY model;
--> boosted|{"cutoff":0.19325102299999999,"objective":"cost:1,5","value":19854.0,"tp":4523,"fp":12899,"tn":11628,"fn":1391,"precision":0.25961428079439791,"recall":0.76479540074399732,"f1":0.38764141241001027}
--> logistic|{"cutoff":0.19509928800000001,"objective":"cost:1,5","value":20862.0,"tp":4390,"fp":13242,"tn":11285,"fn":1524,"precision":0.24897912885662432,"recall":0.7423063916131214,"f1":0.37288711458421814}

SELECT model, json_extract(j, '$.cutoff') AS cutoff, json_extract(j, '$.precision') AS precision,
       json_extract(j, '$.recall') AS recall
  FROM (SELECT model, best_cutoff_metrics(score, label, 'precision>=0.4') AS j FROM flights GROUP BY model);
--> boosted|0.333736208|0.400816951748787|0.265471761920866
--> logistic|0.421642082|0.400343642611684|0.0393980385525871

-- The same with ->>, and proof that the cutoff means what it says:
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
-- Everything in one pass, as JSON: rows, left_out (rows with a NULL), positives, roc_auc, average_precision,
-- ks, log_loss, brier and ece (null unless every score is a probability), and best_f1, which is what
-- best_cutoff_metrics gives. Of no rows at all: NULL.
SELECT evaluate_binary(score, label) FROM four;
--> {"rows":4,"left_out":0,"positives":2,"roc_auc":0.75,"average_precision":0.83333333333333326,"ks":0.5,"log_loss":0.47228795380917615,"brier":0.15812500000000002,"ece":0.33750000000000002,"best_f1":{"cutoff":0.34999999999999998,"objective":"f1","value":0.80000000000000004,"tp":2,"fp":1,"tn":1,"fn":0,"precision":0.66666666666666663,"recall":1.0,"f1":0.80000000000000004}}
SELECT model, evaluate_binary(score, label) FROM flights GROUP BY model;
--> boosted|{"rows":30441,"left_out":0,"positives":5914,"roc_auc":0.67818021257077377,"average_precision":0.3641737244114765,"ks":0.24862499263888116,"log_loss":0.45958803139072107,"brier":0.14544115285140474,"ece":0.032509970944091852,"best_f1":{"cutoff":0.214219135,"objective":"f1","value":0.39204767487299724,"tp":4013,"fp":10545,"tn":13982,"fn":1901,"precision":0.2756559967028438,"recall":0.67855935069327022,"f1":0.39204767487299724}}
--> logistic|{"rows":30441,"left_out":0,"positives":5914,"roc_auc":0.64005659378450086,"average_precision":0.28554521872516941,"ks":0.20860201560704725,"log_loss":0.47633128020372234,"brier":0.15167103218096439,"ece":0.030407598158838409,"best_f1":{"cutoff":0.21068647300000001,"objective":"f1","value":0.37416543026706234,"tp":4035,"fp":11619,"tn":12908,"fn":1879,"precision":0.25776159448064395,"recall":0.68227933716604672,"f1":0.37416543026706234}}

-- Logits have no log loss of their own here; bce_logits knows it.
SELECT evaluate_binary(logit, label) FROM flights WHERE model = 'boosted';
--> {"rows":30441,"left_out":0,"positives":5914,"roc_auc":0.67818020912375021,"average_precision":0.3641737244114765,"ks":0.24862499263888116,"log_loss":null,"brier":null,"ece":null,"best_f1":{"cutoff":-1.2996784699999999,"objective":"f1","value":0.39204767487299724,"tp":4013,"fp":10545,"tn":13982,"fn":1901,"precision":0.2756559967028438,"recall":0.67855935069327022,"f1":0.39204767487299724}}
SELECT evaluate_binary(column1, column2) FROM (VALUES (0.7, 1), (NULL, 1), (0.4, NULL), (0.2, 0));
--> {"rows":2,"left_out":2,"positives":1,"roc_auc":1.0,"average_precision":1.0,"ks":1.0,"log_loss":0.28990924762647108,"brier":0.065000000000000016,"ece":0.25,"best_f1":{"cutoff":0.69999999999999996,"objective":"f1","value":1.0,"tp":1,"fp":0,"tn":1,"fn":0,"precision":1.0,"recall":1.0,"f1":1.0}}


-- score_set(score, label[, weight])
--
-- The sorted, merged multiset of (score, label, weight), lossless, as a BLOB of about 6 bytes a distinct
-- score. score_set(set) merges sets. All functions of this page and of decisions.sql and calibration.sql,
-- log_loss, brier and the curves read it.
CREATE TEMP TABLE sets AS SELECT model, score_set(score, label) AS scores FROM flights GROUP BY model;
SELECT model, roc_auc(scores), f1_at(scores, 0.2), best_cutoff(scores, 'youden'), ece(scores, 10)
  FROM sets GROUP BY model;
--> boosted|0.678180212570774|0.388137031578007|0.214219135|0.0325099709440919
--> logistic|0.640056593784501|0.372915393346721|0.210880876|0.0304075981588384

-- Aggregates of sets merge them. For the set of one row alone, group by it or write a scalar subquery.
SELECT roc_auc(scores) IS (SELECT roc_auc(score, label) FROM flights) FROM sets;
--> 1
SELECT roc_auc(x'00112233') FROM four;
--! roc_auc: it is called roc_auc(score, label[, weight]), or with a saved state; got 1 argument, the first a BLOB of 4 bytes
SELECT f1_at(scores) FROM sets;
--! f1_at: with this saved state it is called f1_at(state, cutoff); got 1 argument


-- score_set_info(set)
--
-- What one set holds, as JSON: rows, left_out, positives, distinct scores, lowest and highest score, bytes. A
-- scalar.
SELECT model, score_set_info(scores) FROM sets;
--> boosted|{"rows":30441,"left_out":0,"positives":5914,"distinct":27228,"lowest":0.034478584999999999,"highest":0.97097834999999999,"bytes":171356}
--> logistic|{"rows":30441,"left_out":0,"positives":5914,"distinct":30014,"lowest":0.039356648199999997,"highest":0.663226816,"bytes":179775}
SELECT score_set_info(score_set(score, label)) FROM four;
--> {"rows":4,"left_out":0,"positives":2,"distinct":4,"lowest":0.10000000000000001,"highest":0.80000000000000004,"bytes":63}
SELECT score_set_info('no set');
--! score_set_info: argument 1 is no saved state, got text 'no set'
