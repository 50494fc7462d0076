/* Arguments that queries rarely have: odd parameters, hidden columns of tables, classes of every type, and
 * texts that are nearly vectors, objectives or lists. Each query is compared with its only correct result, or
 * with a part of the error message. */
#include "corner.h"
#include "tables.h"

#define NO_COMMON_CLASS "pred and label have no class in common"

/* Scores, and grades of which there are nine. */
#define TEN_SCORES  " FROM (VALUES (.05), (.15), (.25), (.35), (.45), (.55), (.65), (.75), (.85), (.95))"
#define NINE_TENTHS " FROM (VALUES (.1), (.2), (.3), (.4), (.5), (.6), (.7), (.8), (.9))"

/* The message about such labels beside predictions that are integers. */
#define SCORE_LABEL(name, at)                                                                                \
  "!" name ": label must be a class, not a score, as every pred is an integer, got 0.05; for scores see " at \
  "(score, label, cutoff); are pred and label swapped?"

/* Parameters that a state does not hold, that change, or that are near what is allowed. */
static const Corner params[] = {
    {"SELECT substr(evaluate_binary(column1, column2, 1), 1, 12) FROM (VALUES (.1, 0), (.9, 1))",
     "{\"rows\":2.0,"},
    {"SELECT round(tweedie_deviance(2, -0.5, -1), 9), round(tweedie_deviance(2, -3, -1), 9)",
     "7.333333333|17.333333333"},
    {"SELECT tweedie_deviance(9e999, 1, 1.5)",
     "!tweedie_deviance: pred must be finite and > 0 where power is not 0, got Infinity"},
    {"SELECT quantile_absolute_error((SELECT median_absolute_error_state(1, 2)))",
     "!quantile_absolute_error: the saved state holds no q: give it after the state"},
    {"SELECT dcg_at_k((SELECT dcg_state(1, 2)))",
     "!dcg_at_k: the saved state holds no k: give it after the state"},
    {"SELECT ece(column1, column2, 2, column3) FROM (VALUES (.5, 1, 'uniform'), (.6, 1, 'quantile'))",
     "!ece: strategy changed from 'uniform' to 'quantile'"},
    {"SELECT mse_ci(column1, column2, 0.95, 'bootstrap') FROM (VALUES (1, 2), (2, 1))",
     "!mse_ci: method must be 'hall' or 't' for this metric, got text 'bootstrap'"},
    {"SELECT roc_auc_ci(.5, 1, 100)",
     "!roc_auc_ci: level must be within (0,1), got 100; bootstrap_ci(score_set(score, label), 'roc_auc', "
     "0.95, 100) resamples the rows; the weight is argument 4"},
    {"SELECT quantile_absolute_error(1, 2, 1.1)",
     "!quantile_absolute_error: q must be within [0,1], got 1.1; 1.1 % is written 0.011"},
    {"SELECT pinball(1, 2, 99.9)", "!got 99.9; 99.9 % is written 0.999; the weight"},
    {"SELECT pinball(1, 2, 1.23456789012)", "!; 1.23456789012 % is written 0.0123456789012; the weight"},
    {"SELECT interval_score(1, 2, 1, 99.99)", "!; of an interval of 99.99 % it is 0.0001; the weight"},
    {"SELECT interval_score(1, 2, 1, 90)", "!; of an interval of 90 % it is 0.1; the weight"},
    {"SELECT roc_auc_ci(.5, 1, 3000000000)", "!roc_auc_ci: level must be within (0,1), got 3000000000"},
    {"SELECT roc_auc_ci(.5, 1, 100.5)",
     "!roc_auc_ci: level must be within (0,1), got 100.5; the weight is argument 4"},
    {"SELECT roc_auc_ci(.5, 1, 'level')", "!roc_auc_ci: level must be within (0,1), got text 'level'"},
    {"SELECT cross_entropy_logits(column1, column2, column3, column4) FROM (VALUES (1, 2, 3, 0), ('[1,2]', "
     "0, "
     "1, 0.1))",
     "!cross_entropy_logits: label_smoothing changed from 0 to 0.1"},
    {"SELECT cross_entropy_logits(column1, column2, column3, column4) = cross_entropy_logits(json_array(1, "
     "2, "
     "3), 0) FROM (VALUES (1, 2, 3, 0), ('[1,2,3]', 0, 1, 0))",
     "1"},
    {"SELECT sum(json_extract(bootstrap_ci(s, 'roc_auc', .9, 2, 1, column1), '$.undefined') = 0) FROM "
     "(SELECT score_set(column1, column2) AS s FROM (VALUES (.1, 0), (.2, 1))), "
     "(VALUES ('stratified'), ('stratified'), ('stratified'))",
     "3"},
    {"SELECT bootstrap_ci(s, 'roc_auc', .9, 2, 1, column1) FROM (SELECT score_set(.1, 0) AS s), (VALUES "
     "('plain'), ('plain'), ('x'))",
     "!bootstrap_ci: scheme must be 'plain' or 'stratified', got text 'x'"},
    {"SELECT json_extract(bootstrap_ci((SELECT score_set(.7, 1)), 'dot_at:0.5', .9, 2), '$.value')", "1.0"},
    {"SELECT f1_macro_ci((SELECT f1_macro_ci_state(1, 1)), 0.9, 'percentile', 'x')",
     "!f1_macro_ci: with this saved state call it as f1_macro_ci(state[, classes][, level=0.95[, method]]); "
     "got 4 arguments"},
    {"SELECT roc_auc_ci(.5, 1, .95, 'percentile')",
     "!roc_auc_ci: method must be 'logit' or 'normal' for this metric, got text 'percentile'; "
     "bootstrap_ci(score_set(score, label), 'roc_auc') resamples the rows"},
    {"SELECT to_number('1,500', 1)", "!to_number: mark must be 'comma' or 'point', got 1"},
    {"SELECT to_number('1,500')", "!to_number: x must be a number, got text '1,500'; to_number(x, 'comma') "
                                  "makes it 1.5, to_number(x, 'point') 1500"},
    {"SELECT compare_ci(.5, .6, 1, "
     "'no_metric_has_a_name_as_long_as_this_one_which_no_buffer_for_names_would_hold_in_full')",
     "!compare_ci: metric cannot be text 'no_metric_has_a_name_as_long_as_this_one…'; SELECT name FROM "
     "mlmetrics_functions lists the metrics, in lower case; it must be the name of a metric and its "
     "parameters, such as 'roc_auc', 'f1_at:0.5' or 'best_cutoff:youden'"},
    {"SELECT json_extract(bootstrap_ci(score_set(column1, column2), 'bce_logits', .9, 10), '$.value') = "
     "bce_logits(column1, column2) FROM (VALUES (.1, 0), (.6, 1), (.7, 0), (.8, 1))",
     "1"},
    {"SELECT bootstrap_ci(score_set(.5, 1), 'ece:5,quantily')",
     "!; it is written 'ece[:BINS][,STRATEGY]'; it must be"},
    {"SELECT bootstrap_ci(class_set(1, 1), 'f1_macro:2')", "!; it is written 'f1_macro'; it must be"},
    {"SELECT bootstrap_ci(class_set(1, 1), 'roc_auc_ovr_macro')",
     "!; that one does not give a number of a score set or a class set; it must be"},
    {"SELECT bootstrap_ci(class_set(1, 1), 'temperature_fit')",
     "!; that one does not give a number of a score set or a class set; it must be"},
    {"SELECT json_extract(bootstrap_ci(score_set(column1, column2), 'dot_at:0.5', .9, 10), '$.value') FROM "
     "(VALUES (.1, 0), (.6, 1), (.7, 0), (.8, 1))",
     "2.0"},
    {"SELECT json_extract(ece_ci(column1, column2, 3, 'quantile'), '$.value') = ece(column1, column2, 3, "
     "'quantile') FROM (VALUES (.1, 0), (.4, 1), (.6, 0), (.9, 1), (.7, 1))",
     "1"},
    {"SELECT evaluate_binary(.5, 1, 'ci')",
     "!'ci'; if that is a column, write its name without quotes; for one value per group, use GROUP BY"},
};

