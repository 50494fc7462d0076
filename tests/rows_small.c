/* tests/rows.c once more, with pages of 64 numbers, orders in blocks of 256 entries and polls every 32 rows:
 * what large tables come to. */
#define main test_in_large
int main(void);
#include "rows.c"
#undef main

/* Ranks of so many entries that more places share a bucket. */
static void test_many_ranks(void) {
  enum { MANY = 40000, STEP = 7919 };
  Rows *rows = calloc(1, kind->bytes);
  RowsRanks ranks;
  for (int i = 0; i < MANY; i++) {
    const Row row = {.x = {i, (int64_t)i * STEP % MANY}, .columns = 2, .weight = 1};
    if (kind->add(rows, &row, 1, &host)) expect_x(false, "add", i);
  }
  expect_x(kind->seal(rows, &host) == MLM_OK && mlm_rows_ranks(rows, 1, &ranks, &host) == MLM_OK, "ranks",
           MANY);
  bool right = ranks.n == MANY;
  for (uint64_t e = 0; e < MANY && right; e++)
    right = (double)mlm_twice_rank_at(&ranks, e) == 2 * (mlm_rows_at(rows, e)[1] + 1);
  expect_x(right, "the rank of each number", MANY);
  mlm_rows_ranks_clear(&ranks, &host);
  kind->clear(rows, &host);
  free(rows);
}

int main(void) {
  test_many_ranks();
  return test_in_large();
}
