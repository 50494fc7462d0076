/* The multiset of rows where each allocation fails, once or from then on, and each poll interrupts: the state
 * keeps its rows, and the step succeeds when it is repeated. Pages and blocks are small.
 */
#include <string.h>

#include "row_sets.h"
#include "state/rows_placements.h"

/* The steps that are tried while allocations fail or the host interrupts. Repeated afterwards, each must give
 * the result that it would have given. */
enum {
  ADD,
  ADD_WEIGHTED,
  ADD_REPEATED,
  TAKE_BACK,
  MERGE,
  SUBTRACT,
  SEAL,
  SORT,
  SAVE,
  LOAD,
  ORDER,
  ORDER_FIRST,
  ORDER_ALL,
  RANKS,
  PLACEMENTS,
  WEIGHT,
  PLACEMENTS_FEW,
  STEPS
};
enum { ROWS = 900, FEW_ROWS = 200 };

/* How often each step polls the host at least: once in 32 rows of each pass over them. */
static const short least_polls[STEPS] = {
    [ADD_WEIGHTED] = 250, [ADD_REPEATED] = 45, [MERGE] = 15,       [SUBTRACT] = 15, [SEAL] = 140,
    [SORT] = 140,         [SAVE] = 430,        [LOAD] = 37,        [ORDER] = 70,    [ORDER_FIRST] = 150,
    [ORDER_ALL] = 250,    [RANKS] = 110,       [PLACEMENTS] = 220, [WEIGHT] = 9,    [PLACEMENTS_FEW] = 24};

static void add_many(Rows *rows, int from, int n, double weight, int sign, Status *status) {
  for (int i = from; i < from + n && !*status; i++)
    *status = put_row(rows, i * 7919 % 3001, i % 50 * 0.1, i % 3, weight, sign);
}

/* Many rows agree in the first column, except in its lowest bits, which an order has to look up. */
static void add_tied(Rows *rows, int n, Status *status) {
  for (int i = 0; i < n && !*status; i++)
    *status =
        put_row(rows, i % 200 ? 1 + i * 7 % 5 * 0x1p-52 : -1, i % 4 ? i * 7919 % 3001 : 0, i % 30, 1, 1);
}

typedef struct Act {
  Rows *rows, *other;
  Writer out;
} Act;

static Act begin_act(int step) {
  Act act = {fresh(), fresh(), {.limit = UINT64_MAX, .host = &host}};
  Status status = MLM_OK;
  const bool few = step == PLACEMENTS_FEW; /* so few that they are sorted as words */
  if (step > ADD_REPEATED) add_many(act.rows, 0, few ? FEW_ROWS : ROWS, 1, 1, &status);
  if (step == MERGE || step == SUBTRACT) add_many(act.other, 0, 500, 1, 1, &status);
  if (step == MERGE || (step >= SAVE && !few)) add_many(act.rows, 200, 300, 0.3, 1, &status);
  if (step == SAVE || step == ORDER_FIRST || step == ORDER_ALL) add_tied(act.rows, ROWS, &status);
  if (step == SEAL || step == SORT) {
    add_many(act.rows, 0, 500, 1, 1, &status);
    expect(mlm_rows_sort(act.rows, &host) == MLM_OK, "sort", step);
    add_many(act.rows, 100, 300, 1, 1, &status);
    for (int k = 0; k < 4; k++) add_many(act.rows, 600, 100, 1, 1, &status);
    add_many(act.rows, 100, 300, 0.3, 1, &status);
    add_many(act.rows, 0, 200, 1, -1, &status);
  }
  if (step == LOAD) {
    kind->save(act.rows, &act.out);
    drop(act.rows);
    act.rows = fresh();
  }
  expect(status == MLM_OK, "begin", step);
  return act;
}

static Status read_step(Act *act, int step);

