/* The state of kind 2x2 confusion matrix: four exact cells. */
#include "state/confusion2.h"

#include "base/compiler.h"
#include "math/double_double.h"
#include "state/confusion2_internal.h"
#include "state/exact_sum_round.h"
#include "state/exact_sum_save.h"

/* Rows of fractional weight. */
typedef struct Confusion2Weights {
  int64_t rows;
  ExactSum cell[CONFUSION2_CELLS];
} Confusion2Weights;

static Status make_weighted(Confusion2Counts *d, const Host *host) {
  if (!d->weighted) d->weighted = mlm_new_zeroed(host, sizeof *d->weighted);
  return d->weighted ? MLM_OK : MLM_NOMEM;
}

static MLM_NOINLINE Status add_weighted(Confusion2Counts *d, int cell, double weight, int64_t count, int sign,
                                        const Host *host) {
  Status status = make_weighted(d, host);
  if (status) return status;
  if (sign > 0 && count > MLM_MOST_ROWS - d->weighted->rows) return MLM_OVERFLOW;
  d->weighted->rows += sign * count;
  mlm_sum_add_times(&d->weighted->cell[cell], weight, (uint64_t)count, sign);
  return MLM_OK;
}

static Status add_times(void *state, const Row *row, int64_t count, int sign, const Host *host) {
  Confusion2Counts *d = state;
  int cell = mlm_cell_of(row->pred, row->param, row->target != 0);
  int64_t k = (int64_t)mlm_integral_weight(row->weight);
  if (!k) return add_weighted(d, cell, row->weight, count, sign, host);
  if (sign > 0 && count > (MLM_MOST_ROWS - d->cell[cell]) / k) return MLM_OVERFLOW;
  d->cell[cell] += sign * k * count;
  return MLM_OK;
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  return add_times(state, row, 1, sign, host);
}

static bool has_weighted(const Confusion2Counts *d) { return d->weighted && d->weighted->rows > 0; }

static Status combine(Confusion2Counts *d, const Confusion2Counts *other, int sign, const Host *host) {
  int64_t own = d->weighted ? d->weighted->rows : 0;
  if (has_weighted(other)) {
    if (sign > 0 && other->weighted->rows > MLM_MOST_ROWS - own) return MLM_OVERFLOW;
    Status status = make_weighted(d, host);
    if (status) return status;
    d->weighted->rows += sign * other->weighted->rows;
    for (int i = 0; i < CONFUSION2_CELLS; i++)
      mlm_sum_add_sum(&d->weighted->cell[i], &other->weighted->cell[i], sign);
  }
  for (int i = 0; i < CONFUSION2_CELLS; i++) {
    if (sign > 0 && other->cell[i] > MLM_MOST_ROWS - d->cell[i]) return MLM_OVERFLOW;
    d->cell[i] += sign * other->cell[i];
  }
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1, host); }

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1, host); }

double mlm_confusion2_weight(const Confusion2 *confusion, double cell) {
  return confusion->exponent == 0 ? cell : cell * power_of_two(confusion->exponent);
}

int mlm_exponent_of_weights(double total) { return total >= 0x1p1021 ? 128 : total < 0x1p-900 ? -128 : 0; }

/* The difference of the sum and x·2^exponent, in units of 2^exponent. x·2^128 may overflow, but x·2^66 does
 * not, because no sum reaches 2^1086. */
static double low_part(const ExactSum *cell, double x, int exponent) {
  ExactSum rest = *cell;
  if (exponent > 0)
    mlm_sum_add_times(&rest, x * power_of_two(exponent - 62), (uint64_t)1 << 62, -1);
  else
    mlm_sum_add(&rest, x * power_of_two(exponent), -1);
  return mlm_sum_round_scaled(&rest, -exponent);
}

Confusion2 mlm_confusion2_of(const ExactSum *const cell[CONFUSION2_CELLS]) {
  double x[CONFUSION2_CELLS], total = 0;
  for (int i = 0; i < CONFUSION2_CELLS; i++) total += x[i] = mlm_sum_round(cell[i]);
  int exponent = mlm_exponent_of_weights(total);
  for (int i = 0; i < CONFUSION2_CELLS && exponent != 0; i++) x[i] = mlm_sum_round_scaled(cell[i], -exponent);
  Confusion2 confusion = {.tn = x[0], .fn = x[1], .fp = x[2], .tp = x[3], .exponent = exponent};
  for (int i = 0; i < CONFUSION2_CELLS; i++) confusion.low[i] = low_part(cell[i], x[i], exponent);
  return confusion;
}

