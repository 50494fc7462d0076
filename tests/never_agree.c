/* Which rows a confusion matrix takes for classes that never agree by mistake. */
#include "metric.h"
#include "base/label_word.h"
#include "state/class_index.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const StateType *const kind = &mlm_confusion_matrix_unordered_state;

/* How the classes of some rows can never agree by mistake. */
static void check_never(const char *sides, double weight, Status never) {
  void *state = mlm_new_zeroed(&host, kind->bytes);
  Class text, least = {.type = CLASS_NULL}; /* of the names */
  for (const char *at = sides; *at; at += strcspn(at, " ") + (at[strcspn(at, " ")] == ' ')) {
    const size_t n = strcspn(at, ":"), m = strcspn(at + n + 1, " ");
    Row row = {.weight = weight,
               .pred_class = (Class){.type = CLASS_TEXT, .bytes = at, .n = n},
               .target_class = (Class){.type = CLASS_TEXT, .bytes = at + n + 1, .n = m}};
    Class *const side[] = {&row.pred_class, &row.target_class};
    for (int i = 0; i < 2; i++)
      if (*side[i]->bytes == '.') /* .5 is 5/16 */
        *side[i] = (Class){.type = CLASS_REAL, .real = (double)atoi(side[i]->bytes + 1) / 16};
      else if (side[i]->n == 1 && *side[i]->bytes <= '9')
        *side[i] = (Class){.type = CLASS_INTEGER, .integer = *side[i]->bytes - '0'};
      else if (mlm_read_label(side[i]->bytes, side[i]->n) != LABEL_MISSING
               && (least.type == CLASS_NULL || mlm_class_compare(side[i], &least) < 0))
        least = *side[i];
    expect(kind->add(state, &row, 1, &host) == MLM_OK, "add", 0);
  }
  expect_for(mlm_confusion_matrix_never_agrees(state, &text) == never, "never agree by mistake", sides);
  if (never == MLM_INDEX_BESIDE_NAME || never == MLM_SCORE_BESIDE_NAME)
    expect_for(mlm_class_compare(&text, &least) == 0, "the first name in order", sides);
  kind->clear(state, &host);
  host.free(state);
}

