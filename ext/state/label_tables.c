/* The state of kind label_tables: a 2x2 table for each of K labels. */
#include "state/label_tables.h"

#include "state/confusion2_internal.h"
#include "state/exact_sum_round.h"
#include "state/exact_sum_save.h"

/* Cells of fractional weights, of one label. */
typedef struct FractionalCells {
  ExactSum cell[CONFUSION2_CELLS];
} FractionalCells;

struct LabelTables {
  uint64_t labels; /* K; 0 without rows */
  int64_t rows,
      fractional; /* rows of integral weight, where a weight k counts as k rows; rows of other weights */
  int64_t *count; /* 4K counts of integral weight */
  FractionalCells *weight; /* K; NULL until a weight is fractional */
};

static Status set_labels(LabelTables *t, uint64_t labels, const Host *host) {
  if (t->labels == labels) return MLM_OK;
  if (t->labels > 0) return MLM_MISMATCH;
  /* unreachable: no vector is so long */
  if (labels > (uint64_t)1 << 32) return MLM_TOOBIG;
  t->count = mlm_new_zeroed(host, labels * CONFUSION2_CELLS * sizeof *t->count);
  if (!t->count) return MLM_NOMEM;
  t->labels = labels;
  return MLM_OK;
}

static Status need_weights(LabelTables *t, const Host *host) {
  if (!t->weight) t->weight = mlm_new_zeroed(host, t->labels * sizeof *t->weight);
  return t->weight ? MLM_OK : MLM_NOMEM;
}

static bool has_no_rows(const LabelTables *t) { return t->rows == 0 && t->fractional == 0; }

/* Without rows the state is the empty one again: the next rows may have another number of labels. */
static void clear(void *state, const Host *host) {
  LabelTables *t = state;
  host->free(t->count);
  host->free(t->weight);
  memset(t, 0, sizeof *t);
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  LabelTables *t = state;
  int64_t k = (int64_t)mlm_integral_weight(row->weight);
  Status status = set_labels(t, row->preds.n, host);
  if (!status && !k) status = need_weights(t, host);
  if (!status && sign > 0 && (k ? k : 1) > MLM_MOST_ROWS - (k ? t->rows : t->fractional))
    status = MLM_OVERFLOW;
  if (status) return status;
  for (uint64_t i = 0; i < t->labels; i++) {
    int cell = mlm_cell_of(row->preds.at[i], row->x[0], row->targets.at[i] != 0);
    if (k)
      t->count[i * CONFUSION2_CELLS + (uint64_t)cell] += sign * k;
    else
      mlm_sum_add(&t->weight[i].cell[cell], row->weight, sign);
  }
  *(k ? &t->rows : &t->fractional) += sign * (k ? k : 1);
  if (has_no_rows(t)) clear(t, host);
  return MLM_OK;
}

static Status combine(LabelTables *t, const LabelTables *other, int sign, const Host *host) {
  if (other->labels == 0) return MLM_OK;
  Status status = set_labels(t, other->labels, host);
  if (!status && other->weight) status = need_weights(t, host);
  if (!status && sign > 0
      && (other->rows > MLM_MOST_ROWS - t->rows || other->fractional > MLM_MOST_ROWS - t->fractional))
    status = MLM_OVERFLOW;
  if (status) return status;
  for (uint64_t i = 0; i < t->labels * CONFUSION2_CELLS; i++) t->count[i] += sign * other->count[i];
  for (uint64_t i = 0; other->weight && i < t->labels; i++)
    for (int cell = 0; cell < CONFUSION2_CELLS; cell++)
      mlm_sum_add_sum(&t->weight[i].cell[cell], &other->weight[i].cell[cell], sign);
  t->rows += sign * other->rows;
  t->fractional += sign * other->fractional;
  if (has_no_rows(t)) clear(t, host);
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1, host); }

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1, host); }

static void save(const void *state, Writer *out) {
  const LabelTables *t = state;
  mlm_write_varint(out, t->labels);
  mlm_write_varint(out, (uint64_t)t->rows);
  mlm_write_varint(out, (uint64_t)t->fractional);
  for (uint64_t i = 0; i < t->labels * CONFUSION2_CELLS; i++) mlm_write_varint(out, (uint64_t)t->count[i]);
  for (uint64_t i = 0; t->fractional > 0 && i < t->labels; i++)
    for (int cell = 0; cell < CONFUSION2_CELLS; cell++) mlm_sum_save(&t->weight[i].cell[cell], out);
}

