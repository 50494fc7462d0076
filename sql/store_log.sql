-- A log of your own, with labels that arrive later: what can be measured today, and what must wait.
--
-- A service logs each prediction as it makes it. Whether it was right is known weeks later: a loan is repaid, a
-- customer leaves, a payment is charged back. Metrics of the rows that already have a label are biased, because
-- bad news often arrives early. This page shows how to avoid that.
.load build/mlmetrics


-- The tables
--
-- Ninety days, forty predictions a day, and a label where one has arrived by today, day 90: a chargeback after up to 29
-- days, "no chargeback" after 30.
CREATE TEMP TABLE predictions(id INTEGER PRIMARY KEY, day INTEGER, model TEXT, score REAL);
CREATE TEMP TABLE outcomes(id INTEGER PRIMARY KEY, day INTEGER, label INTEGER);
INSERT INTO predictions
  WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 3599)
  SELECT i, i / 40 + 1, 'v1', ((i * 7919) % 1000) / 3000.0 + (i / 40 > 79) * 0.05 FROM n;
INSERT INTO outcomes
  SELECT id, day + delay, label FROM (
    SELECT id, day, label, CASE WHEN label THEN (id * 13) % 29 ELSE 30 END AS delay FROM (
      SELECT id, day, ((id * 104729) % 1009) / 1009.0 < 0.02 + 0.9 * score AS label FROM predictions)) WHERE day + delay <= 90;


-- How good is the model, now?
--
-- Do not use all rows that have a label: for recent days these are only the chargebacks.
SELECT CASE WHEN p.day > 60 THEN 'last 30 days' ELSE 'before' END AS made, count(*) AS rows, count(label) AS labelled,
       round(avg(label), 3) AS positive_rate
  FROM predictions p LEFT JOIN outcomes USING (id) GROUP BY 1;
--> before|2400|2400|0.17
--> last 30 days|1200|116|1.0
-- Use the rows that are old enough for either label to be known:
SELECT (p.day - 1) / 20 * 20 + 1 AS from_day, count(*) AS rows, avg(label) AS positive_rate,
       round(roc_auc(score, label), 3) AS auc, round(calibration_slope(score, label), 2) AS slope
  FROM predictions p JOIN outcomes USING (id) WHERE p.day <= 90 - 30 GROUP BY 1;
--> 1|800|0.1675|0.671|0.3
--> 21|800|0.17|0.684|0.87
--> 41|800|0.1725|0.685|0.82
SELECT roc_auc_ci(score, label) FROM predictions p JOIN outcomes USING (id) WHERE p.day <= 90 - 30;
--> {"value":0.6800129439325932,"low":0.6527775271455587,"high":0.7060739775932977,"se":0.01360668834862205,"level":0.95,"method":"logit","rows":2400}


-- Is something wrong already, before the labels are in?
--
-- The scores need no label. Those of the last ten days against the sixty days that were judged: psi beside what chance
-- alone would give, and where the difference lies.
SELECT psi_expected(score_set(score, day > 80)) FROM predictions WHERE day <= 60 OR day > 80;
--> {"psi":0.866035323547056,"expected":0.026250000000000002,"p_value":1.1710178536778815e-58,"bins":10}
--@ needs 3.38
SELECT bin, round(lo, 3) AS lo, round(hi, 3) AS hi, round(reference_share, 3) AS reference,
       round(current_share, 4) AS current, round(psi, 5) AS psi
  FROM psi_table((SELECT score_set(score, day > 80) FROM predictions WHERE day <= 60 OR day > 80), 5);
--> 0|-Inf|0.066|0.2|0.05|0.20883
--> 1|0.066|0.133|0.2|0.195|0.00013
--> 2|0.133|0.2|0.2|0.1975|3.0e-05
--> 3|0.2|0.267|0.2|0.2075|0.00025
--> 4|0.267|Inf|0.199|0.35|0.08504


-- What is left once the rows are gone?
--
-- Save each day's scores as they are made, and its set with labels once the day is old enough. Both can be
-- merged for any range of days, and the rows may be deleted.
CREATE TEMP TABLE daily AS
  SELECT p.day, score_set(score, label) AS scores FROM predictions p JOIN outcomes USING (id) WHERE p.day <= 90 - 30
    GROUP BY p.day;
SELECT min(day) AS "from", max(day) AS "to", roc_auc(scores) AS auc, log_loss(scores) AS log_loss FROM daily WHERE day > 30;
--> 31|60|0.680553094731869|0.427077356623995
-- How many days does a difference of two points take to show? The interval is half as wide with four times the rows.
SELECT days, round(json_extract(ci, '$.high') - json_extract(ci, '$.low'), 3) AS width
  FROM (SELECT 15 AS days, roc_auc_ci(scores) AS ci FROM daily WHERE day > 45 UNION ALL SELECT 60, roc_auc_ci(scores)
    FROM daily);
--> 15|0.107
--> 60|0.053
