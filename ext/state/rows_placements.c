/* Placements of rows, from one walk over them in order. */
#include "state/rows_placements.h"

#include "state/rows_internal.h"

/* A bit for each entry: whether it is positive. In order of storage the labels are read fast, and the bits of
 * ten million rows fit a processor's cache. */
static uint64_t *read_labels(const Rows *rows, uint32_t label, const Host *host) {
  uint64_t n = mlm_rows_entries(rows), *bits = mlm_new_zeroed(host, (n / 64 + 1) * sizeof *bits);
  const double *x;
  uint32_t width;
  if (!bits) return NULL;
  for (uint64_t e = 0, block; e < n; e += block) {
    block = mlm_rows_block(rows, e, &x, &width);
    for (uint64_t k = e; k < e + block; k++, x += width)
      bits[k / 64] |= (uint64_t)(x[label] != 0) << k % 64;
  }
  return bits;
}

static bool is_positive(const uint64_t *bits, uint64_t e) { return bits[e / 64] >> e % 64 & 1; }

static uint64_t *place_of(const RowsRanks *ranks, uint64_t e) {
  return &ranks->block[e >> ranks->shift][e & (((uint64_t)1 << ranks->shift) - 1)];
}

/* Rows of each class, negatives first. */
typedef struct Counts {
  uint64_t of[2];
} Counts;

static Counts count_run(const Rows *rows, const RowsOrder *order, const RowsRun *run, const uint64_t *bits) {
  Counts in = {{0, 0}};
  for (uint64_t i = run->from; i < run->to; i++) {
    uint64_t e = mlm_order_at(order, i);
    in.of[is_positive(bits, e)] += rows->counted.n ? (uint64_t)mlm_rows_count_at(rows, e) : 1;
  }
  return in;
}

static Status place_all(const Rows *rows, const RowsOrder *order, const uint64_t *bits,
                        const RowsRanks *placements, const Host *host) {
  Counts below = {{0, 0}};
  RowsRun run = {0};
  while (mlm_run_next(&run, rows, order)) {
    Counts in = count_run(rows, order, &run, bits);
    for (uint64_t i = run.from; i < run.to; i++) {
      uint64_t e = mlm_order_at(order, i);
      int other = !is_positive(bits, e);
      if (i + MLM_AHEAD < order->n)
        mlm_prefetch_write(place_of(placements, mlm_order_at(order, i + MLM_AHEAD)));
      *place_of(placements, e) = 2 * below.of[other] + in.of[other];
      if (mlm_rows_interrupted(i, host)) return MLM_INTERRUPTED;
    }
    below.of[0] += in.of[0];
    below.of[1] += in.of[1];
  }
  return MLM_OK;
}

Status mlm_rows_placements(const Rows *rows, uint32_t column, uint32_t label, RowsRanks *placements,
                           const Host *host) {
  RowsOrder order = {0};
  uint64_t *bits = read_labels(rows, label, host);
  *placements = (RowsRanks){0};
  Status status = bits ? mlm_rows_order(rows, column, &order, host) : MLM_NOMEM;
  if (!status) status = mlm_rows_ranks_new(placements, order.n, host);
  if (!status) status = place_all(rows, &order, bits, placements, host);
  mlm_rows_order_clear(&order, host);
  host->free(bits);
  if (status) mlm_rows_ranks_clear(placements, host);
  return status;
}
