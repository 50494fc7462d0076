/* The multiset of scores and its sort at their limits: millions of keys, counts near 2^62, memory a row,
 * stops. */
#include "state/scores.h"

#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "base/sort.h"
#include "state/confusion2.h"
#include "state/bit_fields.h"
#include "state/exact_sum_round.h"
#include "state/scores_layout.h"
#include "score_sets.h"

/* ---- counts ---- */

/* A saved set by hand: a score of each class with its count, and one of another weight. */
static Status forged_of(Scores *scores, uint64_t neg, uint64_t pos, uint64_t others, double weight) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  mlm_write_varint(&out, 0);
  for (int label = 0; label < 2; label++) {
    mlm_write_varint(&out, 1);
    mlm_write_varint(&out, mlm_encode_score(0.5 + label));
    mlm_write_varint(&out, (label ? pos : neg) - 1);
  }
  mlm_write_varint(&out, others > 0);
  if (others > 0) {
    mlm_write_varint(&out, 1); /* of label 0 */
    mlm_write_varint(&out, mlm_encode_score(0.25));
    mlm_write_double(&out, weight);
    mlm_write_varint(&out, others);
  }
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  Status status = kind->load(scores, &in, &host);
  release(out.bytes);
  return status;
}

static Status forged(Scores *scores, uint64_t neg, uint64_t pos, uint64_t others) {
  return forged_of(scores, neg, pos, others, 0.3);
}

static void test_forged(void) {
  const double weights[] = {0.3, 0x1p45, 1, 2, 0, -0.3, INFINITY, -INFINITY, NAN};
  for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
    Scores *scores = fresh();
    expect_x(forged_of(scores, 1, 1, 1, weights[i]) == (i < 2 ? MLM_OK : MLM_CORRUPT), "weight", weights[i]);
    drop(scores);
  }
  Writer out = {.limit = UINT64_MAX, .host = &host};
  mlm_write_varint(&out, (uint64_t)1 << 63); /* rows left out */
  for (int i = 0; i < 3; i++) mlm_write_varint(&out, 0);
  Scores *scores = fresh();
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  expect_x(kind->load(scores, &in, &host) == MLM_CORRUPT, "left out", 0);
  release(out.bytes);
  drop(scores);
}

enum { ZERO_COUNTS = 256 }; /* counts of 0 bits, in a byte of their own */

/* Three keys of which the last two are so many above the one before, with so many rows more than one, and
 * fields of such widths. */
typedef struct Forged {
  uint64_t first, gap[2], more[2];
  unsigned gaps, counts;
  bool stray; /* a bit behind the fields is set */
  Status status;
} Forged;

static Status load_forged(Scores *scores, const Forged *f) {
  const uint8_t width[] = {(uint8_t)(f->gaps + (f->counts ? 128 : 0)), (uint8_t)f->counts};
  Writer out = {.limit = UINT64_MAX, .host = &host};
  mlm_write_varint(&out, 0); /* left out */
  mlm_write_varint(&out, 3);
  mlm_write_varint(&out, f->first);
  mlm_write_varint(&out, 0); /* the first key has one row */
  mlm_write_bytes(&out, width, f->counts ? 2 : 1);
  mlm_write_fields(&out, f->gap, 2, f->gaps);
  if (f->counts % ZERO_COUNTS) mlm_write_fields(&out, f->more, 2, f->counts);
  if (f->stray) out.bytes[out.n - 1] |= 0x80;
  for (int i = 0; i < 2; i++) mlm_write_varint(&out, 0); /* no other class, no fractional weights */
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  Status status = kind->load(scores, &in, &host);
  release(out.bytes);
  return status;
}