/* Hidden columns give the parameters back, and order is taken from the table only where it has it. */
static const Corner hidden[] = {
    {"SELECT strategy, bins FROM calibration_curve((SELECT score_set(s, y) FROM (WITH RECURSIVE n(i) AS "
     "(VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / 41.0 AS s, i % 3 = 0 AS y "
     "FROM n))) LIMIT 1",
     "uniform|10"},
    {"SELECT level FROM evaluate((SELECT score_set(s, y) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL "
     "SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / 41.0 AS s, i % 3 = 0 AS y FROM n))) LIMIT 1",
     "0.95"},
    {"SELECT level FROM evaluate((SELECT score_set(s, y) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL "
     "SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / 41.0 AS s, i % 3 = 0 AS y FROM n)), 0.9) LIMIT 1",
     "0.9"},
    {"SELECT metric, replicates, seed, scheme FROM bootstrap((SELECT score_set(s, y) FROM (WITH RECURSIVE "
     "n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / 41.0 AS s, i % 3 = "
     "0 AS y FROM n)), 'roc_auc', 2) LIMIT 1",
     "roc_auc|2|0|plain"},
    {"SELECT points FROM roc_curve((SELECT score_set(s, y) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION "
     "ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / 41.0 AS s, i % 3 = 0 AS y FROM n))) LIMIT 1",
     ""},
    {"SELECT points FROM roc_curve((SELECT score_set(s, y) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION "
     "ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / 41.0 AS s, i % 3 = 0 AS y FROM n)), 4) LIMIT "
     "1",
     "4"},
    {"SELECT width, height, style, typeof(\"set\") FROM roc_plot((SELECT score_set(s, y) FROM (WITH "
     "RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / 41.0 AS "
     "s, i % 3 = 0 AS y FROM n))) LIMIT 1",
     "60|20|unicode|blob"},
    {"SELECT typeof(\"argument 1 of roc_curve\"), \"argument 2 of roc_curve\" FROM roc_curve((SELECT "
     "score_set(.5, 1)), 4) LIMIT 1",
     "blob|4"},
    {"SELECT \"argument 2 of roc_curve\" FROM roc_curve((SELECT score_set(.5, 1)))",
     "!roc_curve: arguments are given by position, not as name = value: roc_curve(set[, points])"},
    {"SELECT \"argument 6 of roc_curve\" FROM roc_curve((SELECT score_set(.5, 1)))",
     "!roc_curve: arguments are given by position, not as name = value: roc_curve(set[, points])"},
    {"SELECT key FROM each_set((SELECT score_sets(column1, .1, 1) FROM (VALUES (2), (1), (3)))) ORDER BY key",
     "1\n2\n3"},
    {"SELECT key FROM each_set((SELECT score_sets(column1, .1, 1) FROM (VALUES (2), (1), (3)))) ORDER BY key "
     "DESC",
     "3\n2\n1"},
    {"SELECT json_extract(score_set_info(state), '$.rows') FROM each_set((SELECT score_sets(column1, .1, 1) "
     "FROM (VALUES "
     "(1), (1), (1), (2), (2), (3)))) ORDER BY state",
     "1\n2\n3"},
    {"SELECT bins FROM lift_curve((SELECT score_set(s, y) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL "
     "SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / 41.0 AS s, i % 3 = 0 AS y FROM n))) LIMIT 1",
     "10"},
    {"SELECT group_concat(replicate) FROM (SELECT replicate FROM bootstrap((SELECT score_set(s, y) FROM "
     "(WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / "
     "41.0 AS s, i % 3 = 0 AS y FROM n)), 'roc_auc', 3) ORDER BY replicate DESC)",
     "3,2,1"},
    {"SELECT replicate = (SELECT replicate FROM bootstrap((SELECT score_set(s, y) FROM (WITH RECURSIVE n(i) "
     "AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / 41.0 AS s, i % 3 = 0 AS "
     "y FROM n)), 'roc_auc', 3) ORDER BY value LIMIT 1) FROM bootstrap((SELECT score_set(s, y) FROM (WITH "
     "RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i * 7 % 41 / 41.0 AS "
     "s, i % 3 = 0 AS y FROM n)), 'roc_auc', 3) ORDER BY value, replicate LIMIT 1",
     "1"},
};

