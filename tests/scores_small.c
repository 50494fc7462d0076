/* tests/scores.c once more, with chunks of 256 keys and an early look for repeated scores: what large tables
 * come to. */
#define MLM_CHUNK_KEYS 256 /* as the states are built that it is linked with */
#define main           test_in_large
int main(void);
#include "scores.c"
#include "state/bit_fields.h"
#include "state/scores_pairs.h"
#undef main

/* A class has room for 33 chunks, the last of which need not be full. */
static void test_most_chunks(void) {
  Scores *scores = fresh();
  for (int i = 0; i < 33 * 256; i++) {
    Item item = {.score = i, .weight = 1, .label = 1};
    if (put(scores, &item, 1) != MLM_OK) expect_x(false, "room for all", i);
  }
  Item item = {.score = -1, .weight = 1, .label = 1};
  expect_x(put(scores, &item, 1) == MLM_OVERFLOW, "no more room", 0);
  item.label = 0;
  expect_x(put(scores, &item, 1) == MLM_OK, "but for the other class", 0);
  expect_x(kind->seal(scores, &host) == MLM_OK && mlm_scores_distinct(scores) == 33 * 256 + 1, "all are in",
           0);
  drop(scores);
}

/* The first key beyond a chunk needs memory: for what sets of many chunks have, and for the list of chunks.
 */
static void test_no_next_chunk(void) {
  int fail = 0;
  for (Status status = MLM_NOMEM; status; fail++) {
    Scores *scores = fresh();
    Item item = {.weight = 1, .label = 1};
    for (; item.score < 256; item.score++) put(scores, &item, 1);
    allowed = fail;
    status = put(scores, &item, 1);
    allowed = -1;
    expect_x(status == MLM_OK || status == MLM_NOMEM, "no memory for a chunk", fail);
    if (status) expect_x(put(scores, &item, 1) == MLM_OK, "memory again", fail);
    expect_x(kind->seal(scores, &host) == MLM_OK && mlm_scores_distinct(scores) == 257, "all are in", fail);
    drop(scores);
  }
  expect_x(fail > 2, "two allocations at least", fail);
}

/* A set of more keys than a chunk has, saved and loaded. */
static void test_loaded_chunks(void) {
  enum { ROWS = 1000 };
  Scores *scores = fresh(), *loaded = fresh();
  for (int i = 0; i < ROWS; i++) expect_x(put_row(scores, i, i % 5 == 0, 1, 1) == MLM_OK, "add", i);
  Writer bytes = saved(scores);
  Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
  expect_x(kind->load(loaded, &in, &host) == MLM_OK && in.at == in.end, "load", ROWS);
  Writer again = saved(loaded);
  expect_x(same_bytes(&bytes, &again), "saved again", ROWS);
  release(bytes.bytes);
  release(again.bytes);
  drop(scores);
  drop(loaded);
}

static Status stop_visit(void *context, double score, int label, double weight, int64_t count) {
  return --*(int *)context == 0 ? MLM_INTERRUPTED : MLM_OK;
}

/* Each chunk needs memory to be sorted, and a visitor may end the visit in any. */
static void test_chunks(void) {
  enum { ROWS = 1000 };
  int fail = 0;
  for (Status status = MLM_NOMEM; status; fail++) {
    Scores *scores = fresh();
    for (int i = 0; i < 2 * ROWS; i++) {
      Item item = {.score = i * 7 % ROWS, .weight = 1, .label = i % 2};
      put(scores, &item, 1);
    }
    allowed = fail;
    status = kind->seal(scores, &host);
    allowed = -1;
    expect_x(status == MLM_OK || status == MLM_NOMEM, "no memory to sort", fail);
    expect_x(kind->seal(scores, &host) == MLM_OK && mlm_scores_distinct(scores) == ROWS, "all are in", fail);
    for (int visits = 1; visits <= 2 * ROWS && !status; visits += 100) {
      int left = visits;
      expect_x(mlm_scores_visit(scores, stop_visit, &left) == MLM_INTERRUPTED && left == 0, "visit stops",
               visits);
    }
    drop(scores);
  }
  expect_x(fail > 6, "an allocation a chunk", fail);
}