static void test_forged_blocks(void) {
  const uint64_t half = mlm_encode_score(0.5), high = mlm_encode_score(INFINITY) - 5,
                 zero = (uint64_t)1 << 63;
  const uint64_t low = mlm_encode_score(-INFINITY);
  const Forged given[] = {
      {half, {1, 3}, {0, 0}, 2, 0, false, MLM_OK},
      {half, {1, 3}, {0, 0}, 3, 0, false, MLM_CORRUPT}, /* wider than needed */
      {half, {1, 3}, {0, 0}, 2, 0, true, MLM_CORRUPT},
      {half, {0, 3}, {0, 0}, 2, 0, false, MLM_CORRUPT}, /* the same key twice */
      {half, {1, 3}, {0, 1}, 2, 1, false, MLM_OK},
      {half, {1, 3}, {0, 0}, 2, 1, false, MLM_CORRUPT}, /* no count above 1 */
      {half, {1, 3}, {0, 0}, 2, ZERO_COUNTS, false, MLM_CORRUPT},
      {half, {1, 3}, {0, 9}, 2, 4, false, MLM_OK},
      {half, {1, 3}, {0, (uint64_t)1 << 62}, 2, 64, false, MLM_CORRUPT},
      {half, {1, 3}, {0, UINT64_MAX}, 2, 64, false, MLM_CORRUPT},
      {half, {1, 3}, {0, 1}, 2, 64, false, MLM_CORRUPT},
      {high, {1, 4}, {0, 0}, 3, 0, false, MLM_OK},                /* Infinity */
      {high, {1, 5}, {0, 0}, 3, 0, false, MLM_CORRUPT},           /* NaN */
      {high, {1, UINT64_MAX}, {0, 0}, 64, 0, false, MLM_CORRUPT}, /* beyond the last key */
      {high, {1, (uint64_t)1 << 56}, {0, 0}, 57, 0, false, MLM_CORRUPT},
      {low, {1, zero - low - 2}, {0, 0}, 64, 0, false, MLM_CORRUPT}, /* -0.0 */
      {low, {1, zero - low - 1}, {0, 0}, 64, 0, false, MLM_OK},
      {low - 1, {1, 1}, {0, 0}, 1, 0, false, MLM_CORRUPT}};
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    Scores *scores = fresh();
    expect_x(load_forged(scores, &given[i]) == given[i].status, "block", (double)i);
    drop(scores);
  }
}

/* Scores as close as scores can be take few bytes; others, loaded, take the memory of their keys. */
static void test_loaded(void) {
  enum { ROWS = 12000 };
  for (int way = 0; way < 2; way++) {
    Scores *scores = fresh(), *loaded = fresh();
    uint64_t near = mlm_encode_score(0.5);
    for (int i = 0; i < ROWS; i++) put_row(scores, way ? draw_unit() : mlm_decode_score(near++), 0, 1, 1);
    Writer bytes = saved(scores);
    Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
    drop(scores);
    const uint64_t before = live_bytes;
    expect_x(kind->load(loaded, &in, &host) == MLM_OK, "load", way);
    double each = (double)(live_bytes - before) / ROWS;
    expect_x(!way || each < 8.6, "bytes of a loaded row", each);
    release(bytes.bytes);
    drop(loaded);
  }
}

