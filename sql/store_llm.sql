-- llm: which model answers right, whether its confidence means anything, and which is faster.
--
-- The command llm by Simon Willison logs every prompt to a SQLite database; `llm logs path` prints where. Open it and
-- leave out the first part of this page. Versions of 2026 write to `turns`, with the text of each turn in
-- `turn_search`; older ones wrote to `responses`. A database that was upgraded has both.
.load build/mlmetrics


-- The tables
--
-- Two models got the same forty prompts with a schema, and answered {"label": …, "confidence": …}. The first
-- ten are in the old table. `expected` is a table of your own: the right answer to each prompt.
CREATE TEMP TABLE responses(id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT, prompt_json TEXT, options_json TEXT,
  response TEXT, response_json TEXT, conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT, input_tokens INTEGER,
  output_tokens INTEGER, token_details TEXT, schema_id TEXT, resolved_model TEXT, reasoning TEXT);
CREATE TEMP TABLE turns(id TEXT PRIMARY KEY, thread_id TEXT, parent_message_hash TEXT, tip_message_hash TEXT, model TEXT,
  resolved_model TEXT, options_json TEXT, schema_id TEXT, input_tokens INTEGER, output_tokens INTEGER, token_details TEXT,
  duration_ms INTEGER, datetime_utc TEXT, response_json TEXT);
CREATE TEMP TABLE turn_search(id INTEGER PRIMARY KEY, turn_id TEXT, prompt TEXT, response TEXT);
CREATE TEMP TABLE expected(prompt TEXT PRIMARY KEY, label TEXT);
INSERT INTO expected
  WITH RECURSIVE p(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM p WHERE i < 40)
  SELECT 'Is this spam? Mail ' || i, CASE WHEN i % 3 = 0 THEN 'spam' ELSE 'ham' END FROM p;
CREATE TEMP TABLE asked AS
  WITH models(model, m) AS (VALUES ('large', 0), ('small', 1))
  SELECT expected.rowid AS i, model, prompt, CASE WHEN (expected.rowid * 7 + m) % 19 = 0 THEN 'I cannot tell.'
    ELSE json_object('label',
           CASE WHEN (expected.rowid * 11 + m * 3) % (9 - 4 * m) > 0 THEN label ELSE CASE label WHEN 'spam' THEN 'ham'
             ELSE 'spam' END END,
           'confidence', round(0.6 + (expected.rowid * 11 % (9 - 4 * m)) / 20.0, 2)) END AS response,
         20 + expected.rowid % 5 AS tokens, (20 + expected.rowid % 5) * (60 - 40 * m) + expected.rowid * 13 % 50 AS ms
    FROM expected, models;
INSERT INTO responses(id, model, prompt, response, duration_ms, output_tokens) SELECT model || i, model, prompt, response,
  ms, tokens FROM asked WHERE i <= 10;
INSERT INTO turns(id, model, duration_ms, output_tokens) SELECT model || i, model, ms, tokens FROM asked WHERE i > 10;
INSERT INTO turn_search(turn_id, prompt, response) SELECT model || i, prompt, response FROM asked WHERE i > 10;

-- Both generations of tables as one. An answer that is not JSON is a refusal.
CREATE TEMP VIEW answers AS
SELECT model, prompt, duration_ms, output_tokens, CASE WHEN json_valid(response) THEN response END AS response FROM (
  SELECT model, prompt, duration_ms, output_tokens, response FROM responses
  UNION ALL SELECT model, prompt, duration_ms, output_tokens, response FROM turns JOIN turn_search ON turn_id = turns.id);
CREATE TEMP VIEW labelled AS
SELECT model, prompt, json_extract(response, '$.label') AS answer, json_extract(response, '$.confidence') AS confidence,
       label FROM answers JOIN expected USING (prompt);


-- Which model is right more often, and is that chance?
--
-- A NULL is a refusal. Here it counts as wrong; without coalesce it is left out.
SELECT model, sum(answer IS NULL) AS refused, accuracy_ci(coalesce(answer, '(refused)'), label) AS "right" FROM labelled
       GROUP BY model;
--> large|2|{"value":0.85,"low":0.7092767563351029,"high":0.9293881228267965,"se":0.05645794895318108,"level":0.95,"method":"wilson","rows":40}
--> small|2|{"value":0.775,"low":0.6249690325768998,"high":0.8768390867645927,"se":0.06602556323122129,"level":0.95,"method":"wilson","rows":40}
SELECT mcnemar_test(coalesce(a.answer, '(refused)'), coalesce(b.answer, '(refused)'), a.label) FROM labelled a
       JOIN labelled b USING (prompt)
 WHERE a.model = 'large' AND b.model = 'small';
--> {"statistic":0.3076923076923077,"p_value":0.5810546875,"method":"exact","mid_p":0.4239501953125,"both_right":26,"only_a_right":8,"only_b_right":5,"both_wrong":1,"difference":0.075,"low":-0.10348308677017719,"high":0.24880928928585005}


-- Does the confidence that a model states mean anything?
--
-- Whether the answer was right is the label. An AUC of 1/2 says that the confidence does not tell right from wrong; ece
-- is how far it is from the share of right answers.
SELECT model, round(roc_auc(confidence, answer = label), 3) AS auc, round(avg(confidence), 3) AS stated,
       round(avg(answer = label), 3) AS "right",
       round(ece(confidence, answer = label, 5), 3) AS ece FROM labelled GROUP BY model;
--> large|1.0|0.808|0.895|0.213
--> small|0.484|0.699|0.816|0.136


-- Which model is faster?
--
-- Milliseconds per token, compared by the Mann-Whitney test, since times have outliers: auc is the chance that
-- a token of the large model takes longer.
SELECT model, count(*) AS prompts, round(sum(duration_ms) * 1.0 / sum(output_tokens), 1) AS ms_a_token FROM answers
       GROUP BY model;
--> large|40|61.1
--> small|40|21.1
SELECT mann_whitney_test(duration_ms * 1.0 / output_tokens, model = 'large') FROM answers;
--> {"statistic":1600.0,"p_value":1.4330630550383408e-14,"method":"normal","auc":1.0,"positives":40,"negatives":40}
