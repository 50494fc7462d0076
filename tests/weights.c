/* Fractional weights: products, multiples and quotients of exact sums, and evaluate_binary
 * compared with the separate metrics. */
#include "metrics/calibration.h"
#include "metrics/threshold.h"
#include "metrics/weighted_ranking.h"

#include <stdlib.h>

#include "random.h"
#include "state/bigfloat.h"
#include "evaluate.h"
#include "state/exact_sum_round.h"
#include "state/exact_sum_product.h"
#include "state/exact_sum_save.h"
#include "state/weight_sum.h"
#include "unit.h"

extern const Family mlm_calibration;

static bool same(double a, double b) {
  return mlm_double_bits(a) == mlm_double_bits(b) || (a != a && b != b);
}

/* ---- sums ---- */

/* The same exact value, and the same special numbers. */
static bool same_products(const ProductSum *a, const ProductSum *b) {
  Writer bytes[2] = {{.limit = UINT64_MAX, .host = &host}, {.limit = UINT64_MAX, .host = &host}};
  mlm_product_save(a, &bytes[0]);
  mlm_product_save(b, &bytes[1]);
  bool equal = bytes[0].n == bytes[1].n && memcmp(bytes[0].bytes, bytes[1].bytes, (size_t)bytes[0].n) == 0;
  release(bytes[0].bytes);
  release(bytes[1].bytes);
  return equal;
}

static bool same_sums(const ExactSum *a, const ExactSum *b) {
  ProductSum p = {0}, q = {0};
  mlm_product_add_sum(&p, a, 1);
  mlm_product_add_sum(&q, b, 1);
  return same_products(&p, &q);
}

enum { TERMS = 6 };

/* Finite numbers that add up to the sum. */
static int draw_sum(ExactSum *sum, double *part) {
  int n = (int)(draw() % (TERMS + 1));
  memset(sum, 0, sizeof *sum);
  for (int i = 0; i < n; i++) {
    part[i] = draw_double();
    mlm_sum_add(sum, part[i], 1);
  }
  return n;
}

static void test_products(void) {
  for (int round = 0; round < 20000; round++) {
    ExactSum a, b, one = {0};
    double x[TERMS], y[TERMS];
    ProductSum by_sums = {0}, by_parts = {0}, den = {0};
    int n = draw_sum(&a, x), m = draw_sum(&b, y), sign = draw() % 2 ? 1 : -1;
    mlm_product_add_sums(&by_sums, &a, &b, sign);
    for (int i = 0; i < n; i++)
      for (int j = 0; j < m; j++) mlm_product_add(&by_parts, x[i], y[j], sign);
    expect_x(same_products(&by_sums, &by_parts), "a product of sums", round);
    double rounded = mlm_product_round(&by_parts);
    expect_x(mlm_product_sign(&by_sums) == (rounded > 0) - (rounded < 0) || rounded == 0, "its sign",
             rounded);
    mlm_sum_add(&one, 1, 1);
    mlm_product_add_sums(&den, &b, &one, 1);
    memset(&by_parts, 0, sizeof by_parts);
    mlm_product_add_sum(&by_parts, &a, 1);
    double ratio = mlm_product_ratio_products(&by_parts, &den);
    expect_x(same(mlm_sum_ratio(&a, &b), ratio), "a quotient of sums", ratio);
  }
}

static void test_multiples(void) {
  for (int round = 0; round < 20000; round++) {
    double x = draw_double(), w = fabs(draw_double());
    uint64_t k = draw_shifted(63) >> 1, part = k ? draw() % k : 0;
    ExactSum whole = {0}, parts = {0};
    mlm_sum_add_times(&whole, x, k, 1);
    mlm_sum_add_times(&parts, x, part, 1);
    mlm_sum_add_times(&parts, x, k - part, 1);
    expect_x(same_sums(&whole, &parts), "x k times, in two parts", (double)k);
    mlm_sum_add_times(&whole, x, k, -1);
    expect_x(mlm_sum_is_zero(&whole), "taken back", (double)k);
    uint64_t few = draw() % 40;
    ExactSum once = {0}, often = {0};
    ProductSum product = {0}, products = {0}, large = {0}, pieces = {0};
    mlm_sum_add_times(&once, x, few, 1);
    mlm_product_add_times(&product, x, w, few, 1);
    for (uint64_t i = 0; i < few; i++) {
      mlm_sum_add(&often, x, 1);
      mlm_product_add(&products, x, w, 1);
    }
    expect_x(same_sums(&once, &often), "x a few times", x);
    expect_x(same_products(&product, &products), "x·w a few times", x);
    mlm_product_add_times(&large, x, w, k, 1);
    mlm_product_add_times(&pieces, x, w, part, 1);
    mlm_product_add_times(&pieces, x, w, k - part, 1);
    expect_x(same_products(&large, &pieces), "x·w k times, in two parts", (double)k);
  }
  static const double special[] = {INFINITY, -INFINITY, NAN};
  for (int i = 0; i < 3; i++) {
    ProductSum times = {0}, often = {0};
    mlm_product_add_times(&times, special[i], 0.3, 5, 1);
    for (int j = 0; j < 5; j++) mlm_product_add(&often, special[i], 0.3, 1);
    expect_x(same_products(&times, &often), "a special number 5 times", i);
    mlm_product_add_times(&times, special[i], 0.3, 5, -1);
    expect_x(mlm_specials(&times.range) == 0, "taken back", i);
  }
}

