/* Whole messages, on both sides of each limit that a hint depends on, since a hint too many misleads as one
 * too few does; rows of mlmetrics_functions, word for word; and that the queries leave no memory behind. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

typedef struct Case {
  const char *sql, *want;
} Case;

static const Case messages[] = {
    {"SELECT softmax('((((((((((((((((((((((((((((((5')",
     "softmax: vector must be a JSON array or a float32 BLOB, got text '((((((((((((((((((((((((((((((5'"},
    {"SELECT f1_macro(0.7, 1)", "f1_macro: pred must be a class, not a score, as every label is an integer, "
                                "got 0.7; for scores see f1_at(score, label, cutoff)"},
    {"SELECT RocCurveDisplay(1)",
     "RocCurveDisplay of scikit-learn: here it is SELECT roc_svg(s, series_name) FROM (SELECT series_name, "
     "score_set(score, label) AS s FROM … GROUP BY series_name); the points: roc_curve(set)"},
    {"SELECT demographic_parity_difference(1)",
     "demographic_parity_difference: here it is SELECT max(value) - min(value) FROM (SELECT "
     "selection_rate_at(score, label, cutoff) AS value FROM … GROUP BY district)"},
    {"SELECT jaccard_score(1)",
     "jaccard_score: here it is jaccard(pred, label[, weight]), the prediction first; average='macro': "
     "jaccard_macro, also _micro and _weighted; 'samples': jaccard_samples"},
    {"SELECT areaUnderPR(1)",
     "areaUnderPR of Spark: here it is pr_auc(score, label[, weight]); the step sum is average_precision"},
    {"SELECT log_sum_exp(1, 2)", "log_sum_exp: call it as log_sum_exp(x); got 2 arguments"},
    {"SELECT * FROM calibration_curve(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)",
     "too many arguments on calibration_curve() - max 10"},
    {"SELECT * FROM calibration_curve WHERE bins = 5",
     "calibration_curve: it reads a saved set: calibration_curve((SELECT score_set(score, label) FROM …))"},
    {"SELECT f1_at_ci('[1,2]','[1,2]','[1]')",
     "f1_at_ci: score must be a number, got text '[1,2]'; vector_at(score, i) takes one entry of a vector; "
     "input_problems(score, label) counts all that is wrong"},
    {"SELECT softmax('[1 true')",
     "softmax: vector is not a JSON array of numbers: invalid at character 4, got text '[1 true'; a vector "
     "is written as '[0.1,0.2,0.7]', with brackets and commas"},
    {"SELECT cost_at(s) FROM (SELECT cost_at_state(.5, 1, .3, 1, 2) AS s UNION ALL SELECT cost_at_state(.5, "
     "1, .3, 1, 3))",
     "cost_at: fn_cost changed from 2 to 3"},
    {"SELECT * FROM mlmetrics_functions(1)", "too many arguments on mlmetrics_functions() - max 0"},
    {"SELECT mse(1, 1, 'a,b')",
     "mse: weight must be a number, got text 'a,b'; for one value per group, use GROUP BY"},
    {"SELECT mean_ci_clustered(1, 1, 'x')", "mean_ci_clustered: level must be within (0,1), got text 'x'"},
    {"SELECT f1_at_ci('[1,2]', 'x')",
     "f1_at_ci: call it as f1_at_ci(score, label, cutoff[, level=0.95[, method][, weight]]), or with a saved "
     "state; got 2 arguments, the first text '[1,2]'"},
    {"SELECT sigmoid(x'000000000000000000')",
     "sigmoid: x must be a number, got a BLOB of 9 bytes; vector_at(x, i) takes one entry of a vector"},
    {"SELECT log_loss(1, x'00000000000000000000')", "log_loss: label must be 0 or 1, got a BLOB of 10 bytes; "
                                                    "vector_at(label, i) takes one entry of a vector"},
    {"SELECT cross_entropy(x'0000000000000040', 0)",
     "cross_entropy: element 1 of probs must be within [0,1], got 2; if the entries are logits, "
     "cross_entropy_logits takes them; if the entries are percentages, divide them by 100; "
     "vector_from_f64(blob) reads float64"},
    {"SELECT entropy(x'0000000000000000')",
     "entropy: entries of probs must sum to 1, but they sum to 0; vector_from_f64(blob) reads float64"},
    {"SELECT softmax(x'0000c07f0000c07f')",
     "softmax: element 0 of the BLOB in argument 1 is NaN; vector_from_f64(blob) reads float64"},
    {"SELECT softmax(p) FROM (SELECT pack(1) AS p)",
     "softmax: vector cannot be a packed column, because it is a vector in each row"},
    {"SELECT score_set_info(p) FROM (SELECT pack(1) AS p)",
     "score_set_info: set cannot be a packed column, because it must be a saved set"},
    {"SELECT with_label(s, p) FROM (SELECT score_set(.5, 1) AS s), (SELECT pack(1) AS p)",
     "with_label: label cannot be a packed column, because the other argument is a saved set"},
    {"SELECT vector_from_f64(p) FROM (SELECT pack(1) AS p)",
     "vector_from_f64: blob cannot be a packed column"},
    {"SELECT roc_svg(s) FROM (SELECT class_set('a', 'b') AS s)",
     "roc_svg: cannot read a saved state of 'class_set', only of 'score_sets'"},
    {"SELECT mse(1, 1, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
     "mse: weight must be a number, got text 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'; if that is a "
     "column, write its name without quotes; for one value per group, use GROUP BY"},
    {"SELECT softmax(CAST(x'312c3200' AS TEXT))",
     "softmax: vector must be a JSON array or a float32 BLOB, got text '1,2 '"},
    {"SELECT softmax('[z0 1')",
     "softmax: element 0 of vector must be a number, got text '[z0 1'; json_array(…) makes columns a vector"},
    {"SELECT "
     "mse(CAST(x'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' AS "
     "TEXT), 1)",
     "mse: pred must be a number, got text '����������������������������������������…'; CASE pred WHEN … "
     "THEN … ELSE pred END gives its number, nullif(pred, …) if it stands for a missing value"},
    {"SELECT mse(9007199254740993, 1)",
     "mse: pred must be a number that a REAL holds exactly, got 9007199254740993; subtract a base first, or "
     "accept the rounding by to_number(pred)"},
    {"SELECT * FROM unpack(1)", "unpack: it reads a packed column: unpack((SELECT pack(x) FROM …)); got 1"},
    {"SELECT * FROM unpack", "unpack: it reads a packed column: unpack((SELECT pack(x) FROM …))"},
    {"SELECT bootstrap_ci(score_set(0.2, 1, 0.5), 'log_loss')",
     "bootstrap_ci: resampling draws whole rows, so weights must be integers up to 2^44; with others, "
     "bootstrap the "
     "query itself: multiply the weight by poisson_weight(key, replicate) and GROUP BY replicate"},
    {"SELECT unpack(1)", "unpack: it is a table, opened as SELECT * FROM unpack((SELECT pack(x) FROM …))"},
    {"SELECT softmax(' (0.1 0.2)')",
     "softmax: vector must be a JSON array or a float32 BLOB, got text ' (0.1 0.2)'; a vector is written as "
     "'[0.1,0.2,0.7]', with brackets and commas"},
    {"SELECT cross_entropy(p, 0) FROM (SELECT pack('{0.1 0.2') AS p)",
     "cross_entropy: element 0: probs must be a JSON array or numbers, got text '{0.1 0.2'; a vector is "
     "written as '[0.1,0.2,0.7]', with brackets and commas"},
    {"SELECT softmax('+1 2')", "softmax: vector must be a JSON array or a float32 BLOB, got text '+1 2'; a "
                               "vector is written as '[0.1,0.2,0.7]', with brackets and commas"},
    {"SELECT softmax('1;2')", "softmax: vector must be a JSON array or a float32 BLOB, got text '1;2'; a "
                              "vector is written as '[0.1,0.2,0.7]', with brackets and commas"},
    {"SELECT log_loss('0.1 0.2', 0)",
     "log_loss: prob must be a number, got text '0.1 0.2'; a vector is written as '[0.1,0.2,0.7]', with "
     "brackets and commas; input_problems(prob, label) counts all that is wrong"},
    {"SELECT softmax('[ z0, z1]')", "softmax: element 0 of vector must be a number, got text '[ z0, z1]'; "
                                    "json_array(…) makes columns a vector"},
    {"SELECT softmax('[NaN, 1]')", "softmax: element 0 of vector must be a number, got text '[NaN, 1]'"},
    {"SELECT roc_auc_ovr_macro('[0.5]', '[1]')",
     "roc_auc_ovr_macro: class must be 0, since there is one entry, got text '[1]'; the vector is the first "
     "argument; for one score per row see roc_auc"},
    {"SELECT softmax(' {\"a\":0.1}')",
     "softmax: vector must be a JSON array or a float32 BLOB, got text ' {\"a\":0.1}'; json_array(vector ->> "
     "'a', …), in the order of the classes, makes an object a vector"},
    {"SELECT softmax('{')", "softmax: vector must be a JSON array or a float32 BLOB, got text '{'"},
    {"SELECT softmax('{\"\":0.1}')",
     "softmax: vector must be a JSON array or a float32 BLOB, got text '{\"\":0.1}'; json_array(vector ->> "
     "'', …), in the order of the classes, makes an object a vector"},
    {"SELECT softmax('{\"a\"')",
     "softmax: vector must be a JSON array or a float32 BLOB, got text '{\"a\"'; json_array(vector ->> 'a', "
     "…), in the order of the classes, makes an object a vector"},
    {"SELECT log_loss('{\"a\":0.1,\"b\":0.9}', 0)",
     "log_loss: prob must be a number, got text '{\"a\":0.1,\"b\":0.9}'; json_array(prob ->> 'a', …), in the "
     "order of the classes, makes an object a vector; input_problems(prob, label) counts all that is wrong"},
    {"SELECT log_loss('1, 2', 0)",
     "log_loss: prob must be a number, got text '1, 2'; '[' || prob || ']' makes it a JSON array; "
     "input_problems(prob, label) counts all that is wrong"},
    {"SELECT trend_plot(1)",
     "trend_plot: it is a table, opened as SELECT * FROM trend_plot((SELECT trend_points(x, y) FROM …))"},
    {"SELECT RSQUARED(1, 2)",
     "RSQUARED of Vertica: here it is r2(pred, target[, weight]), the prediction first"},
    {"SELECT mlmetrics_version(1)", "mlmetrics_version: call it as mlmetrics_version(); got 1 argument"},
    {"SELECT ece(.5, 1, pack_json('[1]'))",
     "ece: bins cannot be a packed column, because it is the same for every row"},
    {"SELECT bootstrap_ci(score_set(.5, 1), pack_json('[1]'))",
     "bootstrap_ci: metric cannot be a packed column, because it is the same for every row"},
    {"SELECT * FROM calibration_curve((SELECT score_set(-0.5, 1)))",
     "calibration_curve: every score of the set must be within [0,1], got -0.5; if every score is a logit, "
     "sigmoid(score) makes it a probability"},
    {"SELECT log_loss(100, 1)",
     "log_loss: prob must be within [0,1], got 100; if every prob is a logit, bce_logits takes them; if "
     "every prob is a percentage, 0.5 meaning 0.5%, to_number((prob) || '%') reads it"},
    {"SELECT log_loss(-0.0001, 1)",
     "log_loss: prob must be within [0,1], got -0.0001; CASE WHEN to_number(prob) BETWEEN -0.0001 AND 0 "
     "THEN 0 ELSE prob END removes the rounding"},
    {"SELECT log_loss(1.0001, 1)",
     "log_loss: prob must be within [0,1], got 1.0001; CASE WHEN to_number(prob) BETWEEN 1 AND 1.0001 "
     "THEN 1 ELSE prob END removes the rounding"},
    {"SELECT cross_entropy('[1.00005,0]', 0)",
     "cross_entropy: element 0 of probs must be within [0,1], got 1.00005; divide the entries by their sum"},
    {"SELECT cross_entropy('[-0.00015,1]', 0)",
     "cross_entropy: element 0 of probs must be within [0,1], got -0.00015; if the entries are logits, "
     "cross_entropy_logits takes them"},
    {"SELECT psi(.5, s) FROM (SELECT score_set(.5, 1) AS s)",
     "psi: sample must be 0 for the reference or 1 for the current rows, got a saved state of 'score_set'; a "
     "saved state is the "
     "first argument: psi(state[, bins=10])"},
    {"SELECT psi(s, s) FROM (SELECT score_set(.5, 1) AS s)",
     "psi: bins must be an integer from 1 to 10000 or a JSON array of edges, got a saved state of "
     "'score_set'; to compare two sets, SELECT psi(s) FROM (SELECT with_label(s1, 0) AS s FROM \xe2\x80\xa6 "
     "UNION ALL SELECT with_label(s2, 1) FROM \xe2\x80\xa6)"},
    {"SELECT accuracy(s) FROM (SELECT pred_set(1, 1) AS s)",
     "accuracy: cannot read a saved state of 'pred_set', only of 'class_set'; evaluate(set) gives r2, rmse, "
     "mae and mean_error of a pred_set"},
    {"SELECT psi(s, c) FROM (SELECT score_set(.5, 1) AS s, class_set(1, 1) AS c)",
     "psi: bins must be an integer from 1 to 10000 or a JSON array of edges, got a saved state of "
     "'class_set'"},
    {"SELECT binomial_test(3, 10, 100.5)", "binomial_test: p must be within [0,1], got 100.5"},
    {"SELECT roc_auc_ci(column1, 1, column2, 'normal', 3) FROM (VALUES (.5, .9), (.6, .95))",
     "roc_auc_ci: level changed from 0.9 to 0.95; the weight is argument 5"},
    {"SELECT proportion_ci(1, 2, 'wilson')",
     "proportion_ci: level must be within (0,1), got text 'wilson'; 'wilson' is a method, which is "
     "argument 4"},
    {"SELECT roc_auc_ci(.5, 1, .95, CAST(x'6e6f726d616c0078' AS TEXT))",
     "roc_auc_ci: method must be 'logit' or 'normal' for this metric, got text 'normal x'"},
    {"SELECT roc_auc_ci(.5, 1, 'foo')", "roc_auc_ci: level must be within (0,1), got text 'foo'"},
    {"SELECT interval_score(1, 2, 1, 99.123456789)",
     "interval_score: alpha must be within (0,1], got 99.123456789; of an interval of 99.123456789 % it "
     "is 0.00876543211; the weight is argument 5"},
    {"SELECT interval_score(1, 2, 1, 50)",
     "interval_score: alpha must be within (0,1], got 50; of an interval of 50 % it is 0.5; the weight is "
     "argument 5"},
    {"SELECT interval_score(1, 2, 1, 49.5)",
     "interval_score: alpha must be within (0,1], got 49.5; 49.5 % is written 0.495; the weight is "
     "argument 5"},
    {"SELECT roc_auc_ci(.5, 1, 95.10000000000001)",
     "roc_auc_ci: level must be within (0,1), got 95.10000000000001; 95.10000000000001 % is written "
     "0.9510000000000001; the weight is argument 4"},
    {"SELECT roc_auc_ci(.5, 1, 99)",
     "roc_auc_ci: level must be within (0,1), got 99; 99 % is written 0.99; the weight is argument 4"},
    {"SELECT roc_auc_ci(.5, 1, 50)",
     "roc_auc_ci: level must be within (0,1), got 50; the weight is argument 4"},
    {"SELECT roc_auc_ci(.5, 1, 50.5)",
     "roc_auc_ci: level must be within (0,1), got 50.5; 50.5 % is written 0.505; the weight is argument 4"},
    {"SELECT roc_auc_ci(.5, 1, -0.5)", "roc_auc_ci: level must be within (0,1), got -0.5"},
    {"SELECT roc_auc_ci(.5, 1, 2147483648)", "roc_auc_ci: level must be within (0,1), got 2147483648"},
    {"SELECT cross_entropy_logits('[1,2]', 0, 1, 1)",
     "cross_entropy_logits: label_smoothing must be within [0,1), got 1; the weight is argument 3"},
    {"SELECT top_k_accuracy('[1,2]', 0, 0)",
     "top_k_accuracy: k must be an integer from 1 to 2147483647, got 0; are class and k swapped?"},
    {"SELECT top_k_accuracy('[1,2]', 0, 2.5)",
     "top_k_accuracy: k must be an integer from 1 to 2147483647, got 2.5; the weight is argument 4"},
    {"SELECT fleiss_kappa('a')",
     "fleiss_kappa: ratings must be a JSON array of values, got text 'a'; json_array(…) makes columns an "
     "array"},
    {"SELECT roc_auc(.5, 1, -1)",
     "roc_auc: weight must be finite and >= 0, got -1; CASE to_number(weight) WHEN -1 THEN NULL ELSE "
     "weight END if it stands for a missing weight"},
    {"SELECT roc_auc(.5, 1, -9e999)", "roc_auc: weight must be finite and >= 0, got -Infinity"},
    {"SELECT mann_whitney_test(3, .5)",
     "mann_whitney_test: label must be 0 or 1, got 0.5; if score and label are two measurements of each "
     "row, see wilcoxon_test"},
    {"SELECT mann_whitney_test(3, 2)",
     "mann_whitney_test: label must be 0 or 1, got 2; to_number(label) - 1 if the classes are 1 and 2, "
     "to_number(label) > 0 if the numbers above 0 are positive and all others negative"},
    {"SELECT mann_whitney_test(1, 2.5)",
     "mann_whitney_test: label must be 0 or 1, got 2.5; are score and label swapped? (the score here is a "
     "0 or 1)"},
    {"SELECT t_test(1, 20240601)",
     "t_test: sample must be 0 or 1, got 20240601; if dates tell the two samples apart, CASE WHEN "
     "to_number(sample) BETWEEN 19000101 AND 20991231 THEN to_number(sample) > 20240601 ELSE sample END "
     "makes two samples, up to 20240601 and after it"},
    {"SELECT mann_whitney_test(1, 20240601.5)",
     "mann_whitney_test: label must be 0 or 1, got 20240601.5; are score and label swapped? (the score "
     "here is a 0 or 1)"},
    {"SELECT mann_whitney_test(1, 19000101)",
     "mann_whitney_test: label must be 0 or 1, got 19000101; if dates tell the two samples apart, CASE "
     "WHEN to_number(label) BETWEEN 19000101 AND 20991231 THEN to_number(label) > 19000101 ELSE label END "
     "makes two samples, up to 19000101 and after it"},
    {"SELECT mann_whitney_test(1, 20991231)",
     "mann_whitney_test: label must be 0 or 1, got 20991231; if dates tell the two samples apart, CASE "
     "WHEN to_number(label) BETWEEN 19000101 AND 20991231 THEN to_number(label) > 20991231 ELSE label END "
     "makes two samples, up to 20991231 and after it"},
    {"SELECT mann_whitney_test(1, 21000101)",
     "mann_whitney_test: label must be 0 or 1, got 21000101; to_number(label) = 21000101 for that class "
     "against the rest, to_number(label) > 0 if the numbers above 0 are positive and all others negative; "
     "label is the sample that the row belongs to, 0 or 1"},
    {"SELECT trend_points('2024-W06', 'a', 1)",
     "trend_points: x must be a number or a date such as '2001-05-31', got text '2024-W06'; for weeks, "
     "date(day, 'weekday 0', '-6 days') gives the Monday of a date's week"},
    {"SELECT concordance_index(1, 2, 3)",
     "concordance_index: event must be 0 or 1, got 3; to_number(event) > 0 if the numbers above 0 are "
     "positive and all others negative"},
    {"SELECT concordance_index(1, 2, 'a')",
     "concordance_index: event must be 0 or 1, got text 'a'; if that is a column, write its name without "
     "quotes; CASE event WHEN 'a' THEN 1 WHEN … THEN 0 ELSE event END is 1 or 0"},
    {"SELECT delong_test(.5, .6, .5)",
     "delong_test: label must be 0 or 1, got 0.5; arguments 1 and 2 are two models' scores of the same "
     "row, argument 3 is its label"},
    {"SELECT delong_test(.5, .6, 1.5)",
     "delong_test: label must be 0 or 1, got 1.5; arguments 1 and 2 are two models' scores of the same "
     "row, argument 3 is its label; for measured values see mean_ci(squared_error(score_a, label) - "
     "squared_error(score_b, label))"},
    {"SELECT delong_test(.5, .6, -.5)",
     "delong_test: label must be 0 or 1, got -0.5; arguments 1 and 2 are two models' scores of the same "
     "row, argument 3 is its label; for measured values see mean_ci(squared_error(score_a, label) - "
     "squared_error(score_b, label))"},
    {"SELECT delong_test(.5, .6, 9e999)",
     "delong_test: label must be 0 or 1, got Infinity; to_number(label) > 0 if the numbers above 0 are "
     "positive and all others negative; arguments 1 and 2 are two models' scores of the same row, "
     "argument 3 is its label"},
    {"SELECT roc_auc(.5, 1e9)",
     "roc_auc: label must be 0 or 1, got 1000000000; to_number(label) > 0 if the numbers above 0 are "
     "positive and all others negative; for measured values see rmse(pred, target) and "
     "report_regression_html"},
    {"SELECT roc_auc(0, 2.5)",
     "roc_auc: label must be 0 or 1, got 2.5; are score and label swapped? (the score here is a 0 or 1)"},
    {"SELECT log_loss(.3, .7000015, 1)",
     "log_loss: label must be 0 or 1, got 0.7000015; are score and label swapped? If not, bce takes "
     "targets between 0 and 1"},
    {"SELECT log_loss(.3, 1.5)",
     "log_loss: label must be 0 or 1, got 1.5; are score and label swapped? for measured values see "
     "rmse(pred, target) and report_regression_html"},
    {"SELECT log_loss(.3, -.5)",
     "log_loss: label must be 0 or 1, got -0.5; are score and label swapped? for measured values see "
     "rmse(pred, target) and report_regression_html"},
    {"SELECT average_precision(.3, .7, 1)",
     "average_precision: label must be 0 or 1, got 0.7; are score and label swapped?"},
    {"SELECT f1_at(1, .3, 1)",
     "f1_at: label must be 0 or 1, got 0.3; are score, label and cutoff in this order? (the score here is "
     "a 0 or 1)"},
    {"SELECT f1_at(0, .3, 1)",
     "f1_at: label must be 0 or 1, got 0.3; are score, label and cutoff in this order? (the score here is "
     "a 0 or 1)"},
    {"SELECT f1(1e9, 1)",
     "f1: pred must be 0 or 1, got 1000000000; if it is a score, f1_at(score, label, cutoff) decides by it"},
    {"SELECT f1(-1e9, 1)",
     "f1: pred must be 0 or 1, got -1000000000; if it is a score, f1_at(score, label, cutoff) decides by "
     "it"},
    {"SELECT specificity('cat', 1)",
     "specificity: pred must be 0 or 1, got text 'cat'; if that is a column, write its name without "
     "quotes; CASE pred WHEN 'cat' THEN 1 WHEN … THEN 0 ELSE pred END if that is the positive class, "
     "nullif(pred, 'cat') if it stands for a missing value"},
    {"SELECT roc_auc(.5, 'labelr')",
     "roc_auc: label must be 0 or 1, got text 'labelr'; if that is a column, write its name without "
     "quotes; CASE label WHEN 'labelr' THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, "
     "nullif(label, 'labelr') if it stands for a missing value; input_problems(score, label) counts all "
     "that is wrong"},
    {"SELECT vector_at(1)", "vector_at: call it as vector_at(VECTOR, i); got 1 argument"},
    {"SELECT f1_at((SELECT score_set(.5, 1)))",
     "f1_at: with this saved state call it as f1_at(state, cutoff); got 1 argument"},
    {"SELECT specificity((SELECT class_set(1.5, 2.5)))",
     "specificity: every class of the set must be 0 or 1, got 1.5; with more classes compare both with "
     "one: specificity(to_number(pred) = X, to_number(label) = X)"},
    {"SELECT cross_entropy_logits(.5, 1)",
     "cross_entropy_logits: class must be 0, since there is one entry, got 1; for one logit per row see "
     "bce_logits"},
    {"SELECT ece(.5, 1, 'unifosl')",
     "ece: bins must be an integer from 1 to 2147483647 or a JSON array of edges, got text 'unifosl'"},
    {"SELECT roc_auc_ci(.5, 1, .95, 'foo')",
     "roc_auc_ci: method must be 'logit' or 'normal' for this metric, got text 'foo'"},
    {"SELECT p_adjust('[.1,.2]', 'foo')", "p_adjust: method must be 'holm' or 'bh', got text 'foo'"},
    {"SELECT dcg_at_k(1, 2, 2.5)", "dcg_at_k: k must be an integer from 1 to 2147483647, got 2.5"},
    {"SELECT ece(.5, 1, column1) FROM (VALUES ('[0,.5,1]'), (10))",
     "ece: bins changed from '[0.0,0.5,1.0]' to 10; the weight is argument 5"},
    {"SELECT kl_divergence(x'0000803E0000803E0000803E0000803E', '[.5,.5]')",
     "kl_divergence: P has 4 elements, but Q has 2; vector_from_f64(blob) reads float64"},
    {"SELECT roc_auc(1, 1, 1, 1) FROM (SELECT 1 WHERE 0)",
     "roc_auc: call it as roc_auc(score, label[, weight]), with no other number of arguments"},
    {"SELECT psi_classes('a', 3)",
     "psi_classes: sample must be 0 for the reference or 1 for the current rows, got 3; to compare two "
     "columns, SELECT a AS class, 0 AS sample FROM … UNION ALL SELECT b, 1 FROM …"},
    {"SELECT roc_auc(.5, printf('a%039d', 1))",
     "roc_auc: label must be 0 or 1, got text 'a000000000000000000000000000000000000001'; if that is a "
     "column, write its name without quotes; CASE label WHEN 'a000000000000000000000000000000000000001' "
     "THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, nullif(label, "
     "'a000000000000000000000000000000000000001') if it stands for a missing value; input_problems(score, "
     "label) counts all that is wrong"},
    {"SELECT roc_auc(.5, printf('a%038d', 1) || CAST(x'FF' AS TEXT))",
     "roc_auc: label must be 0 or 1, got text 'a00000000000000000000000000000000000001�'; CASE label WHEN "
     "… THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, nullif(label, …) if it stands "
     "for a missing value; input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, printf('a%039d', 1) || CAST(x'FF' AS TEXT))",
     "roc_auc: label must be 0 or 1, got text 'a000000000000000000000000000000000000001…'; CASE label "
     "WHEN … THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, nullif(label, …) if it "
     "stands for a missing value; input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, 'cat' || char(10) || 'b')",
     "roc_auc: label must be 0 or 1, got text 'cat b'; CASE label WHEN … THEN 1 WHEN … THEN 0 ELSE label "
     "END if that is the positive class, nullif(label, …) if it stands for a missing value; "
     "input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, 'cat' || char(127) || 'b')",
     "roc_auc: label must be 0 or 1, got text 'cat b'; CASE label WHEN … THEN 1 WHEN … THEN 0 ELSE label "
     "END if that is the positive class, nullif(label, …) if it stands for a missing value; "
     "input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, 'cat~b')",
     "roc_auc: label must be 0 or 1, got text 'cat~b'; CASE label WHEN 'cat~b' THEN 1 WHEN … THEN 0 ELSE "
     "label END if that is the positive class, nullif(label, 'cat~b') if it stands for a missing value; "
     "input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, CAST(x'61FF62' AS TEXT))",
     "roc_auc: label must be 0 or 1, got text 'a�b'; CASE label WHEN … THEN 1 WHEN … THEN 0 ELSE label "
     "END if that is the positive class, nullif(label, …) if it stands for a missing value; "
     "input_problems(score, label) counts all that is wrong"},
    {"SELECT roc_auc(.5, "
     "CAST(x'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' AS TEXT))",
     "roc_auc: label must be 0 or 1, got text "
     "'����������������������������������������'; "
     "CASE label WHEN … THEN 1 WHEN … THEN 0 ELSE label END if that is the positive class, nullif(label, "
     "…) if it stands for a missing value; input_problems(score, label) counts all that is wrong"},
    {"SELECT confusion_svg(1, 1)",
     "confusion_svg: argument 1 is not a saved state, got 1; call it as SELECT confusion_svg(s, "
     "series_name) FROM (SELECT series_name, class_set(pred, label) AS s FROM … GROUP BY series_name)"},
    {"SELECT vector_at('[1,2]', ' [1]')",
     "vector_at: i must be an index from 0 to 1, since there are 2 entries, got text ' [1]'; the vector "
     "is the first argument"},
    {"SELECT vector_at('[1,2]', char(9) || '[1]')",
     "vector_at: i must be an index from 0 to 1, since there are 2 entries, got text ' [1]'; the vector "
     "is the first argument"},
    {"SELECT vector_at('[1,2]', char(13) || '[1]')",
     "vector_at: i must be an index from 0 to 1, since there are 2 entries, got text ' [1]'; the vector "
     "is the first argument"},
    {"SELECT cross_entropy()", "cross_entropy: call it as cross_entropy(PROBS…, class); got 0 arguments"},
    {"SELECT roc_auc(x'4D4CFF7F030973636F72655F7365745B7A50B484A96CA20000000180808080808080F0BF010000')",
     "roc_auc: the saved state was written by a version of mlmetrics that this one cannot read"},
};

#define HELP "SELECT summary || '~' || example || '~' || ifnull(cost, 'no cost') FROM mlmetrics_functions "

/* A list of objectives, an interval, a metric of vectors in its two forms, a scalar and a table. */
static const Case help[] = {
    {"SELECT count(*) > 500 FROM mlmetrics_names", "1"},
    {"SELECT name FROM mlmetrics_functions WHERE name IN ('cutoff_curve', 'score_set_info', 'unpack', 'f64')",
     "score_set_info\ncutoff_curve\nf64\nunpack"},
    {HELP "WHERE name = 'sigmoid'",
     "1/(1+e^-x): the probability that a logit stands for; never overflows, within 1 ulp.~SELECT "
     "sigmoid(0.5)~no cost"},
    {HELP "WHERE name = 'best_cutoff'",
     "The cutoff, or threshold (a score that occurs, or Infinity: predict none), that is best for the "
     "objective: 'f1', 'accuracy', 'error_rate', 'balanced_accuracy', 'mcc', 'youden', 'dot', "
     "'fbeta:BETA', 'cost:FP_COST,FN_COST', 'precision>=X', 'recall>=X', 'specificity>=X'. With a "
     "condition, the cutoff with the most recall (with 'recall>=X', the most precision) among those that "
     "meet it. Of equally good cutoffs the highest; NULL if none qualifies. '@midpoint' after the "
     "objective moves the cutoff halfway to the next score below.~SELECT best_cutoff(column1, column2, "
     "'precision>=0.6') FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))~8 to 10 bytes a row, down to "
     "24 bytes a distinct score where scores repeat; 24 to 40 bytes a row of fractional weight. Adding a row "
     "takes O(1) time; a value sorts the rows, O(n log n). In a window, adding or removing a row takes "
     "O(log n), and a value takes a pass over the distinct scores of the frame unless stated otherwise; "
     "with fractional weights it is always O(n)."},
    {HELP "WHERE name = 'best_cutoff_ci'",
     "JSON with value, low, high, se, level, method, rows and the metric's parameters: the interval of "
     "best_cutoff. Quantiles of the metric over 1000 samples of as many rows as there are, drawn with "
     "replacement. The weight is the number of rows that the row stands for, not a number of samples. "
     "Methods: 'percentile' (default).~SELECT best_cutoff_ci(column1, column2, 'precision>=0.6') FROM "
     "(VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))~8 to 10 bytes a row, down to 24 bytes a distinct "
     "score where scores repeat; 24 to 40 bytes a row of fractional weight. Adding a row takes O(1) time; a "
     "value sorts the rows, O(n log n). In a window, adding or removing a row takes O(log n), and a value "
     "takes a pass over the distinct scores of the frame unless stated otherwise; with fractional weights "
     "it is always O(n). A value computes the metric of 1000 samples of the rows, O(1000 n)."},
    {HELP "WHERE name = 'cross_entropy_ci'",
     "JSON with value, low, high, se, level, method, rows and the metric's parameters: the interval of "
     "cross_entropy. Student's t corrected for the skewness of the rows' values (Hall 1992) and cut to "
     "the range of the metric, or by 't' without the correction. For one row, or if a value is infinite, "
     "the bounds are null. The weight is the number of rows that the row stands for, not a number of "
     "samples. Methods: 'hall' (default), 't'.~SELECT cross_entropy_ci(0.3, 0.3, 0.4, 2)~O(1) memory, 3.5 "
     "KB. Adding a row of K numbers takes O(K) time, and so does removing one from a window; a value "
     "takes O(1) time.\nJSON with value, low, high, se, level, method, rows and the metric's "
     "parameters: the interval of cross_entropy. Student's t corrected for the skewness of the rows' "
     "values (Hall 1992) and cut to the range of the metric, or by 't' without the correction. For one "
     "row, or if a value is infinite, the bounds are null. The weight is the number of rows that the row "
     "stands for, not a number of samples. Methods: 'hall' (default), 't'.~SELECT cross_entropy_ci('[0.3, "
     "0.3, 0.4]', 2)~O(1) memory, 3.5 KB. Adding a row of K numbers takes O(K) time, and so does removing "
     "one from a window; a value takes O(1) time."},
    {HELP "WHERE name = 'pr_curve'",
     "The precision-recall curve, from (Infinity, 1, 0); one row for each distinct score. Recall is NULL "
     "without positives.~SELECT * FROM pr_curve((SELECT score_set(column1, column2) FROM (VALUES (0.1, "
     "0), (0.4, 0), (0.35, 1), (0.8, 1))))~no cost"},
    {HELP "WHERE name = 'dcg_at_k'",
     "Discounted cumulative gain of the k highest scores: the sum of relevance / log2(rank + 1); for the "
     "gain 2^rel - 1 pass exp2(relevance) - 1. NULL where no row is relevant.~SELECT dcg_at_k(column1, "
     "column2, 2) FROM (VALUES (0.9, 1), (0.8, 0), (0.7, 3), (NULL, 2))~8 bytes for each number of a row, "
     "and 16 more where its weight is fractional. Adding a row takes O(1) time, and so does removing one "
     "from a window; a value sorts: O(rows log rows) time, and 8 to 20 bytes a row meanwhile unless "
     "stated otherwise."},
    {"SELECT signature FROM mlmetrics_functions WHERE name IN ('f1_at_ci', 'roc_curve')",
     "f1_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])\nroc_curve(set[, points])"},
    /* A sentence in each, a call of the function itself, and the cost of each aggregate and of no other. */
    {"SELECT count(*) > 490, min(summary LIKE '%_.'), min(instr(example, name) > 0), "
     "min((kind = 'aggregate') = (ifnull(cost, '') LIKE '%_.')) FROM mlmetrics_functions",
     "1|1|1|1"},
};

