-- Fairness: are a model's decisions the same for every group?
--
-- Fairness metrics are rates within each group, and the differences between groups. The rates are the functions
-- of decisions.sql with GROUP BY, their intervals are those of intervals.sql, and a difference is a
-- subtraction. This page shows the usual ones, under the names used in the literature and in the Python package
-- Fairlearn.
.load build/mlmetrics

-- Who repays a loan? A model gave 923 applicants of three districts a score; `repaid` is 1 if the loan was
-- repaid. Here are their numbers by district and score,
CREATE TEMP TABLE counted(district TEXT, score REAL, ones INTEGER, zeros INTEGER);
INSERT INTO counted VALUES
  ('east', 0.9, 10, 1), ('east', 0.7, 15, 6), ('east', 0.5, 20, 10), ('east', 0.3, 30, 15), ('east', 0.1, 5, 25),
  ('north', 0.9, 60, 4), ('north', 0.7, 90, 20), ('north', 0.5, 70, 40), ('north', 0.3, 40, 50), ('north', 0.1, 10, 60),
  ('south', 0.9, 20, 2), ('south', 0.7, 40, 10), ('south', 0.5, 45, 30), ('south', 0.3, 45, 45), ('south', 0.1, 15, 90);

-- and a row for each applicant:
CREATE TEMP TABLE applicants AS
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 90)
SELECT row_number() OVER (ORDER BY district, score, repaid, i) AS applicant, district, score, repaid
  FROM (SELECT district, score, 1 AS repaid, i FROM counted, n WHERE i <= ones
        UNION ALL SELECT district, score, 0, i FROM counted, n WHERE i <= zeros);
SELECT district, count(*), avg(repaid) FROM applicants GROUP BY district;
--> east|137|0.583941605839416
--> north|444|0.608108108108108
--> south|342|0.482456140350877


-- Rates by group
--
-- A loan is granted if the score is at least 0.5. `granted` is the share of applicants who get one, `tpr` that
-- of those who would repay (the recall), `fpr` that of those who would not, and `precision` the share of loans
-- that are repaid.
SELECT district, selection_rate_at(score, repaid, 0.5) AS granted, recall_at(score, repaid, 0.5) AS tpr,
       fpr_at(score, repaid, 0.5) AS fpr, precision_at(score, repaid, 0.5) AS precision
  FROM applicants GROUP BY district;
--> east|0.452554744525547|0.5625|0.298245614035088|0.725806451612903
--> north|0.63963963963964|0.814814814814815|0.367816091954023|0.774647887323944
--> south|0.429824561403509|0.636363636363636|0.23728813559322|0.714285714285714

-- How sure is each rate? Three districts are compared at once, so that each interval has the level 1 - 0.05/3:
-- all three hold together in at least 95 % of samples. The smallest district has the widest interval.
SELECT district, round(json_extract(j, '$.low'), 3) AS low, round(json_extract(j, '$.high'), 3) AS high
  FROM (SELECT district, selection_rate_at_ci(score, repaid, 0.5, 1 - 0.05 / 3) AS j FROM applicants GROUP BY district);
--> east|0.355|0.554
--> north|0.584|0.692
--> south|0.367|0.495

-- A metric that needs no cutoff shows whether the score orders each group equally well:
SELECT district, round(json_extract(j, '$.value'), 3) AS auc, round(json_extract(j, '$.low'), 3) AS low,
       round(json_extract(j, '$.high'), 3) AS high
  FROM (SELECT district, roc_auc_ci(score, repaid) AS j FROM applicants GROUP BY district);
--> east|0.723|0.631|0.8
--> north|0.799|0.755|0.836
--> south|0.781|0.731|0.824


-- Demographic parity
--
-- Every group gets the same share of loans. The difference is the largest share less the smallest (Fairlearn's
-- demographic_parity_difference), and the ratio the smallest over the largest (demographic_parity_ratio). The
-- four-fifths rule of US employment law requires a ratio of at least 0.8.
WITH rates AS (SELECT district, selection_rate_at(score, repaid, 0.5) AS granted FROM applicants GROUP BY district)
SELECT max(granted) - min(granted) AS difference, min(granted) / max(granted) AS ratio FROM rates;
--> 0.209815078236131|0.671979243884359

