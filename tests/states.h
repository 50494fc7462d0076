/* States of any kind as the programs that test them make them and let them go. */
#ifndef MLM_TESTS_STATES_H
#define MLM_TESTS_STATES_H

#include <stdlib.h>

#include "state/state.h"
#include "unit.h"

static inline void *fresh(const StateType *type) {
  void *state = calloc(1, type->bytes);
  if (!state) exit(2);
  return state;
}

static inline void drop(const StateType *type, void *state) {
  if (type->clear) type->clear(state, &host);
  free(state);
}

#endif
