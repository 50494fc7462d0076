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
static inline void mlm_json_text(StrBuf *out, const char *key, const char *text) {
  mlm_str_key(out, key);
  mlm_str_json_string(out, text, strlen(text));
}

/* The z of two-sided 95 % intervals. */
#define MLM_Z95 1.959963984540054

/* Over rows (score_a, score_b, label). */
Status mlm_delong_test(const Rows *rows, const Eval *in, Result *out);

#endif
