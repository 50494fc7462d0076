-- Walk-through: choosing a cutoff.
--
-- A model gives each row a number between 0 and 1, and someone must decide what to do: call the passenger or
-- not, stop the payment or not. The decision needs a cutoff: a row is predicted positive if pred >= cutoff.
-- This page tries the obvious way to choose one, shows why it fails, and then presents ways that work. It uses
-- a hundred rows, counted by prediction, and then the flights.
.load build/mlmetrics

-- How often each prediction occurred with target 1 and with target 0:
CREATE TEMP TABLE counted(pred REAL, ones INTEGER, zeros INTEGER);
INSERT INTO counted VALUES (1.0, 5, 0), (0.875, 7, 2), (0.75, 8, 2), (0.625, 6, 11), (0.5, 3, 6),
  (0.375, 4, 7), (0.25, 5, 10), (0.125, 3, 18), (0, 0, 3);

-- The same as a hundred rows (pred, target):
CREATE TEMP TABLE hundred AS
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20)
SELECT pred, 1 AS target FROM counted, n WHERE i <= ones UNION ALL SELECT pred, 0 FROM counted, n WHERE i <= zeros;
SELECT count(*), sum(target) FROM hundred;
--> 100|41


-- The obvious choice: as many true positives as possible
--
-- Let transformed be 1 if pred >= cutoff and 0 otherwise, and let dot = Σ target * transformed. It counts the
-- true positives, and looks like a number to maximise. At three cutoffs:
SELECT dot_at(pred, target, 0.75), dot_at(pred, target, 0.5), dot_at(pred, target, 0) FROM hundred;
--> 20|29|41
SELECT sum(target * (pred >= 0.75)), sum(target * (pred >= 0.5)), sum(target * (pred >= 0)) FROM hundred;
--> 20|29|41

-- A lower cutoff never loses a true positive. So dot is largest at cutoff 0, where every row is predicted
-- positive: dot is the number of ones, recall is 1, and precision is only the share of ones.
SELECT dot_at(pred, target, 0), recall_at(pred, target, 0), precision_at(pred, target, 0),
       specificity_at(pred, target, 0) FROM hundred;
--> 41|1.0|0.41|0.0

-- best_cutoff(…, 'dot') gives the highest of the cutoffs that find all ones, which is the lowest score of a
-- one: 0.125 here, not 0.
SELECT best_cutoff(pred, target, 'dot') FROM hundred;
--> 0.125


-- Four counts, and ratios of them
--
SELECT confusion_at(pred, target, 0.5) FROM hundred;
--> {"tp":29,"fp":21,"tn":38,"fn":12}
SELECT accuracy_at(pred, target, 0.5) AS accuracy, precision_at(pred, target, 0.5) AS precision,
       recall_at(pred, target, 0.5) AS recall,
       f1_at(pred, target, 0.5) AS f1, specificity_at(pred, target, 0.5) AS specificity
  FROM hundred;
--> 0.67|0.58|0.707317073170732|0.637362637362637|0.644067796610169


-- All cutoffs
--
-- Every score that occurs is a candidate, and so is Infinity, which predicts none (its precision is 0/0,
-- which is NULL). Down the list recall rises and specificity falls. Accuracy, precision and F1 are largest
-- somewhere in between.
SELECT cutoff, tp, fp, tn, fn, round(accuracy, 3) AS accuracy, round(precision, 3) AS precision,
       round(recall, 3) AS recall,
       round(f1, 3) AS f1, round(specificity, 3) AS specificity
  FROM cutoff_curve((SELECT score_set(pred, target) FROM hundred));
--> Inf|0|0|59|41|0.59||0.0|0.0|1.0
--> 1.0|5|0|59|36|0.64|1.0|0.122|0.217|1.0
--> 0.875|12|2|57|29|0.69|0.857|0.293|0.436|0.966
--> 0.75|20|4|55|21|0.75|0.833|0.488|0.615|0.932
--> 0.625|26|15|44|15|0.7|0.634|0.634|0.634|0.746
--> 0.5|29|21|38|12|0.67|0.58|0.707|0.637|0.644
--> 0.375|33|28|31|8|0.64|0.541|0.805|0.647|0.525
--> 0.25|38|38|21|3|0.59|0.5|0.927|0.65|0.356
--> 0.125|41|56|3|0|0.44|0.423|1.0|0.594|0.051
--> 0.0|41|59|0|0|0.41|0.41|1.0|0.582|0.0

-- So the choice is a compromise. Each objective has its own answer:
SELECT best_cutoff(pred, target, 'accuracy') AS accuracy, best_cutoff(pred, target, 'f1') AS f1,
       best_cutoff(pred, target, 'youden') AS youden, best_cutoff(pred, target, 'mcc') AS mcc FROM hundred;
--> 0.75|0.25|0.75|0.75

-- A condition: the most recall among the cutoffs with a precision of at least 0.7, and the most precision
-- among those with a recall of at least 0.9.
SELECT best_cutoff(pred, target, 'precision>=0.7') AS precise,
       best_cutoff(pred, target, 'recall>=0.9') AS thorough FROM hundred;
