/* The formulas of the tests, by subject, for the table in hypothesis_tests.c; and how they write results. */
#ifndef MLM_HYPOTHESIS_TESTS_H
#define MLM_HYPOTHESIS_TESTS_H

#include "base/json_members.h"
#include "metric.h"

/* The z of two-sided 95 % intervals, and the probability beyond it on either side. */
#define MLM_Z95    1.959963984540054
#define MLM_TAIL95 0.025

/* {"statistic":…,"p_value":…,"method":…: what every test begins with. */
static inline void mlm_test_begin(StrBuf *out, double statistic, double p_value, const char *method) {
  mlm_str_put(out, "{");
  mlm_json_number(out, "statistic", statistic);
  mlm_json_number(out, "p_value", p_value);
  mlm_json_text(out, "method", method);
}

/* Over rows (score_a, score_b, label). */
Status mlm_delong_test(const Rows *rows, const Eval *in, Result *out);

/* Over rows (x, y). */
Status mlm_paired_t_test(const Rows *rows, const Eval *in, Result *out);
Status mlm_wilcoxon_test(const Rows *rows, const Eval *in, Result *out);

/* Over scores and labels; NULL where a weight is not integral. */
Status mlm_t_test(const Scores *scores, const Eval *in, Result *out);
Status mlm_mann_whitney_test(const Scores *scores, const Eval *in, Result *out);
Status mlm_ks_test(const Scores *scores, const Eval *in, Result *out);
Status mlm_hosmer_lemeshow_test(const Scores *scores, const Eval *in, Result *out);
Status mlm_spiegelhalter_test(const Scores *scores, const Eval *in, Result *out);

/* Over classes. */
Status mlm_chi2_test(const ConfusionMatrix *matrix, const Eval *in, Result *out);
/* Refuses a prediction that is a score beside a label of 0 or 1. */
const char *mlm_mcnemar_check(const Row *row, int *arg);
/* In the table, "predicted 1" is "a is right" and "label 1" is "b is right". */
Status mlm_mcnemar_test(const Confusion2 *table, bool integral, const Eval *in, Result *out);

/* Scalars. */
Status mlm_binomial_test(const Row *row, const Eval *in, Result *out);
Status mlm_p_adjust(const Row *row, const Eval *in, Result *out);

#endif
