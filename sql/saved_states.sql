-- Saved states: a BLOB a day in a table answers for any range of days, without the rows.
--
-- What holds for all of them:
--   * Every aggregate f has f_state, which takes the same arguments and gives what is remembered of the rows,
--     as a BLOB.
--   * f(state) merges the states of its rows and finishes; what the state does not hold (bins, an objective,
--     costs; a cutoff, where it is a score set) is given with it. f_state(state) merges and saves again, and
--     takes none of these but the cutoff of a score set.
--   * Merging is exact: for any partition of the rows, merged in any order, the result has the bits of f over
--     all the rows. The same rows give the same bytes, in any order, on any machine.
--   * Metrics that remember the same thing read each other's states: rmse reads mse_state, every f_at that of
--     any other, every metric of scores and labels a score_set, every metric of decided classes a class_set.
--   * A NULL state counts for nothing, nor is it a row left out. A group where no row counted has NULL for its
--     state, so the rows left out of it are not told of when states are merged. A BLOB that is no state of a
--     kind that f reads, or that was cut or altered, is an error.
--   * f(state) stays an aggregate: for the state of one row, group by that row or write a scalar subquery.
--   * A score set takes about 6 bytes a distinct score; the state of a mean, or of the counts at one cutoff,
--     takes a few dozen bytes however many rows there were.
.load build/mlmetrics


-- f_state(…) and f(state)
--
-- Three days, three states; the last two days merged, then all:
CREATE TEMP TABLE daily_mse AS
  SELECT column1 AS day, mse_state(column2, column3) AS state
    FROM (VALUES (1, 2.5, 3), (1, 0.0, -0.5), (2, 2, 2), (3, 8, 7)) GROUP BY column1;
SELECT day, mse(state), rmse(state) FROM daily_mse GROUP BY day;
--> 1|0.25|0.5
--> 2|0.0|0.0
--> 3|1.0|1.0
SELECT mse(state) FROM daily_mse WHERE day >= 2;
--> 0.5
SELECT mse(state),
       mse(state) IS (SELECT mse(column1, column2) FROM (VALUES (2.5, 3), (0.0, -0.5), (2, 2), (8, 7)))
  FROM daily_mse;
--> 0.375|1

-- Merging twice, in another order, comes to the same bytes:
SELECT mse_state(state) IS (
         SELECT mse_state(state) FROM (SELECT mse_state(state) AS state FROM daily_mse WHERE day > 1
                                       UNION ALL SELECT state FROM daily_mse WHERE day = 1)) FROM daily_mse;
--> 1

-- What was given with the rows and is part of the state is not given again; what is not in it is:
CREATE TEMP TABLE at_half AS SELECT f1_at_state(score, label, 0.5) AS state FROM flights;
SELECT f1_at(state), recall_at(state), confusion_at(state), fbeta_at(state, 2), cost_at(state, 1, 5) FROM at_half;
--> 0.0625100692766232|0.0328035170781197|{"tp":388,"fp":198,"tn":48856,"fn":11440}|0.040502734978496|57398.0
SELECT f1_at(state, 0.5) FROM at_half;
--! f1_at: with this saved state it is called f1_at(state); got 2 arguments
SELECT mae(state) FROM daily_mse;
--! mae: cannot read this saved state: it remembers 'squared_error', and 'absolute_error' is needed
SELECT mse(substr(state, 1, 20)) FROM daily_mse;
--! mse: the saved state is damaged: it is cut short or has been changed


-- A table with one score set a day and model
--
-- April to June is 91 days:
CREATE TEMP TABLE daily AS
  SELECT date(ts) AS day, model, score_set(score, label) AS scores FROM flights GROUP BY date(ts), model;
SELECT model, count(*), min(day), max(day) FROM daily GROUP BY model;
--> boosted|91|2001-04-01|2001-06-30
--> logistic|91|2001-04-01|2001-06-30

-- The AUC of the quarter from its 91 sets is, to the bit, the one of its 30441 flights:
SELECT model, roc_auc(scores),
       roc_auc(scores) IS (SELECT roc_auc(score, label) FROM flights f WHERE f.model = daily.model) AS same_bits
  FROM daily GROUP BY model;
--> boosted|0.678180212570774|1
--> logistic|0.640056593784501|1

