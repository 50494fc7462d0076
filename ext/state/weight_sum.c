/* Rows and their weight: a count of whole weights, and an exact sum where other weights occur. */
#include "state/weight_sum.h"

#include <math.h>

#include "state/row.h"

static void add_others(ExactSum *sum, const FractionalRows *others, int sign) {
  if (others->differ)
    mlm_sum_add_sum(sum, others->sum, sign);
  else
    mlm_sum_add_times(sum, others->weight, (uint64_t)others->rows, sign);
}

static void add_amount(ExactSum *sum, const WeightSum *amount) {
  if (amount->count) mlm_sum_add_integer(sum, amount->count);
  if (amount->others) add_others(sum, amount->others, 1);
}

/* Whether it is a count that is a double, and so is twice the sum of two such. */
static bool plain(const WeightSum *amount) { return !amount->others && amount->count >> 51 == 0; }

/* By doubling: `times` is a distance of ranks or its square, so a few steps. */
static void add_sum_times(ExactSum *sum, const ExactSum *one, uint64_t times) {
  ExactSum power = *one;
  for (; times > 1; times >>= 1) {
    const ExactSum same = power;
    if (times & 1) mlm_sum_add_sum(sum, &power, 1);
    mlm_sum_add_sum(&power, &same, 1);
  }
  mlm_sum_add_sum(sum, &power, 1);
}

void mlm_sum_add_amount(ExactSum *sum, const WeightSum *amount, uint64_t times) {
  if (plain(amount)) {
    mlm_sum_add_times(sum, (double)amount->count, times, 1);
  } else if (times == 1) {
    add_amount(sum, amount);
  } else if (times > 0) {
    ExactSum one = {0};
    add_amount(&one, amount);
    add_sum_times(sum, &one, times);
  }
}

void mlm_product_add_amounts(ProductSum *sum, const WeightSum *a, const WeightSum *b, int sign) {
  if (plain(a) && plain(b)) {
    mlm_product_add(sum, (double)a->count, (double)b->count, sign);
  } else if (!mlm_weight_sum_is_zero(a) && !mlm_weight_sum_is_zero(b)) {
    ExactSum x = {0}, y = {0};
    add_amount(&x, a);
    add_amount(&y, b);
    mlm_product_add_sums(sum, &x, &y, sign);
  }
}

void mlm_product_add_amount(ProductSum *sum, double x, const WeightSum *amount) {
  if (plain(amount)) {
    mlm_product_add(sum, x, (double)amount->count, 1);
  } else {
    ExactSum factor = {0}, weight = {0};
    mlm_sum_add(&factor, x, 1);
    add_amount(&weight, amount);
    mlm_product_add_sums(sum, &factor, &weight, 1);
  }
}

static FractionalRows *new_others(double weight, bool differ, const Host *host) {
  FractionalRows *others = host->realloc(NULL, sizeof *others + (differ ? sizeof others->sum[0] : 0));
  if (!others) return NULL;
  *others = (FractionalRows){.weight = weight, .differ = differ};
  if (differ) memset(others->sum, 0, sizeof others->sum[0]);
  return others;
}

/* From one weight for all to a sum. */
static Status widen(WeightSum *amount, const Host *host) {
  FractionalRows *wide = host->realloc(amount->others, sizeof *wide + sizeof wide->sum[0]);
  if (!wide) return MLM_NOMEM;
  amount->others = wide;
  memset(wide->sum, 0, sizeof wide->sum[0]);
  mlm_sum_add_times(wide->sum, wide->weight, (uint64_t)wide->rows, 1);
  wide->differ = true;
  return MLM_OK;
}

/* By their bits, which no mode of the processor turns to zero. */
static bool same_weight(const FractionalRows *a, const FractionalRows *b) {
  return !b->differ && memcmp(&a->weight, &b->weight, sizeof a->weight) == 0;
}

Status mlm_weight_sum_add_fractional(WeightSum *into, const FractionalRows *from, int sign,
                                     const Host *host) {
  if (!into->others) {
    into->others = new_others(from->weight, from->differ, host);
    if (!into->others) return MLM_NOMEM;
  }
  if (!into->others->differ && !same_weight(into->others, from)) {
    Status status = widen(into, host);
    if (status) return status;
  }
  FractionalRows *others = into->others;
  others->rows += sign * from->rows;
  if (others->differ) add_others(others->sum, from, sign);
  if (others->rows != 0) return MLM_OK;
  host->free(others);
  into->others = NULL;
  return MLM_OK;
}

