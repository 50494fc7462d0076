-- Regression: errors that are relative, logarithmic or asymmetric, deviances, and order statistics of errors.
--
-- mse, rmse, mae, mape and r2 are in losses.sql. For all functions of this page:
--   * The prediction comes first and the target second. Parameters of the loss and an optional weight follow.
--   * A mean is the exact mean of its scalar over the rows, rounded once: the same bits in any row order, any
--     partition into saved states and any window frame.
--   * A row with a NULL argument is left out; the result is NULL if no row is left.
--   * delta, alpha and power are the same in every row of a group; anything else is an error.
--   * Every aggregate has a _state form and reads saved states; see saved_states.sql.
.load build/mlmetrics

-- The examples use the demo table diabetes and these four rows:
CREATE TEMP TABLE four(pred, target);
INSERT INTO four VALUES (2.5, 3), (0.0, -0.5), (2.0, 2), (8.0, 7);


-- mean_error(pred, target[, weight])
--
-- The mean of pred - target, or bias: above 0 where predictions are too high. (yardstick's msd has the
-- opposite sign.) A row with a NULL is left out.
SELECT mean_error(pred, target) FROM four;
--> 0.25
SELECT model, mean_error(prediction, target) FROM diabetes GROUP BY model;
--> boosted|1.00587017533937
--> ridge|-0.102330997511312
SELECT mean_error(NULL, 1);
-->

-- error(pred, target)
--
-- pred - target of one row.
SELECT error(2.5, 3), error(NULL, 3);
--> -0.5|


-- MASE, the mean absolute scaled error of a forecast: its mae divided by that of the naive forecast, which is
-- the value before, over the rows that the model was fitted to. For monthly
-- values with a yearly season use lag(actual, 12).
CREATE TEMP TABLE series(t, actual, forecast);
INSERT INTO series VALUES (1, 10, NULL), (2, 12, NULL), (3, 11, NULL), (4, 13, NULL), (5, 14, 15), (6, 16, 14.5);
WITH steps AS (SELECT actual, forecast, lag(actual) OVER (ORDER BY t) AS naive FROM series)
SELECT mae(forecast, actual) AS error, mae(CASE WHEN forecast IS NULL THEN naive END, actual) AS naive_error,
       mae(forecast, actual) / mae(CASE WHEN forecast IS NULL THEN naive END, actual) AS mase FROM steps;
--> 1.25|1.66666666666667|0.75


-- smape(pred, target[, weight])
--
-- Symmetric mean absolute percentage error: the mean of 2|pred - target| / (|pred| + |target|), a fraction
-- from 0 to 2. A row where both are 0 counts 0; one with a NULL is left out.
SELECT smape(pred, target), smape(0, 0), smape(1, 0) FROM four;
--> 0.578787878787879|0.0|2.0

-- symmetric_percentage_error(pred, target)
--
-- The value for one row.
SELECT symmetric_percentage_error(1, 3), symmetric_percentage_error(NULL, 3);
--> 1.0|


-- wmape(pred, target[, weight])
--
-- Weighted absolute percentage error, or WAPE: the sum of |pred - target| over the sum of |target|, so that a
-- small target does not make a row count more. It is Infinity if all targets are 0, and NULL if all errors are
-- 0 too. A row with a NULL is left out.
SELECT wmape(pred, target), wmape(1, 0), wmape(0, 0) FROM four;
--> 0.16|Inf|
SELECT model, wmape(prediction, target) FROM diabetes GROUP BY model;
--> boosted|0.304072426332852
--> ridge|0.292420593469952


-- msle(pred, target[, weight])
--
-- Mean squared logarithmic error: the mean of (ln(1 + pred) - ln(1 + target))². Neither may be below 0. A row
-- with a NULL is left out.
SELECT msle(column1, column2) FROM (VALUES (2.5, 3), (5, 5), (4, 2.5), (8, 7));
--> 0.0397301229845938
SELECT msle(-1, 2);
--! msle: pred must be finite and >= 0, got -1
SELECT msle(NULL, 2);
-->

-- squared_log_error(pred, target)
--
-- The value for one row.
SELECT squared_log_error(2.5, 3);
--> 0.0178306328162444

-- rmsle(pred, target[, weight])
--
-- Square root of msle. It reads the states of msle.
SELECT rmsle(column1, column2) FROM (VALUES (2.5, 3), (5, 5), (4, 2.5), (8, 7));
--> 0.19932416558108


-- huber(pred, target, delta[, weight])
--
-- Mean Huber loss, as in PyTorch's HuberLoss: half the squared error where it is at most delta, and
-- delta·(|error| - delta/2) beyond, so that outliers count linearly. A row with a NULL is left out.
SELECT huber(pred, target, 0.5), huber(pred, target, 100) IS mse(pred, target) / 2 FROM four;
--> 0.15625|1
SELECT huber(1, 2, 0);
--! huber: delta must be finite and > 0, got 0; the weight is argument 4
SELECT huber(column1, 0, column2) FROM (VALUES (1, 1), (1, 2));
--! huber: delta changed from 1 to 2; the weight is argument 4

-- huber_loss(pred, target, delta)
--
-- The value for one row.
SELECT huber_loss(2, 0, 0.5), huber_loss(0.25, 0, 0.5);
--> 0.875|0.03125


