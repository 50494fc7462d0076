/* The state of kind sum_ratio: the exact weighted sums of a value and of a base per row, of which the result
 * is one ratio. */
#include "state/sum_ratio.h"

#include <math.h>

#include "state/exact_sum_product.h"
#include "state/exact_sum_round.h"
#include "state/exact_sum_save.h"

struct SumRatio {
  int64_t rows; /* an integral weight k counts as k rows, any other weight as one */
  ProductSum value, base;
};

/* Adds x·weight; an infinite x counts as often as the row. */
static void add_number(ProductSum *sum, double x, double weight, int sign) {
  uint64_t k = mlm_integral_weight(weight);
  if (k > 1 && !(fabs(x) < INFINITY))
    mlm_product_add_times(sum, x, 1, k, sign);
  else
    mlm_product_add(sum, x, weight, sign);
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  SumRatio *ratio = state;
  int64_t k = (int64_t)mlm_integral_weight(row->weight), rows = k ? k : 1;
  if (sign > 0 && rows > MLM_MOST_ROWS - ratio->rows) return MLM_OVERFLOW;
  ratio->rows += sign * rows;
  add_number(&ratio->value, row->value, row->weight, sign);
  add_number(&ratio->base, row->base, row->weight, sign);
  return MLM_OK;
}

static Status combine(SumRatio *ratio, const SumRatio *other, int sign) {
  if (sign > 0 && other->rows > MLM_MOST_ROWS - ratio->rows) return MLM_OVERFLOW;
  ratio->rows += sign * other->rows;
  mlm_product_add_products(&ratio->value, &other->value, sign);
  mlm_product_add_products(&ratio->base, &other->base, sign);
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1); }

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1); }

double mlm_sum_ratio_value(const SumRatio *ratio) {
  if (mlm_specials(&ratio->base.range) > 0) return NAN;
  if (mlm_specials(&ratio->value.range) > 0) return mlm_product_round(&ratio->value);
  if (mlm_product_sign(&ratio->base) != 0) return mlm_product_ratio_products(&ratio->value, &ratio->base);
  return mlm_product_sign(&ratio->value) == 0 ? NAN : INFINITY;
}

static bool empty(const void *state) { return ((const SumRatio *)state)->rows == 0; }

static void save(const void *state, Writer *out) {
  const SumRatio *ratio = state;
  mlm_write_varint(out, (uint64_t)ratio->rows);
  mlm_product_save(&ratio->value, out);
  mlm_product_save(&ratio->base, out);
}

static bool sound(const ProductSum *sum, int64_t rows) {
  return mlm_specials(&sum->range) <= rows && (rows > 0 || mlm_product_sign(sum) == 0);
}

static Status load(void *state, Reader *in, const Host *host) {
  SumRatio *ratio = state;
  uint64_t rows = mlm_read_varint(in);
  mlm_product_load(&ratio->value, in);
  mlm_product_load(&ratio->base, in);
  if (in->failed || rows > INT64_MAX) return MLM_CORRUPT;
  ratio->rows = (int64_t)rows;
  return sound(&ratio->value, ratio->rows) && sound(&ratio->base, ratio->rows) ? MLM_OK : MLM_CORRUPT;
}

const StateType mlm_sum_ratio_state = {
    .name = "sum_ratio",
    .cost =
        "O(1) memory. Adding a row takes O(1) time; so do removing one from a window and computing a value.",
    .bytes = sizeof(SumRatio),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .save = save,
    .load = load,
    .empty = empty,
};