#define SIX    "(VALUES (.1, 0), (.4, 1), (.35, 1), (.8, 1), (.2, 0), (.9, 0))"
#define SET    "(SELECT score_set(column1, column2) FROM " SIX ")"
#define SETS   "(SELECT score_set(column1, column2) AS s FROM " SIX " GROUP BY column1 > .3)"
#define PACKED "(SELECT pack(column1) AS p, pack(column2) AS q FROM " SIX ")"
#define FITS                                                                                                 \
  "(SELECT platt_fit(column1, column2) AS f FROM " SIX " UNION ALL SELECT isotonic_fit(column1, column2) "   \
  "FROM " SIX ")"

/* What is kept from row to row, from call to call, or by a cursor. */
static const Case kept[] = {
    {"SELECT json_type(json_array(softmax('[1,2]')), '$[0]'), json_type(json_array(mlmetrics_version()), "
     "'$[0]')",
     "array|text"},
    {"SELECT group_concat(bin) FROM calibration_curve(" SET ", '[0,.5,1]')", "0,1"},
    {"SELECT group_concat(bin) FROM calibration_curve WHERE \"set\" = " SET " AND strategy = 'quantile'",
     "0,1,3,5,7,9"},
    {"SELECT count(calibrate((SELECT platt_fit(column1, column2) FROM " SIX "), column1)) FROM " SIX, "6"},
    {"SELECT count(calibrate(f, column1)) FROM " FITS ", " SIX, "12"},
    {"SELECT count(bootstrap_ci(s, 'roc_auc', .9, 5)) FROM " SETS, "2"},
    {"SELECT json_extract(compare_ci(column1, -column1, column2, 'f1_at:0.3'), '$.value_a') FROM " SIX,
     "0.857142857142857"},
    {"SELECT count(*) FROM " SETS ", roc_curve(s) AS c JOIN calibration_curve(s, 3, 'quantile') AS d", "13"},
    {"SELECT count(*) FROM unpack((SELECT calibrate((SELECT isotonic_fit(column1, column2) FROM " SIX "), p) "
     "FROM " PACKED "))",
     "6"},
    {"SELECT count(*) FROM unpack((SELECT calibrate('{\"method\":\"platt\",\"slope\":3,\"intercept\":1}', "
     "pack(column1 || '')) FROM " SIX "))",
     "6"},
    {"SELECT json_extract(score_set_info(" SET "), '$.rows')", "6"},
    {"SELECT count(*) FROM unpack((SELECT argmax(p, q) FROM " PACKED "))", "6"},
    {"SELECT count(*) FROM unpack((SELECT to_number(pack(column1 || ''), 'point') FROM " SIX "))", "6"},
    {"SELECT roc_auc(p, q), f1_at(p, q, .5), accuracy(q, q) FROM " PACKED, "0.666666666666667|0.4|1.0"},
    {"SELECT length(softmax('[1,2]')), argmax('[1,2]'), round(bce_logits('[1,2]', '[1,0]', 1, '[1,2]'), 9)",
     "39|1|1.220094849"},
};

