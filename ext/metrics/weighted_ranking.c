/* Ranking metrics from exact sums of weights: products of sums are exact, quotients are rounded once. */
#include "metrics/weighted_ranking.h"

#include "state/scores_pairs.h"

/* Sums of all weights of the two classes. */
typedef struct Totals {
  ExactSum neg, pos;
} Totals;

static void add_totals(Totals *all, const Scores *scores) {
  mlm_scores_add_weight(scores, 0, &all->neg);
  mlm_scores_add_weight(scores, 1, &all->pos);
}

static ExactSum weight_here(const ScoreWalk *walk, int label) {
  ExactSum sum = {0};
  mlm_walk_add_weight(walk, label, &sum);
  return sum;
}

/* The weight of a class before this score plus that up to it: twice the mean height of a trapezoid. */
static ExactSum before_and_after(const ScoreWalk *walk, int label) {
  ExactSum sum = *mlm_walk_weight(walk, label), here = weight_here(walk, label);
  mlm_sum_add_sum(&sum, mlm_walk_weight(walk, label), 1);
  mlm_sum_add_sum(&sum, &here, -1);
  return sum;
}

/* 2U / 2PN from integers. */
static double ratio_of_pairs(const WeightedPairs *pairs) {
  BigFloat twice_u, neg, pos, possible;
  mlm_bigfloat_of_words(&twice_u, pairs->twice_u, PAIR_WORDS);
  mlm_bigfloat_of_u128(&neg, pairs->weight[0], 0);
  mlm_bigfloat_of_u128(&pos, pairs->weight[1], 1);
  mlm_bigfloat_multiply(&possible, &neg, &pos);
  return mlm_bigfloat_ratio(&twice_u, &possible);
}

/* The same from exact sums, for weights without a common unit of few bits. */
static double roc_auc_by_sums(const Scores *scores) {
  ProductSum pairs = {0}, possible = {0};
  Totals all = {0};
  ScoreWalk walk;
  add_totals(&all, scores);
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) {
    if (!(walk.pos_weight > 0)) continue;
    ExactSum here = weight_here(&walk, 1), below = before_and_after(&walk, 0);
    mlm_product_add_sums(&pairs, &here, &below, 1);
  }
  for (int i = 0; i < 2; i++) mlm_product_add_sums(&possible, &all.pos, &all.neg, 1);
  return mlm_product_ratio_products(&pairs, &possible);
}

double mlm_weighted_roc_auc(const Scores *scores) {
  WeightedPairs pairs;
  return mlm_scores_weighted_pairs(scores, &pairs) ? ratio_of_pairs(&pairs) : roc_auc_by_sums(scores);
}

static double precision_at(const ScoreWalk *walk) {
  ExactSum predicted = *mlm_walk_weight(walk, 1);
  mlm_sum_add_sum(&predicted, mlm_walk_weight(walk, 0), 1);
  return mlm_sum_ratio(mlm_walk_weight(walk, 1), &predicted);
}

/* A step of recall times a height, or times the sum of two heights. */
static void add_step(ProductSum *area, const ScoreWalk *walk, double height, double other) {
  ExactSum here = weight_here(walk, 1), high = {0};
  mlm_sum_add(&high, height, 1);
  mlm_sum_add(&high, other, 1);
  mlm_product_add_sums(area, &here, &high, 1);
}

double mlm_weighted_average_precision(const Scores *scores) {
  ProductSum area = {0};
  Totals all = {0};
  ScoreWalk walk;
  add_totals(&all, scores);
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next_positive(&walk)) add_step(&area, &walk, precision_at(&walk), 0);
  return mlm_product_ratio(&area, &all.pos);
}

double mlm_weighted_pr_auc(const Scores *scores) {
  ProductSum area = {0};
  Totals all = {0};
  ScoreWalk walk;
  double before = 1;
  add_totals(&all, scores);
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk)) {
    double precision = precision_at(&walk);
    if (walk.pos_weight > 0) add_step(&area, &walk, before, precision);
    before = precision;
  }
  ExactSum twice = all.pos;
  mlm_sum_add_sum(&twice, &all.pos, 1);
  return mlm_product_ratio(&area, &twice);
}

/* ---- Kolmogorov-Smirnov ---- */

/* The largest gap so far. */
typedef struct Gap {
  ExactSum fp, tp;
  double rough; /* |tp/P - fp/N| in doubles, with an error below slack; negative: none yet */
} Gap;

static const double slack =
    0x1p-49; /* each share is off by at most 3·2^-53, their difference by 2^-53 more */

/* |tp·N - fp·P|, exact. */
static ProductSum gap_of(const ExactSum *tp, const ExactSum *fp, const Totals *all) {
  ProductSum gap = {0}, turned = {0};
  mlm_product_add_sums(&gap, tp, &all->neg, 1);
  mlm_product_add_sums(&gap, fp, &all->pos, -1);
  if (mlm_product_sign(&gap) >= 0) return gap;
  mlm_product_add_products(&turned, &gap, -1);
  return turned;
}

