-- Many labels: each row has a score and a true label, 0 or 1, for every one of K labels.
--
-- For all functions of this page:
--   * SCORES and TARGETS are JSON arrays or float32 BLOBs of K numbers each; K is the same for all rows of the
--     functions named _labels_. A target is 0 or 1.
--   * The functions that take a cutoff predict a label if its score >= cutoff.
--   * _samples averages a ratio over the rows, _labels_macro over the labels; _labels_micro pools all
--     decisions. In a mean a ratio 0/0 counts as 0, as in scikit-learn.
--   * A row with a NULL argument is left out; the result is NULL if no row is left.
.load build/mlmetrics

-- scikit-learn's example:
CREATE TEMP TABLE two(scores, targets);
INSERT INTO two VALUES ('[0.75, 0.5, 1]', '[1, 0, 0]'), ('[1, 0.2, 0.1]', '[0, 0, 1]');

-- Metrics of one score and one label, such as roc_auc and average_precision, are computed label by label with vector_at.
-- Their mean is the macro average:
CREATE TEMP TABLE tagged(scores, targets);
INSERT INTO tagged VALUES ('[0.9, 0.2, 0.4]', '[1, 0, 1]'), ('[0.3, 0.6, 0.7]', '[0, 1, 0]'),
                          ('[0.8, 0.7, 0.6]', '[0, 0, 1]'), ('[0.6, 0.1, 0.5]', '[1, 0, 0]');
WITH labels(i) AS (VALUES (0), (1), (2))
SELECT i, roc_auc(vector_at(scores, i), vector_at(targets, i)) AS auc,
       average_precision(vector_at(scores, i), vector_at(targets, i)) AS average_precision
  FROM tagged, labels GROUP BY i;
--> 0|0.75|0.833333333333333
--> 1|0.666666666666667|0.5
--> 2|0.25|0.5
WITH labels(i) AS (VALUES (0), (1), (2))
SELECT round(avg(auc), 6) FROM (SELECT roc_auc(vector_at(scores, i), vector_at(targets, i)) AS auc FROM tagged, labels GROUP BY i);
--> 0.555556


-- label_ranking_average_precision(SCORES, TARGETS[, weight])
--
-- For each true label, the share of true labels among the labels ranked at least as high; averaged over the
-- true labels of a row, then over the rows. 1 is best; a row with no true label, or with all labels true,
-- counts 1.
SELECT label_ranking_average_precision(scores, targets) FROM two;
--> 0.416666666666667


-- label_ranking_average_precision_of(SCORES, TARGETS)
--
-- The value for one row.
SELECT label_ranking_average_precision_of(scores, targets) FROM two;
--> 0.5
--> 0.333333333333333


-- label_ranking_loss(SCORES, TARGETS[, weight])
--
-- The share of pairs of a true and a false label that are in the wrong order, averaged over the rows; ties count as
-- wrong. 0 is best; a row with no true label, or with all labels true, counts 0.
SELECT label_ranking_loss(scores, targets) FROM two;
--> 0.75
SELECT column1, label_ranking_loss_of('[3, 2, 1]', column1), label_ranking_average_precision_of('[3, 2, 1]', column1)
  FROM (VALUES ('[0, 0, 0]'), ('[1, 1, 1]'), ('[0, 0, 1]'));
--> [0, 0, 0]|0.0|1.0
--> [1, 1, 1]|0.0|1.0
--> [0, 0, 1]|1.0|0.333333333333333


-- label_ranking_loss_of(SCORES, TARGETS)
--
-- The value for one row.
SELECT label_ranking_loss_of(scores, targets) FROM two;
--> 0.5
--> 1.0


-- coverage_error(SCORES, TARGETS[, weight])
--
-- How many labels, from the highest score down, it takes to have all true ones; averaged over the rows. A row
-- without true labels counts 0.
SELECT coverage_error(scores, targets) FROM two;
--> 2.5
SELECT coverage_error(column1, column1) FROM (VALUES ('[1, 0, 0]'), ('[0, 1, 1]'));
--> 1.5


-- coverage_error_of(SCORES, TARGETS)
--
-- The value for one row.
SELECT coverage_error_of(scores, targets) FROM two;
--> 2.0
--> 3.0


-- hamming_loss(SCORES, TARGETS, cutoff[, weight])
--
-- The share of labels that are decided wrongly.
SELECT hamming_loss(scores, targets, 0.5) FROM two;
--> 0.666666666666667


-- hamming_loss_of(SCORES, TARGETS, cutoff)
--
-- The value for one row.
SELECT hamming_loss_of(scores, targets, 0.5) FROM two;
--> 0.666666666666667
--> 0.666666666666667


-- subset_accuracy(SCORES, TARGETS, cutoff[, weight])
--
-- The share of rows all of whose labels are decided correctly.
SELECT subset_accuracy(scores, targets, 0.5), subset_accuracy(targets, targets, 0.5) FROM two;
--> 0.0|1.0


