/* Pairs of rows compared by order: inversions counted while merging (Knight 1966), and counts of lesser
 * values in a Fenwick tree. */
#include "metrics/rank_pairs.h"

enum { POLL = 1 << 16 };

static bool interrupted(uint64_t i, const Host *host) {
  return i % POLL == POLL - 1 && mlm_interrupted(host);
}

static void add_to(U128 *sum, uint64_t a, uint64_t b) { *sum = mlm_u128_sum(*sum, mlm_u128_product(a, b)); }

static U128 pairs_of(int64_t n) {
  uint64_t m = (uint64_t)n;
  return m == 0 ? mlm_u128(0) : m % 2 ? mlm_u128_product(m, (m - 1) / 2) : mlm_u128_product(m / 2, m - 1);
}

static void *new_array(uint64_t n, size_t bytes, const Host *host) {
  return host->realloc(NULL, (n + 1) * bytes);
}

/* The place among distinct values of a column, from 0, of each entry; *pairs: the number of pairs that are
 * equal in it. */
static Status rank_column(const Rows *rows, uint32_t column, uint32_t *rank, U128 *pairs, uint32_t *distinct,
                          const Host *host) {
  RowsOrder order;
  RowsRun run = {0};
  uint32_t at = 0;
  Status status = mlm_rows_order(rows, column, &order, host);
  while (!status && mlm_run_next(&run, rows, &order)) {
    for (uint64_t i = run.from; i < run.to && !status; i++) {
      rank[mlm_order_at(&order, i)] = at;
      if (interrupted(i, host)) status = MLM_INTERRUPTED;
    }
    *pairs = mlm_u128_sum(*pairs, pairs_of(run.count));
    at++;
  }
  mlm_rows_order_clear(&order, host);
  *distinct = at;
  return status;
}

/* ---- Kendall ---- */

/* Ranks of y in the order of x and, where rows are counted, their counts; with room to merge into, which is
 * taken only once the sorting before it has given its memory back. */
typedef struct Sequence {
  uint64_t n;
  uint32_t *rank, *merged;
  int64_t *count, *merged_count; /* NULL: each counts once */
  U128 inversions;
  const Host *host;
} Sequence;

static int64_t count_at(const Sequence *s, uint64_t i) { return s->count ? s->count[i] : 1; }

static void take(Sequence *s, uint64_t from, uint64_t to) {
  s->merged[to] = s->rank[from];
  if (s->count) s->merged_count[to] = s->count[from];
}

/* Merges places from .. middle - 1 and middle .. to - 1. An entry that moves from the right run to before the
 * rest of the left run is an inversion with each entry of that rest. */
static void merge_runs(Sequence *s, uint64_t from, uint64_t middle, uint64_t to) {
  uint64_t a = from, b = middle;
  int64_t left = 0;
  for (uint64_t i = from; i < middle; i++) left += count_at(s, i);
  for (uint64_t at = from; at < to; at++) {
    if (b == to || (a < middle && s->rank[a] <= s->rank[b])) {
      left -= count_at(s, a);
      take(s, a++, at);
    } else {
      add_to(&s->inversions, (uint64_t)left, (uint64_t)count_at(s, b));
      take(s, b++, at);
    }
  }
}

/* The same where each counts once; without a branch that depends on the data. */
static void merge_single(Sequence *s, uint64_t from, uint64_t middle, uint64_t to) {
  uint64_t a = from, b = middle, at = from, inversions = 0;
  const uint32_t *rank = s->rank;
  uint32_t *merged = s->merged;
  while (a < middle && b < to) {
    uint32_t x = rank[a], y = rank[b];
    uint64_t right = y < x;
    inversions += (0 - right) & (middle - a);
    merged[at++] = right ? y : x;
    b += right;
    a += 1 - right;
  }
  memcpy(merged + at, rank + a, (middle - a) * sizeof *rank);
  memcpy(merged + at + (middle - a), rank + b, (to - b) * sizeof *rank);
  s->inversions = mlm_u128_sum(s->inversions, mlm_u128(inversions)); /* below 2^64: places are below 2^32 */
}

