-- Windows: every aggregate slides, and each value has the bits of a fresh computation over its frame.
--
-- For all aggregates:
--   * f(…) OVER (…) with any frame: ROWS in all versions of SQLite from 3.25, RANGE with an offset, GROUPS and
--     EXCLUDE from 3.28. FILTER works over windows in all versions and in plain aggregates from 3.30.
--   * Rows enter and leave a frame exactly. There is no drift: a value does not depend on rows that have
--     left.
--   * A frame that is empty, or has no row of a class that the metric needs, gives NULL.
--   * A row enters or leaves in O(1) for means and counts and in O(log n) for ranking metrics. A value takes
--     O(1) for means, counts and roc_auc, about O(log n) for best_cutoff, and a pass over the frame for other
--     ranking metrics. With fractional weights a value of any ranking metric takes a pass over the frame. A
--     RANGE frame over days has one value for each day, a ROWS frame one for each row. With EXCLUDE, SQLite
--     itself recomputes each frame. The columns cost and summary of mlmetrics_functions have the details.
--   * Parameters (objective, bins, costs) must be the same for all rows; the cutoff may differ from row to
--     row.
.load build/mlmetrics

-- The examples use eight rows, and the flights:
CREATE TEMP TABLE eight(i INTEGER PRIMARY KEY, score, label);
INSERT INTO eight VALUES (1, 0.9, 1), (2, 0.2, 0), (3, 0.6, 0), (4, 0.8, 1), (5, 0.5, 0), (6, 0.4, 1),
  (7, 0.7, 0), (8, 0.3, 1);


-- ROWS: the last n rows
--
SELECT i, roc_auc(score, label) OVER last_4 AS auc, best_cutoff(score, label) OVER last_4 AS best,
       f1_at(score, label, 0.5) OVER last_4 AS f1,
       brier(score, label) OVER last_4 AS brier
  FROM eight WINDOW last_4 AS (ORDER BY i ROWS 3 PRECEDING);
--> 1||0.9|1.0|0.01
--> 2|1.0|0.9|1.0|0.025
--> 3|1.0|0.9|0.666666666666667|0.136666666666667
--> 4|1.0|0.8|0.8|0.1125
--> 5|1.0|0.8|0.5|0.1725
--> 6|0.5|0.8|0.4|0.2525
--> 7|0.5|0.8|0.4|0.285
--> 8|0.0|0.3|0.0|0.3975

-- In the first column, the second row covers (0.9, 1) and (0.2, 0), one positive above one negative. The
-- first row has no negative, which gives NULL. This counts the frames whose value differs from a fresh
-- computation:
SELECT count(*) FROM (SELECT i, roc_auc(score, label) OVER (ORDER BY i ROWS 3 PRECEDING) AS auc FROM eight) w
 WHERE auc IS NOT (SELECT roc_auc(score, label) FROM eight e WHERE e.i BETWEEN w.i - 3 AND w.i);
--> 0

-- From the first row to this one, and the rows after this one:
SELECT i, accuracy_at(score, label, 0.5) OVER (ORDER BY i) AS so_far,
       accuracy_at(score, label, 0.5) OVER after_this AS still_to_come
  FROM eight WINDOW after_this AS (ORDER BY i ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING);
--> 1|1.0|0.285714285714286
--> 2|1.0|0.166666666666667
--> 3|0.666666666666667|0.2
--> 4|0.75|0.0
--> 5|0.6|0.0
--> 6|0.5|0.0
--> 7|0.428571428571429|0.0
--> 8|0.375|

-- An outlier leaves no trace when it leaves the frame:
SELECT column1, mse(column2, column3) OVER (ORDER BY column1 ROWS 1 PRECEDING)
  FROM (VALUES (1, 0.1, 0.3), (2, 1e12, 0), (3, 0.1, 0.3), (4, 0.1, 0.3));
