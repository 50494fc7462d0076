-- Predicted classes: predicted class against true class, for two classes or a thousand.
--
-- For all functions of this page:
--   * f(pred, label[, weight]). A class is any SQL value. 7, 7.0 and '7' are the same class, so a table
--     imported as TEXT gives correct results. Other text is compared byte by byte. Numbers come before text,
--     in order.
--   * Predictions with a fraction, or infinite, beside integer labels are scores, and an error; so are integer
--     predictions beside ten or more different labels between 0 and 1, which are swapped.
--   * The classes are those that occur, as a prediction or as a label. The kappa functions, the macro averages,
--     classification_report and confusion_table accept another list: classes, a JSON array such as
--     '[1,2,3,4,5]' or '["cat","dog"]', scikit-learn's labels. It may name classes that do not occur; a class
--     that occurs and is not in it is an error. It may be left out before a weight: a list is recognised by its
--     [.
--   * For each class, precision is hits / predictions of it, recall is hits / labels of it, and F1 is 2 *
--     hits / (predictions + labels). "Macro" is the mean over the classes, "weighted" is the mean weighted by
--     the number of labels, and "micro" pools all classes. In these means a ratio 0/0 counts as 0, as in
--     scikit-learn; for a single class it is NULL.
--   * A row with a NULL argument is left out; the result is NULL if no row is left. Counts are INTEGER, or
--     REAL if rows have weights.
--   * Results are exact fractions or exact sums, rounded once. They are the same in any row order, any
--     partition and any frame.
--   * f_state(…) saves how often each prediction occurred with each label. Every function here reads it, and
--     class_table shows it as rows.
--   * precision, recall, specificity and f1 take the classes 0 and 1, where 1 is positive. The other functions
--     take any classes. For scores and a cutoff see decisions.sql.
.load build/mlmetrics

-- The examples use six rows from scikit-learn's documentation, four rows with text classes, and the digits as
-- the model reads them:
CREATE TEMP TABLE six(pred, label);
INSERT INTO six VALUES (0, 0), (2, 1), (1, 2), (0, 0), (0, 1), (1, 2);
CREATE TEMP TABLE farm(pred, label);
INSERT INTO farm VALUES ('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog');
CREATE TEMP VIEW read AS
  SELECT argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9) AS pred, label FROM digits;


-- accuracy(pred, label[, weight])
--
-- Share of rows whose prediction is the label. A value keeps two counters, however many classes there are; accuracy_state
-- saves the table of all pairs, as class_set does, so that every metric of predicted classes reads it.
SELECT accuracy(pred, label) FROM six;
--> 0.333333333333333
SELECT accuracy(pred, label), accuracy(pred, label, CASE label WHEN 'cat' THEN 3 ELSE 1 END) FROM farm;
--> 0.5|0.5
SELECT accuracy(pred, label) FROM read;
--> 0.962715637173066

-- 7, 7.0, '7' and '7.0' are the same class: a text is a number only in the form in which SQLite prints that
-- number. Zip codes, versions and hexadecimal identifiers stay texts, and A and a are two of them.
SELECT accuracy(7, '7'), accuracy(7.0, 7), accuracy('7.0', 7), accuracy('07', 7), accuracy('1.10', '1.1'),
       accuracy('557e90', '5570e89'), accuracy('A', 'a');
--> 1.0|1.0|1.0|0.0|0.0|0.0|0.0

-- Scores are not classes.
SELECT accuracy(score, label) FROM flights;
--! accuracy: pred must be a class, not a score, as every label is an integer, got 0.034478585; for scores see accuracy_at(score, label, cutoff)
SELECT accuracy(label, score) FROM flights;
--! accuracy: label must be a class, not a score, as every pred is an integer, got 0.034478585; for scores see accuracy_at(score, label, cutoff); are pred and label swapped?

