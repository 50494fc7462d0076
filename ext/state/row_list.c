/* Lists of rows in pages. */
#include "state/row_list.h"

enum { FIRST_ROWS = 8 };

void mlm_row_list_begin(RowList *list, uint32_t width) {
  uint32_t shift = 0;
  while ((uint64_t)width << (shift + 1) <= MLM_PAGE_DOUBLES) shift++;
  *list = (RowList){.width = width, .shift = shift};
}

static Status reserve_place(RowList *list, uint64_t i, const Host *host) {
  if (i < list->pages) return MLM_OK;
  uint64_t pages = 2 * list->pages + 1;
  double **page = host->realloc(list->page, pages * sizeof *page);
  if (!page) return MLM_NOMEM;
  memset(page + list->pages, 0, (size_t)(pages - list->pages) * sizeof *page);
  list->page = page;
  list->pages = pages;
  return MLM_OK;
}

/* The first page doubles until it is full; every later one is made full at once. */
Status mlm_row_list_reserve(RowList *list, uint64_t n, const Host *host) {
  const uint64_t full = (uint64_t)1 << list->shift;
  while (list->room < n) {
    uint64_t i = list->room >> list->shift;
    uint64_t rows = i > 0 ? full : list->room > 0 ? 2 * list->room : FIRST_ROWS;
    Status status = reserve_place(list, i, host);
    if (status) return status;
    if (rows > full) rows = full;
    double *page = host->realloc(list->page[i], rows * list->width * sizeof *page);
    if (!page) return MLM_NOMEM;
    list->page[i] = page;
    list->room = i * full + rows;
  }
  return MLM_OK;
}

void mlm_row_list_trim(RowList *list, const Host *host) {
  const uint64_t full = (uint64_t)1 << list->shift;
  while (list->room > full && list->room - full >= list->n) {
    list->room -= full;
    host->free(list->page[list->room >> list->shift]);
    list->page[list->room >> list->shift] = NULL;
  }
}

void mlm_row_list_release(RowList *list, uint64_t i, const Host *host) {
  for (uint64_t p = ((i + 1) >> list->shift); p > 0 && list->page[p - 1]; p--) {
    host->free(list->page[p - 1]);
    list->page[p - 1] = NULL;
  }
}

void mlm_row_list_clear(RowList *list, const Host *host) {
  for (uint64_t i = 0; i < list->pages; i++) host->free(list->page[i]);
  host->free(list->page);
  *list = (RowList){0};
}
