/* Rows and their weight, exact, so that they can be taken back; 16 bytes while every weight is a whole
 * number.
 *
 * Zeroed memory is no row. Whatever the order of adds and take-backs, the same rows give the same value and
 * the same saved bytes.
 */
#ifndef MLM_WEIGHT_SUM_H
#define MLM_WEIGHT_SUM_H

#include "base/host.h"
#include "state/exact_sum.h"

/* Rows whose weight is not a whole number. While all have one weight that weight is kept, for a sum takes 600
 * bytes; from the first other weight on the sum follows behind. */
typedef struct FractionalRows {
  int64_t rows;
  double weight; /* of each, unless they differ */
  bool differ;   /* then sum[0] is their weights' */
  ExactSum sum[];
} FractionalRows;

typedef struct WeightSum {
  int64_t count;          /* rows of whole weight, each counted weight times */
  FractionalRows *others; /* the rest; NULL: none */
} WeightSum;

static inline bool mlm_weight_sum_is_zero(const WeightSum *amount) {
  return amount->count == 0 && !amount->others;
}

static inline int64_t mlm_weight_sum_fractional_rows(const WeightSum *amount) {
  return amount->others ? amount->others->rows : 0;
}

/* Adds (sign +1) or takes back (-1) what `from` holds. Sums of counts must fit: the caller watches the grand
 * total. MLM_NOMEM leaves `into` as it was; taking back rows one by one never needs memory. */
Status mlm_weight_sum_add_fractional(WeightSum *into, const FractionalRows *from, int sign, const Host *host);
static inline Status mlm_weight_sum_add(WeightSum *into, const WeightSum *from, int sign, const Host *host) {
  Status status = from->others ? mlm_weight_sum_add_fractional(into, from->others, sign, host) : MLM_OK;
  if (status == MLM_OK) into->count += sign * from->count;
  return status;
}

/* The sum of all weights, rounded once; Infinity beyond the largest double. */
double mlm_weight_sum_value(const WeightSum *amount);

/* Likewise of two amounts together. */
double mlm_weight_sum_value_of_both(const WeightSum *a, const WeightSum *b);

/* Quotients of the exact sums, rounded once, whatever their size; NaN for 0/0: part / (part + rest), */
double mlm_weight_sum_share(const WeightSum *part, const WeightSum *overflow);
/* part / whole, */
double mlm_weight_sum_ratio(const WeightSum *part, const WeightSum *whole);
/* 2·both / (a + b). */
double mlm_weight_sum_overlap(const WeightSum *both, const WeightSum *a, const WeightSum *b);

/* Add, exactly, an amount `times` times, times < 2^63; */
void mlm_sum_add_amount(ExactSum *sum, const WeightSum *amount, uint64_t times);
/* a·b; */
void mlm_product_add_amounts(ProductSum *sum, const WeightSum *a, const WeightSum *b, int sign);
/* x·amount, x finite. */
void mlm_product_add_amount(ProductSum *sum, double x, const WeightSum *amount);

void mlm_weight_sum_save(const WeightSum *amount, Writer *out);

/* Fills a zeroed amount with at least one row; MLM_CORRUPT for anything but the bytes that
 * mlm_weight_sum_save() writes. */
Status mlm_weight_sum_load(WeightSum *amount, Reader *in, const Host *host);

void mlm_weight_sum_clear(WeightSum *amount, const Host *host);

#endif
