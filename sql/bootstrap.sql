-- Bootstrap: how sure is a metric, and is one model better than another?
--
-- A bootstrap sample has as many rows as the data, drawn from them with replacement. A metric over many such
-- samples varies about as much as it would over new data of the same size.
--
-- For all functions of this page:
--   * They resample saved sets: a score set for metrics of scores and labels, a class set for metrics of
--     predicted classes. (compare_ci takes rows, since one set holds one model only.) Weights must be integers:
--     a weight k is k rows. Fractional weights are an error, and so are more than 2^31 rows.
--   * metric is a text: the name of a metric whose result is a number and that reads the set. Its parameters
--     follow a colon, separated by commas, in the order of its arguments: 'roc_auc', 'f1_at:0.25',
--     'fbeta_at:0.25,2', 'best_cutoff:youden', 'ece:15', 'kappa'.
--   * A result depends on the rows, the seed and the number of the replicate only. It has the same bits in
--     any row order and on any computer, and each replicate draws the same rows of a set for every metric.
--     f1_at_ci and the like draw decisions, as from a class set, so they differ from bootstrap_ci of the scores by
--     the chance of the draw.
--   * A NULL set, or a NULL argument, gives NULL (from bootstrap, no rows).
--   * A sample takes about 5 nanoseconds a row for roc_auc and gini, and 40 to 60 for other metrics where all
--     scores differ: a thousand samples of 30,000 rows take 0.15 and 2 seconds. Memory is O(distinct rows). An
--     interrupt stops the work.
--
-- How samples are drawn, so that other programs can draw the same. All numbers are unsigned and of 64 bits;
-- G is 0x9e3779b97f4a7c15:
--     mix(z):                       z ^= z >> 30; z *= 0xbf58476d1ce4e5b9;
--                                   z ^= z >> 27; z *= 0x94d049bb133111eb; z ^= z >> 31
--     hash(seed, replicate, draw) = mix(mix(mix(seed + G) + replicate * G) + (draw + 1) * G)
-- This is SplitMix64 (Steele, Lea and Flood 2014), whose output number k for the seed s is mix(s + k * G),
-- three times: each level is seeded by the one before. Replicates are numbered from 1, draws from 0.
--   * The n unit rows are numbered from 0 in canonical order: those of a score set by score, then label;
--     those of a class set by prediction, then label, in the order of the classes (numbers, then texts, then
--     BLOBs); those of compare_ci by score_a, then score_b, then label; units of ratings (fleiss_kappa_ci) by
--     their text, byte by byte.
--   * Draw d takes the unit row hash(seed, replicate, d) * n / 2^64, rounded down: the high 64 bits of the
--     product.
--   * The scheme 'stratified' draws the rows of each label from those of that label: first for the lowest
--     label, then for the next; the numbering of draws continues.
-- Test vectors: hash(0, 0, 0) = 0x568a9b0b1a2c05ec, hash(0, 1, 0) = 0x238275bc38fcbe91,
-- hash(1, 2, 3) = 0x8e1e6eacaa45f47f, hash(2^53, 1000, 2^31 - 1) = 0xb980bfe09d3a6e47. Draws 0 to 9 of seed 0,
-- replicate 1, take the unit rows 1, 9, 2, 9, 6, 3, 8, 1, 1 and 6 of 10.
.load build/mlmetrics

-- The examples use one score set for each model of the flights, and a set of five rows:
CREATE TEMP TABLE sets AS SELECT model, score_set(score, label) AS scores FROM flights GROUP BY model;
CREATE TEMP TABLE tiny AS
  SELECT score_set(column1, column2) AS scores FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1), (0.8, 0));


-- bootstrap(set, metric[, replicates=1000[, seed=0[, scheme='plain']]])
--
-- One row for each sample, with the columns replicate (1, 2, …) and value. value is NULL if the metric is
-- undefined for the sample, for example if a class is missing.
SELECT replicate, value FROM tiny, bootstrap(scores, 'roc_auc', 5);
--> 1|0.666666666666667
--> 2|0.583333333333333
--> 3|0.875
--> 4|0.166666666666667
--> 5|0.375
SELECT replicate, value FROM tiny, bootstrap(scores, 'roc_auc', 5, 0, 'stratified');
--> 1|0.833333333333333
--> 2|0.666666666666667
--> 3|0.583333333333333
--> 4|0.5
--> 5|0.25

-- The same samples serve every metric, so differences and ratios of metrics have intervals too:
SELECT a.replicate, a.value AS average_precision, b.value AS ks
  FROM tiny, bootstrap(scores, 'average_precision', 3) a, bootstrap(scores, 'ks', 3) b
 WHERE a.replicate = b.replicate;
