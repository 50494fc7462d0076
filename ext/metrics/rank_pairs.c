/* Kendall's tau-b: inversions counted while merging (Knight 1966). */
#include "metrics/rank_pairs.h"
#include "state/key_pages.h"

static U128 pairs_of(int64_t n) {
  uint64_t m = (uint64_t)n;
  return m % 2 ? mlm_u128_product(m, (m - 1) / 2)
               : mlm_u128_product(m / 2, m - 1); /* n = 0: the first factor is 0 */
}

static void *new_array(uint64_t n, size_t bytes, const Host *host) {
  return host->realloc(NULL, (n + 1) * bytes);
}

Status mlm_rank_column(const Rows *rows, uint32_t column, uint32_t *rank, U128 *pairs, uint32_t *distinct,
                       const Host *host) {
  RowsOrder order;
  RowsRun run = {0};
  uint32_t at = 0;
  Status status = mlm_rows_order(rows, column, &order, host);
  while (!status && mlm_run_next(&run, rows, &order)) {
    for (uint64_t i = run.from; i < run.to && !status; i++) {
      rank[mlm_order_at(&order, i)] = at;
      if (mlm_interrupted_at(i, host)) status = MLM_INTERRUPTED;
    }
    *pairs = mlm_u128_sum(*pairs, pairs_of(run.count));
    at++;
  }
  mlm_rows_order_clear(&order, host);
  *distinct = at;
  return status;
}

/* Pairs of rows that are equal in x, in y and in both, and those that are in opposite orders. */
typedef struct Pairs {
  U128 x, y, both, discordant;
} Pairs;

static void add_pairs(U128 *pairs, int64_t *alike) {
  *pairs = mlm_u128_sum(*pairs, pairs_of(*alike));
  *alike = 0;
}

/* (concordant - discordant) / √(pairs not equal in x · pairs not equal in y). */
static double tau_b(U128 all, const Pairs *pairs) {
  BigFloat a, b, difference, square, product;
  mlm_bigfloat_of_u128(&a, mlm_u128_difference(all, pairs->x), 0);
  mlm_bigfloat_of_u128(&b, mlm_u128_difference(all, pairs->y), 0);
  if (a.n == 0 || b.n == 0) return NAN;
  U128 plus = mlm_u128_sum(all, pairs->both), minus = mlm_u128_sum(pairs->x, pairs->y); /* each below 2^124 */
  minus = mlm_u128_sum(minus, mlm_u128_shift_left(pairs->discordant, 1));
  bool negative = mlm_u128_less(plus, minus);
  mlm_bigfloat_of_u128(&difference,
                       negative ? mlm_u128_difference(minus, plus) : mlm_u128_difference(plus, minus), 0);
  mlm_bigfloat_multiply(&square, &difference, &difference);
  mlm_bigfloat_multiply(&product, &a, &b);
  double tau = mlm_bigfloat_root_of_ratio(&square, &product);
  return negative ? -tau : tau;
}

/* ---- single rows ----
 *
 * Sorted by x and then y, of which only y is kept, in the first half of each page: the other half is where y
 * is merged.
 */

static Status count_ties(const Rows *rows, Pairs *pairs, const Host *host) {
  const double *before = mlm_rows_at(rows, 0);
  int64_t alike_x = 0, alike = 0;
  for (uint64_t e = 0; e < mlm_rows_entries(rows); e++) {
    const double *at = mlm_rows_at(rows, e);
    if (at[0] != before[0]) add_pairs(&pairs->x, &alike_x);
    if (at[0] != before[0] || at[1] != before[1]) add_pairs(&pairs->both, &alike);
    alike_x++;
    alike++;
    before = at;
    if (mlm_interrupted_at(e, host)) return MLM_INTERRUPTED;
  }
  add_pairs(&pairs->x, &alike_x);
  add_pairs(&pairs->both, &alike);
  return MLM_OK;
}

/* Sorts runs of FEW by insertion, of which each step is an inversion. */
enum { FEW = 8 };
static uint64_t sort_few(uint64_t *key, uint64_t n) {
  uint64_t inversions = 0;
  for (uint64_t from = 0; from < n; from += FEW)
    for (uint64_t i = from + 1; i < n && i < from + FEW; i++) {
      uint64_t x = key[i], j = i;
      for (; j > from && key[j - 1] > x; j--) key[j] = key[j - 1];
      key[j] = x;
      inversions += i - j;
    }
  return inversions;
}