static void test_never_agrees(void) {
  static const struct {
    const char *sides; /* "pred:label pred:label" */
    Status never;
  } cases[] = {
      {"yes:1 no:0", MLM_NEVER_EQUAL},
      {"yes:1 no:0 NA:1 :0", MLM_NEVER_EQUAL},
      {"1: 0:yes 1:no", MLM_NEVER_EQUAL},
      {"NA:1 null:0", MLM_OK},
      {"NA:1 null:0 NA:0 null:1", MLM_OK},
      {"yes:1 NA:0", MLM_OK},
      {"yes:1 no:1", MLM_NEVER_EQUAL},
      {"1:yes 0:no", MLM_NEVER_EQUAL},
      {"yes:1 0:no", MLM_NEVER_EQUAL},
      {"yes:1 yes:0", MLM_OK},
      {"prd:0 prd:1", MLM_OK},
      {"prd:0 prd:1 prd:2 prd:3", MLM_OK},
      {"yes:1 no:0 1:1", MLM_OK},
      {"yes:1 no:0 cat:1", MLM_OK},
      {"yes:1 no:0 y:1", MLM_OK},
      {"yes:1 no:2", MLM_OK},
      {"yes:1 no:2 yes:2 no:1", MLM_INDEX_BESIDE_NAME},
      {"cat:0 dog:1", MLM_OK},
      {"cat:0 dog:1 cat:1 dog:0", MLM_INDEX_BESIDE_NAME},
      {"a:0 b:1 a:1 b:0", MLM_INDEX_BESIDE_NAME},
      {"yes:1 unknown:0 unknown:1 yes:0", MLM_INDEX_BESIDE_NAME},
      {"y:1 n:0 y:0 n:1", MLM_INDEX_BESIDE_NAME},
      {"0:cat 0:dog 1:cat 2:dog", MLM_INDEX_BESIDE_NAME},
      {"0:cat 1:dog 2:NA 3:cat", MLM_INDEX_BESIDE_NAME},
      {"0:cat 1:cat 2:cat 3:cat", MLM_OK},
      {"0:cat 0:dog 0:cow 0:ox", MLM_OK},
      {"O:0 o:0 D:0 Q:0", MLM_OK},
      {"cat:0 1:dog 0:dog 1:cat", MLM_OK},
      {"cat:0 dog:1 cat:1 dog:0 2:cow", MLM_OK},
      {"0:cat 1:dog 1:cat 0:dog cow:2", MLM_OK},
      {"cat:0 cat:dog 0:dog 1:cat dog:1", MLM_OK},
      {"0:cat 1:dog 2:2 3:cat 3:dog", MLM_OK},
      {"0:cat 1:dog 2:3 3:cat 3:dog", MLM_OK},
      {"b:0 a:1 b:1 a:0", MLM_INDEX_BESIDE_NAME},
      {"7:07 8:08 7:08 8:07", MLM_INDEX_BESIDE_NAME},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const bool texts = cases[i].never == MLM_INDEX_BESIDE_NAME; /* not of so few rows */
    check_never(cases[i].sides, 1, texts ? MLM_OK : cases[i].never);
    check_never(cases[i].sides, 5, cases[i].never);
    check_never(cases[i].sides, 100, cases[i].never);
  }
  check_never("0:cat 1:dog 0:dog 1:cat", 4, MLM_OK);
  check_never("0:cat 0:cat 1:dog 1:dog 0:dog 0:dog 1:cat 1:cat", 2.5, MLM_OK);
  check_never("0:cat 1:dog 0:dog 1:cat 2:cat 2:dog 3:cat 3:dog 3:cat", 2, MLM_OK);
  check_never("0:cat 1:dog 0:dog 1:cat 2:cat 2:dog 3:cat 3:dog 3:cow 3:ox", 2, MLM_INDEX_BESIDE_NAME);
  check_never("0:cat 0:cat 0:cat 1:dog 1:dog 1:dog 0:dog 0:dog 0:dog 1:cat", 2,
              MLM_OK); /* 5 of a pair count */
  check_never("0:a 0:b 0:c 0:d 0:e 1:a 1:b 1:c 1:d 1:e 2:a 2:b 2:c 2:d 2:e 3:a 3:b 3:c 3:d", 1, MLM_OK);
  for (int half = 2; half <= 5; half += 3)
    check_never("0:a 0:b 0:c 0:d 0:e 1:a 1:b 1:c 1:d 1:e 2:a 2:b 2:c 2:d 2:e 3:a 3:b 3:c 3:d 3:e", half / 2.0,
                MLM_INDEX_BESIDE_NAME);
  /* answers in words to questions of which the right ones are numbers, and refusals */
  check_never(
      "a1:0 a2:1 a3:2 a4:3 a5:4 a6:5 a7:6 a8:7 a9:8 b1:9 b2:0 b3:1 b4:2 b5:3 b6:4 b7:5 b8:6 b9:7 c1:8 c2:9",
      1, MLM_OK);
  check_never("a:0 b:1 a:2 b:3 a:4 b:5 a:6 b:7 a:8 b:9 a:0 b:1 a:2 b:3 a:4 b:5 a:6 b:7 a:8", 1, MLM_OK);
  check_never("a:0 b:1 a:2 b:3 a:4 b:5 a:6 b:7 a:8 b:9 a:0 b:1 a:2 b:3 a:4 b:5 a:6 b:7 a:8 b:9", 1,
              MLM_INDEX_BESIDE_NAME);
}

#define QUESTIONS "q1:.1 q2:.2 q3:.3 q4:.4 q5:.5 q6:.6 q7:.7 q8:.8 q9:.9 q10:.10 "

