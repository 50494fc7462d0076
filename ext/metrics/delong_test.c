/* DeLong's test of two correlated areas under ROC curves, in integers. */
#include "metrics/hypothesis_tests.h"

enum { SCORE_A, SCORE_B, LABEL };
/* n·Σd² - (Σd)² of a class, times the rows of the other less one. */
static void spread(const PlacementSums *sums, int label, const BigFloat *square_of_sum, BigFloat *to) {
  BigFloat n, squares, others, term = *square_of_sum;
  mlm_bigfloat_of_u64(&n, (uint64_t)sums->n[label]);
  mlm_bigfloat_of_words(&squares, sums->squares[label].word, MLM_U192_WORDS);
  mlm_bigfloat_multiply(to, &n, &squares);
  mlm_bigfloat_add(to, &term, -1);
  term = *to;
  mlm_bigfloat_of_u64(&others, (uint64_t)sums->n[!label] - 1);
  mlm_bigfloat_multiply(to, &term, &others);
}

/* What is left to round: with P positives, N negatives and d = a - b, the variance of the difference is
 *   V / (4 P²N² (P-1)(N-1)),  V = (P Σ₁d² - (Σd)²)(N-1) + (N Σ₀d² - (Σd)²)(P-1),
 * and the square of z is (Σd)² (P-1)(N-1) / V. */
static void standardise(const PlacementSums *sums, U128 total, double *se, double *z) {
  uint64_t words[2] = {total.lo, total.hi};
  BigFloat sum, square, v, more, p, n, freedom, pairs, scaled;
  mlm_bigfloat_of_words(&sum, words, 2);
  mlm_bigfloat_multiply(&square, &sum, &sum);
  spread(sums, 1, &square, &v);
  spread(sums, 0, &square, &more);
  mlm_bigfloat_add(&v, &more, 1);
  mlm_bigfloat_of_u64(&p, (uint64_t)sums->n[1] - 1);
  mlm_bigfloat_of_u64(&n, (uint64_t)sums->n[0] - 1);
  mlm_bigfloat_multiply(&freedom, &p, &n);
  mlm_bigfloat_multiply(&scaled, &square, &freedom);
  BigFloat divisor = v;
  *z = v.n == 0 ? NAN : mlm_bigfloat_root_of_ratio(&scaled, &divisor);
  mlm_bigfloat_of_u64(&p, 2 * (uint64_t)sums->n[1]);
  mlm_bigfloat_of_u64(&n, (uint64_t)sums->n[0]);
  mlm_bigfloat_multiply(&pairs, &p, &n);
  mlm_bigfloat_multiply(&square, &pairs, &pairs);
  mlm_bigfloat_multiply(&scaled, &square, &freedom);
  *se = freedom.n == 0 ? NAN : mlm_bigfloat_root_of_ratio(&v, &scaled);
  if (freedom.n == 0) *z = NAN;
}

static void write_result(const PlacementSums *sums, StrBuf *out) {
  U128 pairs = mlm_u128_product(2 * (uint64_t)sums->n[1], (uint64_t)sums->n[0]);
  bool negative = mlm_u128_less(sums->a, sums->b);
  U128 total = negative ? mlm_u128_difference(sums->b, sums->a) : mlm_u128_difference(sums->a, sums->b);
  double sign = negative ? -1 : 1, se, z;
  double difference = sign * mlm_u128_ratio(total, false, pairs, 0);
  standardise(sums, total, &se, &z);
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
