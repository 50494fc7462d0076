/* The state of kind mean with moments: the mean, and exact sums of squares and cubes of the same values. */
#include "state/mean_moments.h"

#include <math.h>

#include "math/double_double.h"
#include "state/bigfloat.h"
#include "state/exact_sum_cube.h"
#include "state/exact_sum_product.h"
#include "state/exact_sum_save.h"
#include "state/mean_internal.h"

struct MeanMoments {
  Mean mean;
  ProductSum square; /* Σv² of rows of integral weight */
  CubeSum cube;      /* Σv³ of these */
};

const Mean *mlm_mean_moments_mean(const MeanMoments *moments) { return &moments->mean; }

static void add_powers(MeanMoments *m, double v, uint64_t k, int sign) {
  mlm_product_add_times(&m->square, v, v, k, sign);
  mlm_cube_add_times(&m->cube, v, k, sign);
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  MeanMoments *m = state;
  Status status = mlm_mean_state.add(&m->mean, row, sign, host);
  if (status == MLM_OK) add_powers(m, row->value, mlm_integral_weight(row->weight), sign);
  return status;
}

static Status add_times(void *state, const Row *row, int64_t count, int sign, const Host *host) {
  MeanMoments *m = state;
  Status status = mlm_mean_state.add_times(&m->mean, row, count, sign, host);
  if (status == MLM_OK) add_powers(m, row->value, mlm_integral_weight(row->weight) * (uint64_t)count, sign);
  return status;
}

static void combine(MeanMoments *m, const MeanMoments *other, int sign) {
  mlm_product_add_products(&m->square, &other->square, sign);
  mlm_cube_add_cubes(&m->cube, &other->cube, sign);
}

static Status merge(void *into, void *from, const Host *host) {
  MeanMoments *m = into, *other = from;
  Status status = mlm_mean_state.merge(&m->mean, &other->mean, host);
  if (status == MLM_OK) combine(m, other, 1);
  return status;
}

static Status subtract(void *state, void *taken, const Host *host) {
  MeanMoments *m = state, *other = taken;
  Status status = mlm_mean_state.subtract(&m->mean, &other->mean, host);
  /* unreachable: a failure, for a mean is taken back without memory */
  if (status == MLM_OK) combine(m, other, -1);
  return status;
}

/* Sets *out to n²m₂ = n·Σv² - (Σv)². */
static void second(BigFloat *out, const BigFloat *n, const BigFloat *sum, const MeanMoments *m) {
  BigFloat x;
  mlm_bigfloat_of_products(&x, &m->square);
  mlm_bigfloat_multiply(out, n, &x);
  mlm_bigfloat_multiply(&x, sum, sum);
  mlm_bigfloat_add(out, &x, -1);
}

/* Sets *out to n³m₃ = n·(n·Σv³ - 3·Σv·Σv²) + 2·(Σv)³. */
static void third(BigFloat *out, const BigFloat *n, const BigFloat *sum, const MeanMoments *m) {
  BigFloat x, y, three, inner;
  mlm_bigfloat_of_u128(&three, mlm_u128(3), 0);
  mlm_bigfloat_of_cubes(&x, &m->cube);
  mlm_bigfloat_multiply(&inner, n, &x);
  mlm_bigfloat_of_products(&x, &m->square);
  mlm_bigfloat_multiply(&y, sum, &x);
  mlm_bigfloat_multiply(&x, &three, &y);
  mlm_bigfloat_add(&inner, &x, -1);
  mlm_bigfloat_multiply(out, n, &inner);
  mlm_bigfloat_multiply(&x, sum, sum);
  mlm_bigfloat_multiply(&y, &x, sum);
  y.exponent++;
  mlm_bigfloat_add(out, &y, 1);
}