static void swap_sides(Sequence *s) {
  uint32_t *rank = s->rank;
  int64_t *count = s->count;
  s->rank = s->merged;
  s->merged = rank;
  s->count = s->merged_count;
  s->merged_count = count;
}

/* Sorts runs of FEW by insertion, of which each step is an inversion. */
enum { FEW = 8 };
static void sort_few(Sequence *s) {
  uint64_t inversions = 0;
  for (uint64_t from = 0; from < s->n; from += FEW)
    for (uint64_t i = from + 1; i < s->n && i < from + FEW; i++) {
      uint32_t x = s->rank[i];
      uint64_t j = i;
      for (; j > from && s->rank[j - 1] > x; j--) s->rank[j] = s->rank[j - 1];
      s->rank[j] = x;
      inversions += i - j;
    }
  s->inversions = mlm_u128(inversions);
}

static Status count_inversions(Sequence *s) {
  uint64_t width = 1;
  if (!s->count) {
    sort_few(s);
    width = FEW;
  }
  for (; width < s->n; width *= 2) {
    for (uint64_t from = 0; from < s->n; from += 2 * width) {
      uint64_t middle = from + width < s->n ? from + width : s->n;
      uint64_t to = middle + width < s->n ? middle + width : s->n;
      (s->count ? merge_runs : merge_single)(s, from, middle, to);
      if (to / POLL != from / POLL && mlm_interrupted(s->host)) return MLM_INTERRUPTED;
    }
    swap_sides(s);
  }
  return MLM_OK;
}

/* Lays out the ranks of y in canonical order; *x_pairs and *both: pairs that are equal in x, and in both. */
static Status lay_out(const Rows *rows, const RowsOrder *order, Sequence *s, U128 *x_pairs, U128 *both) {
  const uint32_t *rank = s->rank;
  int64_t alike_x = 0, alike = 0;
  Status status = MLM_OK;
  for (uint64_t i = 0; i < s->n && !status; i++) {
    uint64_t e = mlm_order_at(order, i), before = i ? mlm_order_at(order, i - 1) : e;
    bool new_x = *mlm_rows_at(rows, e) != *mlm_rows_at(rows, before), new = new_x || rank[e] != rank[before];
    if (new_x) *x_pairs = mlm_u128_sum(*x_pairs, pairs_of(alike_x)), alike_x = 0;
    if (new) *both = mlm_u128_sum(*both, pairs_of(alike)), alike = 0;
    int64_t count = mlm_rows_count_at(rows, e);
    alike_x += count;
    alike += count;
    s->merged[i] = rank[e];
    if (s->count) s->count[i] = count;
    if (interrupted(i, s->host)) status = MLM_INTERRUPTED;
  }
  *x_pairs = mlm_u128_sum(*x_pairs, pairs_of(alike_x));
  *both = mlm_u128_sum(*both, pairs_of(alike));
  return status;
}

static Status make_room(Sequence *s, bool counted) {
  s->merged = new_array(s->n, sizeof *s->merged, s->host);
  if (counted) s->count = new_array(s->n, sizeof *s->count, s->host);
  if (counted) s->merged_count = new_array(s->n, sizeof *s->count, s->host);
  return s->merged && (!counted || (s->count && s->merged_count)) ? MLM_OK : MLM_NOMEM;
}

static Status order_by_x(const Rows *rows, Sequence *s, U128 *x_pairs, U128 *both) {
  RowsOrder order;
  Status status = mlm_rows_order_all(rows, &order, s->host);
  if (!status) status = make_room(s, (uint64_t)mlm_rows_count(rows) != s->n);
  if (!status) status = lay_out(rows, &order, s, x_pairs, both);
  mlm_rows_order_clear(&order, s->host);
  return status;
}

