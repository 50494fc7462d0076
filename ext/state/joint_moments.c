/* The state of kind joint_moments: the exact sums of which correlation, concordance and explained variance
 * are one ratio, without cancellation. */
#include "state/joint_moments.h"

#include <math.h>
#include <string.h>

#include "state/bigfloat.h"
#include "state/exact_sum_product.h"
#include "state/exact_sum_round.h"
#include "state/exact_sum_save.h"

enum { SUM_X, SUM_Y, SUM_XX, SUM_YY, SUM_XY, SUMS };

struct JointMoments {
  int64_t rows;         /* rows of integral weight; a weight k counts as k rows */
  int64_t weighted;     /* rows of fractional weight */
  ExactSum weight;      /* their weight */
  ProductSum sum[SUMS]; /* Σ wx, Σ wy, Σ wx², Σ wy², Σ wxy */
};

static bool is_moderate(double x) { return x == 0 || (fabs(x) > 0x1p-400 && fabs(x) < 0x1p400); }

/* Adds x·y·w. An integral weight k gives the bits of k rows: where mlm_product_add_weighted() may not, the
 * product is multiplied by k. Anything infinite is added as Infinity, because results depend only on whether
 * there is any. */
static void add_product(ProductSum *sum, double x, double y, double w, uint64_t k, int sign) {
  bool infinite = !(fabs(x) < INFINITY && fabs(y) < INFINITY);
  if (infinite) x = y = INFINITY;
  if (k == 1)
    mlm_product_add(sum, x, y, sign);
  else if (k > 0 && (!is_moderate(x) || !is_moderate(y)))
    mlm_product_add_times(sum, x, y, k, sign);
  else if (infinite)
    mlm_product_add(sum, x, y, sign);
  else
    mlm_product_add_weighted(sum, x, y, w, sign);
}

/* Adds x·w. */
static void add_number(ProductSum *sum, double x, double w, uint64_t k, int sign) {
  if (k > 1 && !(fabs(x) < INFINITY))
    mlm_product_add_times(sum, x, 1, k, sign);
  else
    mlm_product_add(sum, x, w, sign);
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  JointMoments *m = state;
  double x = row->x[0], y = row->x[1], w = row->weight;
  uint64_t k = mlm_integral_weight(w);
  if (sign > 0 && (int64_t)(k ? k : 1) > MLM_MOST_ROWS - m->rows - m->weighted) return MLM_OVERFLOW;
  if (k) {
    m->rows += sign * (int64_t)k;
  } else {
    m->weighted += sign;
    mlm_sum_add(&m->weight, w, sign);
  }
  add_number(&m->sum[SUM_X], x, w, k, sign);
  add_number(&m->sum[SUM_Y], y, w, k, sign);
  add_product(&m->sum[SUM_XX], x, x, w, k, sign);
  add_product(&m->sum[SUM_YY], y, y, w, k, sign);
  add_product(&m->sum[SUM_XY], x, y, w, k, sign);
  return MLM_OK;
}

static Status combine(JointMoments *m, const JointMoments *other, int sign) {
  if (sign > 0 && other->rows + other->weighted > MLM_MOST_ROWS - m->rows - m->weighted) return MLM_OVERFLOW;
  m->rows += sign * other->rows;
  m->weighted += sign * other->weighted;
  mlm_sum_add_sum(&m->weight, &other->weight, sign);
  for (int i = 0; i < SUMS; i++) mlm_product_add_products(&m->sum[i], &other->sum[i], sign);
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1); }

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1); }

static bool is_finite(const JointMoments *m) {
  int64_t specials = 0;
  for (int i = 0; i < SUMS; i++) specials |= mlm_specials(&m->sum[i].range);
  return specials == 0;
}

static ExactSum weight_of(const JointMoments *m) {
  ExactSum weight = m->weight;
  mlm_sum_add_integer(&weight, m->rows);
  return weight;
}

double mlm_moments_weight(const JointMoments *m, bool *fractional) {
  ExactSum weight = weight_of(m);
  *fractional = m->weighted > 0;
  return mlm_sum_round(&weight);
}

/* W·Σwab - Σwa·Σwb with W = Σw: W² times a covariance or variance over n. */
static void spread(const JointMoments *m, int ab, int a, int b, BigFloat *out) {
  BigFloat x, y;
  ExactSum weight = weight_of(m);
  mlm_bigfloat_of_sum(&x, &weight);
  mlm_bigfloat_of_products(&y, &m->sum[ab]);
  mlm_bigfloat_multiply(out, &x, &y);
  BigFloat product;
  mlm_bigfloat_of_products(&x, &m->sum[a]);
  mlm_bigfloat_of_products(&y, &m->sum[b]);
  mlm_bigfloat_multiply(&product, &x, &y);
  mlm_bigfloat_add(out, &product, -1);
}

