-- Clusters: states of many machines merged into the figures of all, and a plan for 10^12 predictions a day.
--
-- A saved state of a shard and an hour says as much of a metric as its rows do: merged, states give the bits that all
-- rows together would give, in whatever order and by whatever tree they are merged. So a fleet ships states, not rows.
.load build/mlmetrics


-- Shards
--
-- Eight shards, each of which keeps its flights by the hour, as score_set does it on each machine:
CREATE TEMP TABLE shipped AS
  SELECT flight_id % 8 AS shard, substr(ts, 1, 13) AS hour, model, score_set(score, label) AS scores FROM flights GROUP BY 1, 2, 3;
SELECT count(*) AS states FROM shipped;
--> 13946

-- All states at once, or by a tree (the hours of a shard, the shards of a day, the days) give the same bits as the rows:
SELECT model, roc_auc(scores), log_loss(scores) FROM shipped GROUP BY model;
--> boosted|0.678180212570774|0.459588031390721
--> logistic|0.640056593784501|0.476331280203722
CREATE TEMP TABLE days AS
  SELECT day, model, score_set(scores) AS scores FROM (
    SELECT shard, substr(hour, 1, 10) AS day, model, score_set(scores) AS scores FROM shipped GROUP BY 1, 2, 3) GROUP BY 1, 2;
SELECT model, roc_auc(d.scores) = r.auc, log_loss(d.scores) = r.log_loss
  FROM days d JOIN (SELECT model, roc_auc(score, label) AS auc, log_loss(score, label) AS log_loss FROM flights GROUP BY model) r USING (model)
 GROUP BY model;
--> boosted|1|1
--> logistic|1|1

-- A shard that sends its hour twice would count twice. Give the table of the receiver a key, and let the last one win;
-- a state that comes late is merged when it comes, and no figure of another hour changes.
CREATE TEMP TABLE received(shard, hour, model, scores, PRIMARY KEY(shard, hour, model));
INSERT OR REPLACE INTO received SELECT * FROM shipped;
INSERT OR REPLACE INTO received SELECT * FROM shipped WHERE shard = 3;
SELECT model, roc_auc(scores) FROM received GROUP BY model;
--> boosted|0.678180212570774
--> logistic|0.640056593784501


-- What a state weighs
--
-- Means, and metrics at one cutoff, have a state of some 60 bytes however many rows they have seen: at that size even
-- 10^12 rows are nothing. Metrics over all cutoffs keep the distinct scores. Bytes, for 30,441 flights and for a
-- thousand times as many (a weight of 1000 is a thousand rows):
SELECT length(log_loss_state(score, label)) AS log_loss, length(brier_state(score, label)) AS brier,
       length(f1_at_state(score, label, 0.25)) AS f1_at, length(class_set(score >= 0.25, label)) AS class_set FROM flights WHERE model = 'boosted';
--> 49|42|30|52
SELECT length(score_set(score, label)) AS exact, length(score_set(round(score, 4), label)) AS four_digits,
       length(score_set(round(score, 3), label)) AS three_digits, length(score_set(round(score, 4), label, 1000)) AS a_thousand_times
  FROM flights WHERE model = 'boosted';
--> 153116|42297|8096|51256
-- Scores that take all values: 5.4 bytes a row if they are kept, and 160 to 200 kilobytes in all if they are rounded to
-- four digits, however many rows there are.


-- Where rounding is needed
--
-- Where an hour of a shard has more than some hundred thousand distinct scores. What it costs in accuracy is measured
-- here on the flights; with a million rows and scores that take all values it is less, since an AUC changes by half of
-- the pairs of a positive and a negative in one cell at most.
SELECT digits, bound, abs(roc_auc(round(score, digits), label) - exact.auc) < bound AS auc_is_within,
       abs(log_loss(round(score, digits), label) - exact.log_loss) < bound AS log_loss_is_within
  FROM flights, (SELECT 4 AS digits, 1e-5 AS bound UNION ALL SELECT 3, 1e-4 UNION ALL SELECT 2, 2e-3),
       (SELECT roc_auc(score, label) AS auc, log_loss(score, label) AS log_loss FROM flights WHERE model = 'boosted') exact
 WHERE model = 'boosted' GROUP BY digits, bound;