-- The last hundred images:
SELECT accuracy(pred, label) OVER (ORDER BY sample_id ROWS 99 PRECEDING) FROM (
  SELECT sample_id, argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9) AS pred, label FROM digits)
 ORDER BY sample_id DESC LIMIT 1;
--> 0.95
SELECT accuracy(NULL, 1) IS NULL;
--> 1
SELECT accuracy(1, 1, 'x');
--! accuracy: weight must be a number, got text 'x'; if that is a column, write its name without quotes; for one value per group, use GROUP BY


-- error_rate(pred, label[, weight])
--
-- Share of rows whose prediction is not the label.
SELECT error_rate(pred, label) FROM six;
--> 0.666666666666667


-- kappa(pred, label[, classes][, weight])
--
-- Cohen's kappa: the agreement beyond what chance would give. 1 is perfect and 0 is chance. NULL if all rows
-- are of one class.
SELECT kappa(pred, label) FROM farm;
--> 0.2
SELECT kappa(pred, label) FROM read;
--> 0.958572786223479
SELECT kappa(1, 1) IS NULL;
--> 1

-- A list of classes does not change kappa, since chance never predicts a class that does not occur. It checks
-- which classes occur:
SELECT kappa(pred, label, '["cat","cow","dog"]') FROM farm;
--> 0.2
SELECT kappa(pred, label, '["cat","dog"]') FROM farm;
--! kappa: the class 'cow' occurs and is not in classes; add it to the list
SELECT kappa(pred, label, '["cat","dog","dog"]') FROM farm;
--! kappa: classes cannot be text '["cat","dog","dog"]'; it names a class twice; it must be a JSON array of distinct classes, such as '[1,2,3]' or '["cat","dog"]'
SELECT kappa(pred, label, 'cat,dog') FROM farm;
--! kappa: weight must be a number, got text 'cat,dog'; a list of classes is a JSON array, such as '[1,2,3]' or '["cat","dog"]'


-- kappa_linear(pred, label[, classes][, weight])
--
-- Cohen's kappa for ordered classes such as grades: an error counts by the distance between the two classes
-- in the order of the classes that occur, or in the order of the list. Predicting 5 for 4 is less wrong than
-- predicting 5 for 1. Texts such as 'low', 'medium' and 'high' need the list: their own order is the alphabet.
CREATE TEMP TABLE grades(pred, label);
INSERT INTO grades VALUES (1, 1), (2, 1), (2, 2), (3, 3), (5, 3), (5, 5);
SELECT kappa(pred, label), kappa_linear(pred, label) FROM grades;
--> 0.571428571428571|0.739130434782609

-- Nobody gave a 4, so 3 and 5 are neighbours above; with the list they are two grades apart. The list gives the
-- order of the classes:
SELECT kappa_linear(pred, label, '[1,2,3,4,5]'), kappa_linear(pred, label, '[1,2,3,4,5]', 2) FROM grades;
--> 0.7|0.7
SELECT kappa_linear(column1, column2, '["low","medium","high"]')
  FROM (VALUES ('low', 'low'), ('medium', 'low'), ('high', 'high'), ('high', 'medium'));
--> 0.5

-- The list is needed at the end only: a class set has none, and a saved state keeps the one that was given.
SELECT kappa_linear(s, '[1,2,3,4,5]') FROM (SELECT class_set(pred, label) AS s FROM grades);
--> 0.7
SELECT kappa_linear(s) FROM (SELECT kappa_linear_state(pred, label, '[1,2,3,4,5]') AS s FROM grades);
--> 0.7


-- kappa_quadratic(pred, label[, classes][, weight])
--
-- Like kappa_linear, with the square of the distance.
SELECT kappa_quadratic(pred, label), kappa_quadratic(pred, label, '[1,2,3,4,5]') FROM grades;
--> 0.869565217391304|0.814814814814815