static void check(sqlite3 *db, const Case *cases, size_t n, bool wanted) {
  for (size_t i = 0; i < n; i++) {
    bool error;
    char *got = rows_of(db, cases[i].sql, &error);
    if (error == wanted && strcmp(got, cases[i].want) == 0)
      passed();
    else
      failed("%s\n  gives %s\n  not   %s", cases[i].sql, got, cases[i].want);
    sqlite3_free(got);
  }
}

/* A text without a second quotation mark, behind whose end nothing may be read: sanitizers see it. */
static void check_end_of_text(sqlite3 *db) {
  static const char object[] = "{\"a";
  char *text = malloc(sizeof object);
  sqlite3_stmt *statement;
  if (!text) exit(2);
  memcpy(text, object, sizeof object);
  sqlite3_prepare_v2(db, "SELECT softmax(?1)", -1, &statement, NULL);
  sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
  sqlite3_step(statement);
  expect_for(strstr(sqlite3_errmsg(db), "; json_array(vector ->> …, …), in the order of") != NULL,
             "the end of a text", sqlite3_errmsg(db));
  sqlite3_finalize(statement);
  free(text);
}

int main(void) {
  sqlite3_close(open_bare()); /* what SQLite keeps from its first connection on */
  const sqlite3_int64 at_first = sqlite3_memory_used();
  sqlite3 *db = open_bare();
  check(db, messages, sizeof messages / sizeof *messages, true);
  check(db, help, sizeof help / sizeof *help, false);
  check(db, kept, sizeof kept / sizeof *kept, false);
  check_end_of_text(db);
  const int closed = sqlite3_close(db);
  const sqlite3_int64 left = sqlite3_memory_used() - at_first;
  if (closed == SQLITE_OK && left == 0)
    passed();
  else
    failed("closing gives %d and leaves %ld bytes", closed, (long)left);
  return end_of_tests();
}
