-- Losses: how far predictions are from what happened, as a mean over the rows and for each row.
--
-- For all functions of this page:
--   * The prediction comes first and the target second. Parameters of the loss and an optional weight follow.
--   * Unsuffixed names take probabilities, _logits names take logits. A _loss name (and log_loss_of) is the
--     scalar form: the loss of one row. ORDER BY it to find the worst predictions.
--   * The aggregate is the exact mean of the scalar over the rows, rounded once. It has the same bits in any
--     row order, any partition into saved states and any window frame. With weights it is the exact sum of
--     weight times loss divided by the exact sum of weights.
--   * A row with a NULL argument is left out; the result is NULL if no row is left.
--   * A probability is within [0,1], a label is 0 or 1, and a weight is finite and not negative; anything
--     else is an error.
--   * If the loss of one row is infinite, so is the mean, until the row leaves the frame.
--   * Every aggregate has a _state form and reads saved states; see saved_states.sql.
.load build/mlmetrics

-- The examples use the demo tables and these four rows:
CREATE TEMP TABLE four(prob, logit, label);
INSERT INTO four VALUES (0.5, 0.0, 1), (0.9, 2.0, 1), (0.2, -1.5, 0), (0.6, 0.5, 0);


-- mse(pred, target[, weight])
--
-- Mean squared error, in the square of the target's unit.
SELECT mse(column1, column2) FROM (VALUES (2.5, 3), (0.0, -0.5), (2, 2), (8, 7));
--> 0.375
SELECT model, mse(prediction, target) FROM diabetes GROUP BY model;
--> boosted|3364.86373354207
--> ridge|2985.60382010878

-- A weight of 2 counts as two rows, a weight of 0 as no row:
SELECT mse(column1, column2, column3) FROM (VALUES (1, 3, 2), (1, 2, 1), (1, 100, 0));
--> 3.0
SELECT mse(column1, column2) FROM (VALUES (1, 3), (1, 3), (1, 2));
--> 3.0

-- The sum is exact, so a huge error that leaves the frame leaves no trace. A sum of doubles with additions
-- and subtractions would have lost the 1 next to 1e32.
SELECT mse(p, t) OVER (ORDER BY i ROWS 1 PRECEDING)
  FROM (SELECT 1 AS i, 1e16 AS p, 0 AS t UNION ALL SELECT 2, 1, 0 UNION ALL SELECT 3, 2, 0);
--> 1.0e+32
--> 5.0e+31
--> 2.5

SELECT mse(column1, column2), mse(NULL, 1) IS NULL FROM (VALUES (1, NULL), (3, 1));
--> 4.0|1
SELECT mse('1,5', 2);
--! mse: pred must be a number, got text '1,5'; to_number(pred, 'comma') reads decimal commas
SELECT mse(1, 2, -1);
--! mse: weight must be finite and >= 0, got -1; CASE to_number(weight) WHEN -1 THEN NULL ELSE weight END if it stands for a missing weight

-- One infinite prediction makes mse, rmse and mae Infinity, and r2 NULL. Where the target is the same infinity,
-- the error has no value, and all four are NULL. Both hold until the row leaves the frame.
SELECT mse(column1, column2), rmse(column1, column2), mae(column1, column2), r2(column1, column2)
  FROM (VALUES (9e999, 1), (2, 3), (4, 4));
--> Inf|Inf|Inf|
SELECT mse(column1, column2), rmse(column1, column2), mae(column1, column2), r2(column1, column2)
  FROM (VALUES (9e999, 9e999), (2, 3), (4, 4));
--> |||
SELECT mse(column2, column3) OVER w, r2(column2, column3) OVER w
  FROM (VALUES (1, 9e999, 9e999), (2, 2, 3), (3, 4, 4)) WINDOW w AS (ORDER BY column1 ROWS 1 PRECEDING);
--> |
--> |
--> 0.5|-1.0


-- rmse(pred, target[, weight])
--
-- Square root of mse, in the target's unit. It reads the states of mse, and so shares its range: an error below
-- 1e-162 has the square 0, and one above 1e154 has the square Infinity. Change the unit of such numbers first.
SELECT model, rmse(prediction, target) FROM diabetes GROUP BY model;
--> boosted|58.0074455009188
--> ridge|54.6406791695416