-- Any range of days, any metric, no flight read. The months:
SELECT substr(day, 1, 7) AS month, model, roc_auc(scores) AS auc, f1_at(scores, 0.2) AS f1, ece(scores) AS ece
  FROM daily GROUP BY month, model;
--> 2001-04|boosted|0.67749727584758|0.371835661917278|0.0430562967353393
--> 2001-04|logistic|0.642044731801202|0.352591792656587|0.042597770986507
--> 2001-05|boosted|0.674106064996281|0.363636363636364|0.0476839736729594
--> 2001-05|logistic|0.635795290638397|0.352663342954605|0.048284875226366
--> 2001-06|boosted|0.682658674484353|0.427071178529755|0.00858684076251493
--> 2001-06|logistic|0.642521694869851|0.411630269172169|0.00999066217976902

-- The last week of June, with the cutoff that a miss at five false alarms asks for:
SELECT model, best_cutoff(scores, 'cost:1,5') AS cutoff, best_cutoff_metrics(scores, 'cost:1,5') AS there
  FROM daily WHERE day >= '2001-06-24' GROUP BY model;
--> boosted|0.164363139|{"cutoff":0.164363139,"objective":"cost:1,5","value":1660.0,"tp":426,"fp":1270,"tn":617,"fn":78,"precision":0.2511792452830189,"recall":0.8452380952380952,"f1":0.38727272727272727}
--> logistic|0.170873799|{"cutoff":0.170873799,"objective":"cost:1,5","value":1732.0,"tp":408,"fp":1252,"tn":635,"fn":96,"precision":0.2457831325301205,"recall":0.8095238095238095,"f1":0.37707948243992606}

-- Seven days sliding, day by day: an aggregate of states is a window function like any other. RANGE over the
-- day's number counts days; ROWS 6 PRECEDING counts rows, and would reach further back where a day has none.
--@ needs 3.28
SELECT day, roc_auc(scores) OVER (ORDER BY julianday(day) RANGE 6 PRECEDING) AS auc_of_the_week
  FROM daily WHERE model = 'boosted' ORDER BY day DESC LIMIT 7;
--> 2001-06-30|0.64074894221953
--> 2001-06-29|0.652325748202342
--> 2001-06-28|0.680869594383078
--> 2001-06-27|0.699974023176395
--> 2001-06-26|0.706667605255243
--> 2001-06-25|0.710909778498109
--> 2001-06-24|0.698477861771058

-- Weeks merged into sets of their own, and those opened as curves:
CREATE TEMP TABLE weekly AS
  SELECT strftime('%W', day) AS week, score_set(scores) AS scores FROM daily WHERE model = 'boosted' GROUP BY week;
SELECT week, max(f1), cutoff FROM weekly, cutoff_curve(scores) GROUP BY week LIMIT 3;
--> 13|0.45985401459854|0.179423746
--> 14|0.424673784104389|0.206882843
--> 15|0.469015795868773|0.216187807
SELECT roc_auc(scores) IS (SELECT roc_auc(scores) FROM daily WHERE model = 'boosted') FROM weekly;
--> 1

-- What a set holds and takes:
SELECT json_extract(score_set_info(scores), '$.rows') AS rows, length(scores) AS bytes FROM daily
 WHERE day = '2001-06-30' ORDER BY model;
--> 312|2200
--> 312|2191


-- Decided classes and losses alike
--
CREATE TEMP TABLE shards AS
  SELECT sample_id % 7 AS shard,
         class_set(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label) AS classes,
         cross_entropy_logits_state(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, label) AS loss
    FROM digits GROUP BY shard;
SELECT f1_macro(classes), kappa(classes), cross_entropy_logits(loss) FROM shards;
--> 0.962750751396095|0.958572786223479|0.205306448692301
SELECT cross_entropy_logits(loss)
    IS (SELECT cross_entropy_logits(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, label) FROM digits) FROM shards;
--> 1

-- A state is no vector, and says so:
SELECT softmax(loss) FROM shards;
--! softmax: vector must be a JSON array or a float32 BLOB, got a saved state
SELECT f1_macro(loss) FROM shards;
--! f1_macro: cannot read this saved state: it remembers 'cross_entropy_logits', and 'class_set' is needed
