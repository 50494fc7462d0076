/* Ratios of the 2x2 table against integers of any length: each is the double nearest to the exact value, for
 * counts up to 2^62 and for weights far apart, and what lies half way between two doubles goes to the even
 * one.
 */
#include "metrics/objective.h"
#include "metrics/threshold.h"
#include "random.h"
#include "score_sets.h"
#include "state/bigfloat.h"
#include "state/confusion2_internal.h"
#include "state/scores_layout.h"
#include "state/scores_keys.h"

/* ---- integers, not negative ---- */

enum { LIMBS = 96 };

typedef struct Big {
  uint32_t limb[LIMBS];
} Big;

static Big big(uint64_t x, int shift) {
  Big a = {{0}};
  int i = shift / 32;
  uint64_t low = (x & 0xffffffff) << shift % 32, high = (x >> 32) << shift % 32;
  uint64_t middle = (low >> 32) + (high & 0xffffffff);
  a.limb[i] = (uint32_t)low;
  a.limb[i + 1] = (uint32_t)middle;
  a.limb[i + 2] = (uint32_t)((high >> 32) + (middle >> 32));
  return a;
}

static Big plus(const Big *a, const Big *b) {
  Big sum;
  uint64_t carry = 0;
  for (int i = 0; i < LIMBS; i++) {
    carry += (uint64_t)a->limb[i] + b->limb[i];
    sum.limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
  return sum;
}

/* a - b, a >= b */
static Big minus(const Big *a, const Big *b) {
  Big rest;
  int64_t borrow = 0;
  for (int i = 0; i < LIMBS; i++) {
    borrow += (int64_t)a->limb[i] - b->limb[i];
    rest.limb[i] = (uint32_t)borrow;
    borrow = borrow < 0 ? -1 : 0;
  }
  return rest;
}

static Big times(const Big *a, const Big *b) {
  Big product = {{0}};
  for (int i = 0; i < LIMBS; i++) {
    uint64_t carry = 0;
    for (int j = 0; a->limb[i] && i + j < LIMBS; j++) {
      carry += (uint64_t)a->limb[i] * b->limb[j] + product.limb[i + j];
      product.limb[i + j] = (uint32_t)carry;
      carry >>= 32;
    }
  }
  return product;
}

static int compare(const Big *a, const Big *b) {
  for (int i = LIMBS - 1; i >= 0; i--)
    if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
  return 0;
}

static bool is_zero(const Big *a) {
  const Big zero = {{0}};
  return compare(a, &zero) == 0;
}

/* Compares num / den with x·2^power, or where root is set with its square. */
static int compare_ratio(const Big *num, const Big *den, uint64_t x, int power, bool root) {
  Big factor = big(x, power > 0 ? power : 0), scale = big(1, power < 0 ? -power : 0);
  Big left = times(num, &scale), right = times(den, &factor);
  if (root) {
    left = times(&left, &scale);
    right = times(&right, &factor);
  }
  return compare(&left, &right);
}

/* Whether q >= 0, no subnormal, is nearest to num / den, or where root is set to its root, ties to even.
 * Halves of the last place, and quarters below a power of two, so that x has 55 bits. */
static bool is_nearest(double q, const Big *num, const Big *den, bool root) {
  if (q == 0 || is_zero(num)) return q == 0 && is_zero(num);
  const uint64_t bits = mlm_double_bits(q), m = (bits & 0xfffffffffffff) | 0x10000000000000;
  const int power = (int)(bits >> 52) - 1075 - 2, even = m % 2 == 0;
  const int above = compare_ratio(num, den, 4 * m + 2, power, root);
  const int below = compare_ratio(num, den, 4 * m - (m == 0x10000000000000 ? 1 : 2), power, root);
  return (above < 0 || (above == 0 && even)) && (below > 0 || (below == 0 && even));
}

/* ---- tables ---- */

enum { TN, FN, FP, TP };

/* Cell i is n[i]·2^shift[i], in units of 2^unit. */
typedef struct Table {
  uint64_t n[CONFUSION2_CELLS];
  int shift[CONFUSION2_CELLS], unit;
} Table;

static Big cell_of(const Table *t, int i) { return big(t->n[i], t->shift[i]); }

static double scaled(double x, int power) {
  for (; power > 1000; power -= 1000) x *= 0x1p1000;
  for (; power < -1000; power += 1000) x *= 0x1p-1000;
  return x * mlm_double_from_bits((uint64_t)(power + 1023) << 52);
}

/* As a walk or a state makes it of exact sums. */
static Confusion2 confusion_of(const Table *t) {
  ExactSum sum[CONFUSION2_CELLS] = {0};
  for (int i = 0; i < CONFUSION2_CELLS; i++) {
    const uint64_t low = t->n[i] & 0xffffffff;
    mlm_sum_add(&sum[i], scaled((double)(t->n[i] - low), t->shift[i] + t->unit), 1);
    mlm_sum_add(&sum[i], scaled((double)low, t->shift[i] + t->unit), 1);
  }
  return mlm_confusion2_of((const ExactSum *const[CONFUSION2_CELLS]){&sum[0], &sum[1], &sum[2], &sum[3]});
}

static long step;

static void check(bool right, const char *what, double got) {
  if (right)
    passed();
  else
    failed("%s, step %ld: %a is not the nearest double", what, step, got);
}

/* Of num / den, negative or not. */
static void check_ratio(const char *what, double got, const Big *num, const Big *den, bool negative) {
  if (is_zero(den))
    check(isnan(got), what, got);
  else
    check(is_nearest(negative ? -got : got, num, den, false), what, got);
}

static void check_shares(const Confusion2 *c, const Big cell[CONFUSION2_CELLS]) {
  const Big predicted = plus(&cell[TP], &cell[FP]), positive = plus(&cell[TP], &cell[FN]);
  const Big negative = plus(&cell[TN], &cell[FP]), right = plus(&cell[TP], &cell[TN]);
  const Big wrong = plus(&cell[FP], &cell[FN]), twice = plus(&cell[TP], &cell[TP]);
  const Big all = plus(&right, &wrong), of_f1 = plus(&twice, &wrong), any = plus(&cell[TP], &wrong);
  check_ratio("precision", mlm_precision(c, NULL), &cell[TP], &predicted, false);
  check_ratio("recall", mlm_recall(c, NULL), &cell[TP], &positive, false);
  check_ratio("specificity", mlm_specificity(c, NULL), &cell[TN], &negative, false);
  check_ratio("fpr", mlm_fpr(c, NULL), &cell[FP], &negative, false);
  check_ratio("accuracy", mlm_accuracy(c, NULL), &right, &all, false);
  check_ratio("error_rate", mlm_threshold_metric("error_rate", 10)->formula.confusion2(c, NULL), &wrong, &all,
              false);
  check_ratio("f1", mlm_f1(c, NULL), &twice, &of_f1, false);
  check_ratio("jaccard", mlm_threshold_metric("jaccard", 7)->formula.confusion2(c, NULL), &cell[TP], &any,
              false);
}

static void check_products(const Confusion2 *c, const Big cell[CONFUSION2_CELLS]) {
  const Big predicted = plus(&cell[TP], &cell[FP]), positive = plus(&cell[TP], &cell[FN]);
  const Big negative = plus(&cell[TN], &cell[FP]), others = plus(&cell[TN], &cell[FN]);
  const Big pairs = times(&positive, &negative), decided = times(&predicted, &others);
  const Big hits = times(&cell[TP], &cell[TN]), misses = times(&cell[FP], &cell[FN]);
  const bool below = compare(&hits, &misses) < 0;
  const Big covariance = below ? minus(&misses, &hits) : minus(&hits, &misses);
  check_ratio("youden", mlm_youden(c, NULL), &covariance, &pairs, below);
  const Big of_hits = times(&cell[TP], &negative), of_rest = times(&cell[TN], &positive);
  const Big both = plus(&of_hits, &of_rest), twice = plus(&pairs, &pairs);
  check_ratio("balanced_accuracy", mlm_balanced_accuracy(c, NULL), &both, &twice, false);
  const Big square = times(&covariance, &covariance), all = times(&pairs, &decided);
  const double mcc = mlm_mcc(c, NULL);
  if (is_zero(&all))
    check(isnan(mcc), "mcc", mcc);
  else
    check(is_nearest(below ? -mcc : mcc, &square, &all, true), "mcc", mcc);
}

static void check_likelihoods(const Confusion2 *c, const Big cell[CONFUSION2_CELLS]) {
  const Big positive = plus(&cell[TP], &cell[FN]), negative = plus(&cell[TN], &cell[FP]);
  for (int predicted = 0; predicted < 2; predicted++) {
    const Big *hits = &cell[predicted ? TP : FN], *misses = &cell[predicted ? FP : TN];
    const Big above = times(hits, &negative), below = times(misses, &positive);
    const double ratio = mlm_confusion2_likelihood_ratio(c, predicted);
    if (is_zero(&below) && !is_zero(&above))
      check(ratio == INFINITY, "an infinite likelihood ratio", ratio);
    else
      check_ratio("likelihood ratio", ratio, &above, &below, false);
  }
}

/* beta is b·2^-shift. */
static void check_fbeta(const Confusion2 *c, const Big cell[CONFUSION2_CELLS], uint64_t b, int shift) {
  const double beta[2] = {scaled((double)b, -shift)};
  const Big square = big(b * b, shift < 0 ? -2 * shift : 0), one = big(1, shift > 0 ? 2 * shift : 0);
  const Big factor = plus(&square, &one), hits = times(&factor, &cell[TP]);
  const Big misses = times(&square, &cell[FN]), alarms = times(&one, &cell[FP]);
  Big all = plus(&hits, &misses);
  all = plus(&all, &alarms);
  check_ratio("fbeta", mlm_threshold_metric("fbeta", 5)->formula.confusion2(c, beta), &hits, &all, false);
}

static void check_cost(const Confusion2 *c, const Big cell[CONFUSION2_CELLS], int unit) {
  const uint64_t fp = draw_shifted(60) >> 13, fn = draw_shifted(60) >> 13; /* 51 bits at most */
  const double costs[2] = {(double)fp / 1024, (double)fn / 1024};
  const Big fp_cost = big(fp, 0), fn_cost = big(fn, 0), den = big(1, 10 - (unit < 0 ? unit : 0));
  const Big alarms = times(&cell[FP], &fp_cost), misses = times(&cell[FN], &fn_cost);
  Big sum = plus(&alarms, &misses);
  const Big scale = big(1, unit > 0 ? unit : 0);
  sum = times(&sum, &scale);
  check_ratio("cost", mlm_threshold_metric("cost", 4)->formula.confusion2(c, costs), &sum, &den, false);
}

static void check_table(const Table *t) {
  static const struct {
    uint64_t b;
    int shift;
  } beta[] = {{1, 1}, {2, 0}, {717, 10}, {1, 0}, {3, 250}, {5, -220}};
  Big cell[CONFUSION2_CELLS];
  uint64_t total = 0;
  for (int i = 0; i < CONFUSION2_CELLS; i++) {
    cell[i] = cell_of(t, i);
    total += t->n[i];
  }
  Confusion2 confusion = confusion_of(t);
  const bool count = total <= (uint64_t)MLM_MOST_COUNTS && t->unit == 0
                     && (t->shift[0] | t->shift[1] | t->shift[2] | t->shift[3]) == 0;
  for (confusion.counts = false;; confusion.counts = true) {
    check_shares(&confusion, cell);
    check_products(&confusion, cell);
    check_likelihoods(&confusion, cell);
    const unsigned which = (unsigned)(draw() % 6);
    check_fbeta(&confusion, cell, beta[which].b, beta[which].shift);
    if (t->unit > -700 && t->unit < 700) check_cost(&confusion, cell, t->unit);
    step++;
    if (!count || confusion.counts) return;
  }
}

/* ---- which ---- */

/* 0 now and then. */
static uint64_t any_count(void) {
  if (draw() % 6 == 0) return draw() % 3;
  return draw_shifted(62) >> 2;
}

static void test_random(void) {
  static const int units[] = {0, 0, 0, -60, 300, -900, 830, -1074};
  for (int i = 0; i < 6000; i++) {
    Table t = {.unit = units[i % 8]};
    for (int j = 0; j < CONFUSION2_CELLS; j++) {
      t.n[j] = any_count();
      if (i / 8 % 4 == 0) t.shift[j] = (int)(draw() % 130);
      if (i / 8 % 4 == 1) t.n[j] &= 0xfffff;
      if (i / 8 % 4 == 2) t.n[j] &= 0x1ffffffffffff;
    }
    check_table(&t);
  }
}

/* Differences of products that nearly cancel. */
static void test_cancellation(void) {
  for (int i = 0; i < 2000; i++) {
    const int drop =
        i % 2 ? 33 : 44; /* products of 2^124, of which pairs of doubles lose digits, and of 2^80 */
    const uint64_t a = 1 + (draw() >> drop), b = 1 + (draw() >> drop), c = 1 + (draw() >> drop);
    Table t = {.n = {a * b, c * b, a * c, c * c}, .unit = i % 5 == 0 ? -56 : 0};
    if (i % 3) t.n[draw() % 4] += draw() % 3;
    check_table(&t);
  }
}

/* An odd number of 54 bits over a power of two lies half way between two doubles. */
static void test_ties(void) {
  for (int i = 0; i < 400; i++) {
    const uint64_t odd = (uint64_t)1 << 53 | draw() >> 11 | 1, whole = (uint64_t)1 << 54;
    const Table precision = {.n = {odd, whole - odd, whole - odd, odd}};
    check_table(&precision);
    const Table mcc = {.n = {whole + odd, whole - odd, whole - odd, whole + odd}, .unit = i % 2 ? -120 : 0};
    check_table(&mcc);
    const Table youden = {
        .n = {whole / 2, whole - odd, 0, odd}, .shift = {0, 100, 0, 100}, .unit = i % 2 ? -220 : 0};
    check_table(&youden);
    const uint64_t near = (uint64_t)1 << 26 | draw() >> 38 | 1; /* near times 2^27 - 1 has 54 bits */
    const Table likelihood = {.n = {near - 1, 1, 1, (1 << 27) - 1}};
    check_table(&likelihood);
    const Table half = {.n = {(whole - odd) / 2, odd / 2 + 1, 1, (whole - odd) / 2 + 1},
                        .unit = i % 2 ? -300 : 0};
    check_table(&half);
  }
}

/* All tables of cells 0, 1 and 2 in units in which products of sums are 1, or leave what pairs of doubles
 * hold. */
static void test_small(void) {
  static const int units[] = {0, -1, -260, -265, -350, -530, 260, 300, 500};
  for (int i = 0; i < 81 * 9; i++) {
    const uint64_t n = (uint64_t)i % 81;
    const Table t = {.n = {n % 3, n / 3 % 3, n / 9 % 3, n / 27}, .unit = units[i / 81]};
    check_table(&t);
    const Table wide = {.n = {t.n[0] << 52 | 1, t.n[1] << 52 | 3, t.n[2] << 52 | 5, t.n[3] << 52 | 7},
                        .unit = t.unit};
    check_table(&wide);
  }
}

/* ---- states that make tables ---- */

static double (*const formulas[])(const Confusion2 *, const double *) = {
    mlm_precision, mlm_recall, mlm_accuracy, mlm_f1, mlm_youden, mlm_balanced_accuracy, mlm_mcc};
enum { FORMULAS = sizeof formulas / sizeof *formulas };

static void check_state(const Table *t, const Confusion2 *want) {
  void *state = calloc(1, mlm_confusion2_state.bytes);
  for (int i = 0; i < CONFUSION2_CELLS; i++) {
    const Row row = {.pred = i / 2, .target = i % 2, .param = 1, .weight = scaled(1, t->unit)};
    expect(mlm_confusion2_state.add_times(state, &row, (int64_t)t->n[i], 1, &host) == MLM_OK, "add", step);
  }
  for (int i = 0; i < FORMULAS; i++) {
    const Confusion2 own = mlm_confusion2_table(state);
    const double x = formulas[i](&own, NULL);
    const double y = formulas[i](want, NULL);
    expect(x == y || (isnan(x) && isnan(y)), "a state's value", step);
  }
  mlm_confusion2_state.clear(state, &host);
  free(state);
}

/* As a set and as a window, which a row has left. */
static void check_scores(const Table *t, const Confusion2 *want, bool slides) {
  Objective youden;
  BestCutoff best;
  ScoreWalk walk;
  Confusion2 got;
  Scores *scores = fresh();
  for (int i = 0; i < CONFUSION2_CELLS; i++)
    expect(mlm_scores_put(scores, mlm_encode_score(i / 2), i % 2, scaled(1, t->unit), (int64_t)t->n[i], &host)
               == MLM_OK,
           "put", step);
  for (int sign = 1; slides && sign >= -1; sign -= 2) put_row(scores, 1, 1, 1, sign);
  expect(kind->seal(scores, &host) == MLM_OK, "seal", step);
  mlm_walk_down(&walk, scores);
  expect(mlm_walk_next(&walk), "a score", step);
  mlm_walk_confusion2(&walk, &got);
  for (int i = 0; i < FORMULAS; i++) {
    const double x = formulas[i](&got, NULL), y = formulas[i](want, NULL);
    expect(x == y || (isnan(x) && isnan(y)), "a walk's value", step);
  }
  const double j = mlm_youden(want, NULL);
  expect(mlm_parse_objective("youden", 6, &youden) && mlm_scores_best(scores, &youden, NULL, &best)
             && best.value == (j > 0 ? j : 0) && best.cutoff == (j > 0 ? 1 : INFINITY),
         "the best value", step);
  drop(scores);
}

/* Counts on both sides of MLM_MOST_COUNTS, and as many rows of another weight. */
static void test_states(void) {
  static const int bits[] = {59, 54, 52, 50, 49, 30};
  for (int i = 0; i < 600; i++, step++) {
    Table t = {.unit = i % 7 ? 0 : -40};
    for (int j = 0; j < CONFUSION2_CELLS; j++) t.n[j] = 1 + (draw() >> (64 - bits[i % 6]));
    if (i % 5 == 0) t.n[TP] = ((uint64_t)1 << 49) + 1;
    const Confusion2 want = confusion_of(&t);
    check_state(&t, &want);
    check_scores(&t, &want, false);
    check_scores(&t, &want, true);
  }
}

/* One cell beyond what a double counts, beside cells of a row each: it is kept whole. */
static void test_large_cells(void) {
  for (int cell = 0; cell < CONFUSION2_CELLS; cell++) {
    Confusion2Counts counts = {.cell = {1, 1, 1, 1}};
    counts.cell[cell] = ((int64_t)1 << 53) + 1;
    const Confusion2 got = mlm_confusion2_table(&counts);
    expect(!got.counts && got.low[cell] == 1, "a large cell", cell);
  }
}

/* ---- ends ---- */

/* Sums of products and costs beyond every double, and costs half way between two. */
static void test_costs(void) {
  double (*cost)(const Confusion2 *, const double *) = mlm_threshold_metric("cost", 4)->formula.confusion2;
  const Confusion2 c = {.fp = 0x1p53, .fn = 3};
  expect(cost(&c, (double[]){1, 1}) == 0x1p53 + 4, "a tie goes up to even", 0);
  expect(cost(&c, (double[]){0.5, 0.5 / 3}) == 0x1p52, "just below a tie", 1); /* 0.5/3 is rounded down */
  expect(cost(&c, (double[]){0x1p1000, 1}) == INFINITY, "beyond every double", 2);
  expect(cost(&c, (double[]){0, 0}) == 0, "free", 3);
  expect(cost(&c, (double[]){0, 0x1p-1074}) == 3 * 0x1p-1074, "the least", 4);
  const Confusion2 thirds = {.fp = 3, .fn = 1};
  expect(cost(&thirds, (double[]){0.1, 0.1}) == 0.4, "of 0.1", 5);
  /* the products' second parts are below every double, and decide the last bit */
  const Confusion2 parts = {.fp = 0x1.01a4cdc082f8p-1, .fn = 0x1.4d9670a89abdp-3};
  const double tiny[] = {0x1.a77af0f37a0f8p-1016, 0x1.28c6c5ed82d1bp-1015};
  expect(cost(&parts, tiny) == 0x1.35c7c3236ed99p-1016, "tiny", 6);
  /* less than half of the least double each, and more together */
  const Confusion2 least = {.fp = 0x1p-1074, .fn = 0x1p-1074, .tn = 1};
  expect(cost(&least, (double[]){0.3, 0.3}) == 0x1p-1074, "the least of two parts", 7);
  /* 3·(2^52 + 3) + 2^-60: above a tie by less than a pair of doubles holds */
  const Confusion2 above = {.fp = 3, .fn = 0x1p-60};
  expect(cost(&above, (double[]){0x1p52 + 3, 1}) == 3 * 0x1p52 + 10, "just above a tie", 8);
  const Confusion2 ratio = {.tp = 1, .fp = 0x1p-60, .tn = 0x1p53, .low = {1}};
  expect(mlm_confusion2_likelihood_ratio(&ratio, true) == (0x1p53 + 2) * 0x1p60, "so is a ratio", 9);
}

/* What no product of doubles holds together. */
static void test_extremes(void) {
  const Confusion2 t = {.tp = 0x1p1020, .tn = 0x1p-1074, .fp = 0x1p-1074, .fn = 0};
  const double beta[] = {0x1p-1074}, most[] = {0x1.fffffffffffffp1023};
  double (*fbeta)(const Confusion2 *, const double *) = mlm_threshold_metric("fbeta", 5)->formula.confusion2;
  expect(mlm_youden(&t, NULL) == 0.5 && mlm_mcc(&t, NULL) == sqrt(0.5), "apart", 0);
  expect(mlm_balanced_accuracy(&t, NULL) == 0.75 && mlm_precision(&t, NULL) == 1, "apart", 1);
  expect(fbeta(&t, beta) == 1 && fbeta(&t, most) == 1, "apart", 2);
  const Confusion2 wide = {.tp = 0x1.fffffffffffffp1020,
                           .fn = 0x1.fffffffffffffp1020,
                           .fp = 0x1.fffffffffffffp1019,
                           .tn = 0x1.fffffffffffffp1019,
                           .low = {0x1p-1074, 0x1p-1074, -0x1p-1074, -0x1p-1074}};
  expect(mlm_mcc(&wide, NULL) == 0 && signbit(mlm_mcc(&wide, NULL)) == 0, "a chance of 2^-2094", 3);
  expect(fbeta(&wide, beta) > 0.66 && fbeta(&wide, most) == 0.5, "as wide as can be", 4);
  const Confusion2 least = {.tp = 3 * 0x1p-1074, .fn = 3 * 0x1p-1074, .tn = 1};
  expect(fbeta(&least, (double[]){0.5}) == 5.0 / 6, "the least weights", 5);
  /* the square of beta is below every double, and its product with fn is not */
  const Confusion2 far = {.tp = 0x1p-200, .fn = 0x1p1000};
  expect(fbeta(&far, (double[]){0x1p-600}) == 0.5, "a small beta of a large cell", 6);
  const Confusion2 large = {.tp = 3 * 0x1p300, .fp = 0x1p300, .fn = 0x1p300, .tn = 0x1p300};
  expect(mlm_mcc(&large, NULL) == 0.25 && mlm_confusion2_likelihood_ratio(&large, true) == 1.5, "large", 7);
  const Confusion2 none = {.tn = 0x1p1000}, chance = {.tp = 0x1p1000, .fp = 1, .fn = 0x1p1000, .tn = 1};
  expect(isnan(mlm_mcc(&none, NULL)) && isnan(mlm_youden(&none, NULL)) && isnan(fbeta(&none, beta))
             && isnan(mlm_balanced_accuracy(&none, NULL)) && isnan(mlm_precision(&none, NULL)),
         "nothing of nothing", 8);
  expect(mlm_mcc(&chance, NULL) == 0 && mlm_youden(&chance, NULL) == 0, "no better than chance", 9);
}

/* Digits that make the estimate of a quotient's digit too large, by 1 and by 2. */
static void test_division(void) {
  static const uint32_t digits[] = {0, 1, 2, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff};
  for (step = 0; step < 20000; step++) {
    BigFloat number[2];
    Big integer[2] = {{{0}}, {{0}}};
    for (int k = 0; k < 2; k++) {
      uint64_t word[6];
      const int n = 1 + (int)(draw() % 6);
      for (int i = 0; i < 2 * n; i++) integer[k].limb[i] = digits[draw() % 8];
      integer[k].limb[2 * n - 1] |= 1;
      for (int i = 0; i < n; i++)
        word[i] = (uint64_t)integer[k].limb[2 * i + 1] << 32 | integer[k].limb[2 * i];
      mlm_bigfloat_of_words(&number[k], word, n);
    }
    BigFloat a = number[0], b = number[1];
    const double ratio = mlm_bigfloat_ratio(&a, &b);
    check(is_nearest(ratio, &integer[0], &integer[1], false), "ratio", ratio);
    a = number[0], b = number[1];
    const double root = mlm_bigfloat_root_of_ratio(&a, &b);
    check(is_nearest(root, &integer[0], &integer[1], true), "root", root);
  }
}

int main(void) {
  test_random();
  test_small();
  test_division();
  test_cancellation();
  test_ties();
  test_states();
  test_large_cells();
  test_costs();
  test_extremes();
  return end_of_tests();
}