static bool is_wider(const ScoreWalk *walk, const Gap *gap, const Totals *all) {
  ProductSum here = gap_of(mlm_walk_weight(walk, 1), mlm_walk_weight(walk, 0), all);
  ProductSum most = gap_of(&gap->tp, &gap->fp, all);
  mlm_product_add_products(&here, &most, -1);
  return mlm_product_sign(&here) > 0;
}

/* Doubles nearly always decide which of two gaps is wider. Where totals overflow they are NaN, and the exact
 * sums decide. */
double mlm_weighted_ks(const Scores *scores) {
  ScoreTotals rounded = mlm_scores_totals(scores);
  if (rounded.pos_weight == INFINITY || rounded.neg_weight == INFINITY)
    rounded.pos_weight = rounded.neg_weight = NAN;
  Totals all = {0};
  Gap gap = {.rough = -1};
  ScoreWalk walk;
  add_totals(&all, scores);
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk)) {
    double rough = fabs(walk.tp_weight / rounded.pos_weight - walk.fp_weight / rounded.neg_weight);
    if (rough < gap.rough - slack) continue;
    if (!(rough > gap.rough + slack) && gap.rough != -1 && !is_wider(&walk, &gap, &all)) continue;
    gap = (Gap){.fp = *mlm_walk_weight(&walk, 0), .tp = *mlm_walk_weight(&walk, 1), .rough = rough};
  }
  ProductSum widest = gap_of(&gap.tp, &gap.fp, &all), possible = {0};
  mlm_product_add_sums(&possible, &all.pos, &all.neg, 1);
  return mlm_product_ratio_products(&widest, &possible);
}

/* ---- the area up to a rate of false alarms ---- */

/* The area below the curve up to max_fpr. */
typedef struct Part {
  Totals all;
  ProductSum area; /* of whole trapezoids, in units of half a pair */
  /* The trapezoid that max_fpr cuts: false positives and true positives before it, and its own. */
  ExactSum fp, tp, neg, pos;
} Part;

/* Whether the false positives passed exceed max_fpr. */
static bool is_beyond(const ScoreWalk *walk, const Part *part, double max_fpr, double limit) {
  bool rough = limit > 0x1p-900 && limit < INFINITY; /* then the relative error is below 2^-51 */
  if (rough && walk->fp_weight < limit * (1 - 0x1p-50)) return false;
  if (rough && walk->fp_weight > limit * (1 + 0x1p-50)) return true;
  ProductSum over = {0};
  ExactSum rate = {0}, one = {0}, fp = {0};
  mlm_sum_add(&rate, max_fpr, 1);
  mlm_sum_add(&one, 1, 1);
  if (mlm_walk_is_exact(walk))
    mlm_sum_add_integer(&fp, walk->fp_count);
  else
    fp = *mlm_walk_weight(walk, 0);
  mlm_product_add_sums(&over, &fp, &one, 1);
  mlm_product_add_sums(&over, &part->all.neg, &rate, -1);
  return mlm_product_sign(&over) > 0;
}

static void add_trapezoid(Part *part, const ScoreWalk *walk) {
  if (mlm_walk_is_exact(walk)) {
    mlm_product_add(&part->area, walk->neg_weight, walk->tp_weight - walk->pos_weight, 1);
    mlm_product_add(&part->area, walk->neg_weight, walk->tp_weight, 1);
    return;
  }
  ExactSum here = weight_here(walk, 0), height = before_and_after(walk, 1);
  mlm_product_add_sums(&part->area, &here, &height, 1);
}

static void add_cut(Part *part, const ScoreWalk *walk) {
  part->neg = weight_here(walk, 0);
  part->pos = weight_here(walk, 1);
  if (mlm_walk_is_exact(walk)) {
    mlm_sum_add_integer(&part->fp, walk->fp_count - walk->neg_count);
    mlm_sum_add_integer(&part->tp, walk->tp_count - walk->pos_count);
    return;
  }
  part->fp = *mlm_walk_weight(walk, 0);
  part->tp = *mlm_walk_weight(walk, 1);
  mlm_sum_add_sum(&part->fp, &part->neg, -1);
  mlm_sum_add_sum(&part->tp, &part->pos, -1);
}

/* McClish: 1/2 where the model is no better than chance, 1 where it is perfect, within the range of fpr. With
 * the area A and m = max_fpr that is (1 + (A - m²/2) / (m - m²/2)) / 2 = (m - m² + A) / (2m - m²). Of A the
 * trapezoids inside are area / 2PN; the one cut has the width w = mN - fp, the heights tp and tp + pos·w/neg,
 * so the area w(2·tp·neg + pos·w) / 2PN·neg. All of it times 2PN·neg: */
