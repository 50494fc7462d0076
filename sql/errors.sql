-- Errors: frequent mistakes, and the message for each.
--
-- A message names the function, the argument and the value, and a remedy if there is one. Nothing but a
-- number counts as a number, and no row is left out without notice except for a NULL. A failed statement
-- leaves the connection unchanged.
.load build/mlmetrics


-- Text that is not a number, and an empty field of a CSV file
SELECT roc_auc('n/a', 1);
--! roc_auc: score must be a number, got text 'n/a'; nullif(score, 'n/a') makes it NULL, which leaves the row out
SELECT mse(1.5, '');
--! mse: target must be a number, got an empty text; nullif(target, '') makes it NULL, which leaves the row out
SELECT roc_auc('nan', 1);
--! roc_auc: score must be a number, got text 'nan'; nullif(score, 'nan') makes it NULL, which leaves the row out
SELECT roc_auc('+inf', 1);
--! roc_auc: score must be a number, got text '+inf'; replace(score, 'inf', '9e999') is Infinity
SELECT roc_auc('-inf', 1);
--! roc_auc: score must be a number, got text '-inf'; replace(score, 'inf', '9e999') is -Infinity

-- Other spellings of numbers
SELECT brier('0,75', 1);
--! brier: prob must be a number, got text '0,75'; replace(prob, ',', '.') is a number
SELECT brier('75 %', 1);
--! brier: prob must be a number, got text '75 %'; rtrim(prob, '%') / 100.0 is a number
SELECT brier('above 75%', 1);
--! brier: prob must be a number, got text 'above 75%'; nullif(prob, 'above 75%') makes it NULL, which leaves the row out
SELECT brier('75%', 1);
--! brier: prob must be a number, got text '75%'; rtrim(prob, '%') / 100.0 is a number
SELECT brier(rtrim(column1, '%') / 100.0, 1), brier(replace(column2, ',', '.'), 1), roc_auc(replace(column3, 'inf', '9e999'), column4)
  FROM (VALUES ('75%', '0,75', 'inf', 1), ('75%', '0,75', '-inf', 0));
--> 0.0625|0.0625|1.0

-- The remedy of the first two messages, applied:
SELECT mse(nullif(column1, 'n/a'), nullif(column2, '')) FROM (VALUES ('1.5', '2'), ('n/a', '1'), ('3', ''));
--> 0.25


-- Score and label in the wrong order
SELECT f1_at(label, score, 0.5) FROM flights;
--! f1_at: label must be 0 or 1, got 0.15467037; are score and label swapped? (the score here is a 0 or 1)
SELECT roc_auc(label, score) FROM flights;
--! roc_auc: label must be 0 or 1, got 0.15467037; are score and label swapped? (the score here is a 0 or 1)


-- Labels that are not 0 or 1
SELECT roc_auc(0.7, 'true');
--! roc_auc: label must be 0 or 1, got text 'true'; label = 'true' is 1 where it holds, else 0
SELECT roc_auc(0.7, 'False');
--! roc_auc: label must be 0 or 1, got text 'False'; label = 'True' is 1 where it holds, else 0
SELECT roc_auc(0.7, 'NO');
--! roc_auc: label must be 0 or 1, got text 'NO'; label = 'YES' is 1 where it holds, else 0
SELECT roc_auc(0.7, 'NULL');
--! roc_auc: label must be 0 or 1, got text 'NULL'; nullif(label, 'NULL') makes it NULL, which leaves the row out
SELECT roc_auc(0.7, 'late');
--! roc_auc: label must be 0 or 1, got text 'late'; label = 'late' is 1 where it holds, else 0, if that is the positive class
SELECT roc_auc(0.7, 2);
--! roc_auc: label must be 0 or 1, got 2; label > 0 is 1 where it holds, else 0; of classes 1 and 2 say label = 2
SELECT roc_auc(0.7, -1);
--! roc_auc: label must be 0 or 1, got -1; label > 0 is 1 where it holds, else 0
SELECT roc_auc(0.7, x'01');
--! roc_auc: label must be 0 or 1, got a BLOB of 1 byte; if it is a NumPy number, bind int(x) or float(x)


