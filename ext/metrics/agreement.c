/* Agreement of several raters beyond chance: Fleiss' kappa and Krippendorff's alpha. */
#include "math/double_double.h"
#include "state/class_index.h"
#include "metrics/arg_specs.h"
#include "metrics/bootstrap_forms.h"

/* Fleiss 1971. With N units of m ratings and n_v ratings v: observed agreement is hits / (N m (m - 1)),
 * expected Σ n_v² / (N m)². Both numerator and denominator times (N m)² (m - 1) are integers: kappa is
 * rounded once. */
static Status fleiss_kappa(const Ratings *ratings, const Eval *in, Result *out) {
  if (ratings->n > 1 || (ratings->n == 1 && ratings->singles > 0)) {
    out->why = "every unit must have the same number of ratings; krippendorff_alpha allows different numbers";
    return MLM_REFUSED;
  }
  if (ratings->n == 0) return MLM_OK;
  const ConfusionMatrix *pairs = ratings->group[0].pairs;
  int64_t all = mlm_confusion_matrix_rows(ratings->values); /* N m */
  ProductSum observed = {0}, expected = {0}, certain = {0};
  ExactSum nm = {0}, hits = {0}, misses = {0};
  ClassTotals v;
  mlm_sum_add_integer(&nm, all);
  mlm_sum_add_weight_sum(&hits, mlm_confusion_matrix_hits(pairs), 1);
  mlm_sum_add_weight_sum(&misses, mlm_confusion_matrix_misses(pairs), 1);
  mlm_product_add_sums(&observed, &hits, &nm, 1);
  mlm_product_add_sums(&certain, &hits, &nm, 1);
  mlm_product_add_sums(&certain, &misses, &nm, 1);
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(ratings->values, &cursor, &v);) {
    ExactSum n = {0}, times = {0};
    mlm_sum_add_weight_sum(&n, v.labelled, 1);
    mlm_sum_add_weight_sum(&times, v.labelled, (uint64_t)(ratings->group[0].raters - 1));
    mlm_product_add_sums(&expected, &n, &times, 1);
  }
  mlm_product_add_products(&observed, &expected, -1);
  mlm_product_add_products(&certain, &expected, -1);
  mlm_result_real(out, mlm_product_ratio_products(&observed, &certain));
  return MLM_OK;
}

enum { SCALE_NOMINAL, SCALE_ORDINAL, SCALE_INTERVAL, SCALE_RATIO };

/* The values in order: as a number, how many ratings have it, and twice the ratings before it plus its own.
 */
typedef struct Scale {
  int kind;
  size_t n;
  double *x, *count, *twice_rank;
} Scale;

/* Squared distance of two values. */
static double distance(const Scale *scale, size_t v, size_t w) {
  double d;
  switch (scale->kind) {
  case SCALE_ORDINAL: d = (scale->twice_rank[v] - scale->twice_rank[w]) / 2; break;
  case SCALE_INTERVAL: d = scale->x[v] - scale->x[w]; break;
  case SCALE_RATIO:
    d = scale->x[v] == scale->x[w] ? 0 : (scale->x[v] - scale->x[w]) / (scale->x[v] + scale->x[w]);
    break;
  default: return v != w;
  }
  return d * d;
}

/* Multiplies all numbers by a power of two, which no alpha depends on. */
static void scale_numbers(Scale *scale) {
  double largest = 0;
  for (size_t v = 0; v < scale->n; v++) {
    double size = fabs(scale->x[v]);
    if (size > largest && size < INFINITY) largest = size;
  }
  double factor = scale_of_squares(largest);
  for (size_t v = 0; v < scale->n; v++) scale->x[v] *= factor;
}

static Status read_scale(const Ratings *ratings, const Eval *in, Scale *scale, Result *out) {
  scale->kind = (int)in->params->number[0];
  scale->n = mlm_confusion_matrix_classes(ratings->values);
  scale->x = in->host->realloc(NULL, 3 * scale->n * sizeof *scale->x);
  if (!scale->x) return MLM_NOMEM;
  scale->count = scale->x + scale->n;
  scale->twice_rank = scale->count + scale->n;
  double before = 0;
  for (size_t v = 0; v < scale->n; v++) {
    ClassTotals totals;
    mlm_confusion_matrix_class(ratings->values, v, &totals);
    bool number = totals.name.type == CLASS_INTEGER || totals.name.type == CLASS_REAL;
    if (!number && scale->kind != SCALE_NOMINAL) {
      out->why = "the scale needs ratings that are numbers; 'nominal' takes any values";
      return MLM_REFUSED;
    }
    scale->x[v] = totals.name.type == CLASS_INTEGER ? (double)totals.name.integer
                  : number                          ? totals.name.real
                                                    : 0;
    scale->count[v] = mlm_weight_sum_value(totals.labelled);
    scale->twice_rank[v] = 2 * before + scale->count[v];
    before += scale->count[v];
  }
  scale_numbers(scale);
  return MLM_OK;
}

/* Writes the place among all values of each value of a group; both lists are in order. */
static void match_values(const Ratings *ratings, const ConfusionMatrix *pairs, size_t *place) {
  size_t v = 0;
  for (size_t i = 0; i < mlm_confusion_matrix_classes(pairs); i++, v++) {
    ClassTotals own, all;
    mlm_confusion_matrix_class(pairs, i, &own);
    for (;; v++) {
      mlm_confusion_matrix_class(ratings->values, v, &all);
      if (mlm_class_compare(&own.name, &all.name) == 0) break;
    }
    place[i] = v;
  }
}

