/* Score sets where an allocation fails or the host interrupts in the middle of a long operation: the status
 * says so, the set keeps its rows, and the operation succeeds when it is repeated. And code that only runs
 * with millions of rows. */
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "metric.h"
#include "metrics/hypothesis_tests.h"
#include "state/scores.h"
#include "state/scores_fill.h"
#include "state/scores_pairs.h"
#include "score_sets.h"

/* Whatever happened, sealed again the set has these rows, all with different scores. */
static void expect_rows(Scores *scores, int64_t neg, int64_t pos, const char *what, long step) {
  expect(kind->seal(scores, &host) == MLM_OK, what, step);
  ScoreTotals all = mlm_scores_totals(scores);
  expect(all.neg_weight == (double)neg && all.pos_weight == (double)pos, what, step);
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
      expect(status == (met ? way ? MLM_INTERRUPTED : MLM_NOMEM : MLM_OK), "a tree", step);
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
      for (Status status = MLM_INTERRUPTED; status;) {
        status = put_row(scores, (double)(i * 7919 % 300007 - 200000), 1, 0.5, 1);
        if (status) expect(status == MLM_INTERRUPTED && met++ == 0, "put", (long)i);
      }
    if (kind->seal(scores, &host) != MLM_OK) met++;
    expect(met == (stop_in < 0), "stopped once", step);
    stop_in = -1;
    expect(kind->seal(scores, &host) == MLM_OK && mlm_scores_distinct(scores) == ROWS, "all are in", step);
    ScoreTotals all = mlm_scores_totals(scores);
    expect(all.neg_weight == 0 && all.pos_weight == ROWS / 2, "their weight", step);
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
  expect(mlm_scores_totals(scores).neg_weight == ROWS, "all of them", 0);
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
    expect(kind->merge(into, from, &host) == (more ? MLM_OVERFLOW : MLM_OK), "left out of both", (long)more);
    expect(mlm_scores_left_out(into) == (int64_t)(more ? most - 3 : most), "left out", (long)more);
    expect_rows(into, more ? 0 : 1, 1, "rows of both, or as before", (long)more);
    drop(from);
    drop(into);
  }
}

/* ---- what reads sets ---- */

/* The number of distinct rows of one class, and after how many of them a reader polls for an interrupt. */
enum { ROWS = 200000, LOOK = 1 << 16, LOOKS = ROWS / LOOK };
enum { AS_KEYS, AS_BLOCKS, AS_ENTRIES, AS_TREE, WAYS };

static Scores *filled(int way) {
  Scores *scores = fresh();
  for (int i = 0; i < ROWS; i++) put_row(scores, i - ROWS / 2, 1, way == AS_ENTRIES ? 0.5 : 1, 1);
  for (int sign = 1; way == AS_TREE && sign >= -1; sign -= 2) put_row(scores, -1, 0, 1, sign);
  return scores;
}

typedef struct Tour {
  int64_t rows, end_at;
} Tour;

static Status visit(void *context, double score, int label, double weight, int64_t count) {
  Tour *tour = context;
  if (count < 1 || label != 1) failed("a visit of %ld rows of label %d", (long)count, label);
  tour->rows += count;
  return tour->rows >= tour->end_at ? MLM_TOOBIG : MLM_OK;
}

static Status visit_block(void *context, const uint64_t *key, uint64_t n, int label) {
  expect(n > 0 && mlm_decode_score(*key) == (double)(((Tour *)context)->rows - ROWS / 2), "a block", (long)n);
  return visit(context, 0, label, 1, (int64_t)n);
}

static Status go_through(const Scores *scores, int way, Tour *tour) {
  return mlm_scores_visit_blocks(scores, way == AS_BLOCKS ? visit_block : NULL, visit, tour);
}

/* A visit ends when its visitor or the host stops it; the set then reports the interrupt until it is sealed
 * again. */