-- mae(pred, target[, weight])
--
-- Mean absolute error, in the target's unit.
SELECT mae(column1, column2) FROM (VALUES (2.5, 3), (0.0, -0.5), (2, 2), (8, 7));
--> 0.5
SELECT model, mae(prediction, target) FROM diabetes GROUP BY model;
--> boosted|46.2595976558824
--> ridge|44.4869637255656


-- mape(pred, target[, weight])
--
-- Mean absolute percentage error: the mean of |pred - target| / |target|, as a fraction (0.1 is 10 percent). A row
-- with target 0 makes it Infinity, unless its prediction is 0 too: then the row counts 0.
SELECT mape(column1, column2) FROM (VALUES (37.5, 53.1), (12.3, 34.2), (74.2, 65.4), (91.1, 82.1));
--> 0.294578793636013
SELECT mape(column1, column2), mape(0, 0), mape(NULL, 1) FROM (VALUES (1, 0), (2, 4));
--> Inf|0.0|

-- absolute_percentage_error(pred, target)
--
-- The absolute percentage error of one row.
SELECT absolute_percentage_error(2.5, 3), absolute_percentage_error(0, 0), absolute_percentage_error(1, 0);
--> 0.166666666666667|0.0|Inf


-- r2(pred, target[, weight])
--
-- Coefficient of determination: 1 - the squared error divided by the squared error of always predicting the
-- mean. 1 is perfect, 0 is as good as the mean, and negative is worse. If the target is constant, r2 is 1 if
-- every prediction is right and 0 otherwise. For fewer than two rows (an integral weight k counts as k) it is
-- NULL.
SELECT r2(column1, column2) FROM (VALUES (2.5, 3), (0.0, -0.5), (2.0, 2), (8.0, 7));
--> 0.948608137044968
SELECT model, r2(prediction, target) FROM diabetes GROUP BY model;
--> boosted|0.432558339320339
--> ridge|0.496515721297667
SELECT r2(column1, column2) FROM (VALUES (1e-200, 2*1e-200), (4*1e-200, 4*1e-200));
--> 0.5
SELECT r2(column1, 5) FROM (VALUES (5), (5));
--> 1.0
SELECT r2(column1, 5) FROM (VALUES (5), (4));
--> 0.0
SELECT r2(4, 5) IS NULL, r2(4, 5, 2);
--> 1|0.0


-- squared_error(pred, target)
--
-- (pred - target)²: the squared error of one row.
SELECT squared_error(2.5, 3), squared_error(NULL, 3) IS NULL;
--> 0.25|1


-- absolute_error(pred, target)
--
-- The absolute value of pred - target: the absolute error of one row. The three patients with the largest
-- errors of ridge:
SELECT sample_id, target, prediction, absolute_error(prediction, target) AS error
  FROM diabetes WHERE model = 'ridge' ORDER BY error DESC LIMIT 3;
--> 102|302.0|148.945647|153.054353
--> 56|52.0|204.45068|152.45068
--> 92|48.0|189.101382|141.101382


-- bce(prob, target[, weight])
-- bce(PROBS, TARGETS[, weight])
--
-- Binary cross entropy of probabilities, as in PyTorch's BCELoss: -(y ln p + (1-y) ln(1-p)), with each
-- logarithm clamped to at least -100. The target may be any number within [0,1]. The loss of a row of vectors,
-- which need not add up to 1, is the mean over its elements.
SELECT bce(prob, label) FROM four;
--> 0.484485494851534
SELECT bce(0.8, 1), bce(0.8, 0.5), bce(0, 1), bce(1, 1);
--> 0.22314355131421|0.916290731874155|100.0|0.0
SELECT bce('[0.5, 0.2]', '[1, 0]'), bce('[0.5, 0.2]', '[1, 0.5]', 3);
--> 0.458145365937078|0.80471895621705
SELECT bce(80, 1);
--! bce: prob must be within [0,1], got 80; if every prob is a logit, bce_logits takes them; if every prob is a percentage, 0.5 meaning 0.5%, to_number((prob) || '%') reads it
SELECT bce(-1.5, 1);
--! bce: prob must be within [0,1], got -1.5; if every prob is a logit, bce_logits takes them


