/* Canonical storage of rows: new rows are sorted and merged into those sorted before; rows taken back
 * cancel. */
#include "state/rows_layout.h"

/* From this many equal rows on, a counted entry takes less memory, whatever their length. */
enum { MANY = 4 };

void mlm_rows_drop(Rows *rows, const Host *host) {
  mlm_row_list_clear(&rows->single, host);
  mlm_row_list_clear(&rows->counted, host);
  rows->columns = 0;
  rows->look_at = 0;
  rows->repeats = rows->negative = false;
}

/* Number of doubles by which a row is ordered; for counted entries the weight is one of them. */
static uint32_t keys_of(const Rows *rows, const RowList *list) {
  return rows->columns + (list->width > rows->columns);
}

static void copy_row(const RowList *to, uint64_t i, const double *row) {
  double *place = mlm_row_at(to, i);
  if (place != row) memcpy(place, row, to->width * sizeof *row);
}

/* The rows of `list` that are not yet in order, sorted, in a list of their own. */
static Status sorted_tail(const Rows *rows, const RowList *list, RowList *tail, const Host *host) {
  uint64_t before = list == &rows->single ? 0 : rows->single.n, n = list->n - list->sorted;
  RowsOrder order;
  mlm_row_list_begin(tail, list->width);
  Status status = mlm_rows_order_range(rows, before + list->sorted, n, &order, host);
  if (!status) status = mlm_row_list_reserve(tail, n, host);
  for (; tail->n < n && !status; tail->n++) {
    if (tail->n + MLM_AHEAD < n)
      mlm_prefetch(mlm_row_at(list, list->sorted + mlm_order_at(&order, tail->n + MLM_AHEAD)));
    copy_row(tail, tail->n, mlm_row_at(list, list->sorted + mlm_order_at(&order, tail->n)));
    if (mlm_rows_interrupted(tail->n, host)) status = MLM_INTERRUPTED;
  }
  mlm_rows_order_clear(&order, host);
  if (status) mlm_row_list_clear(tail, host);
  return status;
}

/* Combines neighbouring counted entries that are equal. */
static void unite(const Rows *rows, RowList *list) {
  uint64_t kept = 0;
  for (uint64_t i = 0, j; i < list->n; i = j) {
    double *row = mlm_row_at(list, i);
    int64_t count = mlm_row_count(rows, row);
    for (j = i + 1; j < list->n && !mlm_compare_numbers(mlm_row_at(list, j), row, rows->columns + 1); j++)
      count += mlm_row_count(rows, mlm_row_at(list, j));
    mlm_row_set_count(rows, row, count);
    if (count != 0) copy_row(list, kept++, row);
  }
  list->n = kept;
}

/* Merges `more` into the sorted rows of `list`, which has room for both, from the end. Counted entries that
 * are in both become one; that leaves a gap, which is closed. */
static void merge_sorted(const Rows *rows, RowList *list, const RowList *more) {
  uint32_t keys = keys_of(rows, list);
  uint64_t a = list->sorted, b = more->n, end = a + b, at = end;
  while (b > 0) {
    double *row = mlm_row_at(more, b - 1);
    int order = a > 0 ? mlm_compare_numbers(mlm_row_at(list, a - 1), row, keys) : -1;
    if (order == 0 && keys > rows->columns) {
      int64_t count = mlm_row_count(rows, mlm_row_at(list, --a)) + mlm_row_count(rows, row);
      mlm_row_set_count(rows, row, count);
      if (count == 0) b--;
    } else if (order > 0) {
      copy_row(list, --at, mlm_row_at(list, --a));
    } else {
      copy_row(list, --at, row);
      b--;
    }
  }
  if (at == a)
    a = end;
  else
    while (at < end) copy_row(list, a++, mlm_row_at(list, at++));
  list->n = list->sorted = a;
}

static Status sort_list(const Rows *rows, RowList *list, const Host *host) {
  RowList tail;
  if (list->sorted == list->n) return MLM_OK;
  Status status = sorted_tail(rows, list, &tail, host);
  if (status) return status;
  if (list == &rows->counted) unite(rows, &tail);
  if (list->sorted > 0) {
    merge_sorted(rows, list, &tail);
    mlm_row_list_clear(&tail, host);
  } else {
    mlm_row_list_clear(list, host);
    *list = tail;
    list->sorted = list->n;
  }
  return MLM_OK;
}

/* The counted entry of weight 1 with these numbers, or NULL; *at only goes forward. */
static double *find_counted(const Rows *rows, const double *x, uint64_t *at) {
  for (; *at < rows->counted.n; (*at)++) {
    double *entry = mlm_row_at(&rows->counted, *at);
    int order = mlm_compare_numbers(entry, x, rows->columns);
    if (order == 0 && entry[rows->columns] == 1) return entry;
    if (order > 0 || (order == 0 && entry[rows->columns] > 1)) return NULL;
  }
  return NULL;
}

