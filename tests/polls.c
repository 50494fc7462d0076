/* Polls for an interrupt: once in so many steps of a loop, and at most once between two places. */
#include "unit.h"

/* Polls that the host has seen since the last call. */
static long polls(void) {
  enum { MANY = 1000000 };
  static long left = MANY;
  const long seen = left - stop_in;
  stop_in = left = MANY;
  return seen;
}

/* One poll every MLM_POLL_STEPS steps, however many there were before. */
static void check_steps(uint64_t from) {
  for (uint64_t i = from; i < from + 3 * MLM_POLL_STEPS; i++) {
    expect(!mlm_interrupted_at(i, &host), "not interrupted", (long)i);
    expect(polls() == (i % MLM_POLL_STEPS == MLM_POLL_STEPS - 1), "polls at a step", (long)i);
  }
  stop_in = 0;
  expect(!mlm_interrupted_at(from, &host), "no poll at the first step", (long)from);
  expect(mlm_interrupted_at(from + MLM_POLL_STEPS - 1, &host), "interrupted at the last one", (long)from);
  polls();
}

static void check_between(void) {
  const struct {
    uint64_t a, b;
    long polls;
  } places[] = {{0, 0, 0},
                {0, MLM_POLL_STEPS - 1, 0},
                {MLM_POLL_STEPS - 1, MLM_POLL_STEPS, 1},
                {5, MLM_POLL_STEPS * UINT64_C(7) + 3, 1},
                {MLM_POLL_STEPS, MLM_POLL_STEPS * UINT64_C(2) - 1, 0}};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    expect(!mlm_interrupted_between(places[i].a, places[i].b, &host), "not interrupted", (long)i);
    expect(polls() == places[i].polls, "polls between two places", (long)i);
  }
  stop_in = 0;
  expect(!mlm_interrupted_between(1, 2, &host), "no poll between steps", 0);
  expect(mlm_interrupted_between(1, MLM_POLL_STEPS, &host), "interrupted between places", 0);
  polls();
}

int main(void) {
  const Host silent = {0};
  stop_in = 1000000;
  check_steps(0);
  check_steps(UINT64_C(1) << 40);
  check_between();
  expect(!mlm_interrupted_at(MLM_POLL_STEPS - 1, &silent), "a host that cannot be asked", 0);
  return end_of_tests();
}
