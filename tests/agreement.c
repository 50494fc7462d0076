/* Two counters in place of a confusion matrix: rows that are not shown in a message and yet decide it, sets
 * of as many rows as there may be, memory. tests/confusion_matrix.c compares them with a full matrix. */
#include "state/agreement.h"
#include "state/confusion_matrix.h"
#include "class_values.h"
#include "unit.h"

#include <string.h>

static const StateType *const kind = &mlm_agreement_state, *const matrix_kind = &mlm_confusion_matrix_state;

static Row integers(double weight, int64_t pred, int64_t label) {
  return (Row){.weight = weight,
               .pred_class = {.type = CLASS_INTEGER, .integer = pred},
               .target_class = {.type = CLASS_INTEGER, .integer = label}};
}

static Row texts(double weight) {
  return (Row){.weight = weight, .pred_class = text_of("cat"), .target_class = text_of("dog")};
}

static Status put(void *state, Row row, int sign) { return kind->add(state, &row, sign, &host); }

static void drop(const StateType *type, void *state) {
  type->clear(state, &host);
  host.free(state);
}

/* A score in steps of 1/16 beside a decision: the score is the label, or the prediction. */
static void put_scores(const StateType *type, void *state, bool is_label) {
  for (int i = 1; i < 16; i++) {
    Row row = integers(1, i % 2, i % 2);
    *(is_label ? &row.target_class : &row.pred_class) = (Class){.type = CLASS_REAL, .real = i / 16.0};
    expect(type->add(state, &row, 1, &host) == MLM_OK, "a score", i);
  }
}

/* What a matrix saves, loaded. */
static void *loaded(const void *matrix) {
  void *state = mlm_new_zeroed(&host, kind->bytes);
  Writer out = {.limit = UINT64_MAX, .host = &host};
  matrix_kind->save(matrix, &out);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  expect(kind->load(state, &in, &host) == MLM_OK, "a matrix loads as an agreement", 0);
  release(out.bytes);
  return state;
}

static void expect_status(const void *state, Status wanted, const char *what, bool is_label) {
  double score;
  expect_for(mlm_agreement_find_score(state, &score) == wanted, what,
             is_label ? "scores as labels" : "scores as predictions");
}

/* Scores are taken for a mistake, unless a row has two texts: one that comes and goes, in a set too. */
static void test_texts(bool is_label, double weight) {
  const Status mistake = is_label ? MLM_SCORE_LABEL : MLM_UNDECIDED;
  void *state = mlm_new_zeroed(&host, kind->bytes), *set = mlm_new_zeroed(&host, kind->bytes);
  void *matrix = mlm_new_zeroed(&host, matrix_kind->bytes);
  put_scores(kind, state, is_label);
  expect_status(state, mistake, "scores", is_label);
  put(state, texts(weight), 1);
  expect_status(state, MLM_OK, "a row of texts", is_label);
  put(state, texts(weight), -1);
  expect_status(state, mistake, "the row taken back", is_label);
  const Row row = texts(weight);
  put(set, row, 1);
  matrix_kind->add(matrix, &row, 1, &host);
  void *saved = loaded(matrix), *const sets[] = {set, saved};
  for (int i = 0; i < 2; i++) {
    kind->merge(state, sets[i], &host);
    expect_status(state, MLM_OK, "a set of texts", is_label);
    kind->subtract(state, sets[i], &host);
    expect_status(state, mistake, "the set taken back", is_label);
  }
  put_scores(matrix_kind, matrix, is_label);
  void *all = loaded(matrix);
  expect_status(all, MLM_OK, "a saved set of scores and texts", is_label);
  drop(kind, state);
  drop(kind, set);
  drop(kind, saved);
  drop(kind, all);
  drop(matrix_kind, matrix);
}

static void expect_never(const void *state, Status wanted, const char *what) {
  Class text;
  const Status never = mlm_agreement_never_agrees(state, &text);
  expect_for(never == wanted, what, "scores beside names");
  if (never) expect_for(text.n == 2 && memcmp(text.bytes, "no", 2) == 0, what, "the first name");
}