static void test_counts(void) {
  const uint64_t most = (uint64_t)1 << 62;
  const struct {
    uint64_t neg, pos, others;
    Status status;
  } given[] = {{most - 1, 1, 0, MLM_OK},        {most, 1, 0, MLM_CORRUPT},
               {most / 2, most / 2, 0, MLM_OK}, {most / 2, most / 2, 1, MLM_CORRUPT},
               {1, UINT64_MAX, 0, MLM_CORRUPT}, {1, 1, most - 2, MLM_OK},
               {1, 1, most - 1, MLM_CORRUPT},   {(uint64_t)1 << 63, 1, 0, MLM_CORRUPT}};
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    Scores *scores = fresh();
    expect_x(forged(scores, given[i].neg, given[i].pos, given[i].others) == given[i].status, "counts",
             (double)i);
    drop(scores);
  }
  Scores *full = fresh(), *one = fresh();
  expect_x(forged(full, most - 1, 1, 0) == MLM_OK && kind->seal(full, &host) == MLM_OK, "full", 0);
  ScoreTotals all = mlm_scores_totals(full);
  expect_x(all.neg_count == (int64_t)most - 1 && all.neg_weight == 0x1p62, "totals", all.neg_weight);
  U128 twice = mlm_scores_twice_u(full);
  expect_x(twice.hi == 0 && twice.lo == 2 * (most - 1), "pairs", 0);
  put_row(one, 1, 1, 1, 1);
  expect_x(kind->merge(full, one, &host) == MLM_OVERFLOW, "merging one more", 0);
  expect_x(put_row(full, 1, 1, 2, 1) == MLM_OVERFLOW, "weight 2 more", 0);
  expect_x(put_row(full, 1, 1, 0.5, 1) == MLM_OVERFLOW, "weight 0.5 more", 0);
  drop(full);
  full = fresh();
  expect_x(forged(full, most - 1, 1, 0) == MLM_OK && put_row(full, 1, 1, 1, 1) == MLM_OK, "unseen", 0);
  expect_x(kind->seal(full, &host) == MLM_OVERFLOW, "seen when sealed", 0);
  drop(full);
  drop(one);
  for (uint64_t more = 0; more < 2; more++) {
    Scores *part = fresh();
    full = fresh();
    expect_x(forged(full, most - 2 - more, 1, 0) == MLM_OK, "room for few", 0);
    for (int i = 0; i < 2; i++) put_row(part, i, 1, 1, 1);
    expect_x(put_row(full, 1, 1, 3, 1) == MLM_OVERFLOW, "weight 3 more", (double)more);
    expect_x(kind->merge(full, part, &host) == (more ? MLM_OK : MLM_OVERFLOW), "two more", (double)more);
    drop(full);
    drop(part);
  }
}

/* Weights times counts that no double holds. */
static void test_many_alike(void) {
  const uint64_t counts[] = {
      1, 2, 12345, (uint64_t)1 << 44, ((uint64_t)1 << 50) + 1, ((uint64_t)1 << 61) - 1};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    Scores *scores = fresh();
    ExactSum sum = {0};
    expect_x(forged(scores, 5, 1, counts[i]) == MLM_OK && kind->seal(scores, &host) == MLM_OK, "alike",
             (double)i);
    for (int bit = 0; bit < 62; bit++) /* 0.3·2^bit is exact */
      if (counts[i] >> bit & 1) mlm_sum_add(&sum, 0.3 * (double)((uint64_t)1 << bit), 1);
    double low = mlm_sum_round(&sum);
    mlm_sum_add(&sum, 5, 1);
    ScoreWalk walk;
    mlm_walk_up(&walk, scores);
    expect_x(mlm_walk_next(&walk) && walk.score == 0.25 && walk.neg_weight == low && walk.fp_weight == low,
             "walk", low);
    expect_x(mlm_scores_totals(scores).neg_weight == mlm_sum_round(&sum), "total", low);
    Confusion2 confusion;
    mlm_walk_down(&walk, scores);
    mlm_walk_confusion2(&walk, &confusion);
    expect_x(confusion.tn == mlm_sum_round(&sum) && confusion.fn == 1 && confusion.tp == 0
                 && confusion.fp == 0,
             "none", confusion.tn);
    mlm_walk_next(&walk);
    mlm_walk_next(&walk);
    mlm_walk_confusion2(&walk, &confusion);
    expect_x(confusion.tn == low && confusion.fp == 5, "rest", confusion.tn);
    Scores *again = fresh();
    expect_x(forged(again, 5, 1, counts[i]) == MLM_OK, "again", 0);
    expect_same(scores, again, "saved as it was", (double)i);
    drop(again);
    drop(scores);
  }
}

static double sum_of_some(int i) { return (double)(i % 4 ? draw() % 50 : draw() % 5000) / 64; }