--> 1|0.04
--> 2|5.0e+23
--> 3|5.0e+23
--> 4|0.04
SELECT column1, mse(column2, column3) OVER (ORDER BY column1 ROWS 1 PRECEDING)
  FROM (VALUES (1, 0.1, 0.3), (2, 9e999, 0), (3, 0.1, 0.3), (4, 0.1, 0.3));
--> 1|0.04
--> 2|Inf
--> 3|Inf
--> 4|0.04


-- The AUC of the last 5000 flights, day by day
--
-- The value after the last flight of each day, once the window has 5000 flights. This shows the Sundays, then
-- the extremes.
CREATE TEMP TABLE auc_by_day AS
WITH moving AS (
  SELECT ts, flight_id, roc_auc(score, label) OVER last AS auc, count(*) OVER last AS flights
    FROM flights WHERE model = 'boosted' WINDOW last AS (ORDER BY ts, flight_id ROWS 4999 PRECEDING)),
numbered AS (
  SELECT date(ts) AS day, auc, row_number() OVER (PARTITION BY date(ts) ORDER BY ts DESC, flight_id DESC) AS from_last
    FROM moving WHERE flights = 5000)
SELECT day, auc FROM numbered WHERE from_last = 1;
SELECT day, auc FROM auc_by_day WHERE strftime('%w', day) = '0' ORDER BY day;
--> 2001-04-22|0.67754546008709
--> 2001-04-29|0.65371271105851
--> 2001-05-06|0.662427791042883
--> 2001-05-13|0.67973376347443
--> 2001-05-20|0.678265819509364
--> 2001-05-27|0.671352195746282
--> 2001-06-03|0.681923033329157
--> 2001-06-10|0.67304150008064
--> 2001-06-17|0.698388996090573
--> 2001-06-24|0.713281371015792
SELECT count(*), min(auc), max(auc) FROM auc_by_day;
--> 76|0.65371271105851|0.715392300652513

-- The best cutoff, the loss and the KS statistic of the last 1000 flights, every 2000 flights since June:
SELECT flights, ts, best, loss, ks FROM (
  SELECT ts, row_number() OVER by_time AS flights, best_cutoff(score, label) OVER last AS best,
         bce_logits(logit, label) OVER last AS loss,
         ks(score, label) OVER last AS ks
    FROM flights WHERE model = 'boosted' AND ts >= '2001-06'
  WINDOW by_time AS (ORDER BY ts, flight_id), last AS (ORDER BY ts, flight_id ROWS 999 PRECEDING))
 WHERE flights % 2000 = 0;
--> 2000|2001-06-07 06:14|0.157960834|0.527792534581154|0.199540289704224
--> 4000|2001-06-13 06:07|0.201111574|0.47552860410086|0.275132275132275
--> 6000|2001-06-19 06:20|0.215055963|0.443862890160171|0.277371273712737
--> 8000|2001-06-25 06:09|0.280217508|0.472487035281676|0.339285714285714
--> 10000|2001-06-30 19:28|0.110044542|0.572504381066916|0.139344262295082


-- RANGE: the last days, with any number of rows
--
-- RANGE with an offset needs numbers to order by, and SQLite 3.28. A day is a text: ORDER BY day RANGE 6 PRECEDING
-- is no error in SQLite, but each day is then alone in its frame. julianday(day) is its number:
--@ needs 3.28
SELECT day, count(*) OVER (ORDER BY day RANGE 6 PRECEDING) AS by_text,
       count(*) OVER (ORDER BY julianday(day) RANGE 6 PRECEDING) AS by_number
  FROM (SELECT '2001-05-30' AS day UNION ALL SELECT '2001-05-31' UNION ALL SELECT '2001-06-01');
--> 2001-05-30|1|1
--> 2001-05-31|1|2
--> 2001-06-01|1|3

-- The AUC of the last 7 days for every flight, of which three days are shown. All flights of a day have the same
-- frame, so the smallest and largest value are equal:
--@ needs 3.28
WITH moving AS (
  SELECT ts, flight_id, roc_auc(score, label) OVER (ORDER BY julianday(date(ts)) RANGE 6 PRECEDING) AS auc
    FROM flights WHERE model = 'boosted')