/* Merges keys from .. middle - 1 and middle .. to - 1, without a branch that depends on the data. A key that
 * moves from the right run to before the rest of the left run is an inversion with each key of that rest. */
static uint64_t merge_keys(const uint64_t *key, uint64_t *merged, uint64_t from, uint64_t middle,
                           uint64_t to) {
  uint64_t a = from, b = middle, at = from, inversions = 0;
  while (a < middle && b < to) {
    uint64_t x = key[a], y = key[b], right = y < x;
    inversions += (0 - right) & (middle - a);
    merged[at++] = right ? y : x;
    b += right;
    a += 1 - right;
  }
  memcpy(merged + at, key + a, (size_t)(middle - a) * sizeof *key);
  memcpy(merged + at + (middle - a), key + b, (size_t)(to - b) * sizeof *key);
  return inversions;
}

/* Sorts the keys of a page, of which the n places after them are free; returns where they are then. */
static uint64_t *sort_page(uint64_t *key, uint64_t n, uint64_t *inversions) {
  uint64_t *merged = key + n;
  *inversions += sort_few(key, n);
  for (uint64_t width = FEW; width < n; width *= 2) {
    for (uint64_t from = 0; from < n; from += 2 * width) {
      uint64_t middle = from + width < n ? from + width : n, to = middle + width < n ? middle + width : n;
      *inversions += merge_keys(key, merged, from, middle, to);
    }
    uint64_t *before = key;
    key = merged;
    merged = before;
  }
  return key;
}

/* Sorts y, page by page, where the rows are; *inversions: pairs that were not in order. */
static Status sort_y(Rows *rows, KeyPages *y, uint64_t *inversions, const Host *host) {
  for (uint64_t p = 0; p < y->pages; p++) {
    const double *row = mlm_rows_page(rows, p);
    uint64_t *key = (uint64_t *)(void *)mlm_rows_page(rows, p), n = mlm_key_page_records(y, p);
    for (uint64_t i = 0; i < n; i++) {
      double number;
      memcpy(&number, row + 2 * i + 1, sizeof number); /* a key may stand here soon */
      key[i] = mlm_encode_score(number);
    }
    y->page[p] = sort_page(key, n, inversions);
    if (mlm_interrupted(host)) return MLM_INTERRUPTED;
  }
  return mlm_key_pages_merge(y, 1, inversions, host);
}

static void count_y_ties(const KeyPages *y, Pairs *pairs) {
  uint64_t before = y->page[0][0];
  int64_t alike = 0;
  for (uint64_t p = 0; p < y->pages; p++)
    for (uint64_t i = 0, n = mlm_key_page_records(y, p); i < n; i++) {
      uint64_t key = y->page[p][i];
      if (key != before) add_pairs(&pairs->y, &alike);
      before = key;
      alike++;
    }
  add_pairs(&pairs->y, &alike);
}

/* Uses up the rows. */
static Status count_single(Rows *rows, Pairs *pairs, const Host *host) {
  KeyPages y = {0};
  uint64_t inversions = 0;
  Status status = mlm_rows_sort_in_place(rows, host);
  if (!status) status = count_ties(rows, pairs, host);
  if (!status) status = mlm_key_pages_begin(&y, mlm_rows_entries(rows), mlm_rows_per_page(rows), 1, host);
  if (!status) status = sort_y(rows, &y, &inversions, host);
  if (!status) count_y_ties(&y, pairs);
  pairs->discordant = mlm_u128(inversions);
  mlm_key_pages_clear(&y, host);
  return status;
}

/* ---- counted rows ---- */

/* Ranks of y in the order of x and their counts, with room to merge into, which is taken only once the
 * sorting before it has given its memory back. */
typedef struct Sequence {
  uint64_t n;
  uint32_t *rank, *merged;
  int64_t *count, *merged_count;
  U128 inversions;
  const Host *host;
} Sequence;

static void take(Sequence *s, uint64_t from, uint64_t to) {
  s->merged[to] = s->rank[from];
  s->merged_count[to] = s->count[from];
}

/* As merge_keys(), of entries that count more than once. */
static void merge_runs(Sequence *s, uint64_t from, uint64_t middle, uint64_t to) {
  uint64_t a = from, b = middle;
  int64_t left = 0;
  for (uint64_t i = from; i < middle; i++) left += s->count[i];
  for (uint64_t at = from; at < to; at++) {
    if (b == to || (a < middle && s->rank[a] <= s->rank[b])) {
      left -= s->count[a];
      take(s, a++, at);
    } else {
      mlm_u128_add_product(&s->inversions, (uint64_t)left, (uint64_t)s->count[b]);
      take(s, b++, at);
    }
  }
}

