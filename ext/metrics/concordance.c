/* Harrell's concordance index: counts of lesser predictions, in a Fenwick tree, among the rows that outlive
 * each event. */
#include "metrics/concordance.h"
#include "metrics/rank_pairs.h"

/* Rows by the rank of their prediction: a Fenwick tree, in which place i holds the sum over the i & -i places
 * that end at i. */
typedef struct Tree {
  int64_t *sum; /* from 1 to n */
  uint32_t n;
  int64_t total;
} Tree;

/* Of ranks below tree->n; the caller frees tree->sum. */
static Status make_tree(Tree *tree, const Host *host) {
  tree->sum = mlm_new_zeroed(host, ((size_t)tree->n + 1) * sizeof *tree->sum);
  return tree->sum ? MLM_OK : MLM_NOMEM;
}

static void insert(Tree *tree, uint32_t rank, int64_t count) {
  tree->total += count;
  for (uint64_t i = (uint64_t)rank + 1; i <= tree->n; i += i & (0 - i)) tree->sum[i] += count;
}

/* Rows of rank below `rank`. */
static int64_t below(const Tree *tree, uint32_t rank) {
  int64_t sum = 0;
  for (uint64_t i = rank; i > 0; i &= i - 1) sum += tree->sum[i];
  return sum;
}

/* Twice the concordant pairs plus the tied ones, and all comparable ones. */
typedef struct Concordance {
  Tree tree; /* of the rows that outlive the current time */
  const uint32_t *rank;
  U128 twice, comparable;
} Concordance;

static void compare_event(Concordance *c, uint32_t rank, int64_t count) {
  int64_t not_above = below(&c->tree, rank + 1), equal = not_above - below(&c->tree, rank);
  uint64_t above = (uint64_t)(c->tree.total - not_above);
  mlm_u128_add_product(&c->comparable, (uint64_t)count, (uint64_t)c->tree.total);
  mlm_u128_add_product(&c->twice, (uint64_t)count, 2 * above + (uint64_t)equal);
}

/* The rows of one time: those without the event outlive those with it. */
static void add_time(Concordance *c, const Rows *rows, const RowsOrder *order, uint64_t from, uint64_t to) {
  for (int step = 0; step < 3; step++)
    for (uint64_t i = from; i < to; i++) {
      uint64_t e = mlm_order_at(order, i);
      bool event = mlm_rows_at(rows, e)[2] != 0;
      if (event != (step > 0)) continue;
      if (step == 1)
        compare_event(c, c->rank[e], mlm_rows_count_at(rows, e));
      else
        insert(&c->tree, c->rank[e], mlm_rows_count_at(rows, e));
    }
}

/* From the last time to the first. */
static Status add_times(Concordance *c, const Rows *rows, const Host *host) {
  RowsOrder order;
  Status status = mlm_rows_order(rows, 1, &order, host);
  if (!status) status = make_tree(&c->tree, host);
  for (uint64_t to = order.n; to > 0 && !status;) {
    double time = mlm_rows_at(rows, mlm_order_at(&order, to - 1))[1];
    uint64_t from = to - 1;
    while (from > 0 && mlm_rows_at(rows, mlm_order_at(&order, from - 1))[1] == time) from--;
    add_time(c, rows, &order, from, to);
    if (mlm_interrupted_between(from, to, host)) status = MLM_INTERRUPTED;
    to = from;
  }
  mlm_rows_order_clear(&order, host);
  return status;
}

/* `rank`: room for a rank of each entry. */
static Status compare_entries(Concordance *c, const Rows *rows, uint32_t *rank, const Host *host) {
  U128 pairs = {0};
  c->rank = rank;
  Status status = rank ? mlm_rank_column(rows, 0, rank, &pairs, &c->tree.n, host) : MLM_NOMEM;
  return status ? status : add_times(c, rows, host);
}

/* ---- the same of single rows that are used up ----
 *
 * Apart by event, those without it first, they are pairs of prediction and time: 16 bytes each, which leaves
 * 8 for the tree.
 */

static const double *row_or_none(const RowList *list, uint64_t i) {
  return i < list->n ? mlm_row_at(list, i) : NULL;
}

/* The lesser of the first numbers of two rows, one of which there is; the greater one where sign is -1. */
static double first_of(const double *a, const double *b, int sign) {
  return a && (!b || sign * mlm_compare_numbers(a, b, 1) < 0) ? *a : *b;
}