/* Compares each cell, because their sum could overflow. */
static bool are_few(const int64_t n[CONFUSION2_CELLS]) {
  const int64_t most = MLM_MOST_COUNTS / CONFUSION2_CELLS;
  return n[0] <= most && n[1] <= most && n[2] <= most && n[3] <= most;
}

Confusion2 mlm_confusion2_table(const void *state) {
  const Confusion2Counts *d = state;
  const int64_t *n = d->cell;
  if (!has_weighted(d) && are_few(n))
    return (Confusion2){
        .tn = (double)n[0], .fn = (double)n[1], .fp = (double)n[2], .tp = (double)n[3], .counts = true};
  ExactSum sum[CONFUSION2_CELLS] = {0};
  for (int i = 0; i < CONFUSION2_CELLS; i++) {
    if (d->weighted) sum[i] = d->weighted->cell[i];
    mlm_sum_add_integer(&sum[i], n[i]);
  }
  return mlm_confusion2_of((const ExactSum *const[CONFUSION2_CELLS]){&sum[0], &sum[1], &sum[2], &sum[3]});
}

static bool integral(const void *state) { return !has_weighted(state); }

static bool empty(const void *state) {
  const Confusion2Counts *d = state;
  return (d->cell[0] | d->cell[1] | d->cell[2] | d->cell[3]) == 0 && !has_weighted(d);
}

static void save(const void *state, Writer *out) {
  const Confusion2Counts *d = state;
  for (int i = 0; i < CONFUSION2_CELLS; i++) mlm_write_varint(out, (uint64_t)d->cell[i]);
  mlm_write_varint(out, has_weighted(d) ? (uint64_t)d->weighted->rows : 0);
  for (int i = 0; i < CONFUSION2_CELLS && has_weighted(d); i++) mlm_sum_save(&d->weighted->cell[i], out);
}

static Status load(void *state, Reader *in, const Host *host) {
  Confusion2Counts *d = state;
  for (int i = 0; i < CONFUSION2_CELLS; i++) {
    uint64_t n = mlm_read_varint(in);
    if (n > INT64_MAX) in->failed = true;
    d->cell[i] = in->failed ? 0 : (int64_t)n;
  }
  uint64_t rows = mlm_read_varint(in);
  if (in->failed || rows > INT64_MAX) return MLM_CORRUPT;
  if (rows == 0) return MLM_OK;
  Status status = make_weighted(d, host);
  if (status) return status;
  d->weighted->rows = (int64_t)rows;
  int used = 0;
  for (int i = 0; i < CONFUSION2_CELLS; i++) {
    ExactSum *cell = &d->weighted->cell[i];
    mlm_sum_load(cell, in);
    if (in->failed || mlm_specials(&cell->range) || mlm_sum_sign(cell) < 0) return MLM_CORRUPT;
    used += mlm_sum_sign(cell);
  }
  return used > 0 ? MLM_OK : MLM_CORRUPT;
}

static void clear(void *state, const Host *host) { host->free(((Confusion2Counts *)state)->weighted); }

const StateType mlm_confusion2_state = {
    .name = "tally",
    .cost =
        "O(1) memory. Adding a row takes O(1) time; so do removing one from a window and computing a value.",
    .bytes = sizeof(Confusion2Counts),
    .fast_path = FAST_CONFUSION2,
    .add = add,
    .add_times = add_times,
    .merge = merge,
    .subtract = subtract,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
    .integral = integral,
};

/* ---- two classifiers ---- */

/* Equal values are of one type: see row.h. */
static bool are_same(const Class *a, const Class *b) {
  if (a->type != b->type) return false;
  if (a->type == CLASS_INTEGER) return a->integer == b->integer;
  if (a->type == CLASS_REAL) return a->real == b->real;
  return a->n == b->n && (a->n == 0 || memcmp(a->bytes, b->bytes, a->n) == 0);
}

static Status add_hits(void *state, const Row *row, int sign, const Host *host) {
  Row hits = {.weight = row->weight, .param = 1};
  hits.pred = are_same(&row->pred_class, &row->target_class);
  hits.target = are_same(&row->other_class, &row->target_class);
  return add_times(state, &hits, 1, sign, host);
}

const StateType mlm_paired_hits_state = {
    .name = "paired_hits",
    .cost =
        "O(1) memory. Adding a row takes O(1) time; so do removing one from a window and computing a value.",
    .bytes = sizeof(Confusion2Counts),
    .add = add_hits,
    .merge = merge,
    .subtract = subtract,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
    .integral = integral,
};