-- Could such differences be chance? chi2_test asks whether the decision depends on the district at all:
SELECT json_extract(j, '$.p_value') AS p_value, json_extract(j, '$.cramers_v') AS strength
  FROM (SELECT chi2_test(district, score >= 0.5) AS j FROM applicants);
--> 4.40684387629571e-09|0.204182205068829

-- The difference between two groups has an interval: t_test of the decision, 0 or 1, in each district against
-- the largest one. `difference` is the share of the district less that of north.
SELECT district, round(json_extract(j, '$.difference'), 3) AS difference, round(json_extract(j, '$.low'), 3) AS low,
       round(json_extract(j, '$.high'), 3) AS high
  FROM (SELECT d.district, t_test(a.score >= 0.5, a.district <> 'north') AS j
          FROM (SELECT DISTINCT district FROM applicants WHERE district <> 'north') d
          JOIN applicants a ON a.district IN (d.district, 'north') GROUP BY d.district);
--> east|-0.187|-0.282|-0.092
--> south|-0.21|-0.279|-0.141


-- Equalised odds and equal opportunity
--
-- Demographic parity ignores whether applicants would repay. Equal opportunity requires the same recall in
-- every group; equalised odds require the same false positive rate as well, and their difference is the larger
-- of the two spreads (Fairlearn's equalized_odds_difference).
WITH rates AS (SELECT district, recall_at(score, repaid, 0.5) AS tpr, fpr_at(score, repaid, 0.5) AS fpr
                 FROM applicants GROUP BY district)
SELECT max(tpr) - min(tpr) AS equal_opportunity, max(max(tpr) - min(tpr), max(fpr) - min(fpr)) AS equalised_odds FROM rates;
--> 0.252314814814815|0.252314814814815

-- Could that be chance? First among those who would repay, then among those who would not:
SELECT repaid, json_extract(j, '$.p_value') AS p_value
  FROM (SELECT repaid, chi2_test(district, score >= 0.5) AS j FROM applicants GROUP BY repaid);
--> 0|0.0286930421857974
--> 1|1.06252117777047e-06

-- Between two groups a NULL leaves a row out, so that one test compares the recalls and one the false positive
-- rates:
SELECT district, round(json_extract(tpr, '$.difference'), 3) AS tpr, round(json_extract(tpr, '$.low'), 3) AS low,
       round(json_extract(tpr, '$.high'), 3) AS high, round(json_extract(fpr, '$.difference'), 3) AS fpr,
       round(json_extract(fpr, '$.low'), 3) AS low, round(json_extract(fpr, '$.high'), 3) AS high
  FROM (SELECT d.district, t_test(CASE repaid WHEN 1 THEN score >= 0.5 END, a.district <> 'north') AS tpr,
               t_test(CASE repaid WHEN 0 THEN score >= 0.5 END, a.district <> 'north') AS fpr
          FROM (SELECT DISTINCT district FROM applicants WHERE district <> 'north') d
          JOIN applicants a ON a.district IN (d.district, 'north') GROUP BY d.district);
--> east|-0.252|-0.372|-0.132|-0.07|-0.211|0.072
--> south|-0.178|-0.266|-0.091|-0.131|-0.226|-0.035


-- An interval of a difference between the extremes
--
-- Which groups are the extremes depends on the sample, so no formula fits. The Poisson bootstrap works: in each
-- replicate every applicant gets the weight poisson_weight(applicant, replicate), and the whole query runs once
-- for each. Of 399 sorted values the 10th and the 390th are the bounds at 95 %. (With several rows for each
-- person pass the person as the key: all of a person's rows then get one weight.)
CREATE TEMP TABLE replicates AS
WITH RECURSIVE r(replicate) AS (VALUES (1) UNION ALL SELECT replicate + 1 FROM r WHERE replicate < 399)
SELECT replicate, max(granted) - min(granted) AS parity, min(granted) / max(granted) AS ratio,
       max(max(tpr) - min(tpr), max(fpr) - min(fpr)) AS odds
  FROM (SELECT replicate, district, selection_rate_at(score, repaid, 0.5, weight) AS granted,
               recall_at(score, repaid, 0.5, weight) AS tpr, fpr_at(score, repaid, 0.5, weight) AS fpr
          FROM (SELECT replicate, district, score, repaid, poisson_weight(applicant, replicate) AS weight
                  FROM applicants, r)
         GROUP BY replicate, district)
 GROUP BY replicate;
SELECT 'difference' AS measure, round(min(parity), 3) AS low, round(max(parity), 3) AS high
  FROM (SELECT parity FROM replicates ORDER BY parity LIMIT 381 OFFSET 9)
UNION ALL SELECT 'ratio', round(min(ratio), 3), round(max(ratio), 3)
  FROM (SELECT ratio FROM replicates ORDER BY ratio LIMIT 381 OFFSET 9)
UNION ALL SELECT 'odds', round(min(odds), 3), round(max(odds), 3)
  FROM (SELECT odds FROM replicates ORDER BY odds LIMIT 381 OFFSET 9);
--> difference|0.152|0.281
--> ratio|0.574|0.75
--> odds|0.155|0.36

-- A largest difference is never negative. It grows as groups become more numerous and smaller, even if all have
-- the same rate. So an interval without 0 proves nothing; chi2_test above is the test.


-- Calibration within groups
--
-- A score of 0.3 should mean 30 % in every group. mean_error is the mean score less the share of loans repaid:
-- below 0, the model is too pessimistic. Here it is so for every district, and most of all for east.
SELECT district, round(json_extract(j, '$.value'), 3) AS error, round(json_extract(j, '$.low'), 3) AS low,
       round(json_extract(j, '$.high'), 3) AS high
  FROM (SELECT district, mean_error_ci(score, repaid) AS j FROM applicants GROUP BY district);
--> east|-0.174|-0.252|-0.097
--> north|-0.105|-0.143|-0.066
--> south|-0.103|-0.149|-0.057

-- calibration_curve of a set for each group shows at which scores:
SELECT district, bin, rows, mean_score, positive_rate
  FROM (SELECT district, score_set(score, repaid) AS scores FROM applicants GROUP BY district), calibration_curve(scores, 2);
--> east|0|75|0.22|0.466666666666667
--> east|1|62|0.638709677419355|0.725806451612903
--> north|0|160|0.2125|0.3125
--> north|1|284|0.667605633802817|0.774647887323944
--> south|0|195|0.192307692307692|0.307692307692308
--> south|1|147|0.627891156462585|0.714285714285714


-- A cutoff for each group
--
-- A cutoff for each group brings the recalls together: the one with the most precision at a recall of at least
-- 0.8. The cutoff may differ from row to row, so that one query evaluates all of them.
CREATE TEMP TABLE cutoffs AS
  SELECT district, best_cutoff(score, repaid, 'recall>=0.8') AS cutoff FROM applicants GROUP BY district;
SELECT district, cutoff, recall_at(score, repaid, cutoff) AS tpr, fpr_at(score, repaid, cutoff) AS fpr,
       precision_at(score, repaid, cutoff) AS precision
  FROM applicants JOIN cutoffs USING (district) GROUP BY district;
--> east|0.3|0.9375|0.56140350877193|0.700934579439252
--> north|0.5|0.814814814814815|0.367816091954023|0.774647887323944
--> south|0.3|0.909090909090909|0.491525423728814|0.632911392405063
SELECT precision_at(score, repaid, 0.5) AS one_cutoff, precision_at(score, repaid, cutoff) AS one_each
  FROM applicants JOIN cutoffs USING (district);
--> 0.750507099391481|0.70859872611465

-- Where the groups' shares of repaid loans differ, no score but a perfect one gives equal precision and
-- equalised odds at once (Chouldechova 2017). Which of them matters is a decision about people, which no metric
-- can make.


-- Month by month
--
-- A saved set for each group and month is enough for any range of months and any cutoff, without the rows.
CREATE TEMP TABLE saved AS SELECT district, score_set(score, repaid) AS scores FROM applicants GROUP BY district;
SELECT max(granted) - min(granted) AS difference
  FROM (SELECT district, selection_rate_at(scores, 0.3) AS granted FROM saved GROUP BY district);
--> 0.149359886201991
