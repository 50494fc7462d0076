/* Agreement of predictions and labels beyond chance: Cohen's kappa, plain and weighted, and Matthews'
 * correlation.
 *
 * With s the total weight, c that of the hits, and p[k], t[k] that of class k among predictions and labels,
 * every formula is a ratio of sums of products of two of them. For any weights these sums are exact, so
 * nothing is rounded, overflows or cancels before the ratio; and a denominator is 0, and the ratio NaN, only
 * where the metric is undefined: no row, or all of one class.
 */
#include "metrics/classes.h"

/* Adds s·x: hits and misses are all the rows. */
static void add_by_total(ProductSum *sum, const ConfusionMatrix *matrix, const WeightSum *x) {
  mlm_product_add_weight_sums(sum, mlm_confusion_matrix_hits(matrix), x, 1);
  mlm_product_add_weight_sums(sum, mlm_confusion_matrix_misses(matrix), x, 1);
}

/* Cohen 1960: (observed - expected) / (1 - expected) agreement, both multiplied by s²; the denominator is the
 * numerator plus s times the misses. Correctly rounded. */
double mlm_class_kappa(const ClassView *view) {
  const ConfusionMatrix *matrix = view->matrix; /* classes without rows do not matter */
  ProductSum num = {0};
  add_by_total(&num, matrix, mlm_confusion_matrix_hits(matrix));
  ClassTotals k;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(matrix, &cursor, &k);)
    mlm_product_add_weight_sums(&num, k.predicted, k.labelled, -1);
  ProductSum den = num;
  add_by_total(&den, matrix, mlm_confusion_matrix_misses(matrix));
  return mlm_product_ratio_products(&num, &den);
}

/* Gorodkin 2004: cov(p,t) / sqrt(cov(p,p)·cov(t,t)), taken as the geometric mean of two correctly rounded
 * ratios: <= 2 ulp (half of their roundings and of the product's, and the root's own), and exactly 1 and -1
 * in those cases. A covariance of indicators is at most either variance, so no ratio exceeds 1. Ratios lose
 * digits only below 2^-480, with weights 2^480 apart; the absolute error is then at most 2^-536. */
double mlm_class_mcc(const ConfusionMatrix *matrix) {
  ProductSum pt = {0};
  add_by_total(&pt, matrix, mlm_confusion_matrix_hits(matrix));
  ProductSum pp = pt;
  add_by_total(&pp, matrix, mlm_confusion_matrix_misses(matrix));
  ProductSum tt = pp;
  ClassTotals k;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(matrix, &cursor, &k);) {
    mlm_product_add_weight_sums(&pt, k.predicted, k.labelled, -1);
    mlm_product_add_weight_sums(&pp, k.predicted, k.predicted, -1);
    mlm_product_add_weight_sums(&tt, k.labelled, k.labelled, -1);
  }
  double over_p = mlm_product_ratio_products(&pt, &pp), over_t = mlm_product_ratio_products(&pt, &tt);
  return over_p < 0 ? -sqrt(over_p * over_t) : sqrt(over_p * over_t);
}

/* Below 2^62: an index has fewer than 2^31 classes. */
static uint64_t distance_linear(size_t i, size_t j) { return i < j ? j - i : i - j; }

static uint64_t distance_quadratic(size_t i, size_t j) {
  uint64_t distance = distance_linear(i, j);
  return distance * distance;
}

/* 1 - s·(sum of distance over the rows) / chance, where chance is s² times the expected distance. Correctly
 * rounded. */
static double weighted_kappa(const ClassView *view, const ExactSum *s, uint64_t (*distance)(size_t, size_t),
                             const ProductSum *chance) {
  ExactSum sum = {0};
  ProductSum num = *chance;
  PairTotal pair;
  for (uint64_t cursor = 0; mlm_class_view_next_pair(view, &cursor, &pair);)
    mlm_sum_add_weight_sum(&sum, pair.rows, distance(pair.pred, pair.label));
  mlm_product_add_sums(&num, &sum, s, -1);
  return mlm_product_ratio_products(&num, chance);
}

/* Cohen 1968 with |i - j| of the places. Two places are as far apart as there are boundaries between them, so
 * the sum over pairs of classes |i - j|·p[i]·t[j] is one over boundaries: P·(s - T) + (s - P)·T with P, T the
 * weight below the boundary. */
double mlm_class_kappa_linear(const ClassView *view) {
  ProductSum chance = {0}, both_below = {0};
  ExactSum s = {0}, below_p = {0}, below_t = {0}, below = {0};
  mlm_confusion_matrix_add_total(&s, view->matrix);
  for (size_t place = 0; place + 1 < view->n; place++) {
    ClassTotals k;
    mlm_class_view_at(view, place, &k);
    mlm_sum_add_weight_sum(&below_p, k.predicted, 1);
    mlm_sum_add_weight_sum(&below_t, k.labelled, 1);
    mlm_sum_add_sum(&below, &below_p, 1);
    mlm_sum_add_sum(&below, &below_t, 1);
    mlm_product_add_sums(&both_below, &below_p, &below_t, 1);
  }
  mlm_product_add_sums(&chance, &below, &s, 1);
  mlm_product_add_products(&chance, &both_below, -1);
  mlm_product_add_products(&chance, &both_below, -1);
  return weighted_kappa(view, &s, distance_linear, &chance);
}

/* Adds -x·y twice. */
static void take_twice(ProductSum *sum, const ExactSum *x, const ExactSum *y) {
  for (int i = 0; i < 2; i++) mlm_product_add_sums(sum, x, y, -1);
}

/* Cohen 1968 with (i - j)². The sum over pairs of classes of (i - j)²·p[i]·t[j] is s·sum i²(p + t) - 2·(sum
 * i·p)·(sum i·t). With P the weight at a place and above, the sum of P over the places from r on up is that
 * of (i - r + 1)·p, for r = 1 sum i·p, and the sum of these over r is sum i(i + 1)/2·p: additions alone. Any
 * row counts 2^64 times at most, so an ExactSum holds it. */
double mlm_class_kappa_quadratic(const ClassView *view) {
  ProductSum chance = {0};
  ExactSum s = {0}, above_p = {0}, above_t = {0}, first_p = {0}, first_t = {0}, squares = {0};
  mlm_confusion_matrix_add_total(&s, view->matrix);
  for (size_t place = view->n; place-- > 1;) {
    ClassTotals k;
    mlm_class_view_at(view, place, &k);
    mlm_sum_add_weight_sum(&above_p, k.predicted, 1);
    mlm_sum_add_weight_sum(&above_t, k.labelled, 1);
    mlm_sum_add_sum(&first_p, &above_p, 1);
    mlm_sum_add_sum(&first_t, &above_t, 1);
    for (int i = 0; i < 2; i++) {
      mlm_sum_add_sum(&squares, &first_p, 1);
      mlm_sum_add_sum(&squares, &first_t, 1);
    }
  }
  mlm_sum_add_sum(&squares, &first_p, -1);
  mlm_sum_add_sum(&squares, &first_t, -1);
  mlm_product_add_sums(&chance, &squares, &s, 1);
  take_twice(&chance, &first_p, &first_t);
  return weighted_kappa(view, &s, distance_quadratic, &chance);
}