/* Classes of every type in messages, and predictions that are no classes within a set. */
static const Corner classes[] = {
    {"SELECT bootstrap_ci((SELECT class_set(column1, column2) FROM (VALUES (.3, 1), (.7, 0))), 'accuracy')",
     "!bootstrap_ci: preds must be classes, got scores; for scores see accuracy_at(score, label, cutoff)"},
    {"SELECT bootstrap_ci((SELECT class_set(column1, column2) FROM (VALUES (1, 'yes'), (0, 'no'))), "
     "'accuracy')",
     "!bootstrap_ci: pred and label never agree: in every row one is 0 or 1 and the other a word"},
    {"SELECT bootstrap_ci(class_set(1, 1), 'log_loss')",
     "!bootstrap_ci: the metric does not read such rows: a metric of scores, such as 'f1_at:0.5', needs a "
     "score_set, one of predicted classes, such as 'f1', a class_set"},
    {"SELECT * FROM evaluate((SELECT class_set(column1, column2) FROM (VALUES (1, 'yes'), (0, 'no'))))",
     "!evaluate: pred and label never agree: in every row one is 0 or 1 and the other a word"},
    {"SELECT confusion_table(column1, column2, '[0,1]') FROM (VALUES (1.5, 'x'))",
     "!confusion_table: the class '1.5' occurs and is not in classes; add it to the list"},
    {"SELECT confusion_table(x'aa', 1, '[0,1]')",
     "!confusion_table: the class 'X''AA''' occurs and is not in classes; add it to the list"},
    {"SELECT confusion_table(7, 1, '[0,1]')",
     "!confusion_table: the class '7' occurs and is not in classes; add it to the list"},
    {"SELECT confusion_table('', 1, '[0,1]')",
     "!confusion_table: the class '' occurs and is not in classes; add it to the list"},
    {"SELECT accuracy(x'0000000000000000', 1)", "!accuracy: pred must be a class, got a BLOB of 8 bytes "
                                                "beside a number; if it is a NumPy number, bind int(x)"},
    {"SELECT accuracy(x'01000000', 1)", "!accuracy: pred must be a class, got a BLOB of 4 bytes beside a "
                                        "number; if it is a NumPy number, bind int(x)"},
    {"SELECT accuracy(1.5, x'0000000000000000')", "!accuracy: label must be a class, got a BLOB of 8 bytes "
                                                  "beside a number; if it is a NumPy number, bind int(x)"},
    {"SELECT mcnemar_test(.3, 1, 0)",
     "!mcnemar_test: pred_a must be a class such as to_number(score_a) >= 0.5, not a score, got 0.3"},
    {"SELECT mcnemar_test(1, .7, 1)",
     "!mcnemar_test: pred_b must be a class such as to_number(score_b) >= 0.5, not a score, got 0.7"},
    {"SELECT json_extract(mcnemar_test(column1, column2, column3), '$.both_right') FROM (VALUES (2.5, 2.5, "
     "2.5), (2.5, 2.25, 2.5), ('', '', ''), ('', 'a', ''), (.25, 2, 2))",
     "2"},
    {"SELECT accuracy('-1', -1), accuracy('-', '-1')", "1.0|0.0"},
    {"SELECT accuracy('0', 0), accuracy('9', 9), accuracy('95', 95), accuracy('9x', '9x')",
     "1.0|1.0|1.0|1.0"},
    {"SELECT f1_macro(.5, 1)", "!f1_macro: pred must be a class, not a score, as every label is an integer, "
                               "got 0.5; for scores see f1_at(score, label, cutoff)"},
    {"SELECT round(f1_macro(column1, column2), 6) FROM (VALUES (1, 1.5), (1, 1))", "0.333333"},
    {"SELECT kappa(column1, column2) FROM (VALUES (0, 0.5), (1, 1.5), (1, 1))", "0.142857142857143"},
    {"SELECT accuracy(column1 > 0.2, column1)" TEN_SCORES, SCORE_LABEL("accuracy", "accuracy_at")},
    {"SELECT f1_macro(1, column1)" TEN_SCORES, SCORE_LABEL("f1_macro", "f1_at")},
    {"SELECT f1_macro_ci(1, column1)" TEN_SCORES, SCORE_LABEL("f1_macro_ci", "f1_at")},
    {"SELECT error_rate((SELECT class_set(1, column1)" TEN_SCORES "))",
     SCORE_LABEL("error_rate", "error_rate_at")},
    {"SELECT kappa((SELECT class_set(1, column1, 0.25)" TEN_SCORES "))", SCORE_LABEL("kappa", "accuracy_at")},
    {"SELECT evaluate_classes(1, column1)" TEN_SCORES, SCORE_LABEL("evaluate_classes", "accuracy_at")},
    {"SELECT confusion_table(1, column1)" TEN_SCORES, SCORE_LABEL("confusion_table", "accuracy_at")},
    {"SELECT accuracy(1, column1), error_rate(0, column1)" NINE_TENTHS, "0.0|1.0"},
    {"SELECT * FROM class_table((SELECT class_set(1, column1)" TEN_SCORES "))",
     "!class_table: labels must be classes, got scores; for scores see accuracy_at(score, label, cutoff)"},
    /* a class that is no number, or a label outside (0,1): labels may be classes */
    {"SELECT accuracy(column1, column2) FROM (VALUES (1, .5), ('a', 1))", "0.0"},
    {"SELECT accuracy(column1, column2) FROM (VALUES (.5, .5), (1, .5))", "0.5"},
    {"SELECT accuracy(column1, column2) OVER (ORDER BY column3 ROWS 1 PRECEDING) FROM (VALUES (1, -.5, 1), "
     "(1, 1, 2), (0, 1, 3))",
     "0.0\n0.5\n0.5"},
    {"SELECT accuracy(column1, column2) FILTER (WHERE column2 <> .5) FROM (VALUES (1, .5), (1, 1))", "1.0"},
    /* an index beside a name, or a name in two spellings; not where a class that is predicted is a label */
    {"SELECT json_extract(evaluate_classes(column1, column2), '$.note') FROM (VALUES (0, 'cat'), (1, 'dog'))",
     NO_COMMON_CLASS},
    {"SELECT json_extract(evaluate_classes(column1, column2), '$.note') FROM (VALUES ('a', 'b'), ('b', 'a'))",
     ""},
    {"SELECT json_extract(evaluate_classes('a', 'a'), '$.note')", ""},
    {"SELECT json_extract(evaluate_classes('a', NULL), '$.note')", ""},
    {"SELECT json_extract(accuracy_ci(column1, column2), '$.note') FROM (VALUES ('Yes', 'yes'), ('No', "
     "'no'))",
     "two classes differ only by blanks or case"},
    {"SELECT json_extract(f1_macro_ci(column1, column2), '$.note') FROM (VALUES (0, 'cat'), (1, 'dog'))",
     NO_COMMON_CLASS},
    {"SELECT json_extract(f1_macro_ci(column1, column2), '$.note'), json_extract(accuracy_ci(column1, "
     "column2), "
     "'$.note') FROM (VALUES (0, 1), (1, 0))",
     "every defined replicate has the same value|"},
    {"SELECT json_extract(accuracy_ci(column1, column2) OVER (ROWS 1 PRECEDING), '$.note') IS NULL FROM "
     "(VALUES "
     "(0, 1), (2, 3), (2, 2))",
     "0\n0\n1"},
    {"SELECT chi2_test(column1, 1)" TEN_SCORES,
     "!chi2_test: a must be a class, not a score, as every b is an integer, got 0.05; for a score beside a "
     "label "
     "see mann_whitney_test(score, label) and ks_test(score, label)"},
    {"SELECT chi2_test(1, column1)" TEN_SCORES,
     "!chi2_test: b must be a class, not a score, as every a is an integer, got 0.05; for a score beside a "
     "label "
     "see mann_whitney_test(score, label) and ks_test(score, label)"},
    {"SELECT mcnemar_test(1, 0, .3)",
     "!mcnemar_test: label must be a class, not a score (the label is argument "
     "3, behind two predictions), got 0.3"},
    {"SELECT mcnemar_test(1, 2, .3) IS NOT NULL, mcnemar_test(1, 1, .5) IS NOT NULL", "1|1"},
    {"SELECT mcnemar_test(1.5, 1, 1) IS NOT NULL, mcnemar_test(-.5, 1, 1) IS NOT NULL, mcnemar_test(.5, 1, "
     "1) IS NOT NULL",
     "1|1|1"},
};

