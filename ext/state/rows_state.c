/* The multiset of rows: adding, taking back, merging. */
#include "state/rows_layout.h"

/* Up to FEW equal rows are appended one by one. Counted entries that are not yet in order are sorted from
 * MANY on, once they are as many as all others: so that what repeats or cancels takes no memory for long, and
 * sorting costs O(log n) an entry. */
enum { FEW = 3, MANY = 1024 };

Status mlm_rows_begin(Rows *rows, uint64_t columns, const Host *host) {
  if (rows->total != 0 || columns == 0) return MLM_MISMATCH;
  if (columns > MLM_MOST_COLUMNS) return MLM_TOOBIG;
  mlm_rows_drop(rows, host);
  rows->columns = (uint32_t)columns;
  mlm_row_list_begin(&rows->single, rows->columns);
  mlm_row_list_begin(&rows->counted, rows->columns + 2);
  return MLM_OK;
}

/* ---- adding ---- */

static uint64_t length_of(const Row *row) {
  if (row->preds.n == 0) return row->columns;
  return (uint64_t)row->preds.n + (row->targets.n > 0 ? row->targets.n : 1);
}

static void copy_row(double *to, const Row *row) {
  size_t n = row->preds.n;
  if (n == 0) {
    mlm_rows_copy_numbers(to, row->x, row->columns);
    return;
  }
  mlm_rows_copy_numbers(to, row->preds.at, n);
  if (row->targets.n > 0)
    mlm_rows_copy_numbers(to + n, row->targets.at, row->targets.n);
  else
    to[n] = (double)row->index;
}

static void count(Rows *rows, double weight, int64_t n) {
  rows->total += n;
  if (weight != 1) rows->fractional += n;
}

/* Writes weight and count after the numbers of an entry. */
static void finish_entry(Rows *rows, double *entry, double weight, int64_t n) {
  entry[rows->columns] = weight;
  mlm_row_set_count(rows, entry, n);
  if (n < 0) rows->negative = true;
}

/* Keeps memory near what the rows need, however they are added and taken back. */
static Status sort_when_many(Rows *rows, const Host *host) {
  const RowList *counted = &rows->counted;
  uint64_t fresh = counted->n - counted->sorted;
  if (fresh >= MANY && fresh >= counted->sorted + rows->single.n) return mlm_rows_sort(rows, host);
  return rows->single.n >= rows->look_at ? mlm_rows_compact(rows, host) : MLM_OK;
}

static Status add_single(Rows *rows, const Row *row, uint64_t times, const Host *host) {
  RowList *list = &rows->single;
  Status status = mlm_row_list_reserve(list, list->n + times, host);
  if (status) return status;
  for (; times > 0; times--) copy_row(mlm_row_at(list, list->n++), row);
  return MLM_OK;
}

static Status add_counted(Rows *rows, const Row *row, double weight, int64_t n, const Host *host) {
  RowList *list = &rows->counted;
  Status status = mlm_row_list_reserve(list, list->n + 1, host);
  if (status) return status;
  double *entry = mlm_row_at(list, list->n++);
  copy_row(entry, row);
  finish_entry(rows, entry, weight, n);
  return MLM_OK;
}

/* All cases of add() except the plain one. */
MLM_NOINLINE static Status add_other(Rows *rows, const Row *row, int sign, const Host *host) {
  uint64_t columns = length_of(row), k = mlm_integral_weight(row->weight);
  double weight = k ? 1 : row->weight;
  int64_t n = k ? (int64_t)k : 1;
  Status status = sort_when_many(rows, host);
  bool begun = rows->columns > 0 && columns == rows->columns;
  if (!status && !begun) status = mlm_rows_begin(rows, columns, host);
  if (!status && sign > 0 && n > MLM_MOST_ROWS - rows->total) status = MLM_OVERFLOW;
  if (status) return status;
  status = sign > 0 && k > 0 && n <= FEW ? add_single(rows, row, k, host)
                                         : add_counted(rows, row, weight, sign < 0 ? -n : n, host);
  if (!status) count(rows, weight, sign < 0 ? -n : n);
  return status;
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  Rows *rows = state;
  RowList *list = &rows->single;
  if (row->weight != 1 || sign < 0 || row->preds.n > 0 || row->columns != rows->columns
      || list->n == list->room || rows->total == MLM_MOST_ROWS)
    return add_other(rows, row, sign, host);
  mlm_rows_copy_numbers(mlm_row_at(list, list->n++), row->x, row->columns);
  rows->total++;
  return MLM_OK;
}

static Status add_value(void *state, const Row *row, int sign, const Host *host) {
  double value = row->value == row->value ? row->value : MLM_NO_VALUE;
  return add(state, &(Row){.x = {value}, .columns = 1, .weight = row->weight}, sign, host);
}

/* The decisions take the place of the predictions, which are the caller's scratch memory. */
static Status add_decisions(void *state, const Row *row, int sign, const Host *host) {
  for (size_t i = 0; i < row->preds.n; i++) row->preds.at[i] = row->preds.at[i] >= row->x[0];
  return add(state, row, sign, host);
}

static Status add_ranked(void *state, const Row *row, int sign, const Host *host) {
  bool retrieved = row->x[0] == row->x[0];
  if (!retrieved && row->x[1] == 0) return MLM_OK; /* neither ranked nor relevant */
  double score = retrieved ? row->x[0] : 0, relevance = retrieved ? row->x[1] : -row->x[1];
  return add(state, &(Row){.x = {score, relevance}, .columns = 2, .weight = row->weight}, sign, host);
}

static void leave_out(void *state, int sign) { ((Rows *)state)->left_out += sign; }