static bool begins_with(const double *row, double x) { return row && mlm_compare_numbers(row, &x, 1) == 0; }

/* The rows from i on that have this prediction become pairs of time and rank; returns where they end. */
static uint64_t rank_rows(const RowList *list, uint64_t i, double pred, uint32_t rank) {
  for (; begins_with(row_or_none(list, i), pred); i++) {
    double *row = mlm_row_at(list, i);
    row[0] = row[1];
    row[1] = rank;
  }
  return i;
}

/* The place of a prediction among the distinct ones of both lists, as in mlm_rank_column(). */
static Status rank_predictions(Rows parts[2], uint32_t *distinct, const Host *host) {
  RowList *a = &parts[0].single, *b = &parts[1].single;
  for (uint64_t i = 0, j = 0; i < a->n || j < b->n; ++*distinct) {
    double pred = first_of(row_or_none(a, i), row_or_none(b, j), 1);
    i = rank_rows(a, i, pred, *distinct);
    j = rank_rows(b, j, pred, *distinct);
    if (mlm_interrupted_at(*distinct, host)) return MLM_INTERRUPTED;
  }
  a->sorted = b->sorted = 0;
  return MLM_OK;
}

/* The first of the rows of this time, which end before `to`. */
static uint64_t first_at(const RowList *list, uint64_t to, double time) {
  while (begins_with(row_or_none(list, to - 1), time)) to--;
  return to;
}

static void insert_rows(Tree *tree, const RowList *list, uint64_t from, uint64_t to) {
  for (; from < to; from++) insert(tree, (uint32_t)mlm_row_at(list, from)[1], 1);
}

/* As add_times(). */
static Status add_parts(Concordance *c, const Rows parts[2], const Host *host) {
  const RowList *censored = &parts[0].single, *events = &parts[1].single;
  for (uint64_t i = censored->n, j = events->n; i + j > 0;) {
    double time = first_of(row_or_none(censored, i - 1), row_or_none(events, j - 1), -1);
    uint64_t a = first_at(censored, i, time), b = first_at(events, j, time), to = i + j;
    insert_rows(&c->tree, censored, a, i);
    for (uint64_t e = b; e < j; e++) compare_event(c, (uint32_t)mlm_row_at(events, e)[1], 1);
    insert_rows(&c->tree, events, b, j);
    i = a;
    j = b;
    if (mlm_interrupted_between(i + j, to, host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

/* Sorts by the first number, then the second. */
static Status sort_parts(Rows parts[2], const Host *host) {
  Status status = mlm_rows_sort_in_place(&parts[0], host);
  return status ? status : mlm_rows_sort_in_place(&parts[1], host);
}

static Status compare_parts(Concordance *c, Rows parts[2], const Host *host) {
  Status status = sort_parts(parts, host);
  if (!status) status = rank_predictions(parts, &c->tree.n, host);
  if (!status) status = sort_parts(parts, host);
  if (!status) status = make_tree(&c->tree, host);
  return status ? status : add_parts(c, parts, host);
}

static Status compare_own(Concordance *c, Rows *own, const Host *host) {
  Rows parts[2] = {{.columns = 0}};
  if (mlm_rows_entries(own) >> 32) return MLM_OVERFLOW; /* unreachable: 96 GiB of rows */
  Status status = mlm_rows_split(own, parts, host);
  if (!status) status = compare_parts(c, parts, host);
  for (int event = 0; event < 2; event++) mlm_rows_state.clear(&parts[event], host);
  return status;
}

Status mlm_concordance_index(const Rows *rows, Rows *own, const Host *host, double *index) {
  Concordance c = {.rank = NULL};
  Status status;
  if (own && mlm_rows_are_single(rows)) {
    status = compare_own(&c, own, host);
  } else {
    uint32_t *rank = host->realloc(NULL, (mlm_rows_entries(rows) + 1) * sizeof *rank);
    status = compare_entries(&c, rows, rank, host);
    host->free(rank);
  }
  host->free(c.tree.sum);
  if (status) return status;
  *index = mlm_u128_is_zero(c.comparable) ? NAN : mlm_u128_ratio(c.twice, false, c.comparable, -1);
  return MLM_OK;
}