/* Labels that are neither 0 nor 1, and texts that look like the name of the column. */
static const Corner labels[] = {
    {"SELECT roc_auc(.5, 3)",
     "!roc_auc: label must be 0 or 1, got 3; to_number(label) = 3 for that class against the rest, "
     "to_number(label) > 0 if the numbers above 0 are positive and all others negative; for measured values"},
    {"SELECT roc_auc(.5, 'labels')",
     "!roc_auc: label must be 0 or 1, got text 'labels'; if that is a column, "
     "write its name without quotes; input_problems(score, label)"},
    {"SELECT roc_auc(.5, 'LabelS')",
     "!roc_auc: label must be 0 or 1, got text 'LabelS'; if that is a column, "
     "write its name without quotes; input_problems(score, label)"},
    {"SELECT roc_auc(.5, 'labeled')", "!roc_auc: label must be 0 or 1, got text 'labeled'; if that is a "
                                      "column, write its name without quotes; "
                                      "CASE label WHEN 'labeled' THEN 1"},
};

/* Texts that are nearly vectors, arrays and numbers. */
static const Corner texts[] = {
    {"SELECT argmax('[\"9007199254740993\", 1]')",
     "!argmax: element 0 of vector must be a number that a REAL holds exactly; subtract a base first, or "
     "accept the rounding by a decimal point after its digits, got text '[\"9007199254740993\", 1]'"},
    {"SELECT pack_json('[\"a\\' || char(0) || '\"]')",
     "!pack_json: array must be a JSON array of values, got text '[\"a\\ \"]'"},
    {"SELECT entropy('[0,0]')", "!entropy: entries of probs must sum to 1, but they sum to 0"},
    {"SELECT softmax('[true,1]')",
     "!softmax: element 0 of vector must be a number, got text '[true,1]'; write true and false as 1 and 0"},
    {"SELECT softmax('[false]')",
     "!softmax: element 0 of vector must be a number, got text '[false]'; write true and false as 1 and 0"},
    {"SELECT softmax('[ [1,2')", "!softmax: element 0 of vector must be a number, got text '[ [1,2'"},
    {"SELECT softmax('1,2;3')", "!softmax: vector must be a JSON array or a float32 BLOB, got text '1,2;3'; "
                                "a vector is written as '[0.1,0.2,0.7]', with brackets and commas"},
    {"SELECT softmax('x (1,2)')",
     "!softmax: vector must be a JSON array or a float32 BLOB, got text 'x (1,2)'"},
    {"SELECT softmax('1,2,3')", "!softmax: vector must be a JSON array or a float32 BLOB, got text '1,2,3'; "
                                "'[' || vector || ']' makes it a JSON array"},
    {"SELECT to_number(char(8400) || '5')", "!to_number: x must be a number, got text '⃐5'"},
    {"SELECT to_number(char(8384) || '5')", "5.0"},
    {"SELECT group_concat(typeof(value)) FROM unpack((SELECT "
     "pack_json('[\"x\\u0041\\n\",null,true,1.5,12345678901234567890]')))",
     "text,null,integer,real,real"},
    {"SELECT pack_json('[1e,2]')", "!pack_json: array must be a JSON array of values, got text '[1e,2]'"},
    {"SELECT krippendorff_alpha('[1,-]')",
     "!krippendorff_alpha: ratings must be a JSON array of values, got text '[1,-]'"},
    {"SELECT pack_json('[{\"a\":1}]')",
     "!pack_json: array must be a JSON array of values, got text '[{\"a\":1}]'"},
};

