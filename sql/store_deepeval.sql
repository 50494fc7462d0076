-- deepeval: how sure a pass rate is, where a metric's threshold belongs, and whether a run is worse than the last.
--
-- deepeval writes each test run as a JSON file to the folder that DEEPEVAL_RESULTS_FOLDER names, and the latest one
-- to .deepeval/.latest_test_run.json, there within "testRunData". A test case has an array "metricsData" with the
-- name, score, threshold and success of each metric. The shell loads the files of two runs by
--   INSERT INTO runs SELECT 1, readfile('results/20260301_120000.json');
.load build/mlmetrics


-- The tables
--
-- Two runs of the same forty test cases with one metric, which failed with an error once. `reviewed` is a table
-- of your own: a person's verdicts on some of the answers.
CREATE TEMP TABLE runs(run INTEGER PRIMARY KEY, report TEXT);
INSERT INTO runs
WITH RECURSIVE cases(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM cases WHERE i < 39),
     scored AS (SELECT run, i, round(max(0, min(1, ((i * 29) % 41 + 25 - (run - 1) * (4 + i % 9)) / 60.0)), 2) AS score FROM cases,
       (SELECT 1 AS run UNION ALL SELECT 2))
SELECT run, json_object('testFile', 'test_chat.py', 'testCases', json_group_array(json_object('name', 'test_case_' || i,
       'input', 'question ' || i,
         'success', json(CASE WHEN score >= 0.5 THEN 'true' ELSE 'false' END), 'metricsData', json_array(CASE WHEN i = 7
           AND run = 1
           THEN json_object('name', 'Answer Relevancy', 'threshold', 0.5, 'success', json('false'), 'error', 'timed out')
           ELSE json_object('name', 'Answer Relevancy', 'threshold', 0.5, 'success', json(CASE WHEN score >= 0.5 THEN 'true'
             ELSE 'false' END), 'score', score) END))))
  FROM scored GROUP BY run;
CREATE TEMP TABLE reviewed(name TEXT PRIMARY KEY, good INTEGER);
INSERT INTO reviewed
  WITH RECURSIVE cases(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM cases WHERE i < 39)
  SELECT 'test_case_' || i, (i * 29) % 41 + (i * 5) % 12 > 24 FROM cases WHERE i % 2 = 0;

-- One row for each metric of each test case. The score of a metric that failed with an error is NULL.
CREATE TEMP VIEW metric_data AS
SELECT run, json_extract(c.value, '$.name') AS name, json_extract(m.value, '$.name') AS metric, json_extract(m.value,
       '$.score') AS score,
       json_extract(m.value, '$.threshold') AS threshold, json_extract(m.value, '$.success') AS success,
         json_extract(m.value, '$.error') AS error
  FROM runs, json_each(coalesce(json_extract(report, '$.testRunData'), report), '$.testCases') AS c, json_each(c.value,
    '$.metricsData') AS m;
SELECT * FROM metric_data WHERE run = 1 LIMIT 2;
--> 1|test_case_0|Answer Relevancy|0.42|0.5|0|
--> 1|test_case_1|Answer Relevancy|0.9|0.5|1|


-- How sure is the pass rate?
--
-- deepeval's table shows only the rate; with forty cases its interval is thirty points wide.
--@ needs 3.30
SELECT run, metric, sum(error IS NOT NULL) AS errors, proportion_ci(sum(success) FILTER (WHERE error IS NULL),
       count(*) FILTER (WHERE error IS NULL)) AS passed
  FROM metric_data GROUP BY run, metric;
--> 1|Answer Relevancy|1|{"value":0.8717948717948718,"low":0.7329425662025455,"high":0.9439718246302861,"se":0.05353373566291198,"level":0.95,"method":"wilson","rows":39}
--> 2|Answer Relevancy|0|{"value":0.625,"low":0.470324391373011,"high":0.7577702083276674,"se":0.07654655446197431,"level":0.95,"method":"wilson","rows":40}


-- Is the threshold in the right place?
--
-- The score is a prediction, and a person's verdict the label. How well does the score separate good from bad; what
-- does the threshold of 0.5 let through; and which threshold would do best?
SELECT round(roc_auc(score, good), 3) AS auc, round(precision_at(score, good, 0.5), 3) AS precision, round(recall_at(score,
       good, 0.5), 3) AS recall
  FROM metric_data JOIN reviewed USING (name) WHERE run = 1;
--> 0.96|0.647|1.0
SELECT best_cutoff_metrics(score, good, 'balanced_accuracy') FROM metric_data JOIN reviewed USING (name) WHERE run = 1;
--> {"cutoff":0.8,"objective":"balanced_accuracy","value":0.9090909090909091,"tp":9,"fp":0,"tn":9,"fn":2,"precision":1.0,"recall":0.8181818181818182,"f1":0.9}
-- Twenty verdicts do not determine a threshold. Its interval, from samples of the rows:
SELECT best_cutoff_ci(score, good, 'balanced_accuracy') FROM metric_data JOIN reviewed USING (name) WHERE run = 1;
--> {"value":0.8,"low":0.68,"high":0.87,"se":0.07301432113695977,"level":0.95,"method":"percentile","rows":20,"objective":"balanced_accuracy","replicates":1000,"undefined":0}


-- Is this run worse than the last one?
--
-- The test cases are the same, so scores are compared in pairs. A row without a score in either run is left out.
SELECT paired_t_test(b.score, a.score) FROM metric_data a JOIN metric_data b USING (name, metric) WHERE a.run = 1 AND b.run = 2;
--> {"statistic":-17.64671237381384,"p_value":6.690803519148635e-20,"method":"paired t","difference":-0.12282051282051282,"low":-0.136910226762441,"high":-0.10873079887858464,"se":0.0069599656989234775,"df":38,"rows":39}
SELECT mcnemar_test(a.success, b.success, 1) FROM metric_data a JOIN metric_data b USING (name, metric)
 WHERE a.run = 1 AND b.run = 2 AND a.error IS NULL AND b.error IS NULL;
--> {"statistic":8.1,"p_value":0.001953125,"method":"exact","mid_p":0.0009765625,"both_right":24,"only_a_right":10,"only_b_right":0,"both_wrong":5,"difference":0.2564102564102564,"low":0.10679245505348292,"high":0.3995784281228498}
