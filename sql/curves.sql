-- Curves: every cutoff at once, as rows that SQL can search.
--
-- For all functions of this page:
--   * A curve is a table-valued function of a score set: SELECT * FROM roc_curve((SELECT score_set(score,
--     label) FROM predictions)). Both pairs of parentheses are needed; the inner pair makes the query a
--     scalar subquery. As always in SQL, such a subquery gives its first row only, so a table of sets must be
--     merged first: roc_curve((SELECT score_set(scores) FROM sets)).
--   * A join opens one curve for each row of a table of sets: FROM sets, roc_curve(sets.scores).
--   * Rows come with the highest cutoff first. A row of the data is predicted positive if score >= cutoff.
--     The cutoff Infinity predicts none; it is omitted if a score is itself Infinity.
--   * Counts are INTEGER, or REAL if rows have weights. A ratio 0/0 is NULL. A NULL set gives no rows.
--   * The arguments are hidden columns (set, bins, strategy). SELECT * leaves them out; they can be selected
--     by name.
--   * Each column has the same bits as the function of that name applied to the rows.
.load build/mlmetrics

-- The examples use one score set for each model, and a set of four rows:
CREATE TEMP TABLE sets AS SELECT model, score_set(score, label) AS scores FROM flights GROUP BY model;
CREATE TEMP TABLE tiny AS
  SELECT score_set(column1, column2) AS scores FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));


-- cutoff_curve(set)
--
-- One row for each candidate cutoff, with the columns cutoff, tp, fp, tn, fn, precision, recall, specificity,
-- fpr, accuracy, balanced_accuracy, f1, mcc and youden. The four counts are INTEGERs if all weights are
-- integral: in a set, a row of weight 2 is two rows. Fractional weights make them REAL.
SELECT cutoff, tn, fp, fn, tp FROM tiny, cutoff_curve(scores);
--> Inf|2|0|2|0
--> 0.8|2|0|1|1
--> 0.4|1|1|1|1
--> 0.35|1|1|0|2
--> 0.1|0|2|0|2
SELECT cutoff, precision, recall, f1, accuracy FROM tiny, cutoff_curve(scores);
--> Inf||0.0|0.0|0.5
--> 0.8|1.0|0.5|0.666666666666667|0.75
--> 0.4|0.5|0.5|0.5|0.5
--> 0.35|0.666666666666667|1.0|0.8|0.75
--> 0.1|0.5|1.0|0.666666666666667|0.5

-- Which cutoff has the largest F1?
SELECT model, max(f1), cutoff FROM sets, cutoff_curve(scores) GROUP BY model;
--> boosted|0.392047674872997|0.214219135
--> logistic|0.374165430267062|0.210686473

-- The largest recall with a precision of at least 0.4:
SELECT cutoff, recall, precision FROM sets, cutoff_curve(scores)
 WHERE model = 'boosted' AND precision >= 0.4 ORDER BY recall DESC LIMIT 1;
--> 0.333736208|0.265471761920866|0.400816951748787

-- The lowest cost if a miss costs as much as five false alarms:
SELECT model, min(fp + 5 * fn) AS cost, cutoff FROM sets, cutoff_curve(scores) GROUP BY model;
--> boosted|19854|0.193251023
--> logistic|20862|0.195099288

-- At most a thousand flights can be handled. Which cutoff predicts no more than that to be late, and how many
-- of those are late?
SELECT cutoff, tp + fp AS called, tp AS late FROM sets, cutoff_curve(scores)
 WHERE model = 'boosted' AND tp + fp <= 1000 ORDER BY cutoff LIMIT 1;
--> 0.445499044|1000|566

-- The values are those of the functions at one cutoff. This counts the differences:
SELECT count(*) FROM sets, cutoff_curve(scores) c
 WHERE model = 'logistic' AND cutoff > 0.55
   AND f1 IS NOT (SELECT f1_at(score, label, c.cutoff) FROM flights WHERE model = 'logistic');
--> 0

-- If Infinity is a score, there is no row that predicts none. Weights give REAL counts:
SELECT cutoff, tp, fp, tn, fn
  FROM cutoff_curve((SELECT score_set(column1, column2) FROM (VALUES (9e999, 1), (0, 0))));
--> Inf|1|0|1|0
--> 0.0|1|1|0|0
SELECT cutoff, tp, fp, tn, fn
  FROM cutoff_curve((SELECT score_set(column1, column2, 0.5) FROM (VALUES (2, 1), (1, 0))));
--> Inf|0.0|0.0|0.5|0.5
--> 2.0|0.5|0.0|0.5|0.0
--> 1.0|0.5|0.5|0.0|0.0