/* Scores beside names never agree, unless a row has two integers: one that comes and goes, in a set too. */
static void test_scores_beside_names(bool is_label) {
  const StateType *const types[] = {kind, matrix_kind};
  void *states[2], *set = mlm_new_zeroed(&host, kind->bytes);
  for (int t = 0; t < 2; t++) {
    states[t] = mlm_new_zeroed(&host, types[t]->bytes);
    for (int i = 1; i <= 10; i++) {
      const Class score = {.type = CLASS_REAL, .real = i / 16.0}, name = text_of(i % 2 ? "no" : "yes");
      const Row row = {
          .weight = 2, .pred_class = is_label ? name : score, .target_class = is_label ? score : name};
      if (t == 0) expect_never(states[0], MLM_OK, "fewer than ten");
      expect(types[t]->add(states[t], &row, 1, &host) == MLM_OK, "a score beside a name", i);
    }
  }
  expect_never(states[0], MLM_SCORE_BESIDE_NAME, "ten");
  put(states[0], integers(1, 1, 0), 1);
  expect_never(states[0], MLM_OK, "a row of integers");
  put(states[0], integers(1, 1, 0), -1);
  expect_never(states[0], MLM_SCORE_BESIDE_NAME, "the row taken back");
  put(set, integers(1, 1, 0), 1);
  kind->merge(states[0], set, &host);
  expect_never(states[0], MLM_OK, "a set of integers");
  kind->subtract(states[0], set, &host);
  expect_never(states[0], MLM_SCORE_BESIDE_NAME, "the set taken back");
  void *saved = loaded(states[1]);
  expect_never(saved, MLM_SCORE_BESIDE_NAME, "a saved set");
  drop(kind, saved);
  drop(kind, set);
  for (int t = 0; t < 2; t++) drop(types[t], states[t]);
}

/* 2^63 - 1 rows, of which half are hits. */
static void test_most_rows(void) {
  enum { ADDS = 1 << 19 };
  const double many = 0x1p44; /* the largest weight that counts as rows */
  void *state = mlm_new_zeroed(&host, kind->bytes), *one = mlm_new_zeroed(&host, kind->bytes);
  for (int i = 1; i < ADDS; i++) put(state, integers(many, i % 2, 0), 1);
  expect(put(state, integers(many - 1, 0, 0), 1) == MLM_OK, "as many rows as may be", 0);
  expect(put(state, integers(1, 0, 0), 1) == MLM_OVERFLOW, "one row more", 0);
  expect(put(state, integers(0.5, 0, 0), 1) == MLM_OVERFLOW, "one of weight 1/2", 0);
  put(one, integers(1, 0, 0), 1);
  expect(kind->merge(state, one, &host) == MLM_OVERFLOW, "a set of one row", 0);
  expect(kind->merge(one, state, &host) == MLM_OVERFLOW, "a set of all of them", 0);
  const double weights[] = {1, 0.5};
  for (int i = 0; i < 2; i++) { /* each in the place of another row */
    expect(put(state, integers(1, 0, 0), -1) == MLM_OK, "one row less", i);
    expect(put(state, integers(weights[i], 0, 0), 1) == MLM_OK, "the last row", i);
    expect(put(state, integers(weights[i], 0, 0), 1) == MLM_OVERFLOW, "beyond it", i);
    expect(put(state, integers(weights[i], 0, 0), -1) == MLM_OK, "the last row taken back", i);
    expect(kind->merge(state, one, &host) == MLM_OK, "a set of the last row", i);
  }
  expect(kind->subtract(state, one, &host) == MLM_OK && kind->merge(state, one, &host) == MLM_OK,
         "the set taken back", 0);
  drop(kind, state);
  drop(kind, one);
}

/* Of a saved set of texts two counters are kept. */
static void test_memory(void) {
  void *matrix = mlm_new_zeroed(&host, matrix_kind->bytes);
  const Row row = texts(1);
  matrix_kind->add(matrix, &row, 1, &host);
  const uint64_t before = live_bytes;
  void *state = loaded(matrix);
  void *empty = mlm_new_zeroed(&host, kind->bytes);
  expect(live_bytes - before <= 2 * (kind->bytes + 64), "memory of a loaded set",
         (long)(live_bytes - before));
  drop(kind, empty);
  drop(kind, state);
  drop(matrix_kind, matrix);
}

int main(void) {
  static const double weights[] = {1, 3, 0.5};
  for (int i = 0; i < 3; i++)
    for (int is_label = 0; is_label < 2; is_label++) test_texts(is_label, weights[i]);
  for (int is_label = 0; is_label < 2; is_label++) test_scores_beside_names(is_label);
  test_most_rows();
  test_memory();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
