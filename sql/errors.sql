-- Errors: frequent mistakes, and the message for each.
--
-- A message names the function, the argument and the value, and a remedy if there is one. Only numbers count as
-- numbers, and only a NULL leaves out a row. A failed statement leaves the connection unchanged.
.load build/mlmetrics

-- Text that is not a number, and an empty field of a CSV file
SELECT roc_auc('n/a', 1);
--! roc_auc: score must be a number, got text 'n/a'; to_number(score) reads percentages, currency and words for missing values; input_problems(score, label) counts all that is wrong
SELECT mse(1.5, '');
--! mse: target must be a number, got an empty text; to_number(target) reads percentages, currency and words for missing values
SELECT roc_auc('nan', 1);
--! roc_auc: score must be a number, got text 'nan'; to_number(score) reads percentages, currency and words for missing values; input_problems(score, label) counts all that is wrong
SELECT roc_auc('-inf', 1);
--! roc_auc: score must be a number, got text '-inf'; to_number(score) reads percentages, currency and words for missing values; input_problems(score, label) counts all that is wrong

-- Other spellings of numbers
SELECT brier('0,75', 1);
--! brier: prob must be a number, got text '0,75'; to_number(prob, 'comma') reads decimal commas; input_problems(prob, label) counts all that is wrong
SELECT brier('75 %', 1);
--! brier: prob must be a number, got text '75 %'; to_number(prob) reads percentages, currency and words for missing values; input_problems(prob, label) counts all that is wrong
SELECT brier('above 75%', 1);
--! brier: prob must be a number, got text 'above 75%'; CASE prob WHEN 'above 75%' THEN … ELSE prob END gives its number, nullif(prob, 'above 75%') if it stands for a missing value; input_problems(prob, label) counts all that is wrong
SELECT brier('75%', 1);
--! brier: prob must be a number, got text '75%'; to_number(prob) reads percentages, currency and words for missing values; input_problems(prob, label) counts all that is wrong
-- The functions that the messages name read all of these, and a text that they cannot read remains an error:
SELECT brier(to_number(column1), 1), brier(to_number(column2), 1), roc_auc(to_number(column3), column4)
  FROM (VALUES ('75%', '0,75', 'inf', 1), ('75%', '0,75', '-inf', 0));
--> 0.0625|0.0625|1.0
SELECT mse(to_number(column1), to_number(column2)) FROM (VALUES ('1.5', '2'), ('n/a', '1'), ('3', ''));
--> 0.25
SELECT brier(to_number('above 75%'), 1);
--! to_number: x must be a number, got text 'above 75%'; CASE x WHEN 'above 75%' THEN … ELSE x END gives its number, nullif(x, 'above 75%') if it stands for a missing value
SELECT brier('1,500', 1);
--! brier: prob must be a number, got text '1,500'; to_number(prob, 'comma') makes it 1.5, to_number(prob, 'point') 1500; input_problems(prob, label) counts all that is wrong


-- Score and label in the wrong order
SELECT f1_at(label, score, 0.5) FROM flights;
--! f1_at: label must be 0 or 1, got 0.15467037; are score, label and cutoff in this order? (the score here is a 0 or 1)
SELECT roc_auc(label, score) FROM flights;
--! roc_auc: label must be 0 or 1, got 0.15467037; are score and label swapped? (the score here is a 0 or 1)
SELECT precision_at(score, 0.5, label) FROM flights;
--! precision_at: label must be 0 or 1, got 0.5; the label is argument 2 and the cutoff argument 3


-- Labels that are not 0 or 1
SELECT roc_auc(0.7, 'true');
--! roc_auc: label must be 0 or 1, got text 'true'; to_label(label) reads true, yes and the like, and words for missing values; input_problems(score, label) counts all that is wrong
SELECT roc_auc(0.7, 'False');
--! roc_auc: label must be 0 or 1, got text 'False'; to_label(label) reads true, yes and the like, and words for missing values; input_problems(score, label) counts all that is wrong
SELECT roc_auc(0.7, 'NO');
--! roc_auc: label must be 0 or 1, got text 'NO'; to_label(label) reads true, yes and the like, and words for missing values; input_problems(score, label) counts all that is wrong
SELECT roc_auc(0.7, 'NULL');
--! roc_auc: label must be 0 or 1, got text 'NULL'; to_label(label) reads true, yes and the like, and words for missing values; input_problems(score, label) counts all that is wrong
SELECT roc_auc(0.7, 'late');
--! roc_auc: label must be 0 or 1, got text 'late'; if that is a column, write its name without quotes; CASE label WHEN 'late' THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, nullif(label, 'late') if it stands for a missing value; input_problems(score, label) counts all that is wrong
SELECT roc_auc(0.7, 2);
--! roc_auc: label must be 0 or 1, got 2; to_number(label) - 1 if the classes are 1 and 2, to_number(label) > 0 if the numbers above 0 are positive and all others negative
SELECT roc_auc(0.7, -1);
--! roc_auc: label must be 0 or 1, got -1; CASE to_number(label) WHEN -1 THEN NULL ELSE label END if it stands for a missing value, (to_number(label) + 1) / 2 if the classes are -1 and 1, to_number(label) > 0 if the numbers above 0 are positive and all others negative
SELECT roc_auc(0.7, 5);
--! roc_auc: label must be 0 or 1, got 5; to_number(label) = 5 for that class against the rest, to_number(label) > 0 if the numbers above 0 are positive and all others negative; for measured values see rmse(pred, target) and report_regression_html
SELECT brier(0.7, 0.4);
--! brier: label must be 0 or 1, got 0.4; are score and label swapped? If not, mse takes targets between 0 and 1
SELECT roc_auc(0.7, x'01');
--! roc_auc: label must be 0 or 1, got a BLOB of 1 byte; if it is a NumPy number, bind int(x) or float(x)


