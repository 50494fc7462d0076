/* Exact sums of weights: a count for integral weights, an ExactSum for fractional ones. */
#include "state/weight_sum.h"

#include <math.h>

#include "state/row.h"
#include "state/exact_sum_round.h"
#include "state/exact_sum_product.h"
#include "state/exact_sum_save.h"

static void add_fractional(ExactSum *sum, const FractionalRows *fractional, int sign) {
  if (fractional->differ)
    mlm_sum_add_sum(sum, fractional->sum, sign);
  else
    mlm_sum_add_times(sum, fractional->weight, (uint64_t)fractional->rows, sign);
}

static void add_weight(ExactSum *sum, const WeightSum *weights) {
  if (weights->count) mlm_sum_add_integer(sum, weights->count);
  if (weights->fractional) add_fractional(sum, weights->fractional, 1);
}

/* Whether all weights are integral and twice the sum of two such counts is exact as a double. */
static bool plain(const WeightSum *weights) { return !weights->fractional && weights->count >> 51 == 0; }

/* Adds times·one by doubling. `times` is a distance of ranks or its square, so this takes a few steps. */
static void add_sum_times(ExactSum *sum, const ExactSum *one, uint64_t times) {
  ExactSum power = *one;
  for (; times > 1; times >>= 1) {
    const ExactSum same = power;
    if (times & 1) mlm_sum_add_sum(sum, &power, 1);
    mlm_sum_add_sum(&power, &same, 1);
  }
  mlm_sum_add_sum(sum, &power, 1);
}

void mlm_sum_add_weight_sum(ExactSum *sum, const WeightSum *weights, uint64_t times) {
  if (plain(weights)) {
    mlm_sum_add_times(sum, (double)weights->count, times, 1);
  } else if (times == 1) {
    add_weight(sum, weights);
  } else if (times > 0) {
    ExactSum one = {0};
    add_weight(&one, weights);
    add_sum_times(sum, &one, times);
  }
}

void mlm_product_add_weight_sums(ProductSum *sum, const WeightSum *a, const WeightSum *b, int sign) {
  if (plain(a) && plain(b)) {
    mlm_product_add(sum, (double)a->count, (double)b->count, sign);
  } else if (!mlm_weight_sum_is_zero(a) && !mlm_weight_sum_is_zero(b)) {
    ExactSum x = {0}, y = {0};
    add_weight(&x, a);
    add_weight(&y, b);
    mlm_product_add_sums(sum, &x, &y, sign);
  }
}

void mlm_product_add_weight_sum(ProductSum *sum, double x, const WeightSum *weights) {
  if (plain(weights)) {
    mlm_product_add(sum, x, (double)weights->count, 1);
  } else {
    ExactSum factor = {0}, total = {0};
    mlm_sum_add(&factor, x, 1);
    add_weight(&total, weights);
    mlm_product_add_sums(sum, &factor, &total, 1);
  }
}

static FractionalRows *new_fractional(double weight, bool differ, const Host *host) {
  FractionalRows *fractional =
      host->realloc(NULL, sizeof *fractional + (differ ? sizeof fractional->sum[0] : 0));
  if (!fractional) return NULL;
  *fractional = (FractionalRows){.weight = weight, .differ = differ};
  if (differ) memset(fractional->sum, 0, sizeof fractional->sum[0]);
  return fractional;
}

/* Turns one weight for all rows into a sum. */
static Status widen(WeightSum *weights, const Host *host) {
  FractionalRows *wide = host->realloc(weights->fractional, sizeof *wide + sizeof wide->sum[0]);
  if (!wide) return MLM_NOMEM;
  weights->fractional = wide;
  memset(wide->sum, 0, sizeof wide->sum[0]);
  mlm_sum_add_times(wide->sum, wide->weight, (uint64_t)wide->rows, 1);
  wide->differ = true;
  return MLM_OK;
}

/* Compares bits: a comparison of doubles may treat subnormals as zero. */
static bool same_weight(const FractionalRows *a, const FractionalRows *b) {
  return !b->differ && memcmp(&a->weight, &b->weight, sizeof a->weight) == 0;
}

Status mlm_weight_sum_add_fractional(WeightSum *into, const FractionalRows *from, int sign,
                                     const Host *host) {
  if (!into->fractional) {
    into->fractional = new_fractional(from->weight, from->differ, host);
    if (!into->fractional) return MLM_NOMEM;
  }
  if (!into->fractional->differ && !same_weight(into->fractional, from)) {
    Status status = widen(into, host);
    if (status) return status;
  }
  FractionalRows *fractional = into->fractional;
  fractional->rows += sign * from->rows;
  if (fractional->differ) add_fractional(fractional->sum, from, sign);
  if (fractional->rows != 0) return MLM_OK;
  host->free(fractional);
  into->fractional = NULL;
  return MLM_OK;
}

