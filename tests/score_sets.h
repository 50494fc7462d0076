/* Sets of scores as the programs that test them make them, fill them and let them go. */
#ifndef MLM_TESTS_SCORE_SETS_H
#define MLM_TESTS_SCORE_SETS_H

#include <stdlib.h>
#include <string.h>

#include "state/scores.h"
#include "unit.h"

#include "saved_states.h"

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

static inline Writer saved(Scores *scores) { return saved_state(kind, scores); }

static inline void expect_same(Scores *a, Scores *b, const char *what, double x) {
  expect_same_states(kind, a, b, what, x);
}

#endif
