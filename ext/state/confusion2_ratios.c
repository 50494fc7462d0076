/* Ratios of the 2x2 table: the exact value of the cells, rounded once.
 *
 * Ratios are computed with pairs of doubles first. Where their error bound does not decide the rounding, they
 * are computed exactly with BigFloats. So two tables with the same fraction have the same double, and a ratio
 * that is monotone in the cells is also monotone as computed.
 */
#include <math.h>

#include "math/double_double.h"
#include "state/bigfloat.h"
#include "state/confusion2.h"
#include "state/exact_sum_round.h"

/* Relative error of every quick result, apart from cancellation: fewer than ten operations with errors of at
 * most 2^-100. */
#define QUICK_ERROR 0x1p-96

/* Whether all numbers within `error` of q round to the same double, which is stored in *x. */
static bool is_settled(DoubleDouble q, double error, double *x) {
  *x = q.hi + (q.lo - error);
  return *x == q.hi + (q.lo + error);
}

/* Whether products of a few such numbers neither overflow nor lose bits 2^-100 below their leading one. */
static bool is_tame(double x) { return x == 0 || (x >= 0x1p-200 && x <= 0x1p200); }

static bool are_tame(const Confusion2 *t) {
  return is_tame(t->tp) && is_tame(t->fp) && is_tame(t->tn) && is_tame(t->fn);
}

/* ---- cells ---- */

/* The cells in pairs of doubles. */
typedef struct PairCells {
  DoubleDouble tn, fn, fp, tp;
} PairCells;

static PairCells pairs_of(const Confusion2 *t) {
  return (PairCells){{t->tn, t->low[0]}, {t->fn, t->low[1]}, {t->fp, t->low[2]}, {t->tp, t->low[3]}};
}

/* The cells exactly, whatever their size. */
typedef struct ExactCells {
  BigFloat tn, fn, fp, tp;
} ExactCells;

static void set_cell(BigFloat *cell, double x, double low) {
  ExactSum sum = {0};
  mlm_sum_add(&sum, x, 1);
  mlm_sum_add(&sum, low, 1);
  mlm_bigfloat_of_sum(cell, &sum);
}

static void set_cells(ExactCells *cells, const Confusion2 *t) {
  set_cell(&cells->tn, t->tn, t->low[0]);
  set_cell(&cells->fn, t->fn, t->low[1]);
  set_cell(&cells->fp, t->fp, t->low[2]);
  set_cell(&cells->tp, t->tp, t->low[3]);
}

/* (a + b)·(c + d) */
static DoubleDouble product_of_sums(DoubleDouble a, DoubleDouble b, DoubleDouble c, DoubleDouble d) {
  return dd_product(dd_sum(a, b), dd_sum(c, d));
}

static void multiply_sums(BigFloat *product, const BigFloat *a, const BigFloat *b, const BigFloat *c,
                          const BigFloat *d) {
  BigFloat left = *a, right = *c, other = *b;
  mlm_bigfloat_add(&left, &other, 1);
  other = *d;
  mlm_bigfloat_add(&right, &other, 1);
  mlm_bigfloat_multiply(product, &left, &right);
}

/* ---- ratios of sums ---- */

static DoubleDouble pair_sum(const PairCells *cell, CellFactors times) {
  DoubleDouble sum = dd_scaled(cell->tp, times.tp); /* 0, 1 or 2 times: exact */
  if (times.fp) sum = dd_sum(sum, dd_scaled(cell->fp, times.fp));
  if (times.tn) sum = dd_sum(sum, dd_scaled(cell->tn, times.tn));
  if (times.fn) sum = dd_sum(sum, dd_scaled(cell->fn, times.fn));
  return sum;
}

static void add_cell(ExactSum *sum, double x, double low, uint8_t times) {
  mlm_sum_add_times(sum, x, times, 1);
  mlm_sum_add_times(sum, low, times, 1);
}

static void add_cells(ExactSum *sum, const Confusion2 *t, CellFactors times) {
  add_cell(sum, t->tn, t->low[0], times.tn);
  add_cell(sum, t->fn, t->low[1], times.fn);
  add_cell(sum, t->fp, t->low[2], times.fp);
  add_cell(sum, t->tp, t->low[3], times.tp);
}

