/* The window tree against a sorted array: after every act the same counts, cursors, 2U and best cutoffs, in
 * bounded memory, and unchanged where an allocation fails. */
#include "random.h"
#include "base/sort.h"
#include "state/confusion2.h"
#include "state/score_tree.h"
#include "state/score_tree_search.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static const char *scene = "";

static bool expect_step(bool right, const char *what, long step) {
  if (right)
    passed();
  else
    failed("%s, step %ld: %s", scene, step, what);
  return right;
}

/* Leaves are a quarter full (8 entries) and inner nodes too (16 children): 125 bytes an entry, apart from the
 * root. */
static bool memory_bounded(const ScoreTree *tree) {
  return live_bytes <= 125 * (uint64_t)mlm_tree_distinct(tree) + 4096;
}

/* ---- the model: a sorted array ---- */

enum { MOST = 8192 };

typedef struct Entry {
  uint64_t key;
  int64_t count[2];
} Entry;

static Entry model[MOST];
static int entries;

static int place_of(uint64_t key) {
  int lo = 0, hi = entries;
  while (lo < hi) {
    int middle = (lo + hi) / 2;
    if (model[middle].key < key)
      lo = middle + 1;
    else
      hi = middle;
  }
  return lo;
}

static void model_add(uint64_t key, int label, int64_t count) {
  int at = place_of(key);
  if (at == entries || model[at].key != key) {
    memmove(model + at + 1, model + at, (size_t)(entries - at) * sizeof *model);
    model[at] = (Entry){.key = key};
    entries++;
  }
  model[at].count[label] += count;
  if (model[at].count[0] || model[at].count[1]) return;
  memmove(model + at, model + at + 1, (size_t)(entries - at - 1) * sizeof *model);
  entries--;
}

static void model_at_or_above(uint64_t key, int64_t count[2]) {
  count[0] = count[1] = 0;
  for (int i = entries - 1; i >= 0 && model[i].key >= key; i--)
    for (int c = 0; c < 2; c++) count[c] += model[i].count[c];
}

static U128 model_twice_u(void) {
  U128 sum = {0, 0};
  uint64_t below = 0;
  for (int i = 0; i < entries; i++) {
    uint64_t neg = (uint64_t)model[i].count[0];
    sum = mlm_u128_sum(sum, mlm_u128_product((uint64_t)model[i].count[1], 2 * below + neg));
    below += neg;
  }
  return sum;
}

/* ---- objectives ---- */

static double f1(const Confusion2 *t, const double *p) { return 2 * t->tp / (2 * t->tp + t->fp + t->fn); }
static double recall(const Confusion2 *t, const double *p) { return t->tp / (t->tp + t->fn); }
static double precision(const Confusion2 *t, const double *p) { return t->tp / (t->tp + t->fp); }
static double specificity(const Confusion2 *t, const double *p) { return t->tn / (t->tn + t->fp); }
static double accuracy(const Confusion2 *t, const double *p) {
  return (t->tp + t->tn) / (t->tp + t->fp + t->tn + t->fn);
}
static double balanced(const Confusion2 *t, const double *p) {
  return (recall(t, p) + specificity(t, p)) / 2;
}
static double youden(const Confusion2 *t, const double *p) { return recall(t, p) + specificity(t, p) - 1; }
static double dot(const Confusion2 *t, const double *p) { return t->tp; }
static double cost(const Confusion2 *t, const double *p) { return p[0] * t->fp + p[1] * t->fn; }
static double mcc(const Confusion2 *t, const double *p) {
  return (t->tp * t->tn - t->fp * t->fn)
         / sqrt((t->tp + t->fp) * (t->tp + t->fn) * (t->tn + t->fp) * (t->tn + t->fn));
}

/* Those before `huge_ones` stay monotone where counts do not fit a double. */
typedef struct Goal {
  const char *name;
  Objective objective;
} Goal;

