-- Recalibration: fit how scores become probabilities on old rows, apply it to new ones.
--
-- For all functions of this page:
--   * A fit is an aggregate whose result is JSON that a person can read, store and change: method, parameters,
--     rows, and the log loss of the same rows before (null if the scores are not probabilities) and after.
--   * calibrate(fit, score) applies it. Fit on rows that neither trained the model nor are to be judged.
--   * Sums are exact, so that rows in any order, and merged saved sets, give the same bits.
--   * If no best fit exists, converged is false and why gives the reason; calibrate() refuses such a fit.
--   * A row with a NULL argument is left out; the result is NULL if no row is left. Weights count as in all
--     functions.
.load build/mlmetrics


-- platt_fit(score, label[, weight])
--
-- Platt's sigmoid: sigmoid(slope · score + intercept), by logistic regression on the targets (n1 + 1)/(n1 + 2)
-- for label 1 and 1/(n0 + 2) for label 0, so that separated classes have a fit too. The score may be any finite
-- number. scikit-learn's method='sigmoid' is the same fit with the sign of both parameters changed. If all
-- scores are equal, the slope is 0.
SELECT platt_fit(column1, column2) FROM (VALUES (-1.5, 0), (0.2, 1), (-0.3, 0), (2.0, 1), (0.8, 0));
--> {"method":"platt","slope":0.6274308651209595,"intercept":-0.5128699677781154,"rows":5,"log_loss_before":null,"log_loss_after":0.5190820904966882,"converged":true}
SELECT platt_fit(9e999, 1);
--! platt_fit: score must be finite, got Infinity