-- Logits or percentages instead of probabilities
SELECT log_loss(logit, label) FROM flights;
--! log_loss: prob must be within [0,1], got -1.69843044; if every prob is a logit, bce_logits takes them
SELECT bce(85, 1);
--! bce: prob must be within [0,1], got 85; if every prob is a logit, bce_logits takes them; if every prob is a percentage, 0.5 meaning 0.5%, to_number((prob) || '%') reads it
SELECT cross_entropy(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, label) FROM digits;
--! cross_entropy: probs must be within [0,1], got 5.92470192; if the entries are logits, cross_entropy_logits takes them; if the entries are percentages, divide them by 100
SELECT brier(-0.5, 1);
--! brier: prob must be within [0,1], got -0.5; if every prob is a logit, sigmoid(prob) makes it a probability
SELECT entropy('[2.0, -1.0]');
--! entropy: element 0 of probs must be within [0,1], got 2; if the entries are logits, softmax(probs) makes them probabilities; if the entries are percentages, divide them by 100
SELECT log_loss(1.00000536, 1);
--! log_loss: prob must be within [0,1], got 1.00000536; CASE WHEN to_number(prob) BETWEEN 1 AND 1.0001 THEN 1 ELSE prob END removes the rounding
SELECT logit(85);
--! logit: p must be within [0,1], got 85; if every p is a percentage, 0.5 meaning 0.5%, to_number((p) || '%') reads it
SELECT kl_divergence('[0.5, 0.4]', '[0.5, 0.5]');
--! kl_divergence: entries of P must sum to 1, but they sum to 0.9; divide them by their sum
SELECT entropy('[30, 70]');
--! entropy: entries of probs must sum to 1, but they sum to 100; divide them by their sum
SELECT cross_entropy('[0.5, 0.5]', '[1, -1]');
--! cross_entropy: element 1 of targets must be within [0,1], got -1


-- A class that is out of range
SELECT softmax_at(1, 2, 3, 3);
--! softmax_at: i must be an index from 0 to 2, since there are 3 entries, got 3
SELECT cross_entropy_logits('[1, 2, 3]', -1);
--! cross_entropy_logits: class must be an index from 0 to 2, since there are 3 entries, got -1
SELECT cross_entropy(0.2, 0.8, 0.5);
--! cross_entropy: class must be an index from 0 to 1, since there are 2 entries, got 0.5; the class is the last argument
SELECT cross_entropy_logits('[1, 2, 3]', 'cat');
--! cross_entropy_logits: class must be an index from 0 to 2, since there are 3 entries, got text 'cat'; CASE class WHEN 'cat' THEN … ELSE class END gives the place of its entry in the vector, from 0


-- Malformed vectors
SELECT softmax('[1, 2,');
--! softmax: vector is not a JSON array of numbers: invalid at character 7, got text '[1, 2,'; a vector is written as '[0.1,0.2,0.7]', with brackets and commas
SELECT softmax('[1, "x", 3]');
--! softmax: element 1 of vector must be a number, got text '[1, "x", 3]'
SELECT softmax('1, 2, 3');
--! softmax: vector must be a JSON array or a float32 BLOB, got text '1, 2, 3'; '[' || vector || ']' makes it a JSON array
SELECT argmax('0.2, 0.8');
--! argmax: vector must be a JSON array or numbers, got text '0.2, 0.8'; '[' || vector || ']' makes it a JSON array
SELECT softmax('1 2 3');
--! softmax: vector must be a JSON array or a float32 BLOB, got text '1 2 3'; a vector is written as '[0.1,0.2,0.7]', with brackets and commas
SELECT softmax(x'0000803f00');
--! softmax: vector must be a BLOB of float32 numbers, 4 bytes each, got a BLOB of 5 bytes; vector_from_f64(blob) reads float64
SELECT softmax(x'0000c07f0000803f');
--! softmax: vector must be a BLOB of float32 numbers, but a BLOB of 8 bytes reads as float64; vector_from_f64(blob) reads float64
SELECT brier(x'000000000000d03f000000000000e83f', 1);
--! brier: probs must be a BLOB of float32 numbers, but a BLOB of 16 bytes reads as float64; vector_from_f64(blob) reads float64
SELECT softmax(7);
--! softmax: vector must be a JSON array or a float32 BLOB, got 7; json_array(…) makes columns a vector, json_group_array(…) makes rows one
SELECT argmax('[]');
--! argmax: vector must have at least one element, got text '[]'
SELECT softmax(x'');
--! softmax: vector must have at least one element, got a BLOB of 0 bytes
SELECT argmax('[[1, 2], [3, 4]]');
--! argmax: element 0 of vector must be a number, got text '[[1, 2], [3, 4]]'


