/* tests/scores.c once more, with chunks of 256 keys and an early look for repeated scores: what large tables
 * come to. */
#define main test_in_large
int main(void);
#include "scores.c"
#undef main

/* A class has room for 33 chunks, the last of which need not be full. */
static void test_most_chunks(void) {
  Scores *scores = fresh();
  for (int i = 0; i < 33 * 256; i++) {
    Item item = {.score = i, .weight = 1, .label = 1};
    if (put(scores, &item, 1) != MLM_OK) expect(false, "room for all", i);
  }
  Item item = {.score = -1, .weight = 1, .label = 1};
  expect(put(scores, &item, 1) == MLM_TOOMANY, "no more room", 0);
  item.label = 0;
  expect(put(scores, &item, 1) == MLM_OK, "but for the other class", 0);
  expect(kind->seal(scores, &host) == MLM_OK && mlm_scores_distinct(scores) == 33 * 256 + 1, "all are in", 0);
  drop(scores);
}

int main(void) {
  test_most_chunks();
  return test_in_large();
}
