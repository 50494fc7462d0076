/* DeLong's variance of the area under the ROC curve, from exact integers, and the interval that it gives.
 *
 * DeLong, DeLong and Clarke-Pearson (1988); Sun and Xu (2014) show that sums over ranks suffice.
 */
#include "metrics/delong.h"

#include "metrics/intervals.h"

/* A sum of count·x², where the counts add up to at most 2^62 and x < 2^63: high·2^64 + middle·2^33 + low, by
 * the halves of x, so that no part reaches 2^127. */
typedef struct SquareSum {
  U128 high, middle, low;
} SquareSum;

static void add_square(SquareSum *sum, int64_t count, uint64_t x) {
  uint64_t n = (uint64_t)count, high = x >> 32, low = (uint32_t)x;
  mlm_u128_add_product(&sum->low, n, low * low);
  if (high == 0) return;
  mlm_u128_add_product(&sum->middle, n, high * low);
  mlm_u128_add_product(&sum->high, n, high * high);
}

static void total(BigFloat *m, const SquareSum *sum) {
  BigFloat middle, high;
  mlm_bigfloat_of_u128(m, sum->low, 0);
  mlm_bigfloat_of_u128(&middle, sum->middle, 33);
  mlm_bigfloat_of_u128(&high, sum->high, 64);
  mlm_bigfloat_add(m, &middle, 1);
  mlm_bigfloat_add(m, &high, 1);
}

/* Updates the common divisor with one more count of rows. */
static void update_divisor(DeLong *delong, int64_t count) {
  int64_t a = delong->divisor, b = count;
  if (a == 1 || b == 0) return;
  while (b) {
    const int64_t rest = a % b;
    a = b;
    b = rest;
  }
  delong->divisor = a;
  delong->counts++;
}

/* Gathers the sums in one walk over the distinct scores of a sealed set whose weights are all integral. */
static void gather(DeLong *delong, const Scores *scores) {
  ScoreTotals all = mlm_scores_totals(scores);
  SquareSum squares[2] = {0};
  ScoreWalk walk;
  delong->divisor = delong->counts = 0;
  delong->positives = all.pos_count;
  delong->negatives = all.neg_count;
  delong->twice_u = mlm_u128(0);
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) {
    uint64_t a = 2 * (uint64_t)walk.fp_count - (uint64_t)walk.neg_count;
    uint64_t b = 2 * (uint64_t)(all.pos_count - walk.tp_count) + (uint64_t)walk.pos_count;
    mlm_u128_add_product(&delong->twice_u, (uint64_t)walk.pos_count, a);
    if (walk.pos_count > 0) add_square(&squares[1], walk.pos_count, a);
    if (walk.neg_count > 0) add_square(&squares[0], walk.neg_count, b);
    update_divisor(delong, walk.pos_count);
    update_divisor(delong, walk.neg_count);
  }
  for (int label = 0; label < 2; label++) total(&delong->squares[label], &squares[label]);
}

/* Sets *out to (others - 1)·(count·Σx² - (Σx)²), which is not negative (Cauchy and Schwarz). */
static void spread(BigFloat *out, const BigFloat *squares, const BigFloat *square, int64_t count,
                   int64_t others) {
  BigFloat n, sum, squared = *square;
  mlm_bigfloat_of_u128(&n, mlm_u128((uint64_t)count), 0);
  mlm_bigfloat_multiply(&sum, &n, squares);
  mlm_bigfloat_add(&sum, &squared, -1);
  mlm_bigfloat_of_u128(&n, mlm_u128((uint64_t)others - 1), 0);
  mlm_bigfloat_multiply(out, &n, &sum);
}

/* The variance is S/P + T/N, S the sample variance of a_i/2N and T that of b_j/2P: over one denominator
 * ((N-1)(P·Σa² - (Σa)²) + (P-1)(N·Σb² - (Σb)²)) / 4P²N²(P-1)(N-1). This is the numerator; *square is (Σa)².
 */
static void numerator(BigFloat *num, const DeLong *delong, BigFloat *square) {
  BigFloat u, other;
  mlm_bigfloat_of_u128(&u, delong->twice_u, 0);
  mlm_bigfloat_multiply(square, &u, &u);
  spread(num, &delong->squares[1], square, delong->positives, delong->negatives);
  spread(&other, &delong->squares[0], square, delong->negatives, delong->positives);
  mlm_bigfloat_add(num, &other, 1);
}

/* (P-1)(N-1). */
static void freedom(BigFloat *out, const DeLong *delong) {
  mlm_bigfloat_of_u128(out,
                       mlm_u128_product((uint64_t)delong->positives - 1, (uint64_t)delong->negatives - 1), 0);
}

double mlm_delong_se(const DeLong *delong) {
  BigFloat square, num, pairs, scaled, degrees, den;
  numerator(&num, delong, &square);
  mlm_bigfloat_of_u128(&pairs, mlm_u128_product((uint64_t)delong->positives, (uint64_t)delong->negatives), 1);
  mlm_bigfloat_multiply(&scaled, &pairs, &pairs);
  freedom(&degrees, delong);
  mlm_bigfloat_multiply(&den, &scaled, &degrees);
  return mlm_bigfloat_root_of_ratio(&num, &den);
}

double mlm_delong_z(const DeLong *delong) {
  BigFloat square, num, degrees, scaled;
  numerator(&num, delong, &square);
  freedom(&degrees, delong);
  mlm_bigfloat_multiply(&scaled, &square, &degrees);
  return num.n == 0 ? NAN : mlm_bigfloat_root_of_ratio(&scaled, &num);
}