/* Weighted pairs are counted in integers where one chunk a class has all keys, and a unit all weights. */
static void test_pairs_of_chunks(void) {
  enum { BOTH = 2, FEW = 2, SUBNORMAL = 3, LARGE = 4, WAYS = 5, KEYS = 300 };
  for (int way = 0; way < WAYS; way++) {
    Scores *scores = fresh();
    WeightedPairs pairs;
    for (int i = 0; i < KEYS && way < BOTH; i++) put_row(scores, i, way, 1, 1);
    put_row(scores, 0.5, 0, 0.5, 1);
    put_row(scores, 0.75, 1, way == SUBNORMAL ? 0x1p-1074 : way == LARGE ? 0x1p125 : 0.25, 1);
    expect_x(kind->seal(scores, &host) == MLM_OK, "seal", way);
    expect_x(mlm_scores_weighted_pairs(scores, &pairs) == (way == FEW), "pairs in integers", way);
    if (way == FEW) /* in quarters, and their squares */
      expect_x(pairs.weight[0].lo == 2 && pairs.weight[1].lo == 1 && pairs.twice_u[0] == 4, "pairs", way);
    drop(scores);
  }
}

/* Weights far above 1 beside one of 1, and a sum of products that a carry takes through three words. */
static void test_carried_pairs(void) {
  Scores *large = fresh(), *carry = fresh();
  WeightedPairs pairs;
  put_row(large, 0, 0, 0x1p60, 1);
  put_row(large, 1, 1, 1, 1);
  expect_x(kind->seal(large, &host) == MLM_OK && mlm_scores_weighted_pairs(large, &pairs), "large", 0);
  const uint64_t *u = pairs.twice_u;
  expect_x(pairs.weight[0].lo == (uint64_t)1 << 60 && pairs.weight[1].lo == 1, "in ones", 0);
  expect_x(u[0] == (uint64_t)1 << 61 && u[1] == 0 && u[2] == 0 && u[3] == 0, "a large pair", 0);
  /* In units of 2^-95: 2 (2^95 + 1) times 2^96 - 2 is 2^192 - 4, to which 2 (2^95 + 1) times 2 is added. */
  put_row(carry, 0, 0, 1, 1);
  put_row(carry, 0, 0, 0x1p-95, 1);
  for (int i = 0; i < 95; i++) put_row(carry, 1, 1, ldexp(1, -i), 1);
  put_row(carry, 2, 1, 0x1p-94, 1);
  expect_x(kind->seal(carry, &host) == MLM_OK && mlm_scores_weighted_pairs(carry, &pairs), "carry", 0);
  expect_x(u[0] == 0 && u[1] == (uint64_t)1 << 33 && u[2] == 0 && u[3] == 1, "carried", 0);
  drop(large);
  drop(carry);
}

/* Sorted keys are merged from the end, with a poll every 32 of them: here one key is left at a poll, which
 * belongs in the middle. */
static void test_last_of_merge(void) {
  enum { INTO = 40, FROM = 12 };
  Scores *into = fresh(), *from = fresh(), *want = fresh();
  for (int i = 0; i < INTO; i++) put_row(into, i, 1, 1, 1);
  for (int i = 0; i < FROM; i++) put_row(from, i ? 100 + i : 10.5, 1, 1, 1);
  for (int i = 0; i < INTO; i++) put_row(want, i, 1, 1, 1);
  for (int i = 0; i < FROM; i++) put_row(want, i ? 100 + i : 10.5, 1, 1, 1);
  expect_x(kind->seal(from, &host) == MLM_OK && kind->merge(into, from, &host) == MLM_OK, "merge", 0);
  expect_same(into, want, "one key left at a poll", 0);
  drop(into);
  drop(from);
  drop(want);
}

/* Rows of two scores, of which the lower one is counted as an entry: the keys of the other one move to the
 * front, and end before keys that are the same. */