static double corrected(const Part *part, double max_fpr) {
  BigFloat m, square, x, y, width, num, den, scale;
  mlm_bigfloat_of(&m, max_fpr);
  mlm_bigfloat_multiply(&square, &m, &m);

  mlm_bigfloat_of_sum(&x, &part->all.neg);
  mlm_bigfloat_multiply(&width, &m, &x);
  mlm_bigfloat_of_sum(&y, &part->all.pos);
  mlm_bigfloat_multiply(&num, &x, &y);
  mlm_bigfloat_of_sum(&x, &part->neg);
  mlm_bigfloat_multiply(&scale, &num, &x);
  scale.exponent++; /* 2PN·neg */
  mlm_bigfloat_of_sum(&y, &part->fp);
  mlm_bigfloat_add(&width, &y, -1);

  mlm_bigfloat_of_sum(&y, &part->tp);
  mlm_bigfloat_multiply(&num, &x, &y);
  num.exponent++; /* 2·tp·neg */
  mlm_bigfloat_of_sum(&x, &part->pos);
  mlm_bigfloat_multiply(&y, &x, &width);
  mlm_bigfloat_add(&num, &y, 1);
  mlm_bigfloat_multiply(&den, &num, &width); /* of the trapezoid cut */
  mlm_bigfloat_of_products(&x, &part->area);
  mlm_bigfloat_of_sum(&y, &part->neg);
  mlm_bigfloat_multiply(&num, &x, &y);
  mlm_bigfloat_add(&num, &den, 1);

  x = m;
  mlm_bigfloat_add(&x, &square, -1);
  mlm_bigfloat_multiply(&y, &scale, &x);
  mlm_bigfloat_add(&num, &y, 1);
  mlm_bigfloat_add(&x, &m, 1);
  mlm_bigfloat_multiply(&den, &scale, &x);
  return mlm_bigfloat_ratio(&num, &den);
}

double mlm_partial_roc_auc(const Scores *scores, double max_fpr) {
  Part part;
  ScoreWalk walk;
  double limit = max_fpr * mlm_scores_totals(scores).neg_weight;
  memset(&part, 0, sizeof part);
  add_totals(&part.all, scores);
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk)) { /* ends only where it is interrupted: all negatives are beyond max_fpr < 1 */
    if (!(walk.neg_weight > 0)) continue;
    if (is_beyond(&walk, &part, max_fpr, limit)) {
      add_cut(&part, &walk);
      break;
    }
    add_trapezoid(&part, &walk);
  }
  return corrected(&part, max_fpr);
}

/* The sign of fpr - fnr = fp/N + tp/P - 1 here, of which the rounded sums decide where they are sure: each is
 * off by 2^-53 of itself, or by up to 2^-1075 where it is subnormal. */
static int rates_sign(const ScoreWalk *walk, const Totals *all, const ScoreTotals *rounded) {
  bool normal = rounded->neg_weight > 0x1p-1000 && rounded->pos_weight > 0x1p-1000;
  double gap = walk->fp_weight / rounded->neg_weight + walk->tp_weight / rounded->pos_weight - 1;
  if (normal && (gap > 1e-12 || gap < -1e-12)) return gap > 0 ? 1 : -1;
  ProductSum sum = {0};
  mlm_product_add_sums(&sum, mlm_walk_weight(walk, 0), &all->pos, 1);
  mlm_product_add_sums(&sum, mlm_walk_weight(walk, 1), &all->neg, 1);
  mlm_product_add_sums(&sum, &all->pos, &all->neg, -1);
  return mlm_product_sign(&sum);
}

/* As mlm_eer() of counts: (fp·dtp + fn·dfp) / (dfp·P + dtp·N), where the step here adds dfp and dtp to fp and
 * tp. */
double mlm_weighted_eer(const Scores *scores) {
  const int exponent = mlm_scores_exponent(scores);
  ScoreTotals rounded = mlm_scores_totals_in(scores, exponent);
  ProductSum above = {0}, below = {0};
  Totals all = {0};
  ScoreWalk walk;
  add_totals(&all, scores);
  mlm_walk_down(&walk, scores);
  mlm_walk_weights_in(&walk, exponent);
  while (mlm_walk_next(&walk))
    if (rates_sign(&walk, &all, &rounded) >= 0) break;
  ExactSum dfp = weight_here(&walk, 0), dtp = weight_here(&walk, 1), fp = *mlm_walk_weight(&walk, 0),
           fn = all.pos;
  mlm_sum_add_sum(&fp, &dfp, -1);
  mlm_sum_add_sum(&fn, mlm_walk_weight(&walk, 1), -1);
  mlm_sum_add_sum(&fn, &dtp, 1);
  mlm_product_add_sums(&above, &fp, &dtp, 1);
  mlm_product_add_sums(&above, &fn, &dfp, 1);
  mlm_product_add_sums(&below, &dfp, &all.pos, 1);
  mlm_product_add_sums(&below, &dtp, &all.neg, 1);
  return mlm_product_ratio_products(&above, &below);
}
