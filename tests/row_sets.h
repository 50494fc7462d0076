/* Multisets of rows as the programs that test them make them and let them go. */
#ifndef MLM_TESTS_ROW_SETS_H
#define MLM_TESTS_ROW_SETS_H

#include <stdlib.h>
#include <string.h>

#include "state/rows.h"
#include "unit.h"

#include "saved_states.h"

static const StateType *const kind = &mlm_rows_state;

static inline Rows *fresh(void) { return calloc(1, kind->bytes); }

static inline void drop(Rows *rows) {
  kind->clear(rows, &host);
  free(rows);
}

/* A row of two scores and a label. */
static inline Status put_row(Rows *rows, double a, double b, double label, double weight, int sign) {
  const Row row = {.x = {a, b, label}, .columns = 3, .weight = weight};
  return kind->add(rows, &row, sign, &host);
}

static inline Writer saved(Rows *rows) { return saved_state(kind, rows); }

/* Loads saved bytes; MLM_CORRUPT also where more follows. */
static inline Status load(Rows *rows, const Writer *bytes) {
  Reader in = {.at = bytes->bytes, .end = bytes->bytes + bytes->n};
  Status status = kind->load(rows, &in, &host);
  return status == MLM_OK && in.at != in.end ? MLM_CORRUPT : status;
}

static inline void expect_same(Rows *a, Rows *b, const char *what, long step) {
  expect_same_states(kind, a, b, what, (double)step);
}

#endif