/* The double nearest to the digits; the number is that times 2^*exponent, which is even. */
static double even_top(const BigFloat *m, int64_t *exponent) {
  bool sticky;
  U128 top = mlm_bigfloat_top(m, &sticky, exponent);
  double x = mlm_u128_round(top, sticky, 0);
  if (*exponent % 2 == 0) return x;
  --*exponent;
  return 2 * x;
}

/* b / a^1.5, a > 0. That of rows lies within ±√n (Samuelson's bound); a state made by hand may hold any
 * cubes. */
static double skewness_of(const BigFloat *a, const BigFloat *b) {
  if (b->n == 0) return 0;
  int64_t of_a, of_b;
  double x = even_top(a, &of_a), y = even_top(b, &of_b), ratio = y / (x * sqrt(x));
  int64_t shift = of_b - of_a / 2 * 3;
  if (shift < -1000) return 0;
  double size = ratio * power_of_two(shift < 1000 ? (int)shift : 1000);
  return b->negative ? -size : size;
}

void mlm_mean_moments_spread(const MeanMoments *m, double *se, double *skewness) {
  uint64_t rows = (uint64_t)m->mean.rows;
  BigFloat n, sum, num, den, x;
  mlm_bigfloat_of_u128(&n, mlm_u128(rows), 0);
  mlm_bigfloat_of_sum(&sum, &m->mean.sum);
  second(&num, &n, &sum, m);
  *se = *skewness = 0;
  if (num.n == 0) return;
  third(&x, &n, &sum, m);
  *skewness = skewness_of(&num, &x);
  mlm_bigfloat_of_u128(&x, mlm_u128_product(rows, rows - 1), 0);
  mlm_bigfloat_multiply(&den, &n, &x);
  *se = mlm_bigfloat_root_of_ratio(&num, &den);
}

static bool empty(const void *state) { return mlm_mean_state.empty(&((const MeanMoments *)state)->mean); }

static void save(const void *state, Writer *out) {
  const MeanMoments *m = state;
  mlm_mean_state.save(&m->mean, out);
  mlm_product_save(&m->square, out);
  mlm_cube_save(&m->cube, out);
}

/* Whether rows with this sum can have these sums of powers: as many values are not finite, and the variance
 * is not negative. */
static bool is_sound(const MeanMoments *m) {
  const SumRange *values = &m->mean.sum.range, *squares = &m->square.range, *cubes = &m->cube.range;
  bool special = squares->nans == values->nans && cubes->nans == values->nans && squares->infinities[1] == 0
                 && squares->infinities[0] == values->infinities[0] + values->infinities[1]
                 && cubes->infinities[0] == values->infinities[0]
                 && cubes->infinities[1] == values->infinities[1];
  bool fractional;
  mlm_mean_weight(&m->mean, &fractional);
  if (!special || fractional) return special;
  BigFloat n, sum, variance;
  mlm_bigfloat_of_u128(&n, mlm_u128((uint64_t)m->mean.rows), 0);
  mlm_bigfloat_of_sum(&sum, &m->mean.sum);
  second(&variance, &n, &sum, m);
  return variance.n == 0 || !variance.negative;
}

static Status load(void *state, Reader *in, const Host *host) {
  MeanMoments *m = state;
  Status status = mlm_mean_state.load(&m->mean, in, host);
  if (status) return status;
  mlm_product_load(&m->square, in);
  mlm_cube_load(&m->cube, in);
  return !in->failed && is_sound(m) ? MLM_OK : MLM_CORRUPT;
}

static void clear(void *state, const Host *host) {
  mlm_mean_state.clear(&((MeanMoments *)state)->mean, host);
}

const StateType mlm_mean_moments_state = {
    .name = "mean_moments",
    .cost = "O(1) memory, 3.5 KB. Adding a row takes O(1) time, and so does removing one from a window; a "
            "value takes O(1) time.",
    .bytes = sizeof(MeanMoments),
    .add = add,
    .add_times = add_times,
    .merge = merge,
    .subtract = subtract,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
};
