-- Drift: how far the current rows are from those of a reference period.
--
-- For all functions of this page:
--   * sample is 0 for the reference and 1 for the current rows. The result is NULL if either has no rows. A row
--     with a NULL argument is left out.
--   * Bins are made from the reference: bins - 1 quantiles, linear between neighbours as in NumPy, each counted
--     once. A bin is (lo, hi]; the first and the last are open at the outer end. A JSON array gives edges of
--     your own: '[0, 100, 500]' has the bins up to 100 and above 100.
--   * An integral weight k counts as k rows. If a weight is fractional, a quantile is the least value with at
--     least that share of the weight at or below it.
--   * Functions of values also read score sets (label 0: reference, 1: current), those of classes class sets.
--     with_label(set, 0) and with_label(set, 1), in score_sets.sql, make two samples out of saved sets.
--   * ks and ks_test compare two samples too: ks(value, sample). See ranking.sql and tests.sql.
.load build/mlmetrics


-- psi(value, sample[, bins=10[, weight]])
--
-- Population stability index: the sum over the bins of (current share - reference share) · ln(current share /
-- reference share). A share below 1e-4 counts as 1e-4. Rules of thumb call 0.1 a small shift and 0.25 a large
-- one, but a small sample exceeds 0.1 by chance: see psi_expected.
SELECT psi(column1, column2, 2) FROM (VALUES (1, 0), (2, 0), (3, 0), (4, 0), (3, 1), (4, 1), (5, 1), (2, 1));
--> 0.274653072167027
SELECT model, psi(score, ts >= '2001-06-01') FROM flights GROUP BY model;
--> boosted|0.0039622464083975
--> logistic|0.00104647004488944
-- Edges of your own, the same for every feature and month:
SELECT psi(score, ts >= '2001-06-01', '[0, 0.1, 0.2, 0.3, 0.5, 1]') FROM flights WHERE model = 'boosted';
--> 0.00256521758124183
SELECT psi(score, ts >= '2001-06-01', 20000) FROM flights;
--! psi: bins must be an integer from 1 to 10000 or a JSON array of edges, got 20000; the weight is argument 4
-- A day is no sample; the message says how days become two of them.
SELECT psi(0.4, '2024-06-01');
--! psi: sample must be 0 for the reference or 1 for the current rows, got text '2024-06-01'; if dates tell the two samples apart, CASE WHEN sample GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]*' THEN sample > '2024-06-01' ELSE sample END makes two samples, up to '2024-06-01' and after it; input_problems(value, sample) counts all that is wrong


-- hellinger(value, sample[, bins=10[, weight]])
--
-- Hellinger distance, from 0 to 1: the root of 1 - the sum over the bins of √(reference share · current share).
SELECT hellinger(column1, column2, 2) FROM (VALUES (1, 0), (2, 0), (3, 0), (4, 0), (3, 1), (4, 1), (5, 1), (2, 1));
--> 0.184591911282515


-- js_distance(value, sample[, bins=10[, weight]])
--
-- Jensen-Shannon distance: the root of the Jensen-Shannon divergence of the shares in nats, from 0 to 0.8326
-- (the root of ln 2). scipy.spatial.distance.jensenshannon computes the same.
SELECT js_distance(column1, column2, 2) FROM (VALUES (1, 0), (2, 0), (3, 0), (4, 0), (3, 1), (4, 1), (5, 1), (2, 1));
--> 0.183907790940474


-- total_variation(value, sample[, bins=10[, weight]])
--
-- Total variation distance: half the sum over the bins of |current share - reference share|, from 0 to 1. It is
-- the share of the rows that would have to be in another bin.
SELECT total_variation(column1, column2, 2) FROM (VALUES (1, 0), (2, 0), (3, 0), (4, 0), (3, 1), (4, 1), (5, 1), (2, 1));
--> 0.25


-- wasserstein(value, sample[, weight])
--
-- Wasserstein or earth mover's distance: the area between the two distribution functions, without bins. It is
-- in the unit of the value: a shift of all rows by 2 minutes has distance 2. scipy.stats.wasserstein_distance
-- computes the same.
SELECT wasserstein(column1, column2) FROM (VALUES (1, 0), (2, 0), (3, 0), (4, 0), (3, 1), (4, 1), (5, 1), (2, 1));
--> 1.0
SELECT wasserstein(x + 2 * sample, sample) FROM (VALUES (1), (5), (7)), (SELECT 0 AS sample UNION SELECT 1), (SELECT column1 AS x FROM (VALUES (1), (5), (7)));
--> 2.0


