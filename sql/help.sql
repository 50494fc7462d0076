-- Asking the extension itself: which functions there are, how they are called, which version this is.
.load build/mlmetrics


-- mlmetrics_functions()
--
-- A table, always there once the extension is loaded: name, kind ('scalar', 'aggregate' or 'table'),
-- signature, summary, example; one row a signature. In signatures […] is optional, CAPITALS are vectors, and
-- a name with … is given as many arguments as there are classes. Which functions have to do with the area
-- under a curve?
SELECT kind, signature FROM mlmetrics_functions WHERE name LIKE '%auc%';
--> aggregate|roc_auc(score, label[, weight])
--> aggregate|pr_auc(score, label[, weight])
--> aggregate|partial_roc_auc(score, label, max_fpr[, weight])

-- How is it called again?
SELECT signature FROM mlmetrics_functions WHERE name = 'cross_entropy_logits';
--> cross_entropy_logits(LOGITS…, class)
--> cross_entropy_logits(LOGITS, class | TARGETS[, label_smoothing[, weight]])

-- What is it, when is it NULL, what does it cost? The summary says so.
SELECT summary FROM mlmetrics_functions WHERE name = 'gini';
--> Gini coefficient 2·roc_auc - 1, -1 to 1; NULL where a class is missing.

-- Every example runs as it stands:
SELECT example FROM mlmetrics_functions WHERE name = 'roc_auc';
--> SELECT roc_auc(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))
SELECT roc_auc(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));
--> 0.75

-- Every aggregate f is also a window function, and has f_state(…), which takes the same arguments and gives a
-- BLOB that f and f_state read: the table lists f alone.
SELECT count(*) FROM mlmetrics_functions WHERE name LIKE '%~_state' ESCAPE '~';
--> 0
SELECT typeof(gini_state(0.5, 1));
--> blob

-- SQLite's own list of functions has both:
--@ needs 3.38
SELECT DISTINCT name, type FROM pragma_function_list WHERE name LIKE 'partial%' ORDER BY name;
--> partial_roc_auc|w
--> partial_roc_auc_state|w


-- mlmetrics_version()
--
-- Version of the extension, as text.
SELECT mlmetrics_version() GLOB '[0-9]*.[0-9]*.[0-9]*', typeof(mlmetrics_version());
--> 1|text
SELECT mlmetrics_version(1);
--! wrong number of arguments to function mlmetrics_version()
