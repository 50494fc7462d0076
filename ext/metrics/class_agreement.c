/* Agreement of predictions and labels beyond chance: Cohen's kappa, plain and weighted, and Matthews'
 * correlation.
 *
 * With s the total weight, c that of the hits, and p[k], t[k] that of class k among predictions and labels,
 * every formula is a ratio of sums of products of two of them. The sums are exact, so below 2^53 rows nothing
 * is rounded before the ratio.
 */
#include "metrics/classes.h"

/* Without rows, or with weights that add up beyond the largest double, nothing can be said. */
static bool measurable(double total) { return total > 0 && total < INFINITY; }

/* Cohen 1960: (observed - expected) / (1 - expected) agreement, both times s². Correctly rounded. */
double mlm_class_kappa(const Crosstab *crosstab, const Params *params) {
  double s = mlm_crosstab_total(crosstab);
  if (!measurable(s)) return NAN;
  ProductSum num = {0}, den = {0};
  mlm_product_add(&num, mlm_crosstab_hits(crosstab), s, 1);
  mlm_product_add(&den, s, s, 1);
  ClassTotals k;
  for (uint64_t cursor = 0; mlm_crosstab_next_class(crosstab, &cursor, &k);) {
    if (k.predicted == s && k.labelled == s) return NAN;
    mlm_product_add(&num, k.predicted, k.labelled, -1);
    mlm_product_add(&den, k.predicted, k.labelled, -1);
  }
  return mlm_product_ratio_products(&num, &den);
}

/* Gorodkin 2004: cov(p,t) / sqrt(cov(p,p)·cov(t,t)), taken as the geometric mean of two correctly rounded
 * ratios, which neither overflow nor underflow: <= 2 ulp (half of their roundings and of the product's, and
 * the root's own), and exactly 1 and -1 where it is so. */
double mlm_class_mcc(const Crosstab *crosstab, const Params *params) {
  double s = mlm_crosstab_total(crosstab);
  if (!measurable(s)) return NAN;
  ProductSum pt = {0}, pp = {0}, tt = {0};
  mlm_product_add(&pt, mlm_crosstab_hits(crosstab), s, 1);
  mlm_product_add(&pp, s, s, 1);
  mlm_product_add(&tt, s, s, 1);
  ClassTotals k;
  for (uint64_t cursor = 0; mlm_crosstab_next_class(crosstab, &cursor, &k);) {
    if (k.predicted == s || k.labelled == s) return NAN;
    mlm_product_add(&pt, k.predicted, k.labelled, -1);
    mlm_product_add(&pp, k.predicted, k.predicted, -1);
    mlm_product_add(&tt, k.labelled, k.labelled, -1);
  }
  double over_p = mlm_product_ratio_products(&pt, &pp), over_t = mlm_product_ratio_products(&pt, &tt);
  return over_p < 0 ? -sqrt(over_p * over_t) : sqrt(over_p * over_t);
}

static bool one_class(const Crosstab *crosstab, double s) {
  ClassTotals k;
  for (uint64_t cursor = 0; mlm_crosstab_next_class(crosstab, &cursor, &k);)
    if (k.predicted == s && k.labelled == s) return true;
  return false;
}

static double distance_linear(double i, double j) { return fabs(i - j); }

static double distance_quadratic(double i, double j) { return (i - j) * (i - j); }

/* 1 - s·(sum of distance over the rows) / chance, chance being s² times what is expected of it. */
static double weighted_kappa(const Crosstab *crosstab, double s, double (*distance)(double, double),
                             const ProductSum *chance) {
  ProductSum sum = {0}, num = *chance;
  PairTotal pair;
  for (uint64_t cursor = 0; mlm_crosstab_next_pair(crosstab, &cursor, &pair);)
    mlm_product_add(&sum, distance((double)pair.pred, (double)pair.label), pair.weight, 1);
  mlm_product_add(&num, mlm_product_round(&sum), s, -1);
  return mlm_product_ratio_products(&num, chance);
}

/* Cohen 1968 with |i - j| of the ranks. Two ranks are as far apart as there are boundaries between them, so
 * the sum over pairs of classes |i - j|·p[i]·t[j] is one over boundaries: P·(s - T) + (s - P)·T with P, T the
 * weight below the boundary. */
double mlm_class_kappa_linear(const Crosstab *crosstab, const Params *params) {
  double s = mlm_crosstab_total(crosstab);
  if (!measurable(s) || one_class(crosstab, s)) return NAN;
  ProductSum chance = {0};
  ExactSum below_p = {0}, below_t = {0};
  ClassTotals k;
  for (size_t rank = 0; rank + 1 < mlm_crosstab_classes(crosstab); rank++) {
    mlm_crosstab_class(crosstab, rank, &k);
    mlm_sum_add(&below_p, k.predicted, 1);
    mlm_sum_add(&below_t, k.labelled, 1);
    double p = mlm_sum_round(&below_p), t = mlm_sum_round(&below_t);
    mlm_product_add(&chance, p, s, 1);
    mlm_product_add(&chance, t, s, 1);
    mlm_product_add(&chance, p, t, -1);
    mlm_product_add(&chance, p, t, -1);
  }
  return weighted_kappa(crosstab, s, distance_linear, &chance);
}

/* Sum over the ranks of (rank - centre)·p, of (rank - centre)·t, of (rank - centre)²·(p + t). */
typedef struct Spread {
  double p, t, squares;
} Spread;

static Spread spread_around(const Crosstab *crosstab, double centre) {
  ProductSum p = {0}, t = {0}, squares = {0};
  for (size_t rank = 0; rank < mlm_crosstab_classes(crosstab); rank++) {
    ClassTotals k;
    mlm_crosstab_class(crosstab, rank, &k);
    double d = (double)rank - centre;
    mlm_product_add(&p, d, k.predicted, 1);
    mlm_product_add(&t, d, k.labelled, 1);
    mlm_product_add(&squares, d * d, k.predicted, 1);
    mlm_product_add(&squares, d * d, k.labelled, 1);
  }
  return (Spread){mlm_product_round(&p), mlm_product_round(&t), mlm_product_round(&squares)};
}

/* Cohen 1968 with (i - j)². The sum over pairs of classes of (i - j)²·p[i]·t[j] is s·sum i²(p + t) - 2·(sum
 * i·p)·(sum i·t) for ranks counted from anywhere; from near their mean the difference loses nothing. */
double mlm_class_kappa_quadratic(const Crosstab *crosstab, const Params *params) {
  double s = mlm_crosstab_total(crosstab);
  if (!measurable(s) || one_class(crosstab, s)) return NAN;
  double mean = spread_around(crosstab, 0).p / s;
  Spread spread =
      spread_around(crosstab, mean < 0x1p62 ? (double)(int64_t)mean : 0); /* weights may overflow */
  ProductSum chance = {0};
  mlm_product_add(&chance, s, spread.squares, 1);
  mlm_product_add(&chance, spread.p, spread.t, -1);
  mlm_product_add(&chance, spread.p, spread.t, -1);
  return weighted_kappa(crosstab, s, distance_quadratic, &chance);
}
