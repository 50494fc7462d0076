/* DeLong's test of two correlated areas under ROC curves, in integers. */
#include "metrics/delong.h"
#include "metrics/hypothesis_tests.h"

enum { SCORE_A, SCORE_B, LABEL };

/* DeLong's sums for the differences of the placements; `total` is the absolute value of their sum. */
static DeLong differences(const PlacementSums *sums, U128 total) {
  DeLong delong = {.positives = sums->n[1], .negatives = sums->n[0], .twice_u = total};
  for (int label = 0; label < 2; label++)
    mlm_bigfloat_of_words(&delong.squares[label], sums->squares[label].word, MLM_U192_WORDS);
  return delong;
}

static void write_result(const PlacementSums *sums, StrBuf *out) {
  U128 pairs = mlm_u128_product(2 * (uint64_t)sums->n[1], (uint64_t)sums->n[0]);
  bool negative = mlm_u128_less(sums->a, sums->b);
  U128 total = negative ? mlm_u128_difference(sums->b, sums->a) : mlm_u128_difference(sums->a, sums->b);
  DeLong delong = differences(sums, total);
  bool known = sums->n[0] > 1 && sums->n[1] > 1; /* one row of a class has no variance */
  double se = known ? mlm_delong_se(&delong) : NAN, z = known ? mlm_delong_z(&delong) : NAN;
  double sign = negative ? -1 : 1, difference = sign * mlm_u128_ratio(total, false, pairs, 0);
  mlm_test_begin(out, sign * z, 2 * mlm_normal_sf(z), "delong");
  mlm_json_number(out, "auc_a", mlm_u128_ratio(sums->a, false, pairs, 0));
  mlm_json_number(out, "auc_b", mlm_u128_ratio(sums->b, false, pairs, 0));
  mlm_json_number(out, "difference", difference);
  mlm_json_number(out, "low", difference - MLM_Z95 * se);
  mlm_json_number(out, "high", difference + MLM_Z95 * se);
  mlm_json_number(out, "se", se);
  mlm_json_integer(out, "rows", sums->n[0] + sums->n[1]);
  mlm_json_integer(out, "positives", sums->n[1]);
  mlm_str_put(out, "}");
}

Status mlm_delong_test(const Rows *rows, const Eval *in, Result *out) {
  PlacementSums sums;
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  Status status = mlm_rows_placement_sums(rows, SCORE_A, SCORE_B, LABEL, &sums, in->host);
  if (status || sums.n[0] == 0 || sums.n[1] == 0) return status; /* a class is missing: NULL */
  write_result(&sums, json);
  return MLM_OK;
}
