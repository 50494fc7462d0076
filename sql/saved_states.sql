-- Saved states: a table with one BLOB per day gives the metrics of any range of days, without the rows.
--
-- For all saved states:
--   * Every aggregate f has a form f_state with the same arguments. It returns the state of the aggregate as
--     a BLOB.
--   * f(state) merges the states of its rows and computes the result. Parameters that the state does not hold
--     are given with it: bins, objective or costs, and the cutoff for a score set. f_state(state) merges
--     states into one; the only parameter that it takes is the cutoff for a score set.
--   * Merging is exact. For any partition of the rows, merged in any order, the result has the bits of f over
--     all rows. The same rows give the same bytes in any order and on any machine.
--   * A state holds a row of weight 2 as two rows. If all weights are integers, counts read from it are
--     therefore INTEGER, while f over the weighted rows gives them as REAL: 3 instead of 3.0.
--   * Metrics that need the same information read each other's states. rmse reads mse_state, every _at
--     function reads the state of any other, every metric of scores and labels reads a score_set, and every
--     metric of predicted classes reads a class_set.
--   * A NULL state is ignored and does not count as a row left out. The state of a group without a counted
--     row is NULL, so the rows left out of that group are not counted when states are merged. A BLOB that f
--     cannot read, or that was cut or changed, is an error.
--   * f(state) is still an aggregate. For the state of each row, GROUP BY that row or use a scalar subquery; an
--     example is below.
--   * A score set takes about 6 bytes for each distinct score. The state of a mean, or of the counts at one
--     cutoff, takes a few dozen bytes for any number of rows.
.load build/mlmetrics


-- f_state(…) and f(state)
--
-- Three days give three states. The last two are merged, then all three:
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

-- Merging in two steps and in another order gives the same bytes:
SELECT mse_state(state) IS (
         SELECT mse_state(state) FROM (SELECT mse_state(state) AS state FROM daily_mse WHERE day > 1
                                       UNION ALL SELECT state FROM daily_mse WHERE day = 1)) FROM daily_mse;
--> 1

-- Two rows of weight 2 are saved as four rows:
CREATE TEMP TABLE twice AS SELECT column1 AS score, column2 AS label FROM (VALUES (0.9, 1), (0.2, 0));
SELECT confusion_at(score, label, 0.5, 2) FROM twice;
--> {"tp":2.0,"fp":0.0,"tn":2.0,"fn":0.0}
SELECT confusion_at(state) FROM (SELECT confusion_at_state(score, label, 0.5, 2) AS state FROM twice);
--> {"tp":2,"fp":0,"tn":2,"fn":0}

-- Arguments that are part of the state are not repeated; the others are given:
CREATE TEMP TABLE at_half AS SELECT f1_at_state(score, label, 0.5) AS state FROM flights;
SELECT f1_at(state), recall_at(state), confusion_at(state), fbeta_at(state, 2), cost_at(state, 1, 5) FROM at_half;
--> 0.0625100692766232|0.0328035170781197|{"tp":388,"fp":198,"tn":48856,"fn":11440}|0.040502734978496|57398.0
SELECT f1_at(state, 0.5) FROM at_half;
--! f1_at: with this saved state call it as f1_at(state); got 2 arguments; its rows were decided at the cutoff given when it was saved
SELECT mae(state) FROM daily_mse;
--! mae: cannot read a saved state of 'squared_error', only of 'absolute_error'; 'squared_error' is saved by mse_state, rmse_state; 'absolute_error' is saved by mae_state
SELECT mse(substr(state, 1, 20)) FROM daily_mse;
--! mse: the saved state is damaged: it is cut short or has been changed


-- One score set for each day and model
--
-- April to June has 91 days:
CREATE TEMP TABLE daily AS
  SELECT date(ts) AS day, model, score_set(score, label) AS scores FROM flights GROUP BY date(ts), model;
SELECT model, count(*), min(day), max(day) FROM daily GROUP BY model;
--> boosted|91|2001-04-01|2001-06-30
--> logistic|91|2001-04-01|2001-06-30

