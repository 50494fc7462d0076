/* Multisets of rows as the programs that test them make them and let them go. */
#ifndef MLM_TESTS_ROW_SETS_H
#define MLM_TESTS_ROW_SETS_H

#include <stdlib.h>

#include "state/rows.h"
#include "unit.h"

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

#endif
