/* Exact moments of (prediction, target): what R² is made of, in one exact quotient: no cancellation, whatever
 * the mean of the targets is. */
#include "state/moments.h"

#include <math.h>

#include "math/kernels.h"
#include "state/bigfloat.h"

struct Moments {
  int64_t rows;        /* of whole weight, each counted weight times */
  int64_t weighted;    /* rows of other weights */
  ExactSum weight;     /* of those */
  ProductSum residual; /* Σ w·(pred - target)², the square rounded per row */
  ProductSum target;   /* Σ w·target */
  ProductSum square;   /* Σ w·target² */
};

/* The factors of t·(inner·w), inner being t: where inner·w is near the end of what a double holds a power of
 * two goes from one to another. */
typedef struct Factors {
  double t, inner, w;
} Factors;

static Factors balanced(double t, double w) {
  if (w >= 0x1p990) return (Factors){t * 0x1p100, t, w * 0x1p-100};
  if (fabs(t) >= 0x1p990) return (Factors){t, t * 0x1p-100, w * 0x1p100};
  if (fabs(t) >= 0x1p-360 && fabs(t * w) < 0x1p-968) return (Factors){t * 0x1p-600, t, w * 0x1p600};
  return (Factors){t, t, w};
}

/* Adds t²·w: as t·t where w is 1, else as t times the parts of t·w, both cut in halves of 26 bits, so that a
 * half times a half is a double. That is exact unless |t| < 2^-360 and |t·w| < 2^-968: what of a part lies
 * below 2^-1074 is lost then. Beyond a t·w of 2^1023, or 2^1123, it counts as infinite. */
static void add_square(ProductSum *sum, double t, double w, int sign) {
  if (w == 1 || t == 0) {
    mlm_product_add(sum, t, t, sign);
    return;
  }
  const double cut = 0x1p27 + 1;
  double size = fabs(t * w);
  Factors f = {t, t, w};
  if (!(size >= 0x1p-968 && size < 0x1p1000 && fabs(t) < 0x1p990 && w < 0x1p990)) f = balanced(t, w);
  if (!(fabs(f.t) < INFINITY && fabs(f.inner * f.w) < 0x1p1023)) {
    mlm_product_add(sum, t, INFINITY, sign); /* once: saved states are held to as many as there are rows */
    return;
  }
  double t1 = f.inner * cut - (f.inner * cut - f.inner), w1 = f.w * cut - (f.w * cut - f.w);
  double th[2] = {t1, f.inner - t1}, wh[2] = {w1, f.w - w1};
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++) mlm_product_add(sum, f.t, th[i] * wh[j], sign);
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
  mlm_product_add(&m->residual, error * error, row->weight, sign);
  mlm_product_add(&m->target, row->target, row->weight, sign);
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

/* With n = Σw, all of it times n²: 1 - Σwe²/(Σwt² - (Σwt)²/n) = (D - n·Σwe²) / D, D = n·Σwt² - (Σwt)². */
double mlm_moments_r2(const Moments *m) {
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
  if (total.n == 0 || total.negative) return error.n == 0; /* below 0: tiny squares were lost */
  x = total;
  mlm_bigfloat_add(&x, &error, -1);
  return mlm_bigfloat_ratio(&x, &total);
}

static double value(const void *state, Formula formula, const Params *params) {
  return formula.moments(state);
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
    .cost = "O(1) memory; a row costs O(1), coming or leaving a window, and so does a value.",
    .bytes = sizeof(Moments),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .value = value,
    .save = save,
    .load = load,
    .empty = empty,
};
