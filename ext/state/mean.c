/* The state of kind mean: the exact sum of a value per row over the exact sum of weights, rounded once. */
#include <math.h>

#include "base/compiler.h"
#include "state/mean.h"
#include "state/mean_internal.h"
#include "state/exact_sum_round.h"
#include "state/exact_sum_product.h"
#include "state/exact_sum_save.h"

/* Rows of fractional weight. */
typedef struct WeightedMean {
  int64_t rows;
  ExactSum weight;
  ProductSum product;
} WeightedMean;

static int64_t weighted_rows(const Mean *mean) { return mean->weighted ? mean->weighted->rows : 0; }

static int64_t integral_rows(const Mean *mean) { return mean->rows - weighted_rows(mean); }

static Status make_weighted(Mean *mean, const Host *host) {
  if (!mean->weighted) mean->weighted = mlm_new_zeroed(host, sizeof *mean->weighted);
  return mean->weighted ? MLM_OK : MLM_NOMEM;
}

static MLM_NOINLINE Status add_times(void *state, const Row *row, int64_t count, int sign, const Host *host) {
  Mean *mean = state;
  int64_t k = (int64_t)mlm_integral_weight(row->weight), each = k ? k : 1;
  if (sign > 0 && count > (MLM_MOST_ROWS - mean->rows) / each) return MLM_OVERFLOW;
  if (k) {
    mlm_sum_add_times(&mean->sum, row->value, (uint64_t)(k * count), sign);
  } else {
    Status status = make_weighted(mean, host);
    if (status) return status;
    mean->weighted->rows += sign * count;
    mlm_sum_add_times(&mean->weighted->weight, row->weight, (uint64_t)count, sign);
    mlm_product_add_times(&mean->weighted->product, row->value, row->weight, (uint64_t)count, sign);
  }
  mean->rows += sign * each * count;
  return MLM_OK;
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  if (row->weight != 1) return add_times(state, row, 1, sign, host);
  mlm_mean_add_plain(state, row->value, sign);
  return MLM_OK;
}

static Status combine(Mean *mean, const Mean *other, int sign, const Host *host) {
  int64_t weighted = weighted_rows(other);
  if (sign > 0 && other->rows > MLM_MOST_ROWS - mean->rows) return MLM_OVERFLOW;
  if (weighted > 0) {
    Status status = make_weighted(mean, host);
    if (status) return status;
    mean->weighted->rows += sign * weighted;
    mlm_sum_add_sum(&mean->weighted->weight, &other->weighted->weight, sign);
    mlm_product_add_products(&mean->weighted->product, &other->weighted->product, sign);
  }
  mean->rows += sign * other->rows;
  mlm_sum_add_sum(&mean->sum, &other->sum, sign);
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1, host); }

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1, host); }

static bool has_weighted(const Mean *mean) { return weighted_rows(mean) > 0; }

double mlm_mean_value(const Mean *mean) {
  if (!has_weighted(mean)) return mean->rows > 0 ? mlm_sum_mean(&mean->sum, mean->rows) : NAN;
  ProductSum num = mean->weighted->product;
  ExactSum den = mean->weighted->weight;
  mlm_product_add_sum(&num, &mean->sum, 1);
  mlm_sum_add_integer(&den, integral_rows(mean));
  return mlm_product_ratio(&num, &den);
}

double mlm_mean_weight(const Mean *mean, bool *fractional) {
  *fractional = has_weighted(mean);
  if (!*fractional) return (double)mean->rows;
  ExactSum weight = mean->weighted->weight;
  mlm_sum_add_integer(&weight, integral_rows(mean));
  return mlm_sum_round(&weight);
}

static bool empty(const void *state) { return ((const Mean *)state)->rows == 0; }

static void save(const void *state, Writer *out) {
  const Mean *mean = state;
  mlm_write_varint(out, (uint64_t)integral_rows(mean));
  mlm_sum_save(&mean->sum, out);
  mlm_write_varint(out, (uint64_t)weighted_rows(mean));
  if (!has_weighted(mean)) return;
  mlm_sum_save(&mean->weighted->weight, out);
  mlm_product_save(&mean->weighted->product, out);
}

static Status load(void *state, Reader *in, const Host *host) {
  Mean *mean = state;
  uint64_t rows = mlm_read_varint(in);
  mlm_sum_load(&mean->sum, in);
  uint64_t weighted = mlm_read_varint(in);
  if (in->failed || rows > INT64_MAX || weighted > INT64_MAX - rows
      || mlm_specials(&mean->sum.range) > (int64_t)rows || (rows == 0 && mlm_sum_sign(&mean->sum) != 0))
    return MLM_CORRUPT;
  mean->rows = (int64_t)(rows + weighted);
  if (weighted == 0) return MLM_OK;
  Status status = make_weighted(mean, host);
  if (status) return status;
  mean->weighted->rows = (int64_t)weighted;
  mlm_sum_load(&mean->weighted->weight, in);
  mlm_product_load(&mean->weighted->product, in);
  bool sound = !in->failed && mlm_specials(&mean->weighted->weight.range) == 0
               && mlm_sum_sign(&mean->weighted->weight) > 0
               && mlm_specials(&mean->weighted->product.range) <= (int64_t)weighted;
  return sound ? MLM_OK : MLM_CORRUPT;
}

static void clear(void *state, const Host *host) { host->free(((Mean *)state)->weighted); }

const StateType mlm_mean_state = {
    .name = "mean",
    .cost = "O(1) memory. Adding a row takes O(1) time, and so does removing one from a window; a value "
            "takes O(1) time.",
    .bytes = sizeof(Mean),
    .fast_path = FAST_MEAN,
    .add = add,
    .add_times = add_times,
    .merge = merge,
    .subtract = subtract,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
};