-- mcc(pred, label[, weight])
--
-- Matthews correlation coefficient for any number of classes, -1 to 1; 0 is chance. NULL if all predictions
-- or all labels are of one class.
SELECT mcc(pred, label) FROM farm;
--> 0.223606797749979
SELECT mcc(pred, label) FROM read;
--> 0.958620284274512
SELECT mcc(1, label) IS NULL FROM six;
--> 1


-- balanced_accuracy(pred, label[, weight])
--
-- Mean recall of the classes that occur as labels; for two classes it is (recall + specificity)/2. Unlike
-- recall_macro it leaves out a class that is only predicted.
SELECT balanced_accuracy(pred, label), recall_macro(pred, label) FROM farm;
--> 0.5|0.333333333333333
SELECT balanced_accuracy(pred, label), balanced_accuracy(pred, label, 2) FROM six;
--> 0.333333333333333|0.333333333333333

-- For decisions it has the bits of balanced_accuracy_at:
SELECT balanced_accuracy(score >= 0.2, label) IS balanced_accuracy_at(score, label, 0.2) FROM flights;
--> 1


-- precision(pred, label[, weight])
--
-- tp/(tp+fp) for decisions 0 and 1: the share of the predicted positives that are positive. NULL if no row is
-- predicted positive. precision_at takes scores and a cutoff, and precision_macro any classes.
SELECT precision(column1, column2), precision(0, 1) IS NULL
  FROM (VALUES (1, 1), (1, 0), (1, 1), (0, 0), (0, 1), (0, 0));
--> 0.666666666666667|1
SELECT precision(score, label) FROM flights;
--! precision: pred must be 0 or 1, got …; if it is a score, precision_at(score, label, cutoff) decides by it
SELECT precision(pred, label) FROM six;
--! precision: pred must be 0 or 1, got 2; to_number(pred) - 1 if the classes are 1 and 2; precision_macro, precision_micro and precision_weighted take any classes

-- Other classes are compared with the positive one:
SELECT precision(pred = 'cat', label = 'cat') FROM farm;
--> 1.0
SELECT precision(pred, label) FROM farm;
--! precision: pred must be 0 or 1, got text 'cat'…


-- recall(pred, label[, weight])
--
-- tp/(tp+fn) for decisions 0 and 1: the share of the positives that are predicted positive (sensitivity). NULL
-- if there are no positives. recall_at takes scores and a cutoff, and recall_macro any classes.
SELECT recall(column1, column2), recall(1, 0) IS NULL
  FROM (VALUES (1, 1), (1, 0), (1, 1), (0, 0), (0, 1), (0, 0));
--> 0.666666666666667|1
SELECT recall(score >= 0.2, label) IS recall_at(score, label, 0.2) FROM flights;
--> 1


-- specificity(pred, label[, weight])
--
-- tn/(tn+fp) for decisions 0 and 1: the share of the negatives that are predicted negative. NULL if there are
-- no negatives.
SELECT specificity(column1, column2), specificity(0, 1) IS NULL
  FROM (VALUES (1, 1), (1, 0), (1, 1), (0, 0), (0, 1), (0, 0));
--> 0.666666666666667|1


-- f1(pred, label[, weight])
--
-- F1 = 2tp/(2tp+fp+fn) for decisions 0 and 1. NULL only if tp, fp and fn are all 0. f1_at takes scores and a
-- cutoff, and f1_macro any classes.
SELECT f1(column1, column2), f1(0, 1), f1(0, 0) IS NULL
  FROM (VALUES (1, 1), (1, 0), (1, 1), (0, 0), (0, 1), (0, 0));
--> 0.666666666666667|0.0|1

-- A class set of other classes is refused:
SELECT f1(saved) FROM (SELECT class_set(pred, label) AS saved FROM farm);
--! f1: every class of the set must be 0 or 1, got …; f1_macro, f1_micro and f1_weighted take any classes
SELECT f1(saved), accuracy(saved) FROM (SELECT class_set(score >= 0.2, label) AS saved FROM flights);
--> 0.380439342090738|0.539059163628002