/* Cutoffs between scores that have no number between them, and texts that are nearly an objective or a
 * metric. */
static const Corner objectives[] = {
    {"SELECT best_cutoff(column1, column2, 'f1@midpoint') FROM (VALUES (1, 1), (1.0000000000000002, 1), (1, "
     "0), (0.9999999999999999, 0))",
     "1.0"},
    {"SELECT best_cutoff(column1, column2, 'f1@midpoint') FROM (VALUES (-9e999, 0), (2, 1))", "2.0"},
    {"SELECT best_cutoff(column1, column2, 'f1@midpoint') FROM (VALUES (2, 1), (3, 1))", "2.0"},
    {"SELECT best_cutoff(column1, column2, 'f1@midpoint') = 1.0000000000000002 FROM (VALUES "
     "(1.0000000000000002, 1), (1, 0))",
     "1"},
    {"SELECT best_cutoff(column1, column2, 'cost:1,1') FROM (VALUES (2, 0), (3, 0))", "Inf"},
    {"SELECT best_cutoff(.5, 1, 'fnr<=0.01')",
     "!best_cutoff: objective cannot be text 'fnr<=0.01'; fnr<=0.01 is written recall>=0.99; it must be one "
     "of 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', "
     "'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'"},
    {"SELECT best_cutoff(.5, 1, 'fpr<=0.01')",
     "!best_cutoff: objective cannot be text 'fpr<=0.01'; fpr<=0.01 is written specificity>=0.99; it must be "
     "one of 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', "
     "'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'"},
    {"SELECT best_cutoff(.5, 1, 'fxr<=0.01')",
     "!best_cutoff: objective cannot be text 'fxr<=0.01'; conditions are lower limits, written with >=; "
     "other limits are queries of cutoff_curve, as in WHERE tp + fp <= 200; it must be one of 'f1', "
     "'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', 'fbeta:BETA', "
     "'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'"},
    {"SELECT bootstrap_ci((SELECT score_set(.5, 1)), 'best_cutoff[')",
     "!bootstrap_ci: metric cannot be text 'best_cutoff['; SELECT name FROM mlmetrics_functions lists the "
     "metrics, in lower case; it must be the name of a metric and its parameters, such as 'roc_auc', "
     "'f1_at:0.5' or 'best_cutoff:youden'"},
    {"SELECT bootstrap_ci((SELECT score_set(.5, 1)), 'ece:2,x')",
     "!bootstrap_ci: metric cannot be text 'ece:2,x'; it is written 'ece[:BINS][,STRATEGY]'; it must be the "
     "name of a metric and its parameters, such as 'roc_auc', 'f1_at:0.5' or 'best_cutoff:youden'"},
    {"SELECT bootstrap_ci((SELECT score_set(.5, 1)), 'mse')",
     "!bootstrap_ci: metric cannot be text 'mse'; that one does not give a number of a score set or a class "
     "set; it must be the name of a metric and its parameters, such as 'roc_auc', 'f1_at:0.5' or "
     "'best_cutoff:youden'"},
    {"SELECT bootstrap_ci((SELECT score_set(.5, 1)), 'huber:1')",
     "!bootstrap_ci: metric cannot be text 'huber:1'; that one does not give a number of a score set or a "
     "class set; it must be the name of a metric and its parameters, such as 'roc_auc', 'f1_at:0.5' or "
     "'best_cutoff:youden'"},
    {"SELECT bootstrap_ci((SELECT score_set(.5, 1)), 'evaluate_binary')",
     "!bootstrap_ci: metric cannot be text 'evaluate_binary'; that one does not give a number of a score set "
     "or a class set; it must be the name of a metric and its parameters, such as 'roc_auc', 'f1_at:0.5' or "
     "'best_cutoff:youden'"},
    {"SELECT bootstrap_ci((SELECT score_set(.5, 1)), 'accuracy')",
     "!bootstrap_ci: the metric does not read such rows: a metric of scores, such as 'f1_at:0.5', needs a "
     "score_set"},
    {"SELECT bootstrap_ci((SELECT score_set(.5, 1)), "
     "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxx')",
     "!bootstrap_ci: metric cannot be text 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'; SELECT name FROM "
     "mlmetrics_functions lists the metrics, in lower case; it must be the name of a metric and its "
     "parameters, such as 'roc_auc', 'f1_at:0.5' or 'best_cutoff:youden'"},
    {"SELECT bootstrap_ci((SELECT class_set(1, 1)), 'f1_macro[\"a\"]')",
     "!bootstrap_ci: metric cannot be text 'f1_macro[\"a\"]'; SELECT name FROM mlmetrics_functions lists the "
     "metrics, in lower case; it must be the name of a metric and its parameters, such as 'roc_auc', "
     "'f1_at:0.5' or 'best_cutoff:youden'"},
    {"SELECT json_extract(bootstrap_ci((SELECT score_set(.5, 1)), 'ece:2,quantile'), '$.value')", "0.5"},
};