/* Rows of integral weights, of one fractional weight, or of several, and their sum. */
static WeightSum draw_weights(ExactSum *total) {
  static const double some[] = {0.3, 0.3000000000000001, 0x1p-1074, 1e300, 2.5};
  WeightSum weights = {.count = (int64_t)(draw() % 3 ? draw_shifted(40) >> 24 : 0)};
  memset(total, 0, sizeof *total);
  mlm_sum_add_integer(total, weights.count);
  const int kinds = (int)(draw() % 3), first = (int)(draw() % 5);
  for (int i = 0; i < 2 * kinds; i++) {
    const FractionalRows rows = {.rows = 1 + (int64_t)(draw() % 5), .weight = some[(first + i / 2) % 5]};
    expect(mlm_weight_sum_add_fractional(&weights, &rows, 1, &host) == MLM_OK, "fractional rows", i);
    mlm_sum_add_times(total, rows.weight, (uint64_t)rows.rows, 1);
  }
  return weights;
}

static void test_weight_sums(void) {
  for (int round = 0; round < 2000; round++) {
    ExactSum x, y, both, twice = {0}, times = {0}, repeated = {0};
    ProductSum product = {0}, want = {0}, part = {0};
    WeightSum a = draw_weights(&x), b = draw_weights(&y);
    both = x;
    mlm_sum_add_sum(&both, &y, 1);
    mlm_sum_add_sum(&twice, &x, 1);
    mlm_sum_add_sum(&twice, &x, 1);
    mlm_product_add_sum(&part, &x, 1);
    expect_x(mlm_weight_sum_value(&a) == mlm_sum_round(&x), "a sum of weights", round);
    expect_x(mlm_weight_sum_value_of_both(&a, &b) == mlm_sum_round(&both), "the sum of two", round);
    expect_x(same(mlm_weight_sum_share(&a, &b), mlm_product_ratio(&part, &both)), "a share", round);
    if (!mlm_weight_sum_is_zero(&b))
      expect_x(same(mlm_weight_sum_ratio(&a, &b), mlm_sum_ratio(&x, &y)), "a ratio", round);
    expect_x(same(mlm_weight_sum_overlap(&a, &a, &b), mlm_sum_ratio(&twice, &both)), "an overlap", round);
    mlm_product_add_weight_sums(&product, &a, &b, 1);
    mlm_product_add_sums(&want, &x, &y, 1);
    expect_x(same_products(&product, &want), "a product", round);
    const uint64_t k = draw() % 20;
    mlm_sum_add_weight_sum(&times, &a, k);
    for (uint64_t i = 0; i < k; i++) mlm_sum_add_sum(&repeated, &x, 1);
    expect_x(same_sums(&times, &repeated), "a multiple", (double)k);
    mlm_weight_sum_clear(&a, &host);
    mlm_weight_sum_clear(&b, &host);
    expect(mlm_weight_sum_is_zero(&a) && mlm_weight_sum_is_zero(&b), "no weights", round);
  }
}

/* (a + b)(c - d) / (c - d), of sums that overlap, cancel or lie far apart. */
static void test_magnitudes(void) {
  for (int round = 0; round < 20000; round++) {
    double x[4], part[TERMS];
    BigFloat m[4], left, right, product;
    ExactSum sum[4], both = {0}, one = {0};
    for (int i = 0; i < 4; i++) {
      draw_sum(&sum[i], part);
      mlm_bigfloat_of_sum(&m[i], &sum[i]);
      x[i] = draw_double();
    }
    mlm_sum_add_sum(&both, &sum[0], 1);
    mlm_sum_add_sum(&both, &sum[1], 1);
    left = m[0];
    mlm_bigfloat_add(&left, &m[1], 1);
    right = m[2];
    mlm_bigfloat_add(&right, &m[3], -1);
    mlm_bigfloat_multiply(&product, &left, &right);
    double want = mlm_sum_round(&both), got = mlm_bigfloat_ratio(&product, &right);
    expect_x(right.n == 0 ? got != got : same(got + 0.0, want + 0.0), "times and over", want);
    /* Ratios of single numbers, compared with those of their rounded sums. */
    memset(&both, 0, sizeof both);
    mlm_sum_add(&both, x[0], 1);
    mlm_sum_add(&both, x[1], -1);
    mlm_bigfloat_of(&left, x[0]);
    mlm_bigfloat_of(&right, x[1]);
    mlm_bigfloat_add(&left, &right, -1);
    mlm_bigfloat_of(&right, 1);
    mlm_sum_add(&one, 1, 1);
    expect_x(same(mlm_bigfloat_ratio(&left, &right) + 0.0, mlm_sum_round(&both) + 0.0), "a difference", x[0]);
  }
}

/* ---- the same bits from the rows and from their set ---- */