-- roc_curve(set[, points])
--
-- cutoff, fpr and tpr, from (Infinity, 0, 0) to fpr 1 and tpr 1. Points inside a straight segment are dropped,
-- which changes neither the plot nor the area. If a class is missing, its rate is NULL.
SELECT cutoff, fpr, tpr FROM tiny, roc_curve(scores);
--> Inf|0.0|0.0
--> 0.8|0.0|0.5
--> 0.4|0.5|0.5
--> 0.35|0.5|1.0
--> 0.1|1.0|1.0

-- The trapezoids under the points add up to roc_auc, except for the rounding of SQLite's sum():
SELECT model, printf('%.10f', sum(area)) AS by_hand,
       (SELECT printf('%.10f', roc_auc(s.scores)) FROM sets s WHERE s.model = steps.model) AS roc_auc
  FROM (SELECT model, (fpr - lag(fpr) OVER points) * (tpr + lag(tpr) OVER points) / 2 AS area
          FROM sets, roc_curve(scores) WINDOW points AS (PARTITION BY model ORDER BY cutoff DESC)) steps
 GROUP BY model;
--> boosted|0.6781802126|0.6781802126
--> logistic|0.6400565938|0.6400565938

-- How many points does it take to draw the curve?
SELECT model, (SELECT count(*) FROM roc_curve(scores)) AS corners,
       (SELECT count(*) FROM cutoff_curve(scores)) AS cutoffs FROM sets;
--> boosted|8704|27229
--> logistic|9024|30015


-- A second argument thins the curve for drawing: at most `points` points are left, and those dropped lie within
-- √2/(points - 1) of the line. With 100 points that is 0.0143, less than a pixel of a plot 70 pixels wide.
SELECT model, (SELECT count(*) FROM roc_curve(scores, 100)) AS points FROM sets;
--> boosted|51
--> logistic|51
SELECT cutoff, printf('%.4f', fpr) AS fpr, printf('%.4f', tpr) AS tpr FROM sets, roc_curve(scores, 6)
 WHERE model = 'boosted';
--> Inf|0.0000|0.0000
--> 0.253606801|0.2817|0.5183
--> 0.153998642|0.7064|0.8935
--> 0.034478585|1.0000|1.0000
SELECT * FROM tiny, roc_curve(scores, 1);
--! roc_curve: points must be an integer from 2 to 2147483647, got 1


-- pr_curve(set)
--
-- cutoff, precision and recall, from (Infinity, 1, 0): one row for each distinct score. Without positives,
-- recall is NULL everywhere.
SELECT cutoff, precision, recall FROM tiny, pr_curve(scores);
--> Inf|1.0|0.0
--> 0.8|1.0|0.5
--> 0.4|0.5|0.5
--> 0.35|0.666666666666667|1.0
--> 0.1|0.5|1.0

-- Which precision is possible at a recall of one tenth, one quarter and one half?
WITH wanted(share) AS (VALUES (0.1), (0.25), (0.5))
SELECT model, share, (SELECT max(precision) FROM pr_curve(scores) WHERE recall >= share) AS precision
  FROM sets, wanted;
--> boosted|0.1|0.554520037278658
--> logistic|0.1|0.360147213459516
--> boosted|0.25|0.412419938735728
--> logistic|0.25|0.319277108433735
--> boosted|0.5|0.312262958280657
--> logistic|0.5|0.279556879538261


-- det_curve(set)
--
-- cutoff, fpr and fnr, the detection error tradeoff, from (Infinity, 0, 1): one row for each distinct score. If
-- a class is missing, its rate is NULL.
SELECT cutoff, fpr, fnr FROM tiny, det_curve(scores);
--> Inf|0.0|1.0
--> 0.8|0.0|0.5
--> 0.4|0.5|0.5
--> 0.35|0.5|0.0
--> 0.1|1.0|0.0

-- Where the two rates are nearest to each other, eer lies between them:
SELECT model, printf('%.4f', fpr) AS fpr, printf('%.4f', fnr) AS fnr, min(abs(fpr - fnr)) < 1e-4 AS near,
       (SELECT printf('%.4f', eer(s.scores)) FROM sets s WHERE s.model = sets.model) AS eer
  FROM sets, det_curve(scores) GROUP BY model;
--> boosted|0.3776|0.3776|1|0.3776
--> logistic|0.3991|0.3991|1|0.3991


-- decision_curve(set)
--
-- Decision curve analysis: cutoff, net_benefit and treat_all, one row for each distinct score below 1, highest
-- first. net_benefit is that of net_benefit_at; treat_all is that of predicting every row positive, and
-- predicting none has 0. A model is useful at a cutoff if it is above both. The scores must be probabilities.
SELECT cutoff, net_benefit, treat_all FROM tiny, decision_curve(scores);
--> 0.8|0.25|-1.5
--> 0.4|0.0833333333333333|0.166666666666667
--> 0.35|0.365384615384615|0.230769230769231
--> 0.1|0.444444444444444|0.444444444444444