double mlm_weight_sum_value(const WeightSum *amount) {
  if (!amount->others) return (double)amount->count;
  ExactSum sum = {0};
  add_amount(&sum, amount);
  return mlm_sum_round(&sum);
}

double mlm_weight_sum_value_of_both(const WeightSum *a, const WeightSum *b) {
  if (!a->others && !b->others) return (double)(a->count + b->count);
  ExactSum sum = {0};
  add_amount(&sum, a);
  add_amount(&sum, b);
  return mlm_sum_round(&sum);
}

double mlm_weight_sum_share(const WeightSum *part, const WeightSum *overflow) {
  const int64_t exact = (int64_t)1 << 53;
  if (!part->others && !overflow->others && part->count + overflow->count <= exact)
    return (double)part->count / (double)(part->count + overflow->count);
  ExactSum sum = {0};
  ProductSum num = {0};
  add_amount(&sum, part);
  mlm_product_add_sum(&num, &sum, 1);
  add_amount(&sum, overflow);
  return mlm_product_ratio(&num, &sum);
}

double mlm_weight_sum_ratio(const WeightSum *part, const WeightSum *whole) {
  if (plain(part) && plain(whole)) return (double)part->count / (double)whole->count;
  ExactSum num = {0}, den = {0};
  add_amount(&num, part);
  add_amount(&den, whole);
  return mlm_sum_ratio(&num, &den);
}

double mlm_weight_sum_overlap(const WeightSum *both, const WeightSum *a, const WeightSum *b) {
  if (plain(both) && plain(a) && plain(b)) return (double)(2 * both->count) / (double)(a->count + b->count);
  ExactSum num = {0}, den = {0};
  mlm_sum_add_amount(&num, both, 2);
  add_amount(&den, a);
  add_amount(&den, b);
  return mlm_sum_ratio(&num, &den);
}

void mlm_weight_sum_save(const WeightSum *amount, Writer *out) {
  mlm_write_varint(out, (uint64_t)amount->count);
  mlm_write_varint(out, (uint64_t)mlm_weight_sum_fractional_rows(amount));
  if (!amount->others) return;
  ExactSum sum = {0};
  add_others(&sum, amount->others, 1);
  mlm_sum_save(&sum, out);
}

/* A single row's sum is its weight. */
static Status load_single(WeightSum *amount, const ExactSum *sum, const Host *host) {
  double weight = mlm_sum_round(sum);
  ExactSum overflow = *sum;
  mlm_sum_add(&overflow, weight, -1);
  if (!mlm_sum_is_zero(&overflow) || mlm_integral_weight(weight)) return MLM_CORRUPT;
  FractionalRows row = {.rows = 1, .weight = weight};
  return mlm_weight_sum_add_fractional(amount, &row, 1, host);
}

static Status load_others(WeightSum *amount, int64_t rows, Reader *in, const Host *host) {
  ExactSum sum = {0};
  mlm_sum_load(&sum, in);
  if (in->failed || mlm_specials(&sum.range) || mlm_sum_sign(&sum) <= 0) return MLM_CORRUPT;
  if (!(mlm_sum_round_scaled(&sum, -63) < INFINITY)) return MLM_CORRUPT; /* more than 2^63 rows can weigh */
  if (rows == 1) return load_single(amount, &sum, host);
  FractionalRows *others = new_others(0, true, host);
  if (!others) return MLM_NOMEM;
  others->rows = rows;
  others->sum[0] = sum;
  amount->others = others;
  return MLM_OK;
}

Status mlm_weight_sum_load(WeightSum *amount, Reader *in, const Host *host) {
  uint64_t count = mlm_read_varint(in), others = mlm_read_varint(in);
  if (in->failed || count > INT64_MAX || others > INT64_MAX || (count | others) == 0) return MLM_CORRUPT;
  amount->count = (int64_t)count;
  return others ? load_others(amount, (int64_t)others, in, host) : MLM_OK;
}

void mlm_weight_sum_clear(WeightSum *amount, const Host *host) {
  host->free(amount->others);
  *amount = (WeightSum){0};
}
