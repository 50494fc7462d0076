/* Sums of placements, from a walk over the rows in the order of either column. */
#include "state/rows_placements.h"

#include "state/rows_layout.h"

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
    *sum = mlm_u128_sum(*sum, mlm_u128_product(number[1], walk->here[1]));
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

Status mlm_rows_placement_sums(const Rows *rows, uint32_t a, uint32_t b, uint32_t label, PlacementSums *sums,
                               const Host *host) {
  RowsRanks by_a = {0};
  Sink sink = {.rows = rows, .by_a = &by_a, .sums = sums};
  uint64_t n = mlm_rows_entries(rows);
  memset(sums, 0, sizeof *sums);
  Status status = mlm_rows_ranks_new(&by_a, n, host);
  if (!status) status = mlm_buckets_new(&sink.buckets, 2 * n, host);
  if (!status) status = pass(&sink, a, label, &sums->a, host);
  sink.compare = true;
  if (!status) status = pass(&sink, b, label, &sums->b, host);
  mlm_buckets_clear(&sink.buckets, host);
  mlm_rows_ranks_clear(&by_a, host);
  return status;
}