static void test_moved_keys(void) {
  enum { WEIGHT = 3, EACH = 110 };
  Scores *scores = fresh();
  put_row(scores, 0, 1, WEIGHT, 1);
  for (int i = 0; i < 1100; i++) put_row(scores, i, 0, WEIGHT, 1);
  for (int i = 0; i < 2 * EACH; i++) put_row(scores, i / EACH, 1, 1, 1);
  expect_x(kind->seal(scores, &host) == MLM_OK, "seal", 0);
  const double rows = mlm_scores_totals(scores).pos_weight;
  expect_x(rows == WEIGHT + 2 * EACH, "rows of moved keys", rows);
  drop(scores);
}

/* Rows of scores of which half are counted as entries, once those of the other class are so many that the
 * entries of both are merged. */
static void test_known_scores(void) {
  enum { OTHERS = 1100, SCORES = 20, EACH = 30, WEIGHT = 3 };
  Scores *scores = fresh(), *want = fresh();
  for (int i = 0; i < SCORES; i += 2) put_row(scores, i, 1, WEIGHT, 1);
  for (int i = 0; i < OTHERS; i++) put_row(scores, i, 0, WEIGHT, 1);
  for (int i = 0; i < EACH * SCORES; i++) put_row(scores, i / EACH, 1, 1, 1);
  for (int i = 0; i < OTHERS; i++) put_row(want, i, 0, WEIGHT, 1);
  for (int i = 0; i < SCORES; i++) put_row(want, i, 1, i % 2 ? EACH : WEIGHT + EACH, 1);
  expect_same(scores, want, "rows of known scores", EACH);
  const double rows = mlm_scores_totals(scores).pos_weight;
  expect_x(rows == SCORES * EACH + SCORES / 2 * WEIGHT, "so many", rows);
  drop(scores);
  drop(want);
}

/* A set was loaded whose rows are all entries, and has room for keys: those of another set take its place. */
static void test_merge_into_entries(void) {
  enum { SCORES = 20, EACH = 5 };
  const uint64_t before = live_bytes;
  Scores *counted = fresh(), *loaded = fresh(), *keys = fresh();
  for (int i = 0; i < SCORES; i++) put_row(counted, i, 1, EACH, 1);
  Writer bytes = saved(counted);
  Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
  expect_x(kind->load(loaded, &in, &host) == MLM_OK && loaded->keys[1].n == 0, "no keys", SCORES);
  for (int i = 0; i < SCORES; i++) put_row(keys, i + 0.5, 1, 1, 1);
  expect_x(kind->merge(loaded, keys, &host) == MLM_OK && loaded->keys[1].n == SCORES, "keys", SCORES);
  const double rows = mlm_scores_totals(loaded).pos_weight;
  expect_x(rows == SCORES * EACH + SCORES, "rows of both", rows);
  release(bytes.bytes);
  drop(counted);
  drop(loaded);
  drop(keys);
  expect_x(live_bytes == before, "memory is given back", (double)live_bytes);
}

/* Keys are merged up to a chunk of them, and appended to more chunks beyond it. */
static void test_merged_chunks(void) {
  enum { INTO = 180, MOST_FROM = 100 };
  for (int n = 60; n <= MOST_FROM; n += MOST_FROM - 60) {
    Scores *into = fresh(), *from = fresh();
    for (int i = 0; i < INTO; i++) put_row(into, i, 1, 1, 1);
    for (int i = 0; i < n; i++) put_row(from, i + 0.5, 1, 1, 1);
    expect_x(kind->seal(from, &host) == MLM_OK && kind->merge(into, from, &host) == MLM_OK, "merge", n);
    const bool fits = INTO + n <= MLM_CHUNK_KEYS;
    expect_x(mlm_chunks(into, 1) == (fits ? 1 : 2), "chunks", n);
    expect_x(into->keys[1].n == (uint32_t)(INTO + n) - (fits ? 0 : MLM_CHUNK_KEYS), "keys of the last", n);
    expect_x((into->keys[1].sorted == into->keys[1].n) == fits, "merged, so in order", n);
    const double rows = mlm_scores_totals(into).pos_weight;
    expect_x(rows == INTO + n, "rows of all chunks", rows);
    drop(into);
    drop(from);
  }
}