enum { FEWEST_COUNTS = 20 }; /* of fewer, all may be even by chance */

/* Whether each row counts several times. */
static bool is_repeated(const DeLong *delong) {
  return delong->divisor > 1 && delong->counts >= FEWEST_COUNTS;
}

/* Low and high around AUC = U/pairs. The odds and 1 - AUC are rounded from integers, so that neither loses
 * digits where AUC is near 1. */
static void bound(Bounds *bounds, const DeLong *delong, const Eval *in) {
  U128 pairs =
      mlm_u128_shift_left(mlm_u128_product((uint64_t)delong->positives, (uint64_t)delong->negatives), 1);
  U128 rest = mlm_u128_difference(pairs, delong->twice_u);
  double auc = mlm_u128_ratio(delong->twice_u, false, pairs, 0);
  double margin = mlm_interval_z(in) * bounds->se;
  if (mlm_interval_method_is(in, "normal")) {
    bounds->low = auc - margin > 0 ? auc - margin : 0;
    bounds->high = auc + margin < 1 ? auc + margin : 1;
    return;
  }
  double logit = mlm_log(mlm_u128_ratio(delong->twice_u, false, rest, 0));
  margin /= auc * mlm_u128_ratio(rest, false, pairs, 0);
  bounds->low = mlm_sigmoid(logit - margin);
  bounds->high = mlm_sigmoid(logit + margin);
}

/* The notes where AUC is 1 or 0, of AUC and of gini, which is 2·AUC - 1. */
#define SMALLER_CLASS ", m being the number of rows of the smaller class"
static const char *const notes_at_end[2][2] = {
    {"AUC is 0: high is z²/(m + z²)" SMALLER_CLASS, "AUC is 1: low is m/(m + z²)" SMALLER_CLASS},
    {"gini is -1: high is (z² - m)/(m + z²)" SMALLER_CLASS,
     "gini is 1: low is (m - z²)/(m + z²)" SMALLER_CLASS}};

/* Where AUC is 1 or 0 the variance is 0 whatever the number of rows: the bound is Wilson's for m successes in
 * m trials, where m is the number of rows of the smaller class. */
static void bound_at_end(Bounds *bounds, const DeLong *delong, const Eval *in, bool perfect) {
  double m = (double)(delong->positives < delong->negatives ? delong->positives : delong->negatives);
  double z = mlm_interval_z(in), square = z * z;
  bounds->low = perfect ? m / (m + square) : 0;
  bounds->high = perfect ? 1 : square / (m + square);
  bounds->note = notes_at_end[in->metric->interval == &mlm_gini_interval][perfect];
}

/* The interval of AUC; where there is none, note says why. */
static Bounds auc_bounds(const Scores *scores, const Eval *in) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (!all.integral) return mlm_bounds_fractional(NAN, all.pos_weight + all.neg_weight);
  Bounds bounds = mlm_bounds_of(NAN, (double)(all.pos_count + all.neg_count));
  if (all.pos_count == 0 || all.neg_count == 0) {
    bounds.note = all.pos_count == 0 ? "no row has label 1" : "no row has label 0";
  } else if (all.pos_count == 1 || all.neg_count == 1) {
    bounds.note = all.pos_count == 1 ? "only one row has label 1" : "only one row has label 0";
  } else {
    DeLong delong;
    gather(&delong, scores);
    U128 pairs = mlm_u128_product((uint64_t)all.pos_count, (uint64_t)all.neg_count);
    bool none = mlm_u128_is_zero(delong.twice_u),
         perfect = mlm_u128_is_zero(mlm_u128_difference(mlm_u128_shift_left(pairs, 1), delong.twice_u));
    bounds.se = mlm_delong_se(&delong);
    if (none || perfect)
      bound_at_end(&bounds, &delong, in, perfect);
    else
      bound(&bounds, &delong, in);
    if (bounds.se == 0 && !none && !perfect) bounds.note = "all scores are equal";
    if (!bounds.note && is_repeated(&delong))
      bounds.note = "every count is a multiple of the same number, by weights, a join or ties; if rows were "
                    "repeated, the interval is too narrow";
  }
  return bounds;
}

static Status write(const Scores *scores, Bounds *bounds, const Eval *in, Result *out) {
  bounds->value = in->metric->formula.scores(scores, in);
  if (mlm_scores_walk_ended_early(scores)) return MLM_INTERRUPTED;
  return mlm_interval_write(bounds, in, out);
}

static Status auc_interval(const void *state, const Eval *in, Result *out) {
  Bounds bounds = auc_bounds(state, in);
  return write(state, &bounds, in, out);
}

/* Gini is 2·AUC - 1. */
static Status gini_interval(const void *state, const Eval *in, Result *out) {
  Bounds bounds = auc_bounds(state, in);
  bounds.low = 2 * bounds.low - 1;
  bounds.high = 2 * bounds.high - 1;
  bounds.se *= 2;
  return write(state, &bounds, in, out);
}

#define DELONG                                                                                               \
  "DeLong's standard error; the bounds are set on the logit scale, or by 'normal' on that of AUC and cut "   \
  "to its range, as in pROC. If AUC is 1 or 0, one bound is m/(m + z²) of the range from the other end, "   \
  "where m is the number of rows of the smaller class; if a class has one row, the bounds are null. The "    \
  "weight is a number of rows."

const Interval mlm_auc_interval = {.eval = auc_interval, .methods = {"logit", "normal"}, .summary = DELONG};
const Interval mlm_gini_interval = {.eval = gini_interval, .methods = {"logit", "normal"}, .summary = DELONG};