static void test_visits(void) {
  static const int64_t ends[] = {1, LOOK - 1, LOOK, LOOK + 1, 2 * LOOK, 2 * LOOK + 1, ROWS - 1, ROWS};
  for (int way = 0; way < WAYS; way++) {
    Scores *scores = filled(way);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
      Tour tour = {.end_at = ends[i]};
      int64_t whole = (ends[i] + LOOK - 1) / LOOK * LOOK, block = whole < ROWS ? whole : ROWS;
      expect(kind->seal(scores, &host) == MLM_OK && go_through(scores, way, &tour) == MLM_TOOBIG, "ended",
             way);
      expect(tour.rows == (way == AS_BLOCKS ? block : ends[i]), "rows until then", (long)tour.rows);
    }
    for (int step = 0; step <= LOOKS; step++) {
      Tour tour = {.end_at = INT64_MAX};
      expect(kind->seal(scores, &host) == MLM_OK && !mlm_scores_walk_ended_early(scores), "sealed", step);
      stop_in = step;
      Status status = go_through(scores, way, &tour);
      stop_in = -1;
      expect(status == (step < LOOKS ? MLM_INTERRUPTED : MLM_OK), "stopped", step);
      expect(mlm_scores_walk_ended_early(scores) == (step < LOOKS), "says so", step);
      expect(tour.rows == (step < LOOKS ? (step + 1) * LOOK : ROWS), "rows until a stop", (long)tour.rows);
    }
    drop(scores);
  }
}

/* A walk polls as often, and ends when the host interrupts. */
static void test_walks(void) {
  for (int way = 0; way < WAYS; way++) {
    Scores *scores = filled(way);
    for (int step = 0; step <= LOOKS; step++) {
      ScoreWalk walk;
      long rows = 0, until = step < LOOKS ? (long)(step + 1) * LOOK : ROWS;
      expect(kind->seal(scores, &host) == MLM_OK && !mlm_scores_walk_ended_early(scores), "sealed", step);
      stop_in = step;
      mlm_walk_down(&walk, scores);
      while (mlm_walk_next(&walk)) rows++;
      stop_in = -1;
      expect(mlm_scores_walk_ended_early(scores) == (step < LOOKS), "a walk says so", step);
      expect(rows == until || (step < LOOKS && rows == until - 1), "steps until a stop", rows);
    }
    drop(scores);
  }
}

/* A set that was never sealed is merged into a window row by row, and that is stopped too. */
static void test_merges(void) {
  for (int way = 0; way < WAYS; way++) {
    int step = 0;
    for (Status status = MLM_INTERRUPTED; status; step++) {
      Scores *into = fresh(), *from = filled(way);
      for (int sign = 1; sign >= -1; sign -= 2) put_row(into, 0.5, 0, 1, sign);
      stop_in = step;
      status = kind->merge(into, from, &host);
      stop_in = -1;
      expect(status == MLM_OK || status == MLM_INTERRUPTED, "merged, or stopped", step);
      if (!status) expect(kind->seal(into, &host) == MLM_OK && mlm_scores_distinct(into) == ROWS, "all", way);
      if (!status)
        expect(mlm_scores_totals(into).pos_weight == ROWS * (way == AS_ENTRIES ? 0.5 : 1), "weight", way);
      drop(from);
      drop(into);
    }
    expect(step > LOOKS, "looked at the host", step);
  }
}

/* Sorted keys of two sets are merged, with a poll after so many of them. */
static void test_sorted_merges(void) {
  int step = 0;
  for (Status status = MLM_INTERRUPTED; status; step++) {
    Scores *set[2] = {fresh(), fresh()};
    for (int i = 0; i < 2 * ROWS; i++) put_row(set[i % 2], i, 1, 1, 1);
    expect(kind->seal(set[1], &host) == MLM_OK, "sealed", step);
    stop_in = step;
    status = kind->merge(set[0], set[1], &host);
    stop_in = -1;
    expect(status == MLM_OK || status == MLM_INTERRUPTED, "merged, or stopped", step);
    if (!status) expect_rows(set[0], 0, 2 * (int64_t)ROWS, "rows of both", step);
    for (int i = 0; i < 2; i++) drop(set[i]);
  }
  expect(step > 2 * LOOKS, "looked at the host", step);
}

static bool writes(const Scores *scores, const Writer *want) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  kind->save(scores, &out);
  bool same = !out.status && out.n == want->n && memcmp(out.bytes, want->bytes, (size_t)out.n) == 0;
  release(out.bytes);
  return same;
}