/* A few scores with many rows each are entries, not keys. */
static void test_filled_memory(void) {
  enum { SCORES = 10, EACH = 20 };
  const double score[SCORES] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  uint32_t count[2 * SCORES];
  Scores *scores = fresh();
  for (int i = 0; i < 2 * SCORES; i++) count[i] = EACH;
  expect_x(mlm_scores_fill(scores, score, count, SCORES, &host) == MLM_OK, "fill", SCORES);
  expect_x(scores->keys[0].n == 0 && scores->keys[1].n == 0, "no keys", scores->keys[0].n);
  drop(scores);
}

/* A set kept in a tree, with scores on both sides of 0, is merged row by row. */
static void test_merged_tree(void) {
  enum { MOST_SCORE = 5 };
  Scores *tree = fresh(), *into = fresh(), *want = fresh();
  for (int i = -MOST_SCORE; i <= MOST_SCORE; i++) {
    put_row(tree, i, i % 2 != 0, 1, 1);
    if (i < MOST_SCORE) put_row(want, i, i % 2 != 0, 1, 1);
  }
  expect_x(put_row(tree, MOST_SCORE, 1, 1, -1) == MLM_OK && tree->tree, "a tree", 0);
  expect_x(kind->merge(into, tree, &host) == MLM_OK, "merge", 0);
  expect_same(into, want, "rows of a tree", MOST_SCORE);
  drop(tree);
  drop(into);
  drop(want);
}

/* A walk over a set of two chunks, left early, and begun again over a set of fewer keys. */
static void test_walk_again(void) {
  enum { ROWS = 300 };
  Scores *many = fresh(), *few = fresh();
  ScoreWalk walk;
  for (int i = 0; i < ROWS; i++) put_row(many, i, 1, 1, 1);
  put_row(few, MLM_CHUNK_KEYS, 1, 1, 1);
  put_row(few, ROWS, 1, 0.5, 1);
  expect_x(kind->seal(many, &host) == MLM_OK && kind->seal(few, &host) == MLM_OK, "seal", ROWS);
  mlm_walk_up(&walk, many);
  expect_x(mlm_walk_next(&walk) && walk.score == 0, "the first score", walk.score);
  mlm_walk_up(&walk, few);
  expect_x(mlm_walk_next(&walk) && walk.score == MLM_CHUNK_KEYS && walk.pos_count == 1, "a score of one row",
           (double)walk.pos_count);
  drop(many);
  drop(few);
}

/* A block of rows of one class alone. */
static void test_block_of_one_class(void) {
  enum { ROWS = 600 };
  for (int class = 0; class < 2; class ++) {
    double score[ROWS], label[ROWS];
    Scores *block = fresh(), *want = fresh();
    for (int i = 0; i < ROWS; i++) {
      score[i] = i;
      label[i] = class;
      put_row(want, i, class, 1, 1);
    }
    expect_x(mlm_scores_add_block(block, score, label, ROWS, &host) == MLM_OK, "a block", class);
    expect_same(block, want, "a block of one class", class);
    drop(block);
    drop(want);
  }
}

/* As many scores as are saved together behind the first, on both sides of 0; one of them twice, or none. */
static void test_twice_in_a_block(void) {
  enum { SCORES = MLM_FIELDS + 1, LOWEST = -MLM_FIELDS / 2 };
  for (int twice = LOWEST; twice <= LOWEST + SCORES; twice++) {
    Scores *scores = fresh(), *loaded = fresh();
    ScoreWalk walk;
    for (int i = 0; i < SCORES; i++) put_row(scores, LOWEST + i, 1, 1, 1);
    if (twice < LOWEST + SCORES) put_row(scores, twice, 1, 1, 1);
    Writer bytes = saved(scores);
    Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
    expect_x(kind->load(loaded, &in, &host) == MLM_OK && in.at == in.end, "load", twice);
    Writer again = saved(loaded);
    expect_x(same_bytes(&bytes, &again), "saved again", twice);
    mlm_walk_up(&walk, loaded);
    while (mlm_walk_next(&walk))
      expect_x(walk.pos_count == 1 + (walk.score == twice), "rows of a score", twice);
    release(bytes.bytes);
    release(again.bytes);
    drop(scores);
    drop(loaded);
  }
}