-- Logits or percentages instead of probabilities
SELECT log_loss(logit, label) FROM flights;
--! log_loss: prob must be within [0,1], got -1.69843044; bce_logits takes logits
SELECT bce(85, 1);
--! bce: prob must be within [0,1], got 85; bce_logits takes logits, / 100.0 makes percentages probabilities
SELECT cross_entropy(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, label) FROM digits;
--! cross_entropy: probs must be within [0,1], got 5.92470192; cross_entropy_logits takes logits, / 100.0 makes percentages probabilities
SELECT brier(-0.5, 1);
--! brier: prob must be within [0,1], got -0.5; sigmoid() makes logits probabilities
SELECT entropy('[2.0, -1.0]');
--! entropy: element 0 of probs must be within [0,1], got 2; softmax() makes logits probabilities, / 100.0 makes percentages probabilities
SELECT logit(85);
--! logit: p must be within [0,1], got 85; / 100.0 makes percentages probabilities
SELECT cross_entropy('[0.5, 0.5]', '[1, -1]');
--! cross_entropy: element 1 of targets must be within [0,1], got -1


-- A class that is out of range
SELECT softmax_at(1, 2, 3, 3);
--! softmax_at: i must be an index from 0 to 2, since there are 3 entries, got 3
SELECT cross_entropy_logits('[1, 2, 3]', -1);
--! cross_entropy_logits: class must be an index from 0 to 2, since there are 3 entries, got -1
SELECT cross_entropy(0.2, 0.8, 0.5);
--! cross_entropy: class must be an index from 0 to 1, since there are 2 entries, got 0.5
SELECT cross_entropy_logits('[1, 2, 3]', 'cat');
--! cross_entropy_logits: class must be an index from 0 to 2, since there are 3 entries, got text 'cat'


-- Malformed vectors
SELECT softmax('[1, 2,');
--! softmax: vector is no JSON array of numbers: it goes wrong at character 7, got text '[1, 2,'
SELECT softmax('[1, "x", 3]');
--! softmax: element 1 of vector must be a number, got text '[1, "x", 3]'
SELECT softmax('1 2 3');
--! softmax: vector must be a JSON array or a float32 BLOB, got text '1 2 3'
SELECT softmax(x'0000803f00');
--! softmax: vector must be a BLOB of float32 numbers, 4 bytes each, got a BLOB of 5 bytes; vector_from_f64(blob) reads float64
SELECT softmax(x'0000c07f0000803f');
--! softmax: element 0 of the BLOB in argument 1 is NaN; vector_from_f64(blob) reads float64
SELECT brier(x'000000000000d03f000000000000e83f', 1);
--! brier: element 1 of probs must be within [0,1], got 1.625; softmax() makes logits probabilities, / 100.0 makes percentages probabilities; vector_from_f64(blob) reads float64
SELECT softmax(7);
--! softmax: vector must be a JSON array or a float32 BLOB, got 7
SELECT argmax('[]');
--! argmax: vector must have at least one element, got text '[]'
SELECT softmax(x'');
--! softmax: vector must have at least one element, got a BLOB of 0 bytes
SELECT argmax('[[1, 2], [3, 4]]');
--! argmax: element 0 of vector must be a number, got text '[[1, 2], [3, 4]]'


-- One number instead of a vector
SELECT cross_entropy_logits(2.5, 1);
--! cross_entropy_logits: class must be 0, since there is one entry, got 1; for one logit a row see bce_logits
SELECT cross_entropy('[0.7]', 1);
--! cross_entropy: class must be 0, since there is one entry, got 1; for one probability a row see log_loss
SELECT log_loss('[0.7]', 1);
--! log_loss: class must be 0, since there is one entry, got 1; one probability a row is given as a number


-- Numbers that a driver bound as bytes
SELECT brier(x'6666663f', 0);
--! brier: probs must have an entry for each class, got a BLOB of 4 bytes; if it is a NumPy number, bind float(x)
SELECT log_loss(x'01', 1);
--! log_loss: probs must be a BLOB of float32 numbers, 4 bytes each, got a BLOB of 1 byte; if it is a NumPy number, bind int(x) or float(x)
SELECT roc_auc(0.5, x'0100000000000000');
--! roc_auc: label must be 0 or 1, got a BLOB of 8 bytes; if it is a NumPy number, bind int(x) or float(x)