--> 1|0.694444444444444|0.5
--> 2|0.5|0.333333333333333
--> 3|0.5|0.75

-- How much does the best cutoff vary, if F1 decides?
SELECT model, min(value), avg(value), max(value) FROM sets, bootstrap(scores, 'best_cutoff:f1', 50) GROUP BY model;
--> boosted|0.212851711|0.22580985786|0.244905092
--> logistic|0.195099288|0.21005286516|0.221687748

-- metrics of predicted classes are resampled from a class set:
SELECT count(*), min(value), max(value)
  FROM bootstrap((SELECT class_set(score >= 0.25, label) FROM flights WHERE model = 'boosted'), 'kappa', 100);
--> 100|0.172438400136634|0.201412102453859

-- Errors say what to do:
SELECT * FROM tiny, bootstrap(scores, 'npv');
--! bootstrap: metric cannot be text 'npv'; at one cutoff it is 'npv_at:CUTOFF'; it must be the name of a metric and its parameters, such as 'roc_auc', 'f1_at:0.5' or 'best_cutoff:youden'
SELECT * FROM bootstrap((SELECT score_set(0.3, 1, 0.5)), 'roc_auc');
--! bootstrap: resampling draws whole rows, so weights must be integers up to 2^44; with others, bootstrap the query itself: multiply the weight by poisson_weight(key, replicate) and GROUP BY replicate


-- bootstrap_ci(set, metric[, level=0.95[, replicates=1000[, seed=0[, scheme='plain']]]])
--
-- JSON: the metric's value and its percentile interval, between the quantiles (1 - level)/2 and (1 + level)/2
-- of the replicates, linear between neighbours as in NumPy; se, their standard deviation; how many replicates
-- were drawn, and how many of them are undefined and left out. low, high and se are null, and note says why,
-- if the value is undefined, if there is only one row, or if more than half of the replicates are undefined.
-- note also says where samples overestimate the metric, such as ks and ece: use its own interval, such as ks_ci's.
SELECT bootstrap_ci(scores, 'roc_auc') FROM tiny;
--> {"value":0.5833333333333334,"low":0.0,"high":1.0,"se":0.27973285866261166,"level":0.95,"method":"percentile","rows":5,"replicates":1000,"undefined":82}
SELECT bootstrap_ci(scores, 'f1_at:0.35', 0.9, 200, 1, 'stratified') FROM tiny;
--> {"value":0.6666666666666666,"low":0.5714285714285714,"high":0.8,"se":0.10002221747517269,"level":0.9,"method":"percentile","rows":5,"replicates":200,"undefined":0}
-- A parameter that the text leaves out has its default:
SELECT bootstrap_ci(scores, 'ece') = bootstrap_ci(scores, 'ece:10') FROM tiny;
--> 1
SELECT model, bootstrap_ci(scores, 'roc_auc', 0.95, 200) FROM sets;
--> boosted|{"value":0.6781802125707738,"low":0.6703028660064326,"high":0.6861892677254999,"se":0.004222663312207787,"level":0.95,"method":"percentile","rows":30441,"replicates":200,"undefined":0}
--> logistic|{"value":0.6400565937845009,"low":0.6330692051107273,"high":0.6461214078383476,"se":0.0035781939885262425,"level":0.95,"method":"percentile","rows":30441,"replicates":200,"undefined":0}

-- How sure is the F1 of the best cutoff? (It is too high: see best_cutoff_optimism.)
SELECT model, bootstrap_ci(scores, 'best_cutoff_value:f1', 0.95, 50) FROM sets;
--> boosted|{"value":0.39204767487299724,"low":0.38714179437941365,"high":0.4029607960024841,"se":0.003925224092092449,"level":0.95,"method":"percentile","rows":30441,"replicates":50,"undefined":0,"note":"samples of rows overestimate this metric, which its _ci form corrects"}
--> logistic|{"value":0.37416543026706234,"low":0.368094971228885,"high":0.3824114817549779,"se":0.00364822670878656,"level":0.95,"method":"percentile","rows":30441,"replicates":50,"undefined":0,"note":"samples of rows overestimate this metric, which its _ci form corrects"}

-- Two draws of one sampling: the rows of a score set are in the order of the scores, decisions in that of a class set.
SELECT json_extract(scores, '$.low'), json_extract(decided, '$.low'), json_extract(classes, '$.low')
  FROM (SELECT bootstrap_ci(score_set(score, label), 'f1_at:0.25') AS scores, f1_at_ci(score, label, 0.25) AS decided,
               bootstrap_ci(class_set(score >= 0.25, label), 'f1') AS classes
          FROM flights WHERE model = 'boosted' AND ts < '2001-04-08');