/* Cuts the digits to what may be squared: an error below 2^-4000 of the value. */
static void shorten(BigFloat *x) {
  enum { KEPT = 140 };
  if (x->n <= KEPT) return;
  int cut = x->n - KEPT;
  memmove(x->digit, x->digit + cut, KEPT * sizeof *x->digit);
  x->n = KEPT;
  x->exponent += 32 * cut;
}

/* Whether a variance is above 0: below, bits of tiny products were lost. */
static bool varies(const BigFloat *variance) { return variance->n > 0 && !variance->negative; }

double mlm_moments_correlation(const JointMoments *m) {
  BigFloat cov, x, y, square, product;
  if (!is_finite(m)) return NAN;
  spread(m, SUM_XX, SUM_X, SUM_X, &x);
  spread(m, SUM_YY, SUM_Y, SUM_Y, &y);
  spread(m, SUM_XY, SUM_X, SUM_Y, &cov);
  if (!varies(&x) || !varies(&y)) return NAN;
  if (cov.n == 0) return 0;
  bool negative = cov.negative;
  shorten(&x);
  shorten(&y);
  shorten(&cov);
  mlm_bigfloat_multiply(&square, &cov, &cov);
  mlm_bigfloat_multiply(&product, &x, &y);
  double r = mlm_bigfloat_root_of_ratio(&square, &product);
  r = r < 1 ? r : 1;
  return negative ? -r : r;
}

double mlm_moments_concordance(const JointMoments *m) {
  BigFloat cov, x, y, difference, square;
  if (!is_finite(m)) return NAN;
  spread(m, SUM_XX, SUM_X, SUM_X, &x);
  spread(m, SUM_YY, SUM_Y, SUM_Y, &y);
  spread(m, SUM_XY, SUM_X, SUM_Y, &cov);
  mlm_bigfloat_of_products(&difference, &m->sum[SUM_X]);
  mlm_bigfloat_of_products(&square, &m->sum[SUM_Y]);
  mlm_bigfloat_add(&difference, &square, -1);
  mlm_bigfloat_multiply(&square, &difference, &difference);
  mlm_bigfloat_add(&x, &y, 1);
  mlm_bigfloat_add(&x, &square, 1);
  if (!varies(&x)) return NAN;
  if (cov.n == 0) return 0;
  cov.exponent++;
  return mlm_bigfloat_ratio(&cov, &x);
}

/* With var(y - x) = var x + var y - 2 cov: 1 - var(y - x) / var y = (2 cov - var x) / var y. */
double mlm_moments_explained_variance(const JointMoments *m) {
  BigFloat cov, x, y;
  if (!is_finite(m) || m->rows + m->weighted < 2) return NAN;
  spread(m, SUM_XX, SUM_X, SUM_X, &x);
  spread(m, SUM_YY, SUM_Y, SUM_Y, &y);
  spread(m, SUM_XY, SUM_X, SUM_Y, &cov);
  if (!varies(&y)) return !varies(&x);
  cov.exponent++;
  mlm_bigfloat_add(&cov, &x, -1);
  return cov.n ? mlm_bigfloat_ratio(&cov, &y) : 0;
}

static bool empty(const void *state) {
  const JointMoments *m = state;
  return m->rows == 0 && m->weighted == 0;
}

static void save(const void *state, Writer *out) {
  const JointMoments *m = state;
  mlm_write_varint(out, (uint64_t)m->rows);
  mlm_write_varint(out, (uint64_t)m->weighted);
  mlm_sum_save(&m->weight, out);
  for (int i = 0; i < SUMS; i++) mlm_product_save(&m->sum[i], out);
}

static Status load(void *state, Reader *in, const Host *host) {
  JointMoments *m = state;
  uint64_t rows = mlm_read_varint(in), weighted = mlm_read_varint(in);
  mlm_sum_load(&m->weight, in);
  for (int i = 0; i < SUMS; i++) mlm_product_load(&m->sum[i], in);
  if (in->failed || rows > INT64_MAX || weighted > (uint64_t)INT64_MAX - rows) return MLM_CORRUPT;
  m->rows = (int64_t)rows;
  m->weighted = (int64_t)weighted;
  bool wrong = mlm_specials(&m->weight.range) > 0 || (mlm_sum_sign(&m->weight) > 0) != (weighted > 0);
  for (int i = 0; i < SUMS; i++) wrong |= mlm_specials(&m->sum[i].range) > m->rows + m->weighted;
  return wrong ? MLM_CORRUPT : MLM_OK;
}

const StateType mlm_joint_moments_state = {
    .name = "joint_moments",
    .cost =
        "O(1) memory. Adding a row takes O(1) time; so do removing one from a window and computing a value.",
    .bytes = sizeof(JointMoments),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .save = save,
    .load = load,
    .empty = empty,
};
