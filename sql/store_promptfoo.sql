-- promptfoo: which provider passes, whether that is chance, and whether the judge agrees with people.
--
-- promptfoo keeps its results in a SQLite database, ~/.promptfoo/promptfoo.db. Open that file and leave out the
-- first part of this page, which makes a small table of the same columns. In eval_results a row is one test
-- case for one prompt and one provider. `failure_reason` is 0 if the test passed, 1 if an assertion failed, and
-- 2 if there was an error: no answer came, or the grader failed. An error says nothing about the answer, so the
-- queries below leave it out.
.load build/mlmetrics


-- The table
--
-- Two providers answered sixty test cases. Each answer was graded by a rubric, and a person rated a part of them.
CREATE TEMP TABLE eval_results(id TEXT PRIMARY KEY, created_at INTEGER, updated_at INTEGER, eval_id TEXT NOT NULL,
  prompt_idx INTEGER NOT NULL, test_idx INTEGER NOT NULL, test_case TEXT NOT NULL, prompt TEXT NOT NULL, prompt_id TEXT,
  provider TEXT NOT NULL, latency_ms INTEGER, cost REAL, response TEXT, error TEXT, failure_reason INTEGER DEFAULT 0 NOT
  NULL, success INTEGER NOT NULL, score REAL NOT NULL, grading_result TEXT, named_scores TEXT, metadata TEXT);
INSERT INTO eval_results(id, eval_id, prompt_idx, test_idx, test_case, prompt, provider, latency_ms, cost, error,
  failure_reason, success, score, grading_result)
WITH RECURSIVE tests(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM tests WHERE i < 59),
     providers(p, name) AS (VALUES (0, 'large'), (1, 'small')),
     answers AS (SELECT i, p, name, (i * 7 + p) % 20 = 3 AS failed,
       ((i * 37 + p * 11) % 50 + 50 * (i % (5 - 2 * p) > 0)) / 100.0 AS rubric FROM tests, providers)
SELECT name || i, 'eval-1', p, i, json_object('vars', json_object('question', 'question ' || i)),
       '{"raw":"{{question}}","label":"plain"}', json_object('id', name), 400 + 600 * (1 - p) + i * 3, 0.002 - 0.0015 * p,
       CASE WHEN failed THEN 'API call error: 429' END, CASE WHEN failed THEN 2 ELSE rubric < 0.5 END,
       NOT failed AND rubric >= 0.5, CASE WHEN failed THEN 0 ELSE rubric END,
       CASE WHEN NOT failed THEN json_object('score', rubric, 'componentResults', json_array(
         json_object('pass', rubric >= 0.5, 'score', rubric, 'assertion', json_object('type', 'llm-rubric')),
         CASE WHEN i % 3 = 0 THEN
           json_object('pass', rubric + (i * 5 % 11) / 20.0 >= 0.9, 'assertion', json_object('type', 'human')) END)) END
  FROM answers;


-- Which provider gave which answer: a provider has a label if the configuration gives one. `prompt_idx` counts
-- prompts and providers together, so the answers to one test are those with the same test_idx and the same
-- prompt.
CREATE TEMP VIEW answers AS
SELECT coalesce(nullif(json_extract(provider, '$.label'), ''), json_extract(provider, '$.id')) AS provider, eval_id, test_idx,
  json_extract(prompt, '$.label') AS prompt, failure_reason = 2 AS is_error, success FROM eval_results;


-- How many tests does each provider pass, and how sure is that?
--
-- With a few dozen tests a rate is known to within about ten points. The interval is Wilson's.
--@ needs 3.30
SELECT provider, sum(is_error) AS errors,
       proportion_ci(sum(success) FILTER (WHERE NOT is_error), count(*) FILTER (WHERE NOT is_error)) AS passed
  FROM answers GROUP BY provider;
--> large|3|{"value":0.7894736842105263,"low":0.6671387891680949,"high":0.8752545169696543,"se":0.05399886063606074,"level":0.95,"method":"wilson","rows":57}
--> small|3|{"value":0.6666666666666666,"low":0.5372251158005144,"high":0.7750619392484928,"se":0.062439054105446264,"level":0.95,"method":"wilson","rows":57}


-- Is one provider better than the other, on the same tests?
--
-- McNemar's test compares the tests on which the two differ. The predicted class is `success`, and the label is
-- 1.
SELECT a.provider AS a, b.provider AS b, mcnemar_test(a.success, b.success, 1)
  FROM answers a JOIN answers b USING (eval_id, test_idx, prompt)
 WHERE a.provider < b.provider AND NOT a.is_error AND NOT b.is_error GROUP BY 1, 2;
--> large|small|{"statistic":1.1363636363636365,"p_value":0.2862787246704101,"method":"exact","mid_p":0.21003961563110346,"both_right":28,"only_a_right":14,"only_b_right":8,"both_wrong":4,"difference":0.1111111111111111,"low":-0.05763091225598893,"high":0.271898223279335}


-- Does the rubric agree with the people who rated answers, and is its threshold in the right place?
--
-- The web viewer stores a thumb up or down as a component of type 'human' beside the assertions of the test. It replaces
-- the `success` of the row too, so that the queries above count what people said where they said something.
CREATE TEMP VIEW rated AS
SELECT json_extract(rubric.value, '$.score') AS score, json_extract(rubric.value, '$.pass') AS rubric,
       json_extract(human.value, '$.pass') AS person
  FROM eval_results, json_each(grading_result, '$.componentResults') AS rubric, json_each(grading_result,
    '$.componentResults') AS human
 WHERE failure_reason <> 2 AND json_extract(rubric.value, '$.assertion.type') = 'llm-rubric' AND json_extract(human.value,
   '$.assertion.type') = 'human';
SELECT count(*) AS rated, accuracy(rubric, person) AS agreed, kappa(rubric, person) AS kappa, precision(rubric,
       person) AS "precision" FROM rated;
--> 38|0.868421052631579|0.714714714714715|0.733333333333333
SELECT roc_auc(score, person) AS auc, best_cutoff(score, person, 'accuracy') AS threshold,
       best_cutoff_value(score, person, 'accuracy') AS agreed_there FROM rated;
--> 0.977564102564103|0.72|0.947368421052632
