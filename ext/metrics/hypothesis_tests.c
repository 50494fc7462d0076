/* Tests of hypotheses: which of two models, samples or groups is better, and whether chance explains it. */
#include "metrics/hypothesis_tests.h"

#define SCORES "score_set"
#define PAIRS  "pairs"

static const Metric metrics[] = {
    {.name = "delong_test",
     .args = {ARG_SCORE_A, ARG_SCORE_B, ARG_LABEL},
     .required = 3,
     .state_name = "paired_scores",
     MLM_OF_ROWS(mlm_delong_test),
     .result = RESULT_JSON,
     .summary =
         "JSON of DeLong's test of whether two scores of the same rows have the same roc_auc: statistic "
         "(z), p_value, auc_a, auc_b, difference with 95 % interval, se, rows, positives; NULL where "
         "a class is missing.",
     .example = "SELECT delong_test(column1, column2, column3) FROM (VALUES (0.1, 0.3, 0), (0.4, 0.2, 0), "
                "(0.35, 0.9, 1), (0.8, 0.25, 1))"},
    {.name = "mcnemar_test",
     .args = {ARG_PRED_A_CLASS, ARG_PRED_B_CLASS, ARG_LABEL_CLASS},
     .required = 3,
     MLM_OF_PAIRED_HITS(mlm_mcnemar_test),
     .check = mlm_mcnemar_check,
     .result = RESULT_JSON,
     .summary =
         "JSON of McNemar's test of whether two classifiers are right equally often on the same rows: "
         "statistic, exact p_value, mid_p, the four counts, difference of accuracy with Newcombe's "
         "95 % interval, and a note where a prediction is never right. The label is the last argument, "
         "where mlxtend has it first.",
     .example = "SELECT mcnemar_test(column1, column2, column3) FROM (VALUES ('cat', 'dog', 'cat'), ('dog', "
                "'dog', 'dog'), ('cat', 'dog', 'dog'))"},
    {.name = "paired_t_test",
     .args = {ARG_X, ARG_Y},
     .required = 2,
     .state_name = PAIRS,
     MLM_OF_ROWS(mlm_paired_t_test),
     .result = RESULT_JSON,
     .summary = "JSON of Student's paired t test of whether the mean of x - y is 0: statistic (t), p_value, "
                "difference with 95 % interval, se, df, rows.",
     .example = "SELECT paired_t_test(column1, column2) FROM (VALUES (1.2, 1.0), (1.9, 1.4), (0.7, 0.8))"},
    {.name = "t_test",
     .args = {ARG_X, ARG_GROUP},
     .required = 2,
     .state_name = SCORES,
     MLM_OF_SCORES_FULL(mlm_t_test),
     .pairs_form = "paired_t_test",
     .result = RESULT_JSON,
     .summary =
         "JSON of Welch's t test of whether x has the same mean in sample 1 as in sample 0: statistic (t), "
         "p_value, difference (mean of 1 less mean of 0) with 95 % interval, se, df, rows; NULL where "
         "a sample is missing or a weight is not integral.",
     .example = "SELECT t_test(column1, column2) FROM (VALUES (1.2, 0), (1.9, 1), (0.7, 0), (2.1, 1))"},
    {.name = "wilcoxon_test",
     .args = {ARG_X, ARG_Y},
     .required = 2,
     .state_name = PAIRS,
     MLM_OF_ROWS(mlm_wilcoxon_test),
     .cost = "Rows are freed as they are read; in a window a value takes 8 bytes a row.",
     .result = RESULT_JSON,
     .summary = "JSON of Wilcoxon's signed-rank test of whether x - y is symmetric about 0: statistic (the "
                "lesser sum of ranks), p_value, rows, zeros, median_difference. Exact up to 50 rows without "
                "zeros and ties, else normal.",
     .example = "SELECT wilcoxon_test(column1, column2) FROM (VALUES (1.2, 1.0), (1.9, 1.4), (0.7, 0.8))"},
    {.name = "mann_whitney_test",
     .args = {ARG_SCORE, ARG_LABEL},
     .required = 2,
     .state_name = SCORES,
     MLM_OF_SCORES_FULL(mlm_mann_whitney_test),
     .pairs_form = "wilcoxon_test",
     .result = RESULT_JSON,
     .summary =
         "JSON of the Mann-Whitney test (Wilcoxon's rank-sum test) of whether scores of one label tend to "
         "be greater: statistic (U of label 1), p_value, auc, positives, negatives. Exact for small "
         "samples without ties, else normal. The label may stand for any two groups, coded 0 and 1. "
         "NULL where a class is missing or a weight is not integral.",
     .example =
         "SELECT mann_whitney_test(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, "
         "1))"},
    {.name = "ks_test",
     .args = {ARG_SCORE, ARG_LABEL},
     .required = 2,
     .state_name = SCORES,
     MLM_OF_SCORES_FULL(mlm_ks_test),
     .two_samples = true,
     .result = RESULT_JSON,
     .summary =
         "JSON of the Kolmogorov-Smirnov test of whether the scores of both labels have one "
         "distribution: statistic (as ks), p_value, rows. Exact up to 100 million pairs of rows of both "
         "labels, else by the limiting distribution. NULL where a class is missing or a weight is not "
         "integral.",
     .cost = "An exact value takes O(1) time for each pair of rows too.",
     .example = "SELECT ks_test(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))"},
    {.name = "chi2_test",
     .args = {ARG_CLASS_A, ARG_CLASS_B},
     .required = 2,
     .state_name = "class_set",
     MLM_OF_MATRIX_FULL(mlm_chi2_test),
     .result = RESULT_JSON,
     .any_classes = true,
     .summary =
         "JSON of Pearson's chi-squared test of whether two classes are independent: statistic, p_value, "
         "df, cramers_v, smallest_expected (at least 5 for a reliable test), rows; all but df and "
         "cramers_v are null where a weight is not integral; a note where only one class of a or of b "
         "occurs, or they are numbers that hardly repeat.",
     .example = "SELECT chi2_test(column1, column2) FROM (VALUES ('a', 1), ('a', 1), ('b', 0), ('b', 1))"},
    {.name = "hosmer_lemeshow_test",
     .args = {ARG_PROB, ARG_LABEL, ARG_GROUPS, ARG_PREDICTIONS},
     .required = 2,
     .state_name = SCORES,
     MLM_OF_SCORES_FULL(mlm_hosmer_lemeshow_test),
     .result = RESULT_JSON,
     .summary = "JSON of the Hosmer-Lemeshow test of calibration, over groups by quantiles of prob: "
                "statistic, p_value, df (groups; of a model fitted to these rows, groups - 2), groups, rows; "
                "NULL where a weight is not integral.",
     .example =
         "SELECT hosmer_lemeshow_test(column1, column2, 2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), "
         "(0.8, 1))"},
    {.name = "spiegelhalter_test",
     .args = {ARG_PROB, ARG_LABEL},
     .required = 2,
     .state_name = SCORES,
     MLM_OF_SCORES_FULL(mlm_spiegelhalter_test),
     .result = RESULT_JSON,
     .summary =
         "JSON of Spiegelhalter's test of whether the Brier score is that of calibrated probabilities: "
         "statistic (z), p_value, rows; NULL where a weight is not integral.",
     .example = "SELECT spiegelhalter_test(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), "
                "(0.8, 1))"},
    {0},
};

static const Scalar scalars[] = {
    {.name = "binomial_test",
     .args = {ARG_TEST_K, ARG_TEST_N, ARG_NULL_P},
     .required = 2,
     .eval = mlm_binomial_test,
     .result = RESULT_JSON,
     .summary = "JSON of the exact binomial test of whether k successes of n trials fit the probability p: "
                "statistic (k/n), p_value; NULL where n is 0 or k > n.",
     .example = "SELECT binomial_test(14, 20)"},
    {.name = "p_adjust",
     .args = {ARG_P_VALUES, ARG_ADJUSTMENT},
     .required = 1,
     .eval = mlm_p_adjust,
     .result = RESULT_JSON,
     .summary =
         "JSON array of p-values adjusted for how many there are: 'holm' keeps the chance of any false "
         "finding below the level, 'bh' (Benjamini-Hochberg) the share of false ones among the "
         "findings.",
     .example = "SELECT p_adjust('[0.01, 0.04, 0.03]')"},
    {0},
};

const Family mlm_hypothesis_tests = {.name = "hypothesis_tests", .metrics = metrics, .scalars = scalars};
