/* Sets of scores as the programs that test them make them, fill them and let them go. */
#ifndef MLM_TESTS_SCORE_SETS_H
#define MLM_TESTS_SCORE_SETS_H

#include <stdlib.h>
#include <string.h>

#include "state/scores.h"
#include "unit.h"

static const StateType *const kind = &mlm_scores_state;

static inline Scores *fresh(void) { return calloc(1, kind->bytes); }

static inline void drop(Scores *scores) {
  kind->clear(scores, &host);
  free(scores);
}

static inline Status put_row(Scores *scores, double score, int label, double weight, int sign) {
  const Row row = {.pred = score, .target = label, .weight = weight};
  return kind->add(scores, &row, sign, &host);
}

static inline Writer saved(Scores *scores) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  expect_x(kind->seal(scores, &host) == MLM_OK, "seal", 0);
  kind->save(scores, &out);
  expect_x(out.status == MLM_OK, "save", 0);
  return out;
}

static inline bool same_bytes(const Writer *a, const Writer *b) {
  return a->n == b->n && memcmp(a->bytes, b->bytes, a->n) == 0;
}

/* Whether two sets are saved as the same bytes. */
static inline void expect_same(Scores *a, Scores *b, const char *what, double x) {
  Writer one = saved(a), other = saved(b);
  expect_x(same_bytes(&one, &other), what, x);
  release(one.bytes);
  release(other.bytes);
}

#endif
