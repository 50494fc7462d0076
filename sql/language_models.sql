-- Language models: exact match with refusals, judges, pass@k, win rates.
--
-- An evaluation log is a prediction table: it holds an answer and the expected one, the grade of a judge, the
-- number of tests that passed, or which of two answers was better. This page shows the usual figures, each with
-- its interval. Metrics of retrieval are in queries.sql.
.load build/mlmetrics


-- Exact match, with refusals
--
-- Two models answered the same forty questions. A NULL is a refusal, or a text in which no answer was found.
CREATE TEMP TABLE answers(model TEXT, question INTEGER, topic TEXT, expected TEXT, answer TEXT);
INSERT INTO answers
WITH RECURSIVE q(question) AS (VALUES (1) UNION ALL SELECT question + 1 FROM q WHERE question < 40),
     models(model) AS (VALUES ('large'), ('small'))
SELECT model, question, CASE WHEN question % 2 THEN 'arithmetic' ELSE 'capitals' END AS topic,
       CASE WHEN question % 2 THEN question * 7 ELSE 'city ' || question END AS expected,
       CASE WHEN question % 9 = 0 OR (model = 'small' AND question % 7 = 0) THEN NULL
            WHEN question % 13 = 0 OR (model = 'small' AND question % 4 = 1) THEN 'unknown'
            WHEN question % 2 THEN ' ' || (question * 7) || '.'
            ELSE 'City ' || question END AS answer
  FROM models, q;
SELECT model, question, expected, answer FROM answers WHERE question IN (3, 4, 9);
--> large|3|21| 21.
--> large|4|city 4|City 4
--> large|9|63|
--> small|3|21| 21.
--> small|4|city 4|City 4
--> small|9|63|

-- Exact match compares texts, so both sides are normalised first: lower case, without blanks or a full stop at
-- the ends.
CREATE TEMP TABLE graded(model TEXT, question INTEGER, topic TEXT, expected TEXT, answer TEXT);
INSERT INTO graded
  SELECT model, question, topic, lower(expected) AS expected, lower(trim(answer, ' .')) AS answer FROM answers;

-- A NULL leaves a row out, so accuracy(answer, expected) is the share of right answers among those that were
-- given. To count a refusal as wrong, make it a class of its own. Report both, and the share of refusals: a
-- model can raise `answered` by answering less.
SELECT model, accuracy(coalesce(answer, '(refused)'), expected) AS exact_match, accuracy(answer, expected) AS answered,
       avg(answer IS NULL) AS refused
  FROM graded GROUP BY model;
--> large|0.825|0.916666666666667|0.1
--> small|0.525|0.67741935483871|0.225

-- The same with Wilson's intervals, and by topic at the level that four comparisons need:
SELECT model, accuracy_ci(coalesce(answer, '(refused)'), expected) FROM graded GROUP BY model;
--> large|{"value":0.825,"low":0.6805000966821227,"high":0.9125458625396409,"se":0.06007807420348958,"level":0.95,"method":"wilson","rows":40}
--> small|{"value":0.525,"low":0.3749736210669247,"high":0.670645298873211,"se":0.07895805848676878,"level":0.95,"method":"wilson","rows":40}
SELECT topic, model, round(json_extract(j, '$.value'), 3) AS exact_match, round(json_extract(j, '$.low'), 3) AS low,
       round(json_extract(j, '$.high'), 3) AS high
  FROM (SELECT topic, model, accuracy_ci(coalesce(answer, '(refused)'), expected, 1 - 0.05 / 4) AS j
          FROM graded GROUP BY topic, model);
--> arithmetic|large|0.8|0.521|0.936
--> arithmetic|small|0.3|0.119|0.576
--> capitals|large|0.85|0.574|0.96
--> capitals|small|0.75|0.471|0.91

-- Is one model better? Both answered the same questions, so McNemar's test compares those on which they differ:
SELECT mcnemar_test(coalesce(a.answer, '(refused)'), coalesce(b.answer, '(refused)'), a.expected)
  FROM graded a JOIN graded b USING (question) WHERE a.model = 'large' AND b.model = 'small';
--> {"statistic":10.083333333333334,"p_value":0.00048828125,"method":"exact","mid_p":0.000244140625,"both_right":21,"only_a_right":12,"only_b_right":0,"both_wrong":7,"difference":0.3,"low":0.1435232712638924,"high":0.4385046482580991}