-- The lowest and the highest cutoff at which acting on the model is better than treating all flights as late,
-- or none:
SELECT model, min(cutoff), max(cutoff) FROM sets, decision_curve(scores)
 WHERE net_benefit > max(treat_all, 0) GROUP BY model;
--> boosted|0.0350298738|0.97097835
--> logistic|0.0394072998|0.507248721
SELECT * FROM decision_curve((SELECT score_set(3, 1)));
--! decision_curve: every score of the set must be within [0,1], got 3…


-- calibration_curve(set[, bins=10[, strategy='uniform']])
--
-- bin, lo, hi, rows, mean_score and positive_rate: the mean score and the share of positives of each bin,
-- numbered from 0. Empty bins are omitted. The scores must be probabilities. With 'uniform', bin i is
-- [i/bins, (i+1)/bins), and 1.0 belongs to the last bin. With 'quantile', the edges are quantiles of
-- the scores, linear between rows as in NumPy and scikit-learn, and a score on an edge belongs to the bin below it.
-- So bins have about equal numbers of rows, and tied rows stay together; lo and hi are then the lowest and highest
-- score of the bin. Where weights are fractional, an edge is the least score with that share of the weight at or
-- below it.
--
-- A score on a uniform edge belongs to the bin above it, as in ece(). The edges are the fractions i/bins, and lo and hi
-- the doubles nearest to them: the double 0.3, which is less than 3/10, is in the bin whose hi is 0.3.
-- scikit-learn's calibration_curve puts such a score into the bin below. Its quantile bins are the same,
-- but for rounding where a quantile is the score of a row.
SELECT bin, rows, printf('%.4f', mean_score) AS mean_score, printf('%.4f', positive_rate) AS positive_rate
  FROM sets, calibration_curve(scores) WHERE model = 'boosted';
--> 0|2286|0.0779|0.0459
--> 1|11680|0.1548|0.1253
--> 2|10630|0.2447|0.2128
--> 3|4142|0.3408|0.2970
--> 4|1183|0.4395|0.4193
--> 5|289|0.5416|0.5709
--> 6|101|0.6443|0.7129
--> 7|43|0.7466|0.8837
--> 8|58|0.8442|0.9138
--> 9|29|0.9259|1.0000

SELECT bin, lo, hi, rows, mean_score, positive_rate FROM tiny, calibration_curve(scores, 4);
--> 0|0.0|0.25|1|0.1|0.0
--> 1|0.25|0.5|2|0.375|0.5
--> 3|0.75|1.0|1|0.8|1.0

-- Edges of your own; the last one belongs to the last bin:
SELECT bin, lo, hi, rows, mean_score, positive_rate
  FROM calibration_curve((SELECT score_set(column1, column2) FROM (VALUES (0.1, 0), (0.5, 1), (0.75, 1), (1, 0))), '[0, 0.5, 1]');
--> 0|0.0|0.5|1|0.1|0.0
--> 1|0.5|1.0|3|0.75|0.666666666666667

-- Five bins with about equal numbers of flights:
SELECT model, bin, lo, hi, rows, printf('%.4f', mean_score) AS mean_score,
       printf('%.4f', positive_rate) AS positive_rate
  FROM sets, calibration_curve(scores, 5, 'quantile');
--> boosted|0|0.034478585|0.139672266|6089|0.1052|0.0723
--> boosted|1|0.139674831|0.187129981|6089|0.1642|0.1371
--> boosted|2|0.187136702|0.233842988|6087|0.2095|0.1851
--> boosted|3|0.233853911|0.296432917|6088|0.2627|0.2247
--> boosted|4|0.296439373|0.97097835|6088|0.3833|0.3522
--> logistic|0|0.0393566482|0.147682026|6089|0.1177|0.0943
--> logistic|1|0.14768324|0.190373671|6088|0.1690|0.1434
--> logistic|2|0.190388212|0.23940448|6088|0.2144|0.1864
--> logistic|3|0.239425774|0.299464055|6088|0.2675|0.2388
--> logistic|4|0.299484731|0.663226816|6088|0.3548|0.3085

-- ece() is the mean gap, with each bin weighted by its rows:
SELECT model, printf('%.10f', sum(rows * abs(mean_score - positive_rate)) / sum(rows)) AS by_hand,
       (SELECT printf('%.10f', ece(s.scores)) FROM sets s WHERE s.model = sets.model) AS ece
  FROM sets, calibration_curve(scores) GROUP BY model;