-- The AUC of the quarter from its 91 sets has the bits of the AUC of its 30441 flights:
SELECT model, roc_auc(scores),
       roc_auc(scores) IS (SELECT roc_auc(score, label) FROM flights f WHERE f.model = daily.model) AS same_bits
  FROM daily GROUP BY model;
--> boosted|0.678180212570774|1
--> logistic|0.640056593784501|1

-- Any metric for any range of days, without reading a flight. The months:
SELECT substr(day, 1, 7) AS month, model, roc_auc(scores) AS auc, f1_at(scores, 0.2) AS f1, ece(scores) AS ece
  FROM daily GROUP BY month, model;
--> 2001-04|boosted|0.67749727584758|0.371835661917278|0.0430562967353393
--> 2001-04|logistic|0.642044731801202|0.352591792656587|0.042597770986507
--> 2001-05|boosted|0.674106064996281|0.363636363636364|0.0476839736729594
--> 2001-05|logistic|0.635795290638397|0.352663342954605|0.048284875226366
--> 2001-06|boosted|0.682658674484353|0.427071178529755|0.00858684076251493
--> 2001-06|logistic|0.642521694869851|0.411630269172169|0.00999066217976902

-- Each set beside its day. A scalar subquery must rename the set in a FROM clause of its own: SQLite takes
-- the roc_auc in (SELECT roc_auc(scores)) for an aggregate of the outer query, which merges all rows into one.
SELECT day, (SELECT roc_auc(x) FROM (SELECT scores AS x)) AS auc FROM daily WHERE model = 'boosted' ORDER BY day LIMIT 3;
--> 2001-04-01|0.68917004048583
--> 2001-04-02|0.59925178919974
--> 2001-04-03|0.566043083900227
SELECT count(*) FROM (SELECT (SELECT roc_auc(scores)) FROM daily);
--> 1

-- The last week of June, with the cheapest cutoff if a miss costs as much as five false alarms:
SELECT model, best_cutoff(scores, 'cost:1,5') AS cutoff, best_cutoff_metrics(scores, 'cost:1,5') AS there
  FROM daily WHERE day >= '2001-06-24' GROUP BY model;
--> boosted|0.164363139|{"cutoff":0.164363139,"objective":"cost:1,5","value":1660.0,"tp":426,"fp":1270,"tn":617,"fn":78,"precision":0.2511792452830189,"recall":0.8452380952380952,"f1":0.38727272727272727}
--> logistic|0.170873799|{"cutoff":0.170873799,"objective":"cost:1,5","value":1732.0,"tp":408,"fp":1252,"tn":635,"fn":96,"precision":0.2457831325301205,"recall":0.8095238095238095,"f1":0.37707948243992606}

-- A sliding window of seven days: an aggregate of states is also a window function. RANGE over the day number
-- counts days. ROWS 6 PRECEDING counts rows, and reaches further back if a day has no row.
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

-- Weeks merged into sets, and the curves of these sets:
CREATE TEMP TABLE weekly AS
  SELECT strftime('%W', day) AS week, score_set(scores) AS scores FROM daily WHERE model = 'boosted' GROUP BY week;
SELECT week, max(f1), cutoff FROM weekly, cutoff_curve(scores) GROUP BY week LIMIT 3;
--> 13|0.45985401459854|0.179423746
--> 14|0.424673784104389|0.206882843
--> 15|0.469015795868773|0.216187807
SELECT roc_auc(scores) IS (SELECT roc_auc(scores) FROM daily WHERE model = 'boosted') FROM weekly;
--> 1

-- The contents and the size of a set:
SELECT json_extract(score_set_info(scores), '$.rows') AS rows, length(scores) AS bytes FROM daily
 WHERE day = '2001-06-30' ORDER BY model;
--> 312|2004
--> 312|2036


-- Predicted classes and losses
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

-- A state is not a vector:
SELECT softmax(loss) FROM shards;
--! softmax: vector must be a JSON array or a float32 BLOB, got a saved state of 'cross_entropy_logits'
SELECT f1_macro(loss) FROM shards;
--! f1_macro: cannot read a saved state of 'cross_entropy_logits', only of 'class_set'