SELECT date(ts) AS day, max(auc), min(auc)
  FROM moving WHERE day IN ('2001-04-07', '2001-05-15', '2001-06-30') GROUP BY day;
--> 2001-04-07|0.691195320469976|0.691195320469976
--> 2001-05-15|0.700550337062808|0.700550337062808
--> 2001-06-30|0.64074894221953|0.64074894221953

-- The same from one saved set for each day; see saved_states.sql:
--@ needs 3.28
WITH daily AS (SELECT date(ts) AS day, score_set(score, label) AS scores
                 FROM flights WHERE model = 'boosted' GROUP BY date(ts)),
weekly AS (SELECT day, roc_auc(scores) OVER (ORDER BY julianday(day) RANGE 6 PRECEDING) AS auc FROM daily)
SELECT day, auc FROM weekly WHERE day IN ('2001-04-07', '2001-05-15', '2001-06-30');
--> 2001-04-07|0.691195320469976
--> 2001-05-15|0.700550337062808
--> 2001-06-30|0.64074894221953


-- GROUPS and EXCLUDE
--
-- GROUPS counts peers, the rows with equal ORDER BY values, as one step. EXCLUDE CURRENT ROW leaves out one
-- row, as in leave-one-out validation:
--@ needs 3.28
SELECT i, roc_auc(score, label) OVER (ORDER BY (i + 1) / 2 GROUPS 1 PRECEDING) AS last_two_pairs,
       roc_auc(score, label) OVER others AS without_this
  FROM eight
 WINDOW others AS (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW);
--> 1|1.0|0.5
--> 2|1.0|0.5
--> 3|1.0|0.666666666666667
--> 4|1.0|0.5
--> 5|0.5|0.666666666666667
--> 6|0.5|0.75
--> 7|0.0|0.666666666666667
--> 8|0.0|0.75


-- PARTITION BY and GROUP BY
--
-- A metric of the whole group beside each row:
SELECT DISTINCT model, roc_auc(score, label) OVER (PARTITION BY model) AS auc FROM flights ORDER BY model;
--> boosted|0.678180212570774
--> logistic|0.640056593784501
SELECT model, label, count(*), round(avg(score), 6) AS mean_score, bce_logits(logit, label) AS loss
  FROM flights GROUP BY model, label;
--> boosted|0|24527|0.210607|0.243995445437077
--> boosted|1|5914|0.2846|1.35371034382282
--> logistic|0|24527|0.21654|0.250040675506984
--> logistic|1|5914|0.258465|1.41482124664128

-- On which weekdays (0 is Sunday) does the model do worst?
SELECT strftime('%w', ts) AS weekday, roc_auc(score, label) AS auc
  FROM flights WHERE model = 'boosted' GROUP BY weekday ORDER BY auc LIMIT 2;
--> 2|0.650495996441281
--> 6|0.657893129770992

-- The rank of each group by a metric:
SELECT model, auc, rank() OVER (ORDER BY auc DESC)
  FROM (SELECT model, roc_auc(score, label) AS auc FROM breast_cancer GROUP BY model);
--> logistic|0.99530944453253|1
--> forest|0.990896358543417|2
--> naive_bayes|0.983774641932245|3


-- FILTER
--
-- FILTER works over windows from SQLite 3.25 and in plain aggregates from 3.30:
SELECT i, roc_auc(score, label) FILTER (WHERE score > 0.25) OVER (ORDER BY i) FROM eight WHERE i <= 4;
--> 1|
--> 2|
--> 3|1.0
--> 4|1.0
--@ needs 3.30
SELECT roc_auc(score, label) FILTER (WHERE model = 'boosted') AS boosted,
       roc_auc(score, label) FILTER (WHERE model = 'logistic') AS logistic
  FROM flights;
--> 0.678180212570774|0.640056593784501

-- In older versions a NULL has the same effect:
SELECT roc_auc(CASE WHEN model = 'boosted' THEN score END, label) AS boosted FROM flights;
--> 0.678180212570774
