-- Dirty columns: numbers and labels as people and spreadsheets write them, and what is wrong with a column.
--
-- An aggregate takes numbers, and text that is a number; any other text is an error. The functions of this page
-- read more spellings, but only unambiguous ones:
--   * input_problems(score, label) counts everything that is wrong in one pass, and says what to write instead.
--   * to_number(x) and to_label(x) read one value. What they cannot read is an error, never NULL or 0.
.load build/mlmetrics


-- input_problems(score, label)
--
-- JSON: rows, clean rows, and for each kind of problem the number of rows that have it, an example, a
-- description, and what to write instead. It never fails on a value, and it counts rows with a NULL too. A
-- score outside [0,1] is a problem only for functions of probabilities. NULL if there are no rows at all.
CREATE TEMP TABLE predictions(score, label);
INSERT INTO predictions VALUES ('0.53', '1'), ('58.45%', 'True'), ('', '0'), ('NA', 'no'), ('0.71', 'true'),
  ('0.12', '0'), ('0.33', NULL), ('1,500', 'maybe');
--@ needs 3.38
SELECT p.value ->> 'rows' AS rows, p.value ->> 'example' AS example, p.value ->> 'what' AS what, p.value ->> 'advice' AS advice
  FROM (SELECT input_problems(score, label) AS found FROM predictions), json_each(found, '$.problems') AS p;
--> 1||scores that are empty text|to_number(score) makes them NULL
--> 1|NA|scores that are a word for a missing value|to_number(score) makes them NULL
--> 1|58.45%|scores with a percent sign|to_number(score) reads them
--> 1|1,500|scores whose comma may be a decimal mark or group thousands|to_number(score, 'comma') if the comma is the decimal mark, to_number(score, 'point') if it groups
--> 1||labels that are NULL|their rows are left out
--> 3|no|labels that are words|to_label(label) reads them
--> 1|maybe|labels that are other text|CASE label WHEN 'positive class' THEN 1 WHEN 'negative class' THEN 0 ELSE label END; nullif(label, 'text') of a text that stands for a missing label

-- The rows themselves: with GROUP BY rowid each row is a group of its own, which is clean or not. A row with
-- a NULL counts as not clean.
SELECT rowid, score, label FROM predictions
 GROUP BY rowid HAVING json_extract(input_problems(score, label), '$.clean') = 0;
--> 2|58.45%|True
--> 3||0
--> 4|NA|no
--> 5|0.71|true
--> 7|0.33|
--> 8|1,500|maybe

-- What is wrong with the score of each:
SELECT p.rowid, score, label, json_extract(problem.value, '$.kind') AS kind
  FROM (SELECT rowid, score, label, input_problems(score, label) AS found FROM predictions GROUP BY rowid) AS p,
       json_each(found, '$.problems') AS problem
 WHERE kind LIKE 'score%';
--> 2|58.45%|True|score_percentage
--> 3||0|score_empty
--> 4|NA|no|score_missing
--> 8|1,500|maybe|score_ambiguous

-- The advice, applied. The ambiguous text remains an error until it is corrected:
SELECT roc_auc(to_number(score), to_label(label)) FROM predictions;
--! to_number: x must be a number, got text '1,500'; to_number(x, 'comma') makes it 1.5, to_number(x, 'point') 1500
DELETE FROM predictions WHERE score = '1,500';
SELECT roc_auc(to_number(score), to_label(label)) FROM predictions;
--> 1.0
SELECT input_problems(to_number(score), to_label(label)) FROM predictions;
--> {"rows":7,"clean":4,"problems":[{"kind":"score_null","rows":2,"example":null,"what":"scores that are NULL","advice":"their rows are left out"},{"kind":"label_null","rows":1,"example":null,"what":"labels that are NULL","advice":"their rows are left out"}]}
SELECT input_problems(0.5, 1);
--> {"rows":1,"clean":1,"problems":[]}
SELECT input_problems(NULL, NULL);
--> {"rows":1,"clean":0,"problems":[{"kind":"score_null","rows":1,"example":null,"what":"scores that are NULL","advice":"their rows are left out"},{"kind":"label_null","rows":1,"example":null,"what":"labels that are NULL","advice":"their rows are left out"}]}
SELECT input_problems(0.5, 1) IS NULL WHERE 0;
--> 1

-- Predicted classes and labels in words are no scores: evaluate_classes() says what looks wrong with those.
--@ needs 3.38
SELECT input_problems(column1, column2) ->> '$.problems[0].advice' FROM (VALUES ('Fish', 'Fish '), ('Crab', 'Crab'));
--> if the example is a column, write its name without quotes; otherwise if both columns hold classes, see the note of evaluate_classes(score, label); otherwise correct them at their source

