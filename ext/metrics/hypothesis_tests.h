/* The formulas of the tests, by subject, for the table in hypothesis_tests.c; and how they write results. */
#ifndef MLM_HYPOTHESIS_TESTS_H
#define MLM_HYPOTHESIS_TESTS_H

#include "metric.h"

/* "key":x and "key":n, with a comma before where one is due. */
static inline void mlm_json_number(StrBuf *out, const char *key, double x) {
  mlm_str_key(out, key);
  mlm_str_number(out, x);
}
static inline void mlm_json_integer(StrBuf *out, const char *key, int64_t n) {
  mlm_str_key(out, key);
  mlm_str_integer(out, n);
}
static inline void mlm_json_count(StrBuf *out, const char *key, double n, bool integral) {
  mlm_str_key(out, key);
  mlm_str_count(out, n, integral);
}
static inline void mlm_json_text(StrBuf *out, const char *key, const char *text) {
  mlm_str_key(out, key);
  mlm_str_json_string(out, text, strlen(text));
}

/* The z of two-sided 95 % intervals. */
#define MLM_Z95 1.959963984540054

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

/* Over scores and labels; NULL where a weight is not whole. */
Status mlm_t_test(const Scores *scores, const Eval *in, Result *out);
Status mlm_mann_whitney_test(const Scores *scores, const Eval *in, Result *out);
Status mlm_ks_test(const Scores *scores, const Eval *in, Result *out);
Status mlm_hosmer_lemeshow_test(const Scores *scores, const Eval *in, Result *out);
Status mlm_spiegelhalter_test(const Scores *scores, const Eval *in, Result *out);

/* Over classes. */
Status mlm_chi2_test(const ConfusionMatrix *matrix, const Eval *in, Result *out);
/* Over the table of a being right (predicted) and b being right (label). */
Status mlm_mcnemar_test(const Confusion2 *table, bool integral, const Eval *in, Result *out);

/* Scalars. */
Status mlm_binomial_test(const Row *row, const Eval *in, Result *out);
Status mlm_p_adjust(const Row *row, const Eval *in, Result *out);

#endif