-- psi_classes(class, sample[, weight])
--
-- psi with a bin for each class. A class is any value. NULL leaves the row out; where it matters, make it a
-- class: coalesce(class, 'missing'). A hundred numbers with fractions or more, in fewer than two rows each on
-- average, are an error. A single class gives 0, as a misspelt name in double quotes does, which is a text to
-- SQLite; psi_classes_ci has a note then.
SELECT psi_classes(column1, column2) FROM (VALUES ('a', 0), ('a', 0), ('b', 0), ('a', 1), ('b', 1), ('b', 1));
--> 0.462098120373297
SELECT psi_classes('a', 'june');
--! psi_classes: sample must be 0 for the reference or 1 for the current rows, got text 'june'; if that is a column, write its name without quotes; CASE sample WHEN 'june' THEN 0 WHEN … THEN 1 ELSE sample END if 'june' is the reference


-- hellinger_classes(class, sample[, weight])
--
-- hellinger with a bin for each class. With the count as weight, a table of counts is enough:
SELECT hellinger_classes(column1, column2, column3) FROM (VALUES ('a', 0, 16), ('b', 0, 18), ('c', 0, 16), ('d', 0, 14),
  ('e', 0, 12), ('f', 0, 12), ('a', 1, 16), ('b', 1, 16), ('c', 1, 16), ('d', 1, 16), ('e', 1, 16), ('f', 1, 8));
--> 0.0681277437098335


-- js_distance_classes(class, sample[, weight])
--
-- js_distance with a bin for each class.
SELECT js_distance_classes(column1, column2) FROM (VALUES ('a', 0), ('a', 0), ('b', 0), ('a', 1), ('b', 1), ('b', 1));
--> 0.237976915403853


-- total_variation_classes(class, sample[, weight])
--
-- total_variation with a bin for each class.
SELECT total_variation_classes(column1, column2) FROM (VALUES ('a', 0), ('a', 0), ('b', 0), ('a', 1), ('b', 1), ('b', 1));
--> 0.333333333333333


-- psi_ci(value, sample[, bins=10[, level=0.95[, method][, weight]]])
-- hellinger_ci(value, sample[, bins=10[, level=0.95[, method][, weight]]])
-- js_distance_ci(value, sample[, bins=10[, level=0.95[, method][, weight]]])
-- total_variation_ci(value, sample[, bins=10[, level=0.95[, method][, weight]]])
-- wasserstein_ci(value, sample[, level=0.95[, method][, weight]])
-- psi_classes_ci(class, sample[, level=0.95[, method][, weight]])
-- hellinger_classes_ci(class, sample[, level=0.95[, method][, weight]])
-- js_distance_classes_ci(class, sample[, level=0.95[, method][, weight]])
-- total_variation_classes_ci(class, sample[, level=0.95[, method][, weight]])
--
-- Intervals by the basic bootstrap over a thousand samples of the rows, because samples overestimate a distance.
-- They are approximate. The arguments are those of the metric, then the level and the method, then the weight,
-- which is a number of rows. The result is NULL only without rows; if the distance is NULL, so are value, low
-- and high.
SELECT psi_ci(score, label, 3) FROM breast_cancer WHERE model = 'forest';
--> {"value":5.435398890506267,"low":4.211845519631845,"high":5.954465067913472,"se":0.4292688218117749,"level":0.95,"method":"basic","rows":569,"bins":3,"replicates":1000,"undefined":0,"note":"approximate: samples of rows overestimate this metric"}


-- psi_table(set[, bins=10])
--
-- The bins of psi, lowest first, with the share of each sample and the part that the bin adds. The set has
-- label 0 for the reference and 1 for the current rows. No rows if a sample has none.
--@ needs 3.38
SELECT bin, round(lo, 3) AS lo, round(hi, 3) AS hi, round(reference_share, 3) AS reference, round(current_share, 3) AS current,
       round(psi, 5) AS psi
  FROM psi_table((SELECT score_set(score, ts >= '2001-06-01') FROM flights WHERE model = 'boosted'), 5);
