-- Tests: which model is better, whether two samples differ, and whether chance explains it.
--
-- For all functions of this page:
--   * A test is an aggregate and gives JSON: statistic, p_value (two-sided), method, then estimates and
--     sizes. json_extract() reads a key, and so does ->> from SQLite 3.38 on. A small p_value says that
--     chance alone would seldom give such data if there were no difference; it does not say how large the
--     difference is, which difference, low and high do. Intervals have a level of 95 %.
--   * A row with a NULL argument is left out. The result is NULL if no row is left, or if a class or group is
--     missing. A key is null if its value is undefined, such as the statistic if no rows differ.
--   * Sums and ranks are exact, so a test over merged parts is the test over all rows, to the last bit.
--     NAME_state() saves what the test NAME needs; t_test, mann_whitney_test, ks_test, hosmer_lemeshow_test and
--     spiegelhalter_test also read score sets, and chi2_test class sets. In a set an integral weight k counts
--     as k rows; with any other weight these tests are NULL, and of chi2_test only df and cramers_v are left.
--   * p-values keep their digits down to 1e-300.
.load build/mlmetrics

CREATE TEMP TABLE four(score_a, score_b, label);
INSERT INTO four VALUES (0.1, 0.3, 0), (0.4, 0.2, 0), (0.35, 0.9, 1), (0.8, 0.25, 1);


-- delong_test(score_a, score_b, label)
--
-- DeLong's test of whether two scores of the same rows have the same roc_auc, as in pROC's roc.test(paired =
-- TRUE): statistic (z), p_value, auc_a, auc_b, difference with its interval, se, rows, positives. If the two
-- AUCs always move together, se is 0 and statistic and p_value are null; so is everything that needs a
-- variance, if a class has only one row. NULL if a class is missing.
SELECT delong_test(score_a, score_b, label) FROM four;
--> {"statistic":0.0,"p_value":1.0,"method":"delong","auc_a":0.75,"auc_b":0.75,"difference":0.0,"low":-1.385903824349678,"high":1.385903824349678,"se":0.7071067811865476,"rows":4,"positives":2}
SELECT json_extract(delong_test(score_a, score_a, label), '$.p_value') IS NULL FROM four;
--> 1
SELECT delong_test(score_a, score_b, label) IS NULL FROM four WHERE label = 1;
--> 1

-- Is the boosted model better than the logistic one on the same flights?
SELECT json_extract(j, '$.auc_a'), json_extract(j, '$.auc_b'), json_extract(j, '$.difference'),
       json_extract(j, '$.low'), json_extract(j, '$.high'), json_extract(j, '$.p_value') < 1e-50
  FROM (SELECT delong_test(a.score, b.score, a.label) AS j
          FROM flights a JOIN flights b USING (flight_id)
         WHERE a.model = 'boosted' AND b.model = 'logistic');
--> 0.678180212570774|0.640056593784501|0.0381236187862729|0.0340827795688564|0.0421644580036894|1

-- And in each month? (For many tests, see p_adjust.)
SELECT month, round(json_extract(j, '$.difference'), 4), round(json_extract(j, '$.low'), 4),
       round(json_extract(j, '$.high'), 4)
  FROM (SELECT substr(a.ts, 1, 7) AS month, delong_test(a.score, b.score, a.label) AS j
          FROM flights a JOIN flights b USING (flight_id)
         WHERE a.model = 'boosted' AND b.model = 'logistic' GROUP BY month);
--> 2001-04|0.0355|0.0282|0.0427
--> 2001-05|0.0383|0.0313|0.0453
--> 2001-06|0.0401|0.0334|0.0469

-- States of parts merge to the test of all rows:
SELECT delong_test(s) = (SELECT delong_test(score_a, score_b, label) FROM four)
  FROM (SELECT delong_test_state(score_a, score_b, label) AS s FROM four GROUP BY rowid % 2);
--> 1

SELECT delong_test(score_a, score_b, 2) FROM four;
--! delong_test: label must be 0 or 1, got 2; to_number(label) - 1 if the classes are 1 and 2, to_number(label) > 0 if the numbers above 0 are positive and all others negative; arguments 1 and 2 are two models' scores of the same row, argument 3 is its label


-- mcnemar_test(pred_a, pred_b, label)
--
-- McNemar's test of whether two classifiers are right equally often, on the same rows: only the rows where one
-- of them is right count. p_value is exact (binomial), mid_p less conservative, and statistic is max(|b - c| -
-- 1, 0)²/(b + c), null if b + c is 0. The four counts follow, then the difference of accuracy (a less b) with
-- Newcombe's interval for paired proportions. Predictions and labels are any values. A note says which of them
-- is never right, as the text of a misspelt column in double quotes is.
SELECT mcnemar_test(column1, column2, column3)
  FROM (VALUES ('cat', 'dog', 'cat'), ('dog', 'dog', 'dog'), ('cat', 'dog', 'dog'), ('cow', 'cat', 'cow'));