-- A vector instead of one number, and arguments in the wrong order
SELECT roc_auc('[0.2, 0.8]', 1);
--! roc_auc: score must be a number, got text '[0.2, 0.8]'; vector_at(score, i) takes one entry of a vector; input_problems(score, label) counts all that is wrong
SELECT cross_entropy_logits(2, '[1, 2, 3]');
--! cross_entropy_logits: class must be 0, since there is one entry, got text '[1, 2, 3]'; the vector is the first argument; for one logit per row see bce_logits
SELECT top_k_accuracy('[0.2, 0.5, 0.3]', 3, 1);
--! top_k_accuracy: class must be an index from 0 to 2, since there are 3 entries, got 3; are class and k swapped?
SELECT bce_logits('[1, -2]', '[true, false]');
--! bce_logits: element 0 of targets must be a number, got text '[true, false]'; write true and false as 1 and 0


-- One number instead of a vector
SELECT cross_entropy_logits(2.5, 1);
--! cross_entropy_logits: class must be 0, since there is one entry, got 1; for one logit per row see bce_logits
SELECT cross_entropy('[0.7]', 1);
--! cross_entropy: class must be 0, since there is one entry, got 1; for one probability per row see log_loss
SELECT log_loss('[0.7]', 1);
--! log_loss: class must be 0, since there is one entry, got 1; one probability per row is given as a number


-- Scores given to functions of predicted classes
SELECT accuracy(score, label) FROM flights;
--! accuracy: pred must be a class, not a score, as every label is an integer, got 0.034478585; for scores see accuracy_at(score, label, cutoff)
SELECT f1_macro(score, label) FROM flights;
--! f1_macro: pred must be a class, not a score, as every label is an integer, got 0.034478585; for scores see f1_at(score, label, cutoff)
-- In a window each frame is judged by itself, and a row that left it does not count.
SELECT accuracy(column2, column3) OVER (ORDER BY column1 ROWS 1 PRECEDING) FROM (VALUES (1, 0.5, 'a'), (2, 1, 1), (3, 1, 1));
--> 0.0
--> 0.5
--> 1.0
-- Ratings in half stars on both sides are classes.
SELECT accuracy(column1, column2) FROM (VALUES (3.5, 3.5), (4.0, 4.5));
--> 0.5


-- Decisions 0 and 1 beside words for them or numbers in another form, and twenty rows or more of integers or scores beside texts, never agree
SELECT accuracy(column1, column2) FROM (VALUES (1, 'yes'), (0, 'no'), (1, 'no'));
--! accuracy: pred and label never agree: in every row one is 0 or 1 and the other a word such as 'no'; to_label(x) makes such words 1 and 0
SELECT accuracy(column1, to_label(column2)) FROM (VALUES (1, 'yes'), (0, 'no'), (1, 'no'));
--> 0.666666666666667
SELECT f1_macro(column1, column2) FROM (VALUES (1, ' 1'), (0, '01'), (1, '00'));
--! f1_macro: pred and label never agree: in every row one is 0 or 1 and the other a word such as ' 1'; to_label(x) makes such words 1 and 0
SELECT accuracy(column1, column2, 5) FROM (VALUES (0, 'cat'), (0, 'dog'), (1, 'cat'), (1, 'dog'));
--! accuracy: pred and label never agree: in every row one is an integer and the other a text such as 'cat'; map the integers to the texts by CASE or a join
-- SQLite takes a misspelt name in double quotes for a text, a class of its own; in the shell `.dbconfig dqs_dml off` makes it an error.
SELECT accuracy('predicted', label) FROM flights;
--> 0.0
-- A comparison is SQLite's own, in which any text is greater than any number, and '1e-05' greater than '0.5':
SELECT column1 > 0.5, to_number(column1) > 0.5 FROM (VALUES ('0.2'), ('1e-05'));
--> 1|0
--> 1|0


-- INTEGERs that no REAL holds exactly
SELECT mae(1700000000000000100, 1700000000000000000);
--! mae: pred must be a number that a REAL holds exactly, got 1700000000000000100; subtract a base first, or accept the rounding by to_number(pred)
SELECT roc_auc('9007199254740993', 1);
--! roc_auc: score must be a number that a REAL holds exactly, got text '9007199254740993'; subtract a base first, or accept the rounding by to_number(score)
SELECT argmax('[9007199254740993, 1]');
--! argmax: element 0 of vector must be a number that a REAL holds exactly; subtract a base first, or accept the rounding by a decimal point after its digits, got text '[9007199254740993, 1]'
SELECT mae(1700000000000000100 - 1700000000000000000, 0), to_number(9007199254740993) = 9007199254740992.0;
--> 100.0|1


-- float64 taken for float32
SELECT argmax(x'333333333333d33f666666666666e63f');
--! argmax: vector must be a BLOB of float32 numbers, but a BLOB of 16 bytes reads as float64; vector_from_f64(blob) reads float64
SELECT argmax(vector_from_f64(x'333333333333d33f666666666666e63f'));
--> 1


-- Numbers that a driver bound as bytes
SELECT accuracy(x'0100000000000000', 1);
--! accuracy: pred must be a class, got a BLOB of 8 bytes beside a number; if it is a NumPy number, bind int(x)
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
--! bce_logits: logits has 2 elements, but pos_weight has 4; vector_from_f64(blob) reads float64
SELECT vector_from_f64(x'000000000000f87f');
--! vector_from_f64: element 0 of the BLOB in argument 1 is NaN
SELECT kl_divergence('[1]', '[0.5, 0.5]');
--! kl_divergence: P has 1 element, but Q has 2
SELECT bce_logits(x'000000000000f03f00000000000000c0', '[1, 0]'), 'a BLOB of two float64 numbers';
--! bce_logits: logits has 4 elements, but targets has 2; vector_from_f64(blob) reads float64
SELECT cross_entropy_logits('[1, 2, 3]', '[0.5, 0.5]');
--! cross_entropy_logits: logits has 3 elements, but targets has 2