-- A model that states its confidence
--
-- If the model states a confidence, or one is computed from the probabilities of its tokens, the grade is a
-- label and the confidence a probability: ece tells whether answers with a confidence of 80 % are right in 80 %
-- of cases, and roc_auc whether right answers have higher confidence than wrong ones.
CREATE TEMP TABLE stated AS
  SELECT model, question, coalesce(answer = expected, 0) AS right,
         CASE WHEN answer IS NULL THEN 0.2 ELSE 0.5 + (answer = expected) * 0.2 + (question % 3) / 10.0 END AS confidence
    FROM graded;
SELECT model, round(ece(confidence, right), 3) AS ece, round(brier(confidence, right), 3) AS brier,
       round(roc_auc(confidence, right), 3) AS auc FROM stated GROUP BY model;
--> large|0.185|0.066|0.983
--> small|0.213|0.13|0.97

-- Which answers should a person check? Each row is a cutoff: the share of questions that the model keeps, and
-- the share of those that it gets right.
SELECT cutoff, (tp + fp) / 40.0 AS kept, precision AS right
  FROM cutoff_curve((SELECT score_set(confidence, right) FROM stated WHERE model = 'small')) WHERE cutoff < 1;
--> 0.9|0.175|1.0
--> 0.8|0.375|1.0
--> 0.7|0.625|0.84
--> 0.6|0.725|0.724137931034483
--> 0.5|0.775|0.67741935483871
--> 0.2|1.0|0.525


-- Do the judges agree?
--
-- Three people and a model graded twelve answers from 1 to 5; NULL is no grade.
CREATE TEMP TABLE grades(answer, ann, bob, cy, judge);
INSERT INTO grades VALUES (1, 5, 5, 4, 5), (2, 4, 4, 4, 5), (3, 1, 2, 1, 1), (4, 3, 3, NULL, 4), (5, 5, 4, 5, 5), (6, 2, 2, 3, 2),
                          (7, 1, 1, 1, 2), (8, 4, 5, 4, 4), (9, 3, 2, 3, 3), (10, 5, 5, 5, 5), (11, 2, 1, NULL, 3), (12, 4, 4, 5, 4);

-- krippendorff_alpha allows missing grades, and takes the scale of the grades; fleiss_kappa needs the same
-- number of grades for each answer. 1 is agreement, and 0 is what chance gives.
SELECT krippendorff_alpha(json_array(ann, bob, cy), 'ordinal') AS people FROM grades;
--> 0.864616183552072
SELECT fleiss_kappa(json_array(ann, bob, cy)) AS people FROM grades WHERE cy IS NOT NULL;
--> 0.38953488372093

-- Can the judge replace a person? Its agreement with the people's median, by kappa with quadratic weights
-- (grades that are far apart count more), with an interval; and whether it is kinder than they are:
CREATE TEMP TABLE people AS
  SELECT answer, judge, (SELECT value FROM json_each(json_array(ann, bob, cy)) WHERE value IS NOT NULL
                          ORDER BY value LIMIT 1 OFFSET 1) AS person FROM grades;
SELECT kappa_quadratic_ci(judge, person) FROM people;
--> {"value":0.9139784946236559,"low":0.7692307692307693,"high":0.9747951680672269,"se":0.05278317769206011,"level":0.95,"method":"percentile","rows":12,"replicates":1000,"undefined":0}
SELECT json_extract(j, '$.value') AS kinder_by, json_extract(j, '$.low') AS low, json_extract(j, '$.high') AS high
  FROM (SELECT mean_error_ci(judge, person) AS j FROM people);
--> 0.333333333333333|0.0204989247869297|0.646167741879737
SELECT confusion_table(judge, person) FROM people;
--> rows: label, columns: pred
-->        1  2  3  4  5  total
--> 1      1  1  0  0  0      2
--> 2      0  1  1  0  0      2
--> 3      0  0  1  1  0      2
--> 4      0  0  0  2  1      3
--> 5      0  0  0  0  3      3
--> total  1  2  2  3  4     12

-- With two grades, accept or reject, the judge is a classifier like any other:
SELECT precision(judge >= 4, person >= 4), recall(judge >= 4, person >= 4), kappa(judge >= 4, person >= 4) FROM people;
--> 0.857142857142857|1.0|0.833333333333333


