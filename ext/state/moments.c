/* The state of kind moments: the exact sums of which R² is one exact ratio, without cancellation. */
#include "state/moments.h"

#include <math.h>

#include "state/bigfloat.h"
#include "state/exact_sum_product.h"
#include "state/exact_sum_round.h"
#include "state/exact_sum_save.h"

struct Moments {
  int64_t rows;        /* rows of integral weight; a weight k counts as k rows */
  int64_t weighted;    /* rows of fractional weight */
  ExactSum weight;     /* their weight */
  ProductSum residual; /* Σ w·(pred - target)², the square rounded per row if it is neither tiny nor huge */
  ProductSum target;   /* Σ w·target */
  ProductSum square;   /* Σ w·target² */
};

/* Adds x·w for an infinite x or NaN: as often as w counts rows. load() rejects more. */
static void add_infinite(ProductSum *sum, double x, double w, int sign) {
  uint64_t k = mlm_integral_weight(w);
  mlm_product_add_times(sum, x, 1, k ? k : 1, sign);
}

/* Adds t²·w: as t·t if w is 1, otherwise as t times the products of the halves of t and w, of 26 bits each,
 * which are exact as doubles; near the limits of a double as mlm_product_add_weighted() does. */
static void add_square(ProductSum *sum, double t, double w, int sign) {
  if (w == 1 || t == 0) {
    mlm_product_add(sum, t, t, sign);
    return;
  }
  if (!(fabs(t) < INFINITY)) {
    add_infinite(sum, t * t, w, sign);
    return;
  }
  const double cut = 0x1p27 + 1;
  double size = fabs(t * w);
  if (!(size >= 0x1p-968 && size < 0x1p1000 && fabs(t) < 0x1p990 && w < 0x1p990)) {
    uint64_t k = mlm_integral_weight(w);
    if (k)
      mlm_product_add_times(sum, t, t, k, sign); /* the bits of k rows, however small */
    else
      mlm_product_add_weighted(sum, t, t, w, sign);
    return;
  }
  double t1 = t * cut - (t * cut - t), w1 = w * cut - (w * cut - w);
  double th[2] = {t1, t - t1}, wh[2] = {w1, w - w1};
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++) mlm_product_add(sum, t, th[i] * wh[j], sign);
}

/* Adds error²·w: the square rounded to a double, exact where it would leave the range of normal doubles. */
static void add_residual(ProductSum *sum, double error, double w, int sign) {
  double size = fabs(error);
  if (error == 0 || (size > 0x1p-500 && size < 0x1p500))
    mlm_product_add(sum, error * error, w, sign);
  else
    add_square(sum, error, w, sign);
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  Moments *m = state;
  uint64_t k = mlm_integral_weight(row->weight);
  double error = row->pred - row->target;
  if (sign > 0 && (int64_t)(k ? k : 1) > MLM_MOST_ROWS - m->rows - m->weighted) return MLM_OVERFLOW;
  if (k) {
    m->rows += sign * (int64_t)k;
  } else {
    m->weighted += sign;
    mlm_sum_add(&m->weight, row->weight, sign);
  }
  add_residual(&m->residual, error, row->weight, sign);
  if (fabs(row->target) < INFINITY)
    mlm_product_add(&m->target, row->target, row->weight, sign);
  else
    add_infinite(&m->target, row->target, row->weight, sign);
  add_square(&m->square, row->target, row->weight, sign);
  return MLM_OK;
}

static Status combine(Moments *m, const Moments *other, int sign) {
  if (sign > 0 && other->rows + other->weighted > MLM_MOST_ROWS - m->rows - m->weighted) return MLM_OVERFLOW;
  m->rows += sign * other->rows;
  m->weighted += sign * other->weighted;
  mlm_sum_add_sum(&m->weight, &other->weight, sign);
  mlm_product_add_products(&m->residual, &other->residual, sign);
  mlm_product_add_products(&m->target, &other->target, sign);
  mlm_product_add_products(&m->square, &other->square, sign);
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1); }

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1); }

/* With n = Σw and D = n·Σwt² - (Σwt)²: R² = 1 - Σwe² / (Σwt² - (Σwt)²/n) = (D - n·Σwe²) / D. */
double mlm_moments_r2(const Moments *m) {
  if (m->rows + m->weighted < 2) return NAN;
  if (mlm_specials(&m->target.range) || mlm_specials(&m->residual.range) || mlm_specials(&m->square.range))
    return NAN;
  BigFloat n, x, error, total, squared;
  ExactSum weight = m->weight;
  mlm_sum_add_integer(&weight, m->rows);
  mlm_bigfloat_of_sum(&n, &weight);
  mlm_bigfloat_of_products(&x, &m->residual);
  mlm_bigfloat_multiply(&error, &n, &x);
  mlm_bigfloat_of_products(&x, &m->square);
  mlm_bigfloat_multiply(&total, &n, &x);
  mlm_bigfloat_of_products(&x, &m->target);
  mlm_bigfloat_multiply(&squared, &x, &x);
  mlm_bigfloat_add(&total, &squared, -1);
  if (total.n == 0 || total.negative) return error.n == 0; /* below 0: bits of tiny squares were lost */
  x = total;
  mlm_bigfloat_add(&x, &error, -1);
  return mlm_bigfloat_ratio(&x, &total);
}

static bool empty(const void *state) {
  const Moments *m = state;
  return m->rows == 0 && m->weighted == 0;
}

static void save(const void *state, Writer *out) {
  const Moments *m = state;
  mlm_write_varint(out, (uint64_t)m->rows);
  mlm_write_varint(out, (uint64_t)m->weighted);
  mlm_sum_save(&m->weight, out);
  mlm_product_save(&m->residual, out);
  mlm_product_save(&m->target, out);
  mlm_product_save(&m->square, out);
}

static Status load(void *state, Reader *in, const Host *host) {
  Moments *m = state;
  uint64_t rows = mlm_read_varint(in), weighted = mlm_read_varint(in);
  mlm_sum_load(&m->weight, in);
  mlm_product_load(&m->residual, in);
  mlm_product_load(&m->target, in);
  mlm_product_load(&m->square, in);
  if (in->failed || rows > INT64_MAX || weighted > (uint64_t)INT64_MAX - rows) return MLM_CORRUPT;
  m->rows = (int64_t)rows;
  m->weighted = (int64_t)weighted;
  int64_t all = m->rows + m->weighted;
  bool specials = mlm_specials(&m->weight.range) > 0 || mlm_specials(&m->residual.range) > all
                  || mlm_specials(&m->target.range) > all || mlm_specials(&m->square.range) > all;
  return specials || (mlm_sum_sign(&m->weight) > 0) != (weighted > 0) ? MLM_CORRUPT : MLM_OK;
}

const StateType mlm_moments_state = {
    .name = "moments",
    .cost =
        "O(1) memory. Adding a row takes O(1) time; so do removing one from a window and computing a value.",
    .bytes = sizeof(Moments),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .save = save,
    .load = load,
    .empty = empty,
};
