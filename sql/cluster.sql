-- Clusters: states of many machines merged into the figures of all, and a plan for 10^12 predictions a day.
--
-- A saved state of one shard and one hour holds everything that a metric needs of its rows: merged states give
-- the bits that all rows together would give, in any order and by any tree of merges. So a fleet ships states,
-- not rows.
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

-- A shard that sends its hour twice would count twice. Give the receiver's table a key, so that the last state
-- wins. A state that arrives late is merged when it arrives, and the figures of other hours do not change.
CREATE TEMP TABLE received(shard, hour, model, scores, PRIMARY KEY(shard, hour, model));
INSERT OR REPLACE INTO received SELECT * FROM shipped;
INSERT OR REPLACE INTO received SELECT * FROM shipped WHERE shard = 3;
SELECT model, roc_auc(scores) FROM received GROUP BY model;
--> boosted|0.678180212570774
--> logistic|0.640056593784501


-- The size of a state
--
-- Means, and metrics at one cutoff, have a state of some 50 bytes, however many rows it covers, even 10^12.
-- Metrics over all cutoffs keep the distinct scores. Bytes, for 30,441 flights and for a thousand times as many
-- (a weight of 1000 is a thousand rows):
SELECT length(log_loss_state(score, label)) AS log_loss, length(brier_state(score, label)) AS brier,
       length(f1_at_state(score, label, 0.25)) AS f1_at, length(class_set(score >= 0.25, label)) AS class_set FROM flights WHERE model = 'boosted';
--> 49|42|46|52
SELECT length(score_set(score, label)) AS exact, length(score_set(round(score, 4), label)) AS four_digits,
       length(score_set(round(score, 3), label)) AS three_digits, length(score_set(round(score, 4), label, 1000)) AS a_thousand_times
  FROM flights WHERE model = 'boosted';
--> 153116|42297|8096|51256
-- If all scores differ, a set takes 4.7 bytes per row; rounded to four digits, 120 kilobytes in all for a million
-- rows and 150 for twenty million.


-- Where rounding is needed
--
-- Rounding is needed where an hour of a shard has more than some hundred thousand distinct scores. Its cost in
-- accuracy is measured here on the flights. With a million rows whose scores all differ it is lower, since an
-- AUC changes at most by half the share of pairs of a positive and a negative in one cell.
SELECT digits, bound, abs(roc_auc(round(score, digits), label) - exact.auc) < bound AS auc_is_within,
       abs(log_loss(round(score, digits), label) - exact.log_loss) < bound AS log_loss_is_within
  FROM flights, (SELECT 4 AS digits, 1e-5 AS bound UNION ALL SELECT 3, 1e-4 UNION ALL SELECT 2, 2e-3),
       (SELECT roc_auc(score, label) AS auc, log_loss(score, label) AS log_loss FROM flights WHERE model = 'boosted') exact
 WHERE model = 'boosted' GROUP BY digits, bound;
--> 2|0.002|1|1
--> 3|0.0001|1|1
--> 4|1.0e-05|1|1
-- Round by the same rule everywhere: if some shards do not round, results are still right, but the merged set
-- keeps all their scores. Near 0 and 1 four digits are coarse for log_loss; ship log_loss_state, which is
-- exact, beside the set.


-- 10^12 predictions a day
--
-- This is a calculation. It uses the speed of one core of a machine with two shared cores: 0.1 microseconds to
-- read and add a row (a tenth of that in packed columns), 1.8 milliseconds to merge a state of 150 kilobytes.
-- Two hundred shards, ten models:
CREATE TEMP TABLE plan AS
  SELECT 1e12 AS rows_a_day, 200 AS shards, 10 AS models, 1e-7 AS core_seconds_a_row, 150e3 AS bytes_a_state,
         1.8e-3 AS core_seconds_a_state;
SELECT 'rows a second' AS what, round(rows_a_day / 86400) AS value FROM plan
UNION ALL SELECT 'rows a second and shard', round(rows_a_day / 86400 / shards) FROM plan
UNION ALL SELECT 'core-seconds of a second that a shard spends on adding rows', round(rows_a_day / 86400 / shards * core_seconds_a_row, 4) FROM plan
UNION ALL SELECT 'rows of a state (an hour, a shard, a model)', round(rows_a_day / 24 / shards / models) FROM plan
UNION ALL SELECT 'bytes of such a state with all its scores', round(rows_a_day / 24 / shards / models * 4.7) FROM plan
UNION ALL SELECT 'states an hour', shards * models FROM plan
UNION ALL SELECT 'megabytes shipped an hour, rounded to four digits', shards * models * bytes_a_state / 1e6 FROM plan
UNION ALL SELECT 'gigabytes shipped an hour, not rounded', round(rows_a_day / 24 * 4.7 / 1e9) FROM plan;
--> rows a second|11574074.0
--> rows a second and shard|57870.0
--> core-seconds of a second that a shard spends on adding rows|0.0058
--> rows of a state (an hour, a shard, a model)|20833333.0
--> bytes of such a state with all its scores|97916667.0
--> states an hour|2000
--> megabytes shipped an hour, rounded to four digits|300.0
--> gigabytes shipped an hour, not rounded|196.0
-- Rounding is needed: states of 20 million scores are 98 megabytes each, and merged they would be 8 bytes in memory for
-- each distinct score. Rounded, one machine merges the fleet. The tree, with what each level costs:
SELECT level, models AS states_made, round(merged * models * core_seconds_a_state, 2) AS core_seconds,
       models * bytes_a_state / 1e6 AS megabytes_kept
  FROM plan, (SELECT 'an hour of all shards' AS level, 200 AS merged UNION ALL SELECT 'a day of hours', 24 UNION ALL SELECT 'a month of days', 30);
--> an hour of all shards|10|3.6|1.5
--> a day of hours|10|0.43|1.5
--> a month of days|10|0.54|1.5
-- Four core-seconds an hour for the first level, half of one for a day. Keep the hours for a month (1.1
-- gigabytes a month) and the days for good (0.5 gigabytes a year); the figures of any range then come from
-- merging what is kept. Rows are needed only until their hour has been shipped or, where labels come late,
-- until the labels are known: see store_log.sql. A count holds up to 2^63 rows, which is 25,000 years at this
-- rate.


-- Engines
--
-- SQLite itself: a file for each shard, with an hour's rows and its states; any transport for the BLOBs.
--
-- dqlite (replicated SQLite, Raft): the leader runs every statement, and any node may become the leader, so
-- each one needs the functions. dqlite opens its connections itself and loads no extensions;
-- mlmetrics-preload.so registers the functions in them. `make cluster` runs three nodes, kills the leader in
-- the middle of a stream of scored inserts, and compares the bits of every node afterwards: no acknowledged row
-- is lost, and all nodes give the same bits as one machine.
--
-- rqlite: documented, not run here. `rqlited -extensions-path=mlmetrics-linux-x64.zip` loads the library of a
-- flat zip file on each node; it replicates statements, so every node computes INSERT … SELECT for itself; the
-- results have the same bits on every CPU.
--
-- LD_PRELOAD works for any other server that links libsqlite3; see hosts.md.