--> 0|-Inf|0.139|0.2|0.19|0.00049
--> 1|0.139|0.187|0.2|0.21|0.00048
--> 2|0.187|0.234|0.2|0.198|2.0e-05
--> 3|0.234|0.295|0.2|0.191|0.00043
--> 4|0.295|Inf|0.2|0.211|0.0006


-- psi_expected(set[, bins=10])
--
-- JSON with psi beside its expected value if nothing has changed: expected is (bins - 1)(1/n0 + 1/n1) for
-- samples of n0 and n1 rows, and p_value the probability of a psi at least as large, by a chi-squared
-- distribution. Two samples of 200 rows exceed 0.1 in one of three cases without any drift, so an alert should
-- depend on the p_value. NULL if a sample has no rows. If a weight of the set is not integral, its sum is not
-- a number of rows: expected and p_value are null then, and a note says so.
SELECT psi_expected(score_set(score, ts >= '2001-06-01'), 5) FROM flights WHERE model = 'boosted';
--> {"psi":0.002019749833115521,"expected":0.0005943549807527274,"p_value":0.00871442765808697,"bins":5}
-- With a few flights, chance alone gives 0.1:
SELECT psi_expected(score_set(score, ts >= '2001-06-01'), 5) FROM flights WHERE model = 'boosted' AND rowid % 300 = 0;
--> {"psi":0.19417625791582044,"expected":0.18003565062388593,"p_value":0.3651536483143261,"bins":5}


-- Which feature drifted most? A long table has one row for each feature and example:
CREATE TEMP TABLE features AS
  SELECT flight_id AS id, ts, 'score of ' || model AS feature, score AS value FROM flights
  UNION ALL SELECT flight_id, ts, 'hour', strftime('%H', ts) FROM flights WHERE model = 'boosted'
  UNION ALL SELECT flight_id, ts, 'weekday', strftime('%w', ts) FROM flights WHERE model = 'boosted';
SELECT feature, round(psi(value, ts >= '2001-06-01'), 4) AS psi, round(ks(value, ts >= '2001-06-01'), 4) AS ks,
       round(wasserstein(value, ts >= '2001-06-01'), 4) AS wasserstein
  FROM features GROUP BY feature ORDER BY psi DESC;
--> weekday|0.0232|0.0686|0.2281
--> score of boosted|0.004|0.0181|0.0049
--> score of logistic|0.001|0.0089|0.0013
--> hour|0.0003|0.004|0.0358

-- Monitoring: one saved set a day is compared with the reference, here the first half of April. A day is an
-- alert if psi is both large and more than chance.
CREATE TEMP TABLE days AS SELECT date(ts) AS day, score_set(score, label) AS scores FROM flights
  WHERE model = 'boosted' GROUP BY 1;
CREATE TEMP TABLE reference AS SELECT with_label(score_set(scores), 0) AS scores FROM days WHERE day < '2001-04-16';
CREATE TEMP TABLE drift AS
  SELECT day, psi_expected((SELECT score_set(scores) FROM (SELECT scores FROM reference UNION ALL SELECT with_label(days.scores, 1)))) AS drift
    FROM days WHERE day BETWEEN '2001-06-11' AND '2001-06-17';
WITH drifts AS (SELECT day, json_extract(drift, '$.psi') AS psi, json_extract(drift, '$.expected') AS expected,
                       json_extract(drift, '$.p_value') AS p FROM drift)
SELECT day, round(psi, 3) AS psi, round(expected, 3) AS expected,
       CASE WHEN p >= 0.001 OR psi < 0.1 THEN 'ok' WHEN psi < 0.25 THEN 'watch' ELSE 'ALERT' END AS alert
  FROM drifts ORDER BY day;
--> 2001-06-11|0.054|0.028|ok
--> 2001-06-12|0.043|0.028|ok
--> 2001-06-13|0.052|0.028|ok
--> 2001-06-14|0.094|0.029|ok
--> 2001-06-15|0.395|0.029|ALERT
--> 2001-06-16|0.288|0.031|ALERT
--> 2001-06-17|0.099|0.029|ok
