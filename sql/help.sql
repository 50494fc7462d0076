-- Help: the functions, their signatures, and the version of the extension.
.load build/mlmetrics


-- mlmetrics_functions()
--
-- A table that is present in every connection that has loaded the extension. It has one row for each
-- signature, with the columns name, kind ('scalar', 'aggregate' or 'table'), signature, summary, example and
-- cost (of aggregates). In signatures […] is optional, names in CAPITALS are vectors, and a name with …
-- stands for one argument for each class. Which functions compute an area under a curve?
SELECT kind, signature FROM mlmetrics_functions WHERE name LIKE '%auc%';
--> aggregate|roc_auc(score, label[, weight])
--> aggregate|roc_auc_ci(score, label[, level=0.95[, method][, weight]])
--> aggregate|pr_auc(score, label[, weight])
--> aggregate|pr_auc_ci(score, label[, level=0.95[, method][, weight]])
--> aggregate|partial_roc_auc(score, label, max_fpr[, weight])
--> aggregate|partial_roc_auc_ci(score, label, max_fpr[, level=0.95[, method][, weight]])
--> aggregate|roc_auc_ovr_macro(PROBS…, class)
--> aggregate|roc_auc_ovr_macro_ci(PROBS…, class)
--> aggregate|roc_auc_ovr_macro(PROBS, class[, weight])
--> aggregate|roc_auc_ovr_macro_ci(PROBS, class[, level=0.95[, method][, weight]])
--> aggregate|roc_auc_ovr_weighted(PROBS…, class)
--> aggregate|roc_auc_ovr_weighted_ci(PROBS…, class)
--> aggregate|roc_auc_ovr_weighted(PROBS, class[, weight])
--> aggregate|roc_auc_ovr_weighted_ci(PROBS, class[, level=0.95[, method][, weight]])
--> aggregate|roc_auc_ovr_micro(PROBS…, class)
--> aggregate|roc_auc_ovr_micro_ci(PROBS…, class)
--> aggregate|roc_auc_ovr_micro(PROBS, class[, weight])
--> aggregate|roc_auc_ovr_micro_ci(PROBS, class[, level=0.95[, method][, weight]])
--> aggregate|roc_auc_per_class(PROBS…, class)
--> aggregate|roc_auc_per_class(PROBS, class[, weight])
--> aggregate|roc_auc_ovo_macro(PROBS, class)
--> aggregate|roc_auc_ovo_macro_ci(PROBS, class[, level=0.95[, method]])
--> aggregate|roc_auc_ovo_weighted(PROBS, class)
--> aggregate|roc_auc_ovo_weighted_ci(PROBS, class[, level=0.95[, method]])

-- The signatures of one function:
SELECT signature FROM mlmetrics_functions WHERE name = 'cross_entropy_logits';
--> cross_entropy_logits(LOGITS…, class)
--> cross_entropy_logits(LOGITS, class | TARGETS[, weight[, label_smoothing=0]])

-- The summary says what a function computes and when it is NULL:
SELECT summary FROM mlmetrics_functions WHERE name = 'gini';
--> Gini coefficient 2·roc_auc - 1, -1 to 1; NULL if a class is missing.

-- The cost says how much memory and time rows and values take, where n is the number of rows in the group or
-- frame:
SELECT name, cost FROM mlmetrics_functions WHERE name IN ('mse', 'roc_auc', 'kappa');
--> mse|O(1) memory. Adding a row takes O(1) time, and so does removing one from a window; a value takes O(1) time.
--> roc_auc|8 to 10 bytes a row, down to 24 bytes a distinct score where scores repeat; 24 to 40 bytes a row of fractional weight. Adding a row takes O(1) time; a value sorts the rows, O(n log n). In a window, adding or removing a row takes O(log n), and a value takes a pass over the distinct scores of the frame unless stated otherwise; with fractional weights it is always O(n). In a window a value of roc_auc takes O(1) time, unless weights are fractional.
--> kappa|About 110 bytes a class and 40 bytes for each pair of classes that occurs; where fractional weights are added, up to 1,350 bytes more a class with its pair. Adding a row takes O(1) time, and so does removing one from a window; a value takes O(classes) unless stated otherwise.

