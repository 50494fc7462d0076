/* What states of any kind are saved as, and whether two are saved as the same bytes. */
#ifndef MLM_TESTS_SAVED_STATES_H
#define MLM_TESTS_SAVED_STATES_H

#include <string.h>

#include "state/state.h"
#include "unit.h"

/* The saved bytes, to be given to release(). */
static inline Writer saved_state(const StateType *type, void *state) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  if (type->seal) expect_x(type->seal(state, &host) == MLM_OK, "seal", 0);
  type->save(state, &out);
  expect_x(out.status == MLM_OK, "save", 0);
  return out;
}

static inline bool same_bytes(const Writer *a, const Writer *b) {
  return a->n == b->n && memcmp(a->bytes, b->bytes, a->n) == 0;
}

static inline void expect_same_states(const StateType *type, void *a, void *b, const char *what, double x) {
  Writer one = saved_state(type, a), other = saved_state(type, b);
  expect_x(same_bytes(&one, &other), what, x);
  release(one.bytes);
  release(other.bytes);
}

#endif
