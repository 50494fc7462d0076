/* Sums of placements, from a walk over the rows in the order of either column. */
#include "state/rows_placements.h"

#include "state/rows_layout.h"

/* ---- any rows ---- */

/* A walk over a labelled order. */
typedef struct Walk {
  const Rows *rows;
  RowsOrder order;
  RowsRun run;
  uint64_t below[2], here[2]; /* rows of each class, in earlier runs and in this one */
} Walk;

static uint64_t count_at(const Rows *rows, uint64_t e) {
  return rows->counted.n ? (uint64_t)mlm_rows_count_at(rows, e) : 1;
}

static bool next_run(Walk *walk) {
  for (int label = 0; label < 2; label++) walk->below[label] += walk->here[label];
  walk->here[0] = walk->here[1] = 0;
  if (walk->run.to == walk->order.n) return false;
  mlm_run_reach(&walk->run, &walk->order); /* not mlm_run_next(): places hold more than entries */
  for (uint64_t i = walk->run.from; i < walk->run.to; i++) {
    uint64_t entry = mlm_order_at(&walk->order, i);
    walk->here[entry & 1] += count_at(walk->rows, entry >> 1);
  }
  return true;
}

static uint64_t placement(const Walk *walk, int label) {
  return 2 * walk->below[!label] + walk->here[!label];
}

/* Receives the placements by each column: those by a are kept by entry, those by b are compared with them. A
 * place in the buckets is twice the entry, plus its label. */
typedef struct Sink {
  const Rows *rows;
  const RowsRanks *by_a;
  PlacementSums *sums;
  bool compare;
  Buckets buckets;
} Sink;

static void keep(const Sink *sink, const uint32_t *place, const uint64_t *number, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) *mlm_rank_place(sink->by_a, place[i] >> 1) = number[i];
}

static void compare(const Sink *sink, const uint32_t *place, const uint64_t *number, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    uint64_t a = *mlm_rank_place(sink->by_a, place[i] >> 1),
             gap = a > number[i] ? a - number[i] : number[i] - a;
    uint64_t count = count_at(sink->rows, place[i] >> 1);
    mlm_u192_add(&sink->sums->squares[place[i] & 1], mlm_u128_product(gap, gap), count);
  }
}

static void empty_bucket(Sink *sink, uint64_t b) {
  Buckets *buckets = &sink->buckets;
  uint64_t at = b * MLM_BUCKET;
  (sink->compare ? compare : keep)(sink, buckets->place + at, buckets->number + at, buckets->filled[b]);
  buckets->filled[b] = 0;
}

/* *sum is over class 1. */
static Status walk_over(Walk *walk, Sink *sink, U128 *sum, const Host *host) {
  while (next_run(walk)) {
    const uint64_t number[2] = {placement(walk, 0), placement(walk, 1)};
    for (uint64_t i = walk->run.from; i < walk->run.to; i++) {
      uint32_t place = (uint32_t)mlm_order_at(&walk->order, i);
      if (mlm_bucket_put(&sink->buckets, place, number[place & 1]))
        empty_bucket(sink, place >> sink->buckets.shift);
      if (mlm_rows_interrupted(i, host)) return MLM_INTERRUPTED;
    }
    mlm_u128_add_product(sum, number[1], walk->here[1]);
  }
  for (uint64_t b = 0; b < sink->buckets.n; b++) empty_bucket(sink, b);
  for (int label = 0; label < 2; label++) sink->sums->n[label] = (int64_t)walk->below[label];
  return MLM_OK;
}

static Status pass(Sink *sink, uint32_t column, uint32_t label, U128 *sum, const Host *host) {
  Walk walk = {.rows = sink->rows};
  Status status = mlm_rows_order_labelled(sink->rows, column, label, &walk.order, host);
  if (!status) status = walk_over(&walk, sink, sum, host);
  mlm_rows_order_clear(&walk.order, host);
  return status;
}

static Status sums_of_any(const Rows *rows, uint32_t a, uint32_t b, uint32_t label, PlacementSums *sums,
                          const Host *host) {
  RowsRanks by_a = {0};
  Sink sink = {.rows = rows, .by_a = &by_a, .sums = sums};
  uint64_t n = mlm_rows_entries(rows);
  Status status = mlm_rows_ranks_new(&by_a, n, host);
  if (!status) status = mlm_buckets_new(&sink.buckets, 2 * n, host);
  if (!status) status = pass(&sink, a, label, &sums->a, host);
  sink.compare = true;
  if (!status) status = pass(&sink, b, label, &sums->b, host);
  mlm_buckets_clear(&sink.buckets, host);
  mlm_rows_ranks_clear(&by_a, host);
  return status;
}

