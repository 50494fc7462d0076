/* Sorting rows within their own memory, a few pages at a time, which are then merged; and splitting them. */
#include "state/key_pages.h"
#include "state/rows_layout.h"

/* Sorting as many entries takes less than half a megabyte, and so do their keys and the order. */
enum { PAGES_AT_ONCE = 4 };

/* Copies the keys of n rows from `from` on, the first of a page, to a block in their order, and then to the
 * place of the rows. */
static Status put_in_order(Rows *rows, uint64_t from, uint64_t n, const RowsOrder *order, const Host *host) {
  const uint32_t width = rows->columns;
  const uint64_t full = (uint64_t)1 << rows->single.shift;
  uint64_t *block = host->realloc(NULL, n * width * sizeof *block), *to = block;
  if (!block) return MLM_NOMEM;
  for (uint64_t i = 0; i < n; i++) {
    const double *x = mlm_row_at(&rows->single, from + mlm_order_at(order, i));
    for (uint32_t c = 0; c < width; c++) *to++ = mlm_encode_score(x[c]);
  }
  for (uint64_t i = 0; i < n; i += full)
    memcpy(mlm_row_at(&rows->single, from + i), block + i * width,
           (size_t)mlm_least(full, n - i) * width * sizeof *block);
  host->free(block);
  return MLM_OK;
}

/* Sorts some pages at a time, and leaves the keys in the place of their rows. The block is taken only once
 * the sorting has given its memory back. */
static Status sort_all_pages(Rows *rows, const Host *host) {
  const uint64_t n = rows->single.n, most = (uint64_t)PAGES_AT_ONCE << rows->single.shift;
  Status status = MLM_OK;
  for (uint64_t from = 0; from < n && !status; from += most) {
    RowsOrder order;
    uint64_t here = mlm_least(most, n - from);
    status = mlm_rows_order_range(rows, from, here, &order, host);
    if (!status) status = put_in_order(rows, from, here, &order, host);
    mlm_rows_order_clear(&order, host);
    if (!status && mlm_interrupted(host)) status = MLM_INTERRUPTED;
  }
  return status;
}

/* The same of rows of one number. */
static Status sort_numbers(RowList *list, KeyPages *keys, const Host *host) {
  for (uint64_t p = 0; p < keys->pages; p++)
    for (uint64_t i = 0, n = mlm_key_page_records(keys, p); i < n; i++)
      keys->page[p][i] = mlm_encode_score(list->page[p][i]);
  return mlm_key_pages_sort(keys, host);
}

static Status sort_and_merge(Rows *rows, KeyPages *keys, const Host *host) {
  RowList *list = &rows->single;
  for (uint64_t p = 0; p < keys->pages; p++) keys->page[p] = (uint64_t *)(void *)list->page[p];
  if (list->width == 1) return sort_numbers(list, keys, host);
  Status status = sort_all_pages(rows, host);
  return status ? status : mlm_key_pages_merge(keys, PAGES_AT_ONCE, NULL, host);
}

/* Takes the merged pages, and turns their keys into numbers again. */
static void take_pages(RowList *list, KeyPages *keys) {
  mlm_key_pages_settle(keys);
  for (uint64_t p = 0; p < keys->pages; p++) {
    const uint64_t *key = keys->page[p];
    list->page[p] = (double *)(void *)keys->page[p];
    for (uint64_t i = 0, n = mlm_key_page_records(keys, p) * list->width; i < n; i++)
      list->page[p][i] = mlm_decode_score(key[i]);
  }
  list->sorted = list->n;
}

Status mlm_rows_sort_in_place(Rows *rows, const Host *host) {
  RowList *list = &rows->single;
  KeyPages keys;
  if (list->sorted == list->n) return MLM_OK;
  Status status = mlm_key_pages_begin(&keys, list->n, (uint64_t)1 << list->shift, list->width, host);
  if (!status) status = sort_and_merge(rows, &keys, host);
  if (!status) take_pages(list, &keys);
  mlm_key_pages_clear(&keys, host);
  return status;
}

Status mlm_rows_rank_in_place(Rows *rows, const Host *host) {
  RowList *list = &rows->single;
  Status status = mlm_rows_sort_in_place(rows, host);
  for (uint64_t from = 0, to; from < list->n && !status; from = to) {
    double x = *mlm_row_at(list, from);
    for (to = from + 1; to < list->n && *mlm_row_at(list, to) == x; to++) {}
    for (uint64_t i = from; i < to; i++) {
      double *row = mlm_row_at(list, i);
      row[0] = row[1];
      row[1] = (double)(from + to + 1);
    }
  }
  list->sorted = 0;
  return status;
}

void mlm_rows_release(Rows *rows, uint64_t e, const Host *host) {
  mlm_row_list_release(&rows->single, e, host);
}

/* ---- splitting ---- */

static Status append(Rows *part, const double *x, const Host *host) {
  if (mlm_rows_add_plain(part, x, part->columns)) return MLM_OK;
  Status status = mlm_row_list_reserve(&part->single, part->single.n + 1, host);
  if (!status) mlm_rows_add_plain(part, x, part->columns);
  return status;
}

Status mlm_rows_split(Rows *rows, Rows parts[2], const Host *host) {
  const uint32_t last = rows->columns - 1;
  Status status = mlm_rows_begin(&parts[0], last, host);
  /* unreachable: a failure, for the parts have no rows, and the rows two columns or more */
  if (!status) status = mlm_rows_begin(&parts[1], last, host);
  for (uint64_t e = 0, n; e < rows->single.n && !status; e += n) {
    const double *x;
    uint32_t width;
    n = mlm_rows_block(rows, e, &x, &width);
    for (uint64_t i = 0; i < n && !status; i++, x += width) status = append(&parts[x[last] != 0], x, host);
    mlm_row_list_release(&rows->single, e + n - 1, host);
    if (!status && mlm_rows_interrupted_in(e, e + n, host)) status = MLM_INTERRUPTED;
  }
  mlm_rows_state.clear(rows, host);
  return status;
}