/* Lists of edges and classes, and titles, that are written in other ways or change. */
static const Corner edges[] = {
    {"SELECT ece(column1, column2, '[0,0.5,1]') FROM (VALUES (.5, 1), (.5, 0), (.7, 1))", "0.1"},
    {"SELECT ece(column1, column2, column3) FROM (VALUES (.5, 1, '[0,0.5,1]'), (.5, 0, '[0, 0.50, 1]'), (.7, "
     "1, '[0.0,0.5,1.0]'))",
     "0.1"},
    {"SELECT ece(column1, column2, column3) FROM (VALUES (.5, 1, '[0,0.5,1]'), (.5, 0, '[0,0.6,1]'))",
     "!ece: bins changed from '[0.0,0.5,1.0]' to '[0,0.6,1]'"},
    {"SELECT ece(column1, column2, column3) FROM (VALUES (.5, 1, '[0,0.5,1]'), (.5, 0, '[0,0.5,0.7,1]'))",
     "!ece: bins changed from '[0.0,0.5,1.0]' to '[0,0.5,0.7,1]'"},
    {"SELECT ece(column1, column2, column3) FROM (VALUES (.5, 1, '[0,0.5,1]'), (.5, 0, '[0,x'))",
     "!ece: bins changed from '[0.0,0.5,1.0]' to '[0,x'"},
    {"SELECT ece(.5, 1, '[0,0.5,1]' || char(0))",
     "!ece: bins cannot be text '[0,0.5,1] '; it must be a number of bins, or a JSON array of two or more "
     "edges in ascending order"},
    {"SELECT ece(.5, 1, '[0,0.5,1]', 'quantile')", "0.5"},
    {"SELECT group_concat(bin || ' ' || rows || ' ' || positive_rate, '; ') FROM calibration_curve((SELECT "
     "score_set(column1, column2) FROM (VALUES (.1, 0), (.2, 1), (.6, 1))), '[0, .5, 1]', 'quantile')",
     "0 2 0.5; 1 1 1.0"},
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300), t(s) AS (VALUES "
     "(','), (', ')) SELECT count(*) FROM (SELECT ece(.5, 1, '[' || e || ']') FROM (SELECT s, "
     "group_concat(i, s) AS e FROM t, n GROUP BY s))",
     "!ece: bins changed from '[1.0,2.0,"},
    {"SELECT f1_macro(1, 1, '[0,1]' || char(0) || 'a')",
     "!f1_macro: classes cannot be text '[0,1] a'; it is not a JSON array; it must be a JSON array of "
     "distinct classes, such as '[1,2,3]' or '[\"cat\",\"dog\"]'"},
    {"SELECT f1_macro(1, 1, column1) FROM (VALUES ('[0,1]'), ('[0,1]' || char(0)))",
     "!f1_macro: classes changed from '[0,1]' to '[0,1] '"},
    {"SELECT f1_macro(1, 1, column1) FROM (VALUES ('[0,1]'), ('[1,0]'))",
     "!f1_macro: classes changed from '[0,1]' to '[1,0]'"},
    {"SELECT f1_macro(1, 1, '[]')",
     "!f1_macro: classes cannot be text '[]'; it names no class; it must be a JSON array of distinct "
     "classes, such as '[1,2,3]' or '[\"cat\",\"dog\"]'"},
    {"SELECT roc_svg(x, 1, 'a' || char(0) || 'b') = roc_svg(x, 1, 'a'), roc_svg(x, 1, '') = roc_svg(x, 1, "
     "char(0)) FROM (SELECT score_set(.5, 1) AS x)",
     "1|1"},
    {"SELECT roc_svg(x, column1, column2) IS NULL FROM (SELECT score_set(.5, 1) AS x), (VALUES (1, 'a'), (2, "
     "'a' || char(0)))",
     "0"},
    {"SELECT roc_svg(x, column1, column2) IS NULL FROM (SELECT score_set(.5, 1) AS x), (VALUES (1, 'a'), (2, "
     "'b'))",
     "!roc_svg: title changed from 'a' to 'b'"},
    {"SELECT roc_svg(x, column1, column2) IS NULL FROM (SELECT score_set(.5, 1) AS x), (VALUES (1, 'aa'), "
     "(2, 'b'))",
     "!roc_svg: title changed from 'aa' to 'b'"},
    {"SELECT * FROM class_table((SELECT class_set(.3, 1)))",
     "!class_table: preds must be classes, got scores"},
    {"SELECT instr(classification_report('0.30000000000000004', 'x'), '\"0.30000000000000004\" ') > 0", "1"},
    {"SELECT instr(classification_report('.50', '.50'), ' .50 ') > 0", "1"},
    {"SELECT group_concat(trim(substr(value, 1, 12)), '|') FROM (SELECT "
     "replace(classification_report(column1, column1), char(10), '\",\"') AS r FROM (VALUES ('1.5'), "
     "('1.50'))), json_each('[\"' || r || '\"]') WHERE value LIKE '%1.5%'",
     "1.5|1.50"},
};

