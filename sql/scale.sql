-- Large tables: what a scan costs by schema, what to index for GROUP BY, how to keep a day in little memory, and how to
-- use every core.
--
-- The ratios on this page are measured over a million rows by `make bench-schemas ROWS=1000000`. They depend little on
-- the machine: run it on yours.
.load build/mlmetrics

-- 1. What a scan costs
--
-- SQLite reads a row from its first column to the last one that is asked for, so what stands before label and score is
-- paid for, even if no query asks for it. The time of a scan that reads both and computes nothing, to that of a narrow
-- table (id, model, label, score):
--
--   score before label                          1.1
--   a covering index (model, score, label)      0.9
--   WITHOUT ROWID                               1.0
--   label and score behind 16 other numbers     2.3
--   a text of 400 bytes in the row              4.1, and 3.5 where it comes last
--
-- So put label and score first, the label before the score because it is one byte, and long texts in a table of their
-- own: SQLite reads the pages that they fill even where it skips them. A covering index is such a narrow table. Numbers
-- that are stored as TEXT, as .import leaves them in a table without types, take 1.9 times as long in roc_auc and 1.5
-- times in mse. Create the table with INTEGER and REAL columns before .import, or convert once:
CREATE TEMP TABLE imported(label TEXT, score TEXT);
INSERT INTO imported SELECT label, printf('%.9f', score) FROM flights WHERE model = 'boosted';
CREATE TEMP TABLE typed AS SELECT CAST(label AS INTEGER) AS label, CAST(score AS REAL) AS score FROM imported;
SELECT (SELECT roc_auc(score, label) FROM imported) IS (SELECT roc_auc(score, label) FROM typed);
--> 1
SELECT (SELECT roc_auc(score, label) FROM imported) IS roc_auc(score, label) FROM flights WHERE model = 'boosted';
--> 1

-- 2. GROUP BY
--
-- Without an index SQLite sorts all rows before it groups them, and that takes longer than any metric. An index that
-- holds every column of the query, with the columns of GROUP BY first, gives the rows in order and is all that is read:
CREATE TEMP TABLE preds(model TEXT, label INTEGER, score REAL, logit REAL);
INSERT INTO preds SELECT model, label, score, logit FROM flights;
CREATE INDEX temp.by_model ON preds(model, score, label);
SELECT model, roc_auc(score, label) FROM preds GROUP BY model;
--> boosted|0.678180212570774
--> logistic|0.640056593784501

-- The time of roc_auc(score, label) GROUP BY model of a thousand models, to that without an index:
--
--   a covering index (model, score, label)      0.26
--   WITHOUT ROWID, PRIMARY KEY(model, id)       0.32
--   score_sets and each_set (below)             0.48
--   packed columns by model (below)             0.08
--   no index, cache_size 1 GB                   1.0
--   no index, temp_store = memory               1.4
--
-- An index that does not hold every column of the query is worse than none: for each of its entries SQLite looks up the
-- row, in an order that jumps through the table. It is used all the same, because it saves the sort. Of a table that
-- does not fit the page cache that takes many times as long, here 5.3 times. NOT INDEXED says otherwise:
SELECT model, bce_logits(logit, label) FROM preds NOT INDEXED GROUP BY model;
--> boosted|0.459588031391983
--> logistic|0.476331280207495

-- score_sets groups without sorting the rows: it keeps a set for each key (see plots.sql).
SELECT key, roc_auc(state) FROM each_set((SELECT score_sets(model, score, label) FROM flights)) GROUP BY key;
--> boosted|0.678180212570774
--> logistic|0.640056593784501

-- 3. Several metrics at once
--
-- Each aggregate of a query keeps its own state. evaluate_binary computes the usual ones from one; eight separate ones
-- take 5.1 times as long. Others come from one score_set, which is sorted and saved once; name it in a CTE or a
-- subquery with LIMIT, so that it is computed once.
SELECT roc_auc(s), average_precision(s), f1_at(s, 0.3), best_cutoff(s, 'youden')
  FROM (SELECT score_set(score, label) AS s FROM flights WHERE model = 'boosted' LIMIT 1);
--> 0.678180212570774|0.364173724411476|0.354281826685943|0.214219135