/* (concordant - discordant) / √(pairs not equal in x · pairs not equal in y). */
static double tau_b(U128 all, U128 x_pairs, U128 y_pairs, U128 both, U128 discordant) {
  BigFloat a, b, difference, square, product;
  mlm_bigfloat_of_u128(&a, mlm_u128_difference(all, x_pairs), 0);
  mlm_bigfloat_of_u128(&b, mlm_u128_difference(all, y_pairs), 0);
  if (a.n == 0 || b.n == 0) return NAN;
  U128 plus = mlm_u128_sum(all, both), minus = mlm_u128_sum(x_pairs, y_pairs); /* each below 2^124 */
  minus = mlm_u128_sum(minus, mlm_u128_shift_left(discordant, 1));
  bool negative = mlm_u128_less(plus, minus);
  mlm_bigfloat_of_u128(&difference,
                       negative ? mlm_u128_difference(minus, plus) : mlm_u128_difference(plus, minus), 0);
  mlm_bigfloat_multiply(&square, &difference, &difference);
  mlm_bigfloat_multiply(&product, &a, &b);
  double tau = mlm_bigfloat_root_of_ratio(&square, &product);
  return negative ? -tau : tau;
}

static Status kendall(const Rows *rows, Sequence *s, double *tau) {
  U128 x_pairs = {0}, y_pairs = {0}, both = {0};
  uint32_t distinct;
  s->rank = new_array(s->n, sizeof *s->rank, s->host);
  Status status = s->rank ? rank_column(rows, 1, s->rank, &y_pairs, &distinct, s->host) : MLM_NOMEM;
  if (!status) status = order_by_x(rows, s, &x_pairs, &both);
  if (status) return status;
  uint32_t *laid_out = s->merged;
  s->merged = s->rank;
  s->rank = laid_out;
  status = count_inversions(s);
  if (!status) *tau = tau_b(pairs_of(mlm_rows_count(rows)), x_pairs, y_pairs, both, s->inversions);
  return status;
}

Status mlm_kendall(const Rows *rows, const Host *host, double *tau) {
  Sequence s = {.n = mlm_rows_entries(rows), .host = host};
  Status status = kendall(rows, &s, tau);
  host->free(s.rank);
  host->free(s.merged);
  host->free(s.count);
  host->free(s.merged_count);
  return status;
}

/* ---- concordance ---- */

/* Rows by the rank of their prediction: a Fenwick tree, in which place i holds the sum over the i & -i places
 * that end at i. */
typedef struct Tree {
  int64_t *sum; /* from 1 to n */
  uint32_t n;
  int64_t total;
} Tree;

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
  add_to(&c->comparable, (uint64_t)count, (uint64_t)c->tree.total);
  add_to(&c->twice, (uint64_t)count, 2 * above + (uint64_t)equal);
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
  if (!status) c->tree.sum = mlm_new_zeroed(host, ((size_t)c->tree.n + 1) * sizeof *c->tree.sum);
  if (!status && !c->tree.sum) status = MLM_NOMEM;
  for (uint64_t to = order.n; to > 0 && !status;) {
    double time = mlm_rows_at(rows, mlm_order_at(&order, to - 1))[1];
    uint64_t from = to - 1;
    while (from > 0 && mlm_rows_at(rows, mlm_order_at(&order, from - 1))[1] == time) from--;
    add_time(c, rows, &order, from, to);
    if (from / POLL != to / POLL && mlm_interrupted(host)) status = MLM_INTERRUPTED;
    to = from;
  }
  mlm_rows_order_clear(&order, host);
  return status;
}

static Status concordance(const Rows *rows, uint32_t *rank, const Host *host, double *index) {
  Concordance c = {.rank = rank};
  U128 pairs = {0};
  Status status = rank_column(rows, 0, rank, &pairs, &c.tree.n, host);
  if (status) return status;
  status = add_times(&c, rows, host);
  host->free(c.tree.sum);
  if (status) return status;
  bool none = mlm_u128_is_zero(c.comparable);
  *index = none ? NAN : mlm_u128_ratio(c.twice, false, c.comparable, -1);
  return MLM_OK;
}

Status mlm_concordance_index(const Rows *rows, const Host *host, double *index) {
  uint32_t *rank = new_array(mlm_rows_entries(rows), sizeof *rank, host);
  Status status = rank ? concordance(rows, rank, host, index) : MLM_NOMEM;
  host->free(rank);
  return status;
}