-- A code for a missing weight
SELECT roc_auc(0.7, 1, -1);
--! roc_auc: weight must be finite and >= 0, got -1; CASE to_number(weight) WHEN -1 THEN NULL ELSE weight END if it stands for a missing weight
SELECT mse(2.5, 3, '-99');
--! mse: weight must be finite and >= 0, got text '-99'; CASE to_number(weight) WHEN -99 THEN NULL ELSE weight END if it stands for a missing weight


-- A weight in the place of a parameter, and parameters that change from row to row
SELECT ece(score, label, sample_id + 1) FROM breast_cancer;
--! ece: bins changed from 1 to 2; the weight is argument 5
SELECT ece(0.1, 1, column1) FROM (VALUES (2), ('[0,0.5,1]'));
--! ece: bins changed from 2 to '[0,0.5,1]'
SELECT best_cutoff(score, label, 2.0) FROM breast_cancer;
--! best_cutoff: objective must be a text, got 2; the weight is argument 4
SELECT fbeta_at(score, label, 0.5, 1 + label) FROM breast_cancer;
--! fbeta_at: beta changed from 2 to 1; the weight is argument 5


-- Parameters out of range
SELECT ece(0.5, 1, 0);
--! ece: bins must be an integer from 1 to 2147483647 or a JSON array of edges, got 0; the weight is argument 5
SELECT ece(0.5, 1, 2147483648);
--! ece: bins must be an integer from 1 to 2147483647 or a JSON array of edges, got 2147483648
SELECT partial_roc_auc(0.5, 1, 1.5);
--! partial_roc_auc: max_fpr must be within (0,1], got 1.5; 1.5 % is written 0.015; the weight is argument 4
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
--! best_cutoff: objective cannot be text 'auc'; it must be one of 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', 'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'
SELECT best_cutoff(0.5, 1, 'precision>=high');
--! best_cutoff: objective cannot be text 'precision>=high'; X must be a number within [0,1], such as 0.9; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'F1');
--! best_cutoff: objective cannot be text 'F1'; it is written 'f1'; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'precision > 0.4');
--! best_cutoff: objective cannot be text 'precision > 0.4'; conditions are written with >=; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'fpr<=0.01');
--! best_cutoff: objective cannot be text 'fpr<=0.01'; fpr<=0.01 is written specificity>=0.99; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'alerts<=200');
--! best_cutoff: objective cannot be text 'alerts<=200'; conditions are lower limits, written with >=; other limits are queries of cutoff_curve, as in WHERE tp + fp <= 200; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'cost:fp=1,fn=5');
--! best_cutoff: objective cannot be text 'cost:fp=1,fn=5'; costs are numbers alone, as in 'cost:1,5'; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'precision');
--! best_cutoff: objective cannot be text 'precision'; it is a condition, as in 'precision>=0.9'; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'f2');
--! best_cutoff: objective cannot be text 'f2'; F-beta is 'fbeta:BETA'; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'f1:2');
--! best_cutoff: objective cannot be text 'f1:2'; it takes no parameter; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'fscore');
--! best_cutoff: objective cannot be text 'fscore'; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'f-beta:2');
--! best_cutoff: objective cannot be text 'f-beta:2'; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'recall>=95');
--! best_cutoff: objective cannot be text 'recall>=95'; X must be a number within [0,1], such as 0.9; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'f1>=0.5');
--! best_cutoff: objective cannot be text 'f1>=0.5'; conditions are on precision, recall or specificity; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'p>=0.5');
--! best_cutoff: objective cannot be text 'p>=0.5'; conditions are on precision, recall or specificity; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'fbeta:0');
--! best_cutoff: objective cannot be text 'fbeta:0'; BETA must be a number > 0, such as 0.5; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'youden:2');
--! best_cutoff: objective cannot be text 'youden:2'; it takes no parameter; it must be one of 'f1', …
SELECT best_cutoff(0.5, 1, 'cost:1');
--! best_cutoff: objective cannot be text 'cost:1'; FP_COST and FN_COST must be numbers >= 0, as in 'cost:1,5'; it must be one of 'f1', …


-- Too few arguments, and too many
SELECT f1_at(0.5, 1);
--! f1_at: call it as f1_at(score, label, cutoff[, weight]), or with a saved state; got 2 arguments, the first 0.5
SELECT mse(1);
--! mse: call it as mse(pred, target[, weight]), or with a saved state; got 1 argument, the first 1
SELECT softmax_at(1);
--! softmax_at: call it as softmax_at(LOGITS…, i); got 1 argument
SELECT roc_auc();
--! roc_auc: call it as roc_auc(score, label[, weight]); got 0 arguments
SELECT sigmoid(1, 2);
--! sigmoid: call it as sigmoid(x); got 2 arguments
SELECT softmax(1, 2, 3);
--! softmax: call it as softmax(VECTOR); got 3 arguments; json_array(…) makes columns a vector, which is one argument
SELECT log_loss(0.1, 0.2, 0.7, 2);
--! log_loss: call it as log_loss(prob, label[, weight]) or log_loss(PROBS, class[, weight]); got 4 arguments; json_array(…) makes columns a vector, which is one argument


