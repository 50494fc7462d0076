/* The multiset of rows against a plain list: any order, taken back, merged, subtracted, saved, with weights,
 * read in every order, on damaged bytes. */
#include "state/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "row_sets.h"
#include "state/exact_sum_round.h"
#include "state/rows_placements.h"

/* ---- a plain list ---- */

enum { MOST = 5000, MOST_LENGTH = 12, FEW = 400 }; /* FEW: pairs of rows are looked at one by one */

typedef struct Item {
  double x[MOST_LENGTH], weight;
} Item;

static uint32_t length = 3; /* of the current rows */

static int compare_items(const void *a, const void *b) {
  const Item *x = a, *y = b;
  for (uint32_t c = 0; c < length; c++)
    if (x->x[c] != y->x[c]) return x->x[c] < y->x[c] ? -1 : 1;
  return x->weight < y->weight ? -1 : x->weight > y->weight;
}

/* Numbers of a column: labels, few or many scores, zeros of both signs and infinities, all bits, numbers that
 * are alike in all but their lowest bits. */
static double draw_number(uint64_t way) {
  double x = draw_double();
  uint64_t bits = draw(), pick = draw() % 30;
  switch (way % 7) {
  case 0: return (double)(bits & 1);
  case 1: return (double)(bits % 5) / 4 - 0.5;
  case 2: return draw_unit();
  case 3: return pick == 0 ? INFINITY : pick == 1 ? -INFINITY : pick == 2 ? -0.0 : pick == 3 ? 0 : x;
  case 4: return (double)(int64_t)(bits % 2000) - 1000;
  case 5: return (double)(float)draw_unit();
  default: return pick == 0 ? -1e300 : 1 + (double)(bits % 7) * 0x1p-52;
  }
}

static double draw_weight(int way) {
  uint64_t k = draw();
  return way == 0 ? 1 : way == 1 ? (double)(1 + k % 5) : (double)(1 + k % 7) / 3;
}

/* One in `repeat` is as one before. */
static void draw_items(Item *item, int n, int weights, uint64_t repeat) {
  uint64_t way = draw();
  for (int i = 0; i < n; i++) {
    for (uint32_t c = 0; c < length; c++) item[i].x[c] = draw_number(way >> (3 * c));
    if (i > 0 && draw() % repeat == 0) item[i] = item[draw() % (uint64_t)i];
    item[i].weight = draw_weight(weights);
  }
}

static void shuffle(Item *item, int n) { shuffle_items(item, n, sizeof *item); }

/* By place, or as a vector and a class, or as two vectors: all the same. */
static Status put(Rows *rows, const Item *item, int sign) {
  Row row = {.weight = item->weight};
  double last = item->x[length - 1];
  uint64_t way = draw() % 3;
  bool is_class = last >= 0 && last < 1e9 && last == floor(last);
  if (length > 1 && way == 1 && is_class) {
    row.preds = (Vector){(double *)item->x, length - 1};
    row.index = (size_t)last;
  } else if (length > 1 && (way == 2 || length > MLM_ROW_NUMBERS)) {
    size_t n = 1 + (size_t)(draw() % (length - 1));
    row.preds = (Vector){(double *)item->x, n};
    row.targets = (Vector){(double *)item->x + n, length - n};
  } else {
    row.columns = length;
    memcpy(row.x, item->x, length * sizeof *item->x);
  }
  return kind->add(rows, &row, sign, &host);
}

static Rows *filled(const Item *item, int n) {
  Rows *rows = fresh();
  for (int i = 0; i < n; i++) expect_x(put(rows, &item[i], 1) == MLM_OK, "add", i);
  return rows;
}

static Rows *loaded(const Writer *bytes) {
  Rows *rows = fresh();
  Reader in = {.at = bytes->bytes, .end = bytes->bytes + bytes->n};
  expect_x(kind->load(rows, &in, &host) == MLM_OK && in.at == in.end, "load", (double)bytes->n);
  return rows;
}

/* ---- reading ---- */

