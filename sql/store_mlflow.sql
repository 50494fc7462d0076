-- MLflow: how well a judge does against people, whether it meets expectations, and which run is better.
--
-- MLflow's tracking server keeps assessments of traces in the table of that name (mlflow.db). Open the file and
-- leave out the first part of this page. `assessment_type` is 'feedback' or 'expectation'; `source_type` is
-- 'LLM_JUDGE', 'HUMAN' or 'CODE'; `value` is JSON: 'true', '"yes"', '4'. If a feedback failed, `error` is set.
-- `valid` is 0 once another row overrides this one.
.load build/mlmetrics


-- The table
--
-- A judge said whether each of 120 answers is correct, in two runs of sixty. People gave a verdict on some, one of
-- them twice: the second one overrides the first. Each trace has its expected answer.
CREATE TEMP TABLE assessments(assessment_id TEXT PRIMARY KEY, trace_id TEXT NOT NULL, name TEXT NOT NULL, assessment_type
  TEXT NOT NULL, value TEXT NOT NULL, error TEXT, created_timestamp INTEGER NOT NULL, last_updated_timestamp INTEGER NOT
  NULL, source_type TEXT NOT NULL, source_id TEXT, run_id TEXT, span_id TEXT, rationale TEXT, overrides TEXT, valid INTEGER
  NOT NULL DEFAULT 1, assessment_metadata TEXT);
INSERT INTO assessments(assessment_id, trace_id, name, assessment_type, value, error, created_timestamp,
  last_updated_timestamp, source_type, source_id, run_id, overrides, valid)
WITH RECURSIVE traces(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM traces WHERE i < 120),
     t AS (SELECT i, 'tr-' || i AS trace, CASE WHEN i <= 60 THEN 'run-a' ELSE 'run-b' END AS run,
       (i * 31) % 10 < 5 + (i > 60) * 2 AS right FROM traces)
SELECT 'j' || i, trace, 'correctness', 'feedback', CASE WHEN i % 40 = 5 THEN 'null' WHEN right OR i % 11 = 0 THEN '"yes"'
       ELSE '"no"' END,
       CASE WHEN i % 40 = 5 THEN '{"error_code":"RATE_LIMIT"}' END, i, i, 'LLM_JUDGE', 'judge', run, NULL, 1 FROM t
UNION ALL SELECT 'h' || i, trace, 'correctness', 'feedback', CASE WHEN right AND i % 9 > 0 THEN 'true' ELSE 'false' END,
  NULL, i, i, 'HUMAN', 'ann', run, NULL, i <> 12
  FROM t WHERE i % 3 = 0
UNION ALL SELECT 'h12b', 'tr-12', 'correctness', 'feedback', 'true', NULL, 500, 500, 'HUMAN', 'ann', 'run-a', 'h12', 1
UNION ALL SELECT 'g' || i, trace, 'language', 'feedback', CASE WHEN i % 8 = 1 THEN '"fr"' ELSE '"en"' END, NULL, i, i,
  'CODE', 'langid', run, NULL, 1 FROM t
UNION ALL SELECT 'e' || i, trace, 'language', 'expectation', CASE WHEN i % 6 = 1 THEN '"fr"' ELSE '"en"' END, NULL, i, i,
  'HUMAN', 'ann', NULL, NULL, 1 FROM t;

-- The verdicts in force, as SQL values: json_extract makes 1 of true and text of a JSON string.
CREATE TEMP VIEW verdicts AS
SELECT trace_id, run_id, name, assessment_type, source_type, json_extract(value, '$') AS value, error FROM assessments
       WHERE valid;


-- How well does the judge do against people?
--
-- The judge writes 'yes' and 'no', people true and false: to_label reads both.
CREATE TEMP VIEW judged AS
SELECT judge.run_id, to_label(judge.value) AS judge, to_label(human.value) AS human
  FROM verdicts judge JOIN verdicts human USING (trace_id, name)
 WHERE name = 'correctness' AND judge.source_type = 'LLM_JUDGE' AND human.source_type = 'HUMAN' AND judge.error IS NULL;
SELECT count(*) AS traces, accuracy(judge, human) AS agreed, kappa(judge, human) AS kappa FROM judged;
--> 39|0.846153846153846|0.694516971279373
SELECT precision_ci(judge, human) AS right_when_it_says_yes FROM judged;
--> {"value":0.76,"low":0.5657031664457093,"high":0.8850368630659855,"se":0.0854166260162505,"level":0.95,"method":"wilson","rows":39}


-- Did the application do what was expected?
--
-- An expectation is the label, a feedback of the same name the prediction.
SELECT classification_report(p.value, e.value) FROM verdicts p JOIN verdicts e USING (trace_id, name)
 WHERE name = 'language' AND p.assessment_type = 'feedback' AND e.assessment_type = 'expectation';
-->               precision    recall  f1-score   support
-->
-->           en       0.86      0.90      0.88       100
-->           fr       0.33      0.25      0.29        20
-->
-->     accuracy                           0.79       120
-->    macro avg       0.60      0.57      0.58       120
--> weighted avg       0.77      0.79      0.78       120
-->


-- Which run is better, and is that chance?
--
-- The judge rated every trace, so its verdicts give the narrower interval; the runs have different traces, so
-- the test is one of two samples.
SELECT run_id, sum(error IS NOT NULL) AS errors, accuracy_ci(to_label(value), 1) AS correct FROM verdicts
 WHERE name = 'correctness' AND source_type = 'LLM_JUDGE' GROUP BY run_id;
--> run-a|2|{"value":0.5344827586206896,"low":0.408001750439952,"high":0.6566797767471374,"se":0.06549689902608279,"level":0.95,"method":"wilson","rows":58}
--> run-b|1|{"value":0.7457627118644068,"low":0.6220385597107273,"high":0.839440224267631,"se":0.056688367481756374,"level":0.95,"method":"wilson","rows":59}
SELECT chi2_test(to_label(value), run_id) FROM verdicts WHERE name = 'correctness' AND source_type = 'LLM_JUDGE'
       AND error IS NULL;
--> {"statistic":5.673772230107707,"p_value":0.017220387143410867,"method":"pearson","df":1,"cramers_v":0.22021303264001046,"smallest_expected":20.82051282051282,"rows":117}
