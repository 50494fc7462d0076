/* Sets of scores where memory ends or the host wants an end in the middle of something long: the set says so,
 * holds what it held, and goes on when asked again; and what is done once there are millions. */
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "metric.h"
#include "state/scores.h"
#include "score_sets.h"

/* Whatever happened, sealed again the set has these rows, each with a score of its own. */
static void expect_rows(Scores *scores, int64_t neg, int64_t pos, const char *what, long step) {
  expect(kind->seal(scores, &host) == MLM_OK, what, step);
  ScoreTotals all = mlm_scores_totals(scores);
  expect(all.NEG == (double)neg && all.POS == (double)pos, what, step);
  expect(mlm_scores_distinct(scores) == neg + pos, what, step);
}

/* A first row taken back makes a tree of all keys. */
static void test_planting(void) {
  enum { EACH = 70000 };
  for (int way = 0; way < 2; way++) {
    int met = 1, step = 0;
    for (; met; step++) {
      Scores *scores = fresh();
      for (int i = 0; i < 2 * EACH; i++) put_row(scores, i, i % 2, 1, 1);
      *(way ? &stop_in : &allowed) = way ? step : step * step * 7;
      Status status = put_row(scores, 0, 0, 1, -1);
      met = status != MLM_OK;
      allowed = stop_in = -1;
      expect(status == (met ? way ? MLM_STOPPED : MLM_NOMEM : MLM_OK), "a tree", step);
      if (met) {
        expect_rows(scores, EACH, EACH, "as it was", step);
        expect(put_row(scores, 0, 0, 1, -1) == MLM_OK, "a tree after all", step);
      }
      expect_rows(scores, EACH - 1, EACH, "one less", step);
      drop(scores);
    }
    expect(step > 2, "failed more than once", way);
  }
}

/* Rows of other weights are kept in lists, which are sorted when they get long and when they are looked at.
 */
static void test_entries(void) {
  enum { ROWS = 300000 };
  int met = 1, step = 0;
  for (; met; step++) {
    Scores *scores = fresh();
    stop_in = step;
    met = 0;
    for (int64_t i = 0; i < ROWS; i++)
      for (Status status = MLM_STOPPED; status;) {
        status = put_row(scores, (double)(i * 7919 % 300007 - 200000), 1, 0.5, 1);
        if (status) expect(status == MLM_STOPPED && met++ == 0, "put", (long)i);
      }
    if (kind->seal(scores, &host) != MLM_OK) met++;
    expect(met == (stop_in < 0), "stopped once", step);
    stop_in = -1;
    expect(kind->seal(scores, &host) == MLM_OK && mlm_scores_distinct(scores) == ROWS, "all are in", step);
    ScoreTotals all = mlm_scores_totals(scores);
    expect(all.NEG == 0 && all.POS == ROWS / 2, "their weight", step);
    drop(scores);
  }
  expect(step > 2, "asked more than once", step);
}

/* From four million keys on a larger sample of them is looked at. */
static void test_millions(void) {
  enum { ROWS = 9000000 };
  Scores *scores = fresh();
  Status status = MLM_OK;
  for (int64_t i = 0; i < ROWS && !status; i++) status = put_row(scores, (double)(i * 7919 % ROWS), 0, 1, 1);
  expect(status == MLM_OK, "added", 0);
  expect_rows(scores, ROWS, 0, "millions", 0);
  drop(scores);
  scores = fresh();
  for (int64_t i = 0; i < ROWS && !status; i++) status = put_row(scores, (double)(i % 3000000), 0, 1, 1);
  expect(kind->seal(scores, &host) == MLM_OK && mlm_scores_distinct(scores) == 3000000, "three times", 0);
  expect(mlm_scores_totals(scores).NEG == ROWS, "all of them", 0);
  drop(scores);
}

/* Rows left out count up to 2^62, whatever is merged. */
static Scores *with_left_out(uint64_t left_out) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  Scores *scores = fresh();
  mlm_write_varint(&out, left_out);
  for (int i = 0; i < 3; i++) mlm_write_varint(&out, 0);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  expect(kind->load(scores, &in, &host) == MLM_OK && in.at == in.end, "load", (long)left_out);
  release(out.bytes);
  return scores;
}

static void test_left_out(void) {
  const uint64_t most = (uint64_t)1 << 62;
  for (uint64_t more = 0; more < 2; more++) {
    Scores *into = with_left_out(most - 3), *from = with_left_out(3 + more);
    put_row(into, 0.5, 1, 1, 1);
    put_row(from, 0.25, 0, 1, 1);
    expect(kind->merge(into, from, &host) == (more ? MLM_TOOMANY : MLM_OK), "left out of both", (long)more);
    expect(mlm_scores_left_out(into) == (int64_t)(more ? most - 3 : most), "left out", (long)more);
    expect_rows(into, more ? 0 : 1, 1, "rows of both, or as before", (long)more);
    drop(from);
    drop(into);
  }
}

int main(void) {
  test_planting();
  test_entries();
  test_millions();
  test_left_out();
  expect(live_bytes == 0, "all memory is given back", live_bytes);
  return end_of_tests();
}
