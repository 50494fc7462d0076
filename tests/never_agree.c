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
      {"yes:1 no:0", true},   {"yes:1 no:0 NA:1 :0", true}, {"1: 0:yes 1:no", true},
      {"NA:1 null:0", false}, {"yes:1 NA:0", false},        {"yes:1 no:1", true},
      {"1:yes 0:no", true},   {"yes:1 0:no", true},         {"yes:1 yes:0", false},
      {"prd:0 prd:1", false}, {"yes:1 no:0 1:1", false},    {"yes:1 no:2", false},
      {"cat:0 dog:1", false}, {"a:0 b:1", false},           {"yes:1 unknown:0", false},
      {"y:1 n:0", false},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    check_never(cases[i].sides, 1, cases[i].never);
    check_never(cases[i].sides, 100, cases[i].never);
  }
}

int main(void) {
  test_never_agrees();
  expect(live_bytes == 0, "nothing leaks", (long)live_bytes);
  return end_of_tests();
}