-- bce_loss(prob, target)
-- bce_loss(PROBS, TARGETS)
--
-- The binary cross entropy of one row, 0 to 100.
SELECT prob, label, bce_loss(prob, label) FROM four;
--> 0.5|1|0.693147180559945
--> 0.9|1|0.105360515657826
--> 0.2|0|0.22314355131421
--> 0.6|0|0.916290731874155
SELECT bce_loss(2, 1);
--! bce_loss: prob must be within [0,1], got 2; if every prob is a logit, bce_logits_loss takes them; if every prob is a percentage, 0.5 meaning 0.5%, to_number((prob) || '%') reads it


-- log_loss(prob, label[, weight])
-- log_loss(PROBS, class[, weight])
--
-- scikit-learn's log loss. Probabilities are clipped to [2^-52, 1 - 2^-52], so that the loss of a certain but
-- wrong prediction is 36.04. With many classes each row is then divided by its sum.
SELECT log_loss(column1, column2) FROM (VALUES (0.5, 0), (0.3, 1), (0.2, 0), (0.8, 1), (0.7, 1));
--> 0.540016406290607
SELECT model, log_loss(score, label) FROM flights GROUP BY model;
--> boosted|0.459588031390721
--> logistic|0.476331280203722
SELECT log_loss(0, 1), log_loss(1, 1);
--> 36.0436533891172|2.22044604925031e-16
SELECT log_loss('[0.1, 0.2, 0.7]', 2) IS log_loss('[0.05, 0.1, 0.35]', 2);
--> 1
SELECT log_loss(column1, column2) FROM (VALUES ('[0.1, 0.2, 0.2]', 2), ('[0.2, 0.4, 0.4]', 0));
--> 1.26286432215413

-- naive_bayes predicts exactly 0 or 1 for many samples, and each of these that is wrong costs 36.04:
SELECT model, log_loss(score, label), max(log_loss_of(score, label)) FROM breast_cancer GROUP BY model;
--> forest|0.116273418952305|4.60517018598809
--> logistic|0.0738049955234329|6.03494287071521
--> naive_bayes|0.667465595758257|36.0436533891172

SELECT log_loss('[0.1, 0.2, 0.7]', 3);
--! log_loss: class must be an index from 0 to 2, since there are 3 entries, got 3
SELECT log_loss(0.5, 2);
--! log_loss: label must be 0 or 1, got 2; to_number(label) - 1 if the classes are 1 and 2, to_number(label) > 0 if the numbers above 0 are positive and all others negative
SELECT log_loss(1, 0.5);
--! log_loss: label must be 0 or 1, got 0.5; are score and label swapped? (the score here is a 0 or 1)


-- log_loss_of(prob, label)
-- log_loss_of(PROBS, class)
--
-- The log loss of one row. The flights with the largest loss of the boosted model:
SELECT flight_id, label, score, log_loss_of(score, label) AS loss
  FROM flights WHERE model = 'boosted' ORDER BY loss DESC LIMIT 3;
--> 1843857|1|0.0443866394|3.1148167692422
--> 2480807|1|0.0471772256|3.05384401130988
--> 2115007|1|0.0517824463|2.96070406166502
SELECT log_loss_of('[0.1, 0.2, 0.7]', 2);
--> 0.356674943938732


-- bce_logits(logit, target[, weight[, pos_weight]])
-- bce_logits(LOGITS, TARGETS[, weight[, pos_weight | POS_WEIGHTS]])
--
-- Binary cross entropy of logits, as in PyTorch's BCEWithLogitsLoss. pos_weight multiplies the loss of the
-- positive part and may differ from row to row; it follows the weight, as in PyTorch, so write 1 for the weight
-- to give it alone. The loss of a row of vectors is the mean over its elements; pos_weight is then one number,
-- or one for each label.
SELECT bce_logits(logit, label), bce_logits(logit, label, 1, 3), bce_logits(logit, label, label + 1) FROM four;
--> 0.498891363441444|0.908928959242903|0.469273440894782
SELECT model, bce_logits(logit, label) FROM flights GROUP BY model;
--> boosted|0.459588031391983
--> logistic|0.476331280207495

-- The loss is correct where sigmoid() rounds to 0 or 1, and at infinity:
SELECT bce_logits(-1000, 1), bce_logits(1000, 1), bce_logits(9e999, 1), bce_logits(-9e999, 1);
--> 1000.0|0.0|0.0|Inf