-- Saved states: of another metric, damaged, and missing
SELECT mae((SELECT mse_state(1, 2)));
--! mae: cannot read a saved state of 'squared_error', only of 'absolute_error'; 'squared_error' is saved by mse_state, rmse_state; 'absolute_error' is saved by mae_state
SELECT roc_auc((SELECT class_set(1, 1)));
--! roc_auc: cannot read a saved state of 'class_set', only of 'score_set'
SELECT roc_auc(substr((SELECT score_set(0.5, 1)), 1, 12));
--! roc_auc: the saved state is damaged: it is cut short or has been changed
SELECT roc_auc(x'00');
--! roc_auc: call it as roc_auc(score, label[, weight]), or with a saved state; got 1 argument, the first a BLOB of 1 byte
SELECT log_loss((SELECT score_set(2.5, 1)));
--! log_loss: every score of the set must be within [0,1], got 2.5; if every score is a logit, bce_logits takes them; if every score is a percentage, 0.5 meaning 0.5%, to_number((score) || '%') reads it
SELECT ece((SELECT score_set(0.5, 1)), 0);
--! ece: bins must be an integer from 1 to 2147483647 or a JSON array of edges, got 0
SELECT * FROM roc_curve((SELECT roc_auc(score, label) FROM flights));
--! roc_curve: it reads a saved set: roc_curve((SELECT score_set(score, label) FROM …)); got 0.6595474843628878
SELECT * FROM roc_curve('scores');
--! roc_curve: it reads a saved set: roc_curve((SELECT score_set(score, label) FROM …)); got text 'scores'
SELECT * FROM roc_curve((SELECT mse_state(1, 2)));
--! roc_curve: cannot read a saved state of 'squared_error', only of 'score_set'; 'squared_error' is saved by mse_state, rmse_state
SELECT * FROM cutoff_curve;
--! cutoff_curve: it reads a saved set: cutoff_curve((SELECT score_set(score, label) FROM …))
SELECT * FROM calibration_curve((SELECT score_set(0.5, 1)), 10, 'even');
--! calibration_curve: strategy must be 'uniform' or 'quantile', got text 'even'


-- Values longer than 40 bytes are cut; control characters are shown as blanks, and invalid UTF-8 as U+FFFD
SELECT sigmoid(CAST(x'c3e9' AS TEXT));
--! sigmoid: x must be a number, got text '��'; CASE x WHEN … THEN … ELSE x END gives its number, nullif(x, …) if it stands for a missing value
SELECT sigmoid('a text that is much longer than forty bytes, as a whole page pasted would be');
--! sigmoid: x must be a number, got text 'a text that is much longer than forty by…'; CASE x WHEN … THEN … ELSE x END gives its number, nullif(x, …) if it stands for a missing value
SELECT sigmoid('a' || char(10) || 'b');
--! sigmoid: x must be a number, got text 'a b'; CASE x WHEN … THEN … ELSE x END gives its number, nullif(x, …) if it stands for a missing value


-- What is not an error
--
-- A NULL leaves a row out. 0/0 is NULL. Blanks around a number and a plus sign are allowed. Infinities are
-- legal scores.
SELECT f1_at(NULL, 1, 0.5) IS NULL, precision_at(0.2, 1, 0.5) IS NULL, roc_auc(0.5, 1) IS NULL,
       mse(' 1 ', '+3e0'), roc_auc(9e999, 1) IS NULL;
--> 1|1|1|4.0|1


-- First attempts: statements as one types them before reading a page
CREATE TEMP TABLE preds(score, label, percent, class, pred, logit, p0, p1, p2, k);
INSERT INTO preds VALUES (0.9, 1, '90%', 'cat', 'cat', 2.2, 0.1, 0.2, 0.7, 2), (0.2, 0, '20%', 'dog', 'cat', -1.4, 0.6, 0.3, 0.1, 0),
  (0.6, 1, '60%', 'cat', 'dog', 0.4, 0.2, 0.5, 0.3, 1), (0.4, 0, '', 'dog', 'dog', -0.4, 0.3, 0.3, 0.4, 2);