static const Goal goals[] = {
    {"dot", {.of = dot, .sense = 1, .monotone = true}},
    {"cost:1,5", {.of = cost, .sense = -1, .monotone = true, .param = {1, 5}}},
    {"cost:1e308,1e308", {.of = cost, .sense = -1, .monotone = true, .param = {1e308, 1e308}}},
    {"f1", {.of = f1, .sense = 1, .monotone = true}},
    {"f1, by half-planes", {.of = f1, .sense = 1, .monotone = true, .f1 = true}},
    {"accuracy", {.of = accuracy, .sense = 1, .monotone = true}},
    {"balanced_accuracy", {.of = balanced, .sense = 1, .monotone = true}},
    {"youden", {.of = youden, .sense = 1, .monotone = true}},
    {"precision", {.of = precision, .sense = 1, .monotone = true}},
    {"precision>=0.6", {.of = recall, .floor_of = precision, .floor = 0.6, .sense = 1, .monotone = true}},
    {"dot, precision>=0", {.of = dot, .floor_of = precision, .floor = 0, .sense = 1, .monotone = true}},
    {"precision>=0", {.of = recall, .floor_of = precision, .floor = 0, .sense = 1, .monotone = true}},
    {"recall>=0.8", {.of = precision, .floor_of = recall, .floor = 0.8, .sense = 1, .monotone = true}},
    {"recall>=0", {.of = precision, .floor_of = recall, .floor = 0, .sense = 1, .monotone = true}},
    {"specificity>=0.9", {.of = recall, .floor_of = specificity, .floor = 0.9, .sense = 1, .monotone = true}},
    {"recall>=2", {.of = precision, .floor_of = recall, .floor = 2, .sense = 1, .monotone = true}},
    {"mcc", {.of = mcc, .sense = 1}},
    {"least mcc", {.of = mcc, .sense = -1}},
};
enum { OBJECTIVES = sizeof goals / sizeof *goals, huge_ones = 3 };
static uint64_t hints[OBJECTIVES];

typedef struct Best {
  bool found;
  double cutoff, value;
  int64_t count[2];
} Best;

static void scan_one(Best *best, const Objective *o, double cutoff, const int64_t seen[2],
                     const int64_t total[2]) {
  Confusion2 confusion = {.tp = (double)seen[1],
                          .fp = (double)seen[0],
                          .tn = (double)(total[0] - seen[0]),
                          .fn = (double)(total[1] - seen[1])};
  if (o->floor_of && !(o->floor_of(&confusion, o->param) >= o->floor)) return;
  double value = o->of(&confusion, o->param);
  if (best->found ? !(o->sense * value > o->sense * best->value) : isnan(value)) return;
  *best = (Best){true, cutoff, value, {seen[0], seen[1]}};
}

static Best model_best(const Objective *o) {
  Best best = {false};
  int64_t seen[2] = {0, 0}, total[2];
  model_at_or_above(0, total);
  if (entries && model[entries - 1].key != mlm_encode_score(INFINITY))
    scan_one(&best, o, INFINITY, seen, total);
  for (int i = entries - 1; i >= 0; i--) {
    for (int c = 0; c < 2; c++) seen[c] += model[i].count[c];
    scan_one(&best, o, mlm_decode_score(model[i].key), seen, total);
  }
  return best;
}

static bool same_best(const ScoreTree *tree, const Objective *o, uint64_t *hint, Best best) {
  double cutoff = 0;
  int64_t count[2] = {0, 0};
  bool found = mlm_tree_best(tree, o, hint, &cutoff, count);
  if (found != best.found) return false;
  return !found
         || (memcmp(&cutoff, &best.cutoff, sizeof cutoff) == 0 && count[0] == best.count[0]
             && count[1] == best.count[1]);
}

/* Cold, from the step before, and from a hint out of the blue: the same answer. */
static void check_best(const ScoreTree *tree, int objective, long step) {
  const Objective *o = &goals[objective].objective;
  Best best = model_best(o);
  uint64_t anywhere = draw();
  if (entries && draw() % 4) anywhere = model[draw() % (uint64_t)entries].key + (anywhere & 1);
  bool right = same_best(tree, o, NULL, best) && same_best(tree, o, &hints[objective], best)
               && same_best(tree, o, &anywhere, best);
  expect_step(right, goals[objective].name, step);
}

/* ---- comparing ---- */

static bool same_entries(const ScoreTree *tree, bool up) {
  TreeCursor cursor;
  mlm_tree_first(tree, &cursor, up);
  for (int i = 0; i < entries; i++) {
    const Entry *entry = &model[up ? i : entries - 1 - i];
    if (!mlm_tree_next(&cursor) || cursor.key != entry->key) return false;
    if (cursor.count[0] != entry->count[0] || cursor.count[1] != entry->count[1]) return false;
  }
  return !mlm_tree_next(&cursor) && !mlm_tree_next(&cursor);
}

static bool same_at_or_above(const ScoreTree *tree, uint64_t key) {
  int64_t have[2], want[2];
  mlm_tree_at_or_above(tree, key, have);
  model_at_or_above(key, want);
  return have[0] == want[0] && have[1] == want[1];
}

