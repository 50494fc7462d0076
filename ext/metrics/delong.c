/* DeLong's test of two correlated areas under ROC curves, in integers. */
#include "math/distributions.h"
#include "metrics/hypothesis_tests.h"
#include "state/rows_placements.h"

enum { SCORE_A, SCORE_B, LABEL };
enum { POLL = 1 << 16, WORDS = 3 };

/* Sums over the rows; class 0 are the negatives. With a and b the placements of a row, twice the number of
 * rows of the other class that it stands above, the sum of a - b is `less` over the negatives' and minus it
 * over the positives' class, so that one is enough. */
typedef struct Sums {
  int64_t n[2];
  U128 a, b;                 /* placements of the positives */
  uint64_t squares[2][WORDS]; /* of a - b by class, the lowest 64 bits first; at most 2^62·(2^63)² */
} Sums;

static void add_words(uint64_t *sum, U128 low, uint64_t high) {
  U128 all = mlm_u128_sum((U128){sum[1], sum[0]}, low);
  bool carry = mlm_u128_less(all, low);
  sum[0] = all.lo;
  sum[1] = all.hi;
  sum[2] += high + carry;
}

static void add_square(uint64_t *sum, uint64_t x, uint64_t times) {
  U128 square = mlm_u128_product(x, x);
  if (times == 1) {
    add_words(sum, square, 0);
    return;
  }
  U128 low = mlm_u128_product(square.lo, times), high = mlm_u128_product(square.hi, times);
  U128 middle = mlm_u128_sum(mlm_u128(low.hi), mlm_u128(high.lo));
  add_words(sum, (U128){middle.lo, low.lo}, high.hi + middle.hi);
}

static void add_times(U128 *sum, uint64_t x, uint64_t times) {
  *sum = mlm_u128_sum(*sum, mlm_u128_product(x, times));
}

static Status add_all(Sums *sums, const Rows *rows, const RowsRanks *a, const RowsRanks *b,
                      const Host *host) {
  for (uint64_t e = 0; e < mlm_rows_entries(rows); e++) {
    uint64_t x = mlm_twice_rank_at(a, e), y = mlm_twice_rank_at(b, e);
    int64_t count = mlm_rows_count_at(rows, e);
    int label = mlm_rows_at(rows, e)[LABEL] != 0;
    sums->n[label] += count;
    add_square(sums->squares[label], x > y ? x - y : y - x, (uint64_t)count);
    if (label) {
      add_times(&sums->a, x, (uint64_t)count);
      add_times(&sums->b, y, (uint64_t)count);
    }
    if (e % POLL == POLL - 1 && mlm_interrupted(host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

static Status sum_up(Sums *sums, const Rows *rows, const Host *host) {
  RowsRanks a = {0}, b = {0};
  memset(sums, 0, sizeof *sums);
  Status status = mlm_rows_placements(rows, SCORE_A, LABEL, &a, host);
  if (!status) status = mlm_rows_placements(rows, SCORE_B, LABEL, &b, host);
  if (!status) status = add_all(sums, rows, &a, &b, host);
  mlm_rows_ranks_clear(&a, host);
  mlm_rows_ranks_clear(&b, host);
  return status;
}

/* n·Σd² - (Σd)² of a class, times the rows of the other less one. */
static void spread(const Sums *sums, int label, const BigFloat *square_of_sum, BigFloat *to) {
  BigFloat n, squares, others, term = *square_of_sum;
  mlm_bigfloat_of_u64(&n, (uint64_t)sums->n[label]);
  mlm_bigfloat_of_words(&squares, sums->squares[label], WORDS);
  mlm_bigfloat_multiply(to, &n, &squares);
  mlm_bigfloat_add(to, &term, -1);
  term = *to;
  mlm_bigfloat_of_u64(&others, (uint64_t)sums->n[!label] - 1);
  mlm_bigfloat_multiply(to, &term, &others);
}

/* What is left to round: with P positives, N negatives and d = a - b, the variance of the difference is
 *   V / (4 P²N² (P-1)(N-1)),  V = (P Σ₁d² - (Σd)²)(N-1) + (N Σ₀d² - (Σd)²)(P-1),
 * and the square of z is (Σd)² (P-1)(N-1) / V. */
static void standardise(const Sums *sums, U128 total, double *se, double *z) {
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

static void write_result(const Sums *sums, StrBuf *out) {
  U128 pairs = mlm_u128_product(2 * (uint64_t)sums->n[1], (uint64_t)sums->n[0]);
  bool negative = mlm_u128_less(sums->a, sums->b);
  U128 total = negative ? mlm_u128_difference(sums->b, sums->a) : mlm_u128_difference(sums->a, sums->b);
  double sign = negative ? -1 : 1, se, z;
  double difference = sign * mlm_u128_ratio(total, false, pairs, 0);
  standardise(sums, total, &se, &z);
  mlm_str_put(out, "{");
  mlm_json_number(out, "auc_a", mlm_u128_ratio(sums->a, false, pairs, 0));
  mlm_json_number(out, "auc_b", mlm_u128_ratio(sums->b, false, pairs, 0));
  mlm_json_number(out, "difference", difference + 0.0);
  mlm_json_number(out, "low", difference - MLM_Z95 * se);
  mlm_json_number(out, "high", difference + MLM_Z95 * se);
  mlm_json_number(out, "se", se);
  mlm_json_number(out, "statistic", sign * z);
  mlm_json_number(out, "p_value", 2 * mlm_normal_sf(z));
  mlm_json_text(out, "method", "delong");
  mlm_json_integer(out, "rows", sums->n[0] + sums->n[1]);
  mlm_json_integer(out, "positives", sums->n[1]);
  mlm_str_put(out, "}");
}

Status mlm_delong_test(const Rows *rows, const Eval *in, Result *out) {
  Sums sums;
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  Status status = sum_up(&sums, rows, in->host);
  if (status || sums.n[0] == 0 || sums.n[1] == 0) return status; /* a class is missing: NULL */
  write_result(&sums, json);
  return MLM_OK;
}
