-- Optuna: whether the best trial was lucky, which parameters matter, and whether pruning was right.
--
-- An Optuna study with storage='sqlite:///study.db' keeps its trials in that file. Open it and leave out the first part
-- of this page. `trial_values` has the final value of each objective, `trial_intermediate_values` what trial.report()
-- was given, `trial_params` a row for each parameter. An infinite value is NULL, and `value_type` says which it is.
.load build/mlmetrics


-- The tables
--
-- Thirty trials of one study that maximizes accuracy. Each reported the accuracy of five folds, and its value is their
-- mean. Trials that looked bad after two folds were pruned; one failed, and one diverged.
CREATE TEMP TABLE trials(trial_id INTEGER PRIMARY KEY, number INTEGER, study_id INTEGER, state TEXT NOT NULL, datetime_start
  TEXT, datetime_complete TEXT);
CREATE TEMP TABLE trial_values(trial_value_id INTEGER PRIMARY KEY, trial_id INTEGER NOT NULL, objective INTEGER NOT NULL,
  value REAL, value_type TEXT NOT NULL);
CREATE TEMP TABLE trial_intermediate_values(trial_intermediate_value_id INTEGER PRIMARY KEY, trial_id INTEGER NOT NULL, step
  INTEGER NOT NULL, intermediate_value REAL, intermediate_value_type TEXT NOT NULL);
CREATE TEMP TABLE trial_params(param_id INTEGER PRIMARY KEY, trial_id INTEGER, param_name TEXT, param_value REAL,
  distribution_json TEXT);
INSERT INTO trials(trial_id, number, study_id, state)
  WITH RECURSIVE t(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM t WHERE i < 30)
  SELECT i, i - 1, 1, CASE WHEN i = 4 THEN 'FAIL' WHEN i % 5 = 3 THEN 'PRUNED' ELSE 'COMPLETE' END FROM t;
INSERT INTO trial_params(trial_id, param_name, param_value, distribution_json)
  SELECT trial_id, 'depth', 2 + (trial_id * 7) % 11, '{"name": "IntDistribution"}' FROM trials
  UNION ALL SELECT trial_id, 'learning_rate', (1 + (trial_id * 13) % 29) / 100.0, '{"name": "FloatDistribution"}' FROM trials;
INSERT INTO trial_intermediate_values(trial_id, step, intermediate_value, intermediate_value_type)
  WITH RECURSIVE folds(step) AS (VALUES (0) UNION ALL SELECT step + 1 FROM folds WHERE step < 4)
  SELECT trial_id, step,
    round(0.9 - abs((trial_id * 13) % 29 - 11) / 200.0 + ((trial_id * 7) % 11) / 900.0
           + (step * 17 % 5) / 100.0 + ((trial_id * 31 + step * step * 47 * trial_id) % 23) / 300.0, 3), 'FINITE'
    FROM trials, folds WHERE state = 'COMPLETE' OR (state = 'PRUNED' AND step < 2);
INSERT INTO trial_values(trial_id, objective, value, value_type)
  SELECT trial_id, 0, CASE WHEN trial_id <> 9 THEN avg(intermediate_value) END, CASE WHEN trial_id = 9 THEN 'INF_NEG'
    ELSE 'FINITE' END
    FROM trial_intermediate_values JOIN trials USING (trial_id) WHERE state = 'COMPLETE' GROUP BY trial_id;

-- The trials that finished, best first.
CREATE TEMP VIEW finished AS
SELECT number, trial_id, value, row_number() OVER (ORDER BY value DESC) AS place FROM trials JOIN trial_values USING (trial_id)
 WHERE state = 'COMPLETE' AND objective = 0 AND value_type = 'FINITE';
SELECT place, number, round(value, 4) AS value FROM finished WHERE place <= 3;
--> 1|11|0.9664
--> 2|20|0.964
--> 3|13|0.9562


-- Is the best trial better than the next ones, or was it lucky?
--
-- All trials saw the same folds, so they are compared fold by fold. Five folds are few, and the best of thirty
-- is chosen because it is best: p_adjust, by Holm's method, allows for the comparisons made here, but not for
-- that choice.
CREATE TEMP VIEW against_best AS
SELECT b.place, b.number, paired_t_test(x.intermediate_value, y.intermediate_value) AS test
  FROM finished a JOIN finished b ON a.place = 1 AND b.place BETWEEN 2 AND 5
  JOIN trial_intermediate_values x ON x.trial_id = a.trial_id JOIN trial_intermediate_values y ON y.trial_id = b.trial_id
    AND y.step = x.step GROUP BY b.place;
SELECT place, number, round(json_extract(test, '$.difference'), 4) AS worse_by, round(json_extract(test, '$.p_value'),
       3) AS p_value FROM against_best;
--> 2|20|0.0024|0.894
--> 3|13|0.0102|0.544
--> 4|16|0.014|0.403
--> 5|4|0.0146|0.308
SELECT p_adjust(json_group_array(json_extract(test, '$.p_value'))) AS adjusted FROM against_best;
--> [1.0,1.0,1.0,1.0]


-- Which parameters matter?
--
-- Rank correlation with the value, for parameters that are numbers. A parameter with an optimum in the middle
-- shows little correlation; each half of its range shows more.
SELECT param_name, count(*) AS trials, round(spearman(param_value, value), 3) AS spearman FROM finished
       JOIN trial_params USING (trial_id) GROUP BY param_name;
--> depth|22|0.329
--> learning_rate|22|-0.442
SELECT param_value > 0.12 AS above, round(spearman(param_value, value), 3) AS spearman FROM finished
       JOIN trial_params USING (trial_id)
 WHERE param_name = 'learning_rate' GROUP BY 1;
--> 0|1.0
--> 1|-0.887


-- Was pruning after two folds right?
--
-- Of the trials that ran to the end: does their rank after two folds predict the final one? Kendall's tau is 0
-- for chance and 1 for the same order. The last column is the share of the five best that a pruner finds which
-- keeps the better half.
CREATE TEMP VIEW early AS
SELECT f.place, f.value, avg(i.intermediate_value) AS after_two FROM finished f
       JOIN trial_intermediate_values i USING (trial_id) WHERE step < 2 GROUP BY f.trial_id;
SELECT round(kendall(after_two, value), 3) AS kendall, round(roc_auc(after_two, place <= 5), 3) AS auc_of_the_best_five,
       round(recall_at_k(after_two, place <= 5, 11), 3) AS kept FROM early;
--> 0.714|0.882|1.0
