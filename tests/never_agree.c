/* Which rows a confusion matrix takes for classes that never agree by mistake. */
#include "metric.h"
#include "unit.h"

#include <string.h>

static const StateType *const kind = &mlm_confusion_matrix_unordered_state;

/* Whether the classes of some rows can never agree by mistake. */
static void check_never(const char *sides, double weight, bool never) {
  void *state = mlm_new_zeroed(&host, kind->bytes);
  Class word;
  for (const char *at = sides; *at; at += strcspn(at, " ") + (at[strcspn(at, " ")] == ' ')) {
    const size_t n = strcspn(at, ":"), m = strcspn(at + n + 1, " ");
    Row row = {.weight = weight,
               .pred_class = (Class){.type = CLASS_TEXT, .bytes = at, .n = n},
               .target_class = (Class){.type = CLASS_TEXT, .bytes = at + n + 1, .n = m}};
    Class *const side[] = {&row.pred_class, &row.target_class};
    for (int i = 0; i < 2; i++)
      if (side[i]->n == 1 && *side[i]->bytes <= '9')
        *side[i] = (Class){.type = CLASS_INTEGER, .integer = *side[i]->bytes - '0'};
    expect(kind->add(state, &row, 1, &host) == MLM_OK, "add", 0);
  }
  expect_for(mlm_confusion_matrix_never_agrees(state, &word) == never, "never agree by mistake", sides);
  kind->clear(state, &host);
  host.free(state);
}

static void test_never_agrees(void) {
  static const struct {
    const char *sides; /* "pred:label pred:label" */
    bool never;
  } cases[] = {
      {"prd:0 prd:1", true},        {"0:prd 1:prd", true},
      {"prd:3 prd:7 prd:3", false}, {"yes:1 yes:0", true},
      {"yes:1 no:0", true},         {"prd:1 prd:1", false},
      {"prd:0 prd:1 1:1", false},   {"prd:0 0:1", false},
      {"prd:0 1:prd", false},       {"a:0 a:1", false},
      {"(none):0 (none):1", false}, {"none:0 none:1", false},
      {"cat:0 dog:1", false},       {"prd:cat prd:dog", false},
      {"p-d:0 p-d:1", false},       {"prd:0 prd:1 prd:prd", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    check_never(cases[i].sides, MLM_NAMED_ROWS / 2, cases[i].never);
  check_never("prd:0 prd:1", MLM_NAMED_ROWS / 2 - 1, false);
  check_never("yes:1 no:0", 1, true);
}

int main(void) {
  test_never_agrees();
  expect(live_bytes == 0, "nothing leaks", (long)live_bytes);
  return end_of_tests();
}