/* A frame that only grows is sealed at every row. */
static void test_growing(void) {
  Scores *grown = fresh(), *plain = fresh();
  for (int i = 0; i < 600; i++) {
    double score = sum_of_some(i), weight = i % 5 == 0 ? 0.75 : i % 7 == 0 ? 3 : 1;
    int label = (int)(draw() % 2);
    expect_x(put_row(grown, score, label, weight, 1) == MLM_OK && kind->seal(grown, &host) == MLM_OK, "grow",
             i);
    expect_x(kind->seal(grown, &host) == MLM_OK, "twice", i);
    put_row(plain, score, label, weight, 1);
    expect_x(!grown->tree == (i == 0), "from the second row on in a tree", i);
    if (i % 50) continue;
    Scores *copy = fresh(), *both[] = {grown, copy};
    Writer bytes = saved(grown);
    Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
    expect_x(kind->load(copy, &in, &host) == MLM_OK && kind->seal(copy, &host) == MLM_OK, "load", i);
    U128 u[] = {mlm_scores_twice_u(both[0]), mlm_scores_twice_u(both[1])};
    expect_x(u[0].lo == u[1].lo && u[0].hi == u[1].hi, "pairs of both", i);
    release(bytes.bytes);
    drop(copy);
  }
  expect_same(grown, plain, "grown", 600);
  drop(grown);
  drop(plain);
}

static double f1(const Confusion2 *t, const double *param) { return 2 * t->tp / (2 * t->tp + t->fp + t->fn); }

/* Sums of up to 2^51 rows of both classes are known to be counts, and those of up to 2^53 are exact as
 * doubles: of keys or entries, and once a window slides. */
static void test_exact_counts(void) {
  const uint64_t most = MLM_MOST_COUNTS;
  const uint64_t given[][2] = {{most - 1, 1},     {1, most - 1}, {most, 1},    {1, most},
                               {4 * most - 1, 1}, {4 * most, 1}, {1, 4 * most}};
  const Objective objective = {.of = f1, .sense = 1};
  for (size_t i = 0; i < 2 * sizeof given / sizeof *given; i++) {
    const uint64_t *rows = given[i / 2];
    const bool few = rows[0] + rows[1] <= most;
    Scores *scores = fresh();
    expect_x(forged(scores, rows[0], rows[1], 0) == MLM_OK, "so many", (double)i);
    for (int sign = 1; i % 2 && sign >= -1; sign -= 2) put_row(scores, 2, 0, 1, sign);
    ScoreWalk walk;
    BestCutoff best;
    expect_x(kind->seal(scores, &host) == MLM_OK, "seal", (double)i);
    const ScoreTotals all = mlm_scores_totals(scores);
    expect_x(mlm_totals_are_exact(&all) == (rows[0] + rows[1] <= 4 * most), "exact totals", (double)i);
    mlm_walk_down(&walk, scores);
    expect_x(mlm_walk_is_exact(&walk) == few, "exact", (double)i);
    expect_x(mlm_scores_best(scores, &objective, NULL, &best) && best.confusion.counts == few, "counts",
             (double)i);
    drop(scores);
  }
}

/* Of the scores outside a range the highest is named, or else the lowest. */
static void test_outside(void) {
  const double given[][3] = {{-0.5, 0.5, 1.5}, {0.5, 1.5, 1}, {-0.5, 0.5, 1}, {0, 1, 0}};
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    Scores *scores = fresh();
    double got = 0.5, want = i < 2 ? 1.5 : i < 3 ? -0.5 : 0.5;
    for (int k = 0; k < 3; k++) put_row(scores, given[i][k], k % 2, 1, 1);
    bool outside = kind->seal(scores, &host) == MLM_OK && kind->outside(scores, 0, 1, &got);
    expect_x(outside == (i < 3) && got == want, "a score outside", got);
    drop(scores);
  }
}

/* A row of fractional weight is taken back before the set was ever sealed. */
static void test_early_return(void) {
  Scores *scores = fresh(), *want = fresh();
  for (int i = 0; i < 2; i++) put_row(scores, i, 0, 0.5, 1);
  expect_x(put_row(scores, 1, 0, 0.5, -1) == MLM_OK, "taken back", 0);
  put_row(want, 0, 0, 0.5, 1);
  expect_same(scores, want, "taken back early", 0);
  drop(scores);
  drop(want);
}

