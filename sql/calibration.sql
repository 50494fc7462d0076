-- Calibration: whether rows with score 0.3 are positive three times in ten.
--
-- What holds for the whole family:
--   * The score is a probability, the label 0 or 1; elsewhere an error.
--   * [0, 1] is cut into bins of equal width, 10 where nothing is said. Bin i, from 0, is [i/bins,
--     (i+1)/bins), and 1.0 is in the last; which bin a score falls in is decided in exact arithmetic. The
--     number of bins is the same for all rows.
--   * The gap of a bin is |mean score - share of positives| of its rows.
--   * A row with NULL in any argument is left out; NULL where no row is left. Weights count as in the rest of
--     the extension.
--   * Both read score_set in place of rows: ece(set, 10). The table behind them is calibration_curve(set), in
--     curves.sql.
.load build/mlmetrics


-- ece(prob, label[, bins=10[, weight]])
--
-- Expected calibration error: the mean over the rows of the gap of their bin, 0 to 1. Two bins: below 0.5 the
-- mean score is 0.2 and one in two is positive, above it is 0.7 and both are. The gap is 0.3 in each.
SELECT ece(column1, column2, 2) FROM (VALUES (0.1, 0), (0.3, 1), (0.6, 1), (0.8, 1));
--> 0.3
SELECT model, ece(score, label), ece(score, label, 50) FROM flights GROUP BY model;
--> boosted|0.0325099709440919|0.0327654975153609
--> logistic|0.0304075981588384|0.030641948230702

-- A score on an edge belongs to the bin above; 0.3, as a double, lies just below 3/10, and is in the bin
-- below:
SELECT ece(0.5, 1, 2), ece(1, 1, 10), ece(0.3, 0, 10);
--> 0.5|0.0|0.3

-- Of many classes it is the calibration of the class decided for: the score of the winner, and whether it was
-- right.
WITH p AS (SELECT softmax(json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9)) AS p, label FROM digits)
SELECT ece(json_extract(p, '$[' || argmax(p) || ']'), argmax(p) = label) FROM p;
--> 0.0967614751396588

-- From a saved set, any number of bins:
SELECT model, ece(scores, 5), ece(scores, 10) IS direct
  FROM (SELECT model, score_set(score, label) AS scores, ece(score, label, 10) AS direct
          FROM breast_cancer GROUP BY model)
 GROUP BY model;
--> forest|0.0297891036906854|1
--> logistic|0.0107370077718917|1
--> naive_bayes|0.0566392769767532|1

-- A weight needs the number of bins before it:
SELECT ece(column1, column2, 2, column3) FROM (VALUES (0.1, 0, 3), (0.3, 1, 1), (0.6, 1, 2), (0.8, 1, 0));
--> 0.2
SELECT ece(column1, column2, column3) FROM (VALUES (0.1, 0, 10), (0.3, 1, 3));
--! ece: bins changed from 10 to 3; the weight is argument 4
SELECT ece(2.5, 1);
--! ece: prob must be within [0,1], got 2.5; sigmoid() makes logits probabilities, / 100.0 makes percentages probabilities
SELECT ece(0.5, 1, 0);
--! ece: bins must be an integer from 1 to 2147483647, got 0; the weight is argument 4
SELECT ece(0.5, 1, 2.5);
--! ece: bins must be an integer from 1 to 2147483647, got 2.5; the weight is argument 4


-- mce(prob, label[, bins=10[, weight]])
--
-- Maximum calibration error: the largest gap of a bin that has rows. A bin with few rows may be far off by
-- chance.
SELECT mce(column1, column2, 2) FROM (VALUES (0.1, 0), (0.3, 0), (0.6, 1), (0.8, 1));
--> 0.3
SELECT model, mce(score, label) FROM flights GROUP BY model;
--> boosted|0.137072969651163
--> logistic|0.63478118
SELECT mce(0.2, NULL) IS NULL;
--> 1