-- Two pictures with three labels each. The second label is rare, so its positives count five times:
SELECT bce_logits(column1, column2), bce_logits(column1, column2, 1, '[1, 5, 1]')
  FROM (VALUES ('[2, -1, 0.5]', '[1, 1, 0]'), ('[-1, -2, 1]', '[0, 0, 1]'));
--> 0.52795301147012|1.40346080314894

-- The long form, with one row for each label, gives the same mean if all rows have the same number of labels:
SELECT tag, bce_logits(logit, label) FROM digit_tags GROUP BY tag;
--> big|0.284250205339928
--> even|0.217015686672202
--> loop|0.191029438057368
--> prime|0.142977223913967

SELECT bce_logits('[1.5, -2]', '[1, 0, 1]');
--! bce_logits: logits has 2 elements, but targets has 3
SELECT bce_logits('[1.5, -2]', '[1, 0]', 1, '[1, 2, 3]');
--! bce_logits: logits has 2 elements, but pos_weight has 3
SELECT bce_logits('[1.5, -2]', '[1, 2]');
--! bce_logits: element 1 of targets must be within [0,1], got 2
SELECT bce_logits(1.5, 2);
--! bce_logits: target must be within [0,1], got 2
SELECT bce_logits(1.5, 1, 1, -1);
--! bce_logits: pos_weight must be finite and >= 0, got -1


-- bce_logits_loss(logit, target[, pos_weight])
-- bce_logits_loss(LOGITS, TARGETS[, pos_weight | POS_WEIGHTS])
--
-- The binary cross entropy of one row: softplus(-logit) if it is positive, softplus(logit) if it is negative.
SELECT bce_logits_loss(1.5, 1), bce_logits_loss(9e999, 1), bce_logits_loss('[1.5, -2]', '[1, 0]');
--> 0.201413277982752|0.0|0.164170644512862
SELECT flight_id, label, logit, bce_logits_loss(logit, label) AS loss
  FROM flights WHERE model = 'logistic' ORDER BY loss DESC LIMIT 3;
--> 2986307|1|-3.03688855|3.08375682771787
--> 1981207|1|-2.93208878|2.98400322032673
--> 2447157|1|-2.76477359|2.82585962006273


-- cross_entropy(PROBS…, class)
-- cross_entropy(PROBS, class | TARGETS[, weight])
--
-- Mean of -ln of the probability of the true class; Infinity if that probability is 0. Probabilities are used
-- as they are and need not add up to 1. Classes are counted from 0. The target may also be a vector, a
-- distribution over the classes; the loss is then -Σ target * ln(prob). Each row has a loss of its own, so rows
-- may have different numbers of classes, as questions have of answers; so may those of brier and top_k_accuracy.
SELECT cross_entropy(0.3, 0.3, 0.4, 2), cross_entropy(0.1, 0.8, 0.1, 0);
--> 0.916290731874155|2.30258509299405
SELECT cross_entropy(column1, column2) FROM (VALUES ('[0.3, 0.3, 0.4]', 2), ('[0.1, 0.8, 0.1]', 0));
--> 1.6094379124341
SELECT cross_entropy(column1, column2), brier(column1, column2), top_k_accuracy(column1, column2, 1)
  FROM (VALUES ('[0.5, 0.5]', 0), ('[0.2, 0.2, 0.6]', 2));
--> 0.601986402162968|0.37|1.0
SELECT cross_entropy('[0.3, 0.3, 0.4]', '[0, 0.5, 0.5]'), cross_entropy('[1, 0]', 1),
       cross_entropy('[1, 0]', '[1, 0]');
--> 1.06013176810005|Inf|0.0
SELECT cross_entropy(column1, column2, column3) FROM (VALUES ('[0.3, 0.7]', 0, 1), ('[0.2, 0.8]', 1, 3));
--> 0.468350864567141

-- Logits are not probabilities:
SELECT cross_entropy(2.5, -1, 0.3, 0);
--! cross_entropy: probs must be within [0,1], got 2.5; if the entries are logits, cross_entropy_logits takes them; if the entries are percentages, divide them by 100
SELECT cross_entropy('[2.5, -1, 0.3]', 0);
--! cross_entropy: element 0 of probs must be within [0,1], got 2.5; if the entries are logits, cross_entropy_logits takes them; if the entries are percentages, divide them by 100
SELECT cross_entropy(0.3, 0.7, 2);
--! cross_entropy: class must be an index from 0 to 1, since there are 2 entries, got 2
SELECT cross_entropy('[0.3, 0.7]', '[0, 0, 1]');
--! cross_entropy: probs has 2 elements, but targets has 3