--> 0.36746982355042|0.365708287047323|0.365708287047323

-- One row, or a metric that is undefined:
SELECT bootstrap_ci(score_set(0.7, 1), 'f1_at:0.5');
--> {"value":1.0,"low":null,"high":null,"se":null,"level":0.95,"method":"percentile","rows":1,"note":"only one row"}
SELECT bootstrap_ci(score_set(0.7, 1), 'roc_auc');
--> {"value":null,"low":null,"high":null,"se":null,"level":0.95,"method":"percentile","rows":1,"note":"undefined for these rows"}


-- best_cutoff_optimism(set[, objective='f1'[, replicates=1000]])
--
-- How much best_cutoff_value overestimates, because the cutoff was chosen on the rows on which it is judged:
-- Harrell's bootstrap. For each sample the best cutoff is found, and its value over the whole set is subtracted
-- from its value over the sample; the result is the mean. best_cutoff_value less the optimism estimates the
-- value on new rows. NULL if more than half of the samples have no best cutoff.
SELECT best_cutoff_optimism(scores, 'f1'), best_cutoff_value(scores, 'f1') FROM tiny GROUP BY scores;
--> 0.0628309523809524|0.666666666666667

-- With many rows it is small:
SELECT model, best_cutoff_optimism(scores, 'f1', 50) FROM sets;
--> boosted|0.00315662806364353
--> logistic|0.00161930294245969


-- compare_ci(score_a, score_b, label, metric[, level=0.95])
--
-- Is model a better than model b? JSON: the metric of each model over the same rows, value_a and value_b; a
-- two-sided p_value; then value, the difference a - b, and its percentile interval as in bootstrap_ci. Each of
-- 1000 samples (seed 0) draws rows, and so serves both models: a row that is hard for one is often hard for the
-- other. The p-value is twice the smaller share of differences on one side of 0; one more is counted on each
-- side, so it is never below 2/1001. A row with a NULL argument is left out. If the metric has a cutoff and only
-- one model's scores lie within 0 to 1, a note says so.
-- The metric is one of a score set. For predicted numbers, for classes and for any other metric see below.
SELECT compare_ci(column1, column2, column3, 'roc_auc')
  FROM (VALUES (0.9, 0.4, 1), (0.7, 0.8, 1), (0.3, 0.5, 0), (0.2, 0.6, 0));
--> {"value_a":1.0,"value_b":0.5,"p_value":0.551487414187643,"value":0.5,"low":0.0,"high":1.0,"se":0.37852820203410803,"level":0.95,"method":"percentile","rows":4,"replicates":1000,"undefined":127}

-- Is boosted better than logistic on the same flights?
CREATE TEMP TABLE pairs AS
  SELECT a.score AS boosted, b.score AS logistic, a.label FROM flights a JOIN flights b USING (flight_id)
   WHERE a.model = 'boosted' AND b.model = 'logistic';
SELECT compare_ci(boosted, logistic, label, 'roc_auc') FROM pairs;
--> {"value_a":0.6781802125707738,"value_b":0.6400565937845009,"p_value":0.001998001998001998,"value":0.038123618786272906,"low":0.034272118187247,"high":0.04228078855821381,"se":0.0020423938427498595,"level":0.95,"method":"percentile","rows":30441,"replicates":1000,"undefined":0}

-- Of predicted numbers the mean of the differences row by row is the difference of the means, so mean_ci gives the
-- interval of a difference of mse; with absolute_error that of mae:
CREATE TEMP TABLE two_models(id, a, b, target);
INSERT INTO two_models VALUES (1, 2.5, 2, 3), (2, 0.5, -1, 0), (3, 2, 4, 2), (4, 7.5, 6, 7), (5, 1, 1, 2);
SELECT mean_ci(squared_error(a, target) - squared_error(b, target)), mse(a, target) - mse(b, target) FROM two_models;
--> {"value":-1.25,"low":-3.2009343055827864,"high":0.7009343055827864,"se":0.7026734661277598,"level":0.95,"method":"t","rows":5}|-1.25

-- Of predicted classes mcnemar_test compares the accuracies (sql/tests.sql). Any other metric is bootstrapped by the
-- query itself, with one weight for both models. Of 399 sorted differences the 10th and the 390th are the bounds at
-- 95 %:
CREATE TEMP TABLE decisions AS
  SELECT rowid AS id, boosted >= 0.25 AS a, logistic >= 0.25 AS b, label FROM pairs WHERE rowid % 50 = 0;