static Item unit[5 * MOST]; /* items, an integral weight k as k of them; sorted */

static int make_units(const Item *item, int n) {
  int units = 0;
  for (int i = 0; i < n; i++) {
    bool integral = item[i].weight == floor(item[i].weight);
    for (int k = integral ? (int)item[i].weight : 1; k > 0; k--) {
      unit[units] = item[i];
      if (integral) unit[units].weight = 1;
      units++;
    }
  }
  qsort(unit, (size_t)units, sizeof *unit, compare_items);
  return units;
}

static void check_totals(const Rows *rows, int units) {
  ExactSum sum = {0};
  WeightSum weight = {0};
  bool integral = true;
  for (int i = 0; i < units; i++) {
    mlm_sum_add(&sum, unit[i].weight, 1);
    integral &= unit[i].weight == 1;
  }
  expect_x(mlm_rows_count(rows) == units && kind->empty(rows) == (units == 0), "rows", units);
  expect_x(kind->integral(rows) == integral && mlm_rows_integral(rows) == integral, "integral", units);
  expect_x(mlm_rows_weight(rows, &weight, &host) == MLM_OK, "weight", units);
  expect_x(mlm_weight_sum_value(&weight) == mlm_sum_round(&sum), "weight", mlm_sum_round(&sum));
  mlm_weight_sum_clear(&weight, &host);
  if (units > 0) expect_x(mlm_rows_columns(rows) == length, "columns", length);
}

/* Alike units are one run. */
static void check_runs(const Rows *rows, int units) {
  RowsOrder order;
  RowsRun run = {0};
  expect_x(mlm_rows_order_all(rows, &order, &host) == MLM_OK, "order all", units);
  for (int i = 0, j; i < units; i = j) {
    for (j = i + 1; j < units && compare_items(&unit[j], &unit[i]) == 0; j++) {}
    if (!expect_x(mlm_run_next(&run, rows, &order), "a run", i)) break;
    RowsEntry entry = mlm_rows_entry(rows, mlm_order_at(&order, run.from));
    expect_x(mlm_compare_numbers(entry.x, unit[i].x, length) == 0, "its numbers", i);
    for (uint32_t c = 0; c < length; c++) expect_x(entry.x[c] != 0 || !signbit(entry.x[c]), "no -0.0", i);
    expect_x(entry.weight == unit[i].weight, "its weight", entry.weight);
    expect_x(run.before == i && run.count == j - i, "its rows", (double)run.count);
  }
  expect_x(!mlm_run_next(&run, rows, &order), "runs end", units);
  mlm_rows_order_clear(&order, &host);
}

static bool differ(const Rows *rows, uint64_t a, uint64_t b, uint32_t column) {
  return mlm_compare_numbers(mlm_rows_at(rows, a) + column, mlm_rows_at(rows, b) + column, 1) != 0;
}

/* Ascending, equal ones in storage order, every entry once; runs are where they say, and so are ranks. */
static void check_column(const Rows *rows, uint32_t column) {
  RowsOrder order;
  RowsRanks ranks;
  RowsRun run = {0};
  int64_t before = 0;
  expect_x(mlm_rows_order(rows, column, &order, &host) == MLM_OK, "order", column);
  expect_x(mlm_rows_ranks(rows, column, &ranks, &host) == MLM_OK, "ranks", column);
  expect_x(order.n == mlm_rows_entries(rows) && ranks.n == order.n, "entries", (double)order.n);
  for (uint64_t i = 0; i < order.n; i++) {
    uint64_t e = mlm_order_at(&order, i), last = i > 0 ? mlm_order_at(&order, i - 1) : e;
    bool fits = i == 0 || mlm_rows_at(rows, last)[column] < mlm_rows_at(rows, e)[column];
    expect_x(fits || (last < e && !differ(rows, last, e, column)), "ascending and stable", (double)i);
    if (i == run.to) expect_x(mlm_run_next(&run, rows, &order) && run.before == before, "run", (double)i);
    expect_x((i == run.from) == (i == 0 || differ(rows, last, e, column)), "a run's start", (double)i);
    expect_x(mlm_twice_rank_at(&ranks, e) == 2 * (uint64_t)run.before + (uint64_t)run.count + 1, "rank",
             (double)i);
    before += mlm_rows_count_at(rows, e);
  }
  expect_x(run.to == order.n && before == mlm_rows_count(rows), "all rows", (double)before);
  mlm_rows_order_clear(&order, &host);
  mlm_rows_ranks_clear(&ranks, &host);
}