-- Vectors of different lengths
SELECT bce_logits('[1, 2, 3]', '[1, 0]');
--! bce_logits: logits has 3 elements, but targets has 2
SELECT bce_logits('[1, 2, 3]', '[1, 0, 1]', 1, '[5]');
--! bce_logits: logits has 3 elements, but pos_weight has 1
SELECT kl_divergence('[0.5, 0.5]', '[0.2, 0.3, 0.5]');
--! kl_divergence: P has 2 elements, but Q has 3
SELECT bce_logits('[1, 2]', x'000000000000803f000000000000803f');
--! bce_logits: logits has 2 elements, but targets has 4; vector_from_f64(blob) reads float64
SELECT bce_logits('[1, 2]', '[1, 0]', 1, x'000000000000803f000000000000803f');
--! bce_logits: logits has 2 elements, but pos_weight has 4
SELECT vector_from_f64(x'000000000000f87f');
--! vector_from_f64: element 0 of the BLOB in argument 1 is NaN
SELECT kl_divergence('[1]', '[0.5, 0.5]');
--! kl_divergence: P has 1 element, but Q has 2
SELECT bce_logits(x'000000000000f03f00000000000000c0', '[1, 0]'), 'a BLOB of two float64 numbers';
--! bce_logits: logits has 4 elements, but targets has 2; vector_from_f64(blob) reads float64
SELECT cross_entropy_logits('[1, 2, 3]', '[0.5, 0.5]');
--! cross_entropy_logits: logits has 3 elements, but targets has 2


-- A weight in the place of a parameter, and parameters that change from row to row
SELECT ece(score, label, sample_id + 1) FROM breast_cancer;
--! ece: bins changed from 1 to 2; the weight is argument 4
SELECT best_cutoff(score, label, 2.0) FROM breast_cancer;
--! best_cutoff: objective must be one of 'f1', …, got 2; the weight is argument 4
SELECT fbeta_at(score, label, 0.5, 1 + label) FROM breast_cancer;
--! fbeta_at: beta changed from 2 to 1; the weight is argument 5


-- Parameters out of range
SELECT ece(0.5, 1, 0);
--! ece: bins must be an integer from 1 to 2147483647, got 0; the weight is argument 4
SELECT ece(0.5, 1, 2147483648);
--! ece: bins must be an integer from 1 to 2147483647, got 2147483648
SELECT partial_roc_auc(0.5, 1, 1.5);
--! partial_roc_auc: max_fpr must be within (0,1], got 1.5; the weight is argument 4
SELECT fbeta_at(0.5, 1, 0.5, -2);
--! fbeta_at: beta must be finite and > 0, got -2
SELECT cross_entropy_logits('[1, 2]', 0, 1, 1);
--! cross_entropy_logits: label_smoothing must be within [0,1), got 1; the weight is argument 3
SELECT top_k_accuracy('[0.1, 0.9]', 0, 1.5);
--! top_k_accuracy: k must be an integer from 1 to 2147483647, got 1.5; the weight is argument 4
SELECT mse(1, 2, -3);
--! mse: weight must be finite and >= 0, got -3
SELECT mse(1, 2, 9e999);
--! mse: weight must be finite and >= 0, got Infinity


-- Unknown objectives
SELECT best_cutoff(0.5, 1, 'auc');
--! best_cutoff: objective must be one of 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', 'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X', got text 'auc'
SELECT best_cutoff(0.5, 1, 'precision>=high');
--! best_cutoff: objective must be one of 'f1', …, got text 'precision>=high'; X must be within [0,1]
SELECT best_cutoff(0.5, 1, 'F1');
--! best_cutoff: objective must be one of 'f1', …, got text 'F1'; the names are in lower case
SELECT best_cutoff(0.5, 1, 'precision > 0.4');
--! best_cutoff: objective must be one of 'f1', …, got text 'precision > 0.4'; conditions are written with >=
SELECT best_cutoff(0.5, 1, 'precision');
--! best_cutoff: objective must be one of 'f1', …, got text 'precision'; it is a condition, as in 'precision>=0.9'
SELECT best_cutoff(0.5, 1, 'f2');
--! best_cutoff: objective must be one of 'f1', …, got text 'f2'; F-beta is 'fbeta:BETA'
SELECT best_cutoff(0.5, 1, 'f1:2');
--! best_cutoff: objective must be one of 'f1', …, got text 'f1:2'; it takes no parameter
SELECT best_cutoff(0.5, 1, 'fscore');
--! best_cutoff: objective must be one of 'f1', …, got text 'fscore'
SELECT best_cutoff(0.5, 1, 'f-beta:2');
--! best_cutoff: objective must be one of 'f1', …, got text 'f-beta:2'
SELECT best_cutoff(0.5, 1, 'recall>=95');
--! best_cutoff: objective must be one of 'f1', …, got text 'recall>=95'; X must be within [0,1]
SELECT best_cutoff(0.5, 1, 'f1>=0.5');
--! best_cutoff: objective must be one of 'f1', …, got text 'f1>=0.5'; conditions are on precision, recall or specificity
SELECT best_cutoff(0.5, 1, 'p>=0.5');
--! best_cutoff: objective must be one of 'f1', …, got text 'p>=0.5'; conditions are on precision, recall or specificity
SELECT best_cutoff(0.5, 1, 'fbeta:0');
--! best_cutoff: objective must be one of 'f1', …, got text 'fbeta:0'; BETA must be a number > 0
SELECT best_cutoff(0.5, 1, 'youden:2');
--! best_cutoff: objective must be one of 'f1', …, got text 'youden:2'; it takes no parameter
SELECT best_cutoff(0.5, 1, 'cost:1');
--! best_cutoff: objective must be one of 'f1', …, got text 'cost:1'; FP_COST and FN_COST must be numbers >= 0