SELECT roc_auc(label, score) FROM preds;
--! roc_auc: label must be 0 or 1, got 0.9; are score and label swapped? (the score here is a 0 or 1)
SELECT auc(score, label) FROM preds;
--! auc: here it is roc_auc(score, label[, weight]), the prediction first; the area under the ROC curve of scores; under the precision-recall curve it is pr_auc
SELECT roc_auc_score(label, score) FROM preds;
--! roc_auc_score: here it is roc_auc(score, label[, weight]), the prediction first; for max_fpr see partial_roc_auc
SELECT roc_auc(score) FROM preds;
--! roc_auc: call it as roc_auc(score, label[, weight]), or with a saved state; got 1 argument, the first 0.9
SELECT roc_auc(score, class) FROM preds;
--! roc_auc: label must be 0 or 1, got text 'cat'; if that is a column, write its name without quotes; CASE label WHEN 'cat' THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, nullif(label, 'cat') if it stands for a missing value; input_problems(score, label) counts all that is wrong
SELECT roc_auc(percent, label) FROM preds;
--! roc_auc: score must be a number, got text '90%'; to_number(score) reads percentages, currency and words for missing values; input_problems(score, label) counts all that is wrong
SELECT roc_auc(json_array(p0, p1, p2), k) FROM preds;
--! roc_auc: score must be a number, got text '[0.1,0.2,0.7]'; vector_at(score, i) takes one entry of a vector; input_problems(score, label) counts all that is wrong
SELECT accuracy(score, label) FROM preds;
--! accuracy: pred must be a class, not a score, as every label is an integer, got 0.2; for scores see accuracy_at(score, label, cutoff)
SELECT f1_score(label, score > 0.5) FROM preds;
--! f1_score: here it is f1(pred, label[, weight]), the prediction first; average='macro': f1_macro, also _micro and _weighted
SELECT f1_at(score, label) FROM preds;
--! f1_at: call it as f1_at(score, label, cutoff[, weight]), or with a saved state; got 2 arguments, the first 0.9
SELECT f1_at(score, 0.5, label) FROM preds;
--! f1_at: label must be 0 or 1, got 0.5; the label is argument 2 and the cutoff argument 3
SELECT f1_macro(score, label) FROM preds;
--! f1_macro: pred must be a class, not a score, as every label is an integer, got 0.2; for scores see f1_at(score, label, cutoff)
SELECT f1(score > 0.5, label, 'macro') FROM preds;
--! f1: weight must be a number, got text 'macro'; f1_macro is a function of its own
SELECT precision(pred, class) FROM preds;
--! precision: pred must be 0 or 1, got text 'cat'; if that is a column, write its name without quotes; CASE pred WHEN 'cat' THEN 1 WHEN … THEN 0 ELSE pred END if that is the positive class, nullif(pred, 'cat') if it stands for a missing value; precision_macro, precision_micro and precision_weighted take any classes
SELECT kappa(pred, class, 'quadratic') FROM preds;
--! kappa: weight must be a number, got text 'quadratic'; kappa_quadratic is a function of its own
SELECT confusion_matrix(class, pred) FROM preds;
--! confusion_matrix: here it is confusion_table(pred, label[, classes][, weight]), the prediction first; text, rows are labels; for decisions 0 and 1 as JSON: confusion_at with cutoff 1
SELECT log_loss(logit, label) FROM preds;
--! log_loss: prob must be within [0,1], got 2.2; if every prob is a logit, bce_logits takes them; if every prob is a percentage, 0.5 meaning 0.5%, to_number((prob) || '%') reads it
SELECT log_loss(percent, label) FROM preds;
--! log_loss: prob must be a number, got text '90%'; to_number(prob) reads percentages, currency and words for missing values; input_problems(prob, label) counts all that is wrong
SELECT log_loss(p0, p1, p2, k) FROM preds;
--! log_loss: call it as log_loss(prob, label[, weight]) or log_loss(PROBS, class[, weight]); got 4 arguments; json_array(…) makes columns a vector, which is one argument
SELECT softmax(p0, p1, p2) FROM preds;
--! softmax: call it as softmax(VECTOR); got 3 arguments; json_array(…) makes columns a vector, which is one argument
SELECT top_k_accuracy(json_array(p0, p1, p2), 2, k) FROM preds;
--! top_k_accuracy: k must be an integer from 1 to 2147483647, got 0; are class and k swapped?
SELECT best_cutoff(score, label, 'F1') FROM preds;
--! best_cutoff: objective cannot be text 'F1'; it is written 'f1'; it must be one of 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', 'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'
SELECT best_cutoff(score, label, 'fpr<0.1') FROM preds;
--! best_cutoff: objective cannot be text 'fpr<0.1'; fpr<=0.01 is written specificity>=0.99; it must be one of 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', 'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'
SELECT ece(score, label, 'quantile') FROM preds;
--! ece: bins must be an integer from 1 to 2147483647 or a JSON array of edges, got text 'quantile'; 'quantile' is a strategy, which is argument 4
SELECT partial_roc_auc(score, label) FROM preds;
--! partial_roc_auc: call it as partial_roc_auc(score, label, max_fpr[, weight]), or with a saved state; got 2 arguments, the first 0.9
SELECT ndcg_at_k(score, label) FROM preds;
--! ndcg_at_k: call it as ndcg_at_k(score, relevance, k), or with a saved state; got 2 arguments, the first 0.9
SELECT roc_curve(score, label) FROM preds;
--! roc_curve: it is a table, opened as SELECT * FROM roc_curve((SELECT score_set(score, label) FROM …))
SELECT * FROM preds, roc_curve(score, label);
--! roc_curve: it reads a saved set: roc_curve((SELECT score_set(score, label) FROM …)); got 0.9
SELECT * FROM roc_curve((SELECT roc_auc(score, label) FROM preds));
--! roc_curve: it reads a saved set: roc_curve((SELECT score_set(score, label) FROM …)); got 1
SELECT roc_auc_ci(score, label, 95) FROM preds;
--! roc_auc_ci: level must be within (0,1), got 95; 95 % is written 0.95; the weight is argument 4
SELECT roc_auc_ci(score, label, 0.95, 'bootstrap') FROM preds;
--! roc_auc_ci: method must be 'logit' or 'normal' for this metric, got text 'bootstrap'; bootstrap_ci(score_set(score, label), 'roc_auc') resamples the rows
SELECT bootstrap_ci(score, label) FROM preds;
--! bootstrap_ci: argument 1 is not a saved state, got 0.9; call it as bootstrap_ci(score_set(score, label), 'roc_auc')
SELECT bootstrap_ci(score_set(score, label), 'auc') FROM preds;
--! bootstrap_ci: metric cannot be text 'auc'; here it is 'roc_auc'; it must be the name of a metric and its parameters, such as 'roc_auc', 'f1_at:0.5' or 'best_cutoff:youden'
SELECT delong_test(score, label) FROM preds;
--! delong_test: call it as delong_test(score_a, score_b, label), or with a saved state; got 2 arguments, the first 0.9
SELECT mcnemar_test(score, label, 1) FROM preds;
--! mcnemar_test: pred_a must be a class such as to_number(score_a) >= 0.5, not a score, got 0.9


