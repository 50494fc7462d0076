-- Means and proportions: their intervals.
--
-- How sure is an average of something that is not a metric of this extension: reciprocal ranks over queries,
-- wins in a comparison, minutes by user?
--
-- For all functions of this page:
--   * The result is JSON: value, low and high, se (the standard error), level, method and rows. The level is
--     within (0,1). If a bound cannot be given it is null, and note says why.
--   * A row with a NULL argument is left out. The result is NULL if no row is left.
--   * Sums are exact: the result has the same bits in any row order, any partition and any frame.
.load build/mlmetrics


-- mean_ci(x[, level=0.95[, weight]])
--
-- The mean and Student's t interval. The weight is a number of rows: an integer. One row has no interval, nor
-- does an infinite mean.
SELECT mean_ci(column1) FROM (VALUES (0.5), (1.0), (0.25), (1.0));
--> {"value":0.6875,"low":0.09079131775930471,"high":1.2842086822406953,"se":0.1875,"level":0.95,"method":"t","rows":4}
SELECT mean_ci(column1, 0.9, column2) FROM (VALUES (0.5, 10), (1.0, 20), (0.25, 5));
--> {"value":0.75,"low":0.6633485800232966,"high":0.8366514199767034,"se":0.05124500385567424,"level":0.9,"method":"t","rows":35}
SELECT mean_ci(3);
--> {"value":3.0,"low":null,"high":null,"se":null,"level":0.95,"method":"t","rows":1,"note":"only one row"}

-- An integral number as the level is an error, because it is likely to be a weight:
SELECT mean_ci(column1, 3) FROM (VALUES (0.5), (1.0));
--! mean_ci: level must be within (0,1), got 3; the weight is argument 3

-- The mean over days of the AUC of each day:
SELECT mean_ci(auc) FROM (
  SELECT roc_auc(score, label) AS auc FROM flights WHERE model = 'boosted' GROUP BY date(ts));
--> {"value":0.6710883142501249,"low":0.6595599539822806,"high":0.6826166745179693,"se":0.0058028429074046825,"level":0.95,"method":"t","rows":91}


-- mean_ci_clustered(x, cluster[, level=0.95])
--
-- The mean and its interval if rows come in clusters, such as those of one user or one day, within which they
-- resemble each other. The standard error is cluster-robust, that of a regression on a constant: the square
-- root of G/(G - 1) times the sum over clusters of (their sum of deviations)^2, divided by the number of rows;
-- t has G - 1 degrees of freedom, where G, the member clusters, is the number of clusters. A cluster is any
-- value, compared like a class: 7, 7.0 and '7' are one.
SELECT mean_ci_clustered(column1, column2)
  FROM (VALUES (1, 'ann'), (0, 'ann'), (1, 'bob'), (1, 'cy'));
--> {"value":0.75,"low":-0.05674738682802416,"high":1.5567473868280242,"se":0.1875,"level":0.95,"method":"t","rows":4,"clusters":3}

-- Late flights cluster on bad days, so the share of late flights is less certain than the number of flights
-- suggests:
SELECT mean_ci(label) FROM flights WHERE model = 'boosted';
--> {"value":0.19427745474852995,"low":0.18983270825088053,"high":0.19872220124617937,"se":0.0022676793040283766,"level":0.95,"method":"t","rows":30441}
SELECT mean_ci_clustered(label, date(ts)) FROM flights WHERE model = 'boosted';
--> {"value":0.19427745474852995,"low":0.178209166608811,"high":0.2103457428882489,"se":0.008088032443415135,"level":0.95,"method":"t","rows":30441,"clusters":91}


-- proportion_ci(successes, trials[, level=0.95[, method='wilson']])
--
-- The proportion and its interval. 'wilson' is the score interval; 'clopper_pearson' is the exact one, which
-- is wider; 'jeffreys' lies between quantiles of the posterior distribution beta(successes + 1/2, failures +
-- 1/2), as in statsmodels: without successes low is above the value 0, without failures high is below 1. Both
-- counts are integers >= 0. Without trials the numbers are null; NULL if an argument is NULL.
SELECT proportion_ci(18, 20);
--> {"value":0.9,"low":0.6989663547715128,"high":0.9721335187862317,"se":0.06708203932499368,"level":0.95,"method":"wilson","rows":20}
SELECT proportion_ci(18, 20, 0.95, 'clopper_pearson');
--> {"value":0.9,"low":0.6830172859809177,"high":0.9876514728297052,"se":0.06708203932499368,"level":0.95,"method":"clopper_pearson","rows":20}
SELECT proportion_ci(18, 20, 0.95, 'jeffreys');
--> {"value":0.9,"low":0.7161467426957475,"high":0.9786275119775252,"se":0.06708203932499368,"level":0.95,"method":"jeffreys","rows":20}
SELECT proportion_ci(0, 20);
--> {"value":0.0,"low":0.0,"high":0.16112515805281932,"se":0.0,"level":0.95,"method":"wilson","rows":20}
SELECT proportion_ci(0, 0);
--> {"value":null,"low":null,"high":null,"se":null,"level":0.95,"method":"wilson","rows":0,"note":"no trials"}
SELECT proportion_ci(5, 4);
--! proportion_ci: successes must not be more than trials
