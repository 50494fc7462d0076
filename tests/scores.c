/* The multiset of scores against a plain list: any order, merged, taken back, saved, with weights, at every
 * failed allocation. */
#include "state/scores.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "base/sort.h"
#include "state/confusion2.h"
#include "state/exact_sum_round.h"
#include "state/scores_fill.h"
#include "state/scores_keys.h"
#include "score_sets.h"

/* ---- rows, and the expected results ---- */

enum { MOST = 6000 };
typedef struct Item {
  double score, weight;
  int label;
} Item;

/* From few scores to all distinct ones, with the odd infinity and zeros of both signs. */
static void draw_items(Item *item, int n, int distinct, int weights) {
  for (int i = 0; i < n; i++) {
    uint64_t pick = draw() % 40;
    double score = distinct ? (double)(draw() % (uint64_t)distinct) / distinct - 0.25 : draw_double();
    item[i].score = pick == 0 ? INFINITY : pick == 1 ? -INFINITY : pick == 2 ? -0.0 : pick == 3 ? 0 : score;
    item[i].label = draw() % 3 == 0;
    item[i].weight = weights == 0   ? 1
                     : weights == 1 ? (double)(1 + draw() % 4)
                                    : (double)(1 + draw() % 7) / 3;
  }
}

static int by_score(const void *a, const void *b) {
  double x = ((const Item *)a)->score, y = ((const Item *)b)->score;
  return x < y ? 1 : x > y ? -1 : 0;
}

static void shuffle(Item *item, int n) { shuffle_items(item, n, sizeof *item); }

static Status put(void *state, const Item *item, int sign) {
  Row row = {.pred = item->score, .target = item->label, .weight = item->weight};
  return kind->add(state, &row, sign, &host);
}

/* ---- reading: a walk, its sums, pairs ---- */

static double exact(const Item *item, int n, int label) {
  ExactSum sum = {0};
  for (int i = 0; i < n; i++)
    if (item[i].label == label) mlm_sum_add(&sum, item[i].weight, 1);
  return mlm_sum_round(&sum);
}

static void check_walk(Scores *scores, Item *item, int n) {
  qsort(item, (size_t)n, sizeof *item, by_score);
  ScoreTotals all = mlm_scores_totals(scores);
  expect_x(all.neg_weight == exact(item, n, 0) && all.pos_weight == exact(item, n, 1), "totals",
           all.pos_weight);
  ScoreWalk walk;
  mlm_walk_down(&walk, scores);
  int64_t groups = 0;
  for (int i = 0, j; i < n; i = j, groups++) {
    for (j = i; j < n && item[j].score == item[i].score; j++) {}
    if (!mlm_walk_next(&walk)) {
      expect_x(false, "walk ended early", i);
      return;
    }
    Confusion2 confusion;
    mlm_walk_confusion2(&walk, &confusion);
    expect_x(walk.score == item[i].score && mlm_double_bits(walk.score) != mlm_double_bits(-0.0), "score",
             walk.score);
    expect_x(walk.neg_weight == exact(item + i, j - i, 0) && walk.pos_weight == exact(item + i, j - i, 1),
             "group", walk.score);
    expect_x(walk.fp_weight == exact(item, j, 0) && walk.tp_weight == exact(item, j, 1), "so far",
             walk.score);
    expect_x(confusion.fp == walk.fp_weight && confusion.tp == walk.tp_weight, "tally", walk.score);
    expect_x(confusion.tn == exact(item + j, n - j, 0) && confusion.fn == exact(item + j, n - j, 1), "rest",
             walk.score);
  }
  expect_x(!mlm_walk_next(&walk), "walk ends", n);
  expect_x(mlm_scores_distinct(scores) == groups, "distinct", (double)groups);
}

