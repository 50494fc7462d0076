/* Mid-ranks of rows, and buckets of numbers on their way to entries. */
#include "state/rows_layout.h"

enum { MOST_BUCKETS = 1024 };

static uint64_t blocks_of(uint64_t n, int shift) { return (n + ((uint64_t)1 << shift) - 1) >> shift; }

static uint64_t rows_of_block(uint64_t n, int shift, uint64_t b) {
  uint64_t full = (uint64_t)1 << shift, left = n - (b << shift);
  return left < full ? left : full;
}

Status mlm_buckets_new(Buckets *buckets, uint64_t places, const Host *host) {
  *buckets = (Buckets){.shift = MLM_BUCKET_SHIFT};
  while (places >> buckets->shift >= MOST_BUCKETS) buckets->shift++;
  buckets->n = (places >> buckets->shift) + 1;
  buckets->place = host->realloc(NULL, buckets->n * MLM_BUCKET * sizeof *buckets->place);
  buckets->number = host->realloc(NULL, buckets->n * MLM_BUCKET * sizeof *buckets->number);
  buckets->filled = mlm_new_zeroed(host, buckets->n * sizeof *buckets->filled);
  return buckets->place && buckets->number && buckets->filled ? MLM_OK : MLM_NOMEM;
}

void mlm_buckets_clear(Buckets *buckets, const Host *host) {
  host->free(buckets->place);
  host->free(buckets->number);
  host->free(buckets->filled);
  *buckets = (Buckets){0};
}

void mlm_rows_ranks_clear(RowsRanks *ranks, const Host *host) {
  for (uint64_t b = 0; ranks->block && b < blocks_of(ranks->n, ranks->shift); b++)
    host->free(ranks->block[b]);
  host->free(ranks->block);
  *ranks = (RowsRanks){0};
}

Status mlm_rows_ranks_new(RowsRanks *ranks, uint64_t n, const Host *host) {
  *ranks = (RowsRanks){.n = n, .shift = MLM_ORDER_SHIFT};
  ranks->block = mlm_new_zeroed(host, (blocks_of(n, ranks->shift) + 1) * sizeof *ranks->block);
  if (!ranks->block) return MLM_NOMEM;
  for (uint64_t b = 0; b < blocks_of(n, ranks->shift); b++) {
    ranks->block[b] = host->realloc(NULL, rows_of_block(n, ranks->shift, b) * sizeof **ranks->block);
    if (!ranks->block[b]) return MLM_NOMEM;
  }
  return MLM_OK;
}

static void empty_bucket(Buckets *buckets, uint64_t b, const RowsRanks *ranks) {
  const uint32_t *place = buckets->place + b * MLM_BUCKET;
  const uint64_t *number = buckets->number + b * MLM_BUCKET;
  for (uint32_t i = 0; i < buckets->filled[b]; i++) *mlm_rank_place(ranks, place[i]) = number[i];
  buckets->filled[b] = 0;
}

static Status fill_ranks(const RowsRanks *ranks, Buckets *buckets, const Rows *rows, const RowsOrder *order,
                         const Host *host) {
  RowsRun run = {0};
  while (mlm_run_next(&run, rows, order)) {
    uint64_t rank = mlm_run_twice_rank(&run);
    for (uint64_t i = run.from; i < run.to; i++) {
      uint32_t e = (uint32_t)mlm_order_at(order, i);
      if (mlm_bucket_put(buckets, e, rank)) empty_bucket(buckets, e >> buckets->shift, ranks);
      if (mlm_rows_interrupted(i, host)) return MLM_INTERRUPTED;
    }
  }
  for (uint64_t b = 0; b < buckets->n; b++) empty_bucket(buckets, b, ranks);
  return MLM_OK;
}

Status mlm_rows_ranks(const Rows *rows, uint32_t column, RowsRanks *ranks, const Host *host) {
  RowsOrder order;
  Buckets buckets = {0};
  *ranks = (RowsRanks){0};
  Status status = mlm_rows_order(rows, column, &order, host);
  if (!status) status = mlm_rows_ranks_new(ranks, order.n, host);
  if (!status) status = mlm_buckets_new(&buckets, order.n, host);
  if (!status) status = fill_ranks(ranks, &buckets, rows, &order, host);
  mlm_buckets_clear(&buckets, host);
  mlm_rows_order_clear(&order, host);
  if (status) mlm_rows_ranks_clear(ranks, host);
  return status;
}