--> 2|0.002|1|1
--> 3|0.0001|1|1
--> 4|1.0e-05|1|1
-- Round by one rule everywhere: a fleet in which some round and some do not is right, but keeps the scores of those that
-- do not. Near 0 and 1 four digits are coarse for log_loss; ship log_loss_state beside the set, which is exact.


-- 10^12 predictions a day
--
-- On paper. The figures of one core are those of a machine with two shared ones: 0.1 microseconds to read and add a row
-- (a tenth of that in packed columns), 2.3 milliseconds to merge a state of 175 kilobytes. Two hundred shards, ten models:
CREATE TEMP TABLE plan AS
  SELECT 1e12 AS rows_a_day, 200 AS shards, 10 AS models, 1e-7 AS core_seconds_a_row, 175e3 AS bytes_a_state,
         2.3e-3 AS core_seconds_a_state;
SELECT 'rows a second' AS what, round(rows_a_day / 86400) AS value FROM plan
UNION ALL SELECT 'rows a second and shard', round(rows_a_day / 86400 / shards) FROM plan
UNION ALL SELECT 'core-seconds of a second that a shard spends on adding rows', round(rows_a_day / 86400 / shards * core_seconds_a_row, 4) FROM plan
UNION ALL SELECT 'rows of a state (an hour, a shard, a model)', round(rows_a_day / 24 / shards / models) FROM plan
UNION ALL SELECT 'bytes of such a state with all its scores', round(rows_a_day / 24 / shards / models * 5.4) FROM plan
UNION ALL SELECT 'states an hour', shards * models FROM plan
UNION ALL SELECT 'megabytes shipped an hour, rounded to four digits', shards * models * bytes_a_state / 1e6 FROM plan
UNION ALL SELECT 'gigabytes shipped an hour, not rounded', round(rows_a_day / 24 * 5.4 / 1e9) FROM plan;
--> rows a second|11574074.0
--> rows a second and shard|57870.0
--> core-seconds of a second that a shard spends on adding rows|0.0058
--> rows of a state (an hour, a shard, a model)|20833333.0
--> bytes of such a state with all its scores|112500000.0
--> states an hour|2000
--> megabytes shipped an hour, rounded to four digits|350.0
--> gigabytes shipped an hour, not rounded|225.0
-- Rounding is needed: states of 20 million scores are 113 megabytes each, and merged they would be 8 bytes in memory for
-- each distinct score. Rounded, one machine merges the fleet. The tree, with what each level costs:
SELECT level, models AS states_made, round(merged * models * core_seconds_a_state, 2) AS core_seconds,
       models * bytes_a_state / 1e6 AS megabytes_kept
  FROM plan, (SELECT 'an hour of all shards' AS level, 200 AS merged UNION ALL SELECT 'a day of hours', 24 UNION ALL SELECT 'a month of days', 30);
--> an hour of all shards|10|4.6|1.75
--> a day of hours|10|0.55|1.75
--> a month of days|10|0.69|1.75
-- Five core-seconds an hour for the first level, half of one for a day. Keep the hours of a month (1.3 gigabytes a month)
-- and the days for good (0.6 gigabytes a year); any range of hours is then a merge of what is kept. Rows are needed no
-- longer than until their hour has been shipped, or, where labels come late, until the labels are in: store_log.sql.
-- A count goes to 2^63, which is 25,000 years of this.


-- Engines
--
-- SQLite itself: a file for each shard, with an hour's rows and its states; any transport for the BLOBs.
--
-- dqlite (replicated SQLite, Raft): the leader runs every statement, and any node may become the leader, so that each one
-- needs the functions. dqlite opens its connections itself and loads no extensions; mlmetrics-preload.so registers the
-- functions in them. `make cluster` runs three nodes, kills the leader in the middle of a stream of scored inserts, and
-- compares the bits of every node afterwards: no acknowledged row is lost, and all nodes give the same bits as one machine.
--
-- rqlite: documented, not run here. `rqlited -extensions-path=mlmetrics-linux-x64.zip` loads the library of a flat zip
-- file on each node; it replicates statements, so that every node computes INSERT … SELECT for itself, and the results
-- have the same bits on every CPU.
--
-- LD_PRELOAD works for any other server that links libsqlite3; see hosts.md.
