/* Mid-ranks of rows, and the writing of a number for each entry. */
#include "state/rows_internal.h"

enum { BUCKET = 1 << MLM_BUCKET_SHIFT };

static uint64_t blocks_of(uint64_t n, int shift) { return (n + ((uint64_t)1 << shift) - 1) >> shift; }

static uint64_t rows_of_block(uint64_t n, int shift, uint64_t b) {
  uint64_t full = (uint64_t)1 << shift, left = n - (b << shift);
  return left < full ? left : full;
}

void mlm_rows_ranks_clear(RowsRanks *ranks, const Host *host) {
  for (uint64_t b = 0; ranks->block && b < blocks_of(ranks->n, ranks->shift); b++)
    host->free(ranks->block[b]);
  host->free(ranks->block);
  *ranks = (RowsRanks){0};
}

Status mlm_ranks_begin(RanksWriter *writer, RowsRanks *ranks, uint64_t n, const Host *host) {
  uint64_t blocks = blocks_of(n, MLM_ORDER_SHIFT), buckets = n / BUCKET + 1;
  *ranks = (RowsRanks){.n = n, .shift = MLM_ORDER_SHIFT};
  *writer = (RanksWriter){.ranks = ranks};
  ranks->block = mlm_new_zeroed(host, (blocks + 1) * sizeof *ranks->block);
  writer->local = mlm_new_zeroed(host, (blocks + 1) * sizeof *writer->local);
  writer->filled = mlm_new_zeroed(host, buckets * sizeof *writer->filled);
  writer->bucket = host->realloc(NULL, (n < BUCKET ? n + 1 : BUCKET) * sizeof *writer->bucket);
  if (!ranks->block || !writer->local || !writer->filled || !writer->bucket) return MLM_NOMEM;
  for (uint64_t b = 0; b < blocks; b++) {
    uint64_t in_block = rows_of_block(n, ranks->shift, b);
    ranks->block[b] = host->realloc(NULL, in_block * sizeof **ranks->block);
    writer->local[b] = host->realloc(NULL, in_block * sizeof **writer->local);
    if (!ranks->block[b] || !writer->local[b]) return MLM_NOMEM;
  }
  return MLM_OK;
}

/* Puts the ranks of a bucket in the order of their entries. */
static void sort_bucket(const RanksWriter *writer, uint64_t first, uint32_t n) {
  uint64_t block = first >> writer->ranks->shift, mask = ((uint64_t)1 << writer->ranks->shift) - 1;
  uint64_t *rank = writer->ranks->block[block] + (first & mask);
  const uint16_t *local = writer->local[block] + (first & mask);
  memcpy(writer->bucket, rank, n * sizeof *rank);
  for (uint32_t i = 0; i < n; i++) rank[local[i]] = writer->bucket[i];
}

Status mlm_ranks_finish(RanksWriter *writer, Status status, const Host *host) {
  uint64_t n = writer->ranks->n, blocks = blocks_of(n, MLM_ORDER_SHIFT);
  for (uint64_t first = 0; first < n && !status; first += BUCKET) {
    sort_bucket(writer, first, writer->filled[first / BUCKET]);
    if (mlm_rows_interrupted_in(first, first + BUCKET, host)) status = MLM_INTERRUPTED;
  }
  for (uint64_t b = 0; writer->local && b < blocks; b++) host->free(writer->local[b]);
  host->free(writer->local);
  host->free(writer->filled);
  host->free(writer->bucket);
  if (status) mlm_rows_ranks_clear(writer->ranks, host);
  return status;
}

static Status put_all(RanksWriter *writer, const Rows *rows, const RowsOrder *order, const Host *host) {
  RowsRun run = {0};
  while (mlm_run_next(&run, rows, order)) {
    uint64_t rank = mlm_run_twice_rank(&run);
    for (uint64_t i = run.from; i < run.to; i++) {
      mlm_ranks_put(writer, mlm_order_at(order, i), rank);
      if (mlm_rows_interrupted(i, host)) return MLM_INTERRUPTED;
    }
  }
  return MLM_OK;
}

Status mlm_rows_ranks(const Rows *rows, uint32_t column, RowsRanks *ranks, const Host *host) {
  RowsOrder order;
  RanksWriter writer;
  *ranks = (RowsRanks){0};
  Status status = mlm_rows_order(rows, column, &order, host);
  if (status) return status;
  status = mlm_ranks_begin(&writer, ranks, order.n, host);
  if (!status) status = put_all(&writer, rows, &order, host);
  mlm_rows_order_clear(&order, host);
  return mlm_ranks_finish(&writer, status, host);
}