/* Sets that come and go: whatever is merged and taken back, what stays is what stayed. */
static void test_unmerge(void) {
  for (int round = 0; round < 20; round++) {
    Scores *part[4], *sum = fresh(), *want = fresh();
    for (int p = 0; p < 4; p++) {
      part[p] = fresh();
      for (int i = 0; i < 1 + (int)(draw() % 60); i++) {
        double score = sum_of_some(i),
               weight = round % 2 && i % 3 == 0 ? 0.1 * (double)(1 + i % 4) : (double)(1 + i % 3);
        put_row(part[p], score, i % 2, weight, 1);
        if (p % 2) put_row(want, score, i % 2, weight, 1);
      }
      for (int i = 0; i <= p; i++) kind->leave_out(part[p], 1);
      for (int i = 0; i <= p && p % 2; i++) kind->leave_out(want, 1);
    }
    Scores *copy[4];
    for (int p = 0; p < 4; p++) { /* merging may use up what is merged */
      copy[p] = fresh();
      Writer bytes = saved(part[p]);
      Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
      expect_x(kind->load(copy[p], &in, &host) == MLM_OK && kind->seal(copy[p], &host) == MLM_OK, "load", p);
      release(bytes.bytes);
      expect_x(kind->merge(sum, part[p], &host) == MLM_OK, "merge", p);
      if (p == 2) expect_x(kind->seal(sum, &host) == MLM_OK, "seal between", p);
    }
    expect_x(kind->subtract(sum, copy[2], &host) == MLM_OK && kind->subtract(sum, copy[0], &host) == MLM_OK,
             "subtract", 0);
    expect_x(mlm_scores_left_out(sum) == 6, "left out", (double)mlm_scores_left_out(sum));
    expect_same(sum, want, "merged and taken back", round);
    for (int p = 0; p < 4; p++) {
      drop(part[p]);
      drop(copy[p]);
    }
    drop(sum);
    drop(want);
  }
}

/* Bytes a row at the worst moment of adding, and after the sort. */
static void test_memory(void) {
  const struct {
    const char *what;
    int rows, distinct, sorted;
    double weight; /* 0: drawn anew for each row */
    double most;   /* bytes a row */
  } given[] = {{"distinct", 3000000, 0, 0, 1, 8.6},
               {"10 scores", 1000000, 10, 0, 1, 0.3},
               {"10,000 scores", 2000000, 10000, 0, 1, 1},
               {"20 rows a score, sorted", 2000000, 100000, 1, 1, 4},
               {"half of them 0", 1000000, -1, 0, 1, 8.6},
               {"fractional weights", 128000, 0, 0, 0, 26.5},
               {"10 scores of one fractional weight", 128000, 10, 0, 0.5, 1},
               {"10 rows of fractional weights", 10, 0, 0, 0, 240}};
  for (size_t g = 0; g < sizeof given / sizeof *given; g++) {
    Scores *scores = fresh();
    double most = 0, n = given[g].rows, distinct = given[g].distinct;
    for (int i = 0; i < given[g].rows; i++) {
      double u = draw_unit();
      double score = distinct < 0    ? (draw() % 2 ? u : 0)
                     : distinct == 0 ? u
                                     : (double)(int)((given[g].sorted ? i / n : u) * distinct);
      put_row(scores, score, draw() % 11 == 0, given[g].weight > 0 ? given[g].weight : 0.5 + draw_unit() / 4,
              1);
      if ((double)live_bytes > most) most = (double)live_bytes;
    }
    expect_x(most / n <= given[g].most, given[g].what, most / n);
    expect_x(kind->seal(scores, &host) == MLM_OK && (double)live_bytes / n <= given[g].most, "sealed",
             (double)live_bytes / n);
    drop(scores);
    expect_x(live_bytes == 0, "given back", (double)live_bytes);
  }
  for (int i = 1; i <= 10; i++) {
    Scores *few = fresh();
    for (int j = 0; j < i; j++) put_row(few, 1 / (double)(j + 1), i % 2, 1, 1);
    expect_x(kind->seal(few, &host) == MLM_OK && mlm_scores_distinct(few) == i && live_bytes == 0,
             "ten rows take none", i);
    drop(few);
  }
}

/* ---- the best cutoff where a class is missing, and steps from positive to positive ---- */