-- jaccard(pred, label[, weight])
--
-- The Jaccard index tp/(tp+fp+fn) for decisions 0 and 1, or intersection over union: of the rows where the
-- prediction or the label is 1, the share where both are. NULL only if tp, fp and fn are all 0. jaccard_at takes
-- scores and a cutoff; jaccard_macro any classes.
SELECT jaccard(column1, column2), jaccard(0, 1), jaccard(0, 0) IS NULL
  FROM (VALUES (1, 1), (1, 0), (1, 1), (0, 0), (0, 1), (0, 0));
--> 0.5|0.0|1
-- It is F / (2 - F), with F for f1:
SELECT jaccard(decided, label), f / (2 - f)
  FROM (SELECT score >= 0.5 AS decided, label FROM breast_cancer WHERE model = 'forest'),
       (SELECT f1(score >= 0.5, label) AS f FROM breast_cancer WHERE model = 'forest');
--> 0.908675799086758|0.908675799086758
SELECT jaccard_score(decided, label) FROM (SELECT 1 AS decided, 1 AS label);
--! jaccard_score: here it is jaccard(pred, label[, weight]), the prediction first; average='macro': jaccard_macro, also _micro and _weighted; 'samples': jaccard_samples


-- precision_macro(pred, label[, classes][, weight])
--
-- Mean precision of the classes. A class that is never predicted counts as 0.
SELECT precision_macro(pred, label) FROM six;
--> 0.222222222222222
SELECT precision_macro(pred, label) FROM read;
--> 0.9631959685318


-- precision_macro_present(pred, label[, weight])
--
-- Mean precision of the classes that occur as labels; a class that is never predicted counts as 0.
SELECT precision_macro_present(pred, label), precision_macro(pred, label) FROM farm;
--> 0.75|0.5


-- precision_micro(pred, label[, weight])
--
-- Hits of all classes divided by all predictions. With one label for each row this equals accuracy.
SELECT precision_micro(pred, label) IS accuracy(pred, label) FROM read;
--> 1


-- precision_weighted(pred, label[, weight])
--
-- Mean of the precision of the classes, weighted by their share of the labels.
SELECT precision_weighted(pred, label) FROM farm;
--> 0.75
SELECT precision_weighted(pred, label) FROM read;
--> 0.963349616039413


-- recall_macro(pred, label[, classes][, weight])
--
-- Mean recall of the classes, also called balanced accuracy. A class that occurs only as a prediction counts as
-- 0.
SELECT recall_macro(pred, label) FROM farm;
--> 0.333333333333333
SELECT recall_macro(pred, label) FROM read;
--> 0.962737949205337


-- recall_macro_present(pred, label[, weight])
--
-- Mean recall of the classes that occur as labels: balanced accuracy for any number of classes.
SELECT recall_macro_present(pred, label), recall_macro(pred, label) FROM farm;
--> 0.5|0.333333333333333


-- recall_micro(pred, label[, weight])
--
-- Hits of all classes divided by all labels. With one label for each row this equals accuracy.
SELECT recall_micro(pred, label) IS accuracy(pred, label) FROM read;
--> 1


-- recall_weighted(pred, label[, weight])
--
-- Mean of the recall of the classes, weighted by their share of the labels. This equals accuracy too.
SELECT recall_weighted(pred, label) IS accuracy(pred, label) FROM read;
--> 1


-- f1_macro(pred, label[, classes][, weight])
--
-- Mean F1 of the classes.
SELECT f1_macro(pred, label) FROM farm;
--> 0.388888888888889
SELECT f1_macro(pred, label) FROM read;
--> 0.962750751396095

-- scikit-learn's example has the predictions 0, 2, 1, 0, 0, 1 and the labels 0, 1, 2, 0, 1, 2:
SELECT f1_macro(pred, label), f1_micro(pred, label), f1_weighted(pred, label) FROM six;
--> 0.266666666666667|0.333333333333333|0.266666666666667