-- Parameters in saved states
--
-- If the call that saved a state gave parameters, the state keeps them: a function with that parameter uses the
-- saved value, and another value is an error. Functions without it ignore it. States that differ in it can be
-- merged, and only a function that needs it fails. To choose it when the states are read, leave it out when they
-- are saved.
SELECT best_cutoff(s), best_cutoff(s, 'youden')
  FROM (SELECT best_cutoff_state(column1, column2, 'youden') AS s
          FROM (VALUES (3, 1), (3, 0), (3, 0), (2, 1), (2, 0), (2, 0), (2, 0), (1, 0)));
--> 3.0|3.0
SELECT best_cutoff(s, 'f1') FROM (SELECT best_cutoff_state(0.5, 1, 'youden') AS s);
--! best_cutoff: objective changed from 'youden' to 'f1'; a state saved without objective can be read with any objective
SELECT ece(s), mce(s) FROM (SELECT ece_state(column1, 1, 2) AS s FROM (VALUES (0.1), (0.7)));
--> 0.6|0.9
SELECT ece(s, 3) FROM (SELECT ece_state(0.1, 1, 2) AS s);
--! ece: bins changed from 2 to 3; a state saved without bins can be read with any bins
SELECT ece(s, 3) FROM (SELECT ece_state(0.1, 1) AS s);
--> 0.9

-- The cutoff of a function such as f1_at, and pos_weight, are not such parameters: they may differ from row to row.
-- The state of f1_at holds the counts tp, fp, tn and fn of decisions already taken, not the cutoff. States saved at
-- different cutoffs merge without an error, and the result counts each row at the cutoff it was saved with. To
-- choose the cutoff later, save a score_set. Here the first state is at 0.5, the second at 0.8:
CREATE TEMP TABLE two_cutoffs AS
  SELECT column1 AS cutoff, f1_at_state(column2, column3, column1) AS state, score_set(column2, column3) AS scores
    FROM (VALUES (0.5, 0.9, 1), (0.5, 0.6, 0), (0.8, 0.6, 1), (0.8, 0.3, 0)) GROUP BY column1;
SELECT confusion_at(state), f1_at(state) FROM two_cutoffs GROUP BY cutoff;
--> {"tp":1,"fp":1,"tn":0,"fn":0}|0.666666666666667
--> {"tp":0,"fp":0,"tn":1,"fn":1}|0.0
SELECT confusion_at(state), f1_at(state) FROM two_cutoffs;
--> {"tp":1,"fp":1,"tn":1,"fn":1}|0.5
SELECT f1_at(scores, 0.5), f1_at(scores, 0.8) FROM two_cutoffs;
--> 0.8|0.666666666666667

-- For weighted rows whose bins are chosen later, save score_set(score, label, weight), which has no parameters:
-- ece reads it, and ece_state(score, label, weight) would take the weight for bins.
SELECT ece(s, 3), ece(s, 3) = (SELECT ece(column1, column2, 3, 'uniform', column3) FROM (VALUES (0.1, 1, 2), (0.5, 0, 1)))
  FROM (SELECT score_set(column1, column2, column3) AS s FROM (VALUES (0.1, 1, 2), (0.5, 0, 1)));
--> 0.766666666666667|1

-- Parameters that a function does not have, and states that differ:
SELECT partial_roc_auc(s, 0.2) FROM (SELECT partial_roc_auc_state(0.1, 1, 0.3) AS s);
--! partial_roc_auc: max_fpr changed from 0.3 to 0.2
SELECT roc_auc(s) IS NULL, ece(s, 10) FROM (SELECT best_cutoff_state(0.5, 1, 'youden') AS s);
--> 1|0.5
SELECT f1_at(m, 0.5) FROM (SELECT ece_state(s) AS m FROM (SELECT ece_state(0.1, 1, 2) AS s UNION ALL SELECT ece_state(0.6, 1, 3)));
--> 0.666666666666667
SELECT ece(m) FROM (SELECT ece_state(s) AS m FROM (SELECT ece_state(0.1, 1, 2) AS s UNION ALL SELECT ece_state(0.6, 1, 3)));
--! ece: the saved states that were merged differ in bins; a state saved without bins can be read with any bins
