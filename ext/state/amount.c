/* Rows and their weight: a count of whole weights, and an exact sum where other weights occur. */
#include "state/amount.h"

#include <math.h>

#include "state/row.h"

static void add_others(ExactSum *sum, const OtherRows *others, int sign) {
  if (others->differ)
    mlm_sum_add_sum(sum, others->sum, sign);
  else
    mlm_sum_add_times(sum, others->weight, (uint64_t)others->rows, sign);
}

static void add_amount(ExactSum *sum, const Amount *amount) {
  if (amount->count) mlm_sum_add_integer(sum, amount->count);
  if (amount->others) add_others(sum, amount->others, 1);
}

/* Whether it is a count that is a double, and so is twice the sum of two such. */
static bool plain(const Amount *amount) { return !amount->others && amount->count >> 51 == 0; }

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

void mlm_sum_add_amount(ExactSum *sum, const Amount *amount, uint64_t times) {
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

void mlm_product_add_amounts(ProductSum *sum, const Amount *a, const Amount *b, int sign) {
  if (plain(a) && plain(b)) {
    mlm_product_add(sum, (double)a->count, (double)b->count, sign);
  } else if (!mlm_amount_is_zero(a) && !mlm_amount_is_zero(b)) {
    ExactSum x = {0}, y = {0};
    add_amount(&x, a);
    add_amount(&y, b);
    mlm_product_add_sums(sum, &x, &y, sign);
  }
}

void mlm_product_add_amount(ProductSum *sum, double x, const Amount *amount) {
  if (plain(amount)) {
    mlm_product_add(sum, x, (double)amount->count, 1);
  } else {
    ExactSum factor = {0}, weight = {0};
    mlm_sum_add(&factor, x, 1);
    add_amount(&weight, amount);
    mlm_product_add_sums(sum, &factor, &weight, 1);
  }
}

static OtherRows *new_others(double weight, bool differ, const Host *host) {
  OtherRows *others = host->resize(NULL, sizeof *others + (differ ? sizeof others->sum[0] : 0));
  if (!others) return NULL;
  *others = (OtherRows){.weight = weight, .differ = differ};
  if (differ) memset(others->sum, 0, sizeof others->sum[0]);
  return others;
}

/* From one weight for all to a sum. */
static Status widen(Amount *amount, const Host *host) {
  OtherRows *wide = host->resize(amount->others, sizeof *wide + sizeof wide->sum[0]);
  if (!wide) return MLM_NOMEM;
  amount->others = wide;
  memset(wide->sum, 0, sizeof wide->sum[0]);
  mlm_sum_add_times(wide->sum, wide->weight, (uint64_t)wide->rows, 1);
  wide->differ = true;
  return MLM_OK;
}

/* By their bits, which no mode of the processor turns to zero. */
static bool same_weight(const OtherRows *a, const OtherRows *b) {
  return !b->differ && memcmp(&a->weight, &b->weight, sizeof a->weight) == 0;
}

Status mlm_amount_fold_others(Amount *into, const OtherRows *from, int sign, const Host *host) {
  if (!into->others) {
    into->others = new_others(from->weight, from->differ, host);
    if (!into->others) return MLM_NOMEM;
  }
  if (!into->others->differ && !same_weight(into->others, from)) {
    Status status = widen(into, host);
    if (status) return status;
  }
  OtherRows *others = into->others;
  others->rows += sign * from->rows;
  if (others->differ) add_others(others->sum, from, sign);
  if (others->rows != 0) return MLM_OK;
  host->release(others);
  into->others = NULL;
  return MLM_OK;
}

double mlm_amount_value(const Amount *amount) {
  if (!amount->others) return (double)amount->count;
  ExactSum sum = {0};
  add_amount(&sum, amount);
  return mlm_sum_round(&sum);
}

double mlm_amount_value_of_both(const Amount *a, const Amount *b) {
  if (!a->others && !b->others) return (double)(a->count + b->count);
  ExactSum sum = {0};
  add_amount(&sum, a);
  add_amount(&sum, b);
  return mlm_sum_round(&sum);
}

double mlm_amount_share(const Amount *part, const Amount *rest) {
  const int64_t exact = (int64_t)1 << 53;
  if (!part->others && !rest->others && part->count + rest->count <= exact)
    return (double)part->count / (double)(part->count + rest->count);
  ExactSum sum = {0};
  ProductSum num = {0};
  add_amount(&sum, part);
  mlm_product_add_sum(&num, &sum, 1);
  add_amount(&sum, rest);
  return mlm_product_ratio(&num, &sum);
}

double mlm_amount_ratio(const Amount *part, const Amount *whole) {
  if (plain(part) && plain(whole)) return (double)part->count / (double)whole->count;
  ExactSum num = {0}, den = {0};
  add_amount(&num, part);
  add_amount(&den, whole);
  return mlm_sum_ratio(&num, &den);
}

double mlm_amount_overlap(const Amount *both, const Amount *a, const Amount *b) {
  if (plain(both) && plain(a) && plain(b)) return (double)(2 * both->count) / (double)(a->count + b->count);
  ExactSum num = {0}, den = {0};
  mlm_sum_add_amount(&num, both, 2);
  add_amount(&den, a);
  add_amount(&den, b);
  return mlm_sum_ratio(&num, &den);
}

void mlm_amount_save(const Amount *amount, Writer *out) {
  mlm_write_varint(out, (uint64_t)amount->count);
  mlm_write_varint(out, (uint64_t)mlm_amount_other_rows(amount));
  if (!amount->others) return;
  ExactSum sum = {0};
  add_others(&sum, amount->others, 1);
  mlm_sum_save(&sum, out);
}

/* A single row's sum is its weight. */
static Status load_single(Amount *amount, const ExactSum *sum, const Host *host) {
  double weight = mlm_sum_round(sum);
  ExactSum rest = *sum;
  mlm_sum_add(&rest, weight, -1);
  if (!mlm_sum_is_zero(&rest) || mlm_whole_weight(weight)) return MLM_CORRUPT;
  OtherRows row = {.rows = 1, .weight = weight};
  return mlm_amount_fold_others(amount, &row, 1, host);
}

static Status load_others(Amount *amount, int64_t rows, Reader *in, const Host *host) {
  ExactSum sum = {0};
  mlm_sum_load(&sum, in);
  if (in->failed || mlm_specials(&sum.range) || mlm_sum_sign(&sum) <= 0) return MLM_CORRUPT;
  if (!(mlm_sum_round_scaled(&sum, -63) < INFINITY)) return MLM_CORRUPT; /* more than 2^63 rows can weigh */
  if (rows == 1) return load_single(amount, &sum, host);
  OtherRows *others = new_others(0, true, host);
  if (!others) return MLM_NOMEM;
  others->rows = rows;
  others->sum[0] = sum;
  amount->others = others;
  return MLM_OK;
}

Status mlm_amount_load(Amount *amount, Reader *in, const Host *host) {
  uint64_t count = mlm_read_varint(in), others = mlm_read_varint(in);
  if (in->failed || count > INT64_MAX || others > INT64_MAX || (count | others) == 0) return MLM_CORRUPT;
  amount->count = (int64_t)count;
  return others ? load_others(amount, (int64_t)others, in, host) : MLM_OK;
}

void mlm_amount_clear(Amount *amount, const Host *host) {
  host->release(amount->others);
  *amount = (Amount){0};
}
