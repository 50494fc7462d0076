/* The 2x2 table of decisions at a cutoff: four exact cells. */
#include "state/confusion2.h"

#include "math/double_double.h"
#include "state/confusion2_internal.h"

/* Rows of other weights than whole ones. */
typedef struct Confusion2Weights {
  int64_t rows;
  ExactSum cell[TALLY_CELLS];
} Confusion2Weights;

static Status make_weighted(Confusion2Counts *d, const Host *host) {
  if (!d->weighted) d->weighted = mlm_new_zeroed(host, sizeof *d->weighted);
  return d->weighted ? MLM_OK : MLM_NOMEM;
}

/* Not inlined, so that add() need not save a register. */
__attribute__((noinline)) static Status add_weighted(Confusion2Counts *d, int cell, double weight,
                                                     int64_t count, int sign, const Host *host) {
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
    for (int i = 0; i < TALLY_CELLS; i++)
      mlm_sum_add_sum(&d->weighted->cell[i], &other->weighted->cell[i], sign);
  }
  for (int i = 0; i < TALLY_CELLS; i++) {
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

/* So that in a formula no sum of cells, nor twice one, overflows, and none falls below the least double;
 * beside a total beyond 2^1021 a cell below 2^-894 loses digits. */
static int exponent_of_total(double total) { return total >= 0x1p1021 ? 128 : total < 0x1p-900 ? -128 : 0; }

Confusion2 mlm_confusion2_of(const ExactSum *const cell[TALLY_CELLS]) {
  double x[TALLY_CELLS], total = 0;
  for (int i = 0; i < TALLY_CELLS; i++) total += x[i] = mlm_sum_round(cell[i]);
  int exponent = exponent_of_total(total);
  for (int i = 0; i < TALLY_CELLS && exponent != 0; i++) x[i] = mlm_sum_round_scaled(cell[i], -exponent);
  return (Confusion2){.tn = x[0], .fn = x[1], .fp = x[2], .tp = x[3], .exponent = exponent};
}

static Confusion2 tally_of(const Confusion2Counts *d) {
  const int64_t *n = d->cell;
  if (!has_weighted(d))
    return (Confusion2){.tn = (double)n[0], .fn = (double)n[1], .fp = (double)n[2], .tp = (double)n[3]};
  ExactSum sum[TALLY_CELLS];
  for (int i = 0; i < TALLY_CELLS; i++) {
    sum[i] = d->weighted->cell[i];
    mlm_sum_add_integer(&sum[i], n[i]);
  }
  return mlm_confusion2_of((const ExactSum *const[TALLY_CELLS]){&sum[0], &sum[1], &sum[2], &sum[3]});
}

static double value(const void *state, Formula formula, const Params *params) {
  Confusion2 confusion = tally_of(state);
  return formula.confusion(&confusion, params->value);
}

static bool integral(const void *state) { return !has_weighted(state); }

static void write(const void *state, Formula formula, const Params *params, StrBuf *out) {
  Confusion2 confusion = tally_of(state);
  formula.confusion_text(&confusion, params->value, integral(state) && !params->weighted, out);
}

static bool empty(const void *state) {
  const Confusion2Counts *d = state;
  return (d->cell[0] | d->cell[1] | d->cell[2] | d->cell[3]) == 0 && !has_weighted(d);
}

static void save(const void *state, Writer *out) {
  const Confusion2Counts *d = state;
  for (int i = 0; i < TALLY_CELLS; i++) mlm_write_varint(out, (uint64_t)d->cell[i]);
  mlm_write_varint(out, has_weighted(d) ? (uint64_t)d->weighted->rows : 0);
  for (int i = 0; i < TALLY_CELLS && has_weighted(d); i++) mlm_sum_save(&d->weighted->cell[i], out);
}

static Status load(void *state, Reader *in, const Host *host) {
  Confusion2Counts *d = state;
  for (int i = 0; i < TALLY_CELLS; i++) {
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
  for (int i = 0; i < TALLY_CELLS; i++) {
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
    .cost = "O(1) memory; a row costs O(1), coming or leaving a window, and so does a value.",
    .bytes = sizeof(Confusion2Counts),
    .fast_path = FAST_CONFUSION2,
    .add = add,
    .add_times = add_times,
    .merge = merge,
    .subtract = subtract,
    .value = value,
    .write = write,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
    .integral = integral,
};