--> {"statistic":0.0,"p_value":1.0,"method":"exact","mid_p":0.625,"both_right":1,"only_a_right":2,"only_b_right":1,"both_wrong":0,"difference":0.25,"low":-0.4613235336281478,"high":0.7468505803871265}

-- Scores are not classes. (A score of 0.5 beside a label of 0 or 1 may be a grade.)
SELECT mcnemar_test(0.34, 1, 1);
--! mcnemar_test: pred_a must be a class such as to_number(score_a) >= 0.5, not a score, got 0.34

-- Did the new prompt beat the old one? An evaluation log holds an answer for each question and prompt:
CREATE TEMP TABLE log(question, prompt, answer, expected);
WITH RECURSIVE q(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM q WHERE i < 200)
INSERT INTO log
  SELECT i, 'old', CASE WHEN i % 10 < 7 THEN 'yes' ELSE 'no' END, 'yes' FROM q
  UNION ALL
  SELECT i, 'new', CASE WHEN i % 10 < 7 AND i % 40 <> 0 OR i % 25 < 10 THEN 'yes' ELSE 'no' END, 'yes'
    FROM q;
SELECT json_extract(j, '$.only_a_right'), json_extract(j, '$.only_b_right'), json_extract(j, '$.p_value'),
       json_extract(j, '$.difference'), json_extract(j, '$.low'), json_extract(j, '$.high')
  FROM (SELECT mcnemar_test(new.answer, old.answer, new.expected) AS j
          FROM log new JOIN log old USING (question)
         WHERE new.prompt = 'new' AND old.prompt = 'old');
--> 24|3|4.92334365844727e-05|0.105|0.055306539241757|0.155708531111281

-- If an answer is only marked right or wrong, the label is 1:
SELECT json_extract(mcnemar_test(column1, column2, 1), '$.p_value')
  FROM (VALUES (1, 0), (1, 0), (1, 1), (0, 1), (1, 0));
--> 0.625


-- paired_t_test(x, y)
--
-- Student's paired t test of whether the mean of x - y is 0: statistic (t), p_value, difference (the mean of x
-- - y) with its interval, se, df, rows. If all differences are equal, se is 0: the statistic is null if they
-- are 0, otherwise infinite, and p_value is 0. With one row only difference is defined.
SELECT paired_t_test(column1, column2) FROM (VALUES (1.2, 1.0), (1.9, 1.4), (0.7, 0.8));
--> {"statistic":1.154700538379251,"p_value":0.3675444679663243,"method":"paired t","difference":0.19999999999999996,"low":-0.5452413135250992,"high":0.9452413135250991,"se":0.17320508075688776,"df":2,"rows":3}
SELECT paired_t_test(column1, column2) FROM (VALUES (2, 1), (3, 2));
--> {"statistic":9e999,"p_value":0.0,"method":"paired t","difference":1.0,"low":1.0,"high":1.0,"se":0.0,"df":1,"rows":2}

-- Which of two models has the smaller absolute error for the same patients?
SELECT json_extract(j, '$.difference'), json_extract(j, '$.p_value')
  FROM (SELECT paired_t_test(absolute_error(a.prediction, a.target),
                             absolute_error(b.prediction, b.target)) AS j
          FROM diabetes a JOIN diabetes b USING (sample_id) WHERE a.model < b.model);
--> 1.77263393031674|0.0872929883653991


-- t_test(x, sample)
--
-- Welch's t test of whether x has the same mean in sample 1 as in sample 0; their variances may differ: statistic
-- (t), p_value, difference (the mean of sample 1 less that of sample 0) with its interval, se, df, rows. A sample
-- of one row leaves only difference. NULL if a sample is missing. It reads score sets: t_test(set).
SELECT t_test(column1, column2) FROM (VALUES (1.2, 0), (1.9, 1), (0.7, 0), (2.1, 1));
--> {"statistic":3.899602101718089,"p_value":0.11247972818781081,"method":"Welch t","difference":1.05,"low":-0.9386331273708226,"high":3.0386331273708227,"se":0.26925824035672524,"df":1.3120124804992206,"rows":4}