-- subset_accuracy_of(SCORES, TARGETS, cutoff)
--
-- 1 if all labels of the row are decided correctly, else 0.
SELECT subset_accuracy_of('[0.9, 0.1]', '[1, 0]', 0.5), subset_accuracy_of('[0.9, 0.6]', '[1, 0]', 0.5);
--> 1.0|0.0


-- jaccard_samples(SCORES, TARGETS, cutoff[, weight])
--
-- The mean over the rows of tp/(tp+fp+fn) of their labels.
SELECT jaccard_samples(scores, targets, 0.5) FROM two;
--> 0.166666666666667


-- jaccard_samples_of(SCORES, TARGETS, cutoff)
--
-- The value for one row.
SELECT jaccard_samples_of(scores, targets, 0.5) FROM two;
--> 0.333333333333333
--> 0.0


-- f1_samples(SCORES, TARGETS, cutoff[, weight])
--
-- The mean over the rows of the F1 of their labels.
SELECT f1_samples(scores, targets, 0.5) FROM two;
--> 0.25


-- f1_samples_of(SCORES, TARGETS, cutoff)
--
-- The value for one row.
SELECT f1_samples_of(scores, targets, 0.5) FROM two;
--> 0.5
--> 0.0


-- precision_samples(SCORES, TARGETS, cutoff[, weight])
--
-- The mean over the rows of the precision of their labels.
SELECT precision_samples(scores, targets, 0.5) FROM two;
--> 0.166666666666667


-- precision_samples_of(SCORES, TARGETS, cutoff)
--
-- The value for one row.
SELECT precision_samples_of(scores, targets, 0.5) FROM two;
--> 0.333333333333333
--> 0.0


-- recall_samples(SCORES, TARGETS, cutoff[, weight])
--
-- The mean over the rows of the recall of their labels.
SELECT recall_samples(scores, targets, 0.5) FROM two;
--> 0.5


-- recall_samples_of(SCORES, TARGETS, cutoff)
--
-- The value for one row.
SELECT recall_samples_of(scores, targets, 0.5) FROM two;
--> 1.0
--> 0.0


-- f1_labels_micro(SCORES, TARGETS, cutoff[, weight])
--
-- F1 of all decisions pooled; NULL if there is neither a true nor a predicted label.
SELECT f1_labels_micro(scores, targets, 0.5), f1_labels_micro('[0.1]', '[0]', 0.5) IS NULL FROM two;
--> 0.333333333333333|1


-- f1_labels_macro(SCORES, TARGETS, cutoff[, weight])
--
-- The mean F1 of the labels.
SELECT f1_labels_macro(scores, targets, 0.5) FROM two;
--> 0.222222222222222


-- f1_labels_weighted(SCORES, TARGETS, cutoff[, weight])
--
-- The mean F1 of the labels, weighted by how often each label is true; NULL if none is.
SELECT f1_labels_weighted(scores, targets, 0.5) FROM two;
--> 0.333333333333333


-- precision_labels_micro(SCORES, TARGETS, cutoff[, weight])
--
-- Precision of all decisions pooled; NULL if no label is predicted.
SELECT precision_labels_micro(scores, targets, 0.5) FROM two;
--> 0.25


-- precision_labels_macro(SCORES, TARGETS, cutoff[, weight])
--
-- The mean precision of the labels.
SELECT precision_labels_macro(scores, targets, 0.5) FROM two;
--> 0.166666666666667


-- precision_labels_weighted(SCORES, TARGETS, cutoff[, weight])
--
-- The mean precision of the labels, weighted by how often each label is true.
SELECT precision_labels_weighted(scores, targets, 0.5) FROM two;
--> 0.25


-- recall_labels_micro(SCORES, TARGETS, cutoff[, weight])
--
-- Recall of all decisions pooled; NULL if no label is true.
SELECT recall_labels_micro(scores, targets, 0.5) FROM two;
--> 0.5


-- recall_labels_macro(SCORES, TARGETS, cutoff[, weight])
--
-- The mean recall of the labels.
SELECT recall_labels_macro(scores, targets, 0.5) FROM two;
--> 0.333333333333333


-- recall_labels_weighted(SCORES, TARGETS, cutoff[, weight])
--
-- The mean recall of the labels, weighted by how often each label is true.
SELECT recall_labels_weighted(scores, targets, 0.5) FROM two;
--> 0.5

-- A target that is not 0 or 1, and rows of different lengths:
SELECT hamming_loss('[0.5, 0.1]', '[0, 2]', 0.5);
--! hamming_loss: element 1 of targets must be 0 or 1, got 2
SELECT f1_labels_micro(column1, column2, 0.5) FROM (VALUES ('[0.5, 0.1]', '[0, 1]'), ('[0.5]', '[1]'));
--! f1_labels_micro: all vectors of a group must have the same number of elements
