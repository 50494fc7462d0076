/* Kendall's tau-b and the concordance index against pairs counted one by one: equal values, counted rows,
 * rows taken back, in any order; counts near the limit; every allocation fails, every poll ends the work. */
#include "metrics/concordance.h"
#include "metrics/rank_pairs.h"
#include "random.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>

enum { FEW = 90, MOST = 900 };
/* More than are visited between two polls. */
#ifndef INTERRUPT_ROWS
enum { INTERRUPT_ROWS = 200000 };
#endif

static const StateType *const kind = &mlm_rows_state;

typedef struct Item {
  double x[3];
  int64_t count;
} Item;

static Item item[MOST];
static int n;

static Rows *fresh(void) { return calloc(1, kind->bytes); }

static void drop(Rows *rows) {
  kind->clear(rows, &host);
  free(rows);
}

static void put(Rows *rows, const Item *one, uint32_t columns, int sign) {
  Row row = {.x = {one->x[0], one->x[1], one->x[2]}, .columns = columns, .weight = (double)one->count};
  expect(kind->add(rows, &row, sign, &host) == MLM_OK, "add", sign);
}

static int sign_of(double x) { return (x > 0) - (x < 0); }

/* Sums of counts of small tables: exact as doubles. */
static double naive_kendall(void) {
  double sum = 0, x_pairs = 0, y_pairs = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < i; j++) {
      double pairs = (double)(item[i].count * item[j].count);
      int a = sign_of(item[i].x[0] - item[j].x[0]), b = sign_of(item[i].x[1] - item[j].x[1]);
      sum += a * b * pairs;
      x_pairs += a != 0 ? pairs : 0;
      y_pairs += b != 0 ? pairs : 0;
    }
  return sum / sqrt(x_pairs * y_pairs);
}

static double naive_concordance(void) {
  double twice = 0, comparable = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      const double *a = item[i].x, *b = item[j].x;
      double pairs = (double)(item[i].count * item[j].count);
      if (a[2] == 0 || !(a[1] < b[1] || (a[1] == b[1] && b[2] == 0))) continue;
      comparable += pairs;
      twice += a[0] < b[0] ? 2 * pairs : a[0] == b[0] ? pairs : 0;
    }
  return twice / (2 * comparable);
}

static void make_items(void) {
  int values = 1 + (int)(draw() % (draw() % 4 ? 30 : 1000)), most = draw() % 2 ? 1 : 9;
  n = 1 + (int)(draw() % (draw() % 64 ? FEW : MOST));
  for (int i = 0; i < n; i++) {
    item[i] = (Item){{(double)(draw() % (uint64_t)values), (double)(draw() % (uint64_t)values), 0}, 1};
    if (draw() % 2) item[i].x[1] = item[i].x[0] + (double)(draw() % 3);
    item[i].x[2] = (double)(draw() % 2);
    item[i].count = 1 + (int64_t)(draw() % (uint64_t)most);
  }
}

/* The items in another order, with some that came and went. */
static Rows *make_rows(uint32_t columns) {
  Rows *rows = fresh();
  int start = (int)(draw() % (uint64_t)n);
  bool guests = draw() % 2;
  for (int i = 0; i < n && guests; i++) put(rows, &item[i], columns, 1);
  for (int i = 0; i < n; i++) put(rows, &item[(start + 7 * i) % n % n], columns, 1);
  for (int i = 0; i < n && guests; i++) put(rows, &item[i], columns, -1);
  expect(kind->seal(rows, &host) == MLM_OK, "seal", n);
  return rows;
}

typedef Status Of(const Rows *rows, Rows *own, const Host *host_, double *value);

/* Reading the rows, and using them up: the same bits, and no row is left. */
static double value_of(Of *of, Rows *rows, long step) {
  double value = 2, again = 3;
  bool single = mlm_rows_are_single(rows);
  expect(of(rows, NULL, &host, &value) == MLM_OK, "a value", step);
  expect(of(rows, rows, &host, &again) == MLM_OK, "a value of own rows", step);
  expect(memcmp(&value, &again, sizeof value) == 0, "the same bits", step);
  expect(kind->empty(rows) == single, "no row is left", step);
  return value;
}

static bool is_same(double a, double b) { return (a != a && b != b) || fabs(a - b) <= 0x1p-51 * fabs(b); }