--> boosted|0.0325099709|0.0325099709
--> logistic|0.0304075982|0.0304075982

-- Defaults can be selected by name:
SELECT DISTINCT bins, strategy FROM tiny, calibration_curve(scores);
--> 10|uniform

SELECT bin FROM tiny, calibration_curve(scores, 0);
--! calibration_curve: bins must be an integer from 1 to 2147483647 or a JSON array of edges, got 0
SELECT bin FROM tiny, calibration_curve(scores, 10, 'even');
--! calibration_curve: strategy must be 'uniform' or 'quantile', got text 'even'
SELECT * FROM calibration_curve((SELECT score_set(column1, column2) FROM (VALUES (2.5, 1), (-1, 0))));
--! calibration_curve: every score of the set must be within [0,1], got 2.5; if every score is a logit, sigmoid(score) makes it a probability; if every score is a percentage, 0.5 meaning 0.5%, to_number((score) || '%') reads it


-- lift_curve(set[, bins=10])
--
-- bin, rows, positives, row_share, gain and lift: the rows in order of score, divided into bins of equal
-- size; bin 1 has the highest scores. row_share and gain are cumulative shares of all rows and of all
-- positives. lift is gain / row_share: how many times more positives there are than among as many rows chosen
-- at random. Tied rows at an edge are divided between the bins in proportion, so rows and positives may be
-- fractions.
SELECT bin, rows, positives, row_share, gain, lift FROM tiny, lift_curve(scores, 2);
--> 1|2.0|1.0|0.5|0.5|1.0
--> 2|2.0|1.0|1.0|1.0|1.0

-- The lift of the top decile: among the tenth of the flights with the highest scores, how many times more
-- often is a flight late than overall?
SELECT model, positives, lift FROM sets, lift_curve(scores) WHERE bin = 1;
--> boosted|1306.1|2.2084883327697
--> logistic|1010.0|1.70781197159283

-- All deciles:
SELECT bin, rows, positives, printf('%.4f', gain) AS gain, printf('%.4f', lift) AS lift
  FROM sets, lift_curve(scores) WHERE model = 'boosted';
--> 1|3044.1|1306.1|0.2208|2.2085
--> 2|3044.1|837.9|0.3625|1.8126
--> 3|3044.1|721.0|0.4844|1.6148
--> 4|3044.1|647.0|0.5938|1.4846
--> 5|3044.1|590.5|0.6937|1.3874
--> 6|3044.1|536.5|0.7844|1.3073
--> 7|3044.1|463.0|0.8627|1.2324
--> 8|3044.1|372.8|0.9257|1.1572
--> 9|3044.1|269.1|0.9712|1.0792
--> 10|3044.1|170.1|1.0000|1.0000


-- Wrong arguments are errors, and NULL gives no rows:
SELECT * FROM roc_curve('set');
--! roc_curve: it reads a saved set: roc_curve((SELECT score_set(score, label) FROM …)); got text 'set'
SELECT * FROM roc_curve;
--! roc_curve: it reads a saved set: roc_curve((SELECT score_set(score, label) FROM …))
SELECT * FROM flights, roc_curve(score, label);
--! roc_curve: it reads a saved set: roc_curve((SELECT score_set(score, label) FROM …)); got 0.15467037
SELECT * FROM tiny, lift_curve(scores, 10, 1);
--! lift_curve: call it as lift_curve(set[, bins=10]); got 3 arguments
SELECT * FROM tiny, calibration_curve(scores, 'quantile');
--! calibration_curve: bins must be an integer from 1 to 2147483647 or a JSON array of edges, got text 'quantile'; 'quantile' is a strategy, which is argument 3
SELECT * FROM tiny, calibration_curve(scores, strategy = 'quantile');
--! calibration_curve: arguments are given by position, not as name = value: calibration_curve(set[, bins=10[, strategy='uniform']])

-- Called like a function, a curve says how it is opened:
SELECT roc_curve(score, label) FROM flights;
--! roc_curve: it is a table, opened as SELECT * FROM roc_curve((SELECT score_set(score, label) FROM …))
SELECT calibration_curve(score, label) OVER (ORDER BY score) FROM flights;
--! calibration_curve: it is a table, opened as SELECT * FROM calibration_curve((SELECT score_set(score, label) FROM …))
SELECT * FROM lift_curve((SELECT mse_state(1, 2)));
--! lift_curve: cannot read a saved state of 'squared_error', only of 'score_set'; 'squared_error' is saved by mse_state, rmse_state
SELECT count(*) FROM roc_curve(NULL);
--> 0
