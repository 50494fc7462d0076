/* As remedies.c: classes with names, arguments in another order, names in quotes, names of saved states. */
#include "said.h"

/* What a message says of the first month, and the expression in it. */
#define SAMPLES_OF(name)                                                                                     \
  "if dates tell the two samples apart, CASE WHEN " name                                                     \
  " GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]*' THEN " name " > '2026-01' ELSE " name                             \
  " END makes two samples, up to '2026-01' and after it"
#define SAMPLE_OF_MONTH                                                                                      \
  "CASE WHEN month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]*' THEN month > '2026-01' ELSE month END"

#define IF_A_COLUMN                                                                                          \
  "; if that is a column, write its name without quotes; if it is the header of a CSV file, delete its row"
#define IS_METRIC  "; 'roc_auc' is a metric, which is argument 4"
#define TWO_SCORES "; arguments 1 and 2 are two models' scores of the same row, argument 3 is its label"

/* A saved state s in FROM. */
#define SCORES  "(SELECT score_set(score, label) AS s FROM four)"
#define CLASSES "(SELECT class_set(score > 0.2, label) AS s FROM four)"
/* Two saved sets of the scores, one for each label; how they become the samples of a function; and one set.
 */
#define TWO_SETS                                                                                             \
  " FROM (SELECT score_set(score, label) AS s1 FROM four WHERE label = 0), (SELECT score_set(score, label) " \
  "AS s2 FROM four WHERE label = 1)"
#define OF_SET " FROM (SELECT score_set(score, label) AS s FROM four)"
#define MERGE_SAMPLES(name)                                                                                  \
  "; to compare two sets, SELECT " name                                                                      \
  "(s) FROM (SELECT with_label(s1, 0) AS s FROM … UNION ALL SELECT with_label(s2, 1) FROM …)"