static void check_pairs(const Scores *scores, const Item *item, int n) {
  uint64_t twice = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n && item[i].label; j++)
      if (!item[j].label)
        twice += (uint64_t)(item[i].weight * item[j].weight)
                 * (item[j].score < item[i].score ? 2 : item[j].score == item[i].score);
  U128 u = mlm_scores_twice_u(scores);
  expect_x(u.hi == 0 && u.lo == twice, "pairs", (double)twice);
}

static double accuracy(const Confusion2 *t, const double *param) {
  return (t->tp + t->tn) / (t->tp + t->fp + t->tn + t->fn);
}
static double precision(const Confusion2 *t, const double *param) { return t->tp / (t->tp + t->fp); }
static double recall(const Confusion2 *t, const double *param) { return t->tp / (t->tp + t->fn); }

/* item is sorted, highest first. */
static void check_best(const Scores *scores, const Item *item, int n, const Objective *o) {
  bool found = false;
  double value = 0, cutoff = 0;
  for (int j = n > 0 && item[0].score < INFINITY ? 0 : 1; j <= n; j++) {
    if (j > 0 && j < n && item[j].score == item[j - 1].score) continue;
    Confusion2 t = {.tp = exact(item, j, 1),
                    .fp = exact(item, j, 0),
                    .tn = exact(item + j, n - j, 0),
                    .fn = exact(item + j, n - j, 1)};
    double here = o->of(&t, o->param);
    if (here != here || (o->floor_of && !(o->floor_of(&t, o->param) >= o->floor)) || (found && here <= value))
      continue;
    found = true;
    value = here;
    cutoff = j == 0 ? INFINITY : item[j - 1].score;
  }
  BestCutoff best;
  uint64_t hint = 0;
  bool any = mlm_scores_best(scores, o, &hint, &best);
  expect_x(any == found && (!any || (best.value == value && best.cutoff == cutoff)), o->text, cutoff);
}

static void check(Scores *scores, Item *item, int n, bool whole) {
  static const Objective objectives[] = {{.of = accuracy, .sense = 1, .monotone = true, .text = "accuracy"},
                                         {.of = accuracy, .sense = 1, .text = "accuracy, scanned"},
                                         {.of = precision,
                                          .floor_of = recall,
                                          .floor = 0.6,
                                          .sense = 1,
                                          .monotone = true,
                                          .text = "recall>=0.6"},
                                         {.of = recall,
                                          .floor_of = precision,
                                          .floor = 0.5,
                                          .sense = 1,
                                          .monotone = true,
                                          .text = "precision>=0.5"}};
  check_walk(scores, item, n);
  if (n > 700) return; /* what follows is quadratic */
  if (whole) check_pairs(scores, item, n);
  for (size_t i = 0; i < sizeof objectives / sizeof *objectives; i++)
    check_best(scores, item, n, &objectives[i]);
}

/* ---- properties ---- */

static Writer bytes_of(Item *item, int n) {
  Scores *scores = fresh();
  for (int i = 0; i < n; i++) expect_x(put(scores, &item[i], 1) == MLM_OK, "add", i);
  Writer bytes = saved(scores);
  drop(scores);
  return bytes;
}

static void test_order_and_parts(Item *item, int n, bool whole) {
  Writer want = bytes_of(item, n);
  shuffle(item, n);
  Writer other = bytes_of(item, n);
  expect_x(same_bytes(&want, &other), "order", n);
  Scores *all = fresh();
  for (int from = 0, to; from < n; from = to) {
    to = from + 1 + (int)(draw() % (uint64_t)(n - from));
    Scores *part = fresh(), *loaded = fresh();
    for (int i = from; i < to; i++) put(part, &item[i], 1);
    Writer bytes = saved(part);
    Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
    expect_x(kind->load(loaded, &in, &host) == MLM_OK && in.at == in.end, "load", n);
    expect_x(kind->seal(loaded, &host) == MLM_OK && kind->merge(all, loaded, &host) == MLM_OK, "merge", n);
    release(bytes.bytes);
    drop(part);
    drop(loaded);
  }
  Writer merged = saved(all);
  expect_x(same_bytes(&want, &merged), "parts merged", n);
  check(all, item, n, whole);
  drop(all);
  release(want.bytes);
  release(other.bytes);
  release(merged.bytes);
}