#define ANY_CLASSES "f1_macro, f1_micro and f1_weighted take any classes"

/* Classes of a set that are no decisions, names of columns in quotes, and arguments behind a state. */
static const Corner names[] = {
    {"SELECT min(cost LIKE 'O(1) memory. Adding a row of K numbers takes O(K) time, and so does removing one "
     "%') "
     "FROM mlmetrics_functions WHERE name = 'cross_entropy_logits'",
     "1"},
    {"SELECT f1((SELECT class_set(2, 1)))",
     "!f1: every class of the set must be 0 or 1, got 2; " ANY_CLASSES},
    {"SELECT f1((SELECT class_set(1.5, 1)))",
     "!f1: every class of the set must be 0 or 1, got 1.5; " ANY_CLASSES},
    {"SELECT f1((SELECT class_set(x'00', 1)))",
     "!f1: every class of the set must be 0 or 1, got a BLOB; " ANY_CLASSES},
    {"SELECT f1((SELECT class_set('a', 1)))",
     "!f1: every class of the set must be 0 or 1, got 'a'; " ANY_CLASSES},
    {"SELECT roc_auc(.5, 'label')",
     "!roc_auc: label must be 0 or 1, got text 'label'; if that is a column, write its name without quotes; "
     "input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, 'label_2')",
     "!roc_auc: label must be 0 or 1, got text 'label_2'; if that is a column, write its name without "
     "quotes; input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, 'Labels')",
     "!roc_auc: label must be 0 or 1, got text 'Labels'; if that is a column, write its name without quotes; "
     "input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, 'labelx')",
     "!roc_auc: label must be 0 or 1, got text 'labelx'; if that is a column, write its name without quotes; "
     "CASE label WHEN 'labelx' THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, "
     "nullif(label, 'labelx') if it stands for a missing value; "
     "input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, 'labelling')",
     "!roc_auc: label must be 0 or 1, got text 'labelling'; if that is a column, write its name without "
     "quotes; CASE label WHEN 'labelling' THEN 1"},
    {"SELECT roc_auc(.5, 'lab')", "!roc_auc: label must be 0 or 1, got text 'lab'; if that is a column, "
                                  "write its name without quotes; CASE "
                                  "label WHEN 'lab' THEN 1 WHEN … THEN 0 ELSE label END if that is the "
                                  "positive class, nullif(label, 'lab') if it stands for a missing value; "
                                  "input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, 'y_true')",
     "!roc_auc: label must be 0 or 1, got text 'y_true'; if that is a column, write its name without quotes; "
     "input_problems(score, label) counts all that is wrong"},
    {"SELECT accuracy(column1, column2) FROM (VALUES (1, 'yes'), (0, 'no'))",
     "!accuracy: pred and label never agree: in every row one is 0 or 1 and the other a word such as 'no'; "
     "to_label(x) makes such words 1 and 0"},
    {"SELECT quantile_absolute_error((SELECT median_absolute_error_state(1, 2)), .5, 1)",
     "!quantile_absolute_error: with this saved state call it as quantile_absolute_error(state[, q]); got 3 "
     "arguments"},
    {"SELECT best_cutoff((SELECT score_set(1, 1)), 'f1', 2)",
     "!best_cutoff: with this saved state call it as best_cutoff(state[, objective='f1']); got 3 arguments"},
    {"SELECT f1_macro((SELECT class_set(1, 1)), '[1]', 2)",
     "!f1_macro: with this saved state call it as f1_macro(state[, classes]); got 3 arguments"},
    {"SELECT f1_macro((SELECT class_set(1, 1)), 2)", "!f1_macro: classes must be a text, got 2"},
    {"SELECT roc_auc((SELECT score_set(1, 1)), 2)",
     "!roc_auc: with this saved state call it as roc_auc(state); got 2 arguments"},
    {"SELECT ece(.5, 1, 10, 'equal')", "!ece: strategy must be 'uniform' or 'quantile', got text 'equal'"},
    {"SELECT f1_macro_ci(column1, column2) FROM (VALUES (1, 'yes'), (0, 'no'))",
     "!f1_macro_ci: pred and label never agree: in every row one is 0 or 1 and the other a word such as "
     "'no'; to_label(x) makes such words 1 and 0"},
    {"SELECT f1_macro_ci(column1, column2) FROM (VALUES (.3, 1), (.7, 0))",
     "!f1_macro_ci: pred must be a class, not a score, as every label is an integer, got 0.3; for scores see "
     "f1_at(score, label, cutoff)"},
    {"SELECT f1_macro_ci(1, 1, '[0]')",
     "!f1_macro_ci: the class '1' occurs and is not in classes; add it to the list"},
    {"SELECT kappa_ci(column1, column2, '[0,1]') FROM (VALUES (1, 1), (0, 2))",
     "!kappa_ci: the class '2' occurs and is not in classes; add it to the list"},
    {"SELECT accuracy_ci(column1, column2) FROM (VALUES (1, 'yes'), (0, 'no'))",
     "!accuracy_ci: pred and label never agree: in every row one is 0 or 1 and the other a word such as "
     "'no'; to_label(x) makes such words 1 and 0"},
    {"SELECT evaluate_classes(column1, column2) FROM (VALUES (.3, 1), (.7, 0))",
     "!evaluate_classes: pred must be a class, not a score, as every label is an integer, got 0.3; for "
     "scores see accuracy_at(score, label, cutoff)"},
    {"SELECT evaluate_classes((SELECT class_set(column1, column2) FROM (VALUES (.3, 1), (.7, 0))))",
     "!evaluate_classes: pred must be a class, not a score, as every label is an integer, got 0.3; for "
     "scores see accuracy_at(score, label, cutoff)"},
    {"SELECT classification_report(column1, column2) FROM (VALUES (.3, 1), (.7, 0))",
     "!classification_report: pred must be a class, not a score, as every label is an integer, got 0.3; for "
     "scores see accuracy_at(score, label, cutoff)"},
    {"SELECT report_classes_html(column1, column2, 'm') FROM (VALUES (1, 'yes'), (0, 'no'))",
     "!report_classes_html: pred and label never agree: in every row one is 0 or 1 and the other a word for "
     "them; to_label(x) makes such words 1 and 0"},
    {"SELECT report_classes_html(column1, column2, 'm') FROM (VALUES (.3, 1), (.7, 0))",
     "!report_classes_html: pred must be a class, not a score, as every label is an integer, got 0.3; for "
     "scores see accuracy_at(score, label, "
     "cutoff)"},
};

