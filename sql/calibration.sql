-- Calibration: whether rows with a score of 0.3 are positive three times in ten.
--
-- For all functions of this page:
--   * The score is a probability and the label is 0 or 1; anything else is an error.
--   * [0,1] is divided into bins of equal width, 10 by default. Bin i (from 0) is [i/bins, (i+1)/bins), and 1.0
--     belongs to the last bin. The bin of a score is decided in exact arithmetic. The number of bins must be
--     the same for all rows. With 'quantile', the edges are quantiles of the scores, as in
--     calibration_curve(), and rows of one score stay together. In place of a number, a JSON array gives edges
--     of your own: '[0, 0.3, 1]' has the bins [0,0.3) and [0.3,1]; scores beyond the edges count in the first
--     or last bin.
--   * The gap of a bin is |mean score - share of positives| of its rows.
--   * A row with a NULL argument is left out; the result is NULL if no row is left. An integral weight k
--     counts as k rows.
--   * All functions also read a score set: ece(set, 10). The bins themselves are the rows of
--     calibration_curve(set), in curves.sql.
.load build/mlmetrics


-- ece(prob, label[, bins=10[, strategy='uniform'[, weight]]])
--
-- Expected calibration error: the mean over all rows of the gap of their bin, 0 to 1. In the first example
-- the lower of two bins has mean score 0.2 and a share of positives of 0.5; the upper has 0.7 and 1. Both
-- gaps are 0.3.
SELECT ece(column1, column2, 2) FROM (VALUES (0.1, 0), (0.3, 1), (0.6, 1), (0.8, 1));
--> 0.3
SELECT model, ece(score, label), ece(score, label, 50) FROM flights GROUP BY model;
--> boosted|0.0325099709440919|0.0327654975153609
--> logistic|0.0304075981588384|0.030641948230702

-- A score on an edge belongs to the bin above it. The edges are the fractions i/bins themselves, not the doubles
-- nearest to them: the double 0.3 is slightly less than 3/10 and belongs to the bin below.
SELECT ece(0.5, 1, 2), ece(1, 1, 10), ece(0.3, 0, 10);
--> 0.5|0.0|0.3

-- For many classes, measure the predicted class: the score is its probability, and the label is 1 if the
-- prediction is right.
WITH p AS (SELECT softmax(json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9)) AS p, label FROM digits)
SELECT ece(json_extract(p, '$[' || argmax(p) || ']'), argmax(p) = label) FROM p;
--> 0.0967614751396588

-- A saved set can be read with any number of bins:
SELECT model, ece(scores, 5), ece(scores, 10) IS direct
  FROM (SELECT model, score_set(score, label) AS scores, ece(score, label, 10) AS direct
          FROM breast_cancer GROUP BY model)
 GROUP BY model;
--> forest|0.0297891036906854|1
--> logistic|0.0107370077718917|1
--> naive_bayes|0.0566392769767532|1

-- Bins of about equal numbers of rows, and edges of your own:
SELECT model, ece(score, label, 10, 'quantile'), ece(score, label, '[0, 0.1, 0.2, 0.3, 0.5, 1]') FROM flights GROUP BY model;
--> boosted|0.0307049771372524|0.0325099709440919
--> logistic|0.0304075981588384|0.0304075981588384
SELECT ece(0.5, 1, '[0.5]');
--! ece: bins cannot be text '[0.5]'; it must be a number of bins, or a JSON array of two or more edges in ascending order
SELECT ece(0.5, 1, '[0, 0.6, 0.4, 1]');
--! ece: bins cannot be text '[0, 0.6, 0.4, 1]'…

-- A weight must be preceded by bins and strategy:
SELECT ece(column1, column2, 2, 'uniform', column3) FROM (VALUES (0.1, 0, 3), (0.3, 1, 1), (0.6, 1, 2), (0.8, 1, 0));
--> 0.2
SELECT ece(column1, column2, column3) FROM (VALUES (0.1, 0, 10), (0.3, 1, 3));
--! ece: bins changed from 10 to 3; the weight is argument 5
SELECT ece(2.5, 1);
--! ece: prob must be within [0,1], got 2.5; if every prob is a logit, sigmoid(prob) makes it a probability; if every prob is a percentage, 0.5 meaning 0.5%, to_number((prob) || '%') reads it
SELECT ece(0.5, 1, 0);
--! ece: bins must be an integer from 1 to 2147483647 or a JSON array of edges, got 0; the weight is argument 5
SELECT ece(0.5, 1, 2.5);
--! ece: bins must be an integer from 1 to 2147483647 or a JSON array of edges, got 2.5; the weight is argument 5


-- mce(prob, label[, bins=10[, strategy='uniform'[, weight]]])
--
-- Maximum calibration error: the largest gap among the bins that have rows. In a bin with few rows the gap
-- may be large by chance.
SELECT mce(column1, column2, 2) FROM (VALUES (0.1, 0), (0.3, 0), (0.6, 1), (0.8, 1));
--> 0.3
SELECT model, mce(score, label) FROM flights GROUP BY model;
--> boosted|0.137072969651163
--> logistic|0.63478118
SELECT mce(0.2, NULL) IS NULL;
--> 1


-- rmsce(prob, label[, bins=10[, strategy='uniform'[, weight]]])
--
-- Root mean square calibration error: the root of the mean over all rows of the squared gap of their bin. It is
-- between ece and mce. torchmetrics calls it norm='l2'.
SELECT rmsce(column1, column2, 2), ece(column1, column2, 2), mce(column1, column2, 2)
  FROM (VALUES (0.25, 0), (0.25, 0), (0.55, 1), (0.75, 1), (0.75, 1));
