/* The state of kind vector_sums: for each element of the rows' vectors the exact sum, and the exact sum of
 * the weights. */
#include "state/vector_sums.h"

#include "state/exact_sum_round.h"
#include "state/exact_sum_save.h"

struct VectorSums {
  int64_t rows;        /* rows of integral weight; a weight k counts as k rows */
  int64_t weighted;    /* rows of fractional weight */
  ExactSum weight;     /* their weight */
  size_t n;            /* elements of each vector; 0: no row yet */
  ExactSum *sum;       /* n sums over the rows of integral weight */
  ProductSum *product; /* n sums over the others; NULL: there are none */
};

static bool has_rows(const VectorSums *sums) { return sums->rows + sums->weighted > 0; }

static void drop(VectorSums *sums, const Host *host) {
  host->free(sums->sum);
  host->free(sums->product);
  *sums = (VectorSums){0};
}

/* Gives a state without rows the length of its vectors. */
static Status set_length(VectorSums *sums, size_t n, const Host *host) {
  if (sums->n == n) return MLM_OK;
  if (has_rows(sums)) return MLM_MISMATCH;
  drop(sums, host);
  if (n > SIZE_MAX / sizeof *sums->product) return MLM_TOOBIG; /* unreachable: no address space is so large */
  sums->sum = mlm_new_zeroed(host, n * sizeof *sums->sum);
  if (!sums->sum) return MLM_NOMEM;
  sums->n = n;
  return MLM_OK;
}

static Status make_products(VectorSums *sums, const Host *host) {
  if (!sums->product) sums->product = mlm_new_zeroed(host, sums->n * sizeof *sums->product);
  return sums->product ? MLM_OK : MLM_NOMEM;
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  VectorSums *sums = state;
  const double *x = row->preds.at;
  uint64_t k = mlm_integral_weight(row->weight);
  Status status = set_length(sums, row->preds.n, host);
  if (!status && k == 0) status = make_products(sums, host);
  if (status) return status;
  if (sign > 0 && (int64_t)(k ? k : 1) > MLM_MOST_ROWS - sums->rows - sums->weighted) return MLM_OVERFLOW;
  sums->rows += sign * (int64_t)k;
  if (k == 0) {
    sums->weighted += sign;
    mlm_sum_add(&sums->weight, row->weight, sign);
  }
  for (size_t i = 0; i < sums->n; i++)
    if (k == 1)
      mlm_sum_add(&sums->sum[i], x[i], sign);
    else if (k > 0)
      mlm_sum_add_times(&sums->sum[i], x[i], k, sign);
    else
      mlm_product_add(&sums->product[i], x[i], row->weight, sign);
  return MLM_OK;
}

static Status combine(VectorSums *sums, const VectorSums *other, int sign, const Host *host) {
  if (!has_rows(other)) return MLM_OK;
  Status status = set_length(sums, other->n, host);
  if (!status && other->product) status = make_products(sums, host);
  if (status) return status;
  if (sign > 0 && other->rows + other->weighted > MLM_MOST_ROWS - sums->rows - sums->weighted)
    return MLM_OVERFLOW;
  sums->rows += sign * other->rows;
  sums->weighted += sign * other->weighted;
  mlm_sum_add_sum(&sums->weight, &other->weight, sign);
  for (size_t i = 0; i < sums->n; i++) {
    mlm_sum_add_sum(&sums->sum[i], &other->sum[i], sign);
    if (other->product) mlm_product_add_products(&sums->product[i], &other->product[i], sign);
  }
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1, host); }

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1, host); }

size_t mlm_vector_sums_length(const VectorSums *sums) { return sums->n; }

double mlm_vector_sums_total(const VectorSums *sums, size_t i) {
  if (sums->weighted == 0) return mlm_sum_round(&sums->sum[i]);
  ProductSum total = sums->product[i];
  mlm_product_add_sum(&total, &sums->sum[i], 1);
  return mlm_product_round(&total);
}

double mlm_vector_sums_mean(const VectorSums *sums, size_t i) {
  if (sums->weighted == 0) return mlm_sum_mean(&sums->sum[i], sums->rows);
  ProductSum total = sums->product[i];
  ExactSum weight = sums->weight;
  mlm_product_add_sum(&total, &sums->sum[i], 1);
  mlm_sum_add_integer(&weight, sums->rows);
  return mlm_product_ratio(&total, &weight);
}

static bool empty(const void *state) { return !has_rows(state); }

static void save(const void *state, Writer *out) {
  const VectorSums *sums = state;
  mlm_write_varint(out, (uint64_t)sums->rows);
  mlm_write_varint(out, (uint64_t)sums->weighted);
  mlm_write_varint(out, sums->n);
  for (size_t i = 0; i < sums->n; i++) mlm_sum_save(&sums->sum[i], out);
  if (sums->weighted == 0) return;
  mlm_sum_save(&sums->weight, out);
  for (size_t i = 0; i < sums->n; i++) mlm_product_save(&sums->product[i], out);
}

static Status load_products(VectorSums *sums, Reader *in, const Host *host) {
  mlm_sum_load(&sums->weight, in);
  bool sound = !in->failed && mlm_specials(&sums->weight.range) == 0 && mlm_sum_sign(&sums->weight) > 0;
  Status status = sound ? make_products(sums, host) : MLM_CORRUPT;
  for (size_t i = 0; i < sums->n && !status; i++) {
    mlm_product_load(&sums->product[i], in);
    if (in->failed || mlm_specials(&sums->product[i].range) > sums->weighted) status = MLM_CORRUPT;
  }
  return status;
}

static Status load(void *state, Reader *in, const Host *host) {
  enum { LEAST_BYTES = 4 }; /* of a saved sum */
  VectorSums *sums = state;
  uint64_t rows = mlm_read_varint(in), weighted = mlm_read_varint(in), n = mlm_read_count(in, LEAST_BYTES);
  if (in->failed || n == 0 || rows > INT64_MAX || weighted > (uint64_t)INT64_MAX - rows
      || rows + weighted == 0)
    return MLM_CORRUPT;
  Status status = set_length(sums, (size_t)n, host);
  if (status) return status;
  sums->rows = (int64_t)rows;
  sums->weighted = (int64_t)weighted;
  for (size_t i = 0; i < n && !status; i++) {
    mlm_sum_load(&sums->sum[i], in);
    bool none = rows == 0 && !mlm_sum_is_zero(&sums->sum[i]);
    if (in->failed || none || mlm_specials(&sums->sum[i].range) > sums->rows) status = MLM_CORRUPT;
  }
  return status || weighted == 0 ? status : load_products(sums, in, host);
}

static void clear(void *state, const Host *host) { drop(state, host); }

const StateType mlm_vector_sums_state = {
    .name = "vector_sums",
    .cost = "600 bytes for each element of the vectors, 1,800 where a weight is fractional. Adding a row "
            "takes O(elements) time; so do removing one from a window and computing a value.",
    .bytes = sizeof(VectorSums),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
};
