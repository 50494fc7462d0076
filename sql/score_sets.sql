-- Making score sets from other sets and from vectors.
--
-- For all functions of this page:
--   * The result is a BLOB, the same bytes as score_set() gives for the same rows.
--   * NULL if an argument is NULL.
--   * saved_states.sql shows what can be done with sets.
.load build/mlmetrics

-- The examples use a set for each month of the boosted model:
CREATE TEMP TABLE months AS
  SELECT strftime('%m', ts) AS month, score_set(score, label) AS scores FROM flights WHERE model = 'boosted'
   GROUP BY month;


-- with_label(set, label)
--
-- The rows of a set, all with this label, 0 or 1. Two sets with different labels merge into a set that compares
-- their scores: ks(set) is then the two-sample statistic. Weights, and the number of rows that were left out,
-- stay as they are.
SELECT score_set_info(with_label(score_set(column1, column2), 1)) FROM (VALUES (0.1, 0), (0.4, 1), (0.4, 0));
--> {"rows":3,"left_out":0,"positives":3,"distinct":2,"lowest":0.1,"highest":0.4,"bytes":49}

-- How far have the scores of each month moved from those of the months before?
SELECT m.month, (SELECT ks(s) FROM (SELECT with_label(b.scores, b.month = m.month) AS s FROM months b
                                     WHERE b.month <= m.month)) AS moved
  FROM months m WHERE m.month > '04' ORDER BY m.month;
--> 05|0.01052038738366
--> 06|0.0180620185143304
SELECT with_label(scores, 2) FROM months;
--! with_label: label must be 0 or 1, got 2; to_number(label) - 1 if the classes are 1 and 2, to_number(label) > 0 if the numbers above 0 are positive and all others negative


-- score_set_of(SCORES, LABELS)
--
-- The score set of two vectors of the same length, scores and labels: JSON arrays, or BLOBs of float32. Each
-- label is 0 or 1.
SELECT roc_auc(s), best_cutoff(s) FROM (SELECT score_set_of('[0.1, 0.4, 0.35, 0.8]', '[0, 0, 1, 1]') AS s);
--> 0.75|0.35
SELECT score_set_of('[0.5, 0.25]', '[1, 0]') = score_set(column1, column2) FROM (VALUES (0.25, 0), (0.5, 1));
--> 1
SELECT score_set_of('[0.1, 0.4]', '[0, 1, 1]');
--! score_set_of: scores has 2 elements, but labels has 3
SELECT score_set_of('[0.1, 0.4]', '[0, 0.5]');
--! score_set_of: element 1 of labels must be 0 or 1, got 0.5

-- Many small sets, such as one an hour, merge into what their rows give:
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59999),
  hours AS (SELECT score_set(i * 7919 % 20 / 20.0, i * 31 % 7 < 3) AS scores FROM n GROUP BY i / 50)
SELECT roc_auc(scores) IS (SELECT roc_auc(i * 7919 % 20 / 20.0, i * 31 % 7 < 3) FROM n), count(*) FROM hours;
--> 1|1200