/* ---- rows that are entries of their own, in one block ----
 *
 * Placements are less than 2^32 then, and the sorted words say all that a walk needs.
 */

typedef struct SingleRows {
  uint64_t *word; /* sorted, mlm_rows_sort_labelled() */
  uint32_t *by_a; /* placement by a of each entry */
  uint64_t n;
  U128 squares, squares_of_ones; /* of a - b: all, and those of class 1 */
} SingleRows;

/* Where the placement by a of the entry of a word is. */
static uint32_t *place_by_a(const SingleRows *single, uint64_t i) {
  return &single->by_a[(uint32_t)single->word[i] >> 1];
}

MLM_ALWAYS_INLINE static void take(SingleRows *single, uint64_t i, uint64_t number, bool compare) {
  mlm_prefetch_write(place_by_a(single, i + MLM_AHEAD < single->n ? i + MLM_AHEAD : i));
  uint32_t *place = place_by_a(single, i);
  if (!compare) {
    *place = (uint32_t)number;
    return;
  }
  uint64_t gap = *place - number, square = gap * gap; /* modulo 2^64, where it fits */
  single->squares = mlm_u128_sum(single->squares, mlm_u128(square));
  square &= 0 - (single->word[i] & 1);
  single->squares_of_ones = mlm_u128_sum(single->squares_of_ones, mlm_u128(square));
}

/* Keeps the placements (by a), or compares them with those by a; *sum is over class 1, n[] the rows of each
 * class. */
MLM_ALWAYS_INLINE static Status walk_words(SingleRows *single, bool compare, U128 *sum, int64_t n[2],
                                           const Host *host) {
  const uint64_t *word = single->word;
  uint64_t ones = 0, here;
  for (uint64_t i = 0, to; i < single->n; i = to, ones += here) {
    here = word[i] & 1;
    for (to = i + 1; to < single->n && !(word[to] & MLM_ROWS_START); to++) here += word[to] & 1;
    uint64_t of_one = 2 * (i - ones) + (to - i - here), of_zero = 2 * ones + here;
    for (uint64_t k = i; k < to; k++) /* without a branch: which class comes is hard to predict */
      take(single, k, of_zero + ((of_one - of_zero) & (0 - (word[k] & 1))), compare);
    *sum = mlm_u128_sum(*sum, mlm_u128(of_one * here)); /* at most 2^32·2^31 */
    if (mlm_rows_interrupted_in(i, to, host)) return MLM_INTERRUPTED;
  }
  n[0] = (int64_t)(single->n - ones);
  n[1] = (int64_t)ones;
  return MLM_OK;
}

static Status sums_of_single(const Rows *rows, uint32_t a, uint32_t b, uint32_t label, PlacementSums *sums,
                             const Host *host) {
  SingleRows single = {.n = rows->single.n};
  single.word = host->realloc(NULL, single.n * sizeof *single.word);
  single.by_a = host->realloc(NULL, single.n * sizeof *single.by_a);
  Status status = single.word && single.by_a ? MLM_OK : MLM_NOMEM;
  if (!status) status = mlm_rows_sort_labelled(rows, a, label, single.word, host);
  if (!status) status = walk_words(&single, false, &sums->a, sums->n, host);
  if (!status) status = mlm_rows_sort_labelled(rows, b, label, single.word, host);
  if (!status) status = walk_words(&single, true, &sums->b, sums->n, host);
  host->free(single.word);
  host->free(single.by_a);
  mlm_u192_add(&sums->squares[0], mlm_u128_difference(single.squares, single.squares_of_ones), 1);
  mlm_u192_add(&sums->squares[1], single.squares_of_ones, 1);
  return status;
}

Status mlm_rows_placement_sums(const Rows *rows, uint32_t a, uint32_t b, uint32_t label, PlacementSums *sums,
                               const Host *host) {
  bool single = rows->counted.n == 0 && rows->single.n <= (uint64_t)1 << MLM_ORDER_SHIFT;
  memset(sums, 0, sizeof *sums);
  return (single ? sums_of_single : sums_of_any)(rows, a, b, label, sums, host);
}