static void check_random(int round) {
  make_items();
  if (n % 7 == 0) n--; /* 7i goes through all places */
  if (n == 0) return;
  Rows *rows = make_rows(2);
  expect(is_same(value_of(mlm_kendall, rows, round), naive_kendall()), "kendall", round);
  drop(rows);
  rows = make_rows(3);
  expect(is_same(value_of(mlm_concordance_index, rows, round), naive_concordance()), "concordance", round);
  drop(rows);
}

static void check_exact(const Item *items, int count, double tau, double index) {
  Rows *two = fresh(), *three = fresh();
  double value;
  for (int i = 0; i < count; i++) {
    put(two, &items[i], 2, 1);
    put(three, &items[i], 3, 1);
  }
  value = value_of(mlm_kendall, two, count);
  expect_x(value == tau, "kendall", value);
  value = value_of(mlm_concordance_index, three, count);
  expect_x(value == index, "concordance", value);
  drop(two);
  drop(three);
}

/* Of the rows, or of a copy, which is used up and left empty whether that fails or not. */
static Status value_or_failure(Of *of, const Rows *rows, bool own, double *value) {
  Rows copy = {.columns = 0};
  if (!own) return of(rows, NULL, &host, value);
  Status status = mlm_rows_copy(rows, &copy, &host);
  if (!status) {
    status = of(&copy, &copy, &host, value);
    if (mlm_rows_are_single(rows)) expect(kind->empty(&copy), "no row is left", status);
  }
  kind->clear(&copy, &host);
  return status;
}

/* Each kind of failure at each place where it can happen. */
static void check_failures(Of *of, uint32_t columns, bool own, int most) {
  uint64_t before = live_bytes;
  Rows *rows = fresh();
  double value;
  for (int i = 0; i < 300; i++)
    put(rows,
        &(Item){{(double)(draw() % 50), (double)(draw() % 50), (double)(draw() % 2)}, 1 + i % 2 * (most - 1)},
        columns, 1);
  uint64_t live = live_bytes;
  long steps = 0;
  for (Status status = MLM_NOMEM; status != MLM_OK; steps++) {
    allowed = steps;
    status = value_or_failure(of, rows, own, &value);
    expect(status == MLM_OK || status == MLM_NOMEM, "out of memory", steps);
    expect(live_bytes == live, "memory given back", steps);
  }
  allowed = -1;
  expect(steps > 4, "allocations", steps);
  drop(rows);
  expect(live_bytes == before, "all memory given back", 0);
}

static void check_interrupts(Of *of, uint32_t columns, bool own) {
  Rows *rows = fresh();
  double value;
  for (int i = 0; i < INTERRUPT_ROWS; i++)
    put(rows, &(Item){{(double)(draw() % 100000), (double)(draw() % 100000), (double)(draw() % 2)}, 1},
        columns, 1);
  uint64_t live = live_bytes;
  long polls = 0;
  for (Status status = MLM_INTERRUPTED; status != MLM_OK; polls++) {
    stop_in = polls;
    status = value_or_failure(of, rows, own, &value);
    expect(status == (stop_in < 0 ? MLM_INTERRUPTED : MLM_OK), "interrupted", polls);
    expect(live_bytes == live, "memory given back", polls);
  }
  stop_in = -1;
  expect(polls > 4, "polls", polls);
  drop(rows);
}

int main(void) {
  const int64_t many = (int64_t)1 << 44;
  for (int round = 0; round < 4000; round++) check_random(round);
  check_exact((Item[]){{{1, 1, 1}, many}, {{2, 2, 1}, many}}, 2, 1, 1);
  check_exact((Item[]){{{1, 2, 1}, many}, {{2, 1, 1}, many}}, 2, -1, 0);
  check_exact((Item[]){{{1, 1, 1}, many}, {{2, 2, 1}, many}, {{1, 2, 0}, many}, {{2, 1, 0}, many}}, 4, 0,
              0.625);
  for (int own = 0; own < 2; own++) {
    for (int most = 1; most <= 9; most += 8) {
      check_failures(mlm_kendall, 2, own, most);
      check_failures(mlm_concordance_index, 3, own, most);
    }
    check_interrupts(mlm_kendall, 2, own);
    check_interrupts(mlm_concordance_index, 3, own);
  }
  return end_of_tests();
}