static double precision(const Confusion2 *t, const double *param) { return t->tp / (t->tp + t->fp); }
static double recall(const Confusion2 *t, const double *param) { return t->tp / (t->tp + t->fn); }
static double false_alarms(const Confusion2 *t, const double *param) { return t->fp + 0 * t->tp; }

static bool same_best(const BestCutoff *a, const BestCutoff *b) {
  const Confusion2 *t = &a->confusion, *u = &b->confusion;
  return a->cutoff == b->cutoff && a->value == b->value && t->tp == u->tp && t->fp == u->fp && t->tn == u->tn
         && t->fn == u->fn && t->exponent == u->exponent;
}

static void expect_same_best(const Scores *plain, const Scores *tree, const char *what) {
  const Objective all[] = {{.of = f1, .sense = 1, .monotone = true},
                           {.of = f1, .sense = 1, .monotone = true, .midpoint = true},
                           {.of = precision, .sense = 1, .monotone = true},
                           {.of = recall, .floor_of = precision, .floor = 0.4, .sense = 1, .monotone = true},
                           {.of = precision, .floor_of = recall, .floor = 0.7, .sense = 1, .monotone = true},
                           {.of = false_alarms, .sense = -1, .monotone = true},
                           {.of = false_alarms, .sense = 1}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    BestCutoff best[2] = {{.cutoff = 0}, {.cutoff = 0}}, scan = {.cutoff = 0};
    Objective slow = all[i];
    slow.monotone = false;
    bool found = mlm_scores_best(plain, &all[i], NULL, &best[0]),
         in_tree = mlm_scores_best(tree, &all[i], NULL, &best[1]);
    bool in_scan = mlm_scores_best(plain, &slow, NULL, &scan);
    expect_x(found == in_scan && found == in_tree, what, (double)i);
    expect_x(same_best(&best[0], &scan), what, best[0].cutoff);
    expect_x(!found || same_best(&best[0], &best[1]), what, best[1].cutoff);
  }
}

static void expect_positives(const Scores *scores, bool up) {
  ScoreWalk all, leap;
  (up ? mlm_walk_up : mlm_walk_down)(&all, scores);
  (up ? mlm_walk_up : mlm_walk_down)(&leap, scores);
  while (mlm_walk_next(&all)) {
    if (all.pos_weight == 0) continue;
    expect_x(mlm_walk_next_positive(&leap), "a positive more", all.score);
    expect_x(leap.score == all.score && leap.pos_count == all.pos_count && leap.neg_count == all.neg_count,
             "positive", all.score);
    expect_x(leap.neg_weight == all.neg_weight && leap.pos_weight == all.pos_weight, "its weight", all.score);
    expect_x(leap.tp_weight == all.tp_weight && leap.fp_weight == all.fp_weight
                 && leap.fp_count == all.fp_count && leap.tp_count == all.tp_count,
             "so far", all.score);
  }
  expect_x(!mlm_walk_next_positive(&leap), "no positive more", all.score);
}

static void test_best(void) {
  Scores *none = fresh();
  Objective objective = {.of = f1, .sense = 1, .monotone = true};
  BestCutoff best;
  expect_x(kind->seal(none, &host) == MLM_OK && !mlm_scores_best(none, &objective, NULL, &best),
           "best of none", 0);
  drop(none);
  for (int round = 0; round < 400; round++) {
    Scores *plain = fresh(), *tree = fresh();
    int classes = round % 3, n = 1 + (int)(draw() % 40);
    for (int i = 0; i < n; i++) {
      double score = draw() % 20 == 0 ? INFINITY : (double)(draw() % 12);
      int label = classes == 2 ? (int)(draw() % 2) : classes;
      put_row(plain, score, label, 1, 1);
      put_row(tree, score, label, 1, 1);
    }
    put_row(tree, 3, 1, 1, 1);
    put_row(tree, 3, 1, 1, -1);
    expect_x(kind->seal(plain, &host) == MLM_OK && kind->seal(tree, &host) == MLM_OK, "seal", n);
    expect_same_best(plain, tree, "best");
    for (int up = 0; up < 2; up++) {
      expect_positives(plain, up);
      expect_positives(tree, up);
    }
    drop(plain);
    drop(tree);
  }
}

