-- Predicted distributions and intervals: how likely, how sharp and how reliable they are.
--
-- For all functions of this page:
--   * A mean is the exact mean of its scalar over the rows, rounded once: the same bits in any row order, any
--     partition into saved states and any window frame.
--   * A row with a NULL argument is left out; the result is NULL if no row is left.
--   * An interval whose lo is above its hi is an error.
--   * Every aggregate has a _state form and reads saved states; see saved_states.sql.
.load build/mlmetrics

-- Forecasts for four days, each with a standard deviation, and the outcomes:
CREATE TEMP TABLE forecasts(day, mean, sd, actual);
INSERT INTO forecasts VALUES (1, 10, 2, 11), (2, 12, 2, 17), (3, 9, 1, 8.5), (4, 11, 3, 10);


-- gaussian_nll(mean, target, variance[, weight])
--
-- Mean negative log likelihood of normal distributions: (ln variance + (target - mean)²/variance) / 2, as in
-- PyTorch's GaussianNLLLoss without its constant. The variance must be above 0; PyTorch also raises a variance
-- below 1e-6 to that. A row with a NULL is left out.
SELECT gaussian_nll(mean, actual, sd * sd) FROM forecasts;
--> 1.47886555133589
SELECT gaussian_nll(0, 1, 0);
--! gaussian_nll: variance must be finite and > 0, got 0

-- gaussian_nll_of(mean, target, variance)
--
-- The value for one row.
SELECT gaussian_nll_of(10, 11, 4), gaussian_nll_of(10, NULL, 4);
--> 0.818147180559945|


-- crps_gaussian(mean, target, sd[, weight])
--
-- Mean continuous ranked probability score of normal distributions, in the unit of the target; lower is better.
-- With sd 0 it is the absolute error, so point forecasts can be compared. A row with a NULL is left out.
SELECT crps_gaussian(mean, actual, sd), crps_gaussian(mean, actual, 0) IS mae(mean, actual) FROM forecasts;
--> 1.42667397763418|1
SELECT crps_gaussian(0, 1, -1);
--! crps_gaussian: sd must be finite and >= 0, got -1

-- crps_gaussian_of(mean, target, sd)
--
-- The value for one row.
SELECT crps_gaussian_of(10, 11, 2), crps_gaussian_of(10, 11, 0);
--> 0.662807062509712|1.0


-- crps_ensemble(VECTOR, target[, weight])
--
-- Mean continuous ranked probability score of ensembles, whose members x have equal weight: mean|x - target|
-- less half of mean|x - x'| over all pairs of members. A row with a NULL is left out.
SELECT crps_ensemble('[1, 2, 4]', 2), crps_ensemble('[3]', 2), crps_ensemble(NULL, 2);
--> 0.333333333333333|1.0|

-- crps_ensemble_of(VECTOR, target)
--
-- The value for one row.
SELECT crps_ensemble_of('[1, 2, 4]', 2);
--> 0.333333333333333


-- interval_coverage(lo, hi, target[, weight])
--
-- Share of targets within the interval, bounds included: a 90 % interval should cover 0.9. A row with a NULL
-- is left out.
SELECT interval_coverage(mean - 1.645 * sd, mean + 1.645 * sd, actual) FROM forecasts;
--> 0.75
SELECT interval_coverage(3, 1, 2);
--! interval_coverage: hi must be >= lo, got 1

-- interval_coverage_of(lo, hi, target)
--
-- The value for one row: 1 if the target is within the interval, else 0. mean_ci_clustered of it is the interval of a
-- coverage whose rows come in clusters.
SELECT day, interval_coverage_of(mean - 1.645 * sd, mean + 1.645 * sd, actual) FROM forecasts;
--> 1|1.0
--> 2|0.0
--> 3|1.0
--> 4|1.0


-- interval_width(lo, hi[, weight])
--
-- Mean width of the intervals: of two that have the same coverage, the narrower is better. A row with a NULL is
-- left out.
SELECT interval_width(mean - 1.645 * sd, mean + 1.645 * sd) FROM forecasts;
--> 6.58

-- interval_width_of(lo, hi)
--
-- The value for one row.
SELECT interval_width_of(2.5, 4), interval_width_of(4, 4), interval_width_of(NULL, 4) IS NULL;
--> 1.5|0.0|1
SELECT interval_width_of(4, 2.5);
--! interval_width_of: hi must be >= lo, got 2.5


-- interval_score(lo, hi, target, alpha[, weight])
--
-- Mean Winkler score of intervals that are to miss a share alpha (0.1 for 90 % intervals): the width, and
-- 2/alpha times the distance of a target outside. Lower is better. A row with a NULL is left out.
SELECT interval_score(mean - 1.645 * sd, mean + 1.645 * sd, actual, 0.1) FROM forecasts;
--> 15.13
SELECT interval_score(1, 3, 2, 95);
--! interval_score: alpha must be within (0,1], got 95; of an interval of 95 % it is 0.05; the weight is argument 5

-- interval_score_of(lo, hi, target, alpha)
--
-- The value for one row. ORDER BY it to find the worst intervals.
SELECT day FROM forecasts ORDER BY interval_score_of(mean - sd, mean + sd, actual, 0.1) DESC LIMIT 1;
--> 2