static void check_counts(const ScoreTree *tree, long step) {
  int64_t total[2];
  model_at_or_above(0, total);
  expect_step(mlm_tree_count(tree, 0) == total[0] && mlm_tree_count(tree, 1) == total[1], "counts", step);
  expect_step(mlm_tree_distinct(tree) == entries, "distinct", step);
  U128 have = mlm_tree_twice_u(tree), want = model_twice_u();
  expect_step(have.hi == want.hi && have.lo == want.lo, "2U", step);
  bool right =
      same_at_or_above(tree, 0) && same_at_or_above(tree, UINT64_MAX) && same_at_or_above(tree, draw());
  if (entries) {
    uint64_t key = model[draw() % (uint64_t)entries].key;
    right = right && same_at_or_above(tree, key) && same_at_or_above(tree, key + 1);
  }
  expect_step(right, "at or above", step);
  expect_step(memory_bounded(tree), "memory", step);
}

static void check(const ScoreTree *tree, int objective_count, long step) {
  check_counts(tree, step);
  expect_step(same_entries(tree, true), "cursor up", step);
  expect_step(same_entries(tree, false), "cursor down", step);
  for (int i = 0; i < objective_count; i++) check_best(tree, i, step);
}

/* ---- windows ---- */

typedef struct TestRow {
  uint64_t key;
  int label;
  int64_t count;
} TestRow;

static TestRow any_row(double score, double positives, int64_t count) {
  return (TestRow){mlm_encode_score(score), draw_unit() < positives, count};
}

static TestRow separable(long i) {
  bool positive = draw_unit() < 0.3;
  return (TestRow){mlm_encode_score(draw_unit() + positive), positive, 1};
}
static TestRow noise(long i) { return any_row(draw_unit() - 0.5, 0.1, 1); }
static TestRow counted(long i) {
  double score = draw_unit();
  return any_row(score, 0.5, 1 + (int64_t)(draw() % 9));
}
static TestRow few(long i) {
  static const double score[] = {-INFINITY, -2, -0.0, 0.0, 0.25, 7, INFINITY};
  int64_t count = 1 + (int64_t)(draw() % 2);
  return any_row(score[draw() % 7], 0.4, count);
}
static TestRow upwards(long i) { return any_row((double)i, 0.3, 1); }
static TestRow downwards(long i) { return any_row(-(double)i, 0.3, 1); }
static TestRow drifting(long i) { return any_row((double)i + 200 * draw_unit(), 0.3, 1); }
static TestRow equal(long i) { return any_row(0.5, 0.5, 1); }
static TestRow alternating(long i) {
  return any_row(i % 2 ? 1 + 1e-3 * (double)i : -1e-3 * (double)i, i % 2, 1);
}
static TestRow negatives(long i) { return any_row(floor(40 * draw_unit()), 0, 1); }
static TestRow positives(long i) { return any_row(floor(400 * draw_unit()), 1, 1); }
static TestRow nearly_positives(long i) { return any_row(draw_unit(), 0.9995, 1); }
static TestRow with_infinite(long i) { return any_row(draw() % 8 ? draw_unit() : INFINITY, 0.05, 1); }
static TestRow perfect(long i) {
  double score = floor(300 * draw_unit());
  return any_row(score, score >= 200, 1);
}
/* Pieces that stay while the scores have long moved on. */
static TestRow jumping(long i) { return any_row(1000 * (double)(i / 700 % 5) + draw_unit(), 0.2, 1); }
static TestRow huge(long i) {
  int64_t count = (int64_t)(draw() >> 8);
  return any_row(floor(60 * draw_unit()), 0.5, count);
}
static TestRow outer_keys(long i) {
  int label = (int)(draw() % 2);
  return (TestRow){draw() % 3 - 1, label, 1};
}

typedef struct Scene {
  const char *name;
  TestRow (*row)(long i);
  int window; /* rows */
  long steps;
  long every; /* steps between two full comparisons */
  int objectives;
} Scene;