static const Said said[] = {
    /* predicted classes with names, or more than two */
    {"SELECT f1('cat', 'dog')",
     WHOLE
     "f1: pred must be 0 or 1, got text 'cat'; if that is a column, write its name without quotes; CASE "
     "pred WHEN 'cat' THEN 1 WHEN … THEN 0 ELSE pred END if that is the positive class, nullif(pred, "
     "'cat') if it stands for a missing value; f1_macro, f1_micro and f1_weighted take any classes",
     NULL},
    {"SELECT f1_macro('cat', 'dog'), f1_micro('cat', 'dog'), f1_weighted('cat', 'dog')", NULL, "0.0|0.0|0.0"},
    {"SELECT precision('on time', 1)",
     "; precision_macro, precision_micro and precision_weighted take any classes", NULL},
    {"SELECT recall(3, 1)",
     WHOLE
     "recall: pred must be 0 or 1, got 3; recall_macro, recall_micro and recall_weighted take any classes",
     NULL},
    {"SELECT jaccard(1, 3)", "; jaccard_macro, jaccard_micro and jaccard_weighted take any classes", NULL},
    {"SELECT f1('yes', 1)",
     WHOLE "f1: pred must be 0 or 1, got text 'yes'; to_label(pred) reads true, yes and the like, and words "
           "for missing values",
     NULL},
    {"SELECT specificity((SELECT class_set('cat', 1)))",
     WHOLE "specificity: every class of the set must be 0 or 1, got 'cat'", NULL},
    {"SELECT fbeta('cat', 'dog', 2)", "; of predicted classes see fbeta_macro", NULL},
    {"SELECT fbeta_macro('cat', 'cat', 2)", NULL, "1.0"},
    {"SELECT roc_auc(score, 'on time') FROM four",
     "got text 'on time'; if that is a column, write its name in double quotes, as the table spells it; CASE",
     NULL},
    {"SELECT best_cutoff(score, label, 'F1') FROM four", "; it is written 'f1'; it must be one of", NULL},
    {"SELECT best_cutoff(score, label, 'Precision >= 0.9') FROM four", "; it is written 'precision>=0.9'",
     NULL},
    {"SELECT best_cutoff(score, label, 'f1'), best_cutoff(score, label, 'precision>=0.9') FROM four", NULL,
     "0.35|0.8"},
    {"SELECT best_cutoff(score, label, 'precision>0.9') FROM four", "; conditions are written with >=;",
     NULL},
    {"SELECT best_cutoff(score, label, 'f1=0.9') FROM four", "; conditions are written with >=;", NULL},
    {"SELECT best_cutoff(score, label, 'foo') FROM four", "text 'foo'; it must be one of 'f1', ", NULL},
    {"SELECT best_cutoff(score, label, 'f-2') FROM four", "text 'f-2'; it must be one of 'f1', ", NULL},
    {"SELECT best_cutoff(score, label, 'a5') FROM four", "text 'a5'; it must be one of 'f1', ", NULL},
    {"SELECT best_cutoff(score, label, 'f1_score') FROM four", "; it is written 'f1'", NULL},
    {"SELECT best_cutoff(score, label, 'F1 Score') FROM four", "; it is written 'f1'", NULL},
    {"SELECT best_cutoff(score, label, 'f1-score') FROM four", "; it is written 'f1'", NULL},
    {"SELECT best_cutoff(score, label, 'f1_macro') FROM four", "; it is written 'f1'", NULL},
    {"SELECT best_cutoff(score, label, 'f1:0.5') FROM four", "; it takes no parameter", NULL},
    {"SELECT best_cutoff(score, label, 'f15') FROM four", "; F-beta is 'fbeta:BETA'", NULL},
    {"SELECT best_cutoff(score, label, 'f1 for me') FROM four", "; it is written 'f1'", NULL},
    {"SELECT best_cutoff(score, label, 'recall') FROM four", "; it is a condition, as in 'recall>=0.9'",
     NULL},
    {"SELECT best_cutoff(score, label, 'specificity') FROM four",
     "; it is a condition, as in 'specificity>=0.9'", NULL},
    {"SELECT best_cutoff(score, label, 'F2') FROM four", "; F-beta is 'fbeta:BETA'", NULL},
    {"SELECT best_cutoff(score, label, 'f0') FROM four", "; F-beta is 'fbeta:BETA'", NULL},
    {"SELECT best_cutoff(score, label, 'f9x') FROM four", "; F-beta is 'fbeta:BETA'", NULL},
    {"SELECT best_cutoff(score, label, 'f1<2') FROM four", "; conditions are lower limits, written with >=;",
     NULL},
    {"SELECT best_cutoff(score, label, 'f' || char(0)) FROM four", "'f '; it must be one of", NULL},
    {"SELECT best_cutoff(score, label, 'other@midpoint') FROM four", "'other@midpoint'; it must be one of",
     NULL},
    {"SELECT best_cutoff(score, label, 'youden@middle') FROM four", "; after @ comes midpoint", NULL},
    {"SELECT best_cutoff(score, label, 'jaccard') FROM four",
     "; the cutoff that is best for f1 is best for it", NULL},
    {"SELECT best_cutoff(score, label, 'fbeta:2') FROM four", NULL, "0.35"},
    {"SELECT best_cutoff(score, label, 'AUC') FROM four", "; the names are in lower case", NULL},
    {"SELECT argmax('{\"a\":1}')", "vector must be a JSON array or numbers, got text", NULL},
    {"SELECT argmax('[1,3,2]'), argmax(1, 3, 2)", NULL, "1|1"},
    {"SELECT argmax(1, 'abc')", "vector must be a number, got text 'abc'", NULL},
    {"SELECT roc_auc(score, 151 - label) FROM four",
     "got 151; to_number(label) = 151 for that class against the rest, to_number(label) > 0 if the "
     "numbers above 0 are positive and all others negative; for measured values see rmse(pred, target) and "
     "report_regression_html",
     NULL},
    {"SELECT roc_auc(score, to_number(CAST(151 - label AS TEXT)) = 151) = roc_auc(score, 1 - label) FROM "
     "four",
     NULL, "1"},
    {"SELECT roc_auc(score, to_number(CASE label WHEN 1 THEN 'x' ELSE 151 END) = 151) FROM four",
     "must be a number", NULL},
    {"SELECT log_loss(score, 150.5) FROM four",
     "; are score and label swapped? for measured values see rmse(pred, target)", NULL},
    {"SELECT rmse(score, score + 0.5) FROM four", NULL, "0.5"},
    {"SELECT length(report_regression_html(score, score + 0.5, 'a')) > 5000 FROM four", NULL, "1"},
    {"SELECT psi(score, month) FROM months", "got text '2026-01'; " SAMPLES_OF("sample"), NULL},
    {"SELECT psi_classes(score > 0.3, month) FROM months", "got text '2026-01'; " SAMPLES_OF("sample"), NULL},
    {"SELECT ks_test(score, month) FROM months", "got text '2026-01'; " SAMPLES_OF("label"), NULL},
    {"SELECT mann_whitney_test(score, month) FROM months", "got text '2026-01'; " SAMPLES_OF("label"), NULL},
    {"SELECT t_test(score, month) FROM months", "got text '2026-01'; " SAMPLES_OF("sample"), NULL},
    {"SELECT score_set(score, month) FROM months", "got text '2026-01'; " SAMPLES_OF("label"), NULL},
    {"SELECT psi((SELECT score_set(score, " SAMPLE_OF_MONTH
     ") FROM months), 2) = psi(score, month > '2026-01', "
     "2) FROM months",
     NULL, "1"},
    {"SELECT roc_auc(0.5, '2026-01-05')", "CASE label WHEN '2026-01-05' THEN 1 WHEN", NULL},
    {"SELECT psi(0.5, 'b1')", "CASE sample WHEN 'b1' THEN 0 WHEN … THEN 1 ELSE sample END if 'b1'", NULL},
    {"SELECT concordance_index(1, 2, '2026-01-05')", "CASE event WHEN '2026-01-05' THEN 1 WHEN", NULL},
    {"SELECT psi_classes(score > 0.3, " SAMPLE_OF_MONTH ") = psi_classes(score > 0.3, month > '2026-01'), "
     "psi(score, " SAMPLE_OF_MONTH ", 2) = psi(score, month > '2026-01', 2), "
     "ks_test(score, " SAMPLE_OF_MONTH ") = ks_test(score, month > '2026-01') FROM months",
     NULL, "1|1|1"},
    {"SELECT psi(score, " SAMPLE_OF_MONTH ") FROM (SELECT * FROM months UNION ALL SELECT 0.5, 'n/a')",
     "got text 'n/a'", NULL},
    {"SELECT psi(score, " SAMPLE_OF_MONTH ") FROM (SELECT * FROM months UNION ALL SELECT 0.5, 202603)",
     "got 202603", NULL},
    {"SELECT psi(score, " SAMPLE_OF_MONTH ") FROM (SELECT * FROM months UNION ALL SELECT 0.5, '2026-3-05')",
     "got text '2026-3-05'", NULL},
    {"SELECT psi(score, " SAMPLE_OF_MONTH ") FROM (SELECT * FROM months UNION ALL SELECT 0.5, '2026-XX-01')",
     "got text '2026-XX-01'", NULL},
    {"SELECT psi(score, " SAMPLE_OF_MONTH
     ") = psi(score, month > '2026-01') FROM (SELECT * FROM months UNION ALL "
     "SELECT 0.5, '1999-12-31')",
     NULL, "1"},
    {"SELECT psi_expected(score, month > '2026-01') FROM months",
     "call it as psi_expected(score_set(value, sample))", NULL},
    {"SELECT * FROM psi_table(0.1, 0)", "psi_table((SELECT score_set(value, sample) FROM …))", NULL},
    {"SELECT psi_table(score, month > '2026-01') FROM months",
     "SELECT * FROM psi_table((SELECT score_set(value, sample) FROM …))", NULL},
    {"SELECT json_extract(psi_expected(score_set(score, month > '2026-01')), '$.psi') = psi(score, month > "
     "'2026-01') FROM months",
     NULL, "1"},
    {"SELECT round(sum(psi), 9) = (SELECT round(psi(score, month > '2026-01'), 9) FROM months) FROM "
     "psi_table((SELECT score_set(score, month > '2026-01') FROM months))",
     NULL, "1"},
    /* two saved sets, a sample each */
    {"SELECT psi(s1, s2, 2)" TWO_SETS, "; got 3 arguments" MERGE_SAMPLES("psi"), NULL},
    {"SELECT roc_auc(0.5, 999999999.5)", "got 999999999.5; are score and label swapped?", NULL},
    {"SELECT label_ranking_loss(.2, .3, .5, 1, 1, 0)",
     "got 6 arguments; json_array(…) makes columns a vector, which is one argument", NULL},
    {"SELECT psi(s1, s2)" TWO_SETS, "got a saved state of 'score_set'" MERGE_SAMPLES("psi"), NULL},
    {"SELECT wasserstein(s1, s2)" TWO_SETS, "; got 2 arguments" MERGE_SAMPLES("wasserstein"), NULL},
    {"SELECT ks(s1, s2)" TWO_SETS, WHOLE "ks: with this saved state call it as ks(state); got 2 arguments",
     NULL},
    {"SELECT psi(s1, x'01020304050607080910')" TWO_SETS, "array of edges, got a BLOB of 10 bytes", NULL},
    {"SELECT psi(s, 2) = (SELECT psi(score, label, 2) FROM four), wasserstein(s) = (SELECT "
     "wasserstein(score, label) FROM four) FROM (SELECT with_label(s1, 0) AS s" TWO_SETS
     " UNION ALL SELECT with_label(s2, 1)" TWO_SETS ")",
     NULL, "1|1"},
    /* a set of scores where a set of classes is needed */
    {"SELECT accuracy(s)" OF_SET, "'class_set'; for a score_set see accuracy_at(s, cutoff)", NULL},
    {"SELECT f1_macro(s)" OF_SET, "'class_set'; for a score_set see f1_at(s, cutoff)", NULL},
    {"SELECT kappa(s)" OF_SET, "'class_set'; for a score_set see accuracy_at(s, cutoff)", NULL},
    {"SELECT mcc_ci(s)" OF_SET, "; for a score_set see mcc_at_ci(s, cutoff)", NULL},
    {"SELECT fbeta_macro(s, 2)" OF_SET, "; for a score_set see fbeta_at(s, cutoff, beta)", NULL},
    {"SELECT psi_classes(s)" OF_SET,
     WHOLE "psi_classes: cannot read a saved state of 'score_set', only of 'class_set'", NULL},
    {"SELECT class_set(s)" OF_SET,
     WHOLE "class_set: cannot read a saved state of 'score_set', only of 'class_set'", NULL},
    {"SELECT accuracy_at(s, 0.35) = 0.75, f1_at(s, 0.35) = 0.8, mcc_at_ci(s, 0.35) = (SELECT "
     "mcc_at_ci(score, label, 0.35) FROM four), fbeta_at(s, 0.35, 2) = (SELECT fbeta_at(score, label, 0.35, "
     "2) FROM four)" OF_SET,
     NULL, "1|1|1|1"},
    /* ranks up to k */
    {"SELECT ndcg(score, label, 2) FROM four",
     WHOLE "ndcg: call it as ndcg(score, relevance); got 3 arguments; with k it is ndcg_at_k(score, "
           "relevance, k)",
     NULL},
    {"SELECT reciprocal_rank(score, label, 2) FROM four",
     "; with k it is reciprocal_rank_at_k(score, relevance, k)", NULL},
    {"SELECT ndcg(score, label, 2, 1) FROM four",
     WHOLE "ndcg: call it as ndcg(score, relevance); got 4 arguments", NULL},
    {"SELECT r_precision(score, label, 2) FROM four",
     WHOLE "r_precision: call it as r_precision(score, relevance); got 3 arguments", NULL},
    {"SELECT ndcg_score(score, label, 2) FROM four", "; with k: ndcg_at_k(score, relevance, k)", NULL},
    {"SELECT dcg_score(score, label, 2) FROM four", "; with k: dcg_at_k(score, relevance, k)", NULL},
    {"SELECT round(ndcg_at_k(score, label, 2), 4), reciprocal_rank_at_k(score, label, 2) FROM four", NULL,
     "0.6131|1.0"},
    {"SELECT mann_whitney_test(1, 5)",
     WHOLE "mann_whitney_test: label must be 0 or 1, got 5; to_number(label) = 5 for that class against the "
           "rest, to_number(label) > 0 if the numbers above 0 are positive and all others negative; label is "
           "the sample that "
           "the row belongs to, 0 or 1",
     NULL},
    {"SELECT ks_test(1, 5)", "; label is the sample that the row belongs to, 0 or 1", NULL},
    /* two scores and a label, in other orders */
    {"SELECT compare_ci('roc_auc', score, score, label) FROM four",
     WHOLE "compare_ci: score_a must be a number, got text 'roc_auc'" IS_METRIC, NULL},
    {"SELECT compare_ci(score, 'f1_at:0.5', score, label) FROM four",
     WHOLE "compare_ci: score_b must be a number, got text 'f1_at:0.5'; 'f1_at:0.5' is a metric, which is "
           "argument 4",
     NULL},
    {"SELECT compare_ci(score, score, 'roc_auc', label) FROM four",
     WHOLE "compare_ci: label must be 0 or 1, got text 'roc_auc'" IS_METRIC, NULL},
    {"SELECT best_cutoff(score, 'youden', label) FROM four",
     "got text 'youden'; 'youden' is an objective, which is argument 3", NULL},
    {"SELECT json_extract(compare_ci(score, score, label, 'roc_auc'), '$.value_a') FROM four", NULL, "0.75"},
    {"SELECT compare_ci(score, score, label, 0.95) FROM four",
     "metric must be a text, got 0.95; it must be the name of a metric and its parameters, such as", NULL},
    {"SELECT compare_ci(score, score, label, 'f1') FROM four",
     "compare_ci: the metric must be one of scores, such as 'roc_auc' or 'f1_at:0.5'; mcnemar_test(", NULL},
    {"SELECT delong_test(label, score, score) FROM four", "got 0.1" TWO_SCORES, NULL},
    {"SELECT delong_test(label, score, 5) FROM four",
     "above 0 are positive and all others negative" TWO_SCORES, NULL},
    {"SELECT delong_test(label, score, 2) FROM four",
     "above 0 are positive and all others negative" TWO_SCORES, NULL},
    {"SELECT delong_test(label, score, '28%') FROM four", "got text '28%'" TWO_SCORES, NULL},
    {"SELECT delong_test('boosted', score, label) FROM four", "delete its row" TWO_SCORES, NULL},
    {"SELECT delong_test(iif(label, 'yes', 'no'), score, score) FROM four",
     "; to_label(score_a) reads words for 1 and 0" TWO_SCORES, NULL},
    {"SELECT delong_test(score, score, iif(label, 'cat', 'dog')) FROM four",
     "got text 'dog'; if that is a column, write its name without quotes; CASE label WHEN 'dog' THEN 1 "
     "WHEN "
     "… THEN 0 ELSE label END if that is the positive class, nullif(label, 'dog') if it stands for a "
     "missing "
     "value" TWO_SCORES,
     NULL},
    {"SELECT json_extract(delong_test(score, score, CASE label WHEN 'cat' THEN 1 WHEN 'dog' THEN 0 ELSE "
     "label END), '$.auc_a') FROM (SELECT score, iif(label, 'cat', 'dog') AS label FROM four)",
     NULL, "0.75"},
    /* a name in double quotes that no column has is the same text in every row */
    {"SELECT json_extract(input_problems(\"scor\", \"labl\"), '$.problems[0].advice') FROM four", NULL,
     "if the example is a column, write its name without quotes; otherwise if both columns hold classes, see "
     "the note "
     "of "
     "evaluate_classes(score, label); otherwise correct them at their source"},
    {"SELECT json_extract(input_problems(score, \"labl\"), '$.problems[0].advice') FROM four", NULL,
     "if the example is a column, write its name without quotes; otherwise CASE label WHEN 'positive "
     "class' "
     "THEN 1 WHEN 'negative class' THEN 0 ELSE label END; nullif(label, 'text') of a text that stands for "
     "a "
     "missing label"},
    {"SELECT json_extract(input_problems(iif(label, score, 'scor'), label), '$.problems[0].advice') FROM "
     "four",
     NULL,
     "if the example is the header of a CSV file, delete its row; otherwise correct them at their source"},
    {"SELECT json_extract(input_problems(iif(label, score, 'two words'), label), '$.problems[0].advice') "
     "FROM "
     "four",
     NULL, "correct them at their source"},
    {"SELECT json_extract(input_problems(scor, label), '$.rows') FROM four", "no such column", NULL},
    /* which functions save a state whose name is not theirs */
    {"SELECT rmse((SELECT f1_at_state(score, label, 0.5) FROM four))",
     WHOLE "rmse: cannot read a saved state of 'tally', only of 'squared_error'; 'tally' is saved by "
           "f1_at_state, jaccard_at_state, precision_at_state, …; 'squared_error' is saved by mse_state, "
           "rmse_state",
     NULL},
    {"SELECT rmse((SELECT mse_state(score, label) FROM four)) > 0", NULL, "1"},
    {"SELECT mse_ci((SELECT mae_state(score, label) FROM four))",
     "; 'absolute_error' is saved by mae_state; 'squared_error_ci' is saved by mse_ci_state, rmse_ci_state",
     NULL},
    {"SELECT rmse((SELECT roc_auc_ovr_macro_state('[0.1,0.9]', label) FROM four))",
     "; 'class_probs' is saved by roc_auc_ovr_macro_state, roc_auc_ovr_weighted_state, "
     "roc_auc_ovr_micro_state, "
     "…; 'squared_error'",
     NULL}, /* each once, although it has two signatures */
    {"SELECT line FROM roc_plot((SELECT pack(score) FROM four))", "'packed' is saved by pack", NULL},
    {"SELECT roc_auc((SELECT log_loss_state(score, label) FROM four))",
     WHOLE "roc_auc: cannot read a saved state of 'log_loss', only of 'score_set'", NULL},
    {"SELECT trend_svg(1, 'roc_auc')", WHOLE "trend_svg: y must be a number, got text 'roc_auc'" IF_A_COLUMN,
     NULL},
    {"SELECT rmse((SELECT pred_set(score, label) FROM four))",
     "only of 'squared_error'; evaluate(set) gives r2, rmse, mae and mean_error of a pred_set", NULL},
    {"SELECT value = (SELECT rmse(score, label) FROM four) FROM evaluate((SELECT pred_set(score, label) FROM "
     "four)) WHERE metric = 'rmse'",
     NULL, "1"},
    /* a saved state among the values of a row: as a class it would equal no other class, and count as wrong
     */
    {"SELECT accuracy(score > 0.2, s) FROM four, " SCORES,
     WHOLE "accuracy: label must be a class, got a saved state of 'score_set'; for scores see "
           "accuracy_at(score, label, cutoff)",
     NULL},
    {"SELECT accuracy(score > 0.2, label) = accuracy_at(score, label, 0.2) FROM four", NULL, "1"},
    {"SELECT f1_macro(score > 0.2, s) FROM four, " SCORES,
     "label must be a class, got a saved state of 'score_set'; for scores see f1_at(score, label, cutoff)",
     NULL},
    {"SELECT f1(score > 0.2, s) FROM four, " SCORES,
     "got a saved state of 'score_set'; for scores see f1_at(", NULL},
    {"SELECT f1_at(score, label, 0.2) = f1(score > 0.2, label) FROM four", NULL, "1"},
    {"SELECT accuracy(score > 0.2, s) FROM four, " CLASSES,
     "got a saved state of 'class_set'; a saved state is the first argument: accuracy(state)", NULL},
    {"SELECT accuracy(s), f1(s) FROM " CLASSES, NULL, "0.75|0.8"},
    {"SELECT accuracy(score > 0.2, iif(score = 0.4, s, label)) OVER (ORDER BY score ROWS 1 PRECEDING) FROM "
     "four, " CLASSES,
     "label must be a class, got a saved state of 'class_set'", NULL},
    {"SELECT f1_macro_ci(score > 0.2, s) FROM four, " CLASSES, "label must be a class, got a saved state",
     NULL},
    {"SELECT class_set(score > 0.2, s) FROM four, " CLASSES, "label must be a class, got a saved state",
     NULL},
    {"SELECT mcnemar_test(1, s, label) FROM four, " SCORES,
     WHOLE "mcnemar_test: pred_b must be a class, got a saved state of 'score_set'", NULL},
    {"SELECT chi2_test(label, s) FROM four, " SCORES,
     WHOLE "chi2_test: b must be a class, got a saved state of 'score_set'", NULL},
    {"SELECT accuracy((SELECT pack(label) FROM four), s) FROM " CLASSES,
     "accuracy: element 0: label must be a class, got a saved state of 'class_set'", NULL},
    {"SELECT accuracy(1, substr(s, 1, 12)) FROM " SCORES,
     WHOLE "accuracy: label must be a class, got a saved state", NULL}, /* cut short */
    {"SELECT accuracy(1, substr(s, 1, 3)), accuracy(1, s, 0) FROM " SCORES, NULL, "0.0|"},
    /* the same where numbers belong */
    {"SELECT roc_auc(score, s) FROM four, " SCORES,
     WHOLE "roc_auc: label must be 0 or 1, got a saved state of 'score_set'; a saved state is the first "
           "argument: roc_auc(state)",
     NULL},
    {"SELECT roc_auc(score, label, s) FROM four, " SCORES,
     "weight must be a number, got a saved state of 'score_set'; a saved state is the first", NULL},
    {"SELECT roc_auc(s) FROM " SCORES, NULL, "0.75"},
    {"SELECT roc_auc(score, s) FROM four, " CLASSES,
     WHOLE "roc_auc: label must be 0 or 1, got a saved state of 'class_set'", NULL},
    {"SELECT f1_at(score, label, s) FROM four, " SCORES,
     "cutoff must be a number, got a saved state of 'score_set'; a saved state is the first argument: "
     "f1_at(state, cutoff)",
     NULL},
    {"SELECT f1_at(s, 0.2) FROM " SCORES, NULL, "0.8"},
    {"SELECT mse(score, s) FROM four, " SCORES,
     WHOLE "mse: target must be a number, got a saved state of 'score_set'", NULL},
    {"SELECT sigmoid(s) FROM " SCORES, WHOLE "sigmoid: x must be a number, got a saved state of 'score_set'",
     NULL},
    {"SELECT log_loss_of(s, 1) FROM " SCORES,
     WHOLE "log_loss_of: prob must be a number, got a saved state of 'score_set'", NULL},
    {"SELECT vector_at(s, 1) FROM " SCORES,
     WHOLE "vector_at: vector must be a JSON array or a float32 BLOB, got a saved state of 'score_set'",
     NULL},
    {"SELECT f1_at(p) FROM (SELECT pack(score) AS p FROM four)", "got 1 argument, the first a packed column",
     NULL},
    /* options of other libraries */
    {"SELECT roc_auc(score, label, 'ovr') FROM four",
     WHOLE "roc_auc: weight must be a number, got text 'ovr'; roc_auc_ovr_macro is a function of its own, "
           "which takes a vector in each row; with one score per row leave 'ovr' out",
     NULL},
    {"SELECT roc_auc(score, label), roc_auc_ovr_macro(json_array(1 - score, score), label) FROM four", NULL,
     "0.75|0.75"},
    {"SELECT roc_auc(score, label, 'ovo') FROM four", "; roc_auc_ovo_macro is", NULL},
    {"SELECT roc_auc(score, label, 'micro') FROM four", "; roc_auc_ovr_micro is", NULL},
    {"SELECT roc_auc(score, label, 'weighted') FROM four", "; roc_auc_ovr_weighted is", NULL},
    {"SELECT roc_auc(score, label, 'binary') FROM four",
     "; roc_auc is 'binary' already, so leave that argument out", NULL},
    {"SELECT roc_auc_ovr_macro(json_array(1 - score, score), label, 'ovo') FROM four",
     WHOLE "roc_auc_ovr_macro: weight must be a number, got text 'ovo'; roc_auc_ovo_macro is a function of "
           "its own",
     NULL},
    {"SELECT roc_auc_ovr_macro(json_array(1 - score, score), label, 'ovr') FROM four",
     "; roc_auc_ovr_macro is 'ovr' already", NULL},
    {"SELECT roc_auc_ovr_micro(json_array(1 - score, score), label, 'ovr') FROM four",
     "; roc_auc_ovr_micro is 'ovr' already, so leave that argument out", NULL},
    {"SELECT roc_auc_ovr_micro(json_array(1 - score, score), label, 'auc') FROM four",
     "got text 'auc'; if that is a column", NULL},
    {"SELECT brier(score, label, 'skill') FROM four",
     WHOLE "brier: weight must be a number, got text 'skill'; brier_skill is a function of its own", NULL},
    {"SELECT log_loss(score, label, 'of') FROM four", /* log_loss_of is no metric */
     "log_loss: weight must be a number, got text 'of'; if that is a column", NULL},
    {"SELECT f1_micro(score > 0.2, label, 'macro') FROM four", "; f1_macro is a function of its own", NULL},
    {"SELECT average_precision(score, label, 'macro') FROM four", "; average_precision_macro is", NULL},
    {"SELECT f1_macro(score > 0.2, label, 'macro') FROM four",
     WHOLE "f1_macro: weight must be a number, got text 'macro'; f1_macro is 'macro' already, so leave that "
           "argument out",
     NULL},
    {"SELECT f1_macro(score > 0.2, label, 'micro') FROM four",
     WHOLE "f1_macro: weight must be a number, got text 'micro'; f1_micro is a function of its own", NULL},
    {"SELECT f1_macro(score > 0.2, label, 'binary') FROM four", "; f1 is a function of its own", NULL},
    {"SELECT f1_micro(score > 0.2, label), f1(score > 0.2, label) FROM four", NULL, "0.75|0.8"},
    {"SELECT f1_macro_present(score > 0.2, label, 'macro') FROM four",
     "; f1_macro_present is 'macro' already", NULL},
    {"SELECT f1(score > 0.2, label, 'binary') FROM four", "; f1 is 'binary' already", NULL},
    {"SELECT jaccard(score > 0.2, label, 'samples') FROM four", "; jaccard_samples is a function of its own",
     NULL},
    {"SELECT kappa_linear(score > 0.2, label, 'linear') FROM four", "; kappa_linear is 'linear' already",
     NULL},
    {"SELECT kappa_linear(score > 0.2, label, 'quadratic') FROM four",
     "; kappa_quadratic is a function of its own", NULL},
    {"SELECT kappa(score > 0.2, label, 'ci') FROM four", "; kappa_ci is a function of its own", NULL},
    {"SELECT accuracy(score > 0.2, label, 'binary') FROM four",
     "got text 'binary'; if that is a column, write its name without quotes", NULL}, /* of any classes */
    {"SELECT roc_auc(score, label, 'auc') FROM four",
     "got text 'auc'; if that is a column, write its name without quotes", NULL}, /* no option */
    {"SELECT mse(score, label, 'weights_of_every_row_in_the_training_and_in_the_test_data') FROM four",
     "; if that is a column, write its name without quotes", NULL}, /* longer than any name */
    /* numbers that stand for a missing value */
    {"SELECT roc_auc(score, -1) FROM four",
     WHOLE
     "roc_auc: label must be 0 or 1, got -1; CASE to_number(label) WHEN -1 THEN NULL ELSE label END if it "
     "stands for a missing value, (to_number(label) + 1) / 2 if the classes are -1 and 1, "
     "to_number(label) > 0 if the numbers above 0 are positive and all others negative",
     NULL},
    {"SELECT roc_auc(score, 9) FROM four",
     "got 9; CASE to_number(label) WHEN 9 THEN NULL ELSE label END if it stands for a missing value, "
     "to_number(label) = 9 for that class against the rest, ",
     NULL},
    {"SELECT f1(1, 99)",
     WHOLE
     "f1: label must be 0 or 1, got 99; CASE to_number(label) WHEN 99 THEN NULL ELSE label END if it stands "
     "for a missing value; f1_macro, f1_micro and f1_weighted take any classes",
     NULL},
    {"SELECT roc_auc(0.5, pack_json('[9]'))", WHOLE "roc_auc: element 0: label must be 0 or 1, got 9", NULL},
    {"SELECT roc_auc(score, CASE to_number(label) WHEN -1 THEN NULL ELSE label END) FROM (SELECT * FROM four "
     "UNION ALL VALUES (0.9, -1), (0.9, '-1'), (0.9, '-1.0'))",
     NULL, "0.75"},
    {"SELECT roc_auc(score, CASE to_number(label) WHEN -1 THEN NULL ELSE label END) FROM (SELECT * FROM four "
     "UNION ALL VALUES (0.9, -2))",
     "got -2; CASE to_number(label) WHEN -2", NULL},
    {"SELECT log_loss(-1, 1)",
     WHOLE
     "log_loss: prob must be within [0,1], got -1; if every prob is a logit, bce_logits takes them; CASE "
     "to_number(prob) WHEN -1 THEN NULL ELSE prob END if it stands for a missing value",
     NULL},
    {"SELECT log_loss(9.99, 1)", "; CASE to_number(prob) WHEN 9.99 THEN NULL ELSE prob END if it stands",
     NULL},
    {"SELECT log_loss(99.0, 1)", "; CASE to_number(prob) WHEN 99 THEN NULL ELSE prob END if it stands", NULL},
    {"SELECT log_loss(1.7, 1)",
     WHOLE
     "log_loss: prob must be within [0,1], got 1.7; if every prob is a logit, bce_logits takes them; if "
     "every prob is a percentage, 0.5 meaning 0.5%, to_number((prob) || '%') reads it",
     NULL},
    {"SELECT log_loss('[-1,2]', 1)",
     "; if it stands for a missing value, leave out the row by a WHERE or FILTER", NULL},
    {"SELECT json_extract(input_problems(CASE WHEN score > 0.3 THEN -999 ELSE score END, label), "
     "'$.problems[0].advice') FROM four",
     NULL,
     "CASE to_number(score) WHEN -999 THEN NULL ELSE score END if it stands for a missing value; for "
     "functions "
     "of probabilities: a calibration (platt_fit or isotonic_fit, with calibrate) if the scores have a scale "
     "of "
     "their own; otherwise look for an error at their source"},
    {"SELECT json_extract(input_problems(9.99, label), '$.problems[0].advice') LIKE '%, CASE "
     "to_number(score) WHEN "
     "9.99 THEN NULL ELSE score END if it stands for a missing value' FROM four",
     NULL, "1"},
    {"SELECT json_extract(input_problems(-1, label), '$.problems[0].advice') FROM four", NULL,
     "for functions of probabilities: sigmoid(score) if every score is a logit, CASE to_number(score) WHEN "
     "-1 "
     "THEN NULL ELSE score END if it stands for a missing value"},
    {"SELECT json_extract(input_problems(score, iif(score > 0.4, 9, label)), '$.problems[0].advice') FROM "
     "four",
     NULL,
     "CASE to_number(label) WHEN 9 THEN NULL ELSE label END if it stands for a missing value; "
     "to_number(label) "
     "- 1 if the classes are 1 and 2, (to_number(label) + 1) / 2 if they are -1 and 1"},
    {"SELECT json_extract(input_problems(\"Model Score\", 1), '$.problems[0].advice') FROM four", NULL,
     "if the example is a column, write its name in double quotes, as the table spells it; otherwise correct "
     "them "
     "at their source"},
    {"SELECT json_extract(input_problems(score, score * 20), '$.problems[0].advice') FROM four", NULL,
     "for measured values see rmse(pred, target) and report_regression_html; to_number(label) - 1 if the "
     "classes are 1 and 2, (to_number(label) + 1) / 2 if they are -1 and 1, to_number(label) > 0 if the "
     "numbers "
     "above 0 are positive and all others negative"},
    {"SELECT json_extract(input_problems(score, score), '$.problems[0].advice') FROM four", NULL,
     "for measured values see rmse(pred, target) and report_regression_html; are score and label swapped?"},
    {"SELECT json_extract(input_problems(iif(label, '80%', 20), label), '$.problems[1].advice') FROM four",
     NULL, "is a % sign missing, as others have one? correct them at their source"},
    /* names of one letter or of several words */
    {"SELECT log_loss(score, 'y') FROM four",
     "got text 'y'; if that is a column, write its name without quotes; if it is a word for 1 or 0, "
     "to_label(label) reads it; input_problems(",
     NULL},
    {"SELECT brier(\"t\", label) FROM four",
     "got text 't'; if that is a column, write its name without quotes; if it is a word for 1 or 0, "
     "to_label(prob) reads it; input_problems(",
     NULL},
    {"SELECT log_loss(0.5, pack_json('[\"y\"]'))", "got text 'y'; to_label(label) reads true, yes", NULL},
    {"SELECT json_extract(input_problems(score, \"t\"), '$.problems[0].advice') FROM four", NULL,
     "if the example is a column, write its name without quotes; otherwise to_label(label) reads them"},
    {"SELECT roc_auc(\"Model Score\", label) FROM four",
     "got text 'Model Score'; if that is a column, write its name in double quotes, as the table spells it; "
     "CASE score WHEN",
     NULL},
    {"SELECT roc_auc('1 %%', label) FROM four", "got text '1 %%'; CASE score WHEN", NULL},
    /* probabilities by the names of their classes */
    {"SELECT argmax('{\"cat\":0.3,\"dog\":0.7}')",
     "; json_array(vector ->> 'cat', …), in the order of the classes, makes an object a vector", NULL},
    {"SELECT log_loss('{\"o''c\":0.3}', 0)", "; json_array(prob ->> 'o''c', …), in the order", NULL},
    {"SELECT log_loss('{\"a\\\"\":0.3}', 0)", "; json_array(prob ->> …, …), in the order", NULL},
    {"SELECT log_loss('{}', 0)", "; json_array(prob ->> …, …), in the order", NULL},
    {"SELECT roc_auc('{\"cat\":0.3}', 0)", "}'; CASE score WHEN", NULL},
    /* two columns where a test wants samples */
    {"SELECT psi(score, score) FROM four",
     WHOLE
     "psi: sample must be 0 for the reference or 1 for the current rows, got 0.1; to compare two columns, "
     "SELECT a AS value, 0 AS sample FROM … UNION ALL SELECT b, 1 FROM …",
     NULL},
    {"SELECT ks_test(score, score) FROM four",
     WHOLE
     "ks_test: label must be 0 or 1, got 0.1; are score and label swapped? to compare two columns, SELECT "
     "a AS score, 0 AS label FROM … UNION ALL SELECT b, 1 FROM …",
     NULL},
    {"SELECT psi(value, sample) FROM (SELECT score AS value, 0 AS sample FROM four UNION ALL SELECT score, 1 "
     "FROM four)",
     NULL, "0.0"},
    /* one cutoff for scores of two scales */
    {"SELECT json_extract(compare_ci(score, 10 * score, label, 'f1_at:0.3'), '$.note') FROM four", NULL,
     "only one model's scores lie within 0 to 1, and the cutoff is the same for both"},
    {"SELECT json_extract(compare_ci(score - 0.2, score, label, 'f1_at:0.3'), '$.note') FROM four", NULL,
     "only one model's scores lie within 0 to 1, and the cutoff is the same for both"},
    {"SELECT json_extract(compare_ci(column1, column2, 1, 'f1_at:0.3'), '$.note') FROM (VALUES (0.2, 0.1), "
     "(0.4, 0.3), (1.5, 0.2))",
     NULL, "only one model's scores lie within 0 to 1, and the cutoff is the same for both"},
    {"SELECT json_extract(compare_ci(0.5, 3, 1, 'f1_at:0.3'), '$.note') FROM (VALUES (1), (2))", NULL,
     "only one model's scores lie within 0 to 1, and the cutoff is the same for both"},
    {"SELECT json_extract(compare_ci(column1, column2, 1, 'f1_at:0.3'), '$.note') FROM (VALUES (0, 0.1), "
     "(0.4, 0.2), (1, 0.9))",
     NULL, ""},
    {"SELECT json_extract(compare_ci(score, score, label, 'f1_at:0.3'), '$.note'), "
     "json_extract(compare_ci(-score, 10 * score, label, 'f1_at:0.3'), '$.note'), "
     "json_extract(compare_ci(score, 10 * (score > 0.2), label, 'roc_auc'), '$.note') FROM four",
     NULL, "every defined replicate has the same value||"},
    {"SELECT bootstrap_ci(score_set(score, label), 5) FROM four", "such as 'roc_auc', 'f1_at:0.5'", NULL},
};

int main(void) {
  check_all_said(said, sizeof said / sizeof *said);
  return end_of_tests();
}