-- Text columns of an imported CSV file, classes 1 and 2, options in the wrong place. Where a message says what to
-- write, the next statement writes it.
CREATE TEMP TABLE import(score TEXT, label TEXT, two TEXT, sign TEXT, model TEXT, weight TEXT);
INSERT INTO import VALUES ('0.9', '1', '2.0', '1', 'a', '1'), ('0.2', '0', ' 1', '-1', 'a', '2'), ('6e-1', '1', '2', '+1', 'b', '-1'),
  ('0.7', '0', '1.0', '-1.0', 'b', '1');
SELECT roc_auc(score, label) FROM import;
--> 0.75
SELECT roc_auc(score, two) FROM import;
--! roc_auc: label must be 0 or 1, got text '2.0'; to_number(label) - 1 if the classes are 1 and 2, to_number(label) > 0 if the numbers above 0 are positive and all others negative
SELECT roc_auc(score, to_number(two) - 1) FROM import;
--> 0.75
SELECT roc_auc(score, sign) FROM import;
--! roc_auc: label must be 0 or 1, got text '-1'; CASE to_number(label) WHEN -1 THEN NULL ELSE label END if it stands for a missing value, (to_number(label) + 1) / 2 if the classes are -1 and 1, to_number(label) > 0 if the numbers above 0 are positive and all others negative
SELECT roc_auc(score, (to_number(sign) + 1) / 2) FROM import;
--> 0.75
SELECT roc_auc(score, to_number(two) - 1) FROM (SELECT score, two FROM import UNION ALL SELECT 0.5, '3');
--! roc_auc: label must be 0 or 1, got 2; to_number(label) - 1 if the classes are 1 and 2, to_number(label) > 0 if the numbers above 0 are positive and all others negative
SELECT roc_auc(score, 100 * label) FROM import;
--! roc_auc: label must be 0 or 1, got 100; to_number(label) = 100 for that class against the rest, to_number(label) > 0 if the numbers above 0 are positive and all others negative; for measured values see rmse(pred, target) and report_regression_html
SELECT roc_auc(score, to_number(100 * label) = 100) FROM import;
--> 0.75
SELECT roc_auc(score, 7.5 * label) FROM import;
--! roc_auc: label must be 0 or 1, got 7.5; are score and label swapped? for measured values see rmse(pred, target) and report_regression_html
SELECT ks_test(score, 7.5 * label) FROM import;
--! ks_test: label must be 0 or 1, got 7.5; are score and label swapped? to compare two columns, SELECT a AS score, 0 AS label FROM … UNION ALL SELECT b, 1 FROM …
SELECT ks_test(score, model) FROM import;
--! ks_test: label must be 0 or 1, got text 'a'; if that is a column, write its name without quotes; CASE label WHEN 'a' THEN 0 WHEN … THEN 1 ELSE label END if 'a' is the reference; input_problems(score, label) counts all that is wrong
SELECT roc_auc(score, model) FROM import;
--! roc_auc: label must be 0 or 1, got text 'a'; if that is a column, write its name without quotes; CASE label WHEN 'a' THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, nullif(label, 'a') if it stands for a missing value; input_problems(score, label) counts all that is wrong
SELECT roc_auc(score, label, model) FROM import;
--! roc_auc: weight must be a number, got text 'a'; if that is a column, write its name without quotes; for one value per group, use GROUP BY
SELECT model, roc_auc(score, label) FROM import GROUP BY model;
--> a|1.0
--> b|0.0
SELECT roc_auc('score', label) FROM import;
--! roc_auc: score must be a number, got text 'score'; if that is a column, write its name without quotes; if it is the header of a CSV file, delete its row; input_problems(score, label) counts all that is wrong
SELECT roc_auc(score, 'label') FROM import;
--! roc_auc: label must be 0 or 1, got text 'label'; if that is a column, write its name without quotes; input_problems(score, label) counts all that is wrong
SELECT roc_auc(score, label, weight) FROM import;
--! roc_auc: weight must be finite and >= 0, got text '-1'; CASE to_number(weight) WHEN -1 THEN NULL ELSE weight END if it stands for a missing weight
SELECT roc_auc(score, label, CASE to_number(weight) WHEN -1 THEN NULL ELSE weight END) FROM import;
--> 1.0
SELECT to_label('maybe');
--! to_label: x must be 0 or 1, or a word for it, got text 'maybe'; if that is a column, write its name without quotes; CASE x WHEN 'maybe' THEN 1 WHEN … THEN 0 ELSE x END if that is the positive class, nullif(x, 'maybe') if it stands for a missing value
SELECT to_label(nullif('maybe', 'maybe')) IS NULL;
--> 1
SELECT to_number('0.6', 'comma');
--! to_number: x must be a number, got text '0.6'; to_number(x, 'point') makes it 0.6
SELECT log_loss(100 * score, label) FROM import;
--! log_loss: prob must be within [0,1], got 90; if every prob is a logit, bce_logits takes them; if every prob is a percentage, 0.5 meaning 0.5%, to_number((prob) || '%') reads it
SELECT round(log_loss(to_number((100 * score) || '%'), label), 4), round(log_loss(score, label), 4) FROM import;
--> 0.5108|0.5108
SELECT log_loss(9e999, label) FROM import;
--! log_loss: prob must be within [0,1], got Infinity; input_problems(prob, label) counts all that is wrong
SELECT log_loss(1234, label) FROM import;
--! log_loss: prob must be within [0,1], got 1234; it is too large for a logit or a percentage; CASE to_number(prob) WHEN 1234 THEN NULL ELSE prob END if it stands for a missing value; input_problems(prob, label) counts all that is wrong
SELECT roc_auc_ci(score, label, '95%') FROM import;
--! roc_auc_ci: level must be within (0,1), got text '95%'; it is written 0.95
SELECT roc_auc_ci(score, label, 1000) FROM import;
--! roc_auc_ci: level must be within (0,1), got 1000; bootstrap_ci(score_set(score, label), 'roc_auc', 0.95, 1000) resamples the rows; the weight is argument 4
SELECT roc_auc_ci(score, label, 'bootstrap') FROM import;
--! roc_auc_ci: level must be within (0,1), got text 'bootstrap'; bootstrap_ci(score_set(score, label), 'roc_auc') resamples the rows
SELECT json_extract(bootstrap_ci(score_set(score, label), 'roc_auc', 0.95, 1000), '$.value') FROM import;
--> 0.75
SELECT bootstrap_ci(score_set(score, label), 'roc_auc', 1000) FROM import;
--! bootstrap_ci: level must be within (0,1), got 1000; the number of samples is argument 4
SELECT partial_roc_auc(score, label, 10) FROM import;
--! partial_roc_auc: max_fpr must be within (0,1], got 10; 10 % is written 0.1; the weight is argument 4
SELECT interval_score(1, 2, 1.5, 95);
--! interval_score: alpha must be within (0,1], got 95; of an interval of 95 % it is 0.05; the weight is argument 5
SELECT f1_at(score, label, '50%') FROM import;
--! f1_at: cutoff must be a number, got text '50%'; to_number(cutoff) reads percentages, currency and words for missing values
SELECT best_threshold(score, label) FROM import;
--! best_threshold: here it is best_cutoff(score, label[, objective='f1'[, weight]]); a cutoff is a threshold; the objective is 'f1', 'youden', 'cost:1,5', …
SELECT expected_calibration_error(score, label) FROM import;
--! expected_calibration_error: here it is ece(prob, label[, bins=10[, strategy='uniform'[, weight]]]); of many classes: the probability of the predicted class, and whether it is right
SELECT pearsonr(score, label) FROM import;
--! pearsonr: here it is pearson(x, y[, weight]); its interval is pearson_ci
SELECT delong_test(score, label, model) FROM import;
--! delong_test: label must be 0 or 1, got text 'a'; if that is a column, write its name without quotes; CASE label WHEN 'a' THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, nullif(label, 'a') if it stands for a missing value; arguments 1 and 2 are two models' scores of the same row, argument 3 is its label
SELECT json_extract(mcnemar_test(score > 0.5, label, model), '$.note') FROM import;
--> no prediction is right; is argument 3 the label, and are its classes written as the predictions are?
SELECT t_test(score, model) FROM import;
--! t_test: sample must be 0 or 1, got text 'a'; if that is a column, write its name without quotes; CASE sample WHEN 'a' THEN 0 WHEN … THEN 1 ELSE sample END if 'a' is the reference
SELECT t_test(label, score) FROM import;
--! t_test: sample must be 0 or 1, got text '0.9'; are x and sample swapped? to compare two columns, SELECT a AS x, 0 AS sample FROM … UNION ALL SELECT b, 1 FROM …
SELECT roc_plot(score, label) FROM import;
--! roc_plot: it is a table, opened as SELECT * FROM roc_plot((SELECT score_set(score, label) FROM …)); score_sets(key, …) in place of score_set(…) gives a series for each key
-- This one is SQLite's, since aggregates do not nest: roc_svg(s) FROM (SELECT score_set(score, label) AS s FROM import)
SELECT roc_svg(score_set(score, label)) FROM import;
--! misuse of aggregate function score_set()
SELECT cross_entropy_logits(label, 0.5, 1.5) FROM import;
--! cross_entropy_logits: class must be an index from 0 to 1, since there are 2 entries, got 1.5; the class is the last argument
SELECT cross_entropy_logits('[z0, z1]', label) FROM import;
--! cross_entropy_logits: element 0 of logits must be a number, got text '[z0, z1]'; json_array(…) makes columns a vector
SELECT specificity(3, 2);
--! specificity: pred must be 0 or 1, got 3; with more classes compare both with one: specificity(to_number(pred) = X, to_number(label) = X)
SELECT f1(label, two) FROM import;
--! f1: label must be 0 or 1, got text '2.0'; to_number(label) - 1 if the classes are 1 and 2; f1_macro, f1_micro and f1_weighted take any classes
SELECT f1(label, to_number(two) - 1) FROM import;
--> 1.0
SELECT p_adjust(0.05);
--! p_adjust: p_values must be a JSON array or a float32 BLOB, got 0.05; json_array(…) makes columns a vector, json_group_array(…) makes rows one
SELECT krippendorff_alpha(score, label) FROM import;
--! krippendorff_alpha: ratings must be a JSON array of values, got text '0.9'; json_array(…) makes columns an array