-- A class in the list that does not occur counts as F1 = 0:
SELECT f1_macro(pred, label), f1_macro(pred, label, '["cat","cow","dog","pig"]') FROM farm;
--> 0.388888888888889|0.291666666666667


-- f1_macro_present(pred, label[, weight])
--
-- Mean F1 of the classes that occur as labels. A class that is only predicted has F1 = 0 and counts in
-- f1_macro; here it does not.
SELECT f1_macro_present(pred, label), f1_macro(pred, label) FROM farm;
--> 0.583333333333333|0.388888888888889


-- f1_micro(pred, label[, weight])
--
-- F1 of all classes pooled. With one label for each row this equals accuracy.
SELECT f1_micro(pred, label) IS accuracy(pred, label) FROM read;
--> 1


-- f1_weighted(pred, label[, weight])
--
-- Mean of the F1 of the classes, weighted by their share of the labels.
SELECT f1_weighted(pred, label) FROM farm;
--> 0.583333333333333
SELECT f1_weighted(pred, label) FROM read;
--> 0.962813949053701


-- classification_report(pred, label[, classes][, weight])
--
-- The text table of scikit-learn's function of the same name: one line for each class, then accuracy and the
-- means. 0/0 is shown as 0.00.
SELECT classification_report(pred, label) FROM farm;
-->               precision    recall  f1-score   support
-->
-->          cat       1.00      0.50      0.67         2
-->          cow       0.00      0.00      0.00         0
-->          dog       0.50      0.50      0.50         2
-->
-->     accuracy                           0.50         4
-->    macro avg       0.50      0.33      0.39         4
--> weighted avg       0.75      0.50      0.58         4
-->
SELECT classification_report(pred, label) FROM read;
-->               precision    recall  f1-score   support
-->
-->            0       1.00      0.99      0.99       178
-->            1       0.92      0.96      0.94       182
-->            2       0.98      0.99      0.98       177
-->            3       0.99      0.92      0.96       183
-->            4       0.99      0.96      0.97       181
-->            5       0.96      0.97      0.96       182
-->            6       0.98      0.98      0.98       181
-->            7       0.97      0.99      0.98       179
-->            8       0.90      0.93      0.91       174
-->            9       0.94      0.95      0.94       180
-->
-->     accuracy                           0.96      1797
-->    macro avg       0.96      0.96      0.96      1797
--> weighted avg       0.96      0.96      0.96      1797
-->

-- A list fixes the lines and their order:
SELECT classification_report(pred, label, '["pig","dog","cow","cat"]') FROM farm;
-->               precision    recall  f1-score   support
-->
-->          pig       0.00      0.00      0.00         0
-->          dog       0.50      0.50      0.50         2
-->          cow       0.00      0.00      0.00         0
-->          cat       1.00      0.50      0.67         2
-->
-->     accuracy                           0.50         4
-->    macro avg       0.38      0.25      0.29         4
--> weighted avg       0.75      0.50      0.58         4
-->