SELECT json_extract(j, '$.difference'), json_extract(j, '$.low'), json_extract(j, '$.high')
  FROM (SELECT mcnemar_test(a, b, label) AS j FROM decisions);
--> 0.00822368421052632|-0.0205792462996349|0.0370094160995655
WITH RECURSIVE r(replicate) AS (VALUES (1) UNION ALL SELECT replicate + 1 FROM r WHERE replicate < 399),
  drawn AS (SELECT replicate, a, b, label, poisson_weight(id, replicate) AS weight FROM decisions, r),
  differences AS (SELECT f1_macro(a, label, weight) - f1_macro(b, label, weight) AS f1 FROM drawn GROUP BY replicate)
SELECT f1_macro(a, label) - f1_macro(b, label) AS difference,
       (SELECT f1 FROM differences ORDER BY f1 LIMIT 1 OFFSET 9) AS low,
       (SELECT f1 FROM differences ORDER BY f1 DESC LIMIT 1 OFFSET 9) AS high FROM decisions;
--> 0.00956956814061305|-0.0169616336639198|0.0388905375187593

-- Errors say so:
SELECT compare_ci(a, b, target, 'rmse') FROM two_models;
--! compare_ci: label must be 0 or 1, got 3; to_number(label) > 0 if the numbers above 0 are positive and all others negative; arguments 1 and 2 are two models' scores of the same row, argument 3 is its label; for measured values see mean_ci(squared_error(score_a, label) - squared_error(score_b, label))
SELECT compare_ci(a, b, 1, 'rmse') FROM two_models;
--! compare_ci: metric cannot be text 'rmse'; that one does not give a number of a score set or a class set; for predicted numbers see mean_ci(squared_error(score_a, label) - squared_error(score_b, label)), or the same of absolute_error; it must be the name of a metric and its parameters, such as 'roc_auc', 'f1_at:0.5' or 'best_cutoff:youden'
SELECT compare_ci(1, 0, 1, 'accuracy');
--! compare_ci: the metric must be one of scores, such as 'roc_auc' or 'f1_at:0.5'; mcnemar_test(pred_a, pred_b, label) compares the accuracy of predicted classes; for other metrics of them bootstrap the query, with poisson_weight(key, replicate) as the weight of both models and GROUP BY replicate
SELECT compare_ci(0.4, 0.3, 3.7, 'rmse');
--! compare_ci: label must be 0 or 1, got 3.7; arguments 1 and 2 are two models' scores of the same row, argument 3 is its label; for measured values see mean_ci(squared_error(score_a, label) - squared_error(score_b, label))


-- poisson_weight(key, replicate[, seed=0])
--
-- 0, 1, 2, …: a number with the Poisson distribution of mean 1, computed by a hash. As the weight of a query
-- that is grouped by replicate it bootstraps the query, whatever the query computes; and with a user's id as
-- the key it resamples users with all their rows. The key is any value, compared like a class: 7, 7.0 and '7'
-- are one. NULL if an argument is NULL. The replicate is an integer >= 0.
SELECT replicate, poisson_weight('ann', replicate), poisson_weight('bob', replicate)
  FROM (SELECT column1 AS replicate FROM (VALUES (1), (2), (3), (4)));
--> 1|3|2
--> 2|2|0
--> 3|0|2
--> 4|2|2
SELECT poisson_weight(7, 2), poisson_weight(7.0, 2), poisson_weight('7', 2);
--> 2|2|2

-- Five bootstrap replicates of the mean squared error by day, where days are drawn whole:
WITH RECURSIVE r(replicate) AS (SELECT 1 UNION ALL SELECT replicate + 1 FROM r WHERE replicate < 5)
SELECT replicate, mse(score, label, poisson_weight(date(ts), replicate)) FROM flights, r
 WHERE model = 'boosted' GROUP BY replicate;
--> 1|0.141990791506938
--> 2|0.141838453894542
--> 3|0.147732725843219
--> 4|0.15059598369628
--> 5|0.144298761382438

-- It is the number of thresholds floor(2^64 * P(X <= k)), k = 0, 1, …, that are not above hash(seed, replicate,
-- h), where h is the hash of the key: of its type t (0: an integer, 1: another number, 2: text, 3: BLOB) and
-- its n bytes (numbers as 8 bytes, an int64 or a double), read as words of 8 bytes, little-endian, the last one
-- filled up with zeros:
--     h = mix(mix(t + G) xor n); for each word w: h = mix((h xor w) + G)