-- wilcoxon_test(x, y)
--
-- Wilcoxon's signed-rank test of whether x - y is symmetric about 0: statistic (the lesser of the two sums of
-- ranks, as in scipy), p_value, rows, zeros, median_difference (of all rows). Up to 50 rows without zeros and
-- without ties, p_value is exact; otherwise rows without a difference are dropped and the normal approximation
-- is used, with a correction for ties. If all differences are 0, statistic and p_value are null.
SELECT wilcoxon_test(column1, column2) FROM (VALUES (1.2, 1.0), (1.9, 1.4), (0.7, 0.8));
--> {"statistic":1.0,"p_value":0.5,"method":"exact","rows":3,"zeros":0,"median_difference":0.19999999999999996}
SELECT wilcoxon_test(column1, column2) FROM (VALUES (1, 2), (5, 3), (4, 4), (9, 7));
--> {"statistic":1.0,"p_value":0.27630291733748347,"method":"normal","rows":4,"zeros":1,"median_difference":1.0}

-- paired_t_test and wilcoxon_test read each other's states:
SELECT json_extract(wilcoxon_test(s), '$.p_value')
  FROM (SELECT paired_t_test_state(column1, column2) AS s FROM (VALUES (1.2, 1.0), (1.9, 1.4), (0.7, 0.8)));
--> 0.5