--> 0.291833285741477|0.29|0.316666666666667
SELECT model, rmsce(score, label) FROM flights GROUP BY model;
--> boosted|0.0332870283383292
--> logistic|0.0324432336523996


-- brier_skill(prob, label[, weight])
--
-- Brier skill score: 1 - brier / the Brier score of predicting the share of positives for every row. 1 is
-- perfect, 0 is no better than that constant, and a negative value is worse. NULL if all labels are equal.
SELECT brier_skill(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> 0.3675
SELECT model, brier_skill(score, label), d2_log_loss(score, label) FROM flights GROUP BY model;
--> boosted|0.0708637863855217|0.0665727654966622
--> logistic|0.0310648273009765|0.0325670835191995


-- d2_log_loss(prob, label[, weight])
--
-- The share of the log loss that the model explains: 1 - log_loss / the log loss of the share of positives.
-- scikit-learn calls it d2_log_loss_score. NULL if all labels are equal.
SELECT d2_log_loss(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> 0.318632511167906


-- brier_decomposition(prob, label[, bins[, weight]])
--
-- JSON of Murphy's parts of the Brier score, over groups of rows with the same probability. reliability is the
-- mean squared gap between probability and share of positives, 0 if calibrated. resolution is how far the
-- shares of the groups lie from the share of all rows. uncertainty is the variance of the labels. brier is
-- reliability - resolution + uncertainty. If most probabilities occur once, reliability is close to the Brier
-- score, and a note says so: then give bins (a number or edges), with which the sum is only approximate.
SELECT brier_decomposition(column1, column2) FROM (VALUES (0.2, 0), (0.2, 1), (0.2, 0), (0.8, 1), (0.8, 1));
--> {"reliability":0.02666666666666666,"resolution":0.10666666666666669,"uncertainty":0.24,"brier":0.16000000000000003}
SELECT brier_decomposition(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> {"reliability":0.15812500000000002,"resolution":0.25,"uncertainty":0.25,"brier":0.15812500000000002,"note":"4 groups for 4 rows, most of a single row, for which reliability is the squared error: give bins, such as 10, or see miscalibration, which needs none"}
SELECT brier_decomposition(score, label, 10) FROM flights WHERE model = 'boosted';
--> {"reliability":0.001108026255596731,"resolution":0.011513037927955924,"uncertainty":0.15653372532496285,"brier":0.14544115285140474}


-- miscalibration(prob, label[, weight])
--
-- The Brier score less that of the isotonic fit of the same rows: what the best recalibration would gain. It
-- needs no bins, and is 0 if the probabilities are calibrated (CORP: Dimitriadis, Gneiting and Jordan, 2021).
SELECT miscalibration(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> 0.033125
SELECT model, miscalibration(score, label), discrimination(score, label) FROM flights GROUP BY model;
--> boosted|0.00149942876224285|0.012592001235801
--> logistic|0.00131697591762353|0.00617966906162198


-- discrimination(prob, label[, weight])
--
-- The Brier score of predicting the share of positives less that of the isotonic fit: what the order of the
-- probabilities tells. brier = miscalibration - discrimination + p(1 - p), where p is the share of positives.
SELECT brier(score, label) - (miscalibration(score, label) - discrimination(score, label) + avg(label) * (1 - avg(label))) < 1e-15
  FROM flights WHERE model = 'boosted';
--> 1


-- calibration_slope(prob, label[, weight])
--
-- The slope of the logistic regression of the label on ln(prob / (1 - prob)). 1 is calibrated; below 1 the
-- probabilities are too extreme, as those of an overfitted model. Probabilities are clipped as for log_loss.
-- NULL if no finite slope is best: if all labels are equal, or separated by the probabilities.
SELECT model, calibration_slope(score, label), calibration_intercept(score, label) FROM flights GROUP BY model;
--> boosted|1.15527074281365|-0.19788161065467
--> logistic|0.998097821834541|-0.19157740144554
SELECT calibration_slope(column1, column2) IS NULL FROM (VALUES (0.1, 0), (0.8, 1));
--> 1


-- calibration_intercept(prob, label[, weight])
--
-- The intercept of that regression with the slope held at 1: below 0 the probabilities are too high on average.
-- NULL if all labels are equal.
SELECT calibration_intercept(column1, column2) FROM (VALUES (0.5, 0), (0.5, 1), (0.5, 1), (0.5, 1));
--> 1.09861228866811


-- brier_skill_ci(prob, label[, level=0.95[, method][, weight]])
-- d2_log_loss_ci(prob, label[, level=0.95[, method][, weight]])
-- miscalibration_ci(prob, label[, level=0.95[, method][, weight]])
-- discrimination_ci(prob, label[, level=0.95[, method][, weight]])
-- calibration_slope_ci(prob, label[, level=0.95[, method][, weight]])
-- calibration_intercept_ci(prob, label[, level=0.95[, method][, weight]])
--
-- Intervals by a thousand samples of the rows. That of miscalibration is made like that of ece. If the metric
-- is NULL, value, low and high are null and note says why.
SELECT brier_skill_ci(score, label) FROM breast_cancer WHERE model = 'forest';
--> {"value":0.8663469491570213,"low":0.823144551164547,"high":0.9017718297206868,"se":0.019880863684278872,"level":0.95,"method":"percentile","rows":569,"replicates":1000,"undefined":0}
