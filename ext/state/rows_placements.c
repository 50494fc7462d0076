/* Sums of placements, from a walk over the rows in the order of either column. */
#include "state/rows_placements.h"

#include "state/rows_internal.h"

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

/* Writes placements by entry; *sum is over class 1. */
static Status put_all(Walk *walk, RanksWriter *writer, U128 *sum, const Host *host) {
  while (next_run(walk)) {
    const uint64_t twice[2] = {placement(walk, 0), placement(walk, 1)};
    for (uint64_t i = walk->run.from; i < walk->run.to; i++) {
      uint64_t entry = mlm_order_at(&walk->order, i);
      mlm_ranks_put(writer, entry >> 1, twice[entry & 1]);
      if (mlm_rows_interrupted(i, host)) return MLM_INTERRUPTED;
    }
    *sum = mlm_u128_sum(*sum, mlm_u128_product(twice[1], walk->here[1]));
  }
  return MLM_OK;
}

static Status place(const Rows *rows, uint32_t column, uint32_t label, RowsRanks *placements, U128 *sum,
                    const Host *host) {
  Walk walk = {.rows = rows};
  RanksWriter writer;
  Status status = mlm_rows_order_labelled(rows, column, label, &walk.order, host);
  if (status) return status;
  status = mlm_ranks_begin(&writer, placements, walk.order.n, host);
  if (!status) status = put_all(&walk, &writer, sum, host);
  mlm_rows_order_clear(&walk.order, host);
  return mlm_ranks_finish(&writer, status, host);
}

static Status add_squares(const Rows *rows, uint32_t label, const RowsRanks *a, const RowsRanks *b,
                          PlacementSums *sums, const Host *host) {
  const double *x;
  uint32_t width;
  for (uint64_t e = 0, block; e < a->n; e += block) {
    block = mlm_rows_block(rows, e, &x, &width);
    for (uint64_t k = e; k < e + block; k++, x += width) {
      uint64_t first = mlm_twice_rank_at(a, k), second = mlm_twice_rank_at(b, k), count = count_at(rows, k);
      int class = x[label] != 0;
      uint64_t gap = first > second ? first - second : second - first;
      mlm_u192_add(&sums->squares[class], mlm_u128_product(gap, gap), count);
      sums->n[class] += (int64_t)count;
    }
    if (mlm_rows_interrupted_in(e, e + block, host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

Status mlm_rows_placement_sums(const Rows *rows, uint32_t a, uint32_t b, uint32_t label, PlacementSums *sums,
                               const Host *host) {
  RowsRanks by_a = {0}, by_b = {0};
  memset(sums, 0, sizeof *sums);
  Status status = place(rows, a, label, &by_a, &sums->a, host);
  if (!status) status = place(rows, b, label, &by_b, &sums->b, host);
  if (!status) status = add_squares(rows, label, &by_a, &by_b, sums, host);
  mlm_rows_ranks_clear(&by_a, host);
  mlm_rows_ranks_clear(&by_b, host);
  return status;
}