/* Puts n equal rows into `moved` as one entry; false: out of memory, and they stay single. */
static bool move_rows(const Rows *rows, RowList *counted, RowList *moved, const double *x, uint64_t n,
                      const Host *host) {
  if (mlm_row_list_reserve(moved, moved->n + 1, host)
      || mlm_row_list_reserve(counted, counted->n + moved->n + 1, host))
    return false;
  double *entry = mlm_row_at(moved, moved->n++);
  memcpy(entry, x, rows->columns * sizeof *x);
  entry[rows->columns] = 1;
  mlm_row_set_count(rows, entry, (int64_t)n);
  return true;
}

/* How many of n equal rows stay single; the others are counted, or cancel with rows taken back. */
static uint64_t settle(Rows *rows, RowList *moved, const double *x, uint64_t n, uint64_t *at,
                       const Host *host) {
  double *entry = find_counted(rows, x, at);
  if (!entry) return n >= MANY && move_rows(rows, &rows->counted, moved, x, n, host) ? 0 : n;
  int64_t all = mlm_row_count(rows, entry) + (int64_t)n;
  bool stay = all > 0 && all < MANY && all <= (int64_t)n;
  mlm_row_set_count(rows, entry, stay ? 0 : all);
  return stay ? (uint64_t)all : 0;
}

static void cancel(Rows *rows, const Host *host) {
  RowList *single = &rows->single, *counted = &rows->counted, moved;
  uint64_t kept = 0, at = 0;
  mlm_row_list_begin(&moved, counted->width);
  for (uint64_t i = 0, j; i < single->n; i = j) {
    const double *x = mlm_row_at(single, i);
    for (j = i + 1; j < single->n && !mlm_compare_numbers(mlm_row_at(single, j), x, rows->columns); j++) {}
    uint64_t stay = settle(rows, &moved, x, j - i, &at, host);
    for (uint64_t k = 0; k < stay; k++) copy_row(single, kept++, mlm_row_at(single, i + k));
  }
  single->n = single->sorted = kept;
  unite(rows, counted);
  counted->sorted = counted->n;
  merge_sorted(rows, counted, &moved);
  mlm_row_list_clear(&moved, host);
}

Status mlm_rows_sort(Rows *rows, const Host *host) {
  Status status = rows->columns ? sort_list(rows, &rows->single, host) : MLM_OK;
  if (!status) status = sort_list(rows, &rows->counted, host);
  if (!status && mlm_interrupted(host)) status = MLM_INTERRUPTED;
  if (status || rows->columns == 0) return status;
  cancel(rows, host); /* takes a few ns per row; must not be interrupted */
  rows->negative = false;
  mlm_row_list_trim(&rows->single, host);
  mlm_row_list_trim(&rows->counted, host);
  if (mlm_rows_entries(rows) == 0) mlm_rows_drop(rows, host);
  return MLM_OK;
}

/* ---- rows that repeat ---- */

/* The least and the most rows in a sample. Counting pays if fewer than one row in OFTEN is distinct. */
enum { LEAST_SAMPLE = 8, MOST_SAMPLE = 4096, OFTEN = 16 };

static uint64_t hash_row(const double *x, uint32_t n) {
  uint64_t hash = 0;
  for (uint32_t i = 0; i < n; i++) {
    hash = (hash ^ mlm_double_bits(x[i])) * UINT64_C(0x9e3779b97f4a7c15);
    hash ^= hash >> 32;
  }
  return hash;
}

/* Samples single rows that are not yet in order, one from each stretch of equal length, at a pseudo-random
 * place, so that periodic data does not mislead. */
static Status seem_repeated(const Rows *rows, bool *repeated, const Host *host) {
  const RowList *list = &rows->single;
  uint64_t fresh = list->n - list->sorted, n = fresh / 8 < MOST_SAMPLE ? fresh / 8 : MOST_SAMPLE, place = 0;
  *repeated = false;
  if (n < LEAST_SAMPLE) return MLM_OK;
  uint64_t *hash = host->realloc(NULL, n * sizeof *hash), stretch = fresh / n;
  if (!hash) return MLM_NOMEM;
  for (uint64_t i = 0; i < n; i++) {
    place = (place + 1) * UINT64_C(0x9e3779b97f4a7c15);
    uint64_t at = list->sorted + i * stretch + (place >> 32) % stretch;
    hash[i] = hash_row(mlm_row_at(list, at), rows->columns);
  }
  Status status = mlm_sort_keys(hash, (size_t)n, host);
  *repeated = mlm_estimate_distinct(hash, n) * OFTEN <= (double)fresh;
  host->free(hash);
  return status;
}

Status mlm_rows_compact(Rows *rows, const Host *host) {
  const RowList *list = &rows->single;
  uint64_t sorted = list->sorted, fresh = list->n - sorted;
  bool repeated = rows->repeats; /* where the last sort paid, the next one may */
  Status status = repeated ? MLM_OK : seem_repeated(rows, &repeated, host);
  if (!status && repeated) status = mlm_rows_sort(rows, host);
  if (status) return status;
  rows->repeats = repeated && list->n <= sorted + fresh / 2;
  uint64_t more = rows->repeats ? rows->counted.n : list->n;
  rows->look_at = list->n + (more > MLM_LOOK_ROWS ? more : MLM_LOOK_ROWS);
  return MLM_OK;
}
