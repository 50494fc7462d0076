-- evalite: how sure a score is, which variant is better, and whether one scorer can replace another.
--
-- evalite keeps its runs in a SQLite database, node_modules/.evalite/cache.sqlite, unless its configuration names another
-- storage. Open it and leave out the first part of this page. A row of `results` is one input of an eval, several if it was
-- tried more than once; `scores` has a row for each scorer.
.load build/mlmetrics


-- The tables
--
-- Two variants of one eval ran over thirty inputs, each tried twice. A judge scored the answers from 0 to 1,
-- and another scorer compares texts and gives 0 or 1.
CREATE TEMP TABLE evals(id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL, name TEXT NOT NULL, filepath TEXT NOT NULL,
  duration INTEGER NOT NULL, created_at TEXT, status TEXT NOT NULL DEFAULT 'success', variant_name TEXT, variant_group
  TEXT);
CREATE TEMP TABLE results(id INTEGER PRIMARY KEY, eval_id INTEGER NOT NULL, duration INTEGER NOT NULL, input TEXT NOT NULL,
  output TEXT NOT NULL, expected TEXT, col_order INTEGER NOT NULL, created_at TEXT, status TEXT NOT NULL DEFAULT 'success',
  rendered_columns TEXT, trial_index INTEGER);
CREATE TEMP TABLE scores(id INTEGER PRIMARY KEY, result_id INTEGER NOT NULL, name TEXT NOT NULL, score REAL NOT NULL,
  description TEXT, metadata TEXT, created_at TEXT);
INSERT INTO evals(id, run_id, name, filepath, duration, variant_name, variant_group) VALUES
  (1, 1, 'capitals [old]', 'capitals.eval.ts', 900, 'old', 'capitals'), (2, 1, 'capitals [new]', 'capitals.eval.ts', 800,
    'new', 'capitals');
INSERT INTO results(id, eval_id, duration, input, output, expected, col_order, trial_index)
  WITH RECURSIVE inputs(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM inputs WHERE i < 29), trials(t) AS (VALUES (0), (1))
  SELECT (evals.id - 1) * 60 + i * 2 + t + 1, evals.id, 20, json_quote('country ' || i), json_quote('city ' || i),
    json_quote('city ' || i), i, t FROM evals, inputs, trials;
INSERT INTO scores(result_id, name, score)
  SELECT id, 'judge', max(0, min(1,
    ((col_order * 17) % 31 + (eval_id - 1) * (2 + col_order % 5) + trial_index * (col_order % 3)) / 34.0)) FROM results
  UNION ALL SELECT id, 'exact', (col_order * 17) % 31 + (eval_id - 1) * (2 + col_order % 5) + (col_order * 7) % 9 > 17
    FROM results;

-- Every score with the eval, the variant and the input that it belongs to; results that failed are left out.
CREATE TEMP VIEW scored AS
SELECT run_id, coalesce(variant_group, e.name) AS eval, variant_name AS variant, input, result_id, s.name AS scorer, score
  FROM scores s JOIN results r ON r.id = s.result_id JOIN evals e ON e.id = r.eval_id WHERE r.status = 'success';


-- How sure is the score of an eval?
--
-- Trials of one input depend on each other, so the input is the cluster: sixty rows tell little more than
-- thirty inputs do.
SELECT run_id, eval, variant, scorer, mean_ci_clustered(score, input) AS score FROM scored GROUP BY run_id, eval, variant,
       scorer;
--> 1|capitals|new|exact|{"value":0.6666666666666666,"low":0.48763212754172514,"high":0.8457012057916081,"se":0.08753762190648169,"level":0.95,"method":"t","rows":60,"clusters":30}
--> 1|capitals|new|judge|{"value":0.5725490196078431,"low":0.46978714108888553,"high":0.6753108981268007,"se":0.05024466514762644,"level":0.95,"method":"t","rows":60,"clusters":30}
--> 1|capitals|old|exact|{"value":0.6,"low":0.41394184915555393,"high":0.786058150844446,"se":0.09097176522946841,"level":0.95,"method":"t","rows":60,"clusters":30}
--> 1|capitals|old|judge|{"value":0.4568627450980392,"low":0.35524045451612946,"high":0.5584850356799489,"se":0.04968747200238164,"level":0.95,"method":"t","rows":60,"clusters":30}


-- Is one variant better than the other?
--
-- Both had the same inputs: first the mean of the trials of each input, then a paired test.
CREATE TEMP VIEW by_input AS
SELECT run_id, eval, variant, scorer, input, avg(score) AS score FROM scored GROUP BY run_id, eval, variant, scorer, input;
SELECT a.eval, a.scorer, b.variant || ' less ' || a.variant AS compared, paired_t_test(b.score, a.score) AS test
  FROM by_input a JOIN by_input b USING (run_id, eval, scorer, input) WHERE a.variant > b.variant GROUP BY a.eval, a.scorer, 3;
--> capitals|exact|new less old|{"statistic":1.439245834257849,"p_value":0.16078820842587652,"method":"paired t","difference":0.06666666666666667,"low":-0.028069506656465085,"high":0.16140283998979843,"se":0.04632055558531008,"df":29,"rows":30}
--> capitals|judge|new less old|{"statistic":15.80739581260106,"p_value":8.62162857790508e-16,"method":"paired t","difference":0.11568627450980393,"low":0.10071828100724739,"high":0.13065426801236046,"se":0.007318490400397463,"df":29,"rows":30}


-- Can a cheap scorer stand in for a judge, and at which score does the judge mean "right"?
--
-- The scorer that gives 0 or 1 is the label for the other one.
CREATE TEMP VIEW judged AS
SELECT judge.score AS judge, exact.score AS exact FROM scored judge JOIN scored exact USING (result_id)
       WHERE judge.scorer = 'judge' AND exact.scorer = 'exact';
SELECT count(*) AS answers, round(roc_auc(judge, exact), 3) AS auc, round(best_cutoff(judge, exact, 'mcc'), 3) AS cutoff,
       round(best_cutoff_value(judge, exact, 'mcc'), 3) AS mcc FROM judged;
--> 120|0.989|0.441|0.881