-- 4. Packing
--
-- What no longer changes can be packed, some thousands of values in a row: packed.sql has the functions. roc_auc then
-- takes 0.20 of the time over rows, mse 0.07. Pack by what queries group and select by:
CREATE TEMP TABLE packed AS
  SELECT model, substr(ts, 1, 7) AS month, pack(score) AS scores, pack(label) AS labels
    FROM flights GROUP BY model, month, rowid / 4096;
SELECT roc_auc(scores, labels) IS (SELECT roc_auc(score, label) FROM flights WHERE model = 'boosted')
  FROM packed WHERE model = 'boosted';
--> 1

-- 5. A day in at most 10,001 entries
--
-- A score set takes about 5 bytes for each distinct score of each label. Rounded to four decimals there are at most
-- 10,001 distinct scores, however many rows a day has:
CREATE TEMP TABLE daily AS
  SELECT substr(ts, 1, 10) AS day, score_set(score, label) AS exact, score_set(round(score, 4), label) AS rounded
    FROM flights WHERE model = 'boosted' GROUP BY day;
SELECT sum(length(exact)) AS days, length(score_set(exact)) AS quarter, length(score_set(rounded)) AS rounded FROM daily;
--> 194165|153116|42297
SELECT json_extract(score_set_info(rounded), '$.distinct') FROM (SELECT score_set(rounded) AS rounded FROM daily);
--> 4631

-- The error that rounding makes is known. Rounding never puts a lower score above a higher one; it can only make two
-- scores equal. A pair of a positive and a negative row that becomes equal counts one half in roc_auc, where it
-- counted 0 or 1. So the AUC changes by at most half the share of the pairs that are equal after rounding, which the
-- rounded set itself gives:
WITH steps AS (SELECT tp - lag(tp, 1, 0) OVER (ORDER BY cutoff DESC) AS positives,
                      fp - lag(fp, 1, 0) OVER (ORDER BY cutoff DESC) AS negatives
                 FROM cutoff_curve((SELECT score_set(rounded) FROM daily)))
SELECT sum(positives * negatives) / 2.0 / (sum(positives) * sum(negatives)) AS bound FROM steps;
--> 0.000138770274892822
SELECT roc_auc(exact) AS exact, roc_auc(rounded) AS rounded, abs(roc_auc(rounded) - roc_auc(exact)) AS error FROM daily;
--> 0.678180212570774|0.67817875103278|1.46153799385207e-06

-- The squared error of a row changes by at most 0.0001, because no score moves by more than 0.00005:
SELECT brier(exact) AS exact, brier(rounded) AS rounded, abs(brier(rounded) - brier(exact)) < 0.0001 FROM daily;
--> 0.145441152851405|0.145441353594494|1

-- A decision changes where a score is less than 0.00005 below the cutoff and is rounded up to it. A cutoff with five
-- decimals that ends in 5 lies between two rounded scores, and no decision changes but that of a score equal to it:
SELECT f1_at(exact, 0.30005) IS f1_at(rounded, 0.30005) FROM daily;
--> 1

-- log_loss has no such bound near 0 and 1, where a rounded score of 0 may meet a positive; keep its own state, which is
-- of fixed size, beside the set:
CREATE TEMP TABLE daily_loss AS
  SELECT substr(ts, 1, 10) AS day, log_loss_state(score, label) AS state FROM flights WHERE model = 'boosted' GROUP BY day;
SELECT log_loss(state), max(length(state)) < 100 FROM daily_loss;
--> 0.459588031390721|1

-- 6. Every core
--
-- SQLite runs a query in one thread. A scan divides by rowid: each connection, in a thread or a process of its own,
-- computes the state of its part, and the states merge to the bits of one query. The ends of the parts are found by
-- min(rowid) and max(rowid), which read no rows. What two connections compute, here one after the other:
CREATE TEMP TABLE shards AS
  SELECT roc_auc_state(score, label) AS state FROM flights
   WHERE model = 'boosted' AND rowid <= (SELECT max(rowid) / 2 FROM flights)
  UNION ALL
  SELECT roc_auc_state(score, label) FROM flights
   WHERE model = 'boosted' AND rowid > (SELECT max(rowid) / 2 FROM flights);
SELECT count(*), roc_auc(state) IS (SELECT roc_auc(score, label) FROM flights WHERE model = 'boosted') FROM shards;
--> 2|1

-- States of means and of counts at a cutoff are some dozens of bytes, so that two connections take half the time of one.
-- Those of score sets are written and read: rounding, as above, makes them small. parallel() of the Python and npm
-- packages does all of this.