static void test_window(const Item *item, int n, int width, bool whole) {
  Scores *scores = fresh();
  for (int i = 0; i < n; i++) {
    expect_x(put(scores, &item[i], 1) == MLM_OK, "enter", i);
    if (i >= width) expect_x(put(scores, &item[i - width], -1) == MLM_OK, "leave", i);
    if (i % 37 != 0 && i + 1 < n) continue;
    int from = i < width ? 0 : i - width + 1;
    Item *frame = malloc((size_t)(i - from + 1) * sizeof *frame);
    memcpy(frame, item + from, (size_t)(i - from + 1) * sizeof *frame);
    Writer want = bytes_of(frame, i - from + 1), have = saved(scores);
    expect_x(same_bytes(&want, &have), "window", i);
    check(scores, frame, i - from + 1, whole);
    release(want.bytes);
    release(have.bytes);
    free(frame);
  }
  drop(scores);
}

static void test_whole_weights(Item *item, int n) {
  draw_items(item, n, 50, 1);
  Scores *once = fresh(), *often = fresh();
  for (int i = 0; i < n; i++) {
    put(once, &item[i], 1);
    Item single = item[i];
    single.weight = 1;
    for (int k = 0; k < (int)item[i].weight; k++) put(often, &single, 1);
  }
  expect_same(once, often, "weight k is k rows", n);
  drop(once);
  drop(often);
}

/* A state cut anywhere or with a byte changed is refused, or is a state that saves as the same bytes. */
static void test_damage(Item *item, int n) {
  Writer good = bytes_of(item, n);
  for (uint64_t at = 0; at < good.n; at++) {
    for (int change = 0; change < 9; change++) {
      uint8_t *bytes = malloc(good.n), kept = good.bytes[at];
      memcpy(bytes, good.bytes, good.n);
      if (change) bytes[at] = (uint8_t)(kept ^ (1 << (change - 1)));
      Scores *scores = fresh();
      Reader in = {.at = bytes, .end = bytes + (change ? good.n : at)};
      Status status = kind->load(scores, &in, &host);
      if (status == MLM_OK && in.at == in.end) {
        Writer again = saved(scores);
        expect_x(again.n == (uint64_t)(in.end - bytes) && memcmp(again.bytes, bytes, again.n) == 0,
                 "one form", (double)at);
        release(again.bytes);
      } else {
        passed();
      }
      drop(scores);
      free(bytes);
    }
  }
  release(good.bytes);
}

static void test_no_memory(const Item *item, int n) {
  for (int fail = 0, ended = 0; !ended; fail++) {
    Scores *scores = fresh();
    Writer out = {.limit = UINT64_MAX, .host = &host};
    allowed = fail;
    Status status = MLM_OK;
    for (int i = 0; i < n && !status; i++) status = put(scores, &item[i], 1);
    for (int i = 0; i < n / 2 && !status; i++) status = put(scores, &item[i], -1);
    if (!status) status = kind->seal(scores, &host);
    if (!status) kind->save(scores, &out);
    ended = status == MLM_OK && out.status == MLM_OK;
    expect_x(ended || status == MLM_NOMEM || out.status == MLM_NOMEM, "no memory", fail);
    allowed = -1;
    release(out.bytes);
    drop(scores);
  }
}