-- cross_entropy_loss(PROBS…, class)
-- cross_entropy_loss(PROBS, class | TARGETS)
--
-- The cross entropy of one row.
SELECT cross_entropy_loss(0.3, 0.3, 0.4, 2), cross_entropy_loss('[0.3, 0.3, 0.4]', '[0, 0.5, 0.5]');
--> 0.916290731874155|1.06013176810005


-- cross_entropy_logits(LOGITS…, class)
-- cross_entropy_logits(LOGITS, class | TARGETS[, weight[, label_smoothing=0]])
--
-- Cross entropy of the softmax of the logits, as in PyTorch's CrossEntropyLoss. label_smoothing moves that
-- share of the target to all classes equally. PyTorch's class weights are row weights here: CASE class WHEN …
-- END. As in PyTorch, the mean is over the sum of the weights. Where the target is spread over classes, by
-- TARGETS or label_smoothing, PyTorch's class weights multiply the term of each class, which no row weight does.
CREATE TEMP TABLE three(logits, class, targets);
INSERT INTO three VALUES ('[1, 2, 3]', 2, '[.1, .2, .7]'), ('[1, 5, 1]', 1, '[0, 1, 0]'),
  ('[0, 0, 0]', 0, '[.5, .25, .25]');
SELECT cross_entropy_logits(logits, class) FROM three;
--> 0.514064850953561
SELECT cross_entropy_logits(logits, class, 1, 0.1) FROM three;
--> 0.636287073175783
SELECT cross_entropy_logits(logits, targets) FROM three;
--> 0.647398184286894
SELECT cross_entropy_logits(logits, class, CASE class WHEN 0 THEN 0.5 ELSE 2 END) FROM three;
--> 0.319215705048711

-- One column for each class, one array for each row and one BLOB for each row give the same result:
SELECT cross_entropy_logits(a, b, c, class) FROM (
  SELECT 1 AS a, 2 AS b, 3 AS c, 2 AS class UNION ALL SELECT 1, 5, 1, 1 UNION ALL SELECT 0, 0, 0, 0);
--> 0.514064850953561
SELECT cross_entropy_logits(column1, column2) FROM (VALUES
  (x'0000803f0000004000004040', 2), (x'0000803f0000a0400000803f', 1), (x'000000000000000000000000', 0));
--> 0.514064850953561

-- Which digits have the largest loss?
SELECT label, cross_entropy_logits(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, label) AS loss
  FROM digits GROUP BY label ORDER BY loss DESC LIMIT 3;
--> 8|0.403557982551547
--> 9|0.304604948478419
--> 1|0.271750997803472

SELECT cross_entropy_logits('[1, 2, 3]', 2, 1, 1);
--! cross_entropy_logits: label_smoothing must be within [0,1), got 1; the weight is argument 3
SELECT cross_entropy_logits(logits, class, 1, class / 10.0) FROM three;
--! cross_entropy_logits: label_smoothing changed from 0.2 to 0.1; the weight is argument 3


-- cross_entropy_logits_loss(LOGITS…, class)
-- cross_entropy_logits_loss(LOGITS, class | TARGETS[, label_smoothing=0])
--
-- The cross entropy of one row.
SELECT class, cross_entropy_logits_loss(logits, class) FROM three;
--> 2|0.40760596444438
--> 1|0.0359762997481932
--> 0|1.09861228866811
SELECT cross_entropy_logits_loss(1, 2, 3, 2), cross_entropy_logits_loss('[1, 2, 3]', 2, 0.1);
--> 0.40760596444438|0.50760596444438

-- The digit with the largest loss:
SELECT sample_id, label, argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9) AS read_as,
       cross_entropy_logits_loss(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, label) AS loss
  FROM digits ORDER BY loss DESC LIMIT 1;
--> 1264|1|8|4.56484339270378