/* ---- failures ---- */

static Status load(Scores *scores, const Writer *bytes) {
  Reader in = {.at = bytes->bytes, .end = bytes->bytes + bytes->n};
  return kind->load(scores, &in, &host);
}

/* All that takes memory or time; ends with the first failure. */
static Status everything(Scores *all, Scores *other, Scores *window, const Writer *big, const Writer *small) {
  Status status = load(all, big);
  if (!status) status = load(other, small);
  for (int i = 0; i < 12000 && !status; i++) status = put_row(all, i % 700, i % 2, i % 100 == 0 ? 0.5 : 1, 1);
  if (!status) status = kind->merge(window, other, &host);
  if (!status) status = kind->seal(all, &host);
  if (!status) status = kind->merge(all, window, &host);
  for (int i = 0; i < 100 && !status; i++) status = put_row(all, i % 700, i % 2, i % 100 == 0 ? 0.5 : 1, -1);
  if (!status) status = kind->seal(all, &host);
  if (!status) status = kind->merge(window, all, &host);
  return status ? status : kind->seal(window, &host);
}

static Status stop_visit(void *context, double score, int label, double weight, int64_t count) {
  return --*(int *)context == 0 ? MLM_INTERRUPTED : MLM_OK;
}

static void test_failures(void) {
  Scores *from = fresh();
  for (int i = 0; i < 30000; i++) put_row(from, i % 3 ? (double)(draw() % 1000000) : 7, i % 2, 1, 1);
  for (int i = 0; i < 3000; i++)
    put_row(from, (double)(draw() % 500), i % 2, i % 2 ? 0.25 * (double)(i % 9 + 1) : 5, 1);
  Writer big = saved(from);
  drop(from);
  from = fresh();
  for (int i = 0; i < 50; i++) put_row(from, i, i % 2, i % 5 ? 1 : 1.5, 1);
  Writer small = saved(from);
  for (int visits = 1; visits <= 50; visits += 7) {
    int left = visits;
    expect_x(mlm_scores_visit(from, stop_visit, &left) == MLM_INTERRUPTED && left == 0, "visit stops",
             visits);
  }
  drop(from);
  for (int what = 0; what < 2; what++) {
    Status status = MLM_NOMEM;
    for (int fail = 0; status; fail++) {
      Scores *set[] = {fresh(), fresh(), fresh()};
      uint64_t before = live_bytes;
      *(what ? &stop_in : &allowed) = fail;
      status = everything(set[0], set[1], set[2], &big, &small);
      allowed = stop_in = -1;
      expect_x(!status || status == (what ? MLM_INTERRUPTED : MLM_NOMEM), "failure", fail);
      for (int i = 0; i < 3; i++) drop(set[i]);
      expect_x(live_bytes == before, "given back", (double)live_bytes - (double)before);
    }
  }
  release(big.bytes);
  release(small.bytes);
  Scores *many = fresh();
  for (int i = 0; i < 200000; i++) put_row(many, (double)(draw() % 1000000), 1, 0.5, 1);
  stop_in = 0;
  expect_x(kind->seal(many, &host) == MLM_INTERRUPTED, "stopped among entries", 0);
  drop(many);
}

/* A row after a value means that a window slides: from then on a tree has the rows. */
static void test_window(void) {
  Scores *scores = fresh();
  put_row(scores, 0.5, 0, 1, 1);
  expect_x(kind->seal(scores, &host) == MLM_OK && !scores->tree, "a value", 0);
  expect_x(put_row(scores, 0.25, 1, 1, 1) == MLM_OK && scores->tree, "a row after a value", 0);
  drop(scores);
}

int main(void) {
  test_window();
  test_forged();
  test_forged_blocks();
  test_loaded();
  test_counts();
  test_many_alike();
  test_growing();
  test_exact_counts();
  test_outside();
  test_early_return();
  test_unmerge();
  test_memory();
  test_best();
  test_failures();
  expect_x(live_bytes == 0, "bytes left", (double)live_bytes);
  return end_of_tests();
}