static const Scene scenes[] = {
    {"separable, 1", separable, 1, 200, 1, OBJECTIVES},
    {"separable, 10", separable, 10, 1000, 1, OBJECTIVES},
    {"separable, 150", separable, 150, 3000, 1, OBJECTIVES},
    {"separable, 4000", separable, 4000, 12000, 200, OBJECTIVES},
    {"noise, 100", noise, 100, 2000, 1, OBJECTIVES},
    {"noise, 6000", noise, 6000, 15000, 250, OBJECTIVES},
    {"counted, 300", counted, 300, 1500, 1, OBJECTIVES},
    {"few, 5", few, 5, 2000, 1, OBJECTIVES},
    {"few, 100", few, 100, 2000, 1, OBJECTIVES},
    {"upwards, 200", upwards, 200, 2000, 1, OBJECTIVES},
    {"upwards, 1800", upwards, 1800, 5000, 100,
     OBJECTIVES}, /* 15 children beside 60: more than one node holds */
    {"upwards, 5000", upwards, 5000, 15000, 500, OBJECTIVES},
    {"downwards, 200", downwards, 200, 2000, 1, OBJECTIVES},
    {"downwards, 5000", downwards, 5000, 15000, 500, OBJECTIVES},
    {"drifting, 3000", drifting, 3000, 12000, 200, OBJECTIVES},
    {"all equal, 50", equal, 50, 500, 1, OBJECTIVES},
    {"alternating, 300", alternating, 300, 1500, 1, OBJECTIVES},
    {"negatives, 100", negatives, 100, 500, 1, OBJECTIVES},
    {"positives, 500", positives, 500, 1500, 1, OBJECTIVES},
    {"nearly all positives, 3000", nearly_positives, 3000, 3500, 50, OBJECTIVES},
    {"infinite scores, 400", with_infinite, 400, 600, 10, OBJECTIVES},
    {"perfect, 500", perfect, 500, 1500, 1, OBJECTIVES},
    {"jumping, 2000", jumping, 2000, 15000, 100, OBJECTIVES},
    {"huge counts, 60", huge, 60, 3000, 1, huge_ones},
    {"outer keys, 9", outer_keys, 9, 500, 1, 0},
};

static void put(ScoreTree *tree, TestRow row, int sign, long step) {
  expect_step(mlm_tree_add(tree, row.key, row.label, sign * row.count, &host) == MLM_OK, "status", step);
  model_add(row.key, row.label, sign * row.count);
}

static void play(const Scene *s) {
  static TestRow window[MOST];
  scene = s->name;
  entries = 0;
  ScoreTree *tree = mlm_tree_new(&host);
  check(tree, s->objectives, 0);
  for (long i = 0; i < s->steps + s->window; i++) {
    TestRow *row = &window[i % s->window];
    if (i >= s->window) put(tree, *row, -1, i); /* in the end takes back all */
    *row = s->row(i);
    if (i < s->steps)
      put(tree, *row, 1, i);
    else
      row->count = 0;
    expect_step(memory_bounded(tree), "memory", i);
    if (i % s->every == 0 || (i % 7 == 0 && entries < 100)) check(tree, s->objectives, i);
  }
  expect_step(entries == 0 && mlm_tree_distinct(tree) == 0, "not empty in the end", s->steps);
  check(tree, s->objectives, s->steps);
  mlm_tree_free(tree, &host);
  expect_step(live_bytes == 0, "leak", s->steps);
}

/* ---- memory ---- */

/* Tries a row with 0, 1, 2, … allocations allowed until it goes through; each failure must leave no trace. */
static void put_short_of_memory(ScoreTree *tree, TestRow row, long step) {
  for (int limit = 0;; limit++) {
    uint64_t before = live_bytes;
    allowed = limit;
    Status status = mlm_tree_add(tree, row.key, row.label, row.count, &host);
    allowed = -1;
    if (status == MLM_OK) break;
    expect_step(status == MLM_NOMEM && live_bytes == before, "failure leaks", step);
    check(tree, 4, step);
  }
  model_add(row.key, row.label, row.count);
}

static void play_short_of_memory(TestRow (*row)(long), const char *name) {
  enum { ROWS = 2600 };
  static TestRow rows[ROWS];
  scene = name;
  entries = 0;
  for (allowed = 0; allowed < 2; allowed++) {
    int limit = (int)allowed;
    expect_step(mlm_tree_new(&host) == NULL && live_bytes == 0, "no tree without memory", limit);
    allowed = limit;
  }
  allowed = -1;
  ScoreTree *tree = mlm_tree_new(&host);
  for (int i = 0; i < ROWS; i++) put_short_of_memory(tree, rows[i] = row(i), i);
  allowed = 0; /* taking back cannot fail */
  for (int i = 0; i < ROWS; i++) put(tree, rows[(i * 7L) % ROWS], -1, i);
  allowed = -1;
  check(tree, OBJECTIVES, ROWS);
  mlm_tree_free(tree, &host);
  mlm_tree_free(NULL, &host);
  expect_step(live_bytes == 0, "leak", ROWS);
}

