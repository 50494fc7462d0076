/* The decisions of rows of probabilities and a class, sorted by class and pooled, against score sets of them:
 * the same bits, whether the rows stay or are used up; every allocation fails, every poll ends the work.
 * Pages are small.
 */
#include "metrics/one_vs_rest.h"

#include "metrics/ranking.h"
#include "random.h"
#include "row_sets.h"

enum { MOST_CLASSES = 5, MOST_ROWS = 700 };

static Rows *make_rows(uint32_t k, int n, uint64_t distinct) {
  Rows *rows = fresh();
  for (int i = 0; i < n; i++) {
    double p[MOST_CLASSES];
    for (uint32_t c = 0; c < k; c++) p[c] = (double)(draw() % (distinct + 1)) / (double)distinct;
    Row row = {.preds = {p, k}, .index = (uint32_t)(draw() % k), .weight = 1};
    expect(kind->add(rows, &row, 1, &host) == MLM_OK, "add", i);
    rows->look_at = UINT64_MAX; /* they may repeat, and stay single */
  }
  expect(kind->seal(rows, &host) == MLM_OK && mlm_rows_are_single(rows), "single rows", n);
  return rows;
}

static Rows *copy_of(const Rows *rows) {
  Rows *copy = fresh();
  expect(mlm_rows_copy(rows, copy, &host) == MLM_OK, "copied", 0);
  return copy;
}

/* A score set of the decisions of class c, or of all where c is k. */
static Scores *scores_of(const Rows *rows, uint32_t k, uint32_t c) {
  Scores *scores = calloc(1, mlm_scores_state.bytes);
  for (uint64_t e = 0; e < mlm_rows_entries(rows); e++)
    for (uint32_t at = 0; at < k; at++) {
      const double *x = mlm_rows_at(rows, e);
      Row row = {.pred = x[at], .target = x[k] == at, .weight = 1};
      if (c == k || c == at) expect(mlm_scores_state.add(scores, &row, 1, &host) == MLM_OK, "add", (long)e);
    }
  expect(mlm_scores_state.seal(scores, &host) == MLM_OK, "seal", c);
  return scores;
}

static bool same(double a, double b) { return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b); }

static void expect_like(const OneVsRest *d, Scores *scores, long step) {
  uint64_t positives, again;
  expect(same(mlm_one_vs_rest_auc(d, &positives), mlm_roc_auc(scores, NULL)), "auc", step);
  expect(same(mlm_one_vs_rest_average_precision(d, &again), mlm_average_precision(scores, NULL)), "precision",
         step);
  expect(positives == again && (int64_t)positives == mlm_scores_totals(scores).pos_count, "positives", step);
  mlm_scores_state.clear(scores, &host);
  free(scores);
}

static void check(uint32_t k, int n, uint64_t distinct) {
  Rows *rows = make_rows(k, n, distinct);
  OneVsRest d;
  for (int use_up = 0; use_up < 2; use_up++) {
    Rows *own = use_up ? copy_of(rows) : NULL;
    expect(mlm_one_vs_rest_begin(&d, own ? own : rows, own, &host) == MLM_OK, "begin", n);
    for (uint32_t c = 0; c < k; c++) {
      expect(mlm_one_vs_rest_sort_class(&d, c) == MLM_OK, "sort", c);
      expect_like(&d, scores_of(rows, k, c), n);
    }
    mlm_one_vs_rest_end(&d);
    if (own) expect(kind->empty(own) == (d.own != NULL), "used up", n);
    if (own) drop(own);
  }
  Rows *own = copy_of(rows);
  expect(mlm_one_vs_rest_begin_pooled(&d, own, &host) == MLM_OK && mlm_one_vs_rest_sort_pooled(&d) == MLM_OK,
         "pooled", n);
  expect_like(&d, scores_of(rows, k, k), n);
  mlm_one_vs_rest_end(&d);
  expect(kind->empty(own), "used up", n);
  drop(own);
  drop(rows);
}

/* All that can fail: the classes of rows that stay and that are used up, and all of them pooled. */
static Status run(Rows *rows, Rows *own, bool pooled) {
  OneVsRest d;
  Status status =
      pooled ? mlm_one_vs_rest_begin_pooled(&d, own, &host) : mlm_one_vs_rest_begin(&d, rows, own, &host);
  if (pooled && !status) status = mlm_one_vs_rest_sort_pooled(&d);
  for (uint32_t c = 0; c < 2 && !status && !pooled; c++) status = mlm_one_vs_rest_sort_class(&d, c);
  mlm_one_vs_rest_end(&d);
  return status;
}

/* `left` counts down to the failure. */
static void check_failures(long *left, Status failure) {
  Rows *rows = make_rows(2, MOST_ROWS, 100000);
  uint64_t live = live_bytes;
  for (int how = 0; how < 3; how++) {
    long steps = 0;
    for (Status status = failure; status != MLM_OK; steps++) {
      Rows *own = copy_of(rows);
      *left = steps;
      status = run(how ? own : rows, how ? own : NULL, how == 2);
      *left = -1;
      expect(status == MLM_OK || status == failure, "fails", steps);
      drop(own);
      expect(live_bytes == live, "memory given back", steps);
    }
    expect(steps > (how ? 4 : 2), "places", how);
  }
  drop(rows);
}

int main(void) {
  for (int round = 0; round < 300; round++)
    check(1 + (uint32_t)(draw() % MOST_CLASSES), 1 + (int)(draw() % (draw() % 2 ? 40 : MOST_ROWS)),
          draw() % 2 ? 20 : 1000000);
  check_failures(&allowed, MLM_NOMEM);
  check_failures(&stop_in, MLM_INTERRUPTED);
  expect(live_bytes == 0, "all memory given back", 0);
  return end_of_tests();
}