/* Ten scores between 0 and 1 beside texts, each of which occurs twice or more on average, in twenty rows. */
static void test_scores_beside_names(void) {
  static const char nine[] = ".1:no .2:yes .3:no .4:no .5:no .6:no .7:yes .8:yes .9:yes",
                    labels[] = "cat:.1 dog:.2 cat:.3 dog:.4 cat:.5 dog:.6 cat:.7 dog:.8 cat:.9 ";
  static const struct {
    const char *before, *last;
    Status never;
  } cases[] = {
      {nine, " .9:no", MLM_OK},
      {nine, " .10:no", MLM_SCORE_BESIDE_NAME},
      {nine, " .10:no 1:yes 0:no", MLM_SCORE_BESIDE_NAME},
      {nine, " .10:no 0:yes 7:maybe", MLM_OK},
      {nine, " .10:NA", MLM_SCORE_BESIDE_NAME},
      {nine, " .10:no 1:yes 2:no", MLM_OK}, /* 2 is no score */
      {nine, " .10:no .24:no", MLM_OK},     /* 1.5 may be a grade */
      {nine, " .10:no cat:3", MLM_OK},
      {nine, " .10:no cat:.3", MLM_OK},
      {".1:no .2:no .3:no .4:no .5:no .6:no .7:no .8:no .9:no", " .10:no", MLM_OK}, /* a model that refuses */
      {nine, " .10:no 1:1", MLM_OK},
      {nine, " .10:no 1:0", MLM_OK},
      {nine, " .10:no .11:.12", MLM_OK},
      {nine, " .10:no none:no", MLM_OK},
      {labels, "dog:.10", MLM_SCORE_BESIDE_NAME},
      {labels, "dog:.10 cow:1", MLM_SCORE_BESIDE_NAME},
      {labels, "dog:.10 3:cow", MLM_OK},
      {labels, "dog:.9", MLM_OK},
      {labels, "dog:cat .10:dog", MLM_OK},
      {".1:NA .2:NA .3:NA .4:NA .5:NA .6:NA .7:NA .8:NA .9:NA", " .10:NA", MLM_OK},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char sides[200];
    snprintf(sides, sizeof sides, "%s%s", cases[i].before, cases[i].last);
    check_never(sides, 1, MLM_OK); /* so few rows */
    check_never(sides, 2, cases[i].never);
  }
  /* eleven answers in words, of which nine occur twice, and ten */
  check_never(QUESTIONS "q11:.11 q1:.1 q2:.2 q3:.3 q4:.4 q5:.5 q6:.6 q7:.7 q8:.8 q9:.9", 1, MLM_OK);
  check_never(QUESTIONS "q10:.11 q1:.1 q2:.2 q3:.3 q4:.4 q5:.5 q6:.6 q7:.7 q8:.8 q9:.9", 1,
              MLM_SCORE_BESIDE_NAME);
}

/* The one pair that shows a column of both is found in any place of the table: each has a seed of its own. */
static void test_any_place(void) {
  enum { TABLES = 60, ROWS = 20 };
  static const char *const names[] = {"cat", "cow", "dog"};
  void *state[TABLES];
  Class text;
  for (int i = 0; i < TABLES; i++) {
    state[i] = mlm_new_zeroed(&host, kind->bytes);
    for (int k = 0; k < ROWS; k++) {
      Row row = {.weight = 5, .pred_class = {.type = CLASS_INTEGER, .integer = k % 4}};
      row.target_class = (Class){.type = CLASS_TEXT, .bytes = names[k % 3], .n = 3};
      if (k == 7) row.target_class = (Class){.type = CLASS_INTEGER, .integer = 9};
      expect(kind->add(state[i], &row, 1, &host) == MLM_OK, "add", k);
    }
    expect(mlm_confusion_matrix_never_agrees(state[i], &text) == MLM_OK, "one pair of integers", i);
  }
  for (int i = 0; i < TABLES; i++) {
    kind->clear(state[i], &host);
    host.free(state[i]);
  }
}

/* A hundred numbers with fractions, in more than half of the rows, are values and not classes. */
static void test_values(void) {
  for (int n = 99; n <= 100; n++) {
    void *state = mlm_new_zeroed(&host, kind->bytes);
    for (int i = 0; i < n; i++) {
      const Row row = {.weight = 1,
                       .pred_class = {.type = CLASS_REAL, .real = i + 0.5},
                       .target_class = {.type = CLASS_INTEGER, .integer = i}};
      expect(kind->add(state, &row, 1, &host) == MLM_OK, "add", i);
    }
    expect(mlm_confusion_matrix_has_values(state, 0) == (n == 100), "numbers with fractions", n);
    expect(!mlm_confusion_matrix_has_values(state, 1), "integers", n);
    kind->clear(state, &host);
    host.free(state);
  }
}

int main(void) {
  test_values();
  test_never_agrees();
  test_scores_beside_names();
  test_any_place();
  expect(live_bytes == 0, "nothing leaks", (long)live_bytes);
  return end_of_tests();
}