/* Saving a set says so when the host interrupts, at whatever poll. */
static void test_saves(void) {
  for (int way = 0; way < WAYS; way++) {
    Scores *scores = filled(way);
    int step = 0;
    for (bool stopped = true; stopped; step++) {
      Writer out = {.limit = UINT64_MAX, .host = &host};
      expect(kind->seal(scores, &host) == MLM_OK, "sealed", step);
      stop_in = step;
      kind->save(scores, &out);
      stopped = stop_in < 0;
      stop_in = -1;
      expect(out.status == (stopped ? MLM_INTERRUPTED : MLM_OK), "saved, or stopped", step);
      release(out.bytes);
    }
    /* Entries are counted, then those of weight 1 are looked for, then the others are written. */
    expect(step > (way == AS_ENTRIES ? 3 * LOOKS : LOOKS), "looked at the host", step);
    drop(scores);
  }
}

/* Rows of other weights are read from bytes one by one. */
static void test_loads(void) {
  Scores *scores = filled(AS_ENTRIES);
  Writer out = {.limit = UINT64_MAX, .host = &host};
  int step = 0;
  expect(kind->seal(scores, &host) == MLM_OK, "sealed", 0);
  kind->save(scores, &out);
  expect(out.status == MLM_OK && out.n > 8 * ROWS, "saved", (long)out.n);
  for (Status status = MLM_INTERRUPTED; status; step++) {
    Scores *loaded = fresh();
    Reader in = {.at = out.bytes, .end = out.bytes + out.n};
    stop_in = step;
    status = kind->load(loaded, &in, &host);
    stop_in = -1;
    expect(status == MLM_OK || status == MLM_INTERRUPTED, "loaded, or stopped", step);
    if (!status) expect(kind->seal(loaded, &host) == MLM_OK && writes(loaded, &out), "all are read", step);
    drop(loaded);
  }
  expect(step > LOOKS, "looked at the host", step);
  release(out.bytes);
  drop(scores);
}

/* Keys are read in blocks, with no more polls than they need. */
static void test_loaded_keys(void) {
  enum { MANY = 1000000 };
  Scores *scores = filled(AS_KEYS), *loaded = fresh();
  Writer out = {.limit = UINT64_MAX, .host = &host};
  expect(kind->seal(scores, &host) == MLM_OK, "sealed", 0);
  kind->save(scores, &out);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  stop_in = MANY;
  expect(kind->load(loaded, &in, &host) == MLM_OK, "loaded", 0);
  expect(MANY - stop_in >= LOOKS && MANY - stop_in <= LOOKS + 2, "looked at the host", MANY - stop_in);
  stop_in = -1;
  release(out.bytes);
  drop(scores);
  drop(loaded);
}

/* Counting pairs polls also where one class has a single row: a pass over `many` rows of the other class, all
 * above or all below it. */
static void test_pairs(void) {
  for (int way = 0; way < 4; way++) {
    int many = way & 1, single_is_above = way >> 1, looks = 0;
    int64_t want = many == single_is_above ? 0 : 2 * (int64_t)ROWS; /* a positive above a negative counts 2 */
    Scores *scores = fresh();
    for (int i = 0; i < ROWS; i++) put_row(scores, i, many, 1, 1);
    put_row(scores, single_is_above ? ROWS : -1, !many, 1, 1);
    for (bool interrupted = true; interrupted; looks += interrupted) {
      expect(kind->seal(scores, &host) == MLM_OK && !mlm_scores_walk_ended_early(scores), "sealed", way);
      stop_in = looks;
      U128 pairs = mlm_scores_twice_u(scores);
      stop_in = -1;
      interrupted = mlm_scores_walk_ended_early(scores);
      if (!interrupted) expect(pairs.hi == 0 && (int64_t)pairs.lo == want, "pairs in order", way);
    }
    /* Negatives above the only positive are not visited. */
    expect(looks == (!many && !single_is_above ? 0 : LOOKS), "looked at the host", looks);
    drop(scores);
  }
}