-- pass@k
--
-- Ten programs were written for each of 24 problems. pass_at_k is the chance that at least one of k passes its
-- tests, estimated without bias from those ten; its mean over the problems is the figure that is published, and
-- its interval is over the problems.
CREATE TEMP TABLE programs AS
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10),
     problems(problem, passes) AS (VALUES (1, 7) UNION ALL SELECT problem + 1, (7 * problem * problem) % 11 FROM problems WHERE problem < 24)
SELECT problem, i <= passes AS passed FROM problems, n;
SELECT problem, pass_at_k(count(*), sum(passed), 1) AS pass_1, pass_at_k(count(*), sum(passed), 5) AS pass_5
  FROM programs GROUP BY problem LIMIT 5;
--> 1|0.7|1.0
--> 2|0.7|1.0
--> 3|0.6|1.0
--> 4|0.8|1.0
--> 5|0.2|0.777777777777778
SELECT mean_ci(pass) FROM (SELECT pass_at_k(count(*), sum(passed), 5) AS pass FROM programs GROUP BY problem);
--> {"value":0.8796296296296297,"low":0.7598781777277691,"high":0.9993810815314902,"se":0.0578884834777479,"level":0.95,"method":"t","rows":24}


-- Win rates
--
-- A judge compared two answers to each prompt, in both orders: `score` is 1 if the first was better, 0 if the
-- second was, and 0.5 for a tie.
CREATE TEMP TABLE battles(prompt, first, second, score);
INSERT INTO battles VALUES
  (1, 'new', 'old', 1), (1, 'old', 'new', 0), (2, 'new', 'old', 1), (2, 'old', 'new', 1), (3, 'new', 'old', 0.5), (3, 'old', 'new', 0.5),
  (4, 'new', 'old', 1), (4, 'old', 'new', 0), (5, 'new', 'old', 0), (5, 'old', 'new', 1), (6, 'new', 'old', 1), (6, 'old', 'new', 0.5),
  (7, 'new', 'old', 1), (7, 'old', 'new', 0), (8, 'new', 'old', 1), (8, 'old', 'new', 0), (9, 'new', 'old', 1), (9, 'old', 'new', 1),
  (10, 'new', 'old', 0.5), (10, 'old', 'new', 0);

-- The win rate of each, a tie counted half. The two orders of one prompt depend on each other, so the prompt is
-- the cluster.
CREATE TEMP TABLE wins AS
  SELECT prompt, first AS model, score AS win FROM battles UNION ALL SELECT prompt, second, 1 - score FROM battles;
SELECT model, mean_ci_clustered(win, prompt) FROM wins GROUP BY model;
--> new|{"value":0.7,"low":0.4645472174377101,"high":0.9354527825622898,"se":0.10408329997330663,"level":0.95,"method":"t","rows":20,"clusters":10}
--> old|{"value":0.3,"low":0.06454721743771014,"high":0.5354527825622899,"se":0.10408329997330663,"level":0.95,"method":"t","rows":20,"clusters":10}

-- Does the judge prefer the answer that it reads first? Without such a bias the first answer wins half of the
-- time.
SELECT mean_ci_clustered(score, prompt) FROM battles;
--> {"value":0.6,"low":0.427224892793178,"high":0.772775107206822,"se":0.07637626158259733,"level":0.95,"method":"t","rows":20,"clusters":10}

-- The sign test: of the prompts with a winner over both orders, how many went to the new model, and could that be
-- chance?
SELECT new_wins, decided, binomial_test(new_wins, decided)
  FROM (SELECT sum(win > 0.5) AS new_wins, sum(win <> 0.5) AS decided
          FROM (SELECT prompt, avg(win) AS win FROM wins WHERE model = 'new' GROUP BY prompt));
--> 6|7|{"statistic":0.8571428571428571,"p_value":0.125,"method":"exact"}


-- Perplexity
--
-- 2 to the power of the mean negative base-2 logarithm of the probability of each token. Where the log has natural
-- logarithms, divide by ln 2.
CREATE TEMP TABLE tokens(text, logprob);
INSERT INTO tokens VALUES ('a', -0.1), ('a', -2.3), ('a', -0.7), ('b', -1.2), ('b', -0.05);
SELECT text, exp2(avg(-logprob) / 0.693147180559945309) AS perplexity FROM tokens GROUP BY text;
--> a|2.81041829959655
--> b|1.86824595743222