-- brier(prob, label[, weight])
-- brier(PROBS, class[, weight])
--
-- Brier score: the mean squared error of the probability, 0 to 1. With many classes the squared errors of a
-- row are added up over the classes, which gives 0 to 2.
SELECT brier(prob, label) FROM four;
--> 0.165
SELECT brier(column1, column2) FROM (VALUES ('[0.3, 0.3, 0.4]', 2), ('[0.1, 0.8, 0.1]', 0));
--> 1.0
SELECT model, brier(score, label) FROM flights GROUP BY model;
--> boosted|0.145441152851405
--> logistic|0.151671032180964
SELECT brier(1.5, 1);
--! brier: prob must be within [0,1], got 1.5; if every prob is a logit, sigmoid(prob) makes it a probability; if every prob is a percentage, 0.5 meaning 0.5%, to_number((prob) || '%') reads it


-- brier_loss(prob, label)
-- brier_loss(PROBS, class)
--
-- The Brier score of one row.
SELECT brier_loss(0.8, 1), brier_loss('[0.3, 0.3, 0.4]', 2);
--> 0.04|0.54


-- top_k_accuracy(VECTOR, class, k[, weight])
--
-- Share of the rows whose class is among the k largest entries. Among equal entries the lower index ranks
-- first, so that k = 1 agrees with argmax. k must be the same for all rows.
WITH guesses(p, class) AS (VALUES ('[0.2, 0.5, 0.3]', 1), ('[0.2, 0.5, 0.3]', 2), ('[0.4, 0.4, 0.2]', 1))
SELECT top_k_accuracy(p, class, 1), top_k_accuracy(p, class, 2) FROM guesses;
--> 0.333333333333333|1.0
WITH packed(z, label) AS (
  SELECT json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label FROM digits)
SELECT top_k_accuracy(z, label, 1), top_k_accuracy(z, label, 2), top_k_accuracy(z, label, 3) FROM packed;
--> 0.962715637173066|0.989426822481914|0.995548135781859
SELECT top_k_accuracy('[0.2, 0.8]', 1, 0);
--! top_k_accuracy: k must be an integer from 1 to 2147483647, got 0; are class and k swapped?
SELECT top_k_accuracy('[0.2, 0.8]', 2, 1);
--! top_k_accuracy: class must be an index from 0 to 1, since there are 2 entries, got 2; are class and k swapped?


-- entropy(PROBS)
--
-- -Σ p ln p, in nats: how uncertain a distribution is. 0 ln 0 is 0.
SELECT entropy('[0.5, 0.5]'), entropy('[0, 0, 1]'), entropy('[0.25, 0.25, 0.25, 0.25]') IS 2 * entropy('[0.5, 0.5]');
--> 0.693147180559945|0.0|1

-- The image that the model is least certain of:
SELECT sample_id, label, entropy(softmax(json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9))) AS uncertainty
  FROM digits ORDER BY uncertainty DESC LIMIT 1;
--> 1571|8|1.95845089262047


-- kl_divergence(P, Q)
--
-- Kullback-Leibler divergence Σ p ln(p/q), in nats, where P is the truth and Q the prediction. It is 0 only
-- if they are equal, and Infinity if some q is 0 where p is not.
SELECT kl_divergence('[0, 0, 1]', '[0.3, 0.3, 0.4]'), kl_divergence('[0.5, 0.5]', '[0.5, 0.5]');
--> 0.916290731874155|0.0
SELECT kl_divergence('[0.5, 0.5]', '[1, 0]'), kl_divergence('[1, 0]', '[0.5, 0.5]');
--> Inf|0.693147180559945
SELECT kl_divergence('[0.5, 0.5]', '[0.2, 0.3, 0.5]');
--! kl_divergence: P has 2 elements, but Q has 3


-- js_divergence(P, Q)
--
-- Jensen-Shannon divergence, in nats: the mean divergence of P and Q from their mean. It lies between 0 and ln
-- 2 = 0.693…, and is the same in both orders of the arguments.
SELECT js_divergence('[0.5, 0.5]', '[0.9, 0.1]'), js_divergence('[1, 0]', '[0, 1]');
--> 0.101749225079197|0.693147180559945
SELECT js_divergence('[0.3, 0.7]', '[0.6, 0.4]') IS js_divergence('[0.6, 0.4]', '[0.3, 0.7]');
--> 1
