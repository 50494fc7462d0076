/* A number of rows and the exact sum of their weights; 16 bytes as long as every weight is integral.
 *
 * Zeroed memory holds no row. The same rows have the same value and the same saved bytes, in whatever order
 * they, and others since taken back, were added.
 */
#ifndef MLM_WEIGHT_SUM_H
#define MLM_WEIGHT_SUM_H

#include "base/host.h"
#include "state/blob.h"
#include "state/exact_sum.h"

/* Rows of fractional weight. While all of them have the same weight, only that weight is kept, because a sum
 * takes 600 bytes. Once weights differ, the sum follows. */
typedef struct FractionalRows {
  int64_t rows;
  double weight; /* of each row, unless they differ */
  bool differ;   /* weights differ: sum[0] is their sum */
  ExactSum sum[];
} FractionalRows;

typedef struct WeightSum {
  int64_t count;              /* rows of integral weight; a weight k counts as k rows */
  FractionalRows *fractional; /* NULL: none */
} WeightSum;

static inline bool mlm_weight_sum_is_zero(const WeightSum *weights) {
  return weights->count == 0 && !weights->fractional;
}

static inline int64_t mlm_weight_sum_fractional_rows(const WeightSum *weights) {
  return weights->fractional ? weights->fractional->rows : 0;
}

/* Adds the rows of `from` (sign +1), or takes them back (-1). The caller makes sure that counts do not
 * overflow. MLM_NOMEM leaves `into` as it was; taking back rows one by one never needs memory. */
Status mlm_weight_sum_add_fractional(WeightSum *into, const FractionalRows *from, int sign, const Host *host);
static inline Status mlm_weight_sum_add(WeightSum *into, const WeightSum *from, int sign, const Host *host) {
  Status status =
      from->fractional ? mlm_weight_sum_add_fractional(into, from->fractional, sign, host) : MLM_OK;
  if (status == MLM_OK) into->count += sign * from->count;
  return status;
}

/* The sum of all weights, rounded once; Infinity beyond the largest double. */
double mlm_weight_sum_value(const WeightSum *weights);
/* The sum of a and b, rounded once. */
double mlm_weight_sum_value_of_both(const WeightSum *a, const WeightSum *b);

/* Ratios of exact sums, rounded once, however large or small the sums are; NaN for 0/0. */
double mlm_weight_sum_ratio(const WeightSum *num, const WeightSum *den);   /* num / den */
double mlm_weight_sum_share(const WeightSum *part, const WeightSum *rest); /* part / (part + rest) */
/* 2·both / (a + b). */
double mlm_weight_sum_overlap(const WeightSum *both, const WeightSum *a, const WeightSum *b);

/* Adds times·weight to an exact sum, times < 2^63. */
void mlm_sum_add_weight_sum(ExactSum *sum, const WeightSum *weights, uint64_t times);
/* Adds a·b. */
void mlm_product_add_weight_sums(ProductSum *sum, const WeightSum *a, const WeightSum *b, int sign);
/* Adds x·weight, x finite. */
void mlm_product_add_weight_sum(ProductSum *sum, double x, const WeightSum *weights);

void mlm_weight_sum_save(const WeightSum *weights, Writer *out);
/* Fills a zeroed WeightSum with at least one row; MLM_CORRUPT for anything but bytes that
 * mlm_weight_sum_save() writes. */
Status mlm_weight_sum_load(WeightSum *weights, Reader *in, const Host *host);
void mlm_weight_sum_clear(WeightSum *weights, const Host *host);

#endif