/* The counts of a label, which add up to the rows. */
static bool read_counts(LabelTables *t, uint64_t label, Reader *in) {
  uint64_t left = (uint64_t)t->rows;
  for (int cell = 0; cell < CONFUSION2_CELLS; cell++) {
    uint64_t n = mlm_read_varint(in);
    if (in->failed || n > left) return false;
    left -= n;
    t->count[label * CONFUSION2_CELLS + (uint64_t)cell] = (int64_t)n;
  }
  return left == 0;
}

static bool read_weights(FractionalCells *cells, Reader *in) {
  int used = 0;
  for (int cell = 0; cell < CONFUSION2_CELLS; cell++) {
    ExactSum *sum = &cells->cell[cell];
    mlm_sum_load(sum, in);
    if (in->failed || mlm_specials(&sum->range) || mlm_sum_sign(sum) < 0) return false;
    used += mlm_sum_sign(sum);
  }
  return used > 0;
}

static Status load(void *state, Reader *in, const Host *host) {
  LabelTables *t = state;
  uint64_t labels = mlm_read_varint(in), rows = mlm_read_varint(in), fractional = mlm_read_varint(in);
  if (in->failed || rows > INT64_MAX || fractional > INT64_MAX || (labels > 0) != (rows + fractional > 0)
      || labels > mlm_read_left(in) / CONFUSION2_CELLS)
    return MLM_CORRUPT;
  if (labels == 0) return MLM_OK;
  Status status = set_labels(t, labels, host);
  if (!status && fractional > 0 && labels > mlm_read_left(in) / CONFUSION2_CELLS / 2) return MLM_CORRUPT;
  if (!status && fractional > 0) status = need_weights(t, host);
  if (status) return status;
  t->rows = (int64_t)rows;
  t->fractional = (int64_t)fractional;
  for (uint64_t i = 0; i < labels; i++)
    if (!read_counts(t, i, in)) return MLM_CORRUPT;
  for (uint64_t i = 0; fractional > 0 && i < labels; i++)
    if (!read_weights(&t->weight[i], in)) return MLM_CORRUPT;
  return MLM_OK;
}

static bool empty(const void *state) { return has_no_rows(state); }

const StateType mlm_label_tables_state = {
    .name = "label_tables",
    .cost = "32 bytes for each label, about 2,400 where a weight is fractional. Adding a row takes O(labels) "
            "time; so do removing one from a window and computing a value.",
    .bytes = sizeof(LabelTables),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
};

size_t mlm_label_tables_labels(const LabelTables *tables) { return (size_t)tables->labels; }

/* Adds the cells of label i to four sums. */
static void add_cells(const LabelTables *t, uint64_t i, ExactSum sum[CONFUSION2_CELLS]) {
  for (int cell = 0; cell < CONFUSION2_CELLS; cell++) {
    mlm_sum_add_integer(&sum[cell], t->count[i * CONFUSION2_CELLS + (uint64_t)cell]);
    if (t->fractional > 0) mlm_sum_add_sum(&sum[cell], &t->weight[i].cell[cell], 1);
  }
}

static Confusion2 table_of(const ExactSum sum[CONFUSION2_CELLS]) {
  return mlm_confusion2_of((const ExactSum *const[CONFUSION2_CELLS]){&sum[0], &sum[1], &sum[2], &sum[3]});
}

Confusion2 mlm_label_table(const LabelTables *tables, size_t i) {
  ExactSum sum[CONFUSION2_CELLS] = {0};
  add_cells(tables, i, sum);
  return table_of(sum);
}

Confusion2 mlm_label_tables_pooled(const LabelTables *tables) {
  ExactSum sum[CONFUSION2_CELLS] = {0};
  for (uint64_t i = 0; i < tables->labels; i++) add_cells(tables, i, sum);
  return table_of(sum);
}

void mlm_label_tables_add_support(const LabelTables *tables, size_t i, ExactSum *sum) {
  ExactSum cells[CONFUSION2_CELLS] = {0};
  add_cells(tables, i, cells);
  mlm_sum_add_sum(sum, &cells[1], 1); /* fn */
  mlm_sum_add_sum(sum, &cells[3], 1); /* tp */
}