/* Twice the rows of the other class below an entry in a column, ties one half. */
static int64_t plain_placement(const Rows *rows, uint64_t e, uint32_t column, uint32_t label) {
  const double *x = mlm_rows_at(rows, e);
  int64_t twice = 0;
  for (uint64_t i = 0; i < mlm_rows_entries(rows); i++) {
    const double *y = mlm_rows_at(rows, i);
    if ((y[label] != 0) == (x[label] != 0)) continue;
    twice += (y[column] < x[column] ? 2 : y[column] == x[column]) * mlm_rows_count_at(rows, i);
  }
  return twice;
}

static void check_placements(const Rows *rows, uint32_t a, uint32_t b, uint32_t label) {
  PlacementSums sums;
  int64_t n[2] = {0}, sum[2] = {0}, squares[2] = {0};
  expect_x(mlm_rows_placement_sums(rows, a, b, label, &sums, &host) == MLM_OK, "placements", a);
  for (uint64_t e = 0; e < mlm_rows_entries(rows); e++) {
    int64_t count = mlm_rows_count_at(rows, e), by_a = plain_placement(rows, e, a, label),
            by_b = plain_placement(rows, e, b, label);
    int class = mlm_rows_at(rows, e)[label] != 0;
    n[class] += count;
    squares[class] += count * (by_a - by_b) * (by_a - by_b);
    sum[0] += class ? count * by_a : 0;
    sum[1] += class ? count * by_b : 0;
  }
  for (int class = 0; class < 2; class ++) {
    const uint64_t *square = sums.squares[class].word;
    expect_x(sums.n[class] == n[class], "rows of a class", class);
    expect_x(square[0] == (uint64_t)squares[class] && square[1] == 0 && square[2] == 0, "squares", class);
  }
  expect_x(sums.a.hi == 0 && sums.a.lo == (uint64_t)sum[0], "placements by a", label);
  expect_x(sums.b.hi == 0 && sums.b.lo == (uint64_t)sum[1], "placements by b", label);
}

/* The state is sealed. */
static void check(const Rows *rows, const Item *item, int n) {
  int units = make_units(item, n);
  check_totals(rows, units);
  check_runs(rows, units);
  for (uint32_t c = 0; c < length && n > 0; c++) check_column(rows, c);
  if (n > 0 && n <= FEW) check_placements(rows, 0, length - 1, length / 2);
}

/* ---- properties ---- */

static void test_order_and_parts(Item *item, int n) {
  Rows *one = filled(item, n);
  Writer want = saved(one);
  check(one, item, n);
  drop(one);
  shuffle(item, n);
  Rows *other = filled(item, n);
  expect_x(mlm_rows_sort(other, &host) == MLM_OK, "sort", n);
  check(other, item, n);
  Writer sorted = saved(other), merged;
  expect_x(same_bytes(&want, &sorted), "order", n);
  drop(other);
  Rows *all = fresh();
  for (int from = 0, to; from < n; from = to) {
    to = from + 1 + (int)(draw() % (uint64_t)(n - from));
    Rows *part = filled(item + from, to - from);
    Writer bytes = saved(part);
    Rows *again = loaded(&bytes);
    Writer second = saved(again);
    expect_x(same_bytes(&bytes, &second), "saved twice", n);
    expect_x(kind->merge(all, draw() % 2 ? again : part, &host) == MLM_OK, "merge", n);
    release(bytes.bytes);
    release(second.bytes);
    drop(part);
    drop(again);
  }
  merged = saved(all);
  expect_x(same_bytes(&want, &merged), "parts merged", n);
  check(all, item, n);
  drop(all);
  release(want.bytes);
  release(sorted.bytes);
  release(merged.bytes);
}