/* A multiple of raters - 1 of every group, so that coincidences are integers; 1 if the least is above 2^53,
 * where doubles do not hold all integers. */
static uint64_t common_multiple(const Ratings *ratings) {
  uint64_t multiple = 1;
  for (uint32_t i = 0; i < ratings->n; i++) {
    const uint64_t m = (uint64_t)ratings->group[i].raters - 1;
    if (m <= 1) continue;
    uint64_t a = multiple, b = m;
    for (uint64_t rest; b; a = b, b = rest) rest = a % b;
    if (multiple / a > ((uint64_t)1 << 53) / m) return 1;
    multiple = multiple / a * m;
  }
  return multiple;
}

/* Adds count · distance · multiple / (raters - 1) over the pairs of a group. */
static Status add_observed(const Ratings *ratings, const RatingGroup *group, const Scale *scale,
                           uint64_t multiple, const Eval *in, ProductSum *sum) {
  size_t *place = in->host->realloc(NULL, scale->n * sizeof *place);
  PairTotal pair;
  double share = (double)multiple / (double)(group->raters - 1);
  if (!place) return MLM_NOMEM;
  match_values(ratings, group->pairs, place);
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_pair(group->pairs, &cursor, &pair);) {
    double d = distance(scale, place[pair.pred], place[pair.label]);
    if (d > 0) mlm_product_add_times(sum, d, share, (uint64_t)pair.rows->count, 1);
  }
  in->host->free(place);
  return MLM_OK;
}

/* Adds n_v · n_w · distance over all pairs of values. */
static Status add_expected(const Scale *scale, const Eval *in, ProductSum *sum) {
  for (size_t v = 0; v < scale->n; v++) {
    for (size_t w = 0; w < v; w++) {
      double d = 2 * distance(scale, v, w);
      if (d != 0) mlm_product_add_times(sum, d, scale->count[v], (uint64_t)scale->count[w], 1);
    }
    if (mlm_interrupted(in->host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

/* (chance · multiple - (n - 1) · seen) / (chance · multiple), rounded once; NaN if a distance is not
 * finite. */
static double alpha_of(const ProductSum *seen, const ProductSum *chance, uint64_t multiple, int64_t n) {
  BigFloat observed, expected, factor, num, den;
  if (mlm_specials(&chance->range) > 0) return NAN;
  mlm_bigfloat_of_products(&observed, seen);
  mlm_bigfloat_of_products(&expected, chance);
  mlm_bigfloat_of(&factor, (double)multiple);
  mlm_bigfloat_multiply(&den, &expected, &factor);
  mlm_bigfloat_of(&factor, (double)(n - 1));
  mlm_bigfloat_multiply(&expected, &observed, &factor);
  num = den;
  mlm_bigfloat_add(&num, &expected, -1);
  return mlm_bigfloat_ratio(&num, &den);
}

/* Krippendorff 2011: 1 - (n - 1) Σ o_vw d²(v,w) / Σ n_v n_w d²(v,w), with o_vw the coincidences of two
 * values, n_v the ratings v that have a pair and n all of them. Exact but for the rounding of distances. */
static Status krippendorff_alpha(const Ratings *ratings, const Eval *in, Result *out) {
  ProductSum seen = {0}, chance = {0};
  Scale scale = {.n = 0};
  uint64_t multiple = common_multiple(ratings);
  if (ratings->n == 0) return MLM_OK;
  Status status = read_scale(ratings, in, &scale, out);
  for (uint32_t i = 0; i < ratings->n && !status; i++)
    status = add_observed(ratings, &ratings->group[i], &scale, multiple, in, &seen);
  if (!status) status = add_expected(&scale, in, &chance);
  in->host->free(scale.x);
  if (!status)
    mlm_result_real(out, alpha_of(&seen, &chance, multiple, mlm_confusion_matrix_rows(ratings->values)));
  return status;
}

#define ON_FOUR "FROM (VALUES ('[1, 1, 1]'), ('[1, 2, 2]'), ('[3, 3, 3]'), ('[2, 2, 3]'))"

static const Metric metrics[] = {
    {.name = "fleiss_kappa",
     .args = {ARG_RATINGS},
     .required = 1,
     MLM_OF_RATINGS(fleiss_kappa),
     .interval = &mlm_units_percentile_interval,
     .summary = "Fleiss' kappa: agreement of several raters beyond chance. A row is a unit: the JSON array "
                "of its ratings, "
                "the same number for each unit, in any order. NULL if all ratings are equal.",
     .example = "SELECT fleiss_kappa(column1) " ON_FOUR},
    {.name = "krippendorff_alpha",
     .args = {ARG_RATINGS, ARG_SCALE},
     .required = 1,
     MLM_OF_RATINGS(krippendorff_alpha),
     .interval = &mlm_units_percentile_interval,
     .summary = "Krippendorff's alpha: 1 - observed / expected disagreement of the raters of each unit, a "
                "JSON array; null "
                "stands for a missing rating, and units with fewer than two ratings are dropped. 'ordinal', "
                "'interval' and "
                "'ratio' need numbers. NULL if all ratings are equal.",
     .cost = "krippendorff_alpha takes O(values squared).",
     .example = "SELECT krippendorff_alpha(column1, 'ordinal') " ON_FOUR},
    {0},
};

const Family mlm_agreement = {.name = "agreement", .metrics = metrics};