-- isotonic_fit(score, label[, weight])
--
-- Isotonic regression: the nondecreasing function of the score with the least squared error. Rows of one score
-- are pooled first. x and y are its points; calibrate() is linear between them and constant beyond, as in
-- scikit-learn's IsotonicRegression(out_of_bounds='clip'). It fits any shape, but needs a thousand rows or
-- more.
SELECT isotonic_fit(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> {"method":"isotonic","x":[0.1,0.35,0.4,0.8],"y":[0.0,0.5,0.5,1.0],"rows":4,"log_loss_before":0.47228795380917615,"log_loss_after":0.34657359027997264,"converged":true}


-- beta_fit(prob, label[, weight])
--
-- Beta calibration (Kull, Silva Filho and Flach, 2017): sigmoid(a·ln p - b·ln(1 - p) + c) with a, b >= 0. It
-- includes the identity (a = b = 1, c = 0), which Platt's sigmoid of a probability does not. Probabilities are
-- clipped as for log_loss. A parameter that would be negative is 0.
SELECT beta_fit(column1, column2) FROM (VALUES (0.1, 0), (0.4, 1), (0.35, 0), (0.8, 1), (0.6, 0));
--> {"method":"beta","a":0.9875529519848515,"b":1.5984242520657121,"c":-0.7392815551679138,"rows":5,"log_loss_before":0.51837368936256,"log_loss_after":0.5057344026286184,"converged":true}
-- No finite a and b are best for separated labels:
SELECT beta_fit(column1, column2) FROM (VALUES (0.1, 0), (0.8, 1));
--> {"method":"beta","a":null,"b":null,"c":null,"rows":2,"log_loss_before":0.16425203348601802,"log_loss_after":null,"converged":false,"why":"the probabilities separate the labels"}


-- temperature_fit(LOGITS, class[, weight])
--
-- Temperature scaling (Guo and others, 2017): the number to divide all logits of a classifier by, so that
-- cross_entropy_logits is least. It does not change the order of the classes. converged is false if the best
-- temperature is not between 0.01 and 100, for example if every row is right.
SELECT temperature_fit(json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label) FROM digits;
--> {"method":"temperature","temperature":0.5071628492704989,"rows":1797,"log_loss_before":0.20530644869230108,"log_loss_after":0.12881506824741687,"converged":true}


-- calibrate(fit, score | LOGITS)
--
-- The probability that a fit gives to a score. With a fit of temperature_fit: the JSON array of the
-- probabilities of a vector of logits. NULL if an argument is NULL. A fit that is a literal or bound is read
-- once per statement, any other once for each run of rows with the same fit.
SELECT calibrate('{"method":"platt","slope":2,"intercept":-1}', 0.5);
--> 0.5
SELECT calibrate('{"method":"isotonic","x":[0.1,0.5,0.9],"y":[0,0.5,0.5]}', 0.2);
--> 0.125
SELECT calibrate('{"method":"temperature","temperature":2}', '[2, 0, 1]');
--> [0.506480391055654,0.1863237232258476,0.3071958857184984]
SELECT calibrate((SELECT beta_fit(column1, column2) FROM (VALUES (0.1, 0), (0.8, 1))), 0.5);
--! calibrate: fit cannot be text '{"method":"beta","a":null,"b":null,"c":n…', a fit that did not converge; it must be the JSON of platt_fit, isotonic_fit, beta_fit or temperature_fit, as in calibrate((SELECT platt_fit(score, label) FROM …), score)
SELECT calibrate('{"method":"platt"}', 0.5);
--! calibrate: fit cannot be text '{"method":"platt"}', a fit whose numbers are missing or out of range; it must be the JSON of platt_fit, isotonic_fit, beta_fit or temperature_fit, as in calibrate((SELECT platt_fit(score, label) FROM …), score)


-- Recalibrate on April, apply in May, and compare. The fit never sees the rows on which it is judged.
CREATE TEMP TABLE april AS
  SELECT model, isotonic_fit(score, label) AS isotonic, beta_fit(score, label) AS beta, platt_fit(logit(score), label) AS platt
    FROM flights WHERE ts LIKE '2001-04-%' GROUP BY model;
CREATE TEMP TABLE may AS
  SELECT model, label, score, calibrate(isotonic, score) AS isotonic, calibrate(beta, score) AS beta,
         calibrate(platt, logit(score)) AS platt
    FROM flights JOIN april USING (model) WHERE ts LIKE '2001-05-%';
SELECT model, round(log_loss(score, label), 5) AS before, round(log_loss(isotonic, label), 5) AS isotonic,
       round(log_loss(beta, label), 5) AS beta, round(log_loss(platt, label), 5) AS platt
  FROM may GROUP BY model;
--> boosted|0.44261|0.436|0.43521|0.43523
--> logistic|0.45722|0.46183|0.4506|0.4501
SELECT model, round(ece(score, label), 4) AS before, round(ece(isotonic, label), 4) AS isotonic, round(ece(beta, label), 4) AS beta,
       round(ece(platt, label), 4) AS platt
  FROM may GROUP BY model;
--> boosted|0.0477|0.0074|0.0076|0.0098
--> logistic|0.0483|0.0123|0.009|0.0063

-- The isotonic fit is the steepest: a score that was never positive in April gets the probability 0, which log
-- loss punishes in May. The other fits have no such steps.
--
-- Is the gain more than chance? The rows are paired, so the difference of their losses is tested:
SELECT model, round(json_extract(t, '$.difference'), 6) AS gain, round(json_extract(t, '$.low'), 6) AS low, round(json_extract(t, '$.high'), 6) AS high
  FROM (SELECT model, paired_t_test(log_loss_of(score, label), log_loss_of(beta, label)) AS t FROM may GROUP BY model);
--> boosted|0.007408|0.005372|0.009443
--> logistic|0.006622|0.004641|0.008602

-- Daily sets merge into a fit for any range of days:
SELECT model, isotonic_fit(scores) = isotonic FROM (SELECT model, date(ts) AS day, score_set(score, label) AS scores
  FROM flights WHERE ts LIKE '2001-04-%' GROUP BY 1, 2) JOIN april USING (model) GROUP BY model;
--> boosted|1
--> logistic|1