-- confusion_table(pred, label[, classes][, weight])
--
-- Aligned text: how often each label (rows) occurred with each prediction (columns), with totals.
SELECT confusion_table(pred, label) FROM farm;
--> rows: label, columns: pred
-->        cat  cow  dog  total
--> cat      1    0    1      2
--> cow      0    0    0      0
--> dog      0    1    1      2
--> total    1    1    2      4
SELECT confusion_table(pred, label) FROM read;
--> rows: label, columns: pred
-->          0    1    2    3    4    5    6    7    8    9  total
--> 0      176    0    0    0    1    0    1    0    0    0    178
--> 1        0  174    1    0    0    0    1    0    2    4    182
--> 2        0    1  175    0    0    0    0    1    0    0    177
--> 3        0    0    2  169    0    3    0    2    7    0    183
--> 4        0    1    0    0  174    0    0    2    3    1    181
--> 5        0    1    0    0    0  176    1    0    0    4    182
--> 6        0    2    0    0    1    0  177    0    1    0    181
--> 7        0    0    0    0    0    0    0  177    1    1    179
--> 8        0    8    1    0    0    2    1    0  161    1    174
--> 9        0    2    0    1    0    2    0    1    3  171    180
--> total  176  189  179  170  176  183  181  183  178  182   1797
SELECT confusion_table(pred, label, 0.5) FROM farm;
--> rows: label, columns: pred
-->        cat  cow  dog  total
--> cat    0.5  0.0  0.5    1.0
--> cow    0.0  0.0  0.0    0.0
--> dog    0.0  0.5  0.5    1.0
--> total  0.5  0.5  1.0    2.0

-- With one list, the tables of several models have the same rows and columns:
SELECT confusion_table(pred, label, '["cat","cow","dog","pig"]') FROM farm;
--> rows: label, columns: pred
-->        cat  cow  dog  pig  total
--> cat      1    0    1    0      2
--> cow      0    0    0    0      0
--> dog      0    1    1    0      2
--> pig      0    0    0    0      0
--> total    1    1    2    0      4


-- class_metrics(pred, label[, weight])
--
-- A JSON object whose keys are the classes, as text. Each value has precision, recall and f1 (null if 0/0),
-- support (rows with this label) and predicted (rows with this prediction). The key of a BLOB has the form
-- X'0A'; a text of that form is quoted.
SELECT class_metrics(pred, label) FROM farm;
--> {"cat":{"precision":1.0,"recall":0.5,"f1":0.6666666666666666,"support":2,"predicted":1},"cow":{"precision":0.0,"recall":null,"f1":0.0,"support":0,"predicted":1},"dog":{"precision":0.5,"recall":0.5,"f1":0.5,"support":2,"predicted":2}}
SELECT key, json_extract(value, '$.recall')
  FROM json_each((SELECT class_metrics(pred, label) FROM read)) ORDER BY 2 LIMIT 2;
--> 3|0.923497267759563
--> 8|0.925287356321839


-- evaluate_classes(pred, label[, weight])
--
-- JSON with all metrics of this page that take any classes, the rows (or their total weight), left_out (rows
-- with a NULL) and the number of classes, and a note where two classes differ only by blanks or by the case of letters
-- or one is an empty text (of up to 256 classes), or pred and label have none in common, such as an index beside a
-- name. It has both kappa_linear and kappa_quadratic of any classes; of texts they mean something only if these are
-- grades in the order of the alphabet.
SELECT evaluate_classes(pred, label) FROM farm;
--> {"rows":4,"left_out":0,"classes":3,"accuracy":0.5,"error_rate":0.5,"kappa":0.2,"kappa_linear":0.25,"kappa_quadratic":0.2857142857142857,"mcc":0.22360679774997896,"balanced_accuracy":0.5,"precision_macro":0.5,"precision_macro_present":0.75,"precision_micro":0.5,"precision_weighted":0.75,"recall_macro":0.3333333333333333,"recall_macro_present":0.5,"recall_micro":0.5,"recall_weighted":0.5,"f1_macro":0.3888888888888889,"f1_macro_present":0.5833333333333333,"f1_micro":0.5,"f1_weighted":0.5833333333333333}
SELECT evaluate_classes(pred, label) FROM read;
--> {"rows":1797,"left_out":0,"classes":10,"accuracy":0.9627156371730662,"error_rate":0.03728436282693378,"kappa":0.958572786223479,"kappa_linear":0.951251502701554,"kappa_quadratic":0.9467820156888387,"mcc":0.9586202842745124,"balanced_accuracy":0.9627379492053372,"precision_macro":0.9631959685318003,"precision_macro_present":0.9631959685318003,"precision_micro":0.9627156371730662,"precision_weighted":0.963349616039413,"recall_macro":0.9627379492053372,"recall_macro_present":0.9627379492053372,"recall_micro":0.9627156371730662,"recall_weighted":0.9627156371730662,"f1_macro":0.9627507513960954,"f1_macro_present":0.9627507513960954,"f1_micro":0.9627156371730662,"f1_weighted":0.962813949053701}
SELECT json_extract(evaluate_classes(column1, column2), '$.left_out')
  FROM (VALUES ('a', 'a'), (NULL, 'a'), ('b', NULL), ('b', 'a'));