-- Every example runs unchanged:
SELECT example FROM mlmetrics_functions WHERE name = 'roc_auc';
--> SELECT roc_auc(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))
SELECT roc_auc(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> 0.75

-- Every aggregate f is also a window function and has a form f_state(…), which takes the same arguments and
-- returns a BLOB that f and f_state read. The table lists f only.
SELECT count(*) FROM mlmetrics_functions WHERE name LIKE '%~_state' ESCAPE '~';
--> 0
SELECT typeof(gini_state(0.5, 1));
--> blob

-- SQLite's own list of functions has both:
--@ needs 3.38
SELECT DISTINCT name, type FROM pragma_function_list WHERE name LIKE 'partial%' ORDER BY name;
--> partial_roc_auc|w
--> partial_roc_auc_ci|w
--> partial_roc_auc_ci_state|w
--> partial_roc_auc_state|w


-- mlmetrics_names()
--
-- The names that other libraries have for the functions of this one, with the columns library, theirs, ours and
-- note, which tells the differences that matter. Predictions come first here; in scikit-learn and yardstick the
-- labels do.
SELECT library, ours, note FROM mlmetrics_names WHERE theirs = 'roc_auc_score';
--> scikit-learn|roc_auc|for max_fpr see partial_roc_auc
SELECT theirs, note FROM mlmetrics_names WHERE ours = 'best_cutoff_metrics' AND theirs LIKE 'binary%';
--> binary_precision_at_fixed_recall|with 'recall>=X'
--> BinaryPrecisionAtFixedRecall|with 'recall>=X'
--> binary_recall_at_fixed_precision|with 'precision>=X'
--> BinaryRecallAtFixedPrecision|with 'precision>=X'
--> binary_sensitivity_at_specificity|with 'specificity>=X'
--> BinarySensitivityAtSpecificity|with 'specificity>=X'

-- PyTorch's losses, with the signatures here:
SELECT DISTINCT theirs, signature FROM mlmetrics_names JOIN mlmetrics_functions ON name = ours
 WHERE library = 'PyTorch' AND theirs IN ('BCEWithLogitsLoss', 'CrossEntropyLoss');
--> BCEWithLogitsLoss|bce_logits(logit, target[, weight[, pos_weight]])
--> BCEWithLogitsLoss|bce_logits(LOGITS, TARGETS[, weight[, pos_weight | POS_WEIGHTS]])
--> CrossEntropyLoss|cross_entropy_logits(LOGITS…, class)
--> CrossEntropyLoss|cross_entropy_logits(LOGITS, class | TARGETS[, weight[, label_smoothing=0]])

-- A name of another library, called as a function, reports the name here, even with OVER or over an empty
-- table. Short and common words that may be functions of yours do not, such as roc, sens, spec, corr, bias, map
-- and coords. SQLite does not say how a name was typed, so a name with capitals is shown with its library:
SELECT roc_auc_score(label, score) FROM flights;
--! roc_auc_score: here it is roc_auc(score, label[, weight]), the prediction first; for max_fpr see partial_roc_auc
SELECT BinaryAUROC(score, label) OVER () FROM flights;
--! BinaryAUROC of torchmetrics: here it is roc_auc(score, label[, weight]); for max_fpr see partial_roc_auc
SELECT precision_recall_curve(label, score) FROM flights WHERE 0;
--! precision_recall_curve: here it is SELECT * FROM pr_curve((SELECT score_set(score, label) FROM …))

-- A word of the task finds names too:
SELECT theirs, ours FROM mlmetrics_names WHERE theirs LIKE '%fair%' OR note LIKE '%fold%';
--> binary_fairness|selection_rate_at
--> BinaryFairness|selection_rate_at
--> cross_val_score|roc_auc
--> fairness|selection_rate_at
SELECT name FROM mlmetrics_functions WHERE summary LIKE '%fairness%' OR summary LIKE '%fold%';
--> selection_rate_at
--> mean_ci

-- A name that is also a function here is that function:
SELECT count(*) FROM mlmetrics_names WHERE theirs = ours AND library = 'yardstick';
--> 16


-- All of these functions are deterministic and innocuous in SQLite's sense, but for mlmetrics_version(), which is
-- not deterministic. So views and triggers may use them, and generated columns and indexes those of one row, also
-- where the schema is not trusted.
CREATE TABLE scored(id INTEGER PRIMARY KEY, logit REAL, label INTEGER);
CREATE TABLE history(rows, auc);
CREATE VIEW quality AS SELECT roc_auc(logit, label) AS auc, bce_logits(logit, label) AS loss FROM scored;
CREATE TRIGGER after_insert AFTER INSERT ON scored WHEN NEW.id % 2 = 0
BEGIN
  INSERT INTO history SELECT count(*), roc_auc(logit, label) FROM scored;
END;
CREATE INDEX by_doubt ON scored(abs(sigmoid(logit) - 0.5));
PRAGMA trusted_schema = off;
INSERT INTO scored(logit, label) VALUES (-2, 0), (1, 1), (0.25, 0), (3, 1);
SELECT auc, loss FROM quality;
--> 1.0|0.328679117503445
SELECT rows, auc FROM history;
--> 2|1.0
--> 4|1.0
SELECT id FROM scored ORDER BY abs(sigmoid(logit) - 0.5) LIMIT 2;
--> 3
--> 2
--@ needs 3.31
CREATE TABLE probabilities(logit REAL, prob REAL AS (sigmoid(logit)) STORED);
--@ needs 3.31
INSERT INTO probabilities(logit) VALUES (-2), (2);
--@ needs 3.31
SELECT prob FROM probabilities;
--> 0.119202922022118
--> 0.880797077977882
CREATE INDEX by_version ON scored(mlmetrics_version());
--! non-deterministic functions prohibited in index expressions
PRAGMA trusted_schema = on;
DROP VIEW quality;
DROP TABLE scored;
DROP TABLE history;
--@ needs 3.31
DROP TABLE probabilities;


-- mlmetrics_version()
--
-- Version of the extension, as text.
SELECT mlmetrics_version() GLOB '[0-9]*.[0-9]*.[0-9]*', typeof(mlmetrics_version());
--> 1|text
SELECT mlmetrics_version(1);
--! mlmetrics_version: call it as mlmetrics_version(); got 1 argument