--> 0.75|0.25
SELECT best_cutoff_metrics(pred, target, 'precision>=0.7') FROM hundred;
--> {"cutoff":0.75,"objective":"precision>=0.7","value":0.4878048780487805,"tp":20,"fp":4,"tn":55,"fn":21,"precision":0.8333333333333334,"recall":0.4878048780487805,"f1":0.6153846153846154}

-- Costs: if a miss costs five times as much as a false alarm, the cutoff is lower; if it costs a fifth, the
-- cutoff is higher.
SELECT best_cutoff(pred, target, 'cost:1,5') AS misses_dear, best_cutoff(pred, target, 'cost:1,1') AS alike,
       best_cutoff(pred, target, 'cost:5,1') AS alarms_dear FROM hundred;
--> 0.25|0.75|1.0
SELECT cost_at(pred, target, 0.25, 1, 5), cost_at(pred, target, 0.5, 1, 5), cost_at(pred, target, 0.125, 1, 5)
  FROM hundred;
--> 53.0|81.0|56.0


-- The curves
--
-- The ROC curve is recall against the false positive rate, over all cutoffs. The area under it is the
-- probability that a one scores above a zero; 0.5 is chance. Here it is 1873/2419.
SELECT cutoff, round(fpr, 3) AS fpr, round(tpr, 3) AS tpr
  FROM roc_curve((SELECT score_set(pred, target) FROM hundred));
--> Inf|0.0|0.0
--> 1.0|0.0|0.122
--> 0.875|0.034|0.293
--> 0.75|0.068|0.488
--> 0.625|0.254|0.634
--> 0.5|0.356|0.707
--> 0.375|0.475|0.805
--> 0.25|0.644|0.927
--> 0.125|0.949|1.0
--> 0.0|1.0|1.0
SELECT roc_auc(pred, target), roc_auc(pred, target) IS 1873 / 2419.0 FROM hundred;
--> 0.774286895411327|1

-- The precision-recall curve ignores the true negatives, so it tells more if ones are rare:
SELECT cutoff, round(precision, 3) AS precision, round(recall, 3) AS recall
  FROM pr_curve((SELECT score_set(pred, target) FROM hundred));
--> Inf|1.0|0.0
--> 1.0|1.0|0.122
--> 0.875|0.857|0.293
--> 0.75|0.833|0.488
--> 0.625|0.634|0.634
--> 0.5|0.58|0.707
--> 0.375|0.541|0.805
--> 0.25|0.5|0.927
--> 0.125|0.423|1.0
--> 0.0|0.41|1.0


-- The flights
--
-- 19 of 100 flights were late. At cutoff 0.5 the model predicts hardly any of them; at 0 it predicts all of
-- them.
SELECT avg(label) FROM flights WHERE model = 'boosted';
--> 0.19427745474853
SELECT cutoff, confusion_at(score, label, cutoff) AS counts, f1_at(score, label, cutoff) AS f1
  FROM flights, (SELECT 0.5 AS cutoff UNION ALL SELECT 0) WHERE model = 'boosted' GROUP BY cutoff;
--> 0|{"tp":5914,"fp":24527,"tn":0,"fn":0}|0.325347269976619
--> 0.5|{"tp":357,"fp":163,"tn":24364,"fn":5557}|0.110972956170345

-- Which cutoff has the largest F1, which keeps precision at 0.4, and which is cheapest if a miss costs as much
-- as five false alarms? And how good are they?
WITH boosted AS (SELECT score, label FROM flights WHERE model = 'boosted'),
found(objective, j) AS (
  SELECT 'f1', best_cutoff_metrics(score, label) FROM boosted UNION ALL
  SELECT 'precision>=0.4', best_cutoff_metrics(score, label, 'precision>=0.4') FROM boosted UNION ALL
  SELECT 'cost:1,5', best_cutoff_metrics(score, label, 'cost:1,5') FROM boosted)
SELECT objective, json_extract(j, '$.cutoff') AS cutoff, round(json_extract(j, '$.precision'), 4) AS precision,
       round(json_extract(j, '$.recall'), 4) AS recall, round(json_extract(j, '$.f1'), 4) AS f1 FROM found;
--> f1|0.214219135|0.2757|0.6786|0.392
--> precision>=0.4|0.333736208|0.4008|0.2655|0.3194
--> cost:1,5|0.193251023|0.2596|0.7648|0.3876

-- In practice a cutoff is chosen on past flights and used on future ones. How does the best cutoff of April
-- and May do in June?
WITH chosen(cutoff) AS (SELECT best_cutoff(score, label) FROM flights WHERE model = 'boosted' AND ts < '2001-06'),
june AS (SELECT score, label FROM flights WHERE model = 'boosted' AND ts >= '2001-06')
SELECT cutoff, f1_at(score, label, cutoff) AS f1_in_june,
       (SELECT max(f1) FROM cutoff_curve((SELECT score_set(score, label) FROM june))) AS f1_at_its_own_best
  FROM june, chosen;
--> 0.225148526|0.427314112291351|0.43158341587661
