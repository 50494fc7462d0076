/* Tests of hypotheses: which of two models, samples or groups is better, and whether chance explains it. */
#include "metrics/hypothesis_tests.h"

static const Metric metrics[] = {
    {.name = "delong_test",
     .args = {ARG_SCORE_A, ARG_SCORE_B, ARG_LABEL},
     .required = 3,
     .state_name = "paired_scores",
     MLM_OF_ROWS(mlm_delong_test),
     .result = RESULT_JSON,
     .summary = "JSON of DeLong's paired test whether two scores of the same rows have the same roc_auc: "
                "auc_a, auc_b, difference with 95 % interval, se, statistic (z), p_value, rows, positives; "
                "NULL where a class is missing.",
     .example = "SELECT delong_test(column1, column2, column3) FROM (VALUES (0.1, 0.3, 0), (0.4, 0.2, 0), "
                "(0.35, 0.9, 1), (0.8, 0.25, 1))"},
    {0},
};

const Family mlm_hypothesis_tests = {.name = "hypothesis_tests", .metrics = metrics};
