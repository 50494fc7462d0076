-- Many classes: how well probabilities rank them, and averages over predicted classes.
--
-- For all functions of this page:
--   * PROBS has one probability for each class, as a JSON array, a float32 BLOB, or numbers spread over the
--     arguments; the class is an index from 0. Rows need not add up to 1.
--   * A metric of one class against the rest, or of one class against another, is exact; the mean of several is
--     rounded once. A class that has no positives or no negatives is left out of the mean.
--   * A row with a NULL argument is left out; the result is NULL if no row is left, or if no class has a value.
--   * The jaccard_ functions and fbeta_macro take predicted classes, as the functions of classes.sql do.
.load build/mlmetrics

-- torchmetrics' example:
CREATE TEMP TABLE five(probs, class);
INSERT INTO five VALUES ('[.90, .05, .05]', 0), ('[.05, .90, .05]', 1), ('[.05, .05, .90]', 1),
  ('[.85, .05, .10]', 2), ('[.10, .10, .80]', 2);


-- roc_auc_ovr_macro(PROBS…, class)
-- roc_auc_ovr_macro(PROBS, class[, weight])
--
-- The mean over the classes of roc_auc, each class against the rest: scikit-learn's roc_auc_score with
-- multi_class='ovr'. NULL if no class has both positives and negatives.
SELECT roc_auc_ovr_macro(probs, class) FROM five;
--> 0.777777777777778
SELECT roc_auc_ovr_macro(0.3, 0.7, 1);
-->

-- Which digits does the model confuse? Softmax makes logits probabilities:
CREATE TEMP TABLE digit_probs AS
  SELECT softmax(json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9)) AS probs, label FROM digits;
SELECT round(roc_auc_ovr_macro(probs, label), 9) FROM digit_probs;
--> 0.998476874


-- roc_auc_ovr_weighted(PROBS…, class)
-- roc_auc_ovr_weighted(PROBS, class[, weight])
--
-- The same mean, weighted by the number of rows of each class.
SELECT roc_auc_ovr_weighted(probs, class) FROM five;
--> 0.733333333333333


-- roc_auc_ovr_micro(PROBS…, class)
-- roc_auc_ovr_micro(PROBS, class[, weight])
--
-- The AUC of all decisions pooled: K for each row, one for each probability, with label 1 for that of the true
-- class.
SELECT roc_auc_ovr_micro(probs, class) FROM five;
--> 0.74


-- roc_auc_per_class(PROBS…, class)
-- roc_auc_per_class(PROBS, class[, weight])
--
-- The AUC of each class against the rest, as a JSON array; null for a class that is missing.
SELECT roc_auc_per_class(probs, class) FROM five;
--> [1.0,0.6666666666666666,0.6666666666666666]
SELECT key AS digit, round(value, 6) AS auc FROM json_each((SELECT roc_auc_per_class(probs, label) FROM digit_probs))
  ORDER BY value LIMIT 3;
--> 8|0.995064
--> 1|0.996788
--> 9|0.996953


-- roc_auc_ovo_macro(PROBS, class)
--
-- Hand and Till's AUC: the mean over all ordered pairs of classes of the AUC of one against the other. It does
-- not depend on how frequent the classes are. It is scikit-learn's multi_class='ovo', which takes no weights
-- either.
SELECT roc_auc_ovo_macro(probs, class) FROM five;
--> 0.8125


-- roc_auc_ovo_weighted(PROBS, class)
--
-- The same mean, weighted by the number of rows of the two classes.
SELECT roc_auc_ovo_weighted(probs, class) FROM five;
--> 0.7875


-- average_precision_macro(PROBS…, class)
-- average_precision_macro(PROBS, class[, weight])
--
-- The mean over the classes of average_precision, each class against the rest; a class without rows is left out.
SELECT average_precision_macro(probs, class) FROM five;
--> 0.761111111111111


-- average_precision_weighted(PROBS…, class)
-- average_precision_weighted(PROBS, class[, weight])
--
-- The same mean, weighted by the number of rows of each class.
SELECT average_precision_weighted(probs, class) FROM five;
--> 0.713333333333333


-- average_precision_micro(PROBS…, class)
-- average_precision_micro(PROBS, class[, weight])
--
-- The average precision of all decisions pooled.
SELECT average_precision_micro(probs, class) FROM five;
--> 0.553333333333333


-- ranked_probability_score(PROBS, class[, weight])
--
-- For ordered classes: the mean of the squared errors of the cumulative probabilities, divided by K - 1.
-- Predicting a neighbouring class costs less than predicting a distant one. 0 is best.
SELECT ranked_probability_score('[0.1, 0.8, 0.1]', 2), ranked_probability_score('[0.8, 0.1, 0.1]', 2);
--> 0.41|0.725


-- ranked_probability_score_of(PROBS, class)
--
-- The ranked probability score of one row.
SELECT ranked_probability_score_of('[0.25, 0.25, 0.5]', 2);
--> 0.15625


-- hinge_loss(SCORES, class[, weight])
--
-- Crammer and Singer's hinge loss: the mean of max(0, 1 + the largest other score - the score of the class).
-- scikit-learn's hinge_loss for more than two classes.
SELECT hinge_loss(column1, column2) FROM (VALUES ('[0.2, 2.5, 0.3]', 1), ('[1.0, 0.5, 0.2]', 0));
--> 0.25


-- hinge_loss_of(SCORES, class)
--
-- The hinge loss of one row.
SELECT hinge_loss_of('[1.0, 0.5, 0.2]', 0);
--> 0.5


-- jaccard_macro(pred, label[, classes][, weight])
--
-- The mean over the classes of the Jaccard index tp/(tp+fp+fn), also called intersection over union.
SELECT jaccard_macro(column1, column2) FROM (VALUES ('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog'));
--> 0.277777777777778


-- jaccard_micro(pred, label[, weight])
--
-- The Jaccard index of all classes pooled.
SELECT jaccard_micro(column1, column2) FROM (VALUES ('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog'));
--> 0.333333333333333


-- jaccard_weighted(pred, label[, weight])
--
-- The mean of the Jaccard index, weighted by how often each class is the label.
SELECT jaccard_weighted(column1, column2)
  FROM (VALUES ('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog'));
--> 0.416666666666667


-- fbeta_macro(pred, label, beta[, classes][, weight])
--
-- The mean over the classes of F-beta, in which recall counts beta times as much as precision.
SELECT fbeta_macro(column1, column2, 2)
  FROM (VALUES ('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog'));
--> 0.351851851851852
