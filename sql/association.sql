-- Association: correlation, agreement with the identity, correlation of ranks, concordance with survival times.
--
-- For all functions of this page:
--   * Results are exact ratios, rounded once: the same bits in any row order, any partition into saved states
--     and any window frame.
--   * A row with a NULL argument is left out; the result is NULL if no row is left.
--   * Every aggregate has a _state form and reads saved states; see saved_states.sql.
.load build/mlmetrics

CREATE TEMP TABLE five(x, y);
INSERT INTO five VALUES (1, 2), (2, 1), (3, 4), (4, 3), (5, 50);


-- pearson(x, y[, weight])
--
-- Pearson's correlation, -1 to 1, from exact moments: it does not lose digits where numbers are large and
-- vary little. NULL if x or y is constant. A row with a NULL is left out.
SELECT pearson(x, y), pearson(x + 1e15, y) IS pearson(x, y), pearson(x, 1) FROM five;
--> 0.728428263322223|1|
SELECT model, pearson(prediction, target) FROM diabetes GROUP BY model;
--> boosted|0.664174156652005
--> ridge|0.705379638817451


-- ccc(pred, target[, weight])
--
-- Lin's concordance correlation coefficient, -1 to 1: twice the covariance over var(pred) + var(target) +
-- (mean(pred) - mean(target))², with variances over n. It is 1 only if every prediction is right, while pearson
-- forgives a wrong scale and offset. NULL if all numbers are the same. A row with a NULL is left out.
SELECT ccc(x, y), ccc(x, x), ccc(x, x + 1), pearson(x, x + 1) FROM five;
--> 0.0880898876404494|1.0|0.8|1.0
SELECT model, ccc(prediction, target) FROM diabetes GROUP BY model;
--> boosted|0.638900961747514
--> ridge|0.653497143023863


-- spearman(x, y)
--
-- Spearman's rank correlation, -1 to 1: the correlation of ranks, where equal values have the mean of their
-- ranks. NULL if x or y is constant. A row with a NULL is left out.
SELECT spearman(x, y), spearman(x, -y), spearman(x, 1) FROM five;
--> 0.8|-0.8|
SELECT model, spearman(prediction, target) FROM diabetes GROUP BY model;
--> boosted|0.648938439712514
--> ridge|0.691055512517298


-- kendall(x, y)
--
-- Kendall's tau-b, -1 to 1: the pairs of rows in the same order less those in the opposite order, as a share of
-- all pairs, adjusted for equal values (scipy's default). NULL if x or y is constant. A row with a NULL is left
-- out. It reads the states of spearman.
SELECT kendall(x, y), kendall(x / 2, y) FROM five;
--> 0.6|0.447213595499958
SELECT model, kendall(prediction, target) FROM diabetes GROUP BY model;
--> boosted|0.462152152812993
--> ridge|0.494863429400122


-- concordance_index(pred, time, event)
--
-- Harrell's C of predicted survival times, where a higher prediction means later; for a risk score pass -risk
-- (lifelines does so). event is 1 if the event happened at that time, and 0 if the row was censored then. A
-- pair is comparable if the shorter time has the event; at equal times, if exactly one has. Equal predictions
-- count half. NULL if no pair is comparable. A row with a NULL is left out.
WITH patients(risk, months, died) AS (VALUES (0.9, 2, 1), (0.4, 5, 1), (0.6, 4, 0), (0.4, 9, 0), (0.1, 7, 1))
SELECT concordance_index(-risk, months, died) FROM patients;
--> 0.785714285714286
SELECT concordance_index(1, 2, 1), concordance_index(1, NULL, 1);
--> |
SELECT concordance_index(1, 2, 3);
--! concordance_index: event must be 0 or 1, got 3; to_number(event) > 0 if the numbers above 0 are positive and all others negative