-- mann_whitney_test(score, label)
--
-- The Mann-Whitney U test (Wilcoxon's rank-sum test) of whether scores of label 1 tend to be greater or smaller
-- than those of label 0; with a group indicator as the label, whether the numbers of one group do. Keys:
-- statistic (U of label 1), p_value, auc (U divided by the number of pairs, which is roc_auc), positives,
-- negatives. Exact if no scores are tied, one class has at most 8 rows and there are at most 20,000 pairs;
-- otherwise normal, with corrections for ties and continuity, as in scipy. If all scores are tied, p_value is
-- null. NULL if a class is missing.
SELECT mann_whitney_test(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> {"statistic":3.0,"p_value":0.6666666666666666,"method":"exact","auc":0.75,"positives":2,"negatives":2}

-- Two groups; a comparison makes the label:
SELECT mann_whitney_test(column1, column2 = 'B') FROM (VALUES (12, 'A'), (15, 'A'), (14, 'B'), (19, 'B'), (21, 'B'));
--> {"statistic":5.0,"p_value":0.4,"method":"exact","auc":0.8333333333333334,"positives":3,"negatives":2}
SELECT mann_whitney_test(column1, column2) FROM (VALUES (12, 'A'), (14, 'B'));
--! mann_whitney_test: label must be 0 or 1, got text 'A'; if that is a column, write its name without quotes; CASE label WHEN 'A' THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, nullif(label, 'A') if it stands for a missing value; input_problems(score, label) counts all that is wrong

-- Do late flights have higher scores?
SELECT json_extract(mann_whitney_test(score, label), '$.p_value') < 1e-200
  FROM flights WHERE model = 'boosted';
--> 1


-- ks_test(score, label)
--
-- The Kolmogorov-Smirnov test of whether the scores of both labels have the same distribution; with a sample
-- indicator as the label, whether two samples do. The statistic is ks(score, label). p_value is exact up to 100
-- million pairs of rows, where it takes a nanosecond or two for each pair; beyond that it comes from the
-- limiting distribution. NULL if a class is missing.
SELECT ks_test(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> {"statistic":0.5,"p_value":1.0,"method":"exact","rows":4}

-- Are June's scores distributed as those of May?
SELECT json_extract(j, '$.statistic'), json_extract(j, '$.p_value')
  FROM (SELECT ks_test(score, ts >= '2001-06-01') AS j
          FROM flights WHERE model = 'boosted' AND ts >= '2001-05-01');
--> 0.0180168231161899|0.07277313830288


-- chi2_test(a, b)
--
-- Pearson's chi-squared test of whether a and b are independent, without a correction for continuity:
-- statistic, p_value, df, cramers_v (the strength, 0 to 1), smallest_expected, rows. Below an expected count of
-- 5 the p-value is a rough approximation. If a or b has only one value, df is 0 and p_value is 1, and a
-- note says so, as it does of numbers with fractions that hardly repeat. It reads class sets. Ten or more
-- numbers between 0 and 1 on one side, beside integers on the other, are scores: an error.
SELECT chi2_test(column1, column2) FROM (VALUES ('a', 1), ('a', 1), ('b', 0), ('b', 1));
--> {"statistic":1.3333333333333333,"p_value":0.24821307898992356,"method":"pearson","df":1,"cramers_v":0.5773502691896257,"smallest_expected":0.5,"rows":4}

SELECT json_extract(chi2_test(column1, 'grp'), '$.note') FROM (VALUES ('a'), ('b'));
--> only one class of b occurs

-- Does the share of late flights depend on the day of the week?
SELECT json_extract(j, '$.df'), json_extract(j, '$.cramers_v'), json_extract(j, '$.p_value') < 0.001
  FROM (SELECT chi2_test(strftime('%w', ts), label) AS j FROM flights WHERE model = 'boosted');
--> 6|0.0697071830875827|1


-- hosmer_lemeshow_test(prob, label[, groups=10[, predictions='heldout']])
--
-- The Hosmer-Lemeshow test of whether probabilities are calibrated: the rows are grouped by quantiles of prob
-- (a group is (lo, hi], so equal probabilities share one; groups that coincide are merged), and each group's
-- positives are compared with the sum of its probabilities. Keys: statistic, p_value, df, groups (the number
-- that has rows), rows. df is the number of groups for predictions of rows that the model has not seen, and
-- groups - 2 with 'fitted', for the rows that a logistic regression was fitted to; p_value is null if df is not
-- above 0. With many rows the slightest miscalibration has a tiny p_value: see ece for its size.
SELECT hosmer_lemeshow_test(column1, column2, 2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> {"statistic":0.9507168458781365,"p_value":0.621662198536402,"method":"heldout","df":2,"groups":2,"rows":4}
SELECT hosmer_lemeshow_test(column1, column2, 2, 'fitted') FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> {"statistic":0.9507168458781365,"p_value":null,"method":"fitted","df":0,"groups":2,"rows":4}
SELECT model, json_extract(j, '$.statistic'), json_extract(j, '$.p_value')
  FROM (SELECT model, hosmer_lemeshow_test(score, label) AS j FROM breast_cancer GROUP BY model);
--> forest|13.274443785804|0.102749260427477
--> logistic|6.20401337561215|0.797841504298134
--> naive_bayes|2329438345.77139|0.0


-- spiegelhalter_test(prob, label)
--
-- Spiegelhalter's test of whether probabilities are calibrated, without groups: statistic (z) compares the
-- Brier score with what it would be on average if each label were drawn with its probability. If it is
-- positive, the probabilities are too extreme. If all probabilities are 1/2, statistic and p_value are null.
SELECT spiegelhalter_test(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> {"statistic":-0.22300956145054657,"p_value":0.8235280649282521,"method":"spiegelhalter","rows":4}
SELECT model, json_extract(j, '$.statistic'), json_extract(j, '$.p_value')
  FROM (SELECT model, spiegelhalter_test(score, label) AS j FROM breast_cancer GROUP BY model);
--> forest|-2.94116917165411|0.00326975906183921
--> logistic|-1.5753252912279|0.115181379069195
--> naive_bayes|30.4670025034749|7.13297364507097e-204


-- binomial_test(k, n[, p=0.5])
--
-- The exact binomial test of whether k successes in n trials fit the probability p: statistic (k/n) and
-- p_value, the probability of all outcomes that are no likelier than k, as in R and scipy. NULL if n is 0 or k
-- > n.
SELECT binomial_test(14, 20);
--> {"statistic":0.7,"p_value":0.11531829833984374,"method":"exact"}
SELECT binomial_test(3, 2) IS NULL, binomial_test(0, 0) IS NULL;
--> 1|1

-- In 40 comparisons the judge preferred the new answer 28 times:
SELECT json_extract(binomial_test(28, 40), '$.p_value');
--> 0.0165890033749747


-- p_adjust(P_VALUES[, method='holm'])
--
-- JSON array of p-values adjusted for their number, in the same order. With 'holm', at most one family in
-- twenty has a false finding below 0.05; with 'bh' (Benjamini and Hochberg), about one in twenty of all
-- findings below 0.05 is false. NULL for NULL.
SELECT p_adjust('[0.01, 0.04, 0.03]'), p_adjust('[0.01, 0.04, 0.03]', 'bh');
--> [0.03,0.06,0.06]|[0.03,0.04,0.04]

-- In which of these months is the boosted model better than the logistic one, given that several are tested?
WITH m AS (
  SELECT substr(a.ts, 1, 7) AS month, json_extract(delong_test(a.score, b.score, a.label), '$.p_value') AS p
    FROM flights a JOIN flights b USING (flight_id)
   WHERE a.model = 'boosted' AND b.model = 'logistic' GROUP BY month),
adjusted AS (SELECT p_adjust(json_group_array(p)) AS list, json_group_array(month) AS months FROM m)
SELECT value, json_extract(list, '$[' || key || ']') < 0.05 FROM adjusted, json_each(months);
--> 2001-04|1
--> 2001-05|1
--> 2001-06|1

SELECT p_adjust('[0.01, 1.5]');
--! p_adjust: element 1 of p_values must be within [0,1], got 1.5
SELECT p_adjust('[0.01]', 'sidak');
--! p_adjust: method must be 'holm' or 'bh', got text 'sidak'; 'holm' controls the same error rate, and needs no independence