-- Advice that would hide an error is not given: percentages are mentioned only where every score is NULL or a
-- plain number from 0 to 100. A text such as '12%' or 'NA' rules them out, since the expression is an error on
-- it. The advice holds only if every score is a percentage; the 0.12 that to_number makes of '12%' is no longer
-- one. A state saved before there was a kind score_above_100 counts such scores as above 1, so percentages may be
-- mentioned there.
--@ needs 3.38
SELECT input_problems(column1, 1) ->> '$.problems[0].advice' FROM (VALUES (58.45), (0.5), (100));
--> for functions of probabilities: to_number((score) || '%') if every score is a percentage, 0.5 meaning 0.5%, sigmoid(score) if every score is a logit
--@ needs 3.38
SELECT input_problems(column1, 1) ->> '$.problems[0].advice' FROM (VALUES (58.45), (-0.5), (3));
--> for functions of probabilities: sigmoid(score) if every score is a logit
--@ needs 3.38
SELECT p.value ->> 'example', p.value ->> 'advice'
  FROM (SELECT input_problems(column1, 1) AS found FROM (VALUES (58.45), ('12%'))), json_each(found, '$.problems') AS p;
--> 12%|to_number(score) reads them
--> 58.4…|is a % sign missing, as others have one? correct them at their source
--@ needs 3.38
SELECT input_problems(column1, 1) ->> '$.problems[0].advice' FROM (VALUES (585), (0.5));
--> for functions of probabilities: a calibration (platt_fit or isotonic_fit, with calibrate) if the scores have a scale of their own; otherwise look for an error at their source


-- to_number(x[, mark])
--
-- The number that a text stands for, a REAL. It reads percentages, currency signs, grouped thousands, decimal
-- commas, parentheses for a minus, and words for infinity. If there is both a comma and a point, the last one
-- is the decimal mark. Words for a missing value ('', NA, N/A, nan, null, none, '-', '?' and their like) are
-- NULL, and so is NULL.
SELECT to_number('58.45%'), to_number('75,5%'), to_number('1,234.5'), to_number('1.234,5'), to_number('$12.50');
--> 0.5845|0.755|1234.5|1234.5|12.5
SELECT to_number(' 7 '), to_number('1e3'), to_number('(5)'), to_number('-inf'), to_number(3);
--> 7.0|1000.0|-5.0|-Inf|3.0
SELECT to_number('') IS NULL, to_number('N/A') IS NULL, to_number('?') IS NULL, to_number(NULL) IS NULL;
--> 1|1|1|1

-- A lone comma is a decimal comma unless it could also group thousands, as in '1,500'. No first group is 0, empty or
-- of four digits, so '0,043' is 0.043. Scores from 0 to 1 with both marks need no second argument, unless a score of 1 is
-- written as '1,000'. Where no comma groups thousands, make it a point:
SELECT to_number('0,7'), to_number('0,043'), to_number('-0,500'), to_number('0,500%'), to_number('0.2664');
--> 0.7|0.043|-0.5|0.005|0.2664
SELECT to_number(replace(column1, ',', '.')) FROM (VALUES ('1,000'), ('0,043'), ('0.2664'));
--> 1.0
--> 0.043
--> 0.2664

-- Where a comma may be either, mark says which it is. 'comma' says that the comma is the decimal mark and points
-- separate groups, 'point' the other way round.
SELECT to_number('1,500');
--! to_number: x must be a number, got text '1,500'; to_number(x, 'comma') makes it 1.5, to_number(x, 'point') 1500
SELECT to_number('1,500', 'comma'), to_number('1,500', 'point'), to_number('1.500', 'comma');
--> 1.5|1500.0|1500.0
SELECT to_number('0.53', 'comma');
--! to_number: x must be a number, got text '0.53'; to_number(x, 'point') makes it 0.53
SELECT to_number('about 7');
--! to_number: x must be a number, got text 'about 7'; CASE x WHEN 'about 7' THEN … ELSE x END gives its number, nullif(x, 'about 7') if it stands for a missing value
SELECT to_number('True');
--! to_number: x must be a number, got text 'True'; to_label(x) reads words for 1 and 0

-- An INTEGER that no REAL holds exactly is rounded, which no other function does.
SELECT to_number(9007199254740993) = 9007199254740992.0;
--> 1


-- to_label(x)
--
-- 1 for true, t, yes, y, on, positive, pos and 1; 0 for false, f, no, n, off, negative, neg and 0; in any
-- case. Words for a missing value are NULL, and so is NULL.
SELECT to_label('True'), to_label('NO'), to_label(' y '), to_label('1.0'), to_label(0);
--> 1|0|1|1|0
SELECT to_label('') IS NULL, to_label('n/a') IS NULL, to_label(NULL) IS NULL;
--> 1|1|1
SELECT to_label('maybe');
--! to_label: x must be 0 or 1, or a word for it, got text 'maybe'; if that is a column, write its name without quotes; CASE x WHEN 'maybe' THEN 1 WHEN … THEN 0 ELSE x END if that is the positive class, nullif(x, 'maybe') if it stands for a missing value
SELECT to_label(2);
--! to_label: x must be 0 or 1, or a word for it, got 2; to_number(x) - 1 if the classes are 1 and 2, to_number(x) > 0 if the numbers above 0 are positive and all others negative
SELECT to_label(CASE column1 WHEN 'late' THEN 1 WHEN 'on time' THEN 0 ELSE column1 END) FROM (VALUES ('late'), ('on time'), ('yes'));
--> 1
--> 0
--> 1