-- Too few arguments, and too many
SELECT f1_at(0.5, 1);
--! f1_at: it is called f1_at(score, label, cutoff[, weight]), or with a saved state; got 2 arguments, the first 0.5
SELECT mse(1);
--! mse: it is called mse(pred, target[, weight]), or with a saved state; got 1 argument, the first 1
SELECT softmax_at(1);
--! softmax_at: it is called softmax_at(LOGITS…, i); got 1 argument
SELECT roc_auc();
--! wrong number of arguments to function roc_auc()
SELECT sigmoid(1, 2);
--! wrong number of arguments to function sigmoid()


-- Saved states: of another metric, damaged, and missing
SELECT mae((SELECT mse_state(1, 2)));
--! mae: cannot read this saved state: it remembers 'squared_error', and 'absolute_error' is needed
SELECT roc_auc((SELECT class_set(1, 1)));
--! roc_auc: cannot read this saved state: it remembers 'class_set', and 'score_set' is needed
SELECT roc_auc(substr((SELECT score_set(0.5, 1)), 1, 12));
--! roc_auc: the saved state is damaged: it is cut short or has been changed
SELECT roc_auc(x'00');
--! roc_auc: it is called roc_auc(score, label[, weight]), or with a saved state; got 1 argument, the first a BLOB of 1 byte
SELECT log_loss((SELECT score_set(2.5, 1)));
--! log_loss: every score of the set must be within [0,1], got 2.5; bce_logits takes logits, / 100.0 makes percentages probabilities
SELECT ece((SELECT score_set(0.5, 1)), 0);
--! ece: bins must be an integer from 1 to 2147483647, got 0
SELECT * FROM roc_curve('scores');
--! roc_curve: it reads a saved set: roc_curve((SELECT score_set(score, label) FROM …)); got text 'scores'
SELECT * FROM roc_curve((SELECT mse_state(1, 2)));
--! roc_curve: cannot read this saved state: it remembers 'squared_error', and 'score_set' is needed
SELECT * FROM cutoff_curve;
--! cutoff_curve: it reads a saved set: cutoff_curve((SELECT score_set(score, label) FROM …))
SELECT * FROM calibration_curve((SELECT score_set(0.5, 1)), 10, 'even');
--! calibration_curve: strategy must be 'uniform' or 'quantile', got text 'even'


-- Values longer than 40 bytes are cut; control characters are shown as blanks, and invalid UTF-8 as U+FFFD
SELECT sigmoid(CAST(x'c3e9' AS TEXT));
--! sigmoid: x must be a number, got text '��'
SELECT sigmoid('a text that is much longer than forty bytes, as a whole page pasted would be');
--! sigmoid: x must be a number, got text 'a text that is much longer than forty by…'
SELECT sigmoid('a' || char(10) || 'b');
--! sigmoid: x must be a number, got text 'a b'


-- What is not an error
--
-- A NULL leaves a row out. 0/0 is NULL. Blanks around a number and a plus sign are allowed. Infinities are
-- legal scores.
SELECT f1_at(NULL, 1, 0.5) IS NULL, precision_at(0.2, 1, 0.5) IS NULL, roc_auc(0.5, 1) IS NULL,
       mse(' 1 ', '+3e0'), roc_auc(9e999, 1) IS NULL;
--> 1|1|1|4.0|1