/* So does counting pairs of fractional weights, and filling a set from counts. */
static void test_weighted_pairs(void) {
  Scores *scores = filled(AS_ENTRIES);
  for (int step = 0; step <= LOOKS; step++) {
    WeightedPairs pairs;
    expect(kind->seal(scores, &host) == MLM_OK, "sealed", step);
    stop_in = step;
    bool counted = mlm_scores_weighted_pairs(scores, &pairs);
    stop_in = -1;
    expect(counted == (step == LOOKS) && mlm_scores_walk_ended_early(scores) != counted, "weighted pairs",
           step);
  }
  drop(scores);
}

static void test_fill(void) {
  double *score = malloc(ROWS * sizeof *score);
  uint32_t *count = calloc(2 * ROWS, sizeof *count);
  if (!score || !count) exit(2);
  for (int i = 0; i < ROWS; i++) {
    score[i] = i;
    count[2 * i] = 5;
  }
  for (int step = 0; step <= LOOKS; step++) {
    Scores *scores = fresh();
    stop_in = step;
    Status status = mlm_scores_fill(scores, score, count, ROWS, &host);
    bool asked = stop_in < 0;
    stop_in = -1;
    expect(status == (asked ? MLM_INTERRUPTED : MLM_OK), "filled, or stopped", step);
    expect(step < LOOKS ? asked : true, "looked at the host", step);
    if (!asked) expect(mlm_scores_totals(scores).neg_weight == 5.0 * ROWS, "all rows", step);
    drop(scores);
  }
  Scores *scores = fresh();
  expect(mlm_scores_fill(scores, score, count, ROWS, &host) == MLM_OK, "filled at once", 0);
  drop(scores);
  free(score);
  free(count);
}

/* The exact Kolmogorov-Smirnov test goes through a lattice, here of two cells on each diagonal, and polls
 * once in so many cells. A highest score that is the only positive has p = 2 / (n + 1). */
static void test_lattice(void) {
  enum { NEGATIVES = 1500000, CELLS = 1 << 18, MANY = 1000 };
  const char *p = "\"p_value\":1.33333244444";
  Scores *scores = fresh();
  const Eval in = {.host = &host};
  Result result = {.bytes = {.limit = 1000, .host = &host}};
  expect(put_row(scores, 0, 0, NEGATIVES, 1) == MLM_OK && put_row(scores, 1, 1, 1, 1) == MLM_OK, "rows", 0);
  expect(kind->seal(scores, &host) == MLM_OK, "sealed", 0);
  stop_in = MANY;
  expect(mlm_ks_test(scores, &in, &result) == MLM_OK, "not interrupted", 0);
  expect(MANY - stop_in >= 2 * NEGATIVES / CELLS, "asked on the way", MANY - stop_in);
  stop_in = -1;
  mlm_str_add(&result.bytes, "", 1);
  expect(result.bytes.status == MLM_OK && strstr(result.bytes.bytes, p), "its p-value", 0);
  release(result.bytes.bytes);
  drop(scores);
}

/* A host without an `interrupted` callback is allowed. */
static void test_patient_host(void) {
  const Host patient = {.realloc = resize, .free = release};
  for (int way = 0; way < WAYS; way++) {
    Scores *scores = filled(way);
    Tour tour = {.end_at = INT64_MAX};
    stop_in = 0;
    expect(kind->seal(scores, &patient) == MLM_OK && mlm_scores_distinct(scores) == ROWS, "walked", way);
    expect(go_through(scores, way, &tour) == MLM_OK && tour.rows == ROWS, "visited", way);
    expect(!mlm_scores_walk_ended_early(scores) && stop_in == 0, "another host is not asked", way);
    stop_in = -1;
    drop(scores);
  }
}

int main(void) {
  test_visits();
  test_walks();
  test_merges();
  test_sorted_merges();
  test_saves();
  test_loads();
  test_loaded_keys();
  test_pairs();
  test_weighted_pairs();
  test_fill();
  test_lattice();
  test_patient_host();
  test_planting();
  test_entries();
  test_millions();
  test_left_out();
  expect(live_bytes == 0, "all memory is given back", live_bytes);
  return end_of_tests();
}
