/* The 2x2 table of decisions at a cutoff: four exact cells. */
#include "state/tally.h"

#include "state/exact_sum.h"
#include "state/tally_inside.h"

/* Rows of other weights than whole ones. */
typedef struct WeightedDecisions {
  int64_t rows;
  ExactSum cell[TALLY_CELLS];
} WeightedDecisions;

static Status make_weighted(Decisions *d, const Host *host) {
  if (d->weighted) return MLM_OK;
  d->weighted = host->resize(NULL, sizeof *d->weighted);
  if (!d->weighted) return MLM_NOMEM;
  memset(d->weighted, 0, sizeof *d->weighted);
  return MLM_OK;
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  Decisions *d = state;
  int cell = mlm_cell_of(row->pred, row->param, row->target != 0);
  uint64_t k = mlm_whole_weight(row->weight);
  if (k) {
    if (sign > 0 && d->cell[cell] > INT64_MAX - (int64_t)k) return MLM_TOOBIG;
    d->cell[cell] += sign * (int64_t)k;
    return MLM_OK;
  }
  Status status = make_weighted(d, host);
  if (status) return status;
  d->weighted->rows += sign;
  mlm_sum_add(&d->weighted->cell[cell], row->weight, sign);
  return MLM_OK;
}

static bool has_weighted(const Decisions *d) { return d->weighted && d->weighted->rows > 0; }

static Status fold(Decisions *d, const Decisions *other, int sign, const Host *host) {
  int64_t own = d->weighted ? d->weighted->rows : 0;
  if (has_weighted(other)) {
    if (sign > 0 && other->weighted->rows > INT64_MAX - own) return MLM_TOOBIG;
    Status status = make_weighted(d, host);
    if (status) return status;
    d->weighted->rows += sign * other->weighted->rows;
    for (int i = 0; i < TALLY_CELLS; i++)
      mlm_sum_add_sum(&d->weighted->cell[i], &other->weighted->cell[i], sign);
  }
  for (int i = 0; i < TALLY_CELLS; i++) {
    if (sign > 0 && other->cell[i] > INT64_MAX - d->cell[i]) return MLM_TOOBIG;
    d->cell[i] += sign * other->cell[i];
  }
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) { return fold(into, from, 1, host); }

static Status unmerge(void *state, void *taken, const Host *host) { return fold(state, taken, -1, host); }

static double cell_of(const Decisions *d, int i) {
  if (!has_weighted(d)) return (double)d->cell[i];
  ExactSum all = d->weighted->cell[i];
  mlm_sum_add_integer(&all, d->cell[i]);
  return mlm_sum_round(&all);
}

static Tally tally_of(const Decisions *d) {
  return (Tally){.tn = cell_of(d, 0), .fn = cell_of(d, 1), .fp = cell_of(d, 2), .tp = cell_of(d, 3)};
}

static double value(const void *state, Formula formula, const Params *params) {
  Tally tally = tally_of(state);
  return formula.tally(&tally, params->value);
}

static bool integral(const void *state) { return !has_weighted(state); }

static void write(const void *state, Formula formula, const Params *params, Text *out) {
  Tally tally = tally_of(state);
  formula.tally_text(&tally, params->value, integral(state) && !params->weighted, out);
}

static bool empty(const void *state) {
  const Decisions *d = state;
  return (d->cell[0] | d->cell[1] | d->cell[2] | d->cell[3]) == 0 && !has_weighted(d);
}

static void save(const void *state, Writer *out) {
  const Decisions *d = state;
  for (int i = 0; i < TALLY_CELLS; i++) mlm_write_varint(out, (uint64_t)d->cell[i]);
  mlm_write_varint(out, has_weighted(d) ? (uint64_t)d->weighted->rows : 0);
  for (int i = 0; i < TALLY_CELLS && has_weighted(d); i++) mlm_sum_save(&d->weighted->cell[i], out);
}

static Status load(void *state, Reader *in, const Host *host) {
  Decisions *d = state;
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

static void clear(void *state, const Host *host) { host->release(((Decisions *)state)->weighted); }

const StateKind mlm_tally_state = {
    .name = "tally",
    .bytes = sizeof(Decisions),
    .add = add,
    .merge = merge,
    .unmerge = unmerge,
    .value = value,
    .write = write,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
    .integral = integral,
};