/* Charts and reports of one class, of infinite numbers and of confusions that are equally frequent. */
static const Corner charts[] = {
    {"SELECT report_html(column1, 0, 'm') LIKE '%<td>' || char(8211) || '</td>%', report_html(column1, 1, "
     "'m') LIKE '%<td>' || char(8211) || '</td>%' FROM (VALUES (.1), (.2))",
     "1|1"},
    {"SELECT report_html(column1, column2, 'm') LIKE '%3 rows, 2 of them positive%' FROM (VALUES (-9e999, "
     "0), (9e999, 1), (3, 1))",
     "1"},
    {"SELECT report_classes_html(column1, column2, 'm') LIKE '%the most frequent confusion%' FROM (VALUES "
     "(2, 1), (1, 2), (3, 1), (1, 3))",
     "0"},
    {"SELECT report_classes_html(column1, column2, 'm') LIKE '%the most frequent confusion%' FROM (VALUES "
     "(1, 3), (3, 1), (1, 2), (2, 1))",
     "0"},
    {"SELECT residual_svg(x) LIKE '%<title>Predictions and targets</title>%' FROM (SELECT pred_set(9e999, "
     "-9e999) AS x)",
     "1"},
    {"SELECT confusion_svg(x) LIKE '%>1.5<%' FROM (SELECT class_set(column1, column2, 1.5) AS x FROM (VALUES "
     "(1, 2), (2, 2)))",
     "1"},
    {"SELECT report_regression_html(column1, column2, 'm') LIKE '%<td>' || char(8211) || '</td>%' FROM "
     "(VALUES (1, 9e999), (1, -9e999), (2, 3))",
     "1"},
    {"SELECT report_regression_html(column1, column2, 'm') LIKE '%<td>' || char(8211) || '</td>%' FROM "
     "(VALUES (1, 9), (1, -9), (2, 3))",
     "0"},
    {"SELECT group_concat(html LIKE '%the calibration slope is%') FROM (SELECT report_html(s, 'm') AS html "
     "FROM "
     "(SELECT w.column1 AS w, score_set(r.column1, r.column2, w.column1) AS s FROM (VALUES (.9, 0), (.8, 1), "
     "(.3, 1), (.1, 0), (.95, 0), (.2, 1)) AS r, (VALUES (1000), (1000000)) AS w GROUP BY w.column1) GROUP "
     "BY "
     "w ORDER BY w)",
     "1,0"},
    {"SELECT calibration_svg(x) FROM (SELECT score_set(9e999, 1) AS x)",
     "!calibration_svg: every score of the set must be within [0,1], got Infinity"},
};

#define CHECK_ALL(list) check_corners(db, list, sizeof list / sizeof *list)

int main(void) {
  sqlite3 *db = open_bare();
  CHECK_ALL(params);
  CHECK_ALL(hidden);
  CHECK_ALL(classes);
  CHECK_ALL(labels);
  CHECK_ALL(texts);
  CHECK_ALL(objectives);
  CHECK_ALL(edges);
  CHECK_ALL(names);
  CHECK_ALL(charts);
  sqlite3_close(db);
  return end_of_tests();
}