--> 2
SELECT json_extract(evaluate_classes(column1, column2), '$.note') FROM (VALUES ('Fish', 'Fish '), ('dog', 'dog'));
--> the classes 'Fish' and 'Fish ' differ only by blanks or case
SELECT json_extract(evaluate_classes(column1, column2), '$.note') FROM (VALUES ('cat', 'cat'), ('dog', ''));
--> an empty text is one of the classes; nullif(trim(label), '') leaves out rows without a label
SELECT json_extract(evaluate_classes(argmax(column1, column2), column3), '$.note')
  FROM (VALUES (0.9, 0.1, 'cat'), (0.2, 0.8, 'dog'));
--> pred and label have no class in common

-- SQLite may forget that a column of a subquery is JSON, and would then quote it as a text. json() says it again,
-- here and with every function that returns JSON:
WITH farms AS (SELECT farm, evaluate_classes(pred, label) AS metrics
                 FROM (SELECT 'north' AS farm, * FROM farm UNION ALL SELECT 'south', label, label FROM farm) GROUP BY farm)
SELECT json_extract(json_group_object(farm, json(metrics)), '$.south.accuracy') FROM farms;
--> 1.0


-- class_set(pred, label[, weight])
--
-- How often each prediction occurred with each label, as a BLOB: the state that all functions of this page
-- share. class_set(set) merges sets, and each f of this page reads them as f(set).
CREATE TEMP TABLE halves AS
  SELECT sample_id % 2 AS half, class_set(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label) AS classes
    FROM digits GROUP BY sample_id % 2;
SELECT half, accuracy(classes), f1_macro(classes), kappa(classes) FROM halves GROUP BY half;
--> 0|0.968854282536151|0.968960386905329|0.965392938355656
--> 1|0.956570155902004|0.956430026369358|0.951742848993506
SELECT f1_macro(classes) IS (SELECT f1_macro(pred, label) FROM read) FROM halves;
--> 1
SELECT roc_auc(classes) FROM halves;
--! roc_auc: cannot read a saved state of 'class_set', only of 'score_set'


-- class_table(set)
--
-- One row for each class, in order: class, precision, recall, f1 (NULL if 0/0), support and predicted.
SELECT * FROM class_table((SELECT class_set(pred, label) FROM farm));
--> cat|1.0|0.5|0.666666666666667|2|1
--> cow|0.0||0.0|0|1
--> dog|0.5|0.5|0.5|2|2

-- The three digits with the lowest recall:
SELECT class, recall, support FROM class_table((SELECT class_set(pred, label) FROM read)) ORDER BY recall LIMIT 3;
--> 3|0.923497267759563|183
--> 8|0.925287356321839|174
--> 9|0.95|180

-- Classes keep their type: a number is a number here, and text is text.
SELECT class, typeof(class), precision, recall FROM class_table((
  SELECT class_set(column1, column2) FROM (VALUES ('7', 7), ('x', 8.5), ('x', 'x'))));
--> 7|integer|1.0|1.0
--> 8.5|real||0.0
--> x|text|0.5|1.0
SELECT * FROM class_table(NULL);
--0 rows
SELECT class FROM class_table((SELECT score_set(0.5, 1)));
--! class_table: cannot read a saved state of 'score_set', only of 'class_set'