/* One class above the other, or both by turns, with as many rows each as there are between polls, or a few
 * more. */
static void test_poll_ends(void) {
  enum { MORE = 3 };
  static Item item[2 * (3 * POLL_ROWS + MORE)];
  for (int way = 0; way < 5; way++)
    for (int from = (1 + way / 2) * POLL_ROWS, n = from; n < from + MORE; n++) {
      Scores *scores = fresh();
      for (int i = 0; i < 2 * n; i++) {
        item[i] = (Item){.score = i, .weight = 1, .label = way < 4 ? (i < n) == way % 2 : i % 2};
        put(scores, &item[i], 1);
      }
      expect_x(kind->seal(scores, &host) == MLM_OK, "seal", n);
      check(scores, item, 2 * n, true);
      drop(scores);
    }
}

/* Sums and products of weights that take more than a word, a weight of which the last bit counts, and a
 * carry. */
static void test_wide_pairs(void) {
  Scores *scores = fresh(), *odd = fresh(), *carry = fresh();
  WeightedPairs pairs;
  for (int i = 0; i < 3; i++) put_row(scores, 0, 0, 1.5, 1);
  for (int i = 0; i < 2; i++) put_row(scores, 0, 0, 1, 1);
  for (int i = 0; i < 2; i++) put_row(scores, 1, 1, 1.5, 1);
  for (int i = 0; i < 2; i++) put_row(scores, i, i, 0x1p-70, 1); /* the unit: 6.5 are 13 * 2^69 */
  expect_x(kind->seal(scores, &host) == MLM_OK && mlm_scores_weighted_pairs(scores, &pairs), "wide", 0);
  expect_x(pairs.weight[0].hi == 13 << 5 && pairs.weight[0].lo == 1, "negatives", 0);
  expect_x(pairs.weight[1].hi == 3 << 6 && pairs.weight[1].lo == 1, "positives", 0);
  const uint64_t *u = pairs.twice_u; /* (3 * 2^70 + 1) * (13 * 2^70 + 2) */
  expect_x(u[0] == 2 && u[1] == 19 << 6 && u[2] == 39 << 12 && u[3] == 0, "product", 0);
  put_row(odd, 0, 0, 0x1.fffffffffffffp-1, 1);
  put_row(odd, 1, 1, 0.25, 1);
  expect_x(kind->seal(odd, &host) == MLM_OK && mlm_scores_weighted_pairs(odd, &pairs), "odd", 0);
  expect_x(pairs.weight[0].lo == ((uint64_t)1 << 53) - 1, "all bits", 0);
  put_row(carry, -1, 1, 0x1p-63, 1);
  put_row(carry, 0, 0, 0.5, 1);
  for (int i = 1; i <= 5; i++) put_row(carry, i, 1, 1, 1); /* 2^63 * 2^63 each */
  expect_x(kind->seal(carry, &host) == MLM_OK && mlm_scores_weighted_pairs(carry, &pairs), "carry", 0);
  expect_x(u[0] == 0 && u[1] == (uint64_t)1 << 62 && u[2] == 1 && u[3] == 0, "carried", 0);
  drop(scores);
  drop(odd);
  drop(carry);
}

int main(void) {
  test_wide_pairs();
  test_carried_pairs();
  test_last_of_merge();
  test_poll_ends();
  test_known_scores();
  test_moved_keys();
  test_merge_into_entries();
  test_merged_chunks();
  test_filled_memory();
  test_merged_tree();
  test_walk_again();
  test_block_of_one_class();
  test_twice_in_a_block();
  test_pairs_of_chunks();
  test_loaded_chunks();
  test_most_chunks();
  test_no_next_chunk();
  test_chunks();
  return test_in_large();
}