double mlm_weight_sum_value(const WeightSum *weights) {
  if (!weights->fractional) return (double)weights->count;
  ExactSum sum = {0};
  add_weight(&sum, weights);
  return mlm_sum_round(&sum);
}

double mlm_weight_sum_value_of_both(const WeightSum *a, const WeightSum *b) {
  if (!a->fractional && !b->fractional) return (double)(a->count + b->count);
  ExactSum sum = {0};
  add_weight(&sum, a);
  add_weight(&sum, b);
  return mlm_sum_round(&sum);
}

double mlm_weight_sum_share(const WeightSum *part, const WeightSum *rest) {
  const int64_t exact = (int64_t)1 << 53;
  if (!part->fractional && !rest->fractional && part->count + rest->count <= exact)
    return (double)part->count / (double)(part->count + rest->count);
  ExactSum sum = {0};
  ProductSum num = {0};
  add_weight(&sum, part);
  mlm_product_add_sum(&num, &sum, 1);
  add_weight(&sum, rest);
  return mlm_product_ratio(&num, &sum);
}

double mlm_weight_sum_ratio(const WeightSum *num, const WeightSum *den) {
  if (plain(num) && plain(den)) return (double)num->count / (double)den->count;
  ExactSum a = {0}, b = {0};
  add_weight(&a, num);
  add_weight(&b, den);
  return mlm_sum_ratio(&a, &b);
}

double mlm_weight_sum_overlap(const WeightSum *both, const WeightSum *a, const WeightSum *b) {
  if (plain(both) && plain(a) && plain(b)) return (double)(2 * both->count) / (double)(a->count + b->count);
  ExactSum num = {0}, den = {0};
  mlm_sum_add_weight_sum(&num, both, 2);
  add_weight(&den, a);
  add_weight(&den, b);
  return mlm_sum_ratio(&num, &den);
}

void mlm_weight_sum_save(const WeightSum *weights, Writer *out) {
  mlm_write_varint(out, (uint64_t)weights->count);
  mlm_write_varint(out, (uint64_t)mlm_weight_sum_fractional_rows(weights));
  if (!weights->fractional) return;
  ExactSum sum = {0};
  add_fractional(&sum, weights->fractional, 1);
  mlm_sum_save(&sum, out);
}

/* The sum of a single row is its weight, which must be a double. */
static Status load_single(WeightSum *weights, const ExactSum *sum, const Host *host) {
  double weight = mlm_sum_round(sum);
  ExactSum rest = *sum;
  mlm_sum_add(&rest, weight, -1);
  if (!mlm_sum_is_zero(&rest) || mlm_integral_weight(weight)) return MLM_CORRUPT;
  FractionalRows row = {.rows = 1, .weight = weight};
  return mlm_weight_sum_add_fractional(weights, &row, 1, host);
}

static Status load_fractional(WeightSum *weights, int64_t rows, Reader *in, const Host *host) {
  ExactSum sum = {0};
  mlm_sum_load(&sum, in);
  if (in->failed || mlm_specials(&sum.range) || mlm_sum_sign(&sum) <= 0) return MLM_CORRUPT;
  if (!(mlm_sum_round_scaled(&sum, -63) < INFINITY))
    return MLM_CORRUPT; /* more than the weight of 2^63 rows */
  if (rows == 1) return load_single(weights, &sum, host);
  FractionalRows *fractional = new_fractional(0, true, host);
  if (!fractional) return MLM_NOMEM;
  fractional->rows = rows;
  fractional->sum[0] = sum;
  weights->fractional = fractional;
  return MLM_OK;
}

Status mlm_weight_sum_load(WeightSum *weights, Reader *in, const Host *host) {
  uint64_t count = mlm_read_varint(in), fractional = mlm_read_varint(in);
  if (in->failed || count > INT64_MAX || fractional > INT64_MAX || (count | fractional) == 0)
    return MLM_CORRUPT;
  weights->count = (int64_t)count;
  return fractional ? load_fractional(weights, (int64_t)fractional, in, host) : MLM_OK;
}

void mlm_weight_sum_clear(WeightSum *weights, const Host *host) {
  host->free(weights->fractional);
  *weights = (WeightSum){0};
}