/* Millions of rows through a small window whose scores only ever rise, or fall. */
static void play_trend(int direction) {
  enum { WINDOW = 1000, STEPS = 1000000 };
  scene = direction > 0 ? "rising for ever" : "falling for ever";
  ScoreTree *tree = mlm_tree_new(&host);
  bool bounded = true;
  for (int64_t i = 0; i < STEPS; i++) {
    mlm_tree_add(tree, mlm_encode_score((double)(direction * i)), i % 3 == 0, 1, &host);
    if (i >= WINDOW) {
      int64_t old = i - WINDOW;
      mlm_tree_add(tree, mlm_encode_score((double)(direction * old)), old % 3 == 0, -1, &host);
    }
    bounded =
        bounded
        && live_bytes <= 50 * WINDOW + 4096; /* leaves are left three quarters full: 36 bytes an entry */
  }
  expect_step(bounded && mlm_tree_distinct(tree) == WINDOW, "memory", STEPS);
  mlm_tree_free(tree, &host);
}

/* A tree thinned out keeps a bounded share of memory, whatever is left of it. */
static void play_thinning(void) {
  scene = "thinning";
  entries = 0;
  ScoreTree *tree = mlm_tree_new(&host);
  for (int i = 0; i < 8000; i++) put(tree, (TestRow){mlm_encode_score(i), i % 2, 1}, 1, i);
  for (int i = 0; i < 8000; i++) {
    int victim = i * 3 % 8000;
    if (victim % 40) put(tree, (TestRow){mlm_encode_score(victim), victim % 2, 1}, -1, i);
    expect_step(memory_bounded(tree), "memory", i);
  }
  check(tree, OBJECTIVES, 8000);
  mlm_tree_free(tree, &host);
}

static long evaluations;
static double counted_youden(const Confusion2 *t, const double *p) {
  evaluations++;
  return youden(t, p);
}

/* With a warm start few candidates are evaluated, 41 to 85 seen: runs are dropped by the value at their
 * corner. */
static void play_search(void) {
  enum { ROWS = 1000, MOST_EVALUATIONS = 200 };
  const Objective objective = {.of = counted_youden, .sense = 1, .monotone = true};
  scene = "a window of 1000 rows";
  entries = 0;
  ScoreTree *tree = mlm_tree_new(&host);
  for (int i = 0; i < ROWS; i++) {
    double score = draw_unit();
    put(tree, (TestRow){mlm_encode_score(score), draw_unit() < score, 1}, 1, i);
  }
  uint64_t hint = 0;
  double cutoff;
  int64_t count[2];
  mlm_tree_best(tree, &objective, &hint, &cutoff, count);
  evaluations = 0;
  mlm_tree_best(tree, &objective, &hint, &cutoff, count);
  expect_step(evaluations > 0 && evaluations <= MOST_EVALUATIONS, "evaluations", evaluations);
  mlm_tree_free(tree, &host);
}

static void play_misuse(void) {
  scene = "taking back what is not there";
  uint64_t key = mlm_encode_score(0.5);
  entries = 0;
  ScoreTree *tree = mlm_tree_new(&host);
  expect_step(mlm_tree_add(tree, key, 1, -1, &host) == MLM_CORRUPT, "from nothing", 0);
  put(tree, (TestRow){key, 1, 2}, 1, 0);
  expect_step(mlm_tree_add(tree, key, 1, -3, &host) == MLM_CORRUPT, "too many", 1);
  expect_step(mlm_tree_add(tree, key, 0, -1, &host) == MLM_CORRUPT, "of the other class", 1);
  expect_step(mlm_tree_add(tree, key + 1, 1, -1, &host) == MLM_CORRUPT, "of another key", 1);
  expect_step(mlm_tree_add(tree, key - 1, 1, -1, &host) == MLM_CORRUPT, "of a key below", 1);
  expect_step(mlm_tree_add(tree, key + 1, 1, 0, &host) == MLM_OK, "no rows", 1);
  check(tree, OBJECTIVES, 1);
  mlm_tree_free(tree, &host);
}

int main(void) {
  for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) play(&scenes[i]);
  play_short_of_memory(noise, "short of memory, noise");
  play_short_of_memory(upwards, "short of memory, upwards");
  play_short_of_memory(downwards, "short of memory, downwards");
  play_trend(1);
  play_trend(-1);
  play_thinning();
  play_search();
  play_misuse();
  return end_of_tests();
}