double mlm_confusion2_ratio(const Confusion2 *t, CellFactors num, CellFactors den) {
  if (are_tame(t)) {
    const PairCells cell = pairs_of(t);
    DoubleDouble below = pair_sum(&cell, den), q = dd_quotient(pair_sum(&cell, num), below);
    double x;
    if (below.hi == 0) return NAN;
    if (is_settled(q, QUICK_ERROR * q.hi, &x)) return x;
  }
  ExactSum above = {0}, below = {0};
  add_cells(&above, t, num);
  add_cells(&below, t, den);
  return mlm_sum_ratio(&above, &below);
}

/* ---- what cancels ---- */

/* tp·tn - fp·fn, and the sum of both products, of which the error is a part. */
static DoubleDouble pair_covariance(const PairCells *cell, double *size) {
  DoubleDouble hits = dd_product(cell->tp, cell->tn), misses = dd_product(cell->fp, cell->fn);
  *size = hits.hi + misses.hi;
  return dd_sum(hits, dd_minus(misses));
}

static void exact_covariance(BigFloat *covariance, const ExactCells *cell) {
  BigFloat misses;
  mlm_bigfloat_multiply(covariance, &cell->tp, &cell->tn);
  mlm_bigfloat_multiply(&misses, &cell->fp, &cell->fn);
  mlm_bigfloat_add(covariance, &misses, -1);
}

double mlm_confusion2_youden(const Confusion2 *t) {
  if (are_tame(t)) {
    const PairCells cell = pairs_of(t);
    double size, x;
    DoubleDouble covariance = pair_covariance(&cell, &size);
    DoubleDouble pairs = product_of_sums(cell.tp, cell.fn, cell.fp, cell.tn);
    if (pairs.hi == 0) return NAN;
    if (is_settled(dd_quotient(covariance, pairs), QUICK_ERROR * size / pairs.hi, &x)) return x;
  }
  ExactCells cell;
  BigFloat covariance, pairs;
  set_cells(&cell, t);
  exact_covariance(&covariance, &cell);
  multiply_sums(&pairs, &cell.tp, &cell.fn, &cell.fp, &cell.tn);
  return mlm_bigfloat_ratio(&covariance, &pairs);
}

/* (tp·N + tn·P) / 2PN */
double mlm_confusion2_balanced_accuracy(const Confusion2 *t) {
  const DoubleDouble none = {0, 0};
  if (are_tame(t)) {
    const PairCells cell = pairs_of(t);
    DoubleDouble pairs = dd_scaled(product_of_sums(cell.tp, cell.fn, cell.fp, cell.tn), 2);
    DoubleDouble right = dd_sum(product_of_sums(cell.tp, none, cell.fp, cell.tn),
                                product_of_sums(cell.tn, none, cell.tp, cell.fn));
    DoubleDouble q = dd_quotient(right, pairs);
    double x;
    if (pairs.hi == 0) return NAN;
    if (is_settled(q, QUICK_ERROR * q.hi, &x)) return x;
  }
  ExactCells cell;
  BigFloat right, more, pairs;
  const BigFloat nothing = {.n = 0};
  set_cells(&cell, t);
  multiply_sums(&right, &cell.tp, &nothing, &cell.fp, &cell.tn);
  multiply_sums(&more, &cell.tn, &nothing, &cell.tp, &cell.fn);
  mlm_bigfloat_add(&right, &more, 1);
  multiply_sums(&pairs, &cell.tp, &cell.fn, &cell.fp, &cell.tn);
  pairs.exponent++;
  return mlm_bigfloat_ratio(&right, &pairs);
}

/* tp·N / (fp·P), or with the cells of the predicted negatives fn·N / (tn·P). */
double mlm_confusion2_likelihood_ratio(const Confusion2 *t, bool positive) {
  const DoubleDouble none = {0, 0};
  const BigFloat nothing = {.n = 0};
  double hits = positive ? t->tp : t->fn, misses = positive ? t->fp : t->tn;
  if (!(t->tp + t->fn > 0 && t->fp + t->tn > 0)) return NAN;
  if (misses == 0) return hits > 0 ? INFINITY : NAN;
  if (are_tame(t)) {
    const PairCells cell = pairs_of(t);
    DoubleDouble above = product_of_sums(positive ? cell.tp : cell.fn, none, cell.fp, cell.tn),
                 below = product_of_sums(positive ? cell.fp : cell.tn, none, cell.tp, cell.fn);
    DoubleDouble q = dd_quotient(above, below);
    double x;
    if (is_settled(q, QUICK_ERROR * q.hi, &x)) return x;
  }
  ExactCells cell;
  BigFloat above, below;
  set_cells(&cell, t);
  multiply_sums(&above, positive ? &cell.tp : &cell.fn, &nothing, &cell.fp, &cell.tn);
  multiply_sums(&below, positive ? &cell.fp : &cell.tn, &nothing, &cell.tp, &cell.fn);
  return mlm_bigfloat_ratio(&above, &below);
}