static Status do_step(Act *act, int step) {
  Status status = MLM_OK;
  switch (step) {
  case ADD:
    add_many(act->rows, (int)mlm_rows_count(act->rows), 60 - (int)mlm_rows_count(act->rows), 1, 1, &status);
    break;
  case ADD_WEIGHTED:
    add_many(act->rows, (int)mlm_rows_count(act->rows), 2600 - (int)mlm_rows_count(act->rows), 0.3, 1,
             &status);
    break;
  case ADD_REPEATED:
    for (int i = (int)mlm_rows_count(act->rows); i < 500 && !status; i++)
      status = put_row(act->rows, i % 3, 0.5, 1, 1, 1);
    break;
  case TAKE_BACK:
    add_many(act->rows, ROWS - (int)mlm_rows_count(act->rows), (int)mlm_rows_count(act->rows), 1, -1,
             &status);
    break;
  case MERGE: status = kind->merge(act->rows, act->other, &host); break;
  case SUBTRACT: status = kind->subtract(act->rows, act->other, &host); break;
  case SEAL: status = kind->seal(act->rows, &host); break;
  case SORT: status = mlm_rows_sort(act->rows, &host); break;
  default: status = read_step(act, step);
  }
  return status;
}

/* Steps that do not change the rows, and loading. */
static Status read_step(Act *act, int step) {
  Status status = MLM_OK;
  RowsOrder order;
  RowsRanks ranks;
  PlacementSums sums;
  WeightSum weight = {0};
  switch (step) {
  case SAVE:
    kind->save(act->rows, &act->out);
    status = act->out.status;
    break;
  case LOAD: {
    Reader in = {.at = act->out.bytes, .end = act->out.bytes + act->out.n};
    status = kind->load(act->rows, &in, &host);
    break;
  }
  case ORDER:
  case ORDER_FIRST:
    status = mlm_rows_order(act->rows, step == ORDER, &order, &host);
    if (!status) mlm_rows_order_clear(&order, &host); /* after a failure it is empty */
    break;
  case ORDER_ALL:
    status = mlm_rows_order_all(act->rows, &order, &host);
    if (!status) mlm_rows_order_clear(&order, &host);
    break;
  case PLACEMENTS:
  case PLACEMENTS_FEW: status = mlm_rows_placement_sums(act->rows, 0, 1, 2, &sums, &host); break;
  case RANKS:
    status = mlm_rows_ranks(act->rows, 1, &ranks, &host);
    mlm_rows_ranks_clear(&ranks, &host);
    break;
  default: status = mlm_rows_weight(act->rows, &weight, &host); mlm_weight_sum_clear(&weight, &host);
  }
  return status;
}

/* Makes ready to do a step that failed again. */
static void reset(Act *act, int step) {
  if (step == LOAD) {
    drop(act->rows);
    act->rows = fresh();
  } else if (step == SAVE) {
    release(act->out.bytes);
    act->out = (Writer){.limit = UINT64_MAX, .host = &host};
  }
}

static void end_act(Act *act) {
  release(act->out.bytes);
  drop(act->rows);
  drop(act->other);
}

/* `countdown` makes the host fail. After a failure the step is repeated: a failed step must not have changed
 * the rows. */
static void test_step(int step, long *countdown, Status failure) {
  Act want = begin_act(step);
  long met = 0, at = 0;
  expect(do_step(&want, step) == MLM_OK, "a step", step);
  for (bool ended = false; !ended; at++) {
    Act act = begin_act(step);
    *countdown = at;
    Status status = do_step(&act, step);
    ended = countdown == &allowed ? *countdown > 0 : *countdown >= 0;
    *countdown = -1;
    met += status != MLM_OK;
    expect(status == MLM_OK || status == failure, "as the host says", step);
    expect(failure == MLM_NOMEM || (status == MLM_OK) == ended, "interrupted", step);
    if (status) {
      reset(&act, step);
      expect(do_step(&act, step) == MLM_OK, "done again", step);
    }
    expect_same(want.rows, act.rows, "as if nothing had failed", step);
    end_act(&act);
  }
  expect(failure == MLM_NOMEM || at > least_polls[step], "polls", at);
  bool never = failure == MLM_INTERRUPTED && (step == ADD || step == TAKE_BACK);
  expect((met > 0) == !never, "failed", step);
  end_act(&want);
}

int main(void) {
  for (int step = 0; step < STEPS; step++) {
    for (int once = 0; once < 2; once++) {
      fails_once = once;
      test_step(step, &allowed, MLM_NOMEM);
    }
    test_step(step, &stop_in, MLM_INTERRUPTED);
  }
  expect(live_bytes == 0, "blocks left", (long)live_bytes);
  return end_of_tests();
}