static void test_window(const Item *item, int n, int width) {
  Rows *rows = fresh();
  for (int i = 0; i < n; i++) {
    expect_x(put(rows, &item[i], 1) == MLM_OK, "enter", i);
    if (i >= width) expect_x(put(rows, &item[i - width], -1) == MLM_OK, "leave", i);
    if (i % 37 != 0 && i + 1 < n) continue;
    int from = i < width ? 0 : i - width + 1;
    Rows *frame = filled(item + from, i - from + 1);
    Writer want = saved(frame), have = saved(rows);
    expect_x(same_bytes(&want, &have), "window", i);
    check(rows, item + from, i - from + 1);
    drop(frame);
    release(want.bytes);
    release(have.bytes);
  }
  for (int i = n < width ? 0 : n - width; i < n; i++) put(rows, &item[i], -1);
  Rows *none = fresh();
  Writer want = saved(none), have = saved(rows);
  expect_x(kind->empty(rows) && same_bytes(&want, &have), "all left", n);
  drop(none);
  drop(rows);
  release(want.bytes);
  release(have.bytes);
}

/* States enter and leave, sealed or not, loaded or not. */
static void test_window_of_states(const Item *item, int states, int each) {
  enum { WIDTH = 3 };
  Rows *rows = fresh();
  for (int s = 0; s < states; s++) {
    for (int sign = 1; sign >= -1; sign -= 2) {
      if (sign < 0 && s < WIDTH) continue;
      Rows *part = filled(item + (sign > 0 ? s : s - WIDTH) * each, each);
      put(part, item, 1);
      put(part, item, -1);
      if (draw() % 2) expect_x(kind->seal(part, &host) == MLM_OK, "seal", s);
      kind->leave_out(part, 1);
      expect_x((sign > 0 ? kind->merge : kind->subtract)(rows, part, &host) == MLM_OK, "state", s);
      drop(part);
    }
    if (s % 2) continue;
    int from = s < WIDTH ? 0 : s - WIDTH + 1;
    expect_x(kind->seal(rows, &host) == MLM_OK, "seal", s);
    check(rows, item + from * each, (s - from + 1) * each);
    expect_x(mlm_rows_left_out(rows) == s - from + 1, "left out", s);
  }
  drop(rows);
}

/* Adds, takes back, merges, saves and loads, as they come. */
static void test_any(const Item *item, int n) {
  static Item held[MOST];
  int m = 0, next = 0;
  Rows *rows = fresh();
  while (next < n) {
    uint64_t pick = draw() % 40;
    if (pick < 24 || m == 0) {
      held[m++] = item[next];
      expect_x(put(rows, &item[next], 1) == MLM_OK, "add", next);
      next++;
    } else if (pick < 36) {
      int i = (int)(draw() % (uint64_t)m);
      expect_x(put(rows, &held[i], -1) == MLM_OK, "take back", next);
      held[i] = held[--m];
    } else if (pick == 36) {
      Writer bytes = saved(rows);
      drop(rows);
      rows = loaded(&bytes);
      release(bytes.bytes);
    } else if (pick == 37) {
      expect_x(mlm_rows_sort(rows, &host) == MLM_OK, "sort", next);
    } else if (pick == 38) {
      Rows *into = fresh();
      expect_x(kind->merge(into, rows, &host) == MLM_OK, "hand over", next);
      drop(rows);
      rows = into;
    } else {
      expect_x(kind->seal(rows, &host) == MLM_OK, "seal", next);
      check(rows, held, m);
    }
  }
  Rows *want = filled(held, m);
  Writer a = saved(want), b = saved(rows);
  expect_x(same_bytes(&a, &b), "whatever came and went", n);
  drop(want);
  drop(rows);
  release(a.bytes);
  release(b.bytes);
}