/* By one step of Newton's method: the relative error is 2^-104. */
static DoubleDouble pair_root(DoubleDouble a) {
  double root = sqrt(a.hi);
  DoubleDouble square = two_product(root, root);
  return ordered_sum(root, (((a.hi - square.hi) - square.lo) + a.lo) / (2 * root));
}

static double exact_correlation(const Confusion2 *t) {
  ExactCells cell;
  BigFloat covariance, square, pairs, decided, all;
  set_cells(&cell, t);
  exact_covariance(&covariance, &cell);
  mlm_bigfloat_multiply(&square, &covariance, &covariance);
  multiply_sums(&pairs, &cell.tp, &cell.fn, &cell.fp, &cell.tn);
  multiply_sums(&decided, &cell.tp, &cell.fp, &cell.tn, &cell.fn);
  mlm_bigfloat_multiply(&all, &pairs, &decided);
  if (all.n == 0) return NAN;
  double size = mlm_bigfloat_root_of_ratio(&square, &all);
  return covariance.negative ? -size : size;
}

double mlm_confusion2_correlation(const Confusion2 *t) {
  if (are_tame(t)) {
    const PairCells cell = pairs_of(t);
    double size, x;
    DoubleDouble covariance = pair_covariance(&cell, &size);
    DoubleDouble all = dd_product(product_of_sums(cell.tp, cell.fn, cell.fp, cell.tn),
                                  product_of_sums(cell.tp, cell.fp, cell.tn, cell.fn));
    if (all.hi == 0) return NAN;
    DoubleDouble root = pair_root(all);
    if (is_settled(dd_quotient(covariance, root), QUICK_ERROR * size / root.hi, &x)) return x;
  }
  return exact_correlation(t);
}

/* ---- F-beta and costs ---- */

static double exact_fbeta(const Confusion2 *t, double beta) {
  ExactCells cell;
  BigFloat factor, square, one, hits, misses;
  set_cells(&cell, t);
  mlm_bigfloat_of(&factor, beta);
  mlm_bigfloat_multiply(&square, &factor, &factor);
  mlm_bigfloat_of(&one, 1);
  factor = square;
  mlm_bigfloat_add(&factor, &one, 1);
  mlm_bigfloat_multiply(&hits, &factor, &cell.tp);
  mlm_bigfloat_multiply(&misses, &square, &cell.fn);
  mlm_bigfloat_add(&misses, &cell.fp, 1);
  BigFloat all = hits;
  mlm_bigfloat_add(&all, &misses, 1);
  return mlm_bigfloat_ratio(&hits, &all);
}

double mlm_confusion2_fbeta(const Confusion2 *t, double beta) {
  if (are_tame(t) && is_tame(beta)) {
    const PairCells cell = pairs_of(t);
    DoubleDouble square = two_product(beta, beta), hits = dd_product(dd_plus(square, 1), cell.tp);
    DoubleDouble all = dd_sum(hits, dd_sum(dd_product(square, cell.fn), cell.fp));
    DoubleDouble q = dd_quotient(hits, all);
    double x;
    if (all.hi == 0) return NAN;
    if (is_settled(q, QUICK_ERROR * q.hi, &x)) return x;
  }
  return exact_fbeta(t, beta);
}

double mlm_confusion2_cost(const Confusion2 *t, double fp_cost, double fn_cost) {
  if (are_tame(t) && is_tame(fp_cost) && is_tame(fn_cost)) {
    const PairCells cell = pairs_of(t);
    DoubleDouble sum = dd_sum(dd_times(cell.fp, fp_cost), dd_times(cell.fn, fn_cost));
    double x;
    if (is_settled(sum, QUICK_ERROR * sum.hi, &x)) return x;
  }
  ProductSum sum = {0};
  mlm_product_add(&sum, t->fp, fp_cost, 1);
  mlm_product_add(&sum, t->low[2], fp_cost, 1);
  mlm_product_add(&sum, t->fn, fn_cost, 1);
  mlm_product_add(&sum, t->low[1], fn_cost, 1);
  return mlm_product_round(&sum);
}
