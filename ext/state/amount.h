/* Rows and their weight, exact, so that they can be taken back; 16 bytes while every weight is a whole
 * number.
 *
 * Zeroed memory is no row. Whatever the order of adds and take-backs, the same rows give the same value and
 * the same saved bytes.
 */
#ifndef MLM_AMOUNT_H
#define MLM_AMOUNT_H

#include "math/host.h"
#include "state/exact_sum.h"

/* Rows whose weight is not a whole number. While all have one weight that weight is kept, for a sum takes 600
 * bytes; from the first other weight on the sum follows behind. */
typedef struct OtherRows {
  int64_t rows;
  double weight; /* of each, unless they differ */
  bool differ;   /* then sum[0] is their weights' */
  ExactSum sum[];
} OtherRows;

typedef struct Amount {
  int64_t count;     /* rows of whole weight, each counted weight times */
  OtherRows *others; /* the rest; NULL: none */
} Amount;

static inline bool mlm_amount_is_zero(const Amount *amount) { return amount->count == 0 && !amount->others; }

static inline int64_t mlm_amount_other_rows(const Amount *amount) {
  return amount->others ? amount->others->rows : 0;
}

/* Adds (sign +1) or takes back (-1) what `from` holds. Sums of counts must fit: the caller watches the grand
 * total. MLM_NOMEM leaves `into` as it was; taking back rows one by one never needs memory. */
Status mlm_amount_fold_others(Amount *into, const OtherRows *from, int sign, const Host *host);
static inline Status mlm_amount_fold(Amount *into, const Amount *from, int sign, const Host *host) {
  Status status = from->others ? mlm_amount_fold_others(into, from->others, sign, host) : MLM_OK;
  if (status == MLM_OK) into->count += sign * from->count;
  return status;
}

/* The sum of all weights, rounded once; Infinity beyond the largest double. */
double mlm_amount_value(const Amount *amount);

/* Likewise of two amounts together. */
double mlm_amount_value_of_both(const Amount *a, const Amount *b);

/* Quotients of the exact sums, rounded once, whatever their size; NaN for 0/0: part / (part + rest), */
double mlm_amount_share(const Amount *part, const Amount *rest);
/* part / whole, */
double mlm_amount_ratio(const Amount *part, const Amount *whole);
/* 2·both / (a + b). */
double mlm_amount_overlap(const Amount *both, const Amount *a, const Amount *b);

/* Add, exactly, an amount `times` times, times < 2^63; */
void mlm_sum_add_amount(ExactSum *sum, const Amount *amount, uint64_t times);
/* a·b; */
void mlm_product_add_amounts(ProductSum *sum, const Amount *a, const Amount *b, int sign);
/* x·amount, x finite. */
void mlm_product_add_amount(ProductSum *sum, double x, const Amount *amount);

void mlm_amount_save(const Amount *amount, Writer *out);

/* Fills a zeroed amount with at least one row; MLM_CORRUPT for anything but the bytes that mlm_amount_save()
 * writes. */
Status mlm_amount_load(Amount *amount, Reader *in, const Host *host);

void mlm_amount_clear(Amount *amount, const Host *host);

#endif