/* Numbers that differ in their lowest bits and in one of the highest, which the index of a row leaves room
 * for: of one of 16 rows, also with its label. */
static void test_lowest_bits(Item *item) {
  enum { N = 16 };
  length = 3;
  for (int way = 0; way < 2; way++) {
    for (int i = 0; i < N; i++) {
      double near = 1 + (way ? i * 7 % 4 * 2 : i & 1) * 0x1p-52, x = i > 0 ? near : way ? 0x1p1000 : 0x1p-64;
      item[i] = (Item){{x, ~i & 1, x}, 1};
    }
    Rows *rows = filled(item, N);
    check(rows, item, N);
    drop(rows);
  }
}

/* Rows of one or two numbers, few of them alike, sorted in their own memory: the same rows, in order; and
 * ranked so. */
static void test_in_place(Item *item, int n) {
  for (int i = 0; i < n; i++)
    item[i] = (Item){{(double)(draw() % (uint64_t)n), (double)(draw() % (uint64_t)n)}, 1};
  Rows *rows = filled(item, n), *ranked = filled(item, n);
  RowsRanks ranks;
  expect_x(mlm_rows_are_single(rows) && mlm_rows_sort_in_place(rows, &host) == MLM_OK, "sort in place", n);
  for (uint64_t i = 1; i < (uint64_t)n; i++)
    expect_x(mlm_compare_numbers(mlm_rows_at(rows, i - 1), mlm_rows_at(rows, i), length) <= 0, "ascending",
             (double)i);
  check(rows, item, n);
  if (length == 2) {
    expect_x(mlm_rows_ranks(rows, 0, &ranks, &host) == MLM_OK, "ranks", n);
    expect_x(mlm_rows_rank_in_place(ranked, &host) == MLM_OK, "rank in place", n);
    for (uint64_t i = 0; i < (uint64_t)n; i++) {
      const double *x = mlm_rows_at(ranked, i);
      expect_x(x[0] == mlm_rows_at(rows, i)[1] && x[1] == (double)mlm_twice_rank_at(&ranks, i), "a rank",
               (double)i);
    }
    mlm_rows_ranks_clear(&ranks, &host);
  }
  drop(rows);
  drop(ranked);
}

/* All orders of six rows, in parts of three sizes. */
static void permute(Item *item, int n, int at, const Writer *want) {
  for (int i = at; i < n; i++) {
    Item swap = item[at];
    item[at] = item[i];
    item[i] = swap;
    permute(item, n, at + 1, want);
    item[i] = item[at];
    item[at] = swap;
  }
  if (at < n) return;
  for (int part = 2; part <= n; part += 2) {
    Rows *rows = fresh();
    for (int from = 0; from < n; from += part) {
      Rows *more = filled(item + from, part < n - from ? part : n - from);
      expect_x(kind->merge(rows, more, &host) == MLM_OK, "merge", part);
      drop(more);
    }
    Writer have = saved(rows);
    expect_x(same_bytes(want, &have), "permuted", part);
    release(have.bytes);
    drop(rows);
  }
}

static void test_permutations(Item *item, int weights) {
  enum { N = 6 };
  draw_items(item, N, weights, 3);
  Rows *rows = filled(item, N);
  Writer want = saved(rows);
  drop(rows);
  permute(item, N, 0, &want);
  release(want.bytes);
}