-- pinball(pred, target, alpha[, weight])
--
-- Mean pinball loss of a predicted alpha-quantile, as in scikit-learn's mean_pinball_loss: a prediction below
-- the target costs alpha times the error, one above it 1 - alpha times. alpha 0.5 is half of mae. A row with a
-- NULL is left out.
SELECT pinball(column1, column2, 0.1) FROM (VALUES (0, 1), (2, 2), (3, 3));
--> 0.0333333333333333
SELECT pinball(pred, target, 0.5) IS mae(pred, target) / 2 FROM four;
--> 1
SELECT pinball(1, 2, 1.5);
--! pinball: alpha must be within [0,1], got 1.5; 1.5 % is written 0.015; the weight is argument 4

-- pinball_loss(pred, target, alpha)
--
-- The value for one row.
SELECT pinball_loss(0, 1, 0.9), pinball_loss(1, 0, 0.9);
--> 0.9|0.1


-- poisson_deviance(pred, target[, weight])
--
-- Mean Poisson deviance of predicted counts: twice target·ln(target/pred) - target + pred. pred must be above
-- 0, and target at least 0. A row with a NULL is left out.
SELECT poisson_deviance(column1, column2) FROM (VALUES (0.5, 2), (0.5, 0), (2, 1), (2, 4));
--> 1.42601513195981
SELECT poisson_deviance(0, 1);
--! poisson_deviance: pred must be finite and > 0, got 0

-- poisson_deviance_of(pred, target)
--
-- The value for one row.
SELECT poisson_deviance_of(0.5, 0), poisson_deviance_of(2, 2);
--> 1.0|0.0


-- gamma_deviance(pred, target[, weight])
--
-- Mean gamma deviance: twice ln(pred/target) + target/pred - 1. It depends only on ratios, so it is the same in
-- any unit. Both must be above 0. A row with a NULL is left out.
SELECT gamma_deviance(column1, column2) FROM (VALUES (0.5, 2), (0.5, 0.5), (2, 1), (2, 4));
--> 1.05685281944005
SELECT gamma_deviance(1, 0);
--! gamma_deviance: target must be finite and > 0, got 0

-- gamma_deviance_of(pred, target)
--
-- The value for one row.
SELECT gamma_deviance_of(0.5, 2), gamma_deviance_of(3, 3);
--> 3.22741127776022|0.0


-- tweedie_deviance(pred, target, power[, weight])
--
-- Mean Tweedie deviance, as in scikit-learn's mean_tweedie_deviance. power 0 is mse, 1 poisson_deviance, 2
-- gamma_deviance, 3 that of the inverse Gaussian distribution; between 1 and 2 it suits amounts that are often
-- 0, such as insurance claims. Unless power is 0, pred must be above 0. From power 1 on target must be at least
-- 0, and from 2 on above 0. A power between 0 and 1 is an error, since there is no such distribution. A row
-- with a NULL is left out.
SELECT tweedie_deviance(column1, column2, 1.5) FROM (VALUES (0.5, 2), (0.5, 0), (2, 1), (2, 4));
--> 1.77817459305202
SELECT tweedie_deviance(pred, target, 0) IS mse(pred, target) FROM four;
--> 1
SELECT tweedie_deviance(2, 1, 0.5);
--! tweedie_deviance: power must be 0 or below, or 1 or above, got 0.5
SELECT tweedie_deviance(2, -1, 1.5);
--! tweedie_deviance: target must be >= 0 where power is 1 or above, got -1

-- tweedie_deviance_of(pred, target, power)
--
-- The value for one row.
SELECT tweedie_deviance_of(0.5, 0, 1.5), tweedie_deviance_of(2, 1, 3);
--> 2.82842712474619|0.25


-- explained_variance(pred, target[, weight])
--
-- 1 - var(target - pred) / var(target), at most 1, from exact moments: r2 without its penalty for bias. If the
-- target is constant it is 1 if the error is constant too, else 0. A row with a NULL is left out; of fewer than two
-- rows it is NULL, as r2.
SELECT explained_variance(pred, target), explained_variance(pred + 100, target), r2(pred + 100, target) FROM four;
--> 0.957173447537473|0.957173447537473|-1376.35331905782
SELECT explained_variance(1, 2) IS NULL, explained_variance(1, 2, 2);
--> 1|1.0


-- max_error(pred, target)
--
-- The largest absolute error. A row with a NULL is left out.
SELECT max_error(pred, target), max_error(NULL, 1) FROM four;
--> 1.0|
SELECT max_error(pred, target) OVER (ORDER BY target ROWS 1 PRECEDING) FROM four;
--> 0.5
--> 0.5
--> 0.5
--> 1.0


-- median_absolute_error(pred, target)
--
-- The median of the absolute errors, which outliers do not move. For an even number of rows it is the mean of
-- the middle two. A row with a NULL is left out.
SELECT median_absolute_error(pred, target) FROM four;
--> 0.5
SELECT model, median_absolute_error(prediction, target) FROM diabetes GROUP BY model;
--> boosted|38.062845
--> ridge|41.942572


-- quantile_absolute_error(pred, target, q)
--
-- The q-quantile of the absolute errors, with NumPy's linear interpolation: with q = 0.9, nine of ten errors do
-- not exceed it. A row with a NULL is left out. It reads the states of median_absolute_error and max_error.
SELECT quantile_absolute_error(pred, target, 0.9), quantile_absolute_error(pred, target, 1) FROM four;
--> 0.85|1.0
WITH halves AS (SELECT max_error_state(pred, target) AS s FROM four GROUP BY target > 2)
SELECT quantile_absolute_error(s, 0.5), median_absolute_error(s) FROM halves;
--> 0.5|0.5
SELECT quantile_absolute_error(1, 2, 90);
--! quantile_absolute_error: q must be within [0,1], got 90; 90 % is written 0.9