static void swap_sides(Sequence *s) {
  uint32_t *rank = s->rank;
  int64_t *count = s->count;
  s->rank = s->merged;
  s->merged = rank;
  s->count = s->merged_count;
  s->merged_count = count;
}

static Status count_inversions(Sequence *s) {
  for (uint64_t width = 1; width < s->n; width *= 2) {
    for (uint64_t from = 0; from < s->n; from += 2 * width) {
      uint64_t middle = from + width < s->n ? from + width : s->n;
      uint64_t to = middle + width < s->n ? middle + width : s->n;
      merge_runs(s, from, middle, to);
      if (mlm_interrupted_between(from, to, s->host)) return MLM_INTERRUPTED;
    }
    swap_sides(s);
  }
  return MLM_OK;
}

/* Lays out the ranks of y in canonical order. */
static Status lay_out(const Rows *rows, const RowsOrder *order, Sequence *s, Pairs *pairs) {
  const uint32_t *rank = s->rank;
  int64_t alike_x = 0, alike = 0;
  for (uint64_t i = 0; i < s->n; i++) {
    uint64_t e = mlm_order_at(order, i), before = i ? mlm_order_at(order, i - 1) : e;
    bool new_x = *mlm_rows_at(rows, e) != *mlm_rows_at(rows, before);
    if (new_x) add_pairs(&pairs->x, &alike_x);
    if (new_x || rank[e] != rank[before]) add_pairs(&pairs->both, &alike);
    int64_t count = mlm_rows_count_at(rows, e);
    alike_x += count;
    alike += count;
    s->merged[i] = rank[e];
    s->count[i] = count;
    if (mlm_interrupted_at(i, s->host)) return MLM_INTERRUPTED;
  }
  add_pairs(&pairs->x, &alike_x);
  add_pairs(&pairs->both, &alike);
  return MLM_OK;
}

static Status make_room(Sequence *s) {
  s->merged = new_array(s->n, sizeof *s->merged, s->host);
  s->count = new_array(s->n, sizeof *s->count, s->host);
  s->merged_count = new_array(s->n, sizeof *s->count, s->host);
  return s->merged && s->count && s->merged_count ? MLM_OK : MLM_NOMEM;
}

static Status order_by_x(const Rows *rows, Sequence *s, Pairs *pairs) {
  RowsOrder order;
  Status status = mlm_rows_order_all(rows, &order, s->host);
  if (!status) status = make_room(s);
  if (!status) status = lay_out(rows, &order, s, pairs);
  mlm_rows_order_clear(&order, s->host);
  return status;
}

static Status count_sequence(const Rows *rows, Sequence *s, Pairs *pairs) {
  uint32_t distinct;
  s->rank = new_array(s->n, sizeof *s->rank, s->host);
  Status status = s->rank ? mlm_rank_column(rows, 1, s->rank, &pairs->y, &distinct, s->host) : MLM_NOMEM;
  if (!status) status = order_by_x(rows, s, pairs);
  if (status) return status;
  uint32_t *laid_out = s->merged;
  s->merged = s->rank;
  s->rank = laid_out;
  status = count_inversions(s);
  pairs->discordant = s->inversions;
  return status;
}

static Status count_counted(const Rows *rows, Pairs *pairs, const Host *host) {
  Sequence s = {.n = mlm_rows_entries(rows), .host = host};
  Status status = count_sequence(rows, &s, pairs);
  host->free(s.rank);
  host->free(s.merged);
  host->free(s.count);
  host->free(s.merged_count);
  return status;
}

static Status count_copied(const Rows *rows, Rows *own, Pairs *pairs, const Host *host) {
  Rows copy = {.columns = 0}, *used = own ? own : &copy;
  Status status = own ? MLM_OK : mlm_rows_copy(rows, &copy, host);
  if (!status) status = count_single(used, pairs, host);
  mlm_rows_state.clear(used, host);
  return status;
}

Status mlm_kendall(const Rows *rows, Rows *own, const Host *host, double *tau) {
  Pairs pairs = {.x = {0}};
  int64_t n = mlm_rows_count(rows);
  Status status =
      mlm_rows_are_single(rows) ? count_copied(rows, own, &pairs, host) : count_counted(rows, &pairs, host);
  if (!status) *tau = tau_b(pairs_of(n), &pairs);
  return status;
}