/* A state cut anywhere or with a byte changed is refused, or is a state that saves as the same bytes. */
static void test_damage(const Item *item, int n) {
  Rows *rows = filled(item, n);
  Writer good = saved(rows);
  drop(rows);
  for (uint64_t at = 0; at < good.n; at++) {
    for (int change = 0; change < 12; change++) {
      uint8_t *bytes = malloc(good.n), kept = good.bytes[at];
      memcpy(bytes, good.bytes, good.n);
      if (change)
        bytes[at] = (uint8_t)(change < 9    ? kept ^ 1 << (change - 1)
                              : change < 11 ? kept + 2 * change - 19
                                            : 255);
      Rows *damaged = fresh();
      Reader in = {.at = bytes, .end = bytes + (change ? good.n : at)};
      Status status = kind->load(damaged, &in, &host);
      if (status == MLM_OK && in.at == in.end) {
        Writer again = saved(damaged);
        expect_x(again.n == (uint64_t)(in.end - bytes) && memcmp(again.bytes, bytes, again.n) == 0,
                 "one form", (double)at);
        release(again.bytes);
      } else {
        expect_x(status == MLM_OK || status == MLM_CORRUPT, "refused", (double)at);
      }
      expect_x(live_bytes < 64 * good.n + 65536, "no more memory than the bytes call for",
               (double)live_bytes);
      drop(damaged);
      free(bytes);
    }
  }
  release(good.bytes);
}

/* A byte set, put in, or left out. */
static void edit(uint8_t *bytes, uint64_t *n) {
  uint64_t at = draw() % *n, way = draw() % 4;
  uint8_t byte = (uint8_t)(draw() % 2 ? draw() : draw() % 3);
  if (way == 1) memmove(bytes + at + 1, bytes + at, *n - at);
  if (way == 2 && *n > 1)
    memmove(bytes + at, bytes + at + 1, --*n - at);
  else
    bytes[at] = byte;
  *n += way == 1;
}

/* The same with a few edits. */
static void test_edits(const Item *item, int n) {
  enum { EDITS = 4 };
  Rows *rows = filled(item, n);
  Writer good = saved(rows);
  drop(rows);
  for (int round = 0; round < 1000; round++) {
    uint8_t *bytes = malloc(good.n + EDITS);
    uint64_t size = good.n;
    memcpy(bytes, good.bytes, good.n);
    for (uint64_t edits = 1 + draw() % EDITS; edits > 0; edits--) edit(bytes, &size);
    Rows *damaged = fresh();
    Reader in = {.at = bytes, .end = bytes + size};
    if (kind->load(damaged, &in, &host) == MLM_OK && in.at == in.end) {
      Writer again = saved(damaged);
      expect_x(again.n == size && memcmp(again.bytes, bytes, size) == 0, "one form", (double)size);
      release(again.bytes);
    }
    drop(damaged);
    free(bytes);
  }
  release(good.bytes);
}

int main(void) {
  static Item item[MOST];
  for (int round = 0; round < 240; round++) {
    length = round % 3 ? 3 : 1 + (uint32_t)(draw() % MOST_LENGTH);
    int n = 1 + (int)(draw() % (round % 8 ? 60 : 900));
    uint64_t repeat = round % 4 ? 1000 : 2;
    draw_items(item, n, round % 3, repeat);
    test_order_and_parts(item, n);
    draw_items(item, n, round % 3, repeat);
    test_window(item, n, 1 + (int)(draw() % 100));
    draw_items(item, 10 * (n % 40 + 1), round % 3, repeat);
    test_window_of_states(item, 10, n % 40 + 1);
    draw_items(item, n, round % 3, repeat);
    test_any(item, n);
  }
  for (int round = 0; round < 6; round++) {
    length = 1 + (uint32_t)round % 4;
    draw_items(item, MOST, round % 3, round % 2 ? 1000 : 2);
    test_order_and_parts(item, MOST);
    test_any(item, MOST);
    test_permutations(item, round % 3);
  }
  test_lowest_bits(item);
  for (int n = 1; n <= 512; n = n % 3 ? 3 * n : n / 3 * 4) /* 1, 3, 4, 12, 16 … 256 */
    for (length = 1; length <= 2; length++) test_in_place(item, n);
  for (int round = 0; round < 24; round++) {
    length = 1 + (uint32_t)round % 4;
    draw_items(item, 30, round % 3, 3);
    test_damage(item, round == 0 ? 0 : 30);
    test_edits(item, round % 4 * 3 + 1);
  }
  expect_x(live_bytes == 0, "blocks left", (double)live_bytes);
  return end_of_tests();
}
