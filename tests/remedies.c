/* What messages say to write instead, of one function or of a method: the message, and then that the remedy
 * gives the right value or keeps what is wrong an error. tests/advice.c has the advice on dirty columns. */
#include "said.h"

/* The message about a class of two entries, up to what it got. */
#define NO_INDEX "top_k_accuracy: class must be an index from 0 to 1, since there are 2 entries, got "

/* What a message says of a text whose number only the user knows. */
#define CELL(name, literal)                                                                                  \
  "; CASE " name " WHEN " literal " THEN … ELSE " name " END gives its number, nullif(" name ", " literal    \
  ") if it stands for a missing value"

static const Said said[] = {
    {"SELECT accuracy(CASE WHEN score > 0.3 THEN 'yes' ELSE 'no' END, label) FROM forty", "to_label(x)",
     NULL},
    {"SELECT accuracy(to_label(CASE WHEN score > 0.3 THEN 'yes' ELSE 'no' END), label) FROM forty", NULL,
     "0.75"},
    {"SELECT hinge_loss(score, label) FROM four", "json_array(0, score)", NULL},
    {"SELECT abs(hinge_loss(json_array(0, score), label) - avg(max(0, 1 - (2 * label - 1) * score))) < "
     "1e-15 FROM four",
     NULL, "1"},
    {"SELECT hinge_loss(json_array(0, '58%'), 1)", "must be a number", NULL},
    {"SELECT ranked_probability_score(score, label) FROM four", "json_array(1 - prob, prob)", NULL},
    {"SELECT abs(ranked_probability_score(json_array(1 - score, score), label) - brier(score, label)) < "
     "1e-15 FROM four",
     NULL, "1"},
    {"SELECT ranked_probability_score(json_array(1 - '0,75', '0,75'), 1)", "must be a number", NULL},
    {"SELECT roc_auc_ovr_macro(score, label) FROM four", "see roc_auc", NULL},
    {"SELECT average_precision_macro(score, label) FROM four", "see average_precision", NULL},
    {"SELECT cross_entropy(score, label) FROM four", "see log_loss", NULL},
    /* a set for each group, not one of all rows for every group */
    {"SELECT bootstrap_ci(score, label, 'log_loss') FROM four",
     "call it as bootstrap_ci(score_set(score, label), 'roc_auc')", NULL},
    {"SELECT count(DISTINCT json_extract(ci, '$.value')) FROM (SELECT bootstrap_ci(score_set(score, "
     "label), "
     "'log_loss') AS ci FROM four GROUP BY score > 0.35)",
     NULL, "2"},
    {"SELECT roc_svg(score, label, 'model') FROM four",
     "call it as SELECT roc_svg(s, series_name) FROM (SELECT series_name, score_set(score, label) AS s "
     "FROM … "
     "GROUP BY series_name)",
     NULL},
    {"SELECT svg LIKE '%>more<%', svg LIKE '%>less<%' FROM (SELECT roc_svg(s, series_name) AS svg FROM "
     "(SELECT series_name, score_set(score, label) AS s "
     "FROM "
     "(SELECT *, iif(score > 0.35, 'more', 'less') AS series_name FROM four) GROUP BY series_name))",
     NULL, "1|1"},
    /* texts that are no number, whatever a person may take them for */
    {"SELECT mse('0x10', 1)", WHOLE "mse: pred must be a number, got text '0x10'" CELL("pred", "'0x10'"),
     NULL},
    {"SELECT mse(1, '1.5e')", "got text '1.5e'" CELL("target", "'1.5e'"), NULL},
    {"SELECT f1_at(1, 1, '1_0')", "got text '1_0'" CELL("cutoff", "'1_0'"), NULL},
    {"SELECT sigmoid('١')", "got text '١'" CELL("x", "'١'"), NULL},
    {"SELECT to_number('- 1')", "got text '- 1'" CELL("x", "'- 1'"), NULL},
    {"SELECT to_number('0x10', 'comma')", "got text '0x10'" CELL("x", "'0x10'"), NULL},
    {"SELECT roc_auc('0x10', 1)", CELL("score", "'0x10'") "; input_problems(score, label) counts", NULL},
    {"SELECT mse(CASE column1 WHEN '0x10' THEN 16 ELSE column1 END, 1) FROM (VALUES ('0x10'), ('3'))", NULL,
     "114.5"},
    {"SELECT mse(nullif(column1, '0x10'), 1) FROM (VALUES ('0x10'), (3))", NULL, "4.0"},
    {"SELECT mse(nullif(column1, '0x10'), 1) FROM (VALUES ('0x10'), ('0x11'))", "got text '0x11'", NULL},
    {"SELECT mse('1' || char(0), 1)", UNTIL_NUL("pred"), NULL},
    {"SELECT roc_auc(1, '1' || char(0))", UNTIL_NUL("label") "; input_problems(score, label) counts", NULL},
    {"SELECT mse(" UNTIL_NUL("x") ", 1) FROM (SELECT '3' || char(0, 0) AS x UNION ALL VALUES ('3'), (3), "
                                  "(NULL), (3.0))",
     NULL, "4.0"},
    {"SELECT mse(" UNTIL_NUL("x") ", 1) FROM (SELECT 'abc' || char(0) AS x)", "got text 'abc'", NULL},
    {"SELECT mse(" UNTIL_NUL("x") ", 1) FROM (SELECT char(0) AS x)", "got an empty text", NULL},
    {"SELECT mse(" UNTIL_NUL("x") ", 1) FROM (SELECT x'3300' AS x)", "got a BLOB of 1 byte", NULL},
    {"SELECT mse(pack_json('[1,\"1\\u0000\"]'), 1)",
     WHOLE "mse: element 1: pred must be a number, got text '1 '", NULL},
    {"SELECT softmax_at('1' || char(0), 1, 0)",
     WHOLE "softmax_at: logits must be a JSON array or numbers, got text '1 '", NULL},
    {"SELECT softmax('1,2' || char(0))",
     WHOLE "softmax: vector must be a JSON array or a float32 BLOB, got text '1,2 '", NULL},
    /* a hint and what it does not fit: texts with a comma, of any length, where no classes are listed; whole
     * BLOBs; no division by a sum of 0 */
    {"SELECT mse(1, 2, '1,2')",
     WHOLE "mse: weight must be a number, got text '1,2'; to_number(weight, 'comma') reads decimal commas",
     NULL},
    {"SELECT mse(1, 2, printf('%070d,5', 1))", "…'; to_number(weight, 'comma') reads decimal commas", NULL},
    {"SELECT softmax('[1 true')",
     WHOLE "softmax: vector is not a JSON array of numbers: invalid at character 4, got text '[1 true'; a "
           "vector is written as '[0.1,0.2,0.7]', with brackets and commas",
     NULL},
    {"SELECT mse(1, x'001122334455667788')",
     WHOLE "mse: target must be a number, got a BLOB of 9 bytes; vector_at(target, i) takes one entry of a "
           "vector",
     NULL},
    {"SELECT t_test(1, x'001122334455667788')",
     WHOLE "t_test: sample must be 0 or 1, got a BLOB of 9 bytes; vector_at(sample, i) takes one entry of a "
           "vector",
     NULL},
    {"SELECT f1(1, x'001122334455667788')", WHOLE "f1: label must be 0 or 1, got a BLOB of 9 bytes", NULL},
    {"SELECT bce(x'0000004000000000', '[1,0]')",
     WHOLE "bce: element 0 of probs must be within [0,1], got 2; if the entries are logits, bce_logits takes "
           "them; if the entries are percentages, divide them by 100; vector_from_f64(blob) reads float64",
     NULL},
    {"SELECT softmax(x'0000c07f0000c07f')",
     WHOLE "softmax: element 0 of the BLOB in argument 1 is NaN; vector_from_f64(blob) reads float64", NULL},
    {"SELECT entropy(x'0000803f0000803f')",
     WHOLE "entropy: entries of probs must sum to 1, but they sum to 2; divide them by their sum; "
           "vector_from_f64(blob) reads float64",
     NULL},
    {"SELECT entropy('[0,0]')", WHOLE "entropy: entries of probs must sum to 1, but they sum to 0", NULL},
    {"SELECT roc_auc_ci('90%', 1, 0.95, 2)",
     WHOLE "roc_auc_ci: score must be a number, got text '90%'; to_number(score) reads percentages, currency "
           "and words for missing values; input_problems(score, label) counts all that is wrong",
     NULL},
    /* the rows of scores and of classes are resampled, those of other metrics are not */
    {"SELECT mse_ci(1, 2, 100)",
     WHOLE "mse_ci: level must be within (0,1), got 100; the weight is argument 4", NULL},
    {"SELECT kappa_ci(1, 1, 100)",
     WHOLE "kappa_ci: level must be within (0,1), got 100; bootstrap_ci(class_set(pred, label), 'kappa', "
           "0.95, 100) resamples the rows; the weight is argument 4",
     NULL},
    {"SELECT kappa_quadratic_ci(1, 1, 100)",
     "; bootstrap_ci(class_set(pred, label), 'kappa_quadratic', 0.95, 100) resamples the rows", NULL},
    /* numbers that are no probability by any reading */
    {"SELECT log_loss(pack_json('[0.5,999]'), 1)",
     "got 999; it is too large for a logit or a percentage; input_problems(prob, label) counts", NULL},
    {"SELECT log_loss(999, 1)",
     WHOLE "log_loss: prob must be within [0,1], got 999; it is too large for a logit or a percentage; CASE "
           "to_number(prob) WHEN 999 THEN NULL ELSE prob END if it stands for a missing value; "
           "input_problems(prob, label) counts all that is wrong",
     NULL},
    {"SELECT brier(CASE to_number(prob) WHEN 999 THEN NULL ELSE prob END, 1) FROM (SELECT 0.5 AS prob "
     "UNION "
     "ALL VALUES (999), ('999'), ('999.0'))",
     NULL, "0.25"},
    {"SELECT brier(CASE to_number(prob) WHEN 999 THEN NULL ELSE prob END, 1) FROM (SELECT 998 AS prob)",
     "got 998", NULL},
    {"SELECT json_extract(input_problems(999, 1), '$.problems[0].kind')", NULL, "score_above_100"},
    {"SELECT cross_entropy('[150, 2]', 1)",
     "; if it stands for a missing value, leave out the row by a WHERE or FILTER", NULL},
    {"SELECT cross_entropy(p, 1) FILTER (WHERE vector_at(p, 0) < 150) FROM (SELECT "
     "'[0.25,0.75]' "
     "AS p UNION ALL VALUES ('[150, 2]'))",
     NULL, "0.287682072451781"},
    {"SELECT calibrate('{\"method\":\"beta\",\"a\":1,\"b\":1,\"c\":0}', 30)",
     WHOLE "calibrate: a fit of beta_fit takes probabilities within [0,1], got 30", NULL},
    {"SELECT calibrate('{\"method\":\"platt\",\"slope\":1,\"intercept\":0}', '[1, 2]')",
     WHOLE "calibrate: a fit of temperature_fit takes a vector of logits, the other fits one score", NULL},
    {"SELECT report_classes_html(p, 1, m) FROM (SELECT 1 AS p, 'a' AS m UNION ALL VALUES (0.4, 'b'))",
     WHOLE "report_classes_html: pred must be a class, not a score, as every label is an integer, got 0.4; "
           "for scores see accuracy_at(score, label, cutoff)",
     NULL},
    {"SELECT brier_score(0.5, 1)",
     WHOLE "brier_score: here it is brier(prob, label[, weight]); scikit-learn's brier_score_loss; of two "
           "classes half of MLJ's, without its minus sign",
     NULL},
    {"SELECT best_cutoff(score, label, 'precision>=0.9 and recall>=0.9') FROM four",
     "; it has one condition; several are a query of cutoff_curve, as in WHERE precision >= 0.9 AND recall "
     ">= 0.9; it must be one of",
     NULL},
    {"SELECT best_cutoff(score, label, 'precision>=2') FROM four",
     "; X must be a number within [0,1], such as 0.9", NULL},
    {"SELECT max(cutoff) FROM cutoff_curve((SELECT score_set(score, label) FROM four)) WHERE precision >= "
     "0.6 "
     "AND recall >= 0.9",
     NULL, "0.35"},
    {"SELECT f1_at(1, 0.5, 0.3)", "; are score, label and cutoff in this order? (the score here is a 0 or 1)",
     NULL},
    {"SELECT specificity(pack_json('[0,2]'), 1)", WHOLE "specificity: element 1: pred must be 0 or 1, got 2",
     NULL},
    /* the argument has no name that SQL keeps for itself */
    {"SELECT t_test(score, CASE label WHEN 1 THEN 'b' ELSE 'a' END) FROM four",
     "; CASE sample WHEN 'a' THEN 0 WHEN … THEN 1 ELSE sample END if 'a' is the reference", NULL},
    {"SELECT t_test(score, CASE sample WHEN 'a' THEN 0 WHEN 'b' THEN 1 ELSE sample END) = t_test(score, "
     "label) "
     "FROM (SELECT *, CASE label WHEN 1 THEN 'b' ELSE 'a' END AS sample FROM four)",
     NULL, "1"},
    {"SELECT t_test(x, CASE sample WHEN 'a' THEN 0 WHEN 'b' THEN 1 ELSE sample END) FROM (SELECT 1 AS x, "
     "'c' AS "
     "sample)",
     "t_test: sample must be 0 or 1, got text 'c'", NULL},
    {"SELECT t_test(0.25, 0.5)", "; if x and sample are two measurements of each row, see paired_t_test",
     NULL},
    {"SELECT t_test(12, 15)", "; if x and sample are two measurements of each row, see paired_t_test", NULL},
    {"SELECT mann_whitney_test(0.25, 0.5)",
     "; if score and label are two measurements of each row, see wilcoxon_test", NULL},
    /* every metric whose own interval mirrors the quantiles, and no other, is noted with it */
    {"WITH of(name, basic) AS (SELECT substr(name, 1, length(name) - 3), summary LIKE '%''basic'' "
     "(default)%' "
     "FROM mlmetrics_functions WHERE name GLOB '*_ci' AND (signature GLOB '*(score, label[[]*' OR "
     "signature GLOB '*(prob, label[[]*')), noted AS "
     "(SELECT name, basic, json_extract(bootstrap_ci(s, name, 0.9, 9), '$.note') AS note FROM of, (SELECT "
     "score_set(score, label) AS s FROM forty)) SELECT sum(basic) > 5, sum(NOT basic) > 3, sum((note IS "
     "NOT "
     "NULL) <> basic), sum(note LIKE '%which its _ci form corrects' OR note LIKE 'every %') = sum(basic), "
     "sum(note LIKE '%corrects') > 4 FROM noted",
     NULL, "1|1|0|1|1"},
    {"SELECT compare_ci(1, 2, 1, 'sigmoid')",
     WHOLE
     "compare_ci: metric cannot be text 'sigmoid'; SELECT name FROM mlmetrics_functions lists the metrics, "
     "in "
     "lower case; it must be the name of a metric and its parameters, such as 'roc_auc', 'f1_at:0.5' or "
     "'best_cutoff:youden'",
     NULL},
    {"SELECT compare_ci(1, 2, 1, 'pearson')",
     WHOLE "compare_ci: metric cannot be text 'pearson'; that one does not give a number of a score set or "
           "a class "
           "set; it must be the name of a metric and its parameters, such as 'roc_auc', 'f1_at:0.5' or "
           "'best_cutoff:youden'",
     NULL},
    {"SELECT roc_auc_ovr_macro('[0.9,0.2]', pack_json('[\"[1,0]\"]'))",
     WHOLE "roc_auc_ovr_macro: element 0: class must be an index from 0 to 1, since there are 2 entries, "
           "got text "
           "'[1,0]'; the vector is the first argument",
     NULL},
    {"SELECT report_classes_html(1, column1, 'm') FROM (VALUES (.05), (.15), (.25), (.35), (.45), (.55), "
     "(.65), "
     "(.75), (.85), (.95))",
     WHOLE "report_classes_html: label must be a class, not a score, as every pred is an integer, got "
           "0.05; for scores "
           "see accuracy_at(score, label, cutoff); are pred and label swapped?",
     NULL},
    /* the metric of predicted numbers or of classes that the test of score sets does not have */
    {"SELECT compare_ci(1.5, 2.5, 3, 'rmse')",
     "; for measured values see mean_ci(squared_error(score_a, label) - squared_error(score_b, label))",
     NULL},
    {"SELECT compare_ci(1.5, 2.5, 1, 'mae')",
     "; for predicted numbers see mean_ci(squared_error(score_a, label) - squared_error(score_b, label)), "
     "or "
     "the same of absolute_error; it must be",
     NULL},
    {"SELECT compare_ci(0.4, 0.3, 1, 'roc_auk')",
     WHOLE "compare_ci: metric cannot be text 'roc_auk'; SELECT name FROM mlmetrics_functions lists the "
           "metrics, in lower case; it must be the name of a metric and its parameters, such as 'roc_auc', "
           "'f1_at:0.5' or 'best_cutoff:youden'",
     NULL},
    {"SELECT json_extract(mean_ci(squared_error(score, 3) - squared_error(label, 3)), '$.value') = "
     "mse(score, "
     "3) - mse(label, 3) FROM (SELECT 1.5 AS score, 2 AS label UNION ALL SELECT 5, 2.5)",
     NULL, "1"},
    {"SELECT mean_ci(squared_error('1,5', 3) - squared_error(2, 3))", "pred must be a number", NULL},
    {"SELECT compare_ci(0, 1, 0, 'f1_macro')",
     WHOLE "compare_ci: the metric must be one of scores, such as 'roc_auc' or 'f1_at:0.5'; "
           "mcnemar_test(pred_a, pred_b, label) compares the "
           "accuracy of predicted classes; for other metrics of them bootstrap the query, with "
           "poisson_weight(key, replicate) as the weight of both models and GROUP BY replicate",
     NULL},
    {"SELECT mcnemar_test(0.4, 0.3, 1)", "pred_a must be a class", NULL},
    {"SELECT delong_test(0.4, 0.3, 3.7)",
     "argument 3 is its label; for measured values see mean_ci(squared_error(score_a, label) - ", NULL},
    {"SELECT t_test(0, 15)",
     WHOLE "t_test: sample must be 0 or 1, got 15; to_number(sample) > 0 if the numbers above 0 are positive "
           "and all others negative",
     NULL},
    {"SELECT roc_auc(0.5, pack_json('[0,5]'))", WHOLE "roc_auc: element 1: label must be 0 or 1, got 5",
     NULL},
    {"SELECT f1_at(score, label, 0.5, 'wieght') FROM four",
     "; if that is a column, write its name without quotes; for one value per group, use GROUP BY", NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', 'cat', 2)",
     "got text 'cat'; CASE class WHEN 'cat' THEN … ELSE class END gives the place of its entry in the "
     "vector, from 0",
     NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', CASE class WHEN 'cat' THEN 1 ELSE class END, 1) FROM (SELECT "
     "'cat' AS "
     "class)",
     NULL, "1.0"},
    {"SELECT top_k_accuracy('[0.2,0.8]', CASE class WHEN 'cat' THEN 1 ELSE class END, 1) FROM (SELECT "
     "'dog' AS "
     "class)",
     "got text 'dog'", NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', 'chat à l''oeil-noir', 2)",
     "; CASE class WHEN 'chat à l''oeil-noir' THEN … ELSE class END gives", NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', 'NA', 2)",
     "got text 'NA'; nullif(class, 'NA') if it stands for a missing value", NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', nullif(class, 'NA'), 1) FROM (SELECT 'NA' AS class UNION ALL "
     "SELECT 1)",
     NULL, "1.0"},
    {"SELECT top_k_accuracy('[0.2,0.8]', nullif(class, 'NA'), 1) FROM (SELECT 'dog' AS class)",
     "got text 'dog'", NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', 'class', 2)",
     WHOLE NO_INDEX "text 'class'; if that is a column, write its name without quotes", NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', \"label\", 2)",
     WHOLE NO_INDEX "text 'label'; if that is a column, write its name without quotes", NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', '5', 1)", WHOLE NO_INDEX "text '5'; are class and k swapped?", NULL},
    {"SELECT cross_entropy_logits('[0.2,0.8]', '5')",
     WHOLE
     "cross_entropy_logits: class must be an index from 0 to 1, since there are 2 entries, got text '5'",
     NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', '58%', 1)", WHOLE NO_INDEX "text '58%'", NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', '[0,1]', 1)",
     WHOLE NO_INDEX "text '[0,1]'; the vector is the first argument", NULL},
    /* several labels of a row */
    {"SELECT roc_auc_ovr_macro('[0.9,0.2]', '[1,0]')",
     WHOLE
     "roc_auc_ovr_macro: class must be an index from 0 to 1, since there are 2 entries, got text '[1,0]'; "
     "if a row has several labels, roc_auc(vector_at(probs, i), vector_at(class, i)) is that of label i",
     NULL},
    {"SELECT average_precision_macro('[0.9,0.2]', '[1,0]')",
     "several labels, average_precision(vector_at(probs, i), vector_at(class, i)) is that of label i", NULL},
    {"SELECT roc_auc_per_class('[0.9,0.2]', x'0000803f00000000')",
     "several labels, roc_auc(vector_at(probs, i), vector_at(class, i)) is that of label i", NULL},
    {"SELECT i, roc_auc(vector_at(probs, i), vector_at(class, i)) FROM (SELECT '[0.9,0.2]' AS probs, "
     "'[1,1]' AS "
     "class UNION ALL SELECT '[0.3,0.6]', '[0,0]'), (SELECT 0 AS i UNION ALL SELECT 1) GROUP BY i",
     NULL, "0|1.0\n1|0.0"},
    {"SELECT roc_auc(vector_at('[0.3,0.6]', 1), vector_at('[0,2]', 1))", "label must be 0 or 1, got 2", NULL},
    {"SELECT roc_auc_ovr_macro(0.9, 0.2, '[1,0]')", "'[1,0]'; the vector is the first argument", NULL},
    {"SELECT roc_auc_ovr_macro(1, '[1,0]')", "; the vector is the first argument; for one score per row",
     NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', pack_json('[0,\"cat\"]'), 1)",
     WHOLE "top_k_accuracy: element 1: class must be an index from 0 to 1, since there are 2 entries, got "
           "text 'cat'",
     NULL},
    {"SELECT f1_at(0.5, 1, 0.5, pack_json('[1,\"wieght\"]'))",
     WHOLE
     "f1_at: element 1: weight must be a number, got text 'wieght'; for one value per group, use GROUP BY",
     NULL},
    {"SELECT f1_at(0.5, 1, 0.5, pack_json('[1,-1]'))",
     WHOLE "f1_at: element 1: weight must be finite and >= 0, got -1", NULL},
    {"SELECT f1_at(0.5, 1, 0.5, CASE to_number(weight) WHEN -1 THEN NULL ELSE weight END) FROM (SELECT "
     "pack_json('[1,-1]') AS weight)",
     "element 1: weight must be", NULL}, /* what it said does not help there */
    {"SELECT log_loss(pack_json('[0.5,1.00001]'), 1)",
     WHOLE "log_loss: element 1: prob must be within [0,1], got 1.00001", NULL},
    {"SELECT normal_quantile(pack_json('[97.5]'))",
     WHOLE "normal_quantile: element 0: p must be within [0,1], got 97.5", NULL},
    {"SELECT top_k_accuracy(s) FROM (SELECT top_k_accuracy_state('[0.2,0.8]', 1, 1) AS s UNION ALL SELECT "
     "top_k_accuracy_state('[0.2,0.8]', 1, 2))",
     WHOLE "top_k_accuracy: k changed from 1 to 2", NULL},
    {"SELECT best_cutoff(score, label, iif(score > 0.3, 'f1', 'youden')) FROM four",
     WHOLE "best_cutoff: objective changed from 'youden' to 'f1'", NULL}, /* a text is no weight */
    {"SELECT with_label(score, label) FROM four", "; call it as with_label(score_set(score, label), 1)",
     NULL},
    {"SELECT length(with_label(score_set(score, label), 1)) > 20 FROM four", NULL, "1"},
    {"SELECT f1_at(s, 0.6) FROM (SELECT f1_at_state(score, label, 0.5) AS s FROM four)",
     "call it as f1_at(state); got 2 arguments; its rows were decided at the cutoff given when it was "
     "saved",
     NULL},
    {"SELECT net_benefit_at(s, 0.6) FROM (SELECT net_benefit_at_state(score, label, 0.5) AS s FROM four)",
     "call it as net_benefit_at(state); got 2 arguments; its rows were decided at the cutoff given when it "
     "was "
     "saved",
     NULL},
    {"SELECT mse('012,345', 1)",
     WHOLE "mse: pred must be a number, got text '012,345'; to_number(pred, 'comma') makes it 12.345", NULL},
    {"SELECT f1('pred', 1)",
     WHOLE "f1: pred must be 0 or 1, got text 'pred'; if that is a column, write its name without quotes",
     NULL},
    {"SELECT f1('Preds', 1)",
     WHOLE "f1: pred must be 0 or 1, got text 'Preds'; if that is a column, write its name without quotes",
     NULL},
    {"SELECT f1('predx', 1)", "CASE pred WHEN 'predx' THEN 1 WHEN … THEN 0 ELSE pred END", NULL},
    {"SELECT f1_at(s, 0.6) = f1_at(score, label, 0.6) FROM four, (SELECT score_set(score, label) AS s FROM "
     "four)",
     NULL, "1"},
    {"SELECT f1_at(s, 0.6, 2) FROM (SELECT score_set(score, label) AS s FROM four)",
     "call it as f1_at(state, cutoff); got 3 arguments", NULL},
    {"SELECT top_k_accuracy('[0.2,0.8]', 1, column1) FROM (VALUES (1), (2))",
     "k changed from 1 to 2; are class and k swapped?", NULL},
    /* fractions beside 0 or 1 are swapped columns rather than targets, of which bce would make a result */
    {"SELECT log_loss(label, score) FROM four",
     WHOLE "log_loss: label must be 0 or 1, got 0.1; are score and label swapped? (the score here is a 0 or "
           "1)",
     NULL},
    {"SELECT log_loss(1 - score, score, label) FROM four",
     WHOLE
     "log_loss: label must be 0 or 1, got 0.35; if arguments 1 and 2 are the probabilities of classes 0 "
     "and 1, json_array(…, …) makes them the vector of log_loss(PROBS, class)",
     NULL},
    {"SELECT abs(log_loss(json_array(1 - score, score), label) - log_loss(score, label)) < 1e-15 FROM four",
     NULL, "1"},
    {"SELECT brier(1 - score, score, label) FROM four", "json_array(…, …) makes them the vector of brier(",
     NULL},
    {"SELECT brier(json_array(0.4, '0,6'), 1)", "must be a number", NULL},
    {"SELECT brier(0.4, 0.3, 1)",
     WHOLE "brier: label must be 0 or 1, got 0.3; are score and label swapped? If not, mse takes targets "
           "between 0 and 1",
     NULL},
    {"SELECT log_loss(-1, 1)", "; if every prob is a logit, bce_logits takes them", NULL},
    {"SELECT report_html(score, label) FROM four", "; for one model give NULL as series_name", NULL},
    {"SELECT report_classes_html(score > 0.3, label) FROM four", "; for one model give NULL as series_name",
     NULL},
    {"SELECT report_regression_html(score, label) FROM four", "; for one model give NULL as series_name",
     NULL},
    {"SELECT report_html(score, label, NULL) = report_html(score, label, ''), report_html(score, label, "
     "NULL) "
     "<> report_html(score, label, 'model') FROM four",
     NULL, "1|1"},
    {"SELECT report_html(s, NULL) = (SELECT report_html(score, label, NULL) FROM four) FROM (SELECT "
     "score_set(score, label) AS s FROM four GROUP BY score > 0.35)",
     NULL, "1"}, /* sets named NULL are merged, too */
    {"SELECT page LIKE '%2 models, 2 rows each%', page LIKE '%<bdi>NULL</bdi></th><td>2</td>%' FROM "
     "(SELECT report_html(score, label, CASE WHEN score > 0.35 THEN 'b' END) AS page FROM four)",
     NULL, "1|1"}, /* beside names, NULL is one */
    {"SELECT p_adjust('[0.01, 0.02]', 'fdr_bh')", "it is written 'bh'", NULL},
    {"SELECT p_adjust('[0.01, 0.02]', 'Holm')", "it is written 'holm'", NULL},
    {"SELECT p_adjust('[0.01, 0.02]', 'fdr_by')",
     "'bh' controls the same rate where the tests are independent or positively dependent, 'holm' the "
     "family-wise error rate in any case",
     NULL},
    {"SELECT p_adjust('[0.01, 0.02]', 'fdr_tsbky')", "independent or positively dependent", NULL},
    {"SELECT p_adjust('[0.01, 0.02]', 'bonferroni')", "'holm'", NULL},
    {"SELECT p_adjust('[0.01, 0.02]', 'hommel')", "'holm'", NULL},
    {"SELECT p_adjust('[0.01, 0.02]', 'bh'), p_adjust('[0.01, 0.02]', 'holm')", NULL,
     "[0.02,0.02]|[0.02,0.02]"},
    {"SELECT roc_auc_ci(score, label, 'delong') FROM four",
     "'normal' use DeLong's standard error; the method stands", NULL},
    {"SELECT roc_auc_ci(score, label, 0.95, 'delong') FROM four", "'logit', the default", NULL},
    {"SELECT json_extract(roc_auc_ci(score, label, 0.95, 'normal'), '$.method') FROM four", NULL, "normal"},
    {"SELECT accuracy_at_ci(score, label, 0.5, 0.95, 'exact') FROM four", "it is written 'clopper_pearson'",
     NULL},
    {"SELECT kappa_ci(label, label, 0.95, 'exact') FROM four", "for this metric, got text 'exact'", NULL},
    {"SELECT proportion_ci(3, 5, 0.95, 'exact')", "it is written 'clopper_pearson'", NULL},
    {"SELECT ece(score, label, 5, 'Quantile') FROM four", "it is written 'quantile'", NULL},
    {"SELECT calibrate(score, label) FROM four", "calibrate((SELECT platt_fit(score, label) FROM …), score)",
     NULL},
    {"SELECT calibrate('0.9', label) FROM four", "calibrate((SELECT platt_fit(score, label) FROM …), score)",
     NULL},
    {"SELECT calibrate((SELECT platt_fit(score, label) FROM four), score) BETWEEN 0.1 AND 0.9 FROM four "
     "LIMIT 1",
     NULL, "1"},
    {"SELECT bootstrap_ci(score_set(score, label), 'f1') FROM four", "such as 'f1_at:0.5', needs a score_set",
     NULL},
    {"SELECT round(json_extract(bootstrap_ci(score_set(score, label), 'f1_at:0.5'), '$.value'), 4) FROM "
     "four",
     NULL, "0.6667"},
    {"SELECT round(json_extract(bootstrap_ci(class_set(score > 0.5, label), 'f1'), '$.value'), 4) FROM "
     "four",
     NULL, "0.6667"},
    {"SELECT log_loss(CASE WHEN score > 0.5 THEN 45 ELSE score END, label) FROM four",
     "; if every prob is a percentage, 0.5 meaning 0.5%, to_number((prob) || '%') reads it", NULL},
    {"SELECT log_loss(to_number((100 * score) || '%'), label) = log_loss(score, label) FROM four", NULL, "1"},
    {"SELECT normal_quantile(97.5)",
     "; if every p is a percentage, 0.5 meaning 0.5%, to_number((p) || '%') reads it", NULL},
    {"SELECT normal_quantile(to_number((97.5) || '%')) = normal_quantile(0.975)", NULL, "1"},
    {"SELECT to_label('chrun')", "; if that is a column, write its name without quotes; CASE x WHEN 'chrun'",
     NULL},
    {"SELECT to_label(\"chrun\") FROM four", "; if that is a column, write its name without quotes; CASE x",
     NULL},
    {"SELECT to_label(chrun) FROM four", "no such column", NULL},
    {"SELECT f1_at(score, \"chrun\", 0.5) FROM four",
     "; if that is a column, write its name without quotes; CASE label WHEN 'chrun' THEN 1", NULL},
    {"SELECT f1_at(score, label, 0.5) FROM four", NULL, "0.666666666666667"},
    {"SELECT f1(\"chrun\", label) FROM four",
     "; if that is a column, write its name without quotes; CASE pred WHEN 'chrun' THEN 1", NULL},
};

int main(void) {
  check_all_said(said, sizeof said / sizeof *said);
  return end_of_tests();
}