/* ---- merging ---- */

static Status append_list(RowList *into, const RowList *from, const Host *host) {
  Status status = mlm_row_list_reserve(into, into->n + from->n, host);
  for (uint64_t i = 0; i < from->n && !status; i++) {
    memcpy(mlm_row_at(into, into->n + i), mlm_row_at(from, i), from->width * sizeof(double));
    if (mlm_rows_interrupted(i, host)) status = MLM_INTERRUPTED;
  }
  return status;
}

static Status append_all(Rows *into, const Rows *from, const Host *host) {
  Status status = append_list(&into->single, &from->single, host);
  if (!status) status = append_list(&into->counted, &from->counted, host);
  if (status) return status;
  into->single.n += from->single.n;
  into->counted.n += from->counted.n;
  into->negative |= from->negative;
  return MLM_OK;
}

Status mlm_rows_copy(const Rows *rows, Rows *copy, const Host *host) {
  Status status = mlm_rows_begin(copy, rows->columns, host);
  /* unreachable: a failure, for the copy has no rows, and the rows have columns */
  if (!status) status = append_all(copy, rows, host);
  if (status) return status;
  copy->total = rows->total;
  copy->fractional = rows->fractional;
  copy->left_out = rows->left_out;
  return MLM_OK;
}

/* Moves the lists if there is nothing to merge them with. */
static void take_lists(Rows *into, Rows *from, const Host *host) {
  mlm_rows_drop(into, host);
  into->single = from->single;
  into->counted = from->counted;
  into->columns = from->columns;
  into->negative = from->negative;
  from->single = from->counted = (RowList){0};
  mlm_rows_drop(from, host);
}

static Status merge(void *state, void *other, const Host *host) {
  Rows *into = state, *from = other;
  Status status = MLM_OK;
  if (from->total > MLM_MOST_ROWS - into->total || from->left_out > MLM_MOST_ROWS - into->left_out)
    return MLM_OVERFLOW;
  if (from->total > 0 && into->total > 0 && into->columns != from->columns) return MLM_MISMATCH;
  if (from->total > 0 && into->total > 0) status = append_all(into, from, host);
  if (status) return status;
  into->left_out += from->left_out;
  into->fractional += from->fractional;
  if (from->total > 0 && into->total == 0) take_lists(into, from, host);
  into->total += from->total;
  return MLM_OK;
}

static Status subtract(void *state, void *other, const Host *host) {
  Rows *rows = state;
  const Rows *taken = other;
  RowList *list = &rows->counted;
  uint64_t n = taken->total > 0 ? mlm_rows_entries(taken) : 0, width = taken->columns;
  if (n > 0 && taken->columns != rows->columns) return MLM_MISMATCH;
  Status status = n > 0 ? mlm_row_list_reserve(list, list->n + n, host) : MLM_OK;
  for (uint64_t e = 0; e < n && !status; e++) {
    RowsEntry entry = mlm_rows_entry(taken, e);
    double *place = mlm_row_at(list, list->n + e);
    memcpy(place, entry.x, width * sizeof *place);
    finish_entry(rows, place, entry.weight, -entry.count);
    if (mlm_rows_interrupted(e, host)) status = MLM_INTERRUPTED;
  }
  if (status) return status;
  list->n += n;
  rows->left_out -= taken->left_out;
  rows->fractional -= taken->fractional;
  rows->total -= taken->total;
  return MLM_OK;
}

/* ---- the kind of state ---- */

static Status seal(void *state, const Host *host) {
  Rows *rows = state;
  return rows->negative ? mlm_rows_sort(rows, host) : MLM_OK;
}

static void clear(void *state, const Host *host) {
  mlm_rows_drop(state, host);
  *(Rows *)state = (Rows){0};
}

static bool empty(const void *state) { return ((const Rows *)state)->total == 0; }

static bool integral(const void *state) { return mlm_rows_integral(state); }

Status mlm_rows_weight(const Rows *rows, WeightSum *sum, const Host *host) {
  Status status = MLM_OK;
  sum->count += rows->total - rows->fractional;
  for (uint64_t i = 0; i < rows->counted.n && !status; i++) {
    RowsEntry entry = mlm_rows_entry(rows, rows->single.n + i);
    FractionalRows alike = {.rows = entry.count, .weight = entry.weight};
    if (entry.weight != 1) status = mlm_weight_sum_add_fractional(sum, &alike, 1, host);
    if (mlm_rows_interrupted(i, host)) status = MLM_INTERRUPTED;
  }
  return status;
}

/* The kinds differ in what they keep of a row. */
#define KIND_OF_ROWS(adder, fast)                                                                            \
  {                                                                                                          \
    .name = "rows",                                                                                          \
    .cost = "8 bytes for each number of a row, and 16 more where its weight is fractional. Adding a row "    \
            "takes O(1) time, and so does removing one from a window; a value sorts: O(rows log rows) "      \
            "time, and 8 to 20 bytes a row meanwhile unless stated otherwise.",                              \
    .bytes = sizeof(Rows), .fast_path = fast, .add = adder, .leave_out = leave_out, .merge = merge,          \
    .subtract = subtract, .seal = seal, .save = mlm_rows_save, .load = mlm_rows_load, .clear = clear,        \
    .empty = empty, .integral = integral                                                                     \
  }

const StateType mlm_rows_state = KIND_OF_ROWS(add, FAST_ROWS),
                mlm_value_rows_state = KIND_OF_ROWS(add_value, FAST_ANY),
                mlm_decision_rows_state = KIND_OF_ROWS(add_decisions, FAST_ANY),
                mlm_query_rows_state = KIND_OF_ROWS(add_ranked, FAST_ANY);