static void add_loss(void *state, double loss, double weight) {
  Row row = {.value = loss, .weight = weight};
  expect_x(mlm_mean_state.add(state, &row, 1, &host) == MLM_OK, "add", loss);
}

static double mean_of(const void *state) { return mlm_mean_value(state); }

static void test_evaluation(void) {
  static const double weights[] = {0.1, 0.1, 0.7, 1, 3, 1e-300, 1e16, 1e308, 0x1.8p-60};
  for (int round = 0; round < 300; round++) {
    int n = 1 + (int)(draw() % 60), choice = 1 + (int)(draw() % 9);
    Row rows[60];
    void *log_loss = calloc(1, mlm_mean_state.bytes), *brier = calloc(1, mlm_mean_state.bytes);
    Scores *scores = calloc(1, mlm_scores_state.bytes);
    for (int i = 0; i < n; i++) {
      if (i > 0 && draw() % 2) {
        rows[i] = rows[i - 1];
      } else {
        rows[i].pred = draw_unit();
        rows[i].target = (double)(draw() % 2);
        rows[i].weight = weights[draw() % (uint64_t)choice];
      }
      const Row *row = &rows[i];
      double miss = row->pred - row->target;
      add_loss(log_loss, mlm_log_loss(mlm_clipped(row->pred), row->target), row->weight);
      add_loss(brier, miss * miss, row->weight);
      expect_x(mlm_scores_state.add(scores, row, 1, &host) == MLM_OK, "add", row->pred);
    }
    expect_x(mlm_scores_state.seal(scores, &host) == MLM_OK, "seal", n);
    ProbabilityScan scan;
    mlm_probabilities_scan(&scan, scores);
    expect_x(same(mlm_probabilities_log_loss(&scan), mean_of(log_loss)), "log_loss", n);
    expect_x(same(mlm_probabilities_brier(&scan), mean_of(brier)), "brier", n);
    double own = evaluate_number(&mlm_calibration.metrics[0], scores, &host);
    expect_x(same(mlm_probabilities_ece(&scan), own), "ece", own);
    mlm_mean_state.clear(log_loss, &host);
    mlm_mean_state.clear(brier, &host);
    mlm_scores_state.clear(scores, &host);
    free(log_loss);
    free(brier);
    free(scores);
  }
}

/* A gap between the classes where one of them, or both, weigh more than a double holds. */
static void test_gap(void) {
  static const double score[] = {3, 1, 0, 0}, huge = 1.7e308;
  for (int way = 0; way < 6; way++) {
    Scores *scores = calloc(1, mlm_scores_state.bytes);
    for (int i = 0; i < 4; i++) {
      int first = i % 2 == 0;
      Row row = {.pred = score[i],
                 .target = first ^ (way & 1),
                 .weight = (first ? way / 2 != 1 : way / 2 != 0) ? huge : 0.5};
      expect_x(mlm_scores_state.add(scores, &row, 1, &host) == MLM_OK, "add", score[i]);
    }
    expect_x(mlm_scores_state.seal(scores, &host) == MLM_OK, "seal", way);
    expect_x(mlm_weighted_ks(scores) == 0.5, "the gap is where half of one class lies", way);
    mlm_scores_state.clear(scores, &host);
    free(scores);
  }
}

/* ---- one cutoff ---- */

/* Cells that no product holds together. */
static void test_correlation(void) {
  static const struct {
    Confusion2 confusion;
    double mcc;
  } of[] = {
      {{.tp = 1e-300, .tn = 1, .fn = 1}, 0x1.284603e866142p-499},
      {{.tp = 1e-300, .fp = 1, .tn = 1}, 0x1.284603e866142p-499},
      {{.tp = 1e300, .tn = 1e-300, .fn = 1e-300}, 0x1.6a09e667f3bcdp-1},
      {{.tp = 1e300, .tn = 1e-300, .fp = 1e-300}, 0x1.6a09e667f3bcdp-1},
      {{.fp = 1e300, .fn = 1e-300, .tn = 1e-300}, -0x1.6a09e667f3bcdp-1},
      {{.tp = 1e300, .tn = 1e-300}, 1},
      {{.tp = 1e-300, .tn = 1e300}, 1},
      {{.fp = 1e300, .fn = 1e-300}, -1},
      {{.tp = 1e300, .fp = 1e300, .tn = 1e-300, .fn = 1e-300}, 0},
      {{.tp = 1e300, .fp = 1e-300}, NAN},
      {{.tp = 1e300, .fn = 1e-300}, NAN},
      {{.tn = 1e300, .fn = 1e-300}, NAN},
      {{.tn = 1e300, .fp = 1e-300}, NAN},
      {{.tp = 0}, NAN},
  };
  for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
    double got = mlm_mcc(&of[i].confusion, NULL), want = of[i].mcc;
    expect_x(want != want ? got != got : fabs(got - want) <= 0x1p-51 * fabs(want), "mcc", (double)i);
  }
}

int main(void) {
  test_products();
  test_multiples();
  test_weight_sums();
  test_magnitudes();
  test_evaluation();
  test_gap();
  test_correlation();
  return end_of_tests();
}