static int by_key(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

static void test_sort(void) {
  for (int round = 0; round < 1500; round++) {
    size_t n = round < 1000 ? (size_t)round / 5 : draw() % 60000;
    uint64_t *key = malloc((n + 1) * sizeof *key), *want = malloc((n + 1) * sizeof *key), way = draw() % 8;
    for (size_t i = 0; i < n; i++) {
      uint64_t cluster = draw() % 4 ? 0 : draw();
      double x = draw_double();
      uint64_t bits = draw() & 0xfff;
      key[i] = way == 0   ? draw()
               : way == 1 ? i
               : way == 2 ? n - i
               : way == 3 ? draw() % 9
               : way == 4 ? mlm_encode_score(x)
               : way == 5 ? 77
               : way == 6 ? cluster << 40 | draw() % 3
                          : bits << (draw() % 52);
    }
    memcpy(want, key, n * sizeof *key);
    if (n) qsort(want, n, sizeof *want, by_key);
    expect_x(mlm_sort_keys(key, n, &host) == MLM_OK && memcmp(key, want, n * sizeof *key) == 0, "sort",
             (double)n);
    free(key);
    free(want);
  }
  for (int i = 0; i < 100000; i++) {
    double x = draw_double(), y = draw_double();
    expect_x((x < y) == (mlm_encode_score(x) < mlm_encode_score(y)), "key order", x);
    expect_x(mlm_decode_score(mlm_encode_score(x)) == x, "key back", x);
  }
}

/* ---- blocks, counts, and sets merged ---- */

/* Blocks of rows are the rows one by one: in a set that was sealed, and where a window slides, too; every
 * allocation fails. */
static void test_blocks(void) {
  enum { BEFORE = 40, N = 700, SETS = 3 };
  static Item item[BEFORE + N];
  double score[N], label[N];
  draw_items(item, BEFORE + N, 0, 0);
  for (int i = 0; i < N; i++) {
    score[i] = item[BEFORE + i].score;
    label[i] = item[BEFORE + i].label;
  }
  for (int way = 0; way < SETS; way++) {
    Writer want = bytes_of(item + (way == 2), BEFORE + N - (way == 2));
    Status status = MLM_NOMEM;
    int fail = 0;
    for (; status; fail++) {
      Scores *scores = fresh();
      for (int i = 0; i < BEFORE; i++) put(scores, &item[i], 1);
      if (way == 1) expect_x(kind->seal(scores, &host) == MLM_OK, "seal", fail);
      if (way == 2) expect_x(put(scores, &item[0], -1) == MLM_OK, "a row goes", fail);
      allowed = fail;
      status = mlm_scores_add_block(scores, score, label, N, &host);
      allowed = -1;
      expect_x(!status || status == MLM_NOMEM, "a block", fail);
      if (!status) {
        Writer have = saved(scores);
        expect_x(same_bytes(&want, &have), "rows of a block", way);
        release(have.bytes);
      }
      drop(scores);
    }
    expect_x(fail > 6, "allocations of a block", fail);
    release(want.bytes);
  }
}

/* A set filled from counts is that of the rows; every allocation fails and every poll interrupts. */
static void test_fill(uint64_t n, uint32_t most) {
  double *score = malloc(n * sizeof *score);
  uint32_t *count = malloc(2 * n * sizeof *count);
  Scores *plain = fresh();
  if (!score || !count) exit(2);
  for (uint64_t i = 0; i < n; i++) {
    const Item one = {.score = score[i] = (double)i / (double)n, .weight = count[2 * i] = most, .label = 0};
    Item other = {.score = score[i], .weight = 1, .label = 1};
    put(plain, &one, 1);
    for (uint64_t k = count[2 * i + 1] = (uint32_t)(i % 3 == 0); k > 0; k--) put(plain, &other, 1);
  }
  Writer want = saved(plain);
  for (int way = 0; way < 2; way++) {
    Status status = MLM_NOMEM;
    for (long fail = 0; status; fail += 1 + fail / 4) {
      Scores *scores = fresh();
      *(way ? &stop_in : &allowed) = fail;
      status = mlm_scores_fill(scores, score, count, n, &host);
      if (!status) status = kind->seal(scores, &host);
      allowed = stop_in = -1;
      expect_x(!status || status == (way ? MLM_INTERRUPTED : MLM_NOMEM), "filled", (double)fail);
      if (!status) {
        Writer have = saved(scores);
        expect_x(same_bytes(&want, &have), "rows of counts", (double)n);
        release(have.bytes);
      }
      drop(scores);
    }
  }
  release(want.bytes);
  drop(plain);
  free(score);
  free(count);
}

/* Two sets merged are the set of all rows: few rows and many, repeated scores, weights, sets that were sealed
 * or not; every allocation fails and every poll interrupts. */
typedef struct Part {
  int n, distinct, weights;
  bool sealed;
} Part;

static Scores *set_of(const Part *part, const Item *item) {
  Scores *scores = fresh();
  for (int i = 0; i < part->n; i++) expect_x(put(scores, &item[i], 1) == MLM_OK, "add", i);
  if (part->sealed) expect_x(kind->seal(scores, &host) == MLM_OK, "seal", part->n);
  return scores;
}

static void test_merge(const Part *a, const Part *b) {
  static Item item[MOST];
  draw_items(item, a->n, a->distinct, a->weights);
  draw_items(item + a->n, b->n, b->distinct, b->weights);
  Writer want = bytes_of(item, a->n + b->n);
  for (int way = 0; way < 2; way++) {
    Status status = MLM_NOMEM;
    for (long fail = 0; status; fail += 1 + fail / 8) {
      Scores *into = set_of(a, item), *from = set_of(b, item + a->n);
      *(way ? &stop_in : &allowed) = fail;
      status = kind->merge(into, from, &host);
      if (!status) status = kind->seal(into, &host);
      allowed = stop_in = -1;
      expect_x(!status || status == (way ? MLM_INTERRUPTED : MLM_NOMEM), "merge", (double)fail);
      if (!status) {
        Writer have = saved(into);
        expect_x(same_bytes(&want, &have), "two sets merged", a->n);
        release(have.bytes);
      }
      drop(into);
      drop(from);
    }
  }
  release(want.bytes);
}

static void test_merges(void) {
  static const Part parts[] = {{0, 0, 0, false},   {5, 0, 0, true},     {60, 0, 0, false}, {60, 0, 0, true},
                               {300, 0, 0, true},  {300, 0, 0, false},  {900, 0, 0, true}, {900, 7, 0, false},
                               {900, 0, 0, false}, {1400, 40, 0, true}, {200, 20, 2, true}};
  enum { PARTS = sizeof parts / sizeof *parts };
  for (int i = 0; i < PARTS * PARTS; i++) test_merge(&parts[i / PARTS], &parts[i % PARTS]);
}

/* Rows added to a set that another, sorted one was merged into: once they are counted as entries, a few that
 * follow are not sorted. */
static void test_merge_and_count(int more) {
  enum { SORTED = COMPACT_KEYS / 4, MOST_ROWS = 4 * COMPACT_KEYS };
  static Item item[MOST_ROWS];
  int n = SORTED + more;
  for (int i = 0; i < n; i++) item[i] = (Item){.score = i * 7 % 5, .weight = 1, .label = 1};
  const Part sorted = {.n = SORTED, .sealed = true};
  Scores *into = fresh(), *from = set_of(&sorted, item);
  expect_x(kind->merge(into, from, &host) == MLM_OK, "merge", more);
  for (int i = SORTED; i < n; i++) expect_x(put(into, &item[i], 1) == MLM_OK, "add", i);
  Writer want = bytes_of(item, n), have = saved(into);
  expect_x(same_bytes(&want, &have), "rows after a merged set", more);
  release(want.bytes);
  release(have.bytes);
  drop(into);
  drop(from);
}

/* So many rows of fractional weight that sorted ones are sorted anew; of one score, and of many. */
static void test_many_weights(void) {
  enum { N = 2600 };
  static Item item[N];
  for (int scores = 1; scores <= N; scores += N - 1) {
    for (int i = 0; i < N; i++)
      item[i] = (Item){.score = i * 7919 % scores, .weight = (i * 77 % N + 1) / 4096.0, .label = i % 16 == 0};
    Status status = MLM_NOMEM;
    for (long fail = 0; status; fail += 1 + fail / 32) {
      Scores *set = fresh();
      allowed = fail;
      status = MLM_OK;
      for (int i = 0; i < N && !status; i++) status = put(set, &item[i], 1);
      if (!status) status = kind->seal(set, &host);
      allowed = -1;
      expect_x(!status || status == MLM_NOMEM, "many weights", (double)fail);
      drop(set);
    }
    Item *copy = malloc(sizeof item);
    if (!copy) exit(2);
    memcpy(copy, item, sizeof item);
    test_order_and_parts(copy, N, false);
    free(copy);
  }
}

static int by_entry(const void *a, const void *b) {
  const double x = ((const Item *)a)->weight, y = ((const Item *)b)->weight;
  const int order = by_score(b, a);
  return order ? order : x < y ? -1 : x > y;
}

/* Weighted rows whose scores fall are those that came by score and weight; one of them has a key that differs
 * in one bit, or the score of another and not its weight. */
static void test_out_of_order(int n, int at) {
  enum { MOST_ROWS = 66, KEY_BITS = 64 };
  const uint64_t key = 0xbfefffffffffff80; /* with any one bit changed a number, too */
  static Item item[MOST_ROWS];
  for (int bit = 0; bit <= KEY_BITS; bit++) {
    for (int i = 0; i < n; i++)
      item[i] = (Item){.score = mlm_decode_score(key | (uint64_t)(n - 1 - i)), .weight = 0.5, .label = 1};
    if (bit < KEY_BITS)
      item[at].score = mlm_decode_score((key | (uint64_t)n / 2) ^ (uint64_t)1 << bit);
    else
      item[at] = (Item){.score = item[n - 1 - at].score, .weight = at < n / 2 ? 0.75 : 0.25, .label = 1};
    Writer have = bytes_of(item, n);
    qsort(item, (size_t)n, sizeof *item, by_entry);
    Writer want = bytes_of(item, n);
    expect_x(same_bytes(&want, &have), "out of order", bit);
    release(want.bytes);
    release(have.bytes);
  }
}

int main(void) {
  static Item item[MOST];
  const int distinct[] = {0, 1, 3, 40, 1000};
  test_sort();
  for (int round = 0; round < 60; round++) {
    int n = (int)(draw() % (round % 4 ? 60 : 700)), weights = round % 3;
    draw_items(item, n, distinct[round % 5], weights);
    test_order_and_parts(item, n, weights < 2);
    draw_items(item, n, distinct[round % 5], weights);
    test_window(item, n, 1 + (int)(draw() % 100), weights < 2);
  }
  draw_items(item, MOST, 30, 0);
  test_order_and_parts(item, MOST, true);
  draw_items(item, 1500, 30, 2);
  test_order_and_parts(item, 1500, false);
  test_whole_weights(item, 300);
  for (int weights = 0; weights < 3; weights++) {
    draw_items(item, 40, 20, weights);
    test_damage(item, 40);
    draw_items(item, 300, weights ? 0 : 20, weights);
    test_no_memory(item, 300);
  }
  test_blocks();
  test_fill(2 * POLL_ROWS + 1, 5);
  test_fill(65, 4);
  test_fill(65, 3);
  test_merges();
  for (int quarters = 1; quarters < 12; quarters++) test_merge_and_count(quarters * COMPACT_KEYS / 4 + 7);
  test_many_weights();
  for (int n = 64; n < 67; n++)
    for (int place = 0; place < 4; place++) test_out_of_order(n, (int[]){0, 1, n / 2, n - 1}[place]);
  expect_x(live_bytes == 0, "blocks left", live_bytes);
  return end_of_tests();
}
