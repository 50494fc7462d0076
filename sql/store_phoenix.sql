-- Phoenix: whether the evaluator agrees with people, what it misses, and whether that changes over time.
--
-- Arize Phoenix keeps its traces in a SQLite database, phoenix.db in the folder PHOENIX_WORKING_DIR (~/.phoenix).
-- Open it and leave out the first part of this page. A row of span_annotations is one verdict on one span: its
-- `annotator_kind` is 'LLM', 'CODE' or 'HUMAN', its `label` a word, its `score` a number, and either may be NULL.
.load build/mlmetrics


-- The table
--
-- An evaluator marked 200 answers as hallucinated or factual, and people looked at every fourth one.
CREATE TEMP TABLE span_annotations(id INTEGER PRIMARY KEY, span_rowid INTEGER NOT NULL, name TEXT NOT NULL, label TEXT,
  score REAL, explanation TEXT, metadata TEXT NOT NULL, annotator_kind TEXT NOT NULL, created_at TEXT NOT NULL, updated_at
  TEXT NOT NULL, identifier TEXT NOT NULL, source TEXT NOT NULL, user_id INTEGER);
INSERT INTO span_annotations(span_rowid, name, label, score, metadata, annotator_kind, created_at, updated_at, identifier,
  source)
WITH RECURSIVE spans(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM spans WHERE i < 200),
     judged AS (SELECT i, (i * i * 37 + i * 29) % 101 / 100.0 AS doubt, datetime('2026-03-01', i || ' hours') AS at FROM spans)
SELECT i, 'hallucination', CASE WHEN i % 50 = 9 THEN NULL WHEN doubt >= 0.7 THEN 'hallucinated' ELSE 'factual' END,
       CASE WHEN i % 50 <> 9 THEN doubt END, '{}', 'LLM', at, at, '', 'API' FROM judged
UNION ALL
SELECT i, 'hallucination', CASE WHEN doubt + (i % 9) / 15.0 - i / 800.0 >= 0.8 THEN 'hallucinated' ELSE 'factual' END, NULL,
       '{}', 'HUMAN', at, at, 'ann', 'APP'
  FROM judged WHERE i % 4 = 0;

-- A row is a span that both the evaluator and a person annotated; the evaluator's label is NULL where it gave
-- none.
CREATE TEMP VIEW verdicts AS
SELECT name, span_rowid, llm.label AS llm, llm.score AS score, human.label AS human, date(llm.created_at) AS day
  FROM span_annotations llm JOIN span_annotations human USING (span_rowid, name) WHERE llm.annotator_kind = 'LLM'
    AND human.annotator_kind = 'HUMAN';


-- Does the evaluator agree with people?
--
-- Cohen's kappa is agreement beyond chance: where most answers are factual, two that mark at random agree often. The
-- table has the people's labels in rows.
SELECT name, accuracy(llm, human) AS agreed, kappa_ci(llm, human) AS kappa FROM verdicts GROUP BY name;
--> hallucination|0.74|{"value":0.47665056360708535,"low":0.20874811822827227,"high":0.7107676283578634,"se":0.12483109153355477,"level":0.95,"method":"percentile","rows":50,"replicates":1000,"undefined":0}
SELECT confusion_table(llm, human) FROM verdicts;
--> rows: label, columns: pred
-->               factual  hallucinated  total
--> factual            21             8     29
--> hallucinated        5            16     21
--> total              26            24     50


-- How many hallucinations does it find, and how many of its alarms are false?
--
-- With intervals, since there are few verdicts of people.
SELECT recall_ci(llm = 'hallucinated', human = 'hallucinated') AS found FROM verdicts;
--> {"value":0.7619047619047619,"low":0.5490882631704925,"high":0.8937198697736352,"se":0.0929428640903365,"level":0.95,"method":"wilson","rows":50}
SELECT precision_ci(llm = 'hallucinated', human = 'hallucinated') AS right FROM verdicts;
--> {"value":0.6666666666666666,"low":0.4670631683813175,"high":0.8202780967270223,"se":0.09622504486493763,"level":0.95,"method":"wilson","rows":50}
-- The score says more than the label. This cutoff finds 90 % of them with the fewest false alarms:
SELECT best_cutoff_metrics(score, human = 'hallucinated', 'recall>=0.9') FROM verdicts;
--> {"cutoff":0.51,"objective":"recall>=0.9","value":0.6785714285714286,"tp":19,"fp":9,"tn":20,"fn":2,"precision":0.6785714285714286,"recall":0.9047619047619048,"f1":0.7755102040816326}


-- Does it get worse?
--
-- Agreement day by day, over a window of three days; and whether the scores of all spans, rated or not, have moved
-- away from those of the first days. psi_expected gives what chance alone would show.
--@ needs 3.28
SELECT DISTINCT day, round(accuracy(llm, human) OVER (ORDER BY julianday(day) RANGE BETWEEN 2 PRECEDING AND CURRENT ROW),
       3) AS agreed FROM verdicts;
--> 2026-03-01|0.8
--> 2026-03-02|0.818
--> 2026-03-03|0.824
--> 2026-03-04|0.778
--> 2026-03-05|0.833
--> 2026-03-06|0.722
--> 2026-03-07|0.722
--> 2026-03-08|0.667
--> 2026-03-09|0.667
SELECT psi_expected(score_set(score, created_at >= '2026-03-05')) FROM span_annotations WHERE annotator_kind = 'LLM';
--> {"psi":0.018501321270862736,"expected":0.1841528343250861,"p_value":0.9996283751029948,"bins":10}
